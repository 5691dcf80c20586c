import { listed } from '../../src/model/listed.ts'
import type { Location } from '../../src/model/location.ts'
import type { ParsedMigration } from '../../src/model/migration.ts'
import type { Name, Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

const calls = (it: string) => `calls ${it} (42883)`

/** What becomes of code that names it. Tables and columns are other rules'. */
const uses: Readonly<Record<string, (it: string) => string>> = {
  view: (it) => `reads ${it} (42P01)`,
  'materialized view': (it) => `reads ${it} (42P01)`,
  function: calls,
  procedure: calls,
  routine: calls,
  aggregate: calls,
  sequence: (it) => `asks ${it} for a number (42P01)`,
  schema: (it) => `names ${it}, or has ${it} on its search_path (3F000, 42P01)`,
  extension: (it) => `uses functions, types or operators of ${it}`,
}

interface Dropped {
  readonly at: Location
  readonly object: string
  readonly use: (it: string) => string
  readonly names: string[]
}

export default defineRule({
  name: 'dropped-object',
  summary: 'Code that still names a dropped view, function, type, sequence or schema fails',
  severity: 'warning',
  breaks: ['42P01', '42883', '42704', '3F000'],

  *check({ migration, before, earlier, placed }) {
    const made = new Set(earlier.flatMap(({ operations }) => operations).flatMap(created))
    const oldNames = new Map<string, string>()
    const dropped = new Map<string, Dropped>()
    for (const { op, transaction } of placed(migration.up)) {
      if (op.kind === 'rename' && op.object === 'type') oldNames.set(`${schemaOf(op.name)}.${op.to}`, op.name)
      const after = transaction.operations.slice(transaction.operations.indexOf(op) + 1)
      const name = op.kind === 'drop-type' ? op.type : op.kind === 'drop-object' ? op.name : undefined
      if (name === undefined || made.delete(name) || after.flatMap(given).includes(name)) {
        for (const each of created(op)) made.add(each)
        continue
      }

      if (op.kind === 'drop-type') {
        const old = oldNames.get(name)
        const isSwapped = old !== undefined && !made.has(name)
        yield {
          at: op.at,
          direction: 'up',
          message: isSwapped
            ? `${name} is what ${old} was: open connections know the type by its number, and their prepared statements fail with “cache lookup failed for type” until they are made again.`
            : `From here on every statement that names the type ${name} fails (42704), and so do prepared statements of open connections that use it.`,
          help: isSwapped
            ? `Add the new values to ${old} in place, and leave those that nobody uses. Where the type must be exchanged, let all connections be opened again after it, and drop the old one in a later release.`
            : 'Release code first that names it no more, and drop it in the release after.',
        }
        continue
      }
      if (op.kind !== 'drop-object') continue
      const use = uses[op.object]
      if (use === undefined || (use === calls && isOfTriggers(name, before))) continue
      const key = `${op.object} ${op.at.line}:${op.at.column}`
      const others = dropped.get(key)
      if (others) others.names.push(name)
      else dropped.set(key, { at: op.at, use, object: op.object, names: [name] })
    }
    for (const { at, use, object, names } of dropped.values())
      yield {
        at,
        direction: 'up',
        message: `From here on every statement fails that ${use(names.length > 1 ? 'one of them' : 'it')}: the ${object}${names.length > 1 ? 's' : ''} ${listed(names)}; also those of the release that still runs.`,
        help: `Release code first that names ${names.length > 1 ? 'them' : 'it'} no more, and drop ${names.length > 1 ? 'them' : 'it'} in the release after.`,
      }
  },
})

function schemaOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}

/**
 * No statement can call the function of a trigger, and PostgreSQL keeps it as long as a trigger does
 * (https://www.postgresql.org/docs/current/plpgsql-trigger.html).
 */
function isOfTriggers(name: string, before: readonly ParsedMigration[]): boolean {
  const made = before
    .flatMap(({ up }) => up.statements)
    .flatMap(({ operations }) => operations)
    .filter((op) => op.kind === 'create-function' && op.function === name)
  return made.length > 0 && made.every((op) => 'returns' in op && /^(?:event_)?trigger$/.test(op.returns ?? ''))
}

/** The names that something has after an operation, new or replaced. */
function given(op: Operation): (string | Name)[] {
  if (op.kind === 'create-function') return [op.function]
  return op.kind === 'create-view' ? [op.view] : created(op)
}

/** The names that an operation gives to something new. */
function created(op: Operation): (string | Name)[] {
  switch (op.kind) {
    case 'create-function':
      return op.replace ? [] : [op.function]
    case 'create-view':
      return op.replace ? [] : [op.view]
    case 'create-table':
      return [op.table]
    case 'create-type':
      return [op.type]
    case 'create-sequence':
      return [op.sequence]
    case 'create-schema':
      return [op.schema]
    case 'create-extension':
      return [op.extension]
    case 'create-object':
      return [op.name]
    default:
      return []
  }
}
