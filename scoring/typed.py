"""Typing: raw tables of text into `incoming`, typed as declared, and every problem of their cells and ballot rows.

Works on a DuckDB connection that is handed in. Schemas: `before` (rows that count now), `incoming` (typed rows of the
files), `reading` (raw text and places, for `scoring.checks`). Everything that runs over ballots or answers is SQL.
Source: the formats ("Reading rules", "Problems").
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from scoring.cells import DATE, NUMBER, TEXT
from scoring.headers import INVISIBLE, MARK, Label, Printed, RawTable, Reading
from scoring.problems import Problem
from scoring.sheets import FORM_COLUMNS
from scoring.store import Connection, quoted
from scoring.store import rows as fetch
from scoring.tables import CLEANED_CODES, LONG_BALLOT, OF_ONE_PERIOD, TABLES, Column, Table, plain

PLACE = '"file", sheet, "row"'
DECIMAL = r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,2})?"
THOUSANDS = r"[+-]?\d{1,3}([.,]000)+"
"""12.000 is twelve or twelve thousand; nobody but the writer knows."""
DAY = r"(\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
CLOCK = r"[ T]\s*\d{1,2}[:hH]\d{0,2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm]|SA|CH)?"
OFFSET = r"\s*(?:Z|z|UTC|GMT|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?)"
MOMENT = (
    r"[ T]\s*(\d{1,2})[:hH](\d{0,2})(?::\d{2}(?:[.,]\d+)?)?\s*([AaPp][Mm]|SA|CH)?"
    r"\s*(Z|z|UTC|GMT)?\s*(?:([+-])(\d{1,2}):?(\d{2})?)?$"
)
ADDRESSED = {
    ("periods", "period"),
    ("published_results", "period"),
    ("unit_groups", "unit_group"),
    ("units", "unit_code"),
    ("rubric", "criterion_code"),
    ("respondent_groups", "respondent_group"),
}
"""Where the codes are defined that stand in addresses of the dashboard."""
FORBIDDEN = "/ \\ ? # % & < > \" ' ` ~ , ; |"
FORBIDDEN_PATTERN = r"/\\?#%&<>\"''`~,;|\x00-\x1f\x7f"
HANOI = 7 * 60
"""Minutes that the clock of Hanoi is ahead of UTC."""
TRUE, FALSE = ("1", "1.0", "true", "x", "có"), ("0", "0.0", "false", "không")
"""What is yes and no; 1.0 and 0.0 are what programs write of a column of 1 and 0 with empty cells."""


# --- small pieces of SQL ----------------------------------------------------------------------------------------


def identifier(name: str) -> str:
    """A column name, quoted."""
    return '"' + name.replace('"', '""') + '"'


def name_list(names: Iterable[str], prefix: str = "") -> str:
    """Column names, quoted and with commas between."""
    return ", ".join(prefix + identifier(name) for name in names)


def literal_list(words: Iterable[str]) -> str:
    """Words as a list for IN."""
    return "(" + ", ".join(map(quoted, words)) + ")"


def exists(con: Connection, schema: str, table: str) -> bool:
    """Whether the schema holds this table (views apart)."""
    sql = "SELECT 1 FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?"
    return bool(con.execute(sql, [schema, table]).fetchall())


def relation(con: Connection, schema: str, table: str) -> str:
    """The rows of a declared table in a schema, as a relation; no rows where it is not incoming."""
    declared = TABLES[table].sql_columns
    if schema != "incoming" or exists(con, schema, table):
        return f"(SELECT {name_list(declared)} FROM {schema}.{table})"
    return "(SELECT " + ", ".join(f"NULL::{t} AS {identifier(c)}" for c, t in declared.items()) + " WHERE false)"


def coming(con: Connection, table: str) -> str:
    """The rows of a definition table that will count: those incoming, and those before whose set is not replaced."""
    incoming, before = relation(con, "incoming", table), relation(con, "before", table)
    sets = name_list(TABLES[table].replaces_by)
    return f"(FROM {incoming} UNION ALL FROM (SELECT * FROM {before} ANTI JOIN {incoming} AS i USING ({sets})))"


def _typed(column: Column, cell: str) -> str:
    """The value of a cell of text; NULL where it is none of its kind."""
    if column.kind == "decimal":
        number = f"try_cast(replace({cell}, ',', '.') AS {column.sql_type})"
        return f"CASE WHEN regexp_full_match({cell}, '{DECIMAL}') THEN {number} END"
    if column.kind == "integer":
        whole = rf"regexp_full_match({cell}, '[+-]?\d+([.,]0*)?') AND NOT regexp_full_match({cell}, '{THOUSANDS}')"
        return rf"CASE WHEN {whole} THEN try_cast(regexp_extract({cell}, '[+-]?\d+') AS INTEGER) END"
    if column.kind == "date":
        return _day_of(cell)
    if column.kind == "boolean":
        word = f"lower({cell})"
        no = f"{cell} IS NULL OR {word} IN {literal_list(FALSE)}"
        return f"CASE WHEN {word} IN {literal_list(TRUE)} THEN true WHEN {no} THEN false END"
    if column.allowed:
        return f"CASE WHEN lower({cell}) IN {literal_list(column.allowed)} THEN lower({cell}) END"
    return f"replace({cell}, '\u00a0', '')" if column.kind in ("code", "option") else cell


def _day_of(cell: str) -> str:
    """The day of a cell; a moment with an offset from UTC is first moved to the time of Hanoi."""
    day = rf"regexp_replace(regexp_extract({cell}, '^[\d/.-]+'), '[/.]', '-', 'g')"
    date = (
        rf"CASE WHEN regexp_matches({cell}, '^\d{{4}}') THEN try_strptime({day}, '%Y-%m-%d')::DATE"
        f" ELSE try_strptime({day}, '%d-%m-%Y')::DATE END"
    )

    def part(n: int) -> str:
        """One part of a moment as a number, 0 where it has none: 1 hour, 2 minute, 5 and 6 hours of the offset …"""
        return f"coalesce(try_cast(regexp_extract({cell}, '{MOMENT}', {n}) AS INTEGER), 0)"

    half = f"upper(regexp_extract({cell}, '{MOMENT}', 3))"
    hour = (
        f"({part(1)} + CASE WHEN {half} IN ('PM', 'CH') AND {part(1)} < 12 THEN 12"
        f" WHEN {half} IN ('AM', 'SA') AND {part(1)} = 12 THEN -12 ELSE 0 END)"
    )
    sign = f"(CASE WHEN regexp_extract({cell}, '{MOMENT}', 5) = '-' THEN -1 ELSE 1 END)"
    minutes = f"60 * {hour} + {part(2)} + {HANOI} - {sign} * (60 * {part(6)} + {part(7)})"
    return (
        f"CASE WHEN regexp_full_match({cell}, '{DAY}({CLOCK})?') THEN {date}"
        f" WHEN regexp_full_match({cell}, '{DAY}{CLOCK}{OFFSET}')"
        f" THEN (({date})::TIMESTAMP + to_minutes({minutes}))::DATE END"
    )


def _wrong_kind(column: Column) -> str:
    if column.allowed:
        return "not_allowed"
    return {"decimal": "not_a_number", "date": "not_a_date", "boolean": "not_a_boolean"}.get(
        column.kind, "not_a_number"
    )


# --- from raw to typed ------------------------------------------------------------------------------------------


def type_tables(con: Connection, reading: Reading, period: str | None = None) -> list[Problem]:
    """Creates `incoming.<table>` for every table that was read, and returns the problems of cells and ballot rows.

    The import belongs to one period: `period`, else the one that its rows name; it stands where a row names none. A
    typed table has the columns of the declaration, the unlisted ones as text, and file, sheet, row. Ballots are split
    into `ballots` and `answers`. Scores with neither points nor not_applicable are left out. A cell that is wrong is
    NULL.
    """
    con.execute("DROP SCHEMA IF EXISTS reading CASCADE")
    con.execute("CREATE SCHEMA reading")
    con.execute("CREATE SCHEMA IF NOT EXISTS incoming")
    _note_places(con, reading)
    typing = _Typing(con, *_one_period(reading.raw, period))
    by_table = defaultdict(list)
    for raw in reading.raw:
        by_table[raw.table.name].append(raw)
    for name in TABLES:
        raws = by_table.get(name, [])
        if name == "ballots" and raws:
            typing.ballots(raws)
        elif raws:
            typing.table(TABLES[name], raws)
    reading.notes += typing.notes
    return typing.problems


def _note_places(con: Connection, reading: Reading) -> None:
    """`reading.sources` and `reading.headings`: order and layout of the tables read, heading of every column."""
    order = {source.name: at for at, source in enumerate(reading.files)}
    raws = sorted(enumerate(reading.raw), key=lambda pair: (order.get(pair[1].file, len(order)), pair[0]))
    con.execute(
        "CREATE TABLE reading.sources (source_no INTEGER, table_name VARCHAR, file VARCHAR, sheet VARCHAR,"
        " header_row INTEGER, long BOOLEAN, form BOOLEAN, council BOOLEAN)"
    )
    con.execute(
        "CREATE TABLE reading.headings (table_name VARCHAR, file VARCHAR, sheet VARCHAR, name VARCHAR,"
        " heading VARCHAR, listed BOOLEAN)"
    )
    if not raws:
        return
    con.executemany(
        "INSERT INTO reading.sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (at, r.table.name, r.file, r.sheet, r.header_row, r.long, r.labels is not None, r.council)
            for at, (_, r) in enumerate(raws)
        ],
    )
    headings = [
        (r.table.name, r.file, r.sheet, name, heading, name not in r.unlisted)
        for _, r in raws
        for name, heading in r.headings.items()
    ]
    if headings:
        names = ("table_name", "file", "sheet", "name", "heading", "listed")
        _insert(con, "reading.headings", dict(zip(names, zip(*headings, strict=True), strict=True)))


def _insert(con: Connection, table: str, columns: dict[str, Sequence[Any]]) -> None:
    con.register("rows_to_insert", pa.table({name: pa.array(list(values)) for name, values in columns.items()}))
    con.execute(f"INSERT INTO {table} BY NAME FROM rows_to_insert")
    con.unregister("rows_to_insert")


def _one_period(raws: Sequence[RawTable], given: str | None) -> tuple[str | None, dict[str, dict[str, Any]]]:
    """The period of an import (None where nothing names one, or two do equally often), and for every other one that its
    rows name what the problem is about."""
    named: Counter[str] = Counter()
    forms = set()
    for raw in raws:
        if raw.table.name not in OF_ONE_PERIOD or (raw.file, raw.sheet) in forms:
            continue
        if raw.labels is not None:  # one form may give two tables
            forms.add((raw.file, raw.sheet))
            if label := _period_of_form(raw):
                named[label] += len(raw.data)
        elif "period" in raw.data.column_names:
            named.update(cell.replace("\u00a0", "") for cell in raw.data["period"].to_pylist() if cell)
    most = [period for period, n in named.most_common() if n == max(named.values())]
    own = given or (most[0] if len(most) == 1 else None)
    others = {}
    for period, n in named.items():
        if period != own:
            rival = own or next(p for p in [*most, *named] if p != period)
            others[period] = {"rows": n, "period": rival, "of_period": named[rival]}
    return own, others


def _period_of_form(raw: RawTable) -> str:
    """The period written above an official form, '' where there is none."""
    label = raw.labels.get("period")
    return re.sub(r"^năm\s+", "", label.text, flags=re.IGNORECASE) if label else ""


@dataclass
class _Typing:
    """The typing of one reading: where it happens and what was found wrong.

    `period` is the one of the import, `others` what is said of rows that name another one.
    """

    con: Connection
    period: str | None
    others: dict[str, dict[str, Any]]

    def __post_init__(self) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.places = Places(self.con)

    def table(self, table: Table, raws: list[RawTable]) -> None:
        """`incoming.<table>` of one table but ballots."""
        raws = [ready for raw in raws if (ready := self._with_labels(raw)) is not None]
        raw = self._lay_raw(table, raws)
        if table.name in ("self_scores", "appraised_scores"):
            words = literal_list(FALSE)
            self.con.execute(
                f"DELETE FROM {raw} WHERE points IS NULL AND coalesce(lower(not_applicable), '0') IN {words}"
            )
        self._fill_period(table, raw, raws)
        codes = [c for c in CLEANED_CODES if c in table.names]
        for column in codes:
            self._clean_codes(table, raw, column)
        self._type(table, raw, self._unlisted(raw))
        if any(raw.council for raw in raws):
            self._complete_council_copies(table)

    # -- laying raw rows

    def _lay_raw(self, table: Table, raws: list[RawTable]) -> str:
        """`reading.raw_<table>`: every declared column and every unlisted one as text, with its place."""
        name = f"reading.raw_{table.name}"
        declared = ", ".join(f"{identifier(c)} VARCHAR" for c in table.names)
        marks = ", ".join(f"{identifier(MARK + c)} TINYINT" for c in CLEANED_CODES if c in table.names)
        self.con.execute(
            f'CREATE TABLE {name} ({declared}, "~source" INTEGER, "file" VARCHAR, sheet VARCHAR, "row" INTEGER'
            + (f", {marks}" if marks else "")
            + ")"
        )
        known = {*table.names, "row"}
        spelt: dict[str, str] = {}
        for raw in raws:
            data = raw.data
            names = []
            for column in data.column_names:
                if column in known or column.startswith(MARK):
                    names.append(column)
                    continue
                if column.casefold() not in spelt:
                    spelt[column.casefold()] = column
                    self.con.execute(f"ALTER TABLE {name} ADD COLUMN {identifier(column)} VARCHAR")
                names.append(spelt[column.casefold()])
            self._append(name, raw, data.rename_columns(names))
        return name

    def _append(self, name: str, raw: RawTable, data: pa.Table) -> None:
        self.con.register("raw_rows", data)
        self.con.execute(
            f'INSERT INTO {name} BY NAME SELECT r.*, ? AS "file", ? AS sheet, ?::INTEGER AS "~source" FROM raw_rows r',
            [raw.file, raw.sheet, self.places.position(raw.table.name, raw.file, raw.sheet)],
        )
        self.con.unregister("raw_rows")

    def _unlisted(self, raw: str) -> list[str]:
        table = TABLES[raw.removeprefix("reading.raw_")]
        own = {*table.names, "file", "sheet", "row"}
        columns = [r["column_name"] for r in fetch(self.con, f"DESCRIBE {raw}")]
        return [c for c in columns if c not in own and not c.startswith(MARK)]

    # -- labels above official forms

    def _with_labels(self, raw: RawTable) -> RawTable | None:
        """An official form with its unit and period in every row; None (and a problem) where they are not known."""
        if raw.labels is None:
            return raw
        period = self._form_period(raw)
        unit = self._form_unit(raw, period) if period else None
        if unit is None:
            return None
        self._compare_with_rubric(raw, period, unit)
        n = len(raw.data)
        data = self._checked_labels(raw)
        constants = {"period": period, "unit_code": unit}
        if raw.table.name == "appraised_scores":
            constants["round"] = (
                raw.labels["round"].text if raw.labels.get("round") and raw.labels["round"].text else "1"
            )
            data = self._with_appraisers(raw, data, period)
        for column, value in constants.items():
            values = pa.array([value] * n, pa.string())
            if column in data.column_names:
                data = data.drop_columns([column])
            data = data.append_column(column, values)
        return RawTable(**{**raw.__dict__, "data": data})

    def _with_appraisers(self, raw: RawTable, data: pa.Table, period: str) -> pa.Table:
        """The council's copy with the code of who appraised in every row: the agency that the row names, else the one
        above the form."""
        label = raw.labels.get("appraiser")
        above = label.text if label else ""
        named = data["appraiser"].to_pylist() if "appraiser" in data.column_names else [None] * len(data)
        codes: dict[str, str] = {}
        for name in {name or above for name in named} - {""}:
            found = self._units_named(period, name)
            codes[name] = found.pop() if len(found) == 1 else name
        if "appraiser" in data.column_names:
            data = data.drop_columns(["appraiser"])
        return data.append_column("appraiser", pa.array([codes.get(name or above) for name in named], pa.string()))

    def _form_problem(self, raw: RawTable, label: Label | None, column: str, kind: str, **params: Any) -> None:
        """One problem a form, though it may give two tables."""
        row, heading, value = (label.row, label.label, label.text) if label else (raw.header_row, column, "")
        problem = Problem(raw.file, raw.sheet, row, heading, value, kind, params)
        if problem not in self.problems:
            self.problems.append(problem)

    def _checked_labels(self, raw: RawTable) -> pa.Table:
        """The rows of a form, the value above it empty in all of them where it is wrong: that is one problem, there."""
        data = raw.data
        for name, label in raw.labels.items():
            if name not in data.column_names or not label.text:
                continue
            column = raw.table.column(name)
            given = {identifier(column.name): label.text}
            for check in _cell_checks(raw.table, column):
                sql = f"SELECT 1 FROM (SELECT $cell AS {identifier(column.name)}) WHERE {check.condition}"
                if self.con.execute(sql, {"cell": given[identifier(column.name)]}).fetchall():
                    self._form_problem(raw, label, name, check.kind, allowed=check.allowed)
                    at = data.column_names.index(name)
                    data = data.set_column(at, name, pa.nulls(len(data), pa.string()))
                    break
        return data

    def _compare_with_rubric(self, raw: RawTable, period: str, unit: str) -> None:
        """Names where a form prints another maximum or name than the rubric of its unit, and the leaves it lacks."""
        rubric = self._rubric_of(period, unit)
        parents = {item["parent_code"] for item in rubric.values()}
        there: set[str] = set()
        for line in raw.printed:
            codes = _codes_as_printed(line, rubric)
            there |= codes
            if len(codes) != 1:
                continue
            item = rubric[next(iter(codes))]
            expected = item["max_points"]
            said = re.sub(r"\s", "", line.maximum).replace(",", ".")
            if expected is not None and re.fullmatch(r"\d+(\.\d+)?", said) and Decimal(said) != expected:
                params = {"criterion_code": item["criterion_code"], "expected": shown(expected)}
                label = Label(line.maximum, line.row, line.heading)
                self._form_problem(raw, label, "max_points", "other_maximum", **params)
            if line.name and plain(line.name) != plain(item["name"] or ""):
                params = {"criterion_code": item["criterion_code"], "expected": item["name"]}
                note = Problem(raw.file, raw.sheet, line.row, FORM_COLUMNS["name"][0], line.name, "other_name", params)
                if note not in self.notes:
                    self.notes.append(note)
        lacking = [
            code
            for code, item in rubric.items()
            if code not in parents and item["assessed_by"] == "appraisal" and code not in there
        ]
        if lacking and all(line.code for line in raw.printed):  # a row without its code is a problem by itself
            params = {"n": len(lacking), "codes": ", ".join(lacking[:12]) + (", …" if len(lacking) > 12 else "")}
            self._form_problem(raw, None, FORM_COLUMNS["criterion_code"][0], "form_lacks_rows", **params)

    def _rubric_of(self, period: str, unit: str) -> dict[str, dict[str, Any]]:
        """Code → item of the rubric that holds for a unit, in its order."""
        found = fetch(
            self.con,
            f"""
            SELECT r.criterion_code, r.parent_code, r.name, r.max_points, r.assessed_by
            FROM {coming(self.con, "rubric")} r
            WHERE r.period = $period AND r.unit_group IN (
                SELECT unit_group FROM {coming(self.con, "units")} WHERE period = $period AND unit_code = $unit)
            """,
            {"period": period, "unit": unit},
        )
        return {row["criterion_code"]: row for row in found}

    def _form_period(self, raw: RawTable) -> str | None:
        label, text = raw.labels.get("period"), _period_of_form(raw)
        if text in self.others:
            self._form_problem(raw, label, "period", "mixed_periods", **self.others[text])
            return None
        if not text and not self.period:
            self._form_problem(raw, label, "period", "empty_period")
            return None
        return text or self.period

    def _form_unit(self, raw: RawTable, period: str) -> str | None:
        periods = sorted({unit["period"] for unit in self._units() if unit["period"]})
        if period not in periods:
            self._form_problem(raw, raw.labels.get("period"), "period", "unknown_period", known=periods)
            return None
        code, name = raw.labels.get("unit_code"), raw.labels.get("unit_name")
        given = [label for label in (code, name) if label is not None and label.text]
        if given:
            found = [self._units_named(period, label.text) for label in given]
            for label, units in zip(given, found, strict=True):
                if len(units) != 1:
                    nearest = self.places.nearest_units(period, label.text, self._units())
                    self._form_problem(raw, label, "unit_code", "unknown_unit", period=period, nearest=nearest)
                    return None
            if len(found) == 2 and found[0] != found[1]:
                self._form_problem(raw, name, "unit_code", "unit_disagrees", unit_code=code.text)
                return None
            return next(iter(found[0]))
        if code is None and name is None:
            units = set().union(*(self._units_named(period, label.text) for label in raw.above))
            if len(units) == 1:
                return units.pop()
        self._form_problem(raw, name or code, "unit_code", "unknown_unit", period=period)
        return None

    def _units(self) -> list[dict[str, Any]]:
        return fetch(self.con, f"SELECT DISTINCT period, unit_code, name, short_name FROM {coming(self.con, 'units')}")

    def _units_named(self, period: str, text: str) -> set[str]:
        """Codes of the units of a period with this code, name or short name."""
        units = [u for u in self._units() if u["period"] == period]
        exact = {u["unit_code"] for u in units if u["unit_code"] == text}
        if exact:
            return exact
        wanted = plain(text)
        return {
            u["unit_code"] for u in units if wanted and wanted in {plain(u["name"] or ""), plain(u["short_name"] or "")}
        }

    def _complete_council_copies(self, table: Table) -> None:
        """The council's copy: its appraiser where it names none; self scores it only repeats are left out.

        The appraiser is the lead appraiser of the item or of the nearest item above it. A repeated self score would
        replace the unit's own row, and the day of submission with it.
        """
        copies = f"SELECT \"file\", sheet FROM reading.sources WHERE council AND table_name = '{table.name}'"
        if table.name == "self_scores":
            key = " AND ".join(f"b.{c} = s.{c}" for c in table.key)
            self.con.execute(
                f'DELETE FROM incoming.self_scores s WHERE ("file", sheet) IN ({copies}) AND EXISTS ('
                f" FROM {relation(self.con, 'before', 'self_scores')} b WHERE {key}"
                " AND b.points IS NOT DISTINCT FROM s.points AND b.not_applicable = s.not_applicable)"
            )
            return
        self.con.execute(
            f"""
            UPDATE incoming.appraised_scores a SET appraiser = l.lead FROM (
                WITH RECURSIVE r AS (
                    SELECT DISTINCT ON (period, unit_group, criterion_code) * FROM {coming(self.con, "rubric")}
                ), up AS (
                    SELECT period, unit_group, criterion_code, parent_code, lead_appraiser AS lead, 0 AS steps FROM r
                    UNION ALL
                    SELECT up.period, up.unit_group, up.criterion_code, r.parent_code, r.lead_appraiser, steps + 1
                    FROM up JOIN r
                    ON (r.period, r.unit_group, r.criterion_code) = (up.period, up.unit_group, up.parent_code)
                    WHERE up.lead IS NULL AND steps < 50
                )
                SELECT u.unit_code, up.period, up.criterion_code, arg_min(lead, steps) AS lead
                FROM up JOIN {coming(self.con, "units")} u USING (period, unit_group)
                WHERE lead IS NOT NULL GROUP BY ALL
            ) l
            WHERE (a.period, a.unit_code, a.criterion_code) = (l.period, l.unit_code, l.criterion_code)
              AND a.appraiser IS NULL AND (a."file", a.sheet) IN ({copies})
            """
        )

    # -- period and codes

    def _fill_period(self, table: Table, raw: str, raws: list[RawTable], where: str = "true") -> None:
        """Gives rows without a period that of the import. Rows of another one are named and judged no further."""
        if "period" not in table.names:
            return
        if self.others and table.name in OF_ONE_PERIOD:
            other = f"{where} AND replace(period, '\u00a0', '') IN {literal_list(self.others)}"
            for row in fetch(self.con, f"SELECT {PLACE}, period AS value FROM {raw} WHERE {other}"):
                said = self.others[row["value"].replace("\u00a0", "")]
                self.problems.append(self.places.problem(table.name, row, "period", "mixed_periods", said))
            self.con.execute(f"DELETE FROM {raw} WHERE {other}")
        if self.period:
            self.con.execute(f"UPDATE {raw} SET period = ? WHERE period IS NULL AND {where}", [self.period])
            return
        for one in raws:
            if "period" not in one.data.column_names:
                params = {"table": table.name, "heading": table.column("period").heading_vi, "column": "period"}
                self.problems.append(
                    Problem(one.file, one.sheet, one.header_row, "period", "", "missing_column", params)
                )

    def _clean_codes(self, table: Table, raw: str, column: str) -> None:
        """Cleans the codes of a column, and undoes what Excel made of them where exactly one known code reads so."""
        cell, mark = identifier(column), identifier(MARK + column)
        self.con.execute(
            f"UPDATE {raw} SET {cell} = nullif(trim(regexp_replace(regexp_replace({cell}, '[\\s\u00a0]+', '', 'g'),"
            f" '\\.{{2,}}', '.', 'g'), '.'), '') WHERE coalesce({mark}, 0) = 0 AND {cell} IS NOT NULL"
            f" AND NOT regexp_matches({cell}, '[/-]')"
        )
        defines = table.name == "rubric" and column == "criterion_code"
        self._block_of_rows(table, raw)
        odd = fetch(
            self.con,
            f"SELECT DISTINCT b.period, b.unit_group, r.{cell} AS code, coalesce(r.{mark}, 0) AS mark"
            f" FROM {raw} r JOIN reading.block b ON b.id = r.rowid"
            f" WHERE r.{mark} > 0 OR regexp_matches(r.{cell}, '[/-]|^\\d{{1,2}}\\.\\d{{1,2}}\\.\\d{{4}}$')",
        )
        if not odd:
            return
        known = defaultdict(set)
        own = f"(SELECT b.*, r.criterion_code FROM {raw} r JOIN reading.block b ON b.id = r.rowid)"
        source = own if table.name == "rubric" else coming(self.con, "rubric")
        if not defines:
            for row in fetch(self.con, f"SELECT period, unit_group, criterion_code AS code FROM {source}"):
                known[row["period"], row["unit_group"]].add(row["code"])
        for one in odd:
            codes = known[one["period"], one["unit_group"]]
            kind = "ambiguous_code"
            if one["mark"] == NUMBER:
                if defines:
                    continue
                candidates = _codes_of_number(one["code"], codes)
            else:
                day = _day(one["code"])
                if day is None or (one["mark"] != DATE and one["code"] in codes):
                    continue
                candidates = _codes_of_day(*day, codes)
                kind = "code_turned_into_date"
            chosen = candidates[0] if len(candidates) == 1 else None
            if chosen is None and kind == "ambiguous_code" and not candidates:
                continue  # an unknown code like any other
            where = (
                f" FROM reading.block b WHERE b.id = r.rowid AND r.{cell} = $code AND coalesce(r.{mark}, 0) = $mark"
                f" AND b.period IS NOT DISTINCT FROM $period AND b.unit_group IS NOT DISTINCT FROM $unit_group"
            )
            if chosen is None:
                found = fetch(
                    self.con, f'SELECT r."file", r.sheet, r."row", r.{cell} AS value FROM {raw} r,{where[5:]}', one
                )
                self._add(table, found, column, kind, codes=candidates or ["–"])
            # The mark keeps a code that nobody can tell from counting as an empty cell.
            kept = f"{mark} = {TEXT if chosen else DATE}"
            self.con.execute(f"UPDATE {raw} r SET {cell} = $chosen, {kept}{where}", {**one, "chosen": chosen})

    def _block_of_rows(self, table: Table, raw: str) -> None:
        """`reading.block`: period and unit group of every raw row, by its rowid."""
        if "unit_group" in table.names:
            sql = f"SELECT rowid AS id, period, unit_group FROM {raw}"
        else:
            units = f"(SELECT DISTINCT period, unit_code, unit_group FROM {coming(self.con, 'units')})"
            join = f"{raw} r LEFT JOIN {units} u USING (period, unit_code)"
            sql = f"SELECT r.rowid AS id, r.period, u.unit_group FROM {join}"
        self.con.execute(f"CREATE OR REPLACE TABLE reading.block AS {sql}")

    # -- cells

    def _type(self, table: Table, raw: str, unlisted: Sequence[str] = ()) -> None:
        """`incoming.<table>` from its raw rows, with the problems of every cell."""
        self._check_cells(table, raw)
        typed = []
        for column in table.columns:
            value = _typed(column, identifier(column.name))
            if column.kind == "boolean":
                value = f"coalesce({value}, false)"
            if column.default is not None:
                value = f"coalesce({value}, {quoted(column.default)}::{column.sql_type})"
            typed.append(f"{value} AS {identifier(column.name)}")
        more = [c for c in unlisted if c.casefold() not in {"import_id", *table.names, "file", "sheet", "row"}]
        extra = "".join(f", {identifier(c)}" for c in more)
        self.con.execute(
            f"CREATE OR REPLACE TABLE incoming.{table.name} AS SELECT {', '.join(typed)}, {PLACE}{extra}"
            f' FROM {raw} ORDER BY "~source", "row"'
        )

    def _check_cells(self, table: Table, raw: str) -> None:
        """Names the cells of a table that are empty or wrong: one look at all of it, then at what failed."""
        checks = [check for column in table.columns for check in _cell_checks(table, column)]
        counts = ", ".join(f"count(*) FILTER (WHERE {check.condition})" for check in checks)
        [failed] = self.con.execute(f"SELECT {counts} FROM {raw}").fetchall()
        for check, n in zip(checks, failed, strict=True):
            if not n:
                continue
            name = check.column
            also = ", unit_code" if check.kind == "unit_without_group" else ""
            found = fetch(
                self.con, f"SELECT {PLACE}, {identifier(name)} AS value{also} FROM {raw} WHERE {check.condition}"
            )
            # A column that is not there is one problem, not one of every row.
            found = [r for r in found if (table.name, r["file"], r["sheet"], name) in self.places.headings]
            self._add(table, found, name, check.kind, allowed=check.allowed)

    def _add(self, table: Table, rows: list[dict[str, Any]], column: str, kind: str, **params: Any) -> None:
        for row in rows:
            self.problems.append(self.places.problem(table.name, row, column, kind, params))

    # -- ballots

    def ballots(self, raws: list[RawTable]) -> None:
        """`incoming.ballots` and `incoming.answers` of wide and long ballot files alike."""
        table, con = TABLES["ballots"], self.con
        own = list(table.names)
        con.execute(
            "CREATE TABLE reading.cells ("
            + ", ".join(f"{identifier(c)} VARCHAR" for c in own)
            + ', "~source" INTEGER, "file" VARCHAR,'
            ' sheet VARCHAR, "row" INTEGER, question_code VARCHAR, "option" VARCHAR, long BOOLEAN,'
            ' "~question_code" TINYINT)'
        )
        wide = self._lay_raw(table, [_only(r, own) for r in raws if not r.long])
        self._fill_period(table, wide, [r for r in raws if not r.long])
        for raw in raws:
            if raw.long:
                data = _only(raw, [*own, *(c.name for c in LONG_BALLOT), MARK + "question_code"]).data
                self._append("reading.cells", raw, data.append_column("long", pa.repeat(True, len(data))))
            else:
                self._unpivot(raw)
        self._undo_question_numbers(table, raws)
        long_raws = [r for r in raws if r.long]
        if self.period:
            con.execute("UPDATE reading.cells SET period = ? WHERE period IS NULL", [self.period])
        if long_raws:
            self._long_rows(table, long_raws)
        self._type(table, wide)
        con.execute(
            f"""
            CREATE TABLE incoming.answers AS
            SELECT period, replace(ballot_id, '\u00a0', '') AS ballot_id, question_code, "option", {PLACE}
            FROM reading.cells WHERE "option" IS NOT NULL ORDER BY "~source", "row"
            """
        )
        self._options()

    def _unpivot(self, raw: RawTable) -> None:
        """Appends one row a filled question cell of a wide file to `reading.cells`."""
        questions = raw.unlisted
        if not questions or not len(raw.data):
            return
        data = raw.data
        own = [c for c in TABLES["ballots"].key if c in data.column_names]
        names = {question: f"q{at}" for at, question in enumerate(questions)}
        kept = data.select([*own, "row", *questions]).rename_columns([*own, "row", *names.values()])
        self.con.register("raw_rows", kept)
        marks = [raw.heading_marks.get(q, TEXT) for q in questions]
        asked = {"q": list(names.values()), "question_code": [raw.headings[q] for q in questions]}
        codes = pa.table(asked | {MARK + "question_code": pa.array(marks, pa.int8())})
        self.con.register("question_codes", codes)
        self.con.execute(
            f"""
            INSERT INTO reading.cells BY NAME
            SELECT u.* EXCLUDE (q), c.question_code, c."~question_code", false AS long,
                   ? AS "file", ? AS sheet, ?::INTEGER AS "~source"
            FROM (UNPIVOT raw_rows ON {name_list(names.values())} INTO NAME q VALUE "option") u
            JOIN question_codes c USING (q)
            """,
            [raw.file, raw.sheet, self.places.position("ballots", raw.file, raw.sheet)],
        )
        self.con.unregister("raw_rows")
        self.con.unregister("question_codes")

    def _undo_question_numbers(self, table: Table, raws: list[RawTable]) -> None:
        """Question codes that came as number or date become the one known code that reads so, or a problem."""
        con = self.con
        odd = fetch(
            con,
            'SELECT DISTINCT period, question_code AS code, "~question_code" AS mark FROM reading.cells'
            ' WHERE "~question_code" > 0 AND question_code IS NOT NULL',
        )
        known = defaultdict(set)
        if odd:
            for row in fetch(con, f"SELECT DISTINCT period, question_code FROM {coming(con, 'questions')}"):
                known[row["period"] or ""].add(row["question_code"])
        for one in odd:
            codes = known[one["period"]] if one["period"] in known else set().union(*known.values())
            if one["mark"] == NUMBER:
                kind, candidates = "ambiguous_code", _codes_of_number(one["code"], codes)
            else:
                day = _day(one["code"])
                kind, candidates = "code_turned_into_date", _codes_of_day(*day, codes) if day else []
            if not candidates or candidates == [one["code"]]:
                continue  # an unknown code like any other, or the very code
            where = 'question_code = $code AND "~question_code" = $mark AND period IS NOT DISTINCT FROM $period'
            places = fetch(
                con, f"SELECT DISTINCT long, {PLACE}, $code AS value FROM reading.cells WHERE {where} ORDER BY ALL", one
            )
            headers = {(r["file"], r["sheet"]) for r in places if not r["long"]}
            wide = [r for r in raws if not r.long and (r.file, r.sheet) in headers]
            if len(candidates) > 1:
                long_places = [{k: v for k, v in r.items() if k != "long"} for r in places if r["long"]]
                self._add(table, long_places, "question_code", kind, codes=candidates)
                for raw in wide:
                    params = {"codes": candidates}
                    self.problems.append(
                        Problem(raw.file, raw.sheet, raw.header_row, one["code"], one["code"], kind, params)
                    )
                con.execute(f"DELETE FROM reading.cells WHERE {where}", one)
            else:
                con.execute(
                    f"UPDATE reading.cells SET question_code = $chosen WHERE {where}", {**one, "chosen": candidates[0]}
                )
            for raw in wide:
                heading = f"heading = {quoted(candidates[0])}" if len(candidates) == 1 else "listed = true"
                sql = f'UPDATE reading.headings SET {heading} WHERE "file" = ? AND sheet = ? AND heading = ?'
                con.execute(sql, [raw.file, raw.sheet, one["code"]])

    def _long_rows(self, table: Table, raws: list[RawTable]) -> None:
        """One raw ballot row of each ballot of the long files; rows that disagree or repeat a key are problems."""
        con = self.con
        con.execute("CREATE OR REPLACE VIEW reading.long_cells AS SELECT * FROM reading.cells WHERE long")
        self._fill_period(table, "reading.cells", raws, "long")
        found = fetch(con, f"SELECT {PLACE}, '' AS value FROM reading.long_cells WHERE question_code IS NULL")
        self._add(table, found, "question_code", "empty_key")
        order = '("~source"::BIGINT << 32) + "row"'
        own = [*table.names[2:], "~source", "file", "sheet", "row"]
        firsts = ", ".join(f"arg_min_null({identifier(c)}, nth) AS {identifier(c)}" for c in own)
        differs = " OR ".join(
            f"min({identifier(c)}) <> max({identifier(c)}) OR count({identifier(c)}) NOT IN (0, count(*))"
            for c in table.names[2:]
        )
        con.execute(
            f"""
            CREATE TABLE reading.long_ballots AS
            SELECT period, ballot_id, {firsts}, {differs} AS differs
            FROM (SELECT *, {order} AS nth FROM reading.long_cells)
            WHERE period IS NOT NULL AND ballot_id IS NOT NULL GROUP BY period, ballot_id
            UNION ALL
            SELECT period, ballot_id, {name_list(own)}, false FROM reading.long_cells
            WHERE period IS NULL OR ballot_id IS NULL
            """
        )
        for column in table.names[2:]:
            cell = identifier(column)
            found = fetch(
                con,
                f"""
                SELECT c."file", c.sheet, c."row", coalesce(c.{cell}, '') AS value, c.ballot_id,
                       b."file" AS first_file, b.sheet AS first_sheet, b."row" AS first_row,
                       coalesce(b.{cell}, '') AS other
                FROM reading.long_cells c JOIN (FROM reading.long_ballots WHERE differs) b USING (period, ballot_id)
                WHERE c.{cell} IS DISTINCT FROM b.{cell}
                """,
            )
            self._add(table, found, column, "ballot_rows_disagree")
        found = fetch(
            con,
            f"""
            WITH twice AS (
                SELECT period, ballot_id, question_code FROM reading.long_cells
                WHERE question_code IS NOT NULL AND ballot_id IS NOT NULL AND period IS NOT NULL
                GROUP BY ALL HAVING count(*) > 1
            )
            SELECT {PLACE}, ballot_id || ', ' || question_code AS value, first_file, first_sheet, first_row FROM (
                SELECT *, row_number() OVER k AS nth, first_value("file") OVER k AS first_file,
                       first_value(sheet) OVER k AS first_sheet, first_value("row") OVER k AS first_row
                FROM reading.long_cells SEMI JOIN twice USING (period, ballot_id, question_code)
                WINDOW k AS (PARTITION BY period, ballot_id, question_code ORDER BY "~source", "row")
            ) WHERE nth > 1
            """,
        )
        self._add(table, found, "question_code", "duplicate_key")
        con.execute("INSERT INTO reading.raw_ballots BY NAME SELECT * EXCLUDE (differs) FROM reading.long_ballots")

    def _options(self) -> None:
        """Options given by label, or as 5.0, become the option of the scale; what is no option stays as typed."""
        con = self.con
        con.execute(
            f"""
            CREATE TABLE reading.choices AS
            WITH given AS (
                SELECT DISTINCT b.period, u.unit_group, b.respondent_group, a.question_code, a."option" AS given
                FROM incoming.answers a JOIN incoming.ballots b USING (period, ballot_id)
                JOIN {coming(con, "units")} u USING (period, unit_code)
            ), offered AS (
                SELECT g.*, s."option", s.label, s.label_en
                FROM given g
                JOIN (SELECT DISTINCT period, unit_group, respondent_group, question_code, scale
                      FROM {coming(con, "questions")}) q USING (period, unit_group, respondent_group, question_code)
                JOIN {coming(con, "scales")} s USING (period, scale)
            ), ranked AS (
                SELECT *, CASE
                    WHEN "option" = given THEN 1
                    WHEN {_folded("label")} = {_folded("given")} OR {_folded("label_en")} = {_folded("given")} THEN 2
                    WHEN regexp_full_match(given, '\\d+([.,]0+)?') AND try_cast(replace(given, ',', '.') AS DOUBLE)
                         = try_cast("option" AS DOUBLE) THEN 3
                    END AS how
                FROM offered
            ), best AS (
                SELECT *, min(how) OVER each_given AS least FROM ranked WHERE how IS NOT NULL
                WINDOW each_given AS (PARTITION BY period, unit_group, respondent_group, question_code, given)
            )
            SELECT period, unit_group, respondent_group, question_code, given, min("option") AS "option"
            FROM best WHERE how = least
            GROUP BY ALL HAVING count(DISTINCT "option") = 1 AND min("option") <> given
            """
        )
        if con.execute("SELECT 1 FROM reading.choices LIMIT 1").fetchall():
            con.execute(
                f"""
                UPDATE incoming.answers a SET "option" = c."option"
                FROM reading.choices c, incoming.ballots b, {coming(con, "units")} u
                WHERE (b.period, b.ballot_id) = (a.period, a.ballot_id)
                  AND (u.period, u.unit_code) = (b.period, b.unit_code)
                  AND (c.period, c.unit_group, c.respondent_group, c.question_code, c.given)
                    = (b.period, u.unit_group, b.respondent_group, a.question_code, a."option")
                """
            )


@dataclass(frozen=True)
class _CellCheck:
    """A condition on the text of a cell that makes it a problem of this kind."""

    column: str
    kind: str
    condition: str
    allowed: str | tuple[str, ...] = ()


def _cell_checks(table: Table, column: Column) -> list[_CellCheck]:
    """What a cell of this column must not be: empty, of another kind, out of range."""
    cell, name = identifier(column.name), column.name
    checks = []
    if not column.nullable:
        kind = "empty_key" if name in table.key else "empty_cell"
        kind = {"period": "empty_period"}.get(name, kind)
        if (table.name, name) == ("units", "unit_group"):
            kind = "unit_without_group"
        # A code that was taken away because nobody can tell it is no empty cell.
        kept = f" AND coalesce({identifier(MARK + name)}, 0) = 0" if name in CLEANED_CODES else ""
        checks.append(_CellCheck(name, kind, f"{cell} IS NULL{kept}"))
    if (table.name, name) in ADDRESSED:
        wrong = f"regexp_matches({cell}, '[{FORBIDDEN_PATTERN}]') OR regexp_full_match({cell}, '[.]+')"
        checks.append(_CellCheck(name, "code_characters", wrong, FORBIDDEN))
    if name in ("ballot_id", "respondent_id"):
        checks.append(_CellCheck(name, "id_as_number", rf"regexp_full_match({cell}, '\d(\.\d+)?[eE]\+\d+')"))
    if column.kind in ("text", "code", "option") and not column.allowed:
        return checks
    value = _typed(column, cell)
    wrong, number = f"{cell} IS NOT NULL AND {value} IS NULL", f"regexp_full_match({cell}, '{DECIMAL}')"
    if column.kind == "integer":
        thousands = f"regexp_full_match({cell}, '{THOUSANDS}')"
        checks.append(_CellCheck(name, "ambiguous_number", thousands))
        wrong += f" AND NOT {thousands}"
        checks.append(_CellCheck(name, "not_an_integer", f"{wrong} AND {number}"))
        wrong += f" AND NOT {number}"
    if column.kind in ("integer", "decimal"):
        percent = f"coalesce(regexp_full_match({cell}, '[+-]?[\\d.,]+\\s*%'), false)"
        checks.append(_CellCheck(name, "percent", percent))
        wrong += f" AND NOT {percent}"
    checks.append(_CellCheck(name, _wrong_kind(column), wrong, column.allowed))
    limits = [f"{value} < {column.minimum}"] if column.minimum is not None else []
    limits += [f"{value} > {column.maximum}"] if column.maximum is not None else []
    if limits:
        allowed = f"{column.minimum} … {column.maximum}" if column.maximum is not None else f"≥ {column.minimum}"
        checks.append(_CellCheck(name, "out_of_range", f"({' OR '.join(limits)})", allowed))
    return checks


def _folded(cell: str) -> str:
    """A label as it is compared: lower case, single spaces."""
    seen = f"regexp_replace({identifier(cell)}, '{INVISIBLE}', '', 'g')"
    return f"translate(lower(regexp_replace({seen}, '[\\s\u00a0]+', ' ', 'g')), 'ðɖ', 'đđ')"


def _only(raw: RawTable, names: Sequence[str]) -> RawTable:
    """The raw table with these columns alone."""
    kept = [c for c in raw.data.column_names if c in {*names, "row"}]
    return RawTable(**{**raw.__dict__, "data": raw.data.select(kept)})


def _codes_as_printed(line: Printed, known: Iterable[str]) -> set[str]:
    """The known codes that the code cell of a form may be."""
    if line.mark == NUMBER:
        return set(_codes_of_number(line.code, known)) or {line.code} & set(known)
    day = _day(line.code) if line.mark == DATE else None
    if day is not None:
        return set(_codes_of_day(*day, known))
    code = re.sub(r"\.{2,}", ".", re.sub(r"[\s\u00a0]+", "", line.code)).strip(".")
    return {code, line.code} & set(known)


def _codes_of_number(cell: str, known: Iterable[str]) -> list[str]:
    """Known codes that a spreadsheet shows as this number: 1.1 and 1.10 both as 1.1."""
    number = Decimal(cell)
    return sorted(code for code in known if re.fullmatch(r"\d+(\.\d+)?", code) and Decimal(code) == number)


def _day(cell: str) -> tuple[date, bool] | None:
    """(the day a cell shows, whether it names its year); None where it is no day."""
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d-%b-%y", "%d-%b-%Y"):
        try:
            return datetime.strptime(cell, form).date(), True
        except ValueError:
            continue
    try:
        return datetime.strptime(cell + "-2000", "%d-%b-%Y").date(), False
    except ValueError:
        return None


def _codes_of_day(day: date, with_year: bool, known: Iterable[str]) -> list[str]:
    """Known codes that a spreadsheet turns into this day.

    1.6.1 becomes 1 June or 6 January 2001 with the language of the spreadsheet. A code of two parts becomes a day
    of the year it was typed in.
    """
    pairs = [(day.day, day.month), (day.month, day.day)]
    codes = set()
    if with_year and 1930 <= day.year <= 2029:
        codes |= {f"{a}.{b}.{day.year % 100}" for a, b in pairs}
    if not with_year or day.year >= 2015:
        codes |= {f"{a}.{b}" for a, b in pairs}
    return sorted(codes & set(known))


# --- places, names and near matches -----------------------------------------------------------------------------


class Places:
    """Headings as typed and order of the sources of a reading, and the nearest known words."""

    def __init__(self, con: Connection):
        self.headings: dict[tuple[str, str, str, str], str] = {}
        self.positions: dict[tuple[str, str, str], int] = {}
        if exists(con, "reading", "headings"):
            for row in con.execute("SELECT table_name, file, sheet, name, heading FROM reading.headings").fetchall():
                self.headings[row[:4]] = row[4]
            for row in con.execute("SELECT table_name, file, sheet, source_no FROM reading.sources").fetchall():
                self.positions[row[:3]] = row[3]

    def position(self, table: str, file: str, sheet: str) -> int:
        return self.positions.get((table, file, sheet), 0)

    def problem(self, table: str, row: dict[str, Any], column: str, kind: str, params: dict[str, Any]) -> Problem:
        """The problem at a row of a table read; what the row has beside its place and value are params."""
        more = {k: v for k, v in row.items() if k not in ("file", "sheet", "row", "value")} | params
        if "first_row" in more:
            sheet = more.pop("first_sheet", "")
            more["first"] = f"{more.pop('first_file')}{f' [{sheet}]' if sheet else ''}:{more.pop('first_row')}"
            more.setdefault("key", row["value"])
        heading = self.headings.get((table, row["file"], row["sheet"], column), column)
        return Problem(row["file"], row["sheet"], row["row"], heading, shown(row["value"]), kind, more)

    @staticmethod
    def nearest_units(period: str, text: str, units: Iterable[dict[str, Any]]) -> list[str]:
        """Codes of the units whose code or name comes nearest."""
        names = {}
        for unit in units:
            if unit["period"] == period:
                for word in (unit["unit_code"], unit["name"], unit["short_name"]):
                    if word:
                        names[plain(word)] = unit["unit_code"]
        close = difflib.get_close_matches(plain(text), names, n=4, cutoff=0.6)
        return list(dict.fromkeys(names[c] for c in close))[:3]


def shown(value: Any) -> str:
    """A value as it stands in the list of problems: decimals without the zeros at their end."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)


@lru_cache(maxsize=2000)
def nearest(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """At most three known words that come nearest: those of the same letters and digits first."""
    same = [k for k in known if plain(k).replace("_", "") == plain(word).replace("_", "")]
    close = difflib.get_close_matches(word, known, n=3, cutoff=0.6)
    return tuple(dict.fromkeys(same + close))[:3]
