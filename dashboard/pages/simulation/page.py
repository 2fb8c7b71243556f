"""/don-vi/<ma>/mo-phong: what one unit would have with other points. A simulation: never a result, never a file."""

from __future__ import annotations

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.exhibit.page import Header, Notice, Page, Screen
from dashboard.exhibit.text import Span
from dashboard.pages.simulation import exhibits
from dashboard.pages.simulation.rows import chosen_peers, read
from dashboard.pages.simulation.sentences import lead
from dashboard.render import elements as html
from dashboard.season.exhibits import notice

KEYS = ("nb",)
CHOICES = {"them": None, "phieu": None, "dich": None}
"""`them`: points added, '1.2_0.5,3.1_0.25'; `phieu`: per cent of the answers that move, '9.2_10'; `dich`: what to
reach, 'h5' for rank 5, 'c95' for an index of 95, '' for the next better rank."""


def layout(view: View) -> Page:
    """The simulation of the unit in the path."""
    sel = view.sel
    found = read(view) if view.whole else None
    title = [
        view.t("sim.title", name=unit_name(view, sel.unit, "full")),
        " ",
        Span(view.t("sim.badge"), "badge-status status-simulation"),
    ]
    trail = [(view.t("nav.unit"), sel.to("unit")), (unit_name(view, sel.unit), sel.to("unit", unit=sel.unit))]
    if not view.whole or found is None:
        still = Notice("empty") if view.whole else notice(view)
        return Page(Header(title, breadcrumb=trail), [_banner(view), still])
    peers = chosen_peers(view, sel.unit)
    listed = found.opportunities(peers.units)
    return Page(
        Header(title, lead(view, found), trail),
        [
            _banner(view),
            exhibits.result(view, found),
            exhibits.plan(view, found, [code for code, _ in listed]),
            exhibits.items(view, found, [one for one in listed if not found.surveyed(one[0])], peers),
            exhibits.survey(view, found, [one for one in listed if found.surveyed(one[0])]),
        ],
    )


def _banner(view: View) -> Screen:
    words = [html.Strong(view.t("sim.badge")), html.Span(view.t("sim.banner"))]
    return Screen(html.Div(words, className="simulation", role="note"))
