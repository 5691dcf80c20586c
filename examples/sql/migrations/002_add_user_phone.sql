-- Migration: add_user_phone
-- Version: 1.1.0
-- Description: A phone number for users

BEGIN;

ALTER TABLE usertable ADD COLUMN phone VARCHAR(50);

INSERT INTO schema_version (version, description)
VALUES ('1.1.0', 'A phone number for users');

COMMIT;
