"""Two shares of each unit against each other, with the names that find room beside their dots."""

from collections.abc import Collection, Sequence
from statistics import median
from typing import Any

from dashboard.figures.layout import Figure, Rows, Span, figure, named, note, rule, value_axis
from dashboard.figures.lettering import SIZE, escape, fit, text_width
from dashboard.figures.palette import INK, INK_2, ONE_OF_MANY, PRIMARY, ROW_LINE
from dashboard.figures.traces import dots, hover
from dashboard.words import formats, t

Box = tuple[float, float, float, float]  # left, top, right, bottom in px

MARGIN = (46.0, 12.0, 30.0, 48.0)  # left, right, top, bottom
GAP = 6  # px from the middle of a dot to its name


def scatter(
    rows: Rows,
    *,
    span_x: Span,
    span_y: Span,
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
    left, right, top, bottom = MARGIN
    px, py = width - left - right, height - top - bottom
    middles = {of: median(row[of] for row in rows) for of in ("x", "y")} if rows else {}
    said = {of: t("figure.median_is", lang, value=formats.percent(middle, lang)) for of, middle in middles.items()}

    def place(x: Any, y: Any) -> tuple[float, float]:
        (x0, x1), (y0, y1) = ((float(low), float(high)) for low, high in (span_x, span_y))
        return (float(x) * 100 - x0) / (x1 - x0) * px, (y1 - float(y) * 100) / (y1 - y0) * py

    taken = []
    if rows:
        line_y = place(0, middles["y"])[1]
        taken = [(px - text_width(said["y"]) - 4, line_y - 18, px, line_y)]
    names = [fit(row["label"], 0.45 * px, weight=600) for row in rows]
    own = [at for at, row in enumerate(rows) if row.get("own")]
    sides = place_labels(
        [place(row["x"], row["y"]) for row in rows],
        names,
        (px, py),
        taken=taken,
        must=own,
    )
    x_scale = value_axis(span_x, px * 0.6, lang, side="bottom")
    y_scale = value_axis(span_y, py, lang, side="left")
    heading = {"font": {"size": SIZE, "color": INK_2}, "standoff": 8}
    return figure(
        [_named_dots(rows, names, sides, titles, lang)],
        width=width,
        height=height,
        margin=MARGIN,
        xaxis={**x_scale, "title": {**heading, "text": escape(titles[0])}, "gridcolor": ROW_LINE},
        yaxis={**y_scale, "title": {**heading, "text": escape(titles[1])}, "gridcolor": ROW_LINE},
        shapes=[rule(float(middle) * 100, of=of, dashed=True) for of, middle in middles.items()],
        annotations=_median_notes(middles, said),
        key=named(lang, many="figure.key_unit", median="figure.key_median"),
    )


def _named_dots(
    rows: Rows, names: Sequence[str], sides: Sequence[str | None], titles: tuple[str, str], lang: str
) -> dict[str, Any]:
    """One trace of dots with their names, the own unit larger and in the strong colour."""
    own = [bool(row.get("own")) for row in rows]
    marks = [
        (
            float(row["x"]) * 100,
            float(row["y"]) * 100,
            row.get("id"),
            hover(row["label"], *(f"{titles[at]}: {formats.percent(row[of], lang)}" for at, of in enumerate("xy"))),
        )
        for row in rows
    ]
    colours = [PRIMARY if mine else ONE_OF_MANY for mine in own]
    return {
        **dots(marks, size=[13 if mine else 9 for mine in own], color=colours),
        "mode": "markers+text",
        "text": [escape(name) if side else "" for name, side in zip(names, sides, strict=True)],
        "textposition": [side or "middle right" for side in sides],
        "textfont": {"size": SIZE, "color": INK, "weight": [600 if mine else 400 for mine in own]},
    }


def _median_notes(middles: dict[str, Any], said: dict[str, str]) -> list[dict]:
    """The words of the two medians at the upper and the right end of their lines."""
    if not middles:
        return []
    x, y = (float(middles[of]) * 100 for of in ("x", "y"))
    colour = {"font": {"color": INK_2}}
    return [
        note(said["x"], x, 1, yref="paper", xanchor="center", yanchor="bottom", **colour),
        note(said["y"], 1, y, xref="paper", xanchor="right", yanchor="bottom", **colour),
    ]


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
    taken: Sequence[Box] = (),
    must: Collection[int] = (),
) -> list[str | None]:
    """Plotly's textposition for each label, or None where no side is free: none covers a dot, another label or a box of
    `taken`, or leaves the canvas (px, y downwards). Each takes its first free side, those of `must` before the others;
    one of `must` without a free side takes the one where it covers least."""
    dots_at = [(x - GAP, y - GAP, x + GAP, y + GAP) for x, y in points]
    taken = list(taken)
    sides: list[str | None] = [None] * len(points)
    for at in sorted(range(len(points)), key=lambda at: at not in must):
        others = [*(dot for other, dot in enumerate(dots_at) if other != at), *taken]
        boxes = _boxes_beside(points[at], text_width(labels[at], weight=600) + 2, canvas)
        covered = {side: sum(shared_area(box, other) for other in others) for side, box in boxes.items()}
        best = min(covered, key=covered.__getitem__, default=None)
        if best and (covered[best] == 0 or at in must):
            sides[at] = best
            taken.append(boxes[best])
    return sides


def _boxes_beside(point: tuple[float, float], wide: float, canvas: tuple[float, float]) -> dict[str, Box]:
    """The room of a label on each side of its dot, where that is on the canvas."""
    boxes = {}
    height = SIZE * 1.25
    for side, (dx, dy) in SIDES.items():
        left = point[0] + dx * wide + (GAP if dx == 0 else -GAP if dx == -1 else 0)
        top = point[1] + dy * height + (GAP if dy == 0 else -GAP if dy == -1 else 0)
        if left >= 0 and top >= 0 and left + wide <= canvas[0] and top + height <= canvas[1]:
            boxes[side] = (left, top, left + wide, top + height)
    return boxes


def shared_area(one: Box, two: Box) -> float:
    """Area in px² that two boxes share."""
    across = min(one[2], two[2]) - max(one[0], two[0])
    down = min(one[3], two[3]) - max(one[1], two[1])
    return across * down if across > 0 and down > 0 else 0.0
