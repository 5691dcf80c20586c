import { listed } from '../../src/model/listed.ts'
import type { Location } from '../../src/model/location.ts'
import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'drop-cascade',
  summary: 'CASCADE drops objects that the statement does not name',
  severity: 'error',
  breaks: ['42P01', '42703', '42704', '42883', '42P10'],

  *check({ migration, earlier }) {
    const created = new Set<string>()
    for (const { operations } of earlier) for (const op of operations) note(created, op)
    for (const { operations } of migration.up.statements) {
      const dropped = new Map<string, { readonly at: Location; readonly names: string[] }>()
      for (const op of operations) {
        note(created, op)
        const name = cascading(op)
        if (name === undefined || created.has(name)) continue
        const place = `${op.at.line}:${op.at.column}`
        const others = dropped.get(place)
        if (others) others.names.push(name)
        else dropped.set(place, { at: op.at, names: [name] })
      }
      for (const { at, names } of dropped.values())
        yield {
          at,
          direction: 'up',
          message: `CASCADE drops with ${listed(names)} whatever depends on ${names.length > 1 ? 'them' : 'it'}: views, foreign keys, functions and columns that nobody named.`,
          help: 'Leave CASCADE out. PostgreSQL then lists what depends on it (2BP01): drop each by its name, or change it first.',
        }
    }
  },
})

/** What a DROP … CASCADE names. */
function cascading(op: Operation): string | undefined {
  switch (op.kind) {
    case 'drop-table':
      return op.cascade ? op.table : undefined
    case 'drop-column':
      return op.cascade ? `${op.table}.${op.column}` : undefined
    case 'drop-constraint':
      return op.cascade ? op.constraint : undefined
    case 'drop-index':
      return op.cascade ? op.index : undefined
    case 'drop-type':
      return op.cascade ? op.type : undefined
    case 'drop-object':
      return op.cascade ? op.name : undefined
    default:
      return undefined
  }
}

/** What this change made itself takes only what this change hung on it. */
function note(created: Set<string>, op: Operation): void {
  if (op.kind === 'create-table' && !op.ifNotExists) created.add(op.table)
  if (op.kind === 'create-type') created.add(op.type)
  if (op.kind === 'create-view' && !op.replace) created.add(op.view)
  if (op.kind === 'create-schema' && !op.ifNotExists) created.add(op.schema)
}
