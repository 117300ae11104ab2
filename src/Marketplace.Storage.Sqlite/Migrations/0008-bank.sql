CREATE TABLE bank_accounts (
    account   TEXT    NOT NULL PRIMARY KEY,
    number    TEXT    NOT NULL,
    currency  TEXT    NOT NULL,
    holder    TEXT    NOT NULL,
    bank      TEXT,
    bic       TEXT,
    cnaps     TEXT,
    is_closed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE csv_mappings (
    mapping TEXT NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE bank_statements (
    statement       TEXT    NOT NULL PRIMARY KEY,
    status          TEXT    NOT NULL,
    format          TEXT    NOT NULL,
    accounts        TEXT    NOT NULL,
    from_on         TEXT,
    to_on           TEXT,
    entries         INTEGER NOT NULL CHECK (entries >= 0),
    done            INTEGER NOT NULL CHECK (done BETWEEN 0 AND entries),
    new             INTEGER NOT NULL CHECK (new BETWEEN 0 AND done),
    accepted_at_utc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_statements_newest ON bank_statements (accepted_at_utc DESC, statement);

CREATE TABLE bank_lines (
    line                 TEXT    NOT NULL PRIMARY KEY,
    account              TEXT    NOT NULL,
    statement            TEXT    NOT NULL,
    status               TEXT    NOT NULL,
    booked_on            TEXT    NOT NULL,
    currency             TEXT    NOT NULL,
    amount_minor         INTEGER NOT NULL CHECK (amount_minor > 0),
    is_credit            INTEGER NOT NULL,
    is_reversal          INTEGER NOT NULL,
    counterparty         TEXT,
    counterparty_account TEXT,
    remittance           TEXT    NOT NULL,
    servicer_reference   TEXT,
    end_to_end_id        TEXT,
    agreement            TEXT,
    receipt              INTEGER,
    of_line              TEXT,
    intent               TEXT,
    by_person            INTEGER NOT NULL,
    parked               TEXT,
    reason               TEXT
) STRICT;

CREATE INDEX bank_lines_queue ON bank_lines (status, booked_on, line);
CREATE INDEX bank_lines_account ON bank_lines (account, booked_on, line);
CREATE INDEX bank_lines_servicer ON bank_lines (servicer_reference) WHERE servicer_reference IS NOT NULL AND is_credit = 1;
CREATE INDEX bank_lines_end_to_end ON bank_lines (end_to_end_id) WHERE end_to_end_id IS NOT NULL;
CREATE INDEX bank_lines_agreement ON bank_lines (agreement, booked_on, line) WHERE agreement IS NOT NULL;
CREATE INDEX bank_lines_known_payer ON bank_lines (counterparty_account) WHERE by_person = 1;
CREATE INDEX bank_lines_taken_back ON bank_lines (of_line) WHERE of_line IS NOT NULL;

CREATE TABLE payout_accounts (
    account      TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    status       TEXT NOT NULL,
    number       TEXT NOT NULL,
    holder       TEXT NOT NULL,
    bank         TEXT,
    bic          TEXT,
    cnaps        TEXT,
    reason       TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX payout_accounts_organisation ON payout_accounts (organisation, account);
CREATE INDEX payout_accounts_status ON payout_accounts (status, account);

CREATE TABLE bank_payments (
    intent          TEXT    NOT NULL PRIMARY KEY,
    agreement       TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    status          TEXT    NOT NULL,
    account         TEXT    NOT NULL,
    payee_holder    TEXT    NOT NULL,
    payee_number    TEXT    NOT NULL,
    currency        TEXT    NOT NULL,
    amount_minor    INTEGER NOT NULL CHECK (amount_minor > 0),
    first_approval  TEXT,
    second_approval TEXT,
    batch           TEXT,
    line            TEXT,
    moved_on        TEXT,
    reason          TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_payments_status ON bank_payments (status, intent);
CREATE INDEX bank_payments_batch ON bank_payments (batch, intent) WHERE batch IS NOT NULL;

CREATE TABLE payment_batches (
    batch         TEXT    NOT NULL PRIMARY KEY,
    status        TEXT    NOT NULL,
    from_account  TEXT    NOT NULL,
    execute_on    TEXT    NOT NULL,
    payments      INTEGER NOT NULL CHECK (payments >= 0),
    opened_at_utc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
