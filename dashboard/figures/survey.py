"""What people answered: shares of each option, on one bar a row."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from dashboard.figures.base import (
    CUT,
    INK,
    INK_2,
    INK_3,
    LIKERT,
    ON_LIKERT,
    PRIMARY,
    SAME,
    SEQUENTIAL,
    SIZE,
    UNDER_PLAN,
    WHITE,
    Column,
    Figure,
    Rows,
    figure,
    hover,
    row_chart,
)
from dashboard.figures.lettering import escape
from dashboard.figures.ranks import ballots
from dashboard.words import formats, t

WITHHELD = "#C3CBD5"


def likert(
    rows: Rows, *, options: Sequence[str], lang: str, row_height: float = 34, width: int = 718, min_cell: int = 5
) -> Figure:
    """Answers as 100% stacked rows without those of no opinion, whose share stands apart as a hatched bar.

    Rows: label, counts (ballots per option, worst option first), no_opinion (ballots), id; section puts a heading over
    the rows that share it; suppressed withholds the row (its counts are not read), with the words `instead` where
    there are any. n = the sum of the counts, with a
    star under 30. `options` name the counts. Order as given.
    """
    return _likert(rows, options, lang, row_height, width, min_cell, diverging=False)


def likert_diverging(
    rows: Rows, *, options: Sequence[str], lang: str, row_height: float = 34, width: int = 718, min_cell: int = 5
) -> Figure:
    """The same answers laid against a zero line: unfavourable to the left, favourable to the right, the middle option
    halved. Rows as in `likert`."""
    return _likert(rows, options, lang, row_height, width, min_cell, diverging=True)


def likert_colours(options: int) -> list[int]:
    """Places in the five-step scale for so many options, the ends always used; a middle one only for odd numbers."""
    known = {1: [4], 2: [0, 4], 3: [0, 2, 4], 4: [0, 1, 3, 4], 5: [0, 1, 2, 3, 4]}
    return known.get(options) or [round(at * 4 / (options - 1)) for at in range(options)]


def _likert(
    rows: Rows, options: Sequence[str], lang: str, row_height: float, width: int, min_cell: int, *, diverging: bool
) -> Figure:
    lines = _with_headings(rows)
    places = likert_colours(len(options))
    narrow = width < 480
    low, high = (0, 100) if not diverging else _reach(rows, len(options))
    domain = (0.0, 0.7 if narrow else 0.8)

    found: dict[str, list] = {key: [] for key in ("x", "base", "y", "color", "text", "ink", "id", "hover")}
    apart: dict[str, list] = {key: [] for key in ("x", "y", "id", "hover")}
    withheld, notes = [], []
    none_shares: list[str] = []
    for at, row in enumerate(lines):
        none_shares.append("")
        if row.get("heading"):
            continue
        answers = sum(row["counts"]) if not row.get("suppressed") else 0
        if not answers:
            said = t("figure.suppressed", lang, cell=min_cell) if row.get("suppressed") else t("figure.no_answer", lang)
            said = row.get("instead") or said
            withheld.append((at, row.get("id"), hover(row["label"], said), bool(row.get("suppressed"))))
            notes.append((at, said))
            continue
        shares = [Fraction(count, answers) for count in row["counts"]]
        start = Fraction(0)
        if diverging:
            half = len(options) // 2
            start = -sum(shares[:half]) - (shares[half] / 2 if len(options) % 2 else 0)
        for option, share, place, count in zip(options, shares, places, row["counts"], strict=True):
            printed = formats.percent(share, lang, 0)
            if share:
                found["x"].append(float(share * 100))
                found["base"].append(float(start * 100))
                found["y"].append(at)
                found["color"].append(LIKERT[place])
                found["ink"].append(ON_LIKERT[place])
                found["text"].append((share, printed))
                found["id"].append(row.get("id"))
                found["hover"].append(
                    hover(
                        row["label"],
                        f"{option}: {formats.percent(share, lang)}",
                        f"{formats.count(count, lang)} / {t('figure.ballots', lang, n=answers)}",
                    )
                )
            start += share
        none = row.get("no_opinion")
        if none is not None:
            share = Fraction(none, answers + none)
            none_shares[-1] = formats.percent(share, lang, 0)
            apart["x"].append(float(share * 100))
            apart["y"].append(at)
            apart["id"].append(row.get("id"))
            apart["hover"].append(
                hover(
                    row["label"],
                    f"{t('figure.no_opinion', lang)}: {formats.percent(share, lang)}",
                    t("figure.ballots", lang, n=none),
                )
            )

    thick = min(26.0, row_height * 0.7) / row_height
    bar = {"type": "bar", "orientation": "h", "width": thick, "hoverinfo": "text"}

    def draw(px: float) -> list[dict]:
        per_px = px / (high - low)
        data: list[dict] = [
            {
                **bar,
                "x": found["x"],
                "base": found["base"],
                "y": found["y"],
                "customdata": found["id"],
                "hovertext": found["hover"],
                "marker": {"color": found["color"], "line": {"color": WHITE, "width": 1}},
                "text": [printed if float(share * 100) * per_px >= 30 else "" for share, printed in found["text"]],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "insidetextfont": {"size": SIZE, "color": found["ink"]},
            },
            {
                **bar,
                "x": apart["x"],
                "y": apart["y"],
                "xaxis": "x2",
                "customdata": apart["id"],
                "hovertext": apart["hover"],
                "marker": {
                    "color": WHITE,
                    "line": {"color": SAME, "width": 1},
                    "pattern": {"shape": "/", "fgcolor": SAME, "bgcolor": WHITE, "size": 6, "solidity": 0.15},
                },
            },
        ]
        if withheld:
            data.append(
                {
                    **bar,
                    "x": [high - low] * len(withheld),
                    "base": [low] * len(withheld),
                    "y": [at for at, *_ in withheld],
                    "customdata": [mark for _, mark, *_ in withheld],
                    "hovertext": [text for _, _, text, _ in withheld],
                    "marker": {
                        "color": WHITE,
                        "line": {"color": WITHHELD, "width": 1},
                        "pattern": {
                            "shape": ["/" if hidden else "" for *_, hidden in withheld],
                            "fgcolor": WITHHELD,
                            "bgcolor": WHITE,
                            "size": 8,
                            "solidity": 0.12,
                        },
                    },
                }
            )
        return data

    labels = [("" if row.get("heading") else row["label"]) for row in lines]
    counts = [
        "" if row.get("heading") else "–" if row.get("suppressed") else ballots(sum(row["counts"]), lang)
        for row in lines
    ]
    left = [
        Column(labels, flexible=True, over=narrow),
        Column(counts, t("figure.n", lang), "right", INK_2, numbers=True),
    ]
    headings = [row.get("heading") or "" for row in lines]
    if any(headings):
        left.insert(0, Column(headings, weight=600, over=True, lift=0))
    right = [Column(none_shares, t("figure.no_opinion", lang), "right", INK_2, numbers=True, loose_head=True)]
    # Both axes at one scale: a point of "no opinion" is as long as a point of an answer, as far as it has the room.
    most = max([(high - low) * (0.94 - domain[1]) / domain[1], *apart["x"]])
    fig = row_chart(
        draw,
        count=len(lines),
        span=(low, high),
        lang=lang,
        left=left,
        right=right,
        row_height=row_height,
        width=width,
        percent=True,
        domain=domain,
        xaxis2={
            "domain": [domain[1] + 0.06, 1.0],
            "range": [most, 0],
            "visible": False,
            "fixedrange": True,
            "anchor": "y",
        },
        annotations=[
            {
                "text": escape(said),
                "x": (low + high) / 2,
                "y": at,
                "xref": "x",
                "yref": "y",
                "xanchor": "center",
                "yanchor": "middle",
                "showarrow": False,
                "font": {"color": INK_3},
                "bgcolor": WHITE,
                "borderpad": 2,
            }
            for at, said in notes
        ],
        key=[
            *((f"likert-{place + 1}", option) for place, option in zip(places, options, strict=True)),
            ("hatch", t("figure.key_no_opinion", lang)),
        ],
    )
    if not diverging:
        fig["layout"]["xaxis"] |= {"tickvals": [0, 50, 100], "ticktext": ["0%", "50%", "100%"], "showgrid": False}
    else:
        every = 25 if high - low <= 125 and not narrow else 50
        steps = [step for step in range(low, high + 1, 25) if step % every == 0]
        fig["layout"]["xaxis"] |= {
            "tickvals": steps,
            "ticktext": [f"{abs(step)}%" for step in steps],
        }
        line = {"type": "line", "xref": "x", "yref": "y", "x0": 0, "x1": 0, "line": {"color": "#17202B", "width": 1}}
        fig["layout"]["shapes"] = [  # beside the rows alone: a heading may reach across
            *fig["layout"]["shapes"],
            *({**line, "y0": at - 0.5, "y1": at + 0.5} for at, row in enumerate(lines) if not row.get("heading")),
        ]
    return fig


COVERAGE = (UNDER_PLAN, *SEQUENTIAL[:3])


def coverage(
    rows: Rows,
    *,
    groups: Sequence[str],
    key: Sequence[tuple[str, str]],
    lang: str,
    width: int = 718,
    row_height: float = 24,
) -> Figure:
    """Ballots against the plan as a table of tinted cells.

    Rows: label, total (text), cells: for each of `groups` (text, step 0…3 from under the plan to all of it, None
    without a plan) or None where there is no such cell; step -1 hatches a withheld one. `key` says what the tints
    stand for. Order as given.
    """
    found: dict[str, list] = {key: [] for key in ("y", "base", "text", "color", "line", "thick", "shape")}
    for at, row in enumerate(rows):
        for place, cell in enumerate(row["cells"]):
            text, step = cell or ("–", None)
            found["y"].append(at)
            found["base"].append(place)
            found["text"].append(text)
            found["color"].append(COVERAGE[step] if step is not None and step >= 0 else WHITE)
            found["line"].append(CUT if step == 0 else WHITE)
            found["thick"].append(1.5 if step == 0 else 1)
            found["shape"].append("/" if step == -1 else "")
    bars = {
        "type": "bar",
        "orientation": "h",
        "width": 0.92,
        "x": [1] * len(found["y"]),
        "base": found["base"],
        "y": found["y"],
        "text": found["text"],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"size": SIZE, "color": INK},
        "hoverinfo": "skip",
        "marker": {
            "color": found["color"],
            "line": {"color": found["line"], "width": found["thick"]},
            "pattern": {"shape": found["shape"], "fgcolor": WITHHELD, "bgcolor": WHITE, "size": 8, "solidity": 0.12},
        },
    }
    fig = row_chart(
        [bars],
        count=len(rows),
        span=(0, len(groups)),
        lang=lang,
        left=[Column([row["label"] for row in rows], flexible=True)],
        right=[Column([row["total"] for row in rows], t("word.total", lang), "right", numbers=True)],
        row_height=row_height,
        width=width,
        key=key,
    )
    places = [place + 0.5 for place in range(len(groups))]
    fig["layout"]["xaxis"] |= {"tickvals": places, "ticktext": list(map(escape, groups)), "showgrid": False}
    return fig


def _with_headings(rows: Rows) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    section = None
    for row in rows:
        if row.get("section") and row["section"] != section:
            lines.append({"heading": row["section"]})
        section = row.get("section")
        lines.append(row)
    return lines


def _reach(rows: Rows, options: int) -> tuple[int, int]:
    """Ends of the diverging axis: the least multiples of 25 that hold every row."""
    low = high = Fraction(0)
    half = options // 2
    for row in rows:
        if row.get("suppressed") or not sum(row["counts"]):
            continue
        whole = sum(row["counts"])
        shares = [Fraction(count, whole) for count in row["counts"]]
        below = sum(shares[:half]) + (shares[half] / 2 if options % 2 else 0)
        low, high = max(low, below), max(high, 1 - below)
    return -max(25, -(-int(low * 100) // 25) * 25), max(25, -(-int(high * 100) // 25) * 25)


def ballots_a_day(rows: Rows, *, lang: str, width: int = 718, height: int = 200) -> Figure:
    """Ballots collected on each day as bars from zero; a day without ballots is an empty place.

    Rows: day (date), n, id; one a day.
    """
    rows = sorted(rows, key=lambda row: row["day"])
    first, last = (rows[0]["day"], rows[-1]["day"]) if rows else (date(2020, 1, 1), date(2020, 1, 2))
    days = (last - first).days + 1
    most = max((row["n"] for row in rows), default=1) or 1
    top_of = next(step * 10**power for power in range(7) for step in (1, 2, 5) if step * 10**power >= most)
    parts = 1 if top_of == 1 else 2 if top_of == 2 else 4 if str(top_of)[0] == "2" else 5
    every = next(step for step in (1, 2, 7, 14, 28, 56) if (width - 60) / (days / step) >= 56 or step == 56)
    values = [top_of * part // parts for part in range(parts + 1)]
    marked = [first + timedelta(days=at) for at in range(0, days, every)]
    data = [
        {
            "type": "bar",
            "x": [(row["day"] - first).days for row in rows],
            "y": [row["n"] for row in rows],
            "width": 0.8,
            "marker": {"color": PRIMARY, "line": {"width": 0}},
            "customdata": [row.get("id") for row in rows],
            "hovertext": [hover(formats.date(row["day"], lang), t("figure.ballots", lang, n=row["n"])) for row in rows],
            "hoverinfo": "text",
        }
    ]
    shared = {
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "tickmode": "array",
        "tickfont": {"color": INK_2},
        "tickangle": 0,
    }
    return figure(
        data,
        width=width,
        height=height,
        margin=(48, 24, 12, 34),
        xaxis={
            **shared,
            "range": [-0.6, days - 0.4],
            "tickvals": [(day - first).days for day in marked],
            "ticktext": [f"{day:%d/%m}" if lang == "vi" else f"{day.day} {day:%b}" for day in marked],
            "ticklabelstandoff": 5,
            "showgrid": False,
            "showline": True,
            "linecolor": SAME,
        },
        yaxis={
            **shared,
            "range": [0, top_of],
            "tickvals": values,
            "ticktext": [formats.count(value, lang) for value in values],
            "gridcolor": "#D5DAE1",
        },
    )
