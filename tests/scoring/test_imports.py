"""Imports: all or nothing, with history; taken back, replaced, killed at any moment, two at once."""

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from scoring import build, cli, imports
from scoring.ledger import Ledger, sha256
from scoring.store import Store

FIRST_FORMAT = Path(__file__).parents[1] / "data" / "first_format"

# A season of one block: two units, an appraised leaf and a surveyed one.
DEFINITIONS = {
    "periods": """
        period,title,assessed_from,assessed_to,self_score_due,decimals,min_cell
        2031,Năm 2031,2031-01-01,2031-11-30,2031-12-22,2,1""",
    "unit_groups": """
        unit_group,name,name_en,position
        so,Khối sở,Departments,1
        quan,Khối quận,Districts,2""",
    "units": """
        period,unit_code,name,short_name,name_en,unit_group,kind
        2031,a,Sở A,A,,so,sở
        2031,b,Sở B,B,,so,sở""",
    "rubric": """
        period,unit_group,criterion_code,parent_code,name,max_points,assessed_by,survey_method
        2031,so,1,,Lĩnh vực,,,
        2031,so,1.1,1,Thẩm định,4,appraisal,
        2031,so,1.2,1,Điều tra,6,survey,mean
        2031,quan,1,,Lĩnh vực của quận,5,appraisal,""",
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
}
NEXT_YEAR = {
    "periods": """
        period,title,assessed_from,assessed_to,self_score_due,decimals,min_cell
        2032,Năm 2032,2032-01-01,2032-11-30,2032-12-22,2,1""",
    "units": """
        period,unit_code,name,short_name,name_en,unit_group,kind
        2032,a,Sở A,A,,so,sở""",
    "rubric": """
        period,unit_group,criterion_code,parent_code,name,max_points,assessed_by,survey_method
        2032,so,1,,Lĩnh vực,10,appraisal,""",
}
SELF = """
    period,unit_code,criterion_code,points
    2031,a,1.1,4
    2031,b,1.1,3"""
APPRAISED = """
    period,unit_code,criterion_code,round,points,appraiser
    2031,a,1.1,1,3,so-noi-vu
    2031,b,1.1,1,2,so-noi-vu"""
BALLOTS = """
    period,ballot_id,unit_code,respondent_group,c1
    2031,p1,a,dan,2
    2031,p2,a,dan,1
    2031,p3,b,dan,2
    2031,p4,b,dan,"""
FACTS = {"self_scores": SELF, "appraised_scores": APPRAISED, "ballots": BALLOTS}


