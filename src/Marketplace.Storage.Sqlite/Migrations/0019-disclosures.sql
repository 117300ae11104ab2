-- Who has signed the confidentiality agreement about which result.
CREATE TABLE confidentiality_agreements (
    confidentiality TEXT    NOT NULL PRIMARY KEY,
    result          TEXT    NOT NULL,
    lab             TEXT    NOT NULL,
    company         TEXT    NOT NULL,
    signed_by       TEXT    NOT NULL,
    signed_at_utc   INTEGER NOT NULL,
    last_day        TEXT    NOT NULL,
    sha256          TEXT    NOT NULL,
    ended_at_utc    INTEGER,
    ended_for       TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX confidentiality_agreements_result ON confidentiality_agreements (result, confidentiality);

-- Who was given which file that is not public: a line for each delivery, written once.
CREATE TABLE file_accesses (
    access       TEXT    NOT NULL PRIMARY KEY,
    result       TEXT    NOT NULL,
    lab          TEXT    NOT NULL,
    number       INTEGER NOT NULL,
    title        TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    tier         TEXT    NOT NULL,
    organisation TEXT,
    person       TEXT    NOT NULL,
    basis        TEXT    NOT NULL,
    basis_id     TEXT,
    at_utc       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX file_accesses_result ON file_accesses (result, access DESC);

CREATE TRIGGER file_accesses_unchanged BEFORE UPDATE ON file_accesses BEGIN SELECT RAISE(ABORT, 'file_accesses accept no UPDATE'); END;
CREATE TRIGGER file_accesses_kept BEFORE DELETE ON file_accesses BEGIN SELECT RAISE(ABORT, 'file_accesses accept no DELETE'); END;

-- Which agreements a company has about a result: asked whenever somebody asks for one of its files.
CREATE INDEX agreements_result_company ON agreements (result, company);
