from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_read import frame_of, numbers, of_class, parts, site_of, words
from random_blocks import FIELDS, NAMES, blocks
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.numbers import number_id
from dashboard.address.selection import Route, Site
from dashboard.address.view import View
from dashboard.pages import PAGES
from dashboard.pages.ranking import exhibits, grid, sentences
from dashboard.pages.ranking import page as ranking
from dashboard.pages.ranking import rows as standings
from dashboard.pages.ranking.columns import declared
from dashboard.pages.ranking.rows import Block, median, ordered
from dashboard.render.page import page as render_page
from dashboard.words.formats import in_points, percent, points, rounded

PAGE = next(page for page in PAGES if page.key == "ranking")
PROVENANCE = Route("provenance", ("/nguon-goc/<number>",), None)
UNIT = Route("unit", ("/don-vi", "/don-vi/<unit>"), None)
COMPARISON = Route("comparison", ("/so-sanh",), None, keys=("ss",))

UNITS = {
    f"unit-{at}": {
        "unit_group": "district",
        "name": f"UBND {name}",
        "short_name": name,
        "name_en": f"Unit {at}",
        "kind": "urban_district" if at % 2 else "rural_district",
        "grid_row": at // 4,
        "grid_col": at % 4,
    }
    for at, name in enumerate(NAMES)
}
SITE = Site(
    (PAGE, UNIT, COMPARISON, PROVENANCE),
    seasons={("2020", "district"): {"has_scores": True, "decimals": 2, "made_up": True}},
    groups={"district": {"position": 1, "name": "Khối"}},
    units={"2020": UNITS},
    rubrics={("2020", "district"): {code: {"parent_code": None, "name": f"Lĩnh vực {code}"} for code in FIELDS}},
    meta={"generation": "1", "dataset_hash": "0" * 64},
)


FEW = settings(max_examples=30, deadline=None)


def view(url="/xep-hang/district"):
    path, _, query = url.partition("?")
    return View(SITE.parse(path, query), Ask(LOCAL, None))


def drawn(monkeypatch, block, url):
    monkeypatch.setattr(ranking, "read", lambda view: block)
    seen = view(url)
    return render_page(seen, ranking.layout(seen))


# Sentences: the numbers are read back out of the text and counted again.

languages = st.sampled_from(["", "/en"])


@FEW
@given(blocks(least=1), languages)
def test_the_lead_counts_who_rose(block, lang):
    said = sentences.lead(view(f"{lang}/xep-hang/district?td=0"), block)
    changes = [line.change for line in block.lines if line.change is not None]
    up = sum(change > 0 for change in changes)
    found = numbers(said, lang[1:] or "vi")
    if changes:
        assert found[-1] == 2019
        counts = found[:-1]
        if up not in (0, len(block.lines)):
            assert counts == [up, len(changes)]
        elif not (len(changes) == 1 and lang):
            assert counts == [len(changes)]
    elif block.ranked and block.previous:
        assert found == [2019]
    else:
        assert found == []


@FEW
@given(blocks(least=1), languages)
def test_the_lead_says_whose_interval_reaches_the_first_place(block, lang):
    with_intervals = sentences.lead(view(f"{lang}/xep-hang/district"), block)
    without = sentences.lead(view(f"{lang}/xep-hang/district?td=0"), block)
    reaching = [line for line in block.lines if line.rank_low == 1]
    if len(reaching) > 1:
        assert f"{len(reaching)} " in with_intervals
    elif reaching:
        assert reaching[0].name in with_intervals
    else:
        assert with_intervals == without


@FEW
@given(blocks(), languages, st.sampled_from(["", *FIELDS]), st.sampled_from(["", "urban", "rural"]))
def test_the_headline_names_every_first_unit_and_its_value(block, lang, field, kind):
    shown = view(f"{lang}/xep-hang/district?lv={field}&loai={kind}")
    said = sentences.headline(shown, block)
    some = [line for line in block.ranked if kind in ("", line.kind)]
    values = [standings.measure(line, shown.sel) for line in some]
    value = max((value for value in values if value is not None), default=None)
    if value is None:
        assert said == shown.t("ranking.nobody")
        return
    assert said.endswith(percent(value, shown.lang) if field else in_points(value, shown.lang))
    best = [line for line in some if standings.measure(line, shown.sel) == value]
    if len(best) <= 3:
        assert all(line.name in said for line in best)
        assert not any(line.name in said.split(":")[0] for line in some if line not in best and len(line.name) > 3)
    else:
        assert numbers(said, lang[1:] or "vi")[0] == len(best)
    if kind:
        assert len(some) in numbers(said.rsplit(":", 1)[0], shown.lang)


