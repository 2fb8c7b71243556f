import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_read import charts_of, frame_of, number, numbers, of_kind, parts, site_of, words
from random_blocks import blocks
from random_rubrics import blocks as rubrics

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.selection import Route, Site
from dashboard.address.view import View
from dashboard.exhibit.page import Notice, parts_of
from dashboard.pages import PAGES
from dashboard.pages.overview import exhibits, page, sentences, steps
from dashboard.pages.overview import rows as season
from dashboard.pages.ranking.rows import Block, Line, mean, median
from dashboard.pages.rubric import rows as spread
from dashboard.words.formats import rounded

GROUPS = ("department", "district")
FEW = settings(max_examples=25, deadline=None)
languages = st.sampled_from(["", "/en"])


def view(lang="", unit_group="district", query=""):
    site = Site(
        (PAGES[0], Route("ranking", ("/xep-hang/<unit_group>",), None), Route("appraisal", ("/tham-dinh",), None)),
        seasons={("2020", group): {"has_scores": True, "decimals": 2} for group in GROUPS},
        groups={group: {"position": at, "name": group} for at, group in enumerate(GROUPS)},
    )
    return View(site.parse(f"{lang}/", f"khoi={unit_group}{query}"), Ask(LOCAL, None))


def part(lang, unit_group, block=None, items=None):
    block = block or Block((), None, False)
    return season.Part(view(lang, unit_group), block, items or {})


@st.composite
def items(draw):
    rubric, rows = draw(rubrics())
    return spread.items(rubric, rows)


# Sentences: their numbers are read back and counted again.


@FEW
@given(blocks(least=1), blocks(least=1), languages)
def test_how_many_rose_in_each_block(one, two, lang):
    parts = [part(lang, group, block) for group, block in zip(GROUPS, (one, two), strict=True)]
    found = sentences.risen(parts[0].view, parts)
    of = [p for p in parts if p.compared]
    if not of:
        assert found is None
        return
    counts = re.findall(r"(\d+)/(\d+)", found.text)
    assert [tuple(map(int, pair)) for pair in counts] == [
        (sum(line.change > 0 for line in p.block.ranked if line.change is not None), len(p.compared)) for p in of
    ]
    assert numbers(found.text, of[0].view.lang)[-1] == 2019
    shown = numbers(found.note, of[0].view.lang)
    assert shown == [rounded(median([line.change for line in p.compared])) for p in of]


@FEW
@given(blocks(least=1), languages)
def test_the_numbers_of_a_block_are_those_of_its_complete_units(block, lang):
    own = part(lang, "district", block)
    if not block.ranked:
        return
    values = [line.index for line in block.ranked]
    shown = page.numbers(own)
    read = [number(found.value, own.view.lang) for found in shown[:3]]
    assert read == [rounded(mean(values)), rounded(median(values)), max(values) - min(values)]
    changes = [line.change for line in block.ranked if line.change is not None]
    if not changes:
        assert shown[3].value == "–" and shown[3].note
    else:
        assert (int(shown[3].value), shown[3].of) == (sum(c > 0 for c in changes), f"/{len(changes)}")
        down, *level = numbers(shown[3].note, own.view.lang)
        assert down == sum(c < 0 for c in changes)
        assert sum(level) == sum(c == 0 for c in changes)
    assert all(found.href for found in shown[:3])


@FEW
@given(blocks(least=1), languages)
def test_the_first_and_those_who_rose_most_are_named(block, lang):
    own = part(lang, "district", block)
    if block.ranked:
        top = max(line.index for line in block.ranked)
        named = [line.name for line in block.ranked if line.index == top]
        said = sentences.best(own)
        assert rounded(top) == numbers(said, own.view.lang)[-1]
        assert all(name in said for name in named) if len(named) <= 3 else str(len(named)) in said
    rows = season.improved(own)
    up = sorted((line.change for line in own.compared if line.change > 0), reverse=True)
    assert [line.change for line in rows][: season.IMPROVED] == up[: season.IMPROVED]
    assert all(line.change == rows[4].change for line in rows[5:])
    if rows:
        said = sentences.most_improved(own)
        assert numbers(said, own.view.lang)[-1] == rounded(rows[0].change)


