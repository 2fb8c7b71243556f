"""What a unit would have, and the least that gets it further: worked answers and exhaustive search."""

import itertools
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rank import published
from scoring.survey import Option, question_value
from scoring.uncertainty import rank_sets
from scoring.whatif import (
    fewest_points,
    next_value,
    opportunities,
    outcome,
    ranked_values,
    reachable,
    shifted,
    shortfall,
    survey_gain,
)

F = Fraction
BLOCK = {"index_exact": [Decimal("80"), Decimal("85"), Decimal("90")], "std_error": np.array([0.1, 0.1, 0.1])}


def texts(values):
    return [F(value) for value in values.split()]


def test_points_added_move_index_rank_and_rank_set():
    same = outcome([F(30), F(50)], [40, 60], [0, 0], unit=0, **BLOCK)
    assert (same.index_value, same.rank, same.rank_low, same.rank_high) == (Decimal("80.00"), 3, 3, 3)
    more = outcome([F(30), F(50)], [40, 60], [F("5.125"), 0], unit=0, **BLOCK)
    assert more.index_exact == Decimal("85.125") and more.index_value == Decimal("85.13")
    assert (more.rank, more.rank_low, more.rank_high) == (2, 2, 3)
    assert (more.points, more.max_points) == (F("85.125"), 100)


def test_additions_are_bounded_by_the_maximum_and_by_zero():
    most = outcome([F(30), F(50)], [40, 60], [F(99), F(-99)], unit=0, **BLOCK)
    assert most.added == (10, -50)
    assert most.index_value == Decimal("40.00")


def test_the_rank_set_is_the_one_of_the_block():
    rng = np.random.default_rng(1)
    exact = [Decimal(str(round(value, 4))) for value in rng.normal(85, 1, 12)]
    found = outcome([F(exact[4])], [100], [0], unit=4, index_exact=exact, std_error=np.full(12, 0.4))
    low, high = rank_sets(np.array(exact, dtype=float), np.full(12, 0.4))
    assert (found.rank_low, found.rank_high) == (low[4], high[4])


def test_a_tie_by_rounding_shares_the_place_and_widens_the_set():
    exact = [Decimal("84.996"), Decimal("85.001"), Decimal("80")]
    found = outcome([F("84.996")], [100], [0], unit=0, index_exact=exact, std_error=np.zeros(3))
    assert (found.rank, found.rank_low, found.rank_high) == (1, 1, 2)
    by_exact = outcome([F("84.996")], [100], [0], unit=0, index_exact=exact, std_error=np.zeros(3), rank_by="exact")
    assert by_exact.rank == 2


def test_shifted_answers():
    scale = {"1": Option(F(0), False), "2": Option(F(1, 2), True), "3": Option(F(1), True), "9": Option(None, False)}
    counts = {"1": 4, "2": 4, "9": 2}
    after = shifted(counts, {("1", "3"): 3, ("9", "2"): 5})
    assert after == {"1": 1, "2": 6, "9": 0, "3": 3}
    before, then = (question_value(c, scale, "mean") for c in (counts, after))
    assert (before, then) == (F(1, 4), F(6, 10))
    # a leaf of 4 points, two questions, a group with weight 1 of 4
    gained = survey_gain(before, then, questions=2, weight=1, weights=F(4), max_points=F(4))
    assert gained == 4 * F(1, 4) * F(35, 100) / 2


def test_opportunities_are_headroom_that_peers_already_have():
    found = opportunities(
        [F(1), F(2), F(0), None, F(0), F(0)],
        [F(2), F(2), F(4), F(9), F(1), F(3)],
        [[F(2), F(2), F(4), F(9), F(1), None], [F(2), F(1), F(1), F(9), F(1), None]],
    )
    assert [(o.leaf, o.headroom, o.share, o.worth) for o in found] == [
        (2, 4, F(1, 2), 2),
        (0, 1, 1, 1),
        (4, 1, 1, 1),
        (5, 3, 0, 0),
    ]


def test_the_next_value_is_that_of_the_nearest_unit_above():
    exact = [Decimal(value) for value in ("85.004", "85.001", "84.2", "86", "84.2")]
    values = ranked_values(exact)
    assert [next_value(values, unit) for unit in range(5)] == [86, 86, Decimal("85.00"), None, Decimal("85.00")]
    assert next_value(ranked_values(exact, rank_by="exact"), 1) == Decimal("85.004")


