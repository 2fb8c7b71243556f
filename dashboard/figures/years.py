"""One block or unit over the years. A line never crosses a missing year or a change of the rubric."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.layout import AXIS, HIDDEN, Figure, Rows, Span, figure, named, note, rule, value_axis
from dashboard.figures.lettering import SIZE, bold, escape, fit, text_width
from dashboard.figures.palette import GRID, INK_2, OTHERS, PRIMARY, SAME
from dashboard.figures.traces import Mark, dots, hover, lines
from dashboard.words import formats, t

LABEL = 17  # px from the middle of one name to the next
TOP = 14  # px over the plot
BEFORE_AFTER = ("before", "after")


def year_line(
    rows: Rows,
    *,
    years: Sequence[int],
    span: Span,
    lang: str,
    breaks: Sequence[int] = (),
    width: int = 344,
    height: int = 210,
) -> Figure:
    """One series with its value at every point and its rank under the year; a year without a value reads "–".

    Rows: year, value, id; rank where there is one. `breaks` are the years from which another rubric holds: the line
    stops before each, and a dashed line marks it.
    """
    by_year = _by_year(rows)
    shown = [(at, by_year[year]) for at, year in enumerate(years) if year in by_year]
    marks = []
    for at, row in shown:
        rank = t("figure.hover_rank", lang, rank=str(row["rank"])) if row.get("rank") else ""
        text = hover(str(row["year"]), formats.points(row["value"], lang), rank)
        marks.append((at, float(row["value"]), row.get("id"), text))
    points = {
        **dots(marks),
        "mode": "markers+text",
        "text": [formats.points(row["value"], lang) for _, row in shown],
        "textposition": [_side(at, shown) for at in range(len(shown))],
        "textfont": {"size": SIZE, "weight": 600},
    }
    under = [""] * len(years)
    if len(by_year) < len(years) or any(row.get("rank") for row in rows):
        under = [_under_year(by_year.get(year), lang) for year in years]
    line = lines(*_broken(by_year, years, breaks), colour=PRIMARY, width=2, connectgaps=False)
    return _over_years([line, points], years, span, under, breaks, width=width, height=height, right=22, lang=lang)


def _by_year(rows: Rows) -> dict[int, dict[str, Any]]:
    return {row["year"]: row for row in rows if row["value"] is not None}


def _under_year(row: dict[str, Any] | None, lang: str) -> str:
    if row is None:
        return formats.MISSING
    return t("figure.year_rank", lang, rank=str(row["rank"])) if row.get("rank") else ""


def year_lines(
    rows: Rows,
    *,
    years: Sequence[int],
    span: Span,
    lang: str,
    breaks: Sequence[int] = (),
    width: int = 718,
    height: int = 380,
) -> Figure:
    """Many series, the highlighted ones in colour with their name at the end, the rest one grey trace.

    Rows: series, label, year, value, id; highlight marks a series (a few; all its rows). `breaks` as in `year_line`.
    """
    series: dict[Any, list] = {}
    for row in rows:
        if row["value"] is not None:
            series.setdefault(row["series"], []).append(row)
    highlighted = [some for some in series.values() if any(row.get("highlight") for row in some)]
    others = [some for some in series.values() if some not in highlighted]
    ends = [max(some, key=lambda row: row["year"]) for some in highlighted]
    names = [f"{row['label']} {formats.points(row['value'], lang)}" for row in ends]
    room = min(max((text_width(name, weight=600) for name in names), default=0) + 16, width * 0.4)
    names = [fit(name, room - 12, weight=600) for name in names]
    places = _names_apart([row["value"] for row in ends], span, height - 30 - TOP)
    chart = _over_years(
        [
            *_series(others, years, breaks, lang, OTHERS, 1, 5),
            *_series(highlighted, years, breaks, lang, PRIMARY, 2.5, 9),
        ],
        years,
        span,
        [""] * len(years),
        breaks,
        width=width,
        height=height,
        right=room,
        lang=lang,
    )
    chart["layout"]["annotations"] += [
        note(bold(name), 1, y, xref="paper", xanchor="left", xshift=8, yanchor="middle", align="left")
        for name, y in zip(names, places, strict=True)
    ]
    chart["layout"]["meta"]["key"] = named(lang, rise="figure.key_named", others="figure.key_others")
    return chart


def _series(
    series: Sequence[Rows], years: Sequence[int], breaks: Sequence[int], lang: str, colour: str, width: float, size: int
) -> list[dict[str, Any]]:
    """One trace of lines and one of dots for all these series."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    marks: list[Mark] = []
    for rows in series:
        places, values = _broken(_by_year(rows), years, breaks)
        xs += [*places, None]
        ys += [*values, None]
        for row in rows:
            if row["year"] in years:
                text = hover(row["label"], f"{row['year']}: {formats.points(row['value'], lang)}")
                marks.append((years.index(row["year"]), float(row["value"]), row.get("id"), text))
    return [lines(xs, ys, colour=colour, width=width), dots(marks, color=colour, size=size)]


