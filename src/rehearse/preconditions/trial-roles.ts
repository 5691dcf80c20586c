import type { ParsedMigration } from '../../model/migration.ts'
import type { Server, Session } from '../../postgres/server.ts'

/** True where the upgrade takes a role away, or its name: all databases of a server share it, so that no copy can be tried first. */
export function takesRole({ up }: ParsedMigration): boolean {
  return up.statements.some(
    ({ operations, sql }) =>
      operations.some(({ kind }) => kind === 'drop-role') || /^ALTER\s+(?:ROLE|USER|GROUP)\s.*\sRENAME\s/is.test(sql),
  )
}

export async function rolesIn(session: Session): Promise<ReadonlySet<string>> {
  const { rows } = await session.query<{ name: string }>('SELECT rolname::text AS name FROM pg_roles')
  return new Set(rows.map(({ name }) => name))
}

/**
 * Drops the roles that a trial on a copy made, once the copy is gone: the upgrade itself would find them there. On a server that is not
 * ours alone only those that the upgrade names.
 */
export async function dropTrialRoles(
  session: Session,
  server: Server,
  { up }: ParsedMigration,
  before: ReadonlySet<string>,
): Promise<void> {
  const named = new Set(
    up.statements.flatMap(({ operations }) => operations.flatMap((op) => (op.kind === 'create-role' ? op.role : []))),
  )
  for (const name of await rolesIn(session))
    if (!before.has(name) && (server.storage || named.has(name)))
      await session.query(`DROP ROLE IF EXISTS "${name.replaceAll('"', '""')}"`)
}
