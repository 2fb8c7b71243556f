"""What holds for the repository as a whole: it stands alone, installs by hash, and its parts fit together."""

import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import plotly
import pytest

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "assets" / "vendor"
BINARY = {".webp", ".woff2", ".ttf", ".png", ".ico", ".xlsx", ".parquet", ".pdf"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def tracked() -> list[Path]:
    """Every file that git keeps, or all files but the ignored ones where git has not been asked yet."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: there is no list of tracked files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def written_here() -> list[Path]:
    """The tracked text files that are not somebody else's, brought as they are."""
    return [
        path
        for path in tracked()
        if path.suffix not in BINARY
        and "vendor" not in path.parts
        and path.name not in ("OFL.txt", "requirements.lock")
    ]


def locked() -> dict[str, list[str]]:
    """Requirement line of the lock file → its hashes."""
    blocks = re.split(r"\n(?=[a-z])", (ROOT / "requirements.lock").read_text(encoding="utf-8"))[1:]
    return {block.split(" \\")[0]: re.findall(r"--hash=(sha256:[0-9a-f]{64})\b", block) for block in blocks}


def test_top_level_holds_the_rooms_of_the_house_only():
    rooms = {"app.py", "pyproject.toml", "dashboard", "scoring", "data", "assets", "tests", "README.md"}
    beside = {"Makefile", "LICENSE", "CHANGELOG.md", "requirements.lock"}
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in found if not name.startswith(".")} <= rooms | beside


def test_nothing_names_a_folder_of_one_machine():
    homes = re.compile(
        r"(?<![\w.~])/(?:" + "|".join(["work", "home", "root", "Users", "opt"]) + r")/\w|\.\./shared|[A-Z]:\\\\"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in written_here()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if homes.search(line)
    ]
    assert found == []


def test_nothing_names_a_registry():
    # Spelt in halves, so that this file does not find itself.
    halves = ["py", r"pi\.org"], ["python", "hosted"], ["registry.", "npm"], ["index-url", " ="], ["find-", "links"]
    hosts = re.compile("|".join(map("".join, halves)))
    found = [
        path.name
        for path in [*written_here(), ROOT / "requirements.lock"]
        if hosts.search(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def test_every_locked_version_has_its_hashes_and_no_address():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    lock = locked()
    assert len(lock) > 50
    assert [line for line, hashes in lock.items() if not hashes] == []
    assert all(re.match(r"[a-z0-9._-]+==[\w.]+( ;|$)", line) for line in lock)


def test_every_dependency_is_locked():
    names = {line.split("==")[0] for line in locked()}
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert {re.match(r"[\w-]+", entry)[0].lower() for entry in wanted} <= names


def test_installed_versions_are_the_locked_ones():
    for name in ("dash", "plotly", "duckdb", "pyarrow", "pandas", "selenium"):
        assert f"{name}=={version(name)}" in locked()


def test_plotly_in_the_page_is_the_one_that_plotly_py_writes_for():
    ours = next(VENDOR.glob("plotly-cartesian-*.min.js"))
    theirs = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    stamp = re.compile(r"plotly\.js (?:\(cartesian - minified\) )?v([\d.]+)")
    wanted = stamp.search(theirs.read_text(encoding="utf-8")[:400])[1]
    assert stamp.search(ours.read_text(encoding="utf-8")[:400])[1] == wanted
    assert ours.name == f"plotly-cartesian-{wanted}.min.js"


@pytest.mark.parametrize("folder", [VENDOR, ROOT / "tests" / "vendor"])
def test_each_vendored_file_names_its_version_and_has_its_licence_beside_it(folder):
    for path in folder.iterdir():
        stem = re.match(r"[a-z-]+-\d+\.\d+\.\d+", path.name)
        assert stem, f"{path.name} does not say which version it is"
        assert (folder / f"{stem[0]}.LICENSE.txt").is_file()


def test_makefile_has_the_commands_and_ci_calls_one():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert {"run", "test", "lint", "bench", "lock", "clean"} <= targets
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
