import { calledName, isCallOf } from './library.ts'
import { identifier, qualified, quoted, schemaName } from './names.ts'
import { argument, type Value } from './values.ts'

/** A table as SQL names it. */
export interface TableReference {
  readonly sql: string
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
    return { sql: qualified(name, schemaName(argument(given, undefined, 'schema'))), columns }
  }
  if (value.kind === 'attribute' && value.name === '__table__') return tableReference(value.of)
  if (value.kind === 'class' && value.members.has('__tablename__')) {
    const name = identifier(value.members.get('__tablename__'), 'the name of a table')
    const columns = [...value.members]
      .filter(([, member]) => isCallOf(member, 'Column', 'mapped_column'))
      .map(([key, member]) => ({ name: mappedName(key, member), value: member }))
    return { sql: quoted(name), columns }
  }
  return undefined
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
