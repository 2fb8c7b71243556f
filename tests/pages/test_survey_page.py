import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import isclose, sqrt

import plotly.graph_objects as go
import pytest
from pages_read import charts_of, frame_of, numbers, of_class, of_kind, parts, selections, show, words
from seasons import SEEDS, appraised_season, bring_in
from selenium.webdriver.common.keys import Keys

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.view import View
from dashboard.pages.survey import means, page, quality, sentences
from dashboard.pages.survey import rows as survey
from dashboard.words import formats
from scoring.store import Store


def views(store):
    with store.snapshot() as snapshot:
        for sel in selections(store, "survey"):
            yield View(sel, Ask(LOCAL, snapshot))


# Every view is drawn


@pytest.mark.parametrize("query", ["", "kieu=lech&td=0", "xem=bang", "tc=zz&nhom=zz&dv=zz&kieu=zz&lv=zz&x=1"])
def test_every_block_is_drawn_whatever_is_asked(seasons, query):
    for sel in selections(seasons, "survey"):
        link = sel.href()
        frame = frame_of(seasons, link + ("&" if "?" in link else "?") * bool(query) + query)
        main_part = frame.main
        assert frame.status == 200
        assert len(of_kind(main_part, "H1")) == 1
        ids = [part.id for part in parts(main_part) if isinstance(getattr(part, "id", None), str)]
        assert len(ids) == len(set(ids))
        assert all(chart.title for chart in charts_of(frame))


def test_every_item_group_and_unit_can_be_chosen(seasons):
    for sel in selections(seasons, "survey")[:4]:
        for code in sel.rubric:
            show(seasons, sel.href(item=code))
        for group in sel.respondents:
            show(seasons, sel.href(group=group))
            show(seasons, sel.href(group=group, kieu="lech", intervals=False))
        for unit in sel.units:
            show(seasons, sel.href(dv=unit))


def test_a_choice_that_nothing_is_asked_about_leads_back(store):
    sel = selections(store, "survey")[0]
    with store.snapshot() as snapshot:
        asked = survey.read(View(sel, Ask(LOCAL, snapshot))).leaves
    code = next(code for code in sel.rubric if not survey.below(sel.rubric, code) & asked.keys())
    main_part = show(store, sel.href(item=code))
    state = of_class(main_part, "state-filtered-empty")[0]
    assert any(getattr(part, "href", None) == sel.href(item=None) for part in parts(state))


# Numbers


def test_progress_counts_as_the_plan_and_the_ballots_do(store):
    with store.snapshot() as snapshot:
        for view in (View(sel, Ask(LOCAL, snapshot)) for sel in selections(store, "survey")):
            sel = view.sel
            sums = survey.progress(survey.read(view).cells, survey.min_cell(view))
            ask = {"p": sel.period, "g": sel.unit_group}
            issued = snapshot.value(
                "SELECT sum(issued) FROM survey_plan JOIN units USING (period, unit_code)"
                " WHERE period = $p AND unit_group = $g",
                ask,
            )
            valid = snapshot.value(
                "SELECT coalesce(sum(n), 0) FROM (SELECT count(DISTINCT ballot_no) AS n FROM ballots"
                " JOIN answers USING (ballot_no) JOIN units USING (period, unit_code)"
                " JOIN questions q USING (period, unit_group, respondent_group, question_code)"
                ' JOIN scales s ON (s.scale, s."option") = (q.scale, answers."option")'
                ' WHERE s."value" IS NOT NULL AND period = $p AND unit_group = $g GROUP BY unit_code, respondent_group'
                " HAVING n >= (SELECT min_cell FROM periods WHERE period = $p))",
                ask,
            )
            assert sums.issued == issued
            assert (sums.valid or 0) == valid


def test_a_hidden_cell_is_under_the_plan_only_where_any_small_number_is():
    cell = survey.Coverage("u", "g", 20, None, None, None, True)
    assert cell.under(5)  # 4/20 at most
    assert not replace(cell, issued=5).under(5)  # 4/5 at most: not known
    assert not replace(cell, issued=None).under(5)
    assert replace(cell, hidden=False, valid=13).under(5)
    assert not replace(cell, hidden=False, valid=14).under(5)


