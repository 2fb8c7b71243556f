"""The computation of a number in lines, with its numbers put in, and the words for where it comes from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from dashboard.address.names import item_name, unit_name
from dashboard.address.view import View
from dashboard.pages.provenance.rows import COLUMNS, Origin, Row, computed_anew, questions
from dashboard.words import formats
from dashboard.words.say import capital

EXACT_PLACES = 10
"""Decimals in which unrounded numbers are shown."""

POINTS = ("points", "survey", "appraised", "self")


# Numbers


def exact(value: Decimal | Fraction | None, lang: str) -> str:
    """An unrounded number, with an ellipsis where more decimals follow."""
    if value is None:
        return formats.MISSING
    text = formats.number(value, lang, EXACT_PLACES, trim=True)
    cut = Fraction(value) * 10**EXACT_PLACES
    return text if cut.denominator == 1 else text + "…"


def shown(origin: Origin) -> str:
    """The number as pages print it, without what stands beside it."""
    value, view, total = origin.value, origin.view, origin.total
    if value is None:
        return formats.MISSING
    match origin.name.measure:
        case "rank":
            return formats.rank(value)
        case "rank_interval":
            return formats.interval(total["rank_low"], total["rank_high"], view.lang)
        case "index_interval":
            return formats.interval(total["index_low"], total["index_high"], view.lang, view.places)
        case "index":
            return formats.points(value, view.lang, view.places)
        case "change":
            return formats.signed(value, view.lang, view.places)
        case "attainment":
            return formats.percent(value, view.lang)
        case "value":
            return formats.number(value, view.lang, 4)
        case "gap":
            return formats.signed(value, view.lang)
    return formats.points(value, view.lang)


def beside(origin: Origin) -> str:
    """What the number is out of: '/30' units that have a rank, '/10' points; '' for other numbers."""
    if origin.value is None:
        return ""
    if origin.name.measure == "rank":
        return f"/{len(origin.ranked)}"
    if origin.name.measure in POINTS:
        return f"/{formats.number(origin.maximum, origin.view.lang, trim=True)}"
    return ""


# Names and places


def group_name(view: View, code: str) -> str:
    """The name of a respondent group of the block."""
    return view.name(view.sel.respondents.get(code, {})) or code


def title(origin: Origin) -> str:
    """The item that the number belongs to."""
    view, code = origin.view, origin.name.criterion
    return item_name(view, code) if code else view.t("provenance.title_total")


def lead(origin: Origin) -> str:
    """Unit, measure and year."""
    view, name = origin.view, origin.name
    measure = view.t(f"provenance.measure.{name.measure}")
    if name.group:
        measure = f"{measure}: {group_name(view, name.group)}"
    unit = unit_name(view, name.unit, "full")
    said = view.t("provenance.lead", unit=unit, measure=measure, period=name.period)
    if not origin.provisional:
        return said
    return f"{said} {view.t(f'provenance.provisional_{origin.provisional}', **view.completeness.counts)}"


def caption(origin: Origin, title: str) -> str:
    """The name of a table: that of its section, and whose numbers they are. Two landmarks never share a name."""
    return f"{title}: {unit_name(origin.view, origin.name.unit, 'full')}"


def kind(view: View, row: Row) -> str:
    """Whose score it is, and of which round."""
    return view.t(f"provenance.kind.{row['kind']}", round=str(row["round"] or 0))


def imported(view: View, row: Row) -> str:
    """The import of a row: its number, when, by whom."""
    at = formats.moment(row["imported_at"], view.lang)
    return view.t("provenance.imported", id=str(row["import_id"]), at=at, by=row["by"] or formats.MISSING)


def place(view: View, row: Row, first: int | None, last: int | None) -> str:
    """Sheet and rows within a file."""
    return (view.t("provenance.sheet", sheet=row["sheet"]) if row["sheet"] else "") + lines(view, first, last)


def lines(view: View, first: int | None, last: int | None) -> str:
    """'dòng 12', 'dòng 12–40'; nothing where it is not said."""
    if first is None or last is None:
        return ""
    if first == last:
        return view.t("provenance.row", row=str(first))
    return view.t("provenance.rows", first=str(first), last=str(last))


def replaced_by(view: View, row: Row) -> str:
    """The import that replaced a score, or that its own was taken back."""
    by = row["superseded_by"]
    return view.t("provenance.by_import", id=str(by)) if by else view.t("provenance.retracted")


# The computation


def formula(origin: Origin) -> list[str]:
    """The computation in lines: the rule, the rule with its numbers, the result and its rounding."""
    t = origin.view.t
    match origin.name.measure:
        case "value":
            return _group(origin)
        case "published":
            return [t("provenance.formula.published" if origin.published else "provenance.none")]
        case "index" | "index_interval" | "rank" | "rank_interval" | "change":
            return _unit(origin)
    if not origin.item:
        return [t("provenance.none")]
    if origin.name.measure == "attainment":
        return _attainment(origin)
    return _leaf(origin) if origin.leaf else _sum(origin)


def _result(origin: Origin) -> str:
    view, unrounded, printed = origin.view, exact(origin.value, origin.view.lang), shown(origin)
    if origin.name.measure == "attainment" or unrounded not in (printed, printed.lstrip("+")):
        return view.t("provenance.rounded", exact=unrounded, shown=printed)
    return view.t("provenance.equals", exact=printed)


def _attainment(origin: Origin) -> list[str]:
    view, item = origin.view, origin.item
    rule = view.t("provenance.formula.attainment")
    if item["attainment"] is not None:
        told = f"{exact(item['points'], view.lang)} ÷ {exact(item['max_points'], view.lang)}"
        return [rule, told, _result(origin)]
    if origin.leaf:
        return [rule, *_leaf(origin)]
    return [rule, view.t("provenance.formula.open")] if item.get("max_points") else [rule]


def _sum(origin: Origin) -> list[str]:
    view, measure = origin.view, origin.name.measure
    column = COLUMNS[measure]
    if origin.item[column] is None:
        return [view.t("provenance.formula.open" if measure == "points" else "provenance.none")]
    values = [origin.items[code][column] for code in origin.children if origin.items[code][column] is not None]
    name = capital(view.t(f"provenance.measure.{measure}"))
    rule = view.t("provenance.formula.sum", measure=name, n=len(origin.children))
    if measure == "gap":
        rule = view.t("provenance.formula.gap_sum")
    told = " + ".join(exact(v, view.lang) if v >= 0 else f"({formats.signed(v, view.lang, 2)})" for v in values)
    return [rule, *([told] if told else []), _result(origin)]


def _leaf(origin: Origin) -> list[str]:
    view, item, measure = origin.view, origin.item, origin.name.measure
    t, lang = view.t, view.lang
    if measure == "self":
        return [t("provenance.formula.self" if item["self_points"] is not None else "provenance.none")]
    if item["state"] in ("missing", "not_applicable"):
        return [t(f"provenance.formula.{item['state']}")]
    if item["state"] == "pending":
        if item["claimed"]:
            return [t("provenance.formula.claimed")]
        return [t("provenance.formula.pending", points=formats.points(item["self_points"], lang))]
    if measure == "gap":
        if item["gap"] is None:
            return [t("provenance.none")]
        told = f"{exact(item['appraised_points'], lang)} − {exact(item['self_points'], lang)}"
        return [t("provenance.formula.gap"), told, _result(origin)]
    if item["state"] == "appraised":
        return [t("provenance.formula.round", round=item["round"]), _result(origin)]
    return [t("provenance.formula.survey"), _mean(origin), _result(origin)]


def _mean(origin: Origin) -> str:
    """The weighted mean of the groups of a leaf, in numbers where none is withheld."""
    lang = origin.view.lang
    if any(cell["suppressed"] for cell in origin.counting):
        return origin.view.t("provenance.hidden_formula")
    cells = [cell for cell in origin.counting if cell["value"] is not None]
    values, weights = [exact(cell["value"], lang) for cell in cells], [cell["weight"] for cell in cells]
    if len(set(weights)) == 1:
        told, over = " + ".join(values), str(len(cells))
    else:
        pairs = zip(weights, values, strict=True)
        told = " + ".join(f"{exact(weight, lang)} × {value}" for weight, value in pairs)
        over = exact(sum(weights), lang)
    return f"{exact(origin.item['max_points'], lang)} × ({told}) ÷ {over}"


def _unit(origin: Origin) -> list[str]:
    t, total, measure = origin.view.t, origin.total, origin.name.measure
    if not total or total["index_value"] is None:
        return [t("provenance.none")]
    if measure == "index":
        return _index(origin)
    if measure in ("change", "rank_interval") and not origin.view.whole:
        return [t("provenance.formula.not_concluded", **origin.view.completeness.counts)]
    if measure == "change":
        return _change(origin)
    if measure != "index_interval" and total["rank"] is None:
        return [t("provenance.formula.provisional")]
    return _rank(origin) if measure == "rank" else _sampled(origin)


def _index(origin: Origin) -> list[str]:
    view, total = origin.view, origin.total
    told = f"100 × {exact(total['points'], view.lang)} ÷ {exact(total['max_points'], view.lang)}"
    unrounded = formats.number(total["index_exact"], view.lang, EXACT_PLACES)
    rounded = view.t("provenance.rounded", exact=unrounded, shown=shown(origin))
    provisional = [] if total["status"] == "complete" else [view.t("provenance.formula.provisional")]
    return [view.t("provenance.formula.index"), told, rounded, *provisional]


def _change(origin: Origin) -> list[str]:
    view, total = origin.view, origin.total
    if origin.value is None:
        known = total["previous_period"] and not total["comparable"]
        return [view.t("provenance.formula.not_comparable" if known else "provenance.none")]
    now, before = (formats.points(total[key], view.lang, view.places) for key in ("index_value", "previous_index"))
    rule = view.t("provenance.formula.change", period=origin.name.period, previous=total["previous_period"])
    return [rule, f"{now} − {before}", view.t("provenance.equals", exact=shown(origin))]


def _rank(origin: Origin) -> list[str]:
    view, rank = origin.view, origin.total["rank"]
    said = [view.t("provenance.formula.rank", n=rank - 1), f"1 + {rank - 1} = {rank}"]
    if origin.tied:
        names = ", ".join(unit_name(view, row["unit_code"]) for row in origin.tied)
        said.append(view.t("provenance.formula.rank_tie", names=names))
    return said


def _sampled(origin: Origin) -> list[str]:
    """The interval of an index or a rank: how it was sampled, and where it ends."""
    view, total, meta = origin.view, origin.total, origin.view.site.meta
    if total["se_index"] is None:
        return [view.t("provenance.none")]
    kind = "interval" if origin.name.measure == "rank_interval" else "bootstrap"
    low, high = (formats.points(total[key], view.lang, view.places) for key in ("index_low", "index_high"))
    sampled: dict[str, Any] = {
        "se": formats.number(total["se_index"], view.lang, 3),
        "replicates": formats.count(int(meta["replicates"]), view.lang),
        "seed": meta["seed"],
    }
    ends = view.t("provenance.formula.interval_2", low=low, high=high)
    return [view.t(f"provenance.formula.{kind}", **sampled), ends]


def _group(origin: Origin) -> list[str]:
    view = origin.view
    if not origin.cell:
        return [view.t("provenance.none")]
    if origin.hidden:
        key = "provenance.hidden_group" if origin.cell["why"] == "few" else "provenance.hidden_other"
        return [view.t(key, group=group_name(view, origin.name.group or ""))]
    key = f"provenance.formula.{origin.item['survey_method']}"
    asked = [
        view.t(key, question=one.code, sum=exact(one.total, view.lang), n=formats.count(one.n, view.lang))
        for one in questions(origin)
    ]
    return [view.t("provenance.formula.value"), *asked, _result(origin)]


# Computed anew


def recomputed(origin: Origin) -> tuple[str, str]:
    """What came of computing the number anew: 'plain', 'same' or 'differs', and the sentence."""
    view, pair = origin.view, computed_anew(origin)
    if pair is None:
        return "plain", view.t("provenance.no_recompute")
    if origin.hidden:  # the value itself is not compared where it is not kept
        return "same", view.t("provenance.same_hidden")
    new, stored = pair
    kind = "same" if new == stored else "differs"
    return kind, view.t(f"provenance.{kind}", new=exact(new, view.lang), stored=exact(stored, view.lang))
