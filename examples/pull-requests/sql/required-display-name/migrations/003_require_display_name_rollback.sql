-- Rollback: require_display_name

BEGIN;

ALTER TABLE usertable DROP COLUMN display_name;

DELETE FROM schema_version WHERE version = '1.2.0';

COMMIT;
