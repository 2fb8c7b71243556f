"""/don-vi and /don-vi/<ma>: choose a unit, and everything about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.address import peers
from dashboard.address.links import profile_link
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.figures.base import span_of
from dashboard.figures.points import waterfall
from dashboard.figures.strips import peer_strips
from dashboard.figures.survey import likert, likert_colours
from dashboard.figures.years import year_line
from dashboard.pages.unit import rows as profile
from dashboard.pages.unit import sentences
from dashboard.pages.unit.rows import Profile
from dashboard.render import elements as html
from dashboard.render.parts import (
    Head,
    KeyNumber,
    Row,
    button_link,
    change,
    columns,
    data_table,
    dumbbell,
    four_numbers,
    frame,
    graph,
    href_select,
    item_link,
    key_item,
    mark,
    on_this_page,
    page_header,
    picker,
    provenance,
    row_filter,
    section,
    segmented,
    state,
    toolbar,
    unit_link,
    withheld,
)
from dashboard.words import formats, say
from dashboard.words.names import short_name
from scoring.texts import FLAGS

KEYS = ("lv", "tc", "nb", "td")
CHOICES = {"xem": ("ho-so", "bang")}
SHOWN = 8
"""Adjusted leaves shown at once; the others unfold below."""

Child = Any


def layout(view: View) -> list:
    """The list of units, or the profile of the one in the path."""
    return _profile(view) if view.sel.unit else _choose(view)


# Choose a unit


def _choose(view: View) -> list:
    groups = view.site.groups_of(view.sel.period)
    return [
        page_header(view, view.t("unit.choose"), view.t("unit.choose_lead")),
        columns(*[_units_of(view, group) for group in groups]),
    ]


def _units_of(view: View, group: str) -> html.Section:
    """The units of one block in Vietnamese order; index and rank beside the name where there are any."""
    period, id = view.sel.period, f"khoi-{group}"
    units = view.site.units_of(period, group)
    results = {row["unit_code"]: row for row in view.ask.ranking(period, group)}
    places = view.site.seasons[period, group]["decimals"]
    tied = _tied(results.values())

    def line(code: str) -> Row:
        row = results.get(code)
        ids = [number_id(period, code, "", measure) for measure in ("index", "rank")]
        index = provenance(view, formats.points(row and row["index_value"], view.lang, places), ids[0])
        if row and row["index_value"] is not None and row["status"] != "complete":
            rank = html.Span(view.t("unit.provisional"), className="muted")
        else:
            rank = provenance(view, formats.rank(row and row["rank"], tied=bool(row) and row["rank"] in tied), ids[1])
        return Row(
            [unit_link(view, code, full=True), index, rank], kind="own" if code == view.ask.viewer.unit_code else ""
        )

    heads = [Head(view.t("word.unit")), Head(view.t("word.index"), num=True), Head(view.t("word.rank"), num=True)]
    name = view.block("full", group)
    table = data_table(view, name, heads, [line(code) for code in peers.in_order(units, units)], id=f"{id}-units")
    return html.Section(
        [
            html.H2(name, id=id, className="block-title"),
            html.P(view.t("word.units", n=len(units)), className="subtitle"),
            toolbar(
                row_filter(
                    view, f"{id}-filter", view.t("unit.filter", block=view.block("inside", group)), f"{id}-units"
                )
            ),
            table,
        ],
        **{"aria-labelledby": id},
    )


def _tied(rows) -> set[int]:
    ranks = [row["rank"] for row in rows if row["rank"] is not None]
    return {rank for rank in ranks if ranks.count(rank) > 1}


# The profile


def _profile(view: View) -> list:
    sel = view.sel
    found = profile.read(view, sel.unit)
    unit = sel.units[sel.unit]
    flags = [f for f in view.ask.flags(sel.period) if f["unit_code"] == sel.unit]
    compare = sel.to("comparison", compared=(sel.unit,))
    header = page_header(
        view,
        view.name(unit),
        lead(view, found),
        breadcrumb=[
            (view.t("nav.unit"), sel.to("unit")),
            (view.block("short"), sel.to("ranking") or sel.to("unit")),
        ],
        actions=[
            *([button_link(view.t("unit.compare"), compare)] if compare else []),
            *([button_link(view.t("sim.from_unit"), sel.to("simulation", unit=sel.unit))] if found.complete else []),
            button_link(view.t("export.profile_pdf"), profile_link(sel), icon="download"),
        ],
    )
    if found.row is None or not found.leaves:
        return [header, state(view, "empty"), _section(view, "years", _years(view)), _sources(view, found)]
    links = ["lost", "peers", "items", "appraisal", "survey", "years", *(["flags"] if flags else []), "sources"]
    return [
        header,
        None if found.complete else _provisional(view, found),
        four_numbers(view, _numbers(view, found)),
        on_this_page(view, [(view.t(f"unit.nav.{name}"), name) for name in links]),
        columns(_strengths(view, found), _priorities(view, found)),
        section(view.t("unit.where"), columns(_lost(view, found), _peers(view, found)), id="where"),
        _items(view, found),
        section(view.t("unit.appraisal"), _appraisal(view, found), id="council"),
        section(
            view.t("unit.survey_years"), columns(_survey(view, found), _years(view), split="wide-left"), id="answers"
        ),
        _flags(view, flags) if flags else None,
        _sources(view, found),
    ]


def _section(view: View, name: str, *children: Child) -> html.Section:
    return section(view.t(f"unit.nav.{name}"), *children, id=f"{name}-section")


def _short(view: View, code: str | None = None) -> str:
    row = view.sel.units.get(code or view.sel.unit) or view.site.units.get(view.sel.period, {}).get(code, {})
    return (view.lang == "en" and row.get("name_en")) or row.get("short_name") or view.name(row) or code or ""


def _places(view: View) -> int:
    return view.sel.season["decimals"]


def _number(view: View, shown: str, code: str, measure: str, group: str | None = None) -> Child:
    return provenance(view, shown, number_id(view.sel.period, view.sel.unit, code, measure, group))


def lead(view: View, found: Profile) -> str:
    """The first sentences: where the unit stands, where its points went, how it compares with its block."""
    if found.row is None or not found.leaves:
        return view.t("unit.no_scores", period=view.sel.period)
    said = [
        sentences.position(
            found.row, found.block, found.states, view.name(view.sel.units[found.unit]), view.lang, _places(view)
        )
    ]
    if found.losses:
        said.append(sentences.losses(found.losses, view.lang))
    if found.complete and len(found.block) > 1:
        gaps = [row["gap"] for row in found.gaps([row["unit_code"] for row in found.block])]
        said.append(sentences.against(gaps, "khoi", view.lang) + ".")
    return " ".join(said)


def _provisional(view: View, found: Profile) -> Child:
    still = [
        view.t(f"say.open.{kind}", n=found.states[kind]) for kind in ("pending", "missing") if found.states.get(kind)
    ]
    text = view.t("unit.provisional_text", open=say.listed(still, view.lang))
    return state(view, "provisional", text=text)


def _numbers(view: View, found: Profile) -> list[KeyNumber]:
    row, lang, places, period = found.row, view.lang, _places(view), view.sel.period

    def id(measure: str) -> str:
        return number_id(period, found.unit, "", measure)

    done = sum(other["status"] == "complete" for other in found.block)
    middle = None
    if found.block_median is not None:
        shown = formats.points(found.block_median, lang, places)
        whole = done == len(found.block)
        middle = view.t("unit.median_is", value=shown) if whole else view.t("unit.median_of", n=done, value=shown)
    numbers = [
        KeyNumber(
            view.t("word.index" if found.complete else "unit.index_provisional"),
            formats.points(row["index_value"], lang, places),
            note=middle,
            number=id("index"),
        ),
        _rank(view, found),
    ]
    if view.sel.intervals:
        numbers.append(
            KeyNumber(
                view.t("word.rank_interval"),
                formats.interval(row["rank_low"], row["rank_high"], lang),
                note=view.t("unit.by_sampling") if found.complete else view.t("unit.no_rank"),
                number=id("rank_interval"),
            )
        )
    numbers.append(_since(view, found))
    for measure in ("appraised", "survey"):
        points, maximum = row[f"{measure}_points"], row[f"{measure}_max"]
        by = "appraisal" if measure == "appraised" else "survey"
        still = sum(leaf["state"] in ("pending", "missing") and leaf["assessed_by"] == by for leaf in found.leaves)
        if not maximum:
            note = view.t("unit.no_max")
        elif still:
            note = view.t("unit.open_part", n=still)
        else:
            note = view.t("unit.of_max", share=formats.percent(Fraction(points) / Fraction(maximum), lang))
        scored = found.scored("", f"{measure}_points")
        numbers.append(
            KeyNumber(
                view.t("word.appraisal" if measure == "appraised" else "word.survey_short"),
                formats.points(points, lang) if scored else formats.MISSING,
                f"/{formats.number(maximum, lang, 2, trim=True)}" if scored else "",
                note,
                id(measure),
            )
        )
    return numbers


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
    return KeyNumber(
        view.t("word.rank"),
        formats.rank(row["rank"]),
        f"/{found.ranked}" if row["rank"] else "",
        "; ".join(note),
        number_id(view.sel.period, found.unit, "", "rank"),
    )


def _since(view: View, found: Profile) -> KeyNumber:
    row, difference = found.row, sentences.difference(found.row)
    if difference is None:
        kind = "open" if not found.complete else "break" if row["previous_index"] is not None else "none"
        return KeyNumber(view.t("unit.change"), formats.MISSING, note=view.t(f"unit.change_{kind}"))
    kind = "same" if difference == 0 else "up" if difference > 0 else "down"
    note = [mark(kind, view.t(f"mark.{kind}")), " ", view.t("unit.change_since", period=row["previous_period"])]
    shown = formats.signed(difference, view.lang, _places(view))
    return KeyNumber(
        view.t("unit.change"), shown, note=note, number=number_id(view.sel.period, found.unit, "", "change")
    )


# Strengths and priorities


def _short_list(title: str, rule: str, lines: Sequence[tuple[Child, Child]], none: str) -> html.Section:
    body = html.Ul([html.Li([html.Span(name), html.Span(shown, className="said")]) for name, shown in lines])
    return html.Section(
        [html.H2(title, className="block-title"), body if lines else html.P(none), html.P(rule, className="note")],
        className="short-list",
    )


def _strengths(view: View, found: Profile) -> html.Section:
    lines = []
    for row in found.strengths():
        share = _number(view, formats.percent(row["value"], view.lang), row["code"], "attainment")
        said, _, after = view.t(
            "unit.strength", value="\0", median=formats.percent(row["median"], view.lang)
        ).partition("\0")
        lines.append((item_link(view, row["code"], row["label"]), [said, share, after]))
    none = view.t("unit.strengths_none" if found.complete else "unit.strengths_open")
    return _short_list(view.t("unit.strengths"), view.t("unit.strengths_rule"), lines, none)


def _priorities(view: View, found: Profile) -> html.Section:
    lines = []
    for leaf in found.priorities():
        said, _, after = view.t(
            "unit.priority", lost="\0", maximum=formats.number(leaf["max_points"], view.lang, 2, trim=True)
        ).partition("\0")
        lost = _number(view, formats.points(leaf["lost"], view.lang), leaf["criterion_code"], "points")
        lines.append((item_link(view, leaf["criterion_code"]), [said, lost, after]))
    return _short_list(view.t("unit.priorities"), view.t("unit.priorities_rule"), lines, view.t("unit.priorities_none"))


# Lost points, peers


def _lost(view: View, found: Profile) -> html.Section:
    lang, places, name = view.lang, _places(view), _short(view)
    index = formats.points(found.row["index_value"], lang, places)
    if not found.losses:
        return frame(view, "lost", view.t("unit.lost"), state(view, "empty"))
    rows = [{**row, "id": number_id(view.sel.period, found.unit, row["code"], "points")} for row in found.losses]
    maximum = sum(row["max_points"] for row in rows)
    note = [sentences.check(rows, found.row["index_value"], lang, places), view.t("unit.lost_axis")]
    if maximum != 100:
        note.append(view.t("unit.lost_scaled", maximum=formats.number(maximum, lang, 2, trim=True)))
    if not found.complete:
        note.append(view.t("unit.lost_open"))
    headline = sentences.most_lost(rows, lang)
    heads = [
        Head(view.t("word.field")),
        Head(view.t("word.points"), num=True),
        Head(view.t("word.max"), num=True),
        Head(view.t("unit.lost"), num=True),
    ]
    table = data_table(
        view,
        headline,
        heads,
        [
            [
                f"{row['code']} {row['label']}",
                _number(view, formats.points(row["points"], lang), row["code"], "points"),
                formats.number(row["max_points"], lang, 2, trim=True),
                formats.signed(-row["lost"], lang),
            ]
            for row in rows
        ]
        + [
            Row(
                [
                    view.t("word.total"),
                    formats.points(sum(row["points"] for row in rows), lang),
                    formats.number(maximum, lang, 2, trim=True),
                    formats.signed(-sum(row["lost"] for row in rows), lang),
                ],
                kind="total",
            )
        ],
    )
    return frame(
        view,
        "lost",
        headline,
        graph(
            view,
            waterfall(rows, total=Fraction(100), lang=lang),
            f"{headline}. {note[0]}",
            narrow=waterfall(rows, total=Fraction(100), lang=lang, width=328),
        ),
        subtitle=view.t("unit.lost_subtitle", name=name, period=view.sel.period, index=index),
        key=[key_item("square", view.t("unit.key_total")), key_item("lost", view.t("unit.key_lost"))],
        table=table,
        note=" ".join(note),
        name="mat-diem",
    )


def _peers(view: View, found: Profile) -> html.Section:
    sel, lang, name = view.sel, view.lang, _short(view)
    chosen = profile.chosen_peers(view, found)
    ref = chosen.kind if chosen.nature is None else f"{chosen.kind}.{chosen.nature}"
    gaps = found.gaps(chosen.units)
    headline = sentences.against([row["gap"] for row in gaps], ref, lang)
    rings = chosen.similar if chosen.kind == peers.BLOCK else chosen.units if len(chosen.units) <= 8 else ()
    within = {*chosen.units, found.unit}
    rows = [
        {
            "field": row["criterion_code"],
            "field_label": found.field_label(row["criterion_code"]),
            "label": _short(view, row["unit_code"]),
            "value": None if row["attainment"] is None else Fraction(row["attainment"]),
            "own": row["unit_code"] == found.unit,
            "peer": row["unit_code"] in rings,
            "id": number_id(sel.period, row["unit_code"], row["criterion_code"], "attainment"),
        }
        for code in sel.fields
        for row in found.block_fields
        if row["criterion_code"] == code and row["unit_code"] in within
    ]
    span = span_of([100 * row["attainment"] for row in found.block_fields if row["attainment"] is not None], 10)
    note = [view.t("unit.peers_sign")]
    if chosen.similar:
        note.insert(0, view.t("unit.peers_similar", names=", ".join(_short(view, code) for code in chosen.similar)))
    if sel.peers == peers.NATURE and chosen.kind != peers.NATURE:
        note.insert(0, view.t("unit.peers_no_nature", block=say.capital(view.block("inside"))))
    set_name = (
        view.block("short")
        if chosen.kind == peers.BLOCK
        else view.t(f"unit.peers.{chosen.nature or chosen.kind}").lower()
    )
    percent = [
        [
            f"{row['code']} {row['label']}",
            _number(view, formats.percent(row["value"], lang), row["code"], "attainment"),
            formats.percent(row["median"], lang),
            change(view, None if row["gap"] is None else row["gap"] * 100, unit=view.t("unit.pp"), places=1),
            formats.percent(row["low"], lang),
            formats.percent(row["high"], lang),
        ]
        for row in gaps
    ]
    heads = [
        view.t("word.field"),
        name,
        view.t("unit.key_median"),
        view.t("figure.against_median"),
        view.t("unit.lowest"),
        view.t("unit.highest"),
    ]
    key = [
        key_item("dot", name),
        key_item("tick", view.t("unit.key_median")),
        key_item(
            "ring", view.t("unit.key_similar" if chosen.kind in (peers.BLOCK, peers.NEAREST) else "unit.key_peers")
        )
        if rings
        else None,
        key_item("half", view.t("unit.key_half")),
        key_item("range", view.t("unit.key_range")),
    ]
    body = graph(
        view,
        peer_strips(rows, span=span, lang=lang),
        headline,
        narrow=peer_strips(rows, span=span, lang=lang, width=328),
    )
    return frame(
        view,
        "peers",
        headline,
        [_peer_controls(view, found, chosen), body],
        subtitle=view.t("unit.peers_subtitle", set=set_name, period=sel.period, n=len(within), name=name),
        key=[item for item in key if item is not None],
        table=data_table(view, headline, [Head(heads[0]), *(Head(head, num=True) for head in heads[1:])], percent),
        note=" ".join(note),
        name="so-voi-nhom",
    )


def _peer_controls(view: View, found: Profile, chosen: peers.Peers) -> html.Div:
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
        [(_short(view, code), of([other for other in chosen.units if other != code])) for code in chosen.units],
        [(_short(view, code), of([*chosen.units, code])) for code in peers.in_order(rest, sel.units)],
    )


# Every criterion


def _items(view: View, found: Profile) -> html.Section:
    sel = view.sel
    every = sel.view == "bang"
    switch = button_link(
        view.t("unit.items_close" if every else "unit.items_open"), sel.href(view=None if every else "bang")
    )
    survey: dict[str, list] = {}
    for cell in view.ask.unit_survey(sel.period, found.unit):
        survey.setdefault(cell["criterion_code"], []).append(cell)
    fields = [
        _field(view, found, code, survey, opened=every or sel.field == code)
        for code in sel.fields
        if code in found.items
    ]
    return section(
        view.t("unit.items"),
        toolbar(switch),
        html.Div(fields, className="disclosures"),
        id="items",
        lead=view.t("unit.items_lead"),
    )


def _field(view: View, found: Profile, code: str, survey: Mapping[str, list], *, opened: bool) -> html.Details:
    lang, row = view.lang, found.items[code]
    below = [item for item in found.items.values() if item["field_code"] == code and item["criterion_code"] != code]
    leaves = [item for item in (below or [row]) if item["state"]]
    still = sum(leaf["state"] in ("pending", "missing") for leaf in leaves)
    summary = html.Summary(
        [
            html.Span(className="icon icon-chevron", **{"aria-hidden": "true"}),
            html.Span([html.Span(code, className="quiet-code"), view.name(row)], className="name"),
            html.Span(view.t("unit.open_field", n=still), className="open") if still else None,
            html.Span(
                formats.of_max(row["points"], row["max_points"], lang)
                if row["points"] is not None
                else formats.MISSING,
                className="num",
            ),
            html.Span(formats.percent(row["attainment"], lang), className="num share"),
        ]
    )
    heads = [
        Head(view.t("word.criterion")),
        Head(view.t("word.max"), num=True),
        Head(view.t("word.self"), num=True),
        Head(view.t("word.appraisal"), num=True),
        Head(view.t("word.survey_short"), num=True),
        Head(view.t("word.points"), num=True),
        Head(view.t("word.gap"), num=True),
        Head(view.t("unit.state_reason")),
    ]
    rows = [_item(view, item, survey.get(item["criterion_code"], []), found) for item in below or [row]]
    if below:
        rows.append(_item(view, row, [], found, total=True))
    caption = view.t("unit.items_of", code=code, name=view.name(row), unit=_short(view), period=view.sel.period)
    return html.Details(
        [summary, data_table(view, caption, heads, rows, class_name="items with-reasons")],
        open=opened,
        className="disclosure",
        id=f"field-{code}",
    )


def _item(view: View, item: Mapping[str, Any], cells: Sequence[Mapping], found: Profile, *, total: bool = False) -> Row:
    lang, code = view.lang, item["criterion_code"]
    leaf = item["state"] is not None

    def points(measure: str, column: str) -> Child:
        value = item[column]
        if not leaf and column != "points" and not found.scored(code, column):
            value = None  # a sum over nothing is no number
        return _number(view, formats.points(value, lang), code, measure)

    gap = provenance(view, formats.MISSING, None)
    if item["gap"] is not None:
        gap = _number(view, formats.signed(item["gap"], lang), code, "gap")
        if item["gap"]:
            gap = html.Span(
                [mark("up" if item["gap"] > 0 else "down", view.t(f"mark.{'up' if item['gap'] > 0 else 'down'}")), gap],
                className="change",
            )
    name = (
        view.t("word.total")
        if total
        else [html.Span(code, className="quiet-code"), item_link(view, code, view.name(item))]
    )
    maximum = formats.number(item["max_points"], lang, 2, trim=True) if item["max_points"] else formats.MISSING
    return Row(
        [
            name,
            maximum,
            points("self", "self_points"),
            points("appraised", "appraised_points"),
            points("survey", "survey_points"),
            points("points", "points"),
            gap,
            _why(view, item, cells) if leaf else "",
        ],
        kind="total"
        if total
        else f"level-{item['depth'] + (1 if leaf and item['depth'] < 2 else 0)}"
        if item["depth"]
        else "",
        id=f"tc-{code}" if not total else None,
        attributes={"data-state": item["state"]} if leaf else {},
    )


def _why(view: View, item: Mapping[str, Any], cells: Sequence[Mapping]) -> Child:
    """State of a leaf in words; the council's reason, who decided, the minute; ballots of a surveyed one."""
    said: list[Child] = [html.Span(view.t(f"unit.state.{item['state']}"), className=f"leaf-state {item['state']}")]
    if item["claimed"]:
        said.append(html.Span(view.t("unit.claimed")))
    if item["state"] == "surveyed":
        hidden = sum(cell["suppressed"] for cell in cells)
        shown = [cell["n_valid"] for cell in cells if cell["n_valid"]]
        cell = view.sel.season["min_cell"]
        if hidden:
            # The number of the others stays unsaid: with a total known elsewhere the small one is the difference.
            said.append(html.Span(view.t("unit.asked_hidden", n=hidden, cell=cell)))
            if len(cells) == 1:
                said.append(html.Span(view.t("unit.asked_alone", cell=cell)))
        elif shown:
            said.append(html.Span(view.t("unit.asked", n=sum(shown), groups=len(shown))))
    if item["reason"]:
        said.append(html.Span(item["reason"], lang="vi" if view.lang != "vi" else None))
    elif item["gap"]:
        said.append(html.Span(view.t("unit.no_reason"), className="by"))
    if item["gap"] or item["reason"]:
        said.append(_by(view, item))
    return html.Div(said, className="why")


