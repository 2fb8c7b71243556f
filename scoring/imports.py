"""Imports: files checked and kept, all or nothing; taken back; hashed again.

Where they are kept stands in `scoring.ledger`, which of their rows count in `scoring.facts`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from scoring import build, checks, reading, store, typed
from scoring.facts import Change
from scoring.ledger import FOLDER, Entry, Ledger, Progress, locked, now, quiet, sha256, sweep, sync_folder
from scoring.problems import Problem
from scoring.store import quoted
from scoring.tables import TABLES

MAX_MB = 500


@dataclass
class Outcome:
    """What became of an import or a retraction.

    `status`: imported, refused, unchanged, checked (a dry run that would be imported) or retracted. `entries` are
    the new ones, `retracted` the ids taken back in the same step, `refused_files` those that `--each` left out. `notes`
    are things in the files to look at that stop nothing.
    """

    status: str
    problems: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    retracted: list[int] = field(default_factory=list)
    skipped: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
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
        ledger = Ledger.load(data)
        if replaces is not None and replaces not in {entry.import_id for entry in ledger.active}:
            raise UnknownImport(replaces, [entry.import_id for entry in ledger.active])
        readings = [reading.read_paths(paths, max_mb=max_mb, progress=progress) for paths in batches]
        outcome = Outcome("refused", skipped=[skipped for one in readings for skipped in one.skipped])
        if each:
            readings = [one for whole in readings for one in _one_by_one(whole)]
        change = Change(data, ledger)
        batch = _Batch(data, ledger, change, by=by, note=note, made_up=made_up, progress=progress)
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
            sweep(data, ledger, batch.aside)
            batch.keep()
            outcome.entries, outcome.retracted = [entry for entry, _ in batch.staged], sorted(batch.gone)
            outcome.generation = commit(data, batch.ledger, progress).generation
            outcome.status = "imported"
            return outcome
        finally:
            change.con.close()
            batch.drop()


def _one_by_one(whole: reading.Reading) -> list[reading.Reading]:
    """The reading of each file, definitions before facts, so that a folder in any order finds its definitions."""
    order = {table: place for place, table in enumerate(TABLES)}
    result = []
    for source in whole.files:
        raw = [r for r in whole.raw if r.file == source.name]
        problems = [p for p in whole.problems if p.file == source.name]
        notes = [n for n in whole.notes if n.file == source.name]
        if raw or problems:
            first = min((order[r.table.name] for r in raw), default=len(order))
            result.append((first, replace(whole, raw=raw, files=[source], problems=problems, notes=notes, skipped=[])))
    result.sort(key=lambda pair: pair[0])
    left = [p for p in whole.problems if p.file not in {s.name for s in whole.files}]
    if left:
        result.append((len(order), replace(whole, raw=[], files=[], problems=left, notes=[], skipped=[])))
    return [one for _, one in result]


class _Batch:
    """Imports that passed, staged in a folder aside, until they are all kept in one step."""

    def __init__(
        self, data: Path, ledger: Ledger, change: Change, *, by: str, note: str, made_up: bool, progress: Progress
    ):
        self.data, self.ledger, self.change, self.progress = data, ledger, change, progress
        self.by, self.note, self.made_up = by, note, made_up
        self.staged = change.staged
        self.sources: dict[int, list[reading.SourceFile]] = {}
        self.gone: set[int] = set()
        self.next_id = ledger.next_id
        self.aside = data / FOLDER / f".new-{os.getpid()}"

    def judge(self, one: reading.Reading, period: str | None, gone: set[int], outcome: Outcome) -> None:
        """Checks one reading and stages it, or adds its problems to the outcome."""
        change, files = self.change, [source.name for source in one.files]
        self.progress("checking")
        problems = list(one.problems) + typed.type_tables(change.con, one, period)
        outcome.notes += one.notes
        periods = change.season_periods()
        gone = gone | self.gone | self._made_up(periods)
        if self.made_up:
            self._refuse_over_real(periods)
        change.apply(self.next_id, gone)
        problems += checks.check_tables(change.con)
        if problems:
            outcome.problems += sorted(problems, key=Problem.place)
            outcome.refused_files += files
            change.clear()
            return
        if not change.incoming() or not change.anything():
            outcome.unchanged_files += files
            change.clear()
            return
        self.progress("keeping")
        folder = self.aside / f"{self.next_id:06d}"
        folder.mkdir(parents=True)
        tables = {}
        for table in change.incoming():
            path = folder / f"{table}.parquet"
            change.con.execute(f"COPY incoming.{table} TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
            rows = change.con.execute(f"SELECT count(*) FROM incoming.{table}").fetchone()[0]
            tables[table] = {"rows": rows, "sha256": sha256(path)}
        entry = Entry(
            import_id=self.next_id,
            imported_at=now(),
            by=self.by,
            note=self.note,
            made_up=self.made_up,
            files=[{"name": s.name, "sha256": s.sha256, "bytes": s.bytes} for s in one.files],
            tables=tables,
            replaced=change.replaced(),
            periods=periods,
        )
        self.staged.append((entry, folder))
        self.sources[entry.import_id] = list(one.files)
        self.gone = gone
        self.next_id += 1
        change.accept()

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
        sync_folder(self.data / FOLDER)
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
    previous = None if anew else store.generation_path(data, ledger.generation)
    ledger = replace(ledger, generation=ledger.generation + 1)
    path = store.generation_path(data, ledger.generation)
    path.parent.mkdir(exist_ok=True)
    aside = path.with_suffix(".duckdb.new")
    build.write_generation(aside, data, ledger, progress, previous=previous)
    os.replace(aside, path)
    ledger.save(data)
    sweep(data, ledger)
    return ledger


def renew(data: Path, progress: Progress = quiet) -> Ledger | None:
    """Builds the store anew where it is lost or another version of the program built it; None where it is in order,
    and where nothing was ever imported."""
    with locked(data, progress):
        ledger = Ledger.load(data)
        window = store.Store(data)
        try:
            window.generation()
        except store.StoreUnavailable:
            return commit(data, ledger, progress, anew=True) if ledger.entries else None
        finally:
            window.close()
        return None


def retract(data: Path, import_ids: Sequence[int], *, by: str = "", reason: str, progress: Progress = quiet) -> Outcome:
    """Takes imports back; what they had replaced counts again. Refused where facts would lose their definition."""
    with locked(data, progress):
        ledger = Ledger.load(data)
        active = [entry.import_id for entry in ledger.active]
        for import_id in import_ids:
            if import_id not in active:
                raise UnknownImport(import_id, active)
        change = Change(data, ledger)
        try:
            change.apply(ledger.next_id, import_ids)
            problems = checks.check_tables(change.con)
        finally:
            change.con.close()
        if problems:
            return Outcome("refused", problems)
        sweep(data, ledger)
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
    for entry in Ledger.load(data).entries:
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
