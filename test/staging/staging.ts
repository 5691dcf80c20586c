import { rules } from '../../rules/index.ts'
import { loadConfig } from '../../src/config.ts'
import { dryRun } from '../../src/dry-run.ts'
import type { DryRun } from '../../src/model/dry-run.ts'
import type { ParsedMigration } from '../../src/model/migration.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import type { Database, Session } from '../../src/postgres/server.ts'
import { snapshot } from '../../src/postgres/snapshot.ts'
import { script } from '../examples.ts'
import { repository } from '../repository.ts'

/** `postgres://…` of a database, with more parameters. */
export function urlOf({ user, password, host, port, name }: Database, parameters = ''): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${name}?sslmode=disable${parameters}`
}

/** The dry run of numbered SQL files in `migrations/` against a database. */
export async function planOf(
  files: Readonly<Record<string, string>>,
  url: string,
  options: {
    signal?: AbortSignal
    lockTimeoutMs?: number
    statementTimeoutMs?: number
    log?: (message: string) => void
  } = {},
): Promise<DryRun> {
  await using repo = await repository(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`migrations/${name}`, text])),
  )
  const config = await loadConfig({
    repository: repo.path,
    values: { tool: 'numbered-sql', directory: 'migrations', 'round-trip': 'off' },
    origin: 'the test',
  })
  return await dryRun({
    config,
    rules,
    repository: repo.path,
    url,
    mode: 'plan',
    limits: { lockTimeoutMs: options.lockTimeoutMs ?? 500, statementTimeoutMs: options.statementTimeoutMs ?? 10_000 },
    versionTable: undefined,
    signal: options.signal ?? new AbortController().signal,
    log: options.log ?? (() => undefined),
  })
}

/** A pending migration in a file of its own, `<id>.sql`. */
export async function migration(id: string, up: string): Promise<ParsedMigration> {
  const read = { id, name: id, file: `${id}.sql`, parents: [], up: script('up', `${id}.sql`, up), down: undefined }
  return await parseMigration({ ...read, status: 'new' }, { defaultSchema: 'public' })
}

/** Everything that another connection can see of a database, and what a transaction could leave behind on its server. */
export async function everything(session: Session) {
  const { rows: tables } = await session.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  )
  const rows: unknown[] = []
  for (const { name } of tables) {
    const { rows: found } = await session.query(`SELECT ctid, xmin, * FROM ${name} ORDER BY 1`)
    rows.push([name, found])
  }
  const { rows: sequences } = await session.query(
    `SELECT sequencename, last_value, increment_by FROM pg_sequences ORDER BY 1`,
  )
  const { rows: files } = await session.query(
    `SELECT relname, relfilenode, xmin FROM pg_class WHERE oid >= 16384 ORDER BY 1`,
  )
  const { rows: server } = await session.query(`
    SELECT (SELECT json_agg(rolname ORDER BY 1) FROM pg_roles) AS roles, (SELECT count(*) FROM pg_prepared_xacts) AS prepared,
      (SELECT json_agg(json_build_array(setdatabase, setrole, setconfig) ORDER BY 1::text) FROM pg_db_role_setting) AS settings,
      (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') AS advisory, (SELECT count(*) FROM pg_replication_slots) AS slots,
      (SELECT count(*) FROM pg_largeobject_metadata) AS "largeObjects", (SELECT count(*) FROM pg_file_settings) AS "fileSettings"`)
  return { schema: await snapshot(session, { exclude: [] }), rows, sequences, files, server }
}
