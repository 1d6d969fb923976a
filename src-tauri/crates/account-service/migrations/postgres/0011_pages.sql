-- Pages of users and groups are in the order in which those were made.
CREATE INDEX scim_resources_by_creation ON scim_resources (account, kind, created_at, id);
