"""How sure the ranks of a block are, as numbers: what sampling allows, and, apart from it, what other choices would do.

`sampling` and `choices` take a moment, so both are kept for the generation. They know complete units alone: nobody else
has a rank. Points stay exact; errors of sampling and drawn weights are floats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from dashboard.address.order import by_rank
from dashboard.address.view import View
from dashboard.pages.ranking import rows as standings
from dashboard.pages.ranking.rows import Line
from scoring import sensitivity, uncertainty
from scoring.index import EXACT, PUBLISHED
from scoring.sensitivity import SPREADS, Ranking, RankRange, Swap

LEVEL = 0.05
"""Two units differ where the two-sided test of their difference is below this."""
SURE = 0.95
"""Share of resamples or weight sets from which a headline counts a rank as kept."""
STEADY = 2
"""Ranks that a unit may move by and still be counted as steady when a criterion is left out."""


def exact(share: float) -> Fraction:
    """The fraction that a share of resamples or weight sets is."""
    return Fraction(share).limit_denominator(10**9)


# What sampling allows


@dataclass(frozen=True)
class Reliability:
    """The complete units of a block, by rank (`lines`), with U × U arrays in that order.

    `different`: whether the paired difference is beyond sampling error; `group`: number of the group that cannot be
    told from its first unit; `together`: (low, high) of the simultaneous rank sets, widened to hold the official
    ranks; `shares` (U, U): how often resampling gave each unit each place.
    """

    lines: tuple[Line, ...]
    different: np.ndarray
    group: np.ndarray
    together: tuple[np.ndarray, np.ndarray]
    shares: np.ndarray

    @cached_property
    def pairs(self) -> tuple[int, int]:
        """(pairs that differ, all pairs)."""
        n = len(self.lines)
        return int(self.different.sum()) // 2, n * (n - 1) // 2

    @cached_property
    def widths(self) -> list[int]:
        """How many ranks each rank interval holds."""
        return [line.rank_high - line.rank_low + 1 for line in self.lines if line.rank_low is not None]

    @cached_property
    def groups(self) -> list[list[Line]]:
        """The groups, each with its anchor first."""
        return [
            [line for line, number in zip(self.lines, self.group, strict=True) if number == wanted]
            for wanted in range(1, int(self.group.max(initial=0)) + 1)
        ]

    def first(self, k: int) -> list[tuple[Line, float]]:
        """Every unit with the share of resamples in which it is among the first k, the surest first."""
        found = self.shares[:, :k].sum(axis=1)
        order = np.argsort(-found, kind="stable")
        return [(self.lines[at], min(1.0, float(found[at]))) for at in order]

    def like(self, at: int) -> list[Line]:
        """The units that one cannot be told from."""
        return [other for j, other in enumerate(self.lines) if j != at and not self.different[at, j]]


def sampling(view: View) -> Reliability | None:
    """What sampling allows in the view's block; None where no unit has a rank, or errors are not known."""
    sel, of = view.sel, (view.sel.period, view.sel.unit_group)
    # Names are in the language of the reader, so each language keeps its own.
    key = ("sampling", sel.period, sel.unit_group, view.lang)
    if key not in view.site.kept:
        lines = standings.read(view).ranked
        covariance = view.ask.index_covariance(*of)
        shares = view.ask.block_probabilities(*of)
        exact = {row["unit_code"]: row["index_exact"] for row in by_rank(view)}
        view.site.kept[key] = of_sampling(lines, exact, covariance, shares)
    return view.site.kept[key]


