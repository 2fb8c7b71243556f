import json
import logging
import re
import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from dash import Input, Output, dcc
from pages_read import frame_of, of_kind, parts, site_of, words
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import app as dashboard_app
from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.numbers import number_id
from dashboard.address.selection import Route, Site
from dashboard.address.view import View
from dashboard.pages import PAGES
from dashboard.render import files
from dashboard.shell import chrome, downloads
from dashboard.shell.compose import view_of
from dashboard.shell.search import search_index
from dashboard.shell.site import in_order, natural, opened
from dashboard.words import TEXTS
from scoring.cli import main
from scoring.store import Store


@pytest.fixture(scope="module")
def client(store):
    return dashboard_app.create_app(store).server.test_client()


@pytest.fixture(params=["missing folder", "no ledger", "broken ledger", "lost file", "broken file", "other version"])
def without_data(request, tmp_path):
    if request.param == "missing folder":
        return Store(tmp_path / "nowhere")
    if request.param == "broken ledger":
        (tmp_path / "ledger.json").write_text("{", encoding="utf-8")
    if request.param in ("lost file", "broken file", "other version"):
        (tmp_path / "ledger.json").write_text('{"generation": 3}', encoding="utf-8")
    if request.param == "broken file":
        (tmp_path / "store").mkdir()
        (tmp_path / "store" / "gen-000003.duckdb").write_bytes(b"not a database")
    if request.param == "other version":
        (tmp_path / "store").mkdir()
        with duckdb.connect(str(tmp_path / "store" / "gen-000003.duckdb")) as con:
            con.execute("CREATE TABLE meta AS SELECT 'shape' AS \"key\", 'of yesterday' AS \"value\"")
    return Store(tmp_path)


def example(store, page, lang="vi"):
    """A link to the page, with whatever its path asks for."""
    home = site_of(store).home(lang)
    unit, item = next(iter(home.units)), next(iter(home.rubric))
    named = {"unit": unit, "item": item, "number": number_id(home.period, unit, item, "points")}
    return home.to(page.key, **{name: value for name, value in named.items() if f"<{name}>" in page.paths[-1]})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_listed_page_has_its_label_and_one_heading(store, page, lang):
    frame = frame_of(store, example(store, page, lang))
    headings = of_kind(frame.main, "H1")
    assert (frame.status, frame.lang, len(headings)) == (200, lang, 1)
    assert page.section is None or (page.section in chrome.SECTIONS and f"nav.{page.key}" in TEXTS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
@pytest.mark.parametrize(
    "query", ["nam=1&khoi=x&lv=x&tc=x&nhom=x&ss=x&sx=x&nb=x&td=x&xem=x&v=x&y=%00", "=&&%ff=%fe", ""]
)
def test_nonsense_in_the_query_leaves_every_page_standing(store, page, query):
    frame = frame_of(store, example(store, page).partition("?")[0] + "?" + query)
    assert frame.status == 200
    if query.startswith("nam"):
        assert "năm “1”" in words(frame.main)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/khong-co", "Không có trang này"),
        ("/en/nowhere", "There is no such page"),
        ("/xep-hang/xa", "Không có khối này"),
    ],
)
def test_a_lost_path_is_404_and_says_so(store, client, url, said):
    frame = frame_of(store, url)
    assert frame.status == 404 and said in words(frame.main)
    assert client.get(url).status_code == 404
    assert not any("aria-current" in p.to_plotly_json()["props"] for p in parts(frame.navigation))


@pytest.mark.parametrize("url", ["/phuong-phap", "/en/xep-hang/district?nam=2020", "/", "/nowhere"])
def test_without_a_store_the_page_says_what_to_do(without_data, url):
    frame = frame_of(without_data, url)
    assert frame.status == 503
    text = words(frame.main)
    assert "make run" in text or "cchc build" in text
    assert "Traceback" not in text and str(without_data.data) not in text


def test_without_a_store_the_server_answers_503(tmp_path):
    client = dashboard_app.create_app(Store(tmp_path)).server.test_client()
    assert client.get("/phuong-phap").status_code == 503
    assert client.get("/search/vi/2020.json").status_code == 503


