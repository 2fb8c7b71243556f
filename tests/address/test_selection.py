from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address.numbers import number_id
from dashboard.address.selection import MAX_COMPARED, NotFound, Route, Site, read_number

PAGES = (
    Route(
        "ranking",
        ("/xep-hang/<unit_group>",),
        None,
        "results",
        ("lv", "ss", "td"),
        {"sx": ("hang", "ten"), "xem": ("bang", "o")},
    ),
    Route("unit", ("/don-vi", "/don-vi/<unit>"), None, "results", ("nb", "nhom"), {"ke-hoach": None}),
    Route("comparison", ("/so-sanh",), None, "results", ("ss",)),
    Route("rubric", ("/tieu-chi/<unit_group>", "/tieu-chi/<unit_group>/<item>"), None, "analysis", ("lv",)),
    Route("survey", ("/dtxhh",), None, "analysis", ("tc", "nhom"), {"huong": ("100", "hai-phia")}),
    Route("provenance", ("/nguon-goc/<number>",), None),
)


def _rubric(fields):
    return {c: {"parent_code": None if "." not in c else c.rpartition(".")[0], "name": c} for c in fields}


SITE = Site(
    routes=PAGES,
    seasons={
        ("2019", "sở"): {"has_scores": True},
        ("2020", "sở"): {"has_scores": True},
        ("2020", "huyen"): {"has_scores": True},
        ("2021", "huyen"): {"has_scores": False},
    },
    groups={"sở": {"position": 1, "name": "Sở"}, "huyen": {"position": 2, "name": "Huyện"}},
    units={
        "2019": {"so-a": {"unit_group": "sở"}, "so-cu": {"unit_group": "sở"}},
        "2020": {unit: {"unit_group": "sở"} for unit in ("so-a", "so-b", "G16.01", "G16-01", "Đ 1 (x+y)")}
        | {f"quan-{i}": {"unit_group": "huyen"} for i in range(8)},
    },
    rubrics={
        ("2019", "sở"): _rubric(["1", "1.1"]),
        ("2020", "sở"): _rubric(["1", "1.1", "2"]),
        ("2020", "huyen"): _rubric(["1", "9", "9.1", "9.1.2"]),
    },
    respondents={
        ("2019", "sở"): {"dn": {}},
        ("2020", "sở"): {"dn": {}, "dân": {}},
        ("2020", "huyen"): {"dan": {}, "hdnd": {}},
    },
)


@pytest.mark.parametrize(
    ("url", "page", "shown"),
    [
        ("/xep-hang/huyen", "ranking", {"period": "2020", "unit_group": "huyen", "lang": "vi", "sort": "hang"}),
        ("/en/xep-hang/huyen?td=0&sx=ten", "ranking", {"lang": "en", "intervals": False, "sort": "ten"}),
        ("/xep-hang/huyen/?lv=9", "ranking", {"field": "9"}),
        ("/don-vi/quan-3?nb=gan", "unit", {"unit": "quan-3", "unit_group": "huyen", "peers": "gan"}),
        ("/don-vi/quan-3?khoi=sở", "unit", {"unit_group": "huyen"}),
        ("/don-vi/quan-3?nb=quan-1,quan-2", "unit", {"peers": "quan-1,quan-2"}),
        ("/don-vi/so-cu?nam=2019", "unit", {"period": "2019", "unit": "so-cu"}),
        ("/so-sanh?khoi=huyen&ss=quan-1,quan-2", "comparison", {"compared": ("quan-1", "quan-2")}),
        ("/tieu-chi/huyen/9.1.2", "rubric", {"item": "9.1.2"}),
        ("/dtxhh?khoi=huyen&nhom=hdnd&tc=9.1", "survey", {"group": "hdnd", "item": "9.1"}),
        ("/nguon-goc/2019.so-a.1.1.points", "provenance", {"number": "2019.so-a.1.1.points", "period": "2019"}),
        ("/xep-hang/s%E1%BB%9F", "ranking", {"unit_group": "sở"}),
    ],
)
def test_a_url_selects(url, page, shown):
    path, _, query = url.partition("?")
    sel = SITE.parse(path, "?" + query)
    assert sel.route.key == page
    assert {name: getattr(sel, name) for name in shown} == shown
    assert not sel.notes


