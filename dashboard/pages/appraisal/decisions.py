"""Single decisions: the list of them, one with all its records, the flags about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.view import View
from dashboard.exhibit.measure import DATE, TEXT, change, moved, points
from dashboard.exhibit.page import Exhibit, Facts, KeyNumber, Notice, Part, Section
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead, Link, Mark, Number, Span, Text
from dashboard.pages.appraisal import rows as counted
from dashboard.pages.appraisal import sentences as say
from dashboard.pages.appraisal.exhibits import axis_from, dumbbell_cell, fold, points_key, reason_text
from dashboard.pages.appraisal.rows import Appraisal, Leaf, conflict, decided, grouped, link, scope
from dashboard.pages.appraisal.sentences import about, part_name, who
from dashboard.render import elements as html
from dashboard.render.page import text
from dashboard.render.parts import Child, dumbbell_scale, unit_link
from dashboard.words import formats
from dashboard.words.say import flag_detail
from scoring.texts import FLAGS as FLAG_WORDS

# The list


def decisions(view: View, appraisal: Appraisal) -> Section:
    """The decisions in scope: of one item or of a unit's field all, else those changed, open or in conflict."""
    sel = view.sel
    every = appraisal.one_item or (bool(appraisal.unit) and bool(scope(sel)))
    headline = say.decisions_headline(view, appraisal)
    leaves = counted.decisions(appraisal, sel.rubric, partial(unit_name, view), every=every)
    shown = Exhibit("quyet-dinh", headline, concludes=False)
    if leaves:
        shown = Exhibit(
            "quyet-dinh",
            headline,
            concludes=False,
            table=Table(
                headline,
                _columns(view, appraisal, leaves),
                leaves,
                kind=lambda leaf: "own" if leaf["unit_code"] == view.ask.viewer.unit_code else "",
                attributes=lambda leaf: {"data-state": leaf["state"]},
                role="decisions",
                **({} if appraisal.one_item else fold(view, leaves)),
            ),
            subtitle=view.t(
                "appraisal.decisions.subtitle_all" if every else "appraisal.decisions.subtitle",
                what=part_name(view, scope(sel)) if scope(sel) else about(view),
                period=sel.period,
                shown=len(leaves),
            ),
            key=points_key(view),
        )
    return Section("decisions-part", view.t("appraisal.decisions"), [shown])


def _columns(view: View, appraisal: Appraisal, leaves: Sequence[Leaf]) -> list[Column]:
    """Unit, item, dumbbell, points, adjustment, why, link to the decision alone; without the one that is chosen."""
    low = axis_from([share for leaf in leaves for share in _shares(leaf) if share is not None])

    def unit(leaf: Leaf) -> str:
        return unit_name(view, leaf["unit_code"])

    def item(leaf: Leaf) -> Text:
        code = leaf["criterion_code"]
        words = [Span(code, "quiet-code"), view.name(view.sel.rubric[code])]
        return Link(words, link(view.sel, code, view.sel["dv"] or None), "quiet")

    def drawn(leaf: Leaf) -> Child:
        if leaf["gap"] is None or not leaf["max_points"]:
            return formats.MISSING
        return dumbbell_cell(view, *_shares(leaf), low)

    found = [
        Column(view.t("word.unit"), unit, show=lambda leaf: unit_link(view, leaf["unit_code"])),
        Column(view.t("word.criterion"), item),
        Column(dumbbell_scale(view, low), lambda leaf: None, show=drawn, role="scale", on="page"),
        Column(
            view.t("appraisal.column.points"),
            lambda leaf: (leaf["self_points"], leaf["appraised_points"], leaf["max_points"] or None),
            moved(),
            show=partial(_points, view),
        ),
        Column(view.t("appraisal.column.gap"), lambda leaf: leaf["gap"], change(), show=partial(_gap, view)),
        Column(
            view.t("appraisal.column.why"),
            partial(why, view),
            show=lambda leaf: html.Div(text(view, why(view, leaf)), className="why"),
            role="why-head",
        ),
        _see(view),
    ]
    left_out = {0: appraisal.unit, 1: appraisal.one_item, 6: appraisal.one_item and appraisal.unit}
    return [column for at, column in enumerate(found) if not left_out.get(at)]


def _shares(leaf: Leaf) -> list[Fraction | None]:
    """Both points as shares of the maximum."""
    most = leaf["max_points"]
    return [
        Fraction(leaf[kind]) / Fraction(most) if leaf[kind] is not None and most else None
        for kind in ("self_points", "appraised_points")
    ]


def _id(view: View, leaf: Leaf, measure: str) -> str:
    return number_id(view.sel.period, leaf["unit_code"], leaf["criterion_code"], measure)


