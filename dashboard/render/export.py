"""An exhibit outside its page: its link, its file names, its data as columns of a file, its picture as a statement.

Everything is made from the exhibit and its view, never from a page as drawn, so what is downloaded is complete whatever
the page folds, hides or rearranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from dashboard.address.view import View
from dashboard.exhibit.page import Columns, Exhibit, Group
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead, plain
from dashboard.figures import Figure, statement
from dashboard.words import formats

DIGITS = 17  # significant digits of a number that no decimal holds exactly


@dataclass(frozen=True)
class Series:
    """One column of a file. `kind`: 'text', 'number', 'percent' (91.4 stands for 91,4%), 'pp', 'date'; `places` as
    shown."""

    title: str
    values: Sequence[Any]
    kind: str = "text"
    places: int = 0


@dataclass(frozen=True)
class Sheet:
    """The data of an exhibit: series of one length. Numbers are exact (int, Decimal); what is missing is None."""

    columns: Sequence[Series]

    @property
    def rows(self) -> list[tuple]:
        return list(zip(*(column.values for column in self.columns), strict=True))


@dataclass(frozen=True)
class Export:
    """An exhibit of a view, as it leaves the page."""

    view: View
    exhibit: Exhibit

    @classmethod
    def of(cls, view: View, exhibit: Exhibit) -> Export:
        """The exhibit of a page, in the view that it is about, as far as anything is concluded there yet."""
        of = replace(view, sel=exhibit.sel) if exhibit.sel else view
        return cls(of, exhibit if of.whole else unconcluded(of, exhibit))

    @property
    def name(self) -> str:
        return self.exhibit.called

    @property
    def title(self) -> str:
        return self._said("title", self.exhibit.headline)

    @property
    def subtitle(self) -> str:
        return self._said("subtitle", self.exhibit.subtitle)

    @property
    def note(self) -> str:
        return self._said("note", self.exhibit.note)

    @property
    def source(self) -> str:
        return self._said("source", self.exhibit.source)

    def _said(self, part: str, text: Any) -> str:
        return " ".join(self.exhibit.said.get(part, plain(text)).split())

    @property
    def picture(self) -> Any:
        """The figure of a picture by its size, or None."""
        return self.exhibit.drawn

    @property
    def table(self) -> Table | None:
        return self.exhibit.kept

    @property
    def published(self) -> bool:
        return self.exhibit.published

    @property
    def marks(self) -> list[str]:
        """What picture and file must say of the data."""
        return [] if self.exhibit.published else marks(self.view)

    def link(self, ending: str, **query: str) -> str:
        """Where it is downloaded, plain and bookmarkable: '/tai-ve/xep-hang/district/xep-hang.csv?lv=3'."""
        path, _, asked = self.view.sel.href().partition("?")
        more = "&".join(f"{key}={value}" for key, value in query.items() if value)
        query_text = "&".join(filter(None, (asked, more)))
        return f"/tai-ve{path.rstrip('/')}/{self.name}.{ending}" + (f"?{query_text}" if query_text else "")

    def file(self, ending: str, size: str = "") -> str:
        """'cchc_2020_district_xep-hang_v1.0_a4.png': year, block, what it is about, version, size, language."""
        sel = self.view.sel
        page = sel.route.paths[0].strip("/").split("/")[0]
        own = [sel.unit or page, sel.item, self.name if self.name != page else "", sel.field and f"lv{sel.field}"]
        about = "-".join(filter(None, own))
        lang = sel.lang if sel.lang != "vi" else ""
        parts = ["cchc", sel.period, sel.unit_group, about, version(self.view), size, lang]
        return "_".join(filter(None, parts)) + f".{ending}"

    def sheet(self) -> Sheet | None:
        """The data of the files, every row of them."""
        return self.table and sheet_of(self.table, self.view)

    def statement(self, size: str) -> Figure:
        """The picture as a complete statement, `layout.meta.scale` times enlarged of the exact size."""
        return statement(
            self.picture(size),
            title=self.title,
            subtitle=self.subtitle,
            note=self.note,
            source=sources(self),
            size=size,
            lang=self.view.lang,
            marks=self.marks,
        )


def unconcluded(view: View, exhibit: Exhibit) -> Exhibit:
    """An exhibit of a block that is not complete: in place of its finding, what it shows and how many units are
    complete. One that concludes nothing (`concludes`), and what was published, stays."""
    if exhibit.published or not exhibit.concludes:
        return exhibit
    about = exhibit.about or _about(view, " ".join(plain(exhibit.subtitle).split()))
    headline = view.t("open.about" if about else "open.only", about=about, **view.completeness.counts)
    said, found = {**exhibit.said, "title": headline}, plain(exhibit.headline)
    table, body = (_captioned(part, found, headline) for part in (exhibit.table, exhibit.body))
    return replace(exhibit, headline=headline, table=table, body=body, alt="", said=said)


def _about(view: View, subtitle: str) -> str:
    """What a subtitle begins with: the measure, before block, unit, year and scale are named."""
    period, block = view.sel.period, view.block("inside")
    ends = (f", {block}", f" năm {period}", f", {period}", f" ({period}", ";", ", n =")
    return subtitle[: min((at for end in ends if (at := subtitle.find(end)) > 0), default=None)].rstrip(" ,")


def _captioned(part: Any, found: str, caption: str) -> Any:
    """The tables of a part under another caption, where they have the finding for one."""
    if isinstance(part, Table):
        return replace(part, caption=part.caption.replace(found, caption)) if found else part
    if isinstance(part, list | tuple):
        return [_captioned(one, found, caption) for one in part]
    if isinstance(part, Group | Columns):
        return replace(part, parts=_captioned(part.parts, found, caption))
    return part


def sheet_of(table: Table, view: View) -> Sheet:
    """The columns of a table for a file: one a part of its measure; columns without a value are left out."""
    series = [one for at, column in enumerate(table.on("file")) for one in _series(column, table.rows, view, not at)]
    return Sheet([one for one in series if any(value not in (None, "") for value in one.values)])


def _series(column: Column, rows: Sequence[Any], view: View, first: bool) -> list[Series]:
    measure = column.measure
    # The heading of the rows needs no word of the group above it.
    title = " – ".join(dict.fromkeys(filter(None, ("" if first else column.group, " ".join(column.title.split())))))
    kept: list[tuple[Any, ...]] = []
    for row in rows:
        value = column.value(row)
        none = (None,) * (len(measure.parts) - 1)
        if value is None or isinstance(value, Instead):
            kept.append((value and value.text, *none))
        elif measure.kind == "text":
            kept.append((" ".join(column.text(row, view.lang).split()),))
        else:
            kept.append(tuple(exact(one) for one in measure.keep(value)))
    kinds = [measure.kind_of(at) for at in range(len(measure.parts))]
    return [
        Series(_head(title, part, kind, view), [line[at] for line in kept], kind, measure.places_of(at))
        for at, (part, kind) in enumerate(zip(measure.parts, kinds, strict=True))
    ]


def _head(title: str, part: str, kind: str, view: View) -> str:
    said = f"{title} – {view.t(f'export.part.{part}')}" if part and part != "percent" else title
    unit = {"percent": "%", "pp": view.t("word.pp")}.get(kind, "")
    return f"{said} ({unit})" if unit and unit not in said else said


def exact(value: Any) -> Any:
    """A number as files keep it: whole or decimal, exact where a decimal can be, else to 17 significant digits."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Decimal) and value.is_finite():
        return Decimal(f"{value.normalize():f}")  # noughts that the store pads with say nothing
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return value.numerator
        with localcontext(prec=DIGITS) as context:
            rest = value.denominator
            for factor in (2, 5):
                while rest % factor == 0:
                    rest //= factor
            if rest == 1:  # a decimal holds it
                context.prec = 60
            return exact(Decimal(value.numerator) / Decimal(value.denominator))
    return value


def version(view: View) -> str:
    """What names the data in file names: the published version, until there is one the generation ('ban12')."""
    return view.sel.version or f"ban{view.site.meta.get('generation', '')}"


def marks(view: View) -> list[str]:
    """What a picture must say of its data: made up, else illustrative and not published or not complete."""
    season = view.sel.season
    if season.get("made_up"):
        return [view.t("export.made_up")]
    found = [view.t("export.illustrative")] if season.get("illustrative") else []
    return found if view.sel.version or (view.published and view.whole) else [*found, view.t("export.provisional")]


def sources(export: Any) -> list[str]:
    """The lines at the foot of a picture or sheet: source with its decision, dataset, hash and date."""
    view = export.view
    first = export.source or view.t("export.source", period=view.sel.period)
    return [first, view.t("export.dataset", **dataset(view))]


def dataset(view: View) -> dict[str, str]:
    """Generation, hash and date of the data as words."""
    meta = view.site.meta
    day = meta.get("date")
    return {
        "generation": view.sel.version or str(meta.get("generation", "?")),
        "hash": str(meta.get("dataset_hash", "?"))[:8],
        "date": formats.date(day, view.lang) if day else formats.MISSING,
    }
