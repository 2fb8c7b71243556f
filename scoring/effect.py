"""The effect of a change: what of every period's results is another one, before it is put in force."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoring import store
from scoring.store import Connection, quoted

LARGEST = 5
"""Units named with their index before and after."""

RESULTS = {
    "result_index": 'period, unit_code, index_value, "rank", points, status',
    "result_items": "period, unit_code, criterion_code, points, max_points, state",
}
"""What results are, by table of a generation."""


@dataclass(frozen=True)
class Effect:
    """`periods`: a dict a period with the keys of `--json`, made-up seasons that go first. `moved`: the periods of
    which a result is another one. `names`: unit code → name."""

    periods: list[dict[str, Any]] = field(default_factory=list)
    moved: frozenset[str] = frozenset()
    names: dict[str, str] = field(default_factory=dict)


def effect(
    before: Path | None, after: Path, own: Collection[str], withdrawn: Mapping[str, Mapping[str, int]]
) -> Effect:
    """What changes between two generations (None: there was none before).

    `own` are periods to tell of even where nothing moves, `withdrawn` the made-up rows that go, by period and table.
    """
    con = store.memory()
    try:
        _attach(con, before, after)
        moves = _moves(con)
        leaves = _leaves(con)
        moved = frozenset(_moved(con))
        told = set(own) | moved | set(withdrawn)
        periods = [
            _of_period(period, [row for row in moves if row["period"] == period], leaves.get(period, {}))
            | {"withdrawn": dict(withdrawn.get(period, {}))}
            for period in sorted(told, key=lambda period: (period not in withdrawn, period))
        ]
        return Effect(periods, moved, {row["unit_code"]: row["name"] for row in moves})
    finally:
        con.close()


def _attach(con: Connection, before: Path | None, after: Path) -> None:
    """Schemas `one` and `other`: the results of both generations."""
    con.execute(f"ATTACH {quoted(after)} AS following (READ_ONLY)")
    if before is not None:
        con.execute(f"ATTACH {quoted(before)} AS preceding (READ_ONLY)")
    for schema in ("one", "other"):
        con.execute(f"CREATE SCHEMA {schema}")
    for table in RESULTS:
        there = f"preceding.{table}" if before is not None else f"following.{table} WHERE false"
        con.execute(f"CREATE VIEW one.{table} AS FROM {there}")
        con.execute(f"CREATE VIEW other.{table} AS FROM following.{table}")


def _moves(con: Connection) -> list[dict[str, Any]]:
    return store.rows(
        con,
        'SELECT period, unit_code, coalesce(a.unit_name, b.unit_name) AS name, b.index_value AS "before",'
        ' a.index_value AS "after", b."rank" AS rank_before, a."rank" AS rank_after'
        " FROM one.result_index b FULL JOIN other.result_index a USING (period, unit_code) ORDER BY period, unit_code",
    )


def _leaves(con: Connection) -> dict[str, dict[str, dict[str, int]]]:
    """Period → state → how many leaves had it before and have it after."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for when, schema in (("before", "one"), ("after", "other")):
        sql = f"SELECT period, state, count(*) AS n FROM {schema}.result_items WHERE state IS NOT NULL GROUP BY ALL"
        for row in store.rows(con, sql):
            states = found.setdefault(row["period"], {})
            states.setdefault(row["state"], {"before": 0, "after": 0})[when] = row["n"]
    return found


def _moved(con: Connection) -> list[str]:
    """Periods with a result that is another one."""
    either = [
        f"SELECT period FROM (SELECT {columns} FROM {one}.{table} EXCEPT SELECT {columns} FROM {other}.{table})"
        for table, columns in RESULTS.items()
        for one, other in (("one", "other"), ("other", "one"))
    ]
    return [row["period"] for row in store.rows(con, f"SELECT DISTINCT period FROM ({' UNION ALL '.join(either)})")]


def _of_period(period: str, moves: list[dict[str, Any]], leaves: dict[str, dict[str, int]]) -> dict[str, Any]:
    moved = [row for row in moves if row["before"] != row["after"]]

    def size(row: dict[str, Any]) -> tuple:
        """Biggest first; units that gain or lose their index after those that have one before and after."""
        lost = row["before"] is None or row["after"] is None
        return (lost, -abs((row["after"] or 0) - (row["before"] or 0)), row["unit_code"])

    return {
        "period": period,
        "units_before": sum(row["before"] is not None for row in moves),
        "units_after": sum(row["after"] is not None for row in moves),
        "indexes_moved": len(moved),
        "ranks_moved": sum(row["rank_before"] != row["rank_after"] for row in moves),
        "largest": [
            {"unit_code": row["unit_code"], "before": _number(row["before"]), "after": _number(row["after"])}
            for row in sorted(moved, key=size)[:LARGEST]
        ],
        "leaves": {state: leaves[state] for state in sorted(leaves)},
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
