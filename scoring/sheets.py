"""Sheets: the tables of a workbook, and the official forms in it, as raw tables.

Source: the reading rules of the formats, "Official form".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scoring import workbooks
from scoring.cells import DATE, NUMBER, TEXT, text_of
from scoring.headers import (
    HEADER_DEPTH,
    MARK,
    Label,
    Match,
    Printed,
    Problem,
    RawTable,
    Reading,
    Under,
    add_tables,
    find_header,
    hint_of,
    is_total,
    no_table,
    one_column,
)
from scoring.tables import TABLES, plain, visible
from scoring.workbooks import Percent, Sheet

SHARES = ("weight", "value")
"""Columns of numbers without a unit, in which 25% and 0.25 are one."""

_MARK_OF = {float: NUMBER, int: NUMBER, Percent: NUMBER, date: DATE, datetime: DATE}


def read_workbook(content: bytes, name: str, limit: int, reading: Reading) -> None:
    """Adds the tables of a workbook to the reading, or what is wrong with it; `limit`: bytes it may unpack to."""
    opened = _open(content, name, limit)
    if isinstance(opened, Problem):
        reading.problems.append(opened)
        return
    none: list[Problem] = []
    any_table = False
    for sheet in opened:
        if sheet.hidden:
            if sheet.rows:
                reading.skipped.append((name, sheet.name, "hidden_sheet"))
            continue
        head = [[visible(text_of(cell)).strip() for cell in row] for row in sheet.rows[:HEADER_DEPTH]]
        hint = hint_of(name, sheet.name)
        form = _form_header(head)
        header = None if form else find_header(head, hint)
        if form is not None:
            _read_form(sheet, head, form, name, reading)
        elif header is not None:
            _read_sheet(sheet, head, header, name, reading)
        else:
            if head:
                at, cell, table = one_column(head) or (0, "", "")
                params = {"table": table}
                problem = Problem(name, sheet.name, sheet.numbers[at], "", cell[:80], "one_column", params)
                none.append(problem if cell else no_table(name, sheet.name, head[0], sheet.numbers[0], hint))
            reading.skipped.append((name, sheet.name, "no_table"))
            continue
        any_table = True
        _note_hidden(sheet, name, (form or header)[0], reading)
    if not any_table:
        hidden = [s[1] for s in reading.skipped if s[0] == name and s[2] == "hidden_sheet"]
        reading.skipped = [s for s in reading.skipped if s[0] != name]
        none += [Problem(name, one, None, "", "", "hidden_sheet") for one in hidden]
        reading.problems += none or [Problem(name, "", None, "", "", "empty_file")]


def _open(content: bytes, name: str, limit: int) -> list[Sheet] | Problem:
    """Every sheet; a problem where the workbook cannot or may not be read."""
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in content:
            return Problem(name, "", None, "", "", "encrypted_workbook")
        return Problem(name, "", None, "", "", "broken_workbook", {"why": ".xls"})
    try:
        return workbooks.read(content, limit)
    except workbooks.Refusal as refusal:
        return Problem(name, refusal.sheet, None, "", refusal.value, refusal.kind, refusal.params)
    except MemoryError:
        return Problem(name, "", None, "", "", "too_much_memory", {"limit": "–"})
    except workbooks.UNREADABLE as error:
        why = str(error).split("\n")[0] or type(error).__name__
        return Problem(name, "", None, "", "", "broken_workbook", {"why": why})


def _note_hidden(sheet: Sheet, name: str, at: int, reading: Reading) -> None:
    """Names the hidden rows and columns of a sheet that was read: they count."""
    rows = [row for row in sheet.hidden_rows if row >= sheet.numbers[at]]
    if rows:
        params = {"rows": ranges(rows), "n": len(rows)}
        reading.notes.append(Problem(name, sheet.name, rows[0], "", params["rows"], "hidden_rows", params))
    for column, cell in enumerate(sheet.rows[at], 1):
        heading = text_of(cell).strip()
        if heading and any(first <= column <= last for first, last in sheet.hidden_columns):
            reading.notes.append(Problem(name, sheet.name, sheet.numbers[at], heading, heading, "hidden_column"))


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in their order, neighbours as one: 5, 7–9."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{p[0]}–{p[-1]}" if len(p) > 1 else str(p[0]) for p in parts)


# --- tables -----------------------------------------------------------------------------------------------------


class _Texts(dict):
    """Cell → text, each distinct cell written once. Keys are (type, value): 1, 1.0 and true are one key else."""

    def __missing__(self, key: tuple[type, Any]) -> str:
        self[key] = text = text_of(percent(key[1]) if key[0] is Percent else key[1])
        return text


def percent(value: Percent) -> str:
    """A number as its cell shows it: 0.8693 as 86.93%."""
    return text_of(float(f"{value * 100:.15g}")) + "%"


def _read_sheet(sheet: Sheet, head: list[list[str]], header: tuple[int, Match], name: str, reading: Reading) -> None:
    at, match = header
    cells, row_of_header = head[at], sheet.numbers[at]
    body, numbers = sheet.rows[at + 1 :], sheet.numbers[at + 1 :]
    needed = {c for c, column in enumerate(match.columns) if column or (match.table.name == "ballots" and cells[c])}
    unreadable = set()
    for (row, column), (kind, value) in sorted(sheet.broken.items()):
        if row > row_of_header and column - 1 in needed:
            unreadable.add(row)
            reading.problems.append(Problem(name, sheet.name, row, cells[column - 1], value, kind))
    if unreadable:
        kept = [(r, n) for r, n in zip(body, numbers, strict=True) if n not in unreadable]
        body, numbers = [r for r, _ in kept], [n for _, n in kept]
    columns, marks = [], {}
    for c, values in enumerate(zip(*body, strict=True) if body else [()] * len(cells)):
        texts, marks[c] = _column(values, match.columns[c] in SHARES)
        columns.append(texts)
    heading_marks = {c: _MARK_OF[type(cell)] for c, cell in enumerate(sheet.rows[at]) if type(cell) in _MARK_OF}
    place = (name, sheet.name, row_of_header)
    under = Under(cells, columns, marks, pa.array(numbers, pa.int32()), place, heading_marks)
    add_tables(match, under, reading, rows_left_out=bool(unreadable))


def _column(values: Sequence[Any], share: bool) -> tuple[pa.Array, pa.Array]:
    """(cells of a column as text, what each of them was)."""
    types = list(map(type, values))
    marks = pa.array([_MARK_OF.get(t, TEXT) for t in types], pa.int8())
    if set(types) <= {str}:
        normal = [v if v.isascii() else unicodedata.normalize("NFC", v) for v in set(values)]
        spelt = dict(zip(set(values), normal, strict=True))
        return pa.array(list(map(spelt.__getitem__, values)), pa.string()), marks
    if share:
        values = [float(v) if t is Percent else v for t, v in zip(types, values, strict=True)]
        types = list(map(type, values))
    texts = _Texts()
    return pa.array(list(map(texts.__getitem__, zip(types, values, strict=True))), pa.string()), marks


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
    "appraiser": ("Cơ quan thẩm định", "Đơn vị thẩm định"),
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


def _form_labels(head: list[list[str]], numbers: list[int]) -> tuple[dict[str, Label], list[Label]]:
    """(labelled values above the form, every text above it). The value follows the colon or stands right of it."""
    labels: dict[str, Label] = {}
    every = []
    for at, cells in enumerate(head):
        for c, cell in enumerate(cells):
            if not cell:
                continue
            every.append(Label(cell, numbers[at], cell))
            label, colon, value = cell.partition(":")
            name = _FORM_LABELS.get(plain(label))
            if name is None or name in labels:
                continue
            if not value.strip():
                right = next((v for v in cells[c + 1 :] if v), "")
                value = "" if right.rstrip().endswith(":") else right
                if not colon and not value:
                    continue
            labels[name] = Label(value.strip(), numbers[at], label.strip())
    return labels, every


def _read_form(
    sheet: Sheet, head: list[list[str]], header: tuple[int, dict[str, int]], name: str, reading: Reading
) -> None:
    """Adds the self scores of a form, and the appraised scores where it is the council's copy."""
    at, columns = header
    heads, row_of_header = head[at], sheet.numbers[at]
    labels, above = _form_labels(head[:at], sheet.numbers)
    council = "appraised_points" in columns
    if "points" not in columns and not council:
        params = {"table": "self_scores", "heading": FORM_COLUMNS["points"][0], "column": "points"}
        reading.problems.append(Problem(name, sheet.name, row_of_header, "points", "", "missing_column", params))
        return
    lines, left_out = _form_lines(sheet, at, columns, heads, name, reading)
    if not lines:
        if not left_out:
            params = {"table": "self_scores"}
            reading.problems.append(Problem(name, sheet.name, row_of_header, "", "", "header_only", params))
        return
    heading = heads[columns["max_points"]] if "max_points" in columns else ""
    printed = tuple(
        Printed(number, line["criterion_code"], mark, line["name"] or "", line.get("max_points") or "", heading)
        for number, mark, line in lines
    ) + tuple(Printed(number, "", TEXT, "", "", heading) for number in left_out)
    for table, points, own in (
        ("self_scores", "points", {"explanation": "explanation", "evidence": "evidence"}),
        ("appraised_scores", "appraised_points", {"reason": "reason", "appraiser": "appraiser"}),
    ):
        if points not in columns:
            continue
        own = {"criterion_code": "criterion_code", "points": points} | {k: v for k, v in own.items() if v in columns}
        headings = {column: heads[columns[source]] for column, source in own.items()}
        headings["not_applicable"] = heads[columns.get("not_applicable", columns[points])]
        headings |= {k: v.label for k, v in labels.items()}
        data = _form_data(table, points, own, lines, labels)
        reading.raw.append(
            RawTable(
                TABLES[table],
                name,
                sheet.name,
                headings,
                row_of_header,
                data,
                labels=labels,
                above=tuple(above),
                council=council,
                printed=printed,
            )
        )


