from decimal import Decimal as D
from itertools import combinations

import pytest
from figures_made import by_field
from figures_read import column

from dashboard import figures
from dashboard.figures import strips


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
