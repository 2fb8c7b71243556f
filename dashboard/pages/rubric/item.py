"""/tieu-chi/<khoi>/<ma>: one item of the rubric and every unit of the block on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.figures.ranks import dot_plot
from dashboard.figures.survey import likert, likert_colours
from dashboard.pages.rubric import rows as spread
from dashboard.pages.rubric import tree
from dashboard.pages.rubric.rows import Item
from dashboard.pages.unit import rows as profile
from dashboard.render import elements as html
from dashboard.render.parts import (
    Child,
    Head,
    KeyNumber,
    Row,
    button_link,
    columns,
    data_table,
    dumbbell,
    foreign,
    four_numbers,
    frame,
    graph,
    href_select,
    item_link,
    key_item,
    mark,
    on_this_page,
    page_header,
    provenance,
    row_filter,
    section,
    state,
    toolbar,
    unit_link,
    withheld,
)
from dashboard.words import formats, say
from dashboard.words.names import short_name

ORDERS = ("diem", "ten", "dieu-chinh")
"""Values of `sx` for the table of units: by attainment, by name, by adjustment."""

KEYS = ()
CHOICES = {"sx": ORDERS, "xem": ("trang", "bang")}

Rows = Sequence[Mapping[str, Any]]


def layout(view: View) -> list:
    """The page of the item in the path."""
    sel, t = view.sel, view.t
    found = spread.read(view)
    item = found[sel.item]
    of = (sel.period, sel.unit_group)
    rows = view.ask.item_units(*of, item.code)
    questions = [row for row in view.ask.questions(*of) if row["criterion_code"] == item.code]
    cells = view.ask.leaf_cells(*of, item.code) if item.leaf and item.source == "survey" else []
    header = page_header(
        view,
        [f"{item.code} ", tree.named(view, item.row)],
        lead(view, item),
        breadcrumb=[
            (t("nav.rubric"), sel.to("rubric")),
            *((label, href) for label, href in tree.trail(view, found, item)),
        ],
        actions=_steps(view, found, item),
    )
    links = ["units", *(["adjustments"] if item.source != "survey" else []), *(["survey"] if _surveyed(item) else [])]
    links += ["below"] if item.children else []
    return [
        header,
        four_numbers(view, _numbers(view, item)),
        on_this_page(view, [(t(f"item.nav.{name}"), name) for name in [*links, "list"]]),
        html.Div(
            columns(_units(view, found, item), _definition(view, found, item), split="wide-left"),
            id="units",
        ),
        _changes(view, found, item, rows) if item.source != "survey" else None,
        _questions(view, item, questions, cells) if _surveyed(item) else None,
        _below(view, found, item) if item.children else None,
        _list(view, item, rows, cells),
    ]


def lead(view: View, item: Item) -> str:
    """Who has all the points, mean and range, what the council did."""
    said = [f"{spread.full(item, view.lang)}." if item.scored else ""]
    said.append(spread.middle(item, view.lang) if item.units else "")
    if item.source != "survey" and item.both:
        said.append(f"{spread.adjustments(item, view.lang)}.")
    return " ".join(filter(None, said)) or f"{spread.full(item, view.lang)}."


def _surveyed(item: Item) -> bool:
    return item.leaf and item.source == "survey"


def _number(view: View, unit: str, item: Item, shown: str, measure: str, group: str | None = None) -> Child:
    return provenance(view, shown, number_id(view.sel.period, unit, item.code, measure, group))


def _steps(view: View, found: Mapping[str, Item], item: Item) -> list[Child]:
    """Links to the item before and the one after, in the order of the rubric, and to the tree."""
    codes = list(found)
    at = codes.index(item.code)
    steps = []
    for name, place in (("previous", at - 1), ("next", at + 1)):
        if 0 <= place < len(codes):
            label = view.t(f"item.{name}", code=codes[place])
            steps.append(button_link(label, view.sel.href(item=codes[place])))
    if tree_page := view.sel.to("rubric", item=item.code):
        steps.append(button_link(view.t("item.in_tree"), tree_page))
    return steps


def _numbers(view: View, item: Item) -> list[KeyNumber]:
    t, lang = view.t, view.lang
    numbers = [
        KeyNumber(t("criteria.max"), tree.trimmed(view, item.maximum()), note=tree.source(view, item.source)),
        KeyNumber(
            t("item.mean"),
            formats.percent(item.mean, lang),
            note=t(
                "item.mean_note",
                mean=formats.points(item.mean_points, lang),
                maximum=tree.trimmed(view, _common_maximum(item)),
            )
            if item.scored and _common_maximum(item)
            else None,
        ),
        KeyNumber(
            t("item.median"),
            formats.percent(item.median, lang),
            note=t(
                "item.range_note",
                low=formats.percent(min(item.shares), lang),
                high=formats.percent(max(item.shares), lang),
            )
            if item.scored
            else None,
        ),
        KeyNumber(
            t("criteria.full"),
            formats.count(item.full, lang) if item.scored else formats.MISSING,
            f"/{len(item.scored)}" if item.scored else "",
            t("item.full_note"),
        ),
    ]
    if item.source != "survey":
        note = t("item.change_note", k=item.changed, n=len(item.both)) if item.both else t("criteria.not_appraised")
        numbers.append(KeyNumber(t("item.change"), formats.signed(item.mean_gap, lang), note=note))
    return numbers


def _common_maximum(item: Item) -> Decimal | None:
    """The maximum that applies to every unit alike, None where units differ."""
    found = {unit.maximum for unit in item.scored}
    return found.pop() if len(found) == 1 else None


# Every unit


def _units(view: View, found: Mapping[str, Item], item: Item) -> html.Div:
    sel, t, lang = view.sel, view.t, view.lang
    names, span = tree.unit_names(view), spread.axis(found)
    headline = spread.highest(item, names, lang)
    subtitle = t(
        "item.subtitle",
        item=item.code,
        block=view.block("inside"),
        period=sel.period,
        n=len(item.scored),
        low=span[0],
        high=span[1],
    )
    if not item.scored:
        return frame(view, "strip", headline, state(view, "empty"), subtitle=subtitle, level=2)
    rows = [
        {
            "label": names.get(unit.unit, unit.unit),
            "value": unit.attainment * 100,
            "own": unit.unit == view.ask.viewer.unit_code,
            "id": number_id(sel.period, unit.unit, item.code, "attainment"),
        }
        for unit in sorted(item.scored, key=lambda unit: formats.vietnamese_order(names.get(unit.unit, unit.unit)))
    ]
    drawn = {"span": span, "lang": lang, "median": item.median * 100, "percent": True}
    ends = {"low": min(item.shares), "high": max(item.shares), "median": item.median}
    alt = t("item.alt", n=len(rows), **{key: formats.percent(value, lang) for key, value in ends.items()})
    heads = [t("word.unit"), Head(t("word.attainment"), num=True)]
    best = sorted(item.scored, key=lambda unit: -unit.attainment)
    table = data_table(
        view,
        headline,
        heads,
        [
            Row(
                [
                    unit_link(view, unit.unit),
                    _number(view, unit.unit, item, formats.percent(unit.attainment, lang), "attainment"),
                ],
                kind="own" if unit.unit == view.ask.viewer.unit_code else "",
            )
            for unit in best
        ],
    )
    note = [t("criteria.open", n=item.open)] if item.open else []
    note += [t("criteria.away", n=item.away)] if item.away else []
    return frame(
        view,
        "strip",
        headline,
        graph(view, dot_plot(rows, **drawn, width=718), alt, narrow=dot_plot(rows, **drawn, width=328, row_height=34)),
        subtitle=subtitle,
        key=[
            key_item("dot", t("word.attainment")),
            key_item("median", f"{t('word.median')} {formats.percent(item.median, lang)}"),
        ],
        table=table,
        note=" ".join(note) or None,
        level=2,
        name="cac-don-vi",
    )


def _definition(view: View, found: Mapping[str, Item], item: Item) -> html.Aside:
    sel, t, lang = view.sel, view.t, view.lang
    whole = sum((one.maximum() for one in found.values() if one.depth == 0), Decimal(0))
    share = Fraction(item.maximum()) / Fraction(whole) if whole else None
    more: list[tuple[Child, Child]] = [(t("item.weight"), formats.percent(share, lang, 2))]
    if trail := tree.trail(view, found, item):
        label, href = trail[-1]
        more.append((t("item.belongs"), html.A(label, href=href)))
    questions = view.ask.questions(sel.period, sel.unit_group)
    return html.Aside(
        [
            html.H2(t("item.definition"), id="definition-title", className="block-title"),
            tree.definition(view, item, questions, more=more),
            html.Div(tree.distribution(view, item, tree.unit_names(view)), className="panel-part"),
            html.Div(
                [
                    html.H3(t("criteria.scoring"), className="panel-title"),
                    html.P(" ".join(tree.scoring(view, item)), className="panel-text"),
                ],
                className="panel-part",
            ),
        ],
        className="side-panel",
        **{"aria-labelledby": "definition-title"},
    )


# The council


def _changes(view: View, found: Mapping[str, Item], item: Item, rows: Rows) -> html.Section:
    """What the council changed: on average, and why; of a heading in which of the leaves below."""
    t, lang = view.t, view.lang
    if item.leaf:
        beside = tree.reasons(view, item, rows)
    else:
        leaves = [found[row["criterion_code"]] for row in item.leaves if row["assessed_by"] == "appraisal"]
        heads = [
            t("word.criterion"),
            Head(t("item.changed_units"), num=True),
            Head(t("criteria.mean_change"), num=True),
        ]
        lines = [
            [
                item_link(view, leaf.code),
                f"{leaf.changed}/{len(leaf.both)}" if leaf.both else formats.MISSING,
                formats.signed(leaf.mean_gap, lang),
            ]
            for leaf in leaves
        ]
        beside = data_table(view, f"{t('item.changed_units')}: {item.code}", heads, lines)
    return section(
        t("item.changes_title"),
        columns(html.Div(tree.adjustments(view, item)), html.Div(beside)),
        id="adjustments",
    )


def _dumbbell(view: View, row: Mapping[str, Any], low: float) -> Child:
    own, appraised, maximum = row["self_points"], row["appraised_points"], row["max_points"]
    if None in (own, appraised) or not maximum:
        return formats.MISSING
    label = view.t(
        "criteria.dumbbell",
        own=formats.points(own, view.lang),
        appraised=formats.points(appraised, view.lang),
        maximum=tree.trimmed(view, maximum),
    )
    return dumbbell(float(own / maximum), float(appraised / maximum), label, low=low)


def _points(view: View, item: Item, row: Mapping[str, Any], column: str, measure: str) -> Child:
    return _number(view, row["unit_code"], item, formats.points(row[column], view.lang), measure)


def _gap(view: View, item: Item, row: Mapping[str, Any]) -> Child:
    if row["gap"] is None:
        return formats.MISSING
    number = _number(view, row["unit_code"], item, formats.signed(row["gap"], view.lang), "gap")
    if not row["gap"]:
        return number
    kind = "up" if row["gap"] > 0 else "down"
    return html.Span([mark(kind, view.t(f"mark.{kind}")), number], className="change")


def _why(view: View, row: Mapping[str, Any]) -> list[Child]:
    """State where it needs words; the council's reason, who decided in which round, the minute."""
    said: list[Child] = []

    def line(child: Child, name: str = "") -> None:
        said.append(html.Div(child, className=name or None))

    def theirs(text: str) -> Child:
        return foreign(text) if view.lang != "vi" else text

    if row["state"] in ("pending", "missing", "not_applicable"):
        line(view.t(f"item.state.{row['state']}"), f"leaf-state {row['state']}")
    if row["claimed"]:
        line(view.t("item.claimed"))
    if row["reason"]:
        line(theirs(row["reason"]))
    elif row["gap"]:
        line(view.t("criteria.no_reason"), "by")
    if row["round"] is not None:
        by = view.site.units.get(view.sel.period, {}).get(row["appraiser"], {})
        decided = view.t(
            "item.decided",
            by=(view.lang == "en" and by.get("name_en")) or by.get("short_name") or row["appraiser"] or formats.MISSING,
            round=row["round"],
            date=formats.date(row["decided_on"], view.lang),
        )
        minute = f"; {view.t('item.minute', minute=row['minute'])}" if row["minute"] else ""
        line(decided + minute, "by")
    return said


