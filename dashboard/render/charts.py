"""A chart or table as it stands outside its page: a function of generation, viewer, language and selection alone.

`components.frame` makes a `Chart` of everything it shows, and the layout of a page is drawn from its `View`; so the
charts of a view are found by drawing it (`charts_of`), and what is downloaded cannot differ from what is read.
A page does nothing for it, but may say more to `frame`:

* `name`: what the chart is called in links and file names (default: the id of the frame);
* `picture`: the figure for pictures where the page shows none, or another for each size (a function of the size);
  it must not ask the store, which is closed by then. `picture=False`: only the data are offered;
* `data`: exact columns in place of those read off the table twin (`Sheet`);
* `said`: 'title', 'subtitle', 'note' or 'source' of pictures and files where the page's own do not suit them.

A page whose default view is not all that should stand in the announcement offers `standing(sel)`, further selections.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.address.view import View
from dashboard.figures import Figure, statement
from dashboard.render.export import Series, Sheet, marks, sources, version
from dashboard.words import formats


@dataclass(frozen=True)
class Chart:
    """What a frame shows, with all it needs to stand alone. `table`: heads and rows as given to `data_table`;
    `published`: its numbers are those of decisions, so no mark of the season in the store belongs to them."""

    name: str
    view: View
    title: str
    subtitle: str = ""
    note: str = ""
    source: str = ""
    picture: Figure | Callable[[str], Figure] | None = None
    table: tuple[Sequence[Any], Sequence[Any]] | None = None
    data: Sheet | None = None
    published: bool = False

    @property
    def marks(self) -> list[str]:
        """What picture and file must say of the data."""
        return [] if self.published else marks(self.view)

    def link(self, ending: str, **query: str) -> str:
        """Where the chart is downloaded, plain and bookmarkable: '/tai-ve/xep-hang/district/xep-hang.csv?lv=3'."""
        path, _, asked = self.view.sel.href().partition("?")
        more = "&".join(f"{key}={value}" for key, value in query.items() if value)
        query_text = "&".join(filter(None, (asked, more)))
        return f"/tai-ve{path.rstrip('/')}/{self.name}.{ending}" + (f"?{query_text}" if query_text else "")

    def file(self, ending: str, size: str = "") -> str:
        """'cchc_2020_district_xep-hang_v1.0_a4.png': year, block, what it is about, version, size, language."""
        sel = self.view.sel
        page = sel.route.paths[0].strip("/").split("/")[0]
        own = [sel.unit or page, sel.item, self.name if self.name != page else "", sel.field and f"lv{sel.field}"]
        name = "-".join(filter(None, own))
        parts = [
            "cchc",
            sel.period,
            sel.unit_group,
            name,
            version(self.view),
            size,
            sel.lang if sel.lang != "vi" else "",
        ]
        return "_".join(filter(None, parts)) + f".{ending}"

    def sheet(self) -> Sheet | None:
        """The data: as the page gave them, else read off the table twin."""
        return self.data or (self.table and read_table(*self.table, self.view.lang))

    def statement(self, size: str) -> Figure:
        """The picture as a complete statement, `layout.meta.scale` times enlarged of the exact size."""
        figure = self.picture(size) if callable(self.picture) else self.picture
        return statement(
            figure,
            title=self.title,
            subtitle=self.subtitle,
            note=self.note,
            source=sources(self),
            size=size,
            lang=self.view.lang,
            marks=self.marks,
        )


def charts_of(layout: Any) -> list[Chart]:
    """The charts of a page as drawn, from top to bottom, each name once."""
    found: dict[str, Chart] = {}
    for component in components(layout):
        chart = getattr(component, "chart", None)
        if isinstance(chart, Chart):
            found.setdefault(chart.name, chart)
    return list(found.values())


def components(layout: Any) -> Iterator[Any]:
    """Every component of a layout, from top to bottom."""
    if isinstance(layout, list | tuple):
        for part in layout:
            yield from components(part)
    elif hasattr(layout, "_prop_names"):
        yield layout
        yield from components(getattr(layout, "children", None))


# Words and numbers of a table as it is shown


def words(child: Any, *, heads: bool = False) -> str:
    """The words of a component: without decoration and what has the class 'on-page', with a space where only the style
    sheet keeps parts apart. `heads`: an abbreviation with what it stands for."""
    if child is None or isinstance(child, bool):
        return ""
    if not hasattr(child, "_prop_names") and not isinstance(child, list | tuple):
        return str(child)
    if isinstance(child, list | tuple):
        said = ""
        for part in child:
            more = words(part, heads=heads)
            apart = said and more and more[0].isalnum() and (said[-1].isalnum() or said[-1] in ".;:!?)”")
            said += (" " if apart else "") + more
        return said
    if "on-page" in (getattr(child, "className", None) or "").split():
        return ""
    if getattr(child, "role", None) == "img" or child._type in ("Img", "Br"):
        return " "
    said = words(getattr(child, "children", None), heads=heads)
    title = getattr(child, "title", None)
    return f"{said} {title}" if heads and title and child._type == "Abbr" and title != said else said


def _pattern(lang: str) -> str:
    group, point = (r"\.", ",") if lang == "vi" else (",", r"\.")
    return rf"[+−-]?(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{point}\d+)?"


def _number(text: str, lang: str) -> Decimal:
    plain = text.replace("−", "-").replace("+", "")
    plain = plain.replace(".", "").replace(",", ".") if lang == "vi" else plain.replace(",", "")
    return Decimal(plain)


UNITS = {
    "vi": ("%", " điểm phần trăm", " đ.%", " điểm", " phiếu", " đơn vị"),
    "en": ("%", " percentage points", " pp", " points", " point", " ballots", " ballot", " units", " unit"),
}


def read_table(heads: Sequence[Any], rows: Sequence[Any], lang: str) -> Sheet:
    """Columns of a table as shown: numbers typed, '93,2/100', '4–9', '12 (8%)' and '2 → 1,5/2' as a column each part;
    rows of sums and middles and columns without words left out. What stands for a withheld number stays as its text.
    """
    rows = [row for row in rows if row.kind != "total"]
    columns = []
    for at, head in enumerate(heads):
        # The heading of the rows needs no word of the group above it.
        parts = [words(head.group) if at else "", words(head.label, heads=True).strip()]
        title = " – ".join(dict.fromkeys(filter(None, parts)))
        texts = [" ".join(words(row.cells[at]).split()) for row in rows]
        if not any(texts):
            continue
        arrows = any(" → " in text for text in texts)
        columns += _typed(title, texts, lang) if head.num or arrows else [Series(title, texts)]
    return Sheet(columns)


def _typed(title: str, texts: Sequence[str], lang: str) -> list[Series]:
    """One column of texts as columns of numbers; as it stands where the texts are of no one form."""
    number, unit = _pattern(lang), "|".join(map(re.escape, UNITS[lang]))
    forms = {
        "one": re.compile(rf"=?({number})(?P<unit>{unit})?"),
        "range": re.compile(rf"({number})–({number})(?P<unit>{unit})?"),
        "of": re.compile(rf"=?({number})/({number})"),
        "share": re.compile(rf"({number}) \(({number})%\)"),
        "moved": re.compile(rf"({number}) → ({number})/({number})"),
    }
    found = [
        next(((form, hit) for form, rule in forms.items() if (hit := rule.fullmatch(text))), None) for text in texts
    ]
    shapes = {hit[0] for hit in found if hit}
    units = {hit[1]["unit"] or "" for hit in found if hit and hit[0] in ("one", "range")}
    if not shapes or len(shapes - {"one"}) > 1 or len(units) > 1:
        return [Series(title, texts)]
    shape = (shapes - {"one"} or {"one"}).pop()
    word = "".join(units).strip()
    title = title if not word or word in title else f"{title} ({word})"
    before, after, low, high, of = (f"{title} – {edge}" for edge in _EDGES[lang])
    names = {
        "one": (title,),
        "range": (low, high),
        "of": (title, of),
        "share": (title, f"{title} (%)"),
        "moved": (before, after, of),
    }[shape]
    rows = []
    for text, hit in zip(texts, found, strict=True):
        if hit is None:
            rows.append((None if text in ("", formats.MISSING) else text, *[None] * (len(names) - 1)))
        elif hit[0] == shape:
            rows.append(tuple(_number(part, lang) for part in hit[1].groups()[: len(names)]))
        else:  # one number where others have more: both ends of a range, else the first
            value = _number(hit[1][1], lang)
            rows.append((value,) * 2 if shape == "range" else (value, *[None] * (len(names) - 1)))
    return [
        Series(name, values, "percent" if name.endswith("(%)") or "%" in units else "number", _places(values))
        for name, values in zip(names, map(list, zip(*rows, strict=True)), strict=True)
    ]


_EDGES = {"vi": ("trước", "sau", "từ", "đến", "tối đa"), "en": ("before", "after", "from", "to", "maximum")}


def _places(values: Sequence[Any]) -> int:
    return max((-value.as_tuple().exponent for value in values if isinstance(value, Decimal)), default=0)
