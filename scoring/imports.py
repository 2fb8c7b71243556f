"""Imports: files checked and kept, all or nothing; taken back; hashed again.

Where they are kept stands in `scoring.ledger`, which of their rows count in `scoring.facts`, what they would change in
`scoring.effect`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scoring import checks, reading, recovery, store, typed
from scoring.effect import Effect
from scoring.facts import Change
from scoring.generation import Draft, commit
from scoring.ledger import (
    FOLDER,
    Beside,
    Entry,
    Ledger,
    Progress,
    difference,
    locked,
    now,
    quiet,
    remove_empty,
    sha256,
    sync_tree,
)
from scoring.problems import Problem
from scoring.store import quoted
from scoring.tables import OF_ONE_PERIOD, TABLES

MAX_MB = 500


@dataclass
class Outcome:
    """What became of an import or a retraction.

    `status`: imported, refused, unchanged, checked (a dry run that would be imported) or retracted. `entries` are
    the new ones, `retracted` the ids taken back in the same step, `again` those that count again, `effect` what it
    moves, `refused_files` those that `--each` left out. `notes` are things in the files to look at that stop nothing.
    """

    status: str
    problems: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    retracted: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    effect: Effect = field(default_factory=Effect)
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
        ledger = recovery.ready(data, progress, dry=dry_run)
        if replaces is not None and replaces not in {entry.import_id for entry in ledger.active}:
            raise UnknownImport(replaces, [entry.import_id for entry in ledger.active])
        readings = [reading.read_paths(paths, max_mb=max_mb, progress=progress) for paths in batches]
        outcome = Outcome("refused", skipped=[skipped for one in readings for skipped in one.skipped])
        if each:
            readings = [one for whole in readings for one in _one_by_one(whole)]
        with _Batch(data, ledger, by=by, note=note, made_up=made_up, dry=dry_run, progress=progress) as batch:
            for one in readings:
                batch.judge(one, period, {replaces} - {None}, outcome)
            if outcome.problems and not each:
                return outcome
            if batch.staged:
                batch.conclude(outcome)
            elif not outcome.problems:
                outcome.status = "unchanged"
            return outcome


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
    """Imports that passed, prepared in a folder aside, until they are all kept in one step."""

    def __init__(self, data: Path, ledger: Ledger, *, by: str, note: str, made_up: bool, dry: bool, progress: Progress):
        self.data, self.base, self.ledger, self.dry, self.progress = data, ledger, ledger, dry, progress
        self.by, self.note, self.made_up = by, note, made_up
        self.sources: dict[int, list[reading.SourceFile]] = {}
        self.besides: dict[int, Beside] = {}
        self.gone: set[int] = set()
        self.own: set[str] = set()
        self.told: set[str] = set()
        self.withdrawn: dict[str, dict[str, int]] = {}
        self.draft: Draft | None = None

    def __enter__(self) -> _Batch:
        self.change = Change(self.data, self.ledger)
        self.staged = self.change.staged
        imports = self.data / FOLDER
        self.made = not imports.exists()
        try:
            if not self.dry:
                imports.mkdir(exist_ok=True)
            self.aside = Path(tempfile.mkdtemp(prefix=".new-", dir=None if self.dry else imports))
        except BaseException:
            self.change.con.close()
            if self.made:
                remove_empty(imports)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Removes the folder aside, and `imports/` where nothing was ever kept in it."""
        self.change.con.close()
        if self.draft is not None:
            self.draft.drop()
        shutil.rmtree(self.aside, ignore_errors=True)
        if self.made:
            remove_empty(self.data / FOLDER)

    def judge(self, one: reading.Reading, period: str | None, gone: set[int], outcome: Outcome) -> None:
        """Checks one reading and stages it, or adds its problems to the outcome."""
        change, files = self.change, [source.name for source in one.files]
        self.progress("checking")
        problems = list(one.problems) + typed.type_tables(change.con, one, period)
        outcome.notes += one.notes
        periods = change.periods()
        made_up = self._made_up(periods)
        if self.made_up:
            self._refuse_over_real(periods)
        change.apply(self.ledger.next_id, gone | self.gone | made_up)
        problems += checks.check_tables(change.con)
        if problems:
            outcome.problems += sorted(problems, key=Problem.place)
            outcome.refused_files += files
        elif not change.incoming() or not change.anything():
            outcome.unchanged_files += files
        else:
            self._stage(one, periods, gone | made_up)
            return
        change.clear()

    def _stage(self, one: reading.Reading, periods: list[str], gone: set[int]) -> None:
        """Writes the rows of a reading that passed into the folder aside."""
        change, number = self.change, self.ledger.next_id
        self.progress("keeping")
        folder = self.aside / f"{number:06d}"
        folder.mkdir()
        tables = {}
        for table in change.incoming():
            path = folder / f"{table}.parquet"
            change.con.execute(f"COPY incoming.{table} TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
            rows = change.con.execute(f"SELECT count(*) FROM incoming.{table}").fetchone()[0]
            tables[table] = {"rows": rows, "sha256": sha256(path)}
        entry = Entry(
            import_id=number,
            imported_at=now(),
            by=self.by,
            note=self.note,
            made_up=self.made_up,
            files=[{"name": s.name, "sha256": s.sha256, "bytes": s.bytes} for s in one.files],
            tables=tables,
            replaced=change.replaced(),
            periods=periods,
        )
        withdraws = gone - self.gone
        for of_period, rows_by_table in change.rows_of(self._made_up_of(withdraws)).items():
            self.withdrawn.setdefault(of_period, {}).update(rows_by_table)
        self.besides[number] = Beside(entry, self.base.generation + 1, self.ledger.state, (), tuple(sorted(withdraws)))
        self.ledger = self.ledger.take(entry, withdraws)
        self.staged.append((entry, folder))
        self.sources[number] = list(one.files)
        self.gone |= withdraws
        self.own |= set(change.periods(TABLES))
        self.told |= set(change.periods(OF_ONE_PERIOD))
        change.accept()

    def _made_up(self, periods: Iterable[str]) -> set[int]:
        """Made-up imports whose season facts stand in these periods."""
        return {e.import_id for e in self.base.active if e.made_up and set(e.periods) & set(periods)}

    def _made_up_of(self, import_ids: Iterable[int]) -> list[int]:
        return [e.import_id for e in self.base.active if e.made_up and e.import_id in import_ids]

    def _refuse_over_real(self, periods: Sequence[str]) -> None:
        real = sorted({p for e in self.base.active if not e.made_up for p in e.periods} & set(periods))
        if real:
            raise RealFactsThere(real)

    def conclude(self, outcome: Outcome) -> None:
        """Builds what would be in force, says what it moves, and keeps it; not where it moves another period."""
        folders = {entry.import_id: folder for entry, folder in self.staged}
        self.draft = Draft(self.data, self.base, self.ledger, self.progress, aside=folders, dry=self.dry)
        self.draft.build()
        outcome.effect = self.draft.effect(self.told, self.withdrawn)
        if others := sorted(outcome.effect.moved - self.own):
            outcome.problems += [self._moves_another(period) for period in others]
            outcome.refused_files = [file["name"] for entry, _ in self.staged for file in entry.files]
            return
        outcome.entries, outcome.retracted = [entry for entry, _ in self.staged], sorted(self.gone)
        if self.dry:
            outcome.status = "checked"
            return
        self._complete()
        places = [(folder, entry.folder(self.data)) for entry, folder in self.staged]
        outcome.generation = self.draft.put_in_force(places).generation
        outcome.status = "imported"
        recovery.note(self.data, self.ledger)

    def _moves_another(self, period: str) -> Problem:
        file = self.staged[0][0].files[0]["name"]
        return Problem(file, "", None, "period", period, "moves_other_period", {"known": sorted(self.own)})

    def _complete(self) -> None:
        """Copies the originals beside the parquet files, and the entry; all of it on the disk at the end."""
        batch = tuple(self.besides)
        for entry, folder in self.staged:
            for source, listed in zip(self.sources[entry.import_id], entry.files, strict=True):
                target = folder / "originals" / listed["name"]
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source.path, target)
                if sha256(target) != listed["sha256"]:
                    raise OSError(f"{source.path} changed while it was read")
            replace(self.besides[entry.import_id], batch=batch).write(folder)
        sync_tree(self.aside)


