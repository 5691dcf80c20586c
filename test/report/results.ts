import type { Finding, Severity } from '../../src/model/finding.ts'
import type { JudgedMigration, Result } from '../../src/model/result.ts'
import type { RoundTrip, Step } from '../../src/model/round-trip.ts'
import { seen } from './seen.ts'

/** Results as `run` gives them: what the reports are made from. */

const page = (rule: string) => `https://github.com/migration-gate/migration-gate/blob/v0.1.0/rules/${rule}/README.md`

const ok = (direction: Step['direction'], attempt: Step['attempt'], ms: number): Step => ({
  direction,
  attempt,
  outcome: 'ok',
  error: undefined,
  ms,
})

export const wholeTrip = (migration: string): RoundTrip => ({
  migration,
  steps: [ok('up', 1, 12), ok('down', 1, 4), ok('up', 2, 9)],
  restored: true,
  repeatable: true,
  drift: [],
  data: [],
  withoutRows: [],
})

const addPhone: JudgedMigration = {
  id: '002',
  name: '002_add_user_phone',
  file: 'migrations/002_add_user_phone.sql',
  isNew: true,
  roundTrip: wholeTrip('002'),
}

export const noMigrations: Result = {
  verdict: 'pass',
  tool: 'numbered-sql',
  postgres: undefined,
  findings: [],
  migrations: [],
  coverage: { migrations: 0, statements: 0, unreadable: 0, ignored: 0, rehearsal: 'not-needed' },
  notChecked: [],
}

export const clean: Result = {
  verdict: 'pass',
  tool: 'numbered-sql',
  postgres: { version: '17.10', source: 'embedded' },
  findings: [],
  migrations: [addPhone],
  coverage: { migrations: 1, statements: 4, unreadable: 0, ignored: 0, rehearsal: 'done' },
  notChecked: [],
}

const blockingIndex: Finding = {
  rule: 'blocking-index',
  severity: 'error',
  direction: 'up',
  migration: '003',
  at: { file: 'migrations/003_status.sql', line: 7, column: 1, endLine: 8 },
  message: 'Building orders_status_idx blocks every INSERT, UPDATE and DELETE on public.orders until it is done.',
  help: 'Use CREATE INDEX CONCURRENTLY, in a migration that runs outside a transaction.',
  suggestion: 'CREATE INDEX CONCURRENTLY orders_status_idx\n    ON orders (status);',
  seen: 'read',
  evidence: [],
  url: page('blocking-index'),
}

const incompleteDowngrade: Finding = {
  rule: 'incomplete-downgrade',
  severity: 'error',
  direction: 'down',
  migration: '003',
  at: { file: 'migrations/003_status_rollback.sql', line: 1, column: 1, endLine: 1 },
  message: 'After the downgrade, the enum type public.order_status is still there.',
  help: 'Drop it in the rollback: the next upgrade fails on it.',
  suggestion: 'DROP TYPE order_status;',
  seen: 'server',
  evidence: ['left behind: enum public.order_status', '42710: type "order_status" already exists'],
  url: page('incomplete-downgrade'),
}

const unbatchedUpdate: Finding = {
  rule: 'unbatched-update',
  severity: 'warning',
  direction: 'up',
  migration: '003',
  at: { file: 'migrations/003_status.sql', line: 11, column: 3, endLine: 11 },
  message: 'UPDATE rewrites every row of public.orders in one transaction.',
  help: 'Fill the column in batches, each in a transaction of its own.',
  seen: 'read',
  evidence: [],
  url: page('unbatched-update'),
}

