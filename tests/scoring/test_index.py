"""Items, index and rank of a block, on a rubric small enough for answers by hand."""

from decimal import Decimal
from fractions import Fraction as F

import pytest
from test_rubric import rubric

from scoring.index import Score, decide, score_block

RUBRIC = rubric(
    """
    1     -   -   -
    1.1   1   2   appraisal
    1.2   1   1   appraisal
    1.3   1   1   survey
    2     -   -   -
    2.1   2   1   survey
    """
)


def scores(**by_leaf):
    """a1_1='1.5' -> unit a, leaf 1.1; '-' says not applicable."""
    return {
        (name[0], name[1:].replace("_", ".")): Score(None if value == "-" else F(value))
        for name, value in by_leaf.items()
    }


def block(own=None, decided=None, values=None, units="a", **options):
    own = scores(a1_1="2", a1_2="1") if own is None else own
    decided = scores(a1_1="1.5", a1_2="1") if decided is None else decided
    values = {("a", "1.3"): F(1, 3), ("a", "2.1"): F(2, 3)} if values is None else values
    result = score_block(RUBRIC, list(units), self_scores=own, decided_scores=decided, survey_values=values, **options)
    return {u.unit_code: u for u in result.units}, {(i.unit_code, i.criterion_code): i for i in result.items}


def test_a_complete_unit():
    units, items = block()
    unit = units["a"]
    assert (unit.status, unit.rank) == ("complete", 1)
    assert (unit.self_points, unit.appraised_points, unit.survey_points, unit.points) == (3, F(5, 2), 1, F(7, 2))
    assert unit.index_value == Decimal("70.00")
    assert (unit.self_index, unit.appraised_index) == (Decimal("100.00"), Decimal("83.33"))
    field = items["a", "1"]
    assert (field.points, field.max_points, field.gap, field.state) == (F(17, 6), 4, F(-1, 2), None)
    assert field.attainment == F(17, 24)
    assert items["a", "1.3"].points == F(1, 3)
    assert items["a", "2"].gap is None  # nothing below it was both self-scored and appraised
    assert items["a", "1.3"].self_points is None


def test_the_council_takes_a_leaf_out_for_one_unit():
    units, items = block(decided=scores(a1_1="-", a1_2="1", a2_1="-"))
    leaf = items["a", "1.1"]
    assert (leaf.state, leaf.points, leaf.max_points, leaf.self_points, leaf.gap) == (
        "not_applicable",
        None,
        0,
        None,
        None,
    )
    assert items["a", "2.1"].state == "not_applicable"
    assert (items["a", "2"].points, items["a", "2"].max_points, items["a", "2"].attainment) == (0, 0, None)
    assert (units["a"].points, units["a"].max_points, units["a"].status) == (F(4, 3), 2, "complete")
    assert units["a"].index_value == Decimal("66.67")


def test_what_only_the_unit_claims_leaves_the_leaf_pending():
    units, items = block(own=scores(a1_1="-", a1_2="1"), decided=scores(a1_2="1"))
    assert (items["a", "1.1"].state, items["a", "1.1"].max_points) == ("pending", 2)
    assert (items["a", "1"].points, items["a", ""].max_points) == (None, 5)
    unit = units["a"]
    assert (unit.status, unit.rank, unit.max_points, unit.points) == ("incomplete", None, 3, 2)
    assert (unit.self_index, unit.appraised_index) == (Decimal("100.00"), None)


def test_a_pending_leaf_counts_with_its_self_points_for_now():
    units, items = block(decided=scores(a1_2="1"))
    assert items["a", "1.1"].state == "pending"
    assert (units["a"].points, units["a"].max_points, units["a"].index_value) == (4, 5, Decimal("80.00"))


def test_a_missing_leaf_is_left_out_for_now():
    units, items = block(own=scores(a1_2="1"), decided=scores(a1_2="1"), values={("a", "1.3"): F(1)})
    assert items["a", "1.1"].state == items["a", "2.1"].state == "missing"
    assert (units["a"].points, units["a"].max_points, units["a"].index_value) == (2, 2, Decimal("100.00"))
    assert units["a"].self_index == Decimal("33.33")  # no self points counts 0 there


def test_a_unit_with_nothing_has_no_index():
    units, _ = block(own={}, decided={}, values={})
    assert (units["a"].index_value, units["a"].rank, units["a"].max_points) == (None, None, 0)


def test_the_highest_round_decides():
    rounds = [("a", "1.1", 1, Score(F(2))), ("a", "1.1", 3, Score(F(1, 2))), ("a", "1.1", 2, Score(None))]
    assert decide(rounds) == {("a", "1.1"): Score(F(1, 2))}


@pytest.mark.parametrize(("rank_by", "expected"), [("published", [1, 1, 3]), ("exact", [2, 1, 3])])
def test_ranks_follow_the_published_value_or_the_exact_one(rank_by, expected):
    own = scores(**{f"{u}{leaf}": "1" for u in "abc" for leaf in ("1_1", "1_2")})
    values = {
        (u, leaf): v
        for u, v in zip("abc", (F("0.50001"), F("0.50002"), F("0.4")), strict=True)
        for leaf in ("1.3", "2.1")
    }
    units, _ = block(own=own, decided=own, values=values, units="abc", rank_by=rank_by)
    assert [units[u].rank for u in "abc"] == expected
