"""Figures of rows: text columns left and right of a plot, a row of marks beside each row of text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.figures.layout import Figure, Span, figure, note, rule, value_axis
from dashboard.figures.lettering import FONT, NUMBERS, bold, escape, fit, text_width, wrap
from dashboard.figures.palette import INK, INK_2, INK_3, OWN_ROW, PRIMARY, ROW_LINE
from dashboard.words import formats

SMALL = 420  # px of width under which columns stand closer
AXIS_LINE = 28  # px above the rows: tick labels and column heads
LINE_ABOVE = 22  # px more for a label over the axis line
EDGE = 8  # px of room for half a dot and half a tick label


@dataclass(frozen=True)
class Labels:
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

    @cached_property
    def width(self) -> float:
        """Px of the widest text, head included."""
        own = max(map(self._width_of, range(len(self.texts))), default=0)
        return own if self.loose_head else max(own, text_width(self.head))

    @property
    def room(self) -> float:
        """Px that the column takes beside the plot, its gap included."""
        return 0 if self.over else self.width + self.gap

    def _width_of(self, at: int) -> float:
        lines = self.texts[at].split("\n")
        widest = max(text_width(line, weight=self._weight_of(at), numbers=self.numbers) for line in lines)
        return widest + self._tail_width(at)

    def _weight_of(self, at: int) -> int:
        return 600 if at in self.bold else self.weight

    def _tail_width(self, at: int) -> float:
        return text_width(f"  {self.tails[at]}", weight=600) if self.tails and self.tails[at] else 0

    def cut(self, width: float, lines: int = 1) -> "Labels":
        """The same column no wider than `width` px, its texts broken into at most so many lines."""
        texts = []
        for at, text in enumerate(self.texts):
            weight, tail = self._weight_of(at), self._tail_width(at)
            parts = [text]
            if lines > 1 and not tail:
                parts = wrap(text, width, weight=weight)
                parts = [*parts[: lines - 1], *filter(None, [" ".join(parts[lines - 1 :])])]
            texts.append("\n".join(fit(part, width - tail, weight=weight) for part in parts))
        return replace(self, texts=texts, head=fit(self.head, width))

    def labels(self) -> list[str]:
        """What Plotly gets."""
        labels = []
        for at, text in enumerate(self.texts):
            label = bold(text) if at in self.bold and self.weight != 600 else escape(text)
            label = label.replace("\n", "<br>")
            if self.tails and self.tails[at]:
                label += f'  <span style="font-weight:600;fill:{PRIMARY}">{escape(self.tails[at])}</span>'
            labels.append(label)
        return labels


def main_numbers(texts: Sequence[str], head: str = "", **more: Any) -> Labels:
    """The column of numbers that a figure is about."""
    return Labels(texts, head, "right", weight=600, numbers=True, **more)


def more_numbers(texts: Sequence[str], head: str = "", **more: Any) -> Labels:
    """A column of numbers that a figure only adds."""
    return Labels(texts, head, "right", INK_2, numbers=True, **more)


def coded_names(
    codes: Sequence[str], names: Sequence[str], *, bold: frozenset[int] = frozenset(), over: bool = False
) -> list[Labels]:
    """Code and name as two columns, names without a code starting where the codes do."""
    if over:
        return [Labels([f"{code} {name}".strip() for code, name in zip(codes, names, strict=True)], over=True)]
    if not any(codes):
        return [Labels(names, bold=bold, flexible=True)]
    coded = [name if code else "" for code, name in zip(codes, names, strict=True)]
    bare = [name if not code else "" for code, name in zip(codes, names, strict=True)]
    columns = [Labels(codes, colour=INK_3, gap=8), Labels(coded, bold=bold, flexible=True)]
    return [Labels(bare, bold=bold, over=True, lift=0), *columns] if any(bare) else columns


@dataclass(frozen=True)
class Plot:
    """`count` rows of a height in px on a canvas of a width in px, and the range of their values."""

    count: int
    span: Span
    lang: str
    row_height: float
    width: int


def row_chart(
    data: list[dict] | Callable[[float], list[dict]],
    plot: Plot,
    *,
    left: Sequence[Labels] = (),
    right: Sequence[Labels] = (),
    percent: bool = False,
    domain: tuple[float, float] = (0, 1),
    axis: Mapping[str, Any] | None = None,
    own: Sequence[int] = (),
    rules: bool = False,
    above: tuple[Any, str] | None = None,
    shapes: Sequence[dict] = (),
    annotations: Sequence[dict] = (),
    **layout: Any,
) -> Figure:
    """A figure of rows, first row on top at y = 0, with text columns left and right of the plot.

    `data` may be a function of the px that the value axis gets, where marks are laid out against each other.

    `domain` is the part of the plot that the value axis takes, `axis` what is special about it; `own` marks rows (tint,
    bar at the edge); `rules` draws a hairline between rows; `above` is a value and its label: a dashed line through all
    rows.
    """
    left, right = _fitted(plot, left, right)
    # A label over its row moves the row down in its band.
    drop = 0.2 if any(column.over and column.lift for column in left) else 0.0
    sides = _margins(plot, left, right)
    px = max(40.0, plot.width - sides[0] - sides[1]) * (domain[1] - domain[0])
    axes, lines, notes = _text_axes(plot.count, left, right, 2 - sides[0], drop)
    lines += _own_rows(own, drop, sides)
    if rules:
        lines += _hairlines(plot.count, drop, sides)
    if above and above[0] is not None and float(plot.span[0]) <= float(above[0]) <= float(plot.span[1]):
        lines.append(rule(float(above[0]), width=1.5, dashed=True))
        notes.append(_label_above(float(above[0]), above[1], plot.span, px, sides))
    top = AXIS_LINE + (LINE_ABOVE if above else 0)
    return figure(
        data(px) if callable(data) else data,
        width=plot.width,
        height=top + plot.count * plot.row_height + 2,
        margin=(*sides, top, 2),
        xaxis={**value_axis(plot.span, px, plot.lang, percent=percent), "domain": list(domain), **(axis or {})},
        **axes,
        shapes=[*lines, *shapes],
        annotations=[*notes, *annotations],
        **layout,
    )


def _fitted(plot: Plot, left: Sequence[Labels], right: Sequence[Labels]) -> tuple[list[Labels], list[Labels]]:
    """The columns as the width allows them: closer on a small canvas, names cut so that the plot keeps its part."""
    small = plot.width < SMALL
    left, right = (
        [replace(column, gap=column.gap * (2 if small else 3) // 3) for column in side] for side in (left, right)
    )
    fixed = sum(column.room for column in [*left, *right] if not column.flexible)
    narrowest = 88.0 if small else 0.3 * plot.width
    lines = 2 if plot.row_height >= 38 else 1
    for at, column in enumerate(left):
        if column.over:
            left[at] = column.cut(plot.width - 4)
        elif column.flexible:
            room = max(40.0, plot.width - fixed - narrowest - column.gap - EDGE)
            left[at] = column.cut(min(column.width, room), lines)
    return left, right


def _margins(plot: Plot, left: Sequence[Labels], right: Sequence[Labels]) -> tuple[float, float]:
    """Px left and right of the plot."""
    beside = sum(column.room for column in left) + EDGE + 2
    if all(column.over for column in left):  # nothing beside the plot: room for the half of the first tick label
        beside = max(beside, text_width(formats.number(plot.span[0], plot.lang, 0)) / 2 + 2)
    return beside, sum(column.room for column in right) + (EDGE + 2 if right else 12)


def _text_axes(
    count: int, left: Sequence[Labels], right: Sequence[Labels], start: float, drop: float
) -> tuple[dict[str, dict], list[dict], list[dict]]:
    """The axis of the rows and one a text column, the lines that have them drawn, and the heads."""
    rows_axis = {
        "range": [count - 0.5 - drop, -0.5 - drop],
        "showticklabels": False,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
    }
    axes, lines, heads = {"yaxis": rows_axis}, [], []
    for column, end, shift in _placed(left, right, start):
        name = f"y{len(axes) + 1}"
        axes[f"yaxis{name[1:]}"] = {
            **rows_axis,
            "overlaying": "y",
            "anchor": "free",
            "position": end,
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
        lines.append({"type": "line", "visible": False, "xref": "x", "yref": name, "x0": 0, "x1": 0, "y0": 0, "y1": 0})
        if column.head and not column.over:
            place = {"xshift": round(shift, 1), "yshift": 4, "xanchor": column.align, "yanchor": "bottom"}
            heads.append(note(escape(column.head), end, 1, xref="paper", yref="paper", font={"color": INK_2}, **place))
    return axes, lines, heads


def _placed(left: Sequence[Labels], right: Sequence[Labels], start: float) -> Iterator[tuple[Labels, int, float]]:
    """Each column with the end of the plot it stands at (0 left, 1 right) and its px from there."""
    at = start
    for column in left:
        yield column, 0, start if column.over else at + (column.width if column.align == "right" else 0)
        at += column.room
    at = float(EDGE)
    for column in right:
        at += column.gap
        yield column, 1, at + (column.width if column.align == "right" else 0)
        at += column.width


def _own_rows(own: Sequence[int], drop: float, sides: tuple[float, float]) -> list[dict]:
    """A tint through each of these rows and a bar at its left edge."""
    shapes = []
    for row in own:
        tint = {
            "type": "rect",
            "yref": "y",
            "y0": row - 0.5 - drop,
            "y1": row + 0.5 - drop,
            "line": {"width": 0},
            "layer": "below",
            "fillcolor": OWN_ROW,
        }
        shapes += _from_edge_to_edge(tint, sides)
        shapes.append({**shapes[-2], "x1": 3 - round(sides[0]), "fillcolor": PRIMARY})
    return shapes


def _hairlines(count: int, drop: float, sides: tuple[float, float]) -> list[dict]:
    """A line between each row and the next."""
    line = {"type": "line", "yref": "y", "layer": "below", "line": {"color": ROW_LINE, "width": 1}}
    ends = ({"y0": row - 0.5 - drop, "y1": row - 0.5 - drop} for row in range(1, count))
    return [shape for end in ends for shape in _from_edge_to_edge({**line, **end}, sides)]


def _from_edge_to_edge(shape: dict, sides: tuple[float, float]) -> list[dict]:
    """The shape through the plot and through the margins left and right of it."""
    pixels = {**shape, "xref": "paper", "xsizemode": "pixel"}
    return [
        {**shape, "xref": "paper", "x0": 0, "x1": 1},
        {**pixels, "xanchor": 0, "x0": -round(sides[0]), "x1": 0},
        {**pixels, "xanchor": 1, "x0": 0, "x1": round(sides[1])},
    ]


def _label_above(value: float, label: str, span: Span, px: float, sides: tuple[float, float]) -> dict[str, Any]:
    """A label over the axis line, centred on its value as far as the canvas allows."""
    half = text_width(label) / 2
    at = (value - float(span[0])) / (float(span[1]) - float(span[0])) * px
    place = {
        "xshift": round(max(half - sides[0] - at, 0) - max(at + half - px - sides[1], 0), 1),
        "yshift": AXIS_LINE - 2,
        "xanchor": "center",
        "yanchor": "bottom",
    }
    return note(escape(label), value, 1, yref="paper", font={"color": INK_2}, **place)


def side_by_side(one: Figure, two: Figure, *, rows: int, width: int, gutter: int) -> Figure:
    """Two row charts as one figure: the plots in the left and right half, text columns kept beside their plot."""
    first, second = one["layout"], two["layout"]
    left, right = (max(first["margin"][side], second["margin"][side]) for side in "lr")
    inner = (right + gutter + left) / (width - left - right)  # of the paper, between the two plots
    data: list[dict] = []
    layout = {key: value for key, value in first.items() if not key.startswith(("xaxis", "yaxis"))}
    layout |= {"shapes": [], "annotations": [], "meta": {**first["meta"], "width": width}}
    before = _Half(one, "x", (0.0, (1 - inner) / 2), 0)
    for half in (before, _Half(two, "x2", ((1 + inner) / 2, 1.0), len(before.names))):
        layout |= half.axes(rows)
        for kind in ("shapes", "annotations"):
            layout[kind] += map(half.moved, half.figure["layout"][kind])
        data += [{**trace, "xaxis": half.x, "yaxis": half.names["y"]} for trace in half.figure["data"]]
    layout["margin"] = {**first["margin"], "l": left, "r": right}
    return {"data": data, "layout": layout}


@dataclass(frozen=True)
class _Half:
    """A row chart as the left or right half of a figure that has `taken` axes of rows before it."""

    figure: Figure
    x: str
    ends: tuple[float, float]
    taken: int

    @cached_property
    def names(self) -> dict[str, str]:
        """The new name of each of its axes of rows."""
        axes = [key for key in self.figure["layout"] if key.startswith("yaxis")]
        return {f"y{key[5:]}": f"y{at}" if at > 1 else "y" for at, key in enumerate(axes, self.taken + 1)}

    def axes(self, rows: int) -> dict[str, dict]:
        """Its axes under their new names, in its half of the width."""
        layout, first = self.figure["layout"], self.names["y"]
        axes = {}
        for old, new in self.names.items():
            axis = {**layout[f"yaxis{old[1:]}"], "range": [rows - 0.5, -0.5]}
            if "overlaying" in axis:
                axis |= {"overlaying": first, "position": self.ends[axis["position"]]}
            else:
                axis["anchor"] = self.x
            axes[f"yaxis{new[1:]}"] = axis
        return axes | {f"xaxis{self.x[1:]}": {**layout["xaxis"], "domain": list(self.ends), "anchor": first}}

    def moved(self, item: dict[str, Any]) -> dict[str, Any]:
        """A shape or note of the chart at its place in the whole."""
        start, end = self.ends
        item = dict(item)
        if item["xref"] == "paper":
            shares = ("x", "xanchor") if "xsizemode" in item else ("x", "xanchor", "x0", "x1")
            moving = [key for key in shares if isinstance(item.get(key), int | float)]
            item |= {key: start + item[key] * (end - start) for key in moving}
        else:
            item["xref"] = self.x
        if item["yref"] != "paper":
            item["yref"] = self.names[item["yref"]]
        return item
