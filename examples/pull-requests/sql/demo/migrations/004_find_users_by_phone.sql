-- Migration: find_users_by_phone
-- Version: 1.3.0
-- Description: Look users up by their phone number

BEGIN;

CREATE INDEX idx_usertable_phone ON usertable (phone);

INSERT INTO schema_version (version, description)
VALUES ('1.3.0', 'Look users up by their phone number');

COMMIT;
