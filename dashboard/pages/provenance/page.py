"""/nguon-goc/<id>: one number taken apart, down to files and rows, and computed anew on demand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.address.numbers import NumberName, number_id
from dashboard.address.selection import read_number
from dashboard.address.view import View
from dashboard.exhibit.text import remark
from dashboard.render import elements as html
from dashboard.render.controls import button_link
from dashboard.render.page import text
from dashboard.render.parts import (
    Child,
    Head,
    badge,
    data_table,
    dataset,
    facts,
    item_link,
    page_header,
    provenance,
    section,
    state,
    unit_link,
    unit_name,
    withheld,
)
from dashboard.words import formats
from scoring.build import STORED_PLACES
from scoring.rank import round_half_up

RECOMPUTE = "tinh"
CHOICES = {RECOMPUTE: ("", "1")}

COLUMNS = {
    "points": "points",
    "self": "self_points",
    "appraised": "appraised_points",
    "survey": "survey_points",
    "gap": "gap",
    "attainment": "attainment",
}
"""Measure of an address -> column of the results by item."""

EXACT_PLACES = 10  # decimals in which unrounded numbers are shown
NEAR = 2  # units shown on either side of a rank

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Origin:
    """One number and everything it rests on, read once from the store."""

    view: View
    name: NumberName

    @cached_property
    def items(self) -> dict[str, Row]:
        return {row["criterion_code"]: row for row in self.view.ask.unit_items(self.name.period, self.name.unit)}

    @cached_property
    def item(self) -> Row:
        return self.items.get(self.name.criterion, {})

    @cached_property
    def block(self) -> list[dict[str, Any]]:
        return self.view.ask.ranking(self.name.period, self.view.sel.unit_group)

    @cached_property
    def total(self) -> Row:
        return next((row for row in self.block if row["unit_code"] == self.name.unit), {})

    @cached_property
    def children(self) -> list[str]:
        """Codes of the items right below, in the order of the rubric."""
        return [c for c, row in self.view.sel.rubric.items() if (row["parent_code"] or "") == self.name.criterion]

    @cached_property
    def below(self) -> set[str]:
        """Codes of the item and everything under it."""
        codes = {self.name.criterion} if self.name.criterion else set()
        for code, row in self.view.sel.rubric.items():  # a parent stands before its children
            if not self.name.criterion or row["parent_code"] in codes:
                codes.add(code)
        return codes

    @property
    def leaf(self) -> bool:
        return bool(self.item.get("state"))

    @cached_property
    def cells(self) -> list[dict[str, Any]]:
        """Survey cells of the leaf, by respondent group."""
        found = self.view.ask.unit_survey(self.name.period, self.name.unit)
        return [row for row in found if row["criterion_code"] == self.name.criterion]

    @cached_property
    def answers(self) -> list[dict[str, Any]]:
        """Answers by option of the leaf's questions, of the one group where the number is its value."""
        found = self.view.ask.unit_answers(self.name.period, self.name.unit)
        return [
            row
            for row in found
            if row["criterion_code"] == self.name.criterion and self.name.group in (None, row["respondent_group"])
        ]

    @cached_property
    def scores(self) -> list[dict[str, Any]]:
        found = self.view.ask.score_sources(self.name.period, self.name.unit)
        return [row for row in found if row["criterion_code"] in self.below]

    @cached_property
    def ballots(self) -> list[dict[str, Any]]:
        found = self.view.ask.ballot_sources(self.name.period, self.name.unit)
        asked = self.cells if self.leaf else []
        groups = {self.name.group} if self.name.group else {row["respondent_group"] for row in asked}
        surveyed = not self.leaf and self.item.get("survey_max")
        return [row for row in found if surveyed or row["respondent_group"] in groups]

    @cached_property
    def cell(self) -> Row:
        return next((row for row in self.cells if row["respondent_group"] == self.name.group), {})

    @cached_property
    def published(self) -> Row:
        found = self.view.ask.published()
        mine = (self.name.period, self.name.unit)
        return next((row for row in found if (row["period"], row["unit_code"]) == mine), {})

    @cached_property
    def value(self) -> Decimal | int | None:
        """The number itself, unrounded where it is not published in rounded form."""
        match self.name.measure:
            case "value":
                return self.cell.get("value")
            case "index" | "index_interval":
                return self.total.get("index_value")
            case "rank" | "rank_interval":
                return self.total.get("rank")
            case "change":
                now, before = self.total.get("index_value"), self.total.get("previous_index")
                comparable = self.total.get("comparable") and self.total.get("status") == "complete"
                return now - before if comparable and now is not None and before is not None else None
            case "published":
                return self.published.get("index")
            case measure:
                return self.item.get(COLUMNS[measure])


