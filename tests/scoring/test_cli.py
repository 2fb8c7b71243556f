"""The command line: exit codes, JSON, silence, nothing but the result in a pipe, both languages."""

import json
import os
import pty
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scoring import cli
from scoring.texts import PROBLEMS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = Path(__file__).parents[1] / "data" / "example" / "in"
DONE, REFUSED, USAGE = 0, 1, 2


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "data"
    assert cli.main(["import", str(EXAMPLE), "--data", str(folder), "-q"]) == DONE
    return folder


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad" / "self_scores.csv"
    path.parent.mkdir()
    path.write_text("period,unit_code,criterion_code,points\n2029,department-01,1.1,9\n2029,nobody,1.1,0\n")
    return path


@pytest.fixture
def run(capsys):
    """A function from arguments to (exit code, standard output, standard error)."""

    def called(*argv) -> tuple[int, str, str]:
        code = cli.main([str(a) for a in argv])
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return code, said.out, said.err

    return called


# --- exit codes -------------------------------------------------------------------------------------------------


def test_done_is_0(run, data, tmp_path):
    assert run("imports", "--data", data)[0] == DONE
    assert run("imports", "--verify", "--data", data)[0] == DONE
    assert run("check", "--period", "2029", "--data", data)[0] == DONE
    assert run("results", "--period", "2029", "--out", tmp_path / "out", "--data", data)[0] == DONE
    assert run("forms", "--period", "2029", "--out", tmp_path / "forms", "--data", data)[0] == DONE
    assert run("import", EXAMPLE, "--data", data, "--dry-run")[0] == DONE
    assert run("import", EXAMPLE, "--data", data)[0] == DONE  # nothing new
    assert run("--help")[0] == DONE


def test_refused_is_1(run, data, bad, tmp_path):
    assert run("import", bad.parent, "--data", data)[0] == REFUSED
    assert run("retract", "1", "--reason", "thử", "--data", tmp_path / "nowhere")[0] == USAGE
    assert run("build", "--data", tmp_path / "nowhere")[0] == REFUSED
    assert run("results", "--period", "2029", "--out", tmp_path, "--data", tmp_path / "nowhere")[0] == REFUSED
    assert not (tmp_path / "nowhere").exists()


def test_usage_is_2(run, data, tmp_path):
    for argv in (
        (),
        ("fly",),
        ("import",),
        ("import", EXAMPLE, "--each=2"),
        ("import", tmp_path / "not there", "--data", data),
        ("import", EXAMPLE, "--replace", "99", "--data", data),
        ("retract", "1", "--data", data),
        ("retract", "99", "--reason", "thử", "--data", data),
        ("check", "--period", "1999", "--data", data),
        ("results", "--period", "1999", "--out", tmp_path, "--data", data),
        ("results", "--period", "2029", "--out", tmp_path, "--format", "pdf", "--data", data),
        ("forms", "--period", "1999", "--out", tmp_path, "--data", data),
    ):
        code, out, err = run(*argv)
        assert (code, out) == (USAGE, ""), argv
        assert err, argv


def test_an_unknown_path_is_named_and_nothing_is_made(run, tmp_path):
    code, _, err = run("import", tmp_path / "không có", "--data", tmp_path / "data", "--lang", "en")
    assert (code, err) == (USAGE, f"There is no {tmp_path / 'không có'}.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_bad_size_limit_is_a_sentence(run, data, monkeypatch):
    for limit in ("viel", "-1", "0", "nan"):
        monkeypatch.setenv("CCHC_MAX_MB", limit)
        code, _, err = run("import", EXAMPLE, "--data", data)
        assert code == USAGE and "CCHC_MAX_MB" in err
    monkeypatch.setenv("CCHC_MAX_MB", "0.001")
    code, out, _ = run("import", EXAMPLE, "--data", data, "--json")
    assert code == REFUSED and {p["kind"] for p in json.loads(out)["problems"]} == {"file_too_large"}


# --- what is said -----------------------------------------------------------------------------------------------


def test_a_refusal_names_file_row_column_value_and_what_is_allowed(run, data, bad):
    code, out, _ = run("import", bad.parent, "--data", data, "--lang", "en", "--problems", bad.parent / "p.csv")
    assert code == REFUSED
    assert "self_scores.csv, row 2, column points" in out and "self_scores.csv, row 3, column unit_code" in out
    lines = (bad.parent / "p.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "file,sheet,row,column,value,kind,problem,hint"
    assert lines[1].startswith("self_scores.csv,,2,points,9,out_of_range,")
    assert lines[2].startswith("self_scores.csv,,3,unit_code,nobody,unknown_unit,")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_json_is_valid_and_alone(run, data, bad, tmp_path, lang):
    common = ("--json", "--lang", lang, "--data", data)
    for argv, code in (
        (("import", bad.parent), REFUSED),
        (("import", EXAMPLE), DONE),
        (("import", EXAMPLE, "--dry-run"), DONE),
        (("check", "--period", "2029"), DONE),
        (("imports", "--verify"), DONE),
        (("results", "--period", "2029", "--out", tmp_path / "out"), DONE),
        (("forms", "--period", "2029", "--out", tmp_path / "forms"), DONE),
        (("results", "--period", "1999", "--out", tmp_path / "out"), USAGE),
        (("serve", "--host", "0.0.0.0"), USAGE),
    ):
        found, out, err = run(*argv, *common)
        said = json.loads(out)
        assert found == code and isinstance(said, dict), argv
        assert bool(err) == (code == USAGE), argv
    refused = json.loads(run("import", bad.parent, *common)[1])
    assert refused["status"] == "refused"
    first = refused["problems"][0]
    assert list(first) == ["file", "sheet", "row", "column", "value", "kind", "problem", "hint"]
    assert first["kind"] == "out_of_range" and first["problem"] == PROBLEMS["out_of_range"][lang][0].format(value="9")


def test_quiet_says_nothing_but_errors(run, data, bad, tmp_path):
    for argv in (
        ("import", bad.parent),
        ("import", EXAMPLE),
        ("check", "--period", "2029"),
        ("imports", "--verify"),
        ("results", "--period", "2029", "--out", tmp_path / "out"),
    ):
        assert run(*argv, "-q", "--data", data)[1:] == ("", "")
    code, out, err = run("check", "--period", "1999", "-q", "--data", data)
    assert (code, out) == (USAGE, "") and err


def test_words_follow_the_language(run, data):
    vietnamese, english = (run("check", "--period", "2029", "--data", data, "--lang", lang)[1] for lang in ("vi", "en"))
    assert vietnamese != english and "pending" in english.lower()
    assert any(letter in vietnamese for letter in "ạảấầậắằặẹẻếềệỉịọỏốồộớờợụủứừựỳỷỹđ")
    assert not any(letter in english.replace("đ", "") for letter in "ạảấầẩẫắằẳẵ")


def process(*argv, **named) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "scoring.cli", *map(str, argv)]
    environment = {
        k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "CCHC_DATA")
    }
    return subprocess.run(
        command, cwd=ROOT, env=environment | named.pop("env", {}), text=True, capture_output=True, **named
    )


