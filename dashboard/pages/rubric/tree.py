"""The tree of criteria as elements: a row an item, with its strip of units. Its numbers as a table are an exhibit's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.address.view import View
from dashboard.figures.inline import swarm
from dashboard.pages.rubric.rows import Item
from dashboard.pages.rubric.sentences import named, source, trimmed
from dashboard.render import elements as html
from dashboard.render.page import text
from dashboard.render.parts import Child
from dashboard.words import formats

NARROW, WIDE = 164, 320
"""Px of a strip beside the panel and without it."""


@dataclass(frozen=True)
class Tree:
    """Items as rows, on strips of one axis (`span`, per cent) `width` px wide.

    `href` is where a name leads, `toggle` whether a heading is open and the link that changes it; `top` is the depth
    of the first row."""

    view: View
    caption: str
    rows: Sequence[Item]
    span: tuple[int, int]
    href: Callable[[str], str]
    toggle: Callable[[Item], tuple[bool, str] | None] = lambda item: None
    chosen: str | None = None
    width: int = WIDE
    top: int = 0


def table(tree: Tree) -> html.Div:
    """Name, maximum, source, median attainment, a strip of all units, units with full points.

    Roles are spelt out because narrow screens lay the cells of a row out as a block.
    """
    t, (low, high) = tree.view.t, tree.span
    steps = range(low, high + 1, 20)
    ticks = [html.Span(str(step), style={"left": f"{100 * (step - low) / (high - low):.4g}%"}) for step in steps]
    axis = html.Span(ticks, className="strip-axis", style={"width": f"{tree.width - 12}px"})
    heads = [
        (t("criteria.name"), "name"),
        (t("word.max"), "num"),
        (t("criteria.source"), "from"),
        (t("criteria.median"), "num"),
        ([html.Span(t("criteria.units_apart"), className="visually-hidden"), axis], "strip"),
        (t("criteria.full"), "num"),
    ]
    top = [html.Th(label, scope="col", className=name, role="columnheader") for label, name in heads]
    return html.Div(
        html.Table(
            [
                html.Caption(tree.caption, className="visually-hidden"),
                html.Thead(html.Tr(top, role="row"), role="rowgroup"),
                html.Tbody([_row(tree, item) for item in tree.rows], role="rowgroup"),
            ],
            className=f"data tree steps-{len(steps) - 1}",
            role="table",
        ),
        className="tree-box",
    )


def _row(tree: Tree, item: Item) -> html.Tr:
    view, t, lang = tree.view, tree.view.t, tree.view.lang
    target = tree.href(item.code)
    page = view.sel.to("item", item=item.code) or target
    median = formats.MISSING if item.median is None else formats.hundredths(item.median, lang)
    full = formats.count(item.full, lang) if item.scored else formats.MISSING
    name = [_turn(tree, item), html.Span(item.code, className="code"), html.Span(_names(tree, item, target, page))]
    look = {
        f"depth-{min(item.depth - tree.top, 4)}": True,
        "field": item.depth == 0,
        "heading": not item.leaf,
        "row-chosen": item.code == tree.chosen,
    }
    return html.Tr(
        [
            html.Th(html.Div(name, className="tree-name"), scope="row", className="name", role="rowheader"),
            _cell(trimmed(view, item.maximum()), "num", t("word.max")),
            _cell(text(view, source(view, item.source)), "from"),
            _cell(html.A(median, href=page, className="quiet"), "num", t("criteria.median")),
            _cell(_strip(tree, item), "strip"),
            _cell(full, "num", t("criteria.full")),
        ],
        className=" ".join(name for name, on in look.items() if on),
        id=f"tc-{item.code}",
        role="row",
    )


def _cell(child: Child, name: str, label: str = "") -> html.Td:
    said = [html.Span(label, className="cell-label", **{"aria-hidden": "true"}), child] if label else child
    return html.Td(said, className=name, role="cell")


def _turn(tree: Tree, item: Item) -> Child:
    """What opens or closes a heading; an empty place before a leaf."""
    toggle = tree.toggle(item)
    if toggle is None:
        return html.Span(className="toggle")
    opened, href = toggle
    said = {
        "aria-expanded": "true" if opened else "false",
        "aria-label": tree.view.t("criteria.close_row" if opened else "criteria.open_row", code=item.code),
        "data-key": "space",
    }
    chevron = html.Span(className="icon icon-chevron", **{"aria-hidden": "true"})
    return html.A(chevron, href=href, className="toggle", role="button", **said)


def _names(tree: Tree, item: Item, target: str, page: str) -> list[Child]:
    name = text(tree.view, named(tree.view, item.row))
    current = {"aria-current": "true"} if item.code == tree.chosen else {}
    if page == target:
        return [html.A(name, href=target, className="quiet", **current)]
    # Beside the tree there is room for a panel; on a telephone the name leads to the page of the item.
    return [
        html.A(name, href=target, className="quiet wide-only", **current),
        html.A(name, href=page, className="quiet narrow-only"),
    ]


def _strip(tree: Tree, item: Item) -> Child:
    view = tree.view
    if not item.shares:
        return html.Span(view.t("criteria.strip_none"), className="strip-none")
    ends = {"low": min(item.shares), "median": item.median, "high": max(item.shares)}
    said = {key: formats.percent(value, view.lang) for key, value in ends.items()}
    alt = view.t("criteria.strip", n=len(item.shares), **said)
    own = next((float(unit.attainment) for unit in item.scored if unit.unit == view.ask.viewer.unit_code), None)
    address = swarm(
        tuple(map(float, item.shares)), span=tree.span, width=tree.width, median=float(item.median), own=own
    )
    return html.Img(src=address, alt=alt, title=alt, width=str(tree.width), height="36")
