from decimal import Decimal as D

from plotly import graph_objects as go

from dashboard import figures


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
