"""What the council did to the self-assessment of one block, counted and added from its leaves.

`read` asks the store; all else is functions of the leaves.

A leaf is a row of `Ask.appraisal`: one unit, one item that the council assesses. Sums are exact. What compares
with the maximum is over leaves that have both points, self and appraised; a unit, field or appraiser without such a
leaf has no value there, never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import localcontext
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.words import formats

Leaf = Mapping[str, Any]
Name = Callable[[str], str]
"""Unit code -> its name, for the order of those that are equal."""

TOTAL, NAME = "tong", "don-vi"
"""Values of `sx`, the order of the units, beside the codes of the parts."""

ITEM_ORDERS = ("ty-le", "tieu-chi", "diem", "giam", "tang")
"""Values of `sm`, the order of the items: share of the maximum, rubric, points, cuts, raises."""

FLAGS = ("own_appraiser", "decision_replaced", "raised_without_reason", "cut_without_reason", "large_change")
"""Kinds of flags that are about the appraisal, in the order they are shown."""

FEW = 3
"""Decisions with one reason that an appraiser needs before its mean cut stands beside another's."""


def scope(sel: Selection) -> str | None:
    """The item that the view is about; None: the whole rubric."""
    return sel.item or sel.field


def link(sel: Selection, item: str | None = None, unit: str | None = None) -> str:
    """Link to an item (a field by `lv`, what lies below by `tc`) and unit of the same block."""
    row = sel.rubric.get(item or "", {})
    field = item if item and not row.get("parent_code") else None
    return sel.href(field=field, item=None if field else item, dv=unit, sort=None)


def read(view: View) -> Appraisal:
    """The block and scope that the view selects, from the store."""
    sel = view.sel
    columns = parts(sel.rubric, scope(sel))
    inside = {code for codes in columns.values() for code in codes}
    leaves = view.ask.appraisal(sel.period, sel.unit_group)
    steps = view.ask.process_steps(sel.period)
    return Appraisal([leaf for leaf in leaves if leaf["criterion_code"] in inside], columns, sel["dv"], steps)


@dataclass(frozen=True)
class Appraisal:
    """The leaves in scope, and what is added up from them. `mine` are those of the one unit chosen, or all."""

    leaves: Sequence[Leaf]
    parts: Mapping[str, Sequence[str]]
    unit: str
    steps: Sequence[Mapping[str, Any]]

    @cached_property
    def mine(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if self.unit in ("", leaf["unit_code"])]

    @property
    def one_item(self) -> bool:
        """Whether there is one leaf a unit."""
        return sum(map(len, self.parts.values())) == 1

    @property
    def decision(self) -> Leaf | None:
        """The one leaf that is left, where one item of one unit is chosen."""
        return self.mine[0] if self.one_item and self.unit and self.mine else None

    @cached_property
    def sum(self) -> Tally:
        return tally(self.mine)

    @cached_property
    def by_unit(self) -> dict[str, Tally]:
        return {unit: tally(own) for unit, own in grouped(self.leaves, lambda leaf: leaf["unit_code"]).items()}

    @cached_property
    def by_item(self) -> dict[str, Tally]:
        return {item: tally(own) for item, own in self.leaves_of.items()}

    @cached_property
    def leaves_of(self) -> dict[str, list[Leaf]]:
        """Item -> its leaves, one a unit."""
        return grouped(self.leaves, lambda leaf: leaf["criterion_code"])

    @cached_property
    def cells(self) -> dict[str, dict[str, Tally]]:
        """Unit -> part -> what happened there."""
        part_of = {code: part for part, codes in self.parts.items() for code in codes}
        by_cell = grouped(self.leaves, lambda leaf: (leaf["unit_code"], part_of[leaf["criterion_code"]]))
        return {
            unit: {part: tally(by_cell[unit, part]) for part in self.parts if (unit, part) in by_cell}
            for unit in self.by_unit
        }

    def over_units(self, part: str, value: str) -> Fraction | None:
        """Mean over units of a value of their cells of one part."""
        return mean(getattr(row[part], value) for row in self.cells.values() if part in row)

    @property
    def mean_gap(self) -> Fraction | None:
        """Mean over units of the points added or taken away."""
        return mean(own.gap for own in self.by_unit.values())

    @cached_property
    def step(self) -> Mapping[str, Any]:
        """The season's step that is the appraisal; {} where the plan has none."""
        return next((step for step in self.steps if step["kind"] == "appraisal"), {})

    @property
    def last(self) -> date | None:
        """Date of the latest decision."""
        return max((leaf["decided_on"] for leaf in self.mine if leaf["decided_on"]), default=None)


