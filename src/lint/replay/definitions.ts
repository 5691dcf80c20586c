import type { CreateFunction } from '../../model/definition-operation.ts'
import type { Operation } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import { type Entry, keyOf } from './catalog.ts'
import { addColumn, defaultIn, printedCollation, printedType, withoutNothing } from './columns.ts'
import { queryColumns } from './copied-columns.ts'
import { constraintName } from './names.ts'
import { printedCondition } from './print.ts'
import { identityOf, literal, quoted, unquoted } from './quoting.ts'
import { children, kindOf, relationOf, type State } from './state.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

export function createView(state: State, op: Of<'create-view'>): void {
  const { catalog } = state
  const identity = identityOf(op.view)
  const before = catalog.get(`view ${identity}`)
  if (!before && relationOf(catalog, op.view)) return
  if (before && !op.replace) return
  const view: Entry = {
    kind: 'view',
    identity,
    belongsTo: [],
    needs: op.reads.flatMap((name) => {
      const found = relationOf(catalog, name)
      return found ? keyOf(found) : []
    }),
    attributes: withoutNothing({
      owner: before?.attributes.owner ?? state.owner,
      persistence: op.temporary ? 'temporary' : 'permanent',
      definition: unknownValue,
      options: op.options.length > 0 ? op.options : undefined,
    }),
  }
  for (const column of catalog.members(keyOf(view))) if (column.kind === 'column') catalog.delete(keyOf(column))
  catalog.set(view)
  queryColumns(state, view, op.outputs)
}

export function createType(state: State, op: Of<'create-type'>): void {
  const { catalog, owner } = state
  const identity = identityOf(op.type)
  if (['enum', 'domain', 'range', 'composite type'].some((kind) => catalog.has(kind, identity))) return
  switch (op.form) {
    case 'enum':
      catalog.set({ kind: 'enum', identity, belongsTo: [], attributes: { owner, labels: op.labels } })
      return
    case 'domain':
      createDomain(state, identity, op)
      return
    case 'composite type': {
      const type: Entry = { kind: op.form, identity, belongsTo: [], attributes: { owner, persistence: 'permanent' } }
      catalog.set(type)
      catalog.set({ kind: 'column order', identity, belongsTo: [keyOf(type)], attributes: { columns: [] } })
      for (const column of op.columns) addColumn(state, type, column)
      return
    }
    default:
      catalog.set({ kind: op.form, identity, belongsTo: [], attributes: { owner, [unknownValue]: unknownValue } })
      // A range type comes with functions and a cast of its own, which count as its parts.
      if (op.form === 'range' || op.form === 'type') return
  }
}

function createDomain(state: State, identity: string, op: Of<'create-type'>): void {
  const { catalog } = state
  const base = printedType(catalog, op.base ?? '', op.baseType)
  catalog.set({
    kind: 'domain',
    identity,
    belongsTo: [],
    attributes: withoutNothing({
      owner: state.owner,
      base,
      notNull: op.notNull,
      default: op.default && defaultIn(state, op.default.sql, base),
      collation: op.collation === undefined ? undefined : printedCollation(op.collation),
    }),
  })
  for (const { constraint, expression } of op.checks) addDomainCheck(state, identity, constraint, expression.sql, false)
  if (op.notNull) setDomainNotNull(state, identity, true)
}

/** From PostgreSQL 17 on it is a constraint with a name as well. */
function setDomainNotNull({ catalog, major }: State, domain: string, notNull: boolean): void {
  const key = `domain ${domain}`
  catalog.change(key, { notNull })
  if (major < 17) return
  const own = catalog.members(key).find(({ attributes: { type } }) => type === 'not null')
  if (own && !notNull) catalog.delete(keyOf(own))
  if (own || !notNull) return
  const [schema = '', name = ''] = unquoted(domain)
  const constraint = constraintName(catalog, schema, { first: name, second: '', label: 'not_null' })
  catalog.set({
    kind: 'constraint',
    identity: `${domain}.${quoted(constraint)}`,
    belongsTo: [key],
    attributes: withoutNothing({
      type: 'not null',
      definition: 'NOT NULL',
      validated: true,
      enforced: major >= 18 ? true : undefined,
    }),
  })
}

