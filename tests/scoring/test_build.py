"""Building a generation: definitions that ask about nothing, blocks that keep their results, scoring anew."""

import csv
import shutil
from pathlib import Path

import pytest

from scoring import build, imports, store
from scoring.ledger import Ledger, locked

EXAMPLE = Path(__file__).parents[1] / "data" / "example" / "in"


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    data = tmp_path_factory.mktemp("example")
    assert imports.run(data, [[EXAMPLE]]).status == "imported"
    return data


def changed(folder: Path, table: str, change) -> Path:
    """The example's table with `change(row)` made to every row, as a file of its own."""
    with (EXAMPLE / f"{table}.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    path = folder / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        for row in rows:
            change(row)
            writer.writerow(row)
    return path


def results(data: Path) -> dict[str, list]:
    with store.Store(data).snapshot() as snapshot:
        return {table: snapshot.rows(f"FROM {table} ORDER BY ALL") for table in build.TAKEN_OVER}


def test_a_question_of_a_leaf_that_is_surveyed_no_more_counts_for_nothing(example, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(example, data)

    def change(row):
        if (row["unit_group"], row["criterion_code"]) == ("department", "1.2"):
            row |= {"assessed_by": "appraisal", "survey_method": ""}

    assert imports.run(data, [[changed(tmp_path, "rubric", change)]]).status == "imported"
    with store.Store(data).snapshot() as snapshot:
        states = snapshot.rows("SELECT unit_code, state FROM result_items WHERE criterion_code = '1.2' ORDER BY 1")
        assert [r["state"] for r in states if r["unit_code"].startswith("dep")] == [
            "missing",
            "not_applicable",
            "missing",
        ]
        asked = snapshot.rows("FROM result_survey WHERE unit_group = 'department' AND criterion_code = '1.2'")
        assert asked == []


def test_a_block_whose_rows_did_not_change_keeps_its_results(example, tmp_path, monkeypatch):
    data = tmp_path / "data"
    shutil.copytree(example, data)
    before, scored, write_block = results(data), [], build.write_block

    def watched(con, period, unit_group, progress):
        scored.append(unit_group)
        write_block(con, period, unit_group, progress)

    monkeypatch.setattr(build, "write_block", watched)

    def change(row):
        if (row["unit_code"], row["criterion_code"], row["round"]) == ("district-01", "1.1.1", "1"):
            row["reason"], row["points"] = "Bổ sung tài liệu", "0.1"

    assert imports.run(data, [[changed(tmp_path, "appraised_scores", change)]]).status == "imported"
    assert scored == ["district"]
    after = results(data)
    for table in build.TAKEN_OVER:
        of_departments = [
            [row for row in found[table] if row["unit_group"] == "department"] for found in (before, after)
        ]
        assert of_departments[0] == of_departments[1]
    assert before["result_items"] != after["result_items"]

    with locked(data):
        imports.commit(data, Ledger.load(data), anew=True)
    assert scored == ["district", "department", "district"]
    assert results(data) == after  # the same inputs and seed give the same results, row for row


def test_scoring_anew_gives_what_is_stored(example):
    with store.Store(example).snapshot() as snapshot:
        for unit_group in ("department", "district"):
            result, _ = build.recompute(snapshot, "2029", unit_group)
            stored = snapshot.rows("FROM result_index WHERE unit_group = $unit_group", {"unit_group": unit_group})
            anew = {unit.unit_code: (unit.index_value, unit.rank, unit.status) for unit in result.units}
            assert anew == {row["unit_code"]: (row["index_value"], row["rank"], row["status"]) for row in stored}
