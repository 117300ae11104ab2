create table report_risks (
    agreement         text collate "C" not null primary key,
    lab               text collate "C" not null,
    company           text collate "C" not null,
    result            text collate "C" not null,
    currency          text             not null,
    reports           integer          not null check (reports >= 1),
    score             integer          not null check (score between 0 and 1000),
    weights_version   integer          not null,
    reasons           text             not null,
    monthly_net_minor bigint
);

create index report_risks_score on report_risks (score desc, agreement);
create index report_risks_result on report_risks (result);
