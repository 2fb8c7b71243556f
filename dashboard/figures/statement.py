"""A figure as a complete statement on a canvas of its own: title, subtitle, marks, key, figure, note, source.

Everything is laid out from measured text before anything is drawn, so no text leaves the canvas or meets another.
"""

import math
from collections.abc import Sequence
from typing import Any

from dashboard.figures.base import FONT, INK, INK_2, INK_3, MARKS, SAME, SIMULATION, SIZE, WHITE, Figure
from dashboard.figures.lettering import balance, escape, text_width, wrap
from dashboard.words import t

# Width and height in px as they leave the project; the A4 height follows the figure up to 210 mm at 300 dpi.
SIZES: dict[str, tuple[int, int | None]] = {"a4": (1890, None), "1920x1080": (1920, 1080), "1200x1200": (1200, 1200)}
TALLEST_A4 = 2480
# Enlargements at which every size comes out in whole px; the largest that holds the figure is taken.
SCALES: dict[str, tuple[float, ...]] = {
    "a4": (3, 2.7, 2.5, 2.1, 2, 1.8, 1.75, 1.5, 1.4, 1.35, 1.25, 1.2, 1),
    "1920x1080": (3, 2.5, 2.4, 2, 1.6, 1.5, 1.25, 1.2, 1),
    "1200x1200": (2.5, 2.4, 2, 1.6, 1.5, 1.25, 1.2, 1),
}
PAD = 20
LINE = 1.3  # Plotly's line height
EMBLEM = 84
TIGHTEST, LOOSEST = 0.85, 1.6  # how far rows may be squeezed or stretched from their natural height


def statement(
    figure: Figure,
    *,
    title: str,
    subtitle: str,
    source: str | Sequence[str],
    size: str,
    lang: str,
    note: str = "",
    marks: Sequence[str] = (),
    emblem: str | None = None,
) -> Figure:
    """The figure set into a picture of exact size: `layout.width` × `layout.height` px, to be enlarged by
    `layout.meta.scale` (A4: 1890 px wide, 160 mm at 300 dpi; the slide and the square exactly as named).

    `source` is one or more lines (source with the decision, dataset version and hash, date). `marks` say what is made
    up, illustrative or provisional: in words under the subtitle and across the canvas. `emblem` is an image as a data
    URI; without one its place is outlined.
    """
    wide, tall = SIZES[size]
    source_lines = [source] if isinstance(source, str) else list(source)
    meta = figure["layout"]["meta"]
    margin = figure["layout"]["margin"]
    natural = figure["layout"]["height"]
    chosen = None
    for scale in SCALES[size]:
        width = round(wide / scale)
        blocks = _blocks(width, title, subtitle, note, source_lines, marks, meta.get("key") or [])
        head, foot = blocks["head"], blocks["foot"]
        room = (TALLEST_A4 if tall is None else tall) / scale - head - foot
        chosen = (scale, width, blocks)
        if width - 2 * PAD >= 0.92 * meta["width"] and room >= TIGHTEST * natural:
            break
    scale, width, blocks = chosen
    head, foot = blocks["head"], blocks["foot"]
    if tall is None:
        height = min(math.ceil((natural + head + foot) / 20) * 20, int(TALLEST_A4 / scale / 20) * 20)
    else:
        height = round(tall / scale)
    inner = min(height - head - foot, LOOSEST * natural)
    left, right = margin["l"] + PAD, margin["r"] + PAD
    top = head + margin["t"]
    bottom = height - head - inner + margin["b"]
    place = _Place((width, height), left, right, top, bottom)

    notes = list(figure["layout"].get("annotations", []))
    shapes = list(figure["layout"].get("shapes", []))
    for text, size_px, weight, colour, y in blocks["head_lines"]:
        notes.append(place.text(text, size_px, weight, colour, y))
    foot_top = height - foot
    for text, size_px, weight, colour, y in blocks["foot_lines"]:
        notes.append(place.text(text, size_px, weight, colour, foot_top + y))
    for mark, text, x, y in blocks["key_items"]:
        shapes += place.mark(mark, x, y)
        notes.append(place.text(text, SIZE, 400, INK_2, y, x=x + 24))
    if marks:
        shapes.append(_watermark(" – ".join(marks), width, height, place))
    images = list(figure["layout"].get("images", []))
    if emblem:
        images.append(place.image(emblem, width - PAD - EMBLEM, PAD, EMBLEM, 56))
    else:
        box = place.box(width - PAD - EMBLEM, PAD, EMBLEM, 56)
        shapes.append({**box, "type": "rect", "line": {"color": SAME, "width": 1, "dash": "4px,3px"}})
        word = t("figure.emblem", lang)
        notes.append(place.text(word, SIZE, 400, INK_3, PAD + 20, x=width - PAD - EMBLEM / 2 - text_width(word) / 2))
    return {
        "data": figure["data"],
        "layout": {
            **figure["layout"],
            "width": width,
            "height": height,
            "margin": {"l": left, "r": right, "t": round(top), "b": round(bottom), "pad": 0},
            "annotations": notes,
            "shapes": shapes,
            "images": images,
            "meta": {**meta, "scale": scale, "width": width},
        },
    }


