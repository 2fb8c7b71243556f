"""How sure a value, an index and a rank are: what sampling of the ballots alone could have changed (method, section 5).

Appraisal is exact; only answers are a sample, and what is sampled is the person. Weights are a choice, not an error:
they are in `scoring.sensitivity` and never merged into an interval.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri, stdtrit

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
    if not len(first):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
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


# The index: a bootstrap over persons.


@dataclass(frozen=True)
class Ballots:
    """Arrays over the ballots of a block: place of unit and respondent group, and who filled it in.

    `person` is an integer that means one person within the respondent group wherever it occurs: one for each
    `respondent_id`, one for each ballot without. The draws go by the order of these integers, so they are best given
    by the order of the ids, not of the rows.
    """

    unit: np.ndarray
    group: np.ndarray
    person: np.ndarray


@dataclass(frozen=True)
class Answers:
    """Arrays over valid answers, one entry for each leaf an answer serves: place in the ballots, leaf, question
    (any integer), and in 0…1 the option's value or, for a satisfied share, 0 or 1."""

    ballot: np.ndarray
    leaf: np.ndarray
    question: np.ndarray
    value: np.ndarray


@dataclass(frozen=True)
class Bootstrap:
    """Index of the units of a block in 0…100, unrounded: `estimate` (U,), `replicates` (B, U).

    `covariance` (U, U) is zero between units that share no respondents. `stood_in` (K, 3): unit, leaf and group of
    cells that rest on one person, for which the variance of the group over the block stood in.
    """

    estimate: np.ndarray
    replicates: np.ndarray
    covariance: np.ndarray
    stood_in: np.ndarray

    @property
    def se(self) -> np.ndarray:
        """Standard error of each unit's index (U,)."""
        return np.sqrt(np.diag(self.covariance))

    def interval(self, coverage: float = COVERAGE) -> tuple[np.ndarray, np.ndarray]:
        """(low, high): percentiles of the replicates, 2.5 and 97.5 unless told otherwise."""
        low, high = np.quantile(self.replicates, [0.5 - coverage / 2, 0.5 + coverage / 2], axis=0)
        return low, high


def survey_means(ballots: Ballots, answers: Answers, shape: tuple[int, int, int]) -> CellMeans:
    """`cell_means` of every cell of a block, as arrays of `shape` = (units, leaves, groups)."""
    cell = np.ravel_multi_index((ballots.unit[answers.ballot], answers.leaf, ballots.group[answers.ballot]), shape)
    means = cell_means(cell, ballots.person[answers.ballot], answers.question, answers.value, n_cells=np.prod(shape))
    return CellMeans(means.value.reshape(shape), means.se.reshape(shape), means.persons.reshape(shape))


