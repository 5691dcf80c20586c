import { conditionSql, indexElement } from './columns.ts'
import { include, operatorClass } from './constraints.ts'
import { identifier, qualified, quoted } from './names.ts'
import { type NamedOf, nameOf } from './naming.ts'
import { type Arguments, argument, option, printed, Undecided, type Value, whyNot } from './values.ts'

/** CREATE INDEX with the options that SQLAlchemy knows for PostgreSQL. Throws `Undecided`. */
export function createIndex(
  nameValue: Value | undefined,
  of: NamedOf,
  elements: readonly Value[],
  given: Arguments,
): string {
  const known = ['concurrently', 'where', 'using', 'include', 'ops', 'with', 'tablespace', 'nulls_not_distinct']
  for (const key of given.named.keys()) {
    if (key === '**' || (key.startsWith('postgresql_') && !known.includes(key.slice('postgresql_'.length)))) {
      throw new Undecided(
        key === '**' ? 'arguments given with `**` are known only when the migration runs' : `\`${key}\` is not read`,
      )
    }
  }
  const classes = argument(given, undefined, 'postgresql_ops')
  const written = elements.map(indexElement)
  const parts = written.map(({ sql, column }) => `${sql}${operatorClass(classes, column)}`)
  const name = nameOf('ix', nameValue, of, { columns: written.map(({ column }) => column) })
  if (name === undefined) throw new Undecided('an index has no name')
  if (parts.length === 0) throw new Undecided('an index has no columns')
  const [using, space] = [text(given, 'postgresql_using'), text(given, 'postgresql_tablespace')]
  const nulls = option(given, 'postgresql_nulls_not_distinct')
  const where = argument(given, undefined, 'postgresql_where')
  return [
    `CREATE ${option(given, 'unique') ? 'UNIQUE ' : ''}INDEX `,
    option(given, 'postgresql_concurrently') ? 'CONCURRENTLY ' : '',
    option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : '',
    `${quoted(name)} ON ${qualified(of.table, of.schema)}${using ? ` USING ${using}` : ''} (${parts.join(', ')})`,
    include(given),
    nulls === undefined ? '' : nulls ? ' NULLS NOT DISTINCT' : ' NULLS DISTINCT',
    storage(argument(given, undefined, 'postgresql_with')),
    space ? ` TABLESPACE ${quoted(space)}` : '',
    where && where.kind !== 'none' ? ` WHERE ${conditionSql(where)}` : '',
  ].join('')
}

function text(given: Arguments, name: string): string | undefined {
  const value = argument(given, undefined, name)
  return value && value.kind !== 'none' && !(value.kind === 'boolean' && !value.value)
    ? identifier(value, `\`${name}\``)
    : undefined
}

function storage(value: Value | undefined): string {
  if (value === undefined || value.kind === 'none') return ''
  if (value.kind !== 'dict') throw new Undecided(whyNot(value, '`postgresql_with`'))
  const options = value.entries.map(([key, setting]) => `${printed(key) ?? ''} = ${printed(setting) ?? ''}`)
  if (value.entries.some((entry) => entry.some((part) => printed(part) === undefined)))
    throw new Undecided(whyNot(undefined, '`postgresql_with`'))
  return options.length === 0 ? '' : ` WITH (${options.join(', ')})`
}