def _by(view: View, item: Mapping[str, Any]) -> html.Span:
    """'Sở Nội vụ · BB 03/BB-HĐTĐ, 14/01/2021', from the round that decided."""
    minute = ", ".join(
        part
        for part in (item["minute"], formats.date(item["decided_on"], view.lang) if item["decided_on"] else "")
        if part
    )
    parts = [_short(view, item["appraiser"]) if item["appraiser"] else "", minute]
    if item["round"] and item["round"] > 1:
        parts.append(view.t("unit.round", n=item["round"]))
    return html.Span(" · ".join(part for part in parts if part), className="by")


# Self-assessment and appraisal


def _appraisal(view: View, found: Profile) -> html.Section:
    lang = view.lang
    headline = sentences.council([leaf["gap"] for leaf in found.both], found.states["pending"], lang)
    if not found.adjusted:
        return frame(
            view, "appraisal", headline, state(view, "empty", title=headline, text="") if not found.both else html.Div()
        )
    shares = [
        Fraction(leaf[column]) / Fraction(leaf["max_points"])
        for leaf in found.adjusted
        for column in ("self_points", "appraised_points")
    ]
    low = 0.5 if min(shares) >= Fraction(1, 2) else 0.0
    heads = [
        Head(view.t("word.code")),
        Head(view.t("unit.component")),
        Head(_scale(view, low), class_name="scale"),
        Head(view.t("word.points"), num=True),
        Head(view.t("word.gap"), num=True),
        Head(view.t("unit.reason")),
    ]
    rows = [_adjusted(view, leaf, low) for leaf in found.adjusted]
    body: list[Child] = [data_table(view, headline, heads, rows[:SHOWN], class_name="adjusted")]
    if rows[SHOWN:]:
        rest = data_table(view, headline, heads, rows[SHOWN:], class_name="adjusted")
        body.append(
            html.Details(
                [html.Summary(view.t("unit.appraisal_more", n=len(rows) - SHOWN), className="action"), rest],
                className="more",
            )
        )
    kept = len(found.both) - len(found.adjusted)
    return frame(
        view,
        "appraisal",
        headline,
        body,
        subtitle=view.t("unit.appraisal_subtitle", name=_short(view), period=view.sel.period),
        key=[
            key_item("ring", view.t("word.self")),
            key_item("dot", view.t("word.appraisal")),
            key_item("cut", view.t("unit.key_cut")),
            key_item("rise", view.t("unit.key_rise")),
        ],
        note=view.t("unit.appraisal_note", n=kept) if kept else None,
        name="tham-dinh",
    )


