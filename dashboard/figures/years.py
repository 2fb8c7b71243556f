"""One block or unit over the years. A line never crosses a missing year or a change of the rubric."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.base import (
    GRID,
    INK_2,
    OTHERS,
    PRIMARY,
    SAME,
    SIZE,
    Figure,
    Rows,
    dots,
    figure,
    hover,
    named,
    value_axis,
)
from dashboard.figures.lettering import escape, fit, text_width
from dashboard.words import formats, t


def year_line(
    rows: Rows,
    *,
    years: Sequence[int],
    span: tuple[Any, Any],
    lang: str,
    breaks: Sequence[int] = (),
    width: int = 344,
    height: int = 210,
) -> Figure:
    """One series with its value at every point and its rank under the year; a year without a value reads "–".

    Rows: year, value, id; rank where there is one. `breaks` are the years from which another rubric holds: the line
    stops before each, and a dashed line marks it.
    """
    found = {row["year"]: row for row in rows if row["value"] is not None}
    line = _broken([(year, found.get(year)) for year in years], years, breaks)
    shown = [(at, found[year]) for at, year in enumerate(years) if year in found]
    data = [
        {**line, "line": {"color": PRIMARY, "width": 2}},
        {
            **dots(
                [at for at, _ in shown],
                [float(row["value"]) for _, row in shown],
                [row.get("id") for _, row in shown],
                [
                    hover(
                        str(row["year"]),
                        formats.points(row["value"], lang),
                        t("figure.hover_rank", lang, rank=str(row["rank"])) if row.get("rank") else "",
                    )
                    for _, row in shown
                ],
            ),
            "mode": "markers+text",
            "text": [formats.points(row["value"], lang) for _, row in shown],
            "textposition": [_side(at, shown) for at in range(len(shown))],
            "textfont": {"size": SIZE, "weight": 600},
        },
    ]
    ranked = any(row.get("rank") for row in rows)
    under = (
        [
            (t("figure.year_rank", lang, rank=str(found[year]["rank"])) if found[year].get("rank") else "")
            if year in found
            else formats.MISSING
            for year in years
        ]
        if ranked or len(found) < len(years)
        else [""] * len(years)
    )
    return _over_years(data, years, span, under, breaks, lang, width=width, height=height, right=22)


def year_lines(
    rows: Rows,
    *,
    years: Sequence[int],
    span: tuple[Any, Any],
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
    loud = [some for some in series.values() if any(row.get("highlight") for row in some)]
    quiet = [some for some in series.values() if some not in loud]
    data: list[dict] = []
    at_year = {year: at for at, year in enumerate(years)}
    for some, colour, wide in ((quiet, OTHERS, 1), (loud, PRIMARY, 2.5)):
        xs: list = []
        ys: list = []
        for rows_of in some:
            found = {row["year"]: row for row in rows_of}
            line = _broken([(year, found.get(year)) for year in years], years, breaks)
            xs += [*line["x"], None]
            ys += [*line["y"], None]
        flat = [row for rows_of in some for row in rows_of if row["year"] in at_year]
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": xs,
                "y": ys,
                "line": {"color": colour, "width": wide},
                "hoverinfo": "skip",
            }
        )
        data.append(
            dots(
                [at_year[row["year"]] for row in flat],
                [float(row["value"]) for row in flat],
                [row.get("id") for row in flat],
                [hover(row["label"], f"{row['year']}: {formats.points(row['value'], lang)}") for row in flat],
                color=colour,
                size=5 if some is quiet else 9,
            )
        )
    ends = [max(some, key=lambda row: row["year"]) for some in loud]
    names = [f"{row['label']} {formats.points(row['value'], lang)}" for row in ends]
    room = min(max((text_width(name, SIZE, 600) for name in names), default=0) + 16, width * 0.4)
    names = [fit(name, room - 12, SIZE, 600) for name in names]
    bottom, top = 30, 14
    per_px = (float(span[1]) - float(span[0])) / (height - bottom - top)
    tops = spread([float(row["value"]) for row in ends], 17 * per_px, float(span[0]), float(span[1]))
    notes = [
        {
            "text": f'<span style="font-weight:600">{escape(name)}</span>',
            "xref": "paper",
            "x": 1,
            "yref": "y",
            "y": y,
            "xanchor": "left",
            "xshift": 8,
            "yanchor": "middle",
            "showarrow": False,
            "align": "left",
        }
        for name, y in zip(names, tops, strict=True)
    ]
    fig = _over_years(data, years, span, [""] * len(years), breaks, lang, width=width, height=height, right=room)
    fig["layout"]["annotations"] += notes
    fig["layout"]["meta"]["key"] = named(lang, rise="figure.key_named", others="figure.key_others")
    return fig


def slope(
    rows: Rows, *, span: tuple[Any, Any], ends: tuple[str, str], lang: str, width: int = 531, height: int = 560
) -> Figure:
    """Two years side by side, a line a unit: the highlighted ones in colour and named with both values, the rest grey.

    Rows: label, before, after, id; highlight. A unit without one of the two has a dot and no line.
    `ends` name the years.
    """
    rows = [row for row in rows if row["before"] is not None or row["after"] is not None]
    top, bottom = 32, 10
    per_px = (float(span[1]) - float(span[0])) / (height - top - bottom)
    loud = [row for row in rows if row.get("highlight")]
    data: list[dict] = []
    for some, colour, wide, size in (
        ([row for row in rows if not row.get("highlight")], OTHERS, 1, 6),
        (loud, PRIMARY, 2.5, 10),
    ):
        xs: list = []
        ys: list = []
        for row in some:
            if row["before"] is not None and row["after"] is not None:
                xs += [0, 1, None]
                ys += [float(row["before"]), float(row["after"]), None]
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": xs,
                "y": ys,
                "line": {"color": colour, "width": wide},
                "hoverinfo": "skip",
            }
        )
        marks = [(x, row[end], row) for x, end in ((0, "before"), (1, "after")) for row in some if row[end] is not None]
        data.append(
            dots(
                [x for x, *_ in marks],
                [float(value) for _, value, _ in marks],
                [row.get("id") for *_, row in marks],
                [
                    hover(
                        row["label"],
                        f"{ends[0]}: {formats.points(row['before'], lang)}",
                        f"{ends[1]}: {formats.points(row['after'], lang)}",
                    )
                    for *_, row in marks
                ],
                color=colour,
                size=size,
            )
        )
    notes, margins = [], [20.0, 20.0]
    for side, end in enumerate(("before", "after")):
        said = [row for row in loud if row[end] is not None]
        texts = [
            f"{row['label']} {formats.points(row[end], lang)}"
            if side == 0
            else f"{formats.points(row[end], lang)} {row['label']}"
            for row in said
        ]
        texts = [fit(text, width * 0.36, SIZE, 600) for text in texts]
        margins[side] = max([20.0, *(text_width(text, SIZE, 600) + 18 for text in texts)])
        places = spread([float(row[end]) for row in said], 17 * per_px, float(span[0]), float(span[1]))
        notes += [
            {
                "text": f'<span style="font-weight:600">{escape(text)}</span>',
                "xref": "x",
                "x": side,
                "yref": "y",
                "y": y,
                "xanchor": "right" if side == 0 else "left",
                "xshift": -10 if side == 0 else 10,
                "yanchor": "middle",
                "showarrow": False,
            }
            for text, y in zip(texts, places, strict=True)
        ]
        notes.append(
            {
                "text": escape(ends[side]),
                "xref": "x",
                "x": side,
                "xanchor": "center",
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "yshift": 8,
                "showarrow": False,
                "font": {"color": INK_2},
            }
        )
    rails = [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": x,
            "x1": x,
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"color": GRID, "width": 1},
        }
        for x in (0, 1)
    ]
    return figure(
        data,
        width=width,
        height=height,
        margin=(margins[0], margins[1], top, bottom),
        shapes=rails,
        annotations=notes,
        xaxis={"range": [-0.02, 1.02], "visible": False, "fixedrange": True},
        yaxis={"range": [float(span[0]), float(span[1])], "visible": False, "fixedrange": True},
        key=named(lang, rise="figure.key_named", others="figure.key_others"),
    )


def spread(values: Sequence[float], gap: float, low: float, high: float) -> list[float]:
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


def _broken(points: Sequence[tuple[int, Any]], years: Sequence[int], breaks: Sequence[int]) -> dict[str, Any]:
    """One trace of a line over year places that stops at missing years and at breaks."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for at, (year, row) in enumerate(points):
        if year in breaks and xs:
            xs.append(None)
            ys.append(None)
        xs.append(at if row else None)
        ys.append(float(row["value"]) if row else None)
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip", "connectgaps": False}


