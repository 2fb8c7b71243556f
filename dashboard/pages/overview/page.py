"""Tổng quan: the season on one page, each block for itself.

Three sentences, the steps of the season, and for every block its middle and range, all units in order, its fields,
who improved most and what costs most points. Blocks stand side by side and are never put in one order; on a telephone
there is one at a time. Units at the end of a list are not named: the full list is a link away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from dashboard.address.links import summary_link
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.page import (
    Button,
    Columns,
    Group,
    Header,
    KeyNumber,
    Notice,
    Numbers,
    Page,
    Screen,
    Section,
    Sentences,
)
from dashboard.exhibit.page import (
    Part as Piece,
)
from dashboard.exhibit.text import Mark, Number, Span, Text
from dashboard.pages.overview import exhibits
from dashboard.pages.overview.rows import Part, read, steps
from dashboard.pages.overview.sentences import findings
from dashboard.pages.overview.steps import steps as timeline
from dashboard.pages.ranking.rows import Line, mean, median
from dashboard.pages.rubric.rows import OPEN
from dashboard.render import elements as html
from dashboard.render.controls import switch
from dashboard.season.exhibits import notice
from dashboard.words import formats
from dashboard.words.say import capital

KEYS = ("td",)
CHOICES = {"xem": ("hinh", "bang")}


def layout(view: View) -> Page:
    """The season of the year selected; of its blocks, on a telephone, the one selected."""
    parts = read(view)
    title = view.t("overview.title", period=view.sel.period)
    plan = timeline(view, steps(view, view.ask.process_steps(view.sel.period)))
    if not any(line.scored for part in parts for line in part.block.lines):
        lead = view.t("overview.nothing_yet", period=view.sel.period)
        return Page(Header(title, lead), [plan, Group([Notice("empty")], role="section")])
    summary = Button(view.t("export.summary_pdf"), summary_link(view.sel), icon="download")
    said = Sentences(findings(view, parts))
    results = Section("ket-qua", view.t("overview.results"), _results(view, parts))
    if not any(part.whole for part in parts):
        results = replace(results, title=view.t("overview.progress"))
        return Page(Header(title, view.t("overview.lead_open"), actions=[summary]), [plan, said, results])
    strips = _beside(view, [_concluded(part, "linh-vuc", exhibits.strips) for part in parts])
    costs = _beside(view, [_concluded(part, "diem-mat", exhibits.costs) for part in parts])
    return Page(
        Header(title, view.t("overview.lead") if len(parts) > 1 else None, actions=[summary]),
        [
            said,
            plan,
            results,
            Section("linh-vuc", view.t("overview.fields"), [strips], lead=view.t("overview.fields_lead")),
            Section("tien-bo", view.t("overview.improved"), [_risers(view, parts)]),
            Section("diem-mat", view.t("overview.losses"), [costs]),
        ],
    )


def _concluded(part: Part, name: str, make: Callable[[Part], Piece]) -> Piece:
    """What is concluded from a block; as long as it is incomplete, that nothing is."""
    return make(part) if part.whole else Group([notice(part.view)], id=f"{name}-{part.code}")


def _beside(view: View, pieces: Sequence[Piece]) -> Piece:
    """One piece a block side by side; on narrow screens that of the block selected alone."""
    if len(pieces) < 2:
        return Group(list(pieces))
    groups = view.sel.site.groups_of(view.sel.period)
    shown = [
        piece if group == view.sel.unit_group else Group([piece], role="other-block")
        for group, piece in zip(groups, pieces, strict=True)
    ]
    return Columns(shown)


def _risers(view: View, parts: Sequence[Part]) -> Piece:
    if not any(part.block.previous for part in parts if part.whole):
        return Notice("not_comparable", text=view.t("overview.first_year", period=view.sel.period))
    return _beside(view, [_concluded(part, "tien-bo", exhibits.risers) for part in parts])


def _results(view: View, parts: Sequence[Part]) -> list[Piece]:
    sel = view.sel
    longest = max((len(part.block.ranked) for part in parts if part.whole), default=0)
    intervals = switch(view.t("overview.intervals"), sel.href(intervals=not sel.intervals), sel.intervals)
    with_intervals = any(line.low is not None for part in parts if part.whole for line in part.block.ranked)
    return [
        Screen(html.Div(intervals, className="over-blocks")) if with_intervals else None,
        _beside(view, [_block(part) for part in parts]),
        _beside(view, [exhibits.dots(part, longest) for part in parts]),
    ]


def _block(part: Part) -> Group:
    """A block by its name, its number of units and its large numbers."""
    name = html.H3([capital(part.inside), html.Small(f" · {counted(part)}")], className="block-title")
    numbers_of = Numbers(numbers(part)) if part.block.ranked or not part.whole else None
    return Group([Screen(name), numbers_of], role="block-numbers")


def counted(part: Part) -> str:
    """How many units a block has, and how many of them have all their points, where not all do."""
    said = part.view.t("word.units", n=len(part.block.lines))
    k = part.view.completeness.complete
    return said if part.whole else f"{said}, {part.view.t('overview.of_them_complete', n=k)}"


def numbers(part: Part) -> list[KeyNumber]:
    """Mean, median, range, and how many went up, with what became of them since the year before; of an incomplete
    block how far it is."""
    if not part.whole:
        return _progress(part)
    view, block, places = part.view, part.block, part.places
    lang, ranked = view.lang, part.block.ranked
    ranking = view.sel.to("ranking")
    high, low = ranked[0], ranked[-1]

    def moved(of: Callable[[Sequence[Any]], Fraction]) -> Text:
        by = part.moved(of)
        if by is None:
            return None
        some = len(part.compared) < len(ranked)
        kind = {0: "same", 1: "up", -1: "down"}[int(formats.rounded(by, places).compare(0))]
        said = formats.in_points(by, lang, places, sign=True)
        only = f" {view.t('overview.compared_only', n=len(part.compared))}" if some else ""
        return [Span([Mark(kind, view.t(f"mark.{kind}")), Span(said, "number")], "change"), only]

    def index(line: Line) -> Number:
        return Number(formats.points(line.index, lang, places), number_id(view.sel.period, line.code, "", "index"))

    found = [
        KeyNumber(
            view.t("word.mean"),
            formats.points(block.mean.index, lang, places),
            note=moved(mean),
            href=ranking,
        ),
        KeyNumber(
            view.t("word.median"), formats.points(block.median.index, lang, places), note=moved(median), href=ranking
        ),
        KeyNumber(
            view.t("overview.range"),
            formats.points(high.index - low.index, lang, places),
            note=Span([index(high), " – ", index(low)], "unbroken"),
            href=ranking,
        ),
    ]
    up, down = (sum(sign * line.change > 0 for line in part.compared) for sign in (1, -1))
    if part.compared:
        level = len(part.compared) - up - down
        note = view.t("overview.down", n=down) + (f", {view.t('overview.level', n=level)}" if level else "")
        found.append(
            KeyNumber(
                view.t("overview.up"),
                formats.count(up, lang),
                f"/{formats.count(len(part.compared), lang)}",
                note,
                href=view.sel.to("ranking", sort="thay-doi"),
            )
        )
    else:
        why = "no_previous" if not block.previous else "none_compared" if block.comparable else "other_rubric"
        found.append(KeyNumber(view.t("overview.up"), formats.MISSING, note=view.t(f"overview.{why}")))
    return found


def _progress(part: Part) -> list[KeyNumber]:
    """Units complete, leaves appraised, leaves surveyed: each of how many."""
    view, found, to = part.view, part.progress, part.view.sel.to
    by_source = {kind: [leaf for leaf in found.leaves if leaf["surveyed"] is kind] for kind in (False, True)}
    done = {kind: sum(leaf["state"] not in OPEN for leaf in leaves) for kind, leaves in by_source.items()}

    def number(key: str, n: int, of: int, page: str) -> KeyNumber:
        whole = f"/{formats.count(of, view.lang)}"
        return KeyNumber(view.t(key), formats.count(n, view.lang), whole, href=to(page))

    counts = view.completeness
    return [
        number("overview.units_complete", counts.complete, counts.units, "ranking"),
        number("overview.items_appraised", done[False], len(by_source[False]), "appraisal"),
        number("overview.items_surveyed", done[True], len(by_source[True]), "survey"),
    ]
