"""What holds on every page alike, walked over a season whose units all have the same points."""

import csv
import re
from pathlib import Path

import pytest
from conftest import EXAMPLE, bring_in
from pages_read import charts_of, frame_of, parts, show, site_of, words

from dashboard.pages import PAGES
from dashboard.words.formats import vietnamese_order
from scoring.store import Store

NAMES = {"department-01": "Ứng Hòa", "department-02": "Đống Đa", "department-03": "Ba Vì", "department-04": "Dương Nội"}
"""Short names by code: neither order is that of the other."""

BY_CHANCE = {"hang-dau"}
"""Ordered by how often the resamples gave a place, which differs between units of the same points."""

COPIED = ("self_scores", "appraised_scores", "survey_plan", "ballots")


@pytest.fixture(scope="module")
def tied(made_once):
    """The example season with the facts of its first unit for every other one of the block, and whole numbers as the
    index."""

    def fill(folder: Path) -> None:
        for path in sorted(EXAMPLE.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            if path.stem in COPIED:
                first = [row for row in rows if row["unit_code"] == "department-01"]
                rows = [
                    row
                    | {"unit_code": unit}
                    | ({"ballot_id": f"{unit}-{row['ballot_id']}"} if "ballot_id" in row else {})
                    for unit in NAMES
                    for row in first
                ]
            elif path.stem == "periods":
                rows = [row | {"decimals": "0"} for row in rows]
            elif path.stem == "units":
                district = [row for row in rows if row["unit_group"] == "district"][:1]
                one = next(row for row in rows if row["unit_code"] == "department-01")
                one |= {"name_en": ""}
                rows = [one | {"unit_code": unit, "short_name": name, "name": name} for unit, name in NAMES.items()]
                rows += district
            elif path.stem in ("process_steps", "published_results"):
                continue
            target = folder / "files" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(rows)
        bring_in("import", folder / "files", "--data", folder / "data")

    return Store(made_once("tied", fill) / "data")


def views(store, lang):
    """Every page of the block, the pages of one unit and one field among them, in each of its views."""
    prefix = "" if lang == "vi" else f"/{lang}"
    site = site_of(store)
    sel = site.parse(f"{prefix}/xep-hang/department")
    for page in PAGES:
        of = {"unit": "department-01"} if any("<unit>" in path for path in page.paths) else {}
        of |= {"item": "1"} if page.key in ("item", "rubric") else {}
        if page.key == "comparison":
            of["compared"] = tuple(NAMES)
        link = sel.to(page.key, **of)
        if link and page.key != "provenance":
            chosen = getattr(page.module, "CHOICES", {}).get("xem") or ("",)
            chosen = chosen(site.parse(*link.split("?"))) if callable(chosen) else chosen
            yield from dict.fromkeys(
                link if n == 0 else f"{link}{'&' if '?' in link else '?'}xem={view}" for n, view in enumerate(chosen)
            )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_units_of_one_rank_stand_in_alphabetical_order_everywhere(tied, lang):
    names = {sel["short_name"] for sel in site_of(tied).units["2029"].values() if sel["unit_group"] == "department"}
    seen = set()
    for link in views(tied, lang):
        for chart in charts_of(frame_of(tied, link)):
            sheet = chart.sheet()
            for column in sheet.columns if sheet else ():
                listed = [value for value in column.values if value in names]
                if sorted(listed) == sorted(names):
                    assert chart.name in BY_CHANCE or listed == sorted(names, key=vietnamese_order), (link, chart.name)
                    seen.add(chart.name)
    assert len(seen) > 5, seen


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_index_of_whole_numbers_has_no_decimals_anywhere(tied, lang):
    seen = set()
    for link in views(tied, lang):
        for part in parts(show(tied, link)):
            if re.search(
                r"/nguon-goc/[^/]*\.total\.(index|index_interval|change)(\?|$)", getattr(part, "href", None) or ""
            ):
                assert not re.search(r"[.,]\d", words(part)), (link, words(part))
                seen.add(link)
    assert len(seen) > 3, seen
