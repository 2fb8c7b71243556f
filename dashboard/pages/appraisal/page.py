"""/tham-dinh: what the council did to the self-assessment of one block.

The whole block, a field or any item below it (`lv`, `tc`), one unit (`dv`): the same parts over fewer leaves. One
item and one unit is one decision, with everything that is known of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.address.numbers import number_id
from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.figures.base import span_of
from dashboard.figures.points import dumbbell as dumbbell_chart
from dashboard.figures.points import progress as progress_chart
from dashboard.figures.strips import adjustment_strips
from dashboard.pages.appraisal import rows as appraisal
from dashboard.pages.appraisal.rows import Leaf, Tally, decided, grouped, mean, responsible, tally
from dashboard.render import elements as html
from dashboard.render.parts import (
    Child,
    Head,
    KeyNumber,
    Row,
    button_link,
    columns,
    data_table,
    dumbbell,
    dumbbell_scale,
    facts,
    foreign,
    four_numbers,
    frame,
    graph,
    href_select,
    key_item,
    mark,
    page_header,
    provenance,
    section,
    sort_link,
    state,
    toolbar,
    unit_link,
    unit_name,
)
from dashboard.words import formats
from dashboard.words.names import short_name
from dashboard.words.say import flag_detail, listed
from scoring.texts import FLAGS as FLAG_WORDS

TOTAL, NAME = "tong", "don-vi"
ITEM_ORDERS = ("ty-le", "tieu-chi", "diem", "giam", "tang")
"""Values of `sm`, the order of the items: share of the maximum, rubric, points, cuts, raises."""

CASES = 5  # cases of unequal cuts shown beside the chart; the table has all
SHOWN = 12  # rows of a long list shown at once; the others unfold below
NARROW = 328  # px of a figure on a telephone


def orders(sel: Selection) -> tuple[str, ...]:
    """Values that `sx` may take: total, name, every part that is a column, each both ways."""
    return tuple(way + key for way in ("", "-") for key in (TOTAL, NAME, *appraisal.parts(sel.rubric, scope(sel))))


def units(sel: Selection) -> tuple[str, ...]:
    """Values that `dv` may take: none, and the units of the block."""
    return ("", *sel.units)


KEYS = ("lv", "tc")
CHOICES = {
    "sx": orders,
    "sm": lambda sel: (*ITEM_ORDERS, *(f"-{order}" for order in ITEM_ORDERS)),
    "dv": units,
    "xem": ("trang", "bang"),
}


def scope(sel: Selection) -> str | None:
    """The item that the view is about; None: the whole rubric."""
    return sel.item or sel.field


# Data -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """The leaves in scope, and what is added up from them. `mine` are those of the one unit chosen, or all."""

    leaves: Sequence[Leaf]
    parts: Mapping[str, Sequence[str]]
    unit: str
    steps: Sequence[Mapping[str, Any]]

    @cached_property
    def mine(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if self.unit in ("", leaf["unit_code"])]

    @cached_property
    def sum(self) -> Tally:
        return tally(self.mine)

    @cached_property
    def by_unit(self) -> dict[str, Tally]:
        return {unit: tally(own) for unit, own in grouped(self.leaves, lambda leaf: leaf["unit_code"]).items()}

    @cached_property
    def cells(self) -> dict[str, dict[str, Tally]]:
        """Unit -> part -> what happened there."""
        part_of = {code: part for part, codes in self.parts.items() for code in codes}
        by_cell = grouped(self.leaves, lambda leaf: (leaf["unit_code"], part_of[leaf["criterion_code"]]))
        return {
            unit: {part: tally(by_cell[unit, part]) for part in self.parts if (unit, part) in by_cell}
            for unit in self.by_unit
        }

    def over_units(self, part: str, value: str) -> Fraction | None:
        """Mean over units of a value of their cells of one part."""
        return mean(getattr(row[part], value) for row in self.cells.values() if part in row)

    @cached_property
    def step(self) -> Mapping[str, Any]:
        """The season's step that is the appraisal: the one whose name begins so; {} where the plan has none."""
        found = (step for step in self.steps if formats.fold(step["name"] or "").startswith("tham dinh"))
        return next(found, {})

    @property
    def last(self) -> date | None:
        """Date of the latest decision."""
        return max((leaf["decided_on"] for leaf in self.mine if leaf["decided_on"]), default=None)


def read(view: View) -> Block:
    """The block and scope that the view selects, from the store."""
    sel = view.sel
    parts = appraisal.parts(sel.rubric, scope(sel))
    inside = {code for codes in parts.values() for code in codes}
    rows = view.ask.appraisal(sel.period, sel.unit_group)
    steps = view.ask.process_steps(sel.period)
    return Block([row for row in rows if row["criterion_code"] in inside], parts, sel["dv"], steps)


# Words ----------------------------------------------------------------------------------------------------------


def part_name(view: View, code: str) -> str:
    """'Hiện đại hóa' of a field, '7.1.2 Báo cáo …' of another item."""
    row = view.sel.rubric.get(code, {})
    return short_name(row, view.lang) if not row.get("parent_code") else f"{code} {view.name(row)}"


def who(view: View, code: str) -> str:
    """Short name of an appraiser, who need not be a unit."""
    return unit_name(view, code) if code else view.t("appraisal.nobody")


def about(view: View) -> str:
    """What the leaves are of: 'khối sở', or the unit chosen."""
    return unit_name(view, view.sel["dv"]) if view.sel["dv"] else view.block("inside")


def _n(view: View, block: Block) -> str:
    """How many units the figures are about: '22'; '15/22' while some have nothing appraised."""
    n, of = sum(own.both > 0 for own in block.by_unit.values()), len(block.by_unit)
    return formats.count(n, view.lang) if n == of else f"{formats.count(n, view.lang)}/{formats.count(of, view.lang)}"


def _share(view: View, share: Fraction | None, places: int = 1) -> str:
    """A signed share of the maximum: '−6,2%'."""
    return formats.MISSING if share is None else formats.signed(share * 100, view.lang, places) + "%"


def _tied(view: View, key: str, names: Sequence[str], many: str = "parts", **values: Any) -> str:
    """A finding about the one at the top, or about those who share the place; beyond three only how many."""
    named = listed(names, view.lang) if len(names) <= 3 else view.t(f"appraisal.many_{many}", n=len(names))
    return view.t(f"{key}{'_tied' if len(names) > 1 else ''}", parts=named, **values)


def lead(view: View, block: Block) -> str:
    """How much was kept, where the cuts are, what is left; of a single decision, what it is."""
    found = block.sum
    if len(block.mine) == 1 and block.unit:
        return _one_said(view, block.mine[0])
    said = []
    if not found.both:
        said.append(view.t("appraisal.none"))
    elif not found.changed:
        said.append(view.t("appraisal.kept_all", n=found.both))
    else:
        share = formats.percent(Fraction(found.kept, found.both), view.lang)
        said.append(view.t("appraisal.kept", share=share, n=found.both))
    said.append(_where_cut(view, block))
    if found.open:
        said.append(_open(view, found))
    return " ".join(filter(None, said))


