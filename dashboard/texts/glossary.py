"""The page of terms."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).resolve().parents[2] / "data" / "glossary.csv"


@cache
def terms() -> tuple[dict[str, str], ...]:
    """One dict a term: vi, vi_short, en, definition_vi."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


TEXTS = {
    "glossary.title": ("Thuật ngữ", "Glossary"),
    "glossary.lead": (
        "Từ dùng trên các trang và trong tệp xuất, kèm từ tiếng Anh tương ứng.",
        "Words used on the pages and in exported files, with their Vietnamese originals.",
    ),
    "glossary.headline": ("{n} thuật ngữ", ("{n} term", "{n} terms")),
    "glossary.subtitle": ("Xếp theo bảng chữ cái tiếng Việt", "In English alphabetical order"),
    "glossary.filter": ("Lọc thuật ngữ", "Filter terms"),
    "glossary.term": ("Thuật ngữ", "Term"),
    "glossary.short": ("Viết tắt", "Abbreviation"),
    "glossary.other": ("Tiếng Anh", "Vietnamese"),
    "glossary.definition": ("Nghĩa", "Definition (Vietnamese)"),
}
