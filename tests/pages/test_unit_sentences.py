import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages_read import numbers

from dashboard.pages.comparison import rows as pairs
from dashboard.pages.comparison import sentences as pair_words
from dashboard.pages.unit import sentences
from dashboard.words import TEXTS, formats, say
from scoring.results import DETAILS

LANGS = st.sampled_from(["vi", "en"])


def unit(code="a", index="90.00", exact=None, rank=1, status="complete", previous=None, comparable=True):
    return {
        "unit_code": code,
        "index_value": None if index is None else Decimal(index),
        "index_exact": None if index is None else Decimal(exact or index),
        "rank": rank,
        "status": status,
        "previous_period": "2019" if previous or not comparable else None,
        "previous_index": Decimal(previous) if previous else None,
        "comparable": comparable,
    }


# Where the unit stands


@given(st.lists(st.integers(7000, 7008), min_size=1, max_size=9), st.integers(7000, 7008), LANGS)
def test_position_says_index_place_ties_and_change(points, before, lang):
    ranks = [1 + sum(other > value for other in points) for value in points]
    block = [
        unit(str(at), Decimal(value) / 100, rank=rank, previous=Decimal(before) / 100)
        for at, (value, rank) in enumerate(zip(points, ranks, strict=True))
    ]
    said = sentences.position(block[0], block, "X", lang)
    found = numbers(said, lang)
    assert found[:3] == [Decimal(points[0]) / 100, ranks[0], len(points)]
    tied = points.count(points[0]) - 1
    if tied:
        assert found[3] == tied
    change = points[0] - before
    word = {"vi": ("không đổi", "tăng", "giảm"), "en": ("the same", "up", "down")}[lang][(change > 0) - (change < 0)]
    assert word in said
    if change:
        assert abs(change) == found[-2] * 100


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (unit(previous=None), "X đạt 90,00 điểm, hạng 1/1."),
        (unit(previous="88.5"), "X đạt 90,00 điểm, hạng 1/1, tăng 1,50 điểm so với năm 2019."),
        (
            unit(previous="88.5", comparable=False),
            "X đạt 90,00 điểm, hạng 1/1. Không so với năm 2019 vì bộ tiêu chí đã thay đổi.",
        ),
    ],
)
def test_position_word_for_word(row, said):
    assert sentences.position(row, [row], "X", "vi") == said


def test_one_and_many_in_english():
    rows = [unit("a"), unit("b")]
    assert "tied at rank 1 of 2 with 1 other unit." in sentences.position(rows[0], rows, "X", "en")
    rows.append(unit("c"))
    assert "with 2 other units." in sentences.position(rows[0], rows, "X", "en")


# Where points were lost

LOSSES = st.lists(st.integers(0, 400), min_size=1, max_size=9).map(
    lambda lost: [{"label": f"F{chr(97 + at)}", "lost": Fraction(n, 97)} for at, n in enumerate(lost)]
)


@given(LOSSES, LANGS)
def test_losses_name_two_fields_at_most_and_none_where_others_lost_as_much(rows, lang):
    said = sentences.losses(rows, lang)
    lost = sorted((row for row in rows if row["lost"]), key=lambda row: -row["lost"])
    named = [row for row in rows if re.search(rf"\b{row['label']}\b", said)]
    if not lost:
        assert not named and not numbers(said, lang)
        return
    assert len(named) <= 2
    # Nobody left out lost as much as somebody named.
    out = [row["lost"] for row in lost if row not in named]
    assert all(row["lost"] > loss for row in named for loss in out)
    total = sum(row["lost"] for row in lost)
    if named and out:
        share, shown = numbers(said, lang)
        assert share == formats.rounded(100 * sum(row["lost"] for row in named) / total, 0)
        assert shown == formats.rounded(total)


@given(LOSSES, LANGS)
def test_the_check_holds_in_the_decimals_shown(rows, lang):
    total = sum(row["lost"] for row in rows)
    index = formats.rounded(100 - total)
    said = sentences.check(rows, index, lang)
    hundred, lost, shown, *rest = (abs(n) for n in numbers(said, lang))
    assert hundred == 100 and hundred - lost == shown == abs(index)
    added = sum(formats.rounded(row["lost"]) for row in rows)
    assert rest == ([] if added == 100 - index else [added])


