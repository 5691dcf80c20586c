import { conditionSql, indexElement } from './columns.ts'
import { calledName, isCallOf } from './library.ts'
import { stringLiteral } from './literals.ts'
import { identifier, qualified, quoted, schemaName } from './names.ts'
import { type NamedOf, nameOf } from './naming.ts'
import { columnReference } from './references.ts'
import type { TypeCheck } from './types.ts'
import { type Arguments, argument, items, option, Undecided, type Value, whyNot } from './values.ts'

/** `CONSTRAINT name `, or nothing where PostgreSQL is to choose. */
function named(name: string | undefined): string {
  return name === undefined ? '' : `CONSTRAINT ${quoted(name)} `
}

function word(given: Arguments, name: string): string | undefined {
  const value = argument(given, undefined, name)
  if (value === undefined || value.kind === 'none') return undefined
  if (value.kind !== 'string') throw new Undecided(whyNot(value, `\`${name}\``))
  return value.text.value
}

function deferrability(given: Arguments): string {
  const deferrable = option(given, 'deferrable')
  const initially = word(given, 'initially')
  const first = deferrable === undefined ? '' : deferrable ? ' DEFERRABLE' : ' NOT DEFERRABLE'
  return `${first}${initially ? ` INITIALLY ${initially}` : ''}`
}

function validity(given: Arguments): string {
  return option(given, 'postgresql_not_valid') ? ' NOT VALID' : ''
}

/** A column named by a string or given as an object. Throws `Undecided`. */
export function columnNamed(value: Value): string {
  return columnReference(value)?.name ?? identifier(value, 'the name of a column')
}

function columnList(columns: readonly Value[]): string {
  return columns.map((column) => quoted(columnNamed(column))).join(', ')
}

export function include(given: Arguments): string {
  const value = argument(given, undefined, 'postgresql_include')
  if (value === undefined || value.kind === 'none') return ''
  const columns = items(value, '`postgresql_include`')
  return columns.length === 0 ? '' : ` INCLUDE (${columnList(columns)})`
}

/** What a foreign key refers to: `sa.ForeignKey("schema.table.column")`, or a column object. Throws `Undecided`. */
function target(value: Value): { table: string; schema: string | undefined; column: string } {
  const reference = columnReference(value)
  if (reference?.table) return { table: reference.table.name, schema: reference.table.schema, column: reference.name }
  const parts = identifier(value, 'what a foreign key refers to').split('.')
  const column = parts.pop()
  const table = parts.pop()
  if (column === undefined || table === undefined) throw new Undecided('a foreign key names no column')
  return { table, schema: parts.length > 0 ? parts.join('.') : undefined, column }
}

interface ForeignKey {
  readonly columns: readonly string[]
  readonly table: string
  readonly schema: string | undefined
  readonly referred: readonly string[]
}

/** FOREIGN KEY with its options, in the order in which SQLAlchemy writes them. `of` undefined: without a name. `isAlone`: in no table. */
function foreignKey(
  name: Value | undefined,
  key: ForeignKey,
  given: Arguments,
  of: NamedOf | undefined,
  isAlone = false,
): string {
  const [match, onDelete, onUpdate] = [word(given, 'match'), word(given, 'ondelete'), word(given, 'onupdate')]
  const parts = { columns: key.columns, referred: { table: key.table, columns: isAlone ? key.referred : undefined } }
  return [
    `${of ? named(nameOf('fk', name, of, parts)) : ''}FOREIGN KEY (${key.columns.map(quoted).join(', ')})`,
    ` REFERENCES ${qualified(key.table, key.schema)} (${key.referred.map(quoted).join(', ')})`,
    match ? ` MATCH ${match}` : '',
    onDelete ? ` ON DELETE ${onDelete}` : '',
    onUpdate ? ` ON UPDATE ${onUpdate}` : '',
    deferrability(given),
    validity(given),
  ].join('')
}

/** The constraint of `sa.ForeignKey(…)` inside a column. `of` undefined: without its name. Throws `Undecided`. */
export function columnForeignKey(
  column: string,
  value: Extract<Value, { kind: 'call' }>,
  of: NamedOf | undefined,
): string {
  const refers = argument(value.given, 0, 'column')
  if (!refers) throw new Undecided('a foreign key names no column')
  const { column: referred, ...table } = target(refers)
  const key = { columns: [column], ...table, referred: [referred] }
  return foreignKey(argument(value.given, undefined, 'name'), key, value.given, of)
}

/** `op.create_foreign_key`'s constraint. Throws `Undecided`. */
export function namedForeignKey(
  name: Value | undefined,
  key: { columns: Value | undefined; table: Value | undefined; schema: Value | undefined; referred: Value | undefined },
  given: Arguments,
  of: NamedOf,
): string {
  const refers = {
    columns: items(key.columns, 'the columns of a foreign key').map(columnNamed),
    table: identifier(key.table, 'the table that is referred to'),
    schema: schemaName(key.schema),
    referred: items(key.referred, 'the columns that are referred to').map(columnNamed),
  }
  return foreignKey(name, refers, given, of, true)
}