def of_sampling(
    lines: Sequence[Line], exact: Mapping[str, Any], covariance: Sequence[Mapping], shares: Sequence[Mapping]
) -> Reliability | None:
    """`Reliability` of lines and the rows of the store: exact index by unit, covariance by pair, frequency by rank."""
    lines = sorted(lines, key=lambda line: line.rank or 0)
    place = {line.code: at for at, line in enumerate(lines)}
    known = {row["unit_code"] for row in covariance}
    if not lines or not place.keys() <= known:
        return None
    n = len(lines)
    errors, found = np.zeros((n, n)), np.zeros((n, n))
    for row in covariance:
        errors[place[row["unit_code"]], place[row["other_code"]]] = row["covariance"]
    for row in shares:
        found[place[row["unit_code"]], row["rank"] - 1] = row["probability"]
    estimate = np.array([float(exact[line.code]) for line in lines])
    different = uncertainty.difference_test(estimate, errors) < LEVEL
    low, high = uncertainty.rank_sets(estimate, errors, simultaneous=True)
    together = uncertainty.hold(low, high, [line.rank for line in lines])
    return Reliability(tuple(lines), different, uncertainty.alike(estimate, different), together, found)


# What other choices would do


@dataclass(frozen=True)
class Left:
    """The ranking with one respondent group not asked: unit -> (index, place), and its place in the official order of
    the same units. Units whose result would give a suppressed cell away are in neither."""

    index: Mapping[str, Any]
    place: Mapping[str, int]
    official: Mapping[str, int]

    @cached_property
    def moved(self) -> int:
        """How many units have another place."""
        return sum(self.place[unit] != self.official[unit] for unit in self.place)


@dataclass(frozen=True)
class Choices:
    """What other choices would have done to the complete units of a block: `units`, by `rank`, with their `index`.

    `weights`: spread -> range of places over drawn weight sets; `fields`, `items`: code -> ranking without it; `own`:
    self points in place of the council's; `rounding`: ranked by the other rounding, `by` the one in force; `groups`:
    respondent group -> ranking without it; `swaps`: (better unit, next unit, smallest change of weights or None).
    """

    units: tuple[str, ...]
    rank: tuple[int, ...]
    index: tuple[Any, ...]
    rubric: Mapping[str, float]
    weights: Mapping[float, RankRange]
    fields: Mapping[str, Ranking]
    items: Mapping[str, Ranking]
    own: Ranking
    by: str
    rounding: Ranking
    groups: Mapping[str, Left]
    swaps: tuple[tuple[str, str, Swap | None], ...]

    def moved(self, ranking: Ranking) -> int:
        """How many units another choice gives another place."""
        return sum(new != old for new, old in zip(ranking.rank, self.rank, strict=True))

    @cached_property
    def steady(self) -> int:
        """How many units stay within `STEADY` ranks whichever item is left out."""
        ranges = [(rank, *self.item_range(at)) for at, rank in enumerate(self.rank)]
        return sum(max(rank - best, worst - rank) <= STEADY for rank, (best, _), (worst, _) in ranges)

    def item_range(self, at: int) -> tuple[tuple[int, list[str]], tuple[int, list[str]]]:
        """Best and worst place of a unit over the items left out one at a time, each with the items that do it;
        no items where leaving none out changes the place."""
        places = {code: ranking.rank[at] for code, ranking in self.items.items() if ranking.rank[at] is not None}
        ends = (min([self.rank[at], *places.values()]), max([self.rank[at], *places.values()]))
        return tuple(
            (end, [code for code, place in places.items() if place == end] if end != self.rank[at] else [])
            for end in ends
        )


@dataclass(frozen=True)
class Unit:
    """A unit in the order of the official ranks, and where it stands in the arrays of `Choices`."""

    at: int
    code: str
    name: str
    rank: int
    own: bool
    tied: bool = False  # the official rank is written as it is


def shift(swap: Swap | None) -> float | None:
    """Weight that a swap moves, in percentage points; None where nothing swaps the two."""
    return None if swap is None or not swap.possible else float(100 * np.abs(swap.change).sum() / 2)


def easiest(found: Choices) -> tuple[float, str, str] | None:
    """(weight moved, one, two) of the neighbours, of different index, that the smallest change swaps."""
    index = dict(zip(found.units, found.index, strict=True))
    known = [
        (moved, one, two)
        for one, two, swap in found.swaps
        if index[one] != index[two] and (moved := shift(swap)) is not None
    ]
    return min(known, default=None)


