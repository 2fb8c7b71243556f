"""How wide a text is, before anything draws it: margins, wrapping and labels are laid out from these widths."""

import html

FONT = "Be Vietnam Pro, DejaVu Sans, sans-serif"
NUMBERS = "CCHC So, Be Vietnam Pro, DejaVu Sans, sans-serif"
SIZE = 13

# Advance widths of Be Vietnam Pro in thousandths of the size, for the weights 400, 500, 600, 700. Letters of one
# width share a row. Kerning is left out: it moves a whole line by less than one per cent.
ADVANCES = {
    "'": (179, 193, 208, 222),
    "`": (202, 231, 260, 288),
    "’": (217, 223, 228, 234),
    " \u00a0": (230, 230, 230, 230),
    "l": (255, 266, 277, 288),
    "·": (255, 272, 288, 305),
    "I": (258, 269, 280, 290),
    "i": (264, 275, 285, 296),
    "j": (274, 283, 292, 301),
    "ìíỉĩị": (276, 285, 294, 302),
    "ÌÍỈĨỊ": (278, 285, 292, 298),
    "!": (280, 300, 320, 341),
    ".:": (286, 302, 319, 335),
    "‘": (287, 279, 270, 262),
    ",;": (303, 317, 332, 346),
    '"': (318, 342, 367, 391),
    "“": (370, 395, 420, 444),
    "1": (385, 400, 415, 431),
    "f": (386, 394, 401, 409),
    "r": (392, 404, 416, 429),
    "”": (407, 423, 440, 456),
    "|": (408, 417, 426, 434),
    "{}": (426, 444, 462, 480),
    "t": (428, 431, 434, 438),
    "()": (439, 444, 449, 453),
    "[]": (459, 474, 489, 504),
    "J": (465, 474, 482, 491),
    "~": (468, 475, 483, 490),
    "°": (475, 474, 472, 471),
    "\\": (485, 500, 515, 531),
    "*": (497, 502, 508, 513),
    "z": (502, 508, 514, 521),
    "/": (503, 516, 528, 541),
    "s": (508, 518, 527, 537),
    "•": (553, 558, 564, 569),
    "k": (555, 570, 584, 599),
    "<>": (556, 562, 568, 573),
    "x": (559, 575, 591, 608),
    "^": (559, 577, 594, 612),
    "u": (566, 573, 581, 588),
    "≥≤": (571, 575, 580, 584),
    "n": (573, 581, 590, 598),
    "?": (573, 589, 605, 621),
    "ư": (576, 581, 587, 592),
    "v": (576, 582, 588, 594),
    "×": (579, 595, 612, 628),
    "yỳýỷỹỵ": (583, 588, 592, 597),
    "h": (583, 591, 600, 608),
    "ùúủũụừứửữự": (591, 594, 598, 601),
    "7": (594, 595, 596, 598),
    "e": (599, 605, 611, 618),
    "-": (608, 608, 607, 607),
    "+": (608, 623, 637, 652),
    "èéẻẽẹêềếểễệ": (609, 612, 615, 618),
    "c": (613, 618, 624, 629),
    "E": (620, 627, 634, 642),
    "L": (624, 630, 637, 643),
    "ÈÉẺẼẸÊỀẾỂỄỆ": (630, 635, 640, 646),
    "F": (633, 637, 640, 644),
    "8": (634, 645, 656, 668),
    "S": (635, 645, 656, 666),
    "−": (636, 644, 653, 661),
    "ao": (642, 647, 652, 658),
    "ơ": (642, 651, 660, 669),
    "g": (643, 648, 654, 659),
    "P": (644, 656, 667, 679),
    "«»": (644, 676, 707, 739),
    "$": (645, 646, 648, 649),
    "±": (647, 654, 661, 669),
    "T": (650, 662, 674, 686),
    "2": (651, 655, 660, 664),
    "ỡ": (652, 652, 651, 651),
    "òóỏõọôồốổỗộờớởợ": (652, 654, 656, 658),
    "bdpq": (652, 657, 662, 668),
    "àáảãạăằắẳẵặâầấẩẫậ": (653, 656, 660, 663),
    "Z": (660, 662, 664, 667),
    "3": (660, 667, 674, 680),
    "5": (660, 667, 674, 682),
    "đ": (662, 669, 677, 684),
    "÷": (664, 681, 698, 714),
    "YỲÝỶỸỴ": (665, 683, 701, 718),
    "R": (668, 683, 697, 712),
    "B": (674, 686, 698, 709),
    "0": (676, 684, 692, 700),
    "K": (679, 691, 703, 716),
    "69": (680, 687, 693, 700),
    "–": (682, 689, 696, 704),
    "§": (692, 698, 704, 710),
    "_": (702, 713, 724, 736),
    "V": (706, 719, 732, 745),
    "H": (709, 717, 725, 732),
    "4": (710, 713, 716, 720),
    "X": (720, 736, 753, 769),
    "U": (725, 729, 733, 738),
    "=": (726, 735, 744, 752),
    "…": (726, 772, 817, 863),
    "D": (728, 736, 743, 751),
    "N": (732, 738, 743, 749),
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ": (736, 747, 758, 769),
    "&": (740, 748, 755, 763),
    "ÙÚỦŨỤƯỪỨỬỮỰ": (745, 745, 745, 746),
    "C": (775, 777, 778, 780),
    "G": (783, 785, 788, 790),
    "Đ": (788, 787, 786, 784),
    "½": (800, 801, 802, 802),
    "#": (807, 820, 833, 845),
    "Q": (822, 823, 825, 826),
    "OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ": (826, 827, 828, 828),
    "%": (849, 856, 863, 871),
    "M": (853, 865, 877, 888),
    "—": (868, 868, 868, 869),
    "w": (870, 875, 879, 884),
    "m": (893, 894, 895, 896),
    "@": (1005, 1009, 1014, 1018),
    "W": (1005, 1022, 1039, 1057),
}
# "CCHC So" gives every digit, + and − one width in each weight, so that columns of numbers stand in line.
DIGIT = (630, 634, 640, 646)
WEIGHTS = (400, 500, 600, 700)
UNKNOWN = 1000


