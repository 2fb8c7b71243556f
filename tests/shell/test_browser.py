"""What only a real browser can tell."""

from pathlib import Path

import flask
import pytest

ASSETS = Path(__file__).parents[2] / "assets"

# The parts that every page stands on, without the product around them.
BARE = """<!doctype html><html lang="vi"><title>Bộ phận</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/assets/vendor/{bootstrap}"><link rel="stylesheet" href="/assets/fonts.css">
<style>body {{ font: 16px 'Be Vietnam Pro' }} .num {{ font-family: 'CCHC So', 'Be Vietnam Pro' }}</style>
<main><h1>Chỉ số cải cách hành chính</h1>
<p><span class="num">11,11</span><br><span class="num">40,08</span><br><b><span class="num">−1+7</span></b></p>
<div id="chart" style="width:600px;height:300px"></div></main>
<script src="/assets/locale_vi.js"></script><script src="/assets/vendor/{plotly}"></script>
<script>
window.drawn = Plotly.newPlot("chart",
  [{{x: [1234.5], y: [1], mode: "text", text: ["x"], texttemplate: "%{{x:,.2f}}"}}], {{}},
  {{locale: "vi", displayModeBar: true, showSendToCloud: false}});
</script>"""


@pytest.fixture(scope="module")
def bare_page(live_server) -> str:
    """The address of a page that loads the vendored files by hand."""
    server = flask.Flask(__name__, static_folder=str(ASSETS), static_url_path="/assets")
    bootstrap, plotly = (
        next((ASSETS / "vendor").glob(pattern)).name for pattern in ("bootstrap-*.css", "plotly-*.min.js")
    )
    server.add_url_rule("/", view_func=lambda: BARE.format(bootstrap=bootstrap, plotly=plotly))
    return live_server(server)


def test_page_asks_no_other_host_and_is_clean(browser, bare_page):
    browser.open(bare_page)
    browser.one("#chart .text")
    assert browser.console_errors() == []
    assert browser.axe("h1") == []


def test_words_are_set_in_the_served_font(browser, bare_page):
    browser.open(bare_page)
    used = browser.execute_script(
        "return [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))"
    )
    assert {"Be Vietnam Pro", "CCHC So"} <= set(used)


def test_digits_of_a_number_column_have_one_width(browser, bare_page):
    browser.open(bare_page)
    narrow, wide, bold = browser.execute_script(
        "return [...document.querySelectorAll('.num')].map(number => number.getBoundingClientRect().width)"
    )
    assert narrow == wide
    assert bold == pytest.approx(4 * 16 * 0.646, abs=0.1)


def test_charts_speak_vietnamese(browser, bare_page):
    browser.open(bare_page)
    assert browser.one("#chart .textpoint text").text == "1.234,50"
    tips = {button.get_attribute("data-title") for button in browser.all("#chart .modebar-btn")}
    assert {"Phóng to", "Kéo", "Đặt lại trục"} <= tips
    assert "Share chart..." not in tips


def test_grid_words_fall_back_to_english(browser, bare_page):
    browser.open(bare_page)
    ask = "return dashAgGridFunctions.gridTextVi(arguments[0])"
    assert browser.execute_script(ask, {"key": "contains", "defaultValue": "Contains"}) == "Chứa"
    assert browser.execute_script(ask, {"key": "unheardOf", "defaultValue": "Unheard of"}) == "Unheard of"
    least = {"key": "minValueValidation", "defaultValue": "", "variableValues": ["5"]}
    assert browser.execute_script(ask, least) == "Phải lớn hơn hoặc bằng 5"


def test_viewport_is_as_narrow_as_a_telephone(browser, bare_page):
    browser.resize(360)
    browser.open(bare_page)
    assert browser.execute_script("return window.innerWidth") == 360
    assert browser.too_wide() > 200  # the chart is 600 px wide


def test_another_host_shows_in_the_console(browser, bare_page):
    browser.open(bare_page)
    browser.execute_script(
        "const s = document.createElement('script'); s.src = 'https://example.org/x.js';document.body.append(s)"
    )
    assert browser.wait(lambda b: b.console_errors())
