"""Sentences about a unit, computed from rows. Numbers in them are the exact ones, rounded once, where they are said.

Every function returns plain text in the language asked for. The rows are those of `Ask`; what a name stands for
in a sentence (short or full) is for the caller to choose. A unit at one end of a list is named, never blamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dashboard.address.view import View
from dashboard.pages.unit.rows import Profile
from dashboard.season import sentences as season
from dashboard.words import formats, t
from dashboard.words.say import LEVEL, capital, listed

# Where the unit stands


def position(
    row: Mapping[str, Any],
    block: Sequence[Mapping[str, Any]],
    name: str,
    lang: str,
    places: int = 2,
) -> str:
    """Index, rank and change of a unit of a complete block.

    row, block: rows of `Ask.ranking`.
    """
    said = t(
        "say.position",
        lang,
        name=name,
        index=formats.points(row["index_value"], lang, places),
        place=place(row, block, lang),
        change=_change(row, lang, places),
    )
    if row["previous_period"] and not row["comparable"]:
        said += " " + t("say.not_comparable", lang, period=row["previous_period"])
    return said


def place(row: Mapping[str, Any], block: Sequence[Mapping[str, Any]], lang: str) -> str:
    """'hạng 14/30', 'đồng hạng 14/30 với 2 đơn vị khác'."""
    ranked = [other["rank"] for other in block if other["rank"] is not None]
    tied = ranked.count(row["rank"]) - 1
    values = {"rank": row["rank"], "of": len(ranked)}
    return t("say.place_tied", lang, n=tied, **values) if tied else t("say.place", lang, **values)


def difference(row: Mapping[str, Any]) -> Decimal | None:
    """Published index less that of the year before; None where there is none or it does not compare."""
    if row["status"] != "complete" or row["previous_index"] is None or not row["comparable"]:
        return None
    return row["index_value"] - row["previous_index"]


def _change(row: Mapping[str, Any], lang: str, places: int) -> str:
    change = difference(row)
    if change is None:
        return ""
    kind = "same" if change == 0 else "up" if change > 0 else "down"
    return t(
        f"say.change.{kind}", lang, points=formats.points(abs(change), lang, places), period=row["previous_period"]
    )


# Where points were lost


def losses(rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Which fields hold most of the lost points. Rows: label, lost (exact). Two fields at most are named, and none
    where others lost as much."""
    lost = sorted((row for row in rows if row["lost"] > 0), key=lambda row: -row["lost"])
    if not lost:
        return t("say.lost.none", lang)
    total = sum(row["lost"] for row in lost)
    points = formats.points(total, lang)
    if len(lost) <= 2:
        return t("say.lost.all", lang, points=points, fields=listed([row["label"] for row in lost], lang))
    leaders = lost[:2] if lost[1]["lost"] > lost[2]["lost"] else lost[:1] if lost[0]["lost"] > lost[1]["lost"] else []
    if not leaders:
        most = [row for row in lost if row["lost"] == lost[0]["lost"]]
        return t("say.lost.even", lang, n=len(most), points=formats.points(lost[0]["lost"], lang))
    share = formats.percent(Fraction(sum(row["lost"] for row in leaders)) / Fraction(total), lang, 0)
    key = "say.lost.share" if len(leaders) == 2 else "say.lost.share_one"
    return t(key, lang, fields=listed([row["label"] for row in leaders], lang), share=share, points=points)


