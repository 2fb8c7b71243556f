"""The map of the site. Listed, not discovered: the order here is that of the navigation, and the first is home."""

from dashboard.pages import (
    appraisal,
    compare,
    contrast,
    criteria,
    glossary,
    item,
    method,
    overview,
    provenance,
    ranking,
    reliability,
    simulation,
    survey,
    trends,
    unit,
)
from dashboard.selection import Page

PAGES = (
    Page("overview", ("/",), overview, "results", overview.KEYS, overview.CHOICES),
    Page("ranking", ("/xep-hang", "/xep-hang/<unit_group>"), ranking, "results", ranking.KEYS, ranking.CHOICES),
    Page("unit", ("/don-vi", "/don-vi/<unit>"), unit, "results", ("lv", "tc", "nb", "td"), {"xem": ("ho-so", "bang")}),
    Page("simulation", ("/don-vi/<unit>/mo-phong",), simulation, None, simulation.KEYS, simulation.CHOICES),
    Page("comparison", ("/so-sanh",), compare, "results", compare.KEYS, compare.CHOICES),
    Page("trends", ("/xu-huong",), trends, "results", trends.KEYS, trends.CHOICES),
    Page("rubric", ("/tieu-chi", "/tieu-chi/<unit_group>"), criteria, "analysis", criteria.KEYS, criteria.CHOICES),
    Page("item", ("/tieu-chi/<unit_group>/<item>",), item, None, item.KEYS, item.CHOICES),
    Page("appraisal", ("/tham-dinh",), appraisal, "analysis", appraisal.KEYS, appraisal.CHOICES),
    Page("contrast", ("/doi-chieu",), contrast, "analysis", contrast.KEYS, contrast.CHOICES),
    Page("reliability", ("/do-tin-cay",), reliability, "analysis", reliability.KEYS, reliability.CHOICES),
    Page("provenance", ("/nguon-goc/<number>",), provenance, None, (), provenance.CHOICES),
    Page("survey", ("/dtxhh",), survey, "analysis", survey.KEYS, survey.CHOICES),
    Page("method", ("/phuong-phap",), method, "reference"),
    Page("glossary", ("/thuat-ngu",), glossary, "reference"),
)
