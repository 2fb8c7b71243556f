"""/thuat-ngu: the terms of the field, from data/glossary.csv."""

from __future__ import annotations

from dashboard.address.view import View
from dashboard.render import elements as html
from dashboard.render.parts import Head, Row, data_table, foreign, page_header, row_filter, state, toolbar
from dashboard.words.formats import vietnamese_order
from dashboard.words.glossary import terms


def layout(view: View) -> list:
    vi = view.lang == "vi"
    ordered = sorted(terms(), key=lambda term: vietnamese_order(term["vi"]) if vi else (term["en"].casefold(),))

    def row(term: dict[str, str]) -> Row:
        own, other = (term["vi"], foreign(term["en"], "en")) if vi else (term["en"], foreign(term["vi"]))
        definition = term["definition_vi"]
        return Row(
            [
                own,
                foreign(term["vi_short"]) if not vi else term["vi_short"],
                other,
                definition if vi else foreign(definition),
            ]
        )

    heads = [Head(view.t(f"glossary.{name}"), class_name=name) for name in ("term", "short", "other", "definition")]
    return [
        page_header(view, view.t("glossary.title"), view.t("glossary.lead")),
        toolbar(row_filter(view, "glossary-filter", view.t("glossary.filter"), "glossary-table")),
        data_table(
            view, view.t("glossary.title"), heads, map(row, ordered), id="glossary-table", class_name="glossary"
        ),
        html.Div(state(view, "filtered_empty"), id="glossary-table-empty", hidden=True),
    ]
