"""What is said of the survey: how many ballots there are, how groups answered, which units and days stand out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import mean, median
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.pages.survey.means import Mean, differ
from dashboard.pages.survey.quality import Form, Odd, Separation
from dashboard.pages.survey.rows import Coverage, Progress, Question, Survey, group_order, min_cell, units_of
from dashboard.pages.unit import rows as profile
from dashboard.words import formats, say
from dashboard.words.names import short_name
from dashboard.words.say import listed

# Names


def about(view: View) -> str:
    """What the page is about: 'khối sở', or the unit chosen."""
    return unit_name(view, view.sel["dv"]) if view.sel["dv"] else view.block("inside")


def group_name(view: View, group: str) -> str:
    return short_name(view.sel.respondents.get(group, {}), view.lang) or group


def item_name(view: View, code: str) -> str:
    """'5.7.1 Năng lực chuyên môn'."""
    row = view.sel.rubric[code]
    return f"{code} {short_name(row, view.lang) if not row['parent_code'] else view.name(row)}"


def items_named(view: View, codes: Iterable[str]) -> str:
    """Codes of leaves, runs of the rubric's order as 'first–last'; beyond four runs only how many."""
    order = [code for code, row in view.sel.rubric.items() if row["max_points"] is not None]
    codes = sorted(set(codes), key=order.index)
    runs: list[list[str]] = []
    for code in codes:
        if runs and order.index(code) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    if len(runs) > 4:
        return view.t("survey.n_items", n=len(codes))
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


# Ballots


def lead(view: View, sums: Progress, cells: Sequence[Coverage]) -> str:
    """How many ballots of how many groups, and which cells are short of the plan."""
    t = view.t
    if not sums.valid:
        return t("state.suppressed.text", n=min_cell(view)) if sums.hidden else t("survey.nothing")
    groups = len({cell.group for cell in cells if cell.valid})
    said = [t("survey.lead_one" if groups == 1 else "survey.lead", n=sums.valid, groups=groups)]
    if sums.under:
        said.append(t("survey.lead_under", n=sums.under))
    elif sums.planned and not sums.hidden:
        said.append(t("survey.lead_covered"))
    return " ".join([*said, *hidden_cells(view, cells)])


def hidden_cells(view: View, cells: Iterable[Coverage]) -> list[str]:
    """How many cells are not counted; nothing where all are."""
    hidden = sum(cell.hidden for cell in cells)
    return [view.t("survey.lead_hidden", n=hidden, cell=min_cell(view))] if hidden else []


def coverage_headline(view: View, sums: Progress) -> str:
    """How many cells are under the plan, and how many of those are too small to be shown."""
    if not sums.planned:
        return view.t("survey.no_plan")
    if not sums.under:
        return view.t("survey.under_none_hidden" if sums.hidden else "survey.under_none")
    said = view.t("survey.under_some", n=sums.under)
    return said + view.t("survey.under_hidden", n=sums.under_hidden) if sums.under_hidden else said


def days_headline(view: View, days: Sequence[tuple[date, int]]) -> str:
    """The day with most ballots."""
    if not days:
        return view.t("survey.days_none")
    most = max(n for _, n in days)
    best = [day for day, n in days if n == most]
    if len(best) > 1:
        return view.t("survey.days_tied", days=len(best), n=most)
    return view.t("survey.days_most", date=formats.date(best[0], view.lang), n=most)


# Answers


def answers_headline(view: View, questions: Sequence[Question]) -> str:
    """Which group answers most favourably, and in how many questions; of one group which question."""
    if len(questions) == 1:
        named = [{**g, "label": group_name(view, g["respondent_group"])} for g in questions[0].groups]
        return say.asked(named, questions[0].options, min_cell(view), view.lang)
    shares = [
        {g["respondent_group"]: profile.favourable(g, question.options) for g in question.groups}
        for question in questions
    ]
    shares = [{g: share for g, share in one.items() if share is not None} for one in shares]
    known = [(question, one) for question, one in zip(questions, shares, strict=True) if one]
    if not known:
        hidden = any(group["suppressed"] for question in questions for group in question.groups)
        return view.t("say.asked.withheld", n=min_cell(view)) if hidden else view.t("say.asked.nobody")
    groups = {group for _, one in known for group in one}
    if len(groups) == 1:
        return _one_group(view, groups.pop(), known)
    wins: dict[str, int] = {}
    for _, one in known:
        for group, share in one.items():
            wins[group] = wins.get(group, 0) + (share == max(one.values()))
    most = max(wins.values())
    best = [group_name(view, group) for group, n in wins.items() if n == most]
    if len(best) > 1:
        return view.t("survey.best_tied", group=listed(best, view.lang), k=most, n=len(known))
    return view.t("survey.best_all" if most == len(known) else "survey.best_some", group=best[0], k=most, n=len(known))


def _one_group(view: View, group: str, known: Sequence[tuple[Question, Mapping[str, Fraction]]]) -> str:
    shares = {question.leaf: one[group] for question, one in known}
    high, low = max(shares.values()), min(shares.values())
    ends = {"high": formats.percent(high, view.lang, 0), "low": formats.percent(low, view.lang, 0)}
    name = group_name(view, group)
    if high == low:
        return view.t("survey.one_group_same", group=name, n=len(known), **ends)
    best = listed([leaf for leaf, share in shares.items() if share == high], view.lang)
    worst = listed([leaf for leaf, share in shares.items() if share == low], view.lang)
    return view.t("survey.one_group", group=name, best=best, worst=worst, **ends)