def _side(at: int, shown: Sequence[tuple[int, dict]]) -> str:
    """Value over its point, under it in a valley."""
    value = shown[at][1]["value"]
    place = shown[at][0]
    near = [row["value"] for other, row in shown if abs(other - place) == 1]
    return "bottom center" if near and all(value < other for other in near) else "top center"


def _over_years(
    data: list[dict],
    years: Sequence[int],
    span: tuple[Any, Any],
    under: Sequence[str],
    breaks: Sequence[int],
    lang: str,
    *,
    width: int,
    height: int,
    right: float,
) -> Figure:
    bottom, top = (50 if any(under) else 30), 14
    scale = value_axis(span, height - bottom - top, lang, side="left")
    left = max(text_width(text) for text in scale["ticktext"]) + 12
    step = max(1, round(44 * len(years) / max(width - left - right, 1) + 0.49))
    ticks = [at for at in range(len(years)) if at % step == 0]
    shapes = [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": years.index(year) - 0.5,
            "x1": years.index(year) - 0.5,
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"color": SAME, "width": 1, "dash": "4px,3px"},
        }
        for year in breaks
        if year in years[1:]
    ]
    return figure(
        data,
        width=width,
        height=height,
        margin=(left, right, top, bottom),
        shapes=shapes,
        annotations=[],
        xaxis={
            "range": [-0.4, len(years) - 0.6],
            "tickmode": "array",
            "tickvals": ticks,
            "tickangle": 0,
            "ticks": "",
            "ticktext": [f"{years[at]}<br>{escape(under[at])}" if any(under) else str(years[at]) for at in ticks],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "tickfont": {"color": INK_2},
        },
        yaxis=scale,
    )
