import type { Result } from '../model/result.ts'

/** The result of a run that ended before it had one: every report can say so as it says everything else. */
export function undecided(why: string): Result {
  return {
    verdict: 'error',
    tool: undefined,
    postgres: undefined,
    findings: [],
    migrations: [],
    coverage: { migrations: 0, statements: 0, unreadable: 0, ignored: 0, rehearsal: 'not-done' },
    notChecked: [{ what: 'This change', why }],
  }
}