def bootstrap_index(
    ballots: Ballots,
    answers: Answers,
    *,
    units: Sequence[str],
    groups: Sequence[str],
    weight: np.ndarray,
    max_points: np.ndarray,
    applicable: np.ndarray,
    other_points: np.ndarray,
    total_max: np.ndarray,
    population: np.ndarray | None = None,
    replicates: int = 10_000,
    seed: int = 0,
) -> Bootstrap:
    """Replicates of the index of every unit of a block by the rescaled bootstrap of Rao and Wu (1988) over persons.

    Sizes: U units, L surveyed leaves, G respondent groups; `units` and `groups` are their codes. `weight` (L, G), 0
    where a group does not count; `max_points` (L,); `applicable` (U, L); `other_points` (U,) everything that is no
    sample, `total_max` (U,) the max points the index divides by; `population` (U, G), NaN where unknown.

    Strata are unit and group; a group in which somebody rates several units is one stratum, so that the units share
    his or her draws. In a stratum of n persons n − 1 are drawn with replacement, person i r(i) times, and weigh
    1 − λ + λ·n/(n − 1)·r(i), with λ = √(1 − n/N) of the unit and group. A cell left without weight keeps its
    estimate. A cell that rests on one person has no spread to draw from: normal noise takes its place, with the
    variance (and the correlation between leaves) of persons of that group pooled over the block.

    The draws of a stratum depend on the seed, its codes and its size, not on the other strata or the order of rows.
    """
    n_units = len(units)
    means = survey_means(ballots, answers, (n_units, len(max_points), len(groups)))
    counts = ~np.isnan(means.value) & (np.asarray(weight) > 0) & np.asarray(applicable)[:, :, None]
    value = np.where(counts, means.value, 0.0)
    slope = _slopes(counts, weight, max_points, total_max)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = 100 * np.asarray(other_points) / np.asarray(total_max) + (slope * value).sum(axis=(1, 2))
    sheets = _sheets(ballots, answers, counts)
    spread = _spread(sheets, counts, population)

    moved = np.zeros((n_units, replicates))
    shared = np.eye(n_units, dtype=bool)
    by_size: dict[int, list[_Stratum]] = {}
    for stratum in _strata(sheets):
        by_size.setdefault(len(stratum.persons), []).append(stratum)
        if stratum.tied:
            members = [sheet.unit for sheet in stratum.sheets]
            shared[np.ix_(members, members)] = True
    for size, strata in sorted(by_size.items()):
        if size > 1:
            _resample(strata, size, units, groups, slope, value, spread, moved, seed)
    alone = counts & (means.persons == 1) & (spread > 0)[:, None, :]
    _stand_in(sheets, alone, means.persons, units, groups, slope, spread, moved, seed)

    drawn = estimate[:, None] + moved
    covariance = np.where(shared, np.cov(drawn).reshape(n_units, n_units), 0.0)
    return Bootstrap(estimate, np.ascontiguousarray(drawn.T), covariance, np.argwhere(alone))


@dataclass(frozen=True)
class _Sheet:
    """What the persons of one group say of one unit. Columns are the questions of each leaf with a valid answer:
    `total` and `n` (persons, columns) sum and count the answers of a person, `leaf` is the leaf of a column and
    `questions` the number of columns of that leaf."""

    unit: int
    group: int
    person: np.ndarray
    total: np.ndarray
    n: np.ndarray
    leaf: np.ndarray
    questions: np.ndarray


@dataclass(frozen=True)
class _Stratum:
    persons: np.ndarray
    sheets: list[_Sheet]
    tied: bool


