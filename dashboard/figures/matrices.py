"""Every unit against every rank, and against every other unit, as shaded cells."""

from dashboard.figures.layout import Figure, Rows, class_key, named, ranks_axis
from dashboard.figures.lettering import SIZE, text_width
from dashboard.figures.palette import INK, MIDDLE_HALF, PAIR_BELOW, SEQUENTIAL, WHITE
from dashboard.figures.row_chart import Labels, Plot, row_chart
from dashboard.figures.traces import blank, cells, hover, words
from dashboard.words import formats, t

CLASSES = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5)  # lower ends of shares, from the second class on
PRINTED = 0.01  # the least share that is printed
# What a pair can be: sign and tint in the cell, text of its hover.
VERDICTS = {
    "below": ("−", PAIR_BELOW, "figure.pair_below"),
    "alike": ("≈", MIDDLE_HALF, "figure.pair_alike"),
    "above": ("+", SEQUENTIAL[1], "figure.pair_above"),
}


def rank_heat(rows: Rows, *, lang: str, row_height: float = 24, width: int = 1094) -> Figure:
    """Heat of rank frequencies: a row a unit, a column a rank, the share printed where it is 1% or more.

    Rows: label, order (place of the row), rank, probability (share of one), id; one a unit and rank.
    """
    units = {row["order"]: row["label"] for row in sorted(rows, key=lambda row: row["order"])}
    place = {order: at for at, order in enumerate(units)}
    count = max((row["rank"] for row in rows), default=1)
    cell = (width - max(text_width(label) for label in units.values()) - 24) / count
    roomy = cell >= text_width("88") + 3
    steps, ids, hovers = (blank(len(units), count, filler) for filler in (None, None, ""))
    texts, colours = [], []
    for row in rows:
        y, x = place[row["order"]], row["rank"] - 1
        probability = float(row["probability"])
        step = sum(probability >= edge for edge in CLASSES)
        ids[y][x] = row.get("id")
        if probability > 0:
            said = formats.percent(row["probability"], lang)
            steps[y][x] = step
            hovers[y][x] = hover(row["label"], t("figure.hover_rank_share", lang, rank=row["rank"], share=said))
        if roomy and probability >= PRINTED:
            texts.append((row["rank"], y, formats.number(row["probability"] * 100, lang, 0)))
            colours.append(WHITE if step >= 5 else INK)
    data = [cells(steps, ids, hovers, colours=SEQUENTIAL)]
    if texts:
        data.append(words(texts, textfont={"size": SIZE, "color": colours}))
    return row_chart(
        data,
        Plot(len(units), (0.5, count + 0.5), lang, row_height, width),
        left=[Labels(list(units.values()), flexible=True)],
        axis={**ranks_axis(count, cell), "showgrid": False},
        key=class_key([edge * 100 for edge in CLASSES], SEQUENTIAL, lang, "%"),
    )


def pair_matrix(rows: Rows, *, lang: str, row_height: float = 24, width: int = 1094) -> Figure:
    """Every unit against every other: whether their difference is beyond sampling error, and which is higher.

    Rows, one an ordered pair: label, place (of the row, from 1), other_label, other, verdict ('above', 'below' or
    'alike'), id. A tint and a sign say the same.
    """
    labels = {row["place"]: row["label"] for row in rows} | {row["other"]: row["other_label"] for row in rows}
    at = {place: n for n, place in enumerate(sorted(labels))}
    count = len(at)
    verdicts = list(VERDICTS)
    steps, ids, hovers = (blank(count, count, filler) for filler in (None, "", ""))
    for row in rows:
        y, x = at[row["place"]], at[row["other"]]
        said = t(VERDICTS[row["verdict"]][2], lang, one=row["label"], two=row["other_label"])
        steps[y][x] = verdicts.index(row["verdict"])
        ids[y][x] = row.get("id") or ""
        hovers[y][x] = hover(f"{row['label']} – {row['other_label']}", said)
    names = Labels([f"{n + 1}  {labels[place]}" for place, n in at.items()], flexible=True)
    cell = (width - names.width - 40) / max(count, 1)
    signs, colours, _ = zip(*VERDICTS.values(), strict=True)
    data = [cells(steps, ids, hovers, colours=colours)]
    if cell >= 12:
        texts = [
            (x, y, signs[step]) for y, line in enumerate(steps) for x, step in enumerate(line, 1) if step is not None
        ]
        data.append(words(texts, textfont={"size": SIZE, "color": INK}))
    key = {
        "pair-above": "figure.key_pair_above",
        "half": "figure.key_pair_alike",
        "pair-below": "figure.key_pair_below",
    }
    return row_chart(
        data,
        Plot(count, (0.5, count + 0.5), lang, row_height, width),
        left=[names],
        axis={**ranks_axis(count, cell), "showgrid": False},
        key=named(lang, **key),
    )
