-- Minutes lie in a table for each month (decision 0028), so that what is no longer kept goes with its table and gives its disk back. What is
-- older than the oldest month or newer than the newest has a table too, so that no minute is refused. There is no default partition: with one,
-- PostgreSQL no longer takes the tables for ordered, and would look into all of them for the last row before an instant.
-- Month tables are named sli_minutes_YYYY_MM and follow each other without a gap.
ALTER TABLE sli_minutes RENAME TO sli_minutes_undivided;
ALTER INDEX sli_minutes_pkey RENAME TO sli_minutes_undivided_pkey;
CREATE TABLE sli_minutes (
    sli_id     integer NOT NULL,
    minute     timestamptz NOT NULL,
    good       double precision NOT NULL,
    total      double precision NOT NULL,
    good_sum   double precision NOT NULL,
    total_sum  double precision NOT NULL,
    PRIMARY KEY (sli_id, minute)
) PARTITION BY RANGE (minute);

CREATE FUNCTION minute_months() RETURNS TABLE (month_table regclass, starts timestamptz, ends timestamptz) LANGUAGE sql STABLE AS $$
    SELECT c.oid::regclass, named.month AT TIME ZONE 'UTC', (named.month + interval '1 month') AT TIME ZONE 'UTC'
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    CROSS JOIN LATERAL (SELECT CASE WHEN c.relname ~ '^sli_minutes_\d{4}_\d{2}$' THEN to_date(right(c.relname, 7), 'YYYY_MM')::timestamp END AS month) named
    WHERE i.inhparent = 'sli_minutes'::regclass AND named.month IS NOT NULL
    ORDER BY 2
$$;

-- Makes the months up to an instant and says how many it made. Usually nothing lies after the newest one; what does gets its month here.
-- Who counts meanwhile waits behind it no longer than the time-out of its locks: it is asked again long before the month begins.
CREATE FUNCTION keep_minute_months(until timestamptz) RETURNS integer LANGUAGE plpgsql SET lock_timeout = '3s' AS $$
DECLARE
    month timestamp;
    made integer := 0;
BEGIN
    -- One portal at a time; the next one sees what it made.
    PERFORM pg_advisory_xact_lock(hashtext('sli_minutes'));
    SELECT max(m.ends) AT TIME ZONE 'UTC' INTO month FROM minute_months() m;
    IF month > until AT TIME ZONE 'UTC' THEN
        RETURN 0;
    END IF;
    ALTER TABLE sli_minutes DETACH PARTITION sli_minutes_after;
    WHILE month <= until AT TIME ZONE 'UTC' LOOP
        PERFORM add_minute_month(month);
        month := month + interval '1 month';
        made := made + 1;
    END LOOP;
    WITH moved AS (DELETE FROM sli_minutes_after WHERE minute < month AT TIME ZONE 'UTC' RETURNING *) INSERT INTO sli_minutes SELECT * FROM moved;
    EXECUTE format('ALTER TABLE sli_minutes ATTACH PARTITION sli_minutes_after FOR VALUES FROM (%L) TO (MAXVALUE)', month AT TIME ZONE 'UTC');
    RETURN made;
END $$;

CREATE FUNCTION add_minute_month(month timestamp) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE sli_minutes_%s PARTITION OF sli_minutes FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 80)',
        to_char(month, 'YYYY_MM'), month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
END $$;

-- Removes a whole month with its rows and says how many these were; the newest one stays. Its table goes when no older one is left; until then
-- it stays, empty. The rows are counted before anybody has to wait.
CREATE FUNCTION drop_minute_month(month timestamptz) RETURNS bigint LANGUAGE plpgsql SET lock_timeout = '3s' AS $$
DECLARE
    month_table regclass;
    rows bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('sli_minutes'));
    SELECT m.month_table INTO month_table FROM minute_months() m WHERE m.starts = month AND EXISTS (SELECT FROM minute_months() l WHERE l.starts > month);
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    EXECUTE format('SELECT count(*) FROM %s', month_table) INTO rows;
    IF EXISTS (SELECT FROM minute_months() m WHERE m.starts < month) THEN
        IF rows > 0 THEN
            EXECUTE format('TRUNCATE %s', month_table);
        END IF;
        RETURN rows;
    END IF;
    ALTER TABLE sli_minutes DETACH PARTITION sli_minutes_before;
    EXECUTE format('DROP TABLE %s', month_table);
    EXECUTE format('ALTER TABLE sli_minutes ATTACH PARTITION sli_minutes_before FOR VALUES FROM (MINVALUE) TO (%L)', (SELECT min(m.starts) FROM minute_months() m));
    RETURN rows;
END $$;

-- From the oldest minute that is there, and at least the thirteen months for which minutes are kept unless somebody decides otherwise.
DO $$
DECLARE
    oldest timestamp := date_trunc('month', least((SELECT min(minute) FROM sli_minutes_undivided), now() - interval '400 days') AT TIME ZONE 'UTC');