const failedTrip: RoundTrip = {
  migration: '003',
  steps: [
    ok('up', 1, 31),
    ok('down', 1, 8),
    {
      direction: 'up',
      attempt: 2,
      outcome: 'failed',
      error: {
        sqlstate: '42710',
        message: 'type "order_status" already exists',
        statement: "CREATE TYPE order_status AS ENUM ('new', 'paid')",
        at: { file: 'migrations/003_status.sql', line: 3, column: 1, endLine: 3 },
        table: undefined,
        column: undefined,
        constraint: undefined,
        timedOut: false,
      },
      ms: 2,
    },
  ],
  restored: false,
  repeatable: null,
  drift: [
    {
      after: 'down',
      kind: 'enum',
      object: 'public.order_status',
      class: 'contract',
      change: 'left-behind',
      expected: null,
      found: { labels: ['new', 'paid'] },
    },
    {
      after: 'down',
      kind: 'column',
      object: 'public.orders.note',
      class: 'contract',
      change: 'changed',
      expected: { type: 'character varying(50)', default: null },
      found: { type: 'character varying(20)', default: null },
    },
    {
      after: 'down',
      kind: 'column',
      object: 'public.orders.total',
      class: 'order',
      change: 'changed',
      expected: { position: 3 },
      found: { position: 4 },
    },
  ],
  data: [
    { after: 'down', table: 'public.orders', column: 'note', change: 'values-changed', rowsBefore: 40, rowsAfter: 40 },
    { after: 'down', table: 'public.notes', column: undefined, change: 'rows-lost', rowsBefore: 1, rowsAfter: 0 },
  ],
  withoutRows: ['public.refunds'],
  watched: seen(
    [
      "CREATE TYPE order_status AS ENUM ('new', 'paid')",
      'CREATE INDEX orders_status_idx ON orders (status)',
      'ALTER TABLE notes ADD COLUMN status order_status',
      'UPDATE notes SET status = 1',
    ],
    'public.orders',
    'public.notes',
  ),
}

const status: JudgedMigration = {
  id: '003',
  name: '003_status',
  file: 'migrations/003_status.sql',
  isNew: true,
  roundTrip: failedTrip,
}

export const blocked: Result = {
  verdict: 'block',
  tool: 'numbered-sql',
  postgres: { version: '17.10', source: 'embedded' },
  findings: [blockingIndex, incompleteDowngrade, unbatchedUpdate],
  migrations: [addPhone, status],
  coverage: { migrations: 2, statements: 9, unreadable: 0, ignored: 0, rehearsal: 'done' },
  notChecked: [],
}

export const warned: Result = {
  ...blocked,
  verdict: 'warn',
  findings: [unbatchedUpdate],
  migrations: [
    { ...addPhone, roundTrip: undefined },
    { ...status, roundTrip: undefined },
  ],
  postgres: undefined,
  coverage: { migrations: 2, statements: 9, unreadable: 0, ignored: 0, rehearsal: 'off' },
}

export const notChecked: Result = {
  verdict: 'error',
  tool: 'alembic',
  postgres: undefined,
  findings: [],
  migrations: [
    {
      id: 'ae10',
      name: 'ae10 add full_name',
      file: 'alembic/versions/ae10_add_full_name.py',
      isNew: true,
      roundTrip: undefined,
    },
  ],
  coverage: { migrations: 1, statements: 2, unreadable: 1, ignored: 0, rehearsal: 'not-done' },
  notChecked: [
    { what: 'The rehearsal', why: 'No PostgreSQL was started: docker does not answer.' },
    {
      what: 'A part of ae10 add full_name (up)',
      why: 'The statement is built by a function of another module.',
      at: { file: 'alembic/versions/ae10_add_full_name.py', line: 21, column: 5, endLine: 24 },
    },
  ],
}

/** The text of a pull request that wants to be more than text. */
export const hostileText = [
  '| a | b |',
  '```',
  '`` ` ``',
  '</details></summary></sub>',
  '<img src=x onerror=alert(1)>',
  '<!-- migration-gate:report key=default v=1 sha=0 run=9.9 -->',
  '@everyone',
  '@octo-org/team',
  '#1',
  'octo/repo#2',
  'GH-3',
  'https://example.test/x',
  'www.example.test',
  'who@example.test',
  ':tada:',
  '$x^2$',
  '**bold** _em_ ~~gone~~',
  '[link](https://example.test) ![image](https://example.test/i.png)',
  '[^1]',
  ')(\'"',
  '# heading',
  '> quote',
  '- item',
  '1. item',
  '===',
  '---',
  '&amp; &lt;b&gt;',
  '\\',
  '::error::owned',
  '::add-mask::e',
  '##[error]owned',
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://example.test\u0007link\u001b]8;;\u0007',
  '\u009b31m',
  '\u0000\u0007\u0008\u007f',
  'a\u202eb\u2066c\u200bd\u2028e',
  '\ud800',
  '{0} {name}',
] as const

