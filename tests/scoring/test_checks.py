"""Every kind of problem, at its file, sheet, row and column; and the season of the example, which has none."""

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from scoring import checks, store, typed
from scoring.facts import effective
from scoring.problems import KINDS, Problem, safe_cell, write_problems_csv
from scoring.reading import read_paths
from scoring.tables import TABLES

EXAMPLE = Path(__file__).parents[1] / "data" / "example" / "in"

SEASON = {
    "periods": """
        period,title,assessed_from,assessed_to,self_score_due,decimals,min_cell
        2029,Chỉ số,2029-01-01,30/11/2029,2029-12-22,,""",
    "unit_groups": """
        unit_group,name,name_en,position
        so,Khối sở,,1
        huyen,Khối huyện,,2""",
    "units": """
        period,unit_code,name,short_name,name_en,unit_group,kind
        2029,so-noi-vu,Sở Nội vụ,Nội vụ,,so,
        2029,so-tu-phap,Sở Tư pháp,Tư pháp,,so,
        2029,ba-vi,Huyện Ba Vì,Ba Vì,,huyen,""",
    "rubric": """
        period,unit_group,criterion_code,parent_code,name,max_points,assessed_by,survey_method,lead_appraiser
        2029,so,1,,Lĩnh vực,,,,so-tu-phap
        2029,so,1.1,1,Thẩm định,2,appraisal,,
        2029,so,1.4.3,1,Điều tra,1,survey,mean,
        2029,so,1.6.1,1,Thẩm định,1.5,appraisal,,
        2029,huyen,1,,Điều tra,1,survey,satisfied_share,""",
    "scales": """
        scale,option,label,value,satisfied
        s,1,Kém,0,0
        s,2,Tốt,1,1
        s,9,Không có ý kiến,,""",
    "respondent_groups": """
        unit_group,respondent_group,name,name_en,weight
        so,can-bo,Cán bộ,,1
        so,dai-bieu,Đại biểu,,2
        huyen,nguoi-dan,Người dân,,1""",
    "group_weights": """
        period,unit_group,criterion_code,respondent_group,weight
        2029,so,1.4.3,can-bo,"0,5\"""",
    "questions": """
        period,unit_group,respondent_group,question_code,criterion_code,scale,text
        2029,so,can-bo,q1,1.4.3,s,Câu hỏi
        2029,so,dai-bieu,q2,1.4.3,s,Câu hỏi
        2029,huyen,nguoi-dan,q1,1,s,Câu hỏi""",
    "survey_plan": """
        period,unit_code,respondent_group,issued,returned,population
        2029,so-noi-vu,can-bo,3,2,""",
    "self_scores": """
        period,unit_code,criterion_code,points,not_applicable,submitted_on
        2029,so-noi-vu,1.1,"1,5",,2029-12-20
        2029,so-noi-vu,1..6.1.,,x,""",
    "appraised_scores": """
        period,unit_code,criterion_code,round,points,not_applicable,appraiser
        2029,so-noi-vu,1.1,1,1.25,,so-tu-phap
        2029,so-noi-vu,1.4.3,1,,1,so-tu-phap""",
    "ballots": """
        period,ballot_id,unit_code,respondent_group,q1,q2
        2029,b1,so-noi-vu,can-bo,2,
        2029,b2,so-noi-vu,dai-bieu,,tốt
        2029,b3,ba-vi,nguoi-dan,1.0,""",
    "process_steps": """
        period,step,name,name_en,planned_from,planned_to,responsible
        2029,1,Kế hoạch,,,,""",
    "published_results": """
        period,unit_code,index,rank,decision,source,note
        2019,so-noi-vu,86.93,1,QĐ,web,""",
}


class Season:
    """A data folder in memory: what counts before, what comes in, what counts after."""

    def __init__(self):
        self.con = store.memory(threads=1)
        for schema in ("before", "incoming", "after"):
            self.con.execute(f"CREATE SCHEMA {schema}")
        for table in TABLES:
            self.con.execute(f"CREATE TABLE before.{table} AS {effective(table, [])}")
        self.next_id = 1

    def incoming(self):
        return [t for t in TABLES if typed.exists(self.con, "incoming", t)]

    def offer(self, paths, period=None) -> list[Problem]:
        """The problems of an import of these files."""
        for table in self.incoming():
            self.con.execute(f"DROP TABLE incoming.{table}")
        reading = read_paths(paths)
        problems = reading.problems + typed.type_tables(self.con, reading, period)
        self.con.execute("DROP SCHEMA after CASCADE")
        self.con.execute("CREATE SCHEMA after")
        incoming = self.incoming()
        for table in TABLES:
            relations = [(0, f"before.{table}")]
            if table in incoming:
                relations.append((self.next_id, f"incoming.{table}"))
            rows = effective(table, relations, "after.ballots")
            if len(relations) == 1:
                rows = f"FROM before.{table}"
            self.con.execute(f"CREATE TABLE after.{table} AS {rows}")
        return sorted(problems + checks.check_tables(self.con), key=Problem.place)

    def keep(self):
        for table in TABLES:
            self.con.execute(f"CREATE OR REPLACE TABLE before.{table} AS FROM after.{table}")
        self.next_id += 1

    def rows(self, table, columns="*", schema="incoming"):
        return self.con.execute(f'SELECT {columns} FROM {schema}.{table} ORDER BY "file", sheet, "row"').fetchall()


