"""The store: read-only and locked down, followed from generation to generation, the same for the same inputs."""

import json
import os
import re
import threading
import time
from pathlib import Path

import duckdb
import pytest
from seasons import bring_in, make_season

from scoring import cli, imports, store
from scoring.ledger import Ledger
from scoring.store import Store, StoreUnavailable, generation_path

SQL_FILES = ("schema.sql", "counts.sql", "views.sql")
RESULTS = (
    "result_index",
    "result_items",
    "result_survey",
    "result_answers",
    "result_flags",
    "rank_probabilities",
    "index_covariance",
    "superseded_scores",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Three random seasons, two periods in one of them, and a later import that replaced scores."""
    folder = tmp_path_factory.mktemp("store")
    bring_in(folder / "data", [make_season(seed) for seed in (2, 7, 10)], folder, plain=True)
    again = (folder / "mùa 0" / "self_scores.csv").read_text(encoding="utf-8").splitlines()
    (folder / "self_scores.csv").write_text(
        "\n".join([again[0], *(line + " " for line in again[1:3])]).replace(",Đã", ",Nay")
    )
    assert imports.run(folder / "data", [[folder / "self_scores.csv"]]).status == "imported"
    return folder / "data"


@pytest.fixture
def small(tmp_path):
    """A small data folder to write to."""
    bring_in(tmp_path / "small", [make_season(24)], tmp_path / "files")
    return tmp_path / "small"


# --- locked down ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO result_flags BY NAME SELECT '' AS period, '' AS flag, '' AS severity, {{'rows': 1}} AS detail",
        "UPDATE result_index SET points = 0",
        "DELETE FROM ballots",
        "DROP TABLE result_items",
        "CREATE TABLE mine (x INTEGER)",
        "COPY result_index TO '{outside}/stolen.csv'",
        "COPY result_index TO '{store}/stolen.csv'",
        "ATTACH '{outside}/other.duckdb'",
        "ATTACH '{store}/other.duckdb'",
        "FROM read_csv('/etc/passwd')",
        "FROM read_text('{ledger}')",
        "FROM read_parquet('{imports}/000001/ballots.parquet')",
        "FROM glob('/etc/*')",
        "EXPORT DATABASE '{outside}/dump'",
        "INSTALL excel",
        "LOAD excel",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "RESET lock_configuration",
        "SET memory_limit = '10GB'",
    ],
)
def test_a_reader_can_neither_write_nor_look_elsewhere(data, tmp_path, sql):
    other = Store(data)
    words = {"outside": tmp_path, "ledger": data / "ledger.json", "imports": data / "imports", "store": data / "store"}
    with other.snapshot() as snapshot, pytest.raises(duckdb.Error):
        snapshot.rows(sql.format(**words))
    assert list(tmp_path.iterdir()) == []
    with other.snapshot() as snapshot:
        assert snapshot.value("SELECT count(*) FROM result_index") > 0


def test_numbers_are_exact_and_empty_cells_none(data):
    with Store(data).snapshot() as snapshot:
        row = snapshot.rows("SELECT points, index_value, index_low FROM ranking WHERE status = 'complete' LIMIT 1")[0]
    assert {type(value).__name__ for value in row.values()} <= {"Decimal", "NoneType"}


# --- missing and broken -----------------------------------------------------------------------------------------


def test_a_missing_store_says_so(tmp_path):
    with pytest.raises(StoreUnavailable) as error:
        Store(tmp_path / "nowhere").generation()
    assert (error.value.reason, error.value.path) == ("missing", tmp_path / "nowhere")


def test_a_missing_generation_and_broken_files_say_so(small):
    current = generation_path(small, 1)
    content = current.read_bytes()
    for broken in (b"", b"not a database" * 400, content[:5000]):
        current.write_bytes(broken)
        with pytest.raises(StoreUnavailable) as error, Store(small).snapshot():
            pass
        assert (error.value.reason, error.value.path) == ("broken", current)
    current.unlink()
    with pytest.raises(StoreUnavailable) as error, Store(small).snapshot():
        pass
    assert (error.value.reason, error.value.path) == ("missing", current)
    for text in ("", "[]", "{}", '{"generation": "1"}'):
        (small / "ledger.json").write_text(text)
        with pytest.raises(StoreUnavailable) as error, Store(small).snapshot():
            pass
        assert (error.value.reason, error.value.path) == ("broken", small / "ledger.json")


def test_a_store_of_another_version_says_so_and_is_built_anew(small, capsys):
    before = Ledger.load(small)
    with duckdb.connect(str(generation_path(small, 1))) as con:
        con.execute("UPDATE meta SET \"value\" = 'another' WHERE \"key\" = 'shape'")
    with pytest.raises(StoreUnavailable) as error:
        Store(small).generation()
    assert (error.value.reason, error.value.path) == ("outdated", generation_path(small, 1))
    assert cli.main(["check", "--period", "x", "--data", str(small), "--lang", "en"]) == 1
    assert "another version" in capsys.readouterr().err
    assert cli.main(["defaults", "--data", str(small), "--lang", "en"]) == 0
    assert "rebuilt" in capsys.readouterr().out
    assert Ledger.load(small).entries == before.entries and Store(small).generation() == 2
    assert cli.main(["defaults", "--data", str(small)]) == 0
    assert Store(small).generation() == 2  # once is enough


def test_a_lost_store_is_built_again_from_the_imports(small):
    with Store(small).snapshot() as snapshot:
        before = snapshot.rows("FROM result_index ORDER BY ALL")
    generation_path(small, 1).write_bytes(b"broken")
    assert cli.main(["build", "--data", str(small), "-q"]) == 0
    with Store(small).snapshot() as snapshot:
        assert snapshot.rows("FROM result_index ORDER BY ALL") == before


# --- generations ------------------------------------------------------------------------------------------------


def test_readers_follow_new_generations_without_a_failed_query(small):
    reader, errors, seen, stop = Store(small), [], set(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                with reader.snapshot() as snapshot:
                    first = snapshot.rows("FROM result_index ORDER BY ALL")
                    assert snapshot.value("SELECT value FROM meta WHERE key = 'generation'") == str(snapshot.generation)
                    assert snapshot.rows("FROM result_index ORDER BY ALL") == first
                    seen.add(snapshot.generation)
                time.sleep(0.02)
            except Exception as error:  # whatever it is, no reader may see it
                errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for generation in range(2, 7):
        imports.commit(small, Ledger.load(small))
        with reader.snapshot() as snapshot:
            assert snapshot.generation == generation
    while max(seen, default=0) < 6 and not errors:
        time.sleep(0.01)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == [] and max(seen) == 6 and len(seen) > 2
    assert len(list((small / "store").iterdir())) <= store.KEPT_GENERATIONS


def test_a_request_ends_on_the_generation_it_began_with(small):
    reader = Store(small)
    with reader.snapshot() as early:
        imports.commit(small, Ledger.load(small))
        with reader.snapshot() as late:
            assert (early.generation, late.generation) == (1, 2)
            for snapshot in (early, late, early):
                assert snapshot.value("SELECT value FROM meta WHERE key = 'generation'") == str(snapshot.generation)


def test_the_same_inputs_give_the_same_results(data, tmp_path):
    def results() -> dict:
        with Store(data).snapshot() as snapshot:
            return {table: snapshot.rows(f"FROM {table} ORDER BY ALL") for table in RESULTS} | {
                "meta": snapshot.rows("FROM meta WHERE key <> 'generation' ORDER BY ALL")
            }

    before = results()
    assert all(before[table] for table in RESULTS if table != "index_covariance")
    assert cli.main(["build", "--data", str(data), "-q"]) == 0
    assert results() == before


def test_the_hash_of_the_data_says_which_imports_count(small, tmp_path):
    ledger = Ledger.load(small)
    with Store(small).snapshot() as snapshot:
        assert snapshot.value("SELECT value FROM meta WHERE key = 'dataset_hash'") == ledger.dataset_hash
    content = json.loads((small / "ledger.json").read_text())
    assert content["generation"] == 1 and len(content["entries"]) == 1


# --- grain ------------------------------------------------------------------------------------------------------


def stated() -> dict[str, tuple[str, str]]:
    """(kind, grain as stated) of every table and view of the SQL files."""
    found = {}
    for name in SQL_FILES:
        for kind, what, rest in re.findall(r"^CREATE (TABLE|VIEW) (\w+)(.*)$", store.script(name), re.MULTILINE):
            grain = re.search(r"-- grain: (.+)", rest)
            assert grain, f"{name}: {what} does not state its grain"
            found[what] = (kind, grain[1])
    return found


GRAIN = {
    "decided_scores": "period, unit_code, criterion_code",
    "counted_ballots": "period, unit_code, respondent_group",
    "counted_answers": 'period, unit_code, respondent_group, question_code, "option"',
    "counted_valid": "period, unit_code, criterion_code, respondent_group",
    "season": "period, unit_group",
    "item_lead": "period, unit_group, criterion_code",
    "compared_periods": "period, unit_group",
    "ranking": "period, unit_code",
    "item_results": "period, unit_code, criterion_code",
    "score_sources": "kind, period, unit_code, criterion_code, round",
    "ballot_sources": 'period, unit_code, respondent_group, import_id, "file", sheet',
}


@pytest.mark.parametrize("view", GRAIN)
def test_views_hold_their_grain(data, view):
    assert view in stated()
    with Store(data).snapshot() as snapshot:
        assert snapshot.value(f"SELECT count(*) FROM {view}") > 0
        assert snapshot.rows(f"SELECT {GRAIN[view]}, count(*) FROM {view} GROUP BY ALL HAVING count(*) > 1") == []


def test_every_view_states_its_grain_and_can_be_read(data):
    with Store(data).snapshot() as snapshot:
        views = snapshot.rows(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name = current_database()"
        )
        assert {row["view_name"] for row in views} <= stated().keys()
        for row in views:
            snapshot.rows(f"FROM {row['view_name']} LIMIT 1")


def test_the_store_is_one_file_a_generation(data):
    assert all(re.fullmatch(r"gen-\d{6}-[0-9a-f]{16}\.duckdb", name) for name in os.listdir(data / "store"))
    assert not list(Path(data).glob("*.new"))


# --- kept answers -----------------------------------------------------------------------------------------------


def test_a_question_is_put_to_a_generation_once_and_its_rows_stay_as_they_are(data, monkeypatch):
    asked = []
    rows = store.rows
    monkeypatch.setattr(store, "rows", lambda con, sql, given=None: asked.append(given) or rows(con, sql, given))
    window, sql = Store(data), "FROM result_index WHERE unit_code <> $but ORDER BY ALL"
    for _ in range(2):
        with window.snapshot() as snapshot:
            first = snapshot.kept_rows(sql, {"but": ""})
            assert first == snapshot.rows(sql, {"but": ""}) != []
            first.clear()  # the list is the caller's own
            with pytest.raises(TypeError):
                snapshot.kept_rows(sql, {"but": ""})[0]["points"] = 1
            assert snapshot.kept_rows("FROM result_index WHERE false") == []
    assert asked == [{"but": ""}] * 2 + [None] + [{"but": ""}]
    window.close()


def test_kept_answers_have_an_end(monkeypatch):
    monkeypatch.setattr(store, "KEPT_ROWS", 5)
    kept, asked = store.Kept(), []

    def ask(name, n):
        return kept.rows(name, lambda: asked.append(name) or [{"x": name}] * n)

    for name, n in (("a", 2), ("b", 3), ("a", 2), ("c", 1), ("b", 3), ("a", 2), ("far too many", 9)):
        assert ask(name, n) == [{"x": name}] * n
    assert asked == ["a", "b", "c", "a", "far too many"]
