"""The order of units: the one place that says what stands first, and what follows where they are equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.view import Completeness, View
from dashboard.words.formats import vietnamese_order


def by_name(view: View, codes: Iterable[str]) -> list[str]:
    """Codes of units in the alphabetical order of their names, as the view writes them."""
    return sorted(codes, key=lambda code: vietnamese_order(unit_name(view, code)))


UNTIL_COMPLETE = ("index_value", "index_exact", "index_low", "index_high", "se_index")
"""What an incomplete unit has no single value of: its points stand apart by state."""
UNTIL_WHOLE = ("rank_low", "rank_high", "previous_index", "previous_rank")
"""What is not concluded as long as any unit of the block is incomplete."""


def by_rank(view: View, period: str | None = None, unit_group: str | None = None) -> list[Mapping[str, Any]]:
    """Rows of `Ask.ranking`, by default of the block selected: by rank; units of one rank, and after them those without
    one, by name, in every chart and table alike. Without what an incomplete unit or block has not yet got."""
    season = view.site.seasons.get((period or view.sel.period, unit_group or view.sel.unit_group), {})
    whole = Completeness.of(season).whole
    return [_settled(row, whole) for row in in_order(view, period, unit_group)]


def in_order(view: View, period: str | None = None, unit_group: str | None = None) -> list[Mapping[str, Any]]:
    """The same rows as the store keeps them, provisional figures and all: for a page that says how they come about."""
    rows = view.ask.ranking(period or view.sel.period, unit_group or view.sel.unit_group)
    by_name = sorted(rows, key=lambda row: vietnamese_order(unit_name(view, row)))
    return sorted(by_name, key=lambda row: (row["rank"] is None, row["rank"] or 0))


def _settled(row: Mapping[str, Any], whole: bool) -> Mapping[str, Any]:
    away = (() if row["status"] == "complete" else UNTIL_COMPLETE) + (() if whole else UNTIL_WHOLE)
    return {**row, **dict.fromkeys(away)} if away else row
