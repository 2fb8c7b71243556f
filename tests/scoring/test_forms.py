"""Official forms: what is locked, what may be typed, and that they come back as they were filled in."""

import csv
import shutil
import subprocess
import tempfile
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from scoring import reading, store
from scoring.forms import COLUMNS, COUNCIL_COLUMNS, NOT_APPLICABLE, OF_IT_APPRAISED, SHEET, TOTAL, write, write_forms
from scoring.rubric import Rubric

DATA = Path(__file__).parents[2] / "data" / "definitions" / "2020"
EXAMPLE = Path(__file__).parents[1] / "data" / "example" / "in"
CAU_GIAY = "quan-cau-giay"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed (libreoffice-calc)")


def rows(path: Path) -> list[dict]:
    """Rows as the store gives them: None for empty, points as Decimal."""
    with path.open(encoding="utf-8", newline="") as file:
        found = [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]
    for row in found:
        for name in {"points", "max_points"} & set(row):
            row[name] = Decimal(row[name]) if row[name] else None
    return found


def own_scores(unit: str) -> list[dict]:
    """A self score for each appraisal leaf of a district; one of them claimed not applicable."""
    leaves = [row for row in DISTRICT if row["assessed_by"] == "appraisal"]
    scores = [
        {
            "unit_code": unit,
            "criterion_code": row["criterion_code"],
            "points": row["max_points"] - Decimal("0.25"),
            "not_applicable": False,
            "explanation": None,
            "evidence": "=Báo cáo số 12/BC-UBND",
            "submitted_on": date(2020, 12, 18),
        }
        for row in leaves
    ]
    scores[-1] |= {"points": None, "not_applicable": True, "explanation": "Không có", "evidence": None}
    return scores


RUBRIC, UNITS = rows(DATA / "rubric.csv"), rows(DATA / "units.csv")
DISTRICT = [row for row in RUBRIC if row["unit_group"] == "district"]
LEAVES = {row["criterion_code"]: row for row in DISTRICT if row["max_points"] is not None}
ONE = [row for row in UNITS if row["unit_code"] == CAU_GIAY]


TYPES = {
    "max_points": "DECIMAL(28,15)",
    "points": "DECIMAL(28,15)",
    "not_applicable": "BOOLEAN",
    "submitted_on": "DATE",
}


def sheet_of(path: Path):
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == [SHEET]
    return workbook, workbook[SHEET]


def header_of(sheet) -> int:
    return next(row for row in range(1, 40) if sheet.cell(row, 1).value == "TT")


def item_rows(sheet) -> dict[str, int]:
    """Row of every item, by its code."""
    first = header_of(sheet) + 1
    return {sheet.cell(row, 1).value: row for row in range(first, sheet.max_row + 1) if sheet.cell(row, 1).value}


def head_of(sheet) -> dict[str, object]:
    return {
        sheet.cell(row, 2).value: sheet.cell(row, 3) for row in range(1, header_of(sheet)) if sheet.cell(row, 2).value
    }


def read(path: Path) -> dict[str, list[dict]]:
    """Tables that reading finds in a form, rows without points and without a claim left out."""
    found = reading.read_paths([path])
    assert not found.problems
    return {
        raw.table.name: [row for row in raw.data.to_pylist() if row["points"] or row["not_applicable"]]
        for raw in found.raw
    } | {"labels": {name: label.text for name, label in found.raw[0].labels.items()}}


