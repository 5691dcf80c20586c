import { ServerError, type Session } from '../../postgres/server.ts'
import { pool } from '../pools.ts'
import { putRowsWith } from '../rows.ts'
import { identifier, literal, literals, readTables, type Table } from '../tables.ts'
import type { PossiblePrecondition } from './asked.ts'
import type { InTheWay } from './in-the-way.ts'
import { countSql } from './in-the-way.ts'

type Fixed = ReadonlyMap<string, string | null>

/** Rows that a CHECK may refuse are looked for among so many. */
const searched = 60

/**
 * How many rows of this database are in the way; undefined: the query does not run on it, as where it calls a function that the
 * migration has yet to make.
 */
export async function countOf(session: Session, rows: InTheWay | undefined): Promise<number | undefined> {
  if (!rows) return undefined
  try {
    const { rows: found } = await session.query<{ count: string }>(countSql(rows))
    return Number(found[0]?.count ?? 0)
  } catch (error) {
    if (error instanceof ServerError && error.sqlstate !== undefined) return undefined
    throw error
  }
}

/** Puts rows into the database that are in the way of what has none yet, as far as its constraints allow. */
export async function putOffenders(
  session: Session,
  among: readonly PossiblePrecondition[],
  options: { timeoutMs: number },
): Promise<void> {
  const tables = new Map((await readTables(session)).map((table) => [table.name, table]))
  const wishes: { table: string; fixed: Fixed }[] = []
  for (const possible of among) {
    const table = tables.get(taker(possible))
    if (!table || (await countOf(session, possible.rows)) !== 0) continue
    for (const fixed of await wishesFor(session, possible, table)) wishes.push({ table: table.name, fixed })
  }
  if (wishes.length > 0) await putRowsWith(session, wishes, options)
}

/**
 * Changes rows that are there into rows in the way, each one of its own: what else is asked of it such a row meets.
 * @returns those of which there is a row now
 */
export async function changeIntoOffenders(
  session: Session,
  among: readonly PossiblePrecondition[],
  options: { timeoutMs: number },
): Promise<PossiblePrecondition[]> {
  const tables = new Map((await readTables(session)).map((table) => [table.name, table]))
  await session.query(`SET statement_timeout = ${Math.ceil(options.timeoutMs)}`)
  const made: PossiblePrecondition[] = []
  for (const [index, possible] of among.entries()) {
    const table = tables.get(taker(possible))
    if (!table || possible.make.how === 'copy') continue
    for (const fixed of await wishesFor(session, possible, table)) {
      await changeOne(session, table, fixed, index)
      if (await countOf(session, possible.rows)) {
        made.push(possible)
        break
      }
    }
  }
  return made
}

/** A partition takes its rows from the table that is partitioned. */
function taker({ make, table }: PossiblePrecondition): string {
  return (make.how === 'search' ? make.into : undefined) ?? table
}

async function changeOne(session: Session, { name }: Table, fixed: Fixed, place: number): Promise<void> {
  const values = [...fixed].map(
    ([column, value]) => `${identifier(column)} = ${value === null ? 'NULL' : literal(value)}`,
  )
  if (values.length === 0) return
  try {
    await session.query(
      `UPDATE ${name} SET ${values.join(', ')} WHERE (tableoid, ctid) =
       (SELECT tableoid, ctid FROM ${name} ORDER BY tableoid, ctid OFFSET ${place} % greatest((SELECT count(*) FROM ${name}), 1) LIMIT 1)`,
    )
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
  }
}

async function wishesFor(
  session: Session,
  { make, rows }: PossiblePrecondition,
  table: Table,
): Promise<readonly Fixed[]> {
  switch (make.how) {
    case 'none':
      return []
    case 'values':
      return make.each
    case 'copy':
      return await copies(session, make.columns, rows, table)
    case 'search':
      return search(make.columns, make.expression, table)
  }
}

/** The values of some rows that are there; where there are none, two rows with the same value. */
async function copies(
  session: Session,
  columns: readonly string[],
  rows: InTheWay | undefined,
  table: Table,
): Promise<readonly Fixed[]> {
  if (columns.length === 0) return []
  const list = columns.map((name) => `"${name.replaceAll('"', '""')}"::text`).join(', ')
  const where = rows && 'keys' in rows && rows.where !== undefined ? ` WHERE ${rows.where}` : ''
  const { rows: found } = await session.query<{ values: (string | null)[] }>(
    `SELECT ARRAY[${list}] AS values FROM ${table.name}${where} LIMIT 3`,
  )
  const given = found.map(({ values }) => new Map(columns.map((name, index) => [name, values[index] ?? null])))
  if (given.length > 0) return given
  const ordinary = new Map(
    table.columns.filter(({ name }) => columns.includes(name)).map(({ name, type }) => [name, pool(type)[0] ?? null]),
  )
  return [ordinary, ordinary]
}

/** NULL, the values that the type is known to trip over, and those next to what the expression names, in one column after the other. */
function search(columns: readonly string[], expression: string, table: Table): readonly Fixed[] {
  const hints = literals(expression)
  const lengths = hints.map(Number).filter((length) => length > 0 && length <= 2000)
  const found: Fixed[] = [new Map(), new Map(), new Map(), new Map()]
  for (const column of table.columns.filter(({ name }) => columns.includes(name))) {
    const isText = /^(text|varchar|bpchar|citext)$/.test(column.type.name)
    const values = [
      ...pool(column.type),
      ...(isText ? ['no such value', ...lengths.map((length) => 'x'.repeat(length))] : hints),
    ]
    for (const value of [null, ...values]) found.push(new Map([[column.name, value]]))
  }
  return found.slice(0, searched)
}
