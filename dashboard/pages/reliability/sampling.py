"""What sampling allows, as exhibits: intervals, pairs, groups, frequencies of ranks."""

from __future__ import annotations

from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, interval, points, share
from dashboard.exhibit.page import Exhibit
from dashboard.exhibit.table import Column, Table
from dashboard.figures import dot_plot, pair_matrix, rank_heat, rank_sets, span_of
from dashboard.pages.ranking.rows import Line
from dashboard.pages.reliability import sentences
from dashboard.pages.reliability.columns import kind, number_of, rank_column, unit_column
from dashboard.pages.reliability.rows import Reliability, exact
from dashboard.pages.reliability.sentences import subtitle
from dashboard.render import elements as html
from dashboard.render.parts import Child, unit_link
from dashboard.words import formats
from dashboard.words.say import listed

HALF, WHOLE = 531, 1094
"""Widths of figures beside another and alone, in pixels."""


def index(view: View, found: Reliability) -> Exhibit:
    """The index of every unit with its interval."""
    lang, places, intervals = view.lang, view.places, view.sel.intervals
    rows = [
        {
            "label": line.name,
            "value": line.index,
            "low": line.low if intervals else None,
            "high": line.high if intervals else None,
            "rank": line.rank,
            "own": line.own,
            "id": number_of(view, line.code, "index"),
        }
        for line in found.lines
    ]
    span = span_of([value for line in found.lines for value in (line.index, line.low, line.high)])
    headline = sentences.index_headline(view, found)
    value = Column(
        view.t("word.index"),
        lambda line: line.index,
        points(places),
        number=lambda line: number_of(view, line.code, "index"),
    )
    ends = Column(
        view.t("sure.index_interval"),
        lambda line: None if line.low is None else (line.low, line.high),
        interval(places),
        number=lambda line: number_of(view, line.code, "index_interval"),
    )
    columns = [unit_column(view), rank_column(view), value, *[ends] * intervals]
    return Exhibit(
        "index-intervals",
        headline,
        lambda width: dot_plot(rows, span=span, lang=lang, width=width or HALF),
        Table(headline, columns, found.lines, kind=kind),
        subtitle=subtitle(view, view.t("sure.index_what" if intervals else "word.index"), len(rows)),
        key=[
            ("dot", view.t("figure.index")),
            ("interval", view.t("figure.key_interval")) if intervals else None,
        ],
        note=view.t("sure.index_note"),
        name="khoang-chi-so",
    )


def sets(view: View, found: Reliability) -> Exhibit:
    """The rank interval of every unit, and the ranks that hold for all units together."""
    lang = view.lang
    together = {line.code: (int(low), int(high)) for line, low, high in zip(found.lines, *found.together, strict=True)}
    rows = [
        {
            "label": line.name,
            "rank": line.rank,
            "rank_low": line.rank_low,
            "rank_high": line.rank_high,
            "together_low": together[line.code][0],
            "together_high": together[line.code][1],
            "own": line.own,
            "id": number_of(view, line.code, "rank_interval"),
        }
        for line in found.lines
    ]
    headline = sentences.sets_headline(view, found)
    alone = Column(
        view.t("word.rank_interval"),
        lambda line: None if line.rank_low is None else (line.rank_low, line.rank_high),
        interval(),
        number=lambda line: number_of(view, line.code, "rank_interval"),
    )
    every = Column(view.t("sure.together"), lambda line: together[line.code], interval())
    return Exhibit(
        "rank-sets",
        headline,
        lambda width: rank_sets(rows, lang=lang, width=width or HALF),
        Table(headline, [unit_column(view), rank_column(view), alone, every], found.lines, kind=kind),
        subtitle=subtitle(view, view.t("sure.sets_what"), len(rows)),
        key=[
            ("dot", view.t("figure.key_rank")),
            ("interval", view.t("figure.key_rank_set")),
            ("half", view.t("figure.key_together")),
        ],
        note=view.t("sure.sets_note"),
        name="khoang-hang",
    )