def answers_note(view: View, questions: Sequence[Question]) -> Iterator[str]:
    """How groups are sorted, how to read the answers, and which groups lack units whose cells are withheld."""
    t = view.t
    favourable = [t("say.quoted", label=option["label"]) for option in questions[0].options if option["favourable"]]
    if favourable and len(group_order(questions)) > 1:
        yield t("survey.sorted", options=listed(favourable, view.lang, "or"))
    yield t("survey.reading")
    most: dict[str, int] = {}
    for question in questions:
        for group in question.groups:
            most[group["respondent_group"]] = max(most.get(group["respondent_group"], 0), group["hidden"] or 0)
    yield from (t("survey.left_out", group=group_name(view, group), n=n) for group, n in most.items() if n)


# Groups against each other


def means_headline(view: View, means: Mapping[str, Mean]) -> str:
    """How far the highest and the lowest group are apart, in the numbers as shown beside them."""
    shown = {group: formats.rounded(mean.value * 100, 1) for group, mean in means.items()}
    if not shown:
        return view.t("survey.gap_withheld")
    high, low = max(shown.values()), min(shown.values())
    if len(shown) == 1:
        group = next(iter(shown))
        return view.t("survey.gap_only", group=group_name(view, group), points=formats.number(high, view.lang, 1))
    if high == low:
        return view.t("survey.gap_none", points=formats.number(high, view.lang, 1))
    return view.t("survey.gap", points=formats.number(high - low, view.lang, 1))


def means_note(
    view: View, survey: Survey, leaves: Sequence[str], compared: Sequence[str], known: Mapping[str, Mean]
) -> Iterator[str]:
    """Whether the gap is more than sampling error, what is compared and how, and who is left out."""
    t, one_unit = view.t, view.sel["dv"]
    if len(known) > 1:
        ends = sorted(known, key=lambda group: known[group].value)
        high, low = ends[-1], ends[0]
        # People who speak of several units are one sample all the same: groups are never the same people.
        verdict = differ(known[high], known[low])
        if verdict is not None and known[high].value != known[low].value:
            key = "survey.gap_differ" if verdict else "survey.gap_alike"
            yield t(key, one=group_name(view, high), two=group_name(view, low))
    if len(compared) < len(leaves):
        yield t("survey.gap_part", items=items_named(view, compared))
    if view.sel.intervals:
        yield t("survey.gap_how_unit" if one_unit else "survey.gap_how")
        if not one_unit:
            yield from (t("survey.shared", group=group_name(view, group)) for group in known if group in survey.shared)
    for group in survey.leaves[compared[0]]:
        hidden = sum(any((unit, leaf, group) in survey.suppressed for leaf in compared) for unit in units_of(view.sel))
        if hidden and one_unit:
            yield t("survey.group_withheld", group=group_name(view, group), cell=min_cell(view))
        elif hidden:
            yield t("survey.left_out", group=group_name(view, group), n=hidden)
    yield t("survey.no_cross")


# The satisfaction index


def satisfaction_headline(view: View, units: Sequence[Mapping[str, Any]]) -> str:
    """The unit with the highest index as printed, or those that share it."""
    shown = {row["unit"]: formats.rounded(row["value"] * 100, 1) for row in units if row["value"] is not None}
    if not shown:
        return view.t("survey.sat_none")
    most = max(shown.values())
    best = [unit_name(view, unit) for unit, value in shown.items() if value == most]
    share = f"{formats.number(most, view.lang, 1)}%"
    if len(best) > say.NAMED:
        return view.t("survey.sat_tied", n=len(best), share=share)
    return view.t("survey.sat_best", units=listed(best, view.lang), share=share)


def parts_headline(view: View, parts: Mapping[str, Sequence[Fraction]]) -> str:
    """The component that scores least, by median and by mean of the units where they do not agree."""
    by = {}
    for name, of in (("median", median), ("mean", mean)):
        shares = {code: of(values) for code, values in parts.items()}
        least = min(shares.values())
        codes = [code for code, share in shares.items() if share == least]
        by[name] = (codes, formats.percent(least, view.lang), least == max(shares.values()))
    (codes, share, even), (others, other_share, _) = by["median"], by["mean"]
    if even:
        return view.t("survey.parts_even", share=share)
    items = listed([item_name(view, code) for code in codes], view.lang)
    if codes == others:
        return view.t("survey.parts_lowest", items=items, share=share)
    other = listed([item_name(view, code) for code in others], view.lang)
    return view.t("survey.parts_apart", median=items, median_share=share, mean=other, mean_share=other_share)


# Quality


def forms_headline(view: View, forms: Sequence[Form]) -> str:
    """The group that has no opinion most often."""
    known = [form for form in forms if form.no_opinion]
    if not known:
        return view.t("survey.quality_none")
    most = max(form.no_opinion for form in known)
    names = [group_name(view, form.group) for form in known if form.no_opinion == most]
    share = formats.percent(most, view.lang)
    return view.t("survey.quality_headline", group=listed(names, view.lang), share=share)


def odd_headline(view: View, odd: Sequence[Odd]) -> str:
    """How many cells have more ballots alike than chance gives."""
    cells = {(one.unit, one.group) for one in odd}
    return view.t("survey.odd_some", n=len(cells)) if cells else view.t("survey.odd_none")


def separation_headline(view: View, leaves: Sequence[Separation]) -> str:
    """Which leaf tells units apart best, and on how many most of the variance is noise."""
    if not leaves:
        return view.t("survey.separate_none")
    share = formats.percent(leaves[0].share, view.lang, 0)
    said = view.t("survey.separate", item=item_name(view, leaves[0].leaf), share=share)
    weak = sum(one.share < 0.5 for one in leaves)
    return said + view.t("survey.separate_weak", n=weak) if weak else said
