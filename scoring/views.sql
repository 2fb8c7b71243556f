-- What pages read beside the result tables, joined once when a generation is made. Every table states its grain.

CREATE TABLE season AS  -- grain: one row per period and unit group that has a rubric
SELECT r.period, r.unit_group, g.name AS group_name, g.name_en AS group_name_en, g.position, p.title, p.decimals,
       p.min_cell, p.self_score_due, r.illustrative,
       coalesce(f.made_up, false) AS made_up, f.made_up IS NOT NULL AS has_scores,
       coalesce(i.units, 0) AS units, coalesce(i.complete, 0) AS complete
FROM (
    SELECT period, unit_group,
           coalesce(bool_or(origin ILIKE 'illustrative%'), false) OR coalesce(bool_or(q.illustrative), false) AS illustrative
    FROM rubric
    LEFT JOIN (
        SELECT period, unit_group, bool_or(origin ILIKE 'illustrative%') AS illustrative FROM questions GROUP BY ALL
    ) q USING (period, unit_group)
    GROUP BY period, unit_group
) r
JOIN unit_groups g USING (unit_group)
JOIN periods p USING (period)
LEFT JOIN (
    SELECT period, unit_group, bool_or(made_up) AS made_up
    FROM (
        SELECT period, unit_code, import_id FROM self_scores
        UNION ALL SELECT period, unit_code, import_id FROM appraised_scores
        UNION ALL SELECT period, unit_code, import_id FROM ballots
        UNION ALL SELECT period, unit_code, import_id FROM survey_plan
    ) JOIN imports USING (import_id) JOIN units USING (period, unit_code)
    GROUP BY period, unit_group
) f USING (period, unit_group)
LEFT JOIN (  -- a unit to which nothing applies (no open leaf, and no index) is not waited for
    SELECT x.period, x.unit_group, count(*) FILTER (x.status = 'complete' OR t.points IS NULL)::INTEGER AS units,
           count(*) FILTER (x.status = 'complete')::INTEGER AS complete
    FROM result_index x JOIN result_items t USING (period, unit_code)
    WHERE t.criterion_code = ''
    GROUP BY x.period, x.unit_group
) i USING (period, unit_group);

-- How far a year is. Its announcement is known from the steps of its plan; where the plan has no such step, from
-- results printed in a decision.
CREATE TABLE year_status AS  -- grain: one row per period that has a rubric
SELECT y.period, y.units, y.complete, s.announced_on AS since,
       CASE WHEN NOT y.has_scores THEN 'none'
            WHEN coalesce(s.announced, d.decided, false) THEN 'published'
            WHEN y.complete < y.units THEN 'appraising'
            WHEN coalesce(s.appraised, false) THEN 'approved'
            ELSE 'provisional' END AS status
FROM (
    SELECT period, sum(units)::INTEGER AS units, sum(complete)::INTEGER AS complete, bool_or(has_scores) AS has_scores
    FROM season GROUP BY period
) y
LEFT JOIN (
    SELECT period, bool_and(done_on IS NOT NULL) FILTER (kind = 'announcement') AS announced,
           max(done_on) FILTER (kind = 'announcement') AS announced_on,
           bool_and(done_on IS NOT NULL) FILTER (kind IN ('appraisal', 'report')) AS appraised
    FROM process_steps GROUP BY period
) s USING (period)
LEFT JOIN (SELECT period, true AS decided FROM published_results GROUP BY period) d USING (period);

CREATE TABLE item_lead AS  -- grain: one row per period, unit group and item; lead_appraiser taken from above where empty
WITH RECURSIVE walk AS (
    SELECT period, unit_group, criterion_code, lead_appraiser, criterion_code AS field_code, 0 AS depth
    FROM rubric WHERE parent_code IS NULL
    UNION ALL
    SELECT r.period, r.unit_group, r.criterion_code, coalesce(r.lead_appraiser, w.lead_appraiser), w.field_code, w.depth + 1
    FROM rubric r JOIN walk w ON (r.period, r.unit_group, r.parent_code) = (w.period, w.unit_group, w.criterion_code)
)
SELECT * FROM walk;