@pytest.mark.parametrize(
    ("path", "kind", "value"),
    [
        ("/", "page", "/"),
        ("/khong-co", "page", "/khong-co"),
        ("/en/khong-co/x", "page", "/khong-co/x"),
        ("/xep-hang/xa", "block", "xa"),
        ("/don-vi/quan-99", "unit", "quan-99"),
        ("/don-vi/so-cu", "unit_period", "so-cu"),
        ("/tieu-chi/huyen/2", "item", "2"),
        ("/tieu-chi/xa/2", "block", "xa"),
        ("/nguon-goc/2020.khong.1.points", "number", "2020.khong.1.points"),
        ("/nguon-goc/x", "number", "x"),
    ],
)
def test_a_path_to_what_is_not_there_is_lost_and_says_what(path, kind, value):
    with pytest.raises(NotFound) as lost:
        SITE.parse(path)
    assert (lost.value.kind, lost.value.value) == (kind, value)
    assert SITE.parse(lost.value.selection.href().partition("?")[0])  # the frame stands on a view that exists


@pytest.mark.parametrize(
    ("query", "noted"),
    [
        ("nam=1999", [("nam", "1999")]),
        ("lv=7", [("lv", "7")]),
        ("sx=%3Cscript%3E", [("sx", "<script>")]),
        ("td=maybe&xem=cube", [("td", "maybe"), ("xem", "cube")]),
        ("ss=quan-1,so-a,quan-99", [("ss", "so-a"), ("ss", "quan-99")]),
        ("v=9", [("v", "9")]),
        ("utm_source=x&nhom=dan&ke-hoach=1", []),  # unknown here: ignored
        ("nam=", []),
    ],
)
def test_a_wrong_value_falls_back_with_a_note_and_an_unknown_key_is_ignored(query, noted):
    sel = SITE.parse("/xep-hang/huyen", "?" + query)
    assert [(note.key, note.value) for note in sel.notes] == noted
    kept = "ss=quan-1" if "ss=" in query else ""
    assert sel == SITE.parse("/xep-hang/huyen", "?" + kept)


def test_a_block_never_mixes_with_another():
    sel = SITE.parse("/so-sanh", "?khoi=huyen&ss=quan-1,so-a")
    assert sel.compared == ("quan-1",)
    other = sel.change(unit_group="sở")
    assert (other.compared, other.unit_group) == ((), "sở")
    assert sel.href(unit_group="sở") == "/so-sanh"


def test_at_most_five_units_are_compared():
    sel = SITE.parse("/so-sanh", "?khoi=huyen&ss=" + ",".join(f"quan-{i}" for i in range(8)))
    assert len(sel.compared) == MAX_COMPARED and len(sel.notes) == 3


@pytest.mark.parametrize(
    ("made", "href"),
    [
        (lambda s: s.href(), "/xep-hang/huyen"),
        (lambda s: s.href(lang="en", intervals=False), "/en/xep-hang/huyen?td=0"),
        (lambda s: s.href(view="o", sort="ten", field="9"), "/xep-hang/huyen?lv=9&sx=ten&xem=o"),
        (lambda s: s.href(compared=("quan-2", "quan-1")), "/xep-hang/huyen?ss=quan-2,quan-1"),
        (lambda s: s.to("unit", unit="quan-2"), "/don-vi/quan-2"),
        (lambda s: s.to("unit"), "/don-vi?khoi=huyen"),
        (lambda s: s.to("rubric", item="9.1"), "/tieu-chi/huyen/9.1"),
        (lambda s: s.to("unit", unit="so-cu", period="2019"), "/don-vi/so-cu?nam=2019"),
        (lambda s: s.to("survey", huong="hai-phia", item="9.1"), "/dtxhh?khoi=huyen&tc=9.1&huong=hai-phia"),
        (lambda s: s.to("provenance", number="2020.quan-1.9.1.points"), "/nguon-goc/2020.quan-1.9.1.points"),
        (lambda s: s.to("nowhere"), None),
    ],
)
def test_links_are_canonical(made, href):
    assert made(SITE.parse("/xep-hang/huyen")) == href


def test_an_undeclared_key_is_a_mistake_of_the_programmer():
    with pytest.raises(TypeError, match="no key"):
        SITE.parse("/so-sanh").href(huong="x")


