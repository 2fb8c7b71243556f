"""Parts of sentences that several pages say: lists of names, findings, what a flag tells, what people answered.

Every function returns plain text in the language asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dashboard.words import formats, t

LEVEL = Fraction(1, 200)
"""Shares that differ by less than half a percentage point count as level, in sentences and arrows alike."""

NAMED = 3
"""So many names at most are listed in a finding; of more it says how many they are."""


def listed(names: Sequence[str], lang: str, word: str = "and") -> str:
    """'A', 'A và B', 'A, B và C'."""
    if len(names) < 2:
        return "".join(names)
    return t(f"say.{word}", lang, head=", ".join(names[:-1]), last=names[-1])


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def top(key: str, names: Sequence[str], lang: str, *, count: str = "", named: str = "names", **values: Any) -> str:
    """A finding about the one at the top, or about those who share its place; beyond three only how many they are.

    The texts are `key` and `key_tied`, filled with the names under `named`. `count`: the text that says how many, with
    `n`; without one it is `key_many` that says so.
    """
    if len(names) > NAMED and not count:
        return t(f"{key}_many", lang, n=len(names), **values)
    said = few_or_many(count, names, lang)
    return t(f"{key}_tied" if len(names) > 1 else key, lang, **{named: said}, **values)


def few_or_many(count: str, names: Sequence[str], lang: str) -> str:
    """The names where they are few, else only how many they are, by the text `count` with `n`."""
    return listed(names, lang) if len(names) <= NAMED else t(count, lang, n=len(names))


def asked(groups: Sequence[Mapping[str, Any]], options: Sequence[Mapping[str, Any]], min_cell: int, lang: str) -> str:
    """Which group answers most favourably.

    groups: label, counts (by option), suppressed. options: label, favourable, in the order of the counts.
    """
    shown = [group for group in groups if not group["suppressed"] and sum(group["counts"])]
    if not shown:
        hidden = any(group["suppressed"] for group in groups)
        return t("say.asked.withheld", lang, n=min_cell) if hidden else t("say.asked.nobody", lang)
    shares = [
        Fraction(sum(n for n, o in zip(group["counts"], options, strict=True) if o["favourable"]), sum(group["counts"]))
        for group in shown
    ]
    best = max(shares)
    names = [group["label"] for group, share in zip(shown, shares, strict=True) if share == best]
    good = [t("say.quoted", lang, label=option["label"]) for option in options if option["favourable"]]
    kind = "only" if len(shown) == 1 else "same" if len(names) == len(shown) else "best"
    said = {"share": formats.percent(best, lang, 0), "options": listed(good, lang, "or")}
    return t(f"say.asked.{kind}", lang, groups=listed(names, lang), **said)


def few(groups: Sequence[Mapping[str, Any]], lang: str) -> str:
    """A warning about groups under thirty ballots; '' where there is none."""
    small = [n for group in groups if not group["suppressed"] and 0 < (n := sum(group["counts"])) < 30]
    return t("say.few", lang, n=len(small), counts=", ".join(f"n = {n}" for n in small)) if small else ""


def flag_detail(details: Mapping[str, Any], lang: str, names: Mapping[str, str] = {}) -> str:
    """The parts of a flag (`Ask.flags`) in words; `names` unit code -> name."""
    said = []
    for part, value in details.items():
        if isinstance(value, date):
            value = formats.date(value, lang)
        elif isinstance(value, Decimal | int):
            value = formats.number(Decimal(value), lang, 10, trim=True)
        else:
            value = names.get(value, value) or formats.MISSING
        said.append(t(f"flag.{part}", lang, value=value))
    return "; ".join(said)
