import type { Report } from '../../src/model/finding.ts'
import type { Direction } from '../../src/model/migration.ts'
import type { AddColumn, Operation } from '../../src/model/operation.ts'
import { type Context, defineRule } from '../../src/model/rule.ts'
import { suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'required-column-without-default',
  summary: 'ADD COLUMN NOT NULL without a default fails on a table that holds rows',
  severity: 'error',
  breaks: ['23502'],
  aliases: ['squawk:adding-required-field'],
  fails: '23502',

  *check({ tool, scripts, isNew }) {
    for (const { direction, statements } of scripts) {
      for (const { sql, operations } of statements) {
        for (const op of operations.filter(isRequired)) {
          if (isNew(op.table)) continue
          yield { ...report(op, direction, tool), suggestion: withoutNotNull(tool, sql) }
        }
      }
    }
  },

  *observe({ tool, roundTrip, failed, said }) {
    for (const { direction, error } of roundTrip.steps) {
      if (error?.sqlstate !== '23502') continue
      for (const op of failed(error).filter(isRequired)) {
        if (error.column !== undefined && error.column !== op.column.name) continue
        yield { ...report(op, direction, tool), evidence: [said(error)], sqlstate: error.sqlstate }
      }
    }
  },
})

function isRequired(op: Operation): op is AddColumn {
  return (
    op.kind === 'add-column' && op.column.notNull && op.column.default === undefined && op.column.filledBy === undefined
  )
}

function report({ at, table, column }: AddColumn, direction: Direction, tool: Context['tool']): Report {
  return {
    at,
    direction,
    message: `${table}.${column.name} must not be null and has no default, so adding it fails as soon as ${table} holds a row.`,
    help:
      tool === 'alembic'
        ? 'Give it a server_default (default= stays in Python), or add it nullable, fill it, and make it NOT NULL afterwards.'
        : 'Give it a DEFAULT, or add it nullable, fill it, and SET NOT NULL afterwards.',
  }
}

/** The first of the three steps; undefined where the words are not plainly this column's. */
function withoutNotNull(tool: Context['tool'], sql: string): string | undefined {
  const isOnlyOne = sql.match(/\bNOT\s+NULL\b/gi)?.length === 1 && !/['"$]|--|\/\*/.test(sql)
  return isOnlyOne ? suggested(tool, [{ sql: sql.replace(/\s+NOT\s+NULL\b/i, '') }]) : undefined
}
