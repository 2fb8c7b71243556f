"""Every unit of a block as a dot on a line: fields, peers, adjustments, the points of one item."""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import median, quantiles
from typing import Any

from dashboard.figures.base import (
    BLOCK_RANGE,
    CATEGORICAL,
    CONFLICT,
    INK,
    INK_2,
    INK_3,
    MIDDLE_HALF,
    ONE_OF_MANY,
    PRIMARY,
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
    upright,
    value_axis,
)
from dashboard.words import formats, t

RADIUS = 3.6
UNIT_MARKS = (("circle", 10), ("diamond", 11), ("square", 9), ("triangle-up", 11), ("x", 10))
"""Symbol and size of the first to the fifth of units compared; the colours are those of `CATEGORICAL`."""


def beeswarm(xs: Sequence[float], *, radius: float, cap: float) -> list[float]:
    """Vertical offsets in px that keep dots at `xs` (px) apart, none beyond `cap`; the order of `xs` is kept.

    A dot takes the smallest free offset; where a column is full, the one farthest from its neighbours.
    """
    near = 2 * radius + 0.6
    steps = [0.0]
    for n in range(1, int(cap) + 1):
        steps += [float(n), float(-n)]
    offsets = [0.0] * len(xs)
    placed: list[tuple[float, float]] = []
    for at in sorted(range(len(xs)), key=lambda at: xs[at]):
        beside = [(xs[at] - x, y) for x, y in placed if xs[at] - x < near]
        best, most = 0.0, -1.0
        for step in steps:
            room = min((dx * dx + (step - y) ** 2 for dx, y in beside), default=near**2)
            if room > most:
                best, most = step, room
            if room >= near**2:
                break
        offsets[at] = best
        placed.append((xs[at], best))
    return offsets


def field_strips(rows: Rows, *, span: tuple[Any, Any], lang: str, row_height: float = 42, width: int = 531) -> Figure:
    """A strip a field: a dot a unit, a tick at the median, the median printed at the right edge.

    Rows: field, field_label, label, value (share of one), id; own marks the unit whose dot stands out. One a field and
    unit, strips in the order given. `span` is in per cent, as printed on the axis.
    """
    strips = _strips(rows)
    medians = [_median(strip) for strip in strips]
    right = [
        Column(
            [formats.percent(value, lang) for value in medians],
            t("figure.median", lang),
            "right",
            weight=600,
            numbers=True,
        )
    ]

    def draw(px: float) -> list[dict]:
        others, own = _swarm(strips, span, px, row_height, lambda row: not row.get("own"), lang)
        tick = upright([(value and value * 100, at) for at, value in enumerate(medians)], reach=16 / row_height)
        return [others, tick, *([own] if own["x"] else [])]

    return row_chart(
        draw,
        count=len(strips),
        span=span,
        lang=lang,
        left=_field_columns(strips),
        right=right,
        row_height=row_height,
        width=width,
        rules=True,
        key=[
            *(named(lang, dot="figure.key_this") if any(row.get("own") for row in rows) else []),
            *named(lang, many="figure.key_unit", tick="figure.key_median"),
        ],
    )


