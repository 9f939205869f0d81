-- As long as the replay of paging rules and the fatigue report may want them; null keeps for good.
INSERT INTO retention_rules (kind, days, reason, changed_by_name, changed_at) VALUES
    ('Signals', NULL, 'Until somebody decides.', 'SloPortal', now());
