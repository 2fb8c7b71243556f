"""Files as they come from the field: every kind that was once read wrongly, with the input that showed it, and others.

The inputs of tests/data/cases are offered to the example season by the functions that an import uses.
"""

import csv
import datetime
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from scoring import checks, forms, imports, typed
from scoring.facts import Change
from scoring.headers import is_total
from scoring.ledger import Ledger
from scoring.problems import Problem, lookalikes
from scoring.reading import read_paths
from scoring.store import Store

CASES = Path(__file__).parents[1] / "data" / "cases"
EXAMPLE = Path(__file__).parents[1] / "data" / "example" / "in"


class Offer:
    """What an import of files into a season would find: problems, notes, what was skipped, rows that would come."""

    def __init__(self, change: Change, paths, period=None):
        one = read_paths(paths)
        problems = list(one.problems) + typed.type_tables(change.con, one, period)
        change.apply(99, set())
        problems += checks.check_tables(change.con)
        self.problems = [(p.sheet, p.row, p.column, p.value, p.kind) for p in sorted(problems, key=Problem.place)]
        self.said = problems
        self.notes = [(n.sheet, n.row, n.column, n.value, n.kind) for n in one.notes]
        self.skipped = one.skipped
        self.con = change.con

    def rows(self, table, columns):
        return self.con.execute(f'SELECT {columns} FROM incoming.{table} ORDER BY "file", sheet, "row"').fetchall()


@pytest.fixture(scope="module")
def example(example_season):
    change = Change(example_season, Ledger.load(example_season))
    yield change
    change.con.close()


@pytest.fixture
def offer(example):
    """A function from paths to what their import into the example season would find."""
    yield lambda *paths, period=None: Offer(_cleared(example), paths, period)
    example.clear()


def _cleared(change):
    change.clear()
    return change


def book(path, *rows, formats=(), name="Sheet1", options=None):
    """A workbook of one sheet, by XlsxWriter; `formats`: cell → number format."""
    with xlsxwriter.Workbook(str(path), options or {}) as workbook:
        sheet = workbook.add_worksheet(name)
        looks = {cell: workbook.add_format({"num_format": code}) for cell, code in dict(formats).items()}
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                cell = f"{chr(65 + c)}{r + 1}"
                if value is not None or cell in looks:
                    sheet.write(r, c, value, looks.get(cell))
    return path


# --- the inputs that showed the faults