def _scale(view: View, low: float) -> html.Span:
    """The axis of the dumbbells as a head: its ends and its middle."""
    marks = (low, (1 + low) / 2, 1)
    return html.Span([html.Span(formats.percent(Fraction(at), view.lang, 0)) for at in marks], className="scale-marks")


def _adjusted(view: View, leaf: Mapping[str, Any], low: float) -> Row:
    lang, code, maximum = view.lang, leaf["criterion_code"], Fraction(leaf["max_points"])
    own, council = (Fraction(leaf[column]) / maximum for column in ("self_points", "appraised_points"))
    label = view.t("unit.dumbbell", own=formats.percent(own, lang), council=formats.percent(council, lang))
    points = html.Span(
        [
            _number(view, formats.points(leaf["self_points"], lang), code, "self"),
            " → ",
            html.Strong(_number(view, formats.points(leaf["appraised_points"], lang), code, "appraised")),
            html.Span(f"/{formats.number(maximum, lang, 2, trim=True)}", className="of"),
        ]
    )
    kind = "up" if leaf["gap"] > 0 else "down"
    gap = html.Span(
        [
            mark(kind, view.t(f"mark.{kind}")),
            html.Strong(_number(view, formats.signed(leaf["gap"], lang), code, "gap")),
        ],
        className="change",
    )
    reason = (
        html.Span(leaf["reason"], lang="vi" if lang != "vi" else None)
        if leaf["reason"]
        else html.Span(view.t("unit.no_reason"), className="by")
    )
    return Row(
        [
            code,
            item_link(view, code, view.name(leaf)),
            dumbbell(own, council, label, low=low),
            points,
            gap,
            html.Div([reason, _by(view, leaf)], className="why"),
        ]
    )


