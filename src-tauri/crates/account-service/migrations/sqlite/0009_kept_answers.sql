-- What was answered to requests with an Idempotency-Key, for when they come again. The key is the digest of who asked and
-- of their key; the answer is sealed with the key itself, which is not in the database.
CREATE TABLE kept_answers (
    key     BLOB PRIMARY KEY,
    request BLOB NOT NULL,
    status  INTEGER NOT NULL,
    version INTEGER,
    answer  BLOB NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_answers_by_age ON kept_answers (kept_at);
