"""Figures on their data, and on the room their texts take: measured, never on pixels."""

import html
import json
import re
from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from plotly import graph_objects as go

from dashboard import figures
from dashboard.figures import lettering, quadrants, strips, survey, years
from dashboard.figures.lettering import text_width
from dashboard.words import formats, t

LONG = "Ban Quản lý các khu công nghiệp và chế xuất Thành phố"
DISTRICTS = (
    "Ba Vì|1|0 Sơn Tây|1|1 Phúc Thọ|1|2 Sóc Sơn|0|5 Mê Linh|1|4 Đông Anh|1|5 Thạch Thất|2|1 Đan Phượng|2|2 "
    "Bắc Từ Liêm|2|3 Tây Hồ|2|4 Long Biên|2|5 Gia Lâm|2|6 Quốc Oai|3|1 Hoài Đức|3|2 Nam Từ Liêm|3|3 Cầu Giấy|3|4 "
    "Ba Đình|3|5 Hoàn Kiếm|3|6 Chương Mỹ|4|1 Hà Đông|4|2 Thanh Xuân|4|3 Đống Đa|4|4 Hai Bà Trưng|4|5 Hoàng Mai|4|6 "
    "Thanh Oai|5|2 Thường Tín|5|3 Thanh Trì|5|4 Mỹ Đức|6|1 Ứng Hòa|6|2 Phú Xuyên|6|3"
)
TILES = [match.groups() for match in re.finditer(r"([^|]+?)\|(\d)\|(\d) ?", DISTRICTS)]
FIELDS = [
    "Chỉ đạo, điều hành",
    "Văn bản QPPL",
    "Thủ tục hành chính",
    "Tổ chức bộ máy",
    "Đội ngũ CBCCVC",
    "Tài chính công",
    "Hiện đại hóa",
    "Cơ chế một cửa",
    "Tác động của cải cách hành chính đến người dân, tổ chức và kinh tế – xã hội",
]
OPTIONS = ["Kém", "Chưa tốt", "Bình thường", "Tốt", "Rất tốt"]


def block(count=30, **first):
    """A block of units, the 10th and 11th tied, the first with what is given."""
    values = [D("95.40") - D(at) * D("0.37") for at in range(count)]
    if count > 10:
        values[10] = values[9]
    rows = []
    for at, (value, (name, down, along)) in enumerate(zip(values, TILES, strict=False)):
        rank = values.index(value) + 1
        rows.append(
            {
                "label": name,
                "value": value,
                "low": value - 1,
                "high": value + D("0.8"),
                "rank": rank,
                "rank_low": max(1, rank - 2),
                "rank_high": min(count, rank + 2),
                "id": f"2020.{at}..index",
                "own": False,
                "together_low": max(1, rank - 4),
                "together_high": min(count, rank + 4),
                "grid_row": int(down),
                "grid_col": int(along),
            }
        )
    rows[0] |= first
    return rows


def by_field(own=None, peers=()):
    rows = []
    for place, field in enumerate(FIELDS, start=1):
        for at, (name, *_) in enumerate(TILES):
            value = D("0.70") + D((at * 7 + place * 11) % 30) / 100
            rows.append(
                {
                    "field": str(place),
                    "field_label": field,
                    "label": name,
                    "value": value,
                    "id": f"2020.{at}.{place}.points",
                    "own": name == own,
                    "peer": name in peers,
                }
            )
    return rows


def lost(*values):
    return [
        {"code": str(at), "label": FIELDS[at - 1], "lost": D(value), "max_points": D(10), "id": f"f{at}"}
        for at, value in enumerate(values, start=1)
    ]


def answers(**last):
    rows = [
        {
            "section": "5.7.1 Năng lực chuyên môn, nghiệp vụ",
            "label": "Đại biểu HĐND huyện",
            "counts": [0, 1, 2, 8, 8],
            "no_opinion": 1,
            "id": "a",
        },
        {
            "section": "5.7.1 Năng lực chuyên môn, nghiệp vụ",
            "label": "Cá nhân, tổ chức giao dịch",
            "counts": [10, 50, 240, 500, 200],
            "no_opinion": 250,
            "id": "b",
        },
        {
            "section": "5.7.2 Tinh thần trách nhiệm",
            "label": "Người dân địa bàn",
            "counts": [3, 1, 0, 0, 0],
            "no_opinion": 0,
            "id": "c",
            **last,
        },
    ]
    return rows


def adjustments():
    return [
        {
            "appraiser": name,
            "appraiser_label": name,
            "label": unit,
            "value": -D(at * place % 5) / 40,
            "items": 6,
            "conflict": name == unit,
            "id": f"{name}.{unit}",
        }
        for place, name in enumerate(("Khoa học và Công nghệ", "Thông tin và Truyền thông", "Hoài Đức"), start=1)
        for at, (unit, *_) in enumerate(TILES)
    ]


def items():
    return [
        {
            "code": "7.4.2",
            "label": "Tỷ lệ hồ sơ tiếp nhận trực tuyến " * 3,
            "self_points": D(2),
            "appraised_points": D("1.5"),
            "max_points": D(2),
            "id": "x",
        },
        {
            "code": "3.1.2",
            "label": "Cập nhật thủ tục",
            "self_points": D("1.25"),
            "appraised_points": D("1.5"),
            "max_points": D("1.5"),
            "id": "y",
        },
        {
            "code": "1.1",
            "label": "Chưa thẩm định",
            "self_points": D(1),
            "appraised_points": None,
            "max_points": D(1),
            "id": "z",
        },
    ]


