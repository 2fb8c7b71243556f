"""What people answered as exhibits: the questions, the groups against each other, the satisfaction index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import mean, median
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.order import by_name
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, interval, points, share, share_of
from dashboard.exhibit.page import Exhibit, Figure, Notice
from dashboard.exhibit.table import Column, Table
from dashboard.figures.layout import span_of
from dashboard.figures.lettering import fit
from dashboard.figures.ranks import dot_plot, group_means
from dashboard.figures.survey import likert, likert_colours, likert_diverging
from dashboard.pages.survey import sentences
from dashboard.pages.survey.means import Mean, compared_leaves, group_mean
from dashboard.pages.survey.rows import Question, Survey, group_order, min_cell, units_of
from dashboard.pages.survey.sentences import about, group_name, item_name, items_named
from dashboard.render.parts import item_link, kept_back, unit_link
from dashboard.words import formats

STACKED, DIVERGING = "chong", "lech"

WIDE = 718  # px of a figure beside a narrower one


def percent_ends(low: Any, high: Any) -> tuple[Any, Any] | None:
    """Both ends as numbers of per cent; None where one is missing."""
    return None if low is None or high is None else (100 * low, 100 * high)


# What people answered


def answers(view: View, questions: Sequence[Question], at: int) -> Exhibit:
    """Questions of one scale in one chart."""
    sel, t = view.sel, view.t
    lines = _answer_lines(view, questions)
    labels = [option["label"] for option in questions[0].options]
    headline = sentences.answers_headline(view, questions)
    draw = likert_diverging if sel["kieu"] == DIVERGING else likert
    drawn = {"options": labels, "lang": view.lang, "min_cell": min_cell(view)}

    def figure(width: int | None) -> Figure:
        if width is not None:
            return draw(lines, **drawn, width=width, row_height=46)
        beside = [{**line, "label": fit(line["label"], 300)} for line in lines]
        return draw(beside, **drawn, width=WIDE, row_height=28 if len(lines) > 5 else 34)

    scope = questions[0].text if len(questions) == 1 else items_named(view, [one.leaf for one in questions])
    colours = likert_colours(len(labels))
    return Exhibit(
        f"answers-{at + 1}",
        headline,
        figure,
        _answers_table(view, headline, lines, labels),
        subtitle=t(
            "survey.answers_subtitle",
            scope=scope,
            about=about(view) + ("" if sel["dv"] else f" ({t('survey.pooled')})"),
            period=sel.period,
        ),
        key=[
            *((f"likert-{1 + colour}", label) for colour, label in zip(colours, labels, strict=True)),
            ("hatch", t("figure.key_no_opinion")),
        ],
        note=" ".join(sentences.answers_note(view, questions)),
        alt=t("survey.alt", n=len(lines), headline=headline),
        name=f"tra-loi-{at + 1}",
    )


def _answer_lines(view: View, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """A line a question and group, groups in the order of all questions."""
    sel, order = view.sel, group_order(questions)
    lines = []
    for question in questions:
        title = f"{question.leaf} {question.text}"
        for group in sorted(question.groups, key=lambda g: order.index(g["respondent_group"])):
            code = group["respondent_group"]
            lines.append(
                {
                    **group,
                    "label": title if len(order) == 1 else group_name(view, code),
                    "section": None if len(order) == 1 or len(questions) == 1 else title,
                    "question": title,
                    "id": number_id(sel.period, sel["dv"], question.leaf, "value", code) if sel["dv"] else None,
                }
            )
    return lines


def _answers_table(view: View, caption: str, lines: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> Table:
    def option(at: int, label: str) -> Column:
        def value(line: Mapping[str, Any]) -> Any:
            return kept_back(view, line) if line["suppressed"] else (line["counts"][at], sum(line["counts"]))

        return Column(label, value, share_of())

    def no_opinion(line: Mapping[str, Any]) -> Any:
        none = line["no_opinion"]
        return kept_back(view, line) if line["suppressed"] else (none, sum(line["counts"]) + none)

    return Table(
        caption,
        [
            Column(view.t("survey.question"), lambda line: line["question"], role="wrap"),
            Column(view.t("word.group"), lambda line: group_name(view, line["respondent_group"]), role="wrap"),
            Column("n", lambda line: kept_back(view, line) if line["suppressed"] else sum(line["counts"]), COUNT),
            *(option(at, label) for at, label in enumerate(labels)),
            Column(view.t("figure.no_opinion"), no_opinion, share_of()),
        ],
        lines,
    )


# Groups against each other


def groups(view: View, survey: Survey, leaves: Sequence[str]) -> Exhibit:
    """The mean of every group on the same leaves."""
    sel, t = view.sel, view.t
    compared, asked = compared_leaves(survey, leaves)
    means = {group: group_mean(survey, compared, group, units_of(sel)) for group in asked}
    known = {group: mean for group, mean in means.items() if mean is not None}
    headline = sentences.means_headline(view, known)
    ids = {
        group: number_id(sel.period, sel["dv"], compared[0], "value", group)
        for group in asked
        if sel["dv"] and len(compared) == 1
    }
    lines = [
        {
            "label": group_name(view, group),
            "value": mean.value * 100 if mean else None,
            "low": 100 * mean.low if mean and sel.intervals and mean.low is not None else None,
            "high": 100 * mean.high if mean and sel.intervals and mean.high is not None else None,
            "n": mean.n if mean else None,
            "id": ids.get(group),
        }
        for group, mean in means.items()
    ]
    ends = [100 * end for mean in known.values() for end in (mean.low, mean.high, mean.value) if end is not None]

    def figure(width: int | None) -> Figure:
        return group_means(lines, span=span_of(ends, 10), lang=view.lang, width=width or 344)

    none = None if known else Notice("suppressed" if survey.suppressed else "empty", values={"n": min_cell(view)})
    return Exhibit(
        "groups",
        headline,
        figure if known else None,
        _means_table(view, headline, means, ids) if known else None,
        subtitle=t("survey.gap_subtitle", items=items_named(view, compared), about=about(view), period=sel.period),
        key=[("dot", t("word.mean")), *([("interval", t("survey.interval_95"))] if sel.intervals else [])],
        note=" ".join(sentences.means_note(view, survey, leaves, compared, known)),
        body=none,
        alt=t("survey.alt", n=len(lines), headline=headline),
        name="cac-nhom",
    )


def _means_table(view: View, caption: str, means: Mapping[str, Mean | None], ids: Mapping[str, str]) -> Table:
    t = view.t
    return Table(
        caption,
        [
            Column(t("word.group"), lambda line: group_name(view, line[0]), role="wrap"),
            Column(
                t("survey.mean_100"),
                lambda line: line[1] and line[1].value * 100,
                points(1),
                number=(lambda line: ids[line[0]]) if ids else None,
            ),
            Column(
                t("survey.interval_95"), lambda line: line[1] and percent_ends(line[1].low, line[1].high), interval(1)
            ),
            Column(t("survey.units_in"), lambda line: line[1] and line[1].units, COUNT),
        ],
        sorted(means.items(), key=lambda line: -(line[1].value if line[1] else -1)),
    )


# The satisfaction index


def satisfaction(view: View, item: str, units: Sequence[Mapping[str, Any]]) -> Exhibit:
    """The index of every unit; of those without one the note says how many they are."""
    sel, t = view.sel, view.t
    by_code = {row["unit"]: row for row in units if row["value"] is not None}
    known = sorted((by_code[code] for code in by_name(view, by_code)), key=lambda row: -row["value"])
    headline = sentences.satisfaction_headline(view, known)
    span = span_of([100 * row[key] for row in known for key in ("low", "high", "value") if row[key] is not None], 5)
    middle = median(row["value"] for row in known)
    lines = [
        {
            "label": unit_name(view, row["unit"]),
            "value": row["value"] * 100,
            "low": 100 * row["low"] if sel.intervals and row["low"] is not None else None,
            "high": 100 * row["high"] if sel.intervals and row["high"] is not None else None,
            "own": row["unit"] in (sel["dv"], view.ask.viewer.unit_code),
            "id": number_id(sel.period, row["unit"], item, "attainment"),
        }
        for row in known
    ]
    drawn = {"span": span, "lang": view.lang, "median": middle * 100, "percent": True}

    def figure(width: int | None) -> Figure:
        narrow = {} if width is None else {"row_height": 34}
        return dot_plot(lines, **drawn, width=width or WIDE, **narrow)

    note = [t("survey.sat_note")] if sel.intervals else []
    if len(known) < len(units):
        note.append(t("survey.sat_open", n=len(units) - len(known)))
    scale = {"low": span[0], "high": span[1]}
    return Exhibit(
        "satisfaction-units",
        headline,
        figure,
        _index_table(view, headline, item, known),
        subtitle=t(
            "survey.sat_subtitle",
            item=item_name(view, item),
            about=view.block("inside"),
            period=sel.period,
            n=len(known),
            **scale,
        ),
        key=[
            ("dot", t("survey.sat_index")),
            *([("interval", t("survey.interval_95"))] if sel.intervals else []),
            ("median", f"{t('word.median')} {formats.percent(middle, view.lang)}"),
        ],
        note=" ".join(note) or None,
        alt=t("survey.alt", n=len(known), headline=headline),
        name="chi-so-hai-long",
    )


def unit_kind(view: View, unit: str) -> str:
    """The kind of a row about a unit: the one chosen, the reader's own."""
    return "chosen" if unit == view.sel["dv"] else "own" if unit == view.ask.viewer.unit_code else ""


