"""/do-tin-cay: how sure the ranks of a block are under sampling, and apart from it under other choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np

from dashboard.address.numbers import number_id
from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.figures import dot_plot, pair_matrix, rank_heat, rank_sets, span_of, weight_ranges
from dashboard.pages.ranking.rows import Line
from dashboard.pages.reliability import rows as reliability
from dashboard.pages.reliability.rows import Choices, Sampling
from dashboard.render import elements as html
from dashboard.render.parts import (
    Head,
    Row,
    columns,
    data_table,
    frame,
    graph,
    item_link,
    key_item,
    mark,
    own,
    page_header,
    provenance,
    section,
    segmented,
    state,
    switch,
    toolbar,
    unit_link,
    withheld,
)
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import listed
from scoring.sensitivity import SPREADS, Ranking, Swap

SURE = 0.95
"""Share of resamples or weight sets from which a headline counts a rank as kept."""
STEADY = 2
"""Ranks that a unit may move by and still be counted as steady when a criterion is left out."""

SAMPLING, CHOICES_VIEW = "lay-mau", "do-nhay"
ASKED = ("trong-so", "linh-vuc", "tieu-chi", "nhom", "cach-tinh")

Child = Any


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


def layout(view: View) -> list:
    """What sampling allows, or what other choices would do."""
    sel = view.sel
    title = view.t("sure.title", block=view.block("inside"), period=sel.period)
    choosing = sel.view == CHOICES_VIEW
    found = reliability.choices(view) if choosing else reliability.sampling(view)
    if found is None:
        ranked = not choosing and reliability.choices(view) is not None
        text = view.t("sure.no_sampling" if ranked else "sure.none", period=sel.period, block=view.block("inside"))
        return [page_header(view, title), state(view, "empty", text=text)]
    if choosing:
        head = page_header(view, title, view.t("sure.lead_choices"))
        draw = {"linh-vuc": _fields, "tieu-chi": _items, "nhom": _groups_out, "cach-tinh": _counting}
        return [head, _toolbar(view), *draw.get(sel["bo"], _weights)(view, found)]
    return [page_header(view, title, lead(view, found)), _toolbar(view), *_sampling(view, found)]


def _toolbar(view: View) -> html.Div:
    sel = view.sel
    choosing = sel.view == CHOICES_VIEW
    tabs = [
        (view.t(f"sure.tab.{name}"), sel.href(view=name), choosing == (name == CHOICES_VIEW))
        for name in (SAMPLING, CHOICES_VIEW)
    ]
    parts: list[Child] = [segmented(view.t("sure.tabs"), tabs)]
    if choosing:
        asked = [(view.t(f"sure.ask.{name}"), sel.href(bo=name), sel["bo"] == name) for name in ASKED]
        parts.append(segmented(view.t("sure.ask"), asked))
    else:
        parts.append(switch(view.t("sure.intervals"), sel.href(intervals=not sel.intervals), sel.intervals))
    return toolbar(*parts)


# Shared by both


def _id(view: View, code: str, measure: str) -> str:
    return number_id(view.sel.period, code, "", measure)


def _subtitle(view: View, what: str, n: int) -> str:
    return view.t("sure.subtitle", what=what, block=view.block("inside"), n=n, period=view.sel.period)


def _name(view: View, line: Line) -> Child:
    return html.Span([unit_link(view, line.code, label=line.name), own(view) if line.own else None])


def _kind(line: Line) -> str:
    return "own" if line.own else ""


def _rank(view: View, line: Line) -> Child:
    return provenance(view, formats.rank(line.rank, tied=line.tied), _id(view, line.code, "rank"))


def _span(low: Any, high: Any) -> int:
    return int(high) - int(low) + 1


def _percent(share: float, lang: str, places: int = 1) -> str:
    return formats.percent(Fraction(share).limit_denominator(10**9), lang, places)


# What sampling allows


def lead(view: View, found: Sampling) -> str:
    """How many pairs differ, how wide the rank intervals are, how many units are left out."""
    different, pairs = found.pairs
    widths = [_span(line.rank_low, line.rank_high) for line in found.lines if line.rank_low is not None]
    said = []
    if not view.sel.intervals:
        said.append(view.t("sure.lead_pairs", different=different, pairs=pairs))
    elif widths:
        middle = formats.number(Fraction(median(widths)), view.lang, 1, trim=True)
        values = {"narrow": min(widths), "wide": max(widths), "middle": middle}
        said.append(view.t("sure.lead", different=different, pairs=pairs, **values))
    missing = len(view.sel.units) - len(found.lines)
    if missing:
        said.append(view.t("sure.incomplete", n=missing))
    return " ".join(said)


def _sampling(view: View, found: Sampling) -> list:
    lead_line = view.t("sure.chances_lead", n=int(view.site.meta.get("replicates") or 0))
    ranks = [_index(view, found), _sets(view, found)] if view.sel.intervals else [_index(view, found)]
    return [
        section(view.t("sure.ranks"), columns(*ranks), id="ranks"),
        section(view.t("sure.pairs"), _pairs(view, found), _groups(view, found), id="pairs"),
        section(
            view.t("sure.chances"),
            _first(view, found),
            _heat(view, found),
            id="chances",
            lead=lead_line,
        ),
    ]


def _index(view: View, found: Sampling) -> Child:
    lang, places, intervals = view.lang, view.sel.season["decimals"], view.sel.intervals
    rows = [
        {
            "label": line.name,
            "value": line.index,
            "low": line.low if intervals else None,
            "high": line.high if intervals else None,
            "rank": line.rank,
            "own": line.own,
            "id": _id(view, line.code, "index"),
        }
        for line in found.lines
    ]
    span = span_of([value for line in found.lines for value in (line.index, line.low, line.high)])
    headline = index_headline(view, found)
    heads = [Head(view.t("word.unit")), Head(view.t("sure.official"), num=True), Head(view.t("word.index"), num=True)]
    heads += [Head(view.t("sure.index_interval"), num=True)] * intervals
    lines = [
        Row(
            [
                _name(view, line),
                _rank(view, line),
                provenance(view, formats.points(line.index, lang, places), _id(view, line.code, "index")),
                *[
                    provenance(
                        view,
                        formats.interval(line.low, line.high, lang, places),
                        _id(view, line.code, "index_interval"),
                    )
                ]
                * intervals,
            ],
            kind=_kind(line),
        )
        for line in found.lines
    ]
    key = [key_item("dot", view.t("figure.index"))]
    return frame(
        view,
        "index-intervals",
        headline,
        graph(
            view,
            dot_plot(rows, span=span, lang=lang),
            headline,
            narrow=dot_plot(rows, span=span, lang=lang, width=328),
        ),
        subtitle=_subtitle(view, view.t("sure.index_what" if intervals else "word.index"), len(rows)),
        key=[*key, *([key_item("interval", view.t("figure.key_interval"))] if intervals else [])],
        table=data_table(view, headline, heads, lines),
        note=view.t("sure.index_note"),
        name="khoang-chi-so",
    )


def index_headline(view: View, found: Sampling) -> str:
    """How wide the intervals of the index are, or with them hidden how far the indices reach."""
    lang, places = view.lang, view.sel.season["decimals"]
    widths = [line.high - line.low for line in found.lines if line.low is not None]
    if not widths or not view.sel.intervals:
        ends = [formats.points(end(line.index for line in found.lines), lang, places) for end in (min, max)]
        return view.t("sure.index_plain", n=len(found.lines), low=ends[0], high=ends[1])
    said = {"low": min(widths), "high": max(widths), "middle": Fraction(median(map(Fraction, widths)))}
    return view.t("sure.index_headline", **{key: formats.points(value, lang, places) for key, value in said.items()})


def _sets(view: View, found: Sampling) -> Child:
    lang = view.lang
    low, high = found.together
    rows = [
        {
            "label": line.name,
            "rank": line.rank,
            "rank_low": line.rank_low,
            "rank_high": line.rank_high,
            "together_low": int(low[at]),
            "together_high": int(high[at]),
            "own": line.own,
            "id": _id(view, line.code, "rank_interval"),
        }
        for at, line in enumerate(found.lines)
    ]
    headline = sets_headline(view, found)
    heads = [
        Head(view.t("word.unit")),
        Head(view.t("sure.official"), num=True),
        Head(view.t("word.rank_interval"), num=True),
        Head(view.t("sure.together"), num=True),
    ]
    lines = [
        Row(
            [
                _name(view, line),
                _rank(view, line),
                provenance(
                    view,
                    formats.interval(line.rank_low, line.rank_high, lang),
                    _id(view, line.code, "rank_interval"),
                ),
                formats.interval(int(low[at]), int(high[at]), lang),
            ],
            kind=_kind(line),
        )
        for at, line in enumerate(found.lines)
    ]
    return frame(
        view,
        "rank-sets",
        headline,
        graph(view, rank_sets(rows, lang=lang), headline, narrow=rank_sets(rows, lang=lang, width=328)),
        subtitle=_subtitle(view, view.t("sure.sets_what"), len(rows)),
        key=[
            key_item("dot", view.t("figure.key_rank")),
            key_item("interval", view.t("figure.key_rank_set")),
            key_item("half", view.t("figure.key_together")),
        ],
        table=data_table(view, headline, heads, lines),
        note=view.t("sure.sets_note"),
        name="khoang-hang",
    )


def sets_headline(view: View, found: Sampling) -> str:
    """How many rank intervals are one rank alone, and how wide the widest is."""
    widths = [_span(line.rank_low, line.rank_high) for line in found.lines if line.rank_low is not None]
    n = sum(width == 1 for width in widths)
    return view.t("sure.sets_headline", n=n, of=len(found.lines), wide=max(widths, default=0))


def pairs_headline(view: View, found: Sampling) -> str:
    """How many pairs differ, and how many neighbours do not."""
    different, pairs = found.pairs
    n = len(found.lines) - 1
    alike = sum(not found.different[at, at + 1] for at in range(n))
    return view.t("sure.pairs_headline", different=different, pairs=pairs, n=n, alike=alike)


def _pairs(view: View, found: Sampling) -> Child:
    lang, lines = view.lang, found.lines
    rows = []
    for i, one in enumerate(lines):
        for j, two in enumerate(lines):
            if i != j:
                verdict = "alike" if not found.different[i, j] else "above" if i < j else "below"
                ends = {"label": one.name, "place": i + 1, "other_label": two.name, "other": j + 1}
                rows.append({**ends, "verdict": verdict})
    headline = pairs_headline(view, found)
    heads = [
        Head(view.t("word.unit")),
        Head(view.t("sure.official"), num=True),
        Head(view.t("sure.above"), num=True),
        Head(view.t("sure.below"), num=True),
        Head(view.t("sure.like"), class_name="wrap"),
    ]
    table = []
    for i, line in enumerate(lines):
        like = found.like(i)
        said = listed([other.name for other in like], lang) or view.t("sure.like_none")
        above = int(found.different[i, i + 1 :].sum())
        below = int(found.different[i, :i].sum())
        cells = [_name(view, line), _rank(view, line), formats.count(above, lang), formats.count(below, lang), said]
        table.append(Row(cells, kind=_kind(line)))
    kinds = ("above", "alike", "below")
    marks = {"above": "pair-above", "alike": "half", "below": "pair-below"}
    return frame(
        view,
        "pair-matrix",
        headline,
        graph(view, pair_matrix(rows, lang=lang), headline, narrow=pair_matrix(rows, lang=lang, width=328)),
        subtitle=_subtitle(view, view.t("sure.pairs_what"), len(lines)),
        key=[key_item(marks[kind], view.t(f"figure.key_pair_{kind}")) for kind in kinds],
        table=data_table(view, headline, heads, table),
        note=view.t("sure.pairs_note"),
        name="tung-cap",
    )


def _groups(view: View, found: Sampling) -> Child:
    groups = found.groups
    headline = view.t("sure.groups_headline", n=len(found.lines), groups=len(groups))
    heads = [
        Head(view.t("sure.group")),
        Head(view.t("word.rank"), num=True),
        Head(view.t("sure.anchor")),
        Head(view.t("sure.others"), class_name="wrap"),
    ]
    rows = []
    for number, members in enumerate(groups, 1):
        others: list[Child] = []
        for line in members[1:]:
            others += [", "] if others else []
            others.append(unit_link(view, line.code, label=line.name))
        ranks = formats.interval(members[0].rank, max(line.rank for line in members), view.lang)
        kind = "own" if any(line.own for line in members) else ""
        rows.append(Row([str(number), ranks, _name(view, members[0]), html.Span(others or formats.MISSING)], kind=kind))
    return frame(
        view,
        "alike",
        headline,
        data_table(view, headline, heads, rows),
        subtitle=_subtitle(view, view.t("sure.groups_what"), len(found.lines)),
        note=view.t("sure.groups_note"),
        name="nhom-kho-phan-biet",
    )


def heat_headline(view: View, found: Sampling) -> str:
    """How many units keep their official rank in nearly all resamples."""
    kept = sum(found.shares[at, line.rank - 1] >= SURE for at, line in enumerate(found.lines))
    share = formats.number(Fraction(str(SURE)) * 100, view.lang, 0)
    return view.t("sure.heat_headline", n=int(kept), of=len(found.lines), share=share)


def _heat(view: View, found: Sampling) -> Child:
    lang, n = view.lang, len(found.lines)
    rows = [
        {
            "label": line.name,
            "order": at,
            "rank": rank + 1,
            "probability": float(found.shares[at, rank]),
            "id": _id(view, line.code, "rank_interval"),
        }
        for at, line in enumerate(found.lines)
        for rank in range(n)
        if found.shares[at, rank] > 0
    ]
    headline = heat_headline(view, found)
    heads = [
        Head(view.t("word.unit")),
        *(Head(view.t("sure.of_rank", rank=rank), num=True) for rank in range(1, n + 1)),
    ]
    lines = [
        Row([_name(view, line), *(_percent(share, lang) for share in found.shares[at])], kind=_kind(line))
        for at, line in enumerate(found.lines)
    ]
    return frame(
        view,
        "rank-heat",
        headline,
        graph(view, rank_heat(rows, lang=lang), headline, narrow=rank_heat(rows, lang=lang, width=328)),
        subtitle=_subtitle(view, view.t("sure.heat_what"), n),
        table=data_table(view, headline, heads, lines),
        note=view.t("sure.heat_note"),
        name="tan-suat-hang",
    )


def first_headline(view: View, found: Sampling, k: int) -> str:
    """How many units are nearly always among the first k, and how many others sometimes."""
    shares = [share for _, share in found.first(k)]
    sure = sum(share >= SURE for share in shares)
    some = sum(0 < share < SURE for share in shares)
    share = formats.number(Fraction(str(SURE)) * 100, view.lang, 0)
    return view.t("sure.first_headline", n=sure, k=k, share=share, some=some)


def _first(view: View, found: Sampling) -> Child:
    sel, lang = view.sel, view.lang
    k = min(int(sel["k"]), len(found.lines))
    inside = [(line, share) for line, share in found.first(k) if share > 0]
    rows = [
        {
            "label": line.name,
            "value": Fraction(share).limit_denominator(10**9) * 100,
            "rank": line.rank,
            "tied": line.tied,
            "own": line.own,
            "id": _id(view, line.code, "rank_interval"),
        }
        for line, share in inside
    ]
    headline = first_headline(view, found, k)
    heads = [Head(view.t("word.unit")), Head(view.t("sure.official"), num=True), Head(view.t("sure.share"), num=True)]
    lines = [
        Row([_name(view, line), _rank(view, line), _percent(share, lang)], kind=_kind(line)) for line, share in inside
    ]
    offered = sorted({n for n in (1, 3, 5, 10, k) if n <= len(found.lines)})
    on = {"span": (0, 100), "lang": lang, "percent": True}
    return html.Div(
        [
            toolbar(
                segmented(view.t("sure.first_k"), [(view.t("sure.k", n=n), sel.href(k=n), n == k) for n in offered])
            ),
            frame(
                view,
                "first-k",
                headline,
                graph(view, dot_plot(rows, width=1094, **on), headline, narrow=dot_plot(rows, width=328, **on)),
                subtitle=_subtitle(view, view.t("sure.first_what", k=k), len(found.lines)),
                key=[key_item("dot", view.t("sure.share"))],
                table=data_table(view, headline, heads, lines),
                note=view.t("sure.first_note", k=k),
                name="hang-dau",
            ),
        ]
    )


# What other choices would do


def _lines(view: View, found: Choices) -> list[tuple[str, str, int]]:
    """(code, name, official rank) of every unit, by rank."""
    rows = view.sel.units
    return [(code, _short(view, code, rows), rank) for code, rank in zip(found.units, found.rank, strict=True)]


def _short(view: View, code: str, rows: Mapping[str, Mapping]) -> str:
    row = rows.get(code, {})
    return (view.lang == "en" and row.get("name_en")) or row.get("short_name") or view.name(row) or code


def _unit(view: View, code: str) -> Child:
    return html.Span([unit_link(view, code), own(view) if code == view.ask.viewer.unit_code else None])


def _own(view: View, code: str) -> str:
    return "own" if code == view.ask.viewer.unit_code else ""


def weights_headline(view: View, found: Choices) -> str:
    """How many units keep their rank under nearly all weight sets, of small and of large changes."""
    small, large = (int(np.sum(found.weights[spread].kept >= SURE)) for spread in SPREADS)
    share = formats.number(Fraction(str(SURE)) * 100, view.lang, 0)
    return view.t("sure.weights_headline", n=small, m=large, of=len(found.units), share=share)


def _weights(view: View, found: Choices) -> list:
    lang = view.lang
    small, large = (found.weights[spread] for spread in SPREADS)
    lines = _lines(view, found)
    rows = [
        {
            "label": name,
            "rank": rank,
            "rank_low": int(small.low[at]),
            "rank_high": int(small.high[at]),
            "together_low": int(large.low[at]),
            "together_high": int(large.high[at]),
            "own": code == view.ask.viewer.unit_code,
            "id": _id(view, code, "rank"),
        }
        for at, (code, name, rank) in enumerate(lines)
    ]
    headline = weights_headline(view, found)
    heads = [Head(view.t("word.unit")), Head(view.t("sure.official"), num=True)]
    for spread in SPREADS:
        n = round(100 * spread)
        heads += [
            Head(view.t("sure.weights_range", n=n), num=True),
            Head(view.t("sure.weights_ends", n=n), num=True),
            Head(view.t("sure.weights_kept", n=n), num=True),
        ]
    table = []
    for at, (code, _, rank) in enumerate(lines):
        cells = [_unit(view, code), provenance(view, formats.rank(rank), _id(view, code, "rank"))]
        for spread in SPREADS:
            range_ = found.weights[spread]
            cells += [
                formats.interval(int(range_.low[at]), int(range_.high[at]), lang),
                formats.interval(int(range_.best[at]), int(range_.worst[at]), lang),
                _percent(float(range_.kept[at]), lang),
            ]
        table.append(Row(cells, kind=_own(view, code)))
    drawn = frame(
        view,
        "weights",
        headline,
        graph(
            view,
            weight_ranges(rows, lang=lang, width=1094),
            headline,
            narrow=weight_ranges(rows, lang=lang, width=328),
        ),
        subtitle=_subtitle(view, view.t("sure.weights_what"), len(rows)),
        key=[
            key_item("dot", view.t("figure.key_rank")),
            key_item("weights", view.t("figure.key_weights")),
            key_item("half", view.t("figure.key_weights_wide")),
        ],
        table=data_table(view, headline, heads, table),
        note=view.t("sure.weights_note", n=10_000),
        level=2,
        name="trong-so",
    )
    return [drawn, html.Div(_swaps(view, found), className="section")]


def shift(swap: Swap | None) -> float | None:
    """Weight that a swap moves, in percentage points; None where nothing swaps the two."""
    return None if swap is None or not swap.possible else float(100 * np.abs(swap.change).sum() / 2)


def swap_headline(view: View, found: Choices) -> str:
    """The neighbours, of different index, that the smallest change of weights swaps."""
    index = dict(zip(found.units, found.index, strict=True))
    known = [
        (moved, one, two)
        for one, two, swap in found.swaps
        if index[one] != index[two] and (moved := shift(swap)) is not None
    ]
    if not known:
        return view.t("sure.swap_none")
    moved, one, two = min(known)
    names = {"one": _short(view, one, view.sel.units), "two": _short(view, two, view.sel.units)}
    return view.t("sure.swap_headline", shift=formats.number(moved, view.lang, 2), **names)


def _swaps(view: View, found: Choices) -> Child:
    lang, places = view.lang, view.sel.season["decimals"]
    headline = swap_headline(view, found)
    fields = list(found.rubric)
    exact = dict(zip(found.units, found.index, strict=True))
    heads = [
        Head(view.t("sure.pair")),
        Head(view.t("sure.apart"), num=True),
        Head(view.t("sure.shift"), num=True),
        Head(view.t("sure.most_up")),
        Head(view.t("sure.most_down")),
    ]

    def end(change: np.ndarray, at: int) -> Child:
        code = fields[at]
        said = f"{code} {short_name(view.sel.fields[code], lang)}"
        return html.Span([said, html.Span(f" {formats.signed(float(100 * change[at]), lang)}", className="muted")])

    rows = []
    for one, two, swap in found.swaps:
        moved = shift(swap)
        pair = html.Span([unit_link(view, one), " – ", unit_link(view, two)])
        apart = formats.points(exact[one] - exact[two], lang, places)
        if moved is None:
            none = view.t("sure.no_swap")
            rows.append([pair, apart, none, formats.MISSING, formats.MISSING])
        else:
            up, down = int(np.argmax(swap.change)), int(np.argmin(swap.change))
            shown = formats.number(moved, lang, 2)
            rows.append([pair, apart, shown, end(swap.change, up), end(swap.change, down)])
    return frame(
        view,
        "swaps",
        headline,
        data_table(view, headline, heads, rows),
        subtitle=_subtitle(view, view.t("sure.swap_what"), len(found.units)),
        note=view.t("sure.swap_note"),
        level=2,
        name="doi-cho",
    )


def _moved(view: View, new: int | None, old: int) -> html.Td:
    """A place under another choice; how far from the official one is said by a mark and a tint."""
    if new is None:
        return html.Td(formats.MISSING, className="num")
    far = old - new
    if not far:
        return html.Td(str(new), className="num heat")
    tint = 2 if abs(far) < 3 else 3 if abs(far) < 5 else 4
    kind = "up" if far > 0 else "down"
    return html.Td(
        html.Span([mark(kind, view.t(f"sure.moved_{kind}", n=abs(far))), str(new)], className="moved"),
        className=f"num heat heat-{tint}",
    )


def _moved_key(view: View) -> html.Span:
    tints = html.Span([html.Span("\u2007", className=f"heat-{step}") for step in (2, 3, 4)], className="heat-key")
    return html.Span([tints, view.t("sure.moved_key")], className="key-item")


def most_moved(rankings: Mapping[str, int]) -> tuple[list[str], int]:
    """The parts whose leaving out moves most units, and how many."""
    most = max(rankings.values(), default=0)
    return [code for code, n in rankings.items() if n == most], most


def fields_headline(view: View, found: Choices) -> str:
    """The domain whose leaving out changes most ranks."""
    codes, n = most_moved({code: found.moved(ranking) for code, ranking in found.fields.items()})
    if not n:
        return view.t("sure.unmoved")
    names = listed([short_name(view.sel.fields[code], view.lang) for code in codes], view.lang)
    return view.t("sure.fields_headline", names=names, n=n, of=len(found.units))


def _fields(view: View, found: Choices) -> list:
    headline = fields_headline(view, found)
    group = view.t("sure.without")
    heads = [
        Head(view.t("word.unit"), group=""),
        Head(view.t("sure.official"), num=True, group=view.t("sure.official_group")),
        *(
            Head(f"{code} {short_name(row, view.lang)}", num=True, group=group, class_name="heat")
            for code, row in view.sel.fields.items()
        ),
    ]
    rows = _places(view, found, [found.fields[code] for code in view.sel.fields])
    return [_table_frame(view, found, "without-field", headline, "sure.fields_what", heads, rows, name="bo-linh-vuc")]


def _places(view: View, found: Choices, rankings: Sequence[Ranking]) -> list[Row]:
    rows = []
    for at, (code, _, rank) in enumerate(_lines(view, found)):
        official = provenance(view, formats.rank(rank), _id(view, code, "rank"))
        cells = [_unit(view, code), official, *(_moved(view, ranking.rank[at], rank) for ranking in rankings)]
        rows.append(Row(cells, kind=_own(view, code)))
    moved = [html.Td(formats.count(found.moved(ranking), view.lang), className="num heat") for ranking in rankings]
    rows.append(Row([view.t("sure.moved_row"), "", *moved], kind="total"))
    return rows


def _table_frame(
    view: View,
    found: Choices,
    id: str,
    headline: str,
    what: str,
    heads: Sequence[Head],
    rows: Sequence[Row],
    *,
    name: str,
    note: str | None = None,
    **values: Any,
) -> Child:
    return frame(
        view,
        id,
        headline,
        data_table(view, headline, heads, rows, class_name="other-ranks"),
        subtitle=_subtitle(view, view.t(what, **values), len(found.units)),
        key=[key_item("up", view.t("mark.up")), key_item("down", view.t("mark.down")), _moved_key(view)],
        note=note,
        level=2,
        name=name,
    )


def items_headline(view: View, found: Choices) -> str:
    """How many units stay about where they are whichever criterion is left out."""
    steady = 0
    for at, rank in enumerate(found.rank):
        (best, _), (worst, _) = found.item_range(at)
        steady += max(rank - best, worst - rank) <= STEADY
    return view.t("sure.items_headline", n=steady, of=len(found.units), most=STEADY)


def _items(view: View, found: Choices) -> list:
    headline = items_headline(view, found)
    heads = [
        Head(view.t("word.unit")),
        Head(view.t("sure.official"), num=True, group=view.t("sure.official_group")),
        Head(view.t("sure.best"), num=True, group=view.t("sure.best"), class_name="heat"),
        Head(view.t("sure.by_leaving"), group=view.t("sure.best"), class_name="wrap"),
        Head(view.t("sure.worst"), num=True, group=view.t("sure.worst"), class_name="heat"),
        Head(view.t("sure.by_leaving"), group=view.t("sure.worst"), class_name="wrap"),
    ]
    rows = []
    for at, (code, _, rank) in enumerate(_lines(view, found)):
        cells: list[Child] = [_unit(view, code), provenance(view, formats.rank(rank), _id(view, code, "rank"))]
        for place, codes in found.item_range(at):
            said: list[Child] = []
            for item in codes[:3]:
                said += [", "] if said else []
                said.append(item_link(view, item, item))
            if len(codes) > 3:
                said.append(view.t("sure.more", n=len(codes) - 3))
            cells += [_moved(view, place, rank), html.Span(said or formats.MISSING)]
        rows.append(Row(cells, kind=_own(view, code)))
    return [
        _table_frame(
            view,
            found,
            "without-item",
            headline,
            "sure.items_what",
            heads,
            rows,
            name="bo-tieu-chi",
            items=len(found.items),
        )
    ]


def groups_headline(view: View, found: Choices) -> str:
    """The respondent group whose leaving out changes most places among the units shown."""
    moved = {
        group: sum(left.place[unit] != left.official[unit] for unit in left.place)
        for group, left in found.groups.items()
    }
    groups, n = most_moved(moved)
    if not n:
        return view.t("sure.unmoved")
    names = view.site.respondents.get(view.sel.unit_group, {})
    said = listed([view.name(names.get(group, {})) or group for group in groups], view.lang)
    return view.t("sure.groups_out_headline", names=said, n=n, of=len(found.groups[groups[0]].place))


def _groups_out(view: View, found: Choices) -> list:
    headline = groups_headline(view, found)
    names = view.site.respondents.get(view.sel.unit_group, {})
    cell = view.sel.season["min_cell"]
    order = [group for group in names if group in found.groups]
    heads = [
        Head(view.t("word.unit")),
        Head(view.t("sure.official"), num=True, group=view.t("sure.official_group")),
        *(
            Head(view.name(names[group]), num=True, group=view.t("sure.without_group"), class_name="heat")
            for group in order
        ),
    ]
    rows, hidden = [], 0
    for code, _, rank in _lines(view, found):
        cells: list[Child] = [_unit(view, code), provenance(view, formats.rank(rank), _id(view, code, "rank"))]
        for group in order:
            left = found.groups[group]
            if code in left.place:
                cells.append(_moved(view, left.place[code], left.official[code]))
            else:
                hidden += 1
                cells.append(html.Td(withheld(view, cell), className="num heat"))
        rows.append(Row(cells, kind=_own(view, code)))
    moved = []
    for group in order:
        left = found.groups[group]
        n = sum(left.place[unit] != left.official[unit] for unit in left.place)
        moved.append(html.Td(formats.count(n, view.lang), className="num heat"))
    rows.append(Row([view.t("sure.moved_row"), "", *moved], kind="total"))
    note = view.t("sure.groups_out_note")
    if hidden:
        note += " " + view.t("sure.groups_withheld", n=hidden, cell=cell)
    what = "sure.groups_out_what"
    return [_table_frame(view, found, "without-group", headline, what, heads, rows, name="bo-nhom", note=note)]


def count_headline(view: View, found: Choices) -> str:
    """How many units change rank by self-assessment, and by the other rounding."""
    values = {"own": found.moved(found.own), "rounding": found.moved(found.rounding)}
    return view.t("sure.count_headline", of=len(found.units), **values)


def _counting(view: View, found: Choices) -> list:
    headline = count_headline(view, found)
    places = view.sel.season["decimals"]
    other = "sure.by_exact" if found.by == "published" else "sure.by_published"
    heads = [
        Head(view.t("word.unit")),
        Head(view.t("sure.official"), num=True, group=view.t("sure.official_group")),
        Head(view.t("sure.index_own"), num=True),
        Head(view.t("sure.by_own"), num=True, class_name="heat"),
        Head(view.t(other), num=True, class_name="heat"),
    ]
    rows = []
    for at, (code, _, rank) in enumerate(_lines(view, found)):
        cells = [
            _unit(view, code),
            provenance(view, formats.rank(rank), _id(view, code, "rank")),
            formats.points(found.own.index[at], view.lang, places),
            _moved(view, found.own.rank[at], rank),
            _moved(view, found.rounding.rank[at], rank),
        ]
        rows.append(Row(cells, kind=_own(view, code)))
    moved = [
        html.Td(formats.count(found.moved(ranking), view.lang), className="num heat")
        for ranking in (found.own, found.rounding)
    ]
    rows.append(Row([view.t("sure.moved_row"), "", "", *moved], kind="total"))
    note = view.t("sure.count_note")
    what = "sure.count_what"
    return [_table_frame(view, found, "counting", headline, what, heads, rows, name="cach-tinh", note=note)]
