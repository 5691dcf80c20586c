-- Migration: schema_version
-- Version: 0.0.0
-- Description: The table in which every migration records itself

BEGIN;

CREATE TABLE schema_version (
    version VARCHAR(50) PRIMARY KEY,
    applied_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    description TEXT NOT NULL
);

INSERT INTO schema_version (version, description)
VALUES ('0.0.0', 'The table in which every migration records itself');

COMMIT;
