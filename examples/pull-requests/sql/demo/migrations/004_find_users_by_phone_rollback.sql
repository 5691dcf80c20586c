-- Rollback: find_users_by_phone

BEGIN;

DROP INDEX idx_usertable_last_name;

DELETE FROM schema_version WHERE version = '1.3.0';

COMMIT;
