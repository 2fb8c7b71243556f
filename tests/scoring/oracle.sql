-- A second scorer, written from the method alone, straight from plain CSV files. It shares no line with the product.
-- Exact where the method is: points in millionths, shares in 10^-20, both as whole numbers (HUGEINT); what a division
-- cuts off lies ten places behind the last place that is ever compared. `folder` names the folder of the seasons' folders.

-- --- files ---------------------------------------------------------------------------------------------------------

CREATE TABLE periods AS  -- one row per period
SELECT period, coalesce(decimals::INTEGER, 2) AS decimals, coalesce(min_cell::INTEGER, 5) AS min_cell,
       coalesce(rank_by, 'published') AS rank_by
FROM read_csv(getvariable('folder') || '/*/periods.csv', all_varchar = true);

CREATE TABLE units AS  -- one row per period and unit
SELECT period, unit_code, unit_group FROM read_csv(getvariable('folder') || '/*/units.csv', all_varchar = true);

CREATE TABLE rubric AS  -- one row per period, unit group and item
SELECT period, unit_group, criterion_code, parent_code, assessed_by, survey_method,
       (max_points::DECIMAL(18, 6) * 1000000)::HUGEINT AS most
FROM read_csv(getvariable('folder') || '/*/rubric.csv', all_varchar = true);

CREATE TABLE scales AS  -- one row per scale and option
SELECT scale, "option", ("value"::DECIMAL(18, 6) * 1000000)::HUGEINT AS "value",
       coalesce(lower(satisfied) IN ('1', 'x', 'true', 'có'), false)::INTEGER AS satisfied
FROM read_csv(getvariable('folder') || '/*/scales.csv', all_varchar = true);

CREATE TABLE questions AS  -- one row per question, respondent group and leaf
SELECT period, unit_group, respondent_group, question_code, criterion_code, scale
FROM read_csv(getvariable('folder') || '/*/questions.csv', all_varchar = true);

CREATE TABLE weights AS  -- one row per leaf and respondent group
SELECT r.period, r.unit_group, r.criterion_code, g.respondent_group,
       (coalesce(l.weight, g.weight)::DECIMAL(18, 6) * 1000000)::HUGEINT AS weight
FROM rubric r
JOIN (
    SELECT unit_group, respondent_group, weight
    FROM read_csv(getvariable('folder') || '/*/respondent_groups.csv', all_varchar = true)
) g USING (unit_group)
LEFT JOIN read_csv(getvariable('folder') || '/*/group_weights.csv', all_varchar = true) l
       USING (period, unit_group, criterion_code, respondent_group);

CREATE TABLE own AS  -- one row per period, unit and leaf the unit scored
SELECT period, unit_code, criterion_code, (points::DECIMAL(18, 6) * 1000000)::HUGEINT AS points
FROM read_csv(getvariable('folder') || '/*/self_scores.csv', all_varchar = true)
WHERE points IS NOT NULL OR lower(not_applicable) IN ('1', 'x', 'true', 'có');

CREATE TABLE decided AS  -- one row per period, unit and leaf the council decided; points are empty where it does not apply
SELECT period, unit_code, criterion_code,
       arg_max(struct_pack(points := (points::DECIMAL(18, 6) * 1000000)::HUGEINT), round::INTEGER).points AS points
FROM read_csv(getvariable('folder') || '/*/appraised_scores.csv', all_varchar = true)
WHERE points IS NOT NULL OR lower(not_applicable) IN ('1', 'x', 'true', 'có')
GROUP BY ALL;

CREATE TABLE cells AS  -- one row per cell of a ballot
FROM read_csv(getvariable('folder') || '/*/ballots.csv', all_varchar = true);

CREATE TABLE ballots AS  -- one row per ballot
SELECT DISTINCT period, ballot_id, unit_code, respondent_group FROM cells;

-- --- survey --------------------------------------------------------------------------------------------------------

