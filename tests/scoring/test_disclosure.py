"""Attacks on what is published: with exact fractions, no suppressed cell comes out beyond those that are accepted."""

import csv
import io
import json
from collections import defaultdict
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest

from scoring import results
from scoring.disclosure import audit
from scoring.survey import Option, cells, leaf_values

MIN_CELL, BALLOTS = 3, 6
SCALES = {
    "yes_no": {"1": Option(F(0), False), "2": Option(F(1), True)},
    "three": {"1": Option(F(0), False), "2": Option(F(1, 2), False), "3": Option(F(1), True)},
}


class Unit:
    """One unit at random: groups with few ballots, leaves, questions that may serve several leaves."""

    def __init__(self, seed: int, scale: str = "yes_no", groups: int = 3, leaves: int = 2, *, plain: bool = False):
        rng = np.random.default_rng(seed)
        self.scale, self.groups = scale, [f"g{n}" for n in range(groups)]
        self.weight = {g: F(int(rng.choice([1, 1, 2, 3]))) for g in self.groups}
        self.leaves = [f"1.{n}" for n in range(leaves)]
        self.asked = {
            (leaf, g): [leaf]
            if plain
            else sorted({str(rng.choice([leaf, leaf, leaf, "shared"])), *([f"{leaf}b"] * (rng.random() < 0.2))})
            for leaf, g in product(self.leaves, self.groups)
            if rng.random() < 0.85
        }
        self.ballots = {g: int(rng.integers(1, BALLOTS + 1)) for g in self.groups}
        options, lean = list(SCALES[scale]), rng.random()
        self.given = {
            g: [
                {q: str(options[-int(rng.random() > lean)] if rng.random() < 0.7 else rng.choice(options))
                 for q in sorted({q for (_, h), qs in self.asked.items() if h == g for q in qs}) if rng.random() < 0.9}
                for _ in range(n)
            ]
            for g, n in self.ballots.items()
        }  # fmt: skip
        self.counts = {
            ("u", g, q): {o: sum(b.get(q) == o for b in ballots) for o in options}
            for g, ballots in self.given.items()
            for q in {q for (_, h), qs in self.asked.items() if h == g for q in qs}
        }
        self.questions = [(g, q, leaf, scale) for (leaf, g), qs in self.asked.items() for q in qs]
        self.cells = cells(
            questions=self.questions,
            methods=dict.fromkeys(self.leaves, "mean"),
            scales=SCALES,
            counts=self.counts,
            n_ballots={("u", g): n for g, n in self.ballots.items()},
            n_valid={
                ("u", leaf, g): sum(any(q in b for q in qs) for b in self.given[g])
                for (leaf, g), qs in self.asked.items()
            },
            group_weight=self.weight,
            leaf_weight={},
            min_cell=MIN_CELL,
        )
        self.audit = audit(
            self.cells,
            questions=self.questions,
            methods=dict.fromkeys(self.leaves, "mean"),
            scales=SCALES,
            counts=self.counts,
            min_cell=MIN_CELL,
        )

    # -- a reader

    def patterns(self, g: str) -> list[tuple[int, F]]:
        """(answers, their sum) that a question of the group may have."""
        values = sorted(option.value for option in SCALES[self.scale].values())
        found = {(0, F(0))}
        for n in range(self.ballots[g]):
            found |= {(n + 1, total + v) for m, total in found if m == n for v in values}
        return sorted(found)

    def shown(self, cell, withheld) -> bool:
        return not cell.suppressed and (cell.unit_code, cell.criterion_code) not in withheld

    def known(self, withheld, *, published: bool = True) -> dict:
        """(group, question) → (answers, sum) of the distributions that are published."""
        hidden = {
            (c.respondent_group, q)
            for c in self.cells
            for q in self.asked[c.criterion_code, c.respondent_group]
            if not self.shown(c, withheld) or not published
        }
        found = {}
        for (_, g, q), counts in self.counts.items():
            n, total = sum(counts.values()), sum(n * SCALES[self.scale][o].value for o, n in counts.items())
            if n == 0 or ((g, q) not in hidden and n >= MIN_CELL):
                found[g, q] = (n, F(total))
        return found

    def fits(self, cell, chosen: dict, withheld, published: bool) -> F | None:
        """The value of a cell under patterns of its questions; None where what is said of the cell contradicts them."""
        parts = [chosen[cell.respondent_group, q] for q in self.asked[cell.criterion_code, cell.respondent_group]]
        told = [(n, total) for n, total in parts if n]
        if not told:
            return None
        value = sum(total / n for n, total in told) / len(told)
        least, most = max(n for n, _ in told), min(sum(n for n, _ in told), self.ballots[cell.respondent_group])
        small = cell.suppressed and not cell.complement
        low, high = (1, MIN_CELL - 1) if small else (MIN_CELL, self.ballots[cell.respondent_group])
        if published and self.shown(cell, withheld):
            low = high = cell.n_valid
            if value != cell.value:
                return None
        elif published and cell.complement and (cell.unit_code, cell.criterion_code) not in withheld:
            beside = [
                c for c in self.cells if c.criterion_code == cell.criterion_code and not c.suppressed and c.n_valid
            ]
            high = min([high, *(c.n_valid - (c.respondent_group < cell.respondent_group) for c in beside)])
        return value if least <= high and most >= low else None

    def attack(self, withheld, *, published: bool = True) -> dict[tuple[str, str], set[F]]:
        """(leaf, group) → values that a suppressed cell may have for somebody who reads what is published, or the
        official points alone."""
        told = self.known(withheld, published=published)
        found = defaultdict(set)
        for leaves in self.components():
            # solutions: patterns of the shared question by group, and values by cell
            solutions = [({}, {})]
            for leaf in leaves:
                more = self.solutions(leaf, told, withheld, published)
                solutions = [
                    (shared | also, values | others)
                    for shared, values in solutions
                    for also, others in more
                    if all(shared.get(g, pattern) == pattern for g, pattern in also.items())
                ]
            for (_, values), cell in product(solutions, self.cells):
                if cell.suppressed and cell.criterion_code in leaves:
                    found[cell.criterion_code, cell.respondent_group].add(
                        values[cell.criterion_code, cell.respondent_group]
                    )
        return found

    def solutions(self, leaf: str, told: dict, withheld, published: bool) -> list[tuple[dict, dict]]:
        """What agrees with all that is said of one leaf: the pattern of the shared question by group, and the value of
        each cell."""
        own = [c for c in self.cells if c.criterion_code == leaf and c.n_valid]
        if not own:
            return [({}, {})]
        rest = sum(c.weight for c in own) * leaf_values(self.cells)["u", leaf]
        found = [({}, {}, rest)]
        for cell in own:
            g = cell.respondent_group
            unknown = [q for q in self.asked[leaf, g] if (g, q) not in told]
            may = set()
            for patterns in product(self.patterns(g), repeat=len(unknown)):
                chosen = told | {(g, q): pattern for q, pattern in zip(unknown, patterns, strict=True)}
                value = self.fits(cell, chosen, withheld, published)
                if value is not None:
                    may.add((value, chosen.get((g, "shared")) if "shared" in self.asked[leaf, g] else None))
            found = [
                (shared | ({g: pattern} if pattern else {}), values | {(leaf, g): value}, rest - cell.weight * value)
                for shared, values, rest in found
                for value, pattern in may
                if rest >= cell.weight * value
            ]
        return [(shared, values) for shared, values, rest in found if not rest]

    def components(self) -> list[list[str]]:
        """Leaves that share a question of a group, together."""
        sharing = [leaf for leaf in self.leaves if any("shared" in self.asked.get((leaf, g), ()) for g in self.groups)]
        return [*([sharing] if sharing else []), *([leaf] for leaf in self.leaves if leaf not in sharing)]


