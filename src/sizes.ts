import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as z from 'zod'
import type { Sizes, TableSize } from './model/cost.ts'
import { UserError } from './model/errors.ts'
import type { Name } from './model/operation.ts'

const count = z.number().min(0)

/** What `migration-gate stats` writes. Sizes in bytes, by the table's name without quotes: `public.users`. */
const statsFile = z.strictObject({
  version: z.literal(1),
  /** When it was measured, ISO 8601. */
  at: z.string(),
  /** The server's version: `17.5`. */
  postgres: z.string(),
  tables: z.record(
    z.string(),
    z.strictObject({
      rows: count,
      heapBytes: count.optional(),
      toastBytes: count.optional(),
      indexBytes: count.optional(),
      writesPerSecond: count.optional(),
    }),
  ),
})

/** What the configuration says of a table: `bytes` without indexes. */
export interface GivenSize {
  readonly rows: number
  readonly bytes?: number | undefined
}

/**
 * The sizes of the tables in production: from the file that `stats:` names, and over it what stands in `tables:` of the configuration.
 * @param options.file from the root of the repository
 * @throws UserError for a file that cannot be read, or is none of ours
 */
export async function sizesOf(options: {
  readonly repository: string
  readonly file: string | undefined
  readonly tables: Readonly<Record<string, GivenSize>>
  readonly defaultSchema: string
}): Promise<Sizes> {
  const { repository, file, tables, defaultSchema } = options
  const sizes = new Map<Name, TableSize>(file === undefined ? [] : await fromFile(repository, file))
  for (const [name, { rows, bytes }] of Object.entries(tables)) {
    const key = (name.includes('.') ? name : `${defaultSchema}.${name}`) as Name
    sizes.set(key, { rows, heapBytes: bytes, toastBytes: undefined, indexBytes: undefined })
  }
  return sizes
}

async function fromFile(repository: string, file: string): Promise<[Name, TableSize][]> {
  let text: string
  try {
    text = await readFile(resolve(repository, file), 'utf8')
  } catch (error) {
    throw new UserError(`stats: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, {
      cause: error,
    })
  }
  const parsed = statsFile.safeParse(asJson(text, file))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new UserError(
      `stats: ${file} is not what migration-gate stats writes: ${issue?.path.map(String).join('.')}: ${issue?.message}.`,
    )
  }
  return Object.entries(parsed.data.tables).map(
    ([name, { rows, heapBytes, toastBytes, indexBytes, writesPerSecond }]) => [
      name as Name,
      { rows, heapBytes, toastBytes, indexBytes, writesPerSecond },
    ],
  )
}

function asJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(`stats: ${file} is not JSON.`, { cause: error })
  }
}

/** What `stats:` reads, as text. */
export function statsText(version: string, sizes: Sizes, at: Date): string {
  return `${JSON.stringify({ version: 1, at: at.toISOString(), postgres: version, tables: Object.fromEntries(sizes) }, null, 2)}\n`
}