@pytest.fixture
def season():
    season = Season()
    yield season
    season.con.close()


def text(table: str) -> str:
    return "\n".join(line.strip() for line in table.strip().splitlines()) + "\n"


def write(folder: Path, tables: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, table in tables.items():
        (folder / f"{name}.csv").write_text(text(table), encoding="utf-8")
    return folder


def places(problems):
    return [(p.file, p.row, p.column, p.value, p.kind) for p in problems]


def sheet(path: Path, *rows) -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


# --- what has no problem


def test_the_season_of_the_example_has_no_problem(season):
    assert season.offer([EXAMPLE]) == []


def test_a_season_is_typed(season, tmp_path):
    assert places(season.offer([write(tmp_path / "in", SEASON)])) == []
    assert season.rows("self_scores", "criterion_code, points, not_applicable, submitted_on, row") == [
        ("1.1", Decimal("1.5"), False, datetime.date(2029, 12, 20), 2),
        ("1.6.1", None, True, None, 3),
    ]
    assert season.rows("periods", "assessed_to, decimals, min_cell, rank_by") == [
        (datetime.date(2029, 11, 30), 2, 5, "published")
    ]
    assert season.rows("answers", 'ballot_id, question_code, "option", file, row') == [
        ("b1", "q1", "2", "ballots.csv", 2),
        ("b2", "q2", "2", "ballots.csv", 3),
        ("b3", "q1", "1", "ballots.csv", 4),
    ]
    assert season.rows("ballots", "ballot_id, unit_code, row") == [
        ("b1", "so-noi-vu", 2),
        ("b2", "so-noi-vu", 3),
        ("b3", "ba-vi", 4),
    ]


def test_tables_may_come_one_after_the_other(season, tmp_path):
    for name, table in SEASON.items():
        assert season.offer([write(tmp_path / name, {name: table})], "2029") == [], name
        season.keep()


def test_long_ballots_are_the_same_ballots(season, tmp_path):
    long = """
        period,ballot_id,unit_code,respondent_group,question_code,option
        2029,b1,so-noi-vu,can-bo,q1,Tốt
        2029,b2,so-noi-vu,dai-bieu,q2,
        2029,b1,so-noi-vu,can-bo,q2,"""
    assert season.offer([write(tmp_path / "in", SEASON | {"ballots": long})]) == []
    assert season.rows("ballots", "ballot_id, row") == [("b1", 2), ("b2", 3)]
    assert season.rows("answers", 'ballot_id, question_code, "option", row') == [("b1", "q1", "2", 2)]


def test_the_period_of_the_import_stands_where_a_row_has_none(season, tmp_path):
    tables = {name: text(table).replace("\n2029,", "\n,") for name, table in SEASON.items()}
    tables["published_results"] = SEASON["published_results"].replace("2019", "2029")
    assert season.offer([write(tmp_path / "in", tables)], "2029") == []
    assert season.rows("ballots", "DISTINCT period, 1 AS file, 1 AS sheet, 1 AS row") == [("2029", 1, 1, 1)]


def test_a_form_not_filled_in_is_no_score(season, tmp_path):
    table = SEASON["self_scores"] + "\n2029,so-noi-vu,1.4.3,,,\n2029,so-noi-vu,1,,không,"
    assert season.offer([write(tmp_path / "in", SEASON | {"self_scores": table})]) == []
    assert len(season.rows("self_scores")) == 2


# --- one problem each: table, row to add (or table to put), expected place

ADDED = [
    ("periods", "2030,,,,,2,5,9", (3, "min_cell", "9", "too_many_cells")),
    ("periods", "2030,,2030-02-30,,,2,5", (3, "assessed_from", "2030-02-30", "not_a_date")),
    ("periods", "2030,,,,,hai,5", (3, "decimals", "hai", "not_a_number")),
    ("periods", '2030,,,,,"2,5",5', (3, "decimals", "2,5", "not_an_integer")),
    ("periods", "2030,,,,,11,5", (3, "decimals", "11", "out_of_range")),
    ("units", "2029,,X,,,so,", (5, "unit_code", "", "empty_key")),
    ("units", "2029,x,,,,so,", (5, "name", "", "empty_cell")),
    ("units", "2029,x,X,,,,", (5, "unit_group", "", "unit_without_group")),
    ("units", "2029,x,X,,,phuong,", (5, "unit_group", "phuong", "unknown_unit_group")),
    ("units", "2029,ba-vi,X,,,so,", (5, "unit_code", "ba-vi", "unit_in_two_groups")),
    ("units", "2029,ba-vi,X,,,huyen,", (5, "unit_code", "2029, ba-vi", "duplicate_key")),
    ("rubric", "2029,so,1.1,1,X,1,appraisal,,", (7, "criterion_code", "2029, so, 1.1", "duplicate_key")),
    ("rubric", "2029,so,2,7,X,1,appraisal,,", (7, "parent_code", "7", "orphan_parent")),
    ("rubric", "2029,so,2,2,X,,,,", (7, "parent_code", "2", "parent_cycle")),
    ("rubric", "2029,so,2,,X,,appraisal,,", (7, "max_points", "", "leaf_without_points")),
    ("rubric", "2029,so,2,,X,1,,,", (7, "assessed_by", "", "leaf_without_assessor")),
    ("rubric", "2029,so,2,,X,1,survey,,", (7, "survey_method", "", "leaf_without_method")),
    ("rubric", "2029,so,2,,X,1,council,,", (7, "assessed_by", "council", "not_allowed")),
    ("rubric", "2029,so,2,,X,một,appraisal,,", (7, "max_points", "một", "not_a_number")),
    ("rubric", "2029,so,2,,X,-1,appraisal,,", (7, "max_points", "-1", "out_of_range")),
    ("scales", "s,3,Rất tốt,1.1,1", (5, "value", "1.1", "out_of_range")),
    ("scales", "s,3,Rất tốt,1,đúng", (5, "satisfied", "đúng", "not_a_boolean")),
    ("scales", "s,9,Khác,1,1", (5, "option", "2029, s, 9", "duplicate_key")),
    ("respondent_groups", "so,khach,Khách,,", (5, "weight", "", "empty_cell")),
    ("group_weights", "2029,so,9.9,can-bo,1", (3, "criterion_code", "9.9", "unknown_criterion")),
    ("group_weights", "2029,so,1.4.3,nguoi-dan,1", (3, "respondent_group", "nguoi-dan", "unknown_group")),
    ("questions", "2029,so,can-bo,q3,1.43,s,", (5, "criterion_code", "1.43", "unknown_criterion")),
    ("questions", "2029,so,can-bo,q3,1.4.3,t,", (5, "scale", "t", "unknown_scale")),
    ("questions", "2029,so,khach,q3,1.4.3,s,", (5, "respondent_group", "khach", "unknown_group")),
    ("survey_plan", "2029,so-noi-vu,dai-bieu,-1,,", (3, "issued", "-1", "out_of_range")),
    ("survey_plan", "2029,so-noi-vu,nguoi-dan,1,,", (3, "respondent_group", "nguoi-dan", "wrong_group_for_unit")),
    ("survey_plan", "2029,so-noi-vu,khach,1,,", (3, "respondent_group", "khach", "unknown_group")),
    ("self_scores", "2028,so-noi-vu,1.1,1,,", (4, "period", "2028", "mixed_periods")),
    ("self_scores", "2029,Sở Tư pháp,1.1,1,,", (4, "unit_code", "Sở Tư pháp", "unknown_unit")),
    ("self_scores", "2029,so-tu-phap,1.43,1,,", (4, "criterion_code", "1.43", "unknown_criterion")),
    ("self_scores", "2029,so-tu-phap,1.1,2.01,,", (4, "points", "2.01", "out_of_range")),
    ("self_scores", '2029,so-tu-phap,1.1,"2,5",,', (4, "points", "2,5", "out_of_range")),
    ("self_scores", "2029,so-tu-phap,1.1,-0.5,,", (4, "points", "-0.5", "out_of_range")),
    ("self_scores", "2029,so-tu-phap,1.1,nhiều,,", (4, "points", "nhiều", "not_a_number")),
    ("self_scores", "2029,so-tu-phap,1.1,1.000.000,,", (4, "points", "1.000.000", "not_a_number")),
    ("self_scores", "2029,so-tu-phap,1,1,,", (4, "points", "1", "points_on_heading")),
    ("self_scores", "2029,so-tu-phap,1.4.3,1,,", (4, "points", "1", "points_on_surveyed_leaf")),
    ("self_scores", "2029,so-tu-phap,1.4.3,,x,", (4, "points", "", "points_on_surveyed_leaf")),
    ("self_scores", "2029,so-tu-phap,1.1,1,x,", (4, "points", "1", "points_and_not_applicable")),
    ("self_scores", "2029,so-tu-phap,1.1,,maybe,", (4, "not_applicable", "maybe", "not_a_boolean")),
    ("self_scores", "2029,so-tu-phap,1.1,1,,hôm qua", (4, "submitted_on", "hôm qua", "not_a_date")),
    ("self_scores", "2029,so-noi-vu,1.1,1,,", (4, "criterion_code", "2029, so-noi-vu, 1.1", "duplicate_key")),
    ("self_scores", "2029,so-tu-phap,,1,,", (4, "criterion_code", "", "empty_key")),
    ("self_scores", "2029,so-tu-phap,01/06/2029,1,,", (4, "criterion_code", "01/06/2029", "code_turned_into_date")),
    ("appraised_scores", "2029,so-noi-vu,1.1,hai,1,,", (4, "round", "hai", "not_a_number")),
    ("appraised_scores", "2029,so-noi-vu,1.1,,1,,", (4, "round", "", "empty_key")),
    ("appraised_scores", "2029,so-tu-phap,1.4.3,1,1,,", (4, "points", "1", "points_on_surveyed_leaf")),
    ("ballots", "2029,b4,so-y-te,can-bo,1,", (5, "unit_code", "so-y-te", "unknown_unit")),
    ("ballots", "2029,b4,so-noi-vu,nguoi-dan,,", (5, "respondent_group", "nguoi-dan", "wrong_group_for_unit")),
    ("ballots", "2029,b4,so-noi-vu,can-bo,7,", (5, "q1", "7", "unknown_option")),
    ("ballots", "2029,b4,so-noi-vu,can-bo,1,1", (5, "q2", "1", "question_not_asked")),
    ("ballots", "2029,b1,so-noi-vu,can-bo,1,", (5, "ballot_id", "2029, b1", "duplicate_key")),
    ("ballots", "2029,,so-noi-vu,can-bo,1,", (5, "ballot_id", "", "empty_key")),
    ("process_steps", "2028,1,X,,,,", (3, "period", "2028", "unknown_period")),
    ("published_results", "2019,so-y-te,1,2,,,", (3, "unit_code", "so-y-te", "unknown_unit")),
    ("published_results", "2019,ba-vi,1,0,,,", (3, "rank", "0", "out_of_range")),
]


def one_a_table(added):
    """The rows in as few seasons as hold one of each table: the problems of one table are not those of another."""
    seasons: list[dict[str, tuple]] = []
    for table, row, expected in added:
        season = next((season for season in seasons if table not in season), None)
        if season is None:
            seasons.append(season := {})
        season[table] = (row, expected)
    return seasons


@pytest.mark.parametrize("added", one_a_table(ADDED), ids=lambda added: "-".join(e[3] for _, e in added.values()))
def test_a_row_that_is_wrong(season, tmp_path, added):
    wrong = {table: text(SEASON[table]) + row for table, (row, _) in added.items()}
    found = season.offer([write(tmp_path / "in", SEASON | wrong)])
    assert sorted(places(found)) == sorted((f"{table}.csv", *expected) for table, (_, expected) in added.items())


def test_a_heading_has_neither_points_nor_assessor(season, tmp_path):
    rubric = SEASON["rubric"].replace("Lĩnh vực,,,", "Lĩnh vực,3,appraisal,")
    assert places(season.offer([write(tmp_path / "in", SEASON | {"rubric": rubric})])) == [
        ("rubric.csv", 2, "max_points", "3", "heading_with_points"),
        ("rubric.csv", 2, "assessed_by", "appraisal", "heading_with_assessor"),
    ]


def test_every_problem_is_listed_not_the_first_alone(season, tmp_path):
    added = SEASON["self_scores"] + "\n2029,so-y-te,1.1,x,,\n2029,so-tu-phap,9,1,maybe,\n2029,so-noi-vu,1.1,5,,"
    problems = season.offer([write(tmp_path / "in", SEASON | {"self_scores": added})])
    assert sorted((p.row, p.kind) for p in problems) == [
        (4, "not_a_number"),
        (4, "unknown_unit"),
        (5, "not_a_boolean"),
        (5, "unknown_criterion"),
        (6, "duplicate_key"),
        (6, "out_of_range"),
    ]


def test_a_missing_column_is_one_problem(season, tmp_path):
    season.offer([write(tmp_path / "in", SEASON)])
    season.keep()
    scores = "unit_code,criterion_code,Điểm tự đánh giá\nso-tu-phap,1.1,1\nso-tu-phap,1.6.1,1"
    assert places(season.offer([write(tmp_path / "more", {"self_scores": scores})])) == [
        ("self_scores.csv", 1, "period", "", "missing_column")
    ]
    ballots = "period,ballot_id,respondent_group,q1\n2029,b1,can-bo,1"
    assert places(season.offer([write(tmp_path / "in", SEASON | {"ballots": ballots})])) == [
        ("ballots.csv", 1, "unit_code", "", "missing_column")
    ]


def test_the_column_is_the_heading_as_typed(season, tmp_path):
    scores = "Kỳ;Mã đơn vị;MA TIEU CHI;Điểm\n2029;so-tu-phap;1.1;5\n2029;so-tu-phap;1.9;1"
    problems = season.offer([write(tmp_path / "in", SEASON | {"self_scores": scores})])
    assert places(problems) == [
        ("self_scores.csv", 2, "Điểm", "5", "out_of_range"),
        ("self_scores.csv", 3, "MA TIEU CHI", "1.9", "unknown_criterion"),
    ]
    assert problems[0].hint("en") == "Allowed: 0 … 2"


def test_a_row_without_a_period_is_of_the_period_that_the_others_name(season, tmp_path):
    units = SEASON["units"].replace("2029,ba-vi", ",ba-vi")
    steps = SEASON["process_steps"].replace("period,", "").replace("2029,", "")
    assert season.offer([write(tmp_path / "in", SEASON | {"units": units, "process_steps": steps})]) == []
    for table in ("units", "scales", "respondent_groups", "process_steps"):
        assert season.rows(table, "DISTINCT period, 1 AS file, 1 AS sheet, 1 AS row") == [("2029", 1, 1, 1)]


def test_one_import_is_of_one_period(season, tmp_path):
    """Rows of another one are named with both counts: the fewer ones, with --period those that it does not name."""
    season.offer([write(tmp_path / "in", SEASON)])
    season.keep()
    head = "period,unit_code,criterion_code,points\n"
    plan = "period,unit_code,respondent_group,issued\n2028,so-noi-vu,can-bo,3"
    files = write(tmp_path / "more", {"self_scores": head + "2029,so-tu-phap,1.1,1\n2029,so-tu-phap,1.6.1,1"})
    write(files, {"survey_plan": plan})
    found = season.offer([files])
    assert places(found) == [("survey_plan.csv", 2, "period", "2028", "mixed_periods")]
    said = "Two periods in one import: 1 rows name 2028, 2 rows name 2029"
    assert found[0].problem("en") == said and "2029" in found[0].problem("vi")
    assert [p.row for p in season.offer([files], "2028") if p.kind == "mixed_periods"] == [2, 3]
    tied = write(tmp_path / "tied", {"self_scores": head + "2029,so-tu-phap,1.1,1\n2028,so-tu-phap,1.1,1"})
    assert [(p.row, p.kind) for p in season.offer([tied])] == [(2, "mixed_periods"), (3, "mixed_periods")]
    ballots = """
        period,ballot_id,unit_code,respondent_group,question_code,option
        2029,c1,so-noi-vu,can-bo,q1,2
        2029,c2,so-noi-vu,can-bo,q1,2
        2028,c3,so-noi-vu,can-bo,q1,2"""
    found = season.offer([write(tmp_path / "long", {"ballots": ballots})])
    assert places(found) == [("ballots.csv", 4, "period", "2028", "mixed_periods")]


def test_records_span_years(season, tmp_path):
    published = SEASON["published_results"] + "\n2020,ba-vi,88,1,QĐ,web,\n2018,ba-vi,88,1,QĐ,web,"
    periods = SEASON["periods"] + "\n2028,Chỉ số,,,,,"
    steps = SEASON["process_steps"] + "\n2028,1,Kế hoạch,,,,"
    files = SEASON | {"published_results": published, "periods": periods, "process_steps": steps}
    for period in (None, "2029"):
        assert season.offer([write(tmp_path / "in", files)], period) == []


def test_one_form_of_another_year_among_many_is_refused(season, tmp_path):
    season.offer([write(tmp_path / "in", SEASON)])
    season.keep()
    for at, period in enumerate(["2029"] * 9 + ["2028"]):
        (tmp_path / "forms").mkdir(exist_ok=True)
        form(tmp_path / "forms" / f"{at}.xlsx", ["Mã đơn vị:", "so-tu-phap"], ["Kỳ:", period])
    found = [p for p in season.offer([tmp_path / "forms"]) if p.kind != "duplicate_key"]
    assert places(found) == [("9.xlsx", 2, "Kỳ", "2028", "mixed_periods")]
    assert found[0].params["period"] == "2029" and found[0].params["of_period"] == 9 * found[0].params["rows"] > 0


def test_a_column_that_is_no_question_is_named_at_the_header(season, tmp_path):
    ballots = text(SEASON["ballots"]).replace("q1,q2", "q11,q2").replace(",2,\n", ",,\n").replace("1.0", "")
    problems = season.offer([write(tmp_path / "in", SEASON | {"ballots": ballots})])
    assert places(problems) == [("ballots.csv", 1, "q11", "q11", "unknown_question")]
    assert problems[0].params["nearest"][0] == "q1"


def test_rows_of_a_long_ballot_agree_and_repeat_no_key(season, tmp_path):
    long = """
        period,ballot_id,unit_code,respondent_group,collected_on,question_code,option
        2029,b1,so-noi-vu,can-bo,2029-10-01,q1,1
        2029,b1,so-tu-phap,can-bo,2029-10-01,q1,2
        2029,b2,so-noi-vu,can-bo,2029-10-01,q7,1
        2029,b3,so-noi-vu,can-bo,2029-10-01,q1,8
        2029,b4,so-noi-vu,can-bo,2029-10-01,q2,1
        2029,b5,so-noi-vu,can-bo,2029-10-01,,1"""
    problems = season.offer([write(tmp_path / "in", SEASON | {"ballots": long})])
    assert sorted(places(problems)) == [
        ("ballots.csv", 3, "question_code", "b1, q1", "duplicate_key"),
        ("ballots.csv", 3, "unit_code", "so-tu-phap", "ballot_rows_disagree"),
        ("ballots.csv", 4, "question_code", "q7", "unknown_question"),
        ("ballots.csv", 5, "option", "8", "unknown_option"),
        ("ballots.csv", 6, "question_code", "q2", "question_not_asked"),
        ("ballots.csv", 7, "question_code", "", "empty_key"),
    ]


def test_a_key_given_twice_names_the_later_row_in_the_order_of_the_files(season, tmp_path):
    folder = write(tmp_path / "in", SEASON)
    scores = "period,unit_code,criterion_code,points\n2029,so-tu-phap,1.1,1"
    first = write(tmp_path / "z", {"z": scores}) / "z.csv"
    second = write(tmp_path / "a", {"a": scores}) / "a.csv"
    problems = season.offer([folder, first, second])
    assert places(problems) == [("a.csv", 2, "criterion_code", "2029, so-tu-phap, 1.1", "duplicate_key")]
    assert problems[0].params["first"] == "z.csv:2"


# --- codes that a spreadsheet changed


def scores_in_a_workbook(path, code):
    return sheet(path, ["period", "unit_code", "criterion_code", "points"], [2029, "so-tu-phap", code, 1])


@pytest.mark.parametrize(
    ("known", "cell", "code"),
    [
        ("1.1", 1.1, "1.1"),
        ("1.10", 1.1, "1.10"),
        ("1.1,1.10", 1.1, None),
        ("1.1,1.10", "1.10", "1.10"),
        ("1.6.1", datetime.date(2001, 6, 1), "1.6.1"),
        ("1.6.1", datetime.date(2001, 1, 6), "1.6.1"),
        ("1.6.1,6.1.1", datetime.date(2001, 6, 1), None),
        ("3.12", datetime.date(2029, 12, 3), "3.12"),
        ("1.1", datetime.date(2001, 6, 1), None),
        ("1.1", 2.5, None),
    ],
)
def test_a_code_turned_into_a_number_or_a_date(season, tmp_path, known, cell, code):
    tables = {k: SEASON[k] for k in ("periods", "unit_groups", "units")}
    rubric = ["period,unit_group,criterion_code,parent_code,name,max_points,assessed_by,survey_method"]
    rubric += [f"2029,so,{c},,X,1,appraisal," for c in known.split(",")]
    folder = write(tmp_path / "in", tables | {"rubric": "\n".join(rubric)})
    problems = season.offer([folder, scores_in_a_workbook(tmp_path / "s.xlsx", cell)])
    if code:
        assert problems == []
        assert season.rows("self_scores", "criterion_code") == [(code,)]
    else:
        [problem] = problems
        assert (problem.file, problem.sheet, problem.row, problem.column) == ("s.xlsx", "Sheet", 2, "criterion_code")
        number, unknown = isinstance(cell, float), "," not in known
        assert problem.kind == (
            ("unknown_criterion" if unknown else "ambiguous_code") if number else "code_turned_into_date"
        )


def test_an_unknown_code_comes_with_the_nearest_known_ones(season, tmp_path):
    scores = SEASON["self_scores"] + "\n2029,so-tu-phap,1.43,1,,\n2029,so-tuphap,1.1,1,,"
    by_kind = {p.kind: p for p in season.offer([write(tmp_path / "in", SEASON | {"self_scores": scores})])}
    assert by_kind["unknown_criterion"].hint("vi").startswith("Gần nhất: 1.4.3")
    assert by_kind["unknown_unit"].hint("en").startswith("Nearest: so-tu-phap")


# --- definitions that facts rest on


@pytest.mark.parametrize(
    ("table", "old", "new", "place"),
    [
        ("units", "2029,so-noi-vu,Sở Nội vụ,Nội vụ,,so,", "", ("units.csv", "unit_code", "so-noi-vu")),
        ("rubric", "2029,so,1.1,1,Thẩm định,2,appraisal,,", "", ("rubric.csv", "criterion_code", "1.1")),
        ("rubric", "Thẩm định,2,", "Thẩm định,1.2,", ("rubric.csv", "criterion_code", "1.1")),
        (
            "respondent_groups",
            "so,can-bo,Cán bộ,,1",
            "",
            ("respondent_groups.csv", "respondent_group", "can-bo"),
        ),
        ("questions", "2029,so,can-bo,q1,", "2029,so,can-bo,q5,", ("questions.csv", "question_code", "q1")),
        ("scales", "s,2,Tốt", "s,3,Tốt", ("scales.csv", "question_code", "q1 = 2")),
    ],
)
def test_facts_there_already_that_would_lose_their_definition(season, tmp_path, table, old, new, place):
    assert season.offer([write(tmp_path / "in", SEASON)]) == []
    season.keep()
    assert old in SEASON[table]
    problems = season.offer([write(tmp_path / "new", {table: SEASON[table].replace(old, new)})], "2029")
    assert problems and {p.kind for p in problems} == {"definition_in_use"}
    assert place in [(p.file, p.column, p.value) for p in problems]
    assert "#1 " in problems[0].problem("vi")


def test_definitions_that_are_taken_back(season, tmp_path):
    season.offer([write(tmp_path / "in", SEASON)])
    season.keep()
    season.offer([write(tmp_path / "new", {"rubric": SEASON["rubric"]})])
    for table in ("rubric", "questions", "respondent_groups"):
        season.con.execute(f"CREATE OR REPLACE TABLE after.{table} AS FROM before.{table} WHERE false")
    for schema in ("reading", "incoming"):
        season.con.execute(f"DROP SCHEMA {schema} CASCADE")
    problems = checks.check_tables(season.con)
    assert {p.kind for p in problems} == {"definition_in_use"} and {p.file for p in problems} == {""}
    assert {p.params["table"] for p in problems} == {"self_scores", "appraised_scores", "ballots", "survey_plan"}


def test_a_definition_that_keeps_every_fact_is_no_problem(season, tmp_path):
    season.offer([write(tmp_path / "in", SEASON)])
    season.keep()
    more = SEASON["rubric"] + "\n2029,so,2,,Mới,1,appraisal,,"
    assert season.offer([write(tmp_path / "new", {"rubric": more})]) == []


def test_a_unit_that_is_in_another_group_already(season, tmp_path):
    season.offer([write(tmp_path / "in", SEASON)])
    season.keep()
    units = "period,unit_code,name,short_name,name_en,unit_group,kind\n2029,so-tu-phap,Sở Tư pháp,,,huyen,\n"
    problems = season.offer([write(tmp_path / "new", {"units": units + "2029,ba-vi,Ba Vì,,,huyen,"})])
    assert places(problems) == [("units.csv", 2, "unit_code", "so-tu-phap", "unit_in_two_groups")]


# --- official forms

FORM = [
    "TT",
    "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
    "Điểm tối đa",
    "Điểm tự đánh giá",
    "Giải trình",
    "Tài liệu kiểm chứng",
]
COUNCIL = [*FORM, "Điểm thẩm định", "Lý do điều chỉnh"]


def form(path, *above, rows=(("1.1", "X", 2, 1.5, None, "QĐ"),), header=FORM):
    """A form with these rows, and with what else the rubric has to be scored."""
    rest = [("1.1", "X", 2), ("1.6.1", "Z", 1.5)]
    return sheet(path, *above, header, *rows, *(row for row in rest if row[0] not in {r[0] for r in rows}))


@pytest.mark.parametrize(
    "above",
    [
        [["Đơn vị: SỞ TƯ PHÁP"], ["Kỳ đánh giá: 2029"]],
        [["Mã đơn vị:", "so-tu-phap"], ["Kỳ:", 2029]],
        [["Đơn vị:", None, "Tư pháp"], ["Mã đơn vị:", None, "so-tu-phap"]],
        [["so-tu-phap"]],
        [["BẢNG TỰ ĐÁNH GIÁ"], ["Sở Tư pháp"]],
    ],
)
def test_the_unit_of_a_form(season, tmp_path, above):
    path = form(tmp_path / "f.xlsx", *above)
    tables = {k: v for k, v in SEASON.items() if k != "published_results"}
    assert season.offer([write(tmp_path / "in", tables), path], "2029") == []
    assert ("so-tu-phap", "1.1", Decimal("1.5"), "QĐ") in season.rows(
        "self_scores", "unit_code, criterion_code, points, evidence"
    )


@pytest.mark.parametrize(
    ("above", "place"),
    [
        ([["Đơn vị: Sở Lạ"], ["Kỳ:", 2029]], (1, "Đơn vị", "Sở Lạ", "unknown_unit")),
        ([["Đơn vị:"], ["Kỳ:", 2029]], (1, "Đơn vị", "", "unknown_unit")),
        ([["Kỳ:", 2029]], (2, "unit_code", "", "unknown_unit")),
        (
            [["Mã đơn vị:", "so-tu-phap"], ["Đơn vị:", "Sở Nội vụ"], ["Kỳ:", 2029]],
            (2, "Đơn vị", "Sở Nội vụ", "unit_disagrees"),
        ),
    ],
)
def test_a_form_of_which_nobody_knows_whose_it_is(season, tmp_path, above, place):
    path = form(tmp_path / "f.xlsx", *above, header=COUNCIL, rows=[("1.1", "X", 2, 1, None, None, 1, None)])
    assert places(season.offer([write(tmp_path / "in", SEASON), path])) == [("f.xlsx", *place)]


def test_a_form_of_which_nobody_knows_the_period(season, tmp_path):
    season.offer([write(tmp_path / "in", SEASON)])
    season.keep()
    path = form(tmp_path / "f.xlsx", ["Mã đơn vị:", "so-tu-phap"])
    assert places(season.offer([path])) == [("f.xlsx", 2, "period", "", "empty_period")]
    assert season.offer([path, write(tmp_path / "more", {"survey_plan": SEASON["survey_plan"]})]) == []


def test_a_cell_of_a_form_is_named_as_its_columns_are(season, tmp_path):
    rows = [("1", "Lĩnh vực", 3, 1), ("1.1", "X", 2, 2.5), ("1.4.3", "Y", 1, 1), ("1.9", "Z", 1, 1), (None, "Z", 1, 1)]
    path = form(tmp_path / "f.xlsx", ["Mã đơn vị:", "so-tu-phap"], ["Kỳ:", "2029"], rows=rows)
    assert sorted(places(season.offer([write(tmp_path / "in", SEASON), path]))) == [
        ("f.xlsx", 4, "Điểm tự đánh giá", "1", "points_on_heading"),
        ("f.xlsx", 5, "Điểm tự đánh giá", "2.5", "out_of_range"),
        ("f.xlsx", 6, "Điểm tự đánh giá", "1", "points_on_surveyed_leaf"),
        ("f.xlsx", 7, "TT", "1.9", "unknown_criterion"),
        ("f.xlsx", 8, "TT", "", "empty_key"),
    ]


def test_the_councils_copy(season, tmp_path):
    season.offer([write(tmp_path / "in", SEASON)])
    season.keep()
    path = form(
        tmp_path / "f.xlsx",
        ["Mã đơn vị:", "so-noi-vu", "Kỳ:", 2029],
        ["Vòng thẩm định:", 2],
        header=COUNCIL,
        rows=[
            ("1.1", "X", 2, 1.5, None, "QĐ", 1, "thiếu"),
            ("1.4.3", "Y", 1, None, "Điều tra xã hội học", None, "KAD", None),
            ("1.6.1", "Z", 1.5, 0.5, None, None, None, None),
        ],
    )
    assert season.offer([path]) == []
    columns = "criterion_code, round, points, not_applicable, appraiser, reason"
    assert season.rows("appraised_scores", columns) == [
        ("1.1", 2, Decimal(1), False, "so-tu-phap", "thiếu"),
        ("1.4.3", 2, None, True, "so-tu-phap", None),
    ]
    # 1.1 only repeats what the unit handed in; 1.6.1 was claimed not applicable before and is another row now.
    assert season.rows("self_scores", "criterion_code, points") == [("1.6.1", Decimal("0.5"))]


# --- the list of problems


def test_every_kind_has_words_in_both_languages():
    for kind in KINDS:
        problem = Problem("f.csv", "", 2, "cột", "giá trị", kind, {"nearest": ()})
        for lang in ("vi", "en"):
            assert problem.problem(lang) and problem.hint(lang)


def test_the_list_of_problems_as_csv(season, tmp_path):
    scores = SEASON["self_scores"] + "\n2029,so-tu-phap,1.1,=1+1,,\n2029,so-tu-phap,1.6.1,-1,,"
    problems = season.offer([write(tmp_path / "in", SEASON | {"self_scores": scores})])
    path = tmp_path / "problems.csv"
    write_problems_csv(path, reversed(problems), "vi")
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert list(lines[0]) == ["file", "sheet", "row", "column", "value", "kind", "problem", "hint"]
    assert [(r["file"], r["row"], r["value"], r["kind"]) for r in lines] == [
        ("self_scores.csv", "4", "'=1+1", "not_a_number"),
        ("self_scores.csv", "5", "-1", "out_of_range"),
    ]
    assert lines[1]["hint"] == "Cho phép: 0 … 1.5"


@pytest.mark.parametrize(("cell", "safe"), [("=A1", "'=A1"), ("@x", "'@x"), ("-x", "'-x"), ("-0,5", "-0,5"), (3, 3)])
def test_no_cell_of_the_list_is_taken_for_a_formula(cell, safe):
    assert safe_cell(cell) == safe
