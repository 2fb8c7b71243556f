"""A made-up season over the real rubric and units, written as files like those of a real one.

Who is first and last in 2020, and the first three of 2019, have the values that were published; all else is drawn.
Ballots are drawn first and scored by the product's own survey module; appraised points are then dealt so that
each unit meets its index exactly. That the season is made up is recorded by the import that takes these files.
"""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist
from typing import Literal

import numpy as np

from scoring import survey
from scoring.rubric import APPRAISAL, SURVEY

Row = dict[str, str]
Stage = Literal["complete", "appraising"]

PERIOD, BEFORE = "2020", "2019"
OF_A_PERIOD = ("periods", "units", "rubric", "scales", "respondent_groups", "questions")
DEFINITIONS = (*OF_A_PERIOD, "process_steps")

PUBLISHED = {
    BEFORE: {
        "so-noi-vu": "86.93",
        "van-phong-ubnd": "86.72",
        "bql-khu-cong-nghiep": "86.63",
        "quan-cau-giay": "95.61",
        "quan-long-bien": "95.56",
        "quan-dong-da": "94.93",
    },
    PERIOD: {
        "so-tai-chinh": "92.76",
        "so-tai-nguyen-va-moi-truong": "76.27",
        "quan-cau-giay": "94.22",
        "huyen-quoc-oai": "83.86",
    },
}
"""Index of the units that are met to 0.01: Decisions 1752/QĐ-UBND of 2020 and 2001/QĐ-UBND of 2021."""

OTHERS = {
    BEFORE: {"department": (70.0, 86.4), "district": (80.5, 94.7)},
    PERIOD: {"department": (77.4, 91.9), "district": (84.5, 93.8)},
}
"""Where the indices of all other units lie: between the published ones of 2020, below those of 2019."""

WITHOUT_PROCEDURES = ("thanh-tra", "ban-dan-toc")
"""Two units that handle no administrative procedure: no customers to ask, no files to count."""
PROCEDURE_LEAVES = ("3.3.1", "3.3.2", "7.4.2", "8.3")
SATISFACTION = "9.2"
CUSTOMERS = ("businesses", "citizens")

RATES = ("Tỷ lệ", "Mức độ", "Giải ngân")
"""How the names of leaves begin that are scored by a rate, hence in steps of 0.01; others go in quarters."""


@dataclass(frozen=True)
class Group:
    """How a respondent group answers: ballots a unit, in how many they vary, leniency, and how many people it has."""

    ballots: int
    spread: float
    leniency: float
    no_opinion: float
    population: tuple[int, int] | None = None


GROUPS = {
    "city_deputies": Group(36, 0.15, -0.28, 0.09, (105, 105)),
    "department_staff": Group(115, 0.25, 0.30, 0.02, (140, 420)),
    "district_division_heads": Group(88, 0.15, -0.05, 0.05, (360, 360)),
    "businesses": Group(185, 0.25, -0.08, 0.02),
    "citizens": Group(260, 0.25, 0.04, 0.015),
    "district_deputies": Group(33, 0.10, -0.18, 0.06, (40, 60)),
    "district_staff": Group(100, 0.20, 0.28, 0.02, (150, 380)),
    "commune_leaders": Group(42, 0.20, 0.12, 0.03, (46, 95)),
    "service_users": Group(215, 0.25, -0.04, 0.015),
    "residents": Group(145, 0.20, -0.24, 0.05),
}
SHARE_OF_BALLOTS = {BEFORE: 0.4, PERIOD: 1.0}
SMALL_CELL = (PERIOD, "ban-dan-toc", "city_deputies", 4)
"""One cell below the smallest that may be shown."""
SHARED = "city_deputies"
"""The group whose members fill ballots about several units, under one `respondent_id`."""
LABELLED = "residents"
"""The group whose file holds the labels of the options, the others their numbers."""
CUTS = (-2.6, -1.9, -1.1, 0.0)
"""Where a latent opinion turns from one option of a scale to the next."""
STANDS_IN, CONFLICT = "thanh-tra", "so-khoa-hoc-va-cong-nghe"
"""An agency does not appraise itself: the Inspectorate stands in. One does all the same, which is a flag."""

