import type { Session } from '../postgres/server.ts'
import { ServerError } from '../postgres/server.ts'
import { type Candidate, candidateSql, compose, type Refusal, revise, type Tried } from './candidates.ts'
import { identifier, literal, readTables, type Table } from './tables.ts'

/** A table with so many rows, and a value in every column, is left as it is. */
const few = 3
const wanted = 10
/** However often a table is looked at, no rows are added beyond these. */
const most = 20
/** Refused rows are changed where the refusal points and offered again, so often. */
const rounds = 12

/** Where tools note which migrations ran. Rows of ours would be taken for migrations. */
const bookkeeping =
  /^(schema_versions?|schema_migrations|alembic_version|flyway_schema_history|goose_db_version|_sqlx_migrations|__diesel_schema_migrations|django_migrations|knex_migrations|pgmigrations|databasechangelog)$/

/**
 * Puts synthetic rows into the tables that hold few or none. PostgreSQL is the judge: rows are offered one by one, those that it
 * refuses are changed where its error points, and what its constraints and triggers allow stays. The same schema gets the same
 * values, as far as its own defaults and triggers are deterministic. Nothing else is left behind, except that sequences move.
 *
 * @param options.exclude tables by name, quoted as PostgreSQL prints it: `public.alembic_version`
 * @param options.timeoutMs ends a round that takes longer (a trigger that waits); the tables are then tried one at a time
 * @returns the rows that each table now holds, by name; 0 where PostgreSQL refused all that was offered
 */
export async function putRows(
  session: Session,
  options: { exclude: readonly string[]; timeoutMs: number },
): Promise<ReadonlyMap<string, number>> {
  const tables = (await readTables(session)).filter((table) => !options.exclude.includes(table.name))
  await session.query(
    `SET standard_conforming_strings = on; SET statement_timeout = ${Math.ceil(options.timeoutMs)}; SELECT pg_catalog.setseed(0.42)`,
  )
  const before = await countRows(session, tables)
  const open = tables.map((table) => start(table, before.get(table.name))).filter(({ waiting }) => waiting.length > 0)
  for (let round = 0; round < rounds && open.some(({ waiting }) => waiting.length > 0); round++) {
    try {
      await offer(session, open)
    } catch (error) {
      if (!isTimeout(error)) throw error
      for (const tried of open) await offerAlone(session, tried)
    }
  }
  const after = await countRows(session, tables)
  return new Map(tables.map(({ name }) => [name, after.get(name)?.rows ?? 0]))
}

/**
 * Offers rows that hold certain values, in tables that may already hold rows. The other columns are filled as `putRows` does, and changed
 * where PostgreSQL refuses the row; the given values stay.
 *
 * @param wishes for each row its table's name, as PostgreSQL prints it, and what it must hold, NULL as null. Others are passed over.
 * @param options.timeoutMs ends a round that takes longer; what is left is then given up
 */
export async function putRowsWith(
  session: Session,
  wishes: readonly { readonly table: string; readonly fixed: ReadonlyMap<string, string | null> }[],
  options: { timeoutMs: number },
): Promise<void> {
  const tables = (await readTables(session)).filter(({ name }) => wishes.some(({ table }) => table === name))
  await session.query(
    `SET standard_conforming_strings = on; SET statement_timeout = ${Math.ceil(options.timeoutMs)}; SELECT pg_catalog.setseed(0.43)`,
  )
  const before = await countRows(session, tables)
  const open = tables.map((table) => {
    // Far from the numbers that other rows were made with, so that keys differ.
    const tried: Tried = {
      table,
      attempts: 1_000 + (before.get(table.name)?.rows ?? 0),
      struck: new Map(),
      waiting: [],
    }
    const own = wishes.filter((wish) => wish.table === table.name)
    tried.waiting = own.map(({ fixed }, index) => compose(tried, index % wanted, fixed))
    return tried
  })
  for (let round = 0; round < rounds && open.some(({ waiting }) => waiting.length > 0); round++) {
    try {
      await offer(session, open)
    } catch (error) {
      if (!isTimeout(error)) throw error
      return
    }
  }
}

/**
 * Rows as users write them once an upgrade is there, over those that a table has: its new columns used and left NULL, every label, the
 * longest texts, the same values again where no key forbids it.
 *
 * @param names the tables, as PostgreSQL prints them; others get none
 * @returns the tables that took rows
 */
export async function putLaterRows(
  session: Session,
  names: ReadonlySet<string>,
  options: { timeoutMs: number },
): Promise<string[]> {
  const tables = (await readTables(session)).filter(
    ({ name, relation }) => names.has(name) && !bookkeeping.test(relation),
  )
  await session.query(
    `SET standard_conforming_strings = on; SET statement_timeout = ${Math.ceil(options.timeoutMs)}; SELECT pg_catalog.setseed(0.44)`,
  )
  const before = await countRows(session, tables)
  const open = tables.map((table) => {
    // Far from the numbers that the rows of before were made with, so that keys differ.
    const tried: Tried = { table, attempts: 2_000, struck: new Map(), waiting: [] }
    tried.waiting = laterShapes(table).map((shape) => compose(tried, shape))
    return tried
  })
  for (let round = 0; round < rounds && open.some(({ waiting }) => waiting.length > 0); round++)
    await offer(session, open)
  const after = await countRows(session, tables)
  return tables.flatMap(({ name }) => ((after.get(name)?.rows ?? 0) > (before.get(name)?.rows ?? 0) ? name : []))
}

