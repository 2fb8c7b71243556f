"""Exhibits and the parts of a page, as values from top to bottom.

A part is one of the classes here, a `Table`, a sequence of parts, or None where there is nothing to say. Every
rendering knows all of them; `Screen` alone holds what only the page has: controls, grids, elements of the renderer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.exhibit.table import Table
from dashboard.exhibit.text import Text

Figure = dict[str, Any]
Part = Any


@dataclass(frozen=True)
class Drawing:
    """Where in the body of an exhibit its figure stands."""


@dataclass(frozen=True)
class Exhibit:
    """One answer to one question, a complete statement wherever it stands.

    `id`: its anchor. `headline`: the computed finding; `subtitle`: measure, block, n, year, scale; `key`: (mark,
    words); `note`; `source`, by default that of the data. `figure(width)`: the chart, for a width in pixels (None: its
    own); drawn a second time `narrow` wide for telephones (0: never). `alt`: its text alternative, by default the
    headline.
    `table`: what the figure shows; it stands behind a button where there is a figure or a `body` of other parts.
    `body`: what stands on the page instead of the figure or table alone.

    Outside its page: `name` in links and file names (default: the id); `picture(size)` where pictures need another
    figure than `figure(None)`, False for none; `data`: the table of the files where it is not `table`; `said`: 'title',
    'subtitle', 'note' or 'source' where the page's own do not suit. `published`: the numbers are those of decisions and
    not of the season in the store. `concludes`: the headline is a finding about units, fields or items of the block;
    until that is complete, `about` (by default what the subtitle begins with) stands in its place. `sel`: the selection
    that it is about, where that is another than the page's. A figure is drawn when the store is closed: it asks
    nothing.
    """

    id: str
    headline: Text
    figure: Callable[[int | None], Figure] | None = None
    table: Table | None = None
    subtitle: Text = None
    key: Sequence[tuple[str, Text] | Any] = ()
    note: Text = None
    source: Text = None
    body: Part = None
    alt: str = ""
    narrow: int = 328
    level: int = 3
    name: str = ""
    picture: Callable[[str], Figure] | bool | None = None
    data: Table | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    published: bool = False
    concludes: bool = True
    about: str = ""
    sel: Any = None

    @property
    def called(self) -> str:
        """What the exhibit is called in links and file names."""
        return self.name or self.id

    @property
    def drawn(self) -> Callable[[str], Figure] | None:
        """The figure of a picture by its size; None where there is no picture."""
        if callable(self.picture):
            return self.picture
        figure = self.figure
        return (lambda size: figure(None)) if figure and self.picture is not False else None

    @property
    def kept(self) -> Table | None:
        """The table of the files."""
        return self.data or self.table


@dataclass(frozen=True)
class Button:
    """A link that looks like a button."""

    label: str
    href: str
    primary: bool = False
    icon: str | None = None
    download: bool = False


@dataclass(frozen=True)
class Header:
    """The head of a page: breadcrumb of (label, link), the one title, a lead of one or two sentences, buttons."""

    title: Text
    lead: Text = None
    breadcrumb: Sequence[tuple[str, str | None]] = ()
    actions: Sequence[Button] = ()


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading. `id` is its anchor."""

    id: str
    title: Text
    parts: Sequence[Part]
    lead: Text = None


@dataclass(frozen=True)
class Columns:
    """Parts side by side, one below the other on narrow screens. `split`: 'halves', 'thirds', 'wide-left'."""

    parts: Sequence[Part]
    split: str = "halves"


@dataclass(frozen=True)
class Group:
    """Parts under one roof. `role`: a class of the style sheet; `label`: read aloud, makes it a region."""

    parts: Sequence[Part]
    role: str = ""
    id: str = ""
    label: str = ""


@dataclass(frozen=True)
class Fold:
    """Parts that unfold under their label; in a document they stand open."""

    label: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class KeyNumber:
    """A large number: '62,75' '/67'; `number` is its address (of a sum or a middle `href`, the page that lists what it
    is made from), `note` the line below."""

    label: Text
    value: str
    of: str = ""
    note: Text = None
    number: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class Numbers:
    """Large numbers side by side."""

    items: Sequence[KeyNumber]


@dataclass(frozen=True)
class Sentence:
    """A computed sentence, a smaller line, the link to the figures it rests on."""

    text: Text
    note: Text = None
    href: str | None = None


@dataclass(frozen=True)
class Sentences:
    """What the page found, in sentences."""

    items: Sequence[Sentence]


@dataclass(frozen=True)
class ShortList:
    """A few things by name and what is said of each; `none` where there are none; `rule`: how they were chosen."""

    title: Text
    items: Sequence[tuple[Text, Text]]
    rule: Text
    none: Text


@dataclass(frozen=True)
class Notice:
    """What stands where data would: 'empty', 'filtered_empty', 'provisional', 'suppressed', 'not_comparable',
    'superseded', 'no_permission', 'error'. Title and text default to the words of its kind, filled with `values`."""

    kind: str
    title: Text = None
    text: Text = None
    actions: Sequence[Button] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Paragraph:
    """Running text. `role`: a class of the style sheet."""

    text: Text
    role: str = ""


@dataclass(frozen=True)
class Facts:
    """Terms and their values."""

    pairs: Sequence[tuple[Text, Text]]


@dataclass(frozen=True)
class Screen:
    """What only a screen has: controls, grids, anything made of the renderer's elements."""

    body: Any


@dataclass(frozen=True)
class Page:
    """What a view says, whole."""

    header: Header
    parts: Sequence[Part]


@dataclass(frozen=True)
class Document:
    """What is set on paper: its title, what it is, and its parts."""

    title: str
    about: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Sides:
    """Parts side by side on paper, one sequence a column."""

    sides: Sequence[Sequence[Part]]


def parts_of(part: Part) -> Iterator[Any]:
    """Every part at or below one, from top to bottom."""
    if part is None:
        return
    if isinstance(part, list | tuple):
        for one in part:
            yield from parts_of(one)
        return
    yield part
    if isinstance(part, Page):
        yield from parts_of(part.header)
    yield from parts_of(getattr(part, "body", None) if isinstance(part, Exhibit) else getattr(part, "parts", None))


def exhibits_of(part: Part) -> list[Exhibit]:
    """The exhibits at or below a part, from top to bottom, each name once."""
    found: dict[str, Exhibit] = {}
    for one in parts_of(part):
        if isinstance(one, Exhibit):
            found.setdefault(one.called, one)
    return list(found.values())
