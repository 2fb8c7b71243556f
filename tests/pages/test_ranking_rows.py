from collections import Counter
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median

from hypothesis import given, settings
from hypothesis import strategies as st
from random_blocks import FIELDS, blocks, rows

from dashboard.pages.ranking import rows as standings
from dashboard.pages.ranking.rows import COLUMNS, Line, ordered
from dashboard.words.formats import vietnamese_order


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
