"""Every item of the rubric for the units compared, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import MAXIMUM, change, points
from dashboard.exhibit.page import Screen, Section
from dashboard.exhibit.table import Column, Table
from dashboard.pages.comparison.exhibits import MARKS
from dashboard.render import elements as html
from dashboard.render.controls import button_link
from dashboard.render.page import cell, table
from dashboard.render.parts import change as signed_change
from dashboard.render.parts import item_link, mark
from dashboard.words import formats

Items = Mapping[str, Mapping[str, Mapping[str, Any]]]
Child = Any


def section(view: View, items: Items) -> Section:
    """The fields of the rubric, each opening its items with the points of every unit."""
    sel, names = view.sel, [unit_name(view, code) for code in items]
    every = sel.view == "bang"
    lead = (
        view.t("compare.items_lead", one=names[0], two=names[1])
        if len(names) == 2
        else view.t("compare.items_lead_many")
    )
    label = view.t("unit.items_close" if every else "unit.items_open")
    switch = html.Div(button_link(label, sel.href(view=None if every else "bang")), className="toolbar")
    folds = [_field(view, items, code, opened=every or sel.field == code) for code in sel.fields]
    folded = html.Div(folds, className="disclosures")
    return Section("items", view.t("compare.items"), [Screen(switch), Screen(folded)], lead=lead)


def _field(view: View, items: Items, code: str, *, opened: bool) -> html.Details:
    name = html.Span([html.Span(code, className="quiet-code"), view.name(view.sel.fields[code])], className="name")
    summary = html.Summary([html.Span(className="icon icon-chevron", **{"aria-hidden": "true"}), name])
    shown = table(view, _table(view, items, code))
    return html.Details([summary, shown], open=opened, className="disclosure", id=f"field-{code}")


def _table(view: View, items: Items, field: str) -> Table:
    rubric = view.sel.rubric
    below = [code for code, row in rubric.items() if row["field_code"] == field and code != field]

    def name(code: str) -> Child:
        return [html.Span(code, className="quiet-code"), item_link(view, code, view.name(rubric[code]))]

    def maxima(code: str) -> Sequence[Any]:
        rows = (of_unit.get(code) for of_unit in items.values())
        return sorted({row["max_points"] for row in rows if row and row["max_points"]})

    def maximum(code: str) -> str:
        return "–".join(MAXIMUM.write(value, view.lang) for value in maxima(code)) or formats.MISSING

    def kind(code: str) -> str:
        leaf, depth = rubric[code]["assessed_by"] is not None, rubric[code]["depth"]
        return f"level-{depth + (leaf and depth < 2)}" if depth else ""

    columns = [
        Column(view.t("word.criterion"), lambda code: view.name(rubric[code]), show=name),
        Column(view.t("word.max"), lambda code: max(maxima(code), default=None), MAXIMUM, show=maximum),
        *(_unit(view, items, unit, place) for place, unit in enumerate(items)),
        Column(
            view.t("compare.difference"),
            lambda code: _apart(items, code),
            change() if len(items) == 2 else points(),
            show=lambda code: _shown(view, items, code),
        ),
    ]
    caption = view.t("compare.items_of", code=field, name=view.name(view.sel.fields[field]), period=view.sel.period)
    total = [view.t("word.total"), *(cell(view, column, field) for column in columns[1:])]
    return Table(caption, columns, below or [field], totals=[total] if below else [], kind=kind, role="items")


def _unit(view: View, items: Items, unit: str, place: int) -> Column:
    def found(code: str) -> Any:
        return items[unit].get(code)

    def why(code: str) -> Child:
        row = found(code)
        if row is not None and row["points"] is not None:
            return None
        state = view.t(f"unit.state.{row['state']}") if row and row["state"] else ""
        return html.Span([formats.MISSING, html.Span(f" {state}", className="muted") if state else None])

    return Column(
        [mark(MARKS[place]), " ", unit_name(view, unit)],
        lambda code: found(code) and found(code)["points"],
        points(),
        show=why,
        number=lambda code: number_id(view.sel.period, unit, code, "points"),
        full=unit_name(view, unit),
    )


def _apart(items: Items, code: str) -> Any:
    """The first less the second of two units; of more the highest less the lowest; None where points are missing."""
    rows = [of_unit.get(code) for of_unit in items.values()]
    known = [row["points"] for row in rows if row and row["points"] is not None]
    if len(rows) == 2:
        return known[0] - known[1] if len(known) == 2 else None
    return max(known) - min(known) if len(known) > 1 else None


def _shown(view: View, items: Items, code: str) -> Child:
    apart = _apart(items, code)
    return signed_change(view, apart) if apart is not None and len(items) == 2 else None