def _one_said(view: View, leaf: Leaf) -> str:
    lang = view.lang
    if leaf["gap"] is None:
        return view.t(f"appraisal.one.{leaf['state']}")
    kind = "kept" if leaf["gap"] == 0 else "raised" if leaf["gap"] > 0 else "cut"
    points = {
        "own": formats.points(leaf["self_points"], lang),
        "council": formats.points(leaf["appraised_points"], lang),
    }
    return view.t(f"appraisal.one.{kind}", by=who(view, leaf["appraiser"] or ""), **points)


def _where_cut(view: View, block: Block) -> str:
    lost = {
        part: sum(
            (
                Fraction(leaf["gap"])
                for leaf in block.mine
                if leaf["criterion_code"] in codes and (leaf["gap"] or 0) < 0
            ),
            Fraction(),
        )
        for part, codes in block.parts.items()
    }
    whole = sum(lost.values())
    if not whole or len(lost) < 2:
        return ""
    most = min(lost.values())
    names = [part_name(view, part) for part, points in lost.items() if points == most]
    return _tied(view, "appraisal.most", names, share=formats.percent(most / whole, view.lang))


def _open(view: View, found: Tally) -> str:
    kinds = {kind: n for kind, n in (("pending", found.pending), ("missing", found.missing)) if n}
    if len(kinds) == 1:
        return view.t(f"appraisal.still_only.{next(iter(kinds))}", n=found.open)
    said = listed([view.t(f"appraisal.still.{kind}", n=n) for kind, n in kinds.items()], view.lang)
    return view.t("appraisal.still", n=found.open, open=said)


def heat_headline(view: View, block: Block) -> str:
    """The part whose mean adjustment is farthest from nought."""
    parts, value = appraisal.extreme({part: block.over_units(part, "gap") for part in block.parts})
    if value is None:
        return view.t("appraisal.heat.none")
    if value == 0:
        return view.t("appraisal.heat.same")
    kind = "cut" if value < 0 else "raised"
    names = [part_name(view, part) for part in parts]
    return _tied(view, f"appraisal.heat.{kind}", names, points=formats.signed(value, view.lang))


def dumbbell_headline(view: View, rows: Sequence[Mapping[str, Any]]) -> str:
    """The part whose mean share moved the most."""
    parts, value = appraisal.extreme({row["part"]: row["gap"] for row in rows})
    if not value:
        return view.t("appraisal.heat.none" if value is None else "appraisal.dumbbell.same")
    names = [part_name(view, part) for part in parts]
    return _tied(view, "appraisal.dumbbell.most", names, gap=formats.signed(value * 100, view.lang, 1))


def strips_headline(view: View, strips: Mapping[str, Fraction | None]) -> str:
    """The appraiser with the strongest mean adjustment. strips: appraiser -> mean share of the maximum."""
    found, value = appraisal.extreme(strips)
    if not value:
        return view.t("appraisal.heat.none" if value is None else "appraisal.strips.same")
    names, share = [who(view, code) for code in found], _share(view, value)
    if len(strips) == 1:
        return view.t("appraisal.strips.only", parts=names[0], share=share)
    return _tied(view, "appraisal.strips.most", names, "appraisers", share=share)


def items_headline(view: View, items: Mapping[str, Tally]) -> str:
    """The item whose mean adjustment is the largest part of its maximum."""
    found, value = appraisal.extreme({code: own.gap_share for code, own in items.items()})
    if not value:
        return view.t("appraisal.heat.none" if value is None else "appraisal.items.same")
    names = [part_name(view, code) for code in found]
    return _tied(view, "appraisal.items.most", names, "items", share=_share(view, value))


def reasons_headline(view: View, reasons: Sequence[appraisal.Reason]) -> str:
    """The reason for which appraisers cut most differently."""
    compared = [reason for reason in reasons if reason.spread is not None]
    if not compared:
        return view.t("appraisal.reasons.none", few=appraisal.FEW)
    widest = max(compared, key=lambda reason: reason.spread)
    ends = sorted(widest.compared.items(), key=lambda pair: pair[1])
    return view.t(
        "appraisal.reasons.some",
        reason=widest.text.rstrip("."),
        low=_share(view, ends[0][1]),
        one=who(view, ends[0][0]),
        high=_share(view, ends[-1][1]),
        two=who(view, ends[-1][0]),
    )


def progress_headline(view: View, left: Mapping[str, int], many: str) -> str:
    """Who or what has most left to do. left: name -> number of leaves; many: what they are called where many tie."""
    most = max(left.values(), default=0)
    names = [name for name, n in left.items() if n == most]
    return _tied(view, "appraisal.progress.fields", names, many, n=most)


# The page -------------------------------------------------------------------------------------------------------


def layout(view: View) -> list[Child]:
    """The appraisal of the block, item and unit selected."""
    block = read(view)
    head = _header(view, block)
    if not block.leaves:
        return [head, _nothing(view, block)]
    one_item = len(block.parts) == 1
    if one_item and block.unit and block.mine:
        return [head, *_one(view, block)]
    body: list[Child] = [head, four_numbers(view, numbers(view, block)), _toolbar(view)]
    if block.sum.open:
        body.append(_progress(view, block))
    if scope(view.sel) or block.unit:
        body.append(_part(view, "decisions", _decisions(view, block)))
    if not one_item:
        # One column of numbers is what the list of decisions says already.
        body.append(_row(_heat(view, block), _dumbbells(view, block)))
    body.append(_row(_strips(view, block), _unequal(view, block)))
    if not one_item:
        body.append(html.Div(_items(view, block), className="section"))
        body.append(html.Div(_reasons(view, block), className="section"))
    body.append(html.Div(_flags(view, block), className="section"))
    if not block.sum.open:
        body.append(_progress(view, block))
    return body


def _row(*frames: Child) -> html.Div:
    return html.Div(columns(*frames, split="wide-left"), className="section")


def _part(view: View, name: str, *children: Child) -> html.Section:
    return section(view.t(f"appraisal.{name}"), *children, id=f"{name}-part")


def _header(view: View, block: Block) -> html.Div:
    sel = view.sel
    title = view.t("appraisal.title", block=view.block("inside"))
    code = scope(sel)
    if code is None and not block.unit:
        return page_header(view, title, lead(view, block) if block.leaves else None)
    # The path from the block down to what is shown, each step a link to its own view.
    trail: list[tuple[str, str | None]] = [(title, _to(view))]
    at = code
    above = []
    while at:
        above.append(at)
        at = sel.rubric[at]["parent_code"]
    for item in reversed(above):
        trail.append((f"{item} {short_name(sel.rubric[item], view.lang)}", _to(view, item)))
    name = f"{code} {view.name(sel.rubric[code])}" if code else ""
    if block.unit:
        unit = unit_name(view, block.unit)
        name = view.t("appraisal.one", unit=unit, item=name) if name else f"{title}: {unit}"
    else:
        trail.pop()
    return page_header(view, name, lead(view, block) if block.leaves else None, breadcrumb=trail)


def _to(view: View, item: str | None = None, unit: str | None = None) -> str:
    """Link to an item (a field by `lv`, what lies below by `tc`) and unit of the same block."""
    row = view.sel.rubric.get(item or "", {})
    field = item if item and not row.get("parent_code") else None
    return view.sel.href(field=field, item=None if field else item, dv=unit, sort=None)


