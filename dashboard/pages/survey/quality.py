"""The quality of the fieldwork: how forms were filled, which cells stand out, how far questions set units apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import variance

from scipy.special import bdtrc

from dashboard.pages.survey.means import leaf_arms
from dashboard.pages.survey.rows import FEW, TESTS, Survey

LONG_FORM = 8
"""Questions a form needs before ballots that are alike, or all of one option, mean anything (as the flags count)."""

ODD = 0.01
"""Chance at which some cell of the block would stand out if all were alike (shared out among the cells tested)."""


@dataclass(frozen=True)
class Form:
    """How one respondent group filled its ballots, over the cells that may be shown. Counts of `alike` tests are None
    where the form is too short for them; shares are of answers and of answers asked for."""

    group: str
    ballots: int
    alike: Mapping[str, int | None]
    no_opinion: Fraction | None
    left_out: Fraction | None
    few: int


def forms_of(survey: Survey) -> list[Form]:
    """One row per respondent group asked anything, in the order of the groups."""
    order = list(dict.fromkeys(row["respondent_group"] for row in survey.questions))
    answers, none, wanted = defaultdict(int), defaultdict(int), defaultdict(int)
    leaf_of: dict[tuple[str, str], str] = {}
    seen = set()
    for row in survey.answers:
        group, question = row["respondent_group"], (row["respondent_group"], row["question_code"])
        if leaf_of.setdefault(question, row["criterion_code"]) != row["criterion_code"]:
            continue  # a question that serves two leaves is asked once
        answers[group] += row["n"]
        none[group] += row["n"] if row["value"] is None else 0
        wanted[group] += 0 if question in seen else row["n_ballots"]
        seen.add(question)
    found = []
    for group in order:
        own = [cell for cell in survey.cells if cell.group == group and not cell.hidden]
        long = len(survey.forms[group]) >= LONG_FORM
        found.append(
            Form(
                group=group,
                ballots=sum(cell.ballots for cell in own),
                alike={
                    test: sum(survey.alike.get((test, cell.unit, group), 0) for cell in own) if long else None
                    for test in TESTS
                },
                no_opinion=Fraction(none[group], answers[group]) if answers[group] else None,
                left_out=1 - Fraction(answers[group], wanted[group]) if wanted[group] else None,
                few=sum(0 < cell.valid < FEW for cell in own),
            )
        )
    return found


@dataclass(frozen=True)
class Odd:
    """A cell with more ballots alike than chance gives: `k` of `n`, against the share of its group."""

    test: str
    unit: str
    group: str
    k: int
    n: int
    usual: Fraction


def odd_cells(survey: Survey) -> list[Odd]:
    """Cells that stand out from their group over the block, the largest share first. One-sided binomial test against
    the share of the group, at `ODD` shared out among all the cells tested."""
    tested = [
        (test, cell)
        for test in TESTS
        for cell in survey.cells
        if not cell.hidden and cell.ballots and len(survey.forms.get(cell.group, ())) >= LONG_FORM
    ]
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for test, cell in tested:
        sums[test, cell.group][0] += survey.alike.get((test, cell.unit, cell.group), 0)
        sums[test, cell.group][1] += cell.ballots
    found = []
    for test, cell in tested:
        k, usual = survey.alike.get((test, cell.unit, cell.group), 0), Fraction(*sums[test, cell.group])
        if k and usual < 1 and bdtrc(k - 1, cell.ballots, float(usual)) < ODD / len(tested):
            found.append(Odd(test, cell.unit, cell.group, k, cell.ballots, usual))
    return sorted(found, key=lambda odd: (-Fraction(odd.k, odd.n), odd.unit, odd.test))


@dataclass(frozen=True)
class Separation:
    """How far the values of a leaf set units apart. `between`, `noise`: standard deviations between units and, on
    average, from sampling; `share` of the variance between units that is not sampling (reliability)."""

    leaf: str
    units: int
    between: float
    noise: float
    share: float


def separations(survey: Survey, units: Sequence[str]) -> list[Separation]:
    """Leaves by how well they tell units apart, the best first. Units with a suppressed cell are left out, and leaves
    with fewer than three units."""
    found = []
    for leaf, groups in survey.leaves.items():
        values, noise = [], []
        for unit in units:
            reach = leaf_arms(survey, unit, leaf)
            rows = [survey.shown.get((unit, group), {}).get(leaf) for group in groups]
            rows = [row for row in rows if row is not None and row["weight"] > 0]
            if reach is None:
                continue
            weight = sum(row["weight"] for row in rows)
            values.append(float(sum(row["weight"] * row["value"] for row in rows) / weight))
            noise.append((sum(reach) / 2 / 1.96) ** 2)
        if len(values) > 2 and (spread := variance(values)) > 0:
            sampling = sum(noise) / len(noise)
            share = max(0.0, 1 - sampling / spread)
            found.append(Separation(leaf, len(values), sqrt(spread), sqrt(sampling), share))
    return sorted(found, key=lambda one: -one.share)
