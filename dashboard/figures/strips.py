"""Every unit of a block as a dot on a line: fields, peers, adjustments, the points of one item."""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import median, quantiles
from typing import Any, NamedTuple

from dashboard.figures.layout import HIDDEN, NARROW, Figure, Rows, Span, figure, named, rule, value_axis
from dashboard.figures.lettering import SIZE
from dashboard.figures.palette import (
    BLOCK_RANGE,
    CATEGORICAL,
    CONFLICT,
    INK_2,
    INK_3,
    MIDDLE_HALF,
    ONE_OF_MANY,
    PRIMARY,
    SAME,
    SELF,
    WHITE,
)
from dashboard.figures.row_chart import SMALL, Labels, Plot, main_numbers, more_numbers, row_chart
from dashboard.figures.traces import Mark, arrow_axis, arrows, direction, dots, hover, segments, upright, words
from dashboard.words import formats, t

Strip = Sequence[dict[str, Any]]

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


def field_strips(rows: Rows, *, span: Span, lang: str, row_height: float = 42, width: int = 531) -> Figure:
    """A strip a field: a dot a unit, a tick at the median, the median printed at the right edge.

    Rows: field, field_label, label, value (share of one), id; own marks the unit whose dot stands out. One a field and
    unit, strips in the order given. `span` is in per cent, as printed on the axis.
    """
    strips = _strips(rows)
    plot = Plot(len(strips), span, lang, row_height, width)
    medians = [_median(strip) for strip in strips]
    key = {"many": "figure.key_unit", "tick": "figure.key_median"}
    if any(row.get("own") for row in rows):
        key = {"dot": "figure.key_this", **key}

    def draw(px: float) -> list[dict]:
        others, own = _swarm(strips, plot, px, lambda row: _share_hover(row, lang), marked="own")
        tick = upright([(value and value * 100, at) for at, value in enumerate(medians)], reach=16 / row_height)
        return [others, tick, *([own] if own["x"] else [])]

    return row_chart(
        draw,
        plot,
        left=_field_columns(strips),
        right=[main_numbers([formats.percent(value, lang) for value in medians], t("figure.median", lang))],
        rules=True,
        key=named(lang, **key),
    )


