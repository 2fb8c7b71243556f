"""The columns of the ranking, declared once: grid, list, table, document and files are laid out from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, RANK, TEXT, Measure, change, interval, of_max, points, share
from dashboard.exhibit.table import Column
from dashboard.exhibit.text import Span
from dashboard.pages.ranking.rows import Block, Line, Middle
from dashboard.pages.ranking.sentences import field_name, flag_words, why_no_change
from dashboard.render import elements as html
from dashboard.render import parts
from dashboard.words import formats

TABLE = ("don-vi", "hang", "chi-so", "thay-doi", "khoang-hang", "khoang", "tham-dinh", "dtxhh")
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
    """Every column by its key, those of sampling only where intervals are shown."""
    places = view.places
    first = block.ranked[0] if block.ranked else None

    def part(name: str) -> Callable[[Middle], Told]:
        def of(value: Middle) -> Told:
            middle = getattr(value, name)
            whole = (middle, getattr(first, f"{name}_max")) if value.points and first else middle
            return whole, of_max(places) if value.points else share()

        return of

    def column(
        key: str, group: str, value: Callable[[Line], Any], measure: Measure, head: str = "", **more: Any
    ) -> RankingColumn:
        address, criterion = more.pop("address", ""), more.pop("criterion", "")
        name, middle = more.pop("name", ""), more.pop("middle", None)

        def number(line: Line) -> str:
            return number_id(view.sel.period, line.code, criterion, address)

        label = head or view.t(f"ranking.column.{key}")
        group = view.t(f"ranking.group.{group}") if group else ""
        made = Column(label, value, measure, group=group, number=number if address else None, **more)
        return RankingColumn(key, made, middle, address, criterion, name or label)

    since = view.t("ranking.column.thay-doi-nam", period=block.previous) if block.previous else ""
    found = [
        column("don-vi", "official", lambda line: line.name, TEXT, show=lambda line: _unit(view, line)),
        column("hang", "official", lambda line: (line.rank, line.tied), RANK, address="rank"),
        column(
            "chi-so",
            "official",
            lambda line: line.index,
            points(places),
            middle=lambda value: (value.index, points(places)),
            address="index",
        ),
        column(
            "thay-doi",
            "official",
            lambda line: line.change,
            change(places),
            since,
            address="change",
            middle=lambda value: (value.change, change(places)),
            show=lambda line: _change(view, line, places),
        ),
    ]
    if view.sel.intervals:
        found += [
            column(
                "khoang-hang",
                "sampling",
                lambda line: _both(line.rank_low, line.rank_high),
                interval(),
                middle=lambda value: (None, COUNT),
                address="rank_interval",
            ),
            column(
                "khoang",
                "sampling",
                lambda line: _both(line.low, line.high),
                interval(places),
                view.t("ranking.key.interval"),
                middle=lambda value: (None, COUNT),
                address="index_interval",
            ),
        ]
    for key, name in (("tham-dinh", "appraised"), ("dtxhh", "survey")):
        found.append(
            column(
                key,
                "parts",
                lambda line, name=name: _of(getattr(line, name), getattr(line, f"{name}_max")),
                of_max(places),
                middle=part(name),
                address=name,
            )
        )
    for code, row in view.sel.fields.items():
        name = field_name(view, row)
        found.append(
            column(
                code,
                "fields",
                lambda line, code=code: (line.fields or {}).get(code),
                share(0, sign=False),
                Span(code, title=name),
                full=f"{code} {name}",
                middle=lambda value, code=code: (value.fields.get(code), share(0, sign=False)),
                show=lambda line, code=code: _heat(view, line, code),
                address="attainment",
                criterion=code,
                name=name,
            )
        )
    found.append(column("co", "", lambda line: flag_words(view, line) or view.t("ranking.no_flag"), TEXT))
    return {one.key: one for one in found}


def _both(low: Any, high: Any) -> tuple[Any, Any] | None:
    return None if low is None or high is None else (low, high)


def _of(value: Any, maximum: Any) -> tuple[Any, Any] | None:
    return None if value is None and maximum is None else (value, maximum)


def _unit(view: View, line: Line) -> list[Any]:
    return [
        parts.unit_link(view, line.code, label=line.name),
        f" ({view.t('part.own')})" if line.own else "",
        f" ({view.t('ranking.provisional')})" if not line.complete else "",
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
