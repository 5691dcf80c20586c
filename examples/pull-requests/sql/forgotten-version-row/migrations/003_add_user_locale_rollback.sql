-- Rollback: add_user_locale

BEGIN;

ALTER TABLE usertable DROP COLUMN IF EXISTS locale;

COMMIT;
