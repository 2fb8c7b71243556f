"""Pictures as the reader's own browser makes them, and the room that their texts take."""

import base64
import json
from functools import cache

import flask
import pytest
from figures_read import MEASURE
from pages_read import charts_of, frame_of, site_of
from selenium.webdriver.common.keys import Keys
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import app as dashboard_app
from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.figures import SIZES
from dashboard.render.export import Export
from dashboard.shell.downloads import standing
from scoring.store import Store

# Keeps what is saved instead of writing it to a folder.
CATCH = """
window.caught = null;
let saved = null;
const make = URL.createObjectURL;
URL.createObjectURL = blob => { saved = blob; return make(blob); };
HTMLAnchorElement.prototype.click = function () {
  const reader = new FileReader();
  reader.onload = () => { window.caught = [this.download, reader.result]; };
  reader.readAsDataURL(saved);
};
"""


@pytest.fixture(scope="module")
def store(demo_season):
    return Store(demo_season)


@pytest.fixture(scope="module")
def application(store):
    statements = flask.Flask("statements")

    @cache
    def charts_in(lang: str) -> list[Export]:
        """Every standing chart of both blocks, and those of a profile in each."""
        site = site_of(store)
        with store.snapshot() as snapshot:
            charts = standing(site, Ask(LOCAL, snapshot), lang, "2020", ("department", "district"))
        prefix = "" if lang == "vi" else f"/{lang}"
        for unit in ("quan-cau-giay", "so-noi-vu"):
            charts += [c for c in charts_of(frame_of(store, f"{prefix}/don-vi/{unit}")) if c.picture]
        return charts

    @statements.get("/<lang>/<size>")
    def measured(lang: str, size: str):
        return json.dumps({chart.file("", size): chart.statement(size) for chart in charts_in(lang)}, default=float)

    return DispatcherMiddleware(dashboard_app.create_app(store).server, {"/measured": statements})


@pytest.fixture(scope="module")
def address(application, live_server):
    return live_server(application)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_no_text_of_a_picture_leaves_the_canvas_or_meets_another(browser, address, lang, size):
    browser.open(f"{address}/xep-hang/district?xem=bieu-do")
    browser.execute_script("const p = document.createElement('div'); p.id = 'place'; document.body.append(p)")
    browser.set_script_timeout(120)
    assert browser.execute_async_script(MEASURE, f"{address}/measured/{lang}/{size}") == []


def catch(browser) -> tuple[str, bytes]:
    """Name and content of the file that the page saved."""
    name, data = browser.wait(lambda b: b.execute_script("return window.caught"), "no file was saved")
    browser.execute_script("window.caught = null")
    return name, base64.b64decode(data.split(",", 1)[1])


@pytest.mark.parametrize("lang", ["", "/en"])
def test_a_picture_is_saved_by_button_in_its_exact_size(browser, address, lang):
    browser.open(f"{address}{lang}/xep-hang/district")  # no chart there: the browser fetches Plotly for the picture
    browser.execute_script(CATCH)
    menu = browser.one("details.menu summary")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", menu)
    menu.click()
    for size, (wide, tall) in SIZES.items():
        browser.one(f"[data-kind=png][data-picture*='co={size}']").click()
        name, png = catch(browser)
        assert name.endswith(f"_{size}{'_en' if lang else ''}.png")
        width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        assert width == wide and (tall is None or height == tall)
        assert png[37:41] == b"pHYs"
    browser.one("[data-kind=svg]").click()
    name, svg = catch(browser)
    assert name.endswith(".svg")
    text = svg.decode()
    assert "font/woff2;base64," in text and "Be Vietnam Pro" in text
    assert ("Khoảng hạng" if not lang else "Rank interval") in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert browser.console_errors() == []


def test_an_svg_looks_the_same_where_no_font_is_installed(browser, address, tmp_path):
    browser.open(f"{address}/xep-hang/district?xem=bieu-do")
    browser.execute_script(CATCH)
    browser.execute_script("document.querySelector('[data-kind=svg]').click()")
    _, svg = catch(browser)
    path = tmp_path / "x.svg"
    path.write_bytes(svg)
    browser.get(path.as_uri())
    browser.wait(lambda b: b.execute_script("return document.fonts.status === 'loaded'"))
    used = browser.execute_script(
        "return [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replace(/[\"']/g, ''))"
    )
    assert {"Be Vietnam Pro", "CCHC So"} <= set(used)


def test_the_menu_works_by_keyboard_and_is_accessible(browser, address):
    browser.open(f"{address}/xep-hang/district?xem=bieu-do")
    browser.execute_script(CATCH)
    summary = browser.one("details.menu summary")
    browser.execute_script("arguments[0].focus()", summary)
    summary.send_keys(Keys.ENTER)
    browser.one("details.menu[open] .choices")
    assert browser.axe("details.menu") == []
    active = browser.switch_to.active_element
    active.send_keys(Keys.TAB)
    button = browser.switch_to.active_element
    assert button.get_attribute("data-kind") == "png"
    button.send_keys(Keys.ENTER)
    assert catch(browser)[0].endswith("_a4.png")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not browser.all("details.menu[open]")


def test_a_failure_is_said_in_words(browser, address):
    browser.open(f"{address}/xep-hang/district?xem=bieu-do")
    browser.execute_script("window.fetch = () => Promise.reject(new Error('offline'))")
    browser.one("details.menu summary").click()
    button = browser.one("[data-kind=png]")
    button.click()
    browser.wait(lambda _: "Không vẽ được" in button.text)
