"""The ranking as exhibits: grid with its table, dot plot, tile map. All show the same lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, Measure, points, share
from dashboard.exhibit.page import Columns, Drawing, Exhibit, Figure, Group, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Text, plain
from dashboard.figures import ranks
from dashboard.figures.layout import SEQUENTIAL, span_of
from dashboard.pages.ranking import grid, sentences
from dashboard.pages.ranking.columns import ORDER, TABLE, declared
from dashboard.pages.ranking.rows import (
    Block,
    Line,
    has_intervals,
    kinds,
    measure,
    median,
    middle_measure,
    ordered,
)
from dashboard.pages.ranking.sentences import kind_inside, kind_name, printed
from dashboard.render import elements as html
from dashboard.render.parts import heat_key, provenance, unit_link
from dashboard.season import exhibits as season
from dashboard.words import formats

ID = "bang-xep-hang"  # anchor of the one exhibit of the page


def ranking(view: View, block: Block, lines: Sequence[Line]) -> Exhibit:
    """The grid, the list of narrow screens, and the table behind them."""
    return Exhibit(
        ID,
        sentences.headline(view, block),
        table=_table(view, block, lines),
        subtitle=sentences.subtitle(view, block, lines, sentences.order_words(view)),
        key=_key(view, block),
        note=sentences.note(view, block),
        body=Screen(grid.drawn(view, block, lines, span(block, view.sel))),
        level=2,
        concludes=block.whole,
        **_outside(view, block, lines),
    )


def chart(view: View, block: Block, lines: Sequence[Line]) -> Exhibit:
    """The dot plot as a picture of its own; of an incomplete block the points by state."""
    if not block.whole:
        return replace(season.by_unit(view, id=ID, level=2), name="xep-hang")
    rows, on = _rows_for_figure(view, lines), _options(view, block)

    def figure(width: int | None) -> Figure:
        return ranks.dot_plot(rows, width=358, row_height=34, **on) if width else ranks.dot_plot(rows, width=1094, **on)

    return Exhibit(
        ID,
        sentences.headline(view, block),
        figure,
        _table(view, block, lines),
        subtitle=sentences.subtitle(view, block, lines, view.t("ranking.by", column=sentences.measure_words(view))),
        key=_key(view, block),
        note=sentences.note(view, block, parts=False),
        alt=sentences.alt(view, block, lines, "chart_alt"),
        level=2,
        **_outside(view, block, lines),
    )


def tiles(view: View, block: Block, lines: Sequence[Line]) -> Exhibit:
    """Districts as tiles, with the legend, the medians by kind and the ranked list beside them."""
    sel = view.sel
    rows = [
        row | {"grid_row": line.grid[0], "grid_col": line.grid[1]}
        for row, line in zip(_rows_for_figure(view, lines), lines, strict=True)
        if line.grid
    ]
    every = [measure(line, sel) for line in block.lines]
    breaks = ranks.class_breaks([value * 100 if sel.field else value for value in every if value is not None])
    on = {"breaks": breaks, "lang": view.lang, "percent": bool(sel.field)}

    def figure(width: int | None) -> Figure:
        return ranks.tile_map(rows, width=388, tile_height=44, **on) if width else ranks.tile_map(rows, **on)

    note = sentences.note(view, block, parts=False, ranges=False)
    legend = [Screen(html.P(sentences.tile_note(view), className="legend-note")), _legend(view, rows, breaks)]
    return Exhibit(
        ID,
        sentences.map_headline(view, block),
        figure,
        _table(view, block, lines),
        subtitle=sentences.subtitle(view, block, lines, view.t("ranking.on_map")),
        note=note,
        body=[
            Columns([Drawing(), Group([*legend, _medians(view, block)])], split="wide-left tile-view"),
            Screen(_compact_list(view, lines)),
        ],
        alt=sentences.alt(view, block, lines, "map_alt"),
        level=2,
        name="ban-do-o",
        said={"note": " ".join((sentences.tile_note(view), plain(note)))},
    )


def order(view: View, block: Block) -> Table:
    """The units of a block by rank, in the few columns that a document has room for."""
    columns = declared(view, block)
    named = [columns[key].column for key in ORDER if key in columns]
    return Table("", [Column(one.head, one.value, one.measure) for one in named], block.lines)


def _table(view: View, block: Block, lines: Sequence[Line]) -> Table:
    """The twin of the grid: every number of it, each a link to where it comes from."""
    columns = declared(view, block)
    keys = [*(key for key in TABLE if key in columns), *view.sel.fields, "co"]

    def middle(name: str, value: Any) -> list[Text]:
        cells: list[Text] = [view.t(f"ranking.{name}_row")]
        for key in keys[1:]:
            text = columns[key].middle_text(value, view.lang)
            cells.append(html.Td(text, className="num heat") if key in view.sel.fields else text)
        return cells

    def kind(line: Line) -> str:
        return "own" if line.own else "chosen" if line.code in view.sel.compared else ""

    middles = [middle("median", block.median), middle("mean", block.mean)] if block.concluded else []
    caption = view.t("ranking.table", block=view.block("inside"), period=view.sel.period)
    return Table(caption, [columns[key].column for key in keys], lines, middles, kind, role="ranking-table")


def _outside(view: View, block: Block, lines: Sequence[Line]) -> dict[str, Any]:
    """What is taken away from the grid and the chart: the dot plot, on slides in two columns, in the order of what it
    shows, with the notes that it needs."""
    if not block.whole:
        states = season.by_unit(view, id=ID)
        said = {"title": states.headline, "subtitle": states.subtitle, "note": states.note}
        return {"name": "xep-hang", "picture": lambda size: states.figure(720 if size == "a4" else 800), "said": said}
    rows, on = _rows_for_figure(view, lines), _options(view, block)

    def picture(size: str) -> Figure:
        if size == "1920x1080" and len(rows) > 12:
            return ranks.dot_plot_columns(rows, width=1180, **on)
        return ranks.dot_plot(rows, width=720 if size == "a4" else 800, **on)

    by = view.t("ranking.by", column=sentences.measure_words(view))
    said = {
        "subtitle": sentences.subtitle(view, block, lines, by),
        "note": plain(sentences.note(view, block, parts=False)),
    }
    return {"name": "xep-hang", "picture": picture, "said": said}


def _options(view: View, block: Block) -> dict[str, Any]:
    """How dots are placed: the axis of the block and its median, in points or per cent."""
    sel, middle = view.sel, middle_measure(block, view.sel)
    by = 100 if sel.field else 1
    ends = span(block, sel)
    return {
        "span": tuple(by * end for end in ends) if sel.field else ends,
        "lang": view.lang,
        "percent": bool(sel.field),
        "median": None if middle is None else middle * by,
    }


def span(block: Block, sel: Selection) -> tuple[Any, Any]:
    """The axis of the block for what is shown, the same for every filter."""
    if sel.field:
        low, high = span_of([value * 100 for line in block.lines if (value := measure(line, sel)) is not None], 5)
        return Fraction(low, 100), Fraction(high, 100)
    return span_of([value for line in block.lines for value in (line.index, line.low, line.high)])


def _key(view: View, block: Block) -> list[Any]:
    middle = middle_measure(block, view.sel) if block.concluded else None
    key: list[Any] = (
        [] if not block.whole else [("dot", view.t("word.attainment" if view.sel.field else "ranking.key.index"))]
    )
    if block.whole and has_intervals(block, view.sel):
        key.append(("interval", view.t("ranking.key.interval")))
    if middle is not None:
        key.append(("median", view.t("ranking.key.median", value=printed(view, middle))))
    if view.sel.view in (None, "luoi", "bang"):
        steps = [html.Span(view.t("ranking.key.heat")), heat_key(view)]
        key.append(Screen(html.Span(steps, className="key-item heat-legend wide-only")))
    return key


def _rows_for_figure(view: View, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Rows as the figures of dashboard/figures/ranks.py take them, for what is shown."""
    sel = view.sel
    kind, criterion = ("attainment", sel.field) if sel.field else ("index", "")
    rows = []
    for line in lines:
        value = measure(line, sel)
        row = {
            "label": line.name,
            "value": value * 100 if sel.field and value is not None else value,
            "id": number_id(sel.period, line.code, criterion, kind),
            "rank": line.rank,
            "tied": line.tied,
            "own": line.own,
        }
        if not sel.field and sel.intervals:
            row |= {"low": line.low, "high": line.high, "rank_low": line.rank_low, "rank_high": line.rank_high}
        rows.append(row)
    return rows


