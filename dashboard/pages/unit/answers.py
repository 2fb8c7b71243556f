"""What people answered about a unit: one question at a time, group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, interval, points, share_of
from dashboard.exhibit.page import Exhibit, Figure, Group, Notice, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.figures.survey import likert, likert_colours
from dashboard.pages.unit import rows as profile
from dashboard.pages.unit.cells import address
from dashboard.pages.unit.rows import Profile
from dashboard.render.controls import href_select, toolbar
from dashboard.render.parts import kept_back
from dashboard.words import say
from dashboard.words.names import short_name


def survey(view: View, found: Profile) -> Group:
    """The surveyed leaf selected: one exhibit a question, the choice above them."""
    sel = view.sel
    if not found.surveyed:
        text = view.t("unit.no_survey_text", period=sel.period)
        return Group([Notice("empty", title=view.t("unit.no_survey"), text=text)], id="survey")
    codes = [leaf["criterion_code"] for leaf in found.surveyed]
    every = view.ask.unit_survey(sel.period, found.unit)
    code = sel.item if sel.item in codes else found.first_question(every)
    options = [
        (f"{leaf['criterion_code']} {view.name(leaf)}", sel.href(item=leaf["criterion_code"]))
        for leaf in found.surveyed
    ]
    control = Screen(toolbar(href_select("question", view.t("unit.question"), options, sel.href(item=code))))
    questions = profile.answers(view.ask.unit_answers(sel.period, found.unit), code, view.lang)
    if not questions:
        text = view.t("unit.no_answers_text", name=unit_name(view, view.sel.unit))
        return Group([control, Notice("empty", text=text)], id="survey")
    cells = [cell for cell in every if cell["criterion_code"] == code]
    exhibits = [_question(view, code, question, cells, place) for place, question in enumerate(questions)]
    return Group([control, *exhibits], id="survey", role="stack")


def _question(view: View, code: str, question: Mapping, cells: Sequence[Mapping], place: int) -> Exhibit:
    sel, lang = view.sel, view.lang
    names = {g: short_name(row, lang) for g, row in sel.respondents.items()}
    options = question["options"]
    groups = [
        {**group, "label": names.get(group["respondent_group"], group["respondent_group"])}
        for group in question["groups"]
    ]
    # The most favourable first; what is withheld or empty last.
    groups.sort(key=lambda g: (profile.favourable(g, options) is None, -(profile.favourable(g, options) or 0)))
    headline = say.asked(groups, options, sel.season["min_cell"], lang)
    about = {"question": f"{code} {question['text']}", "name": unit_name(view, view.sel.unit), "period": sel.period}
    if any(group["suppressed"] for group in groups):
        subtitle = view.t("unit.answers_hidden", **about)
    else:
        subtitle = view.t("unit.answers_subtitle", n=sum(sum(group["counts"]) for group in groups), **about)
    labels = [option["label"] for option in options]
    colours = likert_colours(len(options))
    good = [view.t("say.quoted", label=option["label"]) for option in options if option["favourable"]]
    note = [view.t("unit.answers_order", options=say.listed(good, lang, "or")), say.few(groups, lang)]
    if sel.item is None and view.whole:
        note.append(view.t("unit.answers_default"))
    rows = [{**group, "id": address(view, code, "value", group["respondent_group"])} for group in groups]

    def figure(width: int | None) -> Figure:
        narrow = {"width": width, "row_height": 52} if width else {}
        return likert(rows, options=labels, lang=lang, min_cell=sel.season["min_cell"], **narrow)

    suffix = f"-{place + 1}" if place else ""
    return Exhibit(
        f"survey-answers{suffix}",
        headline,
        figure,
        _table(view, headline, groups, options, code, cells),
        subtitle=subtitle,
        key=[
            *((f"likert-{1 + at}", label) for at, label in zip(colours, labels, strict=True)),
            ("hatch", view.t("unit.no_opinion")),
        ],
        note=" ".join(filter(None, note)),
        name=f"tra-loi{suffix}",
        about=about["question"] + (f" ({place + 1})" if place else ""),
    )


def _table(
    view: View, caption: str, groups: Sequence[Mapping], options: Sequence[Mapping], code: str, cells: Sequence[Mapping]
) -> Table:
    by_group = {cell["respondent_group"]: cell for cell in cells}

    def cell(group: Mapping) -> Mapping:
        return by_group.get(group["respondent_group"], {})

    def valid(group: Mapping) -> Any:
        return kept_back(view, cell(group)) if cell(group).get("suppressed") else cell(group).get("n_valid")

    def value(group: Mapping) -> Any:
        return None if cell(group).get("suppressed") else cell(group).get("value")

    def ends(group: Mapping) -> Any:
        found = cell(group)
        known = not found.get("suppressed") and found.get("ci_low") is not None and found.get("ci_high") is not None
        return (found["ci_low"], found["ci_high"]) if known else None

    def answered(at: int) -> Any:
        def of(group: Mapping) -> Any:
            whole = sum(group["counts"])
            return kept_back(view, group) if group["suppressed"] else (group["counts"][at], whole) if whole else None

        return of

    columns = [
        Column(view.t("word.group"), lambda group: group["label"]),
        Column(view.t("unit.issued"), lambda group: cell(group).get("issued"), COUNT),
        Column(view.t("unit.returned"), lambda group: cell(group).get("returned"), COUNT),
        Column(view.t("unit.valid"), valid, COUNT),
        Column(
            view.t("unit.value"),
            value,
            points(4),
            number=lambda group: address(view, code, "value", group["respondent_group"]),
        ),
        Column(view.t("unit.interval"), ends, interval(4)),
        *(Column(option["label"], answered(at), share_of()) for at, option in enumerate(options)),
        Column(
            view.t("figure.no_opinion"),
            lambda group: kept_back(view, group) if group["suppressed"] else group["no_opinion"],
            COUNT,
        ),
    ]
    return Table(caption, columns, groups)
