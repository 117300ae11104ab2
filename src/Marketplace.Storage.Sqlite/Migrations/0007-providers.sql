CREATE TABLE provider_notices (
    notice          TEXT    NOT NULL PRIMARY KEY,
    provider        TEXT    NOT NULL,
    type            TEXT    NOT NULL,
    about           TEXT,
    via             TEXT    NOT NULL,
    status          TEXT    NOT NULL,
    said            TEXT,
    created_at_utc  INTEGER NOT NULL,
    received_at_utc INTEGER NOT NULL
) STRICT;

CREATE INDEX provider_notices_status ON provider_notices (status, received_at_utc);

-- Lines of a provider's account of our balance with it.
CREATE TABLE provider_movements (
    movement       TEXT    NOT NULL PRIMARY KEY,
    provider       TEXT    NOT NULL,
    type           TEXT    NOT NULL,
    source         TEXT,
    agreement      TEXT,
    intent         TEXT,
    currency       TEXT    NOT NULL,
    net_minor      INTEGER NOT NULL,
    fee_minor      INTEGER NOT NULL,
    to_bank        INTEGER NOT NULL,
    created_at_utc INTEGER NOT NULL
) STRICT;

CREATE INDEX provider_movements_intent ON provider_movements (intent) WHERE intent IS NOT NULL;
CREATE INDEX provider_movements_created ON provider_movements (provider, created_at_utc);