def _nothing(view: View, block: Block) -> Child:
    code = scope(view.sel)
    if code is None:
        return state(view, "empty")
    text = view.t("appraisal.not_here", item=part_name(view, code))
    return state(
        view,
        "filtered_empty",
        title=text if not block.parts else None,
        text="" if not block.parts else view.t("state.empty.text", period=view.sel.period),
        actions=[button_link(view.t("appraisal.whole_block"), _to(view))],
    )


def _toolbar(view: View) -> html.Div:
    sel = view.sel
    unit, here = sel["dv"] or None, scope(sel)
    field = sel.rubric[here]["field_code"] if here else None
    fields = [(view.t("appraisal.all"), _to(view, None, unit))] + [
        (f"{code} {part_name(view, code)}", _to(view, code, unit)) for code in appraisal.parts(sel.rubric, None)
    ]
    controls = [href_select("appraisal-field", view.t("appraisal.field"), fields, _to(view, field, unit))]
    if field:
        items = [(view.t("appraisal.all"), _to(view, field, unit))] + [
            (part_name(view, code), _to(view, code, unit))
            for code in appraisal.below(sel.rubric, field)
            if code != field
        ]
        if here != field and here not in appraisal.below(sel.rubric, field):
            items.append((part_name(view, here), _to(view, here, unit)))
        controls.append(href_select("appraisal-item", view.t("appraisal.item"), items, _to(view, here, unit)))
    of_block = sorted(sel.units, key=lambda code: formats.vietnamese_order(unit_name(view, code)))
    chosen = [(view.t("appraisal.all"), _to(view, here))] + [
        (unit_name(view, code), _to(view, here, code)) for code in of_block
    ]
    controls.append(href_select("appraisal-unit", view.t("appraisal.unit"), chosen, _to(view, here, unit)))
    return toolbar(*controls)


def numbers(view: View, block: Block) -> list[KeyNumber]:
    """Leaves appraised, leaves adjusted, mean adjustment a unit, conflicts of role."""
    lang, found = view.lang, block.sum
    if found.open:
        due = block.step.get("planned_to")
        done = (
            view.t("appraisal.left_due", n=found.open, date=formats.date(due, lang))
            if due
            else view.t("appraisal.left", n=found.open)
        )
    else:
        on = block.step.get("done_on")
        done = view.t("appraisal.finished_on", date=formats.date(on, lang)) if on else view.t("appraisal.finished")
    code = scope(view.sel) or ""
    if block.unit:
        adjustment = KeyNumber(
            view.t("appraisal.number.sum"),
            formats.signed(found.gap, lang),
            note=view.t("appraisal.of_points", maximum=formats.number(found.maximum, lang, 2, trim=True)),
            number=number_id(view.sel.period, block.unit, code, "gap"),
        )
    else:
        points = {code: view.sel.rubric[code]["max_points"] or 0 for part in block.parts.values() for code in part}
        whole = formats.number(sum(points.values()), lang, 2, trim=True)
        adjustment = KeyNumber(
            view.t("appraisal.number.mean"),
            formats.signed(mean(own.gap for own in block.by_unit.values()), lang),
            note=view.t("appraisal.a_unit_open") if found.open else view.t("appraisal.a_unit", maximum=whole),
        )
    conflicts = [view.t("appraisal.conflict_note", n=found.conflicts)]
    if found.conflicts_ahead:
        conflicts.append(view.t("appraisal.conflict_ahead", n=found.conflicts_ahead))
    return [
        KeyNumber(
            view.t("appraisal.number.done"),
            formats.count(found.done, lang),
            f"/{formats.count(found.total, lang)}",
            done,
        ),
        KeyNumber(
            view.t("appraisal.number.changed"),
            formats.count(found.changed, lang),
            note=view.t("appraisal.cuts_raises", cuts=found.cuts, raises=found.raises),
        ),
        adjustment,
        KeyNumber(
            view.t("appraisal.number.conflicts"), formats.count(found.conflicts, lang), note="; ".join(conflicts)
        ),
    ]


# Units × parts --------------------------------------------------------------------------------------------------


def ordered(view: View, block: Block) -> list[str]:
    """Units in the order of `sx`: largest cut first; those without a value after all others; equals by name."""
    order = view.sel.sort or TOTAL
    key = order.removeprefix("-")
    names = sorted(block.by_unit, key=lambda unit: formats.vietnamese_order(unit_name(view, unit)))
    if key == NAME:
        return names[::-1] if order.startswith("-") else names

    def value(unit: str) -> Fraction | None:
        own = block.by_unit[unit] if key == TOTAL else block.cells[unit].get(key)
        return own.gap if own else None

    found = sorted((unit for unit in names if value(unit) is not None), key=value, reverse=order.startswith("-"))
    return found + [unit for unit in names if value(unit) is None]


def _order_words(view: View) -> str:
    order = view.sel.sort or TOTAL
    key = order.removeprefix("-")
    said = view.t("appraisal.order.part", part=key) if key not in (TOTAL, NAME) else view.t(f"appraisal.order.{key}")
    return view.t("appraisal.order.reversed", order=said) if order.startswith("-") else said


def _heat(view: View, block: Block) -> html.Div:
    sel, lang = view.sel, view.lang
    steps = appraisal.breaks(own.gap for row in block.cells.values() for own in row.values())
    current = sel.sort or TOTAL

    def head(key: str, label: str, spoken: str, **more: Any) -> Head:
        href = sel.href(sort=f"-{key}" if current == key else key)
        return Head(sort_link(view, label, key, current, href, spoken=spoken), **more)

    heads = [
        head(NAME, view.t("word.unit"), view.t("word.unit")),
        *(head(part, part, part_name(view, part), num=True, class_name="centre") for part in block.parts),
        head(TOTAL, view.t("word.total"), view.t("word.total"), num=True),
    ]

    def line(unit: str) -> Row:
        row, whole = block.cells[unit], block.by_unit[unit]
        number = number_id(sel.period, unit, scope(sel) or "", "gap")
        kind = "own" if unit == view.ask.viewer.unit_code else "chosen" if unit == block.unit else ""
        cells = [_cell(view, unit, part, row.get(part), steps) for part in block.parts]
        total = html.Strong(provenance(view, formats.signed(whole.gap, lang), number))
        return Row([unit_link(view, unit), *cells, total], kind=kind)

    means = [formats.signed(block.over_units(part, "gap"), lang) for part in block.parts]
    whole = formats.signed(mean(own.gap for own in block.by_unit.values()), lang)
    centred = [html.Td(text, className="num centre") for text in means]
    rows = [line(unit) for unit in ordered(view, block)]
    rows.append(Row([view.t("appraisal.mean_row"), *centred, whole], kind="total"))
    headline = heat_headline(view, block)
    open_ = any(own.open for own in block.by_unit.values())
    return frame(
        view,
        "bang-dieu-chinh",
        headline,
        [
            html.P(_part_key(view, block), className="part-key"),
            data_table(view, headline, heads, rows, class_name="adjustments"),
        ],
        subtitle=view.t(
            "appraisal.heat.subtitle",
            block=view.block("inside"),
            n=_n(view, block),
            period=sel.period,
            order=_order_words(view),
        ),
        key=_heat_key(view, block, steps),
        table=_units_table(view, block),
        note=view.t("appraisal.heat.note_open") if open_ else None,
        level=2,
    )


