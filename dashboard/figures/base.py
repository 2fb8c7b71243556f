"""What every figure shares: colours by role, the one small layout, and rows of text columns around a plot.

A figure is a plain dict (see the README for what that saves), so nothing here imports Plotly.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dashboard.figures.lettering import escape, fit, text_width, wrap
from dashboard.words import formats, t

Rows = Sequence[dict[str, Any]]
Figure = dict[str, Any]

INK, INK_2, INK_3 = "#17202B", "#46515F", "#5F6B7A"
PRIMARY, GRID, ROW_LINE, WHITE = "#0B5CAD", "#D5DAE1", "#E9ECF0", "#FFFFFF"
OWN_ROW = "#FFF6DB"
INTERVAL, ONE_OF_MANY = "#82B3DA", "#4E92C6"
SELF, SURVEY = "#5F6B7A", "#C77905"
CUT, RISE, SAME = "#B8500C", "#0B5CAD", "#7A8696"
BLOCK_RANGE, MIDDLE_HALF = "#E9ECF0", "#C3CBD5"
CONFLICT = "#4B2E83"
UNDER_PLAN = "#F4D9BE"
WEIGHTS = "#2E9E9E"  # other weights: no error of sampling
PAIR_BELOW = "#F4D9BE"
OTHERS = "#C3CBD5"  # many lines behind a few
SIMULATION = "#5B2170"
SEQUENTIAL = ("#F2F7FC", "#D9E8F5", "#B3D0E9", "#82B3DA", "#4E92C6", "#226EAD", "#0B4A86")
LIKERT = ("#9C4206", "#E3A06A", "#DADDE2", "#85B5DD", "#0B5CAD")
ON_LIKERT = (WHITE, INK, INK, INK, WHITE)
CATEGORICAL = ("#0B5CAD", "#C77905", "#2E9E9E", "#4C242C", "#A90404", "#03036D")

FONT = "Be Vietnam Pro, DejaVu Sans, sans-serif"
NUMBERS = "CCHC So, Be Vietnam Pro, DejaVu Sans, sans-serif"
SIZE = 13
AXIS_LINE = 28  # px above the rows: tick labels and column heads
LINE_ABOVE = 22  # px more for a label over the axis line
STEPS = tuple(
    Decimal(step)
    for step in [
        "0.05",
        "0.1",
        "0.25",
        "0.5",
        "1",
        "2",
        "3",
        "4",
        "5",
        "10",
        "20",
        "25",
        "50",
        "100",
        "200",
        "500",
        "1000",
    ]
)

# The marks of a key, each a form and a colour; the same names as the classes `mark-…` of assets/marks.css.
MARKS: dict[str, tuple[str, str]] = {
    "dot": ("dot", PRIMARY),
    "many": ("small dot", ONE_OF_MANY),
    "ring": ("ring", SELF),
    "conflict": ("ring", CONFLICT),
    "interval": ("line", INTERVAL),
    "cut": ("line", CUT),
    "rise": ("line", RISE),
    "others": ("line", OTHERS),
    "weights": ("line", WEIGHTS),
    "pair-above": ("swatch", SEQUENTIAL[1]),
    "pair-below": ("swatch", PAIR_BELOW),
    "median": ("dashed", INK),
    "tick": ("tick", INK),
    "square": ("square", INK),
    "lost": ("swatch", CUT),
    "bar": ("swatch", PRIMARY),
    "range": ("swatch", BLOCK_RANGE),
    "half": ("swatch", MIDDLE_HALF),
    "under": ("swatch", UNDER_PLAN),
    "hatch": ("hatch", SAME),
    **{f"step-{place}": ("swatch", colour) for place, colour in enumerate(SEQUENTIAL, start=1)},
    **{f"likert-{place}": ("swatch", colour) for place, colour in enumerate(LIKERT, start=1)},
}

SHARED: dict[str, Any] = {
    "font": {"family": FONT, "size": SIZE, "color": INK},
    "paper_bgcolor": WHITE,
    "plot_bgcolor": "rgba(0,0,0,0)",
    "showlegend": False,
    "dragmode": False,
    "hovermode": "closest",
    "hoverlabel": {"bgcolor": WHITE, "bordercolor": SAME, "align": "left", "font": {"size": SIZE, "color": INK}},
    "barmode": "overlay",
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
    """A figure on the shared layout. `margin` is left, right, top, bottom in px. `layout.meta` keeps what frame and
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


