"""The published rounding and ranks with shared places, with answers worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rank import agreed, published, ranks, round_half_up


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("0.005", 2, "0.01"),
        ("0.015", 2, "0.02"),  # a float would hold 0.01499…
        ("92.755", 2, "92.76"),
        ("2.5", 0, "3"),
        ("-0.125", 2, "-0.13"),  # halves away from zero
        ("1e-11", 10, "0"),
        ("100", 2, "100.00"),
    ],
)
def test_halves_go_up(value, places, expected):
    assert round_half_up(Fraction(value), places) == Decimal(expected)


def test_publishing_rounds_twice():
    # 92.7649999999997 is 92.7650000000 after ten places, so 92.77 is published, not 92.76: every arithmetic agrees.
    value = Fraction("92.76499999999997")
    assert agreed(value) == Decimal("92.7650000000")
    assert published(value, 2) == Decimal("92.77")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        (["90", "95", "90", "80"], [2, 1, 2, 4]),
        (["90", None, "90"], [1, None, 1]),
        (["90.0", "90.00"], [1, 1]),
    ],
)
def test_equal_values_share_the_best_place(values, expected):
    assert ranks([None if v is None else Decimal(v) for v in values]) == expected


@given(st.lists(st.one_of(st.none(), st.decimals(0, 100, places=2)), max_size=40))
def test_a_rank_is_one_more_than_the_number_above(values):
    for value, rank in zip(values, ranks(values), strict=True):
        if value is None:
            assert rank is None
        else:
            assert rank == 1 + sum(other > value for other in values if other is not None)
