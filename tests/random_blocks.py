"""Blocks of units at random: with ties, without an earlier year, incomplete."""

from collections import Counter
from decimal import Decimal

from hypothesis import strategies as st

from dashboard.pages.ranking import rows as standings
from dashboard.pages.ranking.rows import SEVERITIES

NAMES = ["Ba Đình", "Ba Vì", "Bắc Từ Liêm", "Cầu Giấy", "Đan Phượng", "Đống Đa", "Hà Đông", "Ứng Hòa", "Ưu", "Ăn", "Ân"]
FIELDS = ("1", "2", "9.1")

points = st.decimals(0, 100, places=2)
maybe = st.none() | points
share = st.none() | st.decimals(0, 1, places=6)


@st.composite
def rows(draw, least=0):
    """Rows as the view `ranking` gives them, with ties, without earlier year, incomplete."""
    count = draw(st.integers(least, len(NAMES)))
    previous, comparable = draw(st.sampled_from([("2019", True), ("2019", False), (None, False)]))
    complete = [draw(st.booleans() | st.just(True)) for _ in range(count)]
    values = [draw(points if whole else maybe) for whole in complete]
    ranked = sorted((value for value, whole in zip(values, complete, strict=True) if whole), reverse=True)
    found = []
    for at, (value, whole) in enumerate(zip(values, complete, strict=True)):
        rank = ranked.index(value) + 1 if whole else None
        low = draw(st.integers(1, rank)) if rank else None
        found.append(
            {
                "unit_code": f"unit-{at}",
                "unit_name": f"Đơn vị {NAMES[at]}",
                "short_name": NAMES[at],
                "status": "complete" if whole else "incomplete",
                "rank": rank,
                "index_value": value,
                "index_low": value and value - 1,
                "index_high": value and value + 1,
                "rank_low": low,
                "rank_high": rank and draw(st.integers(rank, len(ranked))),
                "previous_period": previous,
                "comparable": comparable,
                "previous_index": draw(maybe) if previous else None,
                "appraised_points": draw(maybe),
                "appraised_max": Decimal(67),
                "survey_points": draw(maybe),
                "survey_max": draw(st.sampled_from([Decimal(33), Decimal(33), Decimal(21)])),
                "grid_row": at // 4,
                "grid_col": at % 4,
            }
        )
    return sorted(found, key=lambda row: (row["rank"] is None, row["rank"] or 0))


@st.composite
def blocks(draw, least=0):
    found = draw(rows(least))
    codes = [row["unit_code"] for row in found]
    return standings.block(
        found,
        {code: {field: draw(share) for field in FIELDS} for code in codes},
        {code: Counter(draw(st.lists(st.sampled_from(SEVERITIES), max_size=3))) for code in codes},
        names={},
        kinds={code: draw(st.sampled_from(["urban", "rural"])) for code in codes},
        own=draw(st.sampled_from([None, *codes])),
    )
