-- What a person says of a line that names no payment of ours.
ALTER TABLE provider_movements ADD COLUMN reason TEXT;

-- Days on which the ledger was held against a provider's account, or the bank's.
CREATE TABLE reconciliations (
    reconciliation TEXT    NOT NULL PRIMARY KEY,
    provider       TEXT    NOT NULL,
    day            TEXT    NOT NULL,
    differences    INTEGER NOT NULL CHECK (differences >= 0),
    lasting        INTEGER NOT NULL CHECK (lasting BETWEEN 0 AND differences),
    found_at_utc   INTEGER NOT NULL
) STRICT;

CREATE INDEX reconciliations_day ON reconciliations (day);
