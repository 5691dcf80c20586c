-- Rollback: schema_version

BEGIN;

DROP TABLE schema_version;

COMMIT;
