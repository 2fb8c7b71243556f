"""What a number rests on, in tables: items below, groups, answers, neighbours, scores, files, earlier values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.address.names import item_name, unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, MAXIMUM, RANK, Measure, change, interval, points, share
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead, Link, Span, Text
from dashboard.pages.provenance.rows import COLUMNS, Origin, Row, by_file
from dashboard.pages.provenance.sentences import (
    EXACT_PLACES,
    caption,
    exact,
    group_name,
    imported,
    kind,
    place,
    replaced_by,
)
from dashboard.render import elements as html
from dashboard.render.parts import kept_back

EXACT = Measure(exact, places=EXACT_PLACES)
"""An unrounded number."""


def items(origin: Origin) -> Table:
    """The items right below, each leading to its own number."""
    view, name = origin.view, origin.name
    measure = name.measure if name.measure in COLUMNS else "points"

    def item(code: str) -> Link:
        return Link(item_name(view, code), view.sel.to("item", item=code), "quiet")

    def state(code: str) -> str:
        found = origin.items[code]["state"]
        return view.t(f"method.state.{found}") if found else ""

    return Table(
        caption(origin, view.t("provenance.parts")),
        [
            Column(view.t("provenance.part"), item),
            Column(
                view.t(f"provenance.measure.{measure}").capitalize(),
                lambda code: origin.items[code][COLUMNS[measure]],
                {"attainment": share(), "gap": change()}.get(measure, points()),
                number=lambda code: number_id(name.period, name.unit, code, measure),
            ),
            Column(view.t("provenance.max"), lambda code: origin.items[code]["max_points"], MAXIMUM),
            Column(view.t("provenance.state"), state),
        ],
        origin.children,
    )


def groups(origin: Origin) -> Table:
    """Ballots and values of the leaf by respondent group; what is suppressed says so."""
    view, name = origin.view, origin.name

    def unless_hidden(cell: Row, value: Any) -> Any:
        return kept_back(view, cell) if cell["suppressed"] else value

    def ends(cell: Row) -> Any:
        return None if cell["ci_low"] is None else (cell["ci_low"], cell["ci_high"])

    def address(cell: Row) -> str:
        return number_id(name.period, name.unit, name.criterion, "value", cell["respondent_group"])

    t = view.t
    return Table(
        caption(origin, t("provenance.ballots")),
        [
            Column(t("provenance.group"), lambda cell: group_name(view, cell["respondent_group"])),
            Column(t("provenance.weight"), lambda cell: cell["weight"], EXACT),
            Column(t("provenance.issued"), lambda cell: cell["issued"], COUNT),
            Column(t("provenance.returned"), lambda cell: cell["returned"], COUNT),
            Column(t("provenance.n_ballots"), lambda cell: unless_hidden(cell, cell["n_ballots"]), COUNT),
            Column(t("provenance.n_valid"), lambda cell: unless_hidden(cell, cell["n_valid"]), COUNT),
            Column(t("provenance.value"), lambda cell: unless_hidden(cell, cell["value"]), points(4), number=address),
            Column(t("provenance.interval"), lambda cell: unless_hidden(cell, ends(cell)), interval(4)),
        ],
        origin.cells,
    )


def answers(origin: Origin) -> Table:
    """Answers by question and option."""
    view = origin.view
    return Table(
        caption(origin, view.t("provenance.answers")),
        [
            Column(view.t("provenance.question"), lambda row: view.name(row, "text") or row["question_code"]),
            Column(view.t("provenance.option"), lambda row: view.name(row, "label")),
            Column(view.t("provenance.option_value"), lambda row: row["value"], EXACT),
            Column(view.t("provenance.n"), lambda row: kept_back(view, row) if row["suppressed"] else row["n"], COUNT),
        ],
        origin.answers,
    )


def neighbours(origin: Origin) -> Table:
    """The units right above and below."""
    view = origin.view

    def unit(row: Row) -> Link:
        return Link(unit_name(view, row["unit_code"]), view.sel.to("unit", unit=row["unit_code"]), "quiet")

    return Table(
        caption(origin, view.t("provenance.neighbours")),
        [
            Column(view.t("provenance.unit"), unit),
            Column(view.t("provenance.rank"), lambda row: row["rank"], RANK),
            Column(
                view.t("provenance.index"),
                lambda row: row["index_value"],
                points(view.places),
                number=lambda row: number_id(origin.name.period, row["unit_code"], "", "index"),
            ),
        ],
        origin.near,
    )


def probabilities(origin: Origin) -> Table:
    """How often each rank came out when resampling."""
    view = origin.view
    return Table(
        view.t("provenance.probabilities"),
        [
            Column(view.t("provenance.rank"), lambda row: row["rank"], RANK),
            Column(view.t("provenance.share"), lambda row: row["probability"], share()),
        ],
        view.ask.rank_probabilities(origin.name.period, origin.name.unit),
        caption_shown=True,
    )


# Files and rows


def _file(view: View, row: Row) -> Text:
    made_up = [" ", Span(view.t("provenance.made_up"), role="badge-status status-sim")] if row["made_up"] else []
    return [Span(row["file"], role="file-name"), *made_up]


def _points(view: View, row: Row) -> Any:
    return Instead(view.t("method.state.not_applicable"), role="") if row["not_applicable"] else row["points"]


def _in_files(view: View, title: str, first: Sequence[Column], rows: Sequence[tuple[Row, int, int]]) -> Table:
    """A table of (row, first line, last line), which ends with file, place, import and hash."""

    def hashed(row: Any) -> html.Code:
        return html.Code(f"{row[0]['sha256'][:12]}…", title=row[0]["sha256"])

    last = [
        Column(view.t("provenance.file"), lambda row: _file(view, row[0])),
        Column(view.t("provenance.place"), lambda row: place(view, *row)),
        Column(view.t("provenance.import"), lambda row: imported(view, row[0])),
        Column(view.t("provenance.hash"), lambda row: row[0]["sha256"], show=hashed),
    ]
    return Table(title, [*first, *last], rows, caption_shown=True)


def scores(origin: Origin) -> Table:
    """Every score of a leaf with its file and row."""
    view = origin.view
    first = [
        Column(view.t("provenance.what"), lambda row: kind(view, row[0])),
        Column(view.t("provenance.points"), lambda row: _points(view, row[0]), EXACT),
    ]
    rows = [(row, row["row"], row["row"]) for row in origin.scores]
    return _in_files(view, view.t("provenance.scores"), first, rows)


def score_files(origin: Origin) -> Table:
    """The files of the scores below an item, with their number of rows."""
    view = origin.view
    rows = []
    for lines in by_file(origin.scores):
        places = [row["row"] for row in lines]
        rows.append(({**lines[0], "n": len(lines)}, min(places), max(places)))
    first = [
        Column(view.t("provenance.what"), lambda row: kind(view, row[0])),
        Column(view.t("provenance.n_rows"), lambda row: row[0]["n"], COUNT),
    ]
    return _in_files(view, view.t("provenance.scores"), first, rows)


def ballot_files(origin: Origin) -> Table:
    """The files of the ballots by respondent group."""
    view = origin.view
    first = [
        Column(view.t("provenance.group"), lambda row: group_name(view, row[0]["respondent_group"])),
        Column(view.t("provenance.n"), lambda row: row[0]["n_ballots"], COUNT),
    ]
    rows = [(row, row["first_row"], row["last_row"]) for row in origin.ballots]
    return _in_files(view, view.t("provenance.ballot_files"), first, rows)


def earlier(origin: Origin) -> Table:
    """Scores that were replaced or taken back, and by which import."""
    view = origin.view
    return Table(
        caption(origin, view.t("provenance.history")),
        [
            Column(view.t("provenance.part"), lambda row: row["criterion_code"]),
            Column(view.t("provenance.what"), lambda row: kind(view, row)),
            Column(view.t("provenance.points"), lambda row: _points(view, row), EXACT),
            Column(view.t("provenance.file"), lambda row: row["file"]),
            Column(view.t("provenance.place"), lambda row: place(view, row, row["row"], row["row"])),
            Column(view.t("provenance.import"), lambda row: view.t("provenance.by_import", id=str(row["import_id"]))),
            Column(view.t("provenance.superseded_by"), lambda row: replaced_by(view, row)),
        ],
        origin.replaced,
    )
