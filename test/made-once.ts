import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/**
 * Calls `make` unless `path` is there already. Of all the workers that want it at once, one makes it, and the others wait.
 * @param path a file or folder that `make` puts there last, so that it is whole once it is there
 */
export async function madeOnce(path: string, make: () => Promise<void>): Promise<void> {
  const lock = `${path}.lock`
  await mkdir(dirname(path), { recursive: true })
  while (!(await exists(path))) {
    if (!(await take(lock))) {
      await setTimeout(300)
      continue
    }
    try {
      if (!(await exists(path))) await make()
    } finally {
      await rm(lock, { force: true })
    }
  }
}

/** Takes a lock by making its file; one that an ended process left behind is removed, for the next attempt. */
async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  const holder = Number(await readFile(lock, 'utf8').catch(ignoreMissing))
  if (holder > 0 && !isRunning(holder)) await rm(lock, { force: true })
  return false
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
    if (codeOf(error) === 'EPERM') return true
    throw error
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false
      throw error
    },
  )
}

/** Its holder may let a lock go between two looks at it. */
function ignoreMissing(error: unknown): string {
  if (codeOf(error) !== 'ENOENT') throw error
  return ''
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
