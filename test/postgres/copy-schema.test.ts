import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copySchema } from '../../src/postgres/copy-schema.ts'
import type { Server } from '../../src/postgres/server.ts'
import { snapshot } from '../../src/postgres/snapshot.ts'
import { ownServer } from '../server.ts'

let server: Server

beforeAll(async () => {
  server = await ownServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** Makes a schema, copies it to another database, and says what is other there. */
async function copied(...sql: readonly string[]) {
  await using original = await server.createDatabase()
  await using session = await original.connect()
  for (const statement of sql) {
    // Older versions lack some of the grammar.
    if (server.major >= 17) await session.query(statement)
    else await session.query(statement).catch(() => undefined)
  }
  const schema = await snapshot(session, { exclude: [] })
  await using target = await server.createDatabase()
  await using copy = await target.connect()
  const { differences, refused, sql: statements } = await copySchema(copy, schema)
  // What came out is a dump: run in its order, without a second try, it makes the same.
  await using again = await server.createDatabase()
  await using third = await again.connect()
  for (const statement of statements) await third.query(statement)
  expect(await snapshot(third, { exclude: [] })).toEqual(await snapshot(copy, { exclude: [] }))
  return {
    differences: differences.map(({ kind, object, change, expected, found }) =>
      change === 'changed'
        ? `${kind} ${object} ${JSON.stringify(expected)} ${JSON.stringify(found)}`
        : `${kind} ${object} ${change}`,
    ),
    refused: Object.fromEntries(refused),
  }
}

test('a schema with everything in it is copied, but for what nobody can copy', async () => {
  const everything = readFileSync('test/postgres/everything.sql', 'utf8')
  expect(await copied(everything)).toMatchInlineSnapshot(`
    {
      "differences": [
        "access method pile missing",
        "conversion app.latin missing",
        "foreign server elsewhere missing",
        "foreign table app.far missing",
        "foreign-data wrapper wrapper missing",
        "operator app.===(integer,integer) missing",
        "operator class app.backwards USING btree missing",
        "operator family app.backwards USING btree missing",
        "settings this database missing",
        "text search configuration app.configuration missing",
        "text search dictionary app.dictionary missing",
        "text search parser app.parser missing",
        "text search template app.template missing",
        "transform integer LANGUAGE sql missing",
      ],
      "refused": {},
    }
  `)
})

const folder = 'test/lint/histories'

describe.each(readdirSync(folder).filter((file) => file.endsWith('.sql')))('%s', (file) => {
  test('its schema is copied as it is', async () => {
    const lines = readFileSync(`${folder}/${file}`, 'utf8').split('\n')
    expect(await copied(...lines)).toEqual({ differences: [], refused: {} })
  })
})
