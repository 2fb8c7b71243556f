import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from dash import html
from pages_read import by_id, drawn, frame_of, numbers, of_class, parts, site_of, words

from dashboard.pages.unit import rows as profile
from dashboard.pages.unit import sentences
from dashboard.words.formats import points, rounded
from scoring.store import Store

EXAMPLE = "tests/data/example/in"


@pytest.fixture(scope="module")
def facts(store):
    """What an independent reader finds in the store: rows by table."""
    tables = ("result_index", "result_items", "result_survey", "result_answers", "rubric", "self_scores", "units")
    with store.snapshot() as snapshot:
        return {name: snapshot.rows(f"FROM {name}") for name in tables}


def read(store, code, lang=""):
    return drawn(store, f"{lang}/don-vi/{code}", function=lambda view: profile.read(view, code))


def known_units(facts):
    return [row["unit_code"] for row in facts["result_index"]]


# The sentences and numbers against the store, recomputed here


@pytest.mark.parametrize("lang", ["", "/en"])
def test_the_lead_says_what_the_store_holds(store, facts, lang):
    for row in facts["result_index"]:
        code = row["unit_code"]
        said = drawn(
            store, f"{lang}/don-vi/{code}", function=lambda view, c=code: sentences.lead(view, profile.read(view, c))
        )
        found = numbers(said.replace(row["unit_name"], ""), lang[1:] or "vi")
        block = [r for r in facts["result_index"] if r["unit_group"] == row["unit_group"]]
        if row["status"] == "complete":
            assert row["index_value"] in found[:2] + found[2:3]
            assert row["rank"] in found
            assert sum(r["status"] == "complete" for r in block) in found
        else:
            states = Counter(
                item["state"]
                for item in facts["result_items"]
                if item["unit_code"] == code and item["state"] in ("pending", "missing")
            )
            assert set(states.values()) <= set(found)
            assert not re.search(r"hạng \d|rank \d", said)


def test_losses_add_up_to_what_the_index_lacks(store, facts):
    for row in facts["result_index"]:
        found = read(store, row["unit_code"])
        if row["status"] != "complete":
            assert not found.losses
            continue
        assert sum(loss["lost"] for loss in found.losses) == 100 - Fraction(row["index_exact"])
        assert [loss["lost"] for loss in found.losses] == sorted((loss["lost"] for loss in found.losses), reverse=True)
        leaves = [item for item in facts["result_items"] if item["unit_code"] == row["unit_code"] and item["state"]]
        for loss in found.losses:
            inside = [
                leaf for leaf in leaves if field_of(facts, row["unit_group"], leaf["criterion_code"]) == loss["code"]
            ]
            points = sum(
                leaf["points"] if leaf["points"] is not None else leaf["self_points"]
                for leaf in inside
                if leaf["points"] is not None or (leaf["state"] == "pending" and leaf["self_points"] is not None)
            )
            assert loss["points"] == points


def field_of(facts, group, code):
    parents = {row["criterion_code"]: row["parent_code"] for row in facts["rubric"] if row["unit_group"] == group}
    while parents[code]:
        code = parents[code]
    return code


def test_the_check_under_the_waterfall_holds(store, facts):
    for row in facts["result_index"]:
        page = drawn(store, f"/don-vi/{row['unit_code']}")
        if row["status"] != "complete":
            assert by_id(page, "lost") is None
            continue
        note = words(of_class(by_id(page, "lost"), "note")[0])
        hundred, lost, index = (abs(n) for n in numbers(note, "vi")[:3])
        assert hundred - lost == index == row["index_value"]


def test_gaps_are_those_to_the_median_of_the_set_with_the_unit(store, facts):
    code = next(row["unit_code"] for row in facts["result_index"] if row["status"] == "complete")
    found = read(store, code)
    others = [row["unit_code"] for row in found.block if row["unit_code"] != code]
    for units in (others, others[:1], []):
        for gap in found.gaps(units):
            shares = {
                item["unit_code"]: item["attainment"]
                for item in facts["result_items"]
                if item["criterion_code"] == gap["code"]
                and item["unit_code"] in (*units, code)
                and item["attainment"] is not None
            }
            assert gap["median"] == median(map(Fraction, shares.values()))
            printed = [rounded(100 * Fraction(value)) for value in (shares[code], gap["median"])]
            assert 100 * gap["gap"] == printed[0] - printed[1]


