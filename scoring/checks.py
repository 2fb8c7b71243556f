"""Checks: every problem of keys and references, of incoming rows and of facts that are there already.

Works on a DuckDB connection that is handed in. Schemas: `before` (rows that count now), `incoming` and `reading` (made
by `scoring.typed`), `after` (rows that would count), `known` (what rows refer to, made here). Each rule is one
condition in SQL. Source: the formats ("What a row replaces", "Problems") and the method, sections 2 and 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scoring.problems import Problem
from scoring.store import Connection
from scoring.store import rows as fetch
from scoring.tables import TABLES
from scoring.typed import PLACE, Places, exists, identifier, name_list, nearest, relation, shown


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
        Rule("unknown_scale", "scale", "scale IS NOT NULL AND NOT scale_known", ""),
    ),
}

WRONG_ANSWERS = """
    WITH given AS (  -- judged once for each distinct answer of a unit and group, then found again among the ballots
        SELECT DISTINCT period, unit_code, respondent_group, question_code, "option" FROM known.given
        WHERE question_code IS NOT NULL
    ), asked AS (
        SELECT DISTINCT period, unit_group, respondent_group, question_code, scale FROM known.questions
    ), judged AS (
        SELECT g.*, u.unit_group,
            EXISTS (FROM asked q WHERE q.period = g.period AND q.question_code = g.question_code) AS known,
            EXISTS (FROM asked q WHERE (q.period, q.unit_group, q.respondent_group, q.question_code)
                    = (g.period, u.unit_group, g.respondent_group, g.question_code)) AS asked,
            EXISTS (FROM asked q ANTI JOIN (SELECT period, scale FROM known.scales s WHERE s."option" = g."option") s
                    USING (period, scale)
                    WHERE (q.period, q.unit_group, q.respondent_group, q.question_code)
                    = (g.period, u.unit_group, g.respondent_group, g.question_code)
                    AND (q.period, q.scale) IN (SELECT (period, scale) FROM known.scales)) AS no_option
        FROM given g
        JOIN known.units u USING (period, unit_code)
        JOIN known.respondent_groups r USING (period, unit_group, respondent_group)
    )
    SELECT *, CASE WHEN NOT known THEN 'unknown_question' WHEN NOT asked THEN 'question_not_asked'
                   ELSE 'unknown_option' END AS kind
    FROM judged WHERE NOT known OR NOT asked OR no_option