@FEW
@given(items(), items(), languages)
def test_the_lowest_field_and_the_adjustment_are_recomputed(one, two, lang):
    parts = [part(lang, group, items=found) for group, found in zip(GROUPS, (one, two), strict=True)]
    lang = parts[0].view.lang
    shares = []
    for p in parts:
        by = {}
        for of in (median, mean):
            known = {item.code: of(item.shares) for item in p.fields if item.shares}
            if known:
                least = min(known.values())
                by[of] = ({code for code, value in known.items() if value == least}, rounded(least * 100, 1))
        if by:
            apart = by[median][0] != by[mean][0]
            told = [share for _, share in by.values()][: 2 if apart else 1]
            shares += told
            said = sentences.lowest_field(p)
            assert [number(text, lang) for text in re.findall(r"([\d.,]+)%", said)] == told
            for codes, _ in list(by.values())[: 2 if apart else 1]:
                assert all(f"Mục {code}" in said for code in codes) or len(codes) > 3
    found = sentences.lowest(parts[0].view, parts)
    assert (found is None) == (not shares)
    if found:
        assert [number(text, lang) for text in re.findall(r"([\d.,]+)%", found.text)] == shares
    totals = []
    for p in parts:
        gaps: dict[str, Fraction] = {}
        for item in p.items.values():
            for unit in item.units if item.leaf else ():
                if unit.gap is not None:
                    gaps[unit.unit] = gaps.get(unit.unit, 0) + Fraction(unit.gap)
        if gaps:
            totals.append(rounded(sum(gaps.values()) / len(gaps)))
    council = sentences.council(parts[0].view, parts)
    assert (council is None) == (not totals)
    if council and any(p.adjusted for p in parts):
        assert numbers(council.text, lang) == totals


@FEW
@given(items(), languages)
def test_losses_are_means_over_the_units_that_count(found, lang):
    own = part(lang, "district", items=found)
    rows = season.lost(own)
    by_hand = {}
    for item in found.values():
        lost = [
            Fraction(0) if unit.away else Fraction(unit.maximum - unit.points)
            for unit in item.units
            if unit.scored or unit.away
        ]
        if item.leaf and lost and sum(lost):
            by_hand[item.code] = sum(lost) / len(lost)
    assert {loss.item.code: loss.lost for loss in rows}.items() <= by_hand.items()
    assert [loss.lost for loss in rows] == sorted(by_hand.values(), reverse=True)[: len(rows)]
    if rows:
        said = sentences.costliest(own)
        assert numbers(said.rsplit(":", 1)[1], own.view.lang) == [rounded(max(by_hand.values()))]
        if len(first := [code for code, lost in by_hand.items() if lost == rows[0].lost]) <= 3:
            assert all(code in said for code in first)


days = st.none() | st.dates(date(2020, 9, 1), date(2021, 5, 5))


@FEW
@given(st.lists(st.tuples(days, days), min_size=1, max_size=11), languages)
def test_steps_count_days_late_from_the_plan(pairs, lang):
    rows = [
        {
            "step": str(at + 1),
            "name": f"Bước {'abcdefghijk'[at]}",
            "name_en": None,
            "planned_from": None,
            "planned_to": planned,
            "done_on": done,
            "responsible": None,
        }
        for at, (planned, done) in enumerate(pairs)
    ]
    shown = view(lang)
    found = season.steps(shown, rows)
    left = [row for row in rows if not row["done_on"]]
    said = sentences.progress(shown, found)
    if left:
        assert numbers(said, shown.lang)[:2] == [len(rows) - len(left), len(rows)]
        assert [step.number for step in found if step.current] == [left[0]["step"]]
    else:
        assert not any(step.current for step in found)
    late = {
        row["step"]: (row["done_on"] - row["planned_to"]).days
        for row in rows
        if all((row["done_on"], row["planned_to"]))
    }
    late = {step: by for step, by in late.items() if by > 0}
    said = sentences.lateness(shown, found)
    if not late:
        assert numbers(said, shown.lang) == []
    else:
        step, by = numbers(said, shown.lang)[-2:]
        assert late[str(step)] == by == max(late.values())
        if len(late) > 1:
            assert numbers(said, shown.lang)[0] == len(late)
    for step in found:
        drawn = " ".join(steps._words(shown, step, step.year))
        assert ("chậm" in drawn or "late" in drawn) == (step.number in late)


