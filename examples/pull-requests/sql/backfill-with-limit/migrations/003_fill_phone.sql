-- Migration: fill_phone
-- Version: 1.2.0
-- Description: Users without a phone number get an empty one, a thousand at a time

UPDATE usertable SET phone = '' WHERE phone IS NULL LIMIT 1000;

INSERT INTO schema_version (version, description)
VALUES ('1.2.0', 'Users without a phone number get an empty one, a thousand at a time');
