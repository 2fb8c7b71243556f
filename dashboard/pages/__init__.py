"""The map of the site. Listed, not discovered: the order here is that of the navigation, and the first is home."""

from dashboard.pages import glossary, method, ranking
from dashboard.selection import Page

PAGES = (
    Page("ranking", ("/xep-hang", "/xep-hang/<unit_group>"), ranking, "results", ranking.KEYS, ranking.CHOICES),
    Page("method", ("/phuong-phap",), method, "reference"),
    Page("glossary", ("/thuat-ngu",), glossary, "reference"),
)
