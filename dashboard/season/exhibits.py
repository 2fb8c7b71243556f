"""Points by state as an exhibit: of the units of a block, of the fields of one unit; and what stands where nothing may
be concluded yet."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, MAXIMUM, RANK, of_max, points
from dashboard.exhibit.page import Button, Exhibit, Figure, Notice
from dashboard.exhibit.table import Column, Table
from dashboard.figures.points import state_bars
from dashboard.render.parts import unit_link
from dashboard.season.rows import STATES, Progress, States, read
from dashboard.season.sentences import headline, not_yet
from dashboard.words import formats
from dashboard.words.names import short_name

KEY = {"appraised": "bar", "surveyed": "step-4", "claimed": "hatch", "missing": "range"}


def notice(view: View, title: str = "") -> Notice:
    """What stands in place of a part that concludes something from a block."""
    links = [(f"open.to_{page}", view.sel.to(page)) for page in ("ranking", "appraisal")]
    actions = [Button(view.t(key), href) for key, href in links if href]
    return Notice("provisional", title=title or view.t("open.title"), text=not_yet(view), actions=actions)


def by_unit(view: View, found: Progress | None = None, *, id: str, level: int = 3) -> Exhibit:
    """Every unit of a block in the order of names."""
    found = found or read(view)
    named = [(unit, unit_name(view, unit.code, "bare")) for unit in found.units]
    about = {"period": view.sel.period, "block": view.block("inside"), "n": formats.count(len(named), view.lang)}
    columns = [
        Column(view.t("word.unit"), lambda row: row[1], show=lambda row: unit_link(view, row[0].code, label=row[1])),
        Column(view.t("open.column.rank"), lambda row: row[0].rank, RANK),
        Column(view.t("word.index"), lambda row: row[0].index, points(view.places)),
        *_columns(view),
    ]
    return _exhibit(view, id, headline(view, found), named, columns, view.t("open.subtitle", **about), level)


def by_field(view: View, unit: str, fields: Sequence[States], total: States) -> Exhibit:
    """Every field of one unit."""
    named = [(one, short_name(view.sel.fields[one.code], view.lang)) for one in fields]
    n = sum(count for *_, count in total.parts.values())
    said = view.t("open.unit_headline", done=n - total.open, of=n)
    columns = [Column(view.t("word.field"), lambda row: f"{row[0].code} {row[1]}"), *_columns(view)]
    subtitle = view.t("open.unit_subtitle", name=unit_name(view, unit), period=view.sel.period)
    return _exhibit(view, "states", said, named, columns, subtitle, 3, coded=True)


def _columns(view: View) -> list[Column]:
    def of(head: str, state: str) -> Column:
        return Column(view.t(head), lambda row: row[0].of(state), of_max())

    return [
        of("open.state.appraised", "appraised"),
        of("open.state.surveyed", "surveyed"),
        of("open.column.claimed", "claimed"),
        Column(
            view.t("open.column.missing"),
            lambda row: row[0].parts["missing"][1] if row[0].parts["missing"][2] else None,
            MAXIMUM,
        ),
        Column(view.t("open.column.left"), lambda row: row[0].open, COUNT),
    ]


def _exhibit(
    view: View,
    id: str,
    said: str,
    named: Sequence[tuple[States, str]],
    columns: Sequence[Column],
    subtitle: str,
    level: int,
    *,
    coded: bool = False,
) -> Exhibit:
    rows = [
        {
            "label": name,
            "code": one.code if coded else "",
            "parts": [(one.parts[state][0], one.parts[state][1]) for state in STATES],
            "open": one.open,
        }
        for one, name in named
    ]
    words = [view.t(f"open.state.{state}") for state in STATES]

    def figure(width: int | None) -> Figure:
        narrow = {"width": width} if width else {}
        return state_bars(rows, states=words, lang=view.lang, head=view.t("open.column.left"), **narrow)

    return Exhibit(
        id,
        said,
        figure,
        Table(said, columns, named),
        subtitle=subtitle,
        key=[(mark, word) for mark, word in zip(KEY.values(), words, strict=True)],
        note=view.t("open.note"),
        narrow=358,
        level=level,
        concludes=False,
    )