CUT_REASONS = {
    "evidence": "Chưa có tài liệu kiểm chứng; đề nghị đơn vị bổ sung trong kỳ sau.",
    "partial": "Nội dung đã được thực hiện một phần; Hội đồng ghi nhận mức điểm tương ứng.",
    "late": "Hoàn thành sau thời hạn quy định; Hội đồng điều chỉnh theo thang điểm.",
    "data": "Số liệu đối chiếu trên hệ thống của Thành phố thấp hơn số liệu báo cáo.",
    "proof": "Tài liệu kiểm chứng chưa thể hiện đầy đủ kết quả; đề nghị đơn vị làm rõ thêm.",
}
RAISE_REASON = "Hội đồng ghi nhận thêm kết quả thể hiện trong tài liệu kiểm chứng của đơn vị."
SECOND_REASON = "Sau giải trình và bổ sung tài liệu của đơn vị, Hội đồng thống nhất điều chỉnh."
NO_PROCEDURES = "Đơn vị không có thủ tục hành chính thuộc phạm vi giải quyết."
NOT_APPLICABLE_REASON = "Đơn vị không có thủ tục hành chính; Hội đồng thống nhất không áp dụng."
EXPLANATIONS = (
    "Đơn vị tự trừ điểm do một số nhiệm vụ hoàn thành chậm so với kế hoạch.",
    "Đơn vị đang tiếp tục hoàn thiện, dự kiến hoàn thành trong quý I năm sau.",
    "Một phần nội dung phụ thuộc tiến độ của cơ quan phối hợp.",
)
MISSING_EVIDENCE = "Đơn vị đang tập hợp tài liệu kiểm chứng, xin bổ sung sau."
DOCUMENTS = (("Báo cáo", "BC"), ("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Công văn", "CV"))
DONE = {  # step of the process: day of the year of assessment, or of the year after
    "1": (0, 9, 25),
    "2": (0, 9, 18),
    "3": (0, 9, 30),
    "4": (0, 9, 11),
    "5": (0, 9, 22),
    "6": (0, 11, 30),
    "7": (0, 12, 28),
    "8": (1, 1, 29),
    "9": (1, 1, 27),
    "10": (1, 2, 26),
}
ANNOUNCEMENT = "11"
ANNOUNCED = {BEFORE: "2020-04-29", PERIOD: "2021-05-05"}
"""The day of the Decision."""
DONE_WHILE_APPRAISING = ("1", "2", "3", "4", "5", "7")

README = """SỐ LIỆU GIẢ LẬP – MADE-UP DATA

Các tệp trong thư mục này do lệnh `cchc demo` sinh ra để thử chương trình; không phải số liệu thật của đơn vị nào.
These files were made by `cchc demo` to try the program; they are no real data of any unit.

seed: {seed}   stage: {stage}
"""


@dataclass
class _Definitions:
    """The definition tables of a period, as rows of text."""

    period: str
    tables: dict[str, list[Row]]
    leaves: dict[str, list[Row]] = field(init=False)
    units: dict[str, list[str]] = field(init=False)
    lead: dict[tuple[str, str], str] = field(init=False)
    block_of: dict[str, str] = field(init=False)
    agencies: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.leaves, self.units = defaultdict(list), defaultdict(list)
        items = {(row["unit_group"], row["criterion_code"]): row for row in self.tables["rubric"]}
        self.lead = {}
        for (block, code), row in items.items():
            if row["max_points"]:
                self.leaves[block].append(row)
            while not row["lead_appraiser"] and row["parent_code"]:
                row = items[block, row["parent_code"]]
            self.lead[block, code] = row["lead_appraiser"]
        for row in self.tables["units"]:
            self.units[row["unit_group"]].append(row["unit_code"])
        self.block_of = {unit: block for block, units in self.units.items() for unit in units}
        self.agencies = sorted(set(self.lead.values()))

    def questions(self, block: str, group: str) -> list[Row]:
        """Questions of a respondent group, in the order of the ballot."""
        return [
            row for row in self.tables["questions"] if (row["unit_group"], row["respondent_group"]) == (block, group)
        ]

    def scale(self, name: str) -> dict[str, survey.Option]:
        return {
            row["option"]: survey.Option(Fraction(row["value"]) if row["value"] else None, row["satisfied"] == "1")
            for row in self.tables["scales"]
            if row["scale"] == name
        }


