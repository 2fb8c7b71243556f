"""The fonts cover what is written with them, in the page and on the server."""

import importlib.util
import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ASSETS = Path(__file__).parents[1] / "assets"
FONTS = ASSETS / "fonts"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in TONES}
ALPHABET = LETTERS | set("bcdđghklmnpqrstvxfjwzBCDĐGHKLMNPQRSTVXFJWZ")
SIGNS = set("0123456789 .,:;!?%/()[]+-=<>&*#@'\"₫–—−×±≥≤≠≈·•…“”‘’°§²³½\N{NO-BREAK SPACE}")


def letters_of(path: Path) -> dict[int, str]:
    """Code point → glyph of a font file."""
    return TTFont(path).getBestCmap()


def faces() -> list[tuple[str, int, str, set[int]]]:
    """The @font-face rules of fonts.css: family, weight, file, code points."""
    found = []
    for rule in re.findall(r"@font-face \{(.*?)\}", (ASSETS / "fonts.css").read_text(encoding="utf-8"), re.S):
        says = dict(re.findall(r"([\w-]+): (.*?);", rule))
        points = set()
        for span in says["unicode-range"].replace("U+", "").split(", "):
            first, _, last = span.partition("-")
            points |= set(range(int(first, 16), int(last or first, 16) + 1))
        file = re.search(r"url\('(.+?)'\)", says["src"])[1]
        found.append((says["font-family"].strip("'"), int(says["font-weight"]), file, points))
    return found


def test_alphabet_is_whole():
    assert len(LETTERS) == 144


@pytest.mark.parametrize("style", WEIGHTS.values())
def test_server_fonts_hold_every_vietnamese_letter(style):
    glyphs = letters_of(FONTS / "ttf" / f"BeVietnamPro-{style}.ttf")
    assert {sign for sign in ALPHABET | SIGNS if ord(sign) not in glyphs} == set()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_page_fonts_hold_every_vietnamese_letter_where_the_stylesheet_says(weight):
    served = set()
    for family, its_weight, file, points in faces():
        if (family, its_weight) == ("Be Vietnam Pro", weight):
            served |= points & letters_of(ASSETS / file).keys()
    assert {sign for sign in ALPHABET | SIGNS if ord(sign) not in served} == set()


def test_stylesheet_names_every_page_font_and_no_other():
    assert {file for _, _, file, _ in faces()} == {f"fonts/{path.name}" for path in FONTS.glob("*.woff2")}


def test_font_files_carry_a_version_and_their_licence():
    assert all(re.search(r"-\d", path.name) for path in FONTS.glob("*.woff2"))
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    # Derived fonts may not use a reserved name; the authors of this one reserved none.
    assert "with Reserved Font Name" not in licence


def derivation():
    """The module that makes the derived fonts."""
    spec = importlib.util.spec_from_file_location("derive_fonts", FONTS / "derive_fonts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("weight", WEIGHTS)
def test_derived_fonts_are_what_the_script_makes(weight):
    derived = derivation().derive(weight)
    assert {name: (FONTS / name).read_bytes() for name in derived} == derived


def test_digits_are_all_of_one_width():
    files = [*FONTS.glob("cchc-so-*"), *FONTS.glob("ttf/CCHCSo-*")]
    assert len(files) == 8
    for name in files:
        font = TTFont(name)
        glyphs = font.getBestCmap()
        assert set(glyphs) == set(map(ord, "0123456789+−"))
        assert len({font["hmtx"][glyph][0] for glyph in glyphs.values()}) == 1
        assert font["name"].getBestFamilyName() == "CCHC So"
        assert "Vietnam" not in font["name"].getBestFullName()


def test_commas_between_digits_are_of_one_height_and_weight():
    for weight, style in WEIGHTS.items():
        parent, digits = (
            TTFont(FONTS / "ttf" / f"BeVietnamPro-{style}.ttf"),
            TTFont(FONTS / "ttf" / f"CCHCSo-{style}.ttf"),
        )
        assert digits["OS/2"].usWeightClass == parent["OS/2"].usWeightClass == weight
        assert digits["hhea"].ascent == parent["hhea"].ascent
        assert digits["hhea"].descent == parent["hhea"].descent
