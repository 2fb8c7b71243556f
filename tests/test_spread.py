import re
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_read import number, numbers

from dashboard.figures.inline import EDGE, swarm
from dashboard.pages.rubric import rows as spread
from dashboard.words.formats import rounded

UNITS = ("a", "b", "c", "d")


def share(value: Fraction) -> Decimal:
    return rounded(value * 100, 1)


@st.composite
def blocks(draw):
    """A rubric of any depth in order, and a row a unit and item as the store gives them."""
    rubric: dict[str, dict] = {}

    def grow(parent: str, depth: int) -> None:
        for n in range(1, draw(st.integers(1, 3)) + 1):
            code = f"{parent}.{n}" if parent else str(n)
            branch = depth < 3 and draw(st.booleans())
            rubric[code] = {
                "criterion_code": code,
                "parent_code": parent or None,
                "name": f"Mục {code}",
                "name_en": None,
                "max_points": None if branch else draw(st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(2)])),
                "assessed_by": None if branch else draw(st.sampled_from(["appraisal", "survey"])),
            }
            if branch:
                grow(code, depth + 1)

    grow("", 0)
    rows = []
    for unit in UNITS[: draw(st.integers(1, 4))]:
        leaves: dict[str, dict] = {}
        for code, row in rubric.items():
            if row["max_points"] is None:
                continue
            full = row["max_points"]
            appraised = row["assessed_by"] == "appraisal"
            state = draw(
                st.sampled_from(
                    ["appraised", "appraised", "pending", "missing", "not_applicable"]
                    if appraised
                    else ["surveyed", "surveyed", "missing", "not_applicable"]
                )
            )
            own = full * draw(st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)]))
            points = full * draw(st.sampled_from([Decimal(0), Decimal("0.25"), Decimal("0.5"), Decimal(1)]))
            scored = state in ("appraised", "surveyed")
            applies = state != "not_applicable"
            leaves[code] = {
                "state": state,
                "self_points": own if appraised and state in ("appraised", "pending") else None,
                "appraised_points": points if state == "appraised" else None,
                "survey_points": points if state == "surveyed" else None,
                "points": points if scored else None,
                "max_points": full if applies else Decimal(0),
                "appraised_max": full if applies and appraised else Decimal(0),
                "attainment": points / full if scored else None,
                "gap": points - own if state == "appraised" else None,
            }
        for code in rubric:
            below = [row for leaf, row in leaves.items() if leaf == code or leaf.startswith(f"{code}.")]
            if code in leaves:
                found = leaves[code]
            else:
                found = {
                    column: sum((row[column] or Decimal(0) for row in below), Decimal(0))
                    for column in (
                        "self_points",
                        "appraised_points",
                        "survey_points",
                        "points",
                        "max_points",
                        "appraised_max",
                    )
                }
                both = [row["gap"] for row in below if row["gap"] is not None]
                found["gap"] = sum(both, Decimal(0)) if both else None
                found["attainment"] = found["points"] / found["max_points"] if found["max_points"] else None
                found["state"] = None
            rows.append({"unit_code": unit, "criterion_code": code, **found})
    return rubric, rows


@settings(max_examples=80, deadline=None)
@given(blocks(), st.sampled_from(["vi", "en"]))
def test_every_number_of_every_sentence_is_the_one_of_the_data(block, lang):
    rubric, rows = block
    found = spread.items(rubric, rows)
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
        said = numbers(spread.full(item, lang), lang)
        if not n:
            assert said == []
        elif lang == "en" and n == 1 and full in (0, 1):
            assert said in ([], [1, 1])
        else:
            assert said == ([n] if full in (0, n) else [full, n])
        middle = numbers(spread.middle(item, lang), lang)
        away = sum(unit not in open_ and not row["max_points"] for unit, row in mine.items())
        mean = sum(shares) / n if n else None
        expected = [share(mean), share(median(shares)), share(min(shares)), share(max(shares))] if n > 1 else []
        expected += [share(mean)] if n == 1 else []
        assert middle == [*expected, *([len(open_)] if open_ else []), *([away] if away else [])]
        assert item.open == len(open_) and item.away == away

        got = [row["points"] for unit, row in mine.items() if unit not in open_ and row["max_points"]]
        said = numbers(spread.points(item, lang), lang)
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
        said = numbers(spread.adjustments(item, lang), lang)
        if not both:
            assert said == []
        elif not changed:
            assert said == [len(both)]
        else:
            gap = sum((Fraction(row["gap"]) for row in both), Fraction()) / len(both)
            assert said == [len(changed), len(both), rounded(gap)]

        best = spread.highest(item, {}, lang)
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
def test_the_lowest_item_is_named_with_its_mean(block, lang):
    rubric, rows = block
    found = spread.items(rubric, rows)
    names = {code: f"Tên{code.replace('.', 'x')}z" for code in found}
    some = [item for item in found.values() if item.depth == 0]
    said = spread.lowest(some, names, lang)
    means = {item.code: item.mean for item in some if item.mean is not None}
    if not means:
        assert "%" not in said
        return
    least = min(means.values())
    assert number(re.search(r"([\d.,]+)%", said)[1], lang) == share(least)
    lowest = {code for code, mean in means.items() if mean == least}
    if len(lowest) <= 3 and (len(lowest) < len(means) or len(means) == 1):
        assert {code for code in names if names[code] in said} == lowest


def test_children_add_up_and_the_contents_count_the_leaves():
    rubric = {
        "1": {"parent_code": None, "max_points": None, "assessed_by": None},
        "1.1": {"parent_code": "1", "max_points": Decimal("1.5"), "assessed_by": "appraisal"},
        "9.4": {"parent_code": "1", "max_points": Decimal(2), "assessed_by": "survey"},
        "2": {"parent_code": None, "max_points": Decimal(3), "assessed_by": "appraisal"},
    }
    found = spread.items(rubric, [])
    assert (
        found["1"].maximum() == Decimal("3.5") and found["1"].source == "both" and found["1"].children == ("1.1", "9.4")
    )
    assert spread.contents(found, "vi") == (
        "2 lĩnh vực, 3 tiêu chí chấm điểm: 4,5 điểm do Hội đồng thẩm định, 2 điểm do điều tra xã hội học."
    )
    assert (
        spread.contents({"2": found["2"]}, "en")
        == "1 domain, 1 scored criterion: 3 points, all from appraisal by the council."
    )
    assert spread.full(found["2"], "en") == "No unit has points yet" and spread.axis(found) == (0, 100)


def test_reasons_are_counted_with_their_mean_change():
    rows = [
        {"gap": Decimal("-0.5"), "reason": "Thiếu tài liệu."},
        {"gap": Decimal("-0.25"), "reason": "Thiếu tài liệu"},
        {"gap": Decimal("0.25"), "reason": None},
        {"gap": Decimal(0), "reason": "Giữ nguyên"},
        {"gap": None, "reason": None},
    ]
    assert spread.reasons(rows) == [("Thiếu tài liệu", 2, Fraction(-3, 8)), ("", 1, Fraction(1, 4))]


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
