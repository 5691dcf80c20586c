import type { ColumnType } from '../../src/model/rule.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'narrowed-type',
  summary: 'A narrower type refuses values that the running release writes, and old ones that do not fit',
  severity: 'warning',
  breaks: ['0A000'],
  aliases: ['squawk:changing-column-type'],

  *check({ migration, isNew, isNewColumn, typeAt }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'alter-column-type' || isNew(op.table) || isNewColumn(op.table, op.column)) continue
        const old = typeAt(op, op.table, op.column)
        if (!old || !isNarrower(op.type, old)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `${op.table}.${op.column} was ${old.type} and becomes ${op.type}: longer or larger values are refused from here on, those of the release that still runs as well.`,
          help: 'Let the code write only what fits, first; then forbid the rest with a CHECK that is NOT VALID, look at what breaks it, and validate it. The type may stay.',
        }
      }
    }
  },
})

const integers = ['smallint', 'integer', 'bigint', 'numeric']

function isNarrower(type: string, { type: old }: ColumnType): boolean {
  const from = parts(old)
  const to = parts(type)
  if (texts.has(from.name) && texts.has(to.name)) return to.size < from.size
  if (integers.includes(from.name) && integers.includes(to.name) && to.name !== from.name && from.name !== 'numeric') {
    return integers.indexOf(to.name) < integers.indexOf(from.name)
  }
  if (from.name === 'numeric' && to.name === 'numeric') {
    return to.size - to.scale < from.size - from.scale || to.scale < from.scale
  }
  return from.name === 'double precision' && to.name === 'real'
}

const texts = new Set(['text', 'character varying', 'character'])

/** Without a length there is no end; `character` alone is one, https://www.postgresql.org/docs/current/datatype-character.html */
function parts(type: string): { readonly name: string; readonly size: number; readonly scale: number } {
  const [, name = type, size, scale = '0'] = /^([a-z ]+?)(?:\((\d+)(?:,\s*(-?\d+))?\))?$/.exec(type) ?? []
  if (size !== undefined) return { name, size: Number(size), scale: Number(scale) }
  const unbounded = name === 'character' ? 1 : Number.POSITIVE_INFINITY
  return { name, size: unbounded, scale: unbounded }
}
