"""Xếp hạng: the units of one block in order, with what made their index.

Everything is a function of the lines of `dashboard.standings`: the sentences, and the same lines drawn as a grid, a
list (narrow screens), a table, a dot plot and a tile map. Grid and page keep no state of their own: every control is
a link and the server sorts, so all of them always agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input

from dashboard.address.numbers import number_id
from dashboard.address.selection import MAX_COMPARED, Selection
from dashboard.address.view import View
from dashboard.figures import ranks
from dashboard.figures.base import SEQUENTIAL, span_of, ticks
from dashboard.pages.ranking.rows import COLUMNS, SEVERITIES, Block, Line, Middle, kinds_of, median, ordered, read
from dashboard.render import elements as html
from dashboard.render.charts import words
from dashboard.render.parts import (
    HEAT_STEPS,
    Child,
    Head,
    Row,
    button_link,
    change,
    data_table,
    foreign,
    frame,
    graph,
    heat_cell,
    heat_key,
    href_select,
    key_item,
    mark,
    mark_icon,
    page_header,
    provenance,
    segmented,
    state,
    switch,
    toolbar,
    unit_link,
)
from dashboard.words import TEXTS, formats
from dashboard.words.names import short_name
from dashboard.words.say import listed

FRAME = "bang-xep-hang"  # anchor of the one frame of the page
VIEWS = ("luoi", "bieu-do", "o", "bang")  # grid, dot plot, tile map, grid with its table open
GRID_WIDTH = 1092  # px of the grid at the width of the design
DOT_WIDTH = 164  # px of the cell with dot and interval, at most
DOT_EDGE = 8  # px of it left and right of the axis


def orders(sel: Selection) -> tuple[str, ...]:
    """Values that `sx` may take: the index first, then every column and field, each both ways."""
    return tuple(way + key for way in ("", "-") for key in (*COLUMNS, *sel.fields))


def views(sel: Selection) -> tuple[str, ...]:
    """Values that `xem` may take; a tile map only where the data place every unit on the grid."""
    placed = sel.units and all(row.get("grid_row") is not None for row in sel.units.values())
    return VIEWS if placed else tuple(name for name in VIEWS if name != "o")


def kinds(sel: Selection) -> tuple[str, ...]:
    """Values that `loai` may take: all ('') and the kinds of units in the block, where there are several."""
    found = set(kinds_of(sel).values())
    first = sorted(found, key=lambda kind: (kind not in ("urban", "department"), kind))
    return ("", *first) if len(found) > 1 else ("",)


KEYS = ("lv", "ss", "td")
CHOICES = {"sx": orders, "xem": views, "loai": kinds, "q": None}
"""What the page reads from the URL: `loai` is a kind of unit, `q` what is typed into the filter."""


def shown(lines: Iterable[Line], sel: Selection) -> list[Line]:
    """The lines that filter and kind leave, in the order asked for."""
    wanted = formats.fold(sel["q"]).split()
    full = {code: row.get("name") or "" for code, row in sel.units.items()}
    left = [
        line
        for line in lines
        if sel["loai"] in ("", line.kind)
        and all(word in formats.fold(f"{line.name} {full.get(line.code, '')}") for word in wanted)
    ]
    return ordered(left, sel.sort or "chi-so")


# Sentences ------------------------------------------------------------------------------------------------------


def lead(view: View, block: Block) -> str:
    """How many went up, whose rank interval reaches the first place, how many are incomplete."""
    said = [_risen(view, block)] if block.ranked else []
    if view.sel.intervals:
        said.append(_from_first(view, block))
    incomplete = len(block.lines) - len(block.ranked)
    if incomplete:
        said.append(view.t("ranking.incomplete", n=incomplete))
    return " ".join(filter(None, said))


def _risen(view: View, block: Block) -> str:
    if block.previous is None:
        return view.t("ranking.first_year")
    if not block.comparable:
        return view.t("ranking.other_rubric", period=block.previous)
    changes = [line.change for line in block.lines if line.change is not None]
    n, up = len(changes), sum(value > 0 for value in changes)
    if n == 0:
        return view.t("ranking.none_compared", period=block.previous)
    if up == 0:
        return view.t("ranking.up_none", n=n, period=block.previous)
    if n < len(block.lines):
        return view.t("ranking.up_compared", up=up, n=n, period=block.previous)
    return view.t("ranking.up_all" if up == n else "ranking.up_some", up=up, n=n, period=block.previous)


def _from_first(view: View, block: Block) -> str:
    reaching = [line for line in block.ranked if line.rank_low == 1]
    if not reaching:
        return ""
    if len(reaching) == 1:
        return view.t("ranking.from_first_one", name=reaching[0].name)
    leaders = {line.code for line in block.ranked if line.rank is not None and line.rank <= len(reaching)}
    kind = "leaders" if leaders == {line.code for line in reaching} else "some"
    return view.t(f"ranking.from_first_{kind}", n=len(reaching))


def headline(view: View, block: Block) -> str:
    """Who stands first, in the index or the field shown, in the block or the kind shown."""
    sel = view.sel
    lines = [line for line in block.ranked if sel["loai"] in ("", line.kind)]
    best = _leading([line for line in lines if measure(line, sel) is not None], sel, 1)
    if not best:
        return view.t("ranking.nobody")
    of = (
        view.t("ranking.in_kind", n=len(lines), kind=_kind_inside(view, sel["loai"]))
        if sel["loai"]
        else view.t("ranking.in_block")
    )
    many = "" if len(best) == 1 else "_tied" if len(best) <= 3 else "_many"
    return view.t(
        f"ranking.best{'_field' if sel.field else ''}{many}",
        names=listed([line.name for line in best], view.lang),
        n=len(best),
        of=of,
        field=_field_name(view, sel.field),
        value=printed(view, measure(best[0], sel), word=True),
    )


def map_headline(view: View, block: Block) -> str:
    """Of which kind the leading units are; where there is only one kind, who leads."""
    sel = view.sel
    lines = [line for line in block.ranked if measure(line, sel) is not None]
    leaders = _leading(lines, sel, 5)
    if len(kinds(sel)) < 3 or sel["loai"] or not leaders:
        return headline(view, block)
    kind, k = Counter(line.kind for line in leaders).most_common(1)[0]
    words = _kind_inside(view, kind)
    if len(leaders) == 1:
        return view.t("ranking.leader", kind=words)
    return view.t(
        "ranking.leaders_all" if k == len(leaders) else "ranking.leaders_some", k=k, n=len(leaders), kind=words
    )


def _leading(lines: Sequence[Line], sel: Selection, n: int) -> list[Line]:
    """The first n by what is shown, and whoever ties with the last of them."""
    best = sorted(lines, key=lambda line: measure(line, sel), reverse=True)
    return [line for line in best if measure(line, sel) >= measure(best[min(n, len(best)) - 1], sel)]


def subtitle(view: View, block: Block, lines: Sequence[Line], order: str) -> str:
    """Measure, block, n, year, scale, order."""
    total, left = len(block.lines), len(lines)
    n = formats.count(total, view.lang)
    return view.t(
        "ranking.subtitle_field" if view.sel.field else "ranking.subtitle",
        period=view.sel.period,
        block=view.block("inside"),
        n=n if left == total else view.t("ranking.shown", n=n, shown=left),
        field=_field_name(view, view.sel.field),
        order=order,
    )


def order_words(view: View) -> str:
    """'sắp theo chỉ số'."""
    order = view.sel.sort or "chi-so"
    column = order.removeprefix("-")
    name = view.t(f"ranking.order.{column}") if column in COLUMNS else view.t("ranking.order_field", code=column)
    return view.t("ranking.by_reversed" if order.startswith("-") else "ranking.by", column=name)


# The page -------------------------------------------------------------------------------------------------------


def standing(sel: Selection) -> tuple[Selection, ...]:
    """The views whose charts are given out as a set: the order, and the map where there is one."""
    return (sel, sel.change(view="o")) if "o" in views(sel) else (sel,)


def layout(view: View) -> list[Child]:
    """The ranking of the block selected, in the way of looking selected."""
    sel = view.sel
    block = read(view)
    title = view.t("ranking.title", block=view.block("inside"), period=sel.period)
    if not block.lines or all(line.index is None for line in block.lines):
        return [page_header(view, title), state(view, "empty")]
    lines = shown(block.lines, sel)
    head = [page_header(view, title, lead(view, block)), _toolbar(view, block)]
    if not lines:
        clear = button_link(view.t("state.filtered_empty.action"), sel.href(q=None, loai=None))
        return [*head, html.Div(state(view, "filtered_empty", actions=[clear]), id=FRAME, className="frame")]
    draw = {"o": _map, "bieu-do": _chart}.get(sel.view or "", _ranking)
    return [*head, draw(view, block, lines)]


def register(app: Any, store: Any) -> None:
    """The filter box: what is typed goes into the URL, and the page follows the URL."""
    app.clientside_callback(
        ClientsideFunction("ranking", "filter"), Input("ranking-q", "value"), prevent_initial_call=True
    )


def _toolbar(view: View, block: Block) -> html.Div:
    sel = view.sel
    counted = Counter(line.kind for line in block.lines)
    of_kind = [
        (
            view.t("ranking.all", n=len(block.lines)) if not kind else f"{_kind(view, kind)} {counted[kind]}",
            sel.href(loai=kind or None),
            sel["loai"] == kind,
        )
        for kind in kinds(sel)
    ]
    looks = [
        (
            view.t(f"ranking.view.{name}"),
            sel.href(view=name),
            sel.view == name or (name == "luoi" and sel.view == "bang"),
        )
        for name in views(sel)
        if name != "bang"
    ]
    measures = [(view.t("ranking.index_overall"), sel.href(field=None))] + [
        (f"{code} {_field_name(view, code)}", sel.href(field=code)) for code in sel.fields
    ]
    list_orders = [
        (
            view.t(f"ranking.column.{key}") if key in COLUMNS else f"{key} {_field_name(view, key)}",
            sel.href(sort=key),
        )
        for key in (*COLUMNS, *sel.fields)
    ]
    current = (sel.sort or "chi-so").removeprefix("-")
    picture = sel.view in ("o", "bieu-do")
    return toolbar(
        html.Div(
            [
                html.Label(view.t("ranking.filter"), htmlFor="ranking-q", className="visually-hidden"),
                mark_icon("search"),
                dbc.Input(
                    id="ranking-q",
                    type="search",
                    value=sel["q"],
                    placeholder=view.t("ranking.filter"),
                    autocomplete="off",
                ),
            ],
            className="filter-box",
        ),
        segmented(view.t("ranking.kinds"), of_kind) if len(of_kind) > 1 else None,
        switch(view.t("ranking.intervals"), sel.href(intervals=not sel.intervals), sel.intervals)
        if sel.view != "o"
        else None,
        html.Div(
            href_select("ranking-show", view.t("ranking.show"), measures, sel.href()),
            className="control" if picture else "control narrow-only",
        ),
        html.Div(
            href_select(
                "ranking-order",
                view.t("ranking.order"),
                [*list_orders]
                if sel.sort in (*COLUMNS, *sel.fields)
                else [(_order_label(view, current), sel.href()), *list_orders],
                sel.href(),
            ),
            className="control narrow-only",
        )
        if not picture
        else None,
        _compare(view) if sel.compared or not picture else None,
        segmented(view.t("ranking.views"), looks),
    )


def _order_label(view: View, column: str) -> str:
    name = view.t(f"ranking.column.{column}") if column in COLUMNS else _field_name(view, column)
    return f"{name} ↑" if COLUMNS.get(column, -1) < 0 else f"{name} ↓"


def _compare(view: View) -> html.Div:
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


def _ranking(view: View, block: Block, lines: Sequence[Line]) -> html.Section:
    return frame(
        view,
        FRAME,
        headline(view, block),
        [
            html.Div(_lv_key(view), className="lv-key wide-only"),
            # The height is known before the grid is drawn: nothing below jumps, and the scroll position holds.
            html.Div(
                _grid(view, block, lines),
                className="ranking-grid wide-only",
                style={"minHeight": 28 + 40 + 32 * (len(lines) + (2 if block.ranked else 0)) + 4},
            ),
            _list(view, block, lines),
        ],
        subtitle=subtitle(view, block, lines, order_words(view)),
        key=_key(view, block),
        table=_table(view, block, lines),
        note=_note(view, block),
        level=2,
        **_outside(view, block, lines),
    )


def _outside(view: View, block: Block, lines: Sequence[Line]) -> dict[str, Any]:
    """What is taken away from the grid and the chart: the dot plot, on slides in two columns, in the order of what it
    shows, with the notes that it needs."""
    rows, on = _rows_for_figure(view, lines), _options(view, block)

    def picture(size: str) -> dict:
        if size == "1920x1080" and len(rows) > 12:
            return ranks.dot_plot_columns(rows, width=1180, **on)
        return ranks.dot_plot(rows, width=720 if size == "a4" else 800, **on)

    said = {
        "subtitle": subtitle(view, block, lines, view.t("ranking.by", column=_measure_words(view))),
        "note": words(_note(view, block, parts=False)),
    }
    return {"name": "xep-hang", "picture": picture, "said": said}


def _options(view: View, block: Block) -> dict[str, Any]:
    """How dots are placed: the axis of the block and its median, in points or per cent."""
    sel, middle_value = view.sel, _middle_measure(block, view.sel)
    by = 100 if sel.field else 1
    return {
        "span": tuple(by * end for end in _span(block, sel)) if sel.field else _span(block, sel),
        "lang": view.lang,
        "percent": bool(sel.field),
        "median": None if middle_value is None else middle_value * by,
    }


def _key(view: View, block: Block) -> list[Child]:
    middle_value = _middle_measure(block, view.sel)
    parts: list[Child] = [
        key_item("dot", view.t("ranking.key.index") if not view.sel.field else view.t("word.attainment"))
    ]
    if _has_intervals(block, view.sel):
        parts.append(key_item("interval", view.t("ranking.key.interval")))
    if middle_value is not None:
        parts.append(key_item("median", view.t("ranking.key.median", value=printed(view, middle_value))))
    if view.sel.view in (None, "luoi", "bang"):
        parts.append(
            html.Span(
                [html.Span(view.t("ranking.key.heat")), heat_key(view)], className="key-item heat-legend wide-only"
            )
        )
    return parts


def _lv_key(view: View) -> list[Child]:
    """'1 Chỉ đạo, điều hành · 2 Văn bản QPPL …'."""
    parts: list[Child] = []
    for at, (code, row) in enumerate(view.sel.fields.items()):
        parts += [" · "] if at else []
        parts.append(html.Span([html.B(code), " ", _words(view, row)], className="unbroken"))
    return parts


def _note(view: View, block: Block, *, parts: bool = True, ranges: bool = True) -> list[Child]:
    """What the signs mean; `parts`: also what only the columns of the grid show, `ranges`: also rank intervals."""
    said: list[Child] = []
    if ranges and view.sel.intervals and any(line.rank_low for line in block.lines) and (parts or not view.sel.field):
        said.append(view.t("ranking.note.interval") + " ")
    if any(line.tied for line in block.lines):
        said.append(view.t("ranking.note.tie") + " ")
    if len(block.ranked) < len(block.lines):
        said.append(view.t("ranking.note.provisional") + " ")
    if parts and block.ranked and not block.median.points:
        said.append(view.t("ranking.note.maxima") + " ")
    used = [name for name in SEVERITIES if any((line.flags or {}).get(name) for line in block.lines)]
    if parts and used:
        said.append(view.t("ranking.note.flags") + " ")
        for at, name in enumerate(used):
            said += [", " if at else "", mark(f"flag-{name}"), " ", view.t(f"ranking.note.{name}")]
        said.append(".")
    return said


# The grid -------------------------------------------------------------------------------------------------------


def _grid(view: View, block: Block, lines: Sequence[Line]) -> dag.AgGrid:
    return dag.AgGrid(
        id="ranking-grid",
        columnDefs=columns(view, block),
        rowData=[grid_row(view, line) for line in lines],
        getRowId="params.data.code",
        rowClassRules={
            "row-own": "params.data.own",
            "row-chosen": "params.data.chosen",
            "row-provisional": "params.data.provisional",
        },
        defaultColDef={"resizable": False, "suppressMovable": True, "suppressHeaderMenuButton": True},
        dashGridOptions={
            "theme": {"function": "rankingTheme(themeQuartz)"},
            "domLayout": "autoHeight",
            "rowHeight": 32,
            "headerHeight": 40,
            "groupHeaderHeight": 28,
            "pinnedBottomRowData": [
                middle_row(view, block, "median", block.median),
                middle_row(view, block, "mean", block.mean),
            ]
            if block.ranked
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
    """Column definitions of the grid, in groups. Renderers are in assets/dashAgGridComponentFunctions.js."""
    sel = view.sel
    ranges = sel.intervals
    long_names = max((len(line.name) for line in block.lines), default=0) > 16
    appraised, survey = (
        max([80, *(16 + 8 * len("".join(_points(view, *_parts(line)[at]))) for line in block.lines)]) for at in (0, 1)
    )
    unit = 170 if long_names else 122
    order = sel.sort or "chi-so"
    # What the other columns leave of the width that the design gives the grid.
    taken = 34 + 46 + unit + 60 + 76 + 66 * ranges + appraised + survey + 36 * len(sel.fields) + 42
    width = max(96, min(DOT_WIDTH, GRID_WIDTH - taken))

    def column(key: str, width: int, renderer: str, *, label: str, measure: str = "", criterion: str = "", **more: Any):
        sortable = key in COLUMNS or key in sel.fields
        natural = COLUMNS.get(key, -1)
        turned = order == key
        params = {
            "label": label,
            "href": sel.href(sort=f"-{key}" if turned else key) if sortable else None,
            "title": view.t("ranking.sort_by", column=more.pop("spoken", label)) if sortable else None,
            "sorted": ("asc" if natural * (1 if turned else -1) > 0 else "desc")
            if sortable and order.removeprefix("-") == key
            else None,
            "align": more.pop("align", "right"),
        }
        number = number_id(sel.period, "~", criterion, measure) if measure else None
        definition = {
            "colId": key,
            "field": key,
            "headerName": label,
            "headerComponent": "RankingHead",
            "headerComponentParams": params,
            "cellRenderer": renderer,
            "cellRendererParams": {"number": sel.to("provenance", number=number) if number else None}
            | more.pop("params", {}),
            "width": width,
            "sortable": sortable,
            "sort": params["sorted"],
            "comparator": {"function": "rankingOrder"},
            "cellClass": f"cell-{params['align']}",
            "headerClass": f"head-{params['align']}",
        }
        return definition | more

    official = [
        column("chon", 34, "RankingChoice", label="", align="left", headerName=view.t("ranking.column.chon")),
        column("hang", 46, "RankingNumber", label=view.t("ranking.column.hang"), measure="rank"),
        column(
            "don-vi",
            unit,
            "RankingUnit",
            label=view.t("ranking.column.don-vi"),
            align="left",
            flex=1,
            minWidth=unit,
        ),
        column(
            "chi-so",
            60,
            "RankingNumber",
            label=view.t("ranking.column.chi-so"),
            measure="index",
            cellClass="cell-right strong",
        ),
        column(
            "thay-doi",
            76,
            "RankingChange",
            label=view.t("ranking.column.thay-doi-nam", period=block.previous)
            if block.previous
            else view.t("ranking.column.thay-doi"),
            measure="change",
        ),
    ]
    dots = column(
        "khoang",
        width,
        "RankingDot",
        label=view.t("ranking.column.khoang"),
        align="axis",
        params=_axis(view, block, width),
        headerComponent="RankingAxis",
        comparator=None,
    )
    dots["headerComponentParams"] |= dots["cellRendererParams"]
    sampling = [
        column("khoang-hang", 66, "RankingNumber", label=view.t("ranking.column.khoang-hang"), measure="rank_interval")
    ] * ranges + [dots]
    parts = [
        column("tham-dinh", appraised, "RankingPoints", label=view.t("ranking.column.tham-dinh"), measure="appraised"),
        column("dtxhh", survey, "RankingPoints", label=view.t("ranking.column.dtxhh"), measure="survey"),
    ]
    fields = [
        column(
            code,
            36,
            "RankingHeat",
            label=code,
            measure="attainment",
            criterion=code,
            align="centre",
            spoken=_words(view, row, plain=True),
            headerTooltip=_words(view, row, plain=True),
            cellClassRules={
                "heat-step": "params.value.step > 0",
                **{f"step-{step}": f"params.value.step == {step}" for step in range(1, 6)},
            },
        )
        for code, row in sel.fields.items()
    ]
    for definition in fields:
        definition["field"] = definition["colId"] = _field_key(definition["colId"])
    flags = [column("co", 42, "RankingFlag", label=view.t("ranking.column.co"), align="centre")]

    def group(name: str, children: list[dict]) -> dict[str, Any]:
        return {"headerName": view.t(f"ranking.group.{name}"), "children": children, "marryChildren": True}

    # Flags need no head of their own above them; in the group of the fields they keep the head over nine columns.
    return [
        group("official", official),
        group("sampling", sampling),
        group("parts", parts),
        group("fields", [*fields, *flags]),
    ]


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


def grid_row(view: View, line: Line) -> dict[str, Any]:
    """One row of the grid: texts as they are shown, links, and the numbers that are drawn."""
    sel, lang = view.sel, view.lang
    places = _places(view)
    chosen = line.code in sel.compared
    row: dict[str, Any] = {
        "code": line.code,
        "hang": formats.rank(line.rank, tied=line.tied),
        "don-vi": line.name,
        "lang": "vi" if lang != "vi" and line.name == sel.units.get(line.code, {}).get("short_name") else None,
        "href": sel.to("unit", unit=line.code),
        "full": view.name(sel.units.get(line.code, {})),
        "mine": view.t("part.own") if line.own else "",
        "own": line.own,
        "provisional": not line.complete,
        "note": "" if line.complete else view.t("ranking.provisional"),
        "chosen": chosen,
        "toggle": toggle(sel, line.code),
        "chooseLabel": view.t("ranking.choose", name=line.name),
        "chi-so": formats.points(line.index, lang, places),
        "thay-doi": _change(view, line, places),
        "khoang-hang": formats.interval(line.rank_low, line.rank_high, lang),
        "khoang": {
            "at": None if line.index is None else float(line.index),
            "low": float(line.low) if line.low is not None and sel.intervals else None,
            "high": float(line.high) if line.high is not None and sel.intervals else None,
            "label": interval_words(view, line),
        },
        **{key: _points(view, *part) for key, part in zip(("tham-dinh", "dtxhh"), _parts(line), strict=True)},
        "co": {"severity": line.severity, "label": _flag_words(view, line)} if line.severity else None,
    }
    for code in sel.fields:
        share = (line.fields or {}).get(code)
        row[_field_key(code)] = {
            "text": _percent(share, lang),
            "step": 0 if share is None else 1 + sum(share >= step for step in HEAT_STEPS),
            "why": view.t("ranking.not_applied") if share is None else None,
        }
    return row


def middle_row(view: View, block: Block, name: str, value: Middle) -> dict[str, Any]:
    """The pinned row of the block's median or mean."""
    lang, places = view.lang, _places(view)

    def part(number: Any, maximum: Any) -> list[str]:
        if value.points:
            return _points(view, number, maximum)
        return [formats.percent(number, lang), ""]

    first = block.ranked[0]
    row = {
        "code": f"-{name}",
        "pinned": True,
        "hang": "",
        "don-vi": view.t(f"ranking.{name}_row"),
        "chi-so": formats.points(value.index, lang, places),
        "thay-doi": {"text": formats.signed(value.change, lang, places), "kind": None},
        "khoang-hang": formats.MISSING,
        "khoang": {"at": None, "low": None, "high": None, "label": ""},
        "tham-dinh": part(value.appraised, first.appraised_max),
        "dtxhh": part(value.survey, first.survey_max),
        "co": None,
    }
    for code in view.sel.fields:
        row[_field_key(code)] = {"text": _percent(value.fields.get(code), lang), "step": 0, "why": None}
    return row


