"""The ranking as AG Grid draws it, and as a list on narrow screens: the declared columns laid out for the screen.

Grid and list keep no state of their own: every control is a link and the server sorts, so both always agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import dash_ag_grid as dag

from dashboard.address.numbers import number_id
from dashboard.address.selection import MAX_COMPARED
from dashboard.address.view import View
from dashboard.figures.layout import span_of, ticks
from dashboard.pages.ranking.columns import RankingColumn, declared
from dashboard.pages.ranking.rows import COLUMNS, Block, Line, Middle, has_intervals, measure, middle_measure, toggle
from dashboard.pages.ranking.sentences import field_text, flag_words, interval_words, printed, why_no_change
from dashboard.render import elements as html
from dashboard.render.parts import HEAT_STEPS, Child, change, mark_icon
from dashboard.words import formats

WIDTH = 1092  # px of the grid at the width of the design
DOT_WIDTH = 164  # px of the cell with dot and interval, at most
DOT_EDGE = 8  # px of it left and right of the axis
RENDERERS = {
    "hang": "RankingNumber",
    "don-vi": "RankingUnit",
    "chi-so": "RankingNumber",
    "thay-doi": "RankingChange",
    "khoang-hang": "RankingNumber",
    "khoang": "RankingDot",
    "tham-dinh": "RankingPoints",
    "cho": "RankingPoints",
    "thieu": "RankingPoints",
    "dtxhh": "RankingPoints",
    "co": "RankingFlag",
}
"""Column -> what draws its cells, in assets/dashAgGridComponentFunctions.js; a field is a 'RankingHeat'."""
GROUPS = {
    "official": ("hang", "don-vi", "chi-so", "thay-doi"),
    "sampling": ("khoang-hang", "khoang"),
    "parts": ("tham-dinh", "dtxhh"),
    "states": ("tham-dinh", "dtxhh", "cho", "thieu"),
}
"""Heads over several columns; the choice stands before the first, fields and flags have the last."""


def drawn(view: View, block: Block, lines: Sequence[Line], span: tuple[Any, Any]) -> list[Child]:
    """The key of the fields and the grid for wide screens, the list for narrow ones."""
    # The height is known before the grid is drawn: nothing below jumps, and the scroll position holds.
    height = 28 + 40 + 32 * (len(lines) + (2 if block.concluded else 0)) + 4
    grid = html.Div(_grid(view, block, lines), className="ranking-grid wide-only", style={"minHeight": height})
    return [html.Div(_field_key_words(view), className="lv-key wide-only"), grid, _list(view, block, lines, span)]


def _field_key_words(view: View) -> list[Child]:
    """'1 Chỉ đạo, điều hành · 2 Văn bản QPPL …'."""
    parts: list[Child] = []
    for at, (code, row) in enumerate(view.sel.fields.items()):
        parts += [" · "] if at else []
        name = field_text(view, row)
        shown = name if isinstance(name, str) else html.Span(name.text, lang=name.lang)
        parts.append(html.Span([html.B(code), " ", shown], className="unbroken"))
    return parts


def _grid(view: View, block: Block, lines: Sequence[Line]) -> dag.AgGrid:
    known = declared(view, block)
    return dag.AgGrid(
        id="ranking-grid",
        columnDefs=columns(view, block),
        rowData=[grid_row(view, line, known) for line in lines],
        getRowId="params.data.code",
        rowClassRules={
            "row-own": "params.data.own",
            "row-chosen": "params.data.chosen",
            "row-provisional": "params.data.provisional",
        },
        defaultColDef={
            "resizable": False,
            "suppressMovable": True,
            "suppressHeaderMenuButton": True,
            "cellDataType": False,
        },
        dashGridOptions={
            "theme": {"function": "rankingTheme(themeQuartz)"},
            "domLayout": "autoHeight",
            "rowHeight": 32,
            "headerHeight": 40,
            "groupHeaderHeight": 28,
            "pinnedBottomRowData": [
                middle_row(view, block, "median", block.median, known),
                middle_row(view, block, "mean", block.mean, known),
            ]
            if block.concluded
            else [],
            "suppressColumnVirtualisation": True,
            "suppressRowVirtualisation": True,
            "suppressMovableColumns": True,
            "suppressCellFocus": False,
            "suppressMultiSort": True,
            "ensureDomOrder": True,
            "animateRows": False,
            "context": {"see": view.t("part.provenance_of", number="{number}"), "most": MAX_COMPARED},
            **({"getLocaleText": {"function": "gridTextVi(params)"}} if view.lang == "vi" else {}),
        },
        eventListeners={
            "sortChanged": ["rankingSorted(params)"],
            "cellKeyDown": ["rankingKey(params)"],
        },
        columnSize=None,
        dangerously_allow_code=False,
        style={"height": None, "width": "100%"},
        className="ranking",
    )


def columns(view: View, block: Block) -> list[dict[str, Any]]:
    """Column definitions of the grid, in groups."""
    known = declared(view, block)
    widths = _widths(view, block)

    def group(name: str, children: list[dict]) -> dict[str, Any]:
        head = "provisional" if name == "official" and not block.whole else name
        return {"headerName": view.t(f"ranking.group.{head}"), "children": children, "marryChildren": True}

    left_out = "states" if block.whole else "parts"
    drawn = {*known, "khoang"} if block.whole else set(known)
    groups = {
        name: [_definition(view, block, known.get(key), key, widths) for key in keys if key in drawn]
        for name, keys in GROUPS.items()
        if name != left_out and drawn & set(keys)
    }
    groups["official"].insert(0, _choice(view, widths["chon"]))
    # Flags need no head of their own above them; in the group of the fields they keep the head over nine columns.
    last = [*view.sel.fields, "co"]
    groups["fields"] = [_definition(view, block, known[key], key, widths) for key in last]
    return [group(name, children) for name, children in groups.items()]


def _widths(view: View, block: Block) -> dict[str, int]:
    """Px of every column; the dots have what the others leave of the width that the design gives the grid."""
    fields = view.sel.fields
    long_names = max((len(line.name) for line in block.lines), default=0) > 16
    widths = {"chon": 34, "hang": 46, "don-vi": 170 if long_names else 122, "chi-so": 60, "thay-doi": 76}
    widths |= {"khoang-hang": 66 * view.sel.intervals}
    for key, name in (("tham-dinh", "appraised"), ("dtxhh", "survey")):
        texts = ("".join(_points(view, getattr(line, name), getattr(line, f"{name}_max"))) for line in block.lines)
        widths[key] = max([80, *(16 + 8 * len(text) for text in texts)])
    widths |= {"co": 42, **dict.fromkeys(fields, 36)}
    if not block.whole:
        return widths | dict.fromkeys(GROUPS["states"], 92)
    return widths | {"khoang": max(96, min(DOT_WIDTH, WIDTH - sum(widths.values())))}


def _choice(view: View, width: int) -> dict[str, Any]:
    """The column of boxes that choose units to compare."""
    return _bare("chon", "RankingChoice", "", width, "left") | {"headerName": view.t("ranking.column.chon")}


def _bare(key: str, renderer: str, label: str, width: int, align: str) -> dict[str, Any]:
    return {
        "colId": key,
        "field": key,
        "headerName": label,
        "headerComponent": "RankingHead",
        "headerComponentParams": {"label": label, "href": None, "title": None, "sorted": None, "align": align},
        "cellRenderer": renderer,
        "cellRendererParams": {"number": None},
        "width": width,
        "sortable": False,
        "sort": None,
        "comparator": {"function": "rankingOrder"},
        "cellClass": f"cell-{align}",
        "headerClass": f"head-{align}",
    }


def _definition(
    view: View, block: Block, column: RankingColumn | None, key: str, widths: dict[str, int]
) -> dict[str, Any]:
    """One column for AG Grid. `column` is None for dots without their intervals."""
    sel = view.sel
    field = key in sel.fields
    align = {"don-vi": "left", "khoang": "axis", "co": "centre"}.get(key, "centre" if field else "right")
    label = key if field else view.t("ranking.column.khoang") if key == "khoang" else column.column.title
    name = column.name if field else label
    made = _bare(key, RENDERERS.get(key, "RankingHeat"), label, widths[key], align)
    if column is not None and column.address and key != "khoang":
        number = number_id(sel.period, "~", column.criterion, column.address)
        made["cellRendererParams"] = {"number": sel.to("provenance", number=number)}
    made |= _sorting(view, key, name, made["headerComponentParams"])
    if field:
        steps = {f"step-{step}": f"params.value.step == {step}" for step in range(1, 6)}
        made |= {"colId": _field_key(key), "field": _field_key(key), "headerTooltip": name}
        made["cellClassRules"] = {"heat-step": "params.value.step > 0", **steps}
    elif key == "don-vi":
        made |= {"flex": 1, "minWidth": widths[key]}
    elif key == "chi-so":
        made["cellClass"] = "cell-right strong"
    elif key == "khoang":
        made["cellRendererParams"] |= _axis(view, block, widths[key])
        made |= {"headerComponent": "RankingAxis", "comparator": None}
        made["headerComponentParams"] |= made["cellRendererParams"]
    return made


def _sorting(view: View, key: str, name: str, head: dict[str, Any]) -> dict[str, Any]:
    """Whether a column sorts, and how its head says so."""
    sel, order = view.sel, view.sel.sort or "chi-so"
    if key not in COLUMNS and key not in sel.fields:
        return {}
    turned = order == key
    direction = COLUMNS.get(key, -1) * (1 if turned else -1)
    # The first click on a head takes its natural order: it is the link that sorts, never the grid.
    shown = ("asc" if direction > 0 else "desc") if order.removeprefix("-") == key else None
    told = {"href": sel.href(sort=f"-{key}" if turned else key), "sorted": shown}
    return {
        "headerComponentParams": head | told | {"title": view.t("ranking.sort_by", column=name)},
        "sortable": True,
        "sort": shown,
    }


def _axis(view: View, block: Block, width: int) -> dict[str, Any]:
    """Where things stand in the dot cell: px of ticks and median, and what the renderer needs to place a value."""
    span = span_of([value for line in block.lines for value in (line.index, line.low, line.high)])
    values, texts = ticks(span, width - 2 * DOT_EDGE, view.lang)
    middle_value = block.median.index
    return {
        "width": width,
        "ticks": [[_px(value, span, width), text] for value, text in zip(values, texts, strict=True)],
        "median": None if middle_value is None else _px(middle_value, span, width),
        "low": float(span[0]),
        "scale": (width - 2 * DOT_EDGE) / (float(span[1]) - float(span[0])),
        "edge": DOT_EDGE,
    }


def _px(value: Any, span: tuple[Any, Any], width: int) -> float:
    share = (Fraction(value) - Fraction(span[0])) / (Fraction(span[1]) - Fraction(span[0]))
    return round(DOT_EDGE + float(share) * (width - 2 * DOT_EDGE), 1)


def grid_row(view: View, line: Line, columns: dict[str, RankingColumn]) -> dict[str, Any]:
    """One row of the grid: texts as they are shown, links, and the numbers that are drawn."""
    sel, lang = view.sel, view.lang
    row: dict[str, Any] = {
        "code": line.code,
        "don-vi": line.name,
        "lang": "vi" if lang != "vi" and line.name == sel.units.get(line.code, {}).get("short_name") else None,
        "href": sel.to("unit", unit=line.code),
        "full": view.name(sel.units.get(line.code, {})),
        "mine": view.t("part.own") if line.own else "",
        "own": line.own,
        "provisional": not line.complete,
        "note": "",
        "chosen": line.code in sel.compared,
        "toggle": toggle(sel, line.code),
        "chooseLabel": view.t("ranking.choose", name=line.name),
        "co": {"severity": line.severity, "label": flag_words(view, line)} if line.severity else None,
    }
    row |= _whole(view, line) if "thay-doi" in columns else _states(view, line)
    row |= {key: columns[key].column.text(line, lang) for key in ("hang", "chi-so")}
    for code in sel.fields:
        share = (line.fields or {}).get(code)
        row[_field_key(code)] = {
            "text": columns[code].column.text(line, lang),
            "step": 0 if share is None else 1 + sum(share >= step for step in HEAT_STEPS),
            "why": None if share is not None else _why_no_share(view, line),
        }
    return row


def _why_no_share(view: View, line: Line) -> str:
    return view.t("ranking.not_applied" if line.complete else "ranking.no_change_incomplete")


def _states(view: View, line: Line) -> dict[str, Any]:
    """Points of a unit of an incomplete block, over the maximum of the leaves in each state."""
    keys = {"tham-dinh": "appraised", "dtxhh": "surveyed", "cho": "claimed", "thieu": "missing"}
    row = {}
    for key, state in keys.items():
        found = line.states and line.states.of(state)
        row[key] = _points(view, *found) if found else [formats.MISSING, ""]
        if found and found[0] is None:
            row[key] = [formats.number(found[1], view.lang, 2, trim=True), ""]
    return row


def _whole(view: View, line: Line) -> dict[str, Any]:
    """Change, intervals and points of a unit of a complete block."""
    sel = view.sel
    return {
        "thay-doi": _change(view, line),
        "khoang-hang": formats.interval(line.rank_low, line.rank_high, view.lang),
        "khoang": {
            "at": None if line.index is None else float(line.index),
            "low": float(line.low) if line.low is not None and sel.intervals else None,
            "high": float(line.high) if line.high is not None and sel.intervals else None,
            "label": interval_words(view, line),
        },
        "tham-dinh": _points(view, line.appraised, line.appraised_max),
        "dtxhh": _points(view, line.survey, line.survey_max),
    }


def middle_row(view: View, block: Block, name: str, value: Middle, columns: dict[str, RankingColumn]) -> dict[str, Any]:
    """The pinned row of the block's median or mean."""
    row = {
        "code": f"-{name}",
        "pinned": True,
        "hang": "",
        "don-vi": view.t(f"ranking.{name}_row"),
        "chi-so": columns["chi-so"].middle_text(value, view.lang),
        "thay-doi": {"text": columns["thay-doi"].middle_text(value, view.lang), "kind": None},
        "khoang-hang": formats.MISSING,
        "khoang": {"at": None, "low": None, "high": None, "label": ""},
        "co": None,
    }
    for key in ("tham-dinh", "dtxhh"):
        middle, _ = columns[key].middle(value)
        row[key] = _points(view, *middle) if value.points else [columns[key].middle_text(value, view.lang), ""]
    for code in view.sel.fields:
        row[_field_key(code)] = {"text": columns[code].middle_text(value, view.lang), "step": 0, "why": None}
    return row


