"""Nothing kept is lost: disks that fill, bits that flip, ledgers lost, rolled back and nonsense, backups restored."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from test_imports import (  # noqa: F401
    APPRAISED,
    BALLOTS,
    FACTS,
    FIRST_FORMAT,
    NEXT_YEAR,
    SELF,
    contents,
    data,
    index,
    lay,
    rows,
    season,
    state,
)

from scoring import build, cli, generation, imports, ledger, recovery
from scoring.ledger import Ledger
from scoring.store import DatabaseError, Store


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder byte for byte, and every folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


@pytest.fixture
def new(tmp_path) -> Path:
    """Files of an import that changes the season."""
    return lay(
        tmp_path / "new", self_scores=SELF.replace(",3", ",2"), ballots=BALLOTS.replace("p1,a,dan,2", "p1,a,dan,1")
    )


# --- a disk that is full ----------------------------------------------------------------------------------------


def filling(monkeypatch, at: int) -> list[str]:
    """Lets the write with this number fail for want of space, and all that follow; the list fills with their names."""
    writes: list[str] = []

    def failing(place, name, error):
        call = getattr(place, name)

        def write(*arguments, **named):
            writes.append(name)
            if len(writes) >= at:
                raise error
            return call(*arguments, **named)

        monkeypatch.setattr(place, name, write)

    full = OSError(errno.ENOSPC, "No space left on device")
    for place, name in ((os, "replace"), (os, "rename"), (os, "mkdir"), (shutil, "copyfile"), (imports, "sync_tree")):
        failing(place, name, full)
    failing(build, "write_generation", DatabaseError("IO Error: Could not write file: No space left on device"))
    return writes


def test_a_full_disk_at_any_write_leaves_the_folder_as_it_was(season, new, tmp_path, capsys):  # noqa: F811
    data = shutil.copytree(season, tmp_path / "data")  # noqa: F811
    before = everything(data)
    at = 0
    while True:
        at += 1
        with pytest.MonkeyPatch.context() as patch:
            writes = filling(patch, at)
            code = cli.main(["import", str(new), "--data", str(data), "--lang", "en"])
        if code == 0:
            break
        said = capsys.readouterr()
        assert (code, said.err.count("\n")) == (1, 1) and "disk is full" in said.err, writes
        assert everything(data) == before, writes
    assert at > 8 and {"copyfile", "write_generation", "rename", "replace", "sync_tree", "mkdir"} <= set(writes)
    assert index(data)["a"] == (30.0, 2) and imports.verify(data) == []


def test_a_first_import_on_a_full_disk_leaves_nothing(new, tmp_path, monkeypatch, capsys):
    (tmp_path / "data").mkdir()
    filling(monkeypatch, 1)
    assert cli.main(["import", str(new), "--data", str(tmp_path / "data"), "--lang", "en"]) == 1
    assert "disk is full" in capsys.readouterr().err
    assert list((tmp_path / "data").iterdir()) == []


# --- bits that flip ---------------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    """Turns one bit of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "command", [["import", "{new}"], ["import", "{new}", "--dry-run"], ["build"], ["retract", "2", "--reason", "x"]]
)
def test_a_flipped_bit_stops_whatever_would_read_it(data, new, capsys, command):  # noqa: F811
    for name in ("000002/ballots.parquet", "000001/rubric.parquet"):
        path = data / "imports" / name
        kept = path.read_bytes()
        flip(path)
        before = contents(data)
        assert cli.main([part.format(new=new) for part in [*command, "--data", str(data), "--lang", "en"]]) == 1
        assert name in capsys.readouterr().err and contents(data) == before
        path.write_bytes(kept)


def test_what_is_damaged_no_longer_counts_after_a_recovery(data, new, capsys):  # noqa: F811
    assert imports.run(data, [[new]]).status == "imported"
    flip(data / "imports/000003/ballots.parquet")
    (data / "imports/000003/self_scores.parquet").unlink()
    assert cli.main(["recover", "--data", str(data), "--lang", "en"]) == 0
    assert "ballots.parquet" in capsys.readouterr().out and len(Ledger.load(data).active) == 3
    assert cli.main(["recover", "--yes", "--data", str(data), "-q"]) == 0
    assert index(data) == {"a": (60.0, 2), "b": (80.0, 1)}
    assert cli.main(["build", "--data", str(data), "-q"]) == 0
    assert imports.run(data, [[new]]).status == "imported" and index(data)["a"] == (30.0, 2)


# --- ledgers that are lost, rolled back, nonsense ---------------------------------------------------------------


@pytest.fixture
def three(data, new):  # noqa: F811
    """The season with a third import that was taken back, and a fourth."""
    assert imports.run(data, [[new]]).status == "imported"
    assert imports.retract(data, [3], by="Hòa", reason="Nhầm").status == "retracted"
    assert imports.run(data, [[lay(new.parent / "next", **NEXT_YEAR)]]).status == "imported"
    return data


