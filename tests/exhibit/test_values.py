"""Values that pages are made of: how they are written for people, what files keep of them, what parts a page has."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from dashboard.exhibit import measure
from dashboard.exhibit.page import Columns, Drawing, Exhibit, Fold, Group, Header, Page, Screen, Section, exhibits_of
from dashboard.exhibit.table import Column
from dashboard.exhibit.text import Instead, Link, Mark, Number, Span, plain, remark
from dashboard.render.export import exact

WRITTEN = [
    (measure.points(), Decimal("94.2249"), "94,22", (Decimal("94.2249"),)),
    (measure.points(0), Decimal("94.5"), "95", (Decimal("94.5"),)),
    (measure.MAXIMUM, Decimal("0.50"), "0,5", (Decimal("0.50"),)),
    (measure.change(), Decimal("-0.5"), "−0,50", (Decimal("-0.5"),)),
    (measure.share(), Fraction(457, 500), "91,4%", (Fraction(457, 5),)),
    (measure.share(sign=False), Fraction(457, 500), "91,4", (Fraction(457, 5),)),
    (measure.share(signed=True), Fraction(-1, 16), "−6,3%", (Fraction(-25, 4),)),
    (measure.pp(), Fraction(378, 10000), "+3,78 đ.%", (Fraction(189, 50),)),
    (measure.of_max(), (Decimal("8.75"), Decimal(10)), "8,75/10", (Decimal("8.75"), Decimal(10))),
    (measure.interval(), (4, 9), "4–9", (4, 9)),
    (measure.interval(2), (Decimal("92.1"), Decimal("94.8")), "92,10–94,80", (Decimal("92.1"), Decimal("94.8"))),
    (
        measure.change_interval(),
        (Decimal("-0.5"), Decimal("0.25")),
        "−0,50 … +0,25",
        (Decimal("-0.5"), Decimal("0.25")),
    ),
    (measure.change_interval(), (0, Fraction(1, 1000)), "0,00", (0, Fraction(1, 1000))),
    (measure.share_n(signed=True), (Fraction(-3, 8), 2), "−37,5% (2)", (Fraction(-75, 2), 2)),
    (measure.share_interval(), (Fraction(1, 8), Fraction(1, 4)), "12,5–25,0%", (Fraction(25, 2), Fraction(25))),
    (measure.share_of(), (12, 150), "12 (8%)", (12, Fraction(8))),
    (measure.share_of(), (0, 0), "–", (None, None)),
    (measure.moved(), (2, Decimal("1.5"), 2), "2,00 → 1,50/2", (2, Decimal("1.5"), 2)),
    (measure.COUNT, 12450, "12.450", (12450,)),
    (measure.YEAR, 2020, "2020", (2020,)),
    (measure.RANK, (10, True), "=10", (10,)),
    (measure.RANK, 7, "7", (7,)),
    (measure.DATE, date(2021, 5, 5), "05/05/2021", (date(2021, 5, 5),)),
    (measure.MOMENT, datetime(2020, 12, 22, 16, 40), "22/12/2020 16:40", (datetime(2020, 12, 22, 16, 40),)),
]


@pytest.mark.parametrize(("of", "value", "text", "kept"), WRITTEN)
def test_a_measure_writes_for_people_and_keeps_for_files(of, value, text, kept):
    assert of.write(value, "vi") == text
    assert of.keep(value) == kept
    assert len(of.parts) == len(kept)


def test_english_has_its_own_signs():
    assert measure.points().write(Decimal("1234.5"), "en") == "1,234.50"
    assert measure.pp().write(Fraction(1, 100), "en") == "+1.00 pp"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Fraction(457, 5), Decimal("91.4")),
        (Fraction(6, 2), 3),
        (Fraction(2, 3), Decimal("0.66666666666666667")),
        (Fraction(1, 2**40), Decimal(1) / Decimal(2**40)),
        (0.1, Decimal("0.1")),
        (None, None),
    ],
)
def test_files_keep_numbers_whole(value, kept):
    assert exact(value) == kept


def test_what_is_missing_or_withheld_says_so():
    column = Column("n", lambda row: row, measure.COUNT)
    assert [column.text(value, "vi") for value in (None, 0, Instead("n<5"))] == ["–", "0", "n<5"]
    assert Column("name", lambda row: row).text(None, "vi") == ""


def test_texts_are_read_without_marks_and_what_is_on_the_screen_alone():
    text = ["Giảm", Mark("down", "giảm"), Number("0,50", "2020.a.total.gap"), Span(" xem", screen=True), " điểm"]
    assert plain(text) == "Giảm 0,50 điểm"
    assert plain([Span("1"), Link("Chỉ đạo", "/x")]) == "1 Chỉ đạo"


def test_every_exhibit_of_a_page_is_found_once_from_top_to_bottom():
    one, two, three = (Exhibit(id, id, body=[Screen("controls"), Drawing()]) for id in ("one", "two", "three"))
    outer = Exhibit("outer", "outer", body=Columns([three]))
    page = Page(
        Header("title"), [Section("s", "s", [Columns([one, Group([two])])]), [None, one], Fold("more", [outer])]
    )
    assert [exhibit.called for exhibit in exhibits_of(page)] == ["one", "two", "outer", "three"]


@pytest.mark.parametrize(
    "lang, note, note_en, shown",
    [
        ("vi", "in mờ", "faint", "in mờ"),
        ("en", "in mờ", "faint", "faint"),
        ("en", "in mờ", None, Span("in mờ", lang="vi")),
        ("vi", "ASCII", None, "ASCII"),
        ("en", "ASCII", None, Span("ASCII", lang="vi")),
        ("en", None, None, ""),
    ],
)
def test_a_remark_stands_in_the_language_that_its_column_says(lang, note, note_en, shown):
    assert remark({"note": note, "note_en": note_en}, lang) == shown