# People asked


def _survey(view: View, found: Profile) -> html.Div:
    sel = view.sel
    if not found.surveyed:
        none = state(
            view, "empty", title=view.t("unit.no_survey"), text=view.t("unit.no_survey_text", period=sel.period)
        )
        return html.Div(none, id="survey")
    codes = [leaf["criterion_code"] for leaf in found.surveyed]
    every = view.ask.unit_survey(sel.period, found.unit)
    code = sel.item if sel.item in codes else found.first_question(every)
    options = [
        (f"{leaf['criterion_code']} {view.name(leaf)}", sel.href(item=leaf["criterion_code"]))
        for leaf in found.surveyed
    ]
    control = toolbar(href_select("question", view.t("unit.question"), options, sel.href(item=code)))
    rows = view.ask.unit_answers(sel.period, found.unit)
    cells = [cell for cell in every if cell["criterion_code"] == code]
    questions = profile.answers(rows, code, view.lang)
    if not questions:
        text = view.t("unit.no_answers_text", name=_short(view))
        return html.Div([control, state(view, "empty", text=text)], id="survey")
    frames = [
        _question(view, found, code, question, cells, default=sel.item is None, place=place)
        for place, question in enumerate(questions)
    ]
    return html.Div([control, *frames], id="survey", className="stack")