@dataclass(frozen=True)
class Tally:
    """Leaves counted by state, and what was changed.

    `total` = `appraised` + `out` (taken out as not applicable) + `pending` (waits for the council) + `missing` (the
    unit gave no points). Of those with both points: `both` = `kept` + `cuts` + `raises`; `own`, `council` and
    `maximum` are their sums. `conflicts`: decided by the scored unit itself; `conflicts_ahead`: still to be decided,
    led by the scored unit.
    """

    total: int
    appraised: int
    out: int
    pending: int
    missing: int
    cuts: int
    raises: int
    kept: int
    own: Fraction
    council: Fraction
    maximum: Fraction
    conflicts: int
    conflicts_ahead: int

    @property
    def done(self) -> int:
        return self.appraised + self.out

    @property
    def open(self) -> int:
        return self.pending + self.missing

    @property
    def both(self) -> int:
        return self.kept + self.cuts + self.raises

    @property
    def changed(self) -> int:
        return self.cuts + self.raises

    @property
    def gap(self) -> Fraction | None:
        """Points added (or, negative, taken away); None where nothing has both points."""
        return self.council - self.own if self.both else None

    @property
    def mean_gap(self) -> Fraction | None:
        """Points added or taken away, a leaf that has both."""
        return self.gap / self.both if self.both else None

    @property
    def own_share(self) -> Fraction | None:
        return self.own / self.maximum if self.maximum else None

    @property
    def council_share(self) -> Fraction | None:
        return self.council / self.maximum if self.maximum else None

    @property
    def gap_share(self) -> Fraction | None:
        """The change as a share of the maximum."""
        return (self.council - self.own) / self.maximum if self.maximum else None


def tally(leaves: Iterable[Leaf]) -> Tally:
    """Counts and sums of some leaves."""
    leaves = list(leaves)
    states = [leaf["state"] for leaf in leaves]
    both = [leaf for leaf in leaves if leaf["gap"] is not None]
    return Tally(
        len(leaves),
        states.count("appraised"),
        states.count("not_applicable"),
        states.count("pending"),
        states.count("missing"),
        sum(leaf["gap"] < 0 for leaf in both),
        sum(leaf["gap"] > 0 for leaf in both),
        sum(leaf["gap"] == 0 for leaf in both),
        *(exact_sum(leaf[column] for leaf in both) for column in ("self_points", "appraised_points", "max_points")),
        sum(conflict(leaf) for leaf in leaves),
        sum(not decided(leaf) and leaf["lead_appraiser"] == leaf["unit_code"] for leaf in leaves),
    )


def exact_sum(points: Iterable[Any]) -> Fraction:
    """The exact sum: decimals are added with more digits than the store keeps, which is much quicker than fractions."""
    with localcontext(prec=100):
        return Fraction(sum(points))


def decided(leaf: Leaf) -> bool:
    """Whether the council has said something: points, or that the item does not apply."""
    return leaf["state"] in ("appraised", "not_applicable")


def conflict(leaf: Leaf) -> bool:
    """Whether the unit decided on itself."""
    return decided(leaf) and leaf["appraiser"] is not None and leaf["appraiser"] == leaf["unit_code"]


def responsible(leaf: Leaf) -> str:
    """Who decided, or, as long as nobody has, who is to; '' where the rubric names nobody."""
    return (leaf["appraiser"] if decided(leaf) else None) or leaf["lead_appraiser"] or ""


def grouped(leaves: Iterable[Leaf], key: Callable[[Leaf], Hashable]) -> dict[Any, list[Leaf]]:
    """Leaves by a key, groups in the order of their first leaf."""
    found: dict[Any, list[Leaf]] = {}
    for leaf in leaves:
        found.setdefault(key(leaf), []).append(leaf)
    return found


def mean(values: Iterable[Fraction | None]) -> Fraction | None:
    """Mean of what is there; None where nothing is."""
    found = [value for value in values if value is not None]
    return sum(found, Fraction()) / len(found) if found else None


def extreme(values: Mapping[str, Fraction | None]) -> tuple[tuple[str, ...], Fraction | None]:
    """Whose value is farthest from nought, and that value: a cut before a rise of the same size. Ties together;
    ((), None) where nothing is there, ((), 0) where everything is nought."""
    found = {key: value for key, value in values.items() if value is not None}
    if not found:
        return (), None
    size = max(abs(value) for value in found.values())
    if size == 0:
        return (), Fraction(0)
    value = -size if -size in found.values() else size
    return tuple(key for key in found if found[key] == value), value


