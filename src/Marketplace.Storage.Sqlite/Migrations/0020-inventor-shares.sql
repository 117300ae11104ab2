-- What each inventor has of an agreement, found by the laboratory and the name in the split.
CREATE TABLE inventor_shares (
    agreement     TEXT    NOT NULL,
    place         INTEGER NOT NULL CHECK (place >= 1),
    lab           TEXT    NOT NULL,
    result        TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    pool_ppm      INTEGER NOT NULL,
    share_ppm     INTEGER NOT NULL,
    currency      TEXT    NOT NULL,
    payable_minor INTEGER NOT NULL,
    is_held       INTEGER NOT NULL,
    PRIMARY KEY (agreement, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX inventor_shares_name ON inventor_shares (lab, name, agreement);

ALTER TABLE team_members ADD COLUMN inventor TEXT;
ALTER TABLE team_invitations ADD COLUMN inventor TEXT;