def _cell(view: View, unit: str, part: str, own: Tally | None, steps: tuple[Fraction, Fraction] | None) -> html.Td:
    """One unit and part: the adjustment, on its tint; what is still open and who appraised itself said beside it."""
    if own is None:
        return html.Td(formats.MISSING, className="num heat")
    shown = formats.signed(own.gap, view.lang)
    said = []
    if own.gap is not None and formats.rounded(own.gap) == 0:
        shown = "0" if own.gap == 0 else shown
    if own.open:
        said.append(view.t("appraisal.cell.open", n=own.open))
    elif own.out == own.total:
        said.append(view.t("appraisal.cell.out"))
    if own.conflicts:
        said.append(view.t("appraisal.by_itself"))
    number = number_id(view.sel.period, unit, part, "gap") if own.both else None
    names = [
        "num",
        "heat",
        _tint(own.gap, steps),
        "still-open" if own.open else "",
        "conflict" if own.conflicts else "",
    ]
    spoken = html.Span(f" ({'; '.join(said)})", className="visually-hidden") if said else None
    return html.Td(
        [provenance(view, shown, number), spoken],
        className=" ".join(filter(None, names)),
        **({"title": "; ".join(said)} if said else {}),
    )


def _tint(gap: Fraction | None, steps: tuple[Fraction, Fraction] | None) -> str:
    if gap is None:
        return ""
    if gap >= 0:
        return "adjust-up" if gap > 0 else "adjust-0"
    return f"adjust-{1 + sum(gap <= step for step in steps or ())}"


def _heat_key(view: View, block: Block, steps: tuple[Fraction, Fraction] | None) -> list[Child]:
    tints = [
        html.Span(view.t("appraisal.key.from", value=formats.signed(step, view.lang)), className=f"adjust-{3 - at}")
        for at, step in enumerate(steps or ())
    ]
    tints += [
        html.Span(view.t(f"appraisal.key.{name}"), className=tint)
        for name, tint in (("cut", "adjust-1"), ("zero", "adjust-0"), ("raise", "adjust-up"))
    ]
    found = [html.Span(tints, className="heat-key")]
    totals = block.by_unit.values()
    for shown, name in ((any(own.conflicts for own in totals), "conflict"), (any(own.open for own in totals), "open")):
        if shown:
            swatch = html.Span(className=f"cell-swatch {'conflict' if name == 'conflict' else 'still-open'}")
            found.append(html.Span([swatch, view.t(f"appraisal.key.{name}")], className="key-item"))
    return found


def _part_key(view: View, block: Block) -> list[Child]:
    """'1 Chỉ đạo, điều hành · 2 Văn bản QPPL …', each a link one level down."""
    parts: list[Child] = []
    for part in block.parts:
        name = short_name(view.sel.rubric[part], view.lang)
        link = html.A([html.B(part), f" {name}"], href=_to(view, part, block.unit or None))
        parts += [html.Span([link, " ·" if part != list(block.parts)[-1] else ""]), " "]
    return parts


def _units_table(view: View, block: Block) -> html.Div:
    lang, sel = view.lang, view.sel
    names = ("done", "pending", "missing", "own", "council", "gap", "share", "cuts", "raises", "conflicts")
    heads = [Head(view.t("word.unit"))] + [Head(view.t(f"appraisal.column.{name}"), num=True) for name in names]
    rows = []
    for unit in ordered(view, block):
        own = block.by_unit[unit]
        number = number_id(sel.period, unit, scope(sel) or "", "gap")
        points = [formats.points(value, lang) if own.both else formats.MISSING for value in (own.own, own.council)]
        rows.append(
            [
                unit_link(view, unit),
                f"{own.done}/{own.total}",
                formats.count(own.pending, lang),
                formats.count(own.missing, lang),
                *points,
                provenance(view, formats.signed(own.gap, lang), number),
                _share(view, own.gap_share),
                formats.count(own.cuts, lang),
                formats.count(own.raises, lang),
                formats.count(own.conflicts, lang),
            ]
        )
    return data_table(view, view.t("appraisal.by_unit", block=view.block("inside")), heads, rows)


# Self → appraised by part ---------------------------------------------------------------------------------------


def moved(view: View, block: Block) -> list[dict[str, Any]]:
    """One row a part: mean shares of the maximum, self and appraised, and how far apart; the largest cut first."""
    rows = []
    for part in block.parts:
        own, council = block.over_units(part, "own_share"), block.over_units(part, "council_share")
        if own is not None:
            rows.append(
                {
                    "part": part,
                    "code": part,
                    "label": short_name(view.sel.rubric[part], view.lang),
                    "self": own,
                    "appraised": council,
                    "gap": council - own,
                    "id": None,
                }
            )
    return sorted(rows, key=lambda row: row["gap"])


def _dumbbells(view: View, block: Block) -> html.Div:
    lang = view.lang
    rows = moved(view, block)
    headline = dumbbell_headline(view, rows)
    if not rows:
        return frame(view, "tu-danh-gia-tham-dinh", headline, None, level=2)
    span = span_of([100 * row[kind] for row in rows for kind in ("self", "appraised")], 10)
    # Ends about level with the table beside it.
    height = min(72, max(36, 30 * (len(block.by_unit) + 1) / len(rows)))
    heads = [Head(view.t("word.criterion" if scope(view.sel) else "word.field"))] + [
        Head(view.t(f"appraisal.column.{name}"), num=True) for name in ("own", "council", "gap_pp")
    ]
    table = data_table(
        view,
        headline,
        heads,
        [
            [
                f"{row['code']} {row['label']}",
                formats.percent(row["self"], lang),
                formats.percent(row["appraised"], lang),
                formats.pp(row["gap"], lang, 1, short=True),
            ]
            for row in rows
        ],
    )
    return frame(
        view,
        "tu-danh-gia-tham-dinh",
        headline,
        graph(
            view,
            # Its place is narrow at every width.
            dumbbell_chart(rows, span=span, lang=lang, row_height=height, width=NARROW),
            view.t("appraisal.chart_dumbbell", text=headline),
        ),
        subtitle=view.t(
            "appraisal.dumbbell.subtitle", block=view.block("inside"), n=_n(view, block), period=view.sel.period
        ),
        key=[key_item("ring", view.t("word.self")), key_item("dot", view.t("word.appraisal"))],
        table=table,
        level=2,
    )


# By appraiser ---------------------------------------------------------------------------------------------------


def by_appraiser(view: View, block: Block) -> dict[str, list[dict[str, Any]]]:
    """Appraiser -> one row a unit that it changed or left alone; the strongest mean cut first."""
    scored = [leaf for leaf in block.leaves if leaf["gap"] is not None and leaf["appraiser"]]
    strips: dict[str, list[dict[str, Any]]] = {}
    for (appraiser, unit), own in grouped(scored, lambda leaf: (leaf["appraiser"], leaf["unit_code"])).items():
        found = tally(own)
        if found.gap_share is None:
            continue
        one = own[0]["criterion_code"] if len(own) == 1 else None
        strips.setdefault(appraiser, []).append(
            {
                "appraiser": appraiser,
                "appraiser_label": who(view, appraiser),
                "unit": unit,
                "label": unit_name(view, unit),
                "value": found.gap_share,
                "items": found.both,
                "conflict": appraiser == unit,
                "id": number_id(view.sel.period, unit, one, "gap") if one else None,
            }
        )
    return dict(sorted(strips.items(), key=lambda pair: mean(row["value"] for row in pair[1])))


