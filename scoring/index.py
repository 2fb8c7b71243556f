"""The roll-up from leaves to items, fields and the index of every unit of a block (method, sections 2 and 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from scoring.rank import agreed, published, ranks
from scoring.rubric import APPRAISAL, SURVEY, TOTAL, Rubric

APPRAISED, SURVEYED, PENDING, MISSING, NOT_APPLICABLE = "appraised", "surveyed", "pending", "missing", "not_applicable"
COMPLETE, INCOMPLETE = "complete", "incomplete"
PUBLISHED, EXACT = "published", "exact"  # `periods.rank_by`

ZERO = Fraction(0)


@dataclass(frozen=True)
class Score:
    """A self score or the deciding appraised score: points, or None where it says not applicable."""

    points: Fraction | None

    @property
    def not_applicable(self) -> bool:
        return self.points is None


@dataclass(frozen=True)
class ItemResult:
    """A row of `items.csv`: one unit and item (TOTAL for the whole rubric). None is an empty cell."""

    unit_code: str
    criterion_code: str
    assessed_by: str | None
    self_points: Fraction | None
    appraised_points: Fraction | None
    survey_points: Fraction | None
    points: Fraction | None
    max_points: Fraction
    appraised_max: Fraction
    survey_max: Fraction
    gap: Fraction | None
    state: str | None

    @property
    def attainment(self) -> Fraction | None:
        return self.points / self.max_points if self.points is not None and self.max_points else None


@dataclass(frozen=True)
class UnitResult:
    """A row of `index.csv`. For an incomplete unit points, max_points and index_value are provisional."""

    unit_code: str
    self_points: Fraction
    appraised_points: Fraction
    survey_points: Fraction
    points: Fraction
    max_points: Fraction
    appraised_max: Fraction
    survey_max: Fraction
    self_index: Decimal | None
    appraised_index: Decimal | None
    index_exact: Decimal | None
    index_value: Decimal | None
    rank: int | None
    status: str


@dataclass(frozen=True)
class BlockResult:
    """Results of a unit group in one period, units in the order they were given."""

    units: list[UnitResult]
    items: list[ItemResult]


@dataclass(frozen=True)
class _Leaves:
    """Leaf by unit: points and max points that count, and where they do. Zero stands where a mask is False."""

    states: np.ndarray
    self_points: np.ndarray
    has_self: np.ndarray
    claimed: np.ndarray
    points: np.ndarray
    max_points: np.ndarray

    @property
    def applicable(self) -> np.ndarray:
        return self.states != NOT_APPLICABLE

    @property
    def settled(self) -> np.ndarray:
        return (self.states == APPRAISED) | (self.states == SURVEYED)


def _leaf_state(surveyed: bool, own: Score | None, decided: Score | None, value: Fraction | None) -> str:
    if decided is not None and decided.not_applicable:
        return NOT_APPLICABLE
    if surveyed:
        return MISSING if value is None else SURVEYED
    if decided is not None:
        return APPRAISED
    return PENDING if own is not None else MISSING


def _leaves(
    rubric: Rubric,
    units: Sequence[str],
    self_scores: Mapping[tuple[str, str], Score],
    decided_scores: Mapping[tuple[str, str], Score],
    survey_values: Mapping[tuple[str, str], Fraction],
) -> _Leaves:
    shape = (len(rubric.leaves), len(units))
    states = np.empty(shape, dtype=object)
    self_points, points, max_points = (np.full(shape, ZERO, dtype=object) for _ in range(3))
    has_self, claimed = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for i, leaf in enumerate(rubric.leaves):
        for j, unit in enumerate(units):
            own, decided = self_scores.get((unit, leaf)), decided_scores.get((unit, leaf))
            value = survey_values.get((unit, leaf))
            state = states[i, j] = _leaf_state(rubric.surveyed[i], own, decided, value)
            if own is not None and not rubric.surveyed[i]:
                claimed[i, j] = own.not_applicable
                has_self[i, j] = not own.not_applicable
                self_points[i, j] = own.points or ZERO
            if state == APPRAISED:
                points[i, j] = decided.points
            elif state == SURVEYED:
                points[i, j] = rubric.max_points[i] * value
            if state != NOT_APPLICABLE:
                max_points[i, j] = rubric.max_points[i]
    return _Leaves(states, self_points, has_self, claimed, points, max_points)


def decide(appraised: Iterable[tuple[str, str, int, Score]]) -> dict[tuple[str, str], Score]:
    """The deciding appraised score of each (unit, leaf): that of the highest round.

    appraised: (unit_code, criterion_code, round, score).
    """
    best: dict[tuple[str, str], tuple[int, Score]] = {}
    for unit, leaf, turn, score in appraised:
        if (unit, leaf) not in best or turn > best[unit, leaf][0]:
            best[unit, leaf] = (turn, score)
    return {key: score for key, (_, score) in best.items()}


def score_block(
    rubric: Rubric,
    units: Sequence[str],
    *,
    self_scores: Mapping[tuple[str, str], Score],
    decided_scores: Mapping[tuple[str, str], Score],
    survey_values: Mapping[tuple[str, str], Fraction],
    decimals: int = 2,
    rank_by: str = PUBLISHED,
) -> BlockResult:
    """Items, index and rank of every unit of a block.

    All maps are by (unit_code, criterion_code) of a leaf; survey_values are in 0…1. Points add exactly. Ranks
    are by the published index of complete units (`rank_by` "exact": by the value before the last rounding).
    """
    leaves = _leaves(rubric, units, self_scores, decided_scores, survey_values)
    surveyed = rubric.surveyed[:, None]
    applicable, settled = leaves.applicable, leaves.settled
    appraisal = applicable & ~surveyed

    def only(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return np.where(mask, values, ZERO)

    own = leaves.has_self & applicable
    both = own & (leaves.states == APPRAISED)
    sums = {
        "self_points": rubric.roll_up(only(leaves.self_points, own)),
        "appraised_points": rubric.roll_up(only(leaves.points, settled & ~surveyed)),
        "survey_points": rubric.roll_up(only(leaves.points, settled & surveyed)),
        "points": rubric.roll_up(only(leaves.points, settled)),
        "max_points": rubric.roll_up(leaves.max_points),
        "appraised_max": rubric.roll_up(only(leaves.max_points, appraisal)),
        "survey_max": rubric.roll_up(only(leaves.max_points, applicable & surveyed)),
        "gap": rubric.roll_up(only(leaves.points - leaves.self_points, both)),
    }
    still_open = rubric.roll_up((applicable & ~settled).astype(int))
    pairs = rubric.roll_up(both.astype(int))
    # A leaf shows only what it has; a heading shows sums, which are 0 where there is nothing to add.
    shown = {
        "self_points": own,
        "appraised_points": leaves.states == APPRAISED,
        "survey_points": leaves.states == SURVEYED,
        "points": settled,
    }
    items = _items(rubric, units, leaves, sums, still_open, pairs, shown)
    return BlockResult(_units(rubric, units, leaves, sums, still_open[0], decimals, rank_by), items)


def _items(rubric, units, leaves, sums, still_open, pairs, shown) -> list[ItemResult]:
    result = []
    for j, unit in enumerate(units):
        for place, code in enumerate((TOTAL, *rubric.codes)):
            row = {name: values[place, j] for name, values in sums.items()}
            state = assessed_by = None
            if place and rubric.is_leaf(place - 1):
                i = rubric.spans[place - 1].start
                state = leaves.states[i, j]
                assessed_by = SURVEY if rubric.surveyed[i] else APPRAISAL
                row |= {name: None for name, mask in shown.items() if not mask[i, j]}
            elif still_open[place, j]:
                row["points"] = None
            if not pairs[place, j]:
                row["gap"] = None  # a comparison with nothing to compare is not a zero
            result.append(ItemResult(unit, code, assessed_by, state=state, **row))
    return result


def _units(rubric, units, leaves, sums, still_open, decimals, rank_by) -> list[UnitResult]:
    surveyed = rubric.surveyed[:, None]
    applicable = leaves.applicable
    pending_own = (leaves.states == PENDING) & leaves.has_self
    counted = leaves.settled | pending_own
    provisional = np.where(leaves.settled, leaves.points, np.where(pending_own, leaves.self_points, ZERO)).sum(axis=0)
    provisional_max = np.where(counted, leaves.max_points, ZERO).sum(axis=0)
    # What a unit claims not applicable is out of both comparisons: no points were asked for it.
    compared_max = np.where(applicable & ~surveyed & ~leaves.claimed, leaves.max_points, ZERO).sum(axis=0)
    compared = np.where(applicable & ~surveyed & ~leaves.claimed, leaves.points, ZERO).sum(axis=0)

    def index(points: Fraction, max_points: Fraction) -> Fraction | None:
        return 100 * points / max_points if max_points else None

    exact, shown = [], []
    for j in range(len(units)):
        value = index(provisional[j], provisional_max[j])
        exact.append(None if value is None else agreed(value))
        shown.append(None if value is None else published(value, decimals))
    complete = [still_open[j] == 0 and exact[j] is not None for j in range(len(units))]
    ranked_by = exact if rank_by == EXACT else shown
    places = ranks([value if whole else None for value, whole in zip(ranked_by, complete, strict=True)])
    result = []
    for j, unit in enumerate(units):
        own = index(sums["self_points"][0, j], compared_max[j])
        council = index(compared[j], compared_max[j]) if complete[j] else None
        result.append(
            UnitResult(
                unit_code=unit,
                **{name: sums[name][0, j] for name in ("self_points", "appraised_points", "survey_points")},
                points=provisional[j],
                max_points=provisional_max[j],
                appraised_max=sums["appraised_max"][0, j],
                survey_max=sums["survey_max"][0, j],
                self_index=None if own is None else published(own, decimals),
                appraised_index=None if council is None else published(council, decimals),
                index_exact=exact[j],
                index_value=shown[j],
                rank=places[j],
                status=COMPLETE if complete[j] else INCOMPLETE,
            )
        )
    return result
