import { plainName } from '../model/locks.ts'
import type { Name } from '../model/operation.ts'
import type { DataChange, LaterRows } from '../model/round-trip.ts'
import type { CatalogObject, Schema, TableContents } from '../model/schema.ts'
import { compareContents } from '../postgres/drift/contents.ts'
import { type Database, ServerError } from '../postgres/server.ts'
import { type Limits, limited } from './limit.ts'
import type { State, StepResult } from './round-trip.ts'
import { putLaterRows } from './rows.ts'

/** A round of rows that takes longer, held up by a trigger, is given up. */
const rowsMs = 5_000

export interface LaterRowsOptions {
  /** Upgraded, so that the downgrade can be run. */
  readonly database: Database
  readonly limits: Limits
  /** The tables that the migration names. */
  readonly touched: readonly Name[]
  readonly before: State
  readonly upgraded: State
  /** What the downgrade does to the rows of before: known, and not told again. */
  readonly known: readonly DataChange[]
  readonly contents: () => Promise<readonly TableContents[]>
  readonly down: () => Promise<StepResult>
}

/**
 * Writes rows into the tables that an upgrade changed, as its users would, and runs the downgrade with them. What it loses of columns that
 * only the upgrade brought is its purpose; what it loses of the others is told.
 *
 * @returns undefined where there was nothing to write, or PostgreSQL took no row
 */
export async function tryLaterRows(options: LaterRowsOptions): Promise<LaterRows | undefined> {
  const { database, limits, touched, before, upgraded, known, contents, down } = options
  const names = changedTables(before, upgraded, touched)
  if (names.size === 0) return undefined
  const tables = await write(database, limits, names)
  if (tables.length === 0) return undefined
  const written = await contents()
  const { error } = await down()
  if (error) return { tables, error, data: [] }
  const after = await contents()
  const compared = (isSame: boolean, how: 'down' | 'up-again') =>
    compareContents(inBoth(written, before, upgraded, isSame), after, how).map((change) => ({
      ...change,
      after: 'down' as const,
    }))
  const isKnown = (change: DataChange) =>
    known.some(({ after, table, column }) => after === 'down' && table === change.table && column === change.column)
  // Of a column that has another type after the downgrade the values are written in another way: they are counted only.
  const counted = compared(false, 'up-again').filter(({ column }) => column !== undefined)
  const data = [...compared(true, 'down'), ...counted].filter((change) => !isKnown(change))
  return { tables, error: undefined, data }
}

/** A trigger that fails or waits keeps rows out; the trial is then about those that got in. */
async function write(database: Database, limits: Limits, names: ReadonlySet<string>): Promise<string[]> {
  return await limited(database, { ...limits, timeoutMs: 10 * rowsMs }, async () => {
    try {
      await using session = await database.connect()
      return await putLaterRows(session, names, { timeoutMs: rowsMs })
    } catch (error) {
      if (error instanceof ServerError && error.sqlstate === '57014') return []
      throw error
    }
  })
}

/**
 * Tables and columns that there were before, with the type and the values of before or with others: what is new goes with the downgrade,
 * and should. So do the rows that the upgrade itself wrote: of such a table only the number of the others is told.
 */
function inBoth(written: readonly TableContents[], before: State, upgraded: State, isSame: boolean): TableContents[] {
  const [old, now] = [typesIn(before.schema), typesIn(upgraded.schema)]
  return written.flatMap((table) => {
    const was = before.contents.find((each) => each.table === table.table)
    const then = upgraded.contents.find((each) => each.table === table.table)
    if (!was || !then) return []
    const own = then.rows - was.rows
    if (own > 0) return [{ ...table, rows: table.rows - own, columns: [] }]
    const columns = table.columns.filter(({ column }) => {
      const name = `${table.table}.${column}`
      const [first, second] = [was, then].map(({ columns }) => columns.find((each) => each.column === column))
      if (!first || !second) return false
      const isKept = isSameText(old.get(name), now.get(name)) && first.checksum === second.checksum
      return isKept === isSame
    })
    return [{ ...table, columns }]
  })
}

function typesIn(schema: Schema): Map<string, unknown> {
  return new Map(
    schema.flatMap(({ kind, identity, attributes }) => (kind === 'column' ? [[identity, attributes.type]] : [])),
  )
}

/** Equal values of both types are equal as text. */
function isSameText(a: unknown, b: unknown): boolean {
  const isText = (type: unknown) => /^(?:text|character varying(?:\(\d+\))?)$/.test(String(type))
  return a === b || (isText(a) && isText(b))
}

/** Kinds of objects that a table uses without being theirs. */
const shared = new Set(['enum', 'domain', 'composite type', 'range', 'type'])

/** The tables of after the upgrade that it names, or that differ from what they were; all, where it changes a type. */
function changedTables(before: State, upgraded: State, touched: readonly Name[]): Set<string> {
  const all = upgraded.contents.map(({ table }) => table)
  const old = new Map(before.schema.map((object) => [key(object), JSON.stringify(object.attributes)]))
  const now = new Map(upgraded.schema.map((object) => [key(object), JSON.stringify(object.attributes)]))
  const differs = (object: CatalogObject) => old.get(key(object)) !== now.get(key(object))
  const changed = [...differing(before.schema, differs), ...differing(upgraded.schema, differs)]
  if (changed.some(({ kind }) => shared.has(kind))) return new Set(all)
  const own = new Set(changed.flatMap((object) => [key(object), ...(object.belongsTo ?? [])]))
  const names = new Set<string>(touched)
  return new Set(all.filter((table) => own.has(`table ${table}`) || names.has(plainName(table))))
}

function differing(schema: Schema, differs: (object: CatalogObject) => boolean): CatalogObject[] {
  return schema.filter(differs)
}

function key({ kind, identity }: CatalogObject): string {
  return `${kind} ${identity}`
}
