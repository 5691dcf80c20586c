import type { SyntaxNode } from '@lezer/common'
import { commentText, identityChange, identityClause, serverDefault } from './columns.ts'
import { check, exclude, namedForeignKey, primaryKey, typeCheck, unique } from './constraints.ts'
import { coreStatement, entriesOf } from './dml.ts'
import { createIndex } from './indexes.ts'
import { isCallOf } from './library.ts'
import { identifier, objectName, qualified, quoted, schemaName } from './names.ts'
import { type Named, type NamedOf, type Naming, nameOf } from './naming.ts'
import { emit, type Run, unreadable } from './run.ts'
import { decided, send } from './send.ts'
import { addColumn, createTable } from './tables.ts'
import { typeOf } from './types.ts'
import {
  type Arguments,
  argument,
  type Batch,
  items,
  none,
  option,
  Undecided,
  unknown,
  type Value,
  whyNot,
} from './values.ts'

/** A call of a directive: on `op`, which names its table, or on a batch, which has one. */
interface Target {
  readonly given: Arguments
  readonly batch: Batch | undefined
  readonly naming: Naming
}

/** The table, as a value; `index` is its place in a call of `op`. */
function tableValue({ given, batch }: Target, index: number, name = 'table_name'): Value | undefined {
  return batch ? batch.table : argument(given, index, name)
}

function schemaValue({ given, batch }: Target, name = 'schema'): Value | undefined {
  return batch ? batch.schema : argument(given, undefined, name)
}

/** The table, quoted. Throws `Undecided`. */
function tableOf(target: Target, index: number, name = 'table_name', schema = 'schema'): string {
  return qualified(
    identifier(tableValue(target, index, name), 'the name of a table'),
    schemaName(schemaValue(target, schema)),
  )
}

/** The table as that which names of constraints are made from. Throws `Undecided`. */
function namedOf(target: Target, index: number, name = 'table_name', schema = 'schema'): NamedOf {
  return {
    table: identifier(tableValue(target, index, name), 'the name of a table'),
    schema: schemaName(schemaValue(target, schema)),
    naming: target.naming,
  }
}

/** An argument that comes after the table in a call of `op`, and one place earlier in a batch. */
function after({ given, batch }: Target, index: number, name: string): Value | undefined {
  return argument(given, batch ? index - 1 : index, name)
}

/** The statements of each directive, in the order in which Alembic sends them. They throw `Undecided`. */
const directives: { readonly [name: string]: (target: Target, enums: Set<string>) => string[] } = {
  create_table: ({ given, naming }, enums) => createTable(given, enums, naming),

  drop_table: (target) => [`DROP TABLE ${option(target.given, 'if_exists') ? 'IF EXISTS ' : ''}${tableOf(target, 0)}`],

  rename_table: (target) => [
    `ALTER TABLE ${tableOf(target, 0, 'old_table_name')} RENAME TO ${quoted(identifier(after(target, 1, 'new_table_name'), 'the new name'))}`,
  ],

  add_column: (target) =>
    addColumn(tableValue(target, 0), schemaValue(target), after(target, 1, 'column'), target.given, target.naming),

  drop_column: (target) => {
    const exists = option(target.given, 'if_exists') ? 'IF EXISTS ' : ''
    return [
      `ALTER TABLE ${tableOf(target, 0)} DROP COLUMN ${exists}${quoted(identifier(after(target, 1, 'column_name'), 'the name of a column'))}`,
    ]
  },

  alter_column: (target) => alterColumn(target),

  create_index: (target) => {
    const elements = items(after(target, 2, 'columns'), 'the columns of an index')
    return [createIndex(argument(target.given, 0, 'index_name'), namedOf(target, 1), elements, target.given)]
  },

  drop_index: (target) => dropIndex(target),

  create_foreign_key: (target) => {
    const key = {
      columns: after(target, 3, 'local_cols'),
      table: after(target, 2, 'referent_table'),
      schema: argument(target.given, undefined, 'referent_schema'),
      referred: after(target, 4, 'remote_cols'),
    }
    const constraint = namedForeignKey(
      argument(target.given, 0, 'constraint_name'),
      key,
      target.given,
      namedOf(target, 1, 'source_table', 'source_schema'),
    )
    return [`ALTER TABLE ${tableOf(target, 1, 'source_table', 'source_schema')} ADD ${constraint}`]
  },

  create_unique_constraint: (target) => {
    const columns = items(after(target, 2, 'columns'), 'the columns of a constraint')
    return [
      `ALTER TABLE ${tableOf(target, 1)} ADD ${unique(argument(target.given, 0, 'constraint_name'), columns, target.given, namedOf(target, 1))}`,
    ]
  },

  create_primary_key: (target) => {
    const columns = items(after(target, 2, 'columns'), 'the columns of a constraint')
    return [
      `ALTER TABLE ${tableOf(target, 1)} ADD ${primaryKey(argument(target.given, 0, 'constraint_name'), columns, target.given, namedOf(target, 1))}`,
    ]
  },

  create_check_constraint: (target) => {
    const constraint = check(
      argument(target.given, 0, 'constraint_name'),
      after(target, 2, 'condition'),
      target.given,
      namedOf(target, 1),
    )
    return [`ALTER TABLE ${tableOf(target, 1)} ADD ${constraint}`]
  },

  create_exclude_constraint: (target) => {
    const constraint = exclude(
      argument(target.given, 0, 'constraint_name'),
      target.given.positional.slice(target.batch ? 1 : 2),
      target.given,
      namedOf(target, 1),
    )
    return [`ALTER TABLE ${tableOf(target, 1)} ADD ${constraint}`]
  },

  drop_constraint: (target) => {
    const name = droppedName(target)
    if (name === undefined) throw new Undecided('a constraint without a name cannot be dropped')
    return [
      `ALTER TABLE ${tableOf(target, 1)} DROP CONSTRAINT ${option(target.given, 'if_exists') ? 'IF EXISTS ' : ''}${quoted(name)}`,
    ]
  },

  create_table_comment: (target) => {
    const comment = after(target, 1, 'comment')
    if (!comment) throw new Undecided('a comment is missing')
    return [`COMMENT ON TABLE ${tableOf(target, 0)} IS ${comment.kind === 'none' ? 'NULL' : commentText(comment)}`]
  },

  drop_table_comment: (target) => [`COMMENT ON TABLE ${tableOf(target, 0)} IS NULL`],
}

