import { expect, test } from 'vitest'
import { locksOf } from '../../src/lint/locks.ts'
import { parseScript } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'
import { testDatabase } from '../server.ts'

const before = `
  CREATE TABLE p (id bigint PRIMARY KEY);
  CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT 1, b text, p_id bigint CONSTRAINT t_p REFERENCES p);
  ALTER TABLE t ADD CONSTRAINT t_a CHECK (a > 0) NOT VALID;
  CREATE INDEX t_b ON t (b);
  CREATE TABLE parts (id bigint NOT NULL) PARTITION BY RANGE (id);
  CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (9);
  CREATE TABLE parts_2 (id bigint NOT NULL);
  CREATE SCHEMA s;
  CREATE ROLE locks_test;
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();`

const statements = `
  ALTER TABLE t ADD COLUMN c int;
  ALTER TABLE t ADD COLUMN c int CHECK (c > 0);
  ALTER TABLE t DROP COLUMN b;
  ALTER TABLE t ALTER a SET NOT NULL;
  ALTER TABLE t ALTER a DROP NOT NULL;
  ALTER TABLE t ALTER a SET DEFAULT 2;
  ALTER TABLE t ALTER a TYPE bigint;
  ALTER TABLE t ALTER a SET STATISTICS 100;
  ALTER TABLE t ALTER b SET STORAGE EXTERNAL;
  ALTER TABLE t ADD CHECK (a > 0);
  ALTER TABLE t ADD UNIQUE (b);
  ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p;
  ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p NOT VALID;
  ALTER TABLE t VALIDATE CONSTRAINT t_a;
  ALTER TABLE t DROP CONSTRAINT t_a;
  ALTER TABLE t SET UNLOGGED;
  ALTER TABLE t SET TABLESPACE pg_default;
  ALTER TABLE t REPLICA IDENTITY FULL;
  ALTER TABLE t ENABLE ROW LEVEL SECURITY;
  CREATE POLICY q ON t;
  ALTER TABLE t RENAME TO u;
  ALTER TABLE t RENAME COLUMN b TO c;
  ALTER TABLE t SET SCHEMA s;
  ALTER TABLE t OWNER TO locks_test;
  ALTER TABLE t DISABLE TRIGGER tr;
  CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
  CREATE INDEX ON t (a);
  TRUNCATE t;
  CLUSTER t USING t_pkey;
  LOCK TABLE t IN SHARE MODE;
  ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES FROM (10) TO (20);
  ALTER TABLE parts DETACH PARTITION parts_1;
  DROP TABLE parts_2`

/** What the statement locks beyond the tables that it names is the server's to tell: the parent of a foreign key that goes, say. */
test('the locks are those that a server takes', async () => {
  const { statements: read } = await parseScript(script('up', 'x.sql', statements), { defaultSchema: 'public' })
  await using session = await testDatabase(before)
  try {
    const seen: { [sql: string]: string[] } = {}
    const claimed: { [sql: string]: string[] } = {}
    await session.query('CREATE TEMP TABLE old AS SELECT oid, relname FROM pg_class')
    for (const { sql, operations } of read) {
      const locks = operations.flatMap(locksOf).map(({ table, mode }) => `${table.split('.')[1]} ${words(mode)}`)
      claimed[sql] = [...new Set(locks)].sort()
      const tables = new Set(operations.flatMap(locksOf).map(({ table }) => table.split('.')[1]))
      await session.query('BEGIN')
      await session.query(sql)
      const { rows } = await session.query<{ relname: string; mode: string }>(
        `SELECT relname, mode FROM pg_locks JOIN old ON old.oid = relation
          WHERE pid = pg_backend_pid() AND mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'AccessExclusiveLock')`,
      )
      await session.query('ROLLBACK')
      const strongest = new Map<string, string>()
      for (const { relname, mode } of rows) {
        if (tables.has(relname) && rank(mode) > rank(strongest.get(relname) ?? '')) strongest.set(relname, mode)
      }
      seen[sql] = [...strongest].map(([table, mode]) => `${table} ${mode}`).sort()
    }
    expect(claimed).toEqual(seen)
  } finally {
    await session.query('DROP OWNED BY locks_test; DROP ROLE locks_test')
  }
})

function words(mode: string): string {
  return `${mode.replace(/(\w)(\w*) ?/g, (_, first: string, rest: string) => first + rest.toLowerCase())}Lock`
}

function rank(mode: string): number {
  return ['', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'AccessExclusiveLock'].indexOf(mode)
}