def peer_strips(rows: Rows, *, span: tuple[Any, Any], lang: str, row_height: float = 36, width: int = 531) -> Figure:
    """A unit against its block, field by field: range, middle half, median, similar units as rings, the unit as a dot;
    at the right edge how far it is from the median, with ▲ ▼ from half a percentage point on.

    Rows: field, field_label, label, value (share of one), own, peer, id; one a field and unit. `span` in per cent.
    """
    strips = _strips(rows)
    ranges, halves, ticks, rings, own, gaps = [], [], [], [], [], []
    for at, strip in enumerate(strips):
        values = sorted(row["value"] for row in strip if row["value"] is not None)
        middle = _median(strip)
        if values:
            low, high = (
                (quantiles(values, n=4, method="inclusive")[end] for end in (0, 2)) if values[1:] else values * 2
            )
            ranges.append((values[0] * 100, values[-1] * 100, at))
            halves.append((low * 100, high * 100, at))
            ticks.append((middle * 100, at))
        mine = next((row for row in strip if row.get("own") and row["value"] is not None), None)
        gaps.append(mine["value"] - middle if mine else None)
        rings += [(at, row) for row in strip if row.get("peer") and not row.get("own") and row["value"] is not None]
        if mine:
            text = hover(
                f"{mine['label']}: {strip[0]['field_label']}",
                formats.percent(mine["value"], lang),
                f"{t('figure.against_median', lang)}: {formats.pp(gaps[-1], lang, 1, short=True)}",
                t(
                    "figure.block_range",
                    lang,
                    low=formats.percent(values[0], lang),
                    high=formats.percent(values[-1], lang),
                ),
                t("figure.middle_half", lang, low=formats.percent(low, lang), high=formats.percent(high, lang)),
            )
            own.append((at, mine, text))
    half_point = Fraction(1, 200)
    signs = [None if gap is None else direction(Fraction(gap), half_point) for gap in gaps]
    data = [
        segments(ranges, colour=BLOCK_RANGE, width=12),
        segments(halves, colour=MIDDLE_HALF, width=12),
        upright(ticks, reach=12 / row_height),
        dots(
            [row["value"] * 100 for _, row in rings],
            [at for at, _ in rings],
            [row.get("id") for _, row in rings],
            [hover(row["label"], formats.percent(row["value"], lang), t("figure.similar", lang)) for _, row in rings],
            size=8,
            color=WHITE,
            line={"width": 1.5, "color": SELF},
        ),
        dots(
            [row["value"] * 100 for _, row, _ in own],
            [at for at, *_ in own],
            [row.get("id") for _, row, _ in own],
            [text for *_, text in own],
            size=12,
        ),
        arrows(signs),
    ]
    # Where space is short the names need it more than the unit beside every number.
    unit = "" if width < 420 else {"vi": " đ.%", "en": " pp"}[lang]
    printed = ["–" if gap is None else f"{formats.signed(gap * 100, lang, 1)}{unit}" for gap in gaps]
    right = [
        Column(
            printed, t("figure.against_median" if unit else "figure.against_short", lang), "right", numbers=True, gap=6
        )
    ]
    return row_chart(
        data,
        count=len(strips),
        span=span,
        lang=lang,
        left=_field_columns(strips),
        right=right,
        row_height=row_height,
        width=width,
        domain=(0, 0.9),
        xaxis2=arrow_axis(0.9),
        key=named(
            lang,
            dot="figure.key_this",
            tick="figure.key_median",
            ring="figure.key_similar",
            half="figure.key_middle",
            range="figure.key_block",
        ),
    )


def compared_strips(
    rows: Rows, *, span: tuple[Any, Any], lang: str, row_height: float = 42, width: int = 718
) -> Figure:
    """A few units against each other, field by field: a mark a unit, each kind of mark on a line of its own so that
    equal shares do not hide each other; at the right edge how far the units are apart.

    Rows: field, field_label, unit (place of the unit, 0–4), label, value (share of one), id; one a field and unit.
    `span` in per cent.
    """
    strips = _strips(rows)
    units = {row["unit"]: row["label"] for row in rows}
    lane = {unit: (at - (len(units) - 1) / 2) * 6 / row_height for at, unit in enumerate(sorted(units))}
    found = [[row["value"] for row in strip if row["value"] is not None] for strip in strips]
    apart = [max(values) - min(values) if len(values) > 1 else None for values in found]
    data = [
        segments([(min(v) * 100, max(v) * 100, at) for at, v in enumerate(found) if v], colour=MIDDLE_HALF, width=3),
    ]
    for unit in sorted(units):
        shown = [
            (at, row)
            for at, strip in enumerate(strips)
            for row in strip
            if row["unit"] == unit and row["value"] is not None
        ]
        symbol, size = UNIT_MARKS[unit % len(UNIT_MARKS)]
        data.append(
            dots(
                [row["value"] * 100 for _, row in shown],
                [at + lane[unit] for at, _ in shown],
                [row.get("id") for _, row in shown],
                [
                    hover(row["label"], f"{row['field_label']}: {formats.percent(row['value'], lang)}")
                    for _, row in shown
                ],
                symbol=symbol,
                size=size,
                color=CATEGORICAL[unit % len(CATEGORICAL)],
                line={"width": 1, "color": WHITE},
            )
        )
    pp = "" if width < 420 else {"vi": " đ.%", "en": " pp"}[lang]
    printed = ["–" if gap is None else f"{formats.number(gap * 100, lang, 1)}{pp}" for gap in apart]
    right = [Column(printed, t("compare.spread", lang), "right", weight=600, numbers=True)]
    return row_chart(
        data,
        count=len(strips),
        span=span,
        lang=lang,
        left=_field_columns(strips),
        right=right,
        row_height=row_height,
        width=width,
        rules=True,
    )


