import type { StepError } from '../model/round-trip.ts'
import type { Server } from '../postgres/server.ts'

/**
 * What a script asks for that this server does not have: that says nothing about the script. Undefined for any other error.
 * Before PostgreSQL 14 it is told with 58P01 and the name of a file.
 */
export function missingExtension(
  { sqlstate, message }: Pick<StepError, 'sqlstate' | 'message'>,
  { source, version }: Pick<Server, 'source' | 'version'>,
): string | undefined {
  const told = {
    '0A000': /^extension "(.+)" is not available/s,
    '58P01': /extension control file ".*\/([^/]+)\.control"/s,
  }
  const name = sqlstate === '0A000' || sqlstate === '58P01' ? told[sqlstate].exec(message)?.[1] : undefined
  return (
    name &&
    `needs the extension ${name}, which the PostgreSQL of this rehearsal (${version}, ${source}) does not have. Rehearse on one that has it: an image (\`database: docker\` and \`docker-image:\`), or the URL of such a server, as a service container is one`
  )
}
