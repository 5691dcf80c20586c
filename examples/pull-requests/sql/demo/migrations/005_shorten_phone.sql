-- Migration: shorten_phone
-- Version: 1.4.0
-- Description: A phone number has at most 20 characters

BEGIN;

ALTER TABLE usertable ALTER COLUMN phone TYPE VARCHAR(20) USING left(phone, 20);

INSERT INTO schema_version (version, description)
VALUES ('1.4.0', 'A phone number has at most 20 characters');

COMMIT;