@FEW
@given(blocks(least=1), languages)
def test_the_map_says_of_which_kind_the_leaders_are(block, lang):
    shown = view(f"{lang}/xep-hang/district?xem=o")
    said = sentences.map_headline(shown, block)
    values = sorted((line.index for line in block.ranked), reverse=True)
    leaders = [line for line in block.ranked if line.index >= values[min(5, len(values)) - 1]]
    if len(leaders) < 2:
        return
    found = numbers(said, lang[1:] or "vi")
    assert found[-1] == len(leaders)
    of_kind = max(sum(line.kind == kind for line in leaders) for kind in ("urban", "rural"))
    assert found[0] == of_kind


@FEW
@given(blocks(least=1))
def test_the_legend_counts_every_unit_once(block):
    values = [line.index for line in block.lines if line.index is not None]
    breaks = sorted({rounded(value, 0) for value in values[::2]})
    classes = exhibits.legend([line.index for line in block.lines], breaks)
    assert sum(n for _, _, n, _ in classes) == len(values)
    assert len({colour for *_, colour in classes}) == len(classes) or len(classes) > 7


# Rows and columns of the grid


@FEW
@given(blocks(least=1))
def test_every_column_has_its_cell_in_every_row(block):
    shown = view()
    definitions = [child for group in grid.columns(shown, block) for child in group["children"]]
    rows = [grid.grid_row(shown, line, declared(shown, block)) for line in block.lines]
    if block.ranked:
        rows += [grid.middle_row(shown, block, "median", block.median, declared(shown, block))]
    for definition, row in product(definitions, rows):
        assert definition["field"] in row or definition["field"] == "chon"
    assert len({definition["colId"] for definition in definitions}) == len(definitions)


@FEW
@given(blocks(least=1))
def test_a_row_prints_what_the_line_holds(block):
    shown = view()
    for line in block.lines:
        row = grid.grid_row(shown, line, declared(shown, block))
        assert row["chi-so"] == points(line.index)
        assert row["hang"] == ("–" if line.rank is None else f"{'=' if line.tied else ''}{line.rank}")
        assert row["provisional"] is not line.complete
        if line.change is None:
            assert row["thay-doi"]["text"] == "–"
            assert row["thay-doi"]["why"]
        else:
            assert row["thay-doi"]["kind"] == ("up" if line.change > 0 else "down" if line.change < 0 else "same")
        for code in FIELDS:
            cell = row[f"lv{code.replace('.', '_')}"]
            attained = (line.fields or {})[code]
            assert cell["step"] == (
                0
                if attained is None
                else 1 + sum(attained >= Decimal(step) for step in ("0.75", "0.85", "0.90", "0.95"))
            )
            assert (cell["text"] == "–") == (attained is None)


@FEW
@given(blocks(least=1))
def test_dots_lie_inside_their_cell(block):
    shown = view()
    axis = next(
        child["cellRendererParams"]
        for group in grid.columns(shown, block)
        for child in group["children"]
        if child["colId"] == "khoang"
    )
    for line in block.lines:
        for value in (line.index, line.low, line.high):
            if value is not None:
                assert 0 <= axis["edge"] + (float(value) - axis["low"]) * axis["scale"] <= axis["width"]
    assert all(0 <= place <= axis["width"] for place, _ in axis["ticks"])
    if block.ranked:
        assert axis["median"] == pytest.approx(
            axis["edge"] + (float(block.median.index) - axis["low"]) * axis["scale"], abs=0.1
        )


