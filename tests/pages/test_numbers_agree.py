"""A figure that stands in two places is the same in both, whatever page, view, picture or file it stands on."""

import re
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from pages_read import charts_of, frame_of, parts, show, site_of, view_of, words

from dashboard.address.selection import read_number
from dashboard.exhibit.page import KeyNumber, Numbers, Sentences, parts_of
from dashboard.exhibit.text import plain
from dashboard.words import formats
from scoring.store import Store

BLOCKS = ("department", "district")
UNITS = {
    "department": ("so-tai-chinh", "so-noi-vu", "so-tai-nguyen-va-moi-truong"),
    "district": ("quan-cau-giay", "huyen-quoc-oai", "quan-tay-ho"),
}


@pytest.fixture(scope="module")
def demo(demo_season):
    return Store(demo_season)


def links(block):
    """Views of every page on which numbers of a block stand."""
    yield from (f"/?xem={view}" for view in ("hinh", "bang"))
    yield from (f"/xep-hang/{block}?xem={view}" for view in ("luoi", "bieu-do", "o", "bang"))
    yield from (f"/don-vi/{unit}" for unit in UNITS[block])
    yield f"/so-sanh?khoi={block}&ss={','.join(UNITS[block])}"
    yield f"/tieu-chi/{block}?muc=3"
    yield from (f"/tieu-chi/{block}/{code}" for code in ("1", "7.1.2", "5.7.1"))
    for page in ("/xu-huong", "/tham-dinh", "/doi-chieu", "/do-tin-cay", "/do-tin-cay?xem=do-nhay", "/dtxhh"):
        yield f"{page}{'&' if '?' in page else '?'}khoi={block}"
    yield from (f"/don-vi/{unit}/mo-phong" for unit in UNITS[block][:1])


def read(text):
    """(number, decimals) that a printed text begins with, a percentage as a share of one; None where it has none."""
    found = re.match(r"[=~]?([+−-]?)(\d[\d.]*)(?:,(\d+))?( ?%)?", text.strip())
    if not found or "–" in text or "<" in text or ">" in text:
        return None
    sign, whole, places, percent = found.groups()
    value = Decimal(f"{whole.replace('.', '')}.{places or 0}") * (-1 if sign in ("−", "-") else 1)
    digits = len(places or "")
    return (value.scaleb(-2), digits + 2) if percent else (value, digits)


def maxima(demo, address, n):
    """The maximum of an item of two numbers: points that a unit has, and points lost, lead to one address."""
    name = read_number(site_of(demo), address)
    group = site_of(demo).units[name.period][name.unit]["unit_group"]
    row = site_of(demo).rubrics[name.period, group].get(name.criterion)
    return {row["max_points"]} if row and n == 2 else set()


@pytest.mark.parametrize("block", BLOCKS)
def test_a_number_of_one_address_reads_alike_on_every_page(demo, block):
    printed = defaultdict(dict)
    for link in links(block):
        for part in parts(show(demo, link)):
            address = re.search(r"/nguon-goc/([^?#]+)", getattr(part, "href", None) or "")
            if address and link.startswith("/doi-chieu") and "total" in address[1]:
                continue  # that page prints both parts as shares of their maxima
            if address and (value := read(words(part))) is not None:
                printed[address[1]].setdefault(value, link)
    apart = {}
    for address, values in printed.items():
        if address.endswith((".value", ".attainment")):  # a share, and under a head that says % without its sign
            values = {(v / 100, d + 2) if v > 1 else (v, d): link for (v, d), link in values.items()}
        # What is printed with n decimals lies within half a step of it: all of them hold one number.
        low = max(value - Decimal("0.5").scaleb(-digits) for value, digits in values)
        high = min(value + Decimal("0.5").scaleb(-digits) for value, digits in values)
        if low > high and sum(value for value, _ in values) not in maxima(demo, address, len(values)):
            apart[address] = {str(value): link for (value, _), link in values.items()}
    assert sum(len(values) > 1 for values in printed.values()) > 50
    assert apart == {}


def said(demo, link, kind):
    """Values of one kind on a page."""
    with view_of(demo, link) as view:
        return [part for part in parts_of(view.sel.route.module.layout(view)) if isinstance(part, kind)]


def first_number(text):
    return re.search(r"[+−]?\d[\d.]*(?:,\d+)?", text)[0]


