import { columnNamed } from './constraints.ts'
import { expression, fillIn, textClause } from './expressions.ts'
import { type FromItem, fromItem, joined } from './joins.ts'
import { isCallOf, symbol } from './library.ts'
import { literal, type Writing } from './literals.ts'
import { identifier, quoted } from './names.ts'
import { columnReference, type TableReference, tableReference } from './references.ts'
import { typeOf } from './types.ts'
import { type Arguments, argument, isSequence, printed, truth, Undecided, type Value, whyNot } from './values.ts'

interface Step {
  readonly name: string
  readonly given: Arguments
}

/** `sa.update(t).where(…).values(…)` as its parts: the verb, what it is called with, and the methods after it. */
interface Chain {
  readonly verb: 'select' | 'insert' | 'update' | 'delete'
  readonly table: TableReference | undefined
  readonly given: Arguments
  readonly steps: readonly Step[]
}

const verbs: readonly string[] = ['select', 'insert', 'update', 'delete']

function isVerb(name: string): name is Chain['verb'] {
  return verbs.includes(name)
}

/** Takes a statement of SQLAlchemy Core apart. Undefined: it is not one. */
function chainOf(value: Value): Chain | undefined {
  const steps: Step[] = []
  let at = value
  while (at.kind === 'call') {
    if (at.callee.kind === 'imported') {
      const name = symbol(at.callee)?.name ?? ''
      if (!isVerb(name)) return undefined
      const [first] = at.given.positional
      return {
        verb: name,
        table: name === 'select' || !first ? undefined : tableReference(first),
        given: at.given,
        steps: steps.reverse(),
      }
    }
    if (at.callee.kind !== 'attribute') return undefined
    const { name, of } = at.callee
    const table = isVerb(name) ? tableReference(of) : undefined
    if (table && isVerb(name)) return { verb: name, table, given: at.given, steps: steps.reverse() }
    steps.push({ name, given: at.given })
    at = of
  }
  return undefined
}

/** Whether a value is a statement built with SQLAlchemy Core. */
export function isCore(value: Value): boolean {
  return chainOf(value) !== undefined
}

/** The SQL of a statement built with SQLAlchemy Core; `row` holds the values given when it is executed. Throws `Undecided`. */
export function coreStatement(value: Value, row: readonly [string, Value][], writing: Writing): string {
  const chain = chainOf(value)
  if (!chain) throw new Undecided('a statement is known only when the migration runs')
  switch (chain.verb) {
    case 'insert':
      return insert(chain, row, writing)
    case 'update':
      return update(chain, row, writing)
    case 'delete':
      return remove(chain, writing)
    case 'select':
      return select(chain, writing, [])
  }
}

function tableOf(chain: Chain): TableReference {
  if (!chain.table) throw new Undecided('the table of a statement is known only when the migration runs')
  return chain.table
}

/** `column = value` pairs, in the order of the table's columns as SQLAlchemy has them. */
function pairs(chain: Chain, row: readonly [string, Value][]): { rows: [string, Value][][]; table: TableReference } {
  const table = tableOf(chain)
  const rows: [string, Value][][] = []
  const add = (entries: readonly [string, Value][]): void => {
    const target = rows[0]
    if (target) target.push(...entries)
    else rows.push([...entries])
  }
  for (const { name, given } of chain.steps) {
    if (name !== 'values') continue
    const [first] = given.positional
    if (given.named.has('**')) throw new Undecided('the values of a statement are known only when the migration runs')
    if (first?.kind === 'list') rows.push(...first.items.map(entriesOf))
    else if (first) add(entriesOf(first))
    if (given.named.size > 0) add([...given.named])
  }
  if (row.length > 0 || rows.length === 0) add(row)
  const place = (name: string): number => {
    const at = table.columns.findIndex((column) => column.name === name)
    return at < 0 ? table.columns.length : at
  }
  return { table, rows: rows.map((entries) => [...entries].sort(([a], [b]) => place(a) - place(b))) }
}

/** A row given as a dictionary of column names or columns. Throws `Undecided`. */
export function entriesOf(value: Value): [string, Value][] {
  if (value.kind !== 'dict') throw new Undecided(whyNot(value, 'a row'))
  return value.entries.map(([key, item]) => {
    const name = columnReference(key)?.name ?? printed(key)
    if (name === undefined) throw new Undecided(whyNot(key, 'a column of a row'))
    return [name, item]
  })
}

