"""What the dashboard asks of the store: every question is a method of `Ask`, one line of SQL each.

`Ask(viewer, snapshot)` is one viewer before one generation, for as long as a request takes; nothing else of the
dashboard sees a snapshot. Every question says with `gives` which kind of data it gives; the rule of who may see which
kind stands where they are asked, in `Ask.allows`. Answers are lists of mappings: decimals as Decimal, empty cells as
None. A question is put to a generation once; its rows are shared, so they cannot be changed.
Grains are those of the views and tables (scoring/views.sql, scoring/schema.sql).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from dashboard.access.viewer import Viewer
from scoring import results
from scoring.build import recompute
from scoring.store import Snapshot, Store

Rows = list[Mapping[str, Any]]
Made = TypeVar("Made")

KINDS = {
    "definitions": "names, rubric, questions, groups, steps of the season",
    "published": "results printed in decisions of earlier years",
    "results": "index, rank, intervals, points of items",
    "decisions": "self scores beside appraised ones, explanations, evidence, reasons, minutes",
    "survey": "values and answers of cells that may be shown",
    "fieldwork": "ballots counted by unit, group and day",
    "flags": "things to look at",
    "sources": "files, sheets, rows and imports that numbers come from",
}
"""Kinds of data: what the rule of who may see what is about."""


class NotAllowed(Exception):
    """The viewer may not see this kind of data."""


def gives(kind: str) -> Callable[[Callable], Callable]:
    """Marks a method of `Ask` as a question that gives this kind of data, and asks it only where that is allowed."""
    if kind not in KINDS:
        raise ValueError(f"no kind of data {kind!r}")

    def mark(question: Callable) -> Callable:
        @wraps(question)
        def asked(ask: Ask, *given: Any) -> Any:
            if not ask.allows(kind):
                raise NotAllowed(kind)
            return question(ask, *given)

        asked.kind = kind
        return asked

    return mark


@contextmanager
def asking(store: Store, viewer: Viewer) -> Iterator[Ask]:
    """The questions of a viewer to the generation in force, which is held until the end of the `with`. Raises
    StoreUnavailable."""
    with store.snapshot() as snapshot:
        yield Ask(viewer, snapshot)


class Ask:
    """The questions of one viewer to one generation."""

    def __init__(self, viewer: Viewer, snapshot: Snapshot):
        if not isinstance(viewer, Viewer):
            raise TypeError("who asks comes first")
        self.viewer, self._snapshot = viewer, snapshot

    def allows(self, kind: str) -> bool:
        """Whether the viewer may see this kind of data: until there are accounts, anybody but the public."""
        return kind in KINDS and self.viewer.role != "public"

    def kept(self, key: Any, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for this generation and every viewer who may see the same."""
        return self._snapshot.once((self.viewer.sees, key), make)

    def everybodys(self, key: Any, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for this generation: for names and rubric, which every viewer may see."""
        return self._snapshot.once(key, make)

    def _rows(self, sql: str, **given: Any) -> Rows:
        return self._snapshot.kept_rows(sql, given or None)

    # what there is

    @gives("definitions")
    def seasons(self) -> Rows:
        """One row per period and unit group with a rubric."""
        return self._rows("FROM season ORDER BY period, position, unit_group")

    @gives("definitions")
    def years(self) -> Rows:
        """One row per period: how many units are complete of how many, and whether it is 'published' (`since` when),
        'approved', 'provisional', 'appraising' or 'none'."""
        return self._rows("FROM year_status ORDER BY period")

    @gives("definitions")
    def unit_groups(self) -> Rows:
        """One row per unit group."""
        return self._rows("FROM unit_groups ORDER BY position, unit_group")

    @gives("definitions")
    def units(self) -> Rows:
        """One row per period and unit."""
        return self._rows("FROM units ORDER BY period, unit_group, unit_code")

    @gives("definitions")
    def rubric(self) -> Rows:
        """One row per period, unit group and item, with the field it lies in and its lead appraiser."""
        return self._rows(
            "SELECT r.* REPLACE (l.lead_appraiser AS lead_appraiser), l.field_code, l.depth"
            " FROM rubric r JOIN item_lead l USING (period, unit_group, criterion_code) ORDER BY ALL",
        )

    @gives("definitions")
    def respondent_groups(self) -> Rows:
        """One row per period, unit group and respondent group."""
        return self._rows('FROM respondent_groups ORDER BY period, unit_group, "row"')

    @gives("definitions")
    def meta(self) -> dict[str, Any]:
        """Properties of the generation: its number and identity, the hash of its data, the seed; the day of its newest
        import."""
        found = {row["key"]: row["value"] for row in self._rows("FROM meta")}
        newest = self._rows(
            "SELECT (max(imported_at) + INTERVAL 7 HOUR)::DATE AS day FROM imports WHERE retracted_at IS NULL"
        )
        return found | {"identity": self._snapshot.identity, "date": newest[0]["day"]}

    # results

    @gives("results")
    def ranking(self, period: str, unit_group: str) -> Rows:
        """One row per unit of a block, by rank, with its previous result; units without a rank last, by index."""
        return self._rows(
            "FROM ranking WHERE period = $period AND unit_group = $unit_group"
            ' ORDER BY "rank" NULLS LAST, index_value DESC NULLS LAST, unit_code',
            period=period,
            unit_group=unit_group,
        )

    @gives("decisions")
    def block_items(self, period: str, unit_group: str) -> Rows:
        """One row per unit and item of a block ('' is the total)."""
        return self._rows(
            "FROM item_results WHERE period = $period AND unit_group = $unit_group ORDER BY unit_code, criterion_code",
            period=period,
            unit_group=unit_group,
        )

    @gives("results")
    def block_fields(self, period: str, unit_group: str) -> Rows:
        """One row per unit and field of a block."""
        return self._rows(
            "SELECT i.* FROM result_items i JOIN rubric r USING (period, unit_group, criterion_code)"
            " WHERE i.period = $period AND i.unit_group = $unit_group AND r.parent_code IS NULL",
            period=period,
            unit_group=unit_group,
        )

    @gives("results")
    def block_results(self, period: str, unit_group: str) -> Rows:
        """One row per unit and item of a block, points alone: without names, reasons and evidence."""
        return self._rows(
            "SELECT unit_code, criterion_code, self_points, appraised_points, survey_points, points, max_points,"
            " appraised_max, attainment, gap, state FROM result_items"
            " WHERE period = $period AND unit_group = $unit_group AND criterion_code <> ''"
            " ORDER BY criterion_code, unit_code",
            period=period,
            unit_group=unit_group,
        )

    @gives("decisions")
    def item_units(self, period: str, unit_group: str, criterion_code: str) -> Rows:
        """One row per unit of a block on one item, with reasons and evidence."""
        return self._rows(
            "FROM item_results WHERE period = $period AND unit_group = $unit_group AND criterion_code = $criterion_code"
            " ORDER BY unit_code",
            period=period,
            unit_group=unit_group,
            criterion_code=criterion_code,
        )

    @gives("decisions")
    def unit_items(self, period: str, unit_code: str) -> Rows:
        """One row per item of a unit ('' is the total), with its place in the rubric, reasons and evidence."""
        return self._rows(
            "FROM item_results WHERE period = $period AND unit_code = $unit_code ORDER BY criterion_code",
            period=period,
            unit_code=unit_code,
        )

    @gives("results")
    def index_covariance(self, period: str, unit_group: str) -> Rows:
        """One row per pair of complete units of a block (and each with itself): covariance of the sampling error of
        their indices; pairs without one are left out."""
        return self._rows(
            "SELECT unit_code, other_code, covariance FROM index_covariance"
            " WHERE period = $period AND unit_group = $unit_group ORDER BY ALL",
            period=period,
            unit_group=unit_group,
        )

    @gives("flags")
    def flags(self, period: str) -> Rows:
        """One row per thing to look at in a period; `detail` is part -> value of what it rests on."""
        found = self._rows(
            "FROM shown_flags WHERE period = $period ORDER BY unit_code, criterion_code, flag",
            period=period,
        )
        return [{**row, "detail": results.details(row)} for row in found]

    @gives("published")
    def published(self) -> Rows:
        """One row per period and unit whose result was published."""
        return self._rows("FROM published_results ORDER BY period, unit_code")

    @gives("results")
    def result_table(self, period: str, name: str) -> tuple[tuple[str, ...], list[tuple]]:
        """Columns and rows of a result table of a period, as it is published."""
        return results.table(self._snapshot, name, period, open_data=True)

    @gives("results")
    def result_file(self, period: str, name: str, ending: str) -> bytes:
        """A result table of a period as the bytes of a 'csv' or 'parquet' file, as it is published."""
        return results.encode(self._snapshot, name, *self.result_table(period, name), ending)

    @gives("results")
    def result_description(self, period: str) -> bytes:
        """`datapackage.json` of the result tables of a period."""
        return results.describe(self._snapshot, period)

    # appraisal

    @gives("decisions")
    def appraisal(self, period: str, unit_group: str) -> Rows:
        """One row per unit and leaf that the council assesses, with who leads it and what was decided."""
        return self._rows(
            "SELECT unit_code, criterion_code, field_code, state, self_points, appraised_points, gap, max_points,"
            " claimed, lead_appraiser, appraiser, round, reason, minute, decided_on FROM item_results"
            " WHERE period = $period AND unit_group = $unit_group AND assessed_by = 'appraisal' ORDER BY ALL",
            period=period,
            unit_group=unit_group,
        )

    @gives("definitions")
    def process_steps(self, period: str) -> Rows:
        """One row per step of the season, planned and done; `kind` says what is done in it (scoring/tables.py)."""
        return self._rows(
            "FROM process_steps WHERE period = $period ORDER BY try_cast(step AS INTEGER), step",
            period=period,
        )

    # survey

    @gives("survey")
    def survey_cells(self, period: str, unit_group: str) -> Rows:
        """One row per unit, leaf and respondent group of a block; suppressed cells without their numbers."""
        return self._rows(
            "SELECT * REPLACE (hidden AS suppressed) FROM shown_survey"
            " WHERE period = $period AND unit_group = $unit_group ORDER BY ALL",
            period=period,
            unit_group=unit_group,
        )

    @gives("survey")
    def unit_survey(self, period: str, unit_code: str) -> Rows:
        """One row per leaf and respondent group of a unit, with ballots issued and returned."""
        return self._rows(
            "SELECT s.* REPLACE (s.hidden AS suppressed), c.issued, c.returned, p.population FROM shown_survey s"
            " JOIN survey_progress c USING (period, unit_code, respondent_group)"
            " LEFT JOIN survey_plan p USING (period, unit_code, respondent_group)"
            " WHERE period = $period AND unit_code = $unit_code ORDER BY criterion_code, respondent_group",
            period=period,
            unit_code=unit_code,
        )

    @gives("survey")
    def unit_answers(self, period: str, unit_code: str) -> Rows:
        """One row per respondent group, question and option of a unit, with the words of question and option."""
        return self._rows(
            "SELECT a.* EXCLUDE (hidden) REPLACE (a.hidden AS suppressed), q.criterion_code, q.text, q.text_en,"
            ' q.scale, s.label, s.label_en, s."value", s.satisfied'
            " FROM shown_answers a"
            " JOIN questions q USING (period, unit_group, respondent_group, question_code)"
            ' JOIN scales s ON (s.period, s.scale, s."option") = (q.period, q.scale, a."option")'
            " WHERE a.period = $period AND a.unit_code = $unit_code ORDER BY ALL",
            period=period,
            unit_code=unit_code,
        )

    @gives("definitions")
    def questions(self, period: str, unit_group: str) -> Rows:
        """One row per respondent group and question of a block, with the weight of the group for the leaf."""
        return self._rows(
            "SELECT q.*, coalesce(w.weight, g.weight) AS weight, g.name AS group_name, g.name_en AS group_name_en"
            " FROM questions q JOIN respondent_groups g USING (period, unit_group, respondent_group)"
            " LEFT JOIN group_weights w USING (period, unit_group, criterion_code, respondent_group)"
            ' WHERE period = $period AND unit_group = $unit_group ORDER BY criterion_code, g."row", question_code',
            period=period,
            unit_group=unit_group,
        )

    @gives("definitions")
    def scale_options(self, period: str) -> Rows:
        """One row per scale and option of a period, the highest value first, those without a value last."""
        return self._rows(
            'FROM scales WHERE period = $period ORDER BY scale, "value" DESC NULLS LAST, "option"', period=period
        )

    @gives("survey")
    def block_answers(self, period: str, unit_group: str, criterion_code: str) -> Rows:
        """One row per respondent group, question and option of a leaf: `n` over the units whose cell may be shown,
        `units` of those, `hidden` units whose cell may not. Without them no sum gives a suppressed cell away."""
        return self._rows(
            'SELECT a.respondent_group, a.question_code, a."option", q.criterion_code, q.text, q.text_en, q.scale,'
            ' s.label, s.label_en, s."value", s.satisfied,'
            " coalesce(sum(a.n) FILTER (NOT a.hidden), 0)::INTEGER AS n,"
            " count(*) FILTER (NOT a.hidden)::INTEGER AS units, count(*) FILTER (a.hidden)::INTEGER AS hidden,"
            " bool_and(a.hidden) AS suppressed, min(a.why) AS why FROM shown_answers a"
            " JOIN questions q USING (period, unit_group, respondent_group, question_code)"
            ' JOIN scales s ON (s.period, s.scale, s."option") = (q.period, q.scale, a."option")'
            " WHERE a.period = $period AND a.unit_group = $unit_group AND q.criterion_code = $criterion_code"
            " GROUP BY ALL ORDER BY ALL",
            period=period,
            unit_group=unit_group,
            criterion_code=criterion_code,
        )

    @gives("survey")
    def leaf_cells(self, period: str, unit_group: str, criterion_code: str) -> Rows:
        """One row per unit and respondent group of a leaf; suppressed cells without their numbers."""
        return self._rows(
            "SELECT * REPLACE (hidden AS suppressed) FROM shown_survey WHERE period = $period"
            " AND unit_group = $unit_group AND criterion_code = $criterion_code ORDER BY unit_code, respondent_group",
            period=period,
            unit_group=unit_group,
            criterion_code=criterion_code,
        )

    @gives("fieldwork")
    def survey_progress(self, period: str, unit_group: str) -> Rows:
        """One row per unit and respondent group of a block that is in the plan or has ballots: issued, returned,
        n_ballots, n_valid; `hidden` where they are under the minimum and not said."""
        return self._rows(
            "FROM survey_progress WHERE period = $period AND unit_group = $unit_group"
            " ORDER BY unit_code, respondent_group",
            period=period,
            unit_group=unit_group,
        )

    @gives("survey")
    def open_answers(self, period: str, unit_group: str) -> Rows:
        """One row per respondent group, question and option of a block: `n` over the units whose cell may be shown,
        `n_ballots` of those units, `hidden` units whose cell may not. No sum of them gives a suppressed cell away."""
        return self._rows(
            "FROM open_answers WHERE period = $period AND unit_group = $unit_group ORDER BY ALL",
            period=period,
            unit_group=unit_group,
        )

    @gives("fieldwork")
    def ballot_days(self, period: str, unit_group: str) -> Rows:
        """One row per unit, respondent group and day (None where a ballot has no date) with ballots of a block."""
        return self._rows(
            "SELECT unit_code, respondent_group, collected_on, count(*)::INTEGER AS n FROM ballots"
            " JOIN units USING (period, unit_code) WHERE period = $period AND unit_group = $unit_group"
            " GROUP BY ALL ORDER BY ALL",
            period=period,
            unit_group=unit_group,
        )

    @gives("fieldwork")
    def shared_groups(self, period: str, unit_group: str) -> Rows:
        """One row per respondent group of a block in which somebody filled ballots about several units."""
        return self._rows(
            "SELECT DISTINCT respondent_group FROM (SELECT respondent_group, respondent_id FROM ballots"
            " JOIN units USING (period, unit_code) WHERE period = $period AND unit_group = $unit_group"
            " AND respondent_id IS NOT NULL GROUP BY ALL HAVING count(DISTINCT unit_code) > 1) ORDER BY ALL",
            period=period,
            unit_group=unit_group,
        )

    # where a number comes from

    @gives("sources")
    def score_sources(self, period: str, unit_code: str) -> Rows:
        """One row per self or appraised score of a unit, with the file, sheet, row and import it came from."""
        return self._rows(
            "FROM score_sources WHERE period = $period AND unit_code = $unit_code"
            " ORDER BY criterion_code, kind DESC, round",
            period=period,
            unit_code=unit_code,
        )

    @gives("sources")
    def ballot_sources(self, period: str, unit_code: str) -> Rows:
        """One row per respondent group, import and file with ballots about a unit."""
        return self._rows(
            "FROM ballot_sources WHERE period = $period AND unit_code = $unit_code ORDER BY ALL",
            period=period,
            unit_code=unit_code,
        )

    @gives("sources")
    def superseded(self, period: str, unit_code: str) -> Rows:
        """One row per earlier value of a score of a unit, and the import that replaced it."""
        return self._rows(
            "FROM superseded_scores WHERE period = $period AND unit_code = $unit_code"
            " ORDER BY criterion_code, import_id",
            period=period,
            unit_code=unit_code,
        )

    @gives("sources")
    def imports(self) -> Rows:
        """One row per import, retracted ones too."""
        return self._rows(
            "SELECT * REPLACE (imported_at + INTERVAL 7 HOUR AS imported_at,"
            " retracted_at + INTERVAL 7 HOUR AS retracted_at) FROM imports ORDER BY import_id"
        )

    @gives("results")
    def rank_probabilities(self, period: str, unit_code: str) -> Rows:
        """One row per rank that resampling gave a unit, with its frequency."""
        return self._rows(
            'FROM rank_probabilities WHERE period = $period AND unit_code = $unit_code ORDER BY "rank"',
            period=period,
            unit_code=unit_code,
        )

    @gives("results")
    def block_probabilities(self, period: str, unit_group: str) -> Rows:
        """One row per unit of a block and rank that resampling gave it, with its frequency."""
        return self._rows(
            'SELECT unit_code, "rank", probability FROM rank_probabilities'
            " WHERE period = $period AND unit_group = $unit_group ORDER BY ALL",
            period=period,
            unit_group=unit_group,
        )

    @gives("definitions")
    def rank_by(self, period: str) -> str:
        """What ranks units in a period: 'published' or 'exact' values."""
        found = self._rows("SELECT rank_by FROM periods WHERE period = $period", period=period)
        return (found and found[0]["rank_by"]) or "published"

    @gives("decisions")
    def recomputed(self, period: str, unit_group: str) -> tuple[Any, list[Any]]:
        """Results and survey cells of a block, made anew from scores, ballots and answers."""
        return recompute(self._snapshot, period, unit_group)
