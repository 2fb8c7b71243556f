"""Where the points went: lost points, self against appraised, appraised against survey, progress."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from statistics import median
from typing import Any

from dashboard.figures.base import (
    CUT,
    INK,
    INK_2,
    INK_3,
    ONE_OF_MANY,
    PRIMARY,
    RISE,
    SAME,
    SELF,
    SIZE,
    WHITE,
    Column,
    Figure,
    Rows,
    arrow_axis,
    arrows,
    direction,
    dots,
    figure,
    hover,
    named,
    row_chart,
    segments,
    value_axis,
)
from dashboard.figures.lettering import escape, fit, text_width
from dashboard.words import formats, t

STEPS = 10


def waterfall(rows: Rows, *, total: Any = Decimal(100), lang: str, row_height: float = 36, width: int = 531) -> Figure:
    """From the maximum down to the index, the largest loss first. Totals are squares, not bars, so that the axis may
    start near the index; more than ten losses end in one step of the rest.

    Rows: code, label, lost (index points, not negative), id. The last square is `total` less the exact sum of `lost`.
    """
    rows = sorted(rows, key=lambda row: -row["lost"])
    if len(rows) > STEPS:
        rest = rows[STEPS - 1 :]
        others = {
            "code": "",
            "label": t("figure.others", lang, n=len(rest)),
            "lost": sum(Fraction(row["lost"]) for row in rest),
        }
        rows = [*rows[: STEPS - 1], {**others, "id": None}]
    left_after = []
    standing = Fraction(total)
    for row in rows:
        standing -= Fraction(row["lost"])
        left_after.append(standing)
    low = floor(standing - Fraction(1, 100))
    span = (low, total)
    before = [total, *left_after[:-1]] if rows else []
    joints: dict[str, list] = {"x": [], "y": []}
    for at, level in enumerate([total, *left_after]):
        joints["x"] += [float(level), float(level), None]
        joints["y"] += [at, at + 1, None]
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            **joints,
            "line": {"color": SAME, "width": 1},
            "hoverinfo": "skip",
        },
        {
            "type": "bar",
            "orientation": "h",
            "x": [float(row["lost"]) for row in rows],
            "base": [float(level) for level in left_after],
            "y": list(range(1, len(rows) + 1)),
            "width": 14 / row_height,
            "marker": {"color": CUT, "line": {"width": 0}},
            "customdata": [row.get("id") for row in rows],
            "hovertext": [
                hover(
                    f"{row['code']} {row['label']}".strip(),
                    t("figure.lost", lang, value=formats.in_points(row["lost"], lang)),
                    " ".join(
                        [
                            formats.points(start, lang),
                            formats.MINUS,
                            formats.points(row["lost"], lang),
                            "=",
                            formats.points(end, lang),
                        ]
                    ),
                )
                for row, start, end in zip(rows, before, left_after, strict=True)
            ],
            "hoverinfo": "text",
        },
        dots(
            [total, standing],
            [0, len(rows) + 1],
            [None, None],
            [
                hover(t("figure.maximum", lang), formats.points(total, lang)),
                hover(t("figure.index", lang), formats.points(standing, lang)),
            ],
            symbol="square",
            size=10,
            color=INK,
        ),
    ]
    ends = frozenset({0, len(rows) + 1})
    labels = [t("figure.maximum", lang), *(row["label"] for row in rows), t("figure.index", lang)]
    printed = [
        formats.points(total, lang),
        *(formats.signed(-row["lost"], lang) for row in rows),
        formats.points(standing, lang),
    ]
    codes = ["", *(row["code"] for row in rows), ""]
    return row_chart(
        data,
        count=len(rows) + 2,
        span=span,
        lang=lang,
        left=_coded(codes, labels, bold=ends),
        right=[Column(printed, "", "right", numbers=True, bold=ends)],
        row_height=row_height,
        width=width,
        key=named(lang, square="figure.key_total", lost="figure.key_lost"),
    )


def dumbbell(rows: Rows, *, span: tuple[Any, Any], lang: str, row_height: float = 42, width: int = 344) -> Figure:
    """Self-assessment as a ring, appraisal as a dot, joined in the colour of the change; the difference in percentage
    points at the right edge.

    Rows: label, self, appraised (shares of one), id; code where there is one. `span` in per cent. Order as given.
    """
    printed = [formats.signed(_gap(row) and _gap(row) * 100, lang, 1) for row in rows]
    right = [Column(printed, t("figure.change_pp", lang), "right", weight=600, numbers=True)]
    return row_chart(
        _barbells(rows, lang),
        count=len(rows),
        span=span,
        lang=lang,
        row_height=row_height,
        width=width,
        right=right,
        left=_coded([row.get("code") or "" for row in rows], [row["label"] for row in rows]),
        key=named(lang, ring="figure.self", dot="figure.appraised", cut="figure.key_cut", rise="figure.key_rise"),
    )


def adjusted_items(rows: Rows, *, span: tuple[Any, Any], lang: str, row_height: float = 42, width: int = 718) -> Figure:
    """Items that the council changed, each a dumbbell on its share of the maximum, with both points and the change.

    Rows: code, label, self_points, appraised_points, max_points, id; empty points stay a dash. `span` in per cent.
    """
    rows = [
        {
            **row,
            "self": _share(row["self_points"], row["max_points"]),
            "appraised": _share(row["appraised_points"], row["max_points"]),
        }
        for row in rows
    ]
    changes = [
        None
        if row["self_points"] is None or row["appraised_points"] is None
        else row["appraised_points"] - row["self_points"]
        for row in rows
    ]
    narrow = width < 480
    right = [
        Column(
            [formats.signed(change, lang) for change in changes],
            t("figure.change", lang),
            "right",
            weight=600,
            numbers=True,
        )
    ]
    if not narrow:
        right = [
            Column(
                [formats.points(row["self_points"], lang) for row in rows],
                t("figure.self", lang),
                "right",
                INK_2,
                numbers=True,
            ),
            Column(
                [formats.of_max(row["appraised_points"], row["max_points"], lang) for row in rows],
                t("figure.appraised", lang),
                "right",
                numbers=True,
            ),
            Column(right[0].texts, t("figure.change", lang), "right", weight=600, numbers=True),
        ]
    data = [*_barbells(rows, lang), arrows([None if change is None else direction(change) for change in changes])]
    left = _coded([row["code"] for row in rows], [row["label"] for row in rows], over=narrow)
    return row_chart(
        data,
        count=len(rows),
        span=span,
        lang=lang,
        left=left,
        right=right,
        row_height=row_height,
        width=width,
        rules=True,
        domain=(0, 0.93),
        xaxis2=arrow_axis(0.93),
        key=named(lang, ring="figure.self", dot="figure.appraised", cut="figure.key_cut", rise="figure.key_rise"),
    )


def losses(rows: Rows, *, lang: str, row_height: float = 44, width: int = 531) -> Figure:
    """Bars of lost points from zero, the largest first, name above and "0,50 trên 2 điểm" at the end of each.

    Rows: code, label, lost, max_points, id.
    """
    rows = sorted(rows, key=lambda row: -row["lost"])
    largest = max((float(row["lost"]) for row in rows), default=0) or 1
    said = [
        (
            formats.points(row["lost"], lang),
            t("figure.of_points", lang, value=formats.number(row["max_points"], lang, 2, trim=True)),
        )
        for row in rows
    ]
    room = max((text_width(f"{value} {of}", SIZE, 600) for value, of in said), default=0) + 10
    px = width - 20.0
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "x": [float(row["lost"]) for row in rows],
            "y": list(range(len(rows))),
            "width": 14 / row_height,
            "marker": {"color": PRIMARY, "line": {"width": 0}},
            "customdata": [row.get("id") for row in rows],
            "text": [
                f'<span style="font-weight:600">{escape(value)}</span> <span style="fill:{INK_2}">{escape(of)}</span>'
                for value, of in said
            ],
            "textposition": "outside",
            "textangle": 0,
            "cliponaxis": False,
            "constraintext": "none",
            "hoverinfo": "text",
            "hovertext": [
                hover(f"{row['code']} {row['label']}", f"{value} {of}")
                for row, (value, of) in zip(rows, said, strict=True)
            ],
        }
    ]
    names = [f"{row['code']} {row['label']}".strip() for row in rows]
    fig = row_chart(
        data,
        count=len(rows),
        span=(0, largest * px / (px - room)),
        lang=lang,
        row_height=row_height,
        width=width,
        left=[Column(names, over=True, lift=0.42)],
        key=named(lang, bar="figure.key_lost"),
    )
    fig["layout"]["xaxis"] |= {"showticklabels": False, "showgrid": False}
    margin = fig["layout"]["margin"]
    fig["layout"]["height"] -= margin["t"] - 4
    fig["layout"]["margin"] = {**margin, "l": 0, "t": 4}
    for key, axis in fig["layout"].items():
        if key.startswith("yaxis") and "shift" in axis:
            fig["layout"][key] = {**axis, "shift": 0}
    return fig


def progress(rows: Rows, *, lang: str, row_height: float = 34, width: int = 531) -> Figure:
    """How much is done, a bar a row on an outline of the whole, "120/144" at the right edge.

    Rows: label, done, total, id; code where there is one. Order as given; a total of 0 is an empty outline.
    """
    shares = [row["done"] / row["total"] if row["total"] else 0 for row in rows]
    bar = {"type": "bar", "orientation": "h", "y": list(range(len(rows))), "width": 14 / row_height}
    data = [
        {
            **bar,
            "x": [1] * len(rows),
            "marker": {"color": WHITE, "line": {"color": SAME, "width": 1}},
            "hoverinfo": "skip",
        },
        {
            **bar,
            "x": [float(share) for share in shares],
            "marker": {"color": PRIMARY, "line": {"width": 0}},
            "customdata": [row.get("id") for row in rows],
            "hoverinfo": "text",
            "hovertext": [
                hover(row["label"], t("figure.hover_done", lang, done=row["done"], total=row["total"])) for row in rows
            ],
        },
    ]
    printed = [f"{formats.count(row['done'], lang)}/{formats.count(row['total'], lang)}" for row in rows]
    fig = row_chart(
        data,
        count=len(rows),
        span=(0, 1),
        lang=lang,
        row_height=row_height,
        width=width,
        left=_coded([row.get("code") or "" for row in rows], [row["label"] for row in rows]),
        right=[Column(printed, "", "right", weight=600, numbers=True)],
        key=named(lang, bar="figure.key_done"),
    )
    fig["layout"]["xaxis"] |= {"tickvals": [0, 0.5, 1], "ticktext": ["0%", "50%", "100%"], "showgrid": False}
    return fig


def scatter(
    rows: Rows,
    *,
    span_x: tuple[Any, Any],
    span_y: tuple[Any, Any],
    titles: tuple[str, str],
    lang: str,
    width: int = 718,
    height: int = 520,
) -> Figure:
    """Two shares against each other, quadrants cut by the medians of the rows, names beside the dots where they fit.

    Rows: label, x, y (shares of one), id, own. Spans in per cent. `titles` name the axes. A name that would cover
    another name or a dot is left to the hover; the own unit always has its name.
    """
    rows = [row for row in rows if row["x"] is not None and row["y"] is not None]
    left, right, top, bottom = 46.0, 12.0, 30.0, 48.0
    px, py = width - left - right, height - top - bottom
    x = [float(row["x"]) * 100 for row in rows]
    y = [float(row["y"]) * 100 for row in rows]
    to_px = [
        (
            (x[at] - float(span_x[0])) / (float(span_x[1]) - float(span_x[0])) * px,
            (float(span_y[1]) - y[at]) / (float(span_y[1]) - float(span_y[0])) * py,
        )
        for at in range(len(rows))
    ]
    names = [fit(row["label"], 0.45 * px, SIZE, 600) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: not rows[at].get("own"))
    mid_x, mid_y = (median([row[key] for row in rows]) if rows else None for key in ("x", "y"))
    said = [t("figure.median_is", lang, value=formats.percent(value, lang)) for value in (mid_x, mid_y)]
    line_y = (float(span_y[1]) - float(mid_y or 0) * 100) / (float(span_y[1]) - float(span_y[0])) * py
    note_box = (px - text_width(said[1]) - 4, line_y - 18, px, line_y)
    must = {at for at in order if rows[at].get("own")}
    where = place_labels(to_px, names, (px, py), order=order, taken=[note_box], must=must)
    own = [bool(row.get("own")) for row in rows]
    data: list[dict] = [
        {
            **dots(
                x,
                y,
                [row.get("id") for row in rows],
                [
                    hover(
                        row["label"],
                        f"{titles[0]}: {formats.percent(row['x'], lang)}",
                        f"{titles[1]}: {formats.percent(row['y'], lang)}",
                    )
                    for row in rows
                ],
                size=[13 if mine else 9 for mine in own],
                color=[PRIMARY if mine else ONE_OF_MANY for mine in own],
            ),
            "mode": "markers+text",
            "text": [escape(name) if where[at] else "" for at, name in enumerate(names)],
            "textposition": [place or "middle right" for place in where],
            "textfont": {"size": SIZE, "color": INK, "weight": [600 if mine else 400 for mine in own]},
        }
    ]
    shapes, notes = [], []
    dashed = {"type": "line", "line": {"color": INK, "width": 1, "dash": "4px,3px"}, "layer": "below"}
    if rows:
        shapes = [
            {
                **dashed,
                "xref": "x",
                "yref": "paper",
                "x0": float(mid_x) * 100,
                "x1": float(mid_x) * 100,
                "y0": 0,
                "y1": 1,
            },
            {
                **dashed,
                "xref": "paper",
                "yref": "y",
                "x0": 0,
                "x1": 1,
                "y0": float(mid_y) * 100,
                "y1": float(mid_y) * 100,
            },
        ]
        note = {"showarrow": False, "font": {"color": INK_2}}
        notes = [
            {
                **note,
                "text": said[0],
                "xref": "x",
                "yref": "paper",
                "x": float(mid_x) * 100,
                "xanchor": "center",
                "y": 1,
                "yanchor": "bottom",
            },
            {
                **note,
                "text": said[1],
                "xref": "paper",
                "yref": "y",
                "x": 1,
                "y": float(mid_y) * 100,
                "xanchor": "right",
                "yanchor": "bottom",
            },
        ]
    x_scale = value_axis(span_x, px * 0.6, lang, side="bottom")
    y_scale = value_axis(span_y, py, lang, side="left")
    heading = {"font": {"size": SIZE, "color": INK_2}, "standoff": 8}
    return figure(
        data,
        width=width,
        height=height,
        margin=(left, right, top, bottom),
        xaxis={**x_scale, "title": {**heading, "text": escape(titles[0])}, "showgrid": True, "gridcolor": "#E9ECF0"},
        yaxis={**y_scale, "title": {**heading, "text": escape(titles[1])}, "gridcolor": "#E9ECF0"},
        shapes=shapes,
        annotations=notes,
        key=named(lang, many="figure.key_unit", median="figure.key_median"),
    )


SIDES = {  # textposition: where the name stands from its dot, in widths and heights of the name
    "middle right": (0.0, -0.5),
    "middle left": (-1.0, -0.5),
    "top center": (-0.5, -1.0),
    "bottom center": (-0.5, 0.0),
    "top right": (0.0, -1.0),
    "bottom right": (0.0, 0.0),
    "top left": (-1.0, -1.0),
    "bottom left": (-1.0, 0.0),
}


def place_labels(
    points: Sequence[tuple[float, float]],
    labels: Sequence[str],
    canvas: tuple[float, float],
    *,
    order: Sequence[int] | None = None,
    taken: Sequence[tuple[float, float, float, float]] = (),
    must: Collection[int] = (),
    clear: float = 6,
) -> list[str | None]:
    """Plotly's textposition for each label, or None where no side is free: none covers a dot, another label or a box of
    `taken`, or leaves the canvas (px, y downwards). Labels are placed in `order`, each on its first free side; one of
    `must` without a free side takes the one where it covers least."""
    dots_at = [(x - clear, y - clear, x + clear, y + clear) for x, y in points]
    taken = list(taken)
    sides: list[str | None] = [None] * len(points)
    height = SIZE * 1.25
    for at in order if order is not None else range(len(points)):
        x, y = points[at]
        wide = text_width(labels[at], SIZE, 600) + 2
        others = [*(dot for other, dot in enumerate(dots_at) if other != at), *taken]
        covered: dict[str, float] = {}
        boxes = {}
        for side, (dx, dy) in SIDES.items():
            left = x + dx * wide + (clear if dx == 0 else -clear if dx == -1 else 0)
            top = y + dy * height + (clear if dy == 0 else -clear if dy == -1 else 0)
            box = boxes[side] = (left, top, left + wide, top + height)
            if left >= 0 and top >= 0 and box[2] <= canvas[0] and box[3] <= canvas[1]:
                covered[side] = sum(_common(box, other) for other in others)
        best = min(covered, key=covered.__getitem__, default=None)
        if best and (covered[best] == 0 or at in must):
            sides[at] = best
            taken.append(boxes[best])
    return sides


def _common(one: Sequence[float], two: Sequence[float]) -> float:
    """Area in px² that two boxes (left, top, right, bottom) share."""
    across = min(one[2], two[2]) - max(one[0], two[0])
    down = min(one[3], two[3]) - max(one[1], two[1])
    return across * down if across > 0 and down > 0 else 0.0


def _coded(
    codes: Sequence[str], labels: Sequence[str], *, bold: frozenset[int] = frozenset(), over: bool = False
) -> list[Column]:
    """Code and name as two columns, names without a code starting where the codes do."""
    if over:
        return [Column([f"{code} {label}".strip() for code, label in zip(codes, labels, strict=True)], over=True)]
    if not any(codes):
        return [Column(labels, bold=bold, flexible=True)]
    coded = [label if code else "" for code, label in zip(codes, labels, strict=True)]
    bare = [label if not code else "" for code, label in zip(codes, labels, strict=True)]
    columns = [Column(codes, colour=INK_3, gap=8), Column(coded, bold=bold, flexible=True)]
    return [Column(bare, bold=bold, over=True, lift=0), *columns] if any(bare) else columns


def _share(points: Any, maximum: Any) -> Any:
    return None if points is None or not maximum else points / maximum


def _gap(row: dict[str, Any]) -> Any:
    return None if row["self"] is None or row["appraised"] is None else row["appraised"] - row["self"]


def _barbells(rows: Rows, lang: str) -> list[dict]:
    """Bars of cuts, bars of rises, rings of self-assessment, dots of appraisal: four traces whatever the rows."""
    bars: dict[int, list] = {-1: [], 1: []}
    for at, row in enumerate(rows):
        if _gap(row):
            bars[direction(_gap(row))].append((row["self"] * 100, row["appraised"] * 100, at))
    text = []
    for row in rows:
        said = []
        for key, points, share in (
            ("figure.self", "self_points", "self"),
            ("figure.appraised", "appraised_points", "appraised"),
        ):
            value = (
                formats.of_max(row[points], row["max_points"], lang)
                if "max_points" in row
                else formats.percent(row[share], lang)
            )
            said.append(f"{t(key, lang)}: {value}")
        text.append(hover(f"{row.get('code') or ''} {row['label']}".strip(), *said))
    marks = {}
    for kind in ("self", "appraised"):
        at = [at for at, row in enumerate(rows) if row[kind] is not None]
        marks[kind] = ([rows[i][kind] * 100 for i in at], at, [rows[i].get("id") for i in at], [text[i] for i in at])
    return [
        segments(bars[-1], colour=CUT, width=3),
        segments(bars[1], colour=RISE, width=3),
        dots(*marks["self"], size=11, color=WHITE, line={"width": 2, "color": SELF}),
        dots(*marks["appraised"], size=11),
    ]
