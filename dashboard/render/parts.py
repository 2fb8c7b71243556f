"""The parts of a page, drawn once: headers, frames, numbers, tables, marks, states.

Functions return Dash components and take the `View` first where they need its language or links. All of them keep
the rules of the design: top rule only, no boxes, colour never alone, every number a link to where it comes from.
Marks and icons are CSS masks on a span (classes `mark-…`, `icon-…` of assets/marks.css), so the fonts need no such
glyphs: with a label they are images with a text alternative, without one they are decoration.

Every link is a plain `html.A`; assets/frame.js turns a click into a change of view without a reload.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dash import dcc

from dashboard.address.names import item_name, unit_name
from dashboard.address.view import View
from dashboard.exhibit.text import Instead
from dashboard.figures import SIZES
from dashboard.render import elements as html
from dashboard.words import formats

Child = Any  # a component, a string, a number, or a list of them

HEAT_STEPS = (0.75, 0.85, 0.90, 0.95)
"""Shares at which a heat cell takes the next of its five tints: below 75 %, 75–85, 85–90, 90–95, from 95 %."""


# Words and links


def page_header(
    view: View,
    title: Child,
    lead: Child = None,
    *,
    breadcrumb: Sequence[tuple[str, str | None]] = (),
    actions: Sequence[Child] = (),
) -> html.Div:
    """The head of a page: breadcrumb of (label, link), the one h1, a lead of one or two sentences, buttons."""
    trail = html.Nav(
        html.Ol([html.Li(html.A(label, href=href) if href else label) for label, href in breadcrumb]),
        className="breadcrumb-trail",
        **{"aria-label": view.t("part.breadcrumb")},
    )
    return html.Div(
        [
            trail if breadcrumb else None,
            html.H1(title, id="title", tabIndex=-1),
            html.P(lead, className="lead") if lead else None,
            html.Div(list(actions), className="actions") if actions else None,
        ],
        className="page-header",
    )


def section(title: Child, *children: Child, id: str, lead: Child = None) -> html.Section:
    """A part of a page under an h2. `id` is its anchor."""
    return html.Section(
        [html.H2(title, id=f"{id}-title"), html.P(lead, className="subtitle") if lead else None, *children],
        id=id,
        className="section",
        **{"aria-labelledby": f"{id}-title"},
    )


def columns(*children: Child, split: str = "halves") -> html.Div:
    """Children side by side, one column on narrow screens. `split`: 'halves', 'thirds', 'wide-left'."""
    return html.Div(list(children), className=f"columns {split}")


def unit_link(view: View, code: str, *, full: bool = False, label: Child = None) -> Child:
    """The name of a unit of the year, as a link to its profile; the short one in Vietnamese unless `full`."""
    name = label or unit_name(view, code, "full" if full else "short")
    href = view.sel.to("unit", unit=code)
    return html.A(name, href=href, className="quiet") if href else name


def item_link(view: View, code: str, label: Child = None) -> Child:
    """An item of the rubric as a link to its page: its code and name unless `label` is given."""
    text = label or item_name(view, code)
    href = view.sel.to("item", item=code)
    return html.A(text, href=href, className="quiet") if href else text


def provenance(view: View, shown: str, number: str | None) -> Child:
    """A number that leads to where it comes from. `number` is a `selection.number_id`; what is missing has none."""
    href = view.sel.to("provenance", number=number) if number and shown != formats.MISSING else None
    if href is None:
        return html.Span(shown, className="number")
    return html.A(shown, href=href, className="number provenance", title=view.t("part.provenance_of", number=shown))


def own(view: View) -> html.Span:
    """'Của bạn', beside the name in the reader's own row (which also has the kind 'own')."""
    return html.Span(view.t("part.own"), className="own-word")


def foreign(text: str, lang: str = "vi") -> html.Span:
    """Text in another language than the page around it, marked so that it is read aloud rightly."""
    return html.Span(text, lang=lang)


# Marks


def mark(kind: str, label: str | None = None) -> html.Span:
    """A sign of a chart or a change: 'up', 'down', 'same', 'dot', 'many', 'ring', 'diamond', 'square', 'interval',
    'tick', 'median', 'range', 'half', 'hatch', 'cut', 'rise', 'sim'. `label` is read aloud; None where words stand
    beside it."""
    spoken = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return html.Span(className=f"mark mark-{kind}", **spoken)


def mark_icon(kind: str | None) -> Child:
    """A line icon beside a word: 'table', 'download', 'link', 'search', 'menu', 'close', 'check', 'chevron'…"""
    return html.Span(className=f"icon icon-{kind}", **{"aria-hidden": "true"}) if kind else None


def key_item(kind: str, label: Child) -> html.Span:
    """A mark and what it stands for, for the `key` of an exhibit."""
    return html.Span([mark(kind), label], className="key-item")


