"""/tieu-chi/<khoi>: the rubric of a block as a tree, and beside it what is to be said of one item."""

from __future__ import annotations

from dashboard.address.view import View
from dashboard.exhibit.page import Group, Header, Notice, Page, Screen
from dashboard.pages.rubric import exhibits, panel, rows, sentences
from dashboard.pages.rubric.rows import ORDERS, levels
from dashboard.render import elements as html
from dashboard.render.controls import href_select, segmented, toolbar
from dashboard.words.names import short_name

KEYS = ("lv", "tc")
CHOICES = {"muc": levels, "mo": None, "sx": ORDERS, "xem": ("cay", "bang")}
"""What the page reads from the URL: `muc` levels open, `mo` headings that are the other way round, `lv` one field
alone, `tc` the item in the panel."""


def layout(view: View) -> Page:
    """The tree of the block in the path; of the first block where the path names none."""
    sel, items = view.sel, rows.read(view)
    title = view.t("criteria.title", block=view.block("inside"), period=sel.period)
    if not items:
        return Page(Header(title), [Notice("empty")])
    header = Header(title, sentences.contents(items, view.lang))
    chosen = items.get(sel.item) if sel.item else None
    tree = exhibits.rubric(view, items, chosen)
    controls = Screen(_controls(view))
    if chosen is None:
        return Page(header, [controls, tree])
    # The panel comes first: on a narrow screen it stands above the tree it was opened from.
    beside = [Screen(panel.beside_tree(view, chosen, items)), tree]
    return Page(header, [controls, Group(beside, role="columns wide-left with-panel")])


def _controls(view: View) -> html.Div:
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
