import { autoincrementColumn, type Column, columnOf, columnSql, commentText } from './columns.ts'
import {
  columnForeignKey,
  columnNamed,
  isConstraint,
  primaryKey,
  tableConstraint,
  typeCheck,
  unique,
} from './constraints.ts'
import { createIndex } from './indexes.ts'
import { calledName, isCallOf } from './library.ts'
import { identifier, qualified, quoted, schemaName } from './names.ts'
import type { NamedOf, Naming } from './naming.ts'
import { madeString } from './operators.ts'
import { elsewhere } from './text.ts'
import { createEnum, type EnumType } from './types.ts'
import { type Arguments, argument, booleanValue, items, option, Undecided, type Value, whyNot } from './values.ts'

/** The statements of CREATE TABLE as Alembic sends them: types, the table, its indexes, its comments. Throws `Undecided`. */
export function createTable(given: Arguments, enums: Set<string>, naming: Naming): string[] {
  if (given.named.has('**')) throw new Undecided('arguments given with `**` are known only when the migration runs')
  const name = identifier(argument(given, 0, 'table_name') ?? given.named.get('name'), 'the name of a table')
  const schema = schemaName(argument(given, undefined, 'schema'))
  const of = { table: name, schema, naming }
  const table = qualified(name, schema)
  const parts = (given.named.has('table_name') ? given.positional : given.positional.slice(1)).filter(
    (part) => part.kind !== 'none',
  )
  const columns = parts.filter((part) => isCallOf(part, 'Column')).map((part) => columnOf(part, schema))
  const constraints = parts.filter(isConstraint)
  const indexes = parts.filter((part) => isCallOf(part, 'Index'))
  for (const part of parts) {
    if (!isCallOf(part, 'Column', 'Index') && !isConstraint(part))
      throw new Undecided(whyNot(part, `a part of the table \`${name}\``))
  }

  const keyConstraint = constraints.find((constraint) => calledName(constraint) === 'PrimaryKeyConstraint')
  const keyNames = new Set(
    keyConstraint && keyConstraint.given.positional.length > 0
      ? keyConstraint.given.positional.map(columnNamed)
      : columns.filter((column) => column.primaryKey).map((column) => column.name),
  )
  const keys = columns.filter((column) => keyNames.has(column.name))
  const counting = autoincrementColumn(keys.map((column) => withTableForeignKeys(column, constraints)))
  const lines = columns.map((column) => {
    const checks = column.checks.map((check) => tableConstraint(check, of))
    return [columnSql(column, keyNames.has(column.name), counting?.name === column.name), ...checks].join(' ')
  })
  if (keyConstraint && keyConstraint.given.positional.length > 0) lines.push(tableConstraint(keyConstraint, of))
  else if (keys.length > 0) {
    const counted = counting ? [counting, ...keys.filter((column) => column.name !== counting.name)] : keys
    lines.push(primaryKey(undefined, counted.map(nameValue), plain, of))
  }
  for (const constraint of constraints) if (constraint !== keyConstraint) lines.push(tableConstraint(constraint, of))
  for (const column of columns) lines.push(...columnConstraints(column, of))

  const statements: string[] = []
  for (const column of columns) {
    const type = column.type.enum
    if (type?.created && !enums.has(enumKey(type))) {
      enums.add(enumKey(type))
      statements.push(createEnum(type))
    }
  }
  const prefixes = argument(given, undefined, 'prefixes')
  const words =
    prefixes && prefixes.kind !== 'none'
      ? items(prefixes, '`prefixes`').map((word) => `${identifier(word, 'a prefix')} `)
      : []
  const exists = option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : ''
  statements.push(
    `CREATE ${words.join('')}TABLE ${exists}${table} (\n    ${lines.join(',\n    ')}\n)${tableOptions(given)}`,
  )
  for (const column of columns) if (column.index) statements.push(columnIndex(column, of))
  for (const index of indexes) statements.push(indexOf(index, of))
  const comment = argument(given, undefined, 'comment')
  if (comment && comment.kind !== 'none') statements.push(`COMMENT ON TABLE ${table} IS ${commentText(comment)}`)
  statements.push(...columns.flatMap((column) => columnComment(column, table)))
  return statements
}

function enumKey(type: EnumType): string {
  return qualified(type.name, type.schema)
}

/** A key that a constraint of the table makes a foreign key does not count itself up either. */
function withTableForeignKeys(column: Column, constraints: readonly Extract<Value, { kind: 'call' }>[]): Column {
  const foreign = constraints.filter(
    (constraint) =>
      calledName(constraint) === 'ForeignKeyConstraint' &&
      items(argument(constraint.given, 0, 'columns'), 'the columns of a foreign key').some(
        (name) => columnNamed(name) === column.name,
      ),
  )
  return foreign.length > 0 ? { ...column, foreignKeys: [...column.foreignKeys, ...foreign] } : column
}

