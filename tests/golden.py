"""What the dashboard says and gives away, as text, so that a change of the code shows what it changes for readers.

`make golden` writes the files below tests/golden, tests/test_golden.py makes them again and compares. A file holds
one page of a season in one language: the page in full, then values of its controls as the difference to it; beside it
(`.files.txt`) the files that the page offers. Everything is asked over HTTP, so it does not matter how pages are made.
What differs from run to run (the hash of the dataset, the day of its import) is replaced by words.

The made-up season is shown whole in Vietnamese; in English, and of the small example season, the page itself and one
control of it, of units the last of each block, of items one that was surveyed.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lines import FROM, differing, links, query_of, said

GOLDEN = Path(__file__).parent / "golden"
SEASONS = {"demo": ["demo"], "example": ["import", str(Path(__file__).parent / "data" / "example" / "in")]}
LANGUAGES = {"vi": "", "en": "/en"}
FEW = 3  # values of a control that are all shown; of more, one
FIRST_ROWS = 20  # of a table of the open data
OPEN_DATA = ("index", "items", "survey", "answers", "flags", "rank_probabilities", "dictionary")
NOWHERE = ("/khong-co", "/don-vi/khong-co", "/xep-hang/khong-co", "/tieu-chi/district/99", "/nguon-goc/khong-co")
UNKNOWN = ("/?td=x&la=1", "/xep-hang/district?sx=x&xem=x&lv=99", "/so-sanh?ss=x,y")


class Season:
    """The dashboard over a data folder, asked over HTTP. `brief` as the head of this module says."""

    def __init__(self, folder: Path, *, brief: bool):
        import app
        from scoring.store import Store

        store = Store(folder)
        with store.snapshot() as snapshot:
            digest = snapshot.value("SELECT value FROM meta WHERE key = 'dataset_hash'")
        moments = re.findall(r'"imported_at": "([^"]+)"', (folder / "ledger.json").read_text(encoding="utf-8"))
        days = set()
        for moment in map(datetime.fromisoformat, moments):
            for at in (moment, moment + timedelta(hours=7)):  # in Hanoi it may be the next day
                days |= {f"{at:%d/%m/%Y}", f"{at:%d}/{at.month}/{at.year}", f"{at:%Y-%m-%d}"}
                days |= {f"{at.day} {at:%b} {at.year}", f"{at.day} {at:%B} {at.year}"}
        self.volatile = {
            rf"{digest[:8]}[0-9a-f]*": "<hash>",
            r"(?<=\.json\?v=)[0-9a-f]{16}": "<generation>",
            rf"\b(?:{'|'.join(sorted(days))})\b(?:[ T,]+\d\d:\d\d(?::\d\d)?(?:\+\d\d:\d\d|Z)?)?": "<imported>",
        }
        self.brief = brief
        self.client = app.create_app(store).server.test_client()

    @cached_property
    def frame(self) -> tuple[str, list[dict[str, str]]]:
        """The outputs of the callback that draws a view from its URL."""
        place = {"id": "url", "property": "pathname"}
        output = next(c["output"] for c in self.client.get("/_dash-dependencies").json if place in c["inputs"])
        parts = (part.rpartition(".") for part in output.strip(".").split("..."))
        return output, [{"id": name, "property": key} for name, _, key in parts]

    def view(self, link: str) -> dict[str, Any]:
        """The parts of a view: 'main', 'header', …"""
        url, (output, outputs) = urlsplit(link), self.frame
        inputs = [
            {"id": "url", "property": "pathname", "value": url.path},
            {"id": "url", "property": "search", "value": f"?{url.query}" if url.query else ""},
        ]
        asked = {"output": output, "outputs": outputs, "inputs": inputs, "changedPropIds": ["url.pathname"]}
        answer = self.client.post("/_dash-update-component", json=asked)
        assert answer.status_code == 200, f"{link}: {answer.status_code}"
        return {name: part["children"] for name, part in answer.json["response"].items() if "children" in part}

    def file(self, link: str) -> list[str]:
        """A download as lines."""
        answer = self.client.get(link)
        if answer.status_code != 200:
            return [str(answer.status_code), re.sub(r"(<[^>]*>)+", " ", answer.text).strip()]
        name = answer.headers.get("Content-Disposition", "").partition("filename=")[2].strip('"')
        return [*filter(None, [name]), *FROM[query_of(link)[0].rpartition(".")[2]](answer.data)]

    def table(self, name: str) -> list[dict[str, str]]:
        """A result table of the newest year."""
        text = self.client.get(f"/tai-ve/du-lieu-mo/{self.period}/{name}.csv").data.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    @cached_property
    def period(self) -> str:
        """The newest year."""
        return re.search(r"/search/vi/(\w+)\.json", " ".join(links(self.view("/")["header"])))[1]

    # What is shown

    @cached_property
    def plan(self) -> dict[str, str]:
        """Name of a file → the view that it begins with, in Vietnamese: the pages of the navigation in each block; of
        each block the first and the last unit with their simulation, and an item that heads others, one appraised, one
        surveyed; a number of each kind."""
        found: dict[str, str] = {}
        numbers: dict[str, str] = {}

        def add(link: str, others: Iterable[list[str]] = ()) -> list[str]:
            main = self.view(link)["main"]
            for number in (target for target in links(main) if target.startswith("/nguon-goc/")):
                numbers.setdefault(number.rpartition(".")[2], number)
            lines = said(main)
            if not any(2 * len(set(lines) & set(other)) > len(lines) for other in others):
                found[name_of(link)] = link
            return lines

        for page in dict.fromkeys(links(self.view("/")["navigation"])):
            lines = add(page)
            for other in links(self.view(page)["header"]):
                if other_block(page, other):
                    add(other, [lines])
        units, items = self.table("index"), self.table("items")
        for block in dict.fromkeys(row["unit_group"] for row in units):
            ranked = sorted((int(row["rank"] or 999), row["unit_code"]) for row in units if row["unit_group"] == block)
            for _, unit in ranked[-1:] if self.brief else (ranked[0], ranked[-1]):
                add(f"/don-vi/{unit}")
                add(f"/don-vi/{unit}/mo-phong")
            for state in ("surveyed",) if self.brief else ("", "appraised", "surveyed"):
                own = (row["criterion_code"] for row in items if (row["unit_group"], row["state"]) == (block, state))
                if code := next(filter(None, own), None):
                    add(f"/tieu-chi/{block}/{code}")
        return found | {name_of(link): link for kind, link in numbers.items() if not self.brief or kind == "value"}

    def entries(self, lang: str) -> list[str]:
        """What `texts` can be asked for. In English, of pages that are there for each block, the last alone."""
        wanted = list(self.plan)
        if lang != "vi":
            pages = {re.sub(r"[.,](department|district)|(?<=don-vi)\.[^.]+", "", name): name for name in self.plan}
            numbers = [name for name in wanted if name.startswith("nguon-goc")]
            wanted = [name for name in pages.values() if name not in numbers[:-1]]
        return [*wanted, *(other for other in OTHERS if lang == "vi" or other != "_du-lieu-mo")]

    def texts(self, lang: str, name: str) -> dict[str, str]:
        """The files of an entry: name → text."""
        if name in OTHERS:
            return {name: self.settled(OTHERS[name](self, lang))}
        start = in_language(lang, self.plan[name])
        main = self.view(start)["main"]
        whole = said(main, start)
        done, offered = [f"==== {start}", *whole], links(main)
        for link in self.controls(name, start, offered, lang):
            main = self.view(link)["main"]
            done += [f"==== {link}", *differing(said(main, link), whole)]
            offered += links(main)
        files = self.settled(self.files(offered, lang))
        return {name: self.settled(done)} | ({f"{name}.files": files} if files else {})

    def settled(self, lines: Iterable[str]) -> str:
        """Lines as the text of a file, without what differs from run to run; hashes of files, whole or their ends, are
        no words either."""
        text = "".join(f"{line}\n" for line in lines)
        for pattern, word in self.volatile.items():
            text = re.sub(pattern, word, text)
        hashes = set(re.findall(r"\b[0-9a-f]{64}\b", text))
        parts = {rf"{one[:8]}[0-9a-f]*|{one[:4]}…{one[-4:]}" for one in hashes}
        return re.sub("|".join(sorted(parts)), "<hash>", text) if parts else text

    def controls(self, name: str, start: str, offered: Iterable[str], lang: str) -> list[str]:
        """Of the links of a view those that change one control of it: few values all, of many the one in the middle.
        Controls are shown on the first page of a kind."""
        path, query = query_of(start)
        values: dict[str, dict[str, str]] = {}
        for link in (link.partition("#")[0] for link in offered):
            to, asked = query_of(link)
            changed = [key for key in {**query, **asked} if asked.get(key) != query.get(key)]
            if to == path and len(changed) == 1:
                values.setdefault(changed[0], {}).setdefault(asked.get(changed[0], ""), link)
        found = [list(links_.values()) for links_ in values.values()]
        if self.brief or lang != "vi":
            return [links_[-1] for links_ in sorted(found, key=len)[:1]]
        if kind_of(self.plan[name]) in (kind_of(self.plan[other]) for other in takewhile(name.__ne__, self.plan)):
            return []
        return [link for links_ in found for link in (links_ if len(links_) <= FEW else [links_[len(links_) // 2]])]

    def files(self, offered: Iterable[str], lang: str) -> Iterator[str]:
        """The charts and tables to take away, each once: the data, and what the picture of each size says. In English
        the numbers are the same: of the data the heads."""
        seen: dict[str, list[str]] = {}
        for link in offered:
            path, query = query_of(link)
            stem, _, ending = path.rpartition(".")
            size = query.get("co", "")
            key = f"{stem}.{ending}{size}"
            if not path.startswith("/tai-ve/") or ending not in ("csv", "xlsx", "json") or key in seen:
                continue
            if size not in ("", "a4") and (self.brief or lang != "vi"):
                continue
            lines = seen[key] = self.file(link)
            yield f"==== {link}"
            if size and size != "a4":
                lines = differing(lines, seen.get(f"{stem}.jsona4", []))
            if ending == "csv":  # it follows the workbook
                lines = differing(lines, seen.get(f"{stem}.xlsx", []))
            yield from lines

    def around(self, lang: str) -> Iterator[str]:
        """What stands around the pages."""
        home: list[str] = []
        unit = next(link for link in self.plan.values() if link.startswith("/don-vi/"))
        for link in ("/", f"/?nam={self.period}", unit, NOWHERE[0]):
            link, lines = in_language(lang, link), []
            parts = self.view(link)
            for part in ("skip", "header", "ribbon", "navigation", "footer", "drawer"):
                lines += said(parts[part], link)
            yield f"==== {link}"
            yield from differing(lines, home) if home else lines
            home = home or lines

    def lost(self, lang: str) -> Iterator[str]:
        """What a path gives that leads nowhere, and a value that does not exist."""
        for link in (in_language(lang, link) for link in NOWHERE):
            yield from (f"==== {link}", str(self.client.get(link).status_code), *said(self.view(link)["main"], link))
        for link in (in_language(lang, link) for link in UNKNOWN):
            plain_view = said(self.view(link.partition("?")[0])["main"], link.partition("?")[0])
            yield from (f"==== {link}", *differing(said(self.view(link)["main"], link.partition("?")[0]), plain_view))

    def search(self, lang: str) -> Iterator[str]:
        """What the search box offers."""
        for row in self.client.get(f"/search/{lang}/{self.period}.json").json:
            yield " | ".join(map(str, row))

    def open_data(self, lang: str) -> Iterator[str]:
        """The open data: how many rows, the first of them."""
        for name in OPEN_DATA:
            link = f"/tai-ve/du-lieu-mo/{self.period}/{name}.csv"
            lines = self.client.get(link).text.splitlines()
            yield from (f"==== {link}", f"{len(lines)} lines", *lines[: None if name == "dictionary" else FIRST_ROWS])

    def documents(self, lang: str) -> Iterator[str]:
        """PDF documents and a chart as PDF, for which the machine's Chromium draws."""
        units = [link for link in self.plan.values() if re.fullmatch("/don-vi/[^/]+", link)]
        wanted = [f"/tom-tat/{self.period}.pdf", "/xep-hang/district/xep-hang.pdf"]
        wanted += [f"/ho-so/{unit.rpartition('/')[2]}.pdf" for unit in units[: None if lang == "vi" else 1]]
        for link in (f"/tai-ve{LANGUAGES[lang]}{link}" for link in wanted):
            lines = self.file(link)
            assert lines[0] != "503", lines
            yield from (f"==== {link}", *lines)


