"""The units of a block in order, from the rows of the store: what the ranking draws and other pages quote.

`read` asks the store; `block` makes `Line`s of its rows; order, median and mean are functions of the lines. All numbers
stay exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.address import peers
from dashboard.address.names import unit_name
from dashboard.address.order import by_rank
from dashboard.address.selection import MAX_COMPARED, Selection
from dashboard.address.view import Completeness, View
from dashboard.season import rows as season
from dashboard.season.rows import States
from dashboard.words import formats

COLUMNS = {
    "chi-so": -1,
    "don-vi": 1,
    "thay-doi": -1,
    "khoang-hang": 1,
    "tham-dinh": -1,
    "dtxhh": -1,
    "co": -1,
}
"""Values of `sx` beside the codes of fields, with the direction they begin with (-1: highest first). A leading '-'
turns it round."""

VIEWS = ("luoi", "bieu-do", "o", "bang")  # grid, dot plot, tile map, grid with its table open

SEVERITIES = ("info", "look", "block")
"""Kinds of flags, the gravest last."""


@dataclass(frozen=True)
class Line:
    """One unit of the block. Numbers are exact or None; `change` from the year `previous` only where the two compare,
    else `why_no_change` says why not: 'incomplete', 'year' (there is none), 'rubric', 'unit'. `fields`: attainment
    (share of one) by field code; `flags`: how many, by severity; `grid`: row and column of its tile. `previous_rank` is
    there where `change` is. `states`: points by state, while the block is incomplete."""

    code: str
    name: str
    kind: str
    complete: bool
    rank: int | None = None
    tied: bool = False
    index: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    change: Decimal | None = None
    why_no_change: str = ""
    previous: str | None = None
    appraised: Decimal | None = None
    appraised_max: Decimal | None = None
    survey: Decimal | None = None
    survey_max: Decimal | None = None
    fields: dict[str, Decimal | None] | None = None
    flags: dict[str, int] | None = None
    own: bool = False
    grid: tuple[int, int] | None = None
    previous_rank: int | None = None
    scored: bool = True
    states: States | None = None

    @property
    def severity(self) -> str | None:
        """The gravest kind of flag."""
        return next((name for name in reversed(SEVERITIES) if (self.flags or {}).get(name)), None)


@dataclass(frozen=True)
class Block:
    """The lines of a block in the order of its ranks, and the year they are compared with (None: there is none).
    `whole`: whether all of them are complete, so that something may be concluded."""

    lines: tuple[Line, ...]
    previous: str | None
    comparable: bool
    whole: bool = True

    @cached_property
    def ranked(self) -> tuple[Line, ...]:
        """Complete units: what median, mean and every finding are made from."""
        return tuple(line for line in self.lines if line.complete)

    @property
    def concluded(self) -> bool:
        """Whether there is a median and a mean to speak of."""
        return self.whole and bool(self.ranked)

    @cached_property
    def median(self) -> Middle:
        """The median of every column."""
        return middle(self.ranked, median)

    @cached_property
    def mean(self) -> Middle:
        """The mean of every column."""
        return middle(self.ranked, mean)


def read(view: View) -> Block:
    """The block that the view selects, from the store."""
    sel = view.sel
    rows = by_rank(view)
    fields: dict[str, dict] = {}
    for row in view.ask.block_fields(sel.period, sel.unit_group):
        fields.setdefault(row["unit_code"], {})[row["criterion_code"]] = row["attainment"]
    flags: dict[str, Counter] = {}
    for row in view.ask.flags(sel.period):
        if row["unit_code"]:
            flags.setdefault(row["unit_code"], Counter())[row["severity"]] += 1
    names = {code: unit_name(view, row, "bare") for code, row in sel.units.items()}
    found = block(rows, fields, flags, names=names, kinds=kinds_of(sel), own=view.ask.viewer.unit_code)
    if view.whole:
        return found
    states = {unit.code: unit for unit in season.read(view).units}
    lines = tuple(replace(line, states=states.get(line.code)) for line in found.lines)
    return replace(found, lines=lines, whole=False)


def block(
    rows: Sequence[dict[str, Any]],
    fields: dict[str, dict[str, Decimal | None]],
    flags: dict[str, Counter],
    *,
    names: dict[str, str],
    kinds: dict[str, str],
    own: str | None = None,
) -> Block:
    """Lines from rows of the view `ranking` in its order, attainment by unit and field, flags by unit and severity."""
    shared = Counter(row["rank"] for row in rows if row["rank"] is not None)
    lines = []
    for row in rows:
        code, complete = row["unit_code"], row["status"] == "complete"
        previous = row["previous_index"]
        if not complete:
            why = "incomplete"
        elif not row["previous_period"]:
            why = "year"
        elif not row["comparable"]:
            why = "rubric"
        else:
            why = "" if previous is not None else "unit"
        lines.append(
            Line(
                code,
                names.get(code) or row["short_name"] or row["unit_name"],
                kinds.get(code, ""),
                complete,
                row["rank"],
                shared[row["rank"]] > 1,
                row["index_value"],
                row["index_low"] if complete else None,
                row["index_high"] if complete else None,
                row["rank_low"],
                row["rank_high"],
                None if why else row["index_value"] - previous,
                why,
                row["previous_period"],
                row["appraised_points"],
                row["appraised_max"],
                row["survey_points"],
                row["survey_max"],
                fields.get(code, {}),
                dict(flags.get(code, {})),
                code == own,
                None if row["grid_row"] is None else (row["grid_row"], row["grid_col"]),
                None if why else row.get("previous_rank"),
                bool(row.get("max_points") or row["index_value"] is not None),
            )
        )
    first = rows[0] if rows else {}
    return Block(tuple(lines), first.get("previous_period"), bool(first.get("comparable")))


def ordered(lines: Iterable[Line], order: str) -> list[Line]:
    """Lines by a value of `sx`: incomplete units after all others, those without a value at the end of their part,
    equals by rank and then in Vietnamese alphabetical order."""
    column = order.removeprefix("-")
    sign = COLUMNS.get(column, -1) * (-1 if order.startswith("-") else 1)

    def value(line: Line) -> Any:
        if column == "khoang-hang":
            return None if line.rank_low is None else (line.rank_low, line.rank_high)
        if column == "co":
            return tuple((line.flags or {}).get(name, 0) for name in reversed(SEVERITIES))
        return {
            "chi-so": line.index,
            "thay-doi": line.change,
            "tham-dinh": share(line.appraised, line.appraised_max),
            "dtxhh": share(line.survey, line.survey_max),
        }.get(column, (line.fields or {}).get(column))

    by_name = sorted(lines, key=lambda line: formats.vietnamese_order(line.name))
    if column == "don-vi":
        found = by_name if sign > 0 else by_name[::-1]
    else:
        by_rank = sorted(by_name, key=lambda line: (line.rank is None, line.rank or 0))
        with_value = [line for line in by_rank if value(line) is not None]
        with_value.sort(key=value, reverse=sign < 0)
        found = with_value + [line for line in by_rank if value(line) is None]
    return sorted(found, key=lambda line: not line.complete)


@dataclass(frozen=True)
class Middle:
    """A median or a mean of a block. Parts are points where every unit has the same maximum (`points`), else shares."""

    index: Any
    change: Any
    appraised: Any
    survey: Any
    points: bool
    fields: dict[str, Any]


def middle(lines: Sequence[Line], of: Callable[[Sequence[Any]], Fraction]) -> Middle:
    """`of` (`median` or `mean`) over the lines, column by column; None where a column is empty."""

    def over(values: Iterable[Any]) -> Fraction | None:
        found = [value for value in values if value is not None]
        return of(found) if found else None

    points = len({(line.appraised_max, line.survey_max) for line in lines}) == 1
    codes = lines[0].fields if lines else {}
    return Middle(
        over(line.index for line in lines),
        over(line.change for line in lines),
        over(line.appraised if points else share(line.appraised, line.appraised_max) for line in lines),
        over(line.survey if points else share(line.survey, line.survey_max) for line in lines),
        points,
        {code: over((line.fields or {}).get(code) for line in lines) for code in codes or {}},
    )


def median(values: Sequence[Any]) -> Fraction:
    """The exact median: between the middle two where their number is even."""
    found, half = sorted(values), len(values) // 2
    return Fraction(found[half]) if len(found) % 2 else (Fraction(found[half - 1]) + Fraction(found[half])) / 2


def mean(values: Sequence[Any]) -> Fraction:
    """The exact mean."""
    return sum(map(Fraction, values), Fraction()) / len(values)


def share(points: Decimal | None, maximum: Decimal | None) -> Fraction | None:
    return None if points is None or not maximum else Fraction(points) / Fraction(maximum)


def kinds_of(sel: Selection) -> dict[str, str]:
    """Unit code -> kind for the filter: urban or rural where the block is divided so, else the kind in the data."""
    return peers.natures(sel.units) or {code: row.get("kind") or "" for code, row in sel.units.items()}


def orders(sel: Selection) -> tuple[str, ...]:
    """Values that `sx` may take: the index first, then every column and field, each both ways."""
    return tuple(way + key for way in ("", "-") for key in (*columns(sel), *sel.fields))


def columns(sel: Selection) -> tuple[str, ...]:
    """The columns of the block beside its fields: while it is incomplete without change and rank interval."""
    whole = Completeness.of(sel.season).whole
    return tuple(key for key in COLUMNS if whole or key not in ("thay-doi", "khoang-hang"))


def views(sel: Selection) -> tuple[str, ...]:
    """Values that `xem` may take; a tile map only where the data place every unit on the grid, of a complete block."""
    placed = (
        Completeness.of(sel.season).whole
        and sel.units
        and all(row.get("grid_row") is not None for row in sel.units.values())
    )
    return VIEWS if placed else tuple(name for name in VIEWS if name != "o")


def kinds(sel: Selection) -> tuple[str, ...]:
    """Values that `loai` may take: all ('') and the kinds of units in the block, where there are several."""
    found = set(kinds_of(sel).values())
    first = sorted(found, key=lambda kind: (kind not in ("urban", "department"), kind))
    return ("", *first) if len(found) > 1 else ("",)


def shown(lines: Iterable[Line], sel: Selection) -> list[Line]:
    """The lines that filter and kind leave, in the order asked for."""
    wanted = formats.fold(sel["q"]).split()
    full = {code: row.get("name") or "" for code, row in sel.units.items()}
    left = [
        line
        for line in lines
        if sel["loai"] in ("", line.kind)
        and all(word in formats.fold(f"{line.name} {full.get(line.code, '')}") for word in wanted)
    ]
    return ordered(left, sel.sort or "chi-so")


def leading(lines: Sequence[Line], sel: Selection, n: int) -> list[Line]:
    """The first n by what is shown, and whoever ties with the last of them."""
    best = sorted(lines, key=lambda line: measure(line, sel), reverse=True)
    return [line for line in best if measure(line, sel) >= measure(best[min(n, len(best)) - 1], sel)]


def toggle(sel: Selection, code: str) -> str | None:
    """Link to the view with the unit chosen for comparison, or left out where it is; None where five are chosen."""
    if code in sel.compared:
        return sel.href(compared=tuple(other for other in sel.compared if other != code))
    return sel.href(compared=(*sel.compared, code)) if len(sel.compared) < MAX_COMPARED else None


def measure(line: Line, sel: Selection) -> Decimal | None:
    """What list, chart and map show: the index, or attainment of the field selected (a share of one)."""
    return (line.fields or {}).get(sel.field) if sel.field else line.index


def middle_measure(block: Block, sel: Selection) -> Any:
    found = block.median
    return found.fields.get(sel.field) if sel.field else found.index


def has_intervals(block: Block, sel: Selection) -> bool:
    return sel.intervals and not sel.field and any(line.low is not None for line in block.lines)
