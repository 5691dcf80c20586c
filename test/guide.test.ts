import { describe, expect, inject, test } from 'vitest'
import { makeRepository } from '../examples/repository.mjs'
import { rules } from '../rules/index.ts'
import { loadConfig } from '../src/config.ts'
import type { Result } from '../src/model/result.ts'
import { run } from '../src/run.ts'
import { python } from './python.ts'

// The example projects, each with its pull requests, through the whole of the gate on a real server.

async function judge(project: 'sql' | 'alembic', pullRequest: string, emptyBase = false): Promise<Result> {
  await using repository = await makeRepository({ project, pullRequest, emptyBase })
  const alembic = project === 'alembic' ? { command: [(await python()).alembic] } : undefined
  const config = await loadConfig({
    repository: repository.path,
    values: { base: 'main', database: 'url', ...(alembic && { alembic }) },
    databaseUrl: inject('postgresUrl'),
    origin: 'the test',
  })
  return await run({
    config,
    rules,
    repository: repository.path,
    signal: new AbortController().signal,
    log: () => undefined,
  })
}

/** One line for each finding: what a reader sees first. */
function told({ findings }: Result): string[] {
  return findings.map(
    ({ rule, severity, seen, direction, at, message }) =>
      `${severity} ${rule} (${seen}, ${direction}) ${at.file}:${at.line} ${message}`,
  )
}

/** `up ok, down ok, up ok; restored, repeatable` for each migration. */
function roundTrips({ migrations }: Result): Record<string, string> {
  return Object.fromEntries(
    migrations.map(({ id, roundTrip }) => {
      if (!roundTrip) return [id, 'none']
      const steps = roundTrip.steps.map(({ direction, outcome }) => `${direction} ${outcome}`).join(', ')
      return [id, `${steps}; restored ${roundTrip.restored}, repeatable ${roundTrip.repeatable}`]
    }),
  )
}

describe('plain SQL', () => {
  test('clean', async () => {
    const result = await judge('sql', 'clean')
    expect({ verdict: result.verdict, told: told(result), notChecked: result.notChecked }).toEqual({
      verdict: 'pass',
      told: [],
      notChecked: [],
    })
    expect(roundTrips(result)).toEqual({ '003': 'up ok, down ok, up ok; restored true, repeatable true' })
  })

  test('a first migration that writes to schema_version before anything creates it', async () => {
    const result = await judge('sql', 'version-table-too-late', true)
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot()
  })

  test('a rollback that forgets its version row', async () => {
    const result = await judge('sql', 'forgotten-version-row')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot()
  })

  test('UPDATE … LIMIT', async () => {
    const result = await judge('sql', 'backfill-with-limit')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot()
  })

  test('NOT NULL on a column that nothing fills', async () => {
    const result = await judge('sql', 'required-display-name')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot()
  })

  test('the wrong index dropped, a column narrowed and widened, an enum type left behind: each named', async () => {
    const result = await judge('sql', 'demo')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot()
    expect(roundTrips(result)).toMatchInlineSnapshot()
  })
})

describe('Alembic', () => {
  test('clean', async () => {
    const result = await judge('alembic', 'clean')
    expect({ verdict: result.verdict, told: told(result), notChecked: result.notChecked }).toEqual({
      verdict: 'pass',
      told: [],
      notChecked: [],
    })
    expect(roundTrips(result)).toEqual({ '3f9c0b7e5d64': 'up ok, down ok, up ok; restored true, repeatable true' })
  })

  test('a data migration that adds full_name, fills it and makes it NOT NULL', async () => {
    const result = await judge('alembic', 'full-name')
    expect(told(result)).toMatchInlineSnapshot()
    expect(roundTrips(result)).toMatchInlineSnapshot()
  })

  test('the same in a loop of UPDATE … LIMIT', async () => {
    const result = await judge('alembic', 'full-name-in-batches')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot()
  })

  test('NOT NULL on a column that nothing fills', async () => {
    const result = await judge('alembic', 'required-display-name')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot()
  })

  test('an enum type that the downgrade forgets', async () => {
    const result = await judge('alembic', 'notes-with-enum')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot()
  })
})