def _strips(view: View, block: Block) -> html.Div:
    lang = view.lang
    strips = by_appraiser(view, block)
    means = {code: mean(row["value"] for row in rows) for code, rows in strips.items()}
    headline = strips_headline(view, means)
    if not strips:
        return frame(view, "co-quan-tham-dinh", headline, None, level=2)
    rows = [row for own in strips.values() for row in own]
    span = span_of([0, *(row["value"] * 100 for row in rows)], 5)
    heads = [Head(view.t("appraisal.column.appraiser"))] + [
        Head(view.t(f"appraisal.column.{name}"), num=True)
        for name in ("units", "items", "mean_share", "lowest", "highest", "unchanged", "conflicts")
    ]
    table = data_table(
        view,
        headline,
        heads,
        [
            [
                who(view, code),
                formats.count(len(own), lang),
                formats.count(sum(row["items"] for row in own), lang),
                _share(view, means[code]),
                _share(view, min(row["value"] for row in own)),
                _share(view, max(row["value"] for row in own)),
                formats.count(sum(row["value"] == 0 for row in own), lang),
                formats.count(sum(row["items"] for row in own if row["conflict"]), lang),
            ]
            for code, own in strips.items()
        ],
    )
    key = [key_item("many", view.t("figure.key_unit")), key_item("tick", view.t("figure.mean"))]
    if any(row["conflict"] for row in rows):
        key.append(key_item("conflict", view.t("figure.key_conflict")))
    return frame(
        view,
        "co-quan-tham-dinh",
        headline,
        graph(
            view,
            adjustment_strips(rows, span=span, lang=lang, row_height=min(60, max(42, 480 / len(strips)))),
            headline,
            narrow=adjustment_strips(rows, span=span, lang=lang, width=NARROW),
        ),
        subtitle=view.t(
            "appraisal.strips.subtitle", block=view.block("inside"), n=_n(view, block), period=view.sel.period
        ),
        key=key,
        table=table,
        note=view.t("appraisal.strips.caveat"),
        level=2,
    )


# One reason, different cuts -------------------------------------------------------------------------------------


def _unequal(view: View, block: Block) -> html.Div:
    lang = view.lang
    cases = appraisal.unequal(block.leaves)
    n = len({case.item for case in cases})
    headline = view.t("appraisal.unequal.some", n=n) if cases else view.t("appraisal.unequal.none")
    subtitle = view.t("appraisal.unequal.subtitle", block=view.block("inside"), period=view.sel.period)
    if not cases:
        return frame(view, "cung-ly-do", headline, None, subtitle=subtitle, level=2)

    def names(codes: Sequence[str], most: int) -> str:
        some = sorted((unit_name(view, code) for code in codes), key=formats.vietnamese_order)
        return "; ".join(some) if len(some) <= most else view.t("word.units", n=len(some))

    def case_line(case: appraisal.Unequal) -> Child:
        low, high = min(case.cuts), max(case.cuts)
        ends = " … ".join(names(case.cuts[cut], 2) for cut in (low, high))
        if len(case.cuts) > 2:
            n = sum(len(codes) for codes in case.cuts.values())
            ends = view.t("appraisal.unequal.ends", ends=ends, n=len(case.cuts), units=view.t("word.units", n=n))
        item = html.A(part_name(view, case.item), href=_to(view, case.item), className="quiet")
        reason = foreign(case.reason) if lang != "vi" else case.reason
        said = [item, html.Span(reason, className="case-reason"), html.Span(ends, className="case-units")]
        cuts = " … ".join(formats.signed(cut, lang) for cut in (low, high))
        return html.Div(
            [html.Div(said, className="case-what"), html.Span(cuts, className="case-cuts")], className="case"
        )

    full = [
        [
            part_name(view, case.item),
            foreign(case.reason) if lang != "vi" else case.reason,
            formats.signed(cut, lang),
            names(codes, 99),
        ]
        for case in cases
        for cut, codes in case.cuts.items()
    ]
    heads = [
        Head(view.t("appraisal.column.criterion")),
        Head(view.t("appraisal.column.reason")),
        Head(view.t("appraisal.column.cut"), num=True),
        Head(view.t("appraisal.column.units")),
    ]
    note = [view.t("appraisal.unequal.note")]
    if len(cases) > CASES:
        note.insert(0, view.t("appraisal.unequal.more", shown=CASES, n=len(cases)))
    return frame(
        view,
        "cung-ly-do",
        headline,
        html.Ul([html.Li(case_line(case)) for case in cases[:CASES]], className="cases"),
        subtitle=subtitle,
        table=data_table(view, headline, heads, full),
        note=" ".join(note),
        level=2,
    )


def _reasons(view: View, block: Block) -> html.Div:
    lang = view.lang
    reasons = appraisal.reasons(block.leaves)
    headline = reasons_headline(view, reasons)
    subtitle = view.t("appraisal.reasons.subtitle", block=view.block("inside"), period=view.sel.period)
    if not reasons:
        return frame(view, "ly-do", headline, None, subtitle=subtitle, level=2)
    appraisers = sorted(
        {code for reason in reasons for code in reason.by}, key=lambda code: formats.vietnamese_order(who(view, code))
    )
    heads = [Head(view.t("appraisal.column.reason"))] + [Head(who(view, code), num=True) for code in appraisers]

    def cell(reason: appraisal.Reason, code: str) -> Child:
        if code not in reason.by:
            return formats.MISSING
        n, share = reason.by[code]
        text = f"{_share(view, share)} ({formats.count(n, lang)})"
        return html.Span(text, className="few") if n < appraisal.FEW else text

    rows = [
        [foreign(reason.text) if lang != "vi" else reason.text, *(cell(reason, code) for code in appraisers)]
        for reason in reasons[:SHOWN]
    ]
    body: list[Child] = [data_table(view, headline, heads, rows, class_name="reasons")]
    rest = [
        [foreign(reason.text) if lang != "vi" else reason.text, *(cell(reason, code) for code in appraisers)]
        for reason in reasons[SHOWN:]
    ]
    body += _more(view, headline, heads, rest, "reasons")
    few = view.t("appraisal.reasons.few", few=appraisal.FEW)
    return frame(
        view, "ly-do", headline, body, subtitle=subtitle, note=f"{view.t('appraisal.strips.caveat')} {few}", level=2
    )


def _more(view: View, caption: str, heads: Sequence[Head], rows: Sequence[Any], class_name: str) -> list[Child]:
    """The rest of a long table, folded; open where the view is that of tables."""
    if not rows:
        return []
    table = data_table(view, caption, heads, rows, class_name=class_name)
    summary = html.Summary(view.t("appraisal.more", n=len(rows)), className="action")
    return [html.Details([summary, table], className="more", open=view.sel.view == "bang")]


# By item --------------------------------------------------------------------------------------------------------


