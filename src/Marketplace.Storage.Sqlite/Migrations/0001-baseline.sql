-- The journal: what happened, and the legs that it caused. Append-only.

CREATE TABLE schema_version (
    product        TEXT    NOT NULL CHECK (product = 'marketplace'),
    version        INTEGER NOT NULL PRIMARY KEY,
    applied_at_utc INTEGER NOT NULL                       -- microseconds since 1970
) STRICT;

CREATE TABLE events (
    position             INTEGER NOT NULL PRIMARY KEY,    -- the rowid: appending touches the last page only
    stream               TEXT    NOT NULL CHECK (length(stream) BETWEEN 1 AND 100),
    version              INTEGER NOT NULL CHECK (version >= 1),
    type                 TEXT    NOT NULL CHECK (type <> ''),
    body                 TEXT    NOT NULL,
    command_id           BLOB    NOT NULL CHECK (length(command_id) = 16),
    command_ordinal      INTEGER NOT NULL CHECK (command_ordinal >= 0),
    command_last_version INTEGER NOT NULL CHECK (command_last_version >= version),
    request_hash         BLOB    NOT NULL CHECK (length(request_hash) = 32),
    actor                TEXT    NOT NULL,
    recorded_at_utc      INTEGER NOT NULL,                -- microseconds since 1970
    previous_hash        BLOB    NOT NULL CHECK (length(previous_hash) = CASE version WHEN 1 THEN 0 ELSE 32 END),
    hash                 BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE UNIQUE INDEX events_stream ON events (stream, version);
CREATE UNIQUE INDEX events_command ON events (command_id) WHERE command_ordinal = 0;

CREATE TABLE postings (
    position            INTEGER NOT NULL PRIMARY KEY,     -- its event's position * 4096 + its place in the event: no index needed
    stream              TEXT    NOT NULL,
    version             INTEGER NOT NULL CHECK (version >= 1),
    entry               INTEGER NOT NULL CHECK (entry >= 0),
    leg                 INTEGER NOT NULL CHECK (leg >= 0),
    account             TEXT    NOT NULL CHECK (account <> ''),
    currency            TEXT    NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    amount_minor        INTEGER NOT NULL CHECK (amount_minor <> 0),
    balance_after_minor INTEGER NOT NULL
) STRICT;

-- REPLACE deletes without asking a trigger unless recursive_triggers is on; every connection of ours turns it on.
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events accept no UPDATE'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events accept no DELETE'); END;
CREATE TRIGGER postings_no_update BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'postings accept no UPDATE'); END;
CREATE TRIGGER postings_no_delete BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'postings accept no DELETE'); END;

-- State at a version, to load faster; may be thrown away at any time.
CREATE TABLE snapshots (
    stream  TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL CHECK (version >= 1),
    schema  TEXT    NOT NULL,
    body    TEXT    NOT NULL
) STRICT;

-- Read tables: rows written in the same transaction as the events that they follow from.

CREATE TABLE organisations (
    organisation TEXT NOT NULL PRIMARY KEY,
    kind         TEXT NOT NULL,
    status       TEXT NOT NULL,
    name_zh      TEXT NOT NULL,
    name_en      TEXT NOT NULL,
    uscc         TEXT NOT NULL,
    contact_mail TEXT,
    reason       TEXT
) STRICT;

CREATE TABLE due_work (
    stream     TEXT    NOT NULL,
    purpose    TEXT    NOT NULL,
    partition  INTEGER NOT NULL,
    due_at_utc INTEGER,                                   -- microseconds since 1970; NULL: nothing is due any more
    PRIMARY KEY (stream, purpose)
) STRICT, WITHOUT ROWID;

CREATE INDEX due_work_open ON due_work (purpose, due_at_utc, stream) WHERE due_at_utc IS NOT NULL;

CREATE TABLE due_work_failures (
    stream             TEXT    NOT NULL,
    purpose            TEXT    NOT NULL,
    failures           INTEGER NOT NULL CHECK (failures > 0),
    attempts           INTEGER NOT NULL CHECK (attempts BETWEEN 0 AND failures),  -- 0: it went well again, or was released
    reason             TEXT    NOT NULL,
    failed_at_utc      INTEGER NOT NULL,
    quarantined_at_utc INTEGER,
    PRIMARY KEY (stream, purpose)
) STRICT, WITHOUT ROWID;

CREATE INDEX due_work_quarantine ON due_work_failures (purpose, stream) WHERE quarantined_at_utc IS NOT NULL;

CREATE TABLE results (
    result               TEXT    NOT NULL PRIMARY KEY,
    lab                  TEXT    NOT NULL,
    status               TEXT    NOT NULL,
    is_public            INTEGER NOT NULL,
    title_zh             TEXT    NOT NULL,
    title_en             TEXT    NOT NULL,
    summary_zh           TEXT    NOT NULL,
    summary_en           TEXT    NOT NULL,
    field                TEXT    NOT NULL,
    industry             TEXT    NOT NULL,
    readiness_level      INTEGER,
    readiness_scale      TEXT,
    region_code          TEXT    NOT NULL,
    pricing_method       TEXT,
    price_minor          INTEGER CHECK (price_minor > 0),
    currency             TEXT,
    notice_closes_at_utc INTEGER,
    open_objections      INTEGER NOT NULL,
    public_since_utc     INTEGER,
    listed_at_utc        INTEGER
) STRICT;