def test_arms_of_one_cell_are_its_own_and_independent_ones_shrink():
    assert means.together([(0.1, 0.2)], [1], dependent=True) == (0.1, 0.2)
    assert means.together([(0.1, 0.2)] * 4, [0.25] * 4, dependent=True) == pytest.approx((0.1, 0.2))
    assert means.together([(0.1, 0.2)] * 4, [0.25] * 4, dependent=False) == pytest.approx((0.05, 0.1))
    assert means.together([(0.1, 0.2), None], [0.5, 0.5], dependent=False) is None


def test_a_group_mean_is_the_mean_of_units_and_its_interval_that_of_independent_cells(seasons):
    seen = 0
    for view in views(seasons):
        found = survey.read(view)
        for leaf, groups in found.leaves.items():
            for group in set(groups) - found.shared:
                mean = means.group_mean(found, [leaf], group, list(view.sel.units))
                rows = [
                    row
                    for row in found.values
                    if (row["criterion_code"], row["respondent_group"]) == (leaf, group)
                    and not row["suppressed"]
                    and row["value"] is not None
                ]
                assert (mean is None) == (not rows)
                if mean is None:
                    continue
                assert mean.value == sum(Fraction(row["value"]) for row in rows) / len(rows)
                if mean.down is not None:
                    down = sqrt(sum((float(row["value"]) - row["ci_low"]) ** 2 for row in rows)) / len(rows)
                    assert isclose(mean.down, down, abs_tol=1e-12)
                    seen += 1
    assert seen


def test_a_cell_full_of_equal_ballots_stands_out_and_even_ones_do_not():
    cells = tuple(survey.Coverage(f"u{at}", "g", 100, 100, 100, 100, False) for at in range(10))
    questions = [{"respondent_group": "g", "question_code": f"q{at}", "criterion_code": "1"} for at in range(8)]
    block = survey.Survey(cells, [], [], questions, [], {}, frozenset())
    alike = {("straight_lining", f"u{at}", "g"): 3 for at in range(10)}
    assert quality.odd_cells(replace(block, alike=alike)) == []
    (odd,) = quality.odd_cells(replace(block, alike=alike | {("straight_lining", "u4", "g"): 30}))
    assert (odd.unit, odd.k, odd.n, odd.usual) == ("u4", 30, 100, Fraction(57, 1000))
    short = replace(block, questions=questions[:7], alike=alike | {("straight_lining", "u4", "g"): 30})
    assert quality.odd_cells(short) == []


def test_units_without_real_difference_are_not_set_apart():
    def block(values, half):
        rows = [
            {
                "unit_code": unit,
                "criterion_code": "1",
                "respondent_group": "g",
                "weight": Decimal(1),
                "n_valid": 50,
                "value": Decimal(str(value)),
                "ci_low": value - half,
                "ci_high": value + half,
                "suppressed": False,
            }
            for unit, value in values.items()
        ]
        questions = [{"respondent_group": "g", "question_code": "q", "criterion_code": "1"}]
        return survey.Survey((), rows, [], questions, [], {}, frozenset())

    far = block({"a": 0.2, "b": 0.5, "c": 0.8}, 0.05)
    assert quality.separations(far, ["a", "b", "c"])[0].share > 0.98
    near = block({"a": 0.49, "b": 0.5, "c": 0.51}, 0.1)
    assert quality.separations(near, ["a", "b", "c"])[0].share == 0
    assert quality.separations(near, ["a", "b"]) == []


def test_satisfaction_is_the_attainment_of_the_item_whose_leaves_count_satisfied_answers(store):
    for view in views(store):
        sel = view.sel
        item = means.satisfaction_item(sel.rubric)
        leaves = [row for row in sel.rubric.values() if row["survey_method"] == "satisfied_share"]
        assert (item is None) == (not leaves)
        if item is None:
            continue
        inside = survey.below(sel.rubric, item)
        methods = {row["survey_method"] for code, row in sel.rubric.items() if code in inside and row["max_points"]}
        assert methods == {"satisfied_share"}
        spread = view.ask.block_results(sel.period, sel.unit_group)
        rows = {row["unit"]: row for row in means.satisfaction(survey.read(view), sel.rubric, item, spread)}
        for row in spread:
            value = rows[row["unit_code"]]["value"]
            if row["criterion_code"] == item and value is not None:
                assert value == Fraction(row["attainment"])
                low, high = rows[row["unit_code"]]["low"], rows[row["unit_code"]]["high"]
                assert low is None or low - 1e-12 <= float(value) <= high + 1e-12