CREATE TABLE heard AS  -- one row per ballot, leaf and answered question of that leaf; value empty: no opinion
SELECT period, unit_group, unit_code, respondent_group, criterion_code, question_code, ballot_id, "option", "value", satisfied
FROM cells JOIN units USING (period, unit_code)
JOIN questions USING (period, unit_group, respondent_group, question_code)
JOIN scales USING (scale, "option");

CREATE TABLE applicable AS  -- one row per unit and leaf that the council did not take out
SELECT u.period, u.unit_group, u.unit_code, r.criterion_code, r.assessed_by, r.survey_method, r.most
FROM units u JOIN rubric r USING (period, unit_group)
WHERE NOT EXISTS (FROM rubric c WHERE (c.period, c.unit_group, c.parent_code) = (r.period, r.unit_group, r.criterion_code))
  AND NOT EXISTS (FROM decided d WHERE (d.period, d.unit_code, d.criterion_code) = (u.period, u.unit_code, r.criterion_code)
                                   AND d.points IS NULL);

CREATE TABLE by_question AS  -- one row per unit, leaf, respondent group and question with a valid answer
SELECT h.period, h.unit_group, h.unit_code, h.criterion_code, h.respondent_group, h.question_code, count(*) AS n,
       CASE any_value(a.survey_method)
           WHEN 'mean' THEN sum(h."value") * 100000000000000 // count(*)
           ELSE sum(h.satisfied)::HUGEINT * 100000000000000000000 // count(*)
       END AS share
FROM heard h JOIN applicable a USING (period, unit_group, unit_code, criterion_code)
WHERE h."value" IS NOT NULL
GROUP BY ALL;

CREATE TABLE by_group AS  -- one row per unit, leaf that applies, and respondent group with ballots and a question of the leaf
SELECT a.period, a.unit_group, a.unit_code, a.criterion_code, q.respondent_group, w.weight,
       (SELECT count(*) FROM ballots b
        WHERE (b.period, b.unit_code, b.respondent_group) = (a.period, a.unit_code, q.respondent_group)) AS n_ballots,
       (SELECT count(DISTINCT h.ballot_id) FROM heard h
        WHERE (h.period, h.unit_code, h.criterion_code, h.respondent_group)
            = (a.period, a.unit_code, a.criterion_code, q.respondent_group) AND h."value" IS NOT NULL) AS n_valid,
       (SELECT sum(s.share) // count(*) FROM by_question s
        WHERE (s.period, s.unit_code, s.criterion_code, s.respondent_group)
            = (a.period, a.unit_code, a.criterion_code, q.respondent_group)) AS share
FROM applicable a
JOIN (SELECT DISTINCT period, unit_group, criterion_code, respondent_group FROM questions) q
     USING (period, unit_group, criterion_code)
JOIN weights w USING (period, unit_group, criterion_code, respondent_group)
WHERE n_ballots > 0;

CREATE TABLE survey AS  -- as by_group, with what may not be shown
WITH small AS (
    SELECT g.*, n_valid > 0 AND n_valid < min_cell AS small, share IS NOT NULL AND weight > 0 AS counts
    FROM by_group g JOIN periods USING (period)
), told AS (
    SELECT *, count(*) FILTER (counts) OVER leaf AS n_counting, count(*) FILTER (counts AND small) OVER leaf AS n_small,
           row_number() OVER (PARTITION BY period, unit_code, criterion_code
                              ORDER BY counts AND NOT small DESC, n_valid, respondent_group) AS place
    FROM small WINDOW leaf AS (PARTITION BY period, unit_code, criterion_code)
)
SELECT * EXCLUDE (small, n_counting, n_small, place),
       small OR (n_counting > 1 AND n_small = 1 AND counts AND place = 1) AS suppressed
FROM told;