# The survey


def _questions(view: View, item: Item, questions: Rows, cells: Rows) -> html.Section:
    """What each respondent group is asked, and what it answers."""
    sel, t, lang = view.sel, view.t, view.lang
    if not questions:
        return section(t("item.nav.survey"), state(view, "empty", text=t("item.no_questions")), id="survey")
    options: dict[str, list] = {}
    for row in view.ask.scale_options():
        options.setdefault(row["scale"], []).append(row)
    of_group: dict[str, list] = {}
    for cell in cells:
        of_group.setdefault(cell["respondent_group"], []).append(cell)
    lines = []
    for row in questions:
        asked = of_group.get(row["respondent_group"], [])
        values = [cell["value"] for cell in asked if cell["value"] is not None]
        hidden = sum(cell["suppressed"] for cell in asked)
        text = (lang == "en" and row["text_en"]) or row["text"]
        ends = " – ".join(formats.number(end * 100, lang, 1) for end in (min(values), max(values))) if values else ""
        lines.append(
            [
                view.name(row, "group_name"),
                formats.number(row["weight"], lang, trim=True),
                [
                    html.Span(row["question_code"], className="quiet-code"),
                    foreign(text) if lang == "en" and not row["text_en"] else text,
                ],
                "; ".join(_option(view, option) for option in options.get(row["scale"], [])),
                f"{len(values)}/{len(values) + hidden}" if values or hidden else formats.MISSING,
                formats.number(median(values) * 100, lang, 1) if values else formats.MISSING,
                ends or formats.MISSING,
            ]
        )
    heads = [
        Head(t("word.group"), class_name="wrap"),
        Head(t("word.weight"), num=True),
        Head(t("item.question"), class_name="wrap"),
        Head(t("item.options"), class_name="wrap"),
        Head(t("item.units_shown"), num=True),
        Head(t("item.group_median"), num=True),
        Head(t("item.group_range"), num=True),
    ]
    codes = {row["question_code"] for row in questions}
    groups = {row["respondent_group"] for row in questions}
    headline = t(
        "item.wording_headline",
        questions=t("item.count_questions", n=len(codes)),
        groups=t("criteria.groups", n=len(groups)),
    )
    note = [t("item.one_group")] if len({row["respondent_group"] for row in questions if row["weight"]}) == 1 else []
    wording = frame(
        view,
        "wording",
        headline,
        data_table(view, t("item.wording"), heads, lines),
        subtitle=t("item.wording"),
        note=" ".join(note) or None,
        name="cau-hoi",
    )
    answers = view.ask.block_answers(sel.period, sel.unit_group, item.code)
    charts = [
        _answers(view, question, answers, at) for at, question in enumerate(profile.answers(answers, item.code, lang))
    ]
    return section(t("item.nav.survey"), html.Div([*charts, wording], className="stack"), id="survey")