# Beside the map


def legend(values: Sequence[Any], breaks: Sequence[Any]) -> list[tuple[Any, Any, int, str]]:
    """Classes of the map from the highest: lower end, upper end (None: open), number of units, colour."""
    ends = [None, *breaks, None]
    found = []
    for at in range(len(breaks) + 1):
        low, high = ends[at], ends[at + 1]
        n = sum(
            (low is None or value >= low) and (high is None or value < high) for value in values if value is not None
        )
        found.append((low, high, n, SEQUENTIAL[round(at * 6 / max(len(breaks), 1))]))
    return found[::-1]


def _legend(view: View, rows: Sequence[dict], breaks: Sequence[Any]) -> Table:
    def words(low: Any, high: Any) -> str:
        low, high = (None if end is None else formats.number(end, view.lang, 1, trim=True) for end in (low, high))
        if low is None and high is None:
            return view.t("ranking.all", n=len(rows))
        key = "under" if low is None else "from" if high is None else "between"
        return view.t(f"ranking.{key}", low=low, high=high)

    values = [row["value"] for row in rows]
    classes = [(words(low, high), n, {"background": colour}) for low, high, n, colour in legend(values, breaks)]
    without = sum(value is None for value in values)
    if without:
        classes.append((view.t("ranking.without"), without, None))

    def swatch(row: tuple[str, int, Any]) -> list[Any]:
        hidden = {"aria-hidden": "true"} if row[2] else {}
        return [html.Span(className="swatch", style=row[2], **hidden), row[0]]

    measured = view.t("ranking.legend.field" if view.sel.field else "ranking.legend.index")
    return Table(
        view.t("ranking.legend"),
        [
            Column(measured, lambda row: row[0], show=swatch),
            Column(view.t("ranking.legend.units"), lambda row: row[1], COUNT),
        ],
        classes,
        role="legend",
    )


