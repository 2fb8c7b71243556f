-- What is counted of facts before scoring. Ballots get a number of their own, so that answers join on an integer.

CREATE VIEW decided_scores AS  -- grain: one row per period, unit and leaf; the appraised score of the highest round
SELECT * FROM appraised_scores
QUALIFY round = max(round) OVER (PARTITION BY period, unit_code, criterion_code);

CREATE TABLE counted_ballots AS  -- grain: one row per period, unit and respondent group with ballots
SELECT period, unit_code, respondent_group, count(*)::INTEGER AS n_ballots
FROM ballots GROUP BY ALL ORDER BY ALL;

CREATE TABLE counted_answers AS  -- grain: one row per period, unit, respondent group, question and option chosen
SELECT period, unit_code, respondent_group, question_code, "option", count(*)::INTEGER AS n
FROM answers JOIN ballots USING (ballot_no) GROUP BY ALL ORDER BY ALL;

CREATE TABLE counted_valid AS  -- grain: one row per period, unit, leaf and respondent group with a valid answer
WITH asked AS (  -- one row per question, leaf and option that is a valid answer
    SELECT q.period, u.unit_code, q.respondent_group, q.question_code, q.criterion_code, s."option"
    FROM questions q
    JOIN units u USING (period, unit_group)
    JOIN scales s USING (scale)
    WHERE s."value" IS NOT NULL
)
SELECT q.period, q.unit_code, q.criterion_code, q.respondent_group, count(DISTINCT a.ballot_no)::INTEGER AS n_valid
FROM answers a
JOIN ballots b USING (ballot_no)
JOIN asked q USING (period, unit_code, respondent_group, question_code, "option")
GROUP BY ALL ORDER BY ALL;
