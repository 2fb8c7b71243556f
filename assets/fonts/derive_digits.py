"""Makes "CCHC So" out of Be Vietnam Pro: ten digits, + and − of one width, so that columns of numbers align.

Be Vietnam Pro has no tabular figures (a 1 is 385 units wide, a 4 is 710), and `font-variant-numeric` cannot invent
them. Each glyph keeps its outline and is centred in one advance width; everything else stays out of the file, so that
commas and words fall through to the next font of the stack.

The Open Font License lets a font be changed and passed on under the same licence (OFL.txt) and forbids the change to
carry a name that the authors reserved. They reserved none, and "CCHC So" takes none of theirs.

Run it with the Python of the project: python assets/fonts/derive_digits.py
"""

import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SIGNS = "0123456789+\N{MINUS SIGN}"
# weight: (the font it is taken from, advance width in units of 1/1000 em)
WEIGHTS = {400: ("Regular", 630), 500: ("Medium", 634), 600: ("SemiBold", 640), 700: ("Bold", 646)}
VERSION = "1"


def derive(weight: int) -> dict[str, bytes]:
    """One weight of CCHC So: file names below this folder and what stands in them, the same bytes every time.

    The page gets a woff2, whose name carries the version since browsers keep fonts for a year; pictures and documents
    made on the server get a TTF.
    """
    source, width = WEIGHTS[weight]
    font = TTFont(HERE / "ttf" / f"BeVietnamPro-{source}.ttf", recalcTimestamp=False)

    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text=SIGNS)
    subsetter.subset(font)

    glyphs, metrics = font["glyf"], font["hmtx"]
    for name in font.getBestCmap().values():
        glyph = glyphs[name]
        left = (width - (glyph.xMax - glyph.xMin)) // 2
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, left)

    names = {1: f"CCHC So {source}", 2: "Regular", 3: f"CCHC So {source} {VERSION}", 4: f"CCHC So {source}"}
    names |= {5: f"Version {VERSION}.000", 6: f"CCHCSo-{source}", 16: "CCHC So", 17: source}
    kept = {record.nameID: record.toUnicode() for record in font["name"].names if record.nameID in (0, 13, 14)}
    font["name"].names = []
    for identifier, text in sorted((kept | names).items()):
        font["name"].setName(text, identifier, 3, 1, 0x409)

    files = {}
    for name, flavor in ((f"ttf/CCHCSo-{source}.ttf", None), (f"cchc-so-{VERSION}-{weight}.woff2", "woff2")):
        font.flavor = flavor
        out = io.BytesIO()
        font.save(out)
        files[name] = out.getvalue()
    return files


if __name__ == "__main__":
    for weight in WEIGHTS:
        for name, content in derive(weight).items():
            (HERE / name).write_bytes(content)
