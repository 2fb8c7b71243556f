"""A unit in exhibits: where points were lost, how it stands against others, what the council changed, its years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.address import peers
from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import MAXIMUM, RANK, YEAR, change, moved, points, pp, share
from dashboard.exhibit.page import Drawing, Exhibit, Figure, Group, Notice, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import remark
from dashboard.figures.layout import span_of
from dashboard.figures.points import waterfall
from dashboard.figures.strips import peer_strips
from dashboard.figures.years import year_line
from dashboard.pages.unit import rows as profile
from dashboard.pages.unit import sentences
from dashboard.pages.unit.cells import Child, address, decided_by, fraction, number, reason, signed_gap
from dashboard.pages.unit.rows import Profile
from dashboard.render import elements as html
from dashboard.render.controls import picker, segmented
from dashboard.render.parts import change as signed_change
from dashboard.render.parts import dumbbell, dumbbell_scale, item_link
from dashboard.words import formats, say

SHOWN = 8
"""Adjusted leaves shown at once; the others unfold below."""


def lost(view: View, found: Profile) -> Exhibit:
    """The waterfall from 100 to the index, field by field."""
    lang, places = view.lang, view.places
    if not found.losses:
        return Exhibit("lost", view.t("unit.lost"), body=Notice("empty"))
    rows = [{**row, "id": address(view, row["code"], "points")} for row in found.losses]
    maximum = sum(row["max_points"] for row in rows)
    check = sentences.check(rows, found.row["index_value"], lang, places)
    note = [check, view.t("unit.lost_axis")]
    if maximum != 100:
        note.append(view.t("unit.lost_scaled", maximum=formats.number(maximum, lang, 2, trim=True)))
    if not found.complete:
        note.append(view.t("unit.lost_open"))
    headline = sentences.most_lost(rows, lang)
    index = formats.points(found.row["index_value"], lang, places)

    def figure(width: int | None) -> Figure:
        narrow = {"width": width} if width else {}
        return waterfall(rows, total=Fraction(100), lang=lang, **narrow)

    return Exhibit(
        "lost",
        headline,
        figure,
        _lost_table(view, headline, rows, maximum),
        subtitle=view.t("unit.lost_subtitle", name=unit_name(view, view.sel.unit), period=view.sel.period, index=index),
        key=[("square", view.t("unit.key_total")), ("lost", view.t("unit.key_lost"))],
        note=" ".join(note),
        alt=f"{headline}. {check}",
        name="mat-diem",
    )


def _lost_table(view: View, caption: str, rows: Sequence[Mapping[str, Any]], maximum: Fraction) -> Table:
    total = [
        view.t("word.total"),
        formats.points(sum(row["points"] for row in rows), view.lang),
        formats.number(maximum, view.lang, 2, trim=True),
        formats.signed(-sum(row["lost"] for row in rows), view.lang),
    ]
    return Table(
        caption,
        [
            Column(view.t("word.field"), lambda row: f"{row['code']} {row['label']}"),
            Column(view.t("word.points"), lambda row: row["points"], points(), number=lambda row: row["id"]),
            Column(view.t("word.max"), lambda row: row["max_points"], MAXIMUM),
            Column(view.t("unit.lost"), lambda row: -row["lost"], change()),
        ],
        rows,
        totals=[total],
    )


def against_peers(view: View, found: Profile) -> Exhibit:
    """Every field of the unit against the set of units that it is compared with."""
    lang, sel, name = view.lang, view.sel, unit_name(view, view.sel.unit)
    chosen = profile.chosen_peers(view, found)
    ref = chosen.kind if chosen.nature is None else f"{chosen.kind}.{chosen.nature}"
    gaps = found.gaps(chosen.units)
    headline = sentences.against([row["gap"] for row in gaps], ref, lang)
    rings = chosen.similar if chosen.kind == peers.BLOCK else chosen.units if len(chosen.units) <= 8 else ()
    within = {*chosen.units, found.unit}
    rows = _strip_rows(view, found, within, rings)
    span = span_of([100 * row["attainment"] for row in found.block_fields if row["attainment"] is not None], 10)
    inside = view.t(f"unit.peers.{chosen.nature or chosen.kind}").lower()
    set_name = view.block("short") if chosen.kind == peers.BLOCK else inside
    similar = chosen.kind in (peers.BLOCK, peers.NEAREST)
    key = [
        ("dot", name),
        ("tick", view.t("unit.key_median")),
        ("ring", view.t("unit.key_similar" if similar else "unit.key_peers")) if rings else None,
        ("half", view.t("unit.key_half")),
        ("range", view.t("unit.key_range")),
    ]

    def figure(width: int | None) -> Figure:
        narrow = {"width": width} if width else {}
        return peer_strips(rows, span=span, lang=lang, **narrow)

    return Exhibit(
        "peers",
        headline,
        figure,
        _gaps_table(view, headline, gaps, name),
        subtitle=view.t("unit.peers_subtitle", set=set_name, period=sel.period, n=len(within), name=name),
        key=key,
        note=" ".join(_peers_note(view, chosen)),
        body=[Screen(_peer_controls(view, found, chosen)), Drawing()],
        name="so-voi-nhom",
    )


def _strip_rows(view: View, found: Profile, within: set[str], rings: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "field": row["criterion_code"],
            "field_label": found.field_label(row["criterion_code"]),
            "label": unit_name(view, row["unit_code"]),
            "value": None if row["attainment"] is None else Fraction(row["attainment"]),
            "own": row["unit_code"] == found.unit,
            "peer": row["unit_code"] in rings,
            "id": number_id(view.sel.period, row["unit_code"], row["criterion_code"], "attainment"),
        }
        for code in view.sel.fields
        for row in found.block_fields
        if row["criterion_code"] == code and row["unit_code"] in within
    ]


def _peers_note(view: View, chosen: peers.Peers) -> list[str]:
    note = []
    if view.sel.peers == peers.NATURE and chosen.kind != peers.NATURE:
        note.append(view.t("unit.peers_no_nature", block=say.capital(view.block("inside"))))
    if chosen.similar:
        note.append(view.t("unit.peers_similar", names=", ".join(unit_name(view, code) for code in chosen.similar)))
    return [*note, view.t("unit.peers_sign")]


def _gaps_table(view: View, caption: str, gaps: Sequence[Mapping[str, Any]], name: str) -> Table:
    def gap(row: Mapping[str, Any]) -> Child:
        return signed_change(view, None if row["gap"] is None else row["gap"] * 100, unit=view.t("word.pp"), places=2)

    def part(head: str, key: str, **more: Any) -> Column:
        return Column(head, lambda row: row[key], share(2), **more)

    return Table(
        caption,
        [
            Column(view.t("word.field"), lambda row: f"{row['code']} {row['label']}"),
            part(name, "value", number=lambda row: address(view, row["code"], "attainment")),
            part(view.t("unit.key_median"), "median"),
            Column(view.t("figure.against_median"), lambda row: row["gap"], pp(2), show=gap),
            part(view.t("unit.lowest"), "low"),
            part(view.t("unit.highest"), "high"),
        ],
        gaps,
    )


def _peer_controls(view: View, found: Profile, chosen: peers.Peers) -> html.Div:
    """Which set of units: the block, those of the same nature, the nearest, a list of one's own."""
    sel = view.sel
    natures = peers.natures(sel.units)
    options = [(view.t("unit.peers.khoi"), sel.href(peers=peers.BLOCK), chosen.kind == peers.BLOCK)]
    if natures:
        nature = natures[found.unit]
        options.append((view.t(f"unit.peers.{nature}"), sel.href(peers=peers.NATURE), chosen.kind == peers.NATURE))
    if chosen.similar:
        options.append((view.t("unit.peers.gan"), sel.href(peers=peers.NEAREST), chosen.kind == peers.NEAREST))
    if start := peers.in_order(chosen.similar, sel.units) or chosen.units[:1]:
        own = sel.href() if chosen.kind == peers.OWN else sel.href(peers=",".join(start))
        options.append((view.t("unit.peers.own"), own, chosen.kind == peers.OWN))
    controls: list[Child] = [segmented(view.t("unit.peers"), options)]
    if chosen.kind == peers.OWN:
        controls.append(_own_list(view, chosen))
    return html.Div(controls, className="peer-controls")