def most_lost(rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Title of the waterfall: the field that lost most, or those that share the place."""
    most = max((row["lost"] for row in rows), default=0)
    if most <= 0:
        return t("say.lost.none", lang).rstrip(".")
    names = [row["label"] for row in rows if row["lost"] == most]
    key = "say.lost.most" if len(names) == 1 else "say.lost.most_tied"
    return t(key, lang, fields=listed(names, lang), points=formats.points(most, lang))


def check(rows: Sequence[Mapping[str, Any]], index: Decimal, lang: str, places: int = 2, total: int = 100) -> str:
    """'Kiểm tra: 100 − 7,55 = 92,45.' in numbers as shown; says so where the rounded steps add up to another sum."""
    lost = total - formats.rounded(index, places)
    said = t(
        "say.lost.check",
        lang,
        total=formats.number(total, lang, 0),
        lost=formats.points(lost, lang, places),
        index=formats.points(index, lang, places),
    )
    shown = sum((formats.rounded(row["lost"]) for row in rows), Decimal(0))
    if shown != lost:
        said += " " + t("say.lost.rounded", lang, shown=formats.points(shown, lang))
    return said


# Against others


def against(gaps: Sequence[Fraction | None], ref: str, lang: str) -> str:
    """In how many fields the unit is above and below a median. `gaps`: share less median, None where there is none;
    `ref`: key of the median ('khoi', 'loai.urban', 'gan', 'own')."""
    ref = t(f"say.ref.{ref}", lang)
    known = [gap for gap in gaps if gap is not None]
    if not known:
        return t("say.median.none", lang, ref=ref)
    up, down = sum(gap >= LEVEL for gap in known), sum(gap <= -LEVEL for gap in known)
    if len(known) in (up, down):
        kind = "all_up" if up else "all_down"
    else:
        kind = "both" if up and down else "up" if up else "down" if down else "level"
    return t(f"say.median.{kind}", lang, ref=ref, up=up, down=down, n=len(known))


# The council


def council(gaps: Sequence[Decimal], pending: int, lang: str) -> str:
    """What the council did. `gaps`: appraised less self of every leaf that has both; `pending`: leaves that wait."""
    changed = [gap for gap in gaps if gap]
    if changed:
        said = t("say.council.changed", lang, n=len(changed), points=formats.signed(sum(changed), lang))
    elif gaps:
        said = t("say.council.kept", lang, n=len(gaps))
    else:
        said = t("say.council.none", lang)
    return f"{said}; {t('say.council.waiting', lang, n=pending)}" if pending and gaps else said


# Published years


def years(rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Ranks by year as published. Rows: period, index, rank (either may be None)."""
    by_rank: dict[int, list[int]] = {}
    for row in sorted(rows, key=lambda row: row["period"]):
        if row["rank"] is not None:
            by_rank.setdefault(row["rank"], []).append(int(row["period"]))
    if not by_rank:
        return t("say.years.no_rank", lang, n=sum(row["index"] is not None for row in rows))
    if len(by_rank) > 3:
        n = sum(map(len, by_rank.values()))
        return t("say.years.between", lang, best=min(by_rank), worst=max(by_rank), n=n)

    def when(some: list[int]) -> str:
        runs: list[list[int]] = []
        for year in some:
            if runs and runs[-1][-1] == year - 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        texts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
        return t(f"say.years.{'one' if len(some) == 1 else 'many'}", lang, years=listed(texts, lang))

    said = [t("say.years.rank", lang, rank=rank, years=when(found)) for rank, found in sorted(by_rank.items())]
    return capital(", ".join(said))


# The first sentences


def lead(view: View, found: Profile) -> str:
    """The first sentences: where the unit stands, where its points went, how it compares with its block. As long as
    the block is incomplete: what the unit has, and what is open."""
    if found.row is None or not found.leaves:
        return view.t("unit.no_scores", period=view.sel.period)
    name = view.name(view.sel.units[found.unit])
    if not view.whole:
        return _open(view, found, name)
    said = [position(found.row, found.block, name, view.lang, view.places)]
    if found.losses:
        said.append(losses(found.losses, view.lang))
    if found.complete and len(found.block) > 1:
        gaps = [row["gap"] for row in found.gaps([row["unit_code"] for row in found.block])]
        said.append(against(gaps, "khoi", view.lang) + ".")
    return " ".join(said)


def _open(view: View, found: Profile, name: str) -> str:
    if found.complete:
        return season.unit_done(view, found.row, name)
    if not found.leaves or not found.states.keys() & {"pending", "missing"}:
        return view.t("open.unit_away", name=name)
    said = [season.unit(view, found.by_state, name, still_open(view, found))]
    if found.waiting:
        said.append(view.t("open.unit_waits", who=season.with_whom(view, found.waiting)))
    return " ".join([*said, season.ranks(view) + "."])


def still_open(view: View, found: Profile) -> str:
    """'20 tiêu chí chờ thẩm định và 4 tiêu chí chưa có điểm'."""
    kinds = [kind for kind in ("pending", "missing") if found.states.get(kind)]
    return listed([view.t(f"say.open.{kind}", n=found.states[kind]) for kind in kinds], view.lang)
