"""One number and everything it rests on, read once from the store, and the same number computed anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.address.numbers import NumberName
from dashboard.address.order import by_rank, in_order
from dashboard.address.view import View
from scoring.build import STORED_PLACES
from scoring.rank import round_half_up

COLUMNS = {
    "points": "points",
    "self": "self_points",
    "appraised": "appraised_points",
    "survey": "survey_points",
    "gap": "gap",
    "attainment": "attainment",
}
"""Measure of an address -> column of the results by item."""

NEAR = 2
"""Units shown on either side of a rank."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Origin:
    """One number and everything it rests on, read once from the store."""

    view: View
    name: NumberName

    @cached_property
    def items(self) -> dict[str, Row]:
        return {row["criterion_code"]: row for row in self.view.ask.unit_items(self.name.period, self.name.unit)}

    @cached_property
    def item(self) -> Row:
        return self.items.get(self.name.criterion, {})

    @cached_property
    def block(self) -> list[dict[str, Any]]:
        return by_rank(self.view, self.name.period)

    @cached_property
    def total(self) -> Row:
        """The result of the unit. Its provisional index is said where it is asked for, and there alone."""
        rows = in_order(self.view, self.name.period) if self.name.measure == "index" else self.block
        return next((row for row in rows if row["unit_code"] == self.name.unit), {})

    @property
    def provisional(self) -> str:
        """'unit' where the number is of an incomplete unit as a whole, 'block' where it is a rank in an incomplete
        block, else ''."""
        if self.name.criterion or self.name.measure not in ("index", "rank", "rank_interval", "change"):
            return ""
        if self.total.get("status") != "complete":
            return "unit"
        return "" if self.view.whole or self.name.measure == "index" else "block"

    @cached_property
    def children(self) -> list[str]:
        """Codes of the items right below, in the order of the rubric."""
        return [c for c, row in self.view.sel.rubric.items() if (row["parent_code"] or "") == self.name.criterion]

    @cached_property
    def below(self) -> set[str]:
        """Codes of the item and everything under it."""
        codes = {self.name.criterion} if self.name.criterion else set()
        for code, row in self.view.sel.rubric.items():  # a parent stands before its children
            if not self.name.criterion or row["parent_code"] in codes:
                codes.add(code)
        return codes

    @property
    def leaf(self) -> bool:
        return bool(self.item.get("state"))

    @cached_property
    def cells(self) -> list[dict[str, Any]]:
        """Survey cells of the leaf, by respondent group."""
        found = self.view.ask.unit_survey(self.name.period, self.name.unit)
        return [row for row in found if row["criterion_code"] == self.name.criterion]

    @cached_property
    def answers(self) -> list[dict[str, Any]]:
        """Answers by option of the leaf's questions, of the one group where the number is its value."""
        found = self.view.ask.unit_answers(self.name.period, self.name.unit)
        return [
            row
            for row in found
            if row["criterion_code"] == self.name.criterion and self.name.group in (None, row["respondent_group"])
        ]

    @cached_property
    def scores(self) -> list[dict[str, Any]]:
        found = self.view.ask.score_sources(self.name.period, self.name.unit)
        return [row for row in found if row["criterion_code"] in self.below]

    @cached_property
    def ballots(self) -> list[dict[str, Any]]:
        found = self.view.ask.ballot_sources(self.name.period, self.name.unit)
        asked = self.cells if self.leaf else []
        groups = {self.name.group} if self.name.group else {row["respondent_group"] for row in asked}
        surveyed = not self.leaf and self.item.get("survey_max")
        return [row for row in found if surveyed or row["respondent_group"] in groups]

    @cached_property
    def cell(self) -> Row:
        return next((row for row in self.cells if row["respondent_group"] == self.name.group), {})

    @cached_property
    def published(self) -> Row:
        found = self.view.ask.published()
        mine = (self.name.period, self.name.unit)
        return next((row for row in found if (row["period"], row["unit_code"]) == mine), {})

    @cached_property
    def value(self) -> Decimal | int | None:
        """The number itself, unrounded where it is not published in rounded form."""
        match self.name.measure:
            case "value":
                return self.cell.get("value")
            case "index" | "index_interval":
                return self.total.get("index_value")
            case "rank" | "rank_interval":
                return self.total.get("rank")
            case "change":
                now, before = self.total.get("index_value"), self.total.get("previous_index")
                comparable = self.total.get("comparable") and self.total.get("status") == "complete"
                return now - before if comparable and now is not None and before is not None else None
            case "published":
                return self.published.get("index")
            case measure:
                return self.item.get(COLUMNS[measure])

    @cached_property
    def maximum(self) -> Decimal | None:
        """The maximum that belongs beside a number of points."""
        item, measure = self.item, self.name.measure
        if not self.leaf and measure in ("appraised", "self"):
            return item.get("appraised_max")
        return item.get("survey_max") if not self.leaf and measure == "survey" else item.get("max_points")

    @property
    def hidden(self) -> bool:
        """Whether the number is withheld because of few ballots."""
        return bool(self.cell.get("suppressed"))

    @property
    def counting(self) -> list[dict[str, Any]]:
        """Survey cells of the leaf whose group has a weight."""
        return [cell for cell in self.cells if cell["weight"] > 0]

    @property
    def ranked(self) -> list[dict[str, Any]]:
        """Units of the block that have a rank, the first first."""
        return [row for row in self.block if row["rank"] is not None]

    @property
    def tied(self) -> list[dict[str, Any]]:
        """The other units at the same place."""
        return [r for r in self.ranked if r["rank"] == self.total["rank"] and r["unit_code"] != self.name.unit]

    @property
    def near(self) -> list[dict[str, Any]]:
        """The unit and those right above and below it."""
        at = next(at for at, row in enumerate(self.ranked) if row["unit_code"] == self.name.unit)
        return self.ranked[max(at - NEAR, 0) : at + NEAR + 1]

    @cached_property
    def replaced(self) -> list[dict[str, Any]]:
        """Earlier values of the scores at and below the item."""
        earlier = self.view.ask.superseded(self.name.period, self.name.unit)
        return [row for row in earlier if row["criterion_code"] in self.below]


