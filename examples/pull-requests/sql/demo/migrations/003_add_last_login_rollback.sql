-- Rollback: add_last_login

BEGIN;

ALTER TABLE usertable DROP COLUMN last_login_at;

DELETE FROM schema_version WHERE version = '1.2.0';

COMMIT;
