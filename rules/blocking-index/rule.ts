import type { CreateIndex } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'blocking-index',
  summary: 'CREATE INDEX without CONCURRENTLY blocks writes to the table until the index is built',
  severity: 'error',
  lock: 'ShareLock',

  *check({ tool, migration, isNew }) {
    for (const statement of migration.up.statements) {
      for (const op of statement.operations) {
        if (op.kind !== 'create-index' || op.concurrently || isNew(op.table)) continue

        yield {
          at: op.at,
          direction: 'up',
          message: `Building ${op.index ?? 'this index'} blocks every INSERT, UPDATE and DELETE on ${op.table} until it is done.`,
          help:
            tool === 'alembic'
              ? 'Pass postgresql_concurrently=True, inside op.get_context().autocommit_block().'
              : 'Use CREATE INDEX CONCURRENTLY, in a migration that runs outside of a transaction.',
          suggestion: tool === 'alembic' ? inPython(op) : inSql(statement.sql),
        }
      }
    }
  },
})

function inSql(sql: string): string | undefined {
  const create = /^CREATE\s+(?:UNIQUE\s+)?INDEX\b/i.exec(sql)?.[0]
  return create && `${create} CONCURRENTLY${sql.slice(create.length)};`
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
