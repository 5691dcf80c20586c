-- Migration: add_full_name
-- Version: 1.2.0
-- Description: First and last name in one column

BEGIN;

ALTER TABLE usertable ADD COLUMN full_name VARCHAR(511);

COMMIT;

BEGIN;

UPDATE usertable
SET full_name = coalesce(first_name, '') || ' ' || coalesce(last_name, '')
WHERE full_name IS NULL;

INSERT INTO schema_version (version, description)
VALUES ('1.2.0', 'First and last name in one column');

COMMIT;