CREATE TABLE compared_periods AS  -- grain: one row per period and unit group with results; its previous period with results
SELECT r.period, r.unit_group, r.previous,
       NOT EXISTS (  -- comparable: the same leaves with the same maximum, assessed the same way
           (SELECT criterion_code, max_points, assessed_by FROM rubric a
            WHERE (a.period, a.unit_group) = (r.period, r.unit_group) AND max_points IS NOT NULL)
           EXCEPT
           (SELECT criterion_code, max_points, assessed_by FROM rubric b
            WHERE (b.period, b.unit_group) = (r.previous, r.unit_group) AND max_points IS NOT NULL)
       ) AND (SELECT count(*) FROM rubric a WHERE (a.period, a.unit_group) = (r.period, r.unit_group) AND max_points IS NOT NULL)
           = (SELECT count(*) FROM rubric b WHERE (b.period, b.unit_group) = (r.previous, r.unit_group) AND max_points IS NOT NULL)
       AS comparable
FROM (
    SELECT period, unit_group, lag(period) OVER (PARTITION BY unit_group ORDER BY period) AS previous
    FROM (SELECT DISTINCT period, unit_group FROM result_index WHERE index_value IS NOT NULL)
) r;

CREATE TABLE ranking AS  -- grain: one row per period and unit, with the names of the unit and its previous result
SELECT i.*, u.short_name, u.name_en, u.kind, u.grid_row, u.grid_col, c.previous AS previous_period,
       coalesce(c.comparable, false) AS comparable, p.index_value AS previous_index, p."rank" AS previous_rank
FROM result_index i
JOIN units u USING (period, unit_code)
LEFT JOIN compared_periods c ON (c.period, c.unit_group) = (i.period, i.unit_group)
LEFT JOIN result_index p
       ON (p.period, p.unit_group, p.unit_code, p.status) = (c.previous, i.unit_group, i.unit_code, 'complete');

CREATE TABLE item_results AS  -- grain: one row per period, unit and item, with its place in the rubric ('' is the total)
SELECT i.*, r.name, r.name_en, r.parent_code, r.survey_method, r.origin, l.lead_appraiser, l.field_code, l.depth,
       s.explanation, s.evidence, s.submitted_on, s.not_applicable AS claimed,
       d.round, d.appraiser, d.reason, d."minute", d.decided_on
FROM result_items i
LEFT JOIN rubric r ON (r.period, r.unit_group, r.criterion_code) = (i.period, i.unit_group, i.criterion_code)
LEFT JOIN item_lead l ON (l.period, l.unit_group, l.criterion_code) = (i.period, i.unit_group, i.criterion_code)
LEFT JOIN self_scores s ON (s.period, s.unit_code, s.criterion_code) = (i.period, i.unit_code, i.criterion_code)
LEFT JOIN decided_scores d ON (d.period, d.unit_code, d.criterion_code) = (i.period, i.unit_code, i.criterion_code);

-- Times that people read are those of Hanoi, seven hours ahead of UTC all year.
CREATE TABLE score_sources AS  -- grain: one row per self or appraised score that counts, with the file and row it came from
SELECT 'self' AS kind, s.period, s.unit_code, s.criterion_code, NULL::INTEGER AS round, s.points, s.not_applicable,
       NULL AS appraiser, s.explanation AS reason, s.evidence, NULL AS "minute", s.submitted_on AS dated,
       s.import_id, s."file", s.sheet, s."row", f.sha256, i.imported_at + INTERVAL 7 HOUR AS imported_at, i."by", i.made_up
