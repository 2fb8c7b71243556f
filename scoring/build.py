"""From the imports that count to a generation of the store: facts laid, answers counted, blocks scored.

The database counts and joins, Python scores. The same imports and seed give the same results, row for row.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa

from scoring import store, uncertainty
from scoring.disclosure import Audit, audit
from scoring.facts import lay, parquet_relations
from scoring.index import COMPLETE, SURVEYED, BlockResult, Score, decide, score_block
from scoring.ledger import Entry, Ledger, Progress, quiet
from scoring.rank import published, round_half_up
from scoring.rubric import Rubric
from scoring.store import Connection, quoted, rows, script
from scoring.survey import Cell, Option, cells, leaf_values
from scoring.tables import TABLES

STORED_PLACES = 20  # DECIMAL(38, 20) in schema.sql

DEFAULT_DECIMALS, DEFAULT_MIN_CELL = 2, 5
REPLICATES, SEED = 10_000, 0


def write_generation(
    path: Path,
    data: Path,
    ledger: Ledger,
    progress: Progress = quiet,
    *,
    previous: Path | None = None,
    aside: Mapping[int, Path] = MappingProxyType({}),
) -> None:
    """Writes the database file of one generation at `path`, whole when the call returns.

    `data` is the folder whose imports the ledger lists; `aside` says where those lie that are still prepared.
    `previous` is an earlier generation from which the results of blocks are taken over that were scored from the same
    rows by the same code; None scores everything.
    """
    con = store.create(path)
    try:
        if previous is not None and previous.is_file():
            con.execute(f"ATTACH {quoted(previous)} AS previous (READ_ONLY)")
        progress("laying")
        _lay_facts(con, data, ledger, aside)
        con.execute(script("schema.sql"))
        progress("counting")
        con.execute(script("counts.sql"))
        known = _digests(con) if previous is not None else {}
        of_blocks = _blocks(con)
        for at, (period, unit_group) in enumerate(of_blocks, start=1):
            counted = partial(progress, n=at, of=len(of_blocks))
            digest = block_digest(con, period, unit_group)
            if known.get(_digest_key(period, unit_group)) == digest:
                _take_over(con, period, unit_group)
            else:
                counted("scoring")
                write_block(con, period, unit_group, counted)
            insert(con, "meta", [{"key": _digest_key(period, unit_group), "value": digest}])
        progress("flagging")
        con.execute(script("results.sql"))
        _write_history(con, data, ledger, aside)
        con.execute(script("flags.sql"))
        con.execute(script("views.sql"))
        insert(con, "meta", [{"key": k, "value": v} for k, v in _meta(ledger).items()])
        if previous is not None and previous.is_file():
            con.execute("DETACH previous")
        con.execute("CHECKPOINT")
    finally:
        con.close()


def _lay_facts(con: Connection, data: Path, ledger: Ledger, aside: Mapping[int, Path]) -> None:
    """The rows that count, as tables. Ballots get a number, which is what their answers carry."""
    lay(con, "main", [(e, aside.get(e.import_id, e.folder(data))) for e in ledger.active], views=("ballots", "answers"))
    con.execute(
        "CREATE TABLE numbered AS SELECT row_number() OVER (ORDER BY period, ballot_id)::INTEGER AS ballot_no, *"
        " FROM ballots"
    )
    con.execute(
        'CREATE TABLE given AS SELECT ballot_no, question_code, "option" FROM answers'
        " JOIN (SELECT ballot_no, period, ballot_id FROM numbered) USING (period, ballot_id)"
    )
    con.execute("DROP VIEW answers; DROP VIEW ballots")
    con.execute("ALTER TABLE numbered RENAME TO ballots; ALTER TABLE given RENAME TO answers")


def _blocks(con: Connection) -> list[tuple[str, str]]:
    found = rows(
        con,
        "SELECT DISTINCT period, unit_group FROM rubric JOIN units USING (period, unit_group)"
        " SEMI JOIN periods USING (period) ORDER BY 1, 2",
    )
    return [(row["period"], row["unit_group"]) for row in found]


# --- blocks that did not change ---------------------------------------------------------------------------------

OF_BLOCK = {
    "rubric": "SELECT {columns} FROM rubric WHERE period = $period AND unit_group = $unit_group",
    "units": "SELECT {columns} FROM units WHERE period = $period AND unit_group = $unit_group",
    "questions": "SELECT {columns} FROM questions WHERE period = $period AND unit_group = $unit_group",
    "group_weights": "SELECT {columns} FROM group_weights WHERE period = $period AND unit_group = $unit_group",
    "periods": "SELECT {columns} FROM periods WHERE period = $period",
    "respondent_groups": "SELECT {columns} FROM respondent_groups WHERE period = $period AND unit_group = $unit_group",
    "scales": "SELECT {columns} FROM scales WHERE period = $period",
    "self_scores": "SELECT {columns} FROM self_scores SEMI JOIN of_block USING (period, unit_code)",
    "appraised_scores": "SELECT {columns} FROM appraised_scores SEMI JOIN of_block USING (period, unit_code)",
    "survey_plan": "SELECT {columns} FROM survey_plan SEMI JOIN of_block USING (period, unit_code)",
    "ballots": "SELECT {columns} FROM ballots SEMI JOIN of_block USING (period, unit_code)",
    "answers": (
        'SELECT b.ballot_id, a.question_code, a."option" FROM answers a JOIN ballots b USING (ballot_no)'
        " SEMI JOIN of_block ON (b.period, b.unit_code) = (of_block.period, of_block.unit_code)"
    ),
}
"""The rows that the results of a block are made of, by table; where they came from is not among them."""

TAKEN_OVER = ("result_index", "result_items", "result_survey", "rank_probabilities", "index_covariance")


def _digest_key(period: str, unit_group: str) -> str:
    return f"block {period} {unit_group}"


def _digests(con: Connection) -> dict[str, str]:
    attached = con.execute("SELECT count(*) FROM duckdb_databases() WHERE database_name = 'previous'").fetchone()[0]
    if not attached:
        return {}
    return {row["key"]: row["value"] for row in rows(con, "FROM previous.meta WHERE \"key\" LIKE 'block %'")}


def block_digest(con: Connection, period: str, unit_group: str) -> str:
    """SHA-256 of everything the results of a block are made of: its rows, in any order, and the code that scores."""
    given = {"period": period, "unit_group": unit_group}
    of_block = (
        "WITH of_block AS (SELECT period, unit_code FROM units WHERE period = $period AND unit_group = $unit_group)"
    )
    parts = []
    for table, sql in OF_BLOCK.items():
        columns = ", ".join(f'"{name}"' for name in TABLES[table].names)
        sql = f"{of_block if 'of_block' in sql else ''} SELECT count(*), sum(hash(r)::HUGEINT) FROM ({sql}) r"
        wanted = {name: value for name, value in given.items() if f"${name}" in sql}
        parts.append((table, *map(str, con.execute(sql.format(columns=columns), wanted).fetchone())))
    return hashlib.sha256(json.dumps([parts, _code()]).encode()).hexdigest()


@cache
def _code() -> str:
    """SHA-256 of this package's code: other code may give other results."""
    folder = Path(__file__).parent
    files = sorted([*folder.glob("*.py"), *folder.glob("*.sql")])
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _take_over(con: Connection, period: str, unit_group: str) -> None:
    for table in TAKEN_OVER:
        con.execute(
            f"INSERT INTO {table} BY NAME FROM previous.{table} WHERE period = $period AND unit_group = $unit_group",
            {"period": period, "unit_group": unit_group},
        )


