-- Things to look at that stop nothing. One statement a kind, each with its rule; `detail` is data, words are elsewhere.

-- The plan says "before the day": a score submitted on the day due is late. One row a unit and day.
INSERT INTO result_flags
SELECT period, unit_code, NULL, NULL, 'late_submission', 'look',
       {'submitted_on': submitted_on, 'due': self_score_due, 'rows': count(*)},
       arg_min(s."file", (s.import_id, s."row")), arg_min(s."row", (s.import_id, s."row"))
FROM self_scores s JOIN periods USING (period)
WHERE submitted_on >= self_score_due
GROUP BY period, unit_code, submitted_on, self_score_due;

INSERT INTO result_flags
SELECT period, unit_code, criterion_code, NULL, 'no_evidence', 'look', {'points': points}, "file", "row"
FROM self_scores
WHERE points > 0 AND evidence IS NULL;

INSERT INTO result_flags
SELECT d.period, d.unit_code, d.criterion_code, NULL,
       CASE WHEN d.points > s.points THEN 'raised_without_reason' ELSE 'cut_without_reason' END, 'look',
       {'self': s.points, 'appraised': d.points}, d."file", d."row"
FROM decided_scores d JOIN self_scores s USING (period, unit_code, criterion_code)
WHERE d.points <> s.points AND d.reason IS NULL;

INSERT INTO result_flags
SELECT d.period, d.unit_code, d.criterion_code, NULL, 'large_change', 'look',
       {'self': s.points, 'appraised': d.points, 'max': r.max_points}, d."file", d."row"
FROM decided_scores d
JOIN self_scores s USING (period, unit_code, criterion_code)
JOIN units u USING (period, unit_code)
JOIN rubric r USING (period, unit_group, criterion_code)
WHERE 2 * abs(d.points - s.points) > r.max_points;

-- How many ballots such a cell has is not said: it is what may not be shown.
INSERT INTO result_flags
SELECT v.period, v.unit_code, NULL, v.respondent_group, 'small_cell', 'look', {'leaves': count(*)}, NULL, NULL
FROM counted_valid v JOIN periods p USING (period)
WHERE v.n_valid BETWEEN 1 AND p.min_cell - 1
GROUP BY v.period, v.unit_code, v.respondent_group;

INSERT INTO result_flags
SELECT p.period, p.unit_code, NULL, p.respondent_group, 'plan_disagrees', 'look',
       {'issued': p.issued, 'returned': p.returned, 'ballots': coalesce(b.n_ballots, 0)}, p."file", p."row"
FROM survey_plan p LEFT JOIN counted_ballots b USING (period, unit_code, respondent_group)
WHERE p.returned <> coalesce(b.n_ballots, 0) OR p.returned > p.issued OR b.n_ballots > p.issued;

INSERT INTO result_flags
SELECT p.period, p.unit_code, NULL, p.respondent_group, 'more_ballots_than_people', 'look',
       {'population': p.population, 'ballots': b.n_ballots}, p."file", p."row"
FROM survey_plan p JOIN counted_ballots b USING (period, unit_code, respondent_group)
WHERE b.n_ballots > p.population;

-- Fieldwork: ballots with at least eight answers. Fewer answers are alike, or all of one option, too easily by chance.
CREATE TEMP TABLE filled AS
SELECT b.period, b.unit_code, b.respondent_group, b.ballot_no, b."file", b."row", count(*) AS n_answers,
       sum(hash(a.question_code, a."option")::HUGEINT) AS content, count(DISTINCT a."option") AS n_options
FROM answers a JOIN ballots b USING (ballot_no)
GROUP BY ALL HAVING count(*) >= 8;

INSERT INTO result_flags
SELECT period, unit_code, NULL, respondent_group, 'identical_ballots', 'info', {'ballots': sum(n)},
       arg_min("file", "row"), min("row")
FROM (
    SELECT period, unit_code, respondent_group, content, count(*) AS n, arg_min("file", "row") AS "file", min("row") AS "row"
    FROM filled WHERE n_options > 1
    GROUP BY period, unit_code, respondent_group, content HAVING count(*) > 1
)
GROUP BY period, unit_code, respondent_group;