CREATE INDEX results_catalog ON results (public_since_utc DESC, result) WHERE is_public = 1;
CREATE INDEX results_lab ON results (lab, result);

CREATE TABLE offers (
    offer             TEXT    NOT NULL PRIMARY KEY,
    result            TEXT    NOT NULL,
    lab               TEXT    NOT NULL,
    status            TEXT    NOT NULL,
    licence           TEXT    NOT NULL,
    trial_months      INTEGER NOT NULL,
    commercial_months INTEGER NOT NULL,
    currency          TEXT    NOT NULL,
    payment_models    TEXT    NOT NULL,
    valid_until       TEXT    NOT NULL
) STRICT;

CREATE INDEX offers_result ON offers (result, offer);
CREATE INDEX offers_lab ON offers (lab, offer);

CREATE TABLE agreements (
    agreement          TEXT    NOT NULL PRIMARY KEY,
    offer              TEXT    NOT NULL,
    result             TEXT    NOT NULL,
    lab                TEXT    NOT NULL,
    company            TEXT    NOT NULL,
    stage              TEXT    NOT NULL,
    state              TEXT    NOT NULL,
    currency           TEXT    NOT NULL,
    terms_version      INTEGER NOT NULL CHECK (terms_version >= 1),
    applied_on         TEXT    NOT NULL,
    effective_on       TEXT,
    trial_ends_on      TEXT,
    converted_on       TEXT,
    licence_ends_on    TEXT,
    open_disputes      INTEGER NOT NULL,
    outstanding_minor  INTEGER NOT NULL CHECK (outstanding_minor >= 0),
    overdue_minor      INTEGER NOT NULL CHECK (overdue_minor BETWEEN 0 AND outstanding_minor),
    steps_waiting      INTEGER NOT NULL,
    holds_applications INTEGER NOT NULL
) STRICT;

CREATE INDEX agreements_lab ON agreements (lab, agreement);
CREATE INDEX agreements_company ON agreements (company, agreement);
CREATE INDEX agreements_state ON agreements (state, agreement);

CREATE TABLE obligations (
    agreement         TEXT    NOT NULL,
    number            INTEGER NOT NULL CHECK (number >= 1),
    lab               TEXT    NOT NULL,
    company           TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    "trigger"         INTEGER NOT NULL,
    period            INTEGER,
    due_on            TEXT    NOT NULL,
    status            TEXT    NOT NULL,
    was_invoiced      INTEGER NOT NULL,
    currency          TEXT    NOT NULL,
    amount_minor      INTEGER NOT NULL CHECK (amount_minor > 0),
    interest_minor    INTEGER NOT NULL CHECK (interest_minor >= 0),
    costs_minor       INTEGER NOT NULL CHECK (costs_minor >= 0),
    allocated_minor   INTEGER NOT NULL CHECK (allocated_minor >= 0),
    waived_minor      INTEGER NOT NULL CHECK (waived_minor >= 0),
    outstanding_minor INTEGER NOT NULL CHECK (outstanding_minor = amount_minor + interest_minor + costs_minor - allocated_minor - waived_minor AND outstanding_minor >= 0),
    contested_minor   INTEGER NOT NULL CHECK (contested_minor BETWEEN 0 AND outstanding_minor),
    steps_waiting     TEXT,
    PRIMARY KEY (agreement, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX obligations_due ON obligations (due_on, agreement, number);
CREATE INDEX obligations_status ON obligations (status, due_on);
CREATE INDEX obligations_waiting ON obligations (due_on) WHERE steps_waiting IS NOT NULL;

CREATE TABLE payment_intents (
    intent          TEXT    NOT NULL PRIMARY KEY,
    agreement       TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    status          TEXT    NOT NULL,
    provider        TEXT    NOT NULL,
    method          TEXT    NOT NULL,
    payee           TEXT,
    obligation      INTEGER,
    currency        TEXT    NOT NULL,
    amount_minor    INTEGER NOT NULL CHECK (amount_minor > 0),
    moved_minor     INTEGER NOT NULL CHECK (moved_minor BETWEEN 0 AND amount_minor),
    external_id     TEXT,
    next_look_at_utc INTEGER
) STRICT;

CREATE INDEX payment_intents_agreement ON payment_intents (agreement, intent);
CREATE INDEX payment_intents_open ON payment_intents (status, intent) WHERE next_look_at_utc IS NOT NULL;

CREATE TABLE account_balances (
    agreement     TEXT    NOT NULL,
    account       TEXT    NOT NULL,
    currency      TEXT    NOT NULL,
    balance_minor INTEGER NOT NULL,
    PRIMARY KEY (agreement, account, currency)
) STRICT, WITHOUT ROWID;

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