def test_where_every_cell_is_hidden_nothing_is_said_to_be_nought(seasons):
    tried = 0
    for sel in selections(seasons, "survey"):
        with seasons.snapshot() as snapshot:
            cells = survey.read(View(sel, Ask(LOCAL, snapshot))).cells
        for cell in (cell for cell in cells if cell.hidden):
            main_part = show(seasons, sel.href(dv=cell.unit, group=cell.group))
            least = sel.season["min_cell"]
            lead = of_class(main_part, "lead")[0]
            assert str(least) in words(lead)
            numbers = [words(p) for p in of_class(main_part, "key-number")]
            assert numbers[1] == numbers[2] == "–"
            tried += 1
    assert tried


# Sentences say what the data say


def test_the_lead_and_the_large_numbers_are_those_of_the_cells(seasons):
    for view in views(seasons):
        found = survey.read(view)
        cells, cell = found.cells, survey.min_cell(view)
        sums = survey.progress(cells, cell)
        valid = sum(one.valid for one in cells if not one.hidden)
        under = [one for one in cells if one.issued and (cell - 1 if one.hidden else one.valid) * 10 < one.issued * 7]
        text = sentences.lead(view, sums, cells)
        if not valid:
            assert text == (view.t("state.suppressed.text", n=cell) if sums.hidden else view.t("survey.nothing"))
            continue
        found_numbers = numbers(text.replace("70%", ""), view.lang)
        assert found_numbers[0] == valid
        assert (len(under) in found_numbers[1:]) or not under
        (shown,) = [n for n in page.numbers(view, sums, cells) if n.label == view.t("survey.valid")]
        assert numbers(shown.value, view.lang) == [valid]
        headline = sentences.coverage_headline(view, sums)
        if under:
            assert numbers(headline.replace("70%", ""), view.lang)[0] == len(under)


def test_the_groups_are_as_far_apart_as_the_numbers_beside_them(seasons):
    seen = 0
    for view in views(seasons):
        found = survey.read(view)
        for leaf in found.leaves:
            leaves, groups = means.compared_leaves(found, [leaf])
            every = {group: means.group_mean(found, leaves, group, list(view.sel.units)) for group in groups}
            known = {group: mean for group, mean in every.items() if mean}
            text = sentences.means_headline(view, known)
            shown = [formats.rounded(mean.value * 100, 1) for mean in known.values()]
            if len(shown) > 1:
                apart = max(shown) - min(shown)
                assert numbers(text, view.lang) == [apart or shown[0]]
                seen += 1
            elif not shown:
                assert text == view.t("survey.gap_withheld")
    assert seen


def test_the_answers_headline_counts_the_questions_a_group_leads(seasons):
    seen = 0
    for view in views(seasons):
        found = survey.read(view)
        for lot in survey.by_scale(survey.asked(found, found.answers, list(found.leaves), None, view.lang)):
            text = sentences.answers_headline(view, lot)
            wins, known = defaultdict(int), 0
            for question in lot:
                share = {}
                for group in question.groups:
                    if group["suppressed"] or not sum(group["counts"]):
                        continue
                    good = sum(n for n, o in zip(group["counts"], question.options, strict=True) if o["favourable"])
                    share[group["respondent_group"]] = Fraction(good, sum(group["counts"]))
                known += bool(share)
                for group, value in share.items():
                    wins[group] += value == max(share.values())
            if len(lot) < 2 or not known:
                continue
            if len(wins) == 1:  # nobody to compare with
                assert sentences.group_name(view, next(iter(wins))) in text and f"/{known}" not in text
                continue
            most = max(wins.values())
            for group, n in wins.items():
                if n == most:
                    assert sentences.group_name(view, group) in text
            if view.lang == "vi" and most < known:
                assert f"{most}/{known}" in text
            seen += 1
    assert seen


