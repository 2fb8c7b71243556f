"""Workbooks: the sheets of an XLSX file, each cell as what it holds and, where that differs, as what it shows.

The XML is parsed once, from the packed file, by a parser that lays nothing out: a far cell, a long text or many cells
are met as they come and counted before they are kept. Nothing in a file is run, and no entity is expanded.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

FILLED = 10_000_000  # cells with something in them that a workbook may have
AREA = 60_000_000  # cells from the first to the last one of a sheet
LAID_OUT = 20_000_000  # cells of the rows that hold something, each as long as the longest
CHARACTERS = 250_000_000  # of all texts; one text may stand in many cells
PARTS = 20_000  # files inside a workbook
SHEETS = 1_000
SMALL = 50_000_000  # bytes of a part that lists what a workbook has: sheets, links, styles
ELEMENT, CHUNK = 4_000_000, 1 << 18  # bytes of one element or text, and of what is parsed at once
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
)
"""What reading a workbook that is broken may raise beside Refusal."""


class Refusal(Exception):
    """A workbook that is not read: the kind of the problem, the sheet, what is shown as its value, more words."""

    def __init__(self, kind: str, sheet: str = "", value: str = "", **params: Any):
        super().__init__(kind)
        self.kind, self.sheet, self.value, self.params = kind, sheet, value, params


class Percent(float):
    """A number whose cell shows it in percent: 0.8693 as 86.93%."""


@dataclass
class Sheet:
    """One sheet. `rows` hold only rows with something in them, `numbers` their numbers from 1; cells from column A.

    `broken`: (row, column) from 1 → (kind of problem, what the cell shows), of cells that have no value to be read.
    `sums`: places of formulas over other cells of their own column. `hidden_rows`: those that hold something.
    `hidden_columns`: first and last of each run, from 1.
    """

    name: str
    hidden: bool = False
    rows: list[list[Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    broken: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    sums: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[tuple[int, int]] = field(default_factory=set)


def read(content: bytes, limit: int) -> list[Sheet]:
    """Every sheet of cells of a workbook, in its order. `limit`: bytes that it may unpack to.

    Raises Refusal where it may not be read, one of UNREADABLE where it cannot be.
    """
    if content.count(b"PK\x01\x02") > PARTS:
        raise zipfile.BadZipFile(f"> {PARTS} files")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > limit:
            raise Refusal("file_too_large", size=f"{unpacked / 1e6:.0f}", limit=f"{limit / 1e6:g}")
        return _Workbook(archive).sheets()


# --- the parts of a workbook ------------------------------------------------------------------------------------


class _Local(dict):
    """Name of an element as written → its name without the prefix."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


def _parse(
    stream: Any, start: Callable[[str, dict], None], end: Callable | None = None, text: Callable | None = None
) -> None:
    """Calls `start(name, attributes)`, `end(name)` and `text(characters)` for what stands in a part."""

    def refuse(*_: Any) -> None:
        raise ValueError("DOCTYPE")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 65_536
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, refuse
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    since = 0  # bytes since an element began: one with more in it is none, and would be kept whole
    while chunk := stream.read(CHUNK):
        began = chunk.find(b"<")
        since += len(chunk) if began < 0 else began
        if since > ELEMENT:
            raise ValueError(f"> {ELEMENT} bytes in one element")
        parser.Parse(chunk, False)
        since = since if began < 0 else len(chunk) - chunk.rfind(b"<")
    parser.Parse(b"", True)


