import type { SequenceChanges } from '../model/definition-operation.ts'
import type { ColumnDefinition, Name, Operation } from '../model/operation.ts'
import { collationOf, columnDefinition, constraintsOf, defaultOf, inParentheses } from './columns.ts'
import { kindOf } from './objects.ts'
import { constantOf, definitions, option } from './options.ts'
import type { CreateDomainStmt, Node } from './pg-query.ts'
import type { Source } from './source.ts'
import { type Names, texts } from './types.ts'

/** CREATE of types, sequences, schemas, extensions and of rarer kinds. Undefined for every other statement. */
export function definitionOperations(node: Node, source: Source): Operation[] | undefined {
  const { at, names } = source
  const type = (name: Name, rest: Partial<CreateType>): Operation[] => [
    { ...anyType, kind: 'create-type', at, type: name, ...rest },
  ]
  if ('CreateEnumStmt' in node) {
    const { typeName, vals } = node.CreateEnumStmt
    return type(names.qualify(texts(typeName)), { form: 'enum', labels: texts(vals) })
  }
  if ('CreateRangeStmt' in node) return type(names.qualify(texts(node.CreateRangeStmt.typeName)), { form: 'range' })
  if ('CreateDomainStmt' in node) return [domain(node.CreateDomainStmt, source)]
  if ('CompositeTypeStmt' in node) {
    const { typevar, coldeflist } = node.CompositeTypeStmt
    const columns = columnsIn(coldeflist, source)
    return type(names.relation(typevar), { form: 'composite type', columns })
  }
  if ('DefineStmt' in node) {
    const { kind, defnames, args, if_not_exists: ifNotExists = false } = node.DefineStmt
    const object = kindOf(kind)
    if (object === 'type') return type(names.qualify(texts(defnames)), { form: 'type' })
    const list = args?.find((arg) => 'List' in arg)
    const parameters = list && 'List' in list ? (list.List.items ?? []) : []
    const types = parameters.flatMap((each) =>
      'FunctionParameter' in each ? names.type(each.FunctionParameter.argType) : [],
    )
    const isAggregate = object === 'aggregate'
    const name = names.qualify(texts(defnames))
    return [created(object, name, source, { arguments: isAggregate ? types : undefined, ifNotExists })]
  }
  if ('CreateSeqStmt' in node) {
    const { sequence: range, options, if_not_exists: ifNotExists = false } = node.CreateSeqStmt
    const sequence = names.created(range)
    const temporary = range?.relpersistence === 't'
    return [{ kind: 'create-sequence', at, sequence, ifNotExists, temporary, changes: sequenceChanges(options, names) }]
  }
  if ('AlterSeqStmt' in node) {
    const { sequence, options } = node.AlterSeqStmt
    return [
      { kind: 'alter-sequence', at, sequence: names.relation(sequence), changes: sequenceChanges(options, names) },
    ]
  }
  if ('CreateExtensionStmt' in node) {
    const { extname: extension = '', if_not_exists: ifNotExists = false, options } = node.CreateExtensionStmt
    return [
      { kind: 'create-extension', at, extension, schema: constantOf(option(options, 'schema')?.arg), ifNotExists },
    ]
  }
  return rarer(node, source)
}

type CreateType = Extract<Operation, { kind: 'create-type' }>

const anyType = {
  form: 'type',
  labels: [],
  base: undefined,
  baseType: undefined,
  notNull: false,
  default: undefined,
  collation: undefined,
  checks: [],
  columns: [],
} as const

function domain(statement: CreateDomainStmt, source: Source): CreateType {
  const { domainname, typeName } = statement
  const constraints = constraintsOf(statement)
  return {
    ...anyType,
    kind: 'create-type',
    at: source.at,
    type: source.names.qualify(texts(domainname)),
    form: 'domain',
    base: source.names.type(typeName),
    baseType: source.names.userType(typeName),
    notNull: constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL'),
    default: defaultOf(statement, constraints, source),
    collation: collationOf(statement),
    checks: constraints.flatMap((each) =>
      each.contype === 'CONSTR_CHECK' ? { constraint: each.conname, expression: inParentheses(each, source) } : [],
    ),
  }
}

function columnsIn(nodes: readonly Node[] | undefined, source: Source): ColumnDefinition[] {
  return (nodes ?? []).flatMap((node) => ('ColumnDef' in node ? columnDefinition(node.ColumnDef, source) : []))
}

