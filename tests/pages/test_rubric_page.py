from dataclasses import replace
from decimal import Decimal

import pytest
from pages_read import by_id, frame_of, of_class, of_kind, parts, selections, show, site_of, words
from selenium.webdriver.common.keys import Keys

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.view import View
from dashboard.pages import PAGES
from dashboard.pages.rubric import exhibits, item, rows
from dashboard.pages.rubric import page as criteria
from dashboard.render.page import page as elements
from dashboard.shell.search import search_index
from dashboard.shell.site import read_site
from dashboard.words import formats


def rows_of(main) -> list[str]:
    """Codes of the rows of the tree, from top to bottom."""
    return [part.id.removeprefix("tc-") for part in parts(main) if part._type == "Tr" and getattr(part, "id", "")]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "muc=1",
        "muc=9&mo=1,9.9,x&sx=dat",
        "xem=bang&sx=dieu-chinh&td=0",
        "lv=1&sx=toi-da",
        "lv=zz&tc=zz&mo=%00&sx=-",
    ],
)
def test_every_block_is_drawn_whatever_is_asked(seasons, query):
    for sel in selections(seasons):
        link = sel.to("rubric")
        main = show(seasons, link + ("&" if "?" in link else "?") * bool(query) + query)
        assert len(of_kind(main, "H1")) == 1
        if not sel.rubric:
            continue
        assert rows_of(main)
        images = of_kind(main, "Img")
        assert all(image.alt for image in images)


def test_every_item_of_every_block_has_its_page(seasons):
    for sel in selections(seasons):
        for code in sel.rubric:
            for query in ("", "?sx=ten&xem=bang", "?sx=zz") if code == next(iter(sel.rubric)) else ("",):
                link = sel.to("item", item=code)
                main = show(seasons, link + query.replace("?", "&" if "?" in link else "?"))
                heading = of_kind(main, "H1")[0]
                assert words(heading).startswith(code)
                ids = [part.id for part in parts(main) if isinstance(getattr(part, "id", None), str)]
                assert len(ids) == len(set(ids))


def test_the_panel_of_every_item_says_its_maximum(seasons):
    for sel in selections(seasons)[:4]:
        for code, row in sel.rubric.items():
            panel = next(
                part for part in parts(show(seasons, sel.to("rubric", item=code))) if getattr(part, "id", "") == "panel"
            )
            assert sel.to("item", item=code) in [getattr(part, "href", "") for part in parts(panel)]
            if row["max_points"] is not None:
                assert f" {formats.number(row['max_points'], sel.lang, trim=True)} " in words(panel)


def test_toggles_open_and_close_one_heading(store):
    site = site_of(store)
    sel = site.parse("/tieu-chi/department")
    with store.snapshot() as snapshot:
        seen = View(sel, Ask(LOCAL, snapshot))
        found = rows.read(seen)
    heading = next(one for one in found.values() if one.children)
    before = [one.code for one in rows.shown(sel, found)]
    opened, link = exhibits.toggle(seen, heading)
    path, _, query = link.partition("?")
    after = site.parse(path, query)
    assert opened == rows.is_open(sel, heading) != rows.is_open(after, heading)
    assert set(before) ^ {one.code for one in rows.shown(after, found)} >= set(heading.children)
    again, back = exhibits.toggle(replace(seen, sel=after), heading)
    assert again != opened and back == sel.href()


def test_levels_open_the_whole_tree_or_the_fields_alone(store):
    sel = site_of(store).parse("/tieu-chi/department")
    assert rows_of(show(store, sel.href(muc="1"))) == list(sel.fields)
    deepest = max(rows.levels(sel), key=int)
    assert rows_of(show(store, sel.href(muc=deepest))) == list(sel.rubric)
    field = next(iter(sel.fields))
    assert {sel.rubric[code]["field_code"] for code in rows_of(show(store, sel.href(field=field, muc=deepest)))} == {
        field
    }


@pytest.mark.parametrize("order", rows.ORDERS)
def test_items_stay_under_their_heading_in_any_order(seasons, order):
    for sel in selections(seasons)[:4]:
        seen: list[str] = []
        for code in rows_of(show(seasons, sel.to("rubric", muc=max(rows.levels(sel), key=int), sort=order))):
            parent = sel.rubric[code]["parent_code"]
            assert parent is None or parent in seen
            seen.append(code)
        assert sorted(seen) == sorted(sel.rubric)


def test_steps_go_through_the_whole_rubric(store):
    sel = site_of(store).parse("/tieu-chi/department")
    codes, link, seen = list(sel.rubric), sel.to("item", item=next(iter(sel.rubric))), []
    while link:
        seen.append(link.rsplit("/", 1)[1].partition("?")[0])
        onward = [
            part for part in parts(show(store, link)) if words(part).startswith("Tiêu chí sau") and part._type == "A"
        ]
        link = onward[0].href if onward else None
    assert seen == codes


