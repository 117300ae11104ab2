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
