-- Who a person is. Beside the journal, which is never changed: this can be corrected and erased, and the journal knows the id only.

create table accounts (
    person            text collate "C" not null primary key,
    mail              text             not null,
    normalised_mail   text collate "C" not null unique,
    is_mail_confirmed boolean          not null,
    name              text             not null,
    language          text             not null check (language in ('zh', 'en')),
    password_hash     text,
    security_stamp    text             not null,        -- links by mail hold while it stays
    concurrency_stamp text             not null,
    totp_key          text,                             -- protected; null: no codes are asked for
    totp_last_step    bigint,                           -- of the code used last: none is taken twice
    recovery_codes    text             not null,        -- SHA-256 of those not used yet
    created_at_utc    timestamptz      not null
);

create table passkeys (
    credential bytea            not null primary key,
    person     text collate "C" not null references accounts (person) on delete cascade,
    data       jsonb            not null
);

create index passkeys_person on passkeys (person);

create table sessions (
    session          text collate "C" not null primary key, -- SHA-256 of the secret in the cookie
    person           text collate "C" not null references accounts (person) on delete cascade,
    created_at_utc   timestamptz      not null,
    last_seen_at_utc timestamptz      not null,             -- by the minute
    device           text             not null,
    address          text             not null,             -- shortened
    proven_at_utc    timestamptz,                           -- by a passkey or a code
    ended_at_utc     timestamptz
);

create index sessions_person on sessions (person);

-- By the hash of the mail address that was typed, whether anybody has it or not.
create table sign_in_failures (
    subject            text collate "C" not null primary key,
    failures           integer          not null,
    last_failed_at_utc timestamptz      not null,
    locked_until_utc   timestamptz
);

create index sign_in_failures_age on sign_in_failures (last_failed_at_utc);

-- Of ASP.NET: forms and links are protected by them, on every host alike.
create table data_protection_keys (
    name text collate "C" not null primary key,
    xml  text             not null
);
