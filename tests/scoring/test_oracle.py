"""The product against a second scorer written in SQL from the method alone, on random seasons; what must not matter."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pytest
from seasons import Season, bring_in, make_season

from scoring import results
from scoring.store import Store

ORACLE = Path(__file__).with_name("oracle.sql").read_text(encoding="utf-8")
SEEDS = range(25)
POINTS, MAXIMA, INDEX, SHARE = Decimal("1e-26"), Decimal("1e-6"), Decimal("1e-10"), Decimal("1e-20")
NEAR = Decimal("1e-15")

UNIT = ("period", "unit_code")
ITEM = (*UNIT, "criterion_code")
CELL = (*ITEM, "respondent_group")
ANSWER = (*UNIT, "respondent_group", "question_code", "option")


def brought_in(seasons: Sequence[Season], folder: Path) -> Store:
    """The store of a data folder that holds the seasons alone, brought in by files of every layout."""
    bring_in(folder / "data", seasons, folder / "files")
    return Store(folder / "data")


def asked(store: Store, sql: str) -> list[dict]:
    with store.snapshot() as snapshot:
        return snapshot.rows(sql)


def second_opinion(seasons: Sequence[Season], folder: Path) -> dict[str, list[dict]]:
    """Tables of the oracle, scaled to the product's units."""
    for at, season in enumerate(seasons):
        season.write_plain(folder / str(at))
    con = duckdb.connect()
    con.execute("SET VARIABLE folder = ?", [str(folder)])
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