def test_every_number_of_the_grid_knows_its_provenance():
    block = Block((standings.Line("unit-0", "Ba Đình", "", True, 1, index=Decimal("90")),), None, False)
    addresses = {
        child["colId"]: child["cellRendererParams"]["number"]
        for group in grid.columns(view(), block)
        for child in group["children"]
    }
    assert addresses["chi-so"] == "/nguon-goc/2020.~.total.index"
    assert addresses["lv9_1"] == "/nguon-goc/2020.~.9.1.attainment"
    assert number_id("2020", "unit-0", "", "index") == addresses["chi-so"].rpartition("/")[2].replace("~", "unit-0")
    without = {key for key, address in addresses.items() if address is None}
    assert without == {"chon", "don-vi", "khoang", "co"}


def test_up_to_five_units_are_chosen():
    sel = view("/xep-hang/district?ss=unit-0,unit-1,unit-2,unit-3").sel
    assert standings.toggle(sel, "unit-4").endswith("ss=unit-0,unit-1,unit-2,unit-3,unit-4")
    assert standings.toggle(sel, "unit-0").endswith("ss=unit-1,unit-2,unit-3")
    full = view("/xep-hang/district?ss=unit-0,unit-1,unit-2,unit-3,unit-4").sel
    assert standings.toggle(full, "unit-5") is None
    assert standings.toggle(full, "unit-4") is not None


# The page


@FEW
@given(blocks(), languages, st.sampled_from(["luoi", "bieu-do", "o", "bang"]), st.sampled_from(["", *FIELDS]))
def test_any_block_is_drawn_every_way(block, lang, look, field):
    with pytest.MonkeyPatch.context() as patch:
        page = drawn(patch, block, f"{lang}/xep-hang/district?xem={look}&lv={field}&sx=-1&ss=unit-1,unit-2")
    headings = [part for part in parts(page) if getattr(part, "_type", "") == "H1"]
    assert len(headings) == 1
    if any(line.index is not None for line in block.lines):
        assert all(line.name in words(page) or lang for line in block.lines)


@pytest.mark.parametrize(("typed", "found"), [("cau giay", ["Cầu Giấy"]), ("DONG DA", ["Đống Đa"]), ("ba", 3)])
def test_the_filter_folds_accents(typed, found):
    lines = [standings.Line(code, row["short_name"], "", True) for code, row in UNITS.items()]
    names = [line.name for line in standings.shown(lines, view(f"/xep-hang/district?q={typed}").sel)]
    assert names == found if isinstance(found, list) else len(names) == found


def test_an_empty_filter_offers_the_way_back(monkeypatch):
    block = Block((standings.Line("unit-0", "Ba Đình", "rural", True, 1, index=Decimal("90")),), None, False)
    page = drawn(monkeypatch, block, "/xep-hang/district?q=zzz&sx=1")
    state = of_class(page, "state-filtered-empty")[0]
    link = next(part for part in parts(state) if getattr(part, "href", None))
    assert link.href == "/xep-hang/district?sx=1"


def test_no_results_yet(monkeypatch):
    page = drawn(monkeypatch, Block((), None, False), "/xep-hang/district")
    assert of_class(page, "state-empty")


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("group", ["department", "district"])
@pytest.mark.parametrize(
    "query", ["", "?sx=-don-vi&lv=1&ss=x,district-01&td=0", "?sx=nonsense&xem=7&loai=!&nam=1&q=%27%3B--&zz=1", "?xem=o"]
)
def test_the_page_answers_whatever_is_asked(store, lang, group, query):
    frame = frame_of(store, f"{lang}/xep-hang/{group}{query}")
    assert frame.status == 200
    assert any(getattr(part, "id", None) == "title" for part in parts(frame.main))


def test_units_without_all_points_stand_last_without_a_rank(store):
    with store.snapshot() as snapshot:
        sel = site_of(store).parse("/xep-hang/district")
        block = standings.read(View(sel, Ask(LOCAL, snapshot)))
    assert [line.rank for line in block.lines] == [1, 2, None, None]
    assert [line.code for line in ordered(block.lines, "chi-so")][:2] == [line.code for line in block.ranked]
    assert block.median.index == median([line.index for line in block.ranked])


# In the browser


def names(browser) -> list[str]:
    """Names in the grid from top to bottom, once it stands; in one question, because the grid may be drawn anew."""
    css = "#ranking-grid .ag-center-cols-container .unit"
    ask = f"return [...document.querySelectorAll('{css}')].map(cell => cell.textContent)"
    return browser.wait(lambda _: browser.execute_script(ask))


