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

-- The head of the log; its row lock makes one writer of all portals. A portal that holds the lock and finds another slis_version than
-- its own reads the SLIs anew, so that an SLI counts from a definite row of the log on, whichever portal writes it.
CREATE TABLE ingest_head (
    only_row        boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    seq             bigint NOT NULL,
    next_series_id  integer NOT NULL,
    checkpoint_seq  bigint NOT NULL,
    slis_version    bigint NOT NULL
) WITH (fillfactor = 20);
INSERT INTO ingest_head (seq, next_series_id, checkpoint_seq, slis_version) VALUES (0, 0, 0, 0);

CREATE FUNCTION slis_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ingest_head SET slis_version = slis_version + 1;
    RETURN NULL;
END $$;
-- Deferred, so that a new SLI can count what the log holds before it stops all writers. Who also writes audit entries locks the
-- head before them, since every change takes the two in that order.
CREATE CONSTRAINT TRIGGER slis_added AFTER INSERT ON slis DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slis_changed();
CREATE TRIGGER slis_archived AFTER UPDATE OF archived_at, source_id ON slis FOR EACH STATEMENT EXECUTE FUNCTION slis_changed();
CREATE TRIGGER slis_removed AFTER DELETE ON slis FOR EACH STATEMENT EXECUTE FUNCTION slis_changed();

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
) WITH (fillfactor = 50);

-- The answers to pushes, so that the same key again changes nothing and says the same.
CREATE TABLE push_receipts (
    source_id     integer NOT NULL REFERENCES sources,
    key           text NOT NULL,
    request_hash  bytea NOT NULL,
    response      text NOT NULL,
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
-- All parts of the one statement see the table as it was before it, so a new minute starts from the sum that stood before and adds
-- what this group adds up to it; the rows that are there are moved by the same amount.
-- Where retention has removed what came before, the sums begin at the oldest row that is left.
-- The planner is told that the way by index is the right one: it cannot know that nearly all increases are at the end.
CREATE FUNCTION apply_sli_increments(slis integer[], minutes timestamptz[], goods double precision[], totals double precision[])
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
    ), in_hours AS (
        INSERT INTO sli_hours AS h
        SELECT sli_id, date_trunc('hour', minute, 'UTC'), sum(good), sum(total), count(*) FILTER (WHERE is_new) FROM increases GROUP BY 1, 2
        ON CONFLICT (sli_id, hour) DO UPDATE SET good = h.good + excluded.good, total = h.total + excluded.total, minutes = h.minutes + excluded.minutes
    )
    INSERT INTO sli_days AS d
    SELECT sli_id, date_trunc('day', minute, 'UTC'), sum(good), sum(total), count(*) FILTER (WHERE is_new) FROM increases GROUP BY 1, 2
    ON CONFLICT (sli_id, day) DO UPDATE SET good = d.good + excluded.good, total = d.total + excluded.total, minutes = d.minutes + excluded.minutes;
END $$;
