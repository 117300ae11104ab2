-- Who belongs to an organisation, or to the marketplace itself, and as what. Whoever has left stays with no role.
CREATE TABLE team_members (
    team   TEXT NOT NULL,
    person TEXT NOT NULL,
    roles  TEXT NOT NULL,
    PRIMARY KEY (team, person)
) STRICT, WITHOUT ROWID;

-- Read at each request of somebody with an account.
CREATE INDEX team_members_person ON team_members (person, team) WHERE roles <> '';

CREATE TABLE team_invitations (
    invitation     TEXT    NOT NULL PRIMARY KEY,
    team           TEXT    NOT NULL,
    roles          TEXT    NOT NULL,
    secret_hash    TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    expires_at_utc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX team_invitations_open ON team_invitations (team, expires_at_utc) WHERE status = 'Open';

-- The licence that an organisation has handed in, by its hash.
ALTER TABLE organisations ADD COLUMN licence TEXT;