def test_priorities_are_the_leaves_with_most_to_gain(store, facts):
    for code in known_units(facts):
        found = read(store, code)
        left = sorted(
            (
                item["max_points"] - item["points"]
                for item in facts["result_items"]
                if item["unit_code"] == code and item["state"] and item["points"] is not None
            ),
            reverse=True,
        )
        assert [leaf["lost"] for leaf in found.priorities()] == [lost for lost in left if lost > 0][:3]
        assert all(row["gap"] >= Fraction(1, 200) for row in found.strengths())


def test_the_council_in_the_title_is_the_sum_of_the_rows(store, facts):
    for code in known_units(facts):
        found = read(store, code)
        gaps = [
            item["gap"]
            for item in facts["result_items"]
            if item["unit_code"] == code and item["state"] and item["gap"] is not None
        ]
        assert [leaf["gap"] for leaf in found.adjusted] == sorted(gap for gap in gaps if gap)
        page = by_id(drawn(store, f"/don-vi/{code}"), "appraisal")
        title = words(by_id(page, "appraisal-title"))
        if found.adjusted:
            assert numbers(title, "vi")[:2] == [len(found.adjusted), rounded(sum(gaps))]


# Every criterion and where it comes from


def test_every_leaf_has_its_row_with_its_points_and_state(store, facts):
    for code in known_units(facts):
        page = drawn(store, f"/don-vi/{code}?xem=bang")
        for item in facts["result_items"]:
            if item["unit_code"] != code or not item["criterion_code"]:
                continue
            row = by_id(page, f"tc-{item['criterion_code']}")
            if row is None:
                assert field_of(facts, item["unit_group"], item["criterion_code"]) == item["criterion_code"]
                continue
            if item["state"]:
                assert row.to_plotly_json()["props"]["data-state"] == item["state"]
                shown = [
                    Decimal(n)
                    for n in (item["self_points"], item["appraised_points"], item["survey_points"])
                    if n is not None
                ]
                said = numbers(" ".join(words(cell) for cell in row.children[2:6]), "vi")
                assert said[: len(shown)] == [rounded(n) for n in shown]


def test_every_score_leads_to_file_sheet_and_row(store, facts):
    code = known_units(facts)[0]
    page = drawn(store, f"/don-vi/{code}")
    for score in facts["self_scores"]:
        if score["unit_code"] == code:
            row = by_id(page, f"nguon-{score['criterion_code']}-self-0")
            said = words(row)
            assert score["file"] in said and f"dòng {score['row']}" in said


def test_open_fields_follow_the_link(store):
    def opened(query):
        page = drawn(store, f"/don-vi/district-01{query}")
        return [
            getattr(d, "id", None) for d in parts(page) if isinstance(d, html.Details) and getattr(d, "open", False)
        ]

    assert opened("") == []
    assert opened("?lv=1") == ["field-1"]
    assert len(opened("?xem=bang")) > 1


# Suppression


def test_a_withheld_group_shows_nowhere(store, facts):
    taken_out = {
        (item["unit_code"], item["criterion_code"])
        for item in facts["result_items"]
        if item["state"] == "not_applicable"
    }
    hidden = {
        (cell["unit_code"], cell["criterion_code"]) for cell in facts["result_survey"] if cell["suppressed"]
    } - taken_out
    assert hidden
    for code, leaf in sorted(hidden)[:6]:
        page = drawn(store, f"/don-vi/{code}?tc={leaf}")
        frames = of_class(by_id(page, "survey"), "frame")
        assert frames
        for frame in frames:
            withheld = [row for row in parts(frame) if isinstance(row, html.Tr) and "withheld" in str(row)]
            subtitle = words(of_class(frame, "subtitle")[0])
            assert bool(withheld) != ("n =" in subtitle)
            for row in withheld:  # after the group: issued, returned, then nothing but the sign of being withheld
                said = [words(cell) for cell in row.children[3:]]
                assert set(said) <= {"n<5", "kín", "–"}


# States and the URL


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?nb=gan&td=0&lv=1",
        "?nb=loai",
        "?nb=department-01,district-02,district-03",
        "?tc=nonsense&lv=99&nb=%27%3B--&nam=1&zz=1&xem=?",
    ],
)
def test_the_page_answers_whatever_is_asked(store, facts, lang, query):
    for code in ("department-01", "district-01", "district-03"):
        frame = frame_of(store, f"{lang}/don-vi/{code}{query}")
        assert frame.status == 200
        assert [part for part in parts(frame.main) if isinstance(part, html.H1)]