def test_a_page_that_fails_shows_a_sentence_and_logs_the_rest(store, caplog):
    def layout(view):
        raise ZeroDivisionError("secret detail")

    page = Route("method", ("/x",), SimpleNamespace(layout=layout), "reference")
    with caplog.at_level(logging.ERROR, "dashboard"):
        frame = frame_of(store, "/x", (page,))
    text = words(frame.main)
    assert frame.status == 500 and "secret" not in text and "ZeroDivision" not in text
    ticket = caplog.records[0].getMessage().split()[-1]
    assert ticket in text and "secret detail" in caplog.text


def test_a_callback_that_fails_says_so_on_the_page(store, caplog):
    app = dashboard_app.create_app(store)

    @app.callback(Output("problem", "title"), Input("url", "hash"))
    def fail(_):
        raise ZeroDivisionError("secret detail")

    app._setup_server()
    asked = {
        "output": "problem.title",
        "outputs": {"id": "problem", "property": "title"},
        "inputs": [{"id": "url", "property": "hash", "value": ""}],
        "changedPropIds": ["url.hash"],
    }
    with caplog.at_level(logging.ERROR, "dashboard"):
        answer = app.server.test_client().post(
            "/_dash-update-component", json=asked, headers={"Referer": "http://localhost/en/thuat-ngu"}
        )
    said = json.dumps(answer.json["sideUpdate"]["problem"])
    assert "That did not work" in said and "secret" not in answer.text and "secret detail" in caplog.text


def test_the_first_path_leads_to_the_first_page(client):
    if not any("/" in page.paths for page in PAGES):
        answer = client.get("/en?nam=2029")
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/en/")


def test_the_index_is_in_the_language_of_the_path_with_strict_headers(client):
    vi, en = client.get("/phuong-phap"), client.get("/en/phuong-phap")
    assert '<html lang="vi">' in vi.text and '<html lang="en">' in en.text
    assert (vi.status_code, en.status_code) == (200, 200)
    policy = vi.headers["Content-Security-Policy"]
    assert "'sha256-" in policy and "unsafe-eval" not in policy and "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert vi.headers["X-Content-Type-Options"] == "nosniff" and vi.headers["Referrer-Policy"] == "same-origin"


def test_nothing_comes_from_another_host_and_assets_stay_cached(client):
    index = client.get("/phuong-phap").text
    assert "https://" not in index and "http://" not in index
    for path in ("/assets/frame.css", "/assets/frame.js"):
        answer = client.get(path)
        assert answer.status_code == 200 and "max-age=31536000" in answer.headers["Cache-Control"]
    compressed = client.get("/assets/frame.css", headers={"Accept-Encoding": "br"})
    assert compressed.headers["Content-Encoding"] == "br"


def test_plotly_comes_as_the_small_bundle(client):
    answer = client.get("/_dash-component-suites/plotly/package_data/plotly.min.js")
    assert answer.status_code == 200
    assert len(answer.data) < 2_000_000 and b"plotly.js (cartesian" in answer.data[:400]


def test_no_chart_offers_to_send_itself_to_a_cloud(store):
    frames = [frame_of(store, example(store, page)) for page in PAGES]
    charts = [part for frame in frames for part in parts(frame.main) if isinstance(part, dcc.Graph)]
    assert all(chart.config["showSendToCloud"] is False for chart in charts)


def test_search_finds_without_accents(store):
    found = search_index(site_of(store), Ask(LOCAL, None), "vi", "2029")
    assert json.dumps(found)
    assert all(href.startswith("/") for *_, href in found)
    assert any("phuong phap" in text for text, *_ in found)


