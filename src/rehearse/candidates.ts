import { distinct, isKnown, pool } from './pools.ts'
import { type Column, identifier, literal, type Reference, type Table } from './tables.ts'

/**
 * What stands in one column of a row that is offered: a value as text, NULL, the column's default, or a value of a parent row. `fixed`:
 * a value or NULL that the row is offered for, and that stays whatever PostgreSQL says.
 */
type Cell =
  | { readonly value: string }
  | { readonly fixed: string | null }
  | 'null'
  | 'default'
  | { readonly reference: Reference; readonly parentColumn: string; readonly nth: number }

/** A row that is offered, by column. Columns that PostgreSQL fills are not in it. */
export type Candidate = ReadonlyMap<string, Cell>

/** What PostgreSQL said about a row that it refused; '' for what it did not say. */
export interface Refusal {
  readonly sqlstate: string
  readonly table: string
  readonly column: string
  readonly constraint: string
  /** The domain whose constraint refused. */
  readonly type: string
}

/** One table, and what has been learned about it so far. */
export interface Tried {
  readonly table: Table
  /** Counts up, so that keys differ. */
  attempts: number
  /** Values that a column refused by itself; NULL as null. */
  readonly struck: Map<string, Set<string | null>>
  waiting: Candidate[]
}

/**
 * A row of a certain character, before PostgreSQL has said anything. 0: ordinary values; 1: NULL wherever it is allowed; 2: the
 * limits of each type; 3: defaults; 4: like 0, so that all that need not differ is there twice; from 5: mixtures.
 */
export function compose(tried: Tried, shape: number, fixed: ReadonlyMap<string, string | null> = none): Candidate {
  const { table } = tried
  tried.attempts++
  const candidate = new Map<string, Cell>()
  for (const [index, column] of table.columns.entries()) {
    if (!column.filled) candidate.set(column.name, firstCell(tried, column, shape, index))
  }
  for (const reference of [...table.references].reverse())
    point(candidate, table, reference, tried.attempts, shape === 1)
  for (const [column, value] of fixed) candidate.set(column, { fixed: value })
  return candidate
}

const none: ReadonlyMap<string, string | null> = new Map()

function firstCell(tried: Tried, column: Column, shape: number, index: number): Cell {
  if (shape === 1 && column.nullable) return 'null'
  if (shape === 3 && column.hasDefault) return 'default'
  const keys = tried.table.constraints.filter(({ kind, columns }) => kind === 'u' && columns.includes(column.name))
  const alone = keys.some(({ columns }) => columns.length === 1)
  if (alone || (keys.length > 0 && shape % 2 === 1)) {
    const value = distinct(column.type, tried.attempts)
    if (value !== undefined) return { value }
  }
  const values = choices(column)
  const place = shape === 2 ? 1 : shape < 5 ? 0 : shape - 3 + index
  const value = values[place % values.length]
  return value === undefined ? 'null' : { value }
}

/** The pool of the type, with what the column's own constraints name: the ordinary and the extreme value stay in front. */
function choices(column: Column): readonly string[] {
  const [first, second, ...others] = pool(column.type).filter((value) => !column.isStamped || !isFuture(value))
  const [hint, ...hints] = column.hints.filter((text) => fits(text, column.type.name))
  return [hint ?? first, second, ...hints, hint === undefined ? undefined : first, ...others].filter(
    (value) => value !== undefined,
  )
}

/** Ages that are computed from a column of the present are never negative; no check says so. */
function isFuture(value: string): boolean {
  return value.startsWith('9999-')
}

function fits(hint: string, type: string): boolean {
  if (/^(int[248]|numeric|float[48]|money)$/.test(type)) return /^-?\d+(\.\d+)?$/.test(hint)
  if (/^(text|varchar|bpchar|citext|name|char)$/.test(type)) return true
  return /^(date|timestamp|timestamptz)$/.test(type) && /^\d{4}-\d\d/.test(hint)
}

/** Lets the columns of a foreign key point to one row of the parent, or to none. Two keys with the same parent step at their own pace. */
function point(candidate: Map<string, Cell>, table: Table, reference: Reference, nth: number, toNone: boolean): void {
  const nullable = table.columns
    .filter(({ name, nullable }) => nullable && reference.columns.includes(name))
    .map(({ name }) => name)
  for (const [index, name] of reference.columns.entries()) {
    const parentColumn = reference.parentColumns[index]
    if (!candidate.has(name) || isFixed(candidate.get(name)) || parentColumn === undefined) continue
    if (toNone && nullable.length > 0) {
      if (nullable.includes(name)) candidate.set(name, 'null')
    } else candidate.set(name, { reference, parentColumn, nth: nth * (1 + table.references.indexOf(reference)) })
  }
}

/**
 * The row again, with other values where the refusal points: in the columns of the constraint, or everywhere.
 * @returns undefined where no value is left to try
 */
