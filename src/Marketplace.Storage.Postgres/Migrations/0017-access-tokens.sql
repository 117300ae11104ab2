-- By which programs act for a person in one team.
create table access_tokens (
    token            text collate "C" not null primary key, -- SHA-256 of the secret
    person           text collate "C" not null references accounts (person) on delete cascade,
    name             text             not null,             -- by whom it was made
    team             text collate "C" not null,             -- platform, or an organisation
    only_reads       boolean          not null,
    created_at_utc   timestamptz      not null,
    expires_at_utc   timestamptz      not null,
    last_used_at_utc timestamptz,                           -- by the minute
    ended_at_utc     timestamptz
);

create index access_tokens_person on access_tokens (person);
