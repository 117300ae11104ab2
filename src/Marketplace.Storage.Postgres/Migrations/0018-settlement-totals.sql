-- What the control room shows of all agreements together, kept by the database itself as rows change: adding a million of them up takes
-- seconds, and whoever writes a row cannot forget its total. Rows of the tables that are added up are never deleted.
-- A batch of commands changes each total once (triggers look at whole statements), and each writer has totals of its own, by the number of
-- its connection, so that writers seldom wait for each other.

create table settlement_totals (
    currency     text collate "C" not null,
    measure      text collate "C" not null check (measure in ('balance', 'planned', 'invoiced', 'moved')),
    code         text collate "C" not null,               -- of a balance: the account without its detail; of what moved: the kind of payment
    slot         integer          not null,               -- a total is the sum of its slots
    amount_minor bigint           not null,
    primary key (currency, measure, code, slot)
) with (fillfactor = 20);                                 -- updated by every batch: room for the next version on the same page

insert into settlement_totals
select currency, 'balance', split_part(account, ':', 1), 0, sum(balance_minor) from account_balances group by currency, split_part(account, ':', 1)
union all select currency, 'planned', '', 0, sum(outstanding_minor) from obligations where status = 'Planned' group by currency
union all select currency, 'invoiced', '', 0, sum(amount_minor + interest_minor + costs_minor) from obligations where was_invoiced group by currency
union all select currency, 'moved', kind, 0, sum(moved_minor) from payment_intents where moved_minor <> 0 group by currency, kind;

create function total_balances() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into settlement_totals as t
        select currency, 'balance', split_part(account, ':', 1) as code, pg_backend_pid() % 64, sum(balance_minor)
        from new_rows group by currency, code having sum(balance_minor) <> 0 order by currency, code
        on conflict (currency, measure, code, slot) do update set amount_minor = t.amount_minor + excluded.amount_minor;
    else
        insert into settlement_totals as t
        select currency, 'balance', split_part(account, ':', 1) as code, pg_backend_pid() % 64, sum(balance_minor)
        from (select currency, account, balance_minor from new_rows union all select currency, account, -balance_minor from old_rows) changed
        group by currency, code having sum(balance_minor) <> 0 order by currency, code
        on conflict (currency, measure, code, slot) do update set amount_minor = t.amount_minor + excluded.amount_minor;
    end if;
    return null;
end $$;

create function total_obligations() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into settlement_totals as t
        select currency, measure, '', pg_backend_pid() % 64, sum(minor)
        from new_rows, lateral (values
            ('planned', case when status = 'Planned' then outstanding_minor else 0 end),
            ('invoiced', case when was_invoiced then amount_minor + interest_minor + costs_minor else 0 end)) part (measure, minor)
        group by currency, measure having sum(minor) <> 0 order by currency, measure
        on conflict (currency, measure, code, slot) do update set amount_minor = t.amount_minor + excluded.amount_minor;
    else
        insert into settlement_totals as t
        select currency, measure, '', pg_backend_pid() % 64, sum(sign * minor)
        from (select 1 as sign, * from new_rows union all select -1, * from old_rows) changed, lateral (values
            ('planned', case when status = 'Planned' then outstanding_minor else 0 end),
            ('invoiced', case when was_invoiced then amount_minor + interest_minor + costs_minor else 0 end)) part (measure, minor)
        group by currency, measure having sum(sign * minor) <> 0 order by currency, measure
        on conflict (currency, measure, code, slot) do update set amount_minor = t.amount_minor + excluded.amount_minor;
    end if;
    return null;
end $$;

create function total_intents() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into settlement_totals as t
        select currency, 'moved', kind, pg_backend_pid() % 64, sum(moved_minor)
        from new_rows group by currency, kind having sum(moved_minor) <> 0 order by currency, kind
        on conflict (currency, measure, code, slot) do update set amount_minor = t.amount_minor + excluded.amount_minor;
    else
        insert into settlement_totals as t
        select currency, 'moved', kind, pg_backend_pid() % 64, sum(moved_minor)
        from (select currency, kind, moved_minor from new_rows union all select currency, kind, -moved_minor from old_rows) changed
        group by currency, kind having sum(moved_minor) <> 0 order by currency, kind
        on conflict (currency, measure, code, slot) do update set amount_minor = t.amount_minor + excluded.amount_minor;
    end if;
    return null;
end $$;

create trigger account_balances_total_insert after insert on account_balances
    referencing new table as new_rows for each statement execute function total_balances();
create trigger account_balances_total_update after update on account_balances
    referencing old table as old_rows new table as new_rows for each statement execute function total_balances();
create trigger obligations_total_insert after insert on obligations
    referencing new table as new_rows for each statement execute function total_obligations();
create trigger obligations_total_update after update on obligations
    referencing old table as old_rows new table as new_rows for each statement execute function total_obligations();
create trigger payment_intents_total_insert after insert on payment_intents
    referencing new table as new_rows for each statement execute function total_intents();
create trigger payment_intents_total_update after update on payment_intents
    referencing old table as old_rows new table as new_rows for each statement execute function total_intents();

-- What is left to be added up when somebody looks has an index that holds all that is asked of it.
create index obligations_overdue on obligations (currency, due_on) include (outstanding_minor) where status = 'Overdue';
create index agreements_owing on agreements (currency, company) include (outstanding_minor, overdue_minor) where outstanding_minor > 0;
create index agreements_covered on agreements (currency, third_party) include (outstanding_minor, overdue_minor) where outstanding_minor > 0 and third_party is not null;
create index agreements_waiting on agreements (steps_waiting) where steps_waiting > 0;
