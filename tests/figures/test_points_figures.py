from fractions import Fraction

import pytest
from figures_made import items, lost
from figures_read import column, plain

from dashboard import figures
from dashboard.figures.lettering import text_width


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
