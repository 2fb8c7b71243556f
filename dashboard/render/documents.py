"""Documents in PDF, set with Typst from the parts of a page.

A document says the same words and shows the same charts as the page it is about; what only a screen has is left out,
and every table is whole. Texts reach Typst as data, never as markup. PDF are tagged, carry their fonts, and are the
same bytes for the same data.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dashboard.address.view import View
from dashboard.exhibit import page as said
from dashboard.exhibit.page import Document, Exhibit, Part
from dashboard.exhibit.table import Table
from dashboard.exhibit.text import Text, plain
from dashboard.figures import MARKS
from dashboard.render import pictures
from dashboard.render.export import Export, dataset, marks, version

TEMPLATE = Path(__file__).with_name("document.typ")

Block = dict[str, Any]


class CannotSet(Exception):
    """Typst refused; the message is for the log."""


def pdf(view: View, document: Document) -> bytes:
    """The document on pages of A4. Raises CannotSet, and what `pictures.render` raises."""
    import typst

    source = view.t("export.source", period=view.sel.period) + " " + view.t("export.dataset", **dataset(view))
    told = {
        "title": document.title,
        "description": document.about,
        "author": view.t("frame.source"),
        "lang": view.lang,
        "mark": " · ".join(marks(view)),
        "source": source,
        "blocks": list(blocks(view, document.parts)),
    }
    with tempfile.TemporaryDirectory(prefix="cchc-") as place:
        folder = Path(place)
        for at, block in enumerate(told["blocks"]):
            if block["kind"] == "chart":
                block["image"] = f"{at}.svg"
                (folder / block["image"]).write_bytes(pictures.render(block.pop("figure"), "svg", fonts=False))
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


def file(view: View, kind: str) -> str:
    """'cchc_2020_district_ho-so-quan-cau-giay_ban12.pdf'."""
    sel = view.sel
    about = "-".join(filter(None, (kind, sel.unit)))
    block, lang = sel.unit_group if sel.unit else "", "" if view.lang == "vi" else view.lang
    return "_".join(filter(None, ["cchc", sel.period, block, about, version(view), lang])) + ".pdf"


def without(parts: Part, left_out: set[str]) -> list[Part]:
    """Parts without the sections whose id is named."""
    return [part for part in parts if getattr(part, "id", None) not in left_out]


def blocks(view: View, part: Part) -> Iterator[Block]:
    """The parts as the template takes them, from top to bottom."""
    if isinstance(part, list | tuple):
        for one in part:
            yield from blocks(view, one)
    elif part is not None and not isinstance(part, said.Screen):
        yield from SET[type(part)](view, part)


def _words(text: Text) -> str:
    return " ".join(plain(text).split())


def _header(view: View, part: said.Header) -> Iterator[Block]:
    above = " · ".join(label for label, _ in part.breadcrumb)
    yield {"kind": "title", "above": above, "text": _words(part.title), "lead": _words(part.lead)}


def _section(view: View, part: said.Section) -> Iterator[Block]:
    found = list(blocks(view, part.parts))
    if found or not part.parts:
        yield {"kind": "heading", "text": _words(part.title), "lead": _words(part.lead)}
        yield from found


def _inside(view: View, part: Any) -> Iterator[Block]:
    yield from blocks(view, part.parts)


def _columns(view: View, part: said.Columns) -> Iterator[Block]:
    if part.parts and all(isinstance(one, said.ShortList) for one in part.parts):
        yield {"kind": "lists", "lists": [_list(one) for one in part.parts]}
    else:
        yield from blocks(view, part.parts)


def _list(part: said.ShortList) -> dict[str, Any]:
    items = [[_words(name), _words(more)] for name, more in part.items]
    none = "" if items else _words(part.none)
    return {"title": _words(part.title), "items": items, "none": none, "rule": _words(part.rule)}


def _short_list(view: View, part: said.ShortList) -> Iterator[Block]:
    yield {"kind": "lists", "lists": [_list(part)]}


def _numbers(view: View, part: said.Numbers) -> Iterator[Block]:
    items = [
        {"label": _words(one.label), "value": one.value, "of": one.of, "note": _words(one.note)} for one in part.items
    ]
    yield {"kind": "numbers", "items": items}


def _sentences(view: View, part: said.Sentences) -> Iterator[Block]:
    yield {"kind": "findings", "items": [[_words(one.text), _words(one.note)] for one in part.items]}


def _notice(view: View, part: said.Notice) -> Iterator[Block]:
    values = {"period": view.sel.period, **part.values}
    title = _words(part.title) or view.t(f"state.{part.kind}.title")
    text = view.t(f"state.{part.kind}.text", **values) if part.text is None else _words(part.text)
    yield {"kind": "text", "text": f"{title} {text}".strip()}


def _paragraph(view: View, part: said.Paragraph) -> Iterator[Block]:
    if text := _words(part.text):
        yield {"kind": "text", "text": text}


def _facts(view: View, part: said.Facts) -> Iterator[Block]:
    yield {"kind": "findings", "items": [[_words(term), _words(value)] for term, value in part.pairs]}


def _sides(view: View, part: said.Sides) -> Iterator[Block]:
    sides = [[{**block, "dense": True} for block in blocks(view, side)] for side in part.sides]
    yield {"kind": "sides", "sides": sides}


def _exhibit(view: View, part: Exhibit) -> Iterator[Block]:
    export = Export.of(view, part)
    told = {"title": export.title, "subtitle": export.subtitle, "note": export.note}
    if export.picture is not None:
        figure = export.picture("a4")
        layout = figure["layout"]
        key = [[*MARKS[mark], text] for mark, text in layout["meta"].get("key") or []]
        # Without a ground of its own, so that the marks across the page are whole.
        clear = {**layout, "width": layout["meta"]["width"], "paper_bgcolor": "rgba(0,0,0,0)"}
        alt = f"{told['title']}. {told['subtitle']}"
        yield {
            "kind": "chart",
            **told,
            "figure": {**figure, "layout": clear},
            "width": clear["width"],
            "key": key,
            "alt": alt,
        }
    elif part.kept is not None:
        yield from _rows(view, part.kept, told)
    else:
        yield from blocks(view, part.body)


def _table(view: View, part: Table) -> Iterator[Block]:
    yield from _rows(view, part, {"title": "", "subtitle": "", "note": ""})


def _rows(view: View, table: Table, told: dict[str, str]) -> Iterator[Block]:
    columns = table.on("file")
    cells = [[" ".join(column.text(row, view.lang).split()) for column in columns] for row in table.rows]
    used = [at for at in range(len(columns)) if any(line[at] for line in cells)]
    heads, rows = [_words(columns[at].head) for at in used], [[line[at] for at in used] for line in cells]
    if rows:
        num = [columns[at].measure.num for at in used]
        yield {"kind": "table", **told, "heads": heads, "num": num, "rows": rows, "widths": _widths([heads, *rows])}


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Shares of the width by what the columns hold; long texts wrap."""
    return [min(40, max(5, *(len(row[at]) for row in rows))) ** 0.8 for at in range(len(rows[0]))]


SET: dict[type, Callable[[View, Any], Iterator[Block]]] = {
    Exhibit: _exhibit,
    Table: _table,
    said.Header: _header,
    said.Section: _section,
    said.Columns: _columns,
    said.Group: _inside,
    said.Fold: _inside,
    said.Numbers: _numbers,
    said.Sentences: _sentences,
    said.ShortList: _short_list,
    said.Notice: _notice,
    said.Paragraph: _paragraph,
    said.Facts: _facts,
    said.Sides: _sides,
    said.Drawing: lambda view, part: iter(()),
}
"""How each part of a page is set."""
