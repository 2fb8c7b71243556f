"""While a block is incomplete nothing is concluded from it: every page, picture, table and document of three kinds of
incomplete seasons is read for what may not stand there, and for what stands instead."""

import csv
import re
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, bring_in
from pages_read import frame_of, parts, site_of, split, view_of, words
from seasons import bring_in as bring_in_seasons
from seasons import make_season

from dashboard.address.numbers import number_id
from dashboard.address.view import Completeness
from dashboard.exhibit.text import plain
from dashboard.pages import PAGES
from dashboard.render import documents
from dashboard.shell.downloads import DOCUMENTS
from dashboard.words.formats import MISSING, interval, points, rank, signed
from scoring.demo import make_season as make_demo
from scoring.store import Store

KEPT = 15  # of so many ballots one: how many there are is of no account here
OPEN_SEEDS = (1, 6)
LANGUAGES = ("vi", "en")

SUPERLATIVE = {
    "vi": r"(?:cao|thấp|nhiều|lớn|mạnh|rõ|tích cực|tiến bộ|dễ|kém|rộng|xa)(?: lần| điểm| mục)? nhất|dẫn đầu|đứng đầu",
    "en": r"\b(?:highest|lowest|most|leads(?! to)|leading|largest|best|worst|widest|strongest)\b",
}
RULES = ("method", "glossary", "provenance")
"""Pages that say how things are counted ("the highest round decides"): not about units."""
PUBLISHED = ("da-cong-bo", "years")
"""Parts that quote decisions of other years, which do name who came first."""


@pytest.fixture(scope="session")
def appraising(made_once):
    """The made-up season caught halfway, with few ballots; the year before is complete."""

    def fill(folder: Path) -> None:
        made = make_demo(ROOT / "data" / "definitions", folder / "made", stage="appraising")
        for path in [path for season in made for path in season.glob("phieu-*.csv")]:
            head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            path.write_text(head + "".join(lines[::KEPT]), encoding="utf-8")
        for season in (ROOT / "data" / "definitions", *made):
            bring_in("import", season, "--data", folder / "data")
        shutil.rmtree(folder / "made")

    return Store(made_once("appraising", fill) / "data")


@pytest.fixture(scope="session")
def halfway(made_once):
    """Random seasons from which a third of the appraised scores and a few units' own are taken away."""

    def fill(folder: Path) -> None:
        found = []
        for seed in OPEN_SEEDS:
            season, rng = make_season(seed), np.random.default_rng(seed)
            silent = {row["unit_code"] for row in season.tables["units"][::4]}
            tables = season.tables
            tables["appraised_scores"] = [
                row for row in tables["appraised_scores"] if row["unit_code"] not in silent and rng.random() < 0.7
            ]
            tables["self_scores"] = [row for row in tables["self_scores"] if row["unit_code"] not in silent]
            found.append(season)
        bring_in_seasons(folder / "data", found, folder / "files", plain=True)

    return Store(made_once("halfway", fill) / "data")


@pytest.fixture(params=["appraising", "example", "halfway"])
def season(request):
    return request.getfixturevalue("store" if request.param == "example" else request.param)


def incomplete(store: Store) -> list[tuple[str, str]]:
    """(period, unit group) of every block that is not complete."""
    return [key for key, row in site_of(store).seasons.items() if not Completeness.of(row).whole]


@cache
def results(store: Store, period: str, group: str) -> list[dict]:
    """What the store holds of the units of a block, provisional figures and all."""
    with store.snapshot() as snapshot:
        return snapshot.rows(f"FROM ranking WHERE period = '{period}' AND unit_group = '{group}'")


@cache
def views(store: Store, lang: str, period: str, group: str) -> tuple[str, ...]:
    """Every page of a block in each of its views, those of a unit for an incomplete and a complete one."""
    site = site_of(store)
    sel = site.home(lang).change(period=period, unit_group=group)
    rows = sorted(results(store, period, group), key=lambda row: (row["status"], row["unit_code"]))
    two = list(dict.fromkeys([rows[0]["unit_code"], rows[-1]["unit_code"]]))
    items = list(site.rubrics[period, group])
    found = []
    for page in PAGES:
        every: list[dict] = [{}]
        if any("<unit>" in path for path in page.paths):
            every = [{"unit": code} for code in two]
        elif page.key == "item":
            every = [{"item": items[0]}, {"item": items[-1]}]
        elif page.key == "comparison":
            every = [{}, {"compared": tuple(row["unit_code"] for row in rows[:3])}]
        elif page.key == "provenance":
            every = [
                {"number": number_id(period, code, "", of)}
                for code in two
                for of in ("index", "rank", "rank_interval", "change")
            ]
        for of in every:
            if link := sel.to(page.key, **of):
                looks = page.allowed("xem", site.parse(*split(link))) if "xem" in page.choices else ()
                mark = "&" if "?" in link else "?"
                found += [link, *(f"{link}{mark}xem={look}" for look in looks[1:])]
    return tuple(dict.fromkeys(found))


