import { isCallOf } from './library.ts'
import { elsewhere } from './text.ts'
import { booleanValue, type ClassValue, stringOf, unknown, type Value } from './values.ts'

/** What `value.name` is. */
export function attributeOf(value: Value, name: string): Value {
  switch (value.kind) {
    case 'imported':
      return { kind: 'imported', path: `${value.path}.${name}` }
    case 'call':
    case 'attribute':
    case 'computed':
      return { kind: 'attribute', of: value, name }
    case 'enum member':
      if (name === 'value') return value.value
      return name === 'name' ? literalString(value.name) : unknown(`\`${name}\` of an enum member is not read`)
    case 'class':
      return mapped(value, name) ?? memberOf(value, name) ?? unknown(`\`${value.name}.${name}\` is not read`, true)
    case 'live':
      return liveAttribute(value, name)
    case 'unknown':
      return value
    case 'function':
      return unknown(`\`${value.name}.${name}\` is not read`, true)
    default:
      return { kind: 'method', of: value, name }
  }
}

/** The table or a column of a class that maps a table. Undefined: it is something else. */
function mapped(value: ClassValue, name: string): Value | undefined {
  if (!memberOf(value, '__tablename__')) return undefined
  const isColumn = isCallOf(memberOf(value, name), 'Column', 'mapped_column')
  return name === '__table__' || isColumn ? { kind: 'attribute', of: value, name } : undefined
}

/** What a class has under a name, itself or from the classes that it goes back to. Undefined: nothing that is known. */
export function memberOf({ members, bases }: ClassValue, name: string, depth = 0): Value | undefined {
  const own = members.get(name)
  if (own || depth > 20) return own
  for (const base of bases) {
    const inherited = base.kind === 'class' ? memberOf(base, name, depth + 1) : undefined
    if (inherited) return inherited
    // What `declarative_base()` makes has a MetaData, which says how names are made.
    if (base.kind === 'call' && name === 'metadata') return { kind: 'attribute', of: base, name }
  }
  return undefined
}

function literalString(value: string): Value {
  return stringOf({ value, origins: [{ offset: 0, at: elsewhere, verbatim: false }] })
}

function liveAttribute(value: Extract<Value, { kind: 'live' }>, name: string): Value {
  if (name === 'dialect') return { kind: 'live', what: 'dialect' }
  if (name === 'name' && (value.what === 'dialect' || value.what === 'connection')) return literalString('postgresql')
  if (value.what === 'dialect' && name === 'type_descriptor') return { kind: 'method', of: value, name }
  if (value.what === 'dialect') return unknown(`\`dialect.${name}\` is known only when the migration runs`)
  if (value.what === 'migration context' && name === 'impl') return value
  if (value.what === 'migration context' && name === 'as_sql') return booleanValue(false)
  if (['bind', 'connection', 'engine'].includes(name)) return { kind: 'live', what: 'connection' }
  if (['config', 'opts', 'script'].includes(name)) return unknown(`\`${name}\` is known only when the migration runs`)
  return { kind: 'method', of: value, name }
}
