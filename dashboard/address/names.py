"""How a unit and an item are called: the one place that chooses between their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dashboard.address.view import View

KINDS = re.compile(r" (Urban District|Rural District|Town)$")


def unit_name(view: View, unit: str | Mapping[str, Any], form: str = "short") -> str:
    """The name of a unit of the year, of any block, by its code or its row.

    'full': as in the data; 'short': where space is short, in English the whole name; 'bare': the same without what it
    is, where the block says that already. A code that is no unit (an appraiser of another kind) stands as it is.
    """
    code, row = (
        ("", unit) if isinstance(unit, Mapping) else (unit, view.site.units.get(view.sel.period, {}).get(unit, {}))
    )
    if form == "full":
        return view.name(row) or code
    if view.lang == "en" and row.get("name_en"):
        return KINDS.sub("", row["name_en"]) if form == "bare" else row["name_en"]
    return row.get("short_name") or view.name(row) or code


def item_name(view: View, code: str) -> str:
    """An item of the rubric by its code and its name: '7.1.2 Báo cáo …'."""
    return f"{code} {view.name(view.sel.rubric.get(code, {}))}"
