-- By which programs act for a person in one team.
CREATE TABLE access_tokens (
    token            TEXT    NOT NULL PRIMARY KEY,        -- SHA-256 of the secret
    person           TEXT    NOT NULL REFERENCES accounts (person) ON DELETE CASCADE,
    name             TEXT    NOT NULL,                    -- by whom it was made
    team             TEXT    NOT NULL,                    -- platform, or an organisation
    only_reads       INTEGER NOT NULL,
    created_at_utc   INTEGER NOT NULL,
    expires_at_utc   INTEGER NOT NULL,
    last_used_at_utc INTEGER,                             -- by the minute
    ended_at_utc     INTEGER
) STRICT;

CREATE INDEX access_tokens_person ON access_tokens (person);
