"""What is said of the rubric and of an item: findings, leads, how points come about, what a unit's state is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from dashboard.address.names import item_name, unit_name
from dashboard.address.view import View
from dashboard.exhibit.text import Mark, Span, Text
from dashboard.pages.rubric import rows
from dashboard.pages.rubric.rows import Item, above
from dashboard.words import formats, say, t
from dashboard.words.names import short_name

SOURCES = {"appraisal": ("dot",), "survey": ("diamond",), "both": ("dot", "diamond")}
PRINTED = re.compile(r"printed (as|maximum|under the heading|so)\b ?(.*)")


def named(view: View, row: Mapping[str, Any]) -> Text:
    """The name of an item in the language of the view; the Vietnamese one, marked so, where it has no English."""
    return view.name(row) if row.get("name_en") else vietnamese(view, view.name(row))


def vietnamese(view: View, text: str) -> Text:
    """Words of the data that have no English, marked on an English page so that they are read aloud rightly."""
    return Span(text, lang="vi") if view.lang != "vi" else text


def source(view: View, kind: str) -> Text:
    """● Thẩm định, ◆ Khảo sát, or both."""
    words = {"appraisal": "word.appraisal", "survey": "word.survey", "both": "word.both"}
    return Span([*(Mark(name) for name in SOURCES[kind]), Span(view.t(words[kind]))], role="item-source")


def trimmed(view: View, value: Any) -> str:
    """Points without trailing noughts: '2', '0,5'."""
    return formats.number(value, view.lang, trim=True)


def trail(view: View, items: Mapping[str, Item], item: Item) -> list[tuple[str, str | None]]:
    """The items above one, the field first: (label, link to its page)."""
    return [
        (
            item_name(view, one.code) if one.depth else f"{one.code} {short_name(one.row, view.lang)}",
            view.sel.to("item", item=one.code),
        )
        for one in above(items, item)
    ]


# Findings


def contents(items: Mapping[str, Item], lang: str) -> str:
    """How many fields and leaves the rubric has, and who gives how many points."""
    roots = [item for item in items.values() if item.depth == 0]
    n = sum(item.leaf for item in items.values())
    appraised, survey = (sum(root.maximum(kind) for root in roots) for kind in ("appraisal", "survey"))
    kind = "both" if appraised and survey else "appraisal" if appraised else "survey"
    values = {
        "appraised": formats.number(appraised, lang, trim=True),
        "survey": formats.number(survey, lang, trim=True),
    }
    said = [t("criteria.fields", lang, n=len(roots)), t("criteria.leaves", lang, n=n)]
    return f"{', '.join(said)}: {t(f'criteria.points_{kind}', lang, **values)}."


def lowest(some: Sequence[Item], names: Mapping[str, str], lang: str) -> str:
    """Which of some items attains least, by median and mean where they differ. `names`: code -> what to call it."""
    known = [item for item in some if item.median is not None]
    found = rows.lowest(known)
    if not found:
        return t("criteria.nothing", lang)
    if len(found) == 2:
        said = {
            one.statistic: say.few_or_many("criteria.items", [names[i.code] for i in one.items], lang) for one in found
        }
        shares = {f"{one.statistic}_share": formats.percent(one.value, lang) for one in found}
        return t("criteria.lowest_apart", lang, **said, **shares)
    of = [names[item.code] for item in found[0].items]
    share = formats.percent(found[0].value, lang)
    if len(known) == 1:
        return t("criteria.only", lang, name=of[0], share=share)
    if len(of) == len(known):
        return t("criteria.even", lang, n=len(of), share=share)
    return say.top("criteria.lowest", of, lang, share=share)


def highest(item: Item, names: Mapping[str, str], lang: str) -> str:
    """Who reached the most, and the median. `names`: unit code -> what to call it; more than three are counted."""
    if not item.scored:
        return t("criteria.no_scores", lang)
    most = max(item.shares)
    best = [unit.unit for unit in item.scored if Fraction(unit.attainment) == most]
    values = {"share": formats.percent(most, lang), "median": formats.percent(item.median, lang)}
    if len(best) == len(item.scored) > 1:
        return t("criteria.highest_all", lang, n=len(best), share=values["share"])
    called = sorted((names.get(code, code) for code in best), key=formats.vietnamese_order)
    return say.top("criteria.highest", called, lang, **values)


def full(item: Item, lang: str) -> str:
    """How many units have all the points."""
    n = len(item.scored)
    if not n:
        return t("criteria.no_scores", lang)
    kind = "none" if not item.full else "all" if item.full == n else "some"
    return t(f"criteria.full_{kind}", lang, k=item.full, n=n)


def middle(item: Item, lang: str) -> str:
    """Mean, median and range of attainment, and whoever is not in them."""
    said = []
    if item.shares:
        shown = {
            name: formats.percent(value, lang)
            for name, value in {
                "mean": item.mean,
                "median": item.median,
                "low": min(item.shares),
                "high": max(item.shares),
            }.items()
        }
        said.append(t("criteria.middle" if len(item.shares) > 1 else "criteria.middle_one", lang, **shown))
    if item.open:
        said.append(t("criteria.open", lang, n=item.open))
    if item.away:
        said.append(t("criteria.away", lang, n=item.away))
    return " ".join(said)


def points(item: Item, lang: str) -> str:
    """From how many to how many points units have, and their mean."""
    if not item.scored:
        return t("criteria.no_scores", lang)
    some = [unit.points for unit in item.scored]
    low, high, mean = (formats.points(value, lang) for value in (min(some), max(some), item.mean_points))
    kind = "points_range" if low != high else "points_same"
    return t(f"criteria.{kind}", lang, n=len(some), low=low, high=high, mean=mean)


def adjustments(item: Item, lang: str) -> str:
    """What the council did to the self-assessments of an item."""
    n = len(item.both)
    if not n:
        return t("criteria.not_appraised", lang)
    if not item.changed:
        return t("criteria.kept", lang, n=n)
    return t("criteria.changed", lang, k=item.changed, n=n, mean=formats.signed(item.mean_gap, lang))


def lead(item: Item, lang: str) -> str:
    """Who has all the points, mean and range, what the council did."""
    said = [f"{full(item, lang)}." if item.scored else ""]
    said.append(middle(item, lang) if item.units else "")
    if item.source != "survey" and item.both:
        said.append(f"{adjustments(item, lang)}.")
    return " ".join(filter(None, said)) or f"{full(item, lang)}."


def tree_subtitle(view: View, span: tuple[int, int]) -> str:
    """What a tree of items shows: measure, block, year, n, the axis of its strips."""
    sel, (low, high) = view.sel, span
    return view.t(
        "criteria.subtitle", block=view.block("inside"), period=sel.period, n=len(sel.units), low=low, high=high
    )


# What an item is


def worth(view: View, item: Item) -> str:
    """Its maximum, by source where it has both: '3 điểm'."""
    appraised, survey = item.maximum("appraisal"), item.maximum("survey")
    value = trimmed(view, item.maximum())
    if appraised and survey:
        by_source = {"appraised": trimmed(view, appraised), "survey": trimmed(view, survey)}
        return view.t("criteria.points_of_both", value=value, **by_source)
    return view.t("criteria.point" if item.maximum() == 1 else "criteria.points", value=value)


def asked(view: View, item: Item, questions: Sequence[Mapping[str, Any]]) -> str:
    """Of how many respondent groups the survey asks it. `questions`: rows of `Ask.questions`."""
    leaves = {row["criterion_code"] for row in item.leaves}
    groups = {row["respondent_group"] for row in questions if row["criterion_code"] in leaves}
    if not groups:
        return view.t("criteria.not_asked")
    return view.t("criteria.asked", groups=view.t("criteria.groups", n=len(groups)))


def scoring(view: View, item: Item) -> str:
    """How points come about, and what of it is illustrative or printed otherwise, in sentences."""
    maximum = trimmed(view, item.maximum())
    if not item.leaf:
        said = view.t("criteria.scoring_heading", n=len(item.leaves))
    elif item.source == "appraisal":
        said = view.t("criteria.scoring_appraised", maximum=maximum)
    elif item.row["survey_method"] == "satisfied_share":
        said = view.t("criteria.scoring_share", maximum=maximum)
    else:
        said = view.t("criteria.scoring_mean", maximum=maximum)
    return " ".join([said, *_remarks(view, item)])


def _remarks(view: View, item: Item) -> list[str]:
    origin, note, said = item.row.get("origin") or "", item.row.get("note") or "", []
    if origin.startswith("illustrative"):
        said.append(view.t("criteria.illustrative"))
    elif origin:
        said.append(view.t("criteria.plan_source", source=origin))
    for part in filter(None, note.split("; ")):
        if printed := PRINTED.fullmatch(part):
            kind = printed[1].split()[0]
            said.append(view.t(f"criteria.printed.{kind}", text=printed[2]))
        elif part == "survey method: illustrative":
            said.append(view.t("criteria.method_illustrative"))
        elif part == "English: unofficial translation":
            if view.lang == "en":
                said.append(view.t("criteria.unofficial"))
        else:
            said.append(f"{part.rstrip('.')}.")
    return said


# A unit on an item


def why(view: View, item: Item, row: Mapping[str, Any]) -> list[tuple[Text, str]]:
    """What is to be said of a unit, line by line: (words, how they look). Of a leaf its state where that needs words,
    the council's reason, who decided in which round, the minute; of a heading what below is open."""
    if not item.leaf:
        unit = next(unit for unit in item.units if unit.unit == row["unit_code"])
        if unit.open:
            return [(view.t("item.open_leaves", n=unit.open), "leaf-state pending")]
        return [(view.t("item.state.not_applicable"), "")] if unit.away else []
    said: list[tuple[Text, str]] = []
    if row["state"] in ("pending", "missing", "not_applicable"):
        said.append((view.t(f"item.state.{row['state']}"), f"leaf-state {row['state']}"))
    if row["claimed"]:
        said.append((view.t("item.claimed"), ""))
    if row["reason"]:
        said.append((vietnamese(view, row["reason"]), ""))
    elif row["gap"]:
        said.append((view.t("criteria.no_reason"), "by"))
    if row["round"] is not None:
        said.append((_decided(view, row), "by"))
    return said


def _decided(view: View, row: Mapping[str, Any]) -> str:
    decided = view.t(
        "item.decided",
        by=unit_name(view, row["appraiser"] or "") or formats.MISSING,
        round=row["round"],
        date=formats.date(row["decided_on"], view.lang),
    )
    return f"{decided}; {view.t('item.minute', minute=row['minute'])}" if row["minute"] else decided


# The survey


def option(view: View, row: Mapping[str, Any]) -> str:
    """A way to answer with its value: 'Hài lòng (0,75)'."""
    value = view.t("item.no_value") if row["value"] is None else trimmed(view, row["value"])
    return f"{view.name(row, 'label')} ({value})"