OTHERS = {
    "_khung": Season.around,
    "_khong-co": Season.lost,
    "_tim": Season.search,
    "_du-lieu-mo": Season.open_data,
    "_pdf": Season.documents,
}
"""Entries that are no page."""


def in_language(lang: str, link: str) -> str:
    """A link to a page in a language."""
    return (LANGUAGES[lang] + link).replace("/en/?", "/en?").removesuffix("/") or "/"


def name_of(link: str) -> str:
    """The name of the file of a view: '/xep-hang/district' → 'xep-hang.district'."""
    path, query = query_of(link)
    return ",".join([path.strip("/").replace("/", ".") or "tong-quan", *query.values()])


def kind_of(link: str) -> tuple[str, ...]:
    """What the views of several units, items or numbers have in common; pages of two blocks are of two kinds."""
    path, query = query_of(link)
    first, *more = path.strip("/").split("/")
    return first, *(part if part in ("department", "district", "mo-phong") else "" for part in more), *query.values()


def other_block(page: str, other: str) -> bool:
    """Whether a link of the header leads to the same page of another block."""
    (path, query), (to, asked) = query_of(page), query_of(other)
    if "khoi" in asked:
        return to == path and asked.keys() - query.keys() == {"khoi"}
    return to != path and path.count("/") > 1 and to.rpartition("/")[0] == path.rpartition("/")[0] and not asked


def write(name: str, folder: Path) -> None:
    """Writes the files of a season anew."""
    season = Season(folder, brief=name != "demo")
    shutil.rmtree(GOLDEN / name, ignore_errors=True)
    for lang in LANGUAGES:
        place = GOLDEN / name / lang
        place.mkdir(parents=True)
        for entry in season.entries(lang):
            for file, text in season.texts(lang, entry).items():
                (place / f"{file}.txt").write_text(text, encoding="utf-8", newline="")


def main() -> None:
    """Makes the seasons and writes their files."""
    from scoring import cli

    with tempfile.TemporaryDirectory() as made:
        for name, arguments in SEASONS.items():
            folder = Path(made) / name
            assert cli.main([*arguments, "--data", str(folder), "-q"]) == 0
            write(name, folder)


if __name__ == "__main__":
    main()