def test_the_satisfaction_headline_names_the_highest(store):
    for view in views(store):
        item = means.satisfaction_item(view.sel.rubric)
        if item is None:
            continue
        spread = view.ask.block_results(view.sel.period, view.sel.unit_group)
        rows = means.satisfaction(survey.read(view), view.sel.rubric, item, spread)
        known = [row["value"] for row in rows if row["value"] is not None]
        text = sentences.satisfaction_headline(view, rows)
        if known:
            assert numbers(text, view.lang)[-1] == formats.rounded(max(known) * 100, 1)


def test_the_day_with_most_ballots_is_named(seasons):
    for view in views(seasons):
        found = survey.read(view)
        rows, undated = survey.days_of(found, found.cells)
        assert sum(n for _, n in rows) + undated == sum(c.ballots for c in found.cells if not c.hidden)
        text = sentences.days_headline(view, rows)
        if rows:
            assert numbers(text, view.lang)[-1] == max(n for _, n in rows)


# Suppression


def turned(season):
    """The season with every valid answer on the ballots of small cells changed to another valid one."""
    count = defaultdict(int)
    for ballot in season.ballots:
        count[cell_of(ballot)] += 1
    least = {row["period"]: int(row.get("min_cell") or 5) for row in season.tables["periods"]}
    group_of = {(row["period"], row["unit_code"]): row["unit_group"] for row in season.tables["units"]}
    valued = defaultdict(list)
    for row in season.tables["scales"]:
        if row["value"] != "":
            valued[row["scale"]].append(row["option"])
    scale_of = {
        (row["period"], row["unit_group"], row["respondent_group"], row["question_code"]): row["scale"]
        for row in season.tables["questions"]
    }

    def other(ballot):
        period, unit, group = cell_of(ballot)
        if count[period, unit, group] >= least[period]:
            return ballot
        answers = {}
        for code, option in ballot.answers.items():
            options = valued[scale_of[period, group_of[period, unit], group, code]]
            answers[code] = options[options.index(option) - 1] if option in options else option
        return replace(ballot, answers=answers)

    return replace(season, ballots=[other(ballot) for ballot in season.ballots])


def cell_of(ballot):
    return ballot.own["period"], ballot.own["unit_code"], ballot.own["respondent_group"]


def browser_sees(store, sel):
    """All that a view sends, as text, without what changes with the data as a whole and with official points."""
    main_part = show(store, sel.href())
    drop = {"satisfaction-units", "satisfaction-parts"}
    kept = [part for part in parts(main_part) if getattr(part, "id", None) not in drop]
    frames = [part for part in kept if (getattr(part, "className", "") or "") == "frame"]
    shown = [str(part.to_plotly_json()) for part in frames]
    head = [words(part) for part in kept if part._type in ("H1", "Dl")]
    return re.sub(r"[Bb]ản số liệu \d+ \(\w+\)|dataset \d+ \(\w+\)", "", "\n".join(head + shown))


@pytest.fixture(scope="module")
def seasons_turned(made_once):
    """The seasons of all tests, with other answers on the ballots of small cells."""

    def fill(folder):
        bring_in(folder / "data", [turned(appraised_season(seed)) for seed in SEEDS], folder / "files")

    return Store(made_once("random-turned", fill) / "data")


def test_nothing_on_the_page_depends_on_the_ballots_of_a_small_cell(seasons, seasons_turned):
    """Other answers in the small cells: nothing that is sent differs but the official points."""
    told = [appraised_season(seed) for seed in SEEDS]
    changed = {period for one in told if turned(one).ballots != one.ballots for period, _ in one.blocks}
    assert len(changed) > 1
    for first, second in zip(selections(seasons, "survey"), selections(seasons_turned, "survey"), strict=True):
        for unit in ("", *first.units) if first.period in changed else ():
            sees = browser_sees(seasons, first.change(dv=unit))
            assert sees and sees == browser_sees(seasons_turned, second.change(dv=unit))


