import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Absolute paths of the programs of a virtual environment. */
export interface Python {
  readonly python: string
  readonly alembic: string
}

let made: Promise<Python> | undefined

/**
 * A virtual environment with `test/requirements.txt`: made on first use, kept under `node_modules/.cache`, and shared by all test
 * workers. Needs `python3` with `venv`, and the package registry the first time.
 */
export function python(): Promise<Python> {
  made ??= environment()
  return made
}

async function environment(): Promise<Python> {
  const requirements = resolve('test/requirements.txt')
  const { stdout } = await run('python3', ['-c', 'import sys; print(sys.executable, sys.version)'])
  const hash = createHash('sha256')
    .update(await readFile(requirements))
    .update(stdout)
    .digest('hex')
    .slice(0, 12)
  const cache = resolve('node_modules/.cache/migration-gate')
  // A virtual environment cannot be moved: it is made in its place, and is whole once the file `ready` is in it.
  const folder = join(cache, `venv-${hash}`)
  const ready = join(folder, 'ready')
  const lock = join(cache, `venv-${hash}.lock`)
  await mkdir(cache, { recursive: true })
  while (!(await exists(ready))) {
    if (!(await take(lock))) {
      await setTimeout(300)
      continue
    }
    try {
      if (await exists(ready)) break
      await rm(folder, { recursive: true, force: true })
      await run('python3', ['-m', 'venv', folder])
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]
      await run(join(folder, 'bin', 'python'), pip)
      await writeFile(ready, '')
    } finally {
      await rm(lock, { force: true })
    }
  }
  return { python: join(folder, 'bin', 'python'), alembic: join(folder, 'bin', 'alembic') }
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
