"""Facts: which rows of all imports count, and what one more import would change of them.

A later import replaces what an earlier one said, set by set (`Table.replaces_by`); nothing of the earlier is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from scoring import store
from scoring.ledger import Entry, Ledger
from scoring.store import Connection, quoted
from scoring.tables import TABLES

SEASON_FACTS = ("self_scores", "appraised_scores", "ballots", "survey_plan")
"""Facts that a score is made of. Made-up and real ones never stand in one period. Published results and the steps of
the process are a record of what was announced and planned; they stand beside a season of either kind."""


ONCE_WITHOUT_PERIOD = ("scales", "respondent_groups")
"""Tables that had no period in data folders of the first format."""


def parquet_relations(folder: Path, entry: Entry) -> dict[str, str]:
    """Relation to read each table of an import from, by table, where its parquet files lie in `folder`.

    A column that was declared after the import was kept is there, and empty.
    """
    return {
        table: f"({_nothing(table)} UNION ALL BY NAME FROM read_parquet({quoted(folder / f'{table}.parquet')}))"
        for table in entry.tables
    }


def _nothing(table: str) -> str:
    """The SELECT of a table's columns without a row."""
    columns = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in TABLES[table].sql_columns.items())
    return f"SELECT {columns} WHERE false"


def effective(table: str, relations: Sequence[tuple[int, str]], ballots: str = "ballots") -> str:
    """The SELECT of the rows of `table` that count, with their import_id.

    relations: (import id, relation). Of every set that is replaced together (`Table.replaces_by`) the rows of the
    latest import count; of answers those of the import whose ballot counts (`ballots` names that relation).
    """
    declared = TABLES[table]
    columns = ", ".join(f'"{name}"' for name in declared.sql_columns)
    if not relations:
        return f"SELECT *, NULL::INTEGER AS import_id FROM ({_nothing(table)})"
    every = " UNION ALL ".join(f"SELECT {columns}, {id_} AS import_id FROM {relation}" for id_, relation in relations)
    if table == "answers":
        return f"SELECT * FROM ({every}) SEMI JOIN {ballots} USING (period, ballot_id, import_id)"
    if len(relations) == 1:
        return every
    keys = ", ".join(f'"{name}"' for name in declared.replaces_by)
    return f"SELECT * FROM ({every}) QUALIFY import_id = max(import_id) OVER (PARTITION BY {keys})"


def held(table: str, effective_rows: str, periods: str) -> str:
    """The SELECT of the rows that count of a table. Rows kept before the table had a period hold for every period of
    the relation `periods` that has no rows of its own."""
    declared = TABLES[table]
    if table not in ONCE_WITHOUT_PERIOD:
        return effective_rows
    of_set = ", ".join(f'"{name}"' for name in declared.replaces_by)
    return (
        f"WITH counting AS ({effective_rows}), own AS (FROM counting WHERE period IS NOT NULL), without AS ("
        f" SELECT r.* REPLACE (p.period AS period)"
        f" FROM counting r CROSS JOIN (SELECT DISTINCT period FROM {periods}) p WHERE r.period IS NULL)"
        f" FROM own UNION ALL BY NAME FROM without ANTI JOIN own USING ({of_set})"
    )


def lay(con: Connection, schema: str, placed: Iterable[tuple[Entry, Path]], *, views: Sequence[str] = ()) -> None:
    """Creates in `schema` one table (for `views`: a view) for every declared table with the rows that count.

    placed: the imports that count, each with the folder of its parquet files.
    """
    relations = _by_table((entry.import_id, parquet_relations(folder, entry)) for entry, folder in placed)
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for table in TABLES:
        kind = "VIEW" if table in views else "TABLE"
        counting = effective(table, relations[table], f"{schema}.ballots")
        con.execute(f"CREATE {kind} {schema}.{table} AS {held(table, counting, f'{schema}.periods')}")


def _by_table(sources: Iterable[tuple[int, dict[str, str]]]) -> dict[str, list[tuple[int, str]]]:
    relations: dict[str, list[tuple[int, str]]] = {table: [] for table in TABLES}
    for import_id, by_table in sources:
        for table, relation in by_table.items():
            relations[table].append((import_id, relation))
    return relations


