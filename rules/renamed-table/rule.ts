import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

const relations = new Set(['table', 'foreign table', 'view', 'materialized view'])

export default defineRule({
  name: 'renamed-table',
  summary: 'Code that runs knows a table by its old name and fails once it is renamed',
  severity: 'error',
  breaks: ['42P01', '42703', '3F000', '0A000'],
  aliases: ['squawk:renaming-table'],

  *check({ tool, migration, isNew, placed }) {
    const all = placed(migration.up)
    for (const { op, transaction } of all) {
      if ((op.kind !== 'rename' && op.kind !== 'set-schema') || !relations.has(op.object)) continue
      const [schema = '', name = ''] = op.name.split('.')
      if (isNew(`${schema}.${name}`)) continue
      const after = transaction.operations.slice(transaction.operations.indexOf(op) + 1)
      if (after.some((each) => takes(op.name, each))) continue

      const to = op.kind === 'rename' ? `${schema}.${op.to}` : `${op.schema}.${name}`
      yield {
        at: op.at,
        direction: 'up',
        message: `From here on ${op.name} is called ${to}: the release that still runs fails where it names it.`,
        help: 'Leave a view with the old name behind, in the same transaction: a simple view can be written to. Drop it in a later release.',
        suggestion:
          op.kind === 'rename' && op.object === 'table' && !all.some((each) => takes(op.name, each.op))
            ? withView(op.name, name, op.to, tool === 'alembic')
            : undefined,
      }
    }
  },
})

/** Whether the operation gives the name to something else. */
function takes(name: string, op: Operation): boolean {
  if (op.kind === 'create-view') return op.view === name
  if (op.kind === 'create-table') return op.table === name
  return op.kind === 'rename' && `${op.name.split('.')[0]}.${op.to}` === name
}

function withView(qualified: string, old: string, to: string, isPython: boolean): string | undefined {
  if (!qualified.startsWith('public.') || !/^[a-z_]\w*$/.test(old) || !/^[a-z_]\w*$/.test(to)) return undefined
  const view = `CREATE VIEW ${old} AS SELECT * FROM ${to}`
  return isPython
    ? `op.rename_table("${old}", "${to}")\nop.execute("${view}")`
    : `BEGIN;\nALTER TABLE ${old} RENAME TO ${to};\n${view};\nCOMMIT;`
}
