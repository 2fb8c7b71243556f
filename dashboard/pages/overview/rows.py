"""The season of every block: its units, its fields, what it lost, the steps of the year. Numbers are exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.address.view import View
from dashboard.pages.appraisal.rows import exact_sum
from dashboard.pages.ranking import rows as ranking
from dashboard.pages.ranking.rows import Block, Line
from dashboard.pages.rubric import rows as rubric
from dashboard.pages.rubric.rows import Item
from dashboard.season import rows as season
from dashboard.season.rows import Progress

IMPROVED = 5
LOSSES = 5


@dataclass(frozen=True)
class Part:
    """One block: its own view, its units in order, and every item of its rubric with the units on it."""

    view: View
    block: Block
    items: Mapping[str, Item]

    @property
    def inside(self) -> str:
        return self.view.block("inside")

    @property
    def code(self) -> str:
        return self.view.sel.unit_group

    @cached_property
    def compared(self) -> tuple[Line, ...]:
        """Complete units with a change from the year before; none while the block is incomplete."""
        return tuple(line for line in self.block.ranked if line.change is not None)

    @cached_property
    def fields(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items.values() if item.depth == 0)

    @property
    def places(self) -> int:
        return self.view.places

    @property
    def whole(self) -> bool:
        """Whether every unit is complete, so that something may be concluded."""
        return self.view.whole

    @cached_property
    def progress(self) -> Progress:
        """How far the block is."""
        return season.read(self.view)

    def moved(self, of: Callable[[Sequence[Any]], Fraction]) -> Fraction | None:
        """The middle (`mean`, `median`) of the changes of the units that have both years."""
        return of([line.change for line in self.compared]) if self.compared else None

    @cached_property
    def council(self) -> tuple[Fraction | None, dict[str, Fraction]]:
        """Mean adjustment a unit over everything appraised so far (None where nothing is), and by field."""
        by_unit: dict[str, Fraction] = {}
        by_field: dict[str, Fraction] = {}
        for item in self.fields:
            gaps = {unit.unit: Fraction(unit.gap) for unit in item.units if unit.gap is not None}
            for unit, gap in gaps.items():
                by_unit[unit] = by_unit.get(unit, Fraction(0)) + gap
            if gaps:
                by_field[item.code] = sum(gaps.values(), Fraction())
        n = len(by_unit)
        if not n:
            return None, {}
        return sum(by_unit.values(), Fraction()) / n, {code: total / n for code, total in by_field.items()}

    @property
    def adjusted(self) -> bool:
        """Whether the council changed anything."""
        return any(unit.changed for item in self.fields for unit in item.units)


@dataclass(frozen=True)
class Step:
    """A step of the season. `late`: days from the planned end to the day it was done, where that is later."""

    number: str
    name: str
    planned_from: date | None
    planned_to: date | None
    done: date | None
    responsible: str
    current: bool

    @property
    def late(self) -> int | None:
        if self.done is None or self.planned_to is None:
            return None
        return max(0, (self.done - self.planned_to).days)

    @property
    def year(self) -> int | None:
        day = self.planned_to or self.planned_from or self.done
        return day.year if day else None


def read(view: View) -> list[Part]:
    """The blocks of the year in their order, from the store."""
    parts = []
    for group in view.sel.site.groups_of(view.sel.period):
        of_block = replace(view, sel=view.sel.change(unit_group=group))
        parts.append(Part(of_block, ranking.read(of_block), rubric.read(of_block)))
    return parts


def steps(view: View, rows: Sequence[Mapping[str, Any]]) -> list[Step]:
    """Rows of `Ask.process_steps` as steps; the current one is the first that is not done."""
    current = next((at for at, row in enumerate(rows) if not row["done_on"]), None)
    return [
        Step(
            row["step"],
            view.name(row),
            row["planned_from"],
            row["planned_to"],
            row["done_on"],
            row["responsible"] or "",
            at == current,
        )
        for at, row in enumerate(rows)
    ]


def improved(part: Part) -> list[Line]:
    """The units that rose most, those who tie with the last of them too; equals by rank."""
    up = sorted((line for line in part.compared if line.change > 0), key=lambda line: (-line.change, line.rank or 0))
    return [line for line in up if line.change >= up[min(IMPROVED, len(up)) - 1].change]


@dataclass(frozen=True)
class Loss:
    """What a leaf costs a block: mean points a unit, over the `n` that have points or to whom it does not apply."""

    item: Item
    lost: Fraction
    n: int


def lost(part: Part) -> list[Loss]:
    """The leaves that cost most, and whoever ties with the last of them; in the order of the rubric where equal."""
    found = []
    for item in part.items.values():
        counted = [unit for unit in item.units if unit.scored or unit.away]
        if item.leaf and counted:
            scored = [unit for unit in counted if unit.scored]
            total = exact_sum(unit.maximum for unit in scored) - exact_sum(unit.points for unit in scored)
            found.append(Loss(item, total / len(counted), len(counted)))
    found = sorted((loss for loss in found if loss.lost > 0), key=lambda loss: -loss.lost)
    return [loss for loss in found if loss.lost >= found[min(LOSSES, len(found)) - 1].lost][: 2 * LOSSES]
