"""Cells: a value of a workbook or a Parquet file as the text that is read."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

TEXT, NUMBER, DATE = 0, 1, 2
"""What a cell was before it became text."""
EXACT = 2**53
"""Whole floats below it are exact."""


def number_as_text(value: float) -> str:
    """A number as a spreadsheet shows it: whole ones exact, others with 15 significant digits and no exponent.

    A whole float that is no longer exact keeps its exponent. `nan` is an empty cell.
    """
    if isinstance(value, int):
        return str(value)
    if value != value:
        return ""
    if value in (float("inf"), float("-inf")):
        return str(value)
    if value == int(value):
        return str(int(value)) if abs(value) < EXACT else f"{value:.15E}"
    return format(Decimal(f"{value:.15g}"), "f")


def text_of(value: Any) -> str:
    """A cell as text: numbers plain, days as ISO, moments with their offset where they have one."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_as_text(value)
    if isinstance(value, Decimal):
        whole = value.to_integral_value() if value.is_finite() else value
        return format(whole if whole == value else value.normalize(), "f")
    if isinstance(value, datetime):
        midnight = value.tzinfo is None and value.time() == datetime.min.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
