"""/tieu-chi/<khoi>/<ma>: one item of the rubric and every unit of the block on it."""

from __future__ import annotations

from collections.abc import Mapping

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
    Screen,
    Section,
)
from dashboard.pages.rubric import exhibits, item_exhibits, panel, rows, sentences
from dashboard.pages.rubric.rows import UNIT_ORDERS, Item, Rows
from dashboard.pages.rubric.sentences import named, source, trail, trimmed
from dashboard.render import elements as html
from dashboard.render.controls import href_select, on_this_page, row_filter, toolbar
from dashboard.season.sentences import ranks
from dashboard.words import formats

KEYS = ()
CHOICES = {"sx": UNIT_ORDERS, "xem": ("trang", "bang")}


def layout(view: View) -> Page:
    """The page of the item in the path."""
    sel, t = view.sel, view.t
    items = rows.read(view)
    item = items[sel.item]
    of = (sel.period, sel.unit_group)
    units = view.ask.item_units(*of, item.code)
    surveyed = item.leaf and item.source == "survey"
    cells = view.ask.leaf_cells(*of, item.code) if surveyed else []
    sections = {
        "units": _units(view, items, item),
        "adjustments": _council(view, items, item, units) if item.source != "survey" else None,
        "survey": _survey(view, item, cells) if surveyed else None,
        "below": None if item.leaf else Section("below", t("item.below_title"), [exhibits.below(view, items, item)]),
        "list": _list(view, item, units, cells),
    }
    there = {name: part for name, part in sections.items() if part is not None}
    links = Screen(on_this_page(view, [(t(f"item.nav.{name}"), name) for name in there]))
    return Page(_header(view, items, item), [Numbers(_numbers(view, item)), links, *there.values()])


def _header(view: View, items: Mapping[str, Item], item: Item) -> Header:
    return Header(
        [f"{item.code} ", named(view, item.row)],
        " ".join([*([] if view.whole else [ranks(view) + "."]), sentences.lead(item, view.lang)]),
        [(view.t("nav.rubric"), view.sel.to("rubric")), *trail(view, items, item)],
        _steps(view, items, item),
    )


def _steps(view: View, items: Mapping[str, Item], item: Item) -> list[Button]:
    """Links to the item before and the one after, in the order of the rubric, and to the tree."""
    codes = list(items)
    at = codes.index(item.code)
    steps = []
    for name, place in (("previous", at - 1), ("next", at + 1)):
        if 0 <= place < len(codes):
            steps.append(Button(view.t(f"item.{name}", code=codes[place]), view.sel.href(item=codes[place])))
    if tree := view.sel.to("rubric", item=item.code):
        steps.append(Button(view.t("item.in_tree"), tree))
    return steps


def _numbers(view: View, item: Item) -> list[KeyNumber]:
    t, lang, n = view.t, view.lang, len(item.scored)
    mean = None
    if item.scored:
        low, high = (formats.percent(end(item.shares), lang) for end in (min, max))
        ends = t("item.range_note", low=low, high=high)
        values = {"share": formats.percent(item.mean, lang), "mean": formats.points(item.mean_points, lang)}
        key = "item.mean_note" if item.same_maximum else "item.mean_share"
        said = t(key, **values, maximum=trimmed(view, item.same_maximum)) if item.same_maximum else t(key, **values)
        mean = f"{said}; {ends}"
    full = formats.count(item.full, lang) if n else formats.MISSING
    numbers = [
        KeyNumber(t("criteria.max"), trimmed(view, item.maximum()), note=source(view, item.source)),
        KeyNumber(t("item.median"), formats.percent(item.median, lang), note=mean),
        KeyNumber(t("criteria.full"), full, f"/{n}" if n else "", t("item.full_note")),
    ]
    if item.source != "survey":
        note = t("item.change_note", k=item.changed, n=len(item.both)) if item.both else t("criteria.not_appraised")
        numbers.append(KeyNumber(t("item.change"), formats.signed(item.mean_gap, lang), note=note))
    return numbers


def _units(view: View, items: Mapping[str, Item], item: Item) -> Group:
    sides = [item_exhibits.strip(view, items, item), Screen(panel.on_page(view, items, item))]
    return Group([Columns(sides, split="wide-left")], id="units")


def _council(view: View, items: Mapping[str, Item], item: Item, units: Rows) -> Section:
    """What the council changed: on average, and why; of a heading in which of the leaves below."""
    beside = panel.reasons(view, item, units) if item.leaf else item_exhibits.changed_leaves(view, items, item)
    sides = [Screen(html.Div(panel.adjustments(view, item))), Group([beside])]
    return Section("adjustments", view.t("item.changes_title"), [Columns(sides)])


def _survey(view: View, item: Item, cells: Rows) -> Section:
    """What each respondent group is asked, and what it answers."""
    title = view.t("item.nav.survey")
    of_block = view.ask.questions(view.sel.period, view.sel.unit_group)
    questions = [row for row in of_block if row["criterion_code"] == item.code]
    if not questions:
        return Section("survey", title, [Notice("empty", text=view.t("item.no_questions"))])
    asked = [*item_exhibits.answers(view, item), item_exhibits.wording(view, questions, cells)]
    return Section("survey", title, [Group(asked, role="stack")])


def _list(view: View, item: Item, units: Rows, cells: Rows) -> Section:
    """Points of every unit, with a filter and orders to choose from."""
    sel, t = view.sel, view.t
    title = t("item.units_title")
    if not units:
        return Section("list", title, [Notice("empty")])
    order = sel.sort or UNIT_ORDERS[0]
    orders = [name for name in UNIT_ORDERS if name != "dieu-chinh" or item.source != "survey"]
    controls = toolbar(
        row_filter(view, "list-filter", t("item.filter"), "list-table"),
        href_select(
            "order",
            t("criteria.order"),
            [(t(f"item.order.{name}"), sel.href(sort=name)) for name in orders],
            sel.href(sort=order),
        ),
    )
    exhibit = item_exhibits.units(view, item, units, cells, order)
    lead = t("item.units_lead", order=t(f"item.order.{order}"))
    return Section("list", title, [Screen(controls), exhibit], lead)