def test_a_half_rounds_the_loss_with_the_index():
    said = sentences.check([{"lost": Fraction("5.785")}], Decimal("94.22"), "vi")
    assert said.startswith("Kiểm tra: 100 − 5,78 = 94,22.") and "5,79" in said


# Against others


@given(st.lists(st.one_of(st.none(), st.fractions(-1, 1)), max_size=9), LANGS)
def test_against_counts_fields_half_a_point_or_more_away(gaps, lang):
    said = sentences.against(gaps, "khoi", lang)
    known = [gap for gap in gaps if gap is not None]
    up, down = sum(gap >= Fraction(1, 200) for gap in known), sum(gap <= -Fraction(1, 200) for gap in known)
    expected = {0: []}.get(len(known))
    if expected is None:
        if len(known) in (up, down) or not (up or down):
            expected = [len(known)]
        else:
            expected = [up or down, len(known)] + ([down] if up and down else [])
    assert numbers(said, lang) == expected


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ([1, -1], "Cao hơn trung vị khối ở 1/2 lĩnh vực, thấp hơn ở 1"),
        ([1, 0], "Cao hơn trung vị khối ở 1/2 lĩnh vực, không thấp hơn ở lĩnh vực nào"),
        ([0, -1], "Thấp hơn trung vị khối ở 1/2 lĩnh vực, không cao hơn ở lĩnh vực nào"),
        ([1, 1], "Cao hơn trung vị khối ở cả 2 lĩnh vực"),
        ([0, 0], "Ngang trung vị khối ở cả 2 lĩnh vực"),
        ([None], "Chưa đủ điểm để so với trung vị khối"),
    ],
)
def test_against_word_for_word(gaps, said):
    assert sentences.against(gaps, "khoi", "vi") == said


# The council, people asked, years


@given(st.lists(st.integers(-300, 100)), st.integers(0, 5), LANGS)
def test_council_counts_and_adds_what_it_changed(cents, pending, lang):
    said = sentences.council([Decimal(n) / 100 for n in cents], pending, lang)
    changed = [n for n in cents if n]
    waiting = [pending] if pending and cents else []
    if not cents:
        assert numbers(said, lang) == []
    elif changed:
        assert numbers(said, lang) == [len(changed), Decimal(sum(changed)) / 100, *waiting]
    else:
        assert numbers(said, lang) == [len(cents), *waiting]


OPTIONS = [
    {"label": label, "favourable": at > 2}
    for at, label in enumerate(["Kém", "Chưa tốt", "Bình thường", "Tốt", "Rất tốt"])
]
COUNTS = st.lists(st.integers(0, 20), min_size=5, max_size=5)
GROUPS = st.lists(st.tuples(COUNTS, st.booleans()), max_size=5).map(
    lambda drawn: [
        {"label": f"G{chr(97 + at)}", "counts": counts, "suppressed": hidden}
        for at, (counts, hidden) in enumerate(drawn)
    ]
)


@given(GROUPS, LANGS)
def test_asked_names_the_groups_with_the_highest_share_and_no_withheld_one(groups, lang):
    said = say.asked(groups, OPTIONS, 5, lang)
    shown = {
        g["label"]: Fraction(sum(g["counts"][3:]), sum(g["counts"]))
        for g in groups
        if not g["suppressed"] and sum(g["counts"])
    }
    assert not any(re.search(rf"\b{g['label']}\b", said) for g in groups if g["suppressed"])
    if not shown:
        return
    best = max(shown.values())
    assert numbers(said, lang)[0] == formats.rounded(100 * best, 0)
    named = {label for label in shown if re.search(rf"\b{label}\b", said)}
    top = {label for label, share in shown.items() if share == best}
    assert named == (set() if len(top) == len(shown) > 1 else top)
    assert "“Tốt”" in said and "“Rất tốt”" in said


