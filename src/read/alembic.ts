import { findAlembic, readAlembicProject } from './alembic/project.ts'
import { folderOf } from './files.ts'
import type { Layout } from './layout.ts'

/** Alembic: an `alembic.ini`, and the Python files that it points to. */
export const alembic: Layout = {
  tool: 'alembic',
  expected: 'an alembic.ini with a section [alembic]',

  find: async (files) =>
    (await findAlembic(files.paths, files.readText)).map((directory) => ({
      directory,
      folders: [],
      certainty: 'sure',
    })),

  owns: (path, _, folders) => path.toLowerCase().endsWith('.py') && (folders?.includes(folderOf(path)) ?? true),

  read: async (directory, files) =>
    await readAlembicProject({ directory, paths: files.paths, readText: files.readText, statusOf: files.statusOf }),
}
