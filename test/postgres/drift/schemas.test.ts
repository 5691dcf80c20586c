import { describe, expect, test } from 'vitest'
import type { Drift } from '../../../src/model/round-trip.ts'
import { compareSchemas } from '../../../src/postgres/drift/schemas.ts'
import { snapshot } from '../../../src/postgres/snapshot.ts'
import { testDatabase, testServer } from '../../server.ts'

const { major } = await testServer()

interface Scenario {
  readonly name: string
  readonly base: string
  readonly up: string
  readonly down: string
  readonly drift: readonly string[]
}

const scenarios: readonly Scenario[] = [
  {
    name: 'add column / drop it',
    base: 'CREATE TABLE t (id int PRIMARY KEY)',
    up: 'ALTER TABLE t ADD a text',
    down: 'ALTER TABLE t DROP a',
    drift: ['physical: changed dropped columns public.t {"count":0} -> {"count":1}'],
  },
  {
    name: 'drop column / add it again',
    base: 'CREATE TABLE t (id int, a text, b int)',
    up: 'ALTER TABLE t DROP a',
    down: 'ALTER TABLE t ADD a text',
    drift: [
      'order: changed column order public.t {"columns":["id","a","b"]} -> {"columns":["id","b","a"]}',
      'physical: changed dropped columns public.t {"count":0} -> {"count":1}',
    ],
  },
  {
    name: 'enum ADD VALUE / nothing',
    base: `CREATE TYPE mood AS ENUM ('sad')`,
    up: `ALTER TYPE mood ADD VALUE 'ok'`,
    down: 'SELECT 1',
    drift: ['contract: changed enum public.mood {"labels":["sad"]} -> {"labels":["sad","ok"]}'],
  },
  {
    name: 'varchar 50, 20, 50 (the values are another matter)',
    base: 'CREATE TABLE t (a varchar(50))',
    up: 'ALTER TABLE t ALTER a TYPE varchar(20)',
    down: 'ALTER TABLE t ALTER a TYPE varchar(50)',
    drift: [],
  },
  {
    name: 'index made again without its WHERE',
    base: 'CREATE TABLE t (a int); CREATE INDEX t_a_idx ON t (a) WHERE a > 0',
    up: 'DROP INDEX t_a_idx',
    down: 'CREATE INDEX t_a_idx ON t (a)',
    drift: [
      'contract: changed index public.t_a_idx {"definition":"CREATE INDEX t_a_idx ON public.t USING btree (a) WHERE (a > 0)"} -> {"definition":"CREATE INDEX t_a_idx ON public.t USING btree (a)"}',
    ],
  },
  {
    name: 'the wrong index dropped',
    base: 'CREATE TABLE t (a int, b int); CREATE INDEX t_a_idx ON t (a)',
    up: 'CREATE INDEX t_b_idx ON t (b)',
    down: 'DROP INDEX t_a_idx',
    drift: ['contract: missing index public.t_a_idx', 'contract: left-behind index public.t_b_idx'],
  },
  {
    name: 'table renamed and back',
    base: 'CREATE TABLE t (id serial PRIMARY KEY, a text UNIQUE)',
    up: 'ALTER TABLE t RENAME TO t2',
    down: 'ALTER TABLE t2 RENAME TO t',
    drift: [],
  },
  {
    name: 'int, bigint, int, with a foreign key and an index',
    base: 'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p); CREATE INDEX ON t (p)',
    up: 'ALTER TABLE t ALTER p TYPE bigint',
    down: 'ALTER TABLE t ALTER p TYPE int',
    drift: [],
  },
  {
    name: 'unlogged / logged',
    base: 'CREATE TABLE t (id int)',
    up: 'ALTER TABLE t SET UNLOGGED',
    down: 'ALTER TABLE t SET LOGGED',
    drift: [],
  },
  {
    name: 'detach / attach a partition',
    base: 'CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9)',
    up: 'ALTER TABLE t DETACH PARTITION t1',
    down: 'ALTER TABLE t ATTACH PARTITION t1 FOR VALUES FROM (0) TO (9)',
    drift: [],
  },
  {
    name: 'storage set and back',
    base: 'CREATE TABLE t (a text)',
    up: 'ALTER TABLE t ALTER a SET STORAGE external',
    down: 'ALTER TABLE t ALTER a SET STORAGE extended',
    drift: [],
  },
  {
    name: 'a default that PostgreSQL prints with its type',
    base: `CREATE TABLE t (a text DEFAULT 'x')`,
    up: 'ALTER TABLE t ALTER a DROP DEFAULT',
    down: `ALTER TABLE t ALTER a SET DEFAULT 'x'::text`,
    drift: [],
  },
  {
    name: 'drop table / create it again: grants, comment and settings are gone',
    base: `CREATE TABLE t (id int, a text) WITH (fillfactor = 70); GRANT SELECT ON t TO PUBLIC; COMMENT ON TABLE t IS 'x';
      ALTER TABLE t ALTER a SET STATISTICS 500`,
    up: 'DROP TABLE t',
    down: 'CREATE TABLE t (id int, a text)',
    drift: [
      'contract: changed column public.t.a {"statistics":500} -> {}',
      'contract: missing comment table public.t',
      'contract: missing privileges table public.t',
      'contract: changed table public.t {"options":["fillfactor=70"]} -> {}',
    ],
  },
  {
    name: 'serial, identity, serial',
    base: 'CREATE TABLE t (id serial PRIMARY KEY)',
    up: 'ALTER TABLE t ALTER id DROP DEFAULT; DROP SEQUENCE t_id_seq; ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY',
    down: `ALTER TABLE t ALTER id DROP IDENTITY; CREATE SEQUENCE t_id_seq OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('t_id_seq')`,
    drift: [
      'contract: changed sequence public.t_id_seq {"max":"2147483647","type":"integer"} -> {"max":"9223372036854775807","type":"bigint"}',
    ],
  },
  {
    name: 'NOT VALID check validated / nothing',
    base: 'CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID',
    up: 'ALTER TABLE t VALIDATE CONSTRAINT c',
    down: 'SELECT 1',
    drift: [
      'contract: changed constraint public.t.c {"validated":false,"definition":"CHECK ((a > 0)) NOT VALID"} -> {"validated":true,"definition":"CHECK ((a > 0))"}',
    ],
  },
  {
    name: 'DISABLE TRIGGER / ENABLE ALWAYS',
    base: `CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`,
    up: 'ALTER TABLE t DISABLE TRIGGER g',
    down: 'ALTER TABLE t ENABLE ALWAYS TRIGGER g',
    drift: ['contract: changed trigger public.t.g {"enabled":"origin"} -> {"enabled":"always"}'],
  },
  {
    name: 'DISABLE TRIGGER ALL switches off a foreign key',
    base: 'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p int REFERENCES p)',
    up: 'ALTER TABLE t DISABLE TRIGGER ALL',
    down: 'SELECT 1',
    drift: ['contract: changed constraint public.t.t_p_fkey {} -> {"triggers":["public.t disabled"]}'],
  },
  {
    name: 'DROP COLUMN CASCADE drops a view',
    base: 'CREATE TABLE t (id int, a text); CREATE VIEW v AS SELECT a FROM t; GRANT SELECT ON v TO PUBLIC',
    up: 'ALTER TABLE t DROP a CASCADE',
    down: 'ALTER TABLE t ADD a text',
    drift: ['physical: changed dropped columns public.t {"count":0} -> {"count":1}', 'contract: missing view public.v'],
  },
  {
    name: 'NOT NULL dropped and set again: PostgreSQL 18 has a name for it',
    base:
      major >= 18
        ? 'CREATE TABLE t (a int, CONSTRAINT nn1 NOT NULL a)'
        : 'CREATE TABLE t (a int CONSTRAINT nn1 NOT NULL)',
    up: 'ALTER TABLE t ALTER a DROP NOT NULL',
    down: 'ALTER TABLE t ALTER a SET NOT NULL',
    drift: major >= 18 ? ['name-only: changed constraint public.t.nn1 {"name":"nn1"} -> {"name":"t_a_not_null"}'] : [],
  },
  {
    name: 'NOT NULL left behind is one difference on every version',
    base: 'CREATE TABLE t (a int)',
    up: 'ALTER TABLE t ALTER a SET NOT NULL',
    down: 'SELECT 1',
    drift: ['contract: changed column public.t.a {"notNull":false} -> {"notNull":true}'],
  },
  {
    name: 'a function with other layout',
    base: `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    up: `CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'`,
    down: `CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT    1'`,
    drift: [
      'name-only: changed function public.f() {"definition":"CREATE OR REPLACE FUNCTION public.f()\\n RETURNS integer\\n LANGUAGE sql\\nAS $function$SELECT 1$function$\\n"} -> {"definition":"CREATE OR REPLACE FUNCTION public.f()\\n RETURNS integer\\n LANGUAGE sql\\nAS $function$SELECT    1$function$\\n"}',
    ],
  },
  {
    name: 'spaces inside a string of a function are not layout',
    base: `CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$SELECT 'a b'$$`,
    up: 'SELECT 1',
    down: `CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql AS $$SELECT 'a  b'$$`,
    drift: [
      `contract: changed function public.f() {"definition":"CREATE OR REPLACE FUNCTION public.f()\\n RETURNS text\\n LANGUAGE sql\\nAS $function$SELECT 'a b'$function$\\n"} -> {"definition":"CREATE OR REPLACE FUNCTION public.f()\\n RETURNS text\\n LANGUAGE sql\\nAS $function$SELECT 'a  b'$function$\\n"}`,
    ],
  },
  {
    name: 'made-up names: check, unique with its index and comment, sequence with its default, index',
    base: 'CREATE TABLE t (id serial, a int CHECK (a > 0), b int UNIQUE); CREATE INDEX ON t (a)',
    up: 'SELECT 1',
    down: `ALTER TABLE t RENAME CONSTRAINT t_a_check TO t_a_check1; ALTER TABLE t RENAME CONSTRAINT t_b_key TO t_b_key1;
      ALTER SEQUENCE t_id_seq RENAME TO t_id_seq1; ALTER INDEX t_a_idx RENAME TO t_a_idx1; COMMENT ON CONSTRAINT t_b_key1 ON t IS 'x'`,
    drift: [
      'contract: left-behind comment constraint public.t.t_b_key',
      'name-only: changed constraint public.t.t_a_check {"name":"t_a_check"} -> {"name":"t_a_check1"}',
      'name-only: changed constraint public.t.t_b_key {"name":"t_b_key"} -> {"name":"t_b_key1"}',
      'name-only: changed index public.t_a_idx {"name":"t_a_idx"} -> {"name":"t_a_idx1"}',
      'name-only: changed sequence public.t_id_seq {"name":"t_id_seq"} -> {"name":"t_id_seq1"}',
    ],
  },
  {
    name: 'a name that a person gave is a contract',
    base: 'CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0)); CREATE INDEX by_a ON t (a)',
    up: 'SELECT 1',
    down: 'ALTER TABLE t RENAME CONSTRAINT positive TO t_a_check; ALTER INDEX by_a RENAME TO t_a_idx',
    drift: [
      'contract: missing constraint public.t.positive',
      'contract: left-behind constraint public.t.t_a_check',
      'contract: missing index public.by_a',
      'contract: left-behind index public.t_a_idx',
    ],
  },
  {
    name: 'a table left behind, with everything that belongs to it',
    base: 'SELECT 1',
    up: `CREATE TABLE t (id serial PRIMARY KEY, a text UNIQUE CHECK (a <> '')); CREATE INDEX ON t (lower(a)); COMMENT ON COLUMN t.a IS 'x';
      GRANT SELECT ON t TO PUBLIC; GRANT SELECT (a) ON t TO PUBLIC; ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t;
      CREATE STATISTICS s ON id, a FROM t; CREATE RULE r AS ON DELETE TO t DO ALSO SELECT 1`,
    down: 'SELECT 1',
    drift: ['contract: left-behind table public.t'],
  },
  {
    name: 'an enum type left behind',
    base: 'SELECT 1',
    up: `CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood)`,
    down: 'DROP TABLE t',
    drift: ['contract: left-behind enum public.mood'],
  },
  {
    name: 'a partitioned table missing, with its partitions',
    base: 'CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9)',
    up: 'DROP TABLE t',
    down: 'SELECT 1',
    drift: ['contract: missing table public.t'],
  },
  {
    name: 'a column of a partitioned table changes in its partitions too',
    base: 'CREATE TABLE t (id int, a int) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9)',
    up: 'ALTER TABLE t ALTER a TYPE bigint',
    down: 'SELECT 1',
    drift: ['contract: changed column public.t.a {"type":"integer"} -> {"type":"bigint"}'],
  },
  {
    name: 'an extension left behind, without its members',
    base: 'SELECT 1',
    up: 'CREATE EXTENSION citext',
    down: 'SELECT 1',
    drift: ['contract: left-behind extension citext'],
  },
  {
    name: 'names that need quotes',
    base: 'CREATE SCHEMA "Odd.Schema"; CREATE TABLE "Odd.Schema"."T ""x""" ("a.b" int UNIQUE)',
    up: 'ALTER TABLE "Odd.Schema"."T ""x""" ADD "c d" int',
    down: 'SELECT 1',
    drift: ['contract: left-behind column "Odd.Schema"."T ""x"""."c d"'],
  },
]

