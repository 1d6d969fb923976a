-- Whom a session is about, in the identity provider's own words, so that it can ask for its end. Sessions from before
-- have none of them.
ALTER TABLE sessions ADD COLUMN name_id TEXT COLLATE "C";
ALTER TABLE sessions ADD COLUMN name_id_format TEXT;
ALTER TABLE sessions ADD COLUMN session_index TEXT COLLATE "C";

CREATE INDEX sessions_by_name ON sessions (account, name_id);

-- Requests for signing out that the identity provider has not answered yet.
CREATE TABLE sign_out_requests (
    id         TEXT COLLATE "C" PRIMARY KEY,
    account    TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    expires_at BIGINT NOT NULL
);