# --- one block --------------------------------------------------------------------------------------------------


class Block:
    """What the store holds of one period and unit group, as the method wants it."""

    def __init__(self, con: Connection, period: str, unit_group: str, *, counted: str = "counted"):
        self.con, self.period, self.unit_group, self.counted = con, period, unit_group, counted
        self.rubric = Rubric.from_rows(self._rows("FROM rubric WHERE period = $period AND unit_group = $unit_group"))
        self.methods = dict(zip(self.rubric.leaves, self.rubric.methods, strict=True))
        of_units = self._rows(
            "SELECT unit_code, name FROM units WHERE period = $period AND unit_group = $unit_group ORDER BY unit_code"
        )
        self.names = {row["unit_code"]: row["name"] for row in of_units}
        self.units = list(self.names)
        settings = self._rows("SELECT decimals, min_cell, rank_by FROM periods WHERE period = $period")[0]
        self.decimals = DEFAULT_DECIMALS if settings["decimals"] is None else settings["decimals"]
        self.min_cell = DEFAULT_MIN_CELL if settings["min_cell"] is None else settings["min_cell"]
        self.rank_by = settings["rank_by"] or "published"

    def _rows(self, sql: str) -> list[dict[str, Any]]:
        wanted = {"period": self.period, "unit_group": self.unit_group}
        return rows(self.con, sql, {name: value for name, value in wanted.items() if f"${name}" in sql})

    def numpy(self, sql: str, **named: Any) -> dict[str, np.ndarray]:
        """Columns of a result as arrays: ballots and answers never become Python objects one by one."""
        found = self.con.execute(sql, {"period": self.period, "unit_group": self.unit_group, **named}).fetchnumpy()
        return {name: np.ma.getdata(column) for name, column in found.items()}

    def of_units(self, table: str, columns: str) -> list[dict[str, Any]]:
        """Rows of a table whose unit is of this block."""
        return self._rows(
            f"SELECT {columns} FROM {table} JOIN units USING (period, unit_code)"
            " WHERE period = $period AND unit_group = $unit_group"
        )

    @property
    def self_scores(self) -> dict[tuple[str, str], Score]:
        found = self.of_units("self_scores", "unit_code, criterion_code, points")
        return {(row["unit_code"], row["criterion_code"]): _score(row) for row in found}

    @property
    def decided_scores(self) -> dict[tuple[str, str], Score]:
        found = self.of_units("appraised_scores", "unit_code, criterion_code, round, points")
        return decide((row["unit_code"], row["criterion_code"], row["round"], _score(row)) for row in found)

    @property
    def questions(self) -> list[tuple[str, str, str, str]]:
        """(respondent_group, question_code, criterion_code, scale) of every question of a surveyed leaf.

        A new rubric may leave questions behind that ask about a leaf it does not have: they count for nothing.
        """
        found = self._rows(
            "SELECT DISTINCT respondent_group, question_code, criterion_code, scale FROM questions"
            " WHERE period = $period AND unit_group = $unit_group ORDER BY ALL"
        )
        return [tuple(row.values()) for row in found if self.methods.get(row["criterion_code"])]

    @property
    def scales(self) -> dict[str, dict[str, Option]]:
        scales: dict[str, dict[str, Option]] = defaultdict(dict)
        for row in self._rows('SELECT scale, "option", "value", satisfied FROM scales WHERE period = $period'):
            value = None if row["value"] is None else Fraction(row["value"])
            scales[row["scale"]][row["option"]] = Option(value, bool(row["satisfied"]))
        return scales

    @property
    def group_weight(self) -> dict[str, Fraction]:
        found = self._rows(
            "SELECT respondent_group, weight FROM respondent_groups WHERE period = $period AND unit_group = $unit_group"
        )
        return {row["respondent_group"]: Fraction(row["weight"]) for row in found}

    @property
    def leaf_weight(self) -> dict[tuple[str, str], Fraction]:
        found = self._rows(
            "SELECT criterion_code, respondent_group, weight FROM group_weights"
            " WHERE period = $period AND unit_group = $unit_group"
        )
        return {(row["criterion_code"], row["respondent_group"]): Fraction(row["weight"]) for row in found}

    @property
    def counts(self) -> dict[tuple[str, str, str], dict[str, int]]:
        """Answers by option, by (unit, respondent group, question)."""
        counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
        answers = self.of_units(f"{self.counted}_answers", 'unit_code, respondent_group, question_code, "option", n')
        for row in answers:
            counts[row["unit_code"], row["respondent_group"], row["question_code"]][row["option"]] = row["n"]
        return counts

    def audit(self, of_cells: Sequence[Cell]) -> Audit:
        """What of the cells has to be withheld (see `scoring.disclosure`)."""
        if not any(cell.suppressed for cell in of_cells):
            return Audit(frozenset(), frozenset())
        return audit(
            of_cells,
            questions=self.questions,
            methods=self.methods,
            scales=self.scales,
            counts=self.counts,
            min_cell=self.min_cell,
        )

    def cells(self, not_applicable: Iterable[tuple[str, str]] = ()) -> list[Cell]:
        """The survey cells of the block (see `scoring.survey.cells`), without those of leaves that do not apply."""
        ballots = self.of_units(f"{self.counted}_ballots", "unit_code, respondent_group, n_ballots")
        valid = self.of_units(f"{self.counted}_valid", "unit_code, criterion_code, respondent_group, n_valid")
        return cells(
            questions=self.questions,
            methods=self.methods,
            scales=self.scales,
            counts=self.counts,
            n_ballots={(r["unit_code"], r["respondent_group"]): r["n_ballots"] for r in ballots},
            n_valid={(r["unit_code"], r["criterion_code"], r["respondent_group"]): r["n_valid"] for r in valid},
            group_weight=self.group_weight,
            leaf_weight=self.leaf_weight,
            not_applicable=frozenset(not_applicable),
            min_cell=self.min_cell,
        )

    def score(self) -> tuple[BlockResult, list[Cell]]:
        """Results of the block and the survey cells they rest on."""
        decided = self.decided_scores
        of_cells = self.cells(key for key, score in decided.items() if score.not_applicable)
        result = score_block(
            self.rubric,
            self.units,
            self_scores=self.self_scores,
            decided_scores=decided,
            survey_values=leaf_values(of_cells),
            decimals=self.decimals,
            rank_by=self.rank_by,
        )
        return result, of_cells