def _medians(view: View, block: Block) -> Group | None:
    """Median by kind of unit, with how far apart they are."""
    sel = view.sel
    found = {
        kind: [value for line in block.ranked if line.kind == kind and (value := measure(line, sel)) is not None]
        for kind in kinds(sel)[1:]
    }
    found = {kind: values for kind, values in found.items() if values}
    if len(found) != 2:
        return None
    middles = {kind: median(values) for kind, values in found.items()}
    high, low = sorted(middles, key=lambda kind: middles[kind], reverse=True)
    between = formats.shares_apart if sel.field else partial(formats.apart, places=view.places)
    gap = between(middles[high], middles[low])
    shown = formats.pp(gap, view.lang, 2).lstrip("+") if sel.field else formats.in_points(gap, view.lang, view.places)
    higher = view.t("ranking.higher_median", kind=kind_inside(view, high), gap=shown)
    title = view.t("ranking.same_median") if gap == 0 else higher
    as_printed: Measure = share(2) if sel.field else points(view.places)
    table = Table(
        view.t("ranking.kind_medians"),
        [
            Column(view.t("ranking.kinds"), lambda kind: kind_name(view, kind)),
            Column(view.t("ranking.legend.units"), lambda kind: len(found[kind]), COUNT),
            Column(view.t("word.median"), lambda kind: middles[kind], as_printed),
        ],
        (high, low),
    )
    return Group([Screen(html.H3(title, className="medians-title")), table], role="medians")


def _compact_list(view: View, lines: Sequence[Line]) -> html.Ul:
    """Rank, name and value in columns: the list that the map never replaces."""
    kind, criterion = ("attainment", view.sel.field) if view.sel.field else ("index", "")

    def item(line: Line) -> html.Li:
        number = number_id(view.sel.period, line.code, criterion, kind)
        value = provenance(view, printed(view, measure(line, view.sel)), number)
        cells = [
            html.Span(formats.rank(line.rank, tied=line.tied), className="rank num"),
            html.Span(unit_link(view, line.code, label=line.name), className="name"),
            html.Span(value, className="num"),
        ]
        return html.Li(cells, className="row-own" if line.own else None)

    by_value = ordered(lines, view.sel.field or "chi-so")
    return html.Ul(
        [item(line) for line in by_value], className="compact-list", **{"aria-label": view.t("ranking.list")}
    )
