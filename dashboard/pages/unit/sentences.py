"""Sentences about a unit, computed from rows. Numbers in them are the exact ones, rounded once, where they are said.

Every function returns plain text in the language asked for. The rows are those of `Ask`; what a name stands for
in a sentence (short or full) is for the caller to choose. A unit at one end of a list is named, never blamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any

from dashboard.words import TEXTS, formats, t

LEVEL = Fraction(1, 200)
"""Shares that differ by less than half a percentage point count as level, in sentences and arrows alike."""

Z_95 = 1.959963984540054
"""97.5% quantile of the normal distribution: the two-sided test of one difference at 5%."""


def listed(names: Sequence[str], lang: str, word: str = "and") -> str:
    """'A', 'A và B', 'A, B và C'."""
    if len(names) < 2:
        return "".join(names)
    return t(f"say.{word}", lang, head=", ".join(names[:-1]), last=names[-1])


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


# Where the unit stands


def position(
    row: Mapping[str, Any],
    block: Sequence[Mapping[str, Any]],
    states: Mapping[str, int],
    name: str,
    lang: str,
    places: int = 2,
) -> str:
    """Index, rank and change of a unit; of an incomplete one what is still open.

    row, block: rows of `Ask.ranking`; states: leaf state -> number of leaves of the unit.
    """
    if row["status"] != "complete":
        still = [t(f"say.open.{kind}", lang, n=states[kind]) for kind in ("pending", "missing") if states.get(kind)]
        if row["index_value"] is None:
            return t("say.unscored", lang, name=name, open=listed(still, lang))
        index = formats.points(row["index_value"], lang, places)
        return t("say.provisional", lang, name=name, index=index, open=listed(still, lang))
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


# People asked


def asked(groups: Sequence[Mapping[str, Any]], options: Sequence[Mapping[str, Any]], min_cell: int, lang: str) -> str:
    """Which group answers most favourably.

    groups: label, counts (by option), suppressed. options: label, favourable, in the order of the counts.
    """
    shown = [group for group in groups if not group["suppressed"] and sum(group["counts"])]
    if not shown:
        hidden = any(group["suppressed"] for group in groups)
        return t("say.asked.withheld", lang, n=min_cell) if hidden else t("say.asked.nobody", lang)
    shares = [
        Fraction(sum(n for n, o in zip(group["counts"], options, strict=True) if o["favourable"]), sum(group["counts"]))
        for group in shown
    ]
    best = max(shares)
    names = [group["label"] for group, share in zip(shown, shares, strict=True) if share == best]
    good = [t("say.quoted", lang, label=option["label"]) for option in options if option["favourable"]]
    kind = "only" if len(shown) == 1 else "same" if len(names) == len(shown) else "best"
    said = {"share": formats.percent(best, lang, 0), "options": listed(good, lang, "or")}
    return t(f"say.asked.{kind}", lang, groups=listed(names, lang), **said)


def few(groups: Sequence[Mapping[str, Any]], lang: str) -> str:
    """A warning about groups under thirty ballots; '' where there is none."""
    small = [n for group in groups if not group["suppressed"] and 0 < (n := sum(group["counts"])) < 30]
    return t("say.few", lang, n=len(small), counts=", ".join(f"n = {n}" for n in small)) if small else ""


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


# Flags


def flag_detail(detail: str, lang: str, names: Mapping[str, str] = {}) -> str:
    """'self=2; appraised=0.75' in words; `names` unit code -> name. A key without words stands as it is."""
    said = []
    for part in filter(None, detail.split("; ")):
        key, _, value = part.partition("=")
        if "-" in value and value.count("-") == 2 and value.replace("-", "").isdigit():
            value = formats.date(date.fromisoformat(value), lang)
        elif value.replace(".", "", 1).isdigit():
            value = formats.number(Decimal(value), lang, 10, trim=True)
        else:
            value = names.get(value, value)
        said.append(t(f"flag.{key}", lang, value=value or formats.MISSING) if f"flag.{key}" in TEXTS else part)
    return "; ".join(said)


# Two units


@dataclass(frozen=True)
class Pair:
    """Two units against each other, the higher first. `difference` of the published values; `low` and `high` its 95%
    interval from the exact values, None where sampling is not known; `verdict`: 'open', 'unknown', 'certain',
    'different' or 'alike'."""

    one: str
    two: str
    difference: Decimal | None
    low: float | None
    high: float | None
    verdict: str


def pair(a: Mapping[str, Any], b: Mapping[str, Any], covariance: Mapping[tuple[str, str], float]) -> Pair:
    """Tests the difference of two rows of `Ask.ranking`, never the overlap of their intervals.

    covariance: (unit, other) -> covariance of the sampling error of their indices, both orders and the diagonal;
    empty where there is no sampling information.
    """
    if "incomplete" in (a["status"], b["status"]) or None in (a["index_value"], b["index_value"]):
        return Pair(a["unit_code"], b["unit_code"], None, None, None, "open")
    one, two = (a, b) if a["index_exact"] >= b["index_exact"] else (b, a)
    i, j = one["unit_code"], two["unit_code"]
    shown = one["index_value"] - two["index_value"]
    if (i, i) not in covariance or (j, j) not in covariance:
        return Pair(i, j, shown, None, None, "unknown")
    between = covariance.get((i, j), covariance.get((j, i), 0.0))
    spread = sqrt(max(0.0, covariance[i, i] + covariance[j, j] - 2 * between))
    exact = float(one["index_exact"] - two["index_exact"])
    if spread == 0:
        return Pair(i, j, shown, exact, exact, "certain")
    low, high = exact - Z_95 * spread, exact + Z_95 * spread
    return Pair(i, j, shown, low, high, "different" if low > 0 else "alike")


def compared(
    found: Pair, a: Mapping[str, Any], b: Mapping[str, Any], names: Mapping[str, str], lang: str, places: int = 2
) -> str:
    """The sentence of a pair. a, b: the rows it was made from; names: unit code -> name."""
    one, two = names[found.one], names[found.two]
    if found.verdict == "open":
        missing = [names[row["unit_code"]] for row in (a, b) if row["status"] != "complete"]
        return t("say.pair.open", lang, one=one, two=two, missing=listed(missing, lang)) + "."
    if found.difference == 0:
        said = t("say.pair.equal", lang, one=one, two=two, points=formats.points(a["index_value"], lang, places))
    else:
        said = t("say.pair.higher", lang, one=one, two=two, points=formats.points(found.difference, lang, places))
    if found.verdict == "unknown":
        return said + "."
    ends = {"low": formats.signed(found.low, lang, places), "high": formats.signed(found.high, lang, places)}
    return f"{said}; {t(f'say.pair.{found.verdict}', lang, **(ends if found.verdict != 'certain' else {}))}."
