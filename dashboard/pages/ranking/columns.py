"""The columns of the ranking, declared once: grid, list, table, document and files are laid out from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, MAXIMUM, RANK, TEXT, Measure, change, interval, of_max, points, share
from dashboard.exhibit.table import Column
from dashboard.exhibit.text import Span
from dashboard.pages.ranking.rows import Block, Line, Middle
from dashboard.pages.ranking.sentences import field_name, flag_words, why_no_change
from dashboard.render import elements as html
from dashboard.render import parts
from dashboard.words import formats

TABLE = ("don-vi", "hang", "chi-so", "thay-doi", "khoang-hang", "khoang", "tham-dinh", "dtxhh", "cho", "thieu")
"""Columns of the table in their order; fields and flags follow."""
ORDER = ("hang", "don-vi", "chi-so", "thay-doi", "khoang-hang")
"""Columns of the plain order of a document."""

Told = tuple[Any, Measure]


@dataclass(frozen=True)
class RankingColumn:
    """One column: what it holds of a line (`column`) and of the median or mean of the block (`middle`: a value and how
    it is written). `address` and `criterion` name its numbers; `name` is its full name for ears."""

    key: str
    column: Column
    middle: Callable[[Middle], Told] | None = None
    address: str = ""
    criterion: str = ""
    name: str = ""

    def middle_text(self, value: Middle, lang: str) -> str:
        """What stands in the row of a median or mean."""
        if self.middle is None:
            return ""
        middle, measure = self.middle(value)
        return formats.MISSING if middle is None else measure.write(middle, lang)


def declared(view: View, block: Block) -> dict[str, RankingColumn]:
    """Every column by its key, those of sampling only where intervals are shown; of an incomplete block neither change
    nor intervals, and points by state."""
    sampling = _sampling(view) if view.sel.intervals and block.whole else []
    sources = _sources(view, block) if block.whole else _states(view)
    flags = _column(view, "co", "", lambda line: flag_words(view, line) or view.t("ranking.no_flag"), TEXT)
    columns = [*_official(view, block), *sampling, *sources, *_fields(view), flags]
    return {one.key: one for one in columns}


def _column(
    view: View, key: str, group: str, value: Callable[[Line], Any], measure: Measure, head: Any = "", **more: Any
) -> RankingColumn:
    """One column under the head of its key or another; `address`, `criterion`, `name` and `middle` as declared."""
    address, criterion = more.pop("address", ""), more.pop("criterion", "")
    name, middle = more.pop("name", ""), more.pop("middle", None)

    def number(line: Line) -> str:
        return number_id(view.sel.period, line.code, criterion, address)

    label = head or view.t(f"ranking.column.{key}")
    group = view.t(f"ranking.group.{group}") if group else ""
    made = Column(label, value, measure, group=group, number=number if address else None, **more)
    return RankingColumn(key, made, middle, address, criterion, name or label)


def _official(view: View, block: Block) -> list[RankingColumn]:
    places, group = view.places, "official" if block.whole else "provisional"
    since = view.t("ranking.column.thay-doi-nam", period=block.previous) if block.previous else ""
    provisional = "" if block.whole else view.t("open.column.rank")
    found = [
        _column(view, "don-vi", group, lambda line: line.name, TEXT, show=lambda line: _unit(view, line)),
        _column(view, "hang", group, lambda line: (line.rank, line.tied), RANK, provisional, address="rank"),
        _column(
            view,
            "chi-so",
            group,
            lambda line: line.index,
            points(places),
            middle=lambda value: (value.index, points(places)),
            address="index",
        ),
    ]
    if not block.whole:
        return found
    return [
        *found,
        _column(
            view,
            "thay-doi",
            group,
            lambda line: line.change,
            change(places),
            since,
            address="change",
            middle=lambda value: (value.change, change(places)),
            show=lambda line: _change(view, line, places),
        ),
    ]


def _sampling(view: View) -> list[RankingColumn]:
    def ends(key: str, low: str, high: str, measure: Measure, head: str, address: str) -> RankingColumn:
        def both(line: Line) -> tuple[Any, Any] | None:
            found = getattr(line, low), getattr(line, high)
            return None if None in found else found

        return _column(view, key, "sampling", both, measure, head, middle=lambda value: (None, COUNT), address=address)

    of_index = view.t("ranking.key.interval")
    return [
        ends("khoang-hang", "rank_low", "rank_high", interval(), "", "rank_interval"),
        ends("khoang", "low", "high", interval(view.places), of_index, "index_interval"),
    ]


def _sources(view: View, block: Block) -> list[RankingColumn]:
    """Points of council and survey over the maximum that applies; middles in per cent where maxima differ."""
    first = block.ranked[0] if block.ranked else None

    def source(key: str, name: str) -> RankingColumn:
        def of(line: Line) -> tuple[Any, Any] | None:
            found = getattr(line, name), getattr(line, f"{name}_max")
            return None if found == (None, None) else found

        def middle(value: Middle) -> Told:
            found = getattr(value, name)
            whole = (found, getattr(first, f"{name}_max")) if value.points and first else found
            return whole, of_max(view.places) if value.points else share()

        return _column(view, key, "parts", of, of_max(view.places), middle=middle, address=name)

    return [source("tham-dinh", "appraised"), source("dtxhh", "survey")]


def _states(view: View) -> list[RankingColumn]:
    """Points of an incomplete block over the maximum of the leaves in each state."""

    def column(key: str, state: str, address: str = "") -> RankingColumn:
        return _column(
            view,
            key,
            "states",
            lambda line: line.states and line.states.of(state),
            of_max(view.places),
            address=address,
        )

    missing = _column(
        view,
        "thieu",
        "states",
        lambda line: line.states.parts["missing"][1] if line.states and line.states.of("missing") else None,
        MAXIMUM,
    )
    first = [column("tham-dinh", "appraised", "appraised"), column("dtxhh", "surveyed", "survey")]
    return [*first, column("cho", "claimed"), missing]


def _fields(view: View) -> list[RankingColumn]:
    def field(code: str, name: str) -> RankingColumn:
        return _column(
            view,
            code,
            "fields",
            lambda line: (line.fields or {}).get(code),
            share(0, sign=False),
            Span(code, title=name),
            full=f"{code} {name}",
            middle=lambda value: (value.fields.get(code), share(0, sign=False)),
            show=lambda line: _heat(view, line, code),
            address="attainment",
            criterion=code,
            name=name,
        )

    return [field(code, field_name(view, row)) for code, row in view.sel.fields.items()]


def _unit(view: View, line: Line) -> list[Any]:
    return [
        parts.unit_link(view, line.code, label=line.name),
        f" ({view.t('part.own')})" if line.own else "",
    ]


def _change(view: View, line: Line, places: int) -> Any:
    if line.change is None:
        return html.Span(formats.MISSING, title=why_no_change(view, line))
    return parts.change(view, line.change, places=places)


def _heat(view: View, line: Line, code: str) -> Any:
    value = (line.fields or {}).get(code)
    text = formats.MISSING if value is None else share(0, sign=False).write(value, view.lang)
    number = number_id(view.sel.period, line.code, code, "attainment")
    return parts.heat_cell(value, parts.provenance(view, text, number))