def open_and_save(path: Path, out: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                str(out),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return out / path.name


@pytest.fixture(scope="module")
def form(tmp_path_factory) -> Path:
    (path,) = write_forms(RUBRIC, ONE, "2020", tmp_path_factory.mktemp("forms"), title="Chỉ số CCHC năm 2020")
    return path


@pytest.fixture
def council(tmp_path) -> Path:
    (path,) = write_forms(RUBRIC, ONE, "2020", tmp_path, council=True, self_scores=own_scores(CAU_GIAY), made_up=True)
    return path


def fill_in(path: Path, out: Path) -> tuple[Path, dict[str, object]]:
    """Fills every open score cell as a person would, and two cells above; returns what was typed by code."""
    workbook, sheet = sheet_of(path)
    typed = {}
    for i, (code, row) in enumerate(item_rows(sheet).items()):
        if code in LEAVES and LEAVES[code]["assessed_by"] == "appraisal" and i % 5:
            typed[code] = NOT_APPLICABLE if i % 17 == 1 else float(LEAVES[code]["max_points"]) - 0.2
            sheet.cell(row, 4).value = typed[code]
            sheet.cell(row, 5).value = "Đã hoàn thành; xem tài liệu"
    head_of(sheet)["Ngày nộp:"].value = "18/12/2020"
    workbook.save(out)
    return out, typed


def assert_came_back(path: Path, typed: dict[str, object]) -> None:
    found = read(path)
    labels = found["labels"]
    assert (labels["unit_code"], labels["unit_name"], labels["period"]) == (CAU_GIAY, "UBND quận Cầu Giấy", "2020")
    assert labels["submitted_on"] == "18/12/2020"
    scores = {row["criterion_code"]: row for row in found["self_scores"]}
    assert set(scores) == set(typed)
    for code, value in typed.items():
        if value == NOT_APPLICABLE:
            assert scores[code]["points"] is None and scores[code]["not_applicable"]
        else:
            assert Decimal(scores[code]["points"]) == Decimal(str(round(value, 2)))
        assert scores[code]["explanation"] == "Đã hoàn thành; xem tài liệu"


def test_one_form_a_unit_under_its_own_name(tmp_path):
    paths = write_forms(RUBRIC, UNITS, "2020", tmp_path / "new" / "folder")
    assert len(paths) == 52 and all(path.is_file() for path in paths)
    assert paths[UNITS.index(ONE[0])].name == "tu-cham-diem_2020_quan-cau-giay.xlsx"
    assert len({path.name for path in paths}) == 52


def test_columns_and_unit_stand_as_the_formats_say(form):
    _, sheet = sheet_of(form)
    assert tuple(cell.value for cell in sheet[header_of(sheet)]) == COLUMNS
    head = {label: cell.value for label, cell in head_of(sheet).items()}
    assert head["Đơn vị:"] == "UBND quận Cầu Giấy"
    assert (head["Mã đơn vị:"], head["Kỳ đánh giá:"]) == (CAU_GIAY, "2020")


def test_every_item_stands_in_order_with_its_code_as_text(form):
    _, sheet = sheet_of(form)
    found = item_rows(sheet)
    tree = Rubric.from_rows(DISTRICT)
    assert tuple(found) == tree.codes
    assert all(sheet.cell(row, 1).data_type == "s" for row in found.values())
    assert sheet.cell(found["9.2"], 3).value == 10
    total = max(found.values()) + 1
    assert (sheet.cell(total, 1).value, sheet.cell(total, 2).value, sheet.cell(total, 3).value) == (None, TOTAL, 100)
    for i, code in enumerate(tree.codes):
        bold = sheet.cell(found[code], 2).font.bold
        assert bool(bold) is not tree.is_leaf(i)


def test_only_what_is_to_be_filled_in_is_open(form):
    _, sheet = sheet_of(form)
    assert sheet.protection.sheet and not sheet.protection.password
    found = item_rows(sheet)
    validated = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    expected = set()
    for code, leaf in LEAVES.items():
        row = found[code]
        if leaf["assessed_by"] == "appraisal":
            expected |= {f"D{row}", f"E{row}", f"F{row}"}
            rule = validated.pop(f"D{row}")
            assert rule.type == "custom" and f"<={leaf['max_points']:f}".rstrip("0").rstrip(".") in rule.formula1
            assert NOT_APPLICABLE in rule.formula1 and str(leaf["max_points"]).replace(".", ",") in rule.error
        else:
            assert sheet.cell(row, 4).value is None
            assert sheet.cell(row, 5).value == "Điều tra xã hội học"
            assert sheet.cell(row, 4).fill.fgColor.rgb != sheet.cell(found["1.1.1"], 3).fill.fgColor.rgb
    assert not validated
    below = {cell for cell in open_cells if int(cell.lstrip("ABCDEFGH")) > header_of(sheet)}
    assert below == expected


def test_it_prints_on_a4_across_with_the_headings_on_each_page(form):
    _, sheet = sheet_of(form)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${header_of(sheet)}:${header_of(sheet)}"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"Times New Roman"}


def test_an_illustrative_rubric_and_made_up_scores_say_so(form, council):
    def text(path):
        _, sheet = sheet_of(path)
        return " ".join(
            str(cell.value) for row in sheet.iter_rows(max_row=header_of(sheet)) for cell in row if cell.value
        )

    assert "minh họa" in text(form) and "GIẢ LẬP" not in text(form)
    assert "GIẢ LẬP" in text(council)


def test_an_official_rubric_says_nothing_and_english_readers_are_told_how(tmp_path):
    official = [{**row, "origin": "QĐ 1234"} for row in DISTRICT]
    (path,) = write_forms(official, ONE, "2021", tmp_path, lang="en")
    _, sheet = sheet_of(path)
    notes = " ".join(str(row[0].value or "") for row in sheet.iter_rows(max_row=header_of(sheet) - 1))
    assert "Illustrative" not in notes and "yellow cells" in notes
    assert path.name == "tu-cham-diem_2021_quan-cau-giay.xlsx"


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    units = [{**ONE[0], "name": "=HYPERLINK(1)"}, {**ONE[0], "unit_code": "b", "name": "@b"}]
    for path, unit in zip(write_forms(DISTRICT, units, "2020", tmp_path), units, strict=True):
        _, sheet = sheet_of(path)
        cell = head_of(sheet)["Đơn vị:"]
        assert cell.value == unit["name"] and cell.data_type == "s" and cell.quotePrefix


def test_a_form_comes_back_as_it_was_filled_in(form, tmp_path):
    path, typed = fill_in(form, tmp_path / form.name)
    assert len(typed) > 30 and NOT_APPLICABLE in typed.values()
    assert_came_back(path, typed)


@needs_office
def test_a_form_comes_back_after_libreoffice_saved_it(form, tmp_path):
    path, typed = fill_in(form, tmp_path / form.name)
    (tmp_path / "saved").mkdir()
    saved = open_and_save(path, tmp_path / "saved")
    assert_came_back(saved, typed)
    _, sheet = sheet_of(saved)
    assert sheet.protection.sheet
    assert len(sheet.data_validations.dataValidation) > 0


@needs_office
def test_libreoffice_adds_the_points_up(form, tmp_path):
    path, typed = fill_in(form, tmp_path / form.name)
    (tmp_path / "saved").mkdir()
    saved = open_and_save(path, tmp_path / "saved")
    sheet = openpyxl.load_workbook(saved, data_only=True)[SHEET]
    total = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == TOTAL)
    assert sheet.cell(total, 4).value == pytest.approx(sum(v for v in typed.values() if v != NOT_APPLICABLE))


