import { expect, test } from 'vitest'
import { quoted } from '../../src/lint/replay/quoting.ts'
import { timeline } from '../../src/lint/timeline.ts'
import type { Migration, ParsedMigration } from '../../src/model/migration.ts'
import type { Tables } from '../../src/model/tables.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'
import { testDatabase } from '../server.ts'

async function migration(id: string, up: string, down?: string): Promise<ParsedMigration> {
  const file = `${id}.sql`
  const read: Migration = {
    id,
    name: id,
    file,
    parents: [],
    up: script('up', file, up),
    down: down === undefined ? undefined : script('down', file, down),
    status: 'new',
  }
  return await parseMigration(read, { defaultSchema: 'public' })
}

const first = `
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN email AS text CHECK (value <> '');
CREATE DOMAIN plain AS int;
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email varchar(50) NOT NULL UNIQUE, mood mood DEFAULT 'ok', CONSTRAINT mood_there CHECK (mood IS NOT NULL));
CREATE TABLE orders (id serial PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE);
CREATE INDEX orders_user ON orders (user_id, lower('x')) WHERE user_id > 5;
CREATE VIEW active AS SELECT id FROM users;
CREATE TABLE events (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();`

test('what there is before each statement, and after', async () => {
  const second = await migration(
    '2',
    'ALTER TABLE users ADD COLUMN note text; ALTER TABLE users DROP COLUMN mood; DROP TABLE orders',
    'ALTER TABLE users ADD COLUMN mood text; ALTER TABLE users DROP COLUMN note',
  )
  const times = timeline([await migration('1', first), second])
  const columns = (tables: Tables) => tables.columnsOf('public.users').map(({ name }) => name)
  const before = second.up.statements.map(({ operations: [op] }) => op && columns(times.before(op)))
  expect(before).toEqual([
    ['id', 'email', 'mood'],
    ['id', 'email', 'mood', 'note'],
    ['id', 'email', 'note'],
  ])
  const undone = second.down?.statements.map(({ operations: [op] }) => op && columns(times.before(op)))
  expect(undone).toEqual([
    ['id', 'email', 'note'],
    ['id', 'email', 'note', 'mood'],
  ])
  expect([times.after(0).has('public.orders'), times.after(1).has('public.orders')]).toEqual([true, false])
  expect([times.after(-1).has('public.users'), times.after(1).isComplete]).toEqual([false, true])
})

test('a foreign key to a table that no migration makes, and to one whose name needs quotes', async () => {
  const sql = 'CREATE TABLE "my (orders)" (id int PRIMARY KEY); ALTER TABLE "my (orders)" ADD CONSTRAINT'
  const tables = timeline([
    await migration(
      '1',
      `${sql} a FOREIGN KEY (id) REFERENCES elsewhere; ALTER TABLE elsewhere ADD CONSTRAINT b FOREIGN KEY (id) REFERENCES "my (orders)";`,
    ),
  ]).after(0)
  expect(tables.constraintsOf('public.my (orders)').flatMap(({ references }) => references ?? [])).toEqual([
    { table: 'public.elsewhere', columns: [] },
  ])
})