@pytest.mark.parametrize(
    ("season", "said"),
    [
        ({"made_up": True, "illustrative": True}, "SỐ LIỆU GIẢ LẬP"),
        ({"made_up": True, "illustrative": False}, "mọi con số là giả lập, trừ kết quả đã công bố."),
        ({"made_up": False, "illustrative": True}, "Bộ tiêu chí minh họa"),
        ({"status": "provisional"}, "Tạm tính"),
        ({"status": "appraising", "complete": 1}, "1/3 đơn vị đủ điểm"),
        ({"status": "none", "complete": 0}, "Chưa có điểm"),
        ({"status": "approved"}, "Chờ công bố"),
        ({"status": "published"}, "Đã công bố"),
        ({"status": "published", "since": date(2021, 5, 5)}, "Đã công bố ngày 05/5/2021 ·"),
        ({"status": "published", "since": date(2021, 5, 5), "complete": 1}, "ngày 05/5/2021, 1/3 đơn vị đủ điểm"),
    ],
)
def test_the_ribbon_says_what_the_data_are(season, said):
    row = {"made_up": False, "illustrative": False, "has_scores": True, "units": 3, "complete": 3} | season
    year = {"status": "provisional", "since": None, "units": 3, "complete": 3} | season
    meta = {"generation": "7", "dataset_hash": "a1b2c3d4e5"}
    site = Site(PAGES, {("2020", "x"): row}, {"x": {"name": "X"}}, meta=meta, years={"2020": year})
    ribbon = words(chrome.ribbon(View(site.home(), Ask(LOCAL, None))))
    assert said in ribbon and "7 · a1b2c3d4" in ribbon
    assert ("GIẢ LẬP" in ribbon) == row["made_up"]


def test_the_rubric_reads_from_top_to_bottom():
    below = {"9": None, "9.2": "9", "9.4.1": "9.2", "9.10": "9", "10": None, "9.4.2": "9.2"}
    rubric = dict(sorted(((c, {"parent_code": p}) for c, p in below.items()), key=lambda item: natural(item[0])))
    assert list(in_order(rubric)) == ["9", "9.2", "9.4.1", "9.4.2", "9.10", "10"]


# In a real browser


def test_moving_between_pages_by_keyboard(browser, address):
    browser.open(f"{address}/phuong-phap")
    assert "Phương pháp" in browser.title
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.switch_to.active_element
    assert box.get_attribute("id") == "search-input"
    box.send_keys("thuat ngu")
    browser.wait(lambda _: browser.all("#search-list li"))
    assert box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant") == "search-option-0"
    box.send_keys(Keys.ENTER)
    browser.wait(lambda _: "Thuật ngữ" in browser.title)
    assert browser.switch_to.active_element.tag_name == "h1"
    assert browser.current_url == f"{address}/thuat-ngu"
    browser.back()
    browser.wait(lambda _: "Phương pháp" in browser.title)
    browser.forward()
    browser.wait(lambda _: "Thuật ngữ" in browser.title)
    assert browser.console_errors() == []


def test_another_page_starts_at_its_top_and_back_returns_to_the_place(browser, address):
    browser.open(f"{address}/phuong-phap")
    browser.execute_script("scrollTo(0, 900)")
    browser.execute_script("document.querySelector('.footer a[href*=thuat-ngu]').click()")
    browser.wait(lambda _: "Thuật ngữ" in browser.title)
    assert browser.execute_script("return scrollY") == 0
    browser.back()
    browser.wait(lambda _: "Phương pháp" in browser.title)
    assert browser.execute_script("return scrollY") == 900


def test_a_control_keeps_the_focus(browser, address):
    browser.open(f"{address}/phuong-phap")
    browser.one(".header .segmented li:nth-child(2) a").send_keys(Keys.ENTER)
    browser.wait(lambda _: "khoi=" in browser.current_url)
    browser.settled()
    browser.wait(lambda _: browser.switch_to.active_element.get_attribute("aria-current") == "true")


def test_the_language_switch_keeps_the_view(browser, address):
    browser.open(f"{address}/thuat-ngu")
    browser.one(".languages a[lang=en]").click()
    browser.wait(lambda _: browser.title.startswith("Glossary"))
    assert browser.current_url == f"{address}/en/thuat-ngu"
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"


def test_filtering_a_table_and_the_state_when_nothing_is_left(browser, address):
    browser.open(f"{address}/thuat-ngu")
    box = browser.one("#glossary-filter")
    box.send_keys("dong hang")
    browser.wait(lambda _: sum(row.is_displayed() for row in browser.all("#glossary-table tbody tr")) == 1)
    box.send_keys("zzz")
    assert browser.one("#glossary-table-empty").is_displayed()


