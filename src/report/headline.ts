import type { Finding } from '../model/finding.ts'
import type { Result } from '../model/result.ts'

/** The verdict in words: the same in every report. Plain text, to be escaped where names stand in it. */
export interface Headline {
  readonly icon: string
  /** `2 blocking findings in 1 of 3 migrations` */
  readonly title: string
  /** What follows from it, in one sentence. */
  readonly consequence: string
}

/** `1 finding`, `2 findings`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`
}

/** The findings of one severity, in the order of the result. */
export function ofSeverity(result: Result, severity: Finding['severity']): readonly Finding[] {
  return result.findings.filter((finding) => finding.severity === severity)
}

/** Says the verdict. */
export function headline(result: Result): Headline {
  const errors = ofSeverity(result, 'error')
  const warnings = ofSeverity(result, 'warning')
  const unchecked = result.notChecked.length
  const also = [
    ...(warnings.length ? [count(warnings.length, 'warning')] : []),
    ...(unchecked ? [`${count(unchecked, 'thing')} not checked`] : []),
  ]
  switch (result.verdict) {
    case 'block':
      return {
        icon: '❌',
        title: [`${count(errors.length, 'blocking finding')} in ${share(result, errors)}`, ...also].join(', '),
        consequence: first(errors),
      }
    case 'error':
      return {
        icon: '⛔',
        title: ['could not decide', ...also].join(', '),
        consequence: 'This is not a pass: what was not checked may fail or lose data in production.',
      }
    case 'warn':
      return {
        icon: '⚠️',
        title: `${count(warnings.length, 'warning')} in ${share(result, warnings)}`,
        consequence: first(warnings),
      }
    case 'pass':
      return passed(result)
  }
}

function passed(result: Result): Headline {
  if (result.migrations.length === 0)
    return {
      icon: '✅',
      title: 'no migrations changed',
      consequence: 'No migration differs from the base, so there was nothing to check.',
    }
  const notes = ofSeverity(result, 'info').length
  const [they, came] = result.migrations.length === 1 ? ['It was', 'It'] : ['They were', 'Each']
  const roundTrips = result.migrations.map((migration) => migration.roundTrip)
  const all = roundTrips.every((trip) => trip?.restored === true && trip.repeatable === true)
  return {
    icon: '✅',
    title: `${count(result.migrations.length, 'migration')} checked, ${notes ? count(notes, 'note') : 'nothing found'}`,
    consequence: all
      ? `${came} went up, down and up again on PostgreSQL${result.postgres ? ` ${result.postgres.version}` : ''}, and came back as before.`
      : roundTrips.some((trip) => trip)
        ? `${they} read and rehearsed; the round trips show how far.`
        : `${they} read, not rehearsed${result.coverage.rehearsal === 'off' ? ': the round trip is turned off' : ''}.`,
  }
}

function share(result: Result, findings: readonly Finding[]): string {
  const concerned = new Set(findings.map((finding) => finding.migration)).size
  const total = Math.max(result.migrations.length, concerned)
  return total === 1 ? 'one migration' : `${concerned} of ${total} migrations`
}

function first(findings: readonly Finding[]): string {
  return findings[0]?.message ?? ''
}

/**
 * How the rehearsal went, in one word: `passed`, `failed` (a step failed, or what came back differs), `incomplete` (neither
 * is known for each migration), `off`, or `none` (nothing to rehearse).
 */
export function roundTripState({ migrations, coverage }: Result): 'passed' | 'failed' | 'incomplete' | 'off' | 'none' {
  if (coverage.rehearsal === 'off') return 'off'
  if (coverage.rehearsal === 'not-needed') return 'none'
  const trips = migrations.map((migration) => migration.roundTrip)
  const isBad = trips.some(
    (trip) => trip && (trip.restored === false || trip.repeatable === false || trip.steps.some(failed)),
  )
  if (isBad) return 'failed'
  const isGood = trips.every((trip) => trip?.restored === true && trip.repeatable === true)
  return isGood && coverage.rehearsal === 'done' ? 'passed' : 'incomplete'
}

function failed({ outcome }: { readonly outcome: 'ok' | 'failed' | 'skipped' }): boolean {
  return outcome === 'failed'
}
