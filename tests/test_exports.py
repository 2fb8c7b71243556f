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
from dash import html
from hypothesis import given
from hypothesis import strategies as st
from pages_read import charts_of, of_kind, parts, show, site_of

import app as dashboard_app
from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.view import View
from dashboard.cli import main
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
from dashboard.figures import SIZES, dot_plot
from dashboard.render import documents, pictures
from dashboard.render import files as tables
from dashboard.render.charts import Chart, read_table, words
from dashboard.render.export import Series as Column
from dashboard.render.export import Sheet
from dashboard.render.parts import Head, Row, change, data_table, frame, graph
from dashboard.shell.downloads import standing
from dashboard.words import TEXTS, formats
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


def read(text, *, num=True, lang="vi"):
    return read_table([Head("Tên"), Head("Điểm", num=num)], [Row(["a", text])], lang).columns[1:]


# ----------------------------------------------------------------------------------------------------- tables read back


@given(st.decimals(-10_000, 10_000, places=2), st.sampled_from(LANGUAGES))
def test_a_number_is_read_back_as_it_is_shown(value, lang):
    (column,) = read(formats.number(value, lang, 2), lang=lang)
    assert column.values == [value]
    assert column.places == 2


@given(st.fractions(0, 1), st.sampled_from(LANGUAGES))
def test_a_percentage_is_a_number_under_its_sign(share, lang):
    (column,) = read(formats.percent(share, lang), lang=lang)
    assert column.title == "Điểm (%)"
    assert column.values == [formats.rounded(share * 100, 1)]


@pytest.mark.parametrize(
    "shown, wanted",
    [
        ("93,2/100", {"Điểm": D("93.2"), "Điểm – tối đa": D(100)}),
        ("4–9", {"Điểm – từ": D(4), "Điểm – đến": D(9)}),
        ("−0,50–1,25", {"Điểm – từ": D("-0.50"), "Điểm – đến": D("1.25")}),
        ("1.234 (8%)", {"Điểm": D(1234), "Điểm (%)": D(8)}),
        ("2,00 → 1,45/2", {"Điểm – trước": D("2.00"), "Điểm – sau": D("1.45"), "Điểm – tối đa": D(2)}),
        ("=17", {"Điểm": D(17)}),
        ("+3,78 điểm phần trăm", {"Điểm (điểm phần trăm)": D("3.78")}),
        ("–", {"Điểm": "–"}),
        ("n<5", {"Điểm": "n<5"}),
    ],
)
def test_what_stands_in_one_cell_becomes_a_column_each_part(shown, wanted):
    assert {column.title: column.values[0] for column in read(shown)} == wanted


def test_an_interval_of_one_place_fills_both_ends_and_a_withheld_number_stays_a_word():
    rows = [Row(["a", "1"]), Row(["b", "2–4"]), Row(["c", "n<5"]), Row(["d", "–"]), Row(["e", "3"], kind="total")]
    low, high = read_table([Head("Tên"), Head("Hạng", num=True)], rows, "vi").columns[1:]
    assert low.values == [1, 2, "n<5", None]
    assert high.values == [1, 4, None, None]


def test_words_leave_marks_out_and_keep_parts_apart():
    assert words([html.Span("7.1"), "Cổng dịch vụ"]) == "7.1 Cổng dịch vụ"
    assert words(html.Span(["8,75", html.Span("/10")])) == "8,75/10"
    assert words(html.Div([html.Span(role="img", **{"aria-label": "tăng"}), "+1,25"])).strip() == "+1,25"
    assert words(html.Abbr("1", title="Chỉ đạo, điều hành"), heads=True) == "1 Chỉ đạo, điều hành"
    assert words(["Thấy ", html.Span("ở đây", className="on-page")]) == "Thấy "


def test_a_frame_knows_its_figure_table_and_words(store):
    v = view(store)
    figure = dot_plot([{"label": "a", "value": D(90), "id": "x"}], span=(80, 100), lang="vi")
    table = data_table(v, "T", ["Tên", Head("Thay đổi", num=True)], [["a", change(v, D("1.25"))]])
    drawn = frame(v, "hinh", "Tít", graph(v, figure, "Tít"), subtitle="Phụ", table=table, note=["Ghi ", html.B("chú")])
    (chart,) = charts_of([html.Div(drawn)])
    assert (chart.name, chart.title, chart.subtitle, chart.note) == ("hinh", "Tít", "Phụ", "Ghi chú")
    assert chart.picture is figure
    assert chart.sheet().rows == [("a", D("1.25"))]
    assert chart.link("csv") == "/tai-ve/xep-hang/district/hinh.csv"
    links = {part.href for part in parts(drawn) if hasattr(part, "href")}
    assert {chart.link(ending) for ending in ("csv", "xlsx", "pdf")} <= links
    buttons = [getattr(part, "data-picture", None) for part in parts(drawn)]
    assert {chart.link("json", co=size) for size in SIZES} <= set(buttons)
    assert "chart" not in str(drawn.to_plotly_json().keys())  # nothing more is sent


def test_a_frame_without_figure_or_table_offers_nothing(store):
    drawn = frame(view(store), "hinh", "Tít", html.P("Lời"))
    assert not of_kind(drawn, "Details")


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
    chart = charts_of(show(store, "/xep-hang/district"))[0]
    generation = store.generation()
    assert chart.file("png", "a4") == f"cchc_2020_district_xep-hang_ban{generation}_a4.png"
    english = charts_of(show(store, "/en/xep-hang/department?lv=3&nam=2019"))[0]
    assert english.file("csv") == f"cchc_2019_department_xep-hang-lv3_ban{generation}_en.csv"
    assert all(
        re.fullmatch(r"[a-z0-9_.x-]+", chart.file("svg", "a4"))
        for chart in charts_of(show(store, "/don-vi/quan-ba-dinh"))
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
    assert all(re.fullmatch(r"\d\d\.\d\d", row[2]) for row in rows[1:])


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
    sheet = Sheet([Column("=Tít", texts), Column("Số", [D("-1.5")] * 5, "number", 1)])
    chart = Chart("x", view(store), "=Tít", data=sheet)
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
        assert all(f"column.{column}" in TEXTS for column in columns)
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
    chart = charts_of(show(store, "/xep-hang/district"))[0]
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
    fine = charts_of(show(store, "/xep-hang/district"))[0].statement("a4")
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
