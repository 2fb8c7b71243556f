"""Marks as traces, many marks in one trace each. A mark is (x, y, provenance id, hover)."""

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.figures.layout import HIDDEN
from dashboard.figures.lettering import escape
from dashboard.figures.palette import CUT, INK, PRIMARY, RISE, SAME, WHITE

Mark = tuple[Any, Any, Any, str]
SOLID = {"color": PRIMARY, "line": {"width": 0}}


def dots(marks: Iterable[Mark], **marker: Any) -> dict[str, Any]:
    """One trace of dots: a click or Enter leads to the provenance of each."""
    return {
        "type": "scatter",
        "mode": "markers",
        **of_marks(marks),
        "cliponaxis": False,
        "marker": {"size": 11, "color": PRIMARY, "opacity": 1, "line": {"width": 1, "color": WHITE}, **marker},
    }


def bars(marks: Iterable[Mark], *, thick: float, marker: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One trace of bars along the rows, `thick` parts of a row."""
    return {"type": "bar", "orientation": "h", **of_marks(marks), "width": thick, "marker": marker, **more}


def of_marks(marks: Iterable[Mark]) -> dict[str, Any]:
    """The part of a trace that says where its marks are and what they say."""
    xs, ys, ids, hovers = columns(marks, 4)
    return {"x": numbers(xs), "y": ys, "customdata": ids, "hovertext": hovers, "hoverinfo": "text"}


def columns(items: Iterable[Sequence[Any]], count: int) -> list[list[Any]]:
    """The first parts of all items, their second parts and so on, `count` lists."""
    items = list(items)
    return [[item[at] for item in items] for at in range(count)]


def lines(xs: Sequence[Any], ys: Sequence[Any], *, colour: str, width: float, **more: Any) -> dict[str, Any]:
    """One trace of lines, each ended by None."""
    line = {"color": colour, "width": width}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "hoverinfo": "skip", **more}


def segments(parts: Iterable[tuple[Any, Any, Any]], *, colour: str, width: float) -> dict[str, Any]:
    """One trace of horizontal pieces (x from, x to, y); a piece with a missing end is left out."""
    return _pieces([(start, end, y, y) for start, end, y in parts], colour, width)


def upright(marks: Iterable[tuple[Any, float]], *, reach: float) -> dict[str, Any]:
    """One trace of short vertical ticks (x, y), `reach` rows up and down."""
    return _pieces([(x, x, y - reach, y + reach) for x, y in marks], INK, 3)


def _pieces(ends: Iterable[tuple[Any, Any, float, float]], colour: str, width: float) -> dict[str, Any]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for x0, x1, y0, y1 in ends:
        if x0 is not None and x1 is not None:
            xs += [float(x0), float(x1), None]
            ys += [y0, y1, None]
    return lines(xs, ys, colour=colour, width=width, cliponaxis=False)


def words(places: Iterable[tuple[float, float, str]], **more: Any) -> dict[str, Any]:
    """One trace of texts without marks: (x, y, text)."""
    xs, ys, texts = columns(places, 3)
    return {"type": "scatter", "mode": "text", "x": xs, "y": ys, "text": texts, "hoverinfo": "skip", **more}


def cells(
    steps: Sequence[Sequence[int | None]],
    ids: Sequence[Sequence[Any]],
    hovers: Sequence[Sequence[str]],
    *,
    colours: Sequence[str],
    least: int = 0,
    first: int = 1,
    gap: int = 1,
) -> dict[str, Any]:
    """One trace of shaded cells, row by row: `steps` are places in `colours`, counted from `least`; the leftmost cell
    of a row is at x = `first`."""
    count = len(colours)
    return {
        "type": "heatmap",
        "x": list(range(first, first + max(map(len, steps), default=0))),
        "y": list(range(len(steps))),
        "z": steps,
        "zmin": least - 0.5,
        "zmax": least + count - 0.5,
        "colorscale": [[stop, colour] for n, colour in enumerate(colours) for stop in (n / count, (n + 1) / count)],
        "showscale": False,
        "xgap": gap,
        "ygap": gap,
        "customdata": ids,
        "hovertext": hovers,
        "hoverinfo": "text",
        "hoverongaps": False,
    }


def blank(rows: int, columns: int, filler: Any = None) -> list[list[Any]]:
    """As many rows of cells, to be filled one by one."""
    return [[filler] * columns for _ in range(rows)]


def direction(value: Any, least: Any = 0) -> int:
    """-1, 0 or 1: down, about the same (nearer to zero than `least`), up."""
    if value is None or abs(value) < least or value == 0:
        return 0
    return 1 if value > 0 else -1


def arrows(signs: Sequence[int | None]) -> dict[str, Any]:
    """One trace of ▲ ▼ ● at the right end of the plot, right of the value axis (`arrow_axis`): the font lacks them."""
    shown = [(row, sign) for row, sign in enumerate(signs) if sign is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [1] * len(shown),
        "y": [row for row, _ in shown],
        "xaxis": "x2",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "opacity": 1,
            "size": [8 if sign == 0 else 10 for _, sign in shown],
            "symbol": [{1: "triangle-up", 0: "circle", -1: "triangle-down"}[sign] for _, sign in shown],
            "color": [{1: RISE, 0: SAME, -1: CUT}[sign] for _, sign in shown],
        },
    }


def arrow_axis(end: float) -> dict[str, Any]:
    """The strip of the plot that `arrows` stand in, for a value axis whose domain stops at `end`."""
    return {**HIDDEN, "range": [0, 1], "domain": [end, 1], "anchor": "y"}


def numbers(values: Iterable[Any]) -> list[float | None]:
    """Positions on a canvas: the only place where points become floats."""
    return [None if value is None else float(value) for value in values]


def hover(title: str, *lines: str) -> str:
    """Hover of one row: its name, then what the row says."""
    return "<br>".join([f"<b>{escape(title)}</b>", *(escape(line) for line in lines if line)])
