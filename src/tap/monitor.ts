import { type Database, ServerError, type Session } from '../postgres/server.ts'

/** A table, index, view, sequence … that is there before the migration, or was committed by it. */
export interface Relation {
  readonly oid: number
  /** Qualified and quoted as PostgreSQL prints it: `public.users`. */
  readonly name: string
  /** Without schema and quotes, as DEBUG1 lines name it. */
  readonly bare: string
  /** `pg_class.relkind`, https://www.postgresql.org/docs/current/catalog-pg-class.html */
  readonly kind: string
  /** The file that its rows are in; another one means that they were written anew. 0: none. */
  readonly file: number
  /** The table of an index. */
  readonly table: string | undefined
}

/** A lock that another connection holds. `relation`: its oid. */
export interface Held {
  readonly relation: number
  /** As pg_locks spells it: `AccessExclusiveLock`. */
  readonly mode: string
}

/** The second connection, which asks what others hold. It never waits for them: it reads the catalogs and pg_locks, no table. */
export interface Monitor extends AsyncDisposable {
  /** All relations that are not PostgreSQL's own, as of the last commit, by their oid. */
  relations(): Promise<ReadonlyMap<number, Relation>>
  locks(pid: number): Promise<readonly Held[]>
  /** Whether PostgreSQL's grammar accepts a text, and as several statements. Nothing of it is run. */
  readsAsSeveral(sql: string): Promise<boolean>
}

/** Longer than any of the questions takes. Who locks the catalogs themselves, with VACUUM FULL pg_class, is not waited for. */
const patienceMs = 5_000

/** Rejects with ServerError, as its methods do. */
export async function openMonitor(database: Pick<Database, 'connect'>): Promise<Monitor> {
  let session = await open(database)
  /** Whoever ends all connections to the database, as after a command that failed, ends this one too: it comes again, once a question. */
  const ask = async <Answer>(question: (session: Session) => Promise<Answer>): Promise<Answer> => {
    try {
      return await question(session)
    } catch (error) {
      if (!(error instanceof ServerError) || !isLost(error)) throw error
      await session[Symbol.asyncDispose]()
      session = await open(database)
      return await question(session)
    }
  }
  return {
    relations: () => ask(relations),
    locks: (pid) =>
      ask(async (session) => {
        // 16384: the first oid that PostgreSQL does not keep for itself, FirstNormalObjectId in access/transam.h
        const { rows } = await session.query<Held>(
          `SELECT relation, mode FROM pg_locks WHERE pid = ${pid} AND locktype = 'relation' AND granted AND relation >= 16384`,
        )
        return rows
      }),
    readsAsSeveral: (sql) => ask((session) => readsAsSeveral(session, sql)),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/**
 * A prepared statement holds one command. Of several PostgreSQL says so, once it has read them all (exec_parse_message in
 * https://github.com/postgres/postgres tcop/postgres.c); one would fail for want of so many parameters.
 */
async function readsAsSeveral(session: Session, sql: string): Promise<boolean> {
  try {
    await session.query(sql, new Array(97).fill(null))
    return false
  } catch (error) {
    if (!(error instanceof ServerError) || isLost(error)) throw error
    return error.sqlstate === '42601' && !/ at or near | at end of input/.test(error.message)
  }
}

async function open(database: Pick<Database, 'connect'>): Promise<Session> {
  const session = await database.connect()
  await session.query(`SET statement_timeout = ${patienceMs}; SET search_path = pg_catalog; SET jit = off`)
  return session
}

/** 57P01: terminated by an administrator, https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isLost({ sqlstate }: ServerError): boolean {
  return sqlstate === undefined || sqlstate === '57P01'
}

async function relations(session: Session): Promise<ReadonlyMap<number, Relation>> {
  const { rows } = await session.query<Omit<Relation, 'table'> & { table: string | null }>(
    `SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, c.relname AS bare, c.relkind::text AS kind,
            c.relfilenode AS file, (quote_ident(tn.nspname) || '.' || quote_ident(t.relname)) AS table
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_index i ON i.indexrelid = c.oid
       LEFT JOIN pg_class t ON t.oid = i.indrelid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
     WHERE c.oid >= 16384 AND c.relkind <> 't' AND n.nspname !~ '^pg_toast'`,
  )
  return new Map(rows.map((row) => [row.oid, { ...row, table: row.table ?? undefined }]))
}
