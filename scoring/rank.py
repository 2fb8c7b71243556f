"""The published rounding, and ranks that share a place where the published values are equal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

AGREED_PLACES = 10  # every arithmetic agrees after this rounding, whatever it computed with


def round_half_up(value: Fraction, places: int) -> Decimal:
    """`value` rounded to `places` decimals, halves away from zero, exactly (never through a float)."""
    below = 2 * value.denominator  # whole numbers: a fraction would look for common factors at every step
    whole = (2 * abs(value.numerator) * 10**places + value.denominator) // below
    return Decimal(whole if value.numerator >= 0 else -whole).scaleb(-places)


def agreed(value: Fraction) -> Decimal:
    """The value rounded to the ten places after which every arithmetic gives the same number."""
    return round_half_up(value, AGREED_PLACES)


def published(value: Fraction, decimals: int) -> Decimal:
    """The value as it is published: half up to ten places, then half up to `decimals`."""
    return round_half_up(Fraction(agreed(value)), decimals)


def ranks(values: Sequence[Decimal | None]) -> list[int | None]:
    """Place of each value, the highest first; equal values share the best place and the next is skipped.

    None in, None out: who has no value has no rank (1, 2, 2, 4).
    """
    above: dict[Decimal, int] = {}
    for counted, value in enumerate(sorted((v for v in values if v is not None), reverse=True)):
        above.setdefault(value, counted)
    return [None if value is None else above[value] + 1 for value in values]
