"""Text with what it leads to and what stands beside it, read by every rendering in its own way.

A `Text` is a string, one of the parts below, a sequence of them, or None. `plain` is what files, documents and
alternative texts have of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Text = Any  # str | Link | Number | Mark | Span | Sequence[Text] | None


@dataclass(frozen=True)
class Link:
    """Words that lead to another view; words alone where `href` is None."""

    text: Text
    href: str | None
    role: str = ""


@dataclass(frozen=True)
class Number:
    """A number as written, that leads to where it comes from: `id` of `address.numbers.number_id`."""

    text: str
    id: str | None


@dataclass(frozen=True)
class Mark:
    """A sign of a chart or a change. `label` is read aloud; without one words stand beside it."""

    kind: str
    label: str | None = None


@dataclass(frozen=True)
class Span:
    """Words that look or are read apart: `role` is a class of the style sheet, `lang` their language where it is not
    the page's, `title` what an abbreviation stands for or why it says so. `screen`: left out of files and documents."""

    text: Text
    role: str = ""
    lang: str | None = None
    title: str | None = None
    screen: bool = False


def remark(row: Mapping[str, Any], lang: str) -> Text:
    """The note of a row in a language; where there is only the Vietnamese one, marked as such."""
    note = (lang == "en" and row["note_en"]) or row["note"] or ""
    return Span(note, lang="vi") if note and lang != "vi" and not row["note_en"] else note


@dataclass(frozen=True)
class Instead:
    """What is said in place of a number: 'n<5', 'không áp dụng'. `why` tells more; files keep the words."""

    text: str
    why: str = ""
    role: str = "withheld"


def plain(text: Text) -> str:
    """The words alone, with a space where only the style sheet keeps parts apart."""
    if text is None or isinstance(text, bool | Mark):
        return ""
    if isinstance(text, Span) and text.screen:
        return ""
    if isinstance(text, Link | Number | Span | Instead):
        return plain(text.text)
    if isinstance(text, Sequence) and not isinstance(text, str):
        said = ""
        for part in text:
            more = plain(part)
            apart = said and more and more[0].isalnum() and (said[-1].isalnum() or said[-1] in ".;:!?)”")
            said += (" " if apart else "") + more
        return said
    return str(text)
