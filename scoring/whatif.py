"""What a unit would have with other points, all other units held as they are, and the least that gets it further.

A simulation, never a result: points here are made up by whoever asks. Points are exact; nothing is rounded but what the
method rounds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

import numpy as np

from scoring.index import EXACT, PUBLISHED
from scoring.rank import AGREED_PLACES, agreed, published, ranks
from scoring.uncertainty import rank_set

STEP = Fraction(1, 4)  # of a leaf whose `rubric.step` is empty
FINEST = 1000  # points with more than three decimals move in whole steps only, see `reachable`


@dataclass(frozen=True)
class Outcome:
    """What the unit would have: `added` (L,) is what was asked for, cut to what each leaf has room for."""

    added: tuple[Fraction, ...]
    points: Fraction
    max_points: Fraction
    index_exact: Decimal
    index_value: Decimal
    rank: int
    rank_low: int
    rank_high: int


def outcome(
    points: Sequence[Rational],
    max_points: Sequence[Rational],
    added: Sequence[Rational],
    *,
    unit: int,
    index_exact: Sequence[Decimal],
    std_error: np.ndarray,
    decimals: int = 2,
    rank_by: str = PUBLISHED,
    draws: int = 10_000,
    seed: int = 0,
) -> Outcome:
    """Index, rank and rank set of a unit if `added` came to the points of its leaves.

    points, max_points, added: (L,) over the leaves applicable to the unit, none of them missing; added may be negative.
    index_exact: (U,) of the complete units of the block, the unit itself at place `unit`; std_error: (U,) or their
    covariance (U, U), taken to stay what it is. The rank set is the marginal one, widened to hold the rank.
    """
    given = [
        min(max(Fraction(p) + Fraction(a), Fraction(0)), Fraction(m)) - Fraction(p)
        for p, m, a in zip(points, max_points, added, strict=True)
    ]
    total = sum(map(Fraction, points)) + sum(given)
    most = sum(map(Fraction, max_points))
    index = 100 * total / most
    exact = [*index_exact[:unit], agreed(index), *index_exact[unit + 1 :]]
    rank = ranks(ranked_values(exact, decimals=decimals, rank_by=rank_by))[unit]
    low, high = rank_set(unit, np.array(exact, dtype=float), std_error, draws=draws, seed=seed)
    return Outcome(
        added=tuple(given),
        points=total,
        max_points=most,
        index_exact=agreed(index),
        index_value=published(index, decimals),
        rank=rank,
        rank_low=min(low, rank),
        rank_high=max(high, rank),
    )


def shifted(counts: Mapping[str, int], moves: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """Answers by option after `moves`, (from option, to option): how many, cut to the answers that are there.

    The value of the question follows by `survey.question_value`, the points of its leaf by `survey_gain`.
    """
    result = dict(counts)
    for (source, target), n in moves.items():
        moved = max(0, min(n, result.get(source, 0)))
        result[source] = result.get(source, 0) - moved
        result[target] = result.get(target, 0) + moved
    return result


def survey_gain(
    before: Rational, after: Rational, *, questions: int, weight: Rational, weights: Rational, max_points: Rational
) -> Fraction:
    """Points a leaf gains when one question of one group goes from value `before` to `after`.

    `questions`: of that group and leaf, with a valid answer; `weight` of the group out of `weights`, the sum over the
    groups that have a value.
    """
    return Fraction(max_points) * (Fraction(after) - Fraction(before)) / questions * Fraction(weight) / weights


@dataclass(frozen=True)
class Opportunity:
    """A leaf with room: `headroom` to its maximum, the `share` of peers who have its full points, and their product."""

    leaf: int
    headroom: Fraction
    share: Fraction

    @property
    def worth(self) -> Fraction:
        """Headroom × share: what others show can be had."""
        return self.headroom * self.share


def opportunities(
    points: Sequence[Rational | None], max_points: Sequence[Rational], peers: Sequence[Sequence[Rational | None]]
) -> list[Opportunity]:
    """Leaves of a unit that have room, the most promising first (ties: more headroom, then order of the leaves).

    points, max_points: (L,), points None where the leaf does not count; peers: rows (L,) of other units, None where a
    leaf is not applicable or has no points, who are then no peers for it.
    """
    result = []
    for leaf, (own, most) in enumerate(zip(points, max_points, strict=True)):
        if own is None or own >= most:
            continue
        theirs = [row[leaf] for row in peers if row[leaf] is not None]
        share = Fraction(sum(value >= most for value in theirs), len(theirs)) if theirs else Fraction(0)
        result.append(Opportunity(leaf, Fraction(most) - Fraction(own), share))
    return sorted(result, key=lambda o: (-o.worth, -o.headroom, o.leaf))


def ranked_values(index_exact: Sequence[Decimal], *, decimals: int = 2, rank_by: str = PUBLISHED) -> list[Decimal]:
    """The values that rank units: the published index, or the exact one where `periods.rank_by` says so."""
    return list(index_exact) if rank_by == EXACT else [published(Fraction(value), decimals) for value in index_exact]


def next_value(values: Sequence[Decimal], unit: int) -> Decimal | None:
    """The value, of those that rank the units, that `unit` must reach to share the next better place; None on top."""
    return min((value for value in values if value > values[unit]), default=None)


def shortfall(
    points: Rational, max_points: Rational, target: Decimal, *, decimals: int = 2, rank_by: str = PUBLISHED
) -> Fraction:
    """Fewest points a unit with `points` of `max_points` lacks for a ranked value of at least `target`; 0 if it has it.

    Rounding helps: 84.995 is published as 85.00, and so is 84.99499999995.
    """
    target = Fraction(target)
    if rank_by != EXACT and decimals < AGREED_PLACES:
        target = Fraction(math.ceil(target * 10**decimals), 10**decimals) - Fraction(1, 2 * 10**decimals)
    target = Fraction(math.ceil(target * 10**AGREED_PLACES), 10**AGREED_PLACES) - Fraction(1, 2 * 10**AGREED_PLACES)
    return max(Fraction(0), Fraction(max_points) * target / 100 - Fraction(points))


def reachable(points: Rational, max_points: Rational, step: Rational | None = None) -> list[Fraction]:
    """What can be added to a leaf, ascending: up to each multiple of `step` above its points, and to its maximum.

    Points with more than three decimals lie on no grid that a council uses; they move by whole steps.
    """
    points, max_points, step = Fraction(points), Fraction(max_points), STEP if not step else Fraction(step)
    if any((value * FINEST).denominator > 1 for value in (points, max_points)):
        return [step * k for k in range(1, math.floor((max_points - points) / step) + 1)]
    marks = [step * k for k in range(math.floor(points / step) + 1, math.floor(max_points / step) + 1)]
    if max_points > points and max_points not in marks:
        marks.append(max_points)
    return [mark - points for mark in marks]


def fewest_points(
    points: Sequence[Rational],
    max_points: Sequence[Rational],
    need: Rational,
    *,
    steps: Sequence[Rational | None] | None = None,
) -> tuple[Fraction, ...] | None:
    """Points to add to each leaf (L,) that come to at least `need`: the fewest points, then on the fewest leaves.

    Among equals the earlier leaves are taken, so that the order of the leaves may say which come easier. Additions are
    those of `reachable`, steps (L,) of the rubric. None where all room together falls short. Exact: the totals within
    reach are counted through, in units of the largest amount that divides all additions.
    """
    need = Fraction(need)
    steps = [None] * len(points) if steps is None else steps
    options = [reachable(p, m, s) for p, m, s in zip(points, max_points, steps, strict=True)]
    nothing = (Fraction(0),) * len(options)
    if need <= 0:
        return nothing
    if sum(option[-1] for option in options if option) < need:
        return None
    scale = math.lcm(*(addition.denominator for option in options for addition in option))
    whole = [[int(addition * scale) for addition in option] for option in options]
    unit = math.gcd(*(addition for option in whole for addition in option))
    whole = [[addition // unit for addition in option] for option in whole]
    enough = math.ceil(need * scale / unit)
    # A total that overshoots by more than the largest addition has one too many.
    size = (
        min(enough + max(option[-1] for option in whole if option), sum(option[-1] for option in whole if option)) + 1
    )
    never = np.iinfo(np.int16).max
    leaves = np.full(size, never, dtype=np.int16)  # fewest leaves that give each total
    leaves[0] = 0
    taken = []
    for option in reversed(whole):
        fewest, choice = leaves.copy(), np.zeros(size, dtype=np.int64)
        for addition in option:
            if addition >= size:
                break
            before = leaves[: size - addition]
            better = (before < never) & (before + 1 <= fewest[addition:])
            fewest[addition:][better] = before[better] + 1
            choice[addition:][better] = addition
        leaves = fewest
        taken.append(choice)
    total = enough + int(np.flatnonzero(leaves[enough:] < never)[0])
    result = []
    for choice in reversed(taken):
        addition = int(choice[total])
        total -= addition
        result.append(Fraction(addition * unit, scale))
    return tuple(result)
