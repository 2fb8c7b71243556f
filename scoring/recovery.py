"""What a killed run or a lost ledger left: finished where it continues the ledger in force, else stopped at; recovered.

Nothing below `imports/` is ever deleted here. A numbered folder that no ledger names is an import that was kept and
whose ledger was never written, or is lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scoring.generation import commit, sound
from scoring.ledger import (
    ENTRY,
    FOLDER,
    KEPT_LEDGERS,
    Beside,
    Entry,
    Ledger,
    Progress,
    check_kept,
    difference,
    kept_ledgers,
    locked,
    now,
    quiet,
    sync_folder,
    write_synced,
)
from scoring.store import LEDGER, STORE_FOLDER, StoreUnavailable


class LedgerLost(Exception):
    """The ledger is not there, or is not the one that follows what is kept: `path` is what it does not know."""

    def __init__(self, path: Path):
        super().__init__(path)
        self.path = path


def ready(data: Path, progress: Progress = quiet, *, dry: bool = False) -> Ledger:
    """The ledger in force of a folder that is in order, for whoever holds the lock.

    An import that a killed run had kept, but not entered, is finished first (with `dry` in memory alone). Raises
    StoreUnavailable, LedgerLost where folders or ledgers are there that do not follow, and KeptFileDiffers.
    """
    ledger = Ledger.load(data)
    strays = [number for number in _numbered(data) if ledger.entry(number) is None]
    if not (data / LEDGER).exists() and any((data / KEPT_LEDGERS).glob("*.json")):
        raise LedgerLost(data / LEDGER)
    if strays:
        step = _step(data, ledger, strays)
        if step is None:
            raise LedgerLost(data / FOLDER / f"{min(strays):06d}")
        ledger, moves = step
        if not dry:
            for prepared, place in moves:
                os.rename(prepared, place)
            sync_folder(data / FOLDER)
            ledger = commit(data, ledger, progress)
    else:
        newest = max(kept_ledgers(data), key=lambda kept: kept.generation, default=ledger)
        if newest.generation > ledger.generation and newest.state != ledger.state:
            raise LedgerLost(data / LEDGER)
    check_kept(data, sound(ledger))
    return ledger


def _numbered(data: Path) -> dict[int, Path]:
    """Number → folder of an import."""
    found = {}
    for path in sorted((data / FOLDER).glob("*")):
        if path.is_dir() and path.name.isascii() and path.name.isdigit() and len(path.name) >= 6:
            found[int(path.name)] = path
    return found


def _step(data: Path, ledger: Ledger, strays: Sequence[int]) -> tuple[Ledger, list[tuple[Path, Path]]] | None:
    """The ledger after the one step that was cut short, and the folders of it that are still to be moved to their
    places; None where the folders are anything else."""
    first = Beside.read(data / FOLDER / f"{ledger.next_id:06d}")
    if first is None or not set(strays) <= set(first.batch) or min(first.batch) != ledger.next_id:
        return None
    moves = []
    for number in sorted(first.batch):
        place = data / FOLDER / f"{number:06d}"
        folders = [place, *(data / FOLDER).glob(f".new-*/{place.name}")]
        folder = next((f for f in folders if f.is_dir()), place)
        beside = Beside.read(folder)
        if beside is None or beside.entry.import_id != number or beside.follows != ledger.state:
            return None
        if beside.batch != first.batch or _marks(folder) or _differing(folder, beside.entry):
            return None
        ledger = ledger.take(beside.entry, beside.withdraws)
        if folder != place:
            moves.append((folder, place))
    return ledger, moves


def _differing(folder: Path, entry: Entry, *, originals: bool = True) -> list[str]:
    """Files of an import that are not what its entry says."""
    expected = entry.parquet | (entry.originals if originals else {})
    return [name for name, digest in expected.items() if difference(folder / name, digest)]


# --- what folders say of themselves -----------------------------------------------------------------------------


def note(data: Path, ledger: Ledger) -> None:
    """Writes the entry of every import that was kept before folders held one beside it. What cannot be written now is
    written with the next import."""
    for entry in ledger.entries:
        folder = entry.folder(data)
        if folder.is_dir() and not (folder / ENTRY).exists():
            with suppress(OSError):
                Beside(entry).write(folder)


def note_retraction(data: Path, ledger: Ledger, import_ids: Iterable[int]) -> None:
    """Writes beside imports that were taken back when, by whom and why; the ledger that says so is in force already."""
    for import_id in import_ids:
        entry = ledger.entry(import_id)
        content = {"generation": ledger.generation, "retracted": entry.retracted}
        path = entry.folder(data) / f"retracted-{ledger.generation:06d}.json"
        with suppress(OSError):
            write_synced(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _marks(folder: Path) -> list[tuple[int, dict[str, Any]]]:
    """(generation, how) of every time that an import was taken back."""
    found = []
    for path in sorted(folder.glob("retracted-*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            content = json.loads(path.read_text(encoding="utf-8"))
            how = {key: str(content["retracted"][key]) for key in ("at", "by", "reason")}
            found.append((int(content["generation"]), how))
    return found


# --- recovery -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recovered:
    """A ledger made of what there is. `differing`: import id → kept files that are missing or changed; such an import
    no longer counts. `unknown`: folders without an entry that can be read, left as they are. `needed`: the ledger in
    force says something else."""

    ledger: Ledger
    needed: bool
    differing: dict[int, list[str]] = field(default_factory=dict)
    unknown: list[Path] = field(default_factory=list)


def recover(data: Path, *, write: bool, progress: Progress = quiet) -> Recovered:
    """Rebuilds the ledger from the newest one that can be read and the entries in the folders of the imports; puts it
    in force, with a store of its own, where `write` is set. Raises LedgerLost where there is nothing to start from."""
    if not data.is_dir():
        raise LedgerLost(data)
    with locked(data, progress):
        there = _readable(data)
        known = [*kept_ledgers(data), *([there] if there else [])]
        base = max(known, key=lambda ledger: ledger.generation, default=Ledger())
        folders = _numbered(data)
        besides = {n: beside for n, path in folders.items() if (beside := _own(n, path))}
        ledger = _replayed(base, besides, folders)
        unknown = [path for number, path in folders.items() if ledger.entry(number) is None]
        if not ledger.entries:
            raise LedgerLost(data)
        differing = {
            e.import_id: found
            for e in sound(ledger)
            if (found := _differing(e.folder(data), e, originals=not e.folder(data).is_dir()))
        }
        ledger = _without(ledger, differing)
        needed = there is None or ledger.state != there.state
        if write and needed:
            _set_aside(data)
            ledger = commit(data, replace(ledger, generation=_highest(data, base, besides)), progress, anew=True)
            note(data, ledger)
        return Recovered(ledger, needed, differing, unknown)


def _readable(data: Path) -> Ledger | None:
    try:
        return Ledger.read(data / LEDGER)
    except FileNotFoundError:
        return None
    except StoreUnavailable as error:
        if error.reason == "newer":
            raise
        return None


def _own(number: int, folder: Path) -> Beside | None:
    """What a folder says of itself, where that is about it."""
    beside = Beside.read(folder)
    return beside if beside is not None and beside.entry.import_id == number else None


def _replayed(base: Ledger, besides: dict[int, Beside], folders: dict[int, Path]) -> Ledger:
    """The ledger with every import and retraction that came after it, in their order."""
    events: list[tuple[int, int, Any]] = [
        (beside.generation, number, beside) for number, beside in besides.items() if base.entry(number) is None
    ]
    for number, folder in folders.items():
        events += [(at, number, how) for at, how in _marks(folder) if at > base.generation]
    ledger = base
    for _, number, event in sorted(events, key=lambda event: event[:2]):
        if isinstance(event, Beside):
            known = [n for n in event.withdraws if (e := ledger.entry(n)) and e.retracted is None]
            ledger = ledger.take(event.entry, known)
        elif (entry := ledger.entry(number)) and entry.retracted is None:
            ledger, _ = ledger.take_back([number], **event)
    return replace(ledger, entries=tuple(sorted(ledger.entries, key=lambda entry: entry.import_id)))


def _without(ledger: Ledger, differing: dict[int, list[str]]) -> Ledger:
    """The ledger in which imports with damaged files no longer count."""
    entries = []
    for entry in ledger.entries:
        if entry.import_id in differing:
            how = entry.retracted or {
                "at": now(),
                "by": "cchc recover",
                "reason": ", ".join(differing[entry.import_id]),
            }
            entry = replace(entry, retracted=how | {"damaged": True})
        entries.append(entry)
    return replace(ledger, entries=tuple(entries))


def _set_aside(data: Path) -> None:
    """Keeps a ledger that cannot be read, under a name of its own."""
    path = data / LEDGER
    if path.exists() and _readable(data) is None:
        folder = data / KEPT_LEDGERS
        folder.mkdir(exist_ok=True)
        number = 1 + sum(1 for _ in folder.glob("broken-*"))
        write_synced(folder / f"broken-{number:06d}.txt", path.read_bytes())


def _highest(data: Path, base: Ledger, besides: dict[int, Beside]) -> int:
    """A number that no generation of the folder goes beyond."""
    numbers = [base.generation, *(beside.generation for beside in besides.values())]
    for path in (data / STORE_FOLDER).glob("gen-*"):
        digits = path.name.removeprefix("gen-").partition(".")[0].partition("-")[0]
        numbers += [int(digits)] if digits.isdecimal() and len(digits) < 9 else []
    return max(numbers)
