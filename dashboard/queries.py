"""What the dashboard asks of the store, one line of SQL a question. The viewer comes first, always.

Every function takes (viewer, snapshot, …) and returns a list of mappings: decimals as Decimal, empty cells as None. A
question is put to a generation once; its rows are shared, so they cannot be changed.
Grains are those of the views and tables (scoring/views.sql, scoring/schema.sql). Until access rules exist the only
viewer is the local one, who may see everything; the rules will stand in `_allowed`, not in pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.access import Viewer
from scoring import results
from scoring.store import Snapshot

Rows = list[Mapping[str, Any]]


def _allowed(viewer: Viewer, snapshot: Snapshot, sql: str, **given: Any) -> Rows:
    """Rows that this viewer may see of what a query finds."""
    if not isinstance(viewer, Viewer):
        raise TypeError("a query starts with the viewer")
    return snapshot.kept_rows(sql, given or None)


# --- what there is ----------------------------------------------------------------------------------------------


def seasons(viewer: Viewer, snapshot: Snapshot) -> Rows:
    """One row per period and unit group with a rubric."""
    return _allowed(viewer, snapshot, "FROM season ORDER BY period, position, unit_group")


def unit_groups(viewer: Viewer, snapshot: Snapshot) -> Rows:
    """One row per unit group."""
    return _allowed(viewer, snapshot, "FROM unit_groups ORDER BY position, unit_group")


def units(viewer: Viewer, snapshot: Snapshot) -> Rows:
    """One row per period and unit."""
    return _allowed(viewer, snapshot, "FROM units ORDER BY period, unit_group, unit_code")


def rubric(viewer: Viewer, snapshot: Snapshot) -> Rows:
    """One row per period, unit group and item, with the field it lies in and its lead appraiser."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT r.* REPLACE (l.lead_appraiser AS lead_appraiser), l.field_code, l.depth"
        " FROM rubric r JOIN item_lead l USING (period, unit_group, criterion_code) ORDER BY ALL",
    )


def respondent_groups(viewer: Viewer, snapshot: Snapshot) -> Rows:
    """One row per unit group and respondent group."""
    return _allowed(viewer, snapshot, 'FROM respondent_groups ORDER BY unit_group, "row"')


def meta(viewer: Viewer, snapshot: Snapshot) -> dict[str, Any]:
    """Properties of the generation: its number, the hash of its data, the seed; and the day of its newest import."""
    found = {row["key"]: row["value"] for row in _allowed(viewer, snapshot, "FROM meta")}
    newest = _allowed(viewer, snapshot, "SELECT max(imported_at)::DATE AS day FROM imports WHERE retracted_at IS NULL")
    return found | {"date": newest[0]["day"]}


# --- results ----------------------------------------------------------------------------------------------------


