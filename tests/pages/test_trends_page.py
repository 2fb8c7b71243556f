import re
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_read import charts_of, drawn, frame_of, number, numbers, of_kind, site_of, words
from random_blocks import blocks

import app as dashboard_app
from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.selection import Site
from dashboard.address.view import View
from dashboard.pages import PAGES
from dashboard.pages.ranking.rows import median
from dashboard.pages.trends import rows as trends
from dashboard.pages.trends import sentences
from dashboard.words.formats import rounded
from scoring.cli import main
from scoring.store import Store

PAGE = next(page for page in PAGES if page.key == "trends")
RUBRIC = {"1": {"max_points": Decimal(2), "assessed_by": "appraisal"}, "2": {"max_points": None, "assessed_by": None}}
OTHER = {"1": {"max_points": Decimal(3), "assessed_by": "appraisal"}}
SITE = Site(
    (PAGE,),
    seasons={("2020", "district"): {"has_scores": True, "decimals": 2}},
    groups={"district": {"position": 1}},
    rubrics={("2019", "district"): RUBRIC, ("2020", "district"): RUBRIC, ("2022", "district"): OTHER},
)
NAMES = {"a": "Ba Đình", "b": "Cầu Giấy", "c": "Đống Đa", "d": "Hà Đông"}
FEW = settings(max_examples=40, deadline=None)
languages = st.sampled_from(["", "/en"])


def view(lang=""):
    return View(SITE.parse(f"{lang}/xu-huong"), Ask(LOCAL, None))


@st.composite
def published(draw):
    rows = []
    for year in draw(st.lists(st.integers(2019, 2024), min_size=1, max_size=5, unique=True)):
        ranks = draw(st.permutations([1, 2, 3, 4]))
        for code, rank in zip(NAMES, ranks, strict=True):
            if draw(st.booleans()):
                rows.append(
                    {
                        "period": str(year),
                        "unit_code": code,
                        "index": draw(st.none() | st.decimals(60, 99, places=1)),
                        "rank": draw(st.just(rank) | st.none()),
                        "decision": None,
                        "source": "x",
                        "note": None,
                    }
                )
    return trends.Published(tuple(rows), NAMES)


@FEW
@given(published(), languages)
def test_who_came_first_most_often_is_counted(found, lang):
    shown = view(lang)
    first = [(row["unit_code"], int(row["period"])) for row in found.rows if row["rank"] == 1]
    said = sentences.most_often(shown, found)
    if not first:
        assert numbers(said, shown.lang)[0] == len({row["period"] for row in found.rows})
        return
    counts = {code: sum(code == other for other, _ in first) for code, _ in first}
    most = max(counts.values())
    leaders = [code for code, n in counts.items() if n == most]
    assert all(NAMES[code] in said for code in leaders)
    read = numbers(said, shown.lang)
    assert read[:2] == [most, len({year for _, year in first})]
    if len(leaders) == 1:
        assert read[2:] == sorted(year for code, year in first if code == leaders[0])


@FEW
@given(published(), languages)
def test_odd_results_are_the_fewest_that_leave_the_rest_in_order(found, lang):
    shown = view(lang)
    for year in {row["period"] for row in found.rows}:
        placed = [row for row in found.valued if row["period"] == year and row["rank"] is not None]
        odd = [row for row in placed if (year, row["unit_code"]) in found.odd]
        kept = [row for row in placed if row not in odd]
        assert _fits(kept)
        assert not any(_fits(some) for some in combinations(placed, len(kept) + 1))
        for row in odd:
            said = sentences.checked(shown, found, row)
            assert rounded(row["index"]) in numbers(said, shown.lang) and row["rank"] in numbers(said, shown.lang)
            near = [other for other in found.odd[year, row["unit_code"]] if other]
            assert near and all(other in kept for other in near)
    said = sentences.contradictions(shown, found, [])
    assert numbers(said, shown.lang)[0] == len(found.odd)


def _fits(rows) -> bool:
    values = [row["index"] for row in sorted(rows, key=lambda row: row["rank"])]
    return values == sorted(values, reverse=True)


