"""The fieldwork of one block, and what people answered, as rows and numbers.

One rule keeps suppressed cells to themselves: whatever is counted, pooled or compared over units is made of cells that
may be shown, and of nothing else, so that no total and no difference leads back to one that may not. How many cells
were left out is said. Only official points, which are public whatever their cells are, hold them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.pages.unit import rows as profile

Rows = Sequence[Mapping[str, Any]]

PLANNED = Fraction(7, 10)
"""Share of the plan under which a cell is outlined."""

COVERAGE_STEPS = (PLANNED, Fraction(85, 100), Fraction(95, 100))
FEW = 30
"""Ballots under which a group is to be read with care."""


# Ballots against the plan


@dataclass(frozen=True)
class Coverage:
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


def progress(cells: Sequence[Coverage], min_cell: int) -> Progress:
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


def total(cells: Sequence[Coverage]) -> tuple[int, int | None] | None:
    """Valid and issued ballots of some cells, issued None where a plan is missing; None where a cell is hidden, which
    would follow from the sum."""
    if any(cell.hidden for cell in cells):
        return None
    issued = [cell.issued for cell in cells]
    return sum(cell.valid for cell in cells), None if None in issued or not issued else sum(issued)


# The block


@dataclass(frozen=True)
class Survey:
    """The survey of one block. `values`: rows of `Ask.survey_cells`; `answers`: of `Ask.open_answers`;
    `questions`: of `Ask.questions`; `days`: of `Ask.ballot_days`, without hidden cells; `alike`: (test, unit,
    group) -> ballots; `shared`: groups in which one person speaks of several units."""

    cells: tuple[Coverage, ...]
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
        groups = {code: at for at, code in enumerate(sel.respondents)}
        cells = tuple(
            Coverage(
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
                (row["flag"], row["unit_code"], row["respondent_group"]): row["detail"]["ballots"]
                for row in view.ask.flags(sel.period)
                if row["flag"] in TESTS
                and row["detail"]["ballots"] is not None
                and (row["unit_code"], row["respondent_group"]) in open_cells
            },
            shared=frozenset(row["respondent_group"] for row in view.ask.shared_groups(*of)),
        )
    return kept[key]


# What is asked: the scope of a view


def min_cell(view: View) -> int:
    """Ballots under which a cell is hidden."""
    return view.sel.season["min_cell"]


def selected(sel: Selection, survey: Survey) -> list[Coverage]:
    """Cells of the unit and group chosen."""
    return [cell for cell in survey.cells if sel["dv"] in ("", cell.unit) and sel.group in (None, cell.group)]


def units_of(sel: Selection) -> list[str]:
    """The unit chosen, else those of the block."""
    return [sel["dv"]] if sel["dv"] else list(sel.units)


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


# Days


def days_of(survey: Survey, cells: Sequence[Coverage]) -> tuple[list[tuple[date, int]], int]:
    """Ballots of the cells by day, in order, and how many have no date."""
    inside = {(cell.unit, cell.group) for cell in cells}
    found: dict[date | None, int] = defaultdict(int)
    for row in survey.days:
        if (row["unit_code"], row["respondent_group"]) in inside:
            found[row["collected_on"]] += row["n"]
    undated = found.pop(None, 0)
    return sorted(found.items()), undated
