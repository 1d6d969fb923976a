-- Who called last, and since when they have been calling without a pause. What was taken away meanwhile is counted here;
-- what was made and changed is seen at the resources.
ALTER TABLE scim_calls ADD COLUMN caller TEXT;
ALTER TABLE scim_calls ADD COLUMN began_at INTEGER;
ALTER TABLE scim_calls ADD COLUMN users_removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scim_calls ADD COLUMN groups_removed INTEGER NOT NULL DEFAULT 0;

CREATE INDEX scim_resources_by_change ON scim_resources (account, kind, modified_at);

-- The newest SCIM requests of each account, without what was in them.
CREATE TABLE scim_call_log (
    id      INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (id),
    at      INTEGER NOT NULL,
    caller  TEXT,
    token   TEXT NOT NULL,
    request TEXT NOT NULL,
    status  INTEGER NOT NULL,
    refusal TEXT
) STRICT;

CREATE INDEX scim_call_log_by_account ON scim_call_log (account, id);
