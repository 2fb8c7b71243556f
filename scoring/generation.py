"""The next generation: built aside from a ledger, compared with what is in force, put in its place or dropped."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from scoring import build, store
from scoring.effect import Effect, effect
from scoring.ledger import (
    FOLDER,
    Ledger,
    Progress,
    check_kept,
    quiet,
    remove_empty,
    sweep,
    sync_file,
    sync_folder,
)


class Draft:
    """A generation that is not in force: its file lies under a name that nobody reads.

    `base` is the ledger in force and `ledger` the one to come; `aside` says where imports of the latter lie that are
    still prepared. With `dry` nothing is written below the data folder. Blocks whose rows did not change keep their
    results, unless everything is to be scored `anew`.
    """

    def __init__(
        self,
        data: Path,
        base: Ledger,
        ledger: Ledger,
        progress: Progress = quiet,
        *,
        aside: Mapping[int, Path] = MappingProxyType({}),
        anew: bool = False,
        dry: bool = False,
    ):
        self.data, self.base, self.aside, self.progress = data, base, aside, progress
        self.ledger = replace(ledger, generation=base.generation + 1, identity=secrets.token_hex(8))
        self.path = store.generation_path(data, *self.ledger.store_path)
        self.elsewhere = Path(tempfile.mkdtemp(prefix="cchc-"))
        self.file = (self.elsewhere if dry else self.path.parent) / (self.path.name + ".new")
        self.anew = anew

    def build(self) -> None:
        """Writes the file of the generation."""
        previous = None if self.anew else store.generation_path(self.data, *self.base.store_path)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        build.write_generation(self.file, self.data, self.ledger, self.progress, previous=previous, aside=self.aside)

    def effect(self, own: Collection[str], withdrawn: Mapping[str, Mapping[str, int]] = MappingProxyType({})) -> Effect:
        """What the generation changes of the results in force (see `scoring.effect`)."""
        self.progress("comparing")
        return effect(self._before(), self.file, own, withdrawn)

    def _before(self) -> Path | None:
        """The generation in force, built again elsewhere where it is lost or of another version; None before any."""
        path = store.generation_path(self.data, *self.base.store_path)
        try:
            store.opened(path).close()
            return path
        except store.StoreUnavailable:
            if not self.base.entries:
                return None
        again = self.elsewhere / "before.duckdb"
        build.write_generation(again, self.data, self.base, self.progress, previous=self.file)
        return again

    def put_in_force(self, moves: Sequence[tuple[Path, Path]] = ()) -> Ledger:
        """Moves prepared folders to their places, and makes generation and ledger the data in force. Whatever fails
        before the ledger is replaced leaves the folder as it was."""
        moved: list[Path] = []
        try:
            sync_file(self.file)
            os.replace(self.file, self.path)
            sync_folder(self.path.parent)
            sync_folder(self.data)
            for prepared, place in moves:
                os.rename(prepared, place)
                moved.append(place)
            if moves:
                sync_folder(self.data / FOLDER)
            self.ledger.save(self.data)
        except BaseException:
            if not self._in_force():
                for place in moved:
                    shutil.rmtree(place, ignore_errors=True)
                self.path.unlink(missing_ok=True)
            raise
        with suppress(OSError):
            sweep(self.data, self.ledger)
        return self.ledger

    def _in_force(self) -> bool:
        try:
            return store.generation_in_force(self.data) == self.ledger.store_path
        except store.StoreUnavailable:
            return False

    def drop(self) -> None:
        """Removes what was prepared and is not in force."""
        shutil.rmtree(self.elsewhere, ignore_errors=True)
        for path in (self.file, self.file.with_name(self.file.name + ".wal")):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        remove_empty(self.path.parent)


def commit(data: Path, ledger: Ledger, progress: Progress = quiet, *, anew: bool = False) -> Ledger:
    """Builds the next generation from `ledger`, makes both the data in force, and returns the ledger saved.

    Blocks whose rows did not change keep their results, unless everything is to be scored `anew`. Raises
    KeptFileDiffers.
    """
    check_kept(data, sound(ledger))
    draft = Draft(data, ledger, ledger, progress, anew=anew)
    try:
        draft.build()
        return draft.put_in_force()
    finally:
        draft.drop()


def sound(ledger: Ledger) -> list:
    """The entries whose rows are read: all but those known to be damaged."""
    return [entry for entry in ledger.entries if not (entry.retracted or {}).get("damaged")]