def slope(rows: Rows, *, span: Span, ends: tuple[str, str], lang: str, width: int = 531, height: int = 560) -> Figure:
    """Two years side by side, a line a unit: the highlighted ones in colour and named with both values, the rest grey.

    Rows: label, before, after, id; highlight. A unit without one of the two has a dot and no line.
    `ends` name the years.
    """
    rows = [row for row in rows if row["before"] is not None or row["after"] is not None]
    others = [row for row in rows if not row.get("highlight")]
    highlighted = [row for row in rows if row.get("highlight")]
    top, bottom = 32, 10
    notes, margins = [], []
    for side, year in enumerate(ends):
        names = _end_names(highlighted, side, 0.36 * width, lang)
        values = [row[BEFORE_AFTER[side]] for row in highlighted if row[BEFORE_AFTER[side]] is not None]
        margins.append(max([20.0, *(text_width(name, weight=600) + 18 for name in names)]))
        out = {"xanchor": "left", "xshift": 10} if side else {"xanchor": "right", "xshift": -10}
        notes += [
            note(bold(name), side, y, yanchor="middle", **out)
            for name, y in zip(names, _names_apart(values, span, height - top - bottom), strict=True)
        ]
        head = {"xanchor": "center", "yanchor": "bottom", "yshift": 8, "font": {"color": INK_2}}
        notes.append(note(escape(year), side, 1, yref="paper", **head))
    return figure(
        [*_slopes(others, ends, lang, OTHERS, 1, 6), *_slopes(highlighted, ends, lang, PRIMARY, 2.5, 10)],
        width=width,
        height=height,
        margin=(*margins, top, bottom),
        shapes=[rule(x, colour=GRID) for x in (0, 1)],
        annotations=notes,
        xaxis={**HIDDEN, "range": [-0.02, 1.02]},
        yaxis={**HIDDEN, "range": [float(span[0]), float(span[1])]},
        key=named(lang, rise="figure.key_named", others="figure.key_others"),
    )


def _end_names(rows: Rows, side: int, width: float, lang: str) -> list[str]:
    """Names and values at the left or the right end of the lines, the value next to the line."""
    names = []
    for row in rows:
        if (value := row[BEFORE_AFTER[side]]) is not None:
            parts = (row["label"], formats.points(value, lang))
            names.append(fit(" ".join(parts[::-1] if side else parts), width, weight=600))
    return names


def _slopes(rows: Rows, ends: tuple[str, str], lang: str, colour: str, width: float, size: int) -> list[dict[str, Any]]:
    """One trace of lines and one of dots for all these units."""
    both = [row for row in rows if row["before"] is not None and row["after"] is not None]
    xs = [x for _ in both for x in (0, 1, None)]
    ys = [y for row in both for y in (float(row["before"]), float(row["after"]), None)]
    marks = []
    for side, year in enumerate(BEFORE_AFTER):
        for row in rows:
            if row[year] is not None:
                before, after = (f"{ends[at]}: {formats.points(row[key], lang)}" for at, key in enumerate(BEFORE_AFTER))
                marks.append((side, float(row[year]), row.get("id"), hover(row["label"], before, after)))
    return [lines(xs, ys, colour=colour, width=width), dots(marks, color=colour, size=size)]


def _names_apart(values: Sequence[Any], span: Span, px: float) -> list[float]:
    """Where names stand beside the ends of lines on an axis of so many px."""
    low, high = float(span[0]), float(span[1])
    return places_apart([float(value) for value in values], LABEL * ((high - low) / px), low, high)


def places_apart(values: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels near their values, `gap` apart at least, within low…high as far as there is room; the order of
    the values is kept."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    # Runs of labels that touch are pushed apart around their common middle.
    runs: list[list[int]] = []
    centres: list[float] = []
    for at in order:
        runs.append([at])
        centres.append(values[at])
        while len(runs) > 1 and centres[-1] - centres[-2] < gap * (len(runs[-1]) + len(runs[-2])) / 2:
            last = runs.pop()
            centres.pop()
            runs[-1] += last
            centres[-1] = sum(values[i] for i in runs[-1]) / len(runs[-1])
        half = gap * (len(runs[-1]) - 1) / 2
        centres[-1] = max(min(centres[-1], high - half), low + half)
    places = [0.0] * len(values)
    for run, centre in zip(runs, centres, strict=True):
        for step, at in enumerate(run):
            places[at] = centre + (step - (len(run) - 1) / 2) * gap
    return places


def _broken(
    by_year: dict[int, dict[str, Any]], years: Sequence[int], breaks: Sequence[int]
) -> tuple[list[float | None], list[float | None]]:
    """Places and values of one line over the years that stops at missing years and at breaks."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for at, year in enumerate(years):
        if year in breaks and xs:
            xs.append(None)
            ys.append(None)
        row = by_year.get(year)
        xs.append(at if row else None)
        ys.append(float(row["value"]) if row else None)
    return xs, ys


def _side(at: int, shown: Sequence[tuple[int, dict]]) -> str:
    """Value over its point, under it in a valley."""
    value = shown[at][1]["value"]
    place = shown[at][0]
    near = [row["value"] for other, row in shown if abs(other - place) == 1]
    return "bottom center" if near and all(value < other for other in near) else "top center"


def _over_years(
    data: list[dict],
    years: Sequence[int],
    span: Span,
    under: Sequence[str],
    breaks: Sequence[int],
    *,
    width: int,
    height: int,
    right: float,
    lang: str,
) -> Figure:
    """The traces over an axis of years, a text under each year and a dashed line before another rubric."""
    bottom = 50 if any(under) else 30
    scale = value_axis(span, height - bottom - TOP, lang, side="left")
    left = max(map(text_width, scale["ticktext"])) + 12
    step = max(1, round(44 * len(years) / max(width - left - right, 1) + 0.49))
    shown = range(0, len(years), step)
    labels = [f"{years[at]}<br>{escape(under[at])}" if any(under) else str(years[at]) for at in shown]
    return figure(
        data,
        width=width,
        height=height,
        margin=(left, right, TOP, bottom),
        shapes=[rule(years.index(year) - 0.5, colour=SAME, dashed=True) for year in breaks if year in years[1:]],
        annotations=[],
        xaxis={
            **AXIS,
            "range": [-0.4, len(years) - 0.6],
            "tickvals": list(shown),
            "ticktext": labels,
            "showgrid": False,
        },
        yaxis=scale,
    )
