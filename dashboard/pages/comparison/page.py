"""/so-sanh: two to five units of one block, pair by pair, field by field, item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from dashboard.address import peers
from dashboard.address.numbers import number_id
from dashboard.address.selection import MAX_COMPARED
from dashboard.address.view import View
from dashboard.figures.base import span_of
from dashboard.figures.strips import compared_strips
from dashboard.pages.comparison import rows as pairs
from dashboard.pages.comparison import sentences as pair_words
from dashboard.pages.unit import sentences
from dashboard.render import elements as html
from dashboard.render.parts import (
    Head,
    Row,
    button_link,
    change,
    columns,
    data_table,
    frame,
    graph,
    item_link,
    key_item,
    mark,
    page_header,
    picker,
    provenance,
    section,
    state,
    unit_link,
)
from dashboard.words import formats, say
from dashboard.words.names import short_name

KEYS = ("ss", "lv", "td")
CHOICES = {"xem": ("so-sanh", "bang")}

MARKS = ("dot unit-1", "diamond unit-2", "square unit-3", "up unit-4", "cross unit-5")
WIDEST = 5

Child = Any


def layout(view: View) -> list:
    """The choice of units and, from two on, how they differ."""
    sel = view.sel
    block = view.ask.ranking(sel.period, sel.unit_group)
    rows = {row["unit_code"]: row for row in block}
    chosen = [code for code in sel.compared if code in rows]
    header = page_header(
        view, view.t("compare.title"), _lead(view, chosen), breadcrumb=[(view.block("short"), sel.to("ranking"))]
    )
    if not block:
        return [header, state(view, "empty", text=view.t("compare.no_scores", period=sel.period))]
    fields = view.ask.block_fields(sel.period, sel.unit_group)
    choice = _choice(view, chosen, block, fields)
    if len(chosen) < 2:
        return [header, choice, state(view, "empty", title=view.t("compare.empty"), text=_lead(view, chosen))]
    found = [rows[code] for code in chosen]
    items = {code: _by_code(view.ask.unit_items(sel.period, code)) for code in chosen}
    return [
        header,
        choice,
        section(view.t("compare.numbers"), _numbers(view, found), id="numbers"),
        section(view.t("compare.pairs"), _pairs(view, found), id="pairs"),
        section(
            view.t("compare.fields"),
            columns(_fields(view, chosen, fields), _widest(view, items), split="wide-left"),
            id="fields",
        ),
        _items(view, items),
    ]


def _by_code(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {row["criterion_code"]: row for row in rows}


def _short(view: View, code: str) -> str:
    row = view.sel.units[code]
    return (view.lang == "en" and row.get("name_en")) or row.get("short_name") or view.name(row)


def _lead(view: View, chosen: Sequence[str]) -> str:
    names = [_short(view, code) for code in chosen]
    values = {"block": view.block("inside"), "period": view.sel.period, "n": len(chosen)}
    if not chosen:
        return view.t("compare.lead_none", **values)
    if len(chosen) == 1:
        return view.t("compare.lead_one", name=names[0], **values)
    return view.t("compare.lead", names=say.listed(names, view.lang), **values)


def _choice(view: View, chosen: Sequence[str], block: Sequence[Mapping], fields: Sequence[Mapping]) -> html.Section:
    """Units chosen, a list to add from, and ways to begin."""
    sel = view.sel
    full = len(chosen) >= MAX_COMPARED
    rest = [] if full else [code for code in sel.units if code not in chosen]
    actions = []
    if len(chosen) == 1 and (near := peers.nearest(fields, chosen[0], MAX_COMPARED - 1)):
        name = _short(view, chosen[0])
        actions.append(button_link(view.t("compare.similar", name=name), sel.href(compared=(chosen[0], *near))))
    if not chosen:
        first = tuple(row["unit_code"] for row in block if row["rank"] is not None)[:3]
        if len(first) == 3:
            actions.append(button_link(view.t("compare.top"), sel.href(compared=first)))
    return html.Section(
        [
            html.H2(view.t("compare.choose"), id="choose", className="block-title"),
            picker(
                view,
                "add-unit",
                [(_short(view, code), sel.href(compared=tuple(c for c in chosen if c != code))) for code in chosen],
                [(_short(view, code), sel.href(compared=(*chosen, code))) for code in peers.in_order(rest, sel.units)],
                marks=MARKS,
            ),
            html.P(view.t("compare.full", n=MAX_COMPARED), className="note") if full else None,
            html.Div(actions, className="actions") if actions else None,
        ],
        className="choice",
        **{"aria-labelledby": "choose"},
    )


def _unit(view: View, chosen: Sequence[str], code: str) -> Child:
    return html.Span([mark(MARKS[chosen.index(code)]), " ", unit_link(view, code)], className="marked-unit")


def _numbers(view: View, rows: Sequence[Mapping[str, Any]]) -> Child:
    """Index, rank, intervals and parts of each unit, one a row, by rank."""
    lang, places, period = view.lang, view.sel.season["decimals"], view.sel.period
    chosen = [row["unit_code"] for row in rows]
    intervals = view.sel.intervals
    heads = [
        Head(view.t("word.unit")),
        Head(view.t("word.index"), num=True, group=view.t("compare.official")),
        Head(view.t("word.rank"), num=True, group=view.t("compare.official")),
        Head(
            view.t("word.change", period=rows[0]["previous_period"] or formats.MISSING),
            num=True,
            group=view.t("compare.official"),
        ),
        Head(view.t("word.appraisal"), num=True, group=view.t("compare.official")),
        Head(view.t("word.survey_short"), num=True, group=view.t("compare.official")),
    ]
    if intervals:
        sampling = view.t("compare.by_sampling")
        heads += [
            Head(view.t("compare.index_interval"), num=True, group=sampling),
            Head(view.t("word.rank_interval"), num=True, group=sampling),
        ]
    lines = []
    for row in sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0, -(row["index_value"] or 0))):
        code = row["unit_code"]

        def cell(shown: str, measure: str, code: str = code) -> Child:
            return provenance(view, shown, number_id(period, code, "", measure))

        index = [cell(formats.points(row["index_value"], lang, places), "index")]
        if row["status"] != "complete":
            index.append(html.Span(f" {view.t('unit.provisional')}", className="muted"))
        line = [
            _unit(view, chosen, code),
            html.Span(index),
            cell(formats.rank(row["rank"]), "rank"),
            change(view, sentences.difference(row), places=places),
            cell(formats.of_max(row["appraised_points"], row["appraised_max"], lang), "appraised"),
            cell(formats.of_max(row["survey_points"], row["survey_max"], lang), "survey"),
        ]
        if intervals:
            line.append(cell(formats.interval(row["index_low"], row["index_high"], lang, places), "index_interval"))
            line.append(cell(formats.interval(row["rank_low"], row["rank_high"], lang), "rank_interval"))
        lines.append(Row(line, kind="own" if code == view.ask.viewer.unit_code else ""))
    return data_table(view, view.t("compare.numbers_caption", period=period), heads, lines)


def _pairs(view: View, rows: Sequence[Mapping[str, Any]]) -> html.Section:
    """A sentence a pair, the best unit's first."""
    sel, lang = view.sel, view.lang
    ordered = sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0, -(row["index_exact"] or 0)))
    names = {row["unit_code"]: _short(view, row["unit_code"]) for row in rows}
    covariance = {
        (row["unit_code"], row["other_code"]): row["covariance"]
        for row in view.ask.index_covariance(sel.period, sel.unit_group)
    }
    found = [(pairs.pair(a, b, covariance), a, b) for a, b in combinations(ordered, 2)]
    tested = [pair for pair, *_ in found if pair.verdict not in ("open", "unknown")]
    if tested:
        different = sum(pair.difference > 0 and pair.verdict in ("different", "certain") for pair in tested)
        headline = view.t("compare.pairs_headline", different=different, n=len(tested))
    else:
        headline = view.t("compare.pairs_unknown")
    said = [
        html.Li(
            [
                mark("tick" if pair.verdict == "different" else "range"),
                pair_words.compared(pair, a, b, names, lang, sel.season["decimals"]),
            ],
            className=f"pair {pair.verdict}",
        )
        for pair, a, b in found
    ]
    note = view.t("compare.pairs_note" if tested else "compare.pairs_no_sampling")
    return frame(view, "pair-list", headline, html.Ul(said, className="pairs"), note=note)


