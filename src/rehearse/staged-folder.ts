import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { Migration } from '../model/migration.ts'

/**
 * A copy of a folder of migrations that ends with one of them, so that a tool that applies whatever is pending applies just that one.
 * All other files of the folder are in it too. Removed when it is disposed.
 *
 * @param folder absolute path of the original
 * @param later the migrations that must not be there yet; paths of their files are from `repository`
 */
export async function stagedFolder(
  repository: string,
  folder: string,
  later: readonly Migration[],
): Promise<AsyncDisposable & { readonly path: string }> {
  const left = new Set(later.flatMap((migration) => filesOf(migration).map((file) => resolve(repository, file))))
  // A folder for each migration is left out as a whole.
  for (const file of [...left])
    if (dirname(file) !== folder && /^(up|down|migration)\.sql$/.test(basename(file))) left.add(dirname(file))
  const temporary = await mkdtemp(join(tmpdir(), 'migration-gate-staged-'))
  const path = join(temporary, basename(folder))
  try {
    await copy(folder, path, left)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw error
  }
  return { path, [Symbol.asyncDispose]: () => rm(temporary, { recursive: true, force: true }) }
}

const elsewhere = new Set(['.git', 'node_modules'])

async function copy(from: string, to: string, left: ReadonlySet<string>): Promise<void> {
  await mkdir(to)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    if (left.has(source) || elsewhere.has(entry.name)) continue
    if (entry.isDirectory()) await copy(source, join(to, entry.name), left)
    // A link may point out of the repository: a copy of what is not in it helps nobody.
    else if (entry.isFile()) await copyFile(source, join(to, entry.name))
  }
}

/** With Flyway's settings for a script, which stand beside it. */
function filesOf({ file, up, down }: Migration): string[] {
  return [file, up.file, ...(down ? [down.file] : [])].flatMap((each) => [each, `${each}.conf`])
}
