-- What the year's nonconformities have come to, by unit.
SELECT n.unit_id, n.grade, n.closed_on IS NULL, count(*)
FROM nonconformity n
JOIN audit a ON a.province_id = n.province_id AND a.id = n.audit_id
WHERE n.voided_at IS NULL AND n.raised_on <= '2020-12-31' AND a.mode <> 'self'
GROUP BY n.unit_id, n.grade, n.closed_on IS NULL
