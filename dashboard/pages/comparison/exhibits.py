"""Units of a block side by side: their numbers, the pairs, the fields, the items that lie furthest apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.order import by_rank
from dashboard.address.view import View
from dashboard.exhibit.measure import RANK, Measure, change, interval, of_max, points, pp, share
from dashboard.exhibit.page import Exhibit, Figure, Screen
from dashboard.exhibit.table import Column, Table
from dashboard.figures.layout import span_of
from dashboard.figures.strips import compared_strips
from dashboard.pages.comparison.rows import pair, ranges, widest
from dashboard.pages.comparison.sentences import compared, most_apart
from dashboard.render import elements as html
from dashboard.render.parts import change as signed_change
from dashboard.render.parts import item_link, mark, unit_link
from dashboard.season import rows as season
from dashboard.season.rows import STATES
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import listed

MARKS = ("dot unit-1", "diamond unit-2", "square unit-3", "up unit-4", "cross unit-5")

Row = Mapping[str, Any]
Child = Any


def numbers(view: View, rows: Sequence[Row]) -> Table:
    """Index, rank, intervals and parts of each unit, one a row, by rank."""
    period, places = view.sel.period, view.places
    chosen = [row["unit_code"] for row in rows]
    official, sampling = (
        view.t("compare.official" if view.whole else "ranking.group.provisional"),
        view.t("compare.by_sampling"),
    )

    def column(head: str, value: Callable[[Row], Any], measure: Measure, of: str, group: str = official) -> Column:
        return Column(head, value, measure, number=lambda row: number_id(period, row["unit_code"], "", of), group=group)

    def name(row: Row) -> Child:
        sign = mark(MARKS[chosen.index(row["unit_code"])])
        return html.Span([sign, " ", unit_link(view, row["unit_code"])], className="marked-unit")

    def part(head: str, of: str) -> Column:
        return column(view.t(head), lambda row: (row[f"{of}_points"], row[f"{of}_max"]), of_max(), of)

    columns = [
        Column(view.t("word.unit"), lambda row: unit_name(view, row["unit_code"]), show=name),
        column(view.t("word.index"), lambda row: row["index_value"], points(places), "index"),
        column(view.t("word.rank" if view.whole else "open.column.rank"), lambda row: row["rank"], RANK, "rank"),
    ]
    sums = [
        Column(
            view.t("word.change", period=rows[0]["previous_period"] or formats.MISSING),
            _difference,
            change(places),
            show=lambda row: signed_change(view, _difference(row), places=places),
            group=official,
        ),
        part("word.appraisal", "appraised"),
        part("word.survey_short", "survey"),
    ]
    columns += sums if view.whole else _states(view)
    if view.sel.intervals and view.whole:
        ends, ranks = view.t("compare.index_interval"), view.t("word.rank_interval")
        columns += [
            column(ends, _ends("index"), interval(places), "index_interval", sampling),
            column(ranks, _ends("rank"), interval(), "rank_interval", sampling),
        ]
    listed = [row for row in by_rank(view) if row["unit_code"] in chosen]
    own = view.ask.viewer.unit_code
    caption = view.t("compare.numbers_caption", period=period)
    return Table(caption, columns, listed, kind=lambda row: "own" if row["unit_code"] == own else "")


def _states(view: View) -> list[Column]:
    """Points apart by the state of the leaves, as long as the block is incomplete."""
    of_unit = {unit.code: unit for unit in season.read(view).units}
    group = view.t("open.states")

    def column(state: str) -> Column:
        def value(row: Row) -> Any:
            unit = of_unit.get(row["unit_code"])
            return unit and unit.of(state)

        return Column(view.t(f"open.state.{state}"), value, of_max(), group=group)

    return [column(state) for state in STATES]


def _ends(of: str) -> Callable[[Row], Any]:
    return lambda row: (row[f"{of}_low"], row[f"{of}_high"])


def _difference(row: Row) -> Any:
    """Published index less that of the year before, where the two compare."""
    if row["status"] != "complete" or row["previous_index"] is None or not row["comparable"]:
        return None
    return row["index_value"] - row["previous_index"]


def pair_list(view: View, rows: Sequence[Row]) -> Exhibit:
    """A sentence a pair, the best unit's first."""
    sel, lang = view.sel, view.lang
    chosen = [row["unit_code"] for row in rows]
    ordered = [row for row in by_rank(view) if row["unit_code"] in chosen]
    names = {row["unit_code"]: unit_name(view, row["unit_code"]) for row in rows}
    covariance = {
        (row["unit_code"], row["other_code"]): row["covariance"]
        for row in view.ask.index_covariance(sel.period, sel.unit_group)
    }
    pairs = [(pair(a, b, covariance), a, b) for a, b in combinations(ordered, 2)]
    tested = [found for found, *_ in pairs if found.verdict not in ("open", "unknown")]
    if tested:
        different = sum(found.difference > 0 and found.verdict in ("different", "certain") for found in tested)
        headline = view.t("compare.pairs_headline", different=different, n=len(tested))
    else:
        headline = view.t("compare.pairs_unknown")
    said = [
        html.Li(
            [
                mark("tick" if found.verdict == "different" else "range"),
                compared(found, a, b, names, lang, view.places),
            ],
            className=f"pair {found.verdict}",
        )
        for found, a, b in pairs
    ]
    note = view.t("compare.pairs_note" if tested else "compare.pairs_no_sampling")
    return Exhibit("pair-list", headline, note=note, body=Screen(html.Ul(said, className="pairs")))


