"""How sure the ranks are, on the page: every headline against the store, recomputed here another way."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import median

import numpy as np
import pytest
from dash import html
from pages_read import by_id, charts_of, frame_of, numbers, of_class, of_kind, parts, show, site_of, words

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.view import View
from dashboard.pages.reliability import page
from dashboard.pages.reliability import rows as reliability
from scoring.build import recompute
from scoring.cli import main
from scoring.store import Store

GROUPS = ("department", "district")
WHOLE = ["department"]
"""Blocks all of whose units are complete: of the others nothing is concluded."""


@pytest.fixture(scope="module")
def facts(store):
    tables = ("result_index", "result_items", "result_survey", "index_covariance", "rank_probabilities", "rubric")
    with store.snapshot() as snapshot:
        return {name: snapshot.rows(f"FROM {name}") for name in tables}


def block(facts, group):
    """Complete units by rank, and the covariance of their indices."""
    rows = [row for row in facts["result_index"] if row["unit_group"] == group and row["rank"]]
    rows.sort(key=lambda row: (row["rank"], -row["index_exact"]))
    between = {(row["unit_code"], row["other_code"]): row["covariance"] for row in facts["index_covariance"]}
    return rows, between


def shown(store, group, query="", lang=""):
    return show(store, f"{lang}/do-tin-cay?khoi={group}{query}")


def export(store, group, name, query=""):
    frame = frame_of(store, f"/do-tin-cay?khoi={group}{query}")
    return next(chart for chart in charts_of(frame) if chart.name == name)


def title(layout, id, lang="vi"):
    return numbers(words(by_id(layout, f"{id}-title")), lang)


def apart(one, two, between):
    i, j = one["unit_code"], two["unit_code"]
    variance = between[i, i] + between[j, j] - 2 * between.get((i, j), 0)
    return abs(float(one["index_exact"] - two["index_exact"])) > 1.959964 * variance**0.5


# What sampling allows


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("group", WHOLE)
def test_headlines_of_sampling_say_what_the_store_holds(store, facts, group, lang):
    rows, between = block(facts, group)
    layout = shown(store, group, lang="" if lang == "vi" else "/en")
    pairs = list(combinations(rows, 2))
    different = sum(apart(*pair, between) for pair in pairs)
    alike = sum(not apart(one, two, between) for one, two in pairwise(rows))
    widths = [row["rank_high"] - row["rank_low"] + 1 for row in rows]
    lead = words(of_class(layout, "lead")[0])
    assert numbers(lead, lang)[:5] == [different, len(pairs), min(widths), max(widths), Decimal(median(widths))]
    assert title(layout, "pair-matrix", lang) == [different, len(pairs), len(rows) - 1, alike]
    assert title(layout, "rank-sets", lang)[-3:] == [sum(w == 1 for w in widths), len(rows), max(widths)]
    reach = [row["index_high"] - row["index_low"] for row in rows]
    assert title(layout, "index-intervals", lang)[1:3] == [min(reach), max(reach)]
    shares = {(row["unit_code"], row["rank"]): row["probability"] for row in facts["rank_probabilities"]}
    kept = sum(shares.get((row["unit_code"], row["rank"]), 0) >= 0.95 for row in rows)
    assert title(layout, "rank-heat", lang) == [kept, len(rows), 95]


@pytest.mark.parametrize("group", WHOLE)
def test_pairs_are_named_by_the_test_of_their_difference(store, facts, group):
    rows, between = block(facts, group)
    with store.snapshot() as snapshot:
        names = {unit["unit_code"]: unit["short_name"] for unit in snapshot.rows("FROM units")}
    told = export(store, group, "tung-cap").sheet().columns[-1].values
    for one, said in zip(rows, told, strict=True):
        like = {two["unit_code"] for two in rows if two is not one and not apart(one, two, between)}
        assert {code for code in names if code != one["unit_code"] and names[code] in said} == like


def test_groups_go_by_the_anchor_and_do_not_chain():
    estimate = [90.0, 89.0, 88.0, 87.0]
    lines = [reliability.Line(str(at), f"U{at}", "", True, at + 1, index=Decimal(v)) for at, v in enumerate(estimate)]
    covariance = [{"unit_code": str(at), "other_code": str(at), "covariance": 0.25} for at in range(4)]
    exact = {str(at): Decimal(value) for at, value in enumerate(estimate)}
    found = reliability.of_sampling(lines, exact, covariance, [])
    # A difference of 1 is within 1.96 × √0.5, one of 2 is not: each is like its neighbour, 0 and 2 are not alike.
    assert [[line.code for line in members] for members in found.groups] == [["0", "1"], ["2", "3"]]
    assert found.pairs == (3, 6)


def test_units_that_share_respondents_can_differ_where_independent_ones_would_not():
    lines = [reliability.Line(str(at), f"U{at}", "", True, at + 1) for at in range(2)]
    exact = {"0": Decimal(90), "1": Decimal(89)}
    alone = [{"unit_code": str(at), "other_code": str(at), "covariance": 1.0} for at in range(2)]
    shared = [{"unit_code": i, "other_code": j, "covariance": 0.99} for i, j in (("0", "1"), ("1", "0"))]
    assert reliability.of_sampling(lines, exact, alone, []).pairs == (0, 1)
    assert reliability.of_sampling(lines, exact, alone + shared, []).pairs == (1, 1)


def test_without_sampling_errors_there_is_nothing_to_say():
    lines = [reliability.Line("a", "A", "", True, 1)]
    assert reliability.of_sampling(lines, {"a": Decimal(90)}, [], []) is None
    assert reliability.of_sampling([], {}, [], []) is None


@pytest.mark.parametrize("group", WHOLE)
@pytest.mark.parametrize("k", [1, 2])
def test_the_first_k_are_sums_of_rank_frequencies(store, facts, group, k):
    rows, _ = block(facts, group)
    first = {
        row["unit_code"]: sum(
            p["probability"]
            for p in facts["rank_probabilities"]
            if p["unit_code"] == row["unit_code"] and p["rank"] <= k
        )
        for row in rows
    }
    layout = shown(store, group, f"&k={k}")
    sure = sum(share >= 0.95 for share in first.values())
    some = sum(0 < share < 0.95 for share in first.values())
    assert title(layout, "first-k") == [sure, k, 95, some]
    table = export(store, group, "hang-dau", f"&k={k}").table
    printed = [numbers(table.columns[-1].text(row, "vi"), "vi")[0] for row in table.rows]
    assert printed == sorted(printed, reverse=True)
    assert np.allclose(
        sorted(map(float, printed)), sorted(100 * share for share in first.values() if share), atol=0.051
    )


def test_the_switch_hides_intervals_and_nothing_else(store):
    layout = shown(store, "department", "&td=0")
    assert by_id(layout, "rank-sets") is None
    dots = next(part for part in parts(by_id(layout, "index-intervals")) if type(part).__name__ == "Graph")
    assert [trace.get("mode") for trace in dots.figure["data"]] == ["markers"]
    assert not any(sign in words(by_id(layout, "index-intervals-table")) for sign in "–")
    assert by_id(layout, "pair-matrix") is not None and by_id(layout, "rank-heat") is not None


# What other choices would do


def leaves(facts, group, unit):
    """Leaf -> (points, max points) that count for a unit."""
    of_group = {r["criterion_code"] for r in facts["rubric"] if r["unit_group"] == group and r["max_points"]}
    return {
        row["criterion_code"]: (Fraction(row["points"]), Fraction(row["max_points"]))
        for row in facts["result_items"]
        if row["unit_code"] == unit and row["criterion_code"] in of_group and row["points"] is not None
    }


def places(values):
    return [1 + sum(other > value for other in values) for value in values]


def published(points, most):
    return round(Decimal((100 * points / most).numerator) / Decimal((100 * points / most).denominator), 10).quantize(
        Decimal("0.01"), "ROUND_HALF_UP"
    )


def choices(store, group):
    with store.snapshot() as snapshot:
        return reliability.choices(View(site_of(store).parse("/do-tin-cay", f"?khoi={group}"), Ask(LOCAL, snapshot)))


@pytest.mark.parametrize("group", GROUPS)
def test_leaving_one_out_agrees_with_scoring_what_is_left(store, facts, group):
    rows, _ = block(facts, group)
    found = choices(store, group)
    of_unit = {row["unit_code"]: leaves(facts, group, row["unit_code"]) for row in rows}
    assert set(found.units) == set(of_unit)

    def left(keep):
        values = []
        for unit in found.units:
            kept = [pair for code, pair in of_unit[unit].items() if keep(code)]
            values.append(published(sum(p for p, _ in kept), sum(m for _, m in kept)))
        return values

    fields = {row["criterion_code"]: row for row in facts["rubric"] if row["unit_group"] == group}

    def field_of(code):
        while fields[code]["parent_code"]:
            code = fields[code]["parent_code"]
        return code

    for field, ranking in found.fields.items():
        values = left(lambda code, field=field: field_of(code) != field)
        assert ranking.index == values and ranking.rank == places(values)
    for item, ranking in found.items.items():
        values = left(lambda code, item=item: code != item)
        assert ranking.index == values and ranking.rank == places(values)
    exact = [Fraction(row["index_exact"]) for row in sorted(rows, key=lambda r: found.units.index(r["unit_code"]))]
    assert found.rounding.rank == places(exact)


@pytest.mark.parametrize("group", GROUPS)
def test_without_a_group_the_ballots_that_are_left_decide(store, facts, group):
    found = choices(store, group)
    with store.snapshot() as snapshot:
        result, cells = recompute(snapshot, "2029", group)
        most = {
            row["criterion_code"]: Fraction(row["max_points"])
            for row in facts["rubric"]
            if row["unit_group"] == group and row["max_points"]
        }
    official = {unit.unit_code: unit for unit in result.units}
    for out, left in found.groups.items():
        hidden = {cell.unit_code for cell in cells if cell.suppressed and cell.weight and cell.respondent_group == out}
        assert set(left.place) == set(found.units) - hidden
        for unit in left.place:
            points, maximum = official[unit].appraised_points, official[unit].appraised_max
            by_leaf = {}
            for cell in cells:
                if cell.unit_code == unit and cell.respondent_group != out and cell.value is not None and cell.weight:
                    by_leaf.setdefault(cell.criterion_code, []).append((cell.weight, cell.value))
            for leaf, pairs in by_leaf.items():
                points += most[leaf] * sum(w * v for w, v in pairs) / sum(w for w, _ in pairs)
                maximum += most[leaf]
            assert left.index[unit] == published(points, maximum)
        assert [left.place[unit] for unit in left.place] == places([left.index[unit] for unit in left.place])


def test_what_would_give_a_suppressed_cell_away_is_withheld():
    """Two groups of three are suppressed: without one of them the other would follow from the official points."""
    ranking = [
        {"unit_code": "u", "rank": 1, "appraised_points": Decimal(50), "appraised_max": Decimal(60)},
        {"unit_code": "v", "rank": 2, "appraised_points": Decimal(40), "appraised_max": Decimal(60)},
    ]
    points = [{"unit_code": unit, "criterion_code": "s", "points": Decimal(p), "max_points": Decimal(40)}
              for unit, p in (("u", "20"), ("v", "30"))]  # fmt: skip
    cells = [
        {"unit_code": unit, "criterion_code": "s", "respondent_group": group, "weight": 1,
         "value": None if unit == "u" and group != "c" else Decimal("0.75"), "suppressed": unit == "u" and group != "c"}
        for unit in "uv" for group in "abc"
    ]  # fmt: skip
    found = reliability.without_groups(
        ranking, points, cells, {"s": {"max_points": Decimal(40)}}, decimals=2, rank_by="published"
    )
    assert set(found["a"].place) == set(found["b"].place) == {"v"}
    # Without c, what a and b gave together is left: (0.5 × 3 − 0.75) / 2 of 40 points.
    assert found["c"].index == {"u": Decimal("65.00"), "v": Decimal("70.00")}
    assert found["c"].place == {"u": 2, "v": 1} and found["c"].official == {"u": 1, "v": 2}


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("group", WHOLE)
def test_headlines_of_choices_say_what_was_counted(store, group, lang):
    found = choices(store, group)
    said = {bo: shown(store, group, f"&xem=do-nhay&bo={bo}", lang) for bo in page.ASKED}
    tongue = lang[1:] or "vi"
    n = len(found.units)
    kept = [int(sum(found.weights[spread].kept >= 0.95)) for spread in (0.10, 0.25)]
    text = words(by_id(said["trong-so"], "weights-title"))
    counts = [value for value in numbers(text, tongue) if abs(value) not in (10, 25, 95)]
    assert counts == [kept[0], n, kept[1], n]
    moved = {code: found.moved(ranking) for code, ranking in found.fields.items()}
    if max(moved.values()):
        assert title(said["linh-vuc"], "without-field", tongue)[-2:] == [max(moved.values()), n]
    steady = sum(
        all(abs(ranking.rank[at] - rank) <= 2 for ranking in found.items.values()) for at, rank in enumerate(found.rank)
    )
    assert title(said["tieu-chi"], "without-item", tongue) == [steady, n, 2]
    assert title(said["cach-tinh"], "counting", tongue) == [
        value for of in (found.own, found.rounding) for value in (found.moved(of), n)
    ]
    for layout in said.values():  # apart from sampling: neither its frames nor its words
        assert by_id(layout, "rank-sets") is None and by_id(layout, "rank-heat") is None
        frames = " ".join(words(part) for part in parts(layout) if getattr(part, "className", "") == "frame")
        assert "Khoảng hạng 95%" not in frames and "95% rank interval" not in frames


def test_the_smallest_swap_makes_its_neighbours_equal(store, facts):
    found = choices(store, "department")
    one, two, swap = found.swaps[0]
    assert swap is not None
    fields = list(found.rubric)
    parent = {row["criterion_code"]: row["parent_code"] for row in facts["rubric"] if row["unit_group"] == "department"}

    def index(unit):
        total, most = 0.0, 0.0
        for code, (points, maximum) in leaves(facts, "department", unit).items():
            while parent[code]:
                code = parent[code]
            times = swap.weights[fields.index(code)] / found.rubric[code]
            total, most = total + times * float(points), most + times * float(maximum)
        return total / most

    assert index(one) == pytest.approx(index(two), abs=1e-9)
    assert reliability.shift(swap) == pytest.approx(100 * sum(max(0, change) for change in swap.change))


def test_a_table_of_places_prints_every_place_and_marks_every_move(store):
    found = choices(store, "department")
    table = by_id(shown(store, "department", "&xem=do-nhay&bo=linh-vuc"), "without-field")
    *rows, totals = of_kind(of_kind(table, "Tbody"), "Tr")
    assert len(rows) == len(found.units)
    for at, row in enumerate(rows):
        for cell, ranking in zip(row.children[2:], found.fields.values(), strict=True):
            assert numbers(words(cell), "vi") == [ranking.rank[at]]
            marked = [part for part in parts(cell) if "mark" in (getattr(part, "className", "") or "")]
            assert bool(marked) == (ranking.rank[at] != found.rank[at])
    assert numbers(words(totals.children[2:]), "vi") == [found.moved(ranking) for ranking in found.fields.values()]


def test_the_file_holds_every_criterion_and_every_change_as_a_number(store):
    found = choices(store, "department")
    table = export(store, "department", "bo-tieu-chi", "&xem=do-nhay&bo=tieu-chi").table
    for at, row in enumerate(table.rows):
        best, by_best, worst, by_worst = (column.value(row) for column in table.columns[2:])
        ends = [(place, ", ".join(codes)) for place, codes in found.item_range(at)]
        assert [(best, by_best), (worst, by_worst)] == ends
    told = export(store, "department", "doi-cho", "&xem=do-nhay&bo=trong-so").sheet()
    by_head = {column.title: column for column in told.columns}
    up = by_head["Tăng nhiều nhất (đ.%)"]
    assert up.kind == "number"
    for (_, _, swap), value in zip(found.swaps, up.values, strict=True):
        if reliability.shift(swap) is None:
            assert value is None
        else:
            assert float(value) == pytest.approx(100 * max(swap.change))


# Whatever is asked


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize(
    "query", ["", "?k=99&xem=!", "?khoi=district&k=0&td=x", "?xem=do-nhay&bo=?", "?xem=bang&khoi=district", "?nam=1990"]
)
def test_the_page_answers_whatever_is_asked(store, lang, query):
    frame = frame_of(store, f"{lang}/do-tin-cay{query}")
    assert frame.status == 200
    assert [part for part in parts(frame.main) if isinstance(part, html.H1)]


def test_a_season_without_scores_says_so(tmp_path):
    assert main(["import", "data/definitions/2020", "--data", str(tmp_path), "-q"]) == 0
    for query in ("", "?xem=do-nhay"):
        frame = frame_of(Store(tmp_path), f"/do-tin-cay{query}")
        assert frame.status == 200
        assert of_class(frame.main, "state-empty")


def test_every_frame_of_a_complete_block_gives_its_data_away(store):
    for group in WHOLE:
        sel = site_of(store).parse("/do-tin-cay", f"?khoi={group}")
        names = set()
        for one in page.standing(sel):
            for chart in charts_of(frame_of(store, one.href())):
                assert chart.sheet().rows and chart.title and chart.subtitle
                names.add(chart.name)
        assert len(names) == 12


@pytest.mark.parametrize("url", ["/do-tin-cay?xem=bang", "/en/do-tin-cay?khoi=district&td=0"])
@pytest.mark.parametrize("width", [360, 1366])
def test_in_the_browser_sampling_fits_and_everyone_can_use_it(browser, address, url, width):
    browser.resize(width)
    browser.open(address + url)
    assert browser.console_errors() == []
    assert browser.too_wide() == 0
    assert browser.axe() == []


@pytest.mark.parametrize("bo", page.ASKED)
def test_in_the_browser_other_choices_fit_and_everyone_can_use_them(browser, address, bo):
    browser.resize(360)
    browser.open(f"{address}/do-tin-cay?xem=do-nhay&bo={bo}")
    assert browser.console_errors() == []
    assert browser.too_wide() == 0
    assert browser.axe() == []


def test_by_keyboard_the_switch_hides_intervals_and_back_brings_them_again(browser, address):
    browser.open(f"{address}/do-tin-cay")
    switch = browser.one("[role=switch]")
    browser.execute_script("arguments[0].focus()", switch)
    switch.send_keys(" ")
    browser.wait(lambda b: "td=0" in b.current_url and not b.all("#rank-sets"))
    browser.back()
    browser.wait(lambda b: b.all("#rank-sets"))
