-- People who sign in with a password of their own. The password is kept as an Argon2id string (PHC format).
CREATE TABLE passwords (
    email      TEXT COLLATE "C" PRIMARY KEY REFERENCES people (email),
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('administrator', 'user')),
    password   TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- One-time codes with which the first administrator is made. Gone as soon as there is one.
CREATE TABLE setup_codes (
    digest    BYTEA PRIMARY KEY,
    issued_at BIGINT NOT NULL
);

CREATE TABLE invitations (
    digest     BYTEA PRIMARY KEY,
    email      TEXT COLLATE "C" NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('administrator', 'user')),
    invited_by TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Browsers that are signed in at the service's own pages. The digest is that of their cookie.
CREATE TABLE page_sessions (
    digest     BYTEA PRIMARY KEY,
    email      TEXT COLLATE "C" NOT NULL REFERENCES passwords (email),
    expires_at BIGINT NOT NULL
);

-- Browsers in which somebody has signed in before: nobody else's failures keep them out.
CREATE TABLE known_browsers (
    digest  BYTEA NOT NULL,
    email   TEXT COLLATE "C" NOT NULL REFERENCES passwords (email),
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (digest, email)
);

-- Attempts to sign in that were not followed by a success, by who or what is slowed down by them.
CREATE TABLE sign_in_attempts (
    subject       TEXT COLLATE "C" PRIMARY KEY,
    attempts      BIGINT NOT NULL,
    last_at       BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);

-- What happened to sign-ins, invitations and grants; it belongs to no business account.
CREATE TABLE sign_in_audit (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      BIGINT NOT NULL,
    by      TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT COLLATE "C",
    address TEXT
);

CREATE TRIGGER sign_in_audit_is_never_changed BEFORE UPDATE OR DELETE ON sign_in_audit
FOR EACH ROW EXECUTE FUNCTION refuse_to_change_audit();

CREATE TRIGGER sign_in_audit_is_never_emptied BEFORE TRUNCATE ON sign_in_audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit();

-- What a user let a program do, shown to them once.
CREATE TABLE oauth_consents (
    email    TEXT COLLATE "C" NOT NULL REFERENCES passwords (email),
    client   TEXT COLLATE "C" NOT NULL,
    scope    TEXT COLLATE "C" NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (email, client, scope)
);

-- One sign-in of a program; all of its tokens end with it.
CREATE TABLE oauth_grants (
    id         TEXT COLLATE "C" PRIMARY KEY,
    email      TEXT COLLATE "C" NOT NULL REFERENCES passwords (email),
    client     TEXT COLLATE "C" NOT NULL,
    scope      TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT
);

CREATE INDEX oauth_grants_by_email ON oauth_grants (email);

CREATE TABLE oauth_codes (
    digest       BYTEA PRIMARY KEY,
    granted      TEXT COLLATE "C" NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    challenge    TEXT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT
);

CREATE INDEX oauth_codes_by_grant ON oauth_codes (granted);

CREATE TABLE oauth_access_tokens (
    digest     BYTEA PRIMARY KEY,
    granted    TEXT COLLATE "C" NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
    scope      TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX oauth_access_tokens_by_grant ON oauth_access_tokens (granted);

-- The successor is what was given out for it; one that was never used may be replaced when its answer was lost.
CREATE TABLE oauth_refresh_tokens (
    digest     BYTEA PRIMARY KEY,
    granted    TEXT COLLATE "C" NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    successor  BYTEA
);

CREATE INDEX oauth_refresh_tokens_by_grant ON oauth_refresh_tokens (granted);
