"""The rubrics and the respondent groups in force as exhibits, one a block."""

from __future__ import annotations

from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, MAXIMUM
from dashboard.exhibit.page import Exhibit
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Span
from dashboard.pages.method.rows import Rubric
from dashboard.pages.method.sentences import headline
from dashboard.words import formats


def maxima(view: View, rubric: Rubric) -> Exhibit:
    """Maximum points of a block by field: all, by appraisal, by survey."""
    t, whole, said = view.t, rubric.whole, headline(view, rubric)
    columns = [
        Column(t("word.max"), lambda of: of.whole, MAXIMUM),
        Column(t("word.appraisal"), lambda of: of.appraised, MAXIMUM),
        Column(t("word.survey"), lambda of: of.surveyed, MAXIMUM),
        Column(t("method.leaves"), lambda of: len(of.leaves), COUNT),
    ]
    field = Column(
        t("word.field"),
        lambda of: [Span(of.row["criterion_code"], role="quiet-code"), view.name(of.row)],
        role="wrap",
    )
    total = [t("word.total"), *(column.text(whole, view.lang) for column in columns)]
    n, of = whole.illustrative, len(whole.leaves)
    return Exhibit(
        f"rubric-{rubric.group}",
        said,
        table=Table(said, [field, *columns], rubric.fields, totals=[total]),
        subtitle=t("method.rubric_subtitle", n=of, total=formats.number(whole.whole, view.lang, trim=True)),
        note=t("method.illustrative_note", n=n, of=of) if n else None,
    )


def respondents(view: View, group: str) -> Exhibit:
    """The respondent groups of a block and the weights with which they are combined."""
    t = view.t
    rows = list(view.site.respondents.get((view.sel.period, group), {}).values())
    said = t("method.groups_headline", n=len(rows), block=view.block("short", group))
    columns = [
        Column(t("word.group"), view.name),
        Column(t("word.weight"), lambda row: row["weight"], MAXIMUM),
    ]
    return Exhibit(
        f"groups-{group}",
        said,
        table=Table(said, columns, rows),
        subtitle=t("method.groups_subtitle"),
        note=t("method.groups_note"),
    )