def _option(view: View, option: Mapping[str, Any]) -> str:
    value = (
        view.t("item.no_value") if option["value"] is None else formats.number(option["value"], view.lang, trim=True)
    )
    return f"{view.name(option, 'label')} ({value})"


def _answers(view: View, question: Mapping[str, Any], answers: Rows, at: int) -> html.Div:
    """One question: answers of each group over the units whose cells may be shown."""
    sel, t, lang = view.sel, view.t, view.lang
    min_cell = sel.season["min_cell"]
    names = {g: short_name(row, lang) for g, row in view.site.respondents.get(sel.unit_group, {}).items()}
    hidden = {
        row["respondent_group"]: row["hidden"] for row in answers if row["question_code"] == question["question_code"]
    }
    options = question["options"]
    groups = [
        {**group, "label": names.get(group["respondent_group"], group["respondent_group"])}
        for group in question["groups"]
    ]
    groups.sort(key=lambda g: (profile.favourable(g, options) is None, -(profile.favourable(g, options) or 0)))
    labels = [option["label"] for option in options]
    headline = say.asked(groups, options, min_cell, lang)
    total = sum(sum(group["counts"]) for group in groups if not group["suppressed"])
    note = [
        t("item.hidden", group=group["label"], n=hidden[group["respondent_group"]], cell=min_cell)
        for group in groups
        if hidden[group["respondent_group"]]
    ]
    drawn = {"options": labels, "lang": lang, "min_cell": min_cell}
    heads = [
        Head(t("word.group"), class_name="wrap"),
        Head("n", num=True),
        *(Head(label, num=True) for label in labels),
    ]
    heads.append(Head(t("figure.no_opinion"), num=True))
    lines = []
    for group in groups:
        n = sum(group["counts"])
        if group["suppressed"]:
            counts: list[Child] = [withheld(view, min_cell)] * (len(options) + 2)
        else:
            shares = [
                f"{formats.count(k, lang)} ({formats.percent(Fraction(k, n), lang, 0)})" if n else formats.MISSING
                for k in group["counts"]
            ]
            counts = [formats.count(n, lang), *shares, formats.count(group["no_opinion"], lang)]
        lines.append([group["label"], *counts])
    return frame(
        view,
        f"answers-{at + 1}",
        headline,
        graph(
            view,
            likert(groups, **drawn, width=1094),
            headline,
            narrow=likert(groups, **drawn, width=328, row_height=52),
        ),
        subtitle=t(
            "item.answers_subtitle", question=question["text"], block=view.block("inside"), period=sel.period, n=total
        ),
        key=[
            key_item(f"likert-{1 + place}", label)
            for place, label in zip(likert_colours(len(options)), labels, strict=True)
        ]
        + [key_item("hatch", t("figure.no_opinion"))],
        table=data_table(view, headline, heads, lines),
        note=" ".join(note) or None,
        name=f"tra-loi-{at + 1}",
    )


