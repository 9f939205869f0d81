-- What was recommended, and by which policy, stays as it was.
CREATE TRIGGER decision_policies_append_only
    BEFORE UPDATE OR DELETE ON decision_policies FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_policies_no_truncate
    BEFORE TRUNCATE ON decision_policies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proposal_recommendations_append_only
    BEFORE UPDATE OR DELETE ON proposal_recommendations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proposal_recommendations_no_truncate
    BEFORE TRUNCATE ON proposal_recommendations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
