"""/dtxhh: the fieldwork of one block, and what people answered.

The whole block or one unit (`dv`); the questions of an item (`lv`, `tc`) and of one respondent group (`nhom`). Cells
under the minimum are in no sum, mean or difference of the page (see `dashboard.survey`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.figures.base import Figure, span_of
from dashboard.figures.lettering import fit, text_width
from dashboard.figures.ranks import dot_plot, group_means, side_by_side
from dashboard.figures.survey import ballots_a_day, coverage, likert, likert_colours, likert_diverging
from dashboard.pages.survey import rows as survey
from dashboard.pages.survey.rows import Cell, Form, Mean, Odd, Progress, Question, Separation, Survey
from dashboard.pages.unit import rows as profile
from dashboard.render import elements as html
from dashboard.render.charts import words as spoken
from dashboard.render.export import Series as Column
from dashboard.render.export import Sheet
from dashboard.render.parts import (
    Child,
    Head,
    KeyNumber,
    Row,
    button_link,
    columns,
    data_table,
    four_numbers,
    frame,
    graph,
    href_select,
    item_link,
    key_item,
    on_this_page,
    page_header,
    provenance,
    section,
    segmented,
    state,
    switch,
    toolbar,
    unit_link,
    unit_name,
    withheld,
)
from dashboard.words import formats, say
from dashboard.words.names import column_name, short_name
from dashboard.words.say import listed

STACKED, DIVERGING = "chong", "lech"
NARROW = 328  # px of a figure on a telephone

KEYS = ("lv", "tc", "nhom", "td")
CHOICES = {
    "dv": lambda sel: ("", *sel.units),
    "kieu": (STACKED, DIVERGING),
    "xem": ("trang", "bang"),
}


# The page -------------------------------------------------------------------------------------------------------


def layout(view: View) -> list[Child]:
    """The survey of the block, unit, item and group selected."""
    sel, t = view.sel, view.t
    found = survey.read(view)
    cells = selected(view, found)
    sums = survey.progress(cells, min_cell(view))
    head = page_header(view, t("survey.title", about=about(view)), lead(view, sums, cells))
    if not found.cells:
        return [head, state(view, "empty")]
    links = [(t(f"survey.nav.{name}"), name) for name in ("answers", "satisfaction", "progress", "quality")]
    return [
        head,
        four_numbers(view, numbers(view, sums, cells)),
        on_this_page(view, links),
        section(t("survey.answers"), _toolbar(view, found), *_answers(view, found), id="answers"),
        _satisfaction(view, found),
        section(t("survey.progress"), _coverage(view, found), _days(view, found, cells), id="progress"),
        _quality(view, found) if not sel["dv"] else None,
    ]


def min_cell(view: View) -> int:
    return view.sel.season["min_cell"]


def about(view: View) -> str:
    """What the page is about: 'khối sở', or the unit chosen."""
    return unit_name(view, view.sel["dv"]) if view.sel["dv"] else view.block("inside")


def group_name(view: View, group: str) -> str:
    return short_name(view.site.respondents.get(view.sel.unit_group, {}).get(group, {}), view.lang) or group


def item_name(view: View, code: str) -> str:
    """'5.7.1 Năng lực chuyên môn'."""
    row = view.sel.rubric[code]
    return f"{code} {short_name(row, view.lang) if not row['parent_code'] else view.name(row)}"


def selected(view: View, found: Survey) -> list[Cell]:
    """Cells of the unit and group chosen."""
    sel = view.sel
    return [cell for cell in found.cells if sel["dv"] in ("", cell.unit) and sel.group in (None, cell.group)]


def lead(view: View, sums: Progress, cells: Sequence[Cell]) -> str:
    """How many ballots of how many groups, and which cells are short of the plan."""
    t = view.t
    if not sums.valid:
        return t("state.suppressed.text", n=min_cell(view)) if sums.hidden else t("survey.nothing")
    groups = len({cell.group for cell in cells if cell.valid})
    said = [t("survey.lead_one" if groups == 1 else "survey.lead", n=sums.valid, groups=groups)]
    if sums.under:
        said.append(t("survey.lead_under", n=sums.under))
    elif sums.planned and not sums.hidden:
        said.append(t("survey.lead_covered"))
    if sums.hidden:
        said.append(t("survey.lead_hidden", n=sums.hidden, cell=min_cell(view)))
    return " ".join(said)


def numbers(view: View, sums: Progress, cells: Sequence[Cell]) -> list[KeyNumber]:
    """Issued, returned, valid ballots and cells under the plan."""
    t, lang = view.t, view.lang
    without = f"; {t('survey.without', n=sums.hidden, cell=min_cell(view))}" if sums.hidden else ""

    def share(key: str, value: Fraction | None) -> str:
        return (t(key, share=formats.percent(value, lang)) if value is not None else "") + without

    units = len({cell.unit for cell in cells if cell.issued})
    return [
        KeyNumber(
            t("survey.issued"),
            formats.count(sums.issued, lang),
            note=t("survey.issued_note", units=units, n=sums.planned) if sums.issued is not None else None,
        ),
        KeyNumber(
            t("survey.returned"),
            formats.count(sums.returned, lang),
            note=share("survey.returned_note", sums.returned_share).removeprefix("; "),
        ),
        KeyNumber(
            t("survey.valid"),
            formats.count(sums.valid, lang),
            note=share("survey.valid_note", sums.valid_share).removeprefix("; "),
        ),
        KeyNumber(
            t("survey.under"),
            formats.count(sums.under, lang) if sums.planned else formats.MISSING,
            f"/{formats.count(sums.planned, lang)}" if sums.planned else "",
            t("survey.under_note"),
        ),
    ]


# Controls -------------------------------------------------------------------------------------------------------


def _toolbar(view: View, found: Survey) -> html.Div:
    sel, t = view.sel, view.t
    here = sel.href()
    default = survey.default_item(sel.rubric, found.leaves)

    def item_href(code: str) -> str:
        if code == default and not sel.group:
            return sel.href(item=None, field=None)
        inside = survey.below(sel.rubric, code)
        stays = sel.group is None or any(sel.group in found.leaves[leaf] for leaf in inside & found.leaves.keys())
        where = {"field": code, "item": None} if code in sel.fields else {"field": None, "item": code}
        return sel.href(**where, group=sel.group if stays else None)

    items = []
    for code, row in sel.rubric.items():
        if survey.below(sel.rubric, code) & found.leaves.keys():
            indent = "\u2003" * row["depth"]
            items.append((indent + item_name(view, code), item_href(code)))
    if sel.group:
        items.insert(0, (t("survey.all_of_group"), sel.href(item=None, field=None)))
    groups = [(t("survey.all_groups"), sel.href(group=None))]
    for group in found.forms:
        kept = survey.leaves_of(sel.change(group=group), found)
        where = {} if kept else {"item": None, "field": None}
        groups.append((group_name(view, group), sel.href(group=group, **where)))
    by_name = sorted(sel.units, key=lambda code: formats.vietnamese_order(unit_name(view, code)))
    units = [(t("survey.whole_block"), sel.href(dv=""))]
    units += [(unit_name(view, code), sel.href(dv=code)) for code in by_name]
    kinds = [(t(f"survey.kind.{kind}"), sel.href(kieu=kind), sel["kieu"] == kind) for kind in (STACKED, DIVERGING)]
    return toolbar(
        href_select("survey-item", t("survey.pick_item"), items, here),
        href_select("survey-group", t("survey.pick_group"), groups, here),
        href_select("survey-unit", t("survey.pick_unit"), units, here),
        segmented(t("survey.kind"), kinds),
        switch(t("survey.intervals"), sel.href(intervals=not sel.intervals), sel.intervals),
    )


# What people answered -------------------------------------------------------------------------------------------


def _answers(view: View, found: Survey) -> list[Child]:
    sel, t = view.sel, view.t
    leaves = survey.leaves_of(sel, found)
    rows = view.ask.unit_answers(sel.period, sel["dv"]) if sel["dv"] else found.answers
    questions = survey.asked(found, rows, leaves, sel.group, view.lang)
    if not questions:
        back = button_link(t("survey.show_default"), sel.href(item=None, field=None, group=None))
        return [state(view, "filtered_empty", title=t("survey.no_question"), text="", actions=[back])]
    lots = survey.by_scale(questions)
    charts = [_chart(view, lot, at) for at, lot in enumerate(lots)]
    return [columns(html.Div(charts, className="stack"), _groups(view, found, leaves), split="wide-left")]


def _scope_name(view: View, questions: Sequence[Question]) -> str:
    """'5.7.1', '5.7.1–5.7.3' where they follow each other in the rubric, '5.7.1, 5.7.4'."""
    return items_named(view, list(dict.fromkeys(question.leaf for question in questions)))


def items_named(view: View, codes: Sequence[str]) -> str:
    """Codes of leaves, runs of the rubric's order as 'first–last'; beyond four runs only how many."""
    order = [code for code, row in view.sel.rubric.items() if row["max_points"] is not None]
    runs: list[list[str]] = []
    for code in sorted(codes, key=order.index):
        if runs and order.index(code) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    if len(runs) > 4:
        return view.t("survey.n_items", n=len(codes))
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


