"""Random seasons: every case of the method, small, and written in every layout that the formats allow.

`make_season(seed)` gives the rows; `Season.write_plain` writes one plain CSV a table, `Season.write` the same rows in
layouts drawn at random. The two folders mean the same season. Periods, unit groups and scales carry the seed, so that
seasons of many seeds stand in one data folder (`bring_in`).
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet

from scoring import imports
from scoring.tables import TABLES

BALLOT = ("period", "ballot_id", "unit_code", "respondent_group", "respondent_id", "collected_on")
COLUMNS = {name: table.names for name, table in TABLES.items() if name not in ("ballots", "answers")}
NUMBERS = {name: {c.name for c in TABLES[name].columns if c.kind in ("decimal", "integer")} for name in COLUMNS}
YES = ("1", "x", "true", "có", "TRUE", "Có")
NO = ("", "0", "false", "không")
VALUES = ("0", "0.1", "0.25", "0.3333", "0.5", "0.75", "1")
SEEDS = (2, 3, 5, 8)  # of the seasons that pages are tested on
REASONS = ("Thiếu tài liệu kiểm chứng", "Nộp chậm", "Số liệu chưa khớp", "")
MAXIMA = ("0.25", "0.5", "1", "1.5", "2", "3.75", "10", "0.3333")

Row = dict[str, str]


@dataclass(frozen=True)
class Ballot:
    """One filled form: its own cells, and the option chosen by question code."""

    own: Row
    answers: Row


@dataclass(frozen=True)
class Season:
    """Rows by table, as text; ballots apart. `layout` seeds how `write` lays them out."""

    tables: dict[str, list[Row]]
    ballots: list[Ballot]
    layout: int = 0

    @property
    def blocks(self) -> list[tuple[str, str]]:
        """Every (period, unit group) with units."""
        return sorted({(u["period"], u["unit_group"]) for u in self.tables["units"]})

    def by_period(self) -> list[Season]:
        """The season cut by periods: what belongs to none belongs to each."""

        def of(period: str) -> Season:
            tables = {
                name: [row for row in rows if row.get("period", period) == period] for name, rows in self.tables.items()
            }
            return replace(self, tables=tables, ballots=[b for b in self.ballots if b.own["period"] == period])

        return [of(row["period"]) for row in self.tables["periods"]]

    # -- the same season, told differently

    def shuffled(self, rng: np.random.Generator) -> Season:
        """Rows of every table and ballots in another order."""
        tables = {name: _shuffled(rng, rows) for name, rows in self.tables.items()}
        return replace(self, tables=tables, ballots=_shuffled(rng, self.ballots), layout=self.layout + 1)

    def doubled(self) -> Season:
        """Every ballot twice, the second time under a new id."""
        again = [replace(b, own=b.own | {"ballot_id": b.own["ballot_id"] + "-lần 2"}) for b in self.ballots]
        return replace(self, ballots=self.ballots + again)

    def relabelled(self, code: Callable[[str], str]) -> Season:
        """Units under other codes."""
        tables = {
            name: [row | {"unit_code": code(row["unit_code"])} if "unit_code" in row else row for row in rows]
            for name, rows in self.tables.items()
        }
        ballots = [replace(b, own=b.own | {"unit_code": code(b.own["unit_code"])}) for b in self.ballots]
        return replace(self, tables=tables, ballots=ballots)

    # -- files

    def write_plain(self, folder: Path) -> Path:
        """One CSV a table, ballots long, options by number; a table without rows is a header alone."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            write_csv(folder / f"{name}.csv", COLUMNS[name], rows)
        write_csv(folder / "ballots.csv", (*BALLOT, "question_code", "option"), self._long(self.ballots))
        return folder

    def write(self, folder: Path) -> Path:
        """The season in files of any kind, split and laid out at random."""
        rng = np.random.default_rng(self.layout)
        folder.mkdir(parents=True, exist_ok=True)
        book = openpyxl.Workbook()
        book.active.append(["Mùa đánh giá", None, "bìa, không phải là bảng"])
        for name in _shuffled(rng, list(self.tables)):
            parts = _parts(rng, self.tables[name]) if name not in ("units", "rubric") else [self.tables[name]]
            for part, rows in enumerate(parts):
                self._write_table(rng, folder, book, name, part, rows)
        for part, ballots in enumerate(_parts(rng, self.ballots)):
            self._write_ballots(rng, folder, part, ballots)
        if len(book.sheetnames) > 1:
            book.save(folder / "nhiều bảng.xlsx")
        return folder

    def _write_table(self, rng, folder: Path, book: openpyxl.Workbook, name: str, part: int, rows: list[Row]) -> None:
        if not rows:
            return
        declared = {c.name: c for c in TABLES[name].columns}
        empty = {c for c in declared if not declared[c].required and not any(r.get(c) for r in rows)}
        columns = [c for c in declared if not (c in empty and rng.random() < 0.5)]
        columns = _shuffled(rng, columns) if rng.random() < 0.3 else columns
        headings = {c: declared[c].heading_vi if rng.random() < 0.3 else c for c in columns}
        kind = rng.choice(["csv", "csv", "sheet", "xlsx", "parquet"])
        path = folder / f"phần {part}" / f"{name}.{kind}"
        if kind == "csv":
            write_messy_csv(rng, path, columns, headings, rows, NUMBERS[name])
        elif kind == "parquet":
            path.parent.mkdir(exist_ok=True)
            cells = {headings[c]: pa.array([r.get(c) or None for r in rows], pa.string()) for c in columns}
            pa.parquet.write_table(pa.table(cells), path)
        else:
            target = book if kind == "sheet" else openpyxl.Workbook()
            sheet = target.create_sheet(f"{name} {part}") if kind == "sheet" else target.active
            for _ in range(rng.integers(0, 3)):
                sheet.append(["ỦY BAN NHÂN DÂN THÀNH PHỐ"])
            sheet.append([headings[c] for c in columns])
            numeric = NUMBERS[name] if rng.random() < 0.7 else set()
            for row in rows:
                sheet.append([_cell(row.get(c), c in numeric) for c in columns])
            if kind == "xlsx":
                path.parent.mkdir(exist_ok=True)
                target.save(path)

    def _write_ballots(self, rng, folder: Path, part: int, ballots: list[Ballot]) -> None:
        if not ballots:
            return
        path = folder / f"phiếu {part}.csv"
        said = self._labels() if rng.random() < 0.4 else {}
        group_of = {(u["period"], u["unit_code"]): u["unit_group"] for u in self.tables["units"]}

        def cell(ballot: Ballot, question: str) -> str:
            option = ballot.answers.get(question, "")
            group = group_of[ballot.own["period"], ballot.own["unit_code"]]
            return said.get((ballot.own["period"], group, question, option), option)

        own = [c for c in BALLOT if c not in ("respondent_id", "collected_on") or any(b.own.get(c) for b in ballots)]
        if rng.random() < 0.4 and self.tables["questions"]:
            rows = self._long(ballots, cell)
            columns = [*own, "question_code", "option"]
        else:
            asked = sorted({q for b in ballots for q in b.answers})
            rows = [b.own | {q: cell(b, q) for q in asked} for b in ballots]
            columns = own + _shuffled(rng, asked)
        if rng.random() < 0.3:
            path = path.with_suffix(".parquet")
            cells = {c: pa.array([r.get(c) or None for r in rows], pa.string()) for c in columns}
            pa.parquet.write_table(pa.table(cells), path)
        else:
            write_messy_csv(rng, path, columns, {c: c for c in columns}, rows, set())

    def _labels(self) -> dict[tuple[str, str, str, str], str]:
        label = {(s["scale"], s["option"]): s["label"] for s in self.tables["scales"]}
        return {
            (q["period"], q["unit_group"], q["question_code"], option): text
            for q in self.tables["questions"]
            for (scale, option), text in label.items()
            if scale == q["scale"]
        }

    def _long(self, ballots: list[Ballot], cell: Callable[[Ballot, str], str] | None = None) -> list[Row]:
        """A row an answer. A ballot without any is a row of a question it left empty."""
        first = next((q["question_code"] for q in self.tables["questions"]), "c1")
        return [
            b.own | {"question_code": q, "option": cell(b, q) if cell else b.answers.get(q, "")}
            for b in ballots
            for q in (b.answers or {first: ""})
        ]


