"""The map of the site. Listed, not discovered: the order here is that of the navigation, and the first is home.

A page is a folder: `page` draws it (`layout(view)`), `words` holds what it says, `rows` what it says it of.
"""

from __future__ import annotations

from importlib import import_module

from dashboard.address.selection import Route
from dashboard.season import words as season_words
from dashboard.words import include


def _page(key: str, *paths: str, section: str | None = None, module: str = "") -> Route:
    """The page of a folder, or another `module` of one, at its paths; `section` of the navigation."""
    drawn = import_module(f"{__name__}.{module or f'{key}.page'}")
    if not module:
        include(import_module(f"{__name__}.{key}.words").TEXTS)
    return Route(key, paths, drawn, section, getattr(drawn, "KEYS", ()), getattr(drawn, "CHOICES", {}))


include(season_words.TEXTS)  # of several pages, and no page of its own

PAGES = (
    _page("overview", "/", section="results"),
    _page("ranking", "/xep-hang", "/xep-hang/<unit_group>", section="results"),
    _page("unit", "/don-vi", "/don-vi/<unit>", section="results"),
    _page("simulation", "/don-vi/<unit>/mo-phong"),
    _page("comparison", "/so-sanh", section="results"),
    _page("trends", "/xu-huong", section="results"),
    _page("rubric", "/tieu-chi", "/tieu-chi/<unit_group>", section="analysis"),
    _page("item", "/tieu-chi/<unit_group>/<item>", module="rubric.item"),
    _page("appraisal", "/tham-dinh", section="analysis"),
    _page("contrast", "/doi-chieu", section="analysis"),
    _page("reliability", "/do-tin-cay", section="analysis"),
    _page("provenance", "/nguon-goc/<number>"),
    _page("survey", "/dtxhh", section="analysis"),
    _page("method", "/phuong-phap", section="reference"),
    _page("glossary", "/thuat-ngu", section="reference"),
)