def lay(folder: Path, **tables: str) -> Path:
    """A folder of CSV files from indented text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte for byte."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def rows(data: Path, sql: str) -> list[tuple]:
    store = Store(data)
    try:
        with store.snapshot() as snapshot:
            return [tuple(row.values()) for row in snapshot.rows(sql)]
    finally:
        store.close()


def state(data: Path) -> dict[str, list[tuple]]:
    """What a reader sees: the results, and the scores they rest on."""
    store = Store(data)
    try:
        with store.snapshot() as snapshot:
            return {
                table: [tuple(row.values()) for row in snapshot.rows(f"FROM {table} ORDER BY ALL")]
                for table in (
                    "result_index",
                    "result_items",
                    "result_survey",
                    "result_answers",
                    "self_scores",
                    "ballots",
                )
            }
    finally:
        store.close()


def index(data: Path) -> dict[str, tuple]:
    found = rows(data, "SELECT unit_code, index_value, \"rank\" FROM result_index WHERE period = '2031'")
    return {unit: (None if value is None else float(value), rank) for unit, value, rank in found}


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    """A data folder with two imports: the definitions and the facts."""
    folder = tmp_path_factory.mktemp("season")
    for name, tables in (("definitions", DEFINITIONS), ("facts", FACTS)):
        outcome = imports.run(folder / "data", [[lay(folder / name, **tables)]])
        assert outcome.status == "imported", outcome.problems
    return folder / "data"


@pytest.fixture
def data(season, tmp_path):
    """A copy of the season to write to."""
    subprocess.run(["cp", "-r", str(season), str(tmp_path / "data")], check=True)
    return tmp_path / "data"


# --- all or nothing ---------------------------------------------------------------------------------------------


def test_results_of_the_small_season(season):
    assert index(season) == {"a": (60.0, 2), "b": (80.0, 1)}


def test_a_refused_import_changes_no_byte(data, tmp_path):
    before = contents(data)
    bad = lay(
        tmp_path / "bad",
        self_scores=SELF.replace("a,1.1,4", "a,1.1,3.5"),
        ballots=BALLOTS.replace("b,dan,2", "z,dan,2"),
    )
    outcome = imports.run(data, [[bad]])
    assert outcome.status == "refused"
    assert [(p.file, p.row, p.column, p.value, p.kind) for p in outcome.problems] == [
        ("ballots.csv", 4, "unit_code", "z", "unknown_unit")
    ]
    assert contents(data) == before


def test_a_refused_first_import_leaves_nothing_behind(tmp_path):
    bad = lay(tmp_path / "bad", self_scores=SELF)
    assert imports.run(tmp_path / "data", [[bad]]).status == "refused"
    assert not (tmp_path / "data").exists()
    (tmp_path / "empty").mkdir()
    assert imports.run(tmp_path / "empty", [[bad]]).status == "refused"
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_dry_run_changes_no_byte(data, tmp_path):
    before = contents(data)
    new = lay(tmp_path / "new", self_scores=SELF.replace("a,1.1,4", "a,1.1,3.5"))
    outcome = imports.run(data, [[new]], dry_run=True)
    assert (outcome.status, [e.replaced for e in outcome.entries]) == ("checked", [{"self_scores": 2}])
    assert contents(data) == before


def test_an_import_that_changes_nothing_is_not_kept(data, tmp_path):
    before = contents(data)
    rewritten = SELF.replace("a,1.1,4", "a,1.1,4.00").replace("period", "Kỳ")
    assert imports.run(data, [[lay(tmp_path / "again", self_scores=rewritten, ballots=BALLOTS)]]).status == "unchanged"
    assert contents(data) == before


# --- what a row replaces, and history ---------------------------------------------------------------------------


def test_a_later_row_replaces_the_one_with_its_key_and_the_earlier_stays_in_the_history(data, tmp_path):
    later = lay(
        tmp_path / "later", appraised_scores=APPRAISED.replace("a,1.1,1,3", "a,1.1,1,4").replace("2031,b", "2031,b")
    )
    outcome = imports.run(data, [[later]], by="Hòa", note="Sửa")
    assert outcome.entries[0].replaced == {"appraised_scores": 2}  # every row given again counts from here on
    assert index(data)["a"] == (70.0, 2)
    old = rows(
        data, 'SELECT unit_code, points::INTEGER, import_id, "file", "row", superseded_by FROM superseded_scores'
    )
    assert sorted(old) == [("a", 3, 2, "appraised_scores.csv", 2, 3), ("b", 2, 2, "appraised_scores.csv", 3, 3)]


def test_a_ballot_is_replaced_whole(data, tmp_path):
    later = lay(
        tmp_path / "later", ballots="period,ballot_id,unit_code,respondent_group,c1\n2031,p3,b,dan,\n2031,p5,b,dan,1"
    )
    assert imports.run(data, [[later]]).entries[0].replaced == {"ballots": 1, "answers": 1}
    assert index(data)["b"] == (20.0, 2)


def test_definitions_replace_as_sets(data, tmp_path):
    rubric = """
        period,unit_group,criterion_code,parent_code,name,max_points,assessed_by,survey_method
        2031,so,1.1,,Thẩm định,8,appraisal,
        2031,so,1.2,,Điều tra,2,survey,mean"""
    assert imports.run(data, [[lay(tmp_path / "official", rubric=rubric)]]).status == "imported"
    assert rows(data, "SELECT period, unit_group, criterion_code FROM rubric ORDER BY ALL") == [
        ("2031", "quan", "1"), ("2031", "so", "1.1"), ("2031", "so", "1.2")
    ]  # fmt: skip
    assert index(data)["a"] == (40.0, 1) == index(data)["b"]


def test_definitions_that_facts_rest_on_cannot_go(data, tmp_path):
    before = contents(data)
    rubric = """
        period,unit_group,criterion_code,parent_code,name,max_points,assessed_by,survey_method
        2031,so,1.1,,Thẩm định,3,appraisal,
        2031,so,2.2,,Điều tra,2,survey,mean"""
    outcome = imports.run(data, [[lay(tmp_path / "official", rubric=rubric)]])
    assert outcome.status == "refused"
    assert {p.kind for p in outcome.problems} >= {"definition_in_use"}
    assert contents(data) == before
    outcome = imports.retract(data, [1], reason="thử")
    assert outcome.status == "refused" and {p.kind for p in outcome.problems} == {"definition_in_use"}
    assert contents(data) == before


def test_retraction_brings_back_what_was_replaced(data, tmp_path):
    before, kept = state(data), contents(data / "imports")
    later = lay(
        tmp_path / "later", self_scores=SELF.replace(",3", ",2.5"), ballots=BALLOTS.replace("p1,a,dan,2", "p1,a,dan,1")
    )
    assert imports.run(data, [[later]]).status == "imported"
    assert index(data)["a"] == (30.0, 2)
    outcome = imports.retract(data, [3], by="Hòa", reason="Nhầm tệp")
    assert (outcome.status, outcome.retracted) == ("retracted", [3])
    assert state(data) == before
    entry = Ledger.load(data).entry(3)
    assert entry.retracted["reason"] == "Nhầm tệp" and entry.retracted["by"] == "Hòa" and entry.retracted["at"]
    assert contents(data / "imports").items() > kept.items()  # the files stay
    assert imports.verify(data) == []
    with pytest.raises(imports.UnknownImport) as error:
        imports.retract(data, [3], reason="lần nữa")
    assert error.value.active == [1, 2]


def test_replace_takes_an_import_back_and_brings_one_in_at_once(data, tmp_path):
    fewer = "period,ballot_id,unit_code,respondent_group,c1\n2031,p1,a,dan,2\n2031,p3,b,dan,2\n"
    corrected = lay(tmp_path / "corrected", **FACTS | {"ballots": fewer})
    generation = Ledger.load(data).generation
    outcome = imports.run(data, [[corrected]], replaces=2)
    assert (outcome.status, outcome.retracted, outcome.generation) == ("imported", [2], generation + 1)
    assert rows(data, "SELECT ballot_id, import_id FROM ballots ORDER BY ALL") == [("p1", 3), ("p3", 3)]
    assert index(data) == {"a": (90.0, 1), "b": (80.0, 2)}
    before = contents(data)
    with pytest.raises(imports.UnknownImport):
        imports.run(data, [[corrected]], replaces=2)
    assert contents(data) == before


def test_each_judges_every_file_alone(data, tmp_path, capsys):
    mixed = lay(
        tmp_path / "mixed",
        appraised_scores=APPRAISED.replace("1,3,", "1,1,"),
        self_scores=SELF.replace("a,1.1,4", "a,1.1,9"),
        ballots=BALLOTS.replace("2031,p1", "2031,p9"),
    )
    argv = ["import", str(mixed), "--data", str(data), "--each", "--json", "--problems", str(tmp_path / "p.csv")]
    assert cli.main(argv) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["refused_files"] == ["self_scores.csv"] and said["status"] == "imported"
    assert [[f["name"] for f in e["files"]] for e in said["imports"]] == [["appraised_scores.csv"], ["ballots.csv"]]
    assert "out_of_range" in (tmp_path / "p.csv").read_text(encoding="utf-8")
    assert rows(data, "SELECT count(*) FROM ballots") == [(5,)]
    assert rows(data, "SELECT max(points)::INTEGER FROM self_scores") == [(4,)]
    assert Ledger.load(data).generation == 3  # one step for all


# --- the ledger -------------------------------------------------------------------------------------------------


def test_the_ledger_tells_everything_of_an_import(data, tmp_path):
    later = lay(tmp_path / "later" / "thư mục", self_scores=SELF.replace(",3", ",2"))
    (later / "ghi chú.txt").write_text("không phải bảng")
    outcome = imports.run(data, [[tmp_path / "later"]], by="Hòa", note="Nộp lại")
    (entry,) = outcome.entries
    assert Ledger.load(data).entries[-1] == entry
    assert outcome.skipped == [("thư mục/ghi chú.txt", "", "other_kind")]
    source = later / "self_scores.csv"
    assert entry.files == [
        {"name": "thư mục/self_scores.csv", "sha256": sha256(source), "bytes": source.stat().st_size}
    ]
    assert (entry.import_id, entry.by, entry.note, entry.made_up, entry.periods) == (
        3,
        "Hòa",
        "Nộp lại",
        False,
        ["2031"],
    )
    assert entry.imported_at.endswith("+00:00") and entry.retracted is None
    assert {t: v["rows"] for t, v in entry.tables.items()} == {"self_scores": 2}
    assert entry.replaced == {"self_scores": 2}
    assert (entry.folder(data) / "originals" / "thư mục" / "self_scores.csv").read_bytes() == source.read_bytes()


def test_verify_finds_what_is_changed_and_what_is_missing(data):
    assert imports.verify(data) == []
    (data / "imports/000002/originals/self_scores.csv").write_text("x")
    (data / "imports/000002/ballots.parquet").unlink()
    assert {(f.import_id, f.file, f.what) for f in imports.verify(data)} == {
        (2, "originals/self_scores.csv", "changed"), (2, "ballots.parquet", "missing")
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", "[]", '{"generation": 1}', '{"generation": 1, "entries": [{}]}', "null"])
def test_a_broken_ledger_gives_a_sentence_and_stays_as_it_is(data, tmp_path, capsys, text):
    (data / "ledger.json").write_text(text)
    before = contents(data)
    for command in (
        ["import", str(lay(tmp_path / "f", **FACTS))],
        ["imports"],
        ["build"],
        ["retract", "1", "--reason", "x"],
    ):
        assert cli.main([*command, "--data", str(data)]) == 1
        said = capsys.readouterr()
        assert "ledger.json" in said.err and "Traceback" not in said.err and said.out == ""
    assert contents(data) == before


# --- made-up and real -------------------------------------------------------------------------------------------


@pytest.fixture
def made_up(season, tmp_path):
    """A data folder with the definitions, and facts that are made up."""
    definitions = [[season / "imports/000001/originals"], [lay(tmp_path / "next year", **NEXT_YEAR)]]
    assert imports.run(tmp_path / "d", definitions).status == "imported"
    next_year = lay(tmp_path / "2032", self_scores="period,unit_code,criterion_code,points\n2032,a,1,7")
    outcome = imports.run(tmp_path / "d", [[lay(tmp_path / "made up", **FACTS)], [next_year]], made_up=True)
    assert [entry.periods for entry in outcome.entries] == [["2031"], ["2032"]]
    return tmp_path / "d"


def test_real_facts_take_the_made_up_ones_of_their_period_back_in_the_same_step_and_say_so(made_up, tmp_path, capsys):
    assert rows(made_up, "SELECT period, made_up FROM season WHERE has_scores ORDER BY ALL") == [
        ("2031", True),
        ("2032", True),
    ]
    real = lay(tmp_path / "real", ballots="period,ballot_id,unit_code,respondent_group,c1\n2031,r1,a,dan,2")
    generation = Ledger.load(made_up).generation
    assert cli.main(["import", str(real), "--data", str(made_up), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "made-up" in said.lower() or "made up" in said.lower()
    ledger = Ledger.load(made_up)
    assert [e.import_id for e in ledger.active] == [1, 2, 4, 5] and ledger.generation == generation + 1
    assert rows(made_up, "SELECT ballot_id FROM ballots") == [("r1",)]
    assert rows(made_up, "SELECT period FROM self_scores") == [("2032",)]
    assert rows(made_up, "SELECT period, made_up FROM season WHERE has_scores ORDER BY ALL") == [
        ("2031", False),
        ("2032", True),
    ]
    assert rows(made_up, "FROM superseded_scores") == []  # what was made up is no history of a real season


def test_real_definitions_leave_the_made_up_facts_alone(made_up, tmp_path):
    official = lay(tmp_path / "official", scales=DEFINITIONS["scales"].replace("Kém", "Rất kém"))
    assert imports.run(made_up, [[official]], period="2031").retracted == []
    assert index(made_up) == {"a": (60.0, 2), "b": (80.0, 1)}


def test_made_up_facts_never_come_over_real_ones(data, tmp_path):
    before = contents(data)
    with pytest.raises(imports.RealFactsThere) as error:
        imports.run(data, [[lay(tmp_path / "made up", self_scores=SELF.replace(",3", ",2"))]], made_up=True)
    assert error.value.periods == ["2031"]
    assert contents(data) == before


# --- data folders of earlier versions ----------------------------------------------------------------------------


def test_a_data_folder_of_the_first_format_goes_on_working(tmp_path, capsys):
    """Kept before steps had a kind and remarks an English: those stay empty, until a file says more."""
    data = tmp_path / "data"
    shutil.copytree(FIRST_FORMAT, data)
    kept = contents(data / "imports")
    assert cli.main(["defaults", "--data", str(data), "-q"]) == 0  # what `make run` does
    assert index(data) == {"a": (60.0, 2), "b": (80.0, 1)}
    assert rows(data, "SELECT step, kind FROM process_steps ORDER BY step") == [("1", None), ("2", None)]
    assert rows(data, "SELECT note, note_en FROM published_results") == [("giá trị in mờ", None)]
    assert contents(data / "imports") == kept and imports.verify(data) == []
    steps = (FIRST_FORMAT / "imports/000002/originals/process_steps.csv").read_text(encoding="utf-8")
    assert imports.run(data, [[lay(tmp_path / "same", process_steps=steps)]]).status == "unchanged"
    told = "period,step,name,name_en,kind,planned_from,planned_to,responsible\n2031,2,Thẩm định,,appraisal,,,"
    assert imports.run(data, [[lay(tmp_path / "told", process_steps=told)]]).status == "imported"
    assert rows(data, "SELECT step, kind FROM process_steps ORDER BY step") == [("1", None), ("2", "appraisal")]


def test_groups_and_scales_of_the_first_format_hold_for_every_period_without_its_own(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(FIRST_FORMAT, data)
    assert "format" not in json.loads((data / "ledger.json").read_text(encoding="utf-8"))
    of_2032 = lay(
        tmp_path / "2032",
        respondent_groups="unit_group,respondent_group,name,name_en,weight\nso,dan,Người dân,,3",
        scales="scale,option,label,value,satisfied\ns,1,Kém,0,0\ns,2,Tốt,0.5,1\nt,1,Có,1,1",
    )
    assert imports.run(data, [[of_2032]], period="2032").status == "imported"
    assert rows(data, "SELECT period, respondent_group, weight::INTEGER FROM respondent_groups ORDER BY ALL") == [
        ("2031", "dan", 1), ("2032", "dan", 3)
    ]  # fmt: skip
    assert rows(data, 'SELECT period, scale, "option", "value"::DOUBLE FROM scales ORDER BY ALL') == [
        ("2031", "s", "1", 0.0), ("2031", "s", "2", 1.0),
        ("2032", "s", "1", 0.0), ("2032", "s", "2", 0.5), ("2032", "t", "1", 1.0),
    ]  # fmt: skip
    assert index(data) == {"a": (60.0, 2), "b": (80.0, 1)}
    assert json.loads((data / "ledger.json").read_text(encoding="utf-8"))["format"] == 2
    year = "period,title,assessed_from,assessed_to,self_score_due,decimals,min_cell\n2033,Năm 2033,,,,2,1"
    assert imports.run(data, [[lay(tmp_path / "2033", periods=year)]]).status == "imported"
    assert rows(data, "SELECT scale, count(*) FROM scales WHERE period = '2033' GROUP BY ALL") == [("s", 2)]
    assert imports.retract(data, [3], reason="thử").status == "retracted"
    assert rows(data, "SELECT DISTINCT period, weight::INTEGER FROM respondent_groups ORDER BY ALL") == [
        ("2031", 1), ("2032", 1), ("2033", 1)
    ]  # fmt: skip


def test_weights_and_scales_of_one_year_never_touch_another(data, tmp_path):
    """Two groups, and next year's weights the other way round: nothing of this year moves."""

    def of_2031() -> dict[str, list[tuple]]:
        return {table: [row for row in found if "2032" not in row] for table, found in state(data).items()}

    before = of_2031()
    groups = "unit_group,respondent_group,name,name_en,weight\nso,dan,Người dân,,9\nso,khach,Khách,,1"
    scales = DEFINITIONS["scales"].replace("Kém,0,0", "Kém,1,1")
    next_year = lay(tmp_path / "next", **NEXT_YEAR, respondent_groups=groups, scales=scales)
    assert imports.run(data, [[next_year]]).status == "imported"
    assert of_2031() == before
    with Store(data).snapshot() as snapshot:
        assert build.Block(snapshot.connection, "2032", "so").group_weight == {"dan": 9, "khach": 1}
        assert build.Block(snapshot.connection, "2031", "so").group_weight == {"dan": 1}