FROM self_scores s JOIN imports i USING (import_id) JOIN import_files f USING (import_id, "file")
UNION ALL
SELECT 'appraised', a.period, a.unit_code, a.criterion_code, a.round, a.points, a.not_applicable,
       a.appraiser, a.reason, NULL, a."minute", a.decided_on,
       a.import_id, a."file", a.sheet, a."row", f.sha256, i.imported_at + INTERVAL 7 HOUR, i."by", i.made_up
FROM appraised_scores a JOIN imports i USING (import_id) JOIN import_files f USING (import_id, "file");

-- Ballots against the plan. Of a cell under the minimum nothing is said that came back, valid or not.
CREATE TABLE survey_progress AS  -- grain: one row per period, unit and respondent group that is in the plan or has ballots
WITH heard AS (  -- one row per ballot with a valid answer to a question of its form
    SELECT DISTINCT b.ballot_no
    FROM answers a
    JOIN ballots b USING (ballot_no)
    JOIN units u USING (period, unit_code)
    JOIN questions q USING (period, unit_group, respondent_group, question_code)
    JOIN scales s ON (s.period, s.scale, s."option") = (q.period, q.scale, a."option")
    WHERE s."value" IS NOT NULL
), counted AS (  -- one row per unit and respondent group with ballots
    SELECT b.period, b.unit_code, b.respondent_group, count(*)::INTEGER AS n_ballots, count(h.ballot_no)::INTEGER AS n_valid
    FROM ballots b LEFT JOIN heard h USING (ballot_no)
    GROUP BY ALL
), cells AS (
    SELECT period, unit_code, respondent_group, p.issued, p.returned, coalesce(c.n_ballots, 0) AS n_ballots,
           coalesce(c.n_valid, 0) AS n_valid,
           coalesce(c.n_ballots BETWEEN 1 AND min_cell - 1 OR c.n_valid BETWEEN 1 AND min_cell - 1, false) AS hidden
    FROM survey_plan p FULL JOIN counted c USING (period, unit_code, respondent_group) JOIN periods USING (period)
)
SELECT period, unit_group, unit_code, respondent_group, issued, CASE WHEN NOT hidden THEN returned END AS returned,
       CASE WHEN NOT hidden THEN n_ballots END AS n_ballots, CASE WHEN NOT hidden THEN n_valid END AS n_valid, hidden
FROM cells JOIN units USING (period, unit_code);

CREATE TABLE ballot_sources AS  -- grain: one row per period, unit, respondent group, import and file with ballots
SELECT * EXCLUDE (hidden, n, "first", "last"), CASE WHEN NOT hidden THEN n END AS n_ballots,
       CASE WHEN NOT hidden THEN "first" END AS first_row, CASE WHEN NOT hidden THEN "last" END AS last_row
FROM (
    SELECT b.period, b.unit_code, b.respondent_group, b.import_id, b."file", b.sheet, f.sha256,
           i.imported_at + INTERVAL 7 HOUR AS imported_at, i."by", i.made_up, c.hidden, count(*)::INTEGER AS n, min(b."row") AS "first", max(b."row") AS "last"
    FROM ballots b JOIN imports i USING (import_id) JOIN import_files f USING (import_id, "file")
    JOIN survey_progress c USING (period, unit_code, respondent_group)
    GROUP BY ALL
);

-- What of the survey may be shown. Whatever leaves the house or stands on a page is made of these two tables: value,
-- interval and counts of a hidden cell are not in them. `why`: 'few' ballots, 'other', so that another group cannot be
-- worked out, 'withheld' by the disclosure audit for the same reason.
CREATE TABLE shown_survey AS  -- grain: as result_survey
SELECT s.* EXCLUDE (n_ballots, n_valid, "value", ci_low, ci_high),
       CASE WHEN NOT s.suppressed AND NOT c.hidden THEN s.n_ballots END AS n_ballots,
       CASE WHEN NOT s.withheld THEN s.n_valid END AS n_valid, CASE WHEN NOT s.withheld THEN s."value" END AS "value",
       CASE WHEN NOT s.withheld THEN s.ci_low END AS ci_low, CASE WHEN NOT s.withheld THEN s.ci_high END AS ci_high,
       s.suppressed OR s.withheld AS hidden,
       CASE WHEN s.complement THEN 'other' WHEN s.suppressed THEN 'few' WHEN s.withheld THEN 'withheld' END AS why
