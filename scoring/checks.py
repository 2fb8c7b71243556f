"""Checks: raw tables into typed ones, and every problem of their cells, keys and references.

Works on a DuckDB connection that is handed in. Schemas: `before` (rows that count now), `incoming` (typed rows of the
files, made here), `after` (rows that would count), `reading` (raw text and places, made here, for the checks alone).
Everything that runs over ballots or answers is SQL. Source: the formats ("Reading rules", "Problems") and the method.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from scoring.problems import Problem
from scoring.reading import DATE, MARK, NUMBER, Label, RawTable, Reading
from scoring.tables import CLEANED_CODES, LONG_BALLOT, TABLES, Column, Table, plain

if TYPE_CHECKING:
    from scoring.store import Connection

PLACE = '"file", sheet, "row"'
DECIMAL = r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,2})?"
TRUE, FALSE = ("1", "true", "x", "có"), ("0", "false", "không")


# --- small pieces of SQL ----------------------------------------------------------------------------------------


def _q(name: str) -> str:
    """A column name, quoted."""
    return '"' + name.replace('"', '""') + '"'


def _s(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"


def _list(names: Iterable[str], prefix: str = "") -> str:
    return ", ".join(prefix + _q(name) for name in names)


def _words(words: Iterable[str]) -> str:
    return "(" + ", ".join(map(_s, words)) + ")"


def _rows(con: Connection, sql: str, parameters: Sequence[Any] | None = None) -> list[dict[str, Any]]:
    result = con.execute(sql, parameters) if parameters else con.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _exists(con: Connection, schema: str, table: str) -> bool:
    sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?"
    return con.execute(sql, [schema, table]).fetchone() is not None


def _of(con: Connection, schema: str, table: str) -> str:
    """The rows of a declared table in a schema, as a relation; no rows where it is not there."""
    declared = TABLES[table].sql_columns
    if _exists(con, schema, table):
        return f"(SELECT {_list(declared)} FROM {schema}.{table})"
    return "(SELECT " + ", ".join(f"NULL::{t} AS {_q(c)}" for c, t in declared.items()) + " WHERE false)"


def _coming(con: Connection, table: str) -> str:
    """The rows of a definition table that will count: those incoming, and those before whose set is not replaced."""
    incoming, before, sets = _of(con, "incoming", table), _of(con, "before", table), _list(TABLES[table].replaces_by)
    return f"(FROM {incoming} UNION ALL FROM (SELECT * FROM {before} ANTI JOIN {incoming} AS i USING ({sets})))"


def _typed(column: Column, cell: str) -> str:
    """The value of a cell of text; NULL where it is none of its kind."""
    if column.kind == "decimal":
        number = f"try_cast(replace({cell}, ',', '.') AS {column.sql_type})"
        return f"CASE WHEN regexp_full_match({cell}, '{DECIMAL}') THEN {number} END"
    if column.kind == "integer":
        whole = rf"regexp_full_match({cell}, '[+-]?\d+([.,]0*)?')"
        return rf"CASE WHEN {whole} THEN try_cast(regexp_extract({cell}, '[+-]?\d+') AS INTEGER) END"
    if column.kind == "date":
        iso = rf"regexp_full_match({cell}, '\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}([ T].*)?')"
        ours = rf"regexp_full_match({cell}, '\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}( .*)?')"
        day = rf"regexp_replace(regexp_extract({cell}, '^[\d/.-]+'), '[/.]', '-', 'g')"
        return (
            f"CASE WHEN {iso} THEN try_strptime({day}, '%Y-%m-%d')::DATE"
            f" WHEN {ours} THEN try_strptime({day}, '%d-%m-%Y')::DATE END"
        )
    if column.kind == "boolean":
        word = f"lower({cell})"
        no = f"{cell} IS NULL OR {word} IN {_words(FALSE)}"
        return f"CASE WHEN {word} IN {_words(TRUE)} THEN true WHEN {no} THEN false END"
    if column.allowed:
        return f"CASE WHEN lower({cell}) IN {_words(column.allowed)} THEN lower({cell}) END"
    return f"replace({cell}, '\u00a0', '')" if column.kind in ("code", "option") else cell


def _wrong_kind(column: Column) -> str:
    if column.allowed:
        return "not_allowed"
    return {"decimal": "not_a_number", "date": "not_a_date", "boolean": "not_a_boolean"}.get(
        column.kind, "not_a_number"
    )


# --- from raw to typed ------------------------------------------------------------------------------------------


def type_tables(con: Connection, reading: Reading, period: str | None = None) -> list[Problem]:
    """Creates `incoming.<table>` for every table that was read, and returns the problems of cells and ballot rows.

    `period` stands where a row names none. A typed table has the columns of the declaration, the unlisted ones as
    text, and file, sheet, row. Ballots are split into `ballots` and `answers`. Scores with neither points nor
    not_applicable are left out. A cell that is wrong is NULL.
    """
    con.execute("DROP SCHEMA IF EXISTS reading CASCADE")
    con.execute("CREATE SCHEMA reading")
    con.execute("CREATE SCHEMA IF NOT EXISTS incoming")
    _note_places(con, reading)
    typing = _Typing(con, period)
    by_table = defaultdict(list)
    for raw in reading.raw:
        by_table[raw.table.name].append(raw)
    for name in TABLES:
        raws = by_table.get(name, [])
        if name == "ballots" and raws:
            typing.ballots(raws)
        elif raws:
            typing.table(TABLES[name], raws)
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


@dataclass
class _Typing:
    """The typing of one reading: where it happens and what was found wrong."""

    con: Connection
    period: str | None

    def __post_init__(self) -> None:
        self.problems: list[Problem] = []
        self.places = Places(self.con)

    def table(self, table: Table, raws: list[RawTable]) -> None:
        """`incoming.<table>` of one table but ballots."""
        raws = [ready for raw in raws if (ready := self._with_labels(raw)) is not None]
        raw = self._lay_raw(table, raws)
        if table.name in ("self_scores", "appraised_scores"):
            words = _words(FALSE)
            self.con.execute(
                f"DELETE FROM {raw} WHERE points IS NULL AND coalesce(lower(not_applicable), '0') IN {words}"
            )
        self._fill_period(table, raw, raws)
        codes = [c for c in CLEANED_CODES if c in table.names]
        for column in codes:
            self._clean_codes(table, raw, column)
        self._type(table, raw, self._unlisted(raw))
        if table.name in ("self_scores", "appraised_scores"):
            self._complete_council_copies(table)

    # -- laying raw rows

    def _lay_raw(self, table: Table, raws: list[RawTable]) -> str:
        """`reading.raw_<table>`: every declared column and every unlisted one as text, with its place."""
        name = f"reading.raw_{table.name}"
        declared = ", ".join(f"{_q(c)} VARCHAR" for c in table.names)
        marks = ", ".join(f"{_q(MARK + c)} TINYINT" for c in CLEANED_CODES if c in table.names)
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
                    self.con.execute(f"ALTER TABLE {name} ADD COLUMN {_q(column)} VARCHAR")
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
        columns = [r["column_name"] for r in _rows(self.con, f"DESCRIBE {raw}")]
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
        n = len(raw.data)
        data = raw.data
        constants = {"period": period, "unit_code": unit}
        if raw.table.name == "appraised_scores":
            constants["round"] = (
                raw.labels["round"].text if raw.labels.get("round") and raw.labels["round"].text else "1"
            )
            appraiser = raw.labels.get("appraiser")
            if appraiser and appraiser.text:
                found = self._units_named(period, appraiser.text)
                constants["appraiser"] = found.pop() if len(found) == 1 else appraiser.text
        for column, value in constants.items():
            values = pa.array([value] * n, pa.string())
            if column in data.column_names:
                data = data.drop_columns([column])
            data = data.append_column(column, values)
        return RawTable(**{**raw.__dict__, "data": data})

    def _form_problem(self, raw: RawTable, label: Label | None, column: str, kind: str, **params: Any) -> None:
        """One problem a form, though it may give two tables."""
        row, heading, value = (label.row, label.label, label.text) if label else (raw.header_row, column, "")
        problem = Problem(raw.file, raw.sheet, row, heading, value, kind, params)
        if problem not in self.problems:
            self.problems.append(problem)

    def _form_period(self, raw: RawTable) -> str | None:
        label = raw.labels.get("period")
        text = re.sub(r"^năm\s+", "", label.text, flags=re.IGNORECASE) if label else ""
        if text and self.period and text != self.period:
            self._form_problem(raw, label, "period", "other_period", period=self.period)
            return None
        if not text and not self.period:
            self._form_problem(raw, label, "period", "empty_period")
            return None
        return text or self.period

    def _form_unit(self, raw: RawTable, period: str) -> str | None:
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
        return _rows(self.con, f"SELECT DISTINCT period, unit_code, name, short_name FROM {_coming(self.con, 'units')}")

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
                f" FROM {_of(self.con, 'before', 'self_scores')} b WHERE {key}"
                " AND b.points IS NOT DISTINCT FROM s.points AND b.not_applicable = s.not_applicable)"
            )
            return
        self.con.execute(
            f"""
            UPDATE incoming.appraised_scores a SET appraiser = l.lead FROM (
                WITH RECURSIVE r AS (FROM {_coming(self.con, "rubric")}), up AS (
                    SELECT period, unit_group, criterion_code, parent_code, lead_appraiser AS lead, 0 AS steps FROM r
                    UNION ALL
                    SELECT up.period, up.unit_group, up.criterion_code, r.parent_code, r.lead_appraiser, steps + 1
                    FROM up JOIN r
                    ON (r.period, r.unit_group, r.criterion_code) = (up.period, up.unit_group, up.parent_code)
                    WHERE up.lead IS NULL AND steps < 50
                )
                SELECT u.unit_code, up.period, up.criterion_code, arg_min(lead, steps) AS lead
                FROM up JOIN {_coming(self.con, "units")} u USING (period, unit_group)
                WHERE lead IS NOT NULL GROUP BY ALL
            ) l
            WHERE (a.period, a.unit_code, a.criterion_code) = (l.period, l.unit_code, l.criterion_code)
              AND a.appraiser IS NULL AND (a."file", a.sheet) IN ({copies})
            """
        )

    # -- period and codes

    def _fill_period(self, table: Table, raw: str, raws: list[RawTable]) -> None:
        if "period" not in table.names:
            return
        if self.period:
            rows = _rows(self.con, f"SELECT {PLACE}, period AS value FROM {raw} WHERE period <> ?", [self.period])
            self._add(table, rows, "period", "other_period", period=self.period)
            self.con.execute(f"UPDATE {raw} SET period = ? WHERE period IS NULL", [self.period])
            return
        for one in raws:
            if "period" not in one.data.column_names:
                params = {"table": table.name, "heading": table.column("period").heading_vi, "column": "period"}
                self.problems.append(
                    Problem(one.file, one.sheet, one.header_row, "period", "", "missing_column", params)
                )

    def _clean_codes(self, table: Table, raw: str, column: str) -> None:
        """Cleans the codes of a column, and undoes what Excel made of them where exactly one known code reads so."""
        cell, mark = _q(column), _q(MARK + column)
        self.con.execute(
            f"UPDATE {raw} SET {cell} = nullif(trim(regexp_replace(regexp_replace({cell}, '[\\s\u00a0]+', '', 'g'),"
            f" '\\.{{2,}}', '.', 'g'), '.'), '') WHERE coalesce({mark}, 0) = 0 AND {cell} IS NOT NULL"
            f" AND NOT regexp_matches({cell}, '[/-]')"
        )
        defines = table.name == "rubric" and column == "criterion_code"
        self._block_of_rows(table, raw)
        odd = _rows(
            self.con,
            f"SELECT DISTINCT b.period, b.unit_group, r.{cell} AS code, coalesce(r.{mark}, 0) AS mark"
            f" FROM {raw} r JOIN reading.block b ON b.id = r.rowid"
            f" WHERE r.{mark} > 0 OR regexp_matches(r.{cell}, '[/-]|^\\d{{1,2}}\\.\\d{{1,2}}\\.\\d{{4}}$')",
        )
        if not odd:
            return
        known = defaultdict(set)
        own = f"(SELECT b.*, r.criterion_code FROM {raw} r JOIN reading.block b ON b.id = r.rowid)"
        source = own if table.name == "rubric" else _coming(self.con, "rubric")
        if not defines:
            for row in _rows(self.con, f"SELECT period, unit_group, criterion_code AS code FROM {source}"):
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
                found = _rows(
                    self.con, f'SELECT r."file", r.sheet, r."row", r.{cell} AS value FROM {raw} r,{where[5:]}', one
                )
                self._add(table, found, column, kind, codes=candidates or ["–"])
            self.con.execute(f"UPDATE {raw} r SET {cell} = $chosen{where}", {**one, "chosen": chosen})

    def _block_of_rows(self, table: Table, raw: str) -> None:
        """`reading.block`: period and unit group of every raw row, by its rowid."""
        if "unit_group" in table.names:
            sql = f"SELECT rowid AS id, period, unit_group FROM {raw}"
        else:
            units = f"(SELECT DISTINCT period, unit_code, unit_group FROM {_coming(self.con, 'units')})"
            join = f"{raw} r LEFT JOIN {units} u USING (period, unit_code)"
            sql = f"SELECT r.rowid AS id, r.period, u.unit_group FROM {join}"
        self.con.execute(f"CREATE OR REPLACE TABLE reading.block AS {sql}")

    # -- cells

    def _type(self, table: Table, raw: str, unlisted: Sequence[str] = ()) -> None:
        """`incoming.<table>` from its raw rows, with the problems of every cell."""
        for column in table.columns:
            self._check_cells(table, raw, column)
        typed = []
        for column in table.columns:
            value = _typed(column, _q(column.name))
            if column.kind == "boolean":
                value = f"coalesce({value}, false)"
            if column.default is not None:
                value = f"coalesce({value}, {_s(column.default)}::{column.sql_type})"
            typed.append(f"{value} AS {_q(column.name)}")
        more = [c for c in unlisted if c.casefold() not in {"import_id", *table.names, "file", "sheet", "row"}]
        extra = "".join(f", {_q(c)}" for c in more)
        self.con.execute(
            f"CREATE OR REPLACE TABLE incoming.{table.name} AS SELECT {', '.join(typed)}, {PLACE}{extra}"
            f' FROM {raw} ORDER BY "~source", "row"'
        )

    def _check_cells(self, table: Table, raw: str, column: Column) -> None:
        cell = _q(column.name)
        if not column.nullable:
            kind = "empty_key" if column.name in table.key else "empty_cell"
            if column.name == "period":
                kind = "empty_period"
            if table.name == "units" and column.name == "unit_group":
                kind = "unit_without_group"
            extra = ", unit_code" if kind == "unit_without_group" else ""
            found = _rows(
                self.con,
                f"SELECT {PLACE}, '' AS value{extra} FROM {raw} r WHERE {cell} IS NULL AND EXISTS ("
                f"FROM reading.headings h WHERE h.table_name = '{table.name}' AND h.name = {_s(column.name)}"
                ' AND h."file" = r."file" AND h.sheet = r.sheet)'
                + (f" AND coalesce({_q(MARK + column.name)}, 0) = 0" if column.name in CLEANED_CODES else ""),
            )
            self._add(table, found, column.name, kind)
        if column.kind in ("text", "code", "option") and not column.allowed:
            return
        value = _typed(column, cell)
        found = _rows(
            self.con, f"SELECT {PLACE}, {cell} AS value FROM {raw} WHERE {cell} IS NOT NULL AND {value} IS NULL"
        )
        kind = _wrong_kind(column)
        if column.kind == "integer":
            number = re.compile(DECIMAL)
            whole = [row for row in found if number.fullmatch(row["value"])]
            self._add(table, whole, column.name, "not_an_integer")
            found = [row for row in found if not number.fullmatch(row["value"])]
        self._add(table, found, column.name, kind, allowed=column.allowed)
        limits = [f"{value} < {column.minimum}"] if column.minimum is not None else []
        limits += [f"{value} > {column.maximum}"] if column.maximum is not None else []
        if limits:
            allowed = f"{column.minimum} … {column.maximum}" if column.maximum is not None else f"≥ {column.minimum}"
            found = _rows(self.con, f"SELECT {PLACE}, {cell} AS value FROM {raw} WHERE {' OR '.join(limits)}")
            self._add(table, found, column.name, "out_of_range", allowed=allowed)

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
            + ", ".join(f"{_q(c)} VARCHAR" for c in own)
            + ', "~source" INTEGER, "file" VARCHAR,'
            ' sheet VARCHAR, "row" INTEGER, question_code VARCHAR, "option" VARCHAR, long BOOLEAN)'
        )
        wide = self._lay_raw(table, [_only(r, own) for r in raws if not r.long])
        self._fill_period(table, wide, [r for r in raws if not r.long])
        for raw in raws:
            if raw.long:
                names = [*own, *(c.name for c in LONG_BALLOT), "row"]
                self._append("reading.cells", raw, _only(raw, names).data)
            else:
                self._unpivot(raw)
        con.execute("UPDATE reading.cells SET long = true WHERE long IS NULL")
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
        codes = pa.table({"q": list(names.values()), "question_code": [raw.headings[q] for q in questions]})
        self.con.register("question_codes", codes)
        self.con.execute(
            f"""
            INSERT INTO reading.cells BY NAME
            SELECT u.* EXCLUDE (q), c.question_code, false AS long, ? AS "file", ? AS sheet, ?::INTEGER AS "~source"
            FROM (UNPIVOT raw_rows ON {_list(names.values())} INTO NAME q VALUE "option") u
            JOIN question_codes c USING (q)
            """,
            [raw.file, raw.sheet, self.places.position("ballots", raw.file, raw.sheet)],
        )
        self.con.unregister("raw_rows")
        self.con.unregister("question_codes")

    def _long_rows(self, table: Table, raws: list[RawTable]) -> None:
        """One raw ballot row of each ballot of the long files; rows that disagree or repeat a key are problems."""
        con = self.con
        con.execute("CREATE OR REPLACE VIEW reading.long_cells AS SELECT * FROM reading.cells WHERE long")
        self._fill_period(table, "reading.long_cells", raws) if not self.period else self._other_period(table)
        found = _rows(con, f"SELECT {PLACE}, '' AS value FROM reading.long_cells WHERE question_code IS NULL")
        self._add(table, found, "question_code", "empty_key")
        first = 'row_number() OVER (PARTITION BY period, ballot_id ORDER BY "~source", "row") AS nth'
        con.execute(
            f'CREATE TABLE reading.long_ballots AS SELECT * EXCLUDE (nth, question_code, "option", long) FROM'
            f" (SELECT *, {first} FROM reading.long_cells) WHERE nth = 1 OR period IS NULL OR ballot_id IS NULL"
        )
        for column in table.names[2:]:
            cell = _q(column)
            found = _rows(
                con,
                f"""
                SELECT c."file", c.sheet, c."row", coalesce(c.{cell}, '') AS value, c.ballot_id,
                       b."file" AS first_file, b."row" AS first_row, coalesce(b.{cell}, '') AS other
                FROM reading.long_cells c JOIN reading.long_ballots b USING (period, ballot_id)
                WHERE c.{cell} IS DISTINCT FROM b.{cell}
                """,
            )
            self._add(table, found, column, "ballot_rows_disagree")
        found = _rows(
            con,
            f"""
            SELECT {PLACE}, ballot_id || ', ' || question_code AS value, first_file, first_row FROM (
                SELECT *, row_number() OVER k AS nth, first_value("file") OVER k AS first_file,
                       first_value("row") OVER k AS first_row
                FROM reading.long_cells WHERE question_code IS NOT NULL AND ballot_id IS NOT NULL AND period IS NOT NULL
                WINDOW k AS (PARTITION BY period, ballot_id, question_code ORDER BY "~source", "row")
            ) WHERE nth > 1
            """,
        )
        self._add(table, found, "question_code", "duplicate_key", table="ballots")
        con.execute("INSERT INTO reading.raw_ballots BY NAME FROM reading.long_ballots")

    def _other_period(self, table: Table) -> None:
        sql = f"SELECT {PLACE}, period AS value FROM reading.long_cells WHERE period <> ?"
        self._add(table, _rows(self.con, sql, [self.period]), "period", "other_period", period=self.period)

    def _options(self) -> None:
        """Options given by label, or as 5.0, become the option of the scale; what is no option stays as typed."""
        con = self.con
        con.execute(
            f"""
            CREATE TABLE reading.choices AS
            WITH given AS (
                SELECT DISTINCT b.period, u.unit_group, b.respondent_group, a.question_code, a."option" AS given
                FROM incoming.answers a JOIN incoming.ballots b USING (period, ballot_id)
                JOIN {_coming(con, "units")} u USING (period, unit_code)
            ), offered AS (
                SELECT g.*, s."option", s.label, s.label_en
                FROM given g
                JOIN (SELECT DISTINCT period, unit_group, respondent_group, question_code, scale
                      FROM {_coming(con, "questions")}) q USING (period, unit_group, respondent_group, question_code)
                JOIN {_coming(con, "scales")} s USING (scale)
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
        if con.execute("SELECT count(*) FROM reading.choices").fetchone()[0]:
            con.execute(
                f"""
                UPDATE incoming.answers a SET "option" = c."option"
                FROM reading.choices c, incoming.ballots b, {_coming(con, "units")} u
                WHERE (b.period, b.ballot_id) = (a.period, a.ballot_id)
                  AND (u.period, u.unit_code) = (b.period, b.unit_code)
                  AND (c.period, c.unit_group, c.respondent_group, c.question_code, c.given)
                    = (b.period, u.unit_group, b.respondent_group, a.question_code, a."option")
                """
            )


def _folded(cell: str) -> str:
    """A label as it is compared: lower case, single spaces."""
    return f"lower(regexp_replace({_q(cell)}, '[\\s\u00a0]+', ' ', 'g'))"


def _only(raw: RawTable, names: Sequence[str]) -> RawTable:
    """The raw table with these columns alone."""
    kept = [c for c in raw.data.column_names if c in {*names, "row"}]
    return RawTable(**{**raw.__dict__, "data": raw.data.select(kept)})


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


# --- what refers to what ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """A condition on the joined rows of a table that makes a row a problem, and the column it is named at.

    `definition` is the table that decides it: rows imported before are named at that table's file.
    """

    kind: str
    column: str
    condition: str
    definition: str


UNKNOWN_PERIOD = Rule("unknown_period", "period", "period IS NOT NULL AND NOT period_known", "periods")
UNKNOWN_UNIT = Rule(
    "unknown_unit", "unit_code", "unit_code IS NOT NULL AND period_known AND unit_group IS NULL", "units"
)
LEAF = "criterion_known AND NOT heading"
SURVEYED = f"{LEAF} AND assessed_by = 'survey'"
SCORE_RULES = (
    UNKNOWN_PERIOD,
    UNKNOWN_UNIT,
    Rule(
        "unknown_criterion",
        "criterion_code",
        "criterion_code IS NOT NULL AND unit_group IS NOT NULL AND NOT criterion_known",
        "rubric",
    ),
    Rule("points_on_heading", "points", "heading", "rubric"),
    Rule("points_and_not_applicable", "points", "points IS NOT NULL AND not_applicable", "rubric"),
    Rule(
        "out_of_range",
        "points",
        f"{LEAF} AND assessed_by IS DISTINCT FROM 'survey' AND (points < 0 OR points > max_points)",
        "rubric",
    ),
)
GROUP_RULES = (
    UNKNOWN_PERIOD,
    UNKNOWN_UNIT,
    Rule("unknown_group", "respondent_group", "respondent_group IS NOT NULL AND NOT group_known", "respondent_groups"),
    Rule(
        "wrong_group_for_unit",
        "respondent_group",
        "group_known AND unit_group IS NOT NULL AND NOT group_of_unit",
        "respondent_groups",
    ),
)
FACT_RULES: dict[str, tuple[Rule, ...]] = {
    "self_scores": (*SCORE_RULES, Rule("points_on_surveyed_leaf", "points", SURVEYED, "rubric")),
    "appraised_scores": (
        *SCORE_RULES,
        Rule("points_on_surveyed_leaf", "points", f"{SURVEYED} AND NOT not_applicable", "rubric"),
    ),
    "survey_plan": GROUP_RULES,
    "ballots": GROUP_RULES,
    "process_steps": (UNKNOWN_PERIOD,),
    "published_results": (
        Rule("unknown_unit", "unit_code", "unit_code IS NOT NULL AND NOT unit_of_any_period", "units"),
    ),
}

UNKNOWN_UNIT_GROUP = Rule("unknown_unit_group", "unit_group", "unit_group IS NOT NULL AND NOT block_known", "")
UNKNOWN_CRITERION = Rule(
    "unknown_criterion", "criterion_code", "criterion_code IS NOT NULL AND block_known AND NOT criterion_known", ""
)
UNKNOWN_GROUP = Rule(
    "unknown_group", "respondent_group", "respondent_group IS NOT NULL AND block_known AND NOT group_of_unit", ""
)
DEFINITION_RULES: dict[str, tuple[Rule, ...]] = {
    "units": (UNKNOWN_UNIT_GROUP,),
    "rubric": (
        UNKNOWN_UNIT_GROUP,
        Rule("orphan_parent", "parent_code", "parent_code IS NOT NULL AND NOT parent_known", ""),
        Rule("leaf_without_points", "max_points", "NOT heading AND max_points IS NULL", ""),
        Rule("leaf_without_assessor", "assessed_by", "NOT heading AND assessed_by IS NULL", ""),
        Rule(
            "leaf_without_method",
            "survey_method",
            "NOT heading AND assessed_by = 'survey' AND survey_method IS NULL",
            "",
        ),
        Rule("heading_with_points", "max_points", "heading AND max_points IS NOT NULL", ""),
        Rule("heading_with_assessor", "assessed_by", "heading AND assessed_by IS NOT NULL", ""),
    ),
    "respondent_groups": (UNKNOWN_UNIT_GROUP,),
    "group_weights": (UNKNOWN_UNIT_GROUP, UNKNOWN_CRITERION, UNKNOWN_GROUP),
    "questions": (
        UNKNOWN_UNIT_GROUP,
        UNKNOWN_CRITERION,
        UNKNOWN_GROUP,
        Rule("unknown_scale", "scale", "scale IS NOT NULL AND scale NOT IN (SELECT scale FROM known.scales)", ""),
    ),
}


def check_tables(con: Connection) -> list[Problem]:
    """Every problem of keys and references: of the rows incoming, and of facts there already that would lose theirs.

    Incoming rows are named one by one; facts imported before are counted by what they would lose.
    """
    return _Checking(con).run()


class _Checking:
    """The checks of one import: what is known after it, and what was found wrong."""

    def __init__(self, con: Connection):
        self.con = con
        self.places = Places(con)
        self.problems: list[Problem] = []
        self.lost: dict[tuple, list[tuple[int, str, int]]] = defaultdict(list)
        self.present = {name for name in TABLES if _exists(con, "incoming", name)}
        con.execute("DROP SCHEMA IF EXISTS known CASCADE")
        con.execute("CREATE SCHEMA known")
        for name, table in TABLES.items():
            if table.role == "definition":
                keys = _list(table.key)
                con.execute(f"CREATE TABLE known.{name} AS SELECT DISTINCT ON ({keys}) * FROM after.{name}")
        con.execute(
            "CREATE TABLE known.headings AS SELECT DISTINCT period, unit_group, parent_code FROM known.rubric"
            " WHERE parent_code IS NOT NULL"
        )

    def run(self) -> list[Problem]:
        self._duplicates()
        self._units_in_two_groups()
        for name, rules in DEFINITION_RULES.items():
            if name in self.present:
                self._apply(name, rules, self._definition(name))
        if "rubric" in self.present:
            self._cycles()
        again = self._facts_may_lose()
        for name, rules in FACT_RULES.items():
            self._apply(name, rules, self._fact(name, again))
        self._questions()
        self._answers(again)
        self._report_lost()
        return self.problems

    # -- keys

    def _duplicates(self) -> None:
        for name in sorted(self.present - {"answers"}):
            table = TABLES[name]
            key = _list(table.key)
            filled = " AND ".join(f"{_q(k)} IS NOT NULL" for k in table.key)
            same = "true" if name != "units" else "unit_group IS NOT DISTINCT FROM first_group"
            group = ", first_value(unit_group) OVER k AS first_group" if name == "units" else ""
            found = _rows(
                self.con,
                f"""
                SELECT "file", sheet, "row", concat_ws(', ', {key}) AS value, first_file, first_row FROM (
                    SELECT i.*, row_number() OVER k AS nth, first_value(i."file") OVER k AS first_file,
                           first_value(i."row") OVER k AS first_row{group}
                    FROM incoming.{name} i LEFT JOIN reading.sources s
                      ON s.table_name = '{name}' AND s."file" = i."file" AND s.sheet = i.sheet
                    WHERE {filled} WINDOW k AS (PARTITION BY {_list(table.key, "i.")} ORDER BY source_no, i."row")
                ) WHERE nth > 1 AND {same} ORDER BY ALL
                """,
            )
            for row in found:
                self.problems.append(self.places.problem(name, row, table.key[-1], "duplicate_key", {"table": name}))

    def _units_in_two_groups(self) -> None:
        """Named at the later of two incoming rows, at the incoming one where the other was imported before."""
        if "units" not in self.present:
            return
        found = _rows(
            self.con,
            """
            WITH two AS (
                SELECT period, unit_code, string_agg(DISTINCT unit_group, ', ' ORDER BY unit_group) AS groups
                FROM (SELECT period, unit_code, unit_group FROM after.units
                      UNION ALL SELECT period, unit_code, unit_group FROM incoming.units)
                WHERE unit_group IS NOT NULL
                GROUP BY ALL HAVING count(DISTINCT unit_group) > 1
            ), placed AS (
                SELECT i.*, two.groups, row_number() OVER k AS nth, count(*) OVER (PARTITION BY period, unit_code) AS n
                FROM incoming.units i JOIN two USING (period, unit_code)
                LEFT JOIN reading.sources s ON s.table_name = 'units' AND s."file" = i."file" AND s.sheet = i.sheet
                WINDOW k AS (PARTITION BY period, unit_code ORDER BY s.source_no, i."row")
            )
            SELECT "file", sheet, "row", unit_code AS value, period, unit_code, groups
            FROM placed WHERE nth > 1 OR n = 1
            """,
        )
        for row in found:
            self.problems.append(self.places.problem("units", row, "unit_code", "unit_in_two_groups", {}))

    # -- rules

    def _apply(self, name: str, rules: Sequence[Rule], relation: str) -> None:
        view = f"known.{name}_joined"
        self.con.execute(f"CREATE OR REPLACE TABLE {view} AS {relation}")
        columns = {r["column_name"] for r in _rows(self.con, f"DESCRIBE {view}")}
        wanted = ("period", "unit_code", "unit_group", "respondent_group", "criterion_code", "max_points")
        params = "".join(f", {c} AS {_q('~' + c)}" for c in wanted if c in columns)
        for rule in rules:
            found = _rows(
                self.con,
                f"SELECT {PLACE}, {_q(rule.column)} AS value, import_id{params} FROM {view} WHERE {rule.condition}"
                ' ORDER BY import_id, "file", "row"',
            )
            if rule.kind.startswith("leaf_without"):
                found = self._really_empty(name, rule.column, found)
            for row in found:
                params_of_row = {k[1:]: row.pop(k) for k in list(row) if k.startswith("~")}
                import_id = row.pop("import_id")
                if import_id is None:
                    params_of_row |= self._known(rule, row["value"], params_of_row)
                    self.problems.append(self.places.problem(name, row, rule.column, rule.kind, params_of_row))
                else:
                    about = rule.column if rule.column != "points" else "criterion_code"
                    value = row["value"] if rule.column != "points" else params_of_row.get("criterion_code")
                    self.lost[name, rule.kind, rule.definition, about, params_of_row.get("period"), value].append(
                        (import_id, row["file"], row["row"])
                    )

    def _really_empty(self, name: str, column: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those rows whose cell was empty in a column that is there; a wrong cell has its problem already."""
        written = {
            (r["file"], r["sheet"], r["row"])
            for r in _rows(self.con, f"SELECT {PLACE} FROM reading.raw_{name} WHERE {_q(column)} IS NOT NULL")
        }
        return [
            r
            for r in found
            if (r["file"], r["sheet"], r["row"]) not in written
            and (name, r["file"], r["sheet"], column) in self.places.headings
        ]

    def _definition(self, name: str) -> str:
        """Incoming rows of a definition table, with what they refer to."""
        columns = TABLES[name].names
        joined = [f'SELECT i.{", i.".join(map(_q, columns))}, i."file", i.sheet, i."row", NULL::INTEGER AS import_id']
        joined.append(", i.unit_group IN (SELECT unit_group FROM known.unit_groups) AS block_known")
        block = "x.period = i.period AND x.unit_group = i.unit_group"
        if "criterion_code" in columns:
            of_code = f"EXISTS (FROM known.rubric x WHERE {block} AND x.criterion_code = i.criterion_code)"
            joined.append(f", {of_code} AS criterion_known")
        if "parent_code" in columns:
            parent = f"EXISTS (FROM known.rubric x WHERE {block} AND x.criterion_code = i.parent_code)"
            heading = f"EXISTS (FROM known.headings x WHERE {block} AND x.parent_code = i.criterion_code)"
            joined.append(f", {parent} AS parent_known, {heading} AS heading")
        if "respondent_group" in columns:
            group = "x.unit_group = i.unit_group AND x.respondent_group = i.respondent_group"
            joined.append(f", EXISTS (FROM known.respondent_groups x WHERE {group}) AS group_of_unit")
        return "".join(joined) + f" FROM incoming.{name} i"

    def _fact(self, name: str, again: bool) -> str:
        """Incoming rows of a fact table (import_id NULL), and those there already, with what they refer to."""
        table = TABLES[name]
        columns = _list(table.names)
        incoming = _of(self.con, "incoming", name)
        rows = f"SELECT {columns}, {PLACE}, NULL::INTEGER AS import_id FROM {incoming}"
        if again:
            there = f"(SELECT * FROM after.{name} ANTI JOIN {incoming} AS i USING ({_list(table.key)}))"
            rows += f" UNION ALL SELECT {columns}, {PLACE}, import_id FROM {there}"
        select, joins = ["SELECT t.*"], [f" FROM ({rows}) t"]
        select.append(", t.period IN (SELECT period FROM known.periods) AS period_known")
        if "unit_code" in table.names:
            joins.append(" LEFT JOIN known.units u USING (period, unit_code)")
            select.append(", u.unit_group, t.unit_code IN (SELECT unit_code FROM known.units) AS unit_of_any_period")
        if "criterion_code" in table.names:
            joins.append(" LEFT JOIN known.rubric r USING (period, unit_group, criterion_code)")
            joins.append(" LEFT JOIN known.headings h ON (h.period, h.unit_group, h.parent_code)")
            joins.append(" = (t.period, u.unit_group, t.criterion_code)")
            select.append(", r.period IS NOT NULL AS criterion_known, h.period IS NOT NULL AS heading")
            select.append(", r.max_points, r.assessed_by")
        if "respondent_group" in table.names:
            select.append(
                ", t.respondent_group IN (SELECT respondent_group FROM known.respondent_groups) AS group_known"
                ", EXISTS (FROM known.respondent_groups x WHERE x.unit_group = u.unit_group"
                " AND x.respondent_group = t.respondent_group) AS group_of_unit"
            )
        return "".join(select + joins)

    def _cycles(self) -> None:
        rows = _rows(self.con, f"SELECT period, unit_group, criterion_code, parent_code, {PLACE} FROM incoming.rubric")
        parents = {(r["period"], r["unit_group"], r["criterion_code"]): r["parent_code"] for r in rows}
        for row in rows:
            block, code = (row["period"], row["unit_group"]), row["criterion_code"]
            path, at = [code], row["parent_code"]
            while at is not None and at not in path:
                path.append(at)
                at = parents.get((*block, at))
            if at is not None and at == code:
                place = {k: row[k] for k in ("file", "sheet", "row")} | {"value": row["parent_code"]}
                params = {"cycle": " → ".join([*path, code])}
                self.problems.append(self.places.problem("rubric", place, "parent_code", "parent_cycle", params))

    # -- ballots

    def _questions(self) -> None:
        """Columns of wide ballot files that are no question of any group in the periods of the file."""
        if "ballots" not in self.present:
            return
        found = _rows(
            self.con,
            """
            SELECT h."file", h.sheet, s.header_row AS "row", h.heading AS value
            FROM reading.headings h
            JOIN reading.sources s ON (s.table_name, s."file", s.sheet) = (h.table_name, h."file", h.sheet)
            WHERE h.table_name = 'ballots' AND NOT h.listed AND NOT s.long
              AND EXISTS (FROM incoming.ballots b JOIN known.periods p USING (period)
                          WHERE b."file" = h."file" AND b.sheet = h.sheet)
              AND NOT EXISTS (FROM known.questions q WHERE q.question_code = h.heading AND q.period IN
                  (SELECT b.period FROM incoming.ballots b WHERE b."file" = h."file" AND b.sheet = h.sheet))
            """,
        )
        for row in found:
            params = {"nearest": nearest(row["value"], self._all("questions", "question_code"))}
            problem = self.places.problem("ballots", row, row["value"], "unknown_question", params)
            self.problems.append(problem)

    def _answers(self, again: bool) -> None:
        """Answers to a question that nobody knows or that is not asked of the ballot, and options of no scale.

        Judged once for each distinct answer of a unit and group, then found again among the ballots.
        """
        con = self.con
        incoming = _of(con, "incoming", "ballots")
        parts = []
        if "answers" in self.present:
            parts.append(
                f"SELECT a.*, NULL::INTEGER AS import_id, b.unit_code, b.respondent_group"
                f" FROM {_of(con, 'incoming', 'answers')} a JOIN {incoming} b USING (period, ballot_id)"
            )
        if again:
            there = f"(SELECT * FROM after.ballots ANTI JOIN {incoming} AS i USING (period, ballot_id))"
            columns = _list(TABLES["answers"].sql_columns, "a.")
            parts.append(
                f"SELECT {columns}, b.import_id, b.unit_code, b.respondent_group FROM after.answers a"
                f" JOIN {there} b USING (period, ballot_id)"
            )
        if not parts:
            return
        con.execute(f"CREATE OR REPLACE VIEW known.given AS {' UNION ALL '.join(parts)}")
        con.execute(
            """
            CREATE OR REPLACE TABLE known.wrong AS
            WITH given AS (
                SELECT DISTINCT period, unit_code, respondent_group, question_code, "option" FROM known.given
                WHERE question_code IS NOT NULL
            ), asked AS (
                SELECT DISTINCT period, unit_group, respondent_group, question_code, scale FROM known.questions
            ), judged AS (
                SELECT g.*, u.unit_group,
                    EXISTS (FROM asked q WHERE q.period = g.period AND q.question_code = g.question_code) AS known,
                    EXISTS (FROM asked q WHERE (q.period, q.unit_group, q.respondent_group, q.question_code)
                            = (g.period, u.unit_group, g.respondent_group, g.question_code)) AS asked,
                    EXISTS (FROM asked q ANTI JOIN (SELECT scale FROM known.scales s WHERE s."option" = g."option") s
                            USING (scale)
                            WHERE (q.period, q.unit_group, q.respondent_group, q.question_code)
                            = (g.period, u.unit_group, g.respondent_group, g.question_code)
                            AND q.scale IN (SELECT scale FROM known.scales)) AS no_option
                FROM given g
                JOIN known.units u USING (period, unit_code)
                JOIN known.respondent_groups r USING (unit_group, respondent_group)
            )
            SELECT *, CASE WHEN NOT known THEN 'unknown_question' WHEN NOT asked THEN 'question_not_asked'
                           ELSE 'unknown_option' END AS kind
            FROM judged WHERE NOT known OR NOT asked OR no_option
            """
        )
        found = _rows(
            con,
            """
            SELECT g."file", g.sheet, g."row", w.kind, g.question_code, g."option", g.import_id, g.period,
                   w.unit_group, g.respondent_group, coalesce(s.long, false) AS long
            FROM known.given g
            JOIN known.wrong w USING (period, unit_code, respondent_group, question_code, "option")
            LEFT JOIN reading.sources s ON s.table_name = 'ballots' AND s."file" = g."file" AND s.sheet = g.sheet
            WHERE g.import_id IS NOT NULL OR w.kind <> 'unknown_question' OR s.long
            ORDER BY g.import_id, g."file", g."row"
            """
            if _exists(con, "reading", "sources")
            else """
            SELECT g.*, w.kind, w.unit_group, false AS long
            FROM known.given g JOIN known.wrong w USING (period, unit_code, respondent_group, question_code, "option")
            ORDER BY g.import_id, g."file", g."row"
            """,
        )
        options = self._options_of_questions() if found else {}
        for row in found:
            kind, question = row["kind"], row["question_code"]
            of_option = kind == "unknown_option" or (kind == "question_not_asked" and not row["long"])
            if row["import_id"] is not None:
                definition = "scales" if kind == "unknown_option" else "questions"
                value = f"{question} = {row['option']}" if kind == "unknown_option" else question
                self.lost["answers", kind, definition, "question_code", row["period"], value].append(
                    (row["import_id"], row["file"], row["row"])
                )
                continue
            column = ("option" if of_option else "question_code") if row["long"] else question
            params = {
                "question": question,
                "respondent_group": row["respondent_group"],
                "unit_group": row["unit_group"],
            }
            params["period"] = row["period"]
            if kind == "unknown_option":
                params["allowed"] = options.get(
                    (row["period"], row["unit_group"], row["respondent_group"], question), ()
                )
            if kind == "unknown_question":
                params["nearest"] = nearest(question, self._all("questions", "question_code"))
            place = {k: row[k] for k in ("file", "sheet", "row")} | {"value": row["option"] if of_option else question}
            self.problems.append(self.places.problem("ballots", place, column, kind, params))

    def _options_of_questions(self) -> dict[tuple, list[str]]:
        found = _rows(
            self.con,
            """
            SELECT DISTINCT q.period, q.unit_group, q.respondent_group, q.question_code, s."option", s.label
            FROM known.questions q JOIN known.scales s USING (scale) ORDER BY ALL
            """,
        )
        options = defaultdict(list)
        for r in found:
            block = (r["period"], r["unit_group"], r["respondent_group"], r["question_code"])
            options[block].append(f"{r['option']} ({r['label']})" if r["label"] else r["option"])
        return options

    # -- facts there already

    def _facts_may_lose(self) -> bool:
        """Whether facts that stay may be without their definition: a definition row went, or an older fact is back."""
        for name, table in TABLES.items():
            columns = _list(table.names)
            if table.role == "definition":
                gone = f"SELECT {columns} FROM before.{name} EXCEPT SELECT {columns} FROM after.{name}"
            elif name == "answers":
                continue
            else:
                keys = _list(table.key)
                incoming = _of(self.con, "incoming", name)
                gone = (
                    f"SELECT 1 FROM (SELECT * FROM after.{name} ANTI JOIN {incoming} AS i USING ({keys}))"
                    f" ANTI JOIN before.{name} AS b USING ({keys}, import_id)"
                )
            if self.con.execute(f"SELECT 1 FROM ({gone}) LIMIT 1").fetchone():
                return True
        return False

    def _report_lost(self) -> None:
        for (name, kind, definition, column, period, value), places in self.lost.items():
            at = (
                self.con.execute(
                    'SELECT "file", sheet FROM reading.sources WHERE table_name = ? ORDER BY source_no LIMIT 1',
                    [definition],
                ).fetchone()
                if _exists(self.con, "reading", "sources")
                else None
            )
            where = [f"#{import_id} {file}:{row}" for import_id, file, row in places[:5]]
            params = {
                "rows": len(places),
                "table": "ballots" if name == "answers" else name,
                "reason": kind,
                "period": period,
                "where": ", ".join(where) + (", …" if len(places) > 5 else ""),
            }
            file, sheet = at or ("", "")
            heading = self.places.headings.get((definition, file, sheet, column), column)
            self.problems.append(Problem(file, sheet, None, heading, shown(value), "definition_in_use", params))

    # -- what is known

    def _all(self, table: str, column: str, **where: Any) -> tuple[str, ...]:
        key = (table, column, *sorted(where.items(), key=str))
        cache = self.__dict__.setdefault("_cache", {})
        if key not in cache:
            condition = " AND ".join(f"{c} IS NOT DISTINCT FROM ?" for c in where) or "true"
            sql = f"SELECT DISTINCT {_q(column)} AS v FROM known.{table} WHERE {condition} AND {_q(column)} IS NOT NULL"
            cache[key] = tuple(r[0] for r in self.con.execute(sql + " ORDER BY 1", list(where.values())).fetchall())
        return cache[key]

    def _known(self, rule: Rule, value: Any, row: dict[str, Any]) -> dict[str, Any]:
        """What the words of a problem need beside its row: what is allowed, what is known, what is nearest."""
        kind, block = rule.kind, {k: row.get(k) for k in ("period", "unit_group")}
        if kind == "unknown_period":
            return {"known": self._all("periods", "period")}
        if kind in ("unknown_unit_group", "unit_without_group"):
            known = self._all("unit_groups", "unit_group")
            return {"known": known, "nearest": nearest(value, known)}
        if kind == "unknown_unit":
            return {"nearest": self._nearest_units(row.get("period"), value)}
        if kind in ("unknown_criterion", "orphan_parent"):
            return {"nearest": nearest(value, self._all("rubric", "criterion_code", **block))}
        if kind in ("unknown_group", "wrong_group_for_unit"):
            known = self._all("respondent_groups", "respondent_group", unit_group=row.get("unit_group"))
            return {"known": known, "nearest": nearest(value, known) if kind == "unknown_group" else ()}
        if kind == "unknown_scale":
            known = self._all("scales", "scale")
            return {"known": known, "nearest": nearest(value, known)}
        if kind == "points_on_heading":
            return {"known": self._all("rubric", "criterion_code", **block, parent_code=row.get("criterion_code"))}
        if kind == "out_of_range":
            return {"allowed": f"0 … {shown(row.get('max_points'))}"}
        return {}

    def _nearest_units(self, period: str | None, value: str) -> list[str]:
        cache = self.__dict__.setdefault("_cache", {})
        if ("nearest unit", period, value) not in cache:
            units = cache.setdefault(
                "units", _rows(self.con, "SELECT period, unit_code, name, short_name FROM known.units")
            )
            if all(u["period"] != period for u in units):
                units = [{**u, "period": period} for u in units]
            cache["nearest unit", period, value] = self.places.nearest_units(period, value, units)
        return cache["nearest unit", period, value]


# --- places, names and near matches -----------------------------------------------------------------------------


class Places:
    """Headings as typed and order of the sources of a reading, and the nearest known words."""

    def __init__(self, con: Connection):
        self.headings: dict[tuple[str, str, str, str], str] = {}
        self.positions: dict[tuple[str, str, str], int] = {}
        if _exists(con, "reading", "headings"):
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
            more["first"] = f"{more.pop('first_file')}:{more.pop('first_row')}"
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
