"""Which cells of the survey could be worked out from what is published, and what is withheld so that they cannot.

The audit plays a reader who knows everything that leaves the house: exact points, weights, values and distributions of
the cells that may be shown, the rules of suppression. It searches the answer patterns that suppressed cells may have.
Where all of them give a cell the same value, the cell is determined, and every group value of its unit and leaf is
withheld. What the official points give away even then is accepted and named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from math import lcm

from scoring.survey import SATISFIED_SHARE, Cell, Option

# What is looked at for one cell: patterns, and numbers of ballots. What is not found among them counts as impossible,
# which withholds more, never less.
MOST, LISTED = 20_000, 40

Leaf = tuple[str, str]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Audit:
    """`withheld`: (unit, leaf) whose group values are not published. `accepted`: (unit, leaf, group) of suppressed
    cells whose value follows from the official points alone."""

    withheld: frozenset[Leaf]
    accepted: frozenset[Key]


@dataclass(frozen=True)
class Asked:
    """A question of a cell: the values that a valid answer may have, and how many valid answers there are."""

    code: str
    values: tuple[Fraction, ...]
    n_valid: int


def audit(
    of_cells: Iterable[Cell],
    *,
    questions: Iterable[tuple[str, str, str, str]],
    methods: Mapping[str, str],
    scales: Mapping[str, Mapping[str, Option]],
    counts: Mapping[Key, Mapping[str, int]],
    min_cell: int,
) -> Audit:
    """What has to be withheld of the cells of a block, and which suppressed cells its official points reveal.

    questions, methods, scales, counts: as `scoring.survey.cells` takes them.
    """
    forms: dict[Leaf, list[tuple[str, str]]] = defaultdict(list)
    for group, question, leaf, scale in questions:
        forms[leaf, group].append((question, scale))
    by_unit: dict[str, list[Cell]] = defaultdict(list)
    for cell in of_cells:
        by_unit[cell.unit_code].append(cell)
    withheld: set[Leaf] = set()
    accepted: set[Key] = set()
    for unit, cells in by_unit.items():
        asked = {}
        for cell in cells:
            leaf, group = cell.criterion_code, cell.respondent_group
            asked[leaf, group] = [
                _asked(question, scales[scale], methods[leaf], counts.get((unit, group, question), {}))
                for question, scale in forms[leaf, group]
            ]
        leaves, revealed = _Unit(cells, asked, min_cell).audit()
        withheld |= {(unit, leaf) for leaf in leaves}
        accepted |= {(unit, *key) for key in revealed}
    return Audit(frozenset(withheld), frozenset(accepted))


def _asked(question: str, scale: Mapping[str, Option], method: str, counts: Mapping[str, int]) -> Asked:
    valid = [option for option in scale.values() if option.value is not None]
    values = {Fraction(option.satisfied) if method == SATISFIED_SHARE else option.value for option in valid}
    n_valid = sum(n for option, n in counts.items() if scale[option].value is not None)
    return Asked(question, tuple(sorted(values)), n_valid)


class _Unit:
    """The cells of one unit, by leaf, with the questions of each."""

    def __init__(self, cells: Sequence[Cell], asked: Mapping[tuple[str, str], Sequence[Asked]], min_cell: int):
        self.asked, self.min_cell = asked, min_cell
        self.by_leaf: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            self.by_leaf[cell.criterion_code].append(cell)

    def audit(self) -> tuple[set[str], set[tuple[str, str]]]:
        """Leaves to withhold, and (leaf, group) that the official points reveal."""
        withheld = {leaf for leaf in self.by_leaf if self._mixes(leaf)}
        known: set[tuple[str, str]] = set()
        while True:
            withheld = self._spread(withheld)
            more = {leaf for leaf in self.by_leaf if leaf not in withheld and self._determined(leaf, known)}
            revealed = known | {key for leaf in self.by_leaf for key in self._revealed(leaf, known)}
            if not more and revealed == known:
                return withheld, {(c, g) for c, g in known if any(self._is(cell, g) for cell in self.by_leaf[c])}
            withheld, known = withheld | more, self._same(revealed)

    @staticmethod
    def _is(cell: Cell, group: str) -> bool:
        return cell.respondent_group == group and cell.suppressed

    def _counting(self, leaf: str) -> list[Cell]:
        return [cell for cell in self.by_leaf[leaf] if cell.value is not None and cell.weight > 0]

    def _hidden(self) -> set[tuple[str, str]]:
        """(group, question) whose distribution is suppressed although there are answers."""
        return {
            (group, one.code)
            for (leaf, group), asked in self.asked.items()
            for one in asked
            if 0 < one.n_valid < self.min_cell
            or any(cell.suppressed for cell in self.by_leaf[leaf] if cell.respondent_group == group)
        }

    def _mixes(self, leaf: str) -> bool:
        """Whether a value of the leaf is made of distributions that are shown and of such that are not."""
        hidden = self._hidden()
        return any(
            not cell.suppressed and any((cell.respondent_group, one.code) in hidden for one in self._of(cell))
            for cell in self._counting(leaf)
        )

    def _of(self, cell: Cell) -> Sequence[Asked]:
        return [one for one in self.asked[cell.criterion_code, cell.respondent_group] if one.n_valid]

    def _spread(self, withheld: set[str]) -> set[str]:
        """With the leaves that share a hidden question: two sums of one unknown tell more than one."""
        hidden = self._hidden()
        places: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (leaf, group), asked in self.asked.items():
            for one in asked:
                places[group, one.code].add(leaf)
        found = withheld | {leaf for key in hidden if len(places[key]) > 1 for leaf in places[key]}
        while True:
            reached = {leaf for leaves in places.values() if leaves & found for leaf in leaves}
            if reached <= found:
                return found
            found |= reached

    def _determined(self, leaf: str, known: set[tuple[str, str]]) -> bool:
        """Whether a suppressed cell follows from the points of the leaf and the cells that are shown."""
        counting = self._counting(leaf)
        unknown = [cell for cell in counting if cell.suppressed and (leaf, cell.respondent_group) not in known]
        if len(counting) == 1:  # it stands as it is: its points are its value
            return False
        shown = [cell for cell in counting if not cell.suppressed]
        parts = [self._part(cell, shown, published=True) for cell in unknown]
        known_here = any(cell.suppressed for cell in counting) and len(unknown) < sum(c.suppressed for c in counting)
        return known_here or any(_fixed(parts, at) for at in range(len(parts)))

    def _revealed(self, leaf: str, known: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """(leaf, group) of the suppressed cells that follow from the points of the leaf alone."""
        counting = self._counting(leaf)
        if not any(cell.suppressed for cell in counting):
            return set()
        unknown = [cell for cell in counting if (leaf, cell.respondent_group) not in known]
        parts = [self._part(cell, (), published=False) for cell in unknown]
        return {
            (leaf, cell.respondent_group) for at, cell in enumerate(unknown) if cell.suppressed and _fixed(parts, at)
        }

    def _same(self, known: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """With the cells of other leaves that are made of the same answers."""

        def made_of(leaf: str, group: str) -> tuple:
            return group, tuple(sorted((one.code, one.values) for one in self.asked[leaf, group]))

        forms = {made_of(leaf, group) for leaf, group in known}
        return known | {
            (leaf, cell.respondent_group)
            for leaf in self.by_leaf
            for cell in self._counting(leaf)
            if made_of(leaf, cell.respondent_group) in forms
        }

    def _part(self, cell: Cell, shown: Iterable[Cell], *, published: bool) -> _Part:
        """What a reader knows of a cell that is not shown: between which numbers its valid ballots lie."""
        least, most = 1, min(self.min_cell - 1, cell.n_ballots)
        if cell.n_valid >= self.min_cell:
            least, most = self.min_cell, cell.n_ballots
            if published:  # suppressed beside a small one, it has the next smallest number (ties: by code)
                later = (
                    one.n_valid - (one.respondent_group < cell.respondent_group)
                    for one in shown
                    if one.value is not None
                )
                most = min([most, *later])
        return _Part(cell.weight, cell.value, tuple(self._of(cell)), least, max(least, most))


@dataclass(frozen=True)
class _Part:
    """One unknown of a sum: its weight and true value, its questions, the range of its valid ballots."""

    weight: Fraction
    value: Fraction
    asked: tuple[Asked, ...]
    least: int
    most: int

    def values(self) -> set[Fraction]:
        """Values that the cell may have. Not all are listed of big cells: those with as many answers to each question
        as there are."""
        if len(self.asked) == 1:
            numbers = {self.asked[0].n_valid, *range(self.least, min(self.most, LISTED) + 1)}
            return {Fraction(total) for n in numbers for total in _shares(self.asked[0].values, n)}
        if self.least > 1:
            return {total / len(self.asked) for total in _sums([_shares(q.values, q.n_valid) for q in self.asked])}
        found = {0: {Fraction(0)}}
        for one in self.asked:  # each question has answers or none
            shares = {share for n in range(1, self.most + 1) for share in _shares(one.values, n)}
            for answered, sums in sorted(found.items(), reverse=True):
                longer = islice((s + x for s in sums for x in shares), MOST)
                found[answered + 1] = found.get(answered + 1, set()) | set(longer)
        return {total / answered for answered, sums in found.items() if answered for total in sums}

    def may_be(self, value: Fraction) -> bool:
        """Whether there is a pattern with this value."""
        if len(self.asked) > 1:
            return value in _listed(self)
        if not 0 <= value <= 1:
            return False
        asked = self.asked[0]
        unit, up, down = _unit(asked.values), value.numerator, value.denominator
        return any(
            not up * n * unit % down and up * n * unit // down in _totals(asked.values, n)
            for n in (asked.n_valid, *range(self.least, self.most + 1))
        )


@lru_cache(1024)
def _listed(part: _Part) -> frozenset[Fraction]:
    return frozenset(part.values())


def _fixed(parts: Sequence[_Part], at: int) -> bool:
    """Whether the part at that place has one value alone in every pattern of all parts with the weighted sum that they
    have."""
    one, others = parts[at], [*parts[:at], *parts[at + 1 :]]
    for other in others:  # the others as they are: a pair that moves is found at once, mostly
        if _moves(one, other):
            return False
    if len(others) < 2 or any(part.least > 1 for part in parts):
        return True
    total = sum((part.weight * (part.value or 0) for part in parts), Fraction(0))
    sums = {Fraction(0)}
    for other in others:
        sums = set(islice({s + other.weight * value for s in sums for value in _listed(other)}, MOST))
    return not any(total - one.weight * value in sums for value in _listed(one) if value != one.value)


def _moves(one: _Part, other: _Part) -> bool:
    """Whether another value of `one` is made up for by another value of `other`."""
    fewer, more = (one, other) if len(one.asked) * one.most <= len(other.asked) * other.most else (other, one)
    return any(
        value != fewer.value and more.may_be(more.value + (fewer.value - value) * fewer.weight / more.weight)
        for value in _listed(fewer)
    )


def _sums(sets: Sequence[Iterable[Fraction]]) -> set[Fraction]:
    found = {Fraction(0)}
    for values in sets:
        found = set(islice((s + x for s in found for x in values), MOST))
    return found


def _shares(values: tuple[Fraction, ...], n: int) -> set[Fraction]:
    """Means that n answers of these values may have."""
    whole = _unit(values) * n
    return {Fraction(total, whole) for total in _totals(values, n)}


@lru_cache(1024)
def _unit(values: tuple[Fraction, ...]) -> int:
    return lcm(*(value.denominator for value in values))


def _totals(values: tuple[Fraction, ...], n: int) -> frozenset[int]:
    """Sums that n answers of these values may have, times `_unit`; none where they are too many to be listed."""
    known = _ladder(values)
    steps = [int(value * _unit(values)) for value in values]
    while len(known) <= n:
        longer = {total + step for total in known[-1] for step in steps}
        known.append(frozenset(longer) if len(longer) <= MOST else frozenset())
    return known[n]


@lru_cache(256)
def _ladder(values: tuple[Fraction, ...]) -> list[frozenset[int]]:
    return [frozenset((0,))]
