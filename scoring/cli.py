"""The command line `cchc`: import, check, results, forms, demo, serve. Words are in `scoring.texts`."""

from __future__ import annotations

import argparse
import errno
import getpass
import json
import locale
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scoring import checklist, demo, forms, gates, imports, reading, recovery, results, store, usage
from scoring.ledger import Entry, KeptFileDiffers, Ledger
from scoring.problems import Problem, grouped, write_problems_csv
from scoring.tables import TABLES
from scoring.terminal import Terminal, moment
from scoring.texts import say

DONE, REFUSED, USAGE = 0, 1, 2
DEFINITIONS = Path(__file__).resolve().parent.parent / "data" / "definitions"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Sentence(Exception):
    """An error that ends a command with a sentence for the person who typed it."""

    def __init__(self, key: str, code: int = REFUSED, **values: Any):
        super().__init__(key)
        self.key, self.code, self.values = key, code, values


def main(argv: list[str] | None = None, more: Sequence[Callable] = ()) -> int:
    """Runs one command; returns its exit code: 0 done, 1 refused, 2 usage.

    `more` adds commands of what stands on scoring: functions of (command, lang), where `command(name, run)` gives the
    parser of a new one.
    """
    argv = sys.argv[1:] if argv is None else argv
    lang = usage.language(argv, _default_language())
    usage.speak(lang)
    parser, commands = _parser(lang, more)
    try:
        arguments = parser.parse_args(usage.command_first(argv, commands))
    except SystemExit as ended:
        return int(ended.code or 0)
    terminal = Terminal(arguments)
    data = Path(arguments.data or os.environ.get("CCHC_DATA") or "data")
    try:
        return arguments.run(data, arguments, terminal)
    except Sentence as error:
        return _fail(terminal, say(error.key, terminal.lang, **error.values), error.code)
    except imports.UnknownImport as error:
        active = ", ".join(map(str, error.active)) or "–"
        return _fail(terminal, say("unknown_import", terminal.lang, id=error.import_id, active=active), USAGE)
    except imports.RealFactsThere as error:
        return _fail(terminal, say("real_facts_there", terminal.lang, periods=", ".join(error.periods)), REFUSED)
    except store.StoreUnavailable as error:
        return _fail(terminal, say("store_" + error.reason, terminal.lang, path=error.path), REFUSED)
    except recovery.LedgerLost as error:
        return _fail(terminal, say("ledger_lost", terminal.lang, path=error.path), REFUSED)
    except KeptFileDiffers as error:
        return _fail(terminal, say("kept_" + error.what, terminal.lang, path=error.path), REFUSED)
    except PermissionError as error:
        return _fail(terminal, say("no_permission", terminal.lang, path=error.filename), REFUSED)
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (OSError, store.DatabaseError) as error:
        key = "disk_full" if _is_full(error) else "system_error"
        return _fail(terminal, say(key, terminal.lang, why=str(error).partition("\n")[0]), REFUSED)
    except UnicodeEncodeError as error:
        return _fail(terminal, say("not_utf8", terminal.lang, name=reading.readable(str(error.object))), REFUSED)
    except KeyboardInterrupt:
        return _fail(terminal, say("interrupted", terminal.lang), 130)


