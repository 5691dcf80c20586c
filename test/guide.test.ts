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
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "error failing-upgrade (server, up) migrations/001_initial_schema.sql:29 The upgrade of 001_initial_schema uses schema_version before anything has created it.",
      ]
    `)
  })

  test('a rollback that forgets its version row', async () => {
    const result = await judge('sql', 'forgotten-version-row')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "error upgrade-not-repeatable (server, up) migrations/003_add_user_locale.sql:9 After its downgrade, the upgrade of 003_add_user_locale fails: duplicate key value violates unique constraint "schema_version_pkey".",
        "error incomplete-downgrade (server, down) migrations/003_add_user_locale_rollback.sql:1 After the downgrade of 003_add_user_locale the database is not as before: public.schema_version holds 4 rows and held 3: the downgrade leaves the migration recorded as applied.",
        "warning unrecorded-version (read, down) migrations/003_add_user_locale_rollback.sql:1 The downgrade of 003_add_user_locale leaves the row that the upgrade writes to public.schema_version: the database goes on saying that it is applied.",
      ]
    `)
  })

  test('UPDATE … LIMIT', async () => {
    const result = await judge('sql', 'backfill-with-limit')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "error broken-sql (server, up) migrations/003_fill_phone.sql:5 PostgreSQL refuses this statement: syntax error at or near "LIMIT".",
      ]
    `)
  })

  test('NOT NULL on a column that nothing fills', async () => {
    const result = await judge('sql', 'required-display-name')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "error blocking-not-null (read, up) migrations/003_require_display_name.sql:8 SET NOT NULL on public.usertable.display_name reads every row, while nobody can read or write the table.",
        "error not-null-without-backfill (server, up) migrations/003_require_display_name.sql:8 public.usertable.display_name becomes NOT NULL, and nothing before it in this change fills the rows in which it is NULL.",
      ]
    `)
  })

  test('the wrong index dropped, a column narrowed and widened, an enum type left behind: each named', async () => {
    const result = await judge('sql', 'demo')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "error blocking-index (server, up) migrations/004_find_users_by_phone.sql:7 Building idx_usertable_phone blocks every INSERT, UPDATE and DELETE on public.usertable until it is done.",
        "error upgrade-not-repeatable (server, up) migrations/004_find_users_by_phone.sql:7 After its downgrade, the upgrade of 004_find_users_by_phone fails: relation "idx_usertable_phone" already exists.",
        "error incomplete-downgrade (server, down) migrations/004_find_users_by_phone_rollback.sql:1 After the downgrade of 004_find_users_by_phone the database is not as before: index public.idx_usertable_last_name is missing; index public.idx_usertable_phone is left behind.",
        "warning data-dependent-upgrade (server, up) migrations/005_shorten_phone.sql:7 This changes values without a word unless no value of public.usertable.phone is longer than 20 characters.",
        "warning narrowed-type (read, up) migrations/005_shorten_phone.sql:7 public.usertable.phone was character varying(50) and becomes character varying(20): longer or larger values are refused from here on, those of the release that still runs as well.",
        "error rewriting-type-change (server, up) migrations/005_shorten_phone.sql:7 Changing public.usertable.phone from character varying(50) to character varying(20) writes every row and every index of public.usertable anew, while nobody can read or write it.",
        "error data-lost-on-downgrade (server, down) migrations/005_shorten_phone_rollback.sql:1 After the upgrade and the downgrade of 005_shorten_phone, values of public.usertable.phone are not what they were.",
        "error upgrade-not-repeatable (server, up) migrations/006_user_status.sql:7 After its downgrade, the upgrade of 006_user_status fails: type "user_status" already exists.",
        "error incomplete-downgrade (server, down) migrations/006_user_status_rollback.sql:1 After the downgrade of 006_user_status the database is not as before: enum public.user_status is left behind.",
      ]
    `)
    expect(roundTrips(result)).toMatchInlineSnapshot(`
      {
        "003": "up ok, down ok, up ok; restored true, repeatable true",
        "004": "up ok, down ok, up failed; restored false, repeatable false",
        "005": "up ok, down ok, up ok; restored false, repeatable true",
        "006": "up ok, down ok, up failed; restored false, repeatable false",
      }
    `)
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
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "error old-code-breaks (server, up) alembic/versions/2026_05_20-9b3e5a7c1d20_add_full_name.py:22 A statement on public.usertable that the running release may send fails after 2026_05_20-9b3e5a7c1d20_add_full_name: null value in column "full_name" of relation "usertable" violates not-null constraint.",
        "error slow-work-under-lock (read, up) alembic/versions/2026_05_20-9b3e5a7c1d20_add_full_name.py:25 While this changes rows of public.usertable, the transaction holds ACCESS EXCLUSIVE on public.usertable: nobody can read or write there until it is all done.",
        "warning unbatched-update (read, up) alembic/versions/2026_05_20-9b3e5a7c1d20_add_full_name.py:25 This changes every row of public.usertable in one statement: each stays locked until the transaction ends, and the old versions stay in the table.",
        "error blocking-not-null (server, up) alembic/versions/2026_05_20-9b3e5a7c1d20_add_full_name.py:29 SET NOT NULL on public.usertable.full_name reads every row, while nobody can read or write the table.",
      ]
    `)
    expect(roundTrips(result)).toMatchInlineSnapshot(`
      {
        "9b3e5a7c1d20": "up ok, down ok, up ok; restored true, repeatable true",
      }
    `)
  })

  test('the same in a loop of UPDATE … LIMIT', async () => {
    const result = await judge('alembic', 'full-name-in-batches')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "error broken-sql (server, up) alembic/versions/2026_05_21-5c2d8e4f9a11_fill_full_name_in_batches.py:33 PostgreSQL refuses this statement: syntax error at or near "LIMIT".",
      ]
    `)
  })

  test('NOT NULL on a column that nothing fills', async () => {
    const result = await judge('alembic', 'required-display-name')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "error blocking-not-null (read, up) alembic/versions/2026_05_22-7aa1f3c6d8e2_require_display_name.py:23 SET NOT NULL on public.usertable.display_name reads every row, while nobody can read or write the table.",
        "error not-null-without-backfill (server, up) alembic/versions/2026_05_22-7aa1f3c6d8e2_require_display_name.py:23 public.usertable.display_name becomes NOT NULL, and nothing before it in this change fills the rows in which it is NULL.",
      ]
    `)
  })

  test('an enum type that the downgrade forgets', async () => {
    const result = await judge('alembic', 'notes-with-enum')
    expect(result.verdict).toBe('block')
    expect(told(result)).toMatchInlineSnapshot(`
      [
        "warning foreign-key-without-index (read, up) alembic/versions/2026_05_23-e4b6d2a90c35_add_user_notes.py:22 No index begins with (user_id): each DELETE and each change of key in public.usertable reads all of public.usernote for this foreign key, and so does each join along it.",
        "error upgrade-not-repeatable (server, up) alembic/versions/2026_05_23-e4b6d2a90c35_add_user_notes.py:22 After its downgrade, the upgrade of 2026_05_23-e4b6d2a90c35_add_user_notes fails: type "note_kind" already exists.",
        "error incomplete-downgrade (server, down) alembic/versions/2026_05_23-e4b6d2a90c35_add_user_notes.py:33 After the downgrade of 2026_05_23-e4b6d2a90c35_add_user_notes the database is not as before: enum public.note_kind is left behind.",
      ]
    `)
  })
})