def layout(view: View) -> list:
    """The page of the number in the path."""
    origin = Origin(view, read_number(view.site, view.sel.number))
    parts = [_head(origin), _formula(origin)]
    if origin.children and origin.name.measure in (*COLUMNS, "index"):
        parts.append(_parts(origin))
    if origin.leaf and origin.cells:
        parts.append(_groups(origin))
    if origin.answers and origin.name.measure == "value":
        parts.append(_answers(origin))
    if origin.name.measure in ("rank", "rank_interval"):
        parts.append(_neighbours(origin))
    if origin.name.measure != "published":
        parts += [_decision(origin) if origin.leaf else None, _sources(origin)]
    parts += [_history(origin), _recompute(origin)]
    return [parts[0], html.Div(parts[1:], className="origin")]


# --- words and dress of numbers ---------------------------------------------------------------------------------


def _title(origin: Origin) -> list:
    view, name = origin.view, origin.name
    if not name.criterion:
        return [view.t("provenance.title_total")]
    return [f"{name.criterion} ", view.name(view.sel.rubric[name.criterion])]


def shown(origin: Origin) -> str:
    """The number as pages print it."""
    lang, value, measure = origin.view.lang, origin.value, origin.name.measure
    if value is None:
        return formats.MISSING
    if measure == "rank":
        return formats.rank(value, sum(row["rank"] is not None for row in origin.block))
    if measure == "rank_interval":
        low, high = origin.total["rank_low"], origin.total["rank_high"]
        return formats.MISSING if low is None else (f"{low}" if low == high else f"{low}–{high}")
    if measure == "index_interval":
        return formats.interval(origin.total["index_low"], origin.total["index_high"], lang, 2)
    if measure == "attainment":
        return formats.percent(value, lang)
    if measure == "value":
        return formats.number(value, lang, 4)
    if measure in ("gap", "change"):
        return formats.signed(value, lang)
    if measure in ("points", "survey", "appraised", "self"):
        return formats.of_max(value, _maximum(origin), lang)
    return formats.points(value, lang)


def _maximum(origin: Origin) -> Decimal | None:
    """The maximum that belongs beside a number of points."""
    item, measure = origin.item, origin.name.measure
    if not origin.leaf and measure in ("appraised", "self"):
        return item.get("appraised_max")
    return item.get("survey_max") if not origin.leaf and measure == "survey" else item.get("max_points")


def exact(value: Decimal | Fraction | None, lang: str) -> str:
    """An unrounded number, with an ellipsis where more decimals follow."""
    if value is None:
        return formats.MISSING
    text = formats.number(value, lang, EXACT_PLACES, trim=True)
    cut = Fraction(value) * 10**EXACT_PLACES
    return text if cut.denominator == 1 else text + "…"


def _group(view: View, code: str) -> str:
    return view.name(view.site.respondents[view.sel.unit_group].get(code, {})) or code


def _head(origin: Origin) -> Child:
    view, name = origin.view, origin.name
    trail = [(unit_name(view, name.unit, "full"), view.sel.to("unit", unit=name.unit))]
    above, code = [], name.criterion
    while code:
        above.append(code)
        code = view.sel.rubric[code]["parent_code"]
    link = lambda code: view.sel.to("provenance", number=number_id(name.period, name.unit, code, "points"))  # noqa: E731
    trail += [(code, link(code) if code != name.criterion else None) for code in reversed(above)]
    measure = view.t(f"provenance.measure.{name.measure}")
    if name.group:
        measure = f"{measure}: {_group(view, name.group)}"
    unit = unit_name(view, name.unit, "full")
    number = withheld(view, view.sel.season["min_cell"]) if origin.cell.get("suppressed") else shown(origin)
    figure, slash, rest = number.partition("/") if isinstance(number, str) else (number, "", "")
    return html.Div(
        [
            page_header(
                view,
                _title(origin),
                view.t("provenance.lead", unit=unit, measure=measure, period=name.period),
                breadcrumb=trail,
            ),
            html.P(
                [
                    html.Span(figure, className="origin-number"),
                    html.Span(slash + rest, className="origin-of") if slash else None,
                    badge("draft", view.t("provenance.made_up")) if view.sel.season.get("made_up") else None,
                ],
                className="origin-figure",
            ),
        ]
    )


