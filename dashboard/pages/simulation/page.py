"""/don-vi/<ma>/mo-phong: what one unit would have with other points. A simulation: never a result, never a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from dashboard.address.numbers import number_id
from dashboard.address.peers import NATURE, natures
from dashboard.address.selection import PEERS
from dashboard.address.view import View
from dashboard.figures.base import span_of
from dashboard.pages.simulation import rows as simulation
from dashboard.pages.simulation.rows import SHARES, Simulation, written
from dashboard.render import elements as html
from dashboard.render.controls import button_link, href_select, segmented, toolbar
from dashboard.render.parts import (
    Head,
    KeyNumber,
    Row,
    badge,
    data_table,
    four_numbers,
    item_link,
    key_item,
    page_header,
    provenance,
    section,
    state,
)
from dashboard.words import formats
from scoring.rank import published
from scoring.whatif import Opportunity

KEYS = ("nb",)
CHOICES = {"them": None, "phieu": None, "dich": None}
"""`them`: points added, '1.2_0.5,3.1_0.25'; `phieu`: per cent of the answers that move, '9.2_10'; `dich`: what to
reach, 'h5' for rank 5, 'c95' for an index of 95, '' for the next better rank."""

SHOWN = 12
"""Criteria listed at once; the others unfold below."""

Child = Any


def layout(view: View) -> list:
    """The simulation of the unit in the path."""
    sel = view.sel
    name = view.name(sel.units[sel.unit])
    found = simulation.read(view)
    trail = [(view.t("nav.unit"), sel.to("unit")), (_short(view), sel.to("unit", unit=sel.unit))]
    title = [view.t("sim.title", name=name), " ", badge("simulation", view.t("sim.badge"))]
    if found is None:
        text = view.t("sim.open")
        return [page_header(view, title, breadcrumb=trail), _banner(view), state(view, "provisional", text=text)]
    peers = simulation.chosen_peers(view, sel.unit)
    listed = found.opportunities(peers.units)
    return [
        page_header(view, title, lead(view, found), breadcrumb=trail),
        _banner(view),
        _result(view, found),
        _plan(view, found, [code for code, _ in listed]),
        _items(view, found, [one for one in listed if not found.surveyed(one[0])], peers),
        _survey(view, found, [one for one in listed if found.surveyed(one[0])]),
    ]


def _short(view: View) -> str:
    row = view.sel.units[view.sel.unit]
    return (view.lang == "en" and row.get("name_en")) or row.get("short_name") or view.name(row)


def _banner(view: View) -> html.Div:
    return html.Div(
        [html.Strong(view.t("sim.badge")), html.Span(view.t("sim.banner"))], className="simulation", role="note"
    )


def _index(view: View, value: Decimal | Fraction) -> str:
    return formats.points(value, view.lang, view.sel.season["decimals"])


def lead(view: View, found: Simulation) -> str:
    """What the added points would make of index and rank; without any, where the unit stands."""
    now, then, n = found.official, found.outcome, len(found.block.units)
    name = _short(view)
    before = formats.rank(now["rank"], n)
    if not changes(found):
        return view.t("sim.lead_none", name=name, index=_index(view, now["index_value"]), rank=before)
    return view.t(
        "sim.lead",
        name=name,
        n=len(changes(found)),
        points=formats.points(sum(then.added), view.lang),
        index=_index(view, then.index_value),
        official=_index(view, now["index_value"]),
        rank=formats.rank(then.rank, n),
        before=before,
    )


def changes(found: Simulation) -> list[str]:
    """Leaves that gain something."""
    return [code for code in found.codes if found.gain(code)]


def _result(view: View, found: Simulation) -> html.Section:
    sel, lang = view.sel, view.lang
    now, then, n = found.official, found.outcome, len(found.block.units)

    def was(value: str, measure: str) -> Child:
        number = number_id(sel.period, sel.unit, "", measure)
        before, _, after = view.t("sim.official", value="\0").partition("\0")
        return [before, provenance(view, value, number), after]

    interval = formats.interval(then.rank_low, then.rank_high, lang)
    numbers = [
        KeyNumber(
            view.t("sim.index"), _index(view, then.index_value), note=was(_index(view, now["index_value"]), "index")
        ),
        KeyNumber(view.t("sim.rank"), str(then.rank), f"/{n}", note=was(formats.rank(now["rank"], n), "rank")),
        KeyNumber(
            view.t("sim.rank_interval"),
            interval,
            note=was(formats.interval(now["rank_low"], now["rank_high"], lang), "rank_interval"),
        ),
        KeyNumber(
            view.t("sim.added"),
            formats.signed(sum(then.added), lang),
            note=view.t("sim.of_items", n=len(changes(found))),
        ),
    ]
    clear = button_link(view.t("sim.reset"), sel.href(them=None, phieu=None)) if changes(found) else None
    left_out = list(found.ignored)
    if sel["dich"] and sel["dich"] not in dict(found.targets()):
        left_out.append(sel["dich"])
    ignored = view.t("sim.ignored", what=", ".join(left_out)) if left_out else None
    return section(
        view.t("sim.result"),
        html.Div([four_numbers(view, numbers), _strip(view, found)], className="simulated"),
        html.P(ignored, className="note", role="status") if ignored else None,
        html.Div(clear, className="actions") if clear else None,
        id="result",
    )


def _strip(view: View, found: Simulation) -> html.Div:
    """The block on a line, the unit as it is and as simulated."""
    now, then = found.official, found.outcome
    others = [value for at, value in enumerate(found.block.index_exact) if at != found.at]
    low, high = span_of([*others, now["index_exact"], then.index_exact])

    def place(value: Any) -> dict[str, str]:
        return {"left": f"{100 * (float(value) - low) / (high - low):.2f}%"}

    above = sum(value > then.index_value for at, value in enumerate(found.block.values) if at != found.at)
    said = view.t(
        "sim.strip", official=_index(view, now["index_value"]), index=_index(view, then.index_value), above=above
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


def _target(view: View, found: Simulation) -> tuple[str, Decimal] | None:
    targets = found.targets()
    asked = next((target for target in targets if target[0] == view.sel["dich"]), None)
    return asked or (targets[0] if targets and targets[0][0].startswith("h") else None)


def _target_words(view: View, target: tuple[str, Decimal]) -> str:
    key, value = target
    shown = formats.number(value, view.lang, view.sel.season["decimals"])
    if key.startswith("h"):
        return view.t("sim.target_rank", rank=int(key[1:]), value=shown)
    return view.t("sim.target_index", value=formats.number(value, view.lang, 0))


def plan_says(view: View, found: Simulation, target: tuple[str, Decimal], plan: Mapping[str, Fraction] | None) -> str:
    """How many points on how many criteria the target takes, or that it is out of reach."""
    said = _target_words(view, target)
    if plan is not None:
        points = formats.points(sum(plan.values()), view.lang)
        return view.t("sim.plan_says", target=said, points=points, n=len(plan))
    room = sum(found.most(code) - found.points(code) for code in found.codes if not found.surveyed(code))
    best = 100 * (Fraction(found.official["points"]) + room) / Fraction(found.official["max_points"])
    return view.t("sim.plan_out", target=said, most=_index(view, published(best, found.block.decimals)))


def _plan(view: View, found: Simulation, order: Sequence[str]) -> html.Section:
    sel, lang = view.sel, view.lang
    target = _target(view, found)
    parts: list[Child] = []
    targets = found.targets()
    if targets:
        current = sel.href(dich=target[0]) if target and sel["dich"] else sel.href(dich=None)
        first = [] if target is None or sel["dich"] else [(_target_words(view, target), current)]
        rest = [
            (_target_words(view, one), sel.href(dich=one[0])) for one in targets if not (first and one == targets[0])
        ]
        if target is None:
            first = [(view.t("pick.which"), current)]
        parts.append(toolbar(href_select("target", view.t("sim.target"), [*first, *rest], current)))
    if found.official["rank"] == 1:
        parts.append(html.P(view.t("sim.plan_first", name=_short(view)), className="sentence"))
    if target is not None:
        plan = found.plan(target[1], order)
        parts.append(html.P(plan_says(view, found, target, plan), className="sentence", id="plan-says"))
        if plan:
            heads = [
                Head(view.t("word.criterion")),
                Head(view.t("word.points"), num=True),
                Head(view.t("sim.add"), num=True),
                Head(view.t("word.max"), num=True),
            ]
            rows = [
                [
                    item_link(view, code),
                    _points(view, found, code),
                    formats.signed(points, lang, 3 if (points * 100).denominator > 1 else 2),
                    formats.number(found.most(code), lang, 2, trim=True),
                ]
                for code, points in plan.items()
            ]
            parts.append(data_table(view, view.t("sim.plan_caption"), heads, rows, class_name="hatched"))
            take = sel.href(them=written(plan), phieu=None)
            parts.append(html.Div(button_link(view.t("sim.plan_take"), take, primary=True), className="actions"))
    parts.append(html.P(view.t("sim.plan_note"), className="note"))
    return section(view.t("sim.plan"), *parts, id="plan")


def _points(view: View, found: Simulation, code: str) -> Child:
    shown = formats.points(found.points(code), view.lang)
    return provenance(view, shown, number_id(view.sel.period, found.unit, code, "points"))


# What could be improved


def _items(view: View, found: Simulation, listed: Sequence[tuple[str, Opportunity]], peers: Any) -> html.Section:
    sel, lang = view.sel, view.lang
    link, current = _links(view, "them"), sel.href()
    n = sum(unit in found.block.points for unit in peers.units)
    lead_line = view.t("sim.items_lead", peers=view.t(f"sim.peers.{peers.kind}", n=n))
    heads = [
        Head(view.t("word.criterion")),
        Head(view.t("word.points"), num=True, class_name="roomy"),
        Head(view.t("sim.left"), num=True),
        Head(view.t("sim.have"), num=True, class_name="roomy"),
        Head(view.t("sim.worth"), num=True, class_name="roomy"),
        Head(view.t("sim.add")),
    ]

    def line(code: str, one: Opportunity) -> Row:
        rest = {other: points for other, points in found.added.items() if other != code}
        options = [(view.t("sim.nothing"), link(rest))]
        for points in found.options(code):
            shown = formats.signed(points, lang, 3 if (points * 100).denominator > 1 else 2)
            options.append((shown, link(_ordered(found, {**rest, code: points}))))
        return Row(
            [
                item_link(view, code),
                html.Span([_points(view, found, code), f"/{formats.number(found.most(code), lang, 2, trim=True)}"]),
                formats.points(one.headroom, lang),
                formats.percent(one.share, lang, 0),
                formats.points(one.worth, lang),
                href_select(f"them-{code}", view.t("sim.add_to", code=code), options, current),
            ],
            kind="simulated" if code in found.added else "",
        )

    ways = [
        (view.t(f"sim.peer.{kind}"), sel.href(peers=kind), sel.peers == kind)
        for kind in PEERS
        if kind != NATURE or natures(sel.units)
    ]
    if not listed:
        return section(view.t("sim.items"), html.P(view.t("sim.full")), id="items")
    return section(
        view.t("sim.items"),
        toolbar(segmented(view.t("sim.peers"), ways)),
        *_folded(view, "sim.items", heads, listed, line, set(found.added)),
        id="items",
        lead=lead_line,
    )


def _links(view: View, key: str) -> Callable[[Mapping[str, Any]], str]:
    """Link to the view with other amounts under a key. A table has hundreds, so what they share is written once."""
    without, some = view.sel.href(**{key: None}), view.sel.href(**{key: "0"})
    before, after = some.split(f"{key}=0", 1)

    def link(amounts: Mapping[str, Any]) -> str:
        text = written(amounts)
        return f"{before}{key}={quote(text, safe=',.-_~')}{after}" if text else without

    return link


def _ordered(found: Simulation, amounts: Mapping[str, Any]) -> dict[str, Any]:
    return {code: amounts[code] for code in found.codes if code in amounts}


def _folded(view: View, caption: str, heads, listed, line, chosen: set[str]) -> list:
    """A table of the first few and of what is chosen; the others unfold below."""
    shown = [one for at, one in enumerate(listed) if at < SHOWN or one[0] in chosen]
    rest = [one for at, one in enumerate(listed) if at >= SHOWN and one[0] not in chosen]

    def table(caption: str, rows: Sequence[tuple[str, Opportunity]]) -> html.Div:
        return data_table(view, caption, heads, [line(*one) for one in rows], class_name="choose")

    parts = [table(view.t(f"{caption}_shown", n=len(shown)), shown)]
    if rest:
        label = html.Summary(view.t("sim.more", n=len(rest)), className="action")
        parts.append(html.Details([label, table(view.t(f"{caption}_rest", n=len(rest)), rest)], className="more"))
    return parts


def _survey(view: View, found: Simulation, listed: Sequence[tuple[str, Opportunity]]) -> Child:
    sel, lang = view.sel, view.lang
    if not listed:
        return None
    heads = [
        Head(view.t("word.criterion")),
        Head(view.t("word.points"), num=True, class_name="roomy"),
        Head(view.t("sim.left"), num=True),
        Head(view.t("sim.move")),
        Head(view.t("sim.gain"), num=True),
    ]
    link, current = _links(view, "phieu"), sel.href()
    by_room = sorted(listed, key=lambda one: -one[1].headroom)

    def line(code: str, one: Opportunity) -> Row:
        rest = {other: share for other, share in found.moved.items() if other != code}
        options = [(view.t("sim.nothing"), link(rest))]
        for share in SHARES:
            shown = formats.percent(Fraction(share, 100), lang, 0)
            options.append((shown, link(_ordered(found, {**rest, code: share}))))
        gain = found.gain(code)
        return Row(
            [
                item_link(view, code),
                html.Span([_points(view, found, code), f"/{formats.number(found.most(code), lang, 2, trim=True)}"]),
                formats.points(one.headroom, lang),
                href_select(f"phieu-{code}", view.t("sim.move_of", code=code), options, current),
                formats.signed(gain, lang) if gain else formats.MISSING,
            ],
            kind="simulated" if gain else "",
        )

    parts = _folded(view, "sim.survey", heads, by_room, line, set(found.moved))
    return section(view.t("sim.survey"), *parts, id="survey", lead=view.t("sim.survey_lead"))
