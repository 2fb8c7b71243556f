"""Units of one block in order: dot plots, ranks with their ranges, tile-grid map."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from dashboard.figures.layout import HIDDEN, NARROW, Figure, Rows, Span, class_key, figure, named, ranks_axis
from dashboard.figures.lettering import SIZE, escape, fit, text_width, wrap
from dashboard.figures.palette import CLEAR, GRID, INK, INTERVAL, MIDDLE_HALF, SEQUENTIAL, WEIGHTS, WHITE
from dashboard.figures.row_chart import Labels, Plot, main_numbers, more_numbers, row_chart, side_by_side
from dashboard.figures.traces import blank, cells, dots, hover, segments, words
from dashboard.words import formats, t


def dot_plot(
    rows: Rows,
    *,
    span: Span,
    lang: str,
    median: Any = None,
    percent: bool = False,
    row_height: float = 24,
    width: int = 531,
) -> Figure:
    """Dots at `value`, sorted from the highest, with the value printed at the right edge.

    Rows: label, value, id; and where there is more to say low, high (95% interval), rank, rank_low, rank_high, own;
    tied where not all of the block is here. Values and median are points, or per cent (91.4) where `percent` says so.
    A row without a value keeps its place at the end and a dash. Columns of keys that no row has are left out.
    """
    rows, ties = _sorted(rows), _ties(rows)
    shown = _with_value(rows)
    data = [dots([(row["value"], at, row.get("id"), _hover(row, ties, lang, percent)) for at, row in shown])]
    key = {"dot": "word.attainment" if percent else "figure.index"}
    above = None
    if any(row.get("low") is not None for row in rows):
        data.insert(0, _intervals(shown))
        key["interval"] = "figure.key_interval"
    if median is not None:
        above = (median, t("figure.median_is", lang, value=_value(median, lang, percent)))
        key["median"] = "figure.key_median"
    return row_chart(
        data,
        Plot(len(rows), span, lang, row_height, width),
        left=_names(rows, ties, lang),
        right=[*_values(rows, lang, percent), *_rank_intervals(rows, lang)],
        own=_own(rows),
        above=above,
        key=named(lang, **key),
    )


def dot_plot_columns(
    rows: Rows,
    *,
    span: Span,
    lang: str,
    median: Any = None,
    percent: bool = False,
    row_height: float = 24,
    width: int = 912,
) -> Figure:
    """The dot plot in two columns on one scale, for slides: the upper half of the block left, the lower half right.

    Rows as in `dot_plot`.
    """
    ties = _ties(rows)  # a tie may straddle the columns
    rows = [{"tied": ties[row.get("rank")] > 1, **row} for row in _sorted(rows)]
    half = (len(rows) + 1) // 2
    gutter = 28
    part = (width - gutter) // 2
    on = {"span": span, "lang": lang, "median": median, "percent": percent, "row_height": row_height, "width": part}
    return side_by_side(dot_plot(rows[:half], **on), dot_plot(rows[half:], **on), rows=half, width=width, gutter=gutter)


def group_means(
    rows: Rows, *, span: Span, lang: str, places: int = 1, row_height: float = 44, width: int = 344
) -> Figure:
    """Means of groups with their 95% interval, sorted from the highest.

    Rows: label, value, low, high, n, id. n under 30 carries a star; a row without a value keeps its place and a dash.
    """
    rows = _sorted(rows)
    shown = _with_value(rows)
    printed = [formats.number(row["value"], lang, places) for row in rows]
    counted = [row.get("n") is not None for row in rows]
    marks = []
    for at, row in shown:
        n = t("figure.hover_n", lang, n=row["n"]) if counted[at] else ""
        marks.append(
            (row["value"], at, row.get("id"), hover(row["label"], printed[at], _interval(row, lang, places), n))
        )
    left = [Labels([row["label"] for row in rows], flexible=True, over=width < NARROW)]
    if any(counted):
        left.append(more_numbers([ballots(row.get("n"), lang) for row in rows], t("figure.n", lang)))
    return row_chart(
        [_intervals(shown), dots(marks)],
        Plot(len(rows), span, lang, row_height, width),
        left=left,
        right=[main_numbers(printed, t("figure.mean", lang))],
        key=named(lang, dot="figure.mean", interval="figure.key_interval"),
    )


def ballots(n: int | None, lang: str) -> str:
    """Number of ballots; a star where it is under 30 and asks for care."""
    return formats.count(n, lang) + ("*" if n is not None and 0 < n < 30 else "")


class Ranges(NamedTuple):
    """How a narrow range of ranks and a wide one around it look: mark and colour of the narrow one, texts of both."""

    mark: str
    colour: str
    head: str
    key: str
    hover: str
    wide_key: str
    wide_hover: str


SAMPLING = Ranges(
    mark="interval",
    colour=INTERVAL,
    head="figure.rank_interval",
    key="figure.key_rank_set",
    hover="figure.hover_rank_interval",
    wide_key="figure.key_together",
    wide_hover="figure.simultaneous",
)
OTHER_WEIGHTS = Ranges(
    mark="weights",
    colour=WEIGHTS,
    head="figure.head_weights",
    key="figure.key_weights",
    hover="figure.hover_weights",
    wide_key="figure.key_weights_wide",
    wide_hover="figure.hover_weights_wide",
)


def rank_sets(rows: Rows, *, lang: str, row_height: float = 24, width: int = 531) -> Figure:
    """Caterpillar of ranks: the official rank as a dot, the ranks that sampling allows as a bar around it.

    Rows: label, rank, rank_low, rank_high, id; together_low, together_high (the simultaneous set) where known, own.
    """
    return _rank_ranges(rows, SAMPLING, lang, row_height, width)


def weight_ranges(rows: Rows, *, lang: str, row_height: float = 24, width: int = 531) -> Figure:
    """Caterpillar of ranks under other weights, in colours of its own: no error of sampling.

    Rows as in `rank_sets`: rank_low, rank_high under small changes, together_low, together_high under large ones.
    """
    return _rank_ranges(rows, OTHER_WEIGHTS, lang, row_height, width)


def _rank_ranges(rows: Rows, look: Ranges, lang: str, row_height: float, width: int) -> Figure:
    rows = sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0))
    ties = _ties(rows)
    shown = [(at, row) for at, row in enumerate(rows) if row["rank"] is not None]
    key = {"dot": "figure.key_rank", look.mark: look.key}
    data = [
        segments(_bars(shown, "rank"), colour=look.colour, width=3),
        dots([(row["rank"], at, row.get("id"), _range_hover(row, ties, look, lang)) for at, row in shown]),
    ]
    if wide := _bars(shown, "together"):
        data.insert(0, segments(wide, colour=MIDDLE_HALF, width=7))
        key["half"] = look.wide_key
    count = len(rows)
    printed = [formats.interval(row.get("rank_low"), row.get("rank_high"), lang) for row in rows]
    chart = row_chart(
        data,
        Plot(count, (0.5, count + 0.5), lang, row_height, width),
        left=_names(rows, ties, lang),
        right=[more_numbers(printed, t(look.head, lang))],
        own=_own(rows),
        key=named(lang, **key),
    )
    margin = chart["layout"]["margin"]
    chart["layout"]["xaxis"] |= ranks_axis(count, (width - margin["l"] - margin["r"]) / max(count, 1))
    return chart


def _bars(shown: Sequence[tuple[int, dict]], range_of: str) -> list[tuple[float, float, int]]:
    """Pieces from the low to the high end: a rank is a whole place, so a bar covers it also where it is one alone."""
    low, high = f"{range_of}_low", f"{range_of}_high"
    return [(row[low] - 0.3, row[high] + 0.3, at) for at, row in shown if row.get(low)]


def _range_hover(row: dict[str, Any], ties: Counter, look: Ranges, lang: str) -> str:
    narrow = formats.interval(row.get("rank_low"), row.get("rank_high"), lang)
    said = [t("figure.hover_rank", lang, rank=_rank(row, ties)), t(look.hover, lang, ranks=narrow)]
    if row.get("together_low"):
        wide = formats.interval(row["together_low"], row["together_high"], lang)
        said.append(t(look.wide_hover, lang, ranks=wide))
    return hover(row["label"], *said)


def tile_map(
    rows: Rows,
    *,
    breaks: Sequence[Any],
    lang: str,
    percent: bool = False,
    tile_height: float = 64,
    width: int = 724,
) -> Figure:
    """Districts as equal tiles near their true place: name, value and rank in each, shaded in up to seven classes.

    Rows: label, grid_row, grid_col, value, rank, id, own. `breaks` are the lower ends of the classes from the second
    on, ascending; both are points, or per cent where `percent` says so. A unit without a value is a blank tile with a
    dash. Where the tiles are narrow only the names stay.
    """
    top, left = (min(row[place] for row in rows) for place in ("grid_row", "grid_col"))
    down, across = max(row["grid_row"] for row in rows) - top + 1, max(row["grid_col"] for row in rows) - left + 1
    tile = width / across
    roomy = tile >= 20 + text_width("88,88", 15, 600) + 8 + text_width("=10")
    ties = _ties(rows)
    # Fewer classes lie apart on the scale, so that the highest is always the darkest.
    shades = [SEQUENTIAL[round(at * 6 / max(len(breaks), 1))] for at in range(len(breaks) + 1)]
    steps, ids, hovers = (blank(down, across, filler) for filler in (None, None, ""))
    texts, outlines = [], []
    for row in rows:
        y, x = row["grid_row"] - top, row["grid_col"] - left
        value = _value(row["value"], lang, percent)
        step = -1 if row["value"] is None else sum(row["value"] >= edge for edge in breaks)
        dark = step >= 0 and SEQUENTIAL.index(shades[step]) >= 5
        steps[y][x], ids[y][x] = step, row.get("id")
        hovers[y][x] = hover(row["label"], value, _rank_hover(row, ties, lang))
        said = (value, "" if row.get("rank") is None else _rank(row, ties)) if roomy else None
        texts.append(_tile_texts(row, x, y, tile, said, WHITE if dark else INK))
        if row.get("own") or step <= 0:
            outlines.append(_outline(x, y, tile, tile_height, own=row.get("own")))
    sides = ("middle right", "middle right", "middle left") if roomy else ("middle center",)
    sizes = (SIZE, 17 if tile >= 96 else 15, SIZE)
    return figure(
        [
            cells(steps, ids, hovers, colours=[WHITE, *shades], least=-1, first=0, gap=4 if roomy else 2),
            *map(_texts_of_tiles, zip(*texts, strict=True), sides, sizes),
        ],
        width=width,
        height=down * tile_height,
        margin=(0, 0, 0, 0),
        xaxis={**HIDDEN, "showgrid": False, "range": [-0.5, across - 0.5]},
        yaxis={**HIDDEN, "showgrid": False, "range": [down - 0.5, -0.5]},
        shapes=outlines,
        key=class_key(breaks, shades, lang, "%" if percent else ""),
    )


def _tile_texts(
    row: dict[str, Any], x: int, y: int, tile: float, said: tuple[str, str] | None, colour: str
) -> list[tuple[float, float, str, int, str]]:
    """Name, value and rank of a tile with their places, or the name alone: (x, y, text, weight, colour)."""
    weight = 600 if row.get("own") else 400
    if not said:
        lines = [fit(line, tile, weight=weight) for line in wrap(row["label"], tile - 6, weight=weight)[:2]]
        return [(x, y, "<br>".join(map(escape, lines)), weight, colour)]
    inset = 10 / tile
    name = fit(row["label"], tile - 18, weight=weight)
    return [
        (x - 0.5 + inset, y - 0.2, escape(name), weight, colour),
        (x - 0.5 + inset, y + 0.18, escape(said[0]), 600, colour),
        (x + 0.5 - inset, y + 0.2, escape(said[1]), 400, colour),
    ]


def _texts_of_tiles(texts: Sequence[tuple], side: str, size: int) -> dict[str, Any]:
    """One trace of a text a tile."""
    font = {"size": size, "color": [text[4] for text in texts], "weight": [text[3] for text in texts]}
    return words([text[:3] for text in texts], textposition=side, textfont=font, cliponaxis=False)


def _outline(x: int, y: int, tile: float, tile_height: float, *, own: bool) -> dict[str, Any]:
    """A line around a tile, 2 px within it."""
    return {
        "type": "rect",
        "xref": "x",
        "yref": "y",
        "x0": x - 0.5 + 2 / tile,
        "x1": x + 0.5 - 2 / tile,
        "y0": y - 0.5 + 2 / tile_height,
        "y1": y + 0.5 - 2 / tile_height,
        "fillcolor": CLEAR,
        "line": {"color": INK, "width": 3} if own else {"color": GRID, "width": 1},
    }


def class_breaks(values: Sequence[Any], classes: int = 7) -> list[Any]:
    """Lower ends of classes with about equally many values, on halves; fewer where values crowd."""
    ordered = sorted(value for value in values if value is not None)
    edges = {
        (ordered[len(ordered) * at // classes] * 2).to_integral_value() / Decimal(2)
        for at in range(1, classes)
        if ordered
    }
    return sorted(edge for edge in edges if ordered[0] < edge <= ordered[-1])


def _sorted(rows: Rows) -> list[dict[str, Any]]:
    """Highest first, rows without a value last; rows of one value keep the order given."""
    return sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0)))


def _with_value(rows: Rows) -> list[tuple[int, dict[str, Any]]]:
    """The rows that have a value, each with its place."""
    return [(at, row) for at, row in enumerate(rows) if row["value"] is not None]


def _own(rows: Rows) -> list[int]:
    """The places of the reader's own units."""
    return [at for at, row in enumerate(rows) if row.get("own")]