def without(component, ids: tuple[str, ...]):
    """What is not below a part with one of the ids."""
    if isinstance(component, list | tuple):
        return [without(child, ids) for child in component]
    if getattr(component, "id", None) in ids:
        return ""
    return component if not hasattr(component, "children") else without(component.children, ids)


def printed(row: dict, lang: str) -> set[str]:
    """What may not be printed of a unit of an incomplete block: its provisional index, its change, its interval."""
    if row["status"] != "complete":
        return {points(row["index_value"], lang)} if row["index_value"] is not None else set()
    found = set()
    if row["previous_index"] is not None:
        found.add(signed(row["index_value"] - row["previous_index"], lang))
    if row["rank_low"] != row["rank_high"]:
        found.add(interval(row["rank_low"], row["rank_high"], lang))
    return found


def told(frame, *, main: bool, statements: bool) -> list[str]:
    """All that a view says in words: the page (`main`), and of what can be taken away of it title, subtitle, note, text
    alternative, heads of the table, and the picture as a statement. Without what quotes decisions of other years."""
    said = [words(without(frame.main, PUBLISHED))] if main else []
    for export in frame.exports:
        if export.published or Completeness.of(export.view.sel.season).whole:
            continue
        said += [export.title, export.subtitle, export.note, export.exhibit.alt, plain(export.exhibit.headline)]
        if export.table is not None:
            said += [export.table.caption, *(column.title for column in export.table.columns)]
        if export.picture is not None and statements:
            layout = export.statement("a4")["layout"]
            said.append(" ".join(str(note.get("text")) for note in layout.get("annotations", ())))
    return said


def addresses(frame) -> dict[str, str]:
    """Address of a number -> how a page prints it."""
    found = {}
    for part in parts(frame.main):
        address = re.search(r"/nguon-goc/([^?]*)", getattr(part, "href", None) or "")
        if address:
            found[address[1]] = words(part)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_concluded_anywhere(season, lang):
    """No superlative; no index of an incomplete unit, no change, no rank interval, told by where a number leads; in the
    made-up season, where they are told apart by their digits, not those numbers in any words or file either."""
    assert incomplete(season)
    for period, group in incomplete(season):
        site, rows = site_of(season), results(season, period, group)
        open_units = {row["unit_code"] for row in rows if row["status"] != "complete"}
        shut = {number_id(period, unit, "", of) for unit in open_units for of in ("index", "index_interval", "rank")}
        shut |= {number_id(period, row["unit_code"], "", of) for row in rows for of in ("change", "rank_interval")}
        digits = set().union(*(printed(row, lang) for row in rows)) if site.seasons[period, group]["made_up"] else set()
        mixed = any(Completeness.of(site.seasons[period, other]).whole for other in site.groups_of(period))
        for link in views(season, lang, period, group):
            page = site.parse(*split(link)).route.key
            frame = frame_of(season, link)
            assert frame.status == 200, link
            if page in RULES:
                continue
            main = page != "overview" or not mixed
            for text in told(frame, main=main, statements="xem=" not in link and lang == "vi"):
                found = re.search(f".{{0,60}}(?:{SUPERLATIVE[lang]}).{{0,60}}", text, re.IGNORECASE)
                assert not found, (link, found[0])
                if page in OF_THE_BLOCK:
                    assert not digits & set(re.findall(r"[+−]?\d[\d.,]*\d(?:–\d+)?", text)), link
            for address, text in addresses(frame).items():
                assert address not in shut or text == MISSING, (link, address, text)
            for export in frame.exports:
                if export.picture is not None and "xem=" not in link:
                    for trace in export.picture("a4")["data"]:
                        drawn = trace.get("customdata") or ()
                        assert not shut & {one for one in drawn if isinstance(one, str)}, (link, export.name)


