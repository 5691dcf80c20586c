import { finalName } from './library.ts'
import { identifier, labelOf, longest, shortened } from './names.ts'
import { knownString, Undecided, type Value } from './values.ts'

/** Kinds of constraint, by the keys of a `naming_convention`; `ix` is an index, `ex` an exclusion constraint, which has no pattern. */
export type Named = 'ix' | 'uq' | 'ck' | 'fk' | 'pk' | 'ex'

/**
 * What the project's MetaData says of names that a migration does not give
 * (https://docs.sqlalchemy.org/en/20/core/constraints.html#configuring-constraint-naming-conventions).
 */
export interface Naming {
  readonly patterns: ReadonlyMap<string, string>
  /** Why names that are not given are not known. Undefined: `patterns` is all there is. */
  readonly unknown: string | undefined
  /** The kinds whose given names may be put into a pattern that is not known. */
  readonly mayChange: ReadonlySet<Named>
}

/** The project sets no convention: SQLAlchemy then names indexes, and PostgreSQL everything else. */
export const plainNaming: Naming = {
  patterns: new Map([['ix', 'ix_%(column_0_label)s']]),
  unknown: undefined,
  mayChange: new Set(),
}

/** What a name is made from. */
export interface NamedOf {
  readonly table: string
  readonly schema: string | undefined
  readonly naming: Naming
}

interface Parts {
  readonly columns: readonly (string | undefined)[]
  /** `columns` undefined: SQLAlchemy does not know them when it makes the name, and refuses. */
  readonly referred?: { readonly table: string; readonly columns: readonly string[] | undefined }
}

/**
 * The name of a constraint or index as SQLAlchemy sends it. Undefined where it is left to PostgreSQL. Throws `Undecided`.
 * @param value as given: `op.f("name")` is final, a plain name may be put into a pattern
 */
export function nameOf(kind: Named, value: Value | undefined, of: NamedOf, parts: Parts): string | undefined {
  const final = finalName(value)
  if (final) return shortened(knownString(final, 'the name'))
  const given = value === undefined || value.kind === 'none' ? undefined : identifier(value, 'the name')
  const { naming } = of
  if (naming.unknown !== undefined && kind !== 'ex' && (given === undefined || naming.mayChange.has(kind)))
    throw new Undecided(naming.unknown)
  const pattern = naming.patterns.get(kind)
  if (pattern !== undefined && (given === undefined || pattern.includes('constraint_name')))
    return shortened(filled(pattern, given, of, parts))
  if (given !== undefined && given.length > longest)
    throw new Undecided(`the name \`${given}\` is longer than ${longest} characters, which SQLAlchemy refuses`)
  return given
}

/** `uq_%(table_name)s_%(column_0_name)s` with its tokens replaced, as SQLAlchemy does it. */
function filled(pattern: string, given: string | undefined, of: NamedOf, parts: Parts): string {
  return pattern.replace(/%%|%\((\w+)\)s/g, (whole, token: string | undefined) => {
    if (token === undefined) return whole === '%%' ? '%' : whole
    const value = tokenValue(token, given, of, parts)
    if (value === undefined) throw new Undecided(`the naming convention \`${pattern}\` cannot be followed here`)
    return value
  })
}

function tokenValue(token: string, given: string | undefined, of: NamedOf, parts: Parts): string | undefined {
  if (token === 'table_name') return of.table
  if (token === 'constraint_name') return given
  if (token === 'referred_table_name') return parts.referred?.table
  const [, referred, number = '0', all, what] = /^(referred_)?column_(\d+)(_?N)?_(name|key|label)$/.exec(token) ?? []
  const columns = referred ? parts.referred?.columns : parts.columns
  if (what === undefined || columns === undefined) return undefined
  const one = (column: string | undefined): string | undefined => {
    if (column === undefined || (what === 'label' && referred)) return undefined
    return what === 'label' ? labelOf(of.table, of.schema, column) : column
  }
  if (!all) {
    const at = Number(number)
    return at < columns.length ? one(columns[at]) : ''
  }
  const each = columns.map(one)
  return each.includes(undefined) ? undefined : each.join(all === '_N' ? '_' : '')
}