def ordered(appraisal: Appraisal, order: str, name: Name) -> list[str]:
    """Units in the order of `sx`: largest cut first; those without a value after all others; equals by name."""
    key = order.removeprefix("-")
    names = sorted(appraisal.by_unit, key=lambda unit: formats.vietnamese_order(name(unit)))
    if key == NAME:
        return names[::-1] if order.startswith("-") else names

    def value(unit: str) -> Fraction | None:
        own = appraisal.by_unit[unit] if key == TOTAL else appraisal.cells[unit].get(key)
        return own.gap if own else None

    return _by_value(names, value, order)


def ordered_items(items: Mapping[str, Tally], order: str, rubric: Iterable[str]) -> list[str]:
    """Codes of items in the order of `sm`; those without a value last, equals as in the rubric."""
    key = order.removeprefix("-")
    codes = [code for code in rubric if code in items]
    if key == "tieu-chi":
        return codes[::-1] if order.startswith("-") else codes
    value = {
        "ty-le": lambda own: own.gap_share,
        "diem": lambda own: own.mean_gap,
        "giam": lambda own: -own.cuts,
        "tang": lambda own: -own.raises,
    }[key]
    return _by_value(codes, lambda code: value(items[code]), order)


def _by_value(codes: Sequence[str], value: Callable[[str], Any], order: str) -> list[str]:
    """Codes by their value, the other way round where the order begins with '-'; those without one last."""
    some = [code for code in codes if value(code) is not None]
    return sorted(some, key=value, reverse=order.startswith("-")) + [code for code in codes if value(code) is None]


@dataclass(frozen=True)
class Moved:
    """One part: the means over units of both shares of the maximum, self and appraised."""

    part: str
    own: Fraction
    council: Fraction

    @property
    def gap(self) -> Fraction:
        return self.council - self.own


def moved(appraisal: Appraisal) -> list[Moved]:
    """The parts with both shares, the largest cut first."""
    rows = []
    for part in appraisal.parts:
        own = appraisal.over_units(part, "own_share")
        if own is not None:
            rows.append(Moved(part, own, appraisal.over_units(part, "council_share")))
    return sorted(rows, key=lambda row: row.gap)


@dataclass(frozen=True)
class Treated:
    """One unit as one appraiser treated it: the change as a share of the maximum, over so many `items`; `item` where
    it is one alone."""

    appraiser: str
    unit: str
    share: Fraction
    items: int
    item: str | None

    @property
    def conflict(self) -> bool:
        """Whether the unit appraised itself."""
        return self.appraiser == self.unit


def by_appraiser(leaves: Iterable[Leaf]) -> dict[str, list[Treated]]:
    """Appraiser -> the units that it changed or left alone; the strongest mean cut first."""
    scored = [leaf for leaf in leaves if leaf["gap"] is not None and leaf["appraiser"]]
    units: dict[str, list[Treated]] = {}
    for (appraiser, unit), own in grouped(scored, lambda leaf: (leaf["appraiser"], leaf["unit_code"])).items():
        added = tally(own)
        if added.gap_share is not None:
            item = own[0]["criterion_code"] if len(own) == 1 else None
            units.setdefault(appraiser, []).append(Treated(appraiser, unit, added.gap_share, added.both, item))
    return dict(sorted(units.items(), key=lambda pair: mean_share(pair[1])))


def mean_share(units: Iterable[Treated]) -> Fraction | None:
    """Mean over units of the change as a share of the maximum."""
    return mean(one.share for one in units)


def decisions(appraisal: Appraisal, rubric: Iterable[str], name: Name, *, every: bool) -> list[Leaf]:
    """Leaves of the units chosen, the largest cut first: `every` one, else those changed, open or in conflict."""
    place = {code: at for at, code in enumerate(rubric)}
    return sorted(
        (leaf for leaf in appraisal.mine if every or leaf["gap"] or not decided(leaf) or conflict(leaf)),
        key=lambda leaf: (
            leaf["gap"] is None,
            leaf["gap"] or 0,
            place[leaf["criterion_code"]],
            formats.vietnamese_order(name(leaf["unit_code"])),
        ),
    )


def flagged(
    flags: Iterable[Mapping[str, Any]], leaves: Iterable[Leaf], rubric: Iterable[str], name: Name
) -> list[Mapping[str, Any]]:
    """Flags about the appraisal of some leaves, by kind, item and name of the unit."""
    inside = {(leaf["unit_code"], leaf["criterion_code"]) for leaf in leaves}
    place = {code: at for at, code in enumerate(rubric)}
    return sorted(
        (row for row in flags if row["flag"] in FLAGS and (row["unit_code"], row["criterion_code"]) in inside),
        key=lambda row: (
            FLAGS.index(row["flag"]),
            place[row["criterion_code"]],
            formats.vietnamese_order(name(row["unit_code"])),
        ),
    )


