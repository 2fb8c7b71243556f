import re
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_read import charts_of, frame_of, number, of_kind

import app as dashboard_app
from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.selection import Site
from dashboard.address.view import View
from dashboard.exhibit.page import Notice
from dashboard.pages import PAGES
from dashboard.pages.contrast import page, sentences
from dashboard.pages.contrast import rows as contrast
from dashboard.pages.ranking.rows import Line
from dashboard.words.formats import rounded, vietnamese_order

PAGE = next(page for page in PAGES if page.key == "contrast")
SITE = Site((PAGE,), seasons={("2020", "district"): {"has_scores": True}}, groups={"district": {"position": 1}})
FEW = settings(max_examples=40, deadline=None)
languages = st.sampled_from(["", "/en"])
part = st.none() | st.decimals(0, 33, places=2)


@st.composite
def lines(draw):
    found = []
    for at, name in enumerate(
        ["Ba Đình", "Cầu Giấy", "Đống Đa", "Hà Đông", "Ứng Hòa", "Ba Vì"][: draw(st.integers(0, 6))]
    ):
        complete = draw(st.booleans() | st.just(True))
        parts = (draw(part), Decimal(33), draw(part), Decimal(33))
        if complete:
            parts = tuple(Decimal(at + 1) if value is None else value for value in parts)
        keys = ("appraised", "appraised_max", "survey", "survey_max")
        found.append(Line(f"unit-{at}", name, "", complete, **dict(zip(keys, parts, strict=True))))
    return found


def view(lang="", query=""):
    return View(SITE.parse(f"{lang}/doi-chieu", query), Ask(LOCAL, None))


def pearson(pairs):
    """r from the sums of products, in exact fractions: shares that differ in the twentieth place still differ."""
    n, (x, y) = len(pairs), (sum(side) for side in zip(*pairs, strict=True))
    xx, yy = (n * sum(v * v for v in side) - sum(side) ** 2 for side in zip(*pairs, strict=True))
    xy = n * sum(a * b for a, b in pairs) - x * y
    return None if xx == 0 or yy == 0 else float(xy) / (float(xx) ** 0.5 * float(yy) ** 0.5)


@FEW
@given(lines(), languages)
def test_the_correlation_and_n_are_said_as_they_are(some, lang):
    found = contrast.contrast(some)
    shown = view(lang)
    said = sentences.together(shown, found)
    pairs = [(Fraction(line.appraised), Fraction(line.survey)) for line in some if line.complete]
    assert int(re.search(r"n = (\d+)", said)[1]) == len(pairs)
    r = pearson(pairs) if len(pairs) > 2 else None
    read = re.search(r"r = ([−\d.,]+\d)", said)
    assert (read is None) == (r is None)
    if r is None:
        return
    value = number(read[1], shown.lang)
    assert abs(float(value) - r) < 0.0051
    assert ("hầu như" in said or "hardly" in said) == (abs(value) < Decimal("0.2"))
    assert ("thấp hơn" in said or "lower" in said) == (value <= Decimal("-0.2"))


@FEW
@given(lines(), languages)
def test_quadrants_count_every_complete_unit_once(some, lang):
    found = contrast.contrast(some)
    whole = [line for line in some if line.complete]
    assert found.left_out == len(some) - len(whole)
    if not whole:
        return
    x, y = (median([getattr(line, key) for line in whole]) for key in ("appraised", "survey"))
    names = [unit.line.name for units in found.quadrants.values() for unit in units]
    assert sorted(names) == sorted(line.name for line in whole)
    for units in found.quadrants.values():
        assert [u.line.name for u in units] == sorted((u.line.name for u in units), key=vietnamese_order)
    same = sum((line.appraised >= x) == (line.survey >= y) for line in whole)
    said = sentences.same_side(view(lang), found)
    assert list(map(int, re.findall(r"\d+", said))) == [same, len(whole)]


@FEW
@given(lines(), languages)
def test_differences_run_from_the_least_to_the_greatest(some, lang):
    found = contrast.contrast(some)
    if not found.units:
        return
    shown = view(lang)
    said = sentences.higher(shown, found)
    printed = [[rounded(Fraction(v) / 33 * 100) for v in (u.survey, u.appraised)] for u in some if u.complete]
    apart = [survey - appraised for survey, appraised in printed]
    read = [number(text, shown.lang) for text in re.findall(r"[+−]?\d+[.,]\d\d", said)]
    assert set(read) == {min(apart), max(apart)}
    assert re.search(r"\d+", said)[0] == str(sum(value > 0 for value in apart))


@FEW
@given(lines(), st.sampled_from(PAGE.choices["sx"]))
def test_the_table_is_sorted_by_what_is_asked(some, order):
    found = contrast.contrast(some)
    units = contrast.ordered(found, order)
    assert sorted(u.line.code for u in units) == sorted(u.line.code for u in found.units)
    if order.endswith("chenh-lech"):
        apart = [u.difference for u in units]
        assert apart == sorted(apart, reverse=not order.startswith("-"))
    assert [u.line.code for u in contrast.ordered(found, "-don-vi")] == [
        u.line.code for u in contrast.ordered(found, "don-vi")
    ][::-1]


@pytest.mark.parametrize("query", ["", "khoi=district&sx=-nhom", "xem=bang&khoi=zz&sx=zz&td=0"])
@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_page_answers_whatever_is_asked(store, lang, query):
    frame = frame_of(store, f"{lang}/doi-chieu?{query}")
    assert frame.status == 200
    assert len(of_kind(frame.main, "H1")) == 1
    for chart in charts_of(frame):
        assert chart.sheet().rows
        if chart.picture:
            assert chart.statement("a4")["data"]


def test_nobody_complete_is_a_state_of_its_own():
    assert contrast.contrast([Line("u", "U", "", False)]).units == ()
    with pytest.MonkeyPatch.context() as patch:
        block = page.standings.Block((Line("u", "U", "", False, index=Decimal(3)),), None, False)
        patch.setattr(page.standings, "read", lambda view: block)
        drawn = page.layout(view())
    assert [part.kind for part in drawn.parts if isinstance(part, Notice)] == ["empty"]


@pytest.mark.parametrize(("lang", "width"), [("", 1366), ("/en", 360)])
def test_everyone_can_use_it(browser, store, live_server, lang, width):
    browser.resize(width)
    browser.open(f"{live_server(dashboard_app.create_app(store))}{lang}/doi-chieu?xem=bang")
    assert browser.axe() == []
    assert browser.too_wide() <= 0
    browser.one("#bang thead a").click()
    browser.wait(lambda _: "sx=" in browser.current_url)
    assert browser.console_errors() == []
