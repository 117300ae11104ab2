-- What stands on no fapiao yet of a sum that was invoiced.
alter table obligations add column fapiao_left_minor bigint not null default 0 check (fapiao_left_minor >= 0);
create index obligations_lacking_fapiao on obligations (due_on) where fapiao_left_minor > 0;

create table fapiao (
    agreement          text collate "C" not null,
    record             integer          not null check (record >= 1),
    lab                text collate "C" not null,
    company            text collate "C" not null,
    obligation         integer          not null,
    number             text collate "C" not null,
    blue               integer,
    issued_on          date             not null,
    currency           text             not null,
    total_minor        bigint           not null,
    tax_minor          bigint           not null,
    is_withdrawn       boolean          not null,
    primary key (agreement, record)
);

create index fapiao_number on fapiao (number);
