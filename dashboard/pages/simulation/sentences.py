"""What the simulation says in sentences: the lead, the least that a target takes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.pages.simulation.rows import Simulation
from dashboard.words import formats
from scoring.rank import published


def index(view: View, value: Decimal | Fraction) -> str:
    """An index with the decimals of the season."""
    return formats.points(value, view.lang, view.places)


def added(view: View, points: Fraction) -> str:
    """Added points: '+0,50', '+0,125' where the grid is finer."""
    return formats.signed(points, view.lang, 3 if (points * 100).denominator > 1 else 2)


def lead(view: View, found: Simulation) -> str:
    """What the added points would make of index and rank; without any, where the unit stands."""
    now, then, n = found.official, found.outcome, len(found.baseline.units)
    name = unit_name(view, found.unit)
    before = formats.rank(now["rank"], n)
    if not found.changes:
        return view.t("sim.lead_none", name=name, index=index(view, now["index_value"]), rank=before)
    return view.t(
        "sim.lead",
        name=name,
        n=len(found.changes),
        points=formats.points(sum(then.added), view.lang),
        index=index(view, then.index_value),
        official=index(view, now["index_value"]),
        rank=formats.rank(then.rank, n),
        before=before,
    )


def target(view: View, asked: tuple[str, Decimal]) -> str:
    """'Hạng 5 (94,20 điểm)', 'Chỉ số 95'."""
    key, value = asked
    if key.startswith("h"):
        return view.t("sim.target_rank", rank=int(key[1:]), value=formats.number(value, view.lang, view.places))
    return view.t("sim.target_index", value=formats.number(value, view.lang, 0))


def plan(view: View, found: Simulation, asked: tuple[str, Decimal], least: Mapping[str, Fraction] | None) -> str:
    """How many points on how many criteria the target takes, or that it is out of reach."""
    said = target(view, asked)
    if least is not None:
        return view.t("sim.plan_says", target=said, points=formats.points(sum(least.values()), view.lang), n=len(least))
    room = sum(found.most(code) - found.points(code) for code in found.codes if not found.surveyed(code))
    best = 100 * (Fraction(found.official["points"]) + room) / Fraction(found.official["max_points"])
    return view.t("sim.plan_out", target=said, most=index(view, published(best, found.baseline.decimals)))