@pytest.mark.parametrize("width", [320, 360, 1366])
@pytest.mark.parametrize("url", ["/phuong-phap", "/en/phuong-phap", "/thuat-ngu", "/en/thuat-ngu", "/khong-co"])
def test_everyone_can_use_it(browser, address, url, width):
    browser.resize(width)
    browser.open(address + url)
    assert browser.axe() == []
    assert browser.too_wide() <= 0


def test_the_drawer_on_a_telephone(browser, address):
    browser.resize(360)
    browser.open(f"{address}/phuong-phap")
    opener = browser.one(".menu-button")
    opener.click()
    assert browser.one("#drawer a[aria-current=page]").text == "Phương pháp"
    assert browser.axe() == []
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    browser.wait(lambda _: not browser.find_element(By.ID, "drawer").is_displayed())
    assert browser.switch_to.active_element == opener
    opener.click()
    browser.one("#drawer a[href='/thuat-ngu']").click()
    browser.wait(lambda _: "Thuật ngữ" in browser.title)
    assert not browser.find_element(By.ID, "drawer").is_displayed()


def test_a_new_generation_shows_without_a_restart(example_season, tmp_path):
    data = shutil.copytree(example_season, tmp_path / "data")
    store = Store(data)
    before = words(frame_of(store, "/phuong-phap").ribbon)
    assert main(["build", "--data", str(data), "-q"]) == 0
    assert words(frame_of(store, "/phuong-phap").ribbon) != before


def correct(data, folder):
    """The council takes all points of the first leaf that district-01 scored for: an import, and its generation."""
    with Store(data).snapshot() as snapshot:
        row = next(
            row
            for row in snapshot.rows("FROM item_results ORDER BY criterion_code")
            if (row["unit_code"], row["state"]) == ("district-01", "appraised") and row["points"]
        )
    path = folder / "appraised_scores.csv"
    path.write_text(
        "period,unit_code,criterion_code,round,points,appraiser,reason\n"
        f"2029,district-01,{row['criterion_code']},9,0,hoi-dong,Thiếu tài liệu\n",
        encoding="utf-8",
    )
    assert main(["import", str(path), "--data", str(data), "-q"]) == 0


def test_a_view_and_its_files_come_from_one_generation_while_an_import_lands(example_season, tmp_path):
    data = shutil.copytree(example_season, tmp_path / "data")
    store = Store(data)

    def told(frame):
        chart = frame.exports[0]
        return words(frame.main), words(frame.ribbon), chart.file("csv"), files.to_csv(chart.sheet())

    before = told(frame_of(store, "/xep-hang/district"))
    with opened(store, LOCAL) as (site, ask):
        correct(data, tmp_path)
        assert told(view_of(site, ask, "/xep-hang/district", "?lv=")) == before
    after = told(frame_of(store, "/xep-hang/district"))
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_a_download_comes_from_the_generation_that_it_is_named_after(example_season, tmp_path, monkeypatch):
    data = shutil.copytree(example_season, tmp_path / "data")
    client = dashboard_app.create_app(Store(data)).server.test_client()
    link = "/tai-ve/xep-hang/district/xep-hang.csv?xem=bang"

    def told(answer):
        return answer.headers["Content-Disposition"], answer.data

    before = told(client.get(link))
    drawn = downloads.chart

    def late(*asked):
        monkeypatch.undo()
        correct(data, tmp_path)
        return drawn(*asked)

    monkeypatch.setattr(downloads, "chart", late)
    assert told(client.get(link)) == before
    after = told(client.get(link))
    assert after[0] != before[0] and after[1] != before[1]


# Colours

NEUTRALS = {"#E9ECF0", "#C3CBD5", "#F4D9BE"}  # the neutrals and the one tint of the design that the palette lacks


def _colours(value):
    if isinstance(value, str):
        return {value.upper()} if value.startswith("#") else set()
    return set().union(*map(_colours, value.values() if isinstance(value, dict) else value)) if value else set()


def test_the_style_sheets_use_the_palette_alone():
    palette = _colours(json.loads(Path("tests/data/palette.json").read_text(encoding="utf-8"))) | NEUTRALS
    for sheet in Path("assets").glob("*.css"):
        text = re.sub(r'url\("[^"]*"\)', "", sheet.read_text(encoding="utf-8"))
        used = {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}\b", text)}
        assert used <= palette, f"{sheet.name}: {used - palette}"
