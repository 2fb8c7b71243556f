"""The parts of a simulation: what it gives, the least that a target takes, what could be improved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from dashboard.address.names import item_name, unit_name
from dashboard.address.numbers import number_id
from dashboard.address.peers import NATURE, Peers, natures
from dashboard.address.selection import PEERS
from dashboard.address.view import View
from dashboard.exhibit.measure import MAXIMUM, change, of_max, points, share
from dashboard.exhibit.page import Group, KeyNumber, Numbers, Paragraph, Part, Screen, Section
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Number, Text
from dashboard.figures.layout import span_of
from dashboard.pages.simulation import sentences
from dashboard.pages.simulation.rows import SHARES, Simulation, written
from dashboard.render import elements as html
from dashboard.render.controls import button_link, href_select, segmented, toolbar
from dashboard.render.parts import item_link, key_item
from dashboard.words import formats
from scoring.whatif import Opportunity

SHOWN = 12
"""Criteria listed at once, and every chosen one; the others unfold below."""

Listed = tuple[str, Opportunity]


def result(view: View, found: Simulation) -> Section:
    """Index, rank and interval as simulated, each above the official one; the block on a line."""
    left_out = list(found.ignored)
    if view.sel["dich"] and view.sel["dich"] not in dict(found.targets()):
        left_out.append(view.sel["dich"])
    ignored = view.t("sim.ignored", what=", ".join(left_out))
    clear = button_link(view.t("sim.reset"), view.sel.href(them=None, phieu=None))
    return Section(
        "result",
        view.t("sim.result"),
        [
            Group([_numbers(view, found), Screen(_strip(view, found))], role="simulated"),
            Screen(html.P(ignored, className="note", role="status")) if left_out else None,
            Screen(html.Div(clear, className="actions")) if found.changes else None,
        ],
    )


def _numbers(view: View, found: Simulation) -> Numbers:
    lang, now, then, n = view.lang, found.official, found.outcome, len(found.baseline.units)

    def was(value: str, measure: str) -> Text:
        before, _, after = view.t("sim.official", value="\0").partition("\0")
        return [before, Number(value, number_id(view.sel.period, found.unit, "", measure)), after]

    def index(value: Any) -> str:
        return sentences.index(view, value)

    interval = formats.interval(now["rank_low"], now["rank_high"], lang)
    return Numbers(
        [
            KeyNumber(view.t("sim.index"), index(then.index_value), note=was(index(now["index_value"]), "index")),
            KeyNumber(view.t("sim.rank"), str(then.rank), f"/{n}", note=was(formats.rank(now["rank"], n), "rank")),
            KeyNumber(
                view.t("sim.rank_interval"),
                formats.interval(then.rank_low, then.rank_high, lang),
                note=was(interval, "rank_interval"),
            ),
            KeyNumber(
                view.t("sim.added"),
                formats.signed(sum(then.added), lang),
                note=view.t("sim.of_items", n=len(found.changes)),
            ),
        ]
    )


def _strip(view: View, found: Simulation) -> html.Div:
    """The block on a line, the unit as it is and as simulated."""
    now, then, baseline = found.official, found.outcome, found.baseline
    others = [value for at, value in enumerate(baseline.index_exact) if at != found.at]
    low, high = span_of([*others, now["index_exact"], then.index_exact])

    def place(value: Any) -> dict[str, str]:
        return {"left": f"{100 * (float(value) - low) / (high - low):.2f}%"}

    above = sum(value > then.index_value for at, value in enumerate(baseline.values) if at != found.at)
    said = view.t(
        "sim.strip",
        official=sentences.index(view, now["index_value"]),
        index=sentences.index(view, then.index_value),
        above=above,
    )
    drawn = html.Div(
        [
            *(html.Span(className="strip-other", style=place(value)) for value in others),
            html.Span(className="strip-official", style=place(now["index_exact"])),
            html.Span(className="strip-simulated", style=place(then.index_exact)),
        ],
        className="strip",
        role="img",
        **{"aria-label": said},
    )
    ends = html.Div(
        [html.Span(formats.number(end, view.lang, 0)) for end in (low, high)],
        className="strip-ends",
        **{"aria-hidden": "true"},
    )
    key = [
        key_item("sim", view.t("sim.key_simulated")),
        key_item("dot", view.t("sim.key_official")),
        key_item("tick", view.t("sim.key_others")),
    ]
    return html.Div([html.Div(key, className="key"), drawn, ends])


# The least that it takes


def plan(view: View, found: Simulation, order: Sequence[str]) -> Section:
    """The target, how many points on which criteria reach it, and a button that puts them into the simulation."""
    targets = found.targets()
    asked = next((one for one in targets if one[0] == view.sel["dich"]), None)
    target = asked or (targets[0] if targets and targets[0][0].startswith("h") else None)
    return Section(
        "plan",
        view.t("sim.plan"),
        [
            _targets(view, targets, asked, target) if targets else None,
            Paragraph(view.t("sim.plan_first", name=unit_name(view, found.unit)), role="sentence")
            if found.official["rank"] == 1
            else None,
            _least(view, found, target, order) if target else None,
            Paragraph(view.t("sim.plan_note"), role="note"),
        ],
    )


def _targets(
    view: View,
    targets: Sequence[tuple[str, Decimal]],
    asked: tuple[str, Decimal] | None,
    target: tuple[str, Decimal] | None,
) -> Screen:
    """The list of targets; the one that nobody asked for is the view without a target."""
    sel = view.sel
    plain = [] if asked else [(sentences.target(view, target) if target else view.t("pick.which"), sel.href(dich=None))]
    options = [(sentences.target(view, one), sel.href(dich=one[0])) for one in targets if asked or one != target]
    current = sel.href(dich=asked[0] if asked else None)
    return Screen(toolbar(href_select("target", view.t("sim.target"), [*plain, *options], current)))


def _least(view: View, found: Simulation, target: tuple[str, Decimal], order: Sequence[str]) -> list[Part]:
    least = found.plan(target[1], order)
    said = Group([Paragraph(sentences.plan(view, found, target, least), role="sentence")], id="plan-says")
    if not least:
        return [said]
    columns = [
        _criterion(view),
        Column(view.t("word.points"), found.points, points(), number=lambda code: _address(view, found, code)),
        Column(view.t("sim.add"), least.get, change(), show=lambda code: sentences.added(view, least[code])),
        Column(view.t("word.max"), found.most, MAXIMUM),
    ]
    take = view.sel.href(them=written(least), phieu=None)
    return [
        said,
        Table(view.t("sim.plan_caption"), columns, list(least), role="hatched"),
        Screen(html.Div(button_link(view.t("sim.plan_take"), take, primary=True), className="actions")),
    ]


def _address(view: View, found: Simulation, code: str) -> str:
    return number_id(view.sel.period, found.unit, code, "points")


def _criterion(view: View) -> Column:
    return Column(view.t("word.criterion"), lambda code: item_name(view, code), show=lambda code: item_link(view, code))


# What could be improved


def items(view: View, found: Simulation, listed: Sequence[Listed], peers: Peers) -> Section:
    """Appraised criteria with room, what many have managed first, each with the points that may be added."""
    if not listed:
        return Section("items", view.t("sim.items"), [Paragraph(view.t("sim.full"))])
    opportunities = dict(listed)

    def written_points(code: str) -> list[tuple[str, Fraction]]:
        return [(sentences.added(view, amount), amount) for amount in found.options(code)]

    columns = [
        *_room(view, found, opportunities),
        Column(view.t("sim.have"), lambda code: opportunities[code].share, share(0), role="roomy"),
        Column(view.t("sim.worth"), lambda code: opportunities[code].worth, points(), role="roomy"),
        _amounts(view, found, "them", "sim.add", "sim.add_to", found.added, written_points),
    ]
    ways = [
        (view.t(f"sim.peer.{kind}"), view.sel.href(peers=kind), view.sel.peers == kind)
        for kind in PEERS
        if kind != NATURE or natures(view.sel.units)
    ]
    n = sum(unit in found.baseline.points for unit in peers.units)
    return Section(
        "items",
        view.t("sim.items"),
        [
            Screen(toolbar(segmented(view.t("sim.peers"), ways))),
            _table(view, "sim.items", columns, [code for code, _ in listed], found.added),
        ],
        lead=view.t("sim.items_lead", peers=view.t(f"sim.peers.{peers.kind}", n=n)),
    )


def survey(view: View, found: Simulation, listed: Sequence[Listed]) -> Section | None:
    """Surveyed criteria with room, the most first, each with the share of answers that may move."""
    if not listed:
        return None
    opportunities = dict(sorted(listed, key=lambda one: -one[1].headroom))

    def written_shares(code: str) -> list[tuple[str, int]]:
        return [(formats.percent(Fraction(amount, 100), view.lang, 0), amount) for amount in SHARES]

    columns = [
        *_room(view, found, opportunities),
        _amounts(view, found, "phieu", "sim.move", "sim.move_of", found.moved, written_shares),
        Column(view.t("sim.gain"), lambda code: found.gain(code) or None, change()),
    ]
    table = _table(view, "sim.survey", columns, list(opportunities), found.moved)
    return Section("survey", view.t("sim.survey"), [table], lead=view.t("sim.survey_lead"))


def _room(view: View, found: Simulation, opportunities: Mapping[str, Opportunity]) -> list[Column]:
    """A criterion, the points that it has and what is left of them."""

    def has(code: str) -> list[Any]:
        shown = formats.points(found.points(code), view.lang)
        maximum = formats.number(found.most(code), view.lang, 2, trim=True)
        return [Number(shown, _address(view, found, code)), f"/{maximum}"]

    return [
        _criterion(view),
        Column(
            view.t("word.points"),
            lambda code: (found.points(code), found.most(code)),
            of_max(),
            show=has,
            role="roomy",
        ),
        Column(view.t("sim.left"), lambda code: opportunities[code].headroom, points()),
    ]


def _amounts(
    view: View,
    found: Simulation,
    key: str,
    head: str,
    label: str,
    chosen: Mapping[str, Any],
    options: Callable[[str], Sequence[tuple[str, Any]]],
) -> Column:
    """A list a criterion, of the links that give it another amount under `key` and leave those of the others."""
    link, current = _links(view, key), view.sel.href()

    def lists(code: str) -> Any:
        rest = {other: amount for other, amount in chosen.items() if other != code}
        links = [(view.t("sim.nothing"), link(rest))]
        for text, amount in options(code):
            amounts = {**rest, code: amount}
            links.append((text, link({one: amounts[one] for one in found.codes if one in amounts})))
        return href_select(f"{key}-{code}", view.t(label, code=code), links, current)

    return Column(view.t(head), chosen.get, show=lists)


def _links(view: View, key: str) -> Callable[[Mapping[str, Any]], str]:
    """Link to the view with other amounts under a key. A table has hundreds, so what they share is written once."""
    without, some = view.sel.href(**{key: None}), view.sel.href(**{key: "0"})
    before, after = some.split(f"{key}=0", 1)

    def link(amounts: Mapping[str, Any]) -> str:
        text = written(amounts)
        return f"{before}{key}={quote(text, safe=',.-_~')}{after}" if text else without

    return link


def _table(view: View, caption: str, columns: Sequence[Column], codes: Sequence[str], chosen: Mapping) -> Table:
    """The first criteria and every chosen one at once, in the order given; the others unfold below."""
    shown = [code for at, code in enumerate(codes) if at < SHOWN or code in chosen]
    rest = [code for code in codes if code not in shown]
    return Table(
        view.t(caption),
        columns,
        [*shown, *rest],
        kind=lambda code: "simulated" if code in chosen else "",
        fold=len(shown),
        fold_label=view.t("sim.more", n=len(rest)),
        role="choose",
    )
