import { type Attribute, type CatalogObject, type Schema, unknownValue } from '../../src/model/schema.ts'

/** How a schema that was read compares with a snapshot. */
export interface Agreement {
  /** In words; empty where everything that is known is true. */
  readonly disagreements: readonly string[]
  /** Attributes that were compared, and those of them that hold something unknown, with its place. */
  readonly compared: number
  readonly unknown: readonly string[]
}

export function agreement(read: Schema, snapshot: Schema): Agreement {
  const disagreements: string[] = []
  const unknown: string[] = []
  let compared = 0
  const found = new Map(snapshot.map((object) => [keyOf(object), object]))
  const patterns = read.filter(({ identity }) => identity.includes(unknownValue))
  for (const object of read) {
    const key = keyOf(object)
    if (patterns.includes(object)) {
      unknown.push(key)
      continue
    }
    const other = found.get(key)
    if (!other) disagreements.push(`${key}: is not there`)
    else compare(key, object, other)
    found.delete(key)
  }
  for (const [key, object] of found) {
    const pattern = patterns.find((each) => each.kind === object.kind && matches(each.identity, object.identity))
    if (!pattern) disagreements.push(`${key}: was not read: ${JSON.stringify(object.attributes)}`)
    else compare(key, { ...pattern, belongsTo: object.belongsTo ?? [] }, object)
  }
  return { disagreements, compared, unknown }

  function compare(key: string, object: CatalogObject, other: CatalogObject): void {
    const names = new Set([...Object.keys(object.attributes), ...Object.keys(other.attributes)])
    const isOpen = names.delete(unknownValue)
    for (const name of names) {
      const [mine, theirs] = [object.attributes[name], other.attributes[name]]
      compared++
      if (mine === undefined && isOpen) {
        unknown.push(`${key} ${name}`)
        continue
      }
      if (JSON.stringify(mine ?? null).includes(unknownValue)) unknown.push(`${key} ${name}`)
      if (!isLike(mine, theirs))
        disagreements.push(`${key} ${name}: ${JSON.stringify(mine)}, but it is ${JSON.stringify(theirs)}`)
    }
    const [mine, theirs] = [object.belongsTo ?? [], other.belongsTo ?? []].map((owners) =>
      [...owners].sort().join(', '),
    )
    if (mine !== theirs) disagreements.push(`${key} belongs to ${mine}, but it is ${theirs}`)
  }
}

function isLike(mine: Attribute | undefined, theirs: Attribute | undefined): boolean {
  if (mine === unknownValue) return true
  if (typeof mine === 'string' && typeof theirs === 'string') return matches(mine, theirs)
  return JSON.stringify(mine) === JSON.stringify(theirs)
}

function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split(unknownValue)
  if (rest.length === 0) return pattern === text
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const [index, part] of rest.entries()) {
    const next = index === rest.length - 1 ? text.length - part.length : text.indexOf(part, at)
    if (next < at || !text.startsWith(part, next)) return false
    at = next + part.length
  }
  return true
}

function keyOf({ kind, identity }: CatalogObject): string {
  return `${kind} ${identity}`
}
