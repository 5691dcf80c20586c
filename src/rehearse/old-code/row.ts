import { ServerError, type Session } from '../../postgres/server.ts'
import { type Candidate, candidateSql, compose, type Refusal, revise, type Tried } from '../candidates.ts'
import { identifier, type Table } from '../tables.ts'

/** Refused rows are changed where the refusal points and offered again, so often. */
const rounds = 30

/** A row by its columns, without quotes: values as text. */
export type Row = ReadonlyMap<string, string | null>

/**
 * A row that the table takes, with all that PostgreSQL fills in. Nothing stays behind except that sequences move.
 * @returns undefined where PostgreSQL refused all that was offered
 */
export async function acceptedRow(session: Session, table: Table): Promise<Row | undefined> {
  const tried: Tried = { table, attempts: 100, struck: new Map(), waiting: [] }
  await session.query(`BEGIN; SET LOCAL statement_timeout = '2s'; SET CONSTRAINTS ALL IMMEDIATE`)
  try {
    let candidate: Candidate | undefined = compose(tried, 0)
    for (let round = 0; candidate && round < rounds; round++) {
      await session.query('SAVEPOINT migration_gate')
      try {
        return await insert(session, table, candidate)
      } catch (error) {
        if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
        await session.query('ROLLBACK TO SAVEPOINT migration_gate')
        candidate = revise(tried, candidate, refusal(error))
      }
    }
    return undefined
  } finally {
    await session.query('ROLLBACK')
  }
}

async function insert(session: Session, table: Table, candidate: Candidate): Promise<Row> {
  const names = table.columns.map(({ name }) => name)
  const values = names.map((name) => `${identifier(name)}::pg_catalog.text`).join(', ')
  const { rows } = await session.query<{ json: string }>(
    `${candidateSql(table, candidate)} RETURNING pg_catalog.to_json(ARRAY[${values}]::pg_catalog.text[])::pg_catalog.text AS json`,
  )
  const [row] = rows
  // A trigger that sends rows elsewhere leaves none to return.
  const found = row ? (JSON.parse(row.json) as (string | null)[]) : []
  return new Map(names.map((name, index) => [name, found[index] ?? null]))
}

function refusal({ sqlstate = '', table = '', column = '', constraint = '' }: ServerError): Refusal {
  return { sqlstate, table, column, constraint, type: '' }
}
