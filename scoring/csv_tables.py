"""CSV: a file of any delimiter as raw tables, with every record that was swallowed, cut or torn apart named.

A spreadsheet reads a damaged CSV file without a word and shows fewer or other rows. Here a record is what the file
says that it is, or a problem. Source: the reading rules of the formats.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from scoring.headers import (
    HEADER_DEPTH,
    Match,
    Problem,
    Reading,
    Under,
    add_tables,
    find_header,
    hint_of,
    no_table,
    one_column,
)
from scoring.tables import LONG_BALLOT, visible

COLUMNS = 16_384  # of a table, as in a spreadsheet
CELLS = 100_000_000  # rows times columns; a short row is as wide as the header once it is laid out


def read_csv(content: bytes, name: str, reading: Reading) -> None:
    """Adds the table of a CSV file to the reading, or what is wrong with it."""
    text = _decoded(content, name, reading)
    if text is None:
        return
    found = _layout(text, name, reading)
    if found is None:
        return
    delimiter, match, at, cells, end = found
    text = text[end:]
    if (text.count("\n") + text.count("\r")) * len(cells) > CELLS:
        reading.problems.append(Problem(name, "", None, "", "", "too_many_values", {"limit": CELLS}))
        return
    records = _Records(match, cells, delimiter, name, at + 1)
    if '"' in text:
        records.walk(text)
        reading.problems += records.problems
        if records.problems:
            return
    else:
        start = max(text.rfind("\n"), text.rfind("\r")) + 1
        records.last = next(csv.reader([text[start:]], delimiter=delimiter), [])
    try:
        parsed, rows, long_rows = _parse(text.encode(), delimiter, len(cells))
    except (pa.ArrowInvalid, csv.Error) as error:
        params = {"why": str(error).split("\n")[0]}
        reading.problems.append(Problem(name, "", None, "", "", "broken_csv", params))
        return
    for row, extra in long_rows:
        params = {"cells": len(extra), "headings": len(cells)}
        value = ", ".join(extra[len(cells) :])
        reading.problems.append(Problem(name, "", row + at + 1, cells[-1], value, "too_many_cells", params))
    rows = pc.cast(pc.add(rows, at + 1), pa.int32())
    if delimiter == ",":
        reading.problems += records.torn_numbers(parsed, rows)
    if text and text[-1] not in "\r\n":
        reading.problems += records.cut_off(at + 1 + len(rows) + len(long_rows))
    add_tables(match, Under(cells, parsed, {}, rows, (name, "", at + 1)), reading, rows_left_out=bool(long_rows))


def _decoded(content: bytes, name: str, reading: Reading) -> str | None:
    """The text of a file in UTF-8, NFC; None (and a problem) where it is in no UTF-8."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        reading.problems.append(Problem(name, "", None, "", "UTF-16", "wrong_encoding"))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        reading.problems.append(Problem(name, "", row, "", "", "wrong_encoding"))
        return None
    if "\0" in text:
        reading.problems.append(Problem(name, "", text[: text.index("\0")].count("\n") + 1, "", "", "wrong_encoding"))
        return None
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _layout(text: str, name: str, reading: Reading) -> tuple[str, Match, int, list[str], int] | None:
    """(delimiter, match, index of the header, its cells, where in the text it ends); None (and a problem) if none."""
    hint = hint_of(name, "")
    found, fallback, single = None, None, None
    for delimiter in ",;\t":
        records, ends = _head(text, delimiter)
        if any(len(record) > COLUMNS for record in records):
            reading.problems.append(Problem(name, "", None, "", "", "too_many_values", {"limit": COLUMNS}))
            return None
        header = find_header(records, hint)
        if header is not None and (found is None or header[1].score > found[1].score):
            found = (delimiter, header[1], header[0], records[header[0]], ends[header[0]])
        single = single or one_column(records)
        first = next((at for at, cells in enumerate(records) if any(cells)), None)
        if first is not None and (fallback is None or len(records[first]) > len(fallback[1])):
            fallback = (first + 1, records[first])
    if found is not None:
        return found
    if fallback is None:
        reading.problems.append(Problem(name, "", None, "", "", "empty_file"))
    elif single is not None:
        at, cell, table = single
        reading.problems.append(Problem(name, "", at + 1, "", cell[:80], "one_column", {"table": table}))
    else:
        reading.problems.append(no_table(name, "", fallback[1], fallback[0], hint))
    return None


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
            records.append([visible(cell).strip() for cell in record])
            ends.append(used)
            if len(records) >= HEADER_DEPTH:
                break
    except csv.Error:
        pass
    return records, ends