def _intervals(shown: Sequence[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    return segments([(row.get("low"), row.get("high"), at) for at, row in shown], colour=INTERVAL, width=3)


def _ties(rows: Rows) -> Counter:
    """How many rows have each rank."""
    return Counter(row.get("rank") for row in rows if row.get("rank") is not None)


def _rank(row: dict[str, Any], ties: Counter) -> str:
    """'9', '=10' where several have it, a dash without a rank."""
    rank = row.get("rank")
    return formats.rank(rank, tied=row.get("tied", ties[rank] > 1))


def _value(value: Any, lang: str, percent: bool) -> str:
    return formats.percent(None if value is None else value / 100, lang) if percent else formats.points(value, lang)


def _names(rows: Rows, ties: Counter, lang: str) -> list[Labels]:
    """Ranks, where there are any, and names."""
    tails = [t("figure.own", lang) if row.get("own") else "" for row in rows]
    names = Labels([row["label"] for row in rows], tails=tails, bold=frozenset(_own(rows)), flexible=True)
    return [more_numbers([_rank(row, ties) for row in rows], gap=8), names] if ties else [names]


def _values(rows: Rows, lang: str, percent: bool) -> list[Labels]:
    """The column of values, where there are any."""
    if all(row["value"] is None for row in rows):
        return []
    return [
        main_numbers([_value(row["value"], lang, percent) for row in rows], "" if percent else t("figure.points", lang))
    ]


def _rank_intervals(rows: Rows, lang: str) -> list[Labels]:
    """The column of rank intervals, where there are any."""
    if all(row.get("rank_low") is None for row in rows):
        return []
    texts = [formats.interval(row.get("rank_low"), row.get("rank_high"), lang) for row in rows]
    return [more_numbers(texts, t("figure.rank_interval", lang), gap=16)]


def _rank_hover(row: dict[str, Any], ties: Counter, lang: str) -> str:
    if row.get("rank") is None:
        return t("figure.no_rank", lang) if "rank" in row else ""
    return t("figure.hover_rank", lang, rank=_rank(row, ties))


def _interval(row: dict[str, Any], lang: str, places: int = 2) -> str:
    if row.get("low") is None:
        return ""
    low, high = (formats.number(row[end], lang, places) for end in ("low", "high"))
    return t("figure.hover_interval", lang, low=low, high=high)


def _hover(row: dict[str, Any], ties: Counter, lang: str, percent: bool) -> str:
    ranks = ""
    if row.get("rank_low") is not None:
        ranks = t("figure.hover_rank_interval", lang, ranks=formats.interval(row["rank_low"], row["rank_high"], lang))
    value, interval = _value(row["value"], lang, percent), _interval(row, lang)
    return hover(row["label"], value, _rank_hover(row, ties, lang), interval, ranks)
