-- What a person says of a line that names no payment of ours. Agreements are compared with those of other tables, so they sort alike.
alter table provider_movements
    add column reason text,
    alter column agreement type text collate "C";

-- Days on which the ledger was held against a provider's account, or the bank's.
create table reconciliations (
    reconciliation     text collate "C" not null primary key,
    provider           text             not null,
    day                date             not null,
    differences        integer          not null check (differences >= 0),
    lasting            integer          not null check (lasting between 0 and differences),
    found_at_utc       timestamptz      not null
);

create index reconciliations_day on reconciliations (day);
