import type { Name, ObjectKind } from '../model/operation.ts'
import type { Node, ObjectWithArgs, RangeVar } from './pg-query.ts'
import { type Names, text, texts } from './types.ts'

/** An object as a statement names it; what `Named` in the model says. */
export interface NamedObject {
  readonly name: string
  readonly table: Name | undefined
  readonly arguments: readonly string[] | undefined
}

/** The grammar's word for a kind of object, in the words of the model. */
export function kindOf(objectType: string | undefined): ObjectKind {
  const word = (objectType ?? '').replace(/^OBJECT_/, '')
  return special.get(word) ?? word.toLowerCase().replaceAll('_', ' ')
}

const special: ReadonlyMap<string, ObjectKind> = new Map([
  ['ATTRIBUTE', 'column'],
  ['DOMCONSTRAINT', 'domain constraint'],
  ['FDW', 'foreign-data wrapper'],
  ['FOREIGN_SERVER', 'foreign server'],
  ['LARGEOBJECT', 'large object'],
  ['MATVIEW', 'materialized view'],
  ['OPCLASS', 'operator class'],
  ['OPFAMILY', 'operator family'],
  ['STATISTIC_EXT', 'statistics'],
  ['TABCONSTRAINT', 'constraint'],
  ['TSCONFIGURATION', 'text search configuration'],
  ['TSDICTIONARY', 'text search dictionary'],
  ['TSPARSER', 'text search parser'],
  ['TSTEMPLATE', 'text search template'],
])

/** Kinds whose name stands in no schema. */
const unqualified = new Set([
  'access method',
  'database',
  'event trigger',
  'extension',
  'foreign server',
  'foreign-data wrapper',
  'language',
  'publication',
  'role',
  'schema',
  'subscription',
  'tablespace',
])

/** Kinds that are found by their table (a domain's constraints by the domain), whose name comes first. */
const ofTable = new Set(['column', 'constraint', 'domain constraint', 'policy', 'rule', 'trigger'])

/** An object of a list such as DROP's, by the name that is written. */
export function namedObject(node: Node | undefined, kind: ObjectKind, names: Names): NamedObject {
  if (node && 'ObjectWithArgs' in node) return routine(node.ObjectWithArgs, names)
  if (node && 'RangeVar' in node) return relation(node.RangeVar, names)
  const parts = partsOf(node, names)
  if (ofTable.has(kind)) {
    return { name: parts.at(-1) ?? '', table: names.qualify(parts.slice(0, -1)), arguments: undefined }
  }
  return {
    name: unqualified.has(kind) ? (parts.at(-1) ?? '') : names.qualify(parts),
    table: undefined,
    arguments: undefined,
  }
}

/** The parts of a name as written. */
export function partsOf(node: Node | undefined, names: Names): string[] {
  if (node && 'TypeName' in node) return texts(node.TypeName.names)
  if (!node || !('List' in node)) return [text(node)]
  const { items = [] } = node.List
  return items.some((item) => 'TypeName' in item) ? typedName(items, names) : texts(items)
}

/** `COMMENT ON CONSTRAINT c ON DOMAIN d`: a type, then the name. */
function typedName(items: readonly Node[], names: Names): string[] {
  return items.flatMap((item) =>
    'TypeName' in item ? names.qualify(texts(item.TypeName.names)).split('.') : text(item),
  )
}

export function relation(range: RangeVar | undefined, names: Names): NamedObject {
  return { name: names.relation(range), table: undefined, arguments: undefined }
}

function routine({ objname, objargs, args_unspecified: isOpen }: ObjectWithArgs, names: Names): NamedObject {
  return {
    name: names.qualify(texts(objname)),
    table: undefined,
    arguments: isOpen
      ? undefined
      : (objargs ?? []).map((each) => ('TypeName' in each ? names.type(each.TypeName) : '')),
  }
}
