"""Headers: which table a header is, which column each of its cells, and a table laid out as raw text under it.

Nothing is judged here but whether columns are there and once. Source: the reading rules of the formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scoring.problems import Problem
from scoring.tables import CLEANED_CODES, LONG_BALLOT, TABLES, Column, Table, plain

HEADER_DEPTH = 100  # rows in which the header is looked for; forms carry titles and labels above it
MARK = "~"  # "~criterion_code" tells what the cells of criterion_code were: number, date or text

SPACES = " \t\r\n\x0b\x0c\u00a0\u1680\u2007\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What is dropped around the text of a cell."""

INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
"""Characters that nobody sees: they are no part of a code, a number or a day."""

NUMBERED = ("period", "ballot_id", "respondent_id")
"""Ids that programs write as 1.0 where another row of their column is empty."""

MISSING = pa.array(["NA", "N/A", "NULL", "NaN", "<NA>", "None", "#N/A", "n/a", "na", "nan", "null"])
"""What programs write where an id is missing. Na is a name."""

MARKED = (*CLEANED_CODES, "question_code")
"""Columns whose cells tell whether they came as number or date: a code may have become one."""

SKIPPED = ("hidden", "link", "other_kind", "no_table", "read_before", "hidden_sheet")
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
class Printed:
    """An item as an official form prints it: row, code and what its cell was, name, maximum with its heading."""

    row: int
    code: str
    mark: int
    name: str
    maximum: str
    heading: str


@dataclass(frozen=True)
class RawTable:
    """One table as it stands in a file or sheet.

    `data`: string columns under the names of the declaration, unlisted ones under their own heading (empty cells
    null), `~column` (int8: TEXT, NUMBER or DATE) beside code columns that came typed, and `row` (int32).
    `headings`: column → heading as typed; `heading_marks`: what the headings of questions were, where not text.
    `labels`: what stands above an official form; None for other tables. `printed`: the rubric as the form prints it.
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
    printed: tuple[Printed, ...] = ()
    heading_marks: dict[str, int] = field(default_factory=dict)

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
    """Everything that was found: tables, files that are kept with the import, what was skipped and why, problems.

    `notes` are things to look at that stop nothing.
    """

    raw: list[RawTable] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    skipped: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
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


def match_header(cells: Sequence[str], table: Table, hint: str) -> Match:
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
    return Match(table, columns, missing, twice, score)


def hint_of(name: str, sheet: str) -> str:
    """The table that the name of the sheet or file speaks of, or ''."""
    for text in (plain(sheet), plain(Path(name).stem)):
        for table in sorted(TABLES, key=len, reverse=True):
            if table in text or plain(TABLES[table].vi) == text:
                return table
    return ""


def best(cells: Sequence[str], hint: str) -> Match:
    """The table that a header fits best."""
    return max((match_header(cells, t, hint) for t in TABLES.values() if t.imported), key=lambda m: m.score)


def find_header(rows: Sequence[Sequence[str]], hint: str) -> tuple[int, Match] | None:
    """(index of the header among `rows`, its match), the best of the first rows; None where there is no table."""
    found: tuple[int, Match] | None = None
    for at, cells in enumerate(rows[:HEADER_DEPTH]):
        if sum(plain(c) in _headings() for c in cells if c) < 2:  # no table is known by one heading
            continue
        match = best(cells, hint)
        if match.score > 0 and (found is None or match.score > found[1].score):
            found = (at, match)
    return found


def no_table(name: str, sheet: str, cells: Sequence[str], row: int, hint: str) -> Problem:
    """The problem of a file or sheet whose first row is no header."""
    heads = [c for c in cells if c]
    if len(heads) == 1 and (table := _in_one_cell(heads[0])):
        return Problem(name, sheet, row, "", heads[0][:80], "one_column", {"table": table})
    scored = [(match_header(cells, t, hint), t) for t in TABLES.values() if t.imported]
    nearest, table = max(
        scored,
        key=lambda pair: (sum(c is not None for c in pair[0].columns) - len(pair[0].missing), pair[1].name == hint),
    )
    params = {
        "columns": ", ".join(heads[:12]) + (", …" if len(heads) > 12 else ""),
        "table": table.name,
        "missing": [c.name for c in nearest.missing],
        "alike": " ".join(heads),
    }
    return Problem(name, sheet, row, "", "", "unknown_table", params)


def _in_one_cell(cell: str) -> str:
    """The table whose headings stand in one cell, whatever is between them; '' where there are no two."""
    for delimiter in (r"[,;\t|]", r"[:#^~/\\]", r"\s+", r"\s{2,}"):
        parts = [part.strip(" \"'") for part in re.split(delimiter, cell)]
        if sum(plain(part) in _headings() for part in parts if part) >= 2:
            return best(parts, "").table.name
    return ""


def one_column(rows: Sequence[Sequence[str]]) -> tuple[int, str, str] | None:
    """(index, cell, table) of the row that holds a whole header in one cell; None where no row does."""
    for at, cells in enumerate(rows[:HEADER_DEPTH]):
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and (table := _in_one_cell(filled[0])):
            return at, filled[0], table
    return None


def _header_problems(match: Match, cells: Sequence[str], name: str, sheet: str, row: int) -> list[Problem]:
    unread = " ".join(cell for at, cell in enumerate(cells) if cell and match.columns[at] is None)
    problems = [
        Problem(
            name,
            sheet,
            row,
            c.name,
            "",
            "missing_column",
            {"table": match.table.name, "heading": c.heading_vi, "column": c.name, "alike": unread},
        )
        for c in match.missing
    ]
    twice = list(match.twice)
    if match.table.name == "ballots":  # every other column is a question, and is answered once
        others = [at for at, cell in enumerate(cells) if cell and match.columns[at] is None and at not in twice]
        twice += [at for n, at in enumerate(others) if cells[at] in {cells[earlier] for earlier in others[:n]}]
    problems += [Problem(name, sheet, row, cells[at], cells[at], "duplicate_column") for at in twice]
    return problems


def _names(match: Match, cells: Sequence[str]) -> dict[int, tuple[str, str]]:
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


# --- a table under its header -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Under:
    """What stands under a header: columns of text, what the cells of a column were (int8), rows a person sees.

    `place`: file, sheet, row of the header. `heading_marks`: cell of the header → NUMBER or DATE, where it was one.
    """

    cells: Sequence[str]
    columns: Sequence[pa.ChunkedArray | pa.Array]
    marks: dict[int, pa.Array]
    rows: pa.ChunkedArray | pa.Array
    place: tuple[str, str, int]
    heading_marks: dict[int, int] = field(default_factory=dict)


def add_tables(match: Match, under: Under, reading: Reading, *, rows_left_out: bool = False) -> None:
    """Adds the table of a header to the reading, and the one whose headings stand in it too.

    Where rows were left out with problems of their own, that none is left is no problem besides.
    """
    name, sheet, row = under.place
    problems = _header_problems(match, under.cells, name, sheet, row)
    first = _assemble(match, under)
    if not len(first.data) and not rows_left_out:
        problems.append(Problem(name, sheet, row, "", "", "header_only", {"table": match.table.name}))
    first, without_key = _without_key(first)
    reading.raw.append(first)
    reading.problems += problems + without_key
    also = _second(match, under.cells)
    if also is not None:
        own = [n for n, _ in (p for at, p in _names(also, under.cells).items() if also.columns[at])]
        second = _assemble(also, under, own)
        reading.raw.append(_without_key(second)[0])
    _name_what_is_left(match, also, under, reading)


def trimmed(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Text without surrounding white space of any kind; null where nothing is left."""
    column = pc.utf8_trim(column, characters=SPACES)
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, column.type), column)


