import type { ParsedMigration } from '../../model/migration.ts'
import type { Server, Session } from '../../postgres/server.ts'
import { dropRoles, rolesIn, rolesMadeBy } from '../roles.ts'

/** True where the upgrade takes a role away, or its name: all databases of a server share it, so that no copy can be tried first. */
export function takesRole({ up }: ParsedMigration): boolean {
  return up.statements.some(
    ({ operations, sql }) =>
      operations.some(({ kind }) => kind === 'drop-role') || /^ALTER\s+(?:ROLE|USER|GROUP)\s.*\sRENAME\s/is.test(sql),
  )
}

/**
 * Drops the roles that a trial on a copy made, once the copy is gone: the upgrade itself would find them there. On a server that is not
 * ours alone only those that the upgrade names.
 */
export async function dropTrialRoles(
  session: Session,
  server: Server,
  migration: ParsedMigration,
  before: ReadonlySet<string>,
): Promise<void> {
  const named = new Set(rolesMadeBy([{ ...migration, down: undefined }]))
  const come = [...(await rolesIn(session))].filter((name) => !before.has(name))
  await dropRoles(session, server, server.storage ? come : come.filter((name) => named.has(name)))
}
