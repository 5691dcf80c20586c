import type { AddConstraint, Operation } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import { alterTable } from './alter.ts'
import { type Entry, keyOf } from './catalog.ts'
import { addConstraint } from './constraints.ts'
import { addEnumValue, alterDomain, createFunction, createTrigger, createType, createView } from './definitions.ts'
import { drop } from './drop.ts'
import { attachIndex, createIndex } from './indexes.ts'
import { identityOf, partsOf, quoted } from './quoting.ts'
import { rename, routineOf, setSchema } from './rename.ts'
import { alterSequence, createSequence } from './sequences.ts'
import { columnKey, relationOf, type State } from './state.ts'
import { createTable } from './tables.ts'

/** What a statement does to the catalog. */
export function applyStatement(state: State, operations: readonly Operation[]): void {
  for (let index = 0; index < operations.length; index++) {
    const op = operations[index] as Operation
    // What may be done or not leaves a state that is not known.
    if (op.conditional || op.repeated) lose(state, op)
    if (op.kind === 'create-table') {
      const constraints = constraintsBehind(operations, index)
      createTable(state, op, constraints)
      index += constraints.length
    } else applyOperation(state, op)
  }
}

/** A condition makes the outcome unsure only where the operation changes the schema. */
function lose(state: State, op: Operation): void {
  const isHarmless = ['insert', 'update', 'delete', 'query', 'copy', 'set', 'transaction-control'].includes(op.kind)
  if (!isHarmless) state.lost()
}

function constraintsBehind(operations: readonly Operation[], index: number): AddConstraint[] {
  const found: AddConstraint[] = []
  for (const op of operations.slice(index + 1)) {
    if (op.kind !== 'add-constraint' || op.with === undefined) break
    found.push(op)
  }
  return found
}

function applyOperation(state: State, op: Operation): void {
  const { catalog } = state
  switch (op.kind) {
    case 'add-constraint': {
      const table = relationOf(catalog, op.table)
      if (table) addConstraint(state, table, op)
      return
    }
    case 'drop-table':
      dropAll(state, relationOf(catalog, op.table))
      return
    case 'create-index': {
      const table = relationOf(catalog, op.table)
      if (table) createIndex(state, table, op)
      return
    }
    case 'drop-index':
      dropAll(state, catalog.get(`index ${identityOf(op.index)}`))
      return
    case 'attach-index': {
      const [parent, index] = [op.index, op.partition].map((name) => catalog.get(`index ${identityOf(name)}`))
      if (parent && index) attachIndex(state, index, parent)
      // The parent's becomes valid with the last one.
      if (parent) catalog.change(keyOf(parent), { valid: unknownValue })
      return
    }
    case 'cluster': {
      const table = op.table && relationOf(catalog, op.table)
      if (!table || op.index === undefined) return
      const chosen = identityOf(`${partsOf(op.table ?? 'public.')[0]}.${op.index}`)
      for (const each of catalog.members(keyOf(table))) {
        if (each.kind === 'index') catalog.change(keyOf(each), { clustered: each.identity === chosen })
      }
      return
    }
    case 'refresh-materialized-view': {
      const view = relationOf(catalog, op.view)
      if (view) catalog.change(keyOf(view), { populated: op.withData })
      return
    }
    case 'create-type':
      createType(state, op)
      return
    case 'drop-type':
      dropAll(state, typeOf(state, identityOf(op.type)))
      return
    case 'add-enum-value':
      addEnumValue(state, op)
      return
    case 'alter-domain':
      alterDomain(state, op)
      return
    case 'create-function':
      createFunction(state, op)
      return
    case 'alter-function': {
      const entry = routineOf(catalog, { name: op.function, arguments: op.arguments })
      if (entry) catalog.change(keyOf(entry), { definition: unknownValue })
      return
    }
    case 'create-view':
      createView(state, op)
      return
    case 'create-trigger': {
      const table = relationOf(catalog, op.table)
      if (table) createTrigger(state, table, op)
      return
    }
    case 'create-policy':
    case 'alter-policy': {
      const table = relationOf(catalog, op.table)
      if (table) catalog.set(open('policy', `${table.identity}.${quoted(op.policy)}`, table))
      return
    }
    case 'create-schema':
      if (catalog.has('schema', quoted(op.schema))) return
      catalog.set({ kind: 'schema', identity: quoted(op.schema), belongsTo: [], attributes: { owner: unknownValue } })
      return
    case 'create-extension':
      createExtension(state, op)
      return
    case 'create-sequence': {
      const identity = identityOf(op.sequence)
      if (!catalog.has('sequence', identity))
        createSequence(state, identity, op.changes, ownerOf(state, op), op.temporary)
      return
    }
    case 'alter-sequence': {
      const sequence = catalog.get(`sequence ${identityOf(op.sequence)}`)
      const owner = op.changes.ownedBy === 'none' ? 'none' : ownerOf(state, op)
      if (sequence) alterSequence(state, sequence, op.changes, owner)
      return
    }
    case 'grant':
    case 'revoke':
      // Which privileges an object has in the end depends on who grants; nothing here asks.
      catalog.set(open(op.future ? 'default privileges' : 'privileges', unknownValue))
      return
    case 'create-object':
      createObject(state, op)
      return
    case 'drop-object':
      dropObject(state, op)
      return
    case 'rename':
      rename(state, op)
      return
    case 'set-schema':
      setSchema(state, op)
      return
    case 'change-owner':
      changeOwner(state, op)
      return
    case 'comment':
      comment(state, op)
      return
    case 'set':
      if (op.setting === 'role' || op.setting === 'session_authorization') state.owner = unknownValue
      return
    case 'set-for-later':
      if (op.on !== 'system') catalog.set(open('settings', unknownValue))
      return
    case 'alter-composite-type':
    case 'hidden-sql':
    case 'execute':
      state.lost()
      return
    case 'query':
      if (op.calls.some((call) => !harmless.has(call))) state.lost()
      return
    case 'other':
      if (!harmlessStatements.has(op.statement)) state.lost()
      return
    default: {
      const table = 'table' in op && op.table !== undefined ? relationOf(catalog, op.table) : undefined
      if (table && 'table' in op && op.table !== undefined) alterTable(state, table, { ...op, table: op.table })
    }
  }
}

