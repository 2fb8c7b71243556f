"""/tham-dinh: what the council did to the self-assessment of one block.

The whole block, a field or any item below it (`lv`, `tc`), one unit (`dv`): the same parts over fewer leaves. One
item and one unit is one decision, with everything that is known of it.
"""

from __future__ import annotations

from dashboard.address.names import unit_name
from dashboard.address.numbers import number_id
from dashboard.address.order import by_name
from dashboard.address.selection import Selection
from dashboard.address.view import View
from dashboard.exhibit.page import (
    Button,
    Columns,
    Exhibit,
    Group,
    Header,
    KeyNumber,
    Notice,
    Numbers,
    Page,
    Part,
    Screen,
)
from dashboard.pages.appraisal import decisions, exhibits
from dashboard.pages.appraisal.progress import progress
from dashboard.pages.appraisal.rows import ITEM_ORDERS, NAME, TOTAL, Appraisal, Leaf, below, link, parts, read, scope
from dashboard.pages.appraisal.sentences import done_note, lead, part_name
from dashboard.render.controls import href_select, toolbar
from dashboard.words import formats
from dashboard.words.names import short_name


def orders(sel: Selection) -> tuple[str, ...]:
    """Values that `sx` may take: total, name, every part that is a column, each both ways."""
    return tuple(way + key for way in ("", "-") for key in (TOTAL, NAME, *parts(sel.rubric, scope(sel))))


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


def layout(view: View) -> Page:
    """The appraisal of the block, item and unit selected."""
    appraisal = read(view)
    head = _header(view, appraisal)
    if not appraisal.leaves:
        return Page(head, [_nothing(view, appraisal)])
    if appraisal.decision:
        return Page(head, _one(view, appraisal, appraisal.decision))
    found: list[Part] = [Numbers(numbers(view, appraisal)), _toolbar(view)]
    if appraisal.sum.open:
        found.append(progress(view, appraisal))
    if scope(view.sel) or appraisal.unit:
        found.append(decisions.decisions(view, appraisal))
    if not appraisal.one_item:
        # One column of numbers is what the list of decisions says already.
        found.append(_row(exhibits.heat(view, appraisal), exhibits.dumbbells(view, appraisal)))
    found.append(_row(exhibits.strips(view, appraisal), exhibits.unequal(view, appraisal)))
    if not appraisal.one_item:
        found += [_alone(exhibits.items(view, appraisal)), _alone(exhibits.reasons(view, appraisal))]
    found.append(_alone(decisions.flags(view, decisions.flagged(view, appraisal))))
    if not appraisal.sum.open:
        found.append(progress(view, appraisal))
    return Page(head, found)


def _one(view: View, appraisal: Appraisal, leaf: Leaf) -> list[Part]:
    """Everything known of one decision; below it how the same appraiser treated the other units."""
    flags = decisions.flagged(view, appraisal)
    return [
        Numbers(decisions.one_numbers(view, leaf)),
        _toolbar(view),
        decisions.records(view, leaf),
        _row(exhibits.strips(view, appraisal), exhibits.unequal(view, appraisal)),
        _alone(decisions.flags(view, flags)) if flags else None,
    ]


def _row(*shown: Exhibit) -> Group:
    return Group([Columns(shown, split="wide-left")], role="section")


def _alone(shown: Exhibit) -> Group:
    return Group([shown], role="section")


def _header(view: View, appraisal: Appraisal) -> Header:
    sel = view.sel
    title = view.t("appraisal.title", block=view.block("inside"))
    said = lead(view, appraisal) if appraisal.leaves else None
    code = scope(sel)
    if code is None and not appraisal.unit:
        return Header(title, said)
    # The path from the block down to what is shown, each step a link to its own view.
    trail: list[tuple[str, str | None]] = []
    above = code
    while above:
        trail.append((f"{above} {short_name(sel.rubric[above], view.lang)}", link(sel, above)))
        above = sel.rubric[above]["parent_code"]
    trail = [(title, link(sel)), *reversed(trail)]
    name = f"{code} {view.name(sel.rubric[code])}" if code else ""
    if appraisal.unit:
        unit = unit_name(view, appraisal.unit)
        name = view.t("appraisal.one", unit=unit, item=name) if name else f"{title}: {unit}"
    else:
        trail.pop()
    return Header(name, said, trail)