CREATE TABLE answers AS  -- one row per unit, respondent group with ballots, question asked of it, and option
SELECT q.period, q.unit_group, b.unit_code, q.respondent_group, q.question_code, s."option",
       (SELECT count(DISTINCT h.ballot_id) FROM heard h
        WHERE (h.period, h.unit_code, h.respondent_group, h.question_code, h."option")
            = (q.period, b.unit_code, q.respondent_group, q.question_code, s."option")) AS n,
       EXISTS (FROM survey v JOIN questions l USING (period, unit_group, criterion_code, respondent_group)
               WHERE v.suppressed AND (v.period, v.unit_code, v.respondent_group, l.question_code)
                   = (q.period, b.unit_code, q.respondent_group, q.question_code))
       OR (SELECT count(*) > 0 AND count(DISTINCT h.ballot_id) FILTER (h."value" IS NOT NULL) < any_value(p.min_cell)
           FROM heard h JOIN periods p USING (period)
           WHERE (h.period, h.unit_code, h.respondent_group, h.question_code)
               = (q.period, b.unit_code, q.respondent_group, q.question_code)) AS suppressed
FROM (SELECT DISTINCT period, unit_group, respondent_group, question_code, scale FROM questions) q
JOIN units u USING (period, unit_group)
JOIN (SELECT DISTINCT period, unit_code, respondent_group FROM ballots) b USING (period, unit_code, respondent_group)
JOIN scales s USING (scale);

-- --- leaves --------------------------------------------------------------------------------------------------------

CREATE TABLE leaves AS  -- one row per unit and leaf; points and most_points in 10^-26, most in 10^-6
WITH shares AS (
    SELECT period, unit_code, criterion_code, sum(weight * share) // sum(weight) AS share
    FROM by_group WHERE share IS NOT NULL AND weight > 0 GROUP BY ALL
)
SELECT u.period, u.unit_group, u.unit_code, r.criterion_code, r.assessed_by, r.most,
       CASE WHEN d.criterion_code IS NOT NULL AND d.points IS NULL THEN 'not_applicable'
            WHEN r.assessed_by = 'survey' THEN if(s.share IS NULL, 'missing', 'surveyed')
            WHEN d.points IS NOT NULL THEN 'appraised'
            WHEN o.criterion_code IS NOT NULL THEN 'pending'
            ELSE 'missing' END AS state,
       o.criterion_code IS NOT NULL AND o.points IS NULL AS claimed,
       CASE WHEN state <> 'not_applicable' THEN o.points END AS self,
       CASE WHEN state = 'appraised' THEN d.points END AS appraised,
       CASE WHEN state = 'surveyed' THEN r.most * s.share END AS surveyed
FROM units u JOIN rubric r USING (period, unit_group)
LEFT JOIN own o USING (period, unit_code, criterion_code)
LEFT JOIN decided d USING (period, unit_code, criterion_code)
LEFT JOIN shares s USING (period, unit_code, criterion_code)
WHERE NOT EXISTS (FROM rubric c WHERE (c.period, c.unit_group, c.parent_code) = (r.period, r.unit_group, r.criterion_code));

-- --- items ---------------------------------------------------------------------------------------------------------

CREATE TABLE below AS  -- one row per item and leaf at or below it; '' is the whole rubric
WITH RECURSIVE up AS (
    SELECT period, unit_group, criterion_code AS leaf, criterion_code AS item, parent_code
    FROM (SELECT DISTINCT period, unit_group, criterion_code FROM leaves) JOIN rubric USING (period, unit_group, criterion_code)
    UNION ALL
    SELECT up.period, up.unit_group, up.leaf, r.criterion_code, r.parent_code
    FROM up JOIN rubric r ON (r.period, r.unit_group, r.criterion_code) = (up.period, up.unit_group, up.parent_code)
)
SELECT period, unit_group, leaf, item FROM up
UNION ALL SELECT DISTINCT period, unit_group, leaf, '' FROM up;

