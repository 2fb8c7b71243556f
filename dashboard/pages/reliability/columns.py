"""Columns that the tables of sampling and of other choices have alike: the unit and its official rank."""

from __future__ import annotations

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import RANK
from dashboard.exhibit.table import Column
from dashboard.pages.ranking.rows import Line
from dashboard.pages.reliability.rows import Unit
from dashboard.render import elements as html
from dashboard.render.parts import Child, own, unit_link


def number_of(view: View, code: str, measure: str) -> str:
    """The address of a number of a unit."""
    return number_id(view.sel.period, code, "", measure)


def unit_column(view: View) -> Column:
    """The unit by name, with a link to its profile."""

    def name(row: Line | Unit) -> Child:
        return html.Span([unit_link(view, row.code, label=row.name), own(view) if row.own else None])

    return Column(view.t("word.unit"), lambda row: row.name, show=name)


def rank_column(view: View, group: str = "") -> Column:
    """The official rank."""
    return Column(
        view.t("sure.official"),
        lambda row: (row.rank, row.tied),
        RANK,
        number=lambda row: number_of(view, row.code, "rank"),
        group=group,
    )


def kind(row: Line | Unit) -> str:
    """The kind of a row: whether the unit is the reader's own."""
    return "own" if row.own else ""
