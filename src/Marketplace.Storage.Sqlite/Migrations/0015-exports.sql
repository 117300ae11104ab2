-- Files of months while they are made and kept. No truth: what is in one can be made again. Beside the journal, as accounts are.

CREATE TABLE exports (
    export            TEXT    NOT NULL PRIMARY KEY,
    organisation      TEXT,                              -- whose share; NULL: the marketplace's books
    asked_by          TEXT    NOT NULL,
    month             TEXT    NOT NULL,
    format            TEXT    NOT NULL CHECK (format IN ('Csv', 'Xlsx')),
    in_english        INTEGER NOT NULL CHECK (in_english IN (0, 1)),
    asked_at_utc      INTEGER NOT NULL,                  -- microseconds since 1970
    state             TEXT    NOT NULL CHECK (state IN ('Waiting', 'Running', 'Finished', 'Failed', 'Ended', 'Expired')),
    step              INTEGER NOT NULL,
    steps             INTEGER NOT NULL,
    rows              INTEGER NOT NULL,
    attempts          INTEGER NOT NULL,
    claim             TEXT,                              -- whoever is making it
    claimed_until_utc INTEGER,                           -- after this another may take it up
    sha256            TEXT,
    bytes             INTEGER,
    finished_at_utc   INTEGER,
    reason            TEXT,
    CHECK ((state = 'Running') = (claim IS NOT NULL) AND (claim IS NULL) = (claimed_until_utc IS NULL)),
    CHECK (state NOT IN ('Finished', 'Expired') OR sha256 IS NOT NULL)
) STRICT;

CREATE INDEX exports_of ON exports (organisation, asked_at_utc DESC, export);
CREATE INDEX exports_open ON exports (asked_at_utc) WHERE state IN ('Waiting', 'Running');

CREATE TABLE export_downloads (
    download     TEXT    NOT NULL PRIMARY KEY,
    export       TEXT    NOT NULL REFERENCES exports (export),
    taken_by     TEXT    NOT NULL,
    taken_at_utc INTEGER NOT NULL
) STRICT;

CREATE INDEX export_downloads_of ON export_downloads (export, taken_at_utc DESC);

-- All bookings in their order, from any place on.
CREATE INDEX bank_lines_in_order ON bank_lines (booked_on, line);