@dataclass
class _Ballots:
    """Ballots of one respondent group: row i is about unit `unit[i]`; `options` is ballots by questions."""

    block: str
    group: str
    questions: list[Row]
    unit: np.ndarray
    respondent: np.ndarray | None
    day: np.ndarray
    options: np.ndarray


def make_season(definitions: Path, out: Path, *, seed: int = 2020, stage: Stage = "complete") -> list[Path]:
    """The folders written below `out`, to be imported one after the other: definitions of 2019, 2019, 2020.

    Each is an import of its own, so that real facts of one period take away the made-up ones of that period alone.
    `definitions` holds a folder 2020 of tables as CSV; those of 2019 are taken over from it. `out` is new or empty. The
    same seed writes the same bytes. With `stage` "appraising" the 2020 season is caught halfway: pending and missing
    leaves, fieldwork that is not done; 2019 is complete. Raises FileNotFoundError without a definition table.
    """
    now = _Definitions(PERIOD, {name: _read(definitions / PERIOD / f"{name}.csv") for name in DEFINITIONS})
    before = _Definitions(BEFORE, _a_year_earlier(now.tables))
    quality = _quality(now, seed)
    folders = [out / f"{BEFORE}-dinh-nghia", out / BEFORE, out / PERIOD]
    for name in OF_A_PERIOD:
        _write(folders[0] / f"{name}.csv", before.tables[name])
    for folder, season in zip(folders[1:], (before, now), strict=True):
        rng = np.random.default_rng([seed, int(season.period)])
        drawn = _draw(season, quality[season.period], rng)
        if stage == "appraising" and season.period == PERIOD:
            drawn = _halfway(season, drawn, rng)
        _write_facts(folder, season, drawn)
    (out / "README.txt").write_text(README.format(seed=seed, stage=stage), encoding="utf-8")
    return folders


# --- what every unit is to reach --------------------------------------------------------------------------------


def _quality(definitions: _Definitions, seed: int) -> dict[str, dict[str, Decimal]]:
    """Index of every unit by period, at two decimals; a unit's two years go together."""
    rng = np.random.default_rng([seed, 0])
    result = {BEFORE: {}, PERIOD: {}}
    for block, units in definitions.units.items():
        lasting = np.array([_known(unit, block, z) for unit, z in zip(units, rng.normal(size=len(units)), strict=True)])
        for period in (BEFORE, PERIOD):
            low, high = OTHERS[period][block]
            drawn = 0.8 * lasting + 0.6 * rng.normal(size=len(units)) + 0.2
            for unit, z in zip(units, drawn, strict=True):
                value = low + (high - low) * NormalDist().cdf(0.85 * z)
                result[period][unit] = Decimal(PUBLISHED[period].get(unit, f"{value:.2f}"))
        # One tie, so that a shared rank is seen.
        free = sorted(set(units) - set(PUBLISHED[PERIOD]) - set(WITHOUT_PROCEDURES))
        if block == "district":
            one, other = rng.choice(free, size=2, replace=False)
            result[PERIOD][str(other)] = result[PERIOD][str(one)]
    return result


def _known(unit: str, block: str, drawn: float) -> float:
    """Lasting quality of a unit, as a normal score: high or low where a published value says so, else as drawn."""
    for period, published in PUBLISHED.items():
        if unit in published:
            return 1.5 if float(published[unit]) > sum(OTHERS[period][block]) / 2 else -1.5
    return drawn


