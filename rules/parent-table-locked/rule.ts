import { plainName, shutOutBy } from '../../src/model/locks.ts'
import type { Name, Operation } from '../../src/model/operation.ts'
import type { Lock } from '../../src/model/round-trip.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'parent-table-locked',
  summary: 'A statement shuts others out of a table that it does not name',
  severity: 'warning',

  *check(context) {
    for (const { op, statement } of context.placed(context.migration.up)) {
      const tables = drawnIn(op, context).filter((table) => !context.isNew(table) && !names(statement.sql, table))
      if (tables.length > 0) yield report(op.at, [...new Set(tables)])
    }
  },

  *observe(context) {
    const { roundTrip, operationsOf, isNew, tablesBefore, tableOf, works } = context
    // What hidden code does to every row under a lock is told by the rules about that work.
    const hidden = (['rewrite', 'scan', 'index build'] as const).flatMap(works).filter(({ isHidden }) => isHidden)
    const { locks = [], statements = [] } = roundTrip.watched ?? {}
    for (const statement of statements) {
      if (statement.direction !== 'up' || statement.attempt !== 1 || statement.isOwn) continue
      const operations = operationsOf(statement)
      const [first] = operations
      const isPartOfNamed = (table: Name) => {
        const parent = first && tablesBefore(first).parentOf(table)
        return parent !== undefined && names(statement.sql, parent) && !operations.some(aboutOnePartition)
      }
      // An index stands for its table: `blocking-index-drop` and `blocking-reindex` name that one.
      const meant = operations.flatMap((op) => {
        const index = op.kind === 'drop-index' ? op.index : op.kind === 'reindex' ? op.name : undefined
        return (index !== undefined && tableOf(index as Name)) || []
      })
      const takesAlong = operations.some((op) => 'cascade' in op && op.cascade === true)
      const taken = locks.filter((lock) => {
        const table = plainName(lock.relation)
        return (
          lock.statement === statement &&
          lock.existedBefore &&
          holdsRows.has(lock.kind) &&
          shutOutBy(lock.mode) !== undefined &&
          !isNew(table) &&
          !names(statement.sql, table) &&
          !isPartOfNamed(table) &&
          !meant.includes(table) &&
          // A view has nothing that CASCADE could take off it: it goes itself, as `drop-cascade` says.
          !(takesAlong && views.has(lock.kind)) &&
          !hidden.some((work) => work.statement === statement && work.table === table)
        )
      })
      if (taken.length === 0) continue
      const seen = report(
        operations[0]?.at ?? statement.at,
        taken.map(({ relation }) => plainName(relation)),
      )
      yield { ...seen, evidence: taken.map(told) }
    }
  },
})

const views = new Set(['view', 'materialized view'])
const holdsRows = new Set(['table', 'view', 'materialized view', 'foreign table'])

function report(at: Operation['at'] | undefined, tables: readonly Name[]) {
  const list = tables.join(', ')
  return {
    at,
    direction: 'up',
    message: `This also shuts others out of ${list}, which it does not name, until its transaction ends.`,
    help: `Give it a transaction of its own and a lock_timeout, and expect its wait, and everybody else’s behind it, on ${list} too.`,
  } as const
}

function told({ relation, mode }: Lock): string {
  return `PostgreSQL took ${mode} on ${relation}, which shuts out ${shutOutBy(mode)}.`
}

/** The tables that an operation locks besides its own, as far as the migrations tell of foreign keys and partitions. */
function drawnIn(op: Operation, { tablesBefore }: Context): Name[] {
  if (op.kind === 'drop-constraint') {
    const [key] = tablesBefore(op)
      .constraintsOf(op.table)
      .filter(({ name }) => name === op.constraint)
    return key?.references ? [key.references.table] : []
  }
  if (op.kind === 'truncate') return op.cascade ? pointingTo(op.table, tablesBefore(op)) : []
  if (op.kind !== 'drop-table') return []
  const tables = tablesBefore(op)
  const parents = tables.constraintsOf(op.table).flatMap(({ references }) => references?.table ?? [])
  const children = op.cascade ? pointingTo(op.table, tables) : []
  return [...parents, ...children, tables.parentOf(op.table) ?? []].flat().filter((table) => table !== op.table)
}

function pointingTo(table: Name, tables: ReturnType<Context['tablesBefore']>): Name[] {
  return tables.foreignKeysTo(table).map((key) => key.table)
}

/** What it does to one partition concerns the others. */
function aboutOnePartition(op: Operation): boolean {
  return (
    op.kind === 'attach-partition' ||
    op.kind === 'detach-partition' ||
    (op.kind === 'create-table' && op.partitionOf !== undefined)
  )
}

/** A table counts as named where its name stands in the statement as a word of its own. */
function names(sql: string, table: Name): boolean {
  const name = table.slice(table.indexOf('.') + 1).toLowerCase()
  const text = sql.toLowerCase()
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before = ' ', after = ' '] = [text[at - 1], text[at + name.length]]
    if (!/[\p{L}\p{N}_$]/u.test(before) && !/[\p{L}\p{N}_$]/u.test(after)) return true
  }
  return false
}