def test_a_suppressed_cell_is_shown_nowhere(seasons):
    with seasons.snapshot() as snapshot:
        hidden = snapshot.rows("FROM result_survey WHERE suppressed")
        answers = snapshot.rows(
            "SELECT a.*, q.criterion_code FROM result_answers a"
            " JOIN questions q USING (period, unit_group, respondent_group, question_code)"
        )
    assert hidden
    site = site_of(seasons)
    for cell in hidden:
        sel = site.home().change(period=cell["period"], unit_group=cell["unit_group"], item=cell["criterion_code"])
        main = show(seasons, sel.to("item", item=cell["criterion_code"]))
        number = f"{cell['period']}.{cell['unit_code']}.{cell['criterion_code']}.{cell['respondent_group']}."
        assert not any(number in (getattr(part, "href", "") or "") for part in parts(main))
        assert of_class(main, "withheld")
        # The totals of the chart are sums of shown cells alone.
        with seasons.snapshot() as snapshot:
            rows = Ask(LOCAL, snapshot).block_answers(sel.period, sel.unit_group, cell["criterion_code"])
        for row in rows:
            shown = [
                a["n"]
                for a in answers
                if not a["suppressed"]
                and (a["period"], a["unit_group"], a["criterion_code"])
                == (sel.period, sel.unit_group, cell["criterion_code"])
                and all(a[key] == row[key] for key in ("respondent_group", "question_code", "option"))
            ]
            assert row["n"] == sum(shown) and row["units"] == len(shown)
            assert row["suppressed"] == (not shown)


def test_points_of_every_unit_are_printed_with_their_provenance(store):
    sel = site_of(store).parse("/tieu-chi/department")
    leaf = next(code for code, row in sel.rubric.items() if row["assessed_by"] == "appraisal")
    with store.snapshot() as snapshot:
        rows = snapshot.rows(
            "FROM result_items WHERE period = $p AND unit_group = $g AND criterion_code = $c AND state = 'appraised'",
            {"p": sel.period, "g": sel.unit_group, "c": leaf},
        )
        view = View(site_of(store).parse(sel.to("item", item=leaf)), Ask(LOCAL, snapshot))
        table = by_id(elements(view, item.layout(view)), "list-table")
    lines = [words(line.children) for line in parts(table) if line._type == "Tr"]
    for row in rows:
        text = f"{row['points'].quantize(Decimal('0.01')):f}".replace(".", ",")
        assert any(text in line for line in lines)


def test_a_rubric_without_scores_says_so(store, monkeypatch):
    for name in ("block_results", "item_units", "leaf_cells", "block_answers"):
        monkeypatch.setattr(Ask, name, lambda *_: [])
    with store.snapshot() as snapshot:
        site = read_site(Ask(LOCAL, snapshot), PAGES)
        sel = site.parse("/tieu-chi/department")
        tree = View(sel, Ask(LOCAL, snapshot))
        said = words(elements(tree, criteria.layout(tree)))
        assert "Chưa mục nào có điểm" in said and "chưa có điểm" in said
        for code in sel.rubric:
            view = View(site.parse(sel.to("item", item=code)), Ask(LOCAL, snapshot))
            assert "Chưa đơn vị nào có điểm" in words(elements(view, item.layout(view)))


def test_search_leads_to_the_page_of_an_item(store):
    found = search_index(site_of(store), Ask(LOCAL, None), "vi", site_of(store).default_period)
    links = [link for _, _, _, link in found if link.startswith("/tieu-chi/")]
    assert links and all(show(store, link) for link in links[:3])


def test_an_item_that_is_not_there_is_said_to_be_lost(store):
    frame = frame_of(store, "/tieu-chi/department/9.9.9")
    assert frame.status == 404 and "9.9.9" in words(frame.main)


# In a real browser


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("lang", ["", "/en"])
def test_everyone_can_use_them(browser, address, store, lang, width):
    rubric = site_of(store).parse("/tieu-chi/department").rubric
    surveyed = next(code for code, row in rubric.items() if row["assessed_by"] == "survey")
    browser.resize(width)
    for url in ("department?muc=3&xem=bang", f"department?tc={surveyed}", f"department/{surveyed}", "district/1"):
        browser.open(f"{address}{lang}/tieu-chi/{url}")
        assert browser.axe() == []
        assert browser.too_wide() <= 0
    assert browser.console_errors() == []


def test_the_tree_by_keyboard(browser, address):
    browser.open(f"{address}/tieu-chi/department")
    toggle = browser.one(".tree a.toggle")
    rows = len(browser.all(".tree tbody tr"))
    was = toggle.get_attribute("aria-expanded")
    toggle.send_keys(Keys.SPACE)
    browser.wait(lambda _: len(browser.all(".tree tbody tr")) != rows)
    assert "mo=" in browser.current_url
    again = browser.switch_to.active_element
    assert "toggle" in again.get_attribute("class") and again.get_attribute("aria-expanded") != was
    again.send_keys(Keys.ENTER)
    browser.wait(lambda _: len(browser.all(".tree tbody tr")) == rows)
    assert browser.current_url == f"{address}/tieu-chi/department"
    browser.one(".tree th a.wide-only").send_keys(Keys.ENTER)
    browser.one("#panel h2")
    assert "tc=" in browser.current_url
    browser.one("#panel .icon-button").send_keys(Keys.ENTER)
    browser.wait(lambda _: not browser.all("#panel"))
    browser.back()
    browser.one("#panel h2")
