import type { Colors } from 'picocolors/types'
import type { DryRun, TouchedTable } from '../model/dry-run.ts'
import { bytes, countedWords, number, range, replicaWords } from '../model/figures.ts'
import { dryRunHeadline, listed, points, targetWords } from './dry-run-headline.ts'
import { rehearsalLines, schemaDriftLines, triedLines } from './dry-run-modes.ts'
import { block, line, shorten, withoutCommands } from './inert.ts'

/** A dry run for a person at a terminal, or in the log of a job: the verdict first. */
export function dryRunTerminal(run: DryRun, colors: Colors): string {
  const { bold } = colors
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? [[bold(title), ...lines.map((each) => `  ${each}`)].join('\n')] : []
  const parts = [
    headline(run, colors),
    ...section('Staging', staging(run)),
    ...section(
      'Version drift',
      run.versionDrift.map(({ kind, message }) => `${kind}: ${line(message)}`),
    ),
    ...section('Staging is not what its migrations build', schemaDriftLines(run).map(line)),
    ...section('Tried on staging', tried(run, colors)),
    ...section('On a copy of staging’s schema', rehearsalLines(run).map(line)),
    ...section('Pending', pending(run, colors)),
    ...section('Before it is applied', checklist(run, colors)),
    ...section(
      'What the data must be',
      run.preconditions.flatMap((each) => [
        `${line(each.needs)}: ${line(countedWords(each.counted))}`,
        ...(each.count === undefined ? [] : [colors.dim(`  count: ${line(each.count)}`)]),
      ]),
    ),
    ...section('Tables', run.tables.map(table)),
    ...section(
      'Findings',
      run.findings.map(
        ({ at, severity, rule, message, help }) =>
          `${line(at.file)}:${at.line} ${severity} ${rule}: ${line(message)} ${colors.dim(line(help))}`,
      ),
    ),
    ...section(
      'Without downtime',
      run.phases.flatMap(({ text, sql }, index) => [
        `${index + 1}. ${line(text)}`,
        ...sql.flatMap((each) =>
          block(each)
            .split('\n')
            .map((one) => `     ${one}`),
        ),
      ]),
    ),
    ...section(
      'Not checked',
      run.notChecked.map(({ what, why }) => `${line(what)}: ${line(why)}`),
    ),
  ]
  return withoutCommands(`${parts.join('\n\n')}\n`)
}

function headline(run: DryRun, colors: Colors): string {
  const { icon, title, consequence } = dryRunHeadline(run)
  const paint = { pass: colors.green, warn: colors.yellow, block: colors.red, error: colors.red }[run.verdict]
  return `${icon} ${paint(colors.bold(title))}\n  ${line(consequence)}`
}

function staging(run: DryRun): string[] {
  const { server, versions, mode } = run
  if (!server) return []
  const where = versions?.exists
    ? `${line(versions.table)} says ${versions.current.map(line).join(', ') || 'nothing'}`
    : 'no version table'
  const replica = replicaWords(server)
  const until = targetWords(run)
  return [
    `PostgreSQL ${line(server.version)}${replica ? `, ${replica}` : ''}; ${where}; mode ${mode}`,
    ...(until === undefined ? [] : [line(until)]),
  ]
}

function pending({ pending: all }: DryRun, colors: Colors): string[] {
  return all.flatMap(({ name, statements }) => [
    line(name),
    ...statements.map(({ sql, at, class: kind, locks, estimate, isOutsideTransaction }) => {
      const held = locks.map(({ table: name, mode }) => `${mode} on ${line(name)}`).join(', ')
      const facts = [
        kind ?? 'unknown work',
        range(estimate),
        ...(held ? [held] : []),
        ...(isOutsideTransaction ? ['outside of a transaction'] : []),
      ]
      return `  ${at.line}: ${line(shorten(sql, 80))}  ${colors.dim(facts.join('; '))}`
    }),
  ])
}

function tried(run: DryRun, { dim }: Colors): string[] {
  const told = triedLines(run)
  if (!told) return []
  return [
    line(told.outcome),
    ...told.sequences.map(line),
    ...told.statements.map(
      ({ statement: { sql, at }, facts }) =>
        `${line(at.file)}:${at.line}: ${line(shorten(sql, 80))}  ${dim(line(facts))}`,
    ),
    ...told.leftOut.map(
      ({ sql, at, why }) => `not run: ${line(at.file)}:${at.line}: ${line(shorten(sql, 80))}  ${dim(line(why))}`,
    ),
  ]
}

function checklist({ checklist: all }: DryRun, colors: Colors): string[] {
  return all.flatMap(({ what, state, text, details }) => [
    `${listed[state]} ${colors.bold(points[what])}: ${line(text)}`,
    ...details.map((each) => `     ${line(each)}`),
  ])
}

function table({
  name,
  why,
  rows,
  isGuess,
  heapBytes,
  toastBytes,
  indexBytes,
  indexes,
  foreignKeys,
}: TouchedTable): string {
  const invalid = indexes.filter(({ isValid }) => !isValid).map((each) => `${line(each.name)} is invalid`)
  const facts = [
    `about ${number(rows)} rows${isGuess ? ' (never analyzed)' : ''}`,
    `${bytes(heapBytes + toastBytes)} and ${bytes(indexBytes)} in ${indexes.length} indexes`,
    ...(foreignKeys.length > 0 ? [`foreign keys: ${foreignKeys.map((key) => line(key.name)).join(', ')}`] : []),
    ...invalid,
    ...(why === 'neighbour' ? ['only tied to one by a foreign key'] : []),
  ]
  return `${line(name)}: ${facts.join('; ')}`
}
