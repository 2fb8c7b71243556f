"""What a unit would have with other points, every other unit held as it is: the numbers of a simulation.

The block is read once a generation; an answer to one URL takes some milliseconds. Points are exact. Nothing of this is
a result: it is shown on a page of its own, under the mark of a simulation, and goes into no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from dashboard.address import peers
from dashboard.address.order import by_rank
from dashboard.address.view import View
from scoring import whatif
from scoring.whatif import Opportunity, Outcome

SHARES = (5, 10, 20, 30, 50, 75, 100)
"""Per cent of the answers below the best option that may be thought to move to it."""


@dataclass(frozen=True)
class Baseline:
    """The complete units of a block as they are, with what a simulation of any of them needs.

    `official`: unit -> row of `Ask.ranking`, the numbers in force; `points`: unit -> leaf -> points, for leaves
    that count; `leaves`: code -> row of the rubric, in its order; `values`: what ranks the units.
    """

    official: Mapping[str, Mapping[str, Any]]
    leaves: Mapping[str, Mapping[str, Any]]
    points: Mapping[str, Mapping[str, Fraction]]
    covariance: np.ndarray
    decimals: int
    rank_by: str

    @cached_property
    def units(self) -> list[str]:
        return list(self.official)

    @cached_property
    def index_exact(self) -> list[Decimal]:
        return [row["index_exact"] for row in self.official.values()]

    @cached_property
    def values(self) -> list[Decimal]:
        return whatif.ranked_values(self.index_exact, decimals=self.decimals, rank_by=self.rank_by)


def baseline(view: View) -> Baseline:
    """The baseline of the block of the view, kept for the generation."""
    sel, of = view.sel, (view.sel.period, view.sel.unit_group)
    key = ("simulation", sel.period, sel.unit_group)
    if key not in view.site.kept:
        ranked = [row for row in by_rank(view) if row["rank"] is not None]
        place = {row["unit_code"]: at for at, row in enumerate(ranked)}
        points: dict[str, dict[str, Fraction]] = {unit: {} for unit in place}
        for row in view.ask.block_results(*of):
            if row["state"] is not None and row["points"] is not None and row["unit_code"] in place:
                points[row["unit_code"]][row["criterion_code"]] = Fraction(row["points"])
        covariance = np.zeros((len(ranked), len(ranked)))
        for row in view.ask.index_covariance(*of):
            covariance[place[row["unit_code"]], place[row["other_code"]]] = row["covariance"]
        view.site.kept[key] = Baseline(
            official={row["unit_code"]: row for row in ranked},
            leaves={code: row for code, row in sel.rubric.items() if row["max_points"] is not None},
            points=points,
            covariance=covariance,
            decimals=sel.season["decimals"],
            rank_by=view.ask.rank_by(sel.period),
        )
    return view.site.kept[key]


@dataclass(frozen=True)
class Simulation:
    """One unit of a block under what the URL asks: `added` points by appraised leaf and `moved` per cent of answers by
    surveyed leaf, of leaves that have the room; `ignored` is what of them was no such thing."""

    baseline: Baseline
    unit: str
    added: Mapping[str, Fraction]
    moved: Mapping[str, int]
    ignored: tuple[str, ...] = ()

    @property
    def at(self) -> int:
        return self.baseline.units.index(self.unit)

    @cached_property
    def codes(self) -> list[str]:
        """Leaves that count for the unit, in the order of the rubric."""
        return [code for code in self.baseline.leaves if code in self.baseline.points[self.unit]]

    def points(self, code: str) -> Fraction:
        return self.baseline.points[self.unit][code]

    def most(self, code: str) -> Fraction:
        return Fraction(self.baseline.leaves[code]["max_points"])

    def surveyed(self, code: str) -> bool:
        return self.baseline.leaves[code]["assessed_by"] == "survey"

    def options(self, code: str) -> list[Fraction]:
        """What can be added to an appraised leaf, on the grid of the rubric."""
        return whatif.reachable(self.points(code), self.most(code), self.baseline.leaves[code]["step"])

    def gain(self, code: str) -> Fraction:
        """Points that a leaf gains: what is added, or that share of its headroom that moving answers is worth.

        Where `share` of all answers below the best option, in every group alike, move to it, a value v in 0…1 becomes
        v + share × (1 − v), and so does any weighted mean of values.
        """
        if code in self.moved:
            return Fraction(self.moved[code], 100) * (self.most(code) - self.points(code))
        return self.added.get(code, Fraction(0))

    @cached_property
    def changes(self) -> list[str]:
        """Leaves that gain something."""
        return [code for code in self.codes if self.gain(code)]

    @property
    def official(self) -> Mapping[str, Any]:
        """The unit's row of `Ask.ranking`."""
        return self.baseline.official[self.unit]

    @cached_property
    def outcome(self) -> Outcome:
        """What the unit would have."""
        return whatif.outcome(
            [self.points(code) for code in self.codes],
            [self.most(code) for code in self.codes],
            [self.gain(code) for code in self.codes],
            unit=self.at,
            index_exact=self.baseline.index_exact,
            std_error=self.baseline.covariance,
            decimals=self.baseline.decimals,
            rank_by=self.baseline.rank_by,
        )

    def opportunities(self, units: Sequence[str]) -> list[tuple[str, Opportunity]]:
        """Leaves with room, the most promising first: headroom × share of `units` that have the full points."""
        found = whatif.opportunities(
            [self.points(code) for code in self.codes],
            [self.most(code) for code in self.codes],
            [
                [self.baseline.points[unit].get(code) for code in self.codes]
                for unit in units
                if unit in self.baseline.points and unit != self.unit
            ],
        )
        return [(self.codes[one.leaf], one) for one in found]

    def targets(self) -> list[tuple[str, Decimal]]:
        """(value of `dich`, index to reach): every better rank, the next first, then whole numbers of the index."""
        values, mine = self.baseline.values, self.baseline.values[self.at]
        better = sorted({value for value in values if value > mine})
        ranks = [(f"h{1 + sum(other > value for other in values)}", value) for value in better]
        return [*ranks, *((f"c{whole}", Decimal(whole)) for whole in range(int(mine) + 1, 101))]

    def plan(self, target: Decimal, order: Sequence[str]) -> dict[str, Fraction] | None:
        """Points by leaf that reach a ranked value of `target`: the fewest, then on the fewest leaves, of the appraised
        ones in `order`. None where all of them together fall short. The survey is not for the unit to fill in."""
        leaves = [code for code in order if not self.surveyed(code)]
        need = whatif.shortfall(
            sum(self.points(code) for code in self.codes),
            sum(self.most(code) for code in self.codes),
            target,
            decimals=self.baseline.decimals,
            rank_by=self.baseline.rank_by,
        )
        found = whatif.fewest_points(
            [self.points(code) for code in leaves],
            [self.most(code) for code in leaves],
            need,
            steps=[self.baseline.leaves[code]["step"] for code in leaves],
        )
        return found and {code: points for code, points in zip(leaves, found, strict=True) if points}


