import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, knownFile } from './config.ts'
import { readKnown, writtenKnown } from './lint/known.ts'
import { UserError } from './model/errors.ts'
import type { KnownFinding } from './model/result.ts'
import { writeOutput } from './output-file.ts'

/** The file of known findings, as a run starts with it. */
export interface KnownFile {
  /** From the root of the repository. */
  readonly file: string
  readonly entries: readonly KnownFinding[]
  /** Entries whose file is not there any more. */
  readonly gone: readonly KnownFinding[]
}

/**
 * Undefined where there is none and none is named.
 * @throws UserError for a file that is named and is not there, or that cannot be read
 */
export async function openKnown(repository: string, config: Config): Promise<KnownFile | undefined> {
  const file = config.knownFindings ?? knownFile
  let text: string
  try {
    text = await readFile(join(repository, file), 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && config.knownFindings === undefined) return undefined
    const help = code === 'ENOENT' ? ' Write it: migration-gate check --all --write-known' : ''
    throw new UserError(`${file}: cannot be read (${code ?? String(cause)}).${help}`, { cause })
  }
  const entries = readKnown(text, file)
  return { file, entries, gone: entries.filter((entry) => !existsSync(join(repository, entry.file))) }
}

/** Writes the file anew, and says so in a sentence. */
export async function writeKnown(
  repository: string,
  config: Config,
  findings: readonly KnownFinding[],
): Promise<string> {
  const file = config.knownFindings ?? knownFile
  await writeOutput(repository, file, writtenKnown(findings))
  return `Wrote ${findings.length} known ${findings.length === 1 ? 'finding' : 'findings'} to ${file}. Commit it: from now on only new ones block.`
}
