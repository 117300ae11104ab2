CREATE TABLE lab_income (
    agreement   TEXT    NOT NULL,
    booked_year INTEGER NOT NULL,
    lab         TEXT    NOT NULL,
    currency    TEXT    NOT NULL,
    net_minor   INTEGER NOT NULL CHECK (net_minor >= 0),
    PRIMARY KEY (agreement, booked_year)
) STRICT, WITHOUT ROWID;

CREATE INDEX lab_income_year ON lab_income (booked_year, lab);

CREATE TABLE agreement_figures (
    agreement          TEXT    NOT NULL PRIMARY KEY,
    lab                TEXT    NOT NULL,
    company            TEXT    NOT NULL,
    result             TEXT    NOT NULL,
    currency           TEXT    NOT NULL,
    effective_on       TEXT    NOT NULL,
    lab_signatory      TEXT    NOT NULL,
    company_signatory  TEXT    NOT NULL,
    third_party_name   TEXT,
    third_party_uscc   TEXT,
    contract_sum_minor INTEGER NOT NULL,
    royalty_ppm        INTEGER,
    usual_net_minor    INTEGER,
    last_net_minor     INTEGER,
    reached_minor      INTEGER,
    threshold_minor    INTEGER
) STRICT;
