"""Problems: what is wrong in the files of an import, where, what is allowed and what comes nearest.

An import with one problem changes nothing, and every problem is listed. The words stand in `scoring.texts`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
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
        return self._fill(self._words(lang)[0], lang)

    def hint(self, lang: str) -> str:
        """What is allowed, the nearest match, or what to do."""
        nearest = self.params.get("nearest")
        words = self._fill(texts.NEAREST[lang] if nearest else self._words(lang)[1], lang)
        letters = lookalikes(self.params.get("alike") or (self.value if self.kind.startswith("unknown_") else ""))
        return f"{texts.LOOKALIKES[lang].format(letters=letters)}. {words}" if letters else words

    def _words(self, lang: str) -> tuple[str, str]:
        return (texts.PROBLEMS.get(self.kind) or texts.NOTES[self.kind])[lang]

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
    if name == "container" and param in texts.CONTAINERS:
        return texts.CONTAINERS[param][lang]
    if name == "reason" and param in texts.REASONS:
        return texts.REASONS[param][lang]
    if isinstance(param, (list, tuple)):
        return ", ".join(str(p) for p in param)
    return "" if param is None else str(param)


def lookalikes(text: str) -> str:
    """The letters of a text that look like those of Vietnamese and are none, each with its number; '' where none is."""
    found = []
    for letter in dict.fromkeys(unicodedata.normalize("NFC", text)):
        name = "" if letter.isascii() else unicodedata.name(letter, "")
        strange = name.startswith(("CYRILLIC", "GREEK", "FULLWIDTH", "MATHEMATICAL", "ARMENIAN", "CHEROKEE"))
        if strange or letter in "ÐðƉɖıĸſ" or unicodedata.category(letter) == "Cf":
            found.append(f"“{letter}” (U+{ord(letter):04X} {name})")
    return ", ".join(found)


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


MOST = 10_000
"""Problems of a file that are listed one by one; the rest is counted."""


def first_of_each_file(problems: Iterable[Problem]) -> tuple[list[Problem], dict[str, int]]:
    """The problems that are listed, sorted by file, sheet and row, and by file how many more there are."""
    listed, seen = [], Counter()
    for problem in sorted(problems, key=Problem.place):
        seen[problem.file] += 1
        if seen[problem.file] <= MOST:
            listed.append(problem)
    return listed, {file: n - MOST for file, n in seen.items() if n > MOST}


def write_problems_csv(path: Path | str, problems: Iterable[Problem], lang: str) -> None:
    """Writes the list of problems as CSV (UTF-8 with a BOM, for Excel), sorted by file, sheet and row."""
    listed, more = first_of_each_file(problems)
    with open(path, "w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        for problem in listed:
            writer.writerow([safe_cell(cell) for cell in problem.row_of_list(lang)])
        for file, n in more.items():
            writer.writerow([file, "", "", "", "", "more_problems", texts.say("problems_more", lang, n=n), ""])


def grouped(problems: Iterable[Problem], lang: str) -> list[str]:
    """Lines for the screen: those of one kind and column together, the first with its value, then where the others
    are, then the hint, each in a line of its own."""
    groups: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in sorted(problems, key=Problem.place):
        groups[problem.kind, problem.column].append(problem)
    lines = []
    for found in groups.values():
        first = found[0]
        lines.append(f"{_place(first, lang)}: {first.problem(lang)}")
        if len(found) > 1:
            lines.append("  " + texts.say("problems_same", lang, n=len(found), where=_where(found, lang)))
        if hint := first.hint(lang):
            lines.append(f"  → {hint}")
    return lines


def _place(problem: Problem, lang: str) -> str:
    place = [problem.file or "–"]
    if problem.sheet:
        place.append(texts.say("at_sheet", lang, sheet=problem.sheet))
    if problem.row is not None:
        place.append(texts.say("at_row", lang, row=problem.row))
    if problem.column:
        place.append(texts.say("at_column", lang, column=problem.column))
    return ", ".join(place)


FILES, RUNS = 4, 8
"""Files, and runs of rows in each, that a line names."""


def _where(found: list[Problem], lang: str) -> str:
    """'tệp a.csv dòng 2, 5–9; b.csv dòng 3 và 2 tệp khác'."""
    by_file: dict[tuple[str, str], list[int]] = defaultdict(list)
    for problem in found:
        by_file[problem.file, problem.sheet].append(problem.row or 0)
    told = []
    for (file, sheet), rows in list(by_file.items())[:FILES]:
        name = f"{file} ({sheet})" if sheet else file
        runs = _runs(sorted({row for row in rows if row}))
        shown = ", ".join(runs[:RUNS]) + (" …" if len(runs) > RUNS else "")
        told.append(texts.say("problems_rows", lang, file=name, rows=shown) if runs else name)
    said = "; ".join(told)
    return texts.say("problems_files", lang, said=said, n=len(by_file) - FILES) if len(by_file) > FILES else said


def _runs(rows: list[int]) -> list[str]:
    """Numbers in order as '2', '5–9'."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return [str(a) if a == b else f"{a}–{b}" for a, b in runs]
