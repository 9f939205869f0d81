-- The rows of files and of queries that are counted, so that the same row again changes nothing. A key is half of a SHA-256 over the
-- values of the row and over how many rows with the same values came before it in its file. They commit with the counts and go when the
-- minute that they counted goes.
CREATE TABLE row_keys (
    source_id  integer NOT NULL REFERENCES sources,
    key        uuid NOT NULL,
    minute     timestamptz NOT NULL,
    PRIMARY KEY (source_id, key)
);
-- Rows come nearly in the order of their time, and are only looked for by it to be deleted.
CREATE INDEX ix_row_keys_minute ON row_keys USING brin (minute);
