"""/so-sanh: two to five units of one block, pair by pair, field by field, item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from dashboard.address import peers
from dashboard.address.names import unit_name
from dashboard.address.order import by_rank
from dashboard.address.selection import MAX_COMPARED
from dashboard.address.view import View
from dashboard.exhibit.page import Columns, Header, Notice, Page, Screen, Section
from dashboard.pages.comparison import exhibits, items
from dashboard.pages.comparison.sentences import lead
from dashboard.render import elements as html
from dashboard.render.controls import button_link, picker
from dashboard.season.exhibits import notice
from dashboard.season.sentences import ranks

KEYS = ("ss", "lv", "td")
CHOICES = {"xem": ("so-sanh", "bang")}


def layout(view: View) -> Page:
    """The choice of units and, from two on, how they differ."""
    sel = view.sel
    block = by_rank(view)
    rows = {row["unit_code"]: row for row in block}
    chosen = [code for code in sel.compared if code in rows]
    header = Header(view.t("compare.title"), lead(view, chosen), [(view.block("short"), sel.to("ranking"))])
    if not block:
        return Page(header, [Notice("empty", text=view.t("compare.no_scores", period=sel.period))])
    fields = view.ask.block_fields(sel.period, sel.unit_group)
    choice = Screen(_choice(view, chosen, block, fields))
    if len(chosen) < 2:
        return Page(header, [choice, Notice("empty", title=view.t("compare.empty"), text=lead(view, chosen))])
    shown = [rows[code] for code in chosen]
    of_units = {code: {row["criterion_code"]: row for row in view.ask.unit_items(sel.period, code)} for code in chosen}
    by_field = exhibits.fields(view, chosen, fields)
    if not view.whole:
        return Page(
            header,
            [
                choice,
                Section("numbers", view.t("compare.numbers"), [exhibits.numbers(view, shown)], ranks(view) + "."),
                Section("pairs", view.t("compare.pairs"), [notice(view)]),
                Section("fields", view.t("compare.fields"), [by_field]),
                items.section(view, of_units),
            ],
        )
    apart = Columns([by_field, exhibits.furthest(view, of_units)], split="wide-left")
    return Page(
        header,
        [
            choice,
            Section("numbers", view.t("compare.numbers"), [exhibits.numbers(view, shown)]),
            Section("pairs", view.t("compare.pairs"), [exhibits.pair_list(view, shown)]),
            Section("fields", view.t("compare.fields"), [apart]),
            items.section(view, of_units),
        ],
    )


def _choice(view: View, chosen: Sequence[str], block: Sequence[Mapping], fields: Sequence[Mapping]) -> html.Section:
    """Units chosen, a list to add from, and ways to begin."""
    sel = view.sel
    full = len(chosen) >= MAX_COMPARED
    name = partial(unit_name, view)
    rest = [] if full else [code for code in sel.units if code not in chosen]
    actions = []
    if view.whole and len(chosen) == 1 and (near := peers.nearest(fields, chosen[0], MAX_COMPARED - 1)):
        actions.append(
            button_link(view.t("compare.similar", name=name(chosen[0])), sel.href(compared=(chosen[0], *near)))
        )
    if view.whole and not chosen:
        first = tuple(row["unit_code"] for row in block if row["rank"] is not None)[:3]
        if len(first) == 3:
            actions.append(button_link(view.t("compare.top"), sel.href(compared=first)))
    return html.Section(
        [
            html.H2(view.t("compare.choose"), id="choose", className="block-title"),
            picker(
                view,
                "add-unit",
                [(unit_name(view, code), sel.href(compared=tuple(c for c in chosen if c != code))) for code in chosen],
                [
                    (unit_name(view, code), sel.href(compared=(*chosen, code)))
                    for code in peers.in_order(rest, sel.units)
                ],
                marks=exhibits.MARKS,
            ),
            html.P(view.t("compare.full", n=MAX_COMPARED), className="note") if full else None,
            html.Div(actions, className="actions") if actions else None,
        ],
        className="choice",
        **{"aria-labelledby": "choose"},
    )