def ordered_items(sel: Selection, items: Mapping[str, Tally]) -> list[str]:
    """Codes of items in the order of `sm`; those without a value last, equals as in the rubric."""
    order = sel["sm"]
    key = order.removeprefix("-")
    place = list(sel.rubric)
    codes = sorted(items, key=place.index)
    if key == "tieu-chi":
        return codes[::-1] if order.startswith("-") else codes
    value = {
        "ty-le": lambda own: own.gap_share,
        "diem": lambda own: own.gap / own.both if own.both else None,
        "giam": lambda own: -own.cuts,
        "tang": lambda own: -own.raises,
    }[key]
    found = sorted(
        (code for code in codes if value(items[code]) is not None),
        key=lambda code: value(items[code]),
        reverse=order.startswith("-"),
    )
    return found + [code for code in codes if value(items[code]) is None]


def _items(view: View, block: Block) -> html.Div:
    sel, lang = view.sel, view.lang
    leaves = grouped(block.leaves, lambda leaf: leaf["criterion_code"])
    items = {code: tally(own) for code, own in leaves.items()}
    headline = items_headline(view, items)
    shares = [share for own in items.values() for share in (own.own_share, own.council_share) if share is not None]
    low = 0.5 if not shares or min(shares) >= Fraction(1, 2) else 0.0
    current = sel["sm"]

    def head(key: str, label: Child, spoken: str, **more: Any) -> Head:
        href = sel.href(sm=f"-{key}" if current == key else key)
        return Head(sort_link(view, label, key, current, f"{href}#tieu-chi", spoken=spoken), **more)

    def column(name: str) -> str:
        return view.t(f"appraisal.column.{name}")

    heads = [
        head("tieu-chi", column("criterion"), column("criterion")),
        Head(column("appraiser")),
        Head(dumbbell_scale(view, low), class_name="scale"),
        head("ty-le", column("share"), column("mean_share"), num=True),
        head("diem", column("mean_points"), column("mean_points"), num=True),
        Head(column("range"), num=True),
        head("giam", column("cuts"), column("cuts"), num=True),
        head("tang", column("raises"), column("raises"), num=True),
        Head(column("done"), num=True),
    ]

    def line(code: str) -> list[Child]:
        own, some = items[code], leaves[code]
        link = html.A(
            [html.Span(code, className="quiet-code"), view.name(sel.rubric[code])],
            href=_to(view, code, block.unit or None),
            className="quiet",
        )
        lead_by = some[0]["lead_appraiser"] or ""
        if not own.maximum:
            blank = [formats.MISSING] * 3
            return [
                link,
                who(view, lead_by),
                formats.MISSING,
                *blank,
                *map(str, (own.cuts, own.raises)),
                f"{own.done}/{own.total}",
            ]
        label = view.t(
            "appraisal.dumbbell_label",
            own=formats.percent(own.own_share, lang),
            council=formats.percent(own.council_share, lang),
        )
        gaps = [leaf["gap"] for leaf in some if leaf["gap"] is not None]
        ends = [formats.signed(end, lang) for end in (min(gaps), max(gaps))]
        return [
            link,
            who(view, lead_by),
            dumbbell(own.own_share, own.council_share, label, low=low),
            html.Strong(_share(view, own.gap_share)),
            formats.signed(own.gap / own.both, lang),
            ends[0] if ends[0] == ends[1] else " … ".join(ends),
            formats.count(own.cuts, lang),
            formats.count(own.raises, lang),
            f"{formats.count(own.done, lang)}/{formats.count(own.total, lang)}",
        ]

    rows = [line(code) for code in ordered_items(sel, items)]
    shown = rows[:SHOWN]
    order = view.t(f"appraisal.items.order.{current.removeprefix('-')}")
    return frame(
        view,
        "tieu-chi",
        headline,
        [
            data_table(view, headline, heads, shown, class_name="items-gap"),
            *_more(view, headline, heads, rows[SHOWN:], "items-gap"),
        ],
        subtitle=view.t(
            "appraisal.items.subtitle",
            block=view.block("inside"),
            period=sel.period,
            shown=len(shown),
            n=len(rows),
            order=view.t("appraisal.order.reversed", order=order) if current.startswith("-") else order,
        ),
        key=_points_key(view),
        level=2,
    )


def _points_key(view: View) -> list[Child]:
    return [
        key_item("ring", view.t("word.self")),
        key_item("dot", view.t("word.appraisal")),
        key_item("cut", view.t("figure.key_cut")),
        key_item("rise", view.t("figure.key_rise")),
    ]


# Single decisions -----------------------------------------------------------------------------------------------


def _decisions(view: View, block: Block) -> html.Div:
    sel = view.sel
    one_item = len(block.parts) == 1
    every = one_item or (bool(block.unit) and bool(scope(sel)))
    found = block.sum
    headline = (
        view.t("appraisal.decisions.some", n=found.changed, cuts=found.cuts, raises=found.raises)
        if found.changed
        else view.t("appraisal.decisions.none" if found.both else "appraisal.heat.none")
    )
    place = {code: at for at, code in enumerate(sel.rubric)}
    shown = [leaf for leaf in block.mine if every or leaf["gap"] or not decided(leaf) or appraisal.conflict(leaf)]
    shown.sort(
        key=lambda leaf: (
            leaf["gap"] is None,
            leaf["gap"] or 0,
            place[leaf["criterion_code"]],
            formats.vietnamese_order(unit_name(view, leaf["unit_code"])),
        )
    )
    if not shown:
        return frame(view, "quyet-dinh", headline, None, level=3)
    shares = [
        Fraction(leaf[kind]) / Fraction(leaf["max_points"])
        for leaf in shown
        for kind in ("self_points", "appraised_points")
        if leaf[kind] is not None and leaf["max_points"]
    ]
    low = 0.5 if not shares or min(shares) >= Fraction(1, 2) else 0.0
    heads = [
        Head(view.t("word.unit")) if not block.unit else None,
        Head(view.t("word.criterion")) if not one_item else None,
        Head(dumbbell_scale(view, low), class_name="scale"),
        Head(view.t("appraisal.column.points"), num=True),
        Head(view.t("appraisal.column.gap"), num=True),
        Head(view.t("appraisal.column.why"), class_name="why-head"),
        Head(view.t("appraisal.decision")) if not (one_item and block.unit) else None,
    ]
    keep = [at for at, head in enumerate(heads) if head is not None]
    rows = []
    for leaf in shown:
        cells = _decision(view, leaf, low)
        kind = "own" if leaf["unit_code"] == view.ask.viewer.unit_code else ""
        rows.append(Row([cells[at] for at in keep], kind=kind, attributes={"data-state": leaf["state"]}))
    heads = [head for head in heads if head is not None]
    most = len(rows) if one_item else SHOWN
    body = [
        data_table(view, headline, heads, rows[:most], class_name="decisions"),
        *_more(view, headline, heads, rows[most:], "decisions"),
    ]
    what = part_name(view, scope(sel)) if scope(sel) else about(view)
    return frame(
        view,
        "quyet-dinh",
        headline,
        body,
        subtitle=view.t(
            "appraisal.decisions.subtitle_all" if every else "appraisal.decisions.subtitle",
            what=what,
            period=sel.period,
            shown=len(rows),
        ),
        key=_points_key(view),
        level=3,
    )


