import type { NotChecked } from '../model/result.ts'
import type { Difference } from '../model/round-trip.ts'
import type { Schema } from '../model/schema.ts'
import { copySchema } from '../postgres/copy-schema.ts'
import { literal } from '../postgres/print/catalog.ts'
import { rolesOf } from '../postgres/print/print.ts'
import type { Server, Session } from '../postgres/server.ts'
import { snapshot } from '../postgres/snapshot.ts'
import { openRoles } from '../rehearse/roles.ts'
import { sequenceValues } from './sequences.ts'
import type { Staging } from './session.ts'

/** What staging holds besides the rows of its tables. */
export interface Original {
  readonly schema: Schema
  /** The roles that it names. */
  readonly roles: readonly string[]
  /** That staging sets for this database alone: they are not part of a database that is copied. */
  readonly settings: Readonly<Record<string, string>>
  /** Statements that put the rows of the version table and the values of the sequences in their places. */
  readonly rows: readonly string[]
}

/** Reads it, within the limits of `staging`. Rejects with ServerError. @param versionTable as PostgreSQL prints it */
export async function readOriginal(staging: Staging, versionTable: string | undefined): Promise<Original> {
  const schema = await staging.snapshot([])
  const isThere = schema.some(({ kind, identity }) => kind === 'table' && identity === versionTable)
  const versions =
    versionTable !== undefined && isThere ? await staging.read((session) => rowsOf(session, versionTable)) : []
  const sequences = [...(await staging.read(sequenceValues))].flatMap(([name, value]) =>
    value === undefined ? [] : [`SELECT pg_catalog.setval(${literal(name)}, ${value})`],
  )
  return { schema, roles: rolesOf(schema), settings: settingsOf(schema), rows: [...versions, ...sequences] }
}

async function rowsOf(session: Session, table: string): Promise<string[]> {
  const { rows } = await session.query<{ json: string | null }>(
    `SELECT pg_catalog.json_agg(pg_catalog.to_json(t))::text AS json FROM ${table} t`,
  )
  const json = rows[0]?.json
  if (!json) return []
  return [
    `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM pg_catalog.json_populate_recordset(NULL::${table}, ${literal(json)})`,
  ]
}

function settingsOf(schema: Schema): Record<string, string> {
  const own = schema.find(({ kind, identity }) => kind === 'settings' && identity === 'this database')
  const values = own?.attributes.values
  return Object.fromEntries(
    (Array.isArray(values) ? values.map(String) : []).map((setting) => {
      const [name = '', ...value] = setting.split('=')
      return [name, value.join('=')]
    }),
  )
}

export interface Copy {
  /** A dump in plain text: it makes the copy in an empty database of a server that has the roles. */
  readonly sql: string
  /** What the copy lacks: a migration that needs it fails on the copy, or goes through where it would not. */
  readonly notChecked: readonly NotChecked[]
}

/** Makes the copy on a throwaway server, to see what becomes of it. Rejects with ServerError, and UserError where a role cannot be made. */
export async function copyOf({ schema, roles, rows }: Original, server: Server): Promise<Copy> {
  await using _roles = await openRoles(server, roles)
  await using database = await server.createDatabase()
  await using session = await database.connect()
  const { sql, differences, refused } = await copySchema(session, schema)
  const done: string[] = []
  for (const row of rows) {
    await session.query(row)
    done.push(row)
  }
  const lacking = differences.filter(({ kind, object }) => !(kind === 'settings' && object === 'this database'))
  return {
    sql: [...sql, ...done].map((statement) => `${statement};\n`).join(''),
    notChecked: toldLacking(lacking, refused),
  }
}

const shown = 20

function toldLacking(differences: readonly Difference[], refused: ReadonlyMap<string, string>): NotChecked[] {
  const told = differences.slice(0, shown).map((each): NotChecked => {
    const { kind, object } = each
    return { what: `The ${kind} ${object} on the copy of staging`, why: whyLacking(each, refused) }
  })
  const more = differences.length - told.length
  return more > 0
    ? [...told, { what: `${more} more objects on the copy of staging`, why: 'They could not be copied as they are.' }]
    : told
}

const elsewhere = new Set(['foreign server', 'foreign table', 'foreign-data wrapper', 'user mapping', 'subscription'])

function whyLacking(
  { kind, object, change, expected, found }: Difference,
  refused: ReadonlyMap<string, string>,
): string {
  if (elsewhere.has(kind)) return 'It is not copied, so that the rehearsal reaches no other server.'
  const why = refused.get(`${kind} ${object}`)
  if (why) return `It could not be made there: ${why}.`
  if (change === 'missing') return 'It is of a kind that is not copied.'
  const names = Object.keys({ ...expected, ...found }).join(', ')
  return `It is another one there: ${names}.`
}

/** A schema as PostgreSQL prints it once a dump of it was restored. */
export async function restored(schema: Schema, server: Server): Promise<Schema> {
  await using _roles = await openRoles(server, rolesOf(schema))
  await using database = await server.createDatabase()
  await using session = await database.connect()
  await copySchema(session, schema)
  return await snapshot(session, { exclude: [] })
}
