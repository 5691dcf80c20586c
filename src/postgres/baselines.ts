import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { cacheFolder, cannotWrite, isCached, wasFaster } from './cache.ts'

/** At most so many are kept, and of so many bytes together; the ones that were used last. */
const most = { entries: 8, bytes: 1 << 30 }
/** A folder that was left half written. */
const abandonedMs = 3_600_000

const manifest = z.object({
  /** The database that holds the baseline, among those of the data folder. */
  database: z.string(),
  /** What the runner's `bookkeeping` was. */
  bookkeeping: z.array(z.string()),
  /** Files of the repository that decided what it is, by path from the root: SHA-256 of their text. */
  reads: z.record(z.string(), z.string()),
  bytes: z.number(),
  /** Of the data folder, from `digest`. */
  digest: z.string(),
})

export type Baseline = Omit<z.output<typeof manifest>, 'bytes' | 'digest'>

/** Where baselines are kept, each in a folder that its key names. A CI that keeps this folder between runs keeps them. */
function baselinesFolder(): string {
  return join(cacheFolder(), 'baselines')
}

/**
 * Looks for the baseline that was kept under this key. One that is damaged is removed. Throws UserError for one that another user could
 * have put there.
 * @returns the data folder, for `Storage.load`, and what was told about it
 */
export async function findBaseline(key: string): Promise<(Baseline & { readonly data: string }) | undefined> {
  const entry = join(baselinesFolder(), key)
  if (!(await isCached(entry))) return undefined
  const data = join(entry, 'data')
  try {
    const told = manifest.parse(JSON.parse(await readFile(join(entry, 'baseline.json'), 'utf8')))
    const found = await digest(data)
    if (found.digest !== told.digest) throw new SyntaxError('The files are not those that were kept.')
    const now = new Date()
    await utimes(entry, now, now).catch(ignoreUnwritable)
    const { database, bookkeeping, reads } = told
    return { database, bookkeeping, reads, data }
  } catch (error) {
    // Files that are gone, text that is no JSON, JSON of another form, other bytes: whatever it is, it is not what was kept.
    const isDamaged =
      error instanceof SyntaxError || error instanceof z.ZodError || (error as NodeJS.ErrnoException).code !== undefined
    if (!isDamaged) throw error
    await rm(entry, { recursive: true, force: true }).catch(ignoreUnwritable)
    return undefined
  }
}

/**
 * Keeps a baseline under its key, for this user only, whole or not at all; the ones that were not used for longest make room.
 * @param save writes the data folder
 * @returns false where the cache cannot be written
 */
export async function keepBaseline(
  key: string,
  baseline: Baseline,
  save: (folder: string) => Promise<void>,
): Promise<boolean> {
  const folder = baselinesFolder()
  const temporary = join(folder, `.${randomBytes(9).toString('hex')}`)
  try {
    await mkdir(temporary, { recursive: true, mode: 0o700 })
    const data = join(temporary, 'data')
    await save(data)
    await chmod(data, 0o700)
    await writeFile(join(temporary, 'baseline.json'), JSON.stringify({ ...baseline, ...(await digest(data)) }))
    await rm(join(folder, key), { recursive: true, force: true })
    await rename(temporary, join(folder, key))
    await prune(folder)
    return true
  } catch (error) {
    if (wasFaster(error)) return true
    if (!cannotWrite(error)) throw error
    return false
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(ignoreUnwritable)
  }
}

async function prune(folder: string): Promise<void> {
  const entries = await Promise.all(
    (await readdir(folder)).map(async (name) => ({
      name,
      path: join(folder, name),
      ...(await about(join(folder, name))),
    })),
  )
  entries.sort((a, b) => b.used - a.used)
  let count = 0
  let bytes = 0
  for (const { name, path, used, size } of entries) {
    if (name.startsWith('.')) {
      if (used < Date.now() - abandonedMs) await rm(path, { recursive: true, force: true })
      continue
    }
    count++
    bytes += size
    if (count > 1 && (count > most.entries || bytes > most.bytes)) await rm(path, { recursive: true, force: true })
  }
}

async function about(entry: string): Promise<{ used: number; size: number }> {
  try {
    const { mtimeMs } = await stat(entry)
    const { bytes } = JSON.parse(await readFile(join(entry, 'baseline.json'), 'utf8')) as { bytes: number }
    return { used: mtimeMs, size: Number(bytes) }
  } catch (error) {
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { used: 0, size: 0 }
  }
}

/** Over the names and bytes of all files of a folder. It tells damage, not malice: nobody else may write there. */
async function digest(folder: string): Promise<{ digest: string; bytes: number }> {
  let bytes = 0
  const lines = await Promise.all(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        const content = await readFile(path)
        bytes += content.length
        return `${path.slice(folder.length)} ${createHash('sha256').update(content).digest('hex')}`
      }),
  )
  return { digest: createHash('sha256').update(lines.sort().join('\n')).digest('hex'), bytes }
}

function ignoreUnwritable(error: unknown): void {
  if (!cannotWrite(error)) throw error
}