export function revise(tried: Tried, candidate: Candidate, refusal: Refusal): Candidate | undefined {
  const { table } = tried
  tried.attempts++
  const named = blame(table, refusal).filter((name) => candidate.has(name))
  const blamed = named.filter((name) => !isFixed(candidate.get(name)))
  if (named.length > 0 && blamed.length === 0) return undefined
  const [only] = blamed
  if (blamed.length === 1 && only !== undefined && /^(22|23502|23514)/.test(refusal.sqlstate))
    strike(tried, only, candidate.get(only))
  const revised = new Map(candidate)
  const moved = new Set<Reference>()
  for (const [index, name] of (blamed.length > 0 ? blamed : [...candidate.keys()]).entries()) {
    const cell = candidate.get(name)
    const column = table.columns.find((each) => each.name === name)
    if (!column || cell === undefined || isFixed(cell)) continue
    // NULL where a value is required: the parent had no rows, and may have some the next time.
    if (typeof cell === 'object' && 'reference' in cell) moved.add(cell.reference)
    else {
      const next = nextCell(tried, column, index)
      if (!next) return undefined
      revised.set(name, next)
    }
  }
  for (const reference of moved) point(revised, table, reference, tried.attempts, false)
  return revised
}

function isFixed(cell: Cell | undefined): boolean {
  return typeof cell === 'object' && 'fixed' in cell
}

/** The columns that a refusal speaks of; none where it does not say. */
function blame(table: Table, refusal: Refusal): readonly string[] {
  const elsewhere = refusal.table !== '' && !table.partitioned && refusal.table !== table.relation
  if (elsewhere) return []
  if (refusal.column !== '') return [refusal.column]
  const named = [...table.constraints, ...table.references].find(({ name }) => name === refusal.constraint)
  if (named) return named.columns
  if (refusal.type !== '')
    return table.columns.filter(({ type }) => type.domains.includes(refusal.type)).map(({ name }) => name)
  if (refusal.sqlstate === '23514') return table.partitionKeys.get(refusal.table) ?? []
  if (refusal.sqlstate.startsWith('22'))
    return table.columns.filter(({ type }) => !isKnown(type)).map(({ name }) => name)
  return []
}

function strike(tried: Tried, name: string, cell: Cell | undefined): void {
  const value = cell === 'null' ? null : typeof cell === 'object' && 'value' in cell ? cell.value : undefined
  if (value === undefined) return
  const struck = tried.struck.get(name) ?? new Set()
  tried.struck.set(name, struck.add(value))
}

function nextCell(tried: Tried, column: Column, index: number): Cell | undefined {
  const struck = tried.struck.get(column.name)
  const isKey = tried.table.constraints.some(({ kind, columns }) => kind === 'u' && columns.includes(column.name))
  const fresh = isKey ? distinct(column.type, tried.attempts) : undefined
  const cells: Cell[] = [...choices(column), fresh]
    .filter((value) => value !== undefined)
    .filter((value) => !struck?.has(value))
    .map((value) => ({ value }))
  // Checks over several columns often ask for NULL in one of them.
  if (column.nullable && !struck?.has(null)) cells.push(...Array<Cell>(Math.ceil(cells.length / 2)).fill('null'))
  if (column.hasDefault) cells.push('default')
  if (fresh !== undefined && !struck?.has(fresh) && tried.attempts % 2 === 0) return { value: fresh }
  return cells[scatter(tried.attempts, index) % Math.max(1, cells.length)]
}

/** Numbers without a pattern that two columns could share, the same in every run: the finalizer of MurmurHash3 (public domain). */
function scatter(attempt: number, index: number): number {
  let hash = attempt * 1_009 + index + 1
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

export function candidateSql(table: Table, candidate: Candidate): string {
  if (candidate.size === 0) return `INSERT INTO ${table.name} DEFAULT VALUES`
  const columns = [...candidate.keys()].map(identifier)
  const values = [...candidate.values()].map(cellSql)
  return `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${values.join(', ')})`
}

function cellSql(cell: Cell): string {
  if (cell === 'null') return 'NULL'
  if (cell === 'default') return 'DEFAULT'
  if ('value' in cell) return literal(cell.value)
  if ('fixed' in cell) return cell.fixed === null ? 'NULL' : literal(cell.fixed)
  const { reference, parentColumn, nth } = cell
  const complete = reference.parentColumns.map((name) => `p.${identifier(name)} IS NOT NULL`).join(' AND ')
  const from = `FROM ${reference.parent} AS p WHERE ${complete}`
  // NULL where the parent has no rows; the same row for each column of the key.
  const place = `(SELECT ${nth} % GREATEST(pg_catalog.count(*), 1) ${from})`
  return `(SELECT p.${identifier(parentColumn)} ${from} ORDER BY p.tableoid, p.ctid LIMIT 1 OFFSET ${place})`
}
