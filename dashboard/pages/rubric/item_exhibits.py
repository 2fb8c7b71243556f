"""One item as exhibits: every unit on it, what the survey asks and what people answered, the table of its units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard.address.names import item_name, unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, MAXIMUM, Measure, change, of_max, points, share, share_interval, share_of
from dashboard.exhibit.page import Exhibit, Figure, Notice
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Mark, Number, Span, Text
from dashboard.figures.ranks import dot_plot
from dashboard.figures.survey import likert, likert_colours
from dashboard.pages.rubric import rows, sentences
from dashboard.pages.rubric.rows import Item, Rows, UnitOnItem
from dashboard.pages.rubric.sentences import trimmed, vietnamese
from dashboard.pages.unit import rows as profile
from dashboard.render import elements as html
from dashboard.render.page import text
from dashboard.render.parts import Child, dumbbell, item_link, kept_back, unit_link
from dashboard.words import formats, say
from dashboard.words.names import short_name

PERCENT, POINTS = share(sign=False), points()


def _own(view: View, unit: str) -> bool:
    return unit == view.ask.viewer.unit_code


# Every unit


def strip(view: View, items: Mapping[str, Item], item: Item) -> Exhibit:
    """Every unit by attainment."""
    sel, t, lang = view.sel, view.t, view.lang
    names, span = rows.unit_names(view), rows.axis(items)
    headline = sentences.highest(item, names, lang)
    about = {"item": item.code, "block": view.block("inside"), "period": sel.period, "n": len(item.scored)}
    subtitle = t("item.subtitle", **about, low=span[0], high=span[1])
    if not item.scored:
        return Exhibit("strip", headline, subtitle=subtitle, body=Notice("empty"), level=2)
    units = rows.best_first(item, names)
    drawn = [
        {
            "label": names.get(unit.unit, unit.unit),
            "value": unit.attainment * 100,
            "own": _own(view, unit.unit),
            "id": number_id(sel.period, unit.unit, item.code, "attainment"),
        }
        for unit in units
    ]
    on = {"span": span, "lang": lang, "median": item.median * 100, "percent": True}

    def figure(width: int | None) -> Figure:
        return dot_plot(drawn, **on, width=718) if width is None else dot_plot(drawn, **on, width=width, row_height=34)

    ends = {"low": min(item.shares), "high": max(item.shares), "median": item.median}
    note = [t("criteria.open", n=item.open)] if item.open else []
    note += [t("criteria.away", n=item.away)] if item.away else []
    return Exhibit(
        "strip",
        headline,
        figure,
        Table(
            headline,
            [
                _unit(view, lambda unit: unit.unit),
                Column(
                    t("word.attainment"),
                    lambda unit: unit.attainment,
                    share(),
                    number=lambda unit: number_id(sel.period, unit.unit, item.code, "attainment"),
                ),
            ],
            units,
            kind=lambda unit: "own" if _own(view, unit.unit) else "",
        ),
        subtitle=subtitle,
        key=[
            ("dot", t("word.attainment")),
            ("median", f"{t('word.median')} {formats.percent(item.median, lang)}"),
        ],
        note=" ".join(note) or None,
        alt=t("item.alt", n=len(units), **{key: formats.percent(value, lang) for key, value in ends.items()}),
        level=2,
        name="cac-don-vi",
    )


def _unit(view: View, code: Callable[[Any], str]) -> Column:
    return Column(
        view.t("word.unit"),
        lambda row: unit_name(view, code(row)),
        show=lambda row: unit_link(view, code(row)),
    )


# The council


def changed_leaves(view: View, items: Mapping[str, Item], item: Item) -> Table:
    """In which of the leaves below a heading the council changed something."""
    t = view.t
    leaves = [items[row["criterion_code"]] for row in item.leaves if row["assessed_by"] == "appraisal"]
    return Table(
        f"{t('item.changed_units')}: {item.code}",
        [
            Column(
                t("word.criterion"),
                lambda leaf: item_name(view, leaf.code),
                show=lambda leaf: item_link(view, leaf.code),
            ),
            Column(
                t("item.changed_units"),
                lambda leaf: (leaf.changed, len(leaf.both)) if leaf.both else None,
                of_max(0),
            ),
            Column(t("criteria.mean_change"), lambda leaf: leaf.mean_gap, change()),
        ],
        leaves,
    )


# The survey

ENDS = replace(
    share_interval(),
    write=lambda value, lang: " – ".join(formats.number(end * 100, lang, 1) for end in value),
)
"""The lowest and the highest of some values: '61,0 – 88,5'."""


def wording(view: View, questions: Rows, cells: Rows) -> Exhibit:
    """What each respondent group is asked, and between what its values lie."""
    t = view.t
    options: dict[str, list[Mapping[str, Any]]] = {}
    for row in view.ask.scale_options(view.sel.period):
        options.setdefault(row["scale"], []).append(row)

    def question(one: rows.Wording) -> Text:
        words = view.lang == "en" and one.row["text_en"]
        return [Span(one.row["question_code"], role="quiet-code"), words or vietnamese(view, one.row["text"])]

    def shown(one: rows.Wording) -> tuple[int, int] | None:
        n = len(one.values)
        return (n, n + one.hidden) if n + one.hidden else None

    table = Table(
        t("item.wording"),
        [
            Column(t("word.group"), lambda one: view.name(one.row, "group_name"), role="wrap"),
            Column(t("word.weight"), lambda one: one.row["weight"], MAXIMUM),
            Column(t("item.question"), question, role="wrap"),
            Column(
                t("item.options"),
                lambda one: "; ".join(sentences.option(view, row) for row in options.get(one.row["scale"], [])),
                role="wrap",
            ),
            Column(t("item.units_shown"), shown, of_max(0)),
            Column(t("item.group_median"), lambda one: one.median, PERCENT),
            Column(t("item.group_range"), lambda one: one.ends, ENDS),
        ],
        rows.wordings(questions, cells),
    )
    n, groups = (len({row[key] for row in questions}) for key in ("question_code", "respondent_group"))
    weighted = {row["respondent_group"] for row in questions if row["weight"]}
    return Exhibit(
        "wording",
        t(
            "item.wording_headline",
            questions=t("item.count_questions", n=n),
            groups=t("criteria.groups", n=groups),
        ),
        table=table,
        subtitle=t("item.wording"),
        note=t("item.one_group") if len(weighted) == 1 else None,
        name="cau-hoi",
    )


def answers(view: View, item: Item) -> list[Exhibit]:
    """Each question with what every group answered, over the units whose cells may be shown."""
    of_block = view.ask.block_answers(view.sel.period, view.sel.unit_group, item.code)
    questions = profile.answers(of_block, item.code, view.lang)
    return [_answers(view, question, of_block, at) for at, question in enumerate(questions, start=1)]


def _answers(view: View, question: Mapping[str, Any], of_block: Rows, at: int) -> Exhibit:
    sel, t, lang, min_cell = view.sel, view.t, view.lang, view.sel.season["min_cell"]
    options = question["options"]
    groups = _groups(view, question)
    labels = [option["label"] for option in options]
    headline = say.asked(groups, options, min_cell, lang)
    on = {"options": labels, "lang": lang, "min_cell": min_cell}

    def figure(width: int | None) -> Figure:
        return likert(groups, **on, width=1094) if width is None else likert(groups, **on, width=width, row_height=52)

    hidden = {
        row["respondent_group"]: row["hidden"] for row in of_block if row["question_code"] == question["question_code"]
    }
    note = [
        t("item.hidden", group=group["label"], n=hidden[group["respondent_group"]], cell=min_cell)
        for group in groups
        if hidden[group["respondent_group"]]
    ]
    colours = zip(likert_colours(len(options)), labels, strict=True)
    return Exhibit(
        f"answers-{at}",
        headline,
        figure,
        _counts(view, headline, groups, labels),
        subtitle=t(
            "item.answers_subtitle",
            question=question["text"],
            block=view.block("inside"),
            period=sel.period,
            n=sum(sum(group["counts"]) for group in groups if not group["suppressed"]),
        ),
        key=[*((f"likert-{1 + place}", label) for place, label in colours), ("hatch", t("figure.no_opinion"))],
        note=" ".join(note) or None,
        name=f"tra-loi-{at}",
    )


def _groups(view: View, question: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The groups asked, with their short names, the most favourable first."""
    called = view.sel.respondents
    names = {group: short_name(row, view.lang) for group, row in called.items()}
    groups = [
        {**group, "label": names.get(group["respondent_group"], group["respondent_group"])}
        for group in question["groups"]
    ]
    good = {group["respondent_group"]: profile.favourable(group, question["options"]) for group in groups}
    return sorted(
        groups,
        key=lambda group: (good[group["respondent_group"]] is None, -(good[group["respondent_group"]] or 0)),
    )