# --- the computation --------------------------------------------------------------------------------------------


def _formula(origin: Origin) -> Child:
    lines = [line for line in formula(origin) if line]
    title = origin.view.t("provenance.formula")
    return section(title, html.Div([html.P(line) for line in lines], className="formula"), id="formula")


def formula(origin: Origin) -> list[str]:
    """The computation in lines: the rule, the rule with its numbers, the result and its rounding."""
    view, measure = origin.view, origin.name.measure
    t, lang = view.t, view.lang
    if measure == "value":
        return _formula_of_group(origin)
    if measure == "published":
        return [t("provenance.formula.published")] if origin.published else [t("provenance.none")]
    if measure in ("index", "index_interval", "rank", "rank_interval", "change"):
        return _formula_of_unit(origin)
    item = origin.item
    if not item:
        return [t("provenance.none")]
    if measure == "attainment":
        if item["attainment"] is None:
            return [t("provenance.formula.attainment"), *_why_open(origin)]
        told = f"{exact(item['points'], lang)} ÷ {exact(item['max_points'], lang)}"
        return [t("provenance.formula.attainment"), told, _result(origin)]
    if origin.leaf:
        return _formula_of_leaf(origin)
    column = COLUMNS[measure]
    if item[column] is None:
        return [t("provenance.formula.open") if measure == "points" else t("provenance.none")]
    values = [origin.items[code][column] for code in origin.children if origin.items[code][column] is not None]
    name = t(f"provenance.measure.{measure}")
    rule = (
        t("provenance.formula.gap_sum")
        if measure == "gap"
        else t("provenance.formula.sum", measure=name[:1].upper() + name[1:], n=len(origin.children))
    )
    told = " + ".join(exact(v, lang) if v >= 0 else f"({formats.signed(v, lang, 2)})" for v in values)
    return [rule, told, _result(origin)]


def _result(origin: Origin) -> str:
    view = origin.view
    unrounded = exact(origin.value, view.lang)
    printed = shown(origin).partition("/")[0]
    if origin.name.measure == "attainment" or unrounded not in (printed, printed.lstrip("+")):
        return view.t("provenance.rounded", exact=unrounded, shown=printed)
    return view.t("provenance.equals", exact=printed)


def _why_open(origin: Origin) -> list[str]:
    if origin.leaf:
        return _formula_of_leaf(origin)
    return [origin.view.t("provenance.formula.open")] if origin.item.get("max_points") else []


def _formula_of_leaf(origin: Origin) -> list[str]:
    view, item, measure = origin.view, origin.item, origin.name.measure
    t, lang = view.t, view.lang
    if measure == "self":
        return [t("provenance.formula.self")] if item["self_points"] is not None else [t("provenance.none")]
    if item["state"] in ("missing", "not_applicable"):
        return [t(f"provenance.formula.{item['state']}")]
    if item["state"] == "pending":
        if item["claimed"]:
            return [t("provenance.formula.claimed")]
        return [t("provenance.formula.pending", points=formats.points(item["self_points"], lang))]
    if measure == "gap":
        if item["gap"] is None:
            return [t("provenance.none")]
        told = f"{exact(item['appraised_points'], lang)} − {exact(item['self_points'], lang)}"
        return [t("provenance.formula.gap"), told, _result(origin)]
    if item["state"] == "appraised":
        return [t("provenance.formula.round", round=item["round"]), _result(origin)]
    counting = [cell for cell in origin.cells if cell["weight"] > 0]
    rule = t("provenance.formula.survey")
    if any(cell["suppressed"] for cell in counting):
        return [rule, t("provenance.hidden_formula"), _result(origin)]
    counting = [cell for cell in counting if cell["value"] is not None]
    weights = {cell["weight"] for cell in counting}
    value = lambda cell: exact(cell["value"], lang)  # noqa: E731
    if len(weights) == 1:
        told = " + ".join(value(cell) for cell in counting)
        over = str(len(counting))
    else:
        told = " + ".join(f"{exact(cell['weight'], lang)} × {value(cell)}" for cell in counting)
        over = exact(sum(cell["weight"] for cell in counting), lang)
    return [rule, f"{exact(item['max_points'], lang)} × ({told}) ÷ {over}", _result(origin)]


