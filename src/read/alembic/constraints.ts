import { conditionSql, indexElement } from './columns.ts'
import { calledName, isCallOf } from './library.ts'
import { identifier, objectName, qualified, quoted, schemaName } from './names.ts'
import { columnReference } from './references.ts'
import { type Arguments, argument, items, option, Undecided, type Value, whyNot } from './values.ts'

/** `CONSTRAINT name `, or nothing where PostgreSQL is to choose. */
function named(name: Value | undefined): string {
  const text = objectName(name)
  return text === undefined ? '' : `CONSTRAINT ${quoted(text)} `
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
function target(value: Value): { table: string; column: string } {
  const reference = columnReference(value)
  if (reference?.table) return { table: reference.table.sql, column: reference.name }
  const parts = identifier(value, 'what a foreign key refers to').split('.')
  const column = parts.pop()
  const table = parts.pop()
  if (column === undefined || table === undefined) throw new Undecided('a foreign key names no column')
  return { table: qualified(table, parts.length > 0 ? parts.join('.') : undefined), column }
}

interface ForeignKey {
  readonly columns: readonly Value[]
  readonly table: string
  readonly referred: readonly string[]
}

/** FOREIGN KEY with its options, in the order in which SQLAlchemy writes them. */
function foreignKey(name: Value | undefined, key: ForeignKey, given: Arguments): string {
  const [match, onDelete, onUpdate] = [word(given, 'match'), word(given, 'ondelete'), word(given, 'onupdate')]
  return [
    `${named(name)}FOREIGN KEY (${columnList(key.columns)}) REFERENCES ${key.table} (${key.referred.map(quoted).join(', ')})`,
    match ? ` MATCH ${match}` : '',
    onDelete ? ` ON DELETE ${onDelete}` : '',
    onUpdate ? ` ON UPDATE ${onUpdate}` : '',
    deferrability(given),
    validity(given),
  ].join('')
}

/** The constraint of `sa.ForeignKey(…)` inside a column. Throws `Undecided`. */
export function columnForeignKey(column: string, value: Extract<Value, { kind: 'call' }>): string {
  const refers = argument(value.given, 0, 'column')
  if (!refers) throw new Undecided('a foreign key names no column')
  const { table, column: referred } = target(refers)
  const name = argument(value.given, undefined, 'name')
  return `${named(name)}${foreignKey(undefined, { columns: [nameValue(column)], table, referred: [referred] }, value.given)}`
}

function nameValue(value: string): Value {
  return { kind: 'string', text: { value, origins: [{ offset: 0, at: 0, verbatim: false }] } }
}

/** `op.create_foreign_key`'s constraint. Throws `Undecided`. */
export function namedForeignKey(
  name: Value | undefined,
  key: { columns: Value | undefined; table: Value | undefined; schema: Value | undefined; referred: Value | undefined },
  given: Arguments,
): string {
  const table = qualified(identifier(key.table, 'the table that is referred to'), schemaName(key.schema))
  const referred = items(key.referred, 'the columns that are referred to').map(columnNamed)
  return foreignKey(name, { columns: items(key.columns, 'the columns of a foreign key'), table, referred }, given)
}

export function unique(name: Value | undefined, columns: readonly Value[], given: Arguments): string {
  const distinct = option(given, 'postgresql_nulls_not_distinct')
  const nulls = distinct === undefined ? '' : distinct ? 'NULLS NOT DISTINCT ' : 'NULLS DISTINCT '
  return `${named(name)}UNIQUE ${nulls}(${columnList(columns)})${include(given)}${deferrability(given)}`
}

export function primaryKey(name: Value | undefined, columns: readonly Value[], given: Arguments): string {
  return `${named(name)}PRIMARY KEY (${columnList(columns)})${include(given)}${deferrability(given)}`
}

export function check(name: Value | undefined, condition: Value | undefined, given: Arguments): string {
  return `${named(name)}CHECK (${conditionSql(condition)})${deferrability(given)}${validity(given)}`
}

export function exclude(name: Value | undefined, elements: readonly Value[], given: Arguments): string {
  const using = word(given, 'using') ?? 'gist'
  const where = argument(given, undefined, 'where')
  const classes = argument(given, undefined, 'ops')
  const parts = elements.map((element) => {
    const [of, operator] = items(element, 'an element of an exclusion constraint')
    if (!of || operator?.kind !== 'string')
      throw new Undecided(whyNot(operator, 'the operator of an exclusion constraint'))
    const { sql, column } = indexElement(of)
    return `${sql}${operatorClass(classes, column)} WITH ${operator.text.value}`
  })
  const condition = where && where.kind !== 'none' ? ` WHERE (${conditionSql(where)})` : ''
  return `${named(name)}EXCLUDE USING ${using} (${parts.join(', ')})${condition}${deferrability(given)}`
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
export function tableConstraint(value: Extract<Value, { kind: 'call' }>): string {
  const { given } = value
  const name = argument(given, undefined, 'name')
  switch (calledName(value)) {
    case 'PrimaryKeyConstraint':
      return primaryKey(name, given.positional, given)
    case 'UniqueConstraint':
      return unique(name, given.positional, given)
    case 'CheckConstraint':
      return check(argument(given, 1, 'name'), argument(given, 0, 'sqltext'), given)
    case 'ExcludeConstraint':
      return exclude(name, given.positional, given)
    case 'ForeignKeyConstraint': {
      const columns = items(argument(given, 0, 'columns'), 'the columns of a foreign key')
      const targets = items(argument(given, 1, 'refcolumns'), 'the columns that are referred to').map(target)
      const [first] = targets
      if (!first) throw new Undecided('a foreign key names no column')
      const key = { columns, table: first.table, referred: targets.map(({ column }) => column) }
      return foreignKey(argument(given, 2, 'name'), key, given)
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
