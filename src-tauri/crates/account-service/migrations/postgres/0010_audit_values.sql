-- What was there before and after, as JSON objects; never a secret. Lines of earlier versions have neither.
ALTER TABLE audit ADD COLUMN before TEXT;
ALTER TABLE audit ADD COLUMN after TEXT;