def change(view: View, difference: formats.Number | None, *, unit: str = "", places: int = 2, tolerance=0) -> html.Span:
    """A difference with sign and ▲ ▼ ●: '▲ +1,25'. `tolerance`: up to this it counts as no change."""
    if difference is None:
        return html.Span(formats.MISSING, className="number")
    shown = formats.rounded(difference, places)
    kind = "same" if abs(shown) <= tolerance else "up" if shown > 0 else "down"
    text = formats.signed(difference, view.lang, places) + (f" {unit}" if unit else "")
    return html.Span([mark(kind, view.t(f"mark.{kind}")), html.Span(text, className="number")], className="change")


def badge(kind: str, text: Child) -> html.Span:
    """A state in a word: 'draft', 'council', 'locked', 'published', 'corrected', 'simulation', 'info'."""
    return html.Span(text, className=f"badge-status status-{kind}")


# Numbers and sentences


@dataclass(frozen=True)
class KeyNumber:
    """One of the large numbers of `four_numbers`: '62,75' '/67'; `number` is its provenance (of a sum or a middle
    `href`, the page that lists what it is made from), `note` the line below."""

    label: Child
    value: str
    of: str = ""
    note: Child = None
    number: str | None = None
    href: str | None = None


def four_numbers(view: View, numbers: Sequence[KeyNumber]) -> html.Dl:
    """Large numbers side by side, as a description list; two a row on narrow screens."""
    return html.Dl(
        [
            html.Div(
                [
                    html.Dt(item.label),
                    html.Dd(
                        [
                            html.Span(
                                [
                                    html.A(item.value, href=item.href, className="number provenance")
                                    if item.href
                                    else provenance(view, item.value, item.number),
                                    html.Span(item.of, className="of") if item.of else None,
                                ],
                                className="key-number",
                            ),
                            html.Span(item.note, className="key-note") if item.note else None,
                        ]
                    ),
                ]
            )
            for item in numbers
        ],
        className=f"four-numbers numbers-{len(numbers)}",
    )


def key_sentences(view: View, sentences: Iterable[tuple[Child, Child, str | None]]) -> html.Div:
    """Computed sentences under a blue rule: (sentence, smaller line, link to the figures it rests on)."""
    return html.Div(
        [
            html.Div(
                [
                    html.P(text, className="sentence"),
                    html.P(note, className="sentence-note") if note else None,
                    html.A(view.t("part.see_ground"), href=href, className="sentence-link") if href else None,
                ],
                className="key-sentence",
            )
            for text, note, href in sentences
        ],
        className="key-sentences",
    )


# Frame, figure, table


def framed(
    view: View,
    id: str,
    headline: Child,
    body: Child,
    *,
    subtitle: Child,
    key: Sequence[Child],
    twin: Child,
    note: Child,
    source: Child,
    level: int,
    export: Any,
) -> html.Div:
    """An exhibit as it stands on a page: headline, subtitle, key, body, table twin, note; source and actions at its
    foot. `export` is what can be taken away of it."""
    heading = {2: html.H2, 3: html.H3, 4: html.H4}[level]
    twin_open = view.sel.view == "bang"
    return html.Div(
        [
            heading(headline, id=f"{id}-title", className="headline"),
            html.P(subtitle, className="subtitle") if subtitle else None,
            html.Div(list(key), className="key") if key else None,
            html.Div(body, className="frame-body"),
            html.Div(twin, id=f"{id}-table", className="table-twin", hidden=not twin_open)
            if twin is not None
            else None,
            html.P(note, className="note") if note else None,
            html.Div(
                [
                    html.P(source or source_line(view), className="source"),
                    html.Div(_actions(view, id, twin is not None, twin_open, export), className="frame-actions"),
                ],
                className="frame-foot",
            ),
        ],
        id=id,
        className="frame",
        role="group",
        **{"aria-labelledby": f"{id}-title"},
    )


def _actions(view: View, id: str, twin: bool, twin_open: bool, export: Any) -> list[Child]:
    """The button of the table twin, the downloads, the link to the exhibit."""
    actions: list[Child] = []
    if twin:
        told = {
            "data-toggle-region": f"{id}-table",
            "aria-expanded": "true" if twin_open else "false",
            "aria-controls": f"{id}-table",
        }
        label = [mark_icon("table"), view.t("part.table")]
        actions.append(html.Button(label, type="button", className="action", **told))
    if export.picture or export.table:
        actions.append(_downloads(view, export))
    link = [mark_icon("link"), view.t("part.link")]
    actions.append(html.A(link, href=f"#{id}", className="action", **{"data-copy": view.t("frame.copied")}))
    return actions


