import { Undecided, type Value, whyNot } from './values.ts'

/** How an expression is written out. */
export interface Writing {
  /** Columns are written with their table: in DML, where there may be several. */
  readonly qualify: boolean
  /** Values that are not known become `$1`, `$2`, …, as a driver would send them. Undefined: they make the SQL undecided. */
  readonly parameters: { next: number } | undefined
  /** Values for the names of `text(":name")`. */
  readonly bound: ReadonlyMap<string, Value>
  /** Values are given for all names, and are not known. */
  readonly boundElsewhere?: Value | undefined
}

/** For DDL: no tables in front of columns, every value known. */
export const ddl: Writing = { qualify: false, parameters: undefined, bound: new Map() }

/** A constant as SQL. Throws `Undecided`. */
export function literal(value: Value, writing: Writing, family?: string): string {
  switch (value.kind) {
    case 'none':
      // SQLAlchemy stores None in a JSON column as JSON's null (https://docs.sqlalchemy.org/en/20/core/type_basics.html#sqlalchemy.types.JSON.params.none_as_null).
      return family === 'json' ? "'null'" : 'NULL'
    case 'boolean':
      return String(value.value)
    case 'number':
      return value.text
    case 'string':
      return family === 'json' ? stringLiteral(JSON.stringify(value.text.value)) : stringLiteral(value.text.value)
    case 'enum member':
      return stringLiteral(value.name)
    case 'dict':
    case 'list': {
      const json = family === 'array' ? undefined : jsonOf(value)
      if (json !== undefined && family === 'json') return stringLiteral(json)
    }
  }
  if (!writing.parameters) throw new Undecided(whyNot(value, 'a value'))
  return `$${writing.parameters.next++}`
}

export function stringLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** What Python's `json.dumps` gives. Undefined: not known. */
function jsonOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'null'
    case 'boolean':
      return String(value.value)
    case 'number':
      return value.text
    case 'string':
      return JSON.stringify(value.text.value)
    case 'list':
    case 'tuple': {
      const items = value.items.map(jsonOf)
      return items.includes(undefined) ? undefined : `[${items.join(', ')}]`
    }
    case 'dict': {
      const entries = value.entries.map(([key, item]) => {
        const text = jsonOf(item)
        return key.kind === 'string' && text !== undefined ? `${JSON.stringify(key.text.value)}: ${text}` : undefined
      })
      return entries.includes(undefined) ? undefined : `{${entries.join(', ')}}`
    }
    default:
      return undefined
  }
}
