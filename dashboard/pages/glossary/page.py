"""/thuat-ngu: the terms of the field, from data/glossary.csv."""

from __future__ import annotations

from dashboard.address.view import View
from dashboard.exhibit.page import Header, Page, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Span
from dashboard.render import elements as html
from dashboard.render.controls import row_filter, toolbar
from dashboard.render.parts import state
from dashboard.words.formats import vietnamese_order
from dashboard.words.glossary import terms


def layout(view: View) -> Page:
    """Every term, in the alphabetical order of the reader's language."""
    title = view.t("glossary.title")
    box = row_filter(view, "glossary-filter", view.t("glossary.filter"), "glossary-table")
    nothing = html.Div(state(view, "filtered_empty"), id="glossary-table-empty", hidden=True)
    return Page(
        Header(title, view.t("glossary.lead")),
        [Screen(toolbar(box)), _terms(view, title), Screen(nothing)],
    )


def _terms(view: View, caption: str) -> Table:
    own, other = ("vi", "en") if view.lang == "vi" else ("en", "vi")

    def column(name: str, key: str, lang: str) -> Column:
        """Words of a term, marked where they are not in the language of the page."""

        def value(term: dict[str, str]) -> str | Span:
            return term[key] if lang == view.lang else Span(term[key], lang=lang)

        return Column(view.t(f"glossary.{name}"), value, role=name)

    return Table(
        caption,
        [
            column("term", own, own),
            column("short", "vi_short", "vi"),
            column("other", other, other),
            column("definition", "definition_vi", "vi"),
        ],
        sorted(terms(), key=lambda term: vietnamese_order(term["vi"]) if own == "vi" else (term["en"].casefold(),)),
        id="glossary-table",
        role="glossary",
    )
