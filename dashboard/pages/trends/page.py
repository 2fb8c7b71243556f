"""Xu hướng: the years of a block, published ones and computed ones never in one plot.

Published results are facts with a decision and a source, as they were printed: where value and rank contradict each
other they are shown so, with the note of whoever entered them. What the store computes has its own part below, marked
where it is made up. Units that rose most are named; the tables hold all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.selection import MAX_COMPARED, Selection, Site, read_number
from dashboard.address.view import View
from dashboard.figures import slope, span_of, year_lines
from dashboard.pages.ranking import rows as standings
from dashboard.pages.ranking.rows import Block, Line, mean, median
from dashboard.pages.rubric import rows as spread
from dashboard.render import elements as html
from dashboard.render.parts import (
    Child,
    Head,
    Row,
    badge,
    change,
    columns,
    data_table,
    foreign,
    frame,
    graph,
    item_link,
    key_item,
    page_header,
    picker,
    provenance,
    row_filter,
    section,
    state,
    unit_link,
)
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import capital, listed

KEYS = ("ss",)
CHOICES = {"xem": ("hinh", "bang")}

NAMED = 3
"""Units named in a plot where the reader chose none."""
MOVERS = 5

Result = Mapping[str, Any]


@dataclass(frozen=True)
class Published:
    """Published results of one block (rows of `Ask.published`), and what to call its units."""

    rows: tuple[Result, ...]
    names: Mapping[str, str]

    @cached_property
    def years(self) -> list[int]:
        """Every year from the first to the last, those without a result too."""
        found = [int(row["period"]) for row in self.rows]
        return list(range(min(found), max(found) + 1)) if found else []

    @cached_property
    def valued(self) -> list[Result]:
        return [row for row in self.rows if row["index"] is not None]

    def of(self, unit: str) -> list[Result]:
        return [row for row in self.valued if row["unit_code"] == unit]

    @cached_property
    def odd(self) -> dict[tuple[str, str], tuple[Result | None, Result | None]]:
        """(period, unit) of results whose value does not fit their rank, with the results above and below that do.

        In the order of ranks values must not rise; the fewest results are called odd that leave the rest in order.
        """
        found = {}
        for year in self.years:
            placed = sorted(
                (row for row in self.valued if int(row["period"]) == year and row["rank"] is not None),
                key=lambda row: row["rank"],
            )
            kept = _in_order(placed)
            for row in placed:
                if row not in kept:
                    above = [other for other in kept if other["rank"] < row["rank"]]
                    below = [other for other in kept if other["rank"] > row["rank"]]
                    key = (row["period"], row["unit_code"])
                    found[key] = (above[-1] if above else None, below[0] if below else None)
        return found


def _in_order(placed: Sequence[Result]) -> list[Result]:
    """The longest part of some results, in the order of their ranks, in which no value rises."""
    best: list[list[Result]] = []
    for at, row in enumerate(placed):
        before = [run for run, last in zip(best, placed[:at], strict=True) if last["index"] >= row["index"]]
        best.append([*max(before, key=len, default=[]), row])
    return max(best, key=len, default=[])


def read_published(view: View) -> Published:
    """The published results of the block selected: of units that belong to it in any year of the store."""
    sel = view.sel
    names: dict[str, str] = {}
    for units in [*view.site.units.values(), sel.site.units.get(sel.period, {})]:
        names |= {
            code: standings.unit_name(view, row) for code, row in units.items() if row["unit_group"] == sel.unit_group
        }
    rows = [row for row in view.ask.published() if row["unit_code"] in names]
    return Published(tuple(rows), names)


def breaks(site: Site, unit_group: str, years: Sequence[int]) -> tuple[list[int], list[int]]:
    """Years from which another rubric holds, and years whose rubric the store does not know."""
    leaves = {
        int(period): {
            (code, row["max_points"], row["assessed_by"])
            for code, row in rubric.items()
            if row["max_points"] is not None
        }
        for (period, group), rubric in site.rubrics.items()
        if group == unit_group and period.isdigit()
    }
    known = [year for year in years if year in leaves]
    broken = [year for before, year in pairwise(known) if leaves[before] != leaves[year]]
    return broken, [year for year in years if year not in leaves]


def named(found: Published, chosen: Sequence[str]) -> list[str]:
    """The units that the plot names: those chosen, else those with most published values (three at least)."""
    mine = [code for code in chosen if found.of(code)]
    if mine:
        return mine
    counted = {code: len(found.of(code)) for code in found.names}
    often = sorted(
        (code for code, n in counted.items() if n > 2),
        key=lambda code: (-counted[code], formats.vietnamese_order(found.names[code])),
    )
    return often[:NAMED]


# Sentences ------------------------------------------------------------------------------------------------------


def most_often(view: View, found: Published) -> str:
    """Who came first most often, in which years."""
    first: dict[str, list[int]] = {}
    for row in found.rows:
        if row["rank"] == 1:
            first.setdefault(row["unit_code"], []).append(int(row["period"]))
    known = len({year for years in first.values() for year in years})
    if not known:
        return view.t("trends.first_unknown", n=len({row["period"] for row in found.rows}))
    most = max(map(len, first.values()))
    units = [code for code, years in first.items() if len(years) == most]
    names = listed(sorted((found.names[code] for code in units), key=formats.vietnamese_order), view.lang)
    years = ", ".join(map(str, sorted(first[units[0]])))
    return view.t(f"trends.most_often{'_tied' if len(units) > 1 else ''}", names=names, k=most, n=known, years=years)


def contradictions(view: View, found: Published, rows: Sequence[Result]) -> str:
    """How many published values do not fit their rank; where none, how many rows carry a note."""
    if found.odd:
        return view.t("trends.odd", n=len(found.odd))
    return view.t("trends.odd_none", n=len(rows))


def checked(view: View, found: Published, row: Result) -> str:
    """What the value of a result is against its rank."""

    def place(other: Result) -> str:
        return view.t("trends.place", value=formats.points(other["index"], view.lang), rank=other["rank"])

    if row["index"] is None:
        return view.t("trends.no_value")
    if row["rank"] is None:
        return view.t("trends.no_rank")
    near = found.odd.get((row["period"], row["unit_code"]))
    if near is None:
        return view.t("trends.fits")
    above, below = near
    said = {"rank": row["rank"], "value": formats.points(row["index"], view.lang)}
    said |= {"above": place(above)} if above else {}
    said |= {"below": place(below)} if below else {}
    kind = "between" if above and below else "under" if above else "over"
    return view.t(f"trends.odd_{kind}", **said)


def moved(view: View, block: Block) -> str:
    """How many went up and down, and how the median of the same units moved."""
    lines = compared(block)
    up, down = (sum(sign * line.change > 0 for line in lines) for sign in (1, -1))
    by = median([line.index for line in lines]) - median([line.index - line.change for line in lines])
    return view.t(
        "trends.moved",
        up=up,
        down=down,
        level=len(lines) - up - down,
        points=formats.in_points(by, view.lang, _places(view), sign=True),
    )


def compared(block: Block) -> list[Line]:
    """Complete units with a result of the year before, the largest rise first."""
    lines = [line for line in block.ranked if line.change is not None]
    return sorted(lines, key=lambda line: (-line.change, line.rank or 0))


@dataclass(frozen=True)
class Field:
    """Mean attainment in a field over the `n` units that are scored in both years."""

    code: str
    name: str
    before: Fraction
    after: Fraction
    n: int

    @property
    def change(self) -> Fraction:
        return self.after - self.before


def fields(view: View, before: Mapping[str, spread.Item], after: Mapping[str, spread.Item]) -> list[Field]:
    """The fields of the rubric, the largest change first."""
    found = []
    for code, item in after.items():
        if item.depth or code not in before:
            continue
        was = {unit.unit: Fraction(unit.attainment) for unit in before[code].scored}
        now = {unit.unit: Fraction(unit.attainment) for unit in item.scored if unit.unit in was}
        if now:
            name = short_name(item.row, view.lang)
            found.append(Field(code, name, mean([was[unit] for unit in now]), mean(list(now.values())), len(now)))
    return sorted(found, key=lambda field: -abs(field.change))


def most_changed(view: View, rows: Sequence[Field]) -> str:
    """Which field changed most."""
    if not rows or not rows[0].change:
        return view.t("trends.field_none")
    first = [row for row in rows if row.change == rows[0].change]
    return capital(
        view.t(
            f"trends.field_most{'' if len(first) <= 3 else '_many'}",
            n=len(first),
            names=listed([row.name for row in first], view.lang),
            points=formats.pp(rows[0].change, view.lang, 1),
        )
    )


def risen(view: View, lines: Sequence[Line]) -> str:
    """Which units rose most."""
    if not lines or lines[0].change <= 0:
        return view.t("trends.movers_none")
    first = [line for line in lines if line.change == lines[0].change]
    return view.t(
        f"trends.movers{'' if len(first) <= 3 else '_many'}",
        n=len(first),
        names=listed([line.name for line in first], view.lang),
        points=formats.in_points(lines[0].change, view.lang, _places(view), sign=True),
    )


def _places(view: View) -> int:
    places = view.sel.season.get("decimals")
    return 2 if places is None else places


# The page -------------------------------------------------------------------------------------------------------


def layout(view: View) -> list[Child]:
    """The block selected: published years above, computed years below."""
    found = read_published(view)
    made_up = bool(view.sel.season.get("made_up"))
    return [
        page_header(
            view,
            view.t("trends.title", block=view.block("inside")),
            view.t("trends.lead_made_up" if made_up else "trends.lead"),
        ),
        section(view.t("trends.published"), *_published(view, found), id="da-cong-bo"),
        _computed(view),
    ]


def _published(view: View, found: Published) -> list[Child]:
    if not found.rows:
        return [state(view, "empty", title=view.t("trends.published_none", block=view.block("inside")), text="")]
    return [
        _picker(view, found) if found.valued else None,
        _lines(view, found) if found.valued else None,
        _odd(view, found),
        html.Div(_years(view, found), className="section"),
    ]


def _picker(view: View, found: Published) -> html.Section:
    sel: Selection = view.sel
    chosen = named(found, sel.compared)
    here = [code for code in found.names if found.of(code) and code in sel.units and code not in chosen]
    rest = sorted(here, key=lambda code: formats.vietnamese_order(found.names[code]))
    full = len(chosen) >= MAX_COMPARED
    mine = [code for code in chosen if code in sel.units]
    return html.Section(
        [
            html.H3(view.t("trends.choose"), id="chon", className="visually-hidden"),
            picker(
                view,
                "add-unit",
                [(found.names[code], sel.href(compared=tuple(c for c in mine if c != code))) for code in mine]
                if sel.compared
                else [],
                [] if full else [(found.names[code], sel.href(compared=(*sel.compared, code))) for code in rest],
            ),
            html.P(view.t("trends.full", n=MAX_COMPARED), className="note") if full else None,
        ],
        className="choice",
        **{"aria-labelledby": "chon"},
    )


def _source(view: View, rows: Sequence[Result]) -> str:
    said = dict.fromkeys(", ".join(filter(None, (row["decision"], row["source"]))) for row in rows)
    return view.t("trends.source", sources="; ".join(filter(None, said)))


def _lines(view: View, found: Published) -> html.Div:
    lang = view.lang
    loud = named(found, view.sel.compared)
    broken, unknown = breaks(view.site, view.sel.unit_group, found.years)
    rows = [
        {
            "series": row["unit_code"],
            "label": found.names[row["unit_code"]],
            "year": int(row["period"]),
            "value": row["index"],
            "id": _number(view, row),
            "highlight": row["unit_code"] in loud,
        }
        for row in found.valued
    ]
    on = {
        "years": found.years,
        "span": span_of([row["index"] for row in found.valued], 5),
        "lang": lang,
        "breaks": broken,
    }
    notes = [view.t("trends.note_missing")]
    if broken:
        notes.append(view.t("trends.note_broken", years=listed(list(map(str, broken)), lang)))
    if unknown:
        notes.append(view.t("trends.note_unknown", years=listed(list(map(str, unknown)), lang)))
    units = {row["unit_code"] for row in found.valued}
    names = listed([found.names[code] for code in loud], lang) or view.t("trends.nobody_named")

    def picture(size: str) -> dict:
        wide, high = {"1920x1080": (1180, 520), "1200x1200": (800, 600)}.get(size, (720, 420))
        return year_lines(rows, width=wide, height=high, **on)

    return frame(
        view,
        "cac-nam",
        most_often(view, found),
        graph(
            view,
            year_lines(rows, width=1094, height=420, **on),
            view.t("trends.alt", n=len(units), names=names),
            narrow=year_lines(rows, width=358, height=360, **on),
        ),
        subtitle=view.t(
            "trends.subtitle",
            first=str(found.years[0]),
            last=str(found.years[-1]),
            block=view.block("inside"),
            n=formats.count(len(units), lang),
        ),
        key=[key_item("rise", view.t("figure.key_named")), key_item("others", view.t("figure.key_others"))],
        table=_matrix(view, found),
        note=" ".join(notes),
        source=_source(view, found.valued),
        name="da-cong-bo",
        picture=picture,
        published=True,
    )


def _number(view: View, row: Result) -> str | None:
    """The address of a published value; None for a year that the store knows no units of."""
    number = number_id(row["period"], row["unit_code"], "", "published")
    return number if read_number(view.site, number) else None


def _unit(view: View, found: Published, code: str) -> Child:
    name = found.names[code]
    return unit_link(view, code, label=name) if code in view.sel.units else name


def _matrix(view: View, found: Published) -> html.Div:
    """Units by years: the table behind the lines."""
    cells = {(row["unit_code"], int(row["period"])): row for row in found.valued}
    codes = sorted({code for code, _ in cells}, key=lambda code: formats.vietnamese_order(found.names[code]))

    def cell(code: str, year: int) -> Child:
        row = cells.get((code, year))
        return provenance(view, formats.points(row["index"], view.lang), _number(view, row)) if row else formats.MISSING

    return data_table(
        view,
        view.t("trends.matrix"),
        [Head(view.t("word.unit")), *(Head(str(year), num=True) for year in found.years)],
        [[_unit(view, found, code), *(cell(code, year) for year in found.years)] for code in codes],
    )


def _remark(view: View, row: Result) -> Child:
    """The note of whoever entered a result; it is in English in the data that come with the project."""
    note = row["note"] or ""
    return foreign(note, "en") if note.isascii() and view.lang == "vi" and note else note


def _odd(view: View, found: Published) -> Child:
    rows = [row for row in found.rows if row["note"] or (row["period"], row["unit_code"]) in found.odd]
    if not rows:
        return None
    rows.sort(key=lambda row: ((row["period"], row["unit_code"]) not in found.odd, row["period"], row["rank"] or 999))
    heads = [
        Head(view.t("trends.year")),
        Head(view.t("word.unit")),
        Head(view.t("word.index"), num=True),
        Head(view.t("word.rank"), num=True),
        Head(view.t("trends.odd_check"), class_name="wrap"),
        Head(view.t("trends.remark"), class_name="wrap"),
    ]
    table = data_table(
        view,
        contradictions(view, found, rows),
        heads,
        [
            Row(
                [
                    row["period"],
                    _unit(view, found, row["unit_code"]),
                    formats.points(row["index"], view.lang),
                    formats.rank(row["rank"]),
                    checked(view, found, row),
                    _remark(view, row),
                ],
                "chosen" if (row["period"], row["unit_code"]) in found.odd else "",
            )
            for row in rows
        ],
    )
    return html.Div(
        frame(
            view,
            "luu-y",
            contradictions(view, found, rows),
            table,
            subtitle=view.t("trends.odd_subtitle", block=view.block("inside")),
            source=_source(view, rows),
            published=True,
        ),
        className="section",
    )


def _years(view: View, found: Published) -> html.Div:
    """Every published result of the block, newest year first."""
    rows = sorted(
        found.rows,
        key=lambda row: (-int(row["period"]), row["rank"] is None, row["rank"] or 0, -(row["index"] or 0)),
    )
    full = sum(row["index"] is not None and row["rank"] is not None for row in rows)
    heads = [
        Head(view.t("trends.year")),
        Head(view.t("word.rank"), num=True),
        Head(view.t("word.unit")),
        Head(view.t("word.index"), num=True),
        Head(view.t("trends.decision")),
        Head(view.t("trends.source_head")),
        Head(view.t("trends.remark"), class_name="wrap"),
    ]
    headline = view.t("trends.rows", n=len(rows), years=len({row["period"] for row in rows}), full=full)
    table = data_table(
        view,
        view.t("trends.years_table"),
        heads,
        [
            [
                row["period"],
                formats.rank(row["rank"]),
                _unit(view, found, row["unit_code"]),
                provenance(view, formats.points(row["index"], view.lang), _number(view, row)),
                row["decision"] or formats.MISSING,
                row["source"] or formats.MISSING,
                _remark(view, row),
            ]
            for row in rows
        ],
        id="bang-cac-nam",
    )
    return frame(
        view,
        "tung-nam",
        headline,
        [row_filter(view, "trends-filter", view.t("trends.filter"), "bang-cac-nam"), table],
        subtitle=view.t(
            "trends.rows_subtitle",
            first=str(found.years[0]),
            last=str(found.years[-1]),
            block=view.block("inside"),
        ),
        source=_source(view, found.rows),
        published=True,
    )


# What the store computes


def _computed(view: View) -> html.Section:
    sel = view.sel
    block = standings.read(view)
    title = (
        view.t("trends.computed", previous=block.previous, period=sel.period)
        if block.previous
        else view.t("trends.computed_one", period=sel.period)
    )
    mark = badge("simulation", view.t("trends.made_up")) if sel.season.get("made_up") else None
    lines = compared(block)
    if not lines:
        why = "first_year" if not block.previous else "none_compared" if block.comparable else "rubric_changed"
        text = view.t(f"trends.{why}", period=sel.period, previous=block.previous or "")
        body: list[Child] = [state(view, "not_comparable", text=text)]
    else:
        before = spread.read(_at(view, block.previous or sel.period))
        right = html.Div([_fields(view, block, before), _movers(view, block, lines)], className="stacked")
        body = [columns(_slope(view, block, lines), right)]
    return section([title, " ", mark] if mark else title, *body, id="trong-kho")


def _at(view: View, period: str) -> View:
    """The same block in another year of the store."""
    return View(view.sel.change(period=period), view.ask)


def _slope(view: View, block: Block, lines: Sequence[Line]) -> html.Div:
    sel, lang, places = view.sel, view.lang, _places(view)
    loud = {line.code for line in lines[:NAMED] if line.change > 0}
    rows = [
        {
            "label": line.name,
            "before": line.index - line.change,
            "after": line.index,
            "id": number_id(sel.period, line.code, "", "index"),
            "highlight": line.code in loud,
        }
        for line in lines
    ]
    on = {
        "span": span_of([value for row in rows for value in (row["before"], row["after"])]),
        "ends": (block.previous or "", sel.period),
        "lang": lang,
    }

    def number(text: str, year: str, line: Line, measure: str) -> Child:
        return provenance(view, text, number_id(year, line.code, "", measure))

    past = block.previous or ""
    table = data_table(
        view,
        moved(view, block),
        [
            Head(view.t("word.unit")),
            Head(view.t("trends.index", year=past), num=True),
            Head(view.t("trends.index", year=sel.period), num=True),
            Head(view.t("trends.change"), num=True),
            Head(view.t("trends.ranks", year=past), num=True),
            Head(view.t("trends.ranks", year=sel.period), num=True),
        ],
        [
            Row(
                [
                    unit_link(view, line.code, label=line.name),
                    number(formats.points(line.index - line.change, lang, places), past, line, "index"),
                    number(formats.points(line.index, lang, places), sel.period, line, "index"),
                    change(view, line.change, places=places),
                    number(formats.rank(line.previous_rank), past, line, "rank"),
                    number(formats.rank(line.rank, tied=line.tied), sel.period, line, "rank"),
                ],
                "own" if line.own else "",
            )
            for line in lines
        ],
    )
    return frame(
        view,
        "hai-nam",
        moved(view, block),
        graph(
            view,
            slope(rows, width=531, height=560, **on),
            view.t("trends.slope_alt", n=len(rows), previous=past, period=sel.period),
            narrow=slope(rows, width=358, height=520, **on),
        ),
        subtitle=view.t(
            "trends.moved_subtitle",
            previous=past,
            period=sel.period,
            block=view.block("inside"),
            n=formats.count(len(rows), lang),
        ),
        key=[key_item("rise", view.t("figure.key_named")), key_item("others", view.t("figure.key_others"))],
        table=table,
        note=view.t("trends.moved_note"),
        picture=lambda size: slope(rows, width=720, height=560, **on),
    )


def _fields(view: View, block: Block, before: Mapping[str, spread.Item]) -> html.Div:
    lang, past = view.lang, block.previous or ""
    rows = fields(view, before, spread.read(view))
    table = data_table(
        view,
        most_changed(view, rows),
        [
            Head(view.t("word.field")),
            Head(past, num=True),
            Head(view.sel.period, num=True),
            Head(view.t("trends.change_pp"), num=True),
            Head(view.t("trends.units"), num=True),
        ],
        [
            [
                item_link(view, row.code, f"{row.code} {row.name}"),
                formats.number(row.before * 100, lang, 1),
                formats.number(row.after * 100, lang, 1),
                change(view, row.change * 100, places=1),
                formats.count(row.n, lang),
            ]
            for row in rows
        ],
    )
    return frame(
        view,
        "linh-vuc",
        most_changed(view, rows),
        table,
        subtitle=view.t("trends.fields_subtitle", block=view.block("inside")),
        name="linh-vuc-hai-nam",
    )


def _movers(view: View, block: Block, lines: Sequence[Line]) -> html.Div:
    sel, lang, places = view.sel, view.lang, _places(view)
    up = [line for line in lines if line.change > 0]
    up = [line for line in up if line.change >= up[min(MOVERS, len(up)) - 1].change]
    if not up:
        return html.Div(state(view, "empty", title=risen(view, lines), text=""), id="tang-nhieu")
    past = block.previous or ""
    table = data_table(
        view,
        risen(view, lines),
        [
            Head(view.t("word.unit")),
            Head(past, num=True),
            Head(sel.period, num=True),
            Head(view.t("trends.change"), num=True),
        ],
        [
            [
                unit_link(view, line.code, label=line.name),
                provenance(
                    view,
                    formats.points(line.index - line.change, lang, places),
                    number_id(past, line.code, "", "index"),
                ),
                provenance(
                    view, formats.points(line.index, lang, places), number_id(sel.period, line.code, "", "index")
                ),
                change(view, line.change, places=places),
            ]
            for line in up
        ],
    )
    return frame(
        view,
        "tang-nhieu",
        risen(view, lines),
        table,
        subtitle=view.t(
            "trends.movers_subtitle", previous=past, period=sel.period, block=view.block("inside"), k=len(up)
        ),
    )