def _counts(view: View, caption: str, groups: Rows, labels: list[str]) -> Table:
    def column(head: str, value: Any, measure: Measure) -> Column:
        return Column(head, lambda group: kept_back(view, group) if group["suppressed"] else value(group), measure)

    def counted(at: int) -> Any:
        return lambda group: (group["counts"][at], sum(group["counts"]))

    return Table(
        caption,
        [
            Column(view.t("word.group"), lambda group: group["label"], role="wrap"),
            column("n", lambda group: sum(group["counts"]), COUNT),
            *(column(label, counted(at), share_of()) for at, label in enumerate(labels)),
            column(view.t("figure.no_opinion"), lambda group: group["no_opinion"], COUNT),
        ],
        groups,
    )


# The table of units


def units(view: View, item: Item, of_units: Rows, cells: Rows, order: str) -> Exhibit:
    """Points of every unit with their parts; the values of respondent groups for a surveyed leaf."""
    caption = view.t("item.units_caption", item=item.code, block=view.block("inside"), period=view.sel.period)
    columns = [
        _unit(view, lambda row: row["unit_code"]),
        *_points(view, item),
        *(_council(view, item, of_units) if item.source != "survey" else []),
    ]
    if item.source == "both":
        columns.append(
            _number(
                view,
                item,
                view.t("word.survey_short"),
                "survey",
                lambda row: row["survey_points"] if row["survey_max"] else None,
            )
        )
    columns += _values(view, item, cells)
    said = {row["unit_code"]: sentences.why(view, item, row) for row in of_units}
    if any(said.values()):
        columns.append(_why(view, said))
    table = Table(
        caption,
        columns,
        rows.ordered(of_units, item, rows.unit_names(view), order),
        kind=lambda row: "own" if _own(view, row["unit_code"]) else "",
        id="list-table",
        role="item-units",
    )
    return Exhibit(
        "list-frame",
        sentences.points(item, view.lang),
        table=table,
        subtitle=caption,
        name="bang-don-vi",
        picture=False,
    )


