import type { Finding, Severity } from '../model/finding.ts'
import type { Precondition } from '../model/precondition.ts'
import type { JudgedMigration, NotChecked, Result } from '../model/result.ts'
import type { RoundTrip } from '../model/round-trip.ts'
import { type About, permalink } from './about.ts'
import { byReason } from './by-reason.ts'
import { ignoreComment, unsaidEvidence } from './evidence.ts'
import { count, headline, ofSeverity } from './headline.ts'
import { code, fenced, html, htmlCode, prose, shorten } from './inert.ts'
import { staleKnown } from './known.ts'
import { demand, differences, outcome, steps } from './round-trip.ts'
import { barWords, chart, shutOut, type Timeline, timelines } from './timeline.ts'

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
    ...(level.details ? rehearsals(result, about) : []),
    ...(level.details ? gone(result) : []),
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
  const lines = byReason(shown).flatMap(([why, things]) => {
    const named = things.map(({ what, at }) => {
      const place = at ? ` (${placeInMarkdown(at, about)})` : ''
      return `${code(shorten(what, limit))}${place}`
    })
    const reason = prose(shorten(why, limit))
    return things.length > 1 ? [`- ${reason}`, ...named.map((each) => `  - ${each}`)] : [`- ${named.join()}: ${reason}`]
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

/** So many blocking findings stand open that a comment takes about a screen: fewer, where it has many lines that are folded. */
function openLimit({ findings, migrations }: Result): number {
  return Math.min(3, Math.max(1, 4 - Math.floor((findings.length + migrations.length) / 4)))
}

function findings(result: Result, about: About, level: Level): string[] {
  const limit = openLimit(result)
  const blocking = ofSeverity(result, 'error').map((finding, index) => details(finding, about, level, index < limit))
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
  const lines = evidence.map((seen) => `- ${code(shorten(seen, 500))}`)
  return `Seen:\n\n${limited(lines, 20)}`
}

/** `summary` is HTML and the rest Markdown: the empty lines tell GitHub where one ends and the other begins. */
function fold(summary: string, open: boolean, paragraphs: readonly string[]): string {
  return [`<details${open ? ' open' : ''}><summary>${summary}</summary>`, ...paragraphs, '</details>'].join('\n\n')
}

/** What the server showed, one fold for each migration of which there is more to tell than the table does. */
function rehearsals({ migrations }: Result, about: About): string[] {
  return migrations.flatMap(({ name, roundTrip }) => {
    const parts = roundTrip
      ? [...differing(roundTrip), ...locks(roundTrip, about), ...demands(roundTrip.preconditions ?? [])]
      : []
    if (parts.length === 0) return []
    const title = `Rehearsal of ${htmlCode(name)}: ${parts.map((part) => part.title).join('; ')}`
    return [
      fold(
        title,
        false,
        parts.flatMap(({ paragraphs }) => paragraphs),
      ),
    ]
  })
}

/** A part of a fold, and what it comes to. */
interface Part {
  readonly title: string
  readonly paragraphs: readonly string[]
}

function differing(trip: RoundTrip): Part[] {
  const all = differences(trip, code).map((one) => `- ${one}`)
  return all.length > 0
    ? [{ title: count(all.length, 'difference'), paragraphs: ['**Round trip**', limited(all, 50)] }]
    : []
}

/** The lock timelines: drawn, and in words. */
function locks(trip: RoundTrip, about: About): Part[] {
  const all = timelines(trip)
  if (all.length === 0) return []
  const drawn = all.flatMap((timeline) => [
    `**Locks of the ${timeline.direction === 'down' ? 'downgrade' : 'upgrade'}**, a column for each statement`,
    fenced(chart(timeline), 'mermaid'),
    limited(
      timeline.bars.map((bar) => `- ${code(bar.relation)}: ${barWords(bar)}`),
      20,
    ),
    statements(timeline, about),
  ])
  const why = 'How long a statement takes in production depends on the size of its tables.'
  return [{ title: shutOut(all), paragraphs: [...drawn, why] }]
}

function statements({ statements }: Timeline, about: About): string {
  const lines = statements.map(({ sql, at }, index) => {
    const place = at ? ` in ${placeInMarkdown(at, about)}` : ''
    return `${index + 1}. ${code(sql.length > 100 ? `${sql.slice(0, 100)}…` : sql)}${place}`
  })
  return limited(lines, 12)
}

function limited(lines: readonly string[], limit: number): string {
  const more = lines.length - limit
  return [...lines.slice(0, limit), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')
}

function gone(result: Result): string[] {
  const lines = staleKnown(result, prose)
  if (lines.length === 0) return []
  const title = `${count(result.known?.stale.length ?? 0, 'known finding')} not found any more`
  return [fold(title, false, [lines.map((one) => `- ${one}`).join('\n')])]
}

/** With the queries that count the rows in the way. */
function demands(all: readonly Precondition[]): Part[] {
  if (all.length === 0) return []
  const shown = all.slice(0, 50).flatMap((one) => {
    const counting = one.count === undefined ? [] : [fenced(shorten(one.count, 2000), 'sql')]
    return [prose(shorten(demand(one), 1000)), ...counting]
  })
  const more = all.length > 50 ? [`And ${all.length - 50} more.`] : []
  const title = count(all.length, 'demand on the data', 'demands on the data')
  return [{ title, paragraphs: ['**What the data must be**', ...shown, ...more] }]
}

/** What stands in `sub` is Markdown, unlike what stands in `summary`: GitHub reads the tag as part of a paragraph. */
function footer(result: Result, { version, links, isFromElsewhere }: About): string {
  const { migrations, statements, unreadable, ignored, refuted, rehearsal } = result.coverage
  const { known } = result
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
    `Checked ${count(migrations, 'migration')}, ${count(statements, 'statement')}, ${unreadable} not readable${ignored ? `, ${count(ignored, 'finding')} ignored` : ''}${refuted ? `, ${count(refuted, 'finding')} refuted by the server` : ''}`,
    ...(known?.findings ? [`${count(known.findings, 'finding')} known from ${code(known.file)}`] : []),
    ...(migrations ? [rehearsed] : []),
    ...(empty.length ? [`no rows to test with in ${tables}${more}`] : []),
    ...(result.notChecked.length ? [] : ['nothing was left unchecked']),
    `migration-gate ${prose(version)}`,
    ...(links
      ? [`commit [${links.sha.slice(0, 7)}](${links.repository}/commit/${links.sha})`, `[run](${links.run})`]
      : []),
    ...(isFromElsewhere ? ['told by a run of the pull request: what counts is its check, not this comment'] : []),
  ].join(' · ')}</sub>`
}
