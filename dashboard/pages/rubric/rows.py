"""How the units of a block stand on every item of its rubric: rows, numbers and sentences for the pages of criteria.

Values are exact (Decimal, Fraction) until a sentence or a cell rounds them. A unit with an open leaf (pending or
missing) below an item has no attainment there yet: it is counted as open, and left out of mean, median and range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import Any

from dashboard.address.view import View
from dashboard.words import formats, t
from dashboard.words.say import listed

OPEN = ("pending", "missing")


@dataclass(frozen=True)
class Standing:
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
    units: tuple[Standing, ...]

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
        found = {row["assessed_by"] for row in self.leaves}
        return found.pop() if len(found) == 1 else "both"

    @cached_property
    def scored(self) -> tuple[Standing, ...]:
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
    def both(self) -> tuple[Standing, ...]:
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

    def mean_of(self, column: str) -> Fraction | None:
        """Mean of 'self_points' or 'appraised_points' over the units that have both."""
        values = [Fraction(getattr(unit, column)) for unit in self.both]
        return sum(values, Fraction()) / len(values) if values else None


def read(view: View) -> dict[str, Item]:
    """Every item of the view's year and block, in the order of its rubric. Kept for the generation."""
    sel, kept = view.sel, view.site.kept
    key = ("spread", sel.period, sel.unit_group)
    if key not in kept:
        kept[key] = items(sel.rubric, view.ask.block_spread(sel.period, sel.unit_group))
    return kept[key]


def items(rubric: Mapping[str, Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> dict[str, Item]:
    """Code -> item. `rubric` in order, parents before children; `rows` of `Ask.block_spread`."""
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
    standings: dict[str, list[Standing]] = {code: [] for code in rubric}
    for row in rows:
        code, unit = row["criterion_code"], row["unit_code"]
        if code not in standings:
            continue
        applies = bool(row["max_points"])
        standings[code].append(
            Standing(
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
        code: Item(code, row, depth[code], tuple(children[code]), tuple(leaves[code]), tuple(standings[code]))
        for code, row in rubric.items()
    }


def axis(found: Mapping[str, Item], step: int = 20) -> tuple[int, int]:
    """Per cent from which to which every strip of the block runs, so that items and pages compare."""
    low = min((share for item in found.values() for share in item.shares), default=Fraction(0))
    return min(int(low * 100) // step * step, 100 - step), 100


# Sentences


def contents(found: Mapping[str, Item], lang: str) -> str:
    """How many fields and leaves the rubric has, and who gives how many points."""
    roots = [item for item in found.values() if item.depth == 0]
    n = sum(item.leaf for item in found.values())
    appraised, survey = (sum(root.maximum(kind) for root in roots) for kind in ("appraisal", "survey"))
    kind = "both" if appraised and survey else "appraisal" if appraised else "survey"
    values = {
        "appraised": formats.number(appraised, lang, trim=True),
        "survey": formats.number(survey, lang, trim=True),
    }
    said = [t("criteria.fields", lang, n=len(roots)), t("criteria.leaves", lang, n=n)]
    return f"{', '.join(said)}: {t(f'criteria.points_{kind}', lang, **values)}."


def lowest(some: Sequence[Item], names: Mapping[str, str], lang: str) -> str:
    """Which of some items has the lowest mean attainment. `names`: code -> what to call it."""
    known = [item for item in some if item.mean is not None]
    if not known:
        return t("criteria.nothing", lang)
    least = min(item.mean for item in known)
    of = [names[item.code] for item in known if item.mean == least]
    share = formats.percent(least, lang)
    if len(known) == 1:
        return t("criteria.only", lang, name=of[0], share=share)
    if len(of) == len(known) or len(of) > 3:
        return t("criteria.even" if len(of) == len(known) else "criteria.many", lang, n=len(of), share=share)
    return t("criteria.lowest" if len(of) == 1 else "criteria.lowest_tied", lang, names=listed(of, lang), share=share)


def highest(item: Item, names: Mapping[str, str], lang: str) -> str:
    """Who reached the most, and the median. `names`: unit code -> what to call it; more than three are counted."""
    if not item.scored:
        return t("criteria.no_scores", lang)
    most = max(item.shares)
    best = [unit.unit for unit in item.scored if Fraction(unit.attainment) == most]
    values = {"share": formats.percent(most, lang), "median": formats.percent(item.median, lang)}
    if len(best) == len(item.scored) > 1:
        return t("criteria.highest_all", lang, n=len(best), share=values["share"])
    kind = "highest" if len(best) == 1 else "highest_tied" if len(best) <= 3 else "highest_many"
    shown = listed(sorted((names.get(code, code) for code in best), key=formats.vietnamese_order), lang)
    return t(f"criteria.{kind}", lang, n=len(best), names=shown, **values)


def full(item: Item, lang: str) -> str:
    """How many units have all the points."""
    n = len(item.scored)
    if not n:
        return t("criteria.no_scores", lang)
    kind = "none" if not item.full else "all" if item.full == n else "some"
    return t(f"criteria.full_{kind}", lang, k=item.full, n=n)


def middle(item: Item, lang: str) -> str:
    """Mean, median and range of attainment, and whoever is not in them."""
    said = []
    if item.shares:
        shown = {
            name: formats.percent(value, lang)
            for name, value in {
                "mean": item.mean,
                "median": item.median,
                "low": min(item.shares),
                "high": max(item.shares),
            }.items()
        }
        said.append(t("criteria.middle" if len(item.shares) > 1 else "criteria.middle_one", lang, **shown))
    if item.open:
        said.append(t("criteria.open", lang, n=item.open))
    if item.away:
        said.append(t("criteria.away", lang, n=item.away))
    return " ".join(said)


def points(item: Item, lang: str) -> str:
    """From how many to how many points units have, and their mean."""
    if not item.scored:
        return t("criteria.no_scores", lang)
    found = [unit.points for unit in item.scored]
    low, high, mean = (formats.points(value, lang) for value in (min(found), max(found), item.mean_points))
    kind = "points_range" if low != high else "points_same"
    return t(f"criteria.{kind}", lang, n=len(found), low=low, high=high, mean=mean)


def adjustments(item: Item, lang: str) -> str:
    """What the council did to the self-assessments of an item."""
    n = len(item.both)
    if not n:
        return t("criteria.not_appraised", lang)
    if not item.changed:
        return t("criteria.kept", lang, n=n)
    return t("criteria.changed", lang, k=item.changed, n=n, mean=formats.signed(item.mean_gap, lang))


def reasons(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, Fraction]]:
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
