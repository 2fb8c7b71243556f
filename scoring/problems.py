"""Problems: what is wrong in the files of an import, where, what is allowed and what comes nearest.

An import with one problem changes nothing, and every problem is listed. The words stand in `scoring.texts`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoring import texts
from scoring.tables import TABLES

HEADER = ("file", "sheet", "row", "column", "value", "kind", "problem", "hint")

KINDS = tuple(texts.PROBLEMS)
"""Every stable word that `Problem.kind` may be."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `file` is the path below the folder given, `sheet` empty where there is none, `row` the row a person sees in a
    spreadsheet (None where the whole file is meant), `column` the heading as typed. `params` fill the words.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    kind: str
    params: dict[str, Any] = field(default_factory=dict)

    def place(self) -> tuple[str, str, int]:
        """Sort key: file, sheet, row."""
        return (self.file, self.sheet, self.row or 0)

    def problem(self, lang: str) -> str:
        """What is wrong, one sentence in `lang` ('vi' or 'en')."""
        return self._fill(texts.PROBLEMS[self.kind][lang][0], lang)

    def hint(self, lang: str) -> str:
        """What is allowed, the nearest match, or what to do."""
        nearest = self.params.get("nearest")
        words = texts.NEAREST[lang] if nearest else texts.PROBLEMS[self.kind][lang][1]
        return self._fill(words, lang)

    def _fill(self, words: str, lang: str) -> str:
        filled = {"value": self.value, "column": self.column, "row": self.row, "file": self.file}
        for name, param in self.params.items():
            filled[name] = _said(name, param, lang)
        return words.format_map(_Blank(filled))

    def row_of_list(self, lang: str) -> tuple[Any, ...]:
        """The problem as a row of the list of problems, in the order of `HEADER`."""
        row = "" if self.row is None else self.row
        return (self.file, self.sheet, row, self.column, self.value, self.kind, self.problem(lang), self.hint(lang))


class _Blank(dict):
    def __missing__(self, key: str) -> str:
        return "…"


def _said(name: str, param: Any, lang: str) -> str:
    if name == "table" and param in TABLES:
        return f"{getattr(TABLES[param], lang)} ({param})"
    if name == "reason" and param in texts.REASONS:
        return texts.REASONS[param][lang]
    if isinstance(param, (list, tuple)):
        return ", ".join(str(p) for p in param)
    return "" if param is None else str(param)


class Refused(Exception):
    """An import that was refused; `problems` lists why. Nothing has changed on disk."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(problems, key=Problem.place)
        super().__init__(f"{len(self.problems)} problems")


def safe_cell(cell: Any) -> Any:
    """The cell as text that no spreadsheet takes for a formula; numbers stay as they are."""
    text = str(cell)
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", text):
        return "'" + text
    return cell


def write_problems_csv(path: Path | str, problems: Iterable[Problem], lang: str) -> None:
    """Writes the list of problems as CSV (UTF-8), sorted by file, sheet and row."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        for problem in sorted(problems, key=Problem.place):
            writer.writerow([safe_cell(cell) for cell in problem.row_of_list(lang)])
