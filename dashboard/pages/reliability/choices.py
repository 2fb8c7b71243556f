"""What other choices would do, as exhibits: other weights, a part left out, another way of counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.address.view import View
from dashboard.exhibit.measure import RANK, change, interval, points, share
from dashboard.exhibit.page import Exhibit
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead, Span, Text
from dashboard.figures import weight_ranges
from dashboard.pages.reliability import sentences
from dashboard.pages.reliability.columns import kind, number_of, rank_column, unit_column
from dashboard.pages.reliability.rows import Choices, Unit, exact, shift
from dashboard.pages.reliability.sentences import subtitle, unit_name
from dashboard.render import elements as html
from dashboard.render.parts import Child, item_link, kept_back, mark, unit_link
from dashboard.words import formats
from dashboard.words.names import short_name
from scoring.sensitivity import SPREADS, Ranking, Swap

WHOLE = 1094
"""Width of the figure, in pixels."""
NAMED = 3
"""Criteria named on the page of those that do the same; the file has them all."""


def _units(view: View, found: Choices) -> list[Unit]:
    mine = view.ask.viewer.unit_code
    return [
        Unit(at, code, unit_name(view, code), rank, code == mine)
        for at, (code, rank) in enumerate(zip(found.units, found.rank, strict=True))
    ]


def weights(view: View, found: Choices) -> Exhibit:
    """The ranks of every unit under other weights of the domains."""
    lang, units = view.lang, _units(view, found)
    small, large = (found.weights[spread] for spread in SPREADS)
    rows = [
        {
            "label": unit.name,
            "rank": unit.rank,
            "rank_low": int(small.low[unit.at]),
            "rank_high": int(small.high[unit.at]),
            "together_low": int(large.low[unit.at]),
            "together_high": int(large.high[unit.at]),
            "own": unit.own,
            "id": number_of(view, unit.code, "rank"),
        }
        for unit in units
    ]
    headline = sentences.weights_headline(view, found)
    columns = [
        unit_column(view),
        rank_column(view),
        *(one for spread in SPREADS for one in _under(view, found, spread)),
    ]
    return Exhibit(
        "weights",
        headline,
        lambda width: weight_ranges(rows, lang=lang, width=width or WHOLE),
        Table(headline, columns, units, kind=kind),
        subtitle=subtitle(view, view.t("sure.weights_what"), len(rows)),
        key=[
            ("dot", view.t("figure.key_rank")),
            ("weights", view.t("figure.key_weights")),
            ("half", view.t("figure.key_weights_wide")),
        ],
        note=view.t("sure.weights_note", n=10_000),
        level=2,
        name="trong-so",
    )


def _under(view: View, found: Choices, spread: float) -> list[Column]:
    """Columns of the ranks under weights that vary by so much."""
    n, ranks = round(100 * spread), found.weights[spread]
    return [
        Column(
            view.t("sure.weights_range", n=n),
            lambda unit: (int(ranks.low[unit.at]), int(ranks.high[unit.at])),
            interval(),
        ),
        Column(
            view.t("sure.weights_ends", n=n),
            lambda unit: (int(ranks.best[unit.at]), int(ranks.worst[unit.at])),
            interval(),
        ),
        Column(view.t("sure.weights_kept", n=n), lambda unit: exact(ranks.kept[unit.at]), share()),
    ]


Neighbours = tuple[str, str, Swap | None]


def swaps(view: View, found: Choices) -> Exhibit:
    """The smallest change of weights that swaps two neighbours."""
    index = dict(zip(found.units, found.index, strict=True))
    headline = sentences.swap_headline(view, found)

    def pair(row: Neighbours) -> Child:
        return html.Span([unit_link(view, row[0]), " – ", unit_link(view, row[1])])

    def moved(row: Neighbours) -> Any:
        weight = shift(row[2])
        return Instead(view.t("sure.no_swap"), role="") if weight is None else weight

    columns = [
        Column(view.t("sure.pair"), lambda row: " – ".join(unit_name(view, code) for code in row[:2]), show=pair),
        Column(view.t("sure.apart"), lambda row: index[row[0]] - index[row[1]], points(view.places)),
        Column(view.t("sure.shift"), moved, points()),
        *_end(view, found, view.t("sure.most_up"), np.argmax),
        *_end(view, found, view.t("sure.most_down"), np.argmin),
    ]
    return Exhibit(
        "swaps",
        headline,
        table=Table(headline, columns, found.swaps),
        subtitle=subtitle(view, view.t("sure.swap_what"), len(found.units)),
        note=view.t("sure.swap_note"),
        level=2,
        name="doi-cho",
    )


def _end(view: View, found: Choices, head: str, most: Callable[[np.ndarray], Any]) -> list[Column]:
    """The domain whose weight changes most one way; in a file its change stands apart from its name."""
    fields = list(found.rubric)

    def field(row: Neighbours) -> str | None:
        if shift(row[2]) is None:
            return None
        code = fields[int(most(row[2].change))]
        return f"{code} {short_name(view.sel.fields[code], view.lang)}"

    def by(row: Neighbours) -> float | None:
        return None if shift(row[2]) is None else float(100 * row[2].change[int(most(row[2].change))])

    def both(row: Neighbours) -> Text:
        if field(row) is None:
            return formats.MISSING
        return [field(row), Span(f" {formats.signed(by(row), view.lang)}", "muted")]

    return [
        Column(head, field, show=both, full=f"{head} – {view.t('word.field')}"),
        Column(head, by, change(), on="file"),
    ]


def _elsewhere(view: View, head: str, place: Callable[[Unit], Any], official: Any = None, group: str = "") -> Column:
    """A column of places under another choice; how far each is from the official one is said by a mark and a tint.
    `official(unit)`: the official place where it is not the rank."""

    def show(unit: Unit) -> Child:
        new = place(unit)
        far = 0 if new is None or isinstance(new, Instead) else (official(unit) if official else unit.rank) - new
        if not far:
            return None
        tint = 2 if abs(far) < 3 else 3 if abs(far) < 5 else 4
        kind = "up" if far > 0 else "down"
        sign = mark(kind, view.t(f"sure.moved_{kind}", n=abs(far)))
        return html.Td(html.Span([sign, str(new)], className="moved"), className=f"num heat heat-{tint}")

    return Column(head, place, RANK, show=show, group=group, role="heat")


def _of(view: View, head: str, ranking: Ranking, group: str = "") -> Column:
    return _elsewhere(view, head, lambda unit: ranking.rank[unit.at], group=group)


def _totals(view: View, moved: Sequence[int], before: int = 1) -> list[list[Text]]:
    """The last row: how many units another choice moves, after so many empty cells."""
    return [[view.t("sure.moved_row"), *[""] * before, *(formats.count(n, view.lang) for n in moved)]]


def _other_ranks(
    view: View,
    found: Choices,
    id: str,
    headline: str,
    what: str,
    columns: Sequence[Column],
    *,
    name: str,
    totals: Sequence[Sequence[Text]] = (),
    note: str | None = None,
    values: Mapping[str, Any] = {},
) -> Exhibit:
    ranks = rank_column(view, view.t("sure.official_group"))
    tints = Span([Span("\u2007", f"heat-{step}") for step in (2, 3, 4)], "heat-key")
    return Exhibit(
        id,
        headline,
        table=Table(
            headline,
            [unit_column(view), ranks, *columns],
            _units(view, found),
            totals,
            kind=kind,
            role="other-ranks",
        ),
        subtitle=subtitle(view, view.t(what, **values), len(found.units)),
        key=[
            ("up", view.t("mark.up")),
            ("down", view.t("mark.down")),
            Span([tints, view.t("sure.moved_key")], "key-item"),
        ],
        note=note,
        level=2,
        name=name,
    )


def without_field(view: View, found: Choices) -> Exhibit:
    """The ranks had a domain been left out."""
    headline = sentences.fields_headline(view, found)
    fields = view.sel.fields
    columns = [
        _of(view, f"{code} {short_name(row, view.lang)}", found.fields[code], view.t("sure.without"))
        for code, row in fields.items()
    ]
    totals = _totals(view, [found.moved(found.fields[code]) for code in fields])
    return _other_ranks(
        view, found, "without-field", headline, "sure.fields_what", columns, name="bo-linh-vuc", totals=totals
    )


def without_item(view: View, found: Choices) -> Exhibit:
    """The best and the worst rank of every unit over the criteria left out one at a time."""

    def end(at: int, group: str) -> list[Column]:
        def codes(unit: Unit) -> Child:
            named = found.item_range(unit.at)[at][1]
            links = [[", ", item_link(view, item, item)] for item in named[:NAMED]]
            said = [part for link in links for part in link][1:]
            if len(named) > NAMED:
                said.append(view.t("sure.more", n=len(named) - NAMED))
            return html.Span(said or formats.MISSING)

        by = view.t("sure.by_leaving")
        return [
            _elsewhere(view, group, lambda unit: found.item_range(unit.at)[at][0], group=group),
            Column(by, lambda unit: ", ".join(found.item_range(unit.at)[at][1]), show=codes, group=group, role="wrap"),
        ]

    return _other_ranks(
        view,
        found,
        "without-item",
        sentences.items_headline(view, found),
        "sure.items_what",
        [*end(0, view.t("sure.best")), *end(1, view.t("sure.worst"))],
        name="bo-tieu-chi",
        values={"items": len(found.items)},
    )


def without_group(view: View, found: Choices) -> Exhibit:
    """The places had a respondent group not been asked, among the units that may be shown."""
    cell = view.sel.season["min_cell"]
    names = {group: row for group, row in view.sel.respondents.items() if group in found.groups}
    hidden = kept_back(view, {"why": "other"})

    def column(group: str) -> Column:
        left = found.groups[group]
        return _elsewhere(
            view,
            view.name(names[group]),
            lambda unit: left.place.get(unit.code, hidden),
            lambda unit: left.official[unit.code],
            view.t("sure.without_group"),
        )

    note = view.t("sure.groups_out_note")
    withheld = sum(unit not in found.groups[group].place for unit in found.units for group in names)
    if withheld:
        note += " " + view.t("sure.groups_withheld", n=withheld, cell=cell)
    return _other_ranks(
        view,
        found,
        "without-group",
        sentences.groups_headline(view, found),
        "sure.groups_out_what",
        [column(group) for group in names],
        name="bo-nhom",
        totals=_totals(view, [found.groups[group].moved for group in names]),
        note=note,
    )


def counting(view: View, found: Choices) -> Exhibit:
    """The ranks by self points, and by the other rounding."""
    own_index = Column(view.t("sure.index_own"), lambda unit: found.own.index[unit.at], points(view.places))
    other = "sure.by_exact" if found.by == "published" else "sure.by_published"
    return _other_ranks(
        view,
        found,
        "counting",
        sentences.count_headline(view, found),
        "sure.count_what",
        [own_index, _of(view, view.t("sure.by_own"), found.own), _of(view, view.t(other), found.rounding)],
        name="cach-tinh",
        totals=_totals(view, [found.moved(found.own), found.moved(found.rounding)], 2),
        note=view.t("sure.count_note"),
    )
