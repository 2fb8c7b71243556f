"""The tree of criteria as exhibits: the whole rubric, and what lies below one heading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dashboard.address.names import item_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, MAXIMUM, change, share
from dashboard.exhibit.page import Exhibit, Figure, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Span
from dashboard.figures.strips import field_strips
from dashboard.pages.rubric import rows, sentences
from dashboard.pages.rubric.rows import Item
from dashboard.pages.rubric.sentences import named, source
from dashboard.pages.rubric.tree import NARROW, WIDE, Tree, table
from dashboard.words.names import short_name


def rubric(view: View, items: Mapping[str, Item], chosen: Item | None) -> Exhibit:
    """The rows of the tree that are open, with a strip of all units each."""
    sel, t = view.sel, view.t
    shown, span = rows.shown(sel, items), rows.axis(items)
    # The finding is about what stands side by side: the fields, or what lies under the one field shown.
    field = items.get(sel.field) if sel.field else None
    level = [items[code] for code in field.children] if field and field.children else [i for i in shown if i.depth == 0]
    names = {item.code: short_name(item.row, view.lang) for item in level}
    caption = t("criteria.caption", block=view.block("inside"), period=sel.period)
    note = [t("criteria.note_full")]
    if any(item.open for item in shown):
        note.append(t("criteria.note_open"))
    if printed := sum(rows.printed_otherwise(item) for item in items.values()):
        note.append(t("criteria.note_printed", n=printed))
    tree = Tree(
        view,
        caption,
        shown,
        span,
        href=lambda code: sel.href(item=code),
        toggle=lambda item: toggle(view, item),
        chosen=chosen.code if chosen else None,
        width=NARROW if chosen else WIDE,
        top=min((item.depth for item in shown), default=0),
    )
    return Exhibit(
        "tree",
        sentences.lowest(level, names, view.lang),
        table=numbers(view, caption, shown),
        subtitle=sentences.tree_subtitle(view, span),
        key=[
            ("many", t("criteria.key_unit")),
            ("tick", t("word.median")),
            ("dot", t("word.appraisal")),
            ("diamond", t("word.survey")),
        ],
        note=" ".join(note),
        body=Screen(table(tree)),
        level=2,
        name="tieu-chi",
        picture=picture(view, level, names, span),
    )


def toggle(view: View, item: Item) -> tuple[bool, str] | None:
    """Whether a heading is open, and the link that changes it; None for a leaf."""
    if item.leaf:
        return None
    turned = set(rows.turned(view.sel)) ^ {item.code}
    href = view.sel.href(mo=",".join(code for code in view.sel.rubric if code in turned))
    return rows.is_open(view.sel, item), href


def below(view: View, items: Mapping[str, Item], item: Item) -> Exhibit:
    """Everything under a heading."""
    t, span = view.t, rows.axis(items)
    shown = rows.below(items, item)
    children = [items[code] for code in item.children]
    caption = f"{t('item.below_title')}: {item.code}"
    tree = Tree(view, caption, shown, span, href=lambda code: view.sel.href(item=code), top=item.depth + 1)
    return Exhibit(
        "below-tree",
        sentences.lowest(children, {code: item_name(view, code) for code in item.children}, view.lang),
        table=numbers(view, caption, shown),
        subtitle=sentences.tree_subtitle(view, span),
        key=[("many", t("criteria.key_unit")), ("tick", t("word.median"))],
        note=t("criteria.note_full"),
        body=Screen(table(tree)),
        name="ben-duoi",
        picture=picture(view, children, {one.code: view.name(one.row) for one in children}, span),
    )


PERCENT = share(sign=False)


def numbers(view: View, caption: str, shown: Sequence[Item]) -> Table:
    """The numbers behind the strips."""
    t = view.t
    return Table(
        caption,
        [
            Column(t("criteria.name"), lambda item: [Span(item.code, role="quiet-code"), named(view, item.row)]),
            Column(t("word.max"), Item.maximum, MAXIMUM),
            Column(t("criteria.source"), lambda item: source(view, item.source)),
            Column(t("criteria.units"), lambda item: len(item.scored), COUNT),
            Column(t("criteria.median"), lambda item: item.median, PERCENT),
            Column(t("criteria.lowest_unit"), lambda item: min(item.shares, default=None), PERCENT),
            Column(t("criteria.mean"), lambda item: item.mean, PERCENT),
            Column(t("criteria.highest_unit"), lambda item: max(item.shares, default=None), PERCENT),
            Column(t("criteria.units_full"), lambda item: item.full if item.scored else None, COUNT),
            Column(t("criteria.mean_gap"), lambda item: item.mean_gap, change()),
        ],
        shown,
    )


def picture(
    view: View, some: Sequence[Item], names: Mapping[str, str], span: tuple[int, int]
) -> Callable[[str], Figure]:
    """The same strips as one figure, to be taken away. `names`: code -> label of an item."""
    units = rows.unit_names(view)
    strips = [
        {
            "field": item.code,
            "field_label": names[item.code],
            "label": units.get(unit.unit, unit.unit),
            "value": unit.attainment if unit.scored else None,
            "own": unit.unit == view.ask.viewer.unit_code,
            "id": number_id(view.sel.period, unit.unit, item.code, "attainment"),
        }
        for item in some
        for unit in item.units
    ]
    return lambda size: field_strips(strips, span=span, lang=view.lang)