CREATE TABLE items AS  -- one row per unit and item; points in 10^-26, maxima in 10^-6
SELECT l.period, l.unit_group, l.unit_code, b.item AS criterion_code,
       if(any_value(b.leaf) = b.item AND count(*) = 1, any_value(l.state), NULL) AS state,
       if(any_value(b.leaf) = b.item AND count(*) = 1, any_value(l.assessed_by), NULL) AS assessed_by,
       coalesce(sum(l.self), 0) AS self_points,
       coalesce(sum(l.appraised), 0) AS appraised_points,
       coalesce(sum(l.surveyed), 0) AS survey_points,
       CASE WHEN bool_and(l.state IN ('not_applicable', 'appraised', 'surveyed')) AND coalesce(any_value(l.state) FILTER (b.leaf = b.item), '') <> 'not_applicable'
            THEN coalesce(sum(l.appraised), 0) * 100000000000000000000 + coalesce(sum(l.surveyed), 0) END AS points,
       coalesce(sum(l.most) FILTER (l.state <> 'not_applicable'), 0) AS max_points,
       coalesce(sum(l.most) FILTER (l.state <> 'not_applicable' AND l.assessed_by = 'appraisal'), 0) AS appraised_max,
       coalesce(sum(l.most) FILTER (l.state <> 'not_applicable' AND l.assessed_by = 'survey'), 0) AS survey_max,
       points // nullif(max_points, 0) AS attainment,
       sum(l.appraised - l.self) AS gap
FROM leaves l JOIN below b ON (b.period, b.unit_group, b.leaf) = (l.period, l.unit_group, l.criterion_code)
GROUP BY l.period, l.unit_group, l.unit_code, b.item;

-- --- index and rank ------------------------------------------------------------------------------------------------

-- Half up: x in 10^-20 to 10 places, then x in 10^-10 to `decimals` places, as a whole number of 10^-10 again.
CREATE MACRO agreed(x) AS (x + 5000000000) // 10000000000;
CREATE MACRO published(x, decimals) AS
    (x + (10 ** (10 - decimals))::HUGEINT // 2) // (10 ** (10 - decimals))::HUGEINT * (10 ** (10 - decimals))::HUGEINT;

CREATE TABLE results AS  -- one row per unit; points in 10^-26, maxima in 10^-6, indices in 10^-10
WITH sums AS (
    SELECT period, unit_group, unit_code,
           coalesce(sum(CASE WHEN state = 'pending' THEN self ELSE appraised END), 0) * 100000000000000000000
               + coalesce(sum(surveyed), 0) AS points,
           coalesce(sum(most) FILTER (state IN ('appraised', 'surveyed') OR (state = 'pending' AND NOT claimed)), 0) AS max_points,
           sum(most) FILTER (assessed_by = 'appraisal' AND state <> 'not_applicable' AND NOT claimed) AS both_max,
           coalesce(sum(self) FILTER (assessed_by = 'appraisal' AND NOT claimed), 0) AS self_sum,
           coalesce(sum(appraised) FILTER (assessed_by = 'appraisal' AND NOT claimed), 0) AS appraised_sum,
           -- A unit to which nothing applies has no index, and so is not complete.
           bool_and(state IN ('not_applicable', 'appraised', 'surveyed')) AND max_points > 0 AS complete
    FROM leaves GROUP BY ALL
), exact AS (
    SELECT *, agreed(100 * points // nullif(max_points, 0)) AS index_exact,
           agreed(self_sum * 10000000000000000000000 // nullif(both_max, 0)) AS self_exact,
           CASE WHEN complete THEN agreed(appraised_sum * 10000000000000000000000 // nullif(both_max, 0)) END AS appraised_exact
    FROM sums
), rounded AS (
    SELECT e.period, unit_group, unit_code, points, max_points, index_exact,
           published(index_exact, decimals) AS index_value, published(self_exact, decimals) AS self_index,
           published(appraised_exact, decimals) AS appraised_index, if(complete, 'complete', 'incomplete') AS status,
           CASE WHEN complete THEN if(rank_by = 'exact', index_exact, published(index_exact, decimals)) END AS ranked_by
    FROM exact e JOIN periods USING (period)
)
SELECT r.* EXCLUDE (ranked_by),
       CASE WHEN ranked_by IS NOT NULL THEN 1 + (
           SELECT count(*) FROM rounded o
           WHERE (o.period, o.unit_group) = (r.period, r.unit_group) AND o.ranked_by > r.ranked_by) END AS "rank"
FROM rounded r;