def _decision(view: View, leaf: Leaf, low: float) -> list[Child]:
    """Cells of one leaf: unit, item, dumbbell, points, adjustment, why, link to the decision alone."""
    lang, unit, code = view.lang, leaf["unit_code"], leaf["criterion_code"]

    def number(shown: str, measure: str) -> Child:
        return provenance(view, shown, number_id(view.sel.period, unit, code, measure))

    picture: Child = formats.MISSING
    if leaf["gap"] is not None and leaf["max_points"]:
        own, council = (
            Fraction(leaf[kind]) / Fraction(leaf["max_points"]) for kind in ("self_points", "appraised_points")
        )
        shares = {"own": formats.percent(own, lang), "council": formats.percent(council, lang)}
        picture = dumbbell(own, council, view.t("appraisal.dumbbell_label", **shares), low=low)
    points: list[Child] = [number(formats.points(leaf["self_points"], lang), "self"), " → "]
    points.append(number(formats.points(leaf["appraised_points"], lang), "appraised"))
    if leaf["max_points"]:
        points.append(html.Span(f"/{formats.number(leaf['max_points'], lang, 2, trim=True)}", className="of"))
    gap: Child = formats.MISSING
    if leaf["gap"] is not None:
        kind = "same" if leaf["gap"] == 0 else "up" if leaf["gap"] > 0 else "down"
        gap = html.Span(
            [mark(kind, view.t(f"mark.{kind}")), number(formats.signed(leaf["gap"], lang), "gap")], className="change"
        )
    item = html.A(
        [html.Span(code, className="quiet-code"), view.name(view.sel.rubric[code])],
        href=_to(view, code, view.sel["dv"] or None),
        className="quiet",
    )
    see = html.A(
        view.t("appraisal.see"),
        href=_to(view, code, unit),
        **_spoken(view, leaf),
    )
    return [unit_link(view, unit), item, picture, html.Span(points), gap, _why(view, leaf), see]


def _spoken(view: View, leaf: Mapping[str, Any]) -> dict[str, str]:
    """What a link to one decision is called aloud."""
    name = unit_name(view, leaf["unit_code"])
    return {"aria-label": f"{view.t('appraisal.see_one')}: {name}, {leaf['criterion_code']}"}


def _why(view: View, leaf: Leaf) -> html.Div:
    """Why the points are what they are, and who says so: 'Thiếu tài liệu … / Nội vụ · BB 03/BB-HĐTĐ, 14/01/2021'."""
    lang = view.lang
    said: list[Child] = []
    if leaf["state"] != "appraised":
        said.append(html.Span(view.t(f"appraisal.state.{leaf['state']}"), className=f"leaf-state {leaf['state']}"))
    if leaf["claimed"]:
        said.append(html.Span(view.t("appraisal.claimed")))
    if leaf["reason"]:
        said.append(html.Span(leaf["reason"], lang="vi" if lang != "vi" else None))
    elif leaf["gap"]:
        said.append(html.Span(view.t("appraisal.no_reason"), className="by"))
    elif leaf["gap"] is not None:
        said.append(html.Span(view.t("appraisal.kept_as_is")))
    if decided(leaf):
        minute = ", ".join(
            filter(None, (leaf["minute"], formats.date(leaf["decided_on"], lang) if leaf["decided_on"] else ""))
        )
        by = [who(view, leaf["appraiser"]) if leaf["appraiser"] else "", minute]
        if leaf["round"] and leaf["round"] > 1:
            by.append(view.t("appraisal.round", n=leaf["round"]))
        said.append(html.Span(" · ".join(filter(None, by)), className="by"))
        if appraisal.conflict(leaf):
            said.append(html.Span([mark("conflict"), " ", view.t("appraisal.by_itself")], className="by-itself"))
    else:
        said.append(html.Span(view.t("appraisal.led_by", name=who(view, leaf["lead_appraiser"] or "")), className="by"))
    return html.Div(said, className="why")


def _one(view: View, block: Block) -> list[Child]:
    """Everything known of one decision: what the unit said, what the council said, round by round, from which file;
    below it how the same appraiser treated the other units."""
    (leaf,) = block.mine
    body: list[Child] = [four_numbers(view, _one_numbers(view, leaf)), _toolbar(view), _records(view, block)]
    body.append(_row(_strips(view, block), _unequal(view, block)))
    if flagged(view, block):
        body.append(html.Div(_flags(view, block), className="section"))
    return body


def _one_numbers(view: View, leaf: Leaf) -> list[KeyNumber]:
    lang = view.lang

    def id(measure: str) -> str:
        return number_id(view.sel.period, leaf["unit_code"], leaf["criterion_code"], measure)

    most = f"/{formats.number(leaf['max_points'], lang, 2, trim=True)}" if leaf["max_points"] else ""
    kind = "same" if not leaf["gap"] else "up" if leaf["gap"] > 0 else "down"
    sign = [mark(kind), " ", view.t(f"mark.{kind}")] if leaf["gap"] is not None else None
    own = formats.points(leaf["self_points"], lang)
    council = formats.points(leaf["appraised_points"], lang)
    return [
        KeyNumber(view.t("word.self"), own, most if leaf["self_points"] is not None else "", number=id("self")),
        KeyNumber(
            view.t("word.appraisal"),
            council,
            most if leaf["appraised_points"] is not None else "",
            view.t(f"appraisal.state.{leaf['state']}"),
            id("appraised"),
        ),
        KeyNumber(view.t("appraisal.number.sum"), formats.signed(leaf["gap"], lang), note=sign, number=id("gap")),
    ]


def _records(view: View, block: Block) -> html.Section:
    sel, lang = view.sel, view.lang
    (code,) = block.parts
    scores = [row for row in view.ask.score_sources(sel.period, block.unit) if row["criterion_code"] == code]
    earlier = [row for row in view.ask.superseded(sel.period, block.unit) if row["criterion_code"] == code]
    own = next((row for row in scores if row["kind"] == "self"), None)
    said: list[tuple[Child, Child]] = [(view.t("appraisal.column.why"), _why(view, block.mine[0]))]
    for name, column in (("explanation", "reason"), ("evidence", "evidence")):
        if own and own[column]:
            said.append((view.t(f"appraisal.{name}"), foreign(own[column]) if lang != "vi" else own[column]))

    def line(row: Mapping[str, Any], *, replaced: bool) -> list[Child]:
        kind = view.t(f"appraisal.kind.{row['kind']}", **({"n": row["round"]} if row["kind"] == "appraised" else {}))
        points = (
            view.t("appraisal.state.not_applicable") if row["not_applicable"] else formats.points(row["points"], lang)
        )
        reason = row["reason"] if row["kind"] == "appraised" else None
        sheet = f" [{row['sheet']}]" if row["sheet"] else ""
        return [
            view.t("appraisal.kind.replaced", kind=kind) if replaced else kind,
            points,
            foreign(reason) if reason and lang != "vi" else reason or formats.MISSING,
            who(view, row["appraiser"]) if row["appraiser"] else formats.MISSING,
            (row.get("minute") if not replaced else None) or formats.MISSING,
            formats.date(row.get("dated"), lang),
            html.Span(f"{row['file']}{sheet}, {row['row']}", className="file"),
        ]

    heads = [
        Head(view.t("appraisal.decision")),
        Head(view.t("appraisal.column.points"), num=True),
        Head(view.t("appraisal.column.reason")),
        Head(view.t("appraisal.column.appraiser")),
        Head(view.t("appraisal.minute")),
        Head(view.t("appraisal.date")),
        Head(view.t("appraisal.file")),
    ]
    rows = [
        line(row, replaced=False) for row in sorted(scores, key=lambda row: (row["kind"] != "self", row["round"] or 0))
    ]
    rows += [line(row, replaced=True) for row in earlier]
    caption = view.t("appraisal.one", unit=unit_name(view, block.unit), item=part_name(view, code))
    return section(
        view.t("appraisal.history"),
        facts(said),
        data_table(view, caption, heads, rows, class_name="history") if rows else state(view, "empty"),
        id="ban-ghi",
    )


