"""Means of groups and units with their 95% intervals, and the satisfaction index.

Intervals are put together from the 95% intervals of their cells, low and high arms apart (Zou and Donner, Statistics in
Medicine 27, 2008): arms of independent samples by the root of their squares, arms of answers that the same persons gave
by their sum, which is never too short.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

from dashboard.pages.survey.rows import Rows, Survey, below

SATISFIED = "satisfied_share"


@dataclass(frozen=True)
class Mean:
    """A value in 0…1 with the arms of its interval (None where one of its cells has none). `units`: how many it is
    the mean of, `hidden`: how many units were left out; `n`: fewest valid ballots of a leaf, for one unit."""

    value: Fraction
    down: float | None
    up: float | None
    units: int = 1
    hidden: int = 0
    n: int | None = None

    @property
    def low(self) -> float | None:
        return None if self.down is None else max(0.0, float(self.value) - self.down)

    @property
    def high(self) -> float | None:
        return None if self.up is None else min(1.0, float(self.value) + self.up)


def arms(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """How far the interval of a cell reaches down and up."""
    if row["ci_low"] is None or row["ci_high"] is None:
        return None
    value = float(row["value"])
    return max(0.0, value - row["ci_low"]), max(0.0, row["ci_high"] - value)


def together(parts: Iterable[tuple[float, float] | None], weights: Iterable[float], *, dependent: bool):
    """Arms of a weighted sum: added where the parts depend on each other, by the root of squares where they do not."""
    found = list(parts)
    if any(part is None for part in found):
        return None
    weighted = [(w * part[0], w * part[1]) for w, part in zip(weights, found, strict=True)]
    if dependent:
        return sum(down for down, _ in weighted), sum(up for _, up in weighted)
    return sqrt(sum(down**2 for down, _ in weighted)), sqrt(sum(up**2 for _, up in weighted))


def compared_leaves(survey: Survey, leaves: Sequence[str]) -> tuple[list[str], list[str]]:
    """The leaves on which groups are compared, and those groups: the leaves that the same groups are asked about; of
    several such lots the one with the most leaves among those with more than one group."""
    lots: dict[tuple[str, ...], list[str]] = {}
    for leaf in leaves:
        lots.setdefault(tuple(survey.leaves[leaf]), []).append(leaf)
    if not lots:
        return [], []
    groups = max(lots, key=lambda lot: (len(lot) > 1, len(lots[lot])))
    return lots[groups], list(groups)


def group_mean(survey: Survey, leaves: Sequence[str], group: str, units: Sequence[str]) -> Mean | None:
    """Mean over units, each counting once, of the mean over leaves of the values of a group."""
    values, reach, n = [], [], None
    hidden = {unit for unit in units if any((unit, leaf, group) in survey.suppressed for leaf in leaves)}
    for unit in units:
        rows = [row for leaf, row in survey.shown.get((unit, group), {}).items() if leaf in leaves]
        if unit in hidden or not rows:
            continue
        values.append(sum((Fraction(row["value"]) for row in rows), Fraction()) / len(rows))
        reach.append(together(map(arms, rows), [1 / len(rows)] * len(rows), dependent=True))
        n = min(row["n_valid"] for row in rows)
    if not values:
        return None
    both = together(reach, [1 / len(values)] * len(values), dependent=group in survey.shared)
    down, up = both or (None, None)
    return Mean(
        sum(values, Fraction()) / len(values), down, up, len(values), len(hidden), n if len(units) == 1 else None
    )


def differ(one: Mean, two: Mean) -> bool | None:
    """Whether the higher of two means of different people is shown to be higher; None where that is not known."""
    if one.value < two.value:
        one, two = two, one
    if one.down is None or two.up is None:
        return None
    return float(one.value - two.value) > sqrt(one.down**2 + two.up**2)


# The satisfaction index


def satisfaction_item(rubric: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The item with the most points among those whose leaves all count satisfied answers, the highest of a branch."""
    leaves = {code: row for code, row in rubric.items() if row["max_points"] is not None}
    points = {}
    for code in rubric:
        inside = [leaves[one] for one in below(rubric, code) if one in leaves]
        if inside and all(row["survey_method"] == SATISFIED for row in inside):
            points[code] = sum(row["max_points"] for row in inside)
    return max(points, key=points.__getitem__) if points else None  # of equals the first, which stands higher


def satisfaction(
    survey: Survey, rubric: Mapping[str, Mapping[str, Any]], item: str, rows: Rows
) -> list[dict[str, Any]]:
    """The index of each unit and its interval: unit, value (attainment), low, high.

    rows: `Ask.block_results`. A unit with a leaf that still lacks points has no value; without an interval stands
    one with a suppressed cell.
    """
    inside = below(rubric, item)
    open_units, whole, leaves = set(), {}, defaultdict(list)
    for row in rows:
        if row["criterion_code"] == item:
            whole[row["unit_code"]] = row
        if row["criterion_code"] in inside and row["state"] is not None:
            if row["state"] in ("missing", "pending"):
                open_units.add(row["unit_code"])
            elif row["max_points"]:
                leaves[row["unit_code"]].append(row)
    found = []
    for unit, row in whole.items():
        value = None if unit in open_units or not row["max_points"] else Fraction(row["attainment"])
        reach = None
        if value is not None:
            total = float(row["max_points"])
            parts = [leaf_arms(survey, unit, leaf["criterion_code"]) for leaf in leaves[unit]]
            weights = [float(leaf["max_points"]) / total for leaf in leaves[unit]]
            reach = together(parts, weights, dependent=True)
        found.append(
            {
                "unit": unit,
                "value": value,
                "low": None if reach is None else max(0.0, float(value) - reach[0]),
                "high": None if reach is None else min(1.0, float(value) + reach[1]),
            }
        )
    return found


def leaf_arms(survey: Survey, unit: str, leaf: str) -> tuple[float, float] | None:
    """Arms of the value of a leaf: groups are different people. None where a cell is suppressed."""
    groups = survey.leaves.get(leaf, [])
    if any((unit, leaf, group) in survey.suppressed for group in groups):
        return None
    rows = [survey.shown.get((unit, group), {}).get(leaf) for group in groups]
    rows = [row for row in rows if row is not None and row["weight"] > 0]
    total = float(sum(row["weight"] for row in rows))
    if not total:
        return None
    return together(map(arms, rows), [float(row["weight"]) / total for row in rows], dependent=False)


def part_means(rubric: Mapping[str, Mapping[str, Any]], item: str, rows: Rows) -> dict[str, list[Fraction]]:
    """Leaf of the item -> attainment of every unit that has points there. rows: `Ask.block_results`."""
    inside = below(rubric, item) - {item}
    found: dict[str, list[Fraction]] = {}
    for row in rows:
        if row["criterion_code"] in inside and row["state"] == "surveyed" and row["max_points"]:
            found.setdefault(row["criterion_code"], []).append(Fraction(row["attainment"]))
    return {code: found[code] for code in rubric if code in found}
