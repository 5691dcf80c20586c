import { resolve } from 'node:path'
import { configFile, loadConfig, plainFolder } from './config.ts'
import { ownCommands } from './config-rehearsal.ts'
import { alembicSteps, settings } from './init/settings.ts'
import { told } from './init/words.ts'
import {
  commentWorkflow,
  commentWorkflowFile,
  stagingWorkflow,
  stagingWorkflowFile,
  workflow,
  workflowFile,
} from './init/workflow.ts'
import { writeFiles } from './init/write.ts'
import { UserError } from './model/errors.ts'
import type { Tool } from './model/migration.ts'
import { toldWhereNot } from './output-file.ts'
import { defaultBranch, listFiles, repositoryRoot } from './read/changed-files.ts'
import { type ReadOptions, readProjects } from './read/read.ts'
import { block } from './report/inert.ts'

export interface InitFlags {
  readonly public?: boolean
  /** The name of an environment on GitHub. */
  readonly staging?: string
  readonly tool?: Tool
  readonly directory?: string
  readonly force?: boolean
  readonly cwd: string
}

/** What `migration-gate init` does: finds the migrations, writes files, says what to do now. */
export async function initCommand(flags: InitFlags): Promise<void> {
  const environment = flags.staging === undefined ? undefined : environmentName(flags.staging)
  const repository = await repositoryRoot(resolve(flags.cwd))
  const projects = await readProjects({ repository, changed: undefined, ...(await whereToLook(repository, flags)) })
  const alembic = alembicSteps(projects, await listFiles(repository))
  const files = {
    [workflowFile]: workflow({
      alembic,
      isPublic: flags.public ?? false,
      defaultBranch: await defaultBranch(repository),
    }),
    ...(flags.public && { [commentWorkflowFile]: commentWorkflow }),
    ...(environment && {
      [stagingWorkflowFile]: stagingWorkflow({
        alembic,
        environment,
        directories: projects.map((project) => project.directory),
      }),
    }),
    [configFile]: settings(projects),
  }
  const written = await toldWhereNot(Object.keys(files).join(', '), () =>
    writeFiles(repository, files, flags.force ?? false),
  )
  process.stdout.write(block(told(projects, written, environment)))
}

/** Settings that are there, and stay, may say where the migrations are and what runs them. */
async function whereToLook(
  repository: string,
  { tool, directory, force }: InitFlags,
): Promise<Pick<ReadOptions, 'tool' | 'directory' | 'commands'>> {
  if (force) return { tool, directory: directory === undefined ? undefined : plainFolder(directory) }
  // A URL of a server is not needed here.
  const values = { tool, directory, database: 'auto' }
  const config = await loadConfig({ repository, values, origin: 'the command line' })
  return { tool: config.tool, directory: config.directory, commands: ownCommands(config) }
}

function environmentName(given: string): string {
  const name = given.trim()
  if (!/^[^\p{C}]{1,255}$/u.test(name))
    throw new UserError('--staging: give the name of an environment on GitHub, such as staging.')
  return name
}
