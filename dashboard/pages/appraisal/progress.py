"""How far the appraisal of a block is: by part, by appraiser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT
from dashboard.exhibit.page import Columns, Exhibit, Paragraph, Part, Section
from dashboard.exhibit.table import Column, Table
from dashboard.figures.points import progress as progress_chart
from dashboard.pages.appraisal import sentences as say
from dashboard.pages.appraisal.rows import Appraisal, Tally, grouped, responsible, scope, tally
from dashboard.pages.appraisal.sentences import part_name, who
from dashboard.words import formats

WIDE, NARROW = 531, 328  # px of a figure beside another, and on a telephone

Line = tuple[str, str, Tally]
"""Code or '', name, what is counted there."""


def progress(view: View, appraisal: Appraisal) -> Section:
    """How much is appraised: by part and by appraiser as long as something is left."""
    name = partial(who, view)
    bodies = grouped(appraisal.mine, responsible)
    by_body = [
        ("", name(code), tally(bodies[code]))
        for code in sorted(bodies, key=lambda code: formats.vietnamese_order(name(code)))
    ]
    said = _under_way(view, appraisal, by_body) if appraisal.sum.open else [_finished(view, appraisal, by_body)]
    return Section("progress-part", view.t("appraisal.progress"), said)


def _under_way(view: View, appraisal: Appraisal, by_body: Sequence[Line]) -> list[Part]:
    by_part = [
        (part, part_name(view, part), tally(leaf for leaf in appraisal.mine if leaf["criterion_code"] in codes))
        for part, codes in appraisal.parts.items()
    ]
    closed, done = None, appraisal.step.get("done_on")
    if done:
        said = view.t("appraisal.progress.closed", n=appraisal.sum.open, date=formats.date(done, view.lang))
        closed = Paragraph(said, "note")
    of_parts, of_bodies = (
        say.progress_subtitle(view, appraisal, kind) for kind in ("item" if scope(view.sel) else "field", "appraiser")
    )
    head = view.t("appraisal.column.appraiser")
    exhibits = [
        _exhibit(view, "tien-do-phan", by_part, of_parts, say.parts_are(view)),
        _exhibit(view, "tien-do-co-quan", by_body, of_bodies, head),
    ]
    return [closed, Columns(exhibits)]


def _finished(view: View, appraisal: Appraisal, by_body: Sequence[Line]) -> Exhibit:
    headline = view.t("appraisal.progress.done", n=appraisal.sum.total)
    table = _table(view, headline, view.t("appraisal.column.appraiser"), by_body)
    return Exhibit(
        "tien-do", headline, table=table, body=Paragraph(say.finished(view, appraisal), "all-done"), concludes=False
    )


def _exhibit(view: View, id: str, lines: Sequence[Line], subtitle: str, head: str) -> Exhibit:
    rows = [
        {"code": code, "label": name.removeprefix(f"{code} "), "done": own.done, "total": own.total, "id": None}
        for code, name, own in lines
    ]
    headline = say.progress_headline(view, {name: own.open for _, name, own in lines})
    return Exhibit(
        id,
        headline,
        lambda width: progress_chart(rows, lang=view.lang, width=width or WIDE),
        _table(view, headline, head, lines),
        subtitle=subtitle,
        note=view.t("appraisal.progress.note"),
        narrow=NARROW,
        concludes=False,
    )


def _table(view: View, caption: str, head: str, lines: Sequence[Line]) -> Table:
    def column(name: str, attribute: str) -> Column:
        return Column(view.t(f"appraisal.column.{name}"), lambda line: getattr(line[2], attribute), COUNT)

    def label(line: Line) -> str:
        code, name, _ = line
        return f"{code} {name.removeprefix(f'{code} ')}".strip()

    names = {"done": "done", "pending": "pending", "missing": "missing", "items": "total"}
    return Table(caption, [Column(head, label), *(column(*pair) for pair in names.items())], lines)
