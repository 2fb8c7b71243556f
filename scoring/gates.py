"""The gates before lock and publication: what has to hold, what was found, and the rows that it rests on.

Every gate has an id that never changes and one of two severities. What a gate cannot check yet is `unchecked`, which
never counts as passed. The words of gates are in `scoring.texts` (`gate_<id>`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from scoring import results
from scoring.build import recompute
from scoring.index import BlockResult
from scoring.results import TOLERANCE
from scoring.store import Snapshot

BLOCKING, WARNING = "blocking", "warning"
PASSED, FAILED, UNCHECKED = "passed", "failed", "unchecked"
LISTED = 1000
"""Rows that a gate lists; the others are counted in `found`."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """What a gate expected and found, as numbers that compare; `rows` is what it fails on."""

    expected: Any
    found: Any
    rows: Sequence[Row] = ()

    @property
    def difference(self) -> Any:
        both = [self.expected, self.found]
        return self.found - self.expected if all(isinstance(one, int | Decimal | Fraction) for one in both) else None


@dataclass(frozen=True)
class Gate:
    """One gate as it stands for a period."""

    gate: str
    severity: str
    state: str
    expected: Any = None
    found: Any = None
    difference: Any = None
    rows: Sequence[Row] = field(default_factory=tuple)


def gates(snapshot: Snapshot, period: str) -> list[Gate]:
    """Every gate of a period, in the order in which they are answered."""
    of, made = Period(snapshot, period), []
    for name, (severity, check) in GATES.items():
        found = check(of) if check else None
        if found is None:
            made.append(Gate(name, severity, UNCHECKED))
            continue
        rows = tuple(found.rows)
        state = PASSED if not rows and found.expected == found.found else FAILED
        made.append(Gate(name, severity, state, found.expected, found.found, found.difference, rows[:LISTED]))
    return made


def plain(value: Any) -> Any:
    """A number of a gate as JSON keeps it."""
    if isinstance(value, Fraction):
        return float(value)
    return format(value, "f") if isinstance(value, Decimal) else value


def as_json(gate: Gate) -> dict[str, Any]:
    """A gate with the keys of `cchc gates --json`."""
    rows = [{key: plain(value) for key, value in row.items()} for row in gate.rows]
    numbers = {key: plain(getattr(gate, key)) for key in ("expected", "found", "difference")}
    return {"gate": gate.gate, "severity": gate.severity, "state": gate.state, **numbers, "rows": rows}


def open_gates(found: Sequence[Gate]) -> list[Gate]:
    """The gates that keep a period from being signed: blocking ones that have not passed, unchecked ones among them."""
    return [gate for gate in found if gate.severity == BLOCKING and gate.state != PASSED]


class Period:
    """A period as the gates look at it."""

    def __init__(self, snapshot: Snapshot, period: str):
        self.snapshot, self.period = snapshot, period

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a query about `$period`."""
        return self.snapshot.rows(sql, {"period": self.period})

    @cached_property
    def anew(self) -> list[BlockResult]:
        """Every block, made anew from scores and ballots."""
        groups = self.rows("SELECT DISTINCT unit_group FROM result_index WHERE period = $period ORDER BY unit_group")
        return [recompute(self.snapshot, self.period, row["unit_group"])[0] for row in groups]


def _none(rows: Sequence[Row]) -> Finding:
    """A gate that wants nothing to be there."""
    return Finding(0, len(rows), rows)


def complete(of: Period) -> Finding | None:
    """Every unit has every applicable leaf. None where nothing was scored yet."""
    leaves = of.rows(
        "SELECT unit_code, criterion_code, state FROM result_items WHERE period = $period AND state IS NOT NULL"
        " AND state <> 'not_applicable' ORDER BY unit_code, criterion_code",
    )
    rows = [row for row in leaves if row["state"] in ("pending", "missing")]
    return Finding(len(leaves), len(leaves) - len(rows), rows) if leaves else None


def in_range(of: Period) -> Finding:
    """Points lie from 0 to the maximum."""
    return _none(
        of.rows(
            "SELECT unit_code, criterion_code, points, max_points FROM result_items WHERE period = $period"
            " AND (points < 0 OR points > max_points) ORDER BY unit_code, criterion_code",
        )
    )


