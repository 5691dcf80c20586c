import { ownCommands } from './config-rehearsal.ts'
import { Cancelled } from './model/errors.ts'
import { parseHistory } from './parse-history.ts'
import { readProjects } from './read/read.ts'
import { type RunOptions, rehearseOptions, startWhileReading } from './run.ts'

/**
 * Builds the database that the next change begins with, of each history, so that it is in the cache. Judges nothing.
 * @returns why there is none, a sentence for each history
 * @throws UserError where no migrations are found, Cancelled when `signal` aborts
 */
export async function keepBaselines(
  options: Omit<RunOptions, 'rules' | 'changed' | 'all'>,
): Promise<readonly string[]> {
  const { config, repository, signal } = options
  const { tool, directory } = config
  const projects = await readProjects({ repository, tool, directory, changed: [], commands: ownCommands(config) })
  await using starting = startWhileReading(options)
  const server = await starting.server
  if (!server || 'why' in server) return [server?.why ?? 'The round trip is turned off.']
  const { prepare } = await import('./rehearse/rehearse.ts')
  const failed: string[] = []
  for (const project of projects) {
    const migrations = await parseHistory(project, config, repository)
    const prepared = await prepare({ ...(await rehearseOptions(options, project, migrations)), server })
    if (signal.aborted) throw new Cancelled('The run was ended.')
    if (prepared) failed.push(prepared)
  }
  return failed
}