def _formula_of_unit(origin: Origin) -> list[str]:
    view, total, measure = origin.view, origin.total, origin.name.measure
    t, lang = view.t, view.lang
    if not total or total["index_value"] is None:
        return [t("provenance.none")]
    if measure == "index":
        told = f"100 × {exact(total['points'], lang)} ÷ {exact(total['max_points'], lang)}"
        provisional = t("provenance.formula.provisional") if total["status"] != "complete" else ""
        rounded = t(
            "provenance.rounded",
            exact=formats.number(total["index_exact"], lang, EXACT_PLACES),
            shown=formats.points(total["index_value"], lang),
        )
        return [t("provenance.formula.index"), told, rounded, provisional]
    if measure == "change":
        if origin.value is None:
            known = total["previous_period"] and not total["comparable"]
            return [t("provenance.formula.not_comparable") if known else t("provenance.none")]
        told = f"{formats.points(total['index_value'], lang)} − {formats.points(total['previous_index'], lang)}"
        rule = t("provenance.formula.change", period=origin.name.period, previous=total["previous_period"])
        return [rule, told, t("provenance.equals", exact=formats.signed(origin.value, lang))]
    if measure != "index_interval" and total["rank"] is None:
        return [t("provenance.formula.provisional")]
    if measure == "rank":
        above = total["rank"] - 1
        tied = [r for r in origin.block if r["rank"] == total["rank"] and r["unit_code"] != origin.name.unit]
        names = ", ".join(unit_name(view, row["unit_code"]) for row in tied)
        return [
            t("provenance.formula.rank", n=above),
            f"1 + {above} = {total['rank']}",
            t("provenance.formula.rank_tie", names=names) if tied else "",
        ]
    if total["se_index"] is None:
        return [t("provenance.none")]
    meta = view.site.meta
    return [
        t(
            f"provenance.formula.{'interval' if measure == 'rank_interval' else 'bootstrap'}",
            se=formats.number(total["se_index"], lang, 3),
            replicates=formats.count(int(meta["replicates"]), lang),
            seed=meta["seed"],
        ),
        t(
            "provenance.formula.interval_2",
            low=formats.points(total["index_low"], lang),
            high=formats.points(total["index_high"], lang),
        ),
    ]


def _formula_of_group(origin: Origin) -> list[str]:
    view, cell = origin.view, origin.cell
    t, lang = view.t, view.lang
    if not cell:
        return [t("provenance.none")]
    if cell["suppressed"]:
        return [t("provenance.hidden_group", group=_group(view, origin.name.group))]
    method = origin.item["survey_method"]
    lines = [t("provenance.formula.value")]
    for question, options in _by_question(origin.answers):
        valid = [row for row in options if row["value"] is not None and row["n"] is not None]
        n = sum(row["n"] for row in valid)
        if not n or any(row["suppressed"] for row in options):
            continue
        weight = (lambda row: row["value"]) if method == "mean" else (lambda row: int(row["satisfied"]))
        told = exact(sum((row["n"] * Fraction(weight(row)) for row in valid), Fraction(0)), lang)
        lines.append(t(f"provenance.formula.{method}", question=question, sum=told, n=formats.count(n, lang)))
    return [*lines, _result(origin)]


def _by_question(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["question_code"], []).append(row)
    return sorted(found.items())


# --- what it rests on -------------------------------------------------------------------------------------------


def _caption(origin: Origin, title: str) -> str:
    """The name of a table: that of its section, and whose numbers they are. Two landmarks never share a name."""
    return f"{title}: {unit_name(origin.view, origin.name.unit, 'full')}"


def _parts(origin: Origin) -> Child:
    """The items right below, each leading to its own number."""
    view, name = origin.view, origin.name
    t, lang = view.t, view.lang
    measure = name.measure if name.measure in COLUMNS else "points"
    rows = []
    for code in origin.children:
        item = origin.items[code]
        value = item[COLUMNS[measure]]
        dress = {"attainment": formats.percent, "gap": formats.signed}.get(measure, formats.points)
        link = provenance(view, dress(value, lang), number_id(name.period, name.unit, code, measure))
        state_word = t(f"method.state.{item['state']}") if item["state"] else ""
        rows.append([item_link(view, code), link, formats.number(item["max_points"], lang, 2, trim=True), state_word])
    heads = [
        t("provenance.part"),
        Head(t(f"provenance.measure.{measure}").capitalize(), num=True),
        Head(t("provenance.max"), num=True),
        t("provenance.state"),
    ]
    title = t("provenance.parts")
    return section(title, data_table(view, _caption(origin, title), heads, rows), id="parts")


