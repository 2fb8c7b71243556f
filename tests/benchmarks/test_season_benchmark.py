"""What a season of 60,000 ballots and 1.8 million answers costs, step by step, beside DuckDB's bare aggregation.

Seconds differ from machine to machine; the ratios of one run are what to look at. Aim: counting and scoring together
within twice the bare aggregation of the same parquet.
"""

import time
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest

from scoring import imports, store
from scoring.store import quoted

BALLOTS, QUESTIONS, PERIOD = 60_000, 30, "2031"
UNITS = {"so": 22, "quan": 30}
RESPONDENTS = 5
LEAVES = 10

BARE = """
    SELECT period, unit_code, respondent_group, question_code, "option", count(*) AS n
    FROM read_parquet({answers}) a JOIN read_parquet({ballots}) b USING (period, ballot_id) GROUP BY ALL
"""


def write_definitions(folder: Path) -> None:
    """Two blocks; every question is asked of every group, and three questions serve a leaf."""
    tables = {
        "periods": ["period,title,assessed_from,assessed_to,self_score_due,decimals,min_cell", f"{PERIOD},Năm,,,,2,5"],
        "unit_groups": ["unit_group,name,name_en,position"],
        "units": ["period,unit_code,name,short_name,name_en,unit_group,kind"],
        "rubric": ["period,unit_group,criterion_code,parent_code,name,max_points,assessed_by,survey_method"],
        "scales": ["scale,option,label,value,satisfied"],
        "respondent_groups": ["unit_group,respondent_group,name,name_en,weight"],
        "questions": ["period,unit_group,respondent_group,question_code,criterion_code,scale,text"],
    }
    for at, (block, n) in enumerate(UNITS.items()):
        tables["unit_groups"].append(f"{block},Khối {block},,{at}")
        tables["units"] += [f"{PERIOD},{block}-{k},Đơn vị {block} {k},,,{block},{block}" for k in range(n)]
        tables["scales"] += [f"{block},{k},Mức {k},{k / 4},{int(k > 2)}" for k in range(5)] + [
            f"{block},9,Không ý kiến,,"
        ]
        for leaf in range(LEAVES):
            method = ("mean", "satisfied_share")[leaf % 2]
            tables["rubric"].append(f"{PERIOD},{block},{leaf + 1},,Tiêu chí {leaf + 1},10,survey,{method}")
        for group in range(RESPONDENTS):
            tables["respondent_groups"].append(f"{block},nhom-{group},Nhóm {group},,{group + 1}")
            for question in range(QUESTIONS):
                leaf = question % LEAVES + 1
                tables["questions"].append(f"{PERIOD},{block},nhom-{group},c{question},{leaf},{block},Câu {question}")
    folder.mkdir()
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_ballots(path: Path) -> None:
    """One wide CSV: a row a ballot, a column a question."""
    rng = np.random.default_rng(2031)
    units = np.array([f"{block}-{k}" for block, n in UNITS.items() for k in range(n)])
    number = np.arange(BALLOTS)
    columns = {
        "period": np.full(BALLOTS, PERIOD),
        "ballot_id": np.char.add("phieu-", np.char.zfill(number.astype(str), 6)),
        "unit_code": units[number % len(units)],
        "respondent_group": np.char.add("nhom-", (number // len(units) % RESPONDENTS).astype(str)),
        "collected_on": np.full(BALLOTS, f"{PERIOD}-10-01"),
    }
    options = np.array([0, 1, 2, 3, 4, 9])
    answers = {f"c{k}": options[rng.integers(0, 6, BALLOTS)] for k in range(QUESTIONS)}
    pa.csv.write_csv(pa.table(columns | answers), path)


@pytest.fixture
def season(tmp_path):
    write_definitions(tmp_path / "definitions")
    write_ballots(tmp_path / "ballots.csv")
    assert imports.run(tmp_path / "data", [[tmp_path / "definitions"]]).status == "imported"
    return tmp_path


def bare_aggregation(folder: Path) -> float:
    """Seconds of the fastest of three."""
    con = duckdb.connect()
    sql = BARE.format(answers=quoted(folder / "answers.parquet"), ballots=quoted(folder / "ballots.parquet"))
    lasted = []
    for _ in range(3):
        started = time.perf_counter()
        counted = con.execute(sql).fetchall()
        lasted.append(time.perf_counter() - started)
    assert sum(row[-1] for row in counted) == BALLOTS * QUESTIONS
    return min(lasted)


def test_a_season_of_60_000_ballots(season):
    data, stages = season / "data", []
    outcome = imports.run(
        data, [[season / "ballots.csv"]], progress=lambda stage: stages.append((stage, time.perf_counter()))
    )
    stages.append(("", time.perf_counter()))
    assert outcome.status == "imported"
    with store.Store(data).snapshot() as snapshot:
        assert snapshot.value("SELECT sum(n_ballots) FROM result_survey") == BALLOTS * LEAVES
    seconds: dict[str, float] = {}
    for (stage, started), (_, ended) in pairwise(stages):
        seconds[stage] = seconds.get(stage, 0.0) + ended - started
    bare = bare_aggregation(data / "imports" / "000002")
    print(f"\n{BALLOTS:,} ballots, {BALLOTS * QUESTIONS:,} answers\n{'stage':<22}{'seconds':>9}{'times bare':>12}")
    for stage, lasted in {
        "DuckDB's bare counting": bare,
        **seconds,
        "counting and scoring": seconds["counting"] + seconds["scoring"],
        "all": sum(seconds.values()),
    }.items():
        print(f"{stage:<22}{lasted:>9.2f}{lasted / bare:>12.1f}")
