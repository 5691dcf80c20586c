import { stringify } from 'yaml'
import type { Project } from '../model/migration.ts'
import { usualInstall } from './workflow.ts'

const page = 'https://github.com/migration-gate/migration-gate#configuration'

/**
 * The settings that say what was detected, with the ones that are most often changed as comments. Several histories are left to
 * be detected in each run: the settings have a place for one.
 */
export function settings(projects: readonly Pick<Project, 'tool' | 'directory'>[]): string {
  const [only, ...others] = projects
  const found =
    only && others.length === 0
      ? stringify({ tool: only.tool, directory: only.directory || '.' }, { lineWidth: 0 })
      : projects.map(({ tool, directory }) => `# found: ${tool} in ${JSON.stringify(directory || '.')}\n`).join('')
  return `# What migration-gate checks, and how. All settings: ${page}
${found}# postgres-version: 17 # the major version that production runs, 12 to 18
# fail-on: error # warning: warnings fail the check, too; never: findings are advice
# round-trip: auto # required: not being able to rehearse is a mistake of the configuration; off: only read
# timeout: 60 # seconds for one run of one migration
`
}

const manifests: readonly (readonly [file: string, command: (path: string) => string])[] = [
  ['requirements.txt', (path) => `pip install -r ${path}`],
  ['pyproject.toml', (path) => `pip install ./${path.slice(0, path.lastIndexOf('/') + 1)}`],
]

/**
 * What the workflow needs where one of these uses Alembic: from the first of requirements.txt and pyproject.toml that stands in its
 * folder, or in the root, and whose path is plain enough for a shell. Undefined: none does.
 * @param paths the files of the repository, from its root
 */
export function alembicSteps(
  projects: readonly Pick<Project, 'tool' | 'directory'>[],
  paths: readonly string[],
): { install: string } | undefined {
  const project = projects.find(({ tool }) => tool === 'alembic')
  if (!project) return undefined
  const folders = [...new Set([project.directory ? `${project.directory}/` : '', ''])]
  const commands = folders.flatMap((folder) =>
    manifests
      .filter(([file]) => paths.includes(`${folder}${file}`) && /^[\w./-]*$/.test(folder) && !folder.startsWith('-'))
      .map(([file, command]) => command(`${folder}${file}`)),
  )
  return { install: commands[0] ?? usualInstall }
}
