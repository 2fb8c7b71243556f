"""What other choices would have done to the index and the ranks: other weights, a part left out, another rounding.

A choice is not an error: nothing here is an interval of sampling (`scoring.uncertainty`), and the two are never merged.

Points come as parts: P[u, f] of M[u, f] max points of unit u in part f (fields, items), both without the leaves that
are not applicable to the unit. Under weights w, where the rubric has weights v (both add up to 1),

    index(u) = 100 × Σ_f (w_f / v_f) × P[u, f]  /  Σ_f (w_f / v_f) × M[u, f]

which is the official index where w = v, and attainment of the fields weighted by w where every leaf is applicable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

import numpy as np

from scoring.index import EXACT, PUBLISHED
from scoring.rank import AGREED_PLACES, agreed, published, ranks
from scoring.uncertainty import places

SPREADS = (0.10, 0.25)
Z = 1.96


def rubric_weights(max_points: Sequence[Rational]) -> np.ndarray:
    """Weights (F,) of the fields in the rubric: their share of its max points, whatever is not applicable to a unit."""
    total = sum(map(Fraction, max_points))
    return np.array([float(Fraction(points) / total) for points in max_points])


def weight_sets(weights: np.ndarray, spread: float, *, n: int = 10_000, seed: int = 0) -> np.ndarray:
    """`n` weight sets (n, F) that add up to 1, drawn around `weights` (F,) so that ± `spread` (0.10 for ±10%) holds
    about 95% of the relative changes.

    Dirichlet(κ · weights): the mean is `weights`, the relative variance of field f is (1 − w_f) / (w_f (κ + 1)), and
    the mean of that by weight is (F − 1) / (κ + 1). κ is set so that 1.96 times its root is `spread`. Small fields
    vary more than that, large ones less.
    """
    weights = np.asarray(weights, dtype=float)
    if len(weights) < 2:
        return np.ones((n, len(weights)))
    concentration = (len(weights) - 1) * (Z / spread) ** 2 - 1
    return np.random.default_rng(seed).dirichlet(concentration * weights, size=n)


def scores(
    points: np.ndarray,
    max_points: np.ndarray,
    weights: np.ndarray,
    rubric: np.ndarray,
    *,
    decimals: int = 2,
    rank_by: str = PUBLISHED,
) -> np.ndarray:
    """The index that ranks under each weight set, as integers (n, U): units of the last published decimal (of the
    tenth where `rank_by` is "exact").

    points, max_points: (U, F), exact or float; weights: (n, F); rubric: (F,) the weights of the rubric. Every integer
    is what exact fractions of the same numbers give: computed in floats, and again in fractions where a float lies too
    close to a step of the rounding to tell. Raises ValueError where a weight set leaves a unit no max points.
    """
    weights = np.atleast_2d(np.asarray(weights, dtype=float))
    # Ten places leave a double too little room: almost every hundredth value would be unsure.
    kind = np.longdouble if rank_by == EXACT else float
    times = weights.astype(kind) / np.asarray(rubric, dtype=kind)
    with np.errstate(divide="ignore", invalid="ignore"):
        index = 100 * (times @ _as_floats(points, kind).T) / (times @ _as_floats(max_points, kind).T)
    if not np.isfinite(index).all():
        raise ValueError("a weight set gives no weight to anything that is applicable to some unit")
    digits = AGREED_PLACES if rank_by == EXACT else decimals
    # How far off a float may be, and how far the first rounding (to ten places) may carry a value to the second.
    blur = 100 * 8 * (weights.shape[1] + 4) * np.finfo(kind).eps
    if rank_by != EXACT:
        blur += 0.6 * 10.0**-AGREED_PLACES
    index *= 10.0**digits
    rounded = np.floor(index + 0.5)
    unsure = np.abs(np.abs(index - rounded) - 0.5) < blur * 10.0**digits
    rounded = rounded.astype(np.int64)
    for row, unit in np.argwhere(unsure):
        exact = weighted_index(points[unit], max_points[unit], weights[row], rubric)
        value = agreed(exact) if rank_by == EXACT else published(exact, decimals)
        rounded[row, unit] = int(value.scaleb(digits))
    return rounded


def _as_floats(values: np.ndarray, kind: type) -> np.ndarray:
    values = np.asarray(values)
    if values.dtype != object:
        return values.astype(kind)
    ratios = [Fraction(value).as_integer_ratio() for value in values.ravel()]
    top, bottom = (np.array([kind(part) for part in parts]) for parts in zip(*ratios, strict=True))
    return (top / bottom).reshape(values.shape)


def weighted_index(points: Sequence, max_points: Sequence, weights: Sequence, rubric: Sequence) -> Fraction:
    """Index of one unit under one weight set, all (F,): exact for what the numbers given are, floats too."""
    times = [Fraction(w) / Fraction(v) for w, v in zip(weights, rubric, strict=True)]
    total = sum(t * Fraction(p) for t, p in zip(times, points, strict=True))
    return 100 * total / sum(t * Fraction(m) for t, m in zip(times, max_points, strict=True))


@dataclass(frozen=True)
class RankRange:
    """Places of each unit over many choices, arrays (U,): best and worst of all, the ends that hold the middle 95%,
    and the share in which the unit keeps the place it officially has."""

    best: np.ndarray
    low: np.ndarray
    high: np.ndarray
    worst: np.ndarray
    kept: np.ndarray


def rank_range(values: np.ndarray, official: Sequence[int]) -> RankRange:
    """Range of the places of each unit where `values` (n, U) rank it, beside its `official` place (U,)."""
    place = places(values)
    low, high = np.percentile(place, [2.5, 97.5], axis=0, method="inverted_cdf").astype(np.int64)
    return RankRange(place.min(axis=0), low, high, place.max(axis=0), np.mean(place == np.asarray(official), axis=0))


@dataclass(frozen=True)
class Ranking:
    """Published index and place of every unit under one choice; None where nothing is left to score."""

    index: list[Decimal | None]
    rank: list[int | None]


def ranking(
    points: Sequence[Rational], max_points: Sequence[Rational], *, decimals: int = 2, rank_by: str = PUBLISHED
) -> Ranking:
    """The ranking that totals (U,) of points and max points give: with self points for appraised ones, with one part
    left out, by the published value or the exact one."""
    exact = [100 * Fraction(p) / Fraction(m) if m else None for p, m in zip(points, max_points, strict=True)]
    shown = [None if value is None else published(value, decimals) for value in exact]
    by = [None if value is None else agreed(value) for value in exact] if rank_by == EXACT else shown
    return Ranking(shown, ranks(by))


def leave_one_out(points: np.ndarray, max_points: np.ndarray, **rules) -> list[Ranking]:
    """For each part (fields, items: columns of the exact (U, F) arrays) the ranking without it; rules of `ranking`."""
    points, max_points = np.asarray(points, dtype=object), np.asarray(max_points, dtype=object)
    total, total_max = points.sum(axis=1), max_points.sum(axis=1)
    return [
        ranking(total - points[:, part], total_max - max_points[:, part], **rules) for part in range(points.shape[1])
    ]


def without_group(
    left_out: str, cells: Iterable[tuple[str, str, str, Rational, Rational | None]], max_points: Mapping[str, Rational]
) -> dict[str, tuple[Fraction, Fraction]]:
    """Survey points and survey max points of each unit had one respondent group not been asked.

    cells: (unit, leaf, respondent group, weight, value), value None where nobody answered; max_points: by leaf. A leaf
    for which only that group speaks drops out, of the max points too. A unit without any leaf left is not listed.
    """
    parts = defaultdict(list)
    for unit, leaf, group, weight, value in cells:
        if group != left_out and value is not None and weight > 0:
            parts[unit, leaf].append((Fraction(weight), Fraction(value)))
    result: dict[str, tuple[Fraction, Fraction]] = {}
    for (unit, leaf), pairs in parts.items():
        points, total = result.get(unit, (Fraction(0), Fraction(0)))
        value = sum(weight * value for weight, value in pairs) / sum(weight for weight, _ in pairs)
        most = Fraction(max_points[leaf])
        result[unit] = (points + most * value, total + most)
    return result


@dataclass(frozen=True)
class Swap:
    """The smallest change of weights that makes two units equal, beyond which they change places.

    `weights` (F,) add up to 1; `change` is their difference from the rubric's, `size` its Euclidean length. `possible`
    is False where some weight would be negative: no weighting as near as this swaps them.
    """

    weights: np.ndarray
    change: np.ndarray
    size: float
    possible: bool


def smallest_swap(points: np.ndarray, max_points: np.ndarray, rubric: np.ndarray) -> Swap | None:
    """The nearest weights under which two units, the rows of `points` and `max_points` (2, F), have the same index.

    With the same max points for both the difference of the indices is Σ_f w_f d_f, d_f the difference of their
    attainments, and the nearest weights on the plane Σ w_f = 1 are

        w = v − (Σ v_f d_f / Σ (d_f − d̄)²) × (d − d̄).

    Where leaves are not applicable to one of them the difference bends with w; the same step is then repeated from
    where it led. None where no change of weights does it: the units differ by the same amount in every field.
    """
    points, max_points = np.asarray(points, dtype=float), np.asarray(max_points, dtype=float)
    rubric = np.asarray(rubric, dtype=float)
    change = np.zeros_like(rubric)
    for _ in range(100):
        times = (rubric + change) / rubric
        most = max_points @ times
        if (most <= 0).any():
            return None
        index = points @ times / most
        # What a little more weight of a field adds to each index, and to their difference along Σ w = 1.
        slopes = (points - index[:, None] * max_points) / most[:, None] / rubric
        slope = slopes[0] - slopes[1]
        slope -= slope.mean()
        if slope @ slope < 1e-24:
            return None
        step = -(index[0] - index[1] - slope @ change) / (slope @ slope) * slope
        settled = np.abs(step - change).max() < 1e-14
        change = step
        if settled:
            break
    else:
        return None
    return Swap(rubric + change, change, float(np.linalg.norm(change)), bool((rubric + change >= 0).all()))