def test_the_council_s_copy_holds_the_self_scores_and_asks_for_a_decision(council):
    assert council.name == "tham-dinh_2020_quan-cau-giay.xlsx"
    _, sheet = sheet_of(council)
    assert tuple(cell.value for cell in sheet[header_of(sheet)]) == COUNCIL_COLUMNS
    head = {label: cell.value for label, cell in head_of(sheet).items()}
    assert head["Vòng thẩm định:"] == "1" and head["Ngày nộp:"] == "18/12/2020" and "Biên bản:" in head
    found = item_rows(sheet)
    for own in own_scores(CAU_GIAY):
        row = found[own["criterion_code"]]
        shown = sheet.cell(row, 4).value
        assert shown == (NOT_APPLICABLE if own["not_applicable"] else float(own["points"]))
        assert sheet.cell(row, 6).value == own["evidence"]
        assert sheet.cell(row, 4).protection.locked and not sheet.cell(row, 7).protection.locked


def test_what_the_survey_scores_is_locked_for_the_council_too(council):
    _, sheet = sheet_of(council)
    row = item_rows(sheet)["9.4.1"]
    assert all(sheet.cell(row, place).protection.locked for place in range(1, len(COUNCIL_COLUMNS) + 1))


def test_every_row_of_the_council_s_copy_names_who_appraises(tmp_path):
    (path,) = [p for p in write_forms(RUBRIC, UNITS, "2020", tmp_path, council=True) if CAU_GIAY in p.name]
    _, sheet = sheet_of(path)
    names = {unit["unit_code"]: unit["name"] for unit in UNITS}
    for code, row in item_rows(sheet).items():
        said = sheet.cell(row, 9)
        if code in LEAVES and LEAVES[code]["assessed_by"] == "appraisal":
            assert said.value in names.values() and not said.protection.locked
            lead = LEAVES[code]["lead_appraiser"]
            assert lead is None or said.value == names[lead]
        else:
            assert said.value is None and said.protection.locked


