"""Every criterion of a unit, field by field: points by source, state and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.exhibit.measure import MAXIMUM, change, points
from dashboard.exhibit.page import Screen, Section
from dashboard.exhibit.table import Column, Table
from dashboard.pages.unit.cells import Child, address, decided_by, reason, signed_gap
from dashboard.pages.unit.rows import Profile
from dashboard.render import elements as html
from dashboard.render.controls import button_link, toolbar
from dashboard.render.page import cell, table
from dashboard.render.parts import item_link
from dashboard.words import formats

Item = Mapping[str, Any]


def section(view: View, found: Profile) -> Section:
    """The fields of the rubric, each opening its criteria."""
    sel = view.sel
    every = sel.view == "bang"
    label = view.t("unit.items_close" if every else "unit.items_open")
    survey: dict[str, list] = {}
    for row in view.ask.unit_survey(sel.period, found.unit):
        survey.setdefault(row["criterion_code"], []).append(row)
    fields = [
        _field(view, found, code, survey, opened=every or sel.field == code)
        for code in sel.fields
        if code in found.items
    ]
    return Section(
        "items",
        view.t("unit.items"),
        [
            Screen(toolbar(button_link(label, sel.href(view=None if every else "bang")))),
            Screen(html.Div(fields, className="disclosures")),
        ],
        lead=view.t("unit.items_lead"),
    )


def _field(view: View, found: Profile, code: str, survey: Mapping[str, list], *, opened: bool) -> html.Details:
    lang, row = view.lang, found.items[code]
    below = [item for item in found.items.values() if item["field_code"] == code and item["criterion_code"] != code]
    still = sum(leaf["state"] in ("pending", "missing") for leaf in (below or [row]) if leaf["state"])
    of_max = formats.of_max(row["points"], row["max_points"], lang) if row["points"] is not None else formats.MISSING
    summary = html.Summary(
        [
            html.Span(className="icon icon-chevron", **{"aria-hidden": "true"}),
            html.Span([html.Span(code, className="quiet-code"), view.name(row)], className="name"),
            html.Span(view.t("unit.open_field", n=still), className="open") if still else None,
            html.Span(of_max, className="num"),
            html.Span(formats.percent(row["attainment"], lang), className="num share"),
        ]
    )
    shown = table(view, _table(view, found, row, below, survey))
    return html.Details([summary, shown], open=opened, className="disclosure", id=f"field-{code}")


def _table(view: View, found: Profile, field: Item, below: Sequence[Item], survey: Mapping[str, list]) -> Table:
    code = field["criterion_code"]

    def scored(item: Item, column: str) -> Any:
        """Points of a column; a sum over nothing is no number."""
        if item["state"] is None and column != "points" and not found.scored(item["criterion_code"], column):
            return None
        return item[column]

    def column(head: str, name: str, measure: str) -> Column:
        return Column(
            view.t(head),
            lambda item: scored(item, name),
            points(),
            number=lambda item: address(view, item["criterion_code"], measure),
        )

    def name(item: Item) -> Child:
        code = item["criterion_code"]
        return [html.Span(code, className="quiet-code"), item_link(view, code, view.name(item))]

    def why(item: Item) -> Child:
        return _why(view, item, survey.get(item["criterion_code"], [])) if item["state"] is not None else ""

    def kind(item: Item) -> str:
        leaf = item["state"] is not None and item["depth"] < 2
        return f"level-{item['depth'] + leaf}" if item["depth"] else ""

    columns = [
        Column(view.t("word.criterion"), lambda item: view.name(item), show=name),
        Column(view.t("word.max"), lambda item: item["max_points"] or None, MAXIMUM),
        column("word.self", "self_points", "self"),
        column("word.appraisal", "appraised_points", "appraised"),
        column("word.survey_short", "survey_points", "survey"),
        column("word.points", "points", "points"),
        Column(view.t("word.gap"), lambda item: item["gap"], change(), show=lambda item: signed_gap(view, item)),
        Column(view.t("unit.state_reason"), lambda item: item["reason"], show=why),
    ]
    sums = [cell(view, column, field) for column in columns[1:7]]
    return Table(
        view.t(
            "unit.items_of",
            code=code,
            name=view.name(field),
            unit=unit_name(view, view.sel.unit),
            period=view.sel.period,
        ),
        columns,
        below or [field],
        totals=[[view.t("word.total"), *sums, ""]] if below else [],
        kind=kind,
        anchor=lambda item: f"tc-{item['criterion_code']}",
        attributes=lambda item: {"data-state": item["state"]} if item["state"] is not None else {},
        role="items with-reasons",
    )


def _why(view: View, item: Item, cells: Sequence[Mapping]) -> Child:
    """State of a leaf in words; the council's reason, who decided, the minute; ballots of a surveyed one."""
    said: list[Child] = [html.Span(view.t(f"unit.state.{item['state']}"), className=f"leaf-state {item['state']}")]
    if item["claimed"]:
        said.append(html.Span(view.t("unit.claimed")))
    if item["state"] == "surveyed":
        said += [html.Span(text) for text in _asked(view, cells)]
    if item["reason"] or item["gap"]:
        said.append(reason(view, item))
        said.append(html.Span(decided_by(view, item), className="by"))
    return html.Div(said, className="why")


def _asked(view: View, cells: Sequence[Mapping]) -> list[str]:
    hidden = sum(cell["suppressed"] for cell in cells)
    shown = [cell["n_valid"] for cell in cells if cell["n_valid"]]
    least = view.sel.season["min_cell"]
    if hidden:
        # The number of the others stays unsaid: with a total known elsewhere the small one is the difference.
        heard = [cell for cell in cells if cell["suppressed"] or cell["n_valid"]]
        alone = [view.t("unit.asked_alone", cell=least)] if len(heard) == 1 and heard[0]["why"] == "few" else []
        return [view.t("unit.asked_hidden", n=hidden, cell=least), *alone]
    return [view.t("unit.asked", n=sum(shown), groups=len(shown))] if shown else []
