-- What each inventor has of an agreement, found by the laboratory and the name in the split.
create table inventor_shares (
    agreement     text collate "C" not null,
    place         integer          not null check (place >= 1),
    lab           text collate "C" not null,
    result        text collate "C" not null,
    name          text collate "C" not null,
    pool_ppm      bigint           not null,
    share_ppm     bigint           not null,
    currency      text             not null,
    payable_minor bigint           not null,
    is_held       boolean          not null,
    primary key (agreement, place)
) with (fillfactor = 75);

create index inventor_shares_name on inventor_shares (lab, name, agreement);

alter table team_members add column inventor text collate "C";
alter table team_invitations add column inventor text;
