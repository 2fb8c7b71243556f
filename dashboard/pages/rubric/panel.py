"""What is said of one item beside the tree and on its own page: what it is, how units and the council scored it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, change
from dashboard.exhibit.page import Facts
from dashboard.exhibit.table import Column, Table
from dashboard.figures.strips import point_stack
from dashboard.pages.rubric import rows, sentences
from dashboard.pages.rubric.rows import Item, Rows
from dashboard.pages.rubric.sentences import named, source, trimmed, vietnamese
from dashboard.render import elements as html
from dashboard.render.controls import button_link
from dashboard.render.page import part, text
from dashboard.render.parts import Child, dumbbell, graph, mark_icon, unit_link
from dashboard.words import formats


def beside_tree(view: View, item: Item, items: Mapping[str, Item]) -> html.Aside:
    """The panel of the item chosen in the tree."""
    sel, t, code = view.sel, view.t, item.code
    of = (sel.period, sel.unit_group)
    units = view.ask.item_units(*of, code) if item.leaf and item.source == "appraisal" else []
    trail = " › ".join([*(one.code for one in rows.above(items, item)), code])
    label = {"aria-label": t("criteria.close", code=code)}
    close = html.A(mark_icon("close"), href=sel.href(item=None), className="icon-button", **label)
    council = [*adjustments(view, item), part(view, reasons(view, item, units))]
    page = sel.to("item", item=code)
    said = t("criteria.shown", code=code, name=view.name(item.row))
    parts: list[Child] = [
        html.Div([html.P(trail, className="panel-trail"), close], className="panel-head"),
        html.H2(text(view, named(view, item.row)), id="panel-title", className="block-title"),
        definition(view, item, view.ask.questions(*of)),
        distribution(view, item),
        html.Div(council, className="panel-part") if item.source != "survey" else None,
        scoring(view, item),
        button_link(t("criteria.to_item", code=code), page) if page else None,
        html.Span(said, className="visually-hidden", role="status", key=code),
    ]
    return html.Aside(parts, id="panel", className="side-panel", **{"aria-labelledby": "panel-title"})


def on_page(view: View, items: Mapping[str, Item], item: Item) -> html.Aside:
    """The panel on the page of an item."""
    more: list[tuple[str, Child]] = [
        (view.t("item.weight"), formats.percent(rows.weight(items, item), view.lang, 2)),
    ]
    if trail := sentences.trail(view, items, item):
        label, href = trail[-1]
        more.append((view.t("item.belongs"), html.A(label, href=href)))
    questions = view.ask.questions(view.sel.period, view.sel.unit_group)
    return html.Aside(
        [
            html.H2(view.t("item.definition"), id="definition-title", className="block-title"),
            definition(view, item, questions, more=more),
            distribution(view, item),
            scoring(view, item),
        ],
        className="side-panel",
        **{"aria-labelledby": "definition-title"},
    )


def definition(view: View, item: Item, questions: Rows, *, more: Sequence[tuple[str, Child]] = ()) -> Child:
    """Maximum, source, appraising body, who is asked; then `more` pairs. `questions`: rows of `Ask.questions`."""
    t = view.t
    pairs: list[tuple[str, Any]] = [
        (t("criteria.max"), sentences.worth(view, item)),
        (t("criteria.points_source"), source(view, item.source)),
    ]
    if item.source != "survey":
        pairs.append((t("criteria.appraiser"), _appraisers(view, item)))
    pairs.append((t("criteria.questions"), sentences.asked(view, item, questions)))
    if not item.leaf:
        pairs.append((t("criteria.leaves_below"), formats.count(len(item.leaves), view.lang)))
    return part(view, Facts([*pairs, *more]))


def _appraisers(view: View, item: Item) -> list[Child]:
    codes = dict.fromkeys(row["lead_appraiser"] for row in item.leaves if row["assessed_by"] == "appraisal")
    names: list[Child] = []
    for code in codes:
        if names:
            names.append(", ")
        names.append(unit_link(view, code, full=True) if code else view.t("criteria.appraiser_unknown"))
    return names


def scoring(view: View, item: Item) -> html.Div:
    """How points come about."""
    title = html.H3(view.t("criteria.scoring"), className="panel-title")
    return html.Div([title, html.P(sentences.scoring(view, item), className="panel-text")], className="panel-part")


def distribution(view: View, item: Item) -> html.Div:
    """How many units have how many points: finding, what is counted, stacks of dots."""
    said = sentences.full(item, view.lang)
    title = html.H3(said, className="panel-title")
    if not item.scored:
        return html.Div([title], className="panel-part")
    # Where something does not apply to some units their maxima differ, and only shares compare.
    maximum = item.same_maximum
    if maximum is not None:
        mean = formats.points(item.mean_points, view.lang)
        subtitle = view.t("criteria.distribution", mean=mean, maximum=trimmed(view, maximum))
    else:
        subtitle = view.t("criteria.distribution_share", mean=formats.percent(item.mean, view.lang))
    names, measure = rows.unit_names(view), "attainment" if maximum is None else "points"
    stacked = [
        {
            "label": names.get(unit.unit, unit.unit),
            "value": unit.attainment * 100 if maximum is None else unit.points,
            "own": unit.unit == view.ask.viewer.unit_code,
            "id": number_id(view.sel.period, unit.unit, item.code, measure),
        }
        for unit in item.scored
    ]
    figure = point_stack(stacked, maximum=100 if maximum is None else maximum, lang=view.lang)
    drawn = graph(view, figure, f"{said}. {subtitle}.")
    return html.Div([title, html.P(subtitle, className="subtitle"), drawn], className="panel-part")


def adjustments(view: View, item: Item) -> list[Child]:
    """What the council did: the finding, and the mean of self points and of appraised points on one line."""
    t, lang, whole = view.t, view.lang, item.mean_appraised_max
    title = html.H3(sentences.adjustments(item, lang), className="panel-title")
    if whole is None:
        return [title]
    own, appraised = item.mean_of("self_points"), item.mean_of("appraised_points")
    shown = {"own": formats.points(own, lang), "appraised": formats.points(appraised, lang)}
    label = t("criteria.dumbbell", maximum=trimmed(view, whole), **shown)
    low = min(Fraction(1, 2), Fraction(int(min(own, appraised) / whole * 10), 10))
    line = [
        html.Span(shown["own"], className="number"),
        mark_icon("chevron"),
        html.Strong(shown["appraised"], className="number"),
        dumbbell(float(own / whole), float(appraised / whole), label, low=float(low)),
    ]
    return [
        title,
        html.P(t("criteria.dumbbell_subtitle", n=len(item.both)), className="subtitle"),
        html.Div(line, className="mean-change"),
        html.P(t("criteria.dumbbell_note"), className="note"),
    ]


def reasons(view: View, item: Item, units: Rows) -> Table | None:
    """The council's reasons for changing a leaf (`Ask.item_units`); None where it changed nothing."""
    t, counted = view.t, rows.reasons(units)
    if not counted:
        return None
    return Table(
        f"{t('criteria.reasons')}: {item.code}",
        [
            Column(
                t("criteria.reason"),
                lambda one: vietnamese(view, one[0]) if one[0] else t("criteria.no_reason"),
            ),
            Column(t("criteria.units"), lambda one: one[1], COUNT),
            Column(t("criteria.mean_change"), lambda one: one[2], change()),
        ],
        counted,
    )
