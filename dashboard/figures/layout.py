"""What every figure shares: the one small layout, keys, axes of values, lines and notes on the plot.

A figure is a plain dict (see the README for what that saves), so nothing here imports Plotly.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from dashboard.figures.lettering import FONT, SIZE, escape, text_width
from dashboard.figures.palette import CLEAR, GRID, INK, INK_2, SAME, SEQUENTIAL, WHITE
from dashboard.words import formats, t

Rows = Sequence[dict[str, Any]]
Figure = dict[str, Any]
Span = tuple[Any, Any]

STEPS = [
    Decimal(hundredths) / 100
    for hundredths in (5, 10, 25, 50, 100, 200, 300, 400, 500, 1000, 2000, 2500, 5000, 10000, 20000, 50000, 100000)
]
NARROW = 480  # px of width under which names stand over their rows and columns are left out
DASHED = "4px,3px"

SHARED: dict[str, Any] = {
    "font": {"family": FONT, "size": SIZE, "color": INK},
    "paper_bgcolor": WHITE,
    "plot_bgcolor": CLEAR,
    "showlegend": False,
    "dragmode": False,
    "hovermode": "closest",
    "hoverlabel": {"bgcolor": WHITE, "bordercolor": SAME, "align": "left", "font": {"size": SIZE, "color": INK}},
    "barmode": "overlay",
}
HIDDEN = {"visible": False, "fixedrange": True}
AXIS: dict[str, Any] = {
    "tickmode": "array",
    "tickangle": 0,
    "tickfont": {"color": INK_2},
    "ticks": "",
    "zeroline": False,
    "fixedrange": True,
}


def figure(
    data: list[dict],
    *,
    width: int,
    height: float,
    margin: tuple[float, float, float, float],
    key: Sequence[tuple[str, str]] = (),
    **layout: Any,
) -> Figure:
    """A figure on the shared layout. `margin` is left, right, top, bottom in px. `layout.meta` keeps what page and
    export need: the `width` it was laid out for (the page may stretch it) and its `key`, marks (see `MARKS`) with
    their words."""
    left, right, top, bottom = (round(side) for side in margin)
    return {
        "data": data,
        "layout": {
            **SHARED,
            "height": round(height),
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "meta": {"width": width, "key": [list(pair) for pair in key]},
            **layout,
        },
    }


def empty(message: str, *, width: int = 531, height: int = 160) -> Figure:
    """A figure that only says why there is nothing to draw."""
    text = note(escape(message), 0.5, 0.5, xref="paper", yref="paper", font={"color": INK_2})
    axes = {"xaxis": {**HIDDEN}, "yaxis": {**HIDDEN}}
    return figure([], width=width, height=height, margin=(0, 0, 0, 0), annotations=[text], **axes)


def named(lang: str, **marks: str) -> list[tuple[str, str]]:
    """Key of a figure: marks with the text of their key in `dashboard.words`."""
    return [(mark, t(word, lang)) for mark, word in marks.items()]


def class_key(breaks: Sequence[Any], colours: Sequence[str], lang: str, unit: str = "") -> list[tuple[str, str]]:
    """Key of shaded classes, the lowest first: "dưới 86", "86–88", …, "từ 94,5"."""
    edges = [formats.number(edge, lang, 2, trim=True) for edge in breaks]
    if not edges:
        return []
    words = [
        t("figure.class_under", lang, value=edges[0] + unit),
        *(f"{low}–{high}{unit}" for low, high in pairwise(edges)),
        t("figure.class_from", lang, value=edges[-1] + unit),
    ]
    return [(f"step-{SEQUENTIAL.index(colour) + 1}", word) for colour, word in zip(colours, words, strict=True)]


def ticks(
    span: Span, px: float, lang: str, *, percent: bool = False, upright: bool = False
) -> tuple[list[float], list[str]]:
    """Round positions within `span` and their texts, as many as `px` holds side by side, 12 px apart at least;
    on an upright axis 34 px from each other."""
    unit = "%" if percent else ""
    low, high = (Decimal(str(end)) for end in span)
    for whole in (True, False):  # steps that meet both ends, and nought between them, first
        for step in STEPS:
            if (whole and ((high - low) % step or (low < 0 < high and low % step))) or (high - low) / step > 60:
                continue
            places = max(0, -step.normalize().as_tuple().exponent, -low.normalize().as_tuple().exponent)
            values = [low + step * n for n in range(int((high - low) / step) + 1)]
            texts = [formats.number(value, lang, places) + unit for value in values]
            room = px * float(step / (high - low))
            need = 34 if upright else max((text_width(text) for text in texts), default=0) + 12
            if len(values) > 1 and room >= need:
                return [float(value) for value in values], texts
    return [float(low), float(high)], [formats.number(end, lang, 0) + unit for end in (low, high)]


def span_of(values: Sequence[Any], step: int = 2) -> tuple[int, int]:
    """The range of an axis for a block and year: from the multiple of `step` at or under the least value to the one at
    or over the greatest. Give it every unit of the block, so that pages of one block compare."""
    known = [Fraction(str(value)) for value in values if value is not None] or [Fraction(0)]
    low = min(known) // step * step
    high = -(-max(known) // step) * step
    return low, max(high, low + step)


def value_axis(span: Span, px: float, lang: str, *, percent: bool = False, side: str = "top") -> dict[str, Any]:
    """The value axis: thin grid, no zero line, never zoomed."""
    values, texts = ticks(span, px, lang, percent=percent, upright=side == "left")
    low, high = float(span[0]), float(span[1])
    sliver = (high - low) * 1.6 / max(px, 100)  # Plotly leaves out a grid line on the very edge
    return {
        **AXIS,
        "range": [low - sliver, high + sliver],
        "side": side,
        "tickvals": values,
        "ticktext": texts,
        "ticklabelstandoff": 5,
        "showgrid": True,
        "gridcolor": GRID,
        "gridwidth": 1,
        "showline": False,
    }


def ranks_axis(count: int, px: float) -> dict[str, Any]:
    """Tick labels of an axis of ranks, `px` wide each: every one, or the first and every fifth or tenth."""
    step = next((step for step in (1, 5, 10) if step * px >= 22), 10)
    places = sorted({1, *range(step, count + 1, step)})
    return {"tickvals": places, "ticktext": [str(place) for place in places]}


def note(text: str, x: Any, y: Any, *, xref: str = "x", yref: str = "y", **more: Any) -> dict[str, Any]:
    """A text on the figure, already safe for Plotly."""
    return {"text": text, "xref": xref, "yref": yref, "x": x, "y": y, "showarrow": False, **more}


def rule(
    value: Any, *, of: str = "x", colour: str = INK, width: float = 1, dashed: bool = False, below: bool = True
) -> dict[str, Any]:
    """A straight line through the whole plot at a value of the axis `of`, under the marks."""
    across = "y" if of == "x" else "x"
    return {
        "type": "line",
        f"{of}ref": of,
        f"{across}ref": "paper",
        **{f"{of}0": value, f"{of}1": value, f"{across}0": 0, f"{across}1": 1},
        "line": {"color": colour, "width": width, **({"dash": DASHED} if dashed else {})},
        **({"layer": "below"} if below else {}),
    }
