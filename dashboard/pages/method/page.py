"""/phuong-phap: how a number is made, from the rubric in force."""

from __future__ import annotations

from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.page import Columns, Group, Header, Page, Paragraph, Screen, Section
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Link, Number
from dashboard.pages.method import exhibits, sentences
from dashboard.pages.method.rows import Row, Rubric, first
from dashboard.render import elements as html
from dashboard.render.controls import on_this_page
from dashboard.render.page import text
from dashboard.words import formats

PARTS = ("rubric", "appraised", "survey", "index", "rank", "uncertainty", "suppression", "states", "provenance")
STATES = ("appraised", "surveyed", "pending", "missing", "not_applicable")


def layout(view: View) -> Page:
    """The method of the year, part by part."""
    period, t = view.sel.period, view.t
    rubrics = [Rubric(view, group) for group in view.site.groups_of(period)]
    scored = [rubric.group for rubric in rubrics if view.site.seasons[period, rubric.group]["has_scores"]]
    parts = {
        "rubric": [Columns([exhibits.maxima(view, rubric) for rubric in rubrics])],
        "appraised": [_prose(view, "appraised_1", "appraised_2", "appraised_3")],
        "survey": _survey(view, rubrics),
        "index": [
            _prose(view, "index_1"),
            Paragraph(t("method.index_formula"), role="formula"),
            _prose(view, "index_2", n=view.places),
            _prose(view, "index_3"),
            *_examples(view, scored),
        ],
        "rank": [_prose(view, "rank_1", "rank_2")],
        "uncertainty": [_prose(view, *(f"uncertainty_{n}" for n in range(1, 5)))],
        "suppression": [_prose(view, "suppression_1", "suppression_2", n=view.sel.season["min_cell"])],
        "states": [_states(view)],
        "provenance": [_prose(view, "provenance_1", "provenance_2")],
    }
    leads = {"rubric": t("method.rubric_lead")}
    return Page(
        Header(t("method.title", period=period), t("method.lead", period=period)),
        [
            Screen(on_this_page(view, [(t(f"method.{part}"), part) for part in PARTS])),
            *(Section(part, t(f"method.{part}"), parts[part], lead=leads.get(part)) for part in PARTS),
        ],
    )


def _prose(view: View, *keys: str, **values: Any) -> Group:
    return Group([Paragraph(view.t(f"method.{key}", **values)) for key in keys], role="prose")


def _survey(view: View, rubrics: list[Rubric]) -> list[Any]:
    lines = html.Ul([html.Li(line) for line in sentences.methods(view, rubrics)])
    return [
        _prose(view, "survey_1"),
        Group([Screen(lines)], role="prose"),
        _prose(view, "survey_2"),
        Paragraph(view.t("method.survey_formula"), role="formula"),
        Columns([exhibits.respondents(view, rubric.group) for rubric in rubrics]),
    ]


def _examples(view: View, groups: list[str]) -> list[Group]:
    """The formula with the numbers of the first unit of each block put in."""
    lines = [_example(view, result) for group in groups if (result := first(view, group))]
    title = Screen(html.H3(view.t("method.example"), className="headline"))
    return [Group([title, *lines], role="prose")] if lines else []


def _example(view: View, result: Row) -> Paragraph:
    before, between, after = sentences.example(view, result)
    code = result["unit_code"]
    unit = Link(unit_name(view, code), view.sel.to("unit", unit=code), "quiet")
    shown = formats.points(result["index_value"], view.lang, view.places)
    index = Number(shown, number_id(view.sel.period, code, "", "index"))
    return Paragraph([before, unit, between, html.Strong(text(view, index)), after])


def _states(view: View) -> Table:
    title = view.t("method.states")
    return Table(
        title,
        [
            Column(view.t("method.state"), lambda state: view.t(f"method.state.{state}")),
            Column(view.t("method.state_means"), lambda state: view.t(f"method.state.{state}_means")),
            Column(view.t("method.state_effect"), lambda state: view.t(f"method.state.{state}_effect")),
        ],
        STATES,
    )
