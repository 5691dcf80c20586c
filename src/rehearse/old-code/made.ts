import { literal } from '../tables.ts'
import type { Affected, OldFunction, OldRelation } from './affected.ts'
import type { Probe } from './probe.ts'
import type { Row } from './row.ts'

/** What is known about a relation besides its definition. */
export interface About {
  /** A row that it takes; undefined: none was found, so that what changes rows is planned and not run. */
  readonly row: Row | undefined
  /** Columns, without quotes, that PostgreSQL fills from a sequence. */
  readonly filled: readonly string[]
  /** Columns, quoted, that are still there after the migration. */
  readonly remaining: ReadonlySet<string>
}

type Column = OldRelation['columns'][number]
type Made = Pick<Probe, 'verb' | 'sql' | 'run'> & Partial<Pick<Probe, 'setup' | 'nulls'>>

/** The statements that a release written for the schema of before would send to what a migration affects. */
export function madeProbes({ relations, functions }: Affected, about: (relation: string) => About): Probe[] {
  return [
    ...relations.flatMap((relation) => relationProbes(relation, about(relation.name))),
    ...functions.flatMap(functionProbes),
  ]
}

const privileges: { readonly [verb: string]: string } = {
  SELECT: 'SELECT',
  INSERT: 'INSERT',
  UPDATE: 'UPDATE',
  DELETE: 'DELETE',
}

function relationProbes(relation: OldRelation, about: About): Probe[] {
  const { name, columns, isDirect, grants } = relation
  const made = statements(relation, columns, about)
  const probes = made.map((each) => probe(each, name, isDirect))
  const remaining = columns.filter((column) => about.remaining.has(column.name))
  // The next release does not name a column that is gone. What breaks it all the same are triggers, policies and views.
  if (remaining.length < columns.length && remaining.length > 0) {
    const all = { ...relation, keys: relation.keys.filter((key) => key.every((each) => about.remaining.has(each))) }
    probes.push(...statements(all, remaining, about).map((each) => probe(each, name, false)))
  }
  for (const { role, privileges: granted } of grants.slice(0, mostRoles)) {
    const allowed = made.filter(({ verb }) => granted.includes(privileges[verb] ?? ''))
    probes.push(...allowed.map((each) => ({ ...probe(each, name, isDirect), role })))
  }
  return probes
}

const mostRoles = 5

function probe(made: Made, object: string, isDirect: boolean): Probe {
  return { source: { kind: 'made' }, object, role: undefined, isDirect, setup: undefined, nulls: [], ...made }
}

function statements(relation: OldRelation, columns: readonly Column[], about: About): Made[] {
  const { name, takes, kind } = relation
  const made: Made[] = []
  const names = columns.map((column) => column.name)
  if (names.length > 0)
    made.push({ verb: 'SELECT', sql: `SELECT ${names.join(', ')} FROM ${name} LIMIT 1`, run: 'execute' })
  // A table whose rows are elsewhere is not asked for them.
  if (kind === 'foreign table') return made.map((each) => ({ ...each, run: 'explain' }))
  if (columns.length === relation.columns.length)
    made.push({ verb: 'SELECT *', sql: `SELECT * FROM ${name} LIMIT 1`, run: 'describe' })
  if (kind === 'table') return [...made, ...changes(relation, columns, about)]
  const values = names.map(() => 'NULL').join(', ')
  if (takes.insert)
    made.push({ verb: 'INSERT', sql: `INSERT INTO ${name} (${names.join(', ')}) VALUES (${values})`, run: 'explain' })
  if (takes.update) made.push({ verb: 'UPDATE', sql: `UPDATE ${name} SET ${same(names)}`, run: 'explain' })
  if (takes.delete) made.push({ verb: 'DELETE', sql: `DELETE FROM ${name}`, run: 'explain' })
  return made
}

