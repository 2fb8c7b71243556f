"""The product against a second scorer written in SQL from the method alone, on random seasons; and what must not matter."""

from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pytest
from seasons import Season, make_season

from scoring import imports, results
from scoring.store import Store

ORACLE = Path(__file__).with_name("oracle.sql").read_text(encoding="utf-8")
SEEDS = range(25)
POINTS, MAXIMA, INDEX, SHARE = Decimal("1e-26"), Decimal("1e-6"), Decimal("1e-10"), Decimal("1e-20")
NEAR = Decimal("1e-15")


def brought_in(season: Season, folder: Path) -> Store:
    """The store of a data folder that holds the season alone, brought in from files of every layout."""
    outcome = imports.run(folder / "data", [[season.write(folder / "files")]])
    assert outcome.status == "imported", [p.row_of_list("en") for p in outcome.problems][:20]
    return Store(folder / "data")


def asked(store: Store, sql: str) -> list[dict]:
    with store.snapshot() as snapshot:
        return snapshot.rows(sql)


def second_opinion(season: Season, folder: Path) -> dict[str, list[dict]]:
    """Tables of the oracle, scaled to the product's units."""
    con = duckdb.connect()
    con.execute("SET VARIABLE folder = ?", [str(season.write_plain(folder / "plain"))])
    con.execute(ORACLE)

    def table(name: str, **units: Decimal) -> list[dict]:
        found = con.execute(f"FROM {name}")
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        for row in rows:
            for column, unit in units.items():
                row[column] = None if row[column] is None else Decimal(row[column]) * unit
        return rows

    maxima = {"max_points": MAXIMA, "appraised_max": MAXIMA, "survey_max": MAXIMA}
    return {
        "index": table("results", points=POINTS, max_points=MAXIMA, index_exact=INDEX, index_value=INDEX,
                       self_index=INDEX, appraised_index=INDEX),
        "items": table("items", self_points=MAXIMA, appraised_points=MAXIMA, survey_points=POINTS, points=POINTS,
                       attainment=SHARE, gap=MAXIMA, **maxima),
        "survey": table("survey", weight=MAXIMA, share=SHARE),
        "answers": table("answers"),
    }  # fmt: skip


def keyed(rows: list[dict], *key: str) -> dict[tuple, dict]:
    found = {tuple(row[k] for k in key): row for row in rows}
    assert len(found) == len(rows)
    return found


def assert_same(ours: dict, theirs: dict, exact: tuple[str, ...] = (), near: tuple[str, ...] = ()) -> None:
    assert ours.keys() == theirs.keys()
    for key, row in theirs.items():
        for column in exact:
            assert ours[key][column] == row[column], (key, column, ours[key], row)
        for column in near:
            a, b = ours[key][column], row[column]
            assert (a is None) == (b is None) and (a is None or abs(a - b) < NEAR), (key, column, a, b)


@pytest.mark.parametrize("seed", SEEDS)
def test_agrees_with_the_oracle(seed, tmp_path):
    season = make_season(seed)
    theirs = second_opinion(season, tmp_path)
    store = brought_in(season, tmp_path)

    assert_same(
        keyed(asked(store, "FROM result_index"), "period", "unit_code"),
        keyed(theirs["index"], "period", "unit_code"),
        exact=("unit_group", "index_exact", "index_value", "self_index", "appraised_index", "rank", "status"),
        near=("points", "max_points"),
    )
    # A leaf shows its own kind of points alone, and nothing where it has none; the sums above it count that as 0.
    items = keyed(asked(store, "FROM result_items"), "period", "unit_code", "criterion_code")
    for row in items.values():
        for column in ("self_points", "appraised_points", "survey_points"):
            assert row["state"] is not None or row[column] is not None
            row[column] = row[column] or Decimal(0)
    numbers = (
        "self_points",
        "appraised_points",
        "survey_points",
        "points",
        "max_points",
        "appraised_max",
        "survey_max",
    )
    assert_same(
        items,
        keyed(theirs["items"], "period", "unit_code", "criterion_code"),
        exact=("unit_group", "state", "assessed_by"),
        near=(*numbers, "attainment", "gap"),
    )
    cell = ("period", "unit_code", "criterion_code", "respondent_group")
    survey = keyed(theirs["survey"], *cell)
    for row in survey.values():
        row["value"] = None if row["suppressed"] else row["share"]
        row["n_valid"] = None if row["suppressed"] else row["n_valid"]
    ours = keyed(asked(store, "FROM result_survey"), *cell)
    assert_same(ours, survey, exact=("weight", "n_ballots", "n_valid", "suppressed"), near=("value",))
    assert all(row["ci_low"] is None and row["ci_high"] is None for row in ours.values() if row["suppressed"])

    answer = ("period", "unit_code", "respondent_group", "question_code", "option")
    answers = keyed(theirs["answers"], *answer)
    for row in answers.values():
        row["n"] = None if row["suppressed"] else row["n"]
    assert_same(keyed(asked(store, "FROM result_answers"), *answer), answers, exact=("n", "suppressed"))


