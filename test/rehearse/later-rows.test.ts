import { expect, test } from 'vitest'
import { judged } from './rehearsal.ts'

const base = `CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE users (id serial PRIMARY KEY, name varchar(20), mood mood, age int NOT NULL DEFAULT 1);`

/** What the downgrade does with rows of after the upgrade, and what the rules say of it. */
async function told(up: string, down: string, before = base) {
  const { trip, findings } = await judged({ base: before, up, down })
  const { tables, error, data } = trip?.laterRows ?? { tables: [], error: undefined, data: [] }
  return {
    restored: trip?.restored,
    tables,
    error: error?.sqlstate,
    data: data.map(({ table, column, change }) => `${table}.${column ?? '*'} ${change}`),
    findings: findings
      .filter(({ rule, direction }) => direction === 'down' && /downgrade$/.test(rule))
      .map(({ rule, severity, seen }) => `${severity} ${rule} ${seen}`),
  }
}

test('a new column takes its values along, which is no loss', async () => {
  expect(
    await told(
      'ALTER TABLE users ADD COLUMN phone text; ALTER TABLE users ADD COLUMN at timestamptz DEFAULT now(); CREATE TABLE notes (user_id int REFERENCES users, text text)',
      'DROP TABLE notes; ALTER TABLE users DROP COLUMN at; ALTER TABLE users DROP COLUMN phone',
    ),
  ).toEqual({ restored: true, tables: ['public.users', 'public.notes'], error: undefined, data: [], findings: [] })
})

test('a wider column takes what the narrow one does not', async () => {
  expect(
    await told('ALTER TABLE users ALTER name TYPE varchar(80)', 'ALTER TABLE users ALTER name TYPE varchar(20)'),
  ).toEqual({
    restored: true,
    tables: ['public.users'],
    error: '22001',
    data: [],
    findings: ['warning failing-downgrade server'],
  })
})

test('a downgrade that cuts them short, or removes them, says so', async () => {
  expect(
    await told(
      'ALTER TABLE users ALTER name TYPE text',
      'DELETE FROM users WHERE length(name) > 100; ALTER TABLE users ALTER name TYPE varchar(20) USING left(name, 20)',
    ),
  ).toEqual({
    restored: true,
    tables: ['public.users'],
    error: undefined,
    data: ['public.users.* rows-lost'],
    findings: ['warning data-lost-on-downgrade server'],
  })
})

test('a new label is used', async () => {
  expect(
    await told(
      "CREATE TYPE mood2 AS ENUM ('sad', 'ok', 'happy'); ALTER TABLE users ALTER mood TYPE mood2 USING mood::text::mood2; DROP TYPE mood",
      "CREATE TYPE mood AS ENUM ('sad', 'ok'); ALTER TABLE users ALTER mood TYPE mood USING mood::text::mood; DROP TYPE mood2",
    ),
  ).toEqual({
    restored: true,
    tables: ['public.users'],
    error: '22P02',
    data: [],
    findings: ['warning failing-downgrade server'],
  })
})

test('a row that the upgrade itself wrote goes with it', async () => {
  const versions = `${base} CREATE TABLE schema_version (version text PRIMARY KEY); INSERT INTO schema_version VALUES ('1')`
  const up = "ALTER TABLE users ADD COLUMN phone text; INSERT INTO schema_version VALUES ('2')"
  const undo = 'ALTER TABLE users DROP COLUMN phone'
  expect(await told(up, `DELETE FROM schema_version WHERE version = '2'; ${undo}`, versions)).toEqual({
    restored: true,
    tables: ['public.users'],
    error: undefined,
    data: [],
    findings: [],
  })
})
