"""The room that texts of figures take, measured where they are drawn: in the browser, with the fonts served."""

import flask
import pytest
from figures_made import LONG, SAID, all_figures
from figures_read import MEASURE

from app import ASSETS
from dashboard import figures

PAGE = """<!doctype html><html lang="vi"><title>Hình</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/fonts.css"><main><h1>Hình</h1><div id="place"></div></main>
<script src="/assets/vendor/{plotly}"></script>"""


@pytest.fixture(scope="module")
def drawing_page(live_server) -> str:
    """The address of an empty page with Plotly, and of the pictures as JSON under it."""
    server = flask.Flask(__name__, static_folder=str(ASSETS), static_url_path="/assets")
    plotly = next((ASSETS / "vendor").glob("plotly-*.min.js")).name
    server.add_url_rule("/", view_func=lambda: PAGE.format(plotly=plotly))

    @server.get("/<lang>/<size>")
    def pictures(lang: str, size: str):
        if size.isdigit():
            return flask.jsonify(all_figures(lang, int(size) or None))
        title = f"{LONG} đạt điểm cao nhất khối sở và cơ quan tương đương sở năm 2020: 95,16 điểm"
        return flask.jsonify(
            {
                name: figures.statement(figure, title=title, size=size, lang=lang, **SAID)
                for name, figure in all_figures(lang).items()
            }
        )

    return live_server(server)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("size", ["0", "358", "320", *figures.SIZES])
def test_no_text_leaves_its_canvas_or_meets_another(browser, drawing_page, size, lang):
    browser.open(drawing_page)
    browser.set_script_timeout(120)
    assert browser.execute_async_script(MEASURE, f"/{lang}/{size}") == []
    assert browser.console_errors() == []
