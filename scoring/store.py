"""The store: one DuckDB file a generation, written once beside the others, read-only ever after.

The only module that speaks to DuckDB. `ledger.json` in the data folder names the generation in force; replacing
that file is the one step in which an import becomes visible (see `scoring.ledger`). Readers open a generation
read-only and locked down, and follow the ledger, so a new one needs no restart: opening a rewritten file under its
old name would go on showing the old data in a process that has it open.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from scoring.tables import TABLES

LEDGER = "ledger.json"
STORE_FOLDER = "store"
KEPT_ROWS = 40_000  # rows of answers held per generation, some 100 MB at most
KEPT_GENERATIONS = 3  # files kept with the newest, and held open by readers: a slow request finishes on its own

Connection = duckdb.DuckDBPyConnection
# Nothing is ever fetched: extensions that DuckDB does not carry itself are an error, not a download.
_OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
# What does not fit into memory goes to the system's folder for temporary files, not into the folder one stands in.
_WRITER = _OFFLINE | {"temp_directory": str(Path(tempfile.gettempdir()) / "cchc-duckdb")}
# A reader touches no file but its own, and changes no setting back.
_READER = _OFFLINE | {"enable_external_access": False, "lock_configuration": True, "memory_limit": "1GB", "threads": 1}


DatabaseError = duckdb.Error
"""Whatever the database complains of: a full disk among other things."""


class StoreUnavailable(Exception):
    """The data folder holds nothing that can be read. `reason` is 'missing', 'broken', 'outdated' (built by another
    version of the program) or 'newer' (written by a newer one), `path` where."""

    def __init__(self, reason: str, path: Path):
        super().__init__(f"{reason}: {path}")
        self.reason, self.path = reason, path


def memory(threads: int | None = None) -> Connection:
    """A connection to a new database in memory, for checks and for the work before a generation is written."""
    return duckdb.connect(":memory:", config=_WRITER | ({"threads": threads} if threads else {}))


def create(path: Path) -> Connection:
    """A connection to a new database file at `path`; the caller closes it when the generation is whole."""
    path.unlink(missing_ok=True)
    return duckdb.connect(str(path), config=_WRITER)


def script(name: str) -> str:
    """The text of an SQL file that lies beside this module."""
    return resources.files("scoring").joinpath(name).read_text(encoding="utf-8")


@cache
def shape() -> str:
    """SHA-256 of what makes the tables of a generation; one built to another shape cannot be read by this program."""
    parts = [script(name) for name in ("schema.sql", "counts.sql", "results.sql", "flags.sql", "views.sql")]
    parts += [f"{name} {table.sql_columns}" for name, table in TABLES.items()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def quoted(text: str | os.PathLike) -> str:
    """`text` as an SQL string literal."""
    return "'" + str(text).replace("'", "''") + "'"


def rows(con: Connection, sql: str, parameters: Sequence | Mapping | None = None) -> list[dict[str, Any]]:
    """The result as a list of dicts; decimals come as Decimal, empty cells as None."""
    result = con.execute(sql, parameters) if parameters is not None else con.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def generation_path(data: Path, generation: int, identity: str | None = None) -> Path:
    """Where the file of a generation lies; without an identity that of the one in force, where it has this number."""
    if identity is None:
        with suppress(StoreUnavailable):
            number, found = generation_in_force(data)
            identity = found if number == generation else ""
    return data / STORE_FOLDER / f"gen-{generation:06d}{f'-{identity}' if identity else ''}.duckdb"


def generation_in_force(data: Path) -> tuple[int, str]:
    """Number and identity of the generation that the ledger names. Raises StoreUnavailable."""
    try:
        content = json.loads((data / LEDGER).read_text(encoding="utf-8"))
        generation, identity = content["generation"], content.get("identity", "")
    except FileNotFoundError:
        raise StoreUnavailable("missing", data) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise StoreUnavailable("broken", data / LEDGER) from None
    whole = isinstance(generation, int) and not isinstance(generation, bool) and generation >= 0
    if not (whole and isinstance(identity, str) and re.fullmatch(r"[0-9a-f]*", identity)):
        raise StoreUnavailable("broken", data / LEDGER)
    return generation, identity


class Kept:
    """Answers of one generation, which cannot change: asked again they cost nothing. The oldest go first."""

    def __init__(self):
        self._lock = threading.Lock()
        self._answers: dict[Any, list[Mapping[str, Any]]] = {}
        self._size = 0
        self._made: dict[Any, Any] = {}

    def rows(self, question: Any, ask: Callable[[], list[dict[str, Any]]]) -> list[Mapping[str, Any]]:
        """The answer to a question, by asking where it is not there."""
        answer = self._answers.get(question)
        if answer is None:
            answer = [MappingProxyType(row) for row in ask()]
            with self._lock:
                self._size += len(answer) - len(self._answers.pop(question, ()))
                self._answers[question] = answer
                while self._size > KEPT_ROWS:
                    self._size -= len(self._answers.pop(next(iter(self._answers))))
        return list(answer)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, made the first time and held as long as the generation."""
        if key not in self._made:
            made = make()
            with self._lock:
                self._made.setdefault(key, made)
        return self._made[key]