def answers_headline(view: View, questions: Sequence[Question]) -> str:
    """Which group answers most favourably, and in how many questions; of one group which question."""
    if len(questions) == 1:
        named = [{**g, "label": group_name(view, g["respondent_group"])} for g in questions[0].groups]
        return say.asked(named, questions[0].options, min_cell(view), view.lang)
    shares = [
        {g["respondent_group"]: profile.favourable(g, question.options) for g in question.groups}
        for question in questions
    ]
    shares = [{g: share for g, share in one.items() if share is not None} for one in shares]
    known = [(question, one) for question, one in zip(questions, shares, strict=True) if one]
    if not known:
        hidden = any(group["suppressed"] for question in questions for group in question.groups)
        return view.t("say.asked.withheld", n=min_cell(view)) if hidden else view.t("say.asked.nobody")
    groups = {group for _, one in known for group in one}
    if len(groups) == 1:
        return _one_group(view, groups.pop(), known)
    wins: dict[str, int] = {}
    for _, one in known:
        for group, share in one.items():
            wins[group] = wins.get(group, 0) + (share == max(one.values()))
    most = max(wins.values())
    best = [group_name(view, group) for group, n in wins.items() if n == most]
    if len(best) > 1:
        return view.t("survey.best_tied", group=listed(best, view.lang), k=most, n=len(known))
    return view.t("survey.best_all" if most == len(known) else "survey.best_some", group=best[0], k=most, n=len(known))