def _question(
    view: View, found: Profile, code: str, question: Mapping, cells: Sequence[Mapping], *, default: bool, place: int
) -> html.Section:
    sel, lang = view.sel, view.lang
    min_cell = sel.season["min_cell"]
    names = {g: short_name(row, lang) for g, row in view.site.respondents.get(sel.unit_group, {}).items()}
    options = question["options"]
    groups = [
        {**group, "label": names.get(group["respondent_group"], group["respondent_group"])}
        for group in question["groups"]
    ]
    # The most favourable first; what is withheld or empty last.
    groups.sort(key=lambda g: (profile.favourable(g, options) is None, -(profile.favourable(g, options) or 0)))
    headline = say.asked(groups, options, min_cell, lang)
    title = f"{code} {question['text']}"
    about = {"question": title, "name": _short(view), "period": sel.period}
    if any(group["suppressed"] for group in groups):
        subtitle = view.t("unit.answers_hidden", **about)
    else:
        subtitle = view.t("unit.answers_subtitle", n=sum(sum(group["counts"]) for group in groups), **about)
    ballots = {cell["respondent_group"]: cell["n_ballots"] for cell in cells}
    rows = [
        {
            **group,
            "id": number_id(sel.period, found.unit, code, "value", group["respondent_group"]),
            # A group with ballots enough is withheld for another's sake.
            "instead": view.t("unit.withheld_why", n=min_cell)
            if group["suppressed"] and ballots.get(group["respondent_group"], 0) >= min_cell
            else None,
        }
        for group in groups
    ]
    labels = [option["label"] for option in options]
    drawn = {"options": labels, "lang": lang, "min_cell": min_cell}
    good = say.listed(
        [view.t("say.quoted", label=option["label"]) for option in options if option["favourable"]], lang, "or"
    )
    note = [view.t("unit.answers_order", options=good), say.few(groups, lang)]
    if default:
        note.append(view.t("unit.answers_default"))
    colours = likert_colours(len(options))
    return frame(
        view,
        "survey-answers" if not place else f"survey-answers-{place + 1}",
        headline,
        graph(view, likert(rows, **drawn), headline, narrow=likert(rows, **drawn, width=328, row_height=52)),
        subtitle=subtitle,
        key=[key_item(f"likert-{1 + at}", label) for at, label in zip(colours, labels, strict=True)]
        + [key_item("hatch", view.t("unit.no_opinion"))],
        table=_answers_table(view, headline, groups, options, code, cells),
        note=" ".join(filter(None, note)),
        name="tra-loi" if not place else f"tra-loi-{place + 1}",
    )