def determined(found: dict) -> set:
    return {key for key, values in found.items() if len(values) == 1}


@pytest.mark.parametrize(("scale", "groups", "seeds"), [("yes_no", 3, range(80)), ("three", 2, range(1000, 1040))])
def test_no_suppressed_cell_comes_out_beyond_what_the_official_points_say(scale, groups, seeds):
    suppressed = withheld = 0
    for seed in seeds:
        unit = Unit(seed, scale, groups)
        if not any(cell.suppressed for cell in unit.cells):
            continue
        suppressed += 1
        withheld += bool(unit.audit.withheld)
        open_to_all = determined(unit.attack(unit.audit.withheld, published=False))
        assert determined(unit.attack(unit.audit.withheld)) <= open_to_all, seed
    assert suppressed > len(seeds) / 4 and withheld > len(seeds) / 20


def test_nothing_is_withheld_without_need():
    compared = 0
    for seed in range(80):
        # Where questions serve several leaves, or several a leaf, more is withheld, to be sure.
        unit = Unit(seed, plain=True)
        compared += any(cell.suppressed for cell in unit.cells)
        counting = {leaf: [c for c in unit.cells if c.criterion_code == leaf and c.n_valid] for leaf in unit.leaves}
        given_away = {leaf for leaf, _ in determined(unit.attack(frozenset())) if len(counting[leaf]) > 1}
        assert unit.audit.withheld == {("u", leaf) for leaf in given_away}, seed
        open_to_all = determined(unit.attack(unit.audit.withheld, published=False))
        assert unit.audit.accepted >= {("u", *key) for key in open_to_all}, seed
    assert compared > 30