def read(view: View) -> Simulation | None:
    """What the URL asks of the view's unit; None where the unit is not complete."""
    as_is, unit = baseline(view), view.sel.unit
    if unit not in as_is.units:
        return None
    plain = Simulation(as_is, unit, {}, {})
    added: dict[str, Fraction] = {}
    moved: dict[str, int] = {}
    ignored = []
    for code, amount, typed in _listed(view.sel["them"]):
        if code in plain.codes and not plain.surveyed(code) and amount in plain.options(code):
            added[code] = amount
        else:
            ignored.append(typed)
    for code, amount, typed in _listed(view.sel["phieu"]):
        if code in plain.codes and plain.surveyed(code) and amount in SHARES:
            moved[code] = int(amount)
        else:
            ignored.append(typed)
    return Simulation(as_is, unit, added, moved, tuple(ignored))


def _listed(text: str) -> list[tuple[str, Fraction | None, str]]:
    """'1.1_0.5,2.3_1' -> (code, amount, as typed); amount None where it is no number."""
    found = []
    for part in filter(None, text.split(",")):
        code, _, amount = part.rpartition("_")
        number = amount.isascii() and amount.replace(".", "", 1).isdigit()
        found.append((code, Fraction(amount) if number else None, part))
    return found


def written(amounts: Mapping[str, Fraction | int]) -> str | None:
    """Amounts by leaf as they stand in a link; None for none. `read` reads them back."""
    parts = [f"{code}_{_plain(amount)}" for code, amount in amounts.items() if amount]
    return ",".join(parts) or None


def _plain(amount: Fraction | int) -> str:
    exact = Decimal(Fraction(amount).numerator) / Decimal(Fraction(amount).denominator)
    return f"{exact.normalize():f}"


def chosen_peers(view: View, unit: str) -> peers.Peers:
    """The set of units whose full points count; kept for the generation."""
    sel, kept = view.sel, view.site.kept
    key = ("peers", sel.period, unit, sel.peers)
    if key not in kept:
        fields = view.ask.block_fields(sel.period, sel.unit_group)
        kept[key] = peers.choose(sel.peers, unit, sel.units, fields)
    return kept[key]