def stopped(data: Path, new: Path, capsys) -> None:  # noqa: F811
    """Every command that writes stops with a sentence, and nothing is another byte."""
    before = everything(data)
    for command in (
        ["import", str(new)],
        ["import", str(new), "--dry-run"],
        ["build"],
        ["retract", "1", "--reason", "x"],
    ):
        assert cli.main([*command, "--data", str(data), "--lang", "en"]) in (1, 2), command
        said = capsys.readouterr()
        assert said.err.count("\n") == 1 and "cchc recover" in said.err, command
    assert everything(data) == before


@pytest.mark.parametrize("kept", [True, False], ids=["earlier ledgers kept", "entries alone"])
def test_a_lost_ledger_is_rebuilt(three, new, capsys, kept):
    before, seen = Ledger.load(three), state(three)
    (three / "ledger.json").unlink()
    if not kept:
        shutil.rmtree(three / "ledgers")
    stopped(three, new, capsys)
    untouched = everything(three)
    assert cli.main(["recover", "--data", str(three), "--lang", "en"]) == 0
    assert "Nhầm" in capsys.readouterr().out and everything(three) == untouched
    assert cli.main(["recover", "--yes", "--data", str(three), "-q"]) == 0
    after = Ledger.load(three)
    assert after.state == before.state and after.generation > before.generation and state(three) == seen
    assert imports.run(three, [[new]]).entries[0].import_id == 5


def test_an_older_ledger_loses_nothing(three, new, capsys):
    """Put back by two steps: it stops. By the last one alone: that import is entered again, as after a kill."""
    entries, seen = Ledger.load(three).entries, state(three)
    kept = sorted((three / "ledgers").iterdir())
    for older in kept[:-2]:
        shutil.copyfile(older, three / "ledger.json")
        stopped(three, new, capsys)
    shutil.copyfile(kept[-2], three / "ledger.json")
    assert cli.main(["build", "--data", str(three), "-q"]) == 0
    assert Ledger.load(three).entries == entries and state(three) == seen


def test_a_folder_that_continues_nothing_is_left_alone(data, new, capsys):  # noqa: F811
    shutil.copytree(data / "imports/000002", data / "imports/000003")
    stopped(data, new, capsys)
    (data / "imports/000003/entry.json").unlink()
    stopped(data, new, capsys)
    assert cli.main(["recover", "--yes", "--data", str(data), "--lang", "en"]) == 1
    assert "000003" in capsys.readouterr().out and (data / "imports/000003").is_dir()


def test_imports_of_one_step_are_finished_together(data, tmp_path, monkeypatch):  # noqa: F811
    """Killed between the folders of two imports: the next command enters both."""
    two = [lay(tmp_path / "own", self_scores=SELF.replace(",3", ",2")), lay(tmp_path / "next", **NEXT_YEAR)]
    rename, moved = os.rename, []

    def dies(source, target):
        if len(moved) == 1:
            os._exit(9)
        moved.append(rename(source, target))

    child = os.fork()
    if child == 0:
        monkeypatch.setattr(generation.os, "rename", dies)
        imports.run(data, [[folder] for folder in two])
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert len(Ledger.load(data).entries) == 2 and (data / "imports/000003").is_dir()
    later = lay(tmp_path / "later", appraised_scores=APPRAISED.replace("1,3,", "1,1,"))
    assert imports.run(data, [[later]]).entries[0].import_id == 5
    assert [e.import_id for e in Ledger.load(data).active] == [1, 2, 3, 4, 5] and imports.verify(data) == []
    assert not list((data / "imports").glob(".*"))


def nonsense() -> dict[str, object]:
    """Valid JSON that is no ledger, made of one that is."""
    content = json.loads((FIRST_FORMAT / "ledger.json").read_text(encoding="utf-8"))
    entry = content["entries"][0]

    def with_entry(**changes):
        return content | {"entries": [entry | changes]}

    return {
        "a number": 7,
        "deep": json.loads("[" * 900 + "]" * 900),
        "a generation below nought": content | {"generation": -1},
        "true for a generation": content | {"generation": True},
        "a great generation": content | {"generation": 10**30},
        "entries as a word": content | {"entries": "none"},
        "entries as numbers": content | {"entries": [1, 2]},
        "an entry twice": content | {"entries": [entry, entry]},
        "an id as text": with_entry(import_id="1"),
        "a table of no kind": with_entry(tables={"../../etc/passwd": {"rows": 1, "sha256": "0" * 64}}),
        "a table without a hash": with_entry(tables={"units": {"rows": 1}}),
        "a file elsewhere": with_entry(files=[{"name": "../../x", "sha256": "0" * 64, "bytes": 1}]),
        "no time": with_entry(imported_at="hôm qua"),
        "periods as text": with_entry(periods="2031"),
        "made up as text": with_entry(made_up="no"),
        "retracted as text": with_entry(retracted="yes"),
        "an identity elsewhere": content | {"identity": "../x"},
        "a format of another kind": content | {"format": "two"},
        "a later format": content | {"format": 99},
        "an unknown key": with_entry(surprise=1),
    }