INSERT INTO result_flags
SELECT period, unit_code, NULL, respondent_group, 'straight_lining', 'info', {'ballots': count(*)},
       arg_min("file", "row"), min("row")
FROM filled WHERE n_options = 1
GROUP BY period, unit_code, respondent_group;

DROP TABLE filled;

-- A person answers in one group: an id that stands in several is a word for missing, or numbers that begin anew.
INSERT INTO result_flags
WITH persons AS (
    SELECT b.period, b.unit_code, b.respondent_group, b.respondent_id, u.unit_group
    FROM ballots b JOIN units u USING (period, unit_code) WHERE b.respondent_id IS NOT NULL
), several AS (
    SELECT period, respondent_id FROM persons
    GROUP BY ALL HAVING count(DISTINCT (unit_group, respondent_group)) > 1
)
SELECT period, unit_code, NULL, respondent_group, 'person_in_several_groups', 'look', {'ballots': count(*)}, NULL, NULL
FROM persons SEMI JOIN several USING (period, respondent_id)
GROUP BY period, unit_code, respondent_group;

-- 7 and 007 are two persons, or two ballots, to whoever compares texts, and one to whoever numbered them.
INSERT INTO result_flags
WITH ids AS (
    SELECT period, unit_code, respondent_group, 1 AS kind, ballot_id AS id FROM ballots
    UNION ALL
    SELECT period, unit_code, respondent_group, 2, respondent_id FROM ballots WHERE respondent_id IS NOT NULL
), alike AS (
    SELECT period, kind, ltrim(id, '0') AS bare FROM ids WHERE regexp_full_match(id, '\d+')
    GROUP BY ALL HAVING count(DISTINCT id) > 1
)
SELECT i.period, i.unit_code, NULL, i.respondent_group, 'ids_alike', 'look', {'ballots': count(*)}, NULL, NULL
FROM ids i JOIN alike a ON (a.period, a.kind, a.bare) = (i.period, i.kind, ltrim(i.id, '0'))
WHERE regexp_full_match(i.id, '\d+')
GROUP BY i.period, i.unit_code, i.respondent_group;

INSERT INTO result_flags
SELECT period, unit_code, criterion_code, NULL, 'own_appraiser', 'look', {'appraiser': appraiser}, "file", "row"
FROM decided_scores WHERE appraiser = unit_code;

INSERT INTO result_flags
SELECT a.period, a.unit_code, a.criterion_code, NULL, 'decision_replaced', 'look',
       {'round': a.round, 'before': s.appraiser, 'after': a.appraiser}, a."file", a."row"
FROM superseded_scores s
JOIN appraised_scores a ON (a.period, a.unit_code, a.criterion_code, a.round)
                         = (s.period, s.unit_code, s.criterion_code, s.round)
WHERE s.kind = 'appraised' AND s.superseded_by = a.import_id AND s.appraiser <> a.appraiser;

-- A published value contradicts its rank where a better place has fewer points. Of the pairs that disagree, the row
-- is named that disagrees with the most others (both where that is equal): a misprint stands against all its neighbours.
INSERT INTO result_flags
WITH placed AS (
    SELECT p.*, u.unit_group
    FROM published_results p
    JOIN (SELECT unit_code, arg_max(unit_group, period) AS unit_group FROM units GROUP BY unit_code) u USING (unit_code)
    WHERE p."index" IS NOT NULL AND p."rank" IS NOT NULL
), pairs AS (
    SELECT a.period, a.unit_code, b.unit_code AS other
    FROM placed a JOIN placed b USING (period, unit_group)
    WHERE (a."rank" < b."rank" AND a."index" < b."index") OR (a."rank" > b."rank" AND a."index" > b."index")
), disagreements AS (
    SELECT period, unit_code, count(*) AS n FROM pairs GROUP BY period, unit_code
), named AS (
    SELECT p.period, p.unit_code
    FROM pairs p
    JOIN disagreements mine USING (period, unit_code)
    JOIN disagreements theirs ON theirs.period = p.period AND theirs.unit_code = p.other
    GROUP BY p.period, p.unit_code, mine.n HAVING mine.n >= max(theirs.n)
)
SELECT period, unit_code, NULL, NULL, 'published_contradiction', 'look',
       {'index': "index", 'rank': "rank"}, "file", "row"
FROM placed JOIN named USING (period, unit_code);
