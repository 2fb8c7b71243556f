"""Reading: files of any layout into raw tables, every cell as trimmed text with the row a person sees.

Nothing is judged here but whether a file can be read and which table it is. Values stay text; what they must be is
the business of `scoring.checks`. Source: the reading rules of the formats.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import python_calamine

from scoring.problems import Problem
from scoring.tables import CLEANED_CODES, LONG_BALLOT, TABLES, Column, Table, plain

HEADER_DEPTH = 100  # rows in which the header is looked for; forms carry titles and labels above it
MARK = "~"  # "~criterion_code" tells what the cells of criterion_code were: number, date or text
TEXT, NUMBER, DATE = 0, 1, 2
CELLS_OF_A_SHEET = 60_000_000  # the reader of workbooks lays out every cell up to the last one
BOMB = 100  # MB that a workbook may always unpack to, however small the size limit

CSV_KINDS, WORKBOOK_KINDS, PARQUET_KINDS = (".csv", ".tsv"), (".xlsx", ".xlsm"), (".parquet",)

SKIPPED = ("hidden", "link", "other_kind", "no_table", "read_before")
"""Why a file or sheet may be skipped; the words stand in `scoring.texts` under `skip_` and the key."""


@dataclass(frozen=True)
class SourceFile:
    """A file as it was given: where it lies, its name below the folder given, its SHA-256 and size in bytes."""

    path: Path
    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Label:
    """A value written above an official form: its text, the row it stands in, the label as typed."""

    text: str
    row: int
    label: str


@dataclass(frozen=True)
class RawTable:
    """One table as it stands in a file or sheet.

    `data`: string columns under the names of the declaration, unlisted ones under their own heading (empty cells
    null), `~column` (int8: TEXT, NUMBER or DATE) beside code columns that came typed, and `row` (int32).
    `headings`: column → heading as typed. `labels`: what stands above an official form; None for other tables.
    `council` tells that the form is the council's copy.
    """

    table: Table
    file: str
    sheet: str
    headings: dict[str, str]
    header_row: int
    data: pa.Table
    labels: dict[str, Label] | None = None
    above: tuple[Label, ...] = ()
    council: bool = False

    @property
    def unlisted(self) -> list[str]:
        """Columns that the declaration does not know."""
        listed = {*self.table.names, "row"} | ({c.name for c in LONG_BALLOT} if self.long else set())
        return [name for name in self.data.column_names if name not in listed and not name.startswith(MARK)]

    @property
    def long(self) -> bool:
        """Whether this is a ballot file with one answer a row."""
        return self.table.name == "ballots" and all(c.name in self.data.column_names for c in LONG_BALLOT)


@dataclass
class Reading:
    """Everything that was found: tables, files that are kept with the import, what was skipped and why, problems."""

    raw: list[RawTable] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    skipped: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_paths(paths: Sequence[Path | str], *, max_mb: float = 500) -> Reading:
    """Reads files and folders (with all below them), in the order given. Raises FileNotFoundError.

    `max_mb` is the size limit of a file. `Reading.files` holds the files that hold a table or a problem.
    """
    reading = Reading()
    seen: set[Path] = set()
    names: set[str] = set()
    for path in map(Path, paths):
        if not path.exists():
            raise FileNotFoundError(path)
        for found, name, why in _files(path):
            if why:
                reading.skipped.append((name, "", why))
                continue
            if found.resolve() in seen:
                reading.skipped.append((name, "", "read_before"))
                continue
            seen.add(found.resolve())
            if path.is_file() and _reader(found) is None:
                reading.problems.append(Problem(name, "", None, "", found.suffix, "not_a_data_file"))
                continue
            if name in names and path.is_dir():
                name = f"{path.resolve().name}/{name}"
            stem, copy = name, 2
            while name in names:
                name, copy = f"{stem} ({copy})", copy + 1
            names.add(name)
            _read_file(found, name, max_mb, reading)
    if not reading.raw and not reading.problems:
        reading.problems.append(Problem("", "", None, "", " ".join(str(p) for p in paths), "nothing_found"))
    return reading


def _files(path: Path) -> Iterator[tuple[Path, str, str]]:
    """(file, name below the folder given, why it is skipped or '')."""
    if path.is_file():
        yield path, path.name, ""
        return
    for folder, below, files in os.walk(path):
        below[:] = sorted(d for d in below if not d.startswith("."))
        for entry in list(below):
            if (Path(folder) / entry).is_symlink():
                below.remove(entry)
                yield Path(folder) / entry, (Path(folder) / entry).relative_to(path).as_posix(), "link"
        for entry in sorted(files):
            found = Path(folder) / entry
            why = ""
            if entry.startswith((".", "~$")):
                why = "hidden"
            elif found.is_symlink() or not found.is_file():
                why = "link"
            elif _reader(found) is None:
                why = "other_kind"
            yield found, unicodedata.normalize("NFC", found.relative_to(path).as_posix()), why


def _reader(path: Path) -> Callable | None:
    kind = path.suffix.lower()
    if kind in CSV_KINDS:
        return _read_csv
    if kind in WORKBOOK_KINDS:
        return _read_workbook
    return _read_parquet if kind in PARQUET_KINDS else None


def _read_file(path: Path, name: str, max_mb: float, reading: Reading) -> None:
    try:
        size = path.stat().st_size
        if size > max_mb * 1_000_000:
            params = {"size": f"{size / 1e6:.1f}", "limit": f"{max_mb:g}"}
            reading.problems.append(Problem(name, "", None, "", "", "file_too_large", params))
            return
        content = path.read_bytes()
    except OSError as error:
        reading.problems.append(Problem(name, "", None, "", "", "unreadable_file", {"why": error.strerror}))
        return
    reading.files.append(SourceFile(path, name, hashlib.sha256(content).hexdigest(), len(content)))
    if not content.strip():
        reading.problems.append(Problem(name, "", None, "", "", "empty_file"))
        return
    _reader(path)(content, name, max_mb, reading)


# --- headers ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Match:
    """A header as one table: column of each cell (None: unlisted), columns that lack, how well it fits."""

    table: Table
    columns: list[str | None]
    missing: list[Column]
    twice: list[int]
    score: float


@cache
def _lookup(table: str, long: bool) -> dict[str, tuple[str, int]]:
    """Plain heading → (column, 0 where it is the column's own heading, 1 where a variant)."""
    found: dict[str, tuple[str, int]] = {}
    columns = TABLES[table].columns + (LONG_BALLOT if long else ())
    for column in columns:
        for place, heading in enumerate(column.headings):
            found.setdefault(plain(heading), (column.name, int(place > 1)))
    return found


@cache
def _headings() -> frozenset[str]:
    """Every plain heading of every table."""
    return frozenset(heading for name in TABLES for long in (False, True) for heading in _lookup(name, long))


def _match(cells: Sequence[str], table: Table, hint: str) -> _Match:
    heads = [plain(c) if c and not c.endswith(":") else "" for c in cells]
    long = table.name == "ballots" and any(
        h in _lookup("ballots", True) for h in heads if h not in _lookup("ballots", False)
    )
    lookup = _lookup(table.name, long)
    columns: list[str | None] = [None] * len(heads)
    taken: dict[str, tuple[int, int]] = {}
    twice = []
    for at, head in enumerate(heads):
        if head not in lookup:
            continue
        name, rank = lookup[head]
        before = taken.get(name)
        if before is None or rank < before[1]:
            if before is not None:
                columns[before[0]] = None
            columns[at], taken[name] = name, (at, rank)
        elif rank == before[1]:
            twice.append(at)
    required = table.required + (LONG_BALLOT if long else ())
    missing = [c for c in required if c.name not in taken]
    # A few columns of one table fit it better than all columns of a smaller one: ties go to what matches more.
    score = len(taken) * 1.01 - len(missing) + (1.5 if hint == table.name else 0) if len(taken) > 1 else 0
    return _Match(table, columns, missing, twice, score)


def _hint(name: str, sheet: str) -> str:
    """The table that the name of the sheet or file speaks of, or ''."""
    for text in (plain(sheet), plain(Path(name).stem)):
        for table in sorted(TABLES, key=len, reverse=True):
            if table in text or plain(TABLES[table].vi) == text:
                return table
    return ""


def _best(cells: Sequence[str], hint: str) -> _Match:
    return max((_match(cells, t, hint) for t in TABLES.values() if t.imported), key=lambda m: m.score)


def _find_header(rows: Sequence[Sequence[str]], hint: str) -> tuple[int, _Match] | None:
    """(index of the header among `rows`, its match), the best of the first rows; None where there is no table."""
    best: tuple[int, _Match] | None = None
    for at, cells in enumerate(rows[:HEADER_DEPTH]):
        if sum(plain(c) in _headings() for c in cells if c) < 2:  # no table is known by one heading
            continue
        match = _best(cells, hint)
        if match.score > 0 and (best is None or match.score > best[1].score):
            best = (at, match)
    return best


def _no_table(name: str, sheet: str, cells: Sequence[str], row: int, hint: str) -> Problem:
    heads = [c for c in cells if c]
    scored = [(_match(cells, t, hint), t) for t in TABLES.values() if t.imported]
    nearest, table = max(
        scored,
        key=lambda pair: (sum(c is not None for c in pair[0].columns) - len(pair[0].missing), pair[1].name == hint),
    )
    params = {
        "columns": ", ".join(heads[:12]) + (", …" if len(heads) > 12 else ""),
        "table": table.name,
        "missing": [c.name for c in nearest.missing],
    }
    return Problem(name, sheet, row, "", "", "unknown_table", params)


def _header_problems(match: _Match, cells: Sequence[str], name: str, sheet: str, row: int) -> list[Problem]:
    problems = [
        Problem(
            name,
            sheet,
            row,
            c.name,
            "",
            "missing_column",
            {"table": match.table.name, "heading": c.heading_vi, "column": c.name},
        )
        for c in match.missing
    ]
    twice = list(match.twice)
    if match.table.name == "ballots":  # every other column is a question, and is answered once
        others = [at for at, cell in enumerate(cells) if cell and match.columns[at] is None and at not in twice]
        twice += [at for n, at in enumerate(others) if cells[at] in {cells[earlier] for earlier in others[:n]}]
    problems += [Problem(name, sheet, row, cells[at], cells[at], "duplicate_column") for at in twice]
    return problems


def _names(match: _Match, cells: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Cell of the header → (column name, heading as typed); unlisted ones get a name that no other column has."""
    reserved = {"row", "file", "sheet", "import_id", *match.table.names, *(c.name for c in LONG_BALLOT)}
    taken = {n.casefold() for n in reserved}
    names = {}
    for at, cell in enumerate(cells):
        column = match.columns[at]
        if column is None:
            stem = column = cell or f"#{at + 1}"
            copy = 2
            while column.casefold() in taken or column.startswith(MARK):
                column, copy = f"{stem.lstrip(MARK)} ({copy})", copy + 1
            taken.add(column.casefold())
        names[at] = (column, cell or column)
    return names


def _trimmed(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Text without surrounding white space of any kind; null where nothing is left."""
    column = pc.utf8_trim(column, characters=" \t\r\n\x0b\x0c\u00a0\u2007\u202f\u200b\ufeff")
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, column.type), column)


