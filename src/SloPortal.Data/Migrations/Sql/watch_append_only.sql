-- What happened to a watched thing stays as it was written.
CREATE TRIGGER watch_notes_append_only
    BEFORE UPDATE OR DELETE ON watch_notes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER watch_notes_no_truncate
    BEFORE TRUNCATE ON watch_notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
