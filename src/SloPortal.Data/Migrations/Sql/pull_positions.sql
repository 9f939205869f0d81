-- Until when the samples of a selector were pulled from a source.
CREATE TABLE pull_positions (
    source_id     integer NOT NULL REFERENCES sources ON DELETE CASCADE,
    selector      text NOT NULL,
    pulled_until  timestamptz NOT NULL,
    PRIMARY KEY (source_id, selector)
);