def _one_group(view: View, group: str, known: Sequence[tuple[Question, Mapping[str, Fraction]]]) -> str:
    shares = {question.leaf: one[group] for question, one in known}
    high, low = max(shares.values()), min(shares.values())
    ends = {"high": formats.percent(high, view.lang, 0), "low": formats.percent(low, view.lang, 0)}
    name = group_name(view, group)
    if high == low:
        return view.t("survey.one_group_same", group=name, n=len(known), **ends)
    best = listed([leaf for leaf, share in shares.items() if share == high], view.lang)
    worst = listed([leaf for leaf, share in shares.items() if share == low], view.lang)
    return view.t("survey.one_group", group=name, best=best, worst=worst, **ends)


def _chart(view: View, questions: Sequence[Question], at: int) -> html.Div:
    """Questions of one scale in one chart."""
    sel, t, lang = view.sel, view.t, view.lang
    options = questions[0].options
    labels = [option["label"] for option in options]
    order = survey.group_order(questions)
    one_group = len(order) == 1
    rows = []
    for question in questions:
        for group in sorted(question.groups, key=lambda g: order.index(g["respondent_group"])):
            code = group["respondent_group"]
            title = f"{question.leaf} {question.text}"
            rows.append(
                {
                    **group,
                    "label": title if one_group else group_name(view, code),
                    "section": None if one_group or len(questions) == 1 else title,
                    "question": title,
                    "id": number_id(sel.period, sel["dv"], question.leaf, "value", code) if sel["dv"] else None,
                }
            )
    headline = answers_headline(view, questions)
    draw = likert_diverging if sel["kieu"] == DIVERGING else likert
    drawn = {"options": labels, "lang": lang, "min_cell": min_cell(view)}
    beside = [{**row, "label": fit(row["label"], 300)} for row in rows]
    favourable = [t("say.quoted", label=option["label"]) for option in options if option["favourable"]]
    scope = questions[0].text if len(questions) == 1 else _scope_name(view, questions)
    return frame(
        view,
        f"answers-{at + 1}",
        headline,
        graph(
            view,
            draw(beside, **drawn, width=718, row_height=28 if len(rows) > 5 else 34),
            t("survey.alt", n=len(rows), headline=headline),
            narrow=draw(rows, **drawn, width=NARROW, row_height=46),
        ),
        subtitle=t(
            "survey.answers_subtitle",
            scope=scope,
            about=about(view) + ("" if sel["dv"] else f" ({t('survey.pooled')})"),
            period=sel.period,
        ),
        key=[
            key_item(f"likert-{1 + place}", label)
            for place, label in zip(likert_colours(len(options)), labels, strict=True)
        ]
        + [key_item("hatch", t("figure.key_no_opinion"))],
        table=_answers_table(view, headline, rows, labels),
        note=" ".join(
            [
                *([t("survey.sorted", options=listed(favourable, lang, "or"))] if favourable and not one_group else []),
                t("survey.reading"),
                *_left_out(view, questions),
            ]
        ),
        name=f"tra-loi-{at + 1}",
    )


def _left_out(view: View, questions: Sequence[Question]) -> list[str]:
    """Which groups lack units whose cells are withheld."""
    most: dict[str, int] = {}
    for question in questions:
        for group in question.groups:
            most[group["respondent_group"]] = max(most.get(group["respondent_group"], 0), group["hidden"] or 0)
    return [view.t("survey.left_out", group=group_name(view, group), n=n) for group, n in most.items() if n]


