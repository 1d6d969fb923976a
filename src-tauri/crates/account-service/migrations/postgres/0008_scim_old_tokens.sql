-- Bearer tokens that were replaced and stay good for a while.
CREATE TABLE scim_old_tokens (
    digest    BYTEA PRIMARY KEY,
    account   TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    hint      TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    used_at   BIGINT,
    ends_at   BIGINT NOT NULL
);

CREATE INDEX scim_old_tokens_by_account ON scim_old_tokens (account, issued_at);
