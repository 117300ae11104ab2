-- Rows that commands update again and again find room on their own page, so that PostgreSQL need not touch their indexes (HOT updates).
alter table agreements set (fillfactor = 75);
alter table obligations set (fillfactor = 75);
alter table account_balances set (fillfactor = 75);