def pairs(view: View, found: Reliability) -> Exhibit:
    """Every unit against every other: above, below, or not to be told apart."""
    lang, lines = view.lang, found.lines
    rows = []
    for i, one in enumerate(lines):
        for j, two in enumerate(lines):
            if i != j:
                verdict = "alike" if not found.different[i, j] else "above" if i < j else "below"
                ends = {"label": one.name, "place": i + 1, "other_label": two.name, "other": j + 1}
                rows.append({**ends, "verdict": verdict})
    headline = sentences.pairs_headline(view, found)
    place = {line.code: at for at, line in enumerate(lines)}

    def over(line: Line) -> int:
        at = place[line.code]
        return int(found.different[at, at + 1 :].sum())

    def under(line: Line) -> int:
        at = place[line.code]
        return int(found.different[at, :at].sum())

    def like(line: Line) -> str:
        return listed([other.name for other in found.like(place[line.code])], lang)

    columns = [
        unit_column(view),
        rank_column(view),
        Column(view.t("sure.above"), over, COUNT),
        Column(view.t("sure.below"), under, COUNT),
        Column(view.t("sure.like"), lambda line: like(line) or view.t("sure.like_none"), role="wrap"),
    ]
    marks = {"above": "pair-above", "alike": "half", "below": "pair-below"}
    return Exhibit(
        "pair-matrix",
        headline,
        lambda width: pair_matrix(rows, lang=lang, width=width or WHOLE),
        Table(headline, columns, lines, kind=kind),
        subtitle=subtitle(view, view.t("sure.pairs_what"), len(lines)),
        key=[(marks[kind], view.t(f"figure.key_pair_{kind}")) for kind in marks],
        note=view.t("sure.pairs_note"),
        name="tung-cap",
    )


def groups(view: View, found: Reliability) -> Exhibit:
    """Groups of units that cannot be told from their first one."""
    headline = view.t("sure.groups_headline", n=len(found.lines), groups=len(found.groups))

    def others(group: tuple[int, list[Line]]) -> Child:
        links = [[", ", unit_link(view, line.code, label=line.name)] for line in group[1][1:]]
        return html.Span([part for link in links for part in link][1:] or formats.MISSING)

    anchor = unit_column(view)
    columns = [
        Column(view.t("sure.group"), lambda group: str(group[0])),
        Column(view.t("word.rank"), lambda group: (group[1][0].rank, max(line.rank for line in group[1])), interval()),
        Column(view.t("sure.anchor"), lambda group: group[1][0].name, show=lambda group: anchor.show(group[1][0])),
        Column(
            view.t("sure.others"),
            lambda group: ", ".join(line.name for line in group[1][1:]),
            show=others,
            role="wrap",
        ),
    ]
    rows = list(enumerate(found.groups, 1))
    return Exhibit(
        "alike",
        headline,
        table=Table(headline, columns, rows, kind=lambda group: "own" if any(line.own for line in group[1]) else ""),
        subtitle=subtitle(view, view.t("sure.groups_what"), len(found.lines)),
        note=view.t("sure.groups_note"),
        name="nhom-kho-phan-biet",
    )


def first(view: View, found: Reliability, k: int) -> Exhibit:
    """How often each unit is among the first k."""
    lang = view.lang
    inside = [(line, exact(part)) for line, part in found.first(k) if part > 0]
    rows = [
        {
            "label": line.name,
            "value": part * 100,
            "rank": line.rank,
            "tied": line.tied,
            "own": line.own,
            "id": number_of(view, line.code, "rank_interval"),
        }
        for line, part in inside
    ]
    headline = sentences.first_headline(view, found, k)
    often = {line.code: part for line, part in inside}
    columns = [
        unit_column(view),
        rank_column(view),
        Column(view.t("sure.share"), lambda line: often[line.code], share()),
    ]
    return Exhibit(
        "first-k",
        headline,
        lambda width: dot_plot(rows, span=(0, 100), lang=lang, percent=True, width=width or WHOLE),
        Table(headline, columns, [line for line, _ in inside], kind=kind),
        subtitle=subtitle(view, view.t("sure.first_what", k=k), len(found.lines)),
        key=[("dot", view.t("sure.share"))],
        note=view.t("sure.first_note", k=k),
        name="hang-dau",
    )


def heat(view: View, found: Reliability) -> Exhibit:
    """How often resampling gave each unit each rank."""
    lang, n = view.lang, len(found.lines)
    rows = [
        {
            "label": line.name,
            "order": at,
            "rank": rank + 1,
            "probability": float(found.shares[at, rank]),
            "id": number_of(view, line.code, "rank_interval"),
        }
        for at, line in enumerate(found.lines)
        for rank in range(n)
        if found.shares[at, rank] > 0
    ]
    headline = sentences.heat_headline(view, found)
    place = {line.code: at for at, line in enumerate(found.lines)}

    def of_rank(rank: int) -> Column:
        return Column(
            view.t("sure.of_rank", rank=rank + 1),
            lambda line: exact(found.shares[place[line.code], rank]),
            share(),
        )

    return Exhibit(
        "rank-heat",
        headline,
        lambda width: rank_heat(rows, lang=lang, width=width or WHOLE),
        Table(headline, [unit_column(view), *map(of_rank, range(n))], found.lines, kind=kind),
        subtitle=subtitle(view, view.t("sure.heat_what"), n),
        note=view.t("sure.heat_note"),
        name="tan-suat-hang",
    )
