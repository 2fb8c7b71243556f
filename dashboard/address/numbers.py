"""The address of one number on /nguon-goc: `period.unit.criterion[.group].measure`, the same in every build."""

from __future__ import annotations

from dataclasses import dataclass

MEASURES = ("points", "self", "appraised", "survey", "gap", "attainment")
"""What is known of an item of a unit; of a leaf and respondent group it is 'value'."""
TOTAL_MEASURES = ("index", "index_interval", "rank", "rank_interval", "change", "published")
"""What is known of a unit beside, of no item."""


@dataclass(frozen=True)
class NumberName:
    """What the address of a number names. `criterion` is '' for the whole rubric; `group` only for 'value'."""

    period: str
    unit: str
    criterion: str
    measure: str
    group: str | None = None


def number_id(period: str, unit: str, criterion: str, measure: str, group: str | None = None) -> str:
    """The address of one number on /nguon-goc, `period.unit.criterion[.group].measure`; 'total' for no criterion."""
    parts = (_one_part(period), _one_part(unit), criterion or "total", _one_part(group or ""), measure)
    return ".".join(part for part in parts if part)


def _one_part(code: str) -> str:
    """A code as one part of an address: its points would part it. No code holds a tilde (`scoring.typed`)."""
    return code.replace(".", "~")


def code_of_part(part: str) -> str:
    """The code that stands in one part of an address."""
    return part.replace("~", ".")