/** A value that goes into a column, in the way of the column's type. */
function columnValue(table: TableReference, name: string, value: Value, writing: Writing): string {
  const column = table.columns.find((known) => known.name === name)?.value
  const type = column?.kind === 'call' ? column.given.positional[1] : undefined
  if (['call', 'attribute', 'computed'].includes(value.kind) && !isCore(value)) return expression(value, writing)
  if (isCore(value)) return subquery(value, writing, [table])
  return literal(value, writing, type && !columnlike(type) ? familyOf(type) : undefined)
}

function columnlike(value: Value): boolean {
  return value.kind === 'none' || value.kind === 'unknown'
}

/** How a type's values are written; types of other libraries are written like the value itself. */
function familyOf(type: Value): string | undefined {
  try {
    return typeOf(type).family
  } catch (error) {
    if (error instanceof Undecided) return undefined
    throw error
  }
}

function insert(chain: Chain, row: readonly [string, Value][], writing: Writing): string {
  const from = chain.steps.find(({ name }) => name === 'from_select')
  const own: Writing = { ...writing, qualify: true }
  const { table, rows } = pairs(chain, row)
  if (from) {
    const [columns, query] = from.given.positional
    if (!columns || !isSequence(columns) || !query)
      throw new Undecided('the columns of an INSERT are known only when the migration runs')
    const inner = chainOf(query)
    const text = textClause(query)
    if (!inner && !text) throw new Undecided(whyNot(query, 'the query of an INSERT'))
    const sql = inner ? select(inner, own, []) : fillIn(text?.text ?? { value: '', origins: [] }, own).value
    return `INSERT INTO ${table.sql} (${columns.items.map((column) => quoted(columnNamed(column))).join(', ')}) ${sql}${suffix(chain, own)}`
  }
  const [first = []] = rows
  if (first.length === 0) return `INSERT INTO ${table.sql} DEFAULT VALUES${suffix(chain, own)}`
  const columns = first.map(([name]) => name)
  const tuples = rows.map((entries) => {
    const byName = new Map(entries)
    const values = columns.map((name) => {
      const value = byName.get(name)
      if (!value) throw new Undecided('the rows of an INSERT have different columns')
      return columnValue(table, name, value, own)
    })
    return `(${values.join(', ')})`
  })
  return `INSERT INTO ${table.sql} (${columns.map(quoted).join(', ')}) VALUES ${tuples.join(', ')}${suffix(chain, own)}`
}

function update(chain: Chain, row: readonly [string, Value][], writing: Writing): string {
  const own: Writing = { ...writing, qualify: true, bound: new Map([...writing.bound, ...row]) }
  // Values given at execution are parameters of the statement where it names them, and columns to set where it does not.
  const named = chain.steps.some(({ name }) => name === 'values')
  const { table, rows } = pairs(chain, named ? [] : row)
  const set = (rows[0] ?? []).map(([name, value]) => `${quoted(name)}=${columnValue(table, name, value, own)}`)
  if (set.length === 0) throw new Undecided('the values of an UPDATE are known only when the migration runs')
  const others = otherTables(chain, table, rows[0] ?? [])
  return `UPDATE ${table.sql} SET ${set.join(', ')}${others.length > 0 ? ` FROM ${others.join(', ')}` : ''}${where(chain, own)}${suffix(chain, own)}`
}

function remove(chain: Chain, writing: Writing): string {
  const own: Writing = { ...writing, qualify: true }
  const table = tableOf(chain)
  const others = otherTables(chain, table, [])
  return `DELETE FROM ${table.sql}${others.length > 0 ? ` USING ${others.join(', ')}` : ''}${where(chain, own)}${suffix(chain, own)}`
}

/** The tables beside the statement's own that its conditions and values name. */
function otherTables(chain: Chain, table: TableReference, values: readonly [string, Value][]): string[] {
  const conditions = chain.steps.filter(({ name }) => name === 'where').flatMap(({ given }) => given.positional)
  const found = [...conditions, ...values.map(([, value]) => value)].flatMap((value) => tablesIn(value))
  return [...new Set(found)].filter((name) => name !== table.sql)
}