def _score(row: Mapping) -> Score:
    return Score(None if row["points"] is None else Fraction(row["points"]))


def write_block(con: Connection, period: str, unit_group: str, progress: Progress = quiet) -> None:
    """Scores one block and writes its rows of the result tables."""
    block = Block(con, period, unit_group)
    result, of_cells = block.score()
    place = {"period": period, "unit_group": unit_group}
    progress("sampling")
    sampling = Sampling(block, result, of_cells)
    items = [_stored(item.__dict__ | {"attainment": item.attainment}) for item in result.items]
    insert(con, "result_items", [place | row for row in items])
    found = block.audit(of_cells)
    insert(con, "result_survey", [place | _kept(cell, sampling, found) for cell in of_cells])
    units = [{"unit_name": block.names[unit.unit_code]} | unit.__dict__ for unit in result.units]
    insert(con, "result_index", [place | _stored(row) | sampling.unit(row["unit_code"]) for row in units])
    insert(con, "rank_probabilities", [place | row for row in sampling.rank_probabilities()])
    insert(con, "index_covariance", [place | row for row in sampling.covariance()])


def recompute(snapshot: store.Snapshot, period: str, unit_group: str) -> tuple[BlockResult, list[Cell]]:
    """Results of a block and its survey cells, made anew from scores, ballots and answers; nothing is taken from what
    the build had counted or scored."""
    return Block(snapshot.connection, period, unit_group, counted="count").score()


