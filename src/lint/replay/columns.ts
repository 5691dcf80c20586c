import type { ColumnDefinition, Name } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import type { Catalog, Entry } from './catalog.ts'
import { relationName } from './names.ts'
import { printedDefault } from './print.ts'
import { identityOf, quoted, unquoted } from './quoting.ts'
import { createSequence } from './sequences.ts'
import { columnKey, columnOrder, kindOf, type State } from './state.ts'

/** A type as format_type prints it where no schema is left out. */
export function printedType(catalog: Catalog, type: string, userType: Name | undefined): string {
  if (userType === undefined) return type
  const rest = /(?:\([^()]*\))?(?:\[\])?$/.exec(type)?.[0] ?? ''
  const identity = identityOf(userType)
  const isKnown = ['enum', 'domain', 'composite type', 'range', 'type'].some((kind) => catalog.has(kind, identity))
  return isKnown || !hasExtensionElsewhere(catalog, identity) ? identity + rest : unknownValue
}

/** An extension's types stand in its schema, which a name without one may mean by way of search_path. */
function hasExtensionElsewhere(catalog: Catalog, identity: string): boolean {
  return catalog.all().some(({ kind, attributes: { schema } }) => {
    return (
      kind === 'extension' &&
      typeof schema === 'string' &&
      schema !== unknownValue &&
      !identity.startsWith(`${schema}.`)
    )
  })
}

/** Adds a column at the end. The sequence of a serial or identity column comes with it. */
export function addColumn(state: State, table: Entry, definition: ColumnDefinition): void {
  const { catalog } = state
  const type = printedType(catalog, definition.type, definition.userType)
  const key = columnKey(table, definition.name)
  const identity = key.slice('column '.length)
  const sequence = definition.filledBy === 'sequence' || definition.filledBy === 'identity'
  const sequenceIdentity = sequence ? sequenceFor(state, table, definition.name) : undefined
  catalog.set({
    kind: 'column',
    identity,
    belongsTo: [`${table.kind} ${table.identity}`],
    attributes: withoutNothing({
      type,
      notNull: definition.notNull,
      default: defaultOf(),
      collation: definition.collation === undefined ? undefined : printedCollation(definition.collation),
      identity: definition.identity,
      generated: definition.generated?.kind,
      // Only partitions and inherited columns say whether they are also their own.
      local: table.attributes.partition === undefined ? undefined : true,
    }),
  })
  if (sequenceIdentity !== undefined) {
    createSequence(state, sequenceIdentity, { type: integerOf(type) }, { table, column: definition.name })
  }
  const order = columnOrder(catalog, table)
  catalog.change(`column order ${table.identity}`, {
    columns: order ? [...order, definition.name].map(quoted) : unknownValue,
  })

  function defaultOf(): string | undefined {
    if (definition.filledBy === 'sequence') return `nextval('${sequenceIdentity}'::regclass)`
    if (definition.generated) return unknownValue
    const written = definition.default
    return written && defaultIn(state, written.sql, type)
  }
}

/** A default as it is stored for a column of this type. */
export function defaultIn({ catalog }: State, sql: string, type: string): string {
  const nextval = /^nextval\s*\(\s*'([^']+)'(?:\s*::\s*(?:text|regclass))?\s*\)$/i.exec(sql.trim())
  if (nextval) {
    const [first = '', second] = unquoted((nextval[1] ?? '').toLowerCase())
    const found = ['public', ...schemasOf()].map((schema) =>
      second === undefined ? identityOf(`${schema}.${first}`) : identityOf(`${first}.${second}`),
    )
    const [sequence, ...others] = new Set(found.filter((identity) => catalog.has('sequence', identity)))
    return sequence === undefined || others.length > 0 || nextval[0].includes('::text')
      ? unknownValue
      : `nextval('${sequence}'::regclass)`
  }
  return printedDefault(sql, type, { kindOf: kindOf(catalog) })

  function schemasOf(): string[] {
    return catalog.all().flatMap(({ kind, identity }) => (kind === 'schema' ? unquoted(identity) : []))
  }
}

/** A collation that the type does not have of its own. Those of the system are told by their own schema. */
export function printedCollation(name: string): string | undefined {
  if (name === 'default') return undefined
  if (name.includes('.')) return unknownValue
  return name === 'C' || name === 'POSIX' ? `pg_catalog.${quoted(name)}` : unknownValue
}

export function withoutNothing<T>(attributes: { readonly [name: string]: T | undefined }): { [name: string]: T } {
  const present = Object.entries(attributes).filter((each): each is [string, T] => each[1] !== undefined)
  return Object.fromEntries(present)
}

function sequenceFor({ catalog }: State, table: Entry, column: string): string {
  const [schema = '', name = ''] = unquoted(table.identity)
  return identityOf(`${schema}.${relationName(catalog, schema, { first: name, second: column, label: 'seq' })}`)
}

/** The type of a serial's sequence. */
function integerOf(type: string): string {
  return type === 'smallint' || type === 'integer' ? type : 'bigint'
}
