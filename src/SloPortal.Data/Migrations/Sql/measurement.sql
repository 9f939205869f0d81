-- The measuring path speaks SQL directly; these tables have no entity.

-- Every series that has been seen, for matching and for completion. The id is its index in the state of every portal.
CREATE TABLE series (
    id          integer PRIMARY KEY,
    source_id   integer NOT NULL REFERENCES sources,
    identity    bytea NOT NULL UNIQUE,
    metric      text NOT NULL,
    labels      jsonb NOT NULL,
    first_seen  timestamptz NOT NULL,
    seq         bigint NOT NULL
);
CREATE INDEX ix_series_metric ON series (metric text_pattern_ops);
CREATE INDEX ix_series_source_metric ON series (source_id, metric);
CREATE INDEX ix_series_seq ON series (seq);

-- The head of the log; its row lock makes one writer of all portals.
CREATE TABLE ingest_head (
    only_row        boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    seq             bigint NOT NULL,
    next_series_id  integer NOT NULL,
    checkpoint_seq  bigint NOT NULL
);
INSERT INTO ingest_head (seq, next_series_id, checkpoint_seq) VALUES (0, 0, 0);

-- One row for each group of requests: its samples, in the order in which they were applied.
CREATE TABLE ingest_log (
    seq          bigint PRIMARY KEY,
    recorded_at  timestamptz NOT NULL,
    samples      integer NOT NULL,
    payload      bytea NOT NULL
);
CREATE INDEX ix_ingest_log_recorded_at ON ingest_log (recorded_at);
-- Its own codec is denser than what TOAST would try, at a cost, on every write.
ALTER TABLE ingest_log ALTER COLUMN payload SET STORAGE EXTERNAL;

-- The state of all series at one point of the log, in chunks.
CREATE TABLE ingest_checkpoints (
    seq      bigint NOT NULL,
    chunk    integer NOT NULL,
    payload  bytea NOT NULL,
    PRIMARY KEY (seq, chunk)
);
ALTER TABLE ingest_checkpoints ALTER COLUMN payload SET STORAGE EXTERNAL;

-- What arrived, hour by hour and by what became of it.
CREATE TABLE source_counts (
    source_id   integer NOT NULL REFERENCES sources,
    hour        timestamptz NOT NULL,
    outcome     text NOT NULL,
    samples     bigint NOT NULL,
    example     text,
    last_at     timestamptz NOT NULL,
    PRIMARY KEY (source_id, hour, outcome)
);

-- The answers to pushes, so that the same key again changes nothing and says the same.
CREATE TABLE push_receipts (
    source_id     integer NOT NULL REFERENCES sources,
    key           text NOT NULL,
    request_hash  bytea NOT NULL,
    response      jsonb NOT NULL,
    recorded_at   timestamptz NOT NULL,
    PRIMARY KEY (source_id, key)
);
CREATE INDEX ix_push_receipts_recorded_at ON push_receipts (recorded_at);

-- Good and total by minute, with running sums up to and including the minute, so that any window is two look-ups.
-- A minute without a row is no data.
CREATE TABLE sli_minutes (
    sli_id     integer NOT NULL,
    minute     timestamptz NOT NULL,
    good       double precision NOT NULL,
    total      double precision NOT NULL,
    good_sum   double precision NOT NULL,
    total_sum  double precision NOT NULL,
    PRIMARY KEY (sli_id, minute)
) WITH (fillfactor = 80);

CREATE TABLE sli_hours (
    sli_id   integer NOT NULL,
    hour     timestamptz NOT NULL,
    good     double precision NOT NULL,
    total    double precision NOT NULL,
    minutes  integer NOT NULL,
    PRIMARY KEY (sli_id, hour)
) WITH (fillfactor = 80);

CREATE TABLE sli_days (
    sli_id   integer NOT NULL,
    day      timestamptz NOT NULL,
    good     double precision NOT NULL,
    total    double precision NOT NULL,
    minutes  integer NOT NULL,
    PRIMARY KEY (sli_id, day)
) WITH (fillfactor = 80);

-- Adds the increases of one group. The caller holds the row lock of ingest_head, so nobody else adds meanwhile.
-- (sli, minute) pairs must be distinct. Increases of past minutes move the sums of all later ones.
CREATE FUNCTION apply_sli_increments(slis integer[], minutes timestamptz[], goods double precision[], totals double precision[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS increments (sli_id integer, minute timestamptz, good double precision, total double precision, is_new boolean) ON COMMIT DELETE ROWS;
    DELETE FROM increments;
    INSERT INTO increments
        SELECT i.sli_id, i.minute, i.good, i.total, NOT EXISTS (SELECT FROM sli_minutes m WHERE m.sli_id = i.sli_id AND m.minute = i.minute)
        FROM unnest(slis, minutes, goods, totals) AS i (sli_id, minute, good, total);

    INSERT INTO sli_minutes
        SELECT i.sli_id, i.minute, 0, 0, coalesce(p.good_sum, 0), coalesce(p.total_sum, 0)
        FROM increments i
        LEFT JOIN LATERAL (
            SELECT m.good_sum, m.total_sum FROM sli_minutes m
            WHERE m.sli_id = i.sli_id AND m.minute < i.minute ORDER BY m.minute DESC LIMIT 1) p ON true
        WHERE i.is_new;

    UPDATE sli_minutes m
    SET good = m.good + coalesce(own.good, 0),
        total = m.total + coalesce(own.total, 0),
        good_sum = m.good_sum + upto.good,
        total_sum = m.total_sum + upto.total
    FROM (SELECT sli_id, min(minute) AS first FROM increments GROUP BY sli_id) touched
    JOIN sli_minutes later ON later.sli_id = touched.sli_id AND later.minute >= touched.first
    LEFT JOIN increments own ON own.sli_id = later.sli_id AND own.minute = later.minute
    CROSS JOIN LATERAL (
        SELECT sum(i.good) AS good, sum(i.total) AS total FROM increments i
        WHERE i.sli_id = later.sli_id AND i.minute <= later.minute) upto
    WHERE m.sli_id = later.sli_id AND m.minute = later.minute;

    INSERT INTO sli_hours AS h
        SELECT sli_id, date_trunc('hour', minute, 'UTC'), sum(good), sum(total), count(*) FILTER (WHERE is_new) FROM increments GROUP BY 1, 2
    ON CONFLICT (sli_id, hour) DO UPDATE SET good = h.good + excluded.good, total = h.total + excluded.total, minutes = h.minutes + excluded.minutes;

    INSERT INTO sli_days AS d
        SELECT sli_id, date_trunc('day', minute, 'UTC'), sum(good), sum(total), count(*) FILTER (WHERE is_new) FROM increments GROUP BY 1, 2
    ON CONFLICT (sli_id, day) DO UPDATE SET good = d.good + excluded.good, total = d.total + excluded.total, minutes = d.minutes + excluded.minutes;
END $$;
