import type { AddConstraint, Name, Operation } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { plain, type Step, suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-check',
  summary: 'A CHECK that is verified as it is added shuts out readers and writers until every row is read',
  severity: 'error',
  aliases: ['squawk:constraint-missing-not-valid', 'eugene:E1'],
  work: 'scan',

  *check({ tool, migration, placed, isNew }) {
    for (const { op, statement } of placed(migration.up)) {
      if (op.kind !== 'add-constraint' || op.type !== 'check' || op.notValid || !op.enforced || isNew(op.table))
        continue

      const isAlone = op.with === undefined && statement.operations.length === 1
      const validate = `VALIDATE CONSTRAINT ${op.constraint ?? 'its name'}`
      yield {
        at: op.at,
        direction: 'up',
        message: `Adding ${op.constraint ?? 'this CHECK'} reads every row of ${op.table}, while nobody can read or write it.`,
        help:
          op.with === 'column'
            ? `Add the column without it, then the CHECK as NOT VALID, and ${validate} in a transaction of its own.`
            : `Add it NOT VALID, and ${validate} in a transaction of its own, which lets reads and writes go on.`,
        suggestion: isAlone
          ? suggested(tool, [
              { sql: `${statement.sql} NOT VALID` },
              ...(op.constraint === undefined ? [] : [validation(op.table, op.constraint)]),
            ])
          : apart(tool, op, statement.operations),
      }
    }
  },
})

function validation(table: Name, constraint: string): Step | undefined {
  const names = plain(table, constraint)
  return names && { sql: `ALTER TABLE ${names[0]} VALIDATE CONSTRAINT ${names[1]}`, own: true }
}

/** The column first, its CHECK after it; undefined where the statement does more than that. */
function apart(tool: Context['tool'], check: AddConstraint, operations: readonly Operation[]): string | undefined {
  const [added] = operations
  if (added?.kind !== 'add-column' || operations.length !== 2 || check.expression === undefined) return undefined
  const { name, type, default: value, notNull, filledBy, collation } = added.column
  const [table, column, constraint] =
    plain(added.table, name, check.constraint ?? `${bare(added.table)}_${name}_check`) ?? []
  if (constraint === undefined || constraint.length > 63 || filledBy !== undefined || collation !== undefined)
    return undefined
  const definition = `${type}${value === undefined ? '' : ` DEFAULT ${value.sql}`}${notNull ? ' NOT NULL' : ''}`
  return suggested(tool, [
    { sql: `ALTER TABLE ${table} ADD COLUMN ${column} ${definition}` },
    { sql: `ALTER TABLE ${table} ADD CONSTRAINT ${constraint} CHECK (${check.expression.sql}) NOT VALID` },
    validation(added.table, constraint),
  ])
}

function bare(table: Name): string {
  return table.slice(table.indexOf('.') + 1)
}