def toggle(sel: Selection, code: str) -> str | None:
    """Link to the view with the unit chosen for comparison, or left out where it is; None where five are chosen."""
    if code in sel.compared:
        return sel.href(compared=tuple(other for other in sel.compared if other != code))
    return sel.href(compared=(*sel.compared, code)) if len(sel.compared) < MAX_COMPARED else None


def _change(view: View, line: Line, places: int) -> dict[str, Any]:
    if line.change is None:
        return {"text": formats.MISSING, "kind": None, "why": _why(view, line)}
    seen = formats.rounded(line.change, places)
    kind = "same" if seen == 0 else "up" if seen > 0 else "down"
    return {"text": formats.signed(line.change, view.lang, places), "kind": kind, "label": view.t(f"mark.{kind}")}


def _why(view: View, line: Line) -> str:
    return view.t(f"ranking.no_change_{line.why_no_change}", period=line.previous) if line.why_no_change else ""


def interval_words(view: View, line: Line) -> str:
    """'93,50, khoảng 95% 92,10–94,80'."""
    places = _places(view)
    index = formats.points(line.index, view.lang, places)
    if line.low is None or line.high is None or not view.sel.intervals:
        return index
    low, high = (formats.points(end, view.lang, places) for end in (line.low, line.high))
    return view.t("ranking.interval_words", index=index, low=low, high=high)


