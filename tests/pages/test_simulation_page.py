"""A simulation says what the method would give, can be put into a link, and never passes for a result."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from dash import html
from pages_read import by_id, drawn, frame_of, numbers, of_class, parts, site_of, words
from selenium.webdriver.common.keys import Keys

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.pages.simulation import page
from dashboard.pages.simulation import rows as simulation
from scoring.build import recompute
from scoring.rank import published

COMPLETE = ["department-01", "department-02", "department-03", "district-01", "district-02"]
WHOLE = COMPLETE[:3]
"""Those of the block all of whose units are complete: of the other nothing is simulated on a page."""


@pytest.fixture(scope="module")
def rows(store):
    with store.snapshot() as snapshot:
        return {row["unit_code"]: row for row in snapshot.rows("FROM result_index")}


def shown(store, unit, query="", lang=""):
    return drawn(store, f"{lang}/don-vi/{unit}/mo-phong{query}")


def read(store, unit, query=""):
    return drawn(store, f"/don-vi/{unit}/mo-phong{query}", simulation.read)


def lead_of(layout):
    return words(of_class(layout, "lead")[0])


def open_leaf(found, surveyed=False):
    """A leaf with room."""
    return next(
        code for code in found.codes if found.surveyed(code) == surveyed and found.most(code) - found.points(code) > 0
    )


@pytest.mark.parametrize("unit", COMPLETE)
def test_without_a_change_it_is_what_the_store_holds(store, rows, unit):
    found, row = read(store, unit).outcome, rows[unit]
    assert (found.index_value, found.index_exact) == (row["index_value"], row["index_exact"])
    assert (found.rank, found.rank_low, found.rank_high) == (row["rank"], row["rank_low"], row["rank_high"])


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("unit", WHOLE)
def test_the_lead_says_what_the_added_points_give(store, rows, unit, lang):
    found, row = read(store, unit), rows[unit]
    code = open_leaf(found)
    most = found.options(code)[-1]
    layout = shown(store, unit, f"?them={simulation.written({code: most})}", "" if lang == "vi" else "/en")
    group = [r for r in rows.values() if r["unit_group"] == row["unit_group"] and r["rank"]]
    index = published(100 * (Fraction(row["points"]) + most) / Fraction(row["max_points"]), 2)
    rank = 1 + sum(other["index_value"] > index for other in group if other is not row)
    name = drawn(store, f"/{'' if lang == 'vi' else 'en/'}don-vi/{unit}/mo-phong", lambda view: unit_name(view, unit))
    said = numbers(lead_of(layout).replace(name, ""), lang)
    expected = [published(most, 2), 1, index, row["index_value"], rank, len(group), row["rank"], len(group)]
    assert said == [Decimal(value) for value in expected]


@pytest.mark.parametrize("unit", COMPLETE)
def test_moving_answers_is_worth_what_moved_ballots_would_score(store, rows, unit):
    found = read(store, unit)
    code = open_leaf(found, surveyed=True)
    moved = read(store, unit, f"?phieu={code}_50")
    with store.snapshot() as snapshot:
        _, cells = recompute(snapshot, "2029", rows[unit]["unit_group"])
    mine = [cell for cell in cells if cell.unit_code == unit and cell.criterion_code == code and cell.value is not None]
    values = [(cell.weight, cell.value + (1 - cell.value) / 2) for cell in mine if cell.weight]
    after = sum(w * v for w, v in values) / sum(w for w, _ in values)
    assert float(moved.gain(code)) == pytest.approx(float(found.most(code) * after - found.points(code)), abs=1e-15)
    assert moved.outcome.points - found.outcome.points == moved.gain(code)


@pytest.mark.parametrize("unit", WHOLE)
def test_the_least_it_takes_is_put_into_the_simulation_and_gets_there(store, unit):
    plain = read(store, unit)
    for key, target in plain.targets():
        layout = shown(store, unit, f"?dich={key}")
        take = [part.href for part in parts(layout) if "button-primary" in (getattr(part, "className", "") or "")]
        said = numbers(words(by_id(layout, "plan-says")), "vi")
        if not take:
            room = sum(plain.most(c) - plain.points(c) for c in plain.codes if not plain.surveyed(c))
            best = 100 * (Fraction(plain.official["points"]) + room) / Fraction(plain.official["max_points"])
            assert published(best, 2) < target and said[-1] == published(best, 2)
            continue
        then = read(store, unit, "?" + take[0].partition("?")[2])
        assert then.ignored == ()
        value = then.baseline.values.copy()
        value[then.at] = then.outcome.index_value
        assert value[then.at] >= target
        if key.startswith("h"):
            assert then.outcome.rank <= int(key[1:])
        assert said[-2:] == [published(sum(then.added.values()), 2), len(then.added)]
        # No leaf can give less: the next smaller amount, or none, falls short.
        for code, points in then.added.items():
            smaller = max([option for option in then.options(code) if option < points], default=Fraction(0))
            less = dict(then.added) | {code: smaller}
            total = Fraction(plain.official["points"]) + sum(less.values())
            assert published(100 * total / Fraction(plain.official["max_points"]), 2) < target


def test_other_units_stay_as_they_are_and_the_page_says_so(store, rows):
    unit = "department-03"
    code = open_leaf(read(store, unit))
    found = read(store, unit, f"?them={code}_{read(store, unit).options(code)[-1]}")
    others = [value for at, value in enumerate(found.baseline.index_exact) if at != found.at]
    assert sorted(others) == sorted(
        row["index_exact"] for row in rows.values() if row["unit_group"] == "department" and row["unit_code"] != unit
    )
    assert "mọi đơn vị khác giữ nguyên" in words(shown(store, unit))
    assert "every other unit keeps its points" in words(shown(store, unit, lang="/en"))


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("unit", [*COMPLETE, "district-03"])
def test_it_is_marked_everywhere_and_goes_into_no_file(store, unit, lang):
    layout = shown(store, unit, "?them=1.1_1", lang)
    heading = next(part for part in parts(layout) if isinstance(part, html.H1))
    badge = "SIMULATION" if lang else "MÔ PHỎNG"
    assert badge in words(heading)
    assert words(layout).count(badge) >= 2
    assert not [part for part in parts(layout) if "/tai-ve/" in (getattr(part, "href", None) or "")]
    sel = site_of(store).parse("/don-vi/department-01")
    assert not hasattr(page, "standing") and sel.to("simulation", unit="department-01")


def test_every_choice_is_a_link_that_says_itself_again(store):
    site = site_of(store)
    layout = shown(store, "department-01", "?dich=c90&nb=gan")
    selects = [part for part in parts(layout) if getattr(part, "class_name", None) == "go"]
    assert len(selects) > 4
    for select in selects:
        values = [option["value"] for option in select.options]
        assert select.value in values and len(set(values)) == len(values)
        for value in values:
            path, _, query = value.partition("?")
            assert site.parse(path, query).href() == value
            with store.snapshot() as snapshot:
                assert simulation.read(View(site.parse(path, query), Ask(LOCAL, snapshot))).ignored == ()
    labels = [re.sub(r"\s+", " ", words(part)) for part in parts(layout) if isinstance(part, html.Label)]
    assert len(set(labels)) == len(labels)


def test_what_is_not_understood_is_left_out_and_said(store):
    found = read(store, "department-01")
    full = [code for code in found.codes if found.most(code) == found.points(code)]
    leaf = open_leaf(found)
    wrong = [f"{leaf}_99", f"{leaf}_-1", f"{leaf}_x", "x_1", leaf, *(f"{code}_1" for code in full[:1])]
    layout = shown(store, "department-01", f"?them={','.join(wrong)}&phieu={leaf}_10&dich=h0")
    said = words(by_id(layout, "result"))
    assert all(part in said for part in [*wrong, f"{leaf}_10", "h0"])
    assert read(store, "department-01", f"?them={','.join(wrong)}").outcome == found.outcome


def test_an_incomplete_unit_has_nothing_to_simulate(store):
    layout = shown(store, "district-03")
    assert of_class(layout, "state-provisional")


@pytest.mark.parametrize("unit", ["department-01", "district-02"])
def test_criteria_stand_in_the_order_of_headroom_by_share(store, unit):
    found = read(store, unit)
    peers = [other for other in found.baseline.units if other != unit]
    worth = []
    for code in found.codes:
        room = found.most(code) - found.points(code)
        have = [found.baseline.points[other][code] for other in peers if code in found.baseline.points[other]]
        if room:
            worth.append(room * Fraction(sum(p == found.most(code) for p in have), len(have)) if have else Fraction(0))
    assert [one.worth for _, one in found.opportunities(peers)] == sorted(worth, reverse=True)


def test_the_profile_leads_to_it(store):
    frame = frame_of(store, "/en/don-vi/department-01")
    links = [getattr(part, "href", None) for part in parts(frame.main)]
    assert "/en/don-vi/department-01/mo-phong" in links


@pytest.mark.parametrize(
    "url",
    ["/don-vi/department-01/mo-phong", "/en/don-vi/district-01/mo-phong?dich=c90", "/don-vi/district-03/mo-phong"],
)
@pytest.mark.parametrize("width", [360, 1366])
def test_in_the_browser_the_page_fits_and_everyone_can_use_it(browser, address, url, width):
    browser.resize(width)
    browser.open(address + url)
    assert browser.console_errors() == []
    assert browser.too_wide() == 0
    assert browser.axe() == []


def test_choosing_points_changes_link_and_result(browser, address):
    def said():
        return browser.execute_script("return (document.querySelector('.lead') || {}).textContent")

    browser.open(f"{address}/don-vi/department-01/mo-phong")
    before = said()
    select = browser.one("table.choose select")
    id = select.get_attribute("id")
    select.send_keys(Keys.ARROW_DOWN)
    browser.wait(lambda b: "them=" in b.current_url and said() not in (None, before))
    browser.settled()
    assert browser.execute_script("return document.activeElement.id") == id
    browser.back()
    browser.wait(lambda b: said() == before)