def _is_full(error: Exception) -> bool:
    """Whether a write failed for want of space; the database says so in words alone."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return any(said in str(error) for said in ("No space left", "not enough space", "Disk quota"))


def _fail(terminal: Terminal, sentence: str, code: int) -> int:
    terminal.wipe()
    if terminal.as_json:
        print(json.dumps({"status": "failed", "message": sentence}, ensure_ascii=False))
    print(sentence, file=sys.stderr)
    return code


def _default_language() -> str:
    """Vietnamese unless the locale names English."""
    try:
        name = locale.setlocale(locale.LC_MESSAGES, "") or ""
    except locale.Error:
        name = os.environ.get("LANG", "")
    return "en" if name.lower().startswith("en") else "vi"


def _parser(
    lang: str, more: Sequence[Callable] = ()
) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser of the command line, and those of its commands by name."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="DIR", help=say("help_data", lang))
    common.add_argument("-q", "--quiet", action="store_true", help=say("help_quiet", lang))
    common.add_argument("--json", action="store_true", help=say("help_json", lang))
    common.add_argument("--lang", choices=("vi", "en"), default=lang, help=say("help_lang", lang))
    parser = argparse.ArgumentParser(prog="cchc", description=say("help_cchc", lang))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name, parents=[common], help=say("help_" + name, lang), description=say("help_" + name, lang)
        )
        sub.set_defaults(run=run)
        return sub

    for add in (_imports_commands, _results_commands, _season_commands, *more):
        add(command, lang)
    return parser, commands.choices


def _imports_commands(command: Callable, lang: str) -> None:
    """import, check, gates, imports, retract, recover, build."""
    sub = command("import", _import)
    sub.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    sub.add_argument("--period", metavar="Y", help=say("help_period", lang))
    sub.add_argument("--dry-run", action="store_true", help=say("help_dry_run", lang))
    sub.add_argument("--each", action="store_true", help=say("help_each", lang))
    sub.add_argument("--replace", type=int, metavar="ID", help=say("help_replace", lang))
    sub.add_argument("--problems", type=Path, metavar="FILE", help=say("help_problems", lang))
    sub.add_argument("--by", metavar="NAME", help=say("help_by", lang))
    sub.add_argument("--note", default="", metavar="TEXT", help=say("help_note", lang))

    sub = command("check", _check)
    sub.add_argument("--period", required=True, metavar="Y", help=say("help_period", lang))
    sub.add_argument("--out", type=Path, metavar="FILE", help=say("help_check_out", lang))

    sub = command("gates", _gates)
    sub.add_argument("--period", required=True, metavar="Y", help=say("help_period", lang))

    command("imports", _imports).add_argument("--verify", action="store_true", help=say("help_verify", lang))

    sub = command("retract", _retract)
    sub.add_argument("id", type=int, metavar="ID")
    sub.add_argument("--reason", required=True, metavar="TEXT", help=say("help_reason", lang))
    sub.add_argument("--by", metavar="NAME", help=say("help_by", lang))

    command("recover", _recover).add_argument("--yes", action="store_true", help=say("help_yes", lang))

    command("build", _build)


def _results_commands(command: Callable, lang: str) -> None:
    """results, forms."""
    sub = command("results", _results)
    sub.add_argument("--period", required=True, metavar="Y", help=say("help_period", lang))
    sub.add_argument("--out", required=True, type=Path, metavar="DIR", help=say("help_out", lang))
    sub.add_argument("--format", choices=results.FORMATS, default="csv", help=say("help_format", lang))

    sub = command("forms", _forms)
    sub.add_argument("--period", required=True, metavar="Y", help=say("help_period", lang))
    sub.add_argument("--out", required=True, type=Path, metavar="DIR", help=say("help_out", lang))
    sub.add_argument("--council", action="store_true", help=say("help_council", lang))


def _season_commands(command: Callable, lang: str) -> None:
    """demo, defaults, serve."""
    sub = command("demo", _demo)
    sub.add_argument("--seed", type=int, default=2020, metavar="N", help=say("help_seed", lang))
    sub.add_argument("--stage", choices=("complete", "appraising"), default="complete", help=say("help_stage", lang))

    command("defaults", _defaults)

    sub = command("serve", _serve)
    sub.add_argument("--host", default="127.0.0.1", metavar="H", help=say("help_host", lang))
    sub.add_argument("--port", type=int, default=8050, metavar="N", help=say("help_port", lang))
    sub.add_argument("--workers", type=int, default=2, metavar="N", help=say("help_workers", lang))


# --- files in ---------------------------------------------------------------------------------------------------


def _import(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    for path in arguments.paths:
        if not path.exists():
            raise Sentence("path_missing", USAGE, path=path)
    outcome = imports.run(
        data,
        [arguments.paths],
        period=arguments.period,
        by=reading.readable(arguments.by or _who()),
        note=reading.readable(arguments.note),
        dry_run=arguments.dry_run,
        each=arguments.each,
        replaces=arguments.replace,
        max_mb=_max_mb(),
        progress=terminal.progress,
    )
    terminal.wipe()
    if arguments.problems:
        write_problems_csv(arguments.problems, outcome.problems, terminal.lang)
    return _report(outcome, terminal)


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _max_mb() -> float:
    given = os.environ.get("CCHC_MAX_MB")
    if not given:
        return imports.MAX_MB
    try:
        value = float(given)
    except ValueError:
        raise Sentence("bad_max_mb", USAGE, value=given) from None
    if not value > 0:
        raise Sentence("bad_max_mb", USAGE, value=given)
    return value


def _report(outcome: imports.Outcome, terminal: Terminal) -> int:
    lang = terminal.lang
    for file, sheet, why in outcome.skipped:
        terminal.line("skipped", place=f"{file}, {sheet}" if sheet else file, why=say("skip_" + why, lang))
    if outcome.notes:
        terminal.line("notes")
        for line in grouped(outcome.notes, lang):
            terminal.text(f"  {line}")
    for line in grouped(outcome.problems, lang):
        terminal.text(line)
    _say_effect(outcome, terminal)
    for entry in outcome.entries:
        tables = ", ".join(f"{name}: {value['rows']}" for name, value in entry.tables.items())
        terminal.line("import_entry", id=entry.import_id, files=len(entry.files), tables=tables)
        replaced = ", ".join(f"{name}: {n}" for name, n in entry.replaced.items())
        if replaced:
            terminal.line("import_replaced", tables=replaced)
    if outcome.again:
        terminal.line("again", ids=", ".join(map(str, outcome.again)))
    if outcome.retracted and outcome.status != "retracted":
        terminal.line("retracted_too", ids=", ".join(map(str, outcome.retracted)))
    if outcome.refused_files and outcome.entries:
        terminal.line("refused_files", files=", ".join(outcome.refused_files))
    terminal.line("outcome_" + outcome.status, n=len(outcome.problems), ids=", ".join(map(str, outcome.retracted)))
    terminal.outcome(
        {
            "status": outcome.status,
            "imports": [asdict(entry) for entry in outcome.entries],
            "retracted": outcome.retracted,
            "again": outcome.again,
            "effect": outcome.effect.periods,
            "problems": [problem_row(problem, lang) for problem in outcome.problems],
            "skipped": [
                {"file": file, "sheet": sheet, "why": say("skip_" + why, lang)} for file, sheet, why in outcome.skipped
            ],
            "notes": [problem_row(note, lang) for note in outcome.notes],
            "refused_files": outcome.refused_files,
            "unchanged_files": outcome.unchanged_files,
            "generation": outcome.generation,
        }
    )
    return REFUSED if outcome.status == "refused" or outcome.problems else DONE


def _say_effect(outcome: imports.Outcome, terminal: Terminal) -> None:
    """What moves, period by period; made-up seasons that go are first."""
    lang = terminal.lang
    for row in outcome.effect.periods:
        if row["withdrawn"]:
            named = {TABLES[table].vi if lang == "vi" else table: n for table, n in row["withdrawn"].items()}
            tables = ", ".join(f"{table}: {n}" for table, n in named.items())
            terminal.line("effect_withdrawn", period=row["period"], tables=tables)
    for row in outcome.effect.periods:
        states = {state: n for state, n in row["leaves"].items() if n["before"] != n["after"]}
        still = not states and not row["indexes_moved"] and not row["ranks_moved"]
        terminal.line("effect_none" if still else "effect_units", **row)
        if row["largest"]:
            units = [
                f"{outcome.effect.names[one['unit_code']]} {_shown(one['before'], lang)} → {_shown(one['after'], lang)}"
                for one in row["largest"]
            ]
            terminal.line("effect_largest", units="; ".join(units))
        if states:
            leaves = [f"{say('state_' + state, lang)} {n['before']} → {n['after']}" for state, n in states.items()]
            terminal.line("effect_leaves", leaves="; ".join(leaves))


def _shown(value: float | None, lang: str) -> str:
    text = "–" if value is None else f"{value:.10f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "vi" else text


def problem_row(problem: Problem, lang: str) -> dict[str, Any]:
    """A problem with its words, under the columns of the problems file."""
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "kind": problem.kind,
        "problem": problem.problem(lang),
        "hint": problem.hint(lang),
    }


def _retract(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    outcome = imports.retract(
        data,
        [arguments.id],
        by=reading.readable(arguments.by or _who()),
        reason=reading.readable(arguments.reason),
        progress=terminal.progress,
    )
    terminal.wipe()
    return _report(outcome, terminal)


def _say_entry(entry: Entry, terminal: Terminal) -> None:
    terminal.line(
        "ledger_line",
        id=entry.import_id,
        at=moment(entry.imported_at, terminal.lang),
        by=entry.by or "–",
        files=", ".join(file["name"] for file in entry.files),
        tables=", ".join(f"{name}: {value['rows']}" for name, value in entry.tables.items()),
        made_up=say("made_up_mark", terminal.lang) if entry.made_up else "",
        retracted=_retracted(entry.retracted, terminal.lang),
    )


def _recover(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    try:
        found = recovery.recover(data, write=arguments.yes, progress=terminal.progress)
    except recovery.LedgerLost as error:
        raise Sentence("nothing_to_recover", path=error.path) from None
    terminal.wipe()
    for entry in found.ledger.entries:
        _say_entry(entry, terminal)
    for import_id, files in found.differing.items():
        terminal.line("recover_differing", id=import_id, files=", ".join(files))
    for path in found.unknown:
        terminal.line("recover_unknown", path=path)
    status = "unchanged" if not found.needed else "recovered" if arguments.yes else "found"
    terminal.line("recover_" + status, generation=found.ledger.generation)
    terminal.outcome(
        {
            "status": status,
            "generation": found.ledger.generation,
            "imports": [asdict(entry) for entry in found.ledger.entries],
            "differing": found.differing,
            "unknown": [str(path) for path in found.unknown],
        }
    )
    return REFUSED if found.unknown else DONE


def _imports(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    ledger = Ledger.load(data)
    findings = imports.verify(data) if arguments.verify else []
    for entry in ledger.entries:
        _say_entry(entry, terminal)
    if not ledger.entries:
        terminal.line("no_imports")
    for finding in findings:
        terminal.line("verify_" + finding.what, id=finding.import_id, file=finding.file)
    if arguments.verify and not findings:
        terminal.line("verify_ok", n=sum(len(e.files) + len(e.tables) for e in ledger.entries))
    terminal.outcome(
        {
            "generation": ledger.generation,
            "dataset_hash": ledger.dataset_hash,
            "imports": [asdict(entry) for entry in ledger.entries],
            "verified": None if not arguments.verify else not findings,
            "findings": [asdict(finding) for finding in findings],
        }
    )
    return REFUSED if findings else DONE


def _retracted(how: dict[str, str] | None, lang: str) -> str:
    return say("retracted_mark", lang, **(how | {"at": moment(how["at"], lang)})) if how else ""


def _build(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    ledger = imports.rebuild(data, terminal.progress)
    if ledger is None:
        raise Sentence("nothing_to_build", data=data)
    terminal.wipe()
    terminal.line("built", generation=ledger.generation)
    terminal.outcome({"status": "built", "generation": ledger.generation, "dataset_hash": ledger.dataset_hash})
    return DONE


# --- results, checks, forms -------------------------------------------------------------------------------------


def known_period(snapshot: store.Snapshot, period: str) -> None:
    """Raises Sentence, with the periods that there are, for one that is not."""
    known = [row["period"] for row in snapshot.rows("SELECT DISTINCT period FROM season ORDER BY 1")]
    if period not in known:
        raise Sentence("unknown_period_asked", USAGE, period=period, known=", ".join(known) or "–")


def _results(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    with store.Store(data).snapshot() as snapshot:
        known_period(snapshot, arguments.period)
        terminal.progress("writing")
        written = results.write(snapshot, arguments.period, arguments.out, arguments.format)
    terminal.wipe()
    for path, n in written:
        terminal.line("written", path=path, n=n)
    terminal.outcome({"status": "written", "files": [{"path": str(path), "rows": n} for path, n in written]})
    return DONE


def _check(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    if arguments.out and arguments.out.suffix.lower() not in (".csv", ".xlsx"):
        raise Sentence("bad_list_ending", USAGE, path=arguments.out)
    lang, period = terminal.lang, arguments.period
    with store.Store(data).snapshot() as snapshot:
        known_period(snapshot, period)
        found = results.check(snapshot, period)
        names = checklist.Names.of(snapshot, period, lang)
        revealed = snapshot.rows(
            "SELECT unit_code, criterion_code, respondent_group FROM result_survey WHERE period = $period AND revealed"
            " ORDER BY ALL",
            {"period": period},
        )
    for line in checklist.summary(found, names, lang):
        terminal.text(line)
    if revealed:
        cells = Counter(names.unit(row["unit_code"]) for row in revealed)
        told = ", ".join(f"{unit} ({n})" for unit, n in cells.most_common(checklist.NAMES))
        terminal.line("sum_revealed", n=len(revealed), cells=told)
    terminal.line("check_counts", **{key: len(value) for key, value in found.items()})
    if arguments.out:
        listed = checklist.rows(found, names, lang)
        checklist.write(arguments.out, listed)
        terminal.line("written", path=arguments.out, n=len(listed))
    else:
        terminal.line("sum_every_row", period=period)
    stopped = checklist.blocks(found)
    terminal.outcome({"period": period, "blocks": stopped, "revealed": revealed} | found)
    return REFUSED if stopped else DONE


def _gates(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    lang, period = terminal.lang, arguments.period
    with store.Store(data).snapshot() as snapshot:
        known_period(snapshot, period)
        found = gates.gates(snapshot, period)
        names = checklist.Names.of(snapshot, period, lang)
    for gate in found:
        terminal.line(f"gate_{gate.state}", gate=say(f"gate_{gate.gate}", lang), id=gate.gate)
        if gate.state == gates.FAILED:
            terminal.line("gate_found", **{key: gates.plain(getattr(gate, key)) for key in ("expected", "found")})
            units = Counter(names.unit(row.get("unit_code")) or row["unit_group"] for row in gate.rows)
            told = [f"{unit} ({n})" for unit, n in units.most_common(checklist.NAMES)]
            more = len(units) - len(told)
            terminal.text("    " + ", ".join(told) + (f", … (+{more})" if more > 0 else ""))
    stopped = gates.open_gates(found)
    terminal.line("gates_open" if stopped else "gates_passed", n=len(stopped), period=period)
    terminal.outcome([gates.as_json(gate) for gate in found])
    return REFUSED if stopped else DONE


def _forms(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    with store.Store(data).snapshot() as snapshot:
        known_period(snapshot, arguments.period)
        written = forms.write(
            snapshot,
            arguments.period,
            arguments.out,
            council=arguments.council,
            lang=terminal.lang,
            progress=terminal.progress,
        )
    terminal.wipe()
    terminal.line("forms_written", n=len(written), out=arguments.out)
    terminal.outcome({"status": "written", "files": [str(path) for path in written]})
    return DONE


# --- the made-up season and the dashboard -----------------------------------------------------------------------


def _import_definitions(data: Path, terminal: Terminal) -> imports.Outcome:
    outcome = imports.run(
        data, [[DEFINITIONS]], by="cchc", note=say("note_definitions", terminal.lang), progress=terminal.progress
    )
    if outcome.status == "refused":
        _report(outcome, terminal)
        raise Sentence("definitions_refused")
    return outcome


def _demo(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    ledger = Ledger.load(data)
    if not ledger.entries:
        _import_definitions(data, terminal)
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        terminal.progress("demo")
        seasons = demo.make_season(DEFINITIONS, Path(folder), seed=arguments.seed, stage=arguments.stage)
        outcome = imports.run(
            data,
            [[season] for season in seasons],
            by="cchc demo",
            note=say("note_demo", terminal.lang, seed=arguments.seed, stage=arguments.stage),
            made_up=True,
            progress=terminal.progress,
        )
    terminal.wipe()
    return _report(outcome, terminal)


def _defaults(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    if Ledger.load(data).entries:
        _renew(data, terminal)
        terminal.line("defaults_there")
        terminal.outcome({"status": "unchanged"})
        return DONE
    arguments.seed, arguments.stage = 2020, "complete"
    return _demo(data, arguments, terminal)


def _renew(data: Path, terminal: Terminal) -> None:
    ledger = imports.renew(data, terminal.progress)
    terminal.wipe()
    if ledger:
        terminal.line("renewed", generation=ledger.generation)


def _serve(data: Path, arguments: argparse.Namespace, terminal: Terminal) -> int:
    if arguments.host not in LOOPBACK:
        raise Sentence("loopback_only", USAGE, host=arguments.host)
    if data.exists():
        _renew(data, terminal)
    os.environ["CCHC_DATA"] = str(data.resolve())
    terminal.line("serving", host=arguments.host, port=arguments.port)
    sys.stdout.flush()
    # The program is replaced, so that signals reach the server itself. It runs in the folder of the project's code.
    os.execv(
        sys.executable,
        [
            sys.executable, "-m", "gunicorn", "app:server",
            "--chdir", str(Path(__file__).resolve().parent.parent),
            "--bind", f"{f'[{arguments.host}]' if ':' in arguments.host else arguments.host}:{arguments.port}",
            "--workers", str(arguments.workers),
            "--threads", "8",
            "--timeout", "120",
            "--no-control-socket",
            "--log-level", "warning",
        ],
    )  # fmt: skip
    return DONE


if __name__ == "__main__":
    sys.exit(main())
