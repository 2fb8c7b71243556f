from collections import Counter
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.pages.ranking import rows as standings
from dashboard.pages.ranking.rows import COLUMNS, SEVERITIES, Line, ordered
from dashboard.words.formats import vietnamese_order

NAMES = ["Ba Đình", "Ba Vì", "Bắc Từ Liêm", "Cầu Giấy", "Đan Phượng", "Đống Đa", "Hà Đông", "Ứng Hòa", "Ưu", "Ăn", "Ân"]
FIELDS = ("1", "2", "9.1")

points = st.decimals(0, 100, places=2)
maybe = st.none() | points
share = st.none() | st.decimals(0, 1, places=6)


@st.composite
def rows(draw, least=0):
    """Rows as the view `ranking` gives them, with ties, without earlier year, incomplete."""
    count = draw(st.integers(least, len(NAMES)))
    previous, comparable = draw(st.sampled_from([("2019", True), ("2019", False), (None, False)]))
    complete = [draw(st.booleans() | st.just(True)) for _ in range(count)]
    values = [draw(points if whole else maybe) for whole in complete]
    ranked = sorted((value for value, whole in zip(values, complete, strict=True) if whole), reverse=True)
    found = []
    for at, (value, whole) in enumerate(zip(values, complete, strict=True)):
        rank = ranked.index(value) + 1 if whole else None
        low = draw(st.integers(1, rank)) if rank else None
        found.append(
            {
                "unit_code": f"unit-{at}",
                "unit_name": f"Đơn vị {NAMES[at]}",
                "short_name": NAMES[at],
                "status": "complete" if whole else "incomplete",
                "rank": rank,
                "index_value": value,
                "index_low": value and value - 1,
                "index_high": value and value + 1,
                "rank_low": low,
                "rank_high": rank and draw(st.integers(rank, len(ranked))),
                "previous_period": previous,
                "comparable": comparable,
                "previous_index": draw(maybe) if previous else None,
                "appraised_points": draw(maybe),
                "appraised_max": Decimal(67),
                "survey_points": draw(maybe),
                "survey_max": draw(st.sampled_from([Decimal(33), Decimal(33), Decimal(21)])),
                "grid_row": at // 4,
                "grid_col": at % 4,
            }
        )
    return sorted(found, key=lambda row: (row["rank"] is None, row["rank"] or 0))


@st.composite
def blocks(draw, least=0):
    found = draw(rows(least))
    codes = [row["unit_code"] for row in found]
    return standings.block(
        found,
        {code: {field: draw(share) for field in FIELDS} for code in codes},
        {code: Counter(draw(st.lists(st.sampled_from(SEVERITIES), max_size=3))) for code in codes},
        names={},
        kinds={code: draw(st.sampled_from(["urban", "rural"])) for code in codes},
        own=draw(st.sampled_from([None, *codes])),
    )


@settings(deadline=None)
@given(rows())
def test_a_change_is_there_only_where_two_complete_years_compare(found):
    block = standings.block(found, {}, {}, names={}, kinds={})
    for row, line in zip(found, block.lines, strict=True):
        compares = (
            row["status"] == "complete"
            and row["previous_period"]
            and row["comparable"]
            and row["previous_index"] is not None
        )
        assert (line.change is not None) == bool(compares) == (line.why_no_change == "")
        if compares:
            assert line.change == row["index_value"] - row["previous_index"]
        assert line.tied == (line.rank is not None and sum(other.rank == line.rank for other in block.lines) > 1)


@settings(deadline=None)
@given(blocks(), st.sampled_from([*COLUMNS, *FIELDS]), st.booleans())
def test_every_order_keeps_all_lines_and_puts_incomplete_ones_last(block, column, turned):
    found = ordered(block.lines, "-" + column if turned else column)
    assert Counter(line.code for line in found) == Counter(line.code for line in block.lines)
    assert [line.complete for line in found] == sorted((line.complete for line in found), reverse=True)


@settings(deadline=None)
@given(blocks(), st.sampled_from(["chi-so", "thay-doi", *FIELDS]))
def test_values_fall_and_dashes_come_after_them(block, column):
    found = [line for line in ordered(block.lines, column) if line.complete]
    values = [
        {"chi-so": line.index, "thay-doi": line.change}.get(column, (line.fields or {}).get(column)) for line in found
    ]
    there = [value for value in values if value is not None]
    assert values == sorted(there, reverse=True) + [None] * (len(values) - len(there))


@settings(deadline=None)
@given(blocks())
def test_names_stand_in_vietnamese_order(block):
    names = [line.name for line in ordered(block.lines, "don-vi") if line.complete]
    assert names == sorted(names, key=vietnamese_order)
    assert names[::-1] == [line.name for line in ordered(block.lines, "-don-vi") if line.complete]


@settings(deadline=None)
@given(blocks())
def test_median_and_mean_are_exact_and_over_complete_units(block):
    indices = [Fraction(line.index) for line in block.lines if line.complete]
    if not indices:
        assert block.median.index is None
        return
    assert block.median.index == median(indices)
    assert block.mean.index == mean(indices)
    same = len({line.survey_max for line in block.ranked}) == 1
    assert block.mean.points == same
    parts = [line.appraised for line in block.ranked if line.appraised is not None]
    if parts:
        assert block.mean.appraised == mean([Fraction(part) for part in parts]) / (1 if same else 67)


def test_equal_values_stand_by_rank_then_by_name():
    lines = [
        Line("a", "Đống Đa", "", True, rank=2, fields={"1": Decimal(1)}),
        Line("b", "Ba Vì", "", True, rank=2, fields={"1": Decimal(1)}),
        Line("c", "Ứng Hòa", "", True, rank=1, fields={"1": Decimal(1)}),
    ]
    assert [line.code for line in ordered(lines, "1")] == ["c", "b", "a"]
