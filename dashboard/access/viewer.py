"""Who is looking. `viewer_of` takes it from the request, the one place that does; from there it travels in `Ask`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["public", "unit", "council", "survey", "leadership", "admin"]


@dataclass(frozen=True)
class Viewer:
    """Somebody with a role and, for the role 'unit', the unit whose row is marked as their own."""

    role: Role
    unit_code: str | None = None

    @property
    def sees(self) -> tuple[str, ...]:
        """What viewers have in common who are shown the same: the key of everything that is kept for them."""
        return (self.role, *filter(None, (self.unit_code,)))


LOCAL = Viewer("admin")
"""Whoever sits at the machine: the viewer of a dashboard that listens on loopback alone, and of the command line."""

NOBODY = Viewer("public")
"""Before anything is known of who looks."""


def viewer_of(request: Any) -> Viewer:
    """The viewer of a request. Until there are accounts the server listens on loopback, for whoever sits there."""
    return LOCAL
