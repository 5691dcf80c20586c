import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** Whether a process is there and is not merely waiting to be collected. Linux. */
export async function isRunning(pid: number | undefined): Promise<boolean> {
  if (!pid) throw new Error('No process id.')
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  })
  return status !== undefined && !/^\d+ \(.*\) Z/.test(status)
}

/** Waits until something holds, for five seconds at most. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 5_000; !(await holds()); await delay(20)) {
    if (Date.now() > end) throw new Error('It did not come to hold within 5 s.')
  }
}