def breaks(cells: Iterable[Fraction | None]) -> tuple[Fraction, Fraction] | None:
    """Where the two darker tints of cuts begin: about the largest tenth and third of the cuts, in quarter points.
    None where the cuts are too alike to be told apart."""
    cuts = sorted(-cell for cell in cells if cell is not None and cell < 0)
    if len(cuts) < 5:
        return None
    quarter = Fraction(1, 4)
    strong, middle = (
        -(-cuts[min(len(cuts) - 1, len(cuts) * n // 10)] // quarter) * quarter for n in (9, 7)
    )  # rounded up to a quarter
    middle = min(middle, strong - quarter)
    return (-strong, -middle) if middle > 0 else None


@dataclass(frozen=True)
class Unequal:
    """One item, one reason, different cuts: `cuts` cut (negative points) -> units, the largest cut first."""

    item: str
    reason: str
    maximum: Fraction
    cuts: Mapping[Fraction, tuple[str, ...]]

    @property
    def spread(self) -> Fraction:
        """Difference of the largest and the smallest cut, as a share of the maximum."""
        return (max(self.cuts) - min(self.cuts)) / self.maximum if self.maximum else Fraction(0)


def unequal(leaves: Iterable[Leaf]) -> list[Unequal]:
    """Where units lost different points on one item for one reason, the widest spread first. Reasons are one where
    they read alike without case, accents and spaces."""
    cut = [leaf for leaf in leaves if leaf["gap"] is not None and leaf["gap"] < 0 and leaf["reason"]]
    found = []
    for (item, _), some in grouped(cut, lambda leaf: (leaf["criterion_code"], formats.fold(leaf["reason"]))).items():
        by_cut = grouped(some, lambda leaf: Fraction(leaf["gap"]))
        if len(by_cut) > 1:
            cuts = {gap: tuple(leaf["unit_code"] for leaf in by_cut[gap]) for gap in sorted(by_cut)}
            found.append(Unequal(item, some[0]["reason"], Fraction(some[0]["max_points"]), cuts))
    return sorted(found, key=lambda case: -case.spread)


@dataclass(frozen=True)
class Reason:
    """One reason for a cut: `text`, `n` cuts for it, and by appraiser (number of cuts, their mean as a share of the
    maximum of the item). `spread` between the appraisers with at least `FEW` such cuts."""

    text: str
    n: int
    by: Mapping[str, tuple[int, Fraction]]

    @property
    def compared(self) -> dict[str, Fraction]:
        return {appraiser: share for appraiser, (n, share) in self.by.items() if n >= FEW}

    @property
    def spread(self) -> Fraction | None:
        found = self.compared.values()
        return max(found) - min(found) if len(found) > 1 else None


def reasons(leaves: Iterable[Leaf]) -> list[Reason]:
    """Reasons for cuts, the most frequent first."""
    cut = [
        leaf
        for leaf in leaves
        if leaf["gap"] is not None and leaf["gap"] < 0 and leaf["reason"] and leaf["appraiser"] and leaf["max_points"]
    ]
    found = []
    for some in grouped(cut, lambda leaf: formats.fold(leaf["reason"])).values():
        by = {
            appraiser: (len(own), mean(Fraction(leaf["gap"]) / Fraction(leaf["max_points"]) for leaf in own))
            for appraiser, own in grouped(some, lambda leaf: leaf["appraiser"]).items()
        }
        found.append(Reason(some[0]["reason"], len(some), by))
    return sorted(found, key=lambda reason: -reason.n)


def below(rubric: Mapping[str, Mapping[str, Any]], code: str | None) -> list[str]:
    """Codes of the leaves that the council assesses at or below an item (None: in the whole rubric), in its order."""
    inside = {code}
    for item, row in rubric.items():  # a parent stands before what lies below it
        if row["parent_code"] in inside and code is not None:
            inside.add(item)
    return [
        item for item, row in rubric.items() if row["assessed_by"] == "appraisal" and (code is None or item in inside)
    ]


def parts(rubric: Mapping[str, Mapping[str, Any]], code: str | None) -> dict[str, Sequence[str]]:
    """What a table has for columns: fields with their leaves, or, below an item, its leaves one by one."""
    leaves = below(rubric, code)
    if code is not None:
        return {leaf: (leaf,) for leaf in leaves}
    return {
        item: own
        for item, row in rubric.items()
        if not row["parent_code"] and (own := [leaf for leaf in leaves if rubric[leaf]["field_code"] == item])
    }