def most_moved(moved: Mapping[str, int]) -> tuple[list[str], int]:
    """The parts whose leaving out moves most units, and how many."""
    most = max(moved.values(), default=0)
    return [code for code, n in moved.items() if n == most], most


def choices(view: View) -> Choices | None:
    """What other choices would do in the view's block; None where no unit has a rank."""
    sel, of = view.sel, (view.sel.period, view.sel.unit_group)
    key = ("choices", sel.period, sel.unit_group)
    if key not in view.site.kept:
        view.site.kept[key] = of_choices(
            [row for row in by_rank(view) if row["rank"] is not None],
            view.ask.block_results(*of),
            view.ask.survey_cells(*of),
            sel.rubric,
            claimed=[row for row in view.ask.appraisal(*of) if row["claimed"] and row["state"] == "appraised"],
            decimals=sel.season["decimals"],
            rank_by=view.ask.rank_by(sel.period),
        )
    return view.site.kept[key]


def of_choices(
    ranking: Sequence[Mapping],
    items: Sequence[Mapping],
    cells: Sequence[Mapping],
    rubric: Mapping[str, Mapping],
    *,
    claimed: Sequence[Mapping],
    decimals: int,
    rank_by: str,
) -> Choices | None:
    """`Choices` of the rows of the store: ranked units, units by items, survey cells; `rubric` code -> row.

    `claimed`: leaves that the unit said do not apply and the council appraised: a ranking by self points leaves them
    out, as the self index does.
    """
    if not ranking:
        return None
    units = tuple(row["unit_code"] for row in ranking)
    rank = tuple(row["rank"] for row in ranking)
    leaves = [row for row in items if row["unit_code"] in units and None not in (row["points"], row["state"])]
    codes = [code for code, row in rubric.items() if row["max_points"] is not None]
    fields = [code for code, row in rubric.items() if not row["parent_code"]]
    belongs = [fields.index(rubric[code]["field_code"]) for code in codes]
    points, most = by_leaf(units, codes, leaves)
    in_rubric = np.array([[Fraction(rubric[code]["max_points"]) for code in codes]], dtype=object)
    by_field, field_most, field_whole = (sums(of, belongs, len(fields)) for of in (points, most, in_rubric))
    weights = sensitivity.rubric_weights(field_whole[0])
    rules = {"decimals": decimals, "rank_by": rank_by}

    def drawn(spread: float) -> RankRange:
        sets = sensitivity.weight_sets(weights, spread)
        return sensitivity.rank_range(sensitivity.scores(by_field, field_most, sets, weights, **rules), rank)

    return Choices(
        units=units,
        rank=rank,
        index=tuple(row["index_value"] for row in ranking),
        rubric=dict(zip(fields, weights.tolist(), strict=True)),
        weights={spread: drawn(spread) for spread in SPREADS},
        fields=dict(zip(fields, sensitivity.leave_one_out(by_field, field_most, **rules), strict=True)),
        items=dict(zip(codes, sensitivity.leave_one_out(points, most, **rules), strict=True)),
        own=by_self_points(ranking, claimed, **rules),
        by=rank_by,
        rounding=sensitivity.ranking(
            points.sum(axis=1),
            most.sum(axis=1),
            decimals=decimals,
            rank_by=EXACT if rank_by != EXACT else PUBLISHED,
        ),
        groups=without_groups(ranking, leaves, cells, rubric, **rules),
        swaps=tuple(
            (units[i], units[j], sensitivity.smallest_swap(by_field[[i, j]], field_most[[i, j]], weights))
            for i, j in pairwise(range(len(units)))
        ),
    )


def by_leaf(units: Sequence[str], codes: Sequence[str], leaves: Sequence[Mapping]) -> tuple[np.ndarray, np.ndarray]:
    """Points and max points of every unit in every leaf, exact (U, L); nought where a leaf does not count."""
    points, most = (np.full((len(units), len(codes)), Fraction(0), dtype=object) for _ in range(2))
    unit, leaf = ({code: at for at, code in enumerate(some)} for some in (units, codes))
    for row in leaves:
        cell = unit[row["unit_code"]], leaf[row["criterion_code"]]
        points[cell], most[cell] = Fraction(row["points"]), Fraction(row["max_points"])
    return points, most


