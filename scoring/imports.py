"""Imports and their ledger: what is given, kept for ever, and which rows of it count.

    data/ledger.json            the one commit point: generation in force and every import's entry
    data/imports/000014/        originals/ byte for byte, one parquet a table with file, sheet and row
    data/store/gen-000012.duckdb

Nothing below `imports/` is ever edited; a change is a new import. Everything is prepared aside, and replacing
`ledger.json` makes an import and the store built from it visible in one step: killed at any moment, a data folder is
as before or as after. Leftovers of a killed run are no part of the data and go with the next write.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from scoring import checks, reading, store, typed
from scoring.problems import Problem
from scoring.store import Connection, quoted
from scoring.tables import TABLES

SEASON_FACTS = ("self_scores", "appraised_scores", "ballots", "survey_plan")
"""Facts that a score is made of. Made-up and real ones never stand in one period. Published results and the steps of
the process are a record of what was announced and planned; they stand beside a season of either kind."""

FOLDER = "imports"
MAX_MB = 500

Progress = Callable[[str], None]


def quiet(_stage: str) -> None:
    """A progress that says nothing."""


@dataclass(frozen=True)
class Entry:
    """One import in the ledger.

    `tables`: rows and SHA-256 of the parquet by table; `replaced`: rows by table that counted before and do not
    any more; `periods`: those it brings season facts for; `retracted`: None, or when, by whom and why.
    """

    import_id: int
    imported_at: str
    by: str
    note: str
    made_up: bool
    files: list[dict]
    tables: dict[str, dict]
    replaced: dict[str, int]
    periods: list[str]
    retracted: dict | None = None

    def folder(self, data: Path) -> Path:
        return data / FOLDER / f"{self.import_id:06d}"


@dataclass(frozen=True)
class Ledger:
    """Every import ever kept, in order, and the generation of the store that was built from them."""

    generation: int = 0
    entries: tuple[Entry, ...] = ()

    @property
    def active(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.retracted is None)

    @property
    def next_id(self) -> int:
        return max((entry.import_id for entry in self.entries), default=0) + 1

    @property
    def dataset_hash(self) -> str:
        """SHA-256 of what counts: the tables of the active imports, in order."""
        parts = [(e.import_id, e.made_up, sorted((t, v["sha256"]) for t, v in e.tables.items())) for e in self.active]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def entry(self, import_id: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.import_id == import_id), None)

    def retract(self, import_ids: Iterable[int], *, by: str, reason: str, at: str) -> Ledger:
        gone = set(import_ids)
        how = {"at": at, "by": by, "reason": reason}
        entries = tuple(replace(e, retracted=how) if e.import_id in gone else e for e in self.entries)
        return replace(self, entries=entries)


@dataclass
class Outcome:
    """What became of an import or a retraction.

    `status`: imported, refused, unchanged, checked (a dry run that would be imported) or retracted. `entries` are
    the new ones, `retracted` the ids taken back in the same step, `refused_files` those that `--each` left out.
    """

    status: str
    problems: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    retracted: list[int] = field(default_factory=list)
    skipped: list[tuple[str, str, str]] = field(default_factory=list)
    refused_files: list[str] = field(default_factory=list)
    unchanged_files: list[str] = field(default_factory=list)
    generation: int | None = None


class UnknownImport(Exception):
    """There is no active import with this id."""

    def __init__(self, import_id: int, active: Sequence[int]):
        super().__init__(import_id)
        self.import_id, self.active = import_id, list(active)


class RealFactsThere(Exception):
    """Made-up facts were offered for periods that hold real ones."""

    def __init__(self, periods: Sequence[str]):
        super().__init__(periods)
        self.periods = list(periods)


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# --- the ledger and its lock ------------------------------------------------------------------------------------


def load(data: Path) -> Ledger:
    """The ledger of a data folder; an empty one where nothing was imported. Raises StoreUnavailable if broken."""
    path = data / store.LEDGER
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Ledger(content["generation"], tuple(Entry(**entry) for entry in content["entries"]))
    except FileNotFoundError:
        return Ledger()
    except (OSError, ValueError, KeyError, TypeError):
        raise store.StoreUnavailable("broken", path) from None


def _save(data: Path, ledger: Ledger) -> None:
    path = data / store.LEDGER
    content = {"generation": ledger.generation, "entries": [asdict(entry) for entry in ledger.entries]}
    aside = path.with_suffix(".json.new")
    with aside.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(aside, path)
    _sync_folder(data)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(data: Path, progress: Progress = quiet) -> Iterator[None]:
    """Holds the data folder for one writer; a second one waits. The lock ends with the process, however it ends.

    A folder that was made for this and holds nothing at the end goes again.
    """
    made = not data.exists()
    data.mkdir(parents=True, exist_ok=True)
    handle = os.open(data, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("waiting")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if made:
            with suppress(OSError):
                data.rmdir()
        os.close(handle)


def _sweep(data: Path, ledger: Ledger, staged: Path | None = None) -> None:
    """Removes what a killed run left: folders and generations that no ledger ever named, half-written files.

    `staged` is the folder aside of the import that is being kept.
    """
    known = {entry.folder(data).name for entry in ledger.entries} | ({staged.name} if staged else set())
    for folder in (data / FOLDER).glob("*"):
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)
    for path in (data / store.STORE_FOLDER).glob("*"):
        number = path.name.removeprefix("gen-").partition(".")[0]
        kept = number.isdigit() and ledger.generation - store.KEPT_GENERATIONS < int(number) <= ledger.generation
        if not kept or path.suffix != ".duckdb":
            path.unlink(missing_ok=True)


# --- which rows count -------------------------------------------------------------------------------------------


def parquet_relations(data: Path, entry: Entry) -> dict[str, str]:
    """Relation to read each table of an import from, by table."""
    folder = entry.folder(data)
    return {table: f"read_parquet({quoted(folder / f'{table}.parquet')})" for table in entry.tables}


def effective(table: str, relations: Sequence[tuple[int, str]], ballots: str = "ballots") -> str:
    """The SELECT of the rows of `table` that count, with their import_id.

    relations: (import id, relation). Of every set that is replaced together (`Table.replaces_by`) the rows of the
    latest import count; of answers those of the import whose ballot counts (`ballots` names that relation).
    """
    declared = TABLES[table]
    columns = ", ".join(f'"{name}"' for name in declared.sql_columns)
    if not relations:
        nothing = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in declared.sql_columns.items())
        return f"SELECT {nothing}, NULL::INTEGER AS import_id WHERE false"
    every = " UNION ALL ".join(f"SELECT {columns}, {id_} AS import_id FROM {relation}" for id_, relation in relations)
    if table == "answers":
        return f"SELECT * FROM ({every}) SEMI JOIN {ballots} USING (period, ballot_id, import_id)"
    if len(relations) == 1:
        return every
    keys = ", ".join(f'"{name}"' for name in declared.replaces_by)
    return f"SELECT * FROM ({every}) QUALIFY import_id = max(import_id) OVER (PARTITION BY {keys})"


def lay(con: Connection, schema: str, data: Path, entries: Iterable[Entry], *, views: Sequence[str] = ()) -> None:
    """Creates in `schema` one table (for `views`: a view) for every declared table with the rows that count."""
    relations = _relations((entry.import_id, parquet_relations(data, entry)) for entry in entries)
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for table in TABLES:
        kind = "VIEW" if table in views else "TABLE"
        con.execute(f"CREATE {kind} {schema}.{table} AS {effective(table, relations[table], f'{schema}.ballots')}")


def _relations(sources: Iterable[tuple[int, dict[str, str]]]) -> dict[str, list[tuple[int, str]]]:
    relations: dict[str, list[tuple[int, str]]] = {table: [] for table in TABLES}
    for import_id, by_table in sources:
        for table, relation in by_table.items():
            relations[table].append((import_id, relation))
    return relations


class _State:
    """The rows that count before and after one more import, side by side in one connection.

    Schemas: `before`, `incoming` (typed rows), `after`. Ballots are big and mostly untouched, so `before`
    shows them as views; whatever an import does not touch, `after` shows from `before`.
    """

    def __init__(self, data: Path, ledger: Ledger):
        self.data, self.ledger = data, ledger
        self.staged: list[tuple[Entry, Path]] = []
        self.con = store.memory()
        lay(self.con, "before", data, ledger.active, views=("ballots", "answers"))
        self.con.execute("CREATE SCHEMA incoming")
        self.con.execute("CREATE SCHEMA after")

    def incoming(self) -> list[str]:
        found = store.rows(
            self.con, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'incoming' ORDER BY 1"
        )
        return [row["table_name"] for row in found if row["table_name"] in TABLES]

    def apply(self, import_id: int, gone: Iterable[int]) -> None:
        """Lays `after`: the active imports without those `gone`, with what is incoming."""
        gone = set(gone)
        incoming = self.incoming()
        sources = [
            (e.import_id, parquet_relations(self.data, e)) for e in self.ledger.active if e.import_id not in gone
        ]
        sources += [
            (e.import_id, {t: f"read_parquet({quoted(path / f'{t}.parquet')})" for t in e.tables})
            for e, path in self.staged
        ]
        sources.append((import_id, {table: f"incoming.{table}" for table in incoming}))
        relations = _relations(sources)
        touched = set(incoming) | {t for e in self.ledger.active if e.import_id in gone for t in e.tables}
        self.con.execute("DROP SCHEMA after CASCADE")
        self.con.execute("CREATE SCHEMA after")
        for table in TABLES:
            if table in touched:
                rows = effective(table, relations[table], "after.ballots")
                self.con.execute(f"CREATE TABLE after.{table} AS {rows}")
            else:
                self.con.execute(f"CREATE VIEW after.{table} AS FROM before.{table}")

    def changes(self) -> bool:
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

    def season_periods(self) -> list[str]:
        """Periods for which season facts are incoming."""
        tables = [table for table in self.incoming() if table in SEASON_FACTS]
        if not tables:
            return []
        every = " UNION ALL ".join(f"SELECT period FROM incoming.{table}" for table in tables)
        found = store.rows(self.con, f"SELECT DISTINCT period FROM ({every}) WHERE period IS NOT NULL ORDER BY 1")
        return [row["period"] for row in found]

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


# --- import, retract, verify ------------------------------------------------------------------------------------


def run(
    data: Path,
    batches: Sequence[Sequence[Path]],
    *,
    period: str | None = None,
    by: str = "",
    note: str = "",
    made_up: bool = False,
    dry_run: bool = False,
    each: bool = False,
    replaces: int | None = None,
    max_mb: float = MAX_MB,
    progress: Progress = quiet,
) -> Outcome:
    """Checks and imports files; the outcome names every problem. All or nothing, with `each` file by file.

    `batches` are lists of files and folders; each becomes an import of its own, in one step together. A refused
    import, a dry run and one that would change no row that counts leave the data folder as it was. `replaces` is an
    import to retract in the same step. Made-up facts of a period go when real ones come. Raises UnknownImport,
    RealFactsThere, StoreUnavailable.
    """
    with locked(data, progress):
        ledger = load(data)
        if replaces is not None and replaces not in {entry.import_id for entry in ledger.active}:
            raise UnknownImport(replaces, [entry.import_id for entry in ledger.active])
        progress("reading")
        readings = [reading.read_paths(paths, max_mb=max_mb) for paths in batches]
        outcome = Outcome("refused", skipped=[skipped for one in readings for skipped in one.skipped])
        if each:
            readings = [one for whole in readings for one in _one_by_one(whole)]
        state = _State(data, ledger)
        batch = _Batch(data, ledger, state, by=by, note=note, made_up=made_up, progress=progress)
        gone = {replaces} - {None}
        try:
            for one in readings:
                batch.judge(one, period, gone, outcome)
            if outcome.problems and not each:
                return outcome
            if not batch.staged:
                if not outcome.problems:
                    outcome.status = "unchanged"
                return outcome
            if dry_run:
                outcome.status = "checked"
                outcome.entries = [entry for entry, _ in batch.staged]
                outcome.retracted = sorted(batch.gone)
                return outcome
            _sweep(data, ledger, batch.aside)
            batch.keep()
            outcome.entries, outcome.retracted = [entry for entry, _ in batch.staged], sorted(batch.gone)
            outcome.generation = commit(data, batch.ledger, progress).generation
            outcome.status = "imported"
            return outcome
        finally:
            state.con.close()
            batch.drop()


def _one_by_one(whole: reading.Reading) -> list[reading.Reading]:
    """The reading of each file, definitions before facts, so that a folder in any order finds its definitions."""
    order = {table: place for place, table in enumerate(TABLES)}
    result = []
    for source in whole.files:
        raw = [r for r in whole.raw if r.file == source.name]
        problems = [p for p in whole.problems if p.file == source.name]
        if raw or problems:
            first = min((order[r.table.name] for r in raw), default=len(order))
            result.append((first, replace(whole, raw=raw, files=[source], problems=problems, skipped=[])))
    result.sort(key=lambda pair: pair[0])
    left = [p for p in whole.problems if p.file not in {s.name for s in whole.files}]
    if left:
        result.append((len(order), replace(whole, raw=[], files=[], problems=left, skipped=[])))
    return [one for _, one in result]


class _Batch:
    """Imports that passed, staged in a folder aside, until they are all kept in one step."""

    def __init__(
        self, data: Path, ledger: Ledger, state: _State, *, by: str, note: str, made_up: bool, progress: Progress
    ):
        self.data, self.ledger, self.state, self.progress = data, ledger, state, progress
        self.by, self.note, self.made_up = by, note, made_up
        self.staged = state.staged
        self.sources: dict[int, list[reading.SourceFile]] = {}
        self.gone: set[int] = set()
        self.next_id = ledger.next_id
        self.aside = data / FOLDER / f".new-{os.getpid()}"

    def judge(self, one: reading.Reading, period: str | None, gone: set[int], outcome: Outcome) -> None:
        """Checks one reading and stages it, or adds its problems to the outcome."""
        state, files = self.state, [source.name for source in one.files]
        self.progress("checking")
        problems = list(one.problems) + typed.type_tables(state.con, one, period)
        periods = state.season_periods()
        gone = gone | self.gone | self._made_up(periods)
        if self.made_up:
            self._refuse_over_real(periods)
        state.apply(self.next_id, gone)
        problems += checks.check_tables(state.con)
        if problems:
            outcome.problems += sorted(problems, key=Problem.place)
            outcome.refused_files += files
            state.clear()
            return
        if not state.incoming() or not state.changes():
            outcome.unchanged_files += files
            state.clear()
            return
        self.progress("keeping")
        folder = self.aside / f"{self.next_id:06d}"
        folder.mkdir(parents=True)
        tables = {}
        for table in state.incoming():
            path = folder / f"{table}.parquet"
            state.con.execute(f"COPY incoming.{table} TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
            rows = state.con.execute(f"SELECT count(*) FROM incoming.{table}").fetchone()[0]
            tables[table] = {"rows": rows, "sha256": sha256(path)}
        entry = Entry(
            import_id=self.next_id,
            imported_at=now(),
            by=self.by,
            note=self.note,
            made_up=self.made_up,
            files=[{"name": s.name, "sha256": s.sha256, "bytes": s.bytes} for s in one.files],
            tables=tables,
            replaced=state.replaced(),
            periods=periods,
        )
        self.staged.append((entry, folder))
        self.sources[entry.import_id] = list(one.files)
        self.gone = gone
        self.next_id += 1
        state.accept()

    def _made_up(self, periods: Sequence[str]) -> set[int]:
        """Made-up imports whose season facts stand in these periods."""
        return {e.import_id for e in self.ledger.active if e.made_up and set(e.periods) & set(periods)}

    def _refuse_over_real(self, periods: Sequence[str]) -> None:
        real = sorted({p for e in self.ledger.active if not e.made_up for p in e.periods} & set(periods))
        if real:
            raise RealFactsThere(real)

    def keep(self) -> None:
        """Copies the originals beside the parquet files and moves every staged folder to its place."""
        for entry, folder in self.staged:
            for source, listed in zip(self.sources[entry.import_id], entry.files, strict=True):
                target = folder / "originals" / listed["name"]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source.path, target)
                if sha256(target) != listed["sha256"]:
                    raise OSError(f"{source.path} changed while it was read")
            os.rename(folder, entry.folder(self.data))
        _sync_folder(self.data / FOLDER)
        ledger = self.ledger.retract(self.gone, by=self.by, reason=self._why(), at=now())
        self.ledger = replace(ledger, entries=ledger.entries + tuple(entry for entry, _ in self.staged))

    def _why(self) -> str:
        return f"replaced by import {self.staged[-1][0].import_id}"

    def drop(self) -> None:
        """Removes the folder aside, and `imports/` where nothing was ever kept in it."""
        shutil.rmtree(self.aside, ignore_errors=True)
        with suppress(OSError):
            (self.data / FOLDER).rmdir()


def commit(data: Path, ledger: Ledger, progress: Progress = quiet, *, anew: bool = False) -> Ledger:
    """Builds the next generation from `ledger`, makes both the data in force, and returns the ledger saved.

    Blocks whose rows did not change keep their results, unless everything is to be scored `anew`.
    """
    from scoring import build  # build needs the effective rows of this module

    previous = None if anew else store.generation_path(data, ledger.generation)
    ledger = replace(ledger, generation=ledger.generation + 1)
    path = store.generation_path(data, ledger.generation)
    path.parent.mkdir(exist_ok=True)
    aside = path.with_suffix(".duckdb.new")
    build.write_generation(aside, data, ledger, progress, previous=previous)
    os.replace(aside, path)
    _save(data, ledger)
    _sweep(data, ledger)
    return ledger


def retract(data: Path, import_ids: Sequence[int], *, by: str = "", reason: str, progress: Progress = quiet) -> Outcome:
    """Takes imports back; what they had replaced counts again. Refused where facts would lose their definition."""
    with locked(data, progress):
        ledger = load(data)
        active = [entry.import_id for entry in ledger.active]
        for import_id in import_ids:
            if import_id not in active:
                raise UnknownImport(import_id, active)
        state = _State(data, ledger)
        try:
            state.apply(ledger.next_id, import_ids)
            problems = checks.check_tables(state.con)
        finally:
            state.con.close()
        if problems:
            return Outcome("refused", problems)
        _sweep(data, ledger)
        ledger = ledger.retract(import_ids, by=by, reason=reason, at=now())
        generation = commit(data, ledger, progress).generation
        return Outcome("retracted", retracted=list(import_ids), generation=generation)


@dataclass(frozen=True)
class Finding:
    """A kept file that is not what it was: `what` is missing or changed."""

    import_id: int
    file: str
    what: str


def verify(data: Path) -> list[Finding]:
    """Files of the imports whose SHA-256 is no longer the one in the ledger; empty when all is well."""
    findings = []
    for entry in load(data).entries:
        folder = entry.folder(data)
        kept = [(f"originals/{file['name']}", file["sha256"]) for file in entry.files]
        kept += [(f"{table}.parquet", value["sha256"]) for table, value in entry.tables.items()]
        for name, expected in kept:
            path = folder / name
            if not path.is_file():
                findings.append(Finding(entry.import_id, name, "missing"))
            elif sha256(path) != expected:
                findings.append(Finding(entry.import_id, name, "changed"))
    return findings
