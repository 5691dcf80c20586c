import type { Cost, CostClass, Sizes } from '../model/cost.ts'
import { heldOn, lockStrength, plainName } from '../model/locks.ts'
import type { ParsedScript } from '../model/migration.ts'
import type { Name, Operation } from '../model/operation.ts'
import type { Lock, Watched, WatchedStatement } from '../model/round-trip.ts'
import { catalogOnly, type Estimate, foreignKey, indexBuild, rewrite, rowWork, scan, sum } from './cost-estimate.ts'

/** One piece of work on one relation. */
interface Part {
  readonly relation: string | undefined
  readonly class: CostClass
  readonly estimate: Estimate | undefined
}

/**
 * What each statement of the first upgrade costs as the tables of before grow: by what PostgreSQL told of its work and by the files and
 * locks that it left, which says the same on ten rows as on ten million. Where `sizes` has the table, with a range of time.
 */
export function costsOf(watched: Watched, script: ParsedScript, sizes: Sizes): Cost[] {
  const operations = new Map(script.statements.map((each) => [each.at, each.operations]))
  return watched.statements.flatMap((statement) => {
    const { direction, attempt, isOwn, tag, at } = statement
    if (direction !== 'up' || attempt !== 1 || isOwn || tag === undefined) return []
    const parts = partsOf(watched, statement, (at && operations.get(at)) ?? [], sizes)
    const relations = [...new Set(parts.map(({ relation }) => relation))]
    return relations.map((relation): Cost => {
      const own = parts.filter((part) => part.relation === relation)
      return {
        statement,
        class: heaviest(own.map((part) => part.class)),
        relation,
        mode: relation === undefined ? undefined : heldOn(watched, statement, relation),
        estimate: sum(own.map(({ estimate }) => estimate)),
      }
    })
  })
}

const weight: readonly CostClass[] = ['catalog', 'rows', 'scan', 'index build', 'rewrite']

function heaviest(classes: readonly CostClass[]): CostClass {
  return weight[Math.max(0, ...classes.map((each) => weight.indexOf(each)))] ?? 'catalog'
}

function partsOf(
  watched: Watched,
  statement: WatchedStatement,
  operations: readonly Operation[],
  sizes: Sizes,
): readonly Part[] {
  const isHere = (each: { statement: WatchedStatement }) => each.statement === statement
  const locks = watched.locks.filter((lock) => isHere(lock) && lock.existedBefore && holdsRows.has(lock.kind))
  const size = (relation: string | undefined) => (relation === undefined ? undefined : sizes.get(plainName(relation)))
  const named = (table: Name | undefined) =>
    watched.locks.find(({ relation }) => plainName(relation) === table)?.relation
  const parts: Part[] = []
  for (const { relation, how } of watched.rewrites.filter(isHere))
    parts.push(
      how === 'truncated'
        ? { relation, class: 'catalog', estimate: catalogOnly }
        : { relation, class: 'rewrite', estimate: rewrite(size(relation)) },
    )
  for (const { relation, constraint } of watched.scans.filter(isHere)) {
    if (relation !== undefined) parts.push({ relation, class: 'scan', estimate: scan(size(relation)) })
    else {
      const [child, parent] = tablesOfKey(operations, constraint)
      parts.push({
        relation: named(child),
        class: 'scan',
        estimate: foreignKey(child && sizes.get(child), parent && sizes.get(parent)),
      })
    }
  }
  const emptied = watched.rewrites.filter((each) => isHere(each) && each.how === 'truncated')
  for (const { relation, index } of watched.indexBuilds.filter(isHere)) {
    // Of no rows.
    if (emptied.some((each) => each.relation === relation)) continue
    const made = operations.find((op) => op.kind === 'create-index' && (op.index ?? index) === index)
    const how = made?.kind === 'create-index' ? made : { method: 'btree', concurrently: isConcurrent(operations) }
    parts.push({ relation, class: 'index build', estimate: indexBuild(size(relation), how) })
  }
  for (const relation of silentScans(statement, operations, locks))
    parts.push({ relation, class: 'scan', estimate: scan(size(relation)) })
  if (statement.rows !== undefined) parts.push(...rowParts(statement, operations, locks, sizes, named))
  const known = new Set(parts.map(({ relation }) => relation))
  for (const { relation, mode } of locks) {
    if (known.has(relation) || lockStrength(mode) < lockStrength('SHARE UPDATE EXCLUSIVE')) continue
    parts.push({ relation, class: 'catalog', estimate: catalogOnly })
  }
  return parts
}