def test_the_random_seasons_hold_every_case(tmp_path):
    """What the oracle is asked about really occurs, so that its agreement says something."""
    seen = set()
    for seed in SEEDS:
        season = make_season(seed)
        tables = second_opinion(season, tmp_path / str(seed))
        rank = {}
        for row in tables["index"]:
            seen.add(row["status"])
            if row["rank"]:
                tie = rank.setdefault((row["period"], row["unit_group"], row["rank"]), row["unit_code"])
                seen |= {"tie"} if tie != row["unit_code"] else set()
            seen |= {"nothing applies"} if row["max_points"] == 0 else set()
        for row in tables["items"]:
            seen.add(row["state"])
            seen |= (
                {"a surveyed leaf taken out"}
                if (row["state"], row["assessed_by"]) == ("not_applicable", "survey")
                else set()
            )
        small = {(p["period"]): int(p["min_cell"] or 5) for p in season.tables["periods"]}
        for row in tables["survey"]:
            seen |= {"suppressed"} if row["suppressed"] else set()
            seen |= (
                {"suppressed with another"} if row["suppressed"] and row["n_valid"] >= small[row["period"]] else set()
            )
            seen |= {"no weight"} if row["weight"] == 0 else set()
            seen |= {"no opinion alone"} if row["n_valid"] == 0 else set()
        seen |= {f"decimals {p['decimals']}" for p in season.tables["periods"]}
        seen |= {f"rank by {p['rank_by']}" for p in season.tables["periods"]}
        seen |= {"several groups"} if len(season.blocks) > 2 else set()
        seen |= {"empty ballot"} if any(not b.answers for b in season.ballots) else set()
        by_leaf = {
            (q["period"], q["unit_group"], q["respondent_group"], q["question_code"]): q
            for q in season.tables["questions"]
        }
        seen |= {"question of two leaves"} if len(by_leaf) < len(season.tables["questions"]) else set()
        scales = {}
        for q in season.tables["questions"]:
            seen |= (
                {"another scale elsewhere"}
                if scales.setdefault(q["question_code"], q["scale"]) != q["scale"]
                else set()
            )
    missed = {
        "complete", "incomplete", "tie", "appraised", "surveyed", "pending", "missing", "not_applicable",
        "a surveyed leaf taken out", "suppressed", "suppressed with another", "no weight", "no opinion alone",
        "decimals ", "decimals 0", "decimals 1", "decimals 2", "decimals 3", "rank by ", "rank by exact",
        "rank by published", "several groups", "empty ballot", "question of two leaves", "another scale elsewhere",
    } - seen  # fmt: skip
    assert not missed


# --- what must not matter ---------------------------------------------------------------------------------------

PROPERTY_SEEDS = (2, 7, 24)
SCORES = "SELECT * EXCLUDE (index_low, index_high, se_index, rank_low, rank_high) FROM result_index ORDER BY ALL"


@pytest.fixture(scope="module", params=PROPERTY_SEEDS)
def season(request):
    return make_season(request.param)


@pytest.fixture(scope="module")
def store(season, tmp_path_factory):
    return brought_in(season, tmp_path_factory.mktemp("season"))


def test_children_add_up_to_their_parent(store, season):
    for period in {period for period, _ in season.blocks}:
        with store.snapshot() as snapshot:
            assert results.failing_sums(snapshot, period) == []


def test_order_of_rows_files_and_units_is_irrelevant(store, season, tmp_path):
    other = brought_in(season.shuffled(np.random.default_rng(1)), tmp_path)
    for sql in (
        "FROM result_index ORDER BY ALL",
        "FROM result_items ORDER BY ALL",
        "FROM result_survey ORDER BY ALL",
        "FROM result_answers ORDER BY ALL",
        "FROM rank_probabilities ORDER BY ALL",
        'SELECT * EXCLUDE ("file", "row", detail) FROM result_flags ORDER BY ALL',
    ):
        assert asked(store, sql) == asked(other, sql)


def test_doubling_every_ballot_changes_no_score(store, season, tmp_path):
    other = brought_in(season.doubled(), tmp_path)
    assert asked(store, SCORES) == asked(other, SCORES)
    items = "FROM result_items ORDER BY ALL"
    assert asked(store, items) == asked(other, items)


def test_other_unit_codes_permute_the_results(store, season, tmp_path):
    codes = sorted({u["unit_code"] for u in season.tables["units"]})
    other = dict(zip(codes, reversed(codes), strict=True))
    again = brought_in(season.relabelled(lambda code: other.get(code, code)), tmp_path)
    for table, key in (
        ("result_index", ("period", "unit_code")),
        ("result_items", ("period", "unit_code", "criterion_code")),
    ):
        scores = f"SELECT * EXCLUDE (unit_code{', unit_name, index_low, index_high, se_index, rank_low, rank_high' if table == 'result_index' else ''}), unit_code FROM {table}"
        ours = keyed(asked(store, scores), *key)
        theirs = keyed([row | {"unit_code": other[row["unit_code"]]} for row in asked(again, scores)], *key)
        assert ours == theirs
