"""The room that texts of figures take, measured where they are drawn: in the browser, with the fonts served."""

import flask
import pytest
from test_browser import ASSETS
from test_figures import LONG, SAID, all_figures

from dashboard import figures

PAGE = """<!doctype html><html lang="vi"><title>Hình</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/fonts.css"><main><h1>Hình</h1><div id="place"></div></main>
<script src="/assets/vendor/{plotly}"></script>"""

# Draws one picture after the other and says which texts leave their canvas or meet (line boxes may touch by 5 px).
MEASURE = """
const done = arguments[arguments.length - 1], place = document.getElementById("place");
(async () => {
  const faces = ["Be Vietnam Pro", "CCHC So"].flatMap(f => [400, 600, 700].map(w => `${w} 13px '${f}'`));
  await Promise.all(faces.map(face => document.fonts.load(face, "Aắ1−")));
  const found = [];
  for (const [name, {data, layout}] of Object.entries(await (await fetch(arguments[0])).json())) {
    const width = layout.width || layout.meta.width;
    await Plotly.newPlot(place, data, {...layout, width}, {staticPlot: true});
    const from = place.querySelector("svg").getBoundingClientRect(), boxes = [];
    for (const text of place.querySelectorAll("svg text")) {
      const box = text.getBoundingClientRect();
      if (box.width) boxes.push([text.textContent, box, text.closest(".shape-group")]);
    }
    if (boxes.length < 5) found.push(`${name}: drawn without its texts`);
    for (const [text, box] of boxes)
      if (box.left < from.left - 0.6 || box.right > from.left + width + 0.6
          || box.top < from.top - 1 || box.bottom > from.top + layout.height + 1)
        found.push(`${name}: "${text}" leaves the canvas`);
    const lines = boxes.filter(([, , watermark]) => !watermark);
    lines.forEach(([one, a], at) => lines.slice(at + 1).forEach(([two, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 5) found.push(`${name}: "${one}" meets "${two}"`);
    }));
  }
  return found;
})().then(done, error => done([String(error)]));
"""


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