@dataclass(frozen=True)
class Snapshot:
    """One generation, for as long as a request takes: all its answers come from the same data. No two generations of
    any data folder share an identity."""

    generation: int
    _cursor: Connection
    _kept: Kept = field(default_factory=lambda: Kept())
    identity: str = ""

    def kept_rows(self, sql: str, parameters: Mapping | None = None) -> list[Mapping[str, Any]]:
        """As `rows`, asked once a generation: nobody may change a row, the list is the caller's own."""
        return self._kept.rows((sql, tuple((parameters or {}).items())), lambda: self.rows(sql, parameters))

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` works out of this generation, worked out once and shared."""
        return self._kept.once(key, make)

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


def opened(path: Path) -> Connection:
    """A read-only, locked down connection to the file of a generation. Raises StoreUnavailable."""
    if not path.is_file():
        raise StoreUnavailable("missing", path)
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_READER)
        found = connection.execute('SELECT "value" FROM meta WHERE "key" = \'shape\'').fetchone()
    except duckdb.Error:
        raise StoreUnavailable("broken", path) from None
    if found is None or found[0] != shape():
        connection.close()
        raise StoreUnavailable("outdated", path)
    return connection


class Store:
    """Read-only window on the newest generation of a data folder. Safe to share between threads."""

    def __init__(self, data: str | os.PathLike):
        self.data = Path(data).resolve()
        self._lock = threading.Lock()
        self._open: dict[tuple[int, str], tuple[Connection, Kept]] = {}
        self._seen: tuple | None = None
        self._current: tuple[int, str] | None = None

    def generation(self) -> int:
        """Number of the generation in force; opens it when it is new. Raises StoreUnavailable."""
        return self._newest()[0][0]

    def _newest(self) -> tuple[tuple[int, str], tuple[Connection, Kept]]:
        """The generation in force, the connection to it and what was asked of it."""
        try:
            stat = (self.data / LEDGER).stat()
        except OSError:
            raise StoreUnavailable("missing", self.data) from None
        seen = (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
        with self._lock:
            if seen != self._seen or self._current is None:
                generation = generation_in_force(self.data)
                self._open[generation] = self._open.pop(generation, None) or (self._connected(generation), Kept())
                # Who still reads one that was in force before holds it by a cursor of its own.
                for old in list(self._open)[:-KEPT_GENERATIONS]:
                    del self._open[old]
                self._seen, self._current = seen, generation
            return self._current, self._open[self._current]

    def _connected(self, generation: tuple[int, str]) -> Connection:
        return opened(generation_path(self.data, *generation))

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The generation in force, held until the end of the `with`. Raises StoreUnavailable."""
        generation, (connection, kept) = self._newest()
        cursor = connection.cursor()
        try:
            yield Snapshot(generation[0], cursor, kept, generation[1])
        except duckdb.FatalException:
            raise StoreUnavailable("broken", generation_path(self.data, *generation)) from None
        finally:
            cursor.close()

    def close(self) -> None:
        """Lets go of every file."""
        with self._lock:
            for connection, _ in self._open.values():
                connection.close()
            self._open, self._seen, self._current = {}, None, None