@st.composite
def selections(draw):
    page = draw(st.sampled_from(PAGES))
    lang = draw(st.sampled_from(["vi", "en"]))
    period, group = draw(st.sampled_from([("2019", "sở"), ("2020", "sở"), ("2020", "huyen")]))
    sel = SITE.home(lang).change(period=period, unit_group=group)
    units, rubric = sorted(sel.units), sorted(sel.rubric)
    changes = {}
    if page.key == "unit" and draw(st.booleans()):
        changes["unit"] = draw(st.sampled_from(units))
    if page.key == "rubric" and draw(st.booleans()):
        changes["item"] = draw(st.sampled_from(rubric))
    if page.key == "provenance":
        changes["number"] = number_id(
            period, draw(st.sampled_from(units)), draw(st.sampled_from(["", *rubric])), "points"
        )
    if "lv" in page.keys:
        changes["field"] = draw(st.sampled_from([None, *sel.fields]))
    if "tc" in page.keys:
        changes["item"] = draw(st.sampled_from([None, *rubric]))
    if "nhom" in page.keys:
        changes["group"] = draw(st.sampled_from([None, *sel.respondents]))
    if "ss" in page.keys:
        changes["compared"] = tuple(draw(st.lists(st.sampled_from(units), unique=True, max_size=MAX_COMPARED)))
    if "nb" in page.keys:
        chosen = draw(st.lists(st.sampled_from(units), unique=True, min_size=1))
        changes["peers"] = draw(st.sampled_from(["khoi", "loai", "gan", ",".join(chosen)]))
    if "td" in page.keys:
        changes["intervals"] = draw(st.booleans())
    for key, choices in page.choices.items():
        name = {"sx": "sort", "xem": "view"}.get(key, key)
        changes[name] = draw(st.sampled_from(choices) if choices else st.text(max_size=20).map(str.strip))
    href = sel.to(page.key)
    start = SITE.parse(urlsplit(href).path, urlsplit(href).query) if page.key != "provenance" else None
    if start is None:
        target = sel.to("provenance", **changes)
        return SITE.parse(urlsplit(target).path, urlsplit(target).query)
    return start.change(**changes)


@pytest.mark.parametrize("unit", ["G16.01", "G16-01", "Đ 1 (x+y)"])
@pytest.mark.parametrize(("criterion", "measure"), [("1.1", "points"), ("", "rank_interval")])
def test_a_number_of_any_unit_has_an_address_that_opens(unit, criterion, measure):
    number = number_id("2020", unit, criterion, measure)
    named = read_number(SITE, number)
    assert (named.unit, named.criterion, named.measure) == (unit, criterion, measure)
    link = urlsplit(SITE.home().to("provenance", period="2020", number=number))
    assert SITE.parse(link.path, link.query).number == number
    page = urlsplit(SITE.home().to("unit", period="2020", unit_group="sở", unit=unit))
    assert SITE.parse(page.path, page.query).unit == unit


@given(selections())
def test_parsing_a_link_gives_the_selection_it_was_made_from(sel):
    link = urlsplit("http://host" + sel.href())
    parsed = SITE.parse(link.path, "?" + link.query)
    assert parsed == sel and not parsed.notes
    assert parsed.href() == sel.href()


@given(st.text(max_size=60), st.text(max_size=60))
def test_nonsense_never_breaks(path, query):
    try:
        sel = SITE.parse("/" + path, query)
    except NotFound as lost:
        sel = lost.selection
    assert sel.href().startswith("/")


def test_a_site_without_seasons_has_a_home():
    assert Site(PAGES).home("en").href() == "/en/xep-hang"


def test_a_page_may_choose_from_what_is_selected():
    page = Route("x", ("/x",), SimpleNamespace(), choices={"muc": lambda sel: (*sel.fields, "tat-ca")})
    site = Site((page,), SITE.seasons, SITE.groups, SITE.units, SITE.rubrics)
    assert site.parse("/x", "?khoi=huyen")["muc"] == "1"
    assert site.parse("/x", "?khoi=huyen&muc=9")["muc"] == "9"
    assert site.parse("/x", "?muc=9").notes[0].value == "9"
