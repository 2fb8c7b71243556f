"""/dtxhh: the fieldwork of one block, and what people answered.

The whole block or one unit (`dv`); the questions of an item (`lv`, `tc`) and of one respondent group (`nhom`). Cells
under the minimum are in no sum, mean or difference of the page (see `rows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from dashboard.address.names import unit_name
from dashboard.address.order import by_name
from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.exhibit.page import (
    Button,
    Columns,
    Group,
    Header,
    KeyNumber,
    Notice,
    Numbers,
    Page,
    Part,
    Screen,
    Section,
)
from dashboard.pages.survey import exhibits, fieldwork, means, rows, sentences
from dashboard.pages.survey.exhibits import DIVERGING, STACKED
from dashboard.pages.survey.rows import Coverage, Progress, Survey, min_cell
from dashboard.pages.survey.sentences import group_name, item_name
from dashboard.render import elements as html
from dashboard.render.controls import href_select, on_this_page, segmented, switch, toolbar
from dashboard.words import formats

KEYS = ("lv", "tc", "nhom", "td")
CHOICES = {
    "dv": lambda sel: ("", *sel.units),
    "kieu": (STACKED, DIVERGING),
    "xem": ("trang", "bang"),
}


def layout(view: View) -> Page:
    """The survey of the block, unit, item and group selected."""
    sel, t = view.sel, view.t
    survey = rows.read(view)
    cells = rows.selected(sel, survey)
    sums = rows.progress(cells, min_cell(view))
    header = Header(t("survey.title", about=sentences.about(view)), sentences.lead(view, sums, cells))
    if not survey.cells:
        return Page(header, [Notice("empty")])
    links = [(t(f"survey.nav.{name}"), name) for name in ("answers", "satisfaction", "progress", "quality")]
    asked = [Screen(_toolbar(view, survey)), _answers(view, survey)]
    progress = [fieldwork.coverage(view, survey), fieldwork.days(view, survey, cells)]
    return Page(
        header,
        [
            Numbers(numbers(view, sums, cells)),
            Screen(on_this_page(view, links)),
            Section("answers", t("survey.answers"), asked),
            _satisfaction(view, survey),
            Section("progress", t("survey.progress"), progress),
            _quality(view, survey) if not sel["dv"] else None,
        ],
    )


def numbers(view: View, sums: Progress, cells: Sequence[Coverage]) -> list[KeyNumber]:
    """Issued, returned, valid ballots and cells under the plan."""
    t, lang = view.t, view.lang
    without = t("survey.without", n=sums.hidden, cell=min_cell(view)) if sums.hidden else ""

    def share(key: str, value: Fraction | None) -> str:
        said = "" if value is None else t(key, share=formats.percent(value, lang))
        return "; ".join(filter(None, (said, without)))

    units = len({cell.unit for cell in cells if cell.issued})
    issued = t("survey.issued_note", units=units, n=sums.planned) if sums.issued is not None else None
    return [
        KeyNumber(t("survey.issued"), formats.count(sums.issued, lang), note=issued),
        KeyNumber(
            t("survey.returned"),
            formats.count(sums.returned, lang),
            note=share("survey.returned_note", sums.returned_share),
        ),
        KeyNumber(
            t("survey.valid"), formats.count(sums.valid, lang), note=share("survey.valid_note", sums.valid_share)
        ),
        KeyNumber(
            t("survey.under"),
            formats.count(sums.under, lang) if sums.planned else formats.MISSING,
            f"/{formats.count(sums.planned, lang)}" if sums.planned else "",
            t("survey.under_note"),
        ),
    ]


def _answers(view: View, survey: Survey) -> Part:
    sel, t = view.sel, view.t
    leaves = rows.leaves_of(sel, survey)
    given = view.ask.unit_answers(sel.period, sel["dv"]) if sel["dv"] else survey.answers
    questions = rows.asked(survey, given, leaves, sel.group, view.lang)
    if not questions:
        back = Button(t("survey.show_default"), sel.href(item=None, field=None, group=None))
        return Notice("filtered_empty", title=t("survey.no_question"), text="", actions=[back])
    charts = [exhibits.answers(view, lot, at) for at, lot in enumerate(rows.by_scale(questions))]
    return Columns([Group(charts, "stack"), exhibits.groups(view, survey, leaves)], split="wide-left")


def _satisfaction(view: View, survey: Survey) -> Section | None:
    sel, title = view.sel, view.t("survey.satisfaction")
    item = means.satisfaction_item(sel.rubric)
    if item is None:
        return None
    attained = view.ask.block_results(sel.period, sel.unit_group)
    units = means.satisfaction(survey, sel.rubric, item, attained)
    if all(row["value"] is None for row in units):
        return Section("satisfaction", title, [Notice("empty")])
    index = exhibits.satisfaction(view, item, units)
    parts = means.part_means(sel.rubric, item, attained)
    shown = Columns([index, exhibits.components(view, parts)], split="wide-left") if parts else index
    return Section("satisfaction", title, [shown])


def _quality(view: View, survey: Survey) -> Section:
    side_by_side = Columns([fieldwork.separation(view, survey), fieldwork.odd(view, survey)])
    return Section("quality", view.t("survey.quality"), [fieldwork.forms(view, survey), side_by_side])


def _toolbar(view: View, survey: Survey) -> html.Div:
    sel, t = view.sel, view.t
    here = sel.href()
    default = rows.default_item(sel.rubric, survey.leaves)

    def item_href(code: str) -> str:
        if code == default and not sel.group:
            return sel.href(item=None, field=None)
        inside = rows.below(sel.rubric, code)
        stays = sel.group is None or any(sel.group in survey.leaves[leaf] for leaf in inside & survey.leaves.keys())
        where = {"field": code, "item": None} if code in sel.fields else {"field": None, "item": code}
        return sel.href(**where, group=sel.group if stays else None)

    items = []
    for code, row in sel.rubric.items():
        if rows.below(sel.rubric, code) & survey.leaves.keys():
            indent = "\u2003" * row["depth"]
            items.append((indent + item_name(view, code), item_href(code)))
    if sel.group:
        items.insert(0, (t("survey.all_of_group"), sel.href(item=None, field=None)))
    groups = [(t("survey.all_groups"), sel.href(group=None))]
    for group in survey.forms:
        kept = rows.leaves_of(sel.change(group=group), survey)
        where = {} if kept else {"item": None, "field": None}
        groups.append((group_name(view, group), sel.href(group=group, **where)))
    units = [(t("survey.whole_block"), sel.href(dv=""))]
    units += [(unit_name(view, code), sel.href(dv=code)) for code in by_name(view, sel.units)]
    kinds = [(t(f"survey.kind.{kind}"), sel.href(kieu=kind), sel["kieu"] == kind) for kind in (STACKED, DIVERGING)]
    return toolbar(
        href_select("survey-item", t("survey.pick_item"), items, here),
        href_select("survey-group", t("survey.pick_group"), groups, here),
        href_select("survey-unit", t("survey.pick_unit"), units, here),
        segmented(t("survey.kind"), kinds),
        switch(t("survey.intervals"), sel.href(intervals=not sel.intervals), sel.intervals),
    )


def standing(sel: Selection) -> Iterable[Selection]:
    """Beside the default: the answers against a zero line."""
    return (sel, sel.change(kieu=DIVERGING))
