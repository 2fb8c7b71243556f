"""Parts that the tree of criteria and the page of one share: rows with strips, and what is said of an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.figures.base import Figure
from dashboard.figures.inline import swarm
from dashboard.figures.strips import field_strips, point_stack
from dashboard.pages.rubric import rows as spread
from dashboard.pages.rubric.rows import Item
from dashboard.render import elements as html
from dashboard.render.parts import Child, Head, data_table, dumbbell, facts, foreign, graph, mark, mark_icon, unit_link
from dashboard.words import formats
from dashboard.words.names import short_name

NARROW, WIDE = 164, 320
"""Px of a strip beside the panel and without it."""

SOURCES = {"appraisal": ("dot",), "survey": ("diamond",), "both": ("dot", "diamond")}
PRINTED = re.compile(r"printed (as|maximum|under the heading|so)\b ?(.*)")


def named(view: View, row: Mapping[str, Any]) -> Child:
    """The name of an item in the language of the view; the Vietnamese one, marked so, where it has no English."""
    text = view.name(row)
    return foreign(text) if view.lang != "vi" and not row.get("name_en") else text


def unit_names(view: View) -> dict[str, str]:
    """Unit code -> short name, of the block."""
    return {code: unit_name(view, row, "bare") for code, row in view.sel.units.items()}


def source(view: View, kind: str) -> html.Span:
    """● Thẩm định, ◆ Khảo sát, or both."""
    words = {"appraisal": "word.appraisal", "survey": "word.survey", "both": "word.both"}
    return html.Span([*(mark(name) for name in SOURCES[kind]), html.Span(view.t(words[kind]))], className="item-source")


def trimmed(view: View, value: Any) -> str:
    """Points without trailing noughts: '2', '0,5'."""
    return formats.number(value, view.lang, trim=True)


# Rows


def table(
    view: View,
    caption: str,
    shown: Sequence[Item],
    span: tuple[int, int],
    *,
    href: Callable[[str], str],
    toggle: Callable[[Item], tuple[bool, str] | None] = lambda item: None,
    chosen: str | None = None,
    width: int = WIDE,
    top: int = 0,
) -> html.Div:
    """Items as rows: name, maximum, source, mean attainment, a strip of all units, units with full points.

    `href` is where a name leads, `toggle` whether a heading is open and the link that changes it; `top` is the depth
    of the first row. Roles are spelt out because narrow screens lay the cells of a row out as a block.
    """
    steps = range(span[0], span[1] + 1, 20)
    ticks = [
        html.Span(str(step), style={"left": f"{100 * (step - span[0]) / (span[1] - span[0]):.4g}%"}) for step in steps
    ]
    heads = [
        (view.t("criteria.name"), "name"),
        (view.t("word.max"), "num"),
        (view.t("criteria.source"), "from"),
        (view.t("criteria.mean"), "num"),
        (
            [
                html.Span(view.t("criteria.spread"), className="visually-hidden"),
                html.Span(ticks, className="strip-axis", style={"width": f"{width - 12}px"}),
            ],
            "strip",
        ),
        (view.t("criteria.full"), "num"),
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(
                    html.Tr(
                        [html.Th(text, scope="col", className=name, role="columnheader") for text, name in heads],
                        role="row",
                    ),
                    role="rowgroup",
                ),
                html.Tbody(
                    [_row(view, item, span, href, toggle(item), item.code == chosen, width, top) for item in shown],
                    role="rowgroup",
                ),
            ],
            className=f"data tree steps-{len(steps) - 1}",
            role="table",
        ),
        className="tree-box",
    )


def _row(
    view: View,
    item: Item,
    span: tuple[int, int],
    href: Callable[[str], str],
    toggle: tuple[bool, str] | None,
    chosen: bool,
    width: int,
    top: int,
) -> html.Tr:
    t, lang, code = view.t, view.lang, item.code
    if toggle:
        opened, turn = toggle
        button = html.A(
            html.Span(className="icon icon-chevron", **{"aria-hidden": "true"}),
            href=turn,
            className="toggle",
            role="button",
            **{
                "aria-expanded": "true" if opened else "false",
                "aria-label": t("criteria.close_row" if opened else "criteria.open_row", code=code),
                "data-key": "space",
            },
        )
    else:
        button = html.Span(className="toggle")
    target = href(code)
    page = view.sel.to("item", item=code) or target
    name = named(view, item.row)
    links = [html.A(name, href=target, className="quiet", **({"aria-current": "true"} if chosen else {}))]
    if page != target:
        # Beside the tree there is room for a panel; on a telephone the name leads to the page of the item.
        links[0].className = "quiet wide-only"
        links.append(html.A(name, href=page, className="quiet narrow-only"))
    mean = formats.number(item.mean * 100, lang, 1) if item.mean is not None else formats.MISSING
    ends = {"low": min(item.shares), "median": item.median, "high": max(item.shares)} if item.shares else {}
    if ends:
        alt = t("criteria.strip", n=len(item.shares), **{k: formats.percent(v, lang) for k, v in ends.items()})
        own = next((unit.attainment for unit in item.scored if unit.unit == view.ask.viewer.unit_code), None)
        address = swarm(
            tuple(map(float, item.shares)),
            span=span,
            width=width,
            median=float(item.median),
            own=None if own is None else float(own),
        )
        strip: Child = html.Img(src=address, alt=alt, title=alt, width=str(width), height="36")
    else:
        strip = html.Span(t("criteria.strip_none"), className="strip-none")
    full = formats.count(item.full, lang) if item.scored else formats.MISSING

    def cell(child: Child, name: str, label: str = "") -> html.Td:
        said = [html.Span(label, className="cell-label", **{"aria-hidden": "true"}), child] if label else child
        return html.Td(said, className=name, role="cell")

    return html.Tr(
        [
            html.Th(
                html.Div([button, html.Span(code, className="code"), html.Span(links)], className="tree-name"),
                scope="row",
                className="name",
                role="rowheader",
            ),
            cell(trimmed(view, item.maximum()), "num", t("word.max")),
            cell(source(view, item.source), "from"),
            cell(html.A(mean, href=page, className="quiet"), "num", t("criteria.mean")),
            cell(strip, "strip"),
            cell(full, "num", t("criteria.full")),
        ],
        className=" ".join(
            name
            for name, on in {
                f"depth-{min(item.depth - top, 4)}": True,
                "field": item.depth == 0,
                "heading": not item.leaf,
                "row-chosen": chosen,
            }.items()
            if on
        ),
        id=f"tc-{code}",
        role="row",
    )


def numbers(view: View, caption: str, shown: Sequence[Item]) -> Child:
    """The table behind the strips."""
    t, lang = view.t, view.lang
    heads = [
        Head(t("criteria.name")),
        Head(t("word.max"), num=True),
        Head(t("criteria.source")),
        Head(t("criteria.units"), num=True),
        Head(t("criteria.mean"), num=True),
        Head(t("criteria.lowest_unit"), num=True),
        Head(t("word.median"), num=True),
        Head(t("criteria.highest_unit"), num=True),
        Head(t("criteria.units_full"), num=True),
        Head(t("criteria.mean_gap"), num=True),
    ]

    def share(value: Fraction | None) -> str:
        return formats.MISSING if value is None else formats.number(value * 100, lang, 1)

    rows = [
        [
            [html.Span(item.code, className="quiet-code"), named(view, item.row)],
            trimmed(view, item.maximum()),
            source(view, item.source),
            formats.count(len(item.scored), lang),
            share(item.mean),
            share(min(item.shares, default=None)),
            share(item.median),
            share(max(item.shares, default=None)),
            formats.count(item.full, lang) if item.scored else formats.MISSING,
            formats.signed(item.mean_gap, lang),
        ]
        for item in shown
    ]
    return data_table(view, caption, heads, rows)


def picture(
    view: View, some: Sequence[Item], names: Mapping[str, str], span: tuple[int, int]
) -> Callable[[str], Figure]:
    """The same strips as one figure, to be taken away. `names`: code -> label of an item."""
    units = unit_names(view)
    rows = [
        {
            "field": item.code,
            "field_label": names[item.code],
            "label": units.get(unit.unit, unit.unit),
            "value": unit.attainment if unit.scored else None,
            "own": unit.unit == view.ask.viewer.unit_code,
            "id": number_id(view.sel.period, unit.unit, item.code, "attainment"),
        }
        for item in some
        for unit in item.units
    ]
    return lambda size: field_strips(rows, span=span, lang=view.lang)


# What is said of one item


def definition(view: View, item: Item, questions: Sequence[Mapping[str, Any]], *, more: Sequence = ()) -> html.Dl:
    """Maximum, source, appraising body, who is asked; then `more` pairs. `questions`: rows of `Ask.questions`."""
    t = view.t
    appraised, survey = item.maximum("appraisal"), item.maximum("survey")
    shown = {"value": trimmed(view, item.maximum())}
    if appraised and survey:
        key = "criteria.points_of_both"
        shown |= {"appraised": trimmed(view, appraised), "survey": trimmed(view, survey)}
    else:
        key = "criteria.point" if item.maximum() == 1 else "criteria.points"
    pairs = [(t("criteria.max"), t(key, **shown)), (t("criteria.points_source"), source(view, item.source))]
    if item.source != "survey":
        pairs.append((t("criteria.appraiser"), _appraisers(view, item)))
    leaves = {row["criterion_code"] for row in item.leaves}
    groups = {row["respondent_group"] for row in questions if row["criterion_code"] in leaves}
    asked = t("criteria.asked", groups=t("criteria.groups", n=len(groups))) if groups else t("criteria.not_asked")
    pairs.append((t("criteria.questions"), asked))
    if not item.leaf:
        pairs.append((t("criteria.leaves_below"), formats.count(len(item.leaves), view.lang)))
    return facts([*pairs, *more])


def _appraisers(view: View, item: Item) -> Child:
    codes = dict.fromkeys(row["lead_appraiser"] for row in item.leaves if row["assessed_by"] == "appraisal")
    names: list[Child] = []
    for code in codes:
        if names:
            names.append(", ")
        names.append(unit_link(view, code, full=True) if code else view.t("criteria.appraiser_unknown"))
    return names


def scoring(view: View, item: Item) -> list[str]:
    """How points come about, and what of it is illustrative or printed otherwise, in sentences."""
    t, row, said = view.t, item.row, []
    maximum = trimmed(view, item.maximum())
    if not item.leaf:
        return [t("criteria.scoring_heading", n=len(item.leaves)), *_remarks(view, item)]
    if row["assessed_by"] == "appraisal":
        said.append(t("criteria.scoring_appraised", maximum=maximum))
    else:
        share = row["survey_method"] == "satisfied_share"
        said.append(t("criteria.scoring_share" if share else "criteria.scoring_mean", maximum=maximum))
    return [*said, *_remarks(view, item)]


def _remarks(view: View, item: Item) -> list[str]:
    origin, note, said = item.row.get("origin") or "", item.row.get("note") or "", []
    if origin.startswith("illustrative"):
        said.append(view.t("criteria.illustrative"))
    elif origin:
        said.append(view.t("criteria.plan_source", source=origin))
    for part in filter(None, note.split("; ")):
        if printed := PRINTED.fullmatch(part):
            kind = printed[1].split()[0]
            said.append(view.t(f"criteria.printed.{kind}", text=printed[2]))
        elif part == "survey method: illustrative":
            said.append(view.t("criteria.method_illustrative"))
        elif part == "English: unofficial translation":
            if view.lang == "en":
                said.append(view.t("criteria.unofficial"))
        else:
            said.append(f"{part.rstrip('.')}.")
    return said


def printed_otherwise(item: Item) -> bool:
    """Whether the plan prints the item differently from its canonical code or points."""
    return any(part.startswith("printed") and "(sic)" not in part for part in (item.row.get("note") or "").split("; "))


def distribution(view: View, item: Item, names: Mapping[str, str]) -> list:
    """How many units have how many points: finding, what is counted, stacks of dots."""
    t, lang = view.t, view.lang
    if not item.scored:
        return [html.H3(spread.full(item, lang), className="panel-title")]
    # Where something does not apply to some units their maxima differ, and only shares compare.
    same = len({unit.maximum for unit in item.scored}) == 1
    rows = [
        {
            "label": names.get(unit.unit, unit.unit),
            "value": unit.points if same else unit.attainment * 100,
            "own": unit.unit == view.ask.viewer.unit_code,
            "id": number_id(view.sel.period, unit.unit, item.code, "points" if same else "attainment"),
        }
        for unit in item.scored
    ]
    maximum = item.scored[0].maximum if same else 100
    if same:
        mean = formats.points(item.mean_points, lang)
        subtitle = t("criteria.distribution", mean=mean, maximum=trimmed(view, maximum))
    else:
        subtitle = t("criteria.distribution_share", mean=formats.percent(item.mean, lang))
    said = spread.full(item, lang)
    return [
        html.H3(said, className="panel-title"),
        html.P(subtitle, className="subtitle"),
        graph(view, point_stack(rows, maximum=maximum, lang=lang), f"{said}. {subtitle}."),
    ]


def adjustments(view: View, item: Item) -> list:
    """What the council did: the finding, and the mean of self points and of appraised points on one line."""
    t, lang = view.t, view.lang
    parts: list[Child] = [html.H3(spread.adjustments(item, lang), className="panel-title")]
    maximum = sum((Fraction(unit.appraised_max) for unit in item.both), Fraction())
    if item.both and maximum:
        own, appraised = item.mean_of("self_points"), item.mean_of("appraised_points")
        whole = maximum / len(item.both)
        shown = {"own": formats.points(own, lang), "appraised": formats.points(appraised, lang)}
        label = t("criteria.dumbbell", maximum=trimmed(view, whole), **shown)
        low = min(Fraction(1, 2), Fraction(int(min(own, appraised) / whole * 10), 10))
        parts += [
            html.P(t("criteria.dumbbell_subtitle", n=len(item.both)), className="subtitle"),
            html.Div(
                [
                    html.Span(shown["own"], className="number"),
                    mark_icon("chevron"),
                    html.Strong(shown["appraised"], className="number"),
                    dumbbell(float(own / whole), float(appraised / whole), label, low=float(low)),
                ],
                className="mean-change",
            ),
            html.P(t("criteria.dumbbell_note"), className="note"),
        ]
    return parts


def reasons(view: View, item: Item, rows: Sequence[Mapping[str, Any]]) -> Child:
    """The council's reasons for changing a leaf (`Ask.item_units`); None where it changed nothing."""
    t, lang = view.t, view.lang
    found = spread.reasons(rows)
    if not found:
        return None
    heads = [t("criteria.reason"), Head(t("criteria.units"), num=True), Head(t("criteria.mean_change"), num=True)]
    lines = [[_reason(view, text), formats.count(n, lang), formats.signed(mean, lang)] for text, n, mean in found]
    return data_table(view, f"{t('criteria.reasons')}: {item.code}", heads, lines)


def _reason(view: View, text: str) -> Child:
    if not text:
        return view.t("criteria.no_reason")
    return foreign(text) if view.lang != "vi" else text


def trail(view: View, found: Mapping[str, Item], item: Item) -> list[tuple[str, str | None]]:
    """The items above one, the field first: (label, link to its page)."""
    above: list[Item] = []
    code = item.row["parent_code"]
    while code:
        above.insert(0, found[code])
        code = found[code].row["parent_code"]
    labels = [f"{one.code} {short_name(one.row, view.lang) if one.depth == 0 else view.name(one.row)}" for one in above]
    return [(label, view.sel.to("item", item=one.code)) for label, one in zip(labels, above, strict=True)]