def _cleaned(values: Any, name: str | None, table: Table) -> Any:
    """Codes and numbers without what nobody sees, ids without the .0 that a program adds, words for missing empty."""
    column = next((c for c in (*table.columns, *LONG_BALLOT) if c.name == name), None)
    kind = column.kind if column is not None else "option" if table.name == "ballots" else "text"
    if kind == "text" and not (column is not None and column.allowed):
        return values
    values = pc.replace_substring_regex(values, INVISIBLE, "")
    if name in NUMBERED:
        values = pc.replace_substring_regex(values, r"^(\d+)\.0+$", r"\1")
    if kind == "code" and column.nullable:
        values = pc.if_else(pc.is_in(values, MISSING), pa.scalar(None, pa.string()), values)
    return values


def _assemble(match: Match, under: Under, only: Sequence[str] | None = None) -> RawTable:
    """The raw table of a header, empty rows and empty nameless columns dropped; `only` these columns, if given."""
    name, sheet, header_row = under.place
    data: dict[str, Any] = {}
    headings: dict[str, str] = {}
    heading_marks = {}
    full: Any = None
    for at, (column, heading) in _names(match, under.cells).items():
        if only is not None and column not in only:
            continue
        values = _cleaned(trimmed(under.columns[at]), match.columns[at], match.table)
        if not under.cells[at] and values.null_count == len(values):
            continue
        data[column], headings[column] = values, heading
        if match.columns[at] in (MARKED if match.table.name == "ballots" else CLEANED_CODES) and at in under.marks:
            data[MARK + column] = under.marks[at]
        if match.columns[at] is None and at in under.heading_marks:
            heading_marks[column] = under.heading_marks[at]
        valid = pc.is_valid(values)
        if only is None or column not in match.table.key:
            full = valid if full is None else pc.or_(full, valid)
    data["row"] = under.rows
    table = pa.table(data)
    if full is not None and len(table):
        table = table.filter(full)
    return RawTable(match.table, name, sheet, headings, header_row, table, heading_marks=heading_marks)


