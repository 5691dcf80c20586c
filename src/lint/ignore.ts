import picomatch from 'picomatch'
import { UserError } from '../model/errors.ts'
import type { Finding } from '../model/finding.ts'
import type { IgnoreComment, IgnoredRule } from '../model/ignore.ts'
import type { ParsedMigration } from '../model/migration.ts'
import type { Rule } from '../model/rule.ts'
import { ignoresIn, type WrittenIgnore } from './comments.ts'
import { stamp } from './lint.ts'
import { inOrder } from './order.ts'
import { active, nearestRule, rulesNamed, unknownRule } from './settings.ts'

/** What the configuration asks to ignore. */
export interface IgnoreSetting {
  readonly rules: readonly string[]
  /** Globs of paths from the root of the repository. */
  readonly files: readonly string[]
  readonly reason: string
  /** Where it says so, for messages. */
  readonly place: string
}

interface Ignoring {
  /** The migrations that are judged. */
  readonly migrations: readonly ParsedMigration[]
  /** The text of their files, by path. */
  readonly texts: ReadonlyMap<string, string>
  readonly rules: readonly Rule[]
  /** Whether a migration, by its id, was run, so that rules that look at the run could speak. */
  readonly wasRun: (migration: string) => boolean
  readonly settings?: readonly IgnoreSetting[]
  /** Findings that the server did not bear out. A comment for one of them has its use: without a server the finding is there. */
  readonly refuted?: readonly Finding[]
}

/**
 * The findings without those that a comment in their file or the configuration asks to ignore, and with what the rules say of the comments.
 * A comment of ours needs a reason: without one it ignores nothing.
 */
export function withoutIgnored(
  findings: readonly Finding[],
  { migrations, texts, rules, wasRun, settings = [], refuted = [] }: Ignoring,
): { readonly findings: Finding[]; readonly ignored: number } {
  const comments = new Map([...texts].map(([file, text]) => [file, ignoresIn(text, rules)]))
  const bySettings = matcher(settings, rules)
  const isIgnored = (finding: Finding) =>
    (comments.get(finding.at.file) ?? []).some((comment) => ignores(comment, finding)) || bySettings(finding)

  const reviewers = active(rules).filter(({ review }) => review)
  const judge = reviewers.length > 0 ? judgement([...findings, ...refuted], rules, wasRun) : undefined
  const said = !judge
    ? []
    : migrations.flatMap((migration) => {
        const written = filesOf(migration).flatMap(
          (file) => comments.get(file)?.map((comment) => judge(comment, file, migration)) ?? [],
        )
        const own = written.filter((comment) => comment !== undefined)
        return reviewers.flatMap((rule) =>
          [...(rule.review?.(own) ?? [])].map((report) => stamp(report, rule, migration, 'read')),
        )
      })
  const all = [...findings, ...said]
  const left = all.filter((finding) => !isIgnored(finding))
  return { findings: said.length > 0 ? inOrder(left, migrations) : left, ignored: all.length - left.length }
}

function ignores(comment: WrittenIgnore, finding: Finding): boolean {
  return (
    comment.reason !== undefined &&
    covers(comment, finding) &&
    comment.names.some(({ rules }) => rules.some(({ name }) => name === finding.rule))
  )
}

function covers({ from, to }: WrittenIgnore, { at }: Finding): boolean {
  return from <= at.endLine && at.line <= to
}

function filesOf({ up, down }: ParsedMigration): string[] {
  return [...new Set([up.file, ...(down ? [down.file] : [])])]
}

/** What came of a comment; undefined for one that is another linter's to judge. */
function judgement(
  findings: readonly Finding[],
  rules: readonly Rule[],
  wasRun: Ignoring['wasRun'],
): (comment: WrittenIgnore, file: string, migration: ParsedMigration) => IgnoreComment | undefined {
  const looking = new Set(active(rules).map(({ name }) => name))
  return (comment, file, { id, up, down }) => {
    if (!comment.isOurs) return undefined
    const { line, column, reason, names } = comment
    const here = new Set(findings.flatMap((each) => (each.at.file === file && covers(comment, each) ? each.rule : [])))
    const couldSpeak = (rule: Rule) => looking.has(rule.name) && !rule.review && (!rule.observe || wasRun(id))
    const outcome = (meant: readonly Rule[]): IgnoredRule['outcome'] => {
      if (meant.length === 0) return 'unknown'
      if (meant.some(({ name }) => here.has(name))) return 'used'
      return meant.every(couldSpeak) ? 'unused' : 'open'
    }
    const isDown = down?.file === file && (up.file !== file || line >= down.at.line)
    return {
      at: { file, line, column, endLine: line },
      direction: isDown ? 'down' : 'up',
      reason,
      rules: names.map(({ name, rules: meant }) => ({
        name,
        outcome: outcome(meant),
        nearest: meant.length === 0 ? nearestRule(name, rules) : undefined,
      })),
    }
  }
}

/** @throws UserError where the configuration names a rule that does not exist */
export function checkIgnored(settings: readonly IgnoreSetting[], rules: readonly Rule[]): void {
  const problems = settings.flatMap(({ rules: names, place }) =>
    names.flatMap((name) =>
      rulesNamed(name, rules).length === 0 ? `${place}: ignore: ${name}: ${unknownRule(name, rules)}` : [],
    ),
  )
  if (problems.length > 0) throw new UserError(problems.join('\n'))
}

function matcher(settings: readonly IgnoreSetting[], rules: readonly Rule[]): (finding: Finding) => boolean {
  const entries = settings.map(({ rules: names, files }) => ({
    rules: new Set(names.flatMap((name) => rulesNamed(name, rules).map((rule) => rule.name))),
    isMatch: picomatch([...files], { dot: true }),
  }))
  return ({ rule, at }) => entries.some((entry) => entry.rules.has(rule) && entry.isMatch(at.file))
}
