-- Migration: require_display_name
-- Version: 1.2.0
-- Description: Every user has a display name

BEGIN;

ALTER TABLE usertable ADD COLUMN display_name VARCHAR(255);
ALTER TABLE usertable ALTER COLUMN display_name SET NOT NULL;

INSERT INTO schema_version (version, description)
VALUES ('1.2.0', 'Every user has a display name');

COMMIT;
