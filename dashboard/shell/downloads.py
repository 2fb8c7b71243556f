"""The plain links below /tai-ve/: what a reader, a script or a bookmark downloads.

* `/tai-ve[/en]/<path of a page>/<chart>.csv|xlsx|pdf|json?<query of the page>`: data and picture of a chart; `json` is
  the statement that the reader's browser turns into PNG and SVG, `co` its size.
* `/tai-ve[/en]/ho-so/<unit>.pdf?nam=<year>`: the profile of a unit; `/tai-ve[/en]/tom-tat/<year>.pdf`: the year on
  one page.
* `/tai-ve/du-lieu-mo/<period>/<table>.csv|parquet`: result tables; `dictionary.csv` and
  `datapackage.json` say what their columns hold.

Whatever is asked goes through `Site.parse` and the `Ask` of the viewer, as the pages do.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, request

from dashboard.access import Store, StoreUnavailable
from dashboard.access.ask import Ask
from dashboard.access.viewer import viewer_of
from dashboard.address.selection import NotFound, Selection, Site
from dashboard.address.view import View
from dashboard.exhibit.page import Document, Numbers, Paragraph, Section, Sentence, Sentences, Sides, exhibits_of
from dashboard.figures import SIZES
from dashboard.pages.overview import page as overview
from dashboard.pages.overview.rows import read as read_overview
from dashboard.pages.ranking.exhibits import order as ranking_order
from dashboard.render import documents, files, pictures
from dashboard.render.documents import without
from dashboard.render.export import Export
from dashboard.shell import compose
from dashboard.shell.site import opened
from dashboard.words import t
from dashboard.words.formats import LANGUAGES
from dashboard.words.say import capital

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": files.XLSX,
    "pdf": "application/pdf",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def profile(view: View) -> Document:
    """The profile of the unit that the view selects, two to four pages of A4: its page without what is looked up."""
    page = view.sel.route.module.layout(view)
    about = f"{view.name(view.sel.units[view.sel.unit])}, {view.sel.period}"
    return Document(about, view.t("export.profile"), [page.header, *without(page.parts, {"items", "sources", "flags"})])


def summary(view: View) -> Document:
    """The year on one page of A4: what the overview finds, and both rankings side by side, each for itself."""
    page = overview.layout(view)
    sides = []
    parts = read_overview(view)
    for part in parts:
        heading = Section("", f"{capital(part.inside)} · {overview.counted(part)}", [])
        titles = [one for one in exhibits_of(page) if one.called.endswith(f"-{part.code}")]
        said = Sentences([Sentence(one.headline) for one in titles])
        numbers = Numbers(overview.numbers(part)) if part.block.ranked or not part.whole else None
        sides.append([heading, numbers, said, ranking_order(part.view, part.block)])
    found = [part for part in page.parts if isinstance(part, Sentences)]
    note = Paragraph(view.t("ranking.note.interval")) if any(part.whole for part in parts) else None
    title = f"{view.t('export.summary')} {view.sel.period}"
    return Document(title, view.t("export.summary"), [page.header, *found, Sides(sides), note])


DOCUMENTS: dict[str, Callable[[View], Document]] = {"ho-so": profile, "tom-tat": summary}
"""Name in the path below /tai-ve/ → what makes the document."""


class Refused(Exception):
    """There is no such file. `key` is the sentence for the reader, `status` that of HTTP."""

    def __init__(self, key: str, status: int = 404, **values: Any):
        super().__init__(key)
        self.key, self.status, self.values = key, status, values


def register(server: Flask, store: Store) -> None:
    """Adds the links to a server."""

    @server.get("/tai-ve/<path:asked>")
    def download(asked: str) -> Response:
        lang, parts = LANGUAGES[0], asked.split("/")
        if parts[0] in LANGUAGES[1:]:
            lang, parts = parts[0], parts[1:]
        name, _, ending = (parts[-1] if parts else "").rpartition(".")
        try:
            if not name or ending not in TYPES:
                raise Refused("export.unknown", endings=", ".join(TYPES))
            # File name and body come from the same generation.
            with opened(store, viewer_of(request)) as (site, ask):
                if parts[0] == "du-lieu-mo":
                    return _open_data(site, ask, parts[1:-1], name, ending)
                if parts[0] in DOCUMENTS:
                    return _document(site, ask, lang, parts[0], name, ending)
                return _chart(site, ask, lang, parts[:-1], name, ending)
        except Refused as refused:
            return _sentence(lang, refused.status, refused.key, **refused.values)
        except StoreUnavailable as problem:
            return _sentence(lang, 503, f"store.{problem.reason}.text")
        except pictures.NoBrowser:
            return _sentence(lang, 503, "export.no_browser")
        except (pictures.CannotDraw, documents.CannotSet):
            return _sentence(lang, 500, "state.callback.text", ticket=compose.ticket())


def chart(site: Site, ask: Ask, pathname: str, search: str, name: str) -> Export:
    """The chart of that name on the page of a URL. Raises Refused."""
    frame = compose.view_of(site, ask, pathname, search)
    if frame.status != 200:
        raise Refused("export.unknown_page", frame.status)
    found = next((chart for chart in frame.exports if chart.name == name), None)
    if found is None:
        raise Refused("export.unknown_chart", name=name, known=", ".join(chart.name for chart in frame.exports) or "–")
    return found


def _chart(site: Site, ask: Ask, lang: str, path: list[str], name: str, ending: str) -> Response:
    prefix = "" if lang == LANGUAGES[0] else f"/{lang}"
    pathname = "/".join([prefix, *path]) or "/"
    size = request.args.get("co", "a4")
    if size not in SIZES:
        raise Refused("export.unknown_size", sizes=", ".join(SIZES), value=size)
    found = chart(site, ask, pathname, f"?{request.query_string.decode()}", name)
    if ending in ("csv", "xlsx"):
        if found.sheet() is None:
            raise Refused("export.no_data")
        body = files.to_csv(found.sheet()) if ending == "csv" else files.to_xlsx(found)
        return _file(body, ending, found.file(ending))
    if found.picture is None or ending == "parquet":
        raise Refused("export.no_picture")
    statement = found.statement(size)
    if ending == "pdf":
        return _file(pictures.render(statement, "pdf"), ending, found.file(ending, size))
    layout = statement["layout"]
    told = {**statement, "scale": layout["meta"]["scale"], "name": found.file("", size).removesuffix(".")}
    return Response(json.dumps(told, default=float, ensure_ascii=False), mimetype=TYPES["json"], headers=PRIVATE)


def _document(site: Site, ask: Ask, lang: str, kind: str, name: str, ending: str) -> Response:
    """A document about a unit or a year."""
    if ending != "pdf":
        raise Refused("export.unknown", endings="pdf")
    prefix = "" if lang == LANGUAGES[0] else f"/{lang}"
    try:
        if kind == "ho-so":
            sel = site.parse(f"{prefix}/don-vi/{name}", f"?nam={request.args.get('nam', '')}")
        elif name in site.periods:
            sel = site.parse(prefix or "/", f"?nam={name}")
        else:
            raise Refused("export.unknown_period", value=name, known=", ".join(site.periods))
    except NotFound as lost:
        raise Refused(f"lost.{lost.kind}.text", value=lost.value, period=lost.selection.period, block="") from None
    view = View(sel, ask)
    return _file(documents.pdf(view, DOCUMENTS[kind](view)), "pdf", documents.file(view, kind))


def _open_data(site: Site, ask: Ask, path: list[str], name: str, ending: str) -> Response:
    if len(path) != 1 or path[0] not in site.periods:
        raise Refused("export.unknown_period", value="/".join(path), known=", ".join(site.periods))
    if ending == "csv" and name == "dictionary":
        return _file(files.dictionary(), ending, "cchc_dictionary.csv")
    if ending == "json" and name == "datapackage":
        return _file(ask.result_description(path[0]), ending, f"cchc_{path[0]}_datapackage.json")
    if name not in files.RESULTS or ending not in ("csv", "parquet"):
        known = ", ".join(f"{table}.csv, {table}.parquet" for table in files.RESULTS)
        raise Refused("export.unknown_table", known=f"{known}, dictionary.csv, datapackage.json")
    body = ask.result_file(path[0], name, ending)
    generation = site.meta.get("generation", "")
    return _file(body, ending, f"cchc_{path[0]}_{name.replace('_', '-')}_ban{generation}.{ending}")


PRIVATE = {"Cache-Control": "private, no-cache"}


def _file(body: bytes, ending: str, name: str) -> Response:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace('"', "")
    named = f'attachment; filename="{plain}"'
    if plain != name:
        named += f"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": named, **PRIVATE}
    return Response(body, content_type=TYPES[ending], headers=headers)


def _sentence(lang: str, status: int, key: str, **values: Any) -> Response:
    """A page of one sentence, where there is no file."""
    title, text, home = t("export.no_file", lang), t(key, lang, **values), t("lost.home", lang)
    page = (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><main><h1>{escape(title)}</h1><p>{escape(text)}</p>'
        f'<p><a href="{"/" if lang == LANGUAGES[0] else f"/{lang}"}">{escape(home)}</a></p></main></html>'
    )
    return Response(page, status, mimetype="text/html", headers={"Cache-Control": "no-store"})


def standing(site: Site, ask: Ask, lang: str, period: str, groups: Iterable[str]) -> list[Export]:
    """The charts that are given out as a set: those of every page at its default view in each block, and of the
    further views that the page names; each file once."""
    found: dict[str, Export] = {}
    for group in groups:
        for route in site.routes:
            default = Selection(site, route, lang, period, group)
            for wanted in getattr(route.module, "standing", lambda sel: (sel,))(default):
                try:
                    sel = site.parse(*wanted.href().partition("?")[::2])
                except NotFound:
                    continue
                if sel.route.key != route.key:  # a page about something that the path has to name
                    continue
                for chart in compose.exports_of(View(sel, ask)):
                    if chart.picture and chart.view.sel.unit_group in groups:
                        found.setdefault(chart.file(""), chart)
    return list(found.values())