/** The constraints that a column brings: foreign keys, the labels of its type, and UNIQUE unless an index of its own sees to it. */
function columnConstraints(column: Column, of: NamedOf): string[] {
  const own = column.unique && !column.index ? [unique(undefined, [nameValue(column)], plain, of)] : []
  const { check } = column.type
  return [
    ...own,
    ...column.foreignKeys.map((key) => columnForeignKey(column.name, key, of)),
    ...(check ? [typeCheck(column.name, check, of).sql] : []),
  ]
}

const plain: Arguments = { positional: [], named: new Map() }

function nameValue(column: Column): Value {
  return madeString(column.name, elsewhere)
}

function columnIndex(column: Column, of: NamedOf): string {
  const named = new Map(column.unique ? [['unique', booleanValue(true)]] : [])
  return createIndex(undefined, of, [nameValue(column)], { positional: [], named })
}

/** `sa.Index("name", "column", …)` inside a table. */
function indexOf(index: Extract<Value, { kind: 'call' }>, of: NamedOf): string {
  const [name, ...elements] = index.given.positional
  return createIndex(name, of, elements, index.given)
}

function columnComment(column: Column, table: string): string[] {
  return column.comment === undefined ? [] : [`COMMENT ON COLUMN ${table}.${quoted(column.name)} IS ${column.comment}`]
}

/** PARTITION BY, INHERITS and the like. */
function tableOptions(given: Arguments): string {
  const text = (name: string): string | undefined => {
    const value = argument(given, undefined, `postgresql_${name}`)
    return value && value.kind !== 'none' ? identifier(value, `\`postgresql_${name}\``) : undefined
  }
  const known = ['inherits', 'partition_by', 'using', 'with', 'on_commit', 'tablespace'].map(
    (name) => `postgresql_${name}`,
  )
  const strange = [...given.named.keys()].find((name) => name.startsWith('postgresql_') && !known.includes(name))
  if (strange !== undefined || given.named.has('postgresql_with'))
    throw new Undecided(`\`${strange ?? 'postgresql_with'}\` is not read`)
  const inherits = given.named.get('postgresql_inherits')
  const parents = inherits && (inherits.kind === 'string' ? [inherits] : items(inherits, '`postgresql_inherits`'))
  const [partition, using, commit, space] = [text('partition_by'), text('using'), text('on_commit'), text('tablespace')]
  return [
    parents ? ` INHERITS (${parents.map((parent) => quoted(identifier(parent, 'a table'))).join(', ')})` : '',
    partition ? ` PARTITION BY ${partition}` : '',
    using ? ` USING ${using}` : '',
    commit ? ` ON COMMIT ${commit.replaceAll('_', ' ').toUpperCase()}` : '',
    space ? ` TABLESPACE ${quoted(space)}` : '',
  ].join('')
}

/** The statements of ADD COLUMN as Alembic sends them: the column, its constraints, its index, its comment. Throws `Undecided`. */
export function addColumn(
  tableName: Value | undefined,
  schemaValue: Value | undefined,
  columnValue: Value | undefined,
  given: Arguments,
  naming: Naming,
): string[] {
  const name = identifier(tableName, 'the name of a table')
  const schema = schemaName(schemaValue)
  const of = { table: name, schema, naming }
  const table = qualified(name, schema)
  if (!columnValue) throw new Undecided('a column is missing')
  const column = columnOf(columnValue, schema)
  const counts = column.primaryKey && autoincrementColumn([column]) !== undefined
  const [reference] = column.foreignKeys
  const inline = option(given, 'inline_references') && column.foreignKeys.length === 1
  const words = [
    option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : '',
    columnSql(column, column.primaryKey, counts),
    ...column.checks.map((check) => ` ${tableConstraint(check, of)}`),
    option(given, 'inline_primary_key') && column.primaryKey ? ' PRIMARY KEY' : '',
  ]
  if (reference && inline) words.push(inlineReference(reference))
  const constraints = columnConstraints(inline ? { ...column, foreignKeys: [] } : column, of)
  return [
    `ALTER TABLE ${table} ADD COLUMN ${words.join('')}`,
    ...constraints.map((constraint) => `ALTER TABLE ${table} ADD ${constraint}`),
    ...(column.index ? [columnIndex(column, of)] : []),
    ...columnComment(column, table),
  ]
}

/** ` REFERENCES …` after the column: the foreign key without its name. */
function inlineReference(value: Extract<Value, { kind: 'call' }>): string {
  const constraint = columnForeignKey('x', value, undefined)
  return constraint.slice(constraint.indexOf(' REFERENCES '))
}
