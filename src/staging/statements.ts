import type { CostClass, Range, Sizes } from '../model/cost.ts'
import type { LockWindow, PendingMigration, PlannedStatement } from '../model/dry-run.ts'
import type { Finding } from '../model/finding.ts'
import { lockStrength, shutOutBy } from '../model/locks.ts'
import type { Statement } from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import type { Context, Rule, TableLock } from '../model/rule.ts'
import {
  catalogOnly,
  type Estimate,
  foreignKey,
  indexBuild,
  rewrite,
  rowWork,
  scan,
  sum,
} from '../rehearse/cost-estimate.ts'

interface Work {
  readonly class: CostClass
  readonly estimate: Estimate | undefined
}

/** What the rules read: a finding of a rule that knows what PostgreSQL then does to the rows of the table. */
export interface Read {
  readonly findings: readonly Finding[]
  readonly rules: readonly Rule[]
}

/**
 * The pending migrations, statement by statement: which locks each takes on tables that staging has, and what it costs there.
 * @param contexts of the pending migrations, in order
 * @param sizes of staging's tables
 */
export function planned(contexts: readonly Context[], sizes: Sizes, read: Read): PendingMigration[] {
  const numbers = new Map<unknown, number>()
  const numberOf = (key: unknown) => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size + 1)
    return numbers.size
  }
  return contexts.map((context) => {
    const { id, name, file, up, down } = context.migration
    const statements = new Map<Statement, { readonly ops: Operation[]; readonly transaction: number }>()
    for (const { op, statement, transaction } of context.placed(up)) {
      const isShared = up.transaction === 'run' && transaction.openedBy === 'tool'
      const own = statements.get(statement) ?? { ops: [], transaction: numberOf(isShared ? 'run' : transaction) }
      own.ops.push(op)
      statements.set(statement, own)
    }
    return {
      id,
      name,
      file,
      hasDowngrade: down !== undefined && !context.isEmpty(down) && context.refusal(down) === undefined,
      statements: [...statements].map(([{ sql, at }, { ops, transaction }]): PlannedStatement => {
        const done = ops.filter(({ inside }) => inside !== 'function')
        const works = done.flatMap((op) => workOf(op, context, sizes, read))
        const known = works.filter((work) => work !== undefined)
        const isKnown = known.length === works.length && known.length > 0
        return {
          sql,
          at,
          class: isKnown ? heaviest(known) : undefined,
          locks: strongest(done.flatMap((op) => context.locks(op)).filter(({ table }) => sizes.has(table))),
          estimate: isKnown ? sum(known.map(({ estimate }) => estimate)) : undefined,
          isOutsideTransaction: done.some(standsAlone),
          transaction,
        }
      }),
    }
  })
}

const weight: readonly CostClass[] = ['catalog', 'rows', 'scan', 'index build', 'rewrite']

function heaviest(works: readonly Work[]): CostClass {
  return weight[Math.max(0, ...works.map((work) => weight.indexOf(work.class)))] ?? 'catalog'
}

function strongest(locks: readonly TableLock[]): TableLock[] {
  const byTable = new Map<string, TableLock>()
  for (const lock of locks) {
    const known = byTable.get(lock.table)
    if (!known || lockStrength(lock.mode) > lockStrength(known.mode)) byTable.set(lock.table, lock)
  }
  return [...byTable.values()]
}

/** https://www.postgresql.org/docs/current/sql-begin.html and the pages of the statements: refused in a transaction block (25001). */
function standsAlone(op: Operation): boolean {
  switch (op.kind) {
    case 'create-index':
    case 'drop-index':
    case 'detach-partition':
      return op.concurrently
    case 'reindex':
      return op.concurrently || op.scope === 'schema' || op.scope === 'database' || op.scope === 'system'
    case 'vacuum':
      return true
    default:
      return false
  }
}

const nothing: Work = { class: 'catalog', estimate: catalogOnly }

