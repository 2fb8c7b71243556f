"""Every word of the interface, Vietnamese and English side by side: one entry a text.

A module of words holds its entries in `TEXTS`: key -> (vi, en). The English text may be a pair itself, (one, many),
chosen by the value `n`. Modules here hold what several pages say; `dashboard/pages/<page>/words.py` what one says.
`formats` writes numbers, dates and names, `say` the parts that sentences share.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from dashboard.words.formats import count

Entry = tuple[str, str | tuple[str, str]]

TEXTS: dict[str, Entry] = {}
SHARED = ("exports", "field", "figures", "frame", "sentences", "states")


def include(area: Mapping[str, Entry]) -> None:
    """Adds the texts of a module. ValueError where one of them is there already."""
    if twice := TEXTS.keys() & area.keys():
        raise ValueError(f"texts defined twice: {sorted(twice)}")
    TEXTS.update(area)


for _name in SHARED:
    include(import_module(f"{__name__}.{_name}").TEXTS)


def t(key: str, lang: str, /, **values: Any) -> str:
    """The text of `key` with its values filled in; whole numbers are written as counts ('12.450').

    KeyError for a text or a value that is not there: a test asks for every text, so no reader meets it.
    """
    vi, en = TEXTS[key]
    text = vi
    if lang == "en":
        text = en if isinstance(en, str) else en[0 if values.get("n") == 1 else 1]
    shown = {k: count(v, lang) if isinstance(v, int) and not isinstance(v, bool) else v for k, v in values.items()}
    return text.format(**shown) if shown else text
