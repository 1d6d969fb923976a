-- People who sign in with a password of their own. The password is kept as an Argon2id string (PHC format).
CREATE TABLE passwords (
    email      TEXT PRIMARY KEY REFERENCES people (email),
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('administrator', 'user')),
    password   TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- One-time codes with which the first administrator is made. Gone as soon as there is one.
CREATE TABLE setup_codes (
    digest    BLOB PRIMARY KEY,
    issued_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    digest     BLOB PRIMARY KEY,
    email      TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('administrator', 'user')),
    invited_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Browsers that are signed in at the service's own pages. The digest is that of their cookie.
CREATE TABLE page_sessions (
    digest     BLOB PRIMARY KEY,
    email      TEXT NOT NULL REFERENCES passwords (email),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Browsers in which somebody has signed in before: nobody else's failures keep them out.
CREATE TABLE known_browsers (
    digest  BLOB NOT NULL,
    email   TEXT NOT NULL REFERENCES passwords (email),
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (digest, email)
) STRICT, WITHOUT ROWID;

-- Attempts to sign in that were not followed by a success, by who or what is slowed down by them.
CREATE TABLE sign_in_attempts (
    subject       TEXT PRIMARY KEY,
    attempts      INTEGER NOT NULL,
    last_at       INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened to sign-ins, invitations and grants; it belongs to no business account.
CREATE TABLE sign_in_audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    by      TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT,
    address TEXT
) STRICT;

CREATE TRIGGER sign_in_audit_is_never_changed BEFORE UPDATE ON sign_in_audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;

CREATE TRIGGER sign_in_audit_is_never_shortened BEFORE DELETE ON sign_in_audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;

-- What a user let a program do, shown to them once.
CREATE TABLE oauth_consents (
    email    TEXT NOT NULL REFERENCES passwords (email),
    client   TEXT NOT NULL,
    scope    TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (email, client, scope)
) STRICT, WITHOUT ROWID;

-- One sign-in of a program; all of its tokens end with it.
CREATE TABLE oauth_grants (
    id         TEXT PRIMARY KEY,
    email      TEXT NOT NULL REFERENCES passwords (email),
    client     TEXT NOT NULL,
    scope      TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;

CREATE INDEX oauth_grants_by_email ON oauth_grants (email);

CREATE TABLE oauth_codes (
    digest       BLOB PRIMARY KEY,
    granted      TEXT NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    challenge    TEXT NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX oauth_codes_by_grant ON oauth_codes (granted);

CREATE TABLE oauth_access_tokens (
    digest     BLOB PRIMARY KEY,
    granted    TEXT NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
    scope      TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX oauth_access_tokens_by_grant ON oauth_access_tokens (granted);

-- The successor is what was given out for it; one that was never used may be replaced when its answer was lost.
CREATE TABLE oauth_refresh_tokens (
    digest     BLOB PRIMARY KEY,
    granted    TEXT NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    successor  BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX oauth_refresh_tokens_by_grant ON oauth_refresh_tokens (granted);