def focus(browser) -> str:
    """Id or column of what has the focus."""
    ask = "const at = document.activeElement; return at.id || at.getAttribute('col-id') || ''"
    return browser.execute_script(ask)


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("query", ["", "?xem=bieu-do", "?xem=bang&lv=1", "?q=zzz"])
def test_every_look_is_accessible_and_fits(browser, address, lang, width, query):
    browser.resize(width)
    browser.open(f"{address}{lang}/xep-hang/district{query}")
    if width > 767 and "bieu" not in query and "zzz" not in query:
        names(browser)
    assert browser.axe() == []
    assert browser.too_wide() == 0
    assert browser.console_errors() == []


def test_the_head_of_a_column_sorts_by_mouse_and_keyboard(browser, address):
    browser.open(f"{address}/xep-hang/department")
    assert names(browser) == ["DE2", "DE1", "DE3"]
    browser.one("[data-sort=don-vi]").click()
    browser.wait(lambda _: names(browser) == ["DE1", "DE2", "DE3"])
    assert browser.current_url.endswith("/xep-hang/department?sx=don-vi")
    browser.execute_script("document.querySelector('[role=columnheader][col-id=don-vi]').focus()")
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    browser.wait(lambda _: names(browser) == ["DE3", "DE2", "DE1"])
    assert browser.current_url.endswith("?sx=-don-vi")
    browser.wait(lambda _: focus(browser) == "don-vi")
    assert browser.one("[role=columnheader][col-id=don-vi]").get_attribute("aria-sort") == "descending"
    browser.back()
    browser.wait(lambda _: names(browser) == ["DE1", "DE2", "DE3"])
    assert browser.console_errors() == []


def test_units_are_chosen_by_keyboard_alone(browser, address):
    browser.open(f"{address}/xep-hang/department")
    names(browser)
    browser.execute_script("document.querySelector('[row-id=department-02] > [col-id=chon]').focus()")
    ActionChains(browser).send_keys(" ").perform()
    browser.wait(lambda _: browser.all("#ranking-grid .row-chosen") and focus(browser) == "chon")
    assert browser.current_url.endswith("?ss=department-02")
    ActionChains(browser).send_keys(Keys.ARROW_DOWN).send_keys(" ").perform()
    browser.wait(lambda _: browser.current_url.endswith("?ss=department-02,department-01"))
    browser.wait(lambda _: len(browser.all("#ranking-grid .row-chosen .unit")) == 2)
    assert browser.one(".compare-bar").text.startswith("Đã chọn 2/5")
    assert browser.console_errors() == []


def test_boxes_may_be_ticked_faster_than_the_page_is_drawn(browser, address):
    browser.open(f"{address}/xep-hang/department")
    names(browser)
    browser.execute_script("document.querySelectorAll('#ranking-grid .choice').forEach(box => box.click())")
    assert browser.current_url.endswith("?ss=department-02,department-01,department-03")
    browser.wait(lambda _: len(browser.all("#ranking-grid .row-chosen .unit")) == 3)


def test_typing_in_the_filter_goes_into_the_url_and_keeps_the_focus(browser, address):
    browser.open(f"{address}/xep-hang/department")
    browser.one("#ranking-q").send_keys("de3")
    browser.wait(lambda _: names(browser) == ["DE3"])
    assert browser.current_url.endswith("?q=de3")
    browser.wait(lambda _: focus(browser) == "ranking-q")
    ActionChains(browser).send_keys("zz").perform()
    browser.one(".state-filtered-empty a").click()
    browser.wait(lambda _: len(names(browser)) == 3)
    assert browser.one("#ranking-q").get_attribute("value") == ""
    assert browser.console_errors() == []


def test_narrow_screens_get_a_list_of_links(browser, address):
    browser.resize(360)
    browser.open(f"{address}/xep-hang/department")
    assert [item.text.split("\n")[0] for item in browser.all(".rank-list li .rank")] == ["1", "2", "3"]
    assert not browser.one(".rank-list").find_elements(By.CSS_SELECTOR, "a a")
    assert not browser.all("#ranking-grid")[0].is_displayed()
