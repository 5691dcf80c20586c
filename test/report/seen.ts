import type { Step, Watched, WatchedStatement } from '../../src/model/round-trip.ts'

/** A migration of four statements, of which the second shuts out writes of one table and the third everybody of another, to the end. */
export function seen(sql: readonly [string, string, string, string], relation: string, other: string): Watched {
  const sent = (text: string, line: number, direction: Step['direction'] = 'up'): WatchedStatement => ({
    sql: text,
    at: { file: 'migrations/003_status.sql', line, column: 1, endLine: line },
    direction,
    attempt: 1,
    ms: 1.5,
    tag: undefined,
    rows: undefined,
    transaction: 1,
  })
  const begin: WatchedStatement = { ...sent('BEGIN', 1), at: undefined, isOwn: true }
  const [first, second, third, fourth] = [sent(sql[0], 3), sent(sql[1], 7), sent(sql[2], 9), sent(sql[3], 11)]
  const back = sent(sql[3], 1, 'down')
  return {
    statements: [begin, first, second, third, fourth, back],
    locks: [],
    rewrites: [],
    scans: [],
    indexBuilds: [],
    blocked: [
      { relation, shutsOut: 'writes', mode: 'SHARE', statement: second, during: [second, third, fourth], ms: 4.5 },
      {
        relation: other,
        shutsOut: 'reads and writes',
        mode: 'ACCESS EXCLUSIVE',
        statement: third,
        during: [third, fourth],
        ms: 3,
      },
      {
        relation: other,
        shutsOut: 'reads and writes',
        mode: 'ACCESS EXCLUSIVE',
        statement: back,
        during: [back],
        ms: 1,
      },
    ],
  }
}