def _a_year_earlier(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """The tables of 2020 as those of 2019: dates a year back, every row marked as taken over."""

    def back(name: str, value: str) -> str:
        return (
            value.replace("2020", "2019").replace("2021", "2020") if name.endswith(("_from", "_to", "_due")) else value
        )

    result = {}
    for table, rows in tables.items():
        result[table] = [{name: back(name, value) for name, value in row.items()} for row in rows]
        for row in result[table]:
            if "period" in row:
                row["period"] = BEFORE
                if "title" in row:
                    row["title"] = row["title"].replace(PERIOD, BEFORE)
                if "origin" in row:
                    row["origin"] = f"illustrative: taken over from {PERIOD} ({row['origin']})"
    return result


# --- a season ---------------------------------------------------------------------------------------------------


@dataclass
class _Season:
    ballots: list[_Ballots]
    self_scores: list[Row]
    appraised: list[Row]
    plan: list[Row]
    steps: list[Row]


def _draw(season: _Definitions, target: Mapping[str, Decimal], rng: np.random.Generator) -> _Season:
    ballots, plan = [], []
    for row in season.tables["respondent_groups"]:
        block, group = row["unit_group"], row["respondent_group"]
        drawn = _draw_ballots(season, block, group, target, rng)
        ballots.append(drawn)
        plan += _plan(season, drawn, rng)
    points = _survey_points(season, ballots)
    self_scores, appraised = [], []
    late = set(rng.choice(sorted(season.block_of), size=3, replace=False).tolist())
    due = date.fromisoformat(season.tables["periods"][0]["self_score_due"])
    for block, units in season.units.items():
        difficulty = rng.gamma(2.0, size=sum(leaf["assessed_by"] == APPRAISAL for leaf in season.leaves[block]))
        for unit in units:
            days = int(rng.integers(0, 7)) if unit in late else -int(rng.integers(1, 15))
            submitted_on = (due + timedelta(days=days)).isoformat()
            own, decided = _scores(season, block, unit, target[unit], points[unit], difficulty, submitted_on, rng)
            self_scores += own
            appraised += decided
    if season.period == PERIOD:
        _without_reason(appraised, rng)
    return _Season(ballots, self_scores, appraised, plan, _steps(season, _done(season.period)))


def _draw_ballots(
    season: _Definitions, block: str, group: str, target: Mapping[str, Decimal], rng: np.random.Generator
) -> _Ballots:
    kind = GROUPS[group]
    units = [unit for unit in season.units[block] if not (group in CUSTOMERS and unit in WITHOUT_PROCEDURES)]
    counts = kind.ballots * SHARE_OF_BALLOTS[season.period] * (1 + kind.spread * rng.uniform(-1, 1, len(units)))
    counts = np.maximum(np.rint(counts).astype(int), 6)
    if kind.population:
        counts = np.minimum(counts, kind.population[0])
    if SMALL_CELL[0] == season.period and SMALL_CELL[2] == group:
        counts[units.index(SMALL_CELL[1])] = SMALL_CELL[3]
    unit = np.repeat(np.arange(len(units)), counts)
    n, questions = len(unit), season.questions(block, group)

    # A person's opinion: the unit's quality, the group's leniency, the item, the person, and chance.
    attainment = np.array([float(target[code]) / 100 for code in units])
    base = _latent(np.clip(attainment + np.clip(rng.normal(0, 0.025, len(units)), -0.05, 0.05) - 0.01, 0.05, 0.97))
    respondent = None
    person = rng.normal(0, 0.55, n)
    if group == SHARED:
        people = rng.permuted(np.tile(np.arange(kind.population[0]), (len(units), 1)), axis=1)
        respondent = np.concatenate([np.sort(people[u, :count]) for u, count in enumerate(counts)])
        person = rng.normal(0, 0.55, kind.population[0])[respondent]
    item = rng.normal(0, 0.18, len(questions))
    of_unit = rng.normal(0, 0.16, (len(units), len(questions)))
    opinion = (base + kind.leniency)[unit, None] + item + of_unit[unit] + person[:, None]
    opinion += rng.normal(0, np.sqrt(1 - 0.55**2 - 0.18**2 - 0.16**2), opinion.shape)
    options = (1 + np.searchsorted(CUTS, opinion)).astype(np.int8)

    # Some ballots are ticked straight down, and a few are copies of the one before: something for the flags to find.
    straight = rng.random(n) < 0.004
    options[straight] = options[straight, :1]
    copies = rng.choice(n - 1, size=max(1, n // 1500), replace=False) + 1
    same_unit = copies[unit[copies] == unit[copies - 1]]
    options[same_unit] = options[same_unit - 1]
    chance = rng.random(options.shape)
    untouched = ~straight
    untouched[same_unit] = untouched[same_unit - 1] = False
    options[(chance < kind.no_opinion) & untouched[:, None]] = 9
    options[(chance > 0.987) & untouched[:, None]] = 0  # left empty

    start = date(int(season.period), 9, 15)
    begin = rng.integers(0, 40, len(units))
    day = begin[unit] + rng.integers(0, 37, n)
    day = np.array([(start + timedelta(days=int(d))).isoformat() for d in range(77)])[day]
    return _Ballots(block, group, questions, np.array(units)[unit], respondent, day, options)


def _latent(attainment: np.ndarray) -> np.ndarray:
    """Mean of a latent opinion of variance 1 at which the answers average to an attainment."""
    grid = np.linspace(-4, 5, 181)
    cdf = np.vectorize(NormalDist().cdf)
    return np.interp(attainment, np.mean([cdf(grid - cut) for cut in CUTS], axis=0), grid)


def _plan(season: _Definitions, ballots: _Ballots, rng: np.random.Generator) -> list[Row]:
    kind = GROUPS[ballots.group]
    result = []
    for unit, n in sorted(Counter(ballots.unit.tolist()).items()):
        spoilt = int(rng.integers(1, 4)) if rng.random() < 0.12 else 0
        population = int(rng.integers(kind.population[0], kind.population[1] + 1)) if kind.population else None
        returned = n + spoilt
        issued = math.ceil((returned + int(rng.integers(0, 1 + n // 15))) / 5) * 5
        if population is not None:
            population = max(population, returned)
            issued = min(issued, population)
        result.append(
            {
                "period": season.period,
                "unit_code": unit,
                "respondent_group": ballots.group,
                "issued": str(issued),
                "returned": str(returned),
                "population": "" if population is None else str(population),
            }
        )
    return result


def _survey_points(season: _Definitions, ballots: Iterable[_Ballots]) -> dict[str, Fraction]:
    """Exact survey points of every unit, by the product's own survey module."""
    result = dict.fromkeys(season.block_of, Fraction(0))
    for block in season.units:
        of_block = [one for one in ballots if one.block == block]
        scales = {row["scale"]: season.scale(row["scale"]) for row in season.tables["scales"]}
        counts, n_ballots = {}, {}
        for one in of_block:
            codes, place = np.unique(one.unit, return_inverse=True)
            for u, n in enumerate(np.bincount(place)):
                n_ballots[str(codes[u]), one.group] = int(n)
            for q, question in enumerate(one.questions):
                table = np.bincount(place * 10 + one.options[:, q], minlength=10 * len(codes)).reshape(-1, 10)
                for u, code in enumerate(codes):
                    given = {str(o): int(table[u, o]) for o in range(1, 10) if table[u, o]}
                    counts[str(code), one.group, question["question_code"]] = given
        leaves = {row["criterion_code"]: row for row in season.leaves[block] if row["assessed_by"] == SURVEY}
        cells = survey.cells(
            questions=[
                (row["respondent_group"], row["question_code"], row["criterion_code"], row["scale"])
                for one in of_block
                for row in one.questions
            ],
            methods={code: row["survey_method"] for code, row in leaves.items()},
            scales=scales,
            counts=counts,
            n_ballots=n_ballots,
            n_valid={},
            group_weight={
                row["respondent_group"]: Fraction(row["weight"])
                for row in season.tables["respondent_groups"]
                if row["unit_group"] == block
            },
            leaf_weight={},
            min_cell=0,
        )
        for (unit, leaf), value in survey.leaf_values(cells).items():
            result[unit] += Fraction(leaves[leaf]["max_points"]) * value
    return result


# --- self scores and decisions of the council -------------------------------------------------------------------


def _scores(
    season: _Definitions,
    block: str,
    unit: str,
    target: Decimal,
    survey_points: Fraction,
    difficulty: np.ndarray,
    submitted_on: str,
    rng: np.random.Generator,
) -> tuple[list[Row], list[Row]]:
    """Self scores and decisions of a unit, such that its index is `target` once rounded to 0.01."""
    appraisal = [leaf for leaf in season.leaves[block] if leaf["assessed_by"] == APPRAISAL]
    out = [leaf for leaf in season.leaves[block] if _without_procedures(unit, leaf)]
    full = np.array([0 if leaf in out else _hundredths(leaf["max_points"]) for leaf in appraisal])
    step = np.array([1 if leaf["name"].startswith(RATES) else 25 for leaf in appraisal])
    whole = sum(_hundredths(leaf["max_points"]) for leaf in season.leaves[block] if leaf not in out)
    # The least hundredths whose sum with the survey points rounds, half up, to the target.
    given = math.ceil(Fraction(target) * whole / 100 - 100 * survey_points - Fraction(1, 2))
    lost = _deal(int(full.sum()) - given, full, step, difficulty * rng.gamma(1.2, size=len(full)), rng)
    conceded = _conceded(lost, full, step, rng)

    own, decided = [], []
    for leaf, maximum, gone, left, grid in zip(appraisal, full, lost, conceded, step, strict=True):
        if leaf in out:
            own.append(_own(season, unit, leaf, submitted_on, not_applicable="1", explanation=NO_PROCEDURES))
            continue
        points, claimed = maximum - gone, maximum - left
        evidence = _document(season, unit, rng) if rng.random() >= (0.08 if points < claimed else 0.01) else ""
        explanation = EXPLANATIONS[rng.integers(len(EXPLANATIONS))] if left else ""
        own.append(
            _own(
                season,
                unit,
                leaf,
                submitted_on,
                points=_points(claimed),
                explanation=explanation if evidence else MISSING_EVIDENCE,
                evidence=evidence,
            )
        )
        reason = RAISE_REASON if points > claimed else ""
        if points < claimed:
            reason = _cut_reason(leaf, bool(evidence), rng)
            if points >= grid and rng.random() < 0.07:
                # The cut was deeper at first; the unit explained, and the council met again.
                decided.append(_decision(season, block, unit, leaf, 1, rng, _points(points - grid), reason))
                decided.append(_decision(season, block, unit, leaf, 2, rng, _points(points), SECOND_REASON))
                continue
        decided.append(_decision(season, block, unit, leaf, 1, rng, _points(points), reason))
    decided += [_decision(season, block, unit, leaf, 1, rng, "", NOT_APPLICABLE_REASON) for leaf in out]
    return own, decided


def _without_procedures(unit: str, leaf: Row) -> bool:
    """Whether a leaf is about procedures that the unit does not have."""
    about = leaf["parent_code"] == SATISFACTION or leaf["criterion_code"] in PROCEDURE_LEAVES
    return about and unit in WITHOUT_PROCEDURES


def _deal(lost: int, full: np.ndarray, step: np.ndarray, weight: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Hundredths lost on each leaf: multiples of its step that add up to `lost`, about in proportion to `weight`."""
    share = weight * full / (weight * full).sum()
    rate, quarter = np.flatnonzero(step == 1), np.flatnonzero(step > 1)
    room = full * 3 // 5 // step * step
    cut = np.minimum(np.rint(lost * share / step).astype(int) * step, room)
    cut[rate] = 0
    # Leaves scored by a rate take what is left, in hundredths; quarters move only where that does not go.
    while lost < cut.sum():
        i = rng.choice(quarter[cut[quarter] > 0])
        cut[i] -= step[i]
    while lost > cut.sum() + room[rate].sum():
        i = rng.choice(quarter[cut[quarter] < full[quarter]])
        cut[i] += step[i]
    left = lost - int(cut.sum())
    cut[rate] = np.minimum(rng.multinomial(left, share[rate] / share[rate].sum()), room[rate])
    cut[rate] += rng.multivariate_hypergeometric(room[rate] - cut[rate], lost - int(cut.sum()))
    return cut


def _conceded(lost: np.ndarray, full: np.ndarray, step: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Hundredths that the unit took off by itself: mostly nothing or all of what it lost, rarely more."""
    optimism = rng.uniform(0.45, 0.85)
    chance, kind = rng.random((2, len(lost)))
    claimed_full = chance < optimism
    result = np.where(claimed_full, 0, lost)
    result = np.where(claimed_full & (kind < 0.3), lost // 2 // step * step, result)
    return np.where((lost == 0) & (full >= 100) & (kind > 0.985), 25, result)


def _own(season: _Definitions, unit: str, leaf: Row, submitted_on: str, **cells: str) -> Row:
    row = {"period": season.period, "unit_code": unit, "criterion_code": leaf["criterion_code"]}
    empty = {"points": "", "not_applicable": "", "explanation": "", "evidence": ""}
    return {**row, **empty, **cells, "submitted_on": submitted_on}


def _decision(
    season: _Definitions,
    block: str,
    unit: str,
    leaf: Row,
    turn: int,
    rng: np.random.Generator,
    points: str,
    reason: str,
) -> Row:
    """A decision of the council; no points: not applicable."""
    code = leaf["criterion_code"]
    lead = season.lead[block, code]
    first_day = {1: 5, 2: 25}[turn]
    return {
        "period": season.period,
        "unit_code": unit,
        "criterion_code": code,
        "round": str(turn),
        "points": points,
        "not_applicable": "" if points else "1",
        "appraiser": STANDS_IN if lead == unit and unit != CONFLICT else lead,
        "reason": reason,
        "minute": f"BB {season.agencies.index(lead) + 1 + (turn - 1) * len(season.agencies):02d}/BB-HĐTĐ",
        "decided_on": f"{int(season.period) + 1}-01-{first_day + int(rng.integers(0, 5 if turn == 2 else 17)):02d}",
    }


def _cut_reason(leaf: Row, has_evidence: bool, rng: np.random.Generator) -> str:
    if not has_evidence:
        return CUT_REASONS["evidence"]
    if leaf["name"].startswith(RATES):
        return CUT_REASONS["data"]
    if "đúng thời hạn" in leaf["name"]:
        return CUT_REASONS["late"]
    return CUT_REASONS[("partial", "proof", "late")[rng.choice(3, p=(0.5, 0.35, 0.15))]]


def _document(season: _Definitions, unit: str, rng: np.random.Generator) -> str:
    """A document that a unit names as evidence: "Báo cáo số 152/BC-SNV ngày 15/11/2020"."""
    kind, short = DOCUMENTS[rng.integers(len(DOCUMENTS))]
    sender = "UBND" if season.block_of[unit] == "district" else "".join(word[0] for word in unit.split("-")).upper()
    day = date(int(season.period), 1, 6) + timedelta(days=int(rng.integers(0, 325)))
    return f"{kind} số {rng.integers(8, 460)}/{short}-{sender} ngày {day:%d/%m/%Y}"


def _without_reason(decided: list[Row], rng: np.random.Generator) -> None:
    """Takes the reason off two cuts: something for the flags to find."""
    cuts = [row for row in decided if row["reason"] in CUT_REASONS.values() and row["round"] == "1"]
    for i in rng.choice(len(cuts), size=2, replace=False):
        cuts[i]["reason"] = ""


def _hundredths(points: str) -> int:
    return int(100 * Decimal(points))


def _points(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _steps(season: _Definitions, done: Mapping[str, str]) -> list[Row]:
    return [{**row, "done_on": done.get(row["step"], "")} for row in season.tables["process_steps"]]


def _done(period: str) -> dict[str, str]:
    """Day on which each step of the process was done."""
    year = int(period)
    return {step: f"{year + later}-{month:02d}-{day:02d}" for step, (later, month, day) in DONE.items()} | {
        ANNOUNCEMENT: ANNOUNCED[period]
    }


# --- the same season, halfway through the appraisal -------------------------------------------------------------


def _halfway(season: _Definitions, drawn: _Season, rng: np.random.Generator) -> _Season:
    """The season as it stands while the council meets: less of everything, nothing changed.

    Three units have not sent their self scores and two have sent a part; the agencies of the council go through
    the units in one order, each at its pace, and once; in some units a group of people is still to be asked.
    """
    block_of = season.block_of
    ready = sorted(set(block_of) - set(WITHOUT_PROCEDURES))
    silent, partial = np.split(rng.permutation(ready)[:5], [3])
    silent, partial = set(silent.tolist()), set(partial.tolist())
    own = [
        row
        for row in drawn.self_scores
        if row["unit_code"] not in silent and (row["unit_code"] not in partial or rng.random() < 0.8)
    ]
    has_own = {(row["unit_code"], row["criterion_code"]) for row in own}
    order = rng.permutation(sorted(block_of)).tolist()
    reached = {agency: set(order[: int(rng.uniform(0.3, 0.8) * len(order))]) for agency in season.agencies}
    surveyed = {leaf["criterion_code"] for leaf in season.leaves["department"] if leaf["assessed_by"] == SURVEY}
    waits = WITHOUT_PROCEDURES[1]  # claims that nothing there applies, and the council has yet to say so
    appraised = []
    for row in drawn.appraised:
        unit, code = row["unit_code"], row["criterion_code"]
        agency = season.lead[block_of[unit], code]
        if row["not_applicable"]:
            kept = unit != waits
        else:
            kept = (unit, code) in has_own and unit in reached[agency] and code not in surveyed
        if kept and row["round"] == "1":
            appraised.append(row)
    ballots = [_unfinished(one, rng) for one in drawn.ballots]
    asked = Counter(
        unit for one in ballots for unit in zip(one.unit.tolist(), [one.group] * len(one.unit), strict=True)
    )
    plan = []
    for row in drawn.plan:
        n = asked[row["unit_code"], row["respondent_group"]]
        plan.append({**row, "returned": str(n) if n < int(row["returned"]) else row["returned"]})
    done = {step: day for step, day in _done(season.period).items() if step in DONE_WHILE_APPRAISING}
    return _Season(ballots, own, appraised, plan, _steps(season, done))


def _unfinished(ballots: _Ballots, rng: np.random.Generator) -> _Ballots:
    """The ballots without those of two units, and with a part of those of two more."""
    none, few = np.split(rng.permutation(np.unique(ballots.unit))[:4], [2])
    keep = ~np.isin(ballots.unit, none) & (~np.isin(ballots.unit, few) | (rng.random(len(ballots.unit)) < 0.4))
    respondent = None if ballots.respondent is None else ballots.respondent[keep]
    return replace(
        ballots, unit=ballots.unit[keep], respondent=respondent, day=ballots.day[keep], options=ballots.options[keep]
    )


# --- files ------------------------------------------------------------------------------------------------------


def _write_facts(folder: Path, season: _Definitions, drawn: _Season) -> None:
    """Writes the files of a season: one for each block and round, one for each respondent group."""
    block_of = season.block_of
    _write(folder / "tien-do.csv", drawn.steps)
    _write(folder / "ke-hoach-dtxhh.csv", drawn.plan)
    for block in season.units:
        own = [row for row in drawn.self_scores if block_of[row["unit_code"]] == block]
        _write(folder / f"tu-danh-gia-{block}.csv", own)
        for turn in ("1", "2"):
            decided = [row for row in drawn.appraised if block_of[row["unit_code"]] == block and row["round"] == turn]
            if decided:
                _write(folder / f"tham-dinh-{block}-vong-{turn}.csv", decided)
    for ballots in drawn.ballots:
        _write_ballots(folder / f"phieu-{ballots.group}.csv", season, ballots)


def _write_ballots(path: Path, season: _Definitions, ballots: _Ballots) -> None:
    """Writes a wide ballot file; options as numbers, or as labels where the file is the labelled one."""
    n = len(ballots.unit)
    text = np.array(["", *map(str, range(1, 10))], dtype=object)
    columns = {
        "period": [season.period] * n,
        "ballot_id": [f"{season.period}-{ballots.group}-{i:05d}" for i in range(1, n + 1)],
        "unit_code": ballots.unit.tolist(),
        "respondent_group": [ballots.group] * n,
    }
    if ballots.respondent is not None:
        columns["respondent_id"] = [f"DB-{i + 1:03d}" for i in ballots.respondent.tolist()]
    columns["collected_on"] = ballots.day.tolist()
    for q, question in enumerate(ballots.questions):
        if ballots.group == LABELLED:
            text = text.copy()
            for row in season.tables["scales"]:
                if row["scale"] == question["scale"]:
                    text[int(row["option"])] = row["label"]
        columns[question["question_code"]] = text[ballots.options[:, q]].tolist()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Sequence[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
