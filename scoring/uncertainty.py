"""How sure a value, an index and a rank are: what sampling of the ballots alone could have changed (method, section 5).

Appraisal is exact; only answers are a sample, and what is sampled is the person. Weights are a choice, not an error:
they are in `scoring.sensitivity` and never merged into an interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtrit

COVERAGE = 0.95


# Values of a cell: one unit, one leaf, one respondent group.


@dataclass(frozen=True)
class CellMeans:
    """Arrays over cells; NaN where a cell has no valid answer. `se` is without finite population correction and NaN
    where a cell rests on one person."""

    value: np.ndarray
    se: np.ndarray
    persons: np.ndarray


def cell_means(cell: ArrayLike, person: ArrayLike, question: ArrayLike, value: ArrayLike, *, n_cells: int) -> CellMeans:
    """Value of each cell and its delete-one-person jackknife standard error about the mean of the replicates.

    One entry for each valid answer: `cell` in 0…n_cells−1, `person` and `question` any integers (a person means the
    same wherever he or she answers in a cell), `value` in 0…1. The value of a cell is the unweighted mean over its
    questions of the mean of their answers; a question that a deletion leaves without an answer drops out of the mean.
    """
    cell, person, question = (np.asarray(a, dtype=np.int64) for a in (cell, person, question))
    value = np.asarray(value, dtype=float)
    if not len(cell):
        empty = np.full(n_cells, np.nan)
        return CellMeans(empty, empty.copy(), np.zeros(n_cells, dtype=np.int64))
    q_of, q_cell = _pairs(cell, question)
    p_of, p_cell = _pairs(cell, person)
    q_sum, q_n = np.bincount(q_of, value), np.bincount(q_of)
    q_value = q_sum / q_n
    questions = np.bincount(q_cell, minlength=n_cells)
    total = np.bincount(q_cell, q_value, minlength=n_cells)
    persons = np.bincount(p_cell, minlength=n_cells)

    # A person touches a question through all answers he or she gave to it.
    pq_of, pq_p = _pairs(p_of, q_of)
    pq_q = np.empty(len(pq_p), dtype=np.int64)
    pq_q[pq_of] = q_of
    left = q_n[pq_q] - np.bincount(pq_of)
    left_value = np.divide(q_sum[pq_q] - np.bincount(pq_of, value), left, out=np.zeros(len(left)), where=left > 0)
    moved = np.bincount(pq_p, left_value - q_value[pq_q], minlength=len(p_cell))
    remaining = questions[p_cell] - np.bincount(pq_p, left == 0, minlength=len(p_cell))

    with np.errstate(divide="ignore", invalid="ignore"):
        replicate = (total[p_cell] + moved) / remaining
        mean = np.bincount(p_cell, replicate, minlength=n_cells) / persons
        squares = np.bincount(p_cell, (replicate - mean[p_cell]) ** 2, minlength=n_cells)
        se = np.sqrt(squares * (persons - 1) / persons)
        estimate = total / questions
    se[persons < 2] = np.nan
    return CellMeans(estimate, se, persons)


def _pairs(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Place of each pair among the distinct pairs, and the first member of each distinct pair."""
    span = second.max() - second.min() + 1
    distinct, place = np.unique(first * span + (second - second.min()), return_inverse=True)
    return place, distinct // span


def mean_interval(
    value: ArrayLike, se: ArrayLike, n: ArrayLike, population: ArrayLike | None = None, *, coverage: float = COVERAGE
) -> tuple[np.ndarray, np.ndarray]:
    """(low, high) = value ± t(n−1) · se · √(1 − n/N), cut to 0…1.

    `n` valid ballots, `population` N (NaN or None where unknown). Nobody left out (n ≥ N): low = high = value. One
    ballot: NaN, no interval. All arrays broadcast.
    """
    value, se, n, share = _sample(value, se, n, population)
    with np.errstate(invalid="ignore"):
        half = stdtrit(np.where(n > 1, n - 1, np.nan), 0.5 + coverage / 2) * se * np.sqrt(1 - share)
    return _limits(value, value - half, value + half, n, share)


def wilson(
    p: ArrayLike, n: ArrayLike, population: ArrayLike | None = None, *, coverage: float = COVERAGE
) -> tuple[np.ndarray, np.ndarray]:
    """(low, high) of Wilson's interval of a share `p` of `n` ballots, with n replaced by n/(1 − n/N).

    Nobody left out (n ≥ N): low = high = p. One ballot: NaN, no interval. All arrays broadcast.
    """
    p, _, n, share = _sample(p, 0.0, n, population)
    z2 = ndtri(0.5 + coverage / 2) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        n_effective = n / (1 - share)
        centre = p + z2 / (2 * n_effective)
        half = np.sqrt(z2 * (p * (1 - p) / n_effective + z2 / (4 * n_effective**2)))
        scale = 1 + z2 / n_effective
        return _limits(p, (centre - half) / scale, (centre + half) / scale, n, share)


