import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { ParsedProject } from '../src/lint/history.ts'
import type { Migration, ParsedMigration, Script } from '../src/model/migration.ts'
import { parseMigration } from '../src/parse/parse.ts'
import { type GivenSize, sizesOf } from '../src/sizes.ts'

/** The SQL in a rule's page: what users read is also the rule's test. rules/README.md explains the fences. */
export interface Example {
  readonly kind: 'bad' | 'good'
  /** The schema that is there already: all `before` fences of the page. */
  readonly before: string
  /** A migration that is new as well and runs before the example, both in one transaction of the tool; '' for none. */
  readonly earlier: string
  /** What the models say, as a file of SQL; '' for nothing. */
  readonly expected: string
  readonly up: string
  readonly down: string | undefined
  /** A whole migration, so that the absence of a downgrade means something. */
  readonly alone: boolean
  /** The first and the last major version of PostgreSQL of which it is true. */
  readonly since: number
  readonly until: number
  /** The sizes of the page, as the configuration has them. */
  readonly tables: Readonly<Record<string, GivenSize>>
  /** The page, and the line of its fence in it. */
  readonly page: string
  readonly line: number
}

const fence = /^```sql (before|earlier|expected|bad|good|down)( alone)?(?: (since|until) (\d+))?\n([\s\S]*?)^```$/gm

/** @throws where a fence has no meaning, so that no example is left out by a slip of the pen */
export function examplesIn(page: string): Example[] {
  const markdown = readFileSync(page, 'utf8')
  const blocks = [...markdown.matchAll(fence)]
  // Those of diff show whole histories: test/history-examples.ts. Those of yaml are settings.
  const opened = [...markdown.matchAll(/^```(?!diff (?:before|bad|good)$|yaml)./gm)].length
  if (opened !== blocks.length)
    throw new Error(`${page}: ${opened - blocks.length} fences are none that rules/README.md knows`)

  const sizes = /^```yaml tables\n([\s\S]*?)^```$/m.exec(markdown)?.[1]
  const all = (name: string) => blocks.flatMap(([, kind, , , , sql]) => (kind === name ? (sql ?? '') : [])).join('')
  const before = all('before')
  const earlier = all('earlier')
  const expected = all('expected')
  const tables = (sizes === undefined ? {} : parse(sizes)) as Example['tables']
  const examples: Example[] = []
  for (const { 1: kind, 2: alone, 3: bound, 4: version, 5: sql = '', index } of blocks) {
    const line = markdown.slice(0, index).split('\n').length
    if (kind === 'bad' || kind === 'good') {
      const since = bound === 'since' ? Number(version) : 0
      const until = bound === 'until' ? Number(version) : Number.POSITIVE_INFINITY
      const whole = { alone: alone !== undefined, since, until, tables, page, line }
      examples.push({ kind, before, earlier, expected, up: sql, down: undefined, ...whole })
    }
    if (kind !== 'down') continue
    const last = examples.pop()
    if (!last || last.down !== undefined) throw new Error(`${page}:${line}: a downgrade of nothing`)
    examples.push({ ...last, down: sql })
  }
  return examples
}

/** The example as the history of a numbered SQL project: what was before, and the migration that it shows. */
export function asMigrations(example: Example): Promise<ParsedMigration[]> {
  const { before, earlier, up, down } = example
  const steps = [
    migration('001', '001_before', { up: before, down: undefined }, 'base'),
    ...(earlier === '' ? [] : [migration('0015', '0015_earlier', { up: earlier, down: undefined }, 'new')]),
    migration('002', '002_example', { up, down }, 'new'),
  ]
  return Promise.all(
    steps.map((each) => parseMigration(earlier === '' ? each : inOneRun(each), { defaultSchema: 'public' })),
  )
}

/** Whether the example says something of this major version of PostgreSQL. */
export function isOf({ since, until }: Example, major: number): boolean {
  return since <= major && major <= until
}

/** A major version of which the example is true. */
export function majorOf({ since, until }: Example): number {
  return Math.max(since, Math.min(until, 17))
}

/** The example as the rules and the rehearsal take a project, on a PostgreSQL of this major version. */
export async function projectOf(example: Example, major: number): Promise<ParsedProject & { readonly directory: '' }> {
  const migrations = await asMigrations(example)
  return { tool: 'numbered-sql', directory: '', migrations, sizes: await sizesIn(example), major }
}

/** As Alembic does it: all that is pending in one transaction. */
function inOneRun(migration: Migration): Migration {
  return migration.status === 'base' ? migration : { ...migration, up: { ...migration.up, transaction: 'run' } }
}

function migration(
  id: string,
  name: string,
  sql: { up: string; down: string | undefined },
  status: Migration['status'],
): Migration {
  const file = `migrations/${name}.sql`
  return {
    id,
    name,
    file,
    parents: id === '001' ? [] : ['001'],
    up: script('up', file, sql.up),
    down: sql.down === undefined ? undefined : script('down', `migrations/${name}_rollback.sql`, sql.down),
    status,
  }
}

/** The files of the migration that an example shows, by path. */
export function textsOf({ up, down }: Example): Map<string, string> {
  return new Map([
    ['migrations/002_example.sql', up],
    ...(down === undefined ? [] : [['migrations/002_example_rollback.sql', down] as const]),
  ])
}

/** A script of one file. */
export function script(direction: Script['direction'], file: string, sql: string): Script {
  return {
    direction,
    file,
    at: { file, line: 1, column: 1, endLine: 1 },
    fragments: [{ kind: 'sql', sql, file, anchors: [{ offset: 0, line: 1, column: 1, verbatim: true }] }],
    transaction: 'none',
  }
}

/** `CREATE INDEX …; -- finding: blocking-index` in line 2 of the upgrade becomes `up 2 blocking-index`. */
export function expectedIn({ up, down }: Example): string[] {
  return [...marks('up', up), ...marks('down', down ?? '')].sort()
}

function marks(direction: string, sql: string): string[] {
  return sql.split('\n').flatMap((text, index) => {
    const names = text.match(/-- finding: (.+)$/)?.[1]?.split(',') ?? []
    return names.map((name) => `${direction} ${index + 1} ${name.trim()}`)
  })
}

/** The findings in the same form. A snippet says nothing about its downgrade, so neither does the verdict on it. */
export function foundIn(
  { down, alone }: Example,
  findings: readonly { direction: string; rule: string; at: { file: string; line: number } }[],
): string[] {
  return findings
    .filter(({ direction, at }) => (direction === 'up' || down !== undefined || alone) && at.file.includes('/002_'))
    .map(({ rule, at }) => `${at.file.endsWith('_rollback.sql') ? 'down' : 'up'} ${at.line} ${rule}`)
    .sort()
}

/** The sizes of the tables in production, as rules and rehearsal take them. */
function sizesIn({ tables }: Example): ReturnType<typeof sizesOf> {
  return sizesOf({ repository: '', file: undefined, tables, defaultSchema: 'public' })
}
