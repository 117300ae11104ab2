-- Who a person is. Beside the journal, which is never changed: this can be corrected and erased, and the journal knows the id only.

CREATE TABLE accounts (
    person            TEXT    NOT NULL PRIMARY KEY,
    mail              TEXT    NOT NULL,
    normalised_mail   TEXT    NOT NULL UNIQUE,
    is_mail_confirmed INTEGER NOT NULL CHECK (is_mail_confirmed IN (0, 1)),
    name              TEXT    NOT NULL,
    language          TEXT    NOT NULL CHECK (language IN ('zh', 'en')),
    password_hash     TEXT,
    security_stamp    TEXT    NOT NULL,                   -- links by mail hold while it stays
    concurrency_stamp TEXT    NOT NULL,
    totp_key          TEXT,                               -- protected; NULL: no codes are asked for
    totp_last_step    INTEGER,                            -- of the code used last: none is taken twice
    recovery_codes    TEXT    NOT NULL,                   -- SHA-256 of those not used yet
    created_at_utc    INTEGER NOT NULL                    -- microseconds since 1970
) STRICT;

CREATE TABLE passkeys (
    credential BLOB NOT NULL PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES accounts (person) ON DELETE CASCADE,
    data       TEXT NOT NULL
) STRICT;

CREATE INDEX passkeys_person ON passkeys (person);

CREATE TABLE sessions (
    session          TEXT    NOT NULL PRIMARY KEY,        -- SHA-256 of the secret in the cookie
    person           TEXT    NOT NULL REFERENCES accounts (person) ON DELETE CASCADE,
    created_at_utc   INTEGER NOT NULL,
    last_seen_at_utc INTEGER NOT NULL,                    -- by the minute
    device           TEXT    NOT NULL,
    address          TEXT    NOT NULL,                    -- shortened
    proven_at_utc    INTEGER,                             -- by a passkey or a code
    ended_at_utc     INTEGER
) STRICT;

CREATE INDEX sessions_person ON sessions (person);

-- By the hash of the mail address that was typed, whether anybody has it or not.
CREATE TABLE sign_in_failures (
    subject            TEXT    NOT NULL PRIMARY KEY,
    failures           INTEGER NOT NULL,
    last_failed_at_utc INTEGER NOT NULL,
    locked_until_utc   INTEGER
) STRICT;

CREATE INDEX sign_in_failures_age ON sign_in_failures (last_failed_at_utc);

-- Of ASP.NET: forms and links are protected by them, on every host alike.
CREATE TABLE data_protection_keys (
    name TEXT NOT NULL PRIMARY KEY,
    xml  TEXT NOT NULL
) STRICT;
