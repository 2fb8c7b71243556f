"""The result tables as files, and what is still open or does not add up in a period."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from scoring.rubric import code_order
from scoring.store import Snapshot
from scoring.tables import TABLES as declarations
from scoring.texts import COLUMNS

FORMATS = ("csv", "parquet", "xlsx")

LAST = ("data_version", "made_up")
"""Columns that end every table."""

TABLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "index": (
        "result_index",
        ("period", "unit_group", "unit_code", "unit_name", "self_points", "appraised_points", "survey_points", "points",
         "max_points", "appraised_max", "survey_max", "self_index", "appraised_index", "index_value", "index_low",
         "index_high", "rank", "rank_low", "rank_high", "status", *LAST),
    ),
    "items": (
        "result_items",
        ("period", "unit_group", "unit_code", "criterion_code", "assessed_by", "self_points", "appraised_points",
         "survey_points", "points", "max_points", "appraised_max", "survey_max", "attainment", "gap", "state", *LAST),
    ),
    "survey": (
        "result_survey",
        ("period", "unit_group", "unit_code", "criterion_code", "respondent_group", "n_ballots", "n_valid", "value",
         "ci_low", "ci_high", "suppressed", "withheld", *LAST),
    ),
    "answers": (
        "result_answers",
        ("period", "unit_group", "unit_code", "respondent_group", "question_code", "option", "n", "suppressed", *LAST),
    ),
    "flags": (
        "result_flags",
        ("period", "unit_code", "criterion_code", "respondent_group", "flag", "severity", "detail", "file", "row",
         *LAST),
    ),
    "rank_probabilities": (
        "rank_probabilities", ("period", "unit_group", "unit_code", "rank", "probability", *LAST),
    ),
    "units": (
        "units", ("period", "unit_group", "unit_code", "name", "short_name", "name_en", "kind", *LAST),
    ),
    "rubric": (
        "rubric",
        ("period", "unit_group", "criterion_code", "parent_code", "name", "name_en", "max_points", "assessed_by",
         "survey_method", "lead_appraiser", "step", "origin", "note", *LAST),
    ),
    "questions": (
        "questions",
        ("period", "unit_group", "respondent_group", "question_code", "criterion_code", "scale", "text", "text_en",
         "origin", *LAST),
    ),
    "options": (
        "question_options",
        ("period", "scale", "option", "label", "label_en", "value", "satisfied", "origin", *LAST),
    ),
}  # fmt: skip
"""File name → table of the store and its columns, as the formats of the project list them; the last four explain the
codes of the others."""

SHOWN = {"result_survey": "shown_survey", "result_answers": "shown_answers", "result_flags": "shown_flags"}
"""What stands in the place of a table in open data: without what is withheld, ballot counts of suppressed cells, and
the places of ballots."""

DETAILS: dict[str, tuple[str, ...]] = {
    "late_submission": ("submitted_on", "due", "rows"),
    "no_evidence": ("points",),
    "raised_without_reason": ("self", "appraised"),
    "cut_without_reason": ("self", "appraised"),
    "large_change": ("self", "appraised", "max"),
    "small_cell": ("leaves",),
    "plan_disagrees": ("issued", "returned", "ballots"),
    "more_ballots_than_people": ("population", "ballots"),
    "identical_ballots": ("ballots",),
    "straight_lining": ("ballots",),
    "person_in_several_groups": ("ballots",),
    "ids_alike": ("ballots",),
    "own_appraiser": ("appraiser",),
    "decision_replaced": ("round", "before", "after"),
    "published_contradiction": ("index", "rank"),
}
"""Flag → the parts of `result_flags.detail` that it rests on, in order."""

ROUNDED = ("self_index", "appraised_index", "index_value", "index_low", "index_high")
"""Columns that carry the published number of decimals; every other number is given unrounded."""


def table(
    snapshot: Snapshot, name: str, period: str, *, open_data: bool = False
) -> tuple[tuple[str, ...], list[tuple]]:
    """Columns and rows of a result table for a period, in the order of units and of the rubric.

    open_data: as it is published; else the house's edition, in which `withheld` only marks.
    """
    source, columns = TABLES[name]
    listed = ", ".join(f'"{column}"' for column in columns if column not in LAST)
    source = SHOWN.get(source, source) if open_data else source
    found = snapshot.rows(f"SELECT {listed} FROM {source} WHERE period = $period", {"period": period})
    last = about(snapshot, period)
    decimals = snapshot.value("SELECT decimals FROM periods WHERE period = $period", {"period": period})
    rounded = Decimal(1).scaleb(-(2 if decimals is None else decimals))
    rows = []
    for row in found:
        row |= last
        if "detail" in row:
            row["detail"] = detail_text(row)
        for column in ROUNDED:
            if row.get(column) is not None:
                row[column] = row[column].quantize(rounded)
        rows.append(row)
    rows.sort(key=_place)
    return columns, [tuple(row[column] for column in columns) for row in rows]


def about(snapshot: Snapshot, period: str) -> dict[str, Any]:
    """The columns that end every table of a period."""
    version = snapshot.value('SELECT "value" FROM meta WHERE "key" = \'dataset_hash\'')
    made_up = snapshot.value("SELECT made_up FROM about_period WHERE period = $period", {"period": period})
    return dict(zip(LAST, (version, bool(made_up)), strict=True))


def details(flag: Mapping[str, Any]) -> dict[str, Any]:
    """Part → value of what a flag rests on: numbers, dates, codes; None where it is not known."""
    return {part: flag["detail"][part] for part in DETAILS[flag["flag"]]}


def detail_text(flag: Mapping[str, Any]) -> str:
    """What a flag rests on as the files have it: `self=2; appraised=0.75`."""
    return "; ".join(f"{part}={_plain(value)}" for part, value in details(flag).items())


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _place(row: dict[str, Any]) -> tuple:
    text = ("unit_group", "unit_code", "respondent_group", "question_code", "option", "flag", "file")
    return (
        row.get("unit_group") or "",
        row.get("unit_code") or "",
        code_order(row.get("criterion_code") or ""),
        *(str(row.get(name) or "") for name in text),
        row.get("rank") or 0,
        row.get("row") or 0,
    )


def write(snapshot: Snapshot, period: str, out: Path, kind: str = "csv") -> list[tuple[Path, int]]:
    """Writes every result table of a period below `out`; returns each file and its number of rows.

    kind: csv and parquet give a file a table, xlsx one workbook with a sheet a table.
    """
    out.mkdir(parents=True, exist_ok=True)
    tables = {name: table(snapshot, name, period) for name in TABLES}
    (out / "datapackage.json").write_bytes(describe(snapshot, period, kind))
    if kind == "xlsx":
        return _write_workbook(workbook(out, period), tables)
    written = []
    for name, (columns, rows) in tables.items():
        path = out / f"{name}.{kind}"
        path.write_bytes(encode(snapshot, name, columns, rows, kind))
        written.append((path, len(rows)))
    return written


def workbook(out: Path, period: str) -> Path:
    """The workbook of the result tables of a period."""
    return out / f"cchc_{period}_results.xlsx"


def describe(snapshot: Snapshot, period: str, kind: str = "csv") -> bytes:
    """`datapackage.json`: what every table and column of the result tables of a period holds, in both languages."""
    resources = []
    for name, (_, columns) in TABLES.items():
        types = _types(snapshot, name)
        fields = [
            {
                "name": column,
                "type": KINDS[types[column].partition("(")[0]],
                "description": " · ".join(meaning(name, column)),
            }
            for column in columns
        ]
        path = workbook(Path(), period).name if kind == "xlsx" else f"{name}.{kind}"
        resources.append(
            {"name": name, "path": path, "format": kind, "encoding": "utf-8", "schema": {"fields": fields}}
        )
    package = {"name": f"cchc-{period}", "title": f"Chỉ số CCHC {period} · PAR INDEX {period}"}
    package |= about(snapshot, period) | {"resources": resources}
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def meaning(name: str, column: str) -> tuple[str, str]:
    """What a column of a result table holds, in Vietnamese and in English."""
    if column in COLUMNS:
        return COLUMNS[column]["vi"], COLUMNS[column]["en"]
    source = {"options": "scales"}.get(name, name)
    declared = declarations[source].column(column)
    return declared.vi, declared.en


KINDS = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "DECIMAL": "number",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
}
"""Type of the store → type of a field in a data package."""


def _types(snapshot: Snapshot, name: str) -> dict[str, str]:
    of_store = {column: kind for column, kind, *_ in snapshot.describe(TABLES[name][0])}
    return of_store | {"detail": "VARCHAR", "data_version": "VARCHAR", "made_up": "BOOLEAN"}


def encode(snapshot: Snapshot, name: str, columns: tuple[str, ...], rows: list[tuple], kind: str) -> bytes:
    """What `table` gave as the bytes of a 'csv' or 'parquet' file."""
    if kind == "parquet":
        return _parquet(snapshot, name, columns, rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell_text(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8")


def cell_text(value: Any) -> str:
    """A value as it stands in a CSV: exact decimals with a point, true and false, nothing for empty.

    Text that a spreadsheet would take for a formula gets an apostrophe, so that it is read as text.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if value.as_tuple().exponent < -15 else text
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        return "'" + value
    return str(value)