/** The tables of the columns in an expression; those of a query inside it belong to the query. */
function tablesIn(value: Value): string[] {
  const column = columnReference(value)
  if (column) return column.table ? [column.table.sql] : []
  if (isCore(value)) return []
  if (value.kind === 'computed') return value.operands.flatMap(tablesIn)
  if (value.kind !== 'call') return []
  const of = value.callee.kind === 'attribute' ? tablesIn(value.callee.of) : []
  return [...of, ...value.given.positional.flatMap(tablesIn)]
}

function where(chain: Chain, writing: Writing): string {
  const steps = chain.steps.filter(({ name }) => name === 'where' || name === 'filter')
  const conditions = steps.flatMap(({ given }) => given.positional)
  // Before SQLAlchemy 2 the condition could be given with the verb.
  const first = chain.given.positional[chain.verb === 'select' || symbolTable(chain) ? 1 : 0]
  if (first && chain.verb !== 'insert' && chain.verb !== 'select') conditions.unshift(first)
  if (conditions.length === 0) return ''
  const parts = conditions.map((condition) => expression(condition, writing))
  return ` WHERE ${parts.length === 1 ? parts[0] : parts.map((part) => (/ OR /i.test(part) ? `(${part})` : part)).join(' AND ')}`
}

/** Whether the table is an argument of the verb, `update(t)`, and not what it is a method of, `t.update()`. */
function symbolTable(chain: Chain): boolean {
  const [first] = chain.given.positional
  return first !== undefined && tableReference(first) !== undefined
}

/** RETURNING, ON CONFLICT and what else may follow; whatever is not known makes the statement undecided. */
function suffix(chain: Chain, writing: Writing): string {
  const parts: string[] = []
  for (const { name, given } of chain.steps) {
    switch (name) {
      case 'values':
      case 'where':
      case 'filter':
      case 'from_select':
      case 'execution_options':
      case 'inline':
        break
      case 'returning':
        parts.push(` RETURNING ${given.positional.map((item) => expression(item, writing)).join(', ')}`)
        break
      case 'on_conflict_do_nothing': {
        const constraint = argument(given, 0, 'constraint')
        const elements = argument(given, 1, 'index_elements')
        if (elements && isSequence(elements)) {
          parts.push(` ON CONFLICT (${elements.items.map((item) => quoted(columnNamed(item))).join(', ')}) DO NOTHING`)
        } else if (constraint && constraint.kind !== 'none') {
          parts.push(` ON CONFLICT ON CONSTRAINT ${quoted(columnNamed(constraint))} DO NOTHING`)
        } else parts.push(' ON CONFLICT DO NOTHING')
        break
      }
      default:
        throw new Undecided(`\`.${name}()\` of a statement is not read`)
    }
  }
  return parts.join('')
}

function subquery(value: Value, writing: Writing, outer: readonly TableReference[]): string {
  const chain = chainOf(value)
  if (chain?.verb !== 'select') throw new Undecided(whyNot(value, 'a query'))
  return `(${select(chain, writing, outer)})`
}

/** ` AS name`: the names that SQLAlchemy gives to what is not a plain column. */
function labelOf(value: Value, labels: Map<string, number>): string {
  if (value.kind === 'call' && value.callee.kind === 'attribute' && value.callee.name === 'label') {
    return ` AS ${quoted(identifier(value.given.positional[0], 'a label'))}`
  }
  const [first] = value.kind === 'call' ? value.given.positional : []
  const cast = isCallOf(value, 'cast') && first ? columnReference(first)?.name : undefined
  if (cast !== undefined) return ` AS ${quoted(cast)}`
  const called = value.kind === 'call' ? symbol(value.callee)?.sqlFunction : undefined
  const name = called ? called.slice(called.lastIndexOf('.') + 1) : value.kind === 'computed' ? 'anon' : undefined
  if (name === undefined) return ''
  labels.set(name, (labels.get(name) ?? 0) + 1)
  return ` AS ${quoted(`${name}_${labels.get(name)}`)}`
}

