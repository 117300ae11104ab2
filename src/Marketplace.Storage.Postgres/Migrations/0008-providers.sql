create table provider_notices (
    notice             text collate "C" not null primary key,
    provider           text             not null,
    type               text             not null,
    about              text,
    via                text             not null,
    status             text             not null,
    said               text,
    created_at_utc     timestamptz      not null,
    received_at_utc    timestamptz      not null
);

create index provider_notices_status on provider_notices (status, received_at_utc);

-- Lines of a provider's account of our balance with it.
create table provider_movements (
    movement           text collate "C" not null primary key,
    provider           text             not null,
    type               text             not null,
    source             text,
    agreement          text,
    intent             text collate "C",
    currency           text             not null,
    net_minor          bigint           not null,
    fee_minor          bigint           not null,
    to_bank            boolean          not null,
    created_at_utc     timestamptz      not null
);

create index provider_movements_intent on provider_movements (intent) where intent is not null;
create index provider_movements_created on provider_movements (provider, created_at_utc);