/** Undefined in the place of what the text does not tell. */
function workOf(op: Operation, context: Context, sizes: Sizes, read: Read): (Work | undefined)[] {
  const size = 'table' in op && op.table ? sizes.get(op.table) : undefined
  const table = 'table' in op ? op.table : undefined
  // A table that staging does not have yet has no rows.
  if (table !== undefined && context.isNew(table)) return [nothing]
  switch (op.kind) {
    case 'create-index':
      return [{ class: 'index build', estimate: indexBuild(size, op) }]
    case 'add-constraint': {
      if (op.with === 'column' || op.usingIndex !== undefined || op.notValid || !op.enforced) return [nothing]
      if (op.type === 'primary-key' || op.type === 'unique')
        return [{ class: 'index build', estimate: indexBuild(size, { method: 'btree', concurrently: false }) }]
      if (op.type === 'exclusion') return [{ class: 'index build', estimate: undefined }]
      if (op.type === 'foreign-key')
        return [{ class: 'scan', estimate: foreignKey(size, op.references && sizes.get(op.references)) }]
      return [{ class: 'scan', estimate: scan(size) }]
    }
    case 'validate-constraint':
      return [{ class: 'scan', estimate: scan(size) }]
    case 'set-not-null':
      return [context.isProven(op) ? nothing : { class: 'scan', estimate: scan(size) }]
    case 'cluster':
    case 'set-logged':
    case 'set-access-method':
    case 'set-tablespace':
      return [rewritten(size)]
    case 'vacuum':
      return (op.tables ?? []).map((each) =>
        op.full ? rewritten(sizes.get(each)) : { class: 'scan', estimate: scan(sizes.get(each)) },
      )
    case 'reindex':
      return [{ class: 'index build', estimate: undefined }]
    case 'refresh-materialized-view':
      return [op.withData ? { class: 'rewrite', estimate: undefined } : nothing]
    case 'insert': {
      // One in a loop of code may run any number of times.
      if (op.source !== 'query') return [op.repeated ? undefined : rows(0, 1000)]
      const sources = op.reads.map((each) => sizes.get(each)?.rows)
      const most = sources.reduce((a, b) => (a === undefined || b === undefined ? undefined : a + b), 0)
      return [most === undefined ? undefined : rows(0, Math.max(1, most))]
    }
    case 'update':
    case 'delete': {
      if (!size) return [undefined]
      if (op.where === undefined) return [rows(size.rows, size.rows)]
      if (op.pinned.length > 0) return [rows(0, 1)]
      return [rows(0, op.bounded ? Math.min(batch, size.rows) : size.rows)]
    }
    case 'query':
    case 'hidden-sql':
    case 'other':
    case 'unparsed':
      return [undefined]
    case 'add-column':
    case 'alter-column-type':
    case 'alter-column':
    case 'alter-domain':
      return [told(op, read, size)]
    default:
      return [nothing]
  }
}

/** What is taken for the size of a batch: which one the statement asks for is not read. */
const batch = 10_000

function rows(fewest: number, most: number): Work {
  return { class: 'rows', estimate: rowWork(fewest, most) }
}

function rewritten(size: Parameters<typeof rewrite>[0]): Work {
  return { class: 'rewrite', estimate: rewrite(size) }
}

/** Whether it rewrites is for the rules to say, which compare the types. */
function told(op: Operation, { findings, rules }: Read, size: Parameters<typeof rewrite>[0]): Work {
  const here = findings.filter(
    ({ at }) => at.file === op.at.file && at.line === op.at.line && at.column === op.at.column,
  )
  const works = here.flatMap(({ rule }) => rules.find(({ name }) => name === rule)?.work ?? [])
  if (works.includes('rewrite')) return rewritten(size)
  return works.includes('scan') ? { class: 'scan', estimate: scan(size) } : nothing
}

/** How long each table is shut, in the order in which the locks are taken. */
export function lockWindows(pending: readonly PendingMigration[]): LockWindow[] {
  const all = pending.flatMap(({ statements }) => statements)
  const windows: LockWindow[] = []
  for (const [index, { locks, at, transaction }] of all.entries()) {
    for (const { table, mode } of locks) {
      const shutsOut = shutOutBy(mode)
      const held = windows.find((each) => each.table === table && transactionOf(all, each) === transaction)
      if (!shutsOut || (held && lockStrength(held.mode) >= lockStrength(mode))) continue
      const inside = all.slice(index).filter((each) => each.transaction === transaction)
      windows.push({
        table,
        mode,
        shutsOut,
        at,
        statements: inside.length,
        estimate: total(inside.map(({ estimate }) => estimate)),
      })
    }
  }
  return windows
}

function transactionOf(all: readonly PlannedStatement[], { at }: LockWindow): number | undefined {
  return all.find((each) => each.at === at)?.transaction
}

/** Undefined where one is not known. */
export function total(ranges: readonly (Range | undefined)[]): Range | undefined {
  return ranges.reduce<Range | undefined>(
    (a, b) => a && b && { lowMs: a.lowMs + b.lowMs, highMs: a.highMs + b.highMs },
    { lowMs: 0, highMs: 0 },
  )
}
