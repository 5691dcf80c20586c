-- Migration: initial_schema
-- Version: 1.0.0
-- Description: Users and the identities they sign in with

BEGIN;

CREATE TABLE usertable (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    first_name VARCHAR(255),
    last_name VARCHAR(100),
    email VARCHAR(255) NOT NULL UNIQUE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
);

CREATE TABLE useridentitytable (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES usertable (id) ON DELETE CASCADE,
    provider VARCHAR(50) NOT NULL,
    provider_user_id VARCHAR(255) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
    UNIQUE (provider, provider_user_id)
);

CREATE INDEX idx_usertable_created_at ON usertable (created_at);
CREATE INDEX idx_usertable_last_name ON usertable (last_name);
CREATE INDEX idx_useridentitytable_user_id ON useridentitytable (user_id);

INSERT INTO schema_version (version, description)
VALUES ('1.0.0', 'Users and the identities they sign in with');

COMMIT;
