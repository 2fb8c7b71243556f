"""Pages, exhibits and tables as elements of the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dashboard.address.view import View
from dashboard.exhibit import page as said
from dashboard.exhibit.page import Exhibit, Page, Part
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead, Link, Mark, Number, Span, Text, plain
from dashboard.render import controls, parts
from dashboard.render import elements as html
from dashboard.render.export import Export

Child = Any


def page(view: View, shown: Page) -> list[Child]:
    """The elements of a page, from top to bottom."""
    return [part(view, shown.header), *drawn(view, shown.parts)]


def drawn(view: View, shown: Sequence[Part]) -> list[Child]:
    """The elements of parts one below the other; a browser takes no list within a list."""
    found: list[Child] = []
    for one in shown:
        made = drawn(view, one) if isinstance(one, list | tuple) else part(view, one)
        found += made if isinstance(made, list) else [made]
    return found


def part(view: View, shown: Part) -> Child:
    """The elements of a part. TypeError for what is none."""
    if shown is None:
        return None
    if isinstance(shown, list | tuple):
        return drawn(view, shown)
    draw = DRAWN.get(type(shown))
    if draw is None:
        raise TypeError(f"{type(shown).__name__} is no part of a page")
    return draw(view, shown)


def text(view: View, shown: Text) -> Child:
    """A text with its links, marks and languages; an element of the renderer stays as it is."""
    match shown:
        case Link(words, href, role):
            return html.A(text(view, words), href=href, className=role or None) if href else text(view, words)
        case Number(words, id):
            return parts.provenance(view, words, id)
        case Mark(kind, label):
            return parts.mark(kind, label)
        case Span(words, role, lang, title):
            made = html.Abbr if title and not role else html.Span
            return made(text(view, words), className=role or None, lang=lang, title=title)
        case Instead(words, why, role):
            return html.Span(words, className=role or None, title=why or None)
        case list() | tuple():
            return [text(view, one) for one in shown]
    return shown


# Tables


def table(view: View, shown: Table) -> Child:
    """A table that reads well aloud: caption, heads with scope, the first cell of a row its heading. Where it folds,
    the rows beyond `fold` stand in a second one that unfolds, open where the view is that of tables."""
    fold = shown.fold if 0 < shown.fold < len(shown.rows) else len(shown.rows)
    first = _table(view, shown, shown.rows[:fold], () if fold < len(shown.rows) else shown.totals)
    if fold == len(shown.rows):
        return first
    rest = _table(view, shown, shown.rows[fold:], shown.totals)
    label = html.Summary(shown.fold_label, className="action")
    return [first, html.Details([label, rest], className="more", open=view.sel.view == "bang" or None)]


def _table(view: View, shown: Table, rows: Iterable[Any], totals: Sequence[Sequence[Text]]) -> html.Div:
    columns = shown.on("page")
    heads = [
        parts.Head(text(view, column.head), num=column.measure.num, group=column.group, class_name=column.role)
        for column in columns
    ]
    lines = [
        parts.Row(
            [cell(view, column, row) for column in columns],
            shown.kind(row),
            shown.anchor(row),
            dict(shown.attributes(row)),
        )
        for row in rows
    ]
    lines += [parts.Row([text(view, one) for one in total], "total") for total in totals]
    return parts.data_table(
        view, shown.caption, heads, lines, id=shown.id, caption_shown=shown.caption_shown, class_name=shown.role
    )


def cell(view: View, column: Column, row: Any) -> Child:
    """What stands in a cell: what the column shows there, else the value as written, led to where it comes from."""
    if column.show is not None and (shown := column.show(row)) is not None:
        return text(view, shown)
    value = column.value(row)
    if isinstance(value, Instead):
        return text(view, value)
    written = column.text(row, view.lang)
    if column.number is not None:
        return parts.provenance(view, written, column.number(row))
    return text(view, value) if column.measure.kind == "text" and not isinstance(value, str) and value else written


# Exhibits


def exhibit(view: View, shown: Exhibit) -> html.Div:
    """An exhibit with its actions at the foot: the table twin, the downloads, the link to it."""
    export = Export.of(view, shown)
    view, shown = export.view, export.exhibit
    beside = shown.table is not None and (shown.figure is not None or shown.body is not None)
    body = shown.body if shown.body is not None else said.Drawing() if shown.figure else shown.table
    return parts.framed(
        view,
        shown.id,
        text(view, shown.headline),
        _body(view, shown, body),
        subtitle=text(view, shown.subtitle),
        key=[_key(view, one) for one in shown.key if one is not None],
        twin=table(view, shown.table) if beside else None,
        note=text(view, shown.note),
        source=text(view, shown.source),
        level=shown.level,
        export=export,
    )


def _body(view: View, shown: Exhibit, body: Part) -> Child:
    if isinstance(body, list | tuple):
        return [_body(view, shown, one) for one in body]
    if isinstance(body, said.Drawing):
        return drawing(view, shown)
    if isinstance(body, said.Columns | said.Group):  # a drawing may stand beside other parts
        inside = [_body(view, shown, one) for one in body.parts]
        return _columns(body, inside) if isinstance(body, said.Columns) else _group(body, inside)
    return part(view, body)


def drawing(view: View, shown: Exhibit) -> html.Div:
    """The figure of an exhibit, and the same for a telephone."""
    alt = shown.alt or plain(shown.headline)
    narrow = shown.figure(shown.narrow) if shown.narrow else None
    return parts.graph(view, shown.figure(None), alt, narrow=narrow)


def _key(view: View, one: Any) -> Child:
    if isinstance(one, tuple) and len(one) == 2 and isinstance(one[0], str):
        return parts.key_item(one[0], text(view, one[1]))
    return part(view, one) if type(one) in DRAWN else text(view, one)


# The other parts


def _header(view: View, shown: said.Header) -> Child:
    return parts.page_header(
        view,
        text(view, shown.title),
        text(view, shown.lead),
        breadcrumb=shown.breadcrumb,
        actions=[_button(view, one) for one in shown.actions],
    )


def _button(view: View, shown: said.Button) -> Child:
    return controls.button_link(
        shown.label, shown.href, primary=shown.primary, icon=shown.icon, download=shown.download
    )


def _section(view: View, shown: said.Section) -> Child:
    return parts.section(text(view, shown.title), *drawn(view, shown.parts), id=shown.id, lead=text(view, shown.lead))


def _columns(shown: said.Columns, inside: list[Child]) -> Child:
    return parts.columns(*inside, split=shown.split)


def _group(shown: said.Group, inside: list[Child]) -> Child:
    named = {"id": shown.id} if shown.id else {}
    if shown.label:
        return html.Section(inside, className=shown.role or None, **named, **{"aria-label": shown.label})
    return html.Div(inside, className=shown.role or None, **named)


def _fold(view: View, shown: said.Fold) -> Child:
    label = html.Summary(shown.label, className="action")
    return html.Details([label, *drawn(view, shown.parts)], className="more")


def _numbers(view: View, shown: said.Numbers) -> Child:
    return parts.four_numbers(
        view,
        [
            parts.KeyNumber(text(view, one.label), one.value, one.of, text(view, one.note), one.number, one.href)
            for one in shown.items
        ],
    )


def _sentences(view: View, shown: said.Sentences) -> Child:
    return parts.key_sentences(view, [(text(view, one.text), text(view, one.note), one.href) for one in shown.items])


def _short_list(view: View, shown: said.ShortList) -> Child:
    lines = [
        html.Li([html.Span(text(view, name)), html.Span(text(view, more), className="said")])
        for name, more in shown.items
    ]
    return html.Section(
        [
            html.H2(text(view, shown.title), className="block-title"),
            html.Ul(lines) if lines else html.P(text(view, shown.none)),
            html.P(text(view, shown.rule), className="note"),
        ],
        className="short-list",
    )


def _notice(view: View, shown: said.Notice) -> Child:
    actions = [_button(view, one) for one in shown.actions]
    title, words = text(view, shown.title), text(view, shown.text)
    return parts.state(view, shown.kind, title=title, text=words, actions=actions, **shown.values)


def _paragraph(view: View, shown: said.Paragraph) -> Child:
    return html.P(text(view, shown.text), className=shown.role or None)


def _facts(view: View, shown: said.Facts) -> Child:
    return parts.facts([(text(view, term), text(view, value)) for term, value in shown.pairs])


DRAWN: dict[type, Callable[[View, Any], Child]] = {
    Exhibit: exhibit,
    Table: table,
    said.Header: _header,
    said.Section: _section,
    said.Columns: lambda view, shown: _columns(shown, drawn(view, shown.parts)),
    said.Group: lambda view, shown: _group(shown, drawn(view, shown.parts)),
    said.Fold: _fold,
    said.Numbers: _numbers,
    said.Sentences: _sentences,
    said.ShortList: _short_list,
    said.Notice: _notice,
    said.Paragraph: _paragraph,
    said.Facts: _facts,
    said.Screen: lambda view, shown: shown.body,
}
"""How each part of a page is drawn."""