def test_a_crafted_list_of_peers_stays_in_the_block(demo_season):
    store = Store(demo_season)
    group = {code: row["unit_group"] for code, row in site_of(store).units["2020"].items()}
    code = next(c for c in group if group[c] == "district")
    page = drawn(store, f"/don-vi/{code}?nb=" + ",".join(group))
    customs = [
        mark.split(".")[1]
        for graph in parts(by_id(page, "peers"))
        if type(graph).__name__ == "Graph"
        for trace in graph.figure["data"]
        for mark in trace.get("customdata", ())
        if mark
    ]
    assert customs and {group[c] for c in customs} == {"district"}


def test_an_incomplete_unit_has_points_by_state_and_no_index(store, facts):
    for row in facts["result_index"]:
        if row["status"] == "incomplete":
            page = drawn(store, f"/don-vi/{row['unit_code']}")
            found = read(store, row["unit_code"]).by_state
            leaves = [i for i in facts["result_items"] if i["unit_code"] == row["unit_code"] and i["state"]]
            for state, column in (("appraised", "appraised_points"), ("surveyed", "survey_points")):
                mine = [leaf for leaf in leaves if leaf["state"] == state]
                expected = sum(leaf[column] for leaf in mine), sum(leaf["max_points"] for leaf in mine), len(mine)
                assert found.parts[state] == expected
            open_ = [leaf for leaf in leaves if leaf["state"] in ("pending", "missing")]
            assert found.open == len(open_) > 0
            assert points(row["index_value"]) not in words(page)


def test_a_unit_without_scores_has_its_page(store):
    rows = [{"unit_code": "x"}]
    empty = profile.Profile("x", "vi", {}, None, rows, [], {})
    assert empty.losses == [] and empty.strengths() == [] and empty.priorities() == [] and not empty.complete


def test_units_to_choose_from_stand_block_by_block(store, facts):
    page = drawn(store, "/don-vi")
    tables = [part for part in parts(page) if isinstance(part, html.Table)]
    assert len(tables) == len({row["unit_group"] for row in facts["result_index"]})
    for table in tables:
        links = [
            part.href.split("/")[-1].split("-")[0]
            for part in parts(table)
            if isinstance(part, html.A) and "/don-vi/" in part.href
        ]
        assert len(set(links)) == 1


def test_an_unknown_unit_is_not_found(store):
    assert frame_of(store, "/don-vi/khong-co").status == 404


# Answers


def answer(option, n, value, satisfied=False, suppressed=False, group="g"):
    return {
        "criterion_code": "1", "question_code": "q", "scale": "s", "respondent_group": group, "option": option,
        "n": n, "value": value, "satisfied": satisfied, "suppressed": suppressed, "text": "Câu hỏi", "text_en": None,
        "label": f"Mức {option}", "label_en": None, "why": "few" if suppressed else None,
    }  # fmt: skip


def test_answers_stand_from_the_worst_option_without_no_opinion():
    rows = [answer("2", 5, Decimal(1), True), answer("1", 3, Decimal(0)), answer("9", 4, None)]
    (found,) = profile.answers(rows, "1", "vi")
    assert [option["label"] for option in found["options"]] == ["Mức 1", "Mức 2"]
    (group,) = found["groups"]
    assert (group["suppressed"], group["why"], group["counts"], group["no_opinion"]) == (False, None, [3, 5], 4)
    assert profile.favourable(found["groups"][0], found["options"]) == Fraction(5, 8)


def test_without_satisfied_options_the_upper_half_is_favourable():
    rows = [answer(str(at), 1, Decimal(at) / 4) for at in range(5)]
    (found,) = profile.answers(rows, "1", "en")
    assert [option["favourable"] for option in found["options"]] == [False, False, False, True, True]


def test_a_withheld_group_has_no_share():
    rows = [answer("1", None, Decimal(0), suppressed=True), answer("2", None, Decimal(1), True, suppressed=True)]
    (found,) = profile.answers(rows, "1", "vi")
    assert profile.favourable(found["groups"][0], found["options"]) is None


# In the browser


@pytest.mark.parametrize("url", ["/don-vi", "/don-vi/district-01?xem=bang", "/en/don-vi/department-01?nb=gan"])
@pytest.mark.parametrize("width", [360, 1366])
def test_in_the_browser_the_page_fits_and_everyone_can_use_it(browser, address, url, width):
    browser.resize(width)
    browser.open(address + url)
    assert browser.console_errors() == []
    assert browser.too_wide() == 0
    assert browser.axe() == []
