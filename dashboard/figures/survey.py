"""What people answered: shares of each option, on one bar a row; ballots by group and by day."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from dashboard.figures.layout import AXIS, HIDDEN, NARROW, Figure, Rows, figure, note
from dashboard.figures.lettering import SIZE, escape
from dashboard.figures.palette import (
    CUT,
    GRID,
    INK,
    INK_3,
    LIKERT,
    ON_LIKERT,
    SAME,
    SEQUENTIAL,
    UNDER_PLAN,
    WHITE,
    WITHHELD,
)
from dashboard.figures.ranks import ballots
from dashboard.figures.row_chart import Labels, Plot, more_numbers, row_chart
from dashboard.figures.traces import SOLID, Mark, bars, hover, of_marks
from dashboard.words import formats, t

COVERAGE = (UNDER_PLAN, *SEQUENTIAL[:3])


def likert(
    rows: Rows, *, options: Sequence[str], lang: str, row_height: float = 34, width: int = 718, min_cell: int = 5
) -> Figure:
    """Answers as 100% stacked rows without those of no opinion, whose share stands apart as a hatched bar.

    Rows: label, counts (ballots per option, worst option first), no_opinion (ballots), id; section puts a heading over
    the rows that share it; suppressed withholds the row (its counts are not read), for the reason `why` where
    there are any. n = the sum of the counts, with a star under 30. `options` name the counts. Order as given.
    """
    axis = {"tickvals": [0, 50, 100], "ticktext": ["0%", "50%", "100%"], "showgrid": False}
    rows = _with_headings(rows)
    plot = Plot(len(rows), (0, 100), lang, row_height, width)
    return _stacked(rows, options, plot, _pieces(rows, options, lang), min_cell, axis=axis)


def likert_diverging(
    rows: Rows, *, options: Sequence[str], lang: str, row_height: float = 34, width: int = 718, min_cell: int = 5
) -> Figure:
    """The same answers laid against a zero line: unfavourable to the left, favourable to the right, the middle option
    halved. Rows as in `likert`."""
    low, high = _reach(rows)
    every = 25 if high - low <= 125 and width >= NARROW else 50
    steps = [step for step in range(low, high + 1, 25) if step % every == 0]
    axis = {"tickvals": steps, "ticktext": [f"{abs(step)}%" for step in steps]}
    rows = _with_headings(rows)
    plot = Plot(len(rows), (low, high), lang, row_height, width)
    zero = {"type": "line", "xref": "x", "yref": "y", "x0": 0, "x1": 0, "line": {"color": INK, "width": 1}}
    zeros = [  # beside the rows alone: a heading may reach across
        {**zero, "y0": at - 0.5, "y1": at + 0.5} for at, row in enumerate(rows) if not row.get("heading")
    ]
    pieces = _pieces(rows, options, lang, diverging=True)
    return _stacked(rows, options, plot, pieces, min_cell, axis=axis, shapes=zeros)


def likert_colours(options: int) -> list[int]:
    """Places in the five-step scale for so many options, the ends always used; a middle one only for odd numbers."""
    known = {1: [4], 2: [0, 4], 3: [0, 2, 4], 4: [0, 1, 3, 4], 5: [0, 1, 2, 3, 4]}
    return known.get(options) or [round(at * 4 / (options - 1)) for at in range(options)]


class _Piece(NamedTuple):
    """The answers of one option in one row: where its bar begins in per cent, its share as printed, its colour."""

    mark: Mark
    start: float
    printed: str
    colour: int


def _pieces(lines: Rows, options: Sequence[str], lang: str, *, diverging: bool = False) -> list[_Piece]:
    """The pieces of all bars, row by row."""
    pieces = []
    colours = likert_colours(len(options))
    for at, row in enumerate(lines):
        if not (answers := _answers(row)):
            continue
        shares = _shares(row)
        start = -_below(shares) if diverging else Fraction(0)
        for option, share, colour, count in zip(options, shares, colours, row["counts"], strict=True):
            if share:
                said = f"{option}: {formats.percent(share, lang)}"
                of = f"{formats.count(count, lang)} / {t('figure.ballots', lang, n=answers)}"
                mark = (share * 100, at, row.get("id"), hover(row["label"], said, of))
                pieces.append(_Piece(mark, float(start * 100), formats.percent(share, lang, 0), colour))
            start += share
    return pieces


def _stacked(
    lines: Rows,
    options: Sequence[str],
    plot: Plot,
    pieces: Sequence[_Piece],
    min_cell: int,
    **more: Any,
) -> Figure:
    """The bars of all rows with what stands beside them."""
    lang = plot.lang
    low, high = plot.span
    end = 0.7 if plot.width < NARROW else 0.8
    thick = min(26.0, plot.row_height * 0.7) / plot.row_height
    no_opinion = _no_opinion(lines, lang)
    unanswered = _unanswered(lines, lang, min_cell)

    def draw(px: float) -> list[dict]:
        data = [_option_bars(pieces, thick, px / (high - low)), _no_opinion_bars(no_opinion, thick)]
        if unanswered:
            marks = [(high - low, at, row.get("id"), hover(row["label"], said)) for at, row, said in unanswered]
            marker = {
                "color": WHITE,
                "line": {"color": WITHHELD, "width": 1},
                "pattern": _withheld(["/" if row.get("suppressed") else "" for _, row, _ in unanswered]),
            }
            data.append(bars(marks, thick=thick, marker=marker, base=[low] * len(marks)))
        return data

    # Both axes at one scale: a point of "no opinion" is as long as a point of an answer, as far as it has the room.
    most = max([(high - low) * (0.94 - end) / end, *(float(share) for share, *_ in no_opinion)])
    printed = {at: formats.percent(share / 100, lang, 0) for share, at, *_ in no_opinion}
    texts = [printed.get(at, "") for at in range(len(lines))]
    centred = {"xanchor": "center", "yanchor": "middle"}
    return row_chart(
        draw,
        plot,
        left=_likert_columns(lines, lang, over=plot.width < NARROW),
        right=[more_numbers(texts, t("figure.no_opinion", lang), loose_head=True)],
        percent=True,
        domain=(0.0, end),
        xaxis2={**HIDDEN, "domain": [end + 0.06, 1.0], "range": [most, 0], "anchor": "y"},
        annotations=[
            note(escape(said), (low + high) / 2, at, font={"color": INK_3}, bgcolor=WHITE, borderpad=2, **centred)
            for at, _, said in unanswered
        ],
        key=[
            *(
                (f"likert-{place + 1}", option)
                for place, option in zip(likert_colours(len(options)), options, strict=True)
            ),
            ("hatch", t("figure.key_no_opinion", lang)),
        ],
        **more,
    )


def _option_bars(pieces: Sequence[_Piece], thick: float, per_px: float) -> dict[str, Any]:
    """One trace of the answers; a share is printed where its bar holds it. `per_px`: px of a per cent."""
    marker = {"color": [LIKERT[piece.colour] for piece in pieces], "line": {"color": WHITE, "width": 1}}
    texts = [piece.printed if float(piece.mark[0]) * per_px >= 30 else "" for piece in pieces]
    return bars(
        [piece.mark for piece in pieces],
        thick=thick,
        marker=marker,
        base=[piece.start for piece in pieces],
        **_texts_inside(texts, [ON_LIKERT[piece.colour] for piece in pieces]),
    )


def _no_opinion(lines: Rows, lang: str) -> list[Mark]:
    """The share of those without an opinion in all ballots of the row, in per cent."""
    marks = []
    for at, row in enumerate(lines):
        answers = _answers(row)
        if answers and row.get("no_opinion") is not None:
            share = Fraction(row["no_opinion"], answers + row["no_opinion"])
            said = f"{t('figure.no_opinion', lang)}: {formats.percent(share, lang)}"
            text = hover(row["label"], said, t("figure.ballots", lang, n=row["no_opinion"]))
            marks.append((share * 100, at, row.get("id"), text))
    return marks


def _no_opinion_bars(marks: Sequence[Mark], thick: float) -> dict[str, Any]:
    pattern = {"shape": "/", "fgcolor": SAME, "bgcolor": WHITE, "size": 6, "solidity": 0.15}
    marker = {"color": WHITE, "line": {"color": SAME, "width": 1}, "pattern": pattern}
    return bars(marks, thick=thick, marker=marker, xaxis="x2")


def _unanswered(lines: Rows, lang: str, min_cell: int) -> list[tuple[int, dict[str, Any], str]]:
    """The rows without a number to show, each with its place and what it says instead."""
    rows = []
    for at, row in enumerate(lines):
        if not row.get("heading") and not _answers(row):
            word = t("figure.suppressed", lang, cell=min_cell) if row.get("suppressed") else t("figure.no_answer", lang)
            rows.append((at, row, t("figure.kept_back", lang) if row.get("why") in ("other", "withheld") else word))
    return rows


def _likert_columns(lines: Rows, lang: str, *, over: bool) -> list[Labels]:
    """Headings over their rows, names, numbers of ballots."""
    headings = [row.get("heading") or "" for row in lines]
    names = ["" if row.get("heading") else row["label"] for row in lines]
    counts = [
        "" if row.get("heading") else formats.MISSING if row.get("suppressed") else ballots(_answers(row), lang)
        for row in lines
    ]
    columns = [Labels(names, flexible=True, over=over), more_numbers(counts, t("figure.n", lang))]
    return [Labels(headings, weight=600, over=True, lift=0), *columns] if any(headings) else columns


def _with_headings(rows: Rows) -> list[dict[str, Any]]:
    """The rows, and a heading before each run of rows of one section."""
    lines: list[dict[str, Any]] = []
    section = None
    for row in rows:
        if row.get("section") and row["section"] != section:
            lines.append({"heading": row["section"]})
        section = row.get("section")
        lines.append(row)
    return lines


def _answers(row: dict[str, Any]) -> int:
    """Ballots with an answer; none where the row is withheld or a heading."""
    return 0 if row.get("heading") or row.get("suppressed") else sum(row["counts"])


def _shares(row: dict[str, Any]) -> list[Fraction]:
    return [Fraction(count, sum(row["counts"])) for count in row["counts"]]


def _below(shares: Sequence[Fraction]) -> Fraction:
    """The share of the unfavourable answers, half of the middle ones with them."""
    half = len(shares) // 2
    return sum(shares[:half]) + (shares[half] / 2 if len(shares) % 2 else Fraction(0))


def _reach(rows: Rows) -> tuple[int, int]:
    """Ends of the diverging axis: the least multiples of 25 that hold every row."""
    below = [_below(_shares(row)) for row in rows if _answers(row)]
    low = max(below, default=Fraction(0))
    high = max((1 - share for share in below), default=Fraction(0))
    return -max(25, -(-int(low * 100) // 25) * 25), max(25, -(-int(high * 100) // 25) * 25)


def _texts_inside(texts: Sequence[str], colours: str | Sequence[str]) -> dict[str, Any]:
    """What bars need to carry a text each."""
    return {
        "text": texts,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"size": SIZE, "color": colours},
    }


def _withheld(shapes: Sequence[str]) -> dict[str, Any]:
    """The pattern of bars without a number: "/" where it is withheld, "" where there is none."""
    return {"shape": shapes, "fgcolor": WITHHELD, "bgcolor": WHITE, "size": 8, "solidity": 0.12}


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
    cells = [
        (at, place, *(cell or (formats.MISSING, None)))
        for at, row in enumerate(rows)
        for place, cell in enumerate(row["cells"])
    ]
    steps = [step for *_, step in cells]
    tinted = {
        "type": "bar",
        "orientation": "h",
        "width": 0.92,
        "x": [1] * len(cells),
        "base": [place for _, place, *_ in cells],
        "y": [at for at, *_ in cells],
        "hoverinfo": "skip",
        "marker": {
            "color": [WHITE if step in (None, -1) else COVERAGE[step] for step in steps],
            "line": {
                "color": [CUT if step == 0 else WHITE for step in steps],
                "width": [1.5 if step == 0 else 1 for step in steps],
            },
            "pattern": _withheld(["/" if step == -1 else "" for step in steps]),
        },
        **_texts_inside([text for _, _, text, _ in cells], INK),
    }
    places = [place + 0.5 for place in range(len(groups))]
    return row_chart(
        [tinted],
        Plot(len(rows), (0, len(groups)), lang, row_height, width),
        left=[Labels([row["label"] for row in rows], flexible=True)],
        right=[Labels([row["total"] for row in rows], t("word.total", lang), "right", numbers=True)],
        axis={"tickvals": places, "ticktext": list(map(escape, groups)), "showgrid": False},
        key=key,
    )


def ballots_a_day(rows: Rows, *, lang: str, width: int = 718, height: int = 200) -> Figure:
    """Ballots collected on each day as bars from zero; a day without ballots is an empty place.

    Rows: day (date), n, id; one a day.
    """
    rows = sorted(rows, key=lambda row: row["day"])
    first, last = (rows[0]["day"], rows[-1]["day"]) if rows else (date(2020, 1, 1), date(2020, 1, 2))
    days = (last - first).days + 1
    every = next(step for step in (1, 2, 7, 14, 28, 56) if (width - 60) / (days / step) >= 56 or step == 56)
    marked = [first + timedelta(days=at) for at in range(0, days, every)]
    counts = _round_counts(max((row["n"] for row in rows), default=1) or 1)
    marks = [
        (
            (row["day"] - first).days,
            row["n"],
            row.get("id"),
            hover(formats.date(row["day"], lang), t("figure.ballots", lang, n=row["n"])),
        )
        for row in rows
    ]
    return figure(
        [{"type": "bar", **of_marks(marks), "width": 0.8, "marker": SOLID}],
        width=width,
        height=height,
        margin=(48, 24, 12, 34),
        xaxis={
            **AXIS,
            "range": [-0.6, days - 0.4],
            "tickvals": [(day - first).days for day in marked],
            "ticktext": [f"{day:%d/%m}" if lang == "vi" else f"{day.day} {day:%b}" for day in marked],
            "ticklabelstandoff": 5,
            "showgrid": False,
            "showline": True,
            "linecolor": SAME,
        },
        yaxis={
            **AXIS,
            "range": [0, counts[-1]],
            "tickvals": counts,
            "ticktext": [formats.count(value, lang) for value in counts],
            "gridcolor": GRID,
        },
    )


def _round_counts(most: int) -> list[int]:
    """Labels of an axis of counts, from 0 to the round number at or over the greatest."""
    top = next(step * 10**power for power in range(7) for step in (1, 2, 5) if step * 10**power >= most)
    parts = 1 if top == 1 else 2 if top == 2 else 4 if str(top)[0] == "2" else 5
    return [top * part // parts for part in range(parts + 1)]
