import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** How a run of the built command ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Files and folders that it left in its temporary folder. */
  readonly leftFolders: readonly string[]
  /** Command lines of processes that still name its temporary folder. */
  readonly leftProcesses: readonly string[]
}

/**
 * Runs dist/cli.js with a temporary folder of its own, so that what it leaves behind can be seen.
 * @param options.meanwhile is called once the process has started; it may signal it
 */
export async function command(
  args: readonly string[],
  options: {
    cwd: string
    env?: NodeJS.ProcessEnv
    meanwhile?: (child: ChildProcess, said: () => string) => Promise<void>
  },
): Promise<Ended> {
  const temporary = await mkdtemp(join(tmpdir(), 'mg-'))
  try {
    const env = { ...process.env, ...options.env, TMPDIR: temporary, NO_COLOR: '1' }
    const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args], {
      cwd: options.cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const closed = once(child, 'close')
    await options.meanwhile?.(child, () => stderr)
    const [code] = (await closed) as [number | null]
    return {
      code,
      stdout,
      stderr,
      leftFolders: await readdir(temporary),
      leftProcesses: await processesNaming(temporary),
    }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Command lines of running processes that hold `text`. Linux only; elsewhere none is seen. */
async function processesNaming(text: string): Promise<string[]> {
  const entries = await readdir('/proc').catch(() => [])
  const lines = await Promise.all(
    entries.filter((name) => /^\d+$/.test(name)).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  return lines.filter((line) => line.includes(text)).map((line) => line.replaceAll('\0', ' ').trim())
}
