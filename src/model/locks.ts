import type { Name } from './operation.ts'
import type { LockMode, Watched, WatchedStatement } from './round-trip.ts'

const modes: readonly LockMode[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
]

/** Orders the modes, weakest first: from 0. */
export function lockStrength(mode: LockMode): number {
  return modes.indexOf(mode)
}

/**
 * Who waits for it: INSERT, UPDATE and DELETE take ROW EXCLUSIVE, SELECT takes ACCESS SHARE.
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */
export function shutOutBy(mode: LockMode): 'writes' | 'reads and writes' | undefined {
  if (mode === 'ACCESS EXCLUSIVE') return 'reads and writes'
  return ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'].includes(mode) ? 'writes' : undefined
}

/** The strongest lock that a statement's transaction held on a relation when the statement was done. */
export function heldOn(watched: Watched, statement: WatchedStatement, relation: string): LockMode | undefined {
  const order = new Map(watched.statements.map((each, index) => [each, index]))
  const until = order.get(statement) ?? -1
  return watched.locks
    .filter(
      (lock) =>
        lock.relation === relation &&
        isSameTransaction(lock.statement, statement) &&
        (order.get(lock.statement) ?? until) <= until,
    )
    .map(({ mode }) => mode)
    .sort((a, b) => lockStrength(b) - lockStrength(a))[0]
}

export function isSameTransaction(a: WatchedStatement, b: WatchedStatement): boolean {
  return a.direction === b.direction && a.attempt === b.attempt && a.transaction === b.transaction
}

/** A relation as PostgreSQL prints it, `public."Closed"`, in the form that operations have: `public.Closed`. */
export function plainName(relation: string): Name {
  return relation.replace(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"')) as Name
}