def _flag_words(view: View, line: Line) -> str:
    flags = line.flags or {}
    return "; ".join(view.t(f"ranking.flag.{name}", n=flags[name]) for name in reversed(SEVERITIES) if flags.get(name))


# The same lines as a list, a table, a chart, a map --------------------------------------------------------------


def _list(view: View, block: Block, lines: Sequence[Line]) -> html.Ul:
    """The ranking on a narrow screen: a link a unit, to its profile."""
    sel = view.sel
    span, middle_value = _span(block, sel), _middle_measure(block, sel)
    ranged = _has_intervals(block, sel)

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
            else view.t("ranking.provisional")
            if not line.complete
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
            axis(line),
            html.Span(
                [
                    html.Span(printed(view, value), className="value num"),
                    None if sel.field else html.Span(change(view, line.change, places=_places(view)), className="num"),
                ],
                className="values",
            ),
            mark_icon("chevron"),
        ]
        href = sel.to("unit", unit=line.code)
        kind = " row-own" if line.own else ""
        return html.Li(html.A(body, href=href) if href else html.Div(body), className=f"rank-item{kind}")

    return html.Ul(
        [item(line) for line in lines],
        className="rank-list narrow-only",
        **{"aria-label": view.t("ranking.list")},
    )


def _table(view: View, block: Block, lines: Sequence[Line]) -> html.Div:
    """The twin of the grid: every number of it, each a link to where it comes from."""
    sel, lang, places = view.sel, view.lang, _places(view)
    period = sel.period

    def number(line: Line, shown: str, kind: str, criterion: str = "") -> Child:
        return provenance(view, shown, number_id(period, line.code, criterion, kind))

    groups = {name: view.t(f"ranking.group.{name}") for name in ("official", "sampling", "parts", "fields")}
    heads = [
        Head(view.t("ranking.column.don-vi"), group=groups["official"]),
        Head(view.t("ranking.column.hang"), num=True, group=groups["official"]),
        Head(view.t("ranking.column.chi-so"), num=True, group=groups["official"]),
        Head(
            view.t("ranking.column.thay-doi-nam", period=block.previous)
            if block.previous
            else view.t("ranking.column.thay-doi"),
            num=True,
            group=groups["official"],
        ),
    ]
    if sel.intervals:
        heads += [
            Head(view.t("ranking.column.khoang-hang"), num=True, group=groups["sampling"]),
            Head(view.t("ranking.key.interval"), num=True, group=groups["sampling"]),
        ]
    heads += [
        Head(view.t("ranking.column.tham-dinh"), num=True, group=groups["parts"]),
        Head(view.t("ranking.column.dtxhh"), num=True, group=groups["parts"]),
    ]
    heads += [
        Head(html.Abbr(code, title=_words(view, row, plain=True)), num=True, group=groups["fields"])
        for code, row in sel.fields.items()
    ]
    heads.append(Head(view.t("ranking.column.co")))

    def cells(line: Line) -> list[Child]:
        found: list[Child] = [
            [
                unit_link(view, line.code, label=line.name),
                f" ({view.t('part.own')})" if line.own else "",
                f" ({view.t('ranking.provisional')})" if not line.complete else "",
            ],
            number(line, formats.rank(line.rank, tied=line.tied), "rank"),
            number(line, formats.points(line.index, lang, places), "index"),
            change(view, line.change, places=places)
            if line.change is not None
            else html.Span(formats.MISSING, title=_why(view, line)),
        ]
        if sel.intervals:
            found += [
                number(line, formats.interval(line.rank_low, line.rank_high, lang), "rank_interval"),
                number(line, formats.interval(line.low, line.high, lang, places), "index_interval"),
            ]
        found += [
            number(line, formats.of_max(line.appraised, line.appraised_max, lang, places), "appraised"),
            number(line, formats.of_max(line.survey, line.survey_max, lang, places), "survey"),
        ]
        for code in sel.fields:
            share = (line.fields or {}).get(code)
            found.append(heat_cell(share, number(line, _percent(share, lang), "attainment", code)))
        found.append(_flag_words(view, line) or view.t("ranking.no_flag"))
        return found

    def middle_cells(name: str, value: Middle) -> list[Child]:
        row = middle_row(view, block, name, value)
        return [
            row["don-vi"],
            "",
            row["chi-so"],
            row["thay-doi"]["text"],
            *([formats.MISSING, formats.MISSING] if sel.intervals else []),
            "".join(row["tham-dinh"]),
            "".join(row["dtxhh"]),
            *(heat_cell(None, row[_field_key(code)]["text"]) for code in sel.fields),
            "",
        ]

    rows = [Row(cells(line), "own" if line.own else "chosen" if line.code in sel.compared else "") for line in lines]
    if block.ranked:
        rows += [Row(middle_cells("median", block.median), "total"), Row(middle_cells("mean", block.mean), "total")]
    return data_table(
        view,
        view.t("ranking.table", block=view.block("inside"), period=period),
        heads,
        rows,
        class_name="ranking-table",
    )