def _answers_table(
    view: View, caption: str, groups: Sequence[Mapping], options: Sequence[Mapping], code: str, cells: Sequence[Mapping]
) -> Child:
    lang, min_cell = view.lang, view.sel.season["min_cell"]
    by_group = {cell["respondent_group"]: cell for cell in cells}
    heads = [
        Head(view.t("word.group")),
        *(Head(view.t(f"unit.{name}"), num=True) for name in ("issued", "returned", "valid", "value", "interval")),
        *(Head(option["label"], num=True) for option in options),
        Head(view.t("figure.no_opinion"), num=True),
    ]
    rows = []
    for group in groups:
        cell = by_group.get(group["respondent_group"], {})
        plan = [
            formats.count(cell[name], lang) if cell.get(name) is not None else formats.MISSING
            for name in ("issued", "returned")
        ]
        hidden = withheld(view, min_cell)
        if cell.get("n_ballots", 0) >= min_cell:
            hidden = html.Span(
                view.t("unit.withheld"), className="withheld", title=view.t("unit.withheld_why", n=min_cell)
            )
        if cell.get("suppressed"):
            value = [hidden, formats.MISSING, formats.MISSING]
        else:
            value = [
                formats.count(cell["n_valid"], lang) if cell.get("n_valid") is not None else formats.MISSING,
                _number(view, formats.number(cell.get("value"), lang, 4), code, "value", group["respondent_group"]),
                formats.interval(cell.get("ci_low"), cell.get("ci_high"), lang, 4),
            ]
        if group["suppressed"]:
            counts = [hidden] * (len(options) + 1)
        else:
            whole = sum(group["counts"])
            counts = [
                f"{formats.count(n, lang)} ({formats.percent(Fraction(n, whole), lang, 0)})"
                if whole
                else formats.MISSING
                for n in group["counts"]
            ]
            counts.append(formats.count(group["no_opinion"], lang))
        rows.append([group["label"], *plan, *value, *counts])
    return data_table(view, caption, heads, rows)