def _sheets(ballots: Ballots, answers: Answers, counts: np.ndarray) -> list[_Sheet]:
    n_units, n_leaves, n_groups = counts.shape
    pair = ballots.group * n_units + ballots.unit
    row_of, row_pair = _pairs(pair, ballots.person)  # rows in order of group, unit, person
    row_person = np.empty(len(row_pair), dtype=np.int64)
    row_person[row_of] = ballots.person
    used = counts[ballots.unit[answers.ballot], answers.leaf, ballots.group[answers.ballot]]
    row, answered = row_of[answers.ballot[used]], answers.value[used]
    column_of, column_set = _pairs(
        ballots.group[answers.ballot[used]] * n_leaves + answers.leaf[used], answers.question[used]
    )
    first_row = np.searchsorted(row_pair, np.arange(n_groups * n_units + 1))
    first_column = np.searchsorted(column_set, np.arange(n_groups + 1) * n_leaves)
    # One wide table for all groups, each with its own columns from the left.
    width = int(np.diff(first_column).max(initial=1))
    place = row * width + column_of - first_column[row_pair[row] // n_units]
    size = len(row_pair) * width
    total = np.bincount(place, answered, minlength=size).reshape(-1, width)
    n = np.bincount(place, minlength=size).reshape(-1, width).astype(float)
    sheets = []
    for i in np.unique(row_pair):
        group, unit = divmod(int(i), n_units)
        rows = slice(first_row[i], first_row[i + 1])
        leaf = column_set[first_column[group] : first_column[group + 1]] - group * n_leaves
        asked = np.flatnonzero(n[rows, : len(leaf)].any(axis=0))
        leaf = leaf[asked]
        questions = np.bincount(leaf, minlength=n_leaves)[leaf]
        sheets.append(_Sheet(unit, group, row_person[rows], total[rows, asked], n[rows, asked], leaf, questions))
    return sheets


def _slopes(counts: np.ndarray, weight: np.ndarray, max_points: np.ndarray, total_max: np.ndarray) -> np.ndarray:
    """What one unit of a cell's value adds to the index, (U, L, G); the weights of the groups of a leaf sum to 1."""
    weight = np.where(counts, weight, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(counts, weight / weight.sum(axis=2, keepdims=True), 0.0)
        return shares * np.asarray(max_points)[:, None] * (100 / np.asarray(total_max))[:, None, None]


def _spread(sheets: list[_Sheet], counts: np.ndarray, population: np.ndarray | None) -> np.ndarray:
    """λ = √(1 − n/N) of every unit and group, (U, G)."""
    persons = np.zeros((counts.shape[0], counts.shape[2]))
    for sheet in sheets:
        persons[sheet.unit, sheet.group] = len(sheet.person)
    *_, share = _sample(0.0, 0.0, persons, population)
    return np.sqrt(1 - share)


def _strata(sheets: list[_Sheet]) -> list[_Stratum]:
    strata = []
    for group in sorted({sheet.group for sheet in sheets}):
        of_group = [sheet for sheet in sheets if sheet.group == group]
        persons = np.unique(np.concatenate([sheet.person for sheet in of_group]))
        if len(persons) < sum(len(sheet.person) for sheet in of_group):
            strata.append(_Stratum(persons, of_group, True))
        else:
            strata += [_Stratum(sheet.person, [sheet], False) for sheet in of_group]
    return strata


def _stream(seed: int, *words: str) -> np.random.Generator:
    digest = hashlib.sha256("\0".join(words).encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])


def _resample(strata, size, units, groups, slope, value, spread, moved, seed) -> None:
    """Adds to `moved` (U, B) what the draws of strata of `size` persons change in the index.

    Drawing is what costs most, so strata of one size take the same draws, each in an order of its own: within a
    stratum the replicates are what they would be, and between strata they meet at random.
    """
    n_replicates = moved.shape[1]
    draw = np.random.default_rng([seed, size])
    found = [np.empty((len(stratum.sheets), n_replicates)) for stratum in strata]
    tables = [[np.hstack([sheet.total, sheet.n]) for sheet in stratum.sheets] for stratum in strata]
    chunk = max(16, 65_536 // size)  # counts that stay in the cache
    for start in range(0, n_replicates, chunk):
        length = min(chunk, n_replicates - start)
        drawn = draw.integers(0, size, size=(length, size - 1), dtype=np.uint16 if size <= 65_536 else np.int64)
        times = np.bincount((drawn + np.arange(0, length * size, size)[:, None]).ravel(), minlength=length * size)
        times = times.reshape(length, size).astype(float)
        for stratum, changes, of_stratum in zip(strata, found, tables, strict=True):
            for sheet, change, table in zip(stratum.sheets, changes, of_stratum, strict=True):
                of_sheet = times[:, np.searchsorted(stratum.persons, sheet.person)] if stratum.tied else times
                lam = spread[sheet.unit, sheet.group]
                sums = lam * size / (size - 1) * _small_products(of_sheet, table) + (1 - lam) * table.sum(axis=0)
                of_leaf, cell = slope[sheet.unit, :, sheet.group], value[sheet.unit, :, sheet.group]
                change[start : start + length] = _points(sheet, sums, of_leaf, cell) - of_leaf @ cell
    for stratum, changes in zip(strata, found, strict=True):
        codes = [groups[stratum.sheets[0].group]] + [units[sheet.unit] for sheet in stratum.sheets[: not stratum.tied]]
        order = _stream(seed, *codes).permutation(n_replicates)
        for sheet, change in zip(stratum.sheets, changes, strict=True):
            moved[sheet.unit] += change[order]


def _points(sheet: _Sheet, sums: np.ndarray, of_leaf: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """Index points of a sheet in each replicate, from its weighted sums and counts (B, 2 · columns)."""
    columns = len(sheet.leaf)
    total, n = sums[:, :columns], sums[:, columns:]
    if n.all():
        return np.einsum("bq,q->b", total / n, of_leaf[sheet.leaf] / sheet.questions)
    weighs = n > 0
    answered = np.divide(total, n, out=np.zeros_like(total), where=weighs)
    leaves, place = np.unique(sheet.leaf, return_inverse=True)
    belongs = (place[:, None] == np.arange(len(leaves))).astype(float)
    left = weighs @ belongs
    means = np.where(left > 0, answered @ belongs / np.maximum(left, 1), cell[leaves])
    return np.einsum("bl,l->b", means, of_leaf[leaves])


def _small_products(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """left @ right in pieces that BLAS does in the calling thread.

    On a busy machine thousands of middling products wait for their second thread ten times as long as they compute;
    in an idle one the pieces are no slower.
    """
    rows = max(16, 2**18 // max(1, right.size))
    pieces = len(left) // rows
    whole = pieces * rows
    result = np.empty((len(left), right.shape[1]))
    of_pieces = result[:whole].reshape(pieces, rows, right.shape[1])
    np.matmul(left[:whole].reshape(pieces, rows, left.shape[1]), right, out=of_pieces)
    np.matmul(left[whole:], right, out=result[whole:])
    return result


def _stand_in(sheets, alone, persons, units, groups, slope, spread, moved, seed) -> None:
    """Adds to `moved` noise for the cells that rest on one person (`alone`, of shape U, L, G)."""
    for group in np.flatnonzero(alone.any(axis=(0, 1))):
        of_group = [sheet for sheet in sheets if sheet.group == group]
        of_persons = _pooled(of_group, persons[:, :, group])
        for sheet in of_group:
            mine = alone[sheet.unit, :, group]
            if not mine.any():
                continue
            # Leaves that rest on the same person move together.
            here = np.zeros((len(sheet.person), len(mine)))
            person, column = np.nonzero(sheet.n)
            here[person, sheet.leaf[column]] = 1
            here *= mine * slope[sheet.unit, :, group]
            sd = spread[sheet.unit, group] * np.sqrt(np.einsum("pl,lm,pm->", here, of_persons, here))
            noise = _stream(seed, "alone", groups[group], units[sheet.unit]).standard_normal(moved.shape[1])
            moved[sheet.unit] += sd * noise


def _pooled(of_group: list[_Sheet], persons: np.ndarray) -> np.ndarray:
    """Covariance (L, L) of what one person of a group adds to the values of leaves, pooled over units.

    `persons` (U, L): with a valid answer. A leaf that nowhere has two takes the mean variance of the group's other
    leaves; a group without any the largest that values in 0…1 can have.
    """
    n_leaves = persons.shape[1]
    squares, freedom = np.zeros((n_leaves, n_leaves)), np.zeros(n_leaves)
    for sheet in of_group:
        n = persons[sheet.unit]
        asked = sheet.n.sum(axis=0)
        residual = (sheet.total - sheet.total.sum(axis=0) / asked * sheet.n) / asked / sheet.questions
        of_leaf = np.zeros((len(sheet.person), n_leaves))
        np.add.at(of_leaf, (slice(None), sheet.leaf), residual * n[sheet.leaf])
        of_leaf[:, n < 2] = 0
        squares += of_leaf.T @ of_leaf
        freedom += np.maximum(n - 1, 0)
    diagonal = np.diag(squares)
    typical = diagonal.sum() / freedom.sum() if freedom.sum() else 0.25
    variance = np.where(freedom > 0, diagonal / np.maximum(freedom, 1), typical)
    norm = np.sqrt(np.where(diagonal > 0, diagonal, 1.0))
    correlation = squares / norm[:, None] / norm
    np.fill_diagonal(correlation, 1)
    return correlation * np.sqrt(variance)[:, None] * np.sqrt(variance)


# Ranks.


def places(values: np.ndarray) -> np.ndarray:
    """Places (B, U) of the units in each row of `values` (B, U), the highest first; ties share the best place."""
    by_unit = np.ascontiguousarray(np.asarray(values).T)
    result = np.empty(by_unit.shape, dtype=np.int64)
    for row, own in zip(result, by_unit, strict=True):
        np.sum(by_unit > own, axis=0, out=row)
    return result.T + 1


def rank_probabilities(values: np.ndarray) -> np.ndarray:
    """Share of the rows of `values` (B, U) in which a unit takes a place: (U, U), units by places 1…U.

    Frequencies of resampling, not chances of being right. P(among the first k) of every unit is [:, :k].sum(axis=1).
    """
    place = places(values)
    n_rows, n_units = place.shape
    counted = np.bincount((np.arange(n_units) * n_units + place - 1).ravel(), minlength=n_units**2)
    return counted.reshape(n_units, n_units) / n_rows


def ahead(values: np.ndarray) -> np.ndarray:
    """Share of the rows of `values` (B, U) in which one unit is ahead of another, ties half: (U, U), [u, v] is
    P(u ahead of v), ½ on the diagonal."""
    by_unit = np.ascontiguousarray(np.asarray(values).T)
    above = np.array([np.mean(own > by_unit, axis=1) for own in by_unit])
    return (above + 1 - above.T) / 2


def difference_test(estimate: ArrayLike, std_error: ArrayLike) -> np.ndarray:
    """Two-sided p-value of the paired difference between every two units, (U, U); arguments as for `rank_sets`.

    A difference without sampling error is certain: 0, or 1 between equal values.
    """
    estimate, covariance, _ = _checked(estimate, std_error)
    difference = np.abs(estimate[:, None] - estimate)
    se = _difference_se(covariance)
    statistic = np.divide(difference, se, out=np.where(difference > 0, np.inf, 0.0), where=se > 0)
    return 2 * ndtr(-statistic)


def alike(estimate: ArrayLike, different: np.ndarray) -> np.ndarray:
    """Number of the group of units that cannot be told apart, 1 for the best: (U,).

    `different` (U, U): whether two units differ, as by `difference_test` < 0.05. The best unit not yet in a group is
    the anchor of a new one, which runs down to the first unit that differs from the anchor. So every member is
    compared with the anchor alone; a chain of small steps does not join what is far apart.
    """
    estimate = np.asarray(estimate, dtype=float)
    result = np.zeros(len(estimate), dtype=np.int64)
    anchor, group = None, 0
    for unit in np.argsort(-estimate, kind="stable"):
        if anchor is None or different[anchor, unit]:
            anchor, group = unit, group + 1
        result[unit] = group
    return result


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
        self.se = _difference_se(covariance)
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


def _difference_se(covariance: np.ndarray) -> np.ndarray:
    summed = np.diag(covariance)[:, None] + np.diag(covariance)
    of_difference = summed - 2 * covariance
    # What is left of the variances of two units that move together is rounding, not sampling.
    return np.sqrt(np.where(of_difference > 1e-12 * summed, of_difference, 0.0))


def _root(covariance: np.ndarray) -> np.ndarray:
    """A with A Aᵀ = covariance. A matrix of few replicates has eigenvalues of zero, which rounding makes negative."""
    values, vectors = np.linalg.eigh(covariance)
    if values.min(initial=0) < -1e-8 * values.max(initial=0):
        raise ValueError("the covariance matrix has a negative eigenvalue: no estimates can have it")
    return vectors * np.sqrt(np.clip(values, 0, None))
