"""A table as a value: complete, always. What of it is folded, printed or written to a file is for the renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.exhibit.measure import TEXT, Measure
from dashboard.exhibit.text import Instead, Text, plain
from dashboard.words import formats


@dataclass(frozen=True)
class Column:
    """One column. `value(row)` is the exact value (or an `Instead`), `measure` how it is written and kept.

    `number(row)`: the address of where it comes from. `show(row)`: what stands on a page in place of the written
    value: a `Text`, or an element of the renderer. `group`: a head over several columns; `full`: the head in words
    where `head` is short; `role`: a class of the style sheet. `on`: 'page' or 'file' for a column that only one has.
    """

    head: Text
    value: Callable[[Any], Any]
    measure: Measure = TEXT
    show: Callable[[Any], Any] | None = None
    number: Callable[[Any], str | None] | None = None
    group: str = ""
    full: str = ""
    role: str = ""
    on: str = ""

    @property
    def title(self) -> str:
        """The head for a file or a document."""
        return self.full or plain(self.head)

    def text(self, row: Any, lang: str) -> str:
        """The value as people read it; '–' for a number or day that is not there, nothing for missing words."""
        value = self.value(row)
        if isinstance(value, Instead):
            return value.text
        if value is None:
            return "" if self.measure is TEXT else formats.MISSING
        return self.measure.write(value, lang) if self.measure is not TEXT else plain(value)


@dataclass(frozen=True)
class Table:
    """Columns over rows, which may be anything that the columns read.

    `totals`: rows of sums and middles, as the texts of their cells; no file has them. `kind(row)`: '', 'own', 'chosen',
    'level-1' … 'level-4' (indented); `anchor(row)`: an id to jump to; `attributes(row)`: further properties of its
    element. `fold`: so many rows are shown at once on a page, the others under `fold_label`.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Any]
    totals: Sequence[Sequence[Text]] = ()
    kind: Callable[[Any], str] = lambda row: ""
    anchor: Callable[[Any], str | None] = lambda row: None
    attributes: Callable[[Any], Mapping[str, str]] = lambda row: {}
    fold: int = 0
    fold_label: str = ""
    id: str | None = None
    role: str = ""
    caption_shown: bool = False

    def on(self, place: str) -> list[Column]:
        """The columns that a 'page' or a 'file' has."""
        return [column for column in self.columns if column.on in ("", place)]
