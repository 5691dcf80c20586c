import { UserError } from '../model/errors.ts'
import { type Server, ServerError, type Session } from '../postgres/server.ts'

/**
 * Makes the roles that the server has not, without a login. Disposing drops them again where the server outlives the run.
 * @throws UserError where one cannot be made
 */
export async function openRoles(server: Server, names: readonly string[]): Promise<AsyncDisposable> {
  const made: string[] = []
  const drop = async () => {
    if (made.length === 0 || server.storage) return
    await elsewhere(server, async (session) => {
      for (const name of made.splice(0)) await session.query(`DROP ROLE IF EXISTS ${quoted(name)}`)
    })
  }
  try {
    if (names.length > 0)
      await elsewhere(server, async (session) => {
        for (const name of names) {
          const { rowCount } = await session.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
          if (rowCount > 0) continue
          await session.query(`CREATE ROLE ${quoted(name)}`)
          made.push(name)
        }
      })
  } catch (error) {
    await drop()
    if (!(error instanceof ServerError)) throw error
    throw new UserError(`roles: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`, { cause: error })
  }
  return { [Symbol.asyncDispose]: drop }
}

/** Roles belong to the server: any database will do. */
async function elsewhere(server: Server, work: (session: Session) => Promise<void>): Promise<void> {
  await using database = await server.createDatabase()
  await using session = await database.connect()
  await work(session)
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
