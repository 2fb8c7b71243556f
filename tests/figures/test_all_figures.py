import json
import re
from pathlib import Path

import pytest
from figures_made import all_figures
from figures_read import check_room
from plotly import graph_objects as go

from dashboard import figures
from dashboard.words import formats


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [None, 358, 320])
def test_every_figure_is_valid_and_its_texts_stay_on_the_canvas_and_apart(lang, width):
    for name, figure in all_figures(lang, width).items():
        go.Figure(figure)
        assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar", "heatmap"}, name
        assert len(figure["data"]) <= 6, name
        try:
            check_room(figure)
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from None


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_mark_leads_to_its_provenance_and_repeats_its_row(lang):
    for name, figure in all_figures(lang).items():
        for trace in figure["data"]:
            if trace["type"] == "heatmap" or trace.get("hoverinfo") == "skip":
                continue
            assert len(trace["customdata"]) == len(trace["x"]) == len(trace["hovertext"]), name
            assert all(re.match(r"<b>.+</b>", text) for text in trace["hovertext"]), name
        assert all(mark in figures.MARKS for mark, _ in figure["layout"]["meta"]["key"]), name
        json.dumps(figure)


def test_every_word_of_the_figures_is_used():
    from dashboard.words.figures import TEXTS

    code = "".join(path.read_text() for path in (Path(figures.__file__).parent).glob("*.py"))
    assert [key for key in TEXTS if f'"{key}"' not in code and f"'{key}'" not in code] == []
    assert formats.MISSING == "–"