def _rows_for_figure(view: View, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Rows as the figures of dashboard/figures/ranks.py take them, for what is shown."""
    sel = view.sel
    kind, criterion = ("attainment", sel.field) if sel.field else ("index", "")
    rows = []
    for line in lines:
        value = measure(line, sel)
        row = {
            "label": line.name,
            "value": value * 100 if sel.field and value is not None else value,
            "id": number_id(sel.period, line.code, criterion, kind),
            "rank": line.rank,
            "tied": line.tied,
            "own": line.own,
        }
        if not sel.field and sel.intervals:
            row |= {"low": line.low, "high": line.high, "rank_low": line.rank_low, "rank_high": line.rank_high}
        rows.append(row)
    return rows


def _chart(view: View, block: Block, lines: Sequence[Line]) -> html.Section:
    """The dot plot as a picture of its own."""
    rows, on = _rows_for_figure(view, lines), _options(view, block)
    alt = _alt(view, block, lines, "chart_alt")
    return frame(
        view,
        FRAME,
        headline(view, block),
        [
            html.Div(
                graph(view, ranks.dot_plot(rows, width=1094, **on), alt, id="ranking-chart"), className="wide-only"
            ),
            html.Div(
                graph(view, ranks.dot_plot(rows, width=358, row_height=34, **on), alt, id="ranking-chart-narrow"),
                className="narrow-only",
            ),
        ],
        subtitle=subtitle(view, block, lines, view.t("ranking.by", column=_measure_words(view))),
        key=_key(view, block),
        table=_table(view, block, lines),
        note=_note(view, block, parts=False),
        level=2,
        **_outside(view, block, lines),
    )


def _map(view: View, block: Block, lines: Sequence[Line]) -> html.Section:
    """Districts as tiles, with the legend, the medians by kind and the ranked list beside them."""
    sel = view.sel
    rows = [
        row | {"grid_row": line.grid[0], "grid_col": line.grid[1]}
        for row, line in zip(_rows_for_figure(view, lines), lines, strict=True)
        if line.grid
    ]
    every = [measure(line, sel) for line in block.lines]
    scaled = [value * 100 if sel.field else value for value in every if value is not None]
    breaks = ranks.class_breaks(scaled)
    alt = _alt(view, block, lines, "map_alt")
    tiles = {"breaks": breaks, "lang": view.lang, "percent": bool(sel.field)}
    return frame(
        view,
        FRAME,
        map_headline(view, block),
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(
                                graph(view, ranks.tile_map(rows, **tiles), alt, id="ranking-map"), className="wide-only"
                            ),
                            html.Div(
                                graph(
                                    view,
                                    ranks.tile_map(rows, width=388, tile_height=44, **tiles),
                                    alt,
                                    id="ranking-map-narrow",
                                ),
                                className="narrow-only",
                            ),
                        ]
                    ),
                    html.Div(
                        [
                            html.P(_tile_note(view), className="legend-note"),
                            _legend(view, rows, breaks),
                            _medians(view, block),
                        ]
                    ),
                ],
                className="columns wide-left tile-view",
            ),
            _compact_list(view, lines),
        ],
        subtitle=subtitle(view, block, lines, view.t("ranking.on_map")),
        table=_table(view, block, lines),
        note=_note(view, block, parts=False, ranges=False),
        level=2,
        name="ban-do-o",
        said={"note": " ".join((_tile_note(view), words(_note(view, block, parts=False, ranges=False))))},
    )


def _tile_note(view: View) -> str:
    return view.t(
        "ranking.note.tiles", measure=view.t("ranking.measure_field" if view.sel.field else "ranking.measure_index")
    )


def legend(values: Sequence[Any], breaks: Sequence[Any]) -> list[tuple[Any, Any, int, str]]:
    """Classes of the map from the highest: lower end, upper end (None: open), number of units, colour."""
    ends = [None, *breaks, None]
    found = []
    for at in range(len(breaks) + 1):
        low, high = ends[at], ends[at + 1]
        n = sum(
            (low is None or value >= low) and (high is None or value < high) for value in values if value is not None
        )
        found.append((low, high, n, SEQUENTIAL[round(at * 6 / max(len(breaks), 1))]))
    return found[::-1]


def _legend(view: View, rows: Sequence[dict], breaks: Sequence[Any]) -> html.Div:
    def words(low: Any, high: Any) -> str:
        low, high = (None if end is None else formats.number(end, view.lang, 1, trim=True) for end in (low, high))
        if low is None and high is None:
            return view.t("ranking.all", n=len(rows))
        return view.t(
            "ranking.under" if low is None else "ranking.from" if high is None else "ranking.between",
            low=low,
            high=high,
        )

    values = [row["value"] for row in rows]
    lines = [
        Row(
            [
                [
                    html.Span(className="swatch", style={"background": colour}, **{"aria-hidden": "true"}),
                    words(low, high),
                ],
                formats.count(n, view.lang),
            ]
        )
        for low, high, n, colour in legend(values, breaks)
    ]
    without = sum(value is None for value in values)
    if without:
        lines.append(
            Row([[html.Span(className="swatch"), view.t("ranking.without")], formats.count(without, view.lang)])
        )
    measured = view.t("ranking.legend.field" if view.sel.field else "ranking.legend.index")
    return data_table(
        view,
        view.t("ranking.legend"),
        [measured, Head(view.t("ranking.legend.units"), num=True)],
        lines,
        class_name="legend",
    )


def _medians(view: View, block: Block) -> Child:
    """Median by kind of unit, with how far apart they are."""
    sel = view.sel
    found = {
        kind: [value for line in block.ranked if line.kind == kind and (value := measure(line, sel)) is not None]
        for kind in kinds(sel)[1:]
    }
    found = {kind: values for kind, values in found.items() if values}
    if len(found) != 2:
        return None
    middles = {kind: median(values) for kind, values in found.items()}
    high, low = sorted(middles, key=lambda kind: middles[kind], reverse=True)
    gap = middles[high] - middles[low]
    shown_gap = (
        formats.pp(gap, view.lang, 1).lstrip("+") if sel.field else formats.in_points(gap, view.lang, _places(view))
    )
    title = (
        view.t("ranking.same_median")
        if gap == 0
        else view.t("ranking.higher_median", kind=_kind_inside(view, high), gap=shown_gap)
    )
    return html.Div(
        [
            html.H3(title, className="medians-title"),
            data_table(
                view,
                view.t("ranking.kind_medians"),
                [
                    view.t("ranking.kinds"),
                    Head(view.t("ranking.legend.units"), num=True),
                    Head(view.t("word.median"), num=True),
                ],
                [
                    Row([_kind(view, kind), formats.count(len(found[kind]), view.lang), printed(view, middles[kind])])
                    for kind in (high, low)
                ],
            ),
        ],
        className="medians",
    )


def _compact_list(view: View, lines: Sequence[Line]) -> html.Ul:
    """Rank, name and value in columns: the list that the map never replaces."""
    by_value = ordered(lines, view.sel.field or "chi-so")
    kind, criterion = ("attainment", view.sel.field) if view.sel.field else ("index", "")
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(formats.rank(line.rank, tied=line.tied), className="rank num"),
                    html.Span(unit_link(view, line.code, label=line.name), className="name"),
                    html.Span(
                        provenance(
                            view,
                            printed(view, measure(line, view.sel)),
                            number_id(view.sel.period, line.code, criterion, kind),
                        ),
                        className="num",
                    ),
                ],
                className="row-own" if line.own else None,
            )
            for line in by_value
        ],
        className="compact-list",
        **{"aria-label": view.t("ranking.list")},
    )


def _alt(view: View, block: Block, lines: Sequence[Line], key: str) -> str:
    values = [value for line in lines if (value := measure(line, view.sel)) is not None]
    middle_value = _middle_measure(block, view.sel)
    high, low = (max(values), min(values)) if values else (None, None)
    return view.t(
        f"ranking.{key}",
        n=len(lines),
        high=printed(view, high),
        low=printed(view, low),
        median=printed(view, middle_value),
    )


# Small things ---------------------------------------------------------------------------------------------------


def measure(line: Line, sel: Selection) -> Decimal | None:
    """What list, chart and map show: the index, or attainment of the field selected (a share of one)."""
    return (line.fields or {}).get(sel.field) if sel.field else line.index


def printed(view: View, value: Any, *, word: bool = False) -> str:
    """A value of `measure` as text: '94,22' ('94,22 điểm'), or '91,4%' for a field."""
    if view.sel.field:
        return formats.percent(value, view.lang)
    return (formats.in_points if word else formats.points)(value, view.lang, _places(view))


def _places(view: View) -> int:
    places = view.sel.season.get("decimals")
    return 2 if places is None else places


def _middle_measure(block: Block, sel: Selection) -> Any:
    found = block.median
    return found.fields.get(sel.field) if sel.field else found.index


def _span(block: Block, sel: Selection) -> tuple[Any, Any]:
    """The axis of the block for what is shown, the same for every filter."""
    if sel.field:
        low, high = span_of([value * 100 for line in block.lines if (value := measure(line, sel)) is not None], 5)
        return Fraction(low, 100), Fraction(high, 100)
    return span_of([value for line in block.lines for value in (line.index, line.low, line.high)])


def _has_intervals(block: Block, sel: Selection) -> bool:
    return sel.intervals and not sel.field and any(line.low is not None for line in block.lines)


def _percent(share: Any, lang: str) -> str:
    """A share of one in whole per cent, without the sign: the head of the column says it."""
    return formats.MISSING if share is None else formats.number(share * 100, lang, 0)


def _field_key(code: str) -> str:
    """Name of a field's column: AG Grid gives bare numbers to its groups, and takes a full stop for a path."""
    return f"lv{code.replace('.', '_')}"


def _parts(line: Line) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    return (line.appraised, line.appraised_max), (line.survey, line.survey_max)


def _points(view: View, points: Any, maximum: Any) -> list[str]:
    """Points and '/67' apart, because the maximum is set lighter."""
    of = "" if maximum is None else f"/{formats.number(maximum, view.lang, 2, trim=True)}"
    return [formats.points(points, view.lang, _places(view)), of]


def _measure_words(view: View) -> str:
    if not view.sel.field:
        return view.t("ranking.order.chi-so")
    return view.t("ranking.order_field", code=view.sel.field)


def _field_name(view: View, code: str | None) -> str:
    return short_name(view.sel.fields.get(code or "", {}), view.lang)


def _words(view: View, row: Any, *, plain: bool = False) -> Child:
    """Short name of a field; marked as Vietnamese where it has no English name."""
    text = short_name(row, view.lang)
    return text if plain or view.lang == "vi" or row.get("name_en") else foreign(text)


def _kind(view: View, kind: str) -> str:
    key = f"ranking.kind.{kind}"
    return view.t(key) if key in TEXTS else kind


def _kind_inside(view: View, kind: str) -> str:
    key = f"ranking.kind_in.{kind}"
    return view.t(key) if key in TEXTS else kind
