"""Thẩm định × khảo sát: what the council gave against what people said, unit by unit of one block."""

from __future__ import annotations

from dashboard.address.view import View
from dashboard.exhibit.page import Columns, Group, Header, Notice, Page
from dashboard.pages.contrast import exhibits
from dashboard.pages.contrast.rows import ORDERS, contrast
from dashboard.pages.contrast.sentences import together
from dashboard.pages.ranking import rows as standings
from dashboard.season.exhibits import notice
from dashboard.season.sentences import lead

CHOICES = {"sx": tuple(way + key for way in ("", "-") for key in ORDERS), "xem": ("hinh", "bang")}


def layout(view: View) -> Page:
    """The block selected."""
    block = standings.read(view)
    found = contrast(block.lines)
    title = view.t("contrast.title", block=view.block("inside"), period=view.sel.period)
    if not view.whole:
        return Page(Header(title, lead(view)), [notice(view)])
    if not found.units:
        return Page(Header(title), [Notice("empty")])
    return Page(
        Header(title, together(view, found)),
        [
            Columns([exhibits.plot(view, found), exhibits.quadrants(view, found)], split="wide-left"),
            Group([exhibits.in_order(view, found)], role="section"),
        ],
    )
