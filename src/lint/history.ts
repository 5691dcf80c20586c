import type { Sizes } from '../model/cost.ts'
import type { Lineage } from '../model/lineage.ts'
import type { ParsedMigration, ParsedScript, Tool } from '../model/migration.ts'
import type { Name, Operation } from '../model/operation.ts'
import type { Context, Placed } from '../model/rule.ts'
import { typeAfter } from './columns.ts'
import { locksOf } from './locks.ts'
import { columnKey, columnsAdded } from './new-columns.ts'
import { isNotNullIn, isProvenNotNull } from './not-null.ts'
import { refusalIn } from './refusal.ts'
import { timeline } from './timeline.ts'
import { placed } from './transactions.ts'
import { typedColumns } from './typed-columns.ts'

/** A history after parsing: all migrations in the order in which they run, also those that are not looked at. */
export interface ParsedProject {
  readonly tool: Tool
  readonly migrations: readonly ParsedMigration[]
  /** Whether a migration without a downgrade is one whose way back was forgotten. */
  readonly hasDowngrades?: boolean
  /** The major version of PostgreSQL that the migrations are for; 17 where it is left out. */
  readonly major?: number
  /** What is set where the migrations run, before they begin. */
  readonly settings?: Readonly<Record<string, string>>
  readonly lineage?: Lineage | undefined
  /** Each migration is a change of its own, made when those before it were already applied. */
  readonly isOneByOne?: boolean
  /** Of the tables in production. */
  readonly sizes?: Sizes | undefined
}

function operationsOf(script: ParsedScript | undefined): Operation[] {
  return (script?.statements ?? []).flatMap((statement) => statement.operations)
}

/** The migrations that this change brings or edits, in order, each with what rules may ask about it. */
export function contexts({
  tool,
  migrations,
  hasDowngrades = true,
  major = 17,
  settings = {},
  isOneByOne = false,
  sizes,
}: ParsedProject): Context[] {
  const ups = migrations.map((migration) => operationsOf(migration.up))
  const all = ups.flat()
  // Where each migration begins among all operations and all statements: slices of those are asked for once a migration, or more often.
  const firstOperations = starts(ups)
  const statements = migrations.flatMap(({ up }) => up.statements)
  const firstStatements = starts(migrations.map(({ up }) => up.statements))
  const createdBy = tablesCreated(migrations, ups)
  const addedBy = columnsAdded(migrations, ups)
  const keys = keysOf(all)
  const tables = timeline(migrations)
  const indexes = indexesOf(all)
  const partitioned = new Set(all.flatMap((op) => (op.kind === 'create-table' && op.partitionBy ? op.table : [])))
  return migrations.flatMap((migration, index) => {
    if (migration.status === 'base') return []
    const recreated = new Set(
      operationsOf(migration.down).flatMap((op) => (op.kind === 'create-table' ? op.table : [])),
    )
    // Many rules ask the same.
    const transactions = new Map<ParsedScript, readonly Placed[]>()
    const before = (op: Operation) => {
      const known = [...all.slice(0, firstOperations[index + 1]), ...operationsOf(migration.down)]
      return known.slice(0, known.indexOf(op))
    }
    return {
      tool,
      hasDowngrades,
      major,
      settings,
      migration,
      scripts: migration.down ? [migration.up, migration.down] : [migration.up],
      get before() {
        return migrations.slice(0, index)
      },
      get earlier() {
        if (isOneByOne) return []
        return migrations.slice(0, index).flatMap(({ status, up }) => (status === 'base' ? [] : up.statements))
      },
      get later() {
        return statements.slice(firstStatements[index + 1])
      },
      isEmpty,
      refusal: refusalIn,
      isNew: (table) => {
        const creator = createdBy.get(table) ?? Number.POSITIVE_INFINITY
        return (isOneByOne ? creator === index : creator <= index) || recreated.has(table)
      },
      isNewColumn: (table, column) => {
        const creator = addedBy.get(columnKey(table, column)) ?? Number.POSITIVE_INFINITY
        return isOneByOne ? creator === index : creator <= index
      },
      isKey: (table, columns) => (keys.get(table) ?? []).some((key) => key.every((column) => columns.includes(column))),
      placed: (script) => {
        const known = transactions.get(script)
        if (known) return known
        const others = isOneByOne ? [] : migrations.slice(0, index).filter(({ status }) => status !== 'base')
        const found = placed(script.direction === 'up' ? [...others.map(({ up }) => up), script] : [script])
        transactions.set(script, found)
        return found
      },
      locks: locksOf,
      typedColumns,
      typeBefore: (op) => typeAfter(before(op), op.table, op.column),
      isChecked: (op) =>
        before(op).some(
          (each) =>
            (each.kind === 'validate-constraint' ||
              (each.kind === 'add-constraint' && each.type === 'check' && !each.notValid)) &&
            each.table === op.partition,
        ),
      isProven: (op) => isProvenNotNull(before(op), op) || isNotNullIn(tables.before(op), op),
      typeAt: (op, table, column) => typeAfter(before(op), table, column),
      tableOf: (name) => indexes.get(name),
      isPartitioned: (table) => partitioned.has(table),
      tablesBefore: (op) => tables.before(op),
      tablesAfter: () => tables.after(index),
      rows: (table) => sizes?.get(table)?.rows,
    }
  })
}

/** For each list, how many elements stand in those before it; and at the end, in all. */
function starts(lists: readonly (readonly unknown[])[]): number[] {
  const found = [0]
  for (const list of lists) found.push((found.at(-1) ?? 0) + list.length)
  return found
}

function isEmpty(script: ParsedScript): boolean {
  return script.unreadable.length === 0 && operationsOf(script).every((op) => op.kind === 'transaction-control')
}

/** Which changed migration first creates a table. IF NOT EXISTS creates nothing where an earlier migration has made the table. */
function tablesCreated(migrations: readonly ParsedMigration[], ups: readonly Operation[][]): Map<Name, number> {
  const exists = new Set<Name>()
  const created = new Map<Name, number>()
  for (const [index, operations] of ups.entries()) {
    for (const op of operations) {
      if (op.kind === 'drop-table') exists.delete(op.table)
      if (op.kind !== 'create-table') continue
      const isThere = op.ifNotExists && exists.has(op.table)
      if (migrations[index]?.status !== 'base' && !isThere && !created.has(op.table)) created.set(op.table, index)
      exists.add(op.table)
    }
  }
  return created
}

/** Also those of constraints with a name of their own. */
function indexesOf(operations: readonly Operation[]): Map<Name, Name> {
  const indexes = new Map<Name, Name>()
  for (const op of operations) {
    const name = op.kind === 'create-index' ? op.index : op.kind === 'add-constraint' ? op.constraint : undefined
    if (name === undefined || !('table' in op) || op.table === undefined) continue
    indexes.set(`${op.table.slice(0, op.table.indexOf('.'))}.${name}`, op.table)
  }
  return indexes
}

function keysOf(operations: readonly Operation[]): Map<Name, (readonly string[])[]> {
  const keys = new Map<Name, (readonly string[])[]>()
  for (const op of operations) {
    const isConstraint = op.kind === 'add-constraint' && (op.type === 'primary-key' || op.type === 'unique')
    const isIndex = op.kind === 'create-index' && op.unique && !op.partial
    if ((!isConstraint && !isIndex) || op.columns.length === 0) continue
    keys.set(op.table, [...(keys.get(op.table) ?? []), op.columns])
  }
  return keys
}