# Progress -------------------------------------------------------------------------------------------------------


def _progress(view: View, block: Block) -> html.Section:
    lang, found, step = view.lang, block.sum, block.step
    due = (
        view.t("appraisal.progress.due", date=formats.date(step["planned_to"], lang)) if step.get("planned_to") else ""
    )
    by_part = {
        part: tally(leaf for leaf in block.mine if leaf["criterion_code"] in codes)
        for part, codes in block.parts.items()
    }
    by_body = {
        code: tally(own)
        for code, own in sorted(
            grouped(block.mine, responsible).items(), key=lambda pair: formats.vietnamese_order(who(view, pair[0]))
        )
    }
    where = {"block": about(view), "period": view.sel.period, "due": due}
    kind = "item" if scope(view.sel) else "field"
    of_parts = [(part, part_name(view, part), own) for part, own in by_part.items()]
    of_bodies = [("", who(view, code), own) for code, own in by_body.items()]
    if not found.open:
        said = []
        if step.get("planned_to") and step.get("done_on"):
            dates = {"due": formats.date(step["planned_to"], lang), "done": formats.date(step["done_on"], lang)}
            said.append(view.t("appraisal.progress.done_dates", **dates))
        elif step.get("planned_to"):
            said.append(view.t("appraisal.progress.done_due", due=formats.date(step["planned_to"], lang)))
        if block.last:
            said.append(view.t("appraisal.progress.last", date=formats.date(block.last, lang)))
        headline = view.t("appraisal.progress.done", n=found.total)
        body = html.P(" ".join(said), className="all-done")
        table = _progress_table(view, headline, view.t("appraisal.column.appraiser"), of_bodies)
        return _part(view, "progress", frame(view, "tien-do", headline, body, table=table, level=3))
    closed = None
    if step.get("done_on"):
        closed = html.P(
            view.t("appraisal.progress.closed", n=found.open, date=formats.date(step["done_on"], lang)),
            className="note",
        )
    frames = [
        _progress_frame(
            view,
            "tien-do-phan",
            of_parts,
            view.t(f"appraisal.progress.subtitle_{kind}", **where),
            view.t("word.criterion" if scope(view.sel) else "word.field"),
        ),
        _progress_frame(
            view,
            "tien-do-co-quan",
            of_bodies,
            view.t("appraisal.progress.subtitle_appraiser", **where),
            view.t("appraisal.column.appraiser"),
        ),
    ]
    return _part(view, "progress", closed, columns(*frames))


def _progress_frame(view: View, id: str, lines: Sequence[tuple[str, str, Tally]], subtitle: str, head: str) -> html.Div:
    rows = [
        {"code": code, "label": name.removeprefix(f"{code} "), "done": own.done, "total": own.total, "id": None}
        for code, name, own in lines
    ]
    headline = progress_headline(
        view, {name: own.open for _, name, own in lines}, "parts" if lines[0][0] else "appraisers"
    )
    return frame(
        view,
        id,
        headline,
        graph(
            view,
            progress_chart(rows, lang=view.lang),
            headline,
            narrow=progress_chart(rows, lang=view.lang, width=NARROW),
        ),
        subtitle=subtitle,
        table=_progress_table(view, headline, head, lines),
        note=view.t("appraisal.progress.note"),
        level=3,
    )


def _progress_table(view: View, caption: str, head: str, lines: Sequence[tuple[str, str, Tally]]) -> html.Div:
    heads = [Head(head)] + [
        Head(view.t(f"appraisal.column.{name}"), num=True) for name in ("done", "pending", "missing", "items")
    ]
    rows = [
        [
            f"{code} {name.removeprefix(f'{code} ')}".strip(),
            *(formats.count(n, view.lang) for n in (own.done, own.pending, own.missing, own.total)),
        ]
        for code, name, own in lines
    ]
    return data_table(view, caption, heads, rows)


# Flags ----------------------------------------------------------------------------------------------------------


def flagged(view: View, block: Block) -> list[Mapping[str, Any]]:
    """Flags about the appraisal of the leaves shown, by kind, item and name of the unit."""
    leaves = {(leaf["unit_code"], leaf["criterion_code"]) for leaf in block.mine}
    place = {code: at for at, code in enumerate(view.sel.rubric)}
    found = [
        row
        for row in view.ask.flags(view.sel.period)
        if row["flag"] in appraisal.FLAGS and (row["unit_code"], row["criterion_code"]) in leaves
    ]
    return sorted(
        found,
        key=lambda row: (
            appraisal.FLAGS.index(row["flag"]),
            place[row["criterion_code"]],
            formats.vietnamese_order(unit_name(view, row["unit_code"])),
        ),
    )


def _flags(view: View, block: Block) -> html.Div:
    lang = view.lang
    found = flagged(view, block)
    where = {"block": about(view), "period": view.sel.period}
    if not found:
        headline = view.t("appraisal.flags.none")
        return frame(view, "co", headline, None, subtitle=view.t("appraisal.flags.subtitle_none", **where), level=2)
    kinds = [
        view.t("appraisal.flags.count", kind=FLAG_WORDS[kind][lang], n=len(rows))
        for kind, rows in grouped(found, lambda row: row["flag"]).items()
    ]
    headline = view.t("appraisal.flags.some", n=len(found))
    names = {code: who(view, code) for code in view.site.units.get(view.sel.period, {})}
    heads = [
        Head(view.t("appraisal.column.flag")),
        Head(view.t("word.unit")),
        Head(view.t("word.criterion")),
        Head(view.t("appraisal.column.detail")),
        Head(view.t("appraisal.decision")),
    ]
    rows = [
        [
            html.Span([mark(f"flag-{row['severity']}"), " ", FLAG_WORDS[row["flag"]][lang]]),
            unit_link(view, row["unit_code"]),
            html.A(part_name(view, row["criterion_code"]), href=_to(view, row["criterion_code"]), className="quiet"),
            flag_detail(row["detail"], lang, names),
            html.A(
                view.t("appraisal.see"),
                href=_to(view, row["criterion_code"], row["unit_code"]),
                **_spoken(view, row),
            ),
        ]
        for row in found
    ]
    body = [
        data_table(view, headline, heads, rows[:SHOWN], class_name="flags"),
        *_more(view, headline, heads, rows[SHOWN:], "flags"),
    ]
    subtitle = view.t("appraisal.flags.subtitle", kinds="; ".join(kinds), **where)
    return frame(view, "co", headline, body, subtitle=subtitle, level=2)
