"""What the profile of one unit says, as rows and numbers; the page and the printed profile draw from it.

Values are exact (Decimal, Fraction) until a sentence or a cell rounds them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import Any

from dashboard.address import peers
from dashboard.address.order import by_rank
from dashboard.address.view import View
from dashboard.season.rows import States, states
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import LEVEL

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Profile:
    """One unit in one year.

    `row` of `Ask.ranking` (None where the year has no scores of it), `block` that of every unit, `block_fields`
    of `Ask.block_fields`, `items` code -> row of `Ask.unit_items` in the order of the rubric.
    """

    unit: str
    lang: str
    rubric: Mapping[str, Mapping[str, Any]]
    row: Mapping[str, Any] | None
    block: Rows
    block_fields: Rows
    items: Mapping[str, Mapping[str, Any]]

    @cached_property
    def leaves(self) -> list[Mapping[str, Any]]:
        """Rows of the leaves, in the order of the rubric."""
        return [row for row in self.items.values() if row["state"]]

    @cached_property
    def states(self) -> Counter:
        """State -> number of leaves."""
        return Counter(leaf["state"] for leaf in self.leaves)

    @property
    def complete(self) -> bool:
        return self.row is not None and self.row["status"] == "complete"

    @cached_property
    def by_state(self) -> States:
        """Points of the whole unit, apart by the state of its leaves."""
        return states("", self.leaves)

    @cached_property
    def fields_by_state(self) -> list[States]:
        """The same of every field with applicable leaves."""
        found = [states(code, [leaf for leaf in self.leaves if leaf["field_code"] == code]) for code in self._fields]
        return [field for field in found if field.maximum or field.open]

    @cached_property
    def waiting(self) -> list[tuple[str, int]]:
        """Who has to decide on how many leaves, those with most first."""
        counted = Counter(leaf["lead_appraiser"] or "" for leaf in self.leaves if leaf["state"] == "pending")
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

    @cached_property
    def ranked(self) -> int:
        """Number of units with a rank."""
        return sum(row["rank"] is not None for row in self.block)

    @cached_property
    def block_median(self) -> Fraction | None:
        """Median index of the complete units of the block."""
        return _median([row["index_value"] for row in self.block if row["status"] == "complete"])

    @cached_property
    def losses(self) -> list[dict[str, Any]]:
        """Points of the index lost in each field, largest first: code, label, lost, points, max_points.

        On the scale of 100 whatever the applicable maximum is; they sum to 100 less the index exactly. A pending leaf
        counts with its self points, a leaf without points is left out, as in the provisional index.
        """
        fields: dict[str, list[Fraction]] = {code: [Fraction(0), Fraction(0)] for code in self._fields}
        for leaf in self.leaves:
            points = counted(leaf)
            if points is not None:
                fields[leaf["field_code"]][0] += points
                fields[leaf["field_code"]][1] += Fraction(leaf["max_points"])
        whole = sum(maximum for _, maximum in fields.values())
        if not whole or self.row is None or self.row["index_exact"] is None:
            return []
        rows = [
            {
                "code": code,
                "label": self.field_label(code),
                "lost": 100 * (maximum - points) / whole,
                "points": points,
                "max_points": maximum,
            }
            for code, (points, maximum) in fields.items()
        ]
        rows.sort(key=lambda row: -row["lost"])
        # The store keeps points to twenty places: what that leaves over goes to the largest loss.
        rest = 100 - Fraction(self.row["index_exact"]) - sum(row["lost"] for row in rows)
        if rows[0]["lost"]:
            rows[0]["lost"] += rest
        return rows

    @cached_property
    def _fields(self) -> dict[str, Mapping[str, Any]]:
        return {code: row for code, row in self.rubric.items() if not row["parent_code"]}

    def field_label(self, code: str) -> str:
        """Short name of a field."""
        return short_name(self._fields[code], self.lang)

    def gaps(self, units: Sequence[str]) -> list[dict[str, Any]]:
        """Each field against the median of `units` and the unit itself: code, label, value, median, gap (shares, the
        gap of them as printed), low, high."""
        within = {*units, self.unit}
        values: dict[str, dict[str, Fraction]] = {code: {} for code in self._fields}
        for row in self.block_fields:
            if row["unit_code"] in within and row["attainment"] is not None:
                values[row["criterion_code"]][row["unit_code"]] = Fraction(row["attainment"])
        rows = []
        for code, found in values.items():
            mine, middle = found.get(self.unit), _median(list(found.values()))
            rows.append(
                {
                    "code": code,
                    "label": self.field_label(code),
                    "value": mine,
                    "median": middle,
                    "gap": None if mine is None or middle is None else formats.shares_apart(mine, middle),
                    "low": min(found.values(), default=None),
                    "high": max(found.values(), default=None),
                }
            )
        return rows

    def strengths(self) -> list[dict[str, Any]]:
        """Up to three fields above the block median, the furthest first."""
        everyone = [row["unit_code"] for row in self.block]
        above = [row for row in self.gaps(everyone) if row["gap"] is not None and row["gap"] >= LEVEL]
        return sorted(above, key=lambda row: -row["gap"])[:3]

    def priorities(self) -> list[dict[str, Any]]:
        """Up to three leaves with the most points still to gain: the leaf with `lost`. Of equals the one with the
        smaller share reached stands first, then the order of the rubric."""
        left = [
            {**leaf, "lost": leaf["max_points"] - leaf["points"]}
            for leaf in self.leaves
            if leaf["points"] is not None and leaf["points"] < leaf["max_points"]
        ]
        return sorted(left, key=lambda leaf: (-leaf["lost"], leaf["attainment"]))[:3]

    @cached_property
    def _scored(self) -> set[tuple[str, str]]:
        """(item, column) for every item with a leaf that has a value in a column of points."""
        found = set()
        for leaf in self.leaves:
            for column in ("self_points", "appraised_points", "survey_points"):
                code = leaf["criterion_code"] if leaf[column] is not None else None
                while code:
                    found.add((code, column))
                    code = self.rubric[code]["parent_code"]
        return found

    def scored(self, code: str, column: str) -> bool:
        """Whether a sum of points adds up anything at all; '' is the total."""
        if code:
            return (code, column) in self._scored
        return any(leaf[column] is not None for leaf in self.leaves)

    @cached_property
    def both(self) -> list[Mapping[str, Any]]:
        """Leaves with a self and an appraised score."""
        return [leaf for leaf in self.leaves if leaf["gap"] is not None]

    @cached_property
    def adjusted(self) -> list[Mapping[str, Any]]:
        """Leaves that the council changed, the deepest cut first, raises last."""
        return sorted((leaf for leaf in self.both if leaf["gap"]), key=lambda leaf: leaf["gap"])

    @cached_property
    def surveyed(self) -> list[Mapping[str, Any]]:
        """Surveyed leaves that apply to the unit."""
        return [leaf for leaf in self.leaves if leaf["assessed_by"] == "survey" and leaf["state"] != "not_applicable"]

    def first_question(self, cells: Rows) -> str | None:
        """The surveyed leaf to show first: of those answered by most groups (`cells`: rows of `Ask.unit_survey`),
        the one that lost most points."""
        groups = Counter(cell["criterion_code"] for cell in cells)

        def order(leaf: Mapping[str, Any]) -> tuple:
            lost = 0 if leaf["points"] is None else leaf["max_points"] - leaf["points"]
            return groups[leaf["criterion_code"]], lost

        return max(self.surveyed, key=order)["criterion_code"] if self.surveyed else None


def read(view: View, unit: str) -> Profile:
    """The profile of a unit of the view's year and block."""
    sel = view.sel
    block = by_rank(view)
    found = {row["criterion_code"]: row for row in view.ask.unit_items(sel.period, unit)}
    return Profile(
        unit=unit,
        lang=view.lang,
        rubric=sel.rubric,
        row=next((row for row in block if row["unit_code"] == unit), None),
        block=block,
        block_fields=view.ask.block_fields(sel.period, sel.unit_group),
        items={code: found[code] for code in sel.rubric if code in found},
    )


