"""How far a block is, in sentences: what is complete, what is pending with whom, who has handed in nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.address.names import unit_name
from dashboard.address.view import View
from dashboard.season.rows import Progress, States, read
from dashboard.words import formats
from dashboard.words.say import NAMED, listed


def ranks(view: View) -> str:
    """'Hạng tạm, 4/22 đơn vị đủ điểm'."""
    return view.t("open.rank", **view.completeness.counts)


def not_yet(view: View) -> str:
    """Why a part is not there while the block is incomplete."""
    return view.t("open.text", block=view.block("inside"), **view.completeness.counts)


def left(view: View, found: Progress) -> list[str]:
    """What is open in a block, one sentence a kind: pending with whom, without self-assessment, without survey."""
    said = []
    if found.pending:
        said.append(view.t("open.pending", n=len(found.pending), who=with_whom(view, found.waiting)))
    if found.silent:
        said.append(view.t("open.silent", n=len(found.silent), names=_names(view, found.silent)))
    rest = [leaf for leaf in found.unscored if leaf["unit_code"] not in found.silent]
    for key, leaves in (("open.unscored", rest), ("open.unasked", found.unasked)):
        if leaves:
            said.append(view.t(key, n=len(leaves), units=len({leaf["unit_code"] for leaf in leaves})))
    return said


def with_whom(view: View, waiting: Sequence[tuple[str, int]]) -> str:
    """'Sở Nội vụ 120, Sở Tài chính 80 và 5 cơ quan khác 210'."""

    def one(code: str, n: int) -> str:
        name = unit_name(view, code) if code else view.t("open.nobody")
        return view.t("open.with", name=name, n=formats.count(n, view.lang))

    shown = waiting if len(waiting) <= NAMED + 1 else waiting[:NAMED]
    said, rest = [one(*pair) for pair in shown], waiting[len(shown) :]
    if rest:
        said.append(view.t("open.others", k=len(rest), n=formats.count(sum(n for _, n in rest), view.lang)))
    return listed(said, view.lang)


def _names(view: View, codes: Sequence[str]) -> str:
    if len(codes) > 2 * NAMED:
        shown = [unit_name(view, code) for code in codes[:NAMED]]
        return listed([*shown, view.t("open.many", n=len(codes) - NAMED)], view.lang)
    return listed([unit_name(view, code) for code in codes], view.lang)


def lead(view: View) -> str:
    """The first sentences of a page about an incomplete block."""
    return " ".join([f"{ranks(view)}.", *left(view, read(view))])


def headline(view: View, found: Progress) -> str:
    """How many units are complete, how much is open."""
    n = sum(unit.open for unit in found.units)
    return view.t("open.headline", open=view.t("open.left", n=n), **view.completeness.counts)


def unit(view: View, found: States, name: str, open_: str) -> str:
    """How much of an incomplete unit is there."""
    n = sum(count for *_, count in found.parts.values())
    return view.t("open.unit", name=name, done=n - found.open, of=n, open=open_)


def unit_done(view: View, row: Any, name: str) -> str:
    """Index and provisional rank of a complete unit of an incomplete block."""
    index = formats.points(row["index_value"], view.lang, view.places)
    return view.t("open.unit_done", name=name, index=index, rank=row["rank"], **view.completeness.counts)