def _assemble(
    match: _Match,
    cells: Sequence[str],
    columns: Sequence[pa.ChunkedArray | pa.Array],
    marks: dict[int, pa.Array],
    rows: pa.ChunkedArray | pa.Array,
    place: tuple[str, str, int],
) -> tuple[RawTable, list[Problem]]:
    """The raw table of a header and its columns of text, empty rows and empty nameless columns dropped."""
    name, sheet, header_row = place
    problems = _header_problems(match, cells, name, sheet, header_row)
    data: dict[str, Any] = {}
    headings: dict[str, str] = {}
    full: Any = None
    for at, (column, heading) in _names(match, cells).items():
        values = _trimmed(columns[at])
        if not cells[at] and values.null_count == len(values):
            continue
        data[column], headings[column] = values, heading
        if at in marks:
            data[MARK + column] = marks[at]
        valid = pc.is_valid(values)
        full = valid if full is None else pc.or_(full, valid)
    data["row"] = rows
    table = pa.table(data)
    if full is not None and len(table):
        table = table.filter(full)
    if not len(table):
        problems.append(Problem(name, sheet, header_row, "", "", "header_only", {"table": match.table.name}))
    return RawTable(match.table, name, sheet, headings, header_row, table), problems


# --- CSV --------------------------------------------------------------------------------------------------------


