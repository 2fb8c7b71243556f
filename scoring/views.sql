-- What pages read beside the result tables. Every view states its grain: one row per what.

CREATE VIEW season AS  -- grain: one row per period and unit group that has a rubric
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
LEFT JOIN (
    SELECT period, unit_group, count(*) AS units, count(*) FILTER (status = 'complete') AS complete
    FROM result_index GROUP BY period, unit_group
) i USING (period, unit_group);

CREATE VIEW item_lead AS  -- grain: one row per period, unit group and item; lead_appraiser taken from above where empty
WITH RECURSIVE walk AS (
    SELECT period, unit_group, criterion_code, lead_appraiser, criterion_code AS field_code, 0 AS depth
    FROM rubric WHERE parent_code IS NULL
    UNION ALL
    SELECT r.period, r.unit_group, r.criterion_code, coalesce(r.lead_appraiser, w.lead_appraiser), w.field_code, w.depth + 1
    FROM rubric r JOIN walk w ON (r.period, r.unit_group, r.parent_code) = (w.period, w.unit_group, w.criterion_code)
)
SELECT * FROM walk;
