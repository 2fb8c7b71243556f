"""What the documents say exists, and the other way round."""

import csv
import re
import shutil
import sys
from pathlib import Path

from conftest import EXAMPLE, bring_in
from pages_read import charts_of, frame_of
from pages_read import words as words_of

from dashboard import pages
from dashboard.cli import add_charts
from dashboard.render.files import to_csv
from dashboard.words import TEXTS
from scoring import cli
from scoring.store import Store
from scoring.tables import TABLES, dictionary

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, set[str]]:
    """Command -> its options, from the parser itself."""
    _, parsers = cli._parser("vi", (add_charts,))
    return {name: {o for a in sub._actions for o in a.option_strings} for name, sub in parsers.items()}


def test_every_command_and_option_of_the_readme_exists():
    known = commands()
    named = set(re.findall(r"`cchc ([a-z]+)", README))
    assert named <= set(known), f"unknown: {named - set(known)}"
    assert set(known) <= named, f"the README does not tell of: {set(known) - named}"
    options = {o for found in known.values() for o in found if o.startswith("--")}
    assert set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", README)) <= options


def test_every_make_target_of_the_readme_exists_and_the_other_way_round():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)) - {
        "setup",
        "browser",
    }
    assert set(re.findall(r"`?make ([a-z]+)", README)) == targets


def test_every_environment_variable_is_told():
    code = "".join(p.read_text(encoding="utf-8") for f in ("scoring", "dashboard") for p in (ROOT / f).rglob("*.py"))
    code += (ROOT / "app.py").read_text(encoding="utf-8")
    used = set(re.findall(r"""["'](CCHC_[A-Z_]+)["']""", code))
    assert used == set(re.findall(r"\bCCHC_[A-Z_]+\b", README))


def test_a_page_is_added_as_the_readme_says(store, tmp_path, monkeypatch):
    """One folder, one line: the page opens in both languages, with its chart and its files."""
    words, page = re.findall(r"```python\n(.*?)```", README, re.S)
    folder = tmp_path / "leaders"
    folder.mkdir()
    for name, text in (("__init__", ""), ("words", words), ("page", page)):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(pages, "__path__", [*pages.__path__, str(tmp_path)])
    known = dict(TEXTS)
    try:
        (line,) = re.findall(r"`(_page\(.*?\))`", README)
        routes = (*pages.PAGES, eval(line, vars(pages)))
        for prefix, title in (("", "Dẫn đầu"), ("/en", "Leaders")):
            frame = frame_of(store, f"{prefix}/dan-dau", routes)
            assert frame.status == 200 and title in words_of(frame.main) and title in words_of(frame.navigation)
            (chart,) = charts_of(frame)
            assert chart.statement("a4")["data"]
            assert to_csv(chart.sheet()).count(b"\n") == 1 + len(chart.sheet().rows)
    finally:
        TEXTS.clear()
        TEXTS.update(known)
        for name in ("words", "page"):
            sys.modules.pop(f"dashboard.pages.leaders.{name}", None)


def test_a_criterion_is_added_as_the_readme_says(tmp_path):
    """A row of the rubric: it is missing for every unit of its block until they score it, and in nobody else's."""
    files = shutil.copytree(EXAMPLE, tmp_path / "files")
    with (files / "rubric.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    top = next(row for row in rows if row["unit_group"] == "district" and not row["parent_code"])
    new = {
        "criterion_code": f"{top['criterion_code']}.77",
        "parent_code": top["criterion_code"],
        "name": "Tiêu chí mới",
    }
    rows.append(
        dict.fromkeys(top, "")
        | {k: top[k] for k in ("period", "unit_group")}
        | new
        | {"max_points": "2", "assessed_by": "appraisal"}
    )
    with (files / "rubric.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    bring_in("import", files, "--data", tmp_path / "data")
    with Store(tmp_path / "data").snapshot() as snapshot:
        found = snapshot.rows("FROM item_results")
        states = {row["unit_code"]: row["state"] for row in found if row["criterion_code"] == new["criterion_code"]}
        assert set(states.values()) == {"missing"}
        assert set(states) == {row["unit_code"] for row in found if row["unit_group"] == "district"}


def test_every_path_of_the_map_exists():
    for path in re.findall(r"`([\w/]+(?:\.\w+|/))`", README):
        found = any((ROOT / folder / path).exists() for folder in ("", "scoring", "dashboard"))
        assert found, f"the README names {path}, which is not there"


def test_the_data_dictionary_is_true():
    assert (ROOT / "data" / "dictionary.md").read_text(encoding="utf-8") == dictionary()


def test_headings_name_one_column_of_a_table():
    for table in TABLES.values():
        headings = [
            heading.casefold() for column in table.columns for heading in {h.casefold() for h in column.headings}
        ]
        assert len(headings) == len(set(headings)), f"{table.name}: a heading names two columns"
