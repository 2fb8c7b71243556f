"""What the council gave against what people said, unit by unit of one block, as exact shares.

Both are shares of the maximum that applies to the unit. Quadrants are cut at the medians of the block. Only units with
all their points are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import sqrt

from dashboard.pages.ranking.rows import Line, median, share
from dashboard.words import formats

ORDERS = {"chenh-lech": -1, "don-vi": 1, "tham-dinh": -1, "khao-sat": -1, "nhom": 1}
"""Values of `sx`, with the direction they begin with (-1: highest first); a leading '-' turns it round."""

QUADRANTS = ("both", "appraised", "survey", "neither")
"""Which of the two parts is at or over its median."""


@dataclass(frozen=True)
class Unit:
    """One unit: both shares of one, and the line they come from."""

    line: Line
    appraised: Fraction
    survey: Fraction

    @property
    def difference(self) -> Fraction:
        """In shares as they are printed."""
        return formats.shares_apart(self.survey, self.appraised)


@dataclass(frozen=True)
class Contrast:
    """The complete units of a block; `left_out` counts the others."""

    units: tuple[Unit, ...]
    left_out: int

    @cached_property
    def medians(self) -> tuple[Fraction, Fraction]:
        return median([unit.appraised for unit in self.units]), median([unit.survey for unit in self.units])

    def quadrant(self, unit: Unit) -> str:
        high, liked = unit.appraised >= self.medians[0], unit.survey >= self.medians[1]
        return "both" if high and liked else "appraised" if high else "survey" if liked else "neither"

    @cached_property
    def quadrants(self) -> dict[str, list[Unit]]:
        """Units of every quadrant, in alphabetical order."""
        found: dict[str, list[Unit]] = {name: [] for name in QUADRANTS}
        for unit in sorted(self.units, key=lambda unit: formats.vietnamese_order(unit.line.name)):
            found[self.quadrant(unit)].append(unit)
        return found


def contrast(lines: Sequence[Line]) -> Contrast:
    """The units of a block that have all points of both parts."""
    units = []
    for line in lines:
        shares = share(line.appraised, line.appraised_max), share(line.survey, line.survey_max)
        if line.complete and None not in shares:
            units.append(Unit(line, *shares))
    return Contrast(tuple(units), len(lines) - len(units))


def correlation(units: Sequence[Unit]) -> float | None:
    """Pearson's r of the two shares; None under three units or where one of the two does not vary."""
    n = len(units)
    if n < 3:
        return None
    x, y = ([getattr(unit, part) for unit in units] for part in ("appraised", "survey"))
    mean_x, mean_y = sum(x, Fraction()) / n, sum(y, Fraction()) / n
    xx, yy = (sum((v - m) ** 2 for v in values) for values, m in ((x, mean_x), (y, mean_y)))
    if not xx or not yy:
        return None
    xy = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return float(xy) / sqrt(float(xx) * float(yy))


def ordered(found: Contrast, order: str) -> list[Unit]:
    """Units by a value of `sx`; equals in alphabetical order."""
    key = order.removeprefix("-")
    down = (ORDERS[key] < 0) != order.startswith("-")
    units = sorted(found.units, key=lambda unit: formats.vietnamese_order(unit.line.name))
    if key == "don-vi":
        return units[::-1] if down else units
    values = {
        "tham-dinh": lambda unit: unit.appraised,
        "khao-sat": lambda unit: unit.survey,
        "chenh-lech": lambda unit: unit.difference,
        "nhom": lambda unit: QUADRANTS.index(found.quadrant(unit)),
    }
    return sorted(units, key=values[key], reverse=down)
