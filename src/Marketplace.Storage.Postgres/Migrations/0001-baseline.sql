-- The journal: what happened, and the legs that it caused. Append-only.

create table schema_version (
    product        text        not null check (product = 'marketplace'),
    version        integer     not null primary key,
    applied_at_utc timestamptz not null
);

create table events (
    position             bigint             not null generated always as identity,
    tx                   xid8               not null default pg_current_xact_id(), -- readers stay behind transactions in flight
    stream               text collate "C"   not null check (length(stream) between 1 and 100),
    version              bigint             not null check (version >= 1),
    type                 text               not null check (type <> ''),
    body                 text               not null,
    command_id           uuid               not null,
    command_ordinal      integer            not null check (command_ordinal >= 0),
    command_last_version bigint             not null check (command_last_version >= version),
    request_hash         bytea              not null check (octet_length(request_hash) = 32),
    actor                text               not null,
    recorded_at_utc      timestamptz        not null,
    previous_hash        bytea              not null check (octet_length(previous_hash) = case version when 1 then 0 else 32 end),
    hash                 bytea              not null check (octet_length(hash) = 32),
    primary key (stream, version)
);

create unique index events_command on events (command_id) where command_ordinal = 0;
create unique index events_order on events (tx, position);

create table postings (
    stream              text collate "C" not null,
    version             bigint           not null check (version >= 1),
    entry               integer          not null check (entry >= 0),
    leg                 integer          not null check (leg >= 0),
    account             text collate "C" not null check (account <> ''),
    currency            text collate "C" not null check (currency ~ '^[A-Z]{3}$'),
    amount_minor        bigint           not null check (amount_minor <> 0),
    balance_after_minor bigint           not null,
    primary key (stream, version, entry, leg)
);

create function journal_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% accept no %', tg_table_name, tg_op using errcode = 'JRN02';
end $$;

create trigger events_append_only before update or delete or truncate on events
    for each statement execute function journal_refuse_change();
create trigger postings_append_only before update or delete or truncate on postings
    for each statement execute function journal_refuse_change();
alter table events enable always trigger events_append_only;
alter table postings enable always trigger postings_append_only;

-- State at a version, to load faster; may be thrown away at any time.
create table snapshots (
    stream  text collate "C" not null primary key,
    version bigint           not null check (version >= 1),
    schema  text             not null,
    body    text             not null
);

-- Read tables: rows written in the same transaction as the events that they follow from.

create table organisations (
    organisation text collate "C" not null primary key,
    kind         text             not null,
    status       text             not null,
    name_zh      text             not null,
    name_en      text             not null,
    uscc         text             not null,
    contact_mail text,
    reason       text
);

create table due_work (
    stream     text collate "C" not null,
    purpose    text collate "C" not null,
    partition  integer          not null,
    due_at_utc timestamptz,                               -- null: nothing is due any more
    primary key (stream, purpose)
);

create index due_work_open on due_work (purpose, due_at_utc, stream) where due_at_utc is not null;

create table due_work_failures (
    stream             text collate "C" not null,
    purpose            text collate "C" not null,
    failures           integer          not null check (failures > 0),
    attempts           integer          not null check (attempts between 0 and failures),  -- 0: it went well again, or was released
    reason             text             not null,
    failed_at_utc      timestamptz      not null,
    quarantined_at_utc timestamptz,
    primary key (stream, purpose)
);

create index due_work_quarantine on due_work_failures (purpose, stream) where quarantined_at_utc is not null;

create table results (
    result               text collate "C" not null primary key,
    lab                  text collate "C" not null,
    status               text             not null,
    is_public            boolean          not null,
    title_zh             text             not null,
    title_en             text             not null,
    summary_zh           text             not null,
    summary_en           text             not null,
    field                text             not null,
    industry             text             not null,
    readiness_level      integer,
    readiness_scale      text,
    region_code          text             not null,
    pricing_method       text,
    price_minor          bigint check (price_minor > 0),
    currency             text,
    notice_closes_at_utc timestamptz,
    open_objections      integer          not null,
    public_since_utc     timestamptz,
    listed_at_utc        timestamptz
);

create index results_catalog on results (public_since_utc desc, result) where is_public;
create index results_lab on results (lab, result);

