-- What stakeholders were told stays as it was told. Drafts change; none is removed either, since it shows who stopped what.
CREATE TRIGGER incident_updates_published_stay
    BEFORE UPDATE ON incident_updates FOR EACH ROW WHEN (OLD.state = 'Published') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER incident_updates_kept
    BEFORE DELETE ON incident_updates FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER incident_updates_no_truncate
    BEFORE TRUNCATE ON incident_updates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
