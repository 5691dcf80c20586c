import type { CreateIndex, IndexKey } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import type { Entry, Key } from './catalog.ts'
import { columnsPart, relationName } from './names.ts'
import { printedCondition, printedKey } from './print.ts'
import { identityOf, literal, quoted, unquoted } from './quoting.ts'
import { children, type State, scopeOf } from './state.ts'

/** What an index is, apart from its name and its table, as pg_get_indexdef prints it. */
export interface IndexShape {
  readonly unique: boolean
  /** From USING on. */
  readonly definition: string
  /** The columns that it depends on. */
  readonly columns: readonly string[]
  /** The parts of a name that is made up for it. */
  readonly names: readonly string[]
  readonly immediate: boolean
}

interface IndexPlace {
  readonly table: Entry
  /** Without quotes; undefined: one is made up. */
  readonly name: string | undefined
  /** `pkey`, `key`, `excl` or `idx`. */
  readonly label: string
  readonly constraint?: Key | undefined
  readonly parent?: Entry | undefined
  /** Not on the partitions. */
  readonly only?: boolean
}

export function createIndex(state: State, table: Entry, op: CreateIndex): void {
  const schema = unquoted(table.identity)[0] ?? ''
  if (op.ifNotExists && op.index !== undefined && state.catalog.has('index', identityOf(`${schema}.${op.index}`)))
    return
  addIndex(state, shapeOf(state, table, op), { table, name: op.index, label: 'idx', only: op.only })
}

/** Adds the index, and one on each partition below. Returns its identity. */
export function addIndex(state: State, shape: IndexShape, place: IndexPlace): string {
  const { catalog } = state
  const { table, label, constraint, parent, only = false } = place
  const [schema = '', tableName = ''] = unquoted(table.identity)
  const name = place.name ?? freeName()
  const identity = identityOf(`${schema}.${name}`)
  const isPartitioned = table.attributes.partitionBy !== undefined
  const partitions = isPartitioned ? children(catalog, table) : []
  const on = `${isPartitioned ? 'ONLY ' : ''}${table.identity}`
  catalog.set({
    kind: 'index',
    identity,
    belongsTo: [
      `${table.kind} ${table.identity}`,
      ...(parent ? [`index ${parent.identity}`] : []),
      ...(constraint === undefined ? [] : [constraint]),
    ],
    columns: shape.columns,
    attributes: {
      definition: `CREATE ${shape.unique ? 'UNIQUE ' : ''}INDEX ${quoted(name)} ON ${on} ${shape.definition}`,
      // It becomes valid when there is one on each partition.
      valid: !(only && partitions.length > 0),
      ready: true,
      clustered: false,
      replicaIdentity: false,
      immediate: shape.immediate,
      ...(parent ? { partOf: parent.identity } : {}),
    },
  })
  const own = catalog.get(`index ${identity}`)
  // Those of a constraint come with the constraints of the partitions.
  if (own && !only && constraint === undefined)
    for (const partition of partitions) attachOrAdd(state, shape, partition, own)
  return identity

  function freeName(): string {
    const second = label === 'pkey' ? '' : columnsPart(shape.names)
    return relationName(catalog, schema, { first: tableName, second, label }, { isConstraint: label !== 'idx' })
  }
}

/** An index of the partition that is the same becomes part of the parent's; where there is none, one is made. */
export function attachOrAdd(state: State, shape: IndexShape, partition: Entry, parent: Entry): void {
  const { catalog } = state
  const same = catalog
    .members(`${partition.kind} ${partition.identity}`)
    .find((entry) => entry.kind === 'index' && entry.attributes.partOf === undefined && isSameShape(entry, shape))
  if (same) attachIndex(state, same, parent)
  else addIndex(state, shape, { table: partition, name: undefined, label: 'idx', parent })
}

export function attachIndex({ catalog }: State, index: Entry, parent: Entry): void {
  const belongsTo = index.belongsTo.filter((key) => !key.startsWith('index '))
  const [table = '', ...rest] = belongsTo
  catalog.set({
    ...index,
    belongsTo: [table, `index ${parent.identity}`, ...rest],
    attributes: { ...index.attributes, partOf: parent.identity },
  })
}

function isSameShape({ attributes }: Entry, shape: IndexShape): boolean {
  const definition = String(attributes.definition)
  return (
    definition.endsWith(` ${shape.definition}`) &&
    definition.startsWith('CREATE UNIQUE ') === shape.unique &&
    !shape.definition.includes(unknownValue)
  )
}

function shapeOf(state: State, table: Entry, op: CreateIndex): IndexShape {
  const scope = scopeOf(state.catalog, table)
  const keys = op.keys.map((key) => printed(key))
  const where = op.where && printedCondition(op.where.sql, scope)
  return {
    unique: op.unique,
    definition: printedShape({ ...op, keys, where: where && ` WHERE ${where}` }),
    columns: [
      ...op.keys.flatMap(({ column, expression }) => column ?? expression?.columns ?? []),
      ...op.include,
      ...(op.where?.columns ?? []),
    ],
    names: numbered([
      ...op.keys.map(({ column, expression }) => column ?? expressionName(expression?.sql ?? '')),
      ...op.include,
    ]),
    immediate: true,
  }

  function printed(key: IndexKey): string {
    const { column, expression, collation, operatorClass, descending, nulls } = key
    if (collation !== undefined || (operatorClass !== undefined && !plainClasses.has(operatorClass)))
      return unknownValue
    const text = column === undefined ? printedKey(expression?.sql ?? '', scope) : quoted(column)
    const order = descending ? ' DESC' : ''
    const usual = descending ? 'first' : 'last'
    const nullsText = nulls === undefined || nulls === usual ? '' : ` NULLS ${nulls.toUpperCase()}`
    return `${text}${operatorClass === undefined ? '' : ` ${operatorClass}`}${order}${nullsText}`
  }
}

// Never a type's own, so always printed.
const plainClasses = new Set(['text_pattern_ops', 'varchar_pattern_ops', 'bpchar_pattern_ops', 'jsonb_path_ops'])

/** FigureIndexColname: a function's name for a call, `expr` for most else. */
function expressionName(sql: string): string {
  const call = /^(\w+)\s*\(/.exec(sql)?.[1]
  return call !== undefined && !sql.startsWith('(') ? call.toLowerCase() : 'expr'
}

/** A name that is there already gets a number. */
function numbered(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let count = 1; taken.has(free); count++) free = `${name}${count}`
    taken.add(free)
    return free
  })
}

/** From USING on. `where`: with the word, or undefined. */
export function printedShape(index: {
  readonly method: string
  readonly keys: readonly string[]
  readonly include: readonly string[]
  readonly nullsNotDistinct: boolean
  readonly options: readonly string[]
  readonly where: string | undefined
}): string {
  const include = index.include.length > 0 ? ` INCLUDE (${index.include.map(quoted).join(', ')})` : ''
  const nulls = index.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''
  const options = index.options.length > 0 ? ` WITH (${index.options.map(printedOption).join(', ')})` : ''
  return `USING ${index.method} (${index.keys.join(', ')})${include}${nulls}${options}${index.where ?? ''}`
}

function printedOption(option: string): string {
  const [name = '', value = ''] = option.split('=')
  return `${quoted(name)}=${quoted(value) === value ? value : (literal(value) ?? unknownValue)}`
}