def _parquet(snapshot: Snapshot, name: str, columns: tuple[str, ...], rows: list[tuple]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = _types(snapshot, name)
    arrays = [pa.array([row[i] for row in rows], type=_arrow(types[column])) for i, column in enumerate(columns)]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=list(columns)), file, compression="zstd")
    return file.getvalue()


def _arrow(kind: str):
    import pyarrow as pa

    if kind.startswith("DECIMAL"):
        digits, places = (int(n) for n in kind[8:-1].split(","))
        return pa.decimal128(digits, places)
    return {"VARCHAR": pa.string(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}[kind]


def _write_workbook(path: Path, tables: dict) -> list[tuple[Path, int]]:
    import xlsxwriter

    # Numbers are typed, text stays text: a name that begins with = is never a formula.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        heading = book.add_format({"bold": True})
        for name, (columns, rows) in tables.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, columns, heading)
            for i, row in enumerate(rows, start=1):
                for j, value in enumerate(row):
                    if isinstance(value, bool):
                        sheet.write_boolean(i, j, value)
                    elif isinstance(value, Decimal | int | float):
                        sheet.write_number(i, j, float(value))
                    elif value is not None:
                        sheet.write_string(i, j, str(value))
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    return [(path, sum(len(rows) for _, rows in tables.values()))]


