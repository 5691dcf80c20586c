import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Cancelled } from '../model/errors.ts'
import type { Limits } from './limit.ts'

export interface CommandResult {
  /** Null where a signal ended the command. */
  readonly exitCode: number | null
  readonly timedOut: boolean
  /** The last 64 kB of what it wrote to standard output and standard error. */
  readonly output: string
  /** Milliseconds. */
  readonly ms: number
}

const kept = 64 * 1024
/** Between asking a group of processes to end and ending it. */
const graceMs = 2_000

/**
 * Runs a program without a shell, in a process group of its own. The group is ended when the time is up, when the run is ended,
 * and when the program itself has ended, so that nothing that it started outlives it.
 *
 * @param options.environment all that the program sees
 * @param options.line called for each line that the program writes
 * @throws Cancelled when `signal` aborts; an error with `code` (`ENOENT`, `EACCES`) where the program cannot be started
 */
export async function runCommand(
  command: readonly string[],
  options: Limits & { directory: string; environment: Readonly<Record<string, string>>; line: (text: string) => void },
): Promise<CommandResult> {
  const { signal, timeoutMs, directory, environment, line } = options
  const [program, ...parameters] = command
  if (program === undefined) throw new Error('A command names at least a program.')
  if (signal.aborted) throw new Cancelled('The run was ended.')
  const started = performance.now()
  const child = spawn(program, parameters, {
    cwd: directory,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })

  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-kept)
    })
    createInterface({ input: stream }).on('line', line)
  }

  let timedOut = false
  let killing: NodeJS.Timeout | undefined
  let leaving: NodeJS.Timeout | undefined
  const end = () => {
    signalGroup(child.pid, 'SIGTERM')
    killing ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs)
  }
  const timer = setTimeout(() => {
    timedOut = true
    end()
  }, timeoutMs)
  signal.addEventListener('abort', end)
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
      // `close` comes when the pipes are closed, and a process that was left behind holds them open. One that made a group of its
      // own is out of reach: it is not waited for.
      child.on('exit', () => {
        signalGroup(child.pid, 'SIGKILL')
        leaving = setTimeout(() => {
          child.stdout.destroy()
          child.stderr.destroy()
        }, graceMs)
      })
    })
    if (signal.aborted) throw new Cancelled('The run was ended.')
    return { exitCode, timedOut, output, ms: performance.now() - started }
  } finally {
    clearTimeout(timer)
    clearTimeout(killing)
    clearTimeout(leaving)
    signal.removeEventListener('abort', end)
  }
}

/** Signals a group of processes, if any of it is left. */
function signalGroup(pid: number | undefined, name: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Variables that tell a program where things are, and hold no secrets. */
const passed =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TERM|VIRTUAL_ENV|CONDA_PREFIX|PYENV_\w+|pythonLocation|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|PYTHONPATH|XDG_CACHE_HOME|SSL_CERT_FILE|SSL_CERT_DIR)$/

/** What every command of the project may see of our own environment. */
export function plainEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => passed.test(entry[0]) && entry[1] !== undefined,
    ),
  )
}
