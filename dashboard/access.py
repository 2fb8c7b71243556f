"""Who is looking. Every query takes a `Viewer` first, so that the rule of who may see what has one place to stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["public", "unit", "council", "survey", "leadership", "admin"]


@dataclass(frozen=True)
class Viewer:
    """Somebody with a role and, for the role 'unit', the unit whose row is marked as their own."""

    role: Role
    unit_code: str | None = None


LOCAL = Viewer("admin")
"""The viewer of a dashboard that listens on loopback alone: whoever sits at the machine."""
