"""The ledger: every import ever kept, and the lock under which one writer changes a data folder.

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
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from scoring.store import KEPT_GENERATIONS, LEDGER, STORE_FOLDER, StoreUnavailable

FOLDER = "imports"
FORMAT = 2
"""Of the ledger. The first had no number; its scales and respondent groups belong to no period."""

Progress = Callable[..., None]


def quiet(_stage: str, **_values: object) -> None:
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

    @staticmethod
    def load(data: Path) -> Ledger:
        """The ledger of a data folder; an empty one where nothing was imported. Raises StoreUnavailable if broken."""
        path = data / LEDGER
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content.get("format", 1) > FORMAT:
                raise StoreUnavailable("newer", path)
            return Ledger(content["generation"], tuple(Entry(**entry) for entry in content["entries"]))
        except FileNotFoundError:
            return Ledger()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise StoreUnavailable("broken", path) from None

    def save(self, data: Path) -> None:
        """Makes this the ledger in force, in one step; on the disk when it returns."""
        path = data / LEDGER
        entries = [asdict(entry) for entry in self.entries]
        content = {"format": FORMAT, "generation": self.generation, "entries": entries}
        aside = path.with_suffix(".json.new")
        with aside.open("w", encoding="utf-8") as stream:
            json.dump(content, stream, ensure_ascii=False, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, path)
        sync_folder(data)


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Waits until the names in a folder are on the disk."""
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


def sweep(data: Path, ledger: Ledger, staged: Path | None = None) -> None:
    """Removes what a killed run left: folders and generations that no ledger ever named, half-written files.

    `staged` is the folder aside of the import that is being kept.
    """
    known = {entry.folder(data).name for entry in ledger.entries} | ({staged.name} if staged else set())
    for folder in (data / FOLDER).glob("*"):
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)
    for path in (data / STORE_FOLDER).glob("*"):
        number = path.name.removeprefix("gen-").partition(".")[0]
        kept = number.isdigit() and ledger.generation - KEPT_GENERATIONS < int(number) <= ledger.generation
        if not kept or path.suffix != ".duckdb":
            path.unlink(missing_ok=True)
