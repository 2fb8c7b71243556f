from decimal import Decimal as D
from itertools import pairwise

from figures_read import plain

from dashboard import figures
from dashboard.figures import years


def test_a_line_stops_at_a_missing_year_and_before_another_rubric():
    rows = [{"year": year, "value": D(90 + year - 2019), "rank": 1, "id": year} for year in (2019, 2020, 2021, 2023)]
    figure = figures.year_line(rows, years=range(2019, 2025), span=(88, 98), lang="vi", breaks=[2021])
    line, marks = figure["data"]
    assert line["y"] == [90.0, 91.0, None, 92.0, None, 94.0, None]
    assert marks["text"] == ["90,00", "91,00", "92,00", "94,00"]
    under = [text.split("<br>")[1] for text in figure["layout"]["xaxis"]["ticktext"]]
    assert under == ["hạng 1", "hạng 1", "hạng 1", "–", "hạng 1", "–"]
    assert figure["layout"]["shapes"][0]["x0"] == 1.5


def test_many_years_need_four_traces_whatever_the_units():
    rows = [
        {"series": at, "label": f"Đơn vị {at}", "year": year, "value": D(80 + at), "id": "i", "highlight": at == 3}
        for at in range(10)
        for year in (2019, 2020)
    ]
    figure = figures.year_lines(rows, years=[2019, 2020], span=(78, 92), lang="vi")
    assert len(figure["data"]) == 4
    assert [plain(note["text"]) for note in figure["layout"]["annotations"]] == ["Đơn vị 3 83,00"]


def test_names_beside_lines_stand_apart_in_order():
    places = years.places_apart([90.0, 90.1, 90.2, 95.0], 1.0, 80, 100)
    assert places == sorted(places)
    assert min(two - one for one, two in pairwise(places)) >= 1 - 1e-9
    assert years.places_apart([99.9, 100.0], 1.0, 80, 100) == [99.0, 100.0]
    assert years.places_apart([], 1.0, 0, 1) == []


def test_slope_draws_a_line_only_between_two_values():
    rows = [
        {"label": "A", "before": D(90), "after": None, "id": "a"},
        {"label": "B", "before": D(90), "after": D(92), "id": "b", "highlight": True},
    ]
    figure = figures.slope(rows, span=(88, 94), ends=("2019", "2020"), lang="vi")
    quiet, dots, loud, _ = figure["data"]
    assert quiet["x"] == [] and dots["x"] == [0] and loud["y"] == [90.0, 92.0, None]
