"""Makes the fonts that Be Vietnam Pro lacks as it is served, out of its TTFs in ttf/.

"CCHC So": ten digits, + and − of one width, so that columns of numbers align. Be Vietnam Pro has no tabular figures
(a 1 is 385 units wide, a 4 is 710), and `font-variant-numeric` cannot invent them. Each glyph keeps its outline and is
centred in one advance width; everything else stays out, so that commas and words fall through to the next font.

"Be Vietnam Pro", signs: ≈ ≠ ≤ ≥, which the TTFs have and the files cut for the web do not.

The Open Font License lets a font be changed and passed on under the same licence (OFL.txt) and forbids the change to
carry a name that the authors reserved. They reserved none; what looks different has a name of its own all the same.

Run it with the Python of the project: python assets/fonts/derive_fonts.py
"""

import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
DIGITS = "0123456789+\N{MINUS SIGN}"
SIGNS = "≈≠≤≥"
# weight: (the font it is taken from, width of a digit in units of 1/1000 em)
WEIGHTS = {400: ("Regular", 630), 500: ("Medium", 634), 600: ("SemiBold", 640), 700: ("Bold", 646)}
VERSION = "1"


def derive(weight: int) -> dict[str, bytes]:
    """The derived files of a weight, by name below this folder; the same bytes every time.

    Files for the page are woff2 with a version in the name, since browsers keep fonts for a year; pictures and
    documents made on the server get the digits as TTF.
    """
    source, width = WEIGHTS[weight]
    digits = _cut(source, DIGITS)
    _set_widths(digits, width)
    _rename(digits, source)
    return {
        f"ttf/CCHCSo-{source}.ttf": _bytes(digits),
        f"cchc-so-{VERSION}-{weight}.woff2": _bytes(digits, "woff2"),
        f"be-vietnam-pro-{VERSION}-signs-{weight}.woff2": _bytes(_cut(source, SIGNS), "woff2"),
    }


def _cut(source: str, text: str) -> TTFont:
    font = TTFont(HERE / "ttf" / f"BeVietnamPro-{source}.ttf", recalcTimestamp=False)
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    return font


def _set_widths(font: TTFont, width: int) -> None:
    glyphs, metrics = font["glyf"], font["hmtx"]
    for name in font.getBestCmap().values():
        glyph = glyphs[name]
        left = (width - (glyph.xMax - glyph.xMin)) // 2
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, left)


def _rename(font: TTFont, style: str) -> None:
    names = {1: f"CCHC So {style}", 2: "Regular", 3: f"CCHC So {style} {VERSION}", 4: f"CCHC So {style}"}
    names |= {5: f"Version {VERSION}.000", 6: f"CCHCSo-{style}", 16: "CCHC So", 17: style}
    names |= {record.nameID: record.toUnicode() for record in font["name"].names if record.nameID in (0, 13, 14)}
    font["name"].names = []
    for identifier, text in sorted(names.items()):
        font["name"].setName(text, identifier, 3, 1, 0x409)


def _bytes(font: TTFont, flavor: str | None = None) -> bytes:
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


if __name__ == "__main__":
    for weight in WEIGHTS:
        for name, content in derive(weight).items():
            (HERE / name).write_bytes(content)