def counted(leaf: Mapping[str, Any]) -> Fraction | None:
    """Points of a leaf as the index counts them: self points while it is pending, None where it counts for nothing."""
    if leaf["state"] == "pending":
        return None if leaf["self_points"] is None else Fraction(leaf["self_points"])
    return None if leaf["points"] is None else Fraction(leaf["points"])


def chosen_peers(view: View, profile: Profile) -> peers.Peers:
    """The set of units that the view compares with."""
    return peers.choose(view.sel.peers, profile.unit, view.sel.units, profile.block_fields)


def answers(rows: Rows, code: str, lang: str) -> list[dict[str, Any]]:
    """The questions of a leaf: question_code, text, options and groups.

    rows: `Ask.unit_answers`. options: label, favourable, from the worst to the best, without those that have no
    value. groups: respondent_group, counts (by option), no_opinion, suppressed, why.
    """
    questions: dict[str, dict[tuple, dict[str, Mapping]]] = {}
    for row in rows:
        if row["criterion_code"] == code:
            of_question = questions.setdefault((row["question_code"], row["scale"]), {})
            of_question.setdefault(row["respondent_group"], {})[row["option"]] = row
    result = []
    for (question, _), groups in questions.items():
        every = {option: row for found in groups.values() for option, row in found.items()}
        valued = sorted((row for row in every.values() if row["value"] is not None), key=lambda row: row["value"])
        # Where the scale does not say what counts as satisfied, it is the upper half.
        named = any(row["satisfied"] for row in valued)
        one = next(iter(every.values()))
        result.append(
            {
                "question_code": question,
                "text": (lang == "en" and one["text_en"]) or one["text"],
                "options": [
                    {
                        "option": row["option"],
                        "label": (lang == "en" and row["label_en"]) or row["label"],
                        "favourable": row["satisfied"] if named else row["value"] > Fraction(1, 2),
                    }
                    for row in valued
                ],
                "groups": [
                    {
                        "respondent_group": group,
                        "suppressed": any(row["suppressed"] for row in found.values()),
                        "why": next((row["why"] for row in found.values() if row["why"]), None),
                        "counts": [_n(found.get(row["option"])) for row in valued],
                        "no_opinion": sum(_n(row) for row in found.values() if row["value"] is None),
                    }
                    for group, found in groups.items()
                ],
            }
        )
    return result


def favourable(group: Mapping[str, Any], options: Rows) -> Fraction | None:
    """Share of valid answers on favourable options; None where it is withheld or nobody answered."""
    if group["suppressed"] or not sum(group["counts"]):
        return None
    good = sum(n for n, option in zip(group["counts"], options, strict=True) if option["favourable"])
    return Fraction(good, sum(group["counts"]))


def _n(row: Mapping[str, Any] | None) -> int:
    return (row["n"] or 0) if row else 0


def _median(values: Sequence[Any]) -> Fraction | None:
    return Fraction(median(map(Fraction, values))) if values else None


def grouped(rows: Rows, *keys: str) -> dict[tuple, list]:
    """Rows by the values of some columns, in the order in which these first come."""
    found: dict[tuple, list] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found