class Sampling:
    """What sampling of the ballots of a block could have changed: intervals, rank sets, probabilities.

    Appraisal is exact. Index and its interval belong to every unit that has one, provisional ones too; rank sets and
    probabilities to complete units, among themselves.
    """

    def __init__(self, block: Block, result: BlockResult, of_cells: Sequence[Cell]):
        self.block, self.result = block, result
        self.leaves = [
            leaf for leaf, surveyed in zip(block.rubric.leaves, block.rubric.surveyed, strict=True) if surveyed
        ]
        self.weights = block.group_weight
        self.groups = sorted(self.weights)
        self._unit = {code: i for i, code in enumerate(block.units)}
        self._leaf = {code: i for i, code in enumerate(self.leaves)}
        self._group = {code: i for i, code in enumerate(self.groups)}
        self.ballots, self.answers = self._ballots(), self._answers()
        self.population = self._population()
        self._intervals(of_cells)
        self._index()

    def _ballots(self) -> uncertainty.Ballots:
        found = self.block.numpy(
            "SELECT ballot_no, unit_code, respondent_group, dense_rank() OVER (PARTITION BY respondent_group ORDER BY"
            " respondent_id IS NULL, coalesce(respondent_id, ballot_id)) AS person"
            " FROM ballots JOIN units USING (period, unit_code)"
            " WHERE period = $period AND unit_group = $unit_group ORDER BY ballot_no"
        )
        self._ballot_no = found["ballot_no"]
        return uncertainty.Ballots(
            unit=_places(found["unit_code"], self._unit),
            group=_places(found["respondent_group"], self._group),
            person=found["person"].astype(np.int64),
        )

    def _answers(self) -> uncertainty.Answers:
        found = self.block.numpy(
            # Leaves and questions become numbers while they are few, before they meet the answers.
            'SELECT a.ballot_no, q.leaf, q.question, q."value" FROM ('
            '  SELECT respondent_group, question_code, s."option", list_position($leaves, criterion_code) - 1 AS leaf,'
            "   dense_rank() OVER (ORDER BY question_code) AS question,"
            "   CASE survey_method WHEN 'satisfied_share' THEN s.satisfied::INTEGER::DOUBLE"
            '    ELSE s."value"::DOUBLE END AS "value"'
            "  FROM questions JOIN rubric USING (period, unit_group, criterion_code)"
            "   JOIN scales s USING (period, scale)"
            '  WHERE period = $period AND unit_group = $unit_group AND s."value" IS NOT NULL'
            "   AND list_contains($leaves, criterion_code)"
            " ) q JOIN ("
            "  SELECT ballot_no, respondent_group FROM ballots JOIN units USING (period, unit_code)"
            "  WHERE period = $period AND unit_group = $unit_group"
            ' ) b USING (respondent_group) JOIN answers a USING (ballot_no, question_code, "option")'
            " ORDER BY a.ballot_no, q.leaf, q.question",
            leaves=self.leaves,
        )
        return uncertainty.Answers(
            ballot=np.searchsorted(self._ballot_no, found["ballot_no"]),
            leaf=found["leaf"].astype(np.int64),
            question=found["question"].astype(np.int64),
            value=found["value"].astype(float),
        )

    def _population(self) -> np.ndarray:
        population = np.full((len(self._unit), len(self._group)), np.nan)
        for row in self.block.of_units("survey_plan", "unit_code, respondent_group, population"):
            if row["population"] is not None and row["respondent_group"] in self._group:
                population[self._unit[row["unit_code"]], self._group[row["respondent_group"]]] = row["population"]
        return population

    def _intervals(self, of_cells: Sequence[Cell]) -> None:
        """Limits of every cell: Wilson's for one question and a satisfied share, else Student's with the jackknife."""
        shape = (len(self._unit), len(self._leaf), len(self._group))
        n, value = np.zeros(shape), np.full(shape, np.nan)
        for cell in of_cells:
            if cell.value is not None:
                n[self._place(cell)], value[self._place(cell)] = cell.n_valid, float(cell.value)
        asked = np.zeros(shape[1:], dtype=int)
        for group, _, leaf, _ in self.block.questions:
            if group in self._group:
                asked[self._leaf[leaf], self._group[group]] += 1
        shares = np.array([self.block.methods[leaf] == "satisfied_share" for leaf in self.leaves], dtype=bool)
        means = uncertainty.survey_means(self.ballots, self.answers, shape)
        population = self.population[:, None, :]
        student = uncertainty.mean_interval(value, means.se, n, population)
        wilson = uncertainty.wilson(value, n, population)
        simple = (asked == 1) & shares[:, None]
        self.low, self.high = (np.where(simple, w, t) for w, t in zip(wilson, student, strict=True))

    def _place(self, cell: Cell) -> tuple[int, int, int]:
        return (
            self._unit[cell.unit_code],
            self._leaf[cell.criterion_code],
            self._group[cell.respondent_group],
        )

    def interval(self, cell: Cell) -> tuple[float | None, float | None]:
        """Limits of a cell's value, 95%; None where there is none."""
        low, high = self.low[self._place(cell)], self.high[self._place(cell)]
        return (None, None) if np.isnan(low) or np.isnan(high) else (float(low), float(high))

    def _index(self) -> None:
        units = [unit for unit in self.result.units if unit.index_value is not None]
        self.of_index = {unit.unit_code: i for i, unit in enumerate(units)}
        self.complete = np.array([unit.status == COMPLETE for unit in units], dtype=bool)
        self.bootstrap = self.rank_low = self.rank_high = None
        if not units:
            return
        keep = [self._unit[unit.unit_code] for unit in units]
        states = {(item.unit_code, item.criterion_code): item.state for item in self.result.items}
        surveyed = np.array([[states[u.unit_code, c] == SURVEYED for c in self.leaves] for u in units], dtype=bool)
        weight = [[self.block.leaf_weight.get((leaf, g), self.weights[g]) for g in self.groups] for leaf in self.leaves]
        max_points = dict(zip(self.block.rubric.leaves, self.block.rubric.max_points, strict=True))
        place = np.full(len(self._unit), -1)
        place[keep] = np.arange(len(keep))
        of_kept = place[self.ballots.unit] >= 0
        number = np.cumsum(of_kept) - 1
        served = of_kept[self.answers.ballot]
        self.bootstrap = uncertainty.bootstrap_index(
            uncertainty.Ballots(
                place[self.ballots.unit[of_kept]], self.ballots.group[of_kept], self.ballots.person[of_kept]
            ),
            uncertainty.Answers(
                number[self.answers.ballot[served]],
                self.answers.leaf[served],
                self.answers.question[served],
                self.answers.value[served],
            ),
            units=[unit.unit_code for unit in units],
            groups=self.groups,
            weight=np.array(weight, dtype=float).reshape(len(self.leaves), len(self.groups)),
            max_points=np.array([float(max_points[leaf]) for leaf in self.leaves]),
            applicable=surveyed.reshape(len(units), len(self.leaves)),
            other_points=np.array([float(unit.points - unit.survey_points) for unit in units]),
            total_max=np.array([float(unit.max_points) for unit in units]),
            population=self.population[keep],
            replicates=REPLICATES,
            seed=SEED,
        )
        self.limits = self.bootstrap.interval()
        ranked = [unit for unit in units if unit.status == COMPLETE]
        if ranked:
            # Exact values make exact ties: equal fractions are equal floats, sums of replicates might not be.
            estimate = [float(100 * unit.points / unit.max_points) for unit in ranked]
            covariance = self.bootstrap.covariance[np.ix_(self.complete, self.complete)]
            low, high = uncertainty.rank_sets(estimate, covariance, seed=SEED)
            low, high = uncertainty.hold(low, high, [unit.rank for unit in ranked])
            codes = [unit.unit_code for unit in ranked]
            self.rank_low = dict(zip(codes, low.tolist(), strict=True))
            self.rank_high = dict(zip(codes, high.tolist(), strict=True))

    def unit(self, unit_code: str) -> dict[str, Any]:
        """The columns of `result_index` that come from sampling."""
        if unit_code not in self.of_index:
            return {"index_low": None, "index_high": None, "se_index": None, "rank_low": None, "rank_high": None}
        i = self.of_index[unit_code]
        low, high = (published(Fraction(float(limit[i])), self.block.decimals) for limit in self.limits)
        return {
            "index_low": low,
            "index_high": high,
            "se_index": float(self.bootstrap.se[i]),
            "rank_low": (self.rank_low or {}).get(unit_code),
            "rank_high": (self.rank_high or {}).get(unit_code),
        }

    def rank_probabilities(self) -> list[dict[str, Any]]:
        """Share of the replicates that gave a complete unit each rank, ranks that none gave left out."""
        codes = [code for code, i in self.of_index.items() if self.complete[i]]
        if not codes:
            return []
        shares = uncertainty.rank_probabilities(self.bootstrap.replicates[:, self.complete])
        return [
            {"unit_code": code, "rank": place + 1, "probability": float(share)}
            for code, row in zip(codes, shares, strict=True)
            for place, share in enumerate(row)
            if share > 0
        ]

    def covariance(self) -> list[dict[str, Any]]:
        """Covariance of the index between complete units, zeros between different units left out."""
        codes = [code for code, i in self.of_index.items() if self.complete[i]]
        if not codes:
            return []
        matrix = self.bootstrap.covariance[np.ix_(self.complete, self.complete)]
        return [
            {"unit_code": one, "other_code": other, "covariance": float(matrix[i, j])}
            for i, one in enumerate(codes)
            for j, other in enumerate(codes)
            if i == j or matrix[i, j]
        ]


