"""Other weights, parts left out, other roundings: against plain recomputation in fractions and answers by hand."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from scoring.rank import agreed, published
from scoring.sensitivity import (
    leave_one_out,
    rank_range,
    ranking,
    rubric_weights,
    scores,
    smallest_swap,
    weight_sets,
    weighted_index,
    without_group,
)

F = Fraction
RUBRIC = np.array([0.5, 0.3, 0.2])  # of 50, 30 and 20 points


def exact(rows):
    return np.array([[F(str(value)) for value in row] for row in rows], dtype=object)


MAX = exact([[50, 30, 20]] * 3)
POINTS = exact([[45, 24, 18], [40, 27, 19], [50, 20, 10]])


def test_weights_of_the_rubric():
    assert rubric_weights([50, F(30), Decimal(20)]).tolist() == RUBRIC.tolist()


@pytest.mark.parametrize("spread", [0.10, 0.25])
def test_weight_sets_spread_as_they_say(spread):
    sets = weight_sets(RUBRIC, spread, n=40_000)
    np.testing.assert_allclose(sets.sum(axis=1), 1)
    np.testing.assert_allclose(sets.mean(axis=0), RUBRIC, rtol=0.01)
    relative = sets / RUBRIC - 1
    assert 1.96 * np.sqrt((relative**2 @ RUBRIC).mean()) == pytest.approx(spread, rel=0.02)
    assert (np.abs(relative) < spread).mean(axis=0) @ RUBRIC == pytest.approx(0.95, abs=0.02)
    assert np.array_equal(sets, weight_sets(RUBRIC, spread, n=40_000))
    assert not np.array_equal(sets, weight_sets(RUBRIC, spread, n=40_000, seed=1))
    assert weight_sets(np.array([1.0]), spread, n=3).tolist() == [[1], [1], [1]]


def test_the_rubrics_own_weights_give_the_official_index():
    # 87, 86 and 80 of 100 points
    assert scores(POINTS, MAX, RUBRIC, RUBRIC).tolist() == [[8700, 8600, 8000]]


def test_weights_by_hand():
    # attainments 0.9 0.8 0.9, 0.8 0.9 0.95, 1 2/3 0.5
    found = scores(POINTS, MAX, np.array([[0.25, 0.25, 0.5], [0, 1, 0]]), RUBRIC)
    assert found.tolist() == [[8750, 9000, 6667], [8000, 9000, 6667]]


def test_leaves_that_are_not_applicable_leave_their_field_smaller():
    # 30 of 40 points in the first field, which counts with 0.4 · 40/50 = 0.32 of 0.92 (0.6 · 10/10 of the second).
    index = weighted_index([F(30), F(5)], [F(40), F(10)], [F(2, 5), F(3, 5)], [F(5, 6), F(1, 6)])
    assert index == 100 * (F(2, 5) * F(6, 5) * 30 + F(3, 5) * 6 * 5) / (F(2, 5) * F(6, 5) * 40 + F(3, 5) * 6 * 10)
    official = weighted_index([F(30), F(5)], [F(40), F(10)], [F(5, 6), F(1, 6)], [F(5, 6), F(1, 6)])
    assert official == F(100 * 35, 50)


@pytest.mark.parametrize("rank_by", ["published", "exact"])
@pytest.mark.parametrize("decimals", [0, 2, 4])
def test_every_value_is_that_of_a_plain_recomputation(rank_by, decimals):
    rng = np.random.default_rng(decimals)
    max_points = exact(rng.choice([10, 12.5, 20], (6, 4)))
    points = max_points * np.array([[F(int(k), 21) for k in row] for row in rng.integers(0, 22, (6, 4))], dtype=object)
    # coarse weights, so that many values fall right on a step of the rounding
    weights = rng.integers(1, 9, (150, 4)) / 8
    rubric = np.array([0.25, 0.25, 0.25, 0.25])
    found = scores(points, max_points, weights, rubric, decimals=decimals, rank_by=rank_by)
    for row in range(len(weights)):
        for unit in range(len(points)):
            value = weighted_index(points[unit], max_points[unit], weights[row], rubric)
            shown = agreed(value) if rank_by == "exact" else published(value, decimals)
            assert found[row, unit] == shown.scaleb(10 if rank_by == "exact" else decimals)


@pytest.mark.parametrize(
    ("points", "score"),
    [
        ("64.285", 6429),  # half up, where a float of 64.285 is below the half
        ("64.28499999995", 6429),  # ten places first: 64.2850000000
        ("64.28499999994", 6428),
        ("1.005", 101),
    ],
)
def test_halves_are_rounded_as_published(points, score):
    assert scores(exact([[points]]), exact([[100]]), np.array([[1.0]]), np.array([1.0])).tolist() == [[score]]


def test_weights_that_leave_a_unit_nothing_are_refused():
    with pytest.raises(ValueError, match="no weight"):
        scores(POINTS[:1], exact([[0, 30, 20]]), np.array([[1.0, 0, 0]]), RUBRIC)


def test_range_of_places():
    values = np.array([[3, 2, 1]] * 97 + [[2, 3, 1]] * 2 + [[1, 2, 3]])
    found = rank_range(values, [1, 2, 3])
    assert (found.best.tolist(), found.worst.tolist()) == ([1, 1, 1], [3, 2, 3])
    assert (found.low.tolist(), found.high.tolist()) == ([1, 2, 3], [2, 2, 3])
    assert found.kept.tolist() == [0.97, 0.98, 0.99]


def test_ranking_by_published_or_exact_value():
    points, of = [F("80.004"), F("80.001"), F(70), F(0)], [100, 100, 100, 0]
    official = ranking(points, of)
    assert official.index == [Decimal("80.00"), Decimal("80.00"), Decimal("70.00"), None]
    assert official.rank == [1, 1, 3, None]
    assert ranking(points, of, rank_by="exact").rank == [1, 2, 3, None]


def test_leave_one_out():
    # without the first field 42, 46 and 30 of 50, the second 63, 59 and 60 of 70, the third 69, 67 and 70 of 80
    first, second, third = leave_one_out(POINTS, MAX)
    assert first.index == [Decimal("84.00"), Decimal("92.00"), Decimal("60.00")]
    assert [r.rank for r in (first, second, third)] == [[2, 1, 3], [1, 3, 2], [2, 3, 1]]
    only = leave_one_out(POINTS[:, :1], MAX[:, :1])
    assert only[0].rank == [None, None, None]


def test_without_a_respondent_group():
    cells = [
        ("a", "1.1", "staff", F(1), F(1, 2)),
        ("a", "1.1", "citizen", F(3), F(1)),
        ("a", "2.1", "citizen", F(1), F(1, 3)),
        ("b", "1.1", "staff", F(1), None),
        ("b", "2.1", "citizen", F(1), F(1)),
        ("b", "2.1", "staff", F(0), F(0)),
    ]
    max_points = {"1.1": F(4), "2.1": F(6)}
    assert without_group("citizen", cells, max_points) == {"a": (F(2), F(4))}
    assert without_group("staff", cells, max_points) == {"a": (F(4) + F(2), F(10)), "b": (F(6), F(6))}
    assert without_group("nobody", cells, max_points)["a"] == (4 * F(7, 8) + 2, 10)


def gap(points, max_points, weights, rubric):
    first, second = (weighted_index(points[u], max_points[u], weights, rubric) for u in (0, 1))
    return float(first - second)


def test_smallest_swap_by_hand():
    # attainments differ by 0.1, −0.1, −0.05: mean −1/60, Σ v d = 0.01, centred 7/60, −5/60, −2/60, squares 78/3600
    swap = smallest_swap(POINTS[:2], MAX[:2], RUBRIC)
    step = 0.01 / (78 / 3600)
    np.testing.assert_allclose(swap.change, -step * np.array([7, -5, -2]) / 60, atol=1e-12)
    assert swap.size == pytest.approx(0.01 / np.sqrt(78 / 3600))
    assert swap.possible
    assert gap(POINTS, MAX, swap.weights, RUBRIC) == pytest.approx(0, abs=1e-9)
    beyond = RUBRIC + 1.01 * swap.change
    assert gap(POINTS, MAX, beyond, RUBRIC) < 0 < gap(POINTS, MAX, RUBRIC + 0.99 * swap.change, RUBRIC)


def test_a_swap_may_need_weights_that_do_not_exist():
    swap = smallest_swap(exact([[50, 30, 10], [20, 10, 10]]), MAX[:2], RUBRIC)
    assert not swap.possible and swap.weights.min() < 0
    assert smallest_swap(exact([[50, 30, 20], [25, 15, 10]]), MAX[:2], RUBRIC) is None


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(*[st.integers(2, 20)] * 4), min_size=2, max_size=2), st.integers(0, 2))
def test_no_nearer_weights_make_the_two_equal(shares, not_applicable):
    max_points = np.array([[50, 30, 15, 5.0]] * 2)
    max_points[1, not_applicable] *= 0.8
    points = np.array(shares) / 20 * max_points
    rubric = np.array([0.5, 0.3, 0.15, 0.05])
    swap = smallest_swap(points, max_points, rubric)
    if swap is None or swap.size > 0.5:
        return
    assert swap.change.sum() == pytest.approx(0, abs=1e-12)
    assert gap(points, max_points, swap.weights, rubric) == pytest.approx(0, abs=1e-8)
    searched = minimize(
        lambda change: 1e3 * change @ change,
        swap.change + 0.01 * np.array([1, -1, 1, -1]),
        constraints=[
            {"type": "eq", "fun": lambda change: change.sum()},
            {"type": "eq", "fun": lambda change: gap(points, max_points, rubric + change, rubric)},
        ],
    )
    if searched.success:
        assert swap.size <= np.linalg.norm(searched.x) + 1e-4
