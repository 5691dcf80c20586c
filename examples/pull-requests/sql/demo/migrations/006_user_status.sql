-- Migration: user_status
-- Version: 1.5.0
-- Description: Users can be suspended

BEGIN;

CREATE TYPE user_status AS ENUM ('active', 'suspended');
ALTER TABLE usertable ADD COLUMN status user_status NOT NULL DEFAULT 'active';

INSERT INTO schema_version (version, description)
VALUES ('1.5.0', 'Users can be suspended');

COMMIT;
