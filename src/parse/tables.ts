import type { AddConstraint, ColumnDefinition, Operation } from '../model/operation.ts'
import { columnDefinition, inlineConstraints } from './columns.ts'
import { addConstraint } from './constraints.ts'
import type { CreateStmt } from './pg-query.ts'
import type { Source } from './source.ts'
import { texts } from './types.ts'

/** The table, followed by the constraints that come with it. */
export function createTable(statement: CreateStmt, source: Source): Operation[] {
  const table = source.names.created(statement.relation)
  const columns: ColumnDefinition[] = []
  const constraints: AddConstraint[] = []
  const primaryKey = new Set<string>()
  const notNull = new Set<string>()
  for (const element of statement.tableElts ?? []) {
    if ('ColumnDef' in element) {
      // A column of CREATE TABLE … OF or PARTITION OF only adds to a definition that stands elsewhere.
      if (element.ColumnDef.typeName) columns.push(columnDefinition(element.ColumnDef, source))
      constraints.push(...inlineConstraints(table, element.ColumnDef, source))
    } else if ('Constraint' in element) {
      const constraint = addConstraint(table, element.Constraint, source)
      if (constraint) constraints.push(constraint)
      const keys = texts(element.Constraint.keys)
      if (element.Constraint.contype === 'CONSTR_PRIMARY') for (const key of keys) primaryKey.add(key)
      if (element.Constraint.contype === 'CONSTR_NOTNULL') for (const key of keys) notNull.add(key)
    }
  }
  return [
    {
      kind: 'create-table',
      at: source.at,
      table,
      columns: columns.map((column) => ({
        ...column,
        primaryKey: column.primaryKey || primaryKey.has(column.name),
        notNull: column.notNull || primaryKey.has(column.name) || notNull.has(column.name),
      })),
      ifNotExists: statement.if_not_exists ?? false,
    },
    ...constraints,
  ]
}