# What lies below, and every unit's points


def _below(view: View, found: Mapping[str, Item], item: Item) -> html.Section:
    rows: list[Item] = []

    def walk(code: str) -> None:
        for child in found[code].children:
            rows.append(found[child])
            walk(child)

    walk(item.code)
    children = [found[code] for code in item.children]
    names = {child.code: f"{child.code} {view.name(child.row)}" for child in children}
    caption = f"{view.t('item.below_title')}: {item.code}"
    span = spread.axis(found)
    body = frame(
        view,
        "below-tree",
        spread.lowest(children, names, view.lang),
        tree.table(view, caption, rows, span, href=lambda code: view.sel.href(item=code), top=item.depth + 1),
        subtitle=view.t(
            "criteria.subtitle",
            block=view.block("inside"),
            period=view.sel.period,
            n=len(view.sel.units),
            low=span[0],
            high=span[1],
        ),
        key=[key_item("many", view.t("criteria.key_unit")), key_item("tick", view.t("word.median"))],
        table=tree.numbers(view, caption, rows),
        note=view.t("criteria.note_full"),
        name="ben-duoi",
        picture=tree.picture(view, children, {child.code: view.name(child.row) for child in children}, span),
    )
    return section(view.t("item.below_title"), body, id="below")


def _ordered(rows: Rows, item: Item, names: Mapping[str, str], order: str) -> list[Mapping[str, Any]]:
    """Units by a value of `sx`: those without a value last, equals in Vietnamese alphabetical order."""
    by_name = sorted(rows, key=lambda row: formats.vietnamese_order(names.get(row["unit_code"], row["unit_code"])))
    if order == "ten":
        return by_name
    standing = {unit.unit: unit for unit in item.units}

    def value(row: Mapping[str, Any]) -> Any:
        unit = standing.get(row["unit_code"])
        if order == "dieu-chinh":
            return row["gap"]
        return -unit.attainment if unit and unit.scored else None

    return sorted(by_name, key=lambda row: (value(row) is None, value(row) or 0))


