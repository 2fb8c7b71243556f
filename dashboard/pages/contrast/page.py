"""Thẩm định × khảo sát: what the council gave against what people said, unit by unit of one block.

Both are shares of the maximum that applies to the unit. Quadrants are cut at the medians of the block; the words for
them are neutral, because the two parts measure different things. Only units with all their points are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import sqrt
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.figures import scatter, span_of
from dashboard.pages.ranking import rows as standings
from dashboard.pages.ranking.rows import Line, median, share
from dashboard.render import elements as html
from dashboard.render.parts import (
    Child,
    Head,
    Row,
    button_link,
    columns,
    data_table,
    frame,
    graph,
    key_item,
    own,
    page_header,
    provenance,
    sort_link,
    state,
    unit_link,
)
from dashboard.words import formats

ORDERS = {"chenh-lech": -1, "don-vi": 1, "tham-dinh": -1, "khao-sat": -1, "nhom": 1}
"""Values of `sx`, with the direction they begin with (-1: highest first); a leading '-' turns it round."""
KEYS = ()
CHOICES = {"sx": tuple(way + key for way in ("", "-") for key in ORDERS), "xem": ("hinh", "bang")}

QUADRANTS = ("both", "appraised", "survey", "neither")
"""Which of the two parts is at or over its median."""

HARDLY, WEAK, MIDDLE = Fraction(20, 100), Fraction(40, 100), Fraction(70, 100)
"""Sizes of a rounded correlation below which it is called none, weak, moderate; from the last on clear."""


@dataclass(frozen=True)
class Unit:
    """One unit: both shares of one, and the line they come from."""

    line: Line
    appraised: Fraction
    survey: Fraction

    @property
    def difference(self) -> Fraction:
        return self.survey - self.appraised


@dataclass(frozen=True)
class Contrast:
    """The complete units of a block; `left_out` counts the others."""

    units: tuple[Unit, ...]
    left_out: int

    @cached_property
    def medians(self) -> tuple[Fraction, Fraction]:
        return median([unit.appraised for unit in self.units]), median([unit.survey for unit in self.units])

    def quadrant(self, unit: Unit) -> str:
        high, liked = unit.appraised >= self.medians[0], unit.survey >= self.medians[1]
        return "both" if high and liked else "appraised" if high else "survey" if liked else "neither"

    @cached_property
    def quadrants(self) -> dict[str, list[Unit]]:
        """Units of every quadrant, in alphabetical order."""
        found: dict[str, list[Unit]] = {name: [] for name in QUADRANTS}
        for unit in sorted(self.units, key=lambda unit: formats.vietnamese_order(unit.line.name)):
            found[self.quadrant(unit)].append(unit)
        return found


def contrast(lines: Sequence[Line]) -> Contrast:
    """The units of a block that have all points of both parts."""
    units = []
    for line in lines:
        shares = share(line.appraised, line.appraised_max), share(line.survey, line.survey_max)
        if line.complete and None not in shares:
            units.append(Unit(line, *shares))
    return Contrast(tuple(units), len(lines) - len(units))


def correlation(units: Sequence[Unit]) -> float | None:
    """Pearson's r of the two shares; None under three units or where one of the two does not vary."""
    n = len(units)
    if n < 3:
        return None
    x, y = ([getattr(unit, part) for unit in units] for part in ("appraised", "survey"))
    mean_x, mean_y = sum(x, Fraction()) / n, sum(y, Fraction()) / n
    xx, yy = (sum((v - m) ** 2 for v in values) for values, m in ((x, mean_x), (y, mean_y)))
    if not xx or not yy:
        return None
    xy = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return float(xy) / sqrt(float(xx) * float(yy))


# Sentences ------------------------------------------------------------------------------------------------------


