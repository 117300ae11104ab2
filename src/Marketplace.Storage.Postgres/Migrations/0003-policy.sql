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
