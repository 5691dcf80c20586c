import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** A process that cleans up after this one if this one is killed. */
export interface Guardian {
  /** Tells which process is the server; 0: none any more. */
  watch(pid: number): void
  /** Ends the guardian: there is nothing left to clean up. */
  dismiss(): Promise<void>
}

/**
 * Starts a guardian over `folder` and over the server that will run in it.
 *
 * It holds the reading end of a pipe whose only writing end is ours. However we end, the system closes that end: the guardian then stops
 * the server and removes the folder. It runs in a session of its own, so that Ctrl-C does not reach it.
 */
export function guard(folder: string): Guardian {
  const child = spawn(process.execPath, ['-e', `(${cleanUpAtEndOfFile.toString()})()`, folder], {
    cwd: '/',
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  }) as ChildProcess & { stdin: Writable }
  const gone = once(child, 'exit')
  // If it cannot start, or is killed, we still clean up ourselves. Only being killed as well would then leave something behind.
  gone.catch(() => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()

  return {
    watch(pid) {
      child.stdin.write(`${pid}\n`)
    },
    async dismiss() {
      child.ref()
      if (child.kill('SIGKILL')) await gone
    },
  }
}

/** The guardian's whole program. Passed on as text, so it may use nothing from around it. */
function cleanUpAtEndOfFile(): void {
  const { rmSync } = process.getBuiltinModule('node:fs')
  const [, folder] = process.argv
  let told = ''
  process.stdin.setEncoding('utf8')
  process.stdin.on('data', (text: string) => {
    told += text
  })
  process.stdin.on('end', () => {
    const pid = Number(told.trim().split('\n').at(-1))
    const started = Date.now()
    /** False when there is no such process any more. */
    const send = (signal: 'SIGQUIT' | 'SIGKILL' | 0) => {
      try {
        return pid > 0 && process.kill(pid, signal)
      } catch {
        return false
      }
    }
    const wait = () => {
      const waited = Date.now() - started
      if (send(waited < 8_000 ? 0 : 'SIGKILL') && waited < 10_000) setTimeout(wait, 20)
      else if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
    }
    // Immediate shutdown: the postmaster ends all its processes. https://www.postgresql.org/docs/current/server-shutdown.html
    send('SIGQUIT')
    wait()
  })
}
