"""The example season, brought in and given out through the command line, meets its expected results."""

import csv
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from scoring import cli, results

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
PERIOD = "2029"
NEAR = Decimal("1e-9")
EXACT = {"unit_group", "unit_code", "criterion_code", "respondent_group", "state", "status", "rank", "suppressed"}
KEYS = {
    "index": ("unit_code",),
    "items": ("unit_code", "criterion_code"),
    "survey": ("unit_code", "criterion_code", "respondent_group"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example")
    assert cli.main(["import", str(EXAMPLE / "in"), "--data", str(folder), "-q"]) == 0
    return folder


def rows_of_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def as_text(value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def given_out(data: Path, out: Path, kind: str) -> dict[str, list[dict[str, str]]]:
    """Every result table as rows of text."""
    assert (
        cli.main(["results", "--period", PERIOD, "--out", str(out), "--format", kind, "--data", str(data), "-q"]) == 0
    )
    if kind == "csv":
        return {path.stem: rows_of_csv(path) for path in out.glob("*.csv")}
    if kind == "parquet":
        found = {path.stem: pyarrow.parquet.read_table(path).to_pylist() for path in out.glob("*.parquet")}
        return {name: [{k: as_text(v) for k, v in row.items()} for row in rows] for name, rows in found.items()}
    (path,) = out.glob("*.xlsx")
    tables = {}
    for sheet in openpyxl.load_workbook(path, read_only=True):
        head, *rows = sheet.iter_rows(values_only=True)
        tables[sheet.title] = [dict(zip(head, map(as_text, row), strict=True)) for row in rows]
    return tables


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_results_meet_the_expected_ones(data, tmp_path, kind):
    ours = given_out(data, tmp_path, kind)
    assert set(ours) == set(results.TABLES)
    for name, key in KEYS.items():
        expected = {tuple(row[k] for k in key): row for row in rows_of_csv(EXAMPLE / "expected" / f"{name}.csv")}
        found = {tuple(row[k] for k in key): row for row in ours[name]}
        assert found.keys() == expected.keys()
        for place, row in expected.items():
            if name == "survey" and row["suppressed"] == "True":
                row |= {"n_valid": "", "value": ""}
            for column, value in row.items():
                if column in EXACT or not (value and found[place][column]):
                    assert found[place][column].lower() == value.lower(), (name, place, column)
                else:
                    assert abs(Decimal(found[place][column]) - Decimal(value)) < NEAR, (name, place, column)


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_no_result_shows_a_suppressed_cell(data, tmp_path, kind):
    ours = given_out(data, tmp_path, kind)
    hidden = [row for row in ours["survey"] if row["suppressed"] == "true"]
    assert hidden and not any(row[c] for row in hidden for c in ("n_valid", "value", "ci_low", "ci_high"))
    hidden = [row for row in ours["answers"] if row["suppressed"] == "true"]
    assert hidden and not any(row["n"] for row in hidden)


def test_numbers_of_the_csv_are_unrounded_and_indices_published(data, tmp_path):
    ours = given_out(data, tmp_path, "csv")
    thirds = [row["points"] for row in ours["items"] if row["state"] == "surveyed" and len(row["points"]) > 8]
    assert thirds and all(len(points.replace("0.", "").replace(".", "")) >= 15 for points in thirds)
    assert [row["index_value"] for row in ours["index"]] == [
        row["index_value"] for row in rows_of_csv(EXAMPLE / "expected" / "index.csv")
    ]
    for row in ours["index"]:
        shown = [row[c] for c in ("self_index", "appraised_index", "index_low", "index_high") if row[c]]
        assert all(len(value.partition(".")[2]) == 2 for value in shown)