@pytest.mark.parametrize("block", BLOCKS)
def test_the_change_of_a_block_is_the_median_of_its_changes_everywhere(demo, block):
    with demo.snapshot() as snapshot:
        rows = [r for r in snapshot.rows("FROM ranking") if (r["period"], r["unit_group"]) == ("2020", block)]
    change = formats.signed(median(Fraction(r["index_value"] - r["previous_index"]) for r in rows))
    at = BLOCKS.index(block)
    numbers = said(demo, "/", Numbers)[at].items
    assert first_number(plain(numbers[1].note)) == change
    assert re.findall(r"[+−]\d+,\d+", plain(said(demo, "/", Sentences)[0].items[0].note))[at] == change
    trends = next(
        c for c in charts_of(frame_of(demo, f"/xu-huong?khoi={block}")) if change in plain(c.exhibit.headline)
    )
    assert trends
    ranking = charts_of(frame_of(demo, f"/xep-hang/{block}?xem=bang"))[0].exhibit.table
    assert any(change in plain(total) for total in ranking.totals)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_weakest_field_is_one_by_one_statistic_everywhere(demo, block):
    overview = next(
        chart.exhibit.headline for chart in charts_of(frame_of(demo, "/")) if chart.name == f"linh-vuc-{block}"
    )
    share = re.search(r"[\d,]+%", plain(overview))[0]
    assert share in plain(said(demo, "/", Sentences)[0].items[1].text)
    headlines = [plain(chart.exhibit.headline) for chart in charts_of(frame_of(demo, f"/tieu-chi/{block}"))]
    assert any(share in one for one in headlines), (share, headlines)


@pytest.mark.parametrize("block", BLOCKS)
def test_what_the_council_did_is_counted_once(demo, block):
    """The mean adjustment of the overview is that of the appraisal page; what is said to be done was counted."""
    numbers = {plain(one.label): one for one in said(demo, f"/tham-dinh?khoi={block}", KeyNumber)}
    if not numbers:
        numbers = {plain(o.label): o for n in said(demo, f"/tham-dinh?khoi={block}", Numbers) for o in n.items}
    mean = re.findall(r"[+−]\d+,\d+", plain(said(demo, "/", Sentences)[0].items[2].text))[BLOCKS.index(block)]
    assert mean in " ".join(plain(one.value) + plain(one.note) for one in numbers.values())
    with demo.snapshot() as snapshot:
        leaves = [r for r in snapshot.rows("FROM item_results") if (r["period"], r["unit_group"]) == ("2020", block)]
    done = sum(r["state"] == "appraised" for r in leaves)
    text = words(frame_of(demo, f"/tham-dinh?khoi={block}").main)
    assert f"{formats.count(done)} mục" in text
    both = sum(r["state"] == "appraised" and r["gap"] is not None and r["self_points"] is not None for r in leaves)
    assert both == done or f"{formats.count(both)} mục có cả" in text


@pytest.mark.parametrize("block", BLOCKS)
def test_ballots_are_told_apart_by_name(demo, block):
    """Issued and returned by the plan, imported as in the files, valid with an answer that counts."""
    with demo.snapshot() as snapshot:
        cells = [r for r in snapshot.rows("FROM survey_progress") if (r["period"], r["unit_group"]) == ("2020", block)]
    shown = [c for c in cells if not c["hidden"]]
    text = words(frame_of(demo, f"/dtxhh?khoi={block}").main)
    valid, imported = (formats.count(sum(c[of] for c in shown)) for of in ("n_valid", "n_ballots"))
    assert f"{valid} phiếu hợp lệ" in text
    assert f"{imported} phiếu đã nhập" in text
    for count in re.findall(r"([\d.]{5,}) phiếu(?! hợp lệ| đã nhập)", text):
        assert count == formats.count(sum(c["issued"] for c in cells)), count


def test_what_is_printed_side_by_side_adds_up(demo):
    """before → after and their difference, as printed, on the pages that print all three."""
    tried = 0
    for block in BLOCKS:
        for link in (f"/xu-huong?khoi={block}", f"/doi-chieu?khoi={block}"):
            for chart in charts_of(frame_of(demo, link)):
                table = chart.exhibit.table
                columns = table.on("page") if table else []
                texts = [
                    [re.sub(r" ?(%|đ\.%)$", "", c.text(row, "vi")) for c in columns]
                    for row in (table.rows if table else ())
                ]
                for row in texts:
                    values = [read(one) for one in row]
                    for at, found in enumerate(row):
                        if at > 1 and re.fullmatch(r"[+−]\d+,\d\d|0,00", found) and values[at - 1] and values[at - 2]:
                            ends = sorted((values[at - 2][0], values[at - 1][0]))
                            assert abs(values[at][0]) == ends[1] - ends[0], (link, chart.name, row)
                            tried += 1
    assert tried > 20


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), "0,0%"),
        (Fraction(1, 100_000), "<0,1%"),
        (Fraction(1, 2000), "0,1%"),
        (Fraction(99_999, 100_000), ">99,9%"),
        (Fraction(1), "100,0%"),
    ],
)
def test_a_share_that_is_not_nothing_does_not_read_as_nothing(share, text):
    assert formats.percent(share) == text