def _groups(origin: Origin) -> Child:
    """Ballots and values of the leaf by respondent group; what is suppressed says so."""
    view, name = origin.view, origin.name
    t, lang = view.t, view.lang
    rows = []
    for cell in origin.cells:
        hidden = withheld(view, view.sel.season["min_cell"]) if cell["suppressed"] else None
        address = number_id(name.period, name.unit, name.criterion, "value", cell["respondent_group"])
        limits = formats.MISSING
        if cell["ci_low"] is not None:
            limits = f"{formats.number(cell['ci_low'], lang, 4)}–{formats.number(cell['ci_high'], lang, 4)}"
        rows.append(
            [
                _group(view, cell["respondent_group"]),
                exact(cell["weight"], lang),
                formats.count(cell["issued"], lang) if cell["issued"] is not None else formats.MISSING,
                formats.count(cell["returned"], lang) if cell["returned"] is not None else formats.MISSING,
                formats.count(cell["n_ballots"], lang),
                hidden or formats.count(cell["n_valid"], lang),
                hidden or provenance(view, formats.number(cell["value"], lang, 4), address),
                hidden or limits,
            ]
        )
    heads = [t("provenance.group")] + [
        Head(t(f"provenance.{key}"), num=True)
        for key in ("weight", "issued", "returned", "n_ballots", "n_valid", "value", "interval")
    ]
    title = t("provenance.ballots")
    return section(title, data_table(view, _caption(origin, title), heads, rows), id="ballots")


def _answers(origin: Origin) -> Child:
    view = origin.view
    t, lang = view.t, view.lang
    hidden = withheld(view, view.sel.season["min_cell"])
    rows = [
        [
            view.name(row, "text") or row["question_code"],
            view.name(row, "label"),
            exact(row["value"], lang) if row["value"] is not None else formats.MISSING,
            hidden if row["suppressed"] else formats.count(row["n"], lang),
        ]
        for row in origin.answers
    ]
    heads = [
        t("provenance.question"),
        t("provenance.option"),
        Head(t("provenance.option_value"), num=True),
        Head(t("provenance.n"), num=True),
    ]
    title = t("provenance.answers")
    return section(title, data_table(view, _caption(origin, title), heads, rows), id="answers")


def _neighbours(origin: Origin) -> Child | None:
    """The units right above and below; for an interval also how often each rank came out when resampling."""
    view, total = origin.view, origin.total
    t, lang = view.t, view.lang
    if not total or total["rank"] is None:
        return None
    ranked = [row for row in origin.block if row["rank"] is not None]
    at = next(i for i, row in enumerate(ranked) if row["unit_code"] == origin.name.unit)
    near = ranked[max(at - NEAR, 0) : at + NEAR + 1]
    name = origin.name.period
    rows = [
        [
            unit_link(view, row["unit_code"]),
            formats.rank(row["rank"]),
            provenance(view, formats.points(row["index_value"], lang), number_id(name, row["unit_code"], "", "index")),
        ]
        for row in near
    ]
    heads = [t("provenance.unit"), Head(t("provenance.rank"), num=True), Head(t("provenance.index"), num=True)]
    parts = [data_table(view, _caption(origin, t("provenance.neighbours")), heads, rows)]
    if origin.name.measure == "rank_interval":
        shares = view.ask.rank_probabilities(origin.name.period, origin.name.unit)
        lines = [[formats.rank(row["rank"]), formats.percent(row["probability"], lang)] for row in shares]
        title = t("provenance.probabilities")
        told = [Head(t("provenance.rank"), num=True), Head(t("provenance.share"), num=True)]
        parts.append(data_table(view, title, told, lines, caption_shown=True))
    return section(t("provenance.neighbours"), *parts, id="neighbours")


