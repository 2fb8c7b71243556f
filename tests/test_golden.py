"""The pages and files say what tests/golden holds; `make golden` writes that anew."""

from difflib import unified_diff
from itertools import islice
from pathlib import Path

import pytest
from golden import GOLDEN, LANGUAGES, OTHERS, SEASONS, Season

MOST = 80  # lines of a difference that are shown
ENTRIES = sorted(
    (path.parent.parent.name, path.parent.name, path.name.removesuffix(".txt").removesuffix(".files"))
    for path in GOLDEN.glob("*/*/*.txt")
)


@pytest.fixture(scope="session")
def seasons(demo_season, example_season) -> dict[str, Season]:
    folders = {"demo": demo_season, "example": example_season}
    return {name: Season(folders[name], brief=name != "demo") for name in SEASONS}


def difference(kept: Path, made: str) -> str:
    """What is no longer as the file has it, each place under the view that it belongs to; '' where nothing is."""
    before = kept.read_bytes().decode() if kept.exists() else ""
    if before == made:
        return ""
    old, new = before.splitlines(), made.splitlines()
    views, view = [], ""
    for line in old:
        view = line if line.startswith("====") else view
        views.append(view)
    told = []
    for line in unified_diff(old, new, n=1, lineterm=""):
        if line.startswith("@@"):
            at = int(line.split()[1].lstrip("-").split(",")[0])
            line = f"{line} {views[at - 1] if 0 < at <= len(views) else ''}"
        told.append(line if len(line) < 400 else f"{line[:400]} …")
    shown = list(islice(told, 2, MOST))
    return "\n".join([kept.name, *shown, f"({len(told) - 2} lines)"]) + "\n"


def compare(season: Season, name: str, lang: str, entry: str) -> None:
    folder = GOLDEN / name / lang
    made = season.texts(lang, entry)
    told = [difference(folder / f"{file}.txt", text) for file, text in made.items()]
    told += [
        f"{file}.txt: nothing any more\n"
        for file in (entry, f"{entry}.files")
        if file not in made and (folder / f"{file}.txt").exists()
    ]
    if any(told):
        pytest.fail("\n".join(filter(None, told)) + "If that is meant: make golden", pytrace=False)


@pytest.mark.parametrize("name, lang, entry", sorted({entry for entry in ENTRIES if entry[2] != "_pdf"}))
def test_a_page_says_what_it_said(seasons, name, lang, entry):
    if entry not in seasons[name].entries(lang):
        pytest.fail(f"there is no {entry} any more", pytrace=False)
    compare(seasons[name], name, lang, entry)


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SEASONS)
def test_the_documents_say_what_they_said(seasons, name, lang):
    compare(seasons[name], name, lang, "_pdf")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SEASONS)
def test_every_page_of_the_plan_is_kept(seasons, name, lang):
    kept = {entry for season, language, entry in ENTRIES if (season, language) == (name, lang)}
    assert kept == set(seasons[name].entries(lang)), "make golden"


def test_the_plan_shows_what_readers_have(seasons):
    plan = seasons["demo"].plan
    assert {"tong-quan", "xep-hang.district", "tham-dinh", "tham-dinh,district", "thuat-ngu"} <= plan.keys()
    assert sum(name.startswith("don-vi.") and not name.endswith("mo-phong") for name in plan) == 4
    assert sum(name.startswith("nguon-goc.") for name in plan) >= 10
    assert "_pdf" in OTHERS
    size = sum(path.stat().st_size for path in GOLDEN.rglob("*.txt"))
    assert 1_000_000 < size < 10_000_000
