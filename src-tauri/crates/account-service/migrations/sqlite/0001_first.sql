-- Moments are seconds since 1970-01-01T00:00:00Z. Tokens and licence keys are kept as SHA-256 digests only.

CREATE TABLE accounts (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL CHECK (version > 0),
    activated_at INTEGER,
    settings     TEXT NOT NULL CHECK (json_valid(settings))
) STRICT;

CREATE TABLE people (
    email        TEXT PRIMARY KEY,
    signed_in_at INTEGER
) STRICT;

CREATE TABLE members (
    account  TEXT NOT NULL REFERENCES accounts (id),
    email    TEXT NOT NULL REFERENCES people (email),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (account, email)
) STRICT, WITHOUT ROWID;

CREATE INDEX members_by_email ON members (email);

CREATE TABLE access_tokens (
    digest    BLOB PRIMARY KEY,
    email     TEXT NOT NULL REFERENCES people (email),
    issued_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE licence_keys (
    digest        BLOB PRIMARY KEY,
    account       TEXT NOT NULL REFERENCES accounts (id),
    hint          TEXT NOT NULL,
    name          TEXT,
    per_user      INTEGER NOT NULL,
    registered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX licence_keys_by_account ON licence_keys (account);

-- The primary key is what makes a domain unique over all accounts.
CREATE TABLE domains (
    name        TEXT PRIMARY KEY,
    account     TEXT NOT NULL REFERENCES accounts (id),
    token       TEXT NOT NULL,
    added_at    INTEGER NOT NULL,
    verified_at INTEGER,
    checked_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX domains_by_account ON domains (account);

CREATE TABLE scim_tokens (
    account   TEXT PRIMARY KEY REFERENCES accounts (id),
    digest    BLOB NOT NULL UNIQUE,
    hint      TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    used_at   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE scim_calls (
    account TEXT PRIMARY KEY REFERENCES accounts (id),
    at      INTEGER NOT NULL,
    request TEXT NOT NULL,
    status  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a resource. The *_key columns are lower case, for comparisons that take no notice of case.
CREATE TABLE scim_resources (
    id           TEXT PRIMARY KEY,
    account      TEXT NOT NULL REFERENCES accounts (id),
    kind         TEXT NOT NULL CHECK (kind IN ('User', 'Group')),
    name_key     TEXT NOT NULL,
    external_id  TEXT,
    created_at   INTEGER NOT NULL,
    modified_at  INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    resource     TEXT NOT NULL CHECK (json_valid(resource)),
    UNIQUE (account, kind, name_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX scim_resources_by_external_id ON scim_resources (account, kind, external_id);

CREATE TABLE scim_members (
    group_id TEXT NOT NULL REFERENCES scim_resources (id) ON DELETE CASCADE,
    user_id  TEXT NOT NULL REFERENCES scim_resources (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX scim_members_by_user ON scim_members (user_id);

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES accounts (id),
    at      INTEGER NOT NULL,
    by      TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_by_account ON audit (account, id);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;

CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;