class _Widths(dict):
    """Letter -> width in thousandths of an em, at one weight."""

    def __missing__(self, letter: str) -> int:
        return UNKNOWN


_WIDTHS = [
    _Widths({letter: widths[at] for letters, widths in ADVANCES.items() for letter in letters})
    for at in range(len(WEIGHTS))
]
_NUMBERS = [_Widths(widths | dict.fromkeys("0123456789+−", DIGIT[at])) for at, widths in enumerate(_WIDTHS)]


def text_width(text: str, size: float = SIZE, weight: int = 400, *, numbers: bool = False) -> float:
    """Width of one line in px. `numbers` measures the fixed-width digits; a letter the font lacks counts one em."""
    widths = (_NUMBERS if numbers else _WIDTHS)[WEIGHTS.index(weight)]
    return sum(map(widths.__getitem__, text)) * size / 1000


def fit(text: str, width: float, size: float = SIZE, weight: int = 400) -> str:
    """The text, cut after a whole letter with "…" where it is wider than `width` px."""
    if text_width(text, size, weight) <= width:
        return text
    while text and text_width(text.rstrip() + "…", size, weight) > width:
        text = text[:-1]
    return text.rstrip(" ,;–-") + "…"


def wrap(text: str, width: float, size: float = SIZE, weight: int = 400) -> list[str]:
    """Lines no wider than `width` px, broken between words; a longer single word is broken between letters."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        trial = f"{line} {word}".strip()
        if text_width(trial, size, weight) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        while text_width(word, size, weight) > width and len(word) > 1:
            cut = next(i for i in range(len(word), 0, -1) if i == 1 or text_width(word[:i], size, weight) <= width)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines or [""]


def balance(text: str, width: float, size: float = SIZE, weight: int = 400) -> list[str]:
    """As many lines as `wrap` makes, of about one length: a title without a lone last word."""
    lines = wrap(text, width, size, weight)
    narrow = width
    while len(lines) > 1 and narrow > width / 2:
        narrow -= size
        trial = wrap(text, narrow, size, weight)
        if len(trial) > len(lines):
            break
        lines = trial
    return lines


def escape(text: str) -> str:
    """The text as Plotly must get it: its labels are a small HTML."""
    return html.escape(text, quote=False)


def bold(text: str) -> str:
    """The text set in 600, as Plotly must get it."""
    return f'<span style="font-weight:600">{escape(text)}</span>'