def appraised_season(seed: int) -> Season:
    """A random season with several appraisers, some of them scored units, with leads and with reasons."""
    season, rng = make_season(seed), np.random.default_rng(seed)
    codes = [row["unit_code"] for row in season.tables["units"]][:3]
    bodies = ["hoi-dong", "so-noi-vu", *codes]
    for row in season.tables["appraised_scores"]:
        row |= {"appraiser": str(rng.choice(bodies)), "reason": str(rng.choice(REASONS))}
    for row in season.tables["rubric"]:
        if rng.random() < 0.5:
            row["lead_appraiser"] = str(rng.choice(bodies))
    return season


def write_csv(path: Path, columns, rows) -> None:
    """A plain CSV: UTF-8, commas, decimal points."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row.get(c, "") for c in columns] for row in rows)


def write_messy_csv(rng, path: Path, columns, headings: Mapping[str, str], rows, numbers: set[str]) -> None:
    """A CSV as offices make them: any delimiter, a BOM, decimal commas, decomposed letters, spaces, empty rows."""
    comma, spaced = rng.random() < 0.5, rng.random() < 0.3
    stream = io.StringIO()
    writer = csv.writer(
        stream, delimiter=str(rng.choice([",", ";", "\t"])), lineterminator=str(rng.choice(["\n", "\r\n"]))
    )
    writer.writerow([headings[c] for c in columns])
    for row in rows:
        cells = [row.get(c, "") for c in columns]
        cells = [v.replace(".", ",") if comma and c in numbers else v for c, v in zip(columns, cells, strict=True)]
        writer.writerow([f"\u00a0{v} " if spaced and v and rng.random() < 0.2 else v for v in cells])
        if rng.random() < 0.02:
            writer.writerow([""] * len(columns))
    text = stream.getvalue()
    if rng.random() < 0.3:
        text = unicodedata.normalize("NFD", text)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8-sig" if rng.random() < 0.3 else "utf-8"))


def _cell(text: str | None, numeric: bool):
    if not text:
        return None
    return float(text) if numeric else text


def _shuffled(rng: np.random.Generator, items: list) -> list:
    return [items[i] for i in rng.permutation(len(items))]


def _parts(rng: np.random.Generator, rows: list) -> list[list]:
    """The rows as one to three lists."""
    cuts = sorted(rng.integers(0, len(rows) + 1, rng.integers(0, 3)))
    return [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def bring_in(data: Path, seasons: Iterable[Season], files: Path, *, plain: bool = False) -> None:
    """Imports the seasons, an import a period, all in one step; their files are written below `files`."""
    folders = []
    for at, part in enumerate(part for season in seasons for part in season.by_period()):
        folder = files / f"mùa {at}"
        folders.append([part.write_plain(folder) if plain else part.write(folder)])
        if plain:
            for path in [p for p in folder.iterdir() if p.read_text(encoding="utf-8").count("\n") < 2]:
                path.unlink()  # no rows
    outcome = imports.run(data, folders)
    assert outcome.status == "imported", [p.row_of_list("en") for p in outcome.problems][:20]


# --- making up --------------------------------------------------------------------------------------------------


def make_season(seed: int) -> Season:
    """A random season, the same for the same seed. Half of them are complete but for leaves no one answers for."""
    return _Maker(np.random.default_rng(seed), seed).season()


class _Maker:
    def __init__(self, rng: np.random.Generator, seed: int):
        self.rng, self.seed = rng, seed
        self.tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self.ballots: list[Ballot] = []
        self.open = 0.0 if rng.random() < 0.5 else 0.06  # share of scores that are not there yet

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def pick(self, words):
        return words[self.rng.integers(len(words))]

    def some(self, words, least: int = 0):
        return _shuffled(self.rng, list(words))[: self.rng.integers(least, len(words) + 1)]

    def season(self) -> Season:
        periods = [str(2101 + 2 * self.seed), str(2102 + 2 * self.seed)][: 1 + self.chance(0.3)]
        groups = [f"khoi_{self.seed}_{n}" for n in range(1, self.rng.integers(1, 4) + 1)]
        self.scale = [f"s{self.seed}_{n}" for n in range(1, 4)]
        has_rank_by = self.chance(0.6)
        for period in periods:
            self.tables["periods"].append(
                {"period": period, "title": f"Chỉ số CCHC năm {period}", "assessed_from": f"{period}-01-01",
                 "assessed_to": f"{period}-11-30", "self_score_due": f"{period}-12-22",
                 "decimals": self.pick(["", "0", "1", "2", "2", "3"]),
                 "min_cell": self.pick(["", "0", "1", "3", "5", "8"]),
                 "rank_by": self.pick(["", "published", "exact"]) if has_rank_by else ""}
            )  # fmt: skip
        self.scales()
        for at, group in enumerate(groups):
            self.tables["unit_groups"].append(
                {"unit_group": group, "name": f"Khối {at + 1}", "name_en": "", "position": str(at + 1)}
            )
            for respondents in self.some(["can_bo", "nguoi_dan", "dai_bieu", "doanh_nghiep"], 1):
                self.tables["respondent_groups"].append(
                    {"unit_group": group, "respondent_group": respondents, "name": respondents, "name_en": "",
                     "weight": self.pick(["0", "0.25", "1", "1", "2", "3"]), "origin": ""}
                )  # fmt: skip
        codes = [f"don-vi-{n:02d}" for n in range(1, 1 + self.rng.integers(len(groups), 6 * len(groups) + 1))]
        for period in periods:
            home = {code: groups[n] if n < len(groups) else self.pick(groups) for n, code in enumerate(codes)}
            for group in groups:
                units = [code for code in codes if home[code] == group]
                self.block(period, group, units)
        return Season(self.tables, self.ballots, self.seed)

    def scales(self) -> None:
        for scale in self.scale:
            n = int(self.rng.integers(2, 6))
            for at, option in enumerate(self.some([str(k) for k in range(1, 10)], 9)[: n + 1]):
                silent = at == n and self.chance(0.8)
                self.tables["scales"].append(
                    {"scale": scale, "option": option, "label": f"Trả lời {'abcdefghi'[at]}, thước {scale}",
                     "label_en": "", "value": "" if silent else self.pick(VALUES),
                     "satisfied": self.pick(YES) if self.chance(0.4) else self.pick(NO), "origin": ""}
                )  # fmt: skip

    def block(self, period: str, group: str, units: list[str]) -> None:
        for code in units:
            self.tables["units"].append(
                {"period": period, "unit_code": code, "name": f"Đơn vị {code} Ứng Hòa", "short_name": code,
                 "name_en": "", "unit_group": group, "kind": "sở"}
            )  # fmt: skip
        leaves = self.rubric(period, group)
        asked = self.questions(period, group, leaves)
        for unit in units:
            self.scores(period, unit, leaves)
            self.survey(period, unit, asked)
        if len(units) > 1 and self.chance(0.6):  # a tie
            self.copy(period, *self.some(units, 2)[:2])

    def rubric(self, period: str, group: str) -> list[Row]:
        """Rows of the leaves. Codes are dealt anew, so that parents do not follow them."""
        depth = int(self.rng.integers(1, 6))
        items: list[tuple[str, str]] = []

        def grow(parent: str, level: int) -> None:
            for n in range(1, self.rng.integers(2, 5 if parent else 6)):
                code = f"{parent}.{n}" if parent else str(n)
                if self.chance(0.1):
                    code += "0"
                items.append((code, parent))
                if level < depth and len(items) < 40 and self.chance(0.5):
                    grow(code, level + 1)

        grow("", 1)
        moved = self.some([code for code, _ in items]) if self.chance(0.7) else []
        name = {code: code for code, _ in items} | dict(zip(moved, _shuffled(self.rng, moved), strict=True))
        parents = {parent for _, parent in items}
        leaves = []
        for code, parent in items:
            row = {"period": period, "unit_group": group, "criterion_code": name[code],
                   "parent_code": name.get(parent, ""), "name": f"Mục {code}"}  # fmt: skip
            if code not in parents:
                surveyed = self.chance(0.45)
                row |= {
                    "max_points": "0" if self.chance(0.03) else self.pick(MAXIMA),
                    "assessed_by": "survey" if surveyed else "appraisal",
                    "survey_method": self.pick(["mean", "satisfied_share"]) if surveyed else "",
                }  # fmt: skip
                leaves.append(row)
            self.tables["rubric"].append(row)
        return leaves

    def questions(self, period: str, group: str, leaves: list[Row]) -> dict[str, dict[str, str]]:
        """Scale of every question, by respondent group."""
        respondents = [r["respondent_group"] for r in self.tables["respondent_groups"] if r["unit_group"] == group]
        scale = {f"c{n}": self.pick(self.scale) for n in range(1, 13)}
        asked: dict[str, dict[str, str]] = {r: {} for r in respondents}
        for leaf in leaves:
            if leaf["assessed_by"] != "survey" or self.chance(0.04 if self.open else 0):
                continue
            for r in self.some(respondents, 1):
                for question in self.some(list(scale), 1)[:3]:
                    asked[r][question] = scale[question]
                    self.tables["questions"].append(
                        {"period": period, "unit_group": group, "respondent_group": r, "question_code": question,
                         "criterion_code": leaf["criterion_code"], "scale": scale[question],
                         "text": f"Câu {question}", "text_en": "", "origin": ""}
                    )  # fmt: skip
                if self.chance(0.2):
                    self.tables["group_weights"].append(
                        {"period": period, "unit_group": group, "criterion_code": leaf["criterion_code"],
                         "respondent_group": r, "weight": self.pick(["0", "0.25", "3", "1.5"])}
                    )  # fmt: skip
        return asked

    def points(self, leaf: Row) -> str:
        most = float(leaf["max_points"])
        shares = (0.0, most, round(most * 0.5, 4), round(most / 3, 4), int(self.rng.random() * most * 20) / 20)
        return f"{self.pick(shares):g}"

    def scores(self, period: str, unit: str, leaves: list[Row]) -> None:
        for leaf in leaves:
            where = {"period": period, "unit_code": unit, "criterion_code": leaf["criterion_code"]}
            surveyed = leaf["assessed_by"] == "survey"
            if not surveyed and not self.chance(self.open):
                claimed = self.chance(0.06)
                self.tables["self_scores"].append(
                    where | {"points": "" if claimed else self.points(leaf), "not_applicable": self.yes(claimed),
                             "explanation": "Đã thực hiện", "evidence": "QĐ 12",
                             "submitted_on": f"{period}-12-2{self.rng.integers(5)}"}
                )  # fmt: skip
            if surveyed and not self.chance(0.04):
                continue
            if not surveyed and self.chance(self.open):
                continue
            rounds = sorted(int(r) for r in self.some([1, 2, 3, 10], 1))
            for n, at in enumerate(rounds):
                away = surveyed or self.chance(0.07)
                unfilled = n > 0 and self.chance(0.2)
                self.tables["appraised_scores"].append(
                    where | {"round": str(at), "points": "" if away or unfilled else self.points(leaf),
                             "not_applicable": self.yes(away and not unfilled), "appraiser": "so-noi-vu",
                             "reason": "", "minute": f"BB-{at}", "decided_on": f"{int(period) + 1}-01-{at:02d}"}
                )  # fmt: skip

    def yes(self, truth: bool) -> str:
        return self.pick(YES) if truth else self.pick(NO)

    def survey(self, period: str, unit: str, asked: dict[str, dict[str, str]]) -> None:
        options = {scale: [s["option"] for s in self.tables["scales"] if s["scale"] == scale] for scale in self.scale}
        persons = self.chance(0.3)
        for respondents, questions in asked.items():
            n = int(self.pick([0, 1, 2, 4, 5, 6, 9, 14] if self.open else [1, 2, 4, 5, 6, 9, 14]))
            for k in range(n):
                own = {"period": period, "ballot_id": f"{unit}/{respondents}/{k}", "unit_code": unit,
                       "respondent_group": respondents, "respondent_id": f"n{k}" if persons else "",
                       "collected_on": f"{period}-10-{k + 1:02d}" if self.chance(0.8) else ""}  # fmt: skip
                answers = {} if self.chance(0.05) else {
                    q: self.pick(options[scale]) for q, scale in questions.items() if self.chance(0.85)
                }  # fmt: skip
                self.ballots.append(Ballot(own, answers))
            if self.chance(0.5):
                self.tables["survey_plan"].append(
                    {"period": period, "unit_code": unit, "respondent_group": respondents, "issued": str(n + 3),
                     "returned": str(n), "population": self.pick(["", str(n + 1), str(10 * n), "5"])}
                )  # fmt: skip

    def copy(self, period: str, one: str, other: str) -> None:
        """Gives `other` the facts of `one`."""
        for name in ("self_scores", "appraised_scores"):
            rows = [r for r in self.tables[name] if (r["period"], r["unit_code"]) != (period, other)]
            again = [r | {"unit_code": other} for r in rows if (r["period"], r["unit_code"]) == (period, one)]
            self.tables[name] = rows + again
        ballots = [b for b in self.ballots if (b.own["period"], b.own["unit_code"]) != (period, other)]
        self.ballots = ballots + [
            replace(b, own=b.own | {"unit_code": other, "ballot_id": b.own["ballot_id"].replace(one, other)})
            for b in ballots
            if (b.own["period"], b.own["unit_code"]) == (period, one)
        ]
