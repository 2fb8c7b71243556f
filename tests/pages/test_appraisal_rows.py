from fractions import Fraction as F

import pytest

from dashboard.pages.appraisal import rows as appraisal
from dashboard.pages.appraisal.rows import Appraisal, breaks, extreme, mean, reasons, tally, unequal


def leaf(unit="a", item="1.1", own=None, council=None, most=1, state="appraised", **more):
    """One leaf as `queries.appraisal` gives it."""
    both = own is not None and council is not None
    return {
        "unit_code": unit,
        "criterion_code": item,
        "state": state,
        "self_points": own,
        "appraised_points": council,
        "gap": council - own if both else None,
        "max_points": most,
        "appraiser": "x" if state == "appraised" else None,
        "lead_appraiser": "x",
        "reason": None,
    } | more


def test_leaves_are_counted_by_state_and_added_where_both_points_are():
    found = tally(
        [
            leaf(own=F(1), council=F(1, 2)),
            leaf(own=F(1), council=F(1)),
            leaf(own=F(1, 2), council=F(1), most=2),
            leaf(council=F(1)),
            leaf(own=F(1), state="pending"),
            leaf(state="missing"),
            leaf(state="not_applicable", most=0, appraiser="x"),
        ]
    )
    assert (found.total, found.done, found.pending, found.missing) == (7, 5, 1, 1)
    assert (found.both, found.kept, found.cuts, found.raises, found.changed) == (3, 1, 1, 1, 2)
    assert (found.own, found.council, found.maximum) == (F(5, 2), F(5, 2), 4)
    assert (found.gap, found.gap_share) == (0, 0)


def test_nothing_appraised_has_no_adjustment_rather_than_nought():
    found = tally([leaf(own=F(1), state="pending")])
    assert (found.gap, found.gap_share, found.own_share) == (None, None, None)
    assert tally([]).total == 0


def test_who_decides_on_itself_is_counted_apart_from_who_is_about_to():
    found = tally(
        [
            leaf("x", own=F(1), council=F(1)),
            leaf("x", own=F(1), state="pending"),
            leaf("a", own=F(1), council=F(1)),
            leaf("b", state="missing", lead_appraiser=None),
        ]
    )
    assert (found.conflicts, found.conflicts_ahead) == (1, 1)
    assert appraisal.responsible(leaf("a", state="pending", lead_appraiser=None)) == ""
    assert appraisal.responsible(leaf("a", own=F(1), council=F(1), appraiser="y")) == "y"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ((), None)),
        ({"a": None}, ((), None)),
        ({"a": F(0), "b": F(0)}, ((), 0)),
        ({"a": F(-1), "b": F(1), "c": F(1, 2)}, (("a",), -1)),
        ({"a": F(2), "b": F(-1)}, (("a",), 2)),
        ({"a": F(-1), "b": F(-1), "c": None}, (("a", "b"), -1)),
    ],
)
def test_the_value_farthest_from_nought(values, expected):
    assert extreme(values) == expected


def test_tints_of_cuts_begin_at_quarter_points_in_order():
    cuts = [F(-n, 10) for n in range(1, 31)]
    assert breaks(cuts) == (F(-3), F(-9, 4))
    assert breaks([F(-1, 4)] * 30) is None
    assert breaks([F(-1), F(0), None, F(1)]) is None
    for n in range(5, 40):
        found = breaks([F(-k * k, 7) for k in range(1, n)])
        assert found is None or found[0] < found[1] < 0


def test_one_reason_and_item_with_different_cuts():
    rows = [
        leaf("a", own=F(1), council=F(3, 4), reason="Thiếu tài liệu"),
        leaf("b", own=F(1), council=F(1, 2), reason="thiếu  TÀI liệu"),
        leaf("c", own=F(1), council=F(1, 2), reason="Thiếu tài liệu"),
        leaf("d", own=F(1), council=F(0), reason="Nộp chậm"),
        leaf("e", own=F(0), council=F(1), reason="Thiếu tài liệu"),
        leaf("a", "1.2", own=F(1), council=F(1, 2), reason="Thiếu tài liệu"),
    ]
    (case,) = unequal(rows)
    assert (case.item, case.reason, case.spread) == ("1.1", "Thiếu tài liệu", F(1, 4))
    assert case.cuts == {F(-1, 2): ("b", "c"), F(-1, 4): ("a",)}


def test_appraisers_are_compared_by_reason_from_three_cuts_on():
    rows = [leaf(own=F(1), council=F(n, 4), reason="r", appraiser="x") for n in (1, 2, 3)]
    rows += [leaf(own=F(1), council=F(0), reason="r", appraiser="y", most=2) for _ in range(3)]
    rows += [leaf(own=F(1), council=F(0), reason="r", appraiser="z")]
    rows += [leaf(own=F(1), council=F(0), reason="s", appraiser="z")]
    first, second = reasons(rows)
    assert (first.text, first.n, second.text) == ("r", 7, "s")
    assert first.by == {"x": (3, F(-1, 2)), "y": (3, F(-1, 2)), "z": (1, F(-1))}
    assert first.spread == 0 and second.spread is None


def test_means_leave_out_what_is_missing():
    assert mean([F(1), None, F(2)]) == F(3, 2)
    assert mean([None]) is None


RUBRIC = {
    code: {"parent_code": parent, "field_code": code.split(".")[0], "assessed_by": by}
    for code, parent, by in (
        ("1", None, None),
        ("1.1", "1", "appraisal"),
        ("1.2", "1", None),
        ("9.4", "1.2", "appraisal"),  # codes do not say where an item lies
        ("1.3", "1", "survey"),
        ("2", None, "appraisal"),
        ("3", None, None),
        ("3.1", "3", "survey"),
    )
}
RUBRIC["9.4"]["field_code"] = "1"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, {"1": ["1.1", "9.4"], "2": ["2"]}),
        ("1", {"1.1": ("1.1",), "9.4": ("9.4",)}),
        ("1.2", {"9.4": ("9.4",)}),
        ("2", {"2": ("2",)}),
        ("1.3", {}),
        ("3", {}),
    ],
)
def test_columns_are_fields_and_below_an_item_its_leaves(code, expected):
    assert appraisal.parts(RUBRIC, code) == expected


def test_one_item_of_one_unit_is_one_decision():
    leaves = [leaf("a", "1.1", own=F(1), council=F(1)), leaf("b", "1.1", state="missing")]
    one = Appraisal(leaves, {"1.1": ("1.1",)}, "a", ())
    assert one.decision is leaves[0]
    assert Appraisal(leaves, {"1.1": ("1.1",)}, "", ()).decision is None
    assert Appraisal(leaves, {"1.1": ("1.1",)}, "c", ()).decision is None
    # A rubric of a single field with several items is no single decision.
    several = [*leaves, leaf("a", "1.2", own=F(1), council=F(1))]
    assert Appraisal(several, {"1": ("1.1", "1.2")}, "a", ()).decision is None


def test_the_step_of_the_appraisal_is_told_by_its_kind_whatever_its_name():
    steps = [{"name": "Thẩm định hồ sơ", "kind": None}, {"name": "Vòng hai", "kind": "appraisal"}]
    assert Appraisal([], {}, "", steps).step == steps[1]
    assert Appraisal([], {}, "", steps[:1]).step == {}
