"""/do-tin-cay: how sure the ranks of a block are under sampling, and apart from it under other choices."""

from __future__ import annotations

from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.exhibit.page import Columns, Group, Header, Notice, Page, Part, Screen, Section
from dashboard.pages.reliability import choices, rows, sampling
from dashboard.pages.reliability.rows import Choices, Reliability
from dashboard.pages.reliability.sentences import lead
from dashboard.render.controls import segmented, switch, toolbar
from dashboard.season.exhibits import notice
from dashboard.season.sentences import lead as progress

SAMPLING, CHOICES_VIEW = "lay-mau", "do-nhay"
ASKED = ("trong-so", "linh-vuc", "tieu-chi", "nhom", "cach-tinh")


def firsts(sel: Selection) -> tuple[str, ...]:
    """Values of `k`: any number of first ranks of the block, three unless told otherwise."""
    n = max(1, len(sel.units))
    return tuple(dict.fromkeys([str(min(3, n)), *map(str, range(1, n + 1))]))


KEYS = ("td",)
CHOICES = {"xem": (SAMPLING, CHOICES_VIEW, "bang"), "bo": ASKED, "k": firsts}
"""`xem`: sampling or other choices ('bang' opens the tables of sampling); `bo`: which choice; `k`: how many ranks."""


def standing(sel: Selection) -> tuple[Selection, ...]:
    """The views whose charts are given out as a set."""
    return (sel, *(sel.change(view=CHOICES_VIEW, bo=asked) for asked in ASKED))


def layout(view: View) -> Page:
    """What sampling allows, or what other choices would do."""
    title = view.t("sure.title", block=view.block("inside"), period=view.sel.period)
    if not view.whole:
        return Page(Header(title, progress(view)), [notice(view)])
    choosing = view.sel.view == CHOICES_VIEW
    found = rows.choices(view) if choosing else rows.sampling(view)
    if found is None:
        ranked = not choosing and rows.choices(view) is not None
        text = view.t("sure.no_sampling" if ranked else "sure.none", period=view.sel.period, block=view.block("inside"))
        return Page(Header(title), [Notice("empty", text=text)])
    if choosing:
        return Page(Header(title, view.t("sure.lead_choices")), [_controls(view), *_choices(view, found)])
    return Page(Header(title, lead(view, found)), [_controls(view), *_sampling(view, found)])


def _controls(view: View) -> Screen:
    sel = view.sel
    choosing = sel.view == CHOICES_VIEW
    tabs = [
        (view.t(f"sure.tab.{name}"), sel.href(view=name), choosing == (name == CHOICES_VIEW))
        for name in (SAMPLING, CHOICES_VIEW)
    ]
    parts = [segmented(view.t("sure.tabs"), tabs)]
    if choosing:
        asked = [(view.t(f"sure.ask.{name}"), sel.href(bo=name), sel["bo"] == name) for name in ASKED]
        parts.append(segmented(view.t("sure.ask"), asked))
    else:
        parts.append(switch(view.t("sure.intervals"), sel.href(intervals=not sel.intervals), sel.intervals))
    return Screen(toolbar(*parts))


def _sampling(view: View, found: Reliability) -> list[Part]:
    k = min(int(view.sel["k"]), len(found.lines))
    ranks = [sampling.index(view, found), sampling.sets(view, found) if view.sel.intervals else None]
    resampled = view.t("sure.chances_lead", n=int(view.site.meta.get("replicates") or 0))
    first = Group([_first_ranks(view, found, k), sampling.first(view, found, k)])
    return [
        Section("ranks", view.t("sure.ranks"), [Columns([one for one in ranks if one])]),
        Section("pairs", view.t("sure.pairs"), [sampling.pairs(view, found), sampling.groups(view, found)]),
        Section("chances", view.t("sure.chances"), [first, sampling.heat(view, found)], resampled),
    ]


def _first_ranks(view: View, found: Reliability, k: int) -> Screen:
    offered = sorted({n for n in (1, 3, 5, 10, k) if n <= len(found.lines)})
    links = [(view.t("sure.k", n=n), view.sel.href(k=n), n == k) for n in offered]
    return Screen(toolbar(segmented(view.t("sure.first_k"), links)))


def _choices(view: View, found: Choices) -> list[Part]:
    if view.sel["bo"] == "trong-so":
        return [choices.weights(view, found), Group([choices.swaps(view, found)], role="section")]
    draw = {
        "linh-vuc": choices.without_field,
        "tieu-chi": choices.without_item,
        "nhom": choices.without_group,
        "cach-tinh": choices.counting,
    }
    return [draw[view.sel["bo"]](view, found)]
