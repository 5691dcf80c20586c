import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { madeOnce } from './made-once.ts'

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
  await madeOnce(ready, async () => {
    await rm(folder, { recursive: true, force: true })
    await run('python3', ['-m', 'venv', folder])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements]
    await run(join(folder, 'bin', 'python'), pip)
    await writeFile(ready, '')
  })
  return { python: join(folder, 'bin', 'python'), alembic: join(folder, 'bin', 'alembic') }
}
