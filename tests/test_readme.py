"""What the documents say exists, and the other way round."""

import re
from pathlib import Path

from dashboard.cli import add_charts
from scoring import cli
from scoring.tables import TABLES, dictionary

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, set[str]]:
    """Command -> its options, from the parser itself."""
    parser = cli._parser((add_charts,))
    subparsers = next(action for action in parser._actions if hasattr(action, "choices") and action.choices)
    return {name: {o for a in sub._actions for o in a.option_strings} for name, sub in subparsers.choices.items()}


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
