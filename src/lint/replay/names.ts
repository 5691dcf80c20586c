import type { Catalog } from './catalog.ts'
import { identityOf, quoted, unquoted } from './quoting.ts'

// Names that PostgreSQL makes up: ChooseRelationName, ChooseConstraintName and makeObjectName in src/backend/commands/indexcmds.c and
// src/backend/catalog/pg_constraint.c.

const maxBytes = 63

/** Parts and a label, cut so that they fit: the longer part first. */
function objectName(first: string, second: string, label: string): string {
  const overhead = (second === '' ? 0 : 1) + (label === '' ? 0 : 1) + Buffer.byteLength(label)
  let [a, b] = [Buffer.byteLength(first), Buffer.byteLength(second)]
  while (a + b > maxBytes - overhead) {
    if (a > b) a--
    else b--
  }
  return [cut(first, a), cut(second, b), label].filter((part) => part !== '').join('_')
}

/** For a table, an index or a sequence. `isConstraint`: constraints of the schema must not have the name either. */
export function relationName(
  catalog: Catalog,
  schema: string,
  parts: { readonly first: string; readonly second: string; readonly label: string },
  { isConstraint = false, taken = new Set<string>() } = {},
): string {
  return free(parts, (name) => {
    if (taken.has(name) || isRelation(catalog, schema, name)) return true
    return isConstraint && isConstraintName(catalog, schema, name)
  })
}

/** For CHECK and FOREIGN KEY, also of a domain. */
export function constraintName(
  catalog: Catalog,
  schema: string,
  parts: { readonly first: string; readonly second: string; readonly label: string },
): string {
  return free(parts, (name) => isConstraintName(catalog, schema, name))
}

/** The column names of a key, joined as far as a name has room. */
export function columnsPart(columns: readonly string[]): string {
  let joined = ''
  for (const column of columns) {
    joined += joined === '' ? column : `_${column}`
    if (Buffer.byteLength(joined) >= maxBytes) break
  }
  return cut(joined, maxBytes)
}

function free(
  { first, second, label }: { readonly first: string; readonly second: string; readonly label: string },
  isTaken: (name: string) => boolean,
): string {
  for (let pass = 0; ; pass++) {
    const name = objectName(first, second, pass === 0 ? label : `${label}${pass}`)
    if (!isTaken(name)) return name
  }
}

export const relationKinds = [
  'table',
  'view',
  'materialized view',
  'foreign table',
  'composite type',
  'sequence',
  'index',
] as const

function isRelation(catalog: Catalog, schema: string, name: string): boolean {
  const identity = identityOf(`${schema}.${name}`)
  return relationKinds.some((kind) => catalog.has(kind, identity))
}

function isConstraintName(catalog: Catalog, schema: string, name: string): boolean {
  return catalog.constraints(quoted(name)).some(({ identity }) => unquoted(identity)[0] === schema)
}

function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let result = ''
  let used = 0
  for (const character of text) {
    used += Buffer.byteLength(character)
    if (used > bytes) break
    result += character
  }
  return result
}
