-- What is searched of a postmortem: its title (A), summary (B) and body (C), as English. A vector counts positions only to 16,383, which the
-- first 100,000 characters of a body reach, and refuses more than a megabyte, which they cannot.
ALTER TABLE postmortems ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', summary), 'B')
    || setweight(to_tsvector('english', left(body, 100000)), 'C')) STORED;
CREATE INDEX ix_postmortems_search ON postmortems USING gin (search);

-- The archive without words to search for: the newest first.
CREATE INDEX ix_postmortems_happened_at ON postmortems ((coalesce(started_at, published_at)) DESC) WHERE state = 'Published';

-- What is hidden is little, and every search asks for it.
CREATE INDEX ix_incidents_restricted ON incidents (id) WHERE is_restricted;
