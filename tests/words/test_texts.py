import re
import string
from importlib import import_module
from pathlib import Path

import pytest

from dashboard.words import TEXTS, t

import_module("dashboard.pages")  # their words are among the texts
DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard"


def _english(entry):
    return (entry[1],) if isinstance(entry[1], str) else entry[1]


def _values(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_text_stands_in_both_languages_with_the_same_values(key):
    vi, *english = TEXTS[key][0], *_english(TEXTS[key])
    assert vi.strip() and all(en.strip() for en in english)
    assert _values(vi) == _values(english[-1])
    assert all(_values(en) <= _values(vi) for en in english)


def test_every_text_that_code_asks_for_exists():
    asked = {}
    for path in DASHBOARD.rglob("*.py"):
        for key in re.findall(r'\bt\(\s*"([\w.]+)"', path.read_text(encoding="utf-8")):
            asked.setdefault(key, path.name)
    assert {key: where for key, where in asked.items() if key not in TEXTS} == {}


def test_whole_numbers_are_counts_and_english_knows_one_from_many():
    assert t("word.ballots", "vi", n=12450) == "12.450 phiếu"
    assert t("word.ballots", "en", n=12450) == "12,450 ballots"
    assert t("word.ballots", "en", n=1) == "1 ballot"


def test_nothing_is_in_capitals_but_what_marks_made_up_data():
    """The ribbon on pages; the marks on exported pictures and documents (`export.…`)."""
    shouted = {k for k, entry in TEXTS.items() if len(entry[0]) > 8 and entry[0].isupper() and "{" not in entry[0]}
    assert {key for key in shouted if not key.startswith("export.")} == {"ribbon.made_up"}
