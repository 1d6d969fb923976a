-- A watched sign-in. The opener is the digest of the token in the URL that a browser opens, once.
CREATE TABLE sign_in_tests (
    id          TEXT PRIMARY KEY,
    account     TEXT NOT NULL REFERENCES accounts (id),
    purpose     TEXT NOT NULL CHECK (purpose IN ('portal', 'desktop')),
    started_by  TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    claims      TEXT NOT NULL CHECK (json_valid(claims)),
    opener      BLOB NOT NULL UNIQUE,
    opened_at   INTEGER,
    answered_at INTEGER,
    answer      TEXT CHECK (answer IS NULL OR json_valid(answer))
) STRICT;

CREATE INDEX sign_in_tests_by_account ON sign_in_tests (account, started_at);

-- An authentication request that is under way. The browser is the digest of its cookie.
CREATE TABLE sign_in_requests (
    id          TEXT PRIMARY KEY,
    account     TEXT NOT NULL REFERENCES accounts (id),
    browser     BLOB NOT NULL,
    test        TEXT REFERENCES sign_in_tests (id) ON DELETE CASCADE,
    sent_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    answered_at INTEGER
) STRICT;

CREATE INDEX sign_in_requests_by_browser ON sign_in_requests (account, browser);

-- Assertions that were taken once, kept until nobody would take them anyway.
CREATE TABLE used_assertions (
    account TEXT NOT NULL REFERENCES accounts (id),
    issuer  TEXT NOT NULL,
    id      TEXT NOT NULL,
    until   INTEGER NOT NULL,
    PRIMARY KEY (account, issuer, id)
) STRICT, WITHOUT ROWID;

-- Browsers that are signed in through an identity provider. The digest is that of their cookie.
CREATE TABLE sessions (
    digest     BLOB PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES accounts (id),
    email      TEXT NOT NULL,
    role       TEXT NOT NULL,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
