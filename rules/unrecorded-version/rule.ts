import type { ParsedScript, Statement } from '../../src/model/migration.ts'
import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'unrecorded-version',
  summary: 'Where migrations record themselves in a table, one that does not is invisible there',
  severity: 'warning',

  *check({ migration, before, tablesBefore, isEmpty }) {
    const { up, down, name } = migration
    const [first] = up.statements.flatMap(({ operations }) => operations)
    const table = recordIn(before)
    if (!first || table === undefined || isEmpty(up) || !tablesBefore(first).has(table)) return

    const written = up.statements.filter(({ operations }) => operations.some((op) => writes(op, table)))
    if (written.length === 0) {
      yield {
        direction: 'up',
        message: `The migrations before it record themselves in ${table}, and ${name} does not: whoever asks the database for its version is told an old one.`,
        help: `INSERT INTO ${table} the version of this migration, in the same transaction, and DELETE it in the downgrade.`,
      }
      return
    }
    if (!down || isEmpty(down) || removes(down, table, written)) return
    const wrong = down.statements.find(({ operations }) => operations.some((op) => deletes(op, table)))
    yield {
      at: wrong?.at,
      direction: 'down',
      message: wrong
        ? `The downgrade of ${name} deletes another row of ${table} than the one that the upgrade writes.`
        : `The downgrade of ${name} leaves the row that the upgrade writes to ${table}: the database goes on saying that it is applied.`,
      help: `DELETE FROM ${table} the version that the upgrade inserts, in the same transaction.`,
    }
  },
})

/** Of each script once: every migration asks it of all those before it. */
const made = new WeakMap<ParsedScript, readonly Name[]>()

function recordsMade(script: ParsedScript): readonly Name[] {
  const known = made.get(script)
  if (known) return known
  const found = script.statements.flatMap(({ operations }) =>
    operations.flatMap((op) => (op.kind === 'create-table' && named.test(op.table) ? op.table : [])),
  )
  made.set(script, found)
  return found
}

/** The table that most of the migrations before this one write a version to. */
function recordIn(before: readonly { readonly up: ParsedScript }[]): Name | undefined {
  const created = before.flatMap(({ up }, index) => recordsMade(up).map((table) => ({ table, index })))
  for (const { table, index } of created) {
    const since = before.slice(index)
    const recorded = since.filter(({ up }) =>
      up.statements.some(({ operations }) => operations.some((op) => writes(op, table))),
    )
    if (recorded.length > 0 && recorded.length * 2 >= since.length) return table
  }
  return undefined
}

const named = /\.\w*(?:version|migration|changelog)\w*$/i

function writes(op: Operation, table: Name): boolean {
  return (op.kind === 'insert' || op.kind === 'update') && op.table === table
}

function deletes(op: Operation, table: Name): boolean {
  return op.kind === 'delete' && op.table === table
}

/** Also by giving another version in its place, or by dropping the table. */
function removes(down: ParsedScript, table: Name, written: readonly Statement[]): boolean {
  const values = new Set(written.flatMap(literals))
  return down.statements.some((statement) =>
    statement.operations.some((op) => {
      if ((op.kind === 'drop-table' || op.kind === 'truncate') && op.table === table) return true
      if (op.kind === 'update' && op.table === table) return true
      if (!deletes(op, table)) return false
      const named = literals(statement)
      return named.length === 0 || values.size === 0 || named.some((value) => values.has(value))
    }),
  )
}

function literals({ sql }: Statement): string[] {
  return [...sql.matchAll(/'((?:[^']|'')*)'/g)].map((match) => match[1] ?? '')
}