/** Mixtures go through the values of a column one after the other: enough of them for each label of an enum. */
function laterShapes({ columns }: Table): readonly number[] {
  const labels = Math.max(0, ...columns.map(({ type }) => type.labels.length))
  return [0, 1, 2, 3, 4, ...Array.from({ length: Math.min(12, Math.max(3, labels)) }, (_, index) => 5 + index)]
}

function start(table: Table, found: Count | undefined): Tried {
  const tried: Tried = { table, attempts: found?.rows ?? 0, struck: new Map(), waiting: [] }
  const shapes = Array.from({ length: wanted }, (_, shape) => shape)
  tried.waiting = shapesFor(table, found, shapes).map((shape) => compose(tried, shape))
  return tried
}

function shapesFor(table: Table, found: Count | undefined, all: readonly number[]): readonly number[] {
  const { rows, empty } = found ?? { rows: 0, empty: [] }
  if (rows > 0 && bookkeeping.test(table.relation)) return []
  if (rows < few) return all.slice(0, wanted - rows)
  // A column that an earlier migration added is NULL in the rows that were there: what happens to its values would not be seen.
  const unused = table.columns.some(({ name, filled }) => !filled && empty.includes(name))
  return unused && rows < most ? [0, 2, 5, 6] : []
}

/** Offers every waiting row once, in one statement; keeps those that were refused, revised, for the next time. */
async function offer(session: Session, open: readonly Tried[]): Promise<void> {
  const offered = open.flatMap((tried) => tried.waiting.map((candidate) => ({ tried, candidate })))
  if (offered.length === 0) return
  const refusals = await insert(
    session,
    offered.map(({ tried, candidate }) => candidateSql(tried.table, candidate)),
  )
  for (const tried of open) tried.waiting = []
  for (const [place, refusal] of refusals) {
    const { tried, candidate } = offered[place] ?? {}
    const revised: Candidate | undefined = tried && candidate && revise(tried, candidate, refusal)
    if (tried && revised) tried.waiting.push(revised)
  }
}

async function offerAlone(session: Session, tried: Tried): Promise<void> {
  try {
    await offer(session, [tried])
  } catch (error) {
    if (!isTimeout(error)) throw error
    tried.waiting = []
  }
}

/** @returns what PostgreSQL said about each row that it refused, by its place in `statements` */
async function insert(session: Session, statements: readonly string[]): Promise<Map<number, Refusal>> {
  // Constraints that wait for the COMMIT would take all rows with them.
  const body = `
    DECLARE
      statement pg_catalog.text;
      place pg_catalog.int4 := 0;
      refused pg_catalog.jsonb := '[]';
      r_sqlstate pg_catalog.text; r_table pg_catalog.text; r_column pg_catalog.text; r_constraint pg_catalog.text; r_type pg_catalog.text;
    BEGIN
      SET CONSTRAINTS ALL IMMEDIATE;
      FOREACH statement IN ARRAY ARRAY[${statements.map(literal).join(',\n')}]::pg_catalog.text[] LOOP
        BEGIN
          EXECUTE statement;
        EXCEPTION WHEN OTHERS OR ASSERT_FAILURE THEN
          GET STACKED DIAGNOSTICS r_sqlstate = RETURNED_SQLSTATE, r_table = TABLE_NAME, r_column = COLUMN_NAME,
            r_constraint = CONSTRAINT_NAME, r_type = PG_DATATYPE_NAME;
          refused := refused OPERATOR(pg_catalog.||) pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object(
            'place', place, 'sqlstate', r_sqlstate, 'table', r_table, 'column', r_column, 'constraint', r_constraint, 'type', r_type));
        END;
        place := place OPERATOR(pg_catalog.+) 1;
      END LOOP;
      PERFORM pg_catalog.set_config('migration_gate.refused', refused::pg_catalog.text, true);
    END`
  const { rows } = await session.query<{ json: string }>(
    `DO ${literal(body)}; SELECT pg_catalog.current_setting('migration_gate.refused') AS json`,
  )
  const refused = JSON.parse(rows[0]?.json ?? '[]') as readonly (Refusal & { place: number })[]
  return new Map(refused.map(({ place, ...refusal }) => [place, refusal]))
}

interface Count {
  readonly rows: number
  /** Columns without any value. */
  readonly empty: readonly string[]
}

async function countRows(session: Session, tables: readonly Table[]): Promise<ReadonlyMap<string, Count>> {
  const counts = new Map<string, Count>()
  for (const table of tables) {
    const columns = table.columns.map(({ name }) => `pg_catalog.count(${identifier(name)})`)
    const from = `${table.partitioned ? '' : 'ONLY '}${table.name}`
    const { rows } = await session.query<{ json: string }>(
      `SELECT pg_catalog.json_build_array(pg_catalog.count(*), ARRAY[${columns.join(', ')}]::pg_catalog.int8[])::pg_catalog.text AS json FROM ${from}`,
    )
    const [total, filled] = JSON.parse(rows[0]?.json ?? '[0,[]]') as [number, number[]]
    counts.set(table.name, {
      rows: total,
      empty: table.columns.filter((_, index) => filled[index] === 0).map(({ name }) => name),
    })
  }
  return counts
}

function isTimeout(error: unknown): boolean {
  return error instanceof ServerError && error.sqlstate === '57014'
}
