"""Result tables: what a flag rests on is typed in the store and text at the edge."""

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet
import pytest

from scoring import imports, results
from scoring.store import Store, script

TABLES = {
    "periods": """
        period,title,assessed_from,assessed_to,self_score_due,decimals,min_cell
        2031,Năm 2031,2031-01-01,2031-11-30,2031-12-22,2,2""",
    "unit_groups": """
        unit_group,name,name_en,position
        so,Khối sở,Departments,1""",
    "units": """
        period,unit_code,name,short_name,name_en,unit_group,kind
        2031,a,Sở A,A,,so,sở
        2031,7,Sở Bảy,Bảy,,so,sở""",
    "rubric": """
        period,unit_group,criterion_code,parent_code,name,max_points,assessed_by,survey_method
        2031,so,1,,Lĩnh vực,,,
        2031,so,1.1,1,Thẩm định,4,appraisal,
        2031,so,1.2,1,Điều tra,6,survey,mean""",
    "scales": """
        scale,option,label,value,satisfied
        s,1,Kém,0,0
        s,2,Tốt,1,1""",
    "respondent_groups": """
        unit_group,respondent_group,name,name_en,weight
        so,dan,Người dân,,1""",
    "questions": """
        period,unit_group,respondent_group,question_code,criterion_code,scale,text
        2031,so,dan,c1,1.2,s,Hài lòng?""",
    "self_scores": """
        period,unit_code,criterion_code,points,submitted_on,evidence
        2031,a,1.1,"3,50",2031-12-22,
        2031,7,1.1,1,2031-12-21,có""",
    "appraised_scores": """
        period,unit_code,criterion_code,round,points,appraiser
        2031,a,1.1,1,0.75,7
        2031,7,1.1,1,1,7""",
    "survey_plan": """
        period,unit_code,respondent_group,issued,returned,population
        2031,a,dan,,10,1""",
    "ballots": """
        period,ballot_id,unit_code,respondent_group,c1
        2031,p1,a,dan,2
        2031,p2,a,dan,1
        2031,p3,7,dan,2""",
    "published_results": """
        period,unit_code,index,rank,decision,source,note
        2031,a,80,1,,,
        2031,7,81.50,2,,,""",
}
DECISIONS = """
    period,unit_code,criterion_code,round,points,appraiser
    2031,a,1.1,1,0.75,so-noi-vu"""

FLAGS = [
    ("7", "own_appraiser", {"appraiser": "7"}, "appraiser=7"),
    ("7", "published_contradiction", {"index": Decimal("81.5"), "rank": 2}, "index=81.5; rank=2"),
    ("7", "small_cell", {"leaves": 1}, "leaves=1"),
    ("a", "cut_without_reason", {"self": Decimal("3.5"), "appraised": Decimal("0.75")}, "self=3.5; appraised=0.75"),
    ("a", "decision_replaced", {"round": 1, "before": "7", "after": "so-noi-vu"}, "round=1; before=7; after=so-noi-vu"),
    (
        "a",
        "large_change",
        {"self": Decimal("3.5"), "appraised": Decimal("0.75"), "max": Decimal(4)},
        "self=3.5; appraised=0.75; max=4",
    ),
    (
        "a",
        "late_submission",
        {"submitted_on": date(2031, 12, 22), "due": date(2031, 12, 22), "rows": 1},
        "submitted_on=2031-12-22; due=2031-12-22; rows=1",
    ),
    ("a", "more_ballots_than_people", {"population": 1, "ballots": 2}, "population=1; ballots=2"),
    ("a", "no_evidence", {"points": Decimal("3.5")}, "points=3.5"),
    ("a", "plan_disagrees", {"issued": None, "returned": 10, "ballots": 2}, "issued=; returned=10; ballots=2"),
    ("a", "published_contradiction", {"index": Decimal(80), "rank": 1}, "index=80; rank=1"),
]
"""Worked out by hand from the tables above: unit, flag, what it rests on, and that as text."""


def lay(folder: Path, **tables: str) -> Path:
    folder.mkdir(parents=True)
    for name, text in tables.items():
        lines = "\n".join(line.strip() for line in text.strip().splitlines())
        (folder / f"{name}.csv").write_text(lines + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    assert imports.run(folder / "data", [[lay(folder / "first", **TABLES)]]).status == "imported"
    again = lay(folder / "again", appraised_scores=DECISIONS)
    assert imports.run(folder / "data", [[again]]).status == "imported"
    return Store(folder / "data")


def test_what_a_flag_rests_on_is_typed(store):
    with store.snapshot() as snapshot:
        rows = snapshot.rows("FROM result_flags ORDER BY unit_code, flag")
    found = [(row["unit_code"], row["flag"], results.details(row), results.detail_text(row)) for row in rows]
    assert found == FLAGS


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_details_of_flags_leave_as_text(store, kind, tmp_path):
    with store.snapshot() as snapshot:
        results.write(snapshot, "2031", tmp_path, kind)
    if kind == "csv":
        with (tmp_path / "flags.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    else:
        rows = pyarrow.parquet.read_table(tmp_path / "flags.parquet").to_pylist()
    assert sorted((r["unit_code"], r["flag"], r["detail"]) for r in rows) == [(u, f, text) for u, f, _, text in FLAGS]


def test_every_flag_declares_what_it_rests_on(store):
    raised = set(re.findall(r"'(\w+)', '(?:info|look|block)'", script("flags.sql")))
    raised |= set(re.findall(r"(?:THEN|ELSE) '(\w+)'", script("flags.sql")))
    assert raised == set(results.DETAILS)
    with store.snapshot() as snapshot:
        kind = dict(row[:2] for row in snapshot.describe("result_flags"))["detail"]
    parts = {part for parts in results.DETAILS.values() for part in parts}
    assert parts == set(re.findall(r'[(,]\s*"?(\w+)"? [A-Z]', kind))
