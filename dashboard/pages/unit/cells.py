"""Names and numbers of one unit, as its tables show them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.render import elements as html
from dashboard.render.parts import mark, provenance
from dashboard.words import formats

Child = Any


def address(view: View, code: str, measure: str, group: str | None = None) -> str:
    """Where a number of the unit comes from."""
    return number_id(view.sel.period, view.sel.unit, code, measure, group)


def number(view: View, shown: str, code: str, measure: str) -> Child:
    """A number of the unit that leads to where it comes from."""
    return provenance(view, shown, address(view, code, measure))


def signed_gap(view: View, item: Mapping[str, Any], *, strong: bool = False) -> Child:
    """What the council changed, with its sign: ▼ −0,50."""
    if item["gap"] is None:
        return provenance(view, formats.MISSING, None)
    shown = number(view, formats.signed(item["gap"], view.lang), item["criterion_code"], "gap")
    if not item["gap"]:
        return shown
    kind = "up" if item["gap"] > 0 else "down"
    told = html.Strong(shown) if strong else shown
    return html.Span([mark(kind, view.t(f"mark.{kind}")), told], className="change")


def decided_by(view: View, item: Mapping[str, Any]) -> str:
    """'Sở Nội vụ · BB 03/BB-HĐTĐ, 14/01/2021', from the round that decided."""
    day = formats.date(item["decided_on"], view.lang) if item["decided_on"] else ""
    minute = ", ".join(filter(None, (item["minute"], day)))
    parts = [unit_name(view, item["appraiser"]) if item["appraiser"] else "", minute]
    if item["round"] and item["round"] > 1:
        parts.append(view.t("unit.round", n=item["round"]))
    return " · ".join(filter(None, parts))


def reason(view: View, item: Mapping[str, Any]) -> Child:
    """The council's reason in its own language, or that there is none."""
    if item["reason"]:
        return html.Span(item["reason"], lang="vi" if view.lang != "vi" else None)
    return html.Span(view.t("unit.no_reason"), className="by")


def fraction(value: Any, whole: Any) -> Fraction:
    """An exact share."""
    return Fraction(value) / Fraction(whole)
