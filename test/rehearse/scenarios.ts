/** A migration on a history, and what the gate must say of it. */
export interface Scenario {
  readonly name: string
  readonly base: string
  readonly up: string
  readonly down: string
  /** As `told` in scenarios.test.ts writes it. */
  readonly verdict: string
}

const hundred = (values: string) => `INSERT INTO t SELECT ${values} FROM generate_series(1, 100) g`
const hours = "timestamp '2024-01-01' + g * interval '1h'"
const enumOfThree = `CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (id int PRIMARY KEY, s e);
  ${hundred("g, (ARRAY['a', 'b', 'c'])[1 + g % 3]::e")}`
const partitioned =
  'CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9)'

/** What becomes of rows. */
export const ofRows: readonly Scenario[] = [
  {
    name: 'a column dropped and added again',
    base: `CREATE TABLE t (id int PRIMARY KEY, a text); ${hundred("g, 'v' || g")}`,
    up: 'ALTER TABLE t DROP a',
    down: 'ALTER TABLE t ADD a text',
    verdict: 'not restored (physical): error data-lost-on-downgrade',
  },
  {
    name: 'varchar cut short by USING',
    base: `CREATE TABLE t (id int PRIMARY KEY, a varchar(50)); ${hundred("g, repeat('x', g % 40)")}`,
    up: 'ALTER TABLE t ALTER a TYPE varchar(20) USING left(a, 20)',
    down: 'ALTER TABLE t ALTER a TYPE varchar(50)',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'numeric with fewer decimals',
    base: `CREATE TABLE t (id int PRIMARY KEY, a numeric(10, 4)); ${hundred('g, g / 7.0')}`,
    up: 'ALTER TABLE t ALTER a TYPE numeric(10, 2)',
    down: 'ALTER TABLE t ALTER a TYPE numeric(10, 4)',
    verdict: 'not restored: error data-lost-on-downgrade, warning failing-downgrade',
  },
  {
    name: 'double precision to real',
    base: `CREATE TABLE t (id int PRIMARY KEY, a float8); ${hundred('g, g / 7.0')}`,
    up: 'ALTER TABLE t ALTER a TYPE float4',
    down: 'ALTER TABLE t ALTER a TYPE float8',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'timestamp to date',
    base: `CREATE TABLE t (id int PRIMARY KEY, a timestamp); ${hundred(`g, ${hours}`)}`,
    up: 'ALTER TABLE t ALTER a TYPE date',
    down: 'ALTER TABLE t ALTER a TYPE timestamp',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'the labels of an enum mapped to fewer',
    base: enumOfThree,
    up: "CREATE TYPE e2 AS ENUM ('a', 'b'); ALTER TABLE t ALTER s TYPE e2 USING (CASE WHEN s = 'c' THEN 'b' ELSE s::text END)::e2; DROP TYPE e",
    down: "CREATE TYPE e AS ENUM ('a', 'b', 'c'); ALTER TABLE t ALTER s TYPE e USING s::text::e; DROP TYPE e2",
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'json to jsonb, which drops blanks and doubled keys',
    base: `CREATE TABLE t (id int PRIMARY KEY, a json); ${hundred(`g, ('{"b": 1,  "a":2, "a":' || g || '}')::json`)}`,
    up: 'ALTER TABLE t ALTER a TYPE jsonb',
    down: 'ALTER TABLE t ALTER a TYPE json',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'text to char(n), which takes the blanks at the end',
    base: `CREATE TABLE t (id int PRIMARY KEY, a text); ${hundred("g, 'x '")}`,
    up: 'ALTER TABLE t ALTER a TYPE char(5)',
    down: 'ALTER TABLE t ALTER a TYPE text',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'NULL filled, then SET NOT NULL',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, nullif(g % 5, 0)')}`,
    up: 'UPDATE t SET a = 0 WHERE a IS NULL; ALTER TABLE t ALTER a SET NOT NULL',
    down: 'ALTER TABLE t ALTER a DROP NOT NULL',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'duplicates deleted',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, g % 50')}`,
    up: 'DELETE FROM t x USING t y WHERE x.a = y.a AND x.id > y.id; CREATE UNIQUE INDEX u ON t (a)',
    down: 'DROP INDEX u',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'orphans deleted for a foreign key',
    base: `CREATE TABLE p (id int PRIMARY KEY); INSERT INTO p SELECT g FROM generate_series(1, 50) g;
      CREATE TABLE t (id int PRIMARY KEY, p int); ${hundred('g, g')}`,
    up: 'DELETE FROM t WHERE p NOT IN (SELECT id FROM p); ALTER TABLE t ADD FOREIGN KEY (p) REFERENCES p (id)',
    down: 'ALTER TABLE t DROP CONSTRAINT t_p_fkey',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'timestamptz to timestamp and back, in one time zone',
    base: `CREATE TABLE t (id int PRIMARY KEY, a timestamptz); ${hundred(`g, (${hours})::timestamptz`)}`,
    up: 'ALTER TABLE t ALTER a TYPE timestamp',
    down: 'ALTER TABLE t ALTER a TYPE timestamptz',
    verdict: 'restored',
  },
  {
    name: 'a name split in two and joined again',
    base: `CREATE TABLE t (id int PRIMARY KEY, name text); ${hundred("g, 'f' || g || ' l' || g")}`,
    up: "ALTER TABLE t ADD f text, ADD l text; UPDATE t SET f = split_part(name, ' ', 1), l = split_part(name, ' ', 2); ALTER TABLE t DROP name",
    down: "ALTER TABLE t ADD name text; UPDATE t SET name = f || ' ' || l; ALTER TABLE t DROP f, DROP l",
    verdict: 'restored (physical)',
  },
  {
    name: 'table and column renamed and back',
    base: `CREATE TABLE t (id int PRIMARY KEY, a text); ${hundred("g, 'v' || g")}`,
    up: 'ALTER TABLE t RENAME TO t9; ALTER TABLE t9 RENAME a TO b',
    down: 'ALTER TABLE t9 RENAME b TO a; ALTER TABLE t9 RENAME TO t',
    verdict: 'restored',
  },
  {
    name: 'varchar narrowed without USING',
    base: `CREATE TABLE t (id int PRIMARY KEY, a varchar(50)); ${hundred("g, repeat('x', g % 40)")}`,
    up: 'ALTER TABLE t ALTER a TYPE varchar(20)',
    down: 'ALTER TABLE t ALTER a TYPE varchar(50)',
    verdict: 'the upgrade fails: 22001',
  },
  {
    name: 'int to smallint, out of range',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, g * 1000')}`,
    up: 'ALTER TABLE t ALTER a TYPE smallint',
    down: 'ALTER TABLE t ALTER a TYPE int',
    verdict: 'the upgrade fails: 22003',
  },
  {
    name: 'a label that the new enum has not',
    base: enumOfThree,
    up: "CREATE TYPE e2 AS ENUM ('a', 'b'); ALTER TABLE t ALTER s TYPE e2 USING s::text::e2",
    down: 'ALTER TABLE t ALTER s TYPE e USING s::text::e; DROP TYPE e2',
    verdict: 'the upgrade fails: 22P02',
  },
  {
    name: 'SET NOT NULL where there are NULLs',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, nullif(g % 5, 0)')}`,
    up: 'ALTER TABLE t ALTER a SET NOT NULL',
    down: 'ALTER TABLE t ALTER a DROP NOT NULL',
    verdict: 'the upgrade fails: 23502',
  },
  {
    name: 'UNIQUE where there are duplicates',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); ${hundred('g, g % 50')}`,
    up: 'CREATE UNIQUE INDEX u ON t (a)',
    down: 'DROP INDEX u',
    verdict: 'the upgrade fails: 23505',
  },
]

/** What becomes of the schema. */
export const ofSchemas: readonly Scenario[] = [
  {
    name: 'a column added and dropped',
    base: 'CREATE TABLE t (id int PRIMARY KEY)',
    up: 'ALTER TABLE t ADD a text',
    down: 'ALTER TABLE t DROP a',
    verdict: 'restored (physical)',
  },
  {
    name: 'an empty column dropped and added again',
    base: 'CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a IS NULL), b int)',
    up: 'ALTER TABLE t DROP a',
    down: 'ALTER TABLE t ADD a int CHECK (a IS NULL)',
    verdict: 'restored (order, physical)',
  },
  {
    name: 'a label added to an enum, and left there',
    base: "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (id int PRIMARY KEY, mood mood)",
    up: "ALTER TYPE mood ADD VALUE 'ok'",
    down: 'SELECT 1',
    verdict: 'not restored (contract): error incomplete-downgrade, error upgrade-not-repeatable',
  },
  {
    name: 'varchar 50, 20, 50: the schema is the same, the values are not',
    base: 'CREATE TABLE t (id int PRIMARY KEY, a varchar(50))',
    up: 'ALTER TABLE t ALTER a TYPE varchar(20) USING left(a, 20)',
    down: 'ALTER TABLE t ALTER a TYPE varchar(50)',
    verdict: 'not restored: error data-lost-on-downgrade',
  },
  {
    name: 'an index made again without its WHERE',
    base: 'CREATE TABLE t (id int PRIMARY KEY, a int); CREATE INDEX t_a_idx ON t (a) WHERE a > 0',
    up: 'DROP INDEX t_a_idx',
    down: 'CREATE INDEX t_a_idx ON t (a)',
    verdict: 'not restored (contract): error incomplete-downgrade',
  },
  {
    name: 'a table renamed and back',
    base: 'CREATE TABLE t (id serial PRIMARY KEY, a text UNIQUE)',
    up: 'ALTER TABLE t RENAME TO t2',
    down: 'ALTER TABLE t2 RENAME TO t',
    verdict: 'restored',
  },
  {
    name: 'int, bigint, int, with a foreign key and an index',
    base: 'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES p); CREATE INDEX ON t (p)',
    up: 'ALTER TABLE t ALTER p TYPE bigint',
    down: 'ALTER TABLE t ALTER p TYPE int',
    verdict: 'restored',
  },
  {
    name: 'unlogged and logged again',
    base: 'CREATE TABLE t (id int PRIMARY KEY)',
    up: 'ALTER TABLE t SET UNLOGGED',
    down: 'ALTER TABLE t SET LOGGED',
    verdict: 'restored',
  },
  {
    name: 'a partition detached and attached',
    base: partitioned,
    up: 'ALTER TABLE t DETACH PARTITION t1',
    down: 'ALTER TABLE t ATTACH PARTITION t1 FOR VALUES FROM (0) TO (9)',
    verdict: 'restored: warning failing-downgrade',
  },
  {
    name: 'storage set and back',
    base: 'CREATE TABLE t (id int PRIMARY KEY, a text)',
    up: 'ALTER TABLE t ALTER a SET STORAGE external',
    down: 'ALTER TABLE t ALTER a SET STORAGE extended',
    verdict: 'restored',
  },
  {
    name: 'a default that PostgreSQL prints with its type',
    base: "CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'x')",
    up: 'ALTER TABLE t ALTER a DROP DEFAULT',
    down: "ALTER TABLE t ALTER a SET DEFAULT 'x'::text",
    verdict: 'restored',
  },
  {
    name: 'an empty table dropped and made again, without its grants, comment and settings',
    base: `CREATE TABLE t (id int CHECK (false), a text) WITH (fillfactor = 70); GRANT SELECT ON t TO PUBLIC;
      COMMENT ON TABLE t IS 'x'; ALTER TABLE t ALTER a SET STATISTICS 500`,
    up: 'DROP TABLE t',
    down: 'CREATE TABLE t (id int CHECK (false), a text)',
    verdict: 'not restored (contract): error incomplete-downgrade',
  },
  {
    name: 'serial, identity, serial',
    base: 'CREATE TABLE t (id serial PRIMARY KEY)',
    up: 'ALTER TABLE t ALTER id DROP DEFAULT; DROP SEQUENCE t_id_seq; ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY (START 1000)',
    down: "ALTER TABLE t ALTER id DROP IDENTITY; CREATE SEQUENCE t_id_seq OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('t_id_seq')",
    verdict: 'not restored (contract): error incomplete-downgrade',
  },
  {
    name: 'a NOT VALID check validated, and left so',
    base: 'CREATE TABLE t (id int PRIMARY KEY, a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID',
    up: 'ALTER TABLE t VALIDATE CONSTRAINT c',
    down: 'SELECT 1',
    verdict: 'not restored (contract): error incomplete-downgrade',
  },
  {
    name: 'DISABLE TRIGGER, ENABLE ALWAYS',
    base: `CREATE TABLE t (id int PRIMARY KEY, a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`,
    up: 'ALTER TABLE t DISABLE TRIGGER g',
    down: 'ALTER TABLE t ENABLE ALWAYS TRIGGER g',
    verdict: 'not restored (contract): error incomplete-downgrade',
  },
  {
    name: 'DROP COLUMN CASCADE takes a view, which nobody makes again',
    base: 'CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a IS NULL)); CREATE VIEW v AS SELECT a FROM t; GRANT SELECT ON v TO PUBLIC',
    up: 'ALTER TABLE t DROP a CASCADE',
    down: 'ALTER TABLE t ADD a int CHECK (a IS NULL)',
    verdict: 'not restored (contract, physical): error incomplete-downgrade',
  },
  {
    name: 'NOT NULL dropped and set again: PostgreSQL 18 has a name for it',
    base: 'CREATE TABLE t (id int PRIMARY KEY, a int CONSTRAINT nn1 NOT NULL)',
    up: 'ALTER TABLE t ALTER a DROP NOT NULL',
    down: 'ALTER TABLE t ALTER a SET NOT NULL',
    verdict: 'restored: error not-null-without-backfill',
  },
  {
    name: 'a function with other layout',
    base: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    up: "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
    down: "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT    1'",
    verdict: 'restored (name-only)',
  },
  {
    name: 'the wrong index dropped',
    base: 'CREATE TABLE t (id int PRIMARY KEY, a int, b int); CREATE INDEX t_a_idx ON t (a)',
    up: 'CREATE INDEX t_b_idx ON t (b)',
    down: 'DROP INDEX t_a_idx',
    verdict: 'not restored (contract): error incomplete-downgrade, error upgrade-not-repeatable',
  },
]