def _downloads(view: View, chart: Any) -> html.Details:
    """The menu of what can be taken away: pictures drawn by the reader's browser (assets/export.js), plain links."""

    def drawn(kind: str, size: str) -> html.Li:
        label = view.t(f"export.{size if kind == 'png' else kind}")
        told = {"data-picture": chart.link("json", co=size), "data-kind": kind}
        return html.Li(html.Button(label, type="button", **told))

    def file(ending: str) -> html.Li:
        # The server says that it is a file; where there is none, its sentence is read like any page.
        return html.Li(html.A(view.t(f"export.{ending}"), href=chart.link(ending)))

    groups = []
    if chart.picture:
        pictures = [drawn("png", size) for size in SIZES] + [drawn("svg", "a4"), file("pdf")]
        groups.append((view.t("export.picture"), pictures))
    if chart.table:
        groups.append((view.t("export.data"), [file("xlsx"), file("csv")]))
    said = {f"data-{key}": view.t(f"export.{key}") for key in ("drawing", "drawn", "failed")}
    return html.Details(
        [
            html.Summary([mark_icon("download"), view.t("part.download")], className="action"),
            html.Div(
                [part for title, items in groups for part in (html.P(title), html.Ul(items))], className="choices"
            ),
        ],
        className="menu",
        **said,
    )


def source_line(view: View) -> str:
    """'Nguồn: Sở Nội vụ TP Hà Nội · số liệu giả lập · bản số liệu 12 (a1b2c3d4)'."""
    season = view.sel.season
    parts = [view.t("frame.source")]
    if season.get("made_up"):
        parts.append(view.t("part.source_made_up"))
    elif season.get("illustrative"):
        parts.append(view.t("part.source_illustrative"))
    parts.append(view.t("part.source_data", **dataset(view)))
    return view.t("part.source", source=" · ".join(parts))


def dataset(view: View) -> dict[str, str]:
    """What names the data: `generation` and the first eight digits of the `hash`."""
    meta = view.site.meta
    return {"generation": str(meta.get("generation", "?")), "hash": str(meta.get("dataset_hash", "?"))[:8]}


def graph(view: View, figure: dict, alt: str, *, id: str | None = None, narrow: dict | None = None) -> html.Div:
    """A Plotly figure (a plain dict) with `alt` as its text alternative. Nothing is ever sent to a cloud.

    `narrow` is the same figure laid out for a telephone; it is shown wherever the place is under 460 px wide.
    """

    def chart(figure: dict, place: str = "") -> html.Div:
        return dcc.Graph(
            **({"id": id + place} if id else {}),
            figure=figure,
            config={
                "displayModeBar": False,
                "showSendToCloud": False,
                "responsive": True,
                "doubleClick": False,
                **({"locale": "vi"} if view.lang == "vi" else {}),
            },
            style={"height": figure.get("layout", {}).get("height", 400)},
        )

    spoken = {"role": "img", "aria-label": alt}
    if narrow is None:
        return html.Div(chart(figure), className="graph", **spoken)
    both = [
        html.Div(chart(figure), className="graph-wide"),
        html.Div(chart(narrow, "-narrow"), className="graph-narrow"),
    ]
    return html.Div(both, className="graph graph-two", **spoken)


