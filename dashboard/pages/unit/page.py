"""/don-vi and /don-vi/<ma>: choose a unit, and everything about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.address.links import profile_link
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
    Part,
    Screen,
    Section,
    ShortList,
)
from dashboard.exhibit.text import Link, Mark, Number, Text
from dashboard.pages.unit import answers, choose, exhibits, items, sentences, sources
from dashboard.pages.unit import rows as profile
from dashboard.pages.unit.cells import address
from dashboard.pages.unit.rows import Profile
from dashboard.render.controls import on_this_page
from dashboard.season import exhibits as season
from dashboard.season.rows import STATES
from dashboard.words import formats

KEYS = ("lv", "tc", "nb", "td")
CHOICES = {"xem": ("ho-so", "bang")}


def layout(view: View) -> Page:
    """The list of units, or the profile of the one in the path."""
    return _profile(view) if view.sel.unit else choose.page(view)


def _profile(view: View) -> Page:
    found = profile.read(view, view.sel.unit)
    header = _header(view, found)
    if found.row is None or not found.leaves:
        years = Section("years-section", view.t("unit.nav.years"), [exhibits.years(view)])
        return Page(header, [Notice("empty"), years, sources.sources(view, found)])
    flags = [flag for flag in view.ask.flags(view.sel.period) if flag["unit_code"] == found.unit]
    links = ["lost", "peers", "items", "appraisal", "survey", "years", *(["flags"] if flags else []), "sources"]
    if not view.whole:
        return Page(header, _open(view, found, flags))
    pair = [exhibits.lost(view, found), exhibits.against_peers(view, found)]
    people = _people(view, found)
    return Page(
        header,
        [
            Numbers(_numbers(view, found)),
            Screen(on_this_page(view, [(view.t(f"unit.nav.{name}"), name) for name in links])),
            Columns([_strengths(view, found), _priorities(view, found)]),
            Section("where", view.t("unit.where"), [Columns(pair)]),
            items.section(view, found),
            Section("council", view.t("unit.appraisal"), [exhibits.appraisal(view, found)]),
            Section("answers", view.t("unit.survey_years"), [people]),
            sources.flags(view, flags) if flags else None,
            sources.sources(view, found),
        ],
    )


def _people(view: View, found: Profile) -> Columns:
    return Columns([answers.survey(view, found), exhibits.years(view)], split="wide-left")


def _open(view: View, found: Profile, flags: Sequence[Mapping[str, Any]]) -> list[Part]:
    """The profile while the block is incomplete: points by state, and of a complete unit its index and provisional
    rank. No comparison with the block, no change, no interval."""
    links = ["items", "appraisal", "survey", "years", *(["flags"] if flags else []), "sources"]
    where = [season.by_field(view, found.unit, found.fields_by_state, found.by_state)]
    if found.complete:
        where.append(exhibits.lost(view, found))
    return [
        Numbers(_so_far(view, found)),
        Screen(on_this_page(view, [(view.t(f"unit.nav.{name}"), name) for name in links])),
        Section("where", view.t("open.states"), [Columns(where) if len(where) > 1 else Group(where)]),
        items.section(view, found),
        Section("council", view.t("unit.appraisal"), [exhibits.appraisal(view, found)]),
        Section("answers", view.t("unit.survey_years"), [_people(view, found)]),
        sources.flags(view, flags) if flags else None,
        sources.sources(view, found),
    ]


def _so_far(view: View, found: Profile) -> list[KeyNumber]:
    """Points by state over the maximum of the leaves in it; of a complete unit its index and provisional rank first."""
    lang = view.lang
    numbers = []
    if found.complete:
        index = formats.points(found.row["index_value"], lang, view.places)
        counts = view.t("open.of_complete", **view.completeness.counts)
        numbers = [
            KeyNumber(view.t("word.index"), index, number=address(view, "", "index")),
            KeyNumber(
                view.t("open.column.rank"),
                formats.rank(found.row["rank"]),
                note=counts,
                number=address(view, "", "rank"),
            ),
        ]
    for state in STATES:
        points, maximum, n = found.by_state.parts[state]
        if n:
            of = {"appraised": "appraised", "surveyed": "survey"}.get(state)
            numbers.append(
                KeyNumber(
                    view.t(f"open.state.{state}"),
                    formats.MISSING if points is None else formats.points(points, lang),
                    f"/{formats.number(maximum, lang, 2, trim=True)}",
                    view.t("open.criteria", n=n),
                    address(view, "", of) if of else None,
                )
            )
    return numbers


def _header(view: View, found: Profile) -> Header:
    sel = view.sel
    actions = []
    if compare := sel.to("comparison", compared=(sel.unit,)):
        actions.append(Button(view.t("unit.compare"), compare))
    if view.whole:
        actions.append(Button(view.t("sim.from_unit"), sel.to("simulation", unit=sel.unit)))
    actions.append(Button(view.t("export.profile_pdf"), profile_link(sel), icon="download"))
    above = [(view.t("nav.unit"), sel.to("unit")), (view.block("short"), sel.to("ranking") or sel.to("unit"))]
    return Header(view.name(sel.units[sel.unit]), sentences.lead(view, found), above, actions)


# Large numbers


def _numbers(view: View, found: Profile) -> list[KeyNumber]:
    row, lang = found.row, view.lang
    middle = None
    if found.block_median is not None:
        middle = view.t("unit.median_is", value=formats.points(found.block_median, lang, view.places))
    label = view.t("word.index")
    index = formats.points(row["index_value"], lang, view.places)
    numbers = [KeyNumber(label, index, note=middle, number=address(view, "", "index")), _rank(view, found)]
    if view.sel.intervals:
        places = formats.interval(row["rank_low"], row["rank_high"], lang)
        note = view.t("unit.by_sampling" if found.complete else "unit.no_rank")
        number = address(view, "", "rank_interval")
        numbers.append(KeyNumber(view.t("word.rank_interval"), places, note=note, number=number))
    return [*numbers, _since(view, found), _part(view, found, "appraised"), _part(view, found, "survey")]


def _part(view: View, found: Profile, measure: str) -> KeyNumber:
    """Points of one source over their maximum."""
    lang, by = view.lang, "appraisal" if measure == "appraised" else "survey"
    points, maximum = found.row[f"{measure}_points"], found.row[f"{measure}_max"]
    still = sum(leaf["state"] in ("pending", "missing") and leaf["assessed_by"] == by for leaf in found.leaves)
    if not maximum:
        note = view.t("unit.no_max")
    elif still:
        note = view.t("unit.open_part", n=still)
    else:
        note = view.t("unit.of_max", share=formats.percent(Fraction(points) / Fraction(maximum), lang))
    scored = found.scored("", f"{measure}_points")
    return KeyNumber(
        view.t("word.appraisal" if measure == "appraised" else "word.survey_short"),
        formats.points(points, lang) if scored else formats.MISSING,
        f"/{formats.number(maximum, lang, 2, trim=True)}" if scored else "",
        note,
        address(view, "", measure),
    )


def _rank(view: View, found: Profile) -> KeyNumber:
    row = found.row
    note = [] if found.complete else [view.t("unit.no_rank")]
    tied = sum(other["rank"] == row["rank"] for other in found.block) if row["rank"] else 0
    if tied > 1:
        note.append(view.t("unit.tied", n=tied))
    if row["previous_rank"] is not None and row["comparable"]:
        before = view.site.seasons[row["previous_period"], view.sel.unit_group]["complete"]
        rank = formats.rank(row["previous_rank"], before)
        note.append(view.t("unit.previous_rank", period=row["previous_period"], rank=rank))
    of = f"/{found.ranked}" if row["rank"] else ""
    number = address(view, "", "rank")
    return KeyNumber(view.t("word.rank"), formats.rank(row["rank"]), of, "; ".join(note), number)


def _since(view: View, found: Profile) -> KeyNumber:
    row, difference = found.row, sentences.difference(found.row)
    if difference is None:
        kind = "open" if not found.complete else "break" if row["previous_index"] is not None else "none"
        return KeyNumber(view.t("unit.change"), formats.MISSING, note=view.t(f"unit.change_{kind}"))
    kind = "same" if difference == 0 else "up" if difference > 0 else "down"
    since = view.t("unit.change_since", period=row["previous_period"])
    note: Text = [Mark(kind, view.t(f"mark.{kind}")), " ", since]
    shown = formats.signed(difference, view.lang, view.places)
    return KeyNumber(
        view.t("unit.change"), shown, note=note, number=number_id(view.sel.period, found.unit, "", "change")
    )


# Strengths and priorities


def _strengths(view: View, found: Profile) -> ShortList:
    lines = []
    for row in found.strengths():
        value = Number(formats.percent(row["value"], view.lang), address(view, row["code"], "attainment"))
        said = _filled(view, "unit.strength", "value", value, median=formats.percent(row["median"], view.lang))
        lines.append((_item(view, row["code"], row["label"]), said))
    none = view.t("unit.strengths_none" if found.complete else "unit.strengths_open")
    return ShortList(view.t("unit.strengths"), lines, view.t("unit.strengths_rule"), none)


def _priorities(view: View, found: Profile) -> ShortList:
    lines = []
    for leaf in found.priorities():
        lost = Number(formats.points(leaf["lost"], view.lang), address(view, leaf["criterion_code"], "points"))
        maximum = formats.number(leaf["max_points"], view.lang, 2, trim=True)
        said = _filled(view, "unit.priority", "lost", lost, maximum=maximum)
        lines.append((_item(view, leaf["criterion_code"]), said))
    title, rule = view.t("unit.priorities"), view.t("unit.priorities_rule")
    return ShortList(title, lines, rule, view.t("unit.priorities_none"))


def _item(view: View, code: str, label: str = "") -> Link:
    """An item of the rubric that leads to its page."""
    text = label or f"{code} {view.name(view.sel.rubric.get(code, {}))}"
    return Link(text, view.sel.to("item", item=code), "quiet")


def _filled(view: View, key: str, name: str, part: Number, **values: Any) -> list[Text]:
    """A text with one of its values standing for itself."""
    before, _, after = view.t(key, **{name: "\0"}, **values).partition("\0")
    return [before, part, after]
