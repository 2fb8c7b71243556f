"""Every word of the interface, Vietnamese and English side by side: one module an area, one entry a text.

A module of this package holds its entries in `TEXTS`: key -> (vi, en). The English text may be a pair itself,
(one, many), chosen by the value `n`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from dashboard.formats import count

Entry = tuple[str, str | tuple[str, str]]

TEXTS: dict[str, Entry] = {}
for _module in iter_modules(__path__):
    _area = getattr(import_module(f"{__name__}.{_module.name}"), "TEXTS", {})
    if _twice := TEXTS.keys() & _area.keys():
        raise ValueError(f"texts defined twice: {sorted(_twice)}")
    TEXTS |= _area


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
