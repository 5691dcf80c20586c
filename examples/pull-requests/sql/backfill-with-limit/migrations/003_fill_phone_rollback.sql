-- Rollback: fill_phone

DELETE FROM schema_version WHERE version = '1.2.0';
