"""What is said of how sure the ranks are: the lead, and the headline of every exhibit."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.pages.reliability.rows import STEADY, SURE, Choices, Reliability, easiest, exact, most_moved
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import listed
from scoring.sensitivity import SPREADS


def subtitle(view: View, what: str, n: int) -> str:
    """What an exhibit measures, of which block, units and year."""
    return view.t("sure.subtitle", what=what, block=view.block("inside"), n=n, period=view.sel.period)


def _sure(view: View) -> str:
    return formats.number(exact(SURE) * 100, view.lang, 0)


# What sampling allows


def lead(view: View, found: Reliability) -> str:
    """How many pairs differ, how wide the rank intervals are, how many units are left out."""
    different, pairs = found.pairs
    said = []
    if not view.sel.intervals:
        said.append(view.t("sure.lead_pairs", different=different, pairs=pairs))
    elif found.widths:
        middle = formats.number(Fraction(median(found.widths)), view.lang, 1, trim=True)
        values = {"narrow": min(found.widths), "wide": max(found.widths), "middle": middle}
        said.append(view.t("sure.lead", different=different, pairs=pairs, **values))
    missing = len(view.sel.units) - len(found.lines)
    if missing:
        said.append(view.t("sure.incomplete", n=missing))
    return " ".join(said)


def index_headline(view: View, found: Reliability) -> str:
    """How wide the intervals of the index are, or with them hidden how far the indices reach."""
    lang, places = view.lang, view.places
    widths = [line.high - line.low for line in found.lines if line.low is not None]
    if not widths or not view.sel.intervals:
        low, high = (formats.points(end(line.index for line in found.lines), lang, places) for end in (min, max))
        return view.t("sure.index_plain", n=len(found.lines), low=low, high=high)
    said = {"low": min(widths), "high": max(widths), "middle": Fraction(median(map(Fraction, widths)))}
    return view.t("sure.index_headline", **{key: formats.points(value, lang, places) for key, value in said.items()})


def sets_headline(view: View, found: Reliability) -> str:
    """How many rank intervals are one rank alone, and how wide the widest is."""
    n = sum(width == 1 for width in found.widths)
    return view.t("sure.sets_headline", n=n, of=len(found.lines), wide=max(found.widths, default=0))


def pairs_headline(view: View, found: Reliability) -> str:
    """How many pairs differ, and how many neighbours do not."""
    different, pairs = found.pairs
    n = len(found.lines) - 1
    alike = sum(not found.different[at, at + 1] for at in range(n))
    return view.t("sure.pairs_headline", different=different, pairs=pairs, n=n, alike=alike)


def heat_headline(view: View, found: Reliability) -> str:
    """How many units keep their official rank in nearly all resamples."""
    kept = sum(found.shares[at, line.rank - 1] >= SURE for at, line in enumerate(found.lines))
    return view.t("sure.heat_headline", n=int(kept), of=len(found.lines), share=_sure(view))


def first_headline(view: View, found: Reliability, k: int) -> str:
    """How many units are nearly always among the first k, and how many others sometimes."""
    shares = [share for _, share in found.first(k)]
    sure = sum(share >= SURE for share in shares)
    some = sum(0 < share < SURE for share in shares)
    return view.t("sure.first_headline", n=sure, k=k, share=_sure(view), some=some)


# What other choices would do


def weights_headline(view: View, found: Choices) -> str:
    """How many units keep their rank under nearly all weight sets, of small and of large changes."""
    small, large = (int((found.weights[spread].kept >= SURE).sum()) for spread in SPREADS)
    return view.t("sure.weights_headline", n=small, m=large, of=len(found.units), share=_sure(view))


def swap_headline(view: View, found: Choices) -> str:
    """The neighbours, of different index, that the smallest change of weights swaps."""
    first = easiest(found)
    if first is None:
        return view.t("sure.swap_none")
    moved, one, two = first
    names = {"one": unit_name(view, one), "two": unit_name(view, two)}
    return view.t("sure.swap_headline", shift=formats.number(moved, view.lang, 2), **names)


def fields_headline(view: View, found: Choices) -> str:
    """The domain whose leaving out changes most ranks."""
    codes, n = most_moved({code: found.moved(ranking) for code, ranking in found.fields.items()})
    if not n:
        return view.t("sure.unmoved")
    names = listed([short_name(view.sel.fields[code], view.lang) for code in codes], view.lang)
    return view.t("sure.fields_headline", names=names, n=n, of=len(found.units))


def items_headline(view: View, found: Choices) -> str:
    """How many units stay about where they are whichever criterion is left out."""
    return view.t("sure.items_headline", n=found.steady, of=len(found.units), most=STEADY)


def groups_headline(view: View, found: Choices) -> str:
    """The respondent group whose leaving out changes most places among the units shown."""
    groups, n = most_moved({group: left.moved for group, left in found.groups.items()})
    if not n:
        return view.t("sure.unmoved")
    names = view.sel.respondents
    said = listed([view.name(names.get(group, {})) or group for group in groups], view.lang)
    return view.t("sure.groups_out_headline", names=said, n=n, of=len(found.groups[groups[0]].place))


def count_headline(view: View, found: Choices) -> str:
    """How many units change rank by self-assessment, and by the other rounding."""
    values = {"own": found.moved(found.own), "rounding": found.moved(found.rounding)}
    return view.t("sure.count_headline", of=len(found.units), **values)