def peer_strips(rows: Rows, *, span: Span, lang: str, row_height: float = 36, width: int = 531) -> Figure:
    """A unit against its block, field by field: range, middle half, median, similar units as rings, the unit as a dot;
    at the right edge how far it is from the median, with ▲ ▼ from half a percentage point on.

    Rows: field, field_label, label, value (share of one), own, peer, id; one a field and unit. `span` in per cent.
    """
    strips = _strips(rows)
    blocks = [_block(strip) for strip in strips]
    own, gaps = [], []
    for at, (strip, block) in enumerate(zip(strips, blocks, strict=True)):
        mine = next((row for row in _known(strip) if row.get("own")), None)
        gaps.append(mine["value"] - block.median if mine else None)
        if mine:
            own.append((mine["value"] * 100, at, mine.get("id"), _peer_hover(mine, block, lang)))
    similar = t("figure.similar", lang)
    rings = [
        (row["value"] * 100, at, row.get("id"), hover(row["label"], formats.percent(row["value"], lang), similar))
        for at, strip in enumerate(strips)
        for row in _known(strip)
        if row.get("peer") and not row.get("own")
    ]
    shown = [(at, block) for at, block in enumerate(blocks) if block]
    half_point = Fraction(1, 200)
    unit = _pp(width, lang)
    printed = [formats.MISSING if gap is None else f"{formats.signed(gap * 100, lang, 1)}{unit}" for gap in gaps]
    head = t("figure.against_median" if unit else "figure.against_short", lang)
    return row_chart(
        [
            segments([(block.least * 100, block.most * 100, at) for at, block in shown], colour=BLOCK_RANGE, width=12),
            segments([(block.low * 100, block.high * 100, at) for at, block in shown], colour=MIDDLE_HALF, width=12),
            upright([(block.median * 100, at) for at, block in shown], reach=12 / row_height),
            dots(rings, size=8, color=WHITE, line={"width": 1.5, "color": SELF}),
            dots(own, size=12),
            arrows([None if gap is None else direction(Fraction(gap), half_point) for gap in gaps]),
        ],
        Plot(len(strips), span, lang, row_height, width),
        left=_field_columns(strips),
        right=[Labels(printed, head, "right", numbers=True, gap=6)],
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


def compared_strips(rows: Rows, *, span: Span, lang: str, row_height: float = 42, width: int = 718) -> Figure:
    """A few units against each other, field by field: a mark a unit, each kind of mark on a line of its own so that
    equal shares do not hide each other; at the right edge how far the units are apart.

    Rows: field, field_label, unit (place of the unit, 0–4), label, value (share of one), id; one a field and unit.
    `span` in per cent.
    """
    strips = _strips(rows)
    values = [[row["value"] for row in _known(strip)] for strip in strips]
    ranges = [(min(some) * 100, max(some) * 100, at) for at, some in enumerate(values) if some]
    data = [segments(ranges, colour=MIDDLE_HALF, width=3)]
    units = sorted({row["unit"] for row in rows})
    for n, unit in enumerate(units):
        lane = (n - (len(units) - 1) / 2) * 6 / row_height
        marks = [
            (row["value"] * 100, at + lane, row.get("id"), _share_hover(row, lang))
            for at, strip in enumerate(strips)
            for row in _known(strip)
            if row["unit"] == unit
        ]
        symbol, size = UNIT_MARKS[unit % len(UNIT_MARKS)]
        colour = CATEGORICAL[unit % len(CATEGORICAL)]
        data.append(dots(marks, symbol=symbol, size=size, color=colour, line={"width": 1, "color": WHITE}))
    apart = [max(some) - min(some) if len(some) > 1 else None for some in values]
    pp = _pp(width, lang)
    printed = [formats.MISSING if gap is None else f"{formats.number(gap * 100, lang, 1)}{pp}" for gap in apart]
    return row_chart(
        data,
        Plot(len(strips), span, lang, row_height, width),
        left=_field_columns(strips),
        right=[main_numbers(printed, t("figure.apart", lang))],
        rules=True,
    )


def adjustment_strips(rows: Rows, *, span: Span, lang: str, row_height: float = 42, width: int = 718) -> Figure:
    """A strip an appraiser: how far it moved each unit, in per cent of the points it decides; units it left alone are
    counted, not drawn. A ring marks the appraiser's own row, a tick the mean over all its units.

    Rows: appraiser, appraiser_label, label, value (share of one, negative is a cut), items (number decided), conflict,
    id; one an appraiser and unit. `span` in per cent. Strips in the order given.
    """
    strips = _strips(rows, "appraiser")
    narrow = width < NARROW  # names stand over their strips, and the counts are left to the table
    plot = Plot(len(strips), span, lang, max(row_height, 62) if narrow else row_height, width)
    means = [sum(Fraction(row["value"]) for row in strip) / len(strip) for strip in strips]
    moved = [[row for row in strip if row["value"] != 0 or row.get("conflict")] for strip in strips]
    right = [main_numbers([formats.signed(mean * 100, lang, 1) for mean in means], t("figure.mean_percent", lang))]
    if not narrow:
        unchanged = [len(strip) - len(some) for strip, some in zip(strips, moved, strict=True)]
        items = [formats.count(sum(row.get("items") or 0 for row in strip), lang) for strip in strips]
        right = [
            Labels([t("figure.units", lang, n=n) for n in unchanged], t("figure.unchanged", lang), colour=INK_2),
            *right,
            more_numbers(items, t("figure.items", lang)),
        ]

    def hover_of(row: dict[str, Any]) -> str:
        change = formats.signed(row["value"] * 100, lang, 1)
        conflict = t("figure.conflict", lang) if row.get("conflict") else ""
        return hover(row["label"], f"{row['appraiser_label']}: {change}%", conflict)

    def draw(px: float) -> list[dict]:
        others, rings = _swarm(moved, plot, px, hover_of, marked="conflict", cap=12 if narrow else None)
        rings["marker"] |= {"size": 10, "color": WHITE, "line": {"width": 2, "color": CONFLICT}}
        tick = upright([(mean * 100, at) for at, mean in enumerate(means)], reach=14 / plot.row_height)
        return [others, tick, *([rings] if rings["x"] else [])]

    return row_chart(
        draw,
        plot,
        left=[Labels([strip[0]["appraiser_label"] for strip in strips], flexible=not narrow, over=narrow)],
        right=right,
        rules=True,
        shapes=[rule(0, below=False)],
        key=named(lang, many="figure.key_unit", tick="figure.mean", conflict="figure.key_conflict"),
    )


def point_stack(rows: Rows, *, maximum: Any, lang: str, width: int = 344, height: int = 150) -> Figure:
    """How the units of a block stand on one item: a dot a unit, stacked over its points, the number over each stack.

    Rows: label, value (points), id, own; one a unit. Dots shrink where a stack would leave the figure.
    """
    rows = _known(rows)
    bottom, top = 26, 22
    px, room = width - 40.0, height - bottom - top
    radius = 4.0
    # Survey points are never equal: what would overlap shares a stack.
    places = _bins([float(row["value"]) for row in rows], float(maximum), px, 2 * radius + 2)
    stacks = Counter(places)
    step = min(2 * radius + 1.5, room / max(stacks.values(), default=1))
    size = min(2 * radius, max(3.0, step - 0.5))
    marks: dict[bool, list[Mark]] = {False: [], True: []}
    below: Counter = Counter()
    for row, place in zip(rows, places, strict=True):
        text = hover(row["label"], formats.of_max(row["value"], maximum, lang))
        marks[bool(row.get("own"))].append((place, (below[place] + 0.5) * step, row.get("id"), text))
        below[place] += 1
    data = [
        dots(marks[own], color=colour, size=larger, line={"width": 0.5, "color": WHITE})
        for own, colour, larger in ((False, ONE_OF_MANY, size), (True, PRIMARY, size + 2))
        if marks[own]
    ]
    # A label whose place is beyond the axis would not be drawn.
    counts = [(place, min(n * step + 2, room), formats.count(n, lang)) for place, n in stacks.items()]
    font = {"size": SIZE, "weight": 600}
    data.append(words(counts, textposition="top center", textfont=font, cliponaxis=False))
    pad = float(maximum) * 0.04
    axis = value_axis((0, maximum), px, lang, side="bottom")
    axis |= {"range": [-pad, float(maximum) + pad], "showgrid": False, "ticklabelstandoff": 3}
    return figure(
        data,
        width=width,
        height=height,
        margin=(8, 8, top, bottom),
        xaxis={**axis, "showline": True, "linecolor": SAME},
        yaxis={**HIDDEN, "range": [0, room]},
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


def _strips(rows: Rows, key: str = "field") -> list[Strip]:
    """The rows of each field, in the order given."""
    strips: dict[Any, list] = {}
    for row in rows:
        strips.setdefault(row[key], []).append(row)
    return list(strips.values())


def _known(strip: Strip) -> Strip:
    """The rows that have a value."""
    return [row for row in strip if row["value"] is not None]


def _median(strip: Strip) -> Any:
    return median(row["value"] for row in known) if (known := _known(strip)) else None


class _Block(NamedTuple):
    """The shares of a block in one field: ends, middle half, median."""

    least: Any
    low: Any
    median: Any
    high: Any
    most: Any


def _block(strip: Strip) -> _Block | None:
    """None where no unit has a value."""
    values = sorted(row["value"] for row in _known(strip))
    if not values:
        return None
    low, _, high = quantiles(values, n=4, method="inclusive") if values[1:] else values * 3
    return _Block(values[0], low, median(values), high, values[-1])


def _peer_hover(mine: dict[str, Any], block: _Block, lang: str) -> str:
    least, low, _, high, most = (formats.percent(value, lang) for value in block)
    gap = formats.pp(mine["value"] - block.median, lang, 1, short=True)
    return hover(
        f"{mine['label']}: {mine['field_label']}",
        formats.percent(mine["value"], lang),
        f"{t('figure.against_median', lang)}: {gap}",
        t("figure.block_range", lang, low=least, high=most),
        t("figure.middle_half", lang, low=low, high=high),
    )


def _share_hover(row: dict[str, Any], lang: str) -> str:
    return hover(row["label"], f"{row['field_label']}: {formats.percent(row['value'], lang)}")


def _pp(width: int, lang: str) -> str:
    """The unit beside a number of percentage points; where space is short the names need it more."""
    return "" if width < SMALL else {"vi": " đ.%", "en": " pp"}[lang]


def _field_columns(strips: Sequence[Strip]) -> list[Labels]:
    return [
        Labels([strip[0]["field"] for strip in strips], colour=INK_3, gap=8),
        Labels([strip[0]["field_label"] for strip in strips], flexible=True),
    ]


def _swarm(
    strips: Sequence[Strip],
    plot: Plot,
    px: float,
    hover_of: Callable[[dict[str, Any]], str],
    *,
    marked: str,
    cap: float | None = None,
) -> tuple[dict, dict]:
    """Two traces of dots laid out together, the ordinary ones and those of rows that say so in the key `marked`; no dot
    is farther than `cap` px from the middle of its row."""
    cap = plot.row_height / 2 - 4 if cap is None else cap
    scale = px / (float(plot.span[1]) - float(plot.span[0]))
    marks: dict[bool, list[Mark]] = {False: [], True: []}
    for at, strip in enumerate(strips):
        shown = _known(strip)
        offsets = beeswarm([float(row["value"]) * 100 * scale for row in shown], radius=RADIUS, cap=cap)
        for row, offset in zip(shown, offsets, strict=True):
            mark = (float(row["value"]) * 100, at + offset / plot.row_height, row.get("id"), hover_of(row))
            marks[bool(row.get(marked))].append(mark)
    ordinary = dots(marks[False], size=2 * RADIUS, color=ONE_OF_MANY, line={"width": 0.5, "color": WHITE})
    return ordinary, dots(marks[True], size=11)