def adjustment_strips(
    rows: Rows, *, span: tuple[Any, Any], lang: str, row_height: float = 42, width: int = 718
) -> Figure:
    """A strip an appraiser: how far it moved each unit, in per cent of the points it decides; units it left alone are
    counted, not drawn. A ring marks the appraiser's own row, a tick the mean over all its units.

    Rows: appraiser, appraiser_label, label, value (share of one, negative is a cut), items (number decided), conflict,
    id; one an appraiser and unit. `span` in per cent. Strips in the order given.
    """
    strips = _strips(rows, "appraiser")
    means = [sum(Fraction(row["value"]) for row in strip) / len(strip) for strip in strips]
    still = [sum(row["value"] == 0 and not row.get("conflict") for row in strip) for strip in strips]
    narrow = width < 480  # names stand over their strips, and the counts are left to the table
    left = [Column([strip[0]["appraiser_label"] for strip in strips], flexible=not narrow, over=narrow)]
    right = [
        Column([t("figure.units", lang, n=n) for n in still], t("figure.unchanged", lang), colour=INK_2),
        Column(
            [formats.signed(mean * 100, lang, 1) for mean in means],
            t("figure.mean_percent", lang),
            "right",
            weight=600,
            numbers=True,
        ),
        Column(
            [formats.count(sum(row.get("items") or 0 for row in strip), lang) for strip in strips],
            t("figure.items", lang),
            "right",
            INK_2,
            numbers=True,
        ),
    ]
    if narrow:
        row_height, right = max(row_height, 62), right[1:2]

    def draw(px: float) -> list[dict]:
        moved = [[row for row in strip if row["value"] != 0 or row.get("conflict")] for strip in strips]
        others, rings = _swarm(
            moved,
            span,
            px,
            row_height,
            lambda row: not row.get("conflict"),
            lang,
            signed=True,
            cap=12 if narrow else None,
        )
        rings["marker"] = {**rings["marker"], "size": 10, "color": WHITE, "line": {"width": 2, "color": CONFLICT}}
        tick = upright([(mean * 100, at) for at, mean in enumerate(means)], reach=14 / row_height)
        return [others, tick, *([rings] if rings["x"] else [])]

    zero = {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": 0,
        "x1": 0,
        "y0": 0,
        "y1": 1,
        "line": {"color": INK, "width": 1},
    }
    return row_chart(
        draw,
        count=len(strips),
        span=span,
        lang=lang,
        left=left,
        right=right,
        row_height=row_height,
        width=width,
        rules=True,
        shapes=[zero],
        key=named(lang, many="figure.key_unit", tick="figure.mean", conflict="figure.key_conflict"),
    )


