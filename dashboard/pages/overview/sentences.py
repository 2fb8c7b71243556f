"""What the season says: three findings, how far its steps are, what leads, is lowest, rose and cost most."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.address.view import View
from dashboard.exhibit.page import Sentence
from dashboard.pages.overview.rows import Part, Step, improved, lost
from dashboard.pages.ranking.rows import median
from dashboard.pages.rubric.rows import Item, Lowest
from dashboard.pages.rubric.rows import lowest as lowest_of
from dashboard.season import sentences as season
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import capital, few_or_many, listed, top


def findings(view: View, parts: Sequence[Part]) -> list[Sentence]:
    """The three sentences that the year allows, the most telling first: text, smaller line, link. As long as a block is
    incomplete they say how far it is, and conclude from the other alone."""
    open_, whole = ([part for part in parts if part.whole is kind] for kind in (False, True))
    every = (risen, lowest, council, leading, apart)
    return [*incomplete(view, open_), *(found for say in every if whole and (found := say(view, whole)))][:3]


def incomplete(view: View, parts: Sequence[Part]) -> list[Sentence]:
    """How many units are complete, and block by block what is open with whom."""
    if not parts:
        return []
    said = [view.t("open.part", block=part.inside, **part.view.completeness.counts) for part in parts]
    found = [Sentence(view.t("open.complete", parts=listed(said, view.lang)), None, view.sel.to("ranking"))]
    for part in parts:
        first, *more = season.left(part.view, part.progress) or [view.t("open.nothing_left")]
        text = view.t("open.in_block", block=capital(part.inside), text=first)
        found.append(Sentence(text, " ".join(more) or None, part.view.sel.to("appraisal")))
    return found


def risen(view: View, parts: Sequence[Part]) -> Sentence | None:
    """How many units went up, where years compare."""
    of = [part for part in parts if part.compared]
    if not of:
        return None
    said = [
        view.t(
            "overview.risen_part" if len(part.compared) == len(part.block.lines) else "overview.risen_compared",
            k=sum(line.change > 0 for line in part.compared),
            n=len(part.compared),
            block=part.inside,
        )
        for part in of
    ]
    periods = list(dict.fromkeys(part.block.previous or "" for part in of))
    middles = [
        view.t(
            "overview.of_block",
            block=part.inside,
            value=formats.in_points(part.moved(median), view.lang, part.places, sign=True),
        )
        for part in of
    ]
    return Sentence(
        capital(view.t("overview.risen", parts=listed(said, view.lang), period=listed(periods, view.lang))),
        view.t("overview.risen_note", parts=", ".join(middles)),
        "#ket-qua",
    )


def _field_names(view: View, items: Sequence[Item]) -> str:
    return few_or_many("overview.many_fields", [short_name(item.row, view.lang) for item in items], view.lang)


def _by_each(view: View, found: Sequence[Lowest]) -> dict[str, str]:
    """Fields and shares by median and by mean, where these do not agree."""
    said = {one.statistic: _field_names(view, one.items) for one in found}
    return said | {f"{one.statistic}_share": formats.percent(one.value, view.lang) for one in found}


def lowest(view: View, parts: Sequence[Part]) -> Sentence | None:
    """Which field attains least, in every block or block by block; by median and by mean where they do not agree."""
    found = [(part, low) for part in parts if (low := lowest_of(part.fields))]
    if not found:
        return None
    names = {
        short_name(low[0].items[0].row, view.lang) if [len(one.items) for one in low] == [1] else None
        for _, low in found
    }
    blocks = listed([part.inside for part, _ in found], view.lang)
    whole = all(not item.open for part in parts for item in part.fields)
    note = view.t("overview.lowest_note" if whole else "overview.lowest_note_open", blocks=blocks)
    if len(names) == 1 and None not in names and len(found) > 1:
        shares = listed([formats.percent(low[0].value, view.lang) for _, low in found], view.lang)
        text = view.t("overview.lowest_same", field=names.pop(), shares=shares)
        return Sentence(text, note, "#linh-vuc")
    said = [
        view.t("overview.lowest_apart", block=part.inside, **_by_each(view, low))
        if len(low) == 2
        else view.t(
            "overview.lowest_part",
            field=_field_names(view, low[0].items),
            block=part.inside,
            share=formats.percent(low[0].value, view.lang),
        )
        for part, low in found
    ]
    return Sentence(view.t("overview.lowest", parts=listed(said, view.lang)), note, "#linh-vuc")


def council(view: View, parts: Sequence[Part]) -> Sentence | None:
    """What the council changed a unit, and in which field it cut most."""
    found = [(part, *part.council) for part in parts]
    found = [(part, total, by_field) for part, total, by_field in found if total is not None]
    if not found:
        return None
    link = view.sel.to("appraisal")
    if not any(part.adjusted for part, _, _ in found):
        return Sentence(view.t("overview.council_kept"), None, link)
    said = [
        view.t(
            "overview.council_part",
            points=formats.in_points(total, view.lang, part.places, sign=True),
            block=part.inside,
        )
        for part, total, _ in found
    ]
    cuts = []
    for part, _, by_field in found:
        least = min(by_field.values())
        most = [part.items[code] for code, gap in by_field.items() if gap == least]
        if least < 0 and len(most) == 1:
            cuts.append(view.t("overview.cut_part", field=short_name(most[0].row, view.lang), block=part.inside))
    note = (
        view.t("overview.council_note_where", parts=listed(cuts, view.lang))
        if cuts
        else view.t("overview.council_note")
    )
    return Sentence(view.t("overview.council", parts=listed(said, view.lang)), note, link)


def leading(view: View, parts: Sequence[Part]) -> Sentence | None:
    """Who stands first in each block; more than three who share the place are not named here."""
    said = []
    for part in parts:
        first = [line for line in part.block.ranked if line.rank == 1]
        if 0 < len(first) <= 3:
            said.append(
                view.t(
                    f"overview.leading_part{'_tied' if len(first) > 1 else ''}",
                    names=listed([line.name for line in first], view.lang),
                    block=part.inside,
                    points=formats.in_points(first[0].index, view.lang, part.places),
                )
            )
    return Sentence(view.t("overview.leading", parts=listed(said, view.lang)), None, "#ket-qua") if said else None


def apart(view: View, parts: Sequence[Part]) -> Sentence | None:
    """How far the first is from the last in each block."""
    said = [
        view.t(
            "overview.apart_part",
            points=formats.in_points(part.block.ranked[0].index - part.block.ranked[-1].index, view.lang, part.places),
            block=part.inside,
        )
        for part in parts
        if len(part.block.ranked) > 1
    ]
    return Sentence(view.t("overview.apart", parts=listed(said, view.lang)), None, "#ket-qua") if said else None


def progress(view: View, found: Sequence[Step]) -> str:
    """How many steps are done, and the one that is left."""
    left = [step for step in found if not step.done]
    counted = {"k": len(found) - len(left), "n": len(found)}
    if not left:
        return view.t("overview.steps_all", n=len(found))
    if len(left) == 1:
        return view.t("overview.steps_one_left", name=left[0].name, **counted)
    return view.t("overview.steps", **counted)


def lateness(view: View, found: Sequence[Step]) -> str:
    """How many steps came later than planned, and the latest of them (the first, where several are equally late)."""
    late = [step for step in found if step.late]
    if not late:
        known = any(step.late is not None for step in found)
        return view.t("overview.late_none" if known else "overview.late_unknown")
    latest = max(late, key=lambda step: step.late)
    days = view.t("overview.days", n=latest.late)
    if len(late) == 1:
        return view.t("overview.late_one", step=latest.number, days=days)
    return view.t("overview.late_some", n=len(late), step=latest.number, days=days)


def best(part: Part) -> str:
    """Who has the highest index of a block."""
    view, ranked = part.view, part.block.ranked
    first = [line for line in ranked if line.index == ranked[0].index]
    value = formats.in_points(ranked[0].index, view.lang, part.places)
    return top("overview.best", [line.name for line in first], view.lang, value=value)


def lowest_field(part: Part) -> str:
    """Which field of a block attains least, by median and by mean where they do not agree."""
    view, found = part.view, lowest_of(part.fields)
    if not found:
        return view.t("overview.no_field", block=part.inside)
    if len(found) == 2:
        return view.t("overview.field_lowest_apart", **_by_each(view, found))
    items = found[0].items
    return capital(
        view.t(
            f"overview.field_lowest{'_tied' if len(items) > 1 else ''}",
            names=_field_names(view, items),
            share=formats.percent(found[0].value, view.lang),
        )
    )


def most_improved(part: Part) -> str:
    """Who rose most of a block."""
    view, rows = part.view, improved(part)
    if not rows:
        return view.t("overview.none_improved", block=part.inside)
    first = [line for line in rows if line.change == rows[0].change]
    points = formats.in_points(rows[0].change, view.lang, part.places, sign=True)
    return top("overview.most_improved", [line.name for line in first], view.lang, points=points)


def costliest(part: Part) -> str:
    """Which leaf costs a block most."""
    view, rows = part.view, lost(part)
    if not rows:
        known = any(item.scored for item in part.fields)
        return capital(view.t("overview.lost_none" if known else "overview.lost_unknown", block=part.inside))
    first = [loss for loss in rows if loss.lost == rows[0].lost]
    kind = "lost_most" if len(first) == 1 else "lost_most_tied" if len(first) <= 3 else "lost_many"
    return view.t(
        f"overview.{kind}",
        n=len(first),
        code=listed([loss.item.code for loss in first], view.lang),
        points=formats.in_points(rows[0].lost, view.lang, 2),
    )
