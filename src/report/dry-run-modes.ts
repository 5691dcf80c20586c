import type { DryRun } from '../model/dry-run.ts'
import type { Difference } from '../model/round-trip.ts'
import type { LeftOut, Tried, TriedStatement } from '../model/tried.ts'

// What a dry run did besides reading, in lines of plain text: to be escaped by whoever shows them.

/** How staging differs from what its migrations build. */
export function schemaDriftLines({ schemaDrift = [] }: DryRun): string[] {
  return schemaDrift.map(differenceLine)
}

function differenceLine({ kind, object, change, expected, found }: Difference): string {
  const what = `${kind} ${object}`
  if (change === 'missing') return `${what}: the migrations build it, and staging does not have it`
  if (change === 'left-behind') return `${what}: staging has it, and no migration builds it`
  const names = Object.keys({ ...expected, ...found })
  const parts = names.map(
    (name) => `${name} ${value(expected?.[name])} by the migrations, ${value(found?.[name])} on staging`,
  )
  return `${what}: ${parts.join('; ')}`
}

function value(of: unknown): string {
  return of === undefined || of === null ? 'none' : typeof of === 'string' ? of : JSON.stringify(of)
}

/** The round trips on the copy of staging. */
export function rehearsalLines({ rehearsal }: DryRun): string[] {
  return (rehearsal?.migrations ?? []).map(({ name, roundTrip }) => {
    if (!roundTrip) return `${name}: not run`
    const steps = roundTrip.steps.map(({ direction, attempt, outcome }) => {
      const step = direction === 'down' ? 'down' : attempt === 1 ? 'up' : 'up again'
      return `${step} ${outcome}`
    })
    const way = roundTrip.restored === false ? ', the downgrade does not give back what was there' : ''
    return `${name}: ${steps.join(', ')}${way}`
  })
}

export interface TriedLines {
  readonly outcome: string
  readonly statements: readonly { readonly statement: TriedStatement; readonly facts: string }[]
  readonly leftOut: readonly LeftOut[]
  readonly sequences: readonly string[]
}

/** What was run on staging and rolled back. */
export function triedLines({ tried }: DryRun): TriedLines | undefined {
  if (!tried) return undefined
  const { statements, leftOut, movedSequences } = tried
  return {
    outcome: outcome(tried),
    statements: statements.map((statement) => ({ statement, facts: facts(statement) })),
    leftOut,
    sequences: movedSequences.map(
      ({ sequence, before, after }) =>
        `${sequence} went from ${before ?? 'its start'} to ${after ?? 'its start'}, which no rollback takes back`,
    ),
  }
}

function outcome({ error, statements }: Tried): string {
  const run = `${statements.length} ${statements.length === 1 ? 'statement' : 'statements'} run on staging and rolled back`
  if (!error) return `${run}: nothing failed.`
  const where = error.at ? ` at ${error.at.file}:${error.at.line}` : ''
  return `${run}; it fails${where}: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`
}

function facts({ ms, rows, locks }: TriedStatement): string {
  return [
    `${Math.round(ms)} ms`,
    ...(rows === undefined ? [] : [`${rows} ${rows === 1 ? 'row' : 'rows'}`]),
    ...locks.map(({ relation, mode }) => `${mode} on ${relation}`),
  ].join('; ')
}
