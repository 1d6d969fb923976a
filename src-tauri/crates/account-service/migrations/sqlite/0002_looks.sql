-- When the record of a verified domain was first seen to be gone, and when the service last tried to look.
ALTER TABLE domains ADD COLUMN missing_since INTEGER;
ALTER TABLE domains ADD COLUMN looked_at INTEGER;

-- What the service saw of a record, a row for every change.
CREATE TABLE domain_looks (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL REFERENCES accounts (id),
    domain  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    seen    TEXT NOT NULL CHECK (json_valid(seen))
) STRICT;

CREATE INDEX domain_looks_by_domain ON domain_looks (account, domain, id);
