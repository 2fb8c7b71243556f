"""/nguon-goc/<id>: one number taken apart, down to files and rows, and computed anew on demand."""

from __future__ import annotations

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.selection import read_number
from dashboard.address.view import View
from dashboard.exhibit.page import Facts, Group, Header, Notice, Page, Paragraph, Part, Screen, Section
from dashboard.exhibit.text import Span, Text, remark
from dashboard.pages.provenance import exhibits, sentences
from dashboard.pages.provenance.rows import COLUMNS, Origin
from dashboard.render import elements as html
from dashboard.render.controls import button_link
from dashboard.render.parts import dataset, kept_back
from dashboard.words import formats

RECOMPUTE = "tinh"
CHOICES = {RECOMPUTE: ("", "1")}


def layout(view: View) -> Page:
    """The page of the number in the path."""
    origin = Origin(view, read_number(view.site, view.sel.number))
    measure = origin.name.measure
    parts: list[Part] = [_formula(origin)]
    if origin.children and measure in (*COLUMNS, "index"):
        parts.append(Section("parts", view.t("provenance.parts"), [exhibits.items(origin)]))
    if origin.leaf and origin.cells:
        parts.append(Section("ballots", view.t("provenance.ballots"), [exhibits.groups(origin)]))
    if origin.answers and measure == "value":
        parts.append(Section("answers", view.t("provenance.answers"), [exhibits.answers(origin)]))
    settled = measure == "rank" or (measure == "rank_interval" and view.whole)
    if settled and origin.total.get("rank") is not None:
        parts.append(_neighbours(origin))
    if measure != "published":
        parts += [_decision(origin) if origin.leaf else None, _sources(origin)]
    parts += [_history(origin), _recompute(origin)]
    return Page(_header(origin), [_number(origin), Group(parts, role="origin")])


def _header(origin: Origin) -> Header:
    view, name = origin.view, origin.name
    above, code = [], name.criterion
    while code:
        above.append(code)
        code = view.sel.rubric[code]["parent_code"]

    def link(code: str) -> str | None:
        number = number_id(name.period, name.unit, code, "points")
        return view.sel.to("provenance", number=number) if code != name.criterion else None

    unit = (unit_name(view, name.unit, "full"), view.sel.to("unit", unit=name.unit))
    trail = [unit, *((code, link(code)) for code in reversed(above))]
    return Header(sentences.title(origin), sentences.lead(origin), trail)


def _number(origin: Origin) -> Paragraph:
    """The number in large type, what it is out of, and whether it is made up."""
    view, season = origin.view, origin.view.sel.season
    said: list[Text]
    if origin.hidden:
        said = [Span(kept_back(view, origin.cell), role="origin-number")]
    else:
        said = [Span(sentences.shown(origin), role="origin-number")]
        if of := sentences.beside(origin):
            said.append(Span(of, role="origin-of"))
    if origin.provisional:
        said.append(Span(view.t("provenance.provisional"), role="badge-status status-council"))
    if season.get("made_up"):
        said.append(Span(view.t("provenance.made_up"), role="badge-status status-draft"))
    return Paragraph(said, role="origin-figure")


def _formula(origin: Origin) -> Section:
    lines = [Paragraph(line) for line in sentences.formula(origin)]
    return Section("formula", origin.view.t("provenance.formula"), [Group(lines, role="formula")])


def _neighbours(origin: Origin) -> Section:
    """The units next to it; for an interval also how often each rank came out when resampling."""
    tables = [exhibits.neighbours(origin)]
    if origin.name.measure == "rank_interval":
        tables.append(exhibits.probabilities(origin))
    return Section("neighbours", origin.view.t("provenance.neighbours"), tables)


def _decision(origin: Origin) -> Section:
    """What the council decided on the leaf, with reason and minutes."""
    view, item = origin.view, origin.item
    t, title = view.t, view.t("provenance.decision")
    submitted = formats.date(item["submitted_on"], view.lang) if item["submitted_on"] else None
    own = [
        (t("provenance.submitted_on"), submitted),
        (t("provenance.explanation"), item["explanation"]),
        (t("provenance.evidence"), item["evidence"]),
    ]
    own = [(term, told) for term, told in own if told and told != formats.MISSING]
    facts = Facts(own) if own else None
    if item["state"] == "surveyed" or (item["assessed_by"] == "survey" and item["round"] is None):
        return Section("decision", title, [Paragraph(t("provenance.decision_none"))])
    if item["round"] is None:
        return Section("decision", title, [Paragraph(t("provenance.decision_open")), facts])
    decided = [
        (t("provenance.appraiser"), unit_name(view, item["appraiser"] or formats.MISSING, "full")),
        (t("provenance.reason"), item["reason"] or t("provenance.reason_none")),
        (t("provenance.minute"), item["minute"] or formats.MISSING),
        (t("provenance.decided_on"), formats.date(item["decided_on"], view.lang)),
    ]
    return Section("decision", title, [Facts(decided), facts])


def _sources(origin: Origin) -> Section:
    """Files and rows: for a leaf each score, for what is above it the files with their number of rows."""
    tables: list[Part] = []
    if origin.scores:
        tables.append(exhibits.scores(origin) if origin.leaf else exhibits.score_files(origin))
    if origin.ballots:
        tables.append(exhibits.ballot_files(origin))
    t = origin.view.t
    return Section("sources", t("provenance.sources"), tables or [Paragraph(t("provenance.no_scores"))])


def _history(origin: Origin) -> Section:
    """The dataset, earlier values of the scores below, and what an announcement said."""
    view, row = origin.view, origin.published
    t = view.t
    told = [(t("provenance.dataset"), t("part.source_data", **dataset(view)))]
    if origin.name.measure == "published" and row:
        told += [
            (t("provenance.announcement"), row["decision"] or formats.MISSING),
            (t("provenance.source"), row["source"] or formats.MISSING),
            (t("provenance.file"), f"{row['file']}, {sentences.lines(view, row['row'], row['row'])}"),
        ]
        if row["note"]:
            told.append((t("provenance.note"), remark(row, view.lang)))
    nothing = Paragraph(t("provenance.no_history"), role="note")
    earlier = exhibits.earlier(origin) if origin.replaced else nothing
    return Section("history", t("provenance.history"), [Facts(told), earlier])


def _recompute(origin: Origin) -> Section:
    """The number computed anew where that is asked for, and its address."""
    view = origin.view
    t, lead = view.t, view.t("provenance.recompute_lead")
    parts: list[Part] = [Paragraph(lead, role="note")]
    href = view.sel.href(**{RECOMPUTE: "1"}) + "#recompute"
    actions = [button_link(t("provenance.recompute"), href, primary=True)]
    if view.sel[RECOMPUTE] == "1":
        kind, told = sentences.recomputed(origin)
        actions.append(html.Span(told, className=f"recomputed recomputed-{kind}", role="status"))
        if kind == "differs":
            parts.append(Notice("error", title=told, text=lead))
    address = Facts([(t("provenance.address"), html.Code(view.sel.number))])
    parts += [Screen(html.Div(actions, className="recompute")), address]
    return Section("recompute", t("provenance.recompute"), parts)
