-- The end of an agreement's id, upper case: references of transfers name it.
alter table agreements add column payment_code text collate "C" not null default '';
update agreements set payment_code = upper(right(agreement, 12));
create index agreements_payment_code on agreements (payment_code);

alter table payment_intents add column bundle text;
alter table payment_intents add column fee_minor bigint not null default 0 check (fee_minor >= 0);

create table receipt_reversals (
    agreement          text collate "C" not null,
    number             integer          not null check (number >= 1),
    receipt            integer          not null,
    provider           text,
    reference          text             not null,
    currency           text             not null,
    amount_minor       bigint           not null check (amount_minor > 0),
    status             text             not null,
    primary key (agreement, number)
);

create index receipt_reversals_held on receipt_reversals (provider) where status = 'Held';

-- Income that was taken back in a later year makes that year negative.
alter table lab_income drop constraint lab_income_net_minor_check;