def _points(view: View, leaf: Leaf) -> Text:
    own, council = formats.points(leaf["self_points"], view.lang), formats.points(leaf["appraised_points"], view.lang)
    most = f"/{formats.number(leaf['max_points'], view.lang, 2, trim=True)}" if leaf["max_points"] else ""
    numbers = [Number(own, _id(view, leaf, "self")), " → ", Number(council, _id(view, leaf, "appraised"))]
    return Span([*numbers, Span(most, "of") if most else ""])


def _gap(view: View, leaf: Leaf) -> Text:
    if leaf["gap"] is None:
        return None
    kind = _direction(leaf["gap"])
    written = Number(formats.signed(leaf["gap"], view.lang), _id(view, leaf, "gap"))
    return Span([Mark(kind, view.t(f"mark.{kind}")), written], "change")


def _direction(gap: Any) -> str:
    return "same" if not gap else "up" if gap > 0 else "down"


def why(view: View, leaf: Leaf) -> list[Text]:
    """Why the points are what they are, and who says so: 'Thiếu tài liệu … / Nội vụ · BB 03/BB-HĐTĐ, 14/01/2021'."""
    said: list[Text] = []
    if leaf["state"] != "appraised":
        said.append(Span(view.t(f"appraisal.state.{leaf['state']}"), f"leaf-state {leaf['state']}"))
    if leaf["claimed"]:
        said.append(Span(view.t("appraisal.claimed")))
    if leaf["reason"]:
        said.append(Span(leaf["reason"], lang="vi" if view.lang != "vi" else None))
    elif leaf["gap"]:
        said.append(Span(view.t("appraisal.no_reason"), "by"))
    elif leaf["gap"] is not None:
        said.append(Span(view.t("appraisal.kept_as_is")))
    if decided(leaf):
        day = formats.date(leaf["decided_on"], view.lang) if leaf["decided_on"] else ""
        by = [who(view, leaf["appraiser"]) if leaf["appraiser"] else "", ", ".join(filter(None, (leaf["minute"], day)))]
        if leaf["round"] and leaf["round"] > 1:
            by.append(view.t("appraisal.round", n=leaf["round"]))
        said.append(Span(" · ".join(filter(None, by)), "by"))
        if conflict(leaf):
            said.append(Span([Mark("conflict"), " ", view.t("appraisal.by_itself")], "by-itself"))
    else:
        said.append(Span(view.t("appraisal.led_by", name=who(view, leaf["lead_appraiser"] or "")), "by"))
    return said


def _see(view: View) -> Column:
    """The link to one decision alone, of a leaf or a flag."""

    def show(row: Mapping[str, Any]) -> Child:
        unit, code = row["unit_code"], row["criterion_code"]
        spoken = f"{view.t('appraisal.see_one')}: {unit_name(view, unit)}, {code}"
        return html.A(view.t("appraisal.see"), href=link(view.sel, code, unit), **{"aria-label": spoken})

    return Column(view.t("appraisal.decision"), lambda row: view.t("appraisal.see"), show=show)


# One decision


def one_numbers(view: View, leaf: Leaf) -> list[KeyNumber]:
    """Self, appraised, the difference."""
    most = f"/{formats.number(leaf['max_points'], view.lang, 2, trim=True)}" if leaf["max_points"] else ""
    kind = _direction(leaf["gap"])

    def number(label: str, column: str, measure: str, note: Text = None) -> KeyNumber:
        of = most if leaf[column] is not None else ""
        return KeyNumber(label, formats.points(leaf[column], view.lang), of, note, _id(view, leaf, measure))

    return [
        number(view.t("word.self"), "self_points", "self"),
        number(view.t("word.appraisal"), "appraised_points", "appraised", view.t(f"appraisal.state.{leaf['state']}")),
        KeyNumber(
            view.t("appraisal.number.sum"),
            formats.signed(leaf["gap"], view.lang),
            note=[Mark(kind), " ", view.t(f"mark.{kind}")] if leaf["gap"] is not None else None,
            number=_id(view, leaf, "gap"),
        ),
    ]


