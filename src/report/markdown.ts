import type { Finding, Severity } from '../model/finding.ts'
import type { JudgedMigration, NotChecked, Result } from '../model/result.ts'
import { type About, permalink } from './about.ts'
import { ignoreComment, unsaidEvidence } from './evidence.ts'
import { count, headline, ofSeverity } from './headline.ts'
import { code, fenced, html, htmlCode, prose, shorten } from './inert.ts'
import { differences, outcome, steps } from './round-trip.ts'

/**
 * GitHub refuses a comment of more than 65,536 characters, and does not say whether it counts UTF-16 units, code points or
 * bytes. 60,000 bytes are below all three.
 */
export const commentBytes = 60_000

/** A job summary may have 1 MiB: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
export const summaryBytes = 1_000_000

/** What is left out to make a report fit, one thing more at each level. */
const levels = [
  { leftOut: '', suggestions: true, evidence: true, details: true, findings: true, table: true },
  { leftOut: 'suggested SQL', suggestions: false, evidence: true, details: true, findings: true, table: true },
  {
    leftOut: 'suggested SQL and evidence',
    suggestions: false,
    evidence: false,
    details: false,
    findings: true,
    table: true,
  },
  { leftOut: 'the single findings', suggestions: false, evidence: false, details: false, findings: false, table: true },
  {
    leftOut: 'everything but the counts',
    suggestions: false,
    evidence: false,
    details: false,
    findings: false,
    table: false,
  },
] as const

type Level = (typeof levels)[number]

/**
 * The report for people, in the Markdown that GitHub shows: comment, job summary and `--format markdown` alike.
 * @param bytes how long it may be in UTF-8; more and more is left out, and said to be, until it fits. Below 10,000 the last
 * level may be longer.
 */
export function markdown(result: Result, about: About, bytes = Number.POSITIVE_INFINITY): string {
  let text = ''
  for (const level of levels) {
    text = render(result, about, level)
    if (Buffer.byteLength(text) <= bytes) break
  }
  return text
}

