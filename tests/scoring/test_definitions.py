"""The definition tables that come with the project say what the city's plan says, and say what is illustrative."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.tables import TABLES

DATA = Path(__file__).parents[2] / "data" / "definitions"
PLAN = Path(__file__).parents[1] / "data" / "plan_178_annexes.csv"
FILES = sorted(DATA.glob("*/*.csv"))
UNOFFICIAL = "English: unofficial translation"
BLOCK_OF_ANNEX = {"1": "department", "2": "district"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> list[dict[str, str]]:
    return rows(DATA / "2020" / f"{name}.csv")


def leaves(unit_group: str, assessed_by: str | None = None) -> dict[str, dict[str, str]]:
    return {
        row["criterion_code"]: row
        for row in table("rubric")
        if row["unit_group"] == unit_group and row["max_points"] and assessed_by in (None, row["assessed_by"])
    }


def points(of_leaves: dict[str, dict[str, str]]) -> Decimal:
    return sum((Decimal(row["max_points"]) for row in of_leaves.values()), Decimal(0))


def plan_code(printed: str) -> str:
    """The code that the plan means: it prints 1.43, 4.4. and 6..1.4 in Annex 2."""
    return {"1.43": "1.4.3"}.get(printed, re.sub(r"\.+", ".", printed).strip("."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_tables_have_their_columns_and_unique_keys(path):
    declared = TABLES[path.stem]
    found = rows(path)
    assert {column.name for column in declared.required} <= set(found[0])
    assert set(found[0]) <= set(declared.names)
    keys = Counter(tuple(row[name] for name in declared.key) for row in found)
    assert max(keys.values()) == 1
    assert all(all(key) for key in keys)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_text_is_composed_and_trimmed(path):
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert all(cell == cell.strip() for row in rows(path) for cell in row.values())


@pytest.mark.parametrize(("block", "surveyed", "appraised"), [("department", 31, 69), ("district", 33, 67)])
def test_a_block_has_a_hundred_points(block, surveyed, appraised):
    assert points(leaves(block)) == 100
    assert points(leaves(block, "survey")) == surveyed
    assert points(leaves(block, "appraisal")) == appraised


def test_the_rubric_is_a_tree_whose_leaves_alone_carry_points():
    for block in BLOCK_OF_ANNEX.values():
        items = {row["criterion_code"]: row for row in table("rubric") if row["unit_group"] == block}
        parents = {row["parent_code"] for row in items.values()} - {""}
        assert parents <= set(items)
        for code, row in items.items():
            is_leaf = code not in parents
            assert bool(row["max_points"]) is bool(row["assessed_by"]) is is_leaf
            assert bool(row["survey_method"]) is (row["assessed_by"] == "survey")
            path = [code]
            while items[path[-1]]["parent_code"]:
                path.append(items[path[-1]]["parent_code"])
                assert len(path) < 10, f"{block} {code}: no way up to a field"
        assert sorted(code for code, row in items.items() if not row["parent_code"]) == list("123456789")


def test_satisfaction_of_districts_is_printed_as_9_4_and_counts_under_9_2():
    district = leaves("district", "survey")
    below = {code for code, row in district.items() if row["parent_code"] == "9.2"}
    assert below == {"9.4.1", "9.4.2", "9.4.3", "9.4.4", "9.4.5"}


def test_surveyed_leaves_are_those_of_the_plan_with_its_points_and_names():
    printed = defaultdict(dict)
    for row in rows(PLAN):
        printed[BLOCK_OF_ANNEX[row["annex"]]][plan_code(row["printed_code"])] = row
    for block, plan in printed.items():
        surveyed = leaves(block, "survey")
        assert set(surveyed) == set(plan) - {"", "9.2"}
        for code, row in surveyed.items():
            assert Decimal(row["max_points"]) == Decimal(plan[code]["max_points"].replace(",", "."))
            assert row["name"] == plan[code]["name"].rstrip(".")
            assert row["origin"] == f"178/KH-UBND 2020, Phụ lục {plan[code]['annex']}"
        group_9_2 = {code: row for code, row in surveyed.items() if row["parent_code"] == "9.2"}
        assert points(group_9_2) == Decimal(plan["9.2"]["max_points"]) == 10
    assert points(leaves("department", "survey")) == Decimal(printed["department"][""]["max_points"])


def test_misprints_of_the_plan_are_noted():
    noted = {
        (row["unit_group"], row["criterion_code"]): row["note"]
        for row in table("rubric")
        if row["note"].startswith("printed as")
    }
    for row in rows(PLAN):
        code = plan_code(row["printed_code"])
        if code != row["printed_code"]:
            assert f"printed as {row['printed_code']};" in noted.pop((BLOCK_OF_ANNEX[row["annex"]], code))
    assert not noted


def test_what_the_plan_does_not_give_is_marked_illustrative():
    assert all(row["origin"].startswith("illustrative") for row in table("rubric") if row["assessed_by"] != "survey"
               and row["criterion_code"] != "9.2")  # fmt: skip
    assert all("survey method: illustrative" in row["note"] for row in table("rubric") if row["survey_method"])
    for name in ("questions", "scales", "respondent_groups"):
        assert all(row["origin"].startswith("illustrative") for row in table(name))


def test_every_name_stands_in_english_and_is_marked_unofficial():
    for row in table("rubric"):
        assert row["name_en"] and row["note"].endswith(UNOFFICIAL)
    for row in table("questions"):
        assert row["text_en"] and row["origin"].endswith(UNOFFICIAL)
    for row in table("scales"):
        assert row["label_en"] and row["origin"].endswith(UNOFFICIAL)
    assert all(
        row["name_en"] for name in ("units", "unit_groups", "respondent_groups", "process_steps") for row in table(name)
    )


def test_english_keeps_the_words_of_the_glossary():
    text = "\n".join(row["name_en"] for row in table("rubric"))
    assert "reform of administrative procedures" not in text.lower()
    assert not re.search(r"\b(CCHC|TTHC|VBQPPL|Sở|Huyện)\b", text)


def test_every_surveyed_leaf_is_asked_and_no_other():
    for block in BLOCK_OF_ANNEX.values():
        asked = {row["criterion_code"] for row in table("questions") if row["unit_group"] == block}
        assert asked == set(leaves(block, "survey"))
    scales = {row["scale"] for row in table("scales")}
    groups = {(row["unit_group"], row["respondent_group"]) for row in table("respondent_groups")}
    assert {row["scale"] for row in table("questions")} == scales
    assert {(row["unit_group"], row["respondent_group"]) for row in table("questions")} == groups
    assert Counter(block for block, _ in groups) == {"department": 5, "district": 5}


def test_units_are_22_and_30_and_fill_the_tile_map_once_each():
    units = table("units")
    assert Counter(row["unit_group"] for row in units) == {"department": 22, "district": 30}
    assert Counter(row["kind"] for row in units if row["unit_group"] == "district") == {
        "urban_district": 12,
        "rural_district": 17,
        "town": 1,
    }
    cells = [(row["grid_row"], row["grid_col"]) for row in units if row["unit_group"] == "district"]
    assert len(set(cells)) == 30 and all(row.isdigit() and col.isdigit() for row, col in cells)
    assert not any(row["grid_row"] or row["grid_col"] for row in units if row["unit_group"] == "department")
    assert {row["lead_appraiser"] for row in table("rubric")} - {""} <= {row["unit_code"] for row in units}


def test_published_results_are_of_known_units_and_keep_the_source_s_quirks():
    published = rows(DATA / "published" / "published_results.csv")
    assert {row["unit_code"] for row in published} <= {row["unit_code"] for row in table("units")}
    assert all(row["decision"] and row["source"] for row in published)
    of_2020 = {row["unit_code"]: (row["index"], row["rank"]) for row in published if row["period"] == "2020"}
    assert of_2020 == {
        "so-tai-chinh": ("92.76", "1"),
        "so-tai-nguyen-va-moi-truong": ("76.27", "22"),
        "quan-cau-giay": ("94.22", "1"),
        "huyen-quoc-oai": ("83.86", "30"),
    }


def test_the_misprint_of_2022_stands_as_printed():
    """81.41 at place 9 between 88.83 and 88.33. Once the source is mended, this fails: drop the note then."""
    published = rows(DATA / "published" / "published_results.csv")
    departments = {row["unit_code"] for row in table("units") if row["unit_group"] == "department"}
    listed = sorted(
        (int(row["rank"]), Decimal(row["index"]), row["unit_code"])
        for row in published
        if row["period"] == "2022" and row["unit_code"] in departments and row["rank"] and row["index"]
    )
    wrong = [
        unit
        for (_, before, _), (_, value, unit), (_, after, _) in zip(listed, listed[1:], listed[2:], strict=False)
        if not before >= value >= after and before >= after
    ]
    assert wrong == ["so-giao-thong-van-tai"]
    row = next(row for row in published if row["period"] == "2022" and row["unit_code"] == wrong[0])
    assert (row["index"], row["rank"]) == ("81.41", "9") and "misprint" in row["note_en"]
