"""dashboard.html: the elements of Dash, cheaper."""

import json

import pytest
from dash import html as heavy
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dashboard.render import elements as html

GIVEN = {"id": "a", "className": "b", "style": {"left": "1%"}, "tabIndex": 0, "data-x": "1", "aria-label": "Điểm"}


def sent(component) -> dict:
    return json.loads(to_json_plotly(component))


def test_every_element_is_sent_as_dash_sends_it():
    for name in heavy.__all__:
        light, other = getattr(html, name), getattr(heavy, name)
        assert sent(light(["x", light("y")], **GIVEN)) == sent(other(["x", other("y")], **GIVEN)), name
        assert sent(other())["props"] == {"children": None} and sent(light())["props"] == {}, name
        assert isinstance(light(), other) and isinstance(light(), Component), name


def test_what_is_empty_is_not_sent_and_what_is_no_property_neither():
    drawn = html.Div(None, title=None, hidden=False)
    drawn.chart = object()
    assert drawn.title is None and drawn.children is None
    assert sent(drawn)["props"] == {"hidden": False}


def test_a_property_set_later_is_sent():
    drawn = html.P("x")
    drawn.className = "note"
    assert sent(drawn)["props"] == {"children": "x", "className": "note"}


def test_a_wrong_property_is_an_error():
    with pytest.raises(TypeError, match="Td has no property colspan"):
        html.Td("x", colspan=2)
    with pytest.raises(ValueError):
        html.Div("a", "b")