FORM = "form/tu-cham-diem_2029_department-01.xlsx"
POINTS, TT = "Điểm tự đánh giá", "TT"
REFUSED = {
    "comma-short-row/self_scores.csv": [
        ("", 2, "points", "0,45", "torn_number"),
        ("", 3, "points", "2,4", "torn_number"),
    ],
    "comma-published/published_results.csv": [("", 2, "index", "87,12", "torn_number")],
    "quote-swallow/self_scores.csv": [("", 4, "explanation", "Kế hoạch 12,QĐ 2,2029-12-20", "text_after_quote")],
    "truncated-last-row/a31-trunc.csv": [("", 3, "unit_code", "department-0", "cut_off")],
    "thousands-int/survey_plan.csv": [
        ("", 2, "issued", "1.000", "ambiguous_number"),
        ("", 2, "population", "12.000", "ambiguous_number"),
        ("", 3, "issued", "1,000", "ambiguous_number"),
        ("", 3, "population", "2,000", "ambiguous_number"),
    ],
    "percent-cell/published_results.xlsx": [
        ("published", 2, "index", "86.93%", "percent"),
        ("published", 3, "index", "90.21%", "percent"),
    ],
    "percent-points/self_scores.xlsx": [("self", 2, "points", "80%", "percent")],
    "xlsxwriter-zero/self_scores.xlsx": [("Sheet1", 2, "points", "=J2*0.5", "formula_without_value")],
    "total-row/self_scores.csv": [("", 3, "unit_code", "", "empty_key")],
    "form-cong-name/": [("Chấm điểm", 23, TT, "", "empty_key")],
    "form-code-cleared-text/": [("Chấm điểm", 23, TT, "", "empty_key")],
    "form-stale-max/": [("Chấm điểm", 21, "Điểm tối đa", "5", "other_maximum")],
    "form-date-label-0/": [("Chấm điểm", 6, "Ngày nộp", "20/12/29", "not_a_date")],
    "form-date-label-1/": [("Chấm điểm", 6, "Ngày nộp", "Hà Nội, ngày 20 tháng 12 năm 2029", "not_a_date")],
    "form-date-label-2/": [("Chấm điểm", 6, "Ngày nộp", "12/20/2029", "not_a_date")],
    "wrong-container/a03-gzip-inside.csv": [("", None, "", ".csv", "wrong_container")],
    "wrong-container/a05-xlsx-named-csv.csv": [("", None, "", ".csv", "wrong_container")],
    "hostile/far2.xlsx": [("self_scores", None, "", "XFD1048576", "sheet_too_large")],
    "hostile/far4.xlsx": [("self_scores", None, "", "XFD1048576", "sheet_too_large")],
    "hostile/nulls.parquet": [("", None, "", "", "too_many_values")],
    "eth-for-d-stroke/b04-label-variants.csv": [
        ("", 4, "c1_3_2_2", "Đồng ý.", "unknown_option"),
        ("", 4, "c1_2_1", "5 - Rất tốt", "unknown_option"),
    ],
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_named_where_it_stands(offer, case):
    found = offer(CASES / case)
    assert found.problems == REFUSED[case]
    for problem in found.said:
        assert problem.problem("vi") and problem.hint("vi") and problem.problem("en") and problem.hint("en")


def test_one_column_says_so(offer):
    for file in ("a11-line-quoted.csv", "a12-pipe.csv"):
        [problem] = offer(CASES / "header-not-split" / file).said
        assert (problem.row, problem.kind, problem.params["table"]) == (1, "one_column", "self_scores")


@pytest.mark.parametrize(
    ("case", "table", "columns", "rows"),
    [
        ("empty-extra-cells/", "self_scores", "count(*)", None),
        ("far-styled-cell/", "ballots", "count(*)", None),
        ("na-respondent/", "ballots", "count(respondent_id)", [(0,)]),
        (
            "parquet-float-id/",
            "ballots",
            "ballot_id",
            [("1699999999123456",), ("1699999999123457",), ("1699999999123458",)],
        ),
        ("utc-offset/", "self_scores", "submitted_on", [(datetime.date(2029, 12, 22),)] * 2),
        ("zero-width-heading/", "self_scores", "criterion_code, points", [("4.1.1", Decimal("0.44"))]),
        ("respondent-float/", "ballots", "DISTINCT respondent_id", None),
        ("both-score-columns/", "self_scores", "points", [(Decimal("1.11"),)]),
        ("both-score-columns/", "appraised_scores", "points, round", [(Decimal("1.22"), 2)]),
        ("hidden-row/", "self_scores", "count(*)", None),
        ("hidden-sheet/", "self_scores", "DISTINCT sheet", None),
    ],
)
def test_what_is_read_is_what_stands_there(offer, case, table, columns, rows):
    found = offer(CASES / case)
    assert found.problems == []
    got = found.con.execute(f"SELECT {columns} FROM incoming.{table}").fetchall()
    assert got and (rows is None or sorted(got) == sorted(rows))


def test_what_is_hidden_is_named(offer):
    assert offer(CASES / "hidden-row").notes == [("Điểm", 3, "", "3", "hidden_rows")]
    found = offer(CASES / "hidden-sheet")
    assert found.skipped == [("self_scores.xlsx", "Nháp cũ", "hidden_sheet")]
    assert "Nháp cũ" not in {sheet for (sheet,) in found.rows("self_scores", "sheet")}
    found = offer(CASES / "form-hidden-copy")
    assert found.problems == []
    assert [s[1:] for s in found.skipped] == [("Chấm điểm (2)", "hidden_sheet")]


def test_another_name_in_a_form_is_noted(offer):
    [(_, row, _, value, kind)] = offer(CASES / "form-stale-max").notes
    assert (row, value, kind) == (21, "Tiêu chí của mẫu năm trước", "other_name")


def test_persons_of_two_files_are_the_same_persons(offer):
    found = offer(CASES / "respondent-float")
    ids = {one for (one,) in found.rows("ballots", "respondent_id")}
    assert ids - {None} == {"1", "2", "3"}


@pytest.fixture
def first_offer(tmp_path):
    """A function from paths to what their import into an empty folder would find."""
    change = Change(tmp_path / "nothing", Ledger.load(tmp_path / "nothing"))
    yield lambda *paths: Offer(_cleared(change), paths)
    change.con.close()


def test_a_question_code_that_became_a_number(first_offer, tmp_path):
    season, file = CASES / "question-code-number" / "season", CASES / "question-code-number" / "ballots.xlsx"
    assert ("ballots", 2, "question_code", "1.1", "ambiguous_code") in first_offer(season, file).problems
    text = (season / "ballots.csv").read_text(encoding="utf-8").splitlines()
    wide = next(line for line in text if line.startswith("2029,"))
    own = wide.split(",")[:4]
    head = ["period", "ballot_id", "unit_code", "respondent_group", 1.1]
    rest = shutil.copytree(season, tmp_path / "season")
    (rest / "ballots.csv").unlink()
    path = book(tmp_path / "wide.xlsx", head, [*own, 3])
    assert first_offer(rest, path).problems == [("Sheet1", 1, "1.1", "1.1", "ambiguous_code")]


def test_codes_that_no_address_can_hold(first_offer):
    found = first_offer(CASES / "unit-code-slash")
    assert {(c, k) for _, _, c, _, k in found.problems if k == "code_characters"} == {("unit_code", "code_characters")}
    assert first_offer(CASES / "dotted-unit-code").problems == []


def test_each_unit_has_a_file_of_its_own(tmp_path):
    with (EXAMPLE / "rubric.csv").open(encoding="utf-8") as stream:
        rubric = [{k: v or None for k, v in row.items()} for row in csv.DictReader(stream)]
    for row in rubric:
        row["max_points"] = Decimal(row["max_points"]) if row["max_points"] else None
    codes = ["G16.01", "G16-01", "G16 01", "g16-01", "Sở 1", "So 1", "Sở+1"]
    units = [{"unit_code": c, "unit_group": "department", "name": c, "period": "2029"} for c in codes]
    paths = forms.write_forms(rubric, units, "2029", tmp_path)
    assert len({path.name.casefold() for path in paths}) == len(codes)
    assert paths[0].name == "tu-cham-diem_2029_G16.01.xlsx"


# --- other files of every kind

SCORES = "period,unit_code,criterion_code,points,not_applicable,explanation,evidence,submitted_on\n"
CSV = {
    # records swallowed: the quotes are even, or odd, or open nothing
    "two records swallowed, closed where a row ends": (
        SCORES + '2029,u,1.1,1,,"a,b,2029-12-20\n2029,u,1.2,1,,c,d,2029-12-20\n2029,u,1.3,1,,"\n',
        [(2, "explanation", "record_in_quotes")],
    ),
    "the next record swallowed from its beginning": (
        SCORES + '2029,u,1.1,1,,"a\n2029,u,1.2,1,,",e,2029-12-20\n',
        [(2, "explanation", "record_in_quotes")],
    ),
    "swallowed between semicolons": (
        (SCORES + '2029,u,1.1,1,,x,"a\n2029,u,1.2,1,,c,d,\n2029,u,1.3,1,,e,",\n').replace(",", ";"),
        [(2, "evidence", "record_in_quotes")],
    ),
    "swallowed among codes with spaces": (
        SCORES + '2029,Sở 1,1.1,1,,"a\n2029,Sở 2,1.2,1,,c,d,2029-12-20\n2029,Sở 3,1.3,1,,",x,\n',
        [(2, "explanation", "record_in_quotes")],
    ),
    "swallowed without a period": (
        'unit_group,name,name_en,position\na,"Khối A\nb,",B,2\nc,C,C,3\n',
        [(2, "name", "record_in_quotes")],
    ),
    "a list in a cell": (SCORES + '2029,u,1.1,1,,"KH 12,\nQĐ 15,\n2029, năm nay, đã xong",c,\n', []),
    "a list in a cell, semicolons": ((SCORES + '2029,u,1.1,1,,"KH12;\nQĐ15;",c,\n').replace(",", ";"), []),
    "text after a quote": (SCORES + '2029,u,1.1,1,,"a"b,c,\n', [(2, "explanation", "text_after_quote")]),
    "a quote that opens after a space": (
        SCORES + '2029,u,1.1,1,, "a, b",c\n',
        [(2, "explanation", "text_after_quote")],
    ),
    "a quote that never closes": (
        SCORES + '2029,u,1.1,1,,a,b,\n2029,u,1.2,1,,"a,b,\n',
        [(3, "explanation", "broken_csv")],
    ),
    "lines in a cell that are no records": (SCORES + '2029,u,1.1,1,,"one\ntwo, three, ""four""",c,\n', []),
    "a quote inside a cell": (SCORES + '2029,u,1.1,1,,the 5" pipe,c,\n', []),
    # numbers torn apart
    "torn, full row": (SCORES.replace("not_applicable,", "") + "2029,u,1.1,0,5,x,y\n", [(2, "points", "torn_number")]),
    "torn before a reason": (
        "period,unit_code,criterion_code,round,points,reason,appraiser\n2029,u,1.1,1,2,25,so\n",
        [(2, "points", "torn_number")],
    ),
    "torn before an appraiser": (
        "period,unit_code,criterion_code,round,points,appraiser\n2029,u,1.1,1,2,so\n2029,u,1.1,2,2,5\n"
        "2029,u,1.2,1,2,so\n",
        [(3, "points", "torn_number")],
    ),
    "torn before a note": (
        "unit_code,index,rank,decision,source,note,period\nu,87,1,QĐ 1,x,5,2029\n",
        [(2, "index", "torn_number")],
    ),
    "torn thousands": (
        "period,unit_code,respondent_group,issued,returned,population\n2029,u,g,1,000,900\n",
        [(2, "issued", "torn_number")],
    ),
    "digits in quotes are words": (SCORES + '2029,u,1.1,1,,"45","12",\n', []),
    "digits after a decimal are words": (SCORES + "2029,u,1.1,1.0,,45,,\n", []),
    "nothing is torn between semicolons": ((SCORES + "2029,u,1.1,1,,45,12,\n").replace(",", ";"), []),
    # ends
    "cut off in a short row": (SCORES + "2029,u,1.1,1,,a,b,\n2029,u,1.2,0.", [(3, "points", "cut_off")]),
    "cut off, tabs": ((SCORES + "2029,u,1.1,1,,a").replace(",", "\t"), [(2, "explanation", "cut_off")]),
    "whole without an end of line": (SCORES + "2029,u,1.1,1,,a,b,", []),
    "empty last line without an end": (SCORES + "2029,u,1.1,1,,a,b,\n   ", []),
    "surplus empty cells": (SCORES + "2029,u,1.1,1,,a,b,,,,\n2029,u,1.2,1,,a,b,,\n", []),
    "a surplus cell after empty ones": (SCORES + "2029,u,1.1,1,,a,b,,,9\n", [(2, "submitted_on", "too_many_cells")]),
    # totals
    "total in a column of words": (SCORES + "2029,u,1.1,1,,,,\n,,,1,,Tổng cộng,,\n", [(3, "unit_code", "empty_key")]),
    "total of a plan": (
        "period,unit_code,respondent_group,issued\n2029,u,g,5\n2029,Cộng:,,5\n",
        [(3, "unit_code", "empty_key")],
    ),
    "total where a code belongs": (SCORES + "2029,u,Tổng cộng,1,,,,\n", [(2, "criterion_code", "empty_key")]),
    "a code that is a word": (SCORES + "2029,total,cong,1,,,,\n", []),
    "torn before the only appraiser": (
        "period,unit_code,criterion_code,round,points,appraiser,reason\n2029,u,1.1,1,0,25,so-noi-vu\n",
        [(2, "points", "torn_number")],
    ),
    "units and appraisers that are numbers": (
        "period,unit_code,criterion_code,round,points,appraiser,reason\n2029,12,1.1,1,0,25,x\n",
        [],
    ),
    "one column of colons": (SCORES.replace(",", ":") + "a:b\n", [(1, "", "one_column")]),
    "one column of spaces": ("period unit_code criterion_code points\n2029 u 1.1 1\n", [(1, "", "one_column")]),
    "invisible characters in headings": (
        SCORES.replace("points", "po\u00adin\u2060ts\u200f") + "2029,u,1.1,1,,a,b,\n",
        [],
    ),
}


@pytest.mark.parametrize("name", CSV)
def test_damaged_and_honest_csv(tmp_path, name):
    text, expected = CSV[name]
    (tmp_path / "f.csv").write_bytes(text.encode())
    assert [(p.row, p.column, p.kind) for p in read_paths([tmp_path]).problems] == expected


CONTENTS = {
    "a.csv": (b"%PDF-1.7 x", "pdf"),
    "b.csv": (b"PAR1xxxxPAR1", "parquet"),
    "c.tsv": (b"<html><body><table><tr><td>period</td></tr></table>", "html"),
    "d.csv": (b'[{"period": 2029}]', "json"),
    "e.xlsx": (b"\x1f\x8b\x08\x00", "gzip"),
    "f.xlsx": (SCORES.encode() + b"2029,u,1.1,1,,a,b,\n", "csv"),
    "g.parquet": (b"PK\x03\x04 xl/workbook.xml", "xlsx"),
    "h.xlsx": (b"<?xml version='1.0'?><Workbook/>", "xml"),
}


def test_a_file_is_told_by_its_first_bytes(tmp_path):
    for name, (content, _) in CONTENTS.items():
        (tmp_path / name).write_bytes(content)
    problems = read_paths([tmp_path]).problems
    assert [(p.file, p.kind, p.params["container"]) for p in problems] == [
        (name, "wrong_container", kind) for name, (_, kind) in CONTENTS.items()
    ]


NUMBERS = [
    ("0.00%", 0.8693, "86.93%"),
    ("0%", 0.8, "80%"),
    ("#,##0.0 %", 0.125, "12.5%"),
    ('0.0"%"', 12.5, "12.5"),
    ("#,##0", 1234, "1234"),
    ("0.0", 0.45, "0.45"),
    ("@", 0.45, "0.45"),
    ("dd/mm/yyyy", 47108, "2028-12-21"),
    ("[h]:mm", 0.5, "12:00:00"),
]


def test_a_number_is_read_as_its_cell_shows_it(tmp_path):
    rows = [["period", "unit_code", "criterion_code", "points"], *([2029, "u", "1.1", v] for _, v, _ in NUMBERS)]
    formats = {f"D{row}": code for row, (code, *_) in enumerate(NUMBERS, 2)}
    path = book(tmp_path / "s.xlsx", *rows, formats=formats)
    [raw] = read_paths([path]).raw
    assert raw.data["points"].to_pylist() == [text for *_, text in NUMBERS]
    for code in ("#,##0,", "0.0,,", ";;;"):
        path = book(tmp_path / "t.xlsx", *rows[:2], formats={"D2": code})
        [problem] = read_paths([path]).problems
        assert (problem.row, problem.column, problem.kind) == (2, "points", "shows_other"), code
    path = book(
        tmp_path / "w.xlsx",
        ["unit_group", "respondent_group", "name", "name_en", "weight"],
        ["so", "g", "G", None, 0.25],
        formats={"E2": "0%"},
    )
    assert read_paths([path]).raw[0].data["weight"].to_pylist() == ["0.25"]


def test_a_formula_counts_once_it_was_calculated(tmp_path):
    head = ["period", "unit_code", "criterion_code", "points"]
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, head)
        for row, value in enumerate((0, 2.5, "", False), 1):
            sheet.write_row(row, 0, [2029, "u", f"1.{row}"])
            sheet.write_formula(row, 3, "=1+1", None, value)
    found = read_paths([tmp_path / "a.xlsx"])
    assert [(p.row, p.kind) for p in found.problems] == [(row, "formula_without_value") for row in (2, 4, 5)]
    assert found.raw[0].data["points"].to_pylist() == ["2.5"]
    # A spreadsheet that calculated the workbook says nothing of a calculation to come: nought is nought then.
    _rewritten(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/workbook.xml", b' fullCalcOnLoad="1"', b"")
    found = read_paths([tmp_path / "b.xlsx"])
    assert [p.row for p in found.problems] == [4]  # no result at all
    assert found.raw[0].data["points"].to_pylist()[:2] == ["0", "2.5"]


def _rewritten(path, out, part, old, new):
    """A copy of a workbook with a piece of one part replaced."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return out


def test_hidden_sheets_columns_and_rows(tmp_path):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (
        ["Kỳ", "Mã đơn vị", "Mã tiêu chí", "Điểm tự đánh giá"],
        *([2029, "u", f"1.{n}", 1] for n in range(1, 9)),
    ):
        sheet.append(row)
    for row in (3, 6, 7, 8, 40):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["D"].hidden = True
    draft = workbook.copy_worksheet(sheet)
    draft.title, draft.sheet_state = "nháp", "hidden"
    workbook.create_sheet("trống").sheet_state = "veryHidden"
    workbook.save(tmp_path / "s.xlsx")
    found = read_paths([tmp_path])
    assert found.skipped == [("s.xlsx", "nháp", "hidden_sheet")]
    assert [(n.kind, n.value) for n in found.notes] == [
        ("hidden_rows", "3, 6–8"),
        ("hidden_column", "Điểm tự đánh giá"),
    ]
    assert len(found.raw) == 1 and len(found.raw[0].data) == 8
    sheet.sheet_state, draft.sheet_state = "hidden", "visible"
    workbook.remove(draft)
    workbook.create_sheet("ghi chú").append(["xem trang kia"])
    workbook.save(tmp_path / "s.xlsx")
    assert ("Sheet", "hidden_sheet") in [(p.sheet, p.kind) for p in read_paths([tmp_path]).problems]


def test_days_with_an_offset_are_days_in_hanoi(example):
    table = typed.TABLES["self_scores"]
    given = {
        "2029-12-21T18:30:00Z": "2029-12-22",
        "2029-12-21 16:59:59+00:00": "2029-12-21",
        "2029-12-21 17:00 UTC": "2029-12-22",
        "2029-12-22T01:30:00+07:00": "2029-12-22",
        "2029-12-21T23:30:00+0700": "2029-12-21",
        "2029-12-22T00:30:00+09:00": "2029-12-21",
        "2029-12-21T10:30:00.123-08:00": "2029-12-22",
        "21/12/2029 18:30 GMT": "2029-12-22",
        "2029/12/21 6:30:00 PM GMT+0": "2029-12-22",
        "2029/12/21 11:30:00 CH GMT+7": "2029-12-21",
        "2029-12-21T18:30:00": "2029-12-21",
        "21/12/2029 18:30:00": "2029-12-21",
        "21/12/2029": "2029-12-21",
        "2029-12-21 hay 22": None,
        "21/12/29": None,
    }
    value = typed._typed(table.column("submitted_on"), "cell")
    for cell, day in given.items():
        [(found,)] = example.con.execute(f"SELECT {value} FROM (SELECT $cell AS cell)", {"cell": cell}).fetchall()
        assert (found and found.isoformat()) == day, cell


def test_whole_numbers_and_ids(offer, tmp_path):
    plan = "period,unit_code,respondent_group,issued,returned\n"
    for issued, kind in {
        "2.000.000": "ambiguous_number",
        "12": None,
        "12.0": None,
        "012": None,
        "1.5": "not_an_integer",
    }.items():
        (tmp_path / "p.csv").write_text((plan + f"2029,department-01,department_staff,{issued},8\n").replace(",", ";"))
        assert [k for *_, k in offer(tmp_path / "p.csv").problems] == ([kind] if kind else []), issued
    head = "period,ballot_id,unit_code,respondent_group,respondent_id,c1_2_1\n"
    ids = ["b1,{},7", "b2,{},7.0", "b3,{},NA", "b4,{},NaN", "b5,{},Na", "6.00,{},007"]
    rows = "".join(f"2029.0,{one.format('department-01,department_deputies')},4\n" for one in ids)
    (tmp_path / "b.csv").write_text(head + rows)
    found = offer(tmp_path / "b.csv")
    assert found.problems == []
    assert found.rows("ballots", "period, ballot_id, respondent_id") == [
        ("2029", "b1", "7"),
        ("2029", "b2", "7"),
        ("2029", "b3", None),
        ("2029", "b4", None),
        ("2029", "b5", "Na"),
        ("2029", "6", "007"),
    ]
    (tmp_path / "b.csv").write_text(head + "2029,2.02912E+15,department-01,department_deputies,1,4\n")
    assert offer(tmp_path / "b.csv").problems == [("", 2, "ballot_id", "2.02912E+15", "id_as_number")]


@pytest.mark.parametrize(
    "text", ["Tổng cộng", "TỔNG", "Cộng:", "tong diem", "Tổng số điểm", "Total", "TỔNG CỘNG (I+II)"]
)
def test_a_total_is_a_whole_phrase(text):
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["Công khai, minh bạch", "Tổng hợp báo cáo", "Cộng tác viên", "Tổng kết năm", "", "1.1"]
)
def test_a_name_is_no_total(text):
    assert not is_total(text)


def _form(tmp_path, change):
    """A form of the example season, as the program writes it and as `change(sheet, rows by code)` leaves it."""
    path = shutil.copy(CASES / "form-cong-name" / "tu-cham-diem_2029_department-01.xlsx", tmp_path / "f.xlsx")
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.active
    rows = {sheet.cell(row, 1).value: row for row in range(9, sheet.max_row + 1) if sheet.cell(row, 1).value}
    sheet.cell(23, 1).value, sheet.cell(23, 4).value = "2.2", None  # what was cleared, as it was
    change(workbook, sheet, rows | {"2.2": 23})
    workbook.save(path)
    return path


def _set(sheet, cell, value):
    sheet[cell].value = value


def test_rows_of_a_form(offer, tmp_path):
    def set_(row, column, value):
        def change(_, sheet, rows):
            last = max(rows.values())
            sheet.cell(rows[row] if row else last + 1, column).value = value

        return change

    assert offer(_form(tmp_path, lambda *_: None)).problems == []
    found = offer(_form(tmp_path, set_("2.2", 1, None)))
    assert [k for *_, k in found.problems] == ["form_lacks_rows"]  # nothing was scored in it, but it is gone
    found = offer(_form(tmp_path, set_("1.1", 3, 0.75)))
    assert [(c, v, k) for _, _, c, v, k in found.problems] == [("Điểm tối đa", "0.75", "other_maximum")]

    def deleted(_, sheet, rows):
        sheet.delete_rows(rows["2.2"])

    [problem] = offer(_form(tmp_path, deleted)).said
    assert (problem.kind, problem.params["codes"]) == ("form_lacks_rows", "2.2")

    [(_, row, column, value, kind)] = offer(_form(tmp_path, lambda _, sheet, rows: _set(sheet, "C5", "2031"))).problems
    assert (row, column, value, kind) == (5, "Kỳ đánh giá", "2031", "unknown_period")

    def summed(_, sheet, rows):  # a heading that adds up its items is no score of a heading
        sheet.cell(rows["2"], 4).value = f"=SUM(D{rows['2'] + 1}:D{rows['2'] + 5})"

    assert offer(_form(tmp_path, summed)).problems == []

    def subtotal(_, sheet, rows):
        sheet.insert_rows(rows["2"])
        sheet.cell(rows["2"], 2).value, sheet.cell(rows["2"], 4).value = "Cộng lĩnh vực I", 0.5

    assert [(r, c, k) for _, r, c, _, k in offer(_form(tmp_path, subtotal)).problems][-1][2] == "empty_key"


def test_look_alike_letters_are_named():
    problem = Problem("f.csv", "", 2, "unit_code", "ѕо-nội-vụ", "unknown_unit", {"period": "2029"})
    assert "U+0455" in problem.hint("vi") and "CYRILLIC" in problem.hint("en")
    assert lookalikes("Sở Nội vụ, Đống Đa") == ""


def test_look_alike_letters_in_headings_are_named(tmp_path):
    (tmp_path / "s.csv").write_text(SCORES.replace("points", "роints") + "2029,u,1.1,1,,a,b,\n", encoding="utf-8")
    [problem] = read_paths([tmp_path]).problems
    assert (problem.kind, problem.column) == ("missing_column", "points")
    assert "U+0440" in problem.hint("vi") and "U+043E" in problem.hint("en")


def test_persons_in_several_groups_and_ids_alike_are_flagged(example_season, tmp_path):
    data = shutil.copytree(example_season, tmp_path / "data")
    groups = ("department_deputies", "department_staff")
    ids = [("x", 0), ("x", 1), ("7", 0), ("007", 0), ("8", 0), ("8", 0)]
    rows = [f"2029,n{at},department-01,{groups[group]},{one}" for at, (one, group) in enumerate(ids)]
    head = "period,ballot_id,unit_code,respondent_group,respondent_id"
    (tmp_path / "b.csv").write_text("\n".join([head, *rows, ""]))
    assert imports.run(data, [[tmp_path / "b.csv"]]).status == "imported"
    with Store(data).snapshot() as snapshot:
        flags = snapshot.rows(
            "SELECT unit_code, respondent_group, flag, detail.ballots AS n FROM result_flags"
            " WHERE flag IN ('person_in_several_groups', 'ids_alike') ORDER BY flag, respondent_group"
        )
    assert [tuple(flag.values()) for flag in flags] == [
        ("department-01", "department_deputies", "ids_alike", 2),
        ("department-01", "department_deputies", "person_in_several_groups", 1),
        ("department-01", "department_staff", "person_in_several_groups", 1),
    ]


def test_notes_reach_the_reader(example_season, tmp_path):
    data = shutil.copytree(example_season, tmp_path / "data")
    outcome = imports.run(data, [[CASES / "hidden-row" / "self_scores.xlsx"]], dry_run=True)
    assert (outcome.status, [n.kind for n in outcome.notes]) == ("checked", ["hidden_rows"])


# --- hostile files

WORKSHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
INLINE = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
HEAD = f'<row r="1">{INLINE.format("A1", "period")}{INLINE.format("B1", "unit_code")}</row>'


def _hostile(tmp_path, sheet, **parts):
    """A workbook of one sheet written by hand."""
    plain = book(tmp_path / "plain.xlsx", ["x"])
    path = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = sheet if isinstance(sheet, bytes) else sheet.encode()
            target.writestr(name, parts.get(name, content))
    return path


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (
            f"<sheetData>{HEAD}<row r = '1048576'><c\n r = '\tXFD1048576 '><v>1</v></c></row></sheetData>",
            "sheet_too_large",
        ),
        (f"<sheetData>{HEAD}<row r='2'><c r='&#88;&#70;D1048576'><v>1</v></c></row></sheetData>", "sheet_too_large"),
        (f"<sheetData>{HEAD}<row r='4000000000'><c><v>1</v></c></row></sheetData>", "sheet_too_large"),
        (f"<sheetData>{HEAD}<row r='2'><c r='ZZZZZ9999999999'><v>1</v></c></row></sheetData>", "sheet_too_large"),
        (f"<sheetData>{HEAD}<row r='-7'><c r='A-7'><v>1</v></c></row></sheetData>", "broken_workbook"),
        (f"<sheetData>{HEAD}<row r='2'><c r='A2' t='s'><v>99999999</v></c></row></sheetData>", "broken_workbook"),
        (f"<sheetData>{HEAD}<row r='2'><c r='A2'><v>" + "9" * 400 + "</v></c></row></sheetData>", "missing_column"),
        ("<a>" * 200_000, "broken_workbook"),
        ("<c " + " ".join(f"a{n}=''" for n in range(600_000)) + "/>", "broken_workbook"),
        ("<cols>" + "<col min='1' max='16384' hidden='1'/>" * 3000 + "</cols>", "empty_file"),
        ("<sheetData>" + "<row r='1048576' hidden='1'/><row hidden='1'/>" + "</sheetData>", "sheet_too_large"),
    ],
    ids=range(11),
)
def test_a_workbook_that_lies_is_refused_with_a_sentence(tmp_path, xml, kind):
    problems = read_paths([_hostile(tmp_path, WORKSHEET.format(xml))]).problems
    assert [p.kind for p in problems] == [kind]


def test_entities_are_not_expanded(tmp_path):
    xml = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + WORKSHEET.format("<sheetData/>")
    [problem] = read_paths([_hostile(tmp_path, xml)]).problems
    assert problem.kind == "broken_workbook"


def test_one_text_in_many_cells_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("scoring.workbooks.CHARACTERS", 100_000)
    monkeypatch.setattr("scoring.workbooks.FILLED", 5_000)
    rows = "".join("<row><c t='s'><v>0</v></c></row>" for _ in range(300))
    strings = b"<sst><si><t>" + b"x" * 1000 + b"</t></si></sst>"
    path = _hostile(tmp_path, WORKSHEET.format(f"<sheetData>{rows}</sheetData>"), **{"xl/sharedStrings.xml": strings})
    assert [p.kind for p in read_paths([path]).problems] == ["too_many_values"]
    rows = "".join("<row>" + "<c><v>1</v></c>" * 20 + "</row>" for _ in range(300))
    path = _hostile(tmp_path, WORKSHEET.format(f"<sheetData>{rows}</sheetData>"))
    assert [p.kind for p in read_paths([path]).problems] == ["too_many_values"]


def test_empty_cells_far_away_do_not_count(tmp_path):
    head = "".join(
        INLINE.format(f"{c}1", h) for c, h in zip("ABCD", ("unit_group", "name", "name_en", "position"), strict=True)
    )
    row = '<c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" t="inlineStr"><is><t>A</t></is></c>'
    far = '<row r="1048576"><c r="XFD1048576" s="0"/><c r="A1048576" t="inlineStr"><is><t>  </t></is></c></row>'
    xml = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{head}</row><row r="2">{row}</row>{far}</sheetData>'
    found = read_paths([_hostile(tmp_path, WORKSHEET.format(xml))])
    assert found.problems == [] and len(found.raw[0].data) == 1


def test_parquet_that_says_little_and_means_much(tmp_path):
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 600_000, pa.int32()), pa.array(["x" * 1000]))
    repeated = pa.table({"period": texts, "unit_code": texts})
    pq.write_table(repeated, tmp_path / "a.parquet")
    rows = pa.table({f"c{n}": pa.nulls(2_000_000, pa.int8()) for n in range(40)})
    pq.write_table(rows, tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").stat().st_size < 200_000
    assert [(p.file, p.kind) for p in read_paths([tmp_path]).problems] == [
        ("a.parquet", "too_much_text"),
        ("b.parquet", "too_many_values"),
    ]