def _blocks(
    width: int,
    title: str,
    subtitle: str,
    note: str,
    source: Sequence[str],
    marks: Sequence[str],
    key: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """Every line of text over and under the figure with its place in px from the top of its block."""
    beside_emblem = width - 2 * PAD - EMBLEM - 20
    size = next((size for size in (22, 20, 18) if len(wrap(title, beside_emblem, size, 700)) <= 2), 16)
    head: list[tuple[str, float, int, str, float]] = []
    y = PAD - 2.0
    for line in balance(title, beside_emblem, size, 700):
        head.append((line, size, 700, INK, y))
        y += size * LINE
    y += 2
    for line in balance(subtitle, beside_emblem, 14):
        head.append((line, 14, 400, INK_2, y))
        y += 14 * LINE
    y = max(y, PAD + 56.0) if y < PAD + 56 and not (marks or key) else y
    for line in wrap(" · ".join(marks), beside_emblem, SIZE, 700) if marks else []:
        head.append((line, SIZE, 700, SIMULATION, y + 2))
        y += SIZE * LINE + 2
    # The key may pass under the emblem's place only when it starts below it.
    key_items = []
    x, y = float(PAD), y + 6
    for mark, text in key:
        item = 24 + text_width(text)
        limit = width - PAD if y >= PAD + 60 else width - 2 * PAD - EMBLEM
        if x > PAD and x + item > limit:
            x, y = float(PAD), y + 22
        key_items.append((mark, text, x, y))
        x += item + 22
    if key:
        y += 22
    foot: list[tuple[str, float, int, str, float]] = []
    at = 12.0
    for texts, colour in (([note] if note else [], INK_2), (source, INK_3)):
        for text in texts:
            for line in wrap(text, width - 2 * PAD):
                foot.append((line, SIZE, 400, colour, at))
                at += SIZE * LINE
        at += 3 if texts else 0
    return {
        "head": max(y + 8, PAD + 64.0),
        "foot": at + PAD - 6,
        "head_lines": head,
        "foot_lines": foot,
        "key_items": key_items,
    }


class _Place:
    """Canvas px from the top left corner, as Plotly's paper references with px shifts."""

    def __init__(self, canvas: tuple[float, float], left: float, right: float, top: float, bottom: float) -> None:
        self.width, self.height = canvas
        self.left, self.right, self.top, self.bottom = left, right, top, bottom

    def text(self, text: str, size: float, weight: int, colour: str, y: float, *, x: float = PAD) -> dict[str, Any]:
        return {
            "text": escape(text),
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "top",
            "xshift": round(x - self.left, 1),
            "yshift": round(self.top - y, 1),
            "showarrow": False,
            "align": "left",
            "borderpad": 0,
            "font": {"family": FONT, "size": size, "weight": weight, "color": colour},
        }

    def box(self, x: float, y: float, wide: float, tall: float) -> dict[str, Any]:
        return {
            "xref": "paper",
            "yref": "paper",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": 0,
            "yanchor": 1,
            "x0": x - self.left,
            "x1": x + wide - self.left,
            "y0": self.top - y,
            "y1": self.top - y - tall,
        }

    def image(self, source: str, x: float, y: float, wide: float, tall: float) -> dict[str, Any]:
        # Images know no px shifts: place and size are shares of the plot, whose px are known here.
        across, down = self.width - self.left - self.right, self.height - self.top - self.bottom
        return {
            "source": source,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "sizing": "contain",
            "x": (x - self.left) / across,
            "y": 1 + (self.top - y) / down,
            "sizex": wide / across,
            "sizey": tall / down,
        }

    def mark(self, mark: str, x: float, y: float) -> list[dict[str, Any]]:
        form, colour = MARKS[mark]
        middle = y + SIZE * LINE / 2
        plain = {"type": "rect", "line": {"width": 0}, "fillcolor": colour}
        if form in ("dot", "small dot", "ring", "small ring"):
            across = {"dot": 10, "small dot": 7, "ring": 10, "small ring": 7}[form]
            ring = "ring" in form
            circle = self.box(x + 8 - across / 2, middle - across / 2, across, across)
            line = {"width": 2 if form == "ring" else 1.5, "color": colour} if ring else {"width": 0}
            return [{**circle, "type": "circle", "fillcolor": WHITE if ring else colour, "line": line}]
        if form == "line":
            return [{**self.box(x, middle - 1.5, 16, 3), **plain}]
        if form == "tick":
            return [{**self.box(x + 6.5, middle - 7, 3, 14), **plain}]
        if form == "square":
            return [{**self.box(x + 3, middle - 5, 10, 10), **plain}]
        if form == "dashed":
            return [{**self.box(x + 7, middle - 7 + part * 5, 1.5, 3.5), **plain} for part in range(3)]
        frame = {**self.box(x, middle - 6, 16, 12), "type": "rect", "fillcolor": colour, "line": {"width": 0}}
        if form == "swatch":
            edge = {"width": 1, "color": "#D5DAE1"} if colour in ("#F2F7FC", "#D9E8F5", "#E9ECF0") else {"width": 0}
            return [{**frame, "line": edge}]
        strokes = [
            {**self.box(x + start, middle - 6, 6, 12), "type": "line", "line": {"color": colour, "width": 1}}
            for start in (0, 5, 10)
        ]
        for stroke in strokes:
            stroke["y0"], stroke["y1"] = stroke["y1"], stroke["y0"]
        return [{**frame, "fillcolor": WHITE, "line": {"color": colour, "width": 1}}, *strokes]


def _watermark(text: str, width: int, height: int, place: _Place) -> dict[str, Any]:
    """The marks across the canvas, under the figure, as large as the canvas holds them."""
    angle = math.radians(20)
    one = text_width(text, 1, 700)
    size = min(0.9 * width / (one * math.cos(angle) + math.sin(angle)), 0.8 * height / (one * math.sin(angle) + 1), 64)
    return {
        **place.box(0, 0, width, height),
        "type": "rect",
        "line": {"width": 0},
        "fillcolor": "rgba(0,0,0,0)",
        "layer": "below",
        "label": {
            "text": escape(text),
            "textangle": -20,
            "textposition": "middle center",
            "font": {"family": FONT, "size": round(size, 1), "weight": 700, "color": "rgba(91,33,112,0.10)"},
        },
    }