FROM result_survey s JOIN survey_progress c USING (period, unit_code, respondent_group);

CREATE TABLE shown_answers AS  -- grain: as result_answers; `why` is that of the cell of a leaf, the most telling first
SELECT a.* REPLACE (CASE WHEN NOT a.withheld THEN a.n END AS n), a.suppressed OR a.withheld AS hidden,
       CASE WHEN a.suppressed OR a.withheld THEN coalesce(w.why, 'few') END AS why
FROM result_answers a
LEFT JOIN (
    SELECT s.period, s.unit_code, s.respondent_group, q.question_code, min(s.why) AS why
    FROM shown_survey s JOIN questions q USING (period, unit_group, respondent_group, criterion_code)
    GROUP BY ALL
) w USING (period, unit_code, respondent_group, question_code);

-- Flags as they may be shown: without the ballots of a cell whose count is not said, without file and row of a ballot.
CREATE TABLE shown_flags AS  -- grain: as result_flags
WITH unsaid AS (  -- one row per unit and respondent group
    SELECT period, unit_code, respondent_group
    FROM survey_progress p LEFT JOIN shown_survey s USING (period, unit_code, respondent_group)
    GROUP BY period, unit_code, respondent_group, p.hidden
    HAVING p.hidden OR (count(s.unit_code) > 0 AND count(s.n_ballots) = 0)
)
SELECT f.* REPLACE (
    CASE WHEN u.unit_code IS NULL THEN f.detail
         ELSE struct_update(f.detail, returned := NULL::INTEGER, ballots := NULL::INTEGER) END AS detail,
    CASE WHEN f.flag NOT IN ('identical_ballots', 'straight_lining') THEN f."file" END AS "file",
    CASE WHEN f.flag NOT IN ('identical_ballots', 'straight_lining') THEN f."row" END AS "row"
)
FROM result_flags f LEFT JOIN unsaid u USING (period, unit_code, respondent_group);

-- Answers that may be added up: without the cells that may not be shown, so no sum gives one away.
CREATE TABLE open_answers AS  -- grain: one row per period, respondent group, question, leaf and option, over units that may be shown
SELECT a.period, a.unit_group, a.respondent_group, a.question_code, q.criterion_code, a."option", q.text, q.text_en, q.scale,
       s.label, s.label_en, s."value", s.satisfied,
       coalesce(sum(a.n) FILTER (NOT a.hidden AND c.n_ballots >= p.min_cell), 0)::INTEGER AS n,
       coalesce(sum(c.n_ballots) FILTER (NOT a.hidden AND c.n_ballots >= p.min_cell), 0)::INTEGER AS n_ballots,
       count(*) FILTER (a.hidden OR c.n_ballots < p.min_cell)::INTEGER AS hidden,
       bool_and(a.hidden OR c.n_ballots < p.min_cell) AS suppressed, min(a.why) AS why
FROM shown_answers a
JOIN periods p USING (period)
JOIN counted_ballots c USING (period, unit_code, respondent_group)
JOIN questions q USING (period, unit_group, respondent_group, question_code)
JOIN scales s ON (s.period, s.scale, s."option") = (q.period, q.scale, a."option")
GROUP BY ALL;

CREATE TABLE question_options AS  -- grain: one row per period, scale that a question of it has, and option
SELECT DISTINCT q.period, s.scale, s."option", s.label, s.label_en, s."value", s.satisfied, s.origin
FROM questions q JOIN scales s USING (period, scale);

CREATE TABLE about_period AS  -- grain: one row per period; whether its facts are made up
SELECT period, coalesce(bool_or(s.made_up), false) AS made_up FROM periods LEFT JOIN season s USING (period) GROUP BY ALL;
