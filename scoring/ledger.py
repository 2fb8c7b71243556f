"""The ledger: every import ever kept, and the lock under which one writer changes a data folder.

    data/ledger.json            the one commit point: generation in force and every import's entry
    data/ledgers/               the ledgers that were ever in force, under number and identity of their generation
    data/imports/000014/        originals/ byte for byte, one parquet a table with file, sheet and row, its own entry
    data/store/gen-000012-3f0c….duckdb

Nothing below `imports/` is ever edited; a change is a new import. Everything is prepared aside, and replacing
`ledger.json` makes an import and the store built from it visible in one step: killed at any moment, a data folder is
as before or as after. What a killed run left under a name without a number goes with the next write; a numbered folder
is never deleted (`scoring.recovery`).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from scoring.store import KEPT_GENERATIONS, LEDGER, STORE_FOLDER, StoreUnavailable, generation_path
from scoring.tables import TABLES

FOLDER = "imports"
KEPT_LEDGERS = "ledgers"
ENTRY = "entry.json"
FORMAT = 2
"""Of the ledger. The first had no number; its scales and respondent groups belong to no period."""
SHA256 = re.compile(r"[0-9a-f]{64}")

Progress = Callable[..., None]


def quiet(_stage: str, **_values: object) -> None:
    """A progress that says nothing."""


@dataclass(frozen=True)
class Entry:
    """One import in the ledger.

    `tables`: rows and SHA-256 of the parquet by table; `replaced`: rows by table that counted before and do not
    any more; `periods`: those it brings season facts for; `retracted`: None, or when, by whom and why, and under
    `by_import` which import took its place.
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

    @property
    def parquet(self) -> dict[str, str]:
        """Name of every parquet file → SHA-256."""
        return {f"{table}.parquet": value["sha256"] for table, value in self.tables.items()}

    @property
    def originals(self) -> dict[str, str]:
        """Name of every original below the folder of the import → SHA-256."""
        return {f"originals/{file['name']}": file["sha256"] for file in self.files}

    @staticmethod
    def of(content: Any) -> Entry:
        """The entry that JSON says. Raises ValueError where it is none."""
        if not isinstance(content, dict) or not {f.name for f in fields(Entry)} >= content.keys():
            raise ValueError("no entry")
        entry = Entry(**content)
        sane = (
            _number(entry.import_id, 1)
            and _is_time(entry.imported_at)
            and isinstance(entry.by, str)
            and isinstance(entry.note, str)
            and isinstance(entry.made_up, bool)
            and _list_of(entry.files, _is_file)
            and isinstance(entry.tables, dict)
            and all(name in TABLES and _is_table(value) for name, value in entry.tables.items())
            and isinstance(entry.replaced, dict)
            and all(name in TABLES and _number(n) for name, n in entry.replaced.items())
            and _list_of(entry.periods, lambda period: isinstance(period, str))
            and (entry.retracted is None or _is_retraction(entry.retracted))
        )
        if not sane:
            raise ValueError("no entry")
        return entry


def _number(value: Any, least: int = 0) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 2**31


