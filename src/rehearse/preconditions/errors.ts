import type { ParsedScript } from '../../model/migration.ts'
import type { StepError } from '../../model/round-trip.ts'
import type { Schema } from '../../model/schema.ts'
import type { PossiblePrecondition } from './asked.ts'
import { beforeOf, plain } from './before.ts'

const kinds: { readonly [sqlstate: string]: PossiblePrecondition['kind'] } = {
  '23502': 'not-null',
  '23503': 'foreign-key',
  '23505': 'unique',
  '23514': 'check',
  '23P01': 'exclusion',
  '22001': 'length',
  '22003': 'range',
  '22P02': 'cast',
  '22007': 'cast',
  '22008': 'cast',
}

/** Classes 22 and 23 of https://www.postgresql.org/docs/current/errcodes-appendix.html: data exceptions, constraints that are violated. */
export function isAboutData({ sqlstate, timedOut }: StepError): boolean {
  return !timedOut && /^2[23]/.test(sqlstate ?? '')
}

/**
 * dependent_objects_still_exist, of which the message tells a role from other objects, or the statement where the server speaks another
 * language.
 */
export function isRoleInUse({ sqlstate, message, at }: StepError, { statements }: ParsedScript): boolean {
  if (sqlstate !== '2BP01') return false
  const failed = statements.find((each) => each.at.file === at?.file && each.at.line === at.line)
  return /^role "/.test(message) || (failed?.operations.some(({ kind }) => kind === 'drop-role') ?? false)
}

export function isSameError(a: StepError, b: StepError): boolean {
  return (
    a.sqlstate === b.sqlstate &&
    a.table === b.table &&
    a.column === b.column &&
    a.constraint === b.constraint &&
    a.at?.file === b.at?.file &&
    a.at?.line === b.at?.line &&
    a.at?.column === b.at?.column
  )
}

/** Which of these the error speaks of: nothing that it names may say otherwise, and the more it names the better. */
export function blamed(possible: readonly PossiblePrecondition[], error: StepError): PossiblePrecondition | undefined {
  const fitting = possible.flatMap((each) => {
    if (!each.sqlstates.includes(error.sqlstate ?? '')) return []
    const said = [
      agree(error.table, lastPart(each.table)),
      each.columns.length === 0 || error.column === undefined ? 0 : each.columns.includes(error.column) ? 1 : undefined,
      agree(error.constraint, each.constraint),
      error.at && each.at
        ? error.at.file === each.at.file && error.at.line <= each.at.endLine && each.at.line <= error.at.endLine
          ? 1
          : undefined
        : 0,
    ]
    return said.includes(undefined) ? [] : [{ each, points: said.reduce<number>((sum, one) => sum + (one ?? 0), 0) }]
  })
  return fitting.sort((a, b) => b.points - a.points)[0]?.each
}

/** 0: one of them is not known; undefined: they differ. */
function agree(said: string | undefined, known: string | undefined): 0 | 1 | undefined {
  if (said === undefined || known === undefined) return 0
  return said === known ? 1 : undefined
}

function lastPart(table: string): string {
  return plain(table).slice(plain(table).indexOf('.') + 1)
}

/** A precondition as far as the error alone tells it: the table, perhaps the column, no query. Undefined: it names no table of before. */
export function toldByError(error: StepError, schema: Schema): PossiblePrecondition | undefined {
  // The migration's own INSERT or UPDATE made the row: which rows of before it took the values from is not known, nor whether any would do.
  if (/^(null value in column|new row for relation|duplicate key value) /.test(error.message)) return undefined
  const kind = kinds[error.sqlstate ?? '']
  const tables = beforeOf(schema)
    .tables()
    .filter(({ name }) => lastPart(name) === error.table)
  const [table] = tables
  if (!kind || !table || tables.length > 1) return undefined
  const column = table.columns.find(({ name }) => name === error.column)
  const about = column ? `${table.name}.${column.sql}` : table.name
  return {
    kind,
    table: table.name,
    columns: column ? [column.name] : [],
    outcome: 'fails',
    at: error.at,
    needs: `the rows of ${about} are none of which PostgreSQL says: ${error.message}`,
    count: undefined,
    sqlstates: [error.sqlstate ?? ''],
    constraint: error.constraint,
    rows: undefined,
    make: { how: 'none' },
  }
}
