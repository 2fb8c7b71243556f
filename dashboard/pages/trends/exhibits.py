"""The years of a block as exhibits: published results, and apart from them the two years that the store compares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, RANK, change, points, pp, share
from dashboard.exhibit.page import Exhibit, Figure, Group, Notice, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Link, Text, remark
from dashboard.figures import slope, span_of, year_lines
from dashboard.pages.ranking.rows import Block, Line
from dashboard.pages.rubric.rows import read as read_items
from dashboard.pages.trends import rows, sentences
from dashboard.pages.trends.rows import Published, breaks, fields, named, risen_most
from dashboard.render import controls, parts
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import listed

# Published


def lines(view: View, found: Published) -> Exhibit:
    """Every published value by year; the units chosen are named."""
    lang = view.lang
    loud = named(found, view.sel.compared)
    drawn = [
        {
            "series": row["unit_code"],
            "label": found.names[row["unit_code"]],
            "year": int(row["period"]),
            "value": row["index"],
            "id": rows.number(view, row),
            "highlight": row["unit_code"] in loud,
        }
        for row in found.valued
    ]
    broken, _ = breaks(view.site, view.sel.unit_group, found.years)
    span = span_of([row["index"] for row in found.valued], 5)
    on = {"years": found.years, "span": span, "lang": lang, "breaks": broken}
    n = len(found.valued_units)
    names = listed([found.names[code] for code in loud], lang) or view.t("trends.nobody_named")

    def figure(width: int | None) -> Figure:
        return year_lines(drawn, width=width or 1094, height=420 if width is None else 360, **on)

    def picture(size: str) -> Figure:
        wide, high = {"1920x1080": (1180, 520), "1200x1200": (800, 600)}.get(size, (720, 420))
        return year_lines(drawn, width=wide, height=high, **on)

    return Exhibit(
        "cac-nam",
        sentences.most_often(view, found),
        figure,
        _by_year(view, found),
        subtitle=view.t("trends.subtitle", **_reach(view, found), n=formats.count(n, lang)),
        key=[("rise", view.t("figure.key_named")), ("others", view.t("figure.key_others"))],
        note=sentences.notes(view, found),
        source=sentences.source(view, found.valued),
        alt=view.t("trends.alt", n=n, names=names),
        narrow=358,
        name="da-cong-bo",
        picture=picture,
        published=True,
    )


def _reach(view: View, found: Published) -> dict[str, str]:
    return {"first": str(found.years[0]), "last": str(found.years[-1]), "block": view.block("inside")}


def _unit(view: View, found: Published, code: str) -> Text:
    """The name of a unit, with a link where it is a unit of the year selected."""
    return Link(found.names[code], view.sel.to("unit", unit=code) if code in view.sel.units else None, "quiet")


def _by_year(view: View, found: Published) -> Table:
    """Units by years: the table behind the lines."""
    of = {(row["unit_code"], int(row["period"])): row for row in found.valued}

    def year(at: int) -> Column:
        return Column(
            str(at),
            lambda code: of[code, at]["index"] if (code, at) in of else None,
            points(),
            number=lambda code: rows.number(view, of[code, at]) if (code, at) in of else None,
        )

    unit = Column(view.t("word.unit"), lambda code: _unit(view, found, code))
    return Table(view.t("trends.matrix"), [unit, *map(year, found.years)], found.valued_units)


def _of_result(view: View, found: Published) -> dict[str, Column]:
    """Columns of a published result."""

    def said(key: str, head: str) -> Column:
        return Column(view.t(head), lambda row: row[key], show=lambda row: row[key] or formats.MISSING)

    return {
        "year": Column(view.t("trends.year"), lambda row: row["period"]),
        "unit": Column(view.t("word.unit"), lambda row: _unit(view, found, row["unit_code"])),
        "index": Column(view.t("word.index"), lambda row: row["index"], points()),
        "linked": Column(
            view.t("word.index"), lambda row: row["index"], points(), number=lambda row: rows.number(view, row)
        ),
        "rank": Column(view.t("word.rank"), lambda row: row["rank"], RANK),
        "decision": said("decision", "trends.decision"),
        "source": said("source", "trends.source_head"),
        "check": Column(view.t("trends.odd_check"), lambda row: sentences.checked(view, found, row), role="wrap"),
        "remark": Column(view.t("trends.remark"), lambda row: remark(row, view.lang), role="wrap"),
    }


def odd(view: View, found: Published) -> Exhibit:
    """The results that do not fit their rank, and those with a note."""
    columns = _of_result(view, found)
    headline = sentences.contradictions(view, found, found.remarkable)
    return Exhibit(
        "luu-y",
        headline,
        table=Table(
            headline,
            [columns[key] for key in ("year", "unit", "index", "rank", "check", "remark")],
            found.remarkable,
            kind=lambda row: "chosen" if found.is_odd(row) else "",
        ),
        subtitle=view.t("trends.odd_subtitle", block=view.block("inside")),
        source=sentences.source(view, found.remarkable),
        published=True,
    )


def results(view: View, found: Published) -> Exhibit:
    """Every published result of the block, newest year first."""
    columns = _of_result(view, found)
    table = Table(
        view.t("trends.years_table"),
        [columns[key] for key in ("year", "rank", "unit", "linked", "decision", "source", "remark")],
        found.newest_first,
        id="bang-cac-nam",
    )
    row_filter = controls.row_filter(view, "trends-filter", view.t("trends.filter"), "bang-cac-nam")
    return Exhibit(
        "tung-nam",
        sentences.results(view, found),
        subtitle=view.t("trends.rows_subtitle", **_reach(view, found)),
        source=sentences.source(view, found.rows),
        body=[Screen(row_filter), table],
        data=table,
        published=True,
    )


# What the store computes


def both_years(view: View, block: Block, lines: Sequence[Line]) -> Exhibit:
    """The index of every unit in the two years."""
    period, past = view.sel.period, block.previous or ""
    loud = {line.code for line in lines[: rows.NAMED] if line.change > 0}
    drawn = [
        {
            "label": line.name,
            "before": line.index - line.change,
            "after": line.index,
            "id": number_id(period, line.code, "", "index"),
            "highlight": line.code in loud,
        }
        for line in lines
    ]
    on = {
        "span": span_of([value for row in drawn for value in (row["before"], row["after"])]),
        "ends": (past, period),
        "lang": view.lang,
    }

    def figure(width: int | None) -> Figure:
        return slope(drawn, width=width or 531, height=560 if width is None else 520, **on)

    years = {"previous": past, "period": period}
    n = len(drawn)
    return Exhibit(
        "hai-nam",
        sentences.moved(view, block),
        figure,
        _two_years(view, block, lines),
        subtitle=view.t("trends.moved_subtitle", **years, block=view.block("inside"), n=formats.count(n, view.lang)),
        key=[("rise", view.t("figure.key_named")), ("others", view.t("figure.key_others"))],
        note=view.t("trends.moved_note"),
        alt=view.t("trends.slope_alt", n=n, **years),
        narrow=358,
        picture=lambda size: slope(drawn, width=720, height=560, **on),
    )


def _two_years(view: View, block: Block, lines: Sequence[Line]) -> Table:
    """Index and rank in the two years: the table behind the slopes."""
    period, past = view.sel.period, block.previous or ""
    index = {year: view.t("trends.index", year=year) for year in (past, period)}
    ranks = {year: view.t("trends.ranks", year=year) for year in (past, period)}
    return Table(
        sentences.moved(view, block),
        [
            *_risen(view, index[past], index[period], past),
            _number(view, ranks[past], past, "rank", lambda line: line.previous_rank),
            _number(view, ranks[period], period, "rank", lambda line: (line.rank, line.tied)),
        ],
        lines,
        kind=lambda line: "own" if line.own else "",
    )


def _number(view: View, head: str, year: str, measure: str, value: Callable[[Line], Any]) -> Column:
    return Column(
        head,
        value,
        RANK if measure == "rank" else points(view.places),
        number=lambda line: number_id(year, line.code, "", measure),
    )


def _risen(view: View, before: str, after: str, past: str) -> list[Column]:
    """Columns of a unit, its index in the two years under their heads, and the change."""
    places = view.places
    return [
        Column(
            view.t("word.unit"),
            lambda line: line.name,
            show=lambda line: parts.unit_link(view, line.code, label=line.name),
        ),
        _number(view, before, past, "index", lambda line: line.index - line.change),
        _number(view, after, view.sel.period, "index", lambda line: line.index),
        Column(
            view.t("trends.change"),
            lambda line: line.change,
            change(places),
            show=lambda line: parts.change(view, line.change, places=places),
        ),
    ]


def by_field(view: View, block: Block) -> Exhibit:
    """Mean attainment by field in the two years, over the units scored in both."""
    past = block.previous or view.sel.period
    before = View(view.sel.change(period=past), view.ask)
    found = fields(read_items(before), read_items(view))
    headline = sentences.most_changed(view, found)

    def name(row: rows.Field) -> str:
        return f"{row.code} {short_name(row.row, view.lang)}"

    columns = [
        Column(view.t("word.field"), name, show=lambda row: parts.item_link(view, row.code, name(row))),
        Column(block.previous or "", lambda row: row.before, share(2, sign=False)),
        Column(view.sel.period, lambda row: row.after, share(2, sign=False)),
        Column(
            view.t("trends.change_pp"),
            lambda row: row.change,
            pp(2),
            show=lambda row: parts.change(view, row.change * 100, places=2),
        ),
        Column(view.t("trends.units"), lambda row: row.n, COUNT),
    ]
    return Exhibit(
        "linh-vuc",
        headline,
        table=Table(headline, columns, found),
        subtitle=view.t("trends.fields_subtitle", block=view.block("inside")),
        name="linh-vuc-hai-nam",
    )


def movers(view: View, block: Block, lines: Sequence[Line]) -> Exhibit | Group:
    """The units that rose most; that none did where none did."""
    up = risen_most(lines)
    headline = sentences.risen(view, lines)
    if not up:
        return Group([Notice("empty", title=headline)], id="tang-nhieu")
    period, past = view.sel.period, block.previous or ""
    return Exhibit(
        "tang-nhieu",
        headline,
        table=Table(headline, _risen(view, past, period, past), up),
        subtitle=view.t("trends.movers_subtitle", previous=past, period=period, block=view.block("inside"), k=len(up)),
    )
