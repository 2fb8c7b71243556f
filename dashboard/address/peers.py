"""Whom a unit is compared with. Whatever a URL says, it is only ever units of its own block.

Four sets: the block; units of the same nature (urban or rural, for a block of districts); the five whose fields look
most alike; a list of one's own. A set never holds the unit itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dashboard.words.formats import vietnamese_order

BLOCK, NATURE, NEAREST, OWN = "khoi", "loai", "gan", "own"
"""Kinds of set; the first three are values of `nb`, the last a list of codes there."""

COUNT = 5
NATURES = {"urban_district": "urban", "town": "urban", "rural_district": "rural"}
"""Kind of unit -> nature. The town counts as urban; departments have none."""


@dataclass(frozen=True)
class Peers:
    """`kind` of the set in use, the codes of its `units` in Vietnamese order, the unit's `nature` where the set is
    made by it, and the `similar` five, nearest first, whatever the set."""

    kind: str
    units: tuple[str, ...]
    similar: tuple[str, ...]
    nature: str | None = None


def natures(units: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Unit code -> 'urban' or 'rural'; empty where a unit of the block is neither, so that no set is half of one."""
    found = {code: NATURES.get(row.get("kind")) for code, row in units.items()}
    return found if all(found.values()) else {}


def nearest(fields: Sequence[Mapping[str, Any]], unit: str, count: int = COUNT) -> tuple[str, ...]:
    """Codes of the units nearest to `unit` by field attainment around the unit's own mean, nearest first.

    `fields`: rows (unit_code, criterion_code, attainment) of one block. Each unit's mean over its fields is taken from
    its attainments, so that the shape counts and not the level; the distance is the mean squared difference over the
    fields that both have, exactly. Units at one distance stand by code. A unit without attainments has no neighbours.
    """
    shapes: dict[str, dict[str, Fraction]] = {}
    for row in fields:
        if row["attainment"] is not None:
            shapes.setdefault(row["unit_code"], {})[row["criterion_code"]] = Fraction(row["attainment"])
    mine = shapes.pop(unit, {})
    distances = [(_distance(mine, shape), code) for code, shape in shapes.items() if mine.keys() & shape.keys()]
    return tuple(code for _, code in sorted(distances)[:count])


def _distance(one: Mapping[str, Fraction], two: Mapping[str, Fraction]) -> Fraction:
    shared = one.keys() & two.keys()
    n = len(shared)
    level = sum(one[field] - two[field] for field in shared) / n
    return sum((one[field] - two[field] - level) ** 2 for field in shared) / n


def choose(asked: str, unit: str, units: Mapping[str, Mapping[str, Any]], fields: Sequence[Mapping[str, Any]]) -> Peers:
    """The set that `nb` asks for. `units`: code -> row of the unit's block; `fields` as for `nearest`.

    A set that the block does not have (nature among departments, a list without a unit of the block) is the block.
    """
    similar = tuple(code for code in nearest(fields, unit) if code in units)
    everyone = in_order((code for code in units if code != unit), units)
    if asked == NATURE and (kinds := natures(units)):
        return Peers(NATURE, tuple(c for c in everyone if kinds[c] == kinds[unit]), similar, kinds[unit])
    if asked == NEAREST and similar:
        return Peers(NEAREST, in_order(similar, units), similar)
    if asked not in (BLOCK, NATURE, NEAREST):
        listed = set(asked.split(",")) & set(everyone)
        if listed:
            return Peers(OWN, tuple(code for code in everyone if code in listed), similar)
    return Peers(BLOCK, everyone, similar)


def in_order(codes, units: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Codes in the Vietnamese order of the short names of their units."""
    return tuple(sorted(codes, key=lambda code: vietnamese_order(units[code].get("short_name") or units[code]["name"])))
