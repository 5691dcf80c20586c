import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeRepository } from '../../examples/repository.mjs'
import { Replay } from '../../src/lint/replay/replay.ts'
import type { ParsedMigration, ParsedScript, Statement } from '../../src/model/migration.ts'
import { parseMigration, parseScript } from '../../src/parse/parse.ts'
import { type Server, ServerError, type Session } from '../../src/postgres/server.ts'
import { snapshot } from '../../src/postgres/snapshot.ts'
import { readAlembicProject } from '../../src/read/alembic/project.ts'
import { readProject } from '../../src/read/read.ts'
import { asMigrations, examplesIn, script } from '../examples.ts'
import { historyExamplesIn } from '../history-examples.ts'
import { readFile } from '../read/alembic/reading.ts'
import { inMemory, projects } from '../read/layout-projects.ts'
import { ownServer } from '../server.ts'
import { agreement } from './agreement.ts'

// What is read must be what a server has, object by object.

const options = { defaultSchema: 'public' }
const counts = { compared: 0, unknown: new Map<string, number>() }

let server: Server
beforeAll(async () => {
  server = await ownServer()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** A database with the replay beside it. */
async function following() {
  const database = await server.createDatabase()
  const session = await database.connect()
  const read = new Replay(await snapshot(session, { exclude: [] }), { owner: 'postgres', major: server.major })
  return {
    /** Runs statements on both, up to the first one that the server refuses. */
    async run(statements: readonly Statement[]): Promise<string | undefined> {
      for (const statement of statements) {
        const error = await failureOf(session, statement.sql)
        if (error === undefined) read.run(statement)
        else {
          read.run({ operations: [{ kind: 'transaction-control', at: statement.at, action: 'rollback' }] })
          await session.query('ROLLBACK')
          return `${error}: ${statement.sql}`
        }
      }
      return undefined
    },
    async compare() {
      await session.query('COMMIT')
      const result = agreement(read.schema(), await snapshot(session, { exclude: [] }))
      counts.compared += result.compared
      for (const each of result.unknown) {
        const what = `${each.split(' ')[0]} ${each.split(' ').at(-1)}`
        counts.unknown.set(what, (counts.unknown.get(what) ?? 0) + 1)
      }
      return result.disagreements
    },
    get isComplete() {
      return read.isComplete
    },
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function failureOf(session: Session, sql: string): Promise<string | undefined> {
  try {
    await session.query(sql)
    return undefined
  } catch (error) {
    if (error instanceof ServerError) return error.message
    throw error
  }
}

const pages = readdirSync('rules', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => [`rules/${name}/README.md`, `rules/${name}/cases.md`])
  .filter((page) => existsSync(page))

describe.each(pages)('%s', (page) => {
  test.each(examplesIn(page))('line $line', async (example) => {
    await using both = await following()
    const migrations = await asMigrations(example)
    const differences: string[] = []
    for (const { up } of migrations) {
      await both.run(up.statements)
      differences.push(...(await both.compare()))
    }
    const down = migrations.at(-1)?.down
    if (down) {
      await both.run(down.statements)
      differences.push(...(await both.compare()))
    }
    expect(differences).toEqual([])
  })

  test.each(historyExamplesIn(page))('the history in line $line', async ({ before, lines }) => {
    // Those in Python are read with the tests of their own reader.
    const files = [...before, ...lines].flatMap(
      (line) => /^[ +] (\S+\.sql): (.*?)(?:\s*-- finding: .+)?$/.exec(line) ?? [],
    )
    await using both = await following()
    for (const text of files.filter((_, index) => index % 3 === 2)) {
      const { statements } = await parseScript(script('up', page, text), options)
      await both.run(statements)
      expect([text, await both.compare()]).toEqual([text, []])
    }
  })
})

describe('histories', () => {
  const folder = new URL('histories/', import.meta.url)
  test.each(readdirSync(folder))('%s', async (file) => {
    const sql = readFileSync(new URL(file, folder), 'utf8')
    const { statements } = await parseScript(script('up', file, sql), options)
    await using both = await following()
    let isOpen = false
    for (const statement of statements) {
      const failure = await both.run([statement])
      // Older versions lack some of the grammar; what they refuse is done on neither side.
      if (server.major >= 17) expect(failure).toBeUndefined()
      if (/^(?:BEGIN|ROLLBACK)$/.test(statement.sql)) isOpen = statement.sql === 'BEGIN'
      if (!isOpen) expect([statement.sql, await both.compare()]).toEqual([statement.sql, []])
    }
  })
})

/** The history of a project as its tool runs it: all up, and all down again. */
async function upAndDown(scripts: readonly { up: ParsedScript; down: ParsedScript | undefined }[]): Promise<unknown[]> {
  await using both = await following()
  const differences: unknown[] = []
  const run = async (script: ParsedScript) => {
    const failure = await both.run(script.statements)
    differences.push(...(await both.compare()).map((difference) => ({ script: script.file, difference })))
    return failure === undefined
  }
  const done: ParsedScript[] = []
  for (const { up, down } of scripts) {
    if (!(await run(up))) break
    if (down) done.unshift(down)
  }
  for (const down of done) if (!(await run(down))) break
  return differences
}

const pullRequests = (['sql', 'alembic'] as const).flatMap((project) =>
  readdirSync(`examples/pull-requests/${project}`).map((pullRequest) => ({ project, pullRequest })),
)

describe('examples', () => {
  test.each(pullRequests)('$project $pullRequest', async ({ project, pullRequest }) => {
    await using repository = await makeRepository({
      project,
      pullRequest,
      emptyBase: pullRequest === 'version-table-too-late',
    })
    const { migrations } = await readProject({
      repository: repository.path,
      tool: undefined,
      directory: undefined,
      changed: undefined,
    })
    const parsed: ParsedMigration[] = []
    for (const migration of migrations) parsed.push(await parseMigration(migration, options))
    expect(parsed.length).toBeGreaterThan(0)
    expect(await upAndDown(parsed)).toEqual([])
  })
})

test('the version files that the reader of Alembic is tested with', async () => {
  const folder = 'test/read/alembic/versions'
  const scripts: { up: ParsedScript; down: ParsedScript | undefined }[] = []
  for (const file of readdirSync(folder).sort()) {
    const { up, down } = readFile(readFileSync(`${folder}/${file}`, 'utf8'), `versions/${file}`)
    scripts.push({ up: await parseScript(up, options), down: down && (await parseScript(down, options)) })
  }
  expect(await upAndDown(scripts)).toEqual([])
})

test('a project of Alembic whose version files import others, and that names by a convention', async () => {
  const root = 'test/read/alembic/projects/library'
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  const readText = async (path: string) => readFileSync(join(root, path), 'utf8')
  const project = await readAlembicProject({ directory: '', paths, readText, statusOf: () => 'base' })
  const parsed: ParsedMigration[] = []
  for (const migration of project.migrations) parsed.push(await parseMigration(migration, options))
  expect(parsed).toHaveLength(4)
  expect(await upAndDown(parsed)).toEqual([])
})

describe('the small projects of the tools', () => {
  test.each(projects.map(([layout, tree]) => ({ tool: layout.tool, layout, tree })))(
    '$tool',
    async ({ layout, tree }) => {
      const { migrations } = await layout.read('', inMemory(tree))
      const parsed: ParsedMigration[] = []
      for (const migration of migrations) parsed.push(await parseMigration(migration, options))
      expect(parsed.length).toBeGreaterThan(0)
      expect(await upAndDown(parsed)).toEqual([])
    },
  )
})

test('one object of every kind', async () => {
  const sql = readFileSync('test/postgres/everything.sql', 'utf8')
  const { statements } = await parseScript(script('up', 'everything.sql', sql), options)
  await using both = await following()
  const hidden: string[] = []
  for (const statement of statements) {
    expect(await both.run([statement])).toBeUndefined()
    if (both.isComplete) expect([statement.sql, await both.compare()]).toEqual([statement.sql, []])
    else hidden.push(statement.sql)
  }
  // From SQL that is put together when it runs on, nothing is sure any more.
  expect(hidden).toEqual([expect.stringMatching(/^DO .* EXECUTE format/), 'RESET search_path'])
})

// The last of this file: it looks at what the others counted.
test('little is unknown', () => {
  const unknown = [...counts.unknown.values()].reduce((sum, count) => sum + count, 0)
  expect(counts.compared).toBeGreaterThan(20_000)
  // From PostgreSQL 18 on each NOT NULL is a constraint, whose name is not followed.
  expect(unknown / counts.compared).toBeLessThan(server.major < 18 ? 0.07 : 0.2)
})
