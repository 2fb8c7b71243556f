from decimal import Decimal as D

from figures_made import block
from figures_read import column, plain
from plotly import graph_objects as go

from dashboard import figures


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