def test_the_total_of_a_unit_with_a_hidden_cell_is_withheld(seasons):
    tried = 0
    for sel in selections(seasons, "survey"):
        if sel.lang != "vi":
            continue
        with seasons.snapshot() as snapshot:
            cells = survey.read(View(sel, Ask(LOCAL, snapshot))).cells
        hidden = {cell.unit for cell in cells if cell.hidden}
        if not hidden:
            continue
        tables = [p for p in parts(show(seasons, sel.href())) if (getattr(p, "className", "") or "") == "data coverage"]
        rows = [row for table in tables for row in parts(table) if row._type == "Tr" and row.children[0]._type == "Th"]
        for row in rows:
            texts = [words(cell).strip() for cell in row.children]
            if any(text.startswith("n<") for text in texts):
                assert texts[-1] == "–"
                tried += 1
    assert tried


def test_the_picture_of_the_progress_is_the_table(seasons):
    tried = 0
    for sel in selections(seasons, "survey"):
        frame = frame_of(seasons, sel.href())
        for chart in charts_of(frame):
            if chart.name != "tien-do":
                continue
            cells = [p for p in of_kind(frame.main, "Td") if "num heat" in (p.className or "")]
            for size in ("a4", "1920x1080"):
                figure = chart.picture(size)
                drawn = [text for trace in figure["data"] for text in trace["text"]]
                assert sorted(drawn) == sorted(words(cell).replace(" ", "") for cell in cells)
                go.Figure(figure)
                tried += 1
    assert tried


# Files


def test_files_hold_what_is_withheld_in_words_and_everything_else_exact(seasons):
    tried = set()
    for sel in selections(seasons, "survey"):
        with seasons.snapshot() as snapshot:
            found = survey.read(View(sel, Ask(LOCAL, snapshot)))
        small = f"n<{sel.season['min_cell']}"
        sheets = {chart.name: chart.sheet() for chart in charts_of(frame_of(seasons, sel.href()))}
        for title, value in (("Phiếu hợp lệ", "valid"), ("Thu về", "returned"), ("% kế hoạch", "share")):
            for column in (column for column in sheets["tien-do"].columns if column.title == title):
                kept = {None: None, small: small}
                wanted = [small if c.hidden and value != "share" else getattr(c, value) for c in found.cells]
                hundred = 100 if value == "share" else 1
                wanted = [one if one in kept else round(float(one) * hundred, 9) for one in wanted]
                read = [one if one in kept else round(float(one), 9) for one in column.values]
                assert sorted(map(str, read)) == sorted(map(str, wanted))
                tried.add(title)
        if days := sheets["phieu-theo-ngay"]:
            assert list(map(tuple, days.rows)) == survey.days_of(found, found.cells)[0]
            tried.add("days")
        for name in (name for name in sheets if name.startswith("tra-loi-")):
            n, *options = [column for column in sheets[name].columns if column.kind != "text"]
            counts = [column for column in options if column.kind == "number"]
            assert {column.places for column in counts} <= {0}
            for row, whole in enumerate(n.values):
                said = [column.values[row] for column in counts[:-1]]
                assert whole == small or whole == sum(one for one in said if one is not None)
                tried.add("withheld" if whole == small else "answers")
    assert tried == {"Phiếu hợp lệ", "Thu về", "% kế hoạch", "days", "answers", "withheld"}


# In the browser


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("width", [1366, 360])
def test_the_page_is_accessible_and_fits(browser, address, prefix, width):
    browser.resize(width)
    for query in ("", "?kieu=lech&xem=bang"):
        browser.open(f"{address}{prefix}/dtxhh{query}")
        assert browser.axe() == []
        assert browser.too_wide() == 0
        assert browser.console_errors() == []


def test_a_group_is_chosen_by_keyboard_and_back_returns(browser, address):
    browser.open(f"{address}/dtxhh")
    first = browser.current_url
    select = browser.one("#survey-group")
    select.send_keys(Keys.ARROW_DOWN)
    browser.wait(lambda _: "nhom=" in browser.current_url, "the group is not in the address")
    browser.settled()
    browser.back()
    browser.wait(lambda _: browser.current_url == first, "Back does not return")
    browser.settled()
    toggle = browser.one(".segmented a[href*='kieu=lech']")
    toggle.send_keys(Keys.ENTER)
    browser.wait(lambda _: "kieu=lech" in browser.current_url, "the form of the chart is not in the address")
