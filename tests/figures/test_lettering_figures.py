from pathlib import Path

import pytest
from figures_made import LONG
from fontTools.ttLib import TTFont

from dashboard.figures import lettering
from dashboard.figures.lettering import text_width


def test_widths_are_those_of_the_font_served():
    ttf = Path(__file__).parents[2] / "assets" / "fonts" / "ttf"
    faces = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
    if not ttf.is_dir():
        pytest.skip("the fonts are not in assets/fonts/ttf")
    for place, (weight, name) in enumerate(faces.items()):
        assert lettering.WEIGHTS[place] == weight
        letters_of = TTFont(ttf / f"BeVietnamPro-{name}.ttf")
        names, widths = letters_of.getBestCmap(), letters_of["hmtx"]
        for letters, known in lettering.ADVANCES.items():
            assert {widths[names[ord(letter)]][0] for letter in letters} == {known[place]}, letters
        digits = TTFont(ttf / f"CCHCSo-{name}.ttf")
        names, widths = digits.getBestCmap(), digits["hmtx"]
        assert {widths[names[ord(digit)]][0] for digit in "0123456789+−"} == {lettering.DIGIT[place]}


def test_text_is_cut_wrapped_and_balanced_within_its_width():
    assert lettering.fit("Cầu Giấy", 200) == "Cầu Giấy"
    cut = lettering.fit(LONG, 120)
    assert cut.endswith("…") and text_width(cut) <= 120
    for width in (40, 90, 200):
        lines = lettering.wrap(LONG, width)
        assert all(text_width(line) <= width for line in lines)
    assert " ".join(lettering.wrap(LONG, 90)) == LONG
    assert lettering.wrap("", 90) == [""]
    lines = lettering.balance(LONG, 300, 13)
    assert len(lines) == len(lettering.wrap(LONG, 300, 13)) and text_width(lines[-1]) > 60
    assert text_width("1") != text_width("4") and text_width("1", numbers=True) == text_width("4", numbers=True)
