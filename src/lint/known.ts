import { createHash } from 'node:crypto'
import * as z from 'zod'
import { UserError } from '../model/errors.ts'
import type { Finding } from '../model/finding.ts'
import type { ParsedMigration } from '../model/migration.ts'
import type { KnownFinding } from '../model/result.ts'
import type { Rule } from '../model/rule.ts'
import { active } from './settings.ts'

/** What the file of known findings says at its beginning, and how it is laid out. */
const layout = z.strictObject({
  version: z.literal(1),
  about: z.string().optional(),
  findings: z.array(
    z.strictObject({
      file: z.string(),
      rule: z.string(),
      direction: z.enum(['up', 'down']),
      statement: z.string(),
      fingerprint: z.string(),
    }),
  ),
})

const about =
  'Findings that were there when the gate was adopted, written by "migration-gate check --all --write-known". They do not block.'

/** What is shown of a statement, in characters. */
const shown = 100

/**
 * What a finding is known by later: its rule, file, direction and statement, and the how manieth such one it is. Lines may move and
 * messages may be worded anew.
 */
export function fingerprinted(
  findings: readonly Finding[],
  migrations: readonly ParsedMigration[],
): ReadonlyMap<Finding, KnownFinding> {
  const counts = new Map<string, number>()
  return new Map(
    findings.map((finding) => {
      const { rule, direction, at } = finding
      const statement = statementAt(finding, migrations)
      const same = JSON.stringify([rule, at.file, direction, statement])
      const nth = (counts.get(same) ?? 0) + 1
      counts.set(same, nth)
      const fingerprint = createHash('sha256').update(`${same}${nth}`).digest('hex').slice(0, 32)
      const excerpt = statement.length > shown ? `${statement.slice(0, shown - 1)}…` : statement
      return [finding, { file: at.file, rule, direction, statement: excerpt, fingerprint }]
    }),
  )
}

/** The text of the statement with single spaces; empty for a finding about the migration as a whole. */
function statementAt({ at, migration: id }: Finding, migrations: readonly ParsedMigration[]): string {
  const migration = migrations.find((each) => each.id === id)
  const statements = [...(migration?.up.statements ?? []), ...(migration?.down?.statements ?? [])].filter(
    (each) => each.at.file === at.file && each.at.line <= at.line && at.line <= each.at.endLine,
  )
  const before = (each: (typeof statements)[number]) => each.at.line < at.line || each.at.column <= at.column
  return (statements.filter(before).at(-1) ?? statements[0])?.sql.replace(/\s+/g, ' ').trim() ?? ''
}

/**
 * Parts the findings that are known from those that are new.
 * @param wasRun whether a migration, by its id, was run: what only a run shows is not missed where there was none
 * @returns also the known ones of these files that were not found again
 */
export function withoutKnown(
  findings: readonly Finding[],
  known: readonly KnownFinding[],
  {
    migrations,
    history,
    rules,
    wasRun,
  }: {
    readonly migrations: readonly ParsedMigration[]
    /** With those of the base branch, in which a finding may stand. */
    readonly history: readonly ParsedMigration[]
    readonly rules: readonly Rule[]
    readonly wasRun: (migration: string) => boolean
  },
): { readonly findings: Finding[]; readonly known: number; readonly stale: KnownFinding[] } {
  const prints = fingerprinted(findings, history)
  const expected = new Set(known.map(({ fingerprint }) => fingerprint))
  const left = findings.filter((finding) => !expected.has(prints.get(finding)?.fingerprint ?? ''))
  const found = new Set([...prints.values()].map(({ fingerprint }) => fingerprint))
  const looking = new Map(active(rules).map((rule) => [rule.name, rule]))
  const isMissed = ({ file, rule: name, fingerprint }: KnownFinding) => {
    const migration = migrations.find(({ up, down }) => up.file === file || down?.file === file)
    const rule = looking.get(name)
    const isKnownRule = rules.some((each) => each.name === name)
    if (!migration || found.has(fingerprint)) return false
    return !isKnownRule || (rule !== undefined && (!rule.observe || wasRun(migration.id)))
  }
  return { findings: left, known: findings.length - left.length, stale: known.filter(isMissed) }
}

/** @throws UserError for what is not such a file */
export function readKnown(text: string, name: string): readonly KnownFinding[] {
  const anew = 'Write it anew: migration-gate check --all --write-known'
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw new UserError(`${name} is not JSON. ${anew}`, { cause })
  }
  const parsed = layout.safeParse(data)
  if (parsed.success) return parsed.data.findings
  const [issue] = parsed.error.issues
  throw new UserError(`${name}: ${issue?.path.map(String).join('.') || 'the whole'}: ${issue?.message}. ${anew}`)
}

/** The same text for the same findings, in whatever order they come: one finding a line, so that a review shows each. */
export function writtenKnown(findings: Iterable<KnownFinding>): string {
  const key = ({ file, rule, direction, fingerprint }: KnownFinding) => [file, rule, direction, fingerprint].join('\0')
  const sorted = [...findings].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  const lines = sorted.map(({ file, rule, direction, statement, fingerprint }) =>
    JSON.stringify({ file, rule, direction, statement, fingerprint }),
  )
  const list = lines.length > 0 ? `[\n    ${lines.join(',\n    ')}\n  ]` : '[]'
  return `{\n  "version": 1,\n  "about": ${JSON.stringify(about)},\n  "findings": ${list}\n}\n`
}