def _index_table(view: View, caption: str, item: str, known: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        caption,
        [
            Column(
                view.t("word.unit"),
                lambda row: unit_name(view, row["unit"]),
                show=lambda row: unit_link(view, row["unit"]),
            ),
            Column(
                view.t("survey.sat_index"),
                lambda row: row["value"],
                share(),
                number=lambda row: number_id(view.sel.period, row["unit"], item, "attainment"),
            ),
            Column(view.t("survey.interval_95"), lambda row: percent_ends(row["low"], row["high"]), interval(1)),
        ],
        known,
        kind=lambda row: unit_kind(view, row["unit"]),
    )


def components(view: View, parts: Mapping[str, Sequence[Fraction]]) -> Exhibit:
    """The leaves of the index: their median over units, and from where to where units reach."""
    t = view.t
    headline = sentences.parts_headline(view, parts)
    return Exhibit(
        "satisfaction-parts",
        headline,
        table=Table(
            headline,
            [
                Column(
                    t("word.criterion"),
                    lambda part: f"{part[0]} {view.name(view.sel.rubric[part[0]])}",
                    show=lambda part: item_link(view, part[0]),
                    role="wrap",
                ),
                Column(t("word.median"), lambda part: median(part[1]), share()),
                Column(t("word.mean"), lambda part: mean(part[1]), share()),
                Column(t("survey.range"), lambda part: percent_ends(min(part[1]), max(part[1])), interval(1)),
            ],
            list(parts.items()),
        ),
        subtitle=t("survey.parts_subtitle", about=view.block("inside")),
        name="noi-dung-hai-long",
    )
