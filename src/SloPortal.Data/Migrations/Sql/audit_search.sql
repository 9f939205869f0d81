-- Finds text anywhere in an entry by its groups of three letters. pg_trgm comes with PostgreSQL, and since 13 the owner of a database
-- may add it; where a distribution packs it apart and it is not installed, the search still works, by reading every entry.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX ix_audit_entries_text ON audit_entries
        USING gin (details gin_trgm_ops, subject_name gin_trgm_ops, actor_name gin_trgm_ops, action gin_trgm_ops);
EXCEPTION WHEN feature_not_supported OR undefined_file OR insufficient_privilege OR undefined_object THEN
    RAISE WARNING 'The audit has no index for its text: %', SQLERRM;
END $$;

CREATE INDEX ix_audit_entries_subject_id ON audit_entries (subject_id);
