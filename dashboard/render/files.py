"""Data as files: CSV with one plain header row, XLSX with typed numbers and what is needed to read them.

The same data give the same bytes: nothing in a file tells when it was written, only of which day the data are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from dashboard.render.export import Export, Sheet, sources
from dashboard.words import formats
from dashboard.words.glossary import terms
from scoring import results
from scoring.results import cell_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark (Excel takes other files for Windows-1258); text that a spreadsheet would take for
    a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([cell_text(column.title) for column in sheet.columns])
    writer.writerows([cell_text(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(export: Export) -> bytes:
    """A workbook of four sheets: the data, notes, the terms used, the source."""
    import xlsxwriter

    view, sheet = export.view, export.sheet()
    day = view.site.meta.get("date")
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        about = {"title": export.title, "subject": export.subtitle, "author": view.t("frame.source")}
        # The day of the data, else xlsxwriter would write the moment.
        book.set_properties(about | {"created": datetime.combine(day or date.min.replace(year=2000), time())})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _data(book, book.add_worksheet(view.t("export.sheet.data")), sheet, head)
        notes = [(view.t("export.title"), export.title), (view.t("export.subtitle"), export.subtitle)]
        notes += [
            (view.t("part.note"), text) for text in (export.note, *export.marks, view.t("export.note.empty")) if text
        ]
        _lines(book.add_worksheet(view.t("export.sheet.notes")), notes, wrapped)
        used = _terms(export, sheet)
        _lines(
            book.add_worksheet(view.t("export.sheet.terms")),
            used,
            wrapped,
            (view.t("glossary.term"), view.t("glossary.other"), view.t("glossary.definition")),
            head,
        )
        where = [(view.t("export.source_head"), text) for text in sources(export)]
        where += [
            (view.t("export.hash"), view.site.meta.get("dataset_hash", "")),
            (view.t("part.link"), view.sel.href()),
        ]
        _lines(book.add_worksheet(view.t("export.sheet.source")), where, wrapped)
    return file.getvalue()


def _data(book: Any, page: Any, sheet: Sheet, head: Any) -> None:
    day, moment = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.title, head)
        form = "0" + ("." + "0" * column.places if column.places else "")
        # A percentage is 91.4 in the CSV and in the sheet alike; its head says so.
        number = book.add_format({"num_format": "#,##" + form if column.kind != "text" else "@"})
        widest = len(column.title) / 2
        for row, value in enumerate(column.values, start=1):
            if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
                page.write_number(row, at, value, number)
            elif isinstance(value, date):
                page.write_datetime(row, at, value, moment if isinstance(value, datetime) else day)
            elif value not in (None, ""):
                page.write_string(row, at, str(value))
                widest = max(widest, len(str(value)))
        page.set_column(at, at, min(60, max(9, widest + 2)))
    page.freeze_panes(1, 1)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _lines(page: Any, rows: Sequence[Sequence[str]], form: Any, heads: Sequence[str] = (), head: Any = None) -> None:
    for at, text in enumerate(heads):
        page.write_string(0, at, text, head)
    for line, row in enumerate(rows, start=len(heads) and 1):
        for at, text in enumerate(row):
            page.write_string(line, at, str(text), form)
    widths = (34, 34, 90) if heads else (22, 100)
    for at, width in enumerate(widths):
        page.set_column(at, at, width)


def _terms(export: Export, sheet: Sheet) -> list[tuple[str, str, str]]:
    """The terms of the glossary that the data or their titles use, in the order of the language."""
    vi = export.view.lang == "vi"
    heads = (column.title for column in sheet.columns)
    said = " ".join([export.title, export.subtitle, export.note, *heads]).casefold()

    def used(term: dict[str, str]) -> bool:
        names = (term["vi"], term["vi_short"]) if vi else (term["en"],)
        return any(name and name.casefold() in said for name in names)

    found = [term for term in terms() if used(term)]
    found.sort(key=lambda term: formats.vietnamese_order(term["vi"]) if vi else (term["en"].casefold(),))
    own, other = ("vi", "en") if vi else ("en", "vi")
    return [(term[own], term[other], term["definition_vi"]) for term in found]


# Open data: the result tables, unrounded

RESULTS = tuple(results.TABLES)


def dictionary() -> bytes:
    """What the columns of the result tables hold: table, column, Vietnamese, English."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("table", "column", "vi", "en"))
    for name, (_, columns) in results.TABLES.items():
        writer.writerows((name, column, *results.meaning(name, column)) for column in columns)
    return text.getvalue().encode("utf-8-sig")
