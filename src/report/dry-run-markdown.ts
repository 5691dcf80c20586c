import type { DryRun, PendingMigration } from '../model/dry-run.ts'
import { bytes, countedWords, number, range, replicaWords } from '../model/figures.ts'
import { dryRunHeadline, listed, points, targetWords } from './dry-run-headline.ts'
import { rehearsalLines, schemaDriftLines, triedLines } from './dry-run-modes.ts'
import { code, fenced, html, prose, shorten } from './inert.ts'

/**
 * A dry run in the Markdown that GitHub shows, for the summary of a job: the verdict first.
 * @param bytes how long it may be in UTF-8; the lists of statements, tables and findings are left out where it would be longer
 */
export function dryRunMarkdown(
  run: DryRun,
  { version }: { readonly version: string },
  bytes = Number.POSITIVE_INFINITY,
): string {
  const whole = render(run, version)
  if (Buffer.byteLength(whole) <= bytes) return whole
  const pending = run.pending.map((each) => ({ ...each, statements: [] }))
  return render({ ...run, pending, tables: [], findings: [] }, version)
}

function render(run: DryRun, version: string): string {
  const { icon, title, consequence } = dryRunHeadline(run)
  return `${[
    `## ${icon} Dry run: ${title}`,
    prose(shorten(consequence, 500)),
    ...target(run),
    ...unchecked(run),
    ...drift(run),
    ...schemaDrift(run),
    ...tried(run),
    ...rehearsal(run),
    ...checklist(run),
    ...preconditions(run),
    ...run.pending.filter((each) => each.statements.length > 0).map(statements),
    ...tables(run),
    ...findings(run),
    ...phases(run),
    footer(run, version),
  ].join('\n\n')}\n`
}

function target(run: DryRun): string[] {
  const words = targetWords(run)
  return words === undefined ? [] : [prose(shorten(words, 1000))]
}

function unchecked({ notChecked, server }: DryRun): string[] {
  if (notChecked.length === 0 || !server) return []
  return [
    '### Not checked',
    notChecked.map(({ what, why }) => `- ${prose(shorten(what, 500))}: ${prose(shorten(why, 1000))}`).join('\n'),
  ]
}

function drift({ versionDrift }: DryRun): string[] {
  if (versionDrift.length === 0) return []
  return [
    '### Staging and the repository differ',
    versionDrift.map(({ kind, message }) => `- **${kind}**: ${prose(message)}`).join('\n'),
  ]
}

function schemaDrift(run: DryRun): string[] {
  const lines = schemaDriftLines(run)
  if (lines.length === 0) return []
  return ['### Staging is not what its migrations build', bullets(lines)]
}

function rehearsal(run: DryRun): string[] {
  const lines = rehearsalLines(run)
  return lines.length > 0 ? ['### On a copy of staging’s schema', bullets(lines)] : []
}

function tried(run: DryRun): string[] {
  const told = triedLines(run)
  if (!told) return []
  const statements = told.statements.map(
    ({ statement: { sql, at }, facts }) =>
      `| ${code(`${at.file}:${at.line}`)} | ${code(shorten(sql, 120))} | ${prose(facts)} |`,
  )
  const leftOut = told.leftOut.map(
    ({ sql, at, why }) => `- ${code(`${at.file}:${at.line}`)} ${code(shorten(sql, 120))}: ${prose(why)}`,
  )
  return [
    '### Tried on staging',
    prose(shorten(told.outcome, 1000)),
    ...(told.sequences.length > 0 ? [bullets(told.sequences)] : []),
    ...(leftOut.length > 0 ? [`Not run:\n\n${leftOut.join('\n')}`] : []),
    fold('What ran', [['| Place | Statement | |', '| --- | --- | --- |', ...statements].join('\n')]),
  ]
}

function bullets(lines: readonly string[]): string {
  const shown = lines.slice(0, 50).map((each) => `- ${prose(shorten(each, 500))}`)
  return [...shown, ...(lines.length > 50 ? [`- and ${lines.length - 50} more`] : [])].join('\n')
}

function checklist({ checklist: all }: DryRun): string[] {
  if (all.length === 0) return []
  const lines = all.flatMap(({ what, state, text, details }) => [
    `- ${listed[state]} **${points[what]}**: ${prose(text)}`,
    ...details.slice(0, 20).map((each) => `  - ${prose(shorten(each, 500))}`),
    ...(details.length > 20 ? [`  - and ${details.length - 20} more`] : []),
  ])
  return ['### Before it is applied', lines.join('\n')]
}

function preconditions({ preconditions: all }: DryRun): string[] {
  if (all.length === 0) return []
  const lines = all.map(
    (each) =>
      `| ${prose(shorten(each.needs, 300))} | ${prose(countedWords(each.counted))} | ${each.count === undefined ? '' : code(shorten(each.count, 500))} |`,
  )
  return [
    '### What the data must be',
    ['| It needs that | On staging | Query |', '| --- | --- | --- |', ...lines].join('\n'),
  ]
}

function statements({ name, statements: all }: PendingMigration): string {
  const lines = all.map(({ sql, at, class: kind, locks, estimate, isOutsideTransaction }) => {
    const held = locks.map(({ table, mode }) => `${mode} on ${code(table)}`).join(', ') || 'none that shuts anybody out'
    const alone = isOutsideTransaction ? ', outside of a transaction' : ''
    return `| ${at.line} | ${code(shorten(sql, 120))} | ${kind ?? 'unknown'}${alone} | ${range(estimate)} | ${held} |`
  })
  return fold(`Statements of <code>${html(name)}</code>`, [
    ['| Line | Statement | Work | Time | Locks |', '| --- | --- | --- | --- | --- |', ...lines].join('\n'),
  ])
}

function tables({ tables: all }: DryRun): string[] {
  if (all.length === 0) return []
  const lines = all.map(({ name, why, rows, isGuess, heapBytes, toastBytes, indexBytes, indexes, foreignKeys }) => {
    const ill = indexes.filter(({ isValid }) => !isValid).map((index) => `${code(index.name)} is invalid`)
    const keys = foreignKeys.map(({ name: key, from, to }) => `${code(key)} (${code(from)} → ${code(to)})`)
    const own = why === 'neighbour' ? ' (tied by a foreign key)' : ''
    return `| ${code(name)}${own} | ${number(rows)}${isGuess ? ' (a guess)' : ''} | ${bytes(heapBytes + toastBytes)} | ${bytes(indexBytes)} in ${indexes.length} | ${[...ill, ...keys].join(', ')} |`
  })
  return [
    fold('Tables that are touched', [
      ['| Table | Rows, about | Size | Indexes | |', '| --- | --- | --- | --- | --- |', ...lines].join('\n'),
    ]),
  ]
}

function findings({ findings: all }: DryRun): string[] {
  if (all.length === 0) return []
  const lines = all.map(
    ({ at, severity, rule, message, help, url }) =>
      `- **${severity}** [${code(rule)}](${url}) in ${code(`${at.file}:${at.line}`)}: ${prose(shorten(message, 1000))} ${prose(shorten(help, 1000))}`,
  )
  return [fold(`What the rules say (${all.length})`, [lines.join('\n')])]
}

function phases({ phases: all }: DryRun): string[] {
  if (all.length === 0) return []
  return [
    '### Without downtime',
    ...all.flatMap(({ text, sql }, index) => [
      `${index + 1}. ${prose(text)}`,
      ...(sql.length > 0 ? [fenced(sql.join('\n'), 'sql')] : []),
    ]),
  ]
}

function fold(summary: string, paragraphs: readonly string[]): string {
  return [`<details><summary>${summary}</summary>`, ...paragraphs, '</details>'].join('\n\n')
}

function footer({ mode, server, versions, tool }: DryRun, version: string): string {
  const at = versions?.exists
    ? `${code(versions.table)}: ${versions.current.map(code).join(', ') || 'empty'}`
    : undefined
  const replica = server && replicaWords(server)
  return `<sub>${[
    `Mode ${mode}`,
    ...(server ? [`PostgreSQL ${prose(server.version)}${replica ? ` (${replica})` : ''}`] : []),
    ...(tool ? [tool] : []),
    ...(at ? [at] : []),
    ...(server && mode === 'plan' ? ['staging was only read'] : []),
    `migration-gate ${prose(version)}`,
  ].join(' · ')}</sub>`
}
