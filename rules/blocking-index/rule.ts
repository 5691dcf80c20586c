import type { CreateIndex } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'
import { type Step, suggested } from '../../src/model/suggestion.ts'

export default defineRule({
  name: 'blocking-index',
  summary: 'CREATE INDEX without CONCURRENTLY blocks writes to the table until the index is built',
  severity: 'error',
  aliases: ['squawk:require-concurrent-index-creation', 'eugene:E6'],
  lock: 'ShareLock',
  work: 'index build',

  *check({ tool, migration, isNew, isPartitioned }) {
    for (const statement of migration.up.statements) {
      for (const op of statement.operations) {
        if (op.kind !== 'create-index' || op.concurrently || isNew(op.table)) continue
        // A partitioned table has no rows of its own.
        if (op.only && isPartitioned(op.table)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `Building ${op.index ?? 'this index'} blocks every INSERT, UPDATE and DELETE on ${op.table} until it is done.`,
          help:
            tool === 'alembic'
              ? 'Pass postgresql_concurrently=True, inside op.get_context().autocommit_block().'
              : 'Use CREATE INDEX CONCURRENTLY, in a migration that runs outside of a transaction.',
          suggestion: (tool === 'alembic' ? inPython(op) : undefined) ?? suggested(tool, [inSql(statement.sql)]),
        }
      }
    }
  },

  *observe({ works, tool }) {
    for (const { statement, table, mode, object, isHidden, evidence } of works('index build')) {
      if (!isHidden || mode !== 'SHARE') continue

      yield {
        at: statement.at,
        direction: 'up',
        message: `The code that this runs builds ${object} on ${table}, which blocks every INSERT, UPDATE and DELETE there until it is done.`,
        help: `Build the index with ${tool === 'alembic' ? 'postgresql_concurrently=True, in an autocommit_block()' : 'CREATE INDEX CONCURRENTLY'}: a statement of its own, which no function can send.`,
        evidence,
      }
    }
  },
})

function inSql(sql: string): Step | undefined {
  const create = /^CREATE\s+(?:UNIQUE\s+)?INDEX\b/i.exec(sql)?.[0]
  return create === undefined ? undefined : { sql: `${create} CONCURRENTLY${sql.slice(create.length)}`, own: true }
}

function inPython({ index, table, columns, unique, partial }: CreateIndex): string | undefined {
  if (index === undefined || partial) return undefined
  const [schema = '', name = ''] = table.split('.')
  const text = (value: string) => JSON.stringify(value)
  const options = [
    ...(unique ? ['unique=True'] : []),
    ...(schema === 'public' ? [] : [`schema=${text(schema)}`]),
    'postgresql_concurrently=True',
  ]
  return [
    'with op.get_context().autocommit_block():',
    `    op.create_index(${[text(index), text(name), `[${columns.map(text).join(', ')}]`, ...options].join(', ')})`,
  ].join('\n')
}
