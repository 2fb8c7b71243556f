"""Short names for where space is short: fields of the rubric and respondent groups, by their official name.

An official name that is not here stands as it is, so another year's rubric needs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SHORT = {
    # fields
    "Công tác chỉ đạo, điều hành cải cách hành chính": "Chỉ đạo, điều hành",
    "Xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật": "Văn bản QPPL",
    "Cải cách thủ tục hành chính": "Thủ tục hành chính",
    "Cải cách tổ chức bộ máy hành chính": "Tổ chức bộ máy",
    "Xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức": "Đội ngũ CBCCVC",
    "Cải cách tài chính công": "Tài chính công",
    "Hiện đại hóa hành chính": "Hiện đại hóa",
    "Thực hiện cơ chế một cửa, một cửa liên thông": "Cơ chế một cửa",
    "Tác động của cải cách hành chính đến người dân, tổ chức và phát triển kinh tế - xã hội": "Tác động của CCHC",
    # respondent groups
    "Đại biểu HĐND Thành phố Hà Nội": "Đại biểu HĐND Thành phố",
    "Cán bộ, công chức, viên chức thuộc sở": "CBCCVC thuộc sở",
    "Doanh nghiệp, tổ chức có giao dịch thủ tục hành chính": "Doanh nghiệp, tổ chức giao dịch",
    "Người dân (cá nhân) có giao dịch thủ tục hành chính": "Người dân có giao dịch",
    "Đại biểu HĐND cấp huyện": "Đại biểu HĐND huyện",
    "Cán bộ, công chức, viên chức thuộc huyện": "CBCCVC thuộc huyện",
    "Lãnh đạo UBND cấp xã": "Lãnh đạo UBND xã",
    "Cá nhân, hộ kinh doanh, tổ chức có giao dịch thủ tục hành chính": "Cá nhân, tổ chức giao dịch",
    "Người dân (cá nhân) trên địa bàn": "Người dân địa bàn",
}

SHORT_EN = {
    "Direction and management of reform": "Direction",
    "Administrative procedures": "Procedures",
    "Organisation of the administration": "Organisation",
    "Hanoi City People's Council deputies": "City deputies",
    "District People's Council deputies": "District deputies",
    "Commune People's Committee leaders": "Commune leaders",
}


def short_name(row: Mapping[str, Any], lang: str) -> str:
    """The name of a field or respondent group as charts print it; '' for a row without a name."""
    if lang == "en" and row.get("name_en"):
        return SHORT_EN.get(row["name_en"], row["name_en"])
    return SHORT.get(row.get("name") or "", row.get("name") or "")


COLUMN = {
    "Đại biểu HĐND Thành phố Hà Nội": ("HĐND", "Deputies"),
    "Cán bộ, công chức, viên chức thuộc sở": ("CBCCVC", "Officials"),
    "Lãnh đạo phòng cấp huyện": ("Phòng", "Divisions"),
    "Doanh nghiệp, tổ chức có giao dịch thủ tục hành chính": ("DN, tổ chức", "Business"),
    "Người dân (cá nhân) có giao dịch thủ tục hành chính": ("Người dân", "Citizens"),
    "Đại biểu HĐND cấp huyện": ("HĐND", "Deputies"),
    "Cán bộ, công chức, viên chức thuộc huyện": ("CBCCVC", "Officials"),
    "Lãnh đạo UBND cấp xã": ("Xã", "Communes"),
    "Cá nhân, hộ kinh doanh, tổ chức có giao dịch thủ tục hành chính": ("Giao dịch", "Users"),
    "Người dân (cá nhân) trên địa bàn": ("Người dân", "Residents"),
}


def column_name(row: Mapping[str, Any], lang: str) -> str:
    """The name of a respondent group for the head of a narrow column; a note beside it says the whole."""
    if (row.get("name") or "") in COLUMN:
        return COLUMN[row["name"]][lang == "en"]
    return short_name(row, lang)
