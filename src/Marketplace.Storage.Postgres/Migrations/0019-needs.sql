-- What companies look for, and which results laboratories have suggested.
create table needs (
    need             text collate "C" not null primary key,
    company          text collate "C" not null,
    status           text             not null,
    closing          text,
    is_named         boolean          not null,
    title_zh         text             not null,
    title_en         text             not null,
    problem_zh       text             not null,
    problem_en       text             not null,
    fields           text             not null,           -- names between spaces
    min_readiness    integer,
    budget_minor     bigint,
    currency         text,
    payment_models   text             not null,
    trial_months     integer,
    region           text,
    wanted_until     date             not null,
    published_at_utc timestamptz      not null,
    suggestions      integer          not null,
    waiting          integer          not null
);

create index needs_newest on needs (published_at_utc desc, need);
create index needs_company on needs (company, need);

create table need_suggestions (
    need    text collate "C" not null,
    result  text collate "C" not null,
    company text collate "C" not null,
    lab     text collate "C" not null,
    note    text             not null,
    at_utc  timestamptz      not null,
    answer  text,
    reason  text,
    primary key (need, result)
);

create index need_suggestions_lab on need_suggestions (lab, need, result);
create index need_suggestions_company on need_suggestions (company, need, result);

-- Searches of the catalog that people keep, beside the journal.
create table saved_searches (
    search         text collate "C" not null primary key,
    person         text collate "C" not null,
    name           text             not null,
    asked          text             not null,
    is_paused      boolean          not null,
    created_at_utc timestamptz      not null,
    opened_at_utc  timestamptz      not null
);

create index saved_searches_person on saved_searches (person, created_at_utc desc);