def all_figures(lang, width=None):
    """Every figure with the longest names, by name; `width` lays it out for a telephone."""
    at = {} if width is None else {"width": width}
    rows = block(label=LONG, own=True)
    span = {"span": (82, 98), "lang": lang}
    shares = {"span": (50, 100), "lang": lang}
    fields = by_field("Cầu Giấy", ("Ba Vì", "Gia Lâm"))
    moves = [
        {"label": row["label"], "before": row["value"] - 1, "after": row["value"], "id": "s", "highlight": n < 5}
        for n, row in enumerate(rows)
    ]
    seasons = [
        {
            "series": row["label"],
            "label": row["label"],
            "year": year,
            "value": row["value"] - (year - 2019),
            "id": "y",
            "highlight": n < 4,
            "rank": 1 + n,
        }
        for n, row in enumerate(rows[:8])
        for year in (2019, 2020, 2022)
    ]
    gaps = [{"label": field, "self": D("0.95"), "appraised": D("0.9"), "id": "g"} for field in FIELDS]
    means = [
        {"label": LONG, "value": D("78.3"), "low": D(77), "high": D(80), "n": 879, "id": "m"},
        {"label": "Xã", "value": D(70), "low": None, "high": None, "n": 12, "id": "n"},
    ]
    heat = [
        {"label": row["label"], "order": n, "rank": rank, "probability": D(1) / 30, "id": "h"}
        for n, row in enumerate(rows)
        for rank in range(1, 31)
    ]
    days = [{"day": date(2020, 11, 1) + timedelta(days=n), "n": n * 13 % 400, "id": "d"} for n in range(30) if n % 7]
    cross = [
        {"label": row["label"], "x": D(90 + n * 7 % 10) / 100, "y": D(84 + n * 3 % 9) / 100, "id": "c", "own": n == 0}
        for n, row in enumerate(rows)
    ]
    made = {
        "dot_plot": figures.dot_plot(rows, median=D("90.1"), **span, **at),
        "rank_sets": figures.rank_sets(rows, lang=lang, **at),
        "rank_heat": figures.rank_heat(heat, lang=lang, **at),
        "tile_map": figures.tile_map(rows, breaks=[86, 88, 90, 91, 93, D("94.5")], lang=lang, **at),
        "group_means": figures.group_means(means, span=(60, 85), lang=lang, **at),
        "field_strips": figures.field_strips(fields, **shares, **at),
        "peer_strips": figures.peer_strips(fields, **shares, **at),
        "adjustment_strips": figures.adjustment_strips(adjustments(), span=(-25, 0), lang=lang, **at),
        "point_stack": figures.point_stack(
            [{"label": "a", "value": D(n % 5) / 4, "id": "p"} for n in range(22)], maximum=D(1), lang=lang, **at
        ),
        "waterfall": figures.waterfall(
            lost("0.44", "0.7", "0", "0.28", "1.62", "0.06", "2.54", "0.25", "1.68"), lang=lang, **at
        ),
        "dumbbell": figures.dumbbell(gaps, **shares, **at),
        "adjusted_items": figures.adjusted_items(items(), **shares, **at),
        "losses": figures.losses(lost("0.44", "0.7", "0"), lang=lang, **at),
        "progress": figures.progress(
            [{"code": "1", "label": LONG, "done": 1106, "total": 1144, "id": "p"}], lang=lang, **at
        ),
        "scatter": figures.scatter(
            cross, span_x=(88, 100), span_y=(82, 94), titles=("Thẩm định, %", "Khảo sát, %"), lang=lang, **at
        ),
        "likert": figures.likert(answers(), options=OPTIONS, lang=lang, **at),
        "likert_diverging": figures.likert_diverging(answers(), options=OPTIONS, lang=lang, **at),
        "ballots_a_day": figures.ballots_a_day(days, lang=lang, **at),
        "year_line": figures.year_line(
            [row for row in seasons if row["series"] == LONG], years=range(2019, 2024), span=(80, 98), lang=lang, **at
        ),
        "year_lines": figures.year_lines(
            seasons, years=range(2019, 2024), span=(80, 98), lang=lang, breaks=[2022], **at
        ),
        "slope": figures.slope(moves, span=(82, 98), ends=("2019", "2020"), lang=lang, **at),
    }
    if width is None:
        made["dot_plot_columns"] = figures.dot_plot_columns(rows, median=D("90.1"), **span)
    return made


# ------------------------------------------------------------------------------------------------ texts and their room


def plain(text):
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def size_of(text, font):
    size = font.get("size", 13)
    weight = 600 if "font-weight:600" in text else font.get("weight", 400)
    lines = [plain(line) for line in text.split("<br>")]
    numbers = font.get("family", "").startswith("CCHC")
    return max(text_width(line, size, weight, numbers=numbers) for line in lines), len(lines) * size * 1.2