def _without_key(raw: RawTable) -> tuple[RawTable, list[Problem]]:
    """The table without the rows that have none of its keys or are a total, and one problem for each of them.

    A row of scores that scores nothing is none, whatever it says.
    """
    keys = [key for key in raw.table.key if key != "period"]
    if not keys or not len(raw.data) or any(key not in raw.data.column_names for key in keys):
        return raw, []
    some = none = None
    for key in keys:
        cells = raw.data[key]
        totals = [v for v in pc.unique(cells).to_pylist() if v and (" " in v or not v.isascii()) and is_total(v)]
        empty = pc.or_(pc.is_null(cells), pc.is_in(cells, pa.array(totals, pa.string())))
        some = empty if some is None else pc.or_(some, empty)
        none = empty if none is None else pc.and_(none, empty)
    if not pc.any(some).as_py():
        return raw, []
    values = [c for c in ("points", "not_applicable") if c in raw.data.column_names]
    if raw.table.name in ("self_scores", "appraised_scores"):
        scored = pc.is_null(raw.data["row"])
        for column in values:
            scored = pc.or_(scored, pc.is_valid(raw.data[column]))
        some, none = pc.and_(some, scored), pc.and_(none, scored)
    suspects = raw.data.append_column("~none", none).filter(some)
    away, problems = [], []
    for line in suspects.to_pylist():
        empty = next(key for key in keys if line[key] is None or is_total(line[key]))
        words = [line[c] for c in raw.headings if line[c] is not None and c not in values][:2]
        words += [line[key] or "" for key in keys]
        if (line["~none"] and len(keys) > 1) or any(map(is_total, words)):
            away.append(line["row"])
            column = raw.headings.get(empty, empty)
            problems.append(Problem(raw.file, raw.sheet, line["row"], column, line[empty] or "", "empty_key"))
    if away:
        kept = pc.invert(pc.is_in(raw.data["row"], pa.array(away, raw.data["row"].type)))
        raw = replace(raw, data=raw.data.filter(kept))
    return raw, problems


_TOTAL = re.compile(
    r"(tong|cong|tong_cong|total|grand_total)(_(so|cong|diem|chung|cac|linh_vuc|tieu_chi|toan_bo|tu|danh_gia|cham|"
    r"tham_dinh|dat|duoc|points?|score|[ivx]+|\d+))*"
)


def is_total(text: str) -> bool:
    """Whether a text says that its row is a total, and nothing else: Tổng cộng, but not Công khai or Tổng hợp."""
    return not text.casefold().startswith("công") and _TOTAL.fullmatch(plain(text)) is not None


def _second(match: Match, cells: Sequence[str]) -> Match | None:
    """The other table whose headings all stand in a header, with a column of its own that the first does not use."""
    if match.table.name == "ballots":
        return None
    used = {at for at, column in enumerate(match.columns) if column}
    for table in TABLES.values():
        if not table.imported or table is match.table or table.name == "ballots":
            continue
        other = match_header(cells, table, "")
        at_of = {column: at for at, column in enumerate(other.columns) if column}
        own = [c.name for c in table.required if c.name not in table.key]
        if other.missing or not own or any(at_of[name] in used for name in own):
            continue
        columns = [c if c in table.key or at not in used else None for at, c in enumerate(other.columns)]
        return replace(other, columns=columns, twice=[])
    return None


def _name_what_is_left(match: Match, also: Match | None, under: Under, reading: Reading) -> None:
    """Notes the headings of numbers of other tables that neither table uses."""
    if match.table.name == "ballots":
        return
    used = {at for m in (match, also) if m is not None for at, column in enumerate(m.columns) if column}
    for at, cell in enumerate(under.cells):
        known = None if at in used or not cell else _numbers().get(plain(cell))
        if known is not None and under.columns[at].null_count < len(under.columns[at]):
            name, sheet, row = under.place
            params = {"table": known, "read": match.table.name}
            reading.notes.append(Problem(name, sheet, row, cell, cell, "heading_left_out", params))


@cache
def _numbers() -> dict[str, str]:
    """Plain heading of each column of points, index or rank → its table."""
    found: dict[str, str] = {}
    for name in ("self_scores", "appraised_scores", "published_results"):
        for column in TABLES[name].columns:
            if column.kind in ("decimal", "integer") and column.name not in TABLES[name].key:
                for heading in column.headings:
                    found.setdefault(plain(heading), name)
    return found