@pytest.mark.parametrize("name", nonsense())
def test_a_ledger_that_is_nonsense_gives_a_sentence(season, tmp_path, capsys, name):  # noqa: F811
    data = tmp_path / "data"  # noqa: F811
    data.mkdir()
    (data / "imports").symlink_to(season / "imports")
    (data / "ledger.json").write_text(json.dumps(nonsense()[name]), encoding="utf-8")
    for command in (["imports"], ["build"], ["retract", "1", "--reason", "x"]):
        assert cli.main([*command, "--data", str(data), "--lang", "en"]) == 1
        said = capsys.readouterr()
        assert "ledger.json" in said.err and said.err.count("\n") == 1 and said.out == ""
    assert sorted(path.name for path in data.iterdir()) == ["imports", "ledger.json"]


def test_earlier_ledgers_and_the_entry_of_every_import_are_kept(three):
    assert [len(one.entries) for one in ledger.kept_ledgers(three)] == [1, 2, 3, 3, 4]
    for entry in Ledger.load(three).entries:
        assert ledger.Beside.read(entry.folder(three)).entry.files == entry.files


def test_entries_are_written_beside_imports_of_the_first_format(tmp_path):
    data = shutil.copytree(FIRST_FORMAT, tmp_path / "data")  # noqa: F811
    year = "period,title,assessed_from,assessed_to,self_score_due,decimals,min_cell\n2033,Năm 2033,,,,2,1"
    assert imports.run(data, [[lay(tmp_path / "2033", periods=year)]]).status == "imported"
    (data / "ledger.json").unlink()
    shutil.rmtree(data / "ledgers")
    assert recovery.recover(data, write=True).needed
    assert [e.import_id for e in Ledger.load(data).active] == [1, 2, 3] and index(data)["b"] == (80.0, 1)


# --- a generation is itself -------------------------------------------------------------------------------------


def test_a_backup_restored_under_a_reader_shows_its_own_values(data, tmp_path):  # noqa: F811
    """Same number, same names, other values: what was asked before the backup came back is not what is answered."""
    backup = shutil.copytree(data, tmp_path / "backup")
    reader, question = Store(data), "SELECT index_value::INTEGER AS i FROM result_index ORDER BY unit_code"

    def asked(at: int, points: int) -> tuple:
        scores = APPRAISED.replace("a,1.1,1,3", f"a,1.1,1,{points}")
        assert imports.run(data, [[lay(tmp_path / str(at), appraised_scores=scores)]]).status == "imported"
        with reader.snapshot() as snapshot:
            return snapshot.generation, snapshot.identity, [row["i"] for row in snapshot.kept_rows(question)]

    found = [asked(0, 4)]
    for at, points in enumerate((2, 1), start=1):
        shutil.rmtree(data)
        shutil.copytree(backup, data)
        found.append(asked(at, points))
    assert [number for number, _, _ in found] == [3, 3, 3] and len({identity for _, identity, _ in found}) == 3
    assert [values for _, _, values in found] == [[70, 80], [50, 80], [40, 80]]
    reader.close()


def test_files_whose_names_are_not_utf8_are_kept(data, tmp_path, capsys):  # noqa: F811
    lay(tmp_path / "files", self_scores=SELF.replace(",3", ",2"))
    folder = os.fsencode(tmp_path / "files")
    os.rename(folder + b"/self_scores.csv", folder + b"/\xd0i\xe9m.csv")
    (tmp_path / "files" / os.fsdecode(b"ghi ch\xfa.txt")).write_text("x")
    argv = ["import", str(tmp_path / "files"), "--data", str(data), "--by", os.fsdecode(b"H\xf2a"), "--lang", "en"]
    assert cli.main([*argv, "--dry-run", "--problems", str(tmp_path / "p.csv")]) == 0
    assert cli.main(argv) == 0
    assert "\\xe9m.csv" not in (said := capsys.readouterr()).err and "ghi ch\\xfa.txt" in said.out
    entry = Ledger.load(data).entries[-1]
    assert [file["name"] for file in entry.files] == ["\\xd0i\\xe9m.csv"] and entry.by == "H\\xf2a"
    assert imports.verify(data) == []
    assert cli.main(["imports", "--data", str(data)]) == 0
    assert cli.main(["import", str(tmp_path / "files"), "--data", str(tmp_path / os.fsdecode(b"d\xe9")), "-q"]) == 1
