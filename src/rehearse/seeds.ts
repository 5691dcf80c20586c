import type { NotChecked } from '../model/result.ts'
import { ServerError, type Session } from '../postgres/server.ts'

/** The project's own rows: SQL that is run once, as soon as the schema has what it needs. */
export interface Seeds {
  /** The file it came from, for messages. */
  readonly file: string
  readonly sql: string
}

export interface Seeder {
  /** Offers the seeds to a database; a no-op once they are in. */
  plant(session: Session): Promise<void>
  /** The tables that the seeds filled, as PostgreSQL prints them: no synthetic rows for them. */
  readonly filled: ReadonlySet<string>
  /** What is to be told at the end: seeds that never fitted. */
  trouble(): NotChecked[]
}

/**
 * Seeds may speak of tables that only a later migration makes, so that a failure for want of an object (class 42) is not the end: they
 * are offered again before the next migration. Each time in a transaction, which leaves nothing behind where it fails.
 */
export function seeder(seeds: Seeds | undefined): Seeder {
  const filled = new Set<string>()
  let waiting = seeds
  let error: ServerError | undefined
  return {
    filled,
    async plant(session) {
      if (!waiting) return
      const before = await counts(session)
      try {
        await session.query('BEGIN')
        await session.query(waiting.sql)
        await session.query('COMMIT')
      } catch (failure) {
        if (!(failure instanceof ServerError)) throw failure
        error = failure
        await session.query('ROLLBACK')
        if (!failure.sqlstate?.startsWith('42')) waiting = undefined
        return
      }
      waiting = undefined
      error = undefined
      for (const [table, rows] of await counts(session)) if (rows > (before.get(table) ?? 0)) filled.add(table)
    },
    trouble() {
      if (!error || !seeds) return []
      const why = `They fail, so that the rehearsal went without them: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`
      return [{ what: `The seeds in ${seeds.file}`, why }]
    },
  }
}

async function counts(session: Session): Promise<Map<string, number>> {
  const { rows: tables } = await session.query<{ name: string; query: string }>(
    `SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS name,
       pg_catalog.format('SELECT pg_catalog.count(*)::text AS rows FROM %I.%I', n.nspname, c.relname) AS query
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
  )
  const found = new Map<string, number>()
  for (const { name, query } of tables) {
    const { rows } = await session.query<{ rows: string }>(query)
    found.set(name, Number(rows[0]?.rows ?? 0))
  }
  return found
}
