"""A block while its season is in progress: the points of every unit by the state of its leaves, and what is still open.

Points are exact. A leaf is appraised, surveyed, claimed (the unit gave itself points, the council has not decided) or
missing (nobody gave any, or the unit says that it does not apply and the council has not decided).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from dashboard.address.order import by_name
from dashboard.address.view import View

STATES = ("appraised", "surveyed", "claimed", "missing")
POINTS = {"appraised": "appraised_points", "surveyed": "survey_points", "claimed": "self_points"}

Leaf = Mapping[str, Any]


@dataclass(frozen=True)
class States:
    """Leaves of a unit, or of one field of it: (points, their maximum, number of leaves) by state; points of what is
    missing are None. `rank` and `index` where the unit is complete."""

    code: str
    parts: Mapping[str, tuple[Decimal | None, Decimal, int]]
    rank: int | None = None
    index: Decimal | None = None

    @property
    def maximum(self) -> Decimal:
        return sum((maximum for _, maximum, _ in self.parts.values()), Decimal())

    @property
    def open(self) -> int:
        """Leaves that wait for the council or for points."""
        return self.parts["claimed"][2] + self.parts["missing"][2]

    def of(self, state: str) -> tuple[Decimal | None, Decimal] | None:
        """Points over their maximum; None where no leaf is in that state."""
        points, maximum, n = self.parts[state]
        return (points, maximum) if n else None


def state_of(leaf: Leaf) -> str | None:
    """The state of a leaf as it is told apart here; None for one that does not apply."""
    state = leaf["state"]
    if state == "pending":
        return "claimed" if leaf["self_points"] is not None else "missing"
    return state if state in STATES else None


def states(code: str, leaves: Iterable[Leaf], **more: Any) -> States:
    """The points of some leaves, by state."""
    found: dict[str, list[Leaf]] = {state: [] for state in STATES}
    for leaf in leaves:
        if state := state_of(leaf):
            found[state].append(leaf)
    parts: dict[str, tuple[Decimal | None, Decimal, int]] = {}
    for state, some in found.items():
        column = POINTS.get(state)
        points = sum((leaf[column] for leaf in some), Decimal()) if column else None
        parts[state] = (points, sum((leaf["max_points"] for leaf in some), Decimal()), len(some))
    return States(code, parts, **more)


@dataclass(frozen=True)
class Progress:
    """How far a block is: its units in the order of their names, and its open leaves."""

    units: tuple[States, ...]
    leaves: tuple[Leaf, ...]
    lead: Mapping[str, str]

    @cached_property
    def waiting(self) -> list[tuple[str, int]]:
        """Who has to decide on how many leaves ('' where the rubric names nobody), those with most first."""
        counted = Counter(self.lead.get(leaf["criterion_code"], "") for leaf in self.pending)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

    @cached_property
    def pending(self) -> list[Leaf]:
        """Leaves that wait for the council."""
        return [leaf for leaf in self.leaves if leaf["state"] == "pending"]

    @cached_property
    def unscored(self) -> list[Leaf]:
        """Appraised leaves without any points."""
        return [leaf for leaf in self.leaves if leaf["state"] == "missing" and not leaf["surveyed"]]

    @cached_property
    def unasked(self) -> list[Leaf]:
        """Surveyed leaves without a result."""
        return [leaf for leaf in self.leaves if leaf["state"] == "missing" and leaf["surveyed"]]

    @cached_property
    def silent(self) -> list[str]:
        """Units that have handed in nothing: every leaf that the council assesses is missing."""
        scored = {leaf["unit_code"] for leaf in self.leaves if not leaf["surveyed"] and leaf["state"] != "missing"}
        mine = {leaf["unit_code"] for leaf in self.unscored}
        return [unit.code for unit in self.units if unit.code in mine - scored]


def read(view: View) -> Progress:
    """How far the block of the view is, kept for the generation."""
    sel, kept = view.sel, view.site.kept
    key = ("progress", sel.period, sel.unit_group, view.lang)
    if key not in kept:
        rows = view.ask.block_results(sel.period, sel.unit_group)
        leaves = [
            {**row, "surveyed": sel.rubric[row["criterion_code"]]["assessed_by"] == "survey"}
            for row in rows
            if row["state"] and row["criterion_code"] in sel.rubric
        ]
        of_unit: dict[str, list[Leaf]] = {}
        for leaf in leaves:
            of_unit.setdefault(leaf["unit_code"], []).append(leaf)
        results = {row["unit_code"]: row for row in view.ask.ranking(sel.period, sel.unit_group)}
        units = []
        for code in by_name(view, of_unit):
            row = results.get(code, {})
            settled = row if row.get("status") == "complete" else {}
            more = {"rank": settled.get("rank"), "index": settled.get("index_value")}
            units.append(states(code, of_unit[code], **more))
        lead = {code: row["lead_appraiser"] or "" for code, row in sel.rubric.items()}
        kept[key] = Progress(tuple(units), tuple(leaves), lead)
    return kept[key]