def test_lines_break_where_the_rubric_changed_and_unknown_rubrics_are_said():
    assert trends.breaks(SITE, "district", list(range(2019, 2025))) == ([2022], [2021, 2023, 2024])
    assert trends.breaks(SITE, "nowhere", [2019]) == ([], [2019])


@FEW
@given(blocks(least=1), languages)
def test_ups_downs_and_the_median_are_recomputed(block, lang):
    lines = trends.compared(block)
    if not lines:
        return
    shown = view(lang)
    changes = [line.change for line in lines]
    assert changes == sorted(changes, reverse=True)
    said = numbers(sentences.moved(shown, block), shown.lang)
    assert said[:3] == [sum(c > 0 for c in changes), sum(c < 0 for c in changes), sum(c == 0 for c in changes)]
    assert said[3] == rounded(median(changes))
    if changes[0] > 0:
        assert numbers(sentences.risen(shown, lines), shown.lang)[-1] == rounded(changes[0])


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The definitions that come with the project, published results among them, and the small example season."""
    folder = tmp_path_factory.mktemp("data")
    for files in ("data/definitions", "tests/data/example/in"):
        assert main(["import", files, "--data", str(folder), "-q"]) == 0
    return Store(folder)


@pytest.mark.parametrize("query", ["", "khoi=district", "xem=bang&khoi=zz&ss=x,quan-cau-giay", "nam=2020"])
@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_page_answers_whatever_is_asked(store, lang, query):
    frame = frame_of(store, f"{lang}/xu-huong?{query}")
    assert frame.status == 200
    assert len(of_kind(frame.main, "H1")) == 1
    for chart in charts_of(frame):
        assert chart.sheet().rows
        if chart.picture:
            assert chart.statement("1920x1080")["data"]


def test_the_misprint_of_2022_is_shown_with_its_note_and_published_years_are_not_marked(store):
    url = site_of(store).home().change(period="2020", unit_group="department").to("trends")
    found = drawn(store, url, trends.read_published)
    frame = frame_of(store, url)
    assert list(found.odd) == [("2022", "so-giao-thong-van-tai")]
    above, below = found.odd["2022", "so-giao-thong-van-tai"]
    assert (above["rank"], below["rank"]) == (8, 10)
    assert "có lẽ là 88,41 bị in nhầm" in words(frame.main) and "misprint" not in words(frame.main)
    charts = [chart for chart in charts_of(frame) if chart.exhibit.published]
    assert [chart.name for chart in charts] == ["da-cong-bo", "luu-y", "tung-nam"]
    assert all(chart.marks == [] for chart in charts)
    values = {row["index"] for row in found.valued}
    figure = next(chart for chart in charts if chart.picture).picture("a4")
    dots = [y for trace in figure["data"] if trace["mode"] != "lines" for y in trace["y"]]
    assert sorted(dots) == sorted(float(row["index"]) for row in found.valued) and set(dots) == set(map(float, values))


def test_published_and_computed_years_share_no_plot(store):
    frame = frame_of(store, "/xu-huong?khoi=district")
    for chart in charts_of(frame):
        if chart.picture:
            assert chart.exhibit.published == (chart.name == "da-cong-bo")


def test_one_value_reads_the_same_in_table_and_sentence(store):
    frame = frame_of(store, "/xu-huong?nam=2020")
    chart = next(chart for chart in charts_of(frame) if chart.name == "tung-nam")
    assert number(re.search(r"\d+", chart.title)[0], "vi") == len(chart.sheet().rows)


@pytest.mark.parametrize(("lang", "width"), [("", 1366), ("/en", 360)])
def test_everyone_can_use_it(browser, store, live_server, lang, width):
    browser.resize(width)
    browser.open(f"{live_server(dashboard_app.create_app(store))}{lang}/xu-huong?nam=2020&xem=bang")
    assert browser.axe() == []
    assert browser.too_wide() <= 0
    assert browser.console_errors() == []