const holdsRows = new Set(['table', 'materialized view', 'view', 'foreign table'])

/** Scans of which PostgreSQL tells nothing: a domain's new constraint, and a DEFAULT partition whose rows might belong to a new one. */
function silentScans({ tag }: WatchedStatement, operations: readonly Operation[], locks: readonly Lock[]): string[] {
  if (tag === 'ALTER DOMAIN') return locks.flatMap(({ mode, relation }) => (mode === 'SHARE' ? relation : []))
  const [made] = operations.flatMap((op) => (op.kind === 'create-table' && op.partitionOf ? op.partitionOf : []))
  if (!made) return []
  return locks.flatMap(({ mode, relation }) =>
    mode === 'ACCESS EXCLUSIVE' && plainName(relation) !== made.parent ? relation : [],
  )
}

function tablesOfKey(
  operations: readonly Operation[],
  constraint: string | undefined,
): [child: Name | undefined, parent: Name | undefined] {
  for (const op of operations) {
    if (op.kind === 'validate-constraint' && op.constraint === constraint) return [op.table, undefined]
    const isKey = op.kind === 'add-constraint' && op.type === 'foreign-key'
    if (isKey && (op.constraint === undefined || op.constraint === constraint)) return [op.table, op.references]
  }
  return [undefined, undefined]
}

function isConcurrent(operations: readonly Operation[]): boolean {
  return operations.some((op) => op.kind === 'reindex' && op.concurrently)
}

function rowParts(
  { rows = 0 }: WatchedStatement,
  operations: readonly Operation[],
  locks: readonly Lock[],
  sizes: Sizes,
  named: (table: Name | undefined) => string | undefined,
): Part[] {
  const [op] = operations.filter(({ kind }) => kind === 'update' || kind === 'delete' || kind === 'insert')
  const work = (relation: string | undefined, low: number | undefined, high: number | undefined): Part => ({
    relation,
    class: 'rows',
    estimate: low === undefined || high === undefined ? undefined : rowWork(low, high),
  })
  if (op?.kind === 'insert') {
    const sources = op.source === 'query' ? op.reads.map((table) => sizes.get(table)?.rows) : []
    const most = sources.reduce<number | undefined>(
      (a, b) => (a === undefined || b === undefined ? undefined : a + b),
      0,
    )
    return [
      op.source === 'query' && sources.length > 0 ? work(named(op.table), 0, most) : work(named(op.table), rows, rows),
    ]
  }
  if (op?.kind === 'update' || op?.kind === 'delete') {
    const all = sizes.get(op.table)?.rows
    if (op.where === undefined) return [work(named(op.table), all, all)]
    // Among the rows of the rehearsal hardly any two share a key: one row or none is what WHERE id = 7 finds.
    if (op.pinned.length > 0 && rows <= 1) return [work(named(op.table), 0, 1)]
    return [work(named(op.table), 0, op.bounded ? Math.min(batch, all ?? batch) : all)]
  }
  return locks.flatMap(({ mode, relation }) =>
    mode === 'ROW EXCLUSIVE' ? [work(relation, 0, sizes.get(plainName(relation))?.rows)] : [],
  )
}

/** What is taken for the size of a batch: which one the statement asks for is not read. */
const batch = 10_000