@pytest.mark.parametrize("rank_by", ["published", "exact"])
@pytest.mark.parametrize("max_points", [F(100), F("95.5"), F("66.75")])
@pytest.mark.parametrize("decimals", [0, 2, 10])
def test_shortfall_is_the_first_point_that_reaches_the_target(rank_by, max_points, decimals):
    target = Decimal("85.00")
    need = shortfall(F(40), max_points, target, decimals=decimals, rank_by=rank_by)

    def reaches(points):
        value = 100 * points / max_points
        return published(value, 10 if rank_by == "exact" else decimals) >= target

    assert reaches(40 + need) and not reaches(40 + need - F(1, 10**15))
    assert shortfall(F(95), F(100), target) == 0


def test_a_target_between_two_published_values_needs_the_higher():
    assert shortfall(F(80), F(100), Decimal("85.001")) == shortfall(F(80), F(100), Decimal("85.01"))


@pytest.mark.parametrize(
    ("points", "most", "step", "expected"),
    [
        ("0", "1", None, "0.25 0.5 0.75 1"),
        ("0.6", "1", None, "0.15 0.4"),
        ("0.5", "0.7", None, "0.2"),  # the maximum can always be given
        ("0.5", "2", "0.5", "0.5 1 1.5"),
        ("2", "2", None, ""),
        ("0.12345", "1", None, "0.25 0.5 0.75"),  # on no grid: whole steps from where it is
        ("0.9999", "1", None, ""),
    ],
)
def test_reachable_points(points, most, step, expected):
    assert reachable(F(points), F(most), step and F(step)) == texts(expected)


def test_the_fewest_points_then_the_fewest_leaves():
    # 1.1 points: 0.25 steps give 1.25 on three leaves of 0.5; the leaf of 2 gives it alone.
    assert fewest_points(texts("0 0 0 0"), texts("0.5 0.5 0.5 2"), F("1.1")) == tuple(texts("0 0 0 1.25"))
    # The first leaf alone gives 0.75, with the last tenth of the second 0.6: fewer points go before fewer leaves.
    assert fewest_points(texts("0 0.9"), texts("2 1"), F("0.6")) == tuple(texts("0.5 0.1"))
    # Equals go to the earlier leaves.
    assert fewest_points(texts("0 0 0"), texts("1 1 1"), F("1.5")) == tuple(texts("1 0.5 0"))


def test_nothing_needed_and_nothing_possible():
    assert fewest_points([F(1)], [F(2)], F(0)) == (0,)
    assert fewest_points(texts("1 2"), texts("1 2.5"), F("0.75")) is None
    assert fewest_points([], [], F(1)) is None
    assert fewest_points([F(2)], [F(2)], F(1)) is None
    assert fewest_points(texts("1 2"), texts("1 2.5"), F("0.5")) == (0, F(1, 2))


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from([None, "0.25", "0.5", "0.1"])), max_size=4
    ),
    st.integers(1, 300),
)
def test_the_plan_is_the_best_of_all(leaves, need):
    points, most = [F(p, 20) for p, _, _ in leaves], [F(p + room, 20) for p, room, _ in leaves]
    steps = [step and F(step) for *_, step in leaves]
    need = F(need, 100)
    found = fewest_points(points, most, need, steps=steps)
    choices = [[F(0), *reachable(*leaf)] for leaf in zip(points, most, steps, strict=True)]
    plans = [(sum(plan), sum(map(bool, plan))) for plan in itertools.product(*choices) if sum(plan) >= need]
    if not plans:
        assert found is None
    else:
        assert (sum(found), sum(map(bool, found))) == min(plans)
        assert all(addition in choice for addition, choice in zip(found, choices, strict=True))


def test_the_plan_takes_the_unit_to_the_next_place():
    rng = np.random.default_rng(2)
    most = [F(int(k), 4) for k in rng.integers(2, 9, 40)]
    points = [F(int(k), 4) for k in rng.integers(0, [int(4 * m) + 1 for m in most])]
    own = 100 * sum(points) / sum(most)
    exact = [Decimal(str(round(float(own) + gap, 10))) for gap in (0, 0.37, 2.1, -1)]
    values = ranked_values(exact)
    need = shortfall(sum(points), sum(most), next_value(values, 0))
    plan = fewest_points(points, most, need)
    block = {"unit": 0, "index_exact": exact, "std_error": np.zeros(4), "draws": 10}
    assert outcome(points, most, [0] * 40, **block).rank == 3
    assert outcome(points, most, plan, **block).rank == 2
    assert sum(plan) - F(1, 4) < need <= sum(plan)