# Published years


def _years(view: View) -> html.Section:
    sel, lang = view.sel, view.lang
    every = view.ask.published()
    mine = [row for row in every if row["unit_code"] == sel.unit]
    if not mine:
        none = state(
            view, "empty", title=view.t("unit.years_none"), text=view.t("unit.years_none_text", name=_short(view))
        )
        return html.Section(none, id="years", **{"aria-label": view.t("unit.years_none")})
    block = [row["index"] for row in every if row["index"] is not None and row["unit_code"] in sel.units]
    years = list(range(min(int(row["period"]) for row in every), max(int(row["period"]) for row in every) + 1))
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
    if missing := [str(year) for year in years if year not in valued]:
        note.append(view.t("unit.years_missing", years=", ".join(missing)))
    if sel.season.get("made_up"):
        note.append(view.t("unit.years_apart", period=sel.period))
    decisions = list(dict.fromkeys(row["decision"] or row["source"] or "" for row in mine))
    heads = [
        Head(view.t("unit.year")),
        Head(view.t("word.index"), num=True),
        Head(view.t("word.rank"), num=True),
        Head(view.t("unit.decision")),
        Head(view.t("unit.source")),
        Head(view.t("unit.remark")),
    ]
    table = data_table(
        view,
        headline,
        heads,
        [
            [
                row["period"],
                formats.points(row["index"], lang),
                formats.rank(row["rank"]),
                row["decision"] or formats.MISSING,
                row["source"] or formats.MISSING,
                row["note"] or "",
            ]
            for row in mine
        ],
    )
    drawn = {"years": years, "span": span_of(block), "lang": lang}
    body = graph(view, year_line(rows, **drawn), headline) if valued else state(view, "empty", text=" ".join(note))
    return frame(
        view,
        "years",
        headline,
        body,
        subtitle=view.t("unit.years_subtitle"),
        table=table,
        note=" ".join(note) if valued else None,
        source=view.t("unit.years_source", sources="; ".join(filter(None, decisions))),
        name="cac-nam",
        published=True,
    )


# Flags


def _flags(view: View, flags: Sequence[Mapping[str, Any]]) -> html.Section:
    names = {code: _short(view, code) for code in view.site.units.get(view.sel.period, {})}
    groups = view.site.respondents.get(view.sel.unit_group, {})
    order = ("block", "look", "info")

    def about(flag: Mapping[str, Any]) -> Child:
        if flag["criterion_code"]:
            return item_link(view, flag["criterion_code"])
        group = groups.get(flag["respondent_group"])
        return short_name(group, view.lang) if group else formats.MISSING

    heads = [Head(view.t(f"unit.{name}")) for name in ("severity", "flag", "about", "detail", "file", "place")]
    rows = [
        [
            html.Span([mark(f"flag-{flag['severity']}"), " ", view.t(f"unit.severity.{flag['severity']}")]),
            FLAGS.get(flag["flag"], {}).get(view.lang, flag["flag"]),
            about(flag),
            say.flag_detail(flag["detail"], view.lang, names),
            html.Span(flag["file"] or formats.MISSING, className="file"),
            view.t("unit.row", row=str(flag["row"])) if flag["row"] else formats.MISSING,
        ]
        for flag in sorted(flags, key=lambda flag: order.index(flag["severity"]))
    ]
    caption = view.t("unit.flags")
    return section(
        caption,
        data_table(view, view.t("unit.flags_of", name=_short(view)), heads, rows, class_name="sources"),
        id="flags",
        lead=view.t("unit.flags_lead", n=len(rows)),
    )


# Sources


