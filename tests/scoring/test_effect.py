"""What an import moves is said before it is kept; what belongs to another period is never moved by it."""

import json

import pytest
from test_imports import (  # noqa: F401
    APPRAISED,
    BALLOTS,
    DEFINITIONS,
    FACTS,
    NEXT_YEAR,
    SELF,
    contents,
    data,
    index,
    lay,
    made_up,
    rows,
    season,
    state,
)

from scoring import cli, imports
from scoring.ledger import Ledger

KEYS = ["period", "units_before", "units_after", "indexes_moved", "ranks_moved", "largest", "leaves", "withdrawn"]


def said(capsys, *argv) -> dict:
    """The outcome of a command as JSON, with its exit code under `code`."""
    code = cli.main([*map(str, argv), "--json"])
    return json.loads(capsys.readouterr().out) | {"code": code}


def test_the_effect_is_the_same_in_a_dry_run_and_when_it_is_kept(data, tmp_path, capsys):  # noqa: F811
    new = lay(tmp_path / "new", appraised_scores=APPRAISED.replace("a,1.1,1,3", "a,1.1,1,4"), ballots=BALLOTS)
    before = contents(data)
    tried = said(capsys, "import", new, "--dry-run", "--data", data)
    assert (tried["status"], contents(data)) == ("checked", before)
    assert [list(row) for row in tried["effect"]] == [KEYS]
    assert tried["effect"] == [
        {
            "period": "2031",
            "units_before": 2,
            "units_after": 2,
            "indexes_moved": 1,
            "ranks_moved": 0,
            "largest": [{"unit_code": "a", "before": 60.0, "after": 70.0}],
            "leaves": {"appraised": {"before": 2, "after": 2}, "surveyed": {"before": 2, "after": 2}},
            "withdrawn": {},
        }
    ]
    assert said(capsys, "import", new, "--data", data)["effect"] == tried["effect"]
    (back,) = said(capsys, "retract", 3, "--reason", "thử", "--data", data)["effect"]
    assert back["largest"] == [{"unit_code": "a", "before": 70.0, "after": 60.0}]


def test_a_made_up_season_that_goes_is_said_first_and_by_name(made_up, tmp_path, capsys):  # noqa: F811
    real = lay(tmp_path / "real", self_scores="period,unit_code,criterion_code,points\n2031,a,1.1,2")
    before, entries = contents(made_up), state(made_up)
    assert cli.main(["import", str(real), "--dry-run", "--data", str(made_up), "--lang", "vi"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("KỲ 2031: RÚT MÙA SỐ LIỆU GIẢ LẬP (") and "Ballots" not in lines[0]
    assert "đơn vị có chỉ số: 2 → 1" in lines[1]
    assert contents(made_up) == before
    (row,) = said(capsys, "import", real, "--dry-run", "--data", made_up)["effect"]
    assert row["withdrawn"] == {"self_scores": 2, "appraised_scores": 2, "ballots": 4}
    assert row["leaves"]["pending"] == {"before": 0, "after": 1}
    assert row["largest"][-1] == {"unit_code": "b", "before": 80.0, "after": None}
    assert said(capsys, "import", real, "--data", made_up)["effect"] == [row]
    # What it had withdrawn counts again where it is taken back.
    taken = said(capsys, "retract", 5, "--reason", "nhầm năm", "--data", made_up)
    assert (taken["status"], taken["again"]) == ("retracted", [3])
    assert state(made_up).keys() == entries.keys() and index(made_up) == {"a": (60.0, 2), "b": (80.0, 1)}
    assert rows(made_up, "SELECT DISTINCT made_up FROM season WHERE has_scores") == [(True,)]


def test_made_up_facts_count_again_when_the_last_real_ones_are_taken_back(made_up, tmp_path):  # noqa: F811
    points = "period,unit_code,criterion_code,points\n2031,{},1.1,2"
    for unit in ("a", "b"):
        real = lay(tmp_path / unit, self_scores=points.format(unit))
        assert imports.run(made_up, [[real]]).status == "imported"
    assert imports.retract(made_up, [5], reason="thử").again == []  # the other real import still stands
    assert rows(made_up, "SELECT unit_code FROM self_scores WHERE period = '2031'") == [("b",)]
    assert imports.retract(made_up, [6], reason="thử").again == [3]
    assert index(made_up) == {"a": (60.0, 2), "b": (80.0, 1)}


def test_what_was_replaced_by_id_counts_again(data, tmp_path):  # noqa: F811
    before = state(data)
    corrected = lay(tmp_path / "corrected", **FACTS | {"appraised_scores": APPRAISED.replace("1,3,", "1,1,")})
    assert imports.run(data, [[corrected]], replaces=2).retracted == [2]
    assert imports.retract(data, [3], reason="thử").again == [2]
    assert state(data)["result_index"] == before["result_index"]


def test_an_import_that_would_move_another_period_is_refused(data, tmp_path, capsys):  # noqa: F811
    """Replacing this year's facts by next year's definitions: the number after --replace was wrong."""
    before = contents(data)
    next_year = lay(tmp_path / "next", **NEXT_YEAR)
    for dry in (["--dry-run"], []):
        found = said(capsys, "import", next_year, "--replace", 2, *dry, "--data", data)
        assert (found["code"], found["status"]) == (1, "refused")
        assert [(p["kind"], p["value"]) for p in found["problems"]] == [("moves_other_period", "2031")]
        assert "2031" in found["problems"][0]["problem"] and found["effect"][0]["period"] == "2031"
        assert contents(data) == before
    assert said(capsys, "import", next_year, "--data", data)["status"] == "imported"


def test_records_and_a_year_without_results_move_nothing(data, tmp_path, capsys):  # noqa: F811
    published = "period,unit_code,index,rank,decision,source,note\n2030,a,88,1,QĐ,web,\n2029,b,80,1,QĐ,web,"
    found = said(capsys, "import", lay(tmp_path / "p", published_results=published), "--data", data)
    assert (found["status"], found["effect"]) == ("imported", [])


@pytest.mark.parametrize("each", [False, True])
def test_a_real_form_of_another_year_never_takes_a_made_up_season_unsaid(made_up, tmp_path, capsys, each):  # noqa: F811
    head = "period,unit_code,criterion_code,points\n"
    files = lay(tmp_path / "a", self_scores=head + "2031,a,1.1,2\n2031,b,1.1,2")
    lay(files / "b", self_scores=head + "2032,a,1,5")
    before = contents(made_up)
    found = said(capsys, "import", files, "--data", made_up, "--dry-run", *(["--each"] if each else []))
    assert contents(made_up) == before and Ledger.load(made_up).active[-1].made_up
    if each:
        assert [row["period"] for row in found["effect"] if row["withdrawn"]] == ["2031", "2032"]
    else:
        assert found["code"] == 1 and {p["kind"] for p in found["problems"]} == {"mixed_periods"}
        assert [(p["file"], p["row"]) for p in found["problems"]] == [("b/self_scores.csv", 2)]