function render(result: Result, about: About, level: Level): string {
  const { icon, title, consequence } = headline(result)
  return `${[
    `## ${icon} Migration gate: ${title}`,
    prose(shorten(consequence, 500)),
    ...shortened(about, level),
    ...(level.table && result.migrations.length ? [table(result, about)] : []),
    ...unchecked(result.notChecked, about, level),
    ...(level.findings ? findings(result, about, level) : []),
    ...(level.details ? roundTrips(result) : []),
    footer(result, about),
  ].join('\n\n')}\n`
}

function shortened({ links }: About, { leftOut }: Level): string[] {
  if (!leftOut) return []
  return [
    `> This report is too long to be shown whole: ${leftOut} left out.${links ? ` [The run](${links.run}) has all of it.` : ''}`,
  ]
}

const icons: Record<Severity, string> = { error: '❌', warning: '⚠️', info: 'ℹ️' }
const outcomes = { ok: '✅', failed: '❌', skipped: '–' } as const

function table(result: Result, about: About): string {
  return [
    '| Migration | Findings | Upgrade → downgrade → upgrade |',
    '| --- | --- | --- |',
    ...result.migrations.map(
      (migration) => `| ${name(migration, about)} | ${tally(result, migration)} | ${trip(migration)} |`,
    ),
  ].join('\n')
}

function name({ name, file }: JudgedMigration, { links }: About): string {
  return linked(code(name), permalink(links, { file }))
}

function tally(result: Result, { id }: JudgedMigration): string {
  const own = result.findings.filter((finding) => finding.migration === id)
  const counts = (['error', 'warning', 'info'] as const).map((severity) => ({
    icon: icons[severity],
    number: own.filter((finding) => finding.severity === severity).length,
  }))
  return (
    counts
      .filter(({ number }) => number > 0)
      .map(({ icon, number }) => `${icon} ${number}`)
      .join(' · ') || 'none'
  )
}

function trip({ roundTrip }: JudgedMigration): string {
  if (!roundTrip) return '⏭️ not rehearsed'
  return `${steps(roundTrip)
    .map((step) => outcomes[step.outcome])
    .join(' → ')} ${outcome(roundTrip)}`
}

/** Never folded, and the last to be shortened: a report that hides what was not checked would look clean. */
function unchecked(notChecked: readonly NotChecked[], about: About, level: Level): string[] {
  if (notChecked.length === 0) return []
  const shown = level.table ? notChecked : notChecked.slice(0, 10)
  const limit = level.findings ? 2000 : 300
  const lines = shown.map(({ what, why, at }) => {
    const place = at ? ` (${placeInMarkdown(at, about)})` : ''
    return `- ${code(shorten(what, limit))}${place}: ${prose(shorten(why, limit))}`
  })
  const more = notChecked.length - shown.length
  return ['### Not checked', [...lines, ...(more ? [`- and ${more} more`] : [])].join('\n')]
}

function placeInMarkdown(at: Finding['at'], { links }: About): string {
  return linked(code(`${at.file}:${at.line}`), permalink(links, at))
}

function linked(text: string, link: string | undefined): string {
  return link ? `[${text}](${link})` : text
}

/** So many findings stand open; with more of them a comment would be longer than a screen before anybody unfolds anything. */
const openLimit = 3

function findings(result: Result, about: About, level: Level): string[] {
  const blocking = ofSeverity(result, 'error').map((finding, index) =>
    details(finding, about, level, index < openLimit),
  )
  const others = [...ofSeverity(result, 'warning'), ...ofSeverity(result, 'info')]
  return [...blocking, ...others.map((finding) => details(finding, about, level, false))]
}

function details(finding: Finding, about: About, level: Level, open: boolean): string {
  const { rule, severity, at, direction, message, help, suggestion, seen, url } = finding
  const evidence = unsaidEvidence(finding)
  const place = htmlCode(`${at.file}:${at.line}`)
  const link = permalink(about.links, at)
  const language = at.file.endsWith('.py') ? 'python' : 'sql'
  return fold(
    `${icons[severity]} <b>${html(rule)}</b> in ${link ? `<a href="${link}">${place}</a>` : place}${direction === 'down' ? ' (downgrade)' : ''}`,
    open,
    [
      prose(shorten(message, 2000)),
      `**Instead:** ${prose(shorten(help, 2000))}`,
      ...(suggestion !== undefined && level.suggestions ? [fenced(shorten(suggestion, 5000), language)] : []),
      ...(evidence.length && level.evidence ? [evidenceList(evidence)] : []),
      `${seen === 'server' ? 'Seen on the server.' : 'Read in the file.'} [${code(rule)}](${url}) explains it. Where it is acceptable, say why above the statement: ${code(ignoreComment(finding))}`,
    ],
  )
}

function evidenceList(evidence: readonly string[]): string {
  const shown = evidence.slice(0, 20).map((seen) => `- ${code(shorten(seen, 500))}`)
  const more = evidence.length - shown.length
  return ['Seen:', '', ...shown, ...(more ? [`- and ${more} more`] : [])].join('\n')
}

/** `summary` is HTML and the rest Markdown: the empty lines tell GitHub where one ends and the other begins. */
function fold(summary: string, open: boolean, paragraphs: readonly string[]): string {
  return [`<details${open ? ' open' : ''}><summary>${summary}</summary>`, ...paragraphs, '</details>'].join('\n\n')
}

function roundTrips({ migrations }: Result): string[] {
  return migrations.flatMap(({ name, roundTrip }) => {
    if (!roundTrip) return []
    const all = differences(roundTrip, code)
    if (all.length === 0) return []
    const shown = all.slice(0, 50).map((one) => `- ${one}`)
    const more = all.length - shown.length
    const title = `Round trip of ${htmlCode(name)}: ${count(all.length, 'difference')}`
    return [fold(title, false, [[...shown, ...(more ? [`- and ${more} more`] : [])].join('\n')])]
  })
}

/** What stands in `sub` is Markdown, unlike what stands in `summary`: GitHub reads the tag as part of a paragraph. */
function footer(result: Result, { version, links }: About): string {
  const { migrations, statements, unreadable, ignored, rehearsal } = result.coverage
  const rehearsed = {
    done: `rehearsed on PostgreSQL${result.postgres ? ` ${prose(result.postgres.version)} (${prose(result.postgres.source)})` : ''}`,
    off: 'not rehearsed, because that is turned off',
    'not-needed': 'nothing to rehearse',
    'not-done': 'not rehearsed',
  }[rehearsal]
  const empty = [...new Set(result.migrations.flatMap((migration) => migration.roundTrip?.withoutRows ?? []))].sort()
  const tables = empty.slice(0, 10).map(code).join(', ')
  const more = empty.length > 10 ? ` and ${empty.length - 10} more` : ''
  return `<sub>${[
    `Checked ${count(migrations, 'migration')}, ${count(statements, 'statement')}, ${unreadable} not readable${ignored ? `, ${count(ignored, 'finding')} ignored by a comment` : ''}`,
    ...(migrations ? [rehearsed] : []),
    ...(empty.length ? [`no rows to test with in ${tables}${more}`] : []),
    ...(result.notChecked.length ? [] : ['nothing was left unchecked']),
    `migration-gate ${prose(version)}`,
    ...(links
      ? [`commit [${links.sha.slice(0, 7)}](${links.repository}/commit/${links.sha})`, `[run](${links.run})`]
      : []),
  ].join(' · ')}</sub>`
}
