"""What leaves the pages as files, without a browser but the one that draws."""

import csv
import hashlib
import io
import json
import re
import subprocess
import zipfile
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest
from pages_read import charts_of, frame_of, site_of

import app as dashboard_app
from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.view import View
from dashboard.cli import main
from dashboard.exhibit.measure import points
from dashboard.exhibit.page import (
    Columns,
    Document,
    Exhibit,
    Header,
    KeyNumber,
    Numbers,
    Paragraph,
    Section,
    Sentence,
    Sentences,
    ShortList,
)
from dashboard.exhibit.table import Column as TableColumn
from dashboard.exhibit.table import Table
from dashboard.figures import SIZES
from dashboard.render import documents, pictures
from dashboard.render import files as tables
from dashboard.render.export import Export
from dashboard.shell.downloads import standing
from dashboard.words import formats
from dashboard.words.formats import LANGUAGES
from scoring import results
from scoring.store import Store

D = Decimal


@pytest.fixture(scope="module")
def store(demo_season):
    return Store(demo_season)


@pytest.fixture(scope="module")
def client(store):
    return dashboard_app.create_app(store).server.test_client()


def view(store, path="/xep-hang/district", query=""):
    return View(site_of(store).parse(path, query), Ask(LOCAL, None))


# ----------------------------------------------------------------------------------------------------- tables read back


# ------------------------------------------------------------------------------------------------------ standing charts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_standing_chart_is_a_complete_statement(store, lang):
    with store.snapshot() as snapshot:
        site = site_of(store)
        found = standing(site, Ask(LOCAL, snapshot), lang, "2020", ("department", "district"))
    names = [chart.file("png", "a4") for chart in found]
    assert len(names) == len(set(names))
    kinds = {(chart.view.sel.unit_group, chart.name) for chart in found}
    assert {("department", "xep-hang"), ("district", "xep-hang"), ("district", "ban-do-o")} <= kinds
    for chart in found:
        assert chart.title and not chart.title.endswith("."), chart.name
        assert "2020" in chart.subtitle or chart.published, (chart.name, chart.subtitle)
        for size in SIZES:
            layout = chart.statement(size)["layout"]
            said = " ".join(note["text"].replace("<br>", " ") for note in layout["annotations"])
            meta = site.meta
            for part in (meta["dataset_hash"][:8], formats.date(meta["date"], lang), *chart.marks):
                assert part in said, (chart.name, size, part)
            crossed = [shape["label"]["text"] for shape in layout["shapes"] if "label" in shape]
            assert crossed == ([" – ".join(chart.marks)] if chart.marks else [])


def test_no_chart_speaks_of_two_blocks(store):
    site = site_of(store)
    names = {
        group: {v for row in site.units_of("2020", group).values() for v in (row["short_name"], row["name"])}
        for group in site.groups_of("2020")
    }
    with store.snapshot() as snapshot:
        for group, other in (("department", "district"), ("district", "department")):
            for chart in standing(site, Ask(LOCAL, snapshot), "vi", "2020", (group,)):
                assert chart.view.sel.unit_group == group
                sheet = chart.sheet()
                if sheet and chart.name == "xep-hang":
                    assert not set(sheet.columns[0].values) & names[other]


def test_a_file_is_named_after_year_block_page_version_size(store):
    chart = charts_of(frame_of(store, "/xep-hang/district"))[0]
    generation = store.generation()
    assert chart.file("png", "a4") == f"cchc_2020_district_xep-hang_ban{generation}_a4.png"
    english = charts_of(frame_of(store, "/en/xep-hang/department?lv=3&nam=2019"))[0]
    assert english.file("csv") == f"cchc_2019_department_xep-hang-lv3_ban{generation}_en.csv"
    assert all(
        re.fullmatch(r"[a-z0-9_.x-]+", chart.file("svg", "a4"))
        for chart in charts_of(frame_of(store, "/don-vi/quan-ba-dinh"))
    )


# -------------------------------------------------------------------------------------------------------- data as files


def test_csv_has_one_header_row_and_points_for_commas(client):
    answer = client.get("/tai-ve/xep-hang/district/xep-hang.csv")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Đơn vị", "Chính thức – Hạng", "Chính thức – Chỉ số"]
    assert len(rows) == 31
    assert all(len(row) == len(rows[0]) for row in rows)
    assert all(re.fullmatch(r"\d\d(\.\d\d?)?", row[2]) for row in rows[1:])


def test_data_follow_the_view_of_the_link(client):
    first = client.get("/tai-ve/xep-hang/district/xep-hang.csv?loai=urban&sx=don-vi").data.decode("utf-8-sig")
    assert 1 < len(first.splitlines()) < 31
    english = client.get("/tai-ve/en/xep-hang/district/xep-hang.csv").data.decode("utf-8-sig")
    assert english.startswith("Unit,")


