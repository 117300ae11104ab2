-- Who has signed the confidentiality agreement about which result.
create table confidentiality_agreements (
    confidentiality text collate "C" not null primary key,
    result          text collate "C" not null,
    lab             text collate "C" not null,
    company         text collate "C" not null,
    signed_by       text             not null,
    signed_at_utc   timestamptz      not null,
    last_day        date             not null,
    sha256          text             not null,
    ended_at_utc    timestamptz,
    ended_for       text
);

create index confidentiality_agreements_result on confidentiality_agreements (result, confidentiality);

-- Who was given which file that is not public: a line for each delivery, written once.
create table file_accesses (
    access       text collate "C" not null primary key,
    result       text collate "C" not null,
    lab          text collate "C" not null,
    number       integer          not null,
    title        text             not null,
    sha256       text             not null,
    tier         text             not null,
    organisation text collate "C",
    person       text             not null,
    basis        text             not null,
    basis_id     text,
    at_utc       timestamptz      not null
);

create index file_accesses_result on file_accesses (result, access desc);

-- By row: an insert that says what to do on a conflict would set off one by statement.
create trigger file_accesses_unchanged before update or delete on file_accesses for each row execute function journal_refuse_change();
create trigger file_accesses_kept before truncate on file_accesses for each statement execute function journal_refuse_change();
alter table file_accesses enable always trigger file_accesses_unchanged;
alter table file_accesses enable always trigger file_accesses_kept;

-- Which agreements a company has about a result: asked whenever somebody asks for one of its files.
create index agreements_result_company on agreements (result, company);
