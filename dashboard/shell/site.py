"""What can be selected in a generation, and the one snapshot that a request holds from beginning to end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dashboard.access import Store
from dashboard.access.ask import Ask, asking
from dashboard.access.viewer import LOCAL, Viewer
from dashboard.address.selection import Route, Site
from dashboard.pages import PAGES


@contextmanager
def opened(store: Store, viewer: Viewer, routes: tuple[Route, ...] = PAGES) -> Iterator[tuple[Site, Ask]]:
    """What can be selected and who may be asked, of one generation until the end of the `with`: everything that a
    request shows, downloads or names comes from it. Raises StoreUnavailable."""
    with asking(store, viewer) as ask:
        yield ask.everybodys(("site", routes), lambda: read_site(ask, routes)), ask


def site_of(store: Store, routes: tuple[Route, ...] = PAGES) -> Site:
    """What can be selected in the generation in force. Raises StoreUnavailable."""
    with opened(store, LOCAL, routes) as (found, _):
        return found


def read_site(ask: Ask, routes: tuple[Route, ...]) -> Site:
    """The names and codes of a generation."""
    units: dict[str, dict] = {}
    for row in ask.units():
        units.setdefault(row["period"], {})[row["unit_code"]] = row
    rubrics: dict[tuple[str, str], dict] = {}
    for row in sorted(ask.rubric(), key=lambda row: natural(row["criterion_code"])):
        rubrics.setdefault((row["period"], row["unit_group"]), {})[row["criterion_code"]] = row
    respondents: dict[tuple[str, str], dict] = {}
    for row in ask.respondent_groups():
        respondents.setdefault((row["period"], row["unit_group"]), {})[row["respondent_group"]] = row
    return Site(
        routes=routes,
        seasons={(row["period"], row["unit_group"]): row for row in ask.seasons()},
        years={row["period"]: row for row in ask.years()},
        groups={row["unit_group"]: row for row in ask.unit_groups()},
        units=units,
        rubrics={key: in_order(rubric) for key, rubric in rubrics.items()},
        respondents=respondents,
        meta=ask.meta(),
    )


def natural(code: str) -> list[tuple[int, str]]:
    """Sort key by which '9.2' stands before '9.10'."""
    return [(int(part) if part.isdigit() else 10**9, part) for part in code.split(".")]


def in_order(rubric: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Items from top to bottom as the tree is read: each heading followed by what lies below it."""
    below: dict[str, list[str]] = {}
    for code, row in rubric.items():
        below.setdefault(row["parent_code"] or "", []).append(code)
    ordered: dict[str, Mapping[str, Any]] = {}

    def walk(parent: str) -> None:
        for code in below.get(parent, ()):
            ordered[code] = rubric[code]
            walk(code)

    walk("")
    return ordered
