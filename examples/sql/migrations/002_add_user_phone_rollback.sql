-- Rollback: add_user_phone

BEGIN;

ALTER TABLE usertable DROP COLUMN IF EXISTS phone;

DELETE FROM schema_version WHERE version = '1.1.0';

COMMIT;