def _list(view: View, item: Item, rows: Rows, cells: Rows) -> html.Section:
    """Points of every unit with their parts; the values of respondent groups for a surveyed leaf."""
    sel, t, lang = view.sel, view.t, view.lang
    if not rows:
        return section(t("item.units_title"), state(view, "empty"), id="list")
    names, order, min_cell = tree.unit_names(view), sel.sort or ORDERS[0], sel.season["min_cell"]
    standing = {unit.unit: unit for unit in item.units}
    parts = item.source == "both"
    by_group: dict[tuple[str, str], Mapping] = {(c["unit_code"], c["respondent_group"]): c for c in cells}
    groups = [
        g for g in view.site.respondents.get(sel.unit_group, {}) if any(c["respondent_group"] == g for c in cells)
    ]
    heads = [
        Head(t("word.unit")),
        Head(t("word.points"), num=True),
        Head(t("word.max"), num=True),
        Head(t("word.attainment"), num=True),
    ]
    if item.source != "survey":
        if item.leaf:
            heads.append(Head(t("item.self_to")))
        heads += [Head(t("word.self"), num=True), Head(t("word.appraisal"), num=True), Head(t("word.gap"), num=True)]
    if parts:
        heads.append(Head(t("word.survey_short"), num=True))
    heads += [
        Head(short_name(view.site.respondents[sel.unit_group][group], lang), num=True, group=t("item.value_of"))
        for group in groups
    ]
    heads.append(Head(t("item.state_reason"), class_name="wrap"))
    scores = [
        row[key] / row["max_points"]
        for row in rows
        for key in ("self_points", "appraised_points")
        if row[key] is not None and row["max_points"]
    ]
    low = int(min(scores, default=0) * 10) / 10 if min(scores, default=0) < 1 else 0.5
    lines = []
    for row in _ordered(rows, item, names, order):
        code = row["unit_code"]
        unit = standing[code]
        applies = bool(row["max_points"]) and row["state"] not in ("pending", "missing")
        line: list[Child] = [
            unit_link(view, code),
            _number(view, code, item, formats.points(row["points"] if applies else None, lang), "points"),
            tree.trimmed(view, row["max_points"]) if row["max_points"] else formats.MISSING,
            _number(view, code, item, formats.percent(unit.attainment if unit.scored else None, lang), "attainment"),
        ]
        if item.source != "survey":
            mine = bool(row["appraised_max"])
            if item.leaf:
                line.append(_dumbbell(view, row, low))
            line += [
                _points(view, item, row, "self_points", "self") if mine else formats.MISSING,
                _points(view, item, row, "appraised_points", "appraised") if mine else formats.MISSING,
                _gap(view, item, row),
            ]
        if parts:
            line.append(_points(view, item, row, "survey_points", "survey") if row["survey_max"] else formats.MISSING)
        for group in groups:
            cell = by_group.get((code, group))
            if cell is None or (cell["value"] is None and not cell["suppressed"]):
                line.append(formats.MISSING)
            elif cell["suppressed"]:
                line.append(withheld(view, min_cell))
            else:
                line.append(_number(view, code, item, formats.percent(cell["value"], lang), "value", group))
        why = _why(view, row) if item.leaf else []
        if unit.open and not item.leaf:
            why.append(html.Div(t("item.open_leaves", n=unit.open), className="leaf-state pending"))
        elif unit.away and not item.leaf:
            why.append(html.Div(t("item.state.not_applicable")))
        line.append(html.Div(why, className="why") if why else None)
        lines.append(Row(line, kind="own" if code == view.ask.viewer.unit_code else ""))
    if not any(line.cells[-1] for line in lines):  # nothing to say about any unit
        heads.pop()
        lines = [Row(line.cells[:-1], kind=line.kind) for line in lines]
    orders = [name for name in ORDERS if name != "dieu-chinh" or item.source != "survey"]
    controls = toolbar(
        row_filter(view, "list-filter", t("item.filter"), "list-table"),
        href_select(
            "order",
            t("criteria.order"),
            [(t(f"item.order.{name}"), sel.href(sort=name)) for name in orders],
            sel.href(sort=order),
        ),
    )
    caption = t("item.units_caption", item=item.code, block=view.block("inside"), period=sel.period)
    table = data_table(view, caption, heads, lines, id="list-table", class_name="item-units")
    body = frame(
        view,
        "list-frame",
        spread.points(item, lang),
        table,
        subtitle=caption,
        name="bang-don-vi",
        picture=False,
    )
    return section(
        t("item.units_title"), controls, body, id="list", lead=t("item.units_lead", order=t(f"item.order.{order}"))
    )