test('every answer', async () => {
  const tables = timeline([await migration('1', first)]).after(0)
  const none = { default: undefined, identity: undefined, generated: undefined, collation: undefined }
  expect(tables.columnsOf('public.users')).toEqual([
    { ...none, name: 'id', type: 'bigint', notNull: true, identity: 'always' },
    { ...none, name: 'email', type: 'character varying(50)', notNull: true },
    { ...none, name: 'mood', type: 'public.mood', notNull: false, default: "'ok'::public.mood" },
  ])
  expect(tables.columnOf('public.orders', 'id')).toEqual({
    ...none,
    name: 'id',
    type: 'integer',
    notNull: true,
    default: "nextval('public.orders_id_seq'::regclass)",
  })
  expect(tables.columnOf('public.orders', 'nothing')).toBeUndefined()
  const users = { table: 'public.users', references: undefined, validated: true }
  expect(tables.constraintsOf('public.users')).toEqual([
    { ...users, name: 'mood_there', type: 'check', definition: 'CHECK ((mood IS NOT NULL))', columns: ['mood'] },
    { ...users, name: 'users_pkey', type: 'primary key', definition: 'PRIMARY KEY (id)', columns: ['id'] },
    { ...users, name: 'users_email_key', type: 'unique', definition: 'UNIQUE (email)', columns: ['email'] },
  ])
  const orders = { table: 'public.orders', method: 'btree', valid: true }
  expect(tables.indexesOf('public.orders')).toEqual([
    {
      ...orders,
      name: 'public.orders_pkey',
      definition: 'CREATE UNIQUE INDEX orders_pkey ON public.orders USING btree (id)',
      unique: true,
      columns: ['id'],
      partial: false,
      constraint: 'orders_pkey',
    },
    {
      ...orders,
      name: 'public.orders_user',
      definition: 'CREATE INDEX orders_user ON public.orders USING btree (user_id, unknown()) WHERE (user_id > 5)',
      unique: false,
      columns: ['user_id'],
      partial: true,
      constraint: undefined,
    },
  ])
  expect(tables.indexOf('public.orders_user')?.table).toBe('public.orders')
  expect(tables.foreignKeysTo('public.users')).toEqual([
    {
      name: 'orders_user_id_fkey',
      table: 'public.orders',
      type: 'foreign key',
      definition: 'FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE',
      columns: ['user_id'],
      references: { table: 'public.users', columns: ['id'] },
      validated: true,
    },
  ])
  expect({
    partitioned: [tables.isPartitioned('public.events'), tables.isPartitioned('public.users')],
    parent: [tables.parentOf('public.events_1'), tables.parentOf('public.users')],
    children: tables.childrenOf('public.events'),
    views: tables.viewsOn('public.users'),
    triggers: tables.triggersOf('public.users'),
    functions: tables.functionsNamed('public.f'),
    proven: ['mood', 'id'].map((column) => tables.isProvenNotNull('public.users', column)),
    types: (['mood', 'email', 'plain', 'none'] as const).map((type) => tables.typeOf(`public.${type}`)),
  }).toEqual({
    partitioned: [true, false],
    parent: ['public.events', undefined],
    children: ['public.events_1'],
    views: ['public.active'],
    triggers: ['touched'],
    functions: [['integer'], ['integer', 'text']],
    proven: [true, false],
    types: [
      { kind: 'enum', labels: ['sad', 'ok'], base: undefined, isConstrained: false },
      { kind: 'domain', labels: [], base: 'text', isConstrained: true },
      { kind: 'domain', labels: [], base: 'integer', isConstrained: false },
      undefined,
    ],
  })
})

test('what cannot be followed is told', async () => {
  const hidden = await migration(
    '1',
    "CREATE TABLE t (a int); DO $$ BEGIN EXECUTE 'DROP TABLE ' || x; END $$; SELECT 1",
  )
  const times = timeline([hidden])
  const known = hidden.up.statements.map(({ operations: [op] }) => op && times.before(op).isComplete)
  expect(known).toEqual([true, true, false])
})

test('names are quoted as the server quotes them', async () => {
  await using session = await testDatabase()
  const { rows } = await session.query<{ word: string; shown: string }>(
    'SELECT word, quote_ident(word) AS shown FROM pg_get_keywords() ORDER BY word',
  )
  const { rows: odd } = await session.query<{ word: string; shown: string }>(
    `SELECT word, quote_ident(word) AS shown FROM unnest(ARRAY['a', 'A', 'a b', 'a"b', '1a', 'a1', '_a', 'ü', '', 'a$', 'a.b']) word`,
  )
  const all = [...rows, ...odd]
  expect(all.map(({ word }) => [word, quoted(word)])).toEqual(all.map(({ word, shown }) => [word, shown]))
})
