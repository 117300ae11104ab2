create table bank_accounts (
    account            text collate "C" not null primary key,
    number             text             not null,
    currency           text             not null,
    holder             text             not null,
    bank               text,
    bic                text,
    cnaps              text,
    is_closed          boolean          not null
);

create table csv_mappings (
    mapping            text collate "C" not null primary key,
    name               text             not null
);

create table bank_statements (
    statement          text collate "C" not null primary key,
    status             text             not null,
    format             text             not null,
    accounts           text             not null,
    from_on            date,
    to_on              date,
    entries            integer          not null check (entries >= 0),
    done               integer          not null check (done between 0 and entries),
    new                integer          not null check (new between 0 and done),
    accepted_at_utc    timestamptz      not null
);

create index bank_statements_newest on bank_statements (accepted_at_utc desc, statement);

create table bank_lines (
    line                 text collate "C" not null primary key,
    account              text collate "C" not null,
    statement            text collate "C" not null,
    status               text             not null,
    booked_on            date             not null,
    currency             text             not null,
    amount_minor         bigint           not null check (amount_minor > 0),
    is_credit            boolean          not null,
    is_reversal          boolean          not null,
    counterparty         text,
    counterparty_account text,
    remittance           text             not null,
    servicer_reference   text,
    end_to_end_id        text,
    agreement            text collate "C",
    receipt              integer,
    of_line              text collate "C",
    intent               text collate "C",
    by_person            boolean          not null,
    parked               text,
    reason               text
);

create index bank_lines_queue on bank_lines (status, booked_on, line);
create index bank_lines_account on bank_lines (account, booked_on, line);
create index bank_lines_servicer on bank_lines (servicer_reference) where servicer_reference is not null and is_credit;
create index bank_lines_end_to_end on bank_lines (end_to_end_id) where end_to_end_id is not null;
create index bank_lines_agreement on bank_lines (agreement, booked_on, line) where agreement is not null;
create index bank_lines_known_payer on bank_lines (counterparty_account) where by_person;
create index bank_lines_taken_back on bank_lines (of_line) where of_line is not null;

create table payout_accounts (
    account            text collate "C" not null primary key,
    organisation       text collate "C" not null,
    status             text             not null,
    number             text             not null,
    holder             text             not null,
    bank               text,
    bic                text,
    cnaps              text,
    reason             text
);

create index payout_accounts_organisation on payout_accounts (organisation, account);
create index payout_accounts_status on payout_accounts (status, account);

create table bank_payments (
    intent             text collate "C" not null primary key,
    agreement          text collate "C" not null,
    kind               text             not null,
    status             text             not null,
    account            text collate "C" not null,
    payee_holder       text             not null,
    payee_number       text             not null,
    currency           text             not null,
    amount_minor       bigint           not null check (amount_minor > 0),
    first_approval     text,
    second_approval    text,
    batch              text collate "C",
    line               text collate "C",
    moved_on           date,
    reason             text
);

create index bank_payments_status on bank_payments (status, intent);
create index bank_payments_batch on bank_payments (batch, intent) where batch is not null;

create table payment_batches (
    batch              text collate "C" not null primary key,
    status             text             not null,
    from_account       text collate "C" not null,
    execute_on         date             not null,
    payments           integer          not null check (payments >= 0),
    opened_at_utc      timestamptz      not null
);