@dataclass
class _Records:
    """The records below a header, looked at one by one: what is wrong with their quotes, numbers and ends."""

    match: Match
    cells: Sequence[str]
    delimiter: str
    file: str
    before: int  # rows above the first record

    problems: list[Problem] = field(default_factory=list)
    quoted_digits: set[tuple[int, int]] = field(default_factory=set)  # (row, cell) of numbers written in quotes
    last: list[str] = field(default_factory=list)

    def walk(self, text: str) -> None:
        """Reads every record by the letter of CSV, up to the first one that breaks it."""
        lines: list[str] = []

        def taken() -> Iterator[str]:
            for line in io.StringIO(text, newline=""):
                lines.append(line)
                yield line

        row = self.before
        reader = csv.reader(taken(), delimiter=self.delimiter, strict=True)
        while True:
            row += 1
            try:
                record = next(reader, None)
            except csv.Error as error:
                never_closed = "unexpected end" in str(error) or "field larger" in str(error)
                kind = "broken_csv" if never_closed else "text_after_quote"
                self._add(row, self._opened("".join(lines)), kind, why='"')
                return
            if record is None:
                return
            raw = "".join(lines)
            lines.clear()
            self.last = record
            if '"' in raw:
                self._quotes(row, record, raw)

    def _add(self, row: int, cell: tuple[int, str], kind: str, **params: Any) -> None:
        at, value = cell
        heading = self.cells[at] if at < len(self.cells) else ""
        self.problems.append(Problem(self.file, "", row, heading, value[:80], kind, params))

    def _opened(self, raw: str) -> tuple[int, str]:
        """(place, beginning) of the quoted cell in which a record breaks."""
        record = next(csv.reader(io.StringIO(raw, newline=""), delimiter=self.delimiter), [])
        for at, cell in enumerate(self._written(raw)):
            whole = re.fullmatch(r'"(?:[^"]|"")*"[\r\n]*', cell)
            if cell.startswith('"') and not whole:
                return at, (record[at] if at < len(record) else cell).split("\n")[0].rstrip("\r")
        return 0, raw.split("\n")[0].rstrip("\r")

    def _written(self, raw: str) -> list[str]:
        """The cells of a record as they stand in the file, with their quotes."""
        delimiter = re.escape(self.delimiter)
        return re.findall(rf'(?:^|(?<={delimiter}))("(?:[^"]|"")*"[^{delimiter}]*|[^{delimiter}]*)', raw)

    def _quotes(self, row: int, record: list[str], raw: str) -> None:
        """Names quoted cells that hold other records, and cells whose quote stands where it opens nothing."""
        for at, cell in enumerate(record):
            lines = re.split(r"\r\n|\r|\n", cell)
            inner = next((line for line in lines[1:] if self._is_record(line, record, line is lines[-1])), None)
            if inner is not None:
                self._add(row, (at, lines[0]), "record_in_quotes", inner=inner[:80])
                return
            if re.match(r'\s+"', cell) and cell.count('"') % 2:
                self._add(row, (at, cell), "text_after_quote")
                return
        filled = [cell for cell in record if cell]
        if len(filled) == 1 and len(self.cells) > 1 and filled[0].count(self.delimiter) >= len(self.cells) - 1:
            self._add(row, (0, filled[0]), "one_column", table=self.match.table.name)
        for at, cell in enumerate(self._written(raw)):
            if re.fullmatch(r'"\s*\d+\s*"\s*', cell):
                self.quoted_digits.add((row, at))

    def _is_record(self, line: str, record: list[str], last: bool) -> bool:
        """Whether a line inside a cell is a record of its own, or, as its last, the beginning of one: by its keys."""
        try:
            parts = next(csv.reader([line], delimiter=self.delimiter), [])
        except csv.Error:
            return False
        keys = [at for at, column in enumerate(self.match.columns) if column in self.match.table.key]
        keys = [at for at in keys if at < len(parts)]
        if len(parts) < 2 or not keys or any(part.startswith(" ") for part in parts[1:3]):
            return False  # what follows a comma in a sentence follows a space
        if len(parts) > 2 and any(at < len(record) and parts[at] and parts[at] == record[at].strip() for at in keys):
            return True
        whole = len(parts) == len(self.cells) or (last and not parts[-1])
        return whole and all(re.fullmatch(r"\S+", parts[at]) for at in keys)

    # -- numbers torn apart at their comma

    def torn_numbers(self, columns: Sequence[Any], rows: pa.Array) -> list[Problem]:
        """Rows in which 0,45 stood without quotes: 0 in a column of numbers, and later digits where words belong."""
        declared = {c.name: c for c in (*self.match.table.columns, *LONG_BALLOT)}
        kinds = [declared[name].kind if name else "" for name in self.match.columns]
        found: dict[int, Problem] = {}
        for at, kind in enumerate(kinds):
            if kind not in ("decimal", "integer"):
                continue
            if at + 1 == len(kinds):
                break
            # What was torn off are digits alone, right beside.
            beside = _matches(columns[at + 1], r"^\s*\d+\s*$")
            whole = pc.and_(_matches(columns[at], r"^\s*[+-]?\d+\s*$"), beside)
            if not pc.any(whole).as_py():
                continue
            for later in range(at + 1, len(kinds)):
                torn = self._torn(kind, kinds, later, columns)
                if torn is None:
                    continue
                for index in pc.indices_nonzero(pc.and_(whole, torn)).to_pylist():
                    row = rows[index].as_py()
                    if row not in found and not {(row, at), (row, later)} & self.quoted_digits:
                        number = f"{columns[at][index].as_py().strip()},{columns[at + 1][index].as_py().strip()}"
                        params = {"words": self.cells[later], "digits": columns[later][index].as_py().strip()}
                        found[row] = Problem(self.file, "", row, self.cells[at], number, "torn_number", params)
        return [found[row] for row in sorted(found)]

    def _torn(self, kind: str, kinds: Sequence[str], later: int, columns: Sequence[Any]) -> Any:
        """Where a cell after a whole number shows that the number was torn; None where the column cannot tell."""
        name, column = self.match.columns[later], columns[later]
        if kind == "integer":  # 12,000 people: the zeros are a cell of their own
            return _matches(column, r"^\s*0\d\d\s*$") if kinds[later] == "integer" else None
        digits = _matches(column, r"^\s*\d+\s*$")
        if kinds[later] == "text":
            words = not self.match.table.column(name).allowed
        elif name == "appraiser" and "unit_code" in self.match.columns:  # a unit too, coded as the others are
            words = _of_words(columns[self.match.columns.index("unit_code")])
        else:
            coded = kinds[later] == "code" and name not in ("criterion_code", "parent_code")  # fields are numbers alone
            words = (name is None or coded) and _of_words(column)
        return digits if words else None

    def cut_off(self, row: int) -> list[Problem]:
        """The last record, where it is shorter than the header and no end of line closes it."""
        width = max((at for at, cell in enumerate(self.cells) if cell), default=-1) + 1
        if len(self.last) >= width or not any(cell.strip() for cell in self.last):
            return []
        at = len(self.last) - 1
        params = {"cells": len(self.last), "headings": width}
        return [Problem(self.file, "", row, self.cells[at], self.last[at].strip(), "cut_off", params)]


def _of_words(column: Any) -> bool:
    """Whether fewer than half of the filled cells of a column are digits alone."""
    filled = pc.sum(_matches(column, r"\S")).as_py() or 0
    return 2 * (pc.sum(_matches(column, r"^\s*\d+\s*$")).as_py() or 0) < filled


def _matches(column: Any, pattern: str) -> Any:
    return pc.fill_null(pc.match_substring_regex(column, pattern), False)


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
        if any(cell.strip() for cell in record[width:]):
            long_rows.append((number, record))
        else:
            numbers.append(number)
            short.append(record[:width] + [""] * (width - len(record)))
    if short:
        extra = pa.table([pa.array(c, pa.string()) for c in zip(*short, strict=True)], names=names)
        table = pa.concat_tables([table, extra])
    order = pc.sort_indices(pa.array(numbers, pa.int32()))
    return table.take(order).columns, pa.array(numbers, pa.int32()).take(order), long_rows