/** Functions of PostgreSQL that change no schema. One of the user's own may. */
const harmless = new Set(
  `set_config setval nextval currval now count max min sum avg coalesce random generate_series pg_sleep current_setting pg_notify
  pg_get_serial_sequence lower upper length pg_advisory_lock pg_advisory_xact_lock pg_advisory_unlock`.split(/\s+/),
)

const harmlessStatements = new Set([
  'CheckPointStmt',
  'DeallocateStmt',
  'DiscardStmt',
  'ExplainStmt',
  'ListenStmt',
  'LoadStmt',
  'NotifyStmt',
  'TransactionStmt',
  'UnlistenStmt',
  'VariableSetStmt',
  'VariableShowStmt',
])

function createExtension({ catalog }: State, op: Extract<Operation, { kind: 'create-extension' }>): void {
  const identity = quoted(op.extension)
  if (catalog.has('extension', identity)) return
  const entry = open('extension', identity)
  const schema = op.schema === undefined ? unknownValue : quoted(op.schema)
  catalog.set({ ...entry, attributes: { schema, ...entry.attributes } })
  // Most bring a comment of their own.
  catalog.set({ ...open('comment', `${keyOf(entry)}${unknownValue}`), belongsTo: [keyOf(entry)] })
}

/** An object of which only the identity is known. */
function open(kind: string, identity: string, table?: Entry): Entry {
  return { kind, identity, belongsTo: table ? [keyOf(table)] : [], attributes: { [unknownValue]: unknownValue } }
}

function dropAll(state: State, entry: Entry | undefined): void {
  if (entry) drop(state, entry)
}

function typeOf({ catalog }: State, identity: string): Entry | undefined {
  return ['enum', 'domain', 'composite type', 'range', 'type']
    .map((kind) => catalog.get(`${kind} ${identity}`))
    .find((entry) => entry !== undefined)
}

function ownerOf(
  { catalog }: State,
  { changes: { ownedBy } }: Extract<Operation, { kind: 'create-sequence' | 'alter-sequence' }>,
): { table: Entry; column: string } | undefined {
  if (ownedBy === undefined || ownedBy === 'none') return undefined
  const table = relationOf(catalog, ownedBy.table)
  return table && { table, column: ownedBy.column }
}

