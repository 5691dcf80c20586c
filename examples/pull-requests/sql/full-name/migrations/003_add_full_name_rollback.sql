-- Rollback: add_full_name

BEGIN;

ALTER TABLE usertable DROP COLUMN full_name;

DELETE FROM schema_version WHERE version = '1.2.0';

COMMIT;