def _form_data(
    table: str, points: str, own: dict[str, str], lines: list[tuple[int, int, dict]], labels: dict[str, Label]
) -> pa.Table:
    """The rows of a form as raw rows of a table; `own`: column of the table → column of the form."""
    data = {column: pa.array([line[source] for *_, line in lines], pa.string()) for column, source in own.items()}
    away = [plain(line[points] or "") in NOT_APPLICABLE_WORDS for *_, line in lines]
    ticked = [line.get("not_applicable") if table == "self_scores" else None for *_, line in lines]
    data["points"] = pc.if_else(pa.array(away), pa.scalar(None, pa.string()), data["points"])
    data["not_applicable"] = pa.array(["x" if a else t for a, t in zip(away, ticked, strict=True)], pa.string())
    data[MARK + "criterion_code"] = pa.array([mark for _, mark, _ in lines], pa.int8())
    data["row"] = pa.array([number for number, *_ in lines], pa.int32())
    data |= {
        key: pa.array([label.text or None] * len(lines), pa.string())
        for key, label in labels.items()
        if key in TABLES[table].names and key not in ("unit_code", "period") and key not in own
    }
    return pa.table(data)


def _form_lines(
    sheet: Sheet, at: int, columns: dict[str, int], heads: list[str], name: str, reading: Reading
) -> tuple[list[tuple[int, int, dict[str, str | None]]], list[int]]:
    """(row, what the cell of the code was, cells by column) of every item of a form, and the rows that were left out.

    A row with points and no code is a problem, unless it says below the last item that it is a total.
    """
    points = [columns[p] for p in ("points", "appraised_points") if p in columns]
    last = _last_item(sheet, at, columns["criterion_code"])
    lines, left_out, below = [], [], False
    for index in range(at + 1, len(sheet.rows)):
        number, row = sheet.numbers[index], sheet.rows[index]
        line = {column: _shown(row[c]) for column, c in columns.items()}
        sums = {c for c in points if (number, c + 1) in sheet.sums}
        for column, c in columns.items():
            line[column] = None if c in sums else line[column]  # the form adds up the items of a field by itself
        code, given = line["criterion_code"], any(line.get(p) for p in ("points", "appraised_points"))
        if _numbering(row):
            continue
        if code is not None and not is_total(code):
            bad = [c for c in columns.values() if (number, c + 1) in sheet.broken and c not in sums]
            for c in bad:
                kind, value = sheet.broken[number, c + 1]
                reading.problems.append(Problem(name, sheet.name, number, heads[c], value, kind))
            if bad:
                left_out.append(number)
            else:
                lines.append((number, _MARK_OF.get(type(row[columns["criterion_code"]]), TEXT), line))
            continue
        total = index > last and (is_total(code or "") or is_total(line["name"] or ""))
        below = below or total or (index > last and number > sheet.numbers[index - 1] + 1)
        if given and not total and not (below and not _scores(line)):
            left_out.append(number)
            heading = heads[columns["criterion_code"]]
            reading.problems.append(Problem(name, sheet.name, number, heading, code or "", "empty_key"))
    return lines, left_out


def _last_item(sheet: Sheet, at: int, column: int) -> int:
    """Index of the last row of a form that has a code."""
    for index in range(len(sheet.rows) - 1, at, -1):
        code = _shown(sheet.rows[index][column])
        if code and not is_total(code) and re.fullmatch(r"\S+", code):
            return index
    return at


def _shown(cell: Any) -> str | None:
    text = percent(cell) if type(cell) is Percent else text_of(cell).strip()
    return text or None


def _scores(line: dict[str, str | None]) -> bool:
    """Whether a line says points and not, as a signature below the form does, something else."""
    cells = [line.get(p) or "" for p in ("points", "appraised_points")]
    number = r"[+-]?\d+([.,]\d+)?\s*(điểm|đ|%)?"
    return any(re.fullmatch(number, c, re.IGNORECASE) or plain(c) in NOT_APPLICABLE_WORDS for c in cells)


def _numbering(row: Iterable[Any]) -> bool:
    """Whether a line only numbers the columns: (1) (2) (3) …"""
    cells = [text_of(cell).strip(" ()") for cell in row]
    cells = [cell for cell in cells if cell]
    return len(cells) > 3 and cells == [str(n) for n in range(1, len(cells) + 1)]