OF_THE_BLOCK = ("overview", "ranking", "comparison", "contrast", "reliability", "simulation")
"""Pages that would print index, change and interval; on others the same digits are those of points."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_progress_stands_instead(season, lang):
    for period, group in incomplete(season):
        site = site_of(season)
        sel = site.home(lang).change(period=period, unit_group=group)
        rows = results(season, period, group)
        counts = Completeness.of(site.seasons[period, group])
        assert counts.complete == sum(row["status"] == "complete" for row in rows)
        with view_of(season, sel.to("ranking")) as view:
            ranks = view.t("open.rank", **counts.counts)
            part = view.t("open.part", block=view.block("inside"), **counts.counts)
            nothing = view.t("open.title")
        assert part in words(frame_of(season, sel.to("overview")).main)
        if all(row["index_value"] is None for row in rows):
            continue  # nobody has handed in anything that counts: pages say that there are no data yet
        ranking = frame_of(season, sel.to("ranking"))
        assert ranks in words(ranking.main)
        sheet = next(one for one in ranking.exports if one.name == "xep-hang").sheet()
        assert len(sheet.rows) == len(rows)
        for page in ("contrast", "reliability", "trends"):
            assert nothing in words(frame_of(season, sel.to(page)).main), page
        some = sorted(rows, key=lambda row: (row["status"], row["unit_code"]))[:2]
        for row in some:
            said = words(frame_of(season, sel.to("unit", unit=row["unit_code"])).main)
            assert nothing in words(frame_of(season, sel.to("simulation", unit=row["unit_code"])).main)
            if row["status"] == "complete":
                assert points(row["index_value"], lang, row_places(site, period, group)) in said
                assert rank(row["rank"]) in said


def row_places(site, period: str, group: str) -> int:
    return site.seasons[period, group]["decimals"]


def test_points_stand_apart_by_state(season):
    """Of every incomplete unit, over the maxima of the leaves in each state, added up here from the store."""
    for period, group in incomplete(season):
        with season.snapshot() as snapshot:
            leaves = snapshot.rows(
                f"FROM result_items WHERE period = '{period}' AND unit_group = '{group}' AND state IS NOT NULL"
            )
        sel = site_of(season).home("vi").change(period=period, unit_group=group)
        frame = frame_of(season, sel.to("overview"))
        export = next(one for one in frame.exports if one.name == f"chi-so-{group}")
        kinds = {"appraised": "appraised_points", "surveyed": "survey_points", "pending": "self_points"}
        for states, name in export.table.rows:
            mine = [leaf for leaf in leaves if leaf["unit_code"] == states.code]
            for state, column in kinds.items():
                some = [leaf for leaf in mine if leaf["state"] == state and leaf[column] is not None]
                found, most, n = states.parts["claimed" if state == "pending" else state]
                expected = (sum((leaf[column] for leaf in some), Decimal()), len(some))
                assert (found, n) == expected and most == sum(leaf["max_points"] for leaf in some), name
            assert states.open == sum(leaf["state"] in ("pending", "missing") for leaf in mine)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_documents_conclude_nothing(season, lang):
    for period, group in incomplete(season):
        sel = site_of(season).home(lang).change(period=period, unit_group=group)
        rows = sorted(results(season, period, group), key=lambda row: (row["status"], row["unit_code"]))
        links = [("ho-so", sel.to("unit", unit=row["unit_code"])) for row in (rows[0], rows[-1])]
        if len(incomplete(season)) == len(site_of(season).seasons):
            links.append(("tom-tat", sel.to("overview")))
        for kind, link in links:
            with view_of(season, link) as view:
                parts_ = [one for one in DOCUMENTS[kind](view).parts if getattr(one, "published", False) is False]
                said = [spoken(block) for block in documents.blocks(view, parts_)]
            for text in said:
                if not re.search("20[0-9]{2}–|đã công bố|[Pp]ublished", text):
                    found = re.search(f".{{0,60}}(?:{SUPERLATIVE[lang]}).{{0,60}}", text, re.IGNORECASE)
                    assert not found, (link, found[0])


def spoken(block) -> str:
    """The words of a block of a document, without those of its figure."""
    if isinstance(block, dict):
        return " ".join(spoken(value) for key, value in block.items() if key not in ("figure", "kind"))
    if isinstance(block, list | tuple):
        return " ".join(map(spoken, block))
    return block if isinstance(block, str) else ""


def test_the_result_tables_keep_the_provisional_figures(appraising):
    with view_of(appraising, "/") as view:
        columns, rows = view.ask.result_table("2020", "index")
    at = {name: place for place, name in enumerate(columns)}
    kept = {row[at["unit_code"]]: row for row in rows}
    for period, group in incomplete(appraising):
        for row in results(appraising, period, group):
            assert kept[row["unit_code"]][at["index_value"]] == row["index_value"]
            assert kept[row["unit_code"]][at["rank_low"]] == row["rank_low"]


@pytest.mark.parametrize(("lang", "word"), [("vi", "Tạm tính"), ("en", "Provisional")])
def test_the_origin_of_a_provisional_index_says_so(season, lang, word):
    for period, group in incomplete(season):
        sel = site_of(season).home(lang).change(period=period, unit_group=group)
        places = row_places(site_of(season), period, group)
        rows = sorted(results(season, period, group), key=lambda row: (row["status"], row["unit_code"]))
        for row in [*rows[:2], *rows[-2:]]:
            if row["index_value"] is not None:
                link = sel.to("provenance", number=number_id(period, row["unit_code"], "", "index"))
                said = words(frame_of(season, link).main)
                assert points(row["index_value"], lang, places) in said
                assert (word in said) == (row["status"] != "complete"), link


# The status of a year

STEPS = {
    "announced": [("appraisal", "2030-01-20"), ("report", "2030-02-20"), ("announcement", "2030-03-05")],
    "reported": [("appraisal", "2030-01-20"), ("report", "2030-02-20"), ("announcement", "")],
    "under way": [("appraisal", "2030-01-20"), ("report", ""), ("announcement", "")],
    "decided": [],
    "decided elsewhere": [("appraisal", ""), ("announcement", "")],
    "nothing": [],
}
"""What is known of a year -> its steps; 'decided' ones have published results too."""


@pytest.fixture(scope="session")
def years(made_once):
    """One random season for each of `STEPS`, in one store."""

    def fill(folder: Path) -> None:
        found = []
        for seed, (name, steps) in zip(YEAR_SEEDS, STEPS.items(), strict=True):
            season = make_season(seed)
            for period in {row["period"] for row in season.tables["periods"]}:
                for at, (kind, done) in enumerate(steps, 1):
                    season.tables["process_steps"].append(
                        {"period": period, "step": str(at), "name": kind, "kind": kind, "done_on": done}
                    )
                if name.startswith("decided"):
                    unit = next(row for row in season.tables["units"] if row["period"] == period)
                    season.tables["published_results"].append(
                        {"period": period, "unit_code": unit["unit_code"], "index": "80", "rank": "1"}
                    )
            found.append(season)
        bring_in_seasons(folder / "data", found, folder / "files", plain=True)

    return Store(made_once("years", fill) / "data")


YEAR_SEEDS = (2, 9, 3, 10, 11, 12)


def test_the_status_of_a_year_follows_from_its_steps_and_what_was_published(years):
    site, seen = site_of(years), set()
    for seed, name in zip(YEAR_SEEDS, STEPS, strict=True):
        for period in {row["period"] for row in make_season(seed).tables["periods"]}:
            whole = all(Completeness.of(site.seasons[period, group]).whole for group in site.groups_of(period))
            expected = (
                "none" if not any(site.seasons[period, group]["has_scores"] for group in site.groups_of(period))
                else "published" if name in ("announced", "decided")
                else "appraising" if not whole
                else "approved" if name == "reported"
                else "provisional"
            )  # fmt: skip
            assert site.years[period]["status"] == expected, name
            seen.add(expected)
            if name == "announced":
                assert str(site.years[period]["since"]) == "2030-03-05"
    assert {"published", "provisional"} <= seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_status_is_said_once_and_of_its_own_year(appraising, lang):
    named = {"vi": ("Đã công bố", "Đang thẩm định", "Tạm tính", "Chờ công bố"),
             "en": ("Published", "Being appraised", "Provisional", "To be announced")}[lang]  # fmt: skip
    for period, at in (("2019", 0), ("2020", 1)):
        sel = site_of(appraising).home(lang).change(period=period)
        said = words(frame_of(appraising, sel.href()).ribbon)
        assert [name for name in named if name in said] == [named[at]]
        assert ("29" in said) == (period == "2019")
        assert ("52" in said) == (period == "2020")


def test_a_unit_to_which_nothing_applies_is_not_waited_for(tmp_path, store):
    """A copy of the example's complete block with one unit more, all of whose leaves the council took out."""
    source = ROOT / "tests" / "data" / "example" / "in"
    folder = tmp_path / "files"
    shutil.copytree(source, folder)

    def add(name: str, change) -> None:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows += change(rows)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)

    with store.snapshot() as snapshot:
        leaves = snapshot.rows(
            "FROM rubric WHERE period = '2029' AND unit_group = 'department' AND max_points IS NOT NULL"
        )
    add("units", lambda rows: [rows[0] | {"unit_code": "department-99", "name": "Mới", "short_name": "Mới"}])
    add(
        "appraised_scores",
        lambda rows: [
            rows[0]
            | {"unit_code": "department-99", "criterion_code": leaf["criterion_code"], "points": "", "round": "1"}
            | {"not_applicable": "1"}
            for leaf in leaves
        ],
    )
    bring_in("import", folder, "--data", tmp_path / "data")
    season = site_of(Store(tmp_path / "data")).seasons["2029", "department"]
    assert (season["complete"], season["units"]) == (3, 3)