def sums(values: np.ndarray, belongs: Sequence[int], n: int) -> np.ndarray:
    """Sums (U, n) of columns by the place that each belongs to."""
    found = np.full((len(values), n), Fraction(0), dtype=object)
    for column, place in enumerate(belongs):
        found[:, place] += values[:, column]
    return found


def by_self_points(ranking: Sequence[Mapping], claimed: Sequence[Mapping], **rules: Any) -> Ranking:
    """The ranking by self points in place of the council's, without the leaves that a unit claimed do not apply."""
    out = dict.fromkeys((row["unit_code"] for row in ranking), Fraction(0))
    for row in claimed:
        if row["unit_code"] in out:
            out[row["unit_code"]] += Fraction(row["max_points"])
    return sensitivity.ranking(
        [Fraction(row["self_points"]) + Fraction(row["survey_points"]) for row in ranking],
        [Fraction(row["max_points"]) - out[row["unit_code"]] for row in ranking],
        **rules,
    )


def without_groups(
    ranking: Sequence[Mapping],
    leaves: Sequence[Mapping],
    cells: Sequence[Mapping],
    rubric: Mapping[str, Mapping],
    *,
    decimals: int,
    rank_by: str,
) -> dict[str, Left]:
    """Respondent group -> the ranking had it not been asked, made of what may be shown alone.

    Of a leaf with suppressed cells their sum is known, since its points and its other cells are; a unit is left out
    where one of its suppressed cells belongs to the very group, because the difference would give that cell away.
    """
    official = {row["unit_code"]: row for row in ranking}
    hidden = {(cell["unit_code"], cell["respondent_group"]) for cell in cells if cell["suppressed"] and cell["weight"]}
    given = answered(leaves, cells)
    most = {code: row["max_points"] for code, row in rubric.items() if row["max_points"] is not None}
    result = {}
    for group in dict.fromkeys(cell["respondent_group"] for cell in cells if cell["weight"]):
        shown = [unit for unit in official if (unit, group) not in hidden]
        left = sensitivity.without_group(group, given, most)
        none = (Fraction(0), Fraction(0))
        found = sensitivity.ranking(
            [Fraction(official[unit]["appraised_points"]) + left.get(unit, none)[0] for unit in shown],
            [Fraction(official[unit]["appraised_max"]) + left.get(unit, none)[1] for unit in shown],
            decimals=decimals,
            rank_by=rank_by,
        )
        ranks = [official[unit]["rank"] for unit in shown]
        result[group] = Left(
            dict(zip(shown, found.index, strict=True)),
            dict(zip(shown, found.rank, strict=True)),
            {unit: 1 + sum(other < official[unit]["rank"] for other in ranks) for unit in shown},
        )
    return result


def answered(leaves: Sequence[Mapping], cells: Sequence[Mapping]) -> list[tuple[str, str, str, Fraction, Fraction]]:
    """(unit, leaf, respondent group, weight, value) of every cell that may be shown; the suppressed ones of a leaf
    together, with no group."""
    points = {(leaf["unit_code"], leaf["criterion_code"]): leaf for leaf in leaves}
    given, rest = [], {}
    for cell in cells:
        key = (cell["unit_code"], cell["criterion_code"])
        if key not in points or not cell["weight"] or not (cell["suppressed"] or cell["value"] is not None):
            continue
        weight = Fraction(cell["weight"])
        whole, unseen, seen = rest.get(key, (Fraction(0),) * 3)
        if cell["suppressed"]:
            unseen += weight
        else:
            seen += weight * Fraction(cell["value"])
            given.append((*key, cell["respondent_group"], weight, Fraction(cell["value"])))
        rest[key] = (whole + weight, unseen, seen)
    for key, (whole, unseen, seen) in rest.items():
        if unseen:
            value = Fraction(points[key]["points"]) / Fraction(points[key]["max_points"])
            given.append((*key, "", unseen, (value * whole - seen) / unseen))
    return given
