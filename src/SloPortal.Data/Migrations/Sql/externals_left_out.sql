-- Counts without the minutes that vendors took away (decision 0021) stand under an id below zero, as slices do: of an SLI by a method, for
-- the service whose vendors are left out; null where every minute counts.
ALTER TABLE sliced_slis ADD COLUMN externals_of uuid REFERENCES services;
ALTER TABLE sliced_slis DROP CONSTRAINT sliced_slis_sli_id_method_key;
ALTER TABLE sliced_slis ADD UNIQUE NULLS NOT DISTINCT (sli_id, method, externals_of);

-- Says anew what these counts follow from: their SLI, and what measures the vendors that the service needs by hard dependencies, at any
-- level. All that is stored of them is due. The caller has locked the head of ingest, so that nobody counts or derives meanwhile.
CREATE FUNCTION follow_sources(ids integer[]) RETURNS void LANGUAGE plpgsql AS $$
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
    SELECT v.sli_id, n.id FROM needs n JOIN dependencies d ON d.service_id = n.service_id AND d.kind = 'Hard' JOIN vendors v ON v.id = d.on_vendor_id
    WHERE v.sli_id IS NOT NULL;
    -- Hours stay for long charts when their minutes are gone; these cannot be counted anew.
    INSERT INTO derived_hours_due (sli_id, hour)
    SELECT s.id, h.hour FROM sliced_slis s
    CROSS JOIN LATERAL (SELECT m.minute FROM sli_minutes m WHERE m.sli_id = s.sli_id ORDER BY m.minute LIMIT 1) oldest
    JOIN sli_hours h ON h.sli_id = s.sli_id AND h.hour >= date_trunc('hour', oldest.minute, 'UTC')
    WHERE s.id = ANY (ids)
    ON CONFLICT DO NOTHING;
END $$;

-- The counts that leave out vendors of one of these services, or of one that needs it by hard dependencies, at any level.
CREATE FUNCTION externals_left_out_above(services uuid[]) RETURNS SETOF sliced_slis LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above (id) AS (
        SELECT unnest(services)
        UNION
        SELECT d.service_id FROM dependencies d JOIN above a ON d.on_service_id = a.id WHERE d.kind = 'Hard'
    )
    SELECT s.* FROM sliced_slis s JOIN above a ON a.id = s.externals_of
$$;

CREATE FUNCTION services_on_vendor(vendor uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(service_id) FROM dependencies WHERE on_vendor_id = vendor AND kind = 'Hard'
$$;

-- Whatever changes what a vendor takes away makes hours due in its own transaction, whoever changes it. The head of ingest is locked first: a
-- derivation that runs ends before, and the next one sees the change. Whoever also writes audit entries takes the two in this order.
CREATE FUNCTION dependency_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ingest_head FOR UPDATE;
    PERFORM follow_sources(ARRAY(SELECT id FROM externals_left_out_above(ARRAY[coalesce(NEW.service_id, OLD.service_id)])));
    RETURN NULL;
END $$;
CREATE TRIGGER dependency_added AFTER INSERT ON dependencies FOR EACH ROW WHEN (NEW.kind = 'Hard') EXECUTE FUNCTION dependency_changed();
CREATE TRIGGER dependency_changed AFTER UPDATE OF kind, group_id ON dependencies FOR EACH ROW
    WHEN ('Hard' IN (OLD.kind, NEW.kind)) EXECUTE FUNCTION dependency_changed();
CREATE TRIGGER dependency_removed AFTER DELETE ON dependencies FOR EACH ROW WHEN (OLD.kind = 'Hard') EXECUTE FUNCTION dependency_changed();
CREATE TRIGGER redundant_group_changed AFTER UPDATE OF needs ON redundant_groups FOR EACH ROW EXECUTE FUNCTION dependency_changed();

CREATE FUNCTION vendor_measured_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ingest_head FOR UPDATE;
    PERFORM follow_sources(ARRAY(SELECT id FROM externals_left_out_above(services_on_vendor(NEW.id))));
    RETURN NULL;
END $$;
CREATE TRIGGER vendor_measured_otherwise AFTER UPDATE OF sli_id ON vendors FOR EACH ROW
    WHEN (OLD.sli_id IS DISTINCT FROM NEW.sli_id) EXECUTE FUNCTION vendor_measured_otherwise();

-- The hours that an outage touches; one that lasts touches all from its start on.
CREATE FUNCTION outage_due(outage vendor_outages) RETURNS void LANGUAGE sql AS $$
    INSERT INTO derived_hours_due (sli_id, hour)
    SELECT s.id, h.hour FROM externals_left_out_above(services_on_vendor(outage.vendor_id)) s
    JOIN sli_hours h ON h.sli_id = s.sli_id AND h.hour >= date_trunc('hour', outage.started_at, 'UTC') AND h.hour < coalesce(outage.ended_at, 'infinity')
    ON CONFLICT DO NOTHING
$$;
CREATE FUNCTION vendor_outage_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ingest_head FOR UPDATE;
    IF TG_OP <> 'INSERT' THEN
        PERFORM outage_due(OLD);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM outage_due(NEW);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER vendor_outage_changed AFTER INSERT OR DELETE OR UPDATE OF started_at, ended_at, withdrawn_at ON vendor_outages FOR EACH ROW EXECUTE FUNCTION vendor_outage_changed();