class _Workbook:
    """What holds for every sheet: where its part lies, shared texts, how numbers are shown, whether formulas count."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.parts = {entry.filename.replace("\\", "/").lower(): entry for entry in archive.infolist()}
        self.never_calculated = False
        self.epoch = datetime(1899, 12, 30)
        self.left, self.characters = FILLED, CHARACTERS

    def sheets(self) -> list[Sheet]:
        book = self._target("_rels/.rels", "", "/officeDocument") or "xl/workbook.xml"
        if book.lower() not in self.parts:
            raise ValueError("xl/workbook.xml")
        listed: list[dict[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            local = name.rpartition(":")[2]
            if local == "sheet":
                listed.append(attributes)
            elif local == "calcPr":
                waiting = _true(attributes.get("fullCalcOnLoad"))
                self.never_calculated = waiting or attributes.get("calcCompleted") in ("0", "false")
            elif local == "workbookPr" and _true(attributes.get("date1904")):
                self.epoch = datetime(1904, 1, 1)

        self._scan(book, start, small=True)
        folder, _, file = book.rpartition("/")
        links = self._links(f"{folder}/_rels/{file}.rels", folder)
        self.strings = self._strings(next((t for kind, t in links.values() if kind.endswith("/sharedStrings")), ""))
        self.looks = self._looks(next((t for kind, t in links.values() if kind.endswith("/styles")), ""))
        found, seen = [], set()
        for one in listed:
            link = next((v for k, v in one.items() if k.endswith(":id")), "")
            kind, part = links.get(link, ("", ""))
            if part.lower() in seen or len(seen) > SHEETS:
                raise ValueError(f"{len(listed)} sheets")
            seen.add(part.lower())
            if kind.endswith("/worksheet") and part.lower() in self.parts:
                sheet = Sheet(one.get("name", ""), one.get("state", "visible").lower() in ("hidden", "veryhidden"))
                found.append(self._fill(sheet, part))
        return found

    def _open(self, part: str) -> Any:
        entry = self.parts[part.lower()]
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"compression {entry.compress_type}")
        return self.archive.open(entry)

    def _scan(self, part: str, *handlers: Callable, small: bool = False) -> None:
        if small and self.parts[part.lower()].file_size > SMALL:
            raise ValueError(f"{part} > {SMALL} bytes")
        with self._open(part) as stream:
            _parse(stream, *handlers)

    def _links(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """Id of each relation of a part → (its type, the part it leads to)."""
        found: dict[str, tuple[str, str]] = {}

        def start(_: str, link: dict[str, str]) -> None:
            target = link.get("Target", "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            while "/../" in path:
                path = re.sub(r"[^/]+/\.\./", "", path, count=1)
            found[link.get("Id", "")] = (link.get("Type", ""), path.replace("/./", "/"))

        if part.lower() in self.parts:
            self._scan(part, start, small=True)
        return found

    def _target(self, part: str, folder: str, kind: str) -> str:
        return next((path for type_, path in self._links(part, folder).values() if type_.endswith(kind)), "")

    def _strings(self, part: str) -> list[str]:
        """The shared texts, in their order; a guide to the pronunciation is none of the text."""
        if part.lower() not in self.parts:
            return []
        found, pieces = [], []
        inside = phonetic = False

        def start(name: str, _: dict[str, str]) -> None:
            nonlocal inside, phonetic
            local = name.rpartition(":")[2]
            if local == "t":
                inside = not phonetic
            elif local == "rPh":
                phonetic = True

        def end(name: str) -> None:
            nonlocal inside, phonetic
            local = name.rpartition(":")[2]
            if local == "t":
                inside = False
            elif local == "rPh":
                phonetic = False
            elif local == "si":
                found.append(_unescaped("".join(pieces)))
                pieces.clear()
                if len(found) > FILLED:
                    raise Refusal("too_many_values", values=f"> {FILLED}", limit=FILLED)

        def text(characters: str) -> None:
            if inside:
                pieces.append(characters)

        self._scan(part, start, end, text)
        return found

    def _looks(self, part: str) -> dict[str, str]:
        """Number of each style that shows a number as something else → what: percent, date, other."""
        if part.lower() not in self.parts:
            return {}
        formats: dict[str, str] = {}
        found: dict[str, str] = {}
        inside, count = False, 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal inside, count
            local = name.rpartition(":")[2]
            if local == "numFmt":
                formats.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
            elif local in ("cellXfs", "cellStyleXfs", "dxfs"):
                inside = local == "cellXfs"
            elif local == "xf" and inside:
                look = _look(attributes.get("numFmtId", "0"), formats)
                if look:
                    found[str(count)] = look
                count += 1

        self._scan(part, start, small=True)
        return found

    def _fill(self, sheet: Sheet, part: str) -> Sheet:
        rows = _Rows(self, sheet)
        self._scan(part, rows.start, rows.end, rows.characters)
        rows.finish()
        return sheet


def _true(word: str | None) -> bool:
    return word in ("1", "true")


def _unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, which workbooks write as _x000D_."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)).encode("utf-8", "ignore").decode(), text)


# Numbers of the formats that every workbook knows: days and times, percent.
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENTS = {9, 10}


def _look(number: str, formats: dict[str, str]) -> str:
    """What a number format makes of a number: 'percent', 'date', 'other' (hidden, or divided by thousands) or ''."""
    code = formats.get(number)
    if code is None:
        known = int(number) if number.isdigit() else 0
        return "date" if known in _DATES else "percent" if known in _PERCENTS else ""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.', "", code)
    elapsed = re.search(r"\[(h+|m+|s+)\]", bare, re.IGNORECASE)
    bare = re.sub(r"\[[^\]]*\]", "", bare)
    if "%" in bare:
        return "percent"
    if elapsed or re.search(r"[dmyhs]", bare.replace("General", ""), re.IGNORECASE):
        return "date"
    if re.search(r"[0#?],+(?![0#?,])", bare) or (";" in code and not code.strip("; ")):
        return "other"
    return ""


# --- the cells of a sheet ---------------------------------------------------------------------------------------


class _Rows:
    """Takes the elements of a sheet as they come, and lays its filled cells into rows."""

    def __init__(self, book: _Workbook, sheet: Sheet):
        self.book, self.sheet = book, sheet
        self.local, self.columns, self.looks = _Local(), {}, book.looks
        self.rows: dict[int, list[Any]] = {}
        self.hidden: set[int] = set()
        self.row, self.row_text, self.column = 0, "0", 0
        self.cell: dict[str, str] = {}
        self.value: str | None = None
        self.formula: str | None = None
        self.pieces: list[str] | None = None
        self.phonetic = False

    # -- elements

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self.local[name]
        if kind == "c":
            self.cell, self.value, self.formula = attributes, None, None
        elif kind == "v" or kind == "f" or (kind == "t" and not self.phonetic):
            self.pieces = []
        elif kind == "row":
            self._row(attributes)
        elif kind == "rPh":
            self.phonetic = True
        elif kind == "col" and (_true(attributes.get("hidden")) or attributes.get("width") in ("0", "0.0")):
            first, last = int(attributes.get("min", 1)), min(int(attributes.get("max", 1)), LAST_COLUMN)
            self.sheet.hidden_columns.add((first, last))

    def characters(self, text: str) -> None:
        if self.pieces is not None:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        kind = self.local[name]
        if kind == "c":
            self._cell()
        elif self.pieces is not None and kind in ("v", "f", "t"):
            text, self.pieces = "".join(self.pieces), None
            if kind == "v":
                self.value = text
            elif kind == "f":
                self.formula = text
            else:
                self.value = (self.value or "") + text
        elif kind == "rPh":
            self.phonetic = False

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        if self.row < 1:
            raise ValueError(f"row {self.row}")
        if self.row > LAST_ROW:
            raise Refusal("sheet_too_large", self.sheet.name, f"A{self.row}")
        self.row_text, self.column = str(self.row), 0
        if _true(attributes.get("hidden")) or attributes.get("ht") in ("0", "0.0"):
            self.hidden.add(self.row)

    # -- cells

    def _place(self) -> None:
        """Puts `row` and `column` to where the cell at hand says that it stands."""
        reference = self.cell.get("r")
        if reference is None:
            self.column += 1
            return
        found = re.fullmatch(r"\s*\$?([A-Za-z]{1,5})\$?0*([1-9][0-9]{0,9})\s*", reference)
        if found is None:
            raise ValueError(reference[:40])
        letters = found[1].upper()
        self.column = 0
        for letter in letters:
            self.column = self.column * 26 + ord(letter) - 64
        self.row, self.row_text = int(found[2]), found[2]
        if self.column > LAST_COLUMN or self.row > LAST_ROW:
            raise Refusal("sheet_too_large", self.sheet.name, f"{letters}{self.row}")
        self.columns[found[1]] = self.column

    def _cell(self) -> None:
        cell, value = self.cell, self.value
        reference = cell.get("r", "")
        column = self.columns.get(reference[: -len(self.row_text)]) if reference.endswith(self.row_text) else None
        if column is None:
            self._place()
        else:
            self.column = column
        kind = cell.get("t", "n")
        if (self.formula is not None or kind == "e") and self._broken(kind):
            return
        if not value:
            return
        content: Any
        if kind == "n":
            look = self.looks.get(cell.get("s", "0"))
            content = int(value) if value.isdecimal() and len(value) < 18 else float(value)
            content = content if look is None else self._shown(content, look)
        elif kind == "s":
            content = self.book.strings[int(value)]
        elif kind == "b":
            content = value in ("1", "true")
        elif kind == "d":
            content = datetime.fromisoformat(value.replace("Z", "+00:00"))
        else:
            content = _unescaped(value)
        if isinstance(content, str):
            if not content or content.isspace():
                return
            self.book.characters -= len(content)
        self._keep(content)

    def _keep(self, content: Any) -> None:
        row = self.rows.get(self.row)
        if row is None:
            row = self.rows[self.row] = []
        gap = self.column - 1 - len(row)
        if gap > 0:
            row += [""] * gap
            self.book.left -= gap // 4  # an empty place takes a fourth of a filled one
        if gap >= 0:
            row.append(content)
        else:
            row[self.column - 1] = content
        self._count()

    def _count(self) -> None:
        """Counts a cell that is kept."""
        book = self.book
        book.left -= 1
        if book.left < 0 or book.characters < 0:
            raise Refusal("too_many_values", self.sheet.name, limit=FILLED if book.left < 0 else CHARACTERS)

    def _broken(self, kind: str) -> bool:
        """Whether the cell holds an error, or a formula that nobody calculated: then it has no value."""
        place, value = (self.row, self.column), self.value or ""
        self._count()
        if self.formula is not None:
            letters = re.findall(r"\$?([A-Z]{1,3})\$?\d+", self.formula)
            if letters and {_number_of(one) for one in letters} == {self.column}:
                self.sheet.sums.add(place)
        if kind == "e":
            self.sheet.broken[place] = ("error_cell", value or "#")
            return True
        nothing = not value and kind != "str"
        if self.book.never_calculated:  # what a program writes where it calculates nothing: 0, or no text
            nothing = nothing or not value or (kind in ("n", "b") and not value.strip("-0.") and "0" in value)
        # Spreadsheets write a result of nought as 0; 0.0 is what programs write before the first calculation.
        if nothing or (kind == "n" and re.fullmatch(r"0\.0+", value)):
            self.sheet.broken[place] = ("formula_without_value", f"={self.formula}"[:200])
            return True
        return False

    def _shown(self, number: float, look: str) -> Any:
        if look == "percent":
            return Percent(number)
        if look == "date":
            return self._day(float(number))
        self.sheet.broken[self.row, self.column] = ("shows_other", f"{number:.15g}")
        return ""

    def _day(self, number: float) -> Any:
        """A day or a moment; a time of day alone as text."""
        if not -1 < number < 2_958_466:  # 31 December 9999
            return number
        if 0 <= number < 1:
            seconds = round(number * 86_400) % 86_400
            return str(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
        moment = self.book.epoch + timedelta(seconds=round(number * 86_400))
        return date(moment.year, moment.month, moment.day) if number == int(number) else moment

    def finish(self) -> None:
        """Hands the rows over in their order, all equally long, unless they are too many to be laid out."""
        filled = [number for number in sorted(self.rows) if self.rows[number]]
        width = max((len(self.rows[number]) for number in filled), default=0)
        if filled and (filled[-1] * width > AREA or len(filled) * width > LAID_OUT):
            widest = max(filled, key=lambda number: len(self.rows[number]))
            far = filled[-1] if filled[-1] > LAID_OUT // max(width, 1) else widest
            raise Refusal("sheet_too_large", self.sheet.name, f"{_letters(len(self.rows[far]))}{far}")
        for number in filled:
            row = self.rows[number]
            row += [""] * (width - len(row))
        self.sheet.rows, self.sheet.numbers = [self.rows[number] for number in filled], filled
        self.sheet.hidden_rows = sorted(self.hidden & set(filled))


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
