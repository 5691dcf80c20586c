import { UserError } from '../model/errors.ts'
import type { ParsedMigration } from '../model/migration.ts'
import { type Server, ServerError, type Session } from '../postgres/server.ts'

/** Whose roles they are. */
interface RolesOf {
  /** A history that is about to be run. On a server that is not ours alone, the roles that it names are its own; on ours, all that come. */
  readonly migrations?: readonly ParsedMigration[]
  /** Told of what is left on the server. */
  readonly log?: (message: string) => void
}

/**
 * Makes the roles that the server has not, without a login. Disposing, once the databases are gone, drops these and the ones that the
 * migrations made, so that the next history, or the next run on the same server, finds the server as this one did.
 * @throws UserError where one cannot be made
 */
export async function openRoles(
  server: Server,
  names: readonly string[],
  { migrations = [], log }: RolesOf = {},
): Promise<AsyncDisposable> {
  await using session = await server.connect()
  const before = await rolesIn(session)
  const made = names.filter((name) => !before.has(name))
  const theirs = new Set([...made, ...rolesMadeBy(migrations)])
  const drop = async () => {
    try {
      await using later = await server.connect()
      const come = [...(await rolesIn(later))].filter((name) => !before.has(name))
      await dropRoles(later, server, server.storage ? come : come.filter((name) => theirs.has(name)))
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      log?.(`The roles that the migrations made are still on the server: ${error.message}.`)
    }
  }
  try {
    for (const name of made) await session.query(`CREATE ROLE ${quoted(name)}`)
  } catch (error) {
    await drop()
    if (!(error instanceof ServerError)) throw error
    throw new UserError(`roles: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`, { cause: error })
  }
  return { [Symbol.asyncDispose]: drop }
}

export async function rolesIn(session: Session): Promise<ReadonlySet<string>> {
  const { rows } = await session.query<{ name: string }>('SELECT rolname::text AS name FROM pg_roles')
  return new Set(rows.map(({ name }) => name))
}

/** The roles that upgrades and downgrades of these create, by the names that they write. */
export function rolesMadeBy(migrations: readonly ParsedMigration[]): string[] {
  const scripts = migrations.flatMap(({ up, down }) => (down ? [up, down] : [up]))
  const operations = scripts.flatMap(({ statements }) => statements.flatMap((statement) => statement.operations))
  return [
    ...new Set(
      operations.flatMap((op) =>
        op.kind === 'create-role' ? op.role : op.kind === 'rename' && op.object === 'role' ? op.to : [],
      ),
    ),
  ]
}

/** All in one statement: one may have granted another, which is refused while that is there. */
export async function dropRoles(session: Session, server: Server, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const list = names.map(quoted).join(', ')
  // What they were granted on the server as a whole, such as a parameter.
  if (server.storage) await session.query(`DROP OWNED BY ${list} CASCADE`)
  await session.query(`DROP ROLE IF EXISTS ${list}`)
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