def keyed(rows: list[dict], key: Sequence[str]) -> dict[tuple, dict]:
    found = {tuple(row[k] for k in key): row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def seasons():
    return [make_season(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def oracle(seasons, tmp_path_factory):
    return second_opinion(seasons, tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def product(seasons, tmp_path_factory):
    return brought_in(seasons, tmp_path_factory.mktemp("product"))


def assert_same(
    ours: list[dict], theirs: list[dict], key: Sequence[str], exact: Sequence[str], near: Sequence[str] = ()
) -> None:
    ours, theirs = keyed(ours, key), keyed(theirs, key)
    assert ours.keys() == theirs.keys()
    for place, row in theirs.items():
        for column in exact:
            assert ours[place][column] == row[column], (place, column, ours[place], row)
        for column in near:
            a, b = ours[place][column], row[column]
            assert (a is None) == (b is None), (place, column, a, b)
            assert a is None or abs(a - b) < NEAR, (place, column, a, b)


def test_index_and_ranks_agree_with_the_oracle(product, oracle):
    exact = ("unit_group", "index_exact", "index_value", "self_index", "appraised_index", "rank", "status")
    assert_same(asked(product, "FROM result_index"), oracle["index"], UNIT, exact, ("points", "max_points"))


def test_items_and_states_agree_with_the_oracle(product, oracle):
    items = asked(product, "FROM result_items")
    own = ("self_points", "appraised_points", "survey_points")
    for row in items:  # a leaf shows nothing where it has no such points; the sums above it count that as 0
        for column in own:
            assert row["state"] is not None or row[column] is not None
            row[column] = row[column] or Decimal(0)
    near = (*own, "points", "max_points", "appraised_max", "survey_max", "attainment", "gap")
    assert_same(items, oracle["items"], ITEM, ("unit_group", "state", "assessed_by"), near)


def test_survey_cells_agree_with_the_oracle_and_show_nothing_suppressed(product, oracle):
    survey = asked(product, "FROM result_survey")
    theirs = [
        row | {"value": None if row["suppressed"] else row["share"]} | ({"n_valid": None} if row["suppressed"] else {})
        for row in oracle["survey"]
    ]
    assert_same(survey, theirs, CELL, ("weight", "n_ballots", "n_valid", "suppressed"), ("value",))
    hidden = [row for row in survey if row["suppressed"]]
    assert hidden and all(row["ci_low"] is None and row["ci_high"] is None for row in hidden)


def test_distributions_agree_with_the_oracle(product, oracle):
    theirs = [row | ({"n": None} if row["suppressed"] else {}) for row in oracle["answers"]]
    assert_same(asked(product, "FROM result_answers"), theirs, ANSWER, ("n", "suppressed"))


def test_the_random_seasons_hold_every_case(seasons, oracle):
    """What the oracle is asked about really occurs, so that its agreement says something."""
    seen = {row["status"] for row in oracle["index"]} | {row["state"] for row in oracle["items"]}
    ranked = [(row["period"], row["unit_group"], row["rank"]) for row in oracle["index"] if row["rank"]]
    small = {p["period"]: int(p["min_cell"] or 5) for season in seasons for p in season.tables["periods"]}
    scales = {(q["question_code"], q["scale"]) for q in seasons[2].tables["questions"]}
    questions = [tuple(q.values())[:4] for season in seasons for q in season.tables["questions"]]
    for case, there in {
        "tie": len(set(ranked)) < len(ranked),
        "nothing applies": any(row["max_points"] == 0 for row in oracle["items"]),
        "a surveyed leaf taken out": any(
            (row["state"], row["assessed_by"]) == ("not_applicable", "survey") for row in oracle["items"]
        ),
        "suppressed for being small": any(
            row["suppressed"] and row["n_valid"] < small[row["period"]] for row in oracle["survey"]
        ),
        "suppressed with another": any(
            row["suppressed"] and row["n_valid"] >= small[row["period"]] for row in oracle["survey"]
        ),
        "no weight": any(row["weight"] == 0 for row in oracle["survey"]),
        "no opinion alone": any(row["n_valid"] == 0 for row in oracle["survey"]),
        "several groups": any(len(season.blocks) > 2 for season in seasons),
        "empty ballot": any(not b.answers for season in seasons for b in season.ballots),
        "question of two leaves": len(set(questions)) < len(questions),
        "another scale elsewhere": len({question for question, _ in scales}) < len(scales),
    }.items():
        seen |= {case} if there else set()
    for season in seasons:
        seen |= {f"decimals {p['decimals']}" for p in season.tables["periods"]}
        seen |= {f"rank by {p['rank_by']}" for p in season.tables["periods"]}
    missed = {
        "complete", "incomplete", "appraised", "surveyed", "pending", "missing", "not_applicable", "tie",
        "nothing applies", "a surveyed leaf taken out", "suppressed for being small", "suppressed with another",
        "no weight", "no opinion alone", "several groups", "empty ballot", "question of two leaves",
        "another scale elsewhere", "decimals ", "decimals 0", "decimals 1", "decimals 2", "decimals 3", "rank by ",
        "rank by exact", "rank by published",
    } - seen  # fmt: skip
    assert not missed


# --- what must not matter ---------------------------------------------------------------------------------------

# Intervals are drawn from the ballots, so more of them or units in another order change those, and nothing else.
SCORES = "SELECT * EXCLUDE (index_low, index_high, se_index, rank_low, rank_high) FROM result_index ORDER BY ALL"


@pytest.fixture(scope="module")
def some(seasons):
    return [seasons[seed] for seed in (2, 7, 10, 24)]


@pytest.fixture(scope="module")
def store(some, tmp_path_factory):
    return brought_in(some, tmp_path_factory.mktemp("some"))


def test_children_add_up_to_their_parent(product, seasons):
    with product.snapshot() as snapshot:
        for period in {period for season in seasons for period, _ in season.blocks}:
            assert results.failing_sums(snapshot, period) == []


def test_order_of_rows_files_and_units_is_irrelevant(store, some, tmp_path):
    rng = np.random.default_rng(1)
    other = brought_in([season.shuffled(rng) for season in reversed(some)], tmp_path)
    for sql in (
        "FROM result_index ORDER BY ALL",
        "FROM result_items ORDER BY ALL",
        "FROM result_survey ORDER BY ALL",
        "FROM result_answers ORDER BY ALL",
        "FROM rank_probabilities ORDER BY ALL",
        'SELECT * EXCLUDE ("file", "row", detail) FROM result_flags ORDER BY ALL',
    ):
        assert asked(store, sql) == asked(other, sql), sql


def test_doubling_every_ballot_changes_no_score(store, some, tmp_path):
    other = brought_in([season.doubled() for season in some], tmp_path)
    for sql in (SCORES, "FROM result_items ORDER BY ALL"):
        assert asked(store, sql) == asked(other, sql)


def test_other_unit_codes_permute_the_results(store, some, tmp_path):
    codes = sorted({u["unit_code"] for season in some for u in season.tables["units"]})
    other = dict(zip(codes, reversed(codes), strict=True))
    again = brought_in([season.relabelled(other.__getitem__) for season in some], tmp_path)
    for sql, key in ((SCORES.replace("index_low,", "unit_name, index_low,"), UNIT), ("FROM result_items", ITEM)):
        back = [row | {"unit_code": other[row["unit_code"]]} for row in asked(again, sql)]
        assert keyed(asked(store, sql), key) == keyed(back, key)
