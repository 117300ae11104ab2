-- A month of the books is read by the instants of its events, which nearly follow the order in which they are stored: block ranges are enough.
create index events_recorded on events using brin (recorded_at_utc) with (pages_per_range = 16, autosummarize = on);

create table month_closes (
    month         text collate "C" not null primary key,
    closed_at_utc timestamptz      not null,
    closed_by     text             not null,
    entries       bigint           not null check (entries >= 0),
    sha256        text             not null
);
