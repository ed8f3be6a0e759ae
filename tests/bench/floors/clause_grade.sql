-- What each second-level clause was graded in the audits of the year: counts and weights. Counted by criterion first,
-- which takes half the time of joining every answer to its criterion.
SELECT c.part, c.clause2, g.grade, sum(g.number), sum(g.number * c.weight)
FROM (
  SELECT criterion_id, grade, count(*) AS number
  FROM answer
  WHERE province_id = 1
    AND audit_id IN (
      SELECT id FROM audit
      WHERE province_id = 1 AND minuted_on BETWEEN '2020-01-01' AND '2020-12-31' AND mode = 'on_site' AND purpose = 'full'
    )
    AND grade IS NOT NULL
  GROUP BY criterion_id, grade
) g
JOIN criterion c ON c.id = g.criterion_id
GROUP BY c.part, c.clause2, g.grade
