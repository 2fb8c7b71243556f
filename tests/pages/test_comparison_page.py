from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest
from dash import html
from pages_read import by_id, drawn, frame_of, numbers, parts, site_of, words

from dashboard.pages.comparison import rows


@pytest.fixture(scope="module")
def facts(store):
    with store.snapshot() as snapshot:
        return {name: snapshot.rows(f"FROM {name}") for name in ("result_index", "result_items", "index_covariance")}


def page(store, units, query="", lang=""):
    group = units[0].split("-")[0] if units else "department"
    return drawn(store, f"{lang}/so-sanh?khoi={group}&ss={','.join(units)}{query}")


def block(facts, group="department"):
    return [row for row in facts["result_index"] if row["unit_group"] == group]


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("group", ["department"])
def test_pairs_say_the_difference_and_whether_sampling_explains_it(store, facts, lang, group):
    rows = block(facts, group)[:5]
    covariance = {(c["unit_code"], c["other_code"]): c["covariance"] for c in facts["index_covariance"]}
    said = [
        words(part)
        for part in parts(by_id(page(store, [row["unit_code"] for row in rows], lang=lang), "pair-list"))
        if isinstance(part, html.Li)
    ]
    pairs = list(combinations(rows, 2))
    assert len(said) == len(pairs)
    names = {"vi": "short_name", "en": "name_en"}[lang[1:] or "vi"]
    with store.snapshot() as snapshot:
        label = {u["unit_code"]: u[names] for u in snapshot.rows("FROM units")}
    for a, b in pairs:
        sentence = next(s for s in said if label[a["unit_code"]] in s and label[b["unit_code"]] in s)
        rest = sentence.replace(label[a["unit_code"]], "").replace(label[b["unit_code"]], "")
        found = numbers(rest, lang[1:] or "vi")
        difference = abs(a["index_value"] - b["index_value"])
        assert found[0] == (difference or a["index_value"])
        i, j = a["unit_code"], b["unit_code"]
        variance = covariance[i, i] + covariance[j, j] - 2 * covariance.get((i, j), 0)
        apart = float(abs(a["index_exact"] - b["index_exact"])) > 1.959964 * variance**0.5
        assert ("chưa đủ căn cứ" in rest or "not enough evidence" in rest) == (not apart)


def test_units_of_another_block_are_never_compared(store):
    frame = frame_of(store, "/so-sanh?khoi=department&ss=department-01,district-01,department-02")
    shown = words(frame.main)
    assert frame.status == 200
    marks = [
        mark.split(".")[1].split("-")[0]
        for graph in parts(frame.main)
        if type(graph).__name__ == "Graph"
        for trace in graph.figure["data"]
        for mark in trace.get("customdata", ())
        if mark
    ]
    assert set(marks) == {"department"}
    assert "district-01" in shown  # in the note that it was left out


def test_fields_furthest_apart_are_in_the_title(store, facts):
    units = [row["unit_code"] for row in block(facts) if row["status"] == "complete"][:3]
    shares = {}
    for item in facts["result_items"]:
        if (
            item["unit_code"] in units
            and item["attainment"] is not None
            and "." not in item["criterion_code"]
            and item["criterion_code"]
        ):
            shares.setdefault(item["criterion_code"], []).append(Fraction(item["attainment"]))
    most = max(max(values) - min(values) for values in shares.values() if len(values) > 1)
    title = words(by_id(page(store, units), "field-strips-title"))
    assert abs(float(numbers(title, "vi")[-1]) - float(100 * most)) <= 0.05


def test_widest_items_leave_out_what_a_unit_lacks():
    def leaf(points):
        return {"points": points, "state": "appraised"}

    rubric = {"1": {}, "2": {}, "3": {}}
    items = {
        "a": {"1": leaf(3), "2": leaf(1), "3": leaf(None)},
        "b": {"1": leaf(1), "2": leaf(1), "3": leaf(9)},
        "c": {"1": leaf(3), "2": leaf(1), "3": leaf(0)},
    }
    assert rows.widest(items, rubric) == [{"code": "1", "gap": 2, "high": ["a", "c"]}]


def test_the_difference_of_two_is_signed_and_of_more_the_range(store, facts):
    units = [row["unit_code"] for row in block(facts) if row["status"] == "complete"][:3]
    points = {
        (item["unit_code"], item["criterion_code"]): item["points"] for item in facts["result_items"] if item["state"]
    }
    for n in (2, 3):
        shown = page(store, units[:n], "&xem=bang")
        rows = [part for part in parts(by_id(shown, "items")) if isinstance(part, html.Tr)]
        codes = Counter()
        for row in rows:
            code = words(row.children[0]).split()[0]
            values = [points.get((unit, code)) for unit in units[:n]]
            if None in values:
                continue
            codes[code] += 1
            last = numbers(words(row.children[-1]), "vi")[-1]
            exact = values[0] - values[1] if n == 2 else max(values) - min(values)
            assert abs(float(last) - float(exact)) <= 0.005
        assert codes


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?ss=department-01",
        "?ss=,,x",
        "?khoi=district&ss=district-01,district-02,district-03,district-04&td=0&lv=1",
        "?nam=1&khoi=!",
    ],
)
def test_the_page_answers_whatever_is_asked(store, lang, query):
    frame = frame_of(store, f"{lang}/so-sanh{query}")
    assert frame.status == 200
    assert [part for part in parts(frame.main) if isinstance(part, html.H1)]


def test_at_most_five(store):
    units = [f"department-{at:02}" for at in range(1, 8)]
    site = site_of(store)
    assert len(site.parse("/so-sanh", f"?ss={','.join(units)}").compared) <= 5


@pytest.mark.parametrize(
    "url", ["/so-sanh", "/so-sanh?ss=department-01,department-02&xem=bang", "/en/so-sanh?ss=department-01"]
)
@pytest.mark.parametrize("width", [360, 1366])
def test_in_the_browser_the_page_fits_and_everyone_can_use_it(browser, address, url, width):
    browser.resize(width)
    browser.open(address + url)
    assert browser.console_errors() == []
    assert browser.too_wide() == 0
    assert browser.axe() == []


def test_choosing_a_unit_changes_the_link(browser, address):
    browser.open(address + "/so-sanh?ss=department-01")
    select = browser.one("#add-unit")
    next(o for o in select.find_elements("css selector", "option") if o.text == "DE2").click()
    browser.wait(lambda b: "department-01," in b.current_url)
    browser.settled()
    assert browser.one("#pair-list")