# --- two at once ------------------------------------------------------------------------------------------------


def test_a_second_import_waits_for_the_first(data, tmp_path):
    said, done = [], []
    new = lay(tmp_path / "new", self_scores=SELF.replace(",3", ",2"))
    handle = os.open(data, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)

    def bring_in():
        done.append(imports.run(data, [[new]], progress=lambda stage, **_: said.append(stage)))

    second = threading.Thread(target=bring_in)
    second.start()
    while not said:
        time.sleep(0.01)
    assert said == ["waiting"] and not done
    os.close(handle)
    second.join(30)
    assert done[0].status == "imported"


def test_two_imports_at_once_both_land(data, tmp_path):
    ballot = "period,ballot_id,unit_code,respondent_group,c1\n2031,{},a,dan,2"
    folders = [lay(tmp_path / name, ballots=ballot.format(name)) for name in ("x1", "x2")]
    command = [sys.executable, "-m", "scoring.cli", "import", "--data", str(data), "-q"]
    root = Path(__file__).resolve().parents[2]
    both = [subprocess.Popen([*command, str(folder)], cwd=root) for folder in folders]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len(Ledger.load(data).entries) == 4 and imports.verify(data) == []
    assert rows(data, "SELECT ballot_id FROM ballots WHERE ballot_id LIKE 'x%' ORDER BY ALL") == [("x1",), ("x2",)]


