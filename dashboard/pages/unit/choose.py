"""The units of every block, to choose one from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.address import peers
from dashboard.address.numbers import number_id
from dashboard.address.order import by_rank
from dashboard.address.view import Completeness, View
from dashboard.exhibit.measure import RANK, points
from dashboard.exhibit.page import Columns, Header, Page, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead
from dashboard.render import elements as html
from dashboard.render.controls import row_filter, toolbar
from dashboard.render.page import table
from dashboard.render.parts import unit_link


def page(view: View) -> Page:
    """The units of every block of the year, side by side."""
    groups = view.site.groups_of(view.sel.period)
    header = Header(view.t("unit.choose"), view.t("unit.choose_lead"))
    return Page(header, [Columns([Screen(_units_of(view, group)) for group in groups])])


def _units_of(view: View, group: str) -> html.Section:
    """The units of one block in Vietnamese order; index and rank beside the name where there are any."""
    id, name = f"khoi-{group}", view.block("full", group)
    units = view.site.units_of(view.sel.period, group)
    shown = _table(view, group, units, id, name)
    label = view.t("unit.filter", block=view.block("inside", group))
    return html.Section(
        [
            html.H2(name, id=id, className="block-title"),
            html.P(view.t("word.units", n=len(units)), className="subtitle"),
            toolbar(row_filter(view, f"{id}-filter", label, f"{id}-units")),
            table(view, shown),
        ],
        **{"aria-labelledby": id},
    )


def _table(view: View, group: str, units: Mapping[str, Any], id: str, name: str) -> Table:
    period = view.sel.period
    results = {row["unit_code"]: row for row in by_rank(view, period, group)}
    ranks = [row["rank"] for row in results.values()]
    decimals = view.site.seasons[period, group]["decimals"]

    def index(code: str) -> Any:
        return results[code]["index_value"] if code in results else None

    def rank(code: str) -> Any:
        row = results.get(code)
        if row and row["max_points"] and row["status"] != "complete":
            return Instead(view.t("unit.incomplete"), role="muted")
        return (row["rank"], ranks.count(row["rank"]) > 1) if row and row["rank"] is not None else None

    def number(measure: str) -> Any:
        return lambda code: number_id(period, code, "", measure)

    whole = Completeness.of(view.site.seasons[period, group]).whole
    return Table(
        name,
        [
            Column(view.t("word.unit"), lambda code: code, show=lambda code: unit_link(view, code, full=True)),
            Column(view.t("word.index"), index, points(decimals), number=number("index")),
            Column(view.t("word.rank" if whole else "open.column.rank"), rank, RANK, number=number("rank")),
        ],
        peers.in_order(units, units),
        kind=lambda code: "own" if code == view.ask.viewer.unit_code else "",
        id=f"{id}-units",
    )
