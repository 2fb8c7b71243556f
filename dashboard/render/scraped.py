"""Documents in PDF, set with Typst from what the pages say: the profile of a unit, the summary of a year.

A document is drawn from the layout of its page, so it says the same words and shows the same charts; parts that only
make sense on a screen are left out. Texts reach Typst as data, never as markup. PDF are tagged, carry their fonts,
and are the same bytes for the same data.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.address.view import View
from dashboard.figures import MARKS
from dashboard.pages.ranking import rows as standings
from dashboard.render import pictures
from dashboard.render.charts import Chart, charts_of, components, words
from dashboard.render.documents import CannotSet
from dashboard.render.export import dataset, marks
from dashboard.words import formats

TEMPLATE = Path(__file__).with_name("document.typ")
MOST_ROWS = 14  # of a table in print; the rest is on the page
SCREEN_ONLY = {
    "toolbar",
    "actions",
    "on-this-page",
    "more",
    "frame-foot",
    "table-twin",
    "graph-narrow",
    "narrow-only",
    "on-page",
}


def summary(view: View) -> bytes:
    """The year on one page of A4: what the overview finds, and both rankings side by side, each for itself."""
    sel, site = view.sel, view.site
    page = sel.route.module.layout(view)
    parts = list(blocks([part for part in components(page) if _is(part, "page-header")]))
    said = [_sentence(part) for part in components(page) if _is(part, "key-sentence")]
    numbers = [part for part in components(page) if _is(part, "block-numbers")]
    charts = charts_of(page)
    groups = site.groups_of(sel.period)
    sides = []
    for at, group in enumerate(groups):
        mine = [chart.title for chart in charts if chart.name.endswith(f"-{group}")]
        head, *large = numbers[at].children if at < len(numbers) else [view.block("full", group)]
        side = [{"kind": "heading", "text": words(head), "lead": ""}]
        side += [{**one, "dense": True} for one in blocks(large)]
        side.append({"kind": "findings", "items": [[title, ""] for title in mine]})
        sides.append([*side, _order(replace(view, sel=sel.change(unit_group=group)))])
    parts += [{"kind": "findings", "items": said}, {"kind": "sides", "sides": sides}]
    parts.append({"kind": "text", "text": view.t("ranking.note.interval")})
    return _set(view, f"{view.t('export.summary')} {sel.period}", view.t("export.summary"), iter(parts))


def _order(view: View) -> dict[str, Any]:
    """The units of a block by rank."""
    lang, season = view.lang, view.sel.season
    block = standings.read(view)
    places = season.get("decimals") or 2
    heads = [view.t(f"ranking.column.{key}") for key in ("hang", "don-vi", "chi-so", "thay-doi", "khoang-hang")]
    rows = [
        [
            formats.rank(line.rank, tied=line.tied),
            line.name,
            formats.points(line.index, lang, places),
            formats.signed(line.change, lang, places),
            formats.interval(line.rank_low, line.rank_high, lang),
        ]
        for line in block.lines
    ]
    plain = {"kind": "table", "title": "", "subtitle": "", "note": "", "dense": True}
    num = [True, False, True, True, True]
    return {**plain, "heads": heads, "num": num, "rows": rows, "widths": [5, 22, 8, 8, 8]}


def _is(part: Any, name: str) -> bool:
    return name in (getattr(part, "className", None) or "").split()


def _sentence(part: Any) -> list[str]:
    text, note, *_ = part.children
    return [words(text), words(note)]


KINDS: dict[str, Callable[[View], bytes]] = {"tom-tat": summary}
"""Name in the path below /tai-ve/ → document."""


def blocks(layout: Any, left_out: set[str] = frozenset()) -> Iterator[dict[str, Any]]:
    """The parts of a page as a document has them, from top to bottom; sections with an id of `left_out` are not."""
    if isinstance(layout, list | tuple):
        for part in layout:
            yield from blocks(part, left_out)
        return
    if not hasattr(layout, "_prop_names") or getattr(layout, "id", None) in left_out:
        return
    classes = set((getattr(layout, "className", None) or "").split())
    if classes & SCREEN_ONLY or layout._type in ("Nav", "Details"):
        return
    inside = getattr(layout, "children", None)
    if "page-header" in classes:
        trail, title, lead, *_ = inside
        above = " · ".join(words(item).strip() for item in trail.children.children) if trail else ""
        yield {"kind": "title", "above": above, "text": words(title), "lead": words(lead)}
    elif "four-numbers" in classes:
        yield {"kind": "numbers", "items": [_number(item) for item in inside]}
    elif "short-list" in classes:
        yield {"kind": "lists", "lists": [_short_list(layout)]}
    elif "columns" in classes and all("short-list" in (getattr(p, "className", "") or "") for p in inside):
        yield {"kind": "lists", "lists": [_short_list(part) for part in inside]}
    elif isinstance(chart := getattr(layout, "chart", None), Chart):
        yield from _of_chart(chart)
    elif "section" in classes:
        title, lead, *rest = inside
        found = list(blocks(rest, left_out))
        if found:
            yield {"kind": "heading", "text": words(title), "lead": words(lead)}
            yield from found
    elif "state" in classes or "key-sentence" in classes:
        yield {"kind": "text", "text": " ".join(words(part).strip() for part in inside if part)}
    else:
        yield from blocks(inside, left_out)


def _number(item: Any) -> dict[str, str]:
    term, value = item.children
    number, note = value.children
    shown, of = number.children
    return {"label": words(term), "value": words(shown), "of": words(of), "note": words(note).strip()}


def _short_list(part: Any) -> dict[str, Any]:
    title, body, rule = part.children
    items = []
    if body._type == "Ul":
        items = [[words(cell).strip() for cell in entry.children] for entry in body.children]
    none = "" if items else words(body)
    return {"title": words(title), "items": items, "none": none, "rule": words(rule)}


def _of_chart(chart: Chart) -> Iterator[dict[str, Any]]:
    said = {"title": chart.title, "subtitle": chart.subtitle, "note": chart.note}
    if chart.picture is not None:
        figure = chart.picture("a4") if callable(chart.picture) else chart.picture
        layout = figure["layout"]
        key = [[*MARKS[mark], text] for mark, text in layout["meta"].get("key") or []]
        # Without a ground of its own, so that the marks across the page are whole.
        picture = {**figure, "layout": {**layout, "width": layout["meta"]["width"], "paper_bgcolor": "rgba(0,0,0,0)"}}
        alt = f"{chart.title}. {chart.subtitle}"
        yield {"kind": "chart", **said, "figure": picture, "width": layout["meta"]["width"], "key": key, "alt": alt}
    elif chart.table:
        heads, rows = chart.table
        cells = [[" ".join(words(cell).split()) for cell in row.cells] for row in rows]
        used = [at for at in range(len(heads)) if any(line[at] for line in cells)]
        shown = [[line[at] for at in used] for line in cells[:MOST_ROWS]]
        if len(cells) > MOST_ROWS:
            said["note"] += " " + chart.view.t("export.more_rows", n=len(cells) - MOST_ROWS)
        yield {
            "kind": "table",
            **said,
            "heads": [words(heads[at].label).strip() for at in used],
            "num": [heads[at].num for at in used],
            "rows": shown,
            "widths": _widths([[words(heads[at].label).strip() for at in used], *shown]),
        }


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Shares of the width by what the columns hold; long texts wrap."""
    return [min(40, max(5, *(len(row[at]) for row in rows))) ** 0.8 for at in range(len(rows[0]))]


def _set(view: View, title: str, description: str, parts: Iterator[dict[str, Any]]) -> bytes:
    import typst

    source = view.t("export.source", period=view.sel.period) + " " + view.t("export.dataset", **dataset(view))
    told = {
        "title": title,
        "description": description,
        "author": view.t("frame.source"),
        "lang": view.lang,
        "mark": " · ".join(marks(view)),
        "source": source,
        "blocks": list(parts),
    }
    with tempfile.TemporaryDirectory(prefix="cchc-") as place:
        folder = Path(place)
        for at, part in enumerate(told["blocks"]):
            if part["kind"] == "chart":
                part["image"] = f"{at}.svg"
                (folder / part["image"]).write_bytes(pictures.render(part.pop("figure"), "svg", fonts=False))
        (folder / "data.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        (folder / "document.typ").write_bytes(TEMPLATE.read_bytes())
        try:
            return typst.compile(
                str(folder / "document.typ"),
                root=place,
                font_paths=[str(pictures.FONTS / "ttf")],
                ignore_system_fonts=True,
            )
        except typst.TypstError as error:
            raise CannotSet(str(error)) from error