def _nothing(view: View, appraisal: Appraisal) -> Notice:
    code = scope(view.sel)
    if code is None:
        return Notice("empty")
    whole = [Button(view.t("appraisal.whole_block"), link(view.sel))]
    if appraisal.parts:
        return Notice("filtered_empty", text=view.t("state.empty.text", period=view.sel.period), actions=whole)
    return Notice(
        "filtered_empty", title=view.t("appraisal.not_here", item=part_name(view, code)), text="", actions=whole
    )


def _toolbar(view: View) -> Screen:
    sel, everything = view.sel, view.t("appraisal.all")
    unit, here = sel["dv"] or None, scope(sel)
    field = sel.rubric[here]["field_code"] if here else None
    fields = [(everything, link(sel, None, unit))] + [
        (f"{code} {part_name(view, code)}", link(sel, code, unit)) for code in parts(sel.rubric, None)
    ]
    controls = [href_select("appraisal-field", view.t("appraisal.field"), fields, link(sel, field, unit))]
    if field:
        inside = below(sel.rubric, field)
        items = [(everything, link(sel, field, unit))]
        items += [(part_name(view, code), link(sel, code, unit)) for code in inside if code != field]
        if here != field and here not in inside:
            items.append((part_name(view, here), link(sel, here, unit)))
        controls.append(href_select("appraisal-item", view.t("appraisal.item"), items, link(sel, here, unit)))
    of_block = by_name(view, sel.units)
    chosen = [(everything, link(sel, here))] + [(unit_name(view, code), link(sel, here, code)) for code in of_block]
    controls.append(href_select("appraisal-unit", view.t("appraisal.unit"), chosen, link(sel, here, unit)))
    return Screen(toolbar(*controls))


def numbers(view: View, appraisal: Appraisal) -> list[KeyNumber]:
    """Leaves appraised, leaves adjusted, mean adjustment a unit, conflicts of role."""
    lang, own = view.lang, appraisal.sum
    conflicts = [view.t("appraisal.conflict_note", n=own.conflicts)]
    if own.conflicts_ahead:
        conflicts.append(view.t("appraisal.conflict_ahead", n=own.conflicts_ahead))
    return [
        KeyNumber(
            view.t("appraisal.number.done"),
            formats.count(own.done, lang),
            f"/{formats.count(own.total, lang)}",
            done_note(view, appraisal),
        ),
        KeyNumber(
            view.t("appraisal.number.changed"),
            formats.count(own.changed, lang),
            note=view.t("appraisal.cuts_raises", cuts=own.cuts, raises=own.raises),
        ),
        _adjustment(view, appraisal),
        KeyNumber(view.t("appraisal.number.conflicts"), formats.count(own.conflicts, lang), note="; ".join(conflicts)),
    ]


def _adjustment(view: View, appraisal: Appraisal) -> KeyNumber:
    """What was added to or taken from the unit chosen, or a unit on average."""
    sel, lang, own = view.sel, view.lang, appraisal.sum
    if appraisal.unit:
        return KeyNumber(
            view.t("appraisal.number.sum"),
            formats.signed(own.gap, lang),
            note=view.t("appraisal.of_points", maximum=formats.number(own.maximum, lang, 2, trim=True)),
            number=number_id(sel.period, appraisal.unit, scope(sel) or "", "gap"),
        )
    leaves = {code for codes in appraisal.parts.values() for code in codes}
    whole = formats.number(sum(sel.rubric[code]["max_points"] or 0 for code in leaves), lang, 2, trim=True)
    return KeyNumber(
        view.t("appraisal.number.mean"),
        formats.signed(appraisal.mean_gap, lang),
        note=view.t("appraisal.a_unit_open") if own.open else view.t("appraisal.a_unit", maximum=whole),
    )
