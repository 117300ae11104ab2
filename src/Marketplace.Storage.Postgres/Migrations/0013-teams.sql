-- Who belongs to an organisation, or to the marketplace itself, and as what. Whoever has left stays with no role.
create table team_members (
    team   text collate "C" not null,
    person text collate "C" not null,
    roles  text             not null,
    primary key (team, person)
);

-- Read at each request of somebody with an account.
create index team_members_person on team_members (person, team) where roles <> '';

create table team_invitations (
    invitation     text collate "C" not null primary key,
    team           text collate "C" not null,
    roles          text             not null,
    secret_hash    text             not null,
    status         text             not null,
    expires_at_utc timestamptz      not null
);

create index team_invitations_open on team_invitations (team, expires_at_utc) where status = 'Open';

-- The licence that an organisation has handed in, by its hash.
alter table organisations add column licence text;
