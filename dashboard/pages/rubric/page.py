"""/tieu-chi/<khoi>: the rubric of a block as a tree, and beside it what is to be said of one item."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.pages.rubric import rows as spread
from dashboard.pages.rubric import tree
from dashboard.pages.rubric.rows import Item
from dashboard.render import elements as html
from dashboard.render.parts import (
    Child,
    button_link,
    frame,
    href_select,
    key_item,
    mark_icon,
    page_header,
    segmented,
    state,
    toolbar,
)
from dashboard.words.names import short_name

ORDERS = ("ma", "dat", "toi-da", "dieu-chinh")
"""Values of `sx`: by code, by attainment, by maximum, by adjustment. Items stay under their heading."""


def levels(sel: Selection) -> tuple[str, ...]:
    """Values that `muc` may take, how many levels of the rubric are open; two where it has as many."""
    depth = max((row["depth"] for row in sel.rubric.values()), default=0) + 1
    return tuple(dict.fromkeys(str(level) for level in (min(2, depth), *range(1, depth + 1))))


KEYS = ("lv", "tc")
CHOICES = {"muc": levels, "mo": None, "sx": ORDERS, "xem": ("cay", "bang")}
"""What the page reads from the URL: `muc` levels open, `mo` headings that are the other way round, `lv` one field
alone, `tc` the item in the panel."""


def layout(view: View) -> list:
    """The tree of the block in the path; of the first block where the path names none."""
    sel = view.sel
    found = spread.read(view)
    header = page_header(
        view,
        view.t("criteria.title", block=view.block("inside"), period=sel.period),
        spread.contents(found, view.lang) if found else None,
    )
    if not found:
        return [header, state(view, "empty")]
    chosen = found.get(sel.item) if sel.item else None
    box = _frame(view, found, chosen)
    if chosen is None:
        return [header, _toolbar(view, found), box]
    # The panel comes first: on a narrow screen it stands above the tree it was opened from.
    return [
        header,
        _toolbar(view, found),
        html.Div([_panel(view, chosen, found), box], className="columns wide-left with-panel"),
    ]


def _flipped(sel: Selection) -> tuple[str, ...]:
    """Headings that are open against the level, or closed against it, in the order of the rubric."""
    asked = set(sel["mo"].split(","))
    return tuple(code for code in sel.rubric if code in asked)


def is_open(sel: Selection, item: Item) -> bool:
    """Whether what lies under a heading is shown."""
    return (item.depth + 1 < int(sel["muc"])) != (item.code in _flipped(sel))


def shown(sel: Selection, found: dict[str, Item]) -> list[Item]:
    """The rows of the tree from top to bottom: every item all of whose headings are open."""
    rows: list[Item] = []

    def walk(codes: Sequence[str]) -> None:
        for item in _in_order([found[code] for code in codes], sel.sort or ORDERS[0]):
            rows.append(item)
            if is_open(sel, item):
                walk(item.children)

    walk([sel.field] if sel.field in found else [code for code, item in found.items() if item.depth == 0])
    return rows


def _in_order(items: Sequence[Item], order: str) -> list[Item]:
    """Items under one heading by a value of `sx`; those without a value last, equals as in the rubric."""

    def value(item: Item) -> Fraction | None:
        if order == "toi-da":
            return -Fraction(item.maximum())
        return {"dat": item.mean, "dieu-chinh": item.mean_gap}.get(order)

    return sorted(items, key=lambda item: (value(item) is None, value(item) or 0))


def _toggle(sel: Selection, item: Item) -> tuple[bool, str] | None:
    if item.leaf:
        return None
    flipped = set(_flipped(sel)) ^ {item.code}
    return is_open(sel, item), sel.href(mo=",".join(code for code in sel.rubric if code in flipped))


def _toolbar(view: View, found: dict[str, Item]) -> html.Div:
    sel, t = view.sel, view.t
    every = sorted(levels(sel), key=int)
    names = {every[-1]: t("criteria.level.all"), every[0]: t("criteria.level.1")}
    options = [
        (names.get(level) or t("criteria.level", n=int(level)), sel.href(muc=level, mo=None), level == sel["muc"])
        for level in every
    ]
    fields = [(t("criteria.all_fields"), sel.href(field=None))]
    fields += [(f"{code} {short_name(row, view.lang)}", sel.href(field=code)) for code, row in sel.fields.items()]
    orders = [(t(f"criteria.order.{order}"), sel.href(sort=order)) for order in ORDERS]
    return toolbar(
        segmented(t("criteria.levels"), options) if len(options) > 1 else None,
        href_select("field", t("criteria.fields_shown"), fields, sel.href(field=sel.field)),
        href_select("order", t("criteria.order"), orders, sel.href(sort=sel.sort)),
    )


def _frame(view: View, found: dict[str, Item], chosen: Item | None) -> html.Div:
    sel, t = view.sel, view.t
    rows = shown(sel, found)
    span = spread.axis(found)
    # The finding is about what stands side by side: the fields, or what lies under the one field shown.
    field = found.get(sel.field) if sel.field else None
    level = [found[code] for code in field.children] if field and field.children else [i for i in rows if i.depth == 0]
    names = {item.code: short_name(item.row, view.lang) for item in level}
    block = t("criteria.caption", block=view.block("inside"), period=sel.period)
    note = [t("criteria.note_full")]
    if any(item.open for item in rows):
        note.append(t("criteria.note_open"))
    if printed := sum(tree.printed_otherwise(item) for item in found.values()):
        note.append(t("criteria.note_printed", n=printed))
    return frame(
        view,
        "tree",
        spread.lowest(level, names, view.lang),
        tree.table(
            view,
            block,
            rows,
            span,
            href=lambda code: sel.href(item=code),
            toggle=lambda item: _toggle(sel, item),
            chosen=chosen.code if chosen else None,
            width=tree.NARROW if chosen else tree.WIDE,
            top=min((item.depth for item in rows), default=0),
        ),
        subtitle=t(
            "criteria.subtitle",
            block=view.block("inside"),
            period=sel.period,
            n=len(sel.units),
            low=span[0],
            high=span[1],
        ),
        key=[
            key_item("many", t("criteria.key_unit")),
            key_item("tick", t("word.median")),
            key_item("dot", t("word.appraisal")),
            key_item("diamond", t("word.survey")),
        ],
        table=tree.numbers(view, block, rows),
        note=" ".join(note),
        level=2,
        name="tieu-chi",
        picture=tree.picture(view, level, names, span),
    )


def _panel(view: View, item: Item, found: dict[str, Item]) -> html.Aside:
    sel, t, code = view.sel, view.t, item.code
    of = (sel.period, sel.unit_group)
    questions = view.ask.questions(*of)
    rows = view.ask.item_units(*of, code) if item.leaf and item.source == "appraisal" else []
    above = " › ".join(label.partition(" ")[0] for label, _ in tree.trail(view, found, item))
    page = sel.to("item", item=code)
    close = html.A(
        mark_icon("close"),
        href=sel.href(item=None),
        className="icon-button",
        **{"aria-label": t("criteria.close", code=code)},
    )
    parts: list[Child] = [
        html.Div(
            [html.P(f"{above} › {code}" if above else code, className="panel-trail"), close], className="panel-head"
        ),
        html.H2(tree.named(view, item.row), id="panel-title", className="block-title"),
        tree.definition(view, item, questions),
        html.Div(tree.distribution(view, item, tree.unit_names(view)), className="panel-part"),
        html.Div([*tree.adjustments(view, item), tree.reasons(view, item, rows)], className="panel-part")
        if item.source != "survey"
        else None,
        html.Div(
            [
                html.H3(t("criteria.scoring"), className="panel-title"),
                html.P(" ".join(tree.scoring(view, item)), className="panel-text"),
            ],
            className="panel-part",
        ),
        button_link(t("criteria.to_item", code=code), page) if page else None,
        html.Span(
            t("criteria.shown", code=code, name=view.name(item.row)),
            className="visually-hidden",
            role="status",
            key=code,
        ),
    ]
    return html.Aside(parts, id="panel", className="side-panel", **{"aria-labelledby": "panel-title"})
