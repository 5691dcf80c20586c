import type { Precondition } from '../model/precondition.ts'
import type { DataChange, Drift, RoundTrip, Step, StepError } from '../model/round-trip.ts'
import type { Attribute } from '../model/schema.ts'
import { count } from './headline.ts'

/** How a report shows a name that comes from the pull request: escaped, and perhaps set as code. */
export type Show = (name: string) => string

/** The three runs of a round trip in their order. What is missing from it was not run. */
export function steps(trip: RoundTrip): readonly { readonly name: string; readonly outcome: Step['outcome'] }[] {
  const planned = [
    { name: 'upgrade', direction: 'up', attempt: 1 },
    { name: 'downgrade', direction: 'down', attempt: 1 },
    { name: 'upgrade again', direction: 'up', attempt: 2 },
  ] as const
  return planned.map(({ name, direction, attempt }) => ({
    name,
    outcome: trip.steps.find((step) => step.direction === direction && step.attempt === attempt)?.outcome ?? 'skipped',
  }))
}

/** What came of the round trip. */
export function outcome(trip: RoundTrip): string {
  const failed = trip.steps.find((step) => step.outcome === 'failed')
  if (failed) return `the ${stepName(failed)} ${failed.error?.timedOut ? 'ran out of time' : 'failed'}`
  if (trip.restored === false) return 'the downgrade does not give back what was there'
  if (trip.repeatable === false) return 'the second upgrade builds something else'
  if (trip.restored && trip.repeatable)
    return `restored, and repeatable${trip.refusedRows ? ', without rows: it failed on made-up ones' : ''}`
  // After an upgrade that went well, the downgrade is left out only where there is none.
  const [upgrade, downgrade] = steps(trip)
  return upgrade?.outcome === 'ok' && downgrade?.outcome === 'skipped'
    ? 'there is no downgrade to run'
    : 'not run to the end'
}

function stepName({ direction, attempt }: Step): string {
  return direction === 'down' ? 'downgrade' : attempt === 1 ? 'upgrade' : 'second upgrade'
}

/**
 * What the round trip showed, a line each: errors, differences of the schema, differences of the rows. Without those that are
 * only storage: nearly every way back leaves one, such as the place of a dropped column.
 */
export function differences(trip: RoundTrip, show: Show): string[] {
  return [
    ...trip.steps.flatMap((step) => (step.error ? [`${stepName(step)}: ${failure(step.error, show)}`] : [])),
    ...trip.drift.filter((one) => one.class !== 'physical').map((one) => drift(one, show)),
    ...trip.data.map((one) => dataChange(one, show)),
  ]
}

function failure({ message, sqlstate, at, timedOut }: StepError, show: Show): string {
  const place = at ? ` at ${show(`${at.file}:${at.line}`)}` : ''
  return `${timedOut ? 'out of time' : 'failed'}${place}: ${show(message)}${sqlstate ? `, SQLSTATE ${show(sqlstate)}` : ''}`
}

/** What the data must be, a sentence for each precondition. */
export function demand({ outcome, needs }: Precondition): string {
  const what = {
    fails: 'The upgrade fails unless',
    changes: 'The upgrade changes values unless',
    untried: 'Not tried, because no row of another kind could be made: the upgrade asks that',
  }[outcome]
  return `${what} ${needs}.`
}

export const changes = { 'left-behind': 'left behind', missing: 'missing', changed: 'changed' } as const

function drift({ after, change, kind, object, class: how, expected, found }: Drift, show: Show): string {
  const cosmetic = {
    contract: '',
    order: ', only the order',
    physical: ', only storage',
    'name-only': ', only the name',
  }[how]
  const attributes = change === 'changed' ? differing(expected ?? {}, found ?? {}, show) : []
  const detail = attributes.length ? `: ${attributes.join('; ')}` : ''
  return `after the ${after === 'down' ? 'downgrade' : 'second upgrade'}, ${changes[change]}${cosmetic}: ${kind} ${show(object)}${detail}`
}

type Attributes = { readonly [name: string]: Attribute }

function differing(expected: Attributes, found: Attributes, show: Show): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  return names
    .filter((name) => JSON.stringify(expected[name]) !== JSON.stringify(found[name]))
    .map((name) => `${name} was ${value(expected[name], show)}, is ${value(found[name], show)}`)
}

/** An attribute of the catalog as text. */
export function value(attribute: Attribute | undefined, show: Show): string {
  if (attribute === undefined || attribute === null || attribute === '') return 'none'
  return show(typeof attribute === 'string' ? attribute : JSON.stringify(attribute))
}

export const dataChanges = {
  'rows-lost': 'rows lost',
  'rows-left-behind': 'rows left behind',
  'values-changed': 'values changed',
  'values-lost': 'values lost',
} as const

function dataChange({ after, change, table, column, rowsBefore, rowsAfter }: DataChange, show: Show): string {
  const where = column === undefined ? show(table) : `${show(table)}, column ${show(column)}`
  const rows = `${count(rowsBefore, 'row')} before, ${rowsAfter} after`
  return `after the ${after === 'down' ? 'downgrade' : 'second upgrade'}, ${dataChanges[change]}: ${where} (${rows})`
}
