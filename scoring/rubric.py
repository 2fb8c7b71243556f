"""The rubric of one period and unit group as a tree, and the one roll-up that serves every level of it.

No function here knows the name of a level: parents come from the column `parent_code`, the depth is data, and
the code of an item says nothing about its place (9.4.1 lies under 9.2 in the districts' rubric of 2020).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

APPRAISAL, SURVEY = "appraisal", "survey"
TOTAL = ""  # the code of the item that stands for the whole rubric in `items.csv`


def code_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key of a criterion code: numbers by size, so that 1.10 follows 1.9."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"[.\s]+", code) if part)


@dataclass(frozen=True)
class Rubric:
    """Items in reading order, a parent before its children, with the leaves of every item in one slice.

    `codes` and `parents` run over items, `leaves`, `max_points`, `surveyed` and `methods` over leaves, in the same
    order. `spans[i]` is the slice of leaves below (or at) item i; reading order makes it contiguous.
    """

    codes: tuple[str, ...]
    parents: tuple[str | None, ...]
    depths: tuple[int, ...]
    leaves: tuple[str, ...]
    max_points: tuple[Fraction, ...]
    surveyed: np.ndarray
    methods: tuple[str | None, ...]
    spans: tuple[slice, ...]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping]) -> Rubric:
        """Builds the tree from rows with criterion_code, parent_code, max_points, assessed_by, survey_method.

        Rows may come in any order; siblings are read in the order of their codes. Raises ValueError for an orphan
        or a cycle (imports are checked, so this only meets data that never went through a check).
        """
        by_code = {row["criterion_code"]: row for row in rows}
        children: dict[str | None, list[str]] = {}
        for code, row in by_code.items():
            children.setdefault(row["parent_code"] or None, []).append(code)
        for siblings in children.values():
            siblings.sort(key=code_order)
        codes, parents, depths, leaves, spans = [], [], [], [], []

        def visit(code: str, parent: str | None, depth: int) -> None:
            place, start = len(codes), len(leaves)
            codes.append(code)
            parents.append(parent)
            depths.append(depth)
            spans.append(None)
            if code in children:
                for child in children[code]:
                    visit(child, code, depth + 1)
            else:
                leaves.append(code)
            spans[place] = slice(start, len(leaves))

        for root in children.get(None, []):
            visit(root, None, 0)
        if len(codes) != len(by_code):
            lost = sorted(set(by_code) - set(codes), key=code_order)
            raise ValueError(f"items without a way up to a field: {', '.join(lost)}")
        leaf_rows = [by_code[code] for code in leaves]
        return cls(
            codes=tuple(codes),
            parents=tuple(parents),
            depths=tuple(depths),
            leaves=tuple(leaves),
            max_points=tuple(Fraction(row["max_points"]) for row in leaf_rows),
            surveyed=np.array([row["assessed_by"] == SURVEY for row in leaf_rows], dtype=bool),
            methods=tuple(row["survey_method"] for row in leaf_rows),
            spans=tuple(spans),
        )

    @cached_property
    def leaf_place(self) -> dict[str, int]:
        """Place of every leaf code in `leaves`."""
        return {code: place for place, code in enumerate(self.leaves)}

    @cached_property
    def fields(self) -> tuple[int, ...]:
        """Places in `codes` of the items without a parent."""
        return tuple(place for place, parent in enumerate(self.parents) if parent is None)

    def is_leaf(self, place: int) -> bool:
        """Whether item `place` of `codes` is a leaf."""
        span = self.spans[place]
        return span.stop - span.start == 1 and self.leaves[span.start] == self.codes[place]

    def roll_up(self, leaf_values: np.ndarray) -> np.ndarray:
        """Sums of `leaf_values` over the leaves of every item, the whole rubric first.

        `leaf_values`: (leaves, ...) of any dtype that adds: exact fractions (object), counts, or replicates.
        Returns (1 + items, ...) of the same dtype. What is missing travels beside, as a mask of its own: a NaN
        or None would poison the sum of its parent.
        """
        spans = (slice(0, len(self.leaves)), *self.spans)
        return np.stack([leaf_values[span].sum(axis=0) for span in spans])
