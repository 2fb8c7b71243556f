"""The reading rules: encodings, delimiters, row numbers, headers, workbooks, Parquet, official forms."""

import datetime
import unicodedata
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoring.cells import DATE, NUMBER
from scoring.headers import MARK
from scoring.reading import read_paths
from scoring.tables import TABLES

UNIT_GROUPS = "unit_group,name,name_en,position\n"


def read(folder, **files):
    """The reading of a folder with these files; `__` in a name stands for the dot."""
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_paths([folder])


def rows(reading, at=0):
    return reading.raw[at].data.to_pylist()


def kinds(reading):
    return [(p.file, p.sheet, p.row, p.column, p.kind) for p in reading.problems]


# --- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_delimiters_line_ends_and_byte_order_mark(tmp_path, delimiter, end, bom):
    text = end.join(["unit_group,name,name_en,position", "a,Khối A,,1", "b,Khối B,B,2", ""]).replace(",", delimiter)
    reading = read(tmp_path, g__csv=bom + text.encode())
    assert reading.problems == []
    assert rows(reading) == [
        {"unit_group": "a", "name": "Khối A", "name_en": None, "position": "1", "row": 2},
        {"unit_group": "b", "name": "Khối B", "name_en": "B", "position": "2", "row": 3},
    ]


def test_decomposed_text_is_the_same_text_and_spaces_around_are_dropped(tmp_path):
    text = unicodedata.normalize("NFD", UNIT_GROUPS + " a \u00a0,\u00a0Khối Sở\u00a0 , ,\u00a0\n")
    reading = read(tmp_path, g__csv=text)
    assert rows(reading) == [{"unit_group": "a", "name": "Khối Sở", "name_en": None, "position": None, "row": 2}]


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path):
    text = UNIT_GROUPS + 'a,"two\nlines ""quoted""",,1\n\n,,,\nb,B,,2\nc,C\nd,"x, y",,4\n'
    reading = read(tmp_path, g__csv=text)
    assert reading.problems == []
    assert [(r["unit_group"], r["name"], r["row"]) for r in rows(reading)] == [
        ("a", 'two\nlines "quoted"', 2),
        ("b", "B", 5),
        ("c", "C", 6),
        ("d", "x, y", 7),
    ]


def test_a_row_with_more_cells_than_the_header(tmp_path):
    text = "period,unit_code,criterion_code,points\n2029,u,1.1,0.5\n2029,u,1.2,0,5\n2029,u,1.3,1\n"
    reading = read(tmp_path, s__csv=text)
    assert kinds(reading) == [("s.csv", "", 3, "points", "too_many_cells")]
    assert [r["row"] for r in rows(reading)] == [2, 4]


def test_headings_in_vietnamese_with_or_without_diacritics(tmp_path):
    text = "Kỳ;MA DON VI;Mã tiêu chí;điểm tự đánh giá;Giai trinh;Khác\n2029;u;1.1;0,5;x;y\n"
    reading = read(tmp_path, s__csv=text)
    [raw] = reading.raw
    assert raw.table.name == "self_scores"
    assert raw.headings["unit_code"] == "MA DON VI"
    assert raw.unlisted == ["Khác"]


@pytest.mark.parametrize("table", [t for t in TABLES.values() if t.imported], ids=lambda t: t.name)
def test_a_table_is_recognised_without_any_one_column_and_the_column_is_named(tmp_path, table):
    names = [c.name for c in table.columns]
    for lacking in table.required:
        header = [n for n in names if n != lacking.name]
        (tmp_path / "x.csv").write_text(",".join(header) + "\n" + ",".join("a" for _ in header) + "\n")
        reading = read_paths([tmp_path])
        assert kinds(reading) == [("x.csv", "", 1, lacking.name, "missing_column")], lacking.name
        assert reading.raw[0].table.name == table.name


@pytest.mark.parametrize("table", [t for t in TABLES.values() if t.imported], ids=lambda t: t.name)
def test_a_table_is_recognised_by_its_required_columns_alone(tmp_path, table):
    header = [c.name for c in table.required]
    if table.name == "survey_plan":
        header.append("issued")
    (tmp_path / "x.csv").write_text(",".join(header) + "\n" + ",".join("a" for _ in header) + "\n")
    reading = read_paths([tmp_path])
    assert (reading.problems, [r.table.name for r in reading.raw]) == ([], [table.name])


