import type { Drift } from '../../model/round-trip.ts'
import type { CatalogObject, Schema } from '../../model/schema.ts'

interface Pair {
  readonly expected: CatalogObject
  readonly found: CatalogObject
}

interface Aligned {
  /** `found`, with the expected name wherever PostgreSQL had only made up another. */
  readonly aligned: Schema
  readonly renamed: readonly Omit<Drift, 'after'>[]
}

const keyOf = ({ kind, identity }: CatalogObject) => `${kind} ${identity}`

/**
 * Finds the objects that are the same but for a name that PostgreSQL made up: `t_a_check1` for `t_a_check`, because the other name was
 * taken when it was made. How it makes names: https://www.postgresql.org/docs/current/sql-createtable.html (CONSTRAINT constraint_name).
 */
export function alignNames(expected: Schema, found: Schema): Aligned {
  const before = new Set(expected.map(keyOf))
  const now = new Set(found.map(keyOf))
  const gone = expected.filter((object) => !now.has(keyOf(object)))
  const added = found.filter((object) => !before.has(keyOf(object)))

  const pairs: Pair[] = []
  const free = new Set(gone)
  const pair = (object: CatalogObject, matches: (candidate: CatalogObject) => boolean) => {
    const match = [...free].find(matches)
    if (!match) return
    free.delete(match)
    pairs.push({ expected: match, found: object })
  }
  for (const object of added) pair(object, (candidate) => isSameButForName(candidate, object))
  // The index of a constraint has the constraint's name.
  for (const constraint of pairs.filter((each) => each.found.kind === 'constraint')) {
    const index = added.find((object) => object.kind === 'index' && object.belongsTo?.includes(keyOf(constraint.found)))
    const belongs = (candidate: CatalogObject) =>
      candidate.kind === 'index' && candidate.belongsTo?.includes(keyOf(constraint.expected)) === true
    if (index && !pairs.some((each) => each.found === index)) pair(index, belongs)
  }
  if (pairs.length === 0) return { aligned: found, renamed: [] }

  return {
    aligned: rename(found, pairs),
    renamed: pairs
      .filter(
        ({ found: { kind, belongsTo } }) =>
          kind !== 'index' || !belongsTo?.some((owner) => owner.startsWith('constraint ')),
      )
      .map((each) => ({
        kind: each.expected.kind,
        object: each.expected.identity,
        class: 'name-only',
        change: 'changed',
        expected: { name: lastName(each.expected) },
        found: { name: lastName(each.found) },
      })),
  }
}

function isSameButForName(a: CatalogObject, b: CatalogObject): boolean {
  return a.kind === b.kind && isMadeUp(a, b) && signature(a) === signature(b)
}

function isMadeUp(a: CatalogObject, b: CatalogObject): boolean {
  const [name, other] = [lastName(a), lastName(b)]
  switch (a.kind) {
    case 'constraint':
      // Nothing but ALTER TABLE … DROP CONSTRAINT refers to a NOT NULL by name; below version 18 it had none.
      return (
        a.attributes.type === 'not null' ||
        [name, other].every((each) => /_(pkey|key|check|fkey|excl)\d*"?$/.test(each))
      )
    case 'sequence':
      return [name, other].every((each) => /_seq\d*"?$/.test(each))
    case 'index':
      // People end the names of indexes in _idx too, so only the number may differ.
      return name.replace(/\d*"?$/, '') === other.replace(/\d*"?$/, '') && /_idx\d*"?$/.test(name)
    default:
      return false
  }
}

function signature(object: CatalogObject): string {
  const { definition, ...rest } = object.attributes
  const withoutName = object.kind === 'index' ? String(definition).replace(indexName(object), ' INDEX ON ') : definition
  return JSON.stringify([object.belongsTo?.filter((owner) => !owner.startsWith('constraint ')), withoutName, rest])
}

/** The last part of a qualified name, quoted as it is there. */
function lastName({ identity }: CatalogObject): string {
  return /(?:"(?:[^"]|"")*"|[^."]+)$/.exec(identity)?.[0] ?? identity
}

function rename(schema: Schema, pairs: readonly Pair[]): Schema {
  const renames = new Map(pairs.map((each) => [keyOf(each.found), each]))
  const newKey = (key: string) => {
    const match = renames.get(key)
    return match ? keyOf(match.expected) : key
  }
  return schema.map((object): CatalogObject => {
    const own = renames.get(keyOf(object))
    const belongsTo = object.belongsTo?.map(newKey)
    return {
      ...object,
      // Comments and privileges are identified by what they are on.
      identity: own?.expected.identity ?? newKey(object.identity),
      attributes: own ? renameDefinition(own) : renameSequences(object, pairs),
      ...(belongsTo && { belongsTo }),
    }
  })
}

/** What stands in an index's definition for its name. */
function indexName(index: CatalogObject): string {
  return ` INDEX ${lastName(index)} ON `
}

function renameDefinition({ expected, found }: Pair): CatalogObject['attributes'] {
  if (found.kind !== 'index') return found.attributes
  const definition = String(found.attributes.definition).replace(indexName(found), () => indexName(expected))
  return { ...found.attributes, definition }
}

/** `nextval('public.t_id_seq1'::regclass)` */
function renameSequences(object: CatalogObject, pairs: readonly Pair[]): CatalogObject['attributes'] {
  const value = object.attributes.default
  if (object.kind !== 'column' || typeof value !== 'string') return object.attributes
  const renamed = pairs
    .filter(({ found }) => found.kind === 'sequence')
    .reduce(
      (text, { expected, found }) =>
        text.replaceAll(`'${found.identity}'::regclass`, `'${expected.identity}'::regclass`),
      value,
    )
  return { ...object.attributes, default: renamed }
}
