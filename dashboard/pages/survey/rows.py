"""The fieldwork of one block, and what people answered, as rows and numbers.

One rule keeps suppressed cells to themselves: whatever is counted, pooled or compared over units is made of cells that
may be shown, and of nothing else, so that no total and no difference leads back to one that may not. How many cells
were left out is said. Only official points, which are public whatever their cells are, hold them all.

Intervals of means are put together from the 95% intervals of their cells, low and high arms apart (Zou and Donner,
Statistics in Medicine 27, 2008): arms of independent samples by the root of their squares, arms of answers that the
same persons gave by their sum, which is never too short.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import sqrt
from statistics import variance
from typing import Any

from scipy.special import bdtrc

from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.pages.unit import rows as profile

Rows = Sequence[Mapping[str, Any]]

PLANNED = Fraction(7, 10)
"""Share of the plan under which a cell is outlined."""

COVERAGE_STEPS = (PLANNED, Fraction(85, 100), Fraction(95, 100))
FEW = 30
"""Ballots under which a group is to be read with care."""

LONG_FORM = 8
"""Questions a form needs before ballots that are alike, or all of one option, mean anything (as the flags count)."""

ODD = 0.01
"""Chance at which some cell of the block would stand out if all were alike (shared out among the cells tested)."""

SATISFIED = "satisfied_share"


# Ballots against the plan


@dataclass(frozen=True)
class Cell:
    """One respondent group about one unit. Where `hidden`, nothing that came back is known here."""

    unit: str
    group: str
    issued: int | None
    returned: int | None
    ballots: int | None
    valid: int | None
    hidden: bool

    @property
    def share(self) -> Fraction | None:
        """Valid ballots of those issued."""
        return Fraction(self.valid, self.issued) if self.issued and self.valid is not None else None

    def under(self, min_cell: int) -> bool:
        """Whether the cell is under `PLANNED`. Of a hidden cell only where any number under the minimum is."""
        known = min_cell - 1 if self.hidden else self.valid
        return bool(self.issued) and known is not None and Fraction(known, self.issued) < PLANNED


@dataclass(frozen=True)
class Progress:
    """Sums of cells. `issued` of all; `returned`, `valid` and the two shares of those that may be shown, None where
    there is none of them."""

    issued: int | None
    returned: int | None
    valid: int | None
    returned_share: Fraction | None
    valid_share: Fraction | None
    planned: int
    under: int
    under_hidden: int
    hidden: int
    few: int


def progress(cells: Sequence[Cell], min_cell: int) -> Progress:
    """What the cells add up to."""
    shown = [cell for cell in cells if not cell.hidden]
    sent = [cell for cell in cells if cell.issued is not None]
    back = [cell for cell in shown if cell.returned is not None]
    both = [cell for cell in back if cell.issued]
    under = [cell for cell in cells if cell.under(min_cell)]
    returned = sum(cell.returned for cell in back)
    return Progress(
        issued=sum(cell.issued for cell in sent) if sent else None,
        returned=returned if back else None,
        valid=sum(cell.valid for cell in shown) if shown else None,
        returned_share=Fraction(sum(c.returned for c in both), sum(c.issued for c in both)) if both else None,
        valid_share=Fraction(sum(cell.valid for cell in back), returned) if returned else None,
        planned=sum(bool(cell.issued) for cell in cells),
        under=len(under),
        under_hidden=sum(cell.hidden for cell in under),
        hidden=len(cells) - len(shown),
        few=sum(0 < cell.valid < FEW for cell in shown),
    )


# The block


@dataclass(frozen=True)
class Survey:
    """The survey of one block. `values`: rows of `Ask.survey_cells`; `answers`: of `Ask.open_answers`;
    `questions`: of `Ask.questions`; `days`: of `Ask.ballot_days`, without hidden cells; `alike`: (test, unit,
    group) -> ballots; `shared`: groups in which one person speaks of several units."""

    cells: tuple[Cell, ...]
    values: Rows
    answers: Rows
    questions: Rows
    days: Rows
    alike: Mapping[tuple[str, str, str], int]
    shared: frozenset[str]

    @cached_property
    def leaves(self) -> dict[str, list[str]]:
        """Leaf -> respondent groups asked about it, in the order of the rubric and of the groups."""
        found: dict[str, list[str]] = {}
        for row in self.questions:
            groups = found.setdefault(row["criterion_code"], [])
            if row["respondent_group"] not in groups:
                groups.append(row["respondent_group"])
        return found

    @cached_property
    def forms(self) -> dict[str, set[str]]:
        """Respondent group -> codes of its questions."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.questions:
            found[row["respondent_group"]].add(row["question_code"])
        return found

    @cached_property
    def shown(self) -> dict[tuple[str, str], dict[str, Mapping[str, Any]]]:
        """(unit, group) -> leaf -> row with a value that may be shown."""
        found: dict[tuple[str, str], dict[str, Mapping]] = defaultdict(dict)
        for row in self.values:
            if not row["suppressed"] and row["value"] is not None:
                found[row["unit_code"], row["respondent_group"]][row["criterion_code"]] = row
        return found

    @cached_property
    def suppressed(self) -> set[tuple[str, str, str]]:
        """(unit, leaf, group) that may not be shown."""
        return {(r["unit_code"], r["criterion_code"], r["respondent_group"]) for r in self.values if r["suppressed"]}