def _number(
    view: View,
    item: Item,
    head: str,
    measure_id: str,
    value: Any,
    measure: Measure = POINTS,
    show: Any = None,
) -> Column:
    """A column whose numbers lead to where they come from."""
    return Column(
        head,
        value,
        measure,
        show=show,
        number=lambda row: number_id(view.sel.period, row["unit_code"], item.code, measure_id),
    )


def _points(view: View, item: Item) -> list[Column]:
    on_item: dict[str, UnitOnItem] = {unit.unit: unit for unit in item.units}

    def scored(row: Mapping[str, Any]) -> Any:
        applies = bool(row["max_points"]) and row["state"] not in rows.OPEN
        return row["points"] if applies else None

    def attainment(row: Mapping[str, Any]) -> Any:
        unit = on_item[row["unit_code"]]
        return unit.attainment if unit.scored else None

    t = view.t
    return [
        _number(view, item, t("word.points"), "points", scored),
        Column(t("word.max"), lambda row: row["max_points"] or None, MAXIMUM),
        _number(view, item, t("word.attainment"), "attainment", attainment, share()),
    ]


def _council(view: View, item: Item, of_units: Rows) -> list[Column]:
    """Self-assessment and appraisal, and what lies between."""
    t, low = view.t, rows.dumbbell_low(of_units)

    def mine(column: str) -> Any:
        return lambda row: row[column] if row["appraised_max"] else None

    columns = [
        _number(view, item, t("word.self"), "self", mine("self_points")),
        _number(view, item, t("word.appraisal"), "appraised", mine("appraised_points")),
        _number(view, item, t("word.gap"), "gap", lambda row: row["gap"], change(), lambda row: _gap(view, item, row)),
    ]
    if item.leaf:
        drawn = Column(t("item.self_to"), lambda row: None, show=lambda row: _dumbbell(view, row, low), on="page")
        columns.insert(0, drawn)
    return columns


def _dumbbell(view: View, row: Mapping[str, Any], low: float) -> Child:
    own, appraised, maximum = row["self_points"], row["appraised_points"], row["max_points"]
    if None in (own, appraised) or not maximum:
        return formats.MISSING
    label = view.t(
        "criteria.dumbbell",
        own=formats.points(own, view.lang),
        appraised=formats.points(appraised, view.lang),
        maximum=trimmed(view, maximum),
    )
    return dumbbell(float(own / maximum), float(appraised / maximum), label, low=low)


def _gap(view: View, item: Item, row: Mapping[str, Any]) -> Text:
    """A change with its arrow; None where there is none to draw."""
    if not row["gap"]:
        return None
    kind = "up" if row["gap"] > 0 else "down"
    id = number_id(view.sel.period, row["unit_code"], item.code, "gap")
    number = Number(formats.signed(row["gap"], view.lang), id)
    return Span([Mark(kind, view.t(f"mark.{kind}")), number], role="change")


def _values(view: View, item: Item, cells: Rows) -> list[Column]:
    """A column a respondent group that was asked: the value of its answers."""
    by_group = {(cell["unit_code"], cell["respondent_group"]): cell for cell in cells}

    def column(group: str, row: Mapping[str, Any]) -> Column:
        def value(unit: Mapping[str, Any]) -> Any:
            cell = by_group.get((unit["unit_code"], group))
            return None if cell is None else kept_back(view, cell) if cell["suppressed"] else cell["value"]

        return Column(
            short_name(row, view.lang),
            value,
            share(),
            number=lambda unit: number_id(view.sel.period, unit["unit_code"], item.code, "value", group),
            group=view.t("item.value_of"),
        )

    asked = {cell["respondent_group"] for cell in cells}
    called = view.sel.respondents
    return [column(group, row) for group, row in called.items() if group in asked]


def _why(view: View, said: Mapping[str, list[tuple[Text, str]]]) -> Column:
    """State and reason of every unit, a line each."""

    def show(row: Mapping[str, Any]) -> Child:
        lines = [html.Div(text(view, words), className=look or None) for words, look in said[row["unit_code"]]]
        return html.Div(lines, className="why") if lines else None

    return Column(
        view.t("item.state_reason"),
        lambda row: [words for words, _ in said[row["unit_code"]]] or None,
        show=show,
        role="wrap",
    )
