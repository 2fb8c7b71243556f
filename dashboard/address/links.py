"""Links to what is downloaded about a unit or a year."""

from __future__ import annotations

from dashboard.address.selection import Selection


def summary_link(sel: Selection) -> str:
    """Where the year on one page is downloaded."""
    return f"/tai-ve{_prefix(sel)}/tom-tat/{sel.period}.pdf"


def profile_link(sel: Selection) -> str:
    """Where the profile of the unit selected is downloaded."""
    return f"/tai-ve{_prefix(sel)}/ho-so/{sel.unit}.pdf?nam={sel.period}"


def _prefix(sel: Selection) -> str:
    return "" if sel.lang == "vi" else f"/{sel.lang}"