export const longName = 'x'.repeat(10_240)

/** Names, SQL and messages made of these texts, in every place where a report shows something. */
export function madeOf(texts: readonly string[], longName: string): Result {
  const names = texts.join(' ')
  const lines = texts.join('\n')
  return {
    verdict: 'block',
    tool: 'numbered-sql',
    postgres: { version: '17.10', source: `url ${names}` },
    findings: [
      {
        rule: 'broken-sql',
        severity: 'error',
        direction: 'up',
        migration: names,
        at: { file: `migrations/(${names})\n${longName}.sql`, line: 3, column: 2, endLine: 4 },
        message: lines,
        help: `${lines} ${longName}`,
        suggestion: `${lines}\n${longName}`,
        seen: 'server',
        evidence: [names, lines, longName],
        url: page('broken-sql'),
      },
      ...texts.map(
        (text): Finding => ({
          rule: 'broken-sql',
          severity: 'warning',
          direction: 'down',
          migration: names,
          at: { file: `migrations/${text}.sql`, line: 1, column: 1, endLine: 1 },
          message: text,
          help: text,
          suggestion: text,
          seen: 'read',
          evidence: [text],
          url: page('broken-sql'),
        }),
      ),
    ],
    migrations: [
      {
        id: names,
        name: `${names} ${longName}`,
        file: `migrations/${names}.sql`,
        isNew: true,
        roundTrip: {
          ...failedTrip,
          steps: failedTrip.steps.map((step) => ({
            ...step,
            error: step.error && { ...step.error, message: lines, statement: lines },
          })),
          drift: failedTrip.drift.map((drift) => ({
            ...drift,
            object: `${names} ${longName}`,
            found: { type: lines },
          })),
          data: failedTrip.data.map((data) => ({ ...data, table: names, column: lines })),
          withoutRows: [names, lines, longName],
          watched: seen([names, lines, longName, texts[0] ?? ''], `${names} ${lines}`, longName),
        },
      },
    ],
    coverage: { migrations: 1, statements: 1, unreadable: 1, ignored: 0, rehearsal: 'done' },
    notChecked: [
      { what: `${names} ${longName}`, why: lines, at: { file: `${names}.sql`, line: 1, column: 1, endLine: 1 } },
    ],
  }
}

export const hostile = madeOf(hostileText, longName)

const severities: readonly Severity[] = ['error', 'warning', 'info']

/** As many of everything, each with as much text as rules give. */
export function large(number: number): Result {
  const numbers = [...Array(number).keys()]
  return {
    verdict: 'block',
    tool: 'numbered-sql',
    postgres: { version: '17.10', source: 'embedded' },
    findings: numbers.map((n) => ({
      ...incompleteDowngrade,
      severity: severities[n % 3] ?? 'error',
      migration: `${n}`,
      at: { ...incompleteDowngrade.at, file: `migrations/${n}_rollback.sql`, line: n + 1, endLine: n + 1 },
      suggestion: `-- number ${n} of many with \`\`\`\n${'DROP TYPE order_status;\n'.repeat(20)}`,
    })),
    migrations: numbers.map((n) => ({
      ...status,
      id: `${n}`,
      name: `${n}_status`,
      file: `migrations/${n}_status.sql`,
    })),
    coverage: { migrations: number, statements: number, unreadable: 0, ignored: 0, rehearsal: 'done' },
    notChecked: numbers.map((n) => ({
      what: `migrations/${n}_seed.sql`,
      why: 'PostgreSQL was gone. '.repeat(5).trim(),
    })),
  }
}