def ranking(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit of a block, by rank, with its previous result; units without a rank last, by index."""
    return _allowed(
        viewer,
        snapshot,
        "FROM ranking WHERE period = $period AND unit_group = $unit_group"
        ' ORDER BY "rank" NULLS LAST, index_value DESC NULLS LAST, unit_code',
        period=period,
        unit_group=unit_group,
    )


def block_items(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit and item of a block ('' is the total)."""
    return _allowed(
        viewer,
        snapshot,
        "FROM item_results WHERE period = $period AND unit_group = $unit_group ORDER BY unit_code, criterion_code",
        period=period,
        unit_group=unit_group,
    )


def block_fields(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit and field of a block."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT i.* FROM result_items i JOIN rubric r USING (period, unit_group, criterion_code)"
        " WHERE i.period = $period AND i.unit_group = $unit_group AND r.parent_code IS NULL",
        period=period,
        unit_group=unit_group,
    )


def block_spread(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit and item of a block, points alone: without names, reasons and evidence."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT unit_code, criterion_code, self_points, appraised_points, survey_points, points, max_points,"
        " appraised_max, attainment, gap, state FROM result_items"
        " WHERE period = $period AND unit_group = $unit_group AND criterion_code <> ''"
        " ORDER BY criterion_code, unit_code",
        period=period,
        unit_group=unit_group,
    )


def item_units(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str, criterion_code: str) -> Rows:
    """One row per unit of a block on one item, with reasons and evidence."""
    return _allowed(
        viewer,
        snapshot,
        "FROM item_results WHERE period = $period AND unit_group = $unit_group AND criterion_code = $criterion_code"
        " ORDER BY unit_code",
        period=period,
        unit_group=unit_group,
        criterion_code=criterion_code,
    )


def unit_items(viewer: Viewer, snapshot: Snapshot, period: str, unit_code: str) -> Rows:
    """One row per item of a unit ('' is the total), with its place in the rubric, reasons and evidence."""
    return _allowed(
        viewer,
        snapshot,
        "FROM item_results WHERE period = $period AND unit_code = $unit_code ORDER BY criterion_code",
        period=period,
        unit_code=unit_code,
    )


def index_covariance(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per pair of complete units of a block (and each with itself): covariance of the sampling error of their
    indices; pairs without one are left out."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT unit_code, other_code, covariance FROM index_covariance"
        " WHERE period = $period AND unit_group = $unit_group ORDER BY ALL",
        period=period,
        unit_group=unit_group,
    )


def flags(viewer: Viewer, snapshot: Snapshot, period: str) -> Rows:
    """One row per thing to look at in a period."""
    return _allowed(
        viewer,
        snapshot,
        "FROM result_flags WHERE period = $period ORDER BY unit_code, criterion_code, flag",
        period=period,
    )


def published(viewer: Viewer, snapshot: Snapshot) -> Rows:
    """One row per period and unit whose result was published."""
    return _allowed(viewer, snapshot, "FROM published_results ORDER BY period, unit_code")


def result_table(viewer: Viewer, snapshot: Snapshot, period: str, name: str) -> tuple[tuple[str, ...], list[tuple]]:
    """Columns and rows of a result table of a period, as it is published."""
    if not isinstance(viewer, Viewer):
        raise TypeError("a query starts with the viewer")
    return results.table(snapshot, name, period)


# --- appraisal --------------------------------------------------------------------------------------------------


def appraisal(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit and leaf that the council assesses, with who leads it and what was decided."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT unit_code, criterion_code, field_code, state, self_points, appraised_points, gap, max_points, claimed,"
        " lead_appraiser, appraiser, round, reason, minute, decided_on FROM item_results"
        " WHERE period = $period AND unit_group = $unit_group AND assessed_by = 'appraisal' ORDER BY ALL",
        period=period,
        unit_group=unit_group,
    )


def process_steps(viewer: Viewer, snapshot: Snapshot, period: str) -> Rows:
    """One row per step of the season, planned and done."""
    return _allowed(
        viewer,
        snapshot,
        "FROM process_steps WHERE period = $period ORDER BY try_cast(step AS INTEGER), step",
        period=period,
    )


# --- survey -----------------------------------------------------------------------------------------------------


def survey_cells(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit, leaf and respondent group of a block; suppressed cells without their numbers."""
    return _allowed(
        viewer,
        snapshot,
        "FROM result_survey WHERE period = $period AND unit_group = $unit_group ORDER BY ALL",
        period=period,
        unit_group=unit_group,
    )


def unit_survey(viewer: Viewer, snapshot: Snapshot, period: str, unit_code: str) -> Rows:
    """One row per leaf and respondent group of a unit, with ballots issued and returned."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT s.*, p.issued, p.returned, p.population FROM result_survey s"
        " LEFT JOIN survey_plan p USING (period, unit_code, respondent_group)"
        " WHERE period = $period AND unit_code = $unit_code ORDER BY criterion_code, respondent_group",
        period=period,
        unit_code=unit_code,
    )


def unit_answers(viewer: Viewer, snapshot: Snapshot, period: str, unit_code: str) -> Rows:
    """One row per respondent group, question and option of a unit, with the words of question and option."""
    return _allowed(
        viewer,
        snapshot,
        'SELECT a.*, q.criterion_code, q.text, q.text_en, q.scale, s.label, s.label_en, s."value", s.satisfied'
        " FROM result_answers a"
        " JOIN questions q USING (period, unit_group, respondent_group, question_code)"
        ' JOIN scales s ON (s.scale, s."option") = (q.scale, a."option")'
        " WHERE a.period = $period AND a.unit_code = $unit_code ORDER BY ALL",
        period=period,
        unit_code=unit_code,
    )


def questions(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per respondent group and question of a block, with the weight of the group for the leaf."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT q.*, coalesce(w.weight, g.weight) AS weight, g.name AS group_name, g.name_en AS group_name_en"
        " FROM questions q JOIN respondent_groups g USING (unit_group, respondent_group)"
        " LEFT JOIN group_weights w USING (period, unit_group, criterion_code, respondent_group)"
        ' WHERE period = $period AND unit_group = $unit_group ORDER BY criterion_code, g."row", question_code',
        period=period,
        unit_group=unit_group,
    )


def scale_options(viewer: Viewer, snapshot: Snapshot) -> Rows:
    """One row per scale and option, the highest value first, those without a value last."""
    return _allowed(viewer, snapshot, 'FROM scales ORDER BY scale, "value" DESC NULLS LAST, "option"')


def block_answers(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str, criterion_code: str) -> Rows:
    """One row per respondent group, question and option of a leaf: `n` over the units whose cell may be shown, `units`
    of those, `hidden` units whose cell may not. Without them no sum gives a suppressed cell away."""
    return _allowed(
        viewer,
        snapshot,
        'SELECT a.respondent_group, a.question_code, a."option", q.criterion_code, q.text, q.text_en, q.scale, s.label,'
        ' s.label_en, s."value", s.satisfied, coalesce(sum(a.n) FILTER (NOT a.suppressed), 0)::INTEGER AS n,'
        " count(*) FILTER (NOT a.suppressed)::INTEGER AS units, count(*) FILTER (a.suppressed)::INTEGER AS hidden,"
        " bool_and(a.suppressed) AS suppressed FROM result_answers a"
        " JOIN questions q USING (period, unit_group, respondent_group, question_code)"
        ' JOIN scales s ON (s.scale, s."option") = (q.scale, a."option")'
        " WHERE a.period = $period AND a.unit_group = $unit_group AND q.criterion_code = $criterion_code"
        " GROUP BY ALL ORDER BY ALL",
        period=period,
        unit_group=unit_group,
        criterion_code=criterion_code,
    )


def leaf_cells(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str, criterion_code: str) -> Rows:
    """One row per unit and respondent group of a leaf; suppressed cells without their numbers."""
    return _allowed(
        viewer,
        snapshot,
        "FROM result_survey WHERE period = $period AND unit_group = $unit_group AND criterion_code = $criterion_code"
        " ORDER BY unit_code, respondent_group",
        period=period,
        unit_group=unit_group,
        criterion_code=criterion_code,
    )


def survey_progress(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit and respondent group of a block that is in the plan or has ballots: issued, returned, n_ballots,
    n_valid; `hidden` where they are under the minimum and not said."""
    return _allowed(
        viewer,
        snapshot,
        "FROM survey_progress WHERE period = $period AND unit_group = $unit_group ORDER BY unit_code, respondent_group",
        period=period,
        unit_group=unit_group,
    )


def open_answers(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per respondent group, question and option of a block: `n` over the units whose cell may be shown,
    `n_ballots` of those units, `hidden` units whose cell may not. No sum of them gives a suppressed cell away."""
    return _allowed(
        viewer,
        snapshot,
        "FROM open_answers WHERE period = $period AND unit_group = $unit_group ORDER BY ALL",
        period=period,
        unit_group=unit_group,
    )


def ballot_days(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit, respondent group and day (None where a ballot has no date) with ballots of a block."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT unit_code, respondent_group, collected_on, count(*)::INTEGER AS n FROM ballots"
        " JOIN units USING (period, unit_code) WHERE period = $period AND unit_group = $unit_group"
        " GROUP BY ALL ORDER BY ALL",
        period=period,
        unit_group=unit_group,
    )


def shared_groups(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per respondent group of a block in which somebody filled ballots about several units."""
    return _allowed(
        viewer,
        snapshot,
        "SELECT DISTINCT respondent_group FROM (SELECT respondent_group, respondent_id FROM ballots"
        " JOIN units USING (period, unit_code) WHERE period = $period AND unit_group = $unit_group"
        " AND respondent_id IS NOT NULL GROUP BY ALL HAVING count(DISTINCT unit_code) > 1) ORDER BY ALL",
        period=period,
        unit_group=unit_group,
    )


# --- where a number comes from ----------------------------------------------------------------------------------


def score_sources(viewer: Viewer, snapshot: Snapshot, period: str, unit_code: str) -> Rows:
    """One row per self or appraised score of a unit, with the file, sheet, row and import it came from."""
    return _allowed(
        viewer,
        snapshot,
        "FROM score_sources WHERE period = $period AND unit_code = $unit_code"
        " ORDER BY criterion_code, kind DESC, round",
        period=period,
        unit_code=unit_code,
    )


def ballot_sources(viewer: Viewer, snapshot: Snapshot, period: str, unit_code: str) -> Rows:
    """One row per respondent group, import and file with ballots about a unit."""
    return _allowed(
        viewer,
        snapshot,
        "FROM ballot_sources WHERE period = $period AND unit_code = $unit_code ORDER BY ALL",
        period=period,
        unit_code=unit_code,
    )


def superseded(viewer: Viewer, snapshot: Snapshot, period: str, unit_code: str) -> Rows:
    """One row per earlier value of a score of a unit, and the import that replaced it."""
    return _allowed(
        viewer,
        snapshot,
        "FROM superseded_scores WHERE period = $period AND unit_code = $unit_code ORDER BY criterion_code, import_id",
        period=period,
        unit_code=unit_code,
    )


def imports(viewer: Viewer, snapshot: Snapshot) -> Rows:
    """One row per import, retracted ones too."""
    return _allowed(viewer, snapshot, "FROM imports ORDER BY import_id")


def rank_probabilities(viewer: Viewer, snapshot: Snapshot, period: str, unit_code: str) -> Rows:
    """One row per rank that resampling gave a unit, with its frequency."""
    return _allowed(
        viewer,
        snapshot,
        'FROM rank_probabilities WHERE period = $period AND unit_code = $unit_code ORDER BY "rank"',
        period=period,
        unit_code=unit_code,
    )


def block_probabilities(viewer: Viewer, snapshot: Snapshot, period: str, unit_group: str) -> Rows:
    """One row per unit of a block and rank that resampling gave it, with its frequency."""
    return _allowed(
        viewer,
        snapshot,
        'SELECT unit_code, "rank", probability FROM rank_probabilities'
        " WHERE period = $period AND unit_group = $unit_group ORDER BY ALL",
        period=period,
        unit_group=unit_group,
    )


def rank_by(viewer: Viewer, snapshot: Snapshot, period: str) -> str:
    """What ranks units in a period: 'published' or 'exact' values."""
    found = _allowed(viewer, snapshot, "SELECT rank_by FROM periods WHERE period = $period", period=period)
    return (found and found[0]["rank_by"]) or "published"