export function unique(name: Value | undefined, columns: readonly Value[], given: Arguments, of: NamedOf): string {
  const distinct = option(given, 'postgresql_nulls_not_distinct')
  const nulls = distinct === undefined ? '' : distinct ? 'NULLS NOT DISTINCT ' : 'NULLS DISTINCT '
  const word = named(nameOf('uq', name, of, { columns: columns.map(columnNamed) }))
  return `${word}UNIQUE ${nulls}(${columnList(columns)})${include(given)}${deferrability(given)}`
}

export function primaryKey(name: Value | undefined, columns: readonly Value[], given: Arguments, of: NamedOf): string {
  const word = named(nameOf('pk', name, of, { columns: columns.map(columnNamed) }))
  return `${word}PRIMARY KEY (${columnList(columns)})${include(given)}${deferrability(given)}`
}

/** Columns of the condition are not looked for: a convention that needs them cannot be followed. */
export function check(name: Value | undefined, condition: Value | undefined, given: Arguments, of: NamedOf): string {
  const word = named(nameOf('ck', name, of, { columns: [undefined] }))
  return `${word}CHECK (${conditionSql(condition)})${deferrability(given)}${validity(given)}`
}

/** The constraint that `sa.Enum(…, native_enum=False, create_constraint=True)` brings: its name, and the whole. Throws `Undecided`. */
export function typeCheck(column: string, type: TypeCheck, of: NamedOf): { name: string | undefined; sql: string } {
  const name = nameOf('ck', type.name, of, { columns: [column] })
  return { name, sql: `${named(name)}CHECK (${quoted(column)} IN (${type.labels.map(stringLiteral).join(', ')}))` }
}

export function exclude(name: Value | undefined, elements: readonly Value[], given: Arguments, of: NamedOf): string {
  const using = word(given, 'using') ?? 'gist'
  const where = argument(given, undefined, 'where')
  const classes = argument(given, undefined, 'ops')
  const parts = elements.map((element) => {
    const [by, operator] = items(element, 'an element of an exclusion constraint')
    if (!by || operator?.kind !== 'string')
      throw new Undecided(whyNot(operator, 'the operator of an exclusion constraint'))
    const { sql, column } = indexElement(by)
    return `${sql}${operatorClass(classes, column)} WITH ${operator.text.value}`
  })
  const condition = where && where.kind !== 'none' ? ` WHERE (${conditionSql(where)})` : ''
  const title = named(nameOf('ex', name, of, { columns: [] }))
  return `${title}EXCLUDE USING ${using} (${parts.join(', ')})${condition}${deferrability(given)}`
}

/** ` text_pattern_ops`, where `{column: class}` names one for the column. */
export function operatorClass(classes: Value | undefined, column: string | undefined): string {
  if (classes === undefined || classes.kind === 'none') return ''
  if (classes.kind !== 'dict') throw new Undecided(whyNot(classes, 'the operator classes'))
  for (const [key, value] of classes.entries) {
    if (column !== undefined && identifier(key, 'a column') === column)
      return ` ${identifier(value, 'an operator class')}`
  }
  return ''
}

/** A constraint object of `create_table`, such as `sa.UniqueConstraint(…)`. Throws `Undecided`. */
export function tableConstraint(value: Extract<Value, { kind: 'call' }>, of: NamedOf): string {
  const { given } = value
  const name = argument(given, undefined, 'name')
  switch (calledName(value)) {
    case 'PrimaryKeyConstraint':
      return primaryKey(name, given.positional, given, of)
    case 'UniqueConstraint':
      return unique(name, given.positional, given, of)
    case 'CheckConstraint':
      return check(argument(given, 1, 'name'), argument(given, 0, 'sqltext'), given, of)
    case 'ExcludeConstraint':
      return exclude(name, given.positional, given, of)
    case 'ForeignKeyConstraint': {
      const columns = items(argument(given, 0, 'columns'), 'the columns of a foreign key').map(columnNamed)
      const targets = items(argument(given, 1, 'refcolumns'), 'the columns that are referred to').map(target)
      const [first] = targets
      if (!first) throw new Undecided('a foreign key names no column')
      const { table, schema } = first
      const key = { columns, table, schema, referred: targets.map(({ column }) => column) }
      return foreignKey(argument(given, 2, 'name'), key, given, of)
    }
    default:
      throw new Undecided(whyNot(value, 'a constraint'))
  }
}

/** Whether a value is a constraint that `create_table` takes beside its columns. */
export function isConstraint(value: Value): value is Extract<Value, { kind: 'call' }> {
  return isCallOf(
    value,
    'PrimaryKeyConstraint',
    'UniqueConstraint',
    'CheckConstraint',
    'ExcludeConstraint',
    'ForeignKeyConstraint',
  )
}
