"""What is said of council and people: how the two go together, on which side of the medians units stand."""

from __future__ import annotations

from fractions import Fraction

from dashboard.address.view import View
from dashboard.pages.contrast.rows import Contrast, correlation
from dashboard.words import formats

HARDLY, WEAK, MIDDLE = Fraction(20, 100), Fraction(40, 100), Fraction(70, 100)
"""Sizes of a rounded correlation below which it is called none, weak, moderate; from the last on clear."""


def together(view: View, found: Contrast) -> str:
    """How the two parts go together, with n, and how much a single unit could change that."""
    n, r = len(found.units), correlation(found.units)
    if r is None:
        return view.t("contrast.together.unknown", n=n)
    shown = formats.rounded(r)
    size = abs(shown)
    kind = "none" if size < HARDLY else "with" if shown > 0 else "against"
    strength = "weak" if size < WEAK else "middle" if size < MIDDLE else "strong"
    said = view.t(
        f"contrast.together.{kind}",
        r=formats.number(r, view.lang),
        n=n,
        strength=view.t(f"contrast.strength.{strength}"),
    )
    without = [correlation(found.units[:at] + found.units[at + 1 :]) for at in range(n)]
    known = [value for value in without if value is not None]
    if len(known) == n:
        low, high = (formats.number(value, view.lang) for value in (min(known), max(known)))
        said += " " + view.t("contrast.without_one", low=low, high=high)
    return said


def same_side(view: View, found: Contrast) -> str:
    """How many units are over or under both medians."""
    k = len(found.quadrants["both"]) + len(found.quadrants["neither"])
    return view.t("contrast.same_side", k=k, n=len(found.units))


def higher(view: View, found: Contrast) -> str:
    """In how many units the survey is the higher one, and from where to where the difference runs."""
    apart = [unit.difference for unit in found.units]
    low, high = (formats.pp(value, view.lang, 2) for value in (min(apart), max(apart)))
    k = sum(value > 0 for value in apart)
    return view.t(f"contrast.higher{'' if low != high else '_one'}", k=k, n=len(apart), low=low, high=high)
