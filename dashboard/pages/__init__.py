"""The map of the site. Listed, not discovered: the order here is that of the navigation, and the first is home."""

from dashboard.pages import criteria, glossary, item, method, ranking
from dashboard.selection import Page

PAGES = (
    Page("ranking", ("/xep-hang", "/xep-hang/<unit_group>"), ranking, "results", ranking.KEYS, ranking.CHOICES),
    Page("rubric", ("/tieu-chi", "/tieu-chi/<unit_group>"), criteria, "analysis", criteria.KEYS, criteria.CHOICES),
    Page("item", ("/tieu-chi/<unit_group>/<item>",), item, None, item.KEYS, item.CHOICES),
    Page("method", ("/phuong-phap",), method, "reference"),
    Page("glossary", ("/thuat-ngu",), glossary, "reference"),
)