def test_open_data_leave_out_what_the_house_may_see(seasons):
    with seasons.snapshot() as snapshot:
        for (period,) in [tuple(row.values()) for row in snapshot.rows("SELECT DISTINCT period FROM season")]:
            house, opened = (
                {
                    name: [dict(zip(columns, row, strict=True)) for row in rows]
                    for name in results.TABLES
                    for columns, rows in [results.table(snapshot, name, period, open_data=open_data)]
                }
                for open_data in (False, True)
            )
            for inside, outside in zip(house["survey"], opened["survey"], strict=True):
                assert inside["n_ballots"]
                empty = (
                    {"n_valid", "value", "ci_low", "ci_high"} if outside["withheld"] or outside["suppressed"] else set()
                )
                assert all(outside[name] is None for name in empty)
                count = {"n_ballots"} if outside["n_ballots"] is None else set()
                assert count or not outside["suppressed"]
                assert {k: v for k, v in inside.items() if k not in empty | count} == {
                    k: v for k, v in outside.items() if k not in empty | count
                }
            secret = {
                (r["unit_code"], r["respondent_group"]) for r in house["survey"] if r["withheld"] or r["suppressed"]
            }
            for inside, outside in zip(house["answers"], opened["answers"], strict=True):
                assert outside["n"] == inside["n"] or (inside["unit_code"], inside["respondent_group"]) in secret
            for row in opened["flags"]:
                if row["flag"] in ("identical_ballots", "straight_lining"):
                    assert row["file"] is row["row"] is None
            assert [house[name] for name in ("index", "items", "rank_probabilities")] == [
                opened[name] for name in ("index", "items", "rank_probabilities")
            ]


def test_a_count_that_is_not_said_is_not_said_by_a_flag(seasons):
    with seasons.snapshot() as snapshot:
        hidden = snapshot.rows("FROM survey_progress WHERE hidden")
        for row in hidden:
            columns, flags = results.table(snapshot, "flags", row["period"], open_data=True)
            for flag in (dict(zip(columns, flag, strict=True)) for flag in flags):
                if (flag["unit_code"], flag["respondent_group"]) == (row["unit_code"], row["respondent_group"]):
                    parts = dict(part.split("=") for part in flag["detail"].split("; "))
                    assert not parts.get("ballots") and not parts.get("returned")


def test_every_table_says_its_version_and_every_column_its_meaning(seasons, tmp_path):
    with seasons.snapshot() as snapshot:
        period = snapshot.value("SELECT min(period) FROM season")
        version = snapshot.value('SELECT "value" FROM meta WHERE "key" = \'dataset_hash\'')
        results.write(snapshot, period, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["data_version"], package["made_up"]) == (version, False)
    assert {r["path"] for r in package["resources"]} == {path.name for path in tmp_path.glob("*.csv")}
    for resource in package["resources"]:
        rows = list(csv.DictReader(io.StringIO((tmp_path / resource["path"]).read_text(encoding="utf-8"))))
        fields = resource["schema"]["fields"]
        assert not rows or list(rows[0]) == [field["name"] for field in fields]
        assert all(" · " in field["description"] for field in fields)
        assert {(row["data_version"], row["made_up"]) for row in rows} <= {(version, "false")}
