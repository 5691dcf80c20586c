-- Migration: add_last_login
-- Version: 1.2.0
-- Description: When a user last signed in

BEGIN;

ALTER TABLE usertable ADD COLUMN last_login_at TIMESTAMP WITH TIME ZONE;

INSERT INTO schema_version (version, description)
VALUES ('1.2.0', 'When a user last signed in');

COMMIT;
