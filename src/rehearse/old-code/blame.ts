import type { Location } from '../../model/location.ts'
import type { ParsedScript } from '../../model/migration.ts'
import { named } from '../../model/named.ts'
import type { Operation } from '../../model/operation.ts'
import type { CatalogObject, Schema } from '../../model/schema.ts'
import type { Judged } from './judge.ts'

/** Operations after which statements that worked no longer do. */
const breaking = new Set([
  'drop-table',
  'drop-column',
  'drop-object',
  'drop-type',
  'drop-index',
  'drop-constraint',
  'rename',
  'set-schema',
  'revoke',
  'alter-column-type',
  'change-owner',
  'row-security',
])

/**
 * The place in the upgrade that most likely made a statement fare otherwise: the operation that names what PostgreSQL's message names, or
 * what the statement is about, or what that rests on. Undefined where none does and several could.
 */
export function blame(
  script: ParsedScript,
  { message, object, sqlstate, sql }: Pick<Judged, 'message' | 'object' | 'sqlstate' | 'sql'>,
  before: Schema,
): Location | undefined {
  const operations = script.statements
    .flatMap((statement) => statement.operations)
    .filter(({ kind }) => !silent.has(kind))
  const [only] = operations
  if (operations.length === 1) return only?.at
  const clues = {
    said: words(message),
    asked: words(object ?? ''),
    written: words(sql),
    rests: restsOn(object, before),
    sqlstate,
  }
  const scored = operations.map((op) => ({ op, score: score(op, clues) }))
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (top, each) => (each.score > (top?.score ?? 0) ? each : top),
    undefined,
  )
  return best?.op.at
}

function text({ attributes }: CatalogObject): string {
  return Object.values(attributes).map(String).join(' ')
}

/** The words in the definition of an object and of its parts, and of the functions that these name. */
function restsOn(identity: string | undefined, before: Schema): ReadonlySet<string> {
  const own = before.filter(
    (each) => each.identity === identity || each.belongsTo?.some((owner) => owner.endsWith(` ${identity}`)),
  )
  const first = words(own.map(text).join(' '))
  const called = before.filter(
    (each) => each.kind === 'function' && first.has(/([^.]*)\([^()]*\)$/.exec(each.identity)?.[1]?.toLowerCase() ?? ''),
  )
  return new Set([...first, ...words(called.map(text).join(' '))])
}

const silent = new Set(['transaction-control', 'set', 'comment', 'truncated-identifier', 'analyze', 'query'])

interface Clues {
  readonly said: ReadonlySet<string>
  readonly asked: ReadonlySet<string>
  readonly written: ReadonlySet<string>
  readonly rests: ReadonlySet<string>
  readonly sqlstate: string | undefined
}

function score(op: Operation, { said, asked, written, rests, sqlstate }: Clues): number {
  const { object, part } = lastNamesOf(op)
  // All that a statement names is in its own words; what PostgreSQL complains of says more.
  const holds = (among: ReadonlySet<string>, names: readonly string[]) => names.some((name) => among.has(name))
  let points = 0
  if (holds(said, part)) points += 8
  if (holds(said, object)) points += 4
  if (holds(asked, object)) points += 4
  if (points === 0 && holds(written, object)) points += 1
  if (points === 0 && (holds(rests, object) || holds(rests, part))) points += 1
  // Nothing names what CASCADE takes.
  if (points <= 1 && 'cascade' in op && op.cascade) points += 3
  if (points === 0) return 0
  if (breaking.has(op.kind)) points += 2
  if (sqlstate === '42P10' && (op.kind === 'drop-index' || op.kind === 'drop-constraint')) points += 8
  if (sqlstate === '42725' && op.kind === 'create-function') points += 8
  if (sqlstate === '42501' && (op.kind === 'revoke' || op.kind === 'row-security' || op.kind.startsWith('create-')))
    points += 4
  if (op.kind === 'create-index') points -= 3
  return points
}

/** The last parts of the names of the objects, and of parts of objects, that an operation is about. */
function lastNamesOf(op: Operation): { object: string[]; part: string[] } {
  const { relations, reads, others, parts } = named(op)
  // What only reads a table changes nothing about it; a table that is made from another may have taken its place.
  const object = [...relations, ...others, ...(op.kind === 'create-table' ? reads : [])]
  const last = (name: string) => (name === '' ? [] : [name.slice(name.lastIndexOf('.') + 1).toLowerCase()])
  return { object: object.flatMap(last), part: parts.flatMap(last) }
}

/** The words of a text, so that a name can be looked up among them: `public.fee(integer)` holds `public`, `fee` and `integer`. */
function words(sentence: string): ReadonlySet<string> {
  const quotedName = /"((?:[^"]|"")+)"/g
  const quoted = [...sentence.matchAll(quotedName)].flatMap(([, inner = '']) => [
    inner.replaceAll('""', '"'),
    ...inner.split('.'),
  ])
  const plain = sentence.replace(quotedName, ' ').match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []
  return new Set([...quoted, ...plain].map((word) => word.toLowerCase()))
}
