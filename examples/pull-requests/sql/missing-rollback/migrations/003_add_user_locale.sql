-- Migration: add_user_locale
-- Version: 1.2.0
-- Description: The language that a user reads

BEGIN;

ALTER TABLE usertable ADD COLUMN locale VARCHAR(10) NOT NULL DEFAULT 'en';

INSERT INTO schema_version (version, description)
VALUES ('1.2.0', 'The language that a user reads');

COMMIT;
