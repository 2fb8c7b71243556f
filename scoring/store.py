"""The store: one DuckDB file a generation, written once beside the others, read-only ever after.

The only module that speaks to DuckDB. `ledger.json` in the data folder names the generation in force; replacing
that file is the one step in which an import becomes visible (see `scoring.imports`). Readers attach generations
read-only to a locked-down connection in memory and follow the ledger, so a new generation needs no restart:
opening a rewritten file under its old name would go on showing the old data in a process that has it open.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb

LEDGER = "ledger.json"
STORE_FOLDER = "store"
KEPT_GENERATIONS = 3  # files kept beside the newest, and attached by readers: a slow request finishes on its own

Connection = duckdb.DuckDBPyConnection
# Nothing is ever fetched: extensions that DuckDB does not carry itself are an error, not a download.
_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class StoreUnavailable(Exception):
    """The data folder holds nothing that can be read. `reason` is 'missing' or 'broken', `path` where."""

    def __init__(self, reason: str, path: Path):
        super().__init__(f"{reason}: {path}")
        self.reason, self.path = reason, path


def memory(threads: int | None = None) -> Connection:
    """A connection to a new database in memory, for checks and for the work before a generation is written."""
    return duckdb.connect(":memory:", config=_OFFLINE | ({"threads": threads} if threads else {}))


def create(path: Path) -> Connection:
    """A connection to a new database file at `path`; the caller closes it when the generation is whole."""
    path.unlink(missing_ok=True)
    return duckdb.connect(str(path), config=_OFFLINE)


def script(name: str) -> str:
    """The text of an SQL file that lies beside this module."""
    return resources.files("scoring").joinpath(name).read_text(encoding="utf-8")


def quoted(text: str | os.PathLike) -> str:
    """`text` as an SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"


def rows(con: Connection, sql: str, parameters: Sequence | Mapping | None = None) -> list[dict[str, Any]]:
    """The result as a list of dicts; decimals come as Decimal, empty cells as None."""
    result = con.execute(sql, parameters) if parameters is not None else con.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def generation_path(data: Path, generation: int) -> Path:
    """Where the file of a generation lies."""
    return data / STORE_FOLDER / f"gen-{generation:06d}.duckdb"


def generation_in_force(data: Path) -> int:
    """Number of the generation that the ledger names. Raises StoreUnavailable."""
    try:
        generation = json.loads((data / LEDGER).read_text(encoding="utf-8"))["generation"]
    except FileNotFoundError:
        raise StoreUnavailable("missing", data) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreUnavailable("broken", data / LEDGER) from None
    if not isinstance(generation, int):
        raise StoreUnavailable("broken", data / LEDGER)
    return generation


@dataclass(frozen=True)
class Snapshot:
    """One generation, for as long as a request takes: all its answers come from the same data."""

    generation: int
    _cursor: Connection

    def rows(self, sql: str, parameters: Sequence | Mapping | None = None) -> list[dict[str, Any]]:
        """The result of a query as a list of dicts."""
        return rows(self._cursor, sql, parameters)

    @property
    def connection(self) -> Connection:
        """The read-only connection, for code that scores from the rows of the store."""
        return self._cursor

    def describe(self, table: str) -> list[tuple]:
        """(column, type, …) of a table or view."""
        return self._cursor.execute(f"DESCRIBE {table}").fetchall()

    def value(self, sql: str, parameters: Sequence | Mapping | None = None) -> Any:
        """The first cell of the result, or None where there is no row."""
        cursor = self._cursor.execute(sql, parameters) if parameters is not None else self._cursor.execute(sql)
        row = cursor.fetchone()
        return row[0] if row else None


class Store:
    """Read-only window on the newest generation of a data folder. Safe to share between threads."""

    def __init__(self, data: str | os.PathLike):
        self.data = Path(data).resolve()
        self._lock = threading.Lock()
        self._hub: Connection | None = None
        self._attached: list[int] = []
        self._seen: tuple | None = None
        self._current: int | None = None

    def generation(self) -> int:
        """Number of the generation in force; attaches it when it is new. Raises StoreUnavailable."""
        try:
            stat = (self.data / LEDGER).stat()
        except OSError:
            raise StoreUnavailable("missing", self.data) from None
        seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if seen != self._seen or self._current is None:
            with self._lock:
                generation = generation_in_force(self.data)
                self._attach(generation)
                self._seen, self._current = seen, generation
        return self._current

    def _attach(self, generation: int) -> None:
        if generation in self._attached:
            return
        path = generation_path(self.data, generation)
        if not path.is_file():
            raise StoreUnavailable("missing", path)
        if self._hub is None:
            self._hub = memory(threads=1)
            folder = str(path.parent) + os.sep
            # In this order: afterwards nothing outside the folder can be read, and no setting changed back.
            self._hub.execute(f"SET allowed_directories = [{quoted(folder)}]")
            self._hub.execute("SET enable_external_access = false")
            self._hub.execute("SET memory_limit = '1GB'")
            self._hub.execute("SET lock_configuration = true")
        try:
            self._hub.execute(f"ATTACH {quoted(path)} AS g{generation} (READ_ONLY)")
        except duckdb.Error:
            raise StoreUnavailable("broken", path) from None
        self._attached.append(generation)
        while len(self._attached) > KEPT_GENERATIONS:
            self._hub.execute(f"DETACH g{self._attached.pop(0)}")

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The generation in force, held until the end of the `with`. Raises StoreUnavailable."""
        generation = self.generation()
        cursor = self._hub.cursor()
        try:
            cursor.execute(f"USE g{generation}")
            yield Snapshot(generation, cursor)
        except duckdb.FatalException:
            raise StoreUnavailable("broken", generation_path(self.data, generation)) from None
        finally:
            cursor.close()

    def close(self) -> None:
        """Lets go of every file."""
        with self._lock:
            if self._hub is not None:
                self._hub.close()
            self._hub, self._attached, self._seen, self._current = None, [], None, None
