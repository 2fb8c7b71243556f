"""A block of the season in exhibits: all units in order, its fields, who rose most, what costs most points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.exhibit.measure import COUNT, MAXIMUM, RANK, change, interval, points, share
from dashboard.exhibit.page import Button, Drawing, Exhibit, Figure, Group, Notice, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Span
from dashboard.figures import dot_plot, dot_plot_columns, field_strips, losses, span_of
from dashboard.pages.overview.rows import Loss, Part, improved, lost
from dashboard.pages.overview.sentences import best, costliest, lowest_field, most_improved
from dashboard.pages.ranking.rows import Line
from dashboard.pages.rubric import rows as rubric
from dashboard.pages.rubric.rows import Item
from dashboard.render import elements as html
from dashboard.render.controls import button_link
from dashboard.render.parts import change as signed_change
from dashboard.render.parts import item_link, unit_link
from dashboard.season import exhibits as season
from dashboard.words import formats
from dashboard.words.names import short_name

FIRST = 10
"""Units of the dot plot on a telephone; the rest is in the ranking."""
ROW = 24
"""Px a unit in the dot plot of the largest block; the others get rows as high as makes them end level."""
BESIDE_BARS = 128
"""Px that every bar leaves for its number, so that all have one scale."""


def dots(part: Part, longest: int) -> Exhibit | Group:
    """Every ranked unit of a block in order; of an incomplete one the points by state. `longest`: units of the largest
    block, so that all plots end level."""
    view, sel, block, lang = part.view, part.view.sel, part.block, part.view.lang
    name, ranked = f"chi-so-{part.code}", part.block.ranked
    if not part.whole:
        return replace(season.by_unit(view, part.progress, id=name), sel=sel)
    if not ranked:
        return Group([Notice("empty")], id=name)
    rows = _dot_rows(part)
    ends = [value for line in ranked for value in (line.index, *((line.low, line.high) if sel.intervals else ()))]
    on = {"span": span_of(ends), "lang": lang, "median": block.median.index}
    height = min(2 * ROW, ROW * longest / len(rows))
    few = len(rows) > FIRST

    def figure(width: int | None) -> Figure:
        if width:
            return dot_plot(rows[:FIRST] if few else rows, width=width, row_height=34, **on)
        return dot_plot(rows, row_height=height, **on)

    def picture(size: str) -> Figure:
        if size == "1920x1080" and len(rows) > 12:
            return dot_plot_columns(rows, width=1180, **on)
        return dot_plot(rows, width=720 if size == "a4" else 800, **on)

    n = formats.count(len(ranked), lang)
    if len(ranked) < len(block.lines):
        n = view.t("overview.of_all", n=n, of=len(block.lines))
    subtitle = view.t("overview.dots_subtitle", period=sel.period, block=part.inside, n=n)
    first = Span(view.t("overview.first_rows", n=FIRST), "on-page narrow-only", screen=True) if few else None
    intervals = sel.intervals and any(line.low is not None for line in ranked)
    return Exhibit(
        name,
        best(part),
        figure,
        _dots_table(part, intervals),
        subtitle=[subtitle, first],
        key=[
            ("dot", view.t("word.index")),
            ("interval", view.t("figure.key_interval")) if intervals else None,
            ("median", view.t("figure.key_median")),
        ],
        body=[Drawing(), _more(part) if few else None],
        alt=_dots_alt(part),
        narrow=358,
        picture=picture,
        said={"subtitle": subtitle},
        sel=sel,
    )


def _dot_rows(part: Part) -> list[dict[str, Any]]:
    keys = ("low", "high", "rank_low", "rank_high") if part.view.sel.intervals else ()
    return [
        {
            "label": line.name,
            "value": line.index,
            "id": number_id(part.view.sel.period, line.code, "", "index"),
            "rank": line.rank,
            "tied": line.tied,
            "own": line.own,
            **{key: getattr(line, key) for key in keys},
        }
        for line in part.block.ranked
    ]


def _dots_alt(part: Part) -> str:
    def written(value: Any) -> str:
        return formats.points(value, part.view.lang, part.places)

    ranked = part.block.ranked
    ends = {"high": written(ranked[0].index), "low": written(ranked[-1].index)}
    return part.view.t("ranking.chart_alt", n=len(ranked), median=written(part.block.median.index), **ends)


def _more(part: Part) -> Screen | None:
    """The way to the whole list, where a telephone shows the first."""
    view, href = part.view, part.view.sel.to("ranking")
    if not href:
        return None
    label = view.t("part.show_all", n=view.t("word.units", n=len(part.block.ranked)))
    return Screen(html.Div(button_link(label, href), className="more-narrow"))


def _dots_table(part: Part, intervals: bool) -> Table:
    view, period = part.view, part.view.sel.period

    def column(head: str, value: Callable[[Line], Any], measure: Any, of: str) -> Column:
        return Column(view.t(head), value, measure, number=lambda line: number_id(period, line.code, "", of))

    columns = [
        Column(
            view.t("word.unit"),
            lambda line: line.name,
            show=lambda line: unit_link(view, line.code, label=line.name),
        ),
        column("word.rank", lambda line: (line.rank, line.tied), RANK, "rank"),
        column("word.index", lambda line: line.index, points(part.places), "index"),
    ]
    if intervals:
        columns += [
            column("figure.key_interval", lambda line: (line.low, line.high), interval(part.places), "index_interval"),
            column("word.rank_interval", lambda line: (line.rank_low, line.rank_high), interval(), "rank_interval"),
        ]
    caption = view.t("ranking.table", block=part.inside, period=period)
    return Table(caption, columns, part.block.ranked, kind=lambda line: "own" if line.own else "")


def strips(part: Part) -> Exhibit | Group:
    """Every field of a block with all its units."""
    view, sel, lang = part.view, part.view.sel, part.view.lang
    name = f"linh-vuc-{part.code}"
    shown = [item for item in part.fields if item.scored]
    if not shown:
        return Group([Notice("empty", title=lowest_field(part))], id=name)
    rows = [
        {
            "field": item.code,
            "field_label": short_name(item.row, lang),
            "label": unit_name(view, unit.unit, "bare"),
            "value": Fraction(unit.attainment),
            "id": number_id(sel.period, unit.unit, item.code, "attainment"),
            "own": unit.unit == view.ask.viewer.unit_code,
        }
        for item in shown
        for unit in item.scored
    ]
    span = rubric.axis({item.code: item for item in shown}, step=10)
    counts = {len(item.scored) for item in shown}
    about = {"period": sel.period, "block": part.inside, "n": formats.interval(min(counts), max(counts), lang)}
    subtitle = view.t("overview.fields_subtitle", **about)
    low, high = (formats.percent(end(item.median for item in shown), lang) for end in (min, max))

    def figure(width: int | None) -> Figure:
        narrow = {"width": width} if width else {}
        return field_strips(rows, span=span, lang=lang, **narrow)

    return Exhibit(
        name,
        lowest_field(part),
        figure,
        _fields_table(part, subtitle, shown),
        subtitle=subtitle,
        key=[("many", view.t("figure.key_unit")), ("tick", view.t("figure.key_median"))],
        note=view.t("overview.fields_note") if len(counts) > 1 else None,
        alt=view.t("overview.fields_alt", n=len(shown), low=low, high=high),
        narrow=358,
        sel=sel,
    )


def _fields_table(part: Part, caption: str, shown: Sequence[Item]) -> Table:
    view = part.view

    def name(item: Item) -> str:
        return f"{item.code} {short_name(item.row, view.lang)}"

    return Table(
        caption,
        [
            Column(view.t("word.field"), name, show=lambda item: item_link(view, item.code, name(item))),
            Column(view.t("word.median"), lambda item: item.median, share()),
            Column(view.t("overview.lowest_unit"), lambda item: min(item.shares), share()),
            Column(view.t("overview.highest_unit"), lambda item: max(item.shares), share()),
            Column(view.t("overview.units_counted"), lambda item: len(item.scored), COUNT),
        ],
        shown,
    )


def risers(part: Part) -> Exhibit | Group:
    """The units of a block that rose most since the year before."""
    view, lang, block = part.view, part.view.lang, part.block
    name = f"tien-bo-{part.code}"
    if not part.compared:
        why = "first_year" if not block.previous else "no_unit_compares" if block.comparable else "rubric_changed"
        about = {"block": part.inside, "previous": block.previous, "period": view.sel.period}
        return Group([Notice("not_comparable", text=view.t(f"overview.{why}", **about))], id=name)
    rows = improved(part)
    if not rows:
        link = Button(view.t("nav.ranking"), view.sel.to("ranking", sort="thay-doi") or "")
        return Group([Notice("empty", title=most_improved(part), text="", actions=[link])], id=name)
    n = formats.count(len(part.compared), lang)
    about = {"k": len(rows), "previous": block.previous, "block": part.inside, "n": n}
    subtitle = view.t("overview.improved_subtitle", **about)
    return Exhibit(name, most_improved(part), table=_risers_table(part, rows), subtitle=subtitle, sel=view.sel)


def _risers_table(part: Part, rows: Sequence[Line]) -> Table:
    view, now, past = part.view, part.view.sel.period, part.block.previous or ""
    index, rank = view.t("word.index"), view.t("word.rank")

    def column(year: str, group: str, value: Callable[[Line], Any], measure: Any, of: str) -> Column:
        return Column(year, value, measure, group=group, number=lambda line: number_id(year, line.code, "", of))

    def moved(line: Line) -> Any:
        return signed_change(view, line.change, places=part.places)

    return Table(
        most_improved(part),
        [
            Column(
                view.t("word.unit"),
                lambda line: line.name,
                show=lambda line: unit_link(view, line.code, label=line.name),
            ),
            column(past, index, lambda line: line.index - line.change, points(part.places), "index"),
            column(now, index, lambda line: line.index, points(part.places), "index"),
            Column(view.t("overview.change"), lambda line: line.change, change(part.places), show=moved),
            column(past, rank, lambda line: line.previous_rank, RANK, "rank"),
            column(now, rank, lambda line: (line.rank, line.tied), RANK, "rank"),
        ],
        rows,
        kind=lambda line: "own" if line.own else "",
        role="improved",
    )


def costs(part: Part) -> Exhibit | Group:
    """The leaves that cost a block most points."""
    view, lang = part.view, part.view.lang
    name, rows = f"diem-mat-{part.code}", lost(part)
    if not rows:
        return Group([Notice("empty", title=costliest(part), text="")], id=name)
    counts = {loss.n for loss in rows}
    about = {"period": view.sel.period, "block": part.inside, "n": formats.interval(min(counts), max(counts), lang)}
    subtitle = view.t("overview.losses_subtitle", **about)
    drawn = [
        {
            "code": loss.item.code,
            "label": view.name(loss.item.row),
            "lost": loss.lost,
            "max_points": loss.item.row["max_points"],
        }
        for loss in rows
    ]
    partly = any(unit.away or unit.open for loss in rows for unit in loss.item.units)
    bars = [_bar(part, loss, rows[0].lost) for loss in rows]
    return Exhibit(
        name,
        costliest(part),
        table=_costs_table(part, subtitle, rows),
        subtitle=subtitle,
        note=view.t("overview.losses_note") if partly else None,
        body=Screen(html.Ol(bars, className="loss-bars")),
        picture=lambda size: losses(drawn, lang=lang, width=720),
        sel=view.sel,
    )


def _bar(part: Part, loss: Loss, most: Fraction) -> html.Li:
    view, lang = part.view, part.view.lang
    width = {"width": f"calc((100% - {BESIDE_BARS}px) * {float(loss.lost / most):.4f})"}
    of = view.t("overview.of_points", points=formats.number(loss.item.row["max_points"], lang, 2, trim=True))
    written = [html.B(formats.points(loss.lost, lang)), f" {of}"]
    bar = html.Span(className="loss-bar", style=width, **{"aria-hidden": "true"})
    row = html.Span([bar, html.Span(written, className="loss-points")], className="loss-row")
    return html.Li([html.Span(item_link(view, loss.item.code), className="loss-name"), row])


def _costs_table(part: Part, caption: str, rows: Sequence[Loss]) -> Table:
    view = part.view

    def name(loss: Loss) -> str:
        return f"{loss.item.code} {view.name(loss.item.row)}"

    return Table(
        caption,
        [
            Column(view.t("word.criterion"), name, show=lambda loss: item_link(view, loss.item.code), role="wrap"),
            Column(view.t("overview.lost"), lambda loss: loss.lost, points()),
            Column(view.t("word.max_points"), lambda loss: loss.item.row["max_points"], MAXIMUM),
            Column(view.t("overview.units_counted"), lambda loss: loss.n, COUNT),
        ],
        rows,
    )