describe('an upgrade and its downgrade', () => {
  test.each(scenarios)('$name', async ({ base, up, down, drift }) => {
    await using session = await testDatabase(base)
    const before = await snapshot(session, { exclude: [] })
    await session.query(up)
    await session.query(down)
    const found = await snapshot(session, { exclude: [] })

    expect(compareSchemas(before, found, 'down').map(line)).toEqual(drift)
  })
})

function line({ class: how, change, kind, object, expected, found }: Drift): string {
  const values = change === 'changed' ? ` ${JSON.stringify(expected)} -> ${JSON.stringify(found)}` : ''
  return `${how}: ${change} ${kind} ${object}${values}`
}

test('a drift holds all attributes of an object that is on one side only', async () => {
  await using session = await testDatabase()
  const before = await snapshot(session, { exclude: [] })
  await session.query(`CREATE TYPE mood AS ENUM ('sad', 'ok')`)
  const found = await snapshot(session, { exclude: [] })

  const attributes = { owner: 'postgres', labels: ['sad', 'ok'] }
  const about = { kind: 'enum', object: 'public.mood', class: 'contract' }
  expect(compareSchemas(before, found, 'down')).toEqual([
    { after: 'down', ...about, change: 'left-behind', expected: null, found: attributes },
  ])
  expect(compareSchemas(found, before, 'up-again')).toEqual([
    { after: 'up-again', ...about, change: 'missing', expected: attributes, found: null },
  ])
})
