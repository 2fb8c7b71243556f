from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address.peers import BLOCK, NATURE, NEAREST, OWN, choose, natures, nearest

DISTRICTS = {
    "quan-a": {"name": "Quận Đống Đa", "short_name": "Đống Đa", "kind": "urban_district"},
    "quan-b": {"name": "Quận Ba Đình", "short_name": "Ba Đình", "kind": "urban_district"},
    "thi-xa": {"name": "Thị xã Sơn Tây", "short_name": "Sơn Tây", "kind": "town"},
    "huyen-c": {"name": "Huyện Ứng Hòa", "short_name": "Ứng Hòa", "kind": "rural_district"},
}


def fields_of(shapes):
    return [
        {"unit_code": unit, "criterion_code": str(at), "attainment": value}
        for unit, values in shapes.items()
        for at, value in enumerate(values)
    ]


SHAPES = {
    "quan-a": [Fraction(9, 10), Fraction(8, 10), Fraction(7, 10)],
    "quan-b": [Fraction(6, 10), Fraction(5, 10), Fraction(4, 10)],  # the same shape, 30 points lower
    "thi-xa": [Fraction(9, 10), Fraction(8, 10), Fraction(8, 10)],
    "huyen-c": [Fraction(7, 10), Fraction(8, 10), Fraction(9, 10)],
}


def test_near_is_the_shape_around_the_own_mean_not_the_level():
    assert nearest(fields_of(SHAPES), "quan-a") == ("quan-b", "thi-xa", "huyen-c")


def test_units_at_one_distance_stand_by_code():
    shapes = {code: [Fraction(1, 2)] * 3 for code in ("c", "b", "a", "d")}
    assert nearest(fields_of(shapes), "b", 2) == ("a", "c")


def test_a_field_that_one_of_two_lacks_is_left_out_of_their_distance():
    shapes = SHAPES | {"huyen-c": [Fraction(9, 10), Fraction(8, 10), None]}
    assert nearest(fields_of(shapes), "quan-a")[:2] == ("huyen-c", "quan-b")


def test_a_unit_without_attainments_has_no_neighbours_and_falls_back_to_the_block():
    fields = fields_of(SHAPES | {"quan-a": [None] * 3})
    assert nearest(fields, "quan-a") == ()
    assert choose(NEAREST, "quan-a", DISTRICTS, fields).kind == BLOCK


def test_the_town_counts_as_urban():
    found = choose(NATURE, "quan-a", DISTRICTS, fields_of(SHAPES))
    assert (found.kind, found.units, found.nature) == (NATURE, ("quan-b", "thi-xa"), "urban")
    assert choose(NATURE, "huyen-c", DISTRICTS, fields_of(SHAPES)).units == ()


def test_departments_have_no_nature():
    departments = {code: {"name": code, "short_name": code, "kind": "department"} for code in ("so-a", "so-b")}
    assert natures(departments) == {}
    assert choose(NATURE, "so-a", departments, []).kind == BLOCK


def test_sets_stand_in_vietnamese_order_without_the_unit():
    assert choose(BLOCK, "thi-xa", DISTRICTS, []).units == ("quan-b", "quan-a", "huyen-c")


@pytest.mark.parametrize("asked", ["so-noi-vu", "so-noi-vu,thi-xa", "thi-xa,so-noi-vu,,", "quan-a", "' OR 1=1", "own"])
def test_a_crafted_list_never_leaves_the_block(asked):
    found = choose(asked, "quan-a", DISTRICTS, fields_of(SHAPES))
    assert set(found.units) <= set(DISTRICTS) - {"quan-a"}
    assert (found.kind, found.units) == ((OWN, ("thi-xa",)) if "thi-xa" in asked else (BLOCK, found.units))


@given(st.dictionaries(st.text("abcdef", min_size=1), st.lists(st.fractions(0, 1), min_size=3, max_size=3), min_size=2))
def test_nearest_does_not_depend_on_levels_or_on_the_order_of_rows(shapes):
    unit = min(shapes)
    lowered = {code: [value / 2 for value in values] for code, values in shapes.items()}
    shifted = {code: [value / 2 + Fraction(1, 4) for value in values] for code, values in shapes.items()}
    found = nearest(fields_of(shapes), unit)
    assert found == nearest(list(reversed(fields_of(shapes))), unit)
    assert nearest(fields_of(lowered), unit) == nearest(fields_of(shifted), unit) == found
    assert unit not in found and len(found) == min(5, len(shapes) - 1)
