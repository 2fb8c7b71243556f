"""What honest ranks cost: bootstrap, rank sets, weight sets, a what-if answer.

Seconds depend on the machine and on who else uses it; so each limit is also a ratio to a plain piece of work timed in
the same run (`one`: a sum of ten million numbers drawn, about 0.1 s of one core).
"""

import subprocess
import sys
import time

import numpy as np
import pytest

from scoring.sensitivity import rank_range, scores, weight_sets
from scoring.uncertainty import Answers, Ballots, bootstrap_index, rank_probabilities, rank_sets


@pytest.fixture(scope="module")
def one():
    """Seconds of the plain piece of work, the best of five."""

    def work():
        start = time.perf_counter()
        np.random.default_rng(0).standard_normal(10_000_000).sum()
        return time.perf_counter() - start

    return min(work() for _ in range(5))


def demo_block(n_units, seed, n_groups=5, n_leaves=20, n_questions=20, ballots=115):
    """A block of the size of the demo season: 52 units in two blocks, 30,000 ballots of 20 questions."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(int(ballots * 0.8), int(ballots * 1.2), (n_units, n_groups)).ravel()
    unit = np.repeat(np.repeat(np.arange(n_units), n_groups), sizes)
    group = np.repeat(np.tile(np.arange(n_groups), n_units), sizes)
    asked = rng.integers(0, n_leaves, (n_groups, n_questions))
    ballot, question = (a.ravel() for a in np.mgrid[: len(unit), :n_questions])
    answered = rng.random(len(ballot)) > 0.08
    ballot, question = ballot[answered], question[answered]
    return {
        "ballots": Ballots(unit, group, np.arange(len(unit))),
        "answers": Answers(ballot, asked[group[ballot], question], question, rng.choice([0.5, 0.75, 1], len(ballot))),
        "units": [f"unit-{u}" for u in range(n_units)],
        "groups": [f"group-{g}" for g in range(n_groups)],
        "weight": np.ones((n_leaves, n_groups)),
        "max_points": np.full(n_leaves, 32 / n_leaves),
        "applicable": np.ones((n_units, n_leaves), dtype=bool),
        "other_points": rng.uniform(55, 62, n_units),
        "total_max": np.full(n_units, 100.0),
    }


def honest_ranks(blocks):
    for block in blocks:
        found = bootstrap_index(**block, replicates=10_000)
        rank_probabilities(found.replicates)
        rank_sets(found.estimate, found.covariance)
        rank_sets(found.estimate, found.covariance, simultaneous=True)


def test_bootstrap_of_a_season(benchmark, one):
    blocks = [demo_block(22, seed=1), demo_block(30, seed=2)]
    assert sum(len(block["ballots"].unit) for block in blocks) == pytest.approx(30_000, rel=0.05)
    benchmark.pedantic(honest_ranks, args=(blocks,), rounds=3, warmup_rounds=1)
    benchmark.extra_info["times a plain piece of work"] = benchmark.stats["min"] / one
    assert benchmark.stats["min"] <= 3 and benchmark.stats["min"] <= 30 * one


def test_bootstrap_of_a_season_fits_into_a_gibibyte():
    # A process of its own: the high-water mark of this one also holds what other tests used.
    run = f"import {__name__.split('.')[-1]} as b; b.honest_ranks([b.demo_block(22, 1), b.demo_block(30, 2)])"
    show = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    path = f"import sys; sys.path.insert(0, {__file__.rsplit('/', 1)[0]!r})"
    found = subprocess.run([sys.executable, "-c", f"{path}; {run}; {show}"], capture_output=True, text=True, check=True)
    assert int(found.stdout) * (1 if sys.platform == "darwin" else 1024) <= 2**30


def test_ten_thousand_weight_sets(benchmark, one):
    rng = np.random.default_rng(5)
    max_points = np.tile([8.5, 10, 6, 12, 14, 7.5, 12, 30], (52, 1))
    points = np.round(max_points * rng.beta(9, 1.5, max_points.shape), 2)
    rubric = max_points[0] / 100

    def answer():
        found = scores(points, max_points, weight_sets(rubric, 0.10, n=10_000), rubric)
        return rank_range(found, np.arange(1, 53))

    benchmark.pedantic(answer, rounds=10, warmup_rounds=1)
    benchmark.extra_info["times a plain piece of work"] = benchmark.stats["min"] / one
    assert benchmark.stats["min"] <= 0.3 and benchmark.stats["min"] <= 3 * one
