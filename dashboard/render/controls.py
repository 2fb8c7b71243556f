"""Controls of a page: each is a link or a list of links, so the URL stays the only state.

assets/frame.js follows them without a reload.
"""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc

from dashboard.address.view import View
from dashboard.render import elements as html
from dashboard.render.parts import Child, mark, mark_icon


def on_this_page(view: View, links: Sequence[tuple[str, str]]) -> html.Nav:
    """Links to the sections of a long page: (label, id of the section)."""
    return html.Nav(
        html.Ul([html.Li(html.A(label, href=f"#{anchor}")) for label, anchor in links]),
        className="on-this-page",
        **{"aria-label": view.t("part.of_page")},
    )


def button_link(label: Child, href: str, *, primary: bool = False, icon: str | None = None, download: bool = False):
    """A link that looks like a button."""
    return html.A(
        [mark_icon(icon), label],
        href=href,
        className="button button-primary" if primary else "button",
        **({"download": ""} if download else {}),
    )


def segmented(label: str, options: Sequence[tuple[Child, str, bool]]) -> html.Nav:
    """One of a few: (text, link, whether it is the one shown). `label` says what is chosen."""
    return html.Nav(
        html.Ul(
            [
                html.Li(html.A(text, href=href, **({"aria-current": "true"} if current else {})))
                for text, href, current in options
            ]
        ),
        className="segmented",
        **{"aria-label": label},
    )


def href_select(id: str, label: str, options: Sequence[tuple[str, str]], current: str) -> html.Div:
    """One of many: a native list of (text, link); choosing goes there. `current` is the link of the view shown."""
    return html.Div(
        [
            html.Label(label, htmlFor=id),
            dbc.Select(
                id=id,
                options=[{"label": text, "value": href} for text, href in options],
                value=current,
                class_name="go",
            ),
        ],
        className="href-select",
    )


def picker(
    view: View,
    id: str,
    chosen: Sequence[tuple[str, str]],
    more: Sequence[tuple[str, str]],
    *,
    marks: Sequence[str] = (),
) -> html.Div:
    """A few of many: each one chosen as (name, link without it), and a native list of (name, link with it) to add from.
    `marks`: the mark of each one chosen, as in the key of a figure."""
    chips = [
        html.Li(
            html.A(
                [mark(marks[at]) if marks else None, name, mark_icon("close")],
                href=href,
                className="chip",
                **{"aria-label": view.t("pick.remove", name=name)},
            )
        )
        for at, (name, href) in enumerate(chosen)
    ]
    add = [(view.t("pick.which"), view.sel.href()), *more]
    return html.Div(
        [
            html.Ul(chips, className="chips") if chips else None,
            href_select(id, view.t("pick.add"), add, view.sel.href()) if more else None,
        ],
        className="picker",
    )


def switch(label: Child, href: str, on: bool) -> html.A:
    """An on/off link that looks like a switch; `href` is the view with the other setting."""
    return html.A(
        [html.Span(className="switch-track", **{"aria-hidden": "true"}), label],
        href=href,
        className="switch",
        role="switch",
        **{"aria-checked": "true" if on else "false", "data-key": "space"},
    )


def row_filter(view: View, id: str, label: str, target: str) -> html.Div:
    """A box that hides the rows of table `target` whose text does not hold what is typed, without accents."""
    return html.Div(
        [
            html.Label(label, htmlFor=id, className="visually-hidden"),
            mark_icon("search"),
            dbc.Input(
                id=id, type="search", placeholder=label, autocomplete="off", class_name=f"row-filter filters-{target}"
            ),
        ],
        className="filter-box",
    )


def toolbar(*children: Child) -> html.Div:
    """The row of controls above a frame. A `html.Span(className="push")` moves what follows to the right."""
    return html.Div(list(children), className="toolbar")


def sort_link(view: View, label: Child, key: str, current: str, href: str, *, spoken: str) -> html.A:
    """The head of a sortable column. `key` is its value of the sort key, `current` the one in force ('-' before it
    turns the order round), `href` sorts by it; `spoken` is the column's full name."""
    sorted_by = current.removeprefix("-") == key
    arrow = "sort-reversed" if current.startswith("-") else "sort-natural"
    return html.A(
        [label, html.Span(className=f"sort-arrow {arrow}", **{"aria-hidden": "true"})] if sorted_by else label,
        href=href,
        className="sort-link",
        title=view.t("part.sort_by", column=spoken),
        **({"aria-current": "true"} if sorted_by else {}),
    )
