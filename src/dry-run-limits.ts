import { UserError } from './model/errors.ts'
import type { Limits } from './staging/session.ts'

/** What applies where nobody says otherwise. */
export const usualLimits = { lockTimeout: '2s', statementTimeout: '30s' } as const

/**
 * The limits of a dry run as people write them: `2s`, `500ms`, `5min`, or a number of milliseconds; never 0, which would be no limit.
 * @throws UserError
 */
export function limitsOf(given: { readonly lockTimeout: string; readonly statementTimeout: string }): Limits {
  return {
    lockTimeoutMs: milliseconds('lock-timeout', given.lockTimeout),
    statementTimeoutMs: milliseconds('statement-timeout', given.statementTimeout),
  }
}

function milliseconds(name: string, text: string): number {
  const [, digits, unit = 'ms'] = /^(\d+)\s*(ms|s|min)?$/.exec(text.trim()) ?? []
  const value = Number(digits) * { ms: 1, s: 1000, min: 60_000 }[unit as 'ms' | 's' | 'min']
  if (digits === undefined || value < 1 || value > 3_600_000)
    throw new UserError(`${name}: expected a time such as 2s or 500ms, from 1 ms to 60 min.`)
  return value
}
