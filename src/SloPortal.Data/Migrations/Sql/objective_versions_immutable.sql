-- What was agreed stays as it was agreed.
CREATE TRIGGER objective_versions_append_only
    BEFORE UPDATE OR DELETE ON objective_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER objective_versions_no_truncate
    BEFORE TRUNCATE ON objective_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signatures_append_only
    BEFORE UPDATE OR DELETE ON signatures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signatures_no_truncate
    BEFORE TRUNCATE ON signatures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
