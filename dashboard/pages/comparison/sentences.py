"""What is said of two units against each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
