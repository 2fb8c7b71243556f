"""What the ranking says: who leads, who rose, what its signs and intervals mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dashboard.address.view import View
from dashboard.exhibit.text import Mark, Span, Text
from dashboard.pages.ranking.rows import (
    COLUMNS,
    SEVERITIES,
    Block,
    Line,
    kinds,
    leading,
    measure,
    middle_measure,
)
from dashboard.season import sentences as progress
from dashboard.words import TEXTS, formats
from dashboard.words.names import short_name
from dashboard.words.say import top


def lead(view: View, block: Block) -> str:
    """How many went up, whose rank interval reaches the first place; of an incomplete block how far it is."""
    if not block.whole:
        return progress.lead(view)
    said = [_risen(view, block)] if block.ranked else []
    if view.sel.intervals:
        said.append(_from_first(view, block))
    return " ".join(filter(None, said))


def _risen(view: View, block: Block) -> str:
    if block.previous is None:
        return view.t("ranking.first_year")
    if not block.comparable:
        return view.t("ranking.other_rubric", period=block.previous)
    changes = [line.change for line in block.lines if line.change is not None]
    n, up = len(changes), sum(value > 0 for value in changes)
    if n == 0:
        return view.t("ranking.none_compared", period=block.previous)
    if up == 0:
        return view.t("ranking.up_none", n=n, period=block.previous)
    if n < len(block.lines):
        return view.t("ranking.up_compared", up=up, n=n, period=block.previous)
    return view.t("ranking.up_all" if up == n else "ranking.up_some", up=up, n=n, period=block.previous)


def _from_first(view: View, block: Block) -> str:
    reaching = [line for line in block.ranked if line.rank_low == 1]
    if not reaching:
        return ""
    if len(reaching) == 1:
        return view.t("ranking.from_first_one", name=reaching[0].name)
    leaders = {line.code for line in block.ranked if line.rank is not None and line.rank <= len(reaching)}
    kind = "leaders" if leaders == {line.code for line in reaching} else "some"
    return view.t(f"ranking.from_first_{kind}", n=len(reaching))


def headline(view: View, block: Block) -> str:
    """Who stands first, in the index or the field shown, in the block or the kind shown."""
    sel = view.sel
    if not block.whole:
        return progress.ranks(view)
    lines = [line for line in block.ranked if sel["loai"] in ("", line.kind)]
    best = leading([line for line in lines if measure(line, sel) is not None], sel, 1)
    if not best:
        return view.t("ranking.nobody")
    kind = sel["loai"]
    of = view.t("ranking.in_kind", n=len(lines), kind=kind_inside(view, kind)) if kind else view.t("ranking.in_block")
    return top(
        "ranking.best_field" if sel.field else "ranking.best",
        [line.name for line in best],
        view.lang,
        of=of,
        field=field_name(view, view.sel.fields.get(sel.field or "", {})),
        value=printed(view, measure(best[0], sel), word=True),
    )


def map_headline(view: View, block: Block) -> str:
    """Of which kind the leading units are; where there is only one kind, who leads."""
    sel = view.sel
    lines = [line for line in block.ranked if measure(line, sel) is not None]
    leaders = leading(lines, sel, 5)
    if len(kinds(sel)) < 3 or sel["loai"] or not leaders:
        return headline(view, block)
    kind, k = Counter(line.kind for line in leaders).most_common(1)[0]
    words = kind_inside(view, kind)
    if len(leaders) == 1:
        return view.t("ranking.leader", kind=words)
    return view.t(
        "ranking.leaders_all" if k == len(leaders) else "ranking.leaders_some", k=k, n=len(leaders), kind=words
    )


def subtitle(view: View, block: Block, lines: Sequence[Line], order: str) -> str:
    """Measure, block, n, year, scale, order."""
    total, left = len(block.lines), len(lines)
    n = formats.count(total, view.lang)
    return view.t(
        "ranking.subtitle_field" if view.sel.field else "ranking.subtitle",
        period=view.sel.period,
        block=view.block("inside"),
        n=n if left == total else view.t("ranking.shown", n=n, shown=left),
        field=field_name(view, view.sel.fields.get(view.sel.field or "", {})),
        order=order,
    )


def order_words(view: View) -> str:
    """'sắp theo chỉ số'."""
    order = view.sel.sort or "chi-so"
    column = order.removeprefix("-")
    name = view.t(f"ranking.order.{column}") if column in COLUMNS else view.t("ranking.order_field", code=column)
    return view.t("ranking.by_reversed" if order.startswith("-") else "ranking.by", column=name)


def note(view: View, block: Block, *, parts: bool = True, ranges: bool = True) -> Text:
    """What the signs mean; `parts`: also what only the columns of the grid show, `ranges`: also rank intervals."""
    said: list[Text] = []
    if ranges and view.sel.intervals and any(line.rank_low for line in block.lines) and (parts or not view.sel.field):
        said.append(view.t("ranking.note.interval") + " ")
    if any(line.tied for line in block.lines):
        said.append(view.t("ranking.note.tie") + " ")
    if not block.whole:
        said.append(view.t("ranking.note.provisional") + " ")
    if parts and block.concluded and not block.median.points:
        said.append(view.t("ranking.note.maxima") + " ")
    used = [name for name in SEVERITIES if any((line.flags or {}).get(name) for line in block.lines)]
    if parts and used:
        said.append(view.t("ranking.note.flags") + " ")
        for at, name in enumerate(used):
            said += [", " if at else "", Mark(f"flag-{name}"), " ", view.t(f"ranking.note.{name}")]
        said.append(".")
    return said


def order_label(view: View, column: str) -> str:
    """'Chỉ số ↓': a column with the direction it begins with."""
    known = column in COLUMNS
    name = view.t(f"ranking.column.{column}") if known else field_name(view, view.sel.fields.get(column, {}))
    return f"{name} ↑" if COLUMNS.get(column, -1) < 0 else f"{name} ↓"


def why_no_change(view: View, line: Line) -> str:
    """Why a unit has no change since the year before."""
    return view.t(f"ranking.no_change_{line.why_no_change}", period=line.previous) if line.why_no_change else ""


def interval_words(view: View, line: Line) -> str:
    """'93,50, khoảng 95% 92,10–94,80'."""
    places = view.places
    index = formats.points(line.index, view.lang, places)
    if line.low is None or line.high is None or not view.sel.intervals:
        return index
    low, high = (formats.points(end, view.lang, places) for end in (line.low, line.high))
    return view.t("ranking.interval_words", index=index, low=low, high=high)


def flag_words(view: View, line: Line) -> str:
    """'2 cần xem; 1 chặn', the gravest first."""
    flags = line.flags or {}
    return "; ".join(view.t(f"ranking.flag.{name}", n=flags[name]) for name in reversed(SEVERITIES) if flags.get(name))


def tile_note(view: View) -> str:
    """What a tile and its colour stand for."""
    return view.t(
        "ranking.note.tiles", measure=view.t("ranking.measure_field" if view.sel.field else "ranking.measure_index")
    )


def alt(view: View, block: Block, lines: Sequence[Line], key: str) -> str:
    """What chart or map show, for those who do not see them."""
    values = [value for line in lines if (value := measure(line, view.sel)) is not None]
    middle_value = middle_measure(block, view.sel)
    high, low = (max(values), min(values)) if values else (None, None)
    return view.t(
        f"ranking.{key}",
        n=len(lines),
        high=printed(view, high),
        low=printed(view, low),
        median=printed(view, middle_value),
    )


def printed(view: View, value: Any, *, word: bool = False) -> str:
    """A value of `measure` as text: '94,22' ('94,22 điểm'), or '91,4%' for a field."""
    if view.sel.field:
        return formats.percent(value, view.lang)
    return (formats.in_points if word else formats.points)(value, view.lang, view.places)


def measure_words(view: View) -> str:
    """What is shown, as an order is named."""
    if not view.sel.field:
        return view.t("ranking.order.chi-so")
    return view.t("ranking.order_field", code=view.sel.field)


def field_name(view: View, row: Any) -> str:
    """Short name of a field."""
    return short_name(row, view.lang)


def field_text(view: View, row: Any) -> Text:
    """Short name of a field; marked as Vietnamese where it has no English name."""
    text = short_name(row, view.lang)
    return text if view.lang == "vi" or row.get("name_en") else Span(text, lang="vi")


def kind_name(view: View, kind: str) -> str:
    """A kind of unit for a control."""
    key = f"ranking.kind.{kind}"
    return view.t(key) if key in TEXTS else kind


def kind_inside(view: View, kind: str) -> str:
    """A kind of unit within a sentence."""
    key = f"ranking.kind_in.{kind}"
    return view.t(key) if key in TEXTS else kind