def _own_list(view: View, chosen: peers.Peers) -> html.Div:
    """Units of one's own list, each with a link that removes it, and a list to add from."""
    sel = view.sel

    def of(codes: Sequence[str]) -> str:
        return sel.href(peers=",".join(codes) or peers.BLOCK)

    rest = [code for code in sel.units if code != sel.unit and code not in chosen.units]
    return picker(
        view,
        "add-peer",
        [(unit_name(view, code), of([other for other in chosen.units if other != code])) for code in chosen.units],
        [(unit_name(view, code), of([*chosen.units, code])) for code in peers.in_order(rest, sel.units)],
    )


# Self-assessment and appraisal


def appraisal(view: View, found: Profile) -> Exhibit:
    """Every leaf that the council changed, with its reason."""
    headline = sentences.council([leaf["gap"] for leaf in found.both], found.states["pending"], view.lang)
    if not found.adjusted:
        body = Group([]) if found.both else Notice("empty", title=headline, text="")
        return Exhibit("appraisal", headline, body=body, concludes=False)
    kept = len(found.both) - len(found.adjusted)
    return Exhibit(
        "appraisal",
        headline,
        concludes=False,
        table=_adjusted(view, headline, found.adjusted),
        subtitle=view.t("unit.appraisal_subtitle", name=unit_name(view, view.sel.unit), period=view.sel.period),
        key=[
            ("ring", view.t("word.self")),
            ("dot", view.t("word.appraisal")),
            ("cut", view.t("unit.key_cut")),
            ("rise", view.t("unit.key_rise")),
        ],
        note=view.t("unit.appraisal_note", n=kept) if kept else None,
        name="tham-dinh",
    )


