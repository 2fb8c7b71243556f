"""The years of a block: published results as they were printed, and apart from them what the store computes.

Where a published value and its rank contradict each other neither is mended: `Published.odd` says which they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.selection import Site, read_number
from dashboard.address.view import View
from dashboard.pages.ranking.rows import Block, Line, median
from dashboard.pages.rubric.rows import Item
from dashboard.words import formats

NAMED = 3
"""Units named in a plot where the reader chose none."""
MOVERS = 5
"""Units listed that rose most; more where the last of them share their rise."""

Result = Mapping[str, Any]


@dataclass(frozen=True)
class Published:
    """Published results of one block (rows of `Ask.published`), and what to call its units."""

    rows: tuple[Result, ...]
    names: Mapping[str, str]

    @cached_property
    def years(self) -> list[int]:
        """Every year from the first to the last, those without a result too."""
        found = [int(row["period"]) for row in self.rows]
        return list(range(min(found), max(found) + 1)) if found else []

    @cached_property
    def valued(self) -> list[Result]:
        return [row for row in self.rows if row["index"] is not None]

    def of(self, unit: str) -> list[Result]:
        return [row for row in self.valued if row["unit_code"] == unit]

    @cached_property
    def valued_units(self) -> list[str]:
        """Units with a value in some year, in alphabetical order."""
        codes = {row["unit_code"] for row in self.valued}
        return sorted(codes, key=lambda code: formats.vietnamese_order(self.names[code]))

    @cached_property
    def first(self) -> dict[str, list[int]]:
        """Units that came first, and in which years."""
        first: dict[str, list[int]] = {}
        for row in self.rows:
            if row["rank"] == 1:
                first.setdefault(row["unit_code"], []).append(int(row["period"]))
        return first

    @cached_property
    def newest_first(self) -> list[Result]:
        """Every result, the newest year first, each year by rank."""
        return sorted(
            self.rows,
            key=lambda row: (-int(row["period"]), row["rank"] is None, row["rank"] or 0, -(row["index"] or 0)),
        )

    def is_odd(self, row: Result) -> bool:
        """Whether a value does not fit its rank."""
        return (row["period"], row["unit_code"]) in self.odd

    @cached_property
    def remarkable(self) -> list[Result]:
        """Results that do not fit their rank, then those with a note."""
        rows = [row for row in self.rows if row["note"] or self.is_odd(row)]
        return sorted(rows, key=lambda row: (not self.is_odd(row), row["period"], row["rank"] or 999))

    @cached_property
    def odd(self) -> dict[tuple[str, str], tuple[Result | None, Result | None]]:
        """(period, unit) of results whose value does not fit their rank, with the results above and below that do.

        In the order of ranks values must not rise; the fewest results are called odd that leave the rest in order.
        """
        found = {}
        for year in self.years:
            placed = sorted(
                (row for row in self.valued if int(row["period"]) == year and row["rank"] is not None),
                key=lambda row: row["rank"],
            )
            kept = _in_order(placed)
            for row in placed:
                if row not in kept:
                    above = [other for other in kept if other["rank"] < row["rank"]]
                    below = [other for other in kept if other["rank"] > row["rank"]]
                    key = (row["period"], row["unit_code"])
                    found[key] = (above[-1] if above else None, below[0] if below else None)
        return found


def _in_order(placed: Sequence[Result]) -> list[Result]:
    """The longest part of some results, in the order of their ranks, in which no value rises."""
    best: list[list[Result]] = []
    for at, row in enumerate(placed):
        before = [run for run, last in zip(best, placed[:at], strict=True) if last["index"] >= row["index"]]
        best.append([*max(before, key=len, default=[]), row])
    return max(best, key=len, default=[])


def read_published(view: View) -> Published:
    """The published results of the block selected: of units that belong to it in any year of the store."""
    sel = view.sel
    names: dict[str, str] = {}
    for units in [*view.site.units.values(), sel.site.units.get(sel.period, {})]:
        names |= {
            code: unit_name(view, row, "bare") for code, row in units.items() if row["unit_group"] == sel.unit_group
        }
    rows = [row for row in view.ask.published() if row["unit_code"] in names]
    return Published(tuple(rows), names)


def breaks(site: Site, unit_group: str, years: Sequence[int]) -> tuple[list[int], list[int]]:
    """Years from which another rubric holds, and years whose rubric the store does not know."""
    leaves = {
        int(period): {
            (code, row["max_points"], row["assessed_by"])
            for code, row in rubric.items()
            if row["max_points"] is not None
        }
        for (period, group), rubric in site.rubrics.items()
        if group == unit_group and period.isdigit()
    }
    known = [year for year in years if year in leaves]
    broken = [year for before, year in pairwise(known) if leaves[before] != leaves[year]]
    return broken, [year for year in years if year not in leaves]


def named(found: Published, chosen: Sequence[str]) -> list[str]:
    """The units that the plot names: those chosen, else those with most published values (three at least)."""
    mine = [code for code in chosen if found.of(code)]
    if mine:
        return mine
    counted = {code: len(found.of(code)) for code in found.names}
    often = sorted(
        (code for code, n in counted.items() if n > 2),
        key=lambda code: (-counted[code], formats.vietnamese_order(found.names[code])),
    )
    return often[:NAMED]


def number(view: View, row: Result) -> str | None:
    """The address of a published value; None for a year that the store knows no units of."""
    found = number_id(row["period"], row["unit_code"], "", "published")
    return found if read_number(view.site, found) else None


# What the store computes


def compared(block: Block) -> list[Line]:
    """Complete units with a result of the year before, the largest rise first."""
    lines = [line for line in block.ranked if line.change is not None]
    return sorted(lines, key=lambda line: (-line.change, line.rank or 0))


def median_change(lines: Sequence[Line]) -> Fraction:
    """The median of the changes of the same units."""
    return median([line.change for line in lines])


def risen_most(lines: Sequence[Line]) -> list[Line]:
    """The first of `compared` that rose."""
    up = [line for line in lines if line.change > 0]
    return [line for line in up if line.change >= up[min(MOVERS, len(up)) - 1].change]


@dataclass(frozen=True)
class Field:
    """Median attainment in a field over the `n` units that are scored in both years."""

    code: str
    row: Mapping[str, Any]
    before: Fraction
    after: Fraction
    n: int

    @property
    def change(self) -> Fraction:
        """In shares as they are printed."""
        return formats.shares_apart(self.after, self.before)


def fields(before: Mapping[str, Item], after: Mapping[str, Item]) -> list[Field]:
    """The fields of the rubric, the largest change first."""
    found = []
    for code, item in after.items():
        if item.depth or code not in before:
            continue
        was = {unit.unit: Fraction(unit.attainment) for unit in before[code].scored}
        now = {unit.unit: Fraction(unit.attainment) for unit in item.scored if unit.unit in was}
        if now:
            then = median([was[unit] for unit in now])
            found.append(Field(code, item.row, then, median(list(now.values())), len(now)))
    return sorted(found, key=lambda field: -abs(field.change))
