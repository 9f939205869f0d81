-- Whoever sets, changes or ends a split tells the writers, which then count with it from a definite row of the log on (decision 0029). The caller has
-- locked the head of ingest.
CREATE TRIGGER sli_splits_changed AFTER INSERT OR UPDATE OR DELETE ON sli_splits FOR EACH STATEMENT EXECUTE FUNCTION slis_changed();
