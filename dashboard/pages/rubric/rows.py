"""Every item of a rubric and every unit of the block on it: what the tree of criteria and the page of one count.

Values are exact (Decimal, Fraction). A unit with an open leaf (pending or
missing) below an item has no attainment there yet: it is counted as open, and left out of mean, median and range.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.words import formats

OPEN = ("pending", "missing")

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class UnitOnItem:
    """One unit on one item. `open`: leaves below it that still lack points; `changed`: leaves the council changed;
    `maximum` is what applies to the unit."""

    unit: str
    points: Decimal | None
    maximum: Decimal | None
    attainment: Decimal | None
    self_points: Decimal | None
    appraised_points: Decimal | None
    appraised_max: Decimal | None
    gap: Decimal | None
    open: int
    changed: int

    @property
    def scored(self) -> bool:
        """Whether all that applies to the unit has points."""
        return self.attainment is not None and not self.open

    @property
    def full(self) -> bool:
        return self.scored and self.points == self.maximum

    @property
    def away(self) -> bool:
        """Whether nothing of the item applies to the unit."""
        return not self.open and not self.maximum


@dataclass(frozen=True)
class Item:
    """One item of the rubric and every unit of the block on it, in the order of unit codes.

    `row` is that of the rubric; `leaves` the rows of the leaves at or below it; `children` codes.
    """

    code: str
    row: Mapping[str, Any]
    depth: int
    children: tuple[str, ...]
    leaves: tuple[Mapping[str, Any], ...]
    units: tuple[UnitOnItem, ...]

    @property
    def leaf(self) -> bool:
        return not self.children

    def maximum(self, assessed_by: str | None = None) -> Decimal:
        """Points of the rubric at or below the item, or those of one source alone."""
        rows = (row for row in self.leaves if assessed_by in (None, row["assessed_by"]))
        return sum((row["max_points"] or Decimal(0) for row in rows), Decimal(0))

    @property
    def source(self) -> str:
        """'appraisal', 'survey' or 'both'."""
        sources = {row["assessed_by"] for row in self.leaves}
        return sources.pop() if len(sources) == 1 else "both"

    @cached_property
    def scored(self) -> tuple[UnitOnItem, ...]:
        return tuple(unit for unit in self.units if unit.scored)

    @cached_property
    def open(self) -> int:
        """Units that still lack points."""
        return sum(bool(unit.open) for unit in self.units)

    @cached_property
    def away(self) -> int:
        """Units to which it does not apply."""
        return sum(unit.away for unit in self.units)

    @cached_property
    def shares(self) -> tuple[Fraction, ...]:
        return tuple(Fraction(unit.attainment) for unit in self.scored)

    @cached_property
    def mean(self) -> Fraction | None:
        """Mean attainment, each unit counting once."""
        return sum(self.shares, Fraction()) / len(self.shares) if self.shares else None

    @cached_property
    def mean_points(self) -> Fraction | None:
        return sum((Fraction(u.points) for u in self.scored), Fraction()) / len(self.scored) if self.scored else None

    @cached_property
    def median(self) -> Fraction | None:
        return Fraction(median(self.shares)) if self.shares else None

    @cached_property
    def full(self) -> int:
        return sum(unit.full for unit in self.scored)

    @cached_property
    def both(self) -> tuple[UnitOnItem, ...]:
        """Units whose appraised points stand against self points, leaf by leaf."""
        return tuple(
            unit
            for unit in self.units
            if unit.gap is not None
            and None not in (unit.self_points, unit.appraised_points)
            and unit.appraised_points - unit.self_points == unit.gap
        )

    @cached_property
    def changed(self) -> int:
        """Units on which the council changed something."""
        return sum(bool(unit.changed) for unit in self.both)

    @cached_property
    def mean_gap(self) -> Fraction | None:
        return sum((Fraction(u.gap) for u in self.both), Fraction()) / len(self.both) if self.both else None

    @cached_property
    def same_maximum(self) -> Decimal | None:
        """The maximum that applies to every unit with points alike; None where units differ."""
        different = {unit.maximum for unit in self.scored}
        return different.pop() if len(different) == 1 else None

    @cached_property
    def mean_appraised_max(self) -> Fraction | None:
        """Mean maximum of appraised points over the units that have both."""
        whole = sum((Fraction(unit.appraised_max) for unit in self.both), Fraction())
        return whole / len(self.both) if whole else None

    def mean_of(self, column: str) -> Fraction | None:
        """Mean of 'self_points' or 'appraised_points' over the units that have both."""
        values = [Fraction(getattr(unit, column)) for unit in self.both]
        return sum(values, Fraction()) / len(values) if values else None


@dataclass(frozen=True)
class Lowest:
    """The items that attain least by a `statistic`, and what they attain by it: 'both' where median and mean name the
    same items (`value` is the median then), else 'median' or 'mean'."""

    statistic: str
    items: tuple[Item, ...]
    value: Fraction


def lowest(some: Iterable[Item]) -> list[Lowest]:
    """Which items attain least: one finding where median and mean agree, else one by each; none where nothing has
    points yet."""
    known = [item for item in some if item.median is not None and item.mean is not None]
    if not known:
        return []
    found = []
    for statistic in ("median", "mean"):
        value = min(getattr(item, statistic) for item in known)
        items = tuple(item for item in known if getattr(item, statistic) == value)
        found.append(Lowest(statistic, items, value))
    agree = {item.code for item in found[0].items} == {item.code for item in found[1].items}
    return [replace(found[0], statistic="both")] if agree else found


def read(view: View) -> dict[str, Item]:
    """Every item of the view's year and block, in the order of its rubric. Kept for the generation."""
    sel, kept = view.sel, view.site.kept
    key = ("rubric", sel.period, sel.unit_group)
    if key not in kept:
        kept[key] = items(sel.rubric, view.ask.block_results(sel.period, sel.unit_group))
    return kept[key]