@pytest.mark.parametrize(
    ("ranks", "said"),
    [
        ({2019: 1, 2020: 1, 2021: 1, 2023: 4}, "Hạng 1 các năm 2019–2021, hạng 4 năm 2023"),
        ({2019: 1, 2021: 1}, "Hạng 1 các năm 2019 và 2021"),
        ({2022: None}, "1 năm có chỉ số đã công bố"),
        ({2019: 3, 2020: 1, 2021: 2, 2022: 9}, "Hạng từ 1 đến 9 trong 4 năm đã công bố"),
    ],
)
def test_years_word_for_word(ranks, said):
    rows = [{"period": str(year), "index": Decimal(80), "rank": rank} for year, rank in ranks.items()]
    assert sentences.years(rows, "vi") == said


def test_details_of_flags_in_words():
    points = {"self": Decimal("2.000"), "appraised": Decimal("0.75"), "max": Decimal(2)}
    assert say.flag_detail(points, "vi") == "tự đánh giá 2; thẩm định 0,75; tối đa 2"
    assert say.flag_detail({"submitted_on": date(2020, 12, 23), "rows": 4}, "vi") == "nộp 23/12/2020; 4 dòng"
    assert say.flag_detail({"before": "so-a", "after": "7"}, "en", {"so-a": "Sở A"}) == "before: Sở A; after: 7"
    assert say.flag_detail({"issued": None, "returned": 0}, "en") == "issued –; returned 0"


def test_every_part_of_a_flag_has_its_words():
    said = {key.removeprefix("flag.") for key in TEXTS if key.startswith("flag.")}
    assert said == {part for parts in DETAILS.values() for part in parts}


# Two units

COVARIANCE = {("a", "a"): 0.04, ("b", "b"): 0.05}
NAMES = {"a": "A", "b": "B"}


@pytest.mark.parametrize(
    ("a", "b", "covariance", "verdict", "said"),
    [
        (
            "90",
            "89",
            COVARIANCE,
            "different",
            "A cao hơn B 1,00 điểm; khác biệt vượt sai số chọn mẫu (khoảng 95% của hiệu: +0,41 đến +1,59).",
        ),
        (
            "89",
            "89.5",
            COVARIANCE,
            "alike",
            "B cao hơn A 0,50 điểm; chưa đủ căn cứ khẳng định khác biệt (khoảng 95% của hiệu: −0,09 đến +1,09).",
        ),
        ("90", "89", {}, "unknown", "A cao hơn B 1,00 điểm."),
        ("90", "90", {}, "unknown", "A và B cùng đạt 90,00 điểm."),
        (
            "90",
            "89",
            {("a", "a"): 0.0, ("b", "b"): 0.0},
            "certain",
            "A cao hơn B 1,00 điểm; hiệu này không chịu sai số chọn mẫu.",
        ),
    ],
)
def test_pairs_test_their_difference(a, b, covariance, verdict, said):
    rows = unit("a", a), unit("b", b)
    found = pairs.pair(*rows, covariance)
    assert (found.verdict, pair_words.compared(found, *rows, NAMES, "vi")) == (verdict, said)


def test_what_two_units_share_counts():
    rows = unit("a", "90"), unit("b", "89.6")
    assert pairs.pair(*rows, COVARIANCE).verdict == "alike"
    assert pairs.pair(*rows, COVARIANCE | {("b", "a"): 0.04}).verdict == "different"


def test_an_incomplete_unit_is_not_compared():
    rows = unit("a"), unit("b", status="incomplete", rank=None)
    found = pairs.pair(*rows, COVARIANCE)
    assert pair_words.compared(found, *rows, NAMES, "vi") == "Chưa so sánh A và B vì B chưa đủ điểm."


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 1))
def test_a_pair_does_not_depend_on_its_order(one, two, first, second):
    rows = [unit(c, formats.rounded(Decimal(n) / 10**4), Decimal(n) / 10**4) for c, n in (("a", one), ("b", two))]
    covariance = {("a", "a"): first, ("b", "b"): second}
    found, other = pairs.pair(*rows, covariance), pairs.pair(*rows[::-1], covariance)
    assert (found.verdict, found.difference) == (other.verdict, other.difference)
    assert found.difference >= 0
