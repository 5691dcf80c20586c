import type { Sizes } from '../model/cost.ts'
import type { CountedPrecondition } from '../model/dry-run.ts'
import { plainName } from '../model/locks.ts'
import type { ParsedMigration } from '../model/migration.ts'
import type { Schema } from '../model/schema.ts'
import { ServerError } from '../postgres/server.ts'
import type { PossiblePrecondition } from '../rehearse/preconditions/asked.ts'
import { possiblePreconditions } from '../rehearse/preconditions/possible.ts'
import { whyOutside } from './executable.ts'
import { GaveWay } from './give-way.ts'
import { reached, readCode } from './reach.ts'
import type { Staging } from './session.ts'

/** A table of more than this is sampled at once: reading all of it would push what others use out of the server's memory. */
const largeBytes = 8_000_000_000
/** What a sample reads of it, about. */
const sampleBytes = 200_000_000

type Counted = CountedPrecondition['counted']

/**
 * What the pending migrations ask of the data, counted on staging: every row, or a sample of a large table, or, where neither can be done
 * by reading alone, why not. Each query runs in a transaction of its own that cannot write, within the limits.
 *
 * @param options.callsOf the functions that a query calls, as it writes them; one that may do more than read is not run
 */
export async function countedPreconditions(
  staging: Staging,
  options: {
    readonly pending: readonly ParsedMigration[]
    readonly schema: Schema
    readonly sizes: Sizes
    readonly defaultSchema: string
    readonly callsOf: (sql: string) => Promise<readonly string[] | undefined>
  },
): Promise<CountedPrecondition[]> {
  const { pending, schema, sizes, defaultSchema, callsOf } = options
  const possible = possiblePreconditions(pending, schema, staging)
  const found: CountedPrecondition[] = []
  for (const each of possible) {
    const { sqlstates, constraint: _, rows: __, make: ___, ...precondition } = each
    found.push({
      ...precondition,
      sqlstate: each.outcome === 'fails' ? sqlstates[0] : undefined,
      migration: pending.find(({ up }) => up.file === each.at?.file)?.id ?? '',
      changedBefore: changedBefore(pending, each),
      counted: await counted(staging, each, { sizes, defaultSchema, callsOf }),
    })
  }
  return found
}

async function counted(
  staging: Staging,
  possible: PossiblePrecondition,
  {
    sizes,
    defaultSchema,
    callsOf,
  }: Pick<Parameters<typeof countedPreconditions>[1], 'sizes' | 'defaultSchema' | 'callsOf'>,
): Promise<Counted> {
  const { count, rows, table } = possible
  if (count === undefined || !rows) return notCounted('no query on the schema of today can tell')
  const unsafe = await writers(staging, count, await callsOf(count), defaultSchema)
  if (unsafe !== undefined) return notCounted(unsafe)
  const size = sizes.get(plainName(table))
  const isLarge = (size?.heapBytes ?? 0) > largeBytes
  const whole = isLarge ? undefined : await asked(staging, count, defaultSchema)
  if (whole?.gaveWay) return notCounted('somebody waited for the table, and the count gave way')
  if (whole?.count !== undefined) return { how: 'exact', found: whole.count }
  if (whole && whole.sqlstate !== '57014') return notCounted(reason(whole.sqlstate))
  if ('keys' in rows)
    return notCounted(
      `${isLarge ? 'the table is large' : 'it took longer than statement_timeout'}, and no sample can tell whether rows are the same`,
    )
  const percent = Math.min(100, Math.max(0.01, (100 * sampleBytes) / Math.max(1, size?.heapBytes ?? sampleBytes * 100)))
  const part = percent.toFixed(4)
  // The same rows each time, so that two runs say the same.
  const from = `${rows.from} TABLESAMPLE SYSTEM (${part}) REPEATABLE (1)`
  const sample = await asked(
    staging,
    `SELECT count(*) FILTER (WHERE ${rows.where}) AS count, count(*) AS looked FROM ${from}`,
    defaultSchema,
  )
  if (sample.gaveWay) return notCounted('somebody waited for the table, and the sample gave way')
  if (sample.count === undefined) return notCounted(reason(sample.sqlstate))
  return { how: 'sampled', found: sample.count, looked: sample.looked ?? 0, ofAbout: size?.rows ?? 0 }
}

function notCounted(why: string): Counted {
  return { how: 'not-counted', why }
}

interface Answer {
  readonly count?: number
  readonly looked?: number
  readonly sqlstate?: string | undefined
  readonly gaveWay?: boolean
}

async function asked(staging: Staging, sql: string, defaultSchema: string): Promise<Answer> {
  try {
    // With parameters, though there are none: the server then takes one statement and no more.
    const { rows } = await staging.read((session) => session.query<{ count: string; looked?: string }>(sql, []), {
      searchPath: [defaultSchema],
      givesWay: true,
    })
    const [row] = rows
    return { count: Number(row?.count ?? 0), ...(row?.looked !== undefined && { looked: Number(row.looked) }) }
  } catch (error) {
    if (error instanceof GaveWay) return { gaveWay: true }
    if (error instanceof ServerError && error.sqlstate !== undefined) return { sqlstate: error.sqlstate }
    throw error
  }
}

function reason(sqlstate: string | undefined): string {
  switch (sqlstate) {
    case '42501':
      return 'the role may not read the table (GRANT SELECT), or a policy hides rows from it (BYPASSRLS)'
    case '55P03':
      return 'somebody holds a lock that shuts out even readers (lock_timeout)'
    case '57014':
      return 'it took longer than statement_timeout'
    default:
      return `the query does not run on the schema of today (${sqlstate})`
  }
}

/** Why a query is not run: it calls something that may do more than read. Operators and casts are taken for what they seem. */
async function writers(
  staging: Staging,
  count: string,
  calls: readonly string[] | undefined,
  defaultSchema: string,
): Promise<string | undefined> {
  if (calls === undefined) return 'the query could not be read'
  if (calls.length === 0) return undefined
  const names = calls.map((call) => call.split('.').at(-1) ?? call)
  const { rows } = await staging.read(
    (session) =>
      session.query<{ name: string }>(
        `SELECT DISTINCT proname AS name FROM pg_proc WHERE proname = ANY ($1) AND provolatile = 'v' ORDER BY 1`,
        [names],
      ),
    { searchPath: [defaultSchema] },
  )
  if (rows[0]) return `it calls ${rows[0].name}, which may do more than read`
  // A function may say less of itself than it does, or call one that does more.
  const { parts } = reached({ sql: count, operations: [] }, await staging.read(readCode))
  const beyond = parts.find((part) => whyOutside(part) !== undefined)
  return beyond && `it calls code that may do more than read (${beyond.name})`
}

/** A statement before it, in any of the pending migrations, that changes rows of its table. */
function changedBefore(pending: readonly ParsedMigration[], { table, at }: PossiblePrecondition) {
  const name = plainName(table)
  for (const op of pending.flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations))) {
    if (op.at === at) return undefined
    const isChange = op.kind === 'update' || op.kind === 'delete' || op.kind === 'truncate'
    if (isChange && op.table === name) return op.at
    // Code may do anything to it.
    if (op.kind === 'query' && op.calls.length > 0 && op.reads.includes(name)) return op.at
  }
  return undefined
}