def items(rubric: Mapping[str, Mapping[str, Any]], rows: Rows) -> dict[str, Item]:
    """Code -> item. `rubric` in order, parents before children; `rows` of `Ask.block_results`."""
    children: dict[str, list[str]] = {code: [] for code in rubric}
    depth: dict[str, int] = {}
    above: dict[str, list[str]] = {}
    for code, row in rubric.items():
        parent = row["parent_code"] or ""
        if parent:
            children[parent].append(code)
        above[code] = [code, *above.get(parent, [])]
        depth[code] = len(above[code]) - 1
    leaves: dict[str, list] = {code: [] for code in rubric}
    for code, row in rubric.items():
        if not children[code]:
            for heading in above[code]:
                leaves[heading].append(row)
    open_: dict[tuple[str, str], int] = {}
    changed: dict[tuple[str, str], int] = {}
    for row in rows:
        if row["state"] and row["criterion_code"] in above:
            for heading in above[row["criterion_code"]]:
                where = (row["unit_code"], heading)
                open_[where] = open_.get(where, 0) + (row["state"] in OPEN)
                changed[where] = changed.get(where, 0) + bool(row["gap"])
    units: dict[str, list[UnitOnItem]] = {code: [] for code in rubric}
    for row in rows:
        code, unit = row["criterion_code"], row["unit_code"]
        if code not in units:
            continue
        applies = bool(row["max_points"])
        units[code].append(
            UnitOnItem(
                unit,
                row["points"] if applies else None,
                row["max_points"],
                row["attainment"],
                row["self_points"],
                row["appraised_points"],
                row["appraised_max"],
                row["gap"],
                open_.get((unit, code), 0),
                changed.get((unit, code), 0),
            )
        )
    return {
        code: Item(code, row, depth[code], tuple(children[code]), tuple(leaves[code]), tuple(units[code]))
        for code, row in rubric.items()
    }


