"""The made-up season: plausible, the same for the same seed, and true to what was published."""

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from scoring import survey
from scoring.demo import BEFORE, PERIOD, PUBLISHED, SMALL_CELL, WITHOUT_PROCEDURES, make_season
from scoring.index import BlockResult, Score, decide, score_block
from scoring.rubric import SURVEY, Rubric
from scoring.tables import TABLES

ALL_DEFINITIONS = Path(__file__).parents[2] / "data" / "definitions"
DEFINITIONS = ALL_DEFINITIONS / PERIOD
FIRST_AND_LAST = {
    "so-tai-chinh": ("92.76", 1),
    "so-tai-nguyen-va-moi-truong": ("76.27", 22),
    "quan-cau-giay": ("94.22", 1),
    "huyen-quoc-oai": ("83.86", 30),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_rows(folder: Path, pattern: str) -> list[dict[str, str]]:
    return [row for path in sorted(folder.glob(pattern)) for row in rows(path)]


RUBRIC, UNITS, QUESTIONS = (rows(DEFINITIONS / f"{name}.csv") for name in ("rubric", "units", "questions"))
BLOCK = {row["unit_code"]: row["unit_group"] for row in UNITS}
ITEM = {(row["unit_group"], row["criterion_code"]): row for row in RUBRIC}


def self_scores(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["unit_code"], row["criterion_code"]): row for row in all_rows(folder, "tu-danh-gia-*.csv")}


def appraised(folder: Path) -> list[dict[str, str]]:
    return all_rows(folder, "tham-dinh-*.csv")


def score(row: dict[str, str]) -> Score:
    return Score(Fraction(row["points"]) if row["points"] else None)


def results(folder: Path) -> tuple[dict[str, BlockResult], list[survey.Cell]]:
    """What the season scores, from its files alone."""
    scales, number = defaultdict(dict), {}
    for row in rows(DEFINITIONS / "scales.csv"):
        value = Fraction(row["value"]) if row["value"] else None
        scales[row["scale"]][row["option"]] = survey.Option(value, row["satisfied"] == "1")
        number[row["scale"], row["label"]] = row["option"]
    blocks, cells = {}, []
    own = {key: score(row) for key, row in self_scores(folder).items()}
    decided = decide(
        (row["unit_code"], row["criterion_code"], int(row["round"]), score(row)) for row in appraised(folder)
    )
    for block in ("department", "district"):
        items = [row for row in RUBRIC if row["unit_group"] == block]
        asked = [row for row in QUESTIONS if row["unit_group"] == block]
        counts, n_ballots, n_valid = defaultdict(Counter), Counter(), Counter()
        for group in sorted({row["respondent_group"] for row in asked}):
            of_group = [row for row in asked if row["respondent_group"] == group]
            for ballot in rows(folder / f"phieu-{group}.csv"):
                unit = ballot["unit_code"]
                n_ballots[unit, group] += 1
                for question in of_group:
                    if answer := ballot[question["question_code"]]:
                        option = number.get((question["scale"], answer), answer)
                        counts[unit, group, question["question_code"]][option] += 1
                        n_valid[unit, question["criterion_code"], group] += option != "9"
        of_block = survey.cells(
            questions=[
                (row["respondent_group"], row["question_code"], row["criterion_code"], row["scale"]) for row in asked
            ],
            methods={row["criterion_code"]: row["survey_method"] for row in items if row["survey_method"]},
            scales=scales,
            counts=counts,
            n_ballots=n_ballots,
            n_valid=n_valid,
            group_weight={row["respondent_group"]: Fraction(1) for row in asked},
            leaf_weight={},
            not_applicable={key for key, one in decided.items() if one.not_applicable},
            min_cell=5,
        )
        tree = [{**row, "max_points": Fraction(row["max_points"]) if row["max_points"] else None} for row in items]
        blocks[block] = score_block(
            Rubric.from_rows(tree),
            [unit for unit in BLOCK if BLOCK[unit] == block],
            self_scores=own,
            decided_scores=decided,
            survey_values=survey.leaf_values(of_block),
        )
        cells += of_block
    return blocks, cells


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("demo")
    folders = make_season(ALL_DEFINITIONS, out)
    assert [folder.name for folder in folders] == ["2019-dinh-nghia", "2019", "2020"]
    return out


