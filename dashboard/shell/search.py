"""What the search box of a year offers."""

from __future__ import annotations

from dashboard.access.ask import Ask
from dashboard.address.selection import Site
from dashboard.address.view import View
from dashboard.words.formats import fold


def search_index(site: Site, ask: Ask, lang: str, period: str) -> list[list[str]]:
    """What the search box of a year offers: [text to match, label, where it belongs, link], units first.

    The text to match is folded (no accents, đ as d) and holds every name of the thing, so 'cau giay' finds Cầu Giấy.
    """
    sel = site.home(lang).change(period=period)
    view = View(sel, ask)
    found = []
    for code, row in site.units.get(period, {}).items():
        if href := sel.to("unit", unit=code):
            names = " ".join(str(row.get(name) or "") for name in ("name", "short_name", "name_en"))
            found.append([fold(names), view.name(row), view.block("short", row["unit_group"]), href])
    for (year, group), rubric in site.rubrics.items():
        for code, row in rubric.items():
            if year == period and (href := sel.to("item", unit_group=group, item=code)):
                names = f"{code} {row['name']} {row.get('name_en') or ''}"
                found.append([fold(names), f"{code} {view.name(row)}", view.block("short", group), href])
    for route in site.routes:
        if route.section:
            found.append([fold(view.t(f"nav.{route.key}")), view.t(f"nav.{route.key}"), "", sel.to(route.key)])
    return found
