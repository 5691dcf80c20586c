import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

/** A folder that stands in for the system's temporary one, so that a test sees its own servers only. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
  /** What is in the folder, and the command lines of the processes that name it. */
  leftovers(): Promise<readonly string[]>
  /** Waits until there are none, for at most five seconds; returns what is still there. */
  settled(): Promise<readonly string[]>
}

/** Also sets TMPDIR, until it is disposed. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp('/tmp/gate-test-')
  // As root, the server's own user must get through.
  await chmod(path, 0o755)
  const usual = process.env.TMPDIR
  process.env.TMPDIR = path

  const leftovers = async () => {
    const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'command='])
    const processes = stdout.split('\n').filter((line) => line.includes(path + '/'))
    return [...(await readdir(path)), ...processes]
  }
  return {
    path,
    leftovers,
    async settled() {
      for (const end = Date.now() + 5_000; ; await delay(50)) {
        const found = await leftovers()
        if (found.length === 0 || Date.now() > end) return found
      }
    },
    async [Symbol.asyncDispose]() {
      if (usual === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = usual
      await rm(path, { recursive: true, force: true })
    },
  }
}
