import { baseName, folderOf, isBelow } from './files.ts'
import type { Layout } from './layout.ts'

const configuration = /^(?:alembic\.ini|pyproject\.toml)$/

/** Alembic: an `alembic.ini`, and the Python files that it points to. */
export const alembic: Layout = {
  tool: 'alembic',
  expected: 'an alembic.ini with a section [alembic]',

  async find(files) {
    if (!files.paths.some((path) => configuration.test(baseName(path)))) return []
    const { findAlembic } = await reader()
    const found = await findAlembic(files.paths, files.readText)
    return found.map((directory) => ({ directory, folders: [], certainty: 'sure' }))
  },

  // Where the configuration cannot be read no folder is known, and each Python file may be a migration.
  owns: (path, directory, folders = []) =>
    (folders.length === 0 && isBelow(path, directory) && configuration.test(baseName(path))) ||
    (path.toLowerCase().endsWith('.py') && (folders.length === 0 || folders.includes(folderOf(path)))),

  nearly: (path) =>
    baseName(path) === 'script.py.mako'
      ? `an alembic.ini with a section [alembic] and script_location = ${folderOf(path) || '.'}`
      : undefined,

  async read(directory, files) {
    const { readAlembicProject } = await reader()
    return await readAlembicProject({
      directory,
      paths: files.paths,
      readText: files.readText,
      statusOf: files.statusOf,
    })
  },
}

/** Python's grammar is not loaded for a project without Python (bench/lint.mjs). */
async function reader() {
  return await import('./alembic/project.ts')
}
