"""The steps of the season as a timeline, and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.address.view import View
from dashboard.exhibit.measure import COUNT, DATE, YEAR
from dashboard.exhibit.page import Exhibit, Screen, Section
from dashboard.exhibit.table import Column, Table
from dashboard.pages.overview.rows import Step
from dashboard.pages.overview.sentences import lateness, progress
from dashboard.render import elements as html
from dashboard.render.parts import mark_icon
from dashboard.words import formats


def steps(view: View, plan: Sequence[Step]) -> Section | None:
    """The steps in a row, on narrow screens the one that is at hand; None where the year has no plan."""
    if not plan:
        return None
    about = view.t("overview.steps_subtitle", period=view.sel.period, n=len(plan))
    row = [_step(view, step, plan[at - 1] if at else None, plan[at + 1 : at + 2]) for at, step in enumerate(plan)]
    exhibit = Exhibit(
        "cac-buoc",
        lateness(view, plan),
        table=_table(view, about, plan),
        subtitle=about,
        note=view.t("overview.steps_note") if any(step.late for step in plan) else None,
        body=Screen([html.Ol(row, className="steps"), _narrow(view, plan)]),
        name="tien-do",
        picture=False,
        concludes=False,
    )
    return Section("tien-do", progress(view, plan), [exhibit])


def _table(view: View, caption: str, plan: Sequence[Step]) -> Table:
    return Table(
        caption,
        [
            Column(view.t("overview.step"), lambda step: step.number, YEAR),
            Column(view.t("overview.step_name"), lambda step: step.name, role="wrap"),
            Column(view.t("overview.planned_from"), lambda step: step.planned_from, DATE),
            Column(view.t("overview.planned_to"), lambda step: step.planned_to, DATE),
            Column(view.t("overview.done_on"), lambda step: step.done, DATE),
            Column(view.t("overview.days_late"), lambda step: step.late, COUNT),
            Column(view.t("overview.responsible"), lambda step: step.responsible or formats.MISSING, role="wrap"),
        ],
        plan,
    )


def _narrow(view: View, plan: Sequence[Step]) -> html.Div:
    now = next((step for step in plan if step.current), plan[-1])
    dots = [
        html.Span(
            mark_icon("check") if step.done else None, className=f"step-mark {_kind(step, plan[at + 1 : at + 2])}"
        )
        for at, step in enumerate(plan)
    ]
    every = [
        html.Li(
            [
                html.Span(f"{step.number}. {step.name}", className="step-name"),
                html.Span("; ".join(_words(view, step, None)), className="step-now"),
            ]
        )
        for step in plan
    ]
    label = html.Summary(view.t("overview.show_steps", n=len(plan)), className="button")
    return html.Div(
        [
            html.Div(dots, className="step-dots", **{"aria-hidden": "true"}),
            html.P(f"{now.number}. {now.name}", className="step-name"),
            html.P("; ".join(_words(view, now, None)), className="step-now"),
            html.Details([label, html.Ol(every, className="step-list")]),
        ],
        className="steps-narrow",
    )


def _kind(step: Step, after: Sequence[Step]) -> str:
    kind = "done" if step.done else "current" if step.current else "open"
    return kind + (" to-done" if step.done and after and after[0].done else "") + ("" if after else " last")


def _step(view: View, step: Step, before: Step | None, after: Sequence[Step]) -> html.Li:
    year = step.year if step.year and (before is None or before.year != step.year) else None
    words = _words(view, step, step.year)
    return html.Li(
        [
            html.Span(view.t("overview.step_year", year=str(year)) if year else None, className="step-year"),
            html.Span(
                mark_icon("check") if step.done else None,
                className=f"step-mark {_kind(step, after)}",
                **{"aria-hidden": "true"},
            ),
            html.Span(f"{step.number}. {step.name}", className="step-name"),
            html.Span(words[0], className="step-planned"),
            html.Span([html.Span(text) for text in words[1:]], className="step-done"),
        ],
        className="step-current" if step.current else None,
    )


def _words(view: View, step: Step, year: int | None) -> list[str]:
    """Planned, done or not, late: in words. Days within `year` go without it."""

    def day(value: date) -> str:
        text = formats.date(value, view.lang, official=True)
        return text.removesuffix(f"/{year}").removesuffix(f" {year}") if year else text

    said = [
        view.t("overview.planned", date=day(step.planned_to)) if step.planned_to else view.t("overview.unplanned"),
        view.t("overview.done", date=day(step.done))
        if step.done
        else view.t("overview.current" if step.current else "overview.not_done"),
    ]
    if step.late:
        said.append(view.t("overview.late", days=view.t("overview.days", n=step.late)))
    return said