def _answers_table(view: View, caption: str, rows: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> html.Div:
    t, lang = view.t, view.lang
    heads = [
        Head(t("survey.question"), class_name="wrap"),
        Head(t("word.group"), class_name="wrap"),
        Head("n", num=True),
    ]
    heads += [*(Head(label, num=True) for label in labels), Head(t("figure.no_opinion"), num=True)]
    lines = []
    for row in rows:
        n, none = sum(row["counts"]), row["no_opinion"]
        if row["suppressed"]:
            said: list[Child] = [withheld(view, min_cell(view))] * (len(labels) + 2)
        else:
            said = [formats.count(n, lang)]
            said += [_counted(k, n, lang) for k in row["counts"]]
            said.append(_counted(none, n + none, lang))
        lines.append([row["question"], group_name(view, row["respondent_group"]), *said])
    return data_table(view, caption, heads, lines)


def _counted(k: int, n: int, lang: str) -> str:
    """'12 (8%)'."""
    return f"{formats.count(k, lang)} ({formats.percent(Fraction(k, n), lang, 0)})" if n else formats.MISSING


# Groups against each other --------------------------------------------------------------------------------------


def means_headline(view: View, means: Mapping[str, Mean]) -> str:
    """How far the highest and the lowest group are apart, in the numbers as shown beside them."""
    shown = {group: formats.rounded(mean.value * 100, 1) for group, mean in means.items()}
    if not shown:
        return view.t("survey.gap_withheld")
    high, low = max(shown.values()), min(shown.values())
    if len(shown) == 1:
        group = next(iter(shown))
        return view.t("survey.gap_only", group=group_name(view, group), points=formats.number(high, view.lang, 1))
    if high == low:
        return view.t("survey.gap_none", points=formats.number(high, view.lang, 1))
    return view.t("survey.gap", points=formats.number(high - low, view.lang, 1))


def _groups(view: View, found: Survey, leaves: Sequence[str]) -> html.Div:
    sel, t, lang = view.sel, view.t, view.lang
    compared, groups = survey.compared_leaves(found, leaves)
    units = [sel["dv"]] if sel["dv"] else list(sel.units)
    means = {group: survey.group_mean(found, compared, group, units) for group in groups}
    known = {group: mean for group, mean in means.items() if mean is not None}
    headline = means_headline(view, known)
    ends = [100 * end for mean in known.values() for end in (mean.low, mean.high, mean.value) if end is not None]
    rows = [
        {
            "label": group_name(view, group),
            "value": mean.value * 100 if mean else None,
            "low": 100 * mean.low if mean and sel.intervals and mean.low is not None else None,
            "high": 100 * mean.high if mean and sel.intervals and mean.high is not None else None,
            "n": mean.n if mean else None,
            "id": number_id(sel.period, sel["dv"], compared[0], "value", group)
            if sel["dv"] and len(compared) == 1
            else None,
        }
        for group, mean in means.items()
    ]
    drawn = {"span": span_of(ends, 10), "lang": lang}
    heads = [
        Head(t("word.group"), class_name="wrap"),
        Head(t("survey.mean_100"), num=True),
        Head(t("survey.interval_95"), num=True),
        Head(t("survey.units_in"), num=True),
    ]
    lines = []
    for group, mean in sorted(means.items(), key=lambda pair: -(pair[1].value if pair[1] else -1)):
        if mean is None:
            lines.append([group_name(view, group), *[formats.MISSING] * 3])
            continue
        value = formats.number(mean.value * 100, lang, 1)
        if sel["dv"] and len(compared) == 1:
            value = provenance(view, value, number_id(sel.period, sel["dv"], compared[0], "value", group))
        lines.append(
            [group_name(view, group), value, _interval(view, mean.low, mean.high), formats.count(mean.units, lang)]
        )
    if not known:
        body: Child = state(view, "suppressed" if found.suppressed else "empty", n=min_cell(view))
    else:
        body = graph(
            view,
            group_means(rows, **drawn, width=344),
            t("survey.alt", n=len(rows), headline=headline),
            narrow=group_means(rows, **drawn, width=NARROW),
        )
    return frame(
        view,
        "groups",
        headline,
        body,
        subtitle=t("survey.gap_subtitle", items=items_named(view, compared), about=about(view), period=sel.period),
        key=[key_item("dot", t("word.mean"))]
        + ([key_item("interval", t("survey.interval_95"))] if sel.intervals else []),
        table=data_table(view, headline, heads, lines) if known else None,
        note=" ".join(_means_note(view, found, leaves, compared, known)),
        name="cac-nhom",
    )


def _means_note(
    view: View, found: Survey, leaves: Sequence[str], compared: Sequence[str], known: Mapping[str, Mean]
) -> Iterable[str]:
    t = view.t
    if len(known) > 1:
        ends = sorted(known, key=lambda group: known[group].value)
        one, two = ends[-1], ends[0]
        # People who speak of several units are one sample all the same: groups are never the same people.
        verdict = survey.differ(known[one], known[two])
        if verdict is not None and known[one].value != known[two].value:
            key = "survey.gap_differ" if verdict else "survey.gap_alike"
            yield t(key, one=group_name(view, one), two=group_name(view, two))
    if len(compared) < len(leaves):
        yield t("survey.gap_part", items=items_named(view, compared))
    if view.sel.intervals:
        yield t("survey.gap_how_unit" if view.sel["dv"] else "survey.gap_how")
        if not view.sel["dv"]:
            yield from (t("survey.shared", group=group_name(view, group)) for group in known if group in found.shared)
    units = [view.sel["dv"]] if view.sel["dv"] else list(view.sel.units)
    for group in found.leaves[compared[0]]:
        hidden = sum(any((unit, leaf, group) in found.suppressed for leaf in compared) for unit in units)
        if hidden and view.sel["dv"]:
            yield t("survey.group_withheld", group=group_name(view, group), cell=min_cell(view))
        elif hidden:
            yield t("survey.left_out", group=group_name(view, group), n=hidden)
    yield t("survey.no_cross")


def _interval(view: View, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return formats.MISSING
    return f"{formats.number(100 * low, view.lang, 1)}–{formats.number(100 * high, view.lang, 1)}"


# The satisfaction index -----------------------------------------------------------------------------------------


def satisfaction_headline(view: View, rows: Sequence[Mapping[str, Any]]) -> str:
    """The unit with the highest index as printed, or those that share it."""
    known = [row for row in rows if row["value"] is not None]
    if not known:
        return view.t("survey.sat_none")
    shown = {row["unit"]: formats.rounded(row["value"] * 100, 1) for row in known}
    most = max(shown.values())
    best = [unit_name(view, unit) for unit, value in shown.items() if value == most]
    share = f"{formats.number(most, view.lang, 1)}%"
    if len(best) > 3:
        return view.t("survey.sat_tied", n=len(best), share=share)
    return view.t("survey.sat_best", units=listed(best, view.lang), share=share)


def _satisfaction(view: View, found: Survey) -> html.Section | None:
    sel, t, lang = view.sel, view.t, view.lang
    item = survey.satisfaction_item(sel.rubric)
    if item is None:
        return None
    spread = view.ask.block_spread(sel.period, sel.unit_group)
    rows = survey.satisfaction(found, sel.rubric, item, spread)
    known = [row for row in rows if row["value"] is not None]
    headline = satisfaction_headline(view, rows)
    if not known:
        return section(t("survey.satisfaction"), state(view, "empty"), id="satisfaction")
    ends = [100 * row[key] for row in known for key in ("low", "high", "value") if row[key] is not None]
    span = span_of(ends, 5)
    drawn_rows = [
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
    shares = sorted(row["value"] for row in known)
    half = len(shares) // 2
    middle = shares[half] if len(shares) % 2 else (shares[half - 1] + shares[half]) / 2
    drawn = {"span": span, "lang": lang, "median": middle * 100, "percent": True}
    heads = [Head(t("word.unit")), Head(t("survey.sat_index"), num=True), Head(t("survey.interval_95"), num=True)]
    lines = [
        Row(
            [
                unit_link(view, row["unit"]),
                provenance(
                    view,
                    formats.percent(row["value"], lang),
                    number_id(sel.period, row["unit"], item, "attainment"),
                ),
                _interval(view, row["low"], row["high"]),
            ],
            kind="chosen" if row["unit"] == sel["dv"] else "own" if row["unit"] == view.ask.viewer.unit_code else "",
        )
        for row in sorted(known, key=lambda row: -row["value"])
    ]
    note = [t("survey.sat_note")] if sel.intervals else []
    if len(known) < len(rows):
        note.append(t("survey.sat_open", n=len(rows) - len(known)))
    whole = frame(
        view,
        "satisfaction-units",
        headline,
        graph(
            view,
            dot_plot(drawn_rows, **drawn, width=718),
            t("survey.alt", n=len(known), headline=headline),
            narrow=dot_plot(drawn_rows, **drawn, width=NARROW, row_height=34),
        ),
        subtitle=t(
            "survey.sat_subtitle",
            item=item_name(view, item),
            about=view.block("inside"),
            period=sel.period,
            n=len(known),
            low=span[0],
            high=span[1],
        ),
        key=[key_item("dot", t("survey.sat_index"))]
        + ([key_item("interval", t("survey.interval_95"))] if sel.intervals else [])
        + [key_item("median", f"{t('word.median')} {formats.percent(middle, lang)}")],
        table=data_table(view, headline, heads, lines),
        note=" ".join(note) or None,
        name="chi-so-hai-long",
    )
    parts = _parts(view, item, spread)
    return section(
        t("survey.satisfaction"), columns(whole, parts, split="wide-left") if parts else whole, id="satisfaction"
    )


def part_means(view: View, item: str, spread: Sequence[Mapping[str, Any]]) -> dict[str, list[Fraction]]:
    """Leaf of the item -> attainment of every unit that has points there."""
    inside = survey.below(view.sel.rubric, item) - {item}
    found: dict[str, list[Fraction]] = {}
    for row in spread:
        if row["criterion_code"] in inside and row["state"] == "surveyed" and row["max_points"]:
            found.setdefault(row["criterion_code"], []).append(Fraction(row["attainment"]))
    return {code: found[code] for code in view.sel.rubric if code in found}


def parts_headline(view: View, parts: Mapping[str, Sequence[Fraction]]) -> str:
    """The component with the lowest mean over units."""
    means = {code: formats.rounded(sum(values) / len(values) * 100, 1) for code, values in parts.items()}
    low = min(means.values())
    share = f"{formats.number(low, view.lang, 1)}%"
    if low == max(means.values()):
        return view.t("survey.parts_even", share=share)
    names = [item_name(view, code) for code, mean in means.items() if mean == low]
    return view.t("survey.parts_lowest", items=listed(names, view.lang), share=share)


def _parts(view: View, item: str, spread: Sequence[Mapping[str, Any]]) -> html.Div | None:
    t, lang = view.t, view.lang
    parts = part_means(view, item, spread)
    if not parts:
        return None
    headline = parts_headline(view, parts)
    heads = [
        Head(t("word.criterion"), class_name="wrap"),
        Head(t("word.mean"), num=True),
        Head(t("survey.range"), num=True),
    ]
    lines = [
        [
            item_link(view, code),
            formats.percent(sum(values) / len(values), lang),
            _interval(view, float(min(values)), float(max(values))),
        ]
        for code, values in parts.items()
    ]
    return frame(
        view,
        "satisfaction-parts",
        headline,
        data_table(view, headline, heads, lines),
        subtitle=t("survey.parts_subtitle", about=view.block("inside")),
        name="noi-dung-hai-long",
    )


# Progress against the plan --------------------------------------------------------------------------------------


def coverage_headline(view: View, sums: Progress) -> str:
    """How many cells are under the plan, and how many of those are too small to be shown."""
    if not sums.planned:
        return view.t("survey.no_plan")
    if not sums.under:
        return view.t("survey.under_none_hidden" if sums.hidden else "survey.under_none")
    said = view.t("survey.under_some", n=sums.under)
    return said + view.t("survey.under_hidden", n=sums.under_hidden) if sums.under_hidden else said


def _coverage(view: View, found: Survey) -> html.Div:
    sel, t, lang = view.sel, view.t, view.lang
    small = min_cell(view)
    sums = survey.progress(found.cells, small)
    groups = [g for g in view.site.respondents.get(sel.unit_group, {}) if any(c.group == g for c in found.cells)]
    cells = {(cell.unit, cell.group): cell for cell in found.cells}
    units = sorted(
        (unit for unit in sel.units if any((unit, group) in cells for group in groups)),
        key=lambda unit: formats.vietnamese_order(unit_name(view, unit)),
    )
    headline = coverage_headline(view, sums)
    rows_of = view.site.respondents[sel.unit_group]
    heads = [
        Head(t("word.unit")),
        *(
            Head(
                html.Abbr(column_name(rows_of[group], lang), title=view.name(rows_of[group])),
                num=True,
                class_name="heat",
            )
            for group in groups
        ),
        Head(t("word.total"), num=True),
    ]

    def line(unit: str) -> Row:
        own = [cells[unit, group] for group in groups if (unit, group) in cells]
        drawn: list[Child] = [unit_link(view, unit)]
        drawn += [_coverage_cell(view, cells.get((unit, group))) for group in groups]
        drawn.append(_total(view, own))
        kind = "chosen" if unit == sel["dv"] else "own" if unit == view.ask.viewer.unit_code else ""
        return Row(drawn, kind=kind)

    half = -(-len(units) // 2)
    tables = [
        data_table(view, f"{headline} ({at + 1})", heads, [line(unit) for unit in some], class_name="coverage")
        for at, some in enumerate(filter(None, (units[:half], units[half:])))
    ]
    steps = [html.Span(t(f"survey.step.{step}"), className=f"cover cover-{step}") for step in (4, 3, 2, 1)]
    key: list[Child] = [html.Span(steps, className="cover-key")] if sums.planned else []
    if sums.hidden:
        key.append(html.Span(t("survey.step.hidden", cell=small), className="withheld"))
    note = [
        f"{column_name(rows_of[g], lang)}: {view.name(rows_of[g])}."
        for g in groups
        if column_name(rows_of[g], lang) != view.name(rows_of[g])
    ]
    if sums.hidden:
        note.append(t("survey.total_withheld", cell=small))
    return frame(
        view,
        "coverage",
        headline,
        columns(*tables),
        subtitle=t("survey.coverage_subtitle", about=view.block("inside"), period=sel.period),
        key=key,
        note=" ".join(note),
        name="tien-do",
        picture=_coverage_picture(view, units, groups, cells),
        data=_coverage_sheet(view, units, groups, cells),
    )


def _coverage_cell(view: View, cell: Cell | None) -> html.Td:
    sel, t, lang = view.sel, view.t, view.lang
    if cell is None:
        return html.Td(formats.MISSING, className="num heat")
    href = sel.href(dv=cell.unit, group=cell.group, item=None, field=None)
    if cell.hidden:
        text, kind = f"n<{min_cell(view)}", "withheld-cell"
        said = t("state.suppressed.text", n=min_cell(view))
    else:
        of = html.Span(f"/{formats.count(cell.issued, lang)}", className="of") if cell.issued is not None else None
        text = [html.Span(formats.count(cell.valid, lang)), of]
        share = cell.share
        kind = "" if share is None else f"cover-{1 + sum(share >= step for step in survey.COVERAGE_STEPS)}"
        issued = formats.MISSING if cell.issued is None else cell.issued
        said = t(
            "survey.cell_of",
            valid=cell.valid,
            issued=issued,
            unit=unit_name(view, cell.unit),
            group=group_name(view, cell.group),
        )
    return html.Td(html.A(text, href=href, title=said), className=f"num heat {kind}".strip())


def _total(view: View, own: Sequence[Cell]) -> Child:
    """Valid and issued ballots of a unit; withheld where a cell is, which would follow from it."""
    if any(cell.hidden for cell in own):
        said = view.t("survey.total_withheld", cell=min_cell(view))
        return html.Span(formats.MISSING, title=said)
    valid = formats.count(sum(cell.valid for cell in own), view.lang)
    issued = [cell.issued for cell in own]
    if None in issued or not issued:
        return valid
    return [valid, html.Span(f"/{formats.count(sum(issued), view.lang)}", className="of")]


def _coverage_picture(
    view: View, units: Sequence[str], groups: Sequence[str], cells: Mapping[tuple[str, str], Cell]
) -> Callable[[str], Figure]:
    """The table as a picture; on a slide in two halves side by side."""
    small = f"n<{min_cell(view)}"

    def drawn(cell: Cell | None) -> tuple[str, int | None] | None:
        if cell is None or cell.hidden:
            return cell and (small, -1)
        of = "" if cell.issued is None else f"/{formats.count(cell.issued, view.lang)}"
        share = cell.share
        step = None if share is None else sum(share >= one for one in survey.COVERAGE_STEPS)
        return formats.count(cell.valid, view.lang) + of, step

    rows = [
        {
            "label": unit_name(view, unit),
            "cells": [drawn(cells.get((unit, group))) for group in groups],
            "total": spoken(_total(view, [cells[unit, group] for group in groups if (unit, group) in cells])),
        }
        for unit in units
    ]
    known = view.site.respondents[view.sel.unit_group]
    marks = ("under", "step-1", "step-2", "step-3")
    key = [(mark, view.t(f"survey.step.{at}")) for at, mark in enumerate(marks, start=1)][::-1]
    if any(cell.hidden for cell in cells.values()):
        key.append(("hatch", view.t("survey.step.hidden", cell=min_cell(view))))
    names = [column_name(known[group], view.lang) for group in groups]
    shared = {"groups": names, "key": key, "lang": view.lang}

    def picture(size: str) -> Figure:
        if size != "1920x1080" or len(rows) < 12:
            return coverage(rows, **shared, width=718)
        # Beside the longest name and the total, every cell has room for "294/310".
        half, gutter = -(-len(rows) // 2), 28
        part = round(max(576, max(text_width(row["label"]) for row in rows) + 74 * len(groups) + 100))
        width = 2 * part + gutter
        sheets = [coverage(some, **shared, width=part) for some in (rows[:half], rows[half:])]
        return side_by_side(*sheets, rows=half, width=width, gutter=gutter)

    return picture


def _coverage_sheet(
    view: View, units: Sequence[str], groups: Sequence[str], cells: Mapping[tuple[str, str], Cell]
) -> Sheet:
    """One row per cell: unit, group, issued, returned, valid, share of the plan."""
    t = view.t
    rows = [cells[unit, group] for unit in units for group in groups if (unit, group) in cells]
    small = f"n<{min_cell(view)}"
    shares = [None if cell.share is None else formats.rounded(cell.share * 100, 1) for cell in rows]
    return Sheet(
        [
            Column(t("word.unit"), [unit_name(view, cell.unit, full=True) for cell in rows]),
            Column(
                t("word.group"), [view.name(view.site.respondents[view.sel.unit_group][cell.group]) for cell in rows]
            ),
            Column(t("survey.issued"), [cell.issued for cell in rows], "number"),
            Column(t("survey.returned"), [small if cell.hidden else cell.returned for cell in rows], "number"),
            Column(t("survey.valid"), [small if cell.hidden else cell.valid for cell in rows], "number"),
            Column(t("survey.of_plan"), shares, "percent", 1),
        ]
    )


def days_headline(view: View, rows: Sequence[tuple[Any, int]]) -> str:
    """The day with most ballots."""
    if not rows:
        return view.t("survey.days_none")
    most = max(n for _, n in rows)
    best = [day for day, n in rows if n == most]
    if len(best) > 1:
        return view.t("survey.days_tied", days=len(best), n=most)
    return view.t("survey.days_most", date=formats.date(best[0], view.lang), n=most)


def _days(view: View, found: Survey, cells: Sequence[Cell]) -> html.Div | None:
    t, lang = view.t, view.lang
    rows, undated = survey.days(found, cells)
    headline = days_headline(view, rows)
    if not rows:
        hidden = not undated and any(cell.hidden for cell in cells)
        body = state(view, "suppressed" if hidden else "empty", n=min_cell(view))
        return frame(view, "days", t("survey.days_withheld") if hidden else headline, body, name="phieu-theo-ngay")
    drawn = [{"day": day, "n": n, "id": None} for day, n in rows]
    first, last = rows[0][0], rows[-1][0]
    idle = (last - first).days + 1 - len(rows)
    note = [t("survey.days_empty", n=idle)] if idle else []
    note += [t("survey.undated", n=undated)] if undated else []
    if hidden := sum(cell.hidden for cell in cells):
        note.append(t("survey.lead_hidden", n=hidden, cell=min_cell(view)))
    heads = [Head(t("survey.day")), Head(t("survey.ballots"), num=True)]
    table = data_table(view, headline, heads, [[formats.date(day, lang), formats.count(n, lang)] for day, n in rows])
    who = about(view) + (f", {group_name(view, view.sel.group)}" if view.sel.group else "")
    return frame(
        view,
        "days",
        headline,
        graph(
            view,
            ballots_a_day(drawn, lang=lang, width=1094),
            t("survey.alt", n=len(rows), headline=headline),
            narrow=ballots_a_day(drawn, lang=lang, width=NARROW),
        ),
        subtitle=t(
            "survey.days_subtitle",
            first=formats.date(first, lang),
            last=formats.date(last, lang),
            about=who,
            n=sum(n for _, n in rows),
        ),
        table=table,
        note=" ".join(note) or None,
        name="phieu-theo-ngay",
    )


# Quality --------------------------------------------------------------------------------------------------------


def forms_headline(view: View, forms: Sequence[Form]) -> str:
    """The group that has no opinion most often."""
    known = [form for form in forms if form.no_opinion]
    if not known:
        return view.t("survey.quality_none")
    most = max(form.no_opinion for form in known)
    names = [group_name(view, form.group) for form in known if form.no_opinion == most]
    share = formats.percent(most, view.lang)
    return view.t("survey.quality_headline", group=listed(names, view.lang), share=share)


def odd_headline(view: View, odd: Sequence[Odd]) -> str:
    """How many cells have more ballots alike than chance gives."""
    cells = {(one.unit, one.group) for one in odd}
    return view.t("survey.odd_some", n=len(cells)) if cells else view.t("survey.odd_none")


def separation_headline(view: View, found: Sequence[Separation]) -> str:
    """Which leaf tells units apart best, and on how many most of the variance is noise."""
    if not found:
        return view.t("survey.separate_none")
    share = formats.percent(found[0].share, view.lang, 0)
    said = view.t("survey.separate", item=item_name(view, found[0].leaf), share=share)
    weak = sum(one.share < 0.5 for one in found)
    return said + view.t("survey.separate_weak", n=weak) if weak else said


def _quality(view: View, found: Survey) -> html.Section:
    t = view.t
    return section(
        t("survey.quality"),
        _forms(view, found),
        columns(_separation(view, found), _odd(view, found)),
        id="quality",
    )


def _forms(view: View, found: Survey) -> html.Div:
    sel, t, lang = view.sel, view.t, view.lang
    forms = survey.forms(found)
    headline = forms_headline(view, forms)
    heads = [
        Head(t("word.group"), class_name="wrap"),
        Head(t("survey.ballots"), num=True),
        *(Head(t(f"survey.{test}"), num=True) for test in survey.TESTS),
        Head(t("figure.no_opinion"), num=True),
        Head(t("survey.left_blank"), num=True),
        Head(t("survey.few_cells"), num=True),
    ]
    lines = [
        [
            html.A(
                group_name(view, form.group), href=sel.href(group=form.group, item=None, field=None), className="quiet"
            ),
            formats.count(form.ballots, lang),
            *(_share_of(form.alike[test], form.ballots, lang) for test in survey.TESTS),
            formats.percent(form.no_opinion, lang),
            formats.percent(form.left_out, lang),
            formats.count(form.few, lang),
        ]
        for form in forms
    ]
    note = [t("survey.quality_note")]
    if hidden := sum(cell.hidden for cell in found.cells):
        note.append(t("survey.lead_hidden", n=hidden, cell=min_cell(view)))
    return frame(
        view,
        "forms",
        headline,
        data_table(view, headline, heads, lines),
        subtitle=t("survey.quality_subtitle", about=view.block("inside"), period=sel.period),
        note=" ".join(note),
        name="cach-dien-phieu",
    )


def _share_of(k: int | None, n: int, lang: str) -> str:
    """'12 (8,1%)'; '–' where the test says nothing."""
    if k is None or not n:
        return formats.MISSING
    return f"{formats.count(k, lang)} ({formats.percent(Fraction(k, n), lang)})"


def _odd(view: View, found: Survey) -> html.Div:
    sel, t, lang = view.sel, view.t, view.lang
    odd = survey.odd_cells(found)
    headline = odd_headline(view, odd)
    heads = [
        Head(t("word.unit"), class_name="wrap"),
        Head(t("survey.test"), class_name="wrap"),
        Head(t("survey.in_cell"), num=True),
        Head(t("survey.usual"), num=True),
    ]
    lines = [
        [
            html.A(
                f"{unit_name(view, one.unit)}, {group_name(view, one.group)}",
                href=sel.href(dv=one.unit, group=one.group, item=None, field=None),
                className="quiet",
            ),
            t(f"survey.{one.test}"),
            _share_of(one.k, one.n, lang),
            formats.percent(one.usual, lang),
        ]
        for one in odd
    ]
    body = data_table(view, headline, heads, lines) if lines else None
    return frame(
        view,
        "odd",
        headline,
        body,
        subtitle=t("survey.odd_subtitle", about=view.block("inside")),
        name="o-can-xem",
    )


def _separation(view: View, found: Survey) -> html.Div:
    sel, t, lang = view.sel, view.t, view.lang
    leaves = survey.separations(found, list(sel.units))
    headline = separation_headline(view, leaves)
    subtitle = t("survey.separate_subtitle", about=view.block("inside"), period=sel.period)
    if not leaves:
        return frame(view, "separation", headline, state(view, "empty"), subtitle=subtitle, name="tach-bach")
    rows = [{"label": item_name(view, one.leaf), "value": Fraction(one.share) * 100, "id": None} for one in leaves]
    drawn = {"span": span_of([100 * one.share for one in leaves], 10), "lang": lang, "percent": True}
    heads = [
        Head(t("word.criterion"), class_name="wrap"),
        Head(t("survey.real_share"), num=True),
        Head(t("survey.between"), num=True),
        Head(t("survey.noise"), num=True),
        Head(t("survey.units_in"), num=True),
    ]
    lines = [
        [
            item_link(view, one.leaf, item_name(view, one.leaf)),
            formats.percent(one.share, lang, 0),
            formats.number(100 * one.between, lang, 1),
            formats.number(100 * one.noise, lang, 1),
            formats.count(one.units, lang),
        ]
        for one in leaves
    ]
    return frame(
        view,
        "separation",
        headline,
        graph(
            view,
            _plain(dot_plot(rows, **drawn, width=531), view),
            t("survey.alt", n=len(rows), headline=headline),
            narrow=_plain(dot_plot(rows, **drawn, width=NARROW, row_height=34), view),
        ),
        subtitle=subtitle,
        table=data_table(view, headline, heads, lines),
        note=t("survey.separate_note"),
        name="tach-bach",
    )


def _plain(figure: Figure, view: View) -> Figure:
    """The dots are not attainments: the key of the picture says what they are."""
    figure["layout"]["meta"]["key"] = [["dot", view.t("survey.real_share")]]
    return figure


def standing(sel: Selection) -> Iterable[Selection]:
    """Beside the default: the answers against a zero line."""
    return (sel, sel.change(kieu=DIVERGING))
