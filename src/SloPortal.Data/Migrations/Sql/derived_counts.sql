-- Counts that follow from other counts (decision 0018) stand in sli_minutes as any counts do. Slices of time of an SLI stand under an id
-- below zero: a slice with events has a total of one, in its first minute. A composite has the id of its own SLI.
CREATE TABLE sliced_slis (
    id      integer GENERATED ALWAYS AS IDENTITY (START WITH -1 INCREMENT BY -1 MINVALUE -2147483648 MAXVALUE -1) PRIMARY KEY,
    sli_id  integer NOT NULL REFERENCES slis,
    method  text NOT NULL,
    UNIQUE (sli_id, method)
);

-- The counts of sli_id follow from those of from_sli_id.
CREATE TABLE derived_counts (
    from_sli_id  integer NOT NULL REFERENCES slis,
    sli_id       integer NOT NULL,
    PRIMARY KEY (from_sli_id, sli_id)
);

-- Hours of derived counts whose sources changed, or that have not ended yet.
CREATE TABLE derived_hours_due (
    sli_id  integer NOT NULL,
    hour    timestamptz NOT NULL,
    PRIMARY KEY (sli_id, hour)
);

-- What was agreed before there was a choice counts events; only the migration may write into what is agreed.
ALTER TABLE objective_versions DISABLE TRIGGER objective_versions_append_only;
UPDATE objective_versions SET counts_id = sli_id;
ALTER TABLE objective_versions ALTER COLUMN counts_id DROP DEFAULT;
ALTER TABLE objective_versions ENABLE TRIGGER objective_versions_append_only;

-- Adds the increases of one group. The caller holds the row lock of ingest_head, so nobody else adds meanwhile.
-- (sli, minute) pairs must be distinct. Increases of past minutes move the sums of all later ones.
-- All parts of the one statement see the table as it was before it, so a new minute starts from the sum that stood before and adds
-- what this group adds up to it; the rows that are there are moved by the same amount.
-- Where retention has removed what came before, the sums begin at the oldest row that is left.
-- The planner is told that the way by index is the right one: it cannot know that nearly all increases are at the end.
CREATE OR REPLACE FUNCTION apply_sli_increments(slis integer[], minutes timestamptz[], goods double precision[], totals double precision[])
RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    WITH increases AS MATERIALIZED (
        SELECT i.sli_id, i.minute, i.good, i.total,
            sum(i.good) OVER upto AS good_upto, sum(i.total) OVER upto AS total_upto,
            lead(i.minute, 1, 'infinity') OVER upto AS next_minute,
            NOT EXISTS (SELECT FROM sli_minutes m WHERE m.sli_id = i.sli_id AND m.minute = i.minute) AS is_new
        FROM unnest(slis, minutes, goods, totals) AS i (sli_id, minute, good, total)
        WINDOW upto AS (PARTITION BY i.sli_id ORDER BY i.minute)
    ), moved AS (
        UPDATE sli_minutes m
        SET good = m.good + CASE WHEN m.minute = i.minute THEN i.good ELSE 0 END,
            total = m.total + CASE WHEN m.minute = i.minute THEN i.total ELSE 0 END,
            good_sum = m.good_sum + i.good_upto,
            total_sum = m.total_sum + i.total_upto
        FROM increases i
        WHERE m.sli_id = i.sli_id AND m.minute >= i.minute AND m.minute < i.next_minute
    ), added AS (
        INSERT INTO sli_minutes (sli_id, minute, good, total, good_sum, total_sum)
        SELECT i.sli_id, i.minute, i.good, i.total,
            coalesce(before.good_sum, oldest.good_sum - oldest.good, 0) + i.good_upto,
            coalesce(before.total_sum, oldest.total_sum - oldest.total, 0) + i.total_upto
        FROM increases i
        LEFT JOIN LATERAL (
            SELECT m.good_sum, m.total_sum FROM sli_minutes m
            WHERE m.sli_id = i.sli_id AND m.minute < i.minute ORDER BY m.minute DESC LIMIT 1) before ON true
        LEFT JOIN LATERAL (
            SELECT m.good, m.total, m.good_sum, m.total_sum FROM sli_minutes m
            WHERE before.good_sum IS NULL AND m.sli_id = i.sli_id ORDER BY m.minute LIMIT 1) oldest ON true
        WHERE i.is_new
    ), due AS (
        INSERT INTO derived_hours_due (sli_id, hour)
        SELECT DISTINCT d.sli_id, date_trunc('hour', i.minute, 'UTC') FROM increases i JOIN derived_counts d ON d.from_sli_id = i.sli_id
        ON CONFLICT DO NOTHING
    ), in_hours AS (
        INSERT INTO sli_hours AS h
        SELECT sli_id, date_trunc('hour', minute, 'UTC'), sum(good), sum(total), count(*) FILTER (WHERE is_new) FROM increases GROUP BY 1, 2
        ON CONFLICT (sli_id, hour) DO UPDATE SET good = h.good + excluded.good, total = h.total + excluded.total, minutes = h.minutes + excluded.minutes
    )
    INSERT INTO sli_days AS d
    SELECT sli_id, date_trunc('day', minute, 'UTC'), sum(good), sum(total), count(*) FILTER (WHERE is_new) FROM increases GROUP BY 1, 2
    ON CONFLICT (sli_id, day) DO UPDATE SET good = d.good + excluded.good, total = d.total + excluded.total, minutes = d.minutes + excluded.minutes;
END $$;