# --- what is open, what does not add up -------------------------------------------------------------------------

TOLERANCE = Decimal("1e-12")  # the store keeps twenty decimals of points that are exact fractions


def check(snapshot: Snapshot, period: str) -> dict[str, list[dict[str, Any]]]:
    """What a period still lacks: `not_submitted` units, `pending` and `missing` leaves, `flags`, and `sums` that fail.

    A sum that fails names unit, item, what was added, the number expected and the number found.
    """
    given = {"period": period}
    not_submitted = snapshot.rows(
        "SELECT unit_group, unit_code, name FROM units JOIN (SELECT DISTINCT period, unit_group FROM rubric)"
        " USING (period, unit_group) ANTI JOIN self_scores USING (period, unit_code)"
        " WHERE period = $period ORDER BY unit_group, unit_code",
        given,
    )
    open_leaves = snapshot.rows(
        "SELECT unit_group, unit_code, criterion_code, assessed_by, state FROM result_items"
        " WHERE period = $period AND state IN ('pending', 'missing')",
        given,
    )
    open_leaves.sort(key=_place)
    columns, rows = table(snapshot, "flags", period)
    flags = [dict(zip(columns, row, strict=True)) for row in rows]
    return {
        "not_submitted": not_submitted,
        "pending": [row for row in open_leaves if row["state"] == "pending"],
        "missing": [row for row in open_leaves if row["state"] == "missing"],
        "flags": flags,
        "sums": failing_sums(snapshot, period),
    }


def failing_sums(snapshot: Snapshot, period: str) -> list[dict[str, Any]]:
    """Sums of a period that do not hold: children against their parent, appraised + survey against points."""
    items = snapshot.rows("FROM result_items WHERE period = $period", {"period": period})
    tree = snapshot.rows(
        "SELECT unit_group, criterion_code, parent_code FROM rubric WHERE period = $period", {"period": period}
    )
    parent = {(row["unit_group"], row["criterion_code"]): row["parent_code"] or "" for row in tree}
    measures = (
        "self_points",
        "appraised_points",
        "survey_points",
        "points",
        "max_points",
        "appraised_max",
        "survey_max",
    )
    added: dict[tuple, Decimal] = {}
    for item in items:
        if item["criterion_code"]:
            above = parent[item["unit_group"], item["criterion_code"]]
            for measure in measures:
                key = (item["unit_code"], above, measure)
                added[key] = added.get(key, Decimal(0)) + (item[measure] or 0)
    failing = []
    for item in items:
        expected = {
            measure: added[item["unit_code"], item["criterion_code"], measure]
            for measure in measures
            if (item["unit_code"], item["criterion_code"], measure) in added and item[measure] is not None
        }
        found = {measure: item[measure] for measure in expected}
        if item["points"] is not None:
            expected["appraised + survey"] = (item["appraised_points"] or 0) + (item["survey_points"] or 0)
            found["appraised + survey"] = item["points"]
        for what, value in expected.items():
            if abs(found[what] - value) > TOLERANCE:
                failing.append(
                    {"unit_code": item["unit_code"], "criterion_code": item["criterion_code"], "what": what,
                     "expected": value, "found": found[what]}
                )  # fmt: skip
    return failing
