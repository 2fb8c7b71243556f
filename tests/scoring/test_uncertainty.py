"""Intervals, rank sets and the bootstrap, against reference values (tests/data/statistics) and plain recomputation."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.uncertainty import (
    Answers,
    Ballots,
    ahead,
    alike,
    bootstrap_index,
    cell_means,
    difference_test,
    hold,
    mean_interval,
    places,
    rank_probabilities,
    rank_set,
    rank_sets,
    survey_means,
    wilson,
)

REFERENCE = Path(__file__).parents[1] / "data" / "statistics"


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


@settings(deadline=None)
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


# --- bootstrap of the index


def block(rows, *, n_units, n_leaves=1, n_groups=1, weight=None, **given):
    """Arguments of `bootstrap_index` from rows (unit, group, person, {(leaf, question): value})."""
    answers = [(b, leaf, q, v) for b, (*_, sheet) in enumerate(rows) for (leaf, q), v in sheet.items()]
    ballot, leaf, question, value = (np.array(column) for column in zip(*answers, strict=True))
    arguments = {
        "ballots": Ballots(*(np.array([row[i] for row in rows]) for i in range(3))),
        "answers": Answers(ballot, leaf, question, value.astype(float)),
        "units": [f"unit-{u}" for u in range(n_units)],
        "groups": [f"group-{g}" for g in range(n_groups)],
        "weight": np.ones((n_leaves, n_groups)) if weight is None else np.array(weight, dtype=float),
        "max_points": np.full(n_leaves, 10.0),
        "applicable": np.ones((n_units, n_leaves), dtype=bool),
        "other_points": np.full(n_units, 60.0),
        "total_max": np.full(n_units, 100.0),
    }
    return arguments | given


def random_rows(rng, n_units, n_leaves, n_groups, size, missing=0.2):
    rows = []
    for unit in range(n_units):
        for group in range(n_groups):
            for _ in range(size + unit):
                sheet = {
                    (leaf, q): rng.choice([0, 0.25, 0.5, 0.75, 1])
                    for leaf in range(n_leaves)
                    for q in range(1 + leaf)
                    if rng.random() > missing
                }
                rows.append((unit, group, len(rows), sheet))
    return rows


def plain_replicates(arguments, replicates, seed):
    """Rao and Wu one person, one cell, one replicate at a time; strata are unit and group."""
    rng = np.random.default_rng(seed)
    ballots, answers = arguments["ballots"], arguments["answers"]
    n_units, (n_leaves, n_groups) = len(arguments["units"]), arguments["weight"].shape
    population = arguments.get("population", np.full((n_units, n_groups), np.nan))
    found = np.empty((replicates, n_units))
    for b in range(replicates):
        weights = {}
        for u in range(n_units):
            for g in range(n_groups):
                persons = ballots.person[(ballots.unit == u) & (ballots.group == g)]
                n, r = len(persons), np.zeros(len(persons))
                for i in rng.integers(0, n, n - 1):
                    r[i] += 1
                known = not np.isnan(population[u, g])
                lam = np.sqrt(1 - n / population[u, g]) if known else 1.0
                weights |= dict(zip(persons, 1 - lam + lam * n / (n - 1) * r, strict=True))
        sums = {}
        for ballot, leaf, q, value in zip(answers.ballot, answers.leaf, answers.question, answers.value, strict=True):
            total = sums.setdefault((ballots.unit[ballot], leaf, ballots.group[ballot]), {}).setdefault(q, np.zeros(4))
            weight = weights[ballots.person[ballot]]
            total += weight * value, weight, value, 1
        for u in range(n_units):
            points = arguments["other_points"][u]
            for leaf in range(n_leaves):
                cells = {}
                for g in range(n_groups):
                    totals = sums[u, leaf, g].values()
                    weighing = [t[0] / t[1] for t in totals if t[1]]
                    cells[g] = np.mean(weighing or [t[2] / t[3] for t in totals])
                w = arguments["weight"][leaf]
                mean = sum(w[g] * cells[g] for g in cells) / sum(w)
                points += arguments["max_points"][leaf] * mean
            found[b, u] = 100 * points / arguments["total_max"][u]
    return found


def test_replicates_are_distributed_as_in_a_plain_bootstrap():
    rng = np.random.default_rng(3)
    rows = random_rows(rng, n_units=2, n_leaves=3, n_groups=2, size=8)
    population = np.array([[np.nan, 20], [12, np.nan]])
    weights = [[1, 1], [3, 1], [1, 0.5]]
    arguments = block(rows, n_units=2, n_leaves=3, n_groups=2, weight=weights, population=population)
    found = bootstrap_index(**arguments, replicates=20_000, seed=1)
    plain = plain_replicates(arguments, 1500, seed=2)
    np.testing.assert_allclose(found.replicates.mean(axis=0), plain.mean(axis=0), atol=4 * plain.std() / 1500**0.5)
    np.testing.assert_allclose(found.se, plain.std(axis=0, ddof=1), rtol=0.07)
    np.testing.assert_allclose(found.interval(), np.percentile(plain, [2.5, 97.5], axis=0), atol=0.2 * plain.std())
    assert found.covariance[0, 1] == 0
    assert np.corrcoef(found.replicates.T)[0, 1] == pytest.approx(0, abs=0.03)


def test_error_of_one_question_is_the_textbook_error():
    x = np.array([0, 0.25, 1, 1, 0.5, 0.75, 0.25, 1, 0, 1])
    rows = [(0, 0, i, {(0, 0): value}) for i, value in enumerate(x)]
    for population, factor in ((np.nan, 1), (15, np.sqrt(1 - 10 / 15)), (10, 0), (8, 0)):
        found = bootstrap_index(**block(rows, n_units=1, population=np.array([[population]])))
        assert found.estimate[0] == pytest.approx(60 + 10 * x.mean())
        assert found.se[0] == pytest.approx(10 * x.std(ddof=1) / np.sqrt(10) * factor, rel=0.03)
        assert found.replicates.shape == (10_000, 1)


def test_a_unit_that_nobody_was_asked_about_has_no_sampling_error():
    rows = [(1, 0, i, {(0, 0): i % 2}) for i in range(6)]
    found = bootstrap_index(**block(rows, n_units=2), replicates=50)
    assert found.estimate.tolist() == [60, 65]
    assert (found.replicates[:, 0] == 60).all() and found.se[0] == 0 < found.se[1]


@pytest.mark.parametrize(("n_leaves", "n_groups"), [(0, 0), (2, 0), (0, 2), (2, 2)])
@pytest.mark.parametrize("returned", [0, 3])
def test_a_block_without_answers_has_no_sampling_error(n_leaves, n_groups, returned):
    nobody = np.zeros(0, dtype=np.int64)
    sheets = np.arange(returned if n_groups else 0)
    found = bootstrap_index(
        Ballots(sheets % 2, sheets * 0, sheets),
        Answers(nobody, nobody, nobody, np.zeros(0)),
        units=["a", "b"],
        groups=["f", "g"][:n_groups],
        weight=np.ones((n_leaves, n_groups)),
        max_points=np.ones(n_leaves),
        applicable=np.ones((2, n_leaves), dtype=bool),
        other_points=np.array([60.0, 45]),
        total_max=np.array([80.0, 90]),
        population=np.full((2, n_groups), np.nan),
        replicates=20,
    )
    assert found.estimate.tolist() == [75, 50]
    assert (found.replicates == [75, 50]).all() and not found.covariance.any()
    assert found.stood_in.shape == (0, 3)


def test_not_applicable_leaves_and_groups_of_no_weight_do_not_count():
    rng = np.random.default_rng(4)
    rows = random_rows(rng, n_units=2, n_leaves=2, n_groups=2, size=5)
    applicable = np.array([[True, False], [True, True]])
    whole = block(rows, n_units=2, n_leaves=2, n_groups=2, weight=[[1, 0], [1, 1]], applicable=applicable)
    found = bootstrap_index(**whole, replicates=200)
    kept = [
        (u, g, p, {k: v for k, v in s.items() if (k[0], g) != (0, 1) and (u, k[0]) != (0, 1)}) for u, g, p, s in rows
    ]
    alone = bootstrap_index(**block(kept, n_units=2, n_leaves=2, n_groups=2), replicates=200)
    np.testing.assert_array_equal(found.replicates, alone.replicates)


def shuffled(arguments, rng):
    ballots, answers = arguments["ballots"], arguments["answers"]
    b, a = rng.permutation(len(ballots.unit)), rng.permutation(len(answers.ballot))
    return arguments | {
        "ballots": Ballots(ballots.unit[b], ballots.group[b], ballots.person[b]),
        "answers": Answers(np.argsort(b)[answers.ballot[a]], answers.leaf[a], answers.question[a], answers.value[a]),
    }


@pytest.mark.parametrize("tied", [False, True])
def test_the_order_of_rows_is_irrelevant(tied):
    rng = np.random.default_rng(8)
    rows = random_rows(rng, n_units=3, n_leaves=3, n_groups=2, size=5)
    if tied:
        rows = [(u, g, p % 4 if g else p, sheet) for u, g, p, sheet in rows]
    arguments = block(rows, n_units=3, n_leaves=3, n_groups=2)
    found = bootstrap_index(**arguments, replicates=300)
    again = bootstrap_index(**shuffled(arguments, rng), replicates=300)
    np.testing.assert_array_equal(found.replicates, again.replicates)
    other = bootstrap_index(**arguments, replicates=300, seed=1)
    assert not np.array_equal(found.replicates, other.replicates)


def test_other_units_do_not_change_the_draws_of_a_unit():
    rng = np.random.default_rng(9)
    rows = random_rows(rng, n_units=3, n_leaves=2, n_groups=2, size=6)
    whole = bootstrap_index(**block(rows, n_units=3, n_leaves=2, n_groups=2), replicates=300)
    last = [(0, g, p, sheet) for u, g, p, sheet in rows if u == 2]
    alone = bootstrap_index(**block(last, n_units=1, n_leaves=2, n_groups=2, units=["unit-2"]), replicates=300)
    np.testing.assert_array_equal(whole.replicates[:, 2], alone.replicates[:, 0])


def test_people_who_rate_several_units_tie_them():
    rng = np.random.default_rng(6)
    first = rng.choice([0, 0.25, 0.5, 1], 40)
    second = np.clip(first + rng.choice([-0.25, 0, 0.25], 40), 0, 1)
    rows = [(u, 0, i, {(0, 0): value}) for u, x in enumerate((first, second)) for i, value in enumerate(x)]
    rows += [(2, 0, 100 + i, {(0, 0): i % 2}) for i in range(30)]
    tied = bootstrap_index(**block(rows[:80], n_units=2))
    expected = 100 * np.cov(first, second) / 40
    np.testing.assert_allclose(tied.covariance, expected, rtol=0.05)
    # One stratum for the group: a third unit is a domain of it.
    domain = bootstrap_index(**block(rows, n_units=3))
    np.testing.assert_allclose(domain.covariance[:2, :2], expected, rtol=0.08)
    assert abs(domain.covariance[0, 2]) < 0.1 * domain.covariance[2, 2]
    same = bootstrap_index(**block([*rows[:40], *((1, *row[1:]) for row in rows[:40])], n_units=2), replicates=100)
    assert (same.replicates[:, 0] == same.replicates[:, 1]).all()
    assert [end.tolist() for end in rank_sets(same.estimate, same.covariance)] == [[1, 1], [2, 2]]


def test_a_single_person_stands_for_the_spread_of_the_group():
    x, y = [0, 0.5, 1, 0.5, 0.25], [1, 1, 0.5]
    rows = [(0, 0, i, {(0, 0): value}) for i, value in enumerate(x)]
    rows += [(1, 0, 10 + i, {(0, 0): value}) for i, value in enumerate(y)]
    rows += [(2, 0, 20, {(0, 0): 1})]
    pooled = (4 * np.var(x, ddof=1) + 2 * np.var(y, ddof=1)) / 6
    for population, factor in ((np.nan, 1), (4, 3 / 4), (1, 0)):
        found = bootstrap_index(**block(rows, n_units=3, population=np.array([[np.nan], [np.nan], [population]])))
        assert found.covariance[2, 2] == pytest.approx(100 * pooled * factor, rel=0.05)
        assert found.stood_in.tolist() == ([[2, 0, 0]] if factor else [])


def test_leaves_that_rest_on_one_person_move_together():
    rng = np.random.default_rng(7)
    rows = [(0, 0, i, {(0, 0): v, (1, 0): v}) for i, v in enumerate(rng.choice([0, 0.5, 1], 30))]
    found = bootstrap_index(**block([*rows, (1, 0, 99, {(0, 0): 1, (1, 0): 1})], n_units=2, n_leaves=2))
    assert found.covariance[1, 1] == pytest.approx(30 * found.covariance[0, 0], rel=0.06)
    assert found.stood_in.tolist() == [[1, 0, 0], [1, 1, 0]]


def test_where_everyone_is_alone_the_largest_spread_stands_in():
    found = bootstrap_index(**block([(0, 0, 1, {(0, 0): 1})], n_units=1))
    assert found.se[0] == pytest.approx(10 * 0.5, rel=0.03)


def test_a_cell_left_without_weight_keeps_its_estimate():
    # Person 0 alone answers leaf 1: half of the replicates of two persons miss that answer.
    rows = [(0, 0, 0, {(0, 0): 1, (1, 0): 0.5}), (0, 0, 1, {(0, 0): 0, (1, 1): 0.25})]
    found = bootstrap_index(**block(rows, n_units=1, n_leaves=2), replicates=400)
    # leaf 0 is 1 or 0, leaf 1 the question that is left: 0.5 or 0.25.
    assert sorted(set(np.round(found.replicates[:, 0], 9))) == [60 + 0 + 2.5, 60 + 10 + 5]
    rows = [
        (0, 0, 0, {(0, 0): 1}),
        (0, 0, 1, {(0, 0): 0}),
        *((0, 1, 5 + i, s) for i, s in enumerate(({(0, 0): 1}, {}))),
    ]
    found = bootstrap_index(**block(rows, n_units=1, n_groups=2, population=np.array([[2, 2]])), replicates=50)
    assert (found.replicates == found.estimate).all()
    assert found.estimate[0] == 60 + 7.5


def test_survey_means_are_those_of_the_cells():
    rows = [(1, 0, 0, {(0, 5): 1, (0, 6): 0}), (1, 0, 1, {(0, 5): 0.5}), (0, 1, 2, {(1, 5): 0.25})]
    arguments = block(rows, n_units=2, n_leaves=2, n_groups=2)
    means = survey_means(arguments["ballots"], arguments["answers"], (2, 2, 2))
    assert means.value[1, 0, 0] == pytest.approx((0.75 + 0) / 2)
    assert means.persons.sum() == 3 and means.persons[1, 0, 0] == 2 and means.persons[0, 1, 1] == 1
    assert np.isnan(means.value).sum() == 6


# --- probabilities and differences


def test_probabilities_count_places_and_share_ties():
    replicates = np.array([[3, 2, 1], [3, 3, 1], [1, 2, 3], [2, 3, 1]])
    assert places(replicates).tolist() == [[1, 2, 3], [1, 1, 3], [3, 2, 1], [2, 1, 3]]
    assert rank_probabilities(replicates).tolist() == [[0.5, 0.25, 0.25], [0.5, 0.5, 0], [0.25, 0, 0.75]]
    assert ahead(replicates).tolist() == [[0.5, 0.375, 0.75], [0.625, 0.5, 0.75], [0.25, 0.25, 0.5]]


def test_a_difference_is_tested_by_its_own_error():
    # Each interval holds the other's estimate; the shared respondents make the difference sure.
    covariance = [[1, 0.98, 0], [0.98, 1, 0], [0, 0, 0]]
    p = difference_test([1, 0, 0], covariance)
    assert p[0, 1] == p[1, 0] == pytest.approx(2 * 2.866516e-7, rel=1e-3)  # 1 / √0.04 = 5 standard errors
    assert p[0, 2] == pytest.approx(0.3173105)
    assert np.diag(p).tolist() == [1, 1, 1]
    assert difference_test([2, 1, 1], [0, 0, 0]).tolist() == [[1, 0, 0], [0, 1, 1], [0, 1, 1]]


def test_groups_of_units_do_not_chain():
    # Neighbours are never different, units two steps apart always: a chain would join all five.
    estimate = np.array([1, 5, 3, 2, 4])
    different = np.abs(estimate[:, None] - estimate) >= 2
    assert alike(estimate, different).tolist() == [3, 1, 2, 2, 1]
    assert alike([1, 1], np.zeros((2, 2), dtype=bool)).tolist() == [1, 1]
    assert alike([], np.zeros((0, 0), dtype=bool)).tolist() == []
