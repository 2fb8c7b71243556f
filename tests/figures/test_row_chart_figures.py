import json

from figures_made import block
from figures_read import plain

from dashboard import figures


def test_the_own_row_is_tinted_barred_bold_and_said():
    figure = figures.dot_plot(block(own=True), span=(82, 98), lang="vi")
    assert sum(shape.get("fillcolor") == "#FFF6DB" for shape in figure["layout"]["shapes"]) == 3
    assert plain(figure["layout"]["yaxis3"]["ticktext"][0]) == "Ba Vì  Của bạn"
    assert "font-weight:600" in figure["layout"]["yaxis3"]["ticktext"][0]


def test_names_cannot_bring_markup():
    figure = figures.dot_plot(block(label="<b>x</b> & y"), span=(82, 98), lang="vi")
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in json.dumps(figure) and "<b>x</b> & y" not in json.dumps(figure)
