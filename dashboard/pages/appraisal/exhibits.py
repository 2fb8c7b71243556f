"""Self-assessment and appraisal of a block as exhibits: units × parts, parts, appraisers, reasons, items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, TEXT, change, change_interval, of_max, points, pp, share, share_n
from dashboard.exhibit.page import Exhibit, Figure, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Link, Span, Text
from dashboard.figures.layout import span_of
from dashboard.figures.points import dumbbell as dumbbell_chart
from dashboard.figures.strips import adjustment_strips
from dashboard.pages.appraisal import rows as counted
from dashboard.pages.appraisal import sentences as say
from dashboard.pages.appraisal.rows import FEW, NAME, TOTAL, Appraisal, Reason, Tally, Treated, Unequal, link, scope
from dashboard.pages.appraisal.sentences import part_name, who
from dashboard.render import elements as html
from dashboard.render.controls import sort_link
from dashboard.render.parts import Child, dumbbell, dumbbell_scale, provenance, unit_link
from dashboard.words import formats
from dashboard.words.names import short_name

CASES = 5  # cases of unequal cuts shown beside the chart; the table has all
SHOWN = 12  # rows of a long list shown at once; the others unfold below
NARROW = 328  # px of a figure on a telephone

ADJUSTMENT = share(signed=True)
"""A change as a share of the maximum: '−6,2%'."""


def fold(view: View, rows: Sequence[Any]) -> dict[str, Any]:
    """How a long list folds."""
    return {"fold": SHOWN, "fold_label": view.t("appraisal.more", n=len(rows) - SHOWN)} if len(rows) > SHOWN else {}


def reason_text(view: View, reason: str | None) -> Text:
    """A reason as the council wrote it, in Vietnamese whatever the language of the page."""
    return Span(reason, lang="vi") if reason and view.lang != "vi" else reason


def points_key(view: View) -> list[tuple[str, Text]]:
    """What the marks of a dumbbell in a cell mean."""
    names = {"ring": "word.self", "dot": "word.appraisal", "cut": "figure.key_cut", "rise": "figure.key_rise"}
    return [(mark, view.t(name)) for mark, name in names.items()]


def axis_from(shares: Sequence[Fraction]) -> float:
    """Where the axis of dumbbells in cells begins: at a half unless a share lies below."""
    return 0.5 if min(shares, default=1) >= Fraction(1, 2) else 0.0


def dumbbell_cell(view: View, own: Fraction, council: Fraction, low: float) -> Child:
    """Self to appraised, said in words for those who do not see it."""
    shares = {"own": formats.percent(own, view.lang), "council": formats.percent(council, view.lang)}
    return dumbbell(own, council, view.t("appraisal.dumbbell_label", **shares), low=low)


def _number(name: str, view: View, measure: Any = COUNT, **more: Any) -> Column:
    """A column of tallies or the like by the name of their attribute."""
    return Column(view.t(f"appraisal.column.{name}"), lambda row: getattr(row, name), measure, **more)


# Units × parts


def heat(view: View, appraisal: Appraisal) -> Exhibit:
    """What was added or taken away in every unit and part, on tints."""
    steps = counted.breaks(own.gap for row in appraisal.cells.values() for own in row.values())
    headline = say.heat_headline(view, appraisal)
    units = counted.ordered(appraisal, view.sel.sort or TOTAL, partial(unit_name, view))
    still_open = any(own.open for own in appraisal.by_unit.values())
    return Exhibit(
        "bang-dieu-chinh",
        headline,
        table=_units(view, appraisal, units),
        subtitle=view.t(
            "appraisal.heat.subtitle",
            block=view.block("inside"),
            n=say.units_counted(view, appraisal),
            period=view.sel.period,
            order=say.unit_order(view),
        ),
        key=_heat_key(view, appraisal, steps),
        note=view.t("appraisal.heat.note_open") if still_open else None,
        body=[_part_key(view, appraisal), _heat_table(view, appraisal, headline, units, steps)],
        level=2,
    )


def _heat_table(
    view: View, appraisal: Appraisal, caption: str, units: Sequence[str], steps: tuple[Fraction, Fraction] | None
) -> Table:
    sel, lang = view.sel, view.lang
    current = sel.sort or TOTAL

    def head(key: str, label: str, spoken: str) -> Child:
        href = sel.href(sort=f"-{key}" if current == key else key)
        return sort_link(view, label, key, current, href, spoken=spoken)

    def part_column(part: str) -> Column:
        def own(unit: str) -> Tally | None:
            return appraisal.cells[unit].get(part)

        return Column(
            head(part, part, part_name(view, part)),
            lambda unit: (of := own(unit)) and of.gap,
            change(),
            show=lambda unit: _cell(view, unit, part, own(unit), steps),
            full=part_name(view, part),
            role="centre",
        )

    def whole(unit: str) -> Child:
        number = number_id(sel.period, unit, scope(sel) or "", "gap")
        return html.Strong(provenance(view, formats.signed(appraisal.by_unit[unit].gap, lang), number))

    def kind(unit: str) -> str:
        return "own" if unit == view.ask.viewer.unit_code else "chosen" if unit == appraisal.unit else ""

    unit, total = view.t("word.unit"), view.t("word.total")
    means = [formats.signed(appraisal.over_units(part, "gap"), lang) for part in appraisal.parts]
    return Table(
        caption,
        [
            Column(head(NAME, unit, unit), partial(unit_name, view), show=partial(unit_link, view), full=unit),
            *map(part_column, appraisal.parts),
            Column(
                head(TOTAL, total, total),
                lambda unit: appraisal.by_unit[unit].gap,
                change(),
                show=whole,
                full=total,
            ),
        ],
        units,
        totals=[
            [
                view.t("appraisal.mean_row"),
                *(html.Td(mean, className="num centre") for mean in means),
                formats.signed(appraisal.mean_gap, lang),
            ]
        ],
        kind=kind,
        role="adjustments",
    )


def _cell(view: View, unit: str, part: str, own: Tally | None, steps: tuple[Fraction, Fraction] | None) -> html.Td:
    """One unit and part: the adjustment, on its tint; what is still open and who appraised itself said beside it."""
    if own is None:
        return html.Td(formats.MISSING, className="num heat")
    said = []
    if own.open:
        said.append(view.t("appraisal.cell.open", n=own.open))
    elif own.out == own.total:
        said.append(view.t("appraisal.cell.out"))
    if own.conflicts:
        said.append(view.t("appraisal.by_itself"))
    shown = "0" if own.gap == 0 else formats.signed(own.gap, view.lang)
    number = number_id(view.sel.period, unit, part, "gap") if own.both else None
    marks = ["still-open" if own.open else "", "conflict" if own.conflicts else ""]
    spoken = html.Span(f" ({'; '.join(said)})", className="visually-hidden") if said else None
    return html.Td(
        [provenance(view, shown, number), spoken],
        className=" ".join(filter(None, ["num", "heat", _tint(own.gap, steps), *marks])),
        title="; ".join(said) or None,
    )


def _tint(gap: Fraction | None, steps: tuple[Fraction, Fraction] | None) -> str:
    if gap is None:
        return ""
    if gap >= 0:
        return "adjust-up" if gap > 0 else "adjust-0"
    return f"adjust-{1 + sum(gap <= step for step in steps or ())}"


def _heat_key(view: View, appraisal: Appraisal, steps: tuple[Fraction, Fraction] | None) -> list[Text]:
    tints = [
        Span(view.t("appraisal.key.from", value=formats.signed(step, view.lang)), f"adjust-{3 - at}")
        for at, step in enumerate(steps or ())
    ]
    tints += [
        Span(view.t(f"appraisal.key.{name}"), tint)
        for name, tint in (("cut", "adjust-1"), ("zero", "adjust-0"), ("raise", "adjust-up"))
    ]
    key: list[Text] = [Span(tints, "heat-key")]
    totals = appraisal.by_unit.values()
    if any(own.conflicts for own in totals):
        key.append(Span([Span("", "cell-swatch conflict"), view.t("appraisal.key.conflict")], "key-item"))
    if any(own.open for own in totals):
        key.append(Span([Span("", "cell-swatch still-open"), view.t("appraisal.key.open")], "key-item"))
    return key


def _part_key(view: View, appraisal: Appraisal) -> Screen:
    """'1 Chỉ đạo, điều hành · 2 Văn bản QPPL …', each a link one level down."""
    parts: list[Child] = []
    for part in appraisal.parts:
        name = short_name(view.sel.rubric[part], view.lang)
        below = html.A([html.B(part), f" {name}"], href=link(view.sel, part, appraisal.unit or None))
        parts += [html.Span([below, " ·" if part != list(appraisal.parts)[-1] else ""]), " "]
    return Screen(html.P(parts, className="part-key"))


def _units(view: View, appraisal: Appraisal, units: Sequence[str]) -> Table:
    sel = view.sel

    def column(name: str, measure: Any = COUNT, of: Callable[[Tally], Any] | None = None, **more: Any) -> Column:
        value = of or (lambda own: getattr(own, name))
        return Column(view.t(f"appraisal.column.{name}"), lambda unit: value(appraisal.by_unit[unit]), measure, **more)

    return Table(
        view.t("appraisal.by_unit", block=view.block("inside")),
        [
            Column(view.t("word.unit"), partial(unit_name, view), show=partial(unit_link, view)),
            column("done", of_max(0), lambda own: (own.done, own.total)),
            column("pending"),
            column("missing"),
            column("own", points(), lambda own: own.own if own.both else None),
            column("council", points(), lambda own: own.council if own.both else None),
            column("gap", change(), number=lambda unit: number_id(sel.period, unit, scope(sel) or "", "gap")),
            column("share", ADJUSTMENT, lambda own: own.gap_share),
            column("cuts"),
            column("raises"),
            column("conflicts"),
        ],
        units,
    )


# Self → appraised by part


def dumbbells(view: View, appraisal: Appraisal) -> Exhibit:
    """The mean shares of the parts, self and appraised."""
    rows = counted.moved(appraisal)
    headline = say.dumbbell_headline(view, rows)
    if not rows:
        return Exhibit("tu-danh-gia-tham-dinh", headline, level=2)
    names = {row.part: short_name(view.sel.rubric[row.part], view.lang) for row in rows}
    drawn = [
        {"code": row.part, "label": names[row.part], "self": row.own, "appraised": row.council, "id": None}
        for row in rows
    ]
    on = {
        "span": span_of([100 * value for row in rows for value in (row.own, row.council)], 10),
        "lang": view.lang,
        # Ends about level with the table beside it.
        "row_height": min(72, max(36, 30 * (len(appraisal.by_unit) + 1) / len(rows))),
        "width": NARROW,  # its place is narrow at every width
    }
    return Exhibit(
        "tu-danh-gia-tham-dinh",
        headline,
        lambda width: dumbbell_chart(drawn, **on),
        Table(
            headline,
            [
                Column(say.parts_are(view), lambda row: f"{row.part} {names[row.part]}"),
                _number("own", view, share()),
                _number("council", view, share()),
                Column(view.t("appraisal.column.gap_pp"), lambda row: row.gap, pp(1)),
            ],
            rows,
        ),
        subtitle=view.t(
            "appraisal.dumbbell.subtitle",
            block=view.block("inside"),
            n=say.units_counted(view, appraisal),
            period=view.sel.period,
        ),
        key=[("ring", view.t("word.self")), ("dot", view.t("word.appraisal"))],
        alt=view.t("appraisal.chart_dumbbell", text=headline),
        narrow=0,
        level=2,
    )


# By appraiser


def strips(view: View, appraisal: Appraisal) -> Exhibit:
    """What every appraiser did to the units: a strip each."""
    units = counted.by_appraiser(appraisal.leaves)
    headline = say.strips_headline(view, {code: counted.mean_share(own) for code, own in units.items()})
    if not units:
        return Exhibit("co-quan-tham-dinh", headline, level=2)
    rows = [_strip_row(view, one) for own in units.values() for one in own]
    on = {"span": span_of([0, *(row["value"] * 100 for row in rows)], 5), "lang": view.lang}

    def figure(width: int | None) -> Figure:
        if width:
            return adjustment_strips(rows, **on, width=width)
        return adjustment_strips(rows, **on, row_height=min(60, max(42, 480 / len(units))))

    key = [("many", view.t("figure.key_unit")), ("tick", view.t("figure.mean"))]
    if any(row["conflict"] for row in rows):
        key.append(("conflict", view.t("figure.key_conflict")))
    return Exhibit(
        "co-quan-tham-dinh",
        headline,
        figure,
        _appraisers(view, headline, list(units.values())),
        subtitle=view.t(
            "appraisal.strips.subtitle",
            block=view.block("inside"),
            n=say.units_counted(view, appraisal),
            period=view.sel.period,
        ),
        key=key,
        note=view.t("appraisal.strips.caveat"),
        narrow=NARROW,
        level=2,
    )


def _strip_row(view: View, one: Treated) -> dict[str, Any]:
    return {
        "appraiser": one.appraiser,
        "appraiser_label": who(view, one.appraiser),
        "unit": one.unit,
        "label": unit_name(view, one.unit),
        "value": one.share,
        "items": one.items,
        "conflict": one.conflict,
        "id": number_id(view.sel.period, one.unit, one.item, "gap") if one.item else None,
    }


def _appraisers(view: View, caption: str, rows: Sequence[Sequence[Treated]]) -> Table:
    def column(name: str, measure: Any, value: Callable[[Sequence[Treated]], Any]) -> Column:
        return Column(view.t(f"appraisal.column.{name}"), value, measure)

    return Table(
        caption,
        [
            Column(view.t("appraisal.column.appraiser"), lambda own: who(view, own[0].appraiser)),
            column("units", COUNT, len),
            column("items", COUNT, lambda own: sum(one.items for one in own)),
            column("mean_share", ADJUSTMENT, counted.mean_share),
            column("lowest", ADJUSTMENT, lambda own: min(one.share for one in own)),
            column("highest", ADJUSTMENT, lambda own: max(one.share for one in own)),
            column("unchanged", COUNT, lambda own: sum(one.share == 0 for one in own)),
            column("conflicts", COUNT, lambda own: sum(one.items for one in own if one.conflict)),
        ],
        rows,
    )


# One reason, different cuts


def unequal(view: View, appraisal: Appraisal) -> Exhibit:
    """Where units lost different points for one reason; the first cases, all of them in the table."""
    cases = counted.unequal(appraisal.leaves)
    n = len({case.item for case in cases})
    headline = view.t("appraisal.unequal.some", n=n) if cases else view.t("appraisal.unequal.none")
    subtitle = view.t("appraisal.unequal.subtitle", block=view.block("inside"), period=view.sel.period)
    if not cases:
        return Exhibit("cung-ly-do", headline, subtitle=subtitle, level=2)

    note = view.t("appraisal.unequal.note")
    more = view.t("appraisal.unequal.more", shown=CASES, n=len(cases)) if len(cases) > CASES else ""
    table = Table(
        headline,
        [
            Column(view.t("appraisal.column.criterion"), lambda row: part_name(view, row[0].item)),
            Column(view.t("appraisal.column.reason"), lambda row: reason_text(view, row[0].reason)),
            Column(view.t("appraisal.column.cut"), lambda row: row[1], change()),
            Column(view.t("appraisal.column.units"), lambda row: "; ".join(_names(view, row[0].cuts[row[1]]))),
        ],
        [(case, cut) for case in cases for cut in case.cuts],
    )
    return Exhibit(
        "cung-ly-do",
        headline,
        table=table,
        subtitle=subtitle,
        note=f"{more} {note}".strip(),
        body=Screen(html.Ul([html.Li(_case(view, case)) for case in cases[:CASES]], className="cases")),
        level=2,
        said={"note": note},
    )


def _names(view: View, codes: Sequence[str]) -> list[str]:
    return sorted((unit_name(view, code) for code in codes), key=formats.vietnamese_order)


def _case(view: View, case: Unequal) -> Child:
    """One item and reason: the units at both ends, and their cuts."""

    def units(cut: Fraction) -> str:
        names = _names(view, case.cuts[cut])
        return "; ".join(names) if len(names) <= 2 else view.t("word.units", n=len(names))

    low, high = min(case.cuts), max(case.cuts)
    ends = f"{units(low)} … {units(high)}"
    if len(case.cuts) > 2:
        n = sum(len(codes) for codes in case.cuts.values())
        ends = view.t("appraisal.unequal.ends", ends=ends, n=len(case.cuts), units=view.t("word.units", n=n))
    item = html.A(part_name(view, case.item), href=link(view.sel, case.item), className="quiet")
    reason = html.Span(case.reason, lang="vi") if view.lang != "vi" else case.reason
    said = [item, html.Span(reason, className="case-reason"), html.Span(ends, className="case-units")]
    cuts = " … ".join(formats.signed(cut, view.lang) for cut in (low, high))
    return html.Div([html.Div(said, className="case-what"), html.Span(cuts, className="case-cuts")], className="case")


def reasons(view: View, appraisal: Appraisal) -> Exhibit:
    """The mean cut of every reason and appraiser."""
    rows = counted.reasons(appraisal.leaves)
    headline = say.reasons_headline(view, rows)
    subtitle = view.t("appraisal.reasons.subtitle", block=view.block("inside"), period=view.sel.period)
    if not rows:
        return Exhibit("ly-do", headline, subtitle=subtitle, level=2)
    appraisers = sorted(
        {code for reason in rows for code in reason.by}, key=lambda code: formats.vietnamese_order(who(view, code))
    )
    measure = share_n(signed=True)

    def column(code: str) -> Column:
        def value(reason: Reason) -> tuple[Fraction, int] | None:
            n, mean = reason.by.get(code, (0, None))
            return (mean, n) if n else None

        def show(reason: Reason) -> Text:
            cut = value(reason)
            return Span(measure.write(cut, view.lang), "few") if cut and cut[1] < FEW else None

        return Column(who(view, code), value, measure, show)

    few = view.t("appraisal.reasons.few", few=FEW)
    return Exhibit(
        "ly-do",
        headline,
        table=Table(
            headline,
            [
                Column(view.t("appraisal.column.reason"), lambda reason: reason_text(view, reason.text)),
                *map(column, appraisers),
            ],
            rows,
            role="reasons",
            **fold(view, rows),
        ),
        subtitle=subtitle,
        note=f"{view.t('appraisal.strips.caveat')} {few}",
        level=2,
    )


# By item


def items(view: View, appraisal: Appraisal) -> Exhibit:
    """Every item with its means over the units, in the order asked for."""
    tallies = appraisal.by_item
    headline = say.items_headline(view, tallies)
    codes = counted.ordered_items(tallies, view.sel["sm"], view.sel.rubric)

    def subtitle(shown: int) -> str:
        return view.t(
            "appraisal.items.subtitle",
            block=view.block("inside"),
            period=view.sel.period,
            shown=shown,
            n=len(codes),
            order=say.item_order(view),
        )

    return Exhibit(
        "tieu-chi",
        headline,
        table=Table(headline, _item_columns(view, appraisal), codes, role="items-gap", **fold(view, codes)),
        subtitle=subtitle(min(SHOWN, len(codes))),
        key=points_key(view),
        level=2,
        said={"subtitle": subtitle(len(codes))},
    )


def _item_columns(view: View, appraisal: Appraisal) -> list[Column]:
    sel, tallies, leaves = view.sel, appraisal.by_item, appraisal.leaves_of
    shares = [share for own in tallies.values() for share in (own.own_share, own.council_share) if share is not None]
    low, current = axis_from(shares), sel["sm"]

    def column(name: str, value: Callable[[str], Any], measure: Any, key: str = "", **more: Any) -> Column:
        label = view.t(f"appraisal.column.{name}")
        if not key:
            return Column(label, value, measure, **more)
        href = f"{sel.href(sm=f'-{key}' if current == key else key)}#tieu-chi"
        spoken = view.t("appraisal.column.mean_share") if name == "share" else label
        return Column(sort_link(view, label, key, current, href, spoken=spoken), value, measure, full=label, **more)

    def name(code: str) -> Text:
        words = [Span(code, "quiet-code"), view.name(sel.rubric[code])]
        return Link(words, link(sel, code, appraisal.unit or None), "quiet")

    def drawn(code: str) -> Child:
        own = tallies[code]
        return dumbbell_cell(view, own.own_share, own.council_share, low) if own.maximum else formats.MISSING

    def strong(code: str) -> Child:
        own = tallies[code]
        return html.Strong(say.share(view, own.gap_share)) if own.maximum else None

    def ends(code: str) -> tuple[Any, Any] | None:
        gaps = [leaf["gap"] for leaf in leaves[code] if leaf["gap"] is not None]
        return (min(gaps), max(gaps)) if tallies[code].maximum else None

    def of(name: str) -> Callable[[str], Any]:
        return lambda code: getattr(tallies[code], name)

    return [
        column("criterion", name, TEXT, "tieu-chi"),
        column("appraiser", lambda code: who(view, leaves[code][0]["lead_appraiser"] or ""), TEXT),
        Column(dumbbell_scale(view, low), lambda code: None, show=drawn, role="scale", on="page"),
        column("share", of("gap_share"), ADJUSTMENT, "ty-le", show=strong),
        column("mean_points", lambda code: tallies[code].mean_gap if tallies[code].maximum else None, change(), "diem"),
        column("range", ends, change_interval(), full=view.t("appraisal.column.gap")),
        column("cuts", of("cuts"), COUNT, "giam"),
        column("raises", of("raises"), COUNT, "tang"),
        column("done", lambda code: (tallies[code].done, tallies[code].total), of_max(0)),
    ]