def reasons(of: Period) -> Finding:
    """Every change of the council has a reason and an appraiser."""
    return _none(
        of.rows(
            "SELECT unit_code, criterion_code, self_points, appraised_points, appraiser, reason FROM item_results"
            " WHERE period = $period AND state = 'appraised' AND gap <> 0 AND (reason IS NULL OR appraiser IS NULL)"
            " ORDER BY unit_code, criterion_code",
        )
    )


def sums(of: Period) -> Finding:
    """Leaves add up to criteria, fields and the total, and the total is appraised + survey."""
    return _none(results.failing_sums(of.snapshot, of.period))


def maxima(of: Period) -> Finding:
    """The maxima of every unit are those of the rubric in force, less what does not apply to it."""
    return _none(
        of.rows(
            "SELECT unit_code, i.appraised_max, i.survey_max, l.appraised_max AS expected_appraised,"
            " l.survey_max AS expected_survey FROM result_index i JOIN ("
            " SELECT u.unit_code,"
            " coalesce(sum(r.max_points) FILTER (r.assessed_by = 'appraisal'), 0) AS appraised_max,"
            " coalesce(sum(r.max_points) FILTER (r.assessed_by = 'survey'), 0) AS survey_max"
            " FROM units u JOIN rubric r USING (period, unit_group)"
            " JOIN result_items s USING (period, unit_code, criterion_code)"
            " WHERE period = $period AND r.max_points IS NOT NULL AND s.max_points > 0 GROUP BY u.unit_code) l"
            " USING (unit_code)"
            " WHERE i.period = $period"
            " AND (i.appraised_max, i.survey_max) IS DISTINCT FROM (l.appraised_max, l.survey_max)"
            " ORDER BY unit_code",
        )
    )


def means(of: Period) -> Finding | None:
    """The mean of a block is that of its units, and the sum of the means of both parts. None without a complete
    unit."""
    units = of.rows("FROM result_index WHERE period = $period AND status = 'complete'")
    if not units:
        return None
    failing = []
    for group in dict.fromkeys(row["unit_group"] for row in units):
        mine = [row for row in units if row["unit_group"] == group]

        def mean(column: str, rows: Sequence[Row] = mine) -> Fraction:
            return sum((Fraction(row[column] or 0) for row in rows), Fraction()) / len(rows)

        total, parts = mean("points"), mean("appraised_points") + mean("survey_points")
        exact = sum((100 * Fraction(row["points"]) / Fraction(row["max_points"]) for row in mine), Fraction()) / len(
            mine
        )
        apart = max(abs(total - parts), abs(exact - mean("index_exact")))
        if apart > Fraction(1, 10**9):
            failing.append({"unit_group": group, "mean": total, "parts": parts, "difference": apart})
    return _none(failing)


def from_ballots(of: Period) -> Finding:
    """Survey points are those that the ballots give when they are counted anew."""
    stored = {
        (row["unit_code"], row["criterion_code"]): row["survey_points"]
        for row in of.rows("FROM result_items WHERE period = $period AND state = 'surveyed'")
    }
    anew = {
        (item.unit_code, item.criterion_code): item.survey_points
        for result in of.anew
        for item in result.items
        if item.state == "surveyed"
    }
    return _compared(stored, anew, "survey_points")


def from_scores(of: Period) -> Finding:
    """Indexes and ranks are those that scores and ballots give when they are computed anew."""
    stored = {
        (row["unit_code"], what): row[what]
        for row in of.rows("FROM result_index WHERE period = $period")
        for what in ("index_value", "rank")
    }
    anew = {
        (unit.unit_code, what): getattr(unit, what)
        for result in of.anew
        for unit in result.units
        for what in ("index_value", "rank")
    }
    return _compared(stored, anew, "value")


