"""Surveyed leaves: from counted answers to values and points, and which cells may be shown.

Answers are counted by the store; what arrives here are counts by option, so the work does not grow with the
number of ballots. Values are exact fractions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

MEAN, SATISFIED_SHARE = "mean", "satisfied_share"


@dataclass(frozen=True)
class Option:
    """One option of a scale: its value in 0…1 (None: no opinion, an answer but not a valid one)."""

    value: Fraction | None
    satisfied: bool


@dataclass(frozen=True)
class Cell:
    """What one respondent group says of one unit on one leaf."""

    unit_code: str
    criterion_code: str
    respondent_group: str
    weight: Fraction
    n_ballots: int
    n_valid: int
    value: Fraction | None
    suppressed: bool
    complement: bool = False  # suppressed for another group's sake alone


def question_value(counts: Mapping[str, int], scale: Mapping[str, Option], method: str) -> Fraction | None:
    """Value of a question from its answers by option; None without a valid answer.

    `mean`: mean of the options' values; `satisfied_share`: share of valid answers that are satisfied ones.
    """
    valid = [(n, scale[option]) for option, n in counts.items() if scale[option].value is not None]
    n_valid = sum(n for n, _ in valid)
    if n_valid == 0:
        return None
    if method == SATISFIED_SHARE:
        return Fraction(sum(n for n, option in valid if option.satisfied), n_valid)
    whole = lcm(*(option.value.denominator for _, option in valid))  # whole numbers add much faster than fractions
    total = sum(n * option.value.numerator * (whole // option.value.denominator) for n, option in valid)
    return Fraction(total, whole * n_valid)


def cells(
    *,
    questions: Iterable[tuple[str, str, str, str]],
    methods: Mapping[str, str],
    scales: Mapping[str, Mapping[str, Option]],
    counts: Mapping[tuple[str, str, str], Mapping[str, int]],
    n_ballots: Mapping[tuple[str, str], int],
    n_valid: Mapping[tuple[str, str, str], int],
    group_weight: Mapping[str, Fraction],
    leaf_weight: Mapping[tuple[str, str], Fraction],
    not_applicable: Collection[tuple[str, str]] = (),
    min_cell: int,
) -> list[Cell]:
    """Cells of a block, one for each unit, leaf and group that has ballots and questions of the leaf.

    questions: (respondent_group, question_code, criterion_code, scale); methods: survey_method by leaf;
    counts: by (unit, group, question) the answers by option; n_ballots: by (unit, group); n_valid: by (unit,
    leaf, group) the ballots with a valid answer to a question of that leaf; group_weight: by group, and
    leaf_weight, by (leaf, group), which goes before it; not_applicable: (unit, leaf) pairs that have no cell.
    """
    asked = defaultdict(list)
    for group, question, leaf, scale in questions:
        asked[leaf, group].append((question, scale))
    result = []
    for (unit, group), ballots in sorted(n_ballots.items()):
        for leaf, asked_group in asked:
            if asked_group != group or (unit, leaf) in not_applicable:
                continue
            values = [
                question_value(counts.get((unit, group, question), {}), scales[scale], methods[leaf])
                for question, scale in asked[leaf, group]
            ]
            values = [value for value in values if value is not None]
            result.append(
                Cell(
                    unit_code=unit,
                    criterion_code=leaf,
                    respondent_group=group,
                    weight=leaf_weight.get((leaf, group), group_weight[group]),
                    n_ballots=ballots,
                    n_valid=n_valid.get((unit, leaf, group), 0),
                    value=sum(values, Fraction(0)) / len(values) if values else None,
                    suppressed=False,
                )
            )
    return suppress(result, min_cell)


def leaf_values(of_cells: Iterable[Cell]) -> dict[tuple[str, str], Fraction]:
    """Value of each (unit, leaf) in 0…1: the groups' values by weight, over groups that have both.

    A leaf no group speaks for is left out: it is missing.
    """
    parts = defaultdict(list)
    for cell in of_cells:
        if cell.value is not None and cell.weight > 0:
            parts[cell.unit_code, cell.criterion_code].append((cell.weight, cell.value))
    return {
        key: sum((weight * value for weight, value in pairs), Fraction(0)) / sum(weight for weight, _ in pairs)
        for key, pairs in parts.items()
    }


def suppress(of_cells: Iterable[Cell], min_cell: int) -> list[Cell]:
    """The cells with those marked that may not be shown (method, section 6).

    A cell with 0 < n_valid < min_cell is suppressed. Where that is exactly one of several groups that count in
    the leaf, its value would follow from the others and the leaf's points: the next smallest is suppressed too
    (ties: by code). A leaf that rests on one group stands as it is.
    """
    by_leaf = defaultdict(list)
    for cell in of_cells:
        by_leaf[cell.unit_code, cell.criterion_code].append(cell)
    result = []
    for group_cells in by_leaf.values():
        hidden = {cell.respondent_group for cell in group_cells if 0 < cell.n_valid < min_cell}
        small = frozenset(hidden)
        counting = [cell for cell in group_cells if cell.value is not None and cell.weight > 0]
        if len(counting) > 1 and sum(cell.respondent_group in hidden for cell in counting) == 1:
            shown = [cell for cell in counting if cell.respondent_group not in hidden]
            hidden.add(min(shown, key=lambda cell: (cell.n_valid, cell.respondent_group)).respondent_group)
        result += [
            replace(cell, suppressed=True, complement=cell.respondent_group not in small)
            if cell.respondent_group in hidden
            else cell
            for cell in group_cells
        ]
    return result
