import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

/** What becomes of code that knows the old name. Tables and views, columns and values of enums are other rules'. */
const uses: Readonly<Record<string, string>> = {
  function: 'calls it (42883)',
  procedure: 'calls it (42883)',
  routine: 'calls it (42883)',
  aggregate: 'calls it (42883)',
  type: 'names it, in a cast for instance (42704)',
  domain: 'names it, in a cast for instance (42704)',
  sequence: 'asks it for a number (42P01)',
  schema: 'names it, or has it on its search_path (3F000, 42P01)',
}

export default defineRule({
  name: 'renamed-object',
  summary: 'Code that runs knows a function, type, sequence or schema by its old name and fails once it is renamed',
  severity: 'error',
  breaks: ['42P01', '42883', '42704', '3F000'],

  *check({ migration, earlier, placed }) {
    const before = new Set(earlier.flatMap(({ operations }) => operations).flatMap(created))
    for (const { op, transaction } of placed(migration.up)) {
      for (const name of created(op)) before.add(name)
      if (op.kind !== 'rename' && op.kind !== 'set-schema') continue
      const use = uses[op.object]
      if (use === undefined || before.has(op.name)) continue
      const after = transaction.operations.slice(transaction.operations.indexOf(op) + 1)
      if (after.flatMap(created).includes(op.name)) continue

      yield {
        at: op.at,
        direction: 'up',
        message: `From here on the ${op.object} ${op.name} is called ${newName(op)}: the release that still runs fails where it ${use}.`,
        help: help(op.object),
      }
    }
  },
})

function newName(op: Extract<Operation, { kind: 'rename' | 'set-schema' }>): string {
  const dot = op.name.indexOf('.')
  if (op.kind === 'set-schema') return `${op.schema}.${op.name.slice(dot + 1)}`
  return dot < 0 ? op.to : `${op.name.slice(0, dot)}.${op.to}`
}

function help(object: string): string {
  if (/^(?:function|procedure|routine|aggregate)$/.test(object))
    return 'Create the new one beside the old one, let the old one call it, and drop that in a later release.'
  if (/^(?:type|domain)$/.test(object))
    return 'Leave its name; or make the new type beside it, and move the columns to it release by release.'
  if (object === 'sequence')
    return 'Leave its name; or give code the new name first in a default that it does not write itself.'
  return 'Leave its name; or make the new schema beside it, with a view for each table, and move what uses it release by release.'
}

/** The names that an operation gives to something new. */
function created(op: Operation): string[] {
  switch (op.kind) {
    case 'create-function':
      return [op.function]
    case 'create-type':
      return [op.type]
    case 'create-sequence':
      return [op.sequence]
    case 'create-schema':
      return [op.schema]
    case 'create-object':
      return [op.name]
    case 'rename':
      return [newName(op)]
    default:
      return []
  }
}