def _fields(view: View, chosen: Sequence[str], every: Sequence[Mapping[str, Any]]) -> html.Section:
    sel, lang = view.sel, view.lang
    values = {(row["unit_code"], row["criterion_code"]): row["attainment"] for row in every}
    rows = [
        {
            "field": code,
            "field_label": short_name(field, lang),
            "unit": place,
            "label": _short(view, unit),
            "value": None if values.get((unit, code)) is None else Fraction(values[unit, code]),
            "id": number_id(sel.period, unit, code, "attainment"),
        }
        for code, field in sel.fields.items()
        for place, unit in enumerate(chosen)
    ]
    gaps = spreads(rows)
    headline = _most_apart(view, gaps, {row["field"]: row["field_label"] for row in rows})
    span = span_of([100 * row["attainment"] for row in every if row["attainment"] is not None], 10)
    heads = [
        Head(view.t("word.field")),
        *(Head(_short(view, code), num=True) for code in chosen),
        Head(view.t("compare.spread"), num=True),
    ]
    lines = []
    for code, field in sel.fields.items():
        shares = [row for row in rows if row["field"] == code]
        gap = gaps.get(code)
        lines.append(
            [
                f"{code} {short_name(field, lang)}",
                *(provenance(view, formats.percent(row["value"], lang), row["id"]) for row in shares),
                formats.MISSING if gap is None else f"{formats.number(gap * 100, lang, 1)} {view.t('word.pp')}",
            ]
        )
    return frame(
        view,
        "field-strips",
        headline,
        graph(
            view,
            compared_strips(rows, span=span, lang=lang),
            headline,
            narrow=compared_strips(rows, span=span, lang=lang, width=328),
        ),
        subtitle=view.t("compare.fields_subtitle", block=view.block("inside"), period=sel.period, n=len(chosen)),
        key=[key_item(MARKS[place], _short(view, code)) for place, code in enumerate(chosen)],
        table=data_table(view, headline, heads, lines),
    )


