"""A figure as a complete statement on a canvas of its own: title, subtitle, marks, key, figure, note, source.

Everything is laid out from measured text before anything is drawn, so no text leaves the canvas or meets another.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.figures.layout import DASHED, Figure, note
from dashboard.figures.lettering import FONT, SIZE, balance, escape, text_width, wrap
from dashboard.figures.palette import (
    BLOCK_RANGE,
    CLEAR,
    GRID,
    INK,
    INK_2,
    INK_3,
    MARKS,
    SAME,
    SEQUENTIAL,
    SIMULATION,
    WHITE,
)
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
WATERMARK = "rgba(91,33,112,0.10)"
PALE = (*SEQUENTIAL[:2], BLOCK_RANGE)  # colours that need an edge on white
BOXES = {"line": (0, -1.5, 16, 3), "tick": (6.5, -7, 3, 14), "square": (3, -5, 10, 10)}
"""Forms of the key that are one box: px from the left, from the middle of the line, width, height."""
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
    layout = figure["layout"]
    meta, margin, natural = layout["meta"], layout["margin"], layout["height"]
    wide, tall = SIZES[size]
    for scale in SCALES[size]:
        width = round(wide / scale)
        head = _head(width, title, subtitle, marks, meta.get("key") or [])
        foot = _foot(width, note, [source] if isinstance(source, str) else source)
        room = (tall or TALLEST_A4) / scale - head.height - foot.height
        if width - 2 * PAD >= 0.92 * meta["width"] and room >= TIGHTEST * natural:
            break
    if tall is None:
        height = min(math.ceil((natural + head.height + foot.height) / 20) * 20, int(TALLEST_A4 / scale / 20) * 20)
    else:
        height = round(tall / scale)
    inner = min(height - head.height - foot.height, LOOSEST * natural)
    left, right, top = margin["l"] + PAD, margin["r"] + PAD, head.height + margin["t"]
    bottom = height - head.height - inner + margin["b"]
    canvas = _Canvas(width, height, left, right, top, bottom)
    logo = canvas.emblem(emblem, lang)
    notes = [*canvas.lines(head), *canvas.lines(foot, height - foot.height), *canvas.key_texts(head)]
    shapes = [shape for mark, _, x, y in head.key for shape in canvas.mark(mark, x, y)]
    if marks:
        shapes.append(canvas.watermark(" – ".join(marks)))
    return {
        "data": figure["data"],
        "layout": {
            **layout,
            "width": width,
            "height": height,
            "margin": {"l": left, "r": right, "t": round(top), "b": round(bottom), "pad": 0},
            "annotations": [*layout.get("annotations", []), *notes, *logo["annotations"]],
            "shapes": [*layout.get("shapes", []), *shapes, *logo["shapes"]],
            "images": [*layout.get("images", []), *logo["images"]],
            "meta": {**meta, "scale": scale, "width": width},
        },
    }


@dataclass
class _Block:
    """The texts over or under the figure with their places in px from the top of the block."""

    height: float = 0
    lines: list[tuple[str, float, int, str, float]] = field(default_factory=list)  # text, size, weight, colour, y
    key: list[tuple[str, str, float, float]] = field(default_factory=list)  # mark, text, x, y

    def add(self, lines: Sequence[str], y: float, size: float, weight: int, colour: str) -> float:
        """Adds lines from y on; gives the y below them."""
        for line in lines:
            self.lines.append((line, size, weight, colour, y))
            y += size * LINE
        return y


def _head(width: int, title: str, subtitle: str, marks: Sequence[str], key: Sequence[Sequence[str]]) -> _Block:
    """Title, subtitle, marks of the data and key, beside and below the place of the emblem."""
    block = _Block()
    beside_emblem = width - 2 * PAD - EMBLEM - 20
    size = next((size for size in (22, 20, 18) if len(wrap(title, beside_emblem, size, 700)) <= 2), 16)
    y = block.add(balance(title, beside_emblem, size, 700), PAD - 2.0, size, 700, INK)
    y = block.add(balance(subtitle, beside_emblem, 14), y + 2, 14, 400, INK_2)
    if not (marks or key):
        y = max(y, PAD + 56.0)
    for line in wrap(" · ".join(marks), beside_emblem, weight=700) if marks else []:
        block.add([line], y + 2, SIZE, 700, SIMULATION)
        y += SIZE * LINE + 2
    # The key may pass under the emblem's place only when it starts below it.
    x, y = float(PAD), y + 6
    for mark, text in key:
        item = 24 + text_width(text)
        limit = width - PAD if y >= PAD + 60 else width - 2 * PAD - EMBLEM
        if x > PAD and x + item > limit:
            x, y = float(PAD), y + 22
        block.key.append((mark, text, x, y))
        x += item + 22
    block.height = max(y + (22 if key else 0) + 8, PAD + 64.0)
    return block


def _foot(width: int, note: str, source: Sequence[str]) -> _Block:
    """Note and source."""
    block = _Block()
    y = 12.0
    for texts, colour in (([note] if note else [], INK_2), (source, INK_3)):
        for text in texts:
            y = block.add(wrap(text, width - 2 * PAD), y, SIZE, 400, colour)
        y += 3 if texts else 0
    block.height = y + PAD - 6
    return block


@dataclass(frozen=True)
class _Canvas:
    """Canvas px from the top left corner, as Plotly's paper references with px shifts."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    def lines(self, block: _Block, top: float = 0) -> list[dict[str, Any]]:
        """The lines of a block that starts at `top`."""
        return [self.text(text, top + y, size, weight, colour) for text, size, weight, colour, y in block.lines]

    def key_texts(self, block: _Block) -> list[dict[str, Any]]:
        """The words beside the marks of the key."""
        return [self.text(text, y, x=x + 24) for _, text, x, y in block.key]

    def text(
        self, text: str, y: float, size: float = SIZE, weight: int = 400, colour: str = INK_2, *, x: float = PAD
    ) -> dict[str, Any]:
        """One line of text from its upper left corner."""
        return note(
            escape(text),
            0,
            1,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            xshift=round(x - self.left, 1),
            yshift=round(self.top - y, 1),
            align="left",
            borderpad=0,
            font={"family": FONT, "size": size, "weight": weight, "color": colour},
        )

    def box(self, x: float, y: float, wide: float, tall: float, **more: Any) -> dict[str, Any]:
        """A rectangle, where `more` does not say otherwise filled and without a line."""
        return {
            "type": "rect",
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
            "line": {"width": 0},
            **more,
        }

    def emblem(self, source: str | None, lang: str) -> dict[str, list[dict[str, Any]]]:
        """The emblem in the upper right corner, or its outlined place with a word."""
        x = self.width - PAD - EMBLEM
        if source:
            return {"images": [self.image(source, x, PAD, EMBLEM, 56)], "shapes": [], "annotations": []}
        word = t("figure.emblem", lang)
        text = self.text(word, PAD + 20, colour=INK_3, x=x + EMBLEM / 2 - text_width(word) / 2)
        outline = self.box(x, PAD, EMBLEM, 56, line={"color": SAME, "width": 1, "dash": DASHED})
        return {"images": [], "shapes": [outline], "annotations": [text]}

    def image(self, source: str, x: float, y: float, wide: float, tall: float) -> dict[str, Any]:
        """An image: it knows no px shifts, so place and size are shares of the plot, whose px are known here."""
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
        """A mark of the key, in 16 px from x on, in the middle of the line of text at y."""
        form, colour = MARKS[mark]
        middle = y + SIZE * LINE / 2
        if form in ("dot", "small dot", "ring"):
            across = 7 if form == "small dot" else 10
            look = {"fillcolor": colour, "line": {"width": 0}}
            if form == "ring":
                look = {"fillcolor": WHITE, "line": {"width": 2, "color": colour}}
            return [self.box(x + 8 - across / 2, middle - across / 2, across, across, type="circle", **look)]
        if form == "dashed":
            return [self.box(x + 7, middle - 7 + part * 5, 1.5, 3.5, fillcolor=colour) for part in range(3)]
        if form in BOXES:
            from_left, from_middle, wide, tall = BOXES[form]
            return [self.box(x + from_left, middle + from_middle, wide, tall, fillcolor=colour)]
        if form == "swatch":
            edge = {"width": 1, "color": GRID} if colour in PALE else {"width": 0}
            return [self.box(x, middle - 6, 16, 12, fillcolor=colour, line=edge)]
        line = {"color": colour, "width": 1}
        strokes = [self.box(x + start, middle + 6, 6, -12, type="line", line=line) for start in (0, 5, 10)]
        return [self.box(x, middle - 6, 16, 12, fillcolor=WHITE, line=line), *strokes]

    def watermark(self, text: str) -> dict[str, Any]:
        """The text across the canvas, under the figure, as large as the canvas holds it."""
        angle = math.radians(20)
        one = text_width(text, 1, 700)
        across = 0.9 * self.width / (one * math.cos(angle) + math.sin(angle))
        down = 0.8 * self.height / (one * math.sin(angle) + 1)
        font = {"family": FONT, "size": round(min(across, down, 64), 1), "weight": 700, "color": WATERMARK}
        label = {"text": escape(text), "textangle": -20, "textposition": "middle center", "font": font}
        return self.box(0, 0, self.width, self.height, fillcolor=CLEAR, layer="below", label=label)
