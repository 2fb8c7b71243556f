"""Made-up rows for every figure, with long names, ties and gaps; and every figure drawn from them."""

import re
from datetime import date, timedelta
from decimal import Decimal as D

from dashboard import figures
from dashboard.figures.strips import compared_strips

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
SAID = {
    "subtitle": "Chỉ số CCHC năm 2020, UBND 30 quận, huyện, thị xã, n = 30; thang 100 điểm; sắp theo chỉ số",
    "note": "Vạch ngang: khoảng bất định 95% do điều tra xã hội học. Nét đứt: trung vị khối. " * 2,
    "source": [
        "Nguồn: Sở Nội vụ Hà Nội (Quyết định số …/QĐ-UBND ngày 05/5/2021).",
        "Bản 2020-v1.0, mã a1b2c3d4. Xuất ngày 22/11/2026.",
    ],
    "marks": ["SỐ LIỆU GIẢ LẬP", "TẠM TÍNH – CHƯA CÔNG BỐ"],
}


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
    pairs = [
        {
            "label": row["label"],
            "place": n,
            "other_label": other["label"],
            "other": m,
            "verdict": "alike" if abs(n - m) < 4 else "above" if n < m else "below",
            "id": "p",
        }
        for n, row in enumerate(rows, 1)
        for m, other in enumerate(rows, 1)
        if n != m
    ]
    units = ["Cầu Giấy", "Ba Vì", "Gia Lâm"]
    compared = [{**row, "unit": units.index(row["label"])} for row in fields if row["label"] in units]
    made = {
        "dot_plot": figures.dot_plot(rows, median=D("90.1"), **span, **at),
        "rank_sets": figures.rank_sets(rows, lang=lang, **at),
        "weight_ranges": figures.weight_ranges(rows, lang=lang, **at),
        "pair_matrix": figures.pair_matrix(pairs, lang=lang, **at),
        "rank_heat": figures.rank_heat(heat, lang=lang, **at),
        "tile_map": figures.tile_map(rows, breaks=[86, 88, 90, 91, 93, D("94.5")], lang=lang, **at),
        "group_means": figures.group_means(means, span=(60, 85), lang=lang, **at),
        "field_strips": figures.field_strips(fields, **shares, **at),
        "peer_strips": figures.peer_strips(fields, **shares, **at),
        "compared_strips": compared_strips(compared, **shares, **at),
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
    if width is None:  # drawn for files alone
        plan = [
            {"label": LONG, "total": "1.106", "cells": [("120/144", 2), ("0/20", 0), None]},
            {"label": "Ba Vì", "total": "12", "cells": [("n<5", -1), ("12", None), ("30/30", 3)]},
        ]
        key = [("under", "dưới kế hoạch")]
        made["coverage"] = figures.coverage(plan, groups=["Dân", "DN", "CB"], key=key, lang=lang)
        made["dot_plot_columns"] = figures.dot_plot_columns(rows, median=D("90.1"), **span)
    return made
