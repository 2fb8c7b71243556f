"""The rubric as a tree: parents from the column, one roll-up for every level."""

from fractions import Fraction

import numpy as np
import pytest

from scoring.rubric import Rubric, code_order


def rubric(text: str) -> Rubric:
    """Lines 'code parent max assessed_by', '-' for empty."""
    rows = []
    for line in text.split("\n"):
        if line.strip():
            code, parent, points, by = (None if cell == "-" else cell for cell in line.split())
            rows.append(
                {"criterion_code": code, "parent_code": parent, "max_points": points, "assessed_by": by,
                 "survey_method": "mean" if by == "survey" else None}
            )  # fmt: skip
    return Rubric.from_rows(rows)


TREE = """
9.4.1 9.2 1.5 survey
9.2   9   -   -
9     -   -   -
1.10  1   2   appraisal
1.9   1   1   appraisal
1     -   -   -
9.3   9   3   survey
"""


def test_items_stand_in_reading_order_whatever_order_they_come_in():
    tree = rubric(TREE)
    assert tree.codes == ("1", "1.9", "1.10", "9", "9.2", "9.4.1", "9.3")
    assert tree.leaves == ("1.9", "1.10", "9.4.1", "9.3")
    assert tree.depths == (0, 1, 1, 0, 1, 2, 1)
    assert [tree.is_leaf(i) for i in range(7)] == [False, True, True, False, False, True, True]


def test_one_roll_up_serves_every_level_and_every_kind_of_number():
    tree = rubric(TREE)
    exact = np.array([[Fraction(1, 3)], [Fraction(1, 6)], [Fraction(1)], [Fraction(2)]], dtype=object)
    total, *items = tree.roll_up(exact)[:, 0]
    assert total == Fraction(7, 2)
    assert dict(zip(tree.codes, items, strict=True)) == {
        "1": Fraction(1, 2), "1.9": Fraction(1, 3), "1.10": Fraction(1, 6), "9": 3, "9.2": 1, "9.4.1": 1, "9.3": 2,
    }  # fmt: skip
    replicates = np.arange(4 * 3 * 5.0).reshape(4, 3, 5)
    assert np.array_equal(tree.roll_up(replicates)[0], replicates.sum(axis=0))


def test_an_orphan_and_a_cycle_are_errors():
    with pytest.raises(ValueError, match=r"1\.1"):
        rubric("1.1 1 2 appraisal")
    with pytest.raises(ValueError, match="way up"):
        rubric("1 2 - -\n2 1 1 appraisal")


def test_codes_are_ordered_by_number():
    codes = ["10", "9.10", "9.9", "9", "1.a", "1.2"]
    assert sorted(codes, key=code_order) == ["1.2", "1.a", "9", "9.9", "9.10", "10"]