function addDomainCheck(state: State, domain: string, given: string | undefined, sql: string, notValid: boolean): void {
  const { catalog, major } = state
  const [schema = '', name = ''] = unquoted(domain)
  const made = constraintName(catalog, schema, { first: name, second: '', label: 'check' })
  const base = String(catalog.get(`domain ${domain}`)?.attributes.base)
  const scope = {
    typeOf: (column: string) => (column === 'value' ? base : undefined),
    shown: 'VALUE',
    kindOf: kindOf(catalog),
  }
  catalog.set({
    kind: 'constraint',
    identity: `${domain}.${quoted(given ?? made)}`,
    belongsTo: [`domain ${domain}`],
    attributes: withoutNothing({
      type: 'check',
      definition: `CHECK (${printedCondition(sql, scope)})${notValid ? ' NOT VALID' : ''}`,
      validated: !notValid,
      enforced: major >= 18 ? true : undefined,
    }),
  })
}

export function alterDomain(state: State, op: Of<'alter-domain'>): void {
  const { catalog } = state
  const identity = identityOf(op.type)
  const entry = catalog.get(`domain ${identity}`)
  if (!entry) return
  const constraint = `constraint ${identity}.${quoted(op.constraint ?? '')}`
  switch (op.change) {
    case 'add-constraint':
      if (op.expression) addDomainCheck(state, identity, op.constraint, op.expression.sql, op.notValid)
      else setDomainNotNull(state, identity, true)
      return
    case 'drop-constraint':
      catalog.delete(constraint)
      return
    case 'validate-constraint': {
      const definition = String(catalog.get(constraint)?.attributes.definition)
      catalog.change(constraint, { validated: true, definition: definition.replace(/ NOT VALID$/, '') })
      return
    }
    case 'set-not-null':
    case 'drop-not-null':
      setDomainNotNull(state, identity, op.change === 'set-not-null')
      return
    case 'set-default':
    case 'drop-default':
      catalog.change(keyOf(entry), {
        default: op.expression && defaultIn(state, op.expression.sql, String(entry.attributes.base)),
      })
  }
}

export function addEnumValue({ catalog }: State, op: Of<'add-enum-value'>): void {
  const key = `enum ${identityOf(op.type)}`
  const labels = catalog.get(key)?.attributes.labels
  if (!Array.isArray(labels) || labels.includes(op.value)) return
  const at =
    op.before !== undefined
      ? labels.indexOf(op.before)
      : op.after !== undefined
        ? labels.indexOf(op.after) + 1
        : labels.length
  catalog.change(key, { labels: labels.toSpliced(at, 0, op.value) })
}

export function createFunction(state: State, op: CreateFunction): void {
  const { catalog, owner } = state
  const inputs = op.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
  // A procedure's OUT arguments are part of its signature.
  const signature = op.object === 'procedure' ? op.arguments : inputs
  const types = signature.map(({ type, userType }) =>
    printedType(catalog, type, userType).replace(/\((?:\d+,?)+\)/, ''),
  )
  const identity = `${identityOf(op.function)}(${types.join(',')})`
  const before = catalog.get(`${op.object} ${identity}`)
  if (before && !op.replace) return
  catalog.set({
    kind: op.object,
    identity,
    belongsTo: [],
    attributes: { owner: before?.attributes.owner ?? owner, definition: unknownValue },
  })
}

export function createTrigger(state: State, table: Entry, op: Of<'create-trigger'>, parent?: string): void {
  const { catalog } = state
  const identity = `${table.identity}.${quoted(op.trigger)}`
  catalog.set({
    kind: 'trigger',
    identity,
    belongsTo: [keyOf(table), ...(parent === undefined ? [] : [parent])],
    attributes: { definition: definition(), enabled: 'origin' },
  })
  // Before PostgreSQL 15 the partitions' triggers count as internal.
  if (op.forEach !== 'row' || table.attributes.partitionBy === undefined || state.major < 15) return
  for (const partition of children(catalog, table)) createTrigger(state, partition, op, `trigger ${identity}`)

  function definition(): string {
    if (op.special || op.constraint) return unknownValue
    // In the order of pg_get_triggerdef.
    const events = op.events.map((event) =>
      event.toUpperCase().replace(/^(UPDATE) OF .*$/, () => event.replace(/^update of /, 'UPDATE OF ')),
    )
    const names = op.arguments.map((argument) => literal(argument) ?? unknownValue)
    return [
      `CREATE TRIGGER ${quoted(op.trigger)} ${op.timing.toUpperCase()} ${events.join(' OR ')} ON ${table.identity}`,
      `FOR EACH ${op.forEach.toUpperCase()}`,
      ...(op.when ? [`WHEN (${unknownValue})`] : []),
      `EXECUTE FUNCTION ${identityOf(op.function)}(${names.join(', ')})`,
    ].join(' ')
  }
}
