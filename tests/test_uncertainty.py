"""Intervals, rank sets and the bootstrap, against reference values (tests/data/statistics) and plain recomputation."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.uncertainty import cell_means, hold, mean_interval, rank_set, rank_sets, wilson

REFERENCE = Path(__file__).parent / "data" / "statistics"


def columns(name):
    with open(REFERENCE / name, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {key: [row[key] for row in rows] for key in rows[0]}


def numbers(values):
    return np.array(values, dtype=float)


# --- intervals of a cell


@pytest.mark.parametrize("row", range(2))
def test_means_of_a_simple_random_sample_agree_with_r_survey(row):
    expected = {key: values[row] for key, values in columns("apisrs_expected.csv").items()}
    sample = columns("apisrs.csv")
    n, population = len(sample["school"]), float(expected["population"])
    means = cell_means([0] * n, sample["school"], [0] * n, numbers(sample[expected["variable"]]), n_cells=1)
    low, high = mean_interval(means.value, means.se, n, population)
    fpc = np.sqrt(1 - n / population)
    found = [means.value[0], means.se[0] * fpc, low[0], high[0]]
    assert found == pytest.approx([float(expected[key]) for key in ("estimate", "se", "low", "high")], abs=1e-9)


def plain_jackknife(answers):
    """answers: {person: {question: value}} of one cell."""

    def value(persons):
        asked = {}
        for person in persons:
            for question, answer in answers[person].items():
                asked.setdefault(question, []).append(answer)
        return np.mean([np.mean(a) for a in asked.values()])

    replicates = [value([q for q in answers if q != person]) for person in answers]
    n = len(answers)
    return value(answers), np.sqrt((n - 1) / n * np.sum((np.array(replicates) - np.mean(replicates)) ** 2))


def test_jackknife_deletes_persons_not_answers():
    rng = np.random.default_rng(5)
    cells = [
        {
            p: {q: rng.choice([0, 0.25, 0.5, 1]) for q in range(4) if rng.random() < 0.5 or q == p % 4}
            for p in range(size)
        }
        for size in (2, 3, 7, 30)
    ]
    rows = [(c, p, q, value) for c, cell in enumerate(cells) for p, given in cell.items() for q, value in given.items()]
    rng.shuffle(rows)
    means = cell_means(*zip(*rows, strict=True), n_cells=len(cells))
    expected = [plain_jackknife(cell) for cell in cells]
    np.testing.assert_allclose(np.column_stack([means.value, means.se]), expected, atol=1e-12)
    assert means.persons.tolist() == [2, 3, 7, 30]


def test_jackknife_of_one_question_is_the_textbook_error():
    x = np.array([0, 0.25, 1, 1, 0.5])
    means = cell_means(np.zeros(5), np.arange(5), np.zeros(5), x, n_cells=1)
    assert means.se[0] == pytest.approx(x.std(ddof=1) / np.sqrt(5))


def test_two_ballots_of_a_person_are_deleted_together():
    once = cell_means([0, 0, 0], [1, 2, 3], [7, 7, 7], [0, 1, 0.5], n_cells=1)
    twice = cell_means([0] * 6, [1, 2, 3, 1, 2, 3], [7] * 6, [0, 1, 0.5] * 2, n_cells=1)
    assert (twice.value[0], twice.se[0], twice.persons[0]) == pytest.approx((once.value[0], once.se[0], 3))


def test_a_question_that_only_one_person_answered_drops_out_with_that_person():
    # Without person 0 question 8 has no answer: the mean is that of question 7 alone.
    means = cell_means([0] * 4, [0, 0, 1, 2], [7, 8, 7, 7], [1, 0, 0, 1], n_cells=1)
    replicates = np.array([0.5, (1 + 0) / 2, (0.5 + 0) / 2])
    assert means.value[0] == pytest.approx((2 / 3 + 0) / 2)
    assert means.se[0] == pytest.approx(np.sqrt(2 / 3 * np.sum((replicates - replicates.mean()) ** 2)))


def test_empty_cells_and_cells_of_one_person_have_no_error():
    means = cell_means([2, 2], [4, 4], [0, 1], [1, 0.5], n_cells=4)
    assert means.persons.tolist() == [0, 0, 1, 0]
    assert means.value[2] == 0.75
    assert np.isnan(means.se).all()
    assert np.isnan(np.delete(means.value, 2)).all()
    assert np.isnan(cell_means([], [], [], [], n_cells=2).value).all()


@pytest.mark.parametrize(
    ("p", "n", "population", "low", "high"),
    [
        (0.5, 10, None, 0.2365930905, 0.7634069095),  # worked by hand from the formula
        (0.0, 10, None, 0.0, 0.2775327999),
        (1.0, 10, None, 0.7224672001, 1.0),
        (0.5, 10, 20, 0.2992980081, 0.7007019919),  # as if 20 had been asked without a population
        (0.3, 10, 10, 0.3, 0.3),
        (0.3, 12, 10, 0.3, 0.3),
        (1.0, 1, None, np.nan, np.nan),
        (1.0, 1, 5, np.nan, np.nan),
        (np.nan, 0, 5, np.nan, np.nan),
    ],
)
def test_wilson(p, n, population, low, high):
    found = wilson(p, n, population)
    assert found == pytest.approx((low, high), abs=1e-9, nan_ok=True)


def test_mean_interval_follows_n():
    value, se, n = [0.5, 0.5, 0.5, 0.97, 0.4, np.nan], [0.1, np.nan, 0.1, 0.05, 0.0, np.nan], [10, 1, 10, 5, 5, 0]
    low, high = mean_interval(value, se, n, [np.nan, 100, 10, np.nan, np.nan, 9])
    t9, t4 = 2.2621571628, 2.7764451052
    np.testing.assert_allclose(low, [0.5 - t9 * 0.1, np.nan, 0.5, 0.97 - t4 * 0.05, 0.4, np.nan], atol=1e-9)
    np.testing.assert_allclose(high, [0.5 + t9 * 0.1, np.nan, 0.5, 1, 0.4, np.nan], atol=1e-9)


# --- rank sets


@pytest.mark.parametrize(("simultaneous", "kind"), [(False, "marg"), (True, "simul")])
def test_rank_sets_agree_with_csranks_on_pisa_2018(simultaneous, kind):
    table = columns("pisa2018_math_rank_sets.csv")
    found = rank_sets(numbers(table["score"]), numbers(table["se"]), simultaneous=simultaneous)
    expected = [numbers(table[f"{kind}_{end}"]) for end in ("lo", "hi")]
    off = np.abs(np.array(found) - expected)
    assert off.max() <= 1
    assert (off > 0).sum() <= 6  # limits of 38 countries at the edge of Monte Carlo error


def plain_sets(x, covariance, indices, draws=20_000, seed=99):
    """The procedure of csranks, one pair at a time."""
    p = len(x)
    z = np.random.default_rng(seed).multivariate_normal(np.zeros(p), covariance, size=draws)
    se = {
        (j, k): np.sqrt(covariance[j][j] + covariance[k][k] - 2 * covariance[j][k])
        for j in range(p)
        for k in range(p)
        if j != k and (j in indices or k in indices)
    }
    open_pairs, rejected = set(se), set()
    while open_pairs:
        largest = np.max([(z[:, j] - z[:, k]) / se[j, k] for j, k in open_pairs], axis=0)
        new = {(j, k) for j, k in open_pairs if (x[j] - x[k]) / se[j, k] > np.quantile(largest, 0.95)}
        if not new:
            break
        open_pairs, rejected = open_pairs - new, rejected | new
    return [(1 + sum(k == i for _, k in rejected), p - sum(j == i for j, _ in rejected)) for i in indices]


@pytest.mark.parametrize("seed", range(4))
def test_rank_sets_agree_with_a_plain_recomputation(seed):
    rng = np.random.default_rng(seed)
    p = 8
    x, root = rng.normal(0, 3, p), rng.normal(0, 0.5, (p, p))
    covariance = root @ root.T
    marginal, together = rank_sets(x, covariance), rank_sets(x, covariance, simultaneous=True)
    expected = np.array([plain_sets(x, covariance, [j])[0] for j in range(p)])
    assert np.abs(np.column_stack(marginal) - expected).max() <= 1
    assert (np.column_stack(marginal) != expected).sum() <= 1
    expected = np.array(plain_sets(x, covariance, range(p)))
    assert np.abs(np.column_stack(together) - expected).max() <= 1
    assert (np.column_stack(together) != expected).sum() <= 1


def as_lists(sets):
    assert all(end.dtype.kind == "i" for end in sets)
    return [end.tolist() for end in sets]


@pytest.mark.parametrize("simultaneous", [False, True])
class TestEdges:
    def test_without_error_a_set_is_the_places_that_ties_leave(self, simultaneous):
        sets = rank_sets([3, 2, 2, 1], np.zeros(4), simultaneous=simultaneous)
        assert as_lists(sets) == [[1, 2, 2, 4], [1, 3, 3, 4]]

    def test_units_without_error_are_ordered_among_themselves_only(self, simultaneous):
        sets = rank_sets([5, 4, 4.5], [0, 0, 50], simultaneous=simultaneous)
        assert as_lists(sets) == [[1, 2, 1], [2, 3, 3]]

    def test_units_that_move_together_are_decided_by_their_values(self, simultaneous):
        shared = np.array([[4, 4, 0], [4, 4, 0], [0, 0, 4]]) / 3
        sets = rank_sets([1.001, 1, 1], shared, simultaneous=simultaneous)
        assert as_lists(sets) == [[1, 2, 1], [2, 3, 3]]

    def test_far_apart(self, simultaneous):
        sets = rank_sets([0, 1000, 500], [1, 1, 1], simultaneous=simultaneous)
        assert as_lists(sets) == [[3, 1, 2], [3, 1, 2]]

    def test_few_units(self, simultaneous):
        assert as_lists(rank_sets([7], [2], simultaneous=simultaneous)) == [[1], [1]]
        assert as_lists(rank_sets([], [], simultaneous=simultaneous)) == [[], []]
        assert as_lists(rank_sets([7, 7], [2, 2], simultaneous=simultaneous)) == [[1, 1], [2, 2]]

    def test_a_vector_is_a_diagonal_matrix(self, simultaneous):
        x, se = np.arange(9) ** 1.5, np.linspace(0, 3, 9)
        vector = rank_sets(x, se, simultaneous=simultaneous)
        assert as_lists(vector) == as_lists(rank_sets(x, np.diag(se**2), simultaneous=simultaneous))

    def test_the_order_of_the_units_is_irrelevant(self, simultaneous):
        rng = np.random.default_rng(2)
        x, root, shuffled = rng.normal(0, 2, 12), rng.normal(0, 0.4, (12, 12)), rng.permutation(12)
        covariance = root @ root.T
        low, high = rank_sets(x, covariance, simultaneous=simultaneous)
        again = rank_sets(x[shuffled], covariance[np.ix_(shuffled, shuffled)], simultaneous=simultaneous)
        assert as_lists((low[shuffled], high[shuffled])) == as_lists(again)

    def test_a_low_coverage_never_turns_a_set_over(self, simultaneous):
        low, high = rank_sets([1, 1.01, 1.02, 3], [1, 1, 1, 1], coverage=0.01, simultaneous=simultaneous)
        assert (low <= high).all()


@given(
    st.lists(st.tuples(st.integers(-30, 30), st.integers(0, 8)), min_size=1, max_size=10),
    st.integers(0, 3),
)
def test_a_set_holds_the_place_and_lies_inside_the_simultaneous_one(units, seed):
    x, se = numbers(units).T
    low, high = rank_sets(x, se, draws=200, seed=seed)
    wide_low, wide_high = rank_sets(x, se, draws=200, seed=seed, simultaneous=True)
    place = 1 + (x[:, None] < x).sum(axis=1)
    assert (wide_low >= 1).all() and (wide_low <= low).all() and (low <= place).all()
    assert (place <= high).all() and (high <= wide_high).all() and (wide_high <= len(x)).all()


def test_one_unit_alone_gets_the_set_it_has_among_all():
    x, se = np.linspace(0, 5, 11), np.linspace(2, 0.1, 11)
    low, high = rank_sets(x, se, draws=500, seed=4)
    assert [rank_set(j, x, se, draws=500, seed=4) for j in range(11)] == list(zip(low, high, strict=True))


def test_sharing_respondents_sharpens_a_comparison():
    shared = 0.25 * (np.eye(5) * 0.1 + 0.9)
    apart = rank_sets(np.arange(5) / 2, np.full(5, 0.5))
    together = rank_sets(np.arange(5) / 2, shared)
    assert (together[0] >= apart[0]).all() and (together[1] <= apart[1]).all()
    assert (together[1] - together[0]).sum() < (apart[1] - apart[0]).sum()


def test_sets_are_widened_to_hold_the_official_rank():
    low, high = hold([1, 2, 4], [2, 3, 4], [3, 2, 3])
    assert (low.tolist(), high.tolist()) == ([1, 2, 3], [3, 3, 4])


@pytest.mark.parametrize(
    ("estimate", "std_error", "words"),
    [
        ([1, np.nan], [1, 1], "estimate holds 1 values that are not finite"),
        ([1, 2], [1, np.nan], "std_error holds 1 values"),
        ([1, 2], [1, -1], "negative"),
        ([1, 2], [1, 1, 1], "shape"),
        ([[1, 2]], [1, 1], "vector"),
        ([1, 2], [[1, 0.5], [0, 1]], "not symmetric"),
        ([1, 2], [[1, 2], [2, 1]], "negative eigenvalue"),
        ([1, 2], [[-1, 0], [0, 1]], "negative"),
    ],
)
def test_what_is_no_estimate_is_refused_in_words(estimate, std_error, words):
    with pytest.raises(ValueError, match=words):
        rank_sets(estimate, std_error)


def test_near_ties_are_covered_where_percentiles_of_bootstrapped_ranks_fail():
    # Three clusters of near-equal units: hardly any order within a cluster can be seen in the data.
    theta = np.concatenate([centre + np.linspace(-0.02, 0.02, 10) for centre in (0.0, 10.0, 20.0)])
    rng = np.random.default_rng(11)
    true = 1 + (theta[:, None] < theta).sum(axis=1)
    runs, resamples = 300, 300
    in_set, in_percentiles = np.zeros(len(theta)), np.zeros(len(theta))
    for run in range(runs):
        x = theta + rng.standard_normal(len(theta))
        low, high = rank_sets(x, np.ones(len(theta)), draws=500, seed=run)
        in_set += (low <= true) & (true <= high)
        again = x + rng.standard_normal((resamples, len(theta)))
        places = 1 + (again[:, :, None] < again[:, None, :]).sum(axis=2)
        low, high = np.percentile(places, [2.5, 97.5], axis=0)
        in_percentiles += (low <= true) & (true <= high)
    monte_carlo = 3 * np.sqrt(0.95 * 0.05 / runs)
    assert (in_set / runs).min() >= 0.95 - monte_carlo
    assert (in_percentiles / runs).min() < 0.71
