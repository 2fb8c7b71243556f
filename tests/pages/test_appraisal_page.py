import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import partial

import pytest
from dash import dcc
from pages_read import (
    by_id,
    charts_of,
    frame_of,
    number,
    of_class,
    of_kind,
    parts,
    selections,
    show,
    site_of,
    split,
    view_of,
    words,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.view import View
from dashboard.pages.appraisal import exhibits, sentences
from dashboard.pages.appraisal.page import numbers
from dashboard.pages.appraisal.rows import Appraisal, by_appraiser, ordered, read
from dashboard.render.export import Export
from dashboard.render.parts import unit_name
from dashboard.words import TEXTS
from scoring.store import Store


def every_view(store):
    """(view, leaves as SQL finds them) of every block, in both languages."""
    with store.snapshot() as snapshot:
        for sel in selections(store, "appraisal"):
            leaves = snapshot.rows(
                "SELECT i.*, l.field_code FROM result_items i"
                " JOIN item_lead l USING (period, unit_group, criterion_code)"
                " WHERE period = $p AND unit_group = $g AND assessed_by = 'appraisal'",
                {"p": sel.period, "g": sel.unit_group},
            )
            yield View(sel, Ask(LOCAL, snapshot)), leaves


def said(text: str, key: str, lang: str) -> dict[str, str] | None:
    """The values that fill the text `key` in `text`, or None where it is not said."""
    vi, en = TEXTS[key]
    forms = [vi] if lang == "vi" else [en] if isinstance(en, str) else list(en)
    for form in forms:
        seen: set[str] = set()

        def group(match, seen=seen):
            name = match[1]
            if name in seen:
                return f"(?P={name})"
            seen.add(name)
            return f"(?P<{name}>.+?)"

        pattern = re.sub(r"\\\{(\w+)\\\}", group, re.escape(form))
        found = re.search(pattern + r"(?=$|\s)", text)
        if found:
            return found.groupdict()
    return None


def rounded(value: Fraction, places: int) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def gaps(leaves):
    return [(leaf, Fraction(leaf["gap"])) for leaf in leaves if leaf["gap"] is not None]


def means_by(leaves, key):
    """Group -> mean over its units of (points of change, change as a share of the maximum), worked out anew."""
    cells = defaultdict(lambda: [Fraction(), Fraction()])
    for leaf, gap in gaps(leaves):
        cells[key(leaf), leaf["unit_code"]][0] += gap
        cells[key(leaf), leaf["unit_code"]][1] += Fraction(leaf["max_points"])
    groups = defaultdict(list)
    for (group, _), cell in cells.items():
        groups[group].append(cell)
    points = {group: sum(gap for gap, _ in cells) / len(cells) for group, cells in groups.items()}
    shares = {}
    for group, own in groups.items():
        found = [gap / most for gap, most in own if most]
        if found:
            shares[group] = sum(found) / len(found)
    return points, shares


def farthest(values):
    return max((abs(value) for value in values), default=None)


@pytest.mark.parametrize(
    "query", ["", "xem=bang", "sx=-don-vi&sm=-tieu-chi", "lv=1&sx=1", "lv=zz&tc=zz&dv=zz&sx=-&sm=%00", "sm=giam"]
)
def test_every_block_is_drawn_whatever_is_asked(seasons, query):
    for sel in selections(seasons, "appraisal"):
        main = show(seasons, sel.href() + ("&" if "?" in sel.href() else "?") * bool(query) + query)
        assert len(of_kind(main, "H1")) == 1
        ids = [part.id for part in parts(main) if isinstance(getattr(part, "id", None), str)]
        assert len(ids) == len(set(ids))


def test_every_item_and_every_unit_has_its_view(seasons):
    for sel in selections(seasons, "appraisal")[:4]:
        for code in sel.rubric:
            heading = of_kind(show(seasons, sel.href(item=code)), "H1")[0]
            assert words(heading).startswith(f"{code} ")
        for unit in list(sel.units)[:3]:
            heading = of_kind(show(seasons, sel.href(dv=unit)), "H1")[0]
            assert sel.units[unit]["short_name"] in words(heading)


def test_every_decision_can_be_opened_with_its_reason_and_file(seasons):
    with seasons.snapshot() as snapshot:
        sel = next(sel for sel in selections(seasons, "appraisal") if sel.lang == "vi" and len(sel.units) > 1)
        decided = snapshot.rows(
            "SELECT d.* FROM decided_scores d JOIN units USING (period, unit_code)"
            " JOIN rubric r USING (period, unit_group, criterion_code)"
            " WHERE period = $p AND unit_group = $g AND r.assessed_by = 'appraisal' AND d.points IS NOT NULL",
            {"p": sel.period, "g": sel.unit_group},
        )
    assert decided
    for row in decided[:12]:
        main = show(seasons, sel.href(item=row["criterion_code"], dv=row["unit_code"]))
        text = words(by_id(main, "ban-ghi"))
        assert row["minute"] in text and row["file"] in text and str(row["row"]) in text
        assert (row["reason"] or "") in text


def test_no_other_block_is_ever_named_as_a_unit_appraised(seasons):
    for view, leaves in every_view(seasons):
        appraisal = read(view)
        assert {leaf["unit_code"] for leaf in appraisal.leaves} == {leaf["unit_code"] for leaf in leaves}
        assert set(appraisal.by_unit) <= set(view.sel.units)


def test_the_lead_counts_what_was_kept_and_what_is_left(seasons):
    kinds = set()
    for view, leaves in every_view(seasons):
        if not leaves:
            continue
        lang, text = view.lang, sentences.lead(view, read(view))
        both = gaps(leaves)
        kept = sum(gap == 0 for _, gap in both)
        if not both:
            assert said(text, "appraisal.none", lang) is not None
        elif kept == len(both):
            assert number(said(text, "appraisal.kept_all", lang)["n"], lang) == len(both)
        else:
            found = said(text, "appraisal.kept", lang)
            assert number(found["n"], lang) == len(both)
            assert number(found["share"], lang) == rounded(Fraction(100 * kept, len(both)), 1)
        states = [leaf["state"] for leaf in leaves]
        pending, missing = states.count("pending"), states.count("missing")
        if pending and missing:
            assert number(said(text, "appraisal.still", lang)["n"], lang) == pending + missing
            assert number(said(text, "appraisal.still.missing", lang)["n"].split()[-1], lang) == missing
        elif pending or missing:
            key = f"appraisal.still_only.{'pending' if pending else 'missing'}"
            assert number(said(text, key, lang)["n"].split()[-1], lang) == pending + missing
        kinds.add((bool(both), bool(pending), bool(missing)))
    assert len(kinds) > 1


def test_the_lead_says_where_most_was_cut(seasons):
    heard = 0
    for view, leaves in every_view(seasons):
        lost = defaultdict(Fraction)
        for leaf, gap in gaps(leaves):
            lost[leaf["field_code"]] += min(gap, 0)
        whole, fields = sum(lost.values()), {leaf["field_code"] for leaf in leaves}
        text = sentences.lead(view, read(view)) if leaves else ""
        found = said(text, "appraisal.most", view.lang) or said(text, "appraisal.most_tied", view.lang)
        assert (found is not None) == (whole < 0 and len(fields) > 1 and view.whole)
        if found:
            most = min(lost.values())
            assert number(found["share"], view.lang) == rounded(100 * most / whole, 1)
            top = [code for code in lost if lost[code] == most]
            if len(top) <= 3:
                assert all(sentences.part_name(view, code) in text for code in top)
            heard += 1
    assert heard


def test_the_heat_names_the_field_that_changed_most(seasons):
    heard = 0
    for view, leaves in every_view(seasons):
        if not leaves:
            continue
        text = sentences.heat_headline(view, read(view))
        points, _ = means_by(leaves, lambda leaf: leaf["field_code"])
        if not points:
            assert text == view.t("appraisal.heat.none")
            continue
        size = farthest(points.values())
        if size == 0:
            assert text == view.t("appraisal.heat.same")
            continue
        shown = number(re.findall(r"[−+]?\d[\d.,]*", text.rpartition(":")[2])[0], view.lang)
        value = -size if -size in points.values() else size
        top = [code for code in points if points[code] == value]
        assert shown == rounded(value, 2)
        if len(top) <= 3:
            assert all(sentences.part_name(view, code) in text for code in top)
        heard += 1
    assert heard


def test_the_strips_name_the_appraiser_that_changed_most(seasons):
    heard = 0
    for view, leaves in every_view(seasons):
        by = {
            (row["unit_code"], row["criterion_code"]): row["appraiser"]
            for row in view.ask._snapshot.rows("FROM decided_scores WHERE period = $p", {"p": view.sel.period})
        }
        _, shares = means_by(leaves, lambda leaf, by=by: by.get((leaf["unit_code"], leaf["criterion_code"])))
        strips = by_appraiser(read(view).leaves)
        assert set(strips) == set(shares)
        if not shares or not farthest(shares.values()):
            continue
        means = {code: sum(one.share for one in units) / len(units) for code, units in strips.items()}
        assert means == shares
        text, size = sentences.strips_headline(view, means), farthest(shares.values())
        value = -size if -size in shares.values() else size
        (top,) = [code for code in shares if shares[code] == value][:1]
        shown = re.findall(r"([−+]?[\d.,]+)%", text)[-1]
        assert number(shown, view.lang) == rounded(100 * value, 1)
        assert unit_name(view, top) in text
        heard += 1
    assert heard


def test_the_items_name_the_one_that_diverges_most(seasons):
    heard = 0
    for view, leaves in every_view(seasons):
        sums = defaultdict(lambda: [Fraction(), Fraction()])
        for leaf, gap in gaps(leaves):
            sums[leaf["criterion_code"]][0] += gap
            sums[leaf["criterion_code"]][1] += Fraction(leaf["max_points"])
        shares = {code: gap / most for code, (gap, most) in sums.items() if most}
        if not shares or not farthest(shares.values()) or not view.whole:
            continue
        main = show(seasons, view.sel.href())
        text = words(next((part for part in parts(main) if getattr(part, "id", "") == "tieu-chi-title"), None))
        if not text:  # a rubric with a single appraised leaf has no list of items
            continue
        size = farthest(shares.values())
        value = -size if -size in shares.values() else size
        assert number(re.findall(r"([−+][\d.,]+)%", text)[-1], view.lang) == rounded(100 * value, 1)
        heard += 1
    assert heard


def test_the_four_numbers_are_those_of_the_leaves(seasons):
    for view, leaves in every_view(seasons):
        if not leaves:
            continue
        lang = view.lang
        done, changed, adjustment, conflicts = numbers(view, read(view))
        states = [leaf["state"] for leaf in leaves]
        open_ = states.count("pending") + states.count("missing")
        assert number(done.value, lang) == len(leaves) - open_
        assert number(done.of.removeprefix("/"), lang) == len(leaves)
        both = gaps(leaves)
        assert number(changed.value, lang) == sum(gap != 0 for _, gap in both)
        by_unit = defaultdict(Fraction)
        for leaf, gap in both:
            by_unit[leaf["unit_code"]] += gap
        if by_unit:
            assert number(adjustment.value, lang) == rounded(sum(by_unit.values()) / len(by_unit), 2)
        else:
            assert adjustment.value == "–"
        own = view.ask._snapshot.value(
            "SELECT count(*) FROM decided_scores d JOIN units USING (period, unit_code)"
            " JOIN rubric r USING (period, unit_group, criterion_code)"
            " WHERE period = $p AND unit_group = $g AND r.assessed_by = 'appraisal' AND appraiser = unit_code"
            " AND (points IS NOT NULL OR not_applicable)",
            {"p": view.sel.period, "g": view.sel.unit_group},
        )
        assert number(conflicts.value, lang) == own


@pytest.mark.parametrize("order", ["tong", "-tong", "don-vi", "-don-vi"])
def test_units_stand_in_the_order_asked_for(seasons, order):
    for sel in selections(seasons, "appraisal"):
        with seasons.snapshot() as snapshot:
            view = View(sel.change(sort=order), Ask(LOCAL, snapshot))
            appraisal = read(view)
            units = ordered(appraisal, order, partial(unit_name, view))
            assert sorted(units) == sorted(appraisal.by_unit)
            totals = [appraisal.by_unit[unit].gap for unit in units]
            if "tong" in order:
                found = [gap for gap in totals if gap is not None]
                assert found == sorted(found, reverse=order.startswith("-"))
                assert totals[len(found) :] == [None] * (len(totals) - len(found))


def test_an_appraisal_under_way_says_what_is_left_and_a_finished_one_that_it_is(seasons):
    seen = set()
    for view, leaves in every_view(seasons):
        if not leaves:
            continue
        left = sum(leaf["state"] in ("pending", "missing") for leaf in leaves)
        main = show(seasons, view.sel.href())
        ids = {getattr(part, "id", None) for part in parts(main)}
        assert ("tien-do-phan" in ids, "tien-do" in ids) == (left > 0, left == 0)
        seen.add(left > 0)
    assert seen == {True, False}


def test_a_surveyed_item_says_that_the_council_does_not_appraise_it(seasons):
    for sel in selections(seasons, "appraisal"):
        surveyed = [code for code, row in sel.rubric.items() if row["assessed_by"] == "survey"]
        for code in surveyed[:2]:
            key = TEXTS["appraisal.not_here"][sel.lang == "en"].partition("{")[0]
            assert key in words(show(seasons, sel.href(item=code)))


def test_links_to_items_keep_the_unit_and_drop_an_order_that_is_gone(store):
    site = site_of(store)
    sel = site.parse("/tham-dinh", "?lv=1&sx=1.1&dv=department-01")
    assert (sel.field, sel.sort, sel["dv"]) == ("1", "1.1", "department-01")
    assert site.parse("/tham-dinh", "?sx=1.1").notes[0].key == "sx"
    assert site.parse("/tham-dinh", "?dv=district-01").notes[0].key == "dv"
    for part in parts(show(store, sel.href())):
        href = getattr(part, "href", "") or ""
        if href.startswith("/tham-dinh"):
            assert not site.parse(*split(href.partition("#")[0])).notes, href


def test_every_chart_has_words_and_a_table(store):
    for url in ("/tham-dinh", "/en/tham-dinh?khoi=district"):
        main = show(store, url)
        charts = [part for part in parts(main) if isinstance(part, dcc.Graph)]
        spoken = [
            part for part in parts(main) if getattr(part, "role", None) == "img" and "graph" in (part.className or "")
        ]
        assert charts and all(part.to_plotly_json()["props"]["aria-label"] for part in spoken)
        tables = of_kind(main, "Table")
        assert all(any(one._type == "Caption" and words(one) for one in parts(table)) for table in tables)


# What is taken away


LISTS = {
    "tieu-chi": "SELECT count(DISTINCT criterion_code) FROM result_items i"
    " WHERE period = $p AND unit_group = $g AND assessed_by = 'appraisal'",
    "quyet-dinh": "SELECT count(*) FROM item_results"
    " WHERE period = $p AND unit_group = $g AND assessed_by = 'appraisal' AND field_code = '1'"
    " AND (gap <> 0 OR state IN ('pending', 'missing') OR appraiser = unit_code)",
    "co": "SELECT count(*) FROM result_flags f JOIN item_results i USING (period, unit_code, criterion_code)"
    " WHERE period = $p AND i.unit_group = $g AND assessed_by = 'appraisal' AND flag IN ('own_appraiser',"
    " 'decision_replaced', 'raised_without_reason', 'cut_without_reason', 'large_change')",
}


def taken(store, url):
    """Name -> what can be taken away of a view."""
    return {chart.name: chart for chart in charts_of(frame_of(store, url))}


@pytest.mark.parametrize(("name", "query"), [("tieu-chi", ""), ("quyet-dinh", "lv=1"), ("co", "")])
def test_a_list_that_folds_on_the_page_is_whole_in_its_file(demo_season, name, query):
    store = Store(demo_season)
    folded = 0
    for sel in selections(store, "appraisal"):
        url = sel.href() + (("&" if "?" in sel.href() else "?") + query if query else "")
        with store.snapshot() as snapshot:
            n = snapshot.value(LISTS[name], {"p": sel.period, "g": sel.unit_group})
        chart = taken(store, url)[name]
        assert len(chart.sheet().rows) == n
        if name == "tieu-chi":
            assert f"{n}/{n}" in chart.subtitle or f"{n} of {n}" in chart.subtitle
        folded += n > exhibits.SHOWN
        shown, *rest = of_kind(by_id(show(store, url), name), "Tbody")
        assert len(shown.children) == min(n, exhibits.SHOWN)
        assert sum(len(body.children) for body in rest) == n - len(shown.children)
    assert folded


def test_every_unit_of_a_cut_is_named_in_the_file(store):
    with view_of(store, "/tham-dinh") as view:
        both = {"criterion_code": "1.1", "self_points": 1, "max_points": 1, "reason": "Nộp chậm"}
        units = [f"unit-{at:03}" for at in range(150)]
        leaves = [{**both, "unit_code": unit, "gap": Fraction(-1, 2)} for unit in units]
        leaves.append({**both, "unit_code": "last", "gap": Fraction(-1)})
        shown = exhibits.unequal(view, Appraisal(leaves, {"1.1": ("1.1",)}, "", ()))
        sheet = Export(view, shown).sheet()
    assert [row[2:] for row in sheet.rows] == [(-1, "last"), (Decimal("-0.5"), "; ".join(units))]


def test_ranges_counts_and_differences_leave_as_numbers(demo_season):
    store = Store(demo_season)
    charts = taken(store, "/tham-dinh")
    with store.snapshot() as snapshot:
        ends = snapshot.rows(
            "SELECT criterion_code, min(gap) AS low, max(gap) AS high FROM item_results"
            " WHERE period = '2020' AND unit_group = 'department' AND assessed_by = 'appraisal' GROUP BY ALL"
        )
    items = charts["tieu-chi"].sheet()
    heads = [column.title for column in items.columns]
    low, high = (items.columns[heads.index(f"Điều chỉnh – {end}")].values for end in ("từ", "đến"))
    codes = [name.partition(" ")[0] for name in items.columns[0].values]
    assert {code: pair for code, *pair in zip(codes, low, high, strict=True)} == {
        row["criterion_code"]: [row["low"], row["high"]] for row in ends
    }
    reasons = charts["ly-do"].sheet()
    assert {column.kind for column in reasons.columns[1:]} == {"percent", "number"}
    assert all(isinstance(value, int | None) for column in reasons.columns[2::2] for value in column.values)
    assert charts["tu-danh-gia-tham-dinh"].sheet().columns[-1].title == "Chênh lệch (đ.%)"


@pytest.mark.parametrize(("query", "open_"), [("", False), ("?xem=bang", True)])
def test_folded_rows_stand_open_where_the_view_is_that_of_tables(demo_season, query, open_):
    folded = of_class(show(Store(demo_season), f"/tham-dinh{query}"), "more")
    assert folded and {bool(getattr(one, "open", None)) for one in folded} == {open_}


# In a real browser


@pytest.mark.parametrize("width", [1366, 360])
@pytest.mark.parametrize("lang", ["", "/en"])
def test_everyone_can_use_it(browser, address, lang, width):
    browser.resize(width)
    for url in ("", "?lv=1&xem=bang", "?tc=1.1&dv=department-01"):
        browser.open(f"{address}{lang}/tham-dinh{url}")
        assert browser.axe() == []
        assert browser.too_wide() <= 0
    assert browser.console_errors() == []


def test_columns_are_sorted_by_keyboard(browser, address):
    browser.open(f"{address}/tham-dinh")
    link = browser.one("table.adjustments thead th:first-child a")
    link.send_keys(Keys.ENTER)
    browser.wait(lambda b: "sx=don-vi" in b.current_url)
    browser.settled()
    names = [cell.text for cell in browser.find_elements(By.CSS_SELECTOR, "table.adjustments tbody th")][:-1]
    assert len(names) > 1
    browser.back()
    browser.wait(lambda b: "sx=" not in b.current_url)
