"""What the council did to the self-assessment of one block, counted and added from its leaves.

A leaf is a row of `Ask.appraisal`: one unit, one item that the council assesses. Sums are exact. What compares
with the maximum is over leaves that have both points, self and appraised; a unit, field or appraiser without such a
leaf has no value there, never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from fractions import Fraction
from typing import Any

from dashboard.words.formats import fold

Leaf = Mapping[str, Any]

FLAGS = ("own_appraiser", "decision_replaced", "raised_without_reason", "cut_without_reason", "large_change")
"""Kinds of flags that are about the appraisal, in the order they are shown."""

FEW = 3
"""Decisions with one reason that an appraiser needs before its mean cut stands beside another's."""


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
    for (item, _), some in grouped(cut, lambda leaf: (leaf["criterion_code"], fold(leaf["reason"]))).items():
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
    for some in grouped(cut, lambda leaf: fold(leaf["reason"])).values():
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
