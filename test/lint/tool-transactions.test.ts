import { expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { lint } from '../../src/lint/lint.ts'
import type { Migration, Script } from '../../src/model/migration.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { script } from '../examples.ts'

// What the rules' pages cannot show: their examples are run as psql runs them, without a transaction around.

const names = [
  'broken-transaction',
  'pseudo-batched-update',
  'enum-value-used-too-early',
  'not-valid-check-blocks-updates',
]

/** `1 broken-transaction` for a finding in line 1 of the last of these upgrades; all are new, after `before`. */
async function found(
  how: { readonly transaction: Script['transaction']; readonly repeated?: true; readonly autocommit?: true },
  ...ups: string[]
): Promise<string[]> {
  const before = "CREATE TYPE mood AS ENUM ('happy');\nCREATE TABLE users (id int PRIMARY KEY, mood mood, name text);"
  const migrations = [before, ...ups].map((sql, index) => {
    const file = `m/${index}.sql`
    const { fragments, ...rest } = script('up', file, sql)
    const marked = fragments.map((fragment) => ({ ...fragment, ...how, transaction: undefined }))
    const up = { ...rest, transaction: how.transaction, fragments: marked }
    const status: Migration['status'] = index === 0 ? 'base' : 'new'
    return parseMigration(
      { id: file, name: file, file, parents: [], up, down: undefined, status },
      { defaultSchema: 'public' },
    )
  })
  const findings = lint({ tool: 'alembic', hasDowngrades: false, migrations: await Promise.all(migrations) }, rules)
  return findings.flatMap(({ rule, at }) =>
    names.includes(rule) && at.file === `m/${ups.length}.sql` ? `${at.line} ${rule}` : [],
  )
}

test.each(['script', 'run'] as const)('COMMIT ends the transaction of the tool (%s)', async (transaction) => {
  const sql = 'SELECT 1;\nCOMMIT;\nSELECT 2;'
  expect(await found({ transaction }, sql)).toEqual(['2 broken-transaction'])
  expect(await found({ transaction, autocommit: true }, sql)).toEqual([])
  expect(await found({ transaction: 'none' }, sql)).toEqual([])
  expect(await found({ transaction: 'query' }, sql)).toEqual([])
})

test('COMMIT in a block fails within the transaction of the tool, and within a query of several statements', async () => {
  const block = 'DO $$ BEGIN\nCOMMIT;\nEND $$;'
  expect(await found({ transaction: 'script' }, block)).toEqual(['2 broken-transaction'])
  expect(await found({ transaction: 'script', autocommit: true }, block)).toEqual([])
  expect(await found({ transaction: 'query' }, block)).toEqual([])
  expect(await found({ transaction: 'query' }, `${block} SELECT 1;`)).toEqual(['2 broken-transaction'])
})

test('a loop around batches: each is committed at once, or none is', async () => {
  const batch = "UPDATE users SET name = '' WHERE id BETWEEN 1 AND 1000"
  expect(await found({ transaction: 'run', repeated: true }, batch)).toEqual(['1 pseudo-batched-update'])
  expect(await found({ transaction: 'run', repeated: true, autocommit: true }, batch)).toEqual([])
  expect(await found({ transaction: 'none', repeated: true }, batch)).toEqual([])
  expect(await found({ transaction: 'run' }, batch)).toEqual([])
})

test('a new enum value is used in the next migration: in the same transaction, or after it', async () => {
  const add = "ALTER TYPE mood ADD VALUE 'calm'"
  const use = "ALTER TABLE users ALTER mood SET DEFAULT 'calm'"
  expect(await found({ transaction: 'run' }, add, use)).toEqual(['1 enum-value-used-too-early'])
  expect(await found({ transaction: 'script' }, add, use)).toEqual([])
})

test('a check before its backfill, in another migration', async () => {
  const check = 'ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID'
  const fill = "UPDATE users SET name = '' WHERE id BETWEEN 1 AND 1000"
  expect(await found({ transaction: 'script' }, `${check}; ${fill}`)).toEqual([])
  expect(await found({ transaction: 'none' }, `${check}; ${fill}`)).toEqual(['1 not-valid-check-blocks-updates'])
})