BEGIN
    EXECUTE format('CREATE TABLE sli_minutes_before PARTITION OF sli_minutes FOR VALUES FROM (MINVALUE) TO (%L) WITH (fillfactor = 80)', oldest AT TIME ZONE 'UTC');
    PERFORM add_minute_month(oldest);
    EXECUTE format('CREATE TABLE sli_minutes_after PARTITION OF sli_minutes FOR VALUES FROM (%L) TO (MAXVALUE) WITH (fillfactor = 80)',
        (oldest + interval '1 month') AT TIME ZONE 'UTC');
    PERFORM keep_minute_months(now() + interval '2 months');
END $$;
INSERT INTO sli_minutes SELECT * FROM sli_minutes_undivided;
DROP TABLE sli_minutes_undivided;
ANALYZE sli_minutes;

-- The running sums before an instant, whichever month the last row before it lies in; for SLIs that have been silent for long. Not in SQL: it would
-- become part of the statement, which would open all months for it.
CREATE FUNCTION sums_before(sli integer, instant timestamptz, OUT good_sum double precision, OUT total_sum double precision)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT m.good_sum, m.total_sum INTO good_sum, total_sum FROM sli_minutes m WHERE m.sli_id = sli AND m.minute < instant ORDER BY m.minute DESC LIMIT 1;
END $$;

-- Adds the increases of one group. The caller holds the row lock of ingest_head, so nobody else adds meanwhile.
-- (sli, minute) pairs must be distinct. Increases of past minutes move the sums of all later ones.
-- All parts of the one statement see the table as it was before it, so a new minute starts from the sum that stood before and adds
-- what this group adds up to it; the rows that are there are moved by the same amount.
-- Where nothing stands shortly before a new minute, its sum begins where that of the next one does, which holds too where retention has removed
-- what came before. So the months before the first increase are left out before the statement begins; only where nothing comes after either, the
-- last sum is looked for in all of them, once for an SLI.
-- The planner is told that the way by index is the right one, and in its order: it cannot know that nearly all increases are at the end, and takes
-- a stretch of unknown length for a few rows.
CREATE OR REPLACE FUNCTION add_sli_minutes(slis integer[], minutes timestamptz[], goods double precision[], totals double precision[])
RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    since timestamptz := (SELECT min(minute) FROM unnest(minutes) AS minute);
BEGIN
    WITH increases AS MATERIALIZED (
        SELECT i.sli_id, i.minute, i.good, i.total,
            sum(i.good) OVER upto AS good_upto, sum(i.total) OVER upto AS total_upto,
            lead(i.minute, 1, 'infinity') OVER upto AS next_minute, row_number() OVER upto = 1 AS is_first,
            NOT EXISTS (SELECT FROM sli_minutes m WHERE m.sli_id = i.sli_id AND m.minute = i.minute AND m.minute >= since) AS is_new
        FROM unnest(slis, minutes, goods, totals) AS i (sli_id, minute, good, total)
        WINDOW upto AS (PARTITION BY i.sli_id ORDER BY i.minute)
    ), moved AS (
        UPDATE sli_minutes m
        SET good = m.good + CASE WHEN m.minute = i.minute THEN i.good ELSE 0 END,
            total = m.total + CASE WHEN m.minute = i.minute THEN i.total ELSE 0 END,
            good_sum = m.good_sum + i.good_upto,
            total_sum = m.total_sum + i.total_upto
        FROM increases i
        WHERE m.sli_id = i.sli_id AND m.minute >= i.minute AND m.minute < i.next_minute AND m.minute >= since
    ), added AS (
        INSERT INTO sli_minutes (sli_id, minute, good, total, good_sum, total_sum)
        SELECT i.sli_id, i.minute, i.good, i.total,
            coalesce(near.good_sum, next.good_sum - next.good, max(earlier.good_sum) OVER of_sli, 0) + i.good_upto,
            coalesce(near.total_sum, next.total_sum - next.total, max(earlier.total_sum) OVER of_sli, 0) + i.total_upto
        FROM increases i
        LEFT JOIN LATERAL (
            SELECT m.good_sum, m.total_sum FROM sli_minutes m
            WHERE m.sli_id = i.sli_id AND m.minute < i.minute AND m.minute >= since - interval '1 day' ORDER BY m.minute DESC LIMIT 1) near ON true
        LEFT JOIN LATERAL (
            SELECT m.good, m.total, m.good_sum, m.total_sum FROM sli_minutes m
            WHERE near.good_sum IS NULL AND m.sli_id = i.sli_id AND m.minute >= since ORDER BY m.minute LIMIT 1) next ON true
        LEFT JOIN LATERAL (
            SELECT s.good_sum, s.total_sum FROM sums_before(i.sli_id, since) s
            WHERE i.is_first AND near.good_sum IS NULL AND next.good_sum IS NULL LIMIT 1) earlier ON true
        WHERE i.is_new
        WINDOW of_sli AS (PARTITION BY i.sli_id)
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