def records(view: View, leaf: Leaf) -> Section:
    """Everything known of one decision: what the unit said, what the council said, round by round, from which file."""
    sel, unit, code = view.sel, leaf["unit_code"], leaf["criterion_code"]
    scores = [row for row in view.ask.score_sources(sel.period, unit) if row["criterion_code"] == code]
    earlier = [row for row in view.ask.superseded(sel.period, unit) if row["criterion_code"] == code]
    own = next((row for row in scores if row["kind"] == "self"), None)
    said: list[tuple[Text, Any]] = [
        (view.t("appraisal.column.why"), html.Div(text(view, why(view, leaf)), className="why"))
    ]
    for name, column in (("explanation", "reason"), ("evidence", "evidence")):
        if own and own[column]:
            said.append((view.t(f"appraisal.{name}"), reason_text(view, own[column])))
    rows = [(row, False) for row in sorted(scores, key=lambda row: (row["kind"] != "self", row["round"] or 0))]
    rows += [(row, True) for row in earlier]
    caption = view.t("appraisal.one", unit=unit_name(view, unit), item=part_name(view, code))
    table: Part = Table(caption, _record_columns(view), rows, role="history") if rows else Notice("empty")
    return Section("ban-ghi", view.t("appraisal.history"), [Facts(said), table])


def _record_columns(view: View) -> list[Column]:
    """Columns of (record, whether another replaced it)."""

    def kind(one: tuple[Leaf, bool]) -> str:
        row, replaced = one
        said = view.t(f"appraisal.kind.{row['kind']}", **({"n": row["round"]} if row["kind"] == "appraised" else {}))
        return view.t("appraisal.kind.replaced", kind=said) if replaced else said

    def score(one: tuple[Leaf, bool]) -> Any:
        row, _ = one
        return Instead(view.t("appraisal.state.not_applicable"), role="") if row["not_applicable"] else row["points"]

    def reason(one: tuple[Leaf, bool]) -> Text:
        row, _ = one
        return (reason_text(view, row["reason"]) if row["kind"] == "appraised" else None) or formats.MISSING

    def place(one: tuple[Leaf, bool]) -> Text:
        row, _ = one
        sheet = f" [{row['sheet']}]" if row["sheet"] else ""
        return Span(f"{row['file']}{sheet}, {row['row']}", "file")

    return [
        Column(view.t("appraisal.decision"), kind),
        Column(view.t("appraisal.column.points"), score, points()),
        Column(view.t("appraisal.column.reason"), reason),
        Column(
            view.t("appraisal.column.appraiser"),
            lambda one: who(view, one[0]["appraiser"]) if one[0]["appraiser"] else formats.MISSING,
        ),
        Column(
            view.t("appraisal.minute"),
            lambda one: (one[0].get("minute") if not one[1] else None) or formats.MISSING,
        ),
        Column(
            view.t("appraisal.date"),
            lambda one: one[0].get("dated"),
            DATE,
            show=lambda one: formats.date(one[0].get("dated"), view.lang),
        ),
        Column(view.t("appraisal.file"), place, TEXT),
    ]


# Flags


def flagged(view: View, appraisal: Appraisal) -> list[Mapping[str, Any]]:
    """Flags about the leaves shown."""
    flags = view.ask.flags(view.sel.period)
    return counted.flagged(flags, appraisal.mine, view.sel.rubric, partial(unit_name, view))


def flags(view: View, rows: Sequence[Mapping[str, Any]]) -> Exhibit:
    """What the automatic checks found in the decisions."""
    lang = view.lang
    where = {"block": about(view), "period": view.sel.period}
    if not rows:
        subtitle = view.t("appraisal.flags.subtitle_none", **where)
        return Exhibit("co", view.t("appraisal.flags.none"), subtitle=subtitle, level=2, concludes=False)
    kinds = [
        view.t("appraisal.flags.count", kind=FLAG_WORDS[kind][lang], n=len(own))
        for kind, own in grouped(rows, lambda row: row["flag"]).items()
    ]
    headline = view.t("appraisal.flags.some", n=len(rows))
    names = {code: who(view, code) for code in view.site.units.get(view.sel.period, {})}

    def flag(row: Mapping[str, Any]) -> Text:
        return Span([Mark(f"flag-{row['severity']}"), " ", FLAG_WORDS[row["flag"]][lang]])

    def item(row: Mapping[str, Any]) -> Text:
        return Link(part_name(view, row["criterion_code"]), link(view.sel, row["criterion_code"]), "quiet")

    return Exhibit(
        "co",
        headline,
        concludes=False,
        table=Table(
            headline,
            [
                Column(view.t("appraisal.column.flag"), flag),
                Column(
                    view.t("word.unit"),
                    lambda row: unit_name(view, row["unit_code"]),
                    show=lambda row: unit_link(view, row["unit_code"]),
                ),
                Column(view.t("word.criterion"), item),
                Column(view.t("appraisal.column.detail"), lambda row: flag_detail(row["detail"], lang, names)),
                _see(view),
            ],
            rows,
            role="flags",
            **fold(view, rows),
        ),
        subtitle=view.t("appraisal.flags.subtitle", kinds="; ".join(kinds), **where),
        level=2,
    )
