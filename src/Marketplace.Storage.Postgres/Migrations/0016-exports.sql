-- Files of months while they are made and kept. No truth: what is in one can be made again. Beside the journal, as accounts are.

create table exports (
    export            text collate "C" not null primary key,
    organisation      text collate "C",                          -- whose share; null: the marketplace's books
    asked_by          text             not null,
    month             text             not null,
    format            text             not null check (format in ('Csv', 'Xlsx')),
    in_english        boolean          not null,
    asked_at_utc      timestamptz      not null,
    state             text             not null check (state in ('Waiting', 'Running', 'Finished', 'Failed', 'Ended', 'Expired')),
    step              integer          not null,
    steps             integer          not null,
    rows              bigint           not null,
    attempts          integer          not null,
    claim             text,                                      -- whoever is making it
    claimed_until_utc timestamptz,                               -- after this another may take it up
    sha256            text,
    bytes             bigint,
    finished_at_utc   timestamptz,
    reason            text,
    check ((state = 'Running') = (claim is not null) and (claim is null) = (claimed_until_utc is null)),
    check (state not in ('Finished', 'Expired') or sha256 is not null)
);

create index exports_of on exports (organisation, asked_at_utc desc, export);
create index exports_open on exports (asked_at_utc) where state in ('Waiting', 'Running');

create table export_downloads (
    download     uuid             not null primary key,
    export       text collate "C" not null references exports (export),
    taken_by     text             not null,
    taken_at_utc timestamptz      not null
);

create index export_downloads_of on export_downloads (export, taken_at_utc desc);

-- All bookings in their order, from any place on.
create index bank_lines_in_order on bank_lines (booked_on, line);
