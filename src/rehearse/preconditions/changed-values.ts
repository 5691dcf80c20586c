import { ServerError, type Session } from '../../postgres/server.ts'
import { identifier } from '../tables.ts'
import type { PossiblePrecondition } from './asked.ts'

interface Values {
  readonly possible: PossiblePrecondition
  readonly column: string
  /** Without its length or precision: a value that was rounded up may be too large for those. */
  readonly type: string
  /** The columns of the primary key. */
  readonly key: readonly string[]
  /** The values as text, by the key as text. */
  readonly values: ReadonlyMap<string, string | null>
}

/** Tables are small here; one with more rows than this was filled by migrations, and is not compared. */
const most = 10_000

/** The values of the columns of which the new type may lose something. */
export async function valuesOf(session: Session, among: readonly PossiblePrecondition[]): Promise<readonly Values[]> {
  const found: Values[] = []
  for (const possible of among) {
    const [column] = possible.columns
    if (column === undefined) continue
    const { rows } = await session.query<{ type: string; key: string[] }>(typeQuery, [possible.table, column])
    const [row] = rows
    if (!row) continue
    const { type, key } = row
    found.push({ possible, column, type, key, values: await read(session, possible.table, column, type, key) })
  }
  return found
}

/** Those of which values are other ones now, looked at as the type of before. The others are also those that cannot be looked at so. */
export async function changedValues(session: Session, before: readonly Values[]): Promise<PossiblePrecondition[]> {
  const found: PossiblePrecondition[] = []
  for (const { possible, column, type, key, values } of before) {
    try {
      const now = await read(session, possible.table, column, type, key)
      if ([...values].some(([row, value]) => now.has(row) && now.get(row) !== value)) found.push(possible)
    } catch (error) {
      if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
    }
  }
  return found
}

async function read(
  session: Session,
  table: string,
  column: string,
  type: string,
  key: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const cast = `${identifier(column)}::${type}`
  const value = type === 'numeric' ? `trim_scale(${cast})::text` : `${cast}::text`
  const keys =
    key.length > 0 ? key.map((name) => `${identifier(name)}::text`) : [`row_number() OVER (ORDER BY ctid)::text`]
  const { rows } = await session.query<{ key: string; value: string | null }>(
    `SELECT array_to_json(ARRAY[${keys.join(', ')}])::text AS key, ${value} AS value FROM ${table} LIMIT ${most}`,
  )
  return new Map(rows.map(({ key: row, value: text }) => [row, text]))
}

const typeQuery = `
  SELECT format_type(a.atttypid, -1) AS type, ARRAY(
    SELECT k.attname::text FROM pg_index i CROSS JOIN unnest(i.indkey) AS part (number)
    JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = part.number
    WHERE i.indrelid = a.attrelid AND i.indisprimary) AS key
  FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attname = $2 AND NOT a.attisdropped`
