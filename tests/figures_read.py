"""The texts of a figure and the room they take: computed from its layout, or measured where a browser drew it."""

import html
import re
from itertools import combinations

from dashboard.figures.lettering import text_width

# Draws one picture after the other and says which texts leave their canvas or meet (line boxes may touch by 5 px).
MEASURE = """
const done = arguments[arguments.length - 1], place = document.getElementById("place");
(async () => {
  const faces = ["Be Vietnam Pro", "CCHC So"].flatMap(f => [400, 600, 700].map(w => `${w} 13px '${f}'`));
  await Promise.all(faces.map(face => document.fonts.load(face, "Aắ1−")));
  const found = [];
  for (const [name, {data, layout}] of Object.entries(await (await fetch(arguments[0])).json())) {
    const width = layout.width || layout.meta.width;
    await Plotly.newPlot(place, data, {...layout, width}, {staticPlot: true});
    const from = place.querySelector("svg").getBoundingClientRect(), boxes = [];
    for (const text of place.querySelectorAll("svg text")) {
      const box = text.getBoundingClientRect();
      if (box.width) boxes.push([text.textContent, box, text.closest(".shape-group")]);
    }
    if (boxes.length < 5) found.push(`${name}: drawn without its texts`);
    for (const [text, box] of boxes)
      if (box.left < from.left - 0.6 || box.right > from.left + width + 0.6
          || box.top < from.top - 1 || box.bottom > from.top + layout.height + 1)
        found.push(`${name}: "${text}" leaves the canvas`);
    const lines = boxes.filter(([, , watermark]) => !watermark);
    lines.forEach(([one, a], at) => lines.slice(at + 1).forEach(([two, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 5) found.push(`${name}: "${one}" meets "${two}"`);
    }));
  }
  return found;
})().then(done, error => done([String(error)]));
"""


def plain(text):
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def size_of(text, font):
    size = font.get("size", 13)
    weight = 600 if "font-weight:600" in text else font.get("weight", 400)
    lines = [plain(line) for line in text.split("<br>")]
    numbers = font.get("family", "").startswith("CCHC")
    return max(text_width(line, size, weight, numbers=numbers) for line in lines), len(lines) * size * 1.2


def texts(figure):
    """Boxes (text, left, top, right, bottom) in px of annotations, axis labels and text columns."""
    layout = figure["layout"]
    margin = layout["margin"]
    width, height = layout.get("width", layout["meta"]["width"]), layout["height"]
    across, down = width - margin["l"] - margin["r"], height - margin["t"] - margin["b"]
    found = []

    def axis(ref):
        return layout[ref[0] + "axis" + ref[1:]]

    def place(ref, value):
        if ref == "paper":
            return margin["l"] + value * across
        low, high = axis(ref)["range"]
        start, end = axis(ref).get("domain", (0, 1))
        return margin["l"] + across * (start + (value - low) / (high - low) * (end - start))

    def drop(ref, value):
        if ref == "paper":
            return margin["t"] + (1 - value) * down
        low, high = axis(ref)["range"]
        return margin["t"] + (1 - (value - low) / (high - low)) * down

    def add(text, x, y, across_anchor, down_anchor, font):
        wide, tall = size_of(text, font)
        left = x - {"left": 0, "center": wide / 2, "right": wide}[across_anchor]
        top = y - {"top": 0, "middle": tall / 2, "bottom": tall}[down_anchor]
        if plain(text).strip():
            found.append((plain(text), left, top, left + wide, top + tall))

    for note in layout.get("annotations", []):
        x = place(note["xref"], note["x"]) + note.get("xshift", 0)
        y = drop(note["yref"], note["y"]) - note.get("yshift", 0)
        add(note["text"], x, y, note.get("xanchor", "center"), note.get("yanchor", "middle"), note.get("font", {}))
    for name, scale in layout.items():
        if not re.match(r"[xy]axis\d*$", name) or scale.get("visible") is False or scale.get("showticklabels") is False:
            continue
        ref = name[0] + name[5:]
        for value, text in zip(scale["tickvals"], scale["ticktext"], strict=True):
            font = scale.get("tickfont", {})
            if name[0] == "x":
                top = scale.get("side") == "top"
                anchor = layout.get("yaxis" + scale.get("anchor", "y")[1:]) and ("bottom" if top else "top")
                standoff = scale.get("ticklabelstandoff", 0)
                y = margin["t"] - standoff if top else height - margin["b"] + 3 + standoff
                add(text, place(ref, value), y, "center", anchor, font)
            else:
                side = "right" if scale.get("side") == "left" else "left"
                x = margin["l"] + scale.get("position", 0) * across + scale.get("shift", 0)
                add(text, x - (0 if "shift" in scale else 4), drop(ref, value), side, "middle", font)
    return found, width, height


def column(figure, head):
    """Texts of the text column under `head`."""
    layout = figure["layout"]
    note = next(note for note in layout["annotations"] if note["text"] == head)
    return next(
        [plain(text) for text in axis["ticktext"]]
        for name, axis in layout.items()
        if name.startswith("yaxis") and axis.get("shift") == note.get("xshift") and axis["position"] == note["x"]
    )


def check_room(figure, *, apart=True):
    found, width, height = texts(figure)
    for text, left, top, right, bottom in found:
        assert left >= -0.5 and right <= width + 0.5, (text, left, right, width)
        assert top >= -1 and bottom <= height + 1, (text, top, bottom, height)
    for one, two in combinations(found, 2) if apart else ():
        across = min(one[3], two[3]) - max(one[1], two[1])
        down = min(one[4], two[4]) - max(one[2], two[2])
        assert across <= 0.5 or down <= 3.5, (one, two)
    return found
