import type { Sizes } from '../model/cost.ts'
import type { Phase } from '../model/dry-run.ts'
import type { ParsedMigration } from '../model/migration.ts'
import type { Name, Operation } from '../model/operation.ts'

type Step = readonly [phase: Phase['name'], sql: string]

const texts: { readonly [name in Phase['name']]: string } = {
  expand:
    'Expand: add what is new, so that the running release goes on as before. One migration, quick, with lock_timeout.',
  deploy: 'Deploy the release that writes both, the old and the new, and reads the new where it is there.',
  backfill: 'Backfill the rows that are there, in batches of their own transactions, at a quiet time.',
  contract:
    'Contract: when no release needs the old any more, make the new binding and take the old away. Another migration.',
}

/**
 * The change as expand, deploy, backfill and contract, with SQL for each, where one migration would do what belongs into several: a column
 * that is filled and made NOT NULL, or something that the running release still uses and that goes or gets another name or type.
 * Empty where the change is one step.
 */
export function phasesOf(pending: readonly ParsedMigration[], sizes: Sizes): Phase[] {
  const operations = pending
    .flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations))
    .filter(({ inside }) => inside !== 'function')
  const added = new Set(operations.flatMap((op) => (op.kind === 'add-column' ? key(op.table, op.column.name) : [])))
  const isOld = (table: Name) => sizes.has(table)
  const steps = operations.flatMap((op) => stepsOf(op, added, isOld))
  // What only adds, or only checks, is one step: the findings say how to do it gently.
  if (!steps.some(([phase]) => phase === 'backfill' || phase === 'contract')) return []
  const names = ['expand', 'deploy', 'backfill', 'contract'] as const
  return names.flatMap((name): Phase[] => {
    const sql = [...new Set(steps.flatMap(([phase, text]) => (phase === name ? text : [])))]
    return sql.length === 0 && name !== 'deploy' ? [] : [{ name, text: texts[name], sql }]
  })
}

function stepsOf(op: Operation, added: ReadonlySet<string>, isOld: (table: Name) => boolean): Step[] {
  switch (op.kind) {
    case 'add-column': {
      if (!isOld(op.table)) return []
      const { name, type, notNull, default: value } = op.column
      const column = `ALTER TABLE ${quoted(op.table)} ADD COLUMN ${quote(name)} ${type}`
      if (!notNull || value !== undefined) return [['expand', `${column};`]]
      return [['expand', `${column};`], ...filled(op.table, name), ...required(op.table, name)]
    }
    case 'update': {
      const columns = op.columns.filter((column) => added.has(key(op.table, column)))
      return isOld(op.table) ? columns.flatMap((column) => filled(op.table, column)) : []
    }
    case 'set-not-null':
      if (!isOld(op.table)) return []
      return [
        ...(added.has(key(op.table, op.column)) ? [] : filled(op.table, op.column)),
        ...required(op.table, op.column),
      ]
    case 'drop-column':
      return isOld(op.table) && !added.has(key(op.table, op.column))
        ? [['contract', `ALTER TABLE ${quoted(op.table)} DROP COLUMN ${quote(op.column)};`]]
        : []
    case 'drop-table':
      return isOld(op.table) ? [['contract', `DROP TABLE ${quoted(op.table)};`]] : []
    case 'rename':
      return renamed(op, isOld)
    case 'alter-column-type':
      return isOld(op.table) ? retyped(op.table, op.column, op.type) : []
    default:
      return []
  }
}

function renamed(op: Extract<Operation, { kind: 'rename' }>, isOld: (table: Name) => boolean): Step[] {
  const to = quote(op.to)
  if (op.object === 'table' && isOld(op.name as Name)) {
    const table = quoted(op.name as Name)
    const schema = quote(op.name.split('.')[0] ?? '')
    return [
      ['expand', `CREATE VIEW ${schema}.${to} AS SELECT * FROM ${table};`],
      ['contract', `BEGIN; DROP VIEW ${schema}.${to}; ALTER TABLE ${table} RENAME TO ${to}; COMMIT;`],
    ]
  }
  if (op.object !== 'column' || !op.table || !isOld(op.table)) return []
  const from = quote(op.name)
  return [
    ['expand', `ALTER TABLE ${quoted(op.table)} ADD COLUMN ${to} …; -- with the type of ${from}`],
    ['backfill', batches(op.table, `${to} = ${from}`, `${to} IS DISTINCT FROM ${from}`)],
    ['contract', `ALTER TABLE ${quoted(op.table)} DROP COLUMN ${from};`],
  ]
}

function retyped(table: Name, column: string, type: string): Step[] {
  const fresh = quote(`${column}_new`)
  return [
    ['expand', `ALTER TABLE ${quoted(table)} ADD COLUMN ${fresh} ${type};`],
    [
      'backfill',
      batches(table, `${fresh} = ${quote(column)}::${type}`, `${fresh} IS NULL AND ${quote(column)} IS NOT NULL`),
    ],
    [
      'contract',
      `BEGIN; ALTER TABLE ${quoted(table)} DROP COLUMN ${quote(column)}; ALTER TABLE ${quoted(table)} RENAME COLUMN ${fresh} TO ${quote(column)}; COMMIT;`,
    ],
  ]
}

function filled(table: Name, column: string): Step[] {
  return [['backfill', batches(table, `${quote(column)} = …`, `${quote(column)} IS NULL`)]]
}

/** Until it changes no row any more; PostgreSQL has no UPDATE … LIMIT. */
function batches(table: Name, set: string, where: string): string {
  return `UPDATE ${quoted(table)} SET ${set} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${quoted(table)} WHERE ${where} LIMIT 5000 FOR UPDATE SKIP LOCKED)); -- again until it changes no row`
}

/** A proven CHECK saves SET NOT NULL the look at every row: https://www.postgresql.org/docs/current/sql-altertable.html */
function required(table: Name, column: string): Step[] {
  const check = quote(`${column}_not_null`)
  const alter = `ALTER TABLE ${quoted(table)}`
  return [
    ['contract', `${alter} ADD CONSTRAINT ${check} CHECK (${quote(column)} IS NOT NULL) NOT VALID;`],
    ['contract', `${alter} VALIDATE CONSTRAINT ${check}; -- in a transaction of its own`],
    ['contract', `${alter} ALTER COLUMN ${quote(column)} SET NOT NULL;`],
    ['contract', `${alter} DROP CONSTRAINT ${check};`],
  ]
}

function key(table: Name, column: string): string {
  return `${table} ${column}`
}

function quoted(name: Name): string {
  const [schema = '', ...rest] = name.split('.')
  return `${quote(schema)}.${quote(rest.join('.'))}`
}

/** Quoted unless every reader writes it without quotes. */
function quote(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** Those that turn up as names of tables and columns. https://www.postgresql.org/docs/current/sql-keywords-appendix.html */
const reserved = new Set([
  'all',
  'and',
  'array',
  'as',
  'asc',
  'both',
  'case',
  'cast',
  'check',
  'column',
  'default',
  'desc',
  'do',
  'else',
  'end',
  'for',
  'foreign',
  'from',
  'grant',
  'group',
  'having',
  'in',
  'limit',
  'not',
  'null',
  'offset',
  'on',
  'only',
  'or',
  'order',
  'primary',
  'references',
  'select',
  'table',
  'then',
  'to',
  'true',
  'false',
  'union',
  'unique',
  'user',
  'using',
  'when',
  'where',
  'window',
  'with',
])