def together(view: View, found: Contrast) -> str:
    """How the two parts go together, with n, and how much a single unit could change that."""
    n, r = len(found.units), correlation(found.units)
    if r is None:
        return view.t("contrast.together.unknown", n=n)
    shown = formats.rounded(r)
    size = abs(shown)
    kind = "none" if size < HARDLY else "with" if shown > 0 else "against"
    strength = "weak" if size < WEAK else "middle" if size < MIDDLE else "strong"
    said = view.t(
        f"contrast.together.{kind}",
        r=formats.number(r, view.lang),
        n=n,
        strength=view.t(f"contrast.strength.{strength}"),
    )
    without = [correlation(found.units[:at] + found.units[at + 1 :]) for at in range(n)]
    known = [value for value in without if value is not None]
    if len(known) == n:
        low, high = (formats.number(value, view.lang) for value in (min(known), max(known)))
        said += " " + view.t("contrast.without_one", low=low, high=high)
    return said


def same_side(view: View, found: Contrast) -> str:
    """How many units are over or under both medians."""
    k = len(found.quadrants["both"]) + len(found.quadrants["neither"])
    return view.t("contrast.same_side", k=k, n=len(found.units))


def higher(view: View, found: Contrast) -> str:
    """In how many units the survey is the higher one, and from where to where the difference runs."""
    apart = [unit.difference for unit in found.units]
    low, high = (formats.pp(value, view.lang, 1) for value in (min(apart), max(apart)))
    k = sum(value > 0 for value in apart)
    return view.t(f"contrast.higher{'' if low != high else '_one'}", k=k, n=len(apart), low=low, high=high)


# The page -------------------------------------------------------------------------------------------------------


def layout(view: View) -> list[Child]:
    """The block selected."""
    block = standings.read(view)
    found = contrast(block.lines)
    title = view.t("contrast.title", block=view.block("inside"), period=view.sel.period)
    if not found.units:
        waiting = any(line.index is not None for line in block.lines)
        actions = [button_link(view.t("nav.appraisal"), href)] if (href := view.sel.to("appraisal")) else []
        nothing = (
            state(view, "provisional", title=view.t("contrast.nothing"), actions=actions)
            if waiting
            else state(view, "empty")
        )
        return [page_header(view, title), nothing]
    return [
        page_header(view, title, together(view, found)),
        columns(_scatter(view, found), _quadrants(view, found), split="wide-left"),
        html.Div(_table(view, found), className="section"),
    ]


def _rows(view: View, found: Contrast) -> list[dict]:
    return [
        {
            "label": unit.line.name,
            "x": unit.appraised,
            "y": unit.survey,
            "id": number_id(view.sel.period, unit.line.code, "", "appraised"),
            "own": unit.line.own,
        }
        for unit in found.units
    ]


def _scatter(view: View, found: Contrast) -> html.Div:
    lang, rows = view.lang, _rows(view, found)
    on = {
        "span_x": span_of([unit.appraised * 100 for unit in found.units], 5),
        "span_y": span_of([unit.survey * 100 for unit in found.units], 5),
        "titles": (view.t("contrast.appraised"), view.t("contrast.survey")),
        "lang": lang,
    }

    def picture(size: str) -> dict:
        wide, high = {"1920x1080": (1180, 520), "1200x1200": (800, 640)}.get(size, (720, 560))
        return scatter(rows, width=wide, height=high, **on)

    x, y = (formats.percent(value, lang) for value in found.medians)
    notes = [view.t("contrast.note"), view.t("contrast.careful", n=len(found.units))]
    if found.left_out:
        notes.append(view.t("contrast.left_out", n=found.left_out))
    return frame(
        view,
        "doi-chieu",
        same_side(view, found),
        graph(
            view,
            scatter(rows, width=718, height=560, **on),
            view.t("contrast.alt", n=len(rows), x=x, y=y),
            narrow=scatter(rows, width=358, height=420, **on),
        ),
        subtitle=view.t(
            "contrast.subtitle",
            period=view.sel.period,
            block=view.block("inside"),
            n=formats.count(len(rows), lang),
        ),
        key=[key_item("many", view.t("figure.key_unit")), key_item("median", view.t("figure.key_median"))],
        table=_units(view, found, "chenh-lech", sortable=False),
        note=" ".join(notes),
        level=2,
        picture=picture,
    )