"""
NO_SOURCES = '(SELECT NULL AS table_name, NULL AS "file", NULL AS sheet, NULL AS long WHERE false)'
"""Stands for the sources of a reading where nothing was read: an import is taken back."""


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
        there = con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'incoming'").fetchall()
        self.present = TABLES.keys() & {name for (name,) in there}
        con.execute("DROP SCHEMA IF EXISTS known CASCADE")
        con.execute("CREATE SCHEMA known")
        for name, table in TABLES.items():
            if table.role == "definition":
                keys = name_list(table.key)
                con.execute(
                    f"CREATE TABLE known.{name} AS SELECT DISTINCT ON ({keys}) * FROM after.{name}"
                    f' ORDER BY {keys}, import_id, "row"'  # of two rows with one key the later is the problem
                )
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
            key = name_list(table.key)
            filled = " AND ".join(f"{identifier(k)} IS NOT NULL" for k in table.key)
            same = "true" if name != "units" else "unit_group IS NOT DISTINCT FROM first_group"
            group = ", first_value(unit_group) OVER k AS first_group" if name == "units" else ""
            found = fetch(
                self.con,
                f"""
                SELECT "file", sheet, "row", concat_ws(', ', {key}) AS value, first_file, first_sheet, first_row FROM (
                    SELECT i.*, row_number() OVER k AS nth, first_value(i."file") OVER k AS first_file,
                           first_value(i.sheet) OVER k AS first_sheet, first_value(i."row") OVER k AS first_row{group}
                    FROM incoming.{name} i LEFT JOIN reading.sources s
                      ON s.table_name = '{name}' AND s."file" = i."file" AND s.sheet = i.sheet
                    WHERE {filled} WINDOW k AS (PARTITION BY {name_list(table.key, "i.")} ORDER BY source_no, i."row")
                ) WHERE nth > 1 AND {same} ORDER BY ALL
                """,
            )
            for row in found:
                self.problems.append(self.places.problem(name, row, table.key[-1], "duplicate_key", {"table": name}))

    def _units_in_two_groups(self) -> None:
        """Named at the later of two incoming rows, at the incoming one where the other was imported before."""
        if "units" not in self.present:
            return
        found = fetch(
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
        columns = {r["column_name"] for r in fetch(self.con, f"DESCRIBE {view}")}
        wanted = ("period", "unit_code", "unit_group", "respondent_group", "criterion_code", "max_points")
        params = "".join(f", {c} AS {identifier('~' + c)}" for c in wanted if c in columns)
        counts = ", ".join(f"count(*) FILTER (WHERE {rule.condition})" for rule in rules)
        [failed] = self.con.execute(f"SELECT {counts} FROM {view}").fetchall()
        for rule, n in zip(rules, failed, strict=True):
            if not n:
                continue
            cell = identifier(rule.column)
            found = fetch(
                self.con,
                f"SELECT {PLACE}, {cell} AS value, import_id{params} FROM {view} WHERE {rule.condition}"
                ' ORDER BY import_id, "file", "row"',
            )
            if rule.column == "points" and name in self.present:
                typed = self._as_typed(name, rule.column)
                found = [r | {"value": typed.get((r["file"], r["sheet"], r["row"]), r["value"])} for r in found]
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

    def _as_typed(self, name: str, column: str) -> dict[tuple[str, str, int], str]:
        """Place of each incoming row → the text of its cell, 0,5 for instance."""
        sql = f"SELECT {PLACE}, {identifier(column)} AS value FROM reading.raw_{name}"
        return {(r["file"], r["sheet"], r["row"]): r["value"] for r in fetch(self.con, sql)}

    def _really_empty(self, name: str, column: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those rows whose cell was empty in a column that is there; a wrong cell has its problem already."""
        written = {
            (r["file"], r["sheet"], r["row"])
            for r in fetch(self.con, f"SELECT {PLACE} FROM reading.raw_{name} WHERE {identifier(column)} IS NOT NULL")
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
        joined = [f'SELECT {name_list(columns, "i.")}, i."file", i.sheet, i."row", NULL::INTEGER AS import_id']
        joined.append(", coalesce(i.unit_group IN (SELECT unit_group FROM known.unit_groups), false) AS block_known")
        block = "x.period = i.period AND x.unit_group = i.unit_group"
        if "criterion_code" in columns:
            of_code = f"EXISTS (FROM known.rubric x WHERE {block} AND x.criterion_code = i.criterion_code)"
            joined.append(f", {of_code} AS criterion_known")
        if "parent_code" in columns:
            parent = f"EXISTS (FROM known.rubric x WHERE {block} AND x.criterion_code = i.parent_code)"
            heading = f"EXISTS (FROM known.headings x WHERE {block} AND x.parent_code = i.criterion_code)"
            joined.append(f", {parent} AS parent_known, {heading} AS heading")
        if "respondent_group" in columns:
            group = f"{block} AND x.respondent_group = i.respondent_group"
            joined.append(f", EXISTS (FROM known.respondent_groups x WHERE {group}) AS group_of_unit")
        if "scale" in columns:
            scale = "x.period = i.period AND x.scale = i.scale"
            joined.append(f", EXISTS (FROM known.scales x WHERE {scale}) AS scale_known")
        return "".join(joined) + f" FROM incoming.{name} i"

    def _fact(self, name: str, again: bool) -> str:
        """Incoming rows of a fact table (import_id NULL), and those there already, with what they refer to."""
        table = TABLES[name]
        columns = name_list(table.names)
        incoming = relation(self.con, "incoming", name)
        rows = f"SELECT {columns}, {PLACE}, NULL::INTEGER AS import_id FROM {incoming}"
        if again:
            # A row without its key is incoming itself: nothing is imported without one.
            keyed = " AND ".join(f"{identifier(k)} IS NOT NULL" for k in table.key)
            there = (
                f"(SELECT * FROM after.{name} ANTI JOIN {incoming} AS i USING ({name_list(table.key)}) WHERE {keyed})"
            )
            rows += f" UNION ALL SELECT {columns}, {PLACE}, import_id FROM {there}"
        select, joins = ["SELECT t.*"], [f" FROM ({rows}) t"]
        select.append(", coalesce(t.period IN (SELECT period FROM known.periods), false) AS period_known")
        if "unit_code" in table.names:
            joins.append(" LEFT JOIN known.units u USING (period, unit_code)")
            select.append(", u.unit_group, coalesce(t.unit_code IN (SELECT unit_code FROM known.units), false)")
            select.append(" AS unit_of_any_period")
        if "criterion_code" in table.names:
            joins.append(" LEFT JOIN known.rubric r USING (period, unit_group, criterion_code)")
            joins.append(" LEFT JOIN known.headings h ON (h.period, h.unit_group, h.parent_code)")
            joins.append(" = (t.period, u.unit_group, t.criterion_code)")
            select.append(", r.period IS NOT NULL AS criterion_known, h.period IS NOT NULL AS heading")
            select.append(", r.max_points, r.assessed_by")
        if "respondent_group" in table.names:
            select.append(
                ", EXISTS (FROM known.respondent_groups x WHERE x.period = t.period"
                " AND x.respondent_group = t.respondent_group) AS group_known"
                ", EXISTS (FROM known.respondent_groups x WHERE (x.period, x.unit_group, x.respondent_group)"
                " = (t.period, u.unit_group, t.respondent_group)) AS group_of_unit"
            )
        return "".join(select + joins)

    def _cycles(self) -> None:
        rows = fetch(self.con, f"SELECT period, unit_group, criterion_code, parent_code, {PLACE} FROM incoming.rubric")
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
        found = fetch(
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
        """Answers to a question that nobody knows or that is not asked of the ballot, and options of no scale."""
        if not self._lay_given(again):
            return
        self.con.execute(f"CREATE OR REPLACE TABLE known.wrong AS {WRONG_ANSWERS}")
        sources = "reading.sources" if exists(self.con, "reading", "sources") else NO_SOURCES
        found = fetch(
            self.con,
            f"""
            SELECT g."file", g.sheet, g."row", w.kind, g.question_code, g."option", g.import_id, g.period,
                   w.unit_group, g.respondent_group, coalesce(s.long, false) AS long
            FROM known.given g
            JOIN known.wrong w USING (period, unit_code, respondent_group, question_code, "option")
            LEFT JOIN {sources} s ON s.table_name = 'ballots' AND s."file" = g."file" AND s.sheet = g.sheet
            WHERE g.import_id IS NOT NULL OR w.kind <> 'unknown_question' OR s.long
            ORDER BY g.import_id, g."file", g."row"
            """,
        )
        options = self._options_of_questions() if found else {}
        for row in found:
            if row["import_id"] is None:
                self.problems.append(self._wrong_answer(row, options))
            else:
                kind, value = row["kind"], row["question_code"]
                definition = "scales" if kind == "unknown_option" else "questions"
                if kind == "unknown_option":
                    value += f" = {row['option']}"
                self.lost["answers", kind, definition, "question_code", row["period"], value].append(
                    (row["import_id"], row["file"], row["row"])
                )

    def _lay_given(self, again: bool) -> bool:
        """Lays `known.given`: the answers to judge, with unit and group of their ballot. Whether there are any."""
        incoming = relation(self.con, "incoming", "ballots")
        parts = []
        if "answers" in self.present:
            parts.append(
                f"SELECT a.*, NULL::INTEGER AS import_id, b.unit_code, b.respondent_group"
                f" FROM {relation(self.con, 'incoming', 'answers')} a JOIN {incoming} b USING (period, ballot_id)"
            )
        if again:
            there = f"(SELECT * FROM after.ballots ANTI JOIN {incoming} AS i USING (period, ballot_id))"
            columns = name_list(TABLES["answers"].sql_columns, "a.")
            parts.append(
                f"SELECT {columns}, b.import_id, b.unit_code, b.respondent_group FROM after.answers a"
                f" JOIN {there} b USING (period, ballot_id)"
            )
        if parts:
            self.con.execute(f"CREATE OR REPLACE VIEW known.given AS {' UNION ALL '.join(parts)}")
        return bool(parts)

    def _wrong_answer(self, row: dict[str, Any], options: dict[tuple, list[str]]) -> Problem:
        """The problem of an incoming answer: at its option, or at its question where that is what nobody asked."""
        kind, question = row["kind"], row["question_code"]
        of_option = kind == "unknown_option" or (kind == "question_not_asked" and not row["long"])
        column = ("option" if of_option else "question_code") if row["long"] else question
        params = {name: row[name] for name in ("respondent_group", "unit_group", "period")} | {"question": question}
        if kind == "unknown_option":
            block = (row["period"], row["unit_group"], row["respondent_group"], question)
            params["allowed"] = options.get(block, ())
        if kind == "unknown_question":
            params["nearest"] = nearest(question, self._all("questions", "question_code"))
        place = {k: row[k] for k in ("file", "sheet", "row")} | {"value": row["option"] if of_option else question}
        return self.places.problem("ballots", place, column, kind, params)

    def _options_of_questions(self) -> dict[tuple, list[str]]:
        found = fetch(
            self.con,
            """
            SELECT DISTINCT q.period, q.unit_group, q.respondent_group, q.question_code, s."option", s.label
            FROM known.questions q JOIN known.scales s USING (period, scale) ORDER BY ALL
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
            columns = name_list(table.names)
            if table.role == "definition":
                gone = f"SELECT {columns} FROM before.{name} EXCEPT SELECT {columns} FROM after.{name}"
            elif name == "answers":
                continue
            else:
                keys = name_list(table.key)
                incoming = relation(self.con, "incoming", name)
                gone = (
                    f"SELECT 1 FROM (SELECT * FROM after.{name} ANTI JOIN {incoming} AS i USING ({keys}))"
                    f" ANTI JOIN before.{name} AS b USING ({keys}, import_id)"
                )
            if self.con.execute(f"SELECT 1 FROM ({gone}) LIMIT 1").fetchall():
                return True
        return False

    def _report_lost(self) -> None:
        for (name, kind, definition, column, period, value), places in self.lost.items():
            at = (
                self.con.execute(
                    'SELECT "file", sheet FROM reading.sources WHERE table_name = ? ORDER BY source_no LIMIT 1',
                    [definition],
                ).fetchall()
                if exists(self.con, "reading", "sources")
                else []
            )
            where = [f"#{import_id} {file}:{row}" for import_id, file, row in places[:5]]
            params = {
                "rows": len(places),
                "table": "ballots" if name == "answers" else name,
                "reason": kind,
                "period": period,
                "where": ", ".join(where) + (", …" if len(places) > 5 else ""),
            }
            file, sheet = at[0] if at else ("", "")
            heading = self.places.headings.get((definition, file, sheet, column), column)
            self.problems.append(Problem(file, sheet, None, heading, shown(value), "definition_in_use", params))

    # -- what is known

    def _all(self, table: str, column: str, **where: Any) -> tuple[str, ...]:
        key = (table, column, *sorted(where.items(), key=str))
        cache = self.__dict__.setdefault("_cache", {})
        if key not in cache:
            condition = " AND ".join(f"{c} IS NOT DISTINCT FROM ?" for c in where) or "true"
            named = identifier(column)
            sql = f"SELECT DISTINCT {named} FROM known.{table} WHERE {condition} AND {named} IS NOT NULL"
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
            known = self._all("respondent_groups", "respondent_group", **block)
            return {"known": known, "nearest": nearest(value, known) if kind == "unknown_group" else ()}
        if kind == "unknown_scale":
            known = self._all("scales", "scale", period=row.get("period"))
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
                "units", fetch(self.con, "SELECT period, unit_code, name, short_name FROM known.units")
            )
            if all(u["period"] != period for u in units):
                units = [{**u, "period": period} for u in units]
            cache["nearest unit", period, value] = self.places.nearest_units(period, value, units)
        return cache["nearest unit", period, value]
