"""What a period still lacks, for people: a summary on one screen, and every row as a list to work through."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring.problems import safe_cell
from scoring.store import Snapshot
from scoring.texts import say

NAMES = 12
"""Names in a line of the summary; the others are counted."""

COLUMNS = (
    "what", "unit_code", "unit", "criterion_code", "criterion", "respondent_group", "with", "detail", "severity",
    "file", "row",
)  # fmt: skip
"""Columns of the list."""

KINDS = ("not_submitted", "pending", "missing", "sums", "flags")


@dataclass(frozen=True)
class Names:
    """Names of a period: units by code, items and who leads them by (unit group, code)."""

    units: Mapping[str, str]
    groups: Mapping[str, str]
    items: Mapping[tuple[str, str], str]
    leads: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, snapshot: Snapshot, period: str, lang: str) -> Names:
        """The names of a period in a language, the Vietnamese ones where there are no others."""
        given = {"period": period}
        units = snapshot.rows("SELECT unit_code, unit_group, name, name_en FROM units WHERE period = $period", given)
        items = snapshot.rows(
            "SELECT unit_group, criterion_code, r.name, r.name_en, l.lead_appraiser FROM rubric r"
            " JOIN item_lead l USING (period, unit_group, criterion_code) WHERE period = $period",
            given,
        )

        def name(row: Mapping[str, Any]) -> str:
            return (lang == "en" and row["name_en"]) or row["name"]

        return cls(
            {row["unit_code"]: name(row) for row in units},
            {row["unit_code"]: row["unit_group"] for row in units},
            {(row["unit_group"], row["criterion_code"]): name(row) for row in items},
            {(row["unit_group"], row["criterion_code"]): row["lead_appraiser"] or "" for row in items},
        )

    def unit(self, code: str | None) -> str:
        return self.units.get(code or "", code or "")

    def item(self, unit_code: str | None, code: str | None) -> str:
        return self.items.get((self.groups.get(unit_code or "", ""), code or ""), "")

    def lead(self, row: Mapping[str, Any]) -> str:
        """Who leads the item of a row, by name."""
        return self.unit(self.leads.get((self.groups.get(row["unit_code"], ""), row["criterion_code"]), ""))


def blocks(found: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
    """Whether something stands in the way: a sum that fails, a flag that blocks."""
    return bool(found["sums"]) or any(flag["severity"] == "block" for flag in found["flags"])


def summary(found: Mapping[str, Sequence[Mapping[str, Any]]], names: Names, lang: str) -> list[str]:
    """One screen: who has not submitted, with whom decisions are pending, what is missing, sums that fail, flags.

    found: what `results.check` gave.
    """
    lines = []
    if found["not_submitted"]:
        units = [names.unit(row["unit_code"]) for row in found["not_submitted"]]
        lines.append(say("sum_not_submitted", lang, n=len(units), units=_listed(units, lang)))
    for kind, who in (("pending", names.lead), ("missing", lambda row: names.unit(row["unit_code"]))):
        if found[kind]:
            by = Counter(who(row) or say("sum_nobody", lang) for row in found[kind])
            lines.append(say(f"sum_{kind}", lang, n=len(found[kind]), units=_listed(_counted(by), lang)))
    for row in found["sums"][:NAMES]:
        lines.append(say("check_sum", lang, **{**row, "unit_code": names.unit(row["unit_code"])}))
    if len(found["sums"]) > NAMES:
        lines.append(say("sum_sums_more", lang, n=len(found["sums"]) - NAMES))
    if found["flags"]:
        lines.append(say("sum_flags", lang, n=len(found["flags"])))
        kinds = Counter((flag["severity"], flag["flag"]) for flag in found["flags"])
        order = ("block", "look", "info")
        for (severity, flag), n in sorted(kinds.items(), key=lambda one: (order.index(one[0][0]), -one[1], one[0][1])):
            marked = say("sum_blocks", lang) if severity == "block" else ""
            lines.append(say("sum_flag", lang, n=n, flag=say("flag_" + flag, lang), blocks=marked))
    return lines or [say("sum_nothing", lang)]


def _counted(found: Counter) -> list[str]:
    return [f"{name} ({n})" for name, n in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def _listed(names: Sequence[str], lang: str) -> str:
    shown = ", ".join(names[:NAMES])
    return shown if len(names) <= NAMES else say("sum_more", lang, shown=shown, n=len(names) - NAMES)


def rows(found: Mapping[str, Sequence[Mapping[str, Any]]], names: Names, lang: str) -> list[tuple[Any, ...]]:
    """Every row of what is open, under `COLUMNS`."""
    listed = []
    for kind in KINDS:
        for row in found[kind]:
            unit, item = row["unit_code"], row.get("criterion_code")
            what = say("flag_" + row["flag"], lang) if kind == "flags" else say(f"list_{kind}", lang)
            told = row.get("detail") or ""
            if kind == "sums":
                told = f"{row['what']}; expected={row['expected']}; found={row['found']}"
            listed.append(
                (what, unit, names.unit(unit), item, names.item(unit, item), row.get("respondent_group"),
                 names.lead(row) if kind == "pending" else None, told,
                 row.get("severity") or ("block" if kind == "sums" else None), row.get("file"), row.get("row"))
            )  # fmt: skip
    return listed


def write(path: Path, listed: Iterable[Sequence[Any]]) -> None:
    """Writes the list as CSV with a BOM, for Excel, or as a workbook where the path ends in .xlsx."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet("check")
            sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
            for at, row in enumerate(listed, start=1):
                sheet.write_row(at, 0, ["" if cell is None else cell for cell in row])
            sheet.freeze_panes(1, 0)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(["" if cell is None else safe_cell(cell) for cell in row] for row in listed)