def _sources(view: View, found: Profile) -> html.Section:
    of = (view.sel.period, found.unit)
    scores, ballots = view.ask.score_sources(*of), view.ask.ballot_sources(*of)
    if not scores and not ballots:
        return section(view.t("unit.sources"), state(view, "empty", text=view.t("unit.no_sources")), id="sources")
    rows = []
    for (kind, round_), some in _grouped(scores, "kind", "round").items():
        for (_, _, sheet), lines in _grouped(some, "import_id", "file", "sheet").items():
            one, numbers = lines[0], [line["row"] for line in lines]
            rows.append(
                _source(
                    view,
                    _score_kind(view, kind, round_),
                    one,
                    _where(view, sheet, min(numbers), max(numbers)),
                    len(lines),
                )
            )
    groups = view.site.respondents.get(view.sel.unit_group, {})
    for row in ballots:
        group = short_name(groups.get(row["respondent_group"], {}), view.lang) or row["respondent_group"]
        place = _where(view, row["sheet"], row["first_row"], row["last_row"])
        rows.append(_source(view, view.t("unit.ballots_of", group=group), row, place, row["n_ballots"]))
    heads = [Head(view.t(f"unit.{name}")) for name in ("part", "file", "place", "imported", "hash")] + [
        Head(view.t("unit.rows"), num=True)
    ]
    each = [
        Row(
            [
                [
                    html.Span(line["criterion_code"], className="quiet-code"),
                    view.name(view.sel.rubric.get(line["criterion_code"], {})),
                ],
                _score_kind(view, line["kind"], line["round"]),
                formats.points(line["points"], view.lang)
                if not line["not_applicable"]
                else view.t("unit.state.not_applicable"),
                html.Span(line["file"], className="file"),
                _where(view, line["sheet"], line["row"], line["row"]),
                view.t("unit.import", n=line["import_id"]),
                formats.moment(line["imported_at"], view.lang),
            ],
            id=f"nguon-{line['criterion_code']}-{line['kind']}-{line['round'] or 0}",
        )
        for line in sorted(
            scores,
            key=lambda line: (
                list(view.sel.rubric).index(line["criterion_code"]) if line["criterion_code"] in view.sel.rubric else 0
            ),
        )
    ]
    each_heads = [
        Head(view.t("word.criterion")),
        Head(view.t("unit.part")),
        Head(view.t("word.points"), num=True),
        Head(view.t("unit.file")),
        Head(view.t("unit.place")),
        Head(view.t("unit.import_head")),
        Head(view.t("unit.imported")),
    ]
    parts: list[Child] = [
        data_table(view, view.t("unit.sources_of", name=_short(view)), heads, rows, class_name="sources")
    ]
    if each:
        caption = view.t("unit.sources_each_caption", name=_short(view))
        parts.append(
            _unfold(
                view.t("unit.sources_each", n=len(each)),
                data_table(view, caption, each_heads, each, class_name="sources"),
            )
        )
    if earlier := view.ask.superseded(*of):
        parts.append(_unfold(view.t("unit.sources_earlier", n=len(earlier)), _earlier(view, earlier)))
    return section(view.t("unit.sources"), *parts, id="sources")


def _unfold(label: str, child: Child) -> html.Details:
    return html.Details([html.Summary(label, className="action"), child], className="more")


def _earlier(view: View, rows: Sequence[Mapping[str, Any]]) -> Child:
    heads = [
        Head(view.t("word.criterion")),
        Head(view.t("unit.part")),
        Head(view.t("word.points"), num=True),
        Head(view.t("unit.file")),
        Head(view.t("unit.place")),
        Head(view.t("unit.import_head")),
        Head(view.t("unit.replaced_by")),
    ]
    lines = [
        [
            [
                html.Span(row["criterion_code"], className="quiet-code"),
                view.name(view.sel.rubric.get(row["criterion_code"], {})),
            ],
            _score_kind(view, row["kind"], row["round"]),
            formats.points(row["points"], view.lang)
            if not row["not_applicable"]
            else view.t("unit.state.not_applicable"),
            html.Span(row["file"], className="file"),
            _where(view, row["sheet"], row["row"], row["row"]),
            view.t("unit.import", n=row["import_id"]),
            view.t("unit.import", n=row["superseded_by"]) if row["superseded_by"] else view.t("unit.retracted"),
        ]
        for row in rows
    ]
    return data_table(
        view, view.t("unit.sources_earlier_caption", name=_short(view)), heads, lines, class_name="sources"
    )


def _score_kind(view: View, kind: str, round_: int | None) -> str:
    return view.t("unit.score_of_self") if kind == "self" else view.t("unit.score_of_appraised", n=round_)


def _where(view: View, sheet: str, first: int, last: int) -> str:
    rows = (
        view.t("unit.row", row=str(first))
        if first == last
        else view.t("unit.rows_between", first=str(first), last=str(last))
    )
    return view.t("unit.in_sheet", sheet=sheet, rows=rows) if sheet else rows


def _source(view: View, part: str, row: Mapping[str, Any], place: str, n: int) -> list[Child]:
    sha = row["sha256"]
    return [
        part,
        html.Span(row["file"], className="file"),
        place,
        formats.moment(row["imported_at"], view.lang),
        html.Code(f"{sha[:4]}…{sha[-4:]}", title=sha),
        formats.count(n, view.lang),
    ]


def _grouped(rows: Sequence[Mapping[str, Any]], *keys: str) -> dict[tuple, list]:
    found: dict[tuple, list] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found
