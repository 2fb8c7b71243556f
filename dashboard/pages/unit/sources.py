"""Where the numbers of a unit come from: files, rows, imports; and what is to be looked at in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, MOMENT, points
from dashboard.exhibit.page import Fold, Notice, Section
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead
from dashboard.pages.unit.cells import Child
from dashboard.pages.unit.rows import Profile, grouped
from dashboard.render import elements as html
from dashboard.render.parts import item_link, mark
from dashboard.words import formats, say
from dashboard.words.names import short_name
from scoring.texts import FLAGS

Line = Mapping[str, Any]


def flags(view: View, rows: Sequence[Line]) -> Section:
    """Things to look at, the gravest first."""
    names = {code: unit_name(view, code) for code in view.site.units.get(view.sel.period, {})}
    groups = view.sel.respondents
    order = ("block", "look", "info")

    def about(flag: Line) -> Child:
        if flag["criterion_code"]:
            return item_link(view, flag["criterion_code"])
        group = groups.get(flag["respondent_group"])
        return short_name(group, view.lang) if group else formats.MISSING

    def severity(flag: Line) -> Child:
        return html.Span([mark(f"flag-{flag['severity']}"), " ", view.t(f"unit.severity.{flag['severity']}")])

    def place(flag: Line) -> str:
        return view.t("unit.row", row=str(flag["row"])) if flag["row"] else formats.MISSING

    table = Table(
        view.t("unit.flags_of", name=unit_name(view, view.sel.unit)),
        [
            Column(view.t("unit.severity"), lambda flag: view.t(f"unit.severity.{flag['severity']}"), show=severity),
            Column(view.t("unit.flag"), lambda flag: FLAGS.get(flag["flag"], {}).get(view.lang, flag["flag"])),
            Column(view.t("unit.about"), lambda flag: flag["criterion_code"], show=about),
            Column(view.t("unit.detail"), lambda flag: say.flag_detail(flag["detail"], view.lang, names)),
            Column(view.t("unit.file"), lambda flag: flag["file"] or formats.MISSING, show=_file),
            Column(view.t("unit.place"), place),
        ],
        sorted(rows, key=lambda flag: order.index(flag["severity"])),
        role="sources",
    )
    return Section("flags", view.t("unit.flags"), [table], lead=view.t("unit.flags_lead", n=len(rows)))


def sources(view: View, found: Profile) -> Section:
    """Files and rows behind the scores and ballots of the unit, and the values that were replaced."""
    of = (view.sel.period, found.unit)
    scores, ballots = view.ask.score_sources(*of), view.ask.ballot_sources(*of)
    title = view.t("unit.sources")
    if not scores and not ballots:
        return Section("sources", title, [Notice("empty", text=view.t("unit.no_sources"))])
    parts: list[Any] = [_files(view, scores, ballots)]
    if scores:
        order = {code: at for at, code in enumerate(view.sel.rubric)}
        each = sorted(scores, key=lambda line: order.get(line["criterion_code"], 0))
        caption = view.t("unit.sources_each_caption", name=unit_name(view, view.sel.unit))
        last = Column(view.t("unit.imported"), lambda line: line["imported_at"], MOMENT)
        table = _scores(view, caption, each, last, anchored=True)
        parts.append(Fold(view.t("unit.sources_each", n=len(each)), [table]))
    if earlier := view.ask.superseded(*of):
        caption = view.t("unit.sources_earlier_caption", name=unit_name(view, view.sel.unit))
        last = Column(view.t("unit.replaced_by"), lambda line: _replaced(view, line))
        parts.append(Fold(view.t("unit.sources_earlier", n=len(earlier)), [_scores(view, caption, earlier, last)]))
    return Section("sources", title, parts)


def _files(view: View, scores: Sequence[Line], ballots: Sequence[Line]) -> Table:
    """One row a part and file: which rows of it, when imported, its hash."""
    rows: list[tuple[str, Line, str, int]] = []
    for (kind, round_), some in grouped(scores, "kind", "round").items():
        for (_, _, sheet), lines in grouped(some, "import_id", "file", "sheet").items():
            numbers = [line["row"] for line in lines]
            place = _where(view, sheet, min(numbers), max(numbers))
            rows.append((_score_kind(view, kind, round_), lines[0], place, len(lines)))
    groups = view.sel.respondents
    for line in ballots:
        group = short_name(groups.get(line["respondent_group"], {}), view.lang) or line["respondent_group"]
        place = _where(view, line["sheet"], line["first_row"], line["last_row"])
        rows.append((view.t("unit.ballots_of", group=group), line, place, line["n_ballots"]))

    def hash_of(row: Any) -> Child:
        sha = row[1]["sha256"]
        return html.Code(f"{sha[:4]}…{sha[-4:]}", title=sha)

    return Table(
        view.t("unit.sources_of", name=unit_name(view, view.sel.unit)),
        [
            Column(view.t("unit.part"), lambda row: row[0]),
            Column(view.t("unit.file"), lambda row: row[1]["file"], show=lambda row: _file(row[1])),
            Column(view.t("unit.place"), lambda row: row[2]),
            Column(view.t("unit.imported"), lambda row: row[1]["imported_at"], MOMENT),
            Column(view.t("unit.hash"), lambda row: row[1]["sha256"], show=hash_of),
            Column(view.t("unit.rows"), lambda row: row[3], COUNT),
        ],
        rows,
        role="sources",
    )


def _scores(view: View, caption: str, lines: Sequence[Line], last: Column, *, anchored: bool = False) -> Table:
    """One row a score, with its place in its file; `last` is the last column."""

    def item(line: Line) -> Child:
        name = view.name(view.sel.rubric.get(line["criterion_code"], {}))
        return [html.Span(line["criterion_code"], className="quiet-code"), name]

    def value(line: Line) -> Any:
        return Instead(view.t("unit.state.not_applicable"), role="") if line["not_applicable"] else line["points"]

    def anchor(line: Line) -> str | None:
        return f"nguon-{line['criterion_code']}-{line['kind']}-{line['round'] or 0}" if anchored else None

    return Table(
        caption,
        [
            Column(view.t("word.criterion"), lambda line: line["criterion_code"], show=item),
            Column(view.t("unit.part"), lambda line: _score_kind(view, line["kind"], line["round"])),
            Column(view.t("word.points"), value, points()),
            Column(view.t("unit.file"), lambda line: line["file"], show=_file),
            Column(view.t("unit.place"), lambda line: _where(view, line["sheet"], line["row"], line["row"])),
            Column(view.t("unit.import_head"), lambda line: view.t("unit.import", n=str(line["import_id"]))),
            last,
        ],
        lines,
        anchor=anchor,
        role="sources",
    )


def _replaced(view: View, line: Line) -> str:
    by = line["superseded_by"]
    return view.t("unit.import", n=str(by)) if by else view.t("unit.retracted")


def _file(line: Line) -> Child:
    return html.Span(line["file"] or formats.MISSING, className="file")


def _score_kind(view: View, kind: str, round_: int | None) -> str:
    return view.t("unit.score_of_self") if kind == "self" else view.t("unit.score_of_appraised", n=round_)


def _where(view: View, sheet: str, first: int | None, last: int | None) -> str:
    if first is None or last is None:  # of too few ballots
        return sheet
    one = view.t("unit.row", row=str(first))
    rows = one if first == last else view.t("unit.rows_between", first=str(first), last=str(last))
    return view.t("unit.in_sheet", sheet=sheet, rows=rows) if sheet else rows