create table offers (
    offer             text collate "C" not null primary key,
    result            text collate "C" not null,
    lab               text collate "C" not null,
    status            text             not null,
    licence           text             not null,
    trial_months      integer          not null,
    commercial_months integer          not null,
    currency          text             not null,
    payment_models    text             not null,
    valid_until       date             not null
);

create index offers_result on offers (result, offer);
create index offers_lab on offers (lab, offer);

create table agreements (
    agreement          text collate "C" not null primary key,
    offer              text collate "C" not null,
    result             text collate "C" not null,
    lab                text collate "C" not null,
    company            text collate "C" not null,
    stage              text             not null,
    state              text             not null,
    currency           text             not null,
    terms_version      integer          not null check (terms_version >= 1),
    applied_on         date             not null,
    effective_on       date,
    trial_ends_on      date,
    converted_on       date,
    licence_ends_on    date,
    open_disputes      integer          not null,
    outstanding_minor  bigint           not null check (outstanding_minor >= 0),
    overdue_minor      bigint           not null check (overdue_minor between 0 and outstanding_minor),
    steps_waiting      integer          not null,
    holds_applications boolean          not null
);

create index agreements_lab on agreements (lab, agreement);
create index agreements_company on agreements (company, agreement);
create index agreements_state on agreements (state, agreement);

create table obligations (
    agreement          text collate "C" not null,
    number             integer          not null check (number >= 1),
    lab                text collate "C" not null,
    company            text collate "C" not null,
    kind               text             not null,
    "trigger"          integer          not null,
    period             integer,
    due_on             date             not null,
    status             text             not null,
    was_invoiced       boolean          not null,
    currency           text             not null,
    amount_minor       bigint           not null check (amount_minor > 0),
    interest_minor     bigint           not null check (interest_minor >= 0),
    costs_minor        bigint           not null check (costs_minor >= 0),
    allocated_minor    bigint           not null check (allocated_minor >= 0),
    waived_minor       bigint           not null check (waived_minor >= 0),
    outstanding_minor  bigint           not null check (outstanding_minor = amount_minor + interest_minor + costs_minor - allocated_minor - waived_minor and outstanding_minor >= 0),
    contested_minor    bigint           not null check (contested_minor between 0 and outstanding_minor),
    steps_waiting      text,
    primary key (agreement, number)
);

create index obligations_due on obligations (due_on, agreement, number);
create index obligations_status on obligations (status, due_on);
create index obligations_waiting on obligations (due_on) where steps_waiting is not null;

create table payment_intents (
    intent             text collate "C" not null primary key,
    agreement          text collate "C" not null,
    kind               text             not null,
    status             text             not null,
    provider           text             not null,
    method             text             not null,
    payee              text,
    obligation         integer,
    currency           text             not null,
    amount_minor       bigint           not null check (amount_minor > 0),
    moved_minor        bigint           not null check (moved_minor between 0 and amount_minor),
    external_id        text,
    next_look_at_utc   timestamptz
);

create index payment_intents_agreement on payment_intents (agreement, intent);
create index payment_intents_open on payment_intents (status, intent) where next_look_at_utc is not null;

create table account_balances (
    agreement          text collate "C" not null,
    account            text collate "C" not null,
    currency           text collate "C" not null,
    balance_minor      bigint           not null,
    primary key (agreement, account, currency)
);

create table lab_income (
    agreement          text collate "C" not null,
    booked_year        integer          not null,
    lab                text collate "C" not null,
    currency           text collate "C" not null,
    net_minor          bigint           not null check (net_minor >= 0),
    primary key (agreement, booked_year)
);

create index lab_income_year on lab_income (booked_year, lab);

create table agreement_figures (
    agreement          text collate "C" not null primary key,
    lab                text collate "C" not null,
    company            text collate "C" not null,
    result             text collate "C" not null,
    currency           text collate "C" not null,
    effective_on       date             not null,
    lab_signatory      text             not null,
    company_signatory  text             not null,
    third_party_name   text,
    third_party_uscc   text,
    contract_sum_minor bigint           not null,
    royalty_ppm        bigint,
    usual_net_minor    bigint,
    last_net_minor     bigint,
    reached_minor      bigint,
    threshold_minor    bigint
);