@pytest.mark.parametrize(
    ("content", "row", "kind"),
    [
        (b"", None, "empty_file"),
        (b"\n \n", None, "empty_file"),
        (UNIT_GROUPS.encode(), 1, "header_only"),
        (UNIT_GROUPS.encode() + b"\n,,,\n", 1, "header_only"),
        ((UNIT_GROUPS + "a,Khối,,1\n").encode("utf-16"), None, "wrong_encoding"),
        (UNIT_GROUPS.encode() + "a,Khè,,1\n".encode("cp1258"), 2, "wrong_encoding"),
        (b"colour,size\nred,1\n", 1, "unknown_table"),
        (UNIT_GROUPS.encode() + b'a,A,,1\nb,"B,,2\nc,C,,3\n', 3, "broken_csv"),
        (b"unit_group,name,name,name_en,position\na,A,A,,1\n", 1, "duplicate_column"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, content, row, kind):
    reading = read(tmp_path, f__csv=content)
    assert [(p.row, p.kind) for p in reading.problems] == [(row, kind)]


def test_a_file_over_the_size_limit(tmp_path):
    (tmp_path / "g.csv").write_text(UNIT_GROUPS + "a,A,,1\n" * 100)
    [problem] = read_paths([tmp_path], max_mb=0.0005).problems
    assert problem.kind == "file_too_large"


def test_other_kinds_of_files_are_skipped_and_named(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "g.csv").write_text(UNIT_GROUPS + "a,A,,1\n")
    for name in ("note.txt", "old.xls", ".hidden.csv", "~$open.xlsx"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link.csv").symlink_to(tmp_path / "below" / "g.csv")
    reading = read_paths([tmp_path])
    assert reading.problems == []
    assert [f.name for f in reading.files] == ["below/g.csv"]
    assert sorted(reading.skipped) == [
        (".hidden.csv", "", "hidden"),
        ("link.csv", "", "link"),
        ("note.txt", "", "other_kind"),
        ("old.xls", "", "other_kind"),
        ("~$open.xlsx", "", "hidden"),
    ]


def test_a_folder_without_tables_and_a_path_that_is_not_there(tmp_path):
    assert [p.kind for p in read_paths([tmp_path]).problems] == ["nothing_found"]
    (tmp_path / "note.txt").write_text("x")
    assert [p.kind for p in read_paths([tmp_path / "note.txt"]).problems] == ["not_a_data_file"]
    with pytest.raises(FileNotFoundError):
        read_paths([tmp_path / "nowhere"])


def test_files_of_one_name_in_two_folders_keep_two_names(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "g.csv").write_text(UNIT_GROUPS + f"{folder},A,,1\n")
    reading = read_paths([tmp_path / "one", tmp_path / "two", tmp_path / "one" / "g.csv"])
    assert [f.name for f in reading.files] == ["g.csv", "two/g.csv"]
    assert reading.skipped == [("g.csv", "", "read_before")]


# --- workbooks


def book(path, **sheets):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, cells in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in cells:
            sheet.append(row)
    workbook.save(path)
    return path


def test_a_workbook_with_several_tables_titles_above_and_sheets_of_notes(tmp_path):
    path = book(
        tmp_path / "season.xlsx",
        khoi=[
            ["Danh sách khối"],
            [],
            ["Khối", "Tên", "Tên tiếng Anh", "Thứ tự"],
            ["a", "A", None, 1],
            [],
            ["b", "B", "", 2],
        ],
        diem=[
            ["Kỳ", "Mã đơn vị", "Mã tiêu chí", "Điểm tự đánh giá"],
            [2029, "u", 1.1, 0.1 + 0.2],
            ["2029", "u", "1.10", "0,5"],
        ],
        ghi_chu=[["Ghi chú"], ["không có bảng ở đây"]],
    )
    reading = read_paths([path])
    assert reading.problems == []
    assert reading.skipped == [("season.xlsx", "ghi_chu", "no_table")]
    groups, scores = reading.raw
    assert (groups.table.name, groups.sheet, groups.header_row) == ("unit_groups", "khoi", 3)
    assert [(r["unit_group"], r["position"], r["row"]) for r in groups.data.to_pylist()] == [
        ("a", "1", 4),
        ("b", "2", 6),
    ]
    assert [
        (r["period"], r["criterion_code"], r["points"], r[MARK + "criterion_code"]) for r in scores.data.to_pylist()
    ] == [
        ("2029", "1.1", "0.3", NUMBER),
        ("2029", "1.10", "0,5", 0),
    ]


def test_dates_booleans_and_merged_cells(tmp_path):
    path = tmp_path / "s.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["period", "unit_code", "criterion_code", "points", "not_applicable", "explanation", "submitted_on"])
    sheet.append([2029, "u", datetime.date(2001, 6, 1), 1, True, "chung", datetime.datetime(2029, 12, 20)])
    sheet.append([2029, "u", "1.2", None, False, None, "20/12/2029"])
    sheet.merge_cells("F2:F3")
    workbook.save(path)
    [raw] = read_paths([path]).raw
    first, second = raw.data.to_pylist()
    assert (first["criterion_code"], first[MARK + "criterion_code"]) == ("2001-06-01", DATE)
    assert (first["not_applicable"], first["submitted_on"], first["explanation"]) == ("true", "2029-12-20", "chung")
    assert (second["points"], second["explanation"], second["submitted_on"]) == (None, None, "20/12/2029")


def test_error_cells_and_formulas_without_a_result(tmp_path):
    path = tmp_path / "s.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["period", "unit_code", "criterion_code", "points", "khác"])
    sheet.append([2029, "u", "1.1", "#DIV/0!", None])
    sheet.append([2029, "u", "1.2", "=1+1", None])
    sheet.append([2029, "u", "1.3", 1, "=1+1"])
    workbook.save(path)
    reading = read_paths([path])
    assert kinds(reading) == [
        ("s.xlsx", "Sheet", 2, "points", "error_cell"),
        ("s.xlsx", "Sheet", 3, "points", "formula_without_value"),
    ]
    assert reading.problems[0].value == "#DIV/0!"
    assert [r["row"] for r in rows(reading)] == [4]


def test_workbooks_that_cannot_be_read(tmp_path):
    whole = book(tmp_path / "g.xlsx", a=[["Khối", "Tên", "Tên tiếng Anh", "Thứ tự"], ["a", "A", None, 1]]).read_bytes()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    reading = read(
        tmp_path,
        a__xlsx=whole[: len(whole) // 2],
        b__xlsx=b"no archive at all",
        c__xlsx=ole + "EncryptedPackage".encode("utf-16-le"),
        d__xlsx=ole,
        e__xlsx=b"",
    )
    assert [(p.file, p.kind) for p in reading.problems] == [
        ("a.xlsx", "broken_workbook"),
        ("b.xlsx", "broken_workbook"),
        ("c.xlsx", "encrypted_workbook"),
        ("d.xlsx", "broken_workbook"),
        ("e.xlsx", "empty_file"),
    ]


def test_workbooks_without_a_table_or_without_rows(tmp_path):
    book(tmp_path / "a.xlsx", x=[["màu", "cỡ"], ["đỏ", 1]], y=[[]])
    book(tmp_path / "b.xlsx", x=[[]])
    book(tmp_path / "c.xlsx", x=[["Khối", "Tên", "Tên tiếng Anh", "Thứ tự"]])
    assert [(p.file, p.sheet, p.kind) for p in read_paths([tmp_path]).problems] == [
        ("a.xlsx", "x", "unknown_table"),
        ("b.xlsx", "", "empty_file"),
        ("c.xlsx", "x", "header_only"),
    ]


def test_a_workbook_that_unpacks_beyond_the_limit_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 150_000_000)
    assert [p.kind for p in read_paths([path], max_mb=10).problems] == ["file_too_large"]


def test_a_stray_cell_far_away_is_named(tmp_path):
    path = tmp_path / "far.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.append(["Khối", "Tên", "Tên tiếng Anh", "Thứ tự"])
    workbook.active["XFD1000000"] = "x"
    workbook.save(path)
    [problem] = read_paths([path]).problems
    assert (problem.kind, problem.value) == ("sheet_too_large", "XFD1000000")


# --- Parquet


def test_parquet_of_any_type(tmp_path):
    table = pa.table(
        {
            "period": pa.array([2029, 2029]),
            "unit_code": pa.array(["u", "u"]).dictionary_encode(),
            "criterion_code": pa.array([1.1, 1.5]),
            "points": pa.array([0.1 + 0.2, None]),
            "not_applicable": pa.array([None, True]),
            "submitted_on": pa.array([datetime.date(2029, 12, 20), None]),
        }
    )
    pq.write_table(table, tmp_path / "s.parquet")
    reading = read_paths([tmp_path])
    assert reading.problems == []
    first, second = rows(reading)
    assert (first["period"], first["unit_code"], first["points"], first["row"]) == ("2029", "u", "0.3", 2)
    assert (first["criterion_code"], first[MARK + "criterion_code"]) == ("1.1", NUMBER)
    assert (second["points"], second["not_applicable"], second["row"]) == (None, "true", 3)
    (tmp_path / "s.parquet").write_bytes(b"PAR1 no PAR1")
    assert [p.kind for p in read_paths([tmp_path]).problems] == ["broken_parquet"]


# --- ballots


def test_wide_and_long_ballots(tmp_path):
    wide = "period,ballot_id,unit_code,respondent_group,q1,q2\n2029,b1,u,g,5,\n"
    long = "period,ballot_id,unit_code,respondent_group,question_code,option\n2029,b2,u,g,q1,5\n"
    reading = read(tmp_path, a__csv=wide, b__csv=long)
    assert [(r.table.name, r.long, r.unlisted) for r in reading.raw] == [
        ("ballots", False, ["q1", "q2"]),
        ("ballots", True, []),
    ]
    reading = read(tmp_path, b__csv=long.replace(",option", "").replace(",5", ""))
    assert kinds(reading) == [("b.csv", "", 1, "option", "missing_column")]


def test_a_question_has_one_column(tmp_path):
    reading = read(tmp_path, a__csv="period,ballot_id,unit_code,respondent_group,q1,q2,q1\n2029,b1,u,g,5,4,3\n")
    assert kinds(reading) == [("a.csv", "", 1, "q1", "duplicate_column")]


# --- official forms

FORM = [
    "TT",
    "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
    "Điểm tối đa",
    "Điểm tự đánh giá",
    "Giải trình",
    "Tài liệu kiểm chứng",
]


def test_an_official_form(tmp_path):
    path = book(
        tmp_path / "so-noi-vu.xlsx",
        Diem=[
            ["BẢNG TỰ ĐÁNH GIÁ"],
            ["Đơn vị: Sở Nội vụ"],
            ["Kỳ đánh giá:", None, 2029, "Ngày nộp:", "20/12/2029"],
            [],
            FORM,
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["1", "Lĩnh vực", 2],
            [1.1, "Tiêu chí", 1, 0.5, "đã làm", "QĐ 1"],
            ["1.2", "Tiêu chí", 1, "Không áp dụng"],
            [None, "TỔNG CỘNG", 2, 0.5],
            [],
            [None, None, None, "Thủ trưởng đơn vị"],
        ],
    )
    reading = read_paths([path])
    assert reading.problems == []
    [raw] = reading.raw
    assert (raw.table.name, raw.header_row, raw.council) == ("self_scores", 5, False)
    assert {name: label.text for name, label in raw.labels.items()} == {
        "unit_name": "Sở Nội vụ",
        "period": "2029",
        "submitted_on": "20/12/2029",
    }
    wanted = ("criterion_code", "points", "not_applicable", "explanation", "row")
    assert [tuple(r[c] for c in wanted) for r in raw.data.to_pylist()] == [
        ("1", None, None, None, 7),
        ("1.1", "0.5", None, "đã làm", 8),
        ("1.2", None, "x", None, 9),
    ]


def test_the_councils_copy_gives_two_tables(tmp_path):
    path = book(
        tmp_path / "f.xlsx",
        a=[
            ["Mã đơn vị:", "so-noi-vu"],
            [*FORM, "Điểm thẩm định", "Lý do điều chỉnh"],
            ["1.1", "Tiêu chí", 1, 0.5, "", "QĐ 1", 0.25, "thiếu"],
        ],
    )
    own, decided = read_paths([path]).raw
    assert (own.table.name, decided.table.name, decided.council) == ("self_scores", "appraised_scores", True)
    assert rows_of(decided) == [("1.1", "0.25", "thiếu", 3)]
    assert decided.headings["points"] == "Điểm thẩm định"


def rows_of(raw):
    return [(r["criterion_code"], r["points"], r["reason"], r["row"]) for r in raw.data.to_pylist()]


def test_a_form_without_a_column_of_points(tmp_path):
    path = book(tmp_path / "f.xlsx", a=[[*FORM[:3], *FORM[4:]], ["1.1", "Tiêu chí", 1, "", ""]])
    assert kinds(read_paths([path])) == [("f.xlsx", "a", 1, "points", "missing_column")]