# --- killed -----------------------------------------------------------------------------------------------------

# Forks a child for every line of standard input, so that a kill costs no new start of the program. A child given a
# number dies of SIGKILL before its that-many-th step that anybody can see; one given none is killed from outside.
SHOOTING_RANGE = """
import json, os, signal, sys
from pathlib import Path
from scoring import build, checks, imports, reading, store, typed, uncertainty  # all that a child needs
from scoring.ledger import Ledger

def run(data, folder, at):
    steps = 0
    def dying(call):
        def step(*arguments, **named):
            nonlocal steps
            steps += 1
            if steps == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)
        return step
    if at:
        for name in ("replace", "rename"):
            setattr(os, name, dying(getattr(os, name)))
        imports.sync_tree = dying(imports.sync_tree)
    if folder:
        imports.run(data, [[folder]])
    else:
        imports.commit(data, Ledger.load(data), anew=True)

print("ready", flush=True)
for line in sys.stdin:
    data, folder, at = json.loads(line)
    child = os.fork()
    if child == 0:
        run(Path(data), folder and Path(folder), at)
        os._exit(0)
    print(child, flush=True)
    _, status = os.waitpid(child, 0)
    print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, flush=True)
"""


class Range:
    """Starts imports that die."""

    def __init__(self):
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        root = Path(__file__).resolve().parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SHOOTING_RANGE], cwd=root, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"

    def shot(self, data: Path, folder: Path | None, *, at: int = 0, after: float | None = None) -> bool:
        """Whether the run died: at a step on the disk, or so many seconds after its start. No folder: a build."""
        print(json.dumps([str(data), folder and str(folder), at]), file=self.process.stdin, flush=True)
        child = int(self.process.stdout.readline())
        if after is not None:
            time.sleep(after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return int(self.process.stdout.readline()) == signal.SIGKILL

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def shooting_range():
    found = Range()
    yield found
    found.close()


@pytest.fixture(scope="module")
def targets(season, tmp_path_factory):
    """(a data folder, files of an import, what is read before and after it, files of an import that follows)."""
    folder = tmp_path_factory.mktemp("targets")
    new = lay(folder / "new", self_scores=SELF.replace(",3", ",2"), ballots=BALLOTS.replace("p1,a,dan,2", "p1,a,dan,1"))
    next_one = lay(folder / "next", appraised_scores=APPRAISED.replace("1,3,", "1,1,"))
    subprocess.run(["cp", "-r", str(season), str(folder / "after")], check=True)
    assert imports.run(folder / "after", [[new]]).status == "imported"
    return season, new, state(season), state(folder / "after"), next_one


def survived(data: Path, targets, *, follow: bool) -> str:
    """'before' or 'after': what a reader finds after a kill. Anything between fails."""
    _, _, before, after, next_one = targets
    found = state(data)
    assert found in (before, after)
    which = "before" if found == before else "after"
    ledger = Ledger.load(data)
    assert len(ledger.entries) == (2 if which == "before" else 3)
    assert imports.verify(data) == []
    # An import whose folder stands in its place was kept: the next command enters it first.
    finished = which == "before" and (data / "imports" / "000003").exists()
    if follow or finished:
        outcome = imports.run(data, [[next_one]])
        assert outcome.status == "imported" and outcome.entries[0].import_id == len(ledger.entries) + 1 + finished
        assert index(data)["a"][0] == (40.0 if which == "before" and not finished else 10.0)
        entries = {e.folder(data).name for e in Ledger.load(data).entries}
        assert {p.name for p in (data / "imports").iterdir()} == entries  # what was left behind is gone
        assert all(p.suffix == ".duckdb" for p in (data / "store").iterdir())
        assert imports.verify(data) == []
    return which


def test_killed_before_every_step_that_counts(shooting_range, targets, tmp_path):
    season, new, *_ = targets
    seen = []
    while True:
        data = tmp_path / str(len(seen))
        subprocess.run(["cp", "-r", str(season), str(data)], check=True)
        if not shooting_range.shot(data, new, at=len(seen) + 1):
            break
        seen.append(survived(data, targets, follow=len(seen) % 4 == 0))
    assert len(seen) >= 5 and set(seen) == {"before", "after"}
    assert seen == sorted(seen, key=("before", "after").index)  # one step, and no way back


def test_killed_at_any_moment(shooting_range, targets, tmp_path):
    season, new, *_ = targets
    subprocess.run(["cp", "-r", str(season), str(tmp_path / "whole")], check=True)
    started = time.monotonic()
    assert not shooting_range.shot(tmp_path / "whole", new)
    lasts = time.monotonic() - started
    chance = random.Random(2031)
    shots = 6
    for shot in range(shots):
        data = tmp_path / str(shot)
        subprocess.run(["cp", "-r", str(season), str(data)], check=True)
        building = shot % 3 == 2
        shooting_range.shot(data, None if building else new, after=lasts * (shot + chance.random()) / shots)
        survived(data, targets, follow=shot % 4 == 3)