function sequenceChanges(nodes: readonly Node[] | undefined, names: Names): SequenceChanges {
  const changes: { -readonly [key in keyof SequenceChanges]: SequenceChanges[key] } = {}
  for (const { defname, arg } of definitions(nodes)) {
    const value = constantOf(arg)
    switch (defname) {
      case 'as':
        if (arg && 'TypeName' in arg) changes.type = names.type(arg.TypeName)
        break
      case 'start':
      case 'increment':
      case 'cache':
        if (value !== undefined) changes[defname] = value
        break
      case 'minvalue':
        changes.min = value ?? 'none'
        break
      case 'maxvalue':
        changes.max = value ?? 'none'
        break
      case 'cycle':
        changes.cycle = value !== 'false'
        break
      case 'restart':
        changes.restart = true
        break
      case 'owned_by': {
        const parts = arg && 'List' in arg ? texts(arg.List.items) : []
        const column = parts.at(-1) ?? ''
        changes.ownedBy = parts.length < 2 ? 'none' : { table: names.qualify(parts.slice(0, -1)), column }
        break
      }
    }
  }
  return changes
}

function created(
  object: string,
  name: string,
  { at }: Source,
  rest: { arguments?: readonly string[] | undefined; ifNotExists?: boolean; table?: Name } = {},
): Operation {
  return {
    kind: 'create-object',
    at,
    object,
    name,
    table: undefined,
    arguments: undefined,
    ifNotExists: false,
    ...rest,
  }
}

/** Kinds of object of which no rule asks more than that they are made. */
function rarer(node: Node, source: Source): Operation[] | undefined {
  const { names } = source
  if ('RuleStmt' in node) {
    const { relation, rulename = '' } = node.RuleStmt
    return [created('rule', rulename, source, { table: names.relation(relation) })]
  }
  if ('CreateStatsStmt' in node) {
    const { defnames, if_not_exists: ifNotExists = false, relations } = node.CreateStatsStmt
    const of = relations?.[0]
    const table = of && 'RangeVar' in of ? { table: names.relation(of.RangeVar) } : {}
    return [created('statistics', names.qualify(texts(defnames)), source, { ifNotExists, ...table })]
  }
  if ('CreatePublicationStmt' in node) return [created('publication', node.CreatePublicationStmt.pubname ?? '', source)]
  if ('CreateSubscriptionStmt' in node) {
    return [created('subscription', node.CreateSubscriptionStmt.subname ?? '', source)]
  }
  if ('CreateEventTrigStmt' in node) return [created('event trigger', node.CreateEventTrigStmt.trigname ?? '', source)]
  if ('CreateFdwStmt' in node) return [created('foreign-data wrapper', node.CreateFdwStmt.fdwname ?? '', source)]
  if ('CreateForeignServerStmt' in node) {
    return [created('foreign server', node.CreateForeignServerStmt.servername ?? '', source)]
  }
  if ('CreateUserMappingStmt' in node) {
    return [created('user mapping', node.CreateUserMappingStmt.servername ?? '', source)]
  }
  if ('CreatePLangStmt' in node) return [created('language', node.CreatePLangStmt.plname ?? '', source)]
  if ('CreateAmStmt' in node) return [created('access method', node.CreateAmStmt.amname ?? '', source)]
  if ('CreateConversionStmt' in node) {
    return [created('conversion', names.qualify(texts(node.CreateConversionStmt.conversion_name)), source)]
  }
  if ('CreateOpClassStmt' in node) {
    return [created('operator class', names.qualify(texts(node.CreateOpClassStmt.opclassname)), source)]
  }
  if ('CreateOpFamilyStmt' in node) {
    return [created('operator family', names.qualify(texts(node.CreateOpFamilyStmt.opfamilyname)), source)]
  }
  if ('CreateCastStmt' in node) {
    const { sourcetype, targettype } = node.CreateCastStmt
    return [created('cast', `${names.type(sourcetype)} AS ${names.type(targettype)}`, source)]
  }
  if ('CreateTransformStmt' in node) {
    const { type_name: type, lang = '' } = node.CreateTransformStmt
    return [created('transform', `${names.type(type)} LANGUAGE ${lang}`, source)]
  }
  if ('CreatedbStmt' in node) return [created('database', node.CreatedbStmt.dbname ?? '', source)]
  if ('CreateTableSpaceStmt' in node) {
    return [created('tablespace', node.CreateTableSpaceStmt.tablespacename ?? '', source)]
  }
  return undefined
}
