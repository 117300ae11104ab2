-- What companies look for, and which results laboratories have suggested.
CREATE TABLE needs (
    need             TEXT    NOT NULL PRIMARY KEY,
    company          TEXT    NOT NULL,
    status           TEXT    NOT NULL,
    closing          TEXT,
    is_named         INTEGER NOT NULL CHECK (is_named IN (0, 1)),
    title_zh         TEXT    NOT NULL,
    title_en         TEXT    NOT NULL,
    problem_zh       TEXT    NOT NULL,
    problem_en       TEXT    NOT NULL,
    fields           TEXT    NOT NULL,                    -- names between spaces
    min_readiness    INTEGER,
    budget_minor     INTEGER,
    currency         TEXT,
    payment_models   TEXT    NOT NULL,
    trial_months     INTEGER,
    region           TEXT,
    wanted_until     TEXT    NOT NULL,
    published_at_utc INTEGER NOT NULL,
    suggestions      INTEGER NOT NULL,
    waiting          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX needs_newest ON needs (published_at_utc DESC, need);
CREATE INDEX needs_company ON needs (company, need);

CREATE TABLE need_suggestions (
    need    TEXT    NOT NULL,
    result  TEXT    NOT NULL,
    company TEXT    NOT NULL,
    lab     TEXT    NOT NULL,
    note    TEXT    NOT NULL,
    at_utc  INTEGER NOT NULL,
    answer  TEXT,
    reason  TEXT,
    PRIMARY KEY (need, result)
) STRICT, WITHOUT ROWID;

CREATE INDEX need_suggestions_lab ON need_suggestions (lab, need, result);
CREATE INDEX need_suggestions_company ON need_suggestions (company, need, result);

-- Searches of the catalog that people keep, beside the journal.
CREATE TABLE saved_searches (
    search         TEXT    NOT NULL PRIMARY KEY,
    person         TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    asked          TEXT    NOT NULL,
    is_paused      INTEGER NOT NULL CHECK (is_paused IN (0, 1)),
    created_at_utc INTEGER NOT NULL,                      -- microseconds since 1970
    opened_at_utc  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_searches_person ON saved_searches (person, created_at_utc DESC);