def _adjusted(view: View, caption: str, leaves: Sequence[Mapping[str, Any]]) -> Table:
    lang = view.lang
    shares = [
        fraction(leaf[column], leaf["max_points"]) for leaf in leaves for column in ("self_points", "appraised_points")
    ]
    low = 0.5 if min(shares) >= Fraction(1, 2) else 0.0

    def drawn(leaf: Mapping[str, Any]) -> Child:
        own, council = (fraction(leaf[column], leaf["max_points"]) for column in ("self_points", "appraised_points"))
        label = view.t("unit.dumbbell", own=formats.percent(own, lang), council=formats.percent(council, lang))
        return dumbbell(own, council, label, low=low)

    def both(leaf: Mapping[str, Any]) -> Child:
        code = leaf["criterion_code"]
        before = number(view, formats.points(leaf["self_points"], lang), code, "self")
        after = html.Strong(number(view, formats.points(leaf["appraised_points"], lang), code, "appraised"))
        maximum = formats.number(leaf["max_points"], lang, 2, trim=True)
        return html.Span([before, " → ", after, html.Span(f"/{maximum}", className="of")])

    def why(leaf: Mapping[str, Any]) -> Child:
        by = html.Span(decided_by(view, leaf), className="by")
        return html.Div([reason(view, leaf), by], className="why")

    def said(leaf: Mapping[str, Any]) -> str:
        return f"{leaf['reason'] or view.t('unit.no_reason')} {decided_by(view, leaf)}".strip()

    rest = len(leaves) - SHOWN
    return Table(
        caption,
        [
            Column(view.t("word.code"), lambda leaf: leaf["criterion_code"]),
            Column(
                view.t("unit.component"),
                lambda leaf: view.name(leaf),
                show=lambda leaf: item_link(view, leaf["criterion_code"], view.name(leaf)),
            ),
            Column(dumbbell_scale(view, low), lambda leaf: None, show=drawn, role="scale", on="page"),
            Column(
                view.t("word.points"),
                lambda leaf: (leaf["self_points"], leaf["appraised_points"], leaf["max_points"]),
                moved(),
                show=both,
            ),
            Column(
                view.t("word.gap"),
                lambda leaf: leaf["gap"],
                change(),
                show=lambda leaf: signed_gap(view, leaf, strong=True),
            ),
            Column(view.t("unit.reason"), said, show=why),
        ],
        leaves,
        fold=SHOWN,
        fold_label=view.t("unit.appraisal_more", n=rest) if rest > 0 else "",
        role="adjusted",
    )


# Published years


def years(view: View) -> Exhibit | Group:
    """Index and rank of the unit as published, year by year."""
    sel, lang = view.sel, view.lang
    every = view.ask.published()
    mine = [row for row in every if row["unit_code"] == sel.unit]
    if not mine:
        text = view.t("unit.years_none_text", name=unit_name(view, view.sel.unit))
        none = Notice("empty", title=view.t("unit.years_none"), text=text)
        return Group([none], id="years", label=view.t("unit.years_none"))
    block = [row["index"] for row in every if row["index"] is not None and row["unit_code"] in sel.units]
    span = list(range(min(int(row["period"]) for row in every), max(int(row["period"]) for row in every) + 1))
    rows = [
        {
            "year": int(row["period"]),
            "value": row["index"],
            "rank": row["rank"],
            "id": number_id(row["period"], sel.unit, "", "published"),
        }
        for row in mine
    ]
    headline = sentences.years(mine, lang)
    valued = {row["year"] for row in rows if row["value"] is not None}
    note = []
    if missing := [str(year) for year in span if year not in valued]:
        note.append(view.t("unit.years_missing", years=", ".join(missing)))
    if sel.season.get("made_up"):
        note.append(view.t("unit.years_apart", period=sel.period))
    decisions = list(dict.fromkeys(row["decision"] or row["source"] or "" for row in mine))
    return Exhibit(
        "years",
        headline,
        (lambda width: year_line(rows, years=span, span=span_of(block), lang=lang)) if valued else None,
        _years_table(view, headline, mine),
        subtitle=view.t("unit.years_subtitle"),
        note=" ".join(note) if valued else None,
        source=view.t("unit.years_source", sources="; ".join(filter(None, decisions))),
        body=None if valued else Notice("empty", text=" ".join(note)),
        narrow=0,
        name="cac-nam",
        published=True,
    )


def _years_table(view: View, caption: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    def text(head: str, key: str, missing: str = "") -> Column:
        return Column(view.t(head), lambda row: row[key] or missing)

    return Table(
        caption,
        [
            Column(view.t("unit.year"), lambda row: row["period"], YEAR),
            Column(view.t("word.index"), lambda row: row["index"], points()),
            Column(view.t("word.rank"), lambda row: row["rank"], RANK),
            text("unit.decision", "decision", formats.MISSING),
            text("unit.source", "source", formats.MISSING),
            Column(view.t("unit.remark"), lambda row: remark(row, view.lang)),
        ],
        rows,
    )