@dataclass(frozen=True)
class Head:
    """Head of a column. `num`: numbers, to the right in digits of one width. `group`: a head over several columns."""

    label: Child
    num: bool = False
    group: str = ""
    class_name: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: cells in the order of the heads, the first its heading. `kind`: '', 'own', 'chosen',
    'total', 'level-1' … 'level-4' (indented). `id` is an anchor."""

    cells: Sequence[Child]
    kind: str = ""
    id: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)


def data_table(
    view: View,
    caption: str,
    heads: Sequence[Head | str],
    rows: Iterable[Row | Sequence[Child]],
    *,
    id: str | None = None,
    caption_shown: bool = False,
    class_name: str = "",
) -> html.Div:
    """A table that reads well aloud: caption, heads with scope, the first cell of a row its heading.

    A cell is a text or a component; an `html.Td` (such as `heat_cell`) is taken as it stands. Wide tables scroll
    inside their exhibit, by keyboard too.
    """
    heads = [head if isinstance(head, Head) else Head(head) for head in heads]
    rows = [row if isinstance(row, Row) else Row(row) for row in rows]
    top = []
    if any(head.group for head in heads):
        groups: list[tuple[str, int]] = []
        for head in heads:
            if groups and groups[-1][0] == head.group:
                groups[-1] = (head.group, groups[-1][1] + 1)
            else:
                groups.append((head.group, 1))
        cells = [html.Th(name, colSpan=n, scope="colgroup") if name else html.Td(colSpan=n) for name, n in groups]
        top.append(html.Tr(cells, className="head-groups"))
    top.append(
        html.Tr([html.Th(h.label, scope="col", className=_class("num" if h.num else "", h.class_name)) for h in heads])
    )

    def line(row: Row) -> html.Tr:
        cells: list[Child] = []
        for place, (head, cell) in enumerate(zip(heads, row.cells, strict=True)):
            name = _class("num" if head.num else "", head.class_name)
            if isinstance(cell, html.Td):
                cells.append(cell)
            elif place == 0:
                cells.append(html.Th(cell, scope="row", className=name))
            else:
                cells.append(html.Td(cell, className=name))
        named = {"id": row.id} if row.id else {}
        return html.Tr(cells, className=f"row-{row.kind}" if row.kind else None, **named, **row.attributes)

    table = html.Table(
        [
            html.Caption(caption, className=None if caption_shown else "visually-hidden"),
            html.Thead(top),
            html.Tbody([line(row) for row in rows]),
        ],
        className=_class("data", class_name),
        **({"id": id} if id else {}),
    )
    return html.Div(table, className="table-scroll", role="region", tabIndex=0, **{"aria-label": caption})


def _class(*names: str) -> str | None:
    return " ".join(name for name in names if name) or None


def heat_cell(share: formats.Number | None, shown: Child) -> html.Td:
    """A cell of a heat table: the number, on the tint of its share (0…1)."""
    if share is None:
        return html.Td(shown, className="num heat")
    return html.Td(shown, className=f"num heat heat-{1 + sum(share >= step for step in HEAT_STEPS)}")


def heat_key(view: View) -> html.Span:
    """The five tints of a heat table and what they mean."""
    return html.Span(
        [html.Span(view.t(f"heat.{step}"), className=f"heat-{step}") for step in range(1, 6)],
        className="heat-key",
    )


def dumbbell(self_share: float, appraised_share: float, label: str, *, low: float = 0.5) -> html.Span:
    """Self (ring) to appraised (dot) on an axis from `low` to 1, for a table cell. `label` says it in words."""

    def place(share: float) -> float:
        return round(100 * max(0.0, (share - low) / (1 - low)), 2)

    a, b = place(float(self_share)), place(float(appraised_share))
    kind = "cut" if b < a else "rise"
    return html.Span(
        html.Span(
            [
                html.Span(className=f"dumbbell-bar {kind}", style={"left": f"{min(a, b)}%", "width": f"{abs(a - b)}%"}),
                html.Span(className="dumbbell-self", style={"left": f"{a}%"}),
                html.Span(className="dumbbell-appraised", style={"left": f"{b}%"}),
            ],
            className="dumbbell-axis",
        ),
        className="dumbbell",
        role="img",
        **{"aria-label": label},
    )


def dumbbell_scale(view: View, low: float) -> html.Span:
    """The axis of `dumbbell` cells as the head of their column: its ends and its middle."""
    return html.Span(
        [html.Span(formats.percent(at, view.lang, 0)) for at in (low, (1 + low) / 2, 1)], className="scale-marks"
    )


def facts(pairs: Iterable[tuple[Child, Child]]) -> html.Dl:
    """Terms and their values in two columns, as in a side panel."""
    return html.Dl([html.Div([html.Dt(term), html.Dd(value)]) for term, value in pairs], className="facts")


# States: each looks unlike the others


def state(
    view: View, kind: str, *, title: Child = None, text: Child = None, actions: Sequence[Child] = (), **values: Any
):
    """What stands where data would: 'empty', 'filtered_empty', 'provisional', 'suppressed', 'not_comparable',
    'superseded', 'no_permission', 'error'. Title and text default to those of `texts.states`, filled with `values`
    (`period` is there already; 'suppressed' needs n, 'error' a ticket)."""
    values = {"period": view.sel.period, **values}
    return html.Div(
        [
            html.P(title or view.t(f"state.{kind}.title"), className="state-title"),
            html.P(text or view.t(f"state.{kind}.text", **values), className="state-text"),
            html.Div(list(actions), className="actions") if actions else None,
        ],
        className=f"state state-{kind.replace('_', '-')}",
        **({"role": "alert"} if kind == "error" else {"role": "note"}),
    )


def kept_back(view: View, row: Mapping[str, Any]) -> Instead:
    """In place of a number of a cell that may not be shown, with the reason: 'n<5' where the ballots are few, 'kín'
    where another group could be worked out (`why` of the row, see scoring/views.sql)."""
    if row.get("why") in ("other", "withheld"):
        return Instead(view.t("state.kept_back"), view.t("state.kept_back.text"))
    least = view.sel.season["min_cell"]
    return Instead(f"n<{least}", view.t("state.suppressed.text", n=least))


def loading(view: View, lines: int = 4) -> html.Div:
    """Placeholder of a part that is still being computed."""
    return html.Div(
        [html.Span(view.t("state.loading"), className="visually-hidden")]
        + [html.Span(className="skeleton", **{"aria-hidden": "true"}) for _ in range(lines)],
        className="state state-loading",
        role="status",
    )
