-- Since when a user may not sign in any more, in seconds since 1970. Nothing that they did is lost.
ALTER TABLE passwords ADD COLUMN disabled_at BIGINT;