def test_a_workbook_has_typed_numbers_notes_terms_and_source(store, client):
    answer = client.get("/tai-ve/xep-hang/district/xep-hang.xlsx")
    assert answer.content_type == tables.XLSX
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Số liệu", "Ghi chú", "Thuật ngữ", "Nguồn"]
    data = book["Số liệu"]
    assert [cell.data_type for cell in data[2]][:3] == ["s", "n", "n"]
    assert data.max_row == 31
    said = {sheet: " ".join(str(c.value) for row in book[sheet].rows for c in row) for sheet in book.sheetnames[1:]}
    assert "SỐ LIỆU GIẢ LẬP" in said["Ghi chú"]
    assert "Khoảng hạng" in said["Thuật ngữ"] or "hạng" in said["Thuật ngữ"]
    assert site_of(store).meta["dataset_hash"] in said["Nguồn"]


def test_text_that_begins_like_a_formula_is_text(store):
    texts = ["=1+1", "+84", "-", "@SUM(A1)", "thường"]
    columns = [TableColumn("=Tít", lambda text: text), TableColumn("Số", lambda text: D("-1.5"), points(1))]
    chart = Export(view(store), Exhibit("x", "=Tít", table=Table("=Tít", columns, texts)))
    sheet = chart.sheet()
    rows = list(csv.reader(io.StringIO(tables.to_csv(sheet).decode("utf-8-sig"))))
    assert rows[0][0] == "'=Tít"
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+84", "'-", "'@SUM(A1)", "thường"]
    assert [row[1] for row in rows[1:]] == ["-1.5"] * 5
    book = openpyxl.load_workbook(io.BytesIO(tables.to_xlsx(chart)))
    page = book["Số liệu"]
    assert [cell.value for cell in page["A"]] == ["=Tít", *texts]
    assert {cell.data_type for cell in page["A"]} == {"s"}  # 'f' would be a formula
    assert [cell.value for cell in page["B"]][1:] == [-1.5] * 5


def test_the_same_data_give_the_same_files(client):
    for ending in ("csv", "xlsx", "json"):
        link = f"/tai-ve/xep-hang/district/xep-hang.{ending}"
        assert client.get(link).data == client.get(link).data
    book = zipfile.ZipFile(io.BytesIO(client.get("/tai-ve/xep-hang/district/xep-hang.xlsx").data))
    assert {info.date_time[0] for info in book.infolist()} == {1980}


def test_open_data_are_the_result_tables_with_their_dictionary(store, client):
    listed = list(
        csv.DictReader(io.StringIO(client.get("/tai-ve/du-lieu-mo/2020/dictionary.csv").data.decode("utf-8-sig")))
    )
    for name, (_, columns) in results.TABLES.items():
        assert [row["column"] for row in listed if row["table"] == name] == list(columns)
        assert all(row["vi"] and row["en"] for row in listed if row["table"] == name)
        text = client.get(f"/tai-ve/du-lieu-mo/2020/{name}.csv").data.decode()
        table = pq.read_table(io.BytesIO(client.get(f"/tai-ve/du-lieu-mo/2020/{name}.parquet").data))
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[0] == list(columns) == table.column_names
        assert len(rows) - 1 == table.num_rows > 0


@pytest.mark.parametrize(
    "path",
    [
        "xep-hang/district/khong-co.csv",
        "xep-hang/nowhere/xep-hang.csv",
        "xep-hang/district/xep-hang.exe",
        "xep-hang/district/xep-hang",
        "xep-hang/district/xep-hang.parquet",
        "xep-hang/district/xep-hang.json?co=a9",
        "ho-so/khong-co.pdf",
        "ho-so/quan-ba-dinh.csv",
        "du-lieu-mo/1999/index.csv",
        "du-lieu-mo/2020/secrets.csv",
        "du-lieu-mo/index.csv",
        "du-lieu-mo/2020/../../ledger.csv",
        "..%2f..%2fledger.csv",
        ".csv",
        "%00.csv",
    ],
)
def test_what_is_not_there_is_said_in_words(client, path):
    for lang in ("", "en/"):
        answer = client.get(f"/tai-ve/{lang}{path}")
        assert answer.status_code == 404, path
        assert "Traceback" not in answer.text
        assert "text/html" in answer.content_type


# ----------------------------------------------------------------------------------------------------- without Chromium


def test_without_chromium_the_reader_is_told_what_to_install(client, monkeypatch, demo_season, tmp_path, capsys):
    monkeypatch.setenv("BROWSER_PATH", "no-such-browser")
    for path in ("xep-hang/district/xep-hang.pdf", "ho-so/quan-ba-dinh.pdf"):
        answer = client.get(f"/tai-ve/{path}")
        assert answer.status_code == 503
        assert "apt-get install chromium" in answer.text
    out = tmp_path / "charts"
    assert main(["charts", "--data", str(demo_season), "--period", "2020", "--out", str(out), "--lang", "en"]) == 1
    assert "apt-get install chromium" in capsys.readouterr().err
    assert not out.exists()


