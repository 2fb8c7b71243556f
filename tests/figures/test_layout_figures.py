from decimal import Decimal as D

from plotly import graph_objects as go

from dashboard import figures


def test_spans_are_fixed_by_all_units_of_a_block():
    assert figures.span_of([D("84.33"), None, D("95.16")]) == (84, 96)
    assert figures.span_of([D(90)], 5) == (90, 95) and figures.span_of([]) == (0, 2)


def test_an_empty_figure_says_why():
    figure = figures.empty("Chưa có số liệu <2020>")
    go.Figure(figure)
    assert figure["layout"]["annotations"][0]["text"] == "Chưa có số liệu &lt;2020&gt;"
