import type { Statement } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import type { StepError } from '../../src/model/round-trip.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'failing-upgrade',
  summary: 'The upgrade fails on a server',
  severity: 'error',
  general: true,

  *observe({ migration, roundTrip, later, failed, said }) {
    const { refusedRows } = roundTrip
    // What the migration's own code makes of rows that were made up is another matter: data-dependent-upgrade.
    const ofRows = refusedRows && isPostgres(refusedRows) ? refusedRows : undefined
    const error = ofRows ?? roundTrip.steps.find(({ direction, attempt }) => direction === 'up' && attempt === 1)?.error
    if (!error) return

    const operations = failed(error)
    const what = subject(operations, error)
    const evidence = [said(error)]
    const report = { at: error.at, direction: 'up', evidence, sqlstate: error.sqlstate } as const
    if (error.timedOut) {
      yield {
        ...report,
        message: `The upgrade of ${migration.name} was ended because its time was up${error.at ? ' in this statement' : ''}.`,
        help: 'Look for a loop that never ends, or a lock that the migration itself holds on another connection; or allow it more time.',
      }
      return
    }
    const missing = error.sqlstate === '42P01' ? /^relation "(.+)" does not exist$/.exec(error.message)?.[1] : undefined
    if (missing !== undefined) {
      const creator = [...migration.up.statements, ...later].find((statement) => creates(statement, missing))
      yield {
        ...report,
        message: `The upgrade of ${migration.name} uses ${missing} before anything has created it.`,
        help: creator
          ? `The order is wrong: ${missing} is created later, in ${creator.at.file} at line ${creator.at.line}. Create it first.`
          : `Nothing in these migrations creates ${missing} before this statement. Create it first, so that an empty database can be built.`,
      }
      return
    }
    const isAboutRows = /^2[23]/.test(error.sqlstate ?? '')
    const isOnAnyRow = roundTrip.preconditions?.some(({ kind }) => kind === 'no-rows') ?? false
    yield isAboutRows
      ? {
          ...report,
          message: isOnAnyRow
            ? `${what} fails as soon as a row is there: ${error.message}.`
            : `${what} fails on rows that the schema allows today: ${error.message}.`,
          help: isOnAnyRow
            ? 'Say what becomes of the rows that are there; an empty table has none, production has.'
            : 'Find the rows that it cannot take and correct them in a step before it; an empty table has none, production may.',
        }
      : {
          ...report,
          message: `The upgrade of ${migration.name} fails: ${error.message.replace(/\.$/, '')}.`,
          help: 'Run the migrations in order on an empty database, and correct the statement.',
        }
  },
})

/** P0001, raise_exception: a migration says so itself. */
function isPostgres({ sqlstate }: StepError): boolean {
  return sqlstate !== undefined && sqlstate !== 'P0001'
}

/** PostgreSQL tells the name as the statement has it, with a schema or without. */
function creates({ operations }: Statement, name: string): boolean {
  return operations.some((op) => op.kind === 'create-table' && (op.table === name || op.table.endsWith(`.${name}`)))
}

/** What was tried, by what the statement does and the names that PostgreSQL sent with its error. */
function subject(operations: readonly Operation[], { table, column }: StepError): string {
  const op =
    operations.find((each) => column !== undefined && 'column' in each && each.column === column) ?? operations[0]
  switch (op?.kind) {
    case 'alter-column-type':
      return `Changing the type of ${op.table}.${op.column} to ${op.type}`
    case 'set-not-null':
      return `Making ${op.table}.${op.column} NOT NULL`
    case 'add-column':
      return `Adding ${op.table}.${op.column.name}`
    case 'create-index':
      return `Building ${op.index ?? 'an index'} on ${op.table}`
    case 'add-constraint':
      return `Adding ${op.constraint ?? `a constraint (${op.type})`} to ${op.table}`
    case 'insert':
      return `Inserting into ${op.table}`
    case 'update':
      return `Updating ${op.table}`
    case 'delete':
      return `Deleting from ${op.table}`
    default:
      return table === undefined ? 'The upgrade' : `The upgrade of ${table}${column === undefined ? '' : `.${column}`}`
  }
}