def point_stack(rows: Rows, *, maximum: Any, lang: str, width: int = 344, height: int = 150) -> Figure:
    """How the units of a block stand on one item: a dot a unit, stacked over its points, the number over each stack.

    Rows: label, value (points), id, own; one a unit. Dots shrink where a stack would leave the figure.
    """
    rows = [row for row in rows if row["value"] is not None]
    bottom, top = 26, 22
    px = width - 40.0
    radius = 4.0
    # Survey points are never equal: what would overlap shares a stack.
    bin_of = _bins([float(row["value"]) for row in rows], float(maximum), px, 2 * radius + 2)
    stacks = Counter(bin_of)
    tallest = max(stacks.values(), default=1)
    step = min(2 * radius + 1.5, (height - bottom - top) / tallest)
    seen: Counter = Counter()
    ys = []
    for place in bin_of:
        ys.append((seen[place] + 0.5) * step)
        seen[place] += 1
    others = [at for at, row in enumerate(rows) if not row.get("own")]
    own = [at for at, row in enumerate(rows) if row.get("own")]
    text = [hover(row["label"], f"{formats.of_max(row['value'], maximum, lang)}") for row in rows]
    size = min(2 * radius, max(3.0, step - 0.5))
    data = [
        dots(
            [bin_of[at] for at in some],
            [ys[at] for at in some],
            [rows[at].get("id") for at in some],
            [text[at] for at in some],
            color=colour,
            size=size + grow,
            line={"width": 0.5, "color": WHITE},
        )
        for some, colour, grow in ((others, ONE_OF_MANY, 0), (own, PRIMARY, 2))
        if some
    ]
    data.append(
        {
            "type": "scatter",
            "mode": "text",
            "x": list(stacks),
            # A label whose place is beyond the axis would not be drawn.
            "y": [min(count * step + 2, height - bottom - top) for count in stacks.values()],
            "text": [formats.count(count, lang) for count in stacks.values()],
            "textposition": "top center",
            "textfont": {"size": SIZE, "weight": 600},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    )
    pad = float(maximum) * 0.04
    axis = value_axis((0, maximum), px, lang, side="bottom") | {
        "range": [-pad, float(maximum) + pad],
        "showgrid": False,
    }
    return figure(
        data,
        width=width,
        height=height,
        margin=(8, 8, top, bottom),
        xaxis={**axis, "showline": True, "linecolor": "#7A8696", "ticklabelstandoff": 3},
        yaxis={"visible": False, "range": [0, height - bottom - top], "fixedrange": True},
        key=named(lang, many="figure.key_unit"),
    )


def _bins(values: Sequence[float], maximum: float, px: float, near: float) -> list[float]:
    """Values less than `near` px apart drawn at one place, their mean; equal values always share one."""
    distinct = sorted(set(values))
    scale = px / (maximum or 1)
    groups: list[list[float]] = []
    for value in distinct:
        if groups and (value - groups[-1][0]) * scale < near:
            groups[-1].append(value)
        else:
            groups.append([value])
    place = {value: group[0] if len(group) == 1 else sum(group) / len(group) for group in groups for value in group}
    return [place[value] for value in values]


def _strips(rows: Rows, key: str = "field") -> list[list[dict[str, Any]]]:
    strips: dict[Any, list] = {}
    for row in rows:
        strips.setdefault(row[key], []).append(row)
    return list(strips.values())


def _median(strip: Sequence[dict[str, Any]]) -> Any:
    values = [row["value"] for row in strip if row["value"] is not None]
    return median(values) if values else None


def _field_columns(strips: Sequence[Sequence[dict[str, Any]]]) -> list[Column]:
    return [
        Column([strip[0]["field"] for strip in strips], colour=INK_3, gap=8),
        Column([strip[0]["field_label"] for strip in strips], flexible=True),
    ]


def _swarm(
    strips: Sequence[Sequence[dict[str, Any]]],
    span: tuple[Any, Any],
    px: float,
    row_height: float,
    ordinary: Callable[[dict[str, Any]], bool],
    lang: str,
    *,
    signed: bool = False,
    cap: float | None = None,
) -> tuple[dict, dict]:
    """Two traces of dots, ordinary and marked, laid out together; no dot is farther than `cap` px from the middle."""
    cap = row_height / 2 - 4 if cap is None else cap
    scale = px / (float(span[1]) - float(span[0]))
    found: dict[bool, list] = {True: [], False: []}
    for at, strip in enumerate(strips):
        shown = [row for row in strip if row["value"] is not None]
        offsets = beeswarm([float(row["value"]) * 100 * scale for row in shown], radius=RADIUS, cap=cap)
        for row, offset in zip(shown, offsets, strict=True):
            value = formats.signed(row["value"] * 100, lang, 1) + "%" if signed else formats.percent(row["value"], lang)
            name = row.get("field_label") or row.get("appraiser_label") or ""
            conflict = t("figure.conflict", lang) if row.get("conflict") else ""
            found[ordinary(row)].append(
                (
                    float(row["value"]) * 100,
                    at + offset / row_height,
                    row.get("id"),
                    hover(row["label"], f"{name}: {value}", conflict),
                )
            )
    style = {
        True: {"size": 2 * RADIUS, "color": ONE_OF_MANY, "line": {"width": 0.5, "color": WHITE}},
        False: {"size": 11},
    }
    ordinary_dots, marked = (
        dots(*([mark[part] for mark in found[kind]] for part in range(4)), **style[kind]) for kind in (True, False)
    )
    return ordinary_dots, marked
