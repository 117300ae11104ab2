-- A month of the books is read by the instants of its events; new ones come last, so that keeping the order costs one page.
CREATE INDEX events_recorded ON events (recorded_at_utc);

CREATE TABLE month_closes (
    month         TEXT    NOT NULL PRIMARY KEY,
    closed_at_utc INTEGER NOT NULL,
    closed_by     TEXT    NOT NULL,
    entries       INTEGER NOT NULL CHECK (entries >= 0),
    sha256        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
