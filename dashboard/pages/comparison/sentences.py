"""What is said of units against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.pages.comparison.rows import Pair
from dashboard.words import formats, t
from dashboard.words.say import listed


def compared(
    found: Pair, a: Mapping[str, Any], b: Mapping[str, Any], names: Mapping[str, str], lang: str, places: int = 2
) -> str:
    """The sentence of a pair. a, b: the rows it was made from; names: unit code -> name."""
    one, two = names[found.one], names[found.two]
    if found.verdict == "open":
        missing = [names[row["unit_code"]] for row in (a, b) if row["status"] != "complete"]
        return t("say.pair.open", lang, one=one, two=two, missing=listed(missing, lang)) + "."
    if found.difference == 0:
        said = t("say.pair.equal", lang, one=one, two=two, points=formats.points(a["index_value"], lang, places))
    else:
        said = t("say.pair.higher", lang, one=one, two=two, points=formats.points(found.difference, lang, places))
    if found.verdict == "unknown":
        return said + "."
    ends = {"low": formats.signed(found.low, lang, places), "high": formats.signed(found.high, lang, places)}
    return f"{said}; {t(f'say.pair.{found.verdict}', lang, **(ends if found.verdict != 'certain' else {}))}."


def lead(view: View, chosen: Sequence[str]) -> str:
    """Which units are compared, or how to begin."""
    names = [unit_name(view, code) for code in chosen]
    values = {"block": view.block("inside"), "period": view.sel.period, "n": len(chosen)}
    if not chosen:
        return view.t("compare.lead_none", **values)
    if len(chosen) == 1:
        return view.t("compare.lead_one", name=names[0], **values)
    return view.t("compare.lead", names=listed(names, view.lang), **values)


def most_apart(view: View, gaps: Mapping[str, Fraction], labels: Mapping[str, str]) -> str:
    """In which field the units lie furthest apart."""
    if not gaps:
        return view.t("compare.fields_open")
    most = max(gaps.values())
    if not most:
        return view.t("compare.fields_same")
    names = [labels[code] for code, gap in gaps.items() if gap == most]
    gap = formats.pp(most, view.lang, 2).removeprefix("+")
    return view.t("compare.fields_most", fields=listed(names, view.lang), gap=gap)
