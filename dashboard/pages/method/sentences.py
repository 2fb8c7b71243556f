"""What the page on the method says of the rubrics in force, in sentences."""

from __future__ import annotations

from dashboard.address.view import View
from dashboard.pages.method.rows import METHODS, Row, Rubric
from dashboard.words import formats


def headline(view: View, rubric: Rubric) -> str:
    """How many points are appraised and how many surveyed."""
    parts = {"appraised": rubric.whole.appraised, "survey": rubric.whole.surveyed}
    shown = {name: formats.number(points, view.lang, trim=True) for name, points in parts.items()}
    return view.t("method.rubric_headline", block=view.block("short", rubric.group), **shown)


def methods(view: View, rubrics: list[Rubric]) -> list[str]:
    """One line a survey method in use: how many criteria of which block are scored by it."""
    return [
        f"{view.block('short', rubric.group)} – {view.t(f'method.survey.{method}', n=n)}"
        for method in METHODS
        for rubric in rubrics
        if (n := rubric.whole.by(method))
    ]


def example(view: View, result: Row) -> list[str]:
    """The formula with the numbers of a unit put in, parted where its name and its index stand."""
    lang = view.lang
    return view.t(
        "method.example_line",
        unit="\0",
        appraised=formats.points(result["appraised_points"], lang),
        survey=formats.points(result["survey_points"], lang),
        maximum=formats.number(result["max_points"], lang, trim=True),
        index="\0",
    ).split("\0")