def _places(codes: np.ndarray, place: Mapping[str, int]) -> np.ndarray:
    """Place of each code, as integers; looked up once a distinct code."""
    distinct, inverse = np.unique(codes.astype(str), return_inverse=True)
    return np.array([place[code] for code in distinct], dtype=np.int64)[inverse] if len(distinct) else inverse


def _kept(cell: Cell, sampling: Sampling, found: Audit) -> dict[str, Any]:
    """A survey cell as it is stored: what is suppressed is in no result table at all."""
    low, high = sampling.interval(cell)
    key = (cell.unit_code, cell.criterion_code)
    row = _stored(cell.__dict__) | {"ci_low": low, "ci_high": high, "withheld": key in found.withheld}
    row["revealed"] = (*key, cell.respondent_group) in found.accepted
    return row | {"n_valid": None, "value": None, "ci_low": None, "ci_high": None} if cell.suppressed else row


def _stored(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: round_half_up(v, STORED_PLACES) if isinstance(v, Fraction) else v for k, v in row.items()}


def insert(con: Connection, table: str, of_rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts dicts into a table by name; columns that the rows lack stay empty."""
    if not of_rows:
        return
    schema = con.sql(f"FROM {table} LIMIT 0").to_arrow_table().schema
    names = [name for name in schema.names if name in of_rows[0]]
    arrays = [pa.array([row[name] for row in of_rows], type=schema.field(name).type) for name in names]
    con.register("offered", pa.Table.from_arrays(arrays, names=names))
    try:
        con.execute(f"INSERT INTO {table} BY NAME FROM offered")
    finally:
        con.unregister("offered")


# --- history and meta -------------------------------------------------------------------------------------------


def _write_history(con: Connection, data: Path, ledger: Ledger, aside: Mapping[int, Path]) -> None:
    entries = [entry.__dict__ | {"how": entry.retracted or {}} for entry in ledger.entries]
    insert(
        con,
        "imports",
        [
            {
                "import_id": e["import_id"],
                "imported_at": _utc(e["imported_at"]),
                "by": e["by"],
                "note": e["note"],
                "made_up": e["made_up"],
                "retracted_at": _utc(e["how"].get("at")),
                "retracted_by": e["how"].get("by"),
                "retract_reason": e["how"].get("reason"),
            }
            for e in entries
        ],
    )
    files = [
        {"import_id": e["import_id"], "file": f["name"], "sha256": f["sha256"], "bytes": f["bytes"]}
        for e in entries
        for f in e["files"]
    ]
    insert(con, "import_files", files)
    tables = [
        {"import_id": e["import_id"], "table": t, "n_rows": v["rows"], "n_replaced": e["replaced"].get(t, 0)}
        for e in entries
        for t, v in e["tables"].items()
    ]
    insert(con, "import_tables", tables)
    for kind, table, extra in (
        ("self", "self_scores", "NULL::INTEGER AS round, NULL AS appraiser, NULL AS reason"),
        ("appraised", "appraised_scores", "round, appraiser, reason"),
    ):
        _write_superseded(
            con, [(e, aside.get(e.import_id, e.folder(data))) for e in ledger.entries], kind, table, extra
        )


def _write_superseded(con: Connection, placed: Sequence[tuple[Entry, Path]], kind: str, table: str, extra: str) -> None:
    """Earlier values of a table of scores. A made-up season that was taken back is no history of a real one; of what is
    no longer as it was kept nothing is told."""
    kept = [(e, folder) for e, folder in placed if table in e.tables and not (e.made_up and e.retracted)]
    kept = [(e, folder) for e, folder in kept if not (e.retracted or {}).get("damaged")]
    if not kept:
        return
    every = " UNION ALL ".join(
        f"SELECT period, unit_code, criterion_code, points, not_applicable, {extra},"
        f' "file", sheet, "row", {e.import_id} AS import_id, {str(e.retracted is None).lower()} AS active'
        f" FROM {parquet_relations(folder, e)[table]}"
        for e, folder in kept
    )
    con.execute(
        f"INSERT INTO superseded_scores BY NAME SELECT * EXCLUDE (active, following), {quoted(kind)} AS kind,"
        " CASE WHEN active THEN following END AS superseded_by"
        f" FROM (SELECT *, min(CASE WHEN active THEN import_id END) OVER ("
        "   PARTITION BY period, unit_code, criterion_code, round ORDER BY import_id"
        "   ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS following"
        f"  FROM ({every}))"
        f" WHERE NOT active OR following IS NOT NULL ORDER BY period, unit_code, criterion_code, import_id"
    )


def _utc(stamp: str | None) -> datetime | None:
    return None if stamp is None else datetime.fromisoformat(stamp).astimezone(UTC).replace(tzinfo=None)


def _meta(ledger: Ledger) -> dict[str, str]:
    return {
        "generation": str(ledger.generation),
        "dataset_hash": ledger.dataset_hash,
        "shape": store.shape(),
        "seed": str(SEED),
        "replicates": str(REPLICATES),
    }
