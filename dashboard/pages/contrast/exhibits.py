"""Council against people as exhibits: the scatter, the quadrants by name, the units in order."""

from __future__ import annotations

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import Measure, share
from dashboard.exhibit.page import Exhibit, Figure, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.figures import scatter, span_of
from dashboard.pages.contrast.rows import Contrast, Unit, ordered
from dashboard.pages.contrast.sentences import higher, same_side
from dashboard.render import elements as html
from dashboard.render.controls import sort_link
from dashboard.render.parts import Child, own, unit_link
from dashboard.words import formats


def plot(view: View, found: Contrast) -> Exhibit:
    """Every unit by both shares, cut at the medians."""
    lang = view.lang
    rows = [
        {
            "label": unit.line.name,
            "x": unit.appraised,
            "y": unit.survey,
            "id": number_id(view.sel.period, unit.line.code, "", "appraised"),
            "own": unit.line.own,
        }
        for unit in found.units
    ]
    on = {
        "span_x": span_of([unit.appraised * 100 for unit in found.units], 5),
        "span_y": span_of([unit.survey * 100 for unit in found.units], 5),
        "titles": (view.t("contrast.appraised"), view.t("contrast.survey")),
        "lang": lang,
    }

    def figure(width: int | None) -> Figure:
        return scatter(rows, width=width or 718, height=560 if width is None else 420, **on)

    def picture(size: str) -> Figure:
        wide, high = {"1920x1080": (1180, 520), "1200x1200": (800, 640)}.get(size, (720, 560))
        return scatter(rows, width=wide, height=high, **on)

    x, y = (formats.percent(value, lang) for value in found.medians)
    notes = [view.t("contrast.note"), view.t("contrast.careful", n=len(found.units))]
    if found.left_out:
        notes.append(view.t("contrast.left_out", n=found.left_out))
    about = {"period": view.sel.period, "block": view.block("inside"), "n": formats.count(len(rows), lang)}
    return Exhibit(
        "doi-chieu",
        same_side(view, found),
        figure,
        _units(view, found, "chenh-lech", sortable=False),
        subtitle=view.t("contrast.subtitle", **about),
        key=[("many", view.t("figure.key_unit")), ("median", view.t("figure.key_median"))],
        note=" ".join(notes),
        alt=view.t("contrast.alt", n=len(rows), x=x, y=y),
        narrow=358,
        level=2,
        picture=picture,
    )


def quadrants(view: View, found: Contrast) -> Screen:
    """The units of every quadrant by name, beside the scatter."""
    parts = []
    for name, units in found.quadrants.items():
        names: list[Child] = []
        for unit in units:
            names += [", "] if names else []
            names.append(unit_link(view, unit.line.code, label=unit.line.name))
            names += [own(view)] if unit.line.own else []
        count = html.Span(f": {view.t('word.units', n=len(units))}")
        parts += [
            html.H3([view.t(f"contrast.quadrant.{name}"), count], className="quadrant-title"),
            html.P(names or view.t("contrast.nobody"), className="quadrant"),
        ]
    title = html.H2(view.t("contrast.quadrants"), className="block-title", id="nhom-title")
    named = {"aria-labelledby": "nhom-title"}
    return Screen(html.Section([title, *parts], className="side-panel", id="nhom", **named))


def in_order(view: View, found: Contrast) -> Exhibit:
    """The units in the order asked for."""
    order = view.sel.sort or "chenh-lech"
    said = view.t(f"contrast.order.{order.removeprefix('-')}")
    return Exhibit(
        "bang",
        higher(view, found),
        table=_units(view, found, order),
        subtitle=view.t(
            "contrast.table_subtitle",
            block=view.block("inside"),
            period=view.sel.period,
            n=formats.count(len(found.units), view.lang),
            order=view.t("contrast.reversed", order=said) if order.startswith("-") else said,
        ),
        level=2,
        name="thu-tu",
    )


PERCENT = share(2, sign=False)


def _units(view: View, found: Contrast, order: str, *, sortable: bool = True) -> Table:
    sel = view.sel

    def head(key: str, label: str) -> Child:
        if not sortable:
            return label
        href = f"{sel.href(sort=f'-{key}' if order == key else key)}#bang"
        return sort_link(view, label, key, order, href, spoken=view.t(f"contrast.order.{key}"))

    def part(key: str, name: str, measure: Measure = PERCENT) -> Column:
        label = view.t(f"contrast.{name}")
        id = {"appraised": "appraised", "survey": "survey"}.get(name)
        return Column(
            head(key, label),
            lambda unit: getattr(unit, name),
            measure,
            number=(lambda unit: number_id(sel.period, unit.line.code, "", id)) if id else None,
            full=label,
        )

    def name(unit: Unit) -> Child:
        return [unit_link(view, unit.line.code, label=unit.line.name), own(view) if unit.line.own else None]

    group = view.t("contrast.group")
    return Table(
        higher(view, found),
        [
            Column(
                head("don-vi", view.t("word.unit")), lambda unit: unit.line.name, show=name, full=view.t("word.unit")
            ),
            part("tham-dinh", "appraised"),
            part("khao-sat", "survey"),
            part("chenh-lech", "difference", share(2, signed=True, sign=False)),
            Column(
                head("nhom", group),
                lambda unit: view.t(f"contrast.quadrant.{found.quadrant(unit)}"),
                full=group,
                role="wide-only",
            ),
        ],
        ordered(found, order),
        kind=lambda unit: "own" if unit.line.own else "",
    )
