"""Units of a block against each other: the test of a difference, how far apart fields and items lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any

from dashboard.words import formats

Z_95 = 1.959963984540054
"""97.5% quantile of the normal distribution: the two-sided test of one difference at 5%."""


@dataclass(frozen=True)
class Pair:
    """Two units against each other, the higher first. `difference` of the published values; `low` and `high` its 95%
    interval from the exact values, None where sampling is not known; `verdict`: 'open', 'unknown', 'certain',
    'different' or 'alike'."""

    one: str
    two: str
    difference: Decimal | None
    low: float | None
    high: float | None
    verdict: str


def pair(a: Mapping[str, Any], b: Mapping[str, Any], covariance: Mapping[tuple[str, str], float]) -> Pair:
    """Tests the difference of two rows of `Ask.ranking`, never the overlap of their intervals.

    covariance: (unit, other) -> covariance of the sampling error of their indices, both orders and the diagonal;
    empty where there is no sampling information.
    """
    if "incomplete" in (a["status"], b["status"]) or None in (a["index_value"], b["index_value"]):
        return Pair(a["unit_code"], b["unit_code"], None, None, None, "open")
    one, two = (a, b) if a["index_exact"] >= b["index_exact"] else (b, a)
    i, j = one["unit_code"], two["unit_code"]
    shown = one["index_value"] - two["index_value"]
    if (i, i) not in covariance or (j, j) not in covariance:
        return Pair(i, j, shown, None, None, "unknown")
    between = covariance.get((i, j), covariance.get((j, i), 0.0))
    spread = sqrt(max(0.0, covariance[i, i] + covariance[j, j] - 2 * between))
    exact = float(one["index_exact"] - two["index_exact"])
    if spread == 0:
        return Pair(i, j, shown, exact, exact, "certain")
    low, high = exact - Z_95 * spread, exact + Z_95 * spread
    return Pair(i, j, shown, low, high, "different" if low > 0 else "alike")


WIDEST = 5


def ranges(rows: Sequence[Mapping[str, Any]]) -> dict[str, Fraction]:
    """Field -> highest less lowest share as they are printed, of fields that two units at least have."""
    found: dict[str, list] = {}
    for row in rows:
        if row["value"] is not None:
            found.setdefault(row["field"], []).append(row["value"])
    return {field: formats.shares_apart(max(values), min(values)) for field, values in found.items() if len(values) > 1}


def widest(items: Mapping[str, Mapping[str, Mapping[str, Any]]], rubric: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The leaves on which the units lie furthest apart: code, gap, high (units with the most points), of those on
    which every unit has points. Equal gaps stand in the order of the rubric."""
    found = []
    for code in rubric:
        leaves = {unit: rows[code] for unit, rows in items.items() if code in rows}
        points = {unit: leaf["points"] for unit, leaf in leaves.items() if leaf["state"] and leaf["points"] is not None}
        if len(points) == len(items) > 1 and max(points.values()) > min(points.values()):
            top = max(points.values())
            high = [unit for unit, value in points.items() if value == top]
            found.append({"code": code, "gap": top - min(points.values()), "high": high})
    return sorted(found, key=lambda row: -row["gap"])[:WIDEST]
