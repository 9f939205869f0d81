-- Corrections of what was measured (decision 0024). sli_minutes holds what counts, so that all that reads it needs to know of none;
-- sli_originals holds what was measured in the minutes that a correction covers.
CREATE TABLE sli_originals (
    sli_id  integer NOT NULL REFERENCES slis,
    minute  timestamptz NOT NULL,
    good    double precision NOT NULL,
    total   double precision NOT NULL,
    PRIMARY KEY (sli_id, minute)
);

-- The stretches of corrections in force; of two that cover a minute the one that was decided later counts.
CREATE TABLE correction_spans (
    sli_id         integer NOT NULL REFERENCES slis,
    starts         timestamptz NOT NULL,
    ends           timestamptz NOT NULL CHECK (ends > starts),
    correction_id  uuid NOT NULL REFERENCES corrections,
    decided_at     timestamptz NOT NULL,
    good           double precision,
    total          double precision,
    PRIMARY KEY (correction_id, starts)
);
CREATE INDEX ix_correction_spans_sli ON correction_spans (sli_id, starts, ends);

-- Whole events as evenly as they can be over minutes; EvenSpread in the domain says the same and why.
CREATE FUNCTION even_share(events double precision, minutes integer, at integer) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT floor(floor(events) / minutes) + CASE
        WHEN at < floor(events) - floor(floor(events) / minutes) * minutes THEN 1
        WHEN at = floor(events) - floor(floor(events) / minutes) * minutes THEN events - floor(events)
        ELSE 0 END
$$;

ALTER FUNCTION apply_sli_increments(integer[], timestamptz[], double precision[], double precision[]) RENAME TO add_sli_minutes;

-- Adds the increases of one group, as add_sli_minutes does; those of corrected minutes only to what was measured. The caller holds the row
-- lock of ingest_head.
CREATE FUNCTION apply_sli_increments(slis integer[], minutes timestamptz[], goods double precision[], totals double precision[])
RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    corrected boolean[];
BEGIN
    IF EXISTS (SELECT FROM correction_spans) THEN
        SELECT array_agg(EXISTS (SELECT FROM correction_spans c WHERE c.sli_id = i.sli_id AND c.starts <= i.minute AND c.ends > i.minute) ORDER BY i.place)
        INTO corrected FROM unnest(slis, minutes) WITH ORDINALITY AS i (sli_id, minute, place);
        IF true = ANY (corrected) THEN
            INSERT INTO sli_originals AS o (sli_id, minute, good, total)
            SELECT i.sli_id, i.minute, i.good, i.total FROM unnest(slis, minutes, goods, totals, corrected) AS i (sli_id, minute, good, total, is_corrected) WHERE i.is_corrected
            ON CONFLICT (sli_id, minute) DO UPDATE SET good = o.good + excluded.good, total = o.total + excluded.total;
            SELECT array_agg(i.sli_id), array_agg(i.minute), array_agg(i.good), array_agg(i.total) INTO slis, minutes, goods, totals
            FROM unnest(slis, minutes, goods, totals, corrected) AS i (sli_id, minute, good, total, is_corrected) WHERE NOT i.is_corrected;
        END IF;
    END IF;
    IF cardinality(slis) > 0 THEN
        PERFORM add_sli_minutes(slis, minutes, goods, totals);
    END IF;
END $$;

-- Makes the minutes of an SLI from an instant on count as its corrections say, in one pass over them. The caller holds the row lock of
-- ingest_head and has changed correction_spans.
-- The planner is told not to join by loops: where its statistics are from before the minutes came, it takes them for few and counts them all anew
-- for each of them.
CREATE FUNCTION correct_minutes(sli integer, since timestamptz) RETURNS void LANGUAGE plpgsql SET enable_nestloop = off AS $$
DECLARE
    base_good double precision;
    base_total double precision;
    hours timestamptz[];
