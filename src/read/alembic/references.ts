import { memberOf } from './attributes.ts'
import { calledName, isCallOf } from './library.ts'
import { identifier, qualified, quoted, schemaName } from './names.ts'
import { argument, Undecided, type Value } from './values.ts'

/** A table as SQL names it. */
export interface TableReference {
  readonly sql: string
  readonly name: string
  readonly schema: string | undefined
  /** The columns that the file declares, in order. */
  readonly columns: readonly { readonly name: string; readonly value: Value }[]
}

/** The table that a value stands for. Undefined: it is not one. Throws `Undecided` where its name is not known. */
export function tableReference(value: Value): TableReference | undefined {
  if (isCallOf(value, 'table', 'Table')) {
    const { given } = value
    const name = identifier(argument(given, 0, 'name'), 'the name of a table')
    const columns = given.positional
      .filter((item) => isCallOf(item, 'column', 'Column'))
      .map((item) => ({ name: columnName(item), value: item }))
    const schema = schemaName(argument(given, undefined, 'schema'))
    return { sql: qualified(name, schema), name, schema, columns }
  }
  if (value.kind === 'attribute' && value.name === '__table__') return tableReference(value.of)
  const named = value.kind === 'class' ? memberOf(value, '__tablename__') : undefined
  if (value.kind === 'class' && named) {
    const name = identifier(named, 'the name of a table')
    if (value.bases.some(hasColumns))
      throw new Undecided(`the columns of \`${value.name}\` come from several classes, whose order is not followed`)
    const columns = [...value.members]
      .filter(([, member]) => isCallOf(member, 'Column', 'mapped_column'))
      .map(([key, member]) => ({ name: mappedName(key, member), value: member }))
    return { sql: quoted(name), name, schema: undefined, columns }
  }
  return undefined
}

function hasColumns(base: Value): boolean {
  return (
    base.kind === 'class' &&
    ([...base.members.values()].some((member) => isCallOf(member, 'Column', 'mapped_column')) ||
      base.bases.some(hasColumns))
  )
}

function mappedName(key: string, member: Value): string {
  const first = member.kind === 'call' ? member.given.positional[0] : undefined
  return first?.kind === 'string' ? first.text.value : key
}

/** The name of `sa.column("x")` or `sa.Column("x", …)`. Throws `Undecided`. */
function columnName(value: Extract<Value, { kind: 'call' }>): string {
  return identifier(
    argument(value.given, 0, value.callee.kind === 'imported' && calledName(value) === 'column' ? 'text' : 'name'),
    'the name of a column',
  )
}

/**
 * Whether a value is `sa.column("x")` or the like of a `sa.table(…)`, or a `sa.Column` of a table or class. Python asks the second, whose
 * class is made from that of the first, before the first, wherever they are compared: the first to the left makes them change places.
 */
export function columnClass(value: Value): 'column' | 'Column' | undefined {
  const isOfTable =
    value.kind === 'attribute' && value.of.kind === 'attribute' && ['c', 'columns'].includes(value.of.name)
  const table = isOfTable && value.of.kind === 'attribute' ? value.of.of : undefined
  const declared =
    table && tableReference(table)?.columns.find(({ name }) => name === (value.kind === 'attribute' && value.name))
  const column = declared?.value ?? value
  if (isCallOf(column, 'Column', 'mapped_column')) return 'Column'
  if (isCallOf(column, 'column') || isCallOf(table, 'table')) return 'column'
  return table ? 'Column' : undefined
}

/** The column that a value stands for and its table, where it has one. Undefined: it is not a column. */
export function columnReference(value: Value): { name: string; table: TableReference | undefined } | undefined {
  if (isCallOf(value, 'column', 'Column')) return { name: columnName(value), table: undefined }
  if (value.kind !== 'attribute') return undefined
  const { of, name } = value
  const table =
    of.kind === 'attribute' && (of.name === 'c' || of.name === 'columns') ? tableReference(of.of) : undefined
  if (table) return { name, table }
  const mapped = of.kind === 'class' ? tableReference(of) : undefined
  if (!mapped || of.kind !== 'class' || name.startsWith('__')) return undefined
  const member = of.members.get(name)
  return { name: member ? mappedName(name, member) : name, table: mapped }
}
