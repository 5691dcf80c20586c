import type { AddConstraint, Name, ReferentialAction } from '../model/operation.ts'
import { inParentheses } from './columns.ts'
import type { Constraint, Node } from './pg-query.ts'
import type { Source } from './source.ts'
import { texts } from './types.ts'

const types: ReadonlyMap<Constraint['contype'], AddConstraint['type']> = new Map([
  ['CONSTR_PRIMARY', 'primary-key'],
  ['CONSTR_UNIQUE', 'unique'],
  ['CONSTR_FOREIGN', 'foreign-key'],
  ['CONSTR_CHECK', 'check'],
  ['CONSTR_EXCLUSION', 'exclusion'],
  ['CONSTR_NOTNULL', 'not-null'],
])

// FKCONSTR_ACTION_*: src/include/nodes/parsenodes.h
const actions: { readonly [letter: string]: ReferentialAction | undefined } = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

/**
 * Undefined for what the grammar keeps as a constraint and nobody else does: DEFAULT, GENERATED, DEFERRABLE.
 *
 * @param column the column in whose definition it stands
 */
export function addConstraint(
  table: Name,
  constraint: Constraint,
  source: Source,
  column?: string,
): AddConstraint | undefined {
  const type = types.get(constraint.contype)
  if (!type) return undefined
  const named = texts(type === 'foreign-key' ? constraint.fk_attrs : constraint.keys)
  const isKey = type !== 'check' && type !== 'exclusion'
  return {
    kind: 'add-constraint',
    at: source.at,
    table,
    constraint: constraint.conname,
    type,
    with: column === undefined ? undefined : 'column',
    columns: named.length === 0 && isKey && column !== undefined ? [column] : named,
    references: constraint.pktable && source.names.relation(constraint.pktable),
    referencedColumns: texts(constraint.pk_attrs),
    onDelete: actions[constraint.fk_del_action ?? 'a'] ?? 'no action',
    onDeleteColumns: texts(constraint.fk_del_set_cols),
    onUpdate: actions[constraint.fk_upd_action ?? 'a'] ?? 'no action',
    match: constraint.fk_matchtype === 'f' ? 'full' : 'simple',
    expression: type === 'check' ? inParentheses(constraint, source) : undefined,
    excludes: type === 'exclusion' ? excluded(constraint) : undefined,
    provesNotNull: type === 'check' ? provenNotNull(constraint.raw_expr) : [],
    notValid: constraint.skip_validation ?? false,
    // Only a CHECK and a foreign key can be without enforcement; the parser leaves the field out for the others.
    enforced: (type !== 'check' && type !== 'foreign-key') || (constraint.is_enforced ?? false),
    noInherit: constraint.is_no_inherit ?? false,
    deferrable: constraint.initdeferred ? 'deferred' : constraint.deferrable ? 'immediate' : 'no',
    usingIndex: constraint.indexname,
    include: texts(constraint.including),
    nullsNotDistinct: constraint.nulls_not_distinct ?? false,
  }
}

function excluded({ access_method: method, exclusions, where_clause: where }: Constraint): AddConstraint['excludes'] {
  const elements = (exclusions ?? []).flatMap((node) => {
    const [element, operator] = 'List' in node ? (node.List.items ?? []) : []
    if (!element || !('IndexElem' in element)) return []
    const { name: column, collation, opclass } = element.IndexElem
    const isPlain = collation === undefined && opclass === undefined
    const names = operator && 'List' in operator ? texts(operator.List.items) : []
    return { column: isPlain ? column : undefined, operator: names.join('.') }
  })
  return { method: method ?? 'gist', elements, partial: where !== undefined }
}

/** The columns that are not null wherever the condition is true. */
function provenNotNull(condition: Node | undefined): string[] {
  if (!condition) return []
  if ('BoolExpr' in condition && condition.BoolExpr.boolop === 'AND_EXPR') {
    return (condition.BoolExpr.args ?? []).flatMap(provenNotNull)
  }
  if (!('NullTest' in condition) || condition.NullTest.nulltesttype !== 'IS_NOT_NULL') return []
  const { arg } = condition.NullTest
  return arg && 'ColumnRef' in arg ? texts(arg.ColumnRef.fields).slice(-1) : []
}