TESTS = ("straight_lining", "identical_ballots")


def read(view: View) -> Survey:
    """The survey of the view's year and block. Kept for the generation."""
    sel, kept = view.sel, view.site.kept
    key = ("survey", sel.period, sel.unit_group)
    if key not in kept:
        of = (sel.period, sel.unit_group)
        order = {code: at for at, code in enumerate(sel.rubric)}
        groups = {code: at for at, code in enumerate(view.site.respondents.get(sel.unit_group, {}))}
        cells = tuple(
            Cell(
                row["unit_code"],
                row["respondent_group"],
                row["issued"],
                row["returned"],
                row["n_ballots"],
                row["n_valid"],
                row["hidden"],
            )
            for row in view.ask.survey_progress(*of)
        )
        open_cells = {(cell.unit, cell.group) for cell in cells if not cell.hidden}
        questions = sorted(
            view.ask.questions(*of), key=lambda r: (order[r["criterion_code"]], groups[r["respondent_group"]])
        )
        kept[key] = Survey(
            cells=cells,
            values=view.ask.survey_cells(*of),
            answers=view.ask.open_answers(*of),
            questions=questions,
            days=[r for r in view.ask.ballot_days(*of) if (r["unit_code"], r["respondent_group"]) in open_cells],
            alike={
                (row["flag"], row["unit_code"], row["respondent_group"]): int(row["detail"].partition("=")[2])
                for row in view.ask.flags(sel.period)
                if row["flag"] in TESTS and (row["unit_code"], row["respondent_group"]) in open_cells
            },
            shared=frozenset(row["respondent_group"] for row in view.ask.shared_groups(*of)),
        )
    return kept[key]


# What is asked: the scope of a view


def below(rubric: Mapping[str, Mapping[str, Any]], code: str) -> set[str]:
    """The item and everything under it."""
    found = {code}
    for one, row in rubric.items():  # the order of the rubric: parents stand before their children
        if row["parent_code"] in found:
            found.add(one)
    return found


def default_item(rubric: Mapping[str, Mapping[str, Any]], leaves: Mapping[str, Sequence[str]]) -> str | None:
    """The item with the most questions and groups right under it, the first of several; None without a survey."""
    asked: dict[str, int] = defaultdict(int)
    for leaf, groups in leaves.items():
        asked[rubric[leaf]["parent_code"] or leaf] += len(groups)
    most = max(asked.values(), default=0)
    return next((code for code in rubric if asked.get(code) == most), None) if most else None