def texts(figure):
    """Boxes (text, left, top, right, bottom) in px of annotations, axis labels and text columns."""
    layout = figure["layout"]
    margin = layout["margin"]
    width, height = layout.get("width", layout["meta"]["width"]), layout["height"]
    across, down = width - margin["l"] - margin["r"], height - margin["t"] - margin["b"]
    found = []

    def axis(ref):
        return layout[ref[0] + "axis" + ref[1:]]

    def place(ref, value):
        if ref == "paper":
            return margin["l"] + value * across
        low, high = axis(ref)["range"]
        start, end = axis(ref).get("domain", (0, 1))
        return margin["l"] + across * (start + (value - low) / (high - low) * (end - start))

    def drop(ref, value):
        if ref == "paper":
            return margin["t"] + (1 - value) * down
        low, high = axis(ref)["range"]
        return margin["t"] + (1 - (value - low) / (high - low)) * down

    def add(text, x, y, across_anchor, down_anchor, font):
        wide, tall = size_of(text, font)
        left = x - {"left": 0, "center": wide / 2, "right": wide}[across_anchor]
        top = y - {"top": 0, "middle": tall / 2, "bottom": tall}[down_anchor]
        if plain(text).strip():
            found.append((plain(text), left, top, left + wide, top + tall))

    for note in layout.get("annotations", []):
        x = place(note["xref"], note["x"]) + note.get("xshift", 0)
        y = drop(note["yref"], note["y"]) - note.get("yshift", 0)
        add(note["text"], x, y, note.get("xanchor", "center"), note.get("yanchor", "middle"), note.get("font", {}))
    for name, scale in layout.items():
        if not re.match(r"[xy]axis\d*$", name) or scale.get("visible") is False or scale.get("showticklabels") is False:
            continue
        ref = name[0] + name[5:]
        for value, text in zip(scale["tickvals"], scale["ticktext"], strict=True):
            font = scale.get("tickfont", {})
            if name[0] == "x":
                top = scale.get("side") == "top"
                anchor = layout.get("yaxis" + scale.get("anchor", "y")[1:]) and ("bottom" if top else "top")
                standoff = scale.get("ticklabelstandoff", 0)
                y = margin["t"] - standoff if top else height - margin["b"] + 3 + standoff
                add(text, place(ref, value), y, "center", anchor, font)
            else:
                side = "right" if scale.get("side") == "left" else "left"
                x = margin["l"] + scale.get("position", 0) * across + scale.get("shift", 0)
                add(text, x - (0 if "shift" in scale else 4), drop(ref, value), side, "middle", font)
    return found, width, height


def check_room(figure, *, apart=True):
    found, width, height = texts(figure)
    for text, left, top, right, bottom in found:
        assert left >= -0.5 and right <= width + 0.5, (text, left, right, width)
        assert top >= -1 and bottom <= height + 1, (text, top, bottom, height)
    for one, two in combinations(found, 2) if apart else ():
        across = min(one[3], two[3]) - max(one[1], two[1])
        down = min(one[4], two[4]) - max(one[2], two[2])
        assert across <= 0.5 or down <= 3.5, (one, two)
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [None, 358, 320])
def test_every_figure_is_valid_and_its_texts_stay_on_the_canvas_and_apart(lang, width):
    for name, figure in all_figures(lang, width).items():
        go.Figure(figure)
        assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar", "heatmap"}, name
        assert len(figure["data"]) <= 6, name
        try:
            check_room(figure)
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from None


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_mark_leads_to_its_provenance_and_repeats_its_row(lang):
    for name, figure in all_figures(lang).items():
        for trace in figure["data"]:
            if trace["type"] == "heatmap" or trace.get("hoverinfo") == "skip":
                continue
            assert len(trace["customdata"]) == len(trace["x"]) == len(trace["hovertext"]), name
            assert all(re.match(r"<b>.+</b>", text) for text in trace["hovertext"]), name
        assert all(mark in figures.MARKS for mark, _ in figure["layout"]["meta"]["key"]), name
        json.dumps(figure)


