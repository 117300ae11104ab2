-- What stands on no fapiao yet of a sum that was invoiced.
ALTER TABLE obligations ADD COLUMN fapiao_left_minor INTEGER NOT NULL DEFAULT 0 CHECK (fapiao_left_minor >= 0);
CREATE INDEX obligations_lacking_fapiao ON obligations (due_on) WHERE fapiao_left_minor > 0;

CREATE TABLE fapiao (
    agreement    TEXT    NOT NULL,
    record       INTEGER NOT NULL CHECK (record >= 1),
    lab          TEXT    NOT NULL,
    company      TEXT    NOT NULL,
    obligation   INTEGER NOT NULL,
    number       TEXT    NOT NULL,
    blue         INTEGER,
    issued_on    TEXT    NOT NULL,
    currency     TEXT    NOT NULL,
    total_minor  INTEGER NOT NULL,
    tax_minor    INTEGER NOT NULL,
    is_withdrawn INTEGER NOT NULL,
    PRIMARY KEY (agreement, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX fapiao_number ON fapiao (number);