def test_sums_stand_by_field_and_of_what_is_appraised(council):
    _, sheet = sheet_of(council)
    shown = openpyxl.load_workbook(council, data_only=True)[SHEET]
    found, own = item_rows(sheet), {row["criterion_code"]: row["points"] for row in own_scores(CAU_GIAY)}
    parent = {row["criterion_code"]: row["parent_code"] for row in DISTRICT}

    def below(code: str, top: str) -> bool:
        return code is not None and (code == top or below(parent[code], top))

    for code, row in found.items():
        if code not in LEAVES:
            inside = sum(points or 0 for leaf, points in own.items() if below(leaf, code))
            assert sheet.cell(row, 4).value.startswith("=SUM(D") and sheet.cell(row, 7).value.startswith("=SUM(G")
            assert shown.cell(row, 4).value == pytest.approx(float(inside))
            assert sheet.cell(row, 4).protection.locked
    last = max(found.values())
    assert [sheet.cell(last + at, 2).value for at in (1, 2)] == [TOTAL, OF_IT_APPRAISED]
    assert shown.cell(last + 1, 4).value == pytest.approx(float(sum(points or 0 for points in own.values())))
    appraised = sum(row["max_points"] for row in LEAVES.values() if row["assessed_by"] == "appraisal")
    assert shown.cell(last + 2, 3).value == float(appraised)


@pytest.mark.parametrize("office", [False, pytest.param(True, marks=needs_office)], ids=["openpyxl", "libreoffice"])
def test_decisions_come_back_with_round_and_appraiser(council, tmp_path, office):
    workbook, sheet = sheet_of(council)
    found, head = item_rows(sheet), head_of(sheet)
    head["Biên bản:"].value = "BB 03/BB-HĐTĐ"
    sheet.cell(found["1.1.1"], 9).value = "so-noi-vu"
    sheet.cell(found["1.1.1"], 7).value, sheet.cell(found["1.1.1"], 8).value = 0.5, "-Ghi nhận một phần"
    sheet.cell(found["1.1.2"], 7).value = NOT_APPLICABLE
    workbook.save(tmp_path / council.name)
    path = tmp_path / council.name
    if office:
        (tmp_path / "saved").mkdir()
        path = open_and_save(path, tmp_path / "saved")
    tables = read(path)
    decided = {row["criterion_code"]: row for row in tables["appraised_scores"]}
    assert set(decided) == {"1.1.1", "1.1.2"}
    first = decided["1.1.1"]
    assert (Decimal(first["points"]), first["reason"]) == (Decimal("0.5"), "-Ghi nhận một phần")
    assert (first["round"], first["appraiser"], first["minute"]) == ("1", "so-noi-vu", "BB 03/BB-HĐTĐ")
    assert decided["1.1.2"]["points"] is None and decided["1.1.2"]["not_applicable"]
    own = {row["criterion_code"]: row for row in tables["self_scores"]}
    assert len(own) == len(own_scores(CAU_GIAY)) and own["1.1.1"]["evidence"] == "=Báo cáo số 12/BC-UBND"


def test_any_depth_and_any_group(tmp_path):
    rubric, units = rows(EXAMPLE / "rubric.csv"), rows(EXAMPLE / "units.csv")
    paths = write_forms(rubric, units, "2029", tmp_path)
    assert len(paths) == len(units)
    by_group = defaultdict(list)
    for row in rubric:
        by_group[row["unit_group"]].append(row)
    for path, unit in zip(paths, units, strict=True):
        _, sheet = sheet_of(path)
        assert tuple(item_rows(sheet)) == Rubric.from_rows(by_group[unit["unit_group"]]).codes


def test_a_group_without_a_rubric_gets_no_form(tmp_path):
    assert write_forms(DISTRICT, [{**ONE[0], "unit_group": "ward"}], "2020", tmp_path) == []


def test_forms_are_written_from_the_store(tmp_path):
    con = store.memory()
    for table, found in {"rubric": RUBRIC, "units": UNITS, "self_scores": own_scores(CAU_GIAY)}.items():
        names = list(dict.fromkeys(["period", *found[0]]))
        columns = ", ".join(f"{name} {TYPES.get(name, 'VARCHAR')}" for name in names)
        con.execute(f"CREATE TABLE {table} ({columns})")
        lines = [[({"period": "2020"} | row)[name] for name in names] for row in found]
        con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", lines)
    con.execute("CREATE TABLE periods AS SELECT '2020' AS period, 'Chỉ số CCHC năm 2020' AS title")
    con.execute("CREATE TABLE season AS SELECT '2020' AS period, true AS made_up")
    snapshot = store.Snapshot(1, con)
    assert len(write(snapshot, "2020", tmp_path)) == 52
    paths = write(snapshot, "2020", tmp_path, council=True)
    _, sheet = sheet_of(next(path for path in paths if CAU_GIAY in path.name))
    assert sheet.cell(item_rows(sheet)["1.1.1"], 4).value == 0.75
    assert "GIẢ LẬP" in " ".join(str(sheet.cell(row, 1).value) for row in range(1, header_of(sheet)))
