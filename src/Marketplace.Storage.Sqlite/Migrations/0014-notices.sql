-- Dates of an agreement that people are reminded of, and who has yet to move: NULL while there is none.
ALTER TABLE agreements ADD COLUMN report_period INTEGER;
ALTER TABLE agreements ADD COLUMN report_due_on TEXT;
ALTER TABLE agreements ADD COLUMN terms_open_until TEXT;
ALTER TABLE agreements ADD COLUMN to_sign_since TEXT;
ALTER TABLE agreements ADD COLUMN waits_for TEXT;

CREATE INDEX agreements_report_due ON agreements (report_due_on, agreement) WHERE report_due_on IS NOT NULL;
CREATE INDEX agreements_trial_end ON agreements (trial_ends_on, agreement) WHERE trial_ends_on IS NOT NULL;
CREATE INDEX agreements_licence_end ON agreements (licence_ends_on, agreement) WHERE licence_ends_on IS NOT NULL;
CREATE INDEX agreements_terms_open ON agreements (terms_open_until, agreement) WHERE terms_open_until IS NOT NULL;
CREATE INDEX agreements_to_sign ON agreements (to_sign_since, agreement) WHERE to_sign_since IS NOT NULL;

-- What people are told. Beside the journal, which it follows from and which it changes nothing of: each line goes after a while.
CREATE TABLE notice_happenings (
    source     TEXT    NOT NULL PRIMARY KEY,              -- stream and version of its event, or the date that comes with its distance
    type       TEXT    NOT NULL,
    topic      TEXT    NOT NULL,
    agreement  TEXT,
    subject_zh TEXT    NOT NULL,
    subject_en TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    at_utc     INTEGER NOT NULL                           -- microseconds since 1970
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_happenings_age ON notice_happenings (at_utc);

CREATE TABLE notices (
    person      TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    team        TEXT,                                     -- as whose member; NULL: for themselves
    topic       TEXT    NOT NULL,
    at_utc      INTEGER NOT NULL,
    told_at_utc INTEGER NOT NULL,
    is_shown    INTEGER NOT NULL CHECK (is_shown IN (0, 1)),
    read_at_utc INTEGER,
    mail        TEXT,                                     -- how it is yet to be written; NULL: it is not, or stands in a letter
    PRIMARY KEY (source, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX notices_unread ON notices (person, at_utc DESC, source) WHERE read_at_utc IS NULL AND is_shown; -- as queries write it, or it is not used
CREATE INDEX notices_read ON notices (person, at_utc DESC, source) WHERE read_at_utc IS NOT NULL AND is_shown;
CREATE INDEX notices_to_mail ON notices (mail, person, told_at_utc) WHERE mail IS NOT NULL;
CREATE INDEX notices_team ON notices (team, person) WHERE team IS NOT NULL;
CREATE INDEX notices_age ON notices (at_utc);

CREATE TABLE notice_choices (
    person   TEXT    NOT NULL,
    topic    TEXT    NOT NULL,
    is_shown INTEGER NOT NULL CHECK (is_shown IN (0, 1)),
    mail     TEXT    NOT NULL,
    PRIMARY KEY (person, topic)
) STRICT, WITHOUT ROWID;

-- How far the journal has been followed, and up to which day dates have been looked at. What happened before this table was there is nobody told.
CREATE TABLE notice_positions (
    name  TEXT    NOT NULL PRIMARY KEY,
    epoch INTEGER NOT NULL,
    place INTEGER NOT NULL,
    day   TEXT,
    turn  INTEGER NOT NULL                                -- who writes changes it: of two at once, one does not
) STRICT, WITHOUT ROWID;

INSERT INTO notice_positions SELECT 'journal', 0, coalesce(max(position), 0), NULL, 0 FROM events;
INSERT INTO notice_positions VALUES ('dates', 0, 0, NULL, 0);

-- Letters on their way out. One holds links that are as good as a password: it is sealed, and gone once it is sent or given up; the line stays, so that it is not sent again.
CREATE TABLE outgoing_mails (
    mail             TEXT    NOT NULL PRIMARY KEY,
    kind             TEXT    NOT NULL,
    sealed           TEXT,
    created_at_utc   INTEGER NOT NULL,
    next_try_at_utc  INTEGER,
    lease            TEXT,
    leased_until_utc INTEGER,
    attempts         INTEGER NOT NULL,
    status           TEXT    NOT NULL,
    reason           TEXT,
    ended_at_utc     INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX outgoing_mails_status ON outgoing_mails (status, next_try_at_utc);
CREATE INDEX outgoing_mails_age ON outgoing_mails (created_at_utc);