def axis(items: Mapping[str, Item], step: int = 20) -> tuple[int, int]:
    """Per cent from which to which every strip of the block runs, so that items and pages compare."""
    low = min((share for item in items.values() for share in item.shares), default=Fraction(0))
    return min(int(low * 100) // step * step, 100 - step), 100


def above(items: Mapping[str, Item], item: Item) -> list[Item]:
    """The headings that an item lies under, the field first."""
    parent = item.row["parent_code"]
    return [*above(items, items[parent]), items[parent]] if parent else []


def below(items: Mapping[str, Item], item: Item) -> list[Item]:
    """Everything under a heading, in the order of the rubric."""
    return [one for code in item.children for one in (items[code], *below(items, items[code]))]


def weight(items: Mapping[str, Item], item: Item) -> Fraction | None:
    """The share of all points of the rubric that an item has."""
    whole = sum((one.maximum() for one in items.values() if one.depth == 0), Decimal(0))
    return Fraction(item.maximum()) / Fraction(whole) if whole else None


def printed_otherwise(item: Item) -> bool:
    """Whether the plan prints the item differently from its canonical code or points."""
    return any(part.startswith("printed") and "(sic)" not in part for part in (item.row.get("note") or "").split("; "))


# The tree: which of its rows are shown

ORDERS = ("ma", "dat", "toi-da", "dieu-chinh")
"""Values of `sx`: by code, by attainment, by maximum, by adjustment. Items stay under their heading."""


def levels(sel: Selection) -> tuple[str, ...]:
    """Values that `muc` may take, how many levels of the rubric are open; two where it has as many."""
    depth = max((row["depth"] for row in sel.rubric.values()), default=0) + 1
    return tuple(dict.fromkeys(str(level) for level in (min(2, depth), *range(1, depth + 1))))


def turned(sel: Selection) -> tuple[str, ...]:
    """Headings that are open against the level, or closed against it, in the order of the rubric."""
    asked = set(sel["mo"].split(","))
    return tuple(code for code in sel.rubric if code in asked)


def is_open(sel: Selection, item: Item) -> bool:
    """Whether what lies under a heading is shown."""
    return (item.depth + 1 < int(sel["muc"])) != (item.code in turned(sel))


def shown(sel: Selection, items: Mapping[str, Item]) -> list[Item]:
    """The rows of the tree from top to bottom: every item all of whose headings are open."""
    rows: list[Item] = []

    def walk(codes: Sequence[str]) -> None:
        for item in _in_order([items[code] for code in codes], sel.sort or ORDERS[0]):
            rows.append(item)
            if is_open(sel, item):
                walk(item.children)

    walk([sel.field] if sel.field in items else [code for code, item in items.items() if item.depth == 0])
    return rows


def _in_order(items: Sequence[Item], order: str) -> list[Item]:
    """Items under one heading by a value of `sx`; those without a value last, equals as in the rubric."""

    def value(item: Item) -> Fraction | None:
        if order == "toi-da":
            return -Fraction(item.maximum())
        return {"dat": item.median, "dieu-chinh": item.mean_gap}.get(order)

    return sorted(items, key=lambda item: (value(item) is None, value(item) or 0))


# One item: its units, its reasons, its questions

UNIT_ORDERS = ("diem", "ten", "dieu-chinh")
"""Values of `sx` for the table of units: by attainment, by name, by adjustment."""


def unit_names(view: View) -> dict[str, str]:
    """Unit code -> short name, of the block."""
    return {code: unit_name(view, row, "bare") for code, row in view.sel.units.items()}


def best_first(item: Item, names: Mapping[str, str]) -> list[UnitOnItem]:
    """Scored units by attainment; equals in alphabetical order."""
    by_name = sorted(item.scored, key=lambda unit: formats.vietnamese_order(names.get(unit.unit, unit.unit)))
    return sorted(by_name, key=lambda unit: -unit.attainment)


def ordered(rows: Rows, item: Item, names: Mapping[str, str], order: str) -> list[Mapping[str, Any]]:
    """Rows of `Ask.item_units` by a value of `sx`: units without a value last, equals in alphabetical order."""
    by_name = sorted(rows, key=lambda row: formats.vietnamese_order(names.get(row["unit_code"], row["unit_code"])))
    if order == "ten":
        return by_name
    units = {unit.unit: unit for unit in item.units}

    def value(row: Mapping[str, Any]) -> Any:
        if order == "dieu-chinh":
            return row["gap"]
        unit = units.get(row["unit_code"])
        return -unit.attainment if unit and unit.scored else None

    return sorted(by_name, key=lambda row: (value(row) is None, value(row) or 0))


def dumbbell_low(rows: Rows) -> float:
    """The share at which the axis of self and appraised points begins, so that every one of `rows` is on it."""
    low = min(
        (
            row[key] / row["max_points"]
            for row in rows
            for key in ("self_points", "appraised_points")
            if row[key] is not None and row["max_points"]
        ),
        default=0,
    )
    return int(low * 10) / 10 if low < 1 else 0.5


def reasons(rows: Rows) -> list[tuple[str, int, Fraction]]:
    """The council's reasons for changing an item: text ('' for none given), units, mean change; the most
    frequent first.

    rows: `Ask.item_units` of a leaf.
    """
    found: dict[str, list[Fraction]] = {}
    for row in rows:
        if row["gap"]:
            found.setdefault((row["reason"] or "").strip().rstrip("."), []).append(Fraction(row["gap"]))
    counted = [(text, len(gaps), sum(gaps) / len(gaps)) for text, gaps in found.items()]
    return sorted(counted, key=lambda reason: (-reason[1], reason[2], formats.vietnamese_order(reason[0])))


@dataclass(frozen=True)
class Wording:
    """A question as one respondent group is asked it (`row` of `Ask.questions`), with the values it gave: of units
    whose cell may be shown, and the number of the others."""

    row: Mapping[str, Any]
    values: tuple[Any, ...]
    hidden: int

    @property
    def ends(self) -> tuple[Any, Any] | None:
        return (min(self.values), max(self.values)) if self.values else None

    @property
    def median(self) -> Any:
        return median(self.values) if self.values else None


def wordings(questions: Rows, cells: Rows) -> list[Wording]:
    """The questions of a leaf, group by group. `cells` of `Ask.leaf_cells`."""
    of_group: dict[str, list[Mapping[str, Any]]] = {}
    for cell in cells:
        of_group.setdefault(cell["respondent_group"], []).append(cell)
    found = []
    for row in questions:
        asked = of_group.get(row["respondent_group"], [])
        values = tuple(cell["value"] for cell in asked if cell["value"] is not None)
        found.append(Wording(row, values, sum(cell["suppressed"] for cell in asked)))
    return found
