-- What was signed without failures of vendors is counted so, from its first day on; only the migration may write into what is agreed. Its
-- state counted every minute, so it goes until the first evaluation.
SELECT 1 FROM ingest_head FOR UPDATE;
INSERT INTO sliced_slis (sli_id, method, externals_of)
SELECT DISTINCT v.sli_id, v.method, o.service_id FROM objective_versions v JOIN objectives o ON o.id = v.objective_id WHERE v.externals = 'LeftOut'
ON CONFLICT DO NOTHING;
ALTER TABLE objective_versions DISABLE TRIGGER objective_versions_append_only;
UPDATE objective_versions v SET counts_id = s.id FROM objectives o, sliced_slis s
WHERE o.id = v.objective_id AND v.externals = 'LeftOut' AND s.sli_id = v.sli_id AND s.method = v.method AND s.externals_of = o.service_id;
ALTER TABLE objective_versions ENABLE TRIGGER objective_versions_append_only;
DELETE FROM budget_states b USING objective_versions v WHERE v.id = b.version_id AND v.externals = 'LeftOut';
SELECT follow_sources(ARRAY(SELECT id FROM sliced_slis WHERE externals_of IS NOT NULL));
