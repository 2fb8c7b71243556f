-- Distributions: every option of every question asked of a respondent group that has ballots about the unit, chosen or
-- not (a list of the chosen ones alone would tell something of a suppressed cell). Method, section 6: a distribution
-- follows the cell of its leaf, and is suppressed as well where the question itself has too few valid answers.
INSERT INTO result_answers
WITH asked AS (  -- one row per unit, respondent group and question
    SELECT DISTINCT q.period, q.unit_group, b.unit_code, q.respondent_group, q.question_code, q.scale
    FROM questions q
    JOIN units u USING (period, unit_group)
    JOIN counted_ballots b ON (b.period, b.unit_code, b.respondent_group) = (q.period, u.unit_code, q.respondent_group)
), hidden AS (  -- one row per unit, respondent group and question with a suppressed leaf
    SELECT DISTINCT s.period, s.unit_code, s.respondent_group, q.question_code
    FROM result_survey s
    JOIN questions q USING (period, unit_group, respondent_group, criterion_code)
    WHERE s.suppressed
), withheld AS (  -- one row per unit, respondent group and question with a withheld leaf
    SELECT DISTINCT s.period, s.unit_code, s.respondent_group, q.question_code
    FROM result_survey s
    JOIN questions q USING (period, unit_group, respondent_group, criterion_code)
    WHERE s.withheld
), few AS (  -- one row per unit, respondent group and question with answers, but too few valid ones
    SELECT a.period, a.unit_code, a.respondent_group, a.question_code
    FROM counted_answers a
    JOIN asked q USING (period, unit_code, respondent_group, question_code)
    JOIN scales s ON (s.period, s.scale, s."option") = (q.period, q.scale, a."option")
    JOIN periods p ON p.period = a.period
    GROUP BY a.period, a.unit_code, a.respondent_group, a.question_code, p.min_cell
    HAVING coalesce(sum(a.n) FILTER (s."value" IS NOT NULL), 0) < p.min_cell
)
SELECT q.period, q.unit_group, q.unit_code, q.respondent_group, q.question_code, s."option",
       CASE WHEN h.question_code IS NULL AND f.question_code IS NULL THEN coalesce(a.n, 0) END,
       h.question_code IS NOT NULL OR f.question_code IS NOT NULL, w.question_code IS NOT NULL
FROM asked q
JOIN scales s USING (period, scale)
LEFT JOIN counted_answers a ON (a.period, a.unit_code, a.respondent_group, a.question_code, a."option")
                             = (q.period, q.unit_code, q.respondent_group, q.question_code, s."option")
LEFT JOIN hidden h ON (h.period, h.unit_code, h.respondent_group, h.question_code)
                    = (q.period, q.unit_code, q.respondent_group, q.question_code)
LEFT JOIN few f ON (f.period, f.unit_code, f.respondent_group, f.question_code)
                 = (q.period, q.unit_code, q.respondent_group, q.question_code)
LEFT JOIN withheld w ON (w.period, w.unit_code, w.respondent_group, w.question_code)
                      = (q.period, q.unit_code, q.respondent_group, q.question_code)
ORDER BY ALL;
