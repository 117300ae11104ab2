-- Dates of an agreement that people are reminded of, and who has yet to move: null while there is none.
alter table agreements add column report_period integer;
alter table agreements add column report_due_on date;
alter table agreements add column terms_open_until date;
alter table agreements add column to_sign_since date;
alter table agreements add column waits_for text;

create index agreements_report_due on agreements (report_due_on, agreement) where report_due_on is not null;
create index agreements_trial_end on agreements (trial_ends_on, agreement) where trial_ends_on is not null;
create index agreements_licence_end on agreements (licence_ends_on, agreement) where licence_ends_on is not null;
create index agreements_terms_open on agreements (terms_open_until, agreement) where terms_open_until is not null;
create index agreements_to_sign on agreements (to_sign_since, agreement) where to_sign_since is not null;

-- What people are told. Beside the journal, which it follows from and which it changes nothing of: each line goes after a while.
create table notice_happenings (
    source     text collate "C" not null primary key,   -- stream and version of its event, or the date that comes with its distance
    type       text collate "C" not null,
    topic      text collate "C" not null,
    agreement  text collate "C",
    subject_zh text             not null,
    subject_en text             not null,
    body       text             not null,
    at_utc     timestamptz      not null
);

create index notice_happenings_age on notice_happenings (at_utc);

create table notices (
    person      text collate "C" not null,
    source      text collate "C" not null,
    team        text collate "C",                       -- as whose member; null: for themselves
    topic       text collate "C" not null,
    at_utc      timestamptz      not null,
    told_at_utc timestamptz      not null,
    is_shown    boolean          not null,
    read_at_utc timestamptz,
    mail        text collate "C",                       -- how it is yet to be written; null: it is not, or stands in a letter
    primary key (source, person)
);

create index notices_unread on notices (person, at_utc desc, source) where read_at_utc is null and is_shown;
create index notices_read on notices (person, at_utc desc, source) where read_at_utc is not null and is_shown;
create index notices_to_mail on notices (mail, person, told_at_utc) where mail is not null;
create index notices_team on notices (team, person) where team is not null;
create index notices_age on notices (at_utc);

create table notice_choices (
    person   text collate "C" not null,
    topic    text collate "C" not null,
    is_shown boolean          not null,
    mail     text collate "C" not null,
    primary key (person, topic)
);

-- How far the journal has been followed, and up to which day dates have been looked at. What happened before this table was there is nobody told.
create table notice_positions (
    name  text collate "C" not null primary key,
    epoch bigint           not null,
    place bigint           not null,
    day   date,
    turn  bigint           not null                     -- who writes changes it: of two at once, one does not
);

insert into notice_positions values ('journal', 0, 0, null, 0);
update notice_positions set epoch = last.tx::text::bigint, place = last.position from (select tx, position from events order by tx desc, position desc limit 1) last where name = 'journal';
insert into notice_positions values ('dates', 0, 0, null, 0);

-- Letters on their way out. One holds links that are as good as a password: it is sealed, and gone once it is sent or given up; the line stays, so that it is not sent again.
create table outgoing_mails (
    mail             text collate "C" not null primary key,
    kind             text collate "C" not null,
    sealed           text,
    created_at_utc   timestamptz      not null,
    next_try_at_utc  timestamptz,
    lease            text collate "C",
    leased_until_utc timestamptz,
    attempts         integer          not null,
    status           text collate "C" not null,
    reason           text,
    ended_at_utc     timestamptz
);

create index outgoing_mails_status on outgoing_mails (status, next_try_at_utc);
create index outgoing_mails_age on outgoing_mails (created_at_utc);