def _read_csv(content: bytes, name: str, max_mb: float, reading: Reading) -> None:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        reading.problems.append(Problem(name, "", None, "", "UTF-16", "wrong_encoding"))
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        reading.problems.append(Problem(name, "", row, "", "", "wrong_encoding"))
        return
    if "\0" in text:
        reading.problems.append(Problem(name, "", text[: text.index("\0")].count("\n") + 1, "", "", "wrong_encoding"))
        return
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    hint = _hint(name, "")
    found, fallback = None, None
    for delimiter in ",;\t":
        records, ends = _head(text, delimiter)
        header = _find_header(records, hint)
        if header is not None and (found is None or header[1].score > found[1].score):
            found = (delimiter, header[1], header[0], records[header[0]], ends[header[0]])
        first = next((at for at, cells in enumerate(records) if any(cells)), None)
        if first is not None and (fallback is None or len(records[first]) > len(fallback[1])):
            fallback = (first + 1, records[first])
    if fallback is None:
        reading.problems.append(Problem(name, "", None, "", "", "empty_file"))
        return
    if found is None:
        reading.problems.append(_no_table(name, "", fallback[1], fallback[0], hint))
        return
    delimiter, match, at, cells, end = found
    body = text[end:].encode()
    try:
        if body.count(b'"') % 2:
            _refuse_open_quote(text[end:], delimiter, at + 1)
        parsed, rows, long_rows = _parse(body, delimiter, len(cells))
    except (pa.ArrowInvalid, csv.Error, _OpenQuote) as error:
        row = error.row if isinstance(error, _OpenQuote) else None
        reading.problems.append(Problem(name, "", row, "", "", "broken_csv", {"why": str(error).split("\n")[0]}))
        return
    for row, extra in long_rows:
        params = {"cells": len(extra), "headings": len(cells)}
        value = ", ".join(extra[len(cells) :])
        reading.problems.append(Problem(name, "", row + at + 1, cells[-1], value, "too_many_cells", params))
    rows = pc.cast(pc.add(rows, at + 1), pa.int32())
    table, problems = _assemble(match, cells, parsed, {}, rows, (name, "", at + 1))
    if long_rows:
        problems = [p for p in problems if p.kind != "header_only"]
    reading.raw.append(table)
    reading.problems += problems


