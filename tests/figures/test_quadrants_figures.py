from decimal import Decimal as D
from itertools import combinations

from figures_made import TILES

from dashboard import figures
from dashboard.figures import quadrants
from dashboard.figures.lettering import text_width


def test_labels_of_the_scatter_never_cover_a_dot_or_each_other():
    spots = [(20.0 + at * 37 % 400, 15.0 + at * 53 % 250) for at in range(30)]
    names = [name for name, *_ in TILES]
    sides = quadrants.place_labels(spots, names, (440, 280), must=[3])
    assert sides[3] and sum(side is not None for side in sides) >= 20
    boxes = []
    for (x, y), name, side in zip(spots, names, sides, strict=True):
        if side and names.index(name) != 3:
            dx, dy = quadrants.SIDES[side]
            wide, tall = text_width(name), 13
            left = x + dx * wide + (6 if dx == 0 else -6 if dx == -1 else 0)
            top = y + dy * tall + (6 if dy == 0 else -6 if dy == -1 else 0)
            boxes.append((left, top, left + wide, top + tall))
            assert left >= 0 and left + wide <= 440
    assert not any(quadrants.shared_area(one, two) for one, two in combinations(boxes, 2))


def test_scatter_cuts_quadrants_at_the_medians():
    rows = [{"label": str(at), "x": D(at) / 10, "y": D(at * at) / 100, "id": at} for at in (1, 5, 9)]
    figure = figures.scatter(rows, span_x=(0, 100), span_y=(0, 100), titles=("x", "y"), lang="vi")
    lines = figure["layout"]["shapes"]
    assert lines[0]["x0"] == 50.0 and lines[1]["y0"] == 25.0
