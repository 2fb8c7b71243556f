"""Xếp hạng: the units of one block in order, with what made their index.

Everything is a function of the lines of `rows`: the sentences, and the same lines as a grid, a list (narrow screens), a
table, a dot plot and a tile map. Every control is a link and the server sorts, so all of them always agree.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input

from dashboard.address.selection import MAX_COMPARED, Selection
from dashboard.address.view import View
from dashboard.exhibit.page import Button, Group, Header, Notice, Page, Screen
from dashboard.pages.ranking import exhibits
from dashboard.pages.ranking.rows import Block, columns, kinds, orders, read, shown, views
from dashboard.pages.ranking.sentences import field_name, kind_name, lead, order_label
from dashboard.render import elements as html
from dashboard.render.controls import button_link, href_select, segmented, switch, toolbar
from dashboard.render.parts import Child, mark_icon

KEYS = ("lv", "ss", "td")
CHOICES = {"sx": orders, "xem": views, "loai": kinds, "q": None}
"""What the page reads from the URL: `loai` is a kind of unit, `q` what is typed into the filter."""


def standing(sel: Selection) -> tuple[Selection, ...]:
    """The views whose charts are given out as a set: the order, and the map where there is one."""
    return (sel, sel.change(view="o")) if "o" in views(sel) else (sel,)


def layout(view: View) -> Page:
    """The ranking of the block selected, in the way of looking selected."""
    sel = view.sel
    block = read(view)
    title = view.t("ranking.title", block=view.block("inside"), period=sel.period)
    if not block.lines or not any(line.scored for line in block.lines):
        return Page(Header(title), [Notice("empty")])
    lines = shown(block.lines, sel)
    header, controls = Header(title, lead(view, block)), Screen(_toolbar(view, block))
    if not lines:
        clear = Button(view.t("state.filtered_empty.action"), sel.href(q=None, loai=None))
        nothing = Group([Notice("filtered_empty", actions=[clear])], role="frame", id=exhibits.ID)
        return Page(header, [controls, nothing])
    make = {"o": exhibits.tiles, "bieu-do": exhibits.chart}.get(sel.view or "", exhibits.ranking)
    return Page(header, [controls, make(view, block, lines)])


def register(app: Any, store: Any) -> None:
    """The filter box: what is typed goes into the URL, and the page follows the URL."""
    app.clientside_callback(
        ClientsideFunction("ranking", "filter"), Input("ranking-q", "value"), prevent_initial_call=True
    )


def _toolbar(view: View, block: Block) -> html.Div:
    sel = view.sel
    picture = sel.view in ("o", "bieu-do")
    of_kind = _kinds(view, block)
    looks = [name for name in views(sel) if name != "bang"]
    current = "luoi" if sel.view == "bang" else sel.view
    measures = [(view.t("ranking.index_overall"), sel.href(field=None))]
    measures += [(f"{code} {field_name(view, row)}", sel.href(field=code)) for code, row in sel.fields.items()]
    show = href_select("ranking-show", view.t("ranking.show"), measures, sel.href())
    return toolbar(
        _filter(view),
        segmented(view.t("ranking.kinds"), of_kind) if len(of_kind) > 1 else None,
        switch(view.t("ranking.intervals"), sel.href(intervals=not sel.intervals), sel.intervals)
        if sel.view != "o" and block.whole
        else None,
        html.Div(show, className="control" if picture else "control narrow-only") if block.whole else None,
        None if picture else html.Div(_order(view), className="control narrow-only"),
        _compare(view) if sel.compared or not picture else None,
        segmented(
            view.t("ranking.views"),
            [(view.t(f"ranking.view.{name}"), sel.href(view=name), name == current) for name in looks],
        ),
    )


def _filter(view: View) -> html.Div:
    label = view.t("ranking.filter")
    box = dbc.Input(id="ranking-q", type="search", value=view.sel["q"], placeholder=label, autocomplete="off")
    spoken = html.Label(label, htmlFor="ranking-q", className="visually-hidden")
    return html.Div([spoken, mark_icon("search"), box], className="filter-box")


def _kinds(view: View, block: Block) -> list[tuple[Child, str, bool]]:
    sel, counted = view.sel, Counter(line.kind for line in block.lines)
    every = view.t("ranking.all", n=len(block.lines))
    return [
        (
            f"{kind_name(view, kind)} {counted[kind]}" if kind else every,
            sel.href(loai=kind or None),
            sel["loai"] == kind,
        )
        for kind in kinds(sel)
    ]


def _order(view: View) -> html.Div:
    """The order of the list of narrow screens, which has no heads."""
    sel = view.sel
    known = columns(sel)
    options = [(view.t(f"ranking.column.{key}"), sel.href(sort=key)) for key in known]
    options += [(f"{code} {field_name(view, row)}", sel.href(sort=code)) for code, row in sel.fields.items()]
    if sel.sort not in (*known, *sel.fields):
        options.insert(0, (order_label(view, (sel.sort or "chi-so").removeprefix("-")), sel.href()))
    return href_select("ranking-order", view.t("ranking.order"), options, sel.href())


def _compare(view: View) -> html.Div:
    """How many units are chosen, and the way to their comparison."""
    sel = view.sel
    href = sel.to("comparison", compared=sel.compared) if len(sel.compared) > 1 else None
    label = view.t("ranking.compare")
    return html.Div(
        [
            html.Span(
                view.t("ranking.chosen", n=len(sel.compared), most=MAX_COMPARED), className="strong", role="status"
            ),
            button_link(label, href, primary=True)
            if href
            else html.Span(
                label,
                className="button",
                role="link",
                title=view.t("ranking.compare_hint"),
                **{"aria-disabled": "true", "aria-label": f"{label}: {view.t('ranking.compare_hint')}"},
            ),
        ],
        className="compare-bar wide-only" if not sel.compared else "compare-bar",
    )
