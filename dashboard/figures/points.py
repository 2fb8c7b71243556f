"""Where the points went: lost points, self against appraised, progress."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import floor
from operator import sub
from typing import Any

from dashboard.figures.layout import NARROW, Figure, Rows, Span, named
from dashboard.figures.lettering import bold, escape, text_width
from dashboard.figures.palette import BLOCK_RANGE, CUT, INK, INK_2, PRIMARY, RISE, SAME, SELF, SEQUENTIAL, WHITE
from dashboard.figures.row_chart import Labels, Plot, coded_names, main_numbers, more_numbers, row_chart
from dashboard.figures.traces import SOLID, Mark, arrow_axis, arrows, bars, direction, dots, hover, lines, segments
from dashboard.words import formats, t

STEPS = 10
BAR = 14  # px
DUMBBELL = {"ring": "figure.self", "dot": "figure.appraised", "cut": "figure.key_cut", "rise": "figure.key_rise"}


def waterfall(rows: Rows, *, total: Any = Decimal(100), lang: str, row_height: float = 36, width: int = 531) -> Figure:
    """From the maximum down to the index, the largest loss first. Totals are squares, not bars, so that the axis may
    start near the index; more than ten losses end in one step of the rest.

    Rows: code, label, lost (index points, not negative), id. The last square is `total` less the exact sum of `lost`.
    """
    rows = _steps(rows, lang)
    levels = list(accumulate((Fraction(row["lost"]) for row in rows), sub, initial=Fraction(total)))
    index, last = levels[-1], len(rows) + 1
    ends = [
        (t("figure.maximum", lang), formats.points(total, lang)),
        (t("figure.index", lang), formats.points(index, lang)),
    ]
    losses = [
        (row["lost"], at, row.get("id"), _step_hover(row, levels[at - 1], levels[at], lang))
        for at, row in enumerate(rows, 1)
    ]
    data = [
        lines(
            [x for level in levels for x in (float(level), float(level), None)],
            [y for at in range(last) for y in (at, at + 1, None)],
            colour=SAME,
            width=1,
        ),
        bars(losses, thick=BAR / row_height, marker={**SOLID, "color": CUT}, base=list(map(float, levels[1:]))),
        dots(
            [(total, 0, None, hover(*ends[0])), (index, last, None, hover(*ends[1]))],
            symbol="square",
            size=10,
            color=INK,
        ),
    ]
    names = [ends[0][0], *(row["label"] for row in rows), ends[1][0]]
    printed = [ends[0][1], *(formats.signed(-row["lost"], lang) for row in rows), ends[1][1]]
    strong = frozenset({0, last})
    return row_chart(
        data,
        Plot(last + 1, (floor(index - Fraction(1, 100)), total), lang, row_height, width),
        left=coded_names(["", *(row["code"] for row in rows), ""], names, bold=strong),
        right=[Labels(printed, "", "right", numbers=True, bold=strong)],
        key=named(lang, square="figure.key_total", lost="figure.key_lost"),
    )


def _steps(rows: Rows, lang: str) -> list[dict[str, Any]]:
    """The largest losses first, from the tenth on as one."""
    rows = sorted(rows, key=lambda row: -row["lost"])
    rest = rows[STEPS - 1 :]
    if len(rest) <= 1:
        return rows
    label = t("figure.others", lang, n=len(rest))
    lost = sum(Fraction(row["lost"]) for row in rest)
    return [*rows[: STEPS - 1], {"code": "", "label": label, "lost": lost, "id": None}]


def _step_hover(row: dict[str, Any], before: Fraction, after: Fraction, lang: str) -> str:
    before, lost, after = (formats.points(value, lang) for value in (before, row["lost"], after))
    said = t("figure.lost", lang, value=formats.in_points(row["lost"], lang))
    return hover(f"{row['code']} {row['label']}".strip(), said, f"{before} {formats.MINUS} {lost} = {after}")


def dumbbell(rows: Rows, *, span: Span, lang: str, row_height: float = 42, width: int = 344) -> Figure:
    """Self-assessment as a ring, appraisal as a dot, joined in the colour of the change; the difference in percentage
    points at the right edge.

    Rows: label, self, appraised (shares of one), id; code where there is one. `span` in per cent. Order as given.
    """
    changes = [_change(row["self"], row["appraised"]) for row in rows]
    printed = [formats.signed(change and change * 100, lang, 1) for change in changes]
    return row_chart(
        _dumbbells(rows, lang),
        Plot(len(rows), span, lang, row_height, width),
        left=coded_names([row.get("code") or "" for row in rows], [row["label"] for row in rows]),
        right=[main_numbers(printed, t("figure.change_pp", lang))],
        key=named(lang, **DUMBBELL),
    )


def adjusted_items(rows: Rows, *, span: Span, lang: str, row_height: float = 42, width: int = 718) -> Figure:
    """Items that the council changed, each a dumbbell on its share of the maximum, with both points and the change.

    Rows: code, label, self_points, appraised_points, max_points, id; empty points stay a dash. `span` in per cent.
    """
    rows = [
        row | {kind: _share(row[f"{kind}_points"], row["max_points"]) for kind in ("self", "appraised")} for row in rows
    ]
    changes = [_change(row["self_points"], row["appraised_points"]) for row in rows]
    narrow = width < NARROW
    right = [main_numbers([formats.signed(change, lang) for change in changes], t("figure.change", lang))]
    if not narrow:
        own = [formats.points(row["self_points"], lang) for row in rows]
        appraised = [formats.of_max(row["appraised_points"], row["max_points"], lang) for row in rows]
        right = [
            more_numbers(own, t("figure.self", lang)),
            Labels(appraised, t("figure.appraised", lang), "right", numbers=True),
            *right,
        ]
    signs = [None if change is None else direction(change) for change in changes]
    return row_chart(
        [*_dumbbells(rows, lang), arrows(signs)],
        Plot(len(rows), span, lang, row_height, width),
        left=coded_names([row["code"] for row in rows], [row["label"] for row in rows], over=narrow),
        right=right,
        rules=True,
        domain=(0, 0.93),
        xaxis2=arrow_axis(0.93),
        key=named(lang, **DUMBBELL),
    )


def _share(points: Any, maximum: Any) -> Any:
    return None if points is None or not maximum else points / maximum


def _change(before: Any, after: Any) -> Any:
    return None if before is None or after is None else after - before


def _dumbbells(rows: Rows, lang: str) -> list[dict]:
    """Bars of cuts, bars of rises, rings of self-assessment, dots of appraisal: four traces whatever the rows."""
    joined: dict[int, list] = {-1: [], 0: [], 1: []}
    marks: dict[str, list[Mark]] = {"self": [], "appraised": []}
    for at, row in enumerate(rows):
        if change := _change(row["self"], row["appraised"]):
            joined[direction(change)].append((row["self"] * 100, row["appraised"] * 100, at))
        text = _dumbbell_hover(row, lang)
        for kind, some in marks.items():
            if row[kind] is not None:
                some.append((row[kind] * 100, at, row.get("id"), text))
    return [
        segments(joined[-1], colour=CUT, width=3),
        segments(joined[1], colour=RISE, width=3),
        dots(marks["self"], size=11, color=WHITE, line={"width": 2, "color": SELF}),
        dots(marks["appraised"], size=11),
    ]


def _dumbbell_hover(row: dict[str, Any], lang: str) -> str:
    said = []
    for kind, word in (("self", "figure.self"), ("appraised", "figure.appraised")):
        if "max_points" in row:
            value = formats.of_max(row[f"{kind}_points"], row["max_points"], lang)
        else:
            value = formats.percent(row[kind], lang)
        said.append(f"{t(word, lang)}: {value}")
    return hover(f"{row.get('code') or ''} {row['label']}".strip(), *said)


def losses(rows: Rows, *, lang: str, row_height: float = 44, width: int = 531) -> Figure:
    """Bars of lost points from zero, the largest first, name above and "0,50 trên 2 điểm" at the end of each.

    Rows: code, label, lost, max_points, id.
    """
    rows = sorted(rows, key=lambda row: -row["lost"])
    names = [f"{row['code']} {row['label']}" for row in rows]
    printed = [
        (
            formats.points(row["lost"], lang),
            t("figure.of_points", lang, value=formats.number(row["max_points"], lang, 2, trim=True)),
        )
        for row in rows
    ]
    room = max((text_width(f"{value} {of}", weight=600) for value, of in printed), default=0) + 10
    largest = max((float(row["lost"]) for row in rows), default=0) or 1
    px = width - 20.0
    marks = [(row["lost"], at, row.get("id"), hover(names[at], " ".join(printed[at]))) for at, row in enumerate(rows)]
    beside = {
        "text": [f'{bold(value)} <span style="fill:{INK_2}">{escape(of)}</span>' for value, of in printed],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "constraintext": "none",
    }
    chart = row_chart(
        [bars(marks, thick=BAR / row_height, marker=SOLID, **beside)],
        Plot(len(rows), (0, largest * px / (px - room)), lang, row_height, width),
        left=[Labels([name.strip() for name in names], over=True, lift=0.42)],
        axis={"showticklabels": False, "showgrid": False},
        key=named(lang, bar="figure.key_lost"),
    )
    return _without_margin(chart)


def _without_margin(chart: Figure) -> Figure:
    """A row chart without an axis line above, its texts from the left edge on."""
    layout = chart["layout"]
    margin = layout["margin"]
    axes = {key: {**axis, "shift": 0} for key, axis in layout.items() if key.startswith("yaxis") and "shift" in axis}
    height = layout["height"] - margin["t"] + 4
    return {**chart, "layout": {**layout, **axes, "height": height, "margin": {**margin, "l": 0, "t": 4}}}


def progress(rows: Rows, *, lang: str, row_height: float = 34, width: int = 531) -> Figure:
    """How much is done, a bar a row on an outline of the whole, "120/144" at the right edge.

    Rows: label, done, total, id; code where there is one. Order as given; a total of 0 is an empty outline.
    """
    thick = BAR / row_height
    outline = {"color": WHITE, "line": {"color": SAME, "width": 1}}
    whole = {"type": "bar", "orientation": "h", "x": [1] * len(rows), "y": list(range(len(rows))), "width": thick}
    done = [
        (
            row["done"] / row["total"] if row["total"] else 0,
            at,
            row.get("id"),
            hover(row["label"], t("figure.hover_done", lang, done=row["done"], total=row["total"])),
        )
        for at, row in enumerate(rows)
    ]
    printed = [f"{formats.count(row['done'], lang)}/{formats.count(row['total'], lang)}" for row in rows]
    return row_chart(
        [{**whole, "marker": outline, "hoverinfo": "skip"}, bars(done, thick=thick, marker=SOLID)],
        Plot(len(rows), (0, 1), lang, row_height, width),
        left=coded_names([row.get("code") or "" for row in rows], [row["label"] for row in rows]),
        right=[main_numbers(printed)],
        axis={"tickvals": [0, 0.5, 1], "ticktext": ["0%", "50%", "100%"], "showgrid": False},
        key=named(lang, bar="figure.key_done"),
    )


STATE_MARKS = (
    {"color": PRIMARY, "line": {"width": 0}},
    {"color": SEQUENTIAL[3], "line": {"width": 0}},
    {"color": WHITE, "line": {"width": 1, "color": SAME}, "pattern": {"shape": "/", "fgcolor": SAME, "size": 5}},
    {"color": BLOCK_RANGE, "line": {"width": 1, "color": SAME}},
)


def state_bars(
    rows: Rows, *, states: Sequence[str], lang: str, head: str, row_height: float = 26, width: int = 531
) -> Figure:
    """Points apart by state, a bar a row: the maximum of each state as an outline one after the other, filled as far as
    points go; what has no points yet is a plain block at the end. The open leaves at the right edge.

    Rows: label, parts ((points or None, maximum) by state, the last without points), open; code where there is one.
    """
    thick = BAR / row_height
    whole = max((sum(most for _, most in row["parts"]) for row in rows), default=0) or Decimal(1)
    outlines: list[Mark] = []
    starts: list[float] = []
    filled: list[list[tuple[Mark, float]]] = [[] for _ in states]
    for at, row in enumerate(rows):
        start = Decimal(0)
        for state, (points, most) in enumerate(row["parts"]):
            if most:
                missing = points is None
                value = formats.number(most, lang, 2, trim=True) if missing else formats.of_max(points, most, lang)
                said = hover(row["label"], f"{states[state]}: {value}")
                outlines.append((most, at, None, said))
                starts.append(float(start))
                filled[state].append(((most if missing else points, at, None, said), float(start)))
            start += most
    data = [bars(outlines, thick=thick, marker={"color": WHITE, "line": {"color": SAME, "width": 1}}, base=starts)]
    for marker, some in zip(STATE_MARKS, filled, strict=True):
        if some:
            marks = [mark for mark, _ in some]
            data.append(bars(marks, thick=thick, marker=marker, base=[base for _, base in some]))
    return row_chart(
        data,
        Plot(len(rows), (0, whole), lang, row_height, width),
        left=coded_names([row.get("code") or "" for row in rows], [row["label"] for row in rows]),
        right=[main_numbers([formats.count(row["open"], lang) for row in rows], head)],
        barmode="overlay",
    )