@FEW
@given(blocks(), blocks(), items(), languages, st.booleans())
def test_three_sentences_at_most_and_every_one_has_its_ground(one, two, found, lang, whole):
    if not whole:
        one = replace(one, previous=None)
    parts = [part(lang, "department", one, found), part(lang, "district", two, found)]
    said = sentences.findings(parts[0].view, parts)
    assert len(said) <= 3
    assert all(one.text and one.href and "{" not in one.text for one in said)


# The page on a small season


@pytest.mark.parametrize("query", ["", "khoi=district&td=0", "xem=bang", "nam=1900&khoi=x&td=7&xem=q&zz=1"])
@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_first_page_answers_whatever_is_asked(store, lang, query):
    frame = frame_of(store, f"{lang}/?{query}")
    assert frame.status == 200
    headings = of_kind(frame.main, "H1")
    assert len(headings) == 1
    for chart in charts_of(frame):
        assert chart.sheet() is not None and chart.sheet().rows
        if chart.picture:
            assert chart.statement("1200x1200")["data"]


def test_links_of_a_block_give_the_chart_of_that_block(store):
    frame = frame_of(store, "/")
    charts = {chart.name: chart for chart in charts_of(frame)}
    for group in GROUPS:
        own = charts[f"chi-so-{group}"]
        assert own.view.sel.unit_group == group
        units = {row["short_name"] for row in own.view.sel.units.values()}
        assert {row[0] for row in own.sheet().rows} <= units
    assert all(len(chart.name) == len(set(chart.name.split())) or " " not in chart.name for chart in charts.values())


def test_a_year_without_points_shows_its_plan_and_says_so(monkeypatch, store):
    monkeypatch.setattr(page, "read", lambda view: [])
    with store.snapshot() as snapshot:
        drawn = page.layout(View(site_of(store).home(), Ask(LOCAL, snapshot)))
    assert [part.kind for part in parts_of(drawn) if isinstance(part, Notice)] == ["empty"]


def test_plots_of_blocks_of_different_size_end_level():
    sizes = {}
    for n in (22, 30):
        lines = tuple(Line(f"u{at}", f"U{at}", "", True, at + 1, index=Decimal(90) - at) for at in range(n))
        own = part("", "district", Block(lines, None, False))
        sizes[n] = exhibits.dots(own, 30).figure(None)["layout"]["height"]
    assert abs(sizes[22] - sizes[30]) <= 1


def test_nobody_at_the_end_is_named_in_words(store):
    frame = frame_of(store, "/")
    said = " ".join(words(found) for found in parts(frame.main) if found._type in ("H1", "H2", "H3", "P"))
    last = [p.block.ranked[-1].name for p in _parts(store) if len(p.block.ranked) > 1]
    assert last and not any(re.search(rf"\b{re.escape(name)}\b", said) for name in last)


def _parts(store):
    with store.snapshot() as snapshot:
        return season.read(View(site_of(store).home(), Ask(LOCAL, snapshot)))


# In the browser


@pytest.mark.parametrize(("lang", "width"), [("", 1366), ("/en", 360)])
def test_everyone_can_use_it(browser, address, lang, width):
    browser.resize(width)
    browser.open(f"{address}{lang}/?xem=bang")
    assert browser.axe() == []
    assert browser.too_wide() <= 0
    assert browser.console_errors() == []
    shown = [found.is_displayed() for found in browser.all("#ket-qua .block-title")]
    assert shown == ([True, True] if width > 767 else [True, False])
