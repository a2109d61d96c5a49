-- The books as tables. Money is whole cents; an instant is UTC text without its zone, so that text
-- order is time order and the first ten characters are the day. `seq` is the order of creation.

CREATE TABLE businesses (
    id           TEXT PRIMARY KEY,
    token        TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    ledger_id    TEXT NOT NULL,
    basis        TEXT NOT NULL DEFAULT 'ACCRUAL',
    closing_date TEXT,
    -- Sum of the amounts of entries in force: no balance or total can be larger (rule L8).
    in_force     INTEGER NOT NULL DEFAULT 0 CHECK (typeof(in_force) = 'integer' AND in_force >= 0)
) STRICT;

CREATE TABLE accounts (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    business_id TEXT NOT NULL REFERENCES businesses,
    parent      INTEGER REFERENCES accounts,
    name        TEXT NOT NULL,
    stable_name TEXT,
    normality   TEXT NOT NULL CHECK (normality IN ('DEBIT', 'CREDIT')),
    type        TEXT NOT NULL,
    subtype     TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_by_stable_name ON accounts (business_id, stable_name);

CREATE TABLE assets (
    seq                 INTEGER PRIMARY KEY,
    id                  TEXT NOT NULL UNIQUE,
    business_id         TEXT NOT NULL REFERENCES businesses,
    external_id         TEXT,
    name                TEXT NOT NULL,
    asset_type          TEXT NOT NULL,
    ledger_account      INTEGER NOT NULL REFERENCES accounts,
    accumulated_account INTEGER REFERENCES accounts,
    original_value      INTEGER,
    salvage_value       INTEGER,
    useful_life_months  INTEGER,
    memo                TEXT,
    metadata            TEXT,
    reference_number    TEXT,
    created_at          TEXT NOT NULL,
    archived_at         TEXT
) STRICT;
CREATE UNIQUE INDEX asset_by_external_id ON assets (business_id, external_id);

CREATE TABLE value_updates (
    seq              INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    business_id      TEXT NOT NULL REFERENCES businesses,
    external_id      TEXT,
    asset            INTEGER NOT NULL REFERENCES assets,
    amount           INTEGER NOT NULL,
    update_type      TEXT NOT NULL,
    counter_account  INTEGER NOT NULL REFERENCES accounts,
    date             TEXT NOT NULL,
    memo             TEXT,
    metadata         TEXT,
    reference_number TEXT,
    created_at       TEXT NOT NULL,
    archived_at      TEXT,
    entry            INTEGER REFERENCES entries -- the one in force
) STRICT;
CREATE UNIQUE INDEX value_update_by_external_id ON value_updates (business_id, external_id);
CREATE INDEX value_update_by_asset ON value_updates (asset, date);

CREATE TABLE entries (
    seq              INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    business_id      TEXT NOT NULL REFERENCES businesses,
    number           INTEGER NOT NULL,
    entry_type       TEXT NOT NULL,
    entry_at         TEXT NOT NULL,
    day              TEXT NOT NULL GENERATED ALWAYS AS (substr(entry_at, 1, 10)) STORED,
    created_at       TEXT NOT NULL,
    cash_too         INTEGER NOT NULL, -- 0: accrual books only
    reversal_of      INTEGER UNIQUE REFERENCES entries,
    value_update     INTEGER REFERENCES value_updates,
    external_id      TEXT,
    memo             TEXT,
    metadata         TEXT,
    reference_number TEXT
) STRICT;
CREATE UNIQUE INDEX entry_by_external_id ON entries (business_id, external_id);
CREATE UNIQUE INDEX entry_by_number ON entries (business_id, number);
CREATE INDEX entry_by_day ON entries (business_id, day);

CREATE TABLE lines (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL,
    entry     INTEGER NOT NULL REFERENCES entries,
    account   INTEGER NOT NULL REFERENCES accounts,
    amount    INTEGER NOT NULL CHECK (amount > 0),
    direction TEXT NOT NULL CHECK (direction IN ('DEBIT', 'CREDIT')),
    signed    INTEGER NOT NULL GENERATED ALWAYS AS (iif(direction = 'DEBIT', amount, -amount)) STORED
) STRICT;
CREATE INDEX line_by_entry ON lines (entry);
CREATE INDEX line_by_account ON lines (account);

-- What is posted stays as it was posted (rule L6).
CREATE TRIGGER entries_are_never_edited BEFORE UPDATE ON entries BEGIN SELECT raise(ABORT, 'posted'); END;
CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'posted'); END;
CREATE TRIGGER lines_are_never_edited BEFORE UPDATE ON lines BEGIN SELECT raise(ABORT, 'posted'); END;
CREATE TRIGGER lines_are_never_removed BEFORE DELETE ON lines BEGIN SELECT raise(ABORT, 'posted'); END;
