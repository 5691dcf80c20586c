import { ServerError, type Session } from '../../postgres/server.ts'
import type { Limits } from '../limit.ts'
import { findSql, type InTheWay } from './in-the-way.ts'
import type { OwnRows } from './own-rows.ts'

interface Row {
  readonly relation: string
  readonly place: string
  readonly hash: string
  readonly same: string | null
}

/**
 * Takes synthetic rows that are in the way out of the database, with the rows that point to them. Rows of the migrations' own stay, and
 * of several with the same key one.
 *
 * @param table as PostgreSQL prints it
 * @returns false where PostgreSQL refuses to delete them, or it is not known which are synthetic
 */
export async function removeRows(
  session: Session,
  table: string,
  inTheWay: InTheWay,
  own: OwnRows,
  limits: Limits,
): Promise<boolean> {
  const { rows } = await session.query<Row>(findSql(inTheWay))
  if (rows.length === 0) return true
  const kept = await own.among(table, [...new Set(rows.map(({ hash }) => hash))], limits)
  if (!kept) return false
  const left = new Map(kept)
  const isOwn = new Set<Row>()
  for (const row of rows) {
    const number = left.get(row.hash) ?? 0
    if (number > 0) isOwn.add(row)
    left.set(row.hash, number - 1)
  }
  const synthetic = rows.filter((row) => !isOwn.has(row))
  // The first of a group stays where none of the migrations' own does.
  const hasOne = new Set([...isOwn].flatMap(({ same }) => same ?? []))
  const doomed = synthetic.filter(({ same }) => {
    if (same === null || hasOne.has(same)) return true
    hasOne.add(same)
    return false
  })
  return await removed(session, table, doomed)
}

async function removed(session: Session, table: string, rows: readonly Row[]): Promise<boolean> {
  try {
    await withoutTriggers(session)
    await session.query('BEGIN')
    await remove(
      session,
      table,
      rows.map(({ relation, place }) => ({ relation, place })),
      0,
    )
    await session.query('COMMIT')
    return true
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === undefined) throw error
    await session.query('ROLLBACK')
    return false
  } finally {
    await session.query('RESET session_replication_role')
  }
}

/** Triggers may refuse the deletion of a row. Only a superuser can silence them; without, they are heard. */
async function withoutTriggers(session: Session): Promise<void> {
  try {
    await session.query('SET session_replication_role = replica')
  } catch (error) {
    if (!(error instanceof ServerError && error.sqlstate === '42501')) throw error
  }
}

interface Place {
  readonly relation: string
  readonly place: string
}

/** Children first. */
async function remove(session: Session, table: string, rows: readonly Place[], depth: number): Promise<void> {
  if (rows.length === 0 || depth > 20) return
  const relations = rows.map(({ relation }) => relation)
  const places = rows.map(({ place }) => place)
  const doomed = `SELECT relation::oid, place::tid FROM unnest($1::text[], $2::text[]) AS doomed (relation, place)`
  const { rows: children } = await session.query<{ child: string; pairs: string }>(childrenQuery, [table])
  for (const { child, pairs } of children) {
    const { rows: below } = await session.query<Place>(
      `SELECT c.tableoid::int8::text AS relation, c.ctid::text AS place FROM ${child} AS c JOIN ${table} AS p ON ${pairs}
       WHERE (p.tableoid, p.ctid) IN (${doomed}) ${child === table ? `AND (c.tableoid, c.ctid) NOT IN (${doomed})` : ''}`,
      [relations, places],
    )
    await remove(session, child, below, depth + 1)
  }
  await session.query(`DELETE FROM ${table} AS t WHERE (t.tableoid, t.ctid) IN (${doomed})`, [relations, places])
}

/** The tables whose valid foreign keys point to this one, with the condition that joins them. */
const childrenQuery = `
  SELECT format('%I.%I', n.nspname, c.relname) AS child, (
    SELECT string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND ')
    FROM unnest(k.conkey, k.confkey) AS pair (mine, theirs)
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.mine
    JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.theirs) AS pairs
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype = 'f' AND k.convalidated AND k.conparentid = 0 AND k.confrelid = $1::regclass
  ORDER BY child`
