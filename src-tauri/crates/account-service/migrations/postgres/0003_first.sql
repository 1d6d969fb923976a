-- The same tables as `sqlite/0001` to `0003`; later steps have the same number in both folders. Moments are seconds
-- since 1970-01-01T00:00:00Z. Tokens and licence keys are kept as SHA-256 digests only. Texts are compared and sorted
-- byte by byte, as in SQLite. Steps only ever add: nodes of the version before go on working while they are replaced.

CREATE TABLE accounts (
    id           TEXT COLLATE "C" PRIMARY KEY,
    name         TEXT COLLATE "C" NOT NULL,
    created_at   BIGINT NOT NULL,
    version      BIGINT NOT NULL CHECK (version > 0),
    activated_at BIGINT,
    settings     TEXT NOT NULL CHECK (settings::json IS NOT NULL)
);

CREATE TABLE people (
    email        TEXT COLLATE "C" PRIMARY KEY,
    signed_in_at BIGINT
);

CREATE TABLE members (
    account  TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    email    TEXT COLLATE "C" NOT NULL REFERENCES people (email),
    added_at BIGINT NOT NULL,
    PRIMARY KEY (account, email)
);

CREATE INDEX members_by_email ON members (email);

CREATE TABLE access_tokens (
    digest    BYTEA PRIMARY KEY,
    email     TEXT COLLATE "C" NOT NULL REFERENCES people (email),
    issued_at BIGINT NOT NULL
);

CREATE TABLE licence_keys (
    digest        BYTEA PRIMARY KEY,
    account       TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    hint          TEXT NOT NULL,
    name          TEXT,
    per_user      BIGINT NOT NULL,
    registered_at BIGINT NOT NULL
);

CREATE INDEX licence_keys_by_account ON licence_keys (account);

-- The primary key is what makes a domain unique over all accounts.
CREATE TABLE domains (
    name          TEXT COLLATE "C" PRIMARY KEY,
    account       TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    token         TEXT NOT NULL,
    added_at      BIGINT NOT NULL,
    verified_at   BIGINT,
    checked_at    BIGINT,
    missing_since BIGINT,
    looked_at     BIGINT
);

CREATE INDEX domains_by_account ON domains (account);

CREATE TABLE scim_tokens (
    account   TEXT COLLATE "C" PRIMARY KEY REFERENCES accounts (id),
    digest    BYTEA NOT NULL UNIQUE,
    hint      TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    used_at   BIGINT
);

CREATE TABLE scim_calls (
    account TEXT COLLATE "C" PRIMARY KEY REFERENCES accounts (id),
    at      BIGINT NOT NULL,
    request TEXT NOT NULL,
    status  BIGINT NOT NULL
);

-- One row a resource. The *_key columns are lower case, for comparisons that take no notice of case.
CREATE TABLE scim_resources (
    id           TEXT COLLATE "C" PRIMARY KEY,
    account      TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('User', 'Group')),
    name_key     TEXT COLLATE "C" NOT NULL,
    external_id  TEXT COLLATE "C",
    created_at   BIGINT NOT NULL,
    modified_at  BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    resource     TEXT NOT NULL CHECK (resource::json IS NOT NULL),
    UNIQUE (account, kind, name_key)
);

CREATE INDEX scim_resources_by_external_id ON scim_resources (account, kind, external_id);

CREATE TABLE scim_members (
    group_id TEXT COLLATE "C" NOT NULL REFERENCES scim_resources (id) ON DELETE CASCADE,
    user_id  TEXT COLLATE "C" NOT NULL REFERENCES scim_resources (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
);

CREATE INDEX scim_members_by_user ON scim_members (user_id);

CREATE TABLE audit (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    at      BIGINT NOT NULL,
    by      TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT,
    version BIGINT NOT NULL
);

CREATE INDEX audit_by_account ON audit (account, id);

CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only ever added to';
END
$$;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_audit();

CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit();

-- What the service saw of a record, a row for every change.
CREATE TABLE domain_looks (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    domain  TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    seen    TEXT NOT NULL CHECK (seen::json IS NOT NULL)
);

CREATE INDEX domain_looks_by_domain ON domain_looks (account, domain, id);

-- A watched sign-in. The opener is the digest of the token in the URL that a browser opens, once. The row's number is
-- what SQLite gives every row by itself.
CREATE TABLE sign_in_tests (
    rowid       BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    id          TEXT COLLATE "C" PRIMARY KEY,
    account     TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    purpose     TEXT NOT NULL CHECK (purpose IN ('portal', 'desktop')),
    started_by  TEXT NOT NULL,
    started_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    claims      TEXT NOT NULL CHECK (claims::json IS NOT NULL),
    opener      BYTEA NOT NULL UNIQUE,
    opened_at   BIGINT,
    answered_at BIGINT,
    answer      TEXT CHECK (answer IS NULL OR answer::json IS NOT NULL)
);

CREATE INDEX sign_in_tests_by_account ON sign_in_tests (account, started_at);

-- An authentication request that is under way. The browser is the digest of its cookie.
CREATE TABLE sign_in_requests (
    rowid       BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    id          TEXT COLLATE "C" PRIMARY KEY,
    account     TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    browser     BYTEA NOT NULL,
    test        TEXT COLLATE "C" REFERENCES sign_in_tests (id) ON DELETE CASCADE,
    sent_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    answered_at BIGINT
);

CREATE INDEX sign_in_requests_by_browser ON sign_in_requests (account, browser);
CREATE INDEX sign_in_requests_by_test ON sign_in_requests (test);

-- Assertions that were taken once, kept until nobody would take them anyway.
CREATE TABLE used_assertions (
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    issuer  TEXT COLLATE "C" NOT NULL,
    id      TEXT COLLATE "C" NOT NULL,
    until   BIGINT NOT NULL,
    PRIMARY KEY (account, issuer, id)
);

-- Browsers that are signed in through an identity provider. The digest is that of their cookie.
CREATE TABLE sessions (
    digest     BYTEA PRIMARY KEY,
    account    TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    email      TEXT NOT NULL,
    role       TEXT NOT NULL,
    issued_at  BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- The SHA-256 of the certificate that belongs to the key file of all nodes; the key itself is never in the database.
CREATE TABLE service_key (
    only_one           BIGINT PRIMARY KEY CHECK (only_one = 1),
    certificate_sha256 TEXT NOT NULL
);
