-- A portal that finds another version than its own reads the budgets with the SLIs, so that both hold from a definite row of the log on.
CREATE TRIGGER source_budgets_changed AFTER INSERT OR UPDATE OR DELETE ON source_budgets FOR EACH STATEMENT EXECUTE FUNCTION slis_changed();
