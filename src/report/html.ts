import { createHash } from 'node:crypto'
import type { Finding, Severity } from '../model/finding.ts'
import type { JudgedMigration, NotChecked, Result } from '../model/result.ts'
import type { RoundTrip, Step } from '../model/round-trip.ts'
import { type About, permalink } from './about.ts'
import { ignoreComment, unsaidEvidence } from './evidence.ts'
import { count, headline } from './headline.ts'
import { differencesOf, storedOf } from './html-differences.ts'
import { locksOf } from './html-locks.ts'
import { style } from './html-style.ts'
import { htmlBlock, htmlCode, htmlWhole, html as words } from './inert.ts'
import { staleKnown } from './known.ts'
import { demand, outcome, steps } from './round-trip.ts'

/** The sheet and nothing else may be used: should a name ever get through as markup, it could still run and load nothing. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** The report as one page that needs no other file, no network and no script; for a screen of any width, and for paper. */
export function html(result: Result, about: About): string {
  const { title, consequence } = headline(result)
  const look = { pass: 'good', warn: 'warn', block: 'bad', error: 'bad' }[result.verdict]
  const parts = [
    `<header class="${look}"><p><span class="badge ${look}">${verdicts[result.verdict]}</span></p><h1>${words(`Migration gate: ${title}`)}</h1><p>${words(consequence)}</p></header>`,
    ...section(
      'Not checked',
      result.notChecked.map((one) => notChecked(one, about)),
    ),
    ...section(
      'Migrations',
      result.migrations.map((migration) => migrationCard(migration, result, about)),
    ),
    ...section(
      'Findings',
      result.findings.map((found) => finding(found, about)),
    ),
    ...section('Differences after the round trips', result.migrations.flatMap(differences)),
    ...section(
      'Locks',
      result.migrations.flatMap((migration) => locksOf(migration, about)),
    ),
    ...section('What the data must be', result.migrations.flatMap(demands)),
    ...section(
      'Known findings not found any more',
      staleKnown(result, words).map((one) => `<p>${one}</p>`),
    ),
    ...section('Coverage', [coverage(result, about)]),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${words(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${words(`Migration gate: ${title}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`
}

/** In place of the icon: a page may be read where no font has it. */
const verdicts = { pass: 'passed', warn: 'warnings', block: 'blocked', error: 'not decided' } as const

function section(title: string, inside: readonly string[]): string[] {
  return inside.length ? [`<section><h2>${title}</h2>`, ...inside, '</section>'] : []
}

function linked(text: string, address: string | undefined): string {
  return address ? `<a href="${htmlWhole(address)}">${text}</a>` : text
}

function place(at: Finding['at'], { links }: About): string {
  return linked(htmlCode(`${at.file}:${at.line}`), permalink(links, at))
}

function notChecked({ what, why, at }: NotChecked, about: About): string {
  const where = at ? `<p>${place(at, about)}</p>` : ''
  return `<article class="finding error"><h3><span class="badge bad">not checked</span> ${words(what)}</h3>${where}<p>${words(why)}</p></article>`
}

function migrationCard(migration: JudgedMigration, result: Result, { links }: About): string {
  const { name, file, isNew, roundTrip: trip } = migration
  return [
    `<article><h3>${linked(htmlCode(name), permalink(links, { file }))}${isNew ? '' : '<span class="badge warn">edited</span>'} ${tally(migration, result)}</h3>`,
    ...(trip ? [drawn(trip), `<p>${sentence(outcome(trip))}</p>`, ...stopped(trip), ...storedOf(trip)] : []),
    ...(trip?.withoutRows.length
      ? [`<p class="quiet">No rows to test with in ${trip.withoutRows.map(htmlCode).join(', ')}.</p>`]
      : []),
    '</article>',
  ].join('\n')
}

const severities = { error: 'bad', warning: 'warn', info: 'note' } as const satisfies Record<Severity, string>
const nouns = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>

function tally({ id, roundTrip }: JudgedMigration, { findings }: Result): string {
  const own = findings.filter(({ migration }) => migration === id)
  const badges = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const number = own.filter((found) => found.severity === severity).length
    return number ? [`<span class="badge ${severities[severity]}">${count(number, nouns[severity])}</span>`] : []
  })
  return [
    ...(badges.length ? badges : ['<span class="badge none">no findings</span>']),
    ...(roundTrip ? [] : ['<span class="badge none">not rehearsed</span>']),
  ].join(' ')
}

const looks = { ok: 'good', failed: 'bad', skipped: 'skipped' } as const satisfies Record<Step['outcome'], string>
const signs = { ok: '✓ ran', failed: '✗ failed', skipped: '– not run' } as const satisfies Record<
  Step['outcome'],
  string
>

/** The round trip as three boxes in a row, or one below the other. */
function drawn(trip: RoundTrip): string {
  const known = [undefined, trip.restored, trip.repeatable]
  const boxes = steps(trip).map(({ name, outcome }, position) => {
    const comparison = outcome === 'ok' ? compared(position, known[position]) : ''
    const look = known[position] === false ? 'bad' : looks[outcome]
    return `<li class="${look}"><b>${name}</b><span>${signs[outcome]}</span>${comparison && `<span>${comparison}</span>`}</li>`
  })
  return `<ol class="trip" aria-label="Round trip">${boxes.join('')}</ol>`
}

function compared(position: number, isSame: boolean | null | undefined): string {
  if (isSame === undefined) return ''
  const before = position === 1 ? 'as before' : 'as the first time'
  if (isSame === null) return 'not compared'
  return isSame ? `= ${before}` : `≠ not ${before}`
}

function sentence(text: string): string {
  return words(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`)
}

function stopped(trip: RoundTrip): string[] {
  return trip.steps.flatMap(({ error }) => {
    if (!error) return []
    const { message, sqlstate, at, statement } = error
    const said = [
      at ? `Stopped at ${htmlCode(`${at.file}:${at.line}`)}:` : 'Stopped:',
      htmlCode(message),
      ...(sqlstate ? [`(SQLSTATE ${htmlCode(sqlstate)})`] : []),
    ]
    return [`<p>${said.join(' ')}</p>`, ...(statement === undefined ? [] : [`<pre>${htmlBlock(statement)}</pre>`])]
  })
}

function differences({ name, roundTrip }: JudgedMigration): string[] {
  const parts = roundTrip ? differencesOf(roundTrip) : []
  return parts.length ? [`<article><h3>${htmlCode(name)}</h3>`, ...parts, '</article>'] : []
}

function demands({ name, roundTrip }: JudgedMigration): string[] {
  const all = roundTrip?.preconditions ?? []
  if (all.length === 0) return []
  const parts = all.map((one) => {
    const counting =
      one.count === undefined
        ? ''
        : `<details><summary>Count such rows</summary><pre>${htmlBlock(one.count)}</pre></details>`
    return `<p>${words(demand(one))}</p>${counting}`
  })
  return [`<article><h3>${htmlCode(name)}</h3>`, ...parts, '</article>']
}

function finding(found: Finding, about: About): string {
  const { rule, severity, at, direction, message, help, suggestion, seen, url } = found
  const evidence = unsaidEvidence(found)
  return [
    `<article class="finding ${severity}"><h3><span class="badge ${severities[severity]}">${nouns[severity]}</span> ${linked(words(rule), url)}</h3>`,
    `<p>${place(at, about)}${direction === 'down' ? ' in the downgrade' : ''}</p>`,
    `<p>${words(message)}</p>`,
    `<p><b>Instead:</b> ${words(help)}</p>`,
    ...(suggestion === undefined ? [] : [`<pre>${htmlBlock(suggestion)}</pre>`]),
    ...(evidence.length ? [`<p>Seen:</p><ul>${evidence.map((one) => `<li>${htmlCode(one)}</li>`).join('')}</ul>`] : []),
    `<p class="quiet">${seen === 'server' ? 'Seen on the server.' : 'Read in the file.'} Where it is acceptable, say why above the statement: ${htmlCode(ignoreComment(found))}</p>`,
    '</article>',
  ].join('\n')
}

function coverage(result: Result, { version, links }: About): string {
  const { migrations, statements, unreadable, ignored, refuted, rehearsal } = result.coverage
  const server = result.postgres && `PostgreSQL ${result.postgres.version} (${result.postgres.source})`
  const rehearsed = {
    done: `on ${server ?? 'PostgreSQL'}`,
    off: 'turned off',
    'not-needed': 'nothing to rehearse',
    'not-done': `asked for, and not done to the end${server ? `, on ${server}` : ''}`,
  }[rehearsal]
  const rows = [
    ['Checked', `${words(count(migrations, 'migration'))}, ${words(count(statements, 'statement'))}`],
    ['Not readable', `${unreadable}`],
    ['Not checked', result.notChecked.length ? count(result.notChecked.length, 'thing') : 'nothing was left unchecked'],
    ['Ignored', count(ignored, 'finding')],
    ...(refuted ? [['Refuted by the server', count(refuted, 'finding')]] : []),
    ...(result.known
      ? [['Known before', `${count(result.known.findings, 'finding')}, in ${htmlCode(result.known.file)}`]]
      : []),
    ['Rehearsal', words(rehearsed)],
    ['Gate', words(`migration-gate ${version}`)],
    ...(links
      ? [
          ['Commit', linked(htmlCode(links.sha.slice(0, 12)), `${links.repository}/commit/${links.sha}`)],
          ['Run', linked('the workflow run', links.run)],
        ]
      : []),
  ]
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`
}
