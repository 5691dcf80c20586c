import { readFileSync } from 'node:fs'
import type { Migration, ParsedMigration, Script } from '../src/model/migration.ts'
import { parseMigration } from '../src/parse/parse.ts'

/** The SQL in a rule's page: what users read is also the rule's test. rules/README.md explains the fences. */
export interface Example {
  readonly kind: 'bad' | 'good'
  /** The schema that is there already: all `before` fences of the page. */
  readonly before: string
  readonly up: string
  readonly down: string | undefined
  /** A whole migration, so that the absence of a downgrade means something. */
  readonly alone: boolean
  /** The page, and the line of its fence in it. */
  readonly page: string
  readonly line: number
}

const fence = /^```sql (before|bad|good|down)( alone)?\n([\s\S]*?)^```$/gm

/** @throws where a fence has no meaning, so that no example is left out by a slip of the pen */
export function examplesIn(page: string): Example[] {
  const markdown = readFileSync(page, 'utf8')
  const blocks = [...markdown.matchAll(fence)]
  const opened = [...markdown.matchAll(/^```./gm)].length
  if (opened !== blocks.length)
    throw new Error(`${page}: ${opened - blocks.length} fences are none that rules/README.md knows`)

  const before = blocks.flatMap(([, kind, , sql]) => (kind === 'before' ? (sql ?? '') : [])).join('')
  const examples: Example[] = []
  for (const { 1: kind, 2: alone, 3: sql = '', index } of blocks) {
    const line = markdown.slice(0, index).split('\n').length
    if (kind === 'bad' || kind === 'good') {
      examples.push({ kind, before, up: sql, down: undefined, alone: alone !== undefined, page, line })
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
  return Promise.all(
    [
      migration('001', '001_before', { up: example.before, down: undefined }, 'base'),
      migration('002', '002_example', { up: example.up, down: example.down }, 'new'),
    ].map((each) => parseMigration(each, { defaultSchema: 'public' })),
  )
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
    .filter(({ direction }) => direction === 'up' || down !== undefined || alone)
    .map(({ rule, at }) => `${at.file.endsWith('_rollback.sql') ? 'down' : 'up'} ${at.line} ${rule}`)
    .sort()
}
