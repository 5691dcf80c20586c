import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Runs `work` while the runner takes nothing on stdout for a workflow command, so that text of a pull request cannot issue
 * any: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
export async function withoutCommands<T>(work: () => Promise<T>): Promise<T> {
  const token = randomUUID()
  process.stdout.write(`::stop-commands::${token}\n`)
  try {
    return await work()
  } finally {
    process.stdout.write(`\n::${token}::\n`)
  }
}

/** Adds to the summary of the job. False: this runner has none. */
export async function writeSummary(file: string | undefined, text: string): Promise<boolean> {
  if (!file) return false
  await appendFile(file, text)
  return true
}

/** Writes a file that is new: a link that a pull request has put in its place is removed, not followed. */
export async function writeReport(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await rm(path, { force: true })
  await writeFile(path, text, { flag: 'wx' })
}
