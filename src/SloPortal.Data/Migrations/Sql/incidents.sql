-- What was recorded of an incident, and what was written of it, stays as it was.
CREATE TRIGGER timeline_entries_append_only
    BEFORE UPDATE OR DELETE ON timeline_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER timeline_entries_no_truncate
    BEFORE TRUNCATE ON timeline_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachments_append_only
    BEFORE UPDATE OR DELETE ON attachments FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachments_no_truncate
    BEFORE TRUNCATE ON attachments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postmortem_revisions_append_only
    BEFORE UPDATE OR DELETE ON postmortem_revisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postmortem_revisions_no_truncate
    BEFORE TRUNCATE ON postmortem_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Pictures and archives are compressed already.
ALTER TABLE attachments ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE archive_export_parts ALTER COLUMN content SET STORAGE EXTERNAL;

INSERT INTO severity_levels (severity, name, criteria, source) VALUES
    ('Sev1', 'Critical', 'A service of the highest tier is unusable for most of its users, data is lost or exposed, or a budget will be gone within an hour.', 'SloPortal''s default'),
    ('Sev2', 'Major', 'An important journey fails or is slow for many users, there is no good way around it, or a budget will be gone within a day.', 'SloPortal''s default'),
    ('Sev3', 'Minor', 'Some users are affected, or there is a way around it; the budget lasts longer than a day.', 'SloPortal''s default'),
    ('Sev4', 'Low', 'Users hardly notice. It is followed so that it does not grow.', 'SloPortal''s default');
