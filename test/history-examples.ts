import { readFileSync } from 'node:fs'
import { loadConfig } from '../src/config.ts'
import type { Rule } from '../src/model/rule.ts'
import { run } from '../src/run.ts'
import { repository } from './repository.ts'

/** What a rule's page shows of a whole history: the files of the base branch, and what a change does to them. */
export interface HistoryExample {
  readonly kind: 'bad' | 'good'
  readonly before: readonly string[]
  readonly lines: readonly string[]
  readonly page: string
  readonly line: number
}

/** A fence of files, as a diff: one file a line, its path and its text; rules/README.md explains it. */
const fence = /^```diff (before|bad|good)\n([\s\S]*?)^```$/gm

export function historyExamplesIn(page: string): HistoryExample[] {
  const markdown = readFileSync(page, 'utf8')
  const blocks = [...markdown.matchAll(fence)].map(([, kind = '', text = ''], index, all) => ({
    kind,
    lines: text.trimEnd().split('\n'),
    line: markdown.slice(0, all[index]?.index ?? 0).split('\n').length,
  }))
  const before = blocks.flatMap(({ kind, lines }) => (kind === 'before' ? lines : []))
  return blocks.flatMap(({ kind, lines, line }) =>
    kind === 'bad' || kind === 'good' ? [{ kind, before, lines, page, line }] : [],
  )
}

const written = /^[ +-] (\S+?)(?:: (.*?))?(?:\s*-- finding: (.+))?$/

interface Line {
  readonly path: string
  readonly text: string
  readonly rules: readonly string[]
}

function read(line: string): Line {
  const [, path, text = '', rules = ''] = written.exec(line) ?? []
  if (path === undefined) throw new Error(`Not a line of a history: ${line}`)
  return { path, text, rules: rules === '' ? [] : rules.split(',').map((name) => name.trim()) }
}

/** `migrations/003_b.sql several-heads` for each finding of these rules, in a real repository with a real branch. */
export async function findingsIn(
  example: HistoryExample,
  rules: readonly Rule[],
): Promise<{ found: string[]; expected: string[] }> {
  const before = example.before.map(read)
  const removed = example.lines.filter((line) => line.startsWith('-')).map(read)
  const added = example.lines.filter((line) => line.startsWith('+')).map(read)
  await using repo = await repository({ ...surroundings([...before, ...added]), ...files(before) })
  for (const { path } of removed) repo.git('rm', '--quiet', path)
  await repo.commit(files(added))
  const config = await loadConfig({
    repository: repo.path,
    values: { base: 'main', 'round-trip': 'off' },
    origin: 'the test',
  })
  const { findings } = await run({
    config,
    rules,
    repository: repo.path,
    signal: new AbortController().signal,
    log: () => undefined,
  })
  const marks = [...removed, ...added].flatMap(({ path, rules: names }) => names.map((name) => `${path} ${name}`))
  return { found: findings.map(({ at, rule }) => `${at.file} ${rule}`).sort(), expected: marks.sort() }
}

function files(lines: readonly Line[]): Record<string, string> {
  return Object.fromEntries(lines.map(({ path, text }) => [path, path.endsWith('.py') ? python(text) : `${text}\n`]))
}

function surroundings(lines: readonly Line[]): Record<string, string> {
  if (!lines.some(({ path }) => path.endsWith('.py'))) return {}
  return { 'alembic.ini': '[alembic]\nscript_location = .\n' }
}

/** `c1 after a0, b0; ALTER TABLE users ADD COLUMN phone text`: a revision, its parents, and what it does. */
function python(text: string): string {
  const [names = '', sql] = text.split('; ', 2)
  const [, revision, parents = '', label] = /^(\w+)(?: after ([\w, ]+?))?(?: as (\w+))?$/.exec(names) ?? []
  const list = parents === '' ? [] : parents.split(', ')
  const down = list.length > 1 ? JSON.stringify(list) : list.length === 1 ? JSON.stringify(list[0]) : 'None'
  return [
    `revision = ${JSON.stringify(revision)}`,
    `down_revision = ${down}`,
    ...(label ? [`branch_labels = (${JSON.stringify(label)},)`] : []),
    'def upgrade():',
    `    ${sql ? `op.execute(${JSON.stringify(sql)})` : 'pass'}`,
    'def downgrade():',
    '    pass',
    '',
  ].join('\n')
}
