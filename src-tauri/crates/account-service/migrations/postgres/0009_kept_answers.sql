-- What was answered to requests with an Idempotency-Key, for when they come again. The key is the digest of who asked and
-- of their key; the answer is sealed with the key itself, which is not in the database.
CREATE TABLE kept_answers (
    key     BYTEA PRIMARY KEY,
    request BYTEA NOT NULL,
    status  BIGINT NOT NULL,
    version BIGINT,
    answer  BYTEA NOT NULL,
    kept_at BIGINT NOT NULL
);

CREATE INDEX kept_answers_by_age ON kept_answers (kept_at);