def _compared(stored: Mapping[tuple, Any], anew: Mapping[tuple, Any], what: str) -> Finding:
    """Numbers kept against numbers made anew; kept ones have twenty decimals."""

    def apart(key: tuple) -> bool:
        one, other = stored.get(key), anew.get(key)
        return (one is None) != (other is None) or (
            one is not None and abs(Fraction(one) - Fraction(other)) > Fraction(TOLERANCE)
        )

    rows = [
        {"unit_code": key[0], "of": key[1], f"stored_{what}": stored.get(key), f"expected_{what}": anew.get(key)}
        for key in sorted({*stored, *anew})
        if apart(key)
    ]
    return Finding(len(anew), len(anew) - len(rows), rows)


def ballots(of: Period) -> Finding:
    """Valid ballots are no more than returned ones, those no more than issued ones."""
    return _none(
        of.rows(
            "SELECT unit_code, respondent_group, n_valid, returned, issued FROM survey_progress"
            " WHERE period = $period AND (n_valid > returned OR returned > issued OR n_ballots > issued)"
            " ORDER BY unit_code, respondent_group",
        )
    )


def small_cells(of: Period) -> Finding:
    """Every respondent group that was asked about a unit has the minimum of ballots."""
    return _none(
        of.rows(
            "SELECT unit_code, respondent_group FROM survey_progress WHERE period = $period AND hidden"
            " ORDER BY unit_code, respondent_group",
        )
    )


def flags(of: Period) -> Finding:
    """No flag that blocks is open."""
    return _none(
        of.rows(
            "SELECT unit_code, criterion_code, respondent_group, flag FROM result_flags WHERE period = $period"
            " AND severity = 'block' ORDER BY ALL",
        )
    )


def disclosure(of: Period) -> Finding:
    """What is published gives no suppressed cell away, save where the official points do; those are named."""
    return _none(
        of.rows(
            "SELECT unit_code, criterion_code, respondent_group FROM result_survey"
            " WHERE period = $period AND revealed ORDER BY ALL",
        )
    )


def printed(of: Period) -> Finding:
    """The index that an official source printed fits the rank that it printed: a better rank, no smaller index."""
    rows = of.rows(
        'SELECT p.unit_code, u.unit_group, p."index", p."rank", p.source FROM published_results p'
        " JOIN units u USING (period, unit_code)"
        ' WHERE period = $period AND p."index" IS NOT NULL AND p."rank" IS NOT NULL',
    )
    failing = []
    for row in rows:
        block = [other for other in rows if other["unit_group"] == row["unit_group"]]
        against = [
            other
            for other in block
            if (other["rank"] < row["rank"] and other["index"] < row["index"])
            or (other["rank"] > row["rank"] and other["index"] > row["index"])
        ]
        if against:
            failing.append(row | {"against": len(against)})
    return _none(_most_against(failing))


def _most_against(failing: Sequence[Row]) -> list[Row]:
    """Of values that contradict each other, those that contradict most: the misprint, not all of its neighbours."""
    most = Counter({at: row["against"] for at, row in enumerate(failing)})
    top = max(most.values(), default=0)
    return [row for row in failing if row["against"] == top] if top > 1 else list(failing)


def own_appraisal(of: Period) -> Finding:
    """No agency appraised itself."""
    return _none(
        of.rows(
            "SELECT unit_code, criterion_code, appraiser FROM item_results WHERE period = $period"
            " AND appraiser = unit_code ORDER BY unit_code, criterion_code",
        )
    )


GATES: dict[str, tuple[str, Callable[[Period], Finding | None] | None]] = {
    "complete": (BLOCKING, complete),
    "range": (BLOCKING, in_range),
    "reasons": (BLOCKING, reasons),
    "sums": (BLOCKING, sums),
    "maxima": (BLOCKING, maxima),
    "means": (BLOCKING, means),
    "survey_points": (BLOCKING, from_ballots),
    "ballots": (BLOCKING, ballots),
    "minimum_cell": (WARNING, small_cells),
    "ranks": (BLOCKING, from_scores),
    "comparison": (BLOCKING, None),
    "titles": (BLOCKING, None),
    "flags": (BLOCKING, flags),
    "disclosure": (WARNING, disclosure),
    "printed": (BLOCKING, printed),
    "own_appraisal": (WARNING, own_appraisal),
    "rehearsal": (BLOCKING, None),
}
"""Id → its severity and its check; None for what cannot be checked yet."""
