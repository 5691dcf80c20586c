import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ParsedMigration } from '../../src/model/migration.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import type { Server } from '../../src/postgres/server.ts'
import { rehearse } from '../../src/rehearse/rehearse.ts'
import { script } from '../examples.ts'
import { ownServer } from '../server.ts'

let server: Server
beforeAll(async () => {
  server = await ownServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** The steps, the preconditions and what was not checked, of the first script on the base branch and the others behind it. */
async function tried(base: string, ...added: readonly { up: string; down: string }[]) {
  const migrations: ParsedMigration[] = []
  for (const [index, { up, down }] of [{ up: base, down: undefined }, ...added].entries()) {
    const id = `00${index + 1}`
    const about = { id, name: id, file: `${id}.sql`, parents: [], status: index === 0 ? 'base' : 'new' } as const
    const scripts = {
      up: script('up', `${id}.sql`, up),
      down: down === undefined ? undefined : script('down', `${id}.down.sql`, down),
    }
    migrations.push(await parseMigration({ ...about, ...scripts }, { defaultSchema: 'public' }))
  }
  const { roundTrips, notChecked } = await rehearse({
    ...{ repository: '/nowhere', project: { tool: 'numbered-sql', directory: '' }, migrations, server },
    ...{ alembic: undefined, timeoutMs: 60_000, environment: {}, signal: new AbortController().signal },
    log: () => undefined,
  })
  return {
    steps: [...roundTrips.values()].map(({ steps }) =>
      steps
        .map(({ outcome, error }) => (error ? `${outcome} ${error.sqlstate}: ${error.message}` : outcome))
        .join(', '),
    ),
    preconditions: [...roundTrips.values()].flatMap(({ preconditions = [] }) =>
      preconditions.map(({ needs }) => needs),
    ),
    notChecked: notChecked.map(({ what, why }) => `${what}: ${why}`),
  }
}

const users = 'CREATE TABLE users (id serial PRIMARY KEY, email text);'

test('an upgrade that drops a role with grants', async () => {
  const base = `${users} CREATE ROLE leaving; GRANT SELECT ON users TO leaving;`
  const up = 'DROP OWNED BY leaving; DROP ROLE leaving;'
  const down = 'CREATE ROLE leaving; GRANT SELECT ON users TO leaving;'
  const next = { up: 'ALTER TABLE users ADD COLUMN name text;', down: 'ALTER TABLE users DROP COLUMN name;' }
  expect(await tried(base, { up, down }, next)).toMatchInlineSnapshot(`
    {
      "notChecked": [
        "What old code does after 002: The upgrade drops a role, which PostgreSQL refuses while another database has grants to it: the copies that are needed here were dropped.",
      ],
      "preconditions": [],
      "steps": [
        "ok, ok, ok",
        "ok, ok, ok",
      ],
    }
  `)
})

test('a downgrade that drops the role of the upgrade', async () => {
  const up = `CREATE ROLE coming; GRANT SELECT ON users TO coming; ALTER TABLE users ADD COLUMN name text;`
  const down = 'ALTER TABLE users DROP COLUMN name; DROP OWNED BY coming; DROP ROLE coming;'
  const next = { up: 'ALTER TABLE users ADD COLUMN age int;', down: 'ALTER TABLE users DROP COLUMN age;' }
  expect(await tried(users, { up, down }, next)).toMatchInlineSnapshot(`
    {
      "notChecked": [
        "What the downgrade of 002 does to rows of after the upgrade: It drops a role, which PostgreSQL refuses while another database has grants to it: the copies that are needed here were dropped.",
      ],
      "preconditions": [],
      "steps": [
        "ok, ok, ok",
        "ok, ok, ok",
      ],
    }
  `)
})

test('a role that an upgrade makes is not there yet when its preconditions have been tried', async () => {
  const up = `CREATE ROLE arriving; GRANT SELECT ON users TO arriving; ALTER TABLE users ALTER COLUMN email SET NOT NULL;`
  const down = 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL; DROP OWNED BY arriving; DROP ROLE arriving;'
  expect(await tried(users, { up, down })).toMatchInlineSnapshot(`
    {
      "notChecked": [],
      "preconditions": [
        "no row of public.users has NULL in email",
      ],
      "steps": [
        "ok, ok, ok",
      ],
    }
  `)
})

test('what cannot be tried on a copy, because it takes a role away, is told', async () => {
  const base = `${users} CREATE ROLE parting;`
  const up = 'DROP ROLE parting; ALTER TABLE users ALTER COLUMN email SET NOT NULL;'
  const down = 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL; CREATE ROLE parting;'
  expect(await tried(base, { up, down })).toMatchInlineSnapshot(`
    {
      "notChecked": [
        "All that 002 asks of the data: It takes a role away, which all databases of a server share.",
      ],
      "preconditions": [],
      "steps": [
        "failed 23502: column "email" of relation "users" contains null values, skipped, skipped",
      ],
    }
  `)
})
