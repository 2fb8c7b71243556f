-- What is counted of facts before scoring: views that count (a recomputation counts anew), tables that keep the counts.
-- Ballots have a number of their own, so that answers join on an integer.

CREATE VIEW decided_scores AS  -- grain: one row per period, unit and leaf; the appraised score of the highest round
SELECT * FROM appraised_scores
QUALIFY round = max(round) OVER (PARTITION BY period, unit_code, criterion_code);

CREATE VIEW count_ballots AS  -- grain: one row per period, unit and respondent group with ballots
SELECT period, unit_code, respondent_group, count(*)::INTEGER AS n_ballots
FROM ballots GROUP BY ALL ORDER BY ALL;

CREATE VIEW count_answers AS  -- grain: one row per period, unit, respondent group, question and option chosen
SELECT period, unit_code, respondent_group, question_code, "option", count(*)::INTEGER AS n
FROM answers JOIN ballots USING (ballot_no) GROUP BY ALL ORDER BY ALL;

CREATE VIEW count_valid AS  -- grain: one row per period, unit, leaf and respondent group with a valid answer
WITH forms AS MATERIALIZED (  -- one row per block and respondent group asked; numbers keep the big join and the big DISTINCT cheap
    SELECT period, unit_group, respondent_group, row_number() OVER ()::INTEGER AS form_no
    FROM (SELECT DISTINCT period, unit_group, respondent_group FROM questions)
), leaves AS MATERIALIZED (  -- one row per leaf asked about
    SELECT period, unit_group, criterion_code, row_number() OVER ()::INTEGER AS leaf_no
    FROM (SELECT DISTINCT period, unit_group, criterion_code FROM questions)
), asked AS (  -- one row per question, leaf and option that is a valid answer
    SELECT form_no, leaf_no, question_code, "option"
    FROM questions JOIN forms USING (period, unit_group, respondent_group)
    JOIN leaves USING (period, unit_group, criterion_code) JOIN scales USING (period, scale)
    WHERE "value" IS NOT NULL
), filled AS (  -- one row per ballot of a form
    SELECT ballot_no, form_no
    FROM ballots JOIN units USING (period, unit_code) JOIN forms USING (period, unit_group, respondent_group)
), heard AS (  -- one row per ballot and leaf with a valid answer
    SELECT DISTINCT ballot_no, leaf_no
    FROM answers JOIN filled USING (ballot_no) JOIN asked USING (form_no, question_code, "option")
)
SELECT b.period, b.unit_code, l.criterion_code, b.respondent_group, count(*)::INTEGER AS n_valid
FROM heard JOIN ballots b USING (ballot_no) JOIN leaves l USING (leaf_no)
GROUP BY ALL ORDER BY ALL;

CREATE TABLE counted_ballots AS FROM count_ballots;  -- grain: as its view
CREATE TABLE counted_answers AS FROM count_answers;  -- grain: as its view
CREATE TABLE counted_valid AS FROM count_valid;  -- grain: as its view
