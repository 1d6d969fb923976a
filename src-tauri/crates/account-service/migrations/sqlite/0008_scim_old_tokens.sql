-- Bearer tokens that were replaced and stay good for a while.
CREATE TABLE scim_old_tokens (
    digest    BLOB PRIMARY KEY,
    account   TEXT NOT NULL REFERENCES accounts (id),
    hint      TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    used_at   INTEGER,
    ends_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX scim_old_tokens_by_account ON scim_old_tokens (account, issued_at);