def _quadrants(view: View, found: Contrast) -> html.Section:
    parts = []
    for name, units in found.quadrants.items():
        names: list[Child] = []
        for unit in units:
            names += [", "] if names else []
            names.append(unit_link(view, unit.line.code, label=unit.line.name))
            names += [own(view)] if unit.line.own else []
        parts += [
            html.H3(
                [view.t(f"contrast.quadrant.{name}"), html.Span(f": {view.t('word.units', n=len(units))}")],
                className="quadrant-title",
            ),
            html.P(names or view.t("contrast.nobody"), className="quadrant"),
        ]
    title = html.H2(view.t("contrast.quadrants"), className="block-title", id="nhom-title")
    return html.Section([title, *parts], className="side-panel", id="nhom", **{"aria-labelledby": "nhom-title"})


def ordered(found: Contrast, order: str) -> list[Unit]:
    """Units by a value of `sx`; equals in alphabetical order."""
    key = order.removeprefix("-")
    down = (ORDERS[key] < 0) != order.startswith("-")
    units = sorted(found.units, key=lambda unit: formats.vietnamese_order(unit.line.name))
    if key == "don-vi":
        return units[::-1] if down else units
    values = {
        "tham-dinh": lambda unit: unit.appraised,
        "khao-sat": lambda unit: unit.survey,
        "chenh-lech": lambda unit: unit.difference,
        "nhom": lambda unit: QUADRANTS.index(found.quadrant(unit)),
    }
    return sorted(units, key=values[key], reverse=down)


def _table(view: View, found: Contrast) -> html.Div:
    order = view.sel.sort or next(iter(ORDERS))
    said = view.t(f"contrast.order.{order.removeprefix('-')}")
    return frame(
        view,
        "bang",
        higher(view, found),
        _units(view, found, order),
        subtitle=view.t(
            "contrast.table_subtitle",
            block=view.block("inside"),
            period=view.sel.period,
            n=formats.count(len(found.units), view.lang),
            order=view.t("contrast.reversed", order=said) if order.startswith("-") else said,
        ),
        level=2,
        name="thu-tu",
    )


def _units(view: View, found: Contrast, order: str, *, sortable: bool = True) -> html.Div:
    lang, sel = view.lang, view.sel

    def head(key: str, label: str, **more: Any) -> Head:
        if not sortable:
            return Head(label, **more)
        href = f"{sel.href(sort=f'-{key}' if order == key else key)}#bang"
        return Head(sort_link(view, label, key, order, href, spoken=view.t(f"contrast.order.{key}")), **more)

    def number(unit: Unit, value: Fraction, measure: str) -> Child:
        shown = formats.number(value * 100, lang, 1)
        return provenance(view, shown, number_id(sel.period, unit.line.code, "", measure))

    rows = [
        Row(
            [
                [unit_link(view, unit.line.code, label=unit.line.name), own(view) if unit.line.own else None],
                number(unit, unit.appraised, "appraised"),
                number(unit, unit.survey, "survey"),
                formats.signed(unit.difference * 100, lang, 1),
                view.t(f"contrast.quadrant.{found.quadrant(unit)}"),
            ],
            "own" if unit.line.own else "",
        )
        for unit in ordered(found, order)
    ]
    return data_table(
        view,
        higher(view, found),
        [
            head("don-vi", view.t("word.unit")),
            head("tham-dinh", view.t("contrast.appraised"), num=True),
            head("khao-sat", view.t("contrast.survey"), num=True),
            head("chenh-lech", view.t("contrast.difference"), num=True),
            head("nhom", view.t("contrast.group"), class_name="wide-only"),
        ],
        rows,
    )