class _OpenQuote(Exception):
    def __init__(self, row: int):
        super().__init__('"')
        self.row = row


def _head(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first records, trimmed, and where in the text each one ends."""
    used = 0

    def lines() -> Iterator[str]:
        nonlocal used
        for line in io.StringIO(text[:1_000_000], newline=""):
            used += len(line)
            yield line

    records, ends = [], []
    try:
        for record in csv.reader(lines(), delimiter=delimiter):
            records.append([cell.strip() for cell in record])
            ends.append(used)
            if len(records) >= HEADER_DEPTH:
                break
    except csv.Error:
        pass
    return records, ends


def _refuse_open_quote(body: str, delimiter: str, before: int) -> None:
    """Raises _OpenQuote where a quote opens and never closes, with the row it opens in."""
    row = before
    try:
        for _ in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True):
            row += 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _OpenQuote(row + 1) from None


def _parse(body: bytes, delimiter: str, width: int) -> tuple[list, pa.Array, list[tuple[int, list[str]]]]:
    """(columns of text, number of each record from 1, records with more cells than the header: number and cells)."""
    names = [str(at) for at in range(width)]
    convert = pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    if not body:
        return [pa.array([], pa.string())] * width, pa.array([], pa.int32()), []
    odd: list[tuple[int, str]] = []

    def keep(invalid: Any) -> str:
        odd.append((invalid.number, invalid.text))
        return "skip"

    def parse(threads: bool, handler: Callable | None) -> pa.Table:
        # One block in the careful pass: a quoted cell may span lines, and records are counted from its start.
        size = 1 << 22 if threads else len(body) + 1
        return pa.csv.read_csv(
            pa.py_buffer(body),
            read_options=pa.csv.ReadOptions(use_threads=threads, column_names=names, block_size=size),
            parse_options=pa.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=handler
            ),
            convert_options=convert,
        )

    try:
        table = parse(True, None)
    except pa.ArrowInvalid:
        table = parse(False, keep)
    numbers = pa.array(range(1, len(table) + 1 + len(odd)), pa.int32())
    if not odd:
        return table.columns, numbers, []
    left = {number for number, _ in odd}
    numbers = [n for n in range(1, len(table) + 1 + len(odd)) if n not in left]
    short, long_rows = [], []
    for number, line in odd:
        record = next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])
        if len(record) > width:
            long_rows.append((number, record))
        else:
            numbers.append(number)
            short.append(record + [""] * (width - len(record)))
    if short:
        extra = pa.table([pa.array(c, pa.string()) for c in zip(*short, strict=True)], names=names)
        table = pa.concat_tables([table, extra])
    order = pc.sort_indices(pa.array(numbers, pa.int32()))
    return table.take(order).columns, pa.array(numbers, pa.int32()).take(order), long_rows


# --- Parquet ----------------------------------------------------------------------------------------------------


def _read_parquet(content: bytes, name: str, max_mb: float, reading: Reading) -> None:
    try:
        file = pa.parquet.ParquetFile(pa.BufferReader(content))
        unpacked = sum(file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
        if unpacked > max(max_mb, BOMB) * 1_000_000:
            params = {"size": f"{unpacked / 1e6:.0f}", "limit": f"{max(max_mb, BOMB):g}"}
            reading.problems.append(Problem(name, "", None, "", "", "file_too_large", params))
            return
        table = file.read()
        cells = [unicodedata.normalize("NFC", n).strip() for n in table.column_names]
        columns, marks = [], {}
        for at, column in enumerate(table.columns):
            texts, mark = _texts_of(column)
            columns.append(texts)
            marks[at] = pa.array([mark], pa.int8()).take(pa.array([0] * len(table), pa.int8()))
    except (pa.ArrowException, OSError, ValueError) as error:
        params = {"why": str(error).split("\n")[0]}
        reading.problems.append(Problem(name, "", None, "", "", "broken_parquet", params))
        return
    hint = _hint(name, "")
    match = _best(cells, hint)
    if match.score <= 0:
        reading.problems.append(_no_table(name, "", cells, 1, hint))
        return
    marks = {at: m for at, m in marks.items() if match.columns[at] in CLEANED_CODES}
    rows = pa.array(range(2, len(table) + 2), pa.int32())
    raw, problems = _assemble(match, cells, columns, marks, rows, (name, "", 1))
    reading.raw.append(raw)
    reading.problems += problems


def _texts_of(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, int]:
    """(cells as text, what they were). Nested columns are no text and raise ArrowNotImplementedError."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        coded = column.cast(pa.string()).dictionary_encode().unify_dictionaries()
        return _recoded(coded, lambda text: unicodedata.normalize("NFC", text)), TEXT
    if pa.types.is_floating(kind):
        return _recoded(column.cast(pa.float64()).dictionary_encode().unify_dictionaries(), _number), NUMBER
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _recoded(column.dictionary_encode().unify_dictionaries(), _text), DATE
    if pa.types.is_null(kind):
        return column.cast(pa.string()), TEXT
    numeric = pa.types.is_integer(kind) or pa.types.is_decimal(kind)
    return column.cast(pa.string()), NUMBER if numeric else TEXT


def _recoded(coded: pa.ChunkedArray, text: Callable[[Any], str]) -> pa.ChunkedArray:
    """The column with each distinct value written by `text`."""
    chunks = []
    for chunk in coded.chunks:
        words = pa.array([None if v is None else text(v) for v in chunk.dictionary.to_pylist()], pa.string())
        chunks.append(words.take(chunk.indices))
    return pa.chunked_array(chunks, pa.string())


# --- workbooks --------------------------------------------------------------------------------------------------


def _number(value: float) -> str:
    """A number as a spreadsheet shows it: 15 significant digits, no exponent. `nan` is an empty cell."""
    if value != value:
        return ""
    if value in (float("inf"), float("-inf")):
        return str(value)
    return format(Decimal(f"{value:.15g}"), "f")


def _text(value: Any) -> str:
    """A cell as text: numbers plain, days as ISO."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


class _Texts(dict):
    """Cell → text, each distinct cell written once. Keys are (type, value): 1, 1.0 and true are one key else."""

    def __missing__(self, key: tuple[type, Any]) -> str:
        self[key] = text = _text(key[1])
        return text


BROKEN_WORKBOOK = (
    zipfile.BadZipFile,
    python_calamine.CalamineError,
    ElementTree.ParseError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)
"""What reading a workbook that is none may raise."""

_MARK_OF = {float: NUMBER, int: NUMBER, date: DATE, datetime: DATE}


def _read_workbook(content: bytes, name: str, max_mb: float, reading: Reading) -> None:
    opened = _open_workbook(content, name, max_mb)
    if isinstance(opened, Problem):
        reading.problems.append(opened)
        return
    none: list[Problem] = []
    any_table = False
    for sheet, rows, broken in opened:
        head = [[_text(cell).strip() for cell in row] for row in rows[:HEADER_DEPTH]]
        hint = _hint(name, sheet)
        form = _form_header(head)
        header = None if form else _find_header(head, hint)
        if form is not None:
            _read_form(rows, head, form, broken, (name, sheet), reading)
        elif header is not None:
            _read_sheet(rows, head, header, broken, (name, sheet), reading)
        else:
            first = next((at for at, cells in enumerate(head) if any(cells)), None)
            if first is not None:
                none.append(_no_table(name, sheet, head[first], first + 1, hint))
            reading.skipped.append((name, sheet, "no_table"))
            continue
        any_table = True
    if not any_table:
        reading.skipped = [s for s in reading.skipped if s[0] != name]
        reading.problems += none or [Problem(name, "", None, "", "", "empty_file")]


def _open_workbook(content: bytes, name: str, max_mb: float) -> list[tuple[str, list[list], dict]] | Problem:
    """(name, rows of cells, broken cells) of every sheet; a problem where the workbook cannot or may not be read."""
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in content:
            return Problem(name, "", None, "", "", "encrypted_workbook")
        return Problem(name, "", None, "", "", "broken_workbook", {"why": ".xls"})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > max(max_mb, BOMB) * 1_000_000:
                params = {"size": f"{unpacked / 1e6:.0f}", "limit": f"{max(max_mb, BOMB):g}"}
                return Problem(name, "", None, "", "", "file_too_large", params)
            broken = {}
            for sheet, part in _sheet_parts(archive).items():
                xml = archive.read(part)
                far = _too_far(xml)
                if far:
                    return Problem(name, sheet, None, "", far, "sheet_too_large")
                broken[sheet] = _broken_cells(xml)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (
                sheet.name,
                book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
                broken.get(sheet.name, {}),
            )
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except BROKEN_WORKBOOK as error:
        why = str(error).split("\n")[0] or type(error).__name__
        return Problem(name, "", None, "", "", "broken_workbook", {"why": why})


def _read_sheet(
    rows: list[list],
    head: list[list[str]],
    header: tuple[int, _Match],
    broken: dict,
    place: tuple[str, str],
    reading: Reading,
) -> None:
    at, match = header
    name, sheet = place
    cells = head[at]
    body = rows[at + 1 :]
    numbers = list(range(at + 2, len(rows) + 1))
    needed = {c for c, column in enumerate(match.columns) if column or (match.table.name == "ballots" and cells[c])}
    unreadable = set()
    for (row, column), (kind, value) in sorted(broken.items()):
        if row > at + 1 and column - 1 in needed:
            unreadable.add(row)
            reading.problems.append(Problem(name, sheet, row, cells[column - 1], value, kind))
    if unreadable:
        kept = [(r, n) for r, n in zip(body, numbers, strict=True) if n not in unreadable]
        body, numbers = [r for r, _ in kept], [n for _, n in kept]
    texts = _Texts()
    columns, marks = [], {}
    for c, values in enumerate(zip(*body, strict=True) if body else [()] * len(cells)):
        types = list(map(type, values))
        if set(types) <= {str}:
            normal = [v if v.isascii() else unicodedata.normalize("NFC", v) for v in set(values)]
            spelt = dict(zip(set(values), normal, strict=True))
            columns.append(pa.array(list(map(spelt.__getitem__, values)), pa.string()))
        else:
            columns.append(pa.array(list(map(texts.__getitem__, zip(types, values, strict=True))), pa.string()))
        if match.columns[c] in CLEANED_CODES:
            marks[c] = pa.array([_MARK_OF.get(t, TEXT) for t in types], pa.int8())
    raw, problems = _assemble(match, cells, columns, marks, pa.array(numbers, pa.int32()), (name, sheet, at + 1))
    if unreadable:
        problems = [p for p in problems if p.kind != "header_only"]
    reading.raw.append(raw)
    reading.problems += problems


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet → its part in the archive."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in (e for e in book.iter() if _local(e.tag) == "sheet"):
        link = next((v for k, v in sheet.attrib.items() if _local(k) == "id" and k != "id"), None)
        part = target.get(link, "")
        part = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
        if part in archive.NameToInfo:
            parts[sheet.get("name", "")] = part
    return parts


def _too_far(xml: bytes) -> str:
    """The last cell of a sheet that is too wide and too long to be laid out, else ''."""
    far = re.findall(rb'\br="([A-Z]{3})(\d+)"', xml) or re.findall(rb'\br="([A-Z]+)(\d{6,})"', xml)
    if not far:
        return ""
    width = max(_column_number(letters.decode()) for letters, _ in re.findall(rb'\br="([A-Z]+)(\d+)"', xml))
    height = max(int(number) for _, number in re.findall(rb'\br="([A-Z]+)(\d+)"', xml))
    if width * height <= CELLS_OF_A_SHEET:
        return ""
    letters, number = max(far, key=lambda pair: (len(pair[0]), pair[0], int(pair[1])))
    return letters.decode() + number.decode()


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _broken_cells(xml: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    """(row, column) from 1 → (kind of problem, what the cell shows), of error cells and formulas without a result."""
    if not re.search(rb"\bt=[\"']e[\"']|<(?:\w+:)?f[\s/>]", xml):
        return {}
    found: dict[tuple[int, int], tuple[str, str]] = {}
    row = column = 0
    for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):
        tag = _local(element.tag)
        if tag == "row":
            if event == "start":
                row, column = int(element.get("r", row + 1)), 0
            else:
                element.clear()
        elif tag == "c" and event == "end":
            reference = re.match(r"([A-Z]+)(\d+)$", element.get("r", ""))
            column = _column_number(reference[1]) if reference else column + 1
            inside = {_local(child.tag): child for child in element}
            value = inside["v"].text or "" if "v" in inside else ""
            if element.get("t") == "e":
                found[row, column] = ("error_cell", value or "#")
            elif "f" in inside and not value and element.get("t") != "str":
                found[row, column] = ("formula_without_value", f"={inside['f'].text or ''}")
    return found


# --- official forms ---------------------------------------------------------------------------------------------

FORM_COLUMNS = {
    "criterion_code": ("TT", "STT", "Số TT"),
    "name": ("Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Lĩnh vực, tiêu chí, tiêu chí thành phần"),
    "max_points": ("Điểm tối đa",),
    "points": ("Điểm tự đánh giá", "Điểm tự chấm"),
    "not_applicable": ("Không áp dụng",),
    "explanation": ("Giải trình",),
    "evidence": ("Tài liệu kiểm chứng",),
    "appraised_points": ("Điểm thẩm định",),
    "reason": ("Lý do điều chỉnh",),
}
"""Column of an official form → its headings, the first as the forms are written."""

FORM_LABELS = {
    "unit_code": ("Mã đơn vị", "Mã cơ quan", "unit_code"),
    "unit_name": ("Đơn vị", "Tên đơn vị", "Đơn vị tự đánh giá", "Cơ quan, đơn vị", "Tên cơ quan, đơn vị", "Cơ quan"),
    "period": ("Kỳ đánh giá", "Kỳ", "Năm đánh giá", "Năm"),
    "round": ("Vòng thẩm định", "Vòng", "Lần thẩm định"),
    "appraiser": ("Cơ quan thẩm định", "Đơn vị thẩm định"),
    "submitted_on": ("Ngày nộp", "Ngày gửi"),
    "minute": ("Biên bản", "Số biên bản"),
    "decided_on": ("Ngày quyết định", "Ngày thẩm định"),
}
"""What may stand above an official form → its labels, the first as the forms are written (with a colon)."""

NOT_APPLICABLE_WORDS = ("khong_ap_dung", "kad")

_FORM_HEADS = {plain(h): column for column, headings in FORM_COLUMNS.items() for h in headings}
_FORM_LABELS = {plain(h): label for label, headings in FORM_LABELS.items() for h in headings}


def _form_header(head: list[list[str]]) -> tuple[int, dict[str, int]] | None:
    """(row of the header, column → cell) of an official form; None where the sheet is none."""
    for at, cells in enumerate(head):
        found: dict[str, int] = {}
        for c, cell in enumerate(cells):
            if cell and plain(cell) in _FORM_HEADS:
                found.setdefault(_FORM_HEADS[plain(cell)], c)
        if {"criterion_code", "name"} <= set(found) and len(found) > 2:
            return at, found
    return None


def _form_labels(head: list[list[str]]) -> tuple[dict[str, Label], list[Label]]:
    """(labelled values above the form, every text above it). The value follows the colon or stands right of it."""
    labels: dict[str, Label] = {}
    every = []
    for at, cells in enumerate(head):
        for c, cell in enumerate(cells):
            if not cell:
                continue
            every.append(Label(cell, at + 1, cell))
            label, colon, value = cell.partition(":")
            name = _FORM_LABELS.get(plain(label))
            if name is None or name in labels:
                continue
            if not value.strip():
                right = next((v for v in cells[c + 1 :] if v), "")
                value = "" if right.rstrip().endswith(":") else right
                if not colon and not value:
                    continue
            labels[name] = Label(value.strip(), at + 1, label.strip())
    return labels, every


def _read_form(
    rows: list[list],
    head: list[list[str]],
    header: tuple[int, dict[str, int]],
    broken: dict,
    place: tuple[str, str],
    reading: Reading,
) -> None:
    """Adds the self scores of a form, and the appraised scores where it is the council's copy."""
    name, sheet = place
    at, columns = header
    heads = head[at]
    labels, above = _form_labels(head[:at])
    council = "appraised_points" in columns
    if "points" not in columns and not council:
        params = {"table": "self_scores", "heading": FORM_COLUMNS["points"][0], "column": "points"}
        reading.problems.append(Problem(name, sheet, at + 1, "points", "", "missing_column", params))
        return
    lines = []
    for number, row in enumerate(rows[at + 1 :], at + 2):
        line = {column: _text(row[c]).strip() or None for column, c in columns.items()}
        mark = _MARK_OF.get(type(row[columns["criterion_code"]]), TEXT)
        if not _scored(line) or _numbering(row):
            continue
        bad = [(c, broken[number, c + 1]) for c in columns.values() if (number, c + 1) in broken]
        if bad and line["criterion_code"]:
            reading.problems += [Problem(name, sheet, number, heads[c], value, kind) for c, (kind, value) in bad]
            continue
        lines.append((number, mark, line))
    if not lines:
        reading.problems.append(Problem(name, sheet, at + 1, "", "", "header_only", {"table": "self_scores"}))
        return
    for table, points, own in (
        ("self_scores", "points", {"explanation": "explanation", "evidence": "evidence"}),
        ("appraised_scores", "appraised_points", {"reason": "reason"}),
    ):
        if points not in columns:
            continue
        own = {"criterion_code": "criterion_code", "points": points} | {k: v for k, v in own.items() if v in columns}
        data = {column: pa.array([line[source] for *_, line in lines], pa.string()) for column, source in own.items()}
        away = [plain(line[points] or "") in NOT_APPLICABLE_WORDS for *_, line in lines]
        ticked = [line.get("not_applicable") if table == "self_scores" else None for *_, line in lines]
        data["points"] = pc.if_else(pa.array(away), pa.scalar(None, pa.string()), data["points"])
        data["not_applicable"] = pa.array(["x" if a else t for a, t in zip(away, ticked, strict=True)], pa.string())
        data[MARK + "criterion_code"] = pa.array([mark for _, mark, _ in lines], pa.int8())
        data["row"] = pa.array([number for number, *_ in lines], pa.int32())
        headings = {column: heads[columns[source]] for column, source in own.items()}
        headings["not_applicable"] = heads[columns.get("not_applicable", columns[points])]
        headings |= {k: v.label for k, v in labels.items()}
        declared = TABLES[table]
        data |= {
            key: pa.array([label.text or None] * len(lines), pa.string())
            for key, label in labels.items()
            if key in declared.names and key not in ("unit_code", "period")
        }
        reading.raw.append(
            RawTable(declared, name, sheet, headings, at + 1, pa.table(data), labels, tuple(above), council)
        )


def _scored(line: dict[str, str | None]) -> bool:
    """Whether a line of a form is one of an item: not a total, not a signature below the form."""
    code = line["criterion_code"]
    if code is not None:
        return not plain(code).startswith(("tong", "cong"))
    if plain(line.get("name") or "").startswith(("tong", "cong")):
        return False
    return any(re.fullmatch(r"-?\d+([.,]\d+)?", line.get(p) or "") for p in ("points", "appraised_points"))


def _numbering(row: Iterable[Any]) -> bool:
    """Whether a line only numbers the columns: (1) (2) (3) …"""
    cells = [_text(cell).strip(" ()") for cell in row]
    cells = [cell for cell in cells if cell]
    return len(cells) > 3 and cells == [str(n) for n in range(1, len(cells) + 1)]