@pytest.fixture(scope="module")
def appraising(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("appraising")
    make_season(ALL_DEFINITIONS, out, stage="appraising")
    return out


def test_the_same_seed_writes_the_same_bytes(demo, tmp_path):
    make_season(ALL_DEFINITIONS, tmp_path)
    assert content(tmp_path) == content(demo)


@pytest.mark.parametrize("seed", [2020, 1, 7])
def test_published_values_are_met_and_stay_first_and_last(seed, tmp_path):
    make_season(ALL_DEFINITIONS, tmp_path, seed=seed)
    for period in (BEFORE, PERIOD):
        blocks, _ = results(tmp_path / period)
        for block in blocks.values():
            ranked = sorted(block.units, key=lambda unit: unit.rank)
            assert all(unit.status == "complete" for unit in ranked)
            published = PUBLISHED[period]
            met = [unit for unit in ranked if unit.unit_code in published]
            assert all(unit.index_value == Decimal(published[unit.unit_code]) for unit in met)
            if period == PERIOD:
                assert [(str(unit.index_value), unit.rank) for unit in met] == [
                    FIRST_AND_LAST[ranked[0].unit_code],
                    FIRST_AND_LAST[ranked[-1].unit_code],
                ]
                assert ranked[0].index_value > ranked[1].index_value
                assert ranked[-2].index_value > ranked[-1].index_value
            else:
                assert [unit.rank for unit in met] == [1, 2, 3]
                assert ranked[2].index_value > ranked[3].index_value


def test_files_have_the_columns_of_their_tables(demo):
    for path in demo.rglob("*.csv"):
        header = set(rows(path)[0])
        table = next(
            table
            for table in TABLES.values()
            if {column.name for column in table.required} <= header
            and (table.name == "ballots" or header <= set(table.names))
        )
        if table.name != "ballots":
            keys = Counter(tuple(row[name] for name in table.key) for row in rows(path))
            assert max(keys.values()) == 1, path.name


def test_there_are_about_thirty_thousand_ballots_over_ten_groups(demo):
    ballots = {path.stem: rows(path) for path in (demo / PERIOD).glob("phieu-*.csv")}
    assert len(ballots) == 10
    assert 28_000 < sum(map(len, ballots.values())) < 33_000
    for name, of_group in ballots.items():
        assert len({row["ballot_id"] for row in of_group}) == len(of_group)
        days = [row["collected_on"] for row in of_group]
        assert min(days) >= "2020-09-15" and max(days) <= "2020-11-30"
        asked = {row["question_code"] for row in QUESTIONS if row["respondent_group"] == name.removeprefix("phieu-")}
        assert asked <= set(of_group[0])
    answers = Counter(row[code] for row in ballots["phieu-city_deputies"] for code in row if code.startswith("q"))
    assert answers[""] and answers["9"] and set(answers) == {"", "1", "2", "3", "4", "5", "9"}
    assert {row["q9_3"] for row in ballots["phieu-residents"]} >= {"Rất hài lòng", "Không có ý kiến", ""}


def test_deputies_speak_of_several_units_under_one_name(demo):
    ballots = rows(demo / PERIOD / "phieu-city_deputies.csv")
    units_of = defaultdict(list)
    for row in ballots:
        units_of[row["respondent_id"]].append(row["unit_code"])
    assert len(units_of) <= 105 and max(map(len, units_of.values())) > 3
    assert all(len(set(units)) == len(units) for units in units_of.values())


def test_one_cell_is_too_small_to_be_shown(demo):
    _, cells = results(demo / PERIOD)
    small = {(cell.unit_code, cell.respondent_group) for cell in cells if 0 < cell.n_valid < 5}
    assert small == {SMALL_CELL[1:3]}


def test_groups_and_units_differ(demo):
    _, cells = results(demo / PERIOD)
    by_group, by_unit = defaultdict(list), defaultdict(list)
    for cell in cells:
        if cell.value is not None and BLOCK[cell.unit_code] == "department":
            by_group[cell.respondent_group].append(float(cell.value))
            by_unit[cell.unit_code].append(float(cell.value))
    mean = {key: sum(values) / len(values) for key, values in (by_group | by_unit).items()}
    assert mean["department_staff"] - mean["city_deputies"] > 0.04
    assert mean["so-tai-chinh"] - mean["so-tai-nguyen-va-moi-truong"] > 0.08


def test_the_plan_agrees_with_the_ballots(demo, appraising):
    for folder in (demo / BEFORE, demo / PERIOD, appraising / PERIOD):
        n = Counter(
            (row["unit_code"], row["respondent_group"]) for path in folder.glob("phieu-*.csv") for row in rows(path)
        )
        plan = rows(folder / "ke-hoach-dtxhh.csv")
        assert set(n) <= {(row["unit_code"], row["respondent_group"]) for row in plan}
        for row in plan:
            returned = int(row["returned"])
            assert n[row["unit_code"], row["respondent_group"]] <= returned <= int(row["issued"])
            assert not row["population"] or int(row["issued"]) <= int(row["population"])


def test_scores_lie_between_zero_and_the_maximum_of_their_leaf(demo, appraising):
    for folder in (demo / BEFORE, demo / PERIOD, appraising / PERIOD):
        own = self_scores(folder)
        for row in (*own.values(), *appraised(folder)):
            leaf = ITEM[BLOCK[row["unit_code"]], row["criterion_code"]]
            assert bool(row["points"]) is not bool(row["not_applicable"])
            if row["points"]:
                assert leaf["assessed_by"] == "appraisal"
                assert 0 <= Decimal(row["points"]) <= Decimal(leaf["max_points"])
        assert all(ITEM[BLOCK[unit], code]["assessed_by"] == "appraisal" for unit, code in own)


def test_the_council_cuts_more_than_it_raises_and_says_why(demo):
    own = self_scores(demo / PERIOD)
    silent_cuts = raised = cut = 0
    for row in appraised(demo / PERIOD):
        if row["points"]:
            change = Decimal(row["points"]) - Decimal(own[row["unit_code"], row["criterion_code"]]["points"])
            cut += change < 0
            raised += change > 0
            silent_cuts += change < 0 and not row["reason"]
            assert change or not row["reason"] or row["round"] == "2"
    assert cut > 500 and 5 < raised < 50 and silent_cuts == 2
    reasons = {row["reason"] for row in appraised(demo / PERIOD)} - {""}
    assert 5 <= len(reasons) <= 10


def test_a_second_round_follows_a_first_one(demo):
    decided = {(row["unit_code"], row["criterion_code"], row["round"]): row for row in appraised(demo / PERIOD)}
    second = [key for key in decided if key[2] == "2"]
    assert len(second) > 20
    for unit, code, _ in second:
        first, last = decided[unit, code, "1"], decided[unit, code, "2"]
        assert Decimal(last["points"]) > Decimal(first["points"]) and last["decided_on"] > first["decided_on"]


def test_appraisers_are_the_agencies_of_the_rubric(demo):
    """Of the item or of the next item above it; the Inspectorate stands in where that is the unit itself."""
    conflicts = set()
    for row in appraised(demo / PERIOD):
        item = ITEM[BLOCK[row["unit_code"]], row["criterion_code"]]
        while not item["lead_appraiser"]:
            item = ITEM[item["unit_group"], item["parent_code"]]
        if row["unit_code"] == row["appraiser"]:
            conflicts.add(row["unit_code"])
        expected = "thanh-tra" if row["appraiser"] == "thanh-tra" else item["lead_appraiser"]
        assert row["appraiser"] == expected and row["minute"].endswith("/BB-HĐTĐ")
    assert conflicts == {"so-khoa-hoc-va-cong-nghe"}


def test_some_are_late_and_some_lack_evidence(demo):
    own = self_scores(demo / PERIOD)
    late = {row["unit_code"] for row in own.values() if row["submitted_on"] >= "2020-12-22"}
    assert len(late) == 3
    assert 40 < sum(not row["evidence"] for row in own.values()) < 200
    assert all(row["explanation"] for row in own.values() if not row["evidence"])


def test_two_units_have_no_procedures(demo):
    blocks, _ = results(demo / PERIOD)
    out = {
        (item.unit_code, item.criterion_code)
        for item in blocks["department"].items
        if item.state == "not_applicable" and item.assessed_by == SURVEY
    }
    assert out == {(unit, f"9.2.{i}") for unit in WITHOUT_PROCEDURES for i in range(1, 6)}
    customers = all_rows(demo / PERIOD, "phieu-businesses.csv") + all_rows(demo / PERIOD, "phieu-citizens.csv")
    assert not {row["unit_code"] for row in customers} & set(WITHOUT_PROCEDURES)


def test_definitions_of_2019_are_those_of_2020_and_say_so(demo):
    folder = demo / "2019-dinh-nghia"
    assert {path.stem for path in folder.iterdir()} == {
        "periods",
        "units",
        "rubric",
        "questions",
        "respondent_groups",
        "scales",
    }
    assert all(row["period"] == "2019" for path in folder.iterdir() for row in rows(path))
    assert all(row["origin"].startswith("illustrative") for row in rows(folder / "rubric.csv"))
    assert len(rows(folder / "rubric.csv")) == len(RUBRIC)
    (period,) = rows(folder / "periods.csv")
    assert (period["assessed_from"], period["self_score_due"]) == ("2019-01-01", "2019-12-22")
    assert period["title"].endswith("2019")


def test_steps_are_done_in_a_complete_season(demo):
    steps = rows(demo / PERIOD / "tien-do.csv")
    assert all(row["done_on"] for row in steps)
    assert next(row for row in steps if row["step"] == "11")["done_on"] == "2021-05-05"
    assert next(row for row in rows(demo / BEFORE / "tien-do.csv") if row["step"] == "4")["planned_to"] == "2019-09-14"


def test_halfway_some_leaves_are_pending_and_some_missing(appraising, demo):
    blocks, _ = results(appraising / PERIOD)
    units = [unit for block in blocks.values() for unit in block.units]
    states = Counter(item.state for block in blocks.values() for item in block.items)
    assert states["pending"] > 300 and states["missing"] > 100 and states["appraised"] > 800
    assert 3 <= sum(unit.status == "complete" for unit in units) <= 25
    missing_survey = [i for b in blocks.values() for i in b.items if i.state == "missing" and i.assessed_by == SURVEY]
    assert len({item.unit_code for item in missing_survey}) > 2
    assert {row["round"] for row in appraised(appraising / PERIOD)} == {"1"}
    assert not all(row["done_on"] for row in rows(appraising / PERIOD / "tien-do.csv"))
    assert content(appraising / BEFORE) == content(demo / BEFORE)


def test_made_up_is_said_in_the_folder(demo):
    assert "GIẢ LẬP" in (demo / "README.txt").read_text(encoding="utf-8")