function createObject(state: State, op: Extract<Operation, { kind: 'create-object' }>): void {
  const table = op.table && relationOf(state.catalog, op.table)
  if (op.object === 'database' || op.object === 'tablespace') return
  // Objects that come with others, or whose names are made of types, are not told one by one.
  const isPlain = table ?? ['publication', 'event trigger', 'access method', 'language'].includes(op.object)
  if (!isPlain) {
    state.catalog.set(open(op.object, unknownValue))
    // A class without a family makes one.
    if (op.object === 'operator class') state.catalog.set(open('operator family', unknownValue))
    return
  }
  const isOnTable = op.object === 'rule'
  const named = op.name.includes('.') ? identityOf(op.name as `${string}.${string}`) : quoted(op.name)
  state.catalog.set(open(op.object, isOnTable ? `${table?.identity}.${named}` : named, table))
}

function dropObject(state: State, op: Extract<Operation, { kind: 'drop-object' }>): void {
  const { catalog } = state
  const qualified = op.name.includes('.') ? identityOf(op.name as `${string}.${string}`) : quoted(op.name)
  if (['function', 'procedure', 'aggregate', 'routine'].includes(op.object)) {
    dropAll(state, routineOf(catalog, op))
    return
  }
  if (op.object === 'schema') {
    dropSchema(state, quoted(op.name))
    return
  }
  if (op.object === 'extension') {
    // What is in it is not known, so neither is what falls with it.
    if (op.cascade) state.lost()
    catalog.delete(`extension ${qualified}`)
    return
  }
  const table = op.table && relationOf(catalog, op.table)
  dropAll(state, catalog.get(`${op.object} ${table ? `${table.identity}.${quoted(op.name)}` : qualified}`))
}

function dropSchema(state: State, schema: string): void {
  for (const entry of state.catalog.all()) if (entry.identity.startsWith(`${schema}.`)) drop(state, entry)
  dropAll(state, state.catalog.get(`schema ${schema}`))
}

function changeOwner(state: State, op: Extract<Operation, { kind: 'change-owner' }>): void {
  const { catalog } = state
  const owner = /^(?:CURRENT_USER|CURRENT_ROLE|SESSION_USER)$/.test(op.owner) ? unknownValue : quoted(op.owner)
  const qualified = op.name.includes('.') ? identityOf(op.name as `${string}.${string}`) : quoted(op.name)
  const entry =
    (op.arguments || op.object === 'function' ? routineOf(catalog, op) : undefined) ??
    catalog.get(`${op.object} ${qualified}`) ??
    (op.object === 'type' ? typeOf(state, qualified) : undefined) ??
    (op.name.includes('.') ? relationOf(catalog, op.name as `${string}.${string}`) : undefined)
  if (!entry) return
  catalog.change(keyOf(entry), { owner })
  // Its indexes and sequences go along.
  for (const each of catalog.members(keyOf(entry))) if (each.kind === 'sequence') catalog.change(keyOf(each), { owner })
}

function comment(state: State, op: Extract<Operation, { kind: 'comment' }>): void {
  const { catalog } = state
  const key = commented(state, op)
  if (key === undefined) {
    state.lost()
    return
  }
  if (op.comment === undefined || op.comment === '') catalog.delete(`comment ${key}`)
  else catalog.set({ kind: 'comment', identity: key, belongsTo: [key], attributes: { comment: op.comment } })
}

function commented(state: State, op: Extract<Operation, { kind: 'comment' }>): string | undefined {
  const { catalog } = state
  const table = op.table && relationOf(catalog, op.table)
  if (op.object === 'column') return table && columnKey(table, op.name)
  if (op.object === 'domain constraint') return `constraint ${op.table && identityOf(op.table)}.${quoted(op.name)}`
  if (table) return `${op.object} ${table.identity}.${quoted(op.name)}`
  if (['function', 'procedure', 'aggregate', 'routine'].includes(op.object)) {
    const routine = routineOf(catalog, op)
    return routine && keyOf(routine)
  }
  const qualified = op.name.includes('.') ? identityOf(op.name as `${string}.${string}`) : quoted(op.name)
  const entry =
    catalog.get(`${op.object} ${qualified}`) ?? (op.object === 'type' ? typeOf(state, qualified) : undefined)
  return entry && keyOf(entry)
}