def fields(view: View, chosen: Sequence[str], every: Sequence[Row]) -> Exhibit:
    """Every field with the units chosen in it."""
    sel, lang = view.sel, view.lang
    values = {(row["unit_code"], row["criterion_code"]): row["attainment"] for row in every}
    rows = [
        {
            "field": code,
            "field_label": short_name(field, lang),
            "unit": place,
            "label": unit_name(view, unit),
            "value": None if values.get((unit, code)) is None else Fraction(values[unit, code]),
            "id": number_id(sel.period, unit, code, "attainment"),
        }
        for code, field in sel.fields.items()
        for place, unit in enumerate(chosen)
    ]
    gaps = ranges(rows)
    headline = most_apart(view, gaps, {row["field"]: row["field_label"] for row in rows})
    span = span_of([100 * row["attainment"] for row in every if row["attainment"] is not None], 10)

    def figure(width: int | None) -> Figure:
        narrow = {"width": width} if width else {}
        return compared_strips(rows, span=span, lang=lang, **narrow)

    return Exhibit(
        "field-strips",
        headline,
        figure,
        _fields_table(view, headline, chosen, {(row["unit"], row["field"]): row["value"] for row in rows}, gaps),
        subtitle=view.t("compare.fields_subtitle", block=view.block("inside"), period=sel.period, n=len(chosen)),
        key=[(MARKS[place], unit_name(view, code)) for place, code in enumerate(chosen)],
        about=view.t("compare.fields"),
    )


def _fields_table(
    view: View, caption: str, chosen: Sequence[str], values: Mapping[tuple[int, str], Any], gaps: Mapping[str, Fraction]
) -> Table:
    sel, lang = view.sel, view.lang

    def unit(place: int, code: str) -> Column:
        return Column(
            unit_name(view, code),
            lambda field: values[place, field],
            share(2),
            number=lambda field: number_id(sel.period, code, field, "attainment"),
        )

    def apart(field: str) -> str | None:
        return f"{formats.number(gaps[field] * 100, lang, 2)} {view.t('word.pp')}" if field in gaps else None

    return Table(
        caption,
        [
            Column(view.t("word.field"), lambda field: f"{field} {short_name(sel.fields[field], lang)}"),
            *(unit(place, code) for place, code in enumerate(chosen)),
            Column(view.t("compare.apart"), gaps.get, pp(2), show=apart),
        ],
        list(sel.fields),
    )


def furthest(view: View, items: Mapping[str, Mapping[str, Row]]) -> Screen:
    """The items on which the units lie furthest apart."""
    lines = []
    for row in widest(items, view.sel.rubric):
        maximum = formats.number(view.sel.rubric[row["code"]]["max_points"], view.lang, 2, trim=True)
        high = listed([unit_name(view, unit) for unit in row["high"]], view.lang)
        said = view.t("compare.widest_of", points=formats.points(row["gap"], view.lang), maximum=maximum, high=high)
        lines.append(html.Li([item_link(view, row["code"]), html.Span(said, className="said")]))
    body = [
        html.H3(view.t("compare.widest"), className="headline"),
        html.Ul(lines) if lines else html.P(view.t("compare.widest_none")),
        html.P(view.t("compare.widest_note"), className="note"),
    ]
    return Screen(html.Section(body, className="frame short-list stacked"))