def _list_of(value: Any, sane: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(map(sane, value))


def _is_time(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and SHA256.fullmatch(value) is not None


def _is_file(value: Any) -> bool:
    """Whether a file of an entry has a name that leads nowhere else, and a hash."""
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return False
    name = PurePosixPath(value["name"])
    inside = bool(name.parts) and not name.is_absolute() and ".." not in name.parts and "\0" not in value["name"]
    return inside and _is_hash(value.get("sha256")) and isinstance(value.get("bytes"), int)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and _number(value.get("rows")) and _is_hash(value.get("sha256"))


def _is_retraction(value: Any) -> bool:
    words = isinstance(value, dict) and all(isinstance(value.get(key), str) for key in ("by", "reason"))
    return words and _is_time(value.get("at")) and _number(value.get("by_import", 1), 1)


@dataclass(frozen=True)
class Ledger:
    """Every import ever kept, in order, and the generation of the store that was built from them: its number and the
    identity that no other generation of any data folder has."""

    generation: int = 0
    entries: tuple[Entry, ...] = ()
    identity: str = ""

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

    @property
    def state(self) -> str:
        """SHA-256 of all entries, whatever generation was built from them: what the next import follows."""
        return hashlib.sha256(json.dumps([asdict(e) for e in self.entries], sort_keys=True).encode()).hexdigest()

    @property
    def store_path(self) -> tuple[int, str]:
        """What names the file of the generation."""
        return self.generation, self.identity

    def entry(self, import_id: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.import_id == import_id), None)

    def retract(self, import_ids: Iterable[int], *, by: str, reason: str, at: str, by_import: int = 0) -> Ledger:
        """The ledger without these imports; `by_import` is the one in whose step they go."""
        gone = set(import_ids)
        how: dict[str, Any] = {"at": at, "by": by, "reason": reason} | ({"by_import": by_import} if by_import else {})
        entries = tuple(replace(e, retracted=how) if e.import_id in gone else e for e in self.entries)
        return replace(self, entries=entries)

    def take_back(self, import_ids: Iterable[int], *, by: str, reason: str, at: str) -> tuple[Ledger, list[int]]:
        """The ledger without these imports, and the ids that count again: what they had taken the place of, unless
        made-up facts would come to stand beside real ones."""
        ledger, again = self.retract(import_ids, by=by, reason=reason, at=at), []
        for entry in reversed(ledger.entries):
            successor = ledger.entry(successor_of(entry))
            if successor is None or successor.retracted is None:
                continue
            real = {p for e in ledger.active if not e.made_up for p in e.periods}
            if not (entry.made_up and real & set(entry.periods)):
                entries = tuple(replace(e, retracted=None) if e is entry else e for e in ledger.entries)
                ledger = replace(ledger, entries=entries)
                again.append(entry.import_id)
        return ledger, sorted(again)

    def take(self, entry: Entry, withdraws: Iterable[int]) -> Ledger:
        """The ledger with one more import, in whose step others go."""
        ledger = self.retract(
            withdraws,
            by=entry.by,
            reason=f"replaced by import {entry.import_id}",
            at=entry.imported_at,
            by_import=entry.import_id,
        )
        return replace(ledger, entries=(*ledger.entries, entry))

    @staticmethod
    def load(data: Path) -> Ledger:
        """The ledger of a data folder; an empty one where nothing was imported. Raises StoreUnavailable if broken."""
        path = data / LEDGER
        try:
            return Ledger.read(path)
        except FileNotFoundError:
            return Ledger()

    @staticmethod
    def read(path: Path) -> Ledger:
        """The ledger in a file. Raises FileNotFoundError, and StoreUnavailable where it is none."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            form = content.get("format", 1)
            if _number(form, FORMAT + 1):
                raise StoreUnavailable("newer", path)
            entries = tuple(map(Entry.of, content["entries"]))
            identity = content.get("identity", "")
            numbers = [entry.import_id for entry in entries]
            named = isinstance(identity, str) and re.fullmatch(r"[0-9a-f]*", identity) is not None
            if not (_number(form, 1) and _number(content["generation"]) and named):
                raise ValueError("no ledger")
            if numbers != sorted(set(numbers)):
                raise ValueError("imports out of order")
            return Ledger(content["generation"], entries, identity)
        except FileNotFoundError:
            raise
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise StoreUnavailable("broken", path) from None

    def save(self, data: Path) -> None:
        """Makes this the ledger in force, in one step; on the disk when it returns, and the one before it kept. A
        failure leaves the folder as it was."""
        path = data / LEDGER
        entries = [asdict(entry) for entry in self.entries]
        content = {
            "format": FORMAT,
            "generation": self.generation,
            "identity": self.identity,
            "entries": entries,
        }
        kept = None
        try:
            kept = keep_ledger(data)
            write_synced(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
        except BaseException:
            if kept is not None:
                kept.unlink(missing_ok=True)
                remove_empty(kept.parent)
            raise
        with suppress(OSError):  # it is in force already; the next save keeps it where this could not
            sync_folder(data)
            keep_ledger(data)


def successor_of(entry: Entry) -> int:
    """The import in whose step this one went; 0 where there is none."""
    how = entry.retracted or {}
    if "by_import" in how:
        return how["by_import"]
    said = re.fullmatch(r"replaced by import (\d{1,9})", how.get("reason", ""))  # the first format said no more
    return int(said[1]) if said else 0


def keep_ledger(data: Path) -> Path | None:
    """Copies the ledger in force among those that are kept; the copy, or None where it was there or is none."""
    path = data / LEDGER
    try:
        ledger = Ledger.read(path)
    except (FileNotFoundError, StoreUnavailable):
        return None
    copy = data / KEPT_LEDGERS / generation_path(data, *ledger.store_path).with_suffix(".json").name
    if copy.exists():
        return None
    made = not copy.parent.exists()
    copy.parent.mkdir(exist_ok=True)
    try:
        write_synced(copy, path.read_bytes())
    except BaseException:
        if made:
            remove_empty(copy.parent)
        raise
    return copy


def kept_ledgers(data: Path) -> list[Ledger]:
    """The ledgers that were once in force and can be read, by generation."""
    found = []
    for path in (data / KEPT_LEDGERS).glob("*.json"):
        with suppress(StoreUnavailable, FileNotFoundError):
            found.append(Ledger.read(path))
    return sorted(found, key=lambda ledger: ledger.generation)


def now() -> str:
    """The time in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# --- files that stay ----------------------------------------------------------------------------------------------


def write_synced(path: Path, content: bytes) -> None:
    """Writes a file in one step, on the disk when it returns. A failure leaves what was there."""
    aside = path.with_name(path.name + ".new")
    try:
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def sync_file(path: Path) -> None:
    """Waits until a file is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    sync_file(folder)


def sync_tree(folder: Path) -> None:
    """Waits until everything in a folder is on the disk, the deepest first."""
    for place, _, files in os.walk(folder, topdown=False):
        for name in files:
            sync_file(Path(place) / name)
        sync_folder(Path(place))


def remove_empty(folder: Path) -> None:
    """Removes a folder where nothing is in it."""
    with suppress(OSError):
        folder.rmdir()


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
            remove_empty(data)
        os.close(handle)


def sweep(data: Path, ledger: Ledger) -> None:
    """Removes what a killed run left: folders and files under names without a number, generations that no ledger ever
    named, and those older than the few that are kept."""
    for path in (*(data / FOLDER).glob(".new-*"), *data.glob(f"{LEDGER}.new"), *(data / KEPT_LEDGERS).glob("*.new")):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    kept = {generation_path(data, *ledger.store_path).name}
    kept |= {path.with_suffix(".duckdb").name for path in (data / KEPT_LEDGERS).glob("*.json")}
    for path in (data / STORE_FOLDER).glob("*"):
        number = path.name.removeprefix("gen-").partition(".")[0].partition("-")[0]
        recent = number.isdigit() and ledger.generation - KEPT_GENERATIONS < int(number) <= ledger.generation
        if not (recent and path.name in kept):
            path.unlink(missing_ok=True)


class KeptFileDiffers(Exception):
    """A kept file is not what the ledger says. `path` names it, `what` is 'missing' or 'changed'."""

    def __init__(self, path: Path, what: str):
        super().__init__(f"{path}: {what}")
        self.path, self.what = path, what


def difference(path: Path, expected: str) -> str:
    """'' where a kept file is as it was, else 'missing' or 'changed'."""
    if not path.is_file():
        return "missing"
    return "" if sha256(path) == expected else "changed"


def check_kept(data: Path, entries: Iterable[Entry]) -> None:
    """Hashes the rows that are about to be read of these imports. Raises KeptFileDiffers at the first difference."""
    for entry in entries:
        for name, expected in entry.parquet.items():
            path = entry.folder(data) / name
            if what := difference(path, expected):
                raise KeptFileDiffers(path, what)


@dataclass(frozen=True)
class Beside:
    """What the folder of an import says of itself: its entry, the generation it came with, the state of the ledger that
    it follows ('' where that was not noted), the imports of the same step and those that it takes the place of."""

    entry: Entry
    generation: int = 0
    follows: str = ""
    batch: tuple[int, ...] = ()
    withdraws: tuple[int, ...] = ()

    def write(self, folder: Path) -> None:
        write_synced(
            folder / ENTRY, json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()
        )

    @staticmethod
    def read(folder: Path) -> Beside | None:
        """What lies in a folder; None where nothing does or it cannot be understood."""
        try:
            content = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
            lists = [content["batch"], content["withdraws"]]
            sane = (
                content["format"] <= FORMAT and _number(content["generation"]) and isinstance(content["follows"], str)
            )
            if not sane or not all(_list_of(one, lambda n: _number(n, 1)) for one in lists):
                return None
            entry = Entry.of(content["entry"])
            return Beside(entry, content["generation"], content["follows"], *map(tuple, lists))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
