"""The gates: what a sound season passes, and that each is closed by the fault that it is there for."""

import json
import shutil
from contextlib import closing
from types import SimpleNamespace

import duckdb
import pytest

from scoring import gates, store
from scoring.cli import main
from scoring.store import Store
from scoring.texts import say

FAULTS = {
    "complete": "UPDATE result_items SET state = 'missing' WHERE unit_code = 'district-01' AND state = 'appraised'",
    "range": "UPDATE result_items SET points = max_points + 1 WHERE unit_code = 'district-01' AND state = 'appraised'",
    "reasons": "UPDATE item_results SET reason = NULL WHERE unit_code = 'district-01' AND gap <> 0",
    "sums": "UPDATE result_items SET points = points + 0.01 WHERE unit_code = 'district-01' AND criterion_code = '1'",
    "maxima": "UPDATE result_index SET appraised_max = appraised_max + 1 WHERE unit_code = 'district-01'",
    "means": "UPDATE result_index SET points = points + 1 WHERE unit_code = 'district-01'",
    "survey_points": "UPDATE result_items SET survey_points = survey_points + 0.000000001"
    " WHERE unit_code = 'district-01' AND state = 'surveyed'",
    "ballots": "UPDATE survey_progress SET issued = 1 WHERE unit_code = 'district-01'",
    "minimum_cell": "UPDATE survey_progress SET hidden = true WHERE unit_code = 'district-01'",
    "ranks": 'UPDATE result_index SET "rank" = "rank" + 1 WHERE unit_code = \'district-01\'',
    "flags": "UPDATE result_flags SET severity = 'block'",
    "disclosure": "UPDATE result_survey SET revealed = true WHERE unit_code = 'district-01'",
    "printed": 'INSERT INTO published_results (period, unit_code, "index", "rank") VALUES'
    " ('2029', 'district-01', 88.83, 8), ('2029', 'district-02', 81.41, 9), ('2029', 'district-04', 88.33, 10)",
    "own_appraisal": "UPDATE item_results SET appraiser = unit_code WHERE unit_code = 'district-01'",
}


@pytest.fixture(scope="module")
def season(example_season, tmp_path_factory):
    """A connection to a copy of the example season that may be written to."""
    with Store(example_season).snapshot() as snapshot:
        path = snapshot.rows("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL")[0]["path"]
    copy = tmp_path_factory.mktemp("gates") / "copy.duckdb"
    shutil.copyfile(path, copy)
    with closing(duckdb.connect(copy)) as con:
        yield con


def snapshot_of(con):
    return SimpleNamespace(connection=con, rows=lambda sql, given: store.rows(con, sql, given))


@pytest.fixture(scope="module")
def looked_at(season):
    """The gates of the season as it is, by id."""
    return {gate.gate: gate for gate in gates.gates(snapshot_of(season), "2029")}


def test_every_gate_has_a_severity_and_a_state(looked_at):
    found = looked_at
    assert list(found) == list(gates.GATES)
    assert {gate.severity for gate in found.values()} == {gates.BLOCKING, gates.WARNING}
    for name, gate in found.items():
        unchecked = gates.GATES[name][1] is None
        assert (gate.state == gates.UNCHECKED) == unchecked
        assert (gate.state == gates.FAILED) == (gate.found != gate.expected)


def test_what_is_not_checked_never_counts_as_passed(looked_at):
    found = list(looked_at.values())
    assert {gate.gate for gate in gates.open_gates(found)} >= {"comparison", "titles", "rehearsal", "complete"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_closes_its_gate_and_names_its_rows(season, looked_at, name):
    before = looked_at[name]
    season.execute("BEGIN")
    try:
        season.execute(FAULTS[name])
        after = gates.GATES[name][1](gates.Period(snapshot_of(season), "2029"))
    finally:
        season.execute("ROLLBACK")
    new = [row for row in after.rows if row not in before.rows]
    assert new and len(after.rows) > len(before.rows)
    assert after.found != after.expected and after.difference != before.difference
    named = {row.get("unit_code", row.get("unit_group")) for row in new}
    of_gate = {"means": {"district"}, "flags": named, "printed": {"district-02", "district-04"}}
    assert named == of_gate.get(name, {"district-01"})


def test_a_whole_season_passes_what_can_be_checked(demo_season):
    with Store(demo_season).snapshot() as snapshot:
        found = {gate.gate: gate for gate in gates.gates(snapshot, "2020")}
    sums = ("complete", "range", "sums", "maxima", "means", "survey_points", "ballots", "ranks", "flags", "printed")
    assert {name: found[name].state for name in sums} == dict.fromkeys(sums, gates.PASSED)
    # The demo has two cuts without a reason and an agency that appraised itself: there is something to answer.
    assert (found["reasons"].found, found["own_appraisal"].state) == (2, gates.FAILED)


def test_the_command_tells_the_gates_and_stops_before_an_open_one(demo_season, capsys):
    assert main(["gates", "--period", "2020", "--data", str(demo_season), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["gate"] for one in told] == list(gates.GATES)
    keys = {"gate", "severity", "state", "expected", "found", "difference", "rows"}
    assert all(set(one) == keys for one in told)
    for lang in ("vi", "en"):
        assert main(["gates", "--period", "2020", "--data", str(demo_season), "--lang", lang]) == 1
        text = capsys.readouterr().out
        assert all(say(f"gate_{name}", lang) in text and f"[{name}]" in text for name in gates.GATES)
        assert say("gates_open", lang, n=4) in text
    assert main(["gates", "--period", "1999", "--data", str(demo_season), "-q"]) == 2
