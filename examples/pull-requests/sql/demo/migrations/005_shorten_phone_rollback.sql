-- Rollback: shorten_phone

BEGIN;

ALTER TABLE usertable ALTER COLUMN phone TYPE VARCHAR(50);

DELETE FROM schema_version WHERE version = '1.4.0';

COMMIT;
