"""What is said of self-assessment and appraisal: names, findings, how much is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.pages.appraisal.rows import FEW, TOTAL, Appraisal, Leaf, Moved, Reason, Tally, extreme, scope
from dashboard.pages.appraisal.rows import NAME as BY_NAME
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import NAMED, listed, top

# Names and numbers


def part_name(view: View, code: str) -> str:
    """'Hiện đại hóa' of a field, '7.1.2 Báo cáo …' of another item."""
    row = view.sel.rubric.get(code, {})
    return short_name(row, view.lang) if not row.get("parent_code") else f"{code} {view.name(row)}"


def who(view: View, code: str) -> str:
    """Short name of an appraiser, who need not be a unit."""
    return unit_name(view, code) if code else view.t("appraisal.nobody")


def about(view: View) -> str:
    """What the leaves are of: 'khối sở', or the unit chosen."""
    return unit_name(view, view.sel["dv"]) if view.sel["dv"] else view.block("inside")


def units_counted(view: View, appraisal: Appraisal) -> str:
    """How many units the figures are about: '22'; '15/22' while some have nothing appraised."""
    n, of = sum(own.both > 0 for own in appraisal.by_unit.values()), len(appraisal.by_unit)
    return formats.count(n, view.lang) if n == of else f"{formats.count(n, view.lang)}/{formats.count(of, view.lang)}"


def share(view: View, value: Fraction | None) -> str:
    """A signed share of the maximum: '−6,2%'."""
    return formats.MISSING if value is None else formats.signed(value * 100, view.lang, 1) + "%"


def unit_order(view: View) -> str:
    """In which order the units stand: 'sắp theo tổng, ngược lại'."""
    order = view.sel.sort or TOTAL
    key = order.removeprefix("-")
    said = view.t("appraisal.order.part", part=key) if key not in (TOTAL, BY_NAME) else view.t(f"appraisal.order.{key}")
    return view.t("appraisal.order.reversed", order=said) if order.startswith("-") else said


def item_order(view: View) -> str:
    """In which order the items stand."""
    order = view.sel["sm"]
    said = view.t(f"appraisal.items.order.{order.removeprefix('-')}")
    return view.t("appraisal.order.reversed", order=said) if order.startswith("-") else said


def _most(view: View, key: str, names: Sequence[str], many: str = "parts", **values: str | int) -> str:
    """A finding about the one at the top, or about those who share the place. many: what they are called where they
    are too many to name."""
    return top(key, names, view.lang, count=f"appraisal.many_{many}", named="parts", **values)


# The lead


def lead(view: View, appraisal: Appraisal) -> str:
    """How much was kept, where the cuts are, what is left; of a single decision, what it is."""
    if appraisal.decision:
        return _decision(view, appraisal.decision)
    said, own = [], appraisal.sum
    if not own.both:
        said.append(view.t("appraisal.none"))
    elif not own.changed:
        said.append(view.t("appraisal.kept_all", n=own.both))
    else:
        kept = formats.percent(Fraction(own.kept, own.both), view.lang)
        said.append(view.t("appraisal.kept", share=kept, n=own.both, of=own.done))
    if view.whole:
        said.append(_where_cut(view, appraisal))
    if own.open:
        said.append(_open(view, own))
    return " ".join(filter(None, said))


def _decision(view: View, leaf: Leaf) -> str:
    if leaf["gap"] is None:
        return view.t(f"appraisal.one.{leaf['state']}")
    kind = "kept" if leaf["gap"] == 0 else "raised" if leaf["gap"] > 0 else "cut"
    points = {
        "own": formats.points(leaf["self_points"], view.lang),
        "council": formats.points(leaf["appraised_points"], view.lang),
    }
    return view.t(f"appraisal.one.{kind}", by=who(view, leaf["appraiser"] or ""), **points)


def _where_cut(view: View, appraisal: Appraisal) -> str:
    lost = dict.fromkeys(appraisal.parts, Fraction())
    part_of = {code: part for part, codes in appraisal.parts.items() for code in codes}
    for leaf in appraisal.mine:
        if (leaf["gap"] or 0) < 0:
            lost[part_of[leaf["criterion_code"]]] += Fraction(leaf["gap"])
    whole = sum(lost.values())
    if not whole or len(lost) < 2:
        return ""
    most = min(lost.values())
    names = [part_name(view, part) for part, points in lost.items() if points == most]
    return _most(view, "appraisal.most", names, share=formats.percent(most / whole, view.lang))


def _open(view: View, own: Tally) -> str:
    kinds = {kind: n for kind, n in (("pending", own.pending), ("missing", own.missing)) if n}
    if len(kinds) == 1:
        return view.t(f"appraisal.still_only.{next(iter(kinds))}", n=own.open)
    said = listed([view.t(f"appraisal.still.{kind}", n=n) for kind, n in kinds.items()], view.lang)
    return view.t("appraisal.still", n=own.open, open=said)


# Headlines


def heat_headline(view: View, appraisal: Appraisal) -> str:
    """The part whose mean adjustment is farthest from nought."""
    parts, value = extreme({part: appraisal.over_units(part, "gap") for part in appraisal.parts})
    if value is None:
        return view.t("appraisal.heat.none")
    if value == 0:
        return view.t("appraisal.heat.same")
    kind = "cut" if value < 0 else "raised"
    names = [part_name(view, part) for part in parts]
    return _most(view, f"appraisal.heat.{kind}", names, points=formats.signed(value, view.lang))


def dumbbell_headline(view: View, rows: Sequence[Moved]) -> str:
    """The part whose mean share moved the most."""
    parts, value = extreme({row.part: row.gap for row in rows})
    if not value:
        return view.t("appraisal.heat.none" if value is None else "appraisal.dumbbell.same")
    names = [part_name(view, part) for part in parts]
    return _most(view, "appraisal.dumbbell.most", names, gap=formats.signed(value * 100, view.lang, 1))


def strips_headline(view: View, means: Mapping[str, Fraction | None]) -> str:
    """The appraiser with the strongest mean adjustment. means: appraiser -> mean share of the maximum."""
    strongest, value = extreme(means)
    if not value:
        return view.t("appraisal.heat.none" if value is None else "appraisal.strips.same")
    names, said = [who(view, code) for code in strongest], share(view, value)
    if len(means) == 1:
        return view.t("appraisal.strips.only", parts=names[0], share=said)
    return _most(view, "appraisal.strips.most", names, "appraisers", share=said)


def items_headline(view: View, items: Mapping[str, Tally]) -> str:
    """The item whose mean adjustment is the largest part of its maximum."""
    widest, value = extreme({code: own.gap_share for code, own in items.items()})
    if not value:
        return view.t("appraisal.heat.none" if value is None else "appraisal.items.same")
    names = [part_name(view, code) for code in widest]
    return _most(view, "appraisal.items.most", names, "items", share=share(view, value))


def reasons_headline(view: View, reasons: Sequence[Reason]) -> str:
    """The reason for which appraisers cut most differently."""
    compared = [reason for reason in reasons if reason.spread is not None]
    if not compared:
        return view.t("appraisal.reasons.none", few=FEW)
    widest = max(compared, key=lambda reason: reason.spread)
    ends = sorted(widest.compared.items(), key=lambda pair: pair[1])
    return view.t(
        "appraisal.reasons.some",
        reason=widest.text.rstrip("."),
        low=share(view, ends[0][1]),
        one=who(view, ends[0][0]),
        high=share(view, ends[-1][1]),
        two=who(view, ends[-1][0]),
    )


def decisions_headline(view: View, appraisal: Appraisal) -> str:
    """How many scores were changed, which way."""
    own = appraisal.sum
    if own.changed:
        return view.t("appraisal.decisions.some", n=own.changed, cuts=own.cuts, raises=own.raises)
    return view.t("appraisal.decisions.none" if own.both else "appraisal.heat.none")


# Progress


def progress_headline(view: View, left: Mapping[str, int]) -> str:
    """How much is left, and where: name -> number of leaves, the three with most by name."""
    waiting = sorted(((name, n) for name, n in left.items() if n), key=lambda pair: -pair[1])
    shown = waiting if len(waiting) <= NAMED + 1 else waiting[:NAMED]
    said = [view.t("appraisal.progress.of_one", name=name, n=formats.count(n, view.lang)) for name, n in shown]
    if rest := [n for _, n in waiting[len(shown) :]]:
        said.append(view.t("appraisal.progress.others", k=len(rest), n=formats.count(sum(rest), view.lang)))
    return view.t("appraisal.progress.left", n=sum(left.values()), who=listed(said, view.lang))


def done_note(view: View, appraisal: Appraisal) -> str:
    """Below the number of leaves appraised: how many are left until when, or since when it is finished."""
    left = appraisal.sum.open
    due, done = (appraisal.step.get(key) for key in ("planned_to", "done_on"))
    if left and due:
        return view.t("appraisal.left_due", n=left, date=formats.date(due, view.lang))
    if left:
        return view.t("appraisal.left", n=left)
    return view.t("appraisal.finished_on", date=formats.date(done, view.lang)) if done else view.t("appraisal.finished")


def finished(view: View, appraisal: Appraisal) -> str:
    """The days of an appraisal that is finished: planned, done, latest decision."""
    due, done = (
        formats.date(day, view.lang) if (day := appraisal.step.get(key)) else "" for key in ("planned_to", "done_on")
    )
    said = []
    if due:
        dates = view.t("appraisal.progress.done_dates", due=due, done=done)
        said.append(dates if done else view.t("appraisal.progress.done_due", due=due))
    if appraisal.last:
        said.append(view.t("appraisal.progress.last", date=formats.date(appraisal.last, view.lang)))
    return " ".join(said)


def progress_subtitle(view: View, appraisal: Appraisal, kind: str) -> str:
    """What is counted and until when. kind: 'field', 'item', 'appraiser'."""
    due = appraisal.step.get("planned_to")
    until = view.t("appraisal.progress.due", date=formats.date(due, view.lang)) if due else ""
    return view.t(f"appraisal.progress.subtitle_{kind}", block=about(view), period=view.sel.period, due=until)


def parts_are(view: View) -> str:
    """What the parts are called: 'Tiêu chí' below an item, else 'Lĩnh vực'."""
    return view.t("word.criterion" if scope(view.sel) else "word.field")
