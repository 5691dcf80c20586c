import type { Colors } from 'picocolors/types'
import type { Finding } from '../model/finding.ts'
import type { NotChecked, Result } from '../model/result.ts'
import { byReason } from './by-reason.ts'
import { unsaidEvidence } from './evidence.ts'
import { count, headline } from './headline.ts'
import { block, line, withoutCommands } from './inert.ts'
import { staleKnown } from './known.ts'
import { demand, differences, outcome, steps } from './round-trip.ts'

/** For a person at a terminal, or in the log of a job. `colors` decides whether there are any. */
export function terminal(result: Result, colors: Colors): string {
  const parts = [
    ...result.findings.map((found) => finding(found, colors)),
    ...section('Round trips', roundTrips(result, colors), colors),
    ...section('Not checked', notChecked(result.notChecked), colors),
    ...section('Known findings that are gone', staleKnown(result, line), colors),
    verdict(result, colors),
  ]
  return withoutCommands(`${parts.join('\n\n')}\n`)
}

function section(title: string, lines: readonly string[], { bold }: Colors): string[] {
  return lines.length ? [[bold(title), ...lines.map((one) => `  ${one}`)].join('\n')] : []
}

function finding(found: Finding, colors: Colors): string {
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue }[found.severity]
  const place = `${line(found.at.file)}:${found.at.line}:${found.at.column}`
  const seen = found.seen === 'server' ? colors.dim(' seen on the server') : ''
  const way = found.direction === 'down' ? colors.dim(' in the downgrade') : ''
  return [
    `${place}  ${paint(found.severity)}  ${colors.bold(found.rule)}${way}${seen}`,
    `  ${line(found.message)}`,
    `  ${colors.green('help:')} ${line(found.help)}`,
    ...(found.suggestion === undefined
      ? []
      : block(found.suggestion)
          .split('\n')
          .map((one) => `    | ${one}`)),
    ...limited(unsaidEvidence(found)).map((seen) => `  ${colors.dim('seen:')} ${line(seen)}`),
    `  ${colors.dim(line(found.url))}`,
  ].join('\n')
}

function roundTrips(result: Result, colors: Colors): string[] {
  const paint = { ok: colors.green, failed: colors.red, skipped: colors.dim }
  return result.migrations.flatMap(({ name, roundTrip: trip }) => {
    if (!trip) return [`${line(name)}  ${colors.dim('not rehearsed')}`]
    return [
      `${line(name)}  ${steps(trip)
        .map((step) => `${step.name} ${paint[step.outcome](step.outcome)}`)
        .join(', ')}: ${outcome(trip)}`,
      ...limited(differences(trip, line)).map((one) => `  ${one}`),
      ...(trip.preconditions ?? []).flatMap((one) => [
        `  ${line(demand(one))}`,
        ...(one.count === undefined ? [] : [`    ${colors.dim('count:')} ${line(one.count)}`]),
      ]),
      ...(trip.withoutRows.length ? [`  ${colors.dim(`no rows in: ${trip.withoutRows.map(line).join(', ')}`)}`] : []),
    ]
  })
}

/** As much of a list as somebody reads at a terminal. */
function limited(lines: readonly string[]): readonly string[] {
  const rest = lines.length - 12
  return rest > 1 ? [...lines.slice(0, 12), `and ${rest} more, which --format json has`] : lines
}

function notChecked(all: readonly NotChecked[]): string[] {
  return byReason(all).flatMap(([why, things]) => {
    const named = things.map(({ what, at }) => `${at ? `${line(at.file)}:${at.line}: ` : ''}${line(what)}`)
    return things.length > 1
      ? [line(why), ...named.map((each) => `  ${each}`)]
      : named.map((each) => `${each}: ${line(why)}`)
  })
}

function verdict(result: Result, colors: Colors): string {
  const { icon, title, consequence } = headline(result)
  const paint = { pass: colors.green, warn: colors.yellow, block: colors.red, error: colors.red }[result.verdict]
  return `${icon} ${paint(colors.bold(title))}\n  ${line(consequence)}\n  ${colors.dim(coverage(result))}`
}

function coverage(result: Result): string {
  const { coverage, known, postgres } = result
  const { migrations, statements, unreadable, ignored, refuted, rehearsal } = coverage
  const rehearsed = {
    done: `rehearsed on PostgreSQL${postgres ? ` ${line(postgres.version)} (${line(postgres.source)})` : ''}`,
    off: 'rehearsal turned off',
    'not-needed': 'nothing to rehearse',
    'not-done': 'not rehearsed to the end',
  }[rehearsal]
  return [
    count(migrations, 'migration'),
    count(statements, 'statement'),
    `${unreadable} not readable`,
    ...(ignored ? [`${count(ignored, 'finding')} ignored`] : []),
    ...(refuted ? [`${count(refuted, 'finding')} refuted by the server`] : []),
    ...(known?.findings ? [`${count(known.findings, 'finding')} known from ${line(known.file)}`] : []),
    rehearsed,
  ].join(', ')
}