/** What a query reads from, in SQLAlchemy's order: what is named for it, then the tables of its columns and conditions. */
function fromClause(
  chain: Chain,
  tables: readonly string[],
  outer: readonly TableReference[],
  writing: Writing,
): string {
  const items: FromItem[] = []
  for (const { name, given } of chain.steps) {
    if (name === 'select_from') {
      const item = given.positional[0] && fromItem(given.positional[0], writing)
      if (!item) throw new Undecided('the tables of a query are not read')
      items.push(item)
    } else if (name === 'join' || name === 'outerjoin') {
      const free = tables.filter((table) => !items.some((item) => item.tables.includes(table)))
      const left = items.length > 0 ? items.pop() : { sql: free[0] ?? '', tables: free }
      if (!left || items.length > 0 || left.sql === '') throw new Undecided('what a query joins is not read')
      const [target] = given.positional
      const other = target && tableReference(target)?.sql
      // Which of several tables is joined, SQLAlchemy tells from the condition.
      if (left.tables === free && free.some((table) => table !== left.sql && table !== other))
        throw new Undecided('what a query joins is not read')
      items.push(joined({ ...left, tables: left.tables === free ? [left.sql] : left.tables }, name, given, writing))
    }
  }
  const free = tables.filter((table) => !items.some((item) => item.tables.includes(table)))
  const named = items.map(({ sql }) => sql)
  const correlated = free.filter((table) => !outer.some((known) => known.sql === table))
  const all = [...named, ...(named.length + correlated.length > 0 ? correlated : free)]
  return all.length > 0 ? ` FROM ${all.join(', ')}` : ''
}

function select(chain: Chain, writing: Writing, outer: readonly TableReference[]): string {
  const own: Writing = { ...writing, qualify: true }
  const given = chain.given.positional.flatMap((item) => (item.kind === 'list' ? item.items : [item]))
  const listed = chain.table ? [] : given
  const columns: string[] = []
  const tables: string[] = []
  const labels = new Map<string, number>()
  const addTable = (table: TableReference): void => {
    if (!tables.includes(table.sql)) tables.push(table.sql)
    if (table.columns.length === 0) throw new Undecided('the columns of a table are known only when the migration runs')
    columns.push(...table.columns.map((column) => `${table.sql}.${quoted(column.name)}`))
  }
  if (chain.table) addTable(chain.table)
  for (const item of listed) {
    const table = tableReference(item)
    if (table) addTable(table)
    else {
      columns.push(`${expression(item, own)}${labelOf(item, labels)}`)
      for (const name of tablesIn(item)) if (!tables.includes(name)) tables.push(name)
    }
  }
  let tail = ''
  for (const { name, given: more } of chain.steps) {
    const [first] = more.positional
    switch (name) {
      case 'where':
      case 'filter':
        for (const condition of more.positional)
          for (const table of tablesIn(condition)) if (!tables.includes(table)) tables.push(table)
        break
      case 'limit':
      case 'offset':
        tail += ` ${name.toUpperCase()} ${first ? literal(first, own) : ''}`
        break
      case 'order_by':
      case 'group_by':
        tail += ` ${name === 'order_by' ? 'ORDER' : 'GROUP'} BY ${more.positional.map((item) => expression(item, own)).join(', ')}`
        break
      case 'distinct':
      case 'scalar_subquery':
      case 'as_scalar':
      case 'execution_options':
      case 'with_for_update':
      case 'select_from':
      case 'join':
      case 'outerjoin':
        break
      default:
        throw new Undecided(`\`.${name}()\` of a query is not read`)
    }
  }
  const from = fromClause(chain, tables, outer, own)
  const distinct = chain.steps.some(({ name }) => name === 'distinct') ? 'DISTINCT ' : ''
  const lock = chain.steps.find(({ name }) => name === 'with_for_update')
  if (lock && (lock.given.positional.length > 0 || lock.given.named.size > 0)) {
    const plain = [...lock.given.named].filter(([, value]) => truth(value) !== false)
    if (plain.length !== 1 || plain[0]?.[0] !== 'skip_locked')
      throw new Undecided('the options of FOR UPDATE are not read')
    tail += ' FOR UPDATE SKIP LOCKED'
  } else if (lock) tail += ' FOR UPDATE'
  return `SELECT ${distinct}${columns.join(', ')}${from}${where(chain, own)}${tail}`
}
