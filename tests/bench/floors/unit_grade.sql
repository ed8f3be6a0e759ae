-- What each audit of the year was graded: counts and weights, as a score needs them.
SELECT a.audit_id, a.grade, count(*), sum(c.weight)
FROM answer a
JOIN criterion c ON c.id = a.criterion_id
WHERE a.province_id = 1
  AND a.audit_id IN (
    SELECT id FROM audit
    WHERE province_id = 1 AND minuted_on BETWEEN '2020-01-01' AND '2020-12-31' AND mode = 'on_site' AND purpose = 'full'
  )
  AND a.grade IS NOT NULL
GROUP BY a.audit_id, a.grade