/** TYPE, NULL, DEFAULT, COMMENT, RENAME: each in an ALTER TABLE of its own, in this order. */
function alterColumn(target: Target): string[] {
  const { given } = target
  if (given.named.has('**')) throw new Undecided('arguments given with `**` are known only when the migration runs')
  const table = tableOf(target, 0)
  const of = namedOf(target, 0)
  const name = identifier(after(target, 1, 'column_name'), 'the name of a column')
  const column = quoted(name)
  const alter = `ALTER TABLE ${table} ALTER COLUMN ${column}`
  const keyword = (name: string): Value | undefined => argument(given, undefined, name)
  const statements: string[] = []
  const type = keyword('type_')
  const existing = keyword('existing_type')
  if (type && type.kind !== 'none') {
    const before = existing && existing.kind !== 'none' ? typeOf(existing).check : undefined
    if (before) {
      const dropped = typeCheck(name, before, of).name
      if (dropped === undefined) throw new Undecided('a constraint without a name cannot be dropped')
      statements.push(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(dropped)}`)
    }
    const using = keyword('postgresql_using')
    const expression = using && using.kind !== 'none' ? ` USING ${usingText(using)}` : ''
    statements.push(`${alter} TYPE ${typeOf(type).sql}${expression}`)
  }
  const nullable = option(given, 'nullable')
  if (nullable !== undefined) statements.push(`${alter} ${nullable ? 'DROP' : 'SET'} NOT NULL`)
  const value = keyword('server_default')
  if (value && !(value.kind === 'boolean' && !value.value))
    statements.push(`${alter} ${defaultChange(value, keyword('existing_server_default'))}`)
  const comment = keyword('comment')
  if (comment && !(comment.kind === 'boolean' && !comment.value)) {
    statements.push(
      `COMMENT ON COLUMN ${table}.${column} IS ${comment.kind === 'none' ? 'NULL' : commentText(comment)}`,
    )
  }
  const renamed = keyword('new_column_name')
  if (renamed && renamed.kind !== 'none') {
    statements.push(
      `ALTER TABLE ${table} RENAME ${column} TO ${quoted(identifier(renamed, 'the new name of a column'))}`,
    )
  }
  const check = type && type.kind !== 'none' ? typeOf(type).check : undefined
  if (check) statements.push(`ALTER TABLE ${table} ADD ${typeCheck(name, check, of).sql}`)
  return statements
}

function usingText(value: Value): string {
  if (value.kind === 'string') return value.text.value
  throw new Undecided(whyNot(value, '`postgresql_using`'))
}

function defaultChange(value: Value, existing: Value | undefined): string {
  const had =
    existing && existing.kind !== 'none' && !(existing.kind === 'boolean' && !existing.value) ? existing : undefined
  if (isCallOf(value, 'Computed') || isCallOf(had, 'Computed'))
    throw new Undecided('Alembic cannot change a computed column')
  if (isCallOf(value, 'Identity')) {
    if (isCallOf(had, 'Identity')) return identityChange(value, had)
    if (had) throw new Undecided('a default that becomes an identity is not read')
    return `ADD ${identityClause(value)}`
  }
  if (isCallOf(had, 'Identity') && value.kind === 'none') return 'DROP IDENTITY'
  const sql = serverDefault(value)
  return sql === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${sql}`
}

/** The name of a constraint that is dropped: with its `type_` known, a convention for given names is applied to it too. */
function droppedName(target: Target): string | undefined {
  const value = argument(target.given, 0, 'constraint_name')
  const kinds: { readonly [type: string]: Named } = { foreignkey: 'fk', primary: 'pk', unique: 'uq', check: 'ck' }
  const type = after(target, 2, 'type_')
  const kind = type?.kind === 'string' ? kinds[type.text.value] : undefined
  if (kind === undefined || value === undefined || value.kind === 'none') return objectName(value)
  return nameOf(kind, value, namedOf(target, 1), { columns: [undefined] })
}

/** The schema of a dropped index is that of its table. */
function dropIndex(target: Target): string[] {
  const { given } = target
  const name = objectName(argument(given, 0, 'index_name'))
  if (name === undefined) throw new Undecided('an index has no name')
  const words = `${option(given, 'postgresql_concurrently') ? 'CONCURRENTLY ' : ''}${option(given, 'if_exists') ? 'IF EXISTS ' : ''}`
  return [`DROP INDEX ${words}${qualified(name, schemaName(schemaValue(target)))}`]
}

/** A call of `op.name(…)`, or of `batch_op.name(…)` where there is a batch: adds its statements and gives its value. */
export function operate(run: Run, name: string, given: Arguments, node: SyntaxNode, batch?: Batch): Value {
  switch (name) {
    case 'f':
    case 'inline_literal':
      return { kind: 'call', callee: { kind: 'imported', path: `alembic.op.${name}` }, given }
    case 'get_bind':
      return { kind: 'live', what: 'connection' }
    case 'get_context':
      return { kind: 'live', what: 'migration context' }
    case 'execute':
      return send(run, argument(given, 0, 'sqltext') ?? none, undefined, node)
    case 'bulk_insert':
      bulkInsert(run, given, node)
      return none
    case 'batch_alter_table':
      return openBatch(run, given, node)
  }
  const directive = directives[name]
  if (!directive || (batch && ['create_table', 'drop_table', 'rename_table'].includes(name))) {
    unreadable(
      run,
      `\`op.${name}()\` is not one of Alembic's own operations, or what it sends is known only when it runs`,
      node,
    )
    return unknown(`what \`op.${name}()\` gives is known only when the migration runs`, true)
  }
  const { sink } = run
  if (batch) run.sink = batch.held
  decided(run, node, () => {
    for (const sql of directive({ given, batch, naming: run.naming() }, run.enums)) emit(run, sql, node)
  })
  run.sink = sink
  return name === 'create_table'
    ? { kind: 'call', callee: { kind: 'imported', path: 'sqlalchemy.Table' }, given: tableArguments(given) }
    : none
}

function tableArguments(given: Arguments): Arguments {
  const name = given.named.get('table_name')
  return name ? { ...given, positional: [name, ...given.positional] } : given
}

function openBatch(run: Run, given: Arguments, node: SyntaxNode): Value {
  const recreate = given.named.get('recreate')
  if (recreate && !(recreate.kind === 'string' && ['auto', 'never'].includes(recreate.text.value))) {
    const reason = 'a batch that recreates the table copies it, in steps that depend on the table it finds'
    unreadable(run, reason, node)
    return unknown(reason, true)
  }
  return {
    kind: 'batch',
    batch: {
      table: given.positional[0] ?? given.named.get('table_name') ?? none,
      schema: given.positional[1] ?? given.named.get('schema'),
      held: [],
    },
  }
}

/** One INSERT for each row, as Alembic writes it with `--sql`. */
function bulkInsert(run: Run, given: Arguments, node: SyntaxNode): void {
  decided(run, node, () => {
    const table = argument(given, 0, 'table')
    const rows = items(argument(given, 1, 'rows'), 'the rows to insert')
    if (!table) throw new Undecided('a table is missing')
    const insert: Value = {
      kind: 'call',
      callee: { kind: 'attribute', of: table, name: 'insert' },
      given: { positional: [], named: new Map() },
    }
    const statements = rows.map((row) =>
      coreStatement(insert, entriesOf(row), { qualify: true, parameters: { next: 1 }, bound: new Map() }),
    )
    for (const sql of statements) emit(run, sql, node)
  })
}

/** Whether a name is an operation that sends nothing by itself. */
export const silentOperations: ReadonlySet<string> = new Set(['f', 'inline_literal', 'get_bind', 'get_context'])