def scope(sel: Selection, survey: Survey) -> str | None:
    """The item that the answers are about. None: every question of the group chosen, or there is no survey."""
    if sel.item or sel.field:
        return sel.item or sel.field
    return None if sel.group else default_item(sel.rubric, survey.leaves)


def leaves_of(sel: Selection, survey: Survey) -> list[str]:
    """Surveyed leaves in scope that the chosen group is asked about."""
    item = scope(sel, survey)
    inside = below(sel.rubric, item) if item else set(survey.leaves)
    return [leaf for leaf, groups in survey.leaves.items() if leaf in inside and sel.group in (None, *groups)]


@dataclass(frozen=True)
class Question:
    """One question of a leaf. `options` as in `profile.answers`; `groups`: respondent_group, counts, no_opinion,
    suppressed, and `hidden`, units left out."""

    leaf: str
    code: str
    text: str
    options: Rows
    groups: Rows

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(option["label"] for option in self.options)


def asked(survey: Survey, answers: Rows, leaves: Sequence[str], group: str | None, lang: str) -> list[Question]:
    """The questions of the leaves with the answers of the group, or of every group. answers: rows of one unit
    (`Ask.unit_answers`) or pooled (`Ask.open_answers`)."""
    hidden = {(row["question_code"], row["respondent_group"]): row.get("hidden", 0) for row in answers}
    of_leaf: dict[str, list] = defaultdict(list)
    for row in answers:
        of_leaf[row["criterion_code"]].append(row)
    found = []
    for leaf in leaves:
        for question in profile.answers(of_leaf[leaf], leaf, lang):
            code = question["question_code"]
            groups = [
                {**one, "hidden": hidden[code, one["respondent_group"]]}
                for one in question["groups"]
                if group in (None, one["respondent_group"])
            ]
            found.append(Question(leaf, code, question["text"], question["options"], groups))
    return [question for question in found if question.groups]


def by_scale(questions: Sequence[Question]) -> list[list[Question]]:
    """Questions that share their options together, the largest lot first."""
    lots: dict[tuple[str, ...], list[Question]] = {}
    for question in questions:
        lots.setdefault(question.labels, []).append(question)
    return sorted(lots.values(), key=lambda lot: -len(lot))


def group_order(questions: Sequence[Question]) -> list[str]:
    """Respondent groups by their mean share of favourable answers over the questions, those without one last."""
    shares: dict[str, list[Fraction]] = {}
    for question in questions:
        for group in question.groups:
            found = shares.setdefault(group["respondent_group"], [])
            if (share := profile.favourable(group, question.options)) is not None:
                found.append(share)
    return sorted(shares, key=lambda g: -(sum(shares[g]) / len(shares[g])) if shares[g] else 1)


# Means with their intervals


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

    rows: `Ask.block_spread`. A unit with a leaf that still lacks points has no value; without an interval stands
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
            parts = [_leaf_arms(survey, unit, leaf["criterion_code"]) for leaf in leaves[unit]]
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


def _leaf_arms(survey: Survey, unit: str, leaf: str) -> tuple[float, float] | None:
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


# The quality of the fieldwork


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


def forms(survey: Survey) -> list[Form]:
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
            reach = _leaf_arms(survey, unit, leaf)
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


# Days


def days(survey: Survey, cells: Sequence[Cell]) -> tuple[list[tuple[date, int]], int]:
    """Ballots of the cells by day, in order, and how many have no date."""
    inside = {(cell.unit, cell.group) for cell in cells}
    found: dict[date | None, int] = defaultdict(int)
    for row in survey.days:
        if (row["unit_code"], row["respondent_group"]) in inside:
            found[row["collected_on"]] += row["n"]
    undated = found.pop(None, 0)
    return sorted(found.items()), undated
