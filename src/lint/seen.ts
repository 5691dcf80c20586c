import { heldOn, isSameTransaction, plainName } from '../model/locks.ts'
import type { Operation } from '../model/operation.ts'
import type { LockMode, Watched, WatchedStatement } from '../model/round-trip.ts'
import type { Rule, SeenWork } from '../model/rule.ts'
import { locksOf } from './locks.ts'

type Work = NonNullable<Rule['work']>

/** Work of one kind that the first upgrade was seen to do on tables of before. */
export function worksIn(
  watched: Watched | undefined,
  kind: Work,
  operationsOf: (statement: WatchedStatement) => readonly Operation[],
): SeenWork[] {
  if (!watched) return []
  const found = {
    rewrite: () =>
      watched.rewrites.flatMap((each) => (each.how === 'rewritten' ? [{ ...each, object: undefined }] : [])),
    scan: () => watched.scans.map((each) => ({ ...each, object: each.constraint })),
    'index build': () => watched.indexBuilds.map((each) => ({ ...each, object: each.index })),
  }[kind]()
  return found.flatMap(({ statement, relation, object }) => {
    if (statement.direction !== 'up' || statement.attempt !== 1) return []
    const mode = relation === undefined ? undefined : heldOn(watched, statement, relation)
    const isHidden = operationsOf(statement).every((op) => locksOf(op).length === 0 && !tellsWork.has(op.kind))
    const evidence = [did(kind, relation, object, mode), ...until(watched, statement, relation, mode)]
    return [
      { statement, table: relation === undefined ? undefined : plainName(relation), mode, object, isHidden, evidence },
    ]
  })
}

/** Their locks are not told by name, and they are not code that runs other statements. */
const tellsWork = new Set<Operation['kind']>([
  'reindex',
  'drop-index',
  'vacuum',
  'cluster',
  'refresh-materialized-view',
  'create-table',
])

function did(kind: Work, relation: string | undefined, object: string | undefined, mode: LockMode | undefined): string {
  const under = mode ? ` under ${mode}` : ''
  if (kind === 'rewrite') return `PostgreSQL wrote every row of ${relation} anew${under}.`
  if (kind === 'index build') return `PostgreSQL built ${object} from the rows of ${relation}${under}.`
  return relation === undefined
    ? `PostgreSQL looked up every row for the foreign key ${object}.`
    : `PostgreSQL read every row of ${relation}${under}.`
}

/** What else ran until the lock went. */
function until(
  watched: Watched,
  statement: WatchedStatement,
  relation: string | undefined,
  mode: LockMode | undefined,
): string[] {
  const span = watched.blocked.find(
    (each) =>
      each.relation === relation && isSameTransaction(each.statement, statement) && each.during.includes(statement),
  )
  const after = span ? span.during.length - span.during.indexOf(statement) - 1 : 0
  if (after === 0) return []
  return [
    `${mode} on ${relation} was held until the end of the transaction, through ${after} more ${after === 1 ? 'statement' : 'statements'}.`,
  ]
}
