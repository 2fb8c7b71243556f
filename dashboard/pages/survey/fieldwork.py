"""The fieldwork as exhibits: ballots against the plan, ballots a day, the quality of the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from dashboard.address.names import unit_name
from dashboard.address.order import by_name
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, DATE, of_max, points, share, share_of
from dashboard.exhibit.page import Columns, Exhibit, Figure, Notice
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead, Link, Span, Text, plain
from dashboard.figures.layout import span_of
from dashboard.figures.lettering import text_width
from dashboard.figures.ranks import dot_plot, side_by_side
from dashboard.figures.survey import ballots_a_day
from dashboard.figures.survey import coverage as coverage_figure
from dashboard.pages.survey import sentences
from dashboard.pages.survey.exhibits import WIDE, unit_kind
from dashboard.pages.survey.quality import Form, Odd, Separation, forms_of, odd_cells, separations
from dashboard.pages.survey.rows import COVERAGE_STEPS, TESTS, Coverage, Survey, days_of, min_cell, progress, total
from dashboard.pages.survey.sentences import about, group_name, item_name
from dashboard.render import elements as html
from dashboard.render.parts import item_link, unit_link
from dashboard.words import formats
from dashboard.words.names import column_name

Cells = Mapping[tuple[str, str], Coverage]

# Ballots against the plan


def coverage(view: View, survey: Survey) -> Exhibit:
    """Valid ballots of those issued, for every unit and group of the block."""
    sel, t = view.sel, view.t
    sums = progress(survey.cells, min_cell(view))
    cells = {(cell.unit, cell.group): cell for cell in survey.cells}
    known = sel.respondents
    groups = [group for group in known if any(cell.group == group for cell in survey.cells)]
    units = by_name(view, (unit for unit in sel.units if any((unit, group) in cells for group in groups)))
    headline = sentences.coverage_headline(view, sums)
    half = -(-len(units) // 2)
    halves = list(filter(None, (units[:half], units[half:])))
    key: list[Text] = []
    if sums.planned:
        steps = [Span(t(f"survey.step.{step}"), f"cover cover-{step}") for step in (4, 3, 2, 1)]
        key.append(Span(steps, "cover-key"))
    note = [
        f"{column_name(known[group], view.lang)}: {view.name(known[group])}."
        for group in groups
        if column_name(known[group], view.lang) != view.name(known[group])
    ]
    if sums.hidden:
        key.append(Span(t("survey.step.hidden", cell=min_cell(view)), "withheld"))
        note.append(t("survey.total_withheld", cell=min_cell(view)))
    return Exhibit(
        "coverage",
        headline,
        concludes=False,
        body=Columns(
            [_coverage(view, f"{headline} ({at + 1})", some, groups, cells) for at, some in enumerate(halves)]
        ),
        subtitle=t("survey.coverage_subtitle", about=view.block("inside"), period=sel.period),
        key=key,
        note=" ".join(note),
        name="tien-do",
        picture=_coverage_picture(view, units, groups, cells),
        data=_cells(view, headline, units, groups, cells),
    )


def _coverage(view: View, caption: str, units: Sequence[str], groups: Sequence[str], cells: Cells) -> Table:
    """A row a unit, a column a group."""
    known = view.sel.respondents

    def column(group: str) -> Column:
        name = view.name(known[group])

        def value(unit: str) -> tuple[int | None, int | None] | Instead | None:
            cell = cells.get((unit, group))
            return Instead(_small(view)) if cell and cell.hidden else cell and (cell.valid, cell.issued)

        return Column(
            Span(column_name(known[group], view.lang), title=name),
            value,
            of_max(0),
            show=lambda unit: _coverage_cell(view, cells.get((unit, group))),
            full=name,
            role="heat",
        )

    def whole(unit: str) -> tuple[int, int | None] | Instead:
        withheld = Instead(formats.MISSING, view.t("survey.total_withheld", cell=min_cell(view)), "")
        return total(_of_unit(unit, groups, cells)) or withheld

    def total_shown(unit: str) -> Text:
        value = whole(unit)
        return None if isinstance(value, Instead) else _of_issued(view, *value)

    return Table(
        caption,
        [
            Column(view.t("word.unit"), lambda unit: unit_name(view, unit), show=lambda unit: unit_link(view, unit)),
            *map(column, groups),
            Column(view.t("word.total"), whole, of_max(0), show=total_shown),
        ],
        units,
        kind=lambda unit: unit_kind(view, unit),
        role="coverage",
    )


def _of_unit(unit: str, groups: Sequence[str], cells: Cells) -> list[Coverage]:
    return [cells[unit, group] for group in groups if (unit, group) in cells]


def _small(view: View) -> str:
    return f"n<{min_cell(view)}"


def _of_issued(view: View, valid: int, issued: int | None) -> Text:
    """'34/35'; the valid ballots alone where no plan says how many were issued."""
    of = None if issued is None else Span(f"/{formats.count(issued, view.lang)}", "of")
    return [formats.count(valid, view.lang), of]


def _step(cell: Coverage) -> int | None:
    """How many steps of the plan the cell has reached."""
    return None if cell.share is None else sum(cell.share >= step for step in COVERAGE_STEPS)


def _coverage_cell(view: View, cell: Coverage | None) -> html.Td:
    sel, t, lang = view.sel, view.t, view.lang
    if cell is None:
        return html.Td(formats.MISSING, className="num heat")
    href = sel.href(dv=cell.unit, group=cell.group, item=None, field=None)
    if cell.hidden:
        text, kind = _small(view), "withheld-cell"
        said = t("state.suppressed.text", n=min_cell(view))
    else:
        of = html.Span(f"/{formats.count(cell.issued, lang)}", className="of") if cell.issued is not None else None
        text = [html.Span(formats.count(cell.valid, lang)), of]
        step = _step(cell)
        kind = "" if step is None else f"cover-{1 + step}"
        said = t(
            "survey.cell_of",
            valid=cell.valid,
            issued=formats.MISSING if cell.issued is None else cell.issued,
            unit=unit_name(view, cell.unit),
            group=group_name(view, cell.group),
        )
    return html.Td(html.A(text, href=href, title=said), className=f"num heat {kind}".strip())


def _coverage_picture(view: View, units: Sequence[str], groups: Sequence[str], cells: Cells) -> Callable[[str], Figure]:
    """The table as a picture; on a slide in two halves side by side."""

    def cell_drawn(cell: Coverage | None) -> tuple[str, int | None] | None:
        if cell is None or cell.hidden:
            return cell and (_small(view), -1)
        return plain(_of_issued(view, cell.valid, cell.issued)), _step(cell)

    def total_drawn(unit: str) -> str:
        value = total(_of_unit(unit, groups, cells))
        return plain(_of_issued(view, *value)) if value else formats.MISSING

    lines = [
        {
            "label": unit_name(view, unit),
            "cells": [cell_drawn(cells.get((unit, group))) for group in groups],
            "total": total_drawn(unit),
        }
        for unit in units
    ]
    known = view.sel.respondents
    marks = ("under", "step-1", "step-2", "step-3")
    key = [(mark, view.t(f"survey.step.{at}")) for at, mark in enumerate(marks, start=1)][::-1]
    if any(cell.hidden for cell in cells.values()):
        key.append(("hatch", view.t("survey.step.hidden", cell=min_cell(view))))
    names = [column_name(known[group], view.lang) for group in groups]
    shared = {"groups": names, "key": key, "lang": view.lang}

    def picture(size: str) -> Figure:
        if size != "1920x1080" or len(lines) < 12:
            return coverage_figure(lines, **shared, width=WIDE)
        # Beside the longest name and the total, every cell has room for "294/310".
        half, gutter = -(-len(lines) // 2), 28
        part = round(max(576, max(text_width(line["label"]) for line in lines) + 74 * len(groups) + 100))
        sides = [coverage_figure(some, **shared, width=part) for some in (lines[:half], lines[half:])]
        return side_by_side(*sides, rows=half, width=2 * part + gutter, gutter=gutter)

    return picture


def _cells(view: View, caption: str, units: Sequence[str], groups: Sequence[str], cells: Cells) -> Table:
    """A row a cell: unit, group, issued, returned, valid, share of the plan."""
    t, known = view.t, view.sel.respondents
    small = Instead(_small(view))
    return Table(
        caption,
        [
            Column(t("word.unit"), lambda cell: unit_name(view, cell.unit, "full")),
            Column(t("word.group"), lambda cell: view.name(known[cell.group])),
            Column(t("survey.issued"), lambda cell: cell.issued, COUNT),
            Column(t("survey.returned"), lambda cell: small if cell.hidden else cell.returned, COUNT),
            Column(t("survey.valid"), lambda cell: small if cell.hidden else cell.valid, COUNT),
            Column(t("survey.of_plan"), lambda cell: cell.share, share()),
        ],
        [cell for unit in units for cell in _of_unit(unit, groups, cells)],
    )


# Ballots a day


def days(view: View, survey: Survey, cells: Sequence[Coverage]) -> Exhibit:
    """Ballots of the cells by the day they were collected."""
    t, lang = view.t, view.lang
    lines, undated = days_of(survey, cells)
    headline = sentences.days_headline(view, lines)
    if not lines:
        hidden = not undated and any(cell.hidden for cell in cells)
        none = Notice("suppressed" if hidden else "empty", values={"n": min_cell(view)})
        return Exhibit("days", t("survey.days_withheld") if hidden else headline, body=none, name="phieu-theo-ngay")
    first, last = lines[0][0], lines[-1][0]
    idle = (last - first).days + 1 - len(lines)
    note = [t("survey.days_empty", n=idle)] if idle else []
    note += [t("survey.undated", n=undated)] if undated else []
    note += sentences.hidden_cells(view, cells)
    drawn = [{"day": day, "n": n, "id": None} for day, n in lines]
    who = about(view) + (f", {group_name(view, view.sel.group)}" if view.sel.group else "")
    return Exhibit(
        "days",
        headline,
        lambda width: ballots_a_day(drawn, lang=lang, width=width or 1094),
        Table(
            headline,
            [
                Column(t("survey.day"), lambda line: line[0], DATE),
                Column(t("survey.ballots"), lambda line: line[1], COUNT),
            ],
            lines,
        ),
        subtitle=t(
            "survey.days_subtitle",
            first=formats.date(first, lang),
            last=formats.date(last, lang),
            about=who,
            n=sum(n for _, n in lines),
        ),
        note=" ".join(note) or None,
        alt=t("survey.alt", n=len(lines), headline=headline),
        name="phieu-theo-ngay",
    )


# Quality


def forms(view: View, survey: Survey) -> Exhibit:
    """How every group filled its ballots."""
    sel, t = view.sel, view.t
    lines = forms_of(survey)
    headline = sentences.forms_headline(view, lines)

    def alike(test: str) -> Column:
        def value(form: Form) -> tuple[int, int] | None:
            return None if form.alike[test] is None else (form.alike[test], form.ballots)

        return Column(t(f"survey.{test}"), value, share_of(1))

    def group(form: Form) -> Link:
        href = sel.href(group=form.group, item=None, field=None)
        return Link(group_name(view, form.group), href, "quiet")

    columns = [
        Column(t("word.group"), group, role="wrap"),
        Column(t("survey.ballots"), lambda form: form.ballots, COUNT),
        *map(alike, TESTS),
        Column(t("figure.no_opinion"), lambda form: form.no_opinion, share()),
        Column(t("survey.left_blank"), lambda form: form.left_out, share()),
        Column(t("survey.few_cells"), lambda form: form.few, COUNT),
    ]
    return Exhibit(
        "forms",
        headline,
        table=Table(headline, columns, lines),
        subtitle=t("survey.quality_subtitle", about=view.block("inside"), period=sel.period),
        note=" ".join([t("survey.quality_note"), *sentences.hidden_cells(view, survey.cells)]),
        name="cach-dien-phieu",
    )


def odd(view: View, survey: Survey) -> Exhibit:
    """Cells with more ballots alike than chance gives."""
    sel, t = view.sel, view.t
    lines = odd_cells(survey)
    headline = sentences.odd_headline(view, lines)

    def cell(one: Odd) -> Link:
        href = sel.href(dv=one.unit, group=one.group, item=None, field=None)
        return Link(f"{unit_name(view, one.unit)}, {group_name(view, one.group)}", href, "quiet")

    columns = [
        Column(t("word.unit"), cell, role="wrap"),
        Column(t("survey.test"), lambda one: t(f"survey.{one.test}"), role="wrap"),
        Column(t("survey.in_cell"), lambda one: (one.k, one.n), share_of(1)),
        Column(t("survey.usual"), lambda one: one.usual, share()),
    ]
    return Exhibit(
        "odd",
        headline,
        table=Table(headline, columns, lines) if lines else None,
        subtitle=t("survey.odd_subtitle", about=view.block("inside")),
        name="o-can-xem",
    )


def separation(view: View, survey: Survey) -> Exhibit:
    """How far every leaf sets units apart."""
    sel, t = view.sel, view.t
    leaves = separations(survey, list(sel.units))
    headline = sentences.separation_headline(view, leaves)
    subtitle = t("survey.separate_subtitle", about=view.block("inside"), period=sel.period)
    if not leaves:
        return Exhibit("separation", headline, subtitle=subtitle, body=Notice("empty"), name="tach-bach")
    lines = [{"label": item_name(view, one.leaf), "value": Fraction(one.share) * 100, "id": None} for one in leaves]
    drawn = {"span": span_of([100 * one.share for one in leaves], 10), "lang": view.lang, "percent": True}

    def figure(width: int | None) -> Figure:
        narrow = {} if width is None else {"row_height": 34}
        made = dot_plot(lines, **drawn, width=width or 531, **narrow)
        # The dots are not attainments: the key of the picture says what they are.
        made["layout"]["meta"]["key"] = [["dot", t("survey.real_share")]]
        return made

    return Exhibit(
        "separation",
        headline,
        figure,
        _separation_table(view, headline, leaves),
        subtitle=subtitle,
        note=t("survey.separate_note"),
        alt=t("survey.alt", n=len(lines), headline=headline),
        name="tach-bach",
    )


def _separation_table(view: View, caption: str, leaves: Sequence[Separation]) -> Table:
    t = view.t
    return Table(
        caption,
        [
            Column(
                t("word.criterion"),
                lambda one: item_name(view, one.leaf),
                show=lambda one: item_link(view, one.leaf, item_name(view, one.leaf)),
                role="wrap",
            ),
            Column(t("survey.real_share"), lambda one: one.share, share(0)),
            Column(t("survey.between"), lambda one: 100 * one.between, points(1)),
            Column(t("survey.noise"), lambda one: 100 * one.noise, points(1)),
            Column(t("survey.units_in"), lambda one: one.units, COUNT),
        ],
        leaves,
    )
