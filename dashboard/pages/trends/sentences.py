"""What is said of the years: who came first, which published values contradict their rank, who rose since last year."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.address.view import View
from dashboard.pages.ranking.rows import Block, Line
from dashboard.pages.trends.rows import Field, Published, Result, breaks, compared, median_change
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import capital, listed, top

# Published


def most_often(view: View, found: Published) -> str:
    """Who came first most often, in which years."""
    first = found.first
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


def source(view: View, rows: Sequence[Result]) -> str:
    """The decisions and sources of some results, each once."""
    said = dict.fromkeys(", ".join(filter(None, (row["decision"], row["source"]))) for row in rows)
    return view.t("trends.source", sources="; ".join(filter(None, said)))


def notes(view: View, found: Published) -> str:
    """Why lines break, and what is not known of the rubrics."""
    broken, unknown = breaks(view.site, view.sel.unit_group, found.years)
    said = [view.t("trends.note_missing")]
    for kind, years in (("broken", broken), ("unknown", unknown)):
        if years:
            said.append(view.t(f"trends.note_{kind}", years=listed(list(map(str, years)), view.lang)))
    return " ".join(said)


def results(view: View, found: Published) -> str:
    """How many results there are, of how many years."""
    rows = found.rows
    full = sum(row["index"] is not None and row["rank"] is not None for row in rows)
    return view.t("trends.rows", n=len(rows), years=len({row["period"] for row in rows}), full=full)


# What the store computes


def moved(view: View, block: Block) -> str:
    """How many went up and down, and how the median of the same units moved."""
    lines = compared(block)
    up, down = (sum(sign * line.change > 0 for line in lines) for sign in (1, -1))
    return view.t(
        "trends.moved",
        up=up,
        down=down,
        level=len(lines) - up - down,
        points=formats.in_points(median_change(lines), view.lang, view.places, sign=True),
    )


def most_changed(view: View, rows: Sequence[Field]) -> str:
    """Which field changed most."""
    if not rows or not rows[0].change:
        return view.t("trends.field_none")
    names = [short_name(row.row, view.lang) for row in rows if row.change == rows[0].change]
    return capital(top("trends.field_most", names, view.lang, points=formats.pp(rows[0].change, view.lang, 2)))


def risen(view: View, lines: Sequence[Line]) -> str:
    """Which units rose most."""
    if not lines or lines[0].change <= 0:
        return view.t("trends.movers_none")
    names = [line.name for line in lines if line.change == lines[0].change]
    by = formats.in_points(lines[0].change, view.lang, view.places, sign=True)
    return top("trends.movers", names, view.lang, points=by)
