-- Rollback: user_status

BEGIN;

ALTER TABLE usertable DROP COLUMN status;

DELETE FROM schema_version WHERE version = '1.5.0';

COMMIT;
