"""What holds for every module of the code: short functions, and no circle between modules."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ["scoring", "dashboard"]
LONGEST = 60
"""Lines of a function, from `def` to its last; how branched it may be is ruff's business (C901)."""


def modules() -> dict[str, ast.Module]:
    """Dotted name → syntax tree of every module of the packages."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported(name: str, tree: ast.Module, known: dict[str, ast.Module]) -> Iterator[str]:
    """Modules of the packages that a module names in an import, wherever in its code that stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            wanted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports by a relative name"
            # A name is a module of the package, or stands in the package itself.
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            wanted = [path if path in known else node.module for path in inside]
        else:
            continue
        yield from (path for path in wanted if path in known and path != name)


def circles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """Every set of names that reach each other, each in order."""
    reach = {name: set(to) for name, to in arrows.items()}
    for middle in arrows:
        for name in arrows:
            if middle in reach[name]:
                reach[name] |= reach[middle]
    together = {tuple(sorted({other for other in reach[name] if name in reach[other]})) for name in arrows}
    return [list(names) for names in sorted(together) if names]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_function_is_longer_than_a_page(package):
    long = [
        f"{name}.{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for name, tree in modules().items()
        if name.split(".")[0] == package
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= LONGEST
    ]
    assert long == []


def test_no_two_modules_import_each_other():
    """Imports inside functions and those for type checkers alone count too: they hide a circle, they do not undo it."""
    known = modules()
    assert circles({name: set(imported(name, tree, known)) for name, tree in known.items()}) == []


def test_a_circle_is_found_wherever_it_is_hidden():
    texts = {
        "a": "import b",
        "b": "def late():\n    from c import thing",
        "c": "if TYPE_CHECKING:\n    from a import Thing",
        "d": "from a import x",
    }
    known = {name: ast.parse(text) for name, text in texts.items()}
    arrows = {name: set(imported(name, tree, known)) for name, tree in known.items()}
    assert circles(arrows) == [["a", "b", "c"]]


def test_pages_know_rows_of_each_other_alone():
    """What two pages say both stands in the words that pages share."""
    known = modules()
    strangers = [
        f"{name} imports {other}"
        for name, tree in known.items()
        for other in imported(name, tree, known)
        if name.startswith("dashboard.pages.") and other.startswith("dashboard.pages.")
        if name.split(".")[2] != other.split(".")[2] and other.split(".")[3:] not in (["rows"], [])
    ]
    assert strangers == []


def test_no_module_of_the_dashboard_is_longer_than_a_room():
    paths = (path for path in (ROOT / "dashboard").rglob("*.py") if path.name != "words.py")
    long = {str(path): n for path in paths if (n := len(path.read_text(encoding="utf-8").splitlines())) > 550}
    assert long == {}
