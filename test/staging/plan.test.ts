import pico from 'picocolors'
import { describe, expect, test } from 'vitest'
import type { DryRun } from '../../src/model/dry-run.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { dryRunJson } from '../../src/report/dry-run-json.ts'
import { dryRunMarkdown } from '../../src/report/dry-run-markdown.ts'
import { dryRunTerminal } from '../../src/report/dry-run-terminal.ts'
import { countedPreconditions } from '../../src/staging/counts.ts'
import { openStaging } from '../../src/staging/session.ts'
import { script } from '../examples.ts'
import { testDatabase } from '../server.ts'
import { planOf, urlOf } from './staging.ts'

const before = `
  CREATE TABLE schema_version (version varchar(50) PRIMARY KEY, applied_at timestamptz DEFAULT now(), description text);
  CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text, name text, phone varchar(40), age int);
  CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint, note text);
  CREATE INDEX orders_note_idx ON orders (note);
  INSERT INTO schema_version VALUES ('1.0.0');`
const first = { '001_initial.sql': `-- Version: 1.0.0\n${before}` }

const dirty = `
  INSERT INTO customers (email, name, phone, age)
    SELECT 'c' || i || '@example.test', 'Name ' || i, '030-' || i, 20 + i % 50 FROM generate_series(1, 1000) i;
  UPDATE customers SET name = NULL WHERE id <= 7;
  UPDATE customers SET email = 'same@example.test' WHERE id BETWEEN 10 AND 14;
  UPDATE customers SET email = 'twice@example.test' WHERE id IN (20, 21);
  UPDATE customers SET phone = repeat('9', 25) WHERE id BETWEEN 30 AND 40;
  UPDATE customers SET age = -1 WHERE id IN (50, 51, 52);
  INSERT INTO orders (customer_id, note) SELECT i, 'n' FROM generate_series(990, 1020) i;
  ANALYZE;`

const upgrade = {
  '002_constraints.sql': `BEGIN;
ALTER TABLE customers ALTER COLUMN name SET NOT NULL;
ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);
ALTER TABLE customers ALTER COLUMN phone TYPE varchar(20);
ALTER TABLE customers ADD CONSTRAINT adult CHECK (age >= 0);
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);
INSERT INTO schema_version (version) VALUES ('1.1.0');
COMMIT;
`,
}

