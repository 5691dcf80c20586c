import { baseName, folderOf } from './files.ts'
import { byText, history, passedOver, readPair } from './history.ts'
import { foldersWith, type Layout } from './layout.ts'
import { wholeFile } from './text.ts'

const name = /^(\d+)_.*\.sql$/s

/** Supabase, https://supabase.com/docs/guides/deployment/database-migrations: each file in a transaction, never back. */
export const supabase: Layout = {
  tool: 'supabase',
  expected: 'files such as supabase/migrations/20240131120000_create_users.sql',

  find: async (files, isAsked) =>
    foldersWith(
      files,
      (file) => name.test(file),
      (folder) => (isAsked || /(?:^|\/)supabase\/migrations$/.test(folder) ? 'sure' : undefined),
    ),

  owns: (path, directory) => folderOf(path) === directory && /\.sql$/i.test(path),

  nearly: (path) =>
    /(?:^|\/)supabase\/migrations\/[^/]+\.sql$/i.test(path)
      ? 'a time and a name, such as 20240131120000_add_email.sql'
      : undefined,

  async read(directory, files) {
    const inFolder = files.inFolder(directory).filter((path) => /\.sql$/i.test(path))
    const taken = inFolder.filter((path) => name.test(baseName(path)))
    return await history({
      tool: 'supabase',
      directory,
      folders: [directory],
      hasDowngrades: false,
      steps: taken
        .sort((a, b) => byText(baseName(a), baseName(b)))
        .map((file) => ({
          id: name.exec(baseName(file))?.[1] ?? '',
          name: baseName(file).replace(/\.sql$/, ''),
          file,
          read: () =>
            readPair(files, file, undefined, (direction, path, text) => wholeFile(direction, path, text, 'script')),
        })),
      notChecked: passedOver(
        files,
        inFolder.filter((path) => !taken.includes(path)),
        () =>
          'Supabase does not run it, because of its name: expected a time and a name, such as 20240131120000_add_email.sql.',
      ),
      files,
    })
  },
}
