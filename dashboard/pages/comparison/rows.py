"""Two units against each other: the test of their difference, never the overlap of their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Any

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
