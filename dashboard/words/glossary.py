"""The terms of the field with their meanings, from data/glossary.csv."""

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
