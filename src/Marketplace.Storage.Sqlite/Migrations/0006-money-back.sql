-- The end of an agreement's id, upper case: references of transfers name it.
ALTER TABLE agreements ADD COLUMN payment_code TEXT NOT NULL DEFAULT '';
UPDATE agreements SET payment_code = upper(substr(agreement, -12));
CREATE INDEX agreements_payment_code ON agreements (payment_code);

ALTER TABLE payment_intents ADD COLUMN bundle TEXT;
ALTER TABLE payment_intents ADD COLUMN fee_minor INTEGER NOT NULL DEFAULT 0 CHECK (fee_minor >= 0);

CREATE TABLE receipt_reversals (
    agreement    TEXT    NOT NULL,
    number       INTEGER NOT NULL CHECK (number >= 1),
    receipt      INTEGER NOT NULL,
    provider     TEXT,
    reference    TEXT    NOT NULL,
    currency     TEXT    NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    status       TEXT    NOT NULL,
    PRIMARY KEY (agreement, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX receipt_reversals_held ON receipt_reversals (provider) WHERE status = 'Held';

-- Income that was taken back in a later year makes that year negative.
CREATE TABLE lab_income_without_floor (
    agreement   TEXT    NOT NULL,
    booked_year INTEGER NOT NULL,
    lab         TEXT    NOT NULL,
    currency    TEXT    NOT NULL,
    net_minor   INTEGER NOT NULL,
    PRIMARY KEY (agreement, booked_year)
) STRICT, WITHOUT ROWID;
INSERT INTO lab_income_without_floor SELECT agreement, booked_year, lab, currency, net_minor FROM lab_income;
DROP TABLE lab_income;
ALTER TABLE lab_income_without_floor RENAME TO lab_income;
CREATE INDEX lab_income_year ON lab_income (booked_year, lab);