def _change(view: View, line: Line) -> dict[str, Any]:
    if line.change is None:
        return {"text": formats.MISSING, "kind": None, "why": why_no_change(view, line)}
    seen = formats.rounded(line.change, view.places)
    kind = "same" if seen == 0 else "up" if seen > 0 else "down"
    return {"text": formats.signed(line.change, view.lang, view.places), "kind": kind, "label": view.t(f"mark.{kind}")}


def _list(view: View, block: Block, lines: Sequence[Line], span: tuple[Any, Any]) -> html.Ul:
    """The ranking on a narrow screen: a link a unit, to its profile."""
    sel = view.sel
    middle_value = middle_measure(block, sel) if block.concluded else None
    ranged = has_intervals(block, sel)

    def place(value: Any) -> str:
        share = (Fraction(value) - Fraction(span[0])) / (Fraction(span[1]) - Fraction(span[0]))
        return f"{round(100 * float(share), 2)}%"

    def axis(line: Line) -> html.Span:
        value = measure(line, sel)
        marks = [html.Span(className="axis-line")]
        if middle_value is not None:
            marks.append(html.Span(className="axis-median", style={"left": place(middle_value)}))
        if ranged and line.low is not None and line.high is not None:
            width = f"{round(100 * float(Fraction(line.high - line.low) / Fraction(span[1] - span[0])), 2)}%"
            marks.append(html.Span(className="axis-interval", style={"left": place(line.low), "width": width}))
        if value is not None:
            marks.append(html.Span(className="axis-dot", style={"left": place(value)}))
        return html.Span(html.Span(marks), className="axis", **{"aria-hidden": "true"})

    def item(line: Line) -> html.Li:
        under = (
            view.t("ranking.your_unit")
            if line.own
            else _states_words(view, line)
            if not block.whole
            else view.t("ranking.range_words", ranks=formats.interval(line.rank_low, line.rank_high, view.lang))
            if sel.intervals and line.rank_low
            else ""
        )
        value = measure(line, sel)
        body = [
            html.Span(formats.rank(line.rank, tied=line.tied), className="rank num"),
            html.Span(
                [html.Span(line.name, className="name"), html.Span(under, className="under") if under else None],
                className="who",
            ),
            axis(line) if block.whole else None,
            html.Span(
                [
                    html.Span(printed(view, value), className="value num"),
                    None
                    if sel.field or not block.whole
                    else html.Span(change(view, line.change, places=view.places), className="num"),
                ],
                className="values",
            ),
            mark_icon("chevron"),
        ]
        href = sel.to("unit", unit=line.code)
        kind = f"{' row-own' if line.own else ''}{'' if block.whole else ' open'}"
        return html.Li(html.A(body, href=href) if href else html.Div(body), className=f"rank-item{kind}")

    return html.Ul(
        [item(line) for line in lines],
        className="rank-list narrow-only",
        **{"aria-label": view.t("ranking.list")},
    )


def _states_words(view: View, line: Line) -> str:
    """'Thẩm định 40,5/45 · Điều tra 28/31 · Chưa có điểm 5'."""
    said = []
    for key, (points, most) in _states(view, line).items():
        if points != formats.MISSING:
            name = view.t("open.state.missing" if key == "thieu" else f"ranking.column.{key}")
            said.append(f"{name} {points}{most}")
    return " · ".join(said)


def _field_key(code: str) -> str:
    """Name of a field's column: AG Grid gives bare numbers to its groups, and takes a full stop for a path."""
    return f"lv{code.replace('.', '_')}"


def _points(view: View, points: Any, maximum: Any) -> list[str]:
    """Points and '/67' apart, because the maximum is set lighter."""
    of = "" if maximum is None else f"/{formats.number(maximum, view.lang, 2, trim=True)}"
    return [formats.points(points, view.lang, view.places), of]