def _decision(origin: Origin) -> Child:
    """What the council decided on the leaf, with reason and minutes."""
    view, item = origin.view, origin.item
    t = view.t
    title = t("provenance.decision")
    own = [
        (t("provenance.submitted_on"), formats.date(item["submitted_on"], view.lang)),
        (t("provenance.explanation"), item["explanation"]),
        (t("provenance.evidence"), item["evidence"]),
    ]
    own = facts([(term, told) for term, told in own if told and told != formats.MISSING])
    if item["state"] == "surveyed" or (item["assessed_by"] == "survey" and item["round"] is None):
        return section(title, html.P(t("provenance.decision_none")), id="decision")
    if item["round"] is None:
        return section(title, html.P(t("provenance.decision_open")), own, id="decision")
    told = facts(
        [
            (t("provenance.appraiser"), unit_name(view, item["appraiser"] or formats.MISSING, "full")),
            (t("provenance.reason"), item["reason"] or t("provenance.reason_none")),
            (t("provenance.minute"), item["minute"] or formats.MISSING),
            (t("provenance.decided_on"), formats.date(item["decided_on"], view.lang)),
        ]
    )
    return section(title, told, own, id="decision")


def _sources(origin: Origin) -> Child:
    """Files and rows: for a leaf each score, for what is above it the files with their number of rows."""
    view = origin.view
    t = view.t
    tables = []
    if origin.scores:
        tables.append(_score_rows(origin) if origin.leaf else _score_files(origin))
    if origin.ballots:
        tables.append(_ballot_files(origin))
    return section(t("provenance.sources"), *(tables or [html.P(t("provenance.no_scores"))]), id="sources")


def _file(view: View, row: Row) -> list:
    made_up = [" ", badge("sim", view.t("provenance.made_up"))] if row["made_up"] else []
    return [html.Span(row["file"], className="file-name"), *made_up]


def _imported(view: View, row: Row) -> str:
    at = formats.moment(row["imported_at"], view.lang)
    return view.t("provenance.imported", id=row["import_id"], at=at, by=row["by"] or formats.MISSING)


def _place(view: View, row: Row, rows: str) -> str:
    return (view.t("provenance.sheet", sheet=row["sheet"]) if row["sheet"] else "") + rows


def _rows(view: View, first: int, last: int) -> str:
    if first == last:
        return view.t("provenance.row", row=str(first))
    return view.t("provenance.rows", first=str(first), last=str(last))


def _hash(row: Row) -> html.Code:
    return html.Code(f"{row['sha256'][:12]}…", title=row["sha256"])


def _source_heads(view: View, *first: Head | str) -> list:
    t = view.t
    return [*first, t("provenance.file"), t("provenance.place"), t("provenance.import"), t("provenance.hash")]


def _score_rows(origin: Origin) -> Child:
    view = origin.view
    t, lang = view.t, view.lang
    rows = [
        [
            t(f"provenance.kind.{row['kind']}", round=str(row["round"])),
            t("method.state.not_applicable") if row["not_applicable"] else exact(row["points"], lang),
            _file(view, row),
            _place(view, row, _rows(view, row["row"], row["row"])),
            _imported(view, row),
            _hash(row),
        ]
        for row in origin.scores
    ]
    heads = _source_heads(view, t("provenance.what"), Head(t("provenance.points"), num=True))
    return data_table(view, t("provenance.scores"), heads, rows, caption_shown=True)


def _score_files(origin: Origin) -> Child:
    view = origin.view
    t, lang = view.t, view.lang
    files: dict[tuple, list[Row]] = {}
    for row in origin.scores:
        files.setdefault((row["kind"], row["round"] or 0, row["import_id"], row["file"], row["sheet"]), []).append(row)
    rows = []
    for (kind, turn, *_), found in sorted(files.items(), key=lambda pair: (pair[0][0] != "self", *pair[0][1:])):
        places = [row["row"] for row in found]
        rows.append(
            [
                t(f"provenance.kind.{kind}", round=str(turn)),
                formats.count(len(found), lang),
                _file(view, found[0]),
                _place(view, found[0], _rows(view, min(places), max(places))),
                _imported(view, found[0]),
                _hash(found[0]),
            ]
        )
    heads = _source_heads(view, t("provenance.what"), Head(t("provenance.n_rows"), num=True))
    return data_table(view, t("provenance.scores"), heads, rows, caption_shown=True)


def _ballot_files(origin: Origin) -> Child:
    view = origin.view
    t, lang = view.t, view.lang
    rows = [
        [
            _group(view, row["respondent_group"]),
            formats.count(row["n_ballots"], lang),
            _file(view, row),
            _place(view, row, _rows(view, row["first_row"], row["last_row"])),
            _imported(view, row),
            _hash(row),
        ]
        for row in origin.ballots
    ]
    heads = _source_heads(view, t("provenance.group"), Head(t("provenance.n"), num=True))
    return data_table(view, t("provenance.ballot_files"), heads, rows, caption_shown=True)