SAID = {
    "subtitle": "Chỉ số CCHC năm 2020, UBND 30 quận, huyện, thị xã, n = 30; thang 100 điểm; sắp theo chỉ số",
    "note": "Vạch ngang: khoảng bất định 95% do điều tra xã hội học. Nét đứt: trung vị khối. " * 2,
    "source": [
        "Nguồn: Sở Nội vụ Hà Nội (Quyết định số …/QĐ-UBND ngày 05/5/2021).",
        "Bản 2020-v1.0, mã a1b2c3d4. Xuất ngày 22/11/2026.",
    ],
    "marks": ["SỐ LIỆU GIẢ LẬP", "TẠM TÍNH – CHƯA CÔNG BỐ"],
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("size", figures.SIZES)
def test_a_statement_has_its_exact_size_and_keeps_every_text_on_the_canvas(size, lang):
    title = (
        f"{LONG} đạt điểm cao nhất khối sở và cơ quan tương đương sở năm 2020: 95,16 điểm, cao hơn trung vị 3,42 điểm"
    )
    for name, figure in all_figures(lang).items():
        for marks in (SAID["marks"], []):
            picture = figures.statement(figure, title=title, size=size, lang=lang, **{**SAID, "marks": marks})
            go.Figure(picture)
            layout = picture["layout"]
            wide, tall = figures.SIZES[size]
            scale = layout["meta"]["scale"]
            assert int(layout["width"] * scale) == wide
            assert (layout["height"] * scale == tall) if tall else layout["height"] * scale <= 2480, name
            try:
                found = check_room(picture)
            except AssertionError as error:
                raise AssertionError(f"{name} {size}: {error}") from None
            said = " ".join(text for text, *_ in found)
            for part in (title, SAID["subtitle"], SAID["note"].strip(), *SAID["source"], " · ".join(marks)):
                assert " ".join(part.split()) in said, (name, part)
            crossed = [shape for shape in layout["shapes"] if "label" in shape]
            assert [shape["label"]["text"] for shape in crossed] == ([" – ".join(marks)] if marks else [])


def test_a_statement_takes_an_emblem_in_place_of_its_outline():
    picture = figures.statement(
        figures.dot_plot(block(), span=(82, 98), lang="vi"), title="T", size="a4", lang="vi", emblem="data:,", **SAID
    )
    assert picture["layout"]["images"][0]["source"] == "data:,"
    assert t("figure.emblem", "vi") not in [note["text"] for note in picture["layout"]["annotations"]]


# --------------------------------------------------------------------------------------------------------- lettering


def test_widths_are_those_of_the_font_served():
    ttf = Path(__file__).parents[1] / "assets" / "fonts" / "ttf"
    faces = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
    if not ttf.is_dir():
        pytest.skip("the fonts are not in assets/fonts/ttf")
    for place, (weight, name) in enumerate(faces.items()):
        assert lettering.WEIGHTS[place] == weight
        letters_of = TTFont(ttf / f"BeVietnamPro-{name}.ttf")
        names, widths = letters_of.getBestCmap(), letters_of["hmtx"]
        for letters, known in lettering.ADVANCES.items():
            assert {widths[names[ord(letter)]][0] for letter in letters} == {known[place]}, letters
        digits = TTFont(ttf / f"CCHCSo-{name}.ttf")
        names, widths = digits.getBestCmap(), digits["hmtx"]
        assert {widths[names[ord(digit)]][0] for digit in "0123456789+−"} == {lettering.DIGIT[place]}


def test_text_is_cut_wrapped_and_balanced_within_its_width():
    assert lettering.fit("Cầu Giấy", 200) == "Cầu Giấy"
    cut = lettering.fit(LONG, 120)
    assert cut.endswith("…") and text_width(cut) <= 120
    for width in (40, 90, 200):
        lines = lettering.wrap(LONG, width)
        assert all(text_width(line) <= width for line in lines)
    assert " ".join(lettering.wrap(LONG, 90)) == LONG
    assert lettering.wrap("", 90) == [""]
    lines = lettering.balance(LONG, 300, 13)
    assert len(lines) == len(lettering.wrap(LONG, 300, 13)) and text_width(lines[-1]) > 60
    assert text_width("1") != text_width("4") and text_width("1", numbers=True) == text_width("4", numbers=True)


# ----------------------------------------------------------------------------------------------------- units in order


def column(figure, head):
    """Texts of the text column under `head`."""
    layout = figure["layout"]
    note = next(note for note in layout["annotations"] if note["text"] == head)
    return next(
        [plain(text) for text in axis["ticktext"]]
        for name, axis in layout.items()
        if name.startswith("yaxis") and axis.get("shift") == note.get("xshift") and axis["position"] == note["x"]
    )


def test_dot_plot_sorts_prints_values_marks_ties_and_draws_one_trace_a_mark():
    rows = block()[::-1]
    figure = figures.dot_plot(rows, span=(82, 98), lang="vi", median=D("90.1"))
    intervals, marks = figure["data"]
    assert marks["x"] == sorted(marks["x"], reverse=True) and marks["y"] == list(range(30))
    assert intervals["x"][:3] == [94.4, 96.2, None]
    assert column(figure, "Điểm")[:2] == ["95,40", "95,03"]
    assert column(figure, "K. hạng")[0] == "1–3"
    ranks = [plain(text) for text in figure["layout"]["yaxis2"]["ticktext"]]
    assert ranks[8:12] == ["9", "=10", "=10", "12"]
    assert marks["customdata"][0] == "2020.0..index"
    assert marks["hovertext"][9] == (
        "<b>Long Biên</b><br>92,07<br>hạng =10<br>khoảng 95%: 91,07 – 92,87<br>khoảng hạng: 8–12"
    )
    assert [round(end) for end in figure["layout"]["xaxis"]["range"]] == [82, 98]
    assert any(note["text"] == "Trung vị 90,10" for note in figure["layout"]["annotations"])


def test_dot_plot_without_intervals_leaves_trace_and_column_out():
    rows = [{**row, "low": None, "high": None, "rank_low": None, "rank_high": None} for row in block()]
    figure = figures.dot_plot(rows, span=(82, 98), lang="en")
    assert len(figure["data"]) == 1
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["Points"]
    assert column(figure, "Points")[0] == "95.40"


def test_a_unit_without_a_value_keeps_its_row_and_a_dash():
    rows = block(3)
    rows[0] |= {"value": None, "low": None, "high": None, "rank": None, "rank_low": None, "rank_high": None}
    figure = figures.dot_plot(rows, span=(82, 98), lang="vi")
    assert len(figure["data"][-1]["x"]) == 2
    assert column(figure, "Điểm")[-1] == "–" and column(figure, "K. hạng")[-1] == "–"


def test_the_own_row_is_tinted_barred_bold_and_said():
    figure = figures.dot_plot(block(own=True), span=(82, 98), lang="vi")
    assert sum(shape.get("fillcolor") == "#FFF6DB" for shape in figure["layout"]["shapes"]) == 3
    assert plain(figure["layout"]["yaxis3"]["ticktext"][0]) == "Ba Vì  Của bạn"
    assert "font-weight:600" in figure["layout"]["yaxis3"]["ticktext"][0]


def test_columns_keep_ties_that_straddle_them():
    rows = block(20)
    figure = figures.dot_plot_columns(rows, span=(82, 98), lang="vi")
    go.Figure(figure)
    columns = [
        axis["ticktext"] for name, axis in figure["layout"].items() if name.startswith("yaxis") and "ticktext" in axis
    ]
    assert columns[0][-1] == "=10" and any(texts[0] == "=10" for texts in columns[1:])
    hovers = [text for trace in figure["data"] for text in trace.get("hovertext", ())]
    assert sum("hạng =10" in text for text in hovers) == 2
    assert sum(len(trace["x"]) for trace in figure["data"] if trace["mode"] == "markers") == 20


def test_rank_sets_cover_whole_places():
    figure = figures.rank_sets(block(5), lang="vi")
    assert figure["data"][1]["x"][:2] == [0.7, 3.3]
    assert figure["layout"]["xaxis"]["tickvals"] == [1, 2, 3, 4, 5]
    assert column(figure, "K. hạng") == ["1–3", "1–4", "1–5", "2–5", "3–5"]


def test_rank_ranges_of_weights_and_of_sampling_do_not_look_alike():
    rows = block(5, together_low=1, together_high=5)
    sets, weights = figures.rank_sets(rows, lang="vi"), figures.weight_ranges(rows, lang="vi")
    for figure in (sets, weights):
        go.Figure(figure)
        assert figure["data"][0]["x"][:2] == [0.7, 5.3]
    assert sets["data"][1]["line"]["color"] != weights["data"][1]["line"]["color"]
    assert not {word for _, word in sets["layout"]["meta"]["key"][1:]} & {
        word for _, word in weights["layout"]["meta"]["key"][1:]
    }


def test_pair_matrix_signs_say_what_tints_do():
    pairs = {(1, 2): "alike", (1, 3): "above", (2, 1): "alike", (2, 3): "above", (3, 1): "below", (3, 2): "below"}
    rows = [
        {"label": f"U{one}", "place": one, "other_label": f"U{two}", "other": two, "verdict": verdict, "id": "p"}
        for (one, two), verdict in pairs.items()
    ]
    figure = figures.pair_matrix(rows, lang="vi")
    go.Figure(figure)
    heat, words = figure["data"]
    assert heat["z"] == [[None, 1, 2], [1, None, 2], [0, 0, None]]
    assert words["text"] == ["≈", "+", "≈", "+", "−", "−"]
    assert len(figures.pair_matrix(rows, lang="en", width=90)["data"]) == 1  # no room for signs


def test_rank_heat_prints_shares_from_one_per_cent_and_leaves_noughts_blank():
    rows = [
        {"label": "A", "order": 1, "rank": 1, "probability": D("0.6"), "id": "p"},
        {"label": "A", "order": 1, "rank": 2, "probability": D("0.395"), "id": "q"},
        {"label": "B", "order": 2, "rank": 1, "probability": D("0.005"), "id": "r"},
        {"label": "B", "order": 2, "rank": 2, "probability": D(0), "id": "s"},
    ]
    heat, words = figures.rank_heat(rows, lang="vi", width=531)["data"]
    assert words["text"] == ["60", "40"] and words["textfont"]["color"] == ["#FFFFFF", "#FFFFFF"]
    assert heat["z"][1] == [0, None] and heat["customdata"][0] == ["p", "q"]


def test_tile_map_places_units_classes_and_contrast():
    rows = block()
    rows[3] |= {"value": None, "rank": None}
    figure = figures.tile_map(rows, breaks=[86, 88, 90, 91, 93, D("94.5")], lang="vi")
    heat, names, values, ranks = figure["data"]
    at = {(row["grid_row"], row["grid_col"]): row for row in rows}
    for down, line in enumerate(heat["customdata"]):
        for along, mark in enumerate(line):
            assert mark == (at[down, along]["id"] if (down, along) in at else None)
    place = names["text"].index("Ba Vì")
    assert values["text"][place] == "95,40" and names["textfont"]["color"][place] == "#FFFFFF"
    assert heat["z"][1][0] == 6 and heat["z"][0][5] == -1
    assert ranks["text"][names["text"].index("Tây Hồ")] == "=10"
    assert values["text"][names["text"].index("Sóc Sơn")] == "–"
    key = [text for _, text in figure["layout"]["meta"]["key"]]
    assert key == ["dưới 86", "86–88", "88–90", "90–91", "91–93", "93–94,5", "từ 94,5"]


def test_class_breaks_are_halves_within_the_values():
    breaks = figures.class_breaks([row["value"] for row in block()])
    assert len(breaks) == 6 and breaks == sorted(set(breaks)) and all(edge * 2 % 1 == 0 for edge in breaks)
    assert figures.class_breaks([D("90.1")] * 5) == []
    assert figures.class_breaks([]) == []


# ------------------------------------------------------------------------------------------------------------- strips


def test_beeswarm_keeps_dots_apart_within_its_cap_and_in_place():
    xs = [float(at * 7 % 100) for at in range(25)]
    offsets = strips.beeswarm(xs, radius=3.6, cap=17)
    assert max(map(abs, offsets)) <= 17
    for (x1, y1), (x2, y2) in combinations(zip(xs, offsets, strict=True), 2):
        assert (x1 - x2) ** 2 + (y1 - y2) ** 2 >= 7.2**2
    full = strips.beeswarm([10.0] * 30, radius=3.6, cap=17)
    assert max(map(abs, full)) <= 17 and len(set(full)) >= 25
    assert strips.beeswarm([1.0], radius=3.6, cap=17) == [0.0]


def test_field_strips_print_exact_medians_and_never_move_a_dot_sideways():
    rows = by_field()
    figure = figures.field_strips(rows, span=(50, 100), lang="vi")
    assert sorted(figure["data"][0]["x"]) == pytest.approx(sorted(float(row["value"] * 100) for row in rows))
    assert column(figure, "Trung vị")[0] == "84,5%"
    assert len(figure["data"]) == 2  # dots and ticks; a third only where a unit is marked
    assert len(figures.field_strips(by_field("Ba Vì"), span=(50, 100), lang="vi")["data"]) == 3


def test_peer_strips_say_the_gap_with_sign_and_arrow_from_half_a_point():
    rows = [
        {
            "field": "1",
            "field_label": "F",
            "label": name,
            "value": D(value),
            "own": name == "A",
            "peer": name in "BC",
            "id": name,
        }
        for name, value in (("A", "0.904"), ("B", "0.90"), ("C", "0.80"), ("D", "0.95"), ("E", "0.85"))
    ]
    for value, printed, symbol in (
        ("0.904", "+0,4", "circle"),
        ("0.905", "+0,5", "triangle-up"),
        ("0.80", "−5,0", "triangle-down"),
    ):
        rows[0]["value"] = D(value)
        figure = figures.peer_strips(rows, span=(50, 100), lang="vi")
        assert column(figure, "So với trung vị") == [f"{printed} đ.%"]
        assert figure["data"][-1]["marker"]["symbol"] == [symbol]
    assert figure["data"][3]["customdata"] == ["B", "C"] and figure["data"][4]["customdata"] == ["A"]


def test_adjustment_strips_count_what_stayed_and_average_over_all():
    rows = [
        {
            "appraiser": "X",
            "appraiser_label": "X",
            "label": str(at),
            "value": D(value),
            "items": 3,
            "conflict": at == 3,
            "id": str(at),
        }
        for at, value in enumerate(("0", "0", "-0.1", "0"))
    ]
    figure = figures.adjustment_strips(rows, span=(-25, 0), lang="vi")
    others, mean, rings = figure["data"]
    assert others["x"] == [-10.0] and rings["customdata"] == ["3"] and mean["x"][:2] == [-2.5, -2.5]
    assert (
        column(figure, "không đổi") == ["2 đơn vị"]
        and column(figure, "TB (%)") == ["−2,5"]
        and column(figure, "Số mục") == ["12"]
    )


def test_point_stack_counts_each_stack():
    rows = [{"label": "a", "value": D(value), "id": "i"} for value in ("0.5", "1", "1", "1")]
    figure = figures.point_stack(rows, maximum=D(1), lang="vi")
    words = figure["data"][-1]
    assert dict(zip(words["x"], words["text"], strict=True)) == {0.5: "1", 1.0: "3"}
    assert figure["data"][0]["x"] == [0.5, 1.0, 1.0, 1.0] and len(set(figure["data"][0]["y"][1:])) == 3


def test_the_count_of_the_tallest_stack_is_within_the_axis():
    rows = [{"label": "a", "value": D(1), "id": "i"}] * 30
    figure = figures.point_stack(rows, maximum=D(1), lang="vi")
    assert figure["data"][-1]["text"] == ["30"]
    assert figure["data"][-1]["y"][0] <= figure["layout"]["yaxis"]["range"][1]


# ------------------------------------------------------------------------------------------------------------- points


def test_waterfall_ends_at_the_maximum_less_every_loss():
    figure = figures.waterfall(lost("0.44", "0.7", "0", "2.54"), lang="vi")
    _, bars, totals = figure["data"]
    assert bars["x"] == [2.54, 0.7, 0.44, 0.0] and totals["x"] == [100.0, 96.32]
    assert bars["base"] == pytest.approx([97.46, 96.76, 96.32, 96.32])
    printed = next(axis["ticktext"] for name, axis in figure["layout"].items() if name == "yaxis5")
    assert [plain(text) for text in printed] == ["100,00", "−2,54", "−0,70", "−0,44", "0,00", "96,32"]
    assert bars["hovertext"][0].endswith("100,00 − 2,54 = 97,46")


def test_waterfall_has_at_most_ten_steps_and_loses_nothing():
    rows = [{"code": str(at), "label": f"Mục {at}", "lost": Fraction(at, 30), "id": str(at)} for at in range(1, 15)]
    figure = figures.waterfall(rows, lang="vi")
    bars, totals = figure["data"][1:]
    assert len(bars["x"]) == 10 and bars["customdata"][-1] is None
    assert totals["x"][1] == float(100 - sum(row["lost"] for row in rows))
    assert "5 mục còn lại" in bars["hovertext"][-1]


def test_dumbbells_tell_cut_from_rise_by_colour_and_sign_and_keep_pending_rings():
    figure = figures.adjusted_items(items(), span=(50, 100), lang="vi")
    cuts, rises, rings, marks, arrows = figure["data"]
    assert cuts["x"] == [100.0, 75.0, None] and rises["y"] == [1, 1, None]
    assert len(rings["x"]) == 3 and marks["customdata"] == ["x", "y"]
    assert arrows["marker"]["symbol"] == ["triangle-down", "triangle-up"]
    assert column(figure, "Điều chỉnh") == ["−0,50", "+0,25", "–"] and column(figure, "Thẩm định") == [
        "1,50/2",
        "1,50/1,5",
        "–/1",
    ]


def test_losses_start_at_zero_with_the_largest_first():
    figure = figures.losses(lost("0.44", "0.7", "0"), lang="vi")
    bars = figure["data"][0]
    assert bars["x"] == [0.7, 0.44, 0.0] and "base" not in bars
    assert plain(bars["text"][0]) == "0,70 trên 10 điểm"
    low, high = figure["layout"]["xaxis"]["range"]
    left = (531 - 0) * (0.7 - low) / (high - low)
    assert left + text_width("0,70 trên 10 điểm", 13, 600) <= 531


def test_progress_of_nothing_is_an_empty_outline():
    figure = figures.progress([{"label": "A", "done": 0, "total": 0, "id": None}], lang="vi")
    assert figure["data"][1]["x"] == [0.0]


def test_labels_of_the_scatter_never_cover_a_dot_or_each_other():
    spots = [(20.0 + at * 37 % 400, 15.0 + at * 53 % 250) for at in range(30)]
    names = [name for name, *_ in TILES]
    sides = quadrants.place_labels(spots, names, (440, 280), must=[3])
    assert sides[3] and sum(side is not None for side in sides) >= 20
    boxes = []
    for (x, y), name, side in zip(spots, names, sides, strict=True):
        if side and names.index(name) != 3:
            dx, dy = quadrants.SIDES[side]
            wide, tall = text_width(name), 13
            left = x + dx * wide + (6 if dx == 0 else -6 if dx == -1 else 0)
            top = y + dy * tall + (6 if dy == 0 else -6 if dy == -1 else 0)
            boxes.append((left, top, left + wide, top + tall))
            assert left >= 0 and left + wide <= 440
    assert not any(quadrants.shared_area(one, two) for one, two in combinations(boxes, 2))


def test_scatter_cuts_quadrants_at_the_medians():
    rows = [{"label": str(at), "x": D(at) / 10, "y": D(at * at) / 100, "id": at} for at in (1, 5, 9)]
    figure = figures.scatter(rows, span_x=(0, 100), span_y=(0, 100), titles=("x", "y"), lang="vi")
    lines = figure["layout"]["shapes"]
    assert lines[0]["x0"] == 50.0 and lines[1]["y0"] == 25.0


# ------------------------------------------------------------------------------------------------------------- survey


def test_likert_rows_fill_a_hundred_without_those_of_no_opinion():
    figure = figures.likert(answers(), options=OPTIONS, lang="vi")
    bars, apart = figure["data"]
    for row in set(bars["y"]):
        assert sum(x for x, y in zip(bars["x"], bars["y"], strict=True) if y == row) == pytest.approx(100)
    assert apart["x"] == pytest.approx([5.0, 20.0, 0.0]) and apart["marker"]["pattern"]["shape"] == "/"
    assert column(figure, "n") == ["", "19*", "1.000", "", "4*"]
    assert column(figure, "Không ý kiến") == ["", "5%", "20%", "", "0%"]
    assert "47%" not in bars["text"][:2] and "50%" in bars["text"]
    assert [plain(text) for text in figure["layout"]["yaxis2"]["ticktext"] if text] == [
        "5.7.1 Năng lực chuyên môn, nghiệp vụ",
        "5.7.2 Tinh thần trách nhiệm",
    ]


@pytest.mark.parametrize("draw", [figures.likert, figures.likert_diverging])
def test_a_suppressed_row_says_so_and_nothing_of_it_reaches_the_figure(draw):
    secret = [4321, 1234, 0, 0, 0]
    figure = draw(answers(suppressed=True, counts=secret, no_opinion=777), options=OPTIONS, lang="vi")
    sent = json.dumps(figure)
    assert not any(str(number) in sent for number in (4321, 1234, 5555, 777, "5.555", "4.321"))
    assert figure["data"][-1]["marker"]["pattern"]["shape"] == ["/"]
    assert "n&lt;5: không công bố" in [note["text"] for note in figure["layout"]["annotations"]]
    without = draw(answers(suppressed=True, counts=None, no_opinion=None), options=OPTIONS, lang="vi")
    assert without == figure


def test_a_row_without_ballots_is_not_a_suppressed_one():
    figure = figures.likert(answers(counts=[0] * 5), options=OPTIONS, lang="vi")
    assert figure["data"][-1]["marker"]["pattern"]["shape"] == [""]
    assert "chưa có phiếu hợp lệ" in [note["text"] for note in figure["layout"]["annotations"]]


def test_diverging_rows_halve_the_middle_option_at_zero():
    figure = figures.likert_diverging(answers(), options=OPTIONS, lang="vi")
    bars = figure["data"][0]
    middle = [at for at, colour in enumerate(bars["marker"]["color"]) if colour == "#DADDE2"]
    assert middle and all(bars["base"][at] == pytest.approx(-bars["x"][at] / 2) for at in middle)
    assert figure["layout"]["xaxis"]["ticktext"] == ["100%", "50%", "0%", "50%", "100%"]


def test_scales_of_other_lengths_keep_the_ends_and_no_false_middle():
    assert survey.likert_colours(2) == [0, 4] and survey.likert_colours(4) == [0, 1, 3, 4]
    figure = figures.likert_diverging(
        [{"label": "a", "counts": [10, 30], "no_opinion": 0, "id": "i"}], options=["Không", "Có"], lang="vi"
    )
    assert figure["data"][0]["base"] == pytest.approx([-25.0, 0.0])


def test_ballots_a_day_start_at_zero_and_keep_empty_days():
    rows = [{"day": date(2020, 11, 3), "n": 12, "id": "b"}, {"day": date(2020, 11, 1), "n": 450, "id": "a"}]
    figure = figures.ballots_a_day(rows, lang="vi")
    assert figure["data"][0]["x"] == [0, 2] and figure["layout"]["yaxis"]["range"] == [0, 500]
    assert figure["layout"]["xaxis"]["ticktext"][0] == "01/11"


# -------------------------------------------------------------------------------------------------------------- years


def test_a_line_stops_at_a_missing_year_and_before_another_rubric():
    rows = [{"year": year, "value": D(90 + year - 2019), "rank": 1, "id": year} for year in (2019, 2020, 2021, 2023)]
    figure = figures.year_line(rows, years=range(2019, 2025), span=(88, 98), lang="vi", breaks=[2021])
    line, marks = figure["data"]
    assert line["y"] == [90.0, 91.0, None, 92.0, None, 94.0, None]
    assert marks["text"] == ["90,00", "91,00", "92,00", "94,00"]
    under = [text.split("<br>")[1] for text in figure["layout"]["xaxis"]["ticktext"]]
    assert under == ["hạng 1", "hạng 1", "hạng 1", "–", "hạng 1", "–"]
    assert figure["layout"]["shapes"][0]["x0"] == 1.5


def test_many_years_need_four_traces_whatever_the_units():
    rows = [
        {"series": at, "label": f"Đơn vị {at}", "year": year, "value": D(80 + at), "id": "i", "highlight": at == 3}
        for at in range(10)
        for year in (2019, 2020)
    ]
    figure = figures.year_lines(rows, years=[2019, 2020], span=(78, 92), lang="vi")
    assert len(figure["data"]) == 4
    assert [plain(note["text"]) for note in figure["layout"]["annotations"]] == ["Đơn vị 3 83,00"]


def test_names_beside_lines_stand_apart_in_order():
    places = years.places_apart([90.0, 90.1, 90.2, 95.0], 1.0, 80, 100)
    assert places == sorted(places)
    assert min(two - one for one, two in pairwise(places)) >= 1 - 1e-9
    assert years.places_apart([99.9, 100.0], 1.0, 80, 100) == [99.0, 100.0]
    assert years.places_apart([], 1.0, 0, 1) == []


def test_slope_draws_a_line_only_between_two_values():
    rows = [
        {"label": "A", "before": D(90), "after": None, "id": "a"},
        {"label": "B", "before": D(90), "after": D(92), "id": "b", "highlight": True},
    ]
    figure = figures.slope(rows, span=(88, 94), ends=("2019", "2020"), lang="vi")
    quiet, dots, loud, _ = figure["data"]
    assert quiet["x"] == [] and dots["x"] == [0] and loud["y"] == [90.0, 92.0, None]


def test_spans_are_fixed_by_all_units_of_a_block():
    assert figures.span_of([D("84.33"), None, D("95.16")]) == (84, 96)
    assert figures.span_of([D(90)], 5) == (90, 95) and figures.span_of([]) == (0, 2)


def test_an_empty_figure_says_why():
    figure = figures.empty("Chưa có số liệu <2020>")
    go.Figure(figure)
    assert figure["layout"]["annotations"][0]["text"] == "Chưa có số liệu &lt;2020&gt;"


def test_names_cannot_bring_markup():
    figure = figures.dot_plot(block(label="<b>x</b> & y"), span=(82, 98), lang="vi")
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in json.dumps(figure) and "<b>x</b> & y" not in json.dumps(figure)


def test_every_word_of_the_figures_is_used():
    from dashboard.words.figures import TEXTS

    code = "".join(path.read_text() for path in (Path(figures.__file__).parent).glob("*.py"))
    assert [key for key in TEXTS if f'"{key}"' not in code and f"'{key}'" not in code] == []
    assert formats.MISSING == "–"