def _sample(value, se, n, population) -> tuple[np.ndarray, ...]:
    """Broadcast arrays and the sampled share n/N, 0 where N is unknown and at most 1."""
    value, se, n, population = np.broadcast_arrays(
        *(np.asarray(a, dtype=float) for a in (value, se, n, np.nan if population is None else population))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(np.isnan(population), 0.0, np.where(n >= population, 1.0, n / population))
    return value, se, n, share


def _limits(value, low, high, n, share) -> tuple[np.ndarray, np.ndarray]:
    census, alone = share >= 1, n < 2
    low, high = (
        np.where(census & (n > 0), value, np.where(alone, np.nan, np.clip(limit, 0, 1))) for limit in (low, high)
    )
    return low, high


# Ranks.


def rank_sets(
    estimate: ArrayLike,
    std_error: ArrayLike,
    *,
    coverage: float = COVERAGE,
    simultaneous: bool = False,
    draws: int = 10_000,
    seed: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """(low, high): integer arrays, the places each unit may hold; 1 is best, a higher estimate ranks better.

    `estimate`: (p,). `std_error`: (p,) for independent estimates, or their (p, p) covariance matrix. Marginal sets
    hold each unit's rank with the given coverage; simultaneous ones all ranks together. A pair without sampling error
    is decided by its values (equal: neither is above). The order of the units does not matter. Raises ValueError for
    NaN, negative errors and shapes that do not fit.

    Two-sided stepwise confidence sets of Mogstad, Romano, Shaikh and Wilhelm (Review of Economic Studies, 2024), as in
    the R package csranks: one-sided hypotheses for the ordered pairs that touch the unit (marginal) or for all of them
    (simultaneous), critical values from a parametric bootstrap; a step drops each rejected pair and keeps its reverse.
    """
    pairs = _Pairs(estimate, std_error, coverage, draws, seed)
    p = len(pairs.estimate)
    low, high = np.ones(p, dtype=np.int64), np.full(p, p, dtype=np.int64)
    if simultaneous:
        above = pairs.shown_above([(j, np.arange(j + 1, p)) for j in range(p - 1)])
        low[pairs.order], high[pairs.order] = 1 + above.sum(axis=0), p - above.sum(axis=1)
    else:
        for j, unit in enumerate(pairs.order):
            low[unit], high[unit] = pairs.marginal(j)
    return low, high


def rank_set(
    unit: int,
    estimate: ArrayLike,
    std_error: ArrayLike,
    *,
    coverage: float = COVERAGE,
    draws: int = 10_000,
    seed: int = 0,
) -> tuple[int, int]:
    """(low, high) of one unit: the same as its entry in the marginal `rank_sets`, without computing the others."""
    pairs = _Pairs(estimate, std_error, coverage, draws, seed)
    return pairs.marginal(int(np.flatnonzero(pairs.order == unit)[0]))


def hold(low: ArrayLike, high: ArrayLike, rank: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """(low, high) widened where needed to hold the official rank, which rests on rounded values."""
    return np.minimum(low, rank), np.maximum(high, rank)


class _Pairs:
    """Differences of all pairs, their standard errors, and normal draws of the errors.

    Units are put in order of their estimates (`order`), so that the draws a unit gets do not depend on its row.
    """

    def __init__(self, estimate, std_error, coverage, draws, seed):
        estimate, covariance, independent = _checked(estimate, std_error)
        if not 0 < coverage < 1 or draws < 1:
            raise ValueError(f"coverage must lie between 0 and 1 and draws be at least 1, not {coverage} and {draws}")
        variance = np.diag(covariance)
        self.order = np.lexsort((variance, -estimate))
        self.estimate, variance = estimate[self.order], variance[self.order]
        covariance = covariance[np.ix_(self.order, self.order)]
        self.coverage = coverage
        summed = variance[:, None] + variance
        of_difference = summed - 2 * covariance
        # What is left of the variances of two units that move together is rounding, not sampling.
        self.se = np.sqrt(np.where(of_difference > 1e-12 * summed, of_difference, 0.0))
        noise = np.random.default_rng(seed).standard_normal((len(estimate), draws))
        self.noise = np.sqrt(variance)[:, None] * noise if independent else _root(covariance) @ noise

    def marginal(self, j: int) -> tuple[int, int]:
        others = np.delete(np.arange(len(self.estimate)), j)
        above = self.shown_above([(j, others)])
        return int(1 + above[:, j].sum()), int(len(self.estimate) - above[j].sum())

    def shown_above(self, families: list[tuple[int, np.ndarray]]) -> np.ndarray:
        """Boolean (p, p): [j, k] where j is shown to be above k.

        families: (j, others) stands for the ordered pairs (j, k) and (k, j), k in others; tested together.
        """
        difference = self.estimate[:, None] - self.estimate
        above = np.zeros(self.se.shape, dtype=bool)
        open_pairs = []
        for j, others in families:
            sure = self.se[j, others] == 0
            above[j, others[sure]] = difference[j, others[sure]] > 0
            above[others[sure], j] = difference[j, others[sure]] < 0
            others = others[~sure]
            if len(others):
                statistic = difference[j, others] / self.se[j, others]
                by_size = np.argsort(-statistic, kind="stable")
                open_pairs.append((j, others[by_size], statistic[by_size]))
        # One family fits into memory; all pairs of a long list of units are made anew in each step.
        kept = self._studentised(*open_pairs[0][:2]) if len(open_pairs) == 1 else None
        # In the order of the statistic the pairs (j, k) still open are others[start:], the reverse others[:stop].
        spans = [(0, len(others)) for _, others, _ in open_pairs]
        while any(
            start < len(others) or stop > 0 for (_, others, _), (start, stop) in zip(open_pairs, spans, strict=True)
        ):
            largest = np.full(self.noise.shape[1], -np.inf)
            for (j, others, _), (start, stop) in zip(open_pairs, spans, strict=True):
                draws = self._studentised(j, others) if kept is None else kept
                if start < len(others):
                    np.maximum(largest, draws[start:].max(axis=0), out=largest)
                if stop > 0:
                    np.maximum(largest, -draws[:stop].min(axis=0), out=largest)
            # Below zero both directions of a pair could be rejected; only a coverage under one half gets there.
            critical = max(np.quantile(largest, self.coverage), 0.0)
            narrowed = [
                (max(start, int(np.sum(statistic > critical))), min(stop, int(np.sum(statistic >= -critical))))
                for (_, _, statistic), (start, stop) in zip(open_pairs, spans, strict=True)
            ]
            if narrowed == spans:
                break
            spans = narrowed
        for (j, others, _), (start, stop) in zip(open_pairs, spans, strict=True):
            above[j, others[:start]] = True
            above[others[stop:], j] = True
        return above

    def _studentised(self, j: int, others: np.ndarray) -> np.ndarray:
        draws = self.noise[j] - self.noise[others]
        draws /= self.se[j, others][:, None]
        return draws


def _checked(estimate, std_error) -> tuple[np.ndarray, np.ndarray, bool]:
    """(estimates, covariance matrix, whether it is diagonal)."""
    estimate, std_error = np.asarray(estimate, dtype=float), np.asarray(std_error, dtype=float)
    if estimate.ndim != 1:
        raise ValueError(f"estimate must be a vector, not of shape {estimate.shape}")
    p = len(estimate)
    if std_error.shape not in {(p,), (p, p)}:
        raise ValueError(f"std_error must be of shape {(p,)} or a covariance matrix {(p, p)}, not {std_error.shape}")
    for name, values in (("estimate", estimate), ("std_error", std_error)):
        if not np.isfinite(values).all():
            raise ValueError(f"{name} holds {np.sum(~np.isfinite(values))} values that are not finite numbers")
    if std_error.ndim == 1:
        if (std_error < 0).any():
            raise ValueError("a standard error is negative")
        return estimate, np.diag(std_error**2), True
    if not np.allclose(std_error, std_error.T, rtol=1e-8, atol=1e-12 * np.abs(std_error).max(initial=0)):
        raise ValueError("the covariance matrix is not symmetric")
    if (np.diag(std_error) < 0).any():
        raise ValueError("a variance on the diagonal of the covariance matrix is negative")
    return estimate, std_error, not (std_error - np.diag(np.diag(std_error))).any()


def _root(covariance: np.ndarray) -> np.ndarray:
    """A with A Aᵀ = covariance. A matrix of few replicates has eigenvalues of zero, which rounding makes negative."""
    values, vectors = np.linalg.eigh(covariance)
    if values.min(initial=0) < -1e-8 * values.max(initial=0):
        raise ValueError("the covariance matrix has a negative eigenvalue: no estimates can have it")
    return vectors * np.sqrt(np.clip(values, 0, None))
