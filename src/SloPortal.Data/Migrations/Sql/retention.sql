-- How long data has been kept so far. Null keeps for good.
INSERT INTO retention_rules (kind, days, reason, changed_by_name, changed_at) VALUES
    ('Minutes', 400, 'Thirteen months, so that a month can be compared with that of the year before.', 'SloPortal', now()),
    ('Sums', NULL, 'They are small, and what is left of minutes that are gone.', 'SloPortal', now()),
    ('Arrivals', 400, 'As long as the minutes that were counted from them.', 'SloPortal', now()),
    ('Messages', NULL, 'Until somebody decides.', 'SloPortal', now());

-- Read in November 2026. None applies before an administrator says so.
INSERT INTO framework_minima (id, framework, kind, days, source, read_on) VALUES
    (gen_random_uuid(), 'PCI DSS 4.0.1', 'Audit', 365, 'Requirement 10.5.1: audit log history for at least 12 months, the last three at hand.', '2026-11-27'),
    (gen_random_uuid(), 'HIPAA', 'Records', 2192, '45 CFR 164.316(b)(2)(i): documentation for six years from its making or from when it was last in effect.', '2026-11-27');
