CREATE TABLE report_risks (
    agreement         TEXT    NOT NULL PRIMARY KEY,
    lab               TEXT    NOT NULL,
    company           TEXT    NOT NULL,
    result            TEXT    NOT NULL,
    currency          TEXT    NOT NULL,
    reports           INTEGER NOT NULL CHECK (reports >= 1),
    score             INTEGER NOT NULL CHECK (score BETWEEN 0 AND 1000),
    weights_version   INTEGER NOT NULL,
    reasons           TEXT    NOT NULL,
    monthly_net_minor INTEGER
) STRICT;

CREATE INDEX report_risks_score ON report_risks (score DESC, agreement);
CREATE INDEX report_risks_result ON report_risks (result);