BEGIN
    -- What was measured is kept before anything is changed; a minute that gets other figures, or gets back what came while it was
    -- covered, may have no row yet.
    INSERT INTO sli_originals (sli_id, minute, good, total)
    SELECT DISTINCT m.sli_id, m.minute, m.good, m.total FROM sli_minutes m
    JOIN correction_spans c ON c.sli_id = m.sli_id AND m.minute >= c.starts AND m.minute < c.ends
    WHERE m.sli_id = sli AND m.minute >= since
    ON CONFLICT DO NOTHING;
    INSERT INTO sli_originals (sli_id, minute, good, total)
    SELECT DISTINCT sli, minute, 0, 0 FROM correction_spans c
    CROSS JOIN LATERAL generate_series(c.starts, c.ends - interval '1 minute', interval '1 minute') AS minute
    WHERE c.sli_id = sli AND c.total IS NOT NULL AND minute >= since
    ON CONFLICT DO NOTHING;
    INSERT INTO sli_minutes (sli_id, minute, good, total, good_sum, total_sum)
    SELECT o.sli_id, o.minute, 0, 0, 0, 0 FROM sli_originals o WHERE o.sli_id = sli AND o.minute >= since
    ON CONFLICT DO NOTHING;

    SELECT array_agg(DISTINCT date_trunc('hour', o.minute, 'UTC')) INTO hours FROM sli_originals o WHERE o.sli_id = sli AND o.minute >= since;
    SELECT m.good_sum, m.total_sum INTO base_good, base_total FROM sli_minutes m WHERE m.sli_id = sli AND m.minute < since ORDER BY m.minute DESC LIMIT 1;
    IF NOT FOUND THEN
        -- Where retention has removed what came before, the sums begin at the oldest row that is left; one that was just made begins them anew.
        SELECT m.good_sum - m.good, m.total_sum - m.total INTO base_good, base_total FROM sli_minutes m WHERE m.sli_id = sli ORDER BY m.minute LIMIT 1;
    END IF;

    WITH counting AS (
        SELECT m.minute, coalesce(c.good, o.good, m.good) AS good, coalesce(c.total, o.total, m.total) AS total
        FROM sli_minutes m
        LEFT JOIN sli_originals o ON o.sli_id = m.sli_id AND o.minute = m.minute
        LEFT JOIN LATERAL (
            SELECT coalesce(even_share(s.good, n.minutes, n.at), 0) AS good, coalesce(even_share(s.total, n.minutes, n.at), 0) AS total
            FROM correction_spans s
            CROSS JOIN LATERAL (SELECT (extract(epoch FROM s.ends - s.starts) / 60)::integer AS minutes, (extract(epoch FROM m.minute - s.starts) / 60)::integer AS at) n
            WHERE s.sli_id = m.sli_id AND s.starts <= m.minute AND s.ends > m.minute
            ORDER BY s.decided_at DESC, s.correction_id DESC LIMIT 1) c ON o.minute IS NOT NULL
        WHERE m.sli_id = sli AND m.minute >= since
    ), summed AS (
        SELECT minute, good, total, sum(good) OVER upto AS good_upto, sum(total) OVER upto AS total_upto FROM counting
        WINDOW upto AS (ORDER BY minute)
    )
    UPDATE sli_minutes m SET good = s.good, total = s.total, good_sum = coalesce(base_good, 0) + s.good_upto, total_sum = coalesce(base_total, 0) + s.total_upto
    FROM summed s WHERE m.sli_id = sli AND m.minute = s.minute;

    DELETE FROM sli_originals o WHERE o.sli_id = sli AND o.minute >= since
        AND NOT EXISTS (SELECT FROM correction_spans c WHERE c.sli_id = sli AND c.starts <= o.minute AND c.ends > o.minute);
    INSERT INTO sli_hours AS h (sli_id, hour, good, total, minutes)
    SELECT sli, hour, sum(m.good), sum(m.total), count(*) FROM unnest(hours) AS hour
    JOIN sli_minutes m ON m.sli_id = sli AND m.minute >= hour AND m.minute < hour + interval '1 hour' GROUP BY hour
    ON CONFLICT (sli_id, hour) DO UPDATE SET good = excluded.good, total = excluded.total, minutes = excluded.minutes;
    INSERT INTO sli_days AS d (sli_id, day, good, total, minutes)
    SELECT sli, day, sum(h.good), sum(h.total), sum(h.minutes) FROM (SELECT DISTINCT date_trunc('day', hour, 'UTC') AS day FROM unnest(hours) AS hour) days
    JOIN sli_hours h ON h.sli_id = sli AND h.hour >= day AND h.hour < day + interval '1 day' GROUP BY day
    ON CONFLICT (sli_id, day) DO UPDATE SET good = excluded.good, total = excluded.total, minutes = excluded.minutes;
    INSERT INTO derived_hours_due (sli_id, hour)
    SELECT d.sli_id, hour FROM derived_counts d CROSS JOIN unnest(hours) AS hour WHERE d.from_sli_id = sli
    ON CONFLICT DO NOTHING;
END $$;
