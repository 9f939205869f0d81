-- Counts by what was decided for an SLI (decision 0026): by which of its measurements, and what minutes without data mean. They stand under
-- an id below zero, as what leaves out vendors does.
ALTER TABLE sliced_slis ADD COLUMN decided boolean NOT NULL DEFAULT false;
ALTER TABLE sliced_slis DROP CONSTRAINT sliced_slis_sli_id_method_externals_of_key;
ALTER TABLE sliced_slis ADD UNIQUE NULLS NOT DISTINCT (sli_id, method, externals_of, decided);

-- The SLIs that the decisions in force for an SLI read, itself among them.
CREATE FUNCTION decided_sources(sli integer) RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    SELECT sli UNION SELECT unnest(d.others) FROM counting_decisions d WHERE d.sli_id = sli AND d.state = 'InForce'
$$;

-- As in decision 0021, and what was decided follows all measurements that it reads. The caller has locked the head of ingest.
CREATE OR REPLACE FUNCTION follow_sources(ids integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM derived_counts WHERE sli_id = ANY (ids);
    WITH RECURSIVE needs (id, service_id) AS (
        SELECT id, externals_of FROM sliced_slis WHERE id = ANY (ids) AND externals_of IS NOT NULL
        UNION
        SELECT n.id, d.on_service_id FROM needs n JOIN dependencies d ON d.service_id = n.service_id AND d.kind = 'Hard' AND d.on_service_id IS NOT NULL
    )
    INSERT INTO derived_counts (from_sli_id, sli_id)
    SELECT sli_id, id FROM sliced_slis WHERE id = ANY (ids)
    UNION
    SELECT source, s.id FROM sliced_slis s CROSS JOIN LATERAL decided_sources(s.sli_id) source WHERE s.id = ANY (ids) AND s.decided
    UNION
    SELECT v.sli_id, n.id FROM needs n JOIN dependencies d ON d.service_id = n.service_id AND d.kind = 'Hard' JOIN vendors v ON v.id = d.on_vendor_id
    WHERE v.sli_id IS NOT NULL;
    -- Hours stay for long charts when their minutes are gone; these cannot be counted anew. Hours that were counted and whose sources have nothing
    -- any more are due as well.
    INSERT INTO derived_hours_due (sli_id, hour)
    SELECT DISTINCT s.id, h.hour FROM sliced_slis s
    CROSS JOIN LATERAL (SELECT m.minute FROM sli_minutes m WHERE m.sli_id = s.sli_id ORDER BY m.minute LIMIT 1) oldest
    CROSS JOIN LATERAL (SELECT s.sli_id AS id UNION SELECT decided_sources(s.sli_id) WHERE s.decided UNION SELECT s.id WHERE s.decided) source
    JOIN sli_hours h ON h.sli_id = source.id AND h.hour >= date_trunc('hour', oldest.minute, 'UTC')
    WHERE s.id = ANY (ids)
    ON CONFLICT DO NOTHING;
END $$;

-- Where silence counts as bad, hours in which nothing arrives are due as well: from the newest one that was counted on, of the last week.
CREATE FUNCTION silent_hours_due(at timestamptz) RETURNS void LANGUAGE sql AS $$
    INSERT INTO derived_hours_due (sli_id, hour)
    SELECT s.id, due.hour FROM sliced_slis s
    CROSS JOIN LATERAL (
        SELECT min(d.in_force_from) AS since FROM counting_decisions d
        WHERE d.sli_id = s.sli_id AND d.state = 'InForce' AND d.no_data = 'CountsAsBad' AND d.in_force_from <= at
            AND NOT EXISTS (SELECT FROM counting_decisions e WHERE e.sli_id = d.sli_id AND e.state = 'InForce' AND e.in_force_from > d.in_force_from AND e.in_force_from <= at)) silence
    CROSS JOIN LATERAL (SELECT coalesce(max(h.hour), silence.since) AS hour FROM sli_hours h WHERE h.sli_id = s.id) newest
    CROSS JOIN LATERAL generate_series(date_trunc('hour', greatest(newest.hour, silence.since, at - interval '7 days'), 'UTC'), at, interval '1 hour') AS due (hour)
    WHERE s.decided AND silence.since IS NOT NULL
    ON CONFLICT DO NOTHING
$$;

-- What was agreed stays as it was agreed. By which counts it is judged follows what was decided for its SLI, and nothing else.
CREATE FUNCTION counts_as_decided(before objective_versions, after objective_versions) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT to_jsonb(before) - 'counts_id' = to_jsonb(after) - 'counts_id'
        AND EXISTS (SELECT FROM sliced_slis s WHERE s.id = after.counts_id AND s.decided AND s.sli_id = before.sli_id AND s.method = before.method
            AND (s.externals_of IS NOT NULL) = (before.externals = 'LeftOut'))
$$;
CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND counts_as_decided(OLD, NEW) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER objective_versions_append_only ON objective_versions;
CREATE TRIGGER objective_versions_append_only BEFORE UPDATE OR DELETE ON objective_versions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
