import type { AddConstraint, ColumnDefinition, Expression, Name } from '../model/operation.ts'
import { addConstraint } from './constraints.ts'
import { expression } from './expressions.ts'
import type { ColumnDef, Constraint, Node } from './pg-query.ts'
import { clause, parenthesized, type Source, textOf } from './source.ts'
import { isSerial, texts } from './types.ts'

export function columnDefinition(definition: ColumnDef, source: Source): ColumnDefinition {
  const constraints = constraintsOf(definition)
  if (constraints.length === 0) return plainColumn(definition, source)
  const find = (type: Constraint['contype']) => constraints.find((constraint) => constraint.contype === type)
  const primaryKey = find('CONSTR_PRIMARY') !== undefined
  const identity = find('CONSTR_IDENTITY')
  const generated = find('CONSTR_GENERATED')
  const filledBy = isSerial(definition.typeName)
    ? 'sequence'
    : identity
      ? 'identity'
      : generated
        ? 'expression'
        : undefined
  return {
    name: definition.colname ?? '',
    type: source.names.type(definition.typeName),
    userType: source.names.userType(definition.typeName),
    notNull: primaryKey || find('CONSTR_NOTNULL') !== undefined || filledBy === 'sequence' || filledBy === 'identity',
    default: defaultOf(definition, constraints, source),
    filledBy,
    identity: identity && identityKind(identity),
    generated: generated && {
      kind: generated.generated_kind === 'v' ? 'virtual' : 'stored',
      expression: inParentheses(generated, source),
    },
    collation: collationOf(definition),
    primaryKey,
  }
}

function plainColumn(definition: ColumnDef, { names }: Source): ColumnDefinition {
  const filledBy = isSerial(definition.typeName) ? 'sequence' : undefined
  return {
    name: definition.colname ?? '',
    type: names.type(definition.typeName),
    userType: names.userType(definition.typeName),
    notNull: filledBy !== undefined,
    default: undefined,
    filledBy,
    identity: undefined,
    generated: undefined,
    collation: collationOf(definition),
    primaryKey: false,
  }
}

/** Those that stand in the column's definition, but for NOT NULL, which is a property of the column. */
export function inlineConstraints(table: Name, definition: ColumnDef, source: Source): AddConstraint[] {
  const found: AddConstraint[] = []
  for (const constraint of constraintsOf(definition)) {
    const last = found.at(-1)
    // DEFERRABLE and INITIALLY DEFERRED are nodes of their own, behind the constraint that they are about.
    if (constraint.contype?.startsWith('CONSTR_ATTR_') && last) {
      found[found.length - 1] = { ...last, ...attribute(constraint.contype) }
    } else if (constraint.contype !== 'CONSTR_NOTNULL') {
      const added = addConstraint(table, constraint, source, definition.colname)
      if (added) found.push(added)
    }
  }
  return found
}

function attribute(type: string): Partial<AddConstraint> {
  if (type === 'CONSTR_ATTR_DEFERRABLE') return { deferrable: 'immediate' }
  if (type === 'CONSTR_ATTR_DEFERRED') return { deferrable: 'deferred' }
  return type === 'CONSTR_ATTR_NOT_ENFORCED' ? { enforced: false } : {}
}

/** PostgreSQL takes DEFAULT NULL for no default: AddRelationNewConstraints in src/backend/catalog/heap.c. */
export function isNull(node: Node | undefined): boolean {
  if (node && 'TypeCast' in node) return isNull(node.TypeCast.arg)
  return node !== undefined && 'A_Const' in node && node.A_Const.isnull === true
}

export function identityKind({ generated_when: when }: Constraint): 'always' | 'by default' {
  return when === 'a' ? 'always' : 'by default'
}

/** Its qualified name, or the name alone. */
export function collationOf({ collClause }: Pick<ColumnDef, 'collClause'>): string | undefined {
  return collClause && texts(collClause.collname).join('.')
}

/** The expression of a CHECK or a generated column. */
export function inParentheses({ location, raw_expr: node }: Constraint, { sql, offset }: Source): Expression {
  const span = parenthesized(sql, offset(location))
  return expression(node, span ? textOf(sql, span) : '')
}

export function constraintsOf({ constraints }: { constraints?: Node[] }): Constraint[] {
  return constraints ? constraints.flatMap((node) => ('Constraint' in node ? node.Constraint : [])) : []
}

export function defaultOf(
  { collClause }: Pick<ColumnDef, 'collClause'>,
  constraints: readonly Constraint[],
  { sql, span, offset }: Source,
): Expression | undefined {
  const found = constraints.find((constraint) => constraint.contype === 'CONSTR_DEFAULT')
  if (!found || isNull(found.raw_expr)) return undefined
  const from = found.location ?? 0
  const next = [...constraints, ...(collClause ? [collClause] : [])].flatMap(({ location }) =>
    location !== undefined && location > from ? location : [],
  )
  const end = next.length > 0 ? offset(Math.min(...next)) : span.end
  return expression(found.raw_expr, clause(sql, { start: offset(from), end }, 'DEFAULT', [',']) ?? '')
}
