"""The console script `cchc`: the commands of `scoring.cli`, and those that need the dashboard.

Nothing of Dash is imported before such a command runs, so the others stay quick.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scoring import cli
from scoring.texts import say

if TYPE_CHECKING:
    from dashboard.render.export import Export

MANIFEST = "MANIFEST.txt"
SIZES = ("a4", "1920x1080", "1200x1200")


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns its exit code: 0 done, 1 refused, 2 usage."""
    return cli.main(argv, (add_charts,))


def add_charts(command: Callable, lang: str) -> None:
    """The command `cchc charts`."""
    sub = command("charts", _charts)
    sub.add_argument("--period", required=True, metavar="Y", help=say("help_period", lang))
    sub.add_argument("--out", required=True, type=Path, metavar="DIR", help=say("help_out", lang))
    sub.add_argument("--unit-group", metavar="G", help=say("help_unit_group", lang))


def _charts(data: Path, arguments: argparse.Namespace, terminal: cli.Terminal) -> int:
    from dashboard.access import Store
    from dashboard.access.viewer import LOCAL
    from dashboard.render import pictures
    from dashboard.shell.downloads import standing
    from dashboard.shell.site import opened

    store = Store(data)
    with store.snapshot() as snapshot:
        cli.known_period(snapshot, arguments.period)
    with opened(store, LOCAL) as (site, ask):
        groups = site.groups_of(arguments.period)
        if arguments.unit_group and arguments.unit_group not in groups:
            known = ", ".join(groups)
            raise cli.Sentence("unknown_unit_group", cli.USAGE, value=arguments.unit_group, known=known)
        if pictures.browser() is None:
            raise cli.Sentence("no_browser")
        wanted = (arguments.unit_group,) if arguments.unit_group else groups
        charts = list(standing(site, ask, terminal.lang, arguments.period, wanted))
    if not charts:
        raise cli.Sentence("no_charts", period=arguments.period)
    try:
        hashes = _write(charts, arguments.out, terminal)
    except pictures.CannotDraw as error:
        raise cli.Sentence("cannot_draw", why=error) from error
    finally:
        pictures.stop()
    terminal.wipe()
    terminal.line("charts_written", n=len(charts), files=len(hashes), out=arguments.out, manifest=MANIFEST)
    terminal.outcome({"status": "written", "charts": len(charts), "files": hashes})
    return cli.DONE


def _write(charts: list[Export], out: Path, terminal: cli.Terminal) -> dict[str, str]:
    """Writes every chart, and last the manifest; returns file name → SHA-256."""
    out.mkdir(parents=True, exist_ok=True)
    (out / MANIFEST).unlink(missing_ok=True)  # what is half written has none
    hashes = {}
    for at, chart in enumerate(charts, start=1):
        terminal.progress("charts", n=at, of=len(charts), name=chart.name)
        for name, body in _files(chart):
            (out / name).write_bytes(body)
            hashes[name] = hashlib.sha256(body).hexdigest()
    lines = [f"{digest}  {name}\n" for name, digest in sorted(hashes.items())]
    (out / MANIFEST).write_text("".join(lines), encoding="utf-8")  # as sha256sum --check reads it
    return hashes


def _files(chart: Export) -> Iterator[tuple[str, bytes]]:
    from dashboard.render import files as tables
    from dashboard.render import pictures

    if chart.picture is not None:
        for size in SIZES:
            statement = chart.statement(size)
            yield chart.file("png", size), pictures.render(statement, "png")
            if size == "a4":
                yield chart.file("svg", size), pictures.render(statement, "svg")
                yield chart.file("pdf", size), pictures.render(statement, "pdf")
    if sheet := chart.sheet():
        yield chart.file("csv"), tables.to_csv(sheet)
