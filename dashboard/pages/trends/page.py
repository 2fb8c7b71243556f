"""Xu hướng: the years of a block, published ones and computed ones never in one plot.

Published results are facts with a decision and a source, as they were printed. What the store computes has its own
part below, marked where it is made up. Units that rose most are named; the tables hold all.
"""

from __future__ import annotations

from dashboard.address.selection import MAX_COMPARED
from dashboard.address.view import View
from dashboard.exhibit.page import Columns, Group, Header, Notice, Page, Part, Screen, Section
from dashboard.exhibit.text import Span
from dashboard.pages.ranking import rows as standings
from dashboard.pages.trends import exhibits
from dashboard.pages.trends.rows import Published, compared, named, read_published
from dashboard.render import elements as html
from dashboard.render.controls import picker
from dashboard.season.exhibits import notice

KEYS = ("ss",)
CHOICES = {"xem": ("hinh", "bang")}


def layout(view: View) -> Page:
    """The block selected: published years above, computed years below."""
    made_up = bool(view.sel.season.get("made_up"))
    return Page(
        Header(
            view.t("trends.title", block=view.block("inside")),
            view.t("trends.lead_made_up" if made_up else "trends.lead"),
        ),
        [
            Section("da-cong-bo", view.t("trends.published"), _published(view, read_published(view))),
            _computed(view),
        ],
    )


def _published(view: View, found: Published) -> list[Part]:
    if not found.rows:
        return [Notice("empty", title=view.t("trends.published_none", block=view.block("inside")))]
    return [
        *([_picker(view, found), exhibits.lines(view, found)] if found.valued else []),
        Group([exhibits.odd(view, found)], role="section") if found.remarkable else None,
        Group([exhibits.results(view, found)], role="section"),
    ]


def _picker(view: View, found: Published) -> Screen:
    """The units that the plot names, to take away and to add."""
    sel = view.sel
    chosen = named(found, sel.compared)
    rest = [code for code in found.valued_units if code in sel.units and code not in chosen]
    full = len(chosen) >= MAX_COMPARED
    mine = [code for code in chosen if code in sel.units] if sel.compared else []
    return Screen(
        html.Section(
            [
                html.H3(view.t("trends.choose"), id="chon", className="visually-hidden"),
                picker(
                    view,
                    "add-unit",
                    [(found.names[code], sel.href(compared=tuple(c for c in mine if c != code))) for code in mine],
                    [] if full else [(found.names[code], sel.href(compared=(*sel.compared, code))) for code in rest],
                ),
                html.P(view.t("trends.full", n=MAX_COMPARED), className="note") if full else None,
            ],
            className="choice",
            **{"aria-labelledby": "chon"},
        )
    )


def _computed(view: View) -> Section:
    sel = view.sel
    block = standings.read(view)
    kind = "computed" if block.previous else "computed_one"
    title = view.t(f"trends.{kind}", previous=block.previous, period=sel.period)
    made_up = Span(view.t("trends.made_up"), "badge-status status-simulation")
    lines = compared(block)
    if not view.whole:
        body = notice(view)
    elif lines:
        movers = exhibits.movers(view, block, lines)
        body = Columns(
            [exhibits.both_years(view, block, lines), Group([exhibits.by_field(view, block), movers], role="stacked")]
        )
    else:
        why = "first_year" if not block.previous else "none_compared" if block.comparable else "rubric_changed"
        text = view.t(f"trends.{why}", period=sel.period, previous=block.previous or "")
        body = Notice("not_comparable", text=text)
    return Section("trong-kho", [title, " ", made_up] if sel.season.get("made_up") else title, [body])