function changes(relation: OldRelation, columns: readonly Column[], { row, filled }: About): Made[] {
  const { name, keys } = relation
  const own = columns.filter(
    ({ bare, isGenerated, isIdentity }) => !isGenerated && !isIdentity && !filled.includes(bare),
  )
  const isNull = ({ bare }: Column) => row?.get(bare) == null
  const insert = (given: readonly Column[]): Made => ({
    verb: 'INSERT',
    sql: `INSERT INTO ${name} ${tuple(given, row)}`,
    run: row ? 'execute' : 'explain',
    nulls: columns
      .filter((column) => (given.includes(column) ? isNull(column) : !column.hasDefault))
      .map(({ bare }) => bare),
  })
  const made = [insert(own)]
  const withoutDefaults = own.filter(({ hasDefault }) => !hasDefault)
  if (withoutDefaults.length < own.length) made.push(insert(withoutDefaults))

  const [settable] = own
  for (const key of keys) {
    const given = columns
      .filter((column) => own.includes(column) || key.includes(column.name))
      .filter(({ isGenerated }) => !isGenerated)
    const target = own.find((column) => !key.includes(column.name)) ?? settable
    if (!target) continue
    made.push({
      verb: 'INSERT … ON CONFLICT',
      sql: `INSERT INTO ${name} (${given.map((column) => column.name).join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${given.map(() => 'NULL').join(', ')}) ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${target.name} = EXCLUDED.${target.name}`,
      run: 'explain',
    })
  }

  const key = keys.find((each) =>
    each.every((part) => columns.some((column) => column.name === part && !isNull(column))),
  )
  const parts = key?.flatMap((part) => columns.filter((column) => column.name === part)) ?? []
  const where =
    row && parts.length > 0
      ? parts.map((part) => `${part.name} = ${literal(row.get(part.bare) ?? '')}`).join(' AND ')
      : 'false'
  const all = columns.filter(({ isGenerated }) => !isGenerated)
  const how = {
    run: row ? ('execute' as const) : ('explain' as const),
    nulls: columns.filter(isNull).map(({ bare }) => bare),
    ...(row && { setup: `INSERT INTO ${name} ${tuple(all, row, ' OVERRIDING SYSTEM VALUE')}` }),
  }
  if (own.length > 0)
    made.push({
      verb: 'UPDATE',
      sql: `UPDATE ${name} SET ${same(own.map((column) => column.name))} WHERE ${where}`,
      ...how,
    })
  made.push({ verb: 'DELETE', sql: `DELETE FROM ${name} WHERE ${where}`, ...how })
  return made
}

function tuple(columns: readonly Column[], row: Row | undefined, overriding = ''): string {
  if (columns.length === 0) return 'DEFAULT VALUES'
  const values = columns.map(({ bare }) => {
    const value = row?.get(bare)
    return value == null ? 'NULL' : literal(value)
  })
  return `(${columns.map(({ name }) => name).join(', ')})${overriding} VALUES (${values.join(', ')})`
}

function same(names: readonly string[]): string {
  return names.map((name) => `${name} = ${name}`).join(', ')
}

function functionProbes(called: OldFunction): Probe[] {
  const { name, path, kind, arguments: types, required, isVariadic, givesRows, isDirect, definition, grants } = called
  const calls: Made[] = []
  for (const count of new Set([required, types.length])) {
    const given = types.slice(0, count)
    const typed = given.map(
      (type, index) => `${isVariadic && index === types.length - 1 ? 'VARIADIC ' : ''}NULL::${type}`,
    )
    const call = (values: readonly string[]) =>
      `${kind === 'procedure' ? 'CALL ' : givesRows ? 'SELECT * FROM ' : 'SELECT '}${path}(${values.join(', ')})`
    calls.push({ verb: 'call', sql: call(typed), run: kind === 'procedure' ? 'describe' : 'explain' })
    // Drivers send values whose type PostgreSQL is to find out.
    if (count > 0 && !isVariadic)
      calls.push({ verb: 'call', sql: call(given.map((_, index) => `$${index + 1}`)), run: 'describe' })
  }
  const probes = calls.map((each) => probe(each, name, isDirect))
  for (const { role, privileges: granted } of grants.slice(0, mostRoles)) {
    const [first] = calls
    if (first && granted.includes('EXECUTE')) probes.push({ ...probe(first, name, isDirect), role })
  }
  if (definition !== null && !isDirect)
    probes.push(probe({ verb: 'body', sql: definition, run: 'execute' }, name, false))
  return probes
}
