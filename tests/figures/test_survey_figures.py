import json
from datetime import date

import pytest
from figures_made import OPTIONS, answers
from figures_read import column, plain

from dashboard import figures
from dashboard.figures import survey


def test_likert_rows_fill_a_hundred_without_those_of_no_opinion():
    figure = figures.likert(answers(), options=OPTIONS, lang="vi")
    bars, apart = figure["data"]
    for row in set(bars["y"]):
        assert sum(x for x, y in zip(bars["x"], bars["y"], strict=True) if y == row) == pytest.approx(100)
    assert apart["x"] == pytest.approx([5.0, 20.0, 0.0]) and apart["marker"]["pattern"]["shape"] == "/"
    assert column(figure, "n") == ["", "19*", "1.000", "", "4*"]
    assert column(figure, "Không ý kiến") == ["", "5%", "20%", "", "0%"]
    assert "47%" not in bars["text"][:2] and "50%" in bars["text"]
    assert [plain(text) for text in figure["layout"]["yaxis2"]["ticktext"] if text] == [
        "5.7.1 Năng lực chuyên môn, nghiệp vụ",
        "5.7.2 Tinh thần trách nhiệm",
    ]


@pytest.mark.parametrize("draw", [figures.likert, figures.likert_diverging])
def test_a_suppressed_row_says_so_and_nothing_of_it_reaches_the_figure(draw):
    secret = [4321, 1234, 0, 0, 0]
    figure = draw(answers(suppressed=True, counts=secret, no_opinion=777), options=OPTIONS, lang="vi")
    sent = json.dumps(figure)
    assert not any(str(number) in sent for number in (4321, 1234, 5555, 777, "5.555", "4.321"))
    assert figure["data"][-1]["marker"]["pattern"]["shape"] == ["/"]
    assert "n&lt;5: không công bố" in [note["text"] for note in figure["layout"]["annotations"]]
    without = draw(answers(suppressed=True, counts=None, no_opinion=None), options=OPTIONS, lang="vi")
    assert without == figure


def test_a_row_without_ballots_is_not_a_suppressed_one():
    figure = figures.likert(answers(counts=[0] * 5), options=OPTIONS, lang="vi")
    assert figure["data"][-1]["marker"]["pattern"]["shape"] == [""]
    assert "chưa có phiếu hợp lệ" in [note["text"] for note in figure["layout"]["annotations"]]


def test_diverging_rows_halve_the_middle_option_at_zero():
    figure = figures.likert_diverging(answers(), options=OPTIONS, lang="vi")
    bars = figure["data"][0]
    middle = [at for at, colour in enumerate(bars["marker"]["color"]) if colour == "#DADDE2"]
    assert middle and all(bars["base"][at] == pytest.approx(-bars["x"][at] / 2) for at in middle)
    assert figure["layout"]["xaxis"]["ticktext"] == ["100%", "50%", "0%", "50%", "100%"]


def test_scales_of_other_lengths_keep_the_ends_and_no_false_middle():
    assert survey.likert_colours(2) == [0, 4] and survey.likert_colours(4) == [0, 1, 3, 4]
    figure = figures.likert_diverging(
        [{"label": "a", "counts": [10, 30], "no_opinion": 0, "id": "i"}], options=["Không", "Có"], lang="vi"
    )
    assert figure["data"][0]["base"] == pytest.approx([-25.0, 0.0])


def test_ballots_a_day_start_at_zero_and_keep_empty_days():
    rows = [{"day": date(2020, 11, 3), "n": 12, "id": "b"}, {"day": date(2020, 11, 1), "n": 450, "id": "a"}]
    figure = figures.ballots_a_day(rows, lang="vi")
    assert figure["data"][0]["x"] == [0, 2] and figure["layout"]["yaxis"]["range"] == [0, 500]
    assert figure["layout"]["xaxis"]["ticktext"][0] == "01/11"
