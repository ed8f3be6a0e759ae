-- The leanest question of all: how many of each grade each audit has, nothing weighed.
SELECT audit_id, grade, count(*)
FROM answer
WHERE province_id = 1
  AND audit_id IN (
    SELECT id FROM audit
    WHERE province_id = 1 AND minuted_on BETWEEN '2020-01-01' AND '2020-12-31' AND mode = 'on_site' AND purpose = 'full'
  )
  AND grade IS NOT NULL
GROUP BY audit_id, grade