def test_a_pipe_holds_the_result_alone(data):
    done = process("check", "--period", "2029", env={"CCHC_DATA": str(data), "LC_ALL": "C.UTF-8"})
    assert done.returncode == DONE and done.stderr == ""
    assert done.stdout and "\r" not in done.stdout and "\x1b" not in done.stdout
    assert "Thiếu" in done.stdout or "chờ" in done.stdout.lower()  # Vietnamese unless the locale says otherwise


def test_a_terminal_sees_progress_that_goes_away(data, tmp_path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scoring.cli", "build", "--data", str(data), "--lang", "en"]
    done = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        seen += part
    out = done.communicate()[0]
    os.close(ours)
    assert done.returncode == DONE and b"Scoring" in seen and b"1/2" in seen and seen.endswith(b"\r\x1b[2K")
    assert "Scoring" not in out


# --- serving ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "127.0.0.1.example.org", ""])
def test_no_host_but_loopback_is_served(run, data, host, monkeypatch):
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("served"))
    code, out, err = run("serve", "--host", host, "--data", data, "--lang", "en")
    assert (code, out) == (USAGE, "") and "access rules" in err


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_loopback_is_served_with_its_address(run, data, host, monkeypatch):
    served = []
    monkeypatch.setattr(os, "execv", lambda _, argv: served.append(argv))
    monkeypatch.setenv("CCHC_DATA", "")
    code, out, _ = run("serve", "--host", host, "--port", "8051", "--workers", "3", "--data", data)
    assert code == DONE and "8051" in out
    (argv,) = served
    assert argv[argv.index("--bind") + 1] == (f"[{host}]:8051" if ":" in host else f"{host}:8051")
    assert argv[argv.index("--workers") + 1] == "3" and "--no-control-socket" in argv
    assert os.environ["CCHC_DATA"] == str(data)


# --- how it is typed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "argv",
    [
        ("check", "--period", "2029", "--lang", "en", "--data"),
        ("--lang", "en", "check", "--period", "2029", "--data"),
        ("--period", "2029", "--lang=en", "check", "--data"),
        ("--json", "-q", "--lang", "en", "--period=2029", "check", "--data"),
    ],
)
def test_options_stand_before_or_after_the_command(run, data, argv):
    code, out, err = run(*argv, data)
    assert (code, err) == (DONE, "") and ("flags" in out)


def test_options_of_an_import_stand_before_it_too(run, data, bad):
    code, out, _ = run("--data", data, "--dry-run", "--note", "check", "--lang", "en", "import", bad)
    assert code == REFUSED and "is out of range" in out


@pytest.mark.parametrize(
    ("argv", "vi", "en"),
    [
        (("check",), "còn thiếu: --period", "the following arguments are required: --period"),
        (("fly",), "không có lựa chọn 'fly'", "invalid choice: 'fly'"),
        (("check", "--period"), "cần một giá trị đi kèm", "expected one argument"),
        (("retract", "x", "--reason", "r"), "giá trị không hợp lệ: 'x'", "invalid int value: 'x'"),
        (("imports", "--fast"), "không có tham số này: --fast", "unrecognized arguments: --fast"),
    ],
)
def test_mistakes_are_said_in_the_language_asked_for(run, argv, vi, en):
    for lang, told in (("vi", vi), ("en", en)):
        for typed in ((*argv, "--lang", lang), (f"--lang={lang}", *argv)):
            if typed[-1] != lang or argv[-1] != "--period":
                code, out, err = run(*typed)
                assert (code, out) == (USAGE, "") and told in err, (typed, err)
                assert ("cách dùng: " in err) == (lang == "vi")


def test_times_are_those_of_hanoi(run, data):
    (entry, *_) = json.loads(run("imports", "--data", data, "--json")[1])["imports"]
    at = datetime.fromisoformat(entry["imported_at"]) + timedelta(hours=7)
    assert f"{at:%d/%m/%Y %H:%M}" in run("imports", "--data", data, "--lang", "vi")[1]
    assert f"{at:%d %b %Y %H:%M}" in run("imports", "--data", data, "--lang", "en")[1]