class Change:
    """The rows that count before and after one more import, side by side in one connection.

    Schemas: `before`, `incoming` (typed rows), `after`. Ballots are big and mostly untouched, so `before`
    shows them as views; whatever an import does not touch, `after` shows from `before`.
    """

    def __init__(self, data: Path, ledger: Ledger):
        self.data, self.ledger = data, ledger
        self.staged: list[tuple[Entry, Path]] = []
        self.con = store.memory()
        lay(self.con, "before", [(e, e.folder(data)) for e in ledger.active], views=("ballots", "answers"))
        self.con.execute("CREATE SCHEMA incoming")
        self.con.execute("CREATE SCHEMA after")

    def incoming(self) -> list[str]:
        found = store.rows(
            self.con, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'incoming' ORDER BY 1"
        )
        return [row["table_name"] for row in found if row["table_name"] in TABLES]

    def apply(self, import_id: int, gone: Iterable[int], again: Iterable[int] = ()) -> None:
        """Lays `after`: the active imports without those `gone`, with those that count `again` and what is incoming."""
        gone, again = set(gone), set(again)
        incoming = self.incoming()
        active = {e.import_id for e in self.ledger.active} - gone | again
        kept = [(e, e.folder(self.data)) for e in self.ledger.entries if e.import_id in active]
        sources = [(e.import_id, parquet_relations(folder, e)) for e, folder in [*kept, *self.staged]]
        sources.append((import_id, {table: f"incoming.{table}" for table in incoming}))
        relations = _by_table(sources)
        touched = set(incoming) | {t for e in self.ledger.entries if e.import_id in gone | again for t in e.tables}
        touched |= {*ONCE_WITHOUT_PERIOD} if "periods" in touched else set()
        self.con.execute("DROP SCHEMA after CASCADE")
        self.con.execute("CREATE SCHEMA after")
        for table in TABLES:
            if table in touched:
                counting = effective(table, relations[table], "after.ballots")
                self.con.execute(f"CREATE TABLE after.{table} AS {held(table, counting, 'after.periods')}")
            else:
                self.con.execute(f"CREATE VIEW after.{table} AS FROM before.{table}")

    def anything(self) -> bool:
        """Whether any row that counts is another one than before, provenance apart."""
        for table, declared in TABLES.items():
            columns = ", ".join(f'"{name}"' for name in declared.names)
            pair = (f"SELECT {columns} FROM before.{table}", f"SELECT {columns} FROM after.{table}")
            for one, other in (pair, pair[::-1]):
                if self.con.execute(f"SELECT 1 FROM ({one} EXCEPT ALL {other}) LIMIT 1").fetchone():
                    return True
        return False

    def replaced(self) -> dict[str, int]:
        """Rows by table that counted before and do not after."""
        counts = {}
        for table in TABLES:
            place = '"file", sheet, "row", import_id'
            extra = ", question_code" if table == "answers" else ""
            n = self.con.execute(
                f"SELECT count(*) FROM (SELECT {place}{extra} FROM before.{table}"
                f" EXCEPT SELECT {place}{extra} FROM after.{table})"
            ).fetchone()[0]
            if n:
                counts[table] = n
        return counts

    def periods(self, tables: Iterable[str] = SEASON_FACTS) -> list[str]:
        """Periods that the incoming rows of these tables name; of season facts unless told otherwise."""
        named = [table for table in self.incoming() if table in tables and "period" in TABLES[table].names]
        if not named:
            return []
        every = " UNION ALL ".join(f"SELECT period FROM incoming.{table}" for table in named)
        found = store.rows(self.con, f"SELECT DISTINCT period FROM ({every}) WHERE period IS NOT NULL ORDER BY 1")
        return [row["period"] for row in found]

    def rows_of(self, import_ids: Iterable[int]) -> dict[str, dict[str, int]]:
        """Period → table → rows of these imports that count before; answers are told with their ballots."""
        ids = ", ".join(map(str, import_ids))
        found: dict[str, dict[str, int]] = {}
        for table, declared in TABLES.items():
            if not ids or not declared.imported or "period" not in declared.names:
                continue
            sql = f"SELECT period, count(*) AS n FROM before.{table} WHERE import_id IN ({ids}) GROUP BY period"
            for row in store.rows(self.con, sql):
                found.setdefault(row["period"], {})[table] = row["n"]
        return found

    def accept(self) -> None:
        """Makes `after` the new `before`, for the next of several files judged one by one."""
        for table in TABLES:
            kind = self.con.execute(
                "SELECT table_type FROM information_schema.tables WHERE table_schema = 'after' AND table_name = ?",
                [table],
            ).fetchone()[0]
            if kind == "BASE TABLE":
                before = self.con.execute(
                    "SELECT table_type FROM information_schema.tables WHERE table_schema = 'before' AND table_name = ?",
                    [table],
                ).fetchone()[0]
                self.con.execute(f"DROP {'VIEW' if before == 'VIEW' else 'TABLE'} before.{table}")
                self.con.execute(f"CREATE TABLE before.{table} AS FROM after.{table}")
        self.clear()

    def clear(self) -> None:
        """Empties `incoming`."""
        self.con.execute("DROP SCHEMA incoming CASCADE")
        self.con.execute("CREATE SCHEMA incoming")