def rebuild(data: Path, progress: Progress = quiet) -> Ledger | None:
    """Builds the store anew from the imports; None where nothing was ever imported."""
    with locked(data, progress):
        ledger = recovery.ready(data, progress)
        return commit(data, ledger, progress, anew=True) if ledger.entries else None


def renew(data: Path, progress: Progress = quiet) -> Ledger | None:
    """Builds the store anew where it is lost or another version of the program built it; None where it is in order,
    and where nothing was ever imported."""
    with locked(data, progress):
        ledger = recovery.ready(data, progress)
        window = store.Store(data)
        try:
            window.generation()
        except store.StoreUnavailable:
            return commit(data, ledger, progress, anew=True) if ledger.entries else None
        finally:
            window.close()
        return None


def retract(data: Path, import_ids: Sequence[int], *, by: str = "", reason: str, progress: Progress = quiet) -> Outcome:
    """Takes imports back; what they had replaced counts again, made-up facts that they had withdrawn included. Refused
    where facts would lose their definition. Raises UnknownImport, StoreUnavailable, LedgerLost, KeptFileDiffers."""
    with locked(data, progress):
        ledger = recovery.ready(data, progress)
        active = [entry.import_id for entry in ledger.active]
        for import_id in import_ids:
            if import_id not in active:
                raise UnknownImport(import_id, active)
        after, again = ledger.take_back(import_ids, by=by, reason=reason, at=now())
        change = Change(data, ledger)
        try:
            change.apply(ledger.next_id, import_ids, again)
            problems = checks.check_tables(change.con)
        finally:
            change.con.close()
        if problems:
            return Outcome("refused", problems)
        draft = Draft(data, ledger, after, progress)
        try:
            draft.build()
            outcome = Outcome("retracted", retracted=list(import_ids), again=again, effect=draft.effect(()))
            ledger = draft.put_in_force()
        finally:
            draft.drop()
        recovery.note(data, ledger)
        recovery.note_retraction(data, ledger, import_ids)
        outcome.generation = ledger.generation
        return outcome


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
        for name, expected in (entry.originals | entry.parquet).items():
            if what := difference(entry.folder(data) / name, expected):
                findings.append(Finding(entry.import_id, name, what))
    return findings
