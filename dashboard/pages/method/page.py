"""/phuong-phap: how a number is made, from the rubric in force."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.render import elements as html
from dashboard.render.parts import (
    Head,
    Row,
    columns,
    data_table,
    frame,
    on_this_page,
    page_header,
    provenance,
    section,
    unit_link,
)
from dashboard.words import formats

PARTS = ("rubric", "appraised", "survey", "index", "rank", "uncertainty", "suppression", "states", "provenance")
STATES = ("appraised", "surveyed", "pending", "missing", "not_applicable")


def layout(view: View) -> list:
    period, seasons = view.sel.period, view.site.seasons
    groups = view.site.groups_of(period)
    season = view.sel.season
    t = view.t
    return [
        page_header(view, t("method.title", period=period), t("method.lead", period=period)),
        on_this_page(view, [(t(f"method.{part}"), part) for part in PARTS]),
        section(
            t("method.rubric"),
            columns(*[_rubric(view, group) for group in groups]),
            id="rubric",
            lead=t("method.rubric_lead"),
        ),
        section(t("method.appraised"), _prose(view, "appraised_1", "appraised_2", "appraised_3"), id="appraised"),
        section(
            t("method.survey"),
            _prose(view, "survey_1"),
            html.Div(html.Ul([html.Li(line) for line in _methods(view, groups)]), className="prose"),
            _prose(view, "survey_2"),
            html.P(t("method.survey_formula"), className="formula"),
            columns(*[_groups(view, group) for group in groups]),
            id="survey",
        ),
        section(
            t("method.index"),
            _prose(view, "index_1"),
            html.P(t("method.index_formula"), className="formula"),
            html.Div(html.P(t("method.index_2", n=season["decimals"])), className="prose"),
            *_examples(view, [group for group in groups if seasons[period, group]["has_scores"]]),
            id="index",
        ),
        section(t("method.rank"), _prose(view, "rank_1", "rank_2"), id="rank"),
        section(t("method.uncertainty"), _prose(view, *(f"uncertainty_{n}" for n in range(1, 5))), id="uncertainty"),
        section(
            t("method.suppression"),
            html.Div([html.P(t(f"method.suppression_{n}", n=season["min_cell"])) for n in (1, 2)], className="prose"),
            id="suppression",
        ),
        section(
            t("method.states"),
            data_table(
                view,
                t("method.states"),
                [t("method.state"), t("method.state_means"), t("method.state_effect")],
                [[t(f"method.state.{s}"), t(f"method.state.{s}_means"), t(f"method.state.{s}_effect")] for s in STATES],
            ),
            id="states",
        ),
        section(t("method.provenance"), _prose(view, "provenance_1", "provenance_2"), id="provenance"),
    ]


def _prose(view: View, *keys: str) -> html.Div:
    return html.Div([html.P(view.t(f"method.{key}")) for key in keys], className="prose")


def _leaves(rubric: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in rubric.values() if row["max_points"] is not None]


def _sum(rows: list[Mapping[str, Any]], assessed_by: str | None = None) -> Decimal:
    return sum((row["max_points"] for row in rows if assessed_by in (None, row["assessed_by"])), Decimal(0))


def _rubric(view: View, group: str) -> html.Div:
    """Maximum points of a block by field: all, by appraisal, by survey."""
    t, lang = view.t, view.lang
    rubric = view.site.rubrics.get((view.sel.period, group), {})
    leaves = _leaves(rubric)

    def cells(name: Any, rows: list[Mapping[str, Any]]) -> list[Any]:
        sums = [_sum(rows), _sum(rows, "appraisal"), _sum(rows, "survey")]
        return [name, *(formats.number(s, lang, trim=True) for s in sums), formats.count(len(rows), lang)]

    rows = [
        Row(
            cells(
                [html.Span(code, className="quiet-code"), view.name(row)],
                [leaf for leaf in leaves if leaf["field_code"] == code],
            )
        )
        for code, row in view.site.fields_of(view.sel.period, group).items()
    ]
    rows.append(Row(cells(t("word.total"), leaves), kind="total"))
    heads = [Head(t("word.field"), class_name="wrap")] + [
        Head(t(name), num=True) for name in ("word.max", "word.appraisal", "word.survey", "method.leaves")
    ]
    illustrative = sum((row.get("origin") or "").startswith("illustrative") for row in leaves)
    values = {"appraised": formats.number(_sum(leaves, "appraisal"), lang, trim=True)}
    values |= {"survey": formats.number(_sum(leaves, "survey"), lang, trim=True), "block": view.block("short", group)}
    total = formats.number(_sum(leaves), lang, trim=True)
    return frame(
        view,
        f"rubric-{group}",
        t("method.rubric_headline", **values),
        data_table(view, t("method.rubric_headline", **values), heads, rows),
        subtitle=t("method.rubric_subtitle", n=len(leaves), total=total),
        note=t("method.illustrative_note", n=illustrative, of=len(leaves)) if illustrative else None,
    )


def _methods(view: View, groups: tuple[str, ...]) -> list[str]:
    """One line a survey method in use: how many criteria of which block are scored by it."""
    lines = []
    for method, key in (("mean", "survey_mean"), ("satisfied_share", "survey_share")):
        for group in groups:
            leaves = _leaves(view.site.rubrics.get((view.sel.period, group), {}))
            n = sum(row["survey_method"] == method for row in leaves)
            if n:
                lines.append(f"{view.block('short', group)} – {view.t(f'method.{key}', n=n)}")
    return lines


def _groups(view: View, group: str) -> html.Div:
    """The respondent groups of a block and the weights with which they are combined."""
    t = view.t
    respondents = view.site.respondents.get(group, {})
    headline = t("method.groups_headline", n=len(respondents), block=view.block("short", group))
    rows = [[view.name(row), formats.number(row["weight"], view.lang, trim=True)] for row in respondents.values()]
    return frame(
        view,
        f"groups-{group}",
        headline,
        data_table(view, headline, [t("word.group"), Head(t("word.weight"), num=True)], rows),
        subtitle=t("method.groups_subtitle"),
        note=t("method.groups_note"),
    )


def _examples(view: View, groups: list[str]) -> list:
    """The formula with the numbers of the first unit of each block put in."""
    lines = []
    for group in groups:
        ranked = view.ask.ranking(view.sel.period, group)
        if not ranked or ranked[0]["rank"] is None:
            continue
        first, lang = ranked[0], view.lang
        address = (view.sel.period, first["unit_code"], "")
        text = view.t(
            "method.example_line",
            unit="\0",
            appraised=formats.points(first["appraised_points"], lang),
            survey=formats.points(first["survey_points"], lang),
            maximum=formats.number(first["max_points"], lang, trim=True),
            index="\0",
        )
        before, between, after = text.split("\0")
        index = provenance(view, formats.points(first["index_value"], lang), number_id(*address, "index"))
        lines.append(html.P([before, unit_link(view, first["unit_code"]), between, html.Strong(index), after]))
    return (
        [html.Div([html.H3(view.t("method.example"), className="headline"), *lines], className="prose")]
        if lines
        else []
    )
