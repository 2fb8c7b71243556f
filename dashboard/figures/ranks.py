"""Units of one block in order: dot plot, rank sets, rank frequencies, tile-grid map."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from dashboard.figures.base import (
    GRID,
    INK,
    INK_2,
    INTERVAL,
    MIDDLE_HALF,
    PAIR_BELOW,
    SEQUENTIAL,
    SIZE,
    WEIGHTS,
    WHITE,
    Column,
    Figure,
    Rows,
    dots,
    figure,
    hover,
    named,
    row_chart,
    segments,
)
from dashboard.figures.lettering import escape, fit, text_width, wrap
from dashboard.words import formats, t


def dot_plot(
    rows: Rows,
    *,
    span: tuple[Any, Any],
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
    rows = _sorted(rows)
    own = [at for at, row in enumerate(rows) if row.get("own")]
    left, right = _columns(rows, lang, percent)
    shown = [(at, row) for at, row in enumerate(rows) if row["value"] is not None]
    data = []
    if any(row.get("low") is not None for row in rows):
        data.append(segments([(row.get("low"), row.get("high"), at) for at, row in shown], colour=INTERVAL, width=3))
    data.append(
        dots(
            [row["value"] for _, row in shown],
            [at for at, _ in shown],
            [row.get("id") for _, row in shown],
            [_hover(row, rows, lang, percent) for _, row in shown],
        )
    )
    return row_chart(
        data,
        count=len(rows),
        span=span,
        lang=lang,
        left=left,
        right=right,
        row_height=row_height,
        width=width,
        own=own,
        above=None if median is None else (median, t("figure.median_is", lang, value=_value(median, lang, percent))),
        key=[
            ("dot", t("word.attainment" if percent else "figure.index", lang)),
            *([("interval", t("figure.key_interval", lang))] if len(data) > 1 else []),
            *([("median", t("figure.key_median", lang))] if median is not None else []),
        ],
    )


def dot_plot_columns(
    rows: Rows,
    *,
    span: tuple[Any, Any],
    lang: str,
    median: Any = None,
    percent: bool = False,
    row_height: float = 24,
    width: int = 912,
) -> Figure:
    """The dot plot in two columns on one scale, for slides: the upper half of the block left, the lower half right.

    Rows as in `dot_plot`.
    """
    rows = _sorted(rows)
    half = (len(rows) + 1) // 2
    gutter = 28
    part = (width - gutter) // 2
    on = {"span": span, "lang": lang, "median": median, "percent": percent, "row_height": row_height, "width": part}
    sheets = [dot_plot(rows[:half], **on), dot_plot(rows[half:], **on)]
    ties = Counter(row.get("rank") for row in rows)
    for sheet, some in zip(sheets, (rows[:half], rows[half:]), strict=True):
        if some and some[0].get("rank") is not None:  # a tie may straddle the columns
            sheet["layout"]["yaxis2"]["ticktext"] = [
                formats.rank(row["rank"], tied=ties[row["rank"]] > 1) for row in some
            ]
    return side_by_side(sheets[0], sheets[1], rows=half, width=width, gutter=gutter)


def side_by_side(one: Figure, two: Figure, *, rows: int, width: int, gutter: int) -> Figure:
    """Two row charts as one figure: the plots in the left and right half, text columns kept beside their plot."""
    first, second = one["layout"], two["layout"]
    left = max(first["margin"]["l"], second["margin"]["l"])
    right = max(first["margin"]["r"], second["margin"]["r"])
    plot = width - left - right
    inner = (right + gutter + left) / plot  # of the paper, between the two plots
    ends = ((0.0, (1 - inner) / 2), ((1 + inner) / 2, 1.0))
    data: list[dict] = []
    layout: dict[str, Any] = {**first, "shapes": [], "annotations": [], "meta": {**first["meta"], "width": width}}
    for key in [key for key in layout if key.startswith(("xaxis", "yaxis"))]:
        del layout[key]
    taken = 0
    for part, (start, end) in zip((one, two), ends, strict=True):
        axes = [key for key in part["layout"] if key.startswith("yaxis")]
        x = "" if start == 0 else "2"
        names = {
            ("y" + key[5:]): f"y{taken + at + 1}".replace("y1", "y") if taken + at == 0 else f"y{taken + at + 1}"
            for at, key in enumerate(axes)
        }
        first_y = names["y"]
        for key in axes:
            axis = {**part["layout"][key], "range": [rows - 0.5, -0.5]}
            if "overlaying" in axis:
                axis |= {"overlaying": first_y, "position": end if axis["position"] else start}
            else:
                axis["anchor"] = f"x{x}"
            layout["yaxis" + names["y" + key[5:]][1:]] = axis
        layout[f"xaxis{x}"] = {**part["layout"]["xaxis"], "domain": [start, end], "anchor": first_y}
        place = lambda at, start=start, end=end: start + at * (end - start)  # noqa: E731
        for kind in ("shapes", "annotations"):
            for item in part["layout"][kind]:
                item = dict(item)
                if item["xref"] == "paper":
                    item |= {
                        key: place(item[key]) for key in ("x", "xanchor") if isinstance(item.get(key), int | float)
                    }
                    if "xsizemode" not in item:
                        item |= {key: place(item[key]) for key in ("x0", "x1") if key in item}
                else:
                    item["xref"] = f"x{x}"
                if item["yref"] != "paper":
                    item["yref"] = names[item["yref"]]
                layout[kind].append(item)
        data += [{**trace, "xaxis": f"x{x}", "yaxis": first_y} for trace in part["data"]]
        taken += len(axes)
    layout["margin"] = {**first["margin"], "l": left, "r": right}
    return {"data": data, "layout": layout}


def group_means(
    rows: Rows, *, span: tuple[Any, Any], lang: str, places: int = 1, row_height: float = 44, width: int = 344
) -> Figure:
    """Means of groups with their 95% interval, sorted from the highest.

    Rows: label, value, low, high, n, id. n under 30 carries a star; a row without a value keeps its place and a dash.
    """
    rows = _sorted(rows)
    shown = [(at, row) for at, row in enumerate(rows) if row["value"] is not None]
    data = [
        segments([(row.get("low"), row.get("high"), at) for at, row in shown], colour=INTERVAL, width=3),
        dots(
            [row["value"] for _, row in shown],
            [at for at, _ in shown],
            [row.get("id") for _, row in shown],
            [
                hover(
                    row["label"],
                    formats.number(row["value"], lang, places),
                    _interval(row, lang, places),
                    t("figure.hover_n", lang, n=row["n"]) if row.get("n") is not None else "",
                )
                for _, row in shown
            ],
        ),
    ]
    left = [Column([row["label"] for row in rows], flexible=True, over=width < 480)]
    if any(row.get("n") is not None for row in rows):
        left.append(
            Column([ballots(row.get("n"), lang) for row in rows], t("figure.n", lang), "right", INK_2, numbers=True)
        )
    value = Column(
        [formats.number(row["value"], lang, places) for row in rows],
        t("figure.mean", lang),
        "right",
        weight=600,
        numbers=True,
    )
    return row_chart(
        data,
        count=len(rows),
        span=span,
        lang=lang,
        left=left,
        right=[value],
        row_height=row_height,
        width=width,
        key=named(lang, dot="figure.mean", interval="figure.key_interval"),
    )


def ballots(n: int | None, lang: str) -> str:
    """Number of ballots; a star where it is under 30 and asks for care."""
    return formats.count(n, lang) + ("*" if n is not None and 0 < n < 30 else "")


def rank_sets(rows: Rows, *, lang: str, row_height: float = 24, width: int = 531) -> Figure:
    """Caterpillar of ranks: the official rank as a dot, the ranks that sampling allows as a bar around it.

    Rows: label, rank, rank_low, rank_high, id; together_low, together_high (the simultaneous set) where known, own.
    """
    inner = ("interval", INTERVAL, "figure.key_rank_set", "figure.hover_rank_interval")
    outer = ("figure.key_together", "figure.simultaneous")
    return _place_ranges(rows, inner, outer, t("figure.rank_interval", lang), lang, row_height, width)


def weight_ranges(rows: Rows, *, lang: str, row_height: float = 24, width: int = 531) -> Figure:
    """Caterpillar of ranks under other weights, in colours of its own: no error of sampling.

    Rows as in `rank_sets`: rank_low, rank_high under small changes, together_low, together_high under large ones.
    """
    inner = ("weights", WEIGHTS, "figure.key_weights", "figure.hover_weights")
    outer = ("figure.key_weights_wide", "figure.hover_weights_wide")
    return _place_ranges(rows, inner, outer, t("figure.head_weights", lang), lang, row_height, width)


def _place_ranges(
    rows: Rows,
    inner: tuple[str, str, str, str],
    outer: tuple[str, str],
    head: str,
    lang: str,
    row_height: float,
    width: int,
) -> Figure:
    """Official ranks as dots on two bars. `inner`: mark, colour, texts of key and hover of the narrow bar; `outer`: the
    texts of the wide one; `head` of the column that prints the narrow one."""
    mark, colour, inner_key, inner_says = inner
    outer_key, outer_says = outer
    rows = sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0))
    ties = Counter(row["rank"] for row in rows)
    shown = [(at, row) for at, row in enumerate(rows) if row["rank"] is not None]
    data = []
    # A rank is a whole place: a bar covers it, also where the set is one rank alone.
    wide = [(row["together_low"] - 0.3, row["together_high"] + 0.3, at) for at, row in shown if row.get("together_low")]
    if wide:
        data.append(segments(wide, colour=MIDDLE_HALF, width=7))
    bars = [(row["rank_low"] - 0.3, row["rank_high"] + 0.3, at) for at, row in shown if row.get("rank_low")]
    data.append(segments(bars, colour=colour, width=3))

    def says(row: dict[str, Any]) -> list[str]:
        said = [t("figure.hover_rank", lang, rank=formats.rank(row["rank"], tied=ties[row["rank"]] > 1))]
        ranks = formats.interval(row.get("rank_low"), row.get("rank_high"), lang)
        said.append(t(inner_says, lang, ranks=ranks))
        if row.get("together_low"):
            ranks = formats.interval(row["together_low"], row["together_high"], lang)
            said.append(t(outer_says, lang, ranks=ranks))
        return said

    data.append(
        dots(
            [row["rank"] for _, row in shown],
            [at for at, _ in shown],
            [row.get("id") for _, row in shown],
            [hover(row["label"], *says(row)) for _, row in shown],
        )
    )
    left, _ = _columns([{**row, "value": None, "rank_low": None} for row in rows], lang)
    right = [
        Column(
            [formats.interval(row.get("rank_low"), row.get("rank_high"), lang) for row in rows],
            head,
            "right",
            INK_2,
            numbers=True,
        )
    ]
    fig = row_chart(
        data,
        count=len(rows),
        span=(0.5, len(rows) + 0.5),
        lang=lang,
        left=left,
        right=right,
        row_height=row_height,
        width=width,
        own=[at for at, row in enumerate(rows) if row.get("own")],
        key=[
            ("dot", t("figure.key_rank", lang)),
            (mark, t(inner_key, lang)),
            *([("half", t(outer_key, lang))] if wide else []),
        ],
    )
    margin = fig["layout"]["margin"]
    fig["layout"]["xaxis"] |= _places_axis(len(rows), (width - margin["l"] - margin["r"]) / max(len(rows), 1))
    return fig


def _places_axis(count: int, px: float) -> dict[str, Any]:
    """Tick labels of an axis of ranks, `px` wide each: every one, or the first and every fifth or tenth."""
    step = next((step for step in (1, 5, 10) if step * px >= 22), 10)
    places = sorted({1, *range(step, count + 1, step)})
    return {"tickvals": places, "ticktext": [str(place) for place in places]}


def rank_heat(rows: Rows, *, lang: str, row_height: float = 24, width: int = 1094) -> Figure:
    """Heat of rank frequencies: a row a unit, a column a rank, the share printed where it is 1% or more.

    Rows: label, order (place of the row), rank, probability (share of one), id; one a unit and rank.
    """
    units: dict[int, str] = {row["order"]: row["label"] for row in sorted(rows, key=lambda row: row["order"])}
    place = {order: at for at, order in enumerate(units)}
    count = max((row["rank"] for row in rows), default=1)
    share: list[list[float | None]] = [[None] * count for _ in units]
    ids: list[list[str | None]] = [[None] * count for _ in units]
    hovers = [[""] * count for _ in units]
    texts: dict[str, list] = {"x": [], "y": [], "text": [], "color": []}
    cell = (width - max(text_width(label) for label in units.values()) - 24) / count
    for row in rows:
        at, column = place[row["order"]], row["rank"] - 1
        probability = float(row["probability"])
        printed = formats.number(row["probability"] * 100, lang, 0)
        ids[at][column] = row.get("id")
        if probability > 0:
            share[at][column] = probability
            said = formats.percent(row["probability"], lang)
            hovers[at][column] = hover(row["label"], t("figure.hover_rank_share", lang, rank=row["rank"], share=said))
        if probability >= 0.01 and cell >= text_width("88", SIZE) + 3:
            texts["x"].append(row["rank"])
            texts["y"].append(at)
            texts["text"].append(printed)
            texts["color"].append(WHITE if _heat_class(probability) >= 5 else INK)
    scale = [[stop, colour] for at, colour in enumerate(SEQUENTIAL) for stop in (at / 7, (at + 1) / 7)]
    data: list[dict] = [
        {
            "type": "heatmap",
            "x": list(range(1, count + 1)),
            "y": list(range(len(units))),
            "z": [[None if value is None else _heat_class(value) for value in line] for line in share],
            "zmin": -0.5,
            "zmax": 6.5,
            "colorscale": scale,
            "showscale": False,
            "xgap": 1,
            "ygap": 1,
            "customdata": ids,
            "hovertext": hovers,
            "hoverinfo": "text",
            "hoverongaps": False,
        }
    ]
    if texts["x"]:
        data.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": texts["x"],
                "y": texts["y"],
                "text": texts["text"],
                "textfont": {"size": SIZE, "color": texts["color"]},
                "hoverinfo": "skip",
            }
        )
    fig = row_chart(
        data,
        count=len(units),
        span=(0.5, count + 0.5),
        lang=lang,
        left=[Column(list(units.values()), flexible=True)],
        row_height=row_height,
        width=width,
        key=class_key([*(step * 100 for step in HEAT_STEPS)], SEQUENTIAL, lang, "%"),
    )
    fig["layout"]["xaxis"] |= {**_places_axis(count, cell), "showgrid": False}
    return fig


def pair_matrix(rows: Rows, *, lang: str, row_height: float = 24, width: int = 1094) -> Figure:
    """Every unit against every other: whether their difference is beyond sampling error, and which is higher.

    Rows, one an ordered pair: label, place (of the row, from 1), other_label, other, verdict ('above', 'below' or
    'alike'), id. A tint and a sign say the same.
    """
    labels = {row["place"]: row["label"] for row in rows}
    labels |= {row["other"]: row["other_label"] for row in rows}
    units = sorted(labels)
    at = {place: n for n, place in enumerate(units)}
    count = len(units)
    kinds = ("below", "alike", "above")
    signs = {"below": "−", "alike": "≈", "above": "+"}
    says = {"below": "figure.pair_below", "alike": "figure.pair_alike", "above": "figure.pair_above"}
    z: list[list[int | None]] = [[None] * count for _ in units]
    hovers, ids = ([[""] * count for _ in units] for _ in range(2))
    for row in rows:
        y, x = at[row["place"]], at[row["other"]]
        z[y][x] = kinds.index(row["verdict"])
        ids[y][x] = row.get("id") or ""
        said = t(says[row["verdict"]], lang, one=row["label"], two=row["other_label"])
        hovers[y][x] = hover(f"{row['label']} – {row['other_label']}", said)
    left = Column([f"{at[place] + 1}  {labels[place]}" for place in units], flexible=True)
    plot = width - left.width() - 40
    cell = plot / max(count, 1)
    colours = (PAIR_BELOW, MIDDLE_HALF, SEQUENTIAL[1])
    data: list[dict] = [
        {
            "type": "heatmap",
            "x": list(range(1, count + 1)),
            "y": list(range(count)),
            "z": z,
            "zmin": -0.5,
            "zmax": 2.5,
            "colorscale": [[stop, colour] for n, colour in enumerate(colours) for stop in (n / 3, (n + 1) / 3)],
            "showscale": False,
            "xgap": 1,
            "ygap": 1,
            "customdata": ids,
            "hovertext": hovers,
            "hoverinfo": "text",
            "hoverongaps": False,
        }
    ]
    if cell >= 12:
        found = [
            (x, y, signs[kinds[value]])
            for y, line in enumerate(z)
            for x, value in enumerate(line, 1)
            if value is not None
        ]
        data.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [x for x, _, _ in found],
                "y": [y for _, y, _ in found],
                "text": [sign for _, _, sign in found],
                "textfont": {"size": SIZE, "color": INK},
                "hoverinfo": "skip",
            }
        )
    fig = row_chart(
        data,
        count=count,
        span=(0.5, count + 0.5),
        lang=lang,
        left=[left],
        row_height=row_height,
        width=width,
        key=[
            ("pair-above", t("figure.key_pair_above", lang)),
            ("half", t("figure.key_pair_alike", lang)),
            ("pair-below", t("figure.key_pair_below", lang)),
        ],
    )
    fig["layout"]["xaxis"] |= {**_places_axis(count, cell), "showgrid": False}
    return fig


HEAT_STEPS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5)


def _heat_class(probability: float) -> int:
    return sum(probability >= step for step in HEAT_STEPS)


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
    tops = [row["grid_row"] for row in rows]
    sides = [row["grid_col"] for row in rows]
    first_row, first_col = min(tops), min(sides)
    height, across = max(tops) - first_row + 1, max(sides) - first_col + 1
    tile = width / across
    ties = Counter(row["rank"] for row in rows if row.get("rank") is not None)
    # Fewer classes spread over the scale, so that the highest is always the darkest.
    used = [SEQUENTIAL[round(at * 6 / max(len(breaks), 1))] for at in range(len(breaks) + 1)]
    z: list[list[float | None]] = [[None] * across for _ in range(height)]
    ids: list[list[Any]] = [[None] * across for _ in range(height)]
    hovers = [[""] * across for _ in range(height)]
    roomy = tile >= 20 + text_width("88,88", 15, 600) + 8 + text_width("=10")
    size = 17 if tile >= 96 else 15
    words: dict[str, list[tuple]] = {"names": [], "values": [], "ranks": []}
    outlines = []
    for row in rows:
        down, along = row["grid_row"] - first_row, row["grid_col"] - first_col
        value, rank = row["value"], row.get("rank")
        step = -1 if value is None else sum(value >= edge for edge in breaks)
        colour = WHITE if step >= 0 and SEQUENTIAL.index(used[step]) >= 5 else INK
        weight = 600 if row.get("own") else 400
        z[down][along] = step
        ids[down][along] = row.get("id")
        hovers[down][along] = hover(row["label"], _value(value, lang, percent), _place(row, rows, lang))
        if roomy:
            inset = 10 / tile
            place = formats.rank(rank, tied=row.get("tied", ties[rank] > 1)) if rank is not None else ""
            words["names"].append(
                (along - 0.5 + inset, down - 0.2, [fit(row["label"], tile - 18, SIZE, weight)], weight, colour)
            )
            words["values"].append((along - 0.5 + inset, down + 0.18, [_value(value, lang, percent)], 600, colour))
            words["ranks"].append((along + 0.5 - inset, down + 0.2, [place], 400, colour))
        else:
            lines = [fit(line, tile, SIZE, weight) for line in wrap(row["label"], tile - 6, SIZE, weight)[:2]]
            words["names"].append((along, down, lines, weight, colour))
        if row.get("own") or step <= 0:
            outlines.append(
                {
                    "type": "rect",
                    "xref": "x",
                    "yref": "y",
                    "x0": along - 0.5 + 2 / tile,
                    "x1": along + 0.5 - 2 / tile,
                    "y0": down - 0.5 + 2 / tile_height,
                    "y1": down + 0.5 - 2 / tile_height,
                    "fillcolor": "rgba(0,0,0,0)",
                    "line": {"color": INK if row.get("own") else GRID, "width": 3 if row.get("own") else 1},
                }
            )
    shades = [WHITE, *used]
    scale = [[stop, colour] for at, colour in enumerate(shades) for stop in (at / len(shades), (at + 1) / len(shades))]
    gap = 4 if roomy else 2
    data: list[dict] = [
        {
            "type": "heatmap",
            "x": list(range(across)),
            "y": list(range(height)),
            "z": z,
            "zmin": -1.5,
            "zmax": len(used) - 0.5,
            "colorscale": scale,
            "showscale": False,
            "xgap": gap,
            "ygap": gap,
            "customdata": ids,
            "hovertext": hovers,
            "hoverinfo": "text",
            "hoverongaps": False,
        },
        _words(words["names"], "middle right" if roomy else "middle center", SIZE),
    ]
    if roomy:
        data += [_words(words["values"], "middle right", size), _words(words["ranks"], "middle left", SIZE)]
    hidden = {"visible": False, "fixedrange": True, "showgrid": False}
    return figure(
        data,
        width=width,
        height=height * tile_height,
        margin=(0, 0, 0, 0),
        xaxis={**hidden, "range": [-0.5, across - 0.5]},
        yaxis={**hidden, "range": [height - 0.5, -0.5]},
        shapes=outlines,
        key=class_key(breaks, used, lang, "%" if percent else ""),
    )


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


def class_breaks(values: Sequence[Any], classes: int = 7) -> list[Any]:
    """Lower ends of classes with about equally many values, on halves; fewer where values crowd."""
    ordered = sorted(value for value in values if value is not None)
    edges = {
        (ordered[len(ordered) * at // classes] * 2).to_integral_value() / Decimal(2)
        for at in range(1, classes)
        if ordered
    }
    return sorted(edge for edge in edges if ordered[0] < edge <= ordered[-1])


def _words(items: Sequence[tuple], position: str, size: int) -> dict[str, Any]:
    xs, ys, lines, weights, colours = ([item[at] for item in items] for at in range(5))
    return {
        "type": "scatter",
        "mode": "text",
        "x": xs,
        "y": ys,
        "text": ["<br>".join(map(escape, some)) for some in lines],
        "textposition": position,
        "textfont": {"size": size, "color": colours, "weight": weights},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _sorted(rows: Rows) -> list[dict[str, Any]]:
    """Highest first, rows without a value last; rows of one value keep the order given."""
    return sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0)))


def _value(value: Any, lang: str, percent: bool) -> str:
    return formats.percent(None if value is None else value / 100, lang) if percent else formats.points(value, lang)


def _columns(rows: Rows, lang: str, percent: bool = False) -> tuple[list[Column], list[Column]]:
    ties = Counter(row.get("rank") for row in rows if row.get("rank") is not None)
    bold = frozenset(at for at, row in enumerate(rows) if row.get("own"))
    left = []
    if ties:
        texts = [formats.rank(row.get("rank"), tied=row.get("tied", ties[row.get("rank")] > 1)) for row in rows]
        left.append(Column(texts, "", "right", INK_2, numbers=True, gap=8))
    tails = [t("figure.own", lang) if row.get("own") else "" for row in rows]
    left.append(Column([row["label"] for row in rows], tails=tails, bold=bold, flexible=True))
    right = []
    if any(row["value"] is not None for row in rows):
        texts = [_value(row["value"], lang, percent) for row in rows]
        right.append(Column(texts, "" if percent else t("figure.points", lang), "right", weight=600, numbers=True))
    if any(row.get("rank_low") is not None for row in rows):
        texts = [formats.interval(row.get("rank_low"), row.get("rank_high"), lang) for row in rows]
        right.append(Column(texts, t("figure.rank_interval", lang), "right", INK_2, numbers=True, gap=16))
    return left, right


def _place(row: dict[str, Any], rows: Rows, lang: str) -> str:
    if row.get("rank") is None:
        return t("figure.no_rank", lang) if "rank" in row else ""
    tied = row.get("tied", sum(other.get("rank") == row["rank"] for other in rows) > 1)
    return t("figure.hover_rank", lang, rank=formats.rank(row["rank"], tied=tied))


def _interval(row: dict[str, Any], lang: str, places: int = 2) -> str:
    if row.get("low") is None:
        return ""
    low, high = (formats.number(row[end], lang, places) for end in ("low", "high"))
    return t("figure.hover_interval", lang, low=low, high=high)


def _hover(row: dict[str, Any], rows: Rows, lang: str, percent: bool = False) -> str:
    ranks = ""
    if row.get("rank_low") is not None:
        ranks = t("figure.hover_rank_interval", lang, ranks=formats.interval(row["rank_low"], row["rank_high"], lang))
    return hover(
        row["label"], _value(row["value"], lang, percent), _place(row, rows, lang), _interval(row, lang), ranks
    )
