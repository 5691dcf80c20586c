import type { Operation } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import type { Index } from '../../src/model/tables.ts'

export default defineRule({
  name: 'arbiter-index-lost',
  summary: 'ON CONFLICT names columns on which no unique index is left',
  severity: 'error',

  *check(context) {
    const { migration, isNew } = context
    for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
      const index = dropped(op, context)
      if (!index || isNew(index.table) || !isArbiter(index)) continue
      const after = context.tablesAfter()
      if (!after.has(index.table)) continue
      const others = after.indexesOf(index.table)
      if (others.some((other) => isArbiter(other) && sameColumns(other, index))) continue

      yield report(op.at, index.table, index.columns)
    }
  },

  *observe({ migration, roundTrip }) {
    for (const { because, object, sql, sqlstate, source, message } of roundTrip.oldCode ?? []) {
      if (sqlstate !== '42P10' || source.kind === 'file') continue
      const at = because ?? migration.up.at
      const ops = migration.up.statements.flatMap(({ operations }) => operations)
      // What CASCADE takes is told where CASCADE stands.
      if (ops.some((op) => op.at === because && 'cascade' in op && op.cascade)) continue
      const columns = /ON CONFLICT \(([^)]*)\)/.exec(sql)?.[1] ?? ''
      yield {
        ...report(at, object ?? 'the table', columns.split(', ')),
        evidence: [`INSERT INTO ${object} … ON CONFLICT (${columns}): ${message} (${sqlstate})`],
        sqlstate,
      }
    }
  },
})

function report(at: Operation['at'], table: string, columns: readonly string[]) {
  const list = columns.join(', ')
  return {
    at,
    direction: 'up' as const,
    message: `After this no unique index on ${table} (${list}) is left, so that INSERT … ON CONFLICT (${list}) of the running release fails (42P10).`,
    help: `Build the new unique index first and keep the old one until no release that runs names (${list}) alone; an index with WHERE serves only an ON CONFLICT that repeats the WHERE.`,
  }
}

function dropped(op: Operation, { tablesBefore }: Context): Index | undefined {
  if (op.kind === 'drop-index') return op.cascade ? undefined : tablesBefore(op).indexOf(op.index)
  if (op.kind !== 'drop-constraint' || op.cascade) return undefined
  return tablesBefore(op)
    .indexesOf(op.table)
    .find(({ constraint }) => constraint === op.constraint)
}

/** https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT: whole rows, plain columns. */
function isArbiter({ unique, partial, valid, columns }: Index): boolean {
  return unique && !partial && valid && columns.length > 0
}

function sameColumns(a: Index, b: Index): boolean {
  return a.columns.length === b.columns.length && a.columns.every((column) => b.columns.includes(column))
}
