import type { AddConstraint, ColumnDefinition, Name } from '../model/operation.ts'
import { addConstraint } from './constraints.ts'
import type { ColumnDef, Constraint, Node } from './pg-query.ts'
import { clause, offsetOfByte, type Source, type Span } from './source.ts'
import { isSerial } from './types.ts'

export function columnDefinition(definition: ColumnDef, source: Source): ColumnDefinition {
  const constraints = constraintsOf(definition)
  const has = (type: Constraint['contype']) => constraints.some((constraint) => constraint.contype === type)
  const primaryKey = has('CONSTR_PRIMARY')
  const filledBy = isSerial(definition.typeName)
    ? 'sequence'
    : has('CONSTR_IDENTITY')
      ? 'identity'
      : has('CONSTR_GENERATED')
        ? 'expression'
        : undefined
  return {
    name: definition.colname ?? '',
    type: source.names.type(definition.typeName),
    notNull: primaryKey || has('CONSTR_NOTNULL') || filledBy === 'sequence' || filledBy === 'identity',
    default: defaultOf(definition, source),
    filledBy,
    primaryKey,
  }
}

/** Those that stand in the column's definition, but for NOT NULL, which is a property of the column. */
export function inlineConstraints(table: Name, definition: ColumnDef, source: Source): AddConstraint[] {
  return constraintsOf(definition).flatMap((constraint) => {
    if (constraint.contype === 'CONSTR_NOTNULL') return []
    return addConstraint(table, constraint, source, definition.colname) ?? []
  })
}

/** PostgreSQL takes DEFAULT NULL for no default: AddRelationNewConstraints in src/backend/catalog/heap.c. */
export function isNull(expression: Node | undefined): boolean {
  if (expression && 'TypeCast' in expression) return isNull(expression.TypeCast.arg)
  return expression !== undefined && 'A_Const' in expression && expression.A_Const.isnull === true
}

function constraintsOf(definition: ColumnDef): Constraint[] {
  return (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? node.Constraint : []))
}

function defaultOf(definition: ColumnDef, { sql }: Source): string | undefined {
  const constraints = constraintsOf(definition)
  const found = constraints.find((constraint) => constraint.contype === 'CONSTR_DEFAULT')
  if (!found || isNull(found.raw_expr)) return undefined
  const from = found.location ?? 0
  const next = [...constraints, ...(definition.collClause ? [definition.collClause] : [])].flatMap(({ location }) =>
    location !== undefined && location > from ? location : [],
  )
  const span: Span = {
    start: offsetOfByte(sql, from),
    end: next.length > 0 ? offsetOfByte(sql, Math.min(...next)) : sql.length,
  }
  return clause(sql, span, 'DEFAULT', [','])
}
