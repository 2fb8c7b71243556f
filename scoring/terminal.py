"""Where a command speaks: results on standard output, progress and sentences on standard error."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime, timedelta, timezone
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from scoring.texts import say

HANOI = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""The zone of the times that people read; it knows no summer time."""


def moment(stamp: str, lang: str) -> str:
    """A time of the ledger as people read it: '22/12/2020 16:40', '22 Dec 2020 16:40', in the zone of Hanoi."""
    at = datetime.fromisoformat(stamp).astimezone(HANOI)
    return f"{at:%d/%m/%Y %H:%M}" if lang == "vi" else f"{at:%d %b %Y %H:%M}"


class Terminal:
    """What a command says, in the language and as loud as was asked for."""

    def __init__(self, arguments: argparse.Namespace):
        self.lang = arguments.lang
        self.as_json = arguments.json
        self.silent = arguments.quiet
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._of: int | None = None

    def progress(self, stage: str, *, n: int | None = None, of: int | None = None, **values: Any) -> None:
        """Shows what is being done, where a person is watching: with `n` of `of` (files, blocks, charts) a bar with its
        share and the time left, else one that moves. Nothing in a pipe."""
        if self.silent or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
        said = say("stage_" + stage, self.lang, n=n, of=of, **values)
        if of is not None and "{n}" not in said and f"{n}/{of}" not in said:
            said = f"{said} {n}/{of}"
        if self._task is None or of is None or of != self._of:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(said, total=of)
        self._of = of
        self._bar.update(self._task, description=said, completed=max((n or 1) - 1, 0), refresh=True)

    def wipe(self) -> None:
        """Takes the progress away."""
        if self._bar is not None:
            self._bar.stop()
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
            self._bar = self._task = self._of = None

    def line(self, key: str, **values: Any) -> None:
        """A line of the outcome for people; not with --json or -q."""
        if not (self.as_json or self.silent):
            print(say(key, self.lang, **values))

    def text(self, text: str) -> None:
        """A line as it is; not with --json or -q."""
        if not (self.as_json or self.silent):
            print(text)

    def outcome(self, value: Any) -> None:
        """The outcome as JSON, where it was asked for."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False, indent=1, default=str))