def named(lang: str, **marks: str) -> list[tuple[str, str]]:
    """Key of a figure: marks with the text of their key in `dashboard.texts`."""
    return [(mark, t(word, lang)) for mark, word in marks.items()]


def empty(message: str, *, width: int = 531, height: int = 160) -> Figure:
    """A figure that only says why there is nothing to draw."""
    text = {"text": escape(message), "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
    hidden = {"visible": False, "fixedrange": True}
    return figure(
        [],
        width=width,
        height=height,
        margin=(0, 0, 0, 0),
        xaxis=hidden,
        yaxis=hidden,
        annotations=[{**text, "font": {"color": INK_2}}],
    )


def ticks(
    span: tuple[Any, Any], px: float, lang: str, *, percent: bool = False, upright: bool = False
) -> tuple[list[float], list[str]]:
    """Round positions within `span` and their texts, as many as `px` holds side by side, 12 px apart at least;
    on an upright axis 34 px from each other."""
    low, high = (Decimal(str(end)) for end in span)
    for whole in (True, False):  # steps that meet both ends, and nought between them, first
        for step in STEPS:
            if (whole and ((high - low) % step or (low < 0 < high and low % step))) or (high - low) / step > 60:
                continue
            places = max(0, -step.normalize().as_tuple().exponent, -low.normalize().as_tuple().exponent)
            values = [low + step * n for n in range(int((high - low) / step) + 1)]
            texts = [formats.number(value, lang, places) + ("%" if percent else "") for value in values]
            room = px * float(step / (high - low))
            need = 34 if upright else max((text_width(text) for text in texts), default=0) + 12
            if len(values) > 1 and room >= need:
                return [float(value) for value in values], texts
    return [float(low), float(high)], [formats.number(end, lang, 0) + ("%" if percent else "") for end in (low, high)]


def span_of(values: Sequence[Any], step: int = 2) -> tuple[int, int]:
    """The range of an axis for a block and year: from the multiple of `step` at or under the least value to the one at
    or over the greatest. Give it every unit of the block, so that pages of one block compare."""
    found = [Fraction(str(value)) for value in values if value is not None] or [Fraction(0)]
    low = min(found) // step * step
    high = -(-max(found) // step) * step
    return low, max(high, low + step)


def value_axis(
    span: tuple[Any, Any], px: float, lang: str, *, percent: bool = False, side: str = "top"
) -> dict[str, Any]:
    """The value axis: thin grid, no zero line, never zoomed."""
    values, texts = ticks(span, px, lang, percent=percent, upright=side == "left")
    low, high = float(span[0]), float(span[1])
    sliver = (high - low) * 1.6 / max(px, 100)  # Plotly leaves out a grid line on the very edge
    return {
        "range": [low - sliver, high + sliver],
        "side": side,
        "tickmode": "array",
        "tickvals": values,
        "ticktext": texts,
        "tickangle": 0,
        "tickfont": {"color": INK_2},
        "ticklabelstandoff": 5,
        "showgrid": True,
        "gridcolor": GRID,
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
    }


@dataclass(frozen=True)
class Column:
    """One text a row, left or right of the plot. Drawn as the tick labels of an axis of its own: thirty rows of text
    cost one axis instead of thirty annotations."""

    texts: Sequence[str]
    head: str = ""
    align: str = "left"
    colour: str = INK
    weight: int = 400
    numbers: bool = False
    gap: int = 12
    tails: Sequence[str] = ()  # said after the text, in the primary colour
    bold: frozenset[int] = frozenset()  # rows set in 600
    flexible: bool = False  # cut with "…" where the plot would get too narrow
    over: bool = False  # set over its row instead of beside it; takes no width
    lift: float = 0.4  # how far over, in rows
    loose_head: bool = False  # a head wider than the column reaches over the plot

    def width(self) -> float:
        """Px of the widest text, head included."""
        own = max((self._row(at) for at in range(len(self.texts))), default=0)
        return own if self.loose_head else max(own, text_width(self.head, SIZE))

    def _row(self, at: int) -> float:
        weight = 600 if at in self.bold else self.weight
        tail = self.tails[at] if self.tails else ""
        lines = self.texts[at].split("\n")
        return max(text_width(line, SIZE, weight, numbers=self.numbers) for line in lines) + (
            text_width(f"  {tail}", SIZE, 600) if tail else 0
        )

    def cut(self, width: float, lines: int = 1) -> "Column":
        """The same column no wider than `width` px, its texts broken into at most so many lines."""
        texts = []
        for at, text in enumerate(self.texts):
            weight = 600 if at in self.bold else self.weight
            tail = text_width(f"  {self.tails[at]}", SIZE, 600) if self.tails and self.tails[at] else 0
            if lines > 1 and not tail:
                parts = wrap(text, width, SIZE, weight)
                parts = [*parts[: lines - 1], *([" ".join(parts[lines - 1 :])] if parts[lines - 1 :] else [])]
            else:
                parts = [text]
            texts.append("\n".join(fit(part, width - tail, SIZE, weight) for part in parts))
        return replace(self, texts=texts, head=fit(self.head, width))

    def labels(self) -> list[str]:
        """What Plotly gets."""
        labels = []
        for at, text in enumerate(self.texts):
            label = escape(text).replace("\n", "<br>")
            if at in self.bold and self.weight != 600:
                label = f'<span style="font-weight:600">{label}</span>'
            if self.tails and self.tails[at]:
                label += f'  <span style="font-weight:600;fill:{PRIMARY}">{escape(self.tails[at])}</span>'
            labels.append(label)
        return labels


def row_chart(
    data: list[dict] | Callable[[float], list[dict]],
    *,
    count: int,
    span: tuple[Any, Any],
    lang: str,
    left: Sequence[Column] = (),
    right: Sequence[Column] = (),
    row_height: float = 24,
    width: int = 531,
    percent: bool = False,
    domain: tuple[float, float] = (0, 1),
    own: Sequence[int] = (),
    rules: bool = False,
    above: tuple[Any, str] | None = None,
    shapes: Sequence[dict] = (),
    annotations: Sequence[dict] = (),
    **layout: Any,
) -> Figure:
    """A figure of `count` rows, first row on top at y = 0, with text columns left and right of the plot.

    `data` may be a function of the px that the value axis gets, where marks are laid out against each other.

    `domain` is the part of the plot that the value axis takes; `own` marks rows (tint, bar at the edge); `rules` draws
    a hairline between rows; `above` is a value and its label: a dashed line through all rows.
    """
    small = width < 420
    left, right = (
        [replace(column, gap=column.gap * (2 if small else 3) // 3) for column in side] for side in (left, right)
    )
    edge = 8  # room for half a dot and half a tick label
    beside = [column for column in [*left, *right] if not column.over]
    fixed = sum(column.width() + column.gap for column in beside if not column.flexible)
    narrowest = 88.0 if small else 0.3 * width
    lines = 2 if row_height >= 38 else 1
    for at, column in enumerate(left):
        if column.over:
            left[at] = column.cut(width - 4)
        elif column.flexible:
            left[at] = column.cut(min(column.width(), max(40.0, width - fixed - narrowest - column.gap - edge)), lines)
    # A label over its row moves the row down in its band.
    drop = 0.2 if any(column.over and column.lift for column in left) else 0.0
    margin_left = sum(column.width() + column.gap for column in left if not column.over) + edge + 2
    if all(column.over for column in left):  # nothing beside the plot: room for the half of the first tick label
        margin_left = max(margin_left, text_width(formats.number(span[0], lang, 0)) / 2 + 2)
    margin_right = sum(column.width() + column.gap for column in right) + (edge + 2 if right else 12)
    plot = max(40.0, width - margin_left - margin_right)
    px = plot * (domain[1] - domain[0])
    top = AXIS_LINE + (LINE_ABOVE if above else 0)

    rows_axis = {
        "range": [count - 0.5 - drop, -0.5 - drop],
        "showticklabels": False,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
    }
    axes: dict[str, Any] = {"yaxis": rows_axis}
    all_shapes: list[dict] = []
    heads: list[dict] = []
    position = 0.0
    for side, columns in (("left", left), ("right", right)):
        position = 2 - margin_left if side == "left" else float(edge)
        for column in columns:
            if side == "right":
                position += column.gap
            wide = 0 if column.over else column.width()
            shift = 2 - margin_left if column.over else position + (wide if column.align == "right" else 0)
            name = f"y{len(axes) + 1}"
            axes[f"yaxis{name[1:]}"] = {
                **rows_axis,
                "overlaying": "y",
                "anchor": "free",
                "position": 0 if side == "left" else 1,
                "side": "left" if column.align == "right" else "right",
                "shift": round(shift, 1),
                "showticklabels": True,
                "tickmode": "array",
                "ticktext": column.labels(),
                "tickvals": [at - column.lift if column.over else at for at in range(count)],
                "tickfont": {
                    "family": NUMBERS if column.numbers else FONT,
                    "color": column.colour,
                    "weight": column.weight,
                },
            }
            # An axis without a trace is drawn only where something refers to it.
            all_shapes.append(
                {"type": "line", "visible": False, "xref": "x", "yref": name, "x0": 0, "x1": 0, "y0": 0, "y1": 0}
            )
            if column.head and not column.over:
                heads.append(
                    {
                        "text": escape(column.head),
                        "xref": "paper",
                        "yref": "paper",
                        "x": 0 if side == "left" else 1,
                        "y": 1,
                        "xshift": round(shift, 1),
                        "yshift": 4,
                        "xanchor": column.align,
                        "yanchor": "bottom",
                        "showarrow": False,
                        "font": {"color": INK_2},
                    }
                )
            position += wide + (column.gap if side == "left" and not column.over else 0)

    for row in own:
        ends = {
            "type": "rect",
            "yref": "y",
            "y0": row - 0.5 - drop,
            "y1": row + 0.5 - drop,
            "line": {"width": 0},
            "layer": "below",
        }
        tint = {**ends, "xref": "paper", "fillcolor": OWN_ROW}
        pixels = {"xsizemode": "pixel"}
        all_shapes += [
            {**tint, "x0": 0, "x1": 1},
            {**tint, **pixels, "xanchor": 0, "x0": -round(margin_left), "x1": 0},
            {**tint, **pixels, "xanchor": 1, "x0": 0, "x1": round(margin_right)},
            {
                **tint,
                **pixels,
                "xanchor": 0,
                "x0": -round(margin_left),
                "x1": 3 - round(margin_left),
                "fillcolor": PRIMARY,
            },
        ]
    if rules:
        line = {"type": "line", "xref": "paper", "yref": "y", "layer": "below", "line": {"color": ROW_LINE, "width": 1}}
        for row in range(1, count):
            y = {"y0": row - 0.5 - drop, "y1": row - 0.5 - drop}
            all_shapes += [
                {**line, **y, "x0": 0, "x1": 1},
                {**line, **y, "xsizemode": "pixel", "xanchor": 0, "x0": -round(margin_left), "x1": 0},
                {**line, **y, "xsizemode": "pixel", "xanchor": 1, "x0": 0, "x1": round(margin_right)},
            ]
    if above and above[0] is not None and float(span[0]) <= float(above[0]) <= float(span[1]):
        value, label = float(above[0]), above[1]
        all_shapes.append(
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": value,
                "x1": value,
                "y0": 0,
                "y1": 1,
                "line": {"color": INK, "width": 1.5, "dash": "4px,3px"},
                "layer": "below",
            }
        )
        heads.append(_over(value, label, span, px, margin_left, margin_right))

    height = top + count * row_height + 2
    return figure(
        data(px) if callable(data) else data,
        width=width,
        height=height,
        margin=(margin_left, margin_right, top, 2),
        xaxis={**value_axis(span, px, lang, percent=percent), "domain": list(domain)},
        **axes,
        shapes=[*all_shapes, *shapes],
        annotations=[*heads, *annotations],
        **layout,
    )


def _over(value: float, label: str, span: tuple[Any, Any], px: float, left: float, right: float) -> dict[str, Any]:
    """A label over the axis line, centred on its value as far as the canvas allows."""
    half = text_width(label) / 2
    at = (value - float(span[0])) / (float(span[1]) - float(span[0])) * px
    shift = max(half - left - at, 0) - max(at + half - px - right, 0)
    return {
        "text": escape(label),
        "xref": "x",
        "yref": "paper",
        "x": value,
        "y": 1,
        "xshift": round(shift, 1),
        "yshift": AXIS_LINE - 2,
        "xanchor": "center",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": INK_2},
    }


def dots(
    xs: Sequence[Any], ys: Sequence[float], ids: Sequence[Any], hover: Sequence[str], **marker: Any
) -> dict[str, Any]:
    """One trace of marks. `ids` are provenance ids, one a mark: a click or Enter leads to them."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": numbers(xs),
        "y": list(ys),
        "customdata": list(ids),
        "hovertext": list(hover),
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {"size": 11, "color": PRIMARY, "opacity": 1, "line": {"width": 1, "color": WHITE}, **marker},
    }


def segments(parts: Sequence[tuple[Any, Any, Any]], *, colour: str, width: float) -> dict[str, Any]:
    """One trace of horizontal pieces (x from, x to, y); a piece with a missing end is left out."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for start, end, y in parts:
        if start is not None and end is not None:
            xs += [float(start), float(end), None]
            ys += [y, y, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def upright(marks: Sequence[tuple[Any, float]], *, reach: float, colour: str = INK, width: float = 3) -> dict[str, Any]:
    """One trace of short vertical ticks (x, y), `reach` rows up and down."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for x, y in marks:
        if x is not None:
            xs += [float(x), float(x), None]
            ys += [y - reach, y + reach, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def direction(value: Any, least: Any = 0) -> int:
    """-1, 0 or 1: down, about the same (nearer to zero than `least`), up."""
    if value is None or abs(value) < least or value == 0:
        return 0
    return 1 if value > 0 else -1


def arrows(signs: Sequence[int | None]) -> dict[str, Any]:
    """One trace of ▲ ▼ ● at the right end of the plot, right of the value axis (`arrow_axis`): the font lacks them."""
    at = [row for row, sign in enumerate(signs) if sign is not None]
    found = [signs[row] for row in at]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [1] * len(at),
        "y": at,
        "xaxis": "x2",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "opacity": 1,
            "size": [8 if sign == 0 else 10 for sign in found],
            "symbol": [{1: "triangle-up", 0: "circle", -1: "triangle-down"}[sign] for sign in found],
            "color": [{1: RISE, 0: SAME, -1: CUT}[sign] for sign in found],
        },
    }


def arrow_axis(end: float) -> dict[str, Any]:
    """The strip of the plot that `arrows` stand in, for a value axis whose domain stops at `end`."""
    return {"range": [0, 1], "domain": [end, 1], "anchor": "y", "visible": False, "fixedrange": True}


def numbers(values: Sequence[Any]) -> list[float | None]:
    """Positions on a canvas: the only place where points become floats."""
    return [None if value is None else float(value) for value in values]


def hover(title: str, *lines: str) -> str:
    """Hover of one row: its name, then what the row says."""
    return "<br>".join([f"<b>{escape(title)}</b>", *(escape(line) for line in lines if line)])
