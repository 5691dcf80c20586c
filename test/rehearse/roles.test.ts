import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ParsedMigration } from '../../src/model/migration.ts'
import { parseMigration, parseScript } from '../../src/parse/parse.ts'
import type { Server } from '../../src/postgres/server.ts'
import { startServer } from '../../src/postgres/start.ts'
import { isRoleInUse } from '../../src/rehearse/preconditions/errors.ts'
import { rehearse } from '../../src/rehearse/rehearse.ts'
import { script } from '../examples.ts'
import { ownServer } from '../server.ts'

let server: Server
beforeAll(async () => {
  server = await ownServer()
})
afterAll(() => server[Symbol.asyncDispose]())

interface Added {
  readonly up: string
  readonly down: string
}

/** The steps, the preconditions and what was not checked, of the first script on the base branch and the others behind it. */
async function tried(base: string, ...added: readonly Added[]) {
  const { log: _, ...seen } = await triedOn(server, base, ...added)
  return seen
}

/** The same on another server, and what was said meanwhile about roles. */
async function triedOn(on: Server, base: string, ...added: readonly Added[]) {
  const log: string[] = []
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
    ...{ repository: '/nowhere', project: { tool: 'numbered-sql', directory: '' }, migrations, server: on },
    ...{ alembic: undefined, timeoutMs: 60_000, environment: {}, signal: new AbortController().signal },
    log: (message) => void (/role/i.test(message) && log.push(message)),
  })
  return {
    log,
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

async function rolesOn(on: Server): Promise<string[]> {
  await using session = await on.connect()
  const { rows } = await session.query<{ name: string }>(
    `SELECT rolname AS name FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
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

test('a downgrade that drops the role of the upgrade, which what comes behind it needs', async () => {
  const base = `${users} CREATE ROLE there; GRANT SELECT ON users TO there;`
  const up = `CREATE ROLE coming; GRANT SELECT ON users TO coming; ALTER TABLE users ADD COLUMN name text;`
  const down = 'ALTER TABLE users DROP COLUMN name; DROP OWNED BY coming; DROP ROLE coming;'
  const next = { up: 'GRANT UPDATE (name) ON users TO coming;', down: 'REVOKE UPDATE (name) ON users FROM coming;' }
  const last = { up: 'ALTER TABLE users ALTER email SET NOT NULL', down: 'ALTER TABLE users ALTER email DROP NOT NULL' }
  expect(await triedOn(server, base, { up, down }, next, last)).toEqual({
    log: ['Building the database again, because a downgrade drops a role.'],
    steps: ['ok, ok, ok', 'ok, ok, ok', 'ok, ok, ok'],
    preconditions: ['no row of public.users has NULL in email'],
    notChecked: [],
  })
})

test('behind a downgrade that drops a role, a history that cannot be applied to a database without rows ends', async () => {
  const up = `CREATE ROLE coming; GRANT SELECT ON users TO coming; ALTER TABLE users ADD COLUMN name text;
    DO $$ BEGIN IF NOT EXISTS (SELECT FROM users) THEN RAISE 'nobody is there'; END IF; END $$;`
  const down = 'ALTER TABLE users DROP COLUMN name; DROP OWNED BY coming; DROP ROLE coming;'
  const next = { up: 'ALTER TABLE users ADD COLUMN age int;', down: 'ALTER TABLE users DROP COLUMN age;' }
  expect(await tried(users, { up, down }, next)).toEqual({
    steps: ['ok, ok, ok'],
    preconditions: [],
    notChecked: [
      'The rehearsal of 003: The downgrade of 002 drops a role and left no database to go on from, and one could not be built again: when 002 was applied to an empty one, nobody is there.',
    ],
  })
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

describe('histories one after the other on a server', () => {
  const both = 'CREATE ROLE app; CREATE ROLE reader; GRANT app TO reader;'
  const base = `${users} ${both} GRANT SELECT ON users TO app; CREATE SCHEMA theirs AUTHORIZATION app;`
  const up = 'ALTER TABLE users ADD COLUMN name text; CREATE ROLE "a ""b"; GRANT ALL ON users TO "a ""b";'
  const down = 'ALTER TABLE users DROP COLUMN name; DROP OWNED BY "a ""b"; DROP ROLE "a ""b";'
  const clean = { log: [], steps: ['ok, ok, ok'], preconditions: [], notChecked: [] }

  test('make the same roles, on a server of our own', async () => {
    // It came with PostgreSQL 15.
    const whole = server.major < 15 ? base : `${base} GRANT SET ON PARAMETER work_mem TO app;`
    expect(await triedOn(server, whole, { up, down })).toEqual(clean)
    expect(await rolesOn(server)).toEqual(['postgres'])
    expect(await triedOn(server, whole, { up, down })).toEqual(clean)
  })

  test('make the same roles, on a server that was given; what they do not name stays', async () => {
    await using database = await server.createDatabase()
    await using session = await database.connect()
    const { user, password, port } = database
    await using given = await startServer({
      ...{ kind: 'url', url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`, major: server.major },
      ...{ signal: new AbortController().signal, log: () => undefined },
    })
    await session.query('CREATE ROLE app_of_others')
    expect(await triedOn(given, base, { up, down })).toEqual(clean)
    expect(await rolesOn(given)).toEqual(['app_of_others', 'postgres'])
    expect(await triedOn(given, base, { up, down })).toEqual(clean)

    // A role that has got rights elsewhere meanwhile cannot go, which is said.
    const granting = `${base} DO $$ BEGIN EXECUTE 'GRANT CONNECT ON DATABASE postgres TO reader'; END $$;`
    expect(await triedOn(given, granting, { up, down })).toEqual({
      ...clean,
      log: [
        'The roles that the migrations made are still on the server: role "reader" cannot be dropped because some objects depend on it.',
      ],
    })
    await session.query('DROP OWNED BY reader')
    await session.query('DROP ROLE app, reader, app_of_others')
  })
})

test.each<[said: string, sqlstate: string, line: number, isRole: boolean]>([
  ['role "a" cannot be dropped because some objects depend on it', '2BP01', 9, true],
  ['Rolle »a« kann nicht gelöscht werden, weil andere Objekte davon abhängen', '2BP01', 2, true],
  ['kann Tabelle t nicht löschen, weil andere Objekte davon abhängen', '2BP01', 1, false],
  ['Rolle »a« existiert nicht', '42704', 2, false],
])('in any language: %s', async (message, sqlstate, line, isRole) => {
  const parsed = await parseScript(script('up', 'a.sql', 'DROP TABLE t;\nDROP ROLE a;'), { defaultSchema: 'public' })
  const at = { file: 'a.sql', line, column: 1, endLine: line }
  const error = { ...{ message, sqlstate, at, timedOut: false }, ...{ statement: undefined, table: undefined } }
  expect(isRoleInUse({ ...error, column: undefined, constraint: undefined }, parsed)).toBe(isRole)
})
