"""A season by the README alone: its commands in its order, with forms, council copies, ballots, in both languages."""

import csv
import re
import shlex
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from scoring import cli
from scoring.forms import COUNCIL_COLUMNS

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = {"vi": "### Đưa một mùa đánh giá thật vào", "en": "### Bring in a real season"}
LEFT_OUT = {"serve", "charts", "demo", "defaults", "retract", "build", "gates"}  # tried elsewhere
UNITS = ("so-noi-vu", "quan-ba-dinh")
BALLOTS = 6


def commands(lang: str) -> list[list[str]]:
    """The commands of the section, as they are typed."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split(SECTIONS[lang], 1)[1].split("\n### ", 1)[0]
    found = [shlex.split(" ".join(code.split())) for code in re.findall(r"`cchc ([^`]+)`", section)]
    # A name alone is a mention, no step; `cchc imports` is typed so.
    return [words for words in found if words[0] not in LEFT_OUT and (len(words) > 1 or words == ["imports"])]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, lines: list[dict[str, str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)


def definitions(folder: Path) -> None:
    """What the first step says, for two units."""
    for path in sorted((ROOT / "data" / "definitions" / "2020").glob("*.csv")):
        lines = rows(path)
        if path.stem == "units":
            lines = [line for line in lines if line["unit_code"] in UNITS]
        if path.stem == "periods":
            lines = [{name: text.replace("2020", "2021") for name, text in line.items()} for line in lines]
        for line in lines:
            if "period" in line:
                line["period"] = "2021"
            if "origin" in line:
                line["origin"] = ""
        write(folder / path.name, lines)


def fill_in(folder: Path) -> None:
    """Types points into every open cell of a form, as a person would, and the rest of what is asked."""
    for path in sorted(folder.glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        sheet = book.active
        header = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "TT")
        heads = [cell.value for cell in sheet[header]]
        council = len(heads) == len(COUNCIL_COLUMNS)
        points = heads.index("Điểm thẩm định" if council else "Điểm tự đánh giá") + 1
        for row in range(header + 1, sheet.max_row + 1):
            cell = sheet.cell(row, points)
            if sheet.cell(row, 1).value and not cell.protection.locked:
                cell.value = round(float(sheet.cell(row, 3).value) * (0.75 if council else 1), 4)
                words = heads.index("Lý do điều chỉnh" if council else "Tài liệu kiểm chứng") + 1
                sheet.cell(row, words).value = "Thiếu tài liệu" if council else "QĐ 12/QĐ-UBND"
        for row in range(1, header):
            if sheet.cell(row, 2).value == "Ngày nộp:" and not council:
                sheet.cell(row, 3).value = "10/12/2021"
        book.save(path)


def survey(folder: Path, year: Path) -> None:
    """Ballots of every group about every unit, in wide form, and the plan they came by."""
    asked = rows(year / "questions.csv")
    codes = sorted({row["question_code"] for row in asked})
    ballots, plan = [], []
    for unit in rows(year / "units.csv"):
        form: dict[str, list[str]] = {}
        for row in asked:
            if row["unit_group"] == unit["unit_group"]:
                form.setdefault(row["respondent_group"], []).append(row["question_code"])
        for group, questions in form.items():
            where = {"period": "2021", "unit_code": unit["unit_code"], "respondent_group": group}
            plan.append({**where, "issued": str(BALLOTS + 1), "returned": str(BALLOTS)})
            for n in range(BALLOTS):
                answers = {q: str(3 + (n + at) % 3) for at, q in enumerate(questions)}
                own = {**where, "ballot_id": f"{unit['unit_code']}-{group}-{n}"}
                ballots.append(own | dict.fromkeys(codes, "") | answers)
    write(folder / "ballots.csv", ballots)
    write(folder / "survey_plan.csv", plan)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_season_is_run_by_the_readme_alone(lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    steps = commands(lang)
    assert [step[0] for step in steps][:2] == ["import", "forms"] and len(steps) >= 10
    year, *_ = (step[1] for step in steps if step[0] == "import")
    definitions(tmp_path / year)
    for step in steps:
        folder = tmp_path / step[-1 if len(step) == 1 else 1]
        if step[0] == "import" and not folder.exists():  # the one of the ballots; the others are made or written before
            survey(folder, tmp_path / year)
        if step[0] == "import" and "--dry-run" in step:
            assert cli.main([*step, "--lang", lang]) == 0  # forms as they were sent out say nothing
            fill_in(folder)
        if step[0] == "import" and any(folder.glob("tham-dinh_*")):
            fill_in(folder)
        assert cli.main([*step, "--lang", lang]) == 0, step
    complete(tmp_path)
    if lang == "vi":
        retracted_again(tmp_path)


def complete(folder: Path) -> None:
    """Every unit has an index, of the points that were typed: three quarters of what is appraised."""
    assert cli.main(["results", "--period", "2021", "--out", str(folder / "csv"), "-q"]) == 0
    index = rows(folder / "csv" / "index.csv")
    assert {row["unit_code"] for row in index} == set(UNITS)
    for row in index:
        assert (row["status"], row["made_up"]) == ("complete", "false")
        assert Decimal(row["self_points"]) == Decimal(row["appraised_max"])
        assert abs(Decimal(row["appraised_points"]) - Decimal(row["appraised_max"]) * 3 / 4) < Decimal("0.01")
    flags = {row["flag"] for row in rows(folder / "csv" / "flags.csv")}
    assert not flags & {"late_submission", "no_evidence", "cut_without_reason", "small_cell", "decision_replaced"}


def retracted_again(folder: Path) -> None:
    """What an import brought goes with it, and nothing else."""
    before = {path.name: path.read_bytes() for path in (folder / "csv").glob("rubric.csv")}
    assert cli.main(["retract", "4", "--reason", "thử", "-q"]) == 0
    assert cli.main(["results", "--period", "2021", "--out", str(folder / "csv"), "-q"]) == 0
    index = rows(folder / "csv" / "index.csv")
    assert {row["status"] for row in index} == {"incomplete"} and all(row["self_points"] for row in index)
    assert len(rows(folder / "csv" / "rubric.csv")) == before["rubric.csv"].count(b"\n2021,")
