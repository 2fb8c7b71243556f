"""The dress of a number, a date and a name, in Vietnamese and English.

Values come exact (int, Decimal, Fraction; None where there is none) and are rounded half up, never through a binary
fraction: 0.285 is 0,29. A float is taken at the digits it prints. The signs of each language are Babel's; the minus
is the true one (−), and what is missing is an en dash, never a nought.
"""

from __future__ import annotations

import unicodedata
from datetime import date as Date
from datetime import datetime as DateTime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import filterfalse

from babel import Locale, dates, numbers

Number = int | float | Decimal | Fraction

MISSING = "–"
MINUS = "−"
LANGUAGES = ("vi", "en")


def rounded(value: Number, places: int = 2) -> Decimal:
    """The value with `places` decimals, rounded half up (away from zero), computed exactly."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Fraction):
        above, below = 2 * abs(value.numerator) * 10**places, value.denominator
        whole = (above + below) // (2 * below)
        return Decimal(-whole if value.numerator < 0 else whole).scaleb(-places)
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@cache
def _signs(lang: str) -> tuple[str, str]:
    locale = Locale.parse(lang)
    return numbers.get_decimal_symbol(locale), numbers.get_group_symbol(locale)


def number(value: Number | None, lang: str = "vi", places: int = 2, *, trim: bool = False) -> str:
    """'1.234,50'; `trim` leaves trailing noughts out ('1.234,5'). Missing: '–'."""
    if value is None:
        return MISSING
    exact = rounded(value, places)
    decimal, group = _signs(lang)
    text = f"{abs(exact):,f}".replace(",", "\0").replace(".", decimal).replace("\0", group)
    if trim and decimal in text:
        text = text.rstrip("0").removesuffix(decimal)
    return MINUS + text if exact < 0 else text


def points(value: Number | None, lang: str = "vi", places: int = 2) -> str:
    """Points or an index: '94,22', '94.22'."""
    return number(value, lang, places)


def of_max(value: Number | None, maximum: Number | None, lang: str = "vi", places: int = 2) -> str:
    """Points beside their maximum: '8,75/10'. The maximum keeps no trailing nought."""
    return f"{number(value, lang, places)}/{number(maximum, lang, 2, trim=True)}"


def percent(share: Number | None, lang: str = "vi", places: int = 1) -> str:
    """A share of one as a percentage: Fraction(457, 500) gives '91,4%'. What is not quite nothing or not quite
    everything does not read as such: '<0,1%', '>99,9%'."""
    return MISSING if share is None else f"{hundredths(share, lang, places)}%"


def hundredths(share: Number, lang: str = "vi", places: int = 1) -> str:
    """`percent` without its sign."""
    shown, least = rounded(share * 100, places), Decimal(1).scaleb(-places)
    if shown == 0 and share > 0:
        return f"<{number(least, lang, places)}"
    if shown == 100 and share < 1:
        return f">{number(100 - least, lang, places)}"
    return number(share * 100, lang, places)


def apart(one: Number, other: Number, places: int = 2) -> Fraction:
    """The first less the second, both as they are printed with `places` decimals: what stands side by side adds up."""
    return Fraction(rounded(one, places) - rounded(other, places))


def shares_apart(one: Number, other: Number, places: int = 2) -> Fraction:
    """`apart` of two shares of one, printed as per cent. Where a difference stands beside its terms all three have
    two decimals: one would make 0,1 of what is 0,04."""
    return apart(one * 100, other * 100, places) / 100


def signed(value: Number | None, lang: str = "vi", places: int = 2) -> str:
    """A difference with its sign: '+1,25', '−0,50'; what rounds to nought has none: '0,00'."""
    if value is None:
        return MISSING
    text = number(value, lang, places)
    return "+" + text if rounded(value, places) > 0 else text


def pp(difference: Number | None, lang: str = "vi", places: int = 2, *, short: bool = False) -> str:
    """Difference of two shares: '+3,78 điểm phần trăm', short '+3,78 đ.%'. Never 'tăng 3,78%'."""
    if difference is None:
        return MISSING
    word = {"vi": ("điểm phần trăm", "đ.%"), "en": ("percentage points", "pp")}[lang][short]
    return f"{signed(difference * 100, lang, places)} {word}"


def in_points(value: Number | None, lang: str = "vi", places: int = 2, *, sign: bool = False) -> str:
    """With the word: '94,22 điểm', '+1,25 điểm', '94.22 points'."""
    if value is None:
        return MISSING
    word = "điểm" if lang == "vi" else "point" if abs(rounded(value, places)) == 1 else "points"
    return f"{(signed if sign else number)(value, lang, places)} {word}"


def count(value: int | None, lang: str = "vi") -> str:
    """A whole number: '12.450', '12,450'."""
    return number(value, lang, 0)


def rank(place: int | None, of: int | None = None, *, tied: bool = False) -> str:
    """'7/30', '7', tied '=10'."""
    if place is None:
        return MISSING
    return f"{'=' if tied else ''}{place}" + (f"/{of}" if of is not None else "")


def interval(low: Number | None, high: Number | None, lang: str = "vi", places: int = 0) -> str:
    """'9–19'; a single place where both ends agree; missing where an end is."""
    if low is None or high is None:
        return MISSING
    ends = [number(end, lang, places) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def date(value: Date | None, lang: str = "vi", *, official: bool = False) -> str:
    """'05/05/2021' for tables; `official` is the style of decisions ('05/5/2021': a nought before days under 10 and
    before January and February alone). English: '5 May 2021'."""
    if value is None:
        return MISSING
    if lang == "en":
        return dates.format_date(value, "d MMM y", locale="en")
    if official:
        return (
            f"{value.day:02d}/{value.month:02d}/{value.year}"
            if value.month < 3
            else (f"{value.day:02d}/{value.month}/{value.year}")
        )
    return f"{value:%d/%m/%Y}"


def moment(value: DateTime | None, lang: str = "vi") -> str:
    """A time to the minute: '22/12/2020 16:40', '22 Dec 2020 16:40'."""
    return MISSING if value is None else f"{date(value, lang)} {value:%H:%M}"


def bytes_size(size: int, lang: str = "vi") -> str:
    """'830 B', '12,4 kB', '3,1 MB' (powers of 1000)."""
    for power, unit in ((6, "MB"), (3, "kB")):
        if size >= 10**power:
            return f"{number(Fraction(size, 10**power), lang, 1)} {unit}"
    return f"{size} B"


# Letters in Vietnamese order; f, j, w and z of foreign names stand where English has them.
_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {tone: place for place, tone in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
_SHAPES = "\u0306\u0302\u031b"  # breve, circumflex and horn make other letters; the rest are tones


@lru_cache(maxsize=4096)
def vietnamese_order(text: str) -> tuple:
    """Sort key: letters first (a ă â b c d đ e ê …), then tones (ngang huyền hỏi ngã sắc nặng), then case."""
    letters: list[tuple[int, int, str]] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFD", text.casefold()):
        if char in _TONES:
            if tones:
                tones[-1] = _TONES[char]
        elif char in _SHAPES and letters:
            composed = unicodedata.normalize("NFC", letters[-1][2] + char)
            letters[-1] = (1, _ALPHABET.get(composed, letters[-1][1]), composed)
        elif char in _ALPHABET:
            letters.append((1, _ALPHABET[char], char))
            tones.append(0)
        elif char.isspace():
            letters.append((-1, 0, ""))
            tones.append(0)
        elif not unicodedata.combining(char):
            letters.append((0, ord(char), char))
            tones.append(0)
    return tuple(letter[:2] for letter in letters), tuple(tones), text


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """For search: lower case, no accents, đ as d, single spaces. 'Cầu  Giấy' and 'cau giay' are the same."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(filterfalse(unicodedata.combining, plain)).split())
