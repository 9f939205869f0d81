-- The first round was put forward by whoever proposed.
UPDATE proposals SET offered_by = proposed_by, offered_at = proposed_at;

-- What was on the table and what was said stays as it was.
CREATE TRIGGER proposal_rounds_append_only
    BEFORE UPDATE OR DELETE ON proposal_rounds FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proposal_rounds_no_truncate
    BEFORE TRUNCATE ON proposal_rounds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER positions_append_only
    BEFORE UPDATE OR DELETE ON positions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER positions_no_truncate
    BEFORE TRUNCATE ON positions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proposal_remarks_append_only
    BEFORE UPDATE OR DELETE ON proposal_remarks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proposal_remarks_no_truncate
    BEFORE TRUNCATE ON proposal_remarks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
