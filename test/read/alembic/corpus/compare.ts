import type { Script } from '../../../../src/model/migration.ts'
import { trees } from '../trees.ts'

/** What Alembic sent for a script, offline (`--sql`) and online, and why it ended early, if it did. */
export interface Printed {
  readonly offline: { readonly sent: readonly string[]; readonly error: string | null }
  readonly online: { readonly sent: readonly string[]; readonly error: string | null }
}

/** Our statements beside Alembic's, over all scripts that both have. */
export interface Comparison {
  /** Statements that Alembic prints with `--sql`: up to its error, where it cannot print all of them. */
  readonly printed: number
  /** … of which ours are the same, in the same order. */
  readonly same: number
  /** … which we have not, and have told to be unreadable in that script. */
  readonly marked: number
  /** … which we have not, and have not told. */
  readonly missing: readonly string[]
  /** Ours that Alembic sends neither with `--sql` nor online, in scripts that it runs to their end. */
  readonly extra: readonly string[]
  /** Scripts that Alembic does not run to their end without a database: ours are compared up to there. */
  readonly cutShort: number
  readonly unreadableParts: number
}

interface Pair {
  readonly name: string
  readonly script: Script | undefined
  readonly printed: Printed | undefined
}

/** Compares statement by statement, after parsing; with the same constants, but for those that are parameters. */
export function compare(pairs: readonly Pair[]): Comparison {
  let [printed, same, marked, cutShort, unreadableParts] = [0, 0, 0, 0, 0]
  const missing: string[] = []
  const extra: string[] = []
  for (const { name, script, printed: theirs } of pairs) {
    const fragments = script?.fragments ?? []
    const unreadable = fragments.filter(({ kind }) => kind === 'unreadable').length
    unreadableParts += unreadable
    if (!theirs) continue
    const own = fragments.flatMap((part) => (part.kind === 'sql' ? parsed(part.sql) : []))
    const isAutocommit = fragments.some((part) => part.kind === 'sql' && part.autocommit)
    // Around an autocommit block, `--sql` prints how it leaves the transaction.
    const offline = theirs.offline.sent
      .filter((sql) => !isAutocommit || !/^\s*(COMMIT|BEGIN);?\s*$/.test(sql))
      .flatMap(parsed)
    const { lost, more } = differences(offline, own)
    printed += offline.length
    same += offline.length - lost.length
    if (unreadable > 0) marked += lost.length
    else missing.push(...lost.map(({ sql }) => `${name}: ${sql}`))
    if (theirs.offline.error !== null) cutShort++
    // Code that asks whether it runs offline sends more online; code that fails offline may run to its end there.
    const online = theirs.online.sent.flatMap(parsed)
    if (theirs.offline.error === null || theirs.online.error === null) {
      const sent = theirs.online.error === null ? [...online, ...offline] : offline
      const known = new Set([...sent, ...online].map(({ shape }) => shape))
      extra.push(...more.filter(({ shape }) => !known.has(shape)).map(({ sql }) => `${name}: ${sql}`))
    }
  }
  return { printed, same, marked, missing, extra, cutShort, unreadableParts }
}

interface Parsed {
  readonly sql: string
  readonly tree: string
  /** The tree without constants. */
  readonly shape: string
}

function parsed(sql: string): Parsed[] {
  const text = sql.trim()
  try {
    return trees(text).map((tree) => ({ sql: text, tree, shape: shapeOf(tree) }))
  } catch (error) {
    // What PostgreSQL does not accept (other dialects' types, say) is compared as it is written.
    if (!(error instanceof Error)) throw error
    const plain = text.replace(/;+$/, '').split(/\s+/).join(' ')
    return [{ sql: text, tree: plain, shape: plain }]
  }
}

/** The tree with every constant and parameter the same. */
function shapeOf(tree: string): string {
  return JSON.stringify(JSON.parse(tree), (key, value: unknown) =>
    typeof value === 'object' && value !== null && ('A_Const' in value || 'ParamRef' in value)
      ? 'constant'
      : key === 'A_Const'
        ? undefined
        : value,
  )
}

/** What is only in one of two lists, by the longest sequence that is in both. */
function differences(theirs: readonly Parsed[], own: readonly Parsed[]): { lost: Parsed[]; more: Parsed[] } {
  const width = own.length + 1
  const longest = new Uint32Array((theirs.length + 1) * width)
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0
  for (let i = theirs.length - 1; i >= 0; i--)
    for (let j = own.length - 1; j >= 0; j--)
      longest[i * width + j] =
        theirs[i]?.tree === own[j]?.tree ? 1 + at(i + 1, j + 1) : Math.max(at(i + 1, j), at(i, j + 1))
  const lost: Parsed[] = []
  const more: Parsed[] = []
  let [i, j] = [0, 0]
  for (;;) {
    const [left, right] = [theirs[i], own[j]]
    if (left && right && left.tree === right.tree) {
      i++
      j++
    } else if (right && (!left || at(i, j + 1) >= at(i + 1, j))) {
      more.push(right)
      j++
    } else if (left) {
      lost.push(left)
      i++
    } else return { lost, more }
  }
}