def spreads(rows: Sequence[Mapping[str, Any]]) -> dict[str, Fraction]:
    """Field -> highest less lowest share, of fields that two units at least have."""
    found: dict[str, list] = {}
    for row in rows:
        if row["value"] is not None:
            found.setdefault(row["field"], []).append(row["value"])
    return {field: max(values) - min(values) for field, values in found.items() if len(values) > 1}


def _most_apart(view: View, gaps: Mapping[str, Fraction], labels: Mapping[str, str]) -> str:
    if not gaps:
        return view.t("compare.fields_open")
    most = max(gaps.values())
    if not most:
        return view.t("compare.fields_same")
    names = [labels[code] for code, gap in gaps.items() if gap == most]
    gap = formats.pp(most, view.lang, 1).removeprefix("+")
    return view.t("compare.fields_most", fields=say.listed(names, view.lang), gap=gap)


def widest(items: Mapping[str, Mapping[str, Mapping[str, Any]]], rubric: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The leaves on which the units lie furthest apart: code, gap, high (units with the most points), of those on
    which every unit has points. Equal gaps stand in the order of the rubric."""
    found = []
    for code in rubric:
        leaves = {unit: rows[code] for unit, rows in items.items() if code in rows}
        points = {unit: leaf["points"] for unit, leaf in leaves.items() if leaf["state"] and leaf["points"] is not None}
        if len(points) == len(items) > 1 and max(points.values()) > min(points.values()):
            top = max(points.values())
            high = [unit for unit, value in points.items() if value == top]
            found.append({"code": code, "gap": top - min(points.values()), "high": high})
    return sorted(found, key=lambda row: -row["gap"])[:WIDEST]


def _widest(view: View, items: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> html.Section:
    lines = []
    for row in widest(items, view.sel.rubric):
        maximum = formats.number(view.sel.rubric[row["code"]]["max_points"], view.lang, 2, trim=True)
        high = say.listed([_short(view, unit) for unit in row["high"]], view.lang)
        said = view.t("compare.widest_of", points=formats.points(row["gap"], view.lang), maximum=maximum, high=high)
        lines.append(html.Li([item_link(view, row["code"]), html.Span(said, className="said")]))
    return html.Section(
        [
            html.H3(view.t("compare.widest"), className="headline"),
            html.Ul(lines) if lines else html.P(view.t("compare.widest_none")),
            html.P(view.t("compare.widest_note"), className="note"),
        ],
        className="frame short-list stacked",
    )


def _items(view: View, items: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> html.Section:
    sel, chosen = view.sel, list(items)
    every = sel.view == "bang"
    names = [_short(view, code) for code in chosen]
    if len(chosen) == 2:
        lead = view.t("compare.items_lead", one=names[0], two=names[1])
    else:
        lead = view.t("compare.items_lead_many")
    switch = button_link(
        view.t("unit.items_close" if every else "unit.items_open"), sel.href(view=None if every else "bang")
    )
    heads = [
        Head(view.t("word.criterion")),
        Head(view.t("word.max"), num=True),
        *(Head([mark(MARKS[place]), " ", name], num=True) for place, name in enumerate(names)),
        Head(view.t("compare.difference"), num=True),
    ]
    folds = []
    for code, field in sel.fields.items():
        below = [c for c, row in sel.rubric.items() if row["field_code"] == code and c != code]
        rows = [_item(view, items, c) for c in below or [code]]
        if below:
            rows.append(_item(view, items, code, total=True))
        caption = view.t("compare.items_of", code=code, name=view.name(field), period=sel.period)
        summary = html.Summary(
            [
                html.Span(className="icon icon-chevron", **{"aria-hidden": "true"}),
                html.Span([html.Span(code, className="quiet-code"), view.name(field)], className="name"),
            ]
        )
        table = data_table(view, caption, heads, rows, class_name="items")
        folds.append(
            html.Details([summary, table], open=every or sel.field == code, className="disclosure", id=f"field-{code}")
        )
    return section(
        view.t("compare.items"),
        html.Div(switch, className="toolbar"),
        html.Div(folds, className="disclosures"),
        id="items",
        lead=lead,
    )


def _item(view: View, items: Mapping[str, Mapping[str, Mapping[str, Any]]], code: str, *, total: bool = False) -> Row:
    sel, lang = view.sel, view.lang
    found = [rows.get(code) for rows in items.values()]
    leaf = sel.rubric[code]["assessed_by"] is not None
    points = [row and row["points"] for row in found]
    cells: list[Child] = []
    for unit, row in zip(items, found, strict=True):
        if row is None or row["points"] is None:
            why = view.t(f"unit.state.{row['state']}") if row and row["state"] else ""
            cells.append(html.Span([formats.MISSING, html.Span(f" {why}", className="muted") if why else None]))
        else:
            cells.append(
                provenance(view, formats.points(row["points"], lang), number_id(sel.period, unit, code, "points"))
            )
    known = [value for value in points if value is not None]
    gap: Child = formats.MISSING
    if len(known) == len(points) == 2:
        gap = change(view, known[0] - known[1])
    elif len(known) > 1:
        gap = formats.points(max(known) - min(known), lang)
    maxima = {row["max_points"] for row in found if row and row["max_points"]}
    shown = [formats.number(value, lang, 2, trim=True) for value in sorted(maxima)]
    name = (
        view.t("word.total")
        if total
        else [html.Span(code, className="quiet-code"), item_link(view, code, view.name(sel.rubric[code]))]
    )
    depth = sel.rubric[code]["depth"]
    kind = "total" if total else f"level-{depth + (1 if leaf and depth < 2 else 0)}" if depth else ""
    return Row([name, "–".join(shown) or formats.MISSING, *cells, gap], kind=kind)