def _history(origin: Origin) -> Child:
    """The dataset, earlier values of the scores below, and what an announcement said."""
    view, name = origin.view, origin.name
    t, lang = view.t, view.lang
    told = [(t("provenance.dataset"), t("part.source_data", **dataset(view)))]
    if name.measure == "published" and origin.published:
        row = origin.published
        told += [
            (t("provenance.announcement"), row["decision"] or formats.MISSING),
            (t("provenance.source"), row["source"] or formats.MISSING),
            (t("provenance.file"), f"{row['file']}, {_rows(view, row['row'], row['row'])}"),
        ]
        if row["note"]:
            told.append((t("provenance.note"), text(view, remark(row, lang))))
    earlier = [row for row in view.ask.superseded(name.period, name.unit) if row["criterion_code"] in origin.below]
    rows = [
        [
            row["criterion_code"],
            t(f"provenance.kind.{row['kind']}", round=str(row["round"])),
            t("method.state.not_applicable") if row["not_applicable"] else exact(row["points"], lang),
            row["file"],
            _place(view, row, _rows(view, row["row"], row["row"])),
            t("provenance.by_import", id=str(row["import_id"])),
            t("provenance.by_import", id=str(row["superseded_by"]))
            if row["superseded_by"]
            else t("provenance.retracted"),
        ]
        for row in earlier
    ]
    heads = [
        t("provenance.part"),
        t("provenance.what"),
        Head(t("provenance.points"), num=True),
        t("provenance.file"),
        t("provenance.place"),
        t("provenance.import"),
        t("provenance.superseded_by"),
    ]
    title = t("provenance.history")
    table = (
        data_table(view, _caption(origin, title), heads, rows)
        if rows
        else html.P(t("provenance.no_history"), className="note")
    )
    return section(title, facts(told), table, id="history")


# --- recompute --------------------------------------------------------------------------------------------------


def computed_anew(origin: Origin) -> tuple[Decimal | int | None, Decimal | int | None] | None:
    """(computed anew from the rows of the store, as stored), both in the places the store keeps; None where there is
    no direct computation."""
    view, name = origin.view, origin.name
    if name.measure in ("rank_interval", "index_interval", "published", "change"):
        return None
    result, cells = view.ask.recomputed(name.period, view.sel.unit_group)
    if name.measure in ("index", "rank"):
        unit = next(unit for unit in result.units if unit.unit_code == name.unit)
        return (unit.index_value if name.measure == "index" else unit.rank), origin.value
    if name.measure == "value":
        key = (name.unit, name.criterion, name.group)
        cell = next((c for c in cells if (c.unit_code, c.criterion_code, c.respondent_group) == key), None)
        return _kept(cell.value if cell else None), origin.value
    item = next(i for i in result.items if (i.unit_code, i.criterion_code) == (name.unit, name.criterion))
    return _kept(getattr(item, COLUMNS[name.measure])), origin.value


def _kept(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, STORED_PLACES)


def _recompute(origin: Origin) -> Child:
    view = origin.view
    t, lang = view.t, view.lang
    asked = view.sel[RECOMPUTE] == "1"
    parts: list[Child] = [html.P(t("provenance.recompute_lead"), className="note")]
    actions = [button_link(t("provenance.recompute"), view.sel.href(**{RECOMPUTE: "1"}) + "#recompute", primary=True)]
    if asked:
        pair = computed_anew(origin)
        if pair is None:
            told, kind = t("provenance.no_recompute"), "plain"
        elif origin.cell.get("suppressed"):
            told, kind = t("provenance.same_hidden"), "same"  # the value itself is not compared where it is not kept
        else:
            new, stored = pair
            kind = "same" if new == stored else "differs"
            told = t(f"provenance.{kind}", new=exact(new, lang), stored=exact(stored, lang))
        actions.append(html.Span(told, className=f"recomputed recomputed-{kind}", role="status"))
        if kind == "differs":
            parts.append(state(view, "error", title=told, text=t("provenance.recompute_lead")))
    address = facts([(t("provenance.address"), html.Code(view.sel.number))])
    return section(t("provenance.recompute"), *parts, html.Div(actions, className="recompute"), address, id="recompute")


__all__: Sequence[str] = ("CHOICES", "computed_anew", "formula", "layout", "shown")
