"""Component trees and files as lines of text, the way the golden files of the pages (golden.py) hold them."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qsl

import numpy
import openpyxl
import pypdf

INLINE = {"A", "Abbr", "B", "Br", "Button", "Code", "Em", "I", "Img", "Label", "Small", "Span", "Strong", "Sub", "Sup"}
MARKS = {"H1": "# ", "H2": "## ", "H3": "### ", "H4": "#### ", "Li": "- ", "Caption": "= ", "Summary": "▸ ", "Dt": "· "}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
STATES = ("aria-current", "aria-checked", "aria-expanded", "aria-disabled", "open", "hidden")


def said(tree: Any, here: str = "") -> list[str]:
    """The lines of a component tree as it is sent: one a block element, one a row of a table. `here` is its link."""
    text = Text(here, {link.partition("#")[2] for link in links(tree)})
    text.walk(tree)
    text.end()
    return text.done


class Text:
    """Lines being written. Links to the same view with other values are written as those values, so that a control
    reads the same in every view; ids are, where a link leads to them."""

    def __init__(self, here: str, anchors: set[str]):
        self.here, self.anchors = here, anchors
        self.done: list[str] = []
        self.line = ""
        self.drawn: list[str] = []  # the last figure

    def end(self) -> None:
        if text := re.sub(r"[ \t\n]+", " ", self.line).strip():
            self.done.append(text)
        self.line = ""

    def add(self, text: str) -> None:
        apart = self.line and text and self.line[-1].isalnum() and text[0].isalnum()
        self.line += (" " if apart else "") + text

    def walk(self, node: Any) -> None:
        if isinstance(node, list):
            for part in node:
                self.walk(part)
        elif isinstance(node, dict):
            self.element(node["type"], node["props"])
        elif node is not None and not isinstance(node, bool):
            self.add(str(node))

    def element(self, kind: str, props: dict[str, Any]) -> None:
        block = kind not in INLINE
        if block:
            self.end()
        if own := OTHER.get(kind):
            self.done += own(self, props)
            return
        if props.get("aria-label"):
            self.add(f"[{props['aria-label']}]")
            if block:
                self.end()
        if block and (told := self.about(kind, props, "")):
            self.add(f"{told} ")
        self.add(MARKS.get(kind, ""))
        before = len(self.line)
        self.walk(props.get("children"))
        if block:
            self.end()
        elif told := self.about(kind, props, self.line[before:].strip()):
            self.add(f" {told}")

    def about(self, kind: str, props: dict[str, Any], text: str) -> str:
        """What an element tells beside its text: alternative, title, where it leads, its state, language, anchor."""
        told = [f"<{self.way(link)}>" for link in own_links(props)]
        if kind == "Img":
            told.append(f"[{props.get('alt')} {props.get('width')}×{props.get('height')}]")
        elif (title := props.get("title")) and not (text and text in title):
            told.append(f"({title})")
        told += [f"~{name.removeprefix('aria-')} {props[name]}" for name in STATES if props.get(name)]
        told += [f"~{props['lang']}"] if props.get("lang") else []
        told += [f"#{props['id']}"] if props.get("id") in self.anchors else []
        return " ".join(told)

    def way(self, link: str) -> str:
        """Where a link leads; within the page, and to its files, only what is changed."""
        (path, query), (to, asked) = query_of(self.here), query_of(link)
        place = "/" + link.partition("#")[2] if "#" in link else ""
        folder, _, name = to.removeprefix("/tai-ve").rpartition("/")
        if to.startswith("/tai-ve") and folder == path:
            to = name
        elif to != path or not self.here or link.startswith("#"):
            return link.replace("/nguon-goc/", ":")
        else:
            to = ""
        changed = [f"{key}={asked.get(key, '')}" for key in {**asked, **query} if asked.get(key) != query.get(key)]
        return " ".join(filter(None, (to, *changed, place))) or "."

    # Elements with lines of their own

    def row(self, props: dict[str, Any]) -> list[str]:
        """A row of a table; a cell that spans several columns stands in the first."""
        children, kept, cells = props.get("children"), self.done, []
        for cell in children if isinstance(children, list) else [children]:
            if cell:
                self.done = []
                self.add(f"{self.about('', cell['props'], '')} ")
                self.walk(cell["props"].get("children"))
                self.end()
                cells += [" / ".join(self.done), *[""] * (int(cell["props"].get("colSpan") or 1) - 1)]
        self.done = kept
        about = self.about("", props, "")
        return [" | ".join([*([about] if about else []), *cells])]

    def select(self, props: dict[str, Any]) -> list[str]:
        options, value = props.get("options") or [], props.get("value")
        return [f"  {'*' if o['value'] == value else '-'} {o['label']} <{self.way(o['value'])}>" for o in options]

    def input(self, props: dict[str, Any]) -> list[str]:
        return [f"input: {props.get('placeholder') or ''} = {props.get('value') or ''}"]

    def grid(self, props: dict[str, Any]) -> list[str]:
        """An AG Grid: heads with what they lead to, then the rows."""
        heads: list[str] = []

        def head(column: dict[str, Any], depth: int) -> None:
            told = [column.get("headerName"), column.get("headerTooltip"), column.get("sort")]
            told += strings([column.get("headerComponentParams"), column.get("cellRendererParams")])
            shown = dict.fromkeys(self.way(part) if part.startswith("/") else part for part in told if part)
            heads.append(f"{'  ' * depth}column: " + " | ".join(shown))
            for below in column.get("children") or ():
                head(below, depth + 1)

        for column in props.get("columnDefs") or ():
            head(column, 0)
        rows = [*(props.get("rowData") or ()), *((props.get("dashGridOptions") or {}).get("pinnedBottomRowData") or ())]

        def cell(value: Any) -> str:
            return self.way(value) if isinstance(value, str) and value.startswith("/") else short(value)

        told = [
            [f"{key}={cell(value)}" for key, value in row.items() if value not in (None, "", False)] for row in rows
        ]
        return heads + [f"row: {' | '.join(cells)}" for cells in told]

    def graph(self, props: dict[str, Any]) -> list[str]:
        """A figure; one laid out anew for a telephone as the difference."""
        figure, last = as_lines(props.get("figure") or {}), self.drawn
        self.drawn = figure
        alike = 2 * len(set(figure) & set(last)) >= len(figure)
        return ["the figure laid out anew:", *differing(figure, last)] if alike else figure


OTHER: dict[str, Callable[[Text, dict[str, Any]], list[str]]] = {
    "Tr": Text.row,
    "Select": Text.select,
    "Dropdown": Text.select,
    "Input": Text.input,
    "AgGrid": Text.grid,
    "Graph": Text.graph,
}


def links(tree: Any) -> list[str]:
    """Every link of a tree, those of lists too."""
    if isinstance(tree, list):
        return [link for part in tree for link in links(part)]
    if not isinstance(tree, dict) or "props" not in tree:
        return []
    props = tree["props"]
    listed = [option["value"] for option in props.get("options") or [] if isinstance(option, dict)]
    return own_links(props) + listed + links(props.get("children"))


def own_links(props: dict[str, Any]) -> list[str]:
    found = [props["href"]] if isinstance(props.get("href"), str) else []
    told = {key: value for key, value in props.items() if key.startswith("data-") and key != "data-here"}
    return found + [value for value in told.values() if isinstance(value, str) and value.startswith("/")]


@cache
def query_of(link: str) -> tuple[str, dict[str, str]]:
    """Path and query of a link."""
    path, _, query = link.partition("#")[0].partition("?")
    return path.rstrip("/"), dict(parse_qsl(query))


def as_lines(figure: dict[str, Any]) -> list[str]:
    """A figure: each trace with a line a point, or one for all where points say nothing; axes, annotations, shapes."""
    done = []
    for trace in figure.get("data") or ():
        told = " ".join(filter(None, (trace.get(key) for key in ("type", "mode", "name", "hovertemplate"))))
        arrays = {name: plain(value) for name, value in trace.items() if name not in ("colorscale", "textposition")}
        for name in ("error_x", "error_y"):
            arrays |= {f"{name}.{key}": plain(value) for key, value in (trace.get(name) or {}).items()}
        columns = {name: [short(part) for part in array] for name, array in arrays.items() if isinstance(array, list)}
        done.append(f"trace: {told} ({', '.join(columns)})")
        if columns.keys() & {"text", "hovertext", "customdata"}:
            done += ["  " + " | ".join(point) for point in zip_longest(*columns.values(), fillvalue="")]
        else:
            done += [f"  {' '.join(column)}" for column in columns.values()]
    layout = figure.get("layout") or {}
    for name, axis in layout.items():
        if re.fullmatch(r"[xy]axis\d*", name):
            title = axis["title"].get("text") if isinstance(axis.get("title"), dict) else axis.get("title")
            done.append(f"{name}: {title or ''} {short(axis.get('range'))} ({' | '.join(axis.get('ticktext') or ())})")
    for note in layout.get("annotations") or ():
        done.append(f"note: {short(note.get('text'))} | {short(note.get('x'))} | {short(note.get('y'))}")
    ends = [" ".join(short(shape.get(key)) for key in ("x0", "x1", "y0", "y1")) for shape in layout.get("shapes") or ()]
    return done + ([f"shapes: {'; '.join(ends)}"] if ends else [])


def plain(value: Any) -> Any:
    """An array of a figure as a list, however it is sent."""
    if isinstance(value, dict) and "bdata" in value:
        array = numpy.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
        return array.reshape([int(n) for n in str(value.get("shape", -1)).split(",")]).tolist()
    return value


def short(value: Any) -> str:
    """A value of a figure, a grid or a sheet: at most nine digits, no markup."""
    if isinstance(value, float):
        return f"{value:.9g}"
    if isinstance(value, dict):
        return " ".join(f"{key}:{short(part)}" for key, part in value.items())
    if isinstance(value, list):
        return " ".join(map(short, value))
    return "–" if value is None else re.sub("<br>", " / ", re.sub("</?(b|span)( [^>]*)?>", "", str(value)))


def strings(tree: Any) -> list[str]:
    """All strings of a JSON value, in order."""
    if isinstance(tree, str):
        return [tree] if tree else []
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [text for part in parts for text in strings(part)]


def differing(lines: list[str], known: list[str]) -> list[str]:
    """The lines that are not in `known` at their place; '…' for those that are, '−3' for three that are gone."""
    done = []
    for kind, a, b, c, d in SequenceMatcher(None, known, lines, autojunk=False).get_opcodes():
        done += ["…"] if kind == "equal" else ([f"−{b - a}"] if b > a else []) + lines[c:d]
    return done


# Files


def from_csv(body: bytes) -> list[str]:
    """The rows, numbers as in a workbook; then how many decimals the numbers of each column have at most."""
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    done, decimals = [], {}
    for row in rows:
        for at, cell in enumerate(row):
            if NUMBER.fullmatch(cell):
                row[at] = short(float(cell))
                decimals[at] = max(decimals.get(at, 0), len(cell.partition(".")[2]))
        done.append(" | ".join(row))
    return [*done, "decimals: " + ", ".join(f"{rows[0][at]} {n}" for at, n in sorted(decimals.items()))]


def from_xlsx(body: bytes) -> list[str]:
    """The cells of each sheet; a number that is stored as text is written so; then the formats of its columns."""
    done = []
    for sheet in openpyxl.load_workbook(io.BytesIO(body)):
        done.append(f"sheet: {sheet.title}, frozen {sheet.freeze_panes}, filter {sheet.auto_filter.ref}")
        formats: dict[str, dict[str, None]] = {}
        for row in sheet.iter_rows():
            cells = []
            for cell in row:
                number = cell.data_type == "s" and NUMBER.fullmatch(cell.value)
                cells.append("" if cell.value is None else f"'{cell.value}" if number else short(cell.value))
                if cell.value is not None and cell.row > 1:
                    form = f"{cell.data_type} {cell.number_format}".replace("s General", "").replace("s @", "text")
                    formats.setdefault(cell.column_letter, {})[form] = None
            done.append(" | ".join(cells))
        told = [f"{column} {', '.join(forms)}" for column, forms in formats.items() if forms.keys() != {""}]
        done += [f"formats: {'; '.join(told)}"] if told else []
    return done


def from_picture(body: bytes) -> list[str]:
    """The size in pixels, the name and what is written in a picture that the browser draws."""
    statement = json.loads(body)
    layout, scale = statement["layout"], statement.get("scale") or 1
    written = [part for trace in statement["data"] for part in strings([trace.get("text"), trace.get("name")])]
    for key, part in layout.items():
        if key in ("title", "annotations") or re.fullmatch(r"[xy]axis\d*", key):
            for one in part if isinstance(part, list) else [part]:
                texts = strings([one.get("text"), one.get("ticktext")] if isinstance(one, dict) else one)
                written += [" | ".join(texts)] if texts else []
    size = f"{round(layout['width'] * scale)}×{round(layout['height'] * scale)}"
    return [f"{size} {statement.get('name')}", *map(short, written)]


def from_pdf(body: bytes) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    text = "\n".join(page.extract_text() for page in pages)
    text = "".join(char if char.isprintable() or char == "\n" else "�" for char in text)  # a glyph without a letter
    return [f"{len(pages)} pages", *filter(str.strip, text.split("\n"))]


FROM = {"csv": from_csv, "xlsx": from_xlsx, "json": from_picture, "pdf": from_pdf}
