import type { ParsedMigration, ParsedScript, Tool } from '../model/migration.ts'
import type { Name, Operation } from '../model/operation.ts'
import type { Context } from '../model/rule.ts'

/** A history after parsing: all migrations in the order in which they run, also those that are not looked at. */
export interface ParsedProject {
  readonly tool: Tool
  readonly migrations: readonly ParsedMigration[]
  /** Whether a migration without a downgrade is one whose way back was forgotten. */
  readonly hasDowngrades?: boolean
  /** Each migration is a change of its own, made when those before it were already applied. */
  readonly isOneByOne?: boolean
}

function operationsOf(script: ParsedScript | undefined): Operation[] {
  return (script?.statements ?? []).flatMap((statement) => statement.operations)
}

/** The migrations that this change brings or edits, in order, each with what rules may ask about it. */
export function contexts({ tool, migrations, hasDowngrades = true, isOneByOne = false }: ParsedProject): Context[] {
  const ups = migrations.map((migration) => operationsOf(migration.up))
  const createdBy = tablesCreated(migrations, ups)
  const keys = keysOf(ups.flat())
  return migrations.flatMap((migration, index) => {
    if (migration.status === 'base') return []
    const recreated = new Set(
      operationsOf(migration.down).flatMap((op) => (op.kind === 'create-table' ? op.table : [])),
    )
    return {
      tool,
      hasDowngrades,
      migration,
      scripts: migration.down ? [migration.up, migration.down] : [migration.up],
      get earlier() {
        if (isOneByOne) return []
        return migrations.slice(0, index).flatMap(({ status, up }) => (status === 'base' ? [] : up.statements))
      },
      get later() {
        return migrations.slice(index + 1).flatMap(({ up }) => up.statements)
      },
      isEmpty,
      isNew: (table) => {
        const creator = createdBy.get(table) ?? Number.POSITIVE_INFINITY
        return (isOneByOne ? creator === index : creator <= index) || recreated.has(table)
      },
      isKey: (table, columns) => (keys.get(table) ?? []).some((key) => key.every((column) => columns.includes(column))),
    }
  })
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
