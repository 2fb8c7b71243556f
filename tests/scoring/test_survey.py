"""Surveyed leaves: values from counts by hand, and which cells may be shown."""

from fractions import Fraction as F

import pytest

from scoring.survey import Cell, Option, cells, leaf_values, question_value, suppress

SCALE = {
    "5": Option(F(1), True),
    "4": Option(F(3, 4), True),
    "3": Option(F(1, 2), False),
    "9": Option(None, False),
}


@pytest.mark.parametrize(
    ("counts", "method", "expected"),
    [
        ({"5": 1, "3": 1}, "mean", F(3, 4)),
        ({"5": 1, "4": 1, "3": 1}, "mean", F(3, 4)),
        ({"5": 1, "4": 1, "3": 1}, "satisfied_share", F(2, 3)),
        ({"5": 1, "9": 99}, "satisfied_share", F(1)),  # no opinion is an answer, not a valid one
        ({"9": 3}, "mean", None),
        ({}, "mean", None),
    ],
)
def test_value_of_a_question(counts, method, expected):
    assert question_value(counts, SCALE, method) == expected


def block(**changes):
    given = dict(
        questions=[("staff", "q1", "1.1", "s"), ("staff", "q2", "1.1", "s"), ("people", "q1", "1.1", "s")],
        methods={"1.1": "mean"},
        scales={"s": SCALE},
        counts={("u", "staff", "q1"): {"5": 6}, ("u", "staff", "q2"): {"9": 6}, ("u", "people", "q1"): {"3": 10}},
        n_ballots={("u", "staff"): 6, ("u", "people"): 12},
        n_valid={("u", "1.1", "staff"): 6, ("u", "1.1", "people"): 10},
        group_weight={"staff": F(1), "people": F(1)},
        leaf_weight={},
        min_cell=5,
    )
    return cells(**(given | changes))


def test_a_question_without_valid_answers_is_left_out_of_the_mean():
    found = {cell.respondent_group: cell for cell in block()}
    assert found["staff"].value == 1  # q2 has no opinion alone
    assert found["people"].value == F(1, 2)
    assert (found["people"].n_ballots, found["people"].n_valid) == (12, 10)


@pytest.mark.parametrize(
    ("leaf_weight", "expected"),
    [({}, F(3, 4)), ({("1.1", "staff"): F(3)}, F(7, 8)), ({("1.1", "staff"): F(0)}, F(1, 2))],
)
def test_weights_of_a_leaf_go_before_those_of_the_group(leaf_weight, expected):
    assert leaf_values(block(leaf_weight=leaf_weight)) == {("u", "1.1"): expected}


def test_no_group_with_a_weight_leaves_the_leaf_missing():
    assert leaf_values(block(group_weight={"staff": F(0), "people": F(0)})) == {}


def test_a_leaf_that_does_not_apply_has_no_cells():
    assert block(not_applicable={("u", "1.1")}) == []


def cell(group, n_valid, weight=1, value=F(1, 2)):
    return Cell("u", "1.1", group, F(weight), n_valid, n_valid, value if n_valid else None, False)


@pytest.mark.parametrize(
    ("groups", "hidden"),
    [
        ([("a", 4), ("b", 9), ("c", 7)], {"a", "c"}),  # the next smallest goes too
        ([("a", 4), ("b", 7), ("c", 7)], {"a", "b"}),  # ties by code
        ([("a", 4), ("b", 3), ("c", 7)], {"a", "b"}),  # two hide each other
        ([("a", 4)], {"a"}),  # alone: the official points reveal it
        ([("a", 0), ("b", 7), ("c", 9)], set()),  # empty is not suppressed
        ([("a", 5), ("b", 7)], set()),  # the minimum itself may be shown
        ([("a", 4, 0), ("b", 7), ("c", 9)], {"a"}),  # without weight it cannot be subtracted
        ([("a", 4), ("b", 7, 0), ("c", 9)], {"a", "c"}),
        ([("a", 4), ("b", 7, 0)], {"a"}),
    ],
)
def test_suppression_and_the_cell_that_would_give_it_away(groups, hidden):
    assert {c.respondent_group for c in suppress([cell(*g) for g in groups], 5) if c.suppressed} == hidden
