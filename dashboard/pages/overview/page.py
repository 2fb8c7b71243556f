"""Tổng quan: the season on one page, each block for itself.

Three sentences, the steps of the season, and for every block its middle and range, all units in order, its fields,
who improved most and what costs most points. Blocks stand side by side and are never put in one order; on a telephone
there is one at a time. Units at the end of a list are not named: the full list is a link away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.address.links import summary_link
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.figures import dot_plot, dot_plot_columns, field_strips, losses, span_of
from dashboard.pages.appraisal.rows import exact_sum
from dashboard.pages.ranking import rows as standings
from dashboard.pages.ranking.rows import Block, Line, mean, median
from dashboard.pages.rubric import rows as spread
from dashboard.pages.rubric.rows import Item
from dashboard.render import elements as html
from dashboard.render.parts import (
    Child,
    Head,
    KeyNumber,
    Row,
    button_link,
    change,
    columns,
    data_table,
    four_numbers,
    frame,
    graph,
    item_link,
    key_item,
    key_sentences,
    mark_icon,
    page_header,
    provenance,
    section,
    state,
    switch,
    unit_link,
)
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import capital, listed

KEYS = ("td",)
CHOICES = {"xem": ("hinh", "bang")}

FIRST = 10
"""Units of the dot plot on a telephone; the rest is in the ranking."""
IMPROVED = 5
LOSSES = 5
ROW = 24
"""Px a unit in the dot plot of the largest block; the others get rows as high as makes them end level."""

BESIDE_BARS = 128
"""Px that every bar leaves for its number, so that all have one scale."""

Sentence = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Part:
    """One block: its own view, its units in order, and every item of its rubric with the units on it."""

    view: View
    block: Block
    items: Mapping[str, Item]

    @property
    def inside(self) -> str:
        return self.view.block("inside")

    @property
    def code(self) -> str:
        return self.view.sel.unit_group

    @cached_property
    def compared(self) -> tuple[Line, ...]:
        """Complete units with a change from the year before."""
        return tuple(line for line in self.block.ranked if line.change is not None)

    @cached_property
    def fields(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items.values() if item.depth == 0)

    @cached_property
    def places(self) -> int:
        places = self.view.sel.season.get("decimals")
        return 2 if places is None else places

    def moved(self, of: Callable[[Sequence[Any]], Fraction]) -> Fraction | None:
        """By how much a middle of the index moved, over the units that have both years."""
        if not self.compared:
            return None
        return of([line.index for line in self.compared]) - of([line.index - line.change for line in self.compared])

    @cached_property
    def council(self) -> tuple[Fraction | None, dict[str, Fraction]]:
        """Mean adjustment a unit over everything appraised so far (None where nothing is), and by field."""
        by_unit: dict[str, Fraction] = {}
        by_field: dict[str, Fraction] = {}
        for item in self.fields:
            gaps = {unit.unit: Fraction(unit.gap) for unit in item.units if unit.gap is not None}
            for unit, gap in gaps.items():
                by_unit[unit] = by_unit.get(unit, Fraction(0)) + gap
            if gaps:
                by_field[item.code] = sum(gaps.values(), Fraction())
        n = len(by_unit)
        if not n:
            return None, {}
        return sum(by_unit.values(), Fraction()) / n, {code: total / n for code, total in by_field.items()}

    @property
    def adjusted(self) -> bool:
        """Whether the council changed anything."""
        return any(unit.changed for item in self.fields for unit in item.units)


@dataclass(frozen=True)
class Step:
    """A step of the season. `late`: days from the planned end to the day it was done, where that is later."""

    number: str
    name: str
    planned_from: date | None
    planned_to: date | None
    done: date | None
    responsible: str
    current: bool

    @property
    def late(self) -> int | None:
        if self.done is None or self.planned_to is None:
            return None
        return max(0, (self.done - self.planned_to).days)

    @property
    def year(self) -> int | None:
        day = self.planned_to or self.planned_from or self.done
        return day.year if day else None


def read(view: View) -> list[Part]:
    """The blocks of the year in their order, from the store."""
    parts = []
    for group in view.sel.site.groups_of(view.sel.period):
        of_block = replace(view, sel=view.sel.change(unit_group=group))
        parts.append(Part(of_block, standings.read(of_block), spread.read(of_block)))
    return parts


def steps(view: View, rows: Sequence[Mapping[str, Any]]) -> list[Step]:
    """Rows of `Ask.process_steps` as steps; the current one is the first that is not done."""
    current = next((at for at, row in enumerate(rows) if not row["done_on"]), None)
    return [
        Step(
            row["step"],
            view.name(row),
            row["planned_from"],
            row["planned_to"],
            row["done_on"],
            row["responsible"] or "",
            at == current,
        )
        for at, row in enumerate(rows)
    ]


# Sentences ------------------------------------------------------------------------------------------------------


def findings(view: View, parts: Sequence[Part]) -> list[Sentence]:
    """The three sentences that the year allows, the most telling first: text, smaller line, link."""
    every = (incomplete, risen, lowest, council, leading, apart)
    return [found for say in every if (found := say(view, parts))][:3]


def incomplete(view: View, parts: Sequence[Part]) -> Sentence | None:
    """How many units have a rank, as long as not all have."""
    if all(len(part.block.ranked) == len(part.block.lines) for part in parts):
        return None
    said = [
        view.t("overview.incomplete_part", k=len(part.block.ranked), n=len(part.block.lines), block=part.inside)
        for part in parts
    ]
    text = view.t("overview.incomplete", parts=listed(said, view.lang))
    return text, view.t("overview.incomplete_note"), view.sel.to("appraisal")


def risen(view: View, parts: Sequence[Part]) -> Sentence | None:
    """How many units went up, where years compare."""
    of = [part for part in parts if part.compared]
    if not of:
        return None
    said = [
        view.t(
            "overview.risen_part" if len(part.compared) == len(part.block.lines) else "overview.risen_compared",
            k=sum(line.change > 0 for line in part.compared),
            n=len(part.compared),
            block=part.inside,
        )
        for part in of
    ]
    periods = list(dict.fromkeys(part.block.previous or "" for part in of))
    middles = [
        view.t(
            "overview.of_block",
            block=part.inside,
            value=formats.in_points(part.moved(median), view.lang, part.places, sign=True),
        )
        for part in of
    ]
    return (
        capital(view.t("overview.risen", parts=listed(said, view.lang), period=listed(periods, view.lang))),
        view.t("overview.risen_note", parts=", ".join(middles)),
        "#ket-qua",
    )


def lowest_fields(part: Part) -> tuple[list[Item], Fraction | None]:
    """The fields with the lowest median attainment of a block, and that median."""
    known = [item for item in part.fields if item.median is not None]
    if not known:
        return [], None
    least = min(item.median for item in known)
    return [item for item in known if item.median == least], least


def _field_names(view: View, items: Sequence[Item]) -> str:
    if len(items) > 3:
        return view.t("overview.many_fields", n=len(items))
    return listed([short_name(item.row, view.lang) for item in items], view.lang)


def lowest(view: View, parts: Sequence[Part]) -> Sentence | None:
    """Which field is lowest by its median, in every block or block by block."""
    found = [(part, *lowest_fields(part)) for part in parts]
    found = [(part, items, least) for part, items, least in found if items]
    if not found:
        return None
    shares = [formats.percent(least, view.lang) for _, _, least in found]
    names = {short_name(items[0].row, view.lang) if len(items) == 1 else None for _, items, _ in found}
    blocks = listed([part.inside for part, _, _ in found], view.lang)
    whole = all(not item.open for part in parts for item in part.fields)
    note = view.t("overview.lowest_note" if whole else "overview.lowest_note_open", blocks=blocks)
    if len(names) == 1 and None not in names and len(found) > 1:
        text = view.t("overview.lowest_same", field=names.pop(), shares=listed(shares, view.lang))
        return text, note, "#linh-vuc"
    said = [
        view.t("overview.lowest_part", field=_field_names(view, items), block=part.inside, share=share)
        for (part, items, _), share in zip(found, shares, strict=True)
    ]
    return view.t("overview.lowest", parts=listed(said, view.lang)), note, "#linh-vuc"


def council(view: View, parts: Sequence[Part]) -> Sentence | None:
    """What the council changed a unit, and in which field it cut most."""
    found = [(part, *part.council) for part in parts]
    found = [(part, total, by_field) for part, total, by_field in found if total is not None]
    if not found:
        return None
    link = view.sel.to("appraisal")
    if not any(part.adjusted for part, _, _ in found):
        return view.t("overview.council_kept"), None, link
    said = [
        view.t(
            "overview.council_part",
            points=formats.in_points(total, view.lang, part.places, sign=True),
            block=part.inside,
        )
        for part, total, _ in found
    ]
    cuts = []
    for part, _, by_field in found:
        least = min(by_field.values())
        most = [part.items[code] for code, gap in by_field.items() if gap == least]
        if least < 0 and len(most) == 1:
            cuts.append(view.t("overview.cut_part", field=short_name(most[0].row, view.lang), block=part.inside))
    note = (
        view.t("overview.council_note_where", parts=listed(cuts, view.lang))
        if cuts
        else view.t("overview.council_note")
    )
    return view.t("overview.council", parts=listed(said, view.lang)), note, link


def leading(view: View, parts: Sequence[Part]) -> Sentence | None:
    """Who stands first in each block; more than three who share the place are not named here."""
    said = []
    for part in parts:
        first = [line for line in part.block.ranked if line.rank == 1]
        if 0 < len(first) <= 3:
            said.append(
                view.t(
                    f"overview.leading_part{'_tied' if len(first) > 1 else ''}",
                    names=listed([line.name for line in first], view.lang),
                    block=part.inside,
                    points=formats.in_points(first[0].index, view.lang, part.places),
                )
            )
    return (view.t("overview.leading", parts=listed(said, view.lang)), None, "#ket-qua") if said else None


def apart(view: View, parts: Sequence[Part]) -> Sentence | None:
    """How far the first is from the last in each block."""
    said = [
        view.t(
            "overview.apart_part",
            points=formats.in_points(part.block.ranked[0].index - part.block.ranked[-1].index, view.lang, part.places),
            block=part.inside,
        )
        for part in parts
        if len(part.block.ranked) > 1
    ]
    return (view.t("overview.apart", parts=listed(said, view.lang)), None, "#ket-qua") if said else None


def progress(view: View, found: Sequence[Step]) -> str:
    """How many steps are done, and the one that is left."""
    left = [step for step in found if not step.done]
    counted = {"k": len(found) - len(left), "n": len(found)}
    if not left:
        return view.t("overview.steps_all", n=len(found))
    if len(left) == 1:
        return view.t("overview.steps_one_left", name=left[0].name, **counted)
    return view.t("overview.steps", **counted)


def lateness(view: View, found: Sequence[Step]) -> str:
    """How many steps came later than planned, and the latest of them (the first, where several are equally late)."""
    late = [step for step in found if step.late]
    if not late:
        known = any(step.late is not None for step in found)
        return view.t("overview.late_none" if known else "overview.late_unknown")
    latest = max(late, key=lambda step: step.late)
    days = view.t("overview.days", n=latest.late)
    if len(late) == 1:
        return view.t("overview.late_one", step=latest.number, days=days)
    return view.t("overview.late_some", n=len(late), step=latest.number, days=days)


def best(part: Part) -> str:
    """Who has the highest index of a block."""
    view, ranked = part.view, part.block.ranked
    if not ranked:
        return view.t("overview.nobody", block=part.inside)
    first = [line for line in ranked if line.index == ranked[0].index]
    kind = "" if len(first) == 1 else "_tied" if len(first) <= 3 else "_many"
    return view.t(
        f"overview.best{kind}",
        n=len(first),
        names=listed([line.name for line in first], view.lang),
        value=formats.in_points(ranked[0].index, view.lang, part.places),
    )


def lowest_field(part: Part) -> str:
    """Which field of a block has the lowest median."""
    items, least = lowest_fields(part)
    if not items:
        return part.view.t("overview.no_field", block=part.inside)
    return capital(
        part.view.t(
            f"overview.field_lowest{'_tied' if len(items) > 1 else ''}",
            names=_field_names(part.view, items),
            share=formats.percent(least, part.view.lang),
        )
    )


def improved(part: Part) -> list[Line]:
    """The units that rose most, those who tie with the last of them too; equals by rank."""
    up = sorted((line for line in part.compared if line.change > 0), key=lambda line: (-line.change, line.rank or 0))
    return [line for line in up if line.change >= up[min(IMPROVED, len(up)) - 1].change]


def most_improved(part: Part) -> str:
    """Who rose most of a block."""
    view, rows = part.view, improved(part)
    if not rows:
        return view.t("overview.none_improved", block=part.inside)
    first = [line for line in rows if line.change == rows[0].change]
    kind = "" if len(first) == 1 else "_tied" if len(first) <= 3 else "_many"
    return view.t(
        f"overview.most_improved{kind}",
        n=len(first),
        names=listed([line.name for line in first], view.lang),
        points=formats.in_points(rows[0].change, view.lang, part.places, sign=True),
    )


@dataclass(frozen=True)
class Loss:
    """What a leaf costs a block: mean points a unit, over the `n` that have points or to whom it does not apply."""

    item: Item
    lost: Fraction
    n: int


def lost(part: Part) -> list[Loss]:
    """The leaves that cost most, and whoever ties with the last of them; in the order of the rubric where equal."""
    found = []
    for item in part.items.values():
        counted = [unit for unit in item.units if unit.scored or unit.away]
        if item.leaf and counted:
            scored = [unit for unit in counted if unit.scored]
            total = exact_sum(unit.maximum for unit in scored) - exact_sum(unit.points for unit in scored)
            found.append(Loss(item, total / len(counted), len(counted)))
    found = sorted((loss for loss in found if loss.lost > 0), key=lambda loss: -loss.lost)
    return [loss for loss in found if loss.lost >= found[min(LOSSES, len(found)) - 1].lost][: 2 * LOSSES]


def costliest(part: Part) -> str:
    """Which leaf costs a block most."""
    view, rows = part.view, lost(part)
    if not rows:
        known = any(item.scored for item in part.fields)
        return capital(view.t("overview.lost_none" if known else "overview.lost_unknown", block=part.inside))
    first = [loss for loss in rows if loss.lost == rows[0].lost]
    kind = "lost_most" if len(first) == 1 else "lost_most_tied" if len(first) <= 3 else "lost_many"
    return view.t(
        f"overview.{kind}",
        n=len(first),
        code=listed([loss.item.code for loss in first], view.lang),
        points=formats.in_points(rows[0].lost, view.lang, 2),
    )


# The page -------------------------------------------------------------------------------------------------------


def layout(view: View) -> list[Child]:
    """The season of the year selected; of its blocks, on a telephone, the one selected."""
    parts = read(view)
    title = view.t("overview.title", period=view.sel.period)
    plan = steps(view, view.ask.process_steps(view.sel.period))
    scored = any(line.index is not None for part in parts for line in part.block.lines)
    if not scored:
        lead = view.t("overview.nothing_yet", period=view.sel.period)
        return [page_header(view, title, lead), _steps(view, plan), html.Div(state(view, "empty"), className="section")]
    return [
        page_header(
            view,
            title,
            view.t("overview.lead") if len(parts) > 1 else None,
            actions=[button_link(view.t("export.summary_pdf"), summary_link(view.sel), icon="download")],
        ),
        key_sentences(view, findings(view, parts)),
        _steps(view, plan),
        section(view.t("overview.results"), *_results(view, parts), id="ket-qua"),
        section(
            view.t("overview.fields"),
            _beside(view, [_strips(part) for part in parts]),
            id="linh-vuc",
            lead=view.t("overview.fields_lead"),
        ),
        section(view.t("overview.improved"), _improved(view, parts), id="tien-bo"),
        section(view.t("overview.losses"), _beside(view, [_losses(part) for part in parts]), id="diem-mat"),
    ]


def _beside(view: View, of_parts: Sequence[Any]) -> html.Div:
    """One piece a block side by side; on narrow screens that of the block selected alone."""
    groups = view.sel.site.groups_of(view.sel.period)
    for group, piece in zip(groups, of_parts, strict=True):
        if group != view.sel.unit_group:
            piece.className = f"{getattr(piece, 'className', None) or ''} other-block".strip()
    return columns(*of_parts) if len(of_parts) > 1 else html.Div(list(of_parts))


# Steps


def _steps(view: View, found: Sequence[Step]) -> Child:
    if not found:
        return None
    drawn = [_step(view, step, found[at - 1] if at else None, found[at + 1 : at + 2]) for at, step in enumerate(found)]
    now = next((step for step in found if step.current), found[-1])
    narrow = html.Div(
        [
            html.Div(
                [
                    html.Span(
                        mark_icon("check") if step.done else None,
                        className="step-mark " + _step_class(step, found[at + 1 : at + 2]),
                    )
                    for at, step in enumerate(found)
                ],
                className="step-dots",
                **{"aria-hidden": "true"},
            ),
            html.P(f"{now.number}. {now.name}", className="step-name"),
            html.P("; ".join(_step_words(view, now, None)), className="step-now"),
            html.Details(
                [
                    html.Summary(view.t("overview.show_steps", n=len(found)), className="button"),
                    html.Ol(
                        [
                            html.Li(
                                [
                                    html.Span(f"{step.number}. {step.name}", className="step-name"),
                                    html.Span("; ".join(_step_words(view, step, None)), className="step-now"),
                                ]
                            )
                            for step in found
                        ],
                        className="step-list",
                    ),
                ]
            ),
        ],
        className="steps-narrow",
    )
    table = data_table(
        view,
        view.t("overview.steps_subtitle", period=view.sel.period, n=len(found)),
        [
            Head(view.t("overview.step"), num=True),
            Head(view.t("overview.step_name"), class_name="wrap"),
            Head(view.t("overview.planned_from")),
            Head(view.t("overview.planned_to")),
            Head(view.t("overview.done_on")),
            Head(view.t("overview.days_late"), num=True),
            Head(view.t("overview.responsible"), class_name="wrap"),
        ],
        [
            [
                step.number,
                step.name,
                formats.date(step.planned_from, view.lang),
                formats.date(step.planned_to, view.lang),
                formats.date(step.done, view.lang),
                formats.count(step.late, view.lang),
                step.responsible or formats.MISSING,
            ]
            for step in found
        ],
    )
    return section(
        progress(view, found),
        frame(
            view,
            "cac-buoc",
            lateness(view, found),
            [html.Ol(drawn, className="steps"), narrow],
            subtitle=view.t("overview.steps_subtitle", period=view.sel.period, n=len(found)),
            table=table,
            note=view.t("overview.steps_note") if any(step.late for step in found) else None,
            name="tien-do",
            picture=False,
        ),
        id="tien-do",
    )


def _step_class(step: Step, after: Sequence[Step]) -> str:
    kind = "done" if step.done else "current" if step.current else "open"
    return kind + (" to-done" if step.done and after and after[0].done else "") + ("" if after else " last")


def _step(view: View, step: Step, before: Step | None, after: Sequence[Step]) -> html.Li:
    year = step.year if step.year and (before is None or before.year != step.year) else None
    words = _step_words(view, step, step.year)
    return html.Li(
        [
            html.Span(view.t("overview.step_year", year=str(year)) if year else None, className="step-year"),
            html.Span(
                mark_icon("check") if step.done else None,
                className=f"step-mark {_step_class(step, after)}",
                **{"aria-hidden": "true"},
            ),
            html.Span(f"{step.number}. {step.name}", className="step-name"),
            html.Span(words[0], className="step-planned"),
            html.Span([html.Span(text) for text in words[1:]], className="step-done"),
        ],
        className="step-current" if step.current else None,
    )


def _step_words(view: View, step: Step, year: int | None) -> list[str]:
    """Planned, done or not, late: in words. Days within `year` go without it."""

    def day(value: date) -> str:
        text = formats.date(value, view.lang, official=True)
        return text.removesuffix(f"/{year}").removesuffix(f" {year}") if year else text

    said = [
        view.t("overview.planned", date=day(step.planned_to)) if step.planned_to else view.t("overview.unplanned"),
        view.t("overview.done", date=day(step.done))
        if step.done
        else view.t("overview.current" if step.current else "overview.not_done"),
    ]
    if step.late:
        said.append(view.t("overview.late", days=view.t("overview.days", n=step.late)))
    return said


# A block in numbers and in order


def _results(view: View, parts: Sequence[Part]) -> list[Child]:
    longest = max((len(part.block.ranked) for part in parts), default=0)
    heads = [
        html.Div(
            [
                html.H3(
                    [
                        capital(part.inside),
                        html.Small(f" · {counted(part)}"),
                    ],
                    className="block-title",
                ),
                four_numbers(part.view, numbers(part)) if part.block.ranked else None,
            ],
            className="block-numbers",
        )
        for part in parts
    ]
    sel = view.sel
    with_intervals = any(line.low is not None for part in parts for line in part.block.ranked)
    return [
        html.Div(
            switch(view.t("overview.intervals"), sel.href(intervals=not sel.intervals), sel.intervals),
            className="over-blocks",
        )
        if with_intervals
        else None,
        _beside(view, heads),
        _beside(view, [_dots(part, longest) for part in parts]),
    ]


def counted(part: Part) -> str:
    """How many units a block has, and how many of them have all their points, where not all do."""
    n, k = len(part.block.lines), len(part.block.ranked)
    said = part.view.t("word.units", n=n)
    return said if k == n else f"{said}, {part.view.t('overview.of_them_complete', n=k)}"


def numbers(part: Part) -> list[KeyNumber]:
    """Mean, median, range, and how many went up, with what became of them since the year before."""
    view, block, places = part.view, part.block, part.places
    lang, ranked = view.lang, part.block.ranked
    ranking = view.sel.to("ranking")
    high, low = ranked[0], ranked[-1]

    def moved(of: Callable[[Sequence[Any]], Fraction]) -> Child:
        by = part.moved(of)
        if by is None:
            return None
        some = len(part.compared) < len(ranked)
        return [
            change(view, by, unit=formats.in_points(by, lang, places).split(" ")[-1], places=places),
            f" {view.t('overview.compared_only', n=len(part.compared))}" if some else "",
        ]

    def index(line: Line) -> Child:
        shown = formats.points(line.index, lang, places)
        return provenance(view, shown, number_id(view.sel.period, line.code, "", "index"))

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
            note=html.Span([index(high), " – ", index(low)], className="unbroken"),
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


def _dots(part: Part, longest: int) -> html.Div:
    """Every ranked unit of a block in order. `longest`: units of the largest block, so that all plots end level."""
    view, sel, block, lang = part.view, part.view.sel, part.block, part.view.lang
    name = f"chi-so-{part.code}"
    ranked, title = block.ranked, best(part)
    if not ranked:
        actions = [
            button_link(view.t(f"overview.to_{page}"), href)
            for page in ("ranking", "appraisal")
            if (href := sel.to(page))
        ]
        text = view.t("overview.nobody_text", n=len(block.lines))
        return html.Div(state(view, "provisional", title=title, text=text, actions=actions), id=name)
    keys = ("low", "high", "rank_low", "rank_high") if sel.intervals else ()
    rows = [
        {
            "label": line.name,
            "value": line.index,
            "id": number_id(sel.period, line.code, "", "index"),
            "rank": line.rank,
            "tied": line.tied,
            "own": line.own,
            **{key: getattr(line, key) for key in keys},
        }
        for line in ranked
    ]
    ends = [value for line in ranked for value in (line.index, *((line.low, line.high) if sel.intervals else ()))]
    on = {"span": span_of(ends), "lang": lang, "median": block.median.index}
    height = min(2 * ROW, ROW * longest / len(rows))
    n = formats.count(len(ranked), lang)
    if len(ranked) < len(block.lines):
        n = view.t("overview.of_all", n=n, of=len(block.lines))
    subtitle = view.t("overview.dots_subtitle", period=sel.period, block=part.inside, n=n)

    def picture(size: str) -> dict:
        if size == "1920x1080" and len(rows) > 12:
            return dot_plot_columns(rows, width=1180, **on)
        return dot_plot(rows, width=720 if size == "a4" else 800, **on)

    alt = view.t(
        "ranking.chart_alt",
        n=len(ranked),
        high=formats.points(ranked[0].index, lang, part.places),
        low=formats.points(ranked[-1].index, lang, part.places),
        median=formats.points(block.median.index, lang, part.places),
    )
    intervals = sel.intervals and any(line.low is not None for line in ranked)
    few = len(rows) > FIRST
    narrow = dot_plot(rows[:FIRST] if few else rows, width=358, row_height=34, **on)
    body = [
        graph(view, dot_plot(rows, row_height=height, **on), alt, narrow=narrow),
        html.Div(
            button_link(view.t("part.show_all", n=view.t("word.units", n=len(ranked))), sel.to("ranking") or ""),
            className="more-narrow",
        )
        if few and sel.to("ranking")
        else None,
    ]
    return frame(
        view,
        name,
        title,
        body,
        subtitle=[
            subtitle,
            html.Span(view.t("overview.first_rows", n=FIRST), className="on-page narrow-only") if few else None,
        ],
        key=[
            key_item("dot", view.t("word.index")),
            key_item("interval", view.t("figure.key_interval")) if intervals else None,
            key_item("median", view.t("figure.key_median")),
        ],
        table=_dots_table(part, intervals),
        picture=picture,
        name=name,
        said={"subtitle": subtitle},
    )


def _dots_table(part: Part, intervals: bool) -> html.Div:
    view, lang, period = part.view, part.view.lang, part.view.sel.period
    heads = [Head(view.t("word.unit")), Head(view.t("word.rank"), num=True), Head(view.t("word.index"), num=True)]
    if intervals:
        heads += [
            Head(view.t("figure.key_interval"), num=True),
            Head(view.t("word.rank_interval"), num=True),
        ]

    def cells(line: Line) -> list[Child]:
        def number(text: str, measure: str) -> Child:
            return provenance(view, text, number_id(period, line.code, "", measure))

        found = [
            unit_link(view, line.code, label=line.name),
            number(formats.rank(line.rank, tied=line.tied), "rank"),
            number(formats.points(line.index, lang, part.places), "index"),
        ]
        if intervals:
            found += [
                number(formats.interval(line.low, line.high, lang, part.places), "index_interval"),
                number(formats.interval(line.rank_low, line.rank_high, lang), "rank_interval"),
            ]
        return found

    rows = [Row(cells(line), "own" if line.own else "") for line in part.block.ranked]
    return data_table(view, view.t("ranking.table", block=part.inside, period=period), heads, rows)


# Fields


def _strips(part: Part) -> html.Div:
    view, sel, lang = part.view, part.view.sel, part.view.lang
    name = f"linh-vuc-{part.code}"
    shown = [item for item in part.fields if item.scored]
    if not shown:
        return html.Div(state(view, "empty", title=lowest_field(part)), id=name)
    own = view.ask.viewer.unit_code
    rows = [
        {
            "field": item.code,
            "field_label": short_name(item.row, lang),
            "label": standings.unit_name(view, sel.units.get(unit.unit, {})),
            "value": Fraction(unit.attainment),
            "id": number_id(sel.period, unit.unit, item.code, "attainment"),
            "own": unit.unit == own,
        }
        for item in shown
        for unit in item.scored
    ]
    span = spread.axis({item.code: item for item in shown}, step=10)
    medians = [item.median for item in shown]
    counts = {len(item.scored) for item in shown}
    n = formats.interval(min(counts), max(counts), lang)
    subtitle = view.t("overview.fields_subtitle", period=sel.period, block=part.inside, n=n)
    table = data_table(
        view,
        subtitle,
        [
            Head(view.t("word.field")),
            Head(view.t("word.median"), num=True),
            Head(view.t("overview.lowest_unit"), num=True),
            Head(view.t("overview.highest_unit"), num=True),
            Head(view.t("overview.units_counted"), num=True),
        ],
        [
            [
                item_link(view, item.code, f"{item.code} {short_name(item.row, lang)}"),
                formats.percent(item.median, lang),
                formats.percent(min(item.shares), lang),
                formats.percent(max(item.shares), lang),
                formats.count(len(item.scored), lang),
            ]
            for item in shown
        ],
    )
    alt = view.t(
        "overview.fields_alt",
        n=len(shown),
        low=formats.percent(min(medians), lang),
        high=formats.percent(max(medians), lang),
    )
    return frame(
        view,
        name,
        lowest_field(part),
        graph(
            view,
            field_strips(rows, span=span, lang=lang),
            alt,
            narrow=field_strips(rows, span=span, lang=lang, width=358),
        ),
        subtitle=subtitle,
        key=[key_item("many", view.t("figure.key_unit")), key_item("tick", view.t("figure.key_median"))],
        table=table,
        note=view.t("overview.fields_note") if len(counts) > 1 else None,
        name=name,
    )


# Most improved


def _improved(view: View, parts: Sequence[Part]) -> Child:
    if not any(part.block.previous for part in parts):
        text = view.t("overview.first_year", period=view.sel.period)
        return state(view, "not_comparable", text=text)
    return _beside(view, [_improved_of(part) for part in parts])


def _improved_of(part: Part) -> html.Div:
    view, lang, period, block = part.view, part.view.lang, part.view.sel.period, part.block
    name = f"tien-bo-{part.code}"
    if not part.compared:
        why = "first_year" if not block.previous else "no_unit_compares" if block.comparable else "rubric_changed"
        text = view.t(f"overview.{why}", block=part.inside, previous=block.previous, period=period)
        return html.Div(state(view, "not_comparable", text=text), id=name)
    rows = improved(part)
    if not rows:
        link = button_link(view.t("nav.ranking"), view.sel.to("ranking", sort="thay-doi") or "")
        return html.Div(state(view, "empty", title=most_improved(part), text="", actions=[link]), id=name)

    past = block.previous or ""

    def number(line: Line, text: str, measure: str, year: str = period) -> Child:
        return provenance(view, text, number_id(year, line.code, "", measure))

    body = data_table(
        view,
        most_improved(part),
        [
            Head(view.t("word.unit")),
            Head(past, num=True, group=view.t("word.index")),
            Head(period, num=True, group=view.t("word.index")),
            Head(view.t("overview.change"), num=True),
            Head(past, num=True, group=view.t("word.rank")),
            Head(period, num=True, group=view.t("word.rank")),
        ],
        [
            Row(
                [
                    unit_link(view, line.code, label=line.name),
                    number(line, formats.points(line.index - line.change, lang, part.places), "index", past),
                    number(line, formats.points(line.index, lang, part.places), "index"),
                    change(view, line.change, places=part.places),
                    number(line, formats.rank(line.previous_rank), "rank", past),
                    number(line, formats.rank(line.rank, tied=line.tied), "rank"),
                ],
                "own" if line.own else "",
            )
            for line in rows
        ],
        class_name="improved",
    )
    return frame(
        view,
        name,
        most_improved(part),
        body,
        subtitle=view.t(
            "overview.improved_subtitle",
            k=len(rows),
            previous=block.previous,
            block=part.inside,
            n=formats.count(len(part.compared), lang),
        ),
        name=name,
    )


# Losses


def _losses(part: Part) -> html.Div:
    view, sel, lang = part.view, part.view.sel, part.view.lang
    name = f"diem-mat-{part.code}"
    rows = lost(part)
    if not rows:
        return html.Div(state(view, "empty", title=costliest(part), text=""), id=name)

    def points(value: Any) -> str:
        return formats.number(value, lang, 2, trim=True)

    bars = [
        html.Li(
            [
                html.Span(item_link(view, loss.item.code), className="loss-name"),
                html.Span(
                    [
                        html.Span(
                            className="loss-bar",
                            style={"width": f"calc((100% - {BESIDE_BARS}px) * {float(loss.lost / rows[0].lost):.4f})"},
                            **{"aria-hidden": "true"},
                        ),
                        html.Span(
                            [
                                html.B(formats.points(loss.lost, lang)),
                                f" {view.t('overview.of_points', points=points(loss.item.row['max_points']))}",
                            ],
                            className="loss-points",
                        ),
                    ],
                    className="loss-row",
                ),
            ]
        )
        for loss in rows
    ]
    counts = {loss.n for loss in rows}
    subtitle = view.t(
        "overview.losses_subtitle",
        period=sel.period,
        block=part.inside,
        n=formats.interval(min(counts), max(counts), lang),
    )
    table = data_table(
        view,
        subtitle,
        [
            Head(view.t("word.criterion"), class_name="wrap"),
            Head(view.t("overview.lost"), num=True),
            Head(view.t("word.max_points"), num=True),
            Head(view.t("overview.units_counted"), num=True),
        ],
        [
            [
                item_link(view, loss.item.code),
                formats.points(loss.lost, lang),
                points(loss.item.row["max_points"]),
                formats.count(loss.n, lang),
            ]
            for loss in rows
        ],
    )
    drawn = [
        {
            "code": loss.item.code,
            "label": view.name(loss.item.row),
            "lost": loss.lost,
            "max_points": loss.item.row["max_points"],
        }
        for loss in rows
    ]
    partly = any(unit.away or unit.open for loss in rows for unit in loss.item.units)
    return frame(
        view,
        name,
        costliest(part),
        html.Ol(bars, className="loss-bars"),
        subtitle=subtitle,
        table=table,
        note=view.t("overview.losses_note") if partly else None,
        picture=lambda size: losses(drawn, lang=lang, width=720),
        name=name,
    )
