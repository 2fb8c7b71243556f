"""The order of units: the one place that says what stands first, and what follows where they are equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.words.formats import vietnamese_order


def by_name(view: View, codes: Iterable[str]) -> list[str]:
    """Codes of units in the alphabetical order of their names, as the view writes them."""
    return sorted(codes, key=lambda code: vietnamese_order(unit_name(view, code)))


def by_rank(view: View, period: str | None = None, unit_group: str | None = None) -> list[Mapping[str, Any]]:
    """Rows of `Ask.ranking`, by default of the block selected: by rank, those without one last by their index; units of
    one rank by name, in every chart and table alike."""
    rows = view.ask.ranking(period or view.sel.period, unit_group or view.sel.unit_group)
    by_name = sorted(rows, key=lambda row: vietnamese_order(unit_name(view, row)))
    return sorted(by_name, key=lambda row: (row["rank"] is None, row["rank"] or 0, -(row["index_value"] or 0)))
