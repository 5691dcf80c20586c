import type { AddConstraint, ConstraintType, Name } from '../model/operation.ts'
import type { Constraint } from './pg-query.ts'
import type { Source } from './source.ts'
import { texts } from './types.ts'

const types: ReadonlyMap<Constraint['contype'], ConstraintType> = new Map([
  ['CONSTR_PRIMARY', 'primary-key'],
  ['CONSTR_UNIQUE', 'unique'],
  ['CONSTR_FOREIGN', 'foreign-key'],
  ['CONSTR_CHECK', 'check'],
  ['CONSTR_EXCLUSION', 'exclusion'],
  ['CONSTR_NOTNULL', 'not-null'],
])

/** Undefined for what the grammar keeps as a constraint and nobody else does: DEFAULT, GENERATED, DEFERRABLE. */
export function addConstraint(
  table: Name,
  constraint: Constraint,
  { at, names }: Pick<Source, 'at' | 'names'>,
  column?: string,
): AddConstraint | undefined {
  const type = types.get(constraint.contype)
  if (!type) return undefined
  const named = texts(type === 'foreign-key' ? constraint.fk_attrs : constraint.keys)
  const isKey = type !== 'check' && type !== 'exclusion'
  return {
    kind: 'add-constraint',
    at,
    table,
    constraint: constraint.conname,
    type,
    columns: named.length === 0 && isKey && column !== undefined ? [column] : named,
    references: constraint.pktable && names.relation(constraint.pktable),
    notValid: constraint.skip_validation ?? false,
    usingIndex: constraint.indexname,
  }
}
