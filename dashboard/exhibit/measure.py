"""How a kind of value is written for people and kept in files: one declaration for page, picture, document, CSV, XLSX.

Values are exact (int, Decimal, Fraction, date; None where there is none). A page and a document write them; a file
keeps them as numbers and dates at full precision, in a column for each part ('9–19' is two).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dashboard.words import formats


def _alone(value: Any) -> tuple[Any, ...]:
    return (value,)


@dataclass(frozen=True)
class Measure:
    """`write(value, lang)` is the text for people; `keep(value)` one exact value for each of `parts`, which are named
    in the heads of a file ('' where there is only one). `kind` of what is kept: 'text', 'number', 'percent' (91.4 for
    91,4%), 'pp' (3.78 for a difference of 3,78 percentage points), 'date'; `places` are those of the text. `num`: set
    to the right, in digits of one width."""

    write: Callable[[Any, str], str]
    kind: str = "number"
    places: int = 0
    parts: tuple[str, ...] = ("",)
    keep: Callable[[Any], tuple[Any, ...]] = _alone
    num: bool = True
    kinds: tuple[str, ...] = ()

    def kind_of(self, part: int) -> str:
        """Kind of one part; `kinds` names them where they differ."""
        return self.kinds[part] if self.kinds else self.kind

    def places_of(self, part: int) -> int:
        """Decimals of one part: a number beside a percentage is a count."""
        return 0 if self.kinds and self.kinds[part] == "number" else self.places


TEXT = Measure(lambda value, lang: str(value), "text", num=False)
"""Words, as they stand."""

COUNT = Measure(lambda value, lang: formats.count(value, lang))
"""A whole number: '12.450'."""

YEAR = Measure(lambda value, lang: str(value), "text")
"""A year or a number that only names, such as that of an import: never written as a count."""

RANK = Measure(
    lambda value, lang: formats.rank(value[0], tied=value[1]) if isinstance(value, tuple) else formats.rank(value),
    keep=lambda value: (value[0],) if isinstance(value, tuple) else (value,),
)
"""A place, or (place, whether it is shared): '7', '=10'."""

DATE = Measure(lambda value, lang: formats.date(value, lang), "date", num=False)
"""A day: '05/05/2021'."""

MOMENT = Measure(lambda value, lang: formats.moment(value, lang), "date", num=False)
"""A time to the minute."""


def points(places: int = 2, *, trim: bool = False) -> Measure:
    """Points or an index: '94,22'; `trim` leaves trailing noughts out."""
    return Measure(lambda value, lang: formats.number(value, lang, places, trim=trim), places=places)


MAXIMUM = points(trim=True)
"""A maximum: '10', '0,5'."""


def change(places: int = 2) -> Measure:
    """A difference with its sign: '+1,25', '−0,50'."""
    return Measure(lambda value, lang: formats.signed(value, lang, places), places=places)


def share(places: int = 1, *, signed: bool = False, sign: bool = True) -> Measure:
    """A share of one: Fraction(457, 500) is '91,4%'; `signed` with + or −, without `sign` the % is left to the head."""

    def write(value: Any, lang: str) -> str:
        if value is None:
            return formats.MISSING
        text = formats.signed(value * 100, lang, places) if signed else formats.hundredths(value, lang, places)
        return f"{text}%" if sign else text

    return Measure(
        write,
        "percent",
        places,
        keep=lambda value: (hundred(value),),
    )


def pp(places: int = 2) -> Measure:
    """A difference of two shares: '+3,78 đ.%'."""
    return Measure(
        lambda value, lang: formats.pp(value, lang, places, short=True),
        "pp",
        places,
        keep=lambda value: (hundred(value),),
    )


def of_max(places: int = 2) -> Measure:
    """(points, maximum): '8,75/10'."""
    return Measure(
        lambda value, lang: formats.of_max(*value, lang, places), places=places, parts=("", "maximum"), keep=tuple
    )


def interval(places: int = 0) -> Measure:
    """(low, high): '9–19', '92,10–94,80'."""
    return Measure(
        lambda value, lang: formats.interval(*value, lang, places), places=places, parts=("from", "to"), keep=tuple
    )


def change_interval(places: int = 2) -> Measure:
    """(low, high) of differences, with their signs: '−0,50 … +0,25'; one of them where both read alike."""

    def write(value: Any, lang: str) -> str:
        return " … ".join(dict.fromkeys(formats.signed(end, lang, places) for end in value))

    return Measure(write, places=places, parts=("from", "to"), keep=tuple)


def share_interval(places: int = 1) -> Measure:
    """(low, high) as shares of one: '82,1–85,0%'."""

    def write(value: Any, lang: str) -> str:
        text = formats.interval(*(None if end is None else end * 100 for end in value), lang, places)
        return text if text == formats.MISSING else f"{text}%"

    return Measure(write, "percent", places, ("from", "to"), lambda value: tuple(map(hundred, value)))


def share_of(places: int = 0) -> Measure:
    """(n, whole): '12 (8%)'."""

    def write(value: Any, lang: str) -> str:
        n, whole = value
        return f"{formats.count(n, lang)} ({formats.percent(Fraction(n, whole), lang, places)})" if whole else "–"

    def keep(value: Any) -> tuple[Any, Any]:
        n, whole = value
        return (n, hundred(Fraction(n, whole))) if whole else (None, None)

    return Measure(write, places=places, parts=("", "percent"), keep=keep, kinds=("number", "percent"))


def share_n(places: int = 1, *, signed: bool = False) -> Measure:
    """(share of one, from how many): '−37,5% (2)'; `signed` with + or −."""
    of = share(places, signed=signed)

    def write(value: Any, lang: str) -> str:
        return f"{of.write(value[0], lang)} ({formats.count(value[1], lang)})"

    return Measure(
        write,
        places=places,
        parts=("", "n"),
        keep=lambda value: (hundred(value[0]), value[1]),
        kinds=("percent", "number"),
    )


def moved(places: int = 2) -> Measure:
    """(before, after, maximum): '2,00 → 1,50/2'."""

    def write(value: Any, lang: str) -> str:
        before, after, maximum = value
        return f"{formats.number(before, lang, places)} → {formats.of_max(after, maximum, lang, places)}"

    return Measure(write, places=places, parts=("before", "after", "maximum"), keep=tuple)


def hundred(value: Any) -> Any:
    """A share of one as the exact number of per cent."""
    return None if value is None else value * 100
