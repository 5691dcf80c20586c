-- Rollback: initial_schema

BEGIN;

DROP TABLE useridentitytable;
DROP TABLE usertable;

DELETE FROM schema_version WHERE version = '1.0.0';

COMMIT;
