import re
from decimal import Decimal
from fractions import Fraction
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_read import number, numbers
from random_rubrics import blocks

from dashboard.figures.inline import EDGE, swarm
from dashboard.pages.rubric import sentences
from dashboard.pages.rubric.rows import axis, items, reasons
from dashboard.words.formats import rounded


def share(value: Fraction) -> Decimal:
    return rounded(value * 100, 1)


@settings(max_examples=80, deadline=None)
@given(blocks(), st.sampled_from(["vi", "en"]))
def test_every_number_of_every_sentence_is_the_one_of_the_data(block, lang):
    rubric, rows = block
    found = items(rubric, rows)
    for code, item in found.items():
        mine = {row["unit_code"]: row for row in rows if row["criterion_code"] == code}
        below = [
            row
            for row in rows
            if row["state"] and (row["criterion_code"] == code or row["criterion_code"].startswith(f"{code}."))
        ]
        open_ = {row["unit_code"] for row in below if row["state"] in ("pending", "missing")}
        shares = [
            Fraction(row["points"]) / Fraction(row["max_points"])
            for unit, row in mine.items()
            if unit not in open_ and row["max_points"]
        ]
        full, n = sum(value == 1 for value in shares), len(shares)
        said = numbers(sentences.full(item, lang), lang)
        if not n:
            assert said == []
        elif lang == "en" and n == 1 and full in (0, 1):
            assert said in ([], [1, 1])
        else:
            assert said == ([n] if full in (0, n) else [full, n])
        middle = numbers(sentences.middle(item, lang), lang)
        away = sum(unit not in open_ and not row["max_points"] for unit, row in mine.items())
        mean = sum(shares) / n if n else None
        expected = [share(median(shares)), share(mean), share(min(shares)), share(max(shares))] if n > 1 else []
        expected += [share(mean)] if n == 1 else []
        assert middle == [*expected, *([len(open_)] if open_ else []), *([away] if away else [])]
        assert item.open == len(open_) and item.away == away

        got = [row["points"] for unit, row in mine.items() if unit not in open_ and row["max_points"]]
        said = numbers(sentences.points(item, lang), lang)
        if got and min(got) != max(got):
            assert said == [rounded(min(got)), rounded(max(got)), rounded(sum(map(Fraction, got)) / len(got))]
        else:
            assert said == [rounded(value) for value in got[:1]]

        both = [
            row
            for row in mine.values()
            if row["gap"] is not None
            and None not in (row["appraised_points"], row["self_points"])
            and row["appraised_points"] - row["self_points"] == row["gap"]
        ]
        changed = {row["unit_code"] for row in below if row["gap"]} & {row["unit_code"] for row in both}
        said = numbers(sentences.adjustments(item, lang), lang)
        if not both:
            assert said == []
        elif not changed:
            assert said == [len(both)]
        else:
            gap = sum((Fraction(row["gap"]) for row in both), Fraction()) / len(both)
            assert said == [len(changed), len(both), rounded(gap)]

        best = sentences.highest(item, {}, lang)
        printed = [number(text, lang) for text in re.findall(r"([\d.,]+)%", best)]
        if n:
            assert printed[0] == share(max(shares))
            assert len(printed) == 1 or printed[1] == share(median(shares))
            leaders = [row["unit_code"] for row in mine.values() if row["unit_code"] not in open_ and row["max_points"]
                       and Fraction(row["points"]) / Fraction(row["max_points"]) == max(shares)]  # fmt: skip
            if len(leaders) <= 3 and len(leaders) < n:
                assert all(re.search(rf"\b{unit}\b", best) for unit in leaders)


@settings(max_examples=60, deadline=None)
@given(blocks(), st.sampled_from(["vi", "en"]))
def test_the_lowest_item_is_named_with_its_median(block, lang):
    rubric, rows = block
    found = items(rubric, rows)
    names = {code: f"Tên{code.replace('.', 'x')}z" for code in found}
    some = [item for item in found.values() if item.depth == 0]
    said = sentences.lowest(some, names, lang)
    middles = {item.code: median(item.shares) for item in some if item.shares}
    if not middles:
        assert "%" not in said
        return
    lowest = set()
    for of in (median, mean):
        values = {item.code: of(item.shares) for item in some if item.shares}
        lowest.add(frozenset(code for code, value in values.items() if value == min(values.values())))
        if len(lowest) == 1 and of is mean:
            continue
        assert share(min(values.values())) in {number(text, lang) for text in re.findall(r"([\d.,]+)%", said)}
    most = max(map(len, lowest))
    if most <= 3 and (len(lowest) == 2 or most < len(middles) or len(middles) == 1):
        assert {code for code in names if names[code] in said} == frozenset.union(*lowest)


def test_children_add_up_and_the_contents_count_the_leaves():
    rubric = {
        "1": {"parent_code": None, "max_points": None, "assessed_by": None},
        "1.1": {"parent_code": "1", "max_points": Decimal("1.5"), "assessed_by": "appraisal"},
        "9.4": {"parent_code": "1", "max_points": Decimal(2), "assessed_by": "survey"},
        "2": {"parent_code": None, "max_points": Decimal(3), "assessed_by": "appraisal"},
    }
    found = items(rubric, [])
    assert (
        found["1"].maximum() == Decimal("3.5") and found["1"].source == "both" and found["1"].children == ("1.1", "9.4")
    )
    assert sentences.contents(found, "vi") == (
        "2 lĩnh vực, 3 tiêu chí chấm điểm: 4,5 điểm do Hội đồng thẩm định, 2 điểm do điều tra xã hội học."
    )
    assert (
        sentences.contents({"2": found["2"]}, "en")
        == "1 domain, 1 scored criterion: 3 points, all from appraisal by the council."
    )
    assert sentences.full(found["2"], "en") == "No unit has points yet" and axis(found) == (0, 100)


def test_reasons_are_counted_with_their_mean_change():
    rows = [
        {"gap": Decimal("-0.5"), "reason": "Thiếu tài liệu."},
        {"gap": Decimal("-0.25"), "reason": "Thiếu tài liệu"},
        {"gap": Decimal("0.25"), "reason": None},
        {"gap": Decimal(0), "reason": "Giữ nguyên"},
        {"gap": None, "reason": None},
    ]
    assert reasons(rows) == [("Thiếu tài liệu", 2, Fraction(-3, 8)), ("", 1, Fraction(1, 4))]


@pytest.mark.parametrize("n", [1, 2, 30])
def test_a_strip_has_a_dot_a_unit_within_its_picture(n):
    shares = tuple(0.4 + 0.6 * at / 30 for at in range(n))
    address = swarm(shares, span=(40, 100), width=164, median=shares[n // 2])
    assert address.startswith("data:image/svg+xml,") and "#" not in address
    path = re.search(r"d='M(.*?)'", address)[1]
    dots = [tuple(map(float, corner.split())) for corner in path.split("L")]
    assert len(set(dots)) == n
    assert all(EDGE <= x <= 164 - EDGE and 3.6 <= y <= 36 - 3.6 for x, y in dots)
    assert [x for x, _ in dots] == sorted(x for x, _ in dots)
