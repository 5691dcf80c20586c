CREATE EXTENSION hstore;
CREATE EXTENSION citext;
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'the app';
SET search_path = app, public;

CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN email AS text COLLATE "C" CHECK (value ~ '@');
CREATE TYPE pair AS (a int, b text COLLATE "C");
CREATE TYPE span AS RANGE (subtype = float8);
CREATE TYPE shell;

CREATE TABLE org (id serial PRIMARY KEY, name text, since timestamptz DEFAULT '2020-01-01 00:00Z', CHECK (name <> ''));
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email varchar(50) NOT NULL UNIQUE,
  mood mood DEFAULT 'ok',
  "Weird ""Col" int,
  one int GENERATED ALWAYS AS (1) STORED,
  h hstore,
  org_id int REFERENCES org ON DELETE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX ON users (lower(email)) WHERE email <> '';
CREATE STATISTICS st ON id, name FROM org;
CREATE TABLE part (id int, d date NOT NULL, PRIMARY KEY (id, d)) PARTITION BY RANGE (d);
CREATE TABLE part1 PARTITION OF part FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX part_d ON part (d);
CREATE TABLE parent (a int);
CREATE TABLE child (b int) INHERITS (parent);
CREATE UNLOGGED TABLE fleeting (a int);
CREATE SEQUENCE alone AS smallint CYCLE;

CREATE VIEW v AS SELECT id, email FROM users;
CREATE MATERIALIZED VIEW mv AS SELECT count(*) FROM users;

CREATE FUNCTION f(a int DEFAULT 1) RETURNS int LANGUAGE sql AS 'select $1';
CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ begin null; end $$;
CREATE AGGREGATE my_sum (int) (sfunc = int4pl, stype = int, initcond = '0');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ begin return new; end $$;
CREATE TRIGGER t1 BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER t2 AFTER INSERT ON part FOR EACH ROW EXECUTE FUNCTION touch();
CREATE CONSTRAINT TRIGGER t3 AFTER INSERT ON org DEFERRABLE FOR EACH ROW EXECUTE FUNCTION touch();
CREATE RULE log AS ON DELETE TO org DO ALSO SELECT 1;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users FOR SELECT USING (id > 0);
CREATE FUNCTION on_drop() RETURNS event_trigger LANGUAGE plpgsql AS $$ begin end $$;
CREATE EVENT TRIGGER dropped ON sql_drop EXECUTE FUNCTION on_drop();

GRANT SELECT ON users TO PUBLIC;
GRANT SELECT (email), UPDATE (email) ON users TO pg_monitor WITH GRANT OPTION;
GRANT USAGE ON SEQUENCE alone TO PUBLIC;
REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;
COMMENT ON TABLE users IS 'people';
COMMENT ON COLUMN users.email IS 'mail';
COMMENT ON CONSTRAINT users_pkey ON users IS 'key';

CREATE PUBLICATION pub FOR TABLE org;
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER wrapper OPTIONS (host 'x');
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'hunter2');
CREATE FOREIGN TABLE far (a int) SERVER elsewhere;

CREATE COLLATION plain (provider = libc, locale = 'C');
CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TEXT SEARCH DICTIONARY dictionary (template = simple, stopwords = english);
CREATE TEXT SEARCH CONFIGURATION configuration (copy = simple);
CREATE TEXT SEARCH TEMPLATE template (lexize = dsimple_lexize, init = dsimple_init);
CREATE TEXT SEARCH PARSER parser (start = prsd_start, gettoken = prsd_nexttoken, "end" = prsd_end, lextypes = prsd_lextype);
CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq);
CREATE OPERATOR CLASS backwards FOR TYPE int USING btree AS
  OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(int, int);
CREATE CAST (pair AS text) WITH INOUT;
CREATE ACCESS METHOD pile TYPE INDEX HANDLER bthandler;
CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal STRICT IMMUTABLE AS 'int4recv';
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''8MB''', current_database()); END $$;
RESET search_path;
