"""Maximum points of a rubric: by field, by who assesses, by survey method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from dashboard.address.order import by_rank
from dashboard.address.view import Completeness, View

METHODS = ("mean", "satisfied_share")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Maxima:
    """Scored items and what they give at most. `row`: the field, or the whole rubric where there is none."""

    row: Row
    leaves: Sequence[Row]

    @property
    def whole(self) -> Decimal:
        return self._sum(self.leaves)

    @property
    def appraised(self) -> Decimal:
        return self._sum(leaf for leaf in self.leaves if leaf["assessed_by"] == "appraisal")

    @property
    def surveyed(self) -> Decimal:
        return self._sum(leaf for leaf in self.leaves if leaf["assessed_by"] == "survey")

    @property
    def illustrative(self) -> int:
        """How many of the items wait for the official rubric."""
        return sum((leaf.get("origin") or "").startswith("illustrative") for leaf in self.leaves)

    def by(self, method: str) -> int:
        """How many of the items are scored by a survey method."""
        return sum(leaf["survey_method"] == method for leaf in self.leaves)

    @staticmethod
    def _sum(leaves: Any) -> Decimal:
        return sum((leaf["max_points"] for leaf in leaves), Decimal(0))


@dataclass(frozen=True)
class Rubric:
    """The rubric of a block in the year of a view."""

    view: View
    group: str

    @cached_property
    def whole(self) -> Maxima:
        rubric = self.view.site.rubrics.get((self.view.sel.period, self.group), {})
        return Maxima({}, [row for row in rubric.values() if row["max_points"] is not None])

    @cached_property
    def fields(self) -> list[Maxima]:
        """Field by field, in the order of the rubric."""
        return [
            Maxima(row, [leaf for leaf in self.whole.leaves if leaf["field_code"] == code])
            for code, row in self.view.site.fields_of(self.view.sel.period, self.group).items()
        ]


def first(view: View, group: str) -> Row | None:
    """The result of the first unit of a block; None where none has a rank, or some are incomplete."""
    if not Completeness.of(view.site.seasons.get((view.sel.period, group), {})).whole:
        return None
    ranked = by_rank(view, unit_group=group)
    return ranked[0] if ranked and ranked[0]["rank"] is not None else None
