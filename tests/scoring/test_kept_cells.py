"""Any value leads back to its file, sheet and row: cells of the kept tables found again in the kept originals."""

import csv
import io
import random
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from seasons import bring_in, make_season

from scoring import cli, forms, imports
from scoring.ledger import Entry, Ledger
from scoring.store import Store
from scoring.tables import TABLES

# --- the originals, read with nothing of the product --------------------------------------------------------------


def grid(path: Path, sheet: str) -> list[list]:
    """Cells of an original as they stand; row 1 first."""
    if path.suffix == ".xlsx":
        return [list(row) for row in openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)]
    if path.suffix == ".parquet":
        table = pyarrow.parquet.read_table(path)
        return [table.column_names, *(list(row.values()) for row in table.to_pylist())]
    text = path.read_bytes().decode("utf-8-sig")
    delimiter = max(",;\t", key=text.splitlines()[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def spelt(cell) -> str:
    """A cell as text to compare: composed letters, no spaces around it, numbers and days without their dress."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return str(cell)[:10]
    text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    text = unicodedata.normalize("NFC", text).strip(" \t\u00a0")
    if re.fullmatch(r"-?\d+([.,]\d+)?", text):
        return f"{Decimal(text.replace(',', '.')).normalize():f}"
    return text


def boolean(text: str) -> bool:
    return text.lower() in ("1", "true", "x", "có")


def cells_of(data: Path) -> Iterator[tuple[Entry, str, str, dict]]:
    """(import, table, column, row) of every cell of every kept table that holds something."""
    for entry in Ledger.load(data).entries:
        for table in entry.tables:
            for row in pyarrow.parquet.read_table(entry.folder(data) / f"{table}.parquet").to_pylist():
                for column in row:
                    if row[column] is not None and column not in ("file", "sheet", "row"):
                        yield entry, table, column, row


def stands_there(data: Path, grids: dict, entry: Entry, table: str, column: str, row: dict) -> bool:
    """Whether the value of a cell stands in the row of the original that the table names."""
    place = (entry.import_id, row["file"], row["sheet"])
    if place not in grids:
        grids[place] = grid(entry.folder(data) / "originals" / row["file"], row["sheet"])
    cells = grids[place]
    line = [spelt(cell) for cell in cells[row["row"] - 1]]
    found = spelt(row[column])
    if column == "period" and table in ("scales", "respondent_groups"):  # of the import, where the file names none
        return entry.periods == [found]
    if isinstance(row[column], bool):
        return row[column] == any(boolean(cell) for cell in line) or not row[column]
    if table == "answers" and column in ("question_code", "option"):
        header = [spelt(cell) for cell in cells[0]]
        if row["question_code"] in header:  # wide: the cell below the code of the question
            at = header.index(row["question_code"])
            return line[at] in labels(data, row["option"])
        return any(cell in labels(data, row["option"]) for cell in line) and row["question_code"] in line
    return found in line


_labels: dict = {}


def labels(data: Path, option: str) -> set[str]:
    """What may be written for an option."""
    if data not in _labels:
        with Store(data).snapshot() as snapshot:
            _labels[data] = snapshot.rows('SELECT "option", label FROM scales')
    return {option} | {spelt(s["label"]) for s in _labels[data] if s["option"] == option}


@pytest.mark.parametrize("seed", [2, 7])
def test_200_random_cells_stand_in_the_originals(tmp_path, seed):
    bring_in(tmp_path / "data", [make_season(seed)], tmp_path / "files")
    every = list(cells_of(tmp_path / "data"))
    # Defaults and not_applicable = false stand for an empty cell: nothing is written for them.
    default = {(t.name, c.name): c.default for t in TABLES.values() for c in t.columns if c.default is not None}
    every = [cell for cell in every if spelt(cell[3][cell[2]]) != default.get((cell[1], cell[2]), object())]
    assert {table for _, table, _, _ in every} > {"answers", "ballots", "self_scores", "appraised_scores", "rubric"}
    grids: dict = {}
    for entry, table, column, row in random.Random(seed).sample(every, 200):
        assert stands_there(tmp_path / "data", grids, entry, table, column, row), (table, column, row)
    kinds = {Path(file).suffix for _, file, _ in grids}
    assert {".csv", ".xlsx"} <= kinds


def test_every_score_of_a_form_stands_in_its_cell(tmp_path):
    """From the store to the workbook: sheet, row and the column under the heading."""
    data = tmp_path / "data"
    example = Path(__file__).parents[1] / "data" / "example" / "in"
    definitions = [
        p for p in sorted(example.glob("*.csv")) if p.stem not in ("self_scores", "appraised_scores", "ballots")
    ]
    assert imports.run(data, [definitions]).status == "imported"
    with Store(data).snapshot() as snapshot:
        written = forms.write(snapshot, "2029", tmp_path / "forms", council=True)
        found = snapshot.rows("SELECT unit_code, criterion_code FROM result_items WHERE assessed_by = 'appraisal'")
    appraised: dict[str, set[str]] = {}
    for row in found:
        appraised.setdefault(row["unit_code"], set()).add(row["criterion_code"])
    rng = random.Random(1)
    for path in written:
        book = openpyxl.load_workbook(path)
        for sheet in book:
            heads = header(sheet)
            if not heads:
                continue
            row, columns = heads
            codes = {line: str(sheet.cell(line, columns["TT"]).value) for line in range(row + 1, sheet.max_row + 1)}
            scored = {line for line, code in codes.items() if code in appraised[path.stem.rpartition("_")[2]]}
            for line in range(row + 1, sheet.max_row + 1):
                most = sheet.cell(line, columns["Điểm tối đa"]).value
                own, council = (
                    sheet.cell(line, columns[heading]) for heading in ("Điểm tự đánh giá", "Điểm thẩm định")
                )
                if isinstance(most, int | float) and line in scored:
                    own.value, council.value = round(rng.random() * most, 2), round(rng.random() * most, 2)
        book.save(path)
    outcome = imports.run(data, [[tmp_path / "forms"]])
    assert outcome.status == "imported", [p.row_of_list("en") for p in outcome.problems][:5]
    with Store(data).snapshot() as snapshot:
        scores = snapshot.rows(
            "SELECT kind, unit_code, criterion_code, points, import_id, file, sheet, row FROM score_sources"
        )
    assert {score["kind"] for score in scores} == {"self", "appraised"} and len(scores) > 100
    books: dict = {}
    for score in rng.sample(scores, 200):
        path = Ledger.load(data).entry(score["import_id"]).folder(data) / "originals" / score["file"]
        book = books.setdefault(path, openpyxl.load_workbook(path, data_only=True))
        _, columns = header(book[score["sheet"]])
        heading = {"self": "Điểm tự đánh giá", "appraised": "Điểm thẩm định"}[score["kind"]]
        sheet = book[score["sheet"]]
        assert str(sheet.cell(score["row"], columns["TT"]).value) == score["criterion_code"]
        assert Decimal(str(sheet.cell(score["row"], columns[heading]).value)) == score["points"]


def header(sheet) -> tuple[int, dict[str, int]] | None:
    """(row of the header of a form, heading → column)."""
    for row in sheet.iter_rows(max_row=30):
        heads = {str(cell.value): cell.column for cell in row if cell.value}
        if "TT" in heads:
            return row[0].row, heads
    return None


def test_the_originals_are_kept_byte_for_byte(tmp_path):
    files = make_season(4).write(tmp_path / "files")
    imports.run(tmp_path / "data", [[files]])
    kept = tmp_path / "data" / "imports" / "000001" / "originals"
    given = {p.relative_to(files): p.read_bytes() for p in files.rglob("*") if p.is_file()}
    assert {p.relative_to(kept): p.read_bytes() for p in kept.rglob("*") if p.is_file()} == given
    assert cli.main(["imports", "--verify", "--data", str(tmp_path / "data"), "-q"]) == 0
