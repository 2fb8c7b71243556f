"""What a period lacks fits on a screen, by name; every row is in the list; problems of one kind are one line."""

import csv

import openpyxl
import pytest

from scoring import checklist, results
from scoring.problems import MOST, Problem, grouped, write_problems_csv


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_summary_is_a_screen_and_the_list_has_every_row(seasons, tmp_path, lang):
    with seasons.snapshot() as snapshot:
        for row in snapshot.rows("SELECT DISTINCT period FROM season"):
            found = results.check(snapshot, row["period"])
            names = checklist.Names.of(snapshot, row["period"], lang)
            lines = checklist.summary(found, names, lang)
            assert len(lines) <= 40
            said = "\n".join(lines)
            for one in found["not_submitted"][: checklist.NAMES]:
                assert names.unit(one["unit_code"]) in said
            for kind in ("pending", "missing", "flags"):
                assert f"({len(found[kind])})" in said or not found[kind]
            listed = checklist.rows(found, names, lang)
            assert len(listed) == sum(map(len, found.values()))
            checklist.write(tmp_path / "l.csv", listed)
            checklist.write(tmp_path / "l.xlsx", listed)
            text = (tmp_path / "l.csv").read_bytes()
            assert text.startswith("\ufeff".encode())
            read = list(csv.reader(text.decode("utf-8-sig").splitlines()))
            sheet = list(openpyxl.load_workbook(tmp_path / "l.xlsx").active.values)
            assert tuple(read[0]) == sheet[0] == checklist.COLUMNS
            assert len(read) == len(sheet) == len(listed) + 1


def test_what_blocks_is_a_sum_that_fails_or_a_flag_that_says_so():
    nothing = {kind: [] for kind in checklist.KINDS}
    assert not checklist.blocks(nothing)
    assert not checklist.blocks(nothing | {"flags": [{"severity": "look"}], "pending": [{}]})
    assert checklist.blocks(nothing | {"flags": [{"severity": "block"}]})
    assert checklist.blocks(nothing | {"sums": [{}]})


def problem(file, row, kind="out_of_range", column="points", value="9"):
    return Problem(file, "", row, column, value, kind, {"allowed": "0–1"})


def test_problems_of_one_kind_and_column_are_one_line_with_their_rows():
    found = [problem("a.csv", row) for row in (2, 3, 4, 9)] + [problem("b.csv", 7), problem("b.csv", 8, column="round")]
    assert grouped(found, "en") == [
        "a.csv, row 2, column points: 9 is out of range",
        "  5 problems of this kind: a.csv rows 2–4, 9; b.csv rows 7",
        "  → Allowed: 0–1",
        "b.csv, row 8, column round: 9 is out of range",
        "  → Allowed: 0–1",
    ]


def test_many_files_with_one_problem_stay_one_line():
    lines = grouped([problem(f"{n}.csv", 2) for n in range(50)], "vi")
    assert len(lines) == 3 and "50 lỗi như vậy" in lines[1] and "46 tệp khác" in lines[1]


def test_beyond_ten_thousand_in_a_file_the_rest_is_counted(tmp_path):
    write_problems_csv(tmp_path / "p.csv", [problem("a.csv", row) for row in range(MOST + 7)], "vi")
    lines = (tmp_path / "p.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "\ufefffile,sheet,row,column,value,kind,problem,hint"
    assert len(lines) == 1 + MOST + 1 and "more_problems" in lines[-1] and "7 lỗi" in lines[-1]