@dataclass(frozen=True)
class Question:
    """One question of a group: `total` of its `n` valid answers, by the method of the item."""

    code: str
    total: Fraction
    n: int


def questions(origin: Origin) -> list[Question]:
    """Questions with valid answers of which none is withheld, in the order of their codes."""
    by_code: dict[str, list[Row]] = {}
    for row in origin.answers:
        by_code.setdefault(row["question_code"], []).append(row)
    worth = "value" if origin.item["survey_method"] == "mean" else "satisfied"
    told = []
    for code, options in sorted(by_code.items()):
        valid = [row for row in options if row["value"] is not None and row["n"] is not None]
        n = sum(row["n"] for row in valid)
        if n and not any(row["suppressed"] for row in options):
            told.append(Question(code, sum((row["n"] * Fraction(row[worth]) for row in valid), Fraction(0)), n))
    return told


def by_file(scores: Iterable[Row]) -> list[list[Row]]:
    """Scores by kind, round, import, file and sheet; those of the unit itself first."""
    files: dict[tuple, list[Row]] = {}
    for row in scores:
        files.setdefault((row["kind"], row["round"] or 0, row["import_id"], row["file"], row["sheet"]), []).append(row)
    return [files[key] for key in sorted(files, key=lambda key: (key[0] != "self", *key[1:]))]


def computed_anew(origin: Origin) -> tuple[Decimal | int | None, Decimal | int | None] | None:
    """(computed anew from the rows of the store, as stored), both in the places the store keeps; None where there is
    no direct computation."""
    view, name = origin.view, origin.name
    if name.measure in ("rank_interval", "index_interval", "published", "change"):
        return None
    result, cells = view.ask.recomputed(name.period, view.sel.unit_group)
    if name.measure in ("index", "rank"):
        unit = next(unit for unit in result.units if unit.unit_code == name.unit)
        return (unit.index_value if name.measure == "index" else unit.rank), origin.value
    if name.measure == "value":
        key = (name.unit, name.criterion, name.group)
        cell = next((c for c in cells if (c.unit_code, c.criterion_code, c.respondent_group) == key), None)
        return _kept(cell.value if cell else None), origin.value
    item = next(i for i in result.items if (i.unit_code, i.criterion_code) == (name.unit, name.criterion))
    return _kept(getattr(item, COLUMNS[name.measure])), origin.value


def _kept(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, STORED_PLACES)