describe('plan', () => {
  test('nulls, duplicates, over-long values, a CHECK and orphans are counted, and the upgrade then fails on each', async () => {
    await using staging = await testDatabase(`${before}${dirty}`)
    const run = await planOf({ ...first, ...upgrade }, urlOf(staging.database))
    expect(run.notChecked).toEqual([])
    expect(
      run.preconditions.map(({ kind, columns, needs, outcome, sqlstate, counted }) => [
        kind,
        columns.join(),
        needs,
        outcome,
        sqlstate,
        counted,
      ]),
    ).toEqual([
      ['not-null', 'name', 'no row of public.customers has NULL in name', 'fails', '23502', { how: 'exact', found: 7 }],
      [
        'unique',
        'email',
        'no two rows of public.customers have the same email',
        'fails',
        '23505',
        { how: 'exact', found: 5 },
      ],
      [
        'length',
        'phone',
        'no value of public.customers.phone is longer than 20 characters',
        'fails',
        '22001',
        { how: 'exact', found: 11 },
      ],
      ['check', 'age', 'every row of public.customers fulfils age >= 0', 'fails', '23514', { how: 'exact', found: 3 }],
      [
        'foreign-key',
        'customer_id',
        'every customer_id of public.orders has its row in public.customers',
        'fails',
        '23503',
        { how: 'exact', found: 20 },
      ],
    ])
    expect(run.verdict).toBe('block')

    // Each statement alone fails as foretold.
    const statements = upgrade['002_constraints.sql'].split('\n').slice(1, 6)
    const outcomes: unknown[] = []
    for (const sql of statements)
      outcomes.push(
        await staging.query(sql).then(
          () => 'ok',
          ({ sqlstate }: { sqlstate: string }) => sqlstate,
        ),
      )
    expect(outcomes).toEqual(run.preconditions.map(({ sqlstate }) => sqlstate))
  })

  test('nothing pending: a pass, and no checklist', async () => {
    await using staging = await testDatabase(before)
    const run = await planOf(first, urlOf(staging.database))
    expect(told(run)).toEqual(`✅ nothing is pending
  Staging is where the repository is.

Staging
  PostgreSQL ${run.server?.version}; public.schema_version says 1.0.0; mode plan
`)
  })

  test('the whole report, verdict first', async () => {
    await using staging = await testDatabase(`${before}${dirty}
      ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;`)
    const files = {
      '002_full_name.sql': `BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE customers ADD COLUMN full_name text;
UPDATE customers SET full_name = coalesce(name, email);
ALTER TABLE customers ALTER COLUMN full_name SET NOT NULL;
ALTER TABLE customers DROP COLUMN phone;
INSERT INTO schema_version (version) VALUES ('1.1.0');
COMMIT;
`,
      '002_full_name_rollback.sql': `BEGIN;
ALTER TABLE customers DROP COLUMN full_name, ADD COLUMN phone varchar(40);
DELETE FROM schema_version WHERE version = '1.1.0';
COMMIT;
`,
    }
    const run = await planOf({ ...first, ...files }, urlOf(staging.database))
    const text = told(run).replace(`PostgreSQL ${run.server?.version}`, 'PostgreSQL 17')
    await expect(text.replace(/(?<=^Tables\n)(?: {2}.*\n)+/m, '')).toMatchFileSnapshot('snapshots/full-name.txt')
    await expect(
      dryRunMarkdown(
        { ...run, tables: [], server: run.server && { ...run.server, version: '17' } },
        { version: '0.0.0' },
      ),
    ).toMatchFileSnapshot('snapshots/full-name.md.txt')
    expect(
      run.tables.map(({ name, why, rows, foreignKeys, indexes }) => [
        name,
        why,
        rows,
        foreignKeys,
        indexes.map((each) => each.name),
      ]),
    ).toEqual([
      ['public.customers', 'touched', 1000, [key], ['customers_pkey']],
      ['public.orders', 'neighbour', 31, [key], ['orders_note_idx', 'orders_pkey']],
    ])
    expect(JSON.parse(dryRunJson(run))).toMatchObject({
      version: 1,
      kind: 'dry-run',
      verdict: run.verdict,
      mode: 'plan',
    })
  })

  test('rows that the migration itself puts right do not block', async () => {
    await using staging = await testDatabase(`${before}${dirty}`)
    const files = {
      '002_names.sql': `UPDATE customers SET name = 'none' WHERE name IS NULL;
ALTER TABLE customers ALTER COLUMN name SET NOT NULL;
`,
    }
    const run = await planOf({ ...first, ...files }, urlOf(staging.database))
    expect(run.preconditions.map(({ counted, changedBefore }) => [counted, changedBefore?.line])).toEqual([
      [{ how: 'exact', found: 7 }, 1],
    ])
    expect(run.checklist.find(({ what }) => what === 'preconditions')).toEqual({
      what: 'preconditions',
      state: 'do',
      text: 'Look at the data before: see below what was found, sampled or not counted.',
      details: [
        'no row of public.customers has NULL in name: 7 rows in the way; migrations/002_names.sql:1 changes rows of the table before, which may put it right',
      ],
    })
  })

  test('a large table is sampled, and that is said; whether rows are the same cannot be', async () => {
    await using staging = await testDatabase(`${before}
      INSERT INTO customers (email, name) SELECT 'e' || i, CASE WHEN i % 2 = 0 THEN 'x' END FROM generate_series(1, 50000) i; ANALYZE`)
    const text = upgrade['002_constraints.sql'].split('\n').slice(1, 3).join('\n')
    const migrations = [
      await parseMigration(
        {
          id: '002',
          name: '002',
          file: '002.sql',
          parents: [],
          up: script('up', '002.sql', text),
          down: undefined,
          status: 'new',
        },
        { defaultSchema: 'public' },
      ),
    ]
    const url = urlOf(staging.database)
    await using guarded = await openStaging({ url, limits: { lockTimeoutMs: 500, statementTimeoutMs: 10_000 } })
    const large = { rows: 90_000_000, heapBytes: 20_000_000_000, toastBytes: 0, indexBytes: 0 }
    const counted = await countedPreconditions(guarded, {
      pending: migrations,
      schema: await guarded.snapshot([]),
      sizes: new Map([['public.customers', large]]),
      defaultSchema: 'public',
      callsOf: async () => [],
    })
    const [names, emails] = counted.map((each) => each.counted)
    if (names?.how !== 'sampled') throw new Error(JSON.stringify(names))
    // One page in a hundred, of about 330.
    expect([names.looked > 0, names.looked < 10_000, names.found * 2, names.ofAbout]).toEqual([
      true,
      true,
      names.looked + (names.looked % 2),
      90_000_000,
    ])
    expect(emails).toEqual({
      how: 'not-counted',
      why: 'the table is large, and no sample can tell whether rows are the same',
    })
  })

  test('a count that takes longer than statement_timeout is not one', async () => {
    await using staging = await testDatabase(`${before}${dirty}
      CREATE FUNCTION slow(text) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT pg_sleep(0.1) IS NOT NULL';`)
    const files = { '002_check.sql': 'ALTER TABLE customers ADD CHECK (slow(email));' }
    const run = await planOf({ ...first, ...files }, urlOf(staging.database), { statementTimeoutMs: 1500 })
    expect(run.preconditions.map(({ counted }) => counted)).toEqual([
      { how: 'not-counted', why: 'it took longer than statement_timeout' },
    ])
    expect(run.notChecked.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'Whether every row of public.customers fulfils slow(email): It was not counted: it took longer than statement_timeout.',
    ])
  })

  test('who stands in the way now: a lock, an old transaction, an invalid index', async () => {
    await using staging = await testDatabase(`${before}${dirty} CREATE INDEX broken ON customers (name);`)
    await staging.query(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass`)
    await using other = await staging.database.connect()
    await other.query(`SET application_name = 'a report'; BEGIN; SELECT count(*) FROM customers`)
    const files = { '002_unique.sql': 'ALTER TABLE customers ADD UNIQUE (id, email);' }
    const run = await planOf({ ...first, ...files }, urlOf(staging.database))
    expect(run.blockers).toEqual([
      {
        kind: 'lock',
        pid: other.pid,
        table: 'public.customers',
        mode: 'ACCESS SHARE',
        application: 'a report',
        state: 'idle in transaction',
        seconds: expect.any(Number),
      },
    ])
    expect(run.tables[0]?.indexes.filter(({ isValid }) => !isValid).map(({ name }) => name)).toEqual(['broken'])
    expect(run.checklist.find(({ what }) => what === 'blockers')?.state).toBe('do')
    // A lock that lets readers go on is not in their way.
    const gentle = await planOf(
      { ...first, '002_index.sql': 'CREATE INDEX CONCURRENTLY ON customers (email);' },
      urlOf(staging.database),
    )
    expect(gentle.blockers).toEqual([])
    expect(
      gentle.pending[0]?.statements.map(({ class: kind, locks, isOutsideTransaction }) => [
        kind,
        locks,
        isOutsideTransaction,
      ]),
    ).toEqual([['index build', [{ table: 'public.customers', mode: 'SHARE UPDATE EXCLUSIVE' }], true]])
  })
})

const key = { name: 'orders_customer_fk', from: 'public.orders', to: 'public.customers', isValidated: false }

function told(run: DryRun): string {
  return dryRunTerminal(run, pico.createColors(false))
}
