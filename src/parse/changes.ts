import type { Expression, Operation } from '../model/operation.ts'
import { inParentheses, isNull } from './columns.ts'
import { expression } from './expressions.ts'
import { kindOf, type NamedObject, namedObject, partsOf, relation } from './objects.ts'
import { definitions } from './options.ts'
import type { DropStmt, Node, RenameStmt } from './pg-query.ts'
import { roleName } from './privileges.ts'
import { clause, type Source } from './source.ts'
import { texts } from './types.ts'

/** DROP, RENAME, SET SCHEMA, OWNER TO, COMMENT and ALTER of types, domains and functions. Undefined for every other statement. */
export function changeOperations(node: Node, source: Source): Operation[] | undefined {
  const { at, names } = source
  if ('DropStmt' in node) return drop(node.DropStmt, source)
  if ('RenameStmt' in node) return [rename(node.RenameStmt, source)]
  if ('AlterObjectSchemaStmt' in node) {
    const { objectType, relation: range, object: named, newschema: schema = '' } = node.AlterObjectSchemaStmt
    const object = kindOf(objectType)
    const which = range ? relation(range, names) : namedObject(named, object, names)
    return [{ kind: 'set-schema', at, object, ...which, schema }]
  }
  if ('AlterOwnerStmt' in node) {
    const { objectType, object: named, newowner } = node.AlterOwnerStmt
    const object = kindOf(objectType)
    return [{ kind: 'change-owner', at, object, ...namedObject(named, object, names), owner: roleName(newowner) }]
  }
  if ('CommentStmt' in node) {
    const { objtype, object: named, comment } = node.CommentStmt
    const object = kindOf(objtype)
    return [{ kind: 'comment', at, object, ...namedObject(named, object, names), comment }]
  }
  if ('AlterEnumStmt' in node) {
    const { typeName, oldVal, newVal = '', newValNeighbor: neighbor, newValIsAfter: isAfter } = node.AlterEnumStmt
    const type = names.qualify(texts(typeName))
    if (oldVal !== undefined) {
      return [{ kind: 'rename', at, object: 'enum value', name: oldVal, table: type, arguments: undefined, to: newVal }]
    }
    return [
      {
        kind: 'add-enum-value',
        at,
        type,
        value: newVal,
        before: isAfter ? undefined : neighbor,
        after: isAfter ? neighbor : undefined,
        ifNotExists: node.AlterEnumStmt.skipIfNewValExists ?? false,
      },
    ]
  }
  if ('AlterDomainStmt' in node) return alterDomain(node, source)
  if ('AlterFunctionStmt' in node) {
    const { objtype, func, actions } = node.AlterFunctionStmt
    const object = kindOf(objtype)
    const which = namedObject(func && { ObjectWithArgs: func }, object, names)
    return [
      {
        kind: 'alter-function',
        at,
        object,
        function: names.qualify(texts(func?.objname)),
        arguments: which.arguments,
        ...functionSettings(actions),
      },
    ]
  }
  return undefined
}

/** What a function's options say about whose rights it has and which settings it runs with. */
export function functionSettings(options: readonly Node[] | undefined): {
  securityDefiner: boolean | undefined
  settings: readonly string[]
} {
  const all = definitions(options)
  const security = all.find(({ defname }) => defname === 'security')?.arg
  return {
    securityDefiner: security && 'Boolean' in security ? (security.Boolean.boolval ?? false) : undefined,
    settings: all.flatMap(({ defname, arg }) =>
      defname === 'set' && arg && 'VariableSetStmt' in arg && arg.VariableSetStmt.kind === 'VAR_SET_VALUE'
        ? (arg.VariableSetStmt.name ?? [])
        : [],
    ),
  }
}

function drop(statement: DropStmt, { at, names }: Source): Operation[] {
  const object = kindOf(statement.removeType)
  const concurrently = statement.concurrent ?? false
  const how = { ifExists: statement.missing_ok ?? false, cascade: statement.behavior === 'DROP_CASCADE' }
  return (statement.objects ?? []).map((node): Operation => {
    const name = names.qualify(partsOf(node, names))
    switch (object) {
      case 'table':
      case 'foreign table':
        return { kind: 'drop-table', at, table: name, relation: object, ...how }
      case 'index':
        return { kind: 'drop-index', at, index: name, concurrently, ...how }
      case 'type':
      case 'domain':
        return { kind: 'drop-type', at, type: name, ...how }
      default:
        return { kind: 'drop-object', at, object, ...namedObject(node, object, names), ...how }
    }
  })
}

function rename(statement: RenameStmt, { at, names }: Source): Operation {
  const { renameType, relation: range, object: node, subname, newname: to = '' } = statement
  const object = kindOf(renameType)
  return { kind: 'rename', at, object, ...renamed(), to }

  function renamed(): NamedObject {
    if (subname === undefined) return range ? relation(range, names) : namedObject(node, object, names)
    const table = range ? names.relation(range) : node && names.qualify(partsOf(node, names))
    return { name: subname, table, arguments: undefined }
  }
}

type DomainChange = Extract<Operation, { kind: 'alter-domain' }>['change']

// The letters of AlterDomainStmt: src/include/nodes/parsenodes.h
const domainChanges: { readonly [letter: string]: DomainChange | undefined } = {
  C: 'add-constraint',
  X: 'drop-constraint',
  V: 'validate-constraint',
  O: 'set-not-null',
  N: 'drop-not-null',
}

function alterDomain(
  { AlterDomainStmt: statement }: Extract<Node, { AlterDomainStmt: unknown }>,
  source: Source,
): Operation[] {
  const { subtype = '', typeName, def, name } = statement
  const constraint = def && 'Constraint' in def ? def.Constraint : undefined
  const isDefault = subtype === 'T' && def && !isNull(def)
  const change = domainChanges[subtype] ?? (isDefault ? 'set-default' : 'drop-default')
  return [
    {
      kind: 'alter-domain',
      at: source.at,
      type: source.names.qualify(texts(typeName)),
      change,
      constraint: constraint?.conname ?? name,
      expression: expressionOf(),
      notValid: constraint?.skip_validation ?? false,
      ifExists: statement.missing_ok ?? false,
    },
  ]

  function expressionOf(): Expression | undefined {
    if (constraint?.contype === 'CONSTR_CHECK') return inParentheses(constraint, source)
    return isDefault ? expression(def, clause(source.sql, source.span, 'DEFAULT', []) ?? '') : undefined
  }
}