def test_usage_of_the_command(demo_season, tmp_path, capsys):
    asked = ["charts", "--data", str(demo_season), "--out", str(tmp_path / "x"), "--lang", "en"]
    assert main([*asked, "--period", "1999"]) == 2
    assert "1999" in capsys.readouterr().err
    assert main([*asked, "--period", "2020", "--unit-group", "village"]) == 2
    assert "department, district" in capsys.readouterr().err
    assert main(["charts", "--data", str(tmp_path / "nowhere"), "--period", "2020", "--out", str(tmp_path / "x")]) == 1
    assert not (tmp_path / "x").exists()


# -------------------------------------------------------------------------------------------------------- with Chromium


@pytest.mark.browser
def test_pictures_are_of_the_exact_size_with_our_fonts_and_the_same_every_time(store):
    chart = charts_of(frame_of(store, "/xep-hang/district"))[0]
    for size, (wide, tall) in SIZES.items():
        png = pictures.render(chart.statement(size), "png")
        width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        assert width == wide
        assert tall is None or height == tall
        assert png[37:41] == b"pHYs"
    statement = chart.statement("a4")
    svg, pdf = pictures.render(statement, "svg"), pictures.render(statement, "pdf")
    assert b"font/woff2;base64" in svg and b"Be Vietnam Pro" in svg
    assert b"BeVietnamPro" in pdf and b"CCHCSo" in pdf
    for ask in ("CreationDate", "ModDate"):
        assert f"{ask} (D:20000101".encode() in pdf
    pictures.stop()
    assert pictures.render(statement, "svg") == svg
    assert pictures.render(statement, "pdf") == pdf


@pytest.mark.browser
def test_what_cannot_be_drawn_is_an_error_and_the_next_picture_comes(store):
    fine = charts_of(frame_of(store, "/xep-hang/district"))[0].statement("a4")
    with pytest.raises(pictures.CannotDraw):
        pictures.render(fine, "bmp")
    assert pictures.render(fine, "png").startswith(b"\x89PNG")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/tai-ve/ho-so/quan-cau-giay.pdf", "/tai-ve/en/ho-so/so-noi-vu.pdf?nam=2020"])
def test_a_profile_is_two_to_four_tagged_pages_with_its_words(client, path):
    answer = client.get(path)
    assert answer.status_code == 200 and answer.content_type == "application/pdf"
    pdf = answer.data
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4
    assert b"/StructTreeRoot" in pdf and b"/MarkInfo" in pdf
    assert f"/Lang({'en' if '/en/' in path else 'vi'})".encode() in pdf
    assert answer.data == client.get(path).data


@pytest.mark.parametrize("path, title", [("/tai-ve/tom-tat/2020.pdf", "vi"), ("/tai-ve/en/tom-tat/2020.pdf", "en")])
def test_a_year_fits_on_one_page_without_a_browser(client, monkeypatch, path, title):
    monkeypatch.setattr(pictures, "browser", lambda: None)
    answer = client.get(path)
    assert answer.status_code == 200
    assert len(re.findall(rb"/Type\s*/Page\b", answer.data)) == 1
    assert f"/Lang({title})".encode() in answer.data
    assert client.get("/tai-ve/tom-tat/1999.pdf").status_code == 404


def test_a_document_takes_texts_as_data_not_as_markup(store, monkeypatch):
    monkeypatch.setattr(pictures, "browser", lambda: None)
    nasty = '#panic("x") *đậm* $x^2$ @ref <a> \\ [ ] _ ` #read("/etc/passwd")'
    one = TableColumn(nasty, lambda row: row)
    parts = [
        Header(nasty, nasty, [(nasty, None)]),
        Section("x", nasty, [Paragraph(nasty), Table(nasty, [one], [nasty])], lead=nasty),
        Numbers([KeyNumber(nasty, nasty, nasty, nasty)]),
        Columns([ShortList(nasty, [(nasty, nasty)], nasty, "")]),
        Sentences([Sentence(nasty, nasty)]),
        Exhibit("x", nasty, table=Table(nasty, [one], [nasty]), subtitle=nasty, note=nasty),
    ]
    pdf = documents.pdf(view(store), Document(nasty, nasty, parts))
    assert pdf.startswith(b"%PDF")


@pytest.mark.browser
def test_the_command_writes_every_chart_with_a_manifest(demo_season, tmp_path, capsys):
    out = tmp_path / "charts"
    asked = ["charts", "--data", str(demo_season), "--period", "2020", "--out", str(out), "--lang", "en", "--json"]
    assert main([*asked, "--unit-group", "district"]) == 0
    told = json.loads(capsys.readouterr().out)
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}
    files.pop("MANIFEST.txt")
    assert files == told["files"]
    assert all("_district_" in name for name in files)
    lines = (out / "MANIFEST.txt").read_text().splitlines()
    assert lines == [f"{digest}  {name}" for name, digest in sorted(files.items())]
    subprocess.run(["sha256sum", "--check", "--quiet", "MANIFEST.txt"], cwd=out, check=True)
    endings = [name.rsplit("_", 1)[-1] for name in files if "_xep-hang_" in name]
    assert len(endings) == 6  # three PNG, SVG, PDF, CSV
