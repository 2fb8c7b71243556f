from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words import formats as f


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (f.points(Decimal("94.22")), "94,22"),
        (f.points(Decimal("94.22"), "en"), "94.22"),
        (f.of_max(Decimal("8.75"), Decimal("10")), "8,75/10"),
        (f.of_max(Decimal("0.75"), Decimal("1.5000")), "0,75/1,5"),
        (f.percent(Fraction(457, 500)), "91,4%"),
        (f.signed(Decimal("1.25")), "+1,25"),
        (f.signed(Decimal("-0.5")), "−0,50"),
        (f.signed(Decimal("-0.004")), "0,00"),
        (f.pp(Fraction(378, 10000)), "+3,78 điểm phần trăm"),
        (f.pp(Fraction(-1, 100), places=1, short=True), "−1,0 đ.%"),
        (f.in_points(Decimal("1.25"), sign=True), "+1,25 điểm"),
        (f.in_points(Decimal("1"), "en", 0), "1 point"),
        (f.count(12450), "12.450"),
        (f.count(12450, "en"), "12,450"),
        (f.rank(7, 30), "7/30"),
        (f.rank(10, tied=True), "=10"),
        (f.interval(9, 19), "9–19"),
        (f.interval(1, 1), "1"),
        (f.date(date(2021, 5, 5), official=True), "05/5/2021"),
        (f.date(date(2021, 2, 15), official=True), "15/02/2021"),
        (f.date(date(2021, 5, 5)), "05/05/2021"),
        (f.date(date(2021, 5, 5), "en"), "5 May 2021"),
        (f.moment(datetime(2020, 12, 22, 16, 40)), "22/12/2020 16:40"),
        (f.bytes_size(12400), "12,4 kB"),
    ],
)
def test_numbers_read_as_officials_write_them(shown, expected):
    assert shown == expected


@pytest.mark.parametrize("show", [f.points, f.percent, f.signed, f.pp, f.in_points, f.count, f.rank, f.date, f.moment])
def test_what_is_missing_is_a_dash_never_a_nought(show):
    assert show(None) == "–"


@pytest.mark.parametrize("value", [Decimal("0.285"), Fraction(57, 200), 0.285])
def test_halves_go_up_exactly(value):
    assert f.points(value) == "0,29"
    assert f.points(-value) == "−0,29"


@given(st.decimals(-(10**9), 10**9, places=6), st.sampled_from(f.LANGUAGES))
def test_separators_are_those_of_babel(value, lang):
    shown = f.rounded(value, 2)
    assert f.number(value, lang) == format_decimal(shown, "#,##0.00", locale=lang).replace("-", "−").removeprefix(
        "−" if shown == 0 else ""
    )


@given(st.fractions(-1000, 1000), st.integers(0, 4))
def test_rounding_of_a_fraction_is_half_up(value, places):
    error = abs(Fraction(f.rounded(value, places)) - value)
    assert error <= Fraction(1, 2 * 10**places)
    if error == Fraction(1, 2 * 10**places):
        assert abs(Fraction(f.rounded(value, places))) > abs(value)


def test_names_stand_in_vietnamese_order():
    names = (
        "Ý Yên|Đan Phượng|Ba Vì|Ấp|Ân|An|Ăn|Ứng Hòa|Uông|Da|Dạ|Đa|Ba Đình|Bả|Hà Đông|Hai Bà Trưng|Hoài Đức|Hoàn Kiếm"
    )
    expected = (
        "An|Ăn|Ân|Ấp|Bả|Ba Đình|Ba Vì|Da|Dạ|Đa|Đan Phượng|Hà Đông|Hai Bà Trưng|Hoài Đức|Hoàn Kiếm|Uông|Ứng Hòa|Ý Yên"
    )
    assert sorted(names.split("|"), key=f.vietnamese_order) == expected.split("|")
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=f.vietnamese_order) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@given(
    st.lists(
        st.text("aăâbcdđeêoôơuưyàảãáạấệữxz ", min_size=1, max_size=4).map(str.strip).filter(bool),
        min_size=1,
        max_size=12,
    )
)
def test_the_order_is_that_of_the_store(names):
    ordered = sorted(set(names), key=f.vietnamese_order)
    sql = "SELECT list(name ORDER BY name COLLATE vi) FROM (SELECT unnest(?::VARCHAR[]) AS name)"
    assert duckdb.execute(sql, [list(set(names))]).fetchone()[0] == ordered


@pytest.mark.parametrize("typed", ["Cầu Giấy", "CẦU  GIẤY", "cau giay", "Ca\u0302\u0300u Gia\u0302\u0301y"])
def test_search_ignores_accents_and_case(typed):
    assert f.fold(typed) == "cau giay"


def test_search_reads_đ_as_d():
    assert f.fold("Đống Đa") == "dong da"
