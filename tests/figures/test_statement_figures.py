import pytest
from figures_made import LONG, SAID, all_figures, block
from figures_read import check_room
from plotly import graph_objects as go

from dashboard import figures
from dashboard.words import t


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("size", figures.SIZES)
def test_a_statement_has_its_exact_size_and_keeps_every_text_on_the_canvas(size, lang):
    title = (
        f"{LONG} đạt điểm cao nhất khối sở và cơ quan tương đương sở năm 2020: 95,16 điểm, cao hơn trung vị 3,42 điểm"
    )
    for name, figure in all_figures(lang).items():
        for marks in (SAID["marks"], []):
            picture = figures.statement(figure, title=title, size=size, lang=lang, **{**SAID, "marks": marks})
            go.Figure(picture)
            layout = picture["layout"]
            wide, tall = figures.SIZES[size]
            scale = layout["meta"]["scale"]
            assert int(layout["width"] * scale) == wide
            assert (layout["height"] * scale == tall) if tall else layout["height"] * scale <= 2480, name
            try:
                found = check_room(picture)
            except AssertionError as error:
                raise AssertionError(f"{name} {size}: {error}") from None
            said = " ".join(text for text, *_ in found)
            for part in (title, SAID["subtitle"], SAID["note"].strip(), *SAID["source"], " · ".join(marks)):
                assert " ".join(part.split()) in said, (name, part)
            crossed = [shape for shape in layout["shapes"] if "label" in shape]
            assert [shape["label"]["text"] for shape in crossed] == ([" – ".join(marks)] if marks else [])


def test_a_statement_takes_an_emblem_in_place_of_its_outline():
    picture = figures.statement(
        figures.dot_plot(block(), span=(82, 98), lang="vi"), title="T", size="a4", lang="vi", emblem="data:,", **SAID
    )
    assert picture["layout"]["images"][0]["source"] == "data:,"
    assert t("figure.emblem", "vi") not in [note["text"] for note in picture["layout"]["annotations"]]
