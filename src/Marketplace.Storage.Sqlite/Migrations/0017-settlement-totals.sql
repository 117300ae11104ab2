-- What the control room shows of all agreements together, kept by the database itself as rows change: adding a million of them up takes
-- seconds, and whoever writes a row cannot forget its total. Rows of the tables that are added up are never deleted.

CREATE TABLE settlement_totals (
    currency     TEXT    NOT NULL,
    measure      TEXT    NOT NULL CHECK (measure IN ('balance', 'planned', 'invoiced', 'moved')),
    code         TEXT    NOT NULL,                        -- of a balance: the account without its detail; of what moved: the kind of payment
    slot         INTEGER NOT NULL,                        -- a total is the sum of its slots; here there is one writer and so one slot
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (currency, measure, code, slot)
) STRICT, WITHOUT ROWID;

INSERT INTO settlement_totals
SELECT currency, 'balance', substr(account, 1, instr(account || ':', ':') - 1) AS code, 0, sum(balance_minor) FROM account_balances GROUP BY currency, code
UNION ALL SELECT currency, 'planned', '', 0, sum(outstanding_minor) FROM obligations WHERE status = 'Planned' GROUP BY currency
UNION ALL SELECT currency, 'invoiced', '', 0, sum(amount_minor + interest_minor + costs_minor) FROM obligations WHERE was_invoiced = 1 GROUP BY currency
UNION ALL SELECT currency, 'moved', kind, 0, sum(moved_minor) FROM payment_intents WHERE moved_minor <> 0 GROUP BY currency, kind;

CREATE TRIGGER account_balances_total_insert AFTER INSERT ON account_balances WHEN new.balance_minor <> 0 BEGIN
    INSERT INTO settlement_totals VALUES (new.currency, 'balance', substr(new.account, 1, instr(new.account || ':', ':') - 1), 0, new.balance_minor)
    ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;
END;

CREATE TRIGGER account_balances_total_update AFTER UPDATE ON account_balances WHEN new.balance_minor <> old.balance_minor BEGIN
    INSERT INTO settlement_totals
    VALUES (new.currency, 'balance', substr(new.account, 1, instr(new.account || ':', ':') - 1), 0, new.balance_minor - old.balance_minor)
    ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;
END;

CREATE TRIGGER obligations_total_insert AFTER INSERT ON obligations BEGIN
    INSERT INTO settlement_totals
    SELECT new.currency, measure, '', 0, amount_minor FROM (
        SELECT 'planned' AS measure, iif(new.status = 'Planned', new.outstanding_minor, 0) AS amount_minor
        UNION ALL SELECT 'invoiced', iif(new.was_invoiced = 1, new.amount_minor + new.interest_minor + new.costs_minor, 0))
    WHERE amount_minor <> 0
    ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;
END;

CREATE TRIGGER obligations_total_update AFTER UPDATE ON obligations BEGIN
    INSERT INTO settlement_totals
    SELECT new.currency, measure, '', 0, amount_minor FROM (
        SELECT 'planned' AS measure, iif(new.status = 'Planned', new.outstanding_minor, 0) - iif(old.status = 'Planned', old.outstanding_minor, 0) AS amount_minor
        UNION ALL SELECT 'invoiced',
            iif(new.was_invoiced = 1, new.amount_minor + new.interest_minor + new.costs_minor, 0)
            - iif(old.was_invoiced = 1, old.amount_minor + old.interest_minor + old.costs_minor, 0))
    WHERE amount_minor <> 0
    ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;
END;

CREATE TRIGGER payment_intents_total_insert AFTER INSERT ON payment_intents WHEN new.moved_minor <> 0 BEGIN
    INSERT INTO settlement_totals VALUES (new.currency, 'moved', new.kind, 0, new.moved_minor)
    ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;
END;

CREATE TRIGGER payment_intents_total_update AFTER UPDATE ON payment_intents WHEN new.moved_minor <> old.moved_minor BEGIN
    INSERT INTO settlement_totals VALUES (new.currency, 'moved', new.kind, 0, new.moved_minor - old.moved_minor)
    ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor;
END;

-- What is left to be added up when somebody looks has an index that holds all that is asked of it.
CREATE INDEX obligations_overdue ON obligations (currency, due_on, outstanding_minor) WHERE status = 'Overdue';
CREATE INDEX agreements_owing ON agreements (currency, company, outstanding_minor, overdue_minor) WHERE outstanding_minor > 0;
CREATE INDEX agreements_covered ON agreements (currency, third_party, outstanding_minor, overdue_minor) WHERE outstanding_minor > 0 AND third_party IS NOT NULL;
CREATE INDEX agreements_waiting ON agreements (steps_waiting) WHERE steps_waiting > 0;
