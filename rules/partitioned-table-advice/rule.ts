import type { Report } from '../../src/model/finding.ts'
import type { CreateIndex, Operation } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { plain, suggested } from '../../src/model/suggestion.ts'
import type { Tables } from '../../src/model/tables.ts'

export default defineRule({
  name: 'partitioned-table-advice',
  summary: 'What spares an ordinary table its long lock is an error on a partitioned one',
  severity: 'error',
  fails: ['0A000', '42809'],

  *check(context) {
    for (const { direction, statements } of context.scripts) {
      for (const { operations } of statements) {
        for (const op of operations) {
          const found = refused(op, context)
          if (found) yield { at: op.at, direction, ...found }
        }
      }
    }
  },

  *observe({ roundTrip, failed, said, ...context }) {
    for (const { direction, error } of roundTrip.steps) {
      if (error?.sqlstate !== '0A000' && error?.sqlstate !== '42809') continue
      for (const op of failed(error)) {
        const found = refused(op, { ...context, major: 0 }) ?? partitioned(op, error.message)
        if (found) yield { at: op.at, direction, ...found, evidence: [said(error)], sqlstate: error.sqlstate }
      }
    }
  },
})

type Told = Pick<Report, 'message' | 'help' | 'suggestion'>

function refused(
  op: Operation,
  { tool, major, tablesBefore }: Pick<Context, 'tool' | 'major' | 'tablesBefore'>,
): Told | undefined {
  switch (op.kind) {
    case 'create-index':
      if (!op.concurrently || op.only || !tablesBefore(op).isPartitioned(op.table)) return undefined
      return {
        ...told(
          `${op.table} is partitioned, and PostgreSQL builds no index on a partitioned table CONCURRENTLY`,
          'CREATE INDEX … ON ONLY the partitioned table, which is done at once; then CREATE INDEX CONCURRENTLY on each partition, and ALTER INDEX … ATTACH PARTITION for each.',
        ),
        suggestion: byPartition(tool, op, tablesBefore(op)),
      }
    case 'drop-index': {
      const index = op.concurrently ? tablesBefore(op).indexOf(op.index) : undefined
      if (!index || !tablesBefore(op).isPartitioned(index.table)) return undefined
      return told(
        `${op.index} belongs to the partitioned table ${index.table}, and PostgreSQL drops no such index CONCURRENTLY`,
        'DROP INDEX without CONCURRENTLY, under a short lock_timeout: it takes ACCESS EXCLUSIVE on the table and on each partition, for a moment.',
      )
    }
    case 'add-constraint': {
      const isPartitioned = tablesBefore(op).isPartitioned(op.table)
      if (!isPartitioned) return undefined
      if (op.usingIndex !== undefined)
        return told(
          `${op.table} is partitioned, and PostgreSQL makes no constraint of it USING an INDEX`,
          'Build the unique index on each partition CONCURRENTLY; then ADD CONSTRAINT … UNIQUE or PRIMARY KEY (…) on the partitioned table, which takes them over.',
        )
      if (op.type === 'foreign-key' && op.notValid && major < 18)
        return told(
          `${op.table} is partitioned, and before PostgreSQL 18 it takes no NOT VALID foreign key`,
          'Add it NOT VALID to each partition and validate it there; then add it to the partitioned table, which takes them over.',
        )
      return undefined
    }
    default:
      return undefined
  }
}

/** Undefined where the index is more than a list of columns, or where the partitions are not all known to be plain tables. */
function byPartition(tool: Context['tool'], op: CreateIndex, tables: Tables): string | undefined {
  const partitions = tables.childrenOf(op.table)
  const [table, index, ...rest] = plain(op.table, op.index ?? '', ...partitions, ...op.columns) ?? []
  const isMore =
    op.partial || op.include.length > 0 || op.method !== 'btree' || op.options.length > 0 || op.nullsNotDistinct
  const isPlain = op.keys.every(
    ({ column, collation, operatorClass, descending, nulls }) =>
      column !== undefined && !descending && (collation ?? operatorClass ?? nulls) === undefined,
  )
  if (table === undefined || index === undefined || isMore || !isPlain || !tables.isComplete) return undefined
  if (partitions.length === 0 || partitions.some((partition) => tables.isPartitioned(partition))) return undefined
  const columns = rest.slice(partitions.length).join(', ')
  const create = op.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX'
  const parts = rest
    .slice(0, partitions.length)
    .map((partition) => ({ partition, own: `${partition}_${columns.replaceAll(', ', '_')}_idx` }))
  if (parts.some(({ own }) => own.length > 63 || own.includes('.'))) return undefined
  return suggested(tool, [
    { sql: `${create} ${index} ON ONLY ${table} (${columns})` },
    ...parts.map(
      ({ partition, own }) =>
        ({ sql: `${create} CONCURRENTLY ${own} ON ${partition} (${columns})`, own: true }) as const,
    ),
    ...parts.map(({ own }) => ({ sql: `ALTER INDEX ${index} ATTACH PARTITION ${own}` })),
  ])
}

/** Where the migrations do not tell that it is partitioned, and PostgreSQL says so. */
function partitioned(op: Operation, message: string): Told | undefined {
  const isOne = op.kind === 'create-index' || op.kind === 'drop-index' || op.kind === 'add-constraint'
  if (!isOne || !/\bpartitioned (?:table|index)\b/.test(message)) return undefined
  return told(
    'The table is partitioned, and PostgreSQL refuses this form there',
    'Do it on each partition first, and on the partitioned table after that: it takes over what is there.',
  )
}

function told(what: string, help: string): Told {
  return { message: `${what}: the statement fails.`, help }
}
